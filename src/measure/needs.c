/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/context.h"

static bool has_rows(const mlg_model *model, mlg_table_id table)
{
    return model != NULL && model->rows[table].n > 0;
}

/* A scheme may stand in no table of its own: an activity or a post can name it. */
static bool has_schemes(const mlg_model *model)
{
    bool found = has_rows(model, MLG_SCHEMES);
    for (size_t p = 0; model != NULL && !found && p < model->parties.n; p++) {
        found = model->party_flags != NULL && (model->party_flags[p] & MLG_IS_SCHEME) != 0;
    }
    return found;
}

static bool has_population(const mlg_model *model)
{
    bool found = false;
    for (int32_t row = 0; model != NULL && !found && row < model->rows[MLG_TERRITORIES].n; row++) {
        found = !isnan(mlg_get_number(model, C_territories_population, row));
    }
    return found;
}

static mlg_text_key study_lacks(const mlg_model *model, unsigned needs)
{
    if ((needs & MLG_ONE_TERRITORY) != 0 && model != NULL && !mlg_model_one_territory(model)) {
        return T_why_not_one_territory;
    }
    if ((needs & MLG_NEEDS_POSTS) != 0 && !has_rows(model, MLG_POSTS)) {
        return T_why_no_posts;
    }
    if ((needs & MLG_NEEDS_SCHEMES) != 0 && !has_schemes(model)) {
        return T_why_no_schemes;
    }
    if ((needs & MLG_NEEDS_PERIMETERS) != 0 && !has_rows(model, MLG_PERIMETERS)) {
        return T_why_no_perimeters;
    }
    if ((needs & MLG_NEEDS_POPULATION) != 0 && !has_population(model)) {
        return T_why_no_population;
    }
    return T_none;
}

/* Does the row read ties? Then a projection that was too large to build leaves it nothing. */
static bool reads_ties(const mlg_measure *row)
{
    return strcmp(row->direction, "arcs") == 0 || strcmp(row->direction, "weak") == 0;
}

static mlg_text_key view_lacks(const mlg_graph *graph, const mlg_measure *row)
{
    if ((row->needs & MLG_NEEDS_TWO_MODE) != 0 && graph->n_activities == 0) {
        return T_why_no_two_mode;
    }
    if (reads_ties(row) && !graph->projected) {
        return T_why_too_large;
    }
    if ((row->needs & MLG_NEEDS_DIRECTION) != 0 && !graph->directed) {
        return T_why_not_directed;
    }
    if ((row->needs & MLG_NEEDS_WEIGHTS) != 0 && graph->several_kinds) {
        return T_why_several_kinds;
    }
    if ((row->needs & MLG_NEEDS_WEIGHTS) != 0 && !graph->weighted) {
        return T_why_no_weights;
    }
    if ((row->needs & MLG_NEEDS_SECTORS) != 0 && graph->n_sectors == 0) {
        return T_why_no_sectors;
    }
    return T_none;
}

mlg_text_key mlg_context_lacks(const mlg_context *context, const mlg_measure *row, int32_t view)
{
    const unsigned of_view =
        MLG_NEEDS_TIES | MLG_NEEDS_TWO_MODE | MLG_NEEDS_DIRECTION | MLG_NEEDS_WEIGHTS;
    const mlg_text_key lack = study_lacks(context->model, row->needs);

    if (lack != T_none) {
        return lack;
    }
    if (view >= 0) {
        return view_lacks(mlg_context_graph(context, view), row);
    }
    return (row->needs & of_view) != 0 ? T_why_no_view : T_none;
}
