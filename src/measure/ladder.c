/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/ladder.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/silo.h"
#include "measure/null_summary.h"

/* Kinds of tie between the same actors: of the pairs that have one, how many have the other? */

static const double MOST_STEPS = 4e9; /* look-ups of all draws */

/* One kind: its ties, between actors of all kinds. */
typedef struct rung {
    int32_t kind;
    const mlg_graph *graph;
    int32_t *place; /* [n] actor of the graph, or -1 */
    size_t m;
    int32_t *a, *b;  /* [m] ends, numbered over all kinds */
    double adjacent; /* ordered pairs of its ties that share an actor */
} rung;

typedef struct ladder {
    int32_t n; /* actors of any kind */
    mlg_id *subject;
    rung *rungs; /* by falling number of ties, then by code */
    size_t n_rungs, n_pairs;
    uint32_t *both; /* [draws * n_pairs] */
    uint64_t seed;
} ladder;

static void ladder_close(ladder *l)
{
    for (size_t k = 0; l->rungs != NULL && k < l->n_rungs; k++) {
        mlg_free(l->rungs[k].place);
        mlg_free(l->rungs[k].a);
        mlg_free(l->rungs[k].b);
    }
    mlg_free(l->rungs);
    mlg_free(l->subject);
    mlg_free(l->both);
}

static bool is_rung(const mlg_view *view)
{
    return view->source == MLG_FROM_TIES && view->kind >= 0 && view->n_conditions == 0;
}

int32_t mlg_ladder_view(const mlg_context *context, int32_t kind)
{
    for (size_t v = 0; v < context->n_views; v++) {
        const mlg_view *view = mlg_context_view(context, (int32_t) v);
        if (is_rung(view) && view->kind == kind) {
            return (int32_t) v;
        }
    }
    return -1;
}

/* ---- the rungs ------------------------------------------------------------ */

static int by_count(const void *left, const void *right)
{
    const rung *a = left, *b = right;
    if (a->graph->n_ties != b->graph->n_ties) {
        return a->graph->n_ties > b->graph->n_ties ? -1 : 1;
    }
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static mlg_status find_rungs(const mlg_context *context, ladder *l, mlg_error *err)
{
    mlg_status status = MLG_OK;

    l->rungs = mlg_zalloc(context->n_views, sizeof *l->rungs);
    TRY_ALLOC(err, l->rungs);
    for (size_t v = 0; v < context->n_views; v++) {
        const mlg_view *view = mlg_context_view(context, (int32_t) v);
        if (is_rung(view)) {
            l->rungs[l->n_rungs++] =
                (rung){.kind = view->kind, .graph = mlg_context_graph(context, (int32_t) v)};
        }
    }
    if (l->n_rungs > 0) {
        qsort(l->rungs, l->n_rungs, sizeof *l->rungs, by_count);
    }
    l->n_pairs = l->n_rungs * (l->n_rungs > 0 ? l->n_rungs - 1 : 0) / 2;
out:
    return status;
}

static int by_id(const void *left, const void *right)
{
    const mlg_id a = *(const mlg_id *) left, b = *(const mlg_id *) right;
    return a < b ? -1 : a > b;
}

/* The actors of all kinds, ascending. */
static mlg_status unite(ladder *l, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t all = 0, n = 0;

    for (size_t k = 0; k < l->n_rungs; k++) {
        all += (size_t) l->rungs[k].graph->n;
    }
    l->subject = mlg_alloc(all, sizeof *l->subject);
    TRY_ALLOC(err, l->subject);
    for (size_t k = 0; k < l->n_rungs; k++) {
        for (int32_t v = 0; v < l->rungs[k].graph->n; v++) {
            l->subject[n++] = l->rungs[k].graph->subject[v];
        }
    }
    if (n > 0) {
        qsort(l->subject, n, sizeof *l->subject, by_id);
    }
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || l->subject[i] != l->subject[i - 1]) {
            l->subject[l->n++] = l->subject[i];
        }
    }
out:
    return status;
}

static mlg_status list_ties(const ladder *l, rung *r, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &r->graph->ties;

    r->place = mlg_alloc((size_t) l->n, sizeof *r->place);
    r->a = mlg_alloc(r->graph->n_ties, sizeof *r->a);
    r->b = mlg_alloc(r->graph->n_ties, sizeof *r->b);
    TRY_ALLOC(err, r->place);
    TRY_ALLOC(err, r->a);
    TRY_ALLOC(err, r->b);
    for (int32_t i = 0; i < l->n; i++) {
        r->place[i] = mlg_id_find(r->graph->subject, r->graph->n, l->subject[i]);
    }
    for (int32_t i = 0; i < l->n; i++) {
        const int32_t v = r->place[i];
        const double k = v >= 0 ? mlg_csr_degree(ties, v) : 0.0;
        r->adjacent += k * (k - 1.0);
        for (uint32_t e = v >= 0 ? ties->offset[v] : 0; v >= 0 && e < ties->offset[v + 1]; e++) {
            if (ties->target[e] > v) {
                r->a[r->m] = i;
                r->b[r->m++] = mlg_id_find(l->subject, l->n, r->graph->subject[ties->target[e]]);
            }
        }
    }
out:
    return status;
}

/* ---- overlaps -------------------------------------------------------------- */

/* Ties of the smaller kind whose pair has the other too; actors renamed by `order` unless NULL. */
static uint32_t overlap(const rung *p, const rung *q, const int32_t *order)
{
    const rung *few = p->m <= q->m ? p : q, *many = few == p ? q : p;
    uint32_t both = 0;
    for (size_t e = 0; e < few->m; e++) {
        const int32_t a = order != NULL ? order[few->a[e]] : few->a[e];
        const int32_t b = order != NULL ? order[few->b[e]] : few->b[e];
        const int32_t v = many->place[a], w = many->place[b];
        both += v >= 0 && w >= 0 && mlg_csr_find(&many->graph->ties, v, w) > 0.0;
    }
    return both;
}

static void *order_open(const void *given)
{
    const ladder *l = given;
    return mlg_alloc((size_t) l->n, sizeof(int32_t));
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const ladder *l = given;
    int32_t *order = own;
    (void) slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(l->seed, "silo.ladder", "", d);
        size_t pair = 0;
        for (int32_t i = 0; i < l->n; i++) {
            const int32_t j = (int32_t) mlg_random_below(&random, (uint32_t) i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (size_t p = 0; p < l->n_rungs; p++) {
            for (size_t q = p + 1; q < l->n_rungs; q++) {
                l->both[d * l->n_pairs + pair++] = overlap(&l->rungs[p], &l->rungs[q], order);
            }
        }
    }
    return MLG_OK;
}

static mlg_status draw(ladder *l, const mlg_run *run, size_t *draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double steps = l->n + 1.0;

    for (size_t p = 0; p < l->n_rungs; p++) {
        for (size_t q = p + 1; q < l->n_rungs; q++) {
            steps += 8.0 * fmin((double) l->rungs[p].m, (double) l->rungs[q].m);
        }
    }
    *draws = run->force ? run->draws : mlg_draws_in(MOST_STEPS / steps, run->draws);
    l->both = mlg_alloc(*draws * l->n_pairs, sizeof *l->both);
    TRY_ALLOC(err, l->both);
    l->seed = run->seed;
    const mlg_replicates job = {
        .what = "silo.ladder",
        .view = "",
        .last = *draws,
        .batch = 16,
        .scratch = order_open,
        .scratch_free = mlg_free,
        .work = work,
        .input = l,
    };
    TRY(mlg_replicates_run(&job, run, err));
out:
    return status;
}

void mlg_ladder_chance(double n, double m_a, double adjacent_a, double m_b, double adjacent_b,
                       double *mean, double *sd)
{
    const double pairs = n * (n - 1.0) / 2.0, next = n * (n - 1.0) * (n - 2.0);
    const double apart = pairs * (n - 2.0) * (n - 3.0) / 2.0;
    const double apart_a = m_a * (m_a - 1.0) - adjacent_a;
    const double apart_b = m_b * (m_b - 1.0) - adjacent_b;

    *mean = pairs > 0.0 ? m_a * m_b / pairs : NAN;
    const double second = *mean + (next > 0.0 ? adjacent_a * adjacent_b / next : 0.0) +
                          (apart > 0.0 ? apart_a * apart_b / apart : 0.0);
    const double variance = second - *mean * *mean;
    *sd = variance > 1e-12 * second ? sqrt(variance) : 0.0;
}

/* ---- the value ------------------------------------------------------------- */

enum { OF_A, OF_B, TIES_A, TIES_B, LIFT, JACCARD, ACTORS, N_PARTS };
static const char *const parts[N_PARTS] = {"share_of_a", "share_of_b", "ties_a", "ties_b",
                                           "lift",       "jaccard",    "actors"};

static void figures_of(const ladder *l, const rung *p, const rung *q, double both, double expected,
                       double *figure)
{
    const double a = (double) p->m, b = (double) q->m;
    figure[OF_A] = a > 0.0 ? both / a : NAN;
    figure[OF_B] = b > 0.0 ? both / b : NAN;
    figure[TIES_A] = a;
    figure[TIES_B] = b;
    figure[LIFT] = expected > 0.0 ? both / expected : NAN;
    figure[JACCARD] = a + b > both ? both / (a + b - both) : a > 0.0 ? 1.0 : NAN;
    figure[ACTORS] = l->n;
}

enum { N_COLUMNS = 8 };
static const mlg_value_column columns[N_COLUMNS] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_LOW,
                                                    MLG_HIGH,  MLG_Z,        MLG_P,  MLG_P_TWO};

static mlg_status fill_row(const ladder *l, size_t row, size_t p, size_t q, size_t draws,
                           double *draw, mlg_value *value)
{
    const rung *a = &l->rungs[p], *b = &l->rungs[q];
    const double both = overlap(a, b, NULL);
    double mean = NAN, sd = NAN, figure[N_PARTS];

    for (size_t d = 0; d < draws; d++) {
        draw[d] = l->both[d * l->n_pairs + row];
    }
    const mlg_null_summary sum =
        mlg_null_summarise(draw, draws, false, both, fmax(both, 1.0), draw + draws);
    mlg_ladder_chance(l->n, (double) a->m, a->adjacent, (double) b->m, b->adjacent, &mean, &sd);
    const double numbers[N_COLUMNS] = {
        both, mean, sd, sum.low, sum.high, mlg_z(both, mean, sd), sum.p_greater, sum.p_two};
    for (int c = 0; c < N_COLUMNS; c++) {
        value->column[columns[c]][row] = numbers[c];
    }
    figures_of(l, a, b, both, mean, figure);
    for (int k = 0; k < N_PARTS; k++) {
        value->part[k].values[row] = figure[k];
    }
    value->subject[2 * row] = a->kind;
    value->subject[2 * row + 1] = b->kind;
    return MLG_OK;
}

static mlg_status open_columns(mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY_ALLOC(err, mlg_value_subjects(value));
    for (int c = 0; c < N_COLUMNS; c++) {
        TRY_ALLOC(err, mlg_value_column_of(value, columns[c]));
    }
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P_ADJUSTED));
    for (int k = 0; k < N_PARTS; k++) {
        TRY_ALLOC(err, mlg_value_part_of(value, parts[k]));
    }
out:
    return status;
}

static mlg_status add_value(const ladder *l, size_t draws, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t row = 0;
    double *draw = mlg_alloc(2 * draws, sizeof *draw);
    mlg_value *value = NULL;

    TRY_ALLOC(err, draw);
    value = mlg_values_add(out, "silo.ladder", view, l->n_pairs, err);
    TRY_ALLOC(err, value);
    value->null_model = "actors";
    value->tail = "greater";
    value->p_method = draws > 0 ? "draws" : NULL;
    value->draws = (uint32_t) draws;
    value->caution = l->n < 10 ? T_caution_small_sample : T_none;
    TRY(open_columns(value, err));
    for (size_t p = 0; p < l->n_rungs; p++) {
        for (size_t q = p + 1; q < l->n_rungs; q++) {
            TRY(fill_row(l, row++, p, q, draws, draw, value));
        }
    }
    TRY(mlg_adjust_p(value->column[MLG_P], l->n_pairs, value->column[MLG_P_ADJUSTED], err));
out:
    mlg_free(draw);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

static bool has_ties(const mlg_context *context)
{
    bool has = false;
    for (size_t v = 0; v < context->n_views; v++) {
        has = has || mlg_context_view(context, (int32_t) v)->source == MLG_FROM_TIES;
    }
    return has;
}

mlg_status mlg_silo_ladder(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ladder l = {.n = 0};
    size_t draws = 0;

    TRY(find_rungs(context, &l, err));
    if (l.n_rungs < 2) {
        TRY(mlg_values_undefined(out, "silo.ladder", view,
                                 has_ties(context) ? T_why_one_kind : T_why_no_ties, err));
        goto out;
    }
    TRY(unite(&l, err));
    for (size_t k = 0; k < l.n_rungs; k++) {
        TRY(list_ties(&l, &l.rungs[k], err));
    }
    TRY(draw(&l, context->run, &draws, err));
    TRY(add_value(&l, draws, view, out, err));
out:
    ladder_close(&l);
    return status;
}
