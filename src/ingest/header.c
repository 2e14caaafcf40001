/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/header.h"

#include <stdio.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/paste.h"
#include "ingest/words.h"

enum { TITLE_ROWS = 20 }; /* looked at for a header below a title */

bool mlg_row_is_comment(const mlg_row *row)
{
    const mlg_cell *first = &row->cells[0];
    return first->length > 0 && first->text[0] == '#' &&
           !mlg_word_error(first->text, first->length);
}

bool mlg_row_is_blank(const mlg_row *row)
{
    for (int32_t i = 0; i < row->n; i++) {
        if (row->cells[i].length > 0) {
            return false;
        }
    }
    return true;
}

/* "36", "36 structures": what stands under a column in a row of totals. */
static bool is_number_of(const mlg_cell *cell)
{
    char number[32];
    mlg_number value;
    const size_t n = strcspn(cell->text, " ");
    if (mlg_number_cell(cell->text, cell->length, &value) == T_none) {
        return true;
    }
    if (cell->text[n] == '\0' || n == 0 || n >= sizeof number ||
        strpbrk(cell->text + n + 1, " 0123456789") != NULL) {
        return false;
    }
    memcpy(number, cell->text, n);
    number[n] = '\0';
    return mlg_number_cell(number, n, &value) == T_none;
}

/* Total, Sum, Somme, Sous-total, Grand total: few rows begin so. */
static bool may_be_total(const mlg_row *row)
{
    if (row->cells[0].length == 0) {
        return true; /* the word may stand further on */
    }
    const char first = row->cells[0].text[0];
    return first == 't' || first == 'T' || first == 's' || first == 'S' || first == 'g' ||
           first == 'G';
}

bool mlg_row_is_total(const mlg_row *row)
{
    bool found = false;
    for (int32_t i = 0; i < row->n && may_be_total(row); i++) {
        const mlg_cell *cell = &row->cells[i];
        if (cell->length == 0) {
            continue;
        }
        if (!found && !mlg_word_total(cell->text, cell->length)) {
            return false;
        }
        if (found && !is_number_of(cell)) {
            return false;
        }
        found = true;
    }
    return found;
}

void mlg_header_free(mlg_header *header)
{
    mlg_free(header->text);
    mlg_free(header->used);
    *header = (mlg_header){0};
}

/* Copies a row's cells, cleaned, as a header. */
static mlg_status take(const mlg_row *row, mlg_model *model, mlg_header *header, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer clean = {0}, scratch = {0};
    mlg_cleaning cleaning;

    *header = (mlg_header){.n = row->n, .line = row->line};
    header->text = mlg_zalloc((size_t) row->n, sizeof *header->text);
    header->used = mlg_zalloc((size_t) row->n, sizeof *header->used);
    TRY_ALLOC(err, header->text);
    TRY_ALLOC(err, header->used);
    for (int32_t i = 0; i < row->n; i++) {
        mlg_clean(row->cells[i].text, row->cells[i].length, &clean, &scratch, &cleaning);
        header->text[i] =
            cleaning.no_memory
                ? NULL
                : mlg_arena_text(&model->arena, mlg_buffer_string(&clean), clean.length);
        TRY_ALLOC(err, header->text[i]);
    }
    /* cells behind the last header belong to no column */
    while (header->n > 0 && header->text[header->n - 1][0] == '\0') {
        header->n--;
    }
out:
    mlg_buffer_free(&clean);
    mlg_buffer_free(&scratch);
    if (status != MLG_OK) {
        mlg_header_free(header);
    }
    return status;
}

/* The next row that is neither blank nor a comment; n = 0 at the end. */
static mlg_status next_row(mlg_source *source, mlg_row *row, bool *any, mlg_error *err)
{
    mlg_status status = MLG_OK;
    do {
        TRY(mlg_source_next(source, row, err));
        *any = *any || row->n > 0;
    } while (row->n > 0 && (mlg_row_is_blank(row) || mlg_row_is_comment(row)));
out:
    return status;
}

static bool all_fit(const mlg_table_file *file, const mlg_header *header)
{
    if (file->guess) {
        return mlg_plan_guess(header) >= 0;
    }
    for (size_t i = 0; i < file->n_plans; i++) {
        if (!mlg_plan_fits(&file->plans[i], header)) {
            return false;
        }
    }
    return true;
}

/* Is a row that lacks something a header all the same? One that knows half its cells is;
 * a title knows none. */
static bool looks_like_header(const mlg_table_file *file, const mlg_header *header)
{
    int filled = 0, known = 0;
    for (int32_t i = 0; i < header->n; i++) {
        filled += header->text[i][0] != '\0' ? 1 : 0;
    }
    for (size_t i = 0; i < file->n_plans && !file->guess; i++) {
        const int here = mlg_plan_knows(&file->plans[i], header);
        known = here > known ? here : known;
    }
    return known > 0 && 2 * known >= filled;
}

/* Replaces `header` by the first of the next rows that fits, if there is one. */
static mlg_status look_below(mlg_source *source, const mlg_table_file *file, mlg_model *model,
                             int32_t number, mlg_header *header, bool *replaced, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_row row;
    mlg_header other = {0};
    bool any = false;

    *replaced = false;
    for (int i = 0; i < TITLE_ROWS && !*replaced; i++) {
        TRY(next_row(source, &row, &any, err));
        if (row.n == 0) {
            break;
        }
        TRY(take(&row, model, &other, err));
        if (all_fit(file, &other)) {
            char line[16];
            const mlg_place place = {number, header->line, 0, C_NONE};
            snprintf(line, sizeof line, "%d", (int) other.line);
            mlg_fault_text(model, MLG_FATAL, T_fault_title_rows, place, line, NULL);
            mlg_header_free(header);
            *header = other;
            other = (mlg_header){0};
            *replaced = true;
        }
        mlg_header_free(&other);
    }
out:
    mlg_header_free(&other);
    return status;
}

static mlg_status bind_all(const mlg_source *source, mlg_table_file *file, mlg_model *model,
                           int32_t number, mlg_header *header, bool *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *found = false;
    if (file->guess) {
        const int table = mlg_plan_guess(header);
        if (table < 0) {
            const mlg_place place = {number, header->line, 0, C_NONE};
            mlg_fault_text(model, MLG_FATAL, T_fault_which_table, place, NULL, NULL);
            return MLG_OK;
        }
        file->plans[0].table = (mlg_table_id) table;
    }
    for (size_t i = 0; i < file->n_plans; i++) {
        bool usable = false;
        TRY(mlg_plan_bind(&file->plans[i], header, model, number, &usable, err));
        *found = *found || usable;
    }
    mlg_paste_unknown(file->plans, file->n_plans, header, source->rows + source->at,
                      source->n_rows - source->at, model, number);
out:
    return status;
}

mlg_status mlg_header_find(mlg_source *source, mlg_table_file *file, mlg_model *model,
                           int32_t number, mlg_header *header, bool *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_row row;
    bool any = false;

    *found = false;
    *header = (mlg_header){0};
    TRY(next_row(source, &row, &any, err));
    if (row.n == 0) {
        if (!source->refused) {
            const mlg_place place = {number, 1, 0, C_NONE};
            mlg_fault_text(model, MLG_FATAL, T_fault_only_blank_rows, place, NULL, NULL);
        }
        return MLG_OK;
    }
    TRY(take(&row, model, header, err));
    if (!all_fit(file, header) && !looks_like_header(file, header)) {
        bool replaced = false;
        TRY(look_below(source, file, model, number, header, &replaced, err));
    }
    TRY(bind_all(source, file, model, number, header, found, err));
out:
    if (status != MLG_OK) {
        mlg_header_free(header);
    }
    return status;
}
