/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "base/texts.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* Posts of several rows, each with its end, and schemes that end. */

#define DAY "study: key,value\ndate,2026-10-31\n"

static const struct {
    const char *what, *rows;
    double held, ending, end_known, losing;
} posts[] = {
    {"two schemes, each with its end",
     "p,Ann,coordinator,CLS,,2027-08-31\np,Ann,coordinator,ASV,,2026-12-31\n", 1, 1, 1, 2},
    {"begun together",
     "p,Ann,coordinator,CLS,2023,2027-08-31\np,Ann,coordinator,ASV,2023,2026-12-31\n", 1, 1, 1, 2},
    {"one goes on without an end", "p,Ann,coordinator,CLS,,\np,Ann,coordinator,ASV,,2026-12-31\n",
     1, 1, 1, 1},
    {"one ends after more than a year",
     "p,Ann,coordinator,CLS,,2028-08-31\np,Ann,coordinator,ASV,,2026-12-31\n", 1, 1, 1, 1},
    {"the same scheme goes on",
     "p,Ann,coordinator,CLS,,2028-08-31\np,Ann,coordinator,CLS,,2026-12-31\n", 1, 0, 1, 0},
    {"the same scheme goes on, and ends",
     "p,Ann,coordinator,CLS,,2027-08-31\np,Ann,coordinator,CLS,,2026-12-31\n", 1, 1, 1, 1},
    {"one scheme of two in common",
     "p,Ann,coordinator,CLS|ASV,,2026-12-31\np,Ann,coordinator,CLS,,\n", 1, 0, 0, 0},
    {"another scheme takes over",
     "p,Ann,coordinator,CLS,,2026-12-31\np,Ann,coordinator,CLS2,2027-01-01,\n", 1, 0, 1, 0},
    {"a row without a scheme goes on", "p,Ann,coordinator,ASV,,2026-12-31\np,Ann,coordinator,,,\n",
     1, 0, 0, 0},
    {"no end at all", "p,Ann,coordinator,CLS,,\np,Ann,coordinator,ASV,,\n", 1, 0, 0, 0},
};

START_TEST(each_row_of_a_post_has_its_own_end)
{
    char text[512] = DAY "schemes: id\nCLS\nASV\nposts: id,person,role,scheme,start,end\n";
    study_measured m;

    strcat(text, posts[_i].rows);
    study_measure(&m, text, "scheme.expiring");
    const mlg_value *all = study_value(&m, "all_posts", MLG_SCALAR);
    const char *what = posts[_i].what;
    ck_assert_msg(part_at(all, "held", 0) == posts[_i].held, "%s", what);
    ck_assert_msg(part_at(all, "ending", 0) == posts[_i].ending, "%s: %g", what,
                  part_at(all, "ending", 0));
    ck_assert_msg(part_at(all, "end_known", 0) == posts[_i].end_known, "%s: %g", what,
                  part_at(all, "end_known", 0));
    ck_assert_msg(part_at(all, "schemes_losing_coordination", 0) == posts[_i].losing, "%s: %g",
                  what, part_at(all, "schemes_losing_coordination", 0));
    study_measured_close(&m);
}
END_TEST

START_TEST(a_post_is_told_once_from_its_first_end_to_its_last)
{
    reported r;
    reported_study(&r, DAY "posts: id,person,role,scheme,end\n"
                           "p,Ann,coordinator,CLS,2027-08-31\np,Ann,coordinator,CLSM,2027-08-31\n"
                           "p,Ann,coordinator,ASV,2026-12-31\n");
    const mlg_finding *finding = reported_first(&r, "expiring_post");
    ck_assert_uint_eq(reported_count(&r, "expiring_post"), 1);
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “p” (scheme “ASV” and others) ends row by row, from 31 December "
                     "2026 (in 2 months) to 31 August 2027, and no follow-up is recorded: 3 "
                     "schemes depend on it.");
    ck_assert_uint_eq(finding->n_rows, 3);
    reported_close(&r);
}
END_TEST

START_TEST(a_post_that_ends_in_part_says_so)
{
    reported r;
    bool said = false;
    reported_study(&r, DAY "posts: id,person,role,scheme,end\n"
                           "p,Ann,coordinator,CLS,\np,Ann,coordinator,ASV,2026-12-31\n");
    const mlg_finding *finding = reported_first(&r, "expiring_post");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “p” (scheme “ASV”) ends on 31 December 2026, in 2 months, and no "
                     "follow-up is recorded: 1 scheme depends on it.");
    for (size_t i = 0; i < finding->n_limits; i++) {
        said = said || finding->limits[i] == T_limit_post_goes_on;
    }
    ck_assert(said);
    reported_close(&r);
}
END_TEST

/* What ended for one scheme while the post goes on for another is no end of the post. */
START_TEST(a_post_that_goes_on_has_not_ended)
{
    reported r;
    reported_study(&r, DAY "posts: id,person,role,scheme,end\n"
                           "p,Ann,coordinator,CLS,2029-12-31\np,Ann,coordinator,ASV,2026-09-30\n");
    ck_assert_uint_eq(reported_count(&r, "expiring_post"), 0);
    reported_close(&r);
}
END_TEST

/* ---- schemes ------------------------------------------------------------------------------ */

static const struct {
    const char *what, *rows, *said; /* NULL: nothing */
} schemes[] = {
    {"no end known", "A,,\nB,,\n", NULL},
    {"over a year away", "A,,2027-11-01\n", NULL},
    {"over already", "A,,2026-10-30\nB,,\n", NULL},
    {"one", "A,,2026-12-31\nB,,\n",
     "The scheme “A” ends on 31 December 2026, in 2 months, and no follow-up is recorded."},
    {"two, the first to end first", "A,,2027-10-31\nB,,2026-12-31\nC,,\n",
     "2 of the 3 schemes end within the year, with no follow-up recorded: “B” on 31 December "
     "2026, in 2 months, and “A” on 31 October 2027."},
    {"three", "A,,2026-11-30\nB,,2026-12-31\nC,,2027-01-31\n",
     "3 of the 3 schemes end within the year, with no follow-up recorded: “A” on 30 November "
     "2026, in 1 month, “B” on 31 December 2026 and “C” on 31 January 2027."},
    {"five", "A,,2026-11-30\nB,,2026-12-31\nC,,2027-01-31\nD,,2027-02-28\nE,,2027-03-31\n",
     "5 of the 5 schemes end within the year, with no follow-up recorded: “A” on 30 November "
     "2026, in 1 month, “B” on 31 December 2026, “C” on 31 January 2027, and 2 others later."},
    {"another row of it goes on", "A,,2026-12-31\nA,,2031-12-31\nB,,\n", NULL},
    {"another grew out of it", "A,,2026-12-31\nB,A,2031-12-31\n", NULL},
    {"the one that grew out of it ends first", "A,,2026-12-31\nB,A,2026-11-30\n",
     "2 of the 2 schemes end within the year, with no follow-up recorded: “B” on 30 November "
     "2026, in 1 month, and “A” on 31 December 2026."},
};

START_TEST(schemes_that_end_are_told_with_their_days)
{
    char text[512] = DAY "schemes: id,parent,end\n";
    reported r;

    strcat(text, schemes[_i].rows);
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "ending_scheme");
    ck_assert_msg((finding != NULL) == (schemes[_i].said != NULL), "%s", schemes[_i].what);
    if (finding != NULL) {
        ck_assert_uint_eq(reported_count(&r, "ending_scheme"), 1);
        ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN), schemes[_i].said);
        ck_assert_int_le(finding->level, MLG_WARN);
        ck_assert_str_eq(finding->rows[0].file, "schemes.csv");
    }
    reported_close(&r);
}
END_TEST

/* Without the study's day nothing is near. */
START_TEST(without_a_day_no_scheme_ends)
{
    reported r;
    reported_study(&r, "schemes: id,end\nA,2026-12-31\n");
    ck_assert_uint_eq(reported_count(&r, "ending_scheme"), 0);
    reported_close(&r);
}
END_TEST

static Suite *post_ends_suite(void)
{
    Suite *suite = suite_create("post ends");
    TCase *rows = tcase_create("posts"), *ends = tcase_create("schemes");

    tcase_add_loop_test(rows, each_row_of_a_post_has_its_own_end, 0,
                        (int) (sizeof posts / sizeof *posts));
    tcase_add_test(rows, a_post_is_told_once_from_its_first_end_to_its_last);
    tcase_add_test(rows, a_post_that_ends_in_part_says_so);
    tcase_add_test(rows, a_post_that_goes_on_has_not_ended);
    tcase_add_loop_test(ends, schemes_that_end_are_told_with_their_days, 0,
                        (int) (sizeof schemes / sizeof *schemes));
    tcase_add_test(ends, without_a_day_no_scheme_ends);
    suite_add_tcase(suite, rows);
    suite_add_tcase(suite, ends);
    return suite;
}

int main(void)
{
    return suite_run(post_ends_suite());
}
