/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/levels.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"

/* Levels of coordination: E-I by level, and the directions that ties take. */

static const double MOST_TRADED = 3e9; /* steps of trades and meetings */
enum { STEPS_AN_ENTRY = 30 };

/* Why the levels of a view say nothing, or T_none. */
static mlg_text_key lacks(const mlg_graph *graph, const mlg_levels *levels)
{
    return graph->scope != MLG_SCOPE_ACTOR ? T_why_rows_not_actors
           : levels->known == 0            ? T_why_no_actor_level
                                           : T_none;
}

/* ---- E-I by level ------------------------------------------------------------- */

mlg_status mlg_silo_ei_level(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_graph by_level = *graph; /* borrows all of it, with levels for sectors */
    mlg_run run = *context->run;
    mlg_levels levels = {0};
    mlg_silo *silo = NULL;
    const double steps = (double) mlg_project_pairs(&graph->attended) +
                         STEPS_AN_ENTRY * (double) mlg_csr_size(&graph->attends) + 1.0;

    TRY(mlg_levels_of(graph, &levels, err));
    const mlg_text_key why = lacks(graph, &levels);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, "silo.ei_level", view, why, err));
        goto out;
    }
    by_level.n_sectors = levels.n_levels;
    by_level.sector_code = levels.code;
    by_level.sector = levels.level;
    by_level.sector_set = (mlg_csr){0};
    if (graph->n_activities > 0 && !run.force) {
        run.draws = (uint32_t) mlg_draws_in(MOST_TRADED / steps, run.draws);
    }
    TRY(mlg_silo_make(&by_level, &run, &silo, err));
    TRY(mlg_silo_ei_of(silo, &run, "silo.ei_level", view, false, out, err));
out:
    mlg_silo_free(silo);
    mlg_levels_free(&levels);
    return status;
}

/* ---- directions ----------------------------------------------------------------- */

static const char *const names[MLG_N_DIRECTIONS] = {
    [MLG_INTERNAL] = "internal",
    [MLG_HORIZONTAL] = "horizontal",
    [MLG_VERTICAL] = "vertical",
    [MLG_DIAGONAL] = "diagonal",
};

static mlg_status fill(const mlg_directions *d, int k, const mlg_graph *graph, mlg_value *value,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *scratch = mlg_alloc(d->n, sizeof *scratch);
    const double *draw = d->draw + (size_t) k * d->n;
    const double observed = d->count[k] / d->total;
    const mlg_figure parts[] = {{"ties", d->count[k]},
                                {"known_ties", d->total},
                                {"all_ties", (double) graph->n_ties},
                                {"known_actors", d->actors},
                                {"all_actors", graph->n}};

    TRY_ALLOC(err, scratch);
    const mlg_null_summary sum =
        mlg_null_summarise(draw, d->n, d->enumerated, observed, 1.0, scratch);
    const double exact[] = {d->expected[k], sum.sd};
    value->convention = names[k];
    value->null_model = d->two_mode ? "margins" : "labels";
    value->tail = "two";
    value->p_method = d->n == 0 ? NULL : d->enumerated ? "enumerated" : "draws";
    value->draws = d->enumerated ? 0 : (uint32_t) d->n;
    value->caution = d->one_kind ? T_caution_one_group : d->few ? T_caution_small_sample : T_none;
    TRY(mlg_silo_fill(value, 0, observed, &sum, d->two_mode ? NULL : exact, "two", err));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double *part = mlg_value_part_of(value, parts[i].name);
        TRY_ALLOC(err, part);
        *part = parts[i].value;
    }
out:
    mlg_free(scratch);
    return status;
}

/* The four p, adjusted for each other, into the values from number `first` on. */
static mlg_status adjust(mlg_values *out, size_t first, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double p[MLG_N_DIRECTIONS], adjusted[MLG_N_DIRECTIONS];

    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        p[k] = out->items[first + (size_t) k].column[MLG_P][0];
    }
    TRY(mlg_adjust_p(p, MLG_N_DIRECTIONS, adjusted, err));
    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        TRY(mlg_silo_set(&out->items[first + (size_t) k], MLG_P_ADJUSTED, 0, adjusted[k], err));
    }
out:
    return status;
}

/* One value a direction. */
static mlg_status list_directions(const mlg_directions *directions, const mlg_graph *graph,
                                  int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t first = out->n;

    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        mlg_value *value = mlg_values_add(out, "silo.directions", view, 1, err);
        TRY_ALLOC(err, value);
        TRY(fill(directions, k, graph, value, err));
    }
    TRY(adjust(out, first, err));
out:
    return status;
}

mlg_status mlg_silo_directions(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_levels levels = {0};
    mlg_directions directions = {.draw = NULL};

    TRY(mlg_levels_of(graph, &levels, err));
    mlg_text_key why = lacks(graph, &levels);
    if (why == T_none) {
        TRY(mlg_directions_make(graph, &levels, context->run, &directions, err));
        why = directions.actors == 0    ? T_why_no_sector_and_level
              : directions.total <= 0.0 ? T_why_no_level_tie
                                        : T_none;
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, "silo.directions", view, why, err));
        goto out;
    }
    TRY(list_directions(&directions, graph, view, out, err));
out:
    mlg_directions_free(&directions);
    mlg_levels_free(&levels);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
