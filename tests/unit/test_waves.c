/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/waves.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/random.h"
#include "graph_fixture.h"
#include "measure/waves.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "slow_waves.h"
#include "study_measured.h"
#include "suite.h"

static const mlg_value *wave_value(reported *r, const char *id, int32_t view)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = r->values.n;
    const mlg_status status = mlg_measure_find(id)->run(r->context, view, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    ck_assert_uint_eq(r->values.n, before + 1);
    measured_check(&r->values.items[before]);
    return &r->values.items[before];
}

static double number(const mlg_value *value, mlg_value_column column, size_t row)
{
    ck_assert_uint_lt(row, value->n);
    return value->column[column][row];
}

/* ---- worked by hand --------------------------------------------------------------------- */

/* 2022: A B. 2023: A B C D. 2024: A B C E. */
static const char by_hand[] = "study: key,value\ndate,2024-12-31\n"
                              "ties: from,to,start,end\n"
                              "A,B,2022-01-01,\nA,C,2023-03-01,2023-06-30\nB,C,2024-02-01,\n"
                              "C,D,2023-01-01,2023-12-31\nA,E,2024-05-01,\n";

START_TEST(actors_that_come_and_go_are_counted)
{
    reported r;
    reported_open(&r, by_hand);
    const mlg_value *value = wave_value(&r, "turnover.actor_turnover", 0);

    ck_assert_uint_eq(value->n, 2);
    ck_assert_double_eq(number(value, MLG_AT, 0), -12);
    ck_assert_double_eq(number(value, MLG_AT, 1), 0);
    ck_assert_double_eq_tol(number(value, MLG_VALUE, 0), 1.0 - 2.0 / 4.0, 1e-12);
    ck_assert_double_eq_tol(number(value, MLG_VALUE, 1), 1.0 - 3.0 / 5.0, 1e-12);
    ck_assert_double_eq(part_at(value, "before", 1), 4);
    ck_assert_double_eq(part_at(value, "after", 1), 4);
    ck_assert_double_eq(part_at(value, "stayed", 1), 3);
    ck_assert_double_eq(part_at(value, "entered", 1), 1);
    ck_assert_double_eq(part_at(value, "left", 1), 1);
    ck_assert_double_eq(part_at(value, "months", 1), 12);
    ck_assert_double_eq(part_at(value, "rows_undated", 1), 0);
    ck_assert_double_eq(part_at(value, "partial", 0), 0); /* from the first day of 2022 */
    ck_assert_int_eq(value->caution, T_none);
    reported_close(&r);
}
END_TEST

START_TEST(ties_of_actors_that_leave_are_no_loss_of_ties)
{
    reported r;
    reported_open(&r, by_hand);
    const mlg_value *value = wave_value(&r, "turnover.tie_turnover", 0);

    ck_assert_double_eq(number(value, MLG_VALUE, 0), 0); /* A - B stands; C and D only came */
    ck_assert_double_eq(part_at(value, "with_entered", 0), 2);
    ck_assert_double_eq_tol(number(value, MLG_VALUE, 1), 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_at(value, "kept", 1), 1);
    ck_assert_double_eq(part_at(value, "lost", 1), 1);
    ck_assert_double_eq(part_at(value, "come", 1), 1);
    ck_assert_double_eq(part_at(value, "with_left", 1), 1);
    ck_assert_double_eq(part_at(value, "with_entered", 1), 1);
    /* 1095, 334 and 244 days */
    ck_assert_double_eq_tol(part_at(value, "mean_age_months", 1), 1673.0 / 3.0 / 30.4375, 1e-9);
    ck_assert_double_eq(part_at(value, "ages_known", 1), 3);
    reported_close(&r);
}
END_TEST

START_TEST(ties_kept_come_with_their_interval)
{
    reported r;
    reported_open(&r, by_hand);
    const mlg_value *value = wave_value(&r, "turnover.retention", 0);

    ck_assert_double_eq(number(value, MLG_VALUE, 0), 1);
    ck_assert_double_eq_tol(part_at(value, "low_95", 0), 0.025, 1e-12); /* 1 of 1 */
    ck_assert_double_nan(part_at(value, "half_life_months", 0));
    ck_assert_double_eq(number(value, MLG_VALUE, 1), 0.5);
    ck_assert_double_eq_tol(part_at(value, "low_95", 1), 1.0 - sqrt(0.975), 1e-12); /* 1 of 2 */
    ck_assert_double_eq_tol(part_at(value, "high_95", 1), sqrt(0.975), 1e-12);
    ck_assert_double_eq_tol(part_at(value, "half_life_months", 1), 12, 1e-12);
    reported_close(&r);
}
END_TEST

START_TEST(rows_without_a_date_count_always_and_are_told)
{
    char text[512];
    reported r;
    snprintf(text, sizeof text, "%sA,F,,\nF,B,,\n", by_hand);
    reported_open(&r, text);
    const mlg_value *ties = wave_value(&r, "turnover.tie_turnover", 0);

    ck_assert_double_eq(part_at(ties, "kept", 1), 3);
    ck_assert_double_eq(part_at(ties, "undated", 1), 2);
    ck_assert_int_eq(ties->caution, T_caution_undated);
    const mlg_value *kept = wave_value(&r, "turnover.retention", 0);
    ck_assert_double_eq(number(kept, MLG_VALUE, 1), 0.5); /* they could not be lost */
    ck_assert_double_eq(part_at(kept, "undated", 1), 2);
    const mlg_value *actors = wave_value(&r, "turnover.actor_turnover", 0);
    ck_assert_double_eq(part_at(actors, "stayed", 1), 4);
    ck_assert_double_eq(part_at(actors, "rows_undated", 1), 2);
    reported_close(&r);
}
END_TEST

/* An actor of known dates is there between them, tied or not; one without is where rows name it. */
START_TEST(the_dates_of_an_actor_say_when_it_was_there)
{
    reported r;
    reported_open(&r, "study: key,value\ndate,2024-12-31\n"
                      "actors: id,kind,start,end\n"
                      "A,organisation,,\nB,organisation,,\nQUIET,organisation,2020,\n"
                      "GONE,organisation,2020,2023-06-30\nIDLE,organisation,,\n"
                      "ties: from,to,start,end\n"
                      "A,B,2023-01-01,\nA,QUIET,2023-01-01,2023-12-31\nA,GONE,,\n");
    const mlg_value *value = wave_value(&r, "turnover.actor_turnover", 0);
    /* A B QUIET GONE, then A B QUIET: IDLE is nowhere, and no undated row brings GONE back */
    ck_assert_uint_eq(value->n, 1);
    ck_assert_double_eq(part_at(value, "before", 0), 4);
    ck_assert_double_eq(part_at(value, "after", 0), 3);
    ck_assert_double_eq(part_at(value, "stayed", 0), 3);
    const mlg_value *ties = wave_value(&r, "turnover.tie_turnover", 0);
    ck_assert_double_eq(part_at(ties, "lost", 0), 1); /* A - QUIET: both are there */
    ck_assert_double_eq(part_at(ties, "with_left", 0), 1);
    reported_close(&r);
}
END_TEST

/* COPIL meets in both years with A and B; C comes in 2024, D was there in 2023. */
START_TEST(participations_are_compared_by_the_day_of_the_activity)
{
    reported r;
    reported_open(&r,
                  "study: key,value\ndate,2024-12-31\n"
                  "activities: id,start,end\nM1,2023-05-02,2023-05-02\nM2,2024-05-02,2024-05-02\n"
                  "participations: actor,activity,date,present\n"
                  "A,M1,,yes\nB,M1,,yes\nD,M1,,yes\nA,M2,,yes\nB,M2,,yes\nC,M2,,yes\nD,M2,,no\n");
    const mlg_value *value = wave_value(&r, "turnover.tie_turnover", 0);
    ck_assert_uint_eq(value->n, 1);
    ck_assert_double_eq(number(value, MLG_VALUE, 0), 0);
    ck_assert_double_eq(part_at(value, "kept", 0), 1);
    ck_assert_double_eq(part_at(value, "with_left", 0), 2);
    ck_assert_double_eq(part_at(value, "with_entered", 0), 2);
    ck_assert_double_nan(part_at(value, "mean_age_months", 0));
    const mlg_value *actors = wave_value(&r, "turnover.actor_turnover", 0);
    ck_assert_double_eq(number(actors, MLG_VALUE, 0), 0.5);
    ck_assert_double_eq(part_at(actors, "partial", 0), 1); /* May 2023 is the first that is dated */
    ck_assert_int_eq(actors->caution, T_caution_partial);
    reported_close(&r);
}
END_TEST

/* ---- periods --------------------------------------------------------------------------------- */

START_TEST(periods_go_back_by_whole_months_or_by_days)
{
    const mlg_periods year = mlg_periods_of(mlg_day_of(2023, 3, 1), mlg_day_of(2024, 2, 29));
    const mlg_periods month = mlg_periods_of(mlg_day_of(2024, 3, 1), mlg_day_of(2024, 3, 31));
    const mlg_periods days = mlg_periods_of(mlg_day_of(2024, 3, 5), mlg_day_of(2024, 3, 9));

    ck_assert_int_eq(year.months, 12);
    ck_assert_int_eq(mlg_period(&year, 1).first, mlg_day_of(2022, 3, 1));
    ck_assert_int_eq(mlg_period(&year, 1).last, mlg_day_of(2023, 2, 28));
    ck_assert_int_eq(month.months, 1);
    ck_assert_int_eq(mlg_period(&month, 1).first, mlg_day_of(2024, 2, 1));
    ck_assert_int_eq(mlg_period(&month, 1).last, mlg_day_of(2024, 2, 29));
    ck_assert_int_eq(mlg_period(&month, 3).first, mlg_day_of(2023, 12, 1));
    ck_assert_int_eq(days.months, 0);
    ck_assert_int_eq(mlg_period(&days, 2).first, mlg_day_of(2024, 2, 24));
    ck_assert_int_eq(mlg_period(&days, 2).last, mlg_day_of(2024, 2, 28));
    for (int32_t k = 0; k < 30; k++) { /* no day between, none twice */
        ck_assert_int_eq(mlg_period(&year, k + 1).last + 1, mlg_period(&year, k).first);
        ck_assert_int_eq(mlg_period(&days, k + 1).last + 1, mlg_period(&days, k).first);
    }
    const mlg_view view = {.from = year.from, .to = year.to};
    ck_assert_int_eq(mlg_wave_end(&view, -24), mlg_day_of(2022, 2, 28));
    ck_assert_int_eq(mlg_wave_end(&view, 0), year.to);
}
END_TEST

START_TEST(a_year_without_rows_is_no_wave)
{
    reported r;
    reported_open(&r, "study: key,value\ndate,2024-12-31\n"
                      "ties: from,to,start,end\nA,B,2020,2020\nA,B,2024,2024\nA,C,2020,2020\n");
    const mlg_value *value = wave_value(&r, "turnover.actor_turnover", 0);
    ck_assert_uint_eq(value->n, 1);
    ck_assert_double_eq(part_at(value, "months", 0), 48);
    ck_assert_double_eq(part_at(value, "left", 0), 1);
    reported_close(&r);
}
END_TEST

/* ---- undefined ---------------------------------------------------------------------------------
 */

static const struct {
    const char *text;
    mlg_text_key why;
} undefined[] = {
    {"study: key,value\ndate,2024-12-31\nties: from,to,start,end\nA,B,,\nB,C,,\n", T_why_no_dates},
    {"ties: from,to,start,end\nA,B,2023,2023\nB,C,2024,2024\n", T_why_no_study_date},
    {"study: key,value\ndate,2024-12-31\nties: from,to,start,end\nA,B,2022,\nB,C,2024,\n",
     T_why_no_ends},
    {"study: key,value\ndate,2024-12-31\nties: from,to,start,end\nA,B,2024,2024\nB,C,2024,2024\n",
     T_why_one_wave},
};

START_TEST(what_cannot_be_told_has_its_reason)
{
    static const char *const ids[] = {"turnover.actor_turnover", "turnover.tie_turnover",
                                      "turnover.retention"};
    for (size_t i = 0; i < 3; i++) {
        reported r;
        reported_open(&r, undefined[_i].text);
        const mlg_value *value = wave_value(&r, ids[i], 0);
        ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined[_i].why));
        reported_close(&r);
    }
}
END_TEST

START_TEST(without_ties_that_stay_nothing_is_kept)
{
    reported r;
    reported_open(&r, "study: key,value\ndate,2024-12-31\n"
                      "ties: from,to,start,end\nA,B,2023,2023\nC,D,2024,2024\n");
    ck_assert_int_eq(wave_value(&r, "turnover.retention", 0)->undefined, T_why_no_lasting);
    ck_assert_int_eq(wave_value(&r, "turnover.tie_turnover", 0)->undefined, T_why_no_lasting);
    ck_assert_double_eq(number(wave_value(&r, "turnover.actor_turnover", 0), MLG_VALUE, 0), 1);
    reported_close(&r);
}
END_TEST

START_TEST(a_graph_of_arrays_has_no_dates)
{
    measured m;
    measured_open(&m, measured_shape(MEASURED_SHAPES - 1));
    ck_assert_int_eq(measured_value(&m, "turnover.retention")->undefined, T_why_no_dates);
    measured_close(&m);
}
END_TEST

/* ---- random studies, and laws
 * ---------------------------------------------------------------------- */

enum { ROWS = 60 };

static int below(mlg_random *draw, int n)
{
    return (int) mlg_random_below(draw, (uint32_t) n);
}

/* Days of 2021 to 2024: some rows are open on a side, some have no date. */
static slow_wave_row random_row(mlg_random *draw, int actors)
{
    const int32_t from = mlg_day_of(2021, 1, 1), day = from + below(draw, 1400);
    slow_wave_row row = {below(draw, actors), below(draw, actors), day, day + below(draw, 500),
                         false};
    switch (below(draw, 8)) {
    case 0:
        row.first = INT32_MIN;
        break;
    case 1:
        row.last = INT32_MAX;
        break;
    case 2:
        row.undated = true;
        break;
    default:
        break;
    }
    return row;
}

static void write_day(mlg_buffer *text, int32_t day, bool known)
{
    int year = 0, month = 0, day_of_month = 0;
    char cell[24] = "";
    mlg_day_split(day, &year, &month, &day_of_month);
    if (known) {
        snprintf(cell, sizeof cell, "%04d-%02d-%02d", year, month, day_of_month);
    }
    mlg_buffer_text(text, cell);
}

static void write_study(mlg_buffer *text, const slow_wave_row *rows, const int *name)
{
    mlg_buffer_text(text, "study: key,value\ndate,2024-12-31\nties: from,to,start,end\n");
    for (int i = 0; i < ROWS; i++) {
        char ends[32];
        snprintf(ends, sizeof ends, "A%d,A%d,", name[rows[i].a], name[rows[i].b]);
        mlg_buffer_text(text, ends);
        write_day(text, rows[i].first, !rows[i].undated && rows[i].first != INT32_MIN);
        mlg_buffer_text(text, ",");
        write_day(text, rows[i].last, !rows[i].undated && rows[i].last != INT32_MAX);
        mlg_buffer_text(text, "\n");
    }
}

static void check_parts(const mlg_value *actors, const mlg_value *ties, const mlg_value *kept,
                        size_t i, const slow_wave_passage *p)
{
    ck_assert_double_eq(part_at(actors, "before", i), p->before);
    ck_assert_double_eq(part_at(actors, "after", i), p->after);
    ck_assert_double_eq(part_at(actors, "stayed", i), p->stayed);
    ck_assert_double_eq(part_at(ties, "kept", i), p->kept);
    ck_assert_double_eq(part_at(ties, "come", i), p->come);
    ck_assert_double_eq(part_at(ties, "lost", i), p->lost);
    ck_assert_double_eq(part_at(ties, "with_left", i), p->with_left);
    ck_assert_double_eq(part_at(ties, "with_entered", i), p->with_entered);
    ck_assert_double_eq(part_at(ties, "undated", i), p->undated);
    ck_assert_double_eq(part_at(kept, "kept", i), p->kept - p->undated);
    ck_assert_double_eq(part_at(kept, "at_risk", i), p->kept - p->undated + p->lost);
}

START_TEST(random_studies_agree_with_the_slow_twin)
{
    mlg_random draw = mlg_random_stream(7, "test_waves", "ties", (uint64_t) _i);
    slow_wave_row rows[ROWS];
    int name[SLOW_WAVES_ACTORS];
    mlg_buffer text = {0};
    reported r;
    const int actors = 4 + below(&draw, 20), shift = below(&draw, actors);

    for (int i = 0; i < ROWS; i++) {
        rows[i] = random_row(&draw, actors);
    }
    for (int i = 0; i < actors; i++) {
        name[i] = (i + shift) % actors; /* names say nothing */
    }
    write_study(&text, rows, name);
    reported_open(&r, mlg_buffer_string(&text));
    const size_t at = r.values.n;
    (void) wave_value(&r, "turnover.actor_turnover", 0);
    (void) wave_value(&r, "turnover.tie_turnover", 0);
    (void) wave_value(&r, "turnover.retention", 0);
    const mlg_value *actor = &r.values.items[at], *tie = actor + 1, *kept = actor + 2;
    ck_assert_uint_gt(actor->n, 1);
    for (size_t i = 0; i < actor->n; i++) {
        const int year = 2024 + (int) number(actor, MLG_AT, i) / 12;
        const int back = (int) part_at(actor, "months", i) / 12;
        const int32_t later[2] = {mlg_day_of(year, 1, 1), mlg_day_of(year, 12, 31)};
        const int32_t earlier[2] = {mlg_day_of(year - back, 1, 1), mlg_day_of(year - back, 12, 31)};
        const slow_wave_passage p = slow_wave_compare(rows, ROWS, earlier, later);
        check_parts(actor, tie, kept, i, &p);
    }
    reported_close(&r);
    mlg_buffer_free(&text);
}
END_TEST

START_TEST(equal_waves_have_no_turnover)
{
    reported r;
    reported_open(&r, "study: key,value\ndate,2024-12-31\n"
                      "ties: from,to,start,end\nA,B,2023,2023\nB,C,2023,2023\nA,B,2024,2024\n"
                      "C,B,2024,2024\n");
    ck_assert_double_eq(number(wave_value(&r, "turnover.actor_turnover", 0), MLG_VALUE, 0), 0);
    ck_assert_double_eq(number(wave_value(&r, "turnover.tie_turnover", 0), MLG_VALUE, 0), 0);
    ck_assert_double_eq(number(wave_value(&r, "turnover.retention", 0), MLG_VALUE, 0), 1);
    reported_close(&r);
}
END_TEST

/* R 4: binom.test(k, n)$conf.int */
START_TEST(intervals_of_a_share_are_those_of_other_programs)
{
    double low = 0.0, high = 0.0;
    mlg_clopper_pearson(43, 74, &low, &high);
    ck_assert_double_eq_tol(low, 0.460616489549, 1e-9);
    ck_assert_double_eq_tol(high, 0.694851203918, 1e-9);
    mlg_clopper_pearson(0, 10, &low, &high);
    ck_assert_double_eq(low, 0);
    ck_assert_double_eq_tol(high, 1.0 - pow(0.025, 0.1), 1e-12);
    mlg_clopper_pearson(70433, 71748, &low, &high); /* where GSL's own inverse gives up */
    ck_assert_double_eq_tol(low, 0.980663797359, 1e-9);
    ck_assert_double_eq_tol(high, 0.982640903447, 1e-9);
    mlg_clopper_pearson(0, 0, &low, &high);
    ck_assert_double_nan(low);
    ck_assert_double_nan(high);
}
END_TEST

/* ---- ties made again after a change
 * --------------------------------------------------------------- */

/* X leaves the post at the end of 2016, Y comes in September. A: made again by Y; B: not; C: the
 * post's own; D: seen at the scheme's meetings both years; E: only again in 2018; F: undated. */
static const char changed[] =
    "study: key,value\ndate,2020-12-31\n"
    "actors: id,kind,organisation\nX,person,TOWN\nY,person,TOWN\nTOWN,organisation,\n"
    "posts: id,person,role,scheme,employer,start,end\n"
    "P,X,coordinator,CLS,TOWN,2012-01-01,2016-12-31\n"
    "P,vacant,coordinator,CLS,TOWN,2017-01-01,2017-08-31\nP,Y,coordinator,CLS,TOWN,2017-09-01,\n"
    "activities: id,schemes\nCOPIL,CLS\nOTHER,\n"
    "ties: from,to,start,end\nX,A,2015-01-01,\nA,Y,2017-10-01,\nX,B,2015-01-01,\nP,C,2015-01-01,\n"
    "X,F,,\nY,F,2018-01-01,\n"
    "participations: actor,activity,date\n"
    "D,COPIL,2016-06-01\nD,COPIL,2017-05-01\nE,COPIL,2016-06-01\nE,COPIL,2018-03-01\n"
    "TOWN,COPIL,2016-06-01\nG,OTHER,2016-06-01\n";

START_TEST(ties_lost_at_a_change_and_made_again_are_counted)
{
    study_measured m;
    study_measure(&m, changed, "turnover.restarted_share");
    const mlg_value *value = study_value(&m, NULL, MLG_SCALAR);

    ck_assert_double_eq(part_at(value, "changes", 0), 1);
    ck_assert_double_eq(part_at(value, "before", 0), 5);
    ck_assert_double_eq(part_at(value, "kept", 0), 2);
    ck_assert_double_eq(part_at(value, "lost", 0), 3);
    ck_assert_double_eq(part_at(value, "restarted", 0), 2);
    ck_assert_double_eq(part_at(value, "undated", 0), 1);
    ck_assert_double_eq_tol(number(value, MLG_VALUE, 0), 2.0 / 3.0, 1e-12);
    study_measured_close(&m);
}
END_TEST

#define CHANGE_DATE "study: key,value\ndate,2020-12-31\n"
#define CHANGE_POST "posts: id,person,role,scheme,employer,start,end\n"
static const struct {
    const char *text;
    mlg_text_key why;
} no_restart[] = {
    {CHANGE_DATE CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,\n", T_why_no_change},
    {CHANGE_DATE CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,2018\n", T_why_no_change},
    {CHANGE_DATE CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,\nP,,coordinator,CLS,TOWN,2016,\n",
     T_why_no_change},
    {CHANGE_DATE CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,\nP,Y,coordinator,CLS,TOWN,2019-06,\n",
     T_why_recent_change},
    {CHANGE_DATE CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,\nP,Y,coordinator,CLS,TOWN,2016,\n",
     T_why_no_tie_of_posts},
    {CHANGE_DATE CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,\nP,Y,coordinator,CLS,TOWN,2016,\n"
                             "ties: from,to,start,end\nP,A,2014,\n",
     T_why_nothing_lost},
    {CHANGE_POST "P,X,coordinator,CLS,TOWN,2012,\n", T_why_no_study_date},
    {CHANGE_DATE "ties: from,to\nA,B\n", T_why_no_posts},
};

START_TEST(without_a_change_or_a_loss_nothing_is_said)
{
    study_measured m;
    study_measure(&m, no_restart[_i].text, "turnover.restarted_share");
    ck_assert_str_eq(mlg_text_name(study_value(&m, NULL, MLG_SCALAR)->undefined),
                     mlg_text_name(no_restart[_i].why));
    study_measured_close(&m);
}
END_TEST

/* ---- time in post
 * ------------------------------------------------------------------------------------ */

/* 731 and 1826 days ended, 1826 and 2010 still going; U has no start, E is a mandate. */
static const char tenures[] =
    "study: key,value\ndate,2020-01-01\n"
    "posts: id,person,role,contract,start,end\n"
    "P1,X,coordinator,permanent,2010-01-01,\nP1,Y,coordinator,permanent,2015-01-01,\n"
    "P2,Z,coordinator,fixed_term,2012-01-01,2013-12-31\nP2,vacant,,,2014-01-01,2014-06-30\n"
    "P2,W,coordinator,fixed_term,2014-07-01,\nP3,U,referent,,,\nP4,E,elected,elected,2014,\n";

START_TEST(time_in_post_is_estimated_with_those_still_there)
{
    study_measured m;
    study_measure(&m, tenures, "turnover.tenure");
    const mlg_value *curve = study_value(&m, "still_in_post", MLG_CURVE);
    const mlg_value *median = study_value(&m, "median_months", MLG_SCALAR);

    ck_assert_uint_eq(curve->n, 2);
    ck_assert_double_eq_tol(number(curve, MLG_AT, 0), 731 / 30.4375, 1e-9);
    ck_assert_double_eq_tol(number(curve, MLG_VALUE, 0), 0.75, 1e-12);
    ck_assert_double_eq(part_at(curve, "at_risk", 0), 4);
    /* .75^exp(+-1.96 x sqrt(1/12) / -log .75) */
    ck_assert_double_eq_tol(part_at(curve, "low_95", 0), 0.127950, 1e-5);
    ck_assert_double_eq_tol(part_at(curve, "high_95", 0), 0.960551, 1e-5);
    ck_assert_double_eq_tol(number(curve, MLG_VALUE, 1), 0.5, 1e-12);
    ck_assert_double_eq(part_at(curve, "at_risk", 1), 3);
    ck_assert_double_eq_tol(number(median, MLG_VALUE, 0), 1826 / 30.4375, 1e-9);
    ck_assert_double_eq_tol(part_at(median, "low_95", 0), 731 / 30.4375, 1e-9);
    ck_assert_double_nan(part_at(median, "high_95", 0));
    ck_assert_double_eq(part_at(median, "spells", 0), 4);
    ck_assert_double_eq(part_at(median, "departures", 0), 2);
    ck_assert_double_eq(part_at(median, "held", 0), 2);
    ck_assert_double_eq(part_at(median, "share_under_two", 0), 0);
    ck_assert_double_eq(part_at(median, "start_unknown", 0), 1);
    ck_assert_double_eq(part_at(median, "elected", 0), 1);
    ck_assert_int_eq(median->caution, T_caution_small_sample);
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *rows;
    mlg_text_key why;
} no_median[] = {
    {"P,X,coordinator,,2012,\n", T_why_no_departure},
    {"P,X,coordinator,,2012,2018\n", T_why_no_departure}, /* an expiry, no departure */
    {"P,X,coordinator,,2012,\nP,,coordinator,,2015,\n", T_why_no_departure},      /* who follows? */
    {"P,X,coordinator,,2012,2014\nP,X,coordinator,,2015,\n", T_why_no_departure}, /* renewed */
    {"P,X,coordinator,,2012,\nP,Y,coordinator,,2015,\nQ,Z,coordinator,,2010,\n"
     "R,T,coordinator,,2010,\n",
     T_why_half_remain},
};

START_TEST(a_median_that_cannot_be_told_has_its_reason)
{
    char text[512];
    study_measured m;
    snprintf(text, sizeof text,
             "study: key,value\ndate,2020-01-01\nposts: id,person,role,contract,start,end\n%s",
             no_median[_i].rows);
    study_measure(&m, text, "turnover.tenure");
    ck_assert_str_eq(mlg_text_name(study_value(&m, "median_months", MLG_SCALAR)->undefined),
                     mlg_text_name(no_median[_i].why));
    study_measured_close(&m);
}
END_TEST

START_TEST(without_a_start_there_is_no_time_in_post)
{
    study_measured m;
    study_measure(&m, "study: key,value\ndate,2020-01-01\nposts: id,person\nP,X\nQ,vacant\n",
                  "turnover.tenure");
    ck_assert_int_eq(m.values.items[0].undefined, T_why_no_post_start);
    study_measured_close(&m);
}
END_TEST

START_TEST(contracts_with_enough_departures_have_their_own_median)
{
    char text[1024] =
        "study: key,value\ndate,2020-01-01\n"
        "posts: id,person,role,contract,start,end\nZ,zed,coordinator,permanent,2001,\n";
    study_measured m;
    for (int i = 0; i < 3; i++) {
        char rows[160];
        snprintf(
            rows, sizeof rows,
            "P%d,X%d,coordinator,fixed_term,2010-01-01,\nP%d,Y%d,coordinator,fixed_term,201%d-01-"
            "01,\n",
            i, i, i, i, i + 1);
        strcat(text, rows);
    }
    study_measure(&m, text, "turnover.tenure");
    const mlg_value *own = study_value(&m, "fixed_term", MLG_SCALAR);
    ck_assert_double_eq(part_at(own, "spells", 0), 6);
    ck_assert_double_eq_tol(number(own, MLG_VALUE, 0), 1096 / 30.4375, 1e-9);
    ck_assert_uint_eq(m.values.n, 3); /* none of one permanent post */
    study_measured_close(&m);
}
END_TEST

/* ---- memory
 * ------------------------------------------------------------------------------------------- */

START_TEST(memory_may_be_short)
{
    static const char *const ids[] = {"turnover.actor_turnover", "turnover.tie_turnover",
                                      "turnover.retention"};
    bool failed = true;
    for (long n = 0; failed; n++) {
        reported r;
        reported_open(&r, by_hand); /* afresh: the waves are kept once made */
        failed = measured_fails(r.context, 0, ids[_i], n, &r.values);
        reported_close(&r);
    }
}
END_TEST

START_TEST(memory_may_be_short_for_posts)
{
    study_fail_each(changed, "turnover.restarted_share");
    study_fail_each(tenures, "turnover.tenure");
}
END_TEST

/* ---- findings
 * -------------------------------------------------------------------------------------------- */

/* A ring of twelve in 2023, of which every second tie is there in 2024; one more actor comes. */
static const char *half_lost(int years)
{
    static char text[2048];
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "study: key,value\ndate,2024-12-31\nties: from,to,start,end\n"
                                    "N,A0,2024,2024\n");
    for (int i = 0; i < 12; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "A%d,A%d,2023,%s\n", i,
                                  (i + 1) % 12, i % 2 == 0 || years > 1 ? "2024" : "2023");
    }
    return text;
}

START_TEST(a_network_that_changes_hands_is_told_with_its_rows)
{
    reported r;
    reported_study(&r, half_lost(1));
    const mlg_finding *finding = reported_first(&r, "turnover");
    ck_assert_uint_eq(reported_count(&r, "turnover"), 1);
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "From the period that ended on 31 December 2023 to the one that ended on 31 "
        "December 2024, 0 of the 12 actors left and 1 came; those that stayed kept 50% "
        "of their ties (6 of 12; 21% to 79%).");
    ck_assert_int_eq(finding->level, MLG_NOTICE); /* a fifth at least is lost */
    ck_assert_uint_eq(finding->n_rows, 6);        /* those that ended */
    reported_close(&r);
}
END_TEST

START_TEST(nothing_is_told_of_what_stays_or_is_too_small)
{
    reported r;
    reported_study(&r, half_lost(2));
    ck_assert_uint_eq(reported_count(&r, "turnover"), 0);
    reported_close(&r);
    reported_study(&r, by_hand);
    ck_assert_uint_eq(reported_count(&r, "turnover"), 0);
    ck_assert_uint_eq(reported_count(&r, "restart"), 0);
    reported_close(&r);
}
END_TEST

START_TEST(ties_made_again_are_told_of_posts)
{
    reported r;
    reported_study(&r, changed);
    const mlg_finding *finding = reported_first(&r, "restart");
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "After 1 change of coordinator, 3 of the 5 ties of the post or its schemes were "
        "lost within the year; 2 had to be made again within two years.");
    ck_assert_int_eq(finding->level, MLG_NOTICE); /* of five ties */
    ck_assert_uint_eq(finding->n_rows, 3);
    reported_close(&r);
}
END_TEST

static Suite *waves_suite(void)
{
    Suite *suite = suite_create("waves");
    TCase *hand = tcase_create("worked by hand");
    tcase_add_test(hand, actors_that_come_and_go_are_counted);
    tcase_add_test(hand, ties_of_actors_that_leave_are_no_loss_of_ties);
    tcase_add_test(hand, ties_kept_come_with_their_interval);
    tcase_add_test(hand, rows_without_a_date_count_always_and_are_told);
    tcase_add_test(hand, the_dates_of_an_actor_say_when_it_was_there);
    tcase_add_test(hand, participations_are_compared_by_the_day_of_the_activity);
    tcase_add_test(hand, periods_go_back_by_whole_months_or_by_days);
    tcase_add_test(hand, a_year_without_rows_is_no_wave);
    tcase_add_test(hand, ties_lost_at_a_change_and_made_again_are_counted);
    tcase_add_test(hand, time_in_post_is_estimated_with_those_still_there);
    tcase_add_test(hand, contracts_with_enough_departures_have_their_own_median);
    suite_add_tcase(suite, hand);
    TCase *reasons = tcase_create("undefined");
    tcase_add_loop_test(reasons, what_cannot_be_told_has_its_reason, 0,
                        (int) (sizeof undefined / sizeof *undefined));
    tcase_add_test(reasons, without_ties_that_stay_nothing_is_kept);
    tcase_add_test(reasons, a_graph_of_arrays_has_no_dates);
    tcase_add_loop_test(reasons, without_a_change_or_a_loss_nothing_is_said, 0,
                        (int) (sizeof no_restart / sizeof *no_restart));
    tcase_add_loop_test(reasons, a_median_that_cannot_be_told_has_its_reason, 0,
                        (int) (sizeof no_median / sizeof *no_median));
    tcase_add_test(reasons, without_a_start_there_is_no_time_in_post);
    suite_add_tcase(suite, reasons);
    TCase *findings = tcase_create("findings");
    tcase_add_test(findings, a_network_that_changes_hands_is_told_with_its_rows);
    tcase_add_test(findings, nothing_is_told_of_what_stays_or_is_too_small);
    tcase_add_test(findings, ties_made_again_are_told_of_posts);
    suite_add_tcase(suite, findings);
    TCase *laws = tcase_create("laws");
    tcase_add_loop_test(laws, random_studies_agree_with_the_slow_twin, 0, 200);
    tcase_add_test(laws, equal_waves_have_no_turnover);
    tcase_add_test(laws, intervals_of_a_share_are_those_of_other_programs);
    tcase_add_loop_test(laws, memory_may_be_short, 0, 3);
    tcase_add_test(laws, memory_may_be_short_for_posts);
    tcase_set_timeout(laws, 60);
    suite_add_tcase(suite, laws);
    return suite;
}

int main(void)
{
    return suite_run(waves_suite());
}
