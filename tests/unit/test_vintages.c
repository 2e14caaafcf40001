/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "measure/vintages.h"
#include "measured.h"
#include "model_fixture.h"
#include "study_measured.h"
#include "suite.h"

/* Units that only change code, and units that go from one perimeter to another. */

#define STUDY                                                                                      \
    "study: key,value\ndate,2024-06-30\n"                                                          \
    "territories: id,name,scale,population\n"                                                      \
    "a,A,commune,10\nb,B,commune,20\nc,C,commune,40\nd,D,commune,80\n"                             \
    "X,,epci,\nY,,epci,\nD1,,departement,\nD2,,departement,\n"

static double of_whole(const study_measured *m, const char *part)
{
    const mlg_value *whole = study_value(m, "changed", MLG_SCALAR);
    return part == NULL ? whole->column[MLG_VALUE][0] : part_at(whole, part, 0);
}

/* The rows of perimeters, and how many perimeters change and units are recoded. */
static const struct {
    const char *what, *territories, *rows;
    double changed, recoded;
} recodes[] = {
    {"one for one", "", "X,a,,\nX,o,,2019\nX,n,2020,\n", 0, 1},
    {"one for one in the body and the county", "",
     "X,a,,\nX,o,,2019\nX,n,2020,\nD1,a,,\nD1,o,,2019\nD1,n,2020,\n", 0, 1},
    {"of one name, among others", "o,Orme,commune,\nn,Orme,commune,7\no2,Pin,commune,\n",
     "X,a,,\nX,o,,2019\nX,o2,,2019\nX,n,2020,\n", 1, 1},
    {"twice", "", "X,a,,\nX,o,,2018\nX,n,2019,2020\nX,p,2021,\n", 0, 2},
    {"two merge into one", "", "X,a,,\nX,o,,2019\nX,o2,,2019\nX,n,2020,\n", 1, 0},
    {"one is merged into another that stays", "", "X,a,,\nX,b,,\nX,o,,2019\n", 1, 0},
    {"in the county another takes the place", "",
     "X,a,,\nX,o,,2019\nX,n,2020,\nD1,a,,\nD1,o,,2019\nD2,b,,\nD2,n,2020,\n", 3, 0},
    {"it comes back", "", "X,a,,\nX,o,,2019\nX,n,2020,2021\nX,o,2022,\n", 1, 0},
    {"it was there before", "", "X,a,,\nX,o,,2019\nX,c,2020,\nY,c,,2019\nY,b,,\n", 2, 0},
    {"another part", "", "X,a,,\nX,o,,2019\nX,n,2020,,0.5\n", 1, 0},
};

START_TEST(a_unit_that_changes_code_does_not_move)
{
    char text[2048];
    study_measured m;
    snprintf(text, sizeof text, STUDY "%sperimeters: territory,unit,start,end,share\n",
             recodes[_i].territories);
    for (const char *row = recodes[_i].rows; *row != '\0';) { /* a share where none is written */
        const char *end = strchr(row, '\n');
        int commas = 0;
        for (const char *at = row; at < end; at++) {
            commas += *at == ',';
        }
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%.*s%s\n", (int) (end - row), row,
                 commas < 4 ? "," : "");
        row = end + 1;
    }
    study_measure(&m, text, "scale.vintage_change");
    ck_assert_msg(of_whole(&m, NULL) == recodes[_i].changed, "%s: %g changed", recodes[_i].what,
                  of_whole(&m, NULL));
    ck_assert_msg(of_whole(&m, "recoded") == recodes[_i].recoded, "%s: %g recoded",
                  recodes[_i].what, of_whole(&m, "recoded"));
    study_measured_close(&m);
}
END_TEST

/* c goes from Y to X, b is new in X, d leaves Y for nowhere; GONE gives a to X when it ends. In the
 * county nothing moves. By hand. */
START_TEST(what_moved_is_told_from_what_is_new_or_gone)
{
    study_measured m;
    study_measure(&m,
                  STUDY "perimeters: territory,unit,start,end\n"
                        "X,e,,\nX,f,,\nX,c,2022,\nX,b,2021,\nX,g,2021,\nX,a,2023,\n"
                        "Y,c,,2021\nY,d,,2020\nY,h,,\nY,i,,\nGONE,a,,2022\nD1,a,,\nD1,c,,\n"
                        "D1,b,2021,\n",
                  "scale.vintage_change");
    const mlg_value *each = study_value(&m, "first_to_last", MLG_VECTOR);
    const size_t x = row_of(each, model_fixture_territory(m.model, "X"));
    const size_t y = row_of(each, model_fixture_territory(m.model, "Y"));
    const size_t county = row_of(each, model_fixture_territory(m.model, "D1"));

    ck_assert_double_eq(part_at(each, "entered", x), 4); /* a b c g */
    ck_assert_double_eq(part_at(each, "moved", x), 1);   /* GONE has no scale: not of X's */
    ck_assert_double_eq(part_at(each, "population_moved", x), 40);
    ck_assert_double_eq(part_at(each, "left", y), 2);
    ck_assert_double_eq(part_at(each, "moved", y), 1);
    ck_assert_double_eq(part_at(each, "moved", county), 0);
    ck_assert_double_eq(part_at(each, "entered", county), 1);
    study_measured_close(&m);
}
END_TEST

/* A body that ends gives what it still had. */
START_TEST(what_a_body_had_when_it_ended_moved)
{
    study_measured m;
    study_measure(&m,
                  STUDY "perimeters: territory,unit,start,end\n"
                        "X,a,,\nX,c,2022,\nY,c,,2021\nY,b,,2021\nX,b,2022,\n",
                  "scale.vintage_change");
    const mlg_value *each = study_value(&m, "first_to_last", MLG_VECTOR);
    ck_assert_uint_eq(each->n, 1); /* Y did not change: it ended */
    ck_assert_double_eq(part_at(each, "moved", 0), 2);
    ck_assert_double_eq(part_at(each, "population_moved", 0), 60);
    ck_assert_double_eq(of_whole(&m, "ended"), 1);
    study_measured_close(&m);
}
END_TEST

/* A tie of somebody at the old code is not cut when the code changes. */
START_TEST(somebody_at_an_old_code_stays_where_he_is)
{
    study_measured m;
    study_measure(&m,
                  STUDY "perimeters: territory,unit,start,end\n"
                        "X,a,,\nX,o,,2019\nX,n,2020,\nX,b,,2021\n"
                        "actors: id,kind,territory\nx,organisation,a\ny,organisation,o\n"
                        "z,organisation,b\nties: from,to\nx,y\nx,z\n",
                  "scale.vintage_change");
    ck_assert_double_eq(of_whole(&m, "ties"), 1); /* x and z, not x and y */
    study_measured_close(&m);
}
END_TEST

START_TEST(it_survives_any_allocation_failing)
{
    study_fail_each(STUDY "perimeters: territory,unit,start,end\n"
                          "X,a,,\nX,o,,2019\nX,n,2020,\nY,c,,2021\nX,c,2022,\nY,b,,\n",
                    "scale.vintage_change");
}
END_TEST

static Suite *vintages_suite(void)
{
    Suite *suite = suite_create("vintages");
    TCase *codes = tcase_create("codes and moves");

    tcase_add_loop_test(codes, a_unit_that_changes_code_does_not_move, 0,
                        (int) (sizeof recodes / sizeof *recodes));
    tcase_add_test(codes, what_moved_is_told_from_what_is_new_or_gone);
    tcase_add_test(codes, what_a_body_had_when_it_ended_moved);
    tcase_add_test(codes, somebody_at_an_old_code_stays_where_he_is);
    tcase_add_test(codes, it_survives_any_allocation_failing);
    suite_add_tcase(suite, codes);
    return suite;
}

int main(void)
{
    return suite_run(vintages_suite());
}
