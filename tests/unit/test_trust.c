/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/random.h"
#include "base/texts.h"
#include "maillage/workload.h"
#include "model_fixture.h"
#include "study_measured.h"
#include "suite.h"

#define ID    "scheme.trust"
#define CLOSE 1e-12

static double number(const study_measured *m, const char *convention)
{
    return study_value(m, convention, MLG_SCALAR)->column[MLG_VALUE][0];
}

static double part(const study_measured *m, const char *convention, const char *name)
{
    return part_at(study_value(m, convention, MLG_SCALAR), name, 0);
}

#define ROWS                                                                                       \
    "actors: id,sector\nA,prevention\nB,prevention\nC,social\nD,\n"                                \
    "ties: from,to,kind,directed,trust\n"                                                          \
    "A,B,trusts,yes,5\nB,A,trusts,yes,4\nA,C,trusts,yes,5\nC,A,trusts,yes,2\n"                     \
    "C,B,works_with,yes,4\nD,A,works_with,,5\nB,D,trusts,yes,1\n"

static const char *const scaled = "study: key,value\ntrust.minimum,0\ntrust.maximum,6\n" ROWS;
static const char *const unscaled = ROWS;

/* Above the middle, 3: A of B, B of A, A of C, C of B, and A and D of each other. */
START_TEST(trust_received_is_centralised_as_freeman_says)
{
    study_measured m;
    study_measure(&m, scaled, ID);
    ck_assert_double_eq(part(&m, "centralization", "organisations"), 4);
    ck_assert_double_eq(part(&m, "centralization", "raters"), 4);
    ck_assert_double_eq(part(&m, "centralization", "trusting"), 6);
    ck_assert_double_eq(part(&m, "centralization", "largest"), 2); /* of A, and of B */
    ck_assert_double_eq_tol(number(&m, "centralization"), (4.0 * 2.0 - 6.0) / 9.0, CLOSE);
    ck_assert_double_eq(part(&m, "mean", "scale_least"), 0);
    ck_assert_double_eq(part(&m, "mean", "scale_greatest"), 6);
    ck_assert_double_eq(part(&m, "mean", "scale_assumed"), 0);
    study_measured_close(&m);

    study_measure(&m, unscaled, ID); /* 1 to 5: the same middle */
    ck_assert_double_eq_tol(number(&m, "centralization"), 2.0 / 9.0, CLOSE);
    ck_assert_double_eq(part(&m, "mean", "scale_least"), 1);
    ck_assert_double_eq(part(&m, "mean", "scale_greatest"), 5);
    ck_assert_double_eq(part(&m, "mean", "scale_assumed"), 1);
    study_measured_close(&m);
}
END_TEST

/* A and B both ways, A and C one way; C of B and B of D are said on one side, A and D by a row
 * without a direction. */
START_TEST(trust_is_returned_where_both_sides_were_asked)
{
    study_measured m;
    study_measure(&m, scaled, ID);
    ck_assert_double_eq(part(&m, "reciprocity", "both"), 2);
    ck_assert_double_eq(part(&m, "reciprocity", "mutual"), 1);
    ck_assert_double_eq(part(&m, "reciprocity", "one_way"), 1);
    ck_assert_double_eq(part(&m, "reciprocity", "neither"), 0);
    ck_assert_double_eq(part(&m, "reciprocity", "rated_once"), 2);
    ck_assert_double_eq_tol(number(&m, "reciprocity"), 2.0 / 3.0, CLOSE);
    study_measured_close(&m);
}
END_TEST

START_TEST(sectors_have_the_mean_of_their_rated_pairs)
{
    study_measured m;
    study_measure(&m, scaled, ID);
    const mlg_value *sectors = study_value(&m, "sectors", MLG_PAIRS);
    const int32_t prevention = MLG_CODE_OF(sector, prevention),
                  social = MLG_CODE_OF(sector, social);
    const size_t within = row_of_pair(sectors, prevention, prevention);
    const size_t between = row_of_pair(sectors, prevention, social);
    const size_t none = row_of_pair(sectors, social, social);

    ck_assert_uint_eq(sectors->n, 3);
    ck_assert_int_eq(sectors->scope, MLG_SCOPE_SECTOR);
    ck_assert_double_eq_tol(sectors->column[MLG_VALUE][within], 4.5, CLOSE);
    ck_assert_double_eq(part_at(sectors, "pairs", within), 1);
    ck_assert_double_eq(part_at(sectors, "together", within), 0);
    ck_assert_double_eq_tol(sectors->column[MLG_VALUE][between], (3.5 + 4.0) / 2.0, CLOSE);
    ck_assert_double_eq(part_at(sectors, "pairs", between), 2);
    ck_assert_double_eq(part_at(sectors, "together", between), 1); /* B and C */
    ck_assert_double_nan(sectors->column[MLG_VALUE][none]);
    ck_assert_double_eq(part_at(sectors, "pairs", none), 0);
    study_measured_close(&m);
}
END_TEST

/* A of two sectors and B of the same two: within each and between them, once; the order of the
 * words says nothing. */
START_TEST(organisations_of_several_sectors_count_in_each_cell_once)
{
    for (int order = 0; order < 2; order++) {
        study_measured m;
        study_measure(&m,
                      order == 0 ? "actors: id,sector\nA,prevention|social\nB,social|prevention\n"
                                   "C,social\nties: from,to,trust\nA,B,2\nA,C,5\nB,C,4\n"
                                 : "actors: id,sector\nA,social|prevention\nB,prevention|social\n"
                                   "C,social\nties: from,to,trust\nA,B,2\nA,C,5\nB,C,4\n",
                      ID);
        const mlg_value *sectors = study_value(&m, "sectors", MLG_PAIRS);
        const int32_t prevention = MLG_CODE_OF(sector, prevention),
                      social = MLG_CODE_OF(sector, social);
        const size_t first = row_of_pair(sectors, prevention, prevention);
        const size_t both = row_of_pair(sectors, prevention, social);
        const size_t second = row_of_pair(sectors, social, social);

        ck_assert_uint_eq(sectors->n, 3);
        ck_assert_double_eq(part_at(sectors, "pairs", first), 1);
        ck_assert_double_eq_tol(sectors->column[MLG_VALUE][first], 2.0, CLOSE);
        ck_assert_double_eq(part_at(sectors, "pairs", both), 3);
        ck_assert_double_eq_tol(sectors->column[MLG_VALUE][both], 11.0 / 3.0, CLOSE);
        ck_assert_double_eq(part_at(sectors, "pairs", second), 3);
        study_measured_close(&m);
    }
}
END_TEST

START_TEST(a_star_is_wholly_centralised_and_equal_trust_is_not)
{
    study_measured m;
    study_measure(&m,
                  "ties: from,to,kind,directed,trust\n"
                  "B,A,trusts,yes,1\nC,A,trusts,yes,1\nD,A,trusts,yes,1\nA,B,trusts,yes,0\n",
                  ID);
    ck_assert_double_eq_tol(number(&m, "centralization"), 1.0, CLOSE);
    ck_assert_double_eq_tol(number(&m, "reciprocity"), 0.0, CLOSE);
    study_measured_close(&m);
    study_measure(&m,
                  "ties: from,to,kind,directed,trust\n"
                  "A,B,trusts,yes,1\nB,C,trusts,yes,1\nC,A,trusts,yes,1\nA,C,trusts,yes,0\n",
                  ID);
    ck_assert_double_eq_tol(number(&m, "centralization"), 0.0, CLOSE);
    study_measured_close(&m);
}
END_TEST

enum { N = 6 };

START_TEST(random_trust_is_as_its_matrix_says)
{
    mlg_random random = mlg_random_stream(3, "test trust shape", "", (uint64_t) _i);
    char text[4096];
    int said[N][N]; /* -1: nothing */
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "study: key,value\ntrust.minimum,1\ntrust.maximum,4\n"
                                    "ties: from,to,kind,directed,trust\n");
    double received[N] = {0}, arcs = 0.0, largest = 0.0, apart = 0.0, mutual = 0.0, one = 0.0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            said[i][j] = -1;
            /* everybody is rated by the next */
            if (i != j && (mlg_random_below(&random, 3) > 0 || j == (i + 1) % N)) {
                said[i][j] = 1 + (int) mlg_random_below(&random, 4);
                used += (size_t) snprintf(text + used, sizeof text - used,
                                          "O%d,O%d,trusts,yes,%d\n", i, j, said[i][j]);
            }
        }
    }
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            received[j] += said[i][j] >= 3;
            arcs += said[i][j] >= 3;
            if (i < j && said[i][j] > 0 && said[j][i] > 0) {
                mutual += said[i][j] >= 3 && said[j][i] >= 3;
                one += (said[i][j] >= 3) != (said[j][i] >= 3);
            }
        }
    }
    for (int j = 0; j < N; j++) {
        largest = fmax(largest, received[j]);
    }
    for (int j = 0; j < N; j++) {
        apart += largest - received[j];
    }
    study_measured m;
    study_measure(&m, text, ID);
    ck_assert_double_eq(part(&m, "centralization", "trusting"), arcs);
    ck_assert_double_eq_tol(number(&m, "centralization"), apart / ((N - 1) * (N - 1)), CLOSE);
    if (mutual + one > 0.0) {
        ck_assert_double_eq_tol(number(&m, "reciprocity"), 2 * mutual / (2 * mutual + one), CLOSE);
    } else {
        ck_assert_double_nan(number(&m, "reciprocity"));
    }
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *study, *convention;
    mlg_text_key why;
} undefined[] = {
    {"ties: from,to,trust\nA,B,3\nC,D,3\n", "centralization", T_why_no_trust_scale},
    {"ties: from,to,trust\nA,B,3\nC,D,3\n", "reciprocity", T_why_no_trust_scale},
    {"study: key,value\ntrust.minimum,1\ntrust.maximum,5\nties: from,to,trust\nA,B,3\n",
     "centralization", T_why_few_trusting},
    {"ties: from,to,trust\nA,B,3\nC,D,4\n", "reciprocity", T_why_no_trust_returned},
    {"ties: from,to,directed,trust\nA,B,yes,3\nB,A,yes,3\nC,D,yes,9\n", "reciprocity",
     T_why_no_trust_returned},
};

START_TEST(what_is_not_recorded_is_undefined)
{
    study_measured m;
    study_measure(&m, undefined[_i].study, ID);
    const mlg_value *value = study_value(&m, undefined[_i].convention, MLG_SCALAR);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined[_i].why));
    ck_assert_double_nan(value->column[MLG_VALUE][0]);
    study_measured_close(&m);
}
END_TEST

/* ---- the scale in study.csv ----------------------------------------------------------------- */

static const struct {
    const char *study, *code;
    size_t count;
} scales[] = {
    {"study: key,value\ntrust.minimum,1\ntrust.maximum,5\n", "trust_scale", 0},
    {"study: key,value\nconfiance.minimum,1\nConfiance.Maximum,5\n", "trust_half_scale", 0},
    {"study: key,value\ntrust.minimum,low\ntrust.maximum,5\n", "trust_scale", 1},
    {"study: key,value\ntrust.minimum,5\ntrust.maximum,1\n", "trust_scale", 1},
    {"study: key,value\ntrust.minimum,1\n", "trust_half_scale", 1},
    {"study: key,value\ntrust.minimum,1\ntrust.maximum,5\n"
     "ties: from,to,trust\nA,B,7\nA,C,0\nB,C,5\nB,D,\n",
     "trust_outside", 2},
};

START_TEST(a_scale_that_cannot_be_is_told)
{
    mlg_model *model = model_fixture(scales[_i].study);
    ck_assert_uint_eq(model_fixture_faults(model, scales[_i].code), scales[_i].count);
    mlg_model_free(model);
}
END_TEST

START_TEST(short_memory_leaves_nothing)
{
    study_fail_each(scaled, ID);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("trust");
    TCase *t = tcase_create("trust");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, trust_received_is_centralised_as_freeman_says);
    tcase_add_test(t, trust_is_returned_where_both_sides_were_asked);
    tcase_add_test(t, sectors_have_the_mean_of_their_rated_pairs);
    tcase_add_test(t, organisations_of_several_sectors_count_in_each_cell_once);
    tcase_add_test(t, a_star_is_wholly_centralised_and_equal_trust_is_not);
    tcase_add_loop_test(t, random_trust_is_as_its_matrix_says, 0, 40);
    tcase_add_loop_test(t, what_is_not_recorded_is_undefined, 0,
                        (int) (sizeof undefined / sizeof *undefined));
    tcase_add_loop_test(t, a_scale_that_cannot_be_is_told, 0,
                        (int) (sizeof scales / sizeof *scales));
    tcase_add_test(t, short_memory_leaves_nothing);
    suite_add_tcase(s, t);
    return suite_run(s);
}
