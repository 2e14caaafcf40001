/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "finding/rule.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* The one finding of a text, or NULL. */
static const mlg_finding *said(const reported *r, mlg_text_key text)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        if (r->findings.items[i].text == text) {
            return &r->findings.items[i];
        }
    }
    return NULL;
}

/* ---- residents -------------------------------------------------------------------------- */

#define BODIES "activities: id,kind,power\n"
#define SEATS  "participations: actor,activity,role\n"

static const struct {
    const char *what, *study;
    const char *kind; /* NULL: nothing is said */
    mlg_text_key text;
    mlg_level level;
} residents_cases[] = {
    {"nothing of residents or power", "activities: id,kind\na,steering\n" SEATS "O,a,\n", NULL,
     T_none, MLG_INFO},
    {"power without attendance", BODIES "a,steering,decides\n", "nothing_to_conclude",
     T_unclear_residents_attendance, MLG_INFO},
    {"nobody is said to decide", BODIES "a,steering,ratifies\n" SEATS "R,a,resident\n",
     "nothing_to_conclude", T_unclear_residents_elsewhere, MLG_INFO},
    {"one does not say", BODIES "a,steering,ratifies\nb,,\n" SEATS "R,a,resident\n",
     "nothing_to_conclude", T_unclear_residents_power, MLG_INFO},
    {"residents sit where it is decided", BODIES "a,steering,decides\n" SEATS "R,a,resident\n",
     NULL, T_none, MLG_INFO},
    {"one deciding body is an instance",
     BODIES "a,steering,decides\nb,technical,advises\n" SEATS "O,a,\nR,b,resident\n", "residents",
     T_finding_residents_never, MLG_NOTICE},
    {"three of them, a power unknown",
     BODIES "a,steering,decides\nb,,decides\nc,,decides\nd,,\n" SEATS
            "O,a,\nO,b,\nO,c,\nR,d,resident\n",
     "residents", T_finding_residents_never, MLG_WARN},
    {"three of them, an attendance unknown",
     BODIES "a,steering,decides\nb,,decides\nc,,decides\nd,,advises\ne,,advises\n" SEATS
            "O,a,\nO,b,\nO,c,\nR,d,resident\n",
     "residents", T_finding_residents_never, MLG_WARN},
    {"three of them, all on record",
     BODIES "a,steering,decides\nb,,decides\nc,,decides\nd,,advises\n" SEATS
            "O,a,\nO,b,\nO,c,\nR,d,resident\n",
     "residents", T_finding_residents_never, MLG_SERIOUS},
    {"in one of three",
     BODIES "a,steering,decides\nb,,decides\nc,,decides\n" SEATS "O,a,\nO,b,\nR,c,resident\n",
     "residents", T_finding_residents_some, MLG_SERIOUS},
    {"nowhere at all", BODIES "a,steering,decides\n" SEATS "O,a,\n", "residents",
     T_finding_residents_nowhere, MLG_NOTICE},
};

START_TEST(residents_away_from_decisions_are_told_by_what_is_recorded)
{
    reported r;
    reported_study(&r, residents_cases[_i].study);
    const mlg_finding *finding = said(&r, residents_cases[_i].text);
    if (residents_cases[_i].kind == NULL) {
        ck_assert_msg(reported_count(&r, "residents") == 0, "%s", residents_cases[_i].what);
        ck_assert_ptr_null(said(&r, T_unclear_residents_attendance));
        ck_assert_ptr_null(said(&r, T_unclear_residents_power));
    } else {
        ck_assert_msg(finding != NULL, "%s", residents_cases[_i].what);
        ck_assert_str_eq(finding->kind, residents_cases[_i].kind);
        ck_assert_msg(finding->level == residents_cases[_i].level, "%s: %s",
                      residents_cases[_i].what, mlg_level_name(finding->level));
    }
    reported_close(&r);
}
END_TEST

START_TEST(residents_who_never_decide_read_as_findings_do)
{
    reported r;
    reported_study(&r, BODIES
                   "a,steering,decides\nb,,decides\nc,,decides\nd,,advises\ne,,advises\n" SEATS
                   "O,a,\nO,b,\nO,c,\nR,d,resident\nS,d,resident\nT,d,resident\n"
                   "U,d,resident\n");
    const mlg_finding *finding = reported_first(&r, "residents");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "Residents sit in 1 of the 4 bodies whose attendance is known (5 in all), but "
                     "in none of those that decide (3 known); three of them provide 75% of their "
                     "attendance.");
    ck_assert_double_eq(finding->share, 1.0);
    ck_assert_str_eq(finding->lever_source, "S0:291");
    ck_assert_uint_eq(finding->n_subjects, 3);
    ck_assert_uint_eq(finding->rows_total, 3);
    ck_assert_str_eq(finding->rows[0].file, "activities.csv");
    ck_assert_int_eq(finding->rows[0].line, 2);
    reported_close(&r);
}
END_TEST

/* ---- triptych ----------------------------------------------------------------------------- */

#define TRIO(s)                                                                                    \
    "E" s ",PE" s ",elected," s "\nC" s ",PC" s ",coordinator," s "\nD" s ",PD" s ",director," s   \
    "\n"
#define POSTS "posts: id,person,role,scheme\n"

static const struct {
    const char *what, *study;
    mlg_text_key text; /* T_none: nothing is said */
    mlg_level level;
} trio_cases[] = {
    {"a coordinator alone", POSTS "C,P,coordinator,s\n", T_none, MLG_INFO},
    {"two roles", POSTS "C,P,coordinator,s\nE,Q,elected,s\n", T_unclear_triptych_roles, MLG_INFO},
    {"three roles and no tie in the study", POSTS TRIO("s"), T_unclear_triptych_ties, MLG_INFO},
    {"all tied", POSTS TRIO("s") "ties: from,to\nPEs,PCs\nPCs,PDs\nPEs,PDs\n", T_none, MLG_INFO},
    {"all schemes", POSTS TRIO("s") "ties: from,to\nPEs,PCs\nPCs,PDs\n", T_finding_triptych_one,
     MLG_WARN},
    {"one of two", POSTS TRIO("s") "C,P,coordinator,t\nties: from,to\nPEs,PCs\nPCs,PDs\n",
     T_finding_triptych_one, MLG_NOTICE},
    {"both", POSTS TRIO("s") TRIO("t") "ties: from,to\nPEs,PCs\n", T_finding_triptych, MLG_WARN},
    {"a vacant role", POSTS "E,vacant,elected,s\nC,P,coordinator,s\nD,Q,director,s\n",
     T_finding_triptych_one, MLG_WARN},
};

START_TEST(a_trio_is_open_only_by_what_is_recorded)
{
    reported r;
    reported_study(&r, trio_cases[_i].study);
    const mlg_text_key texts[] = {T_finding_triptych, T_finding_triptych_one,
                                  T_unclear_triptych_roles, T_unclear_triptych_ties};
    for (int t = 0; t < N_OF(texts); t++) {
        const mlg_finding *finding = said(&r, texts[t]);
        ck_assert_msg((finding != NULL) == (texts[t] == trio_cases[_i].text), "%s: %s",
                      trio_cases[_i].what, mlg_text_name(texts[t]));
        ck_assert(finding == NULL || finding->level == trio_cases[_i].level);
    }
    reported_close(&r);
}
END_TEST

START_TEST(an_open_trio_names_the_pair_and_shows_its_posts)
{
    reported r;
    reported_study(&r, POSTS TRIO("s") "ties: from,to\nPEs,PCs\nPCs,PDs\n");
    const mlg_finding *finding = reported_first(&r, "triptych");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "In the scheme “s”, no table ties the elected official and the director (the "
                     "three roles are on record for 1 of 1 scheme). Not recorded is not absent: "
                     "check first.");
    ck_assert_uint_eq(finding->rows_total, 3);
    ck_assert_str_eq(finding->rows[0].file, "posts.csv");
    ck_assert_str_eq(finding->lever_source, "S1:215");
    reported_close(&r);
}
END_TEST

/* ---- determinants -------------------------------------------------------------------------- */

/* So many actions of one scheme, the first of them on habits, then on the two other fields. */
static void write_actions(char *text, size_t room, int n, int habits)
{
    static const char *const others[] = {"health_system", "living_environment"};
    size_t used = (size_t) snprintf(text, room, "activities: id,kind,schemes,determinant\n");
    for (int i = 0; i < n; i++) {
        used += (size_t) snprintf(text + used, room - used, "a%d,action,S,%s\n", i,
                                  i < habits ? "habits" : others[i % 2]);
    }
}

static const struct {
    int n, habits;
    mlg_text_key text;
} action_cases[] = {
    {9, 9, T_unclear_determinants_few},
    {10, 3, T_unclear_determinants_chance},
    {10, 8, T_finding_determinants},
    {12, 4, T_unclear_determinants_chance},
};

START_TEST(a_lack_of_balance_takes_ten_actions_and_a_test)
{
    const mlg_text_key texts[] = {T_unclear_determinants_few, T_unclear_determinants_chance,
                                  T_finding_determinants, T_finding_determinants_scheme};
    char text[1000];
    reported r;
    write_actions(text, sizeof text, action_cases[_i].n, action_cases[_i].habits);
    reported_study(&r, text);
    for (int t = 0; t < N_OF(texts); t++) {
        ck_assert_msg((said(&r, texts[t]) != NULL) == (texts[t] == action_cases[_i].text), "%s",
                      mlg_text_name(texts[t]));
    }
    reported_close(&r);
}
END_TEST

START_TEST(unbalanced_actions_read_with_what_thirds_expect)
{
    char text[1000];
    reported r;
    write_actions(text, sizeof text, 12, 11);
    strcat(text, "b,action,S,\n");
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "determinants");
    const char *sentence = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(sentence, "Of 12 actions whose determinant is known, 0 bear on the health "
                                   "system, 1 on the living environment and 11 on habits; in "
                                   "thirds, 4 of each would be expected (p = 0.0001") != NULL,
                  "%s", sentence);
    ck_assert_ptr_nonnull(strstr(sentence, "1 without a determinant on record"));
    ck_assert_double_eq_tol(finding->share, 7.0 / 12.0, 1e-12);
    ck_assert_int_eq(finding->level, MLG_WARN); /* thirds are no norm */
    ck_assert_uint_eq(finding->rows_total, 12);
    reported_close(&r);
}
END_TEST

/* ---- funders -------------------------------------------------------------------------------- */

static const struct {
    const char *what, *study;
    mlg_text_key text;
    mlg_level level;
} funder_cases[] = {
    {"no funder", "schemes: id\ns\n", T_none, MLG_INFO},
    {"two funders", "schemes: id\ns\nfunding: funder,target\nA,s\nB,s\n", T_none, MLG_INFO},
    {"one scheme", "schemes: id\ns\nfunding: funder,target\nA,s\n", T_finding_funder_schemes,
     MLG_NOTICE},
    {"of three, all recorded",
     "schemes: id\ns\nt\nu\nfunding: funder,target\nA,s\nA,t\nB,t\nA,u\nB,u\n",
     T_finding_funder_schemes, MLG_WARN},
    {"of four, one not recorded",
     "schemes: id\ns\nt\nu\nv\nfunding: funder,target\nA,s\nA,t\nB,t\nA,u\nB,u\n",
     T_finding_funder_schemes, MLG_NOTICE},
    {"most are not recorded", "schemes: id\ns\nt\nu\nfunding: funder,target\nA,s\n", T_none,
     MLG_INFO},
    {"posts", "posts: id,person,role,funder\np,Ann,coordinator,A\n", T_finding_funder_posts,
     MLG_NOTICE},
    {"both", "posts: id,person,role,scheme,funder\np,Ann,coordinator,s,A\n", T_finding_funder_both,
     MLG_NOTICE},
};

START_TEST(a_single_funder_is_said_of_what_is_recorded)
{
    const mlg_text_key texts[] = {T_finding_funder_schemes, T_finding_funder_posts,
                                  T_finding_funder_both};
    reported r;
    reported_study(&r, funder_cases[_i].study);
    for (int t = 0; t < N_OF(texts); t++) {
        const mlg_finding *finding = said(&r, texts[t]);
        ck_assert_msg((finding != NULL) == (texts[t] == funder_cases[_i].text), "%s: %s",
                      funder_cases[_i].what, mlg_text_name(texts[t]));
        ck_assert_msg(finding == NULL || finding->level == funder_cases[_i].level, "%s",
                      funder_cases[_i].what);
        ck_assert(finding == NULL || finding->rows_total >= 1);
    }
    reported_close(&r);
}
END_TEST

static const struct {
    const char *study, *sentence;
} named_cases[] = {
    {"schemes: id\ns\nt\nu\nfunding: funder,target\nA,s\nA,t\nB,t\nA,u\nB,u\n",
     "1 scheme has a single funder on record: “s”. At least one funder is on record for 3 of 3 "
     "schemes."},
    {"schemes: id\ns\nt\nu\nfunding: funder,target\nA,s\nA,t\n",
     "2 schemes each have a single funder on record: “s” and “t”. At least one funder is on "
     "record for 2 of 3 schemes."},
    {"schemes: id\ns\nt\nu\nfunding: funder,target\nA,s\nA,t\nA,u\n",
     "3 schemes each have a single funder on record: “s”, “t” and “u”. At least one funder is on "
     "record for 3 of 3 schemes."},
    {"schemes: id\ns\nt\nu\nv\nfunding: funder,target\nA,s\nA,t\nA,u\nA,v\n",
     "4 schemes each have a single funder on record: “s”, “t”, “u” and 1 other. At least one "
     "funder is on record for 4 of 4 schemes."},
    {"posts: id,person,role,scheme,funder\np,Ann,coordinator,s,A\n",
     "1 scheme and 1 post each have a single funder on record: “s” and “p”. At least one funder "
     "is on record for 1 of 1 scheme and for 1 of 1 post."},
};

START_TEST(a_single_funder_names_whom_it_pays)
{
    reported r;
    reported_study(&r, named_cases[_i].study);
    const mlg_finding *finding = reported_first(&r, "single_funder");
    ck_assert_ptr_nonnull(finding);
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN), named_cases[_i].sentence);
    reported_close(&r);
}
END_TEST

/* ---- posts ------------------------------------------------------------------------------------
 */

static const struct {
    const char *role, *lever; /* NULL: the documents say nothing */
} vacant_cases[] = {{"coordinator", "S0:299"},
                    {"elected", "S1:215"},
                    {"director", "S1:215"},
                    {"referent", NULL},
                    {"", NULL}};

START_TEST(a_vacant_post_calls_for_what_fits_its_role)
{
    char text[200];
    reported r;
    (void) snprintf(text, sizeof text, POSTS "p,vacant,%s,s\n", vacant_cases[_i].role);
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "vacant_post");
    ck_assert_ptr_nonnull(finding);
    if (vacant_cases[_i].lever == NULL) {
        ck_assert_int_eq(finding->lever, T_none);
    } else {
        ck_assert_str_eq(finding->lever_source, vacant_cases[_i].lever);
    }
    reported_close(&r);
}
END_TEST

START_TEST(a_post_of_several_rows_carries_the_schemes_of_all)
{
    reported r;
    reported_study(&r, "study: key,value\ndate,2025-12-31\nposts: id,person,scheme,start,end\n"
                       "p,Ann,s,2023,2026-08\np,Ann,t,2023,2026-08\np,Ann,u,2023,2030\n"
                       "q,vacant,s,2020,\n");
    ck_assert_uint_eq(reported_count(&r, "expiring_post"), 1); /* in s and t; it goes on in u */
    ck_assert_uint_eq(reported_first(&r, "expiring_post")->rows_total, 2);
    reported_close(&r);
    reported_study(&r, "study: key,value\ndate,2025-12-31\nposts: id,person,scheme,start,end\n"
                       "p,Ann,s,2023,2026-08\np,Ann,t|s,2023,2026-08\nq,vacant,,2020,\n");
    const mlg_finding *finding = reported_first(&r, "expiring_post");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “p” (scheme “s” and others) ends on 31 August 2026, in 8 months, "
                     "and no follow-up is recorded.");
    ck_assert_uint_eq(finding->rows_total, 2);
    ck_assert_str_eq(reported_sentence(&r, reported_first(&r, "vacant_post"), MLG_EN),
                     "The post “q” is vacant.");
    reported_close(&r);
}
END_TEST

/* ---- no memory ---------------------------------------------------------------------------------
 */

START_TEST(any_allocation_of_these_rules_may_fail)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_study(&r, "study: key,value\ndate,2024-12-31\n"
                       "activities: id,kind,power,determinant,funders\n"
                       "a,steering,decides,,\nb,action,,habits,A\n" SEATS
                       "O,a,\n" POSTS TRIO("s") "ties: from,to\nPEs,PCs\n");
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
    Suite *suite = suite_create("scheme rules");
    TCase *rules = tcase_create("rules");
    tcase_add_loop_test(rules, residents_away_from_decisions_are_told_by_what_is_recorded, 0,
                        N_OF(residents_cases));
    tcase_add_test(rules, residents_who_never_decide_read_as_findings_do);
    tcase_add_loop_test(rules, a_trio_is_open_only_by_what_is_recorded, 0, N_OF(trio_cases));
    tcase_add_test(rules, an_open_trio_names_the_pair_and_shows_its_posts);
    tcase_add_loop_test(rules, a_lack_of_balance_takes_ten_actions_and_a_test, 0,
                        N_OF(action_cases));
    tcase_add_test(rules, unbalanced_actions_read_with_what_thirds_expect);
    tcase_add_loop_test(rules, a_single_funder_is_said_of_what_is_recorded, 0, N_OF(funder_cases));
    tcase_add_loop_test(rules, a_single_funder_names_whom_it_pays, 0, N_OF(named_cases));
    tcase_add_loop_test(rules, a_vacant_post_calls_for_what_fits_its_role, 0, N_OF(vacant_cases));
    tcase_add_test(rules, a_post_of_several_rows_carries_the_schemes_of_all);
    tcase_add_test(rules, any_allocation_of_these_rules_may_fail);
    suite_add_tcase(suite, rules);
    return suite_run(suite);
}
