/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/access.h"
#include "measure/locations.h"
#include "measure/null_summary.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* E-I of a view between the main towns and what lies around them: silo.ei with two labels. */

static const char *const ID = "scale.main_town_ei";
static const double MOST_TRADED = 3e9; /* steps of trades and meetings */
enum { STEPS_AN_ENTRY = 30, CENTRE = 0, AROUND = 1, SIDES };

/* On which side of a perimeter's main town does a territory lie wholly? -1: on both, or elsewhere.
 * The main town of any perimeter is a main town. */
static int32_t side_of(const mlg_model *model, mlg_id territory)
{
    int32_t side = -1;
    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        const mlg_id centre = mlg_get_id(model, C_territories_centre, row);
        const mlg_id whole = mlg_get_id(model, C_territories_id, row);
        if (centre < 0 || whole < 0 || !mlg_territory_lies_in(model, territory, whole)) {
            continue;
        }
        if (mlg_territory_lies_in(model, territory, centre)) {
            return CENTRE;
        }
        side = AROUND;
        for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1];
             i++) {
            if (mlg_territory_lies_in(model, model->unit[i], centre)) {
                return -1; /* on both sides */
            }
        }
    }
    return side;
}

static mlg_text_key lacks(const mlg_graph *graph)
{
    const mlg_model *model = graph->model;
    if (model == NULL || graph->scope != MLG_SCOPE_ACTOR) {
        return model == NULL ? T_why_no_study : T_why_rows_not_actors;
    }
    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        if (mlg_get_id(model, C_territories_centre, row) >= 0) {
            return T_none;
        }
    }
    return T_why_no_main_town;
}

enum { NO_SITE = -2 };

/* The side that all sites of each actor of the model are on; -1: on both, NO_SITE. */
static void find_sites(const mlg_model *model, int32_t *site)
{
    for (size_t party = 0; party < model->parties.n; party++) {
        site[party] = NO_SITE;
    }
    for (int32_t row = 0; row < model->rows[MLG_SITES].n; row++) {
        const mlg_id actor = mlg_get_id(model, C_sites_actor, row);
        const mlg_id at = mlg_get_id(model, C_sites_territory, row);
        if (actor >= 0 && at >= 0 && mlg_holds_at_date(model, MLG_SITES, row)) {
            const int32_t side = side_of(model, at);
            site[actor] = site[actor] == NO_SITE || site[actor] == side ? side : -1;
        }
    }
}

/* Side of each actor of the view by its sites, else by its territory; how many on each. */
static mlg_status find_sides(const mlg_graph *graph, int32_t *side, int32_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    int32_t *site = mlg_alloc(model->parties.n, sizeof *site);

    TRY_ALLOC(err, site);
    find_sites(model, site);
    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_id party = graph->subject[v];
        const int32_t row = model->party_actor_row[party];
        const mlg_id at = row >= 0 ? mlg_get_id(model, C_actors_territory, row) : -1;
        side[v] = site[party] != NO_SITE ? site[party] : at >= 0 ? side_of(model, at) : -1;
        if (side[v] >= 0) {
            n[side[v]]++;
        }
    }
out:
    mlg_free(site);
    return status;
}

static mlg_status tell_sides(const int32_t *n, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *centre = mlg_value_part_of(value, "in_centre");
    double *around = mlg_value_part_of(value, "around");

    TRY_ALLOC(err, centre);
    TRY_ALLOC(err, around);
    centre[0] = n[CENTRE];
    around[0] = n[AROUND];
out:
    return status;
}

static mlg_status run_view(mlg_context *context, int32_t view, const int32_t *side, mlg_values *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id codes[SIDES] = {CENTRE, AROUND};
    mlg_graph by_side = *mlg_context_graph(context, view); /* borrows all of it */
    mlg_run run = *context->run;
    mlg_silo *silo = NULL;
    const double steps = (double) mlg_project_pairs(&by_side.attended) +
                         STEPS_AN_ENTRY * (double) mlg_csr_size(&by_side.attends) + 1.0;

    by_side.n_sectors = SIDES;
    by_side.sector_code = codes;
    by_side.sector = (int32_t *) side;
    by_side.sector_set = (mlg_csr){0};
    if (by_side.n_activities > 0 && !run.force) {
        run.draws = (uint32_t) mlg_draws_in(MOST_TRADED / steps, run.draws);
    }
    TRY(mlg_silo_make(&by_side, &run, &silo, err));
    TRY(mlg_silo_ei_of(silo, &run, ID, view, false, out, err));
out:
    mlg_silo_free(silo);
    return status;
}

mlg_status mlg_scale_main_town_ei(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_graph *graph = mlg_context_graph(context, view);
    int32_t *side = NULL, n[SIDES] = {0};
    const mlg_text_key why = lacks(graph);

    if (why != T_none) {
        return mlg_values_undefined(out, ID, view, why, err);
    }
    side = mlg_alloc((size_t) graph->n, sizeof *side);
    TRY_ALLOC(err, side);
    TRY(find_sides(graph, side, n, err));
    if (n[CENTRE] == 0 || n[AROUND] == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_sides, err));
        goto out;
    }
    TRY(run_view(context, view, side, out, err));
    TRY(tell_sides(n, &out->items[out->n - 1], err));
out:
    mlg_free(side);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
