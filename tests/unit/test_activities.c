/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "reported.h"
#include "suite.h"

/* Findings and the section on activities, from studies written here. */

/* Twelve organisations of two sectors (or persons), an activity for each three of one sector
 * (or, mixed, of both), and a plenary. */
static const char *study(bool mixed, const char *kind)
{
    static char text[8192];
    size_t n = (size_t) snprintf(text, sizeof text,
                                 "study: key,value\nlanguage,en\n"
                                 "actors: id,kind,sector\n");
    for (int i = 0; i < 12; i++) {
        n += (size_t) snprintf(text + n, sizeof text - n, "O%d,%s,%s\n", i, kind,
                               i < 6 ? "social" : "health");
    }
    n += (size_t) snprintf(text + n, sizeof text - n, "participations: actor,activity\n");
    for (int e = 0; e < 12; e++) {
        for (int k = 0; k < 3; k++) {
            const int place = (e + k) % 6 + (e < 6 ? 0 : 6);
            n += (size_t) snprintf(text + n, sizeof text - n, "O%d,E%d\n",
                                   mixed && k == 1 ? (place + 6) % 12 : place, e);
        }
    }
    for (int i = 0; i < 12; i++) {
        n += (size_t) snprintf(text + n, sizeof text - n, "O%d,plenary\n", i);
    }
    ck_assert_uint_lt(n, sizeof text);
    return text;
}

START_TEST(activities_of_one_sector_are_found_behind_a_plenary)
{
    reported r;
    reported_study(&r, study(false, "organisation"));
    ck_assert_uint_eq(reported_count(&r, "same_sector_activities"), 1);
    const mlg_finding *finding = reported_first(&r, "same_sector_activities");
    /* everybody meets everybody in the plenary: the network says nothing, its meetings (66 of
     * 102) all the less */
    const char *english = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(english, "12 of 13 gather a single sector") != NULL, "%s", english);
    ck_assert_msg(strstr(english, "largest tenth") != NULL, "%s", english);
    ck_assert_uint_eq(finding->rows_total, 36);
    reported_close(&r);
}
END_TEST

START_TEST(mixed_activities_are_no_finding)
{
    reported r;
    reported_study(&r, study(true, "organisation"));
    ck_assert_uint_eq(reported_count(&r, "same_sector_activities"), 0);
    ck_assert_uint_eq(reported_count(&r, "usual_suspects"), 0);
    reported_close(&r);
}
END_TEST

/* Two of twelve sit everywhere; the others once or twice. */
static const char *crowded(const char *kind)
{
    static char text[8192];
    size_t n = (size_t) snprintf(text, sizeof text,
                                 "study: key,value\nlanguage,en\n"
                                 "actors: id,kind\n");
    for (int i = 0; i < 12; i++) {
        n += (size_t) snprintf(text + n, sizeof text - n, "Zebedee %d,%s\n", i, kind);
    }
    n += (size_t) snprintf(text + n, sizeof text - n, "participations: actor,activity\n");
    for (int e = 0; e < 12; e++) {
        n += (size_t) snprintf(text + n, sizeof text - n,
                               "Zebedee 0,E%d\nZebedee 1,E%d\nZebedee %d,E%d\n", e, e, 2 + e % 10,
                               e);
    }
    return text;
}

START_TEST(who_is_asked_everywhere_is_told_by_number)
{
    reported r;
    reported_study(&r, crowded("organisation"));
    ck_assert_uint_eq(reported_count(&r, "usual_suspects"), 1);
    const mlg_finding *finding = reported_first(&r, "usual_suspects");
    const char *english = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(english, "2 of 12 hold 67% of the seats (24 of 36)") != NULL, "%s",
                  english);
    ck_assert_uint_eq(finding->n_subjects, 2);
    ck_assert_uint_eq(finding->rows_total, 24);
    ck_assert_int_le(finding->level, MLG_WARN);
    reported_close(&r);
}
END_TEST

START_TEST(persons_are_never_its_subjects)
{
    reported r;
    reported_study(&r, crowded("person"));
    const mlg_finding *finding = reported_first(&r, "usual_suspects");
    ck_assert_ptr_nonnull(finding);
    ck_assert_uint_eq(finding->n_subjects, 0);
    ck_assert_ptr_null(strstr(reported_sentence(&r, finding, MLG_EN), "Zebedee"));
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("activities");
    TCase *core = tcase_create("activities");
    tcase_set_timeout(core, 60);
    tcase_add_test(core, activities_of_one_sector_are_found_behind_a_plenary);
    tcase_add_test(core, mixed_activities_are_no_finding);
    tcase_add_test(core, who_is_asked_everywhere_is_told_by_number);
    tcase_add_test(core, persons_are_never_its_subjects);
    suite_add_tcase(suite, core);
    return suite_run(suite);
}
