/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/backbone.h"

#include <math.h>
#include <string.h>

#include "graph_fixture.h"
#include "maillage/network.h"
#include "measure/bicm.h"
#include "measure/poisson_binomial.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_backbone.h"
#include "slow_gap.h"
#include "study_measured.h"
#include "suite.h"

static const char *const ids[] = {"twomode.backbone.hypergeometric", "twomode.backbone.sdsm",
                                  "twomode.backbone.fdsm"};

/* The table of R's package: 1011, 0100, 1001. */
static const char three_by_four[] = "??? | 0,2; 1; 0; 0,2";

static const mlg_value *of_convention(const measured *m, const char *convention, mlg_shape shape)
{
    for (size_t i = 0; i < m->values.n; i++) {
        const mlg_value *value = &m->values.items[i];
        if (value->shape == shape &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            return value;
        }
    }
    ck_abort_msg("no value of convention %s", convention);
    return NULL;
}

static double number_at(const json_t *rows, size_t i, size_t j)
{
    return json_number_value(json_array_get(json_array_get(rows, i), j));
}

/* ---- the reference ------------------------------------------------------------------------ */

START_TEST(the_small_table_is_that_of_the_reference)
{
    static const char *const rows[] = {"hyper.3x4", "sdsm.3x4", "fdsm.3x4"};
    json_t *expected = reference_value(rows[_i]);
    measured m;

    measured_open(&m, graph_fixture_two_mode(three_by_four, MLG_PROJECT_COUNT));
    m.run.draws = 9999;
    const mlg_value *pairs = measured_value(&m, ids[_i]);
    ck_assert_uint_eq(pairs->n, 1); /* only the first and the last share anything */
    ck_assert_uint_eq(row_of_pair(pairs, 0, 2), 0);
    ck_assert_double_eq(pairs->column[MLG_VALUE][0], 2.0);
    /* 10,000 tables of a fourth: five standard errors */
    ck_assert_double_eq_tol(pairs->column[MLG_P][0], number_at(expected, 0, 2),
                            _i == 2 ? 5.0 * sqrt(0.25 * 0.75 / 10000.0) : 1e-9);
    ck_assert_str_eq(pairs->p_method, _i == 2 ? "draws" : "exact");
    json_decref(expected);
    measured_close(&m);
}
END_TEST

/* The diagonal and the pairs that share nothing are of no pair that is listed. */
START_TEST(every_cell_of_the_small_table_follows_from_the_chances)
{
    static const uint32_t rows[] = {3, 1, 2}, columns[] = {2, 1, 1, 2};
    static const uint32_t shared[3][3] = {{3, 0, 2}, {0, 1, 0}, {2, 0, 2}};
    json_t *expected = reference_value("sdsm.3x4"), *drawn = reference_value("hyper.3x4");
    mlg_bicm b;

    ck_assert_int_eq(mlg_bicm_solve(rows, 3, columns, 4, &b, NULL), MLG_OK);
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++) {
            double both[4], chance[4 + 2], room[2 * (4 + 2)];
            for (size_t j = 0; j < 4; j++) {
                both[j] = mlg_bicm_p(&b, b.row_of[i], b.column_of[j]) *
                          mlg_bicm_p(&b, b.row_of[k], b.column_of[j]);
            }
            mlg_poisson_binomial(both, NULL, 4, 4, chance, room);
            ck_assert_double_eq_tol(mlg_poisson_binomial_tails(chance, 4, shared[i][k]).greater,
                                    number_at(expected, i, k), 1e-9);
            ck_assert_double_eq_tol(
                mlg_two_weight_tails(4, rows[i], rows[k], 0, shared[i][k]).greater,
                number_at(drawn, i, k), 1e-9);
        }
    }
    mlg_bicm_free(&b);
    json_decref(expected);
    json_decref(drawn);
}
END_TEST

/* All tables of its margins, each once. */
START_TEST(the_list_of_every_table_gives_the_reference_of_kept_margins)
{
    json_t *expected = reference_value("fdsm.3x4");
    mlg_two_mode t = slow_seats("101 010 100 101"); /* rows: activities */
    slow_tables all = slow_tables_of(&t);

    ck_assert_uint_eq(all.n, 8);
    for (int32_t a = 0; a < 3; a++) {
        for (int32_t b = a + 1; b < 3; b++) {
            const uint32_t seen = slow_both(&all, slow_bits_of(&t), a, b);
            uint32_t as_many = 0;
            for (size_t k = 0; k < all.n; k++) {
                as_many += slow_both(&all, all.bits[k], a, b) >= seen;
            }
            ck_assert_double_eq_tol((double) as_many / (double) all.n,
                                    number_at(expected, (size_t) a, (size_t) b), 1e-12);
        }
    }
    slow_tables_free(&all);
    slow_seats_free(&t);
    json_decref(expected);
}
END_TEST

static double davis_number(const char *id, size_t i)
{
    json_t *value = reference_value(id);
    const double number =
        json_number_value(json_is_array(value) ? json_array_get(value, i) : value);
    json_decref(value);
    return number;
}

static double davis_p(const mlg_value *pairs, const char *other)
{
    const mlg_id a = reference_actor("davis", "Evelyn Jefferson");
    const mlg_id b = reference_actor("davis", other);
    return pairs->column[MLG_P][row_of_pair(pairs, a < b ? a : b, a < b ? b : a)];
}

START_TEST(the_women_of_davis_are_those_of_the_reference)
{
    measured m;

    measured_open(&m, reference_graph("davis"));
    const mlg_value *pairs = measured_value(&m, ids[0]);
    ck_assert_uint_eq(pairs->n, 139);
    ck_assert_double_eq_tol(davis_p(pairs, "Laura Mandeville"), davis_number("davis.hyper_EL", 0),
                            1e-9);
    const mlg_value *raw = of_convention(&m, "raw", MLG_SCALAR);
    ck_assert_double_eq(raw->column[MLG_VALUE][0], davis_number("davis.hyper_count", 0));
    ck_assert_double_eq(part_at(raw, "pairs", 0), 153.0);
    ck_assert_double_eq(part_at(raw, "sharing", 0), 139.0);
    measured_close(&m);

    measured_open(&m, reference_graph("davis"));
    pairs = measured_value(&m, ids[1]);
    ck_assert_double_eq_tol(davis_p(pairs, "Laura Mandeville"), davis_number("davis.sdsm_EL", 0),
                            1e-9);
    ck_assert_double_eq_tol(davis_p(pairs, "Theresa Anderson"), davis_number("davis.sdsm_EL", 1),
                            1e-9);
    raw = of_convention(&m, "raw", MLG_SCALAR);
    ck_assert_double_eq(raw->column[MLG_VALUE][0], davis_number("davis.sdsm_EL", 2));
    /* R's package gives a normal approximation: near, not equal */
    json_t *r = reference_value("bb.davis");
    const double other = json_number_value(json_array_get(r, 1));
    ck_assert_double_eq_tol(davis_p(pairs, "Laura Mandeville"), other, 5e-3);
    ck_assert_double_gt(fabs(davis_p(pairs, "Laura Mandeville") - other), 1e-4);
    json_decref(r);
    measured_close(&m);
}
END_TEST

START_TEST(evelyn_goes_to_each_event_with_the_chance_of_the_reference)
{
    mlg_graph *davis = reference_graph("davis");
    json_t *expected = reference_value("davis.bicm_EL"), *r = reference_value("bb.davis");
    uint32_t row[18], column[14];
    mlg_bicm b;

    for (int32_t i = 0; i < 18; i++) {
        row[i] = mlg_csr_degree(&davis->attends, i);
    }
    for (int32_t j = 0; j < 14; j++) {
        column[j] = mlg_csr_degree(&davis->attended, j);
    }
    ck_assert_int_eq(mlg_bicm_solve(row, 18, column, 14, &b, NULL), MLG_OK);
    const int32_t evelyn = b.row_of[reference_actor("davis", "Evelyn Jefferson")];
    for (size_t j = 0; j < 14; j++) {
        const double p = mlg_bicm_p(&b, evelyn, b.column_of[j]);
        ck_assert_double_eq_tol(p, json_number_value(json_array_get(expected, j)), 1e-9);
        /* R's package stops its iteration earlier */
        ck_assert_double_eq_tol(p, number_at(r, 0, j), 1e-7);
    }
    json_decref(expected);
    json_decref(r);
    mlg_bicm_free(&b);
    mlg_graph_free(davis);
}
END_TEST

/* ---- slow twins on random tables ------------------------------------------------------------ */

static double log_choose(double n, double k)
{
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
}

/* Every pair by itself, from the definition: trials one by one, no class. */
START_TEST(pairs_are_as_from_the_definition)
{
    mlg_random random = mlg_random_stream(4, "test_backbone", "twin", (uint64_t) _i);
    measured m;

    measured_open(&m, random_two_mode(&random, 14, 11, 45, MLG_PROJECT_COUNT));
    const mlg_graph *g = m.graph;
    uint32_t row[14], column[11];
    double slow[14 * 11], expected_p[2][14 * 14];
    uint32_t activities = 0, actors = 0;

    for (int32_t i = 0; i < g->n; i++) {
        row[i] = mlg_csr_degree(&g->attends, i);
        actors += row[i] > 0;
    }
    for (int32_t j = 0; j < g->n_activities; j++) {
        column[j] = mlg_csr_degree(&g->attended, j);
        activities += column[j] > 0;
    }
    slow_bicm(row, g->n, column, g->n_activities, slow);
    for (int32_t a = 0; a < g->n; a++) {
        for (int32_t b = 0; b < g->n; b++) {
            double both[11], as_many = 0.0;
            uint32_t shared = 0;
            for (int32_t j = 0; j < g->n_activities; j++) {
                both[j] = slow[a * g->n_activities + j] * slow[b * g->n_activities + j];
                shared +=
                    mlg_csr_find(&g->attends, a, j) > 0.0 && mlg_csr_find(&g->attends, b, j) > 0.0;
            }
            expected_p[1][a * 14 + b] =
                slow_successes(both, g->n_activities, shared, (uint32_t) g->n_activities);
            for (uint32_t x = shared; x <= row[a] && x <= row[b]; x++) {
                const double k = row[a], l = row[b], n = activities;
                if (n + x >= k + l) {
                    as_many += exp(log_choose(k, x) + log_choose(n - k, l - x) - log_choose(n, l));
                }
            }
            expected_p[0][a * 14 + b] = as_many;
        }
    }
    for (int k = 0; k < 2; k++) {
        const mlg_value *pairs = measured_value(&m, ids[k]);
        size_t kept = 0;
        for (size_t i = 0; i < pairs->n; i++) {
            const mlg_id a = pairs->subject[2 * i], b = pairs->subject[2 * i + 1];
            ck_assert_double_eq_tol(pairs->column[MLG_P][i], expected_p[k][a * 14 + b], 1e-6);
            ck_assert(i == 0 || pairs->column[MLG_P][i] >= pairs->column[MLG_P][i - 1]);
            kept += pairs->column[MLG_P][i] < 0.05;
            /* Benjamini and Hochberg from the definition, over all pairs */
            double least = 1.0;
            for (size_t j = 0; j < pairs->n; j++) {
                size_t rank = 0;
                for (size_t l = 0; l < pairs->n; l++) {
                    rank += pairs->column[MLG_P][l] <= pairs->column[MLG_P][j];
                }
                if (pairs->column[MLG_P][j] >= pairs->column[MLG_P][i]) {
                    least = fmin(least, pairs->column[MLG_P][j] * actors * (actors - 1.0) / 2.0 /
                                            (double) rank);
                }
            }
            ck_assert_double_eq_tol(pairs->column[MLG_P_ADJUSTED][i], least, 1e-12);
        }
        ck_assert_double_eq(of_convention(&m, "raw", MLG_SCALAR)->column[MLG_VALUE][0],
                            (double) kept);
        measured_close(&m);
        if (k == 0) {
            mlg_random again = mlg_random_stream(4, "test_backbone", "twin", (uint64_t) _i);
            measured_open(&m, random_two_mode(&again, 14, 11, 45, MLG_PROJECT_COUNT));
            g = m.graph;
        }
    }
}
END_TEST

/* Draws against every table of the margins: within five standard errors. */
START_TEST(drawn_margins_are_those_of_every_table)
{
    static const char *const tables[] = {"1100 1010 0110 1001 0011 1100 1110 0001 1000 0100",
                                         "011 101 010 001 101 110 011 110 010 100 110 100 001"};
    mlg_two_mode t = slow_seats(tables[_i]);
    slow_tables all = slow_tables_of(&t);
    int32_t actor[64], activity[64];
    size_t m = 0;
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = NULL;
    mlg_backbone b;

    for (int32_t i = 0; i < t.n_rows; i++) {
        for (uint32_t k = t.offset[i]; k < t.offset[i + 1]; k++) {
            activity[m] = i;
            actor[m++] = t.column[k];
        }
    }
    ck_assert_int_eq(mlg_graph_from_participations(t.n_columns, t.n_rows, actor, activity, m,
                                                   MLG_PROJECT_COUNT, NULL, 0, &run, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_backbone_open(graph, &run, &b, NULL), MLG_OK);
    ck_assert_int_eq(mlg_backbone_fdsm(&b, &run, NULL), MLG_OK);
    ck_assert_uint_eq(b.draws, 9999);
    for (int32_t a = 0; a < t.n_columns; a++) {
        for (uint32_t e = b.shared.offset[a]; e < b.shared.offset[a + 1]; e++) {
            double sum = 0.0, as_many = 0.0;
            for (size_t k = 0; k < all.n; k++) {
                const uint32_t both = slow_both(&all, all.bits[k], a, b.shared.target[e]);
                sum += both;
                as_many += both >= (uint32_t) b.shared.weight[e];
            }
            const double p = as_many / (double) all.n;
            ck_assert_double_eq_tol(b.p[e], p, 5.0 * sqrt(p * (1.0 - p) / 1e4) + 2e-4);
            ck_assert_double_eq_tol(b.expected[e], sum / (double) all.n, 0.06);
        }
    }
    mlg_backbone_close(&b);
    mlg_graph_free(graph);
    slow_tables_free(&all);
    slow_seats_free(&t);
}
END_TEST

/* ---- laws -------------------------------------------------------------------------------------
 */

START_TEST(threads_change_no_byte)
{
    measured one, two;

    measured_open(&one, reference_graph("davis"));
    measured_open(&two, reference_graph("davis"));
    one.run.draws = two.run.draws = 499;
    two.run.threads = 2;
    const mlg_value *a = measured_value(&one, ids[2]), *b = measured_value(&two, ids[2]);
    ck_assert_uint_eq(a->n, b->n);
    ck_assert_int_eq(memcmp(a->subject, b->subject, 2 * a->n * sizeof *a->subject), 0);
    ck_assert_int_eq(memcmp(a->column[MLG_P], b->column[MLG_P], a->n * sizeof(double)), 0);
    ck_assert_int_eq(
        memcmp(a->column[MLG_EXPECTED], b->column[MLG_EXPECTED], a->n * sizeof(double)), 0);
    measured_close(&one);
    measured_close(&two);
}
END_TEST

/* Independent chances over-expect sharing (the sum of mu less X is half the sum of p(1 - p) or
 * more), so that no pair is rarer by them than where margins are kept, in sum. */
START_TEST(margins_in_the_mean_expect_more_sharing_than_there_is)
{
    measured m;
    double expected = 0.0, seen = 0.0;

    measured_open(&m, reference_graph("davis"));
    const mlg_value *pairs = measured_value(&m, ids[1]);
    for (size_t i = 0; i < pairs->n; i++) {
        expected += pairs->column[MLG_EXPECTED][i];
        seen += pairs->column[MLG_VALUE][i];
    }
    ck_assert_double_gt(expected, seen);
    measured_close(&m);
}
END_TEST

START_TEST(what_cannot_be_told_has_a_reason)
{
    measured m;

    measured_open(&m, graph_fixture("AB", "0-1"));
    ck_assert_int_eq(measured_value(&m, ids[_i])->undefined, T_why_no_two_mode);
    measured_close(&m);
    measured_open(&m, graph_fixture_two_mode("AB | 0; 1", MLG_PROJECT_COUNT));
    ck_assert_int_eq(measured_value(&m, ids[_i])->undefined, T_why_no_shared_activity);
    measured_close(&m);
    measured_open(&m, graph_fixture_two_mode("AB | 0", MLG_PROJECT_COUNT));
    ck_assert_int_eq(measured_value(&m, ids[_i])->undefined, T_why_too_few_actors);
    measured_close(&m);
    measured_open(&m, graph_fixture_two_mode("AB | 0,1; 0; 1", MLG_PROJECT_COUNT));
    m.run.draws = 0;
    ck_assert_int_eq(measured_value(&m, ids[_i])->undefined, _i == 2 ? T_why_no_draws : T_none);
    measured_close(&m);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    bool failed = true;

    for (long n = 0; failed; n++) {
        measured m;
        measured_open(&m,
                      graph_fixture_two_mode("ABA? | 0,1,2; 0,1; 2,3; 1,2; 0", MLG_PROJECT_COUNT));
        m.run.draws = 99;
        failed = measured_fails(m.context, 0, ids[_i], n, &m.values);
        ck_assert_uint_eq(m.values.n, failed ? 0 : 3);
        measured_close(&m);
    }
}
END_TEST

/* ---- on request only
 * ------------------------------------------------------------------------------ */

static const struct {
    const char *name, *backbone;
    bool runs;
} requests[] = {
    {NULL, NULL, false},
    {"twomode", NULL, false},
    {"twomode.", NULL, false},
    {"twomode.backbone", NULL, true},
    {"twomode.backbone.sdsm", NULL, true},
    {NULL, "sdsm", true},
    {NULL, "fdsm", true},
    {"twomode", "fdsm", true},
};

START_TEST(backbones_run_only_when_asked_for)
{
    measured m;
    mlg_error err = {MLG_OK, ""};

    measured_open(&m, reference_graph("davis"));
    m.run.draws = 99;
    m.run.backbone = requests[_i].backbone;
    const char *const names[] = {requests[_i].name};
    ck_assert_int_eq(
        mlg_measure_all(m.context, names[0] == NULL ? NULL : names, 1, &m.values, &err), MLG_OK);
    const mlg_value *value = mlg_values_find(&m.values, "twomode.backbone.sdsm", 0);
    ck_assert_ptr_nonnull(value);
    ck_assert_int_eq(value->undefined, requests[_i].runs ? T_none : T_why_on_request);
    measured_close(&m);
}
END_TEST

START_TEST(an_unknown_backbone_is_refused)
{
    measured m;
    mlg_error err = {MLG_OK, ""};

    measured_open(&m, graph_fixture("AB", "0-1"));
    m.run.backbone = "best";
    ck_assert_int_eq(mlg_measure_all(m.context, NULL, 0, &m.values, &err), MLG_EARG);
    ck_assert_ptr_nonnull(strstr(err.message, "hypergeometric, sdsm, fdsm"));
    measured_close(&m);
}
END_TEST

/* ---- the disparity filter
 * ---------------------------------------------------------------------------- */

START_TEST(zachary_is_that_of_the_reference)
{
    json_t *counts = reference_value("zach.disparity"),
           *one = reference_value("zach.disparity_0_1");
    measured m;
    size_t either = 0, both = 0;

    measured_open(&m, reference_graph("zachary"));
    const mlg_value *ties = measured_value(&m, "network.backbone.disparity");
    ck_assert_uint_eq(ties->n, 78);
    for (size_t i = 0; i < ties->n; i++) {
        either += part_at(ties, "p_either", i) < 0.2;
        both += part_at(ties, "p_both", i) < 0.2;
    }
    ck_assert_uint_eq(either, (size_t) number_at(counts, 1, 0));
    ck_assert_uint_eq(both, (size_t) number_at(counts, 1, 1));
    ck_assert_double_eq(of_convention(&m, "either_end", MLG_SCALAR)->column[MLG_VALUE][0],
                        number_at(counts, 0, 0));
    ck_assert_double_eq(of_convention(&m, "both_ends", MLG_SCALAR)->column[MLG_VALUE][0],
                        number_at(counts, 0, 1));
    const size_t row = row_of_pair(ties, 0, 1);
    ck_assert_double_eq_tol(part_at(ties, "p_either", row),
                            json_number_value(json_array_get(one, 0)), 1e-9);
    ck_assert_double_eq_tol(part_at(ties, "p_both", row), json_number_value(json_array_get(one, 1)),
                            1e-9);
    json_decref(counts);
    json_decref(one);
    measured_close(&m);
}
END_TEST

/* Actor 0: strengths 97, 2, 1 of 100: (1 - .97)^2 = .0009; the others have one tie: 1. */
START_TEST(a_star_worked_by_hand)
{
    measured m;

    measured_open(&m, graph_fixture("AAAA", "0-1:97 0-2:2 0-3:1"));
    const mlg_value *ties = measured_value(&m, "network.backbone.disparity");
    ck_assert_double_eq_tol(part_at(ties, "p_either", 0), 0.0009, 1e-12);
    ck_assert_double_eq(part_at(ties, "p_both", 0), 1.0);
    ck_assert_double_eq_tol(ties->column[MLG_P][0], 0.0018, 1e-12);
    ck_assert_double_eq_tol(ties->column[MLG_P_ADJUSTED][0], 0.0054, 1e-12);
    ck_assert_double_eq(part_at(ties, "ends_kept", 0), 1.0);
    ck_assert_double_eq(of_convention(&m, "either_end", MLG_SCALAR)->column[MLG_VALUE][0], 1.0);
    ck_assert_double_eq(of_convention(&m, "both_ends", MLG_SCALAR)->column[MLG_VALUE][0], 0.0);
    measured_close(&m);
    measured_open(&m, graph_fixture("AA", "0-1"));
    ck_assert_int_eq(measured_value(&m, "network.backbone.disparity")->undefined, T_why_no_weights);
    measured_close(&m);
}
END_TEST

#define N_OF(rows) (int) (sizeof(rows) / sizeof(rows)[0])

int main(void)
{
    Suite *suite = suite_create("backbone");
    TCase *reference = tcase_create("reference");
    tcase_add_loop_test(reference, the_small_table_is_that_of_the_reference, 0, 3);
    tcase_add_test(reference, every_cell_of_the_small_table_follows_from_the_chances);
    tcase_add_test(reference, the_list_of_every_table_gives_the_reference_of_kept_margins);
    tcase_add_test(reference, the_women_of_davis_are_those_of_the_reference);
    tcase_add_test(reference, evelyn_goes_to_each_event_with_the_chance_of_the_reference);
    suite_add_tcase(suite, reference);

    TCase *twins = tcase_create("slow twins");
    tcase_set_timeout(twins, 120);
    tcase_add_loop_test(twins, pairs_are_as_from_the_definition, 0, 8);
    tcase_add_loop_test(twins, drawn_margins_are_those_of_every_table, 0, 2);
    suite_add_tcase(suite, twins);

    TCase *laws = tcase_create("laws and limits");
    tcase_set_timeout(laws, 60);
    tcase_add_test(laws, threads_change_no_byte);
    tcase_add_test(laws, margins_in_the_mean_expect_more_sharing_than_there_is);
    tcase_add_loop_test(laws, what_cannot_be_told_has_a_reason, 0, 3);
    tcase_add_loop_test(laws, any_allocation_may_fail, 0, 3);
    tcase_add_loop_test(laws, backbones_run_only_when_asked_for, 0, N_OF(requests));
    tcase_add_test(laws, an_unknown_backbone_is_refused);
    suite_add_tcase(suite, laws);

    TCase *disparity = tcase_create("disparity");
    tcase_add_test(disparity, zachary_is_that_of_the_reference);
    tcase_add_test(disparity, a_star_worked_by_hand);
    suite_add_tcase(suite, disparity);
    return suite_run(suite);
}
