/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/communities.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/engine.h"

enum {
    SEEDS = 100,         /* runs where there is little work */
    LEAST_SEEDS = 2,     /* and where there is most */
    WEIGHTED_SEEDS = 20, /* with strengths, which are a part only */
    MOST_PASSES = 20,    /* of one run */
    LEAST_PASSES = 2,
};

/* An actor or an entry of its list is one step of a pass. */
static const double SEEDS_WORK = 2e6;    /* steps of all seeds */
static const double PASSES_WORK = 1.5e7; /* of the passes of one */
static const double WEIGHTED_WORK = 1e6; /* above it strengths are left out */
static const double RISE = 1e-10;        /* of Q, below which a pass gained nothing */

static void partition_free(mlg_partition *partition)
{
    mlg_free(partition->community);
    mlg_free(partition->kept);
    *partition = (mlg_partition){0};
}

static void release(void *made)
{
    mlg_communities *communities = made;
    if (communities != NULL) {
        partition_free(&communities->plain);
        partition_free(&communities->weighted);
        mlg_free(communities);
    }
}

/* ---- modularity ----------------------------------------------------------- */

static double strength_of(const mlg_csr *ties, bool weighted, int32_t v)
{
    double sum = weighted ? 0.0 : mlg_csr_degree(ties, v);
    for (uint32_t i = ties->offset[v]; weighted && i < ties->offset[v + 1]; i++) {
        sum += ties->weight[i];
    }
    return sum;
}

/* Q = sum_c (inside_c / m - (strength_c / 2m)^2), loop-free; `room` [n]. */
static double modularity_of(const mlg_csr *ties, bool weighted, const int32_t *community,
                            double *room)
{
    double inside = 0.0, all = 0.0, squares = 0.0;

    memset(room, 0, (size_t) ties->n * sizeof *room);
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const double w = weighted ? ties->weight[i] : 1.0;
            all += w;
            inside += community[v] == community[ties->target[i]] ? w : 0.0;
            room[community[v]] += w;
        }
    }
    for (int32_t c = 0; c < ties->n; c++) {
        squares += room[c] / all * (room[c] / all);
    }
    return inside / all - squares;
}

/* ---- one run -------------------------------------------------------------- */

/* What the runs of one partition share. */
typedef struct search {
    const mlg_graph *graph;
    const mlg_run *run;
    bool weighted;
    uint32_t runs;
    int passes; /* at most, of a run */
    igraph_t net;
    igraph_vector_t weight;   /* of the edges */
    igraph_vector_t strength; /* of the actors */
    double total;             /* 2m */
    igraph_vector_int_t membership;
    int32_t *found; /* [runs * n] */
    double *room;   /* [n] */
} search;

static void search_close(search *s)
{
    igraph_destroy(&s->net); /* zeroed ones may be, in 0.10.2 */
    igraph_vector_destroy(&s->weight);
    igraph_vector_destroy(&s->strength);
    igraph_vector_int_destroy(&s->membership);
    mlg_free(s->found);
    mlg_free(s->room);
}

static mlg_status search_open(search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = s->graph;
    const size_t n = (size_t) graph->n;

    s->found = mlg_alloc(s->runs * n, sizeof *s->found);
    s->room = mlg_alloc(n, sizeof *s->room);
    TRY_ALLOC(err, s->found);
    TRY_ALLOC(err, s->room);
    TRY(mlg_graph_to_igraph(graph, false, &s->net, s->weighted ? &s->weight : NULL, err));
    TRY_IGRAPH(err, igraph_vector_init(&s->strength, graph->n));
    TRY_IGRAPH(err, igraph_vector_int_init(&s->membership, 0));
    for (int32_t v = 0; v < graph->n; v++) {
        const double strength = strength_of(&graph->ties, s->weighted, v);
        if (!isfinite(strength) || strength < 0.0) { /* igraph does not look */
            FAIL(err, MLG_EENGINE, "silo.communities: a strength is %g", strength);
        }
        VECTOR(s->strength)[v] = strength;
        s->total += strength;
    }
out:
    return status;
}

/* Passes of one iteration each, from the last one's partition, until Q rises no more. */
static mlg_status search_once(search *s, uint32_t run, double *quality, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *found = s->found + (size_t) run * (size_t) s->graph->n;
    double before = -INFINITY;

    mlg_engine_seed(mlg_random_stream(
        s->run->seed, s->weighted ? "silo.communities.weighted" : "silo.communities",
        s->graph->view.id, run));
    for (int pass = 0; pass < s->passes; pass++) {
        igraph_integer_t clusters = 0;
        TRY_IGRAPH(err, igraph_community_leiden(&s->net, s->weighted ? &s->weight : NULL,
                                                &s->strength, 1.0 / s->total, 0.01, pass > 0, 1,
                                                &s->membership, &clusters, NULL));
        for (int32_t v = 0; v < s->graph->n; v++) {
            found[v] = (int32_t) VECTOR(s->membership)[v];
        }
        *quality = modularity_of(&s->graph->ties, s->weighted, found, s->room);
        if (!(*quality > before + RISE)) {
            break;
        }
        before = *quality;
    }
out:
    return status;
}

/* ---- what the runs say together -------------------------------------------- */

typedef struct sized {
    int32_t community, size, first;
} sized;

static int by_size(const void *left, const void *right)
{
    const sized *a = left, *b = right;
    if (a->size != b->size) {
        return a->size > b->size ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Numbers communities by falling size, then by lowest member. */
static mlg_status number(const int32_t *found, int32_t n, mlg_partition *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *place = mlg_alloc((size_t) n, sizeof *place);
    sized *sizes = mlg_zalloc((size_t) n, sizeof *sizes);

    TRY_ALLOC(err, place);
    TRY_ALLOC(err, sizes);
    for (int32_t v = n - 1; v >= 0; v--) {
        sizes[found[v]].size++;
        sizes[found[v]].first = v;
        sizes[found[v]].community = found[v];
    }
    qsort(sizes, (size_t) n, sizeof *sizes, by_size);
    for (int32_t c = 0; c < n && sizes[c].size > 0; c++) {
        place[sizes[c].community] = c;
        out->n_communities++;
        out->n_shared += sizes[c].size > 1;
    }
    for (int32_t v = 0; v < n; v++) {
        out->community[v] = place[found[v]];
    }
out:
    mlg_free(sizes);
    mlg_free(place);
    return status;
}

/* Members of each community of one partition, and counters for another's. */
typedef struct grouping {
    size_t n;
    uint32_t *start; /* [n + 1] */
    int32_t *member; /* [n] */
    uint32_t *count; /* [n] zero in between */
} grouping;

static void grouping_close(grouping *g)
{
    mlg_free(g->start);
    mlg_free(g->member);
    mlg_free(g->count);
}

static mlg_status grouping_open(size_t n, grouping *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *out = (grouping){.n = n};
    out->start = mlg_zalloc(n + 1, sizeof *out->start);
    out->member = mlg_alloc(n, sizeof *out->member);
    out->count = mlg_zalloc(n, sizeof *out->count);
    TRY_ALLOC(err, out->start);
    TRY_ALLOC(err, out->member);
    TRY_ALLOC(err, out->count);
out:
    return status;
}

/* Sorts the actors by community (numbers below n). */
static void group_by(grouping *g, const int32_t *community)
{
    memset(g->start, 0, (g->n + 1) * sizeof *g->start);
    for (size_t v = 0; v < g->n; v++) {
        g->start[community[v] + 1]++;
    }
    for (size_t c = 0; c < g->n; c++) {
        g->start[c + 1] += g->start[c];
    }
    for (size_t v = 0; v < g->n; v++) {
        g->member[g->start[community[v]] + g->count[community[v]]++] = (int32_t) v;
    }
    memset(g->count, 0, g->n * sizeof *g->count);
}

/* Pairs of actors together in the grouped partition and in another. `companions` (may be NULL)
 * gets for each actor those of its community that the other keeps with it, added. */
static double pairs_kept(grouping *g, const int32_t *other, double *companions)
{
    double pairs = 0.0;
    for (size_t c = 0; c < g->n; c++) {
        const uint32_t from = g->start[c], to = g->start[c + 1];
        for (uint32_t i = from; i < to; i++) {
            pairs += g->count[other[g->member[i]]]++;
        }
        for (uint32_t i = from; companions != NULL && i < to; i++) {
            companions[g->member[i]] += g->count[other[g->member[i]]] - 1.0;
        }
        for (uint32_t i = from; i < to; i++) {
            g->count[other[g->member[i]]] = 0;
        }
    }
    return pairs;
}

/* Mean adjusted Rand index over the pairs of runs. */
static mlg_status compare_runs(const search *s, grouping *g, double *stability, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = g->n;
    const double all = 0.5 * (double) n * ((double) n - 1.0);
    double sum = 0.0, compared = 0.0;
    double *own = mlg_alloc(s->runs, sizeof *own); /* pairs together in a run */

    TRY_ALLOC(err, own);
    for (uint32_t i = 0; i < s->runs; i++) {
        group_by(g, s->found + i * n);
        own[i] = pairs_kept(g, s->found + i * n, NULL);
        for (uint32_t j = 0; j < i; j++) {
            const double expected = own[i] * own[j] / all;
            const double most = 0.5 * (own[i] + own[j]) - expected;
            if (most > 0.0) {
                sum += (pairs_kept(g, s->found + j * n, NULL) - expected) / most;
                compared++;
            }
        }
    }
    *stability = compared > 0.0 ? sum / compared : NAN;
out:
    mlg_free(own);
    return status;
}

/* For each actor, over the runs, the share of its companions that stay with it. */
static void count_kept(const search *s, grouping *g, mlg_partition *out)
{
    const uint32_t runs = s->runs;
    double all = 0.0, kept = 0.0;

    group_by(g, out->community);
    memset(out->kept, 0, g->n * sizeof *out->kept);
    for (uint32_t r = 0; r < runs; r++) {
        kept += pairs_kept(g, s->found + r * g->n, out->kept);
    }
    for (size_t v = 0; v < g->n; v++) {
        const int32_t c = out->community[v];
        const double companions = (double) (g->start[c + 1] - g->start[c]) - 1.0;
        all += 0.5 * companions * runs;
        out->kept[v] = companions > 0.0 ? out->kept[v] / (companions * runs) : NAN;
    }
    out->together = all > 0.0 ? kept / all : NAN;
}

/* ---- the partition --------------------------------------------------------- */

static double work_of(const mlg_graph *graph)
{
    return (double) graph->n + (double) mlg_csr_size(&graph->ties);
}

/* As many as `work` steps allow, between two bounds. */
static uint32_t affordable(double work, const mlg_graph *graph, uint32_t least, uint32_t most)
{
    const double n = floor(work / work_of(graph));
    return n >= most ? most : n > least ? (uint32_t) n : least;
}

static void plan(search *s)
{
    const uint32_t most = s->weighted ? WEIGHTED_SEEDS : SEEDS;
    s->runs = s->run->force ? most : affordable(SEEDS_WORK, s->graph, LEAST_SEEDS, most);
    s->passes = s->run->force ? MOST_PASSES
                              : (int) affordable(PASSES_WORK, s->graph, LEAST_PASSES, MOST_PASSES);
}

/* Runs all seeds; answers the first that no other passes in Q by more than rounding. */
static mlg_status search_all(search *s, uint32_t *best, double *quality, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *quality = -INFINITY;
    for (uint32_t r = 0; r < s->runs; r++) {
        double q = 0.0;
        if (s->run->cancelled != NULL && s->run->cancelled(s->run->context)) {
            FAIL(err, MLG_ESTOP, "silo.communities: stopped on request");
        }
        if (s->run->progress != NULL && r > 0) {
            s->run->progress(s->run->context, "silo.communities", (double) r / s->runs);
        }
        TRY(search_once(s, r, &q, err));
        if (q > *quality + RISE) {
            *best = r;
            *quality = q;
        }
    }
out:
    return status;
}

static mlg_status make_partition(const mlg_graph *graph, const mlg_run *run, bool weighted,
                                 mlg_partition *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    search s = {.graph = graph, .run = run, .weighted = weighted};
    uint32_t best = 0;
    grouping groups = {0};

    plan(&s);
    out->community = mlg_alloc((size_t) graph->n, sizeof *out->community);
    out->kept = mlg_alloc((size_t) graph->n, sizeof *out->kept);
    TRY_ALLOC(err, out->community);
    TRY_ALLOC(err, out->kept);
    TRY(search_open(&s, err));
    TRY(search_all(&s, &best, &out->modularity, err));
    TRY(number(s.found + (size_t) best * (size_t) graph->n, graph->n, out, err));
    TRY(grouping_open((size_t) graph->n, &groups, err));
    TRY(compare_runs(&s, &groups, &out->stability, err));
    count_kept(&s, &groups, out);
    out->runs = s.runs;
out:
    search_close(&s);
    grouping_close(&groups);
    if (status != MLG_OK) {
        partition_free(out);
    }
    return status;
}

mlg_status mlg_communities_of(mlg_context *context, int32_t view, const mlg_communities **out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_communities *made = mlg_context_slot(context, view, MLG_SLOT_COMMUNITIES);

    *out = made;
    if (made != NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(make_partition(graph, context->run, false, &made->plain, err));
    if (graph->weighted && !graph->several_kinds && graph->ties.weight != NULL &&
        (context->run->force || work_of(graph) <= WEIGHTED_WORK)) {
        TRY(make_partition(graph, context->run, true, &made->weighted, err));
    }
    mlg_context_keep(context, view, MLG_SLOT_COMMUNITIES, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        release(made);
    }
    return status;
}
