/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LABELS_H
#define MLG_MEASURE_LABELS_H

#include "graph/graph.h"
#include "maillage/run.h"

/* The null "labels": the graph stays, the sectors are dealt out again among the actors
 * that have one. Actors without a sector leave the graph and the deal both; an actor of
 * several sectors keeps them together. */

enum {
    MLG_LANES = 64,         /* deals a kernel works on at once */
    MLG_MAX_TYPES = 4096,   /* where actors have several sectors: a table of types is squared */
    MLG_MAX_SECTORS = 5000, /* of tables sector by sector */
};

/* Which actors carry which sectors. Actors with the same sectors, and the same one first,
 * are of one type: what is dealt are types. */
typedef struct mlg_labelling {
    int32_t n;      /* actors with a sector */
    int32_t *actor; /* [n] their number in the graph, ascending */
    int32_t *place; /* [graph's n] rank among them, or -1 */
    int32_t n_types;
    uint16_t *type;       /* [n] */
    int32_t *count;       /* [n_types] actors of the type */
    int32_t *first;       /* [n_types] their first sector */
    uint32_t *set_offset; /* [n_types + 1] */
    int32_t *set;         /* all sectors of a type, ascending */
    int64_t *others;      /* [n_types] other actors that share a sector with one of the type */
    int32_t n_sectors;    /* of the graph */
    int32_t *carriers;    /* [n_sectors] actors that carry the sector */
    bool several;         /* some actor has several sectors */
    uint8_t *shares;      /* [n_types * n_types] have two types a sector in common;
                             NULL unless `several`: then types are sectors */
} mlg_labelling;

/* MLG_OK (also for nobody: n = 0), MLG_ENOMEM, MLG_ESIZE for too many types. `out` is
 * empty after a failure. Cost: O(n log n + types^2 where actors have several sectors). */
mlg_status mlg_labelling_make(const mlg_graph *graph, mlg_labelling *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_labelling_free(mlg_labelling *labelling);

static inline bool mlg_types_share(const mlg_labelling *labelling, int32_t t, int32_t u)
{
    return labelling->shares == NULL
               ? t == u
               : labelling->shares[(size_t) t * (size_t) labelling->n_types + (size_t) u] != 0;
}

/* Ordered pairs of actors that share a sector. */
double mlg_sharing_pairs(const mlg_labelling *labelling);
/* Fewer than 10 actors with a sector, or fewer than two sectors of at least 2. */
bool mlg_too_few_labels(const mlg_labelling *labelling);
/* All actors with a sector share one. */
bool mlg_one_group(const mlg_labelling *labelling);
/* Distinct deals: n! / product of count!; `limit` when there are as many or more. */
uint64_t mlg_count_deals(const mlg_labelling *labelling, uint64_t limit);

/* ---- pairs of the graph (label_pairs.c) ------------------------------------- */

typedef struct mlg_pair {
    uint32_t a, b; /* ranks in the labelling, a < b (an arc a -> b in a list of arcs) */
} mlg_pair;

typedef enum mlg_pair_kind {
    MLG_PAIRS_TIES,     /* one a tie, in either direction; weight 1 */
    MLG_PAIRS_ARCS,     /* weight = arcs between the two, 1 or 2; as ties when undirected */
    MLG_PAIRS_WEIGHTED, /* weight = sum over the arcs between the two */
    MLG_PAIRS_EACH_ARC, /* one an arc, directed: pairs of one weight, in the arc's order */
} mlg_pair_kind;

/* The pairs of a graph whose both ends have a sector, by ascending weight, so that a
 * kernel can count those of one weight in bytes. */
typedef struct mlg_pairs {
    size_t n;
    mlg_pair *pair; /* [n] */
    size_t n_groups;
    size_t *end;    /* [n_groups] one past the group's last pair */
    double *weight; /* [n_groups] ascending */
    double total;   /* sum of the weights */
} mlg_pairs;

mlg_status mlg_pairs_make(const mlg_graph *graph, const mlg_labelling *labelling,
                          mlg_pair_kind kind, mlg_pairs *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_pairs_free(mlg_pairs *pairs);

/* ---- deals (label_deal.c) --------------------------------------------------- */

/* The deals of one null distribution: every distinct one when there are few, else drawn. */
typedef struct mlg_deal_plan {
    bool enumerated;
    uint32_t n; /* deals */
    uint64_t seed;
    const char *view; /* names the streams, with "silo.labels" */
} mlg_deal_plan;

/* Enumerates below a million deals (and while that is not dearer than 2e9 steps), else
 * draws run->draws of them. */
mlg_deal_plan mlg_deal_plan_of(const mlg_labelling *labelling, size_t n_pairs, const mlg_run *run,
                               const char *view);

/* One thread's hands: the types of MLG_LANES deals side by side. The type of actor i in
 * deal z is id[(i * wide + 0) * MLG_LANES + z], plus 256 times the byte after when wide = 2. */
typedef struct mlg_deal {
    const mlg_labelling *labelling;
    size_t wide;     /* bytes a type takes: 1 up to 256 types, else 2 */
    uint8_t *id;     /* [n * wide * MLG_LANES] */
    uint16_t *guess; /* [256] type of a random byte: near each type's share */
    uint32_t *dealt; /* [MLG_LANES * n_types] how many of each type were dealt */
} mlg_deal;

mlg_status mlg_deal_open(const mlg_labelling *labelling, mlg_deal *out,
                         mlg_error *err) MLG_MUST_CHECK;
void mlg_deal_close(mlg_deal *deal);
/* Deals number first..first + width - 1 of the plan into lanes 0..width - 1. */
void mlg_deal_out(mlg_deal *deal, const mlg_deal_plan *plan, uint64_t first, unsigned width);

static inline uint32_t mlg_dealt_type(const mlg_deal *deal, uint32_t actor, unsigned lane)
{
    const uint8_t *at = deal->id + (size_t) actor * deal->wide * MLG_LANES + lane;
    return deal->wide == 1 ? at[0] : (uint32_t) (at[0] | at[MLG_LANES] << 8);
}

/* ---- null distributions (label_within.c, label_cells.c) --------------------- */

/* within[d], d = 0..plan->n - 1: summed weight of the pairs whose ends share a sector in
 * deal d. Whole weights give whole numbers, exact below 2^53. Same bytes for any number
 * of threads. Cost: O(deals * (n + pairs)), pairs 64 deals at a time. */
mlg_status mlg_within_draws(const mlg_labelling *labelling, const mlg_pairs *pairs,
                            const mlg_deal_plan *plan, const mlg_run *run, double *within,
                            mlg_error *err) MLG_MUST_CHECK;

/* The same deals read as a partition by first sector: within[d], and squares[d] = sum over
 * the sectors of (summed degree)^2, which is all that modularity and assortativity need.
 * degree [n] is each actor's number of pairs. */
mlg_status mlg_partition_draws(const mlg_labelling *labelling, const mlg_pairs *pairs,
                               const uint32_t *degree, const mlg_deal_plan *plan,
                               const mlg_run *run, double *within, double *squares,
                               mlg_error *err) MLG_MUST_CHECK;

/* Ties sector by sector. Cells of a graph without direction are a <= b, packed by
 * mlg_cell_of(); an actor of several sectors counts in each. */
typedef struct mlg_cells {
    int32_t n_sectors;
    bool directed;
    size_t n_cells;
    size_t n;        /* draws */
    uint32_t *tie;   /* [n_cells * n] ties of the cell, draw by draw */
    uint32_t *stubs; /* [n_sectors * n] ends of ties at the sector's actors */
} mlg_cells;

static inline size_t mlg_cell_of(const mlg_cells *cells, int32_t a, int32_t b)
{
    const size_t low = (size_t) (a < b ? a : b), high = (size_t) (a < b ? b : a);
    return cells->directed ? (size_t) a * (size_t) cells->n_sectors + (size_t) b
                           : high * (high + 1) / 2 + low;
}

/* Room for n draws, zeroed. */
mlg_status mlg_cells_open(int32_t n_sectors, bool directed, size_t n, mlg_cells *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_cells_free(mlg_cells *cells);
/* Bytes one draw takes. */
size_t mlg_cells_bytes(int32_t n_sectors, bool directed);
/* Adds one tie (or arc) between actors of types t and u to a square table [sectors^2]. */
static inline void mlg_cells_add(const mlg_labelling *labelling, uint32_t *square, uint32_t t,
                                 uint32_t u)
{
    const size_t n_sectors = (size_t) labelling->n_sectors;
    for (uint32_t i = labelling->set_offset[t]; i < labelling->set_offset[t + 1]; i++) {
        uint32_t *row = square + (size_t) labelling->set[i] * n_sectors;
        for (uint32_t j = labelling->set_offset[u]; j < labelling->set_offset[u + 1]; j++) {
            row[labelling->set[j]]++;
        }
    }
}
/* Folds a square table into draw d of the cells, and empties it. */
void mlg_cells_put(mlg_cells *cells, uint32_t *square, size_t d);

/* As many draws as `out` has room for, of the plan's first; `pairs` are ties, or each arc
 * when out->directed. */
mlg_status mlg_cells_draws(const mlg_labelling *labelling, const mlg_pairs *pairs,
                           const mlg_deal_plan *plan, const mlg_run *run, mlg_cells *out,
                           mlg_error *err) MLG_MUST_CHECK;
/* The cells of the graph as it is, as one draw. */
mlg_status mlg_cells_observed(const mlg_labelling *labelling, const mlg_pairs *pairs, bool directed,
                              mlg_cells *out, mlg_error *err) MLG_MUST_CHECK;

#endif
