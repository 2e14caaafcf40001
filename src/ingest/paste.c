/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/paste.h"

#include <stdio.h>

#include "base/texts.h"
#include "ingest/header.h"
#include "ingest/words.h"
#include "model/span.h"

enum { NAME = 160 };

/* The table as a block's own rows name it; false for one without rows. */
static bool own_word(const mlg_block *block, char *out, size_t room)
{
    const char *key = block != NULL && block->n_rules > 0 ? block->rules[0].key : NULL;
    if (key != NULL) {
        snprintf(out, room, "%.*s", (int) strcspn(key, "."), key);
    }
    return key != NULL;
}

static bool is_canonical(const char *word, size_t length)
{
    bool found = false;
    for (int table = 0; table < MLG_N_TABLES && !found; table++) {
        found = mlg_same_header(word, length, mlg_schema_table((mlg_table_id) table));
    }
    return found;
}

bool mlg_paste_french(const mlg_model *model, const mlg_block *block, const char *file)
{
    char word[NAME];
    const char *said = mlg_study_setting(model, "language");
    const int language = said != NULL ? mlg_language_find(said) : -1;
    const char *dot = strrchr(file, '.');

    if (language >= 0) {
        return language != MLG_EN;
    }
    return own_word(block, word, sizeof word)
               ? !is_canonical(word, strlen(word))
               : !is_canonical(file, dot != NULL ? (size_t) (dot - file) : strlen(file));
}

/* Of names apart by |, the first. */
static void write_first(char *out, size_t room, const char *names)
{
    snprintf(out, room, "%.*s", (int) strcspn(names, "|"), names);
}

void mlg_paste_table(char *out, size_t room, mlg_table_id table, const mlg_block *block,
                     bool french)
{
    if (!own_word(block, out, room)) {
        write_first(out, room, french ? mlg_schema_table_fr(table) : mlg_schema_table(table));
    }
    const size_t used = strlen(out);
    if (block != NULL && block->number > 1) {
        snprintf(out + used, room - used, ".%d", block->number);
    }
}

void mlg_paste_column(char *out, size_t room, const mlg_field *field, bool french)
{
    write_first(out, room, french && field->aliases[0] != '\0' ? field->aliases : field->name);
}

void mlg_paste_row(char *out, size_t room, const mlg_plan *plan, const mlg_field *field,
                   bool french, const char *header)
{
    char table[NAME], column[NAME];
    mlg_paste_table(table, sizeof table, plan->table, plan->block, french);
    mlg_paste_column(column, sizeof column, field, french);
    snprintf(out, room, "%s.%s;%s", table, column, header);
}

/* ---- what a column may be ---------------------------------------------------------------- */

/* Columns that results hang on and that their cells tell, with the most that a number of theirs
 * may be: a telephone number is no full-time equivalent. */
static const struct {
    mlg_column column;
    double most;
} told[] = {
    {C_participations_present, 0.0},
    {C_participations_date, 0.0},
    {C_participations_hours, 24.0},
    {C_actors_sector, 0.0},
    {C_actors_kind, 0.0},
    {C_ties_kind, 0.0},
    {C_posts_fte, 1.5},
    {C_posts_end, 0.0},
    {C_activities_kind, 0.0},
    {C_activities_start, 0.0},
    {C_schemes_kind, 0.0},
    {C_territories_scale, 0.0},
};

static bool is_bound(const mlg_plan *plan, mlg_column column)
{
    for (size_t i = 0; i < plan->n_binds; i++) {
        if (plan->binds[i].field->column == column) {
            return true;
        }
    }
    return false;
}

static bool fits(const mlg_field *field, double most, const mlg_cell *cell)
{
    mlg_span span;
    mlg_number number;
    mlg_text_key fault = T_none;
    switch (field->type) {
    case MLG_TYPE_CODE:
    case MLG_TYPE_CODES:
        return mlg_vocabulary_find(field->list, cell->text) >= 0;
    case MLG_TYPE_DATE:
        return mlg_span_read(cell->text, &span, &fault) == MLG_SPAN_READ;
    default:
        return mlg_number_cell(cell->text, cell->length, &number) == T_none && number.value <= most;
    }
}

/* Do the cells at hand that hold something fit the field, nearly all? */
static bool all_fit(const mlg_field *field, double most, const mlg_row *rows, size_t n, int32_t at)
{
    enum { ONE_IN = 10 };
    size_t filled = 0, others = 0;
    for (size_t r = 0; r < n; r++) {
        const mlg_cell *cell = at < rows[r].n ? &rows[r].cells[at] : NULL;
        if (cell == NULL || cell->length == 0 || mlg_word_missing(cell->text, cell->length) ||
            mlg_row_is_comment(&rows[r]) || mlg_row_is_total(&rows[r])) {
            continue;
        }
        filled++;
        others += fits(field, most, cell) ? 0 : 1;
    }
    return filled > 0 && others * ONE_IN <= filled;
}

/* The field that lacks and that a column would fill; NULL for none. */
static const mlg_field *likely(const mlg_plan *plan, const mlg_row *rows, size_t n, int32_t at)
{
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const mlg_field *field = mlg_schema_field(told[i].column);
        if (field->table == plan->table && !is_bound(plan, told[i].column) &&
            all_fit(field, told[i].most, rows, n, at)) {
            return field;
        }
    }
    return NULL;
}

static void tell_row(const mlg_plan *plan, const mlg_field *field, const char *header,
                     mlg_model *model, mlg_place place)
{
    char column[NAME], row[4 * NAME];
    const bool french =
        mlg_paste_french(model, plan->block, mlg_names_text(&model->files, place.file));
    mlg_paste_column(column, sizeof column, field, french);
    mlg_paste_row(row, sizeof row, plan, field, french, header);
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = header},
                            {.kind = MLG_ARG_TEXT, .text = column},
                            {.kind = MLG_ARG_TEXT, .text = row}};
    mlg_fault_add(model, MLG_WARNING, T_fault_unknown_column_row, place, args, 3);
}

/* The field of that name, where results hang on it and nothing fills it yet; else NULL. */
static const mlg_field *lacking(const mlg_plan *plan, const char *name)
{
    const mlg_column column = mlg_schema_find_column(plan->table, name);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (told[i].column == column && !is_bound(plan, column)) {
            return mlg_schema_field(column);
        }
    }
    return NULL;
}

/* A file's columns and the rows at hand. */
typedef struct sheet {
    const mlg_plan *plans;
    size_t n;
    const mlg_header *header;
    const mlg_row *rows;
    size_t n_rows;
} sheet;

/* The first plan that has a column spelled nearly so; NULL for none. */
static const mlg_plan *nearest_plan(const sheet *file, int32_t at, char *near, size_t room)
{
    for (size_t k = 0; k < file->n; k++) {
        if (mlg_nearest_column(file->plans[k].table, file->header->text[at], near, room)) {
            return &file->plans[k];
        }
    }
    return NULL;
}

static void tell_column(const sheet *file, int32_t at, mlg_model *model, mlg_place place)
{
    char near[NAME];
    const char *header = file->header->text[at];
    const mlg_plan *plan = nearest_plan(file, at, near, sizeof near);
    const bool is_near = plan != NULL;
    const mlg_field *field = is_near ? lacking(plan, near) : NULL;

    for (size_t k = 0; k < file->n && !is_near && field == NULL; k++) {
        plan = &file->plans[k]; /* of one that lacks what it needs, that is told first */
        field =
            mlg_plan_fits(plan, file->header) ? likely(plan, file->rows, file->n_rows, at) : NULL;
    }
    if (field != NULL) {
        tell_row(plan, field, header, model, place);
    } else {
        mlg_fault_text(model, MLG_WARNING,
                       is_near ? T_fault_unknown_column_near : T_fault_unknown_column, place,
                       header, is_near ? near : NULL);
    }
}

void mlg_paste_unknown(const mlg_plan *plans, size_t n, const mlg_header *header,
                       const mlg_row *rows, size_t n_rows, mlg_model *model, int32_t file)
{
    const sheet all = {plans, n, header, rows, n_rows};
    for (int32_t i = 0; i < header->n; i++) {
        if (!header->used[i] && header->text[i][0] != '\0') {
            tell_column(&all, i, model, (mlg_place){file, header->line, i + 1, C_NONE});
        }
    }
}
