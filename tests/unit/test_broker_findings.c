/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "finding/rule.h"
#include "reported.h"
#include "suite.h"

/* H alone stands between five social actors (A) and five of education (B); without it all
 * stay connected, by the longer way A1 - X - Y - B1. */
#define AROUND_H(kind)                                                                             \
    "actors: id,kind,sector\n"                                                                     \
    "A1,organisation,social\nA2,organisation,social\nA3,organisation,social\n"                     \
    "A4,organisation,social\nA5,organisation,social\nX,organisation,social\n"                      \
    "H," kind ",social\n"                                                                          \
    "B1,organisation,education\nB2,organisation,education\nB3,organisation,education\n"            \
    "B4,organisation,education\nB5,organisation,education\nY,organisation,education\n"             \
    "ties: from,to\n"                                                                              \
    "H,A1\nH,A2\nH,A3\nH,A4\nH,A5\nH,B1\nH,B2\nH,B3\nH,B4\nH,B5\n"                                 \
    "A1,A2\nA2,A3\nA3,A4\nA4,A5\nB1,B2\nB2,B3\nB3,B4\nB4,B5\nA1,X\nX,Y\nY,B1\n"

/* Education and hospitals hang on the two ends of a chain of social actors. */
static const char chain[] =
    "actors: id,kind,sector\n"
    "S1,organisation,social\nS2,organisation,social\nS3,organisation,social\n"
    "S4,organisation,social\nS5,organisation,social\nS6,organisation,social\n"
    "E1,organisation,education\nE2,organisation,education\nE3,organisation,education\n"
    "H1,organisation,hospital\nH2,organisation,hospital\nH3,organisation,hospital\n"
    "H4,organisation,hospital\n"
    "ties: from,to\n"
    "S1,S2\nS2,S3\nS3,S4\nS4,S5\nS5,S6\nS1,E1\nS1,E2\nS1,E3\nS6,H1\nS6,H2\nS6,H3\nS6,H4\n";

static const mlg_finding *of_topic(const reported *r, const char *topic)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        if (strcmp(r->findings.items[i].topic, topic) == 0) {
            return &r->findings.items[i];
        }
    }
    return NULL;
}

START_TEST(the_only_partner_in_common_is_told_with_its_rows)
{
    reported r;
    reported_study(&r, AROUND_H("organisation"));
    const mlg_finding *finding = of_topic(&r, "sole_link");
    ck_assert_ptr_nonnull(finding);
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "Of 28 cross-sector pairs of actors with a partner in common and no direct "
                     "tie, 28 have a single one; for 25 of them it is “H” (74% of the cross-sector "
                     "pairs, direct ties included).");
    ck_assert_double_eq_tol(finding->share, 25.0 / 34.0, 1e-12);
    ck_assert_int_eq(finding->level, MLG_NOTICE); /* 34 pairs: a thin record */
    ck_assert_uint_eq(finding->rows_total, 10);
    ck_assert_str_eq(finding->rows[0].file, "ties.csv");
    reported_close(&r);
}
END_TEST

/* About the place, under a pseudonym. */
/* Somebody of no known sector stands between two of them too: it is no partner that counts, and
 * the sentence says so. */
START_TEST(partners_of_unknown_sector_are_said_not_to_count)
{
    reported r;
    reported_study(&r, AROUND_H("organisation") "A3,U\nU,B3\n");
    const mlg_finding *finding = of_topic(&r, "sole_link");
    ck_assert_ptr_nonnull(finding);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                 "with a partner in common of known sector and no direct tie"));
    ck_assert_int_eq(finding->limits[finding->n_limits - 1], T_limit_thin);
    ck_assert_int_eq(finding->limits[finding->n_limits - 2], T_limit_unknown_sector);
    reported_close(&r);
}
END_TEST

START_TEST(of_a_person_the_place_is_told)
{
    reported r;
    reported_study(&r, AROUND_H("person"));
    const mlg_finding *finding = of_topic(&r, "sole_link");
    ck_assert_ptr_nonnull(finding);
    const char *sentence = reported_sentence(&r, finding, MLG_EN);
    ck_assert_ptr_nonnull(strstr(sentence, "the place held by P01"));
    ck_assert_ptr_null(strstr(sentence, "“H”"));
    ck_assert_int_eq(finding->limits[0], T_limit_person);
    reported_close(&r);
}
END_TEST

/* Whom pairs depend on altogether is told as a dependence, once. */
START_TEST(a_dependence_is_not_told_twice)
{
    reported r;
    reported_study(&r, chain);
    ck_assert_uint_ge(reported_count(&r, "dependence"), 1);
    ck_assert_ptr_null(of_topic(&r, "sole_link"));
    reported_close(&r);
}
END_TEST

START_TEST(sectors_without_anybody_between_are_told)
{
    reported r;
    reported_study(&r, chain);
    const mlg_finding *finding = of_topic(&r, "unlinked_sectors");
    ck_assert_ptr_nonnull(finding);
    const char *sentence = reported_sentence(&r, finding, MLG_EN);
    ck_assert_ptr_nonnull(strstr(sentence, "(3 actors)"));
    ck_assert_ptr_nonnull(strstr(sentence, "(4 actors)"));
    ck_assert_ptr_nonnull(strstr(sentence, "Of 3 pairs of sectors compared, 1 is in this case."));
    ck_assert_double_eq_tol(finding->share, 12.0 / 54.0, 1e-12);
    ck_assert_int_eq(finding->level, MLG_NOTICE);
    ck_assert_uint_eq(finding->rows_total, 3); /* those of the smaller sector */
    reported_close(&r);
}
END_TEST

/* A partner in common is enough, be it of unknown sector. */
START_TEST(somebody_between_is_enough)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%sE1,U\nU,H1\n", chain);
    reported_study(&r, text);
    ck_assert_ptr_null(of_topic(&r, "unlinked_sectors"));
    reported_close(&r);
}
END_TEST

START_TEST(rules_bear_a_failing_allocation)
{
    reported r;
    reported_study(&r, chain);
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_findings findings = {0};
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_find(r.context, &r.values, &findings, NULL);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert_uint_eq(findings.n, failed ? 0 : r.findings.n);
        mlg_findings_free(&findings);
        ck_assert_int_lt(n, 1000);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broker findings");
    TCase *tcase = tcase_create("broker findings");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, the_only_partner_in_common_is_told_with_its_rows);
    tcase_add_test(tcase, partners_of_unknown_sector_are_said_not_to_count);
    tcase_add_test(tcase, of_a_person_the_place_is_told);
    tcase_add_test(tcase, a_dependence_is_not_told_twice);
    tcase_add_test(tcase, sectors_without_anybody_between_are_told);
    tcase_add_test(tcase, somebody_between_is_enough);
    tcase_add_test(tcase, rules_bear_a_failing_allocation);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
