/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* Posts that end: what rests on each as `leave` has it, and many of them in one statement. */

#define DAY   "study: key,value\ndate,2026-10-31\n"
#define LAND  "territories: id,population\nT,1000\nU,500\nschemes: id,territory\nA,T\nB,U\nC,\n"
#define POSTS "posts: id,person,role,scheme,employer,end\n"

static const struct {
    const char *posts, *sentence;
} alone[] = {
    {"p,Ann,coordinator,A,Town,2026-12-31\n",
     "The post “p” (scheme “A”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded: 1 scheme and 1,000 residents depend on it."},
    {"p,Ann,coordinator,A,Town,2026-12-31\nq,Bob,coordinator,A,Town,\n",
     "The post “p” (scheme “A”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded; no scheme rests on this post alone."},
    {"p,Ann,coordinator,A,Town,2026-12-31\nq,vacant,coordinator,A,Town,\n",
     "The post “p” (scheme “A”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded: 1 scheme and 1,000 residents depend on it."},
    {"p,Ann,coordinator,A|B,Town,2026-12-31\nq,Bob,coordinator,A,Town,\n",
     "The post “p” (employer: “Town”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded: 1 scheme and 500 residents depend on it."},
    {"p,Ann,coordinator,C,Town,2026-12-31\n",
     "The post “p” (scheme “C”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded: 1 scheme depends on it."},
    {"p,Ann,director,A,Town,2026-12-31\n",
     "The post “p” (scheme “A”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded; no scheme rests on this post alone."},
    {"p,Ann,,A,Town,2026-12-31\n",
     "The post “p” (scheme “A”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded."},
    {"p,Ann,coordinator,,Town,2026-12-31\n",
     "The post “p” (employer: “Town”) ends on 31 December 2026, in 2 months, and no follow-up is "
     "recorded."},
};

START_TEST(a_post_says_what_rests_on_it_alone)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%s%s", DAY LAND POSTS, alone[_i].posts);
    reported_study(&r, text);
    ck_assert_str_eq(reported_sentence(&r, reported_first(&r, "expiring_post"), MLG_EN),
                     alone[_i].sentence);
    reported_close(&r);
}
END_TEST

static const struct {
    const char *posts;
    size_t told, rows;
    mlg_level level;
    const char *sentence;
} many[] = {
    /* five of two schemes, one of which goes on */
    {"p,Ann,coordinator,A,Town,2026-12-31\nq,Bob,coordinator,A,Town,2027-01-31\n"
     "r,Cid,director,A,Town,2027-01-31\ns,Dan,coordinator,B,Town,2027-08-31\n"
     "t,Eve,member,B,Town,2027-08-31\nu,Fay,coordinator,B,Town,\n",
     1, 5, MLG_WARN,
     "5 posts end between 31 December 2026 and 31 August 2027, 3 of them in the first three "
     "months, and no follow-up is recorded: they are of 2 schemes, first “A” (3 posts) and “B” "
     "(2). If none is renewed, the scheme “A” would have no coordination left (1,000 residents)."},
    /* one of them alone leaves a scheme: it is told beside */
    {"p,Ann,coordinator,A,Town,2026-12-31\nq,Bob,coordinator,B,Town,2026-12-31\n"
     "r,Cid,coordinator,C,Town,2026-12-31\ns,Dan,director,C,Town,2026-12-31\n",
     2, 4, MLG_SERIOUS,
     "4 posts end on 31 December 2026, and no follow-up is recorded: they are of 3 schemes, first "
     "“C” (2 posts) and “A” (1). If none is renewed, 3 schemes, first “A”, would have no "
     "coordination left (1,500 residents)."},
    {"p,Ann,director,A,Town,2026-12-31\nq,Bob,director,A,Town,2026-12-31\n"
     "r,Cid,director,A,Town,2026-12-31\ns,Dan,director,A,Town,2026-12-31\n",
     1, 4, MLG_NOTICE,
     "4 posts end on 31 December 2026, and no follow-up is recorded: all for the scheme “A”. No "
     "scheme is recorded as resting on these posts alone."},
    {"p,Ann,,,Town,2026-12-31\nq,Bob,,,Town,2026-12-31\nr,Cid,,,Hosp,2026-12-31\n"
     "s,Dan,,,,2026-12-31\n",
     1, 4, MLG_NOTICE,
     "4 posts end on 31 December 2026, and no follow-up is recorded: they have 2 employers, first "
     "“Town” (2 posts) and “Hosp” (1)."},
    {"p,Ann,,,,2026-12-31\nq,Bob,,,,2026-12-31\nr,Cid,,,,2026-12-31\ns,Dan,,,,2027-12-31\n", 3, 1,
     MLG_NOTICE,
     "The post “p” ends on 31 December 2026, in 2 months, and no follow-up is recorded."},
    {"p,Ann,,,,2026-12-31\nq,Bob,,,,2026-12-31\nr,Cid,,,,2026-12-31\ns,Dan,,,,2027-01-31\n", 1, 4,
     MLG_NOTICE,
     "4 posts end between 31 December 2026 and 31 January 2027, and no follow-up is recorded."},
    {"p,Ann,coordinator,A,,2026-09-30\nq,Bob,coordinator,A,,2026-09-30\n"
     "r,Cid,coordinator,A,,2026-09-30\ns,Dan,coordinator,C,,2026-09-30\n",
     2, 4, MLG_SERIOUS,
     "4 posts ended on 30 September 2026, and no follow-up is recorded: they are of 2 schemes, "
     "first “A” (3 posts) and “C” (1). If none was renewed, 2 schemes, first “A”, would have no "
     "coordination left (1,000 residents)."},
};

START_TEST(many_posts_are_one_statement)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%s%s", DAY LAND POSTS, many[_i].posts);
    reported_study(&r, text);
    const mlg_finding *finding = NULL;
    for (size_t i = 0; i < r.findings.n; i++) {
        const mlg_finding *one = &r.findings.items[i];
        if (strcmp(one->kind, "expiring_post") == 0 &&
            (finding == NULL || one->rows_total > finding->rows_total)) {
            finding = one;
        }
    }
    ck_assert_uint_eq(reported_count(&r, "expiring_post"), many[_i].told);
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN), many[_i].sentence);
    ck_assert_uint_eq(finding->rows_total, many[_i].rows);
    ck_assert_int_eq(finding->level, many[_i].level);
    reported_close(&r);
}
END_TEST

/* Of posts of one row and a holder each, an end weighs what a departure leaves without
 * coordination. */
START_TEST(an_end_and_a_departure_say_the_same)
{
    static const char *const roles[] = {"coordinator", "coordinator", "director", ""};
    int told = 0, orphaned = 0;
    for (uint64_t repeat = 0; repeat < 60; repeat++) {
        mlg_random draw = mlg_random_stream(5, "test_expiring", "", repeat);
        char text[1024] = DAY LAND POSTS;
        reported r;
        for (int p = 0; p < 5; p++) { /* three at most end: each is told alone */
            snprintf(text + strlen(text), sizeof text - strlen(text), "p%d,%s%d,%s,%c%s,,%s\n", p,
                     "H", p, roles[mlg_random_below(&draw, 4)], "ABC"[mlg_random_below(&draw, 3)],
                     mlg_random_below(&draw, 3) == 0 ? "|B" : "",
                     p < 3 && mlg_random_below(&draw, 2) == 0 ? "2027-03-31" : "");
        }
        reported_study(&r, text);
        for (size_t i = 0; i < r.findings.n; i++) {
            const mlg_finding *one = &r.findings.items[i];
            if (strcmp(one->kind, "expiring_post") != 0) {
                continue;
            }
            const mlg_value *reach = NULL;
            for (size_t k = 0; k < r.values.n; k++) {
                reach = strcmp(r.values.items[k].measure->id, "turnover.departure.reach") == 0
                            ? &r.values.items[k]
                            : reach;
            }
            size_t row = 0;
            while (reach->subject[row] != one->subject[0]) {
                row++;
            }
            ck_assert_double_eq(one->args[1].number, reach->column[MLG_VALUE][row]);
            told++;
            orphaned += one->args[1].number > 0.0;
        }
        reported_close(&r);
    }
    ck_assert_int_gt(told, 40);
    ck_assert_int_gt(orphaned, 10);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    char text[1024];
    reported r;
    mlg_status status = MLG_ENOMEM;
    snprintf(text, sizeof text, "%s%s", DAY LAND POSTS, many[1].posts);
    reported_study(&r, text);
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_error err = {MLG_OK, ""};
        mlg_findings findings = {0};
        mlg_alloc_fails_at = fails;
        status = mlg_find(r.context, &r.values, &findings, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 1000);
        ck_assert_int_eq(err.status, status);
        ck_assert_msg(status == MLG_OK || (status == MLG_ENOMEM && findings.n == 0),
                      "allocation %ld: status %d", fails, (int) status);
        mlg_findings_free(&findings);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("expiring");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_post_says_what_rests_on_it_alone, 0,
                        (int) (sizeof alone / sizeof *alone));
    tcase_add_loop_test(all, many_posts_are_one_statement, 0, (int) (sizeof many / sizeof *many));
    tcase_add_test(all, an_end_and_a_departure_say_the_same);
    tcase_add_test(all, any_allocation_may_fail);
    suite_add_tcase(suite, all);
    return suite_run(suite);
}
