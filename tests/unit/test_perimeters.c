/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"
#include "model_fixture.h"
#include "suite.h"

/* "a:0.5 b" : the units of a territory with their shares, in the order of their texts. */
static const char *units_of(const mlg_model *m, const char *territory)
{
    static char out[512];
    const mlg_id t = model_fixture_territory(m, territory);
    const uint32_t from = m->unit_offset[t], to = m->unit_offset[t + 1];
    bool done[64] = {false};
    out[0] = '\0';
    for (uint32_t k = from; k < to; k++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = from; i < to; i++) {
            ck_assert(i == from || m->unit[i] > m->unit[i - 1]); /* ascending ids */
            if (!done[i - from] && (next == UINT32_MAX ||
                                    strcmp(mlg_names_text(&m->territories, m->unit[i]),
                                           mlg_names_text(&m->territories, m->unit[next])) < 0)) {
                next = i;
            }
        }
        done[next - from] = true;
        mlg_buffer share = {0};
        mlg_buffer_number(&share, m->unit_share[next]);
        const size_t used = strlen(out);
        snprintf(out + used, sizeof out - used, "%s%s%s%s", used > 0 ? " " : "",
                 mlg_names_text(&m->territories, m->unit[next]),
                 m->unit_share[next] < 1.0 ? ":" : "",
                 m->unit_share[next] < 1.0 ? mlg_buffer_string(&share) : "");
        mlg_buffer_free(&share);
    }
    return out;
}

static const struct {
    const char *what, *rows, *territory, *units;
} cases[] = {
    {"one level", "perimeters: territory,unit\nT,b\nT,a\n", "T", "a b"},
    {"a unit is itself", "perimeters: territory,unit\nT,b\nT,a\n", "a", "a"},
    {"several levels", "perimeters: territory,unit\nR,D\nD,E\nE,a\nE,b\nD,c\n", "R", "a b c"},
    {"rows in any order", "perimeters: territory,unit\nE,a\nD,c\nR,D\nE,b\nD,E\n", "R", "a b c"},
    {"shares multiply along a way", "perimeters: territory,unit,share\nR,D,0.5\nD,a,0.5\nD,b,1\n",
     "R", "a:0.25 b:0.5"},
    {"and add up over ways", "perimeters: territory,unit,share\nR,D,1\nR,E,1\nD,a,0.25\nE,a,0.5\n",
     "R", "a:0.75"},
    {"to one at most", "perimeters: territory,unit,share\nR,D,1\nR,a,1\nD,a,0.5\n", "R", "a"},
    {"an empty share is all", "perimeters: territory,unit,share\nR,a,\n", "R", "a"},
    {"a share of nothing is nothing", "perimeters: territory,unit,share\nR,a,0\nR,b,1\n", "R", "b"},
    {"at the study's date",
     "study: key,value\ndate,2016\nperimeters: "
     "territory,unit,start,end\nT,a,2014,2015\nT,b,2015,\nT,c,2017,\n",
     "T", "b"},
    {"the later state of a pair",
     "study: key,value\ndate,2020\nperimeters: "
     "territory,unit,share,start\nT,a,0.3,2014\nT,a,0.6,2018\nT,a,0.9,2021\n",
     "T", "a:0.6"},
    {"the larger share of one state",
     "perimeters: territory,unit,share\nT,a,0.3\nT,a,0.6\nT,a,0.4\n", "T", "a:0.6"},
    {"before 2016 a region was a unit of nothing",
     "study: key,value\ndate,2010\nperimeters: "
     "territory,unit,start\nN,B,2016\nN,H,2016\nB,a,2000\n",
     "N", ""},
    {"a commune without rows is a unit",
     "territories: id,scale\na,commune\nperimeters: territory,unit\nT,b\n", "a", "a"},
    {"a territory of unknown scale too",
     "activities: id,territory\nX,a\nperimeters: territory,unit\nT,b\n", "a", "a"},
    {"but a larger one is unknown",
     "territories: id,scale\nE,epci\nperimeters: territory,unit\nT,b\n", "E", ""},
    {"unless another is made of it",
     "territories: id,scale\nE,epci\nperimeters: territory,unit\nT,E\n", "T", "E"},
    {"without perimeters each territory is a unit", "territories: id,scale\nE,epci\n", "E", "E"},
    {"a circle loses the row that closes it", "perimeters: territory,unit\nA,B\nB,C\nC,A\nC,a\n",
     "A", "a"},
    {"a territory in itself", "perimeters: territory,unit\nA,A\nA,a\n", "A", "a"},
    {"shares too small to multiply",
     "perimeters: territory,unit,share\nR,D,1e-200\nD,a,1e-200\nR,E,1e-200\nE,a,1e-200\n", "R",
     "a:2.2250738585072e-308"},
};

START_TEST(a_territory_expands_to_its_units)
{
    mlg_model *m = model_fixture(cases[_i].rows);
    const char *units = units_of(m, cases[_i].territory);
    ck_assert_msg(strcmp(units, cases[_i].units) == 0, "%s: %s", cases[_i].what, units);
    mlg_model_free(m);
}
END_TEST

/* -1 is what a cell that says so reads as: at most the whole, at least nothing. */
START_TEST(an_unknown_share_is_between_none_and_all)
{
    mlg_model *m = model_fixture("perimeters: territory,unit,share\n"
                                 "Q,a,-1\nR,Q,0.5\nR,b,0.25\nS,Q,\nS,a,0.25\nT,a,0.5\nT,a,-1\n");
    static const struct {
        const char *territory, *unit;
        double least, most;
    } want[] = {{"Q", "a", 0.0, 1.0},  {"R", "a", 0.0, 0.5}, {"R", "b", 0.25, 0.25},
                {"S", "a", 0.25, 1.0}, {"T", "a", 0.5, 1.0}, {"a", "a", 1.0, 1.0}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const mlg_id t = model_fixture_territory(m, want[i].territory);
        uint32_t at = m->unit_offset[t];
        while (m->unit[at] != model_fixture_territory(m, want[i].unit)) {
            ck_assert_uint_lt(++at, m->unit_offset[t + 1]);
        }
        ck_assert_double_eq(m->unit_least[at], want[i].least);
        ck_assert_double_eq(m->unit_share[at], want[i].most);
    }
    mlg_model_free(m);
}
END_TEST

static const struct {
    const char *what, *row;
    size_t told;
} neighbourhoods[] = {
    {"no share", "Q,a,", 1},
    {"the whole, said", "Q,a,1", 0},
    {"a part", "Q,a,0.1", 0},
    {"unknown, said", "Q,a,-1", 0},
    {"a code for a commune", "Q,14118,", 1},
    {"of a part of a commune", "Q,R,", 0},
    {"of a body", "E,a,", 0},
};

START_TEST(a_neighbourhood_without_a_share_is_told)
{
    char text[512];
    snprintf(text, sizeof text,
             "territories: id,scale\nQ,neighbourhood\nR,neighbourhood\na,commune\nE,epci\n"
             "perimeters: territory,unit,share\n%s\n",
             neighbourhoods[_i].row);
    mlg_model *m = model_fixture(text);
    ck_assert_msg(model_fixture_faults(m, "neighbourhood_whole") == neighbourhoods[_i].told, "%s",
                  neighbourhoods[_i].what);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_name_led_elsewhere_is_no_unit)
{
    mlg_model *m =
        model_fixture("territories: id,name\n14118,Caen\nactors: id,territory\nA,Caen\n");
    ck_assert(!m->is_unit[model_fixture_territory(m, "Caen")]);
    ck_assert(m->is_unit[model_fixture_territory(m, "14118")]);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_cycle_is_printed_whole_where_its_last_row_stands)
{
    mlg_model *m = model_fixture("perimeters: territory,unit\nZ,A\nA,B\nB,C\nC,A\n");
    ck_assert_str_eq(model_fixture_message(m, "perimeter_cycle", MLG_EN, false),
                     "a territory contains itself: A > B > C > A; remove one of these rows");
    mlg_fault_view view;
    mlg_faults_get(m->faults, 0, MLG_EN, false, &view, NULL, 0);
    ck_assert_str_eq(view.file, "perimeters.csv");
    ck_assert_int_eq(view.line, 5);
    mlg_model_free(m);
}
END_TEST

START_TEST(nesting_of_any_depth_is_walked_without_recursion)
{
    enum { N = 100000 };
    mlg_buffer text = {0};
    mlg_buffer_text(&text, "perimeters: territory,unit\n");
    for (int i = 0; i < N; i++) {
        mlg_buffer_format(&text, "T%d,T%d\n", i, i + 1);
    }
    mlg_model *m = model_fixture(mlg_buffer_string(&text));
    ck_assert_str_eq(units_of(m, "T0"), "T100000");
    ck_assert_uint_gt(model_fixture_faults(m, "perimeter_deep"), 0);
    mlg_model_free(m);
    mlg_buffer_free(&text);
}
END_TEST

/* ---- against a slow twin -------------------------------------------------------------------- */

enum { N = 14 };

/* Slow and simple by design: the sum over all ways of the product of their shares. */
static double slow_share(double part[N][N], int t, int unit)
{
    double sum = 0.0;
    bool leaf = true;
    for (int i = 0; i < N; i++) {
        if (part[t][i] > 0.0) {
            leaf = false;
            sum += part[t][i] * slow_share(part, i, unit);
        }
    }
    return leaf ? (t == unit ? 1.0 : 0.0) : fmin(sum, 1.0);
}

START_TEST(expansion_is_the_sum_over_ways_of_products_of_shares)
{
    mlg_random r = mlg_random_stream(7, "perimeters", "", (uint64_t) _i);
    double part[N][N] = {{0.0}};
    mlg_buffer text = {0};
    mlg_buffer_text(&text, "perimeters: territory,unit,share\n");
    for (int t = 0; t < N; t++) {
        for (int u = t + 1; u < N; u++) { /* no circle */
            if (mlg_random_below(&r, 100) < 22) {
                part[t][u] = (1 + mlg_random_below(&r, 8)) / 8.0;
                mlg_buffer_format(&text, "T%02d,T%02d,", t, u);
                mlg_buffer_number(&text, part[t][u]);
                mlg_buffer_char(&text, '\n');
            }
        }
    }
    mlg_model *m = model_fixture(mlg_buffer_string(&text));
    for (int t = 0; t < N; t++) {
        char name[16];
        snprintf(name, sizeof name, "T%02d", t);
        const mlg_id id = mlg_names_find(&m->territories, name, 3);
        double seen[N] = {0.0};
        for (uint32_t k = id < 0 ? 0 : m->unit_offset[id]; id >= 0 && k < m->unit_offset[id + 1];
             k++) {
            seen[atoi(mlg_names_text(&m->territories, m->unit[k]) + 1)] = m->unit_share[k];
            ck_assert(m->is_unit[m->unit[k]]);
        }
        for (int u = 0; id >= 0 && u < N; u++) {
            ck_assert_double_eq_tol(seen[u], slow_share(part, t, u), 1e-12);
        }
    }
    mlg_model_free(m);
    mlg_buffer_free(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("perimeters");
    TCase *all = tcase_create("perimeters");
    tcase_add_loop_test(all, a_territory_expands_to_its_units, 0, sizeof cases / sizeof *cases);
    tcase_add_test(all, an_unknown_share_is_between_none_and_all);
    tcase_add_loop_test(all, a_neighbourhood_without_a_share_is_told, 0,
                        sizeof neighbourhoods / sizeof *neighbourhoods);
    tcase_add_test(all, a_name_led_elsewhere_is_no_unit);
    tcase_add_test(all, a_cycle_is_printed_whole_where_its_last_row_stands);
    tcase_add_test(all, nesting_of_any_depth_is_walked_without_recursion);
    tcase_add_loop_test(all, expansion_is_the_sum_over_ways_of_products_of_shares, 0, 200);
    tcase_set_timeout(all, 60);
    suite_add_tcase(suite, all);
    return suite_run(suite);
}
