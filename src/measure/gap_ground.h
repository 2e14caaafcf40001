/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_GAP_GROUND_H
#define MLG_MEASURE_GAP_GROUND_H

#include "maillage/gap.h"
#include "measure/context.h"
#include "measure/curveball.h"
#include "measure/perimeters.h"

/* Two schemes and who sits in both. Unknown numbers are NaN. */
typedef struct mlg_gap_pair {
    int32_t a, b;  /* columns of the table, a < b */
    uint32_t both; /* rows that have both */
    double common; /* units in common */
    double overlap, reach;
    double alike;   /* what both hold / what either does: inhabitants, else units */
    bool by_units;  /* the overlap counts units, their population being unknown */
    double themes;  /* Jaccard */
    int32_t shared; /* themes; -1 unknown */
    mlg_gap_stratum stratum;
    bool testable;
    /* NaN where not compared; p: as few or fewer, p_greater: as many or more */
    double expected, sd, low, high, z, p, p_greater, p_two, p_adjusted;
} mlg_gap_pair;

/* What the gap measures of one view share. */
typedef struct mlg_gaps {
    mlg_text_key why; /* nothing can be said: then no pair */
    int32_t n_schemes;
    mlg_id *scheme;     /* [n_schemes] those with a seat, ascending */
    mlg_two_mode seats; /* who sits in which, as observed */
    int32_t *actor;     /* [seats.n_rows] number in the graph, ascending */
    uint64_t *may;      /* structural zeros; NULL when there is none */
    size_t barred;      /* cells of the table that they close */
    size_t n_pairs;
    mlg_gap_pair *pair; /* ranked: tested by z, then what could not be, then what is not compared */
    uint32_t draws;
    size_t eligible, testable, known;
    int32_t actors_outside;     /* of the view, in no scheme's activity */
    int32_t activities_outside; /* of the view, of no scheme */
    int32_t silent;             /* schemes in force without a seat in the view */
} mlg_gaps;

/* The view's ground, made at first need. */
mlg_status mlg_gaps_of(mlg_context *context, int32_t view, mlg_gaps **out,
                       mlg_error *err) MLG_MUST_CHECK;
void mlg_gaps_free(mlg_gaps *gaps);
/* Column of a scheme, or -1. */
int32_t mlg_gaps_column(const mlg_gaps *gaps, mlg_id scheme);
/* Does a row of the table have a column? */
bool mlg_gaps_sits(const mlg_gaps *gaps, int32_t row, int32_t column);

/* ---- gap_seats.c: the table ---------------------------------------------------- */

/* Fills schemes, seats, actor and the counts of who is left out; `why` when there are not two
 * schemes to compare. */
mlg_status mlg_gap_seats_make(const mlg_graph *graph, mlg_gaps *out, mlg_error *err) MLG_MUST_CHECK;
/* Schemes of an activity, by its row in force; *n = 0 when there are none. */
const mlg_id *mlg_gap_schemes_of(const mlg_model *model, mlg_id activity, size_t *n);

/* ---- gap_zeros.c: who may sit where --------------------------------------------- */

mlg_status mlg_gap_zeros_make(const mlg_graph *graph, const mlg_perimeters *perimeters,
                              mlg_gaps *gaps, mlg_error *err) MLG_MUST_CHECK;

/* Where each actor of a graph works, as its own row and sites.csv say. */
typedef struct mlg_gap_places {
    mlg_csr of;        /* graph's actor -> number of a place */
    mlg_id *territory; /* [n] by number */
    int32_t n;
} mlg_gap_places;

mlg_status mlg_gap_places_of(const mlg_graph *graph, mlg_gap_places *out,
                             mlg_error *err) MLG_MUST_CHECK;
void mlg_gap_places_free(mlg_gap_places *places);
/* For each party, from the first day that any row of a table allows to the last; unknown ends are
 * open. [parties], to be given back with mlg_free(). */
mlg_status mlg_gap_spans_of(const mlg_model *model, mlg_table_id table, mlg_column id,
                            mlg_column start, mlg_column end, mlg_span **out,
                            mlg_error *err) MLG_MUST_CHECK;

/* Do two territories meet? */
typedef enum mlg_meeting { MLG_MEET_UNKNOWN, MLG_MEET, MLG_APART } mlg_meeting;
mlg_meeting mlg_territories_meet(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id a,
                                 mlg_id b);

/* ---- gap_pairs.c: which pairs are compared --------------------------------------- */

mlg_status mlg_gap_pairs_make(const mlg_graph *graph, const mlg_perimeters *perimeters,
                              mlg_gaps *gaps, mlg_error *err) MLG_MUST_CHECK;

/* ---- gap_draws.c: what is expected ------------------------------------------------ */

enum {
    MLG_GAP_SETS = 4,
    MLG_GAP_WALKS = 100, /* back from the observed table, beside the one that p rests on; at
                            least ten, where they would take much memory */
};

/* Pairs of groups of columns, tested by how many rows have both. Each set is adjusted by itself. */
typedef struct mlg_gap_set {
    const mlg_csr *groups; /* columns -> groups, any number each; NULL: each column is one */
    int32_t n_groups;
    mlg_gap_pair *pair; /* [n] a and b are groups */
    size_t n;
} mlg_gap_set;

/* What a test draws, and what it counts in the draws. */
typedef struct mlg_gap_job {
    const char *stream, *start, *view; /* names of the random streams */
    const mlg_two_mode *seats;
    uint32_t rounds;               /* of trades, back and forward */
    double easy_steps, most_steps; /* of all draws: see mlg_draws_room() */
    mlg_gap_set set[MLG_GAP_SETS];
    size_t n_sets;
} mlg_gap_job;

mlg_status mlg_gap_draw(const mlg_gap_job *job, const mlg_run *run, uint32_t *draws,
                        mlg_error *err) MLG_MUST_CHECK;

/* Draws tables with both margins and the zeros of `seats` (Besag-Clifford: trades back from the
 * observed table, then as many forward for each draw) and fills the pairs that are compared from
 * expected to p_adjusted. Streams are named "gap.schemes" and the view. As many draws as
 * run->draws, or as work and memory allow, into `draws`.
 *
 * p, p_greater, p_two and p_adjusted rest on the draws of one walk back, which makes them exact
 * however short it is. With zeros tables mix slowly, and all of these draws then lean the way of
 * that walk: expected, sd, low, high and z are those of as many further draws, shared among
 * up to MLG_GAP_WALKS other walks back. */
mlg_status mlg_gap_test(const mlg_two_mode *seats, mlg_gap_pair *pair, size_t n, const mlg_run *run,
                        const char *view, uint32_t *draws, mlg_error *err) MLG_MUST_CHECK;

#endif
