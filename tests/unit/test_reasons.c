/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/texts.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* Why something is not said must be true of the study: a table that is there and full is not said
 * to be missing, and nothing to compute is not said to be too large. */

#define UNITS "study: key,value\ndate,2024-12-31\nterritories: id,population\na,10\nb,20\n"
#define STEERING                                                                                   \
    "study: key,value\ndate,2024-12-31\nschemes: id,kind\nS,cls\n"                                 \
    "activities: id,kind,schemes,start\nk,steering,S,2024\n"

static const struct {
    const char *what, *id, *convention, *text;
    mlg_text_key why;
} reasons[] = {
    {"activities there are, of no place", "scale.nearest", "activities",
     UNITS "activities: id,start\nA,2024\n", T_why_no_place},
    {"activities there are, of several places each", "scale.nearest", "activities",
     UNITS "activities: id,territory,start\nA,a|b,2024\n", T_why_all_spread},
    {"no activity", "scale.nearest", "activities", UNITS, T_why_no_activities},
    {"attendance there is, of activities without a level", "scheme.levels", "one_person",
     "study: key,value\ndate,2024-12-31\nactivities: id,start\nA,2024\n"
     "participations: actor,activity\nx,A\ny,A\n",
     T_why_no_level},
    {"no attendance", "scheme.levels", "one_person",
     "study: key,value\ndate,2024-12-31\nactivities: id,start\nA,2024\n", T_why_no_attendance},
    {"a member that says nothing may have the seat", "scheme.composition", "seat.elected",
     STEERING "participations: actor,activity\nx,k\n", T_why_seat_unclassed},
    {"nobody on record", "scheme.composition", "seat.elected", STEERING, T_why_no_attendance},
};

START_TEST(a_reason_is_true_of_the_study)
{
    study_measured m;
    bool found = false;
    study_measure(&m, reasons[_i].text, reasons[_i].id);
    for (size_t i = 0; i < m.values.n; i++) {
        const mlg_value *value = &m.values.items[i];
        if (strcmp(value->convention, reasons[_i].convention) == 0) {
            found = true;
            ck_assert_msg(value->undefined == reasons[_i].why, "%s: %s", reasons[_i].what,
                          mlg_text_name(value->undefined));
        }
    }
    ck_assert_msg(found, "%s", reasons[_i].what);
    study_measured_close(&m);
}
END_TEST

/* However many schemes there are: nobody sits anywhere. */
static const struct {
    const char *id;
    mlg_text_key why;
} many[] = {{"depend.connectivity", T_why_no_shared_attendance},
            {"scheme.reciprocity", T_why_no_activities},
            {"scheme.closure", T_why_no_activities}};

START_TEST(nothing_is_too_large_that_has_nothing_to_compute)
{
    enum { SCHEMES = 3100, ROOM = 12 * SCHEMES };
    char *text = malloc(ROOM);
    size_t n = (size_t) snprintf(text, ROOM, "schemes: id\n");
    study_measured m;

    for (int i = 0; i < SCHEMES; i++) {
        n += (size_t) snprintf(text + n, ROOM - n, "s%d\n", i);
    }
    study_measure(&m, text, many[_i].id);
    ck_assert_uint_ge(m.values.n, 1);
    for (size_t i = 0; i < m.values.n; i++) {
        ck_assert_msg(m.values.items[i].undefined == many[_i].why, "%s: %s", many[_i].id,
                      mlg_text_name(m.values.items[i].undefined));
    }
    study_measured_close(&m);
    free(text);
}
END_TEST

/* Rows of participations have hours; who carries an action counts too, and has none. */
START_TEST(hours_that_no_row_could_say_are_said_apart)
{
    static const char *const rest[] = {"o1,X,2\no2,X,1\n", "o1,X,2\no2,X,\n"};
    static const mlg_text_key why[] = {T_why_hours_elsewhere, T_why_hours_missing};
    char text[512];
    reported r;
    bool found = false;

    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\n"
             "actors: id,kind\no1,organisation\no2,organisation\no3,organisation\n"
             "activities: id,carriers,start\nX,,2024\nY,o3,2024\n"
             "participations: actor,activity,hours\no1,Y,1\n%s",
             rest[_i]);
    reported_study(&r, text);
    for (size_t i = 0; i < r.values.n; i++) {
        const mlg_value *value = &r.values.items[i];
        if (strcmp(value->measure->id, "twomode.nodf") == 0 &&
            strcmp(value->convention, "weighted") == 0) {
            found = true;
            ck_assert_int_eq(value->undefined, why[_i]);
        }
    }
    ck_assert(found);
    reported_close(&r);
}
END_TEST

/* No sentence that names a file puts before it a word that its first letter could change: "de"
 * before a vowel, or an apostrophe before a consonant. */
START_TEST(no_french_word_is_elided_before_a_file)
{
    for (mlg_text_key key = 1; key < mlg_text_count(); key++) {
        const char *fr = mlg_text(MLG_FR, key), *name = mlg_text_name(key);
        for (const char *dot = strstr(fr, ".csv"); dot != NULL; dot = strstr(dot + 1, ".csv")) {
            const char *start = dot;
            while (start > fr && (start[-1] == '_' || (start[-1] >= 'a' && start[-1] <= 'z'))) {
                start--;
            }
            const size_t before = (size_t) (start - fr);
            const bool own = strncmp(start, "etude", 5) == 0 || strncmp(start, "study", 5) == 0;
            const bool table = before >= 7 && strncmp(start - 7, "tables/", 7) == 0;
            const bool fault = strncmp(name, "fault_", 6) == 0; /* told with their own words */
            if (own || table || fault || start == dot) {
                continue;
            }
            ck_assert_msg(before < 4 || strncmp(start - 4, " de ", 4) != 0, "%s: %s", name, fr);
            ck_assert_msg(before < 4 || strncmp(start - 3, "’", 3) != 0, "%s: %s", name, fr);
        }
    }
}
END_TEST

#define N_OF(rows) (int) (sizeof(rows) / sizeof(rows)[0])

int main(void)
{
    Suite *suite = suite_create("reasons");
    TCase *tcase = tcase_create("reasons");
    tcase_add_loop_test(tcase, a_reason_is_true_of_the_study, 0, N_OF(reasons));
    tcase_add_loop_test(tcase, nothing_is_too_large_that_has_nothing_to_compute, 0, N_OF(many));
    tcase_add_loop_test(tcase, hours_that_no_row_could_say_are_said_apart, 0, 2);
    tcase_add_test(tcase, no_french_word_is_elided_before_a_file);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
