/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_study.h"
#include "reported.h"
#include "suite.h"

/* Laws that measures must bear on studies drawn at random: neither the order of the rows, nor the
 * names given to things, nor an actor of whom nothing is known change a number that nobody drew. */

enum { LOOPS = 4, EACH = 25, NAME = 16 };

/* ---- a study measured twice ---------------------------------------------------------------------
 */

/* Not among them: what comes from draws, what tells of lines, and what chooses between equals. */
static const char *const of_study[] = {"scale",
                                       "scheme",
                                       "depend",
                                       "turnover.departure",
                                       "turnover.restarted_share",
                                       "turnover.tenure",
                                       "gap.listed_isolated",
                                       "gap.invited"};
static const char *const of_views[] = {"scale.mismatch",
                                       "scale.distance",
                                       "scale.main_town_ei",
                                       "depend.pairs_lost",
                                       "depend.population_lost",
                                       "depend.cross_pairs_lost",
                                       "depend.bridges",
                                       "depend.through_share",
                                       "turnover.departure",
                                       "gap.duplicates",
                                       "gap.motifs",
                                       "position.degree",
                                       "position.harmonic",
                                       "position.constraint",
                                       "network.components",
                                       "network.density",
                                       "twomode.memberships"};

static void open_study(reported *r, const char *text, bool views)
{
    mlg_error err = {MLG_OK, ""};
    reported_open(r, text);
    if (!views) {
        mlg_context_free(r->context);
        ck_assert_int_eq(mlg_context_open(r->model, NULL, 0, &r->run, &r->context, &err), MLG_OK);
    }
    r->run.draws = 9;
    const mlg_status status =
        views ? mlg_measure_all(r->context, of_views, sizeof of_views / sizeof *of_views,
                                &r->values, &err)
              : mlg_measure_all(r->context, of_study, sizeof of_study / sizeof *of_study,
                                &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
}

/* The name that the study as drawn gives to what the last text calls so. */
static void first_name(const char *name, char *out)
{
    snprintf(out, NAME, "%s", name);
    for (int i = 0; i < 16 && strchr("uTQopsaj", name[0]) != NULL; i++) {
        if (strcmp(rs_name(name[0], i), name) == 0) {
            snprintf(out, NAME, "%c%d", name[0], i);
        }
    }
}

/* A subject by a name of its own that both studies share. */
static void subject_name(const reported *r, mlg_scope scope, mlg_id id, bool renamed, char *out)
{
    const mlg_names *names =
        scope == MLG_SCOPE_ACTIVITY    ? &r->model->activities
        : scope == MLG_SCOPE_TERRITORY ? &r->model->territories
        : scope == MLG_SCOPE_AXIS      ? &r->model->texts
        : scope == MLG_SCOPE_ACTOR || scope == MLG_SCOPE_POST || scope == MLG_SCOPE_SCHEME
            ? &r->model->parties
            : NULL;
    if (names == NULL || id < 0) {
        snprintf(out, NAME, "#%d", (int) id);
    } else if (renamed) {
        first_name(mlg_names_text(names, id), out);
    } else {
        snprintf(out, NAME, "%s", mlg_names_text(names, id));
    }
}

/* ---- rows by their subjects ---------------------------------------------------------------------
 */

/* What a row is about: its one or two subjects, or its abscissa. */
typedef struct key {
    char text[2 * NAME + 2];
} key;

static bool has_pairs(const mlg_value *value)
{
    return value->shape == MLG_PAIRS || value->shape == MLG_MATRIX;
}

static key key_of(const reported *r, const mlg_value *value, size_t row, bool renamed, bool turned)
{
    char a[NAME] = "", b[NAME] = "";
    key k = {""};
    if (value->shape == MLG_CURVE) {
        snprintf(k.text, sizeof k.text, "%.6f", value->column[MLG_AT][row]);
    } else if (value->subject != NULL && has_pairs(value)) {
        subject_name(r, value->scope, value->subject[2 * row], renamed, turned ? b : a);
        subject_name(r, value->scope, value->subject[2 * row + 1], renamed, turned ? a : b);
        snprintf(k.text, sizeof k.text, "%s %s", a, b);
    } else if (value->subject != NULL) {
        subject_name(r, value->scope, value->subject[row], renamed, a);
        snprintf(k.text, sizeof k.text, "%s", a);
    }
    return k;
}

/* Row of the key, -1 none; -2 several. */
static int find_row(const reported *r, const mlg_value *value, key k, bool renamed, bool turned)
{
    int found = -1;
    for (size_t row = 0; row < value->n; row++) {
        if (strcmp(key_of(r, value, row, renamed, turned).text, k.text) == 0) {
            found = found == -1 ? (int) row : -2;
        }
    }
    return found;
}

/* The part that says of b what this one says of a, or the part itself. */
static const char *other_end(const char *part)
{
    static const char *const ends[][2] = {
        {"of_a", "of_b"},     {"members_a", "members_b"}, {"activities_a", "activities_b"},
        {"a_in_b", "b_in_a"}, {"a_given_b", "b_given_a"}, {"people_a", "people_b"},
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        for (int k = 0; k < 2; k++) {
            if (strcmp(part, ends[i][k]) == 0) {
                return ends[i][1 - k];
            }
        }
    }
    return part;
}

/* ---- the same numbers ---------------------------------------------------------------------------
 */

static bool starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* A number given to each combination of schemes, the relation of a pair turned round; the ends of
 * an interval drawn again, what is expected. */
static bool is_left_out(const mlg_value *value, const char *part, bool turned)
{
    return (starts(value->measure->id, "scale.signatures") && part == NULL) ||
           (starts(value->measure->id, "scale.typology") && turned) ||
           (starts(value->measure->id, "scale.distance") && part == NULL) ||
           (starts(value->measure->id, "scale.gini") && part != NULL &&
            strcmp(part, "p_less") == 0) || /* from draws */
           (part != NULL && (starts(part, "seen_") || starts(part, "per_doubling"))) ||
           (part != NULL && starts(value->measure->id, "scheme.attachment") &&
            strcmp(part, "types") == 0);
}

static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) <= 1e-9 * fmax(1.0, fabs(a));
}

static size_t compared;

static void compare_row(unsigned long stream, const mlg_value *v, size_t row, const mlg_value *w,
                        size_t at, bool turned)
{
    const double *x = v->column[MLG_VALUE], *y = w->column[MLG_VALUE];
    if (x != NULL && !is_left_out(v, NULL, turned)) {
        compared++;
        ck_assert_msg(same(x[row], y[at]), "study %lu: %s (%s), view %d, row %zu: %g, then %g",
                      stream, v->measure->id, v->convention, v->view, row, x[row], y[at]);
    }
    for (size_t p = 0; p < v->n_parts; p++) {
        const char *name = v->part[p].name;
        const double *z = mlg_value_part_find(w, turned ? other_end(name) : name);
        if (!is_left_out(v, name, turned)) {
            ck_assert_msg(z != NULL && same(v->part[p].values[row], z[at]),
                          "study %lu: %s (%s), view %d, row %zu: %s is %g, then %g", stream,
                          v->measure->id, v->convention, v->view, row, name, v->part[p].values[row],
                          z != NULL ? z[at] : (double) NAN);
        }
    }
}

static void compare(unsigned long stream, const reported *r, const mlg_value *v, const reported *s,
                    const mlg_value *w)
{
    const bool chosen = strcmp(v->convention, "frequent") == 0; /* one unit of each combination */
    ck_assert_str_eq(v->measure->id, w->measure->id);
    ck_assert_str_eq(v->convention, w->convention);
    ck_assert_msg(v->n == w->n, "study %lu: %s (%s), view %d: %zu rows, then %zu", stream,
                  v->measure->id, v->convention, v->view, v->n, w->n);
    for (size_t row = 0; row < v->n && !chosen; row++) {
        const key k = key_of(r, v, row, false, false);
        int at = find_row(s, w, k, true, false);
        const bool turned = at == -1 && has_pairs(v);
        at = turned ? find_row(s, w, k, true, true) : at;
        ck_assert_msg(at != -1, "study %lu: %s (%s), view %d: no row of '%s'", stream,
                      v->measure->id, v->convention, v->view, k.text);
        if (at >= 0) {
            compare_row(stream, v, row, w, (size_t) at, turned);
        }
    }
}

static void compare_orders(unsigned long stream, bool views)
{
    static random_study study;
    reported r, s;
    random_study_make(&study, stream);
    open_study(&r, random_study_text(&study, 0), views);
    open_study(&s, random_study_text(&study, stream + 1), views);
    ck_assert_uint_eq(r.values.n, s.values.n);
    for (size_t i = 0; i < r.values.n; i++) {
        compare(stream, &r, &r.values.items[i], &s, &s.values.items[i]);
    }
    reported_close(&r);
    reported_close(&s);
}

START_TEST(order_and_names_change_no_number)
{
    for (int turn = 0; turn < EACH; turn++) {
        const unsigned long stream = (unsigned long) _i * EACH + (unsigned long) turn;
        compare_orders(stream, false);
        if (turn % 10 == 0) { /* views cost more */
            compare_orders(stream, true);
        }
    }
    ck_assert_uint_gt(compared, 5000);
}
END_TEST

/* ---- one more
 * -------------------------------------------------------------------------------------- */

/* The text with one more organisation, of which only the name is known. */
static const char *with_a_stranger(const char *text)
{
    static char more[24000];
    const char *head = strstr(text, "\nactors: "), *rows = strchr(head + 1, '\n') + 1;
    snprintf(more, sizeof more, "%.*sstranger,organisation\n%s", (int) (rows - text), text, rows);
    return more;
}

START_TEST(a_stranger_changes_nothing_but_the_register)
{
    static random_study study;
    for (int turn = 0; turn < EACH; turn++) {
        const unsigned long stream = (unsigned long) _i * EACH + (unsigned long) turn;
        reported r, s;
        random_study_make(&study, stream);
        const char *text = random_study_text(&study, 0);
        open_study(&r, text, false);
        open_study(&s, with_a_stranger(text), false);
        for (size_t i = 0, k = 0; i < r.values.n; i++) {
            const mlg_value *v = &r.values.items[i];
            while (starts(s.values.items[k].measure->id, "gap.listed_isolated")) {
                k++;
            }
            if (!starts(v->measure->id, "gap.listed_isolated")) {
                compare(stream, &r, v, &s, &s.values.items[k++]);
            }
        }
        reported_close(&r);
        reported_close(&s);
    }
    ck_assert_uint_gt(compared, 5000);
}
END_TEST

static Suite *laws_suite(void)
{
    Suite *suite = suite_create("study_laws");
    TCase *tcase = tcase_create("laws");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, order_and_names_change_no_number, 0, LOOPS);
    tcase_add_loop_test(tcase, a_stranger_changes_nothing_but_the_register, 0, LOOPS);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_run(laws_suite());
}
