/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_GRAPH_H
#define MLG_GRAPH_GRAPH_H

#include "graph/csr.h"
#include "maillage/graph.h"
#include "model/model.h"

/* What was left out on the way, for the report. */
typedef struct mlg_graph_facts {
    size_t rows;                  /* of the source table that meet the view's conditions */
    size_t rows_outside;          /* out of the period */
    size_t rows_undated;          /* counted although without a date */
    size_t rows_absent;           /* participations of no/excused */
    size_t rows_member;           /* members of bodies whose meetings other rows tell */
    size_t rows_presence_unknown; /* counted with an empty `present`, which other rows fill */
    size_t ties_inside; /* rows of ties dropped inside one organisation (sector, scheme) */
    size_t loops;
    size_t rows_unweighted;   /* counted as 1 among rows with weights */
    size_t unknown_sector;    /* actors */
    size_t activities_single; /* activities with one actor after collapsing: no pair */
    size_t pairs_expected;    /* pairs a projection counts before merging */
} mlg_graph_facts;

/* A vertex is called an actor everywhere above this folder. */
struct mlg_graph {
    const mlg_model *model; /* NULL for graphs made from arrays */
    mlg_view view;
    int32_t n;       /* actors */
    mlg_id *subject; /* [n] id in the scope of the view (party, sector code, scheme), ascending */
    mlg_scope scope; /* MLG_SCOPE_ACTOR, _SECTOR or _SCHEME by view.by */

    /* sectors, dense inside this graph */
    int32_t n_sectors;
    mlg_id *sector_code; /* [n_sectors] vocabulary code, ascending */
    int32_t *sector;     /* [n] first sector 0..n_sectors-1, or -1: unknown */
    mlg_csr sector_set;  /* actor -> all its sectors; empty (n = 0) unless some has several */

    bool directed;      /* some row says so: arcs differ from ties */
    bool weighted;      /* one kind, weights given: strengths mean something */
    bool several_kinds; /* the view joins kinds: weighted measures are undefined */
    mlg_csr ties;       /* weak: symmetric, larger weight of both directions */
    mlg_csr arcs;       /* out-arcs; shares the arrays of `ties` when not directed */
    size_t n_ties;      /* unordered pairs */
    size_t n_arcs;      /* directed: arcs; else = n_ties */
    double w_max;       /* largest tie weight, 1 when unweighted */

    /* two-mode; n_activities = 0 for views from ties */
    int32_t n_activities;
    mlg_id *activity; /* [n_activities] model ids */
    mlg_csr attends;  /* actor -> activities */
    mlg_csr attended; /* activity -> actors */
    bool projected;   /* false when the projection was too large to build: `ties` is empty */

    mlg_graph_facts facts;

    /* what the rows of a pair are found by; NULL for graphs made from arrays */
    mlg_id *into;           /* [parties] subject each becomes, -1 = nobody */
    uint8_t *activity_when; /* [activities of the model] mlg_when of the period (rows.h) */
};

/* ---- making ---------------------------------------------------------------- */

/* From arrays: from/to in 0..n-1, weight NULL = 1, sector [n] (or NULL: all unknown) in
 * -1..n_sectors-1. For tests, benches and resampling; subjects are 0..n-1. */
mlg_status mlg_graph_from_ties(int32_t n, const int32_t *from, const int32_t *to,
                               const double *weight, size_t m, bool directed, const int32_t *sector,
                               int32_t n_sectors, mlg_graph **out, mlg_error *err);
/* From two-mode arrays, projected as view->projection says. */
mlg_status mlg_graph_from_participations(int32_t n, int32_t n_activities, const int32_t *actor,
                                         const int32_t *activity, size_t m,
                                         mlg_projection projection, const int32_t *sector,
                                         int32_t n_sectors, const mlg_run *run, mlg_graph **out,
                                         mlg_error *err);

/* ---- projection kernel (projection.c) -------------------------------------- */

/* Projects rows of a two-mode adjacency on each other. `half` keeps only b > a.
 * Weighted by the rule; same bytes for any number of threads. MLG_ESIZE when the
 * pairs (counted first) exceed max_pairs. */
mlg_status mlg_project(const mlg_csr *attends, const mlg_csr *attended, mlg_projection rule,
                       bool half, uint64_t max_pairs, const mlg_run *run, mlg_csr *out,
                       mlg_error *err);
/* Pairs (with repetition over activities) a projection would count. */
uint64_t mlg_project_pairs(const mlg_csr *attended);

/* Place of an id among ascending ones (a graph's subjects, sectors or activities), or -1. */
int32_t mlg_id_find(const mlg_id *ids, int32_t n, mlg_id id);

/* ---- evidence --------------------------------------------------------------- */

/* Source rows (file, line) of the pair a, b (actors of this graph), at most `room`;
 * answers how many there are in all. b = -1: all rows that name a. */
typedef struct mlg_row {
    mlg_table_id table;
    int32_t row;
} mlg_row;
size_t mlg_graph_rows_of(const mlg_graph *graph, int32_t a, int32_t b, mlg_row *rows, size_t room);

#endif
