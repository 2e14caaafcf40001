/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "maillage/scheme.h"
#include "maillage/workload.h"
#include "slow_bodies.h"
#include "slow_tasks.h"
#include "slow_workload.h"
#include "suite.h"
#include "twin.h"

/* What schemes ask of people and rest on, beside slow twins on studies drawn at random. */

static double share(double a, double b)
{
    return b > 0.0 ? a / b : (double) NAN;
}

static int row_of_party(const twin *t, const mlg_value *value, char kind, int i)
{
    const mlg_id id = twin_party(t, rs_name(kind, i));
    return id >= 0 && value != NULL ? twin_row(value, id) : -1;
}

/* ---- missions -------------------------------------------------------------------------------- */

static void check_evenness(const twin *t, const mlg_value *value, int row, slow_times time)
{
    enum { K = 7 }; /* missions of the vocabulary */
    double entropy = 0.0, squares = 0.0, largest = 0.0;
    for (int m = 0; m < RS_MISSIONS; m++) {
        const double p = share(time.of_mission[m], time.fte);
        entropy -= p > 0.0 ? p * log(p) : 0.0;
        squares += p * p;
        largest = fmax(largest, p);
    }
    const bool known = time.fte > 0.0;
    twin_column(t, value, MLG_VALUE, row, known ? entropy / log(K) : (double) NAN);
    twin_part(t, value, "fte", row, time.rows > time.without_fte ? time.fte : (double) NAN);
    twin_part(t, value, "missions", row, time.missions);
    twin_part(t, value, "without_fte", row, time.without_fte);
    twin_part(t, value, "fte_without_mission", row, time.without_mission);
    twin_part(t, value, "rows", row, time.rows);
    if (known) {
        twin_part(t, value, "iqv", row, K / (K - 1.0) * (1.0 - squares));
        twin_part(t, value, "largest_share", row, largest);
    }
}

static void missions_are_those_of_the_posts(twin *t)
{
    static const mlg_id codes[] = {MLG_CODE_OF(mission, network), MLG_CODE_OF(mission, support),
                                   MLG_CODE_OF(mission, admin)};
    twin_measure(t, "scheme.missions");
    const mlg_value *each = twin_value(t, "by_mission", MLG_VECTOR);
    const mlg_value *posts = twin_value(t, "by_post", MLG_VECTOR);
    const mlg_value *schemes = twin_value(t, "by_scheme", MLG_VECTOR);
    const mlg_value *whole = twin_value(t, "all_posts", MLG_SCALAR);
    const slow_times all = slow_times_of(&t->study, -1, -1);

    ck_assert(whole != NULL || all.fte == 0.0);
    if (all.fte == 0.0) {
        return;
    }
    check_evenness(t, whole, 0, all);
    for (int m = 0; m < RS_MISSIONS; m++) {
        int without = 0;
        const int named = slow_posts_naming(&t->study, m, &without);
        const int row = twin_row(each, codes[m]);
        twin_column(t, each, MLG_VALUE, row, all.of_mission[m] / all.fte);
        twin_part(t, each, "fte", row,
                  all.of_mission[m] > 0.0 || without == 0 ? all.of_mission[m] : (double) NAN);
        twin_part(t, each, "posts", row, named);
        twin_part(t, each, "rows_without_fte", row, without);
    }
    for (int j = 0; j < RS_POSTS; j++) {
        const int row = row_of_party(t, posts, 'j', j);
        if (row >= 0) {
            check_evenness(t, posts, row, slow_times_of(&t->study, j, -1));
        }
    }
    for (int c = 0; c < t->study.n_schemes; c++) {
        const int row = row_of_party(t, schemes, 's', c);
        if (row >= 0) {
            check_evenness(t, schemes, row, slow_times_of(&t->study, -1, c));
        }
    }
}

/* ---- audiences, axes, labels ----------------------------------------------------------------- */

static void check_audiences(const twin *t, const mlg_value *value, int row, slow_audience n)
{
    twin_column(t, value, MLG_VALUE, row, share(n.vulnerable, n.known));
    twin_part(t, value, "actions", row, n.actions);
    twin_part(t, value, "known", row, n.known);
    twin_part(t, value, "vulnerable", row, n.vulnerable);
    twin_part(t, value, "everyone_only", row, n.everyone_only);
}

static void audiences_are_those_of_the_actions(twin *t)
{
    static const mlg_id codes[] = {MLG_CODE_OF(audience, all), MLG_CODE_OF(audience, precarious),
                                   MLG_CODE_OF(audience, city_policy)};
    twin_measure(t, "scheme.audiences");
    const mlg_value *each = twin_value(t, "by_audience", MLG_VECTOR);
    const mlg_value *schemes = twin_value(t, "by_scheme", MLG_VECTOR);
    const mlg_value *whole = twin_value(t, "vulnerable", MLG_SCALAR);
    const mlg_value *near = twin_value(t, "neighbourhoods", MLG_SCALAR);
    const slow_audience all = slow_audience_of(&t->study, -1);
    int named = 0;

    for (int k = 0; k < RS_AUDIENCES; k++) {
        named += all.naming[k] > 0 && k > 0; /* everyone is no audience that anybody forgot */
        if (all.known > 0) {
            const int row = twin_row(each, codes[k]);
            twin_column(t, each, MLG_VALUE, row, share(all.naming[k], all.known));
            twin_part(t, each, "actions", row, all.naming[k]);
            twin_part(t, each, "vulnerable", row, k > 0);
        }
    }
    if (all.known > 0) {
        check_audiences(t, whole, 0, all);
        twin_part(t, whole, "never", 0, 12 - named);
    }
    if (all.placed > 0 && near != NULL) {
        twin_column(t, near, MLG_VALUE, 0, share(all.quarter, all.placed));
    }
    for (int c = 0; all.known > 0 && c < t->study.n_schemes; c++) {
        const int row = row_of_party(t, schemes, 's', c);
        if (row >= 0) {
            check_audiences(t, schemes, row, slow_audience_of(&t->study, c));
        }
    }
}

static int axis_row(const twin *t, const mlg_value *value, const char *axis)
{
    const mlg_names *texts = &t->measured.model->texts;
    return twin_row(value, mlg_names_find(texts, axis, strlen(axis)));
}

static void axes_are_those_of_the_actions(twin *t)
{
    twin_measure(t, "scheme.axes");
    const mlg_value *each = twin_value(t, "by_axis", MLG_VECTOR);
    const mlg_value *one = twin_value(t, "one_carrier", MLG_SCALAR);
    int known = 0, single = 0, carried = 0;

    for (int k = 0; k < RS_AXES; k++) {
        const slow_axis x = slow_axis_of(&t->study, k);
        const bool all_known = x.actions > 0 && x.without_carrier == 0;
        carried += x.carriers != 0;
        known += (all_known || rs_size(x.carriers) > 1) && x.actions > 1;
        single += all_known && x.actions > 1 && x.one;
        if (x.actions == 0 || each == NULL) {
            continue;
        }
        const int row = axis_row(t, each, rs_axes[k]);
        twin_part(t, each, "actions", row, x.actions);
        twin_part(t, each, "without_carrier", row, x.without_carrier);
        twin_part(t, each, "partners", row, rs_size(x.partners));
        twin_part(t, each, "sectors", row, rs_size(x.sectors));
        if (x.carriers != 0) {
            twin_column(t, each, MLG_VALUE, row, rs_size(x.carriers));
        }
        if (x.actions > 1) {
            twin_part(t, each, "single", row,
                      rs_size(x.carriers) > 1 ? 0.0
                      : all_known             ? x.one
                                              : (double) NAN);
        }
    }
    if (one != NULL && carried > 0 && known > 0) {
        twin_column(t, one, MLG_VALUE, 0, share(single, known));
    }
}

static void labels_are_those_of_the_activities(twin *t)
{
    twin_measure(t, "scheme.outside");
    const random_study *s = &t->study;
    const mlg_value *whole = twin_value(t, "all_activities", MLG_SCALAR);
    double n = 0.0, known = 0.0, outside = 0.0, several = 0.0, labels = 0.0, most = 0.0;

    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        if (rs_recent(rs_from_to(a->start, a->end))) {
            n++;
            known += a->outside || a->schemes != 0;
            outside += a->outside;
            several += rs_size(a->schemes) > 1;
            labels += rs_size(a->schemes);
            most = fmax(most, rs_size(a->schemes));
        }
    }
    if (known > 0.0) {
        twin_column(t, whole, MLG_VALUE, 0, outside / known);
        twin_part(t, whole, "activities", 0, n);
        twin_part(t, whole, "known", 0, known);
        twin_part(t, whole, "outside", 0, outside);
        twin_part(t, whole, "several_labels", 0, several);
        twin_part(t, whole, "labels_mean", 0, share(labels, known - outside));
        twin_part(t, whole, "labels_most", 0, known > outside ? most : (double) NAN);
    }
}

/* ---- load ------------------------------------------------------------------------------------ */

static void attendances_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.load");
    const random_study *s = &t->study;
    const mlg_value *each = twin_value(t, "organisations", MLG_VECTOR);
    const mlg_value *gini = twin_value(t, "attendances", MLG_SCALAR);
    double loads[RS_ORGS] = {0.0};
    int n = 0;

    for (int a = 0; a < s->n_orgs; a++) {
        const slow_attendance of = slow_attendance_of(s, a);
        const int row = each != NULL ? row_of_party(t, each, 'o', a) : -1;
        ck_assert_msg((row >= 0) == (of.rows > 0), "study %lu: o%d", t->stream, a);
        if (row < 0) {
            continue;
        }
        loads[n++] = of.rows;
        twin_column(t, each, MLG_VALUE, row, of.rows);
        twin_part(t, each, "with_hours", row, of.with_hours);
        twin_part(t, each, "activities", row, of.activities);
        twin_part(t, each, "schemes", row, of.schemes);
        if (of.with_hours > 0) {
            twin_part(t, each, "hours", row, of.hours);
        }
    }
    if (n > 1) {
        twin_column(t, gini, MLG_VALUE, 0, slow_load_gini(loads, n));
    }
}

static void residents_asked_are_those_of_the_seats(twin *t)
{
    twin_measure(t, "scheme.load");
    const mlg_value *value = twin_value(t, "residents", MLG_SCALAR);
    const slow_asked n = slow_asked_of(&t->study);
    if (n.bodies >= 3) {
        twin_column(t, value, MLG_VALUE, 0, n.beyond);
        twin_part(t, value, "residents", 0, n.residents);
        twin_part(t, value, "bodies", 0, n.bodies);
        twin_part(t, value, "seats", 0, n.seats);
    } else if (value != NULL) {
        twin_column(t, value, MLG_VALUE, 0, (double) NAN);
    }
}

/* ---- money, ends, residents ------------------------------------------------------------------ */

static void funders_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.funding");
    const random_study *s = &t->study;
    const mlg_value *each = twin_value(t, "of_schemes", MLG_VECTOR);
    const mlg_value *whole = twin_value(t, "schemes", MLG_SCALAR);
    int known = 0, single = 0;

    for (int c = 0; c < s->n_schemes; c++) {
        const slow_funders f = slow_funders_of(s, c);
        const int row = each != NULL ? row_of_party(t, each, 's', c) : -1;
        const bool listed = f.funders != 0 && slow_scheme_holds(s, c);
        ck_assert_msg((row >= 0) == listed, "study %lu: s%d", t->stream, c);
        known += listed;
        single += listed && rs_size(f.funders) == 1;
        if (row >= 0) {
            twin_column(t, each, MLG_VALUE, row, rs_size(f.funders));
            twin_part(t, each, "single", row, rs_size(f.funders) == 1);
            twin_part(t, each, "hhi", row, f.hhi);
        }
    }
    if (known > 0) {
        twin_column(t, whole, MLG_VALUE, 0, share(single, known));
    }
}

static void check_ends(const twin *t, const mlg_value *value, int row, slow_ends n)
{
    twin_column(t, value, MLG_VALUE, row, share(n.ending, n.held));
    twin_part(t, value, "held", row, n.held);
    twin_part(t, value, "ending", row, n.held > 0 ? n.ending : (double) NAN);
    twin_part(t, value, "end_known", row, n.held > 0 ? n.end_known : (double) NAN);
}

static void ends_are_those_of_the_posts(twin *t)
{
    twin_measure(t, "scheme.expiring");
    const mlg_value *each = twin_value(t, "-", MLG_VECTOR);
    const mlg_value *whole = twin_value(t, "all_posts", MLG_SCALAR);
    const slow_ends all = slow_ends_of(&t->study, -1);
    if (all.held == 0) {
        return;
    }
    check_ends(t, whole, 0, all);
    for (int c = 0; c < t->study.n_schemes && each != NULL; c++) {
        const int row = row_of_party(t, each, 's', c);
        if (row >= 0) {
            check_ends(t, each, row, slow_ends_of(&t->study, c));
        }
    }
}

static void residents_are_those_of_the_seats(twin *t)
{
    static const char *const powers[] = {"bodies",  "power_unknown", "informs",
                                         "advises", "ratifies",      "decides"};
    twin_measure(t, "scheme.involvement");
    for (int k = 0; k < 6; k++) {
        const slow_seats_of n = slow_residents(&t->study, k - 2);
        const mlg_value *value = twin_value(t, powers[k], MLG_SCALAR);
        if (n.known > 0) {
            twin_column(t, value, MLG_VALUE, 0, share(n.with_residents, n.known));
            twin_part(t, value, "bodies", 0, n.bodies);
            twin_part(t, value, "known", 0, n.known);
            twin_part(t, value, "with_residents", 0, n.with_residents);
            twin_part(t, value, "completeness", 0, share(n.known, n.bodies));
        }
    }
}

/* ---- contacts of coordinators ---------------------------------------------------------------- */

static void contacts_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.attachment");
    const random_study *s = &t->study;
    const mlg_value *each = twin_value(t, "by_post", MLG_VECTOR);

    for (int p = RS_ORGS; p < RS_ACTORS; p++) {
        const slow_contacts c = slow_contacts_of(s, p);
        const int row = row_of_party(t, each, 'p', p - RS_ORGS);
        ck_assert_msg((row >= 0) == c.coordinates || each == NULL, "study %lu: p%d", t->stream,
                      p - RS_ORGS);
        if (row >= 0) {
            twin_part(t, each, "contacts", row, rs_size(c.contacts));
            twin_part(t, each, "inside", row,
                      c.own != 0 && c.contacts != 0 ? rs_size(c.contacts & c.own) : (double) NAN);
            twin_part(t, each, "attachments", row, c.own != 0 ? c.attachments : (double) NAN);
            if (c.contacts != 0) {
                twin_column(t, each, MLG_VALUE, row,
                            c.sectors != 0 ? rs_size(c.sectors) : (double) NAN);
            }
        }
    }
}

static twin_check *const checks[] = {
    missions_are_those_of_the_posts,   audiences_are_those_of_the_actions,
    axes_are_those_of_the_actions,     labels_are_those_of_the_activities,
    attendances_are_those_of_the_rows, funders_are_those_of_the_rows,
    contacts_are_those_of_the_rows,    residents_asked_are_those_of_the_seats,
    ends_are_those_of_the_posts,       residents_are_those_of_the_seats,
};

START_TEST(tasks_are_those_of_the_rows)
{
    twin_all(_i, checks, sizeof checks / sizeof *checks);
}
END_TEST

static Suite *tasks_suite(void)
{
    Suite *suite = suite_create("tasks");
    TCase *tcase = tcase_create("twins");
    tcase_add_loop_test(tcase, tasks_are_those_of_the_rows, 0, TWIN_LOOPS);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_run(tasks_suite());
}
