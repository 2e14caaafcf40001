/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>

#include "finding/rule.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

#define TIES     "ties: from,to,kind\n"
#define TOGETHER "activities: id,kind\nm,steering\nparticipations: actor,activity\nA,m\nB,m\nC,m\n"
#define POSTS    "posts: id,fte,mission\n"
#define ACTIONS  "activities: id,kind,audience\n"

static const struct {
    const char *what, *kind, *study;
    size_t told;
} cases[] = {
    {"no agreement is recorded", "conventions",
     TIES "A,B,works_with\nB,C,works_with\nA,C,works_with\n" TOGETHER, 0},
    {"two pairs are no pattern", "conventions",
     TIES "A,B,works_with\nB,C,works_with\nA,D,agreement\n" TOGETHER, 0},
    {"three close pairs without an agreement", "conventions",
     TIES "A,B,works_with\nB,C,works_with\nA,C,works_with\nA,D,agreement\n" TOGETHER, 1},
    {"each close pair has one", "conventions",
     TIES "A,B,works_with\nB,C,works_with\nA,C,works_with\nA,B,agreement\nB,C,agreement\n"
          "A,C,agreement\n" TOGETHER,
     0},
    {"the time of one row is unknown", "missions", POSTS "p,1,network\nq,,admin\n", 0},
    {"the mission of one post is unknown", "missions", POSTS "p,1,network\nq,1,\n", 0},
    {"six missions have no time", "missions", POSTS "p,1,network\n", 1},
    {"all missions have time", "missions",
     POSTS "p,1,network|support|prompt|residents|multi|communicate|admin\n", 0},
    {"nine actions are few", "audience",
     ACTIONS "a,action,youth\nb,action,youth\nc,action,youth\nd,action,youth\ne,action,youth\n"
             "f,action,youth\ng,action,youth\nh,action,youth\ni,action,youth\n",
     0},
    {"ten actions, none for the vulnerable", "audience",
     ACTIONS "a,action,youth\nb,action,youth\nc,action,youth\nd,action,youth\ne,action,youth\n"
             "f,action,youth\ng,action,youth\nh,action,youth\ni,action,youth\nj,action,youth\n",
     1},
    {"all vulnerable audiences are named", "audience",
     ACTIONS "a,action,precarious\nb,action,remote\nc,action,mental_health_users\n"
             "d,action,disabled\ne,action,city_policy\nf,action,youth\ng,action,youth\n"
             "h,action,youth\ni,action,youth\nj,action,youth\n",
     0},
};

START_TEST(findings_are_told_of_what_is_recorded)
{
    reported r;
    reported_study(&r, cases[_i].study);
    ck_assert_msg(reported_count(&r, cases[_i].kind) == cases[_i].told, "%s", cases[_i].what);
    if (cases[_i].told > 0) {
        ck_assert_int_eq(reported_first(&r, cases[_i].kind)->level, MLG_NOTICE);
    }
    reported_close(&r);
}
END_TEST

START_TEST(agreements_read_as_findings_do)
{
    reported r;
    reported_study(&r, cases[2].study);
    ck_assert_str_eq(
        reported_sentence(&r, reported_first(&r, "conventions"), MLG_EN),
        "None of the 3 pairs of organisations that work closely has an agreement on "
        "record (closely: a working tie and an activity in common, or three activities "
        "in common). The only pair bound by an agreement is not seen in a working tie "
        "or an activity.");
    reported_close(&r);
}
END_TEST

/* Residents r0 to r9 on record; in each of eight bodies, three that `pick` chooses. */
static size_t told_of(int (*pick)(int body, int seat))
{
    char text[4000];
    reported r;
    size_t used = (size_t) snprintf(text, sizeof text, "actors: id,kind\n");
    for (int i = 0; i < 12; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "R%d,residents\n", i);
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "participations: actor,activity\n");
    for (int body = 0; body < 8; body++) {
        for (int seat = 0; seat < 3; seat++) {
            used += (size_t) snprintf(text + used, sizeof text - used, "R%d,b%d\n",
                                      pick(body, seat), body);
        }
    }
    reported_study(&r, text);
    const size_t told = reported_count(&r, "over_solicitation");
    reported_close(&r);
    return told;
}

static int the_same(int body, int seat)
{
    (void) body;
    return seat;
}

static int in_turn(int body, int seat)
{
    return (3 * body + seat) % 12;
}

START_TEST(only_more_than_chance_is_over_solicitation)
{
    ck_assert_uint_eq(told_of(the_same), 1);
    ck_assert_uint_eq(told_of(in_turn), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("workload_rules");
    TCase *t = tcase_create("workload_rules");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, findings_are_told_of_what_is_recorded, 0, N_OF(cases));
    tcase_add_test(t, agreements_read_as_findings_do);
    tcase_add_test(t, only_more_than_chance_is_over_solicitation);
    suite_add_tcase(s, t);
    return suite_run(s);
}
