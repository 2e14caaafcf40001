/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_writer.h"

#include <math.h>
#include <string.h>

#include "measure/context.h"

#define FULL_WIDTH_EQUALS "\xef\xbc\x9d" /* U+FF1D: spreadsheets fold it to = */

/* LibreOffice runs a cell that begins so, even quoted. */
static bool looks_like_formula(const char *text)
{
    if (strcmp(text, "-") == 0) { /* "none" of our own columns; no formula is so short */
        return false;
    }
    return (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) ||
           strncmp(text, FULL_WIDTH_EQUALS, 3) == 0;
}

void mlg_csv_text(mlg_buffer *out, const char *text)
{
    const bool formula = looks_like_formula(text);
    if (strpbrk(text, ",\"\r\n") == NULL) {
        mlg_buffer_text(out, formula ? "'" : "");
        mlg_buffer_text(out, text);
        return;
    }
    mlg_buffer_text(out, formula ? "\"'" : "\"");
    for (; *text != '\0'; text++) {
        mlg_buffer_bytes(out, "\"\"", *text == '"' ? 2 : 0);
        mlg_buffer_bytes(out, text, *text == '"' ? 0 : 1);
    }
    mlg_buffer_char(out, '"');
}

/* 2027-08-31; days before year 0 do not occur (the reader refuses them). */
static void csv_date(mlg_buffer *out, double days)
{
    int year = 0, month = 0, day = 0;
    mlg_day_split((int32_t) lround(days), &year, &month, &day);
    mlg_buffer_format(out, "%04d-%02d-%02d", year, month, day);
}

static void csv_cell(mlg_buffer *out, const mlg_results *results, const mlg_cell *cell)
{
    mlg_buffer text = {0};

    if (cell->kind == MLG_CELL_CODE || cell->kind == MLG_CELL_ENGLISH) {
        mlg_csv_text(out, cell->arg.text);
    } else if (cell->kind == MLG_CELL_ARG) {
        switch (cell->arg.kind) {
        case MLG_ARG_COUNT:
        case MLG_ARG_NUMBER:
        case MLG_ARG_SHARE:
        case MLG_ARG_P:
            mlg_buffer_number(out, cell->arg.number);
            break;
        case MLG_ARG_DATE:
            csv_date(out, cell->arg.number);
            break;
        default:
            mlg_say_cell(&text, results, cell);
            mlg_csv_text(out, mlg_buffer_string(&text));
            out->failed = out->failed || text.failed;
            mlg_buffer_free(&text);
            break;
        }
    }
}

void mlg_csv_table_head(mlg_buffer *out, const mlg_table *table)
{
    const char *comma = "";
    for (size_t column = 0; column < table->n_columns; column++) {
        if (mlg_in_file(table->headings[column].use)) {
            mlg_buffer_text(out, comma);
            mlg_csv_text(out, table->headings[column].name);
            comma = ",";
        }
    }
    mlg_buffer_text(out, "\r\n");
}

void mlg_csv_table_row(mlg_buffer *out, const mlg_results *results, const mlg_table *table,
                       size_t row)
{
    const char *comma = "";
    for (size_t column = 0; column < table->n_columns; column++) {
        if (mlg_in_file(table->headings[column].use)) {
            mlg_buffer_text(out, comma);
            csv_cell(out, results, mlg_table_cell(table, row, column));
            comma = ",";
        }
    }
    mlg_buffer_text(out, "\r\n");
}

/* ---- values, one row a number ---------------------------------------------- */

static void csv_subject(mlg_buffer *out, const mlg_results *results, mlg_scope scope, mlg_id id)
{
    mlg_buffer text = {0};
    mlg_say_label(&text, results, results->labels.language, scope, id);
    mlg_csv_text(out, mlg_buffer_string(&text));
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

/* measure,view,scope,subject,other,part */
static void csv_key(mlg_buffer *out, const mlg_results *results, const mlg_value *value, size_t row,
                    const char *part)
{
    const bool pairs = value->shape == MLG_PAIRS || value->shape == MLG_MATRIX;
    const mlg_view *view =
        value->view >= 0 ? mlg_context_view(results->context, value->view) : NULL;

    mlg_csv_text(out, value->measure->id);
    mlg_buffer_char(out, ',');
    mlg_csv_text(out, view != NULL ? view->id : "");
    mlg_buffer_char(out, ',');
    mlg_csv_text(out, mlg_scope_name(value->scope));
    mlg_buffer_char(out, ',');
    if (value->subject != NULL) {
        csv_subject(out, results, value->scope, value->subject[pairs ? 2 * row : row]);
    }
    mlg_buffer_char(out, ',');
    if (value->subject != NULL && pairs) {
        csv_subject(out, results, value->scope, value->subject[2 * row + 1]);
    }
    mlg_buffer_char(out, ',');
    mlg_csv_text(out, part);
}

static void csv_words(mlg_buffer *out, const mlg_value *value)
{
    const char *const words[] = {value->tail, value->null_model, value->p_method, value->convention,
                                 value->weight};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        mlg_buffer_char(out, ',');
        mlg_csv_text(out, words[i] != NULL ? words[i] : "");
    }
    mlg_buffer_char(out, ',');
    if (value->p_method != NULL) {
        mlg_buffer_format(out, "%u", (unsigned) value->draws);
    }
    mlg_buffer_char(out, ',');
    mlg_csv_text(out, mlg_reason_code(value->undefined));
    mlg_buffer_char(out, ',');
    mlg_csv_text(out, mlg_reason_code(value->caution));
}

static void csv_row(mlg_buffer *out, const mlg_results *results, const mlg_value *value, size_t row)
{
    csv_key(out, results, value, row, "");
    for (int column = 0; column < MLG_N_VALUE_COLUMNS; column++) {
        mlg_buffer_char(out, ',');
        if (value->column[column] != NULL) {
            mlg_buffer_number(out, value->column[column][row]);
        }
    }
    csv_words(out, value);
    mlg_buffer_text(out, "\r\n");
    for (size_t part = 0; part < value->n_parts; part++) {
        csv_key(out, results, value, row, value->part[part].name);
        mlg_buffer_char(out, ',');
        mlg_buffer_number(out, value->part[part].values[row]);
        for (int column = 1; column < MLG_N_VALUE_COLUMNS + 8; column++) {
            mlg_buffer_char(out, ',');
        }
        mlg_buffer_text(out, "\r\n");
    }
}

void mlg_csv_values_head(mlg_buffer *out)
{
    mlg_buffer_text(out, "measure,view,scope,subject,other,part");
    for (int column = 0; column < MLG_N_VALUE_COLUMNS; column++) {
        mlg_buffer_format(out, ",%s", mlg_value_column_name((mlg_value_column) column));
    }
    mlg_buffer_text(out, ",tail,null,p_method,convention,weight,draws,undefined,caution\r\n");
}

void mlg_csv_value(mlg_buffer *out, const mlg_results *results, const mlg_value *value)
{
    for (size_t row = 0; row < value->n; row++) {
        csv_row(out, results, value, row);
    }
    if (value->n == 0) { /* a list that is undefined says why, in a row without a subject */
        const mlg_value alone = {.measure = value->measure,
                                 .view = value->view,
                                 .scope = value->scope,
                                 .convention = value->convention,
                                 .weight = value->weight,
                                 .undefined = value->undefined,
                                 .caution = value->caution};
        csv_row(out, results, &alone, 0);
    }
}
