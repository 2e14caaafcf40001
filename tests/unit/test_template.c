/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "maillage/schema.h"
#include "measure/context.h"
#include "study_fixture.h"
#include "suite.h"

/* The sheets a coordinator begins with. */

static study_fixture study; /* its folder is where they go */

static const char *const sheets[MLG_N_LANGUAGES][5] = {
    [MLG_FR] = {"etude", "presences", "annuaire", "actions", "postes"},
    [MLG_EN] = {"study", "participations", "actors", "activities", "posts"},
};
static const mlg_table_id tables[] = {MLG_STUDY, MLG_PARTICIPATIONS, MLG_ACTORS, MLG_ACTIVITIES,
                                      MLG_POSTS};
static const char *const readmes[MLG_N_LANGUAGES] = {"A-LIRE.txt", "README.txt"};

static void path_to(char *path, size_t room, const char *name, const char *extension)
{
    snprintf(path, room, "%s/%s%s", study.path, name, extension);
}

static char *contents(const char *name, const char *extension)
{
    char path[512];
    path_to(path, sizeof path, name, extension);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is not there", path);
    char *text = calloc(1, 1 << 16);
    ck_assert_uint_lt(fread(text, 1, (1 << 16) - 1, file), (1 << 16) - 1);
    fclose(file);
    return text;
}

static size_t count_entries(void)
{
    size_t n = 0;
    DIR *entries = opendir(study.path);
    while (readdir(entries) != NULL) {
        n++;
    }
    closedir(entries);
    return n - 2;
}

/* A remark with the separator in it is an example: without its # it is a row. */
static void use_examples(mlg_language language)
{
    const char separator = language == MLG_FR ? ';' : ',';
    for (size_t s = 0; s < 5; s++) {
        char path[512];
        char *text = contents(sheets[language][s], ".csv"), *rest = NULL;
        path_to(path, sizeof path, sheets[language][s], ".csv");
        FILE *file = fopen(path, "wb");
        for (char *line = strtok_r(text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            const bool example = line[0] == '#' && strchr(line, separator) != NULL;
            fprintf(file, "%s\n", example ? line + 2 : line);
        }
        fclose(file);
        free(text);
    }
}

static void read_folder(void)
{
    study_fixture_read(&study, NULL, NULL);
}

static void expect_no_error(void)
{
    char told[4096];
    ck_assert_msg(study.status == MLG_OK, "%s", study_fixture_faults(&study, told, sizeof told));
}

/* ---- the sheets --------------------------------------------------------------- */

START_TEST(each_header_is_a_column_of_its_table_and_no_two_are_one)
{
    const mlg_language language = (mlg_language) _i;
    study_fixture_open(&study);
    ck_assert_int_eq(mlg_schema_write_templates(study.path, language, false, NULL), MLG_OK);
    ck_assert_uint_eq(count_entries(), 6);
    for (size_t s = 0; s < 5; s++) {
        bool seen[C_COUNT] = {false};
        char *text = contents(sheets[language][s], ".csv"), *rest = NULL;
        const bool marked = strncmp(text, "\xef\xbb\xbf", 3) == 0;
        ck_assert_int_eq(marked, language == MLG_FR);
        ck_assert_int_eq(mlg_schema_find_table(sheets[language][s]), tables[s]);
        char *header = strtok_r(text + (marked ? 3 : 0), "\r\n", &rest);
        for (char *cells = NULL, *cell = strtok_r(header, ";,", &cells); cell != NULL;
             cell = strtok_r(NULL, ";,", &cells)) {
            const mlg_column column = mlg_schema_find_column(tables[s], cell);
            ck_assert_msg(column != C_NONE, "%s: no column '%s'", sheets[language][s], cell);
            ck_assert_msg(!seen[column], "%s: '%s' comes twice", sheets[language][s], cell);
            seen[column] = true;
        }
        free(text);
    }
    study_fixture_close(&study);
}
END_TEST

START_TEST(they_are_accepted_as_they_are)
{
    study_fixture_open(&study);
    ck_assert_int_eq(mlg_schema_write_templates(study.path, (mlg_language) _i, false, NULL),
                     MLG_OK);
    read_folder();
    expect_no_error();
    ck_assert_int_eq(study.model->rows[MLG_PARTICIPATIONS].n, 0);
    ck_assert_int_eq(mlg_model_language(study.model), _i);
    study_fixture_close(&study);
}
END_TEST

START_TEST(their_examples_are_one_study_that_hangs_together)
{
    const mlg_language language = (mlg_language) _i;
    const mlg_run run = MLG_RUN_INIT;
    mlg_view *views = NULL;
    size_t n_views = 0;
    mlg_context *context = NULL;

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_schema_write_templates(study.path, language, false, NULL), MLG_OK);
    use_examples(language);
    read_folder();
    expect_no_error();
    const mlg_model *model = study.model;
    ck_assert_int_eq(model->rows[MLG_PARTICIPATIONS].n, 9);
    ck_assert_int_eq(model->rows[MLG_ACTORS].n, 11);
    ck_assert_int_eq(model->rows[MLG_ACTIVITIES].n, 3);
    ck_assert_int_eq(model->rows[MLG_POSTS].n, 4);
    ck_assert_int_eq((int) model->activities.n, 3); /* no meeting that the actions do not name */
    for (int32_t row = 0; row < 11; row++) {
        size_t n = 0;
        const int32_t *sector = mlg_get_list(model, C_actors_sector, row, &n);
        ck_assert_uint_eq(n, 1);
        /* a word of the list, not one of its own */
        ck_assert_int_lt(sector[0], mlg_schema_vocabulary(MLG_V_sector)->n_codes);
        ck_assert_int_ge(mlg_get_id(model, C_actors_kind, row), 0);
    }
    ck_assert_int_eq(mlg_get_id(model, C_posts_person, 3), MLG_VACANT);
    ck_assert_double_eq(mlg_get_number(model, C_posts_fte, 0), 0.5);
    ck_assert_int_eq(mlg_get_span(model, C_posts_start, 0).first, mlg_day_of(2025, 9, 1));

    ck_assert_int_eq(mlg_views_of(model, NULL, &views, &n_views, NULL), MLG_OK);
    ck_assert_uint_eq(n_views, 1);
    ck_assert_int_eq(mlg_context_open(model, views, n_views, &run, &context, NULL), MLG_OK);
    const mlg_graph *graph = mlg_context_graph(context, 0);
    ck_assert_int_ge(graph->n, 10); /* enough to say something */
    ck_assert_uint_gt(graph->n_ties, 10);
    ck_assert_int_eq(graph->n_activities, 3);
    mlg_context_free(context);
    mlg_views_free(views);
    study_fixture_close(&study);
}
END_TEST

START_TEST(the_text_to_read_names_the_sheets_and_the_words)
{
    const mlg_language language = (mlg_language) _i;
    static const char *const words[MLG_N_LANGUAGES][6] = {
        [MLG_FR] = {"vacant", "médico-social", "coordonne", "excusé", "donne un avis",
                    "maillage check"},
        [MLG_EN] = {"vacant", "medico-social care", "coordinator", "excused", "advises",
                    "maillage check"},
    };
    study_fixture_open(&study);
    ck_assert_int_eq(mlg_schema_write_templates(study.path, language, false, NULL), MLG_OK);
    char *text = contents(readmes[language], "");
    for (size_t i = 0; i < 6; i++) {
        ck_assert_msg(strstr(text, words[language][i]) != NULL, "no '%s'", words[language][i]);
    }
    for (size_t s = 0; s < 5; s++) {
        char name[64];
        snprintf(name, sizeof name, "%s.csv", sheets[language][s]);
        ck_assert_msg(strstr(text, name) != NULL, "no '%s'", name);
    }
    size_t lines = 0;
    for (const char *c = text; *c != '\0'; c++) {
        lines += *c == '\n';
    }
    ck_assert_uint_le(lines, 13);
    free(text);
    study_fixture_close(&study);
}
END_TEST

/* ---- files -------------------------------------------------------------------- */

START_TEST(a_text_that_is_there_stands_and_a_table_stops_everything)
{
    mlg_error err = {0};
    study_fixture_open(&study);
    study_fixture_text(&study, "A-LIRE.txt", "mine");
    ck_assert_int_eq(mlg_schema_write_templates(study.path, MLG_FR, false, &err), MLG_OK);
    char *text = contents("A-LIRE", ".txt");
    ck_assert_str_eq(text, "mine");
    free(text);
    ck_assert_int_eq(mlg_schema_write_templates(study.path, MLG_FR, false, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, " already: nothing was written"));
    ck_assert_uint_eq(count_entries(), 6);
    study_fixture_close(&study);
}
END_TEST

START_TEST(short_memory_is_told)
{
    long n = 0;
    mlg_status status = MLG_ENOMEM;
    for (; status == MLG_ENOMEM; n++) {
        mlg_error err = {0};
        study_fixture_open(&study);
        mlg_alloc_fails_at = n;
        status = mlg_schema_write_templates(study.path, MLG_FR, false, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || err.message[0] != '\0', "allocation %ld", n);
        study_fixture_close(&study);
    }
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_int_gt(n, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("templates");
    TCase *content = tcase_create("the first sheets");
    tcase_add_loop_test(content, each_header_is_a_column_of_its_table_and_no_two_are_one, 0,
                        MLG_N_LANGUAGES);
    tcase_add_loop_test(content, they_are_accepted_as_they_are, 0, MLG_N_LANGUAGES);
    tcase_add_loop_test(content, their_examples_are_one_study_that_hangs_together, 0,
                        MLG_N_LANGUAGES);
    tcase_add_loop_test(content, the_text_to_read_names_the_sheets_and_the_words, 0,
                        MLG_N_LANGUAGES);
    suite_add_tcase(suite, content);
    TCase *files = tcase_create("files");
    tcase_add_test(files, a_text_that_is_there_stands_and_a_table_stops_everything);
    tcase_add_test(files, short_memory_is_told);
    tcase_set_timeout(files, 60); /* sheets reach the disk, once for each allocation */
    suite_add_tcase(suite, files);
    return suite_run(suite);
}
