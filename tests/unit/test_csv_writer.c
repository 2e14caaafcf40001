/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_writer.h"

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/section.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- cells of text ------------------------------------------------------------------------ */

static const struct {
    const char *text, *cell;
} text_cases[] = {
    {"plain", "plain"},
    {"", ""},
    {"with, comma", "\"with, comma\""},
    {"a \"quote\"", "\"a \"\"quote\"\"\""},
    {"two\nlines", "\"two\nlines\""},
    {"cr\r", "\"cr\r\""},
    {"semi;colon", "semi;colon"},
    {"=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""},
    {"=1+1", "'=1+1"},
    {"+33 6", "'+33 6"},
    {"-2", "'-2"},
    {"@SUM(A1)", "'@SUM(A1)"},
    {"\tcmd", "'\tcmd"},
    {"\rcmd", "\"'\rcmd\""},
    {"\xef\xbc\x9d"
     "1",
     "'\xef\xbc\x9d"
     "1"},
    {"a=b", "a=b"},
    {" =1", " =1"},
    {"\xef\xbc\x9e", "\xef\xbc\x9e"}, /* U+FF1E is no equals sign */
};

START_TEST(a_text_is_quoted_when_it_must_be_and_no_formula)
{
    mlg_buffer out = {0};
    mlg_csv_text(&out, text_cases[_i].text);
    ck_assert_str_eq(mlg_buffer_string(&out), text_cases[_i].cell);
    mlg_buffer_free(&out);
}
END_TEST

/* ---- tables --------------------------------------------------------------------------------- */

START_TEST(numbers_keep_their_point_and_are_never_guarded)
{
    const char *const locales[] = {"C", "fr_FR.UTF-8", "tr_TR.UTF-8"};
    const mlg_heading heads[] = {mlg_head("count", T_none),   mlg_head("number", T_none),
                                 mlg_head("share", T_none),   mlg_head("p", T_none),
                                 mlg_head("date", T_none),    mlg_head("reason", T_none),
                                 {"page", {0}, MLG_PAGE_ONLY}};
    reported r;
    mlg_document document = {0};
    reported_study(&r, "ties: from,to\na,b\n");
    mlg_doc_section(&document, "s", T_none);
    mlg_table *table = mlg_doc_table(&document, "t", (mlg_sentence){0}, heads, 7);
    mlg_doc_cell(&document, table, mlg_section_count(1234567));
    mlg_doc_cell(&document, table, mlg_cell_of(mlg_arg_number(-0.5, 0)));
    mlg_doc_cell(&document, table, mlg_section_share(0.125));
    mlg_doc_cell(&document, table, mlg_section_p(0.0001));
    mlg_doc_cell(&document, table, mlg_cell_of(mlg_arg_date(mlg_day_of(2027, 8, 31))));
    mlg_doc_cell(&document, table, mlg_cell_number(mlg_arg_number(NAN, 2), T_why_no_ties));
    mlg_doc_cell(&document, table, mlg_cell_code("not in the file"));
    for (size_t i = 0; i < 3; i++) {
        mlg_buffer out = {0};
        setlocale(LC_ALL, locales[i]); /* absent locales leave the last */
        mlg_csv_table_head(&out, table);
        mlg_csv_table_row(&out, &r.results, table, 0);
        ck_assert_str_eq(mlg_buffer_string(&out), "count,number,share,p,date,reason\r\n"
                                                  "1234567,-0.5,0.125,0.0001,2027-08-31,\r\n");
        mlg_buffer_free(&out);
    }
    setlocale(LC_ALL, "C");
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* ---- values -----------------------------------------------------------------------------------
 */

/* Cells of a line outside quotes; `*line` moves to the next. */
static size_t cells_of(const char **line)
{
    size_t n = 1;
    bool quoted = false;
    const char *c = *line;
    for (; *c != '\0' && (quoted || strncmp(c, "\r\n", 2) != 0); c++) {
        quoted = *c == '"' ? !quoted : quoted;
        n += *c == ',' && !quoted;
    }
    ck_assert_msg(strncmp(c, "\r\n", 2) == 0, "a line does not end in CRLF");
    *line = c + 2;
    return n;
}

static mlg_status write_values(const void *results, FILE *out, mlg_error *err)
{
    return mlg_results_print(results, MLG_CSV_FORMAT, out, err);
}

START_TEST(every_row_of_values_has_as_many_cells_as_the_head)
{
    const char *const studies[] = {reported_rich_study(), reported_hostile_study(),
                                   "ties: from,to\na,b\n", "perimeters: territory,unit\nT,U\n"};
    for (size_t i = 0; i < 4; i++) {
        reported r;
        reported_study(&r, studies[i]);
        char *text = reported_written(write_values, &r.results);
        const char *line = text;
        const size_t heads = cells_of(&line);
        size_t rows = 0;
        ck_assert_uint_eq(heads, 6 + MLG_N_VALUE_COLUMNS + 8);
        for (; *line != '\0'; rows++) {
            const char *here = line;
            ck_assert_msg(cells_of(&line) == heads, "%.*s", (int) (line - here), here);
        }
        ck_assert_uint_ge(rows, r.values.n);
        free(text);
        reported_close(&r);
    }
}
END_TEST

START_TEST(an_undefined_value_has_an_empty_cell_and_its_reason)
{
    reported r;
    reported_open(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mlg_values_undefined(&r.values, "silo.ei", 0, T_why_no_sectors, NULL), MLG_OK);
    ck_assert_int_eq(mlg_values_undefined(&r.values, "depend.bridges", 0, T_why_no_ties, NULL),
                     MLG_OK);
    char *text = reported_written(write_values, &r.results);
    ck_assert_ptr_nonnull(strstr(text, "silo.ei,ties,network,,,,,"));
    ck_assert_ptr_nonnull(strstr(text, ",no_sectors,"));
    ck_assert_ptr_nonnull(strstr(text, "depend.bridges,ties,actor,,,,,"));
    ck_assert_ptr_nonnull(strstr(text, ",no_ties,"));
    ck_assert_ptr_null(strstr(text, "nan"));
    free(text);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv writer");
    TCase *csv = tcase_create("csv writer");
    tcase_add_loop_test(csv, a_text_is_quoted_when_it_must_be_and_no_formula, 0, N_OF(text_cases));
    tcase_add_test(csv, numbers_keep_their_point_and_are_never_guarded);
    tcase_add_test(csv, every_row_of_values_has_as_many_cells_as_the_head);
    tcase_add_test(csv, an_undefined_value_has_an_empty_cell_and_its_reason);
    suite_add_tcase(suite, csv);
    return suite_run(suite);
}
