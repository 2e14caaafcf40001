/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "maillage/territory.h"
#include "model_fixture.h"
#include "study_fixture.h"
#include "suite.h"

/* Finding a real territory, and the sheets filled from it. */

/* E1 in D1; E2 across D1 and D2; R holds both; E3 in no département; two communes of one name. */
static const char *const reference =
    "study: key,value\ntitle,Somewhere 2025\n"
    "territories: id,name,scale,population\n"
    "REG-11,Grande Région,region,1000\n"
    "DEP-11,Amont,departement,600\nDEP-2A,Aval,departement,400\n"
    "EPCI-200,CU Côte-la-Mer,epci,300\nEPCI-201,CC des Monts,epci,500\n"
    "EPCI-202,CC des Îles,epci,50\n"
    "COM-11001,Côte,commune,100.5\nCOM-11002,Saint-Jean,commune,199.5\n"
    "COM-11003,Haut,commune,300\nCOM-2A001,Bas,commune,200\nCOM-2A002,Saint-Jean,commune,200\n"
    "COM-98001,Île; \"vide\",commune,\n"
    "perimeters: territory,unit\n"
    "REG-11,DEP-11\nREG-11,DEP-2A\n"
    "DEP-11,COM-11001\nDEP-11,COM-11002\nDEP-11,COM-11003\nDEP-2A,COM-2A001\nDEP-2A,COM-2A002\n"
    "EPCI-200,COM-11001\nEPCI-200,COM-11002\nEPCI-201,COM-11003\nEPCI-201,COM-2A001\n"
    "EPCI-202,COM-98001\n";

static mlg_model *country;

static void open_country(void)
{
    country = model_fixture(reference);
}

static void close_country(void)
{
    mlg_model_free(country);
}

/* ---- finding -------------------------------------------------------------------- */

static const struct {
    const char *typed, *found; /* ids apart by blanks; after ~: the nearest */
} questions[] = {
    {"EPCI-200", "EPCI-200"},
    {"epci-200", "EPCI-200"},
    {"200", "EPCI-200"},
    {"11002", "COM-11002"},
    {"2a001", "COM-2A001"},
    {"11", "REG-11 DEP-11"},
    {"département 11", "DEP-11"},
    {"DEPARTEMENT  11", "DEP-11"},
    {"region 11", "REG-11"},
    {"région Grande Région", "REG-11"},
    {"Côte", "COM-11001"}, /* the name itself before names that have it in them */
    {"cote", "COM-11001"},
    {"Côte la Mer", "EPCI-200"},
    {"cote-la-mer", "EPCI-200"},
    {"EPCI Côte", "EPCI-200"},
    {"Saint-Jean", "COM-11002 COM-2A002"},
    {"CC", "EPCI-201 EPCI-202"},
    {"commune Monts", ""},
    {"Grand Région", "~REG-11"},
    {"Cote de Mer", "EPCI-200"},
    {"Hau", ""},             /* too short for a slip */
    {"Monst", "~EPCI-201"},  /* without its first word */
    {"CU Mer", "~EPCI-200"}, /* words of its name with others in between */
    {"la Mer, Côte", "~EPCI-200"},
    {"CU Mer Haute", ""},
    {"Siant-Jean", "~COM-11002 COM-2A002"},
    {"11012", "~COM-11002"},
    {"COM-11009", "~COM-11001 COM-11002 COM-11003"},
    {"zzz", ""},
    {"", ""},
    {"  ", ""},
};

static const char *told(const mlg_territory_matches *found)
{
    static char out[256];
    snprintf(out, sizeof out, "%s", found->nearest && found->n > 0 ? "~" : "");
    for (size_t i = 0; i < found->n; i++) {
        const size_t used = strlen(out);
        snprintf(out + used, sizeof out - used, "%s%s", i > 0 ? " " : "",
                 mlg_territory_id(country, found->id[i]));
    }
    return out;
}

START_TEST(a_territory_is_found_by_what_one_types)
{
    mlg_territory_matches found;
    ck_assert_int_eq(mlg_territory_find(country, questions[_i].typed, &found, NULL), MLG_OK);
    ck_assert_msg(strcmp(told(&found), questions[_i].found) == 0, "%s: %s, not %s",
                  questions[_i].typed, told(&found), questions[_i].found);
}
END_TEST

START_TEST(many_of_one_name_are_counted_and_the_first_shown)
{
    mlg_buffer text = {0};
    mlg_territory_matches found;
    mlg_buffer_text(&text, "territories: id,name\n");
    for (int i = 0; i < 20; i++) {
        mlg_buffer_format(&text, "T%02d,Same\n", i);
    }
    mlg_model *model = model_fixture(mlg_buffer_string(&text));
    ck_assert_int_eq(mlg_territory_find(model, "same", &found, NULL), MLG_OK);
    ck_assert_uint_eq(found.n, 20);
    ck_assert(!found.nearest);
    ck_assert_str_eq(mlg_territory_id(model, found.id[MLG_MATCHES_SHOWN - 1]), "T11");
    mlg_model_free(model);
    mlg_buffer_free(&text);
}
END_TEST

/* Larger ones: of the name's words, or the EPCI around; none where an id was given. */
static const struct {
    const char *typed, *taken, *larger;
} wider[] = {
    {"Côte", "COM-11001", "EPCI-200"},  /* by name and around: once */
    {"Haut", "COM-11003", "EPCI-201"},  /* around, not the departments or the region */
    {"cote la mer", "EPCI-200", ""},    /* nothing bears it beyond */
    {"Île; \"vide\"", "COM-98001", ""}, /* its EPCI is no larger than itself */
    {"COM-11001", "COM-11001", ""},     {"11001", "COM-11001", ""},
    {"Monts", "COM-11001", ""}, /* not what it is called: answered some other way */
};

START_TEST(larger_territories_of_a_name_are_told)
{
    mlg_territory_matches found;
    const mlg_id taken =
        mlg_names_find(&country->territories, wider[_i].taken, strlen(wider[_i].taken));
    ck_assert_int_eq(mlg_territory_larger(country, wider[_i].typed, taken, &found, NULL), MLG_OK);
    ck_assert_msg(strcmp(told(&found), wider[_i].larger) == 0, "%s: %s, not %s", wider[_i].typed,
                  told(&found), wider[_i].larger);
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        ck_assert_int_lt(n, 1000);
        mlg_alloc_fails_at = n;
        status = mlg_territory_larger(country, wider[_i].typed, taken, &found, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
    }
    ck_assert_str_eq(told(&found), wider[_i].larger);
    ck_assert_uint_eq(mlg_territory_units(country, taken),
                      taken >= 0 && strncmp(wider[_i].taken, "EPCI", 4) == 0 ? 2 : 1);
}
END_TEST

START_TEST(short_memory_while_searching_is_an_error)
{
    mlg_territory_matches found;
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        ck_assert_int_lt(n, 10000);
        mlg_alloc_fails_at = n;
        status = mlg_territory_find(country, "Grand Région", &found, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
    }
    ck_assert_str_eq(told(&found), "~REG-11");
}
END_TEST

/* ---- sheets --------------------------------------------------------------------- */

static study_fixture study;

static mlg_id of(const char *id)
{
    return model_fixture_territory(country, id);
}

static mlg_territory_facts write_study(const char *id, mlg_language language, bool whole)
{
    mlg_territory_facts facts = {0};
    study_fixture_open(&study);
    ck_assert_int_eq(
        mlg_territory_write_templates(study.path, language, whole, country, of(id), &facts, NULL),
        MLG_OK);
    study_fixture_read(&study, NULL, NULL);
    char said[4096];
    ck_assert_msg(study.status == MLG_OK, "%s", study_fixture_faults(&study, said, sizeof said));
    return facts;
}

/* Are the territory's units in the study those of the reference, "" for none at all? */
static void expect_units(const char *id, const char *units)
{
    char got[256] = "";
    const mlg_model *model = study.model;
    const mlg_id t = model_fixture_territory(model, id);
    for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
        const size_t used = strlen(got);
        snprintf(got + used, sizeof got - used, "%s%s", used > 0 ? " " : "",
                 mlg_names_text(&model->territories, model->unit[i]));
    }
    ck_assert_msg(strcmp(got, units) == 0, "%s: %s, not %s", id, got, units);
}

static const struct {
    const char *territory;
    size_t units, perimeters;
    double population;
    int32_t rows;         /* of territories */
    const char *of[4][2]; /* territory, its units in the study */
} fills[] = {
    /* a body in one département: that and the region are listed, not taken apart */
    {"EPCI-200",
     2,
     1,
     300.0,
     5,
     {{"EPCI-200", "COM-11001 COM-11002"}, {"DEP-11", ""}, {"REG-11", ""}}},
    /* one across two */
    {"EPCI-201",
     2,
     1,
     500.0,
     6,
     {{"EPCI-201", "COM-11003 COM-2A001"}, {"DEP-11", ""}, {"DEP-2A", ""}, {"REG-11", ""}}},
    /* a commune comes with the body it is in, whole */
    {"COM-11001", 1, 1, 100.5, 5, {{"EPCI-200", "COM-11001 COM-11002"}, {"DEP-11", ""}}},
    /* a département, with the body that crosses it, whole */
    {"DEP-11",
     3,
     3,
     600.0,
     8,
     {{"DEP-11", "COM-11001 COM-11002 COM-11003"},
      {"EPCI-201", "COM-11003 COM-2A001"},
      {"REG-11", ""}}},
    {"REG-11",
     5,
     5,
     1000.0,
     10,
     {{"REG-11", "COM-11001 COM-11002 COM-11003 COM-2A001 COM-2A002"},
      {"DEP-2A", "COM-2A001 COM-2A002"}}},
    {"EPCI-202", 1, 1, NAN, 2, {{"EPCI-202", "COM-98001"}}},
};

START_TEST(a_study_has_the_territory_and_what_it_meets)
{
    const size_t i = (size_t) _i % (sizeof fills / sizeof *fills);
    const int way = _i / (int) (sizeof fills / sizeof *fills);
    const mlg_territory_facts facts =
        write_study(fills[i].territory, way % 2 == 0 ? MLG_FR : MLG_EN, way / 2 == 1);

    ck_assert_uint_eq(facts.units, fills[i].units);
    ck_assert_uint_eq(facts.perimeters, fills[i].perimeters);
    ck_assert(isnan(fills[i].population) ? isnan(facts.population)
                                         : facts.population == fills[i].population);
    ck_assert_int_eq(study.model->rows[MLG_TERRITORIES].n, fills[i].rows);
    for (size_t t = 0; t < 4 && fills[i].of[t][0] != NULL; t++) {
        expect_units(fills[i].of[t][0], fills[i].of[t][1]);
    }
    /* only what is true to warn of: nobody counted the people, nothing is filled in yet */
    ck_assert_uint_eq(model_fixture_faults(study.model, "perimeter_empty"), 0);
    study_fixture_close(&study);
}
END_TEST

START_TEST(cells_come_back_as_they_were)
{
    const mlg_language language = (mlg_language) _i;
    write_study("EPCI-202", language, false);
    const mlg_model *model = study.model;
    const mlg_id island = model_fixture_territory(model, "COM-98001");
    const int32_t row = model->territory_row[island];
    ck_assert_str_eq(mlg_names_text(&model->texts, mlg_get_id(model, C_territories_name, row)),
                     "Île; \"vide\"");
    ck_assert(isnan(mlg_get_number(model, C_territories_population, row)));
    ck_assert_int_eq(mlg_get_id(model, C_territories_scale, row), MLG_CODE_OF(scale, commune));
    ck_assert_str_eq(model->territory, "CC des Îles");
    study_fixture_close(&study);

    write_study("COM-11001", language, true);
    const mlg_id cote = model_fixture_territory(study.model, "COM-11001");
    ck_assert_double_eq(
        mlg_get_number(study.model, C_territories_population, study.model->territory_row[cote]),
        100.5);
    ck_assert_str_eq(study.model->territory, "Côte");
    study_fixture_close(&study);
}
END_TEST

START_TEST(parts_of_units_and_past_perimeters)
{
    mlg_model *model =
        model_fixture("study: key,value\ndate,2024\nterritories: id,scale,population\n"
                      "E,epci,100\na,commune,40\nb,commune,80\nc,commune,9\n"
                      "perimeters: territory,unit,share,start,end\n"
                      "E,a,1,,\nE,b,0.25,,\nE,c,1,2010,2015\n");
    mlg_territory_facts facts;
    study_fixture_open(&study);
    ck_assert_int_eq(mlg_territory_write_templates(study.path, MLG_FR, false, model,
                                                   model_fixture_territory(model, "E"), &facts,
                                                   NULL),
                     MLG_OK);
    study_fixture_read(&study, NULL, NULL);
    expect_units("E", "a b");
    ck_assert_double_eq(facts.population, 60.0);
    const mlg_model *read = study.model;
    const uint32_t at = read->unit_offset[model_fixture_territory(read, "E")];
    ck_assert_double_eq(read->unit_share[at + 1], 0.25);
    study_fixture_close(&study);
    mlg_model_free(model);
}
END_TEST

START_TEST(no_study_is_written_over_and_no_territory_made_up)
{
    mlg_error err = {0};
    study_fixture_open(&study);
    study_fixture_text(&study, "perimeters.csv", "territory,unit\nA,b\n");
    ck_assert_int_eq(mlg_territory_write_templates(study.path, MLG_EN, false, country,
                                                   of("EPCI-200"), NULL, &err),
                     MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "perimeters.csv"));
    ck_assert_int_eq(
        mlg_territory_write_templates(study.path, MLG_EN, false, country, 999, NULL, NULL),
        MLG_EARG);
    study_fixture_close(&study);
}
END_TEST

START_TEST(short_memory_while_writing_is_an_error)
{
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        ck_assert_int_lt(n, 10000);
        study_fixture_open(&study);
        mlg_alloc_fails_at = n;
        status = mlg_territory_write_templates(study.path, MLG_FR, false, country, of("DEP-11"),
                                               NULL, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        study_fixture_close(&study);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("find_territory");
    TCase *find = tcase_create("find"), *sheets = tcase_create("sheets");
    tcase_add_checked_fixture(find, open_country, close_country);
    tcase_add_checked_fixture(sheets, open_country, close_country);
    tcase_add_loop_test(find, a_territory_is_found_by_what_one_types, 0,
                        sizeof questions / sizeof *questions);
    tcase_add_loop_test(find, larger_territories_of_a_name_are_told, 0,
                        sizeof wider / sizeof *wider);
    tcase_add_test(find, many_of_one_name_are_counted_and_the_first_shown);
    tcase_add_test(find, short_memory_while_searching_is_an_error);
    tcase_add_loop_test(sheets, a_study_has_the_territory_and_what_it_meets, 0,
                        4 * sizeof fills / sizeof *fills);
    tcase_add_loop_test(sheets, cells_come_back_as_they_were, 0, MLG_N_LANGUAGES);
    tcase_add_test(sheets, parts_of_units_and_past_perimeters);
    tcase_add_test(sheets, no_study_is_written_over_and_no_territory_made_up);
    tcase_add_test(sheets, short_memory_while_writing_is_an_error);
    suite_add_tcase(suite, find);
    suite_add_tcase(suite, sheets);
    return suite_run(suite);
}
