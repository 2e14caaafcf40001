/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "maillage/silo.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_silo.h"
#include "suite.h"

static double cell(const mlg_value *value, mlg_value_column column, size_t a, size_t b)
{
    const size_t n = (size_t) sqrt((double) value->n);
    return value->column[column][a * n + b];
}

static double part(const mlg_value *value, const char *name, size_t a, size_t b)
{
    const size_t n = (size_t) sqrt((double) value->n);
    const double *values = mlg_value_part_find(value, name);
    ck_assert_msg(values != NULL, "no part %s", name);
    return values[a * n + b];
}

/* ---- reference values ---------------------------------------------------------- */

static const struct {
    const char *row, *part;
} references[] = {
    {"zach.mixing", "stub"},
    {"zach.oe_config", "ratio_config_loops"},
    {"zach.oe_er", "ratio_size"},
};

START_TEST(mixing_of_zacharys_club_is_that_of_other_programs)
{
    measured m;
    json_t *wanted = reference_value(references[_i].row);
    measured_open(&m, reference_graph("zachary"));
    const mlg_value *value = measured_value(&m, "silo.mixing");
    ck_assert_uint_eq(value->n, 4);
    for (size_t a = 0; a < 2; a++) {
        for (size_t b = 0; b < 2; b++) {
            const double number = json_number_value(json_array_get(json_array_get(wanted, a), b));
            ck_assert_double_eq_tol(part(value, references[_i].part, a, b), number, 1e-9);
        }
    }
    json_decref(wanted);
    measured_close(&m);
}
END_TEST

/* Loop-free: inside, stubs pair with any other stub but those of the same actor. By hand, the
 * degrees of two triangles joined by a tie: 2 2 3 | 3 2 2. */
START_TEST(degrees_kept_without_loops_are_those_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture("AAABBB", "0-1 1-2 0-2 2-3 3-4 4-5 3-5"));
    const mlg_value *value = measured_value(&m, "silo.mixing");
    ck_assert_double_eq(cell(value, MLG_VALUE, 0, 0), 3.0);
    ck_assert_double_eq(cell(value, MLG_VALUE, 0, 1), 1.0);
    ck_assert_double_eq(cell(value, MLG_VALUE, 1, 0), 1.0);
    ck_assert_double_eq_tol(part(value, "expected_config", 0, 0), (49.0 - 17.0) / 13.0 / 2.0,
                            1e-12);
    ck_assert_double_eq_tol(part(value, "expected_config", 0, 1), 49.0 / 14.0, 1e-12);
    ck_assert_double_eq_tol(part(value, "ratio_config", 0, 1), 14.0 / 49.0, 1e-12);
    ck_assert_double_eq_tol(part(value, "expected_size", 0, 1), 7.0 * 9.0 / 15.0, 1e-12);
    ck_assert_double_eq_tol(part(value, "ratio", 0, 0), 3.0 / (7.0 * 3.0 / 15.0), 1e-12);
    ck_assert_str_eq(value->convention, "tie_count");
    measured_close(&m);
}
END_TEST

START_TEST(arcs_go_from_the_row_to_the_column)
{
    measured m;
    measured_open(&m, graph_fixture("AABB?", "0>2 0>3 2>1 0>1 1>0 4>0 2>4"));
    const mlg_value *value = measured_value(&m, "silo.mixing");
    ck_assert_double_eq(cell(value, MLG_VALUE, 0, 0), 2.0);
    ck_assert_double_eq(cell(value, MLG_VALUE, 0, 1), 2.0);
    ck_assert_double_eq(cell(value, MLG_VALUE, 1, 0), 1.0);
    ck_assert_double_eq(cell(value, MLG_VALUE, 1, 1), 0.0);
    ck_assert_double_eq(part(value, "stub", 0, 0), 2.0); /* an arc has one end of each kind */
    /* Out-degrees of A 3 + 1, in-degrees 1 + 2; products 3 * 1 + 1 * 2. */
    ck_assert_double_eq_tol(part(value, "expected_config", 0, 0), (4.0 * 3.0 - 5.0) / 5.0, 1e-12);
    ck_assert_double_eq_tol(part(value, "expected_config", 0, 1), 4.0 * 2.0 / 5.0, 1e-12);
    ck_assert_str_eq(value->convention, "arcs");
    measured_close(&m);
}
END_TEST

/* ---- slow twin ------------------------------------------------------------------ */

static const struct {
    const char *sectors, *ties;
} small[] = {
    {"AABBC", "0-1 1-2 2-3 3-4 4-0 0-2"},
    {"AAABBC", "0>1 1>0 1>2 2>3 3>4 4>0 5>0 0>5 2>5"},
    {"A AB BC C CA ?", "0-1 1-2 2-3 3-4 4-0 0-5"},
    {"A AB BC C CA BA", "0>1 1>2 2>3 3>4 4>0 0>5 5>1 1>5"},
    {"AB?BAC", "0-1 1-2 3-4 4-5 0-5 1-3"},
};

START_TEST(each_cell_is_its_slow_twins)
{
    measured m;
    const bool several = strchr(small[_i].sectors, ' ') != NULL;
    measured_open(&m, several ? fixture_several(small[_i].sectors, small[_i].ties)
                              : graph_fixture(small[_i].sectors, small[_i].ties));
    const mlg_value *value = measured_value(&m, "silo.mixing");
    const size_t n = (size_t) m.graph->n_sectors;

    ck_assert_uint_eq(value->n, n * n);
    ck_assert_str_eq(value->p_method, "enumerated");
    ck_assert_str_eq(value->tail, "two");
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            const slow_null slow =
                slow_null_of(m.graph, slow_mixing_cell, (int32_t) a, (int32_t) b);
            ck_assert_int_eq(value->subject[2 * (a * n + b)], (int32_t) a);
            ck_assert_int_eq(value->subject[2 * (a * n + b) + 1], (int32_t) b);
            ck_assert_double_eq(cell(value, MLG_VALUE, a, b), slow.observed);
            ck_assert_double_eq_tol(cell(value, MLG_EXPECTED, a, b), slow.mean, 1e-11);
            ck_assert_double_eq_tol(cell(value, MLG_SD, a, b), sqrt(slow.variance), 1e-6);
            ck_assert_double_eq_tol(cell(value, MLG_P, a, b),
                                    fmin(1.0, 2.0 * fmin(slow.p_less, slow.p_greater)), 1e-12);
            ck_assert_double_eq(cell(value, MLG_LOW, a, b), slow.low);
            ck_assert_double_eq(cell(value, MLG_HIGH, a, b), slow.high);
            ck_assert(cell(value, MLG_P_ADJUSTED, a, b) >= cell(value, MLG_P, a, b));
        }
    }
    measured_close(&m);
}
END_TEST

/* Benjamini and Hochberg from the definition: the least of p_j m / rank over larger p_j. */
static double slow_adjusted(const double *p, size_t n, double mine)
{
    double least = 1.0;
    for (size_t i = 0; i < n; i++) {
        size_t rank = 0;
        for (size_t j = 0; j < n; j++) {
            rank += p[j] <= p[i];
        }
        least = p[i] >= mine ? fmin(least, p[i] * (double) n / (double) rank) : least;
    }
    return least;
}

START_TEST(p_is_adjusted_over_distinct_pairs)
{
    measured m;
    mlg_random random = mlg_random_stream(8, "test_mixing", "adjust", 0);
    double distinct[10];
    size_t n = 0, differing = 0;

    measured_open(&m, random_graph(&random, 30, 80, 4, false, false));
    const mlg_value *value = measured_value(&m, "silo.mixing");
    for (size_t a = 0; a < 4; a++) {
        for (size_t b = a; b < 4; b++) {
            distinct[n++] = cell(value, MLG_P, a, b);
        }
    }
    for (size_t a = 0; a < 4; a++) {
        for (size_t b = 0; b < 4; b++) {
            const double p = cell(value, MLG_P, a, b);
            const double adjusted = cell(value, MLG_P_ADJUSTED, a, b);
            ck_assert_double_eq_tol(adjusted, slow_adjusted(distinct, 10, p), 1e-12);
            differing += fabs(adjusted - slow_adjusted(value->column[MLG_P], 16, p)) > 1e-9;
        }
    }
    ck_assert_uint_gt(differing, 0); /* of an adjustment over the 16 cells shown */
    measured_close(&m);
}
END_TEST

/* ---- laws ---------------------------------------------------------------------- */

START_TEST(a_table_sums_to_the_ends_of_ties)
{
    measured m;
    mlg_random random = mlg_random_stream(5, "test_mixing", "sum", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 40, 150, 5, _i % 2 == 1, false));
    const mlg_value *value = measured_value(&m, "silo.mixing");
    const double *stub = mlg_value_part_find(value, "stub");
    double all = 0.0, expected = 0.0, ends = 0.0;

    for (size_t i = 0; i < value->n; i++) {
        const bool inside = i % 6 == 0; /* 5 sectors: the diagonal */
        all += stub[i];
        expected += value->column[MLG_EXPECTED][i] * (inside && _i % 2 == 0 ? 2.0 : 1.0);
    }
    for (int32_t v = 0; v < m.graph->n; v++) {
        const mlg_csr *arcs = &m.graph->arcs;
        for (uint32_t i = arcs->offset[v]; i < arcs->offset[v + 1]; i++) {
            ends += m.graph->sector[v] >= 0 && m.graph->sector[arcs->target[i]] >= 0;
        }
    }
    ck_assert_double_eq(all, ends);
    ck_assert_double_eq_tol(expected, ends, 1e-9);
    measured_close(&m);
}
END_TEST

START_TEST(numbering_actors_otherwise_changes_no_observed_or_exact_column)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD};
    mlg_random random = mlg_random_stream(6, "test_mixing", "law", (uint64_t) _i);
    random_ties ties = random_ties_of(&random, 30, 90, 4);
    int32_t *order = random_order(&random, 30);
    int32_t from[90], to[90], sector[30];
    measured before, after;
    mlg_graph *graph = NULL, *again = NULL;

    for (size_t i = 0; i < ties.m; i++) {
        from[i] = order[ties.from[i]];
        to[i] = order[ties.to[i]];
    }
    for (int32_t v = 0; v < 30; v++) {
        sector[order[v]] = ties.sector[v];
    }
    ck_assert_int_eq(mlg_graph_from_ties(30, ties.from, ties.to, NULL, ties.m, _i % 2 == 1,
                                         ties.sector, 4, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(
        mlg_graph_from_ties(30, from, to, NULL, ties.m, _i % 2 == 1, sector, 4, &again, NULL),
        MLG_OK);
    measured_open(&before, graph);
    measured_open(&after, again);
    const mlg_value *a = measured_value(&before, "silo.mixing");
    const mlg_value *b = measured_value(&after, "silo.mixing");
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        for (size_t i = 0; i < a->n; i++) {
            ck_assert_double_eq_tol(a->column[columns[c]][i], b->column[columns[c]][i], 1e-9);
        }
    }
    measured_close(&before);
    measured_close(&after);
    mlg_free(order);
    random_ties_free(&ties);
}
END_TEST

/* ---- participations ------------------------------------------------------------- */

START_TEST(participations_are_judged_by_their_margins)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode("AAABBB | 0,1,2; 0,1; 3,4,5; 4,5; 2,3; 0,2; 3,5",
                                             MLG_PROJECT_NEWMAN));
    m.run.draws = 499;
    const mlg_value *value = measured_value(&m, "silo.mixing");
    ck_assert_str_eq(value->null_model, "margins");
    ck_assert_str_eq(value->p_method, "draws");
    ck_assert_uint_eq(value->draws, 499);
    ck_assert_double_eq(cell(value, MLG_VALUE, 0, 0), 3.0);
    ck_assert_double_eq(cell(value, MLG_VALUE, 0, 1), 1.0);
    ck_assert_double_eq_tol(cell(value, MLG_VALUE, 0, 1) / cell(value, MLG_EXPECTED, 0, 1),
                            part(value, "ratio", 0, 1), 1e-12);
    ck_assert_double_gt(cell(value, MLG_EXPECTED, 0, 1), 1.0);
    ck_assert_double_lt(cell(value, MLG_P, 0, 1), 0.1);
    ck_assert_double_eq(part(value, "expected_size", 0, 1), 7.0 * 9.0 / 15.0);
    measured_close(&m);
}
END_TEST

/* ---- memory ---------------------------------------------------------------------- */

START_TEST(fewer_draws_are_made_where_tables_take_much_room)
{
    measured m;
    mlg_random random = mlg_random_stream(7, "test_mixing", "room", 0);
    measured_open(&m, random_graph(&random, 400, 900, 280, false, false));
    m.run.draws = 9999;
    const mlg_value *value = measured_value(&m, "silo.mixing"); /* 158,480 bytes a draw */
    ck_assert_uint_eq(value->draws, 799);
    ck_assert_double_ge(cell(value, MLG_P, 0, 0), 1.0 / 800.0);
    measured_close(&m);
}
END_TEST

START_TEST(a_small_memory_bound_refuses_and_changes_no_number)
{
    measured tight, large;
    mlg_random random = mlg_random_stream(7, "test_mixing", "bound", 0), again = random;
    measured_open(&tight, random_graph(&random, 40, 100, 6, false, false));
    measured_open(&large, random_graph(&again, 40, 100, 6, false, false));
    tight.run.draws = large.run.draws = 999;
    tight.run.memory_bound = 120000; /* 1,000 draws of 108 bytes fit */
    const mlg_value *a = measured_value(&tight, "silo.mixing");
    const mlg_value *b = measured_value(&large, "silo.mixing");
    ck_assert_uint_eq(a->draws, 999);
    ck_assert_int_eq(memcmp(a->column[MLG_P], b->column[MLG_P], a->n * sizeof(double)), 0);
    measured_close(&tight);
    measured_close(&large);

    measured_open(&tight, random_graph(&random, 40, 100, 6, false, false));
    tight.run.draws = 9999;
    tight.run.memory_bound = 120000;
    ck_assert_int_eq(measured_value(&tight, "silo.mixing")->undefined, T_why_too_large);
    measured_close(&tight);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    mlg_graph *graph = _i == 0
                           ? fixture_several("A AB BC C CA BA", "0>1 1>2 2>3 3>4 4>0 0>5 5>1")
                           : graph_fixture_two_mode("AABB | 0,1,2; 1,3; 2,3", MLG_PROJECT_NEWMAN);
    const mlg_run run = {.seed = 1, .draws = 9, .threads = 1, .memory_bound = (size_t) 1 << 30};
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_context *context = NULL;
        mlg_values values = {0};
        mlg_error err = {MLG_OK, ""};
        ck_assert_int_lt(n, 300);
        ck_assert_int_eq(mlg_context_of_graph(graph, &run, &context, NULL), MLG_OK);
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_silo_mixing(context, 0, &values, &err);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert_uint_eq(values.n, failed ? 0 : _i == 0 ? 2 : 1); /* of ties: under both nulls */
        /* What failed once can be asked again. */
        ck_assert_int_eq(mlg_silo_mixing(context, 0, &values, NULL), MLG_OK);
        mlg_values_free(&values);
        mlg_context_free(context);
    }
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mixing");
    TCase *mixing = tcase_create("mixing");
    tcase_set_timeout(mixing, 60);
    tcase_add_loop_test(mixing, mixing_of_zacharys_club_is_that_of_other_programs, 0,
                        (int) (sizeof references / sizeof *references));
    tcase_add_test(mixing, degrees_kept_without_loops_are_those_by_hand);
    tcase_add_test(mixing, arcs_go_from_the_row_to_the_column);
    tcase_add_loop_test(mixing, each_cell_is_its_slow_twins, 0,
                        (int) (sizeof small / sizeof *small));
    tcase_add_test(mixing, p_is_adjusted_over_distinct_pairs);
    tcase_add_loop_test(mixing, a_table_sums_to_the_ends_of_ties, 0, 6);
    tcase_add_loop_test(mixing, numbering_actors_otherwise_changes_no_observed_or_exact_column, 0,
                        6);
    tcase_add_test(mixing, participations_are_judged_by_their_margins);
    tcase_add_test(mixing, fewer_draws_are_made_where_tables_take_much_room);
    tcase_add_test(mixing, a_small_memory_bound_refuses_and_changes_no_number);
    tcase_add_loop_test(mixing, any_allocation_may_fail, 0, 2);
    suite_add_tcase(suite, mixing);
    return suite_run(suite);
}
