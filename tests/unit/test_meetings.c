/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/meetings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reported.h"
#include "slow_gap.h"
#include "study_measured.h"
#include "suite.h"

/* ---- a graph of random participations, in sectors ------------------------------------------ */

/* Any table of as many ones is as likely: given its margins, it is uniform. Two actors may be kept
 * apart: one leaves, by a coin, most of what both attend, and somebody else takes the seat. */
static mlg_graph *world_of(uint64_t seed, int32_t n, int32_t m, double fill, bool apart)
{
    mlg_random random = mlg_random_stream(seed, "test_meetings", "world", 0);
    int32_t *actor = calloc((size_t) (n * m), sizeof *actor);
    int32_t *activity = calloc((size_t) (n * m), sizeof *activity);
    int32_t *sector = calloc((size_t) n, sizeof *sector);
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = NULL;
    size_t rows = 0;

    ck_assert(actor != NULL && activity != NULL && sector != NULL);
    for (int32_t e = 0; e < m; e++) {
        for (int32_t v = 0; v < n; v++) {
            const double p = apart && v < 2 ? (v == e % 2 ? 0.9 : 0.05) : fill;
            if (mlg_random_unit(&random) < p) {
                actor[rows] = v;
                activity[rows++] = e;
            }
        }
    }
    for (int32_t v = 0; v < n; v++) {
        sector[v] = v % 3;
    }
    ck_assert_int_eq(mlg_graph_from_participations(n, m, actor, activity, rows, MLG_PROJECT_COUNT,
                                                   sector, 3, &run, &graph, NULL),
                     MLG_OK);
    free(actor);
    free(activity);
    free(sector);
    return graph;
}

/* ---- the list of all tables ---------------------------------------------------------------- */

static const struct {
    const char *sectors, *line, *rows;
} listed[] = {
    {"ABCA", "0,1; 0,2; 1,2; 0,3; 2,3; 0,1; 0,1,2; 3; 0; 1",
     "1100 1010 0110 1001 0011 1100 1110 0001 1000 0100"},
    {"AB?", "1,2; 0,2; 1; 2; 0,2; 0,1; 1,2; 0,1; 1; 0; 0,1; 0; 2",
     "011 101 010 001 101 110 011 110 010 100 110 100 001"},
};

START_TEST(draws_tell_what_the_list_of_all_tables_tells)
{
    char line[256];
    mlg_two_mode t = slow_seats(listed[_i].rows);
    mlg_gap_pair slow[16];
    size_t n = 0;
    measured m;

    snprintf(line, sizeof line, "%s | %s", listed[_i].sectors, listed[_i].line);
    measured_open(&m, graph_fixture_two_mode(line, MLG_PROJECT_COUNT));
    m.run.draws = 9999;
    const mlg_value *pairs = measured_value(&m, "gap.meetings");
    for (size_t i = 0; i < pairs->n; i++) {
        ck_assert_uint_lt(n, 16);
        slow[n++] = (mlg_gap_pair){.a = pairs->subject[2 * i],
                                   .b = pairs->subject[2 * i + 1],
                                   .both = (uint32_t) pairs->column[MLG_VALUE][i],
                                   .stratum = (mlg_gap_stratum) part_at(pairs, "stratum", i)};
    }
    ck_assert_uint_eq(n, _i == 0 ? 5 : 3); /* the actors 0 and 3 of the first are of one sector */
    slow_gap_test(&t, slow, n);
    for (size_t i = 0; i < n; i++) {
        const double p = slow[i].p, error = 5.0 * sqrt(p * (1.0 - p) / 1e4) + 3e-4;
        const mlg_id a = slow[i].a, b = slow[i].b;
        uint32_t both = 0;
        for (int32_t e = 0; e < t.n_rows; e++) {
            both += (slow_bits_of(&t) >> (e * t.n_columns + a) & 1u) != 0 &&
                    (slow_bits_of(&t) >> (e * t.n_columns + b) & 1u) != 0;
        }
        ck_assert_uint_eq(slow[i].both, both);
        ck_assert_double_eq_tol(pairs->column[MLG_EXPECTED][i], slow[i].expected,
                                5.0 * slow[i].sd / 100.0 + 1e-9);
        ck_assert_double_eq_tol(pairs->column[MLG_P][i], p, error);
        ck_assert_int_eq(part_at(pairs, "testable", i) > 0.0, slow[i].testable);
    }
    measured_close(&m);
    slow_seats_free(&t);
}
END_TEST

/* ---- worked by hand -------------------------------------------------------------------------- */

/* 0 and 1 (A), 2 (B), 3 unknown; 4 attends nothing. */
START_TEST(pairs_and_sectors_are_counted)
{
    measured m;

    measured_open(&m, graph_fixture_two_mode("AAB?B | 0,1,2; 0,2; 1,3; 0,3; 2", MLG_PROJECT_COUNT));
    const mlg_value *pairs = measured_value(&m, "gap.meetings");
    const mlg_value *all = &m.values.items[1];
    ck_assert_double_eq(part_at(all, "actors", 0), 4.0);
    ck_assert_double_eq(part_at(all, "activities", 0), 5.0);
    ck_assert_double_eq(part_at(all, "different_sectors", 0), 2.0); /* 0-2, 1-2 */
    ck_assert_double_eq(part_at(all, "same_sector", 0), 1.0);
    ck_assert_double_eq(part_at(all, "unknown_sectors", 0), 3.0);
    ck_assert_double_eq(part_at(all, "compared", 0), 5.0);
    ck_assert_uint_eq(pairs->total, 5);
    ck_assert_int_eq(pairs->caution, T_caution_small_sample);
    const size_t row = row_of_pair(pairs, 0, 2);
    ck_assert_double_eq(pairs->column[MLG_VALUE][row], 2.0);
    ck_assert_double_eq(part_at(pairs, "activities_a", row), 3.0);
    ck_assert_double_eq(part_at(pairs, "activities_b", row), 3.0);
    ck_assert_double_eq(part_at(pairs, "stratum", row), MLG_GAP_KNOWN);
    ck_assert_double_eq(part_at(pairs, "stratum", row_of_pair(pairs, 0, 3)), 2.0);
    /* 1 meets 0, 2 and 3; 0 meets 1, 2, 3; 2 meets 0 and 1: through 1, of three */
    ck_assert_double_eq(part_at(pairs, "common_neighbours", row), 1.0);
    ck_assert_double_eq_tol(part_at(pairs, "resource_allocation", row), 1.0 / 3.0, 1e-12);

    const mlg_value *sectors = measured_value(&m, "gap.sectors");
    ck_assert_uint_eq(sectors->n, 1);
    ck_assert_double_eq(sectors->column[MLG_VALUE][0], 2.0);
    ck_assert_double_eq(part_at(sectors, "activities_a", 0), 4.0);
    ck_assert_double_eq(part_at(sectors, "activities_b", 0), 3.0);
    measured_close(&m);
}
END_TEST

/* o1 works in a, and m2 is about b; o2 ended before m1 began. Seats on record stay. */
START_TEST(nobody_is_expected_outside_its_territory_or_its_dates)
{
    reported r;
    mlg_meetings *m = NULL;

    reported_open(&r, "study: key,value\ndate,2024-12-31\n"
                      "territories: id,scale\na,commune\nb,commune\n"
                      "actors: id,kind,sector,territory,end\no1,organisation,health,a,\n"
                      "o2,organisation,social,,2024-02-01\no3,organisation,social,b,\n"
                      "activities: id,territory,start\nm1,a,2024-03-01\nm2,b,2024-01-15\n"
                      "participations: actor,activity\no1,m1\no2,m2\no3,m1\no3,m2\n");
    ck_assert_int_eq(mlg_meetings_of(r.context, 0, &m, NULL), MLG_OK);
    ck_assert_uint_eq(m->barred, 2); /* o1 in m2, o2 in m1; o3 sits in m1 although in b */
    reported_close(&r);
}
END_TEST

static const struct {
    const char *what, *line;
    mlg_text_key why;
} silent[] = {
    {"one actor", "A | 0; 0", T_why_too_few_actors},
    {"one sector", "AA | 0,1; 0", T_why_no_pair_apart},
};

START_TEST(what_cannot_be_told_has_a_reason)
{
    measured m;

    measured_open(&m, graph_fixture_two_mode(silent[_i].line, MLG_PROJECT_COUNT));
    ck_assert_int_eq(measured_value(&m, "gap.meetings")->undefined, silent[_i].why);
    ck_assert_int_eq(measured_value(&m, "gap.sectors")->undefined, silent[_i].why);
    measured_close(&m);
    measured_open(&m, graph_fixture("AB", "0-1"));
    ck_assert_int_eq(measured_value(&m, "gap.meetings")->undefined, T_why_no_two_mode);
    measured_close(&m);
    measured_open(&m, graph_fixture_two_mode("AB | 0,1; 0", MLG_PROJECT_COUNT));
    m.run.draws = 0;
    ck_assert_int_eq(measured_value(&m, "gap.meetings")->undefined, T_why_no_draws);
    measured_close(&m);
}
END_TEST

/* More pairs than are compared: those with the largest products, each sort by the definition. */
START_TEST(the_pairs_most_expected_to_meet_are_compared)
{
    mlg_random random = mlg_random_stream(5, "test_meetings", "many", 0);
    random_seats seats = random_seats_of(&random, 90, 60, 700);
    int32_t sector[90];
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = NULL;
    measured m;
    double least = INFINITY;
    size_t above = 0;

    for (int32_t v = 0; v < 90; v++) {
        sector[v] = v % 7 == 0 ? -1 : v % 4;
    }
    ck_assert_int_eq(mlg_graph_from_participations(90, 60, seats.actor, seats.activity, seats.m,
                                                   MLG_PROJECT_COUNT, sector, 4, &run, &graph,
                                                   NULL),
                     MLG_OK);
    measured_open(&m, graph);
    m.run.draws = 99;
    const mlg_value *pairs = measured_value(&m, "gap.meetings");
    ck_assert_uint_eq(pairs->n, 1000);
    for (size_t i = 0; i < pairs->n; i++) {
        const mlg_id a = pairs->subject[2 * i], b = pairs->subject[2 * i + 1];
        const double product =
            (double) mlg_csr_degree(&graph->attends, a) * mlg_csr_degree(&graph->attends, b);
        ck_assert(sector[a] >= 0 && sector[b] >= 0 && sector[a] != sector[b]);
        least = fmin(least, product);
    }
    for (int32_t a = 0; a < 90; a++) {
        for (int32_t b = a + 1; b < 90; b++) {
            above +=
                sector[a] >= 0 && sector[b] >= 0 && sector[a] != sector[b] &&
                (double) mlg_csr_degree(&graph->attends, a) * mlg_csr_degree(&graph->attends, b) >
                    least;
        }
    }
    ck_assert_uint_le(above, 1000); /* all that are larger than the least kept are kept */
    ck_assert_uint_gt(pairs->total, 1000);
    measured_close(&m);
    random_seats_free(&seats);
}
END_TEST

/* ---- many studies ------------------------------------------------------------------------------
 */

static bool finds_any(const mlg_value *pairs)
{
    bool any = false;
    for (size_t i = 0; i < pairs->n; i++) {
        any = any || pairs->column[MLG_P_ADJUSTED][i] <= 0.05;
    }
    return any;
}

/* In at most 5 % of studies without any gap is a pair said to meet too little; sd .014. */
START_TEST(few_null_studies_have_a_pair_apart)
{
    enum { STUDIES = 250 };
    uint32_t actors = 0, sectors = 0;
    double testable = 0.0;

    for (uint64_t s = 0; s < STUDIES; s++) {
        measured m;
        measured_open(&m, world_of(s, 15, 30, 0.4, false));
        m.run.draws = 199;
        m.run.seed = s;
        actors += finds_any(measured_value(&m, "gap.meetings"));
        testable += part_at(&m.values.items[1], "testable", 0);
        sectors += finds_any(measured_value(&m, "gap.sectors"));
        measured_close(&m);
    }
    printf(
        "meetings: %u of %d null studies have a pair of actors apart (%.3f), %u of sectors; %.0f "
        "pairs tested a study\n",
        actors, STUDIES, actors / (double) STUDIES, sectors, testable / STUDIES);
    ck_assert_double_gt(testable / STUDIES, 20.0);
    ck_assert_uint_le(actors, 24); /* 12.5 + 3.3 sd */
    ck_assert_uint_ge(actors, 3);
    ck_assert_uint_le(sectors, 24);
}
END_TEST

START_TEST(two_that_avoid_each_other_are_found)
{
    enum { STUDIES = 10 };
    uint32_t found = 0, others = 0;

    for (uint64_t s = 0; s < STUDIES; s++) {
        measured m;
        measured_open(&m, world_of(s, 15, 40, 0.4, true));
        m.run.draws = 999;
        const mlg_value *pairs = measured_value(&m, "gap.meetings");
        for (size_t i = 0; i < pairs->n; i++) {
            const bool planted = pairs->subject[2 * i] == 0 && pairs->subject[2 * i + 1] == 1;
            const bool claimed = pairs->column[MLG_P_ADJUSTED][i] <= 0.05;
            found += planted && claimed && i == 0;
            others += claimed && !planted;
        }
        measured_close(&m);
    }
    printf("meetings: planted pair found first in %u of %d studies, %u others claimed\n", found,
           STUDIES, others);
    ck_assert_uint_ge(found, 8);
    ck_assert_uint_le(others, 3);
}
END_TEST

/* ---- laws and limits
 * ----------------------------------------------------------------------------- */

START_TEST(threads_change_no_byte)
{
    measured one, two;

    measured_open(&one, world_of(1, 15, 30, 0.4, false));
    measured_open(&two, world_of(1, 15, 30, 0.4, false));
    one.run.draws = two.run.draws = 299;
    two.run.threads = 2;
    const mlg_value *a = measured_value(&one, "gap.meetings");
    const mlg_value *b = measured_value(&two, "gap.meetings");
    for (size_t c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        ck_assert(a->column[c] == NULL ||
                  memcmp(a->column[c], b->column[c], a->n * sizeof(double)) == 0);
    }
    measured_close(&one);
    measured_close(&two);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    static const char *const ids[] = {"gap.meetings", "gap.sectors"};
    bool failed = true;

    for (long n = 0; failed; n++) {
        measured m;
        measured_open(&m, world_of(2, 12, 14, 0.4, false));
        m.run.draws = 99;
        failed = measured_fails(m.context, 0, ids[_i], n, &m.values);
        measured_close(&m);
    }
}
END_TEST

/* ---- what is told
 * ---------------------------------------------------------------------------------- */

/* Twelve organisations of three sectors, or persons, in 40 activities; the first two apart. */
static const char *study_apart(const char *kind)
{
    static char text[16384];
    mlg_random random = mlg_random_stream(7, "test_meetings", "study", 0);
    size_t n = (size_t) snprintf(text, sizeof text,
                                 "study: key,value\ndate,2024-12-31\nactors: id,kind,sector\n");
    static const char *const sectors[] = {"health", "social", "education"};

    for (int v = 0; v < 12; v++) {
        n += (size_t) snprintf(text + n, sizeof text - n, "o%d,%s,%s\n", v, kind, sectors[v % 3]);
    }
    n += (size_t) snprintf(text + n, sizeof text - n, "participations: actor,activity,date\n");
    for (int e = 0; e < 40; e++) {
        for (int v = 0; v < 12; v++) {
            if (v < 2 ? v == e % 2 : mlg_random_unit(&random) < 0.4) {
                n += (size_t) snprintf(text + n, sizeof text - n, "o%d,m%d,2024-05-01\n", v, e);
            }
        }
    }
    ck_assert_uint_lt(n, sizeof text);
    return text;
}

/* Two sectors of three organisations never sit together; a third sits with both. */
static const char *sectors_apart(void)
{
    static char text[16384];
    mlg_random random = mlg_random_stream(11, "test_meetings", "sectors", 0);
    static const char *const sectors[] = {"education", "housing", "social", "social"};
    size_t n = (size_t) snprintf(text, sizeof text,
                                 "study: key,value\ndate,2024-12-31\nactors: id,kind,sector\n");
    for (int v = 0; v < 12; v++) {
        n += (size_t) snprintf(text + n, sizeof text - n, "o%d,organisation,%s\n", v,
                               sectors[v / 3]);
    }
    n += (size_t) snprintf(text + n, sizeof text - n, "participations: actor,activity,date\n");
    for (int e = 0; e < 40; e++) {
        for (int v = 0; v < 12; v++) {
            if ((v / 3 > 1 || v / 3 == e % 2) && mlg_random_unit(&random) < 0.5) {
                n += (size_t) snprintf(text + n, sizeof text - n, "o%d,m%d,2024-05-01\n", v, e);
            }
        }
    }
    ck_assert_uint_lt(n, sizeof text);
    return text;
}

START_TEST(sectors_apart_are_told_once)
{
    reported r;
    reported_open(&r, sectors_apart());
    static const char *const ids[] = {"gap.sectors"};
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_measure_all(r.context, ids, 1, &r.values, &err) == MLG_OK, "%s", err.message);
    reported_find(&r);
    const mlg_finding *finding = reported_first(&r, "sectors_apart");
    ck_assert_uint_eq(reported_count(&r, "sectors_apart"), 1);
    ck_assert_int_eq(finding->level, MLG_NOTICE);
    ck_assert_uint_eq(finding->n_subjects, 2);
    ck_assert_uint_gt(finding->rows_total, 20);
    const char *said = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(said, "“education” and “housing” (0 activities in common, ") != NULL, "%s",
                  said);
    /* that all sit in few activities with the two sets them apart from the third too */
    ck_assert_ptr_nonnull(strstr(said, "“social services” and “education”"));
    ck_assert_ptr_nonnull(strstr(said, "“social services” and “housing”"));
    reported_close(&r);
}
END_TEST

/* The silos of the same participations say it of the pair: one sentence is enough. */
START_TEST(what_is_a_silo_is_not_told_again)
{
    reported r;
    reported_study(&r, sectors_apart());
    const mlg_finding *apart = reported_first(&r, "sectors_apart");
    size_t silos = 0;
    for (size_t i = 0; i < r.findings.n; i++) {
        const mlg_finding *finding = &r.findings.items[i];
        if (strcmp(finding->kind, "silo") == 0 && finding->n_subjects == 2) {
            silos++;
            ck_assert(apart == NULL || apart->subject[0] != finding->subject[0] ||
                      apart->subject[1] != finding->subject[1]);
        }
    }
    ck_assert_uint_ge(silos, 1);
    reported_close(&r);
}
END_TEST

START_TEST(sectors_apart_bear_a_failing_allocation)
{
    static const char *const ids[] = {"gap.sectors"};
    mlg_error err = {MLG_OK, ""};
    reported r;
    reported_open(&r, sectors_apart());
    ck_assert_int_eq(mlg_measure_all(r.context, ids, 1, &r.values, &err), MLG_OK);
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_findings findings = {0};
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_find(r.context, &r.values, &findings, NULL);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        mlg_findings_free(&findings);
        ck_assert_int_lt(n, 1000);
    }
    reported_close(&r);
}
END_TEST

START_TEST(a_pair_apart_is_told_of_organisations_only)
{
    reported r;

    reported_study(&r, study_apart(_i == 0 ? "organisation" : "person"));
    const mlg_finding *finding = reported_first(&r, "meet_less");
    if (_i == 1) {
        ck_assert_ptr_null(finding);
    } else {
        ck_assert_ptr_nonnull(finding);
        ck_assert_int_eq(finding->level, MLG_NOTICE);
        ck_assert_uint_ge(finding->rows_total, 40);
        ck_assert_str_eq(finding->lever_source, "S1:233");
        const char *said = reported_sentence(&r, finding, MLG_EN);
        ck_assert_msg(strstr(said, "meet in none, where") != NULL, "%s", said);
        ck_assert_msg(strstr(said, "20 activities") != NULL, "%s", said);
    }
    reported_close(&r);
}
END_TEST

#define N_OF(rows) (int) (sizeof(rows) / sizeof(rows)[0])

int main(void)
{
    Suite *suite = suite_create("meetings");
    TCase *pairs = tcase_create("pairs");
    tcase_set_timeout(pairs, 120);
    tcase_add_loop_test(pairs, draws_tell_what_the_list_of_all_tables_tells, 0, N_OF(listed));
    tcase_add_test(pairs, pairs_and_sectors_are_counted);
    tcase_add_test(pairs, nobody_is_expected_outside_its_territory_or_its_dates);
    tcase_add_loop_test(pairs, what_cannot_be_told_has_a_reason, 0, N_OF(silent));
    tcase_add_test(pairs, the_pairs_most_expected_to_meet_are_compared);
    suite_add_tcase(suite, pairs);

    TCase *studies = tcase_create("many studies");
    tcase_set_timeout(studies, 240);
    tcase_add_test(studies, few_null_studies_have_a_pair_apart);
    tcase_add_test(studies, two_that_avoid_each_other_are_found);
    suite_add_tcase(suite, studies);

    TCase *laws = tcase_create("laws and limits");
    tcase_set_timeout(laws, 120);
    tcase_add_test(laws, threads_change_no_byte);
    tcase_add_loop_test(laws, any_allocation_may_fail, 0, 2);
    tcase_add_loop_test(laws, a_pair_apart_is_told_of_organisations_only, 0, 2);
    tcase_add_test(laws, sectors_apart_are_told_once);
    tcase_add_test(laws, what_is_a_silo_is_not_told_again);
    tcase_add_test(laws, sectors_apart_bear_a_failing_allocation);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
