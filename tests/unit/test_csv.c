/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/source.h"
#include "study_fixture.h"
#include "suite.h"

/* The rows of a file as one text: cells in brackets, lines before them. */
static void read_rows(const char *bytes, size_t length, const mlg_opening *with, char *out,
                      size_t room, study_fixture *study, mlg_input *facts)
{
    char path[512];
    mlg_source *source = NULL;
    mlg_row row;
    mlg_error err = {0};
    size_t used = 0;

    study_fixture_bytes(study, "x.csv", bytes, length);
    snprintf(path, sizeof path, "%s/x.csv", study->path);
    mlg_opening opening = *with;
    opening.path = path;
    opening.model = study->model;
    out[0] = '\0';
    ck_assert_msg(mlg_csv_open(&opening, &source, &err) == MLG_OK, "%s", err.message);
    while (!source->refused) {
        ck_assert_msg(mlg_source_next(source, &row, &err) == MLG_OK, "%s", err.message);
        if (row.n == 0) {
            break;
        }
        used += (size_t) snprintf(out + used, room - used, "%d", (int) row.line);
        for (int32_t i = 0; i < row.n; i++) {
            ck_assert_int_eq(row.cells[i].column, i + 1);
            ck_assert_uint_eq(row.cells[i].length, strlen(row.cells[i].text));
            used += (size_t) snprintf(out + used, room - used, "[%.200s]", row.cells[i].text);
        }
    }
    *facts = source->facts;
    source->close(source);
}

/* ---- rows, cells, lines ---------------------------------------------------- */

static const struct {
    const char *what, *bytes, *rows, *fault;
    int line, column;
} row_cases[] = {
    {"plain rows", "a;b\n1;2\n", "1[a][b]2[1][2]", NULL, 0, 0},
    {"no line end at the end", "a;b\n1;2", "1[a][b]2[1][2]", NULL, 0, 0},
    {"a separator at the very end is one more cell", "a;b\n1;", "1[a][b]2[1][]", NULL, 0, 0},
    {"CRLF", "a;b\r\n1;2\r\n", "1[a][b]2[1][2]", NULL, 0, 0},
    {"CR alone", "a;b\r1;2\r3;4", "1[a][b]2[1][2]3[3][4]", NULL, 0, 0},
    {"blank lines keep their numbers", "a;b\n\n \n1;2\n", "1[a][b]4[1][2]", NULL, 0, 0},
    {"rows of separators are rows", "a;b\n;\n", "1[a][b]2[][]", NULL, 0, 0},
    {"a line break inside quotes", "a;b\n\"x\ny\";2\n3;4\n", "1[a][b]2[x\ny][2]4[3][4]", NULL, 0,
     0},
    {"CRLF inside quotes counts once", "a;b\r\n\"x\r\ny\";2\r\n3;4\r\n", "1[a][b]2[x\ny][2]4[3][4]",
     NULL, 0, 0},
    {"doubled quotes", "a;b\n\"x \"\"y\"\" z\";2\n", "1[a][b]2[x \"y\" z][2]", NULL, 0, 0},
    {"a separator inside quotes", "a;b\n\"1;5\";2\n", "1[a][b]2[1;5][2]", NULL, 0, 0},
    {"blanks around cells are trimmed, not inside quotes", "a;b\n 1 ;\" 2 \"\n", "1[a][b]2[1][ 2 ]",
     NULL, 0, 0},
    {"single quotes are text", "a;b\n'b;c'\n", "1[a][b]2['b][c']", NULL, 0, 0},
    {"U+2028 is text", "a;b\nx\xe2\x80\xa8y;2\n", "1[a][b]2[x\xe2\x80\xa8y][2]", NULL, 0, 0},
    {"a stray quote costs its row only", "a;b\n1;12\" tube\n3;4\n", "1[a][b]3[3][4]", "stray_quote",
     2, 2},
    {"text behind a closing quote", "a;b\n\"x\"y;1\n3;4\n", "1[a][b]3[3][4]", "stray_quote", 2, 1},
    {"an open quote is told where it opened", "a;b\n1;2\n3;\"4\n5;6\n7;8\n",
     "1[a][b]2[1][2]4[5][6]5[7][8]", "open_quote", 3, 2},
    {"a stray quote inside a row of several lines", "a;b\n\"x\ny\"z;2\n3;4\n", "1[a][b]4[3][4]",
     "stray_quote", 3, 1},
};

START_TEST(rows_keep_their_cells_and_line_numbers)
{
    study_fixture study;
    char rows[1000], faults[2000];
    mlg_fault_view view;
    mlg_input facts;
    const mlg_opening opening = {.limits = MLG_LIMITS_INIT};

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    read_rows(row_cases[_i].bytes, strlen(row_cases[_i].bytes), &opening, rows, sizeof rows, &study,
              &facts);
    ck_assert_msg(strcmp(rows, row_cases[_i].rows) == 0, "%s: %s", row_cases[_i].what, rows);
    study_fixture_faults(&study, faults, sizeof faults);
    if (row_cases[_i].fault == NULL) {
        ck_assert_msg(faults[0] == '\0', "%s: %s", row_cases[_i].what, faults);
    } else {
        ck_assert_msg(study_fixture_fault(&study, row_cases[_i].fault, &view, NULL, 0), "%s: %s",
                      row_cases[_i].what, faults);
        ck_assert_int_eq(view.line, row_cases[_i].line);
        ck_assert_int_eq(view.column, row_cases[_i].column);
        ck_assert_int_eq(view.severity, MLG_FATAL);
    }
    study_fixture_close(&study);
}
END_TEST

/* Every way to cut a file into reads and slices gives the same rows: a long file of rows
 * with and without quotes is compared with what it was made of. */
START_TEST(a_long_file_is_cut_into_the_rows_it_was_made_of)
{
    enum { ROWS = 30000 };
    study_fixture study;
    char path[512];
    mlg_source *source = NULL;
    mlg_row row;
    int32_t line = 2;
    unsigned seed = 7;

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    snprintf(path, sizeof path, "%s/x.csv", study.path);
    FILE *file = fopen(path, "w");
    fprintf(file, "n;text;line\n");
    for (int i = 0; i < ROWS; i++) {
        seed = seed * 1103515245u + 12345u;
        const unsigned kind = seed >> 16 & 31;
        if (kind == 0) {
            fprintf(file, "%d;\"a \"\"b\"\"\nc;\nd é\";%d\n", i, line);
            line += 3;
        } else if (kind == 1) {
            fprintf(file, "\n%d;;%d\n", i, line + 1);
            line += 2;
        } else {
            fprintf(file, "%d;%.*s;%d\n", i, (int) (seed >> 20 & 63),
                    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl", line);
            line += 1;
        }
    }
    fclose(file);
    const mlg_opening opening = {.path = path, .model = study.model, .limits = MLG_LIMITS_INIT};
    ck_assert_int_eq(mlg_csv_open(&opening, &source, NULL), MLG_OK);
    ck_assert_int_eq(mlg_source_next(source, &row, NULL), MLG_OK);
    for (int i = 0; i < ROWS; i++) {
        ck_assert_int_eq(mlg_source_next(source, &row, NULL), MLG_OK);
        ck_assert_int_eq(row.n, 3);
        ck_assert_int_eq(atoi(row.cells[0].text), i);
        ck_assert_int_eq(atoi(row.cells[2].text), row.line);
    }
    ck_assert_int_eq(mlg_source_next(source, &row, NULL), MLG_OK);
    ck_assert_int_eq(row.n, 0);
    ck_assert_uint_eq(mlg_faults_groups(study.model->faults), 0);
    source->close(source);
    study_fixture_close(&study);
}
END_TEST

START_TEST(quotes_are_text_when_read_leniently)
{
    study_fixture study;
    char rows[200];
    mlg_input facts;
    const mlg_ingest_options lenient = {.lenient_quotes = true};
    const mlg_opening opening = {.limits = MLG_LIMITS_INIT, .options = &lenient};

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    read_rows("a;b\n1;12\" tube\n\"3;4\n", 19, &opening, rows, sizeof rows, &study, &facts);
    ck_assert_str_eq(rows, "1[a][b]2[1][12\" tube]3[\"3][4]");
    ck_assert_uint_eq(mlg_faults_groups(study.model->faults), 0);
    study_fixture_close(&study);
}
END_TEST

/* ---- separators ------------------------------------------------------------- */

static const struct {
    const char *what, *bytes;
    char separator; /* 0: ambiguous */
} separator_cases[] = {
    {"semicolon", "a;b;c\n1;2;3\n", ';'},
    {"comma", "a,b,c\n1,2,3\n", ','},
    {"tab", "a\tb\tc\n1\t2\t3\n", '\t'},
    {"decimal commas in a file of semicolons", "a;b;c\n1,5;2,5;x\n2,5;1;y\n", ';'},
    {"commas in quotes count for nothing", "a;b\n\"x, y, z\";2\n\"p, q, r\";3\n", ';'},
    {"a sep= line", "sep=|\na|b;c\n1|2\n", '|'},
    {"a sep= line in quotes", "\"sep=,\"\na,b\n1,2\n", ','},
    {"comments do not count", "# a, b, c\na;b\n1;2\n", ';'},
    {"two would do", "a,b;c,d\n1,2;3,4\n", '\0'},
    {"one column, commas in its cells", "x\nCCAS\nVille\n", ';'},
};

START_TEST(the_separator_is_found)
{
    study_fixture study;
    char rows[1000];
    mlg_input facts;
    mlg_fault_view view;
    const mlg_opening opening = {.limits = MLG_LIMITS_INIT};

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    read_rows(separator_cases[_i].bytes, strlen(separator_cases[_i].bytes), &opening, rows,
              sizeof rows, &study, &facts);
    ck_assert_msg(facts.separator == separator_cases[_i].separator, "%s: '%c'",
                  separator_cases[_i].what, facts.separator);
    ck_assert_int_eq(study_fixture_fault(&study, "ambiguous_separator", &view, NULL, 0),
                     separator_cases[_i].separator == '\0');
    study_fixture_close(&study);
}
END_TEST

START_TEST(the_separator_asked_for_is_taken)
{
    study_fixture study;
    char rows[200];
    mlg_input facts;
    const mlg_ingest_options comma = {.separator = ","};
    const mlg_opening opening = {.limits = MLG_LIMITS_INIT, .options = &comma};

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    read_rows("a,b;c,d\n1,2;3,4\n", 16, &opening, rows, sizeof rows, &study, &facts);
    ck_assert_str_eq(rows, "1[a][b;c][d]2[1][2;3][4]");
    study_fixture_close(&study);
}
END_TEST

/* ---- limits ------------------------------------------------------------------ */

/* A file of one long thing: `n` bytes between a header and a last row. */
static char *long_file(const char *before, size_t n, char fill, const char *after, size_t *length)
{
    char *bytes = malloc(strlen(before) + n + strlen(after) + 1);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, before, strlen(before));
    memset(bytes + strlen(before), fill, n);
    strcpy(bytes + strlen(before) + n, after);
    *length = strlen(before) + n + strlen(after);
    return bytes;
}

static const struct {
    const char *what, *before;
    size_t n;
    char fill;
    const char *after, *fault;
} limit_cases[] = {
    {"a cell of 1 MiB less a bit", "a;b\n", (1 << 20) - 4096, 'x', ";2\n3;4\n", NULL},
    {"a cell of more than 1 MiB", "a;b\n", (1 << 20) + 8192, 'x', ";2\n3;4\n", "cell_too_long"},
    {"a quoted cell of more than 1 MiB", "a;b\n\"", (1 << 20) + 8192, 'x', "\";2\n3;4\n",
     "cell_too_long"},
    {"a line of 1,000 columns", "a;b\n", 999, ';', "\n3;4\n", NULL},
    {"a line of 1,001 columns", "a;b\n", 1000, ';', "\n3;4\n", "too_many_columns"},
    {"a million columns", "a;b\n", 1000000, ';', "\n3;4\n", "too_many_columns"},
    {"a line of more than 16 MiB", "a;b\n", (16 << 20) + 70000, ' ', "\n3;4\n", "line_too_long"},
    {"99 lines in quotes", "a;b\n1;\"", 98, '\n', "\"\n3;4\n", NULL},
    {"101 lines in quotes", "a;b\n1;\"", 101, '\n', "\"\n3;4\n", "open_quote"},
};

START_TEST(what_is_beyond_a_limit_is_told)
{
    study_fixture study;
    static char rows[3 << 20];
    char faults[2000];
    mlg_input facts;
    mlg_fault_view view;
    size_t length = 0;
    const mlg_opening opening = {.limits = MLG_LIMITS_INIT};
    char *bytes = long_file(limit_cases[_i].before, limit_cases[_i].n, limit_cases[_i].fill,
                            limit_cases[_i].after, &length);

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    read_rows(bytes, length, &opening, rows, sizeof rows, &study, &facts);
    study_fixture_faults(&study, faults, sizeof faults);
    if (limit_cases[_i].fault == NULL) {
        ck_assert_msg(faults[0] == '\0', "%s: %s", limit_cases[_i].what, faults);
    } else {
        ck_assert_msg(study_fixture_fault(&study, limit_cases[_i].fault, &view, NULL, 0), "%s: %s",
                      limit_cases[_i].what, faults);
        ck_assert_int_eq(view.line, 2);
        ck_assert_int_eq(view.severity, MLG_FATAL);
    }
    if (limit_cases[_i].fault == NULL || strcmp(limit_cases[_i].fault, "line_too_long") != 0) {
        ck_assert_msg(strstr(rows, "[3][4]") != NULL, "%s: the row after is lost",
                      limit_cases[_i].what);
    }
    free(bytes);
    study_fixture_close(&study);
}
END_TEST

START_TEST(too_many_rows_and_too_large_files_are_refused)
{
    study_fixture study;
    char rows[200];
    mlg_input facts;
    mlg_fault_view view;
    mlg_opening opening = {.limits = MLG_LIMITS_INIT};

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    opening.limits.rows = 2;
    read_rows("a;b\n1;2\n", 8, &opening, rows, sizeof rows, &study, &facts);
    ck_assert(!study_fixture_fault(&study, "too_many_rows", &view, NULL, 0));
    read_rows("a;b\n1;2\n3;4\n", 12, &opening, rows, sizeof rows, &study, &facts);
    ck_assert(study_fixture_fault(&study, "too_many_rows", &view, NULL, 0));
    opening.limits.file = 8;
    read_rows("a;b\n1;2\n", 8, &opening, rows, sizeof rows, &study, &facts);
    ck_assert(!study_fixture_fault(&study, "file_too_large", &view, NULL, 0));
    read_rows("a;b\n1;23\n", 9, &opening, rows, sizeof rows, &study, &facts);
    ck_assert(study_fixture_fault(&study, "file_too_large", &view, NULL, 0));
    study_fixture_close(&study);
}
END_TEST

START_TEST(the_facts_hold_size_and_hash)
{
    study_fixture study;
    char rows[200];
    mlg_input facts;
    const mlg_opening opening = {.limits = MLG_LIMITS_INIT};

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    read_rows("\xef\xbb\xbf"
              "a;b\r\n1;2\r\n",
              13, &opening, rows, sizeof rows, &study, &facts);
    ck_assert_uint_eq(facts.bytes, 13);
    ck_assert(facts.bom);
    ck_assert_str_eq(facts.encoding, "UTF-8");
    /* sha256sum of the same bytes */
    ck_assert_str_eq(facts.sha256,
                     "d6188cfaa8fbf2a8e654f9fb18b35454644600070dd7eda09e2984839ef13917");
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_file_that_grows_while_it_is_read_is_told)
{
    study_fixture study;
    char path[512];
    mlg_source *source = NULL;
    mlg_row row;
    mlg_fault_view view;

    study_fixture_open(&study);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    study_fixture_text(&study, "x.csv", "a;b\n1;2\n");
    snprintf(path, sizeof path, "%s/x.csv", study.path);
    const mlg_opening opening = {.path = path, .model = study.model, .limits = MLG_LIMITS_INIT};
    ck_assert_int_eq(mlg_csv_open(&opening, &source, NULL), MLG_OK);
    study_fixture_text(&study, "x.csv", "a;b\n1;2\n3;4\n");
    do {
        ck_assert_int_eq(mlg_source_next(source, &row, NULL), MLG_OK);
    } while (row.n > 0);
    ck_assert(study_fixture_fault(&study, "file_changed", &view, NULL, 0));
    ck_assert_int_eq(view.severity, MLG_FATAL);
    source->close(source);
    study_fixture_close(&study);
}
END_TEST

static int count(size_t bytes, size_t one)
{
    return (int) (bytes / one);
}

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *rows = tcase_create("rows");
    tcase_add_loop_test(rows, rows_keep_their_cells_and_line_numbers, 0,
                        count(sizeof row_cases, sizeof *row_cases));
    tcase_add_test(rows, a_long_file_is_cut_into_the_rows_it_was_made_of);
    tcase_add_test(rows, quotes_are_text_when_read_leniently);
    tcase_add_loop_test(rows, the_separator_is_found, 0,
                        count(sizeof separator_cases, sizeof *separator_cases));
    tcase_add_test(rows, the_separator_asked_for_is_taken);
    suite_add_tcase(suite, rows);
    TCase *limits = tcase_create("limits");
    tcase_add_loop_test(limits, what_is_beyond_a_limit_is_told, 0,
                        count(sizeof limit_cases, sizeof *limit_cases));
    tcase_add_test(limits, too_many_rows_and_too_large_files_are_refused);
    tcase_add_test(limits, the_facts_hold_size_and_hash);
    tcase_add_test(limits, a_file_that_grows_while_it_is_read_is_told);
    suite_add_tcase(suite, limits);
    return suite_run(suite);
}
