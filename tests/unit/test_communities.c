/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/communities.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "graph_fixture.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_communities.h"
#include "suite.h"

#define CLOSE 1e-9
static const char *const ID = "silo.communities";

static const mlg_value *value_of(measured *m, const char *convention)
{
    if (mlg_values_find(&m->values, ID, 0) == NULL) {
        measured_value(m, ID);
    }
    for (size_t i = 0; i < m->values.n; i++) {
        measured_check(&m->values.items[i]);
        if (strcmp(m->values.items[i].convention, convention) == 0) {
            return &m->values.items[i];
        }
    }
    ck_abort_msg("no value %s", convention);
    return NULL;
}

static double part_of(const mlg_value *value, const char *name)
{
    const double *part = mlg_value_part_find(value, name);
    ck_assert_msg(part != NULL, "no part %s", name);
    return part[0];
}

static double number_of(const char *id)
{
    json_t *json = reference_value(id);
    const double number = json_number_value(json);
    json_decref(json);
    return number;
}

/* ---- agreement ------------------------------------------------------------------------- */

START_TEST(zacharys_best_partition_agrees_with_its_club_as_other_programs_say)
{
    mlg_graph *graph = reference_graph("zachary");
    json_t *best = reference_value("zach.opt_membership");
    int32_t community[34];
    mlg_agreement agreement;

    for (size_t v = 0; v < 34; v++) {
        community[v] = (int32_t) json_integer_value(json_array_get(best, v));
    }
    ck_assert_int_eq(mlg_agreement_of(community, 4, graph->sector, 2, 34, true, &agreement, NULL),
                     MLG_OK);
    ck_assert_double_eq_tol(agreement.ami, number_of("zach.ami"), CLOSE);
    ck_assert_double_eq_tol(agreement.nmi, number_of("zach.nmi"), CLOSE);
    ck_assert_double_eq_tol(agreement.ari, number_of("zach.ari"), CLOSE);
    ck_assert_double_eq_tol(agreement.vi, number_of("zach.vi"), CLOSE);
    ck_assert_double_eq_tol(agreement.mi, 0.5919109512, CLOSE);
    ck_assert_double_eq_tol(agreement.expected_mi, 0.0492234034, CLOSE);
    ck_assert_double_eq_tol(slow_partition_modularity(graph, community, false),
                            number_of("zach.Qmax"), CLOSE);
    json_decref(best);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(zacharys_communities_are_the_best_there_are)
{
    measured m;
    json_t *best = reference_value("zach.opt_membership");
    measured_open(&m, reference_graph("zachary"));
    const mlg_value *sectors = value_of(&m, "sectors"), *own = value_of(&m, "modularity");
    const mlg_value *actors = value_of(&m, "community");

    ck_assert_double_eq_tol(own->column[MLG_VALUE][0], number_of("zach.Qmax"), CLOSE);
    ck_assert_double_eq(part_of(own, "groups"), 4);
    ck_assert_double_eq(part_of(own, "runs"), 100);
    ck_assert_double_eq_tol(sectors->column[MLG_VALUE][0], number_of("zach.ami"), CLOSE);
    ck_assert_double_eq_tol(part_of(sectors, "nmi"), number_of("zach.nmi"), CLOSE);
    ck_assert_double_eq_tol(part_of(sectors, "ari"), number_of("zach.ari"), CLOSE);
    ck_assert_double_eq_tol(part_of(sectors, "vi"), number_of("zach.vi"), CLOSE);
    ck_assert_double_eq(sectors->column[MLG_EXPECTED][0], 0);
    ck_assert_double_eq_tol(sectors->column[MLG_P][0], 0.01, 1e-12); /* none of 99 as high */
    for (size_t v = 0; v < 34; v++) {
        for (size_t w = 0; w < v; w++) {
            const bool together = json_integer_value(json_array_get(best, v)) ==
                                  json_integer_value(json_array_get(best, w));
            ck_assert_int_eq(actors->column[MLG_VALUE][v] == actors->column[MLG_VALUE][w],
                             together);
        }
    }
    json_decref(best);
    measured_close(&m);
}
END_TEST

START_TEST(agreement_is_its_slow_twin)
{
    mlg_random random = mlg_random_stream(1, "test_communities", "agreement", (uint64_t) _i);
    const int n = 2 + (int) mlg_random_below(&random, 6);
    int32_t a[8], b[8];
    mlg_agreement agreement;

    for (int i = 0; i < n; i++) {
        a[i] = (int32_t) mlg_random_below(&random, 4);
        b[i] = (int32_t) mlg_random_below(&random, 3);
    }
    ck_assert_int_eq(mlg_agreement_of(a, 4, b, 3, (size_t) n, true, &agreement, NULL), MLG_OK);
    const slow_agreement slow = slow_agreement_of(a, b, n);
    ck_assert_double_eq_tol(agreement.mi, slow.mi, CLOSE);
    ck_assert_double_eq_tol(agreement.vi, slow.vi, CLOSE);
    ck_assert_double_eq_tol(agreement.expected_mi, slow_expected_mi(a, b, n), CLOSE);
    if (!isnan(agreement.nmi)) {
        ck_assert_double_eq_tol(agreement.nmi, slow.nmi, CLOSE);
    }
    if (!isnan(agreement.ari)) {
        ck_assert_double_eq_tol(agreement.ari, slow.ari, CLOSE);
    }
}
END_TEST

START_TEST(equal_partitions_agree_wholly_and_trivial_ones_say_nothing)
{
    const int32_t a[] = {0, 0, 1, 1, 2}, same[] = {2, 2, 0, 0, 1}, one[] = {0, 0, 0, 0, 0};
    mlg_agreement agreement;

    ck_assert_int_eq(mlg_agreement_of(a, 3, same, 3, 5, true, &agreement, NULL), MLG_OK);
    ck_assert_double_eq_tol(agreement.ami, 1, 1e-12);
    ck_assert_double_eq_tol(agreement.ari, 1, 1e-12);
    ck_assert_double_eq_tol(agreement.vi, 0, 1e-12);
    ck_assert_int_eq(mlg_agreement_of(a, 3, one, 1, 5, true, &agreement, NULL), MLG_OK);
    ck_assert_double_eq_tol(agreement.ami, 0, 1e-12); /* one group tells nothing of the others */
    ck_assert_int_eq(mlg_agreement_of(one, 1, one, 1, 5, true, &agreement, NULL), MLG_OK);
    ck_assert_double_nan(agreement.ami);
    ck_assert_double_nan(agreement.ari);
    ck_assert_int_eq(mlg_agreement_of(NULL, 0, NULL, 0, 0, true, &agreement, NULL), MLG_OK);
    ck_assert_double_nan(agreement.mi);
}
END_TEST

START_TEST(agreement_wants_memory)
{
    const int32_t a[] = {0, 1, 1}, b[] = {1, 0, 0};
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        mlg_agreement agreement;
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = n;
        status = mlg_agreement_of(a, 2, b, 2, 3, true, &agreement, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(n, 50);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && err.message[0] != '\0'));
    }
}
END_TEST

/* ---- communities ------------------------------------------------------------------------ */

/* Leiden searches, it does not prove: never above the best of all, and nearly always there. */
START_TEST(small_graphs_get_the_best_of_all_partitions)
{
    int found = 0;
    for (uint64_t i = 0; i < 20; i++) {
        mlg_random random = mlg_random_stream(2, "test_communities", "best", i);
        measured m;
        measured_open(&m, random_graph(&random, 9, 14, 3, false, false));
        const double best = slow_best_modularity(m.graph);
        const double q = value_of(&m, "modularity")->column[MLG_VALUE][0];
        ck_assert_double_le(q, best + CLOSE);
        found += q >= best - CLOSE;
        measured_close(&m);
    }
    ck_assert_int_ge(found, 16);
}
END_TEST

START_TEST(modularity_is_that_of_the_communities_told)
{
    mlg_random random = mlg_random_stream(3, "test_communities", "told", (uint64_t) _i);
    measured m;
    int32_t community[60], weighted[60];
    measured_open(&m, random_graph(&random, 60, 150, 4, _i % 2 == 1, true));
    const mlg_value *own = value_of(&m, "modularity"), *actors = value_of(&m, "community");
    const double *strong = mlg_value_part_find(actors, "weighted");

    for (int v = 0; v < 60; v++) {
        community[v] = (int32_t) actors->column[MLG_VALUE][v];
        weighted[v] = (int32_t) strong[v];
    }
    ck_assert_double_eq_tol(own->column[MLG_VALUE][0],
                            slow_partition_modularity(m.graph, community, false), CLOSE);
    ck_assert_double_eq_tol(part_of(own, "weighted"),
                            slow_partition_modularity(m.graph, weighted, true), CLOSE);
    measured_close(&m);
}
END_TEST

/* Two triangles, and an actor alone. */
START_TEST(clear_groups_are_found_by_every_run)
{
    measured m;
    measured_open(&m, graph_fixture("AAABBB?", "0-1 1-2 0-2 3-4 4-5 3-5"));
    const mlg_value *own = value_of(&m, "modularity"), *actors = value_of(&m, "community");
    const mlg_value *sectors = value_of(&m, "sectors");
    const double *kept = mlg_value_part_find(actors, "stability");

    ck_assert_double_eq_tol(own->column[MLG_VALUE][0], 0.5, CLOSE);
    ck_assert_double_eq_tol(part_of(own, "stability"), 1, CLOSE);
    ck_assert_double_eq_tol(part_of(own, "together"), 1, CLOSE);
    ck_assert_double_eq(part_of(own, "groups"), 2);
    ck_assert_double_eq(part_of(own, "alone"), 1);
    ck_assert_double_eq(actors->column[MLG_VALUE][0], 1);
    ck_assert_double_eq(actors->column[MLG_VALUE][5], 2);
    ck_assert_double_eq(actors->column[MLG_VALUE][6], 3);
    ck_assert_double_eq_tol(kept[0], 1, CLOSE);
    ck_assert_double_nan(kept[6]); /* alone */
    ck_assert_double_eq_tol(sectors->column[MLG_VALUE][0], 1, CLOSE);
    ck_assert_double_eq(part_of(sectors, "actors"), 6);
    ck_assert_str_eq(sectors->p_method, "enumerated");
    ck_assert_double_eq_tol(sectors->column[MLG_P][0], 0.1, CLOSE); /* 2 of the 20 deals */
    ck_assert_double_eq_tol(part_of(sectors, "ari_p"), 0.1, CLOSE);
    measured_close(&m);
}
END_TEST

START_TEST(draws_have_the_exact_mean_and_few_false_alarms)
{
    int low = 0;
    for (uint64_t i = 0; i < 60; i++) {
        mlg_random random = mlg_random_stream(4, "test_communities", "calibration", i);
        measured m;
        measured_open(&m, random_graph(&random, 40, 80, 4, false, false));
        m.run.draws = 199;
        const mlg_value *sectors = value_of(&m, "sectors");
        const double sd = sectors->column[MLG_SD][0];
        ck_assert_double_gt(sectors->column[MLG_HIGH][0], 0);
        ck_assert_double_lt(sectors->column[MLG_LOW][0], 0);
        ck_assert_double_lt(fabs(sectors->column[MLG_LOW][0]), 6 * sd);
        low += sectors->column[MLG_P][0] <= 0.05;
        measured_close(&m);
    }
    ck_assert_int_le(low, 9); /* 3 expected: P(10 or more) < .001 */
}
END_TEST

START_TEST(seed_and_threads_decide_as_promised)
{
    measured one, two, other;
    mlg_random random = mlg_random_stream(5, "test_communities", "same", 0), again = random,
               third = random;
    measured_open(&one, random_graph(&random, 80, 160, 5, false, false));
    measured_open(&two, random_graph(&again, 80, 160, 5, false, false));
    measured_open(&other, random_graph(&third, 80, 160, 5, false, false));
    two.run.threads = 2;
    other.run.seed = 2;
    const mlg_value *a = value_of(&one, "sectors"), *b = value_of(&two, "sectors");
    ck_assert_double_eq(a->column[MLG_VALUE][0], b->column[MLG_VALUE][0]);
    ck_assert_double_eq(a->column[MLG_SD][0], b->column[MLG_SD][0]);
    ck_assert_double_eq(part_of(value_of(&one, "modularity"), "stability"),
                        part_of(value_of(&two, "modularity"), "stability"));
    ck_assert_double_ne(a->column[MLG_SD][0], value_of(&other, "sectors")->column[MLG_SD][0]);
    measured_close(&one);
    measured_close(&two);
    measured_close(&other);
}
END_TEST

/* ---- limits -------------------------------------------------------------------------------- */

START_TEST(what_cannot_be_said_has_its_reason)
{
    measured m;
    measured_open(&m, graph_fixture("AB", ""));
    ck_assert_int_eq(measured_value(&m, ID)->undefined, T_why_no_ties);
    ck_assert_uint_eq(m.values.n, 1);
    measured_close(&m);

    measured_open(&m, graph_fixture("???", "0-1 1-2"));
    ck_assert_int_eq(value_of(&m, "sectors")->undefined, T_why_no_sectors);
    ck_assert_int_eq(value_of(&m, "modularity")->undefined, T_none);
    measured_close(&m);

    measured_open(&m, graph_fixture("AAA", "0-1 1-2 0-2"));
    ck_assert_int_eq(value_of(&m, "sectors")->undefined, T_why_one_group);
    measured_close(&m);
}
END_TEST

START_TEST(every_shape_is_borne)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    measured_value(&m, ID);
    measured_close(&m);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    mlg_graph *graph = graph_fixture("AABBC?", "0-1:2 1-2 2-3:3 3-4 4-0 0-5");
    const mlg_run run = {.seed = 1, .draws = 9, .threads = 1, .memory_bound = (size_t) 1 << 30};
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_context *context = NULL;
        mlg_values values = {0};
        ck_assert_int_eq(mlg_context_of_graph(graph, &run, &context, NULL), MLG_OK);
        failed = measured_fails(context, 0, ID, n, &values);
        ck_assert_uint_eq(values.n, failed ? 0 : 3);
        mlg_values_free(&values);
        mlg_context_free(context);
    }
    mlg_graph_free(graph);
}
END_TEST

static bool always(void *context)
{
    (void) context;
    return true;
}

START_TEST(a_run_can_be_stopped)
{
    measured m;
    measured_open(&m, graph_fixture("AB", "0-1"));
    m.run.cancelled = always;
    ck_assert_int_eq(mlg_measure_find(ID)->run(m.context, 0, &m.values, NULL), MLG_ESTOP);
    ck_assert_uint_eq(m.values.n, 0);
    measured_close(&m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("communities");
    TCase *tcase = tcase_create("agreement");
    tcase_add_test(tcase, zacharys_best_partition_agrees_with_its_club_as_other_programs_say);
    tcase_add_loop_test(tcase, agreement_is_its_slow_twin, 0, 40);
    tcase_add_test(tcase, equal_partitions_agree_wholly_and_trivial_ones_say_nothing);
    tcase_add_test(tcase, agreement_wants_memory);
    suite_add_tcase(suite, tcase);

    tcase = tcase_create("communities");
    tcase_add_test(tcase, zacharys_communities_are_the_best_there_are);
    tcase_add_test(tcase, small_graphs_get_the_best_of_all_partitions);
    tcase_add_loop_test(tcase, modularity_is_that_of_the_communities_told, 0, 4);
    tcase_add_test(tcase, clear_groups_are_found_by_every_run);
    tcase_add_test(tcase, draws_have_the_exact_mean_and_few_false_alarms);
    tcase_add_test(tcase, seed_and_threads_decide_as_promised);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);

    tcase = tcase_create("limits");
    tcase_add_test(tcase, what_cannot_be_said_has_its_reason);
    tcase_add_loop_test(tcase, every_shape_is_borne, 0, MEASURED_SHAPES);
    tcase_add_test(tcase, any_allocation_may_fail);
    tcase_add_test(tcase, a_run_can_be_stopped);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
