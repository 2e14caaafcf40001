/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "finding/next_table.h"
#include "finding/rule.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* Ten actors in two sectors of five, a tie each: what the hand-made values speak of. */
static const char ten_actors[] = "actors: id,kind,sector\n"
                                 "a0,organisation,hospital\na1,organisation,hospital\n"
                                 "a2,organisation,hospital\na3,organisation,hospital\n"
                                 "a4,organisation,hospital\nb0,organisation,social\n"
                                 "b1,organisation,social\nb2,organisation,social\n"
                                 "b3,organisation,social\nb4,organisation,social\n"
                                 "ties: from,to,kind\n"
                                 "a0,a1,works_with\na2,a3,works_with\nb0,b1,works_with\n"
                                 "b2,b3,works_with\na4,b4,works_with\n"
                                 "a0,a2,works_with\na1,a3,works_with\nb0,b2,works_with\n"
                                 "b1,b3,works_with\na0,a3,works_with\n";
enum { HOSPITAL = MLG_CODE_OF(sector, hospital), SOCIAL = MLG_CODE_OF(sector, social) };

static void put_ei(reported *r, int32_t view, double value, double expected, double p)
{
    mlg_value *ei = reported_value(r, "silo.ei", view, 1);
    reported_set(ei, MLG_VALUE, 0, value);
    reported_set(ei, MLG_EXPECTED, 0, expected);
    reported_set(ei, MLG_LOW, 0, expected - 0.2);
    reported_set(ei, MLG_HIGH, 0, expected + 0.2);
    reported_set(ei, MLG_P, 0, p);
}

/* ---- levels --------------------------------------------------------------------------- */

static const struct {
    double share;
    mlg_level level;
} level_cases[] = {
    {0.0, MLG_NOTICE},     {0.10, MLG_NOTICE}, {0.1001, MLG_WARN}, {0.25, MLG_WARN},
    {0.2501, MLG_SERIOUS}, {1.0, MLG_SERIOUS}, {NAN, MLG_NOTICE},
};

START_TEST(each_kind_has_its_words)
{
    for (const mlg_rule *rule = mlg_rules(); rule->kind != NULL; rule++) {
        char key[64];
        snprintf(key, sizeof key, "kind_%s", rule->kind);
        ck_assert_msg(mlg_text_find(key) != 0, "no text %s", key);
    }
}
END_TEST

START_TEST(a_level_begins_just_above_its_threshold)
{
    size_t asked = 0;
    for (const mlg_rule *rule = mlg_rules(); rule->kind != NULL; rule++) {
        const bool info = strcmp(rule->kind, "nothing_to_conclude") == 0 ||
                          strcmp(rule->kind, "next_table") == 0 ||
                          strcmp(rule->kind, "communities") == 0 ||
                          strcmp(rule->kind, "load") == 0 || strcmp(rule->kind, "distance") == 0 ||
                          strcmp(rule->kind, "key_players") == 0;
        /* crossing is no fault in itself, nor is a rare direction; how to read is no diagnosis */
        const bool mild =
            strcmp(rule->kind, "crossing_perimeters") == 0 ||
            strcmp(rule->kind, "theme_scale") == 0 || strcmp(rule->kind, "moved_perimeter") == 0 ||
            strcmp(rule->kind, "only_bridge") == 0 || strcmp(rule->kind, "levels") == 0 ||
            strcmp(rule->kind, "two_stories") == 0 || strcmp(rule->kind, "ending_scheme") == 0;
        /* several would have to leave: serious over a half */
        const bool half = strcmp(rule->kind, "only_through") == 0;
        const mlg_level level =
            half && level_cases[_i].share <= 0.5 && level_cases[_i].level == MLG_SERIOUS
                ? MLG_WARN
                : level_cases[_i].level;
        ck_assert_int_eq(mlg_rule_level(rule, level_cases[_i].share), info ? MLG_INFO
                                                                      : mild && level == MLG_SERIOUS
                                                                          ? MLG_WARN
                                                                          : level);
        asked++;
    }
    ck_assert_uint_ge(asked, 10);
}
END_TEST

START_TEST(levels_are_found_by_their_name)
{
    for (int level = MLG_INFO; level <= MLG_SERIOUS; level++) {
        ck_assert_int_eq(mlg_level_find(mlg_level_name((mlg_level) level)), level);
    }
    ck_assert_int_eq(mlg_level_find("grave"), -1);
}
END_TEST

/* ---- silo of a view --------------------------------------------------------------------- */

static const struct {
    const char *what;
    double value, expected, p;
    const char *kind;
    mlg_text_key text;
    mlg_level level;
} silo_cases[] = {
    {"p at the threshold, a tenth missing", -0.1, 0.0, 0.05, "silo", T_finding_silo, MLG_NOTICE},
    {"just over a tenth missing", -0.102, 0.0, 0.01, "silo", T_finding_silo, MLG_WARN},
    {"over a quarter missing", -0.26, 0.0, 0.001, "silo", T_finding_silo, MLG_SERIOUS},
    {"p just above the threshold", -0.5, 0.0, 0.0501, "nothing_to_conclude", T_unclear_chance,
     MLG_INFO},
    {"as open as expected", 0.0, 0.0, 0.5, "nothing_to_conclude", T_unclear_mixed, MLG_INFO},
    {"more open than expected, p low all the same", 0.2, 0.0, 0.01, "nothing_to_conclude",
     T_unclear_mixed, MLG_INFO},
    {"no p", -0.5, 0.0, NAN, "nothing_to_conclude", T_unclear_undefined, MLG_INFO},
};

START_TEST(a_silo_is_claimed_only_from_p_and_below_what_is_expected)
{
    reported r;
    reported_open(&r, ten_actors);
    put_ei(&r, 0, silo_cases[_i].value, silo_cases[_i].expected, silo_cases[_i].p);
    reported_find(&r);

    const mlg_finding *finding = reported_first(&r, silo_cases[_i].kind);
    ck_assert_msg(finding != NULL, "%s", silo_cases[_i].what);
    ck_assert_msg(finding->text == silo_cases[_i].text, "%s: %s", silo_cases[_i].what,
                  mlg_text_name(finding->text));
    ck_assert_msg(finding->level == silo_cases[_i].level, "%s", silo_cases[_i].what);
    ck_assert_uint_eq(reported_count(&r, "silo") + reported_count(&r, "nothing_to_conclude"), 1);
    reported_close(&r);
}
END_TEST

START_TEST(a_silo_reads_as_shares_of_ties_with_what_is_expected)
{
    reported r;
    reported_open(&r, ten_actors);
    put_ei(&r, 0, 0.2, 0.6, 0.002); /* 60 % of ties join two sectors, 80 % expected */
    reported_find(&r);
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "Partners stay within their own sector more often than expected: 60% of ties "
                     "join two sectors, where 80% (70% to 90%) would be expected if partners were "
                     "chosen regardless of sector (p = 0.0020; E-I index 0.20, expected 0.60).");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_FR), "p = 0,0020"));
    ck_assert_double_eq_tol(finding->share, 0.25, 1e-12);
    ck_assert_str_eq(finding->measures[0], "silo.ei");
    ck_assert_str_eq(finding->lever_source, "S0:281");
    /* the ties inside a sector are what it rests on */
    ck_assert_uint_eq(finding->rows_total, 9);
    ck_assert_str_eq(finding->rows[0].file, "ties.csv");
    ck_assert_int_eq(finding->rows[0].line, 2);
    ck_assert_int_eq(finding->rows[3].line, 5);
    reported_close(&r);
}
END_TEST

static const struct {
    const char *what, *study;
    mlg_text_key text;
} too_small[] = {
    {"nine actors",
     "actors: id,sector\na0,hospital\na1,hospital\na2,hospital\na3,hospital\nb0,social\nb1,social\n"
     "b2,social\nb3,social\nb4,social\nties: from,to\na0,a1\n",
     T_unclear_too_few},
    {"ten actors, but one sector of two",
     "actors: id,sector\na0,hospital\na1,hospital\na2,hospital\na3,hospital\na4,hospital\n"
     "a5,hospital\na6,hospital\na7,hospital\na8,hospital\nb0,social\nties: from,to\na0,a1\n",
     T_unclear_too_few},
    {"no sector at all", "ties: from,to\na0,a1\na1,a2\n", T_unclear_no_sector},
};

START_TEST(too_small_a_view_concludes_nothing_whatever_its_p)
{
    reported r;
    reported_open(&r, too_small[_i].study);
    put_ei(&r, 0, -0.9, 0.5, 0.0001);
    reported_find(&r);
    ck_assert_msg(reported_count(&r, "silo") == 0, "%s", too_small[_i].what);
    ck_assert_int_eq(reported_first(&r, "nothing_to_conclude")->text, too_small[_i].text);
    ck_assert_int_eq(reported_first(&r, "nothing_to_conclude")->level, MLG_INFO);
    reported_close(&r);
}
END_TEST

/* ---- sector pairs and closed sectors ------------------------------------------------------ */

/* The full matrix of two sectors, both ways, as silo.mixing lists it. */
static mlg_value *put_mixing(reported *r, double observed, double expected, double p_adjusted)
{
    const mlg_id side[2] = {HOSPITAL, SOCIAL};
    mlg_value *mixing = reported_value(r, "silo.mixing", 0, 4);
    for (size_t i = 0; i < 4; i++) {
        const bool crosses = i == 1 || i == 2;
        mixing->subject[2 * i] = side[i / 2];
        mixing->subject[2 * i + 1] = side[i % 2];
        reported_set(mixing, MLG_VALUE, i, crosses ? observed : 1.0);
        reported_set(mixing, MLG_EXPECTED, i, crosses ? expected : 20.0);
        reported_set(mixing, MLG_LOW, i, expected - 6.0);
        reported_set(mixing, MLG_HIGH, i, expected + 6.0);
        reported_set(mixing, MLG_P_ADJUSTED, i, p_adjusted);
    }
    return mixing;
}

static const struct {
    const char *what;
    double observed, expected, p;
    size_t found;
} pair_cases[] = {
    {"under-tied", 9, 21, 0.05, 1},   {"adjusted p just above", 9, 21, 0.0501, 0},
    {"over-tied", 30, 21, 0.001, 0},  {"as expected", 21, 21, 0.001, 0},
    {"p not defined", 9, 21, NAN, 0}, {"none at all", 0, 21, 0.01, 1},
};

START_TEST(a_network_emptied_by_its_period_says_so)
{
    reported r;
    reported_study(&r, "study: key,value\ndate,2024-06-30\nactors: id,kind,sector\n"
                       "a,organisation,social\nb,organisation,sport\n"
                       "ties: from,to,end\na,b,2020-12-31\n");
    const mlg_finding *finding = reported_first(&r, "nothing_to_conclude");
    ck_assert_ptr_nonnull(finding);
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&r, finding, MLG_EN), "1 of the 1 rows lie outside the period"));
    reported_close(&r);
}
END_TEST

START_TEST(an_under_tied_pair_of_sectors_is_said_once)
{
    reported r;
    reported_open(&r, ten_actors);
    put_mixing(&r, pair_cases[_i].observed, pair_cases[_i].expected, pair_cases[_i].p);
    reported_find(&r);
    ck_assert_msg(reported_count(&r, "silo") == pair_cases[_i].found, "%s: %zu",
                  pair_cases[_i].what, reported_count(&r, "silo"));
    if (pair_cases[_i].found > 0) {
        const mlg_finding *finding = reported_first(&r, "silo");
        ck_assert_uint_eq(finding->n_subjects, 2);
        ck_assert_int_eq(finding->subject_scope[0], MLG_SCOPE_SECTOR);
        ck_assert_uint_eq(finding->rows_total, 1); /* a4,b4 */
        ck_assert_int_eq(finding->text, pair_cases[_i].observed > 0 ? T_finding_sector_pair
                                                                    : T_finding_sector_pair_none);
    }
    reported_close(&r);
}
END_TEST

START_TEST(a_pair_of_sectors_reads_as_findings_do)
{
    reported r;
    reported_open(&r, ten_actors);
    put_mixing(&r, 9, 21, 0.002);
    reported_find(&r);
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                 "9 ties where 21 (15 to 27) would be expected"));
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_FR),
                                 "9 liens, alors qu’on en attendrait 21 (de 15 à 27)"));
    /* 12 of the 21 expected ties between sectors are missing */
    ck_assert_double_eq_tol(finding->share, 12.0 / 21.0, 1e-12);
    ck_assert_int_eq(finding->level, MLG_SERIOUS);
    reported_close(&r);
}
END_TEST

START_TEST(a_closed_sector_needs_two_actors_and_an_adjusted_p)
{
    for (int i = 0; i < 3; i++) {
        reported r;
        reported_open(&r, ten_actors);
        put_ei(&r, 0, 0.0, 0.5, 0.2);
        mlg_value *group = reported_value(&r, "silo.ei_group", 0, 1);
        group->subject[0] = HOSPITAL;
        reported_set(group, MLG_VALUE, 0, -0.5);
        reported_set(group, MLG_EXPECTED, 0, 0.5);
        reported_set(group, MLG_LOW, 0, 0.3);
        reported_set(group, MLG_HIGH, 0, 0.7);
        reported_set(group, MLG_P_ADJUSTED, 0, i == 1 ? 0.051 : 0.05);
        reported_part(group, "internal", 0, 15);
        reported_part(group, "external", 0, 5);
        reported_part(group, "actors", 0, i == 2 ? 1 : 2);
        reported_find(&r);
        ck_assert_uint_eq(reported_count(&r, "silo"), i == 0 ? 1 : 0);
        if (i == 0) {
            const mlg_finding *finding = reported_first(&r, "silo");
            /* 15 of 20 ties should lead out and 5 do; of 17.5 ties, .75 should join two */
            ck_assert_double_eq_tol(finding->share, 10.0 / (17.5 * 0.75), 1e-12);
            ck_assert_ptr_nonnull(
                strstr(reported_sentence(&r, finding, MLG_EN),
                       "5 of its 20 ties lead to another sector (25%), where 75%"));
        }
        reported_close(&r);
    }
}
END_TEST

/* 94 of 101 where 98 % would be: said as little; not at all where it is a hundredth of the ties
 * that should join two sectors. */
START_TEST(a_slightly_closed_sector_is_said_as_such_or_not_at_all)
{
    reported r;
    reported_open(&r, ten_actors);
    put_ei(&r, 0, 0.0, 0.9, 0.2);
    mlg_value *group = reported_value(&r, "silo.ei_group", 0, 2);
    for (size_t row = 0; row < 2; row++) {
        group->subject[row] = HOSPITAL;
        reported_set(group, MLG_VALUE, row, 2 * 94.0 / 101 - 1);
        reported_set(group, MLG_EXPECTED, row, 2 * 0.98 - 1);
        reported_set(group, MLG_LOW, row, 0.92);
        reported_set(group, MLG_HIGH, row, 0.98);
        reported_set(group, MLG_P_ADJUSTED, row, row == 0 ? 0.0004 : 0.5);
        reported_part(group, "internal", row, row == 0 ? 7 : 0);
        reported_part(group, "external", row, row == 0 ? 94 : (_i == 0 ? 94 : 900));
        reported_part(group, "actors", row, 4);
    }
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "silo"), _i == 0 ? 1 : 0);
    if (_i == 0) { /* 4.98 missing of (7 + 47 + 47) * .95 */
        ck_assert_ptr_nonnull(strstr(reported_sentence(&r, reported_first(&r, "silo"), MLG_EN),
                                     "is a little less open than expected: 94 of its 101 ties lead "
                                     "to another sector (93%)"));
    }
    reported_close(&r);
}
END_TEST

/* ---- dependence ---------------------------------------------------------------------------- */

static const struct {
    double share;
    size_t found;
    mlg_level level;
} loss_cases[] = {
    {0.05, 0, MLG_NOTICE}, {0.0501, 1, MLG_NOTICE}, {0.10, 1, MLG_NOTICE}, {0.101, 1, MLG_WARN},
    {0.25, 1, MLG_WARN},   {0.251, 1, MLG_SERIOUS}, {NAN, 0, MLG_NOTICE},
};

START_TEST(dependence_is_said_above_a_twentieth_of_the_pairs)
{
    reported r;
    reported_open(&r, ten_actors);
    mlg_value *lost = reported_value(&r, "depend.cross_pairs_lost", 0, 10);
    for (size_t row = 0; row < 10; row++) {
        lost->subject[row] = (mlg_id) row;
        reported_set(lost, MLG_VALUE, row, row == 3 ? 118.0 : row == 7 ? 21.0 : 0.0);
        reported_part(lost, "share", row, row == 3 ? loss_cases[_i].share : 0.0);
        reported_part(lost, "connected", row, 402);
    }
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "dependence"), loss_cases[_i].found);
    if (loss_cases[_i].found > 0) {
        const mlg_finding *finding = reported_first(&r, "dependence");
        ck_assert_int_eq(finding->level, loss_cases[_i].level);
        ck_assert_int_eq(finding->subject[0], 3);
        ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                     "Without “a3”, 118 of the 402 cross-sector pairs"));
        ck_assert_ptr_nonnull(
            strstr(reported_sentence(&r, finding, MLG_EN), "the next actor would cut 21"));
        ck_assert_uint_eq(finding->rows_total, 3);
    }
    reported_close(&r);
}
END_TEST

START_TEST(nine_actors_are_no_network_to_depend_in)
{
    reported r;
    reported_study(&r, "actors: id,sector\na0,hospital\na1,hospital\na2,hospital\nb0,social\n"
                       "b1,social\nties: from,to\na0,a1\na1,a2\na2,b0\nb0,b1\n");
    ck_assert_uint_eq(reported_count(&r, "dependence"), 0);
    reported_close(&r);
}
END_TEST

/* ---- posts ------------------------------------------------------------------------------------
 */

#define POSTS(rows) "study: key,value\ndate,2024-06-30\nposts: id,person,scheme,start,end\n" rows

static const struct {
    const char *what, *study;
    size_t vacant, expiring;
} post_cases[] = {
    {"the word vacant", POSTS("p,vacant,s,2020-01-01,\n"), 1, 0},
    {"an empty holder is unknown", POSTS("p,,s,2020-01-01,\n"), 0, 0},
    {"a holder", POSTS("p,Ann,s,2020-01-01,\n"), 0, 0},
    {"vacant until last year", POSTS("p,vacant,s,2020-01-01,2023-06-30\n"), 0, 0},
    {"vacant, then held", POSTS("p,vacant,s,2020-01-01,2023-06-30\np,Ann,s,2023-07-01,\n"), 0, 0},
    {"held, then vacant", POSTS("p,Ann,s,2020-01-01,2023-06-30\np,vacant,s,2023-07-01,\n"), 1, 0},
    {"vacant and held at once is one holder",
     POSTS("p,vacant,s,2020-01-01,\np,Ann,s,2021-01-01,\n"), 0, 0},
    {"said to be vacant twice", POSTS("p,vacant,s,2020-01-01,\np,vacant,t,2020-01-01,\n"), 1, 0},
    {"no id, a scheme", POSTS(",vacant,s,2020-01-01,\n"), 1, 0},
    {"ends today", POSTS("p,Ann,s,2020-01-01,2024-06-30\n"), 0, 1},
    {"ends in a year to the day", POSTS("p,Ann,s,2020-01-01,2025-06-30\n"), 0, 1},
    {"ends a day later", POSTS("p,Ann,s,2020-01-01,2025-07-01\n"), 0, 0},
    {"ended yesterday, nothing after", POSTS("p,Ann,s,2020-01-01,2024-06-29\n"), 0, 1},
    {"ended yesterday, then held", POSTS("p,Ann,s,2020,2024-06-29\np,Bob,s,2024-06-30,\n"), 0, 0},
    {"ended over a year ago", POSTS("p,Ann,s,2020-01-01,2023-06-30\n"), 0, 0},
    {"ended, without an id", POSTS(",Ann,s,2020-01-01,2024-06-29\n"), 0, 1},
    {"followed in its scheme, without ids",
     POSTS(",Ann,s,2020-01-01,2024-06-29\n,Bob,s|t,2024-06-30,\n"), 0, 0},
    {"another scheme follows nothing", POSTS(",Ann,s,2020-01-01,2024-06-29\n,Bob,t,2024-06-30,\n"),
     0, 1},
    {"ends within a year alone", POSTS("p,Ann,s,2020,2024\n"), 0, 1},
    {"of an unknown holder", POSTS("p,,s,2020-01-01,2024-12-31\n"), 0, 1},
    {"goes on in another row", POSTS("p,Ann,s,2020-01-01,2024-12-31\np,,s,2025-01-01,\n"), 0, 0},
    {"no end known", POSTS("p,Ann,s,2020-01-01,\n"), 0, 0},
    {"the study has no date", "posts: id,person,scheme,start,end\np,Ann,s,2020-01-01,2024-12-31\n",
     0, 0},
};

START_TEST(a_post_is_vacant_or_ends_only_when_its_rows_say_so)
{
    reported r;
    reported_study(&r, post_cases[_i].study);
    ck_assert_msg(reported_count(&r, "vacant_post") == post_cases[_i].vacant, "%s",
                  post_cases[_i].what);
    ck_assert_msg(reported_count(&r, "expiring_post") == post_cases[_i].expiring, "%s",
                  post_cases[_i].what);
    for (size_t i = 0; i < r.findings.n; i++) {
        const mlg_finding *finding = &r.findings.items[i];
        if (strstr(finding->kind, "_post") != NULL) {
            ck_assert_uint_ge(finding->n_rows, 1);
            ck_assert_str_eq(finding->rows[0].file, "posts.csv");
            ck_assert_ptr_null(strstr(reported_sentence(&r, finding, MLG_EN), "Ann"));
        }
    }
    reported_close(&r);
}
END_TEST

START_TEST(a_post_that_ends_says_when_and_what_depends_on_it)
{
    reported r;
    reported_study(&r, reported_rich_study());
    const mlg_finding *finding = reported_first(&r, "expiring_post");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “p1” (employer: “Alpha hospital”) ends on 31 December 2024, in 6 "
                     "months, and no follow-up is recorded: 1 scheme and 4,000 residents depend "
                     "on it.");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_FR),
                                 "prend fin le 31 décembre 2024, dans 6 mois"));
    ck_assert_double_eq(finding->share, 0.5); /* of the schemes: p3 coordinates the other too */
    ck_assert_int_eq(finding->level, MLG_WARN);
    finding = reported_first(&r, "vacant_post");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “p2” (scheme “Mental health council”) is vacant; no scheme rests on "
                     "this post alone.");
    reported_close(&r);
}
END_TEST

/* Months are the calendar's; below one, days. */
static const struct {
    const char *date, *end, *when;
} ends[] = {
    {"2023-12-31", "2024-04-30", "in 4 months"},
    {"2024-01-31", "2024-02-29", "in 1 month"},
    {"2023-01-31", "2023-02-28", "in 1 month"},
    {"2024-01-31", "2024-02-28", "in 28 days"},
    {"2024-06-10", "2024-06-30", "in 20 days"},
    {"2024-06-10", "2024-06-11", "in 1 day"},
    {"2024-06-10", "2024-06-10", "on the study’s date"},
    {"2024-06-10", "2024-07-09", "in 29 days"},
    {"2024-06-10", "2024-07-10", "in 1 month"},
    {"2024-06-30", "2024-07-31", "in 1 month"},
    {"2024-11-15", "2025-02-14", "in 2 months"},
    {"2024-06-10", "2024-05-31", "10 days ago"},
    {"2024-06-29", "2024-05-31", "29 days ago"},
    {"2024-07-01", "2024-05-31", "1 month ago"},
};

START_TEST(an_end_is_told_in_months_of_the_calendar)
{
    char text[256], when[64];
    reported r;
    snprintf(text, sizeof text,
             "study: key,value\ndate,%s\nposts: id,person,scheme,start,end\np,Ann,s,2020,%s\n",
             ends[_i].date, ends[_i].end);
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "expiring_post");
    ck_assert_ptr_nonnull(finding);
    snprintf(when, sizeof when, ", %s, and no", ends[_i].when);
    ck_assert_msg(strstr(reported_sentence(&r, finding, MLG_EN), when) != NULL, "%s to %s: %s",
                  ends[_i].date, ends[_i].end, reported_sentence(&r, finding, MLG_EN));
    reported_close(&r);
}
END_TEST

START_TEST(a_post_that_ended_says_since_when)
{
    reported r;
    reported_study(&r, POSTS("p,Ann,s,2020-01-01,2024-02-29\n"));
    const mlg_finding *finding = reported_first(&r, "expiring_post");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “p” (scheme “s”) ended on 29 February 2024, 4 months ago, and no "
                     "follow-up is recorded."); /* its role is not known, nor what rests on it */
    reported_close(&r);
}
END_TEST

START_TEST(several_schemes_on_one_coordination_are_a_dependence)
{
    reported r;
    reported_study(&r, "posts: id,person,role,scheme,fte\n"
                       "p1,Ann,coordinator,s|t,1\n"
                       "p2,vacant,coordinator,s,1\n");
    const mlg_finding *finding = reported_first(&r, "dependence");
    ck_assert_ptr_nonnull(finding);
    ck_assert_str_eq(finding->measures[0], "depend.schemes_per_person");
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&r, finding, MLG_EN), "schemes rest on one coordination: p1"));
    reported_close(&r);
}
END_TEST

/* Another coordinator, or a post whose holder is unknown, may keep a scheme going. */
START_TEST(schemes_with_two_coordinations_rest_on_none)
{
    reported r;
    reported_study(&r, "posts: id,person,role,scheme,fte\n"
                       "p1,Ann,coordinator,s|t|u,1\n"
                       "p2,Bob,coordinator,s|t,1\n"
                       "p3,,coordinator,u,1\n");
    ck_assert_uint_eq(reported_count(&r, "dependence"), 0);
    reported_close(&r);
}
END_TEST

/* ---- territories
 * --------------------------------------------------------------------------------- */

START_TEST(crossing_perimeters_give_the_population_on_both_sides)
{
    reported r;
    reported_study(&r, reported_rich_study());
    const mlg_finding *finding = reported_first(&r, "crossing_perimeters");
    /* T3 = Northtown + Southtown, T4 = Southtown + Farville: 3,000 of 9,000 and of 4,000 */
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The perimeters “North area” and “South area” cross: 33% of the residents of "
                     "the first are also in the second, and 75% of those of the second in the "
                     "first. In all, 1 of the 1 pairs of perimeters with common ground crosses.");
    ck_assert_double_eq_tol(finding->share, 0.3, 1e-12);
    ck_assert_int_eq(finding->level, MLG_WARN);
    ck_assert_uint_eq(finding->rows_total, 4);
    reported_close(&r);
}
END_TEST

/* 0.6 of u each: from 0.2 to 0.6 of it is shared, that is 200 to 600 of 700 and of 700 residents.
 * What is sure makes the level. */
START_TEST(a_crossing_that_parts_leave_open_is_at_most)
{
    reported r;
    reported_study(&r, "territories: id,scale,population\nu,commune,1000\nv,commune,100\n"
                       "w,commune,100\n"
                       "perimeters: territory,unit,share\nA,u,0.6\nA,v,1\nB,u,0.6\nB,w,1\n");
    const mlg_finding *finding = reported_first(&r, "crossing_perimeters");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The perimeters “A” and “B” cross: at most 86% of the residents of the first "
                     "are also in the second, and at most 86% of those of the second in the first. "
                     "In all, 1 of the 1 pairs of perimeters with common ground crosses.");
    ck_assert_double_eq_tol(finding->share, 200.0 / 1200, 1e-12);
    ck_assert_int_eq(finding->level, MLG_WARN);
    reported_close(&r);
}
END_TEST

/* Where one unit in three is of unknown population, units are counted and nothing is serious. */
START_TEST(a_crossing_of_unknown_populations_counts_units)
{
    reported r;
    reported_study(&r, "territories: id,scale,population\nu,commune,1000\nv,commune,100\n"
                       "w,commune,\n"
                       "perimeters: territory,unit,share\nA,u,1\nA,v,1\nB,u,1\nB,w,1\n");
    const mlg_finding *finding = reported_first(&r, "crossing_perimeters");
    ck_assert_ptr_nonnull(finding);
    ck_assert_ptr_null(strstr(reported_sentence(&r, finding, MLG_EN), "residents"));
    ck_assert_int_lt(finding->level, MLG_WARN);
    reported_close(&r);
}
END_TEST

static const char coverage_study[] =
    "schemes: id,kind,territory\ns1,cls,T9\n"
    "posts: id,person,role,territory\ne1,Ann,elected,T1\n"
    "territories: id,scale,population\nT1,commune,700\nT2,commune,200\nT3,commune,100\nT9,epci,\n"
    "T8,region,\nperimeters: territory,unit\nT9,T1\nT9,T2\nT9,T3\n";

START_TEST(uncovered_territories_are_those_on_no_record)
{
    reported r;
    reported_study(&r, coverage_study);
    ck_assert_uint_eq(reported_count(&r, "uncovered_population"), 1);
    const mlg_finding *finding = reported_first(&r, "uncovered_population");
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "2 of 3 municipalities (30% of residents) have no elected or health referent on "
        "record. Not recorded is not absent: check first.");
    ck_assert_int_eq(finding->level, MLG_WARN); /* one unit of three has a record at all */
    ck_assert_uint_eq(finding->n_subjects, 2);
    reported_close(&r);
}
END_TEST

START_TEST(rows_that_reach_no_unit_at_all_claim_nothing)
{
    reported r;
    /* the only scheme is in a region, the units are communes */
    reported_study(&r, "schemes: id,kind,territory\ns1,cls,T8\n"
                       "territories: id,scale,population\nT1,commune,1\nT2,commune,2\nT8,region,\n"
                       "T9,epci,\nperimeters: territory,unit\nT9,T1\nT9,T2\n");
    ck_assert_uint_eq(reported_count(&r, "uncovered_population"), 0);
    reported_close(&r);
}
END_TEST

/* ---- next table
 * ------------------------------------------------------------------------------------- */

static const struct {
    const char *what, *study;
    mlg_table_id first;
} next_cases[] = {
    {"ties alone", "ties: from,to\na,b\n", MLG_ACTORS},
    {"participations alone", "participations: actor,activity\na,x\nb,x\n", MLG_ACTORS},
    {"perimeters alone", "perimeters: territory,unit\nT,U\n", MLG_PARTICIPATIONS},
    {"actors alone", "actors: id,sector\na,social\n", MLG_PARTICIPATIONS},
    {"ties and sectors", "actors: id,sector\na,social\nties: from,to\na,b\n", MLG_POSTS},
    {"contracts that end, and no date to see it from",
     "actors: id,sector\na,social\nties: from,to\na,b\nposts: id,person,end\np,X,2024-12-31\n",
     MLG_STUDY},
    {"actors without sectors", "actors: id\na\nties: from,to\na,b\n", MLG_ACTORS},
    {"perimeters without populations",
     "actors: id,sector\na,social\nties: from,to\na,b\nperimeters: territory,unit\nT,U\n",
     MLG_TERRITORIES},
};

START_TEST(a_study_names_the_next_table_worth_adding)
{
    mlg_next_table next[MLG_NEXT_TABLES];
    reported r;
    reported_study(&r, next_cases[_i].study);
    ck_assert_uint_ge(mlg_next_tables(r.model, next), 1);
    ck_assert_msg(next[0].table == next_cases[_i].first, "%s", next_cases[_i].what);
    ck_assert_uint_eq(reported_count(&r, "next_table"), 1);
    ck_assert_int_eq(reported_first(&r, "next_table")->level, MLG_INFO);
    ck_assert_str_eq(r.findings.items[r.findings.n - 1].kind, "next_table"); /* the last */
    reported_close(&r);
}
END_TEST

START_TEST(a_whole_study_asks_for_nothing)
{
    mlg_next_table next[MLG_NEXT_TABLES];
    reported r;
    reported_study(&r, "actors: id,sector\na,social\nties: from,to\na,b\n"
                       "participations: actor,activity\na,x\nposts: id,person\np,\n"
                       "schemes: id\ns\nterritories: id,population\nT,3\n"
                       "perimeters: territory,unit\nS,T\n");
    ck_assert_uint_eq(mlg_next_tables(r.model, next), 0);
    ck_assert_uint_eq(reported_count(&r, "next_table"), 0);
    reported_close(&r);
}
END_TEST

/* ---- the list
 * ------------------------------------------------------------------------------------------ */

static const char two_kinds[] =
    "actors: id,sector\n"
    "a0,hospital\na1,hospital\na2,hospital\na3,hospital\na4,hospital\n"
    "b0,social\nb1,social\nb2,social\nb3,social\nb4,social\n"
    "ties: from,to,kind\na0,a1,works_with\na0,b1,trusts\na2,a3,trusts\n";

START_TEST(views_by_kind_do_not_repeat_what_their_sum_says)
{
    reported r;
    reported_open(&r, two_kinds);
    ck_assert_uint_eq(r.n_views, 3);
    put_ei(&r, 0, -0.6, 0.0, 0.001);
    put_ei(&r, 1, -0.6, 0.0, 0.001);
    put_ei(&r, 2, -0.6, 0.0, 0.001);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "silo"), 1);
    ck_assert_int_eq(reported_first(&r, "silo")->view, 0);
    ck_assert_uint_eq(reported_count(&r, "nothing_to_conclude"), 0);
    reported_close(&r);
}
END_TEST

START_TEST(a_kind_that_is_closed_speaks_where_the_sum_does_not)
{
    reported r;
    reported_open(&r, two_kinds);
    put_ei(&r, 0, -0.1, 0.0, 0.4);
    put_ei(&r, 1, -0.6, 0.0, 0.02); /* adjusted over two kinds: .04 */
    put_ei(&r, 2, -0.6, 0.0, 0.5);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "silo"), 1);
    ck_assert_int_eq(reported_first(&r, "silo")->view, 1);
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&r, reported_first(&r, "silo"), MLG_EN), "p = 0.040"));
    ck_assert_uint_eq(reported_count(&r, "nothing_to_conclude"), 0);
    reported_close(&r);
}
END_TEST

START_TEST(looking_at_several_kinds_costs_significance)
{
    reported r;
    reported_open(&r, two_kinds);
    put_ei(&r, 0, -0.1, 0.0, 0.4);
    put_ei(&r, 1, -0.6, 0.0, 0.03); /* adjusted over two kinds: .06 */
    put_ei(&r, 2, -0.6, 0.0, 0.5);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "silo"), 0);
    reported_close(&r);
}
END_TEST

START_TEST(findings_stand_most_serious_first_then_by_share)
{
    reported r;
    reported_study(&r, reported_rich_study());
    ck_assert_uint_ge(r.findings.n, 6);
    for (size_t i = 1; i < r.findings.n; i++) {
        const mlg_finding *before = &r.findings.items[i - 1], *after = &r.findings.items[i];
        ck_assert_int_ge(before->level, after->level);
        if (before->level == after->level && !isnan(after->share)) {
            ck_assert(before->share >= after->share);
        }
    }
    reported_close(&r);
}
END_TEST

/* What every finding must have, whatever its rule. */
START_TEST(each_finding_is_whole_in_both_languages)
{
    const char *const studies[] = {reported_rich_study(), coverage_study, two_kinds, ten_actors};
    for (size_t s = 0; s < sizeof studies / sizeof *studies; s++) {
        reported r;
        reported_study(&r, studies[s]);
        for (size_t i = 0; i < r.findings.n; i++) {
            const mlg_finding *finding = &r.findings.items[i];
            for (int language = 0; language < MLG_N_LANGUAGES; language++) {
                const char *text = reported_sentence(&r, finding, (mlg_language) language);
                ck_assert_msg(strchr(text, '?') == NULL && strchr(text, '{') == NULL &&
                                  strstr(text, "n/") == NULL,
                              "%s: %s", finding->kind, text);
                ck_assert_ptr_null(strstr(text, "Curieuse"));
            }
            ck_assert_int_eq(finding->lever != T_none, finding->lever_source != NULL);
            for (size_t m = 0; m < finding->n_measures; m++) {
                ck_assert_ptr_nonnull(mlg_measure_find(finding->measures[m]));
            }
            ck_assert_uint_ge(finding->rows_total, finding->n_rows);
            ck_assert_uint_le(finding->n_rows, MLG_MAX_EVIDENCE);
        }
        reported_close(&r);
    }
}
END_TEST

START_TEST(the_rows_behind_a_finding_stop_at_twenty_and_are_counted)
{
    reported r;
    reported_study(&r, reported_two_silos(6)); /* 30 ties inside, 1 across */
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_ptr_nonnull(finding);
    ck_assert_uint_eq(finding->n_rows, MLG_MAX_EVIDENCE);
    ck_assert_uint_eq(finding->rows_total, 30);
    reported_close(&r);
}
END_TEST

START_TEST(participations_behind_a_silo_are_those_that_meet_their_own)
{
    reported r;
    reported_open(&r, "actors: id,sector\n"
                      "a0,hospital\na1,hospital\na2,hospital\na3,hospital\na4,hospital\n"
                      "b0,social\nb1,social\nb2,social\nb3,social\nb4,social\n"
                      "participations: actor,activity\n"
                      "a0,x\na1,x\nb0,x\na2,y\nb1,y\nb2,z\nb3,z\na3,w\n");
    put_ei(&r, 0, -0.5, 0.5, 0.01);
    reported_find(&r);
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_uint_eq(finding->rows_total, 4); /* a0 and a1 in x, b2 and b3 in z */
    const int32_t lines[] = {2, 3, 7, 8};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(finding->rows[i].line, lines[i]);
        ck_assert_str_eq(finding->rows[i].file, "participations.csv");
    }
    reported_close(&r);
}
END_TEST

START_TEST(any_allocation_of_the_rules_may_fail)
{
    reported r;
    reported_study(&r, reported_rich_study());
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status == MLG_ENOMEM; n++) {
        mlg_findings findings = {0};
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = n;
        status = mlg_find(r.context, &r.values, &findings, &err);
        if (mlg_alloc_fails_at >= 0) { /* fewer allocations than that: nothing failed */
            mlg_alloc_fails_at = -1;
            ck_assert_int_eq(status, MLG_OK);
            ck_assert_int_ge(n, 5);
        } else {
            ck_assert_int_eq(status, MLG_ENOMEM);
            ck_assert_str_ne(err.message, "");
            ck_assert_ptr_null(findings.items);
            ck_assert_uint_eq(findings.n, 0);
        }
        mlg_findings_free(&findings);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("finding");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, each_kind_has_its_words);
    tcase_add_loop_test(rules, a_level_begins_just_above_its_threshold, 0, N_OF(level_cases));
    tcase_add_test(rules, levels_are_found_by_their_name);
    tcase_add_loop_test(rules, a_silo_is_claimed_only_from_p_and_below_what_is_expected, 0,
                        N_OF(silo_cases));
    tcase_add_test(rules, a_silo_reads_as_shares_of_ties_with_what_is_expected);
    tcase_add_loop_test(rules, too_small_a_view_concludes_nothing_whatever_its_p, 0,
                        N_OF(too_small));
    tcase_add_loop_test(rules, an_under_tied_pair_of_sectors_is_said_once, 0, N_OF(pair_cases));
    tcase_add_test(rules, a_pair_of_sectors_reads_as_findings_do);
    tcase_add_test(rules, a_closed_sector_needs_two_actors_and_an_adjusted_p);
    tcase_add_loop_test(rules, a_slightly_closed_sector_is_said_as_such_or_not_at_all, 0, 2);
    tcase_add_loop_test(rules, dependence_is_said_above_a_twentieth_of_the_pairs, 0,
                        N_OF(loss_cases));
    tcase_add_test(rules, nine_actors_are_no_network_to_depend_in);
    tcase_add_loop_test(rules, a_post_is_vacant_or_ends_only_when_its_rows_say_so, 0,
                        N_OF(post_cases));
    tcase_add_test(rules, a_post_that_ends_says_when_and_what_depends_on_it);
    tcase_add_test(rules, a_post_that_ended_says_since_when);
    tcase_add_loop_test(rules, an_end_is_told_in_months_of_the_calendar, 0,
                        (int) (sizeof ends / sizeof *ends));
    tcase_add_test(rules, a_network_emptied_by_its_period_says_so);
    tcase_add_test(rules, a_crossing_that_parts_leave_open_is_at_most);
    tcase_add_test(rules, a_crossing_of_unknown_populations_counts_units);
    tcase_add_test(rules, several_schemes_on_one_coordination_are_a_dependence);
    tcase_add_test(rules, schemes_with_two_coordinations_rest_on_none);
    tcase_add_test(rules, crossing_perimeters_give_the_population_on_both_sides);
    tcase_add_test(rules, uncovered_territories_are_those_on_no_record);
    tcase_add_test(rules, rows_that_reach_no_unit_at_all_claim_nothing);
    tcase_add_loop_test(rules, a_study_names_the_next_table_worth_adding, 0, N_OF(next_cases));
    tcase_add_test(rules, a_whole_study_asks_for_nothing);
    suite_add_tcase(suite, rules);

    TCase *list = tcase_create("list");
    tcase_add_test(list, views_by_kind_do_not_repeat_what_their_sum_says);
    tcase_add_test(list, a_kind_that_is_closed_speaks_where_the_sum_does_not);
    tcase_add_test(list, looking_at_several_kinds_costs_significance);
    tcase_add_test(list, findings_stand_most_serious_first_then_by_share);
    tcase_add_test(list, each_finding_is_whole_in_both_languages);
    tcase_add_test(list, the_rows_behind_a_finding_stop_at_twenty_and_are_counted);
    tcase_add_test(list, participations_behind_a_silo_are_those_that_meet_their_own);
    tcase_add_test(list, any_allocation_of_the_rules_may_fail);
    suite_add_tcase(suite, list);
    return suite_run(suite);
}
