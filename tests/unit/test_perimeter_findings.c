/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "finding/rule.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* What findings say of perimeters that cross, and of those that moved. */

/* Far more pairs that are the same than lists hold, and two large perimeters that cross: that is
 * told with its residents, whatever the lists of indices hold. */
START_TEST(a_crossing_is_told_beyond_what_lists_hold)
{
    enum { MANY = 1100 };
    static char text[262144];
    reported r;
    strcpy(text, "territories: id,scale,population\nL,commune,1000\nM,commune,6000\n"
                 "N,commune,1000\n");
    for (int t = 0; t < MANY; t++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "u%d,commune,1\n", t);
    }
    strcat(text, "perimeters: territory,unit\nX,L\nX,M\nY,M\nY,N\n");
    for (int t = 0; t < MANY; t++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "P%d,u%d\nQ%d,u%d\n", t, t, t, t);
    }
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "crossing_perimeters");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                 "86% of the residents of the first are also in the second"));
    ck_assert_double_eq_tol(finding->share, 6000.0 / 9100, 1e-12);
    ck_assert_int_eq(finding->level, MLG_WARN); /* at most */
    reported_close(&r);
}
END_TEST

/* Twelve intermunicipal bodies: nine in county DA, one in DB, E and F across. */
static const char *sticking_out(bool people)
{
    static char text[4096];
    strcpy(text, "territories: id,name,scale,population\nDA,North,departement,\n"
                 "DB,South,departement,\nE,Eastland,epci,\nF,Fairland,epci,\n");
    for (int i = 0; i < 14; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, people ? "c%d,,commune,%d\n" : "c%d,,commune,\n",
                 i, i == 10 ? 60 : 10);
    }
    for (int i = 0; i < 10; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "E%d,,epci,\n", i);
    }
    strcat(text, "perimeters: territory,unit\nE,c10\nE,c11\nF,c12\nF,c13\nDA,c10\nDA,c12\n"
                 "DB,c11\nDB,c13\n");
    for (int i = 0; i < 10; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "E%d,c%d\n%s,c%d\n", i, i, i < 9 ? "DA" : "DB",
                 i);
    }
    return text;
}

START_TEST(kinds_that_cross_most_are_told_with_their_pairs)
{
    reported r;
    reported_study(&r, sticking_out(true));
    ck_assert_uint_eq(reported_count(&r, "crossing_perimeters"), 1);
    const mlg_finding *finding = reported_first(&r, "crossing_perimeters");
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "2 of 12 perimeters of the kind “intermunicipal body” stick out of one of the kind "
        "“department” and lie in no other, for instance “Eastland”, 14% of whose residents live "
        "outside “North”. In all, 4 of the 14 pairs of perimeters with common ground cross.");
    ck_assert_double_eq_tol(finding->share, 90.0 / 190, 1e-12);
    ck_assert_uint_eq(finding->n_subjects, 4); /* E in DA, F in DA */
    ck_assert_int_eq(finding->subject[2], model_fixture_territory(r.model, "F"));
    ck_assert_uint_eq(finding->rows_total, 2); /* E,c11 and F,c13 */
    reported_close(&r);

    reported_study(&r, sticking_out(false));
    finding = reported_first(&r, "crossing_perimeters");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                 "50% of whose municipalities or other units lie outside"));
    ck_assert_int_lt(finding->level, MLG_WARN);
    reported_close(&r);
}
END_TEST

/* ---- perimeters that moved
 * ----------------------------------------------------------------- */

#define MOVED_TERRITORIES                                                                          \
    "study: key,value\ndate,2024-06-30\nterritories: id,name,scale,population\n"                   \
    "a,A,commune,10\nb,B,commune,20\nc,C,commune,40\nd,D,commune,80\n"                             \
    "old,,,\nnew,,commune,500\nX,West,epci,\nY,East,epci,\n"

/* X's `old` only becomes `new`, of more residents than anything that moves; c goes from Y to X. */
static const struct {
    const char *what, *perimeters, *said;
} moves[] = {
    {"a real move",
     "perimeters: territory,unit,start,end\nX,a,,\nX,old,,2019\nX,new,2020,\nY,b,,\nY,d,,\n"
     "Y,c,,2021\nX,c,2022,\n",
     "2 perimeters of 2 changed: since its first known state, “West” gained 1 municipality or "
     "other unit and lost 0; 1 of these moved between perimeters."},
    {"only gone and merged",
     "perimeters: territory,unit,start,end\nX,a,,\nX,c,,2019\nX,old,,2019\nX,new,2020,\nY,b,,\n",
     "1 perimeter of 2 changed, by municipalities or other units that are new, gone or merged: "
     "none "
     "moved between perimeters of one scale."},
    {"only a code",
     "perimeters: territory,unit,start,end\nX,a,,\nX,old,,2019\nX,new,2020,\nY,b,,\n", NULL},
};

START_TEST(an_example_of_a_move_is_a_move)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%s%s", MOVED_TERRITORIES, moves[_i].perimeters);
    reported_study(&r, text);
    ck_assert_uint_eq(reported_count(&r, "moved_perimeter"), moves[_i].said != NULL);
    if (moves[_i].said != NULL) {
        const mlg_finding *finding = reported_first(&r, "moved_perimeter");
        ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN), moves[_i].said);
    }
    reported_close(&r);
}
END_TEST

/* Ties are spoken of where some were cut: x in c, z in d were both in Y. */
START_TEST(ties_are_told_where_some_are_cut)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text,
             "%s%sactors: id,kind,territory\nx,organisation,c\nz,organisation,d\n"
             "ties: from,to\nx,z\n",
             MOVED_TERRITORIES, moves[0].perimeters);
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "moved_perimeter");
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN),
                                 "1 declared tie joins actors whom these changes put apart"));
    reported_close(&r);
}
END_TEST

static Suite *perimeter_findings_suite(void)
{
    Suite *suite = suite_create("perimeter findings");
    TCase *crossing = tcase_create("crossing");
    TCase *moved = tcase_create("moved");

    tcase_add_test(crossing, a_crossing_is_told_beyond_what_lists_hold);
    tcase_add_test(crossing, kinds_that_cross_most_are_told_with_their_pairs);
    tcase_add_loop_test(moved, an_example_of_a_move_is_a_move, 0,
                        (int) (sizeof moves / sizeof *moves));
    tcase_add_test(moved, ties_are_told_where_some_are_cut);
    suite_add_tcase(suite, crossing);
    suite_add_tcase(suite, moved);
    return suite;
}

int main(void)
{
    return suite_run(perimeter_findings_suite());
}
