/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_law.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model_fixture.h"
#include "study_fixture.h"
#include "suite.h"

/* ---- the table -------------------------------------------------------------------------- */

/* The model's stated numbers, and of those left open ours. Without a range: both its ends. */
static const struct {
    mlg_rate rate;
    const char *key, *key_fr;
    double value, low, high;
} defaults[] = {
    {MLG_LEAVE_PERMANENT, "departure.permanent", "depart.titulaire", .08, .05, .12},
    {MLG_LEAVE_OPEN_ENDED, "departure.open_ended", "depart.cdi", .12, .12, .12},
    {MLG_LEAVE_FIXED_TERM, "departure.fixed_term", "depart.cdd", .25, .15, .45},
    {MLG_LEAVE_DATED, "departure.dated", "depart.avant_terme", .10, .10, .10},
    {MLG_LEAVE_VOLUNTEER, "departure.volunteer", "depart.benevole", .30, .30, .30},
    {MLG_LEAVE_PARTNER, "departure.partner", "depart.partenaire", .10, .10, .10},
    {MLG_LEAVE_UNKNOWN, "departure.unknown", "depart.inconnu", .19, .19, .19},
    {MLG_RENEWED_FIXED_TERM, "renewal.fixed_term", "renouvellement.cdd", .6, .6, .6},
    {MLG_RENEWED_PROJECT, "renewal.project", "renouvellement.projet", .3, .3, .3},
    {MLG_RENEWED_SCHEME, "renewal.scheme", "renouvellement.dispositif", .6, .3, .9},
    {MLG_ELECTED_CHANGE, "elections.change", "elections.changement", .5, .5, .5},
    {MLG_VACANCY_MONTHS, "vacancy.months", "vacance.mois", 6, 3, 12},
    {MLG_REFILLED, "vacancy.refilled", "vacance.pourvue", .9, .7, 1},
    {MLG_INTERIM, "vacancy.interim", "vacance.interim", 0, 0, .5},
    {MLG_SURVIVES_ORGANISATION, "survival.organisation", "maintien.structure", .9, .7, 1},
    {MLG_SURVIVES_PERSON, "survival.person", "maintien.personne", .3, .1, .6},
    {MLG_SURVIVES_UNKNOWN, "survival.unknown", "maintien.inconnu", .6, .3, .9},
    {MLG_KNIT_MONTHS, "reknitting.months", "reprise.mois", 12, 6, 24},
    {MLG_FADE_MONTHS, "pause.months", "pause.mois", 12, 6, 24},
};

START_TEST(each_default_is_that_of_the_table)
{
    mlg_law law;
    const mlg_rate_row *row = &mlg_rate_rows()[defaults[_i].rate];
    ck_assert_int_eq(mlg_law_of(NULL, &law, NULL), MLG_OK);
    ck_assert_int_eq(defaults[_i].rate, _i); /* and none is left out */
    ck_assert_str_eq(row->key, defaults[_i].key);
    ck_assert_str_eq(row->key_fr, defaults[_i].key_fr);
    ck_assert_double_eq(law.value[_i], defaults[_i].value);
    ck_assert_double_eq(law.low[_i], defaults[_i].low);
    ck_assert_double_eq(law.high[_i], defaults[_i].high);
    ck_assert_int_eq(law.origin[_i], MLG_ASSUMED);
    ck_assert_int_eq(law.row[_i], -1);
    for (int language = 0; language < MLG_N_LANGUAGES; language++) {
        ck_assert_uint_gt(strlen(mlg_text((mlg_language) language, row->title)), 10);
        ck_assert_uint_gt(strlen(mlg_text((mlg_language) language, row->basis)), 5);
    }
}
END_TEST

/* What is printed can be set, under either key: nothing changes but who says so. */
START_TEST(each_default_can_be_stated_as_it_is_printed)
{
    for (int language = 0; language < MLG_N_LANGUAGES; language++) {
        const mlg_rate_row *row = &mlg_rate_rows()[_i];
        study_fixture study;
        mlg_buffer text = {0};
        mlg_law law;
        mlg_buffer_text(&text, "key;value\n");
        mlg_buffer_text(&text, language == MLG_FR ? row->key_fr : row->key);
        mlg_buffer_char(&text, ';');
        mlg_rate_put(&text, (mlg_language) language, row->value, row->low, row->high);
        study_fixture_open(&study);
        study_fixture_text(&study, "study.csv", mlg_buffer_string(&text));
        study_fixture_text(&study, "ties.csv", "from,to\nA,B\n");
        study_fixture_read(&study, NULL, NULL);
        ck_assert_uint_eq(mlg_faults_count(study.model->faults, MLG_FATAL), 0);
        ck_assert_int_eq(mlg_law_of(study.model, &law, NULL), MLG_OK);
        ck_assert_double_eq(law.value[_i], row->value);
        ck_assert_double_eq(law.low[_i], row->low);
        ck_assert_double_eq(law.high[_i], row->high);
        ck_assert_int_eq(law.origin[_i], MLG_STATED);
        ck_assert_int_eq(law.row[_i], 0);
        for (int other = 0; other < MLG_N_RATES; other++) {
            ck_assert_int_eq(law.origin[other] == MLG_STATED, other == _i);
        }
        mlg_buffer_free(&text);
        study_fixture_close(&study);
    }
}
END_TEST

/* ---- values ------------------------------------------------------------------------------- */

static const struct {
    const char *cell;
    mlg_rate rate;
    double value, low, high;
} cells[] = {
    {"0.25", MLG_LEAVE_FIXED_TERM, .25, .25, .25},
    {"0,25", MLG_LEAVE_FIXED_TERM, .25, .25, .25},
    {"25 %", MLG_LEAVE_FIXED_TERM, .25, .25, .25},
    {"25\xe2\x80\xaf%", MLG_LEAVE_FIXED_TERM, .25, .25, .25}, /* a narrow blank */
    {" 0,25 ", MLG_LEAVE_FIXED_TERM, .25, .25, .25},
    {"1.5", MLG_LEAVE_FIXED_TERM, 1.5, 1.5, 1.5}, /* a stay of eight months on average */
    {"3", MLG_LEAVE_FIXED_TERM, 3, 3, 3},
    {"0", MLG_LEAVE_FIXED_TERM, 0, 0, 0},
    {"0,08 [0,05-0,12]", MLG_LEAVE_PERMANENT, .08, .05, .12},
    {"0.08[0.05 - 0.12]", MLG_LEAVE_PERMANENT, .08, .05, .12},
    {"0.08 [0.05\xe2\x80\x93"
     "0.12]",
     MLG_LEAVE_PERMANENT, .08, .05, .12}, /* Word's dash */
    {"8 % [5 %-12 %]", MLG_LEAVE_PERMANENT, .08, .05, .12},
    {"0.08 [0.08-0.08]", MLG_LEAVE_PERMANENT, .08, .08, .08},
    {"0 [0-1]", MLG_INTERIM, 0, 0, 1},
    {"100%", MLG_SURVIVES_ORGANISATION, 1, 1, 1},
    {"0", MLG_VACANCY_MONTHS, 0, 0, 0}, /* filled at once */
    {"4.5 [3-9]", MLG_VACANCY_MONTHS, 4.5, 3, 9},
    {"1200", MLG_KNIT_MONTHS, 1200, 1200, 1200},
};

START_TEST(a_number_is_read_with_its_range)
{
    char text[256];
    study_fixture study;
    mlg_law law;
    snprintf(text, sizeof text, "key;value\n%s;%s\n", mlg_rate_rows()[cells[_i].rate].key,
             cells[_i].cell);
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv", text);
    study_fixture_text(&study, "ties.csv", "from,to\nA,B\n");
    study_fixture_read(&study, NULL, NULL);
    char faults[512];
    ck_assert_msg(study.status == MLG_OK, "%s",
                  study_fixture_faults(&study, faults, sizeof faults));
    ck_assert_int_eq(mlg_law_of(study.model, &law, NULL), MLG_OK);
    ck_assert_double_eq_tol(law.value[cells[_i].rate], cells[_i].value, 1e-15);
    ck_assert_double_eq_tol(law.low[cells[_i].rate], cells[_i].low, 1e-15);
    ck_assert_double_eq_tol(law.high[cells[_i].rate], cells[_i].high, 1e-15);
    ck_assert_int_eq(law.origin[cells[_i].rate], MLG_STATED);
    study_fixture_close(&study);
}
END_TEST

static const struct {
    const char *cell;
    mlg_rate rate;
    const char *fault;
} wrong[] = {
    {"-0.1", MLG_LEAVE_PERMANENT, "bad_rate_yearly"},
    {"12.5", MLG_LEAVE_PERMANENT, "bad_rate_yearly"},
    {"often", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"nan", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"inf", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1 a year", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1 0.2", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1-0.2", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"}, /* a range without its value */
    {"0.1 [0.2-0.3]", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.3 [0.1-0.2]", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1 [0.2-0.05]", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1 [0.05]", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1 [0.05-0.2", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"0.1 [0.05-0.2] x", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"8 % [5-12 %]", MLG_LEAVE_PERMANENT, "bad_rate_yearly"}, /* 5 and more than .08 */
    {"[0.05-0.2]", MLG_LEAVE_UNKNOWN, "bad_rate_yearly"},
    {"1.1", MLG_RENEWED_PROJECT, "bad_rate_share"},
    {"101 %", MLG_REFILLED, "bad_rate_share"},
    {"0.5 [0.4-1.2]", MLG_ELECTED_CHANGE, "bad_rate_share"},
    {"-1", MLG_VACANCY_MONTHS, "bad_rate_months"},
    {"50 %", MLG_KNIT_MONTHS, "bad_rate_months"},
    {"1201", MLG_FADE_MONTHS, "bad_rate_months"},
    {"1.2", MLG_SURVIVES_PERSON, "bad_survival"},
    {"0.3 [0.4-0.5]", MLG_SURVIVES_PERSON, "bad_survival"},
    {"0.111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111",
     MLG_SURVIVES_PERSON, "bad_survival"},
};

START_TEST(a_wrong_number_is_a_fault_and_never_the_default)
{
    char text[256];
    snprintf(text, sizeof text, "study: key,value\n%s,%s\n", mlg_rate_rows()[wrong[_i].rate].key,
             wrong[_i].cell);
    mlg_model *model = model_fixture(text);
    ck_assert_uint_eq(model_fixture_faults(model, wrong[_i].fault), 1);
    ck_assert_uint_eq(mlg_faults_count(model->faults, MLG_FATAL), 1);
    const char *message = model_fixture_message(model, wrong[_i].fault, MLG_EN, true);
    ck_assert_msg(strstr(message, mlg_rate_rows()[wrong[_i].rate].key) != NULL &&
                      strstr(message, wrong[_i].cell) != NULL,
                  "%s", message);
    mlg_model_free(model);
}
END_TEST

/* ---- keys ---------------------------------------------------------------------------------- */

static const struct {
    const char *rows, *fault;
    const char *says; /* part of the message */
} slips[] = {
    {"departure.permanant,0.1\n", "unknown_rate_near", "departure.permanent, departure.open_ended"},
    {"Départ.Titulaires,0.1\n", "unknown_rate_near", "is it 'depart.titulaire'?"},
    {"renewal.elected,0.1\n", "unknown_rate", "renewal.scheme"},
    {"elections.dates,2026\n", "unknown_rate", "elections.change"},
    {"vacance.duree,3\n", "unknown_rate", "vacance.mois"},
    {"reknitting.month,3\n", "unknown_rate_near", "reknitting.months"},
    {"pause,3\n", NULL, NULL}, /* a caution */
    {"pause,3\n", "unknown_rate", "pause.months"},
    {"departure.,0.1\n", "unknown_rate", "departure.permanent"},
    {"survival.persn,0.1\n", "unknown_rate_near", "is it 'survival.person'?"},
    {"survival.nobody,0.1\n", "unknown_survival", "survival.person"},
    {"vacancy.months,3\nvacancy.months,4\n", "setting_twice", "vacancy.months"},
    {"vacancy.months,3\nvacance.mois,4\n", "setting_twice", "vacance.mois"},
    {"elections,2026\nélections,2027\n", "setting_twice", "élections"},
};

START_TEST(a_slip_in_a_key_is_told)
{
    char text[256];
    snprintf(text, sizeof text, "study: key,value\n%s", slips[_i].rows);
    mlg_model *model = model_fixture(text);
    if (slips[_i].fault == NULL) {
        ck_assert_uint_eq(mlg_faults_count(model->faults, MLG_FATAL), 0);
    } else {
        ck_assert_uint_eq(model_fixture_faults(model, slips[_i].fault), 1);
        const char *message = model_fixture_message(model, slips[_i].fault, MLG_EN, true);
        ck_assert_msg(strstr(message, slips[_i].says) != NULL, "%s", message);
    }
    mlg_model_free(model);
}
END_TEST

START_TEST(the_last_of_two_rows_counts)
{
    mlg_law law;
    mlg_model *model =
        model_fixture("study: key,value\nvacancy.months,3\nvacance.mois,4\nDÉPART.CDD,0.2\n"
                      "depart.cdi,\n");
    ck_assert_int_eq(mlg_law_of(model, &law, NULL), MLG_OK);
    ck_assert_double_eq(law.value[MLG_VACANCY_MONTHS], 4);
    ck_assert_int_eq(law.row[MLG_VACANCY_MONTHS], 1);
    ck_assert_double_eq(law.value[MLG_LEAVE_FIXED_TERM], 0.2);
    ck_assert_int_eq(law.origin[MLG_LEAVE_OPEN_ENDED], MLG_ASSUMED); /* an empty cell is unknown */
    ck_assert_int_eq(law.row[MLG_LEAVE_OPEN_ENDED], -1);
    ck_assert_uint_eq(mlg_faults_count(model->faults, MLG_FATAL), 0);
    mlg_model_free(model);
}
END_TEST

/* Where a slip stands, as the reader tells it: it takes the families for settings, not tables. */
START_TEST(faults_have_their_file_and_line)
{
    study_fixture study;
    mlg_fault_view view;
    char message[512];
    study_fixture_open(&study);
    study_fixture_text(&study, "etude.csv",
                       "cle;valeur\ntitre;X\ndepart.cdd;souvent\nreprise.moi;3\n"
                       "elections;2026-03-15|hier\nelection;2026\ndepartur.dated;1\n");
    study_fixture_text(&study, "ties.csv", "from,to\nA,B\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_EDATA);
    ck_assert(study_fixture_fault(&study, "bad_rate_yearly", &view, message, sizeof message));
    ck_assert_str_eq(view.file, "etude.csv");
    ck_assert_int_eq(view.line, 3);
    ck_assert(study_fixture_fault(&study, "unknown_rate_near", &view, message, sizeof message));
    ck_assert_int_eq(view.line, 4);
    ck_assert_ptr_nonnull(strstr(message, "reprise.mois"));
    ck_assert(study_fixture_fault(&study, "bad_election", &view, message, sizeof message));
    ck_assert_int_eq(view.line, 5);
    ck_assert_ptr_nonnull(strstr(message, "hier"));
    ck_assert(study_fixture_fault(&study, "unknown_setting", &view, message, sizeof message));
    ck_assert_int_eq(view.line, 7);
    ck_assert_str_eq(message, "unknown setting: 'departur.dated'; is it 'departure.dated'?");
    ck_assert_int_eq(view.severity, MLG_FATAL);
    study_fixture_close(&study);
}
END_TEST

/* ---- elections --------------------------------------------------------------------------------
 */

START_TEST(days_of_elections_are_read_in_order)
{
    mlg_model *model =
        model_fixture("study: key,value\nelections,2028-06|15/03/2026|2026-03-15| 2024 |\n");
    ck_assert_uint_eq(mlg_faults_count(model->faults, MLG_FATAL), 0);
    ck_assert_int_eq(model->n_elections, 3);
    ck_assert_int_eq(model->election[0], mlg_day_of(2024, 12, 31));
    ck_assert_int_eq(model->election[1], mlg_day_of(2026, 3, 15));
    ck_assert_int_eq(model->election[2], mlg_day_of(2028, 6, 30));
    mlg_model_free(model);
}
END_TEST

static const char *const no_days[] = {"soon",
                                      ">2026",
                                      "<2026",
                                      "2026-02-30",
                                      "2026|1",
                                      "||",
                                      "2026-03-15 or a very long word that is no date and will "
                                      "not fit"};

START_TEST(a_day_that_is_none_is_a_fault)
{
    char text[256];
    snprintf(text, sizeof text, "study: key,value\nelections,%s\n", no_days[_i]);
    mlg_model *model = model_fixture(text);
    ck_assert_uint_ge(model_fixture_faults(model, "bad_election") +
                          model_fixture_faults(model, "no_such_day"),
                      1);
    mlg_model_free(model);
}
END_TEST

/* ---- when memory is short
 * ------------------------------------------------------------------------ */

START_TEST(short_memory_while_settings_are_read_is_answered)
{
    mlg_status status = MLG_ENOMEM;
    long fails = 0;
    for (; status != MLG_OK; fails++) {
        mlg_error err = {MLG_OK, ""};
        mlg_model *model = model_fixture_rows(
            "study: key,value\ndepart.cdi,0.2\ndepart.rien,1\nelections,2026|2027\nties: "
            "from,to\nA,B\n");
        mlg_alloc_fails_at = fails;
        status = mlg_model_finish(model, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 1000);
        ck_assert_msg(status == MLG_OK || (status == MLG_ENOMEM && err.message[0] != '\0'),
                      "allocation %ld: %d '%s'", fails, (int) status, err.message);
        mlg_model_free(model);
    }
    ck_assert_int_gt(fails, 5);
}
END_TEST

#define N_OF(table) ((int) (sizeof(table) / sizeof *(table)))

static Suite *turnover_law_suite(void)
{
    Suite *suite = suite_create("turnover_law");
    TCase *law = tcase_create("law");
    tcase_add_loop_test(law, each_default_is_that_of_the_table, 0, N_OF(defaults));
    tcase_add_loop_test(law, each_default_can_be_stated_as_it_is_printed, 0, MLG_N_RATES);
    tcase_add_loop_test(law, a_number_is_read_with_its_range, 0, N_OF(cells));
    tcase_add_loop_test(law, a_wrong_number_is_a_fault_and_never_the_default, 0, N_OF(wrong));
    tcase_add_loop_test(law, a_slip_in_a_key_is_told, 0, N_OF(slips));
    tcase_add_test(law, the_last_of_two_rows_counts);
    tcase_add_test(law, faults_have_their_file_and_line);
    tcase_add_test(law, days_of_elections_are_read_in_order);
    tcase_add_loop_test(law, a_day_that_is_none_is_a_fault, 0, N_OF(no_days));
    tcase_add_test(law, short_memory_while_settings_are_read_is_answered);
    suite_add_tcase(suite, law);
    return suite;
}

int main(void)
{
    return suite_run(turnover_law_suite());
}
