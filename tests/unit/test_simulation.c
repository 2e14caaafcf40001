/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/simulation.h"

#include <check.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "measure/simulation.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* ---- what is read from plays, by hand -------------------------------------------------- */

START_TEST(means_bands_and_worst_are_those_of_the_replicates)
{
    double values[20], scratch[20];
    for (int i = 0; i < 20; i++) {
        values[i] = (i * 7) % 20 + 1; /* 1 .. 20 in another order */
    }
    mlg_spread s = mlg_simulation_spread(values, 20, 1, false, scratch);
    ck_assert_double_eq(s.mean, 10.5);
    ck_assert_double_eq_tol(s.error, sqrt(35.0 / 20.0), 1e-12); /* variance 35 */
    ck_assert_double_eq(s.low, 1);                              /* rank ceil(.05 * 20) */
    ck_assert_double_eq(s.high, 20);
    ck_assert_double_eq(s.worst, 1);
    ck_assert_double_nan(s.parameter_low);
    s = mlg_simulation_spread(values, 20, 1, true, scratch);
    ck_assert_double_eq(s.worst, 20);
    s = mlg_simulation_spread(values, 10, 2, true, scratch); /* every other: 1, 15, 9, 3 ... */
    ck_assert_double_eq(s.mean, 10);
    s = mlg_simulation_spread(values, 0, 1, true, scratch);
    ck_assert_double_nan(s.mean);
    ck_assert_double_nan(mlg_simulation_spread(values, 1, 1, true, scratch).error);
}
END_TEST

START_TEST(recovery_is_told_of_the_replicates_that_fell)
{
    double values[] = {NAN, 3, INFINITY, 9, 5, NAN, 7}, scratch[7];
    mlg_recovery r = mlg_simulation_recovery(values, 7, scratch);
    ck_assert_uint_eq(r.fell, 5);
    ck_assert_double_eq(r.median, 7); /* 3 5 7 9 and never */
    ck_assert_double_eq(r.low, 3);
    ck_assert(isinf(r.high));
    ck_assert_double_eq_tol(r.not_recovered, 0.2, 1e-15);
    ck_assert_double_eq(r.median_low, 3); /* ranks 2 -+ 2.19 */
    ck_assert(isinf(r.median_high));
    r = mlg_simulation_recovery(values, 1, scratch);
    ck_assert_uint_eq(r.fell, 0);
    ck_assert_double_nan(r.median);
}
END_TEST

START_TEST(an_outcome_is_the_mean_of_the_months_ahead)
{
    double at[] = {9, 1, 2, 9, 3, 5}, lost[] = {4, 8}; /* month 0 is no month ahead */
    const mlg_turnover_play play = {.months = 2, .replicates = 2, .at = {at}, .lost = lost};
    ck_assert_double_eq(mlg_simulation_outcome(&play, MLG_PLAY_PAIRS, 0), 1.5);
    ck_assert_double_eq(mlg_simulation_outcome(&play, MLG_PLAY_PAIRS, 1), 4);
    ck_assert_double_nan(mlg_simulation_outcome(&play, MLG_PLAY_SCHEMES, 0));
    ck_assert_double_eq(mlg_simulation_outcome(&play, MLG_OUTCOME_LOST, 1), 8);
}
END_TEST

/* ---- points ------------------------------------------------------------------------------ */

START_TEST(points_fill_each_range_once_a_cell)
{
    enum { N = 64 };
    static mlg_law points[N];
    mlg_law law;
    ck_assert_int_eq(mlg_law_of(NULL, &law, NULL), MLG_OK);
    ck_assert_int_eq(mlg_simulation_points(&law, 1, N, points, NULL), MLG_OK);
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        bool met[N] = {false};
        const double low = law.low[rate], value = law.value[rate], high = law.high[rate];
        int below = 0;
        for (int i = 0; i < N; i++) {
            const double x = points[i].value[rate];
            ck_assert(x >= low && x <= high);
            if (low == high) {
                ck_assert_double_eq(x, value);
                continue;
            }
            below += x < value;
            if (low < value && value < high) {
                const double share = x < value ? (x - low) / (value - low) / 2
                                               : 0.5 + (x - value) / (high - value) / 2;
                const int cell = (int) (share * N);
                ck_assert_msg(cell >= 0 && cell < N && !met[cell], "rate %d, cell %d", rate, cell);
                met[cell] = true;
            }
        }
        ck_assert(!(low < value && value < high) || below == N / 2);
    }
    mlg_law again[N];
    ck_assert_int_eq(mlg_simulation_points(&law, 2, N, again, NULL), MLG_OK);
    ck_assert_double_ne(again[0].value[0], points[0].value[0]);
}
END_TEST

/* ---- studies -------------------------------------------------------------------------------- */

/* Ann and Bob coordinate a scheme each; Ann alone ties HOSP to TOWN. */
#define PEOPLE                                                                                     \
    "actors: id,kind,sector,organisation\n"                                                        \
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nCLUB,organisation,sport,\n"           \
    "Ann,person,,TOWN\nBob,person,,CLUB\n"
#define POSTS                                                                                      \
    "posts: id,person,role,scheme,employer,territory,contract\n"                                   \
    "health,Ann,coordinator,CLS,TOWN,T1,permanent\nyouth,Bob,coordinator,ASV,CLUB,,permanent\n"
#define PLACES "territories: id,population\nT1,700\n"
#define TIES   "ties: from,to,held_by\nAnn,HOSP,person\nTOWN,CLUB,\n"

static const mlg_value *simulated(reported *r, const char *id)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = r->values.n;
    const int32_t view = mlg_context_views(r->context) > 0 ? 0 : -1;
    const mlg_status status = mlg_measure_find(id)->run(r->context, view, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    ck_assert_uint_gt(r->values.n, before);
    measured_check(&r->values.items[before]);
    return &r->values.items[before];
}

static double value_at(const mlg_value *value, size_t row)
{
    return value->column[MLG_VALUE][row];
}

/* Opens a study with settings; draws and months are the test's. */
static void open_with(reported *r, const char *study, uint32_t draws, uint32_t months)
{
    reported_open(r, study);
    r->run.draws = draws;
    r->run.months = months;
}

START_TEST(month_0_is_today)
{
    reported r;
    open_with(&r, PEOPLE POSTS PLACES TIES, 300, 24);
    const mlg_value *pairs = simulated(&r, "turnover.simulation.pairs");
    ck_assert_uint_eq(pairs->n, 25);
    ck_assert_uint_eq(pairs->draws, 300);
    ck_assert_double_eq(pairs->column[MLG_AT][24], 24);
    ck_assert_double_eq(value_at(pairs, 0), 3); /* TOWN - HOSP, TOWN - CLUB, HOSP - CLUB */
    ck_assert_double_eq(part_at(pairs, "low_5", 0), 3);
    ck_assert_double_eq(part_at(pairs, "worst", 0), 3);
    ck_assert_double_eq(part_at(pairs, "mc_error", 0), 0);
    ck_assert_double_eq(part_at(pairs, "parameter_low", 0), 3);
    ck_assert_double_lt(value_at(pairs, 24), 3);
    ck_assert_double_eq(part_at(pairs, "worst", 24), 1); /* TOWN - CLUB hangs on nobody */
    ck_assert_double_gt(part_at(pairs, "parameter_high", 24), part_at(pairs, "parameter_low", 24));
    const mlg_value *schemes = simulated(&r, "turnover.simulation.schemes");
    ck_assert_double_eq(value_at(schemes, 0), 2);
    const mlg_value *people = simulated(&r, "turnover.simulation.population");
    ck_assert_double_eq(value_at(people, 0), 700);
    const mlg_value *near = simulated(&r, "turnover.simulation.efficiency");
    ck_assert_double_eq_tol(value_at(near, 0), (1 + 1 + 0.5) / 3, 1e-12); /* a path of three */
    const mlg_value *lost = simulated(&r, "turnover.simulation.months_lost");
    ck_assert_double_eq(part_at(lost, "out_of", 0), 48);
    ck_assert_double_gt(value_at(lost, 0), 0);
    ck_assert_double_le(part_at(lost, "low_5", 0), value_at(lost, 0));
    ck_assert_double_ge(part_at(lost, "worst", 0), part_at(lost, "high_95", 0));
    reported_close(&r);
}
END_TEST

/* 1 / 12 of departures a month, never refilled: filled with e^{-t / 12}, in closed form. */
START_TEST(means_meet_the_closed_form)
{
    reported r;
    open_with(&r,
              PEOPLE POSTS PLACES TIES
              "study: key,value\ndeparture.permanent,1\nvacancy.refilled,0\nvacancy.interim,0\n",
              999, 12);
    const double stays = exp(-1.0), lost = 12 - 12 * (1 - stays);
    const mlg_value *schemes = simulated(&r, "turnover.simulation.schemes");
    ck_assert_double_eq_tol(value_at(schemes, 12), 2 * stays, 4 * part_at(schemes, "mc_error", 12));
    ck_assert_double_eq(part_at(schemes, "parameter_low", 12),
                        part_at(schemes, "parameter_high", 12)); /* stated without a range */
    const mlg_value *months = simulated(&r, "turnover.simulation.months_lost");
    ck_assert_double_eq_tol(value_at(months, 0), 2 * lost, 4 * part_at(months, "mc_error", 0));
    ck_assert_double_eq_tol(part_at(months, "departures", 0), 2 * (1 - stays), 0.12);
    /* what Ann's departures cost is her own post's months, and her residents' */
    const mlg_value *posts = simulated(&r, "turnover.simulation.posts");
    const size_t ann = row_of(posts, model_fixture_party(r.model, "health"));
    const size_t bob = row_of(posts, model_fixture_party(r.model, "youth"));
    ck_assert_uint_eq(posts->n, 2);
    ck_assert_double_eq_tol(part_at(posts, "months_lost", ann), lost,
                            4 * part_at(posts, "months_lost_error", ann));
    ck_assert_double_eq_tol(part_at(posts, "leaves", ann), 1 - stays, 0.12);
    ck_assert_double_gt(value_at(posts, ann), 2 * part_at(posts, "pairs_error", ann));
    ck_assert_double_eq(value_at(posts, bob), 0); /* no pair hangs on him */
    ck_assert_double_gt(part_at(posts, "population", ann), 0);
    ck_assert_double_eq(part_at(posts, "population", bob), 0);
    reported_close(&r);
}
END_TEST

START_TEST(ties_that_always_outlast_are_never_lost)
{
    reported r;
    open_with(&r,
              PEOPLE POSTS PLACES TIES
              "study: key,value\nsurvival.person,1\nsurvival.unknown,1\nsurvival.organisation,1\n",
              200, 36);
    const mlg_value *pairs = simulated(&r, "turnover.simulation.pairs");
    for (size_t m = 0; m < pairs->n; m++) {
        ck_assert_double_eq(value_at(pairs, m), 3);
        ck_assert_double_eq(part_at(pairs, "worst", m), 3);
    }
    const mlg_value *recovery = simulated(&r, "turnover.simulation.recovery");
    ck_assert_int_eq(recovery->undefined, T_why_never_fell);
    reported_close(&r);
}
END_TEST

START_TEST(each_number_moves_what_it_should)
{
    reported r;
    open_with(&r, PEOPLE POSTS PLACES TIES, 400, 36);
    const size_t before = r.values.n;
    const mlg_value *pairs = simulated(&r, "turnover.simulation.elasticity");
    ck_assert_str_eq(pairs->convention, "pairs");
    ck_assert_uint_eq(r.values.n, before + 4);
    const mlg_value *lost = &r.values.items[before + 3];
    ck_assert_str_eq(lost->convention, "months_lost");
    const size_t vacancy = row_of(lost, MLG_VACANCY_MONTHS);
    ck_assert_double_gt(value_at(lost, vacancy), 0); /* longer vacancies cost more months */
    ck_assert_double_gt(part_at(lost, "at_high", vacancy), part_at(lost, "at_low", vacancy));
    ck_assert_double_eq_tol(part_at(lost, "range", vacancy),
                            part_at(lost, "at_high", vacancy) - part_at(lost, "at_low", vacancy),
                            1e-9);
    const size_t leave = row_of(lost, MLG_LEAVE_PERMANENT);
    ck_assert_double_gt(part_at(lost, "range", leave), 0);
    const size_t survives = row_of(lost, MLG_SURVIVES_PERSON);
    ck_assert_double_eq(value_at(lost, survives), 0); /* ties are nothing to vacancies */
    pairs = &r.values.items[before];
    ck_assert_double_gt(part_at(pairs, "range", row_of(pairs, MLG_SURVIVES_PERSON)), 0);
    for (size_t i = 0; i < pairs->n; i++) { /* no volunteer, no election, no dated end here */
        ck_assert_int_ne(pairs->subject[i], MLG_LEAVE_VOLUNTEER);
        ck_assert_int_ne(pairs->subject[i], MLG_ELECTED_CHANGE);
        ck_assert_int_ne(pairs->subject[i], MLG_LEAVE_DATED);
    }
    reported_close(&r);
}
END_TEST

/* ---- undefined, threads, failures ---------------------------------------------------------------
 */

static const char *const all[] = {
    "turnover.simulation.pairs",       "turnover.simulation.efficiency",
    "turnover.simulation.schemes",     "turnover.simulation.population",
    "turnover.simulation.months_lost", "turnover.simulation.posts",
    "turnover.simulation.recovery",    "turnover.simulation.elasticity",
};
enum { ALL = sizeof all / sizeof *all };

static mlg_text_key why(reported *r, const char *id)
{
    return simulated(r, id)->undefined;
}

START_TEST(what_cannot_be_told_says_why)
{
    reported r;
    open_with(&r, "actors: id,sector\nA,social\nB,hospital\nties: from,to\nA,B\n", 50, 12);
    for (size_t i = 0; i < ALL; i++) {
        ck_assert_int_eq(why(&r, all[i]), T_why_nobody_leaves);
    }
    reported_close(&r);
    open_with(&r, PEOPLE POSTS TIES, 50, 12);
    ck_assert_int_eq(why(&r, "turnover.simulation.population"), T_why_no_population);
    ck_assert_int_eq(why(&r, "turnover.simulation.pairs"), T_none);
    reported_close(&r);
    open_with(&r, POSTS TIES, 50, 12);
    ck_assert_int_eq(why(&r, "turnover.simulation.pairs"), T_why_no_sectors);
    ck_assert_int_eq(why(&r, "turnover.simulation.recovery"), T_why_no_sectors);
    ck_assert_int_eq(why(&r, "turnover.simulation.schemes"), T_none);
    const mlg_value *posts = simulated(&r, "turnover.simulation.posts");
    ck_assert_int_eq(posts->undefined, T_why_no_sectors); /* the pairs; months are told */
    ck_assert_double_ge(part_at(posts, "months_lost", 0), 0);
    reported_close(&r);
    open_with(&r, PEOPLE "posts: id,person,role\nrelay,Ann,referent\n" TIES, 50, 12);
    ck_assert_int_eq(why(&r, "turnover.simulation.schemes"), T_why_no_coordinator);
    ck_assert_int_eq(why(&r, "turnover.simulation.months_lost"), T_why_no_coordinator);
    ck_assert_int_eq(why(&r, "turnover.simulation.posts"), T_none);
    reported_close(&r);
    open_with(&r, PEOPLE POSTS TIES, 0, 12);
    ck_assert_int_eq(why(&r, "turnover.simulation.pairs"), T_why_no_draws);
    reported_close(&r);
}
END_TEST

/* Nobody coordinates and nothing ties anybody: there is nothing to play for. */
START_TEST(what_has_nothing_to_tell_is_not_played)
{
    reported r;
    const mlg_simulation *s = NULL;
    open_with(&r, PEOPLE "posts: id,person,role\nrelay,Ann,referent\n", 50, 12);
    for (size_t i = 0; i < ALL; i++) {
        ck_assert_int_eq(why(&r, all[i]), T_why_no_coordinator);
    }
    ck_assert_int_eq(mlg_simulation_of(r.context, -1, MLG_SIMULATE_POSTS, &s, NULL), MLG_OK);
    ck_assert_uint_eq(s->play.replicates, 0);
    ck_assert_int_eq(s->n_contributions, 0);
    reported_close(&r);
}
END_TEST

/* Neither ties nor participations: what needs none is told, of the study, as beside ties. */
START_TEST(a_study_without_a_view_has_its_months_and_schemes)
{
    static const char *const told[] = {"turnover.simulation.schemes",
                                       "turnover.simulation.population",
                                       "turnover.simulation.months_lost"};
    reported bare, tied;
    open_with(&bare, PEOPLE POSTS PLACES, 100, 12);
    open_with(&tied, PEOPLE POSTS PLACES TIES, 100, 12);
    ck_assert_uint_eq(mlg_context_views(bare.context), 0);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const mlg_value *value = simulated(&bare, told[i]);
        const mlg_value *other = simulated(&tied, told[i]);
        ck_assert_int_eq(value->undefined, T_none);
        ck_assert_int_eq(value->view, -1);
        ck_assert_uint_eq(value->n, other->n);
        ck_assert_mem_eq(value->column[MLG_VALUE], other->column[MLG_VALUE],
                         value->n * sizeof(double));
    }
    ck_assert_int_eq(why(&bare, "turnover.simulation.pairs"), T_why_no_view);
    ck_assert_int_eq(why(&bare, "turnover.simulation.efficiency"), T_why_no_view);
    ck_assert_int_eq(why(&bare, "turnover.simulation.recovery"), T_why_no_view);
    const mlg_value *posts = simulated(&bare, "turnover.simulation.posts");
    ck_assert_int_eq(posts->undefined, T_why_no_view); /* the pairs; months are told */
    ck_assert_double_ge(part_at(posts, "months_lost", 0), 0);
    reported_close(&tied);
    reported_close(&bare);
}
END_TEST

static void run_all(reported *r, const char *checkpoint, int threads)
{
    open_with(r, PEOPLE POSTS PLACES TIES, 100, 12);
    r->run.threads = threads;
    r->run.checkpoint = checkpoint;
    for (size_t i = 0; i < ALL; i++) {
        simulated(r, all[i]);
    }
}

static void check_same(const reported *a, const reported *b)
{
    ck_assert_uint_eq(a->values.n, b->values.n);
    for (size_t i = 0; i < a->values.n; i++) {
        const mlg_value *x = &a->values.items[i], *y = &b->values.items[i];
        ck_assert_uint_eq(x->n, y->n);
        ck_assert_mem_eq(x->column[MLG_VALUE], y->column[MLG_VALUE], x->n * sizeof(double));
        for (size_t p = 0; p < x->n_parts; p++) {
            ck_assert_mem_eq(x->part[p].values, y->part[p].values, x->n * sizeof(double));
        }
    }
}

START_TEST(threads_and_checkpoints_change_nothing)
{
    char path[64];
    reported once, again;
    mlg_error err = {0};
    snprintf(path, sizeof path, "/tmp/maillage-simulation.%d", (int) getpid());
    unlink(path);
    run_all(&once, NULL, 1);
    run_all(&again, NULL, 3);
    check_same(&once, &again);
    reported_close(&again);
    run_all(&again, path, 2); /* kept */
    check_same(&once, &again);
    reported_close(&again);
    run_all(&again, path, 1); /* taken up */
    check_same(&once, &again);
    reported_close(&again);
    open_with(&again, PEOPLE POSTS PLACES TIES, 101, 12); /* another computation */
    again.run.checkpoint = path;
    ck_assert_int_eq(mlg_turnover_simulation_schemes(again.context, 0, &again.values, &err),
                     MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "another computation"));
    reported_close(&again);
    reported_close(&once);
    unlink(path);
}
END_TEST

START_TEST(each_allocation_may_fail)
{
    bool failed = true;
    for (long n = 0; failed; n += n < 400 ? 1 : 37) {
        reported r;
        mlg_status status = MLG_OK;
        open_with(&r, PEOPLE POSTS PLACES TIES, 3, 3);
        mlg_alloc_fails_at = n;
        for (size_t i = 0; i < ALL && status == MLG_OK; i++) {
            status = mlg_measure_find(all[i])->run(r.context, 0, &r.values, NULL);
        }
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        reported_close(&r);
    }
}
END_TEST

/* ---- words
 * ------------------------------------------------------------------------------------------ */

static mlg_status print(const void *what, FILE *out, mlg_error *err)
{
    return mlg_results_simulation(what, out, err);
}

START_TEST(it_reads_as_sentences_with_every_assumption)
{
    static const char *const names[] = {"turnover.simulation"};
    reported r;
    mlg_error err = {0};
    open_with(&r, PEOPLE POSTS PLACES TIES "study: key,value\nvacancy.months,5 [4-9]\n", 200, 36);
    r.results.labels.language = MLG_EN;
    ck_assert_int_eq(mlg_measure_all(r.context, names, 1, &r.values, &err), MLG_OK);
    char *text = reported_written(print, &r.results);
    static const char *const told[] = {
        "In 3 years, on the assumptions below, ",
        "of 72 months of coordination",
        "of the 3 pairs of actors of different sectors",
        "The assumptions, and where they come",
        "study.csv:2",
        "La Gazette des communes",
        "The number of draws",
        "health",
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        ck_assert_msg(strstr(text, told[i]) != NULL, "'%s' is not told", told[i]);
    }
    ck_assert_ptr_null(strstr(text, "Ann"));
    free(text);
    reported_close(&r);
    open_with(&r, PEOPLE POSTS PLACES, 200, 36);
    r.results.labels.language = MLG_EN;
    ck_assert_int_eq(mlg_measure_all(r.context, names, 1, &r.values, &err), MLG_OK);
    text = reported_written(print, &r.results);
    ck_assert_ptr_nonnull(strstr(text, "No table of ties or participations"));
    ck_assert_ptr_nonnull(strstr(text, "of 72 months of coordination"));
    free(text);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulation");
    TCase *read = tcase_create("read"), *studies = tcase_create("studies");
    TCase *whole = tcase_create("whole");
    tcase_add_test(read, means_bands_and_worst_are_those_of_the_replicates);
    tcase_add_test(read, recovery_is_told_of_the_replicates_that_fell);
    tcase_add_test(read, an_outcome_is_the_mean_of_the_months_ahead);
    tcase_add_test(read, points_fill_each_range_once_a_cell);
    suite_add_tcase(suite, read);
    tcase_add_test(studies, month_0_is_today);
    tcase_add_test(studies, means_meet_the_closed_form);
    tcase_add_test(studies, ties_that_always_outlast_are_never_lost);
    tcase_add_test(studies, each_number_moves_what_it_should);
    tcase_add_test(studies, what_cannot_be_told_says_why);
    tcase_add_test(studies, what_has_nothing_to_tell_is_not_played);
    tcase_add_test(studies, a_study_without_a_view_has_its_months_and_schemes);
    tcase_set_timeout(studies, 120);
    suite_add_tcase(suite, studies);
    tcase_add_test(whole, threads_and_checkpoints_change_nothing);
    tcase_add_test(whole, each_allocation_may_fail);
    tcase_add_test(whole, it_reads_as_sentences_with_every_assumption);
    tcase_set_timeout(whole, 240);
    suite_add_tcase(suite, whole);
    return suite_run(suite);
}
