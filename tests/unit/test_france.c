/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "maillage/ingest.h"
#include "model_fixture.h"
#include "study_fixture.h"
#include "suite.h"

/* What is known of the territories of France, on the shipped tables. */

static mlg_model *france;

static void open_france(void)
{
    ck_assert_int_eq(mlg_ingest("datasets/france", NULL, NULL, &france, NULL), MLG_OK);
}

static void close_france(void)
{
    mlg_model_free(france);
}

static int32_t scale_code(const char *scale)
{
    int32_t code = 0;
    while (strcmp(mlg_code_text(france, MLG_V_scale, code), scale) != 0) {
        code++;
        ck_assert_int_lt(code, mlg_code_count(france, MLG_V_scale));
    }
    return code;
}

static bool is_of(mlg_id t, int32_t scale)
{
    const int32_t row = france->territory_row[t];
    return row >= 0 && mlg_get_id(france, C_territories_scale, row) == scale;
}

static size_t n_of(const char *scale)
{
    const int32_t code = scale_code(scale);
    size_t n = 0;
    for (mlg_id t = 0; t < (mlg_id) france->territories.n; t++) {
        n += is_of(t, code) ? 1 : 0;
    }
    return n;
}

static size_t n_units(mlg_id t)
{
    return france->unit_offset[t + 1] - france->unit_offset[t];
}

static double own_population(mlg_id t)
{
    return mlg_get_number(france, C_territories_population, france->territory_row[t]);
}

/* Of its communes. */
static double people_of(mlg_id t)
{
    double sum = 0.0;
    for (uint32_t i = france->unit_offset[t]; i < france->unit_offset[t + 1]; i++) {
        const double people = own_population(france->unit[i]);
        sum += isnan(people) ? 0.0 : people;
    }
    return sum;
}

/* The territory of a scale that holds each unit, -1 where none does. Fails where two do. */
static mlg_id *holders(const char *scale)
{
    const int32_t code = scale_code(scale);
    mlg_id *holder = calloc(france->territories.n, sizeof *holder);
    for (size_t t = 0; t < france->territories.n; t++) {
        holder[t] = -1;
    }
    for (mlg_id t = 0; t < (mlg_id) france->territories.n; t++) {
        for (uint32_t i = france->unit_offset[t]; is_of(t, code) && i < france->unit_offset[t + 1];
             i++) {
            ck_assert_int_eq(holder[france->unit[i]], -1);
            ck_assert_double_eq(france->unit_share[i], 1.0);
            holder[france->unit[i]] = t;
        }
    }
    return holder;
}

/* ---- counts -------------------------------------------------------------------- */

START_TEST(there_are_as_many_as_there_are)
{
    static const struct {
        const char *scale;
        size_t n;
    } scales[] = {{"commune", 34969},   {"epci", 1255}, {"ept", 11},
                  {"departement", 101}, {"region", 18}, {"collectivite_outre_mer", 8}};
    size_t all = 0;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        ck_assert_uint_eq(n_of(scales[i].scale), scales[i].n);
        all += scales[i].n;
    }
    ck_assert_uint_eq(france->territories.n, all);
    ck_assert_int_eq(france->rows[MLG_TERRITORIES].n, (int) all);
}
END_TEST

START_TEST(a_departement_and_a_body_have_their_communes)
{
    const mlg_id calvados = model_fixture_territory(france, "DEP-14");
    const mlg_id caen = model_fixture_territory(france, "EPCI-200065597");
    ck_assert_uint_eq(n_units(calvados), 526);
    ck_assert_uint_eq(n_units(caen), 48);
    ck_assert_double_eq(own_population(caen), 277248.0);
    ck_assert_double_eq(people_of(caen), 277248.0);
}
END_TEST

START_TEST(each_population_is_the_sum_of_its_communes)
{
    for (mlg_id t = 0; t < (mlg_id) france->territories.n; t++) {
        ck_assert_uint_ge(n_units(t), 1);
        if (!isnan(own_population(t))) {
            ck_assert_double_eq(own_population(t), people_of(t));
        }
    }
}
END_TEST

START_TEST(few_are_without_inhabitants_and_that_is_all_there_is_to_warn_of)
{
    const int32_t commune = scale_code("commune");
    size_t none = 0, unknown = 0;
    for (mlg_id t = 0; t < (mlg_id) france->territories.n; t++) {
        none += is_of(t, commune) && own_population(t) == 0.0 ? 1 : 0;
        unknown += is_of(t, commune) && isnan(own_population(t)) ? 1 : 0;
    }
    ck_assert_uint_eq(none, 6);
    ck_assert_uint_eq(unknown, 6);
    ck_assert_uint_eq(mlg_faults_count(mlg_model_faults(france), MLG_WARNING), 1);
    ck_assert_ptr_nonnull(
        strstr(model_fixture_message(france, "no_population", MLG_EN, true), "12 territories"));
}
END_TEST

/* ---- nesting -------------------------------------------------------------------- */

/* From the lists of communes by body and département, without this program. */
static const char *const across_departements[] = {
    "200006682", "200030435", "200030526", "200034023", "200034700", "200035129", "200035723",
    "200040111", "200040277", "200040491", "200040590", "200040624", "200040681", "200041887",
    "200054781", "200054807", "200055655", "200058519", "200059228", "200066405", "200066462",
    "200066553", "200066587", "200066744", "200066827", "200067130", "200067320", "200067361",
    "200067429", "200067668", "200067742", "200067825", "200068088", "200068559", "200068666",
    "200068765", "200069128", "200069383", "200069672", "200069722", "200069730", "200070183",
    "200070290", "200070308", "200070332", "200070365", "200070738", "200070746", "200070852",
    "200070985", "200071033", "200071066", "200071140", "200071884", "200072106", "200072676",
    "200073096", "200077014", "241200567", "242900744", "243100567", "243301371", "243301454",
    "243400736", "243500725", "243500741", "243600236", "244400552", "244400610", "245400510",
    "245614433", "245701404", "245900758", "246100663", "246300966", "246401756", "247000714",
    "247000722", "247200090", "247600588", "247700644", "247800550", "247800584", "248200016",
    "248200107", "248400251", "248400335", "248700189", "249500109",
};

static bool is_known_to_cross(const char *id)
{
    for (size_t i = 0; i < sizeof across_departements / sizeof *across_departements; i++) {
        if (strcmp(id + strlen("EPCI-"), across_departements[i]) == 0) {
            return true;
        }
    }
    return false;
}

START_TEST(some_bodies_lie_across_departements_and_all_others_in_one)
{
    mlg_id *departement = holders("departement");
    const int32_t epci = scale_code("epci");
    size_t crossing = 0;
    for (mlg_id t = 0; t < (mlg_id) france->territories.n; t++) {
        bool crosses = false;
        for (uint32_t i = france->unit_offset[t]; is_of(t, epci) && i < france->unit_offset[t + 1];
             i++) {
            crosses = crosses || departement[france->unit[i]] !=
                                     departement[france->unit[france->unit_offset[t]]];
        }
        ck_assert_msg(!is_of(t, epci) ||
                          crosses == is_known_to_cross(mlg_names_text(&france->territories, t)),
                      "%s", mlg_names_text(&france->territories, t));
        crossing += crosses ? 1 : 0;
    }
    ck_assert_uint_eq(crossing, sizeof across_departements / sizeof *across_departements);
    free(departement);
}
END_TEST

START_TEST(each_commune_is_in_one_of_each_scale_but_for_the_islands)
{
    mlg_id *departement = holders("departement"), *region = holders("region");
    mlg_id *overseas = holders("collectivite_outre_mer"), *epci = holders("epci");
    const int32_t commune = scale_code("commune");
    size_t alone = 0, islands = 0;
    for (mlg_id t = 0; t < (mlg_id) france->territories.n; t++) {
        if (is_of(t, commune)) {
            ck_assert(france->is_unit[t]);
            ck_assert((departement[t] >= 0) != (overseas[t] >= 0));
            ck_assert((departement[t] >= 0) == (region[t] >= 0));
            alone += epci[t] < 0 ? 1 : 0;
            islands += epci[t] < 0 && overseas[t] < 0 ? 1 : 0;
        }
    }
    ck_assert_uint_eq(alone, 98);
    ck_assert_uint_eq(islands, 4);
    free(departement);
    free(region);
    free(overseas);
    free(epci);
}
END_TEST

/* ---- deprived districts ------------------------------------------------------------- */

/* A district (QPV) lies in one commune, but for some across two to five; each is a commune of
 * France. The tables are other people's and not shipped: without them there is nothing to test. */
START_TEST(nine_districts_in_ten_lie_in_one_commune)
{
    static const char source[] = "../shared/data/fr_anct_perimeters/memberships.csv";
    char path[1024], here[512];
    study_fixture study;
    size_t in[6] = {0};

    if (access(source, R_OK) != 0) {
        return;
    }
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "key,value\nperimeters.file,anct.csv\nperimeters.territory,territory\n"
                       "perimeters.unit,commune\n");
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    snprintf(path, sizeof path, "%s/anct.csv", study.path);
    char target[1024];
    snprintf(target, sizeof target, "%s/%s", here, source);
    ck_assert_int_eq(symlink(target, path), 0);
    study_fixture_read(&study, NULL, NULL);
    const mlg_model *model = study.model;
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        const char *id = mlg_names_text(&model->territories, t);
        const uint32_t n = model->unit_offset[t + 1] - model->unit_offset[t];
        if (strncmp(id, "QPV-", 4) == 0) {
            ck_assert_uint_le(n, 5);
            in[n]++;
        }
        for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
            const char *unit = mlg_names_text(&model->territories, model->unit[i]);
            ck_assert_msg(mlg_names_find(&france->territories, unit, strlen(unit)) >= 0, "%s",
                          unit);
        }
    }
    ck_assert_uint_eq(in[0], 0);
    ck_assert_uint_eq(in[1], 1345);
    ck_assert_uint_eq(in[2] + in[3] + in[4] + in[5], 148);
    study_fixture_close(&study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("france");
    TCase *counts = tcase_create("counts"), *nesting = tcase_create("nesting");
    tcase_add_unchecked_fixture(counts, open_france, close_france);
    tcase_add_unchecked_fixture(nesting, open_france, close_france);
    tcase_add_test(counts, there_are_as_many_as_there_are);
    tcase_add_test(counts, a_departement_and_a_body_have_their_communes);
    tcase_add_test(counts, each_population_is_the_sum_of_its_communes);
    tcase_add_test(counts, few_are_without_inhabitants_and_that_is_all_there_is_to_warn_of);
    tcase_add_test(nesting, some_bodies_lie_across_departements_and_all_others_in_one);
    tcase_add_test(nesting, each_commune_is_in_one_of_each_scale_but_for_the_islands);
    tcase_add_test(nesting, nine_districts_in_ten_lie_in_one_commune);
    tcase_set_timeout(nesting, 60);
    suite_add_tcase(suite, counts);
    suite_add_tcase(suite, nesting);
    return suite_run(suite);
}
