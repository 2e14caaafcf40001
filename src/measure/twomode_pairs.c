/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/twomode.h"
#include "measure/context.h"
#include "measure/pair_ranking.h"
#include "measure/summary.h"

/* Pairs of actors that take part in the same activities: never kept, but looked at one by one
 * as they are met, and the top of them listed. */

enum { LOOKS = 1024 /* actors between two looks at the cancel callback */ };

/* Pairs met, repetition counted, that a report goes through: some two seconds. */
static const double MOST_MEETINGS = 3e8;

/* What a pair shares. */
typedef struct meeting {
    uint32_t count;
    double newman, per_size, per_pair; /* sums of 1 / (k - 1), 1 / k, 1 / C(k, 2) */
} meeting;

/* Turns what a pair shares into its rank and figures. */
typedef void rank_fn(const mlg_graph *graph, const meeting *met, mlg_ranked_pair *pair);

static double meetings_in(const mlg_graph *graph)
{
    double all = 0.0;
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const double k = mlg_csr_degree(&graph->attended, e);
        all += k * (k - 1.0) / 2.0;
    }
    return all;
}

/* Those after v that it meets, in the order they are met, into `met`; answers how many. */
static size_t meet(const mlg_graph *graph, int32_t v, meeting *with, int32_t *met)
{
    size_t n = 0;
    for (uint32_t k = graph->attends.offset[v]; k < graph->attends.offset[v + 1]; k++) {
        const int32_t e = graph->attends.target[k];
        const double size = mlg_csr_degree(&graph->attended, e);
        const uint32_t from = graph->attended.offset[e];
        for (uint32_t p = graph->attended.offset[e + 1]; p > from; p--) {
            const int32_t w = graph->attended.target[p - 1];
            if (w <= v) {
                break;
            }
            met[n] = w;
            n += with[w].count == 0;
            with[w].count++;
            with[w].newman += 1.0 / (size - 1.0);
            with[w].per_size += 1.0 / size;
            with[w].per_pair += 2.0 / (size * (size - 1.0));
        }
    }
    return n;
}

/* Is a pair behind another in a ranking? */
static bool is_behind(const mlg_ranked_pair *x, const mlg_ranked_pair *y)
{
    if (x->rank != y->rank || x->then != y->then) {
        return x->rank < y->rank || (x->rank == y->rank && x->then < y->then);
    }
    return x->a > y->a || (x->a == y->a && x->b > y->b);
}

/* Adds a pair unless it would not be listed: in a plenary most would not. */
static void offer(mlg_pair_ranking *ranking, const mlg_ranked_pair *pair)
{
    if (ranking->n == 2 * (size_t) MLG_PAIRS_LISTED) {
        mlg_pair_ranking_close(ranking);
    }
    if (ranking->seen >= 2 * (size_t) MLG_PAIRS_LISTED &&
        is_behind(pair, &ranking->items[MLG_PAIRS_LISTED - 1])) {
        ranking->seen++;
    } else {
        mlg_pair_ranking_add(ranking, pair);
    }
}

static mlg_status rank_pairs(const mlg_graph *graph, const mlg_run *run, rank_fn *rank,
                             mlg_pair_ranking *ranking, mlg_error *err)
{
    mlg_status status = MLG_OK;
    meeting *with = mlg_zalloc((size_t) graph->n, sizeof *with);
    int32_t *met = mlg_alloc((size_t) graph->n + 1, sizeof *met);

    TRY_ALLOC(err, with);
    TRY_ALLOC(err, met);
    for (int32_t v = 0; v < graph->n; v++) {
        const size_t n = meet(graph, v, with, met);
        for (size_t i = 0; i < n; i++) {
            mlg_ranked_pair pair = {.a = v, .b = met[i]};
            rank(graph, &with[met[i]], &pair);
            offer(ranking, &pair);
            with[met[i]] = (meeting){0};
        }
        if (v % LOOKS == 0 && run->cancelled != NULL && run->cancelled(run->context)) {
            FAIL(err, MLG_ESTOP, "stopped");
        }
    }
    mlg_pair_ranking_close(ranking);
out:
    mlg_free(with);
    mlg_free(met);
    return status;
}

/* Appends the top pairs of a view, or why there are none. */
static mlg_status add_pairs(mlg_context *context, int32_t view, const char *id, rank_fn *rank,
                            const mlg_pair_column *columns, size_t n_columns, mlg_values *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const double all = meetings_in(graph);
    mlg_pair_ranking ranking = {0};

    if (all == 0.0 || (all > MOST_MEETINGS && !context->run->force)) {
        return mlg_values_undefined(out, id, view,
                                    all == 0.0 ? T_why_no_shared_activity : T_why_too_large, err);
    }
    TRY(mlg_pair_ranking_open(&ranking, err));
    TRY(rank_pairs(graph, context->run, rank, &ranking, err));
    TRY(mlg_pair_ranking_list(&ranking, id, view, graph->subject, ranking.seen, columns, n_columns,
                              out, err));
    out->items[out->n - 1].scope = graph->scope;
out:
    mlg_pair_ranking_free(&ranking);
    return status;
}

/* ---- Newman ---------------------------------------------------------------------- */

static void by_newman(const mlg_graph *graph, const meeting *met, mlg_ranked_pair *pair)
{
    (void) graph;
    pair->rank = met->newman;
    pair->then = met->count;
    pair->figure[0] = met->newman;
    pair->figure[1] = met->count;
    pair->figure[2] = met->per_size;
    pair->figure[3] = met->per_pair;
}

/* The sum of an actor's weights is the number of its activities with somebody else: each shares
 * 1 among the others. */
static mlg_status list_strengths(const mlg_graph *graph, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *figure = mlg_zalloc((size_t) graph->n, sizeof *figure);
    const mlg_listing listing = {.id = "twomode.newman",
                                 .view = view,
                                 .scope = graph->scope,
                                 .convention = "strength",
                                 .why = T_why_no_actors,
                                 .subject = graph->subject,
                                 .figure = figure,
                                 .n = (size_t) graph->n};

    TRY_ALLOC(err, figure);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t k = graph->attends.offset[v]; k < graph->attends.offset[v + 1]; k++) {
            figure[v] += mlg_csr_degree(&graph->attended, graph->attends.target[k]) > 1;
        }
    }
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(figure);
    return status;
}

mlg_status mlg_twomode_newman(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char id[] = "twomode.newman";
    static const mlg_pair_column columns[] = {
        {MLG_VALUE, NULL}, {MLG_VALUE, "count"}, {MLG_VALUE, "per_size"}, {MLG_VALUE, "per_pair"}};
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(add_pairs(context, view, id, by_newman, columns, sizeof columns / sizeof *columns, out,
                  err));
    TRY(list_strengths(mlg_context_graph(context, view), view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

/* ---- Jaccard ------------------------------------------------------------------------ */

static void by_jaccard(const mlg_graph *graph, const meeting *met, mlg_ranked_pair *pair)
{
    const double a = mlg_csr_degree(&graph->attends, pair->a);
    const double b = mlg_csr_degree(&graph->attends, pair->b);

    pair->figure[0] = met->count / (a + b - met->count);
    pair->figure[1] = met->count;
    pair->figure[2] = met->count / fmin(a, b);
    pair->figure[3] = met->count / sqrt(a * b);
    pair->rank = pair->figure[0];
    pair->then = met->count;
}

mlg_status mlg_twomode_jaccard(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char id[] = "twomode.jaccard";
    static const mlg_pair_column columns[] = {
        {MLG_VALUE, NULL}, {MLG_VALUE, "count"}, {MLG_VALUE, "overlap"}, {MLG_VALUE, "cosine"}};
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    return add_pairs(context, view, id, by_jaccard, columns, sizeof columns / sizeof *columns, out,
                     err);
}
