/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "maillage/access.h"
#include "maillage/fit.h"
#include "maillage/scale.h"
#include "measured.h"
#include "model_fixture.h"
#include "report/document.h"
#include "reported.h"
#include "slow_places.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- unknown populations ------------------------------------------------------------------- */

#define THREE                                                                                      \
    "territories: id,population,scale\n"                                                           \
    "a,100,commune\nb,,commune\nc,300,commune\nE,,epci\n"                                          \
    "perimeters: territory,unit\nE,a\nE,b\nE,c\n"

/* b is of unknown population. */
static const struct {
    const char *sites;
    double share; /* of the known; NaN: unknown */
} unknown_cases[] = {
    {"O,b\n", NAN},          /* all who are covered live in b */
    {"O,a\nO,c\n", NAN},     /* all who are not live in b */
    {"O,a\n", 0.25},         /* b is not covered */
    {"O,a\nO,b\n", 0.25},    /* b is */
    {"O,a\nO,b\nO,c\n", 1.0} /* everybody, whatever b's number */
};

START_TEST(an_unknown_population_is_neither_nobody_nor_everybody)
{
    char text[512];
    study_measured m;
    snprintf(text, sizeof text, THREE "sites: actor,territory\n%s", unknown_cases[_i].sites);
    study_measure(&m, text, "scale.coverage");
    const mlg_value *value = study_value(&m, "sites", MLG_SCALAR);
    const double share = part_at(value, "population", 0);
    ck_assert(isnan(unknown_cases[_i].share) ? isnan(share)
                                             : fabs(share - unknown_cases[_i].share) < 1e-12);
    ck_assert_double_eq(part_at(value, "population_unknown", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* Of three combinations, one has known inhabitants alone, one some of them, one none. */
START_TEST(a_combination_of_unknown_residents_has_no_number)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population\na,10\nb,\nc,20\nd,\n"
                  "perimeters: territory,unit\nX,a\nX,b\nY,c\nZ,d\n"
                  "schemes: id,territory\nS,X\nT,Y\nU,Z\n",
                  "scale.signatures");
    const mlg_value *frequent = study_value(&m, "frequent", MLG_VECTOR);
    const size_t x = row_of(frequent, model_fixture_territory(m.model, "a"));
    const size_t z = row_of(frequent, model_fixture_territory(m.model, "d"));
    ck_assert_double_eq(part_at(frequent, "population", x), 10);
    ck_assert_double_eq(part_at(frequent, "population_unknown", x), 1);
    ck_assert_double_nan(part_at(frequent, "population", z));
    ck_assert_double_eq(part_at(frequent, "population_unknown", z), 1);
    ck_assert_double_eq(part_at(study_value(&m, "schemes", MLG_SCALAR), "population_unknown", 0),
                        2);
    study_measured_close(&m);
}
END_TEST

/* X and Y share b alone, X and Z a and b. */
START_TEST(residents_in_common_are_unknown_where_nobody_is_known)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\na,10,commune\nb,,commune\nc,20,commune\n"
                  "perimeters: territory,unit\nX,a\nX,b\nY,b\nY,c\nZ,a\nZ,b\nZ,c\n",
                  "scale.typology");
    const mlg_value *pairs = study_value(&m, NULL, MLG_PAIRS);
    const mlg_id x = model_fixture_territory(m.model, "X");
    const mlg_id y = model_fixture_territory(m.model, "Y");
    const mlg_id z = model_fixture_territory(m.model, "Z");
    ck_assert_double_nan(part_at(pairs, "people", row_of_pair(pairs, x, y)));
    ck_assert_double_eq(part_at(pairs, "people", row_of_pair(pairs, x, z)), 10);
    study_measured_close(&m);
}
END_TEST

START_TEST(places_that_nothing_reaches_come_by_falling_population)
{
    static const char *const expected[] = {"c", "a", "b"};
    study_measured m;
    study_measure(&m,
                  "territories: id,population\na,100\nb,\nc,300\nd,5\n"
                  "sites: actor,territory\nO,d\n",
                  "scale.coverage");
    const mlg_value *none = study_value(&m, "not_sites", MLG_VECTOR);
    ck_assert_uint_eq(none->n, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(none->subject[i], model_fixture_territory(m.model, expected[i]));
    }
    study_measured_close(&m);
}
END_TEST

/* ---- perimeters alone ----------------------------------------------------------------------- */

START_TEST(units_in_no_perimeter_of_a_scale_are_listed)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\n"
                  "a,100,commune\nb,50,commune\nc,300,commune\nE,,epci\nF,,anct_fs\nC,,contract\n"
                  "perimeters: territory,unit\nE,a\nE,b\nE,c\nF,a\nC,b\n"
                  "schemes: id,territory\nS,C\n",
                  "scale.coverage");
    const mlg_value *all = study_value(&m, "perimeters:epci", MLG_SCALAR);
    const mlg_value *some = study_value(&m, "perimeters:anct_fs", MLG_SCALAR);
    const mlg_value *none = study_value(&m, "not_perimeters:anct_fs", MLG_VECTOR);
    ck_assert_double_eq(all->column[MLG_VALUE][0], 1);
    ck_assert_double_eq_tol(some->column[MLG_VALUE][0], 1.0 / 3, 1e-12);
    ck_assert_double_eq_tol(part_at(some, "population", 0), 100.0 / 450, 1e-12);
    ck_assert_double_eq(part_at(some, "rows", 0), 1);
    ck_assert_uint_eq(none->n, 2);
    ck_assert_int_eq(none->subject[0], model_fixture_territory(m.model, "c"));
    for (size_t i = 0; i < m.values.n;
         i++) { /* covered wholly: no list; a scheme's own: its kind */
        ck_assert_str_ne(m.values.items[i].convention, "not_perimeters:epci");
        ck_assert_str_ne(m.values.items[i].convention, "perimeters:contract");
    }
    study_measured_close(&m);
}
END_TEST

/* ---- side by side ---------------------------------------------------------------------------- */

static const char *const sides =
    "study: key,value\ndate,2024-06-30\n"
    "territories: id,population,scale\n"
    "a,10,commune\nb,20,commune\nc,,commune\nd,40,commune\ne,80,commune\n"
    "D1,,departement\nD2,,departement\nD3,,departement\nE1,,epci\n"
    "perimeters: territory,unit,share\n"
    "D1,a,\nD1,b,\nD2,c,\nD2,d,\nD2,e,0.5\nE1,a,\nE1,b,\n"
    "sites: actor,territory\nO,b\nO,d\n"
    "posts: id,role,territory\np,referent,D1\n";

START_TEST(each_perimeter_has_its_own_coverage)
{
    study_measured m;
    study_measure(&m, sides, "scale.coverage_by");
    const mlg_value *sites = study_value(&m, "departement:sites", MLG_VECTOR);
    const mlg_value *posts = study_value(&m, "departement:referents", MLG_VECTOR);
    const size_t one = row_of(sites, model_fixture_territory(m.model, "D1"));
    const size_t two = row_of(sites, model_fixture_territory(m.model, "D2"));
    ck_assert_uint_eq(sites->n, 2); /* nothing is known of D3 */
    ck_assert_double_eq(sites->column[MLG_VALUE][one], 0.5);
    ck_assert_double_eq(part_at(sites, "population", one), 30);
    ck_assert_double_eq(part_at(sites, "population_without", one), 10);
    ck_assert_double_eq_tol(sites->column[MLG_VALUE][two], 1.0 / 3, 1e-12);
    ck_assert_double_eq(part_at(sites, "units", two), 3);
    ck_assert_double_eq(part_at(sites, "covered", two), 1);
    ck_assert_double_eq(part_at(sites, "population", two), 80); /* half of e lives there */
    ck_assert_double_eq(part_at(sites, "population_without", two), 40);
    ck_assert_double_eq(part_at(sites, "population_unknown", two), 1);
    ck_assert_double_eq(posts->column[MLG_VALUE][one], 1);
    ck_assert_double_eq(posts->column[MLG_VALUE][two], 0);
    for (size_t i = 0; i < m.values.n; i++) { /* one perimeter has nothing beside it */
        ck_assert_ptr_null(strstr(m.values.items[i].convention, "epci"));
        ck_assert_ptr_null(strstr(m.values.items[i].convention, "schemes"));
    }
    study_measured_close(&m);
}
END_TEST

/* Q is somewhere in a, nobody knows where (-1: unknown), and so is N; P is half of b. */
static const char *const bounds = "territories: id,population,scale\na,100,commune\nb,300,commune\n"
                                  "Q,,quarter\nN,,quarter\nP,,quarter\n"
                                  "perimeters: territory,unit,share\nQ,a,-1\nN,a,-1\nP,b,0.5\n"
                                  "schemes: id,territory\nS,N\nT,P\n";

START_TEST(unknown_parts_give_bounds_of_residents)
{
    static const struct {
        const char *perimeter;
        double people, low, high, left, left_low, left_high;
    } expected[] = {{"Q", NAN, 0, 100, NAN, 0, 100}, {"P", 150, 150, 150, 75, 75, 75}};
    study_measured m;
    study_measure(&m, bounds, "scale.coverage");
    const mlg_value *covered = study_value(&m, "schemes", MLG_SCALAR);
    ck_assert_double_eq(part_at(covered, "population", 0), 150.0 / 400);
    ck_assert_double_eq(part_at(covered, "population_high", 0), 250.0 / 400);
    study_measured_close(&m);
    study_measure(&m, bounds, "scale.coverage_by");
    const mlg_value *by = study_value(&m, "quarter:schemes", MLG_VECTOR);
    for (size_t i = 0; i < 2; i++) {
        const size_t row = row_of(by, model_fixture_territory(m.model, expected[i].perimeter));
        const double is[] = {part_at(by, "population", row),
                             part_at(by, "population_low", row),
                             part_at(by, "population_high", row),
                             part_at(by, "population_without", row),
                             part_at(by, "population_without_low", row),
                             part_at(by, "population_without_high", row)};
        const double should[] = {expected[i].people, expected[i].low,      expected[i].high,
                                 expected[i].left,   expected[i].left_low, expected[i].left_high};
        for (size_t k = 0; k < sizeof is / sizeof *is; k++) {
            ck_assert(isnan(should[k]) ? isnan(is[k]) : fabs(is[k] - should[k]) < 1e-9);
        }
    }
    study_measured_close(&m);
}
END_TEST

/* Straight from dense tables: is the unit named by an activity, itself or through a perimeter? */
static bool is_reached(const places_study *s, int unit)
{
    bool reached = false;
    for (int a = 0; a < s->n_activities; a++) {
        reached = reached || s->names_unit[a][unit];
        for (int p = 0; p < s->n_perimeters; p++) {
            reached = reached || (s->names_perimeter[a][p] && s->in[p][unit]);
        }
    }
    return reached;
}

static void check_perimeter(const places_study *s, int p, const mlg_value *value, size_t row)
{
    double units = 0, covered = 0, people = 0, left = 0, unknown = 0, unknown_left = 0;
    for (int u = 0; u < s->n_units; u++) {
        const bool reached = is_reached(s, u);
        units += s->in[p][u];
        covered += s->in[p][u] && reached;
        people += s->in[p][u] ? s->people[u] : 0.0;
        left += s->in[p][u] && !reached ? s->people[u] : 0.0;
        unknown += s->in[p][u] && s->people[u] == 0.0;
        unknown_left += s->in[p][u] && s->people[u] == 0.0 && !reached;
    }
    const bool told = people > 0.0 && !(left == 0.0 && unknown_left > 0.0);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][row], covered / units, 1e-12);
    ck_assert_double_eq(part_at(value, "units", row), units);
    ck_assert_double_eq(part_at(value, "covered", row), covered);
    ck_assert_double_eq(part_at(value, "population_unknown", row), unknown);
    ck_assert(told == !isnan(part_at(value, "population_without", row)));
    if (told) {
        ck_assert_double_eq(part_at(value, "population", row), people);
        ck_assert_double_eq(part_at(value, "population_without", row), left);
    }
}

START_TEST(sides_are_those_of_the_tables)
{
    static places_study s;
    size_t asked = 0;
    for (unsigned long k = 0; k < 60; k++) {
        study_measured m;
        places_study_make(&s, 9000UL * (unsigned long) (_i + 1) + k);
        study_measure(&m, s.text, "scale.coverage_by");
        if (m.values.items[0].undefined == T_none) {
            const mlg_value *value = study_value(&m, "epci:activities", MLG_VECTOR);
            ck_assert_uint_eq(value->n, (size_t) s.n_perimeters);
            for (int p = 0; p < s.n_perimeters; p++) {
                char name[16];
                snprintf(name, sizeof name, "T%d", p);
                check_perimeter(&s, p, value,
                                row_of(value, model_fixture_territory(m.model, name)));
                asked++;
            }
        }
        study_measured_close(&m);
    }
    ck_assert_uint_gt(asked, 50);
}
END_TEST

static const struct {
    const char *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"actors: id\nx\n", T_why_no_units},
    {"territories: id,scale\na,commune\nE,epci\nF,epci\nperimeters: territory,unit\nE,a\nF,a\n",
     T_why_no_place},
    {"territories: id,scale\na,commune\nE,epci\nperimeters: territory,unit\nE,a\n"
     "sites: actor,territory\nO,a\n",
     T_why_no_scale_to_compare},
};

START_TEST(sides_that_are_undefined_say_why)
{
    study_measured m;
    study_measure(&m, undefined_cases[_i].text, "scale.coverage_by");
    ck_assert_uint_eq(m.values.n, 1);
    ck_assert_str_eq(mlg_text_name(m.values.items[0].undefined),
                     mlg_text_name(undefined_cases[_i].why));
    study_measured_close(&m);
}
END_TEST

START_TEST(each_allocation_of_the_sides_may_fail)
{
    study_fail_each(sides, "scale.coverage_by");
    study_fail_each(sides, "scale.coverage");
}
END_TEST

/* ---- the tail that is told ---------------------------------------------------------------------
 */

/* One site for each hundred residents everywhere: nothing is more even. All in the smallest:
 * nothing is more concentrated. */
static const struct {
    int sites[3];
    mlg_text_key said;
} ginis[] = {{{10, 20, 30}, T_gini_less}, {{60, 0, 0}, T_gini_more}};

START_TEST(an_index_is_told_by_the_tail_on_which_it_lies)
{
    char text[4096] = "territories: id,population,scale\na,1000,commune\nb,2000,commune\n"
                      "c,3000,commune\nsites: actor,territory\n";
    for (int u = 0, n = 0; u < 3; u++) {
        for (int k = 0; k < ginis[_i].sites[u]; k++) {
            const size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "O%d,%c\n", n++, "abc"[u]);
        }
    }
    reported r;
    mlg_document document;
    reported_study(&r, text);
    const mlg_value *gini = NULL;
    for (size_t i = 0; i < r.values.n; i++) {
        const mlg_value *value = &r.values.items[i];
        gini =
            strcmp(value->measure->id, "scale.gini") == 0 && strcmp(value->convention, "sites") == 0
                ? value
                : gini;
    }
    ck_assert_ptr_nonnull(gini);
    const double less = part_at(gini, "p_less", 0), more = gini->column[MLG_P][0];
    ck_assert_double_eq_tol(gini->column[MLG_P_TWO][0], fmin(1.0, 2.0 * fmin(less, more)), 1e-12);
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    bool told = false;
    for (size_t s = 0; s < document.n; s++) {
        for (size_t b = 0; b < document.sections[s].n; b++) {
            const mlg_sentence *text_of = &document.sections[s].blocks[b].text;
            if (text_of->key == T_territories_gini_sites) {
                told = true;
                ck_assert_int_eq(text_of->args[7].key, ginis[_i].said);
                ck_assert_double_eq(text_of->args[4].number,
                                    ginis[_i].said == T_gini_less ? less : more);
                ck_assert_double_le(text_of->args[4].number, 0.05);
                ck_assert_double_eq(text_of->args[8].number, 2); /* communes */
            }
        }
    }
    ck_assert(told);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* ---- words of official tables ------------------------------------------------------------------
 */

START_TEST(codes_of_official_tables_have_words)
{
    static const struct {
        const char *code, *fr;
    } words[] = {{"anct_fs", "France services"},
                 {"epci_cc", "communaut\xc3\xa9 de communes"},
                 {"own_scale", "own_scale"},
                 {"commune", "commune"}};
    char text[256], label[64];
    snprintf(text, sizeof text, "territories: id,scale\na,%s\n", words[_i].code);
    mlg_model *model = model_fixture(text);
    const int32_t code = mlg_get_id(model, C_territories_scale, 0);
    ck_assert_str_eq(mlg_code_label(model, MLG_V_scale, code, MLG_FR, label, sizeof label),
                     words[_i].fr);
    ck_assert_str_eq(mlg_code_label(model, MLG_V_scale, code, MLG_FR, label, 4), _i == 1 || _i == 3
                                                                                     ? "com"
                                                                                 : _i == 0 ? "Fra"
                                                                                           : "own");
    mlg_model_free(model);
}
END_TEST

/* ---- not one territory ------------------------------------------------------------------------
 */

static const struct {
    const char *setting;
    bool one;
} scopes[] = {{"scope,not_one_territory", false},
              {"portee,pas_un_territoire", false},
              {"Port\xc3\xa9"
               "e,Pas_Un_Territoire",
               false},
              {"scope,one_territory", true},
              {"title,T", true}};

START_TEST(a_study_may_say_that_it_is_not_one_territory)
{
    char text[512];
    snprintf(text, sizeof text, "study: key,value\n%s\n" THREE "sites: actor,territory\nO,a\n",
             scopes[_i].setting);
    mlg_model *model = model_fixture(text);
    ck_assert(mlg_model_one_territory(model) == scopes[_i].one);
    ck_assert_uint_eq(model_fixture_faults(model, "bad_scope"), 0);
    mlg_model_free(model);
}
END_TEST

START_TEST(an_unknown_scope_is_a_fault)
{
    mlg_model *model = model_fixture_rows("study: key,value\nscope,elsewhere\n" THREE);
    mlg_error err = {0};
    ck_assert_int_ne(mlg_model_finish(model, &err), MLG_ENOMEM);
    ck_assert_uint_eq(model_fixture_faults(model, "bad_scope"), 1);
    mlg_model_free(model);
}
END_TEST

static const char *const silent[] = {"scale.coverage", "scale.coverage_by", "scale.gini",
                                     "depend.bus_factor", "turnover.simulation.months_lost"};

START_TEST(nothing_is_added_up_over_several_territories)
{
    static const char study[] =
        "study: key,value\n%s\ndate,2024-06-30\n" THREE "sites: actor,territory\nO,a\n"
        "schemes: id\nS\nT\n"
        "posts: id,person,role,scheme\np,Anne,coordinator,S\n"
        "q,Paul,coordinator,T\n"
        "ties: from,to\nx,y\n";
    for (int several = 0; several < 2; several++) {
        char text[1024];
        reported r;
        snprintf(text, sizeof text, study, several ? "scope,not_one_territory" : "title,T");
        reported_study(&r, text);
        bool silenced = false, told = false;
        for (size_t i = 0; i < r.values.n; i++) {
            const mlg_value *value = &r.values.items[i];
            if (strcmp(value->measure->id, silent[_i]) == 0) {
                silenced = silenced || value->undefined == T_why_not_one_territory;
                told = told || value->undefined != T_why_not_one_territory;
            }
        }
        ck_assert(silenced == (several == 1));
        ck_assert(told == (several == 0));
        reported_close(&r);
    }
}
END_TEST

/* ---- the page ----------------------------------------------------------------------------------
 */

static const mlg_table *table_of(const mlg_document *document, const char *id)
{
    for (size_t s = 0; s < document->n; s++) {
        for (size_t b = 0; b < document->sections[s].n; b++) {
            const mlg_table *table = document->sections[s].blocks[b].table;
            if (table != NULL && table->id != NULL && strcmp(table->id, id) == 0) {
                return table;
            }
        }
    }
    return NULL;
}

static size_t column_of(const mlg_table *table, const char *name)
{
    size_t c = 0;
    while (c < table->n_columns && strcmp(table->headings[c].name, name) != 0) {
        c++;
    }
    ck_assert_msg(c < table->n_columns, "no column %s", name);
    return c;
}

static const mlg_cell *cell_of(const mlg_table *table, size_t row, const char *name)
{
    return mlg_table_cell(table, row, column_of(table, name));
}

#define COUNTRY                                                                                    \
    "territories: id,name,population,scale\n"                                                      \
    "a,Ay,10,commune\nb,Bi,500,commune\nc,Ce,,commune\nd,Di,40,commune\n"                          \
    "E,Ep,,epci_cc\nF,Ef,,epci_cc\nD,De,,departement\n"                                            \
    "perimeters: territory,unit\nE,a\nE,b\nF,c\nF,d\nD,a\nD,b\nD,c\nD,d\n"

START_TEST(the_page_says_bounds_of_residents)
{
    reported r;
    mlg_document document;
    reported_study(&r, bounds);
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_table *table = table_of(&document, "covered");
    ck_assert_ptr_nonnull(table);
    ck_assert_int_eq(table->note.key, T_table_covered_note_open);
    ck_assert_str_eq(cell_of(table, 0, "people")->arg.text, "38% to 62%");
    ck_assert_double_eq(cell_of(table, 0, "population")->arg.number, 0.375);
    ck_assert_double_eq(cell_of(table, 0, "population_high")->arg.number, 0.625);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(uncovered_places_stand_in_a_table_with_where_they_lie)
{
    static const char *const names[] = {"b", "a", "c"};
    static const double no_scheme[] = {0, 1, 1}, no_site[] = {1, 1, 1};
    reported r;
    mlg_document document;
    reported_study(&r, COUNTRY "schemes: id,territory\nS,b\nT,d\nsites: actor,territory\nO,d\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_table *table = table_of(&document, "uncovered");
    ck_assert_ptr_nonnull(table);
    ck_assert_uint_eq(mlg_table_rows(table), 3);
    for (size_t row = 0; row < 3; row++) {
        const mlg_id unit = model_fixture_territory(r.model, names[row]);
        const mlg_id epci = model_fixture_territory(r.model, row < 2 ? "E" : "F");
        ck_assert_int_eq(cell_of(table, row, "unit")->arg.id, unit);
        ck_assert_int_eq(cell_of(table, row, "epci")->arg.id, epci);
        ck_assert_int_eq(cell_of(table, row, "departement")->arg.id,
                         model_fixture_territory(r.model, "D"));
        ck_assert_double_eq(cell_of(table, row, "no_scheme")->arg.number, no_scheme[row]);
        ck_assert_double_eq(cell_of(table, row, "no_site")->arg.number, no_site[row]);
        ck_assert_int_eq(cell_of(table, row, "no_activity")->kind, MLG_CELL_EMPTY);
    }
    ck_assert_int_eq(cell_of(table, 2, "population")->kind, MLG_CELL_UNDEFINED);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(what_is_not_covered_points_at_its_rows)
{
    reported r;
    reported_study(&r, COUNTRY "sites: actor,territory\nO,d\n");
    const mlg_finding *finding = reported_first(&r, "uncovered_population");
    ck_assert_ptr_nonnull(finding);
    ck_assert_str_eq(
        reported_sentence(&r, finding, MLG_EN),
        "3 of 4 municipalities (93% of known residents) have no organisation’s site on "
        "record. First by residents: “Bi”. 100% of the rows say where; not recorded is "
        "not absent: check first.");
    ck_assert_uint_eq(finding->rows_total, 3);
    ck_assert_str_eq(finding->rows[0].file, "territories.csv");
    ck_assert_int_eq(finding->rows[0].line, 3);
    ck_assert_int_eq(finding->subject[0], model_fixture_territory(r.model, "b"));
    ck_assert_int_eq(finding->lever, T_none);
    bool said = false;
    for (size_t i = 0; i < finding->n_limits; i++) {
        said = said || finding->limits[i] == T_limit_people_unknown;
    }
    ck_assert(said);
    reported_close(&r);
}
END_TEST

/* Most residents known are without, few places: the level is that of the places. */
START_TEST(an_unknown_population_holds_the_level_down)
{
    static const char *const people[] = {"", "5"};
    static const mlg_level levels[] = {MLG_NOTICE, MLG_SERIOUS};
    for (size_t i = 0; i < 2; i++) {
        char text[1024];
        reported r;
        snprintf(text, sizeof text,
                 "territories: id,population,scale\nbig,900,commune\nk,%s,commune\nu1,5,commune\n"
                 "u2,5,commune\nu3,5,commune\nu4,5,commune\nu5,5,commune\nu6,5,commune\n"
                 "u7,5,commune\nu8,5,commune\nu9,5,commune\nE,,epci\n"
                 "perimeters: territory,unit\nE,big\nE,k\nE,u1\nE,u2\nE,u3\nE,u4\nE,u5\nE,u6\n"
                 "E,u7\nE,u8\nE,u9\n"
                 "sites: actor,territory\nO,k\nO,u1\nO,u2\nO,u3\nO,u4\nO,u5\nO,u6\nO,u7\nO,u8\n"
                 "O,u9\n",
                 people[i]);
        reported_study(&r, text);
        const mlg_finding *finding = reported_first(&r, "uncovered_population");
        ck_assert_ptr_nonnull(finding);
        ck_assert_int_eq(finding->level, levels[i]);
        reported_close(&r);
    }
}
END_TEST

START_TEST(quotients_of_sites_stand_beside_those_of_activities)
{
    reported r;
    mlg_document document;
    reported_study(&r, COUNTRY "sites: actor,territory\nO,b\nP,b\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_table *table = table_of(&document, "location_quotients");
    ck_assert_ptr_nonnull(table);
    ck_assert_uint_eq(mlg_table_rows(table), 4);
    ck_assert_int_eq(cell_of(table, 0, "of")->arg.key, T_counted_sites);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(columns_of_which_nothing_is_known_leave_the_page_once)
{
    reported r;
    mlg_document document;
    reported_study(&r, "schemes: id,kind,carrier\nS,cls,\nT,cls,\n"
                       "posts: id,person,role,scheme\np,Anne,coordinator,S\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_table *table = table_of(&document, "schemes");
    ck_assert_int_eq(table->headings[column_of(table, "carriers")].use, MLG_FILE_ONLY);
    ck_assert_int_eq(table->headings[column_of(table, "coordinators")].use, MLG_EVERYWHERE);
    ck_assert_int_eq(table->headings[0].use, MLG_EVERYWHERE);
    ck_assert_int_eq(table->lacks.key, T_table_lacks);
    ck_assert_ptr_nonnull(
        strstr(table->lacks.args[1].text, mlg_text(r.results.labels.language, T_head_carriers)));
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(a_figure_of_few_schemes_is_a_count)
{
    static const int counts[] = {4, 5};
    for (size_t i = 0; i < 2; i++) {
        char text[1024] = "territories: id,scale\nc,commune\nschemes: id,kind,territory\n";
        reported r;
        mlg_document document;
        for (int s = 0; s < counts[i]; s++) {
            const size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "S%d,asv,c\n", s);
        }
        reported_study(&r, text);
        ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
        const mlg_table *table = table_of(&document, "yardsticks");
        ck_assert_ptr_nonnull(table);
        ck_assert_int_eq(cell_of(table, 0, "counted")->arg.kind,
                         i == 0 ? MLG_ARG_TEXT : MLG_ARG_SHARE);
        ck_assert_double_eq(cell_of(table, 0, "here")->arg.number, 1.0);
        mlg_document_free(&document);
        reported_close(&r);
    }
}
END_TEST

START_TEST(names_of_several_actors_are_one_row_of_the_page)
{
    reported r;
    mlg_document document;
    reported_study(&r, "actors: id,name,kind\na,Red,organisation\nb,Red,organisation\n"
                       "c,Blue,organisation\nd,Blue,organisation\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_table *all = table_of(&document, "faults");
    const size_t groups = mlg_faults_groups(r.model->faults);
    ck_assert_uint_eq(mlg_table_rows(all), groups);
    ck_assert_uint_eq(all->page_rows, 0);
    const mlg_table *page = NULL;
    for (size_t s = 0; s < document.n; s++) {
        for (size_t b = 0; b < document.sections[s].n; b++) {
            const mlg_table *table = document.sections[s].blocks[b].table;
            page =
                table != NULL && table->id == NULL && strcmp(table->headings[0].name, "code") == 0
                    ? table
                    : page;
        }
    }
    ck_assert_ptr_nonnull(page);
    ck_assert_uint_eq(mlg_table_rows(page), groups - 1);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(limits_stand_after_the_evidence)
{
    reported r;
    mlg_document document;
    size_t limits = 0, territories = 0;
    reported_study(&r, COUNTRY "sites: actor,territory\nO,b\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    for (size_t s = 0; s < document.n; s++) {
        limits = strcmp(document.sections[s].id, "limits") == 0 ? s : limits;
        territories = strcmp(document.sections[s].id, "territories") == 0 ? s : territories;
    }
    ck_assert_uint_gt(territories, 0);
    ck_assert_uint_gt(limits, territories);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("coverage");
    TCase *values = tcase_create("values");
    TCase *page = tcase_create("page");
    tcase_set_timeout(values, 120);
    tcase_set_timeout(page, 120);
    tcase_add_loop_test(values, an_unknown_population_is_neither_nobody_nor_everybody, 0,
                        N_OF(unknown_cases));
    tcase_add_test(values, a_combination_of_unknown_residents_has_no_number);
    tcase_add_test(values, residents_in_common_are_unknown_where_nobody_is_known);
    tcase_add_loop_test(values, codes_of_official_tables_have_words, 0, 4);
    tcase_add_loop_test(page, an_index_is_told_by_the_tail_on_which_it_lies, 0, N_OF(ginis));
    tcase_add_test(values, places_that_nothing_reaches_come_by_falling_population);
    tcase_add_test(values, units_in_no_perimeter_of_a_scale_are_listed);
    tcase_add_test(values, unknown_parts_give_bounds_of_residents);
    tcase_add_test(values, each_perimeter_has_its_own_coverage);
    tcase_add_loop_test(values, sides_are_those_of_the_tables, 0, 3);
    tcase_add_loop_test(values, sides_that_are_undefined_say_why, 0, N_OF(undefined_cases));
    tcase_add_test(values, each_allocation_of_the_sides_may_fail);
    tcase_add_loop_test(values, a_study_may_say_that_it_is_not_one_territory, 0, N_OF(scopes));
    tcase_add_test(values, an_unknown_scope_is_a_fault);
    tcase_add_loop_test(page, nothing_is_added_up_over_several_territories, 0, N_OF(silent));
    tcase_add_test(page, the_page_says_bounds_of_residents);
    tcase_add_test(page, uncovered_places_stand_in_a_table_with_where_they_lie);
    tcase_add_test(page, what_is_not_covered_points_at_its_rows);
    tcase_add_test(page, an_unknown_population_holds_the_level_down);
    tcase_add_test(page, quotients_of_sites_stand_beside_those_of_activities);
    tcase_add_test(page, columns_of_which_nothing_is_known_leave_the_page_once);
    tcase_add_test(page, a_figure_of_few_schemes_is_a_count);
    tcase_add_test(page, names_of_several_actors_are_one_row_of_the_page);
    tcase_add_test(page, limits_stand_after_the_evidence);
    suite_add_tcase(suite, values);
    suite_add_tcase(suite, page);
    return suite_run(suite);
}
