/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* Eleven organisations of five sectors; Ann, of TOWN, ties seven of them; Bob of HOSP one more. */
static const char town[] =
    "study: key,value\ndate,2024-12-31\nsurvival.person,0.25\n"
    "actors: id,kind,sector,organisation\n"
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nSCHOOL,organisation,education,\n"
    "CLUB,organisation,sport,\nCARE,organisation,social,\nWARD,organisation,hospital,\n"
    "LYCEE,organisation,education,\nPOOL,organisation,sport,\nDESK,organisation,social,\n"
    "LAB,organisation,hospital,\nHOME,organisation,housing,\n"
    "Ann Example,person,,TOWN\nBob Sample,person,,HOSP\n"
    "posts: id,person,role,scheme,employer,fte,end,territory\n"
    "Santé-ville,Ann Example,coordinator,CLS|CLSM,TOWN,0.5,2025-08-31,\n"
    "Youth,Bob Sample,coordinator,ASV,HOSP,1,,T1\nOld,vacant,coordinator,CLSM,TOWN,1,,\n"
    "schemes: id,name\nCLS,Local health contract\nCLSM,Mental health council\nASV,Workshop\n"
    "activities: id,schemes\nCOPIL,CLS\n"
    "territories: id,population\nT1,700\n"
    "ties: from,to,held_by\n"
    "Ann Example,HOSP,organisation\nAnn Example,SCHOOL,person\nAnn Example,CLUB,person\n"
    "Ann Example,CARE,\nSanté-ville,WARD,person\nAnn Example,LYCEE,\nAnn Example,POOL,person\n"
    "Bob Sample,LAB,\nSCHOOL,LYCEE,\nCLUB,POOL,\n"
    "participations: actor,activity\nAnn Example,COPIL\nDESK,COPIL\nHOME,COPIL\n";

/* ---- findings ---------------------------------------------------------------------------- */

static const mlg_finding *finding_of(const reported *r, mlg_text_key text)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        if (r->findings.items[i].text == text) {
            return &r->findings.items[i];
        }
    }
    return NULL;
}

START_TEST(ties_that_would_outlast_are_told_with_their_assumptions)
{
    reported r;
    reported_study(&r, town);
    const mlg_finding *finding = reported_first(&r, "held_ties");
    ck_assert_ptr_nonnull(finding);
    /* .9 + 4 * .25 + 2 * .6 = 3.1 */
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "The post “Santé-ville” holds 7 ties: 1 for an organisation, 4 personal, 2 "
                     "unknown. On our assumptions (90%, 25% and 60% kept), 3 would outlast a "
                     "departure (1 to 5).");
    ck_assert_int_eq(finding->level, MLG_NOTICE);
    ck_assert_str_eq(finding->lever_source, "S0:332");
    ck_assert_int_eq(finding->limits[0], T_limit_survival_assumed);
    ck_assert_uint_eq(finding->rows_total, 8);             /* of the post, and seven ties */
    ck_assert_uint_eq(reported_count(&r, "held_ties"), 1); /* Bob's one tie is too few */
    reported_close(&r);
}
END_TEST

/* Seven ties of unknown holder: the figure would be the assumption and nothing else. */
START_TEST(ties_of_unknown_holder_are_not_told)
{
    reported r;
    reported_open(&r, town);
    mlg_value *value = reported_value(&r, "turnover.departure", 0, 1);
    value->subject[0] = model_fixture_party(r.model, "Santé-ville");
    reported_set(value, MLG_VALUE, 0, 4.2);
    reported_part(value, "ties", 0, 7.0);
    reported_part(value, "low_5", 0, 2.0);
    reported_part(value, "high_95", 0, 6.0);
    reported_part(value, "held_organisation", 0, 0.0);
    reported_part(value, "held_person", 0, _i);
    reported_part(value, "held_unknown", 0, 7.0 - _i);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "held_ties"), (size_t) _i);
    reported_close(&r);
}
END_TEST

START_TEST(one_scheme_needs_no_second_coordinator)
{
    char text[4096];
    reported r;
    const char *schemes = strstr(town, "CLS|CLSM");
    ck_assert_ptr_nonnull(schemes);
    snprintf(text, sizeof text, "%.*sCLS%s", (int) (schemes - town), town,
             schemes + strlen("CLS|CLSM"));
    reported_study(&r, text);
    const mlg_finding *finding = finding_of(&r, T_finding_departure_1);
    ck_assert_ptr_nonnull(finding);
    ck_assert_str_eq(finding->lever_source, "S0:361");
    reported_close(&r);
}
END_TEST

START_TEST(rates_of_the_study_are_no_assumptions)
{
    char text[4096];
    reported r;
    snprintf(text, sizeof text,
             "study: key,value\nsurvival.organisation,0.8\nsurvival.unknown,1\n%s",
             strstr(town, "survival.person"));
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "held_ties");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                 "At the rates the study gives (80%, 25% and 100% kept)"));
    ck_assert_int_eq(finding->limits[0], T_limit_survival_given);
    reported_close(&r);
}
END_TEST

START_TEST(dependence_speaks_of_the_post_and_its_schemes)
{
    reported r;
    reported_study(&r, town);
    const mlg_finding *finding = finding_of(&r, T_finding_departure_2);
    ck_assert_ptr_nonnull(finding);
    ck_assert_int_eq(finding->subject_scope[0], MLG_SCOPE_POST);
    ck_assert_int_eq(finding->subject[0], model_fixture_party(r.model, "Santé-ville"));
    /* nine are connected, 2 social, 3 hospital, 2 education, 2 sport: 36 - 6 pairs; after,
     * SCHOOL-LYCEE, CLUB-POOL and HOSP-LAB share their sectors: all 30 go */
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "Without the post “Santé-ville” (0.50 FTE, Local health contract and Mental "
        "health council), all 30 cross-sector pairs of actors now connected "
        "would be cut off; the next post would cut 6. For example, “TOWN” and “HOSP” would "
        "no longer be connected.");
    ck_assert_int_eq(finding->level, MLG_NOTICE); /* of a third, but on a thin record */
    ck_assert_str_eq(finding->lever_source, "S1:185");
    for (size_t i = 0; i < r.findings.n; i++) { /* its employer cuts no more: said once */
        ck_assert(r.findings.items[i].text != T_finding_dependence_actor ||
                  r.findings.items[i].subject[0] != model_fixture_party(r.model, "TOWN"));
    }
    reported_close(&r);
}
END_TEST

static const struct {
    double worst, with;
    size_t found;
    mlg_level level;
} levels[] = {
    {0.05, 0.05, 0, MLG_NOTICE},    {0.0501, 0.0501, 1, MLG_NOTICE}, {0.101, 0.5, 1, MLG_WARN},
    {0.251, 0.251, 1, MLG_SERIOUS}, {0.01, 0.3, 1, MLG_WARN},        {NAN, 0.2, 1, MLG_WARN},
    {NAN, NAN, 0, MLG_NOTICE},
};

/* The loss of its rows decides; where it is slight, that with the bodies it alone convenes,
 * which rests on whose lists were kept: a warning at most, and it says so. */
START_TEST(a_quarter_of_the_pairs_is_serious)
{
    reported r;
    reported_open(&r, town);
    mlg_value *pairs = reported_value(&r, "turnover.departure.pairs", 0, 2);
    pairs->subject[0] = model_fixture_party(r.model, "Santé-ville");
    pairs->subject[1] = model_fixture_party(r.model, "Youth");
    for (size_t row = 0; row < 2; row++) {
        const double worst = row == 0 ? levels[_i].worst : NAN;
        reported_set(pairs, MLG_VALUE, row, worst * 1000);
        reported_part(pairs, "share_worst", row, worst);
        reported_part(pairs, "pairs_lost_with_activities", row,
                      row == 0 ? levels[_i].with * 1000 : NAN);
        reported_part(pairs, "share_with_activities", row, row == 0 ? levels[_i].with : NAN);
        reported_part(pairs, "pairs_today", row, 1000);
    }
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "dependence"), levels[_i].found);
    if (levels[_i].found > 0) {
        const mlg_finding *finding = reported_first(&r, "dependence");
        const bool bodies = !(levels[_i].worst > 0.05);
        ck_assert_int_eq(finding->level, levels[_i].level);
        ck_assert_int_eq(strstr(reported_sentence(&r, finding, MLG_EN),
                                "nor the bodies and actions that nobody else convenes") != NULL,
                         bodies);
        ck_assert_int_eq(strstr(reported_sentence(&r, finding, MLG_EN),
                                "on record are convened by this post alone: check") != NULL,
                         bodies);
        ck_assert_int_eq(finding->limits[0] == T_limit_not_recorded, bodies);
        ck_assert_ptr_null(strstr(reported_sentence(&r, finding, MLG_EN), "next post"));
    }
    reported_close(&r);
}
END_TEST

START_TEST(an_end_counts_all_schemes_of_the_post)
{
    reported r;
    reported_study(&r, "study: key,value\ndate,2024-06-30\nposts: id,person,role,scheme,end\n"
                       "p,Ann,coordinator,CLS,2024-12-31\np,Ann,coordinator,CLSM,2024-12-31\n"
                       "p,Ann,coordinator,CLS,2024-12-31\n");
    ck_assert_uint_eq(reported_count(&r, "expiring_post"), 1);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, reported_first(&r, "expiring_post"), MLG_EN),
                                 ": 2 schemes depend on it"));
    reported_close(&r);
}
END_TEST

/* ---- the sheets --------------------------------------------------------------------------- */

/* What is printed; the answer's status and reason beside. To be freed. */
static char *printed(const reported *r, const char *const *names, size_t n, mlg_format format,
                     mlg_status *status, mlg_error *err)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    *status = mlg_results_leave(&r->results, names, n, format, out, err);
    fclose(out);
    return text;
}

static char *sheet(const reported *r, const char *name)
{
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    char *text = printed(r, &name, name != NULL ? 1 : 0, MLG_TEXT_FORMAT, &status, &err);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    return text;
}

static const struct {
    const char *typed;
    bool ann, bob;
} calls[] = {
    {"Santé-ville", true, false}, {"SANTE VILLE", true, false},
    {"youth", false, true},       {"clsm", true, false},
    {"workshop", false, true},    {"mental  HEALTH council", true, false},
};

START_TEST(posts_are_found_by_id_scheme_or_name)
{
    reported r;
    reported_study(&r, town);
    char *text = sheet(&r, calls[_i].typed);
    ck_assert_int_eq(strstr(text, "If the post “Santé-ville” falls vacant") != NULL, calls[_i].ann);
    ck_assert_int_eq(strstr(text, "If the post “Youth” falls vacant") != NULL, calls[_i].bob);
    ck_assert_ptr_null(strstr(text, "What would be lost, post by post"));
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(a_pseudonym_selects_its_posts_and_a_name_does_not)
{
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    char pseudonym[16];
    const char *name = "Ann Example";
    reported_study(&r, town);
    mlg_label(r.model, &r.results.labels, MLG_SCOPE_ACTOR, model_fixture_party(r.model, name),
              pseudonym, sizeof pseudonym);
    char *text = sheet(&r, pseudonym);
    ck_assert_ptr_nonnull(strstr(text, "If the post “Santé-ville” falls vacant"));
    free(text);
    text = printed(&r, &name, 1, MLG_TEXT_FORMAT, &status, &err);
    ck_assert_int_eq(status, MLG_EARG); /* would say whose post it is */
    free(text);
    r.results.labels.names = true;
    text = sheet(&r, name);
    ck_assert_ptr_nonnull(strstr(text, "If the post “Santé-ville” falls vacant"));
    free(text);
    reported_close(&r);
}
END_TEST

static const struct {
    const char *typed, *reason;
} unknown[] = {
    {"Youht", "the held posts are: Santé-ville, Youth"},
    {"old", "nobody holds the post 'old'"},
    {"", "the held posts are: "},
};

START_TEST(a_name_that_is_nothing_is_answered_with_the_nearest)
{
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    reported_study(&r, town);
    char *text = printed(&r, &unknown[_i].typed, 1, MLG_CSV_FORMAT, &status, &err);
    ck_assert_int_eq(status, MLG_EARG);
    ck_assert_msg(strstr(err.message, unknown[_i].reason) != NULL, "%s", err.message);
    ck_assert_str_eq(text, "");
    free(text);
    reported_close(&r);
}
END_TEST

/* Of more than ten posts, the nearest when it is near; else no guess. */
START_TEST(a_guess_is_made_only_when_it_is_near)
{
    char study[1024] = "posts: id,person,role,scheme\n";
    const char *const typed[] = {"Coordinaton 3", "Zoo"};
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    for (int i = 1; i <= 12; i++) {
        snprintf(study + strlen(study), sizeof study - strlen(study),
                 "Coordination %d,P%d,coordinator,S%d\n", i, i, i);
    }
    reported_study(&r, study);
    char *text = printed(&r, &typed[_i], 1, MLG_TEXT_FORMAT, &status, &err);
    ck_assert_int_eq(status, MLG_EARG);
    ck_assert_ptr_nonnull(strstr(err.message, _i == 0 ? "the nearest: Coordination 3"
                                                      : "without a name lists the held posts"));
    ck_assert_ptr_null(strstr(err.message, "Coordination 12"));
    free(text);
    text = printed(&r, NULL, 0, MLG_TEXT_FORMAT, &status, &err);
    ck_assert_ptr_nonnull(strstr(text, "the 5 departures that weigh most, of 12"));
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(a_sheet_says_what_rests_on_the_post)
{
    reported r;
    reported_study(&r, town);
    char *text = sheet(&r, NULL);
    const char *const said[] = {
        "What would be lost, post by post",
        "Without another coordination on record: Local health contract, Mental health council.",
        "1 body or action would have no post left to convene it: COPIL.",
        "End of contract on record: 31 August 2025 (an expiry, not a departure).",
        "View “declared ties”: 7 partners, of which 1 for an organisation",
        "(assumption)",
        "study.csv:3)",
        "700 residents live where it acts.",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        char *flat = strdup(text);
        for (char *c = flat; *c != '\0'; c++) { /* sentences are wrapped */
            *c = *c == '\n' ? ' ' : *c;
        }
        ck_assert_msg(strstr(flat, said[i]) != NULL, "no '%s' in: %s", said[i], text);
        free(flat);
    }
    free(text);
    reported_close(&r);
}
END_TEST

static const mlg_format formats[] = {MLG_TEXT_FORMAT, MLG_CSV_FORMAT, MLG_JSON_FORMAT,
                                     MLG_HTML_FORMAT};

START_TEST(nobody_is_named)
{
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    reported_study(&r, town);
    char *text = printed(&r, NULL, 0, formats[_i], &status, &err);
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_uint_gt(strlen(text), 100);
    ck_assert_ptr_null(strstr(text, "Ann"));
    ck_assert_ptr_null(strstr(text, "Sample"));
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(json_and_csv_hold_the_posts_asked_for)
{
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    const char *name = "Youth";
    reported_study(&r, town);
    for (int i = 1; i < 3; i++) {
        char *text = printed(&r, &name, 1, formats[i], &status, &err);
        ck_assert_int_eq(status, MLG_OK);
        ck_assert_ptr_nonnull(strstr(text, "Youth"));
        ck_assert_msg(strstr(text, "Santé") == NULL, "%.100s", strstr(text, "Santé") - 60);
        free(text);
    }
    reported_close(&r);
}
END_TEST

START_TEST(a_study_without_a_held_post_says_so)
{
    reported r;
    reported_study(&r, "posts: id,person\np,vacant\n");
    char *text = sheet(&r, NULL);
    ck_assert_ptr_nonnull(strstr(text, "No post is held at the study’s date"));
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(without_a_view_what_rests_on_the_post_is_told_all_the_same)
{
    reported r;
    reported_study(&r, "posts: id,person,role,scheme\np,Ann,coordinator,CLS\n");
    char *text = sheet(&r, "p");
    ck_assert_ptr_nonnull(strstr(text, "Without another coordination on record: CLS."));
    ck_assert_ptr_nonnull(
        strstr(text, "Of the ties and participations that count, none names this post"));
    free(text);
    reported_close(&r);
}
END_TEST

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++) {
        n++;
    }
    return n;
}

START_TEST(on_paper_each_post_is_one_section)
{
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {MLG_OK, ""};
    const char *name = "Santé-ville";
    reported_study(&r, town);
    char *text = printed(&r, &name, 1, MLG_HTML_FORMAT, &status, &err);
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_uint_eq(count_of(text, "<section "), 1);
    ck_assert_uint_eq(count_of(text, "<table"), 0);
    ck_assert_uint_eq(count_of(text, "<nav"), 0);
    const char *const said[] = {
        "If the post “Santé-ville” falls vacant</h2>",
        "What would have nobody left",
        "Who would be cut off from whom",
        "The sectors most cut off: ",
        "For instance, nothing would connect ",
        "What would hold",
        "1 partner is held for an organisation, to be confirmed when the time comes: HOSP.",
        "rest on the person alone, or it is not known: ",
        "What to do first</h3>",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        ck_assert_msg(strstr(text, said[i]) != NULL, "%s", said[i]);
    }
    free(text);
    text = printed(&r, NULL, 0, MLG_HTML_FORMAT, &status, &err);
    ck_assert_uint_eq(count_of(text, "<section "), 3); /* the table of all, and two sheets */
    free(text);
    reported_close(&r);
}
END_TEST

/* HUB carries a scheme and a post; A hangs on it alone, B and C with each other. */
static const char hub[] =
    "actors: id,kind,sector\nHUB,organisation,social\nA,organisation,hospital\n"
    "B,organisation,sport\nC,organisation,education\nD,organisation,sport\n"
    "E,organisation,social\nF,organisation,hospital\n"
    "ties: from,to,kind\nHUB,A,\nHUB,B,\nB,C,\nHUB,D,\nD,E,\nE,F,\nHUB,F,\n"
    "schemes: id,carrier\nCLS,HUB\nCTG,B\n"
    "posts: id,person,employer\nDesk,Ann,HUB\nOther,Bob,B\n";

START_TEST(an_actor_that_withdraws_has_a_sheet)
{
    static const char *const ids[] = {"depend.pairs_lost", "depend.cross_pairs_lost",
                                      "broker.exclusivity", "depend.vulnerability"};
    const char *const said[] = {
        "If “HUB” withdraws",
        "1 scheme carried: CLS.",
        "1 post employed: Desk.",
        "View “declared ties”: 4 partners.",
        /* pieces A / B C / D E F: 15 - 1 - 3 pairs, less A-F of one sector, B-D of one */
        "9 of the 13 cross-sector pairs of other actors now connected would be cut off (69%).",
        "1 would have no tie left: A.",
        "A group of 2 would be cut off from the others: B, C.",
        "3 partners would have a single other partner left: B, D, F.",
        "further from each other on average",
    };
    reported r;
    mlg_error err = {MLG_OK, ""};
    mlg_status status = MLG_OK;
    const char *name = "hub";
    reported_open(&r, hub);
    ck_assert_int_eq(mlg_measure_all(r.context, ids, 4, &r.values, &err), MLG_OK);
    char *text = sheet(&r, name);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        ck_assert_msg(strstr(text, said[i]) != NULL, "%s in %s", said[i], text);
    }
    ck_assert_ptr_null(strstr(text, "What these figures rest on"));
    free(text);
    text = printed(&r, &name, 1, MLG_CSV_FORMAT, &status, &err);
    ck_assert_int_eq(status, MLG_EARG);
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(short_memory_is_answered)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_study(&r, town);
    /* thousands of them: the first hundred, then ever fewer */
    for (long fails = 0; status != MLG_OK; fails += fails < 100 ? 1 : 1 + fails / 20) {
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        char *text = printed(&r, NULL, 0, formats[_i], &status, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 100000);
        ck_assert_msg(status == MLG_OK || status == MLG_ENOMEM, "allocation %ld: %d '%s'", fails,
                      (int) status, err.message);
        free(text);
    }
    reported_close(&r);
}
END_TEST

START_TEST(findings_answer_short_memory)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_study(&r, town);
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_findings findings = {0};
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_find(r.context, &r.values, &findings, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 5000);
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        ck_assert(status == MLG_OK || findings.n == 0);
        mlg_findings_free(&findings);
    }
    reported_close(&r);
}
END_TEST

static Suite *leave_suite(void)
{
    Suite *suite = suite_create("leave");
    TCase *findings = tcase_create("findings"), *sheets = tcase_create("sheets");

    tcase_add_test(findings, ties_that_would_outlast_are_told_with_their_assumptions);
    tcase_add_test(findings, rates_of_the_study_are_no_assumptions);
    tcase_add_loop_test(findings, ties_of_unknown_holder_are_not_told, 0, 2);
    tcase_add_test(findings, one_scheme_needs_no_second_coordinator);
    tcase_add_test(findings, dependence_speaks_of_the_post_and_its_schemes);
    tcase_add_loop_test(findings, a_quarter_of_the_pairs_is_serious, 0,
                        (int) (sizeof levels / sizeof *levels));
    tcase_add_test(findings, an_end_counts_all_schemes_of_the_post);
    tcase_add_test(findings, findings_answer_short_memory);
    tcase_add_loop_test(sheets, posts_are_found_by_id_scheme_or_name, 0,
                        (int) (sizeof calls / sizeof *calls));
    tcase_add_test(sheets, a_pseudonym_selects_its_posts_and_a_name_does_not);
    tcase_add_loop_test(sheets, a_name_that_is_nothing_is_answered_with_the_nearest, 0,
                        (int) (sizeof unknown / sizeof *unknown));
    tcase_add_loop_test(sheets, a_guess_is_made_only_when_it_is_near, 0, 2);
    tcase_add_test(sheets, a_sheet_says_what_rests_on_the_post);
    tcase_add_test(sheets, on_paper_each_post_is_one_section);
    tcase_add_test(sheets, an_actor_that_withdraws_has_a_sheet);
    tcase_add_loop_test(sheets, nobody_is_named, 0, 4);
    tcase_add_test(sheets, json_and_csv_hold_the_posts_asked_for);
    tcase_add_test(sheets, a_study_without_a_held_post_says_so);
    tcase_add_test(sheets, without_a_view_what_rests_on_the_post_is_told_all_the_same);
    tcase_add_loop_test(sheets, short_memory_is_answered, 0, 4);
    tcase_set_timeout(findings, 60);
    tcase_set_timeout(sheets, 60);
    suite_add_tcase(suite, findings);
    suite_add_tcase(suite, sheets);
    return suite;
}

int main(void)
{
    return suite_run(leave_suite());
}
