/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/silo_ground.h"

#include <math.h>
#include <string.h>

static void pairs_free(mlg_silo_pairs *part)
{
    mlg_pairs_free(&part->pairs);
    mlg_free(part->draws);
}

static void ties_free(mlg_silo *silo)
{
    mlg_pairs_free(&silo->ties.pairs);
    mlg_free(silo->ties.draws);
    mlg_free(silo->ties.squares_draws);
    silo->ties.draws = silo->ties.squares_draws = NULL;
}

void mlg_silo_free(void *made)
{
    mlg_silo *silo = made;
    if (silo != NULL) {
        mlg_labelling_free(&silo->labelling);
        pairs_free(&silo->arcs);
        pairs_free(&silo->weighted);
        ties_free(silo);
        mlg_pairs_free(&silo->cells.pairs);
        mlg_cells_free(&silo->cells.observed);
        mlg_cells_free(&silo->cells.draws);
        mlg_margins_free(&silo->margins);
        mlg_free(silo);
    }
}

/* Work that would be too large is a reason, not a failure. */
static mlg_status excuse(mlg_silo *silo, mlg_status status, mlg_error *err)
{
    if (status == MLG_ESIZE) {
        silo->why = T_why_too_large;
        if (err != NULL) {
            *err = (mlg_error){0};
        }
        return MLG_OK;
    }
    return status;
}

mlg_status mlg_silo_make(const mlg_graph *graph, const mlg_run *run, mlg_silo **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_silo *silo = mlg_zalloc(1, sizeof *silo);

    *out = silo;
    TRY_ALLOC(err, silo);
    silo->graph = graph;
    silo->two_mode = graph->n_activities > 0;
    TRY(excuse(silo, mlg_labelling_make(graph, &silo->labelling, err), err));
    if (silo->why == T_none && silo->labelling.n == 0) {
        silo->why = T_why_no_sectors;
    }
    if (silo->why == T_none && graph->view.by == MLG_BY_SECTOR) {
        silo->why = T_why_by_sector;
    }
    if (silo->why == T_none && !silo->two_mode) {
        silo->plan = mlg_deal_plan_of(&silo->labelling, graph->n_arcs, run, graph->view.id);
    }
out:
    if (status != MLG_OK) {
        mlg_silo_free(silo);
        *out = NULL;
    }
    return status;
}

mlg_status mlg_silo_of(mlg_context *context, int32_t view, mlg_silo **out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = mlg_context_slot(context, view, MLG_SLOT_LABEL_DRAWS);
    if (*out == NULL) {
        TRY(mlg_silo_make(mlg_context_graph(context, view), context->run, out, err));
        mlg_context_keep(context, view, MLG_SLOT_LABEL_DRAWS, *out, mlg_silo_free);
    }
out:
    return status;
}

/* ---- parts ----------------------------------------------------------------- */

static mlg_status need_margins(mlg_silo *silo, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (!silo->margins_made) {
        TRY(excuse(silo, mlg_margins_make(silo->graph, &silo->labelling, run, &silo->margins, err),
                   err));
        silo->margins_made = true;
    }
out:
    return status;
}

static double within_of(const mlg_labelling *labelling, const mlg_pairs *pairs, bool by_first)
{
    double within = 0.0;
    for (size_t g = 0, i = 0; g < pairs->n_groups; g++) {
        size_t count = 0;
        for (; i < pairs->end[g]; i++) {
            const int32_t t = labelling->type[pairs->pair[i].a];
            const int32_t u = labelling->type[pairs->pair[i].b];
            count += by_first ? labelling->first[t] == labelling->first[u]
                              : mlg_types_share(labelling, t, u);
        }
        within += pairs->weight[g] * (double) count;
    }
    return within;
}

static mlg_status make_pairs(mlg_silo *silo, mlg_pair_kind kind, const mlg_run *run,
                             mlg_silo_pairs *part, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    mlg_silo_pairs made = {.made = true};

    TRY(mlg_pairs_make(silo->graph, l, kind, &made.pairs, err));
    made.within = within_of(l, &made.pairs, false);
    if (silo->plan.n > 0) {
        made.draws = mlg_alloc(silo->plan.n, sizeof *made.draws);
        TRY_ALLOC(err, made.draws);
        TRY(mlg_within_draws(l, &made.pairs, &silo->plan, run, made.draws, err));
    }
out:
    if (status != MLG_OK) {
        pairs_free(&made);
    } else {
        *part = made;
    }
    return status;
}

mlg_status mlg_silo_need_arcs(mlg_silo *silo, const mlg_run *run, mlg_error *err)
{
    if (silo->two_mode) {
        return need_margins(silo, run, err);
    }
    return silo->arcs.made ? MLG_OK : make_pairs(silo, MLG_PAIRS_ARCS, run, &silo->arcs, err);
}

mlg_status mlg_silo_need_weighted(mlg_silo *silo, const mlg_run *run, mlg_error *err)
{
    if (silo->two_mode) {
        return need_margins(silo, run, err);
    }
    return silo->weighted.made ? MLG_OK
                               : make_pairs(silo, MLG_PAIRS_WEIGHTED, run, &silo->weighted, err);
}

/* Number of ties of each actor, and the sum over first sectors of their squared sums. */
static mlg_status count_degrees(mlg_silo *silo, uint32_t *degree, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const mlg_pairs *pairs = &silo->ties.pairs;
    double *of_sector = mlg_zalloc((size_t) l->n_sectors, sizeof *of_sector);

    TRY_ALLOC(err, of_sector);
    for (size_t i = 0; i < pairs->n; i++) {
        degree[pairs->pair[i].a]++;
        degree[pairs->pair[i].b]++;
    }
    for (int32_t i = 0; i < l->n; i++) {
        of_sector[l->first[l->type[i]]] += degree[i];
    }
    silo->ties.squares = 0.0;
    for (int32_t a = 0; a < l->n_sectors; a++) {
        silo->ties.squares += of_sector[a] * of_sector[a];
    }
out:
    mlg_free(of_sector);
    return status;
}

static mlg_status draw_ties(mlg_silo *silo, const mlg_run *run, const uint32_t *degree,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = silo->plan.n;

    silo->ties.draws = mlg_alloc(n, sizeof *silo->ties.draws);
    silo->ties.squares_draws = mlg_alloc(n, sizeof *silo->ties.squares_draws);
    TRY_ALLOC(err, silo->ties.draws);
    TRY_ALLOC(err, silo->ties.squares_draws);
    TRY(mlg_partition_draws(&silo->labelling, &silo->ties.pairs, degree, &silo->plan, run,
                            silo->ties.draws, silo->ties.squares_draws, err));
out:
    return status;
}

static mlg_status make_ties(mlg_silo *silo, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    uint32_t *degree = mlg_zalloc((size_t) l->n, sizeof *degree);

    TRY_ALLOC(err, degree);
    TRY(mlg_pairs_make(silo->graph, l, MLG_PAIRS_TIES, &silo->ties.pairs, err));
    silo->ties.within = within_of(l, &silo->ties.pairs, true);
    TRY(count_degrees(silo, degree, err));
    if (silo->plan.n > 0) {
        TRY(draw_ties(silo, run, degree, err));
    }
    silo->ties.made = true;
out:
    mlg_free(degree);
    if (status != MLG_OK) {
        ties_free(silo);
    }
    return status;
}

mlg_status mlg_silo_need_ties(mlg_silo *silo, const mlg_run *run, mlg_error *err)
{
    if (silo->two_mode) {
        return need_margins(silo, run, err);
    }
    return silo->ties.made ? MLG_OK : make_ties(silo, run, err);
}

/* Draws of cells that MLG_NULL_BYTES have room for and that take no more than some half minute
 * (1e10 ties counted), unless forced. What is enumerated is enumerated
 * whole or drawn not at all. */
static size_t cell_draws(const mlg_silo *silo, const mlg_run *run)
{
    const int32_t n_sectors = silo->labelling.n_sectors;
    const size_t each = mlg_cells_bytes(n_sectors, silo->graph->directed);
    const size_t tables = (size_t) n_sectors * (size_t) n_sectors * MLG_LANES * sizeof(uint32_t);
    const double ties = (double) silo->graph->n_arcs + silo->labelling.n + 1.0;
    double most = (double) MLG_NULL_BYTES / (double) each;

    if (tables > MLG_NULL_BYTES) {
        return 0;
    }
    most = run->force ? most : fmin(most, 1e10 / ties);
    return silo->plan.enumerated && most < silo->plan.n ? 0 : mlg_draws_in(most, silo->plan.n);
}

mlg_status mlg_silo_need_cells(mlg_silo *silo, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const bool directed = silo->graph->directed;

    if (silo->two_mode) {
        return need_margins(silo, run, err);
    }
    if (silo->cells.made) {
        return MLG_OK;
    }
    const size_t n = l->n_sectors <= MLG_MAX_SECTORS ? cell_draws(silo, run) : 0;
    if (l->n_sectors > MLG_MAX_SECTORS ||
        (n + 1) * mlg_cells_bytes(l->n_sectors, directed) > run->memory_bound) {
        silo->why = T_why_too_large;
        return MLG_OK;
    }
    TRY(mlg_pairs_make(silo->graph, l, directed ? MLG_PAIRS_EACH_ARC : MLG_PAIRS_TIES,
                       &silo->cells.pairs, err));
    TRY(mlg_cells_observed(l, &silo->cells.pairs, directed, &silo->cells.observed, err));
    TRY(mlg_cells_open(l->n_sectors, directed, n, &silo->cells.draws, err));
    if (silo->cells.draws.n > 0) {
        TRY(mlg_cells_draws(l, &silo->cells.pairs, &silo->plan, run, &silo->cells.draws, err));
    }
    silo->cells.made = true;
out:
    if (status != MLG_OK) {
        mlg_pairs_free(&silo->cells.pairs);
        mlg_cells_free(&silo->cells.observed);
        mlg_cells_free(&silo->cells.draws);
    }
    return status;
}

static bool has_graph_ties(const mlg_silo *silo)
{
    const mlg_csr *ties = &silo->graph->ties;
    const int32_t *place = silo->labelling.place;
    bool found = false;
    for (int32_t v = 0; v < silo->graph->n && !found; v++) {
        for (uint32_t i = ties->offset[v]; place[v] >= 0 && i < ties->offset[v + 1]; i++) {
            found = found || place[ties->target[i]] >= 0;
        }
    }
    return found;
}

bool mlg_silo_has_ties(const mlg_silo *silo)
{
    return silo->two_mode ? silo->margins.observed.total > 0.0 : has_graph_ties(silo);
}

mlg_text_key mlg_silo_lacks(const mlg_silo *silo)
{
    if (silo->labelling.n == 0) {
        return silo->why; /* which draws, asked for before, may have changed only after this */
    }
    if (silo->graph->view.by == MLG_BY_SECTOR) {
        return T_why_by_sector;
    }
    return has_graph_ties(silo) ? T_none : T_why_no_ties;
}

mlg_text_key mlg_silo_caution(const mlg_silo *silo)
{
    return mlg_one_group(&silo->labelling)        ? T_caution_one_group
           : mlg_too_few_labels(&silo->labelling) ? T_caution_small_sample
                                                  : T_none;
}

const mlg_cells *mlg_silo_cells(const mlg_silo *silo)
{
    return silo->two_mode ? &silo->margins.cells_observed : &silo->cells.observed;
}

const mlg_cells *mlg_silo_cell_draws(const mlg_silo *silo)
{
    return silo->two_mode ? &silo->margins.cells : &silo->cells.draws;
}

/* ---- values ---------------------------------------------------------------- */

void mlg_silo_tell(const mlg_silo *silo, size_t n, const char *tail, mlg_value *value)
{
    const bool enumerated = !silo->two_mode && silo->plan.enumerated && n > 0;

    value->null_model = silo->two_mode ? "margins" : "labels";
    value->tail = tail;
    value->p_method = enumerated ? "enumerated" : n > 0 ? "draws" : NULL;
    value->draws = enumerated ? 0 : (uint32_t) n;
    value->caution = mlg_silo_caution(silo);
}

void mlg_silo_tell_degrees(const mlg_silo *silo, size_t n, const char *tail, mlg_value *value)
{
    mlg_silo_tell(silo, n, tail, value);
    value->null_model = "degrees";
    value->p_method = n > 0 ? "draws" : NULL;
    value->draws = (uint32_t) n;
}

const char *mlg_silo_weight_name(const mlg_silo *silo)
{
    if (!silo->two_mode) {
        return "strength";
    }
    switch (silo->graph->view.projection) {
    case MLG_PROJECT_COUNT:
        return "count";
    case MLG_PROJECT_JACCARD:
        return "jaccard";
    case MLG_PROJECT_NEWMAN:
        break;
    }
    return "newman";
}

mlg_status mlg_silo_set(mlg_value *value, mlg_value_column column, size_t i, double number,
                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *numbers = mlg_value_column_of(value, column);

    TRY_ALLOC(err, numbers);
    numbers[i] = number;
out:
    return status;
}

mlg_status mlg_silo_fill(mlg_value *value, size_t i, double observed, const mlg_null_summary *sum,
                         const double *exact, const char *tail, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double mean = exact != NULL ? exact[0] : sum->mean;
    const double sd = exact != NULL ? exact[1] : sum->sd;
    const double p = strcmp(tail, "less") == 0      ? sum->p_less
                     : strcmp(tail, "greater") == 0 ? sum->p_greater
                                                    : sum->p_two;

    const struct {
        mlg_value_column column;
        double number;
    } cells[] = {
        {MLG_VALUE, observed},
        {MLG_EXPECTED, mean},
        {MLG_SD, sd},
        {MLG_LOW, sum->low},
        {MLG_HIGH, sum->high},
        {MLG_Z, mlg_z(observed, mean, sd)},
        {MLG_P, p},
        {MLG_P_TWO, sum->p_two},
    };
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        TRY(mlg_silo_set(value, cells[c].column, i, cells[c].number, err));
    }
out:
    return status;
}

mlg_status mlg_silo_over_cells(mlg_context *context, int32_t view, const char *measure,
                               mlg_silo_add *add, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_silo *silo = NULL;
    mlg_text_key why = T_none;

    TRY(mlg_silo_of(context, view, &silo, err));
    if (silo->why == T_none) {
        TRY(mlg_silo_need_cells(silo, context->run, err));
    }
    why = silo->why;
    if (why == T_none && !mlg_silo_has_ties(silo)) {
        why = T_why_no_ties;
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, measure, view, why, err));
    } else {
        TRY(add(silo, view, out, err));
    }
out:
    return status;
}
