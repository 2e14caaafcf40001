/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/scale.h"
#include "measure/perimeters.h"
#include "report/section.h"

/* What stands over the findings: what the study is about, and how much of it there is. */

static void fact(mlg_document *document, double number, mlg_text_key noun)
{
    if (number > 0.0 && document->n_facts < MLG_MAX_FACTS) {
        document->facts[document->n_facts++] = (mlg_fact){mlg_arg_count(number), noun};
    }
}

/* ---- the networks --------------------------------------------------------------------- */

/* Different actors of the views that the page shows, and those of known sector among them. */
static void actors(mlg_document *document)
{
    const mlg_results *results = document->results;
    const size_t room = results->model != NULL ? (size_t) results->model->parties.n : 0;
    uint8_t *seen = mlg_zalloc(room + 1, sizeof *seen);
    double n = 0, known = 0;

    if (seen == NULL) {
        document->failed = true;
        return;
    }
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_graph *graph = mlg_context_graph(results->context, view);
        if (graph->scope != MLG_SCOPE_ACTOR || !mlg_section_shows(results, view)) {
            continue;
        }
        for (int32_t v = 0; v < graph->n; v++) {
            const size_t id = (size_t) graph->subject[v];
            if (id < room && seen[id] == 0) {
                seen[id] = 1;
                n++;
                known += graph->sector[v] >= 0 ? 1 : 0;
            }
        }
    }
    mlg_free(seen);
    fact(document, n, T_fact_actors);
    if (known > 0.0 && known < n) {
        fact(document, known, T_fact_known_sector);
    }
}

static void networks(mlg_document *document)
{
    const mlg_results *results = document->results;
    double sectors = 0, ties = 0, activities = 0;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_graph *graph = mlg_context_graph(results->context, view);
        if (mlg_section_shows(results, view)) {
            sectors = fmax(sectors, graph->n_sectors);
            activities = fmax(activities, graph->n_activities);
            ties = graph->n_activities == 0 ? fmax(ties, (double) graph->n_ties) : ties;
        }
    }
    actors(document);
    fact(document, sectors, T_fact_sectors);
    fact(document, ties, T_fact_ties);
    fact(document, activities, T_fact_activities);
}

/* ---- the study ------------------------------------------------------------------------- */

static double with_flag(const mlg_model *model, unsigned flag)
{
    double n = 0;
    for (int32_t id = 0; id < (int32_t) model->parties.n; id++) {
        n += (model->party_flags[id] & flag) != 0 ? 1 : 0;
    }
    return n;
}

/* Where the study has a territory of its own, those known to lie elsewhere are not its own. */
static double schemes(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    mlg_error err = {0};
    bool *outside = NULL;
    double n = with_flag(model, MLG_IS_SCHEME);

    if (mlg_outside_of(model, &outside, &err) != MLG_OK) {
        document->failed = true;
    }
    for (int32_t id = 0; outside != NULL && id < (int32_t) model->parties.n; id++) {
        const int32_t row = model->party_scheme_row[id];
        const mlg_id territory = row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
        n -= (model->party_flags[id] & MLG_IS_SCHEME) != 0 && territory >= 0 && outside[territory];
    }
    mlg_free(outside);
    return n;
}

static void territories(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    mlg_perimeters made = {0};
    mlg_error err = {0};
    double units = 0, unlisted = 0, perimeters = 0;

    if (model->rows[MLG_PERIMETERS].n == 0 || model->unit_offset == NULL) {
        return;
    }
    if (mlg_perimeters_of(model, &made, &err) != MLG_OK) {
        document->failed = true;
        return;
    }
    for (int32_t p = 0; p < made.n; p++) {
        perimeters += model->is_unit[made.territory[p]] ? 0 : 1;
    }
    for (int32_t unit = 0; unit < made.n_units; unit++) {
        const bool here = made.counts[unit] && (made.n_elsewhere == 0 || made.asked[unit]);
        units += here ? 1 : 0;
        unlisted += here && model->territory_row[made.unit[unit]] < 0 ? 1 : 0;
    }
    units += made.n_elsewhere > 0 ? made.n_outside : 0;
    fact(document, perimeters, T_fact_perimeters);
    fact(document, units, T_fact_units);
    if (model->rows[MLG_TERRITORIES].n > 0) {
        fact(document, unlisted, T_fact_units_unlisted);
    }
    fact(document, made.n_outside, T_fact_units_outside);
    mlg_perimeters_free(&made);
}

/* Perimeters alone say nothing of who works with whom: the subject follows the tables. */
static mlg_text_key subject_of(const mlg_results *results)
{
    const mlg_model *model = results->model;

    if (mlg_section_views(results) > 0 || model == NULL) {
        return T_report_untitled;
    }
    if (model->rows[MLG_POSTS].n > 0 || model->rows[MLG_SCHEMES].n > 0) {
        return T_report_posts;
    }
    return model->rows[MLG_PERIMETERS].n > 0 || model->rows[MLG_TERRITORIES].n > 0
               ? T_report_perimeters
               : T_report_untitled;
}

void mlg_document_masthead(mlg_document *document)
{
    const mlg_model *model = document->results->model;

    document->subject = subject_of(document->results);
    document->illustrative = model != NULL && mlg_model_illustrative(model);
    document->several_territories = model != NULL && !mlg_model_one_territory(model);
    networks(document);
    if (model != NULL) {
        fact(document, schemes(document), T_fact_schemes);
        fact(document, with_flag(model, MLG_IS_POST), T_fact_posts);
        territories(document);
    }
}
