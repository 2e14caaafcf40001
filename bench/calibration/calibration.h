/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_CALIBRATION_H
#define BENCH_CALIBRATION_H

#include <stdio.h>

#include "base/random.h"
#include "graph/graph.h"
#include "measure/labels.h"

/* Do the tests hold the level they claim? Studies without any effect are drawn by the thousand,
 * each is tested as the program would test it, and the share of p <= .05 is counted.
 *
 * The p that the program publishes, (1 + b) / (1 + R), is cautious where draws tie with the
 * observed value; with the ties broken by a coin it is uniform exactly when the null is right.
 * So three figures: plain, mid-p, and randomised, on which the gates stand. */

enum { CALIBRATION_DRAWS = 199 };

/* ---- null studies (shapes.c) -------------------------------------------------- */

typedef enum shape { G1, G2, G3, G4, G5, G6, G5_CONTROL, N_SHAPES } shape;

typedef struct null_study {
    shape shape;
    mlg_graph *graph;
    mlg_labelling labelling;
    uint64_t seed;   /* of the draws of its tests */
    mlg_random coin; /* breaks the ties */
} null_study;

const char *shape_name(shape which);
const char *shape_says(shape which);
/* Study number `number` of a shape; the same for the same seed. */
mlg_status null_study_draw(shape which, uint64_t seed, uint64_t number, null_study *out,
                           mlg_error *err) MLG_MUST_CHECK;
/* n actors in `n_sectors` equal sectors, `inside` ties placed uniformly among the pairs of one
 * sector and the rest of the m among the others. */
mlg_status planted_study_draw(int32_t n, int32_t n_sectors, int32_t m, int32_t inside,
                              mlg_random *random, null_study *out, mlg_error *err) MLG_MUST_CHECK;
void null_study_free(null_study *study);

/* ---- tests (tests.c) ---------------------------------------------------------- */

typedef enum null_model { BY_LABELS, BY_REWIRING, BY_MARGINS, BY_SIZE, N_NULLS } null_model;

typedef enum test {
    LABELS_EI,
    LABELS_GROUP_EI,
    LABELS_ASSORTATIVITY,
    LABELS_MODULARITY,
    LABELS_CELL_SAME,
    LABELS_CELL_ACROSS,
    LABELS_ACTOR_EI,
    REWIRING_EI,
    REWIRING_GROUP_EI,
    REWIRING_CELL_SAME,
    REWIRING_CELL_ACROSS,
    MARGINS_EI,
    MARGINS_EI_WEIGHTED,
    MARGINS_GROUP_EI,
    MARGINS_ASSORTATIVITY,
    MARGINS_MODULARITY,
    MARGINS_CELL_SAME,
    MARGINS_CELL_ACROSS,
    SIZE_CELL_SAME,
    SIZE_CELL_ACROSS,
    N_TESTS
} test;

/* NaN: the study cannot be tested (a group without ties). */
typedef struct figures {
    double plain, mid, randomised;
} figures;

/* What a test must do on a shape. */
typedef enum expectation {
    NOT_MADE,
    EXACT, /* the gates */
    SHOWN, /* the null does not hold there: no gate, the table says how far off it is */
    FAILS, /* the control: it must be seen to reject far too often */
} expectation;

null_model null_of(test which);
const char *null_name(null_model which);
const char *test_name(test which);
expectation expected_of(shape on, test which);
/* Fills out[N_TESTS]. */
mlg_status null_study_test(null_study *study, figures *out, mlg_error *err) MLG_MUST_CHECK;
/* p of the ties inside sectors under the labels; of planted studies. */
mlg_status labels_ei_test(null_study *study, figures *out, mlg_error *err) MLG_MUST_CHECK;

/* ---- sizes (sizes.c) ---------------------------------------------------------- */

typedef struct sizes {
    size_t n; /* studies that could be tested */
    double plain, mid;
    double at_1, at_5, at_10; /* randomised */
    double ks;                /* its greatest distance from uniform */
    const char *verdict;      /* NULL: passed, or nothing to pass; else the gate that failed */
} sizes;

/* Of `studies` tests, figures at from[i * N_TESTS]. */
mlg_status sizes_of(const figures *from, size_t studies, expectation expected, sizes *out,
                    mlg_error *err) MLG_MUST_CHECK;
/* Draws and tests `studies` studies of a shape, and sums up each test made on it. */
mlg_status calibrate_shape(shape which, size_t studies, uint64_t seed, int threads,
                           sizes *out /* [N_TESTS] */, mlg_error *err) MLG_MUST_CHECK;

/* ---- power (power.c) ---------------------------------------------------------- */

/* Ties within sectors times omega as likely, given their number: power of the one-sided test at
 * 5 %. Both files may be NULL. Adds the gates that failed to *failed. */
mlg_status calibrate_power(size_t studies, uint64_t seed, int threads, FILE *table, FILE *csv,
                           size_t *failed, mlg_error *err) MLG_MUST_CHECK;
/* P(p <= .05) of the hypergeometric test when ties inside have odds omega. */
double exact_power(int32_t n, int32_t n_sectors, int32_t m, double omega);

#endif
