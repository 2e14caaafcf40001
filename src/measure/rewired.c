/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/rewired.h"

#include <math.h>

#include "measure/rewire.h"
#include "measure/summary.h"

enum {
    STEPS_A_TIE = 10,
    LEAST_STEPS_A_TIE = 2,
    LEAST_DRAWS = 99,
    MANY_ACTORS = 4096, /* above, pairs are kept in hashes, and a step takes */
    STEPS_OF_MANY = 3,  /* times as long */
};

static const double MAX_STEPS = 2e8;

/* Both kinds; of a view without direction they are the same, and `ties` stays empty. */
typedef struct ground {
    bool made_arcs, made_ties;
    mlg_rewired arcs, ties;
} ground;

static void rewired_free(mlg_rewired *rewired)
{
    mlg_free(rewired->within_draws);
    mlg_free(rewired->by_first_draws);
    mlg_cells_free(&rewired->cells);
    *rewired = (mlg_rewired){0};
}

static void ground_free(void *made)
{
    ground *g = made;
    if (g != NULL) {
        rewired_free(&g->arcs);
        rewired_free(&g->ties);
        mlg_free(g);
    }
}

/* ---- one draw counted -------------------------------------------------------- */

typedef struct input {
    const mlg_labelling *labelling;
    size_t m;
    mlg_rewired *out;
} input;

static void *scratch_of(const void *given)
{
    const input *in = given;
    const size_t n_sectors = (size_t) in->labelling->n_sectors;
    return mlg_zalloc(in->out->cells.n > 0 ? n_sectors * n_sectors : 0, sizeof(uint32_t));
}

static void count_pairs(const mlg_labelling *l, const mlg_pair *tie, size_t m, double *within,
                        double *by_first)
{
    uint64_t shared = 0, first = 0;
    for (size_t i = 0; i < m; i++) {
        const int32_t t = l->type[tie[i].a], u = l->type[tie[i].b];
        shared += mlg_types_share(l, t, u);
        first += l->first[t] == l->first[u];
    }
    *within = (double) shared;
    *by_first = (double) first;
}

static void count(const void *given, void *own, const mlg_pair *tie, uint64_t d)
{
    const input *in = given;
    const mlg_labelling *l = in->labelling;
    mlg_rewired *out = in->out;
    uint32_t *square = own;

    count_pairs(l, tie, in->m, &out->within_draws[d], &out->by_first_draws[d]);
    if (d < out->cells.n) {
        for (size_t i = 0; i < in->m; i++) {
            mlg_cells_add(l, square, l->type[tie[i].a], l->type[tie[i].b]);
        }
        mlg_cells_put(&out->cells, square, (size_t) d);
    }
}

/* Ends of ties at each sector's actors: the same in every draw. */
static void fill_stubs(const mlg_labelling *l, const mlg_pairs *pairs, mlg_cells *cells)
{
    for (size_t i = 0; i < 2 * pairs->n && cells->n > 0; i++) {
        const mlg_pair pair = pairs->pair[i / 2];
        const uint16_t t = l->type[i % 2 == 0 ? pair.a : pair.b];
        for (uint32_t k = l->set_offset[t]; k < l->set_offset[t + 1]; k++) {
            cells->stubs[(size_t) l->set[k] * cells->n]++;
        }
    }
    for (size_t a = 0; a < (size_t) l->n_sectors && cells->n > 0; a++) {
        for (size_t d = 1; d < cells->n; d++) {
            cells->stubs[a * cells->n + d] = cells->stubs[a * cells->n];
        }
    }
}

/* ---- the draws ------------------------------------------------------------------ */

size_t mlg_rewired_room(int32_t n, size_t m, const mlg_run *run, uint64_t *steps)
{
    const double most = MAX_STEPS / (n > MANY_ACTORS ? STEPS_OF_MANY : 1);
    const double of_each = most / (LEAST_DRAWS + 1.0); /* the way back is one more */

    *steps = STEPS_A_TIE * (uint64_t) m;
    if (run->force) {
        return run->draws;
    }
    if ((double) *steps > of_each) {
        *steps = (uint64_t) of_each;
    }
    return *steps < LEAST_STEPS_A_TIE * (uint64_t) m
               ? 0
               : mlg_draws_in(most / (double) *steps - 1.0, run->draws);
}

static mlg_status open_draws(const mlg_labelling *l, bool directed, const mlg_run *run,
                             mlg_rewired *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t each = mlg_cells_bytes(l->n_sectors, directed);
    const size_t n_cells =
        l->n_sectors > MLG_MAX_SECTORS
            ? 0
            : mlg_draws_in((double) MLG_NULL_BYTES / (double) each, (uint32_t) out->n);

    if (n_cells * each > run->memory_bound) {
        out->why = T_why_too_large;
        return MLG_OK;
    }
    TRY(mlg_cells_open(l->n_sectors, directed, n_cells, &out->cells, err));
    out->within_draws = mlg_alloc(out->n, sizeof *out->within_draws);
    out->by_first_draws = mlg_alloc(out->n, sizeof *out->by_first_draws);
    TRY_ALLOC(err, out->within_draws);
    TRY_ALLOC(err, out->by_first_draws);
out:
    return status;
}

static mlg_status draw(const mlg_silo *silo, const mlg_pairs *pairs, bool directed,
                       const mlg_run *run, mlg_rewired *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const input in = {l, pairs->n, out};
    mlg_rewire_job job = {
        .what = directed || !silo->graph->directed ? "silo.degrees" : "silo.degrees.weak",
        .view = silo->graph->view.id,
        .pair = pairs->pair,
        .m = pairs->n,
        .n = l->n,
        .directed = directed,
        .scratch = scratch_of,
        .scratch_free = mlg_free,
        .count = count,
        .input = &in,
    };
    bool only = false;

    out->ties = (uint32_t) pairs->n;
    count_pairs(l, pairs->pair, pairs->n, &out->within, &out->by_first);
    TRY(mlg_rewire_is_only(pairs->pair, pairs->n, l->n, directed, &only, err));
    out->n = mlg_rewired_room(l->n, pairs->n, run, &job.steps);
    out->why = pairs->n == 0 ? T_why_no_ties
               : only        ? T_why_one_graph
               : out->n == 0 ? T_why_too_large
                             : T_none;
    if (out->why == T_none) {
        TRY(open_draws(l, directed, run, out, err));
    }
    if (out->why == T_none) {
        job.draws = (uint32_t) out->n;
        fill_stubs(l, pairs, &out->cells);
        TRY(mlg_rewire_draws(&job, run, err));
    }
out:
    if (out->why != T_none) {
        out->n = 0;
    }
    return status;
}

static mlg_status make(const mlg_silo *silo, bool directed, const mlg_run *run, mlg_rewired *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_pairs pairs = {0};

    TRY(mlg_pairs_make(silo->graph, &silo->labelling,
                       directed ? MLG_PAIRS_EACH_ARC : MLG_PAIRS_TIES, &pairs, err));
    TRY(draw(silo, &pairs, directed, run, out, err));
out:
    mlg_pairs_free(&pairs);
    if (status != MLG_OK) {
        rewired_free(out);
    }
    return status;
}

mlg_status mlg_rewired_of(mlg_context *context, int32_t view, mlg_rewired_kind kind,
                          const mlg_rewired **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground *g = mlg_context_slot(context, view, MLG_SLOT_REWIRED);
    mlg_silo *silo = NULL;

    *out = NULL;
    if (g == NULL) {
        g = mlg_zalloc(1, sizeof *g);
        TRY_ALLOC(err, g);
        mlg_context_keep(context, view, MLG_SLOT_REWIRED, g, ground_free);
    }
    TRY(mlg_silo_of(context, view, &silo, err));
    const bool directed = silo->graph->directed && kind == MLG_REWIRED_ARCS;
    const bool weak = silo->graph->directed && kind == MLG_REWIRED_TIES;
    mlg_rewired *part = weak ? &g->ties : &g->arcs;
    bool *made = weak ? &g->made_ties : &g->made_arcs;
    if (!*made && silo->why != T_none) {
        part->why = silo->why;
    } else if (!*made) {
        TRY(make(silo, directed, context->run, part, err));
        *made = true;
    }
    *out = part;
out:
    return status;
}

/* ---- the second value of an index ------------------------------------------------ */

/* Told as the value before it is. */
static mlg_status add_undefined(const char *id, int32_t view, mlg_text_key why, mlg_values *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_values_undefined(out, id, view, why, err));
    mlg_value *value = &out->items[out->n - 1];
    if (out->n > 1 && value[-1].measure == value->measure && value[-1].view == view) {
        value->convention = value[-1].convention;
        value->weight = value[-1].weight;
    }
    value->null_model = "degrees";
out:
    return status;
}

static mlg_status fill(const mlg_rewired *rewired, const mlg_rewired_index *index, mlg_value *value,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double *within = index->by_first ? rewired->by_first_draws : rewired->within_draws;
    const double observed =
        index->of(index->with, index->by_first ? rewired->by_first : rewired->within);
    double *draw = mlg_alloc(2 * rewired->n, sizeof *draw); /* and as much scratch */

    TRY_ALLOC(err, draw);
    for (size_t d = 0; d < rewired->n; d++) {
        draw[d] = index->of(index->with, within[d]);
    }
    mlg_null_summary sum =
        mlg_null_summarise(draw, rewired->n, false, observed, 1.0, draw + rewired->n);
    sum.sd = isfinite(sum.mean) ? sum.sd : NAN; /* a ratio may be infinite in some draw */
    sum.mean = isfinite(sum.mean) ? sum.mean : NAN;
    sum.low = isfinite(sum.low) ? sum.low : NAN;
    sum.high = isfinite(sum.high) ? sum.high : NAN;
    TRY(mlg_silo_fill(value, 0, observed, &sum, NULL, index->tail, err));
    if (!isnan(index->low) || !isnan(index->high)) {
        TRY(mlg_silo_set(value, MLG_MIN, 0, index->low, err));
        TRY(mlg_silo_set(value, MLG_MAX, 0, index->high, err));
    }
out:
    mlg_free(draw);
    return status;
}

mlg_status mlg_rewired_add(mlg_context *context, int32_t view, const mlg_rewired_index *index,
                           mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_rewired *rewired = NULL;
    mlg_silo *silo = NULL;
    mlg_value *value = NULL;

    TRY(mlg_silo_of(context, view, &silo, err));
    if (silo->two_mode) {
        return MLG_OK;
    }
    TRY(mlg_rewired_of(context, view, index->kind, &rewired, err));
    if (rewired->why != T_none) {
        TRY(add_undefined(index->id, view, rewired->why, out, err));
        return MLG_OK;
    }
    value = mlg_values_add(out, index->id, view, 1, err);
    TRY_ALLOC(err, value);
    value->convention = index->convention != NULL ? index->convention : value->convention;
    value->weight = index->weight != NULL ? index->weight : value->weight;
    mlg_silo_tell_degrees(silo, rewired->n, index->tail, value);
    TRY(fill(rewired, index, value, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_rewired_over_cells(mlg_context *context, int32_t view, const char *measure,
                                  mlg_rewired_cells *add, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_rewired *rewired = NULL;
    mlg_silo *silo = NULL;

    TRY(mlg_silo_of(context, view, &silo, err));
    if (silo->two_mode || out->n == 0 || out->items[out->n - 1].undefined != T_none) {
        return MLG_OK;
    }
    TRY(mlg_rewired_of(context, view, MLG_REWIRED_ARCS, &rewired, err));
    if (rewired->why != T_none || rewired->cells.n == 0) {
        TRY(add_undefined(measure, view, rewired->why != T_none ? rewired->why : T_why_too_large,
                          out, err));
    } else {
        TRY(add(silo, &rewired->cells, view, out, err));
    }
out:
    return status;
}
