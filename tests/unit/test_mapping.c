/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fold.h"
#include "base/texts.h"
#include "ingest/filter.h"
#include "ingest/number.h"
#include "study_fixture.h"
#include "suite.h"

/* ---- conditions ------------------------------------------------------------- */

static const struct {
    const char *condition, *column, *value;
    mlg_operator operator;
    bool read;
} cut_cases[] = {
    {"relation=actor-actor", "relation", "actor-actor", MLG_EQUAL, true},
    {"relation != x", "relation", "x", MLG_NOT_EQUAL, true},
    {"year>=2010", "year", "2010", MLG_AT_LEAST, true},
    {"year <= 2010", "year", "2010", MLG_AT_MOST, true},
    {"year<2010", "year", "2010", MLG_LESS, true},
    {"year>2010", "year", "2010", MLG_MORE, true},
    {"kind=", "kind", "", MLG_EQUAL, true},
    {"kind!=", "kind", "", MLG_NOT_EQUAL, true},
    {"kind", NULL, NULL, 0, false},
    {"=x", NULL, NULL, 0, false},
    {"", NULL, NULL, 0, false},
};

START_TEST(a_condition_is_cut_at_its_operator)
{
    size_t length = 0;
    const char *value = NULL;
    mlg_operator operator= MLG_MORE;
    const char *condition = cut_cases[_i].condition;
    ck_assert_int_eq(mlg_filter_cut(condition, &length, &value, &operator), cut_cases[_i].read);
    if (cut_cases[_i].read) {
        ck_assert_uint_eq(length, strlen(cut_cases[_i].column));
        ck_assert_int_eq(strncmp(condition, cut_cases[_i].column, length), 0);
        ck_assert_str_eq(value, cut_cases[_i].value);
        ck_assert_int_eq(operator, cut_cases[_i].operator);
    }
}
END_TEST

static const struct {
    const char *condition, *cell;
    bool passed;
} pass_cases[] = {
    {"=a b", "A B", true},
    {"=été", "ETE", true},
    {"=2", "2,0", true},
    {"!=2", "3", true},
    {"!=2", "", true},
    {"=", "", true},
    {"!=", "", false},
    {"!=", "x", true},
    {">=2", "2", true},
    {">=2", "1,9", false},
    {"<=2", "2.0", true},
    {"<=2", "2.1", false},
    {">2", "2", false},
    {">2", "3", true},
    {"<2", "1", true},
    {"<2", "2", false},
    {">=2", "", false},
    {">=2", "many", false},
    {"=a", "aa", false},
    {"!=a", "aa", true},
    {"=a name that is longer than what is remembered",
     "A name that is longer than what is remembered", true},
};

START_TEST(a_condition_passes_the_cells_it_says)
{
    mlg_buffer scratch = {0}, key = {0};
    mlg_filter filter = {.number = NAN, .before_length = UINT32_MAX};
    mlg_number number;
    size_t length = 0;
    const char *value = NULL;
    char condition[100];
    snprintf(condition, sizeof condition, "x%s", pass_cases[_i].condition);
    ck_assert(mlg_filter_cut(condition, &length, &value, &filter.operator));
    if (*value != '\0') {
        mlg_fold_as(MLG_FOLD_ID, value, strlen(value), &key);
        if (mlg_number_cell(value, strlen(value), &number) == T_none) {
            filter.number = number.value;
        }
    }
    filter.text = mlg_buffer_string(&key);
    const mlg_cell cell = {pass_cases[_i].cell, (uint32_t) strlen(pass_cases[_i].cell), 1};
    const mlg_row row = {&cell, 1, 2};
    for (int again = 0; again < 2; again++) { /* judged, and remembered */
        ck_assert_msg(mlg_filter_pass(&filter, &row, &scratch) == pass_cases[_i].passed, "'%s' %s",
                      pass_cases[_i].cell, condition);
    }
    mlg_buffer_free(&scratch);
    mlg_buffer_free(&key);
}
END_TEST

/* ---- what is read ------------------------------------------------------------ */

static int32_t count_rows(const study_fixture *study, mlg_table_id table)
{
    return study->model->rows[table].n;
}

static const char *party(const study_fixture *study, mlg_column column, int32_t row)
{
    return mlg_names_text(&study->model->parties, mlg_get_id(study->model, column, row));
}

static void expect_no_error(study_fixture *study)
{
    char faults[3000];
    ck_assert_msg(study->status == MLG_OK, "%s%s", study->err.message,
                  study_fixture_faults(study, faults, sizeof faults));
}

START_TEST(files_columns_constants_values_and_scales_are_mapped)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "cle;valeur\n"
                       "ties.file;edges.csv\n"
                       "ties.from;source\n"
                       "ties.to;target\n"
                       "ties.kind;relation\n"
                       "ties.kind:pol;works_with\n"
                       "ties.directed;=yes\n"
                       "ties.weight;5-frequency\n");
    study_fixture_text(&study, "edges.csv",
                       "source,target,relation,frequency\nA,B,pol,1\nB,C,informs,4\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    ck_assert_int_eq(count_rows(&study, MLG_TIES), 2);
    ck_assert_str_eq(party(&study, C_ties_from, 0), "A");
    ck_assert_str_eq(party(&study, C_ties_to, 1), "C");
    ck_assert_int_eq(mlg_get_id(study.model, C_ties_kind, 0), MLG_CODE_OF(tie_kind, works_with));
    ck_assert_int_eq(mlg_get_id(study.model, C_ties_kind, 1), MLG_CODE_OF(tie_kind, informs));
    ck_assert_int_eq(mlg_get_id(study.model, C_ties_directed, 0), 1);
    ck_assert_double_eq(mlg_get_number(study.model, C_ties_weight, 0), 4.0);
    ck_assert_double_eq(mlg_get_number(study.model, C_ties_weight, 1), 1.0);
    /* `source` feeds `from`, and not the column of that name too */
    ck_assert_ptr_null(study.model->data[C_ties_source]);
    study_fixture_close(&study);
}
END_TEST

/* The study of README's section on mapping, in its own words. */
START_TEST(the_example_of_the_manual_works)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "key;value\n"
                       "territories.file;places.csv\n"
                       "territories.id;code\n"
                       "territories.scale:qpv;neighbourhood\n"
                       "perimeters.file;districts.csv\n"
                       "perimeters.territory;qpv\n"
                       "perimeters.unit;insee\n"
                       "perimeters.share;=unknown\n"
                       "perimeters.where;qpv=QN*\n"
                       "perimeters.2.file;bodies.csv\n"
                       "perimeters.2.territory;siren\n"
                       "perimeters.2.unit;insee\n"
                       "schemes.file;contracts.csv\n"
                       "schemes.id;number\n"
                       "schemes.territory;siren\n"
                       "schemes.kind;=city_contract\n"
                       "schemes.where;siren!=\n"
                       "schemes.2.file;places.csv\n"
                       "schemes.2.id;code\n"
                       "schemes.2.territory;code\n"
                       "schemes.2.kind;=France services\n"
                       "schemes.2.where;scale=commune\n"
                       "schemes.2.where;services>=1\n");
    study_fixture_text(&study, "places.csv",
                       "code;name;scale;services\nCOM-14118;Caen;commune;2\n"
                       "COM-14327;Hérouville;commune;0\nQN01401M;Guérinière;qpv;1\n"
                       "EPCI-200065597;Caen la Mer;epci;3\n");
    study_fixture_text(&study, "districts.csv", "qpv;insee\nQN01401M;14118\nold;14327\n");
    study_fixture_text(&study, "bodies.csv", "siren;insee\n200065597;14118\n200065597;14327\n");
    study_fixture_text(&study, "contracts.csv", "number;siren\nCV1;200065597\nCV2;\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    const mlg_model *m = study.model;
    ck_assert_int_eq(count_rows(&study, MLG_TERRITORIES), 4);
    ck_assert_int_eq(count_rows(&study, MLG_PERIMETERS), 3);
    ck_assert_double_eq(mlg_get_number(m, C_perimeters_share, 0), MLG_SHARE_UNKNOWN);
    ck_assert_double_nan(
        mlg_get_number(m, C_perimeters_share, 1)); /* a block's constant is its own */
    ck_assert_int_eq(mlg_get_id(m, C_territories_scale, 2), MLG_CODE_OF(scale, neighbourhood));
    ck_assert_int_eq(count_rows(&study, MLG_SCHEMES), 2);
    ck_assert_str_eq(party(&study, C_schemes_id, 0), "CV1");
    ck_assert_int_eq(mlg_get_id(m, C_schemes_kind, 0), MLG_CODE_OF(scheme_kind, city_contract));
    ck_assert_str_eq(mlg_names_text(&m->territories, mlg_get_id(m, C_schemes_territory, 0)),
                     "EPCI-200065597");
    ck_assert_str_eq(party(&study, C_schemes_id, 1), "COM-14118");
    study_fixture_close(&study);
}
END_TEST

START_TEST(conditions_choose_rows_and_several_all_count)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "key,value\n"
                       "ties.where,relation=Actor-Actor\n"
                       "ties.where,year>=2010\n"
                       "ties.2.file,ties.csv\n"
                       "ties.2.where,relation!=actor-actor\n"
                       "ties.2.kind,=informs\n");
    study_fixture_text(&study, "ties.csv",
                       "from,to,relation,year\n"
                       "A,B,actor-actor,2009\n"
                       "A,C,actor-actor,2010\n"
                       "A,D,actor-event,2011\n"
                       "A,E,,2011\n"
                       "A,F,actor-actor,\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    /* block 1: C; block 2: D, and E whose relation is empty */
    ck_assert_int_eq(count_rows(&study, MLG_TIES), 3);
    ck_assert_str_eq(party(&study, C_ties_to, 0), "C");
    ck_assert_str_eq(party(&study, C_ties_to, 1), "D");
    ck_assert_str_eq(party(&study, C_ties_to, 2), "E");
    ck_assert_int_eq(mlg_get_id(study.model, C_ties_kind, 0), -1);
    ck_assert_int_eq(mlg_get_id(study.model, C_ties_kind, 1), MLG_CODE_OF(tie_kind, informs));
    /* one file, read once */
    ck_assert_uint_eq(study.model->n_inputs, 2);
    ck_assert_int_eq((int) study.model->inputs[1].rows, 5);
    /* an actor that only a row left out names does not exist */
    ck_assert_int_eq(mlg_names_find(&study.model->parties, "B", 1), -1);
    study_fixture_close(&study);
}
END_TEST

START_TEST(one_file_names_several_levels_each_territory_once)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "key,value\n"
                       "territories.file,nested.csv\n"
                       "territories.id,commune\n"
                       "territories.scale,=commune\n"
                       "territories.2.file,nested.csv\n"
                       "territories.2.id,dep\n"
                       "territories.2.scale,=departement\n"
                       "perimeters.file,nested.csv\n"
                       "perimeters.territory,dep\n"
                       "perimeters.unit,commune\n");
    study_fixture_text(&study, "nested.csv",
                       "commune,dep\n14118,14\n14047,14\n61001,61\n14366,14\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    ck_assert_int_eq(count_rows(&study, MLG_TERRITORIES), 4 + 2);
    ck_assert_int_eq(count_rows(&study, MLG_PERIMETERS), 4);
    ck_assert_uint_eq(study.model->n_inputs, 2);
    study_fixture_close(&study);
}
END_TEST

START_TEST(french_keys_and_files_are_understood)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "Étude.csv",
                       "paramètre;valeur\nliens.fichier;reseau.csv\nliens.de;qui\nliens.vers;avec "
                       "qui\nliens.2.fichier;autre.csv\n");
    study_fixture_text(&study, "reseau.csv", "qui;avec qui\nA;B\n");
    study_fixture_text(&study, "autre.csv", "de;vers\nC;D\n");
    study_fixture_text(&study, "ACTEURS.CSV", "Identifiant;Échelon\nA;local\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    ck_assert_int_eq(count_rows(&study, MLG_TIES), 2);
    ck_assert_int_eq(count_rows(&study, MLG_ACTORS), 1);
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_column_can_be_left_out)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv", "key,value\nties.weight,\n");
    study_fixture_text(&study, "ties.csv", "from,to,weight\nA,B,not a number\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    ck_assert_ptr_null(study.model->data[C_ties_weight]);
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_path_may_lead_below_the_folder_and_a_link_out_of_it)
{
    study_fixture study, other;
    char from[512], to[512];
    study_fixture_open(&study);
    study_fixture_open(&other);
    study_fixture_text(&other, "edges.csv", "from,to\nA,B\n");
    snprintf(to, sizeof to, "%s/edges.csv", other.path);
    snprintf(from, sizeof from, "%s/linked.csv", study.path);
    ck_assert_int_eq(symlink(to, from), 0);
    snprintf(from, sizeof from, "%s/data", study.path);
    ck_assert_int_eq(symlink(other.path, from), 0);
    study_fixture_text(&study, "study.csv",
                       "key,value\nties.file,./linked.csv\nties.2.file,data\\edges.csv\n"
                       "ties.2.kind,=informs\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    ck_assert_int_eq(count_rows(&study, MLG_TIES), 2);
    ck_assert_str_eq(study.model->inputs[1].file, "linked.csv");
    ck_assert_str_eq(study.model->inputs[2].file, "data/edges.csv");
    study_fixture_close(&study);
    study_fixture_close(&other);
}
END_TEST

/* ---- what is told -------------------------------------------------------------- */

static const struct {
    const char *what, *rows, *fault;
    int line;
} fault_cases[] = {
    {"a table nearly named", "tie.file,ties.csv\n", "mapping_table_near", 2},
    {"no such table", "edges.file,ties.csv\n", "mapping_table", 2},
    {"no such column of the table", "ties.frm,from\n", "mapping_column_near", 2},
    {"nothing like a column of the table", "ties.colour,from\n", "mapping_column", 2},
    {"a block number that is none", "ties.0.file,ties.csv\n", "mapping_column", 2},
    {"no such column of the file", "ties.from,fron\n", "mapping_header_near", 2},
    {"nothing like a column of the file", "ties.from,sender\n", "mapping_header", 2},
    {"a condition on no column of the file", "ties.where,relation=x\n", "mapping_header", 2},
    {"a condition without operator", "ties.where,kind\n", "mapping_where", 2},
    {"values of numbers", "ties.weight:a,1\n", "mapping_value", 2},
    {"values of a column that is not there", "ties.trust,\nties.held_by:x,person\n",
     "mapping_header", 3},
    {"a reversal of what is no number", "ties.kind,5-weight\n", "mapping_reversal", 2},
    {"one column twice", "ties.from,from\nties.from,to\n", "mapping_twice", 3},
    {"one file twice", "ties.file,ties.csv\nties.file,ties.csv\n", "mapping_twice", 3},
    {"one value twice", "ties.kind:a,informs\nties.kind:A,trusts\n", "mapping_twice", 3},
    {"the same block twice", "ties.kind,=informs\nties.2.kind,=informs\n", "block_twice", 3},
    {"no file for a table", "posts.person,name\n", "no_block_file", 2},
    {"a file that is not there", "posts.file,nothing.csv\n", "no_file", 0},
    {"a path that climbs", "posts.file,../../etc/passwd\n", "path_outside", 2},
    {"a path that climbs later on", "posts.file,data/../../x.csv\n", "path_outside", 2},
    {"an absolute path", "posts.file,/etc/passwd\n", "path_outside", 2},
    {"an absolute path of another system", "posts.file,C:\\x.csv\n", "path_outside", 2},
    {"a file name without a name", "posts.file,\n", "path_outside", 2},
    {"a folder for a file", "posts.file,sub\n", "not_a_file", 0},
    {"a bad constant", "ties.directed,=perhaps\n", "bad_bool", 2},
    {"a number of departures nearly named", "maintient.personne,0.3\n", "unknown_setting", 2},
    {"one of another family's name", "survie.personne,0.3\n", "unknown_setting", 2},
    {"nearly one of its family", "maintien.personnes,0.3\n", "unknown_rate_near", 2},
    {"a view of no table", "title,T\nview.formal,weight>=3\n", "view_key", 3},
    {"a view nearly named", "veiw.formal.ties,weight>=3\n", "view_key", 2},
    {"where study.csv itself would be", "study.file,other.csv\n", "mapping_study", 2},
};

START_TEST(what_is_wrong_in_a_mapping_is_told_at_its_line)
{
    study_fixture study;
    mlg_fault_view view;
    char text[600], faults[3000];
    study_fixture_open(&study);
    snprintf(text, sizeof text, "%s/sub", study.path);
    ck_assert_int_eq(mkdir(text, 0700), 0);
    snprintf(text, sizeof text, "key,value\n%s", fault_cases[_i].rows);
    study_fixture_text(&study, "study.csv", text);
    study_fixture_text(&study, "ties.csv", "from,to,kind,weight\nA,B,informs,1\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_EDATA);
    study_fixture_faults(&study, faults, sizeof faults);
    ck_assert_msg(study_fixture_fault(&study, fault_cases[_i].fault, &view, NULL, 0), "%s: %s",
                  fault_cases[_i].what, faults);
    ck_assert_int_eq(view.severity, MLG_FATAL);
    ck_assert_uint_eq(view.count, 1);
    ck_assert_str_eq(view.file, fault_cases[_i].line > 0 ? "study.csv" : view.file);
    ck_assert_msg(view.line == fault_cases[_i].line, "%s: line %d", fault_cases[_i].what,
                  view.line);
    study_fixture_close(&study);
}
END_TEST

START_TEST(other_settings_are_left_to_their_readers)
{
    study_fixture study;
    mlg_fault_view view;
    char message[300];
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "key,value\ntitle,T\nlanguage,en\nview.formal.ties,weight>=3\n"
                       "expected.activities.CLS,26\ntitel,typo\nhorizon,36\nscenario.a,1\n");
    study_fixture_text(&study, "ties.csv", "from,to\nA,B\n");
    study_fixture_read(&study, NULL, NULL);
    expect_no_error(&study);
    ck_assert(study_fixture_fault(&study, "unknown_setting", &view, message, sizeof message));
    ck_assert_str_eq(message, "unknown setting: 'titel'; is it 'title'?");
    ck_assert_int_eq(view.line, 6);
    ck_assert_uint_eq(view.count, 1);
    ck_assert(study_fixture_fault(&study, "unknown_setting_alone", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "'horizon'"));
    ck_assert_int_eq(view.line, 7);
    ck_assert_int_eq(view.severity, MLG_WARNING);
    ck_assert(study_fixture_fault(&study, "setting_not_read", &view, message, sizeof message));
    ck_assert_int_eq(view.line, 8);
    ck_assert_uint_eq(view.count, 1); /* not what is expected: quality.expected reads that */
    ck_assert_uint_eq(mlg_faults_count(mlg_model_faults(study.model), MLG_FATAL), 0);
    ck_assert_str_eq(mlg_study_setting(study.model, "view.formal.ties"), "weight>=3");
    ck_assert_str_eq(mlg_model_title(study.model), "T");
    study_fixture_close(&study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mapping");
    TCase *tcase = tcase_create("mapping");
    tcase_add_loop_test(tcase, a_condition_is_cut_at_its_operator, 0,
                        (int) (sizeof cut_cases / sizeof *cut_cases));
    tcase_add_loop_test(tcase, a_condition_passes_the_cells_it_says, 0,
                        (int) (sizeof pass_cases / sizeof *pass_cases));
    tcase_add_test(tcase, the_example_of_the_manual_works);
    tcase_add_test(tcase, files_columns_constants_values_and_scales_are_mapped);
    tcase_add_test(tcase, conditions_choose_rows_and_several_all_count);
    tcase_add_test(tcase, one_file_names_several_levels_each_territory_once);
    tcase_add_test(tcase, french_keys_and_files_are_understood);
    tcase_add_test(tcase, a_column_can_be_left_out);
    tcase_add_test(tcase, a_path_may_lead_below_the_folder_and_a_link_out_of_it);
    tcase_add_loop_test(tcase, what_is_wrong_in_a_mapping_is_told_at_its_line, 0,
                        (int) (sizeof fault_cases / sizeof *fault_cases));
    tcase_add_test(tcase, other_settings_are_left_to_their_readers);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
