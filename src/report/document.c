/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

#include <math.h>
#include <string.h>

void mlg_document_free(mlg_document *document)
{
    for (size_t s = 0; s < document->n; s++) {
        mlg_section *section = &document->sections[s];
        for (size_t b = 0; b < section->n; b++) {
            if (section->blocks[b].table != NULL) {
                mlg_free(section->blocks[b].table->cells);
            }
            if (section->blocks[b].figure != NULL) {
                mlg_buffer_free(&section->blocks[b].figure->svg);
                mlg_buffer_free(&section->blocks[b].figure->panel);
            }
        }
        mlg_free(section->blocks);
    }
    mlg_free(document->sections);
    mlg_arena_free(&document->arena);
    *document = (mlg_document){0};
}

mlg_sentence mlg_sentence_of(mlg_text_key key, const mlg_arg *args, size_t n_args)
{
    mlg_sentence sentence = {.key = key};
    sentence.n_args = n_args < MLG_SENTENCE_ARGS ? n_args : MLG_SENTENCE_ARGS;
    if (sentence.n_args > 0) {
        memcpy(sentence.args, args, sentence.n_args * sizeof *args);
    }
    return sentence;
}

void mlg_doc_section(mlg_document *document, const char *id, mlg_text_key title)
{
    if (document->failed || !mlg_grow(&document->sections, &document->room, document->n + 1,
                                      sizeof *document->sections)) {
        document->failed = true;
        return;
    }
    document->sections[document->n++] = (mlg_section){.id = id, .title = title};
}

void mlg_doc_section_of(mlg_document *document, const char *id, mlg_text_key title,
                        mlg_sentence heading)
{
    mlg_doc_section(document, mlg_doc_text(document, id), title);
    if (!document->failed) {
        document->sections[document->n - 1].heading = heading;
    }
}

void mlg_doc_drop_empty(mlg_document *document)
{
    if (document->n > 0 && document->sections[document->n - 1].n == 0) {
        mlg_free(document->sections[--document->n].blocks);
    }
}

bool mlg_section_is_shown(const mlg_section *section)
{
    for (size_t b = 0; b < section->n; b++) {
        const mlg_table *table = section->blocks[b].table;
        if (table == NULL || mlg_table_page_rows(table) > 0) {
            return true;
        }
    }
    return false;
}

/* The next block of the last section, or NULL when memory is short. */
static mlg_block *add_block(mlg_document *document, mlg_block_kind kind)
{
    mlg_section *section = document->n > 0 ? &document->sections[document->n - 1] : NULL;
    if (document->failed || section == NULL ||
        !mlg_grow(&section->blocks, &section->room, section->n + 1, sizeof *section->blocks)) {
        document->failed = true;
        return NULL;
    }
    mlg_block *block = &section->blocks[section->n++];
    *block = (mlg_block){.kind = kind};
    return block;
}

void mlg_doc_block(mlg_document *document, mlg_block_kind kind, mlg_text_key key,
                   const mlg_arg *args, size_t n_args)
{
    mlg_block *block = add_block(document, kind);
    if (block != NULL) {
        block->text = mlg_sentence_of(key, args, n_args);
    }
}

mlg_table *mlg_doc_table(mlg_document *document, const char *id, mlg_sentence caption,
                         const mlg_heading *headings, size_t n_columns)
{
    mlg_block *block = add_block(document, MLG_BLOCK_TABLE);
    mlg_table *table = mlg_arena_alloc(&document->arena, sizeof *table);
    mlg_heading *copy = mlg_arena_alloc(&document->arena, n_columns * sizeof *copy);

    if (block == NULL || table == NULL || copy == NULL) {
        document->failed = true;
        return &document->sink;
    }
    memcpy(copy, headings, n_columns * sizeof *copy);
    *table = (mlg_table){.id = id,
                         .caption = caption,
                         .headings = copy,
                         .n_columns = n_columns,
                         .page_rows = SIZE_MAX};
    block->table = table;
    return table;
}

void mlg_doc_cell(mlg_document *document, mlg_table *table, mlg_cell cell)
{
    if (document->failed ||
        !mlg_grow(&table->cells, &table->room, table->n_cells + 1, sizeof *table->cells)) {
        document->failed = true;
        return;
    }
    table->cells[table->n_cells++] = cell;
}

mlg_figure *mlg_doc_figure(mlg_document *document, const char *file, mlg_sentence caption)
{
    mlg_block *block = add_block(document, MLG_BLOCK_FIGURE);
    mlg_figure *figure = mlg_arena_alloc(&document->arena, sizeof *figure);

    if (block == NULL || figure == NULL) {
        document->failed = true;
        return NULL;
    }
    *figure = (mlg_figure){.file = file, .caption = caption};
    block->figure = figure;
    return figure;
}

void mlg_doc_findings(mlg_document *document, size_t first, size_t n)
{
    mlg_block *block = add_block(document, MLG_BLOCK_FINDINGS);
    if (block != NULL) {
        block->first = first;
        block->n = n;
    }
}

/* Decimals that the largest number of a column asks for, or -1 when all are counts. */
static int digits_of(const mlg_table *table, size_t column)
{
    double largest = 0.0;
    bool fractions = false;

    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        const mlg_cell *cell = mlg_table_cell(table, row, column);
        if (cell->kind != MLG_CELL_ARG) {
            continue;
        }
        if (cell->arg.kind == MLG_ARG_NUMBER || cell->arg.kind == MLG_ARG_COUNT) {
            fractions = fractions || cell->arg.kind == MLG_ARG_NUMBER;
            largest = fmax(largest, fabs(cell->arg.number));
        }
    }
    return !fractions ? -1 : largest >= 100.0 ? 0 : largest >= 10.0 ? 1 : largest >= 0.095 ? 2 : 3;
}

static void align_table(mlg_table *table, int asked)
{
    for (size_t column = 0; column < table->n_columns; column++) {
        const int needed = digits_of(table, column);
        const int digits = needed >= 0 && asked >= 0 ? asked : needed;
        for (size_t row = 0; digits >= 0 && row < mlg_table_rows(table); row++) {
            mlg_cell *cell = &table->cells[row * table->n_columns + column];
            const bool number = cell->arg.kind == MLG_ARG_NUMBER || cell->arg.kind == MLG_ARG_COUNT;
            if (cell->kind == MLG_CELL_ARG && number) {
                cell->arg.kind = MLG_ARG_NUMBER;
                cell->arg.digits = digits;
            }
        }
    }
}

void mlg_doc_align(mlg_document *document, int digits)
{
    for (size_t s = 0; s < document->n; s++) {
        for (size_t b = 0; b < document->sections[s].n; b++) {
            mlg_table *table = document->sections[s].blocks[b].table;
            if (table != NULL && !table->mixed) {
                align_table(table, digits);
            }
        }
    }
}

void mlg_doc_fail(mlg_document *document, mlg_status status, const mlg_error *why)
{
    if (!document->failed) {
        document->status = status;
        document->why = *why;
    }
    document->failed = true;
}

mlg_status mlg_doc_end(mlg_document *document, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (document->failed && document->status != MLG_OK) {
        status = document->status;
        if (err != NULL && err->status == MLG_OK) {
            *err = document->why;
        }
    } else if (document->failed) {
        status = mlg_fail(err, MLG_ENOMEM, "out of memory for the report");
    }
    if (status != MLG_OK) {
        mlg_document_free(document);
    }
    return status;
}

const char *mlg_doc_text(mlg_document *document, const char *text)
{
    const char *copy = mlg_arena_text(&document->arena, text, strlen(text));
    document->failed = document->failed || copy == NULL;
    return copy != NULL ? copy : "";
}

void mlg_table_drop_zeros(mlg_table *table)
{
    const size_t rows = mlg_table_rows(table);
    for (size_t c = 0; c < table->n_columns && rows > 0; c++) {
        bool all = mlg_table_is_numeric(table, c);
        for (size_t row = 0; row < rows && all; row++) {
            const mlg_cell *cell = mlg_table_cell(table, row, c);
            all = cell->kind == MLG_CELL_ARG && cell->arg.number == 0.0;
        }
        if (all && table->headings[c].use == MLG_EVERYWHERE) {
            table->headings[c].use = MLG_FILE_ONLY;
        }
    }
}

bool mlg_table_is_numeric(const mlg_table *table, size_t column)
{
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        const mlg_cell *cell = mlg_table_cell(table, row, column);
        if (cell->kind == MLG_CELL_ARG) {
            return cell->arg.kind == MLG_ARG_COUNT || cell->arg.kind == MLG_ARG_NUMBER ||
                   cell->arg.kind == MLG_ARG_SHARE || cell->arg.kind == MLG_ARG_P;
        }
        if (cell->kind == MLG_CELL_CODE || cell->kind == MLG_CELL_ENGLISH) {
            return false;
        }
    }
    return false;
}
