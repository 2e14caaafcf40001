/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "measured.h"
#include "reported.h"
#include "suite.h"

/* The ties of a named view beside all of them. */

/* Eight ties, four inside a sector; the three strong ones all are. */
static const char small_study[] = "study: key,value\n"
                                  "view.formal.ties,weight>=3\n"
                                  "actors: id,kind,sector\n"
                                  "A,organisation,social\n"
                                  "B,organisation,social\n"
                                  "C,organisation,social\n"
                                  "D,organisation,social\n"
                                  "E,organisation,health\n"
                                  "F,organisation,health\n"
                                  "G,organisation,\n"
                                  "ties: from,to,weight\n"
                                  "A,B,3\n"
                                  "B,C,4\n"
                                  "C,D,5\n"
                                  "A,C,1\n"
                                  "A,E,1\n"
                                  "B,E,1\n"
                                  "C,F,2\n"
                                  "D,F,2\n"
                                  "A,G,9\n"; /* of no sector: leaves both */

static int32_t view_of(const reported *r, const char *id)
{
    for (size_t v = 0; v < r->n_views; v++) {
        if (strcmp(r->views[v].id, id) == 0) {
            return (int32_t) v;
        }
    }
    ck_abort_msg("no view %s", id);
    return -1;
}

static mlg_status run_contrast(reported *r, const char *view, mlg_error *err)
{
    return mlg_measure_find("silo.contrast")->run(r->context, view_of(r, view), &r->values, err);
}

static const mlg_value *contrast_of(reported *r, const char *view)
{
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(run_contrast(r, view, &err) == MLG_OK, "%s", err.message);
    const mlg_value *value = &r->values.items[r->values.n - 1];
    measured_check(value);
    return value;
}

START_TEST(three_ties_of_eight_by_hand)
{
    reported r;
    reported_open(&r, small_study);
    const mlg_value *value = contrast_of(&r, "ties.formal");
    /* none of the 3 crosses; 4 of 8 do; P(3 of 3 inside) = C(4,3) / C(8,3) = 4 / 56 */
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], 0.0, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], 0.5, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_P][0], 8.0 / 56.0, 1e-12);
    /* variance of the count: 3 (1/2) (1/2) (5/7); as a share over 3 */
    ck_assert_double_eq_tol(value->column[MLG_SD][0], sqrt(3.0 / 4.0 * 5.0 / 7.0) / 3.0, 1e-12);
    /* of 56 choices 4 have no tie inside, 24 one, 24 two, 4 three: every count is within 2.5 % */
    ck_assert_double_eq_tol(value->column[MLG_LOW][0], 0.0, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_HIGH][0], 1.0, 1e-12);
    ck_assert_double_eq(mlg_value_part_find(value, "ties")[0], 3.0);
    ck_assert_double_eq(mlg_value_part_find(value, "ties_all")[0], 8.0);
    ck_assert_int_eq(value->caution, T_caution_small_sample);
    reported_close(&r);
}
END_TEST

START_TEST(only_a_part_of_another_view_is_compared)
{
    reported r;
    reported_open(&r, small_study);
    ck_assert_int_eq(contrast_of(&r, "ties")->undefined, T_why_no_wider_view);
    reported_close(&r);

    reported_open(&r, "study: key,value\n"
                      "view.late.participations,role=late\n"
                      "actors: id,kind,sector\n"
                      "A,organisation,social\n"
                      "B,organisation,health\n"
                      "participations: actor,activity,role\n"
                      "A,meeting,late\n"
                      "B,meeting,late\n");
    ck_assert_int_eq(contrast_of(&r, "participations.late")->undefined, T_why_of_ties_only);
    reported_close(&r);
}
END_TEST

/* Every choice of `chosen` ties among `all`, of which the first `inside` are inside. */
static double share_at_least(uint32_t all, uint32_t inside, uint32_t chosen, uint32_t x)
{
    double hits = 0.0, choices = 0.0;
    for (uint32_t set = 0; set < 1u << all; set++) {
        if ((uint32_t) __builtin_popcount(set) == chosen) {
            choices += 1.0;
            hits += (uint32_t) __builtin_popcount(set & ((1u << inside) - 1u)) >= x ? 1.0 : 0.0;
        }
    }
    return hits / choices;
}

START_TEST(p_is_the_share_of_all_choices)
{
    for (uint32_t strong_inside = 0; strong_inside <= 4; strong_inside++) {
        for (uint32_t strong_across = 0; strong_across <= 5; strong_across++) {
            char text[1024];
            reported r;
            int at = snprintf(text, sizeof text,
                              "study: key,value\nview.formal.ties,weight>=3\n"
                              "actors: id,kind,sector\n");
            for (int a = 0; a < 9; a++) {
                at += snprintf(text + at, sizeof text - (size_t) at, "%c,organisation,%s\n",
                               'A' + a, a < 5 ? "social" : "health");
            }
            at += snprintf(text + at, sizeof text - (size_t) at, "ties: from,to,weight\n");
            for (uint32_t i = 0; i < 4; i++) { /* A-B, B-C, C-D, D-E inside */
                at += snprintf(text + at, sizeof text - (size_t) at, "%c,%c,%d\n", (int) ('A' + i),
                               (int) ('B' + i), i < strong_inside ? 3 : 1);
            }
            for (uint32_t i = 0; i < 5; i++) { /* A..E with one of health */
                at += snprintf(text + at, sizeof text - (size_t) at, "%c,%c,%d\n", (int) ('A' + i),
                               (int) ('F' + i % 4), i < strong_across ? 3 : 1);
            }
            reported_open(&r, text);
            if (strong_inside + strong_across > 0) {
                const uint32_t n = strong_inside + strong_across;
                const mlg_value *value = contrast_of(&r, "ties.formal");
                const double more = share_at_least(9, 4, n, strong_inside);
                const double less = 1.0 - share_at_least(9, 4, n, strong_inside + 1);
                const double p = 2.0 * fmin(more, less);
                ck_assert_double_eq_tol(value->column[MLG_P][0], fmin(1.0, p), 1e-12);
            }
            reported_close(&r);
        }
    }
}
END_TEST

START_TEST(each_allocation_may_fail)
{
    bool done = false;
    for (long k = 0; !done; k++) {
        reported r;
        mlg_error err = {MLG_OK, ""};
        reported_open(&r, small_study);
        const size_t before = r.values.n;
        mlg_alloc_fails_at = k;
        const mlg_status status = run_contrast(&r, "ties.formal", &err);
        mlg_alloc_fails_at = -1;
        done = status == MLG_OK;
        if (!done) {
            ck_assert_int_eq(status, MLG_ENOMEM);
            ck_assert_uint_eq(r.values.n, before);
            ck_assert_str_ne(err.message, "");
        }
        reported_close(&r);
    }
}
END_TEST

/* Two sectors of ten: weak ties all across, strong ones inside (or the reverse). */
static const char *two_stories(bool closed)
{
    static char text[8192];
    size_t at = (size_t) snprintf(text, sizeof text,
                                  "study: key,value\nview.formal.ties,weight>=3\n"
                                  "actors: id,kind,sector\n");
    for (int a = 0; a < 20; a++) {
        at += (size_t) snprintf(text + at, sizeof text - at, "%c,organisation,%s\n", 'A' + a,
                                a < 10 ? "social" : "health");
    }
    at += (size_t) snprintf(text + at, sizeof text - at, "ties: from,to,weight\n");
    for (int a = 0; a < 9; a++) {
        at += (size_t) snprintf(text + at, sizeof text - at, "%c,%c,%d\n%c,%c,%d\n", 'A' + a,
                                'B' + a, closed ? 4 : 1, 'K' + a, 'L' + a, closed ? 4 : 1);
        at += (size_t) snprintf(text + at, sizeof text - at, "%c,%c,%d\n%c,%c,%d\n", 'A' + a,
                                'K' + a, closed ? 1 : 4, 'A' + a, 'L' + a, closed ? 1 : 4);
    }
    return text;
}

START_TEST(two_stories_are_told)
{
    reported r;
    reported_study(&r, two_stories(true));
    ck_assert_uint_eq(reported_count(&r, "two_stories"), 1);
    const mlg_finding *finding = reported_first(&r, "two_stories");
    ck_assert_int_eq(finding->level, MLG_WARN);
    ck_assert_str_eq(mlg_context_view(r.context, finding->view)->id, "ties.formal");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN), "0% join two sectors"));
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_FR), "pas la même histoire"));
    reported_close(&r);

    reported_study(&r, two_stories(false));
    ck_assert_uint_eq(reported_count(&r, "two_stories"), 1);
    ck_assert_int_eq(reported_first(&r, "two_stories")->level, MLG_INFO);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("contrast");
    TCase *contrast = tcase_create("contrast");
    tcase_add_test(contrast, three_ties_of_eight_by_hand);
    tcase_add_test(contrast, only_a_part_of_another_view_is_compared);
    tcase_add_test(contrast, p_is_the_share_of_all_choices);
    tcase_add_test(contrast, each_allocation_may_fail);
    tcase_add_test(contrast, two_stories_are_told);
    suite_add_tcase(suite, contrast);
    return suite_run(suite);
}
