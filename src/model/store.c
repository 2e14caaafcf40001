/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "model/own_files.h"

/* ---- one cell's storage ------------------------------------------------------ */

static bool is_list(mlg_type type)
{
    return type == MLG_TYPE_PARTIES || type == MLG_TYPE_TERRITORIES || type == MLG_TYPE_CODES ||
           type == MLG_TYPE_WORDS;
}

static bool is_number(mlg_type type)
{
    return type == MLG_TYPE_NUMBER || type == MLG_TYPE_AMOUNT || type == MLG_TYPE_WEIGHT ||
           type == MLG_TYPE_SHARE;
}

static size_t cell_size(mlg_type type)
{
    return is_list(type)           ? sizeof(mlg_list)
           : is_number(type)       ? sizeof(double)
           : type == MLG_TYPE_DATE ? sizeof(mlg_span)
                                   : sizeof(int32_t);
}

/* Makes cells from..to-1 unknown. */
static void blank_cells(mlg_type type, void *cells, int32_t from, int32_t to)
{
    for (int32_t row = from; row < to; row++) {
        if (is_list(type)) {
            ((mlg_list *) cells)[row] = (mlg_list){0, 0};
        } else if (is_number(type)) {
            ((double *) cells)[row] = NAN;
        } else if (type == MLG_TYPE_DATE) {
            ((mlg_span *) cells)[row] = (mlg_span){MLG_EVER_FIRST, MLG_EVER_LAST};
        } else {
            ((int32_t *) cells)[row] = -1;
        }
    }
}

/* ---- life -------------------------------------------------------------------- */

mlg_status mlg_model_new(mlg_model **model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_model *m = mlg_zalloc(1, sizeof *m);
    *model = NULL;
    TRY_ALLOC(err, m);
    m->faults = mlg_faults_new();
    TRY_ALLOC(err, m->faults);
    m->title = m->territory = "";
    m->language = -1;
    m->date = m->day = MLG_NO_DATE;
    m->own = -1;
    m->pseudonym_width = 2;
    *model = m;
    m = NULL;

out:
    mlg_model_free(m);
    return status;
}

static void free_entities(mlg_model *model)
{
    mlg_free(model->party_kind);
    mlg_free(model->party_flags);
    mlg_free(model->party_actor_row);
    mlg_free(model->party_scheme_row);
    mlg_free(model->party_post_row);
    mlg_free(model->party_organisation);
    mlg_free(model->party_body);
    mlg_free(model->party_sector);
    mlg_free(model->party_pseudonym);
    mlg_free(model->activity_row);
    mlg_free(model->activity_attended);
    mlg_free(model->territory_row);
    mlg_free(model->unit_offset);
    mlg_free(model->unit);
    mlg_free(model->unit_share);
    mlg_free(model->unit_least);
    mlg_free(model->is_unit);
    mlg_free(model->namesake);
    mlg_free(model->party_namesake);
    mlg_free(model->activity_namesake);
}

void mlg_model_free(mlg_model *model)
{
    if (model == NULL) {
        return;
    }
    mlg_names_free(&model->parties);
    mlg_names_free(&model->activities);
    mlg_names_free(&model->territories);
    mlg_names_free(&model->texts);
    mlg_names_free(&model->files);
    mlg_names_free(&model->refused_names);
    mlg_free(model->refused);
    for (int list = 0; list < MLG_N_LISTS; list++) {
        mlg_names_free(&model->open[list]);
        mlg_names_free(&model->open_text[list]);
        mlg_names_free(&model->spelled[list]);
        mlg_free(model->spelled_code[list]);
    }
    for (int table = 0; table < MLG_N_TABLES; table++) {
        mlg_free(model->rows[table].file);
        mlg_free(model->rows[table].line);
    }
    for (int column = 0; column < C_COUNT; column++) {
        mlg_free(model->data[column]);
    }
    mlg_free(model->pool);
    mlg_free(model->inputs);
    mlg_faults_free(model->faults);
    free_entities(model);
    mlg_arena_free(&model->arena);
    mlg_free(model);
}

/* ---- rows --------------------------------------------------------------------- */

static bool resize_array(void *items, size_t room, size_t size)
{
    void *old = NULL;
    memcpy(&old, items, sizeof old);
    void *block = mlg_resize(old, room, size);
    if (block == NULL) {
        return false;
    }
    memcpy(items, &block, sizeof block);
    return true;
}

/* All columns of a table share its room: one growth serves them all. Memory past the
 * rows is never touched, so that half more room costs nothing but addresses. */
static bool widen(mlg_model *model, mlg_table_id table)
{
    mlg_rows *rows = &model->rows[table];
    const size_t room = rows->room < 16 ? 16 : rows->room + rows->room / 2;
    mlg_column first = 0, end = 0;

    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        const size_t size = cell_size(mlg_schema_field(column)->type);
        if (model->data[column] != NULL && !resize_array(&model->data[column], room, size)) {
            return false;
        }
    }
    if (!resize_array(&rows->file, room, sizeof *rows->file) ||
        !resize_array(&rows->line, room, sizeof *rows->line)) {
        return false;
    }
    rows->room = room;
    return true;
}

int32_t mlg_model_add_row(mlg_model *model, mlg_table_id table, int16_t file, int32_t line)
{
    mlg_rows *rows = &model->rows[table];
    mlg_column first = 0, end = 0;
    if (rows->n == INT32_MAX || ((size_t) rows->n == rows->room && !widen(model, table))) {
        return -1;
    }
    const int32_t row = rows->n++;
    rows->file[row] = file;
    rows->line[row] = line;
    if (rows->named == 0 && file >= 0 && (row == 0 || file != rows->file[row - 1]) &&
        mlg_is_named_as(mlg_names_text(&model->files, file), table)) {
        rows->named = file + 1;
    }
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        if (model->data[column] != NULL) {
            blank_cells(mlg_schema_field(column)->type, model->data[column], row, row + 1);
        }
    }
    return row;
}

/* The column's cells, made at the first set. */
static void *cells_of(mlg_model *model, mlg_column column)
{
    if (model->data[column] == NULL) {
        const mlg_field *field = mlg_schema_field(column);
        const mlg_rows *rows = &model->rows[field->table];
        model->data[column] = mlg_alloc(rows->room, cell_size(field->type));
        if (model->data[column] != NULL) {
            blank_cells(field->type, model->data[column], 0, rows->n);
        }
    }
    return model->data[column];
}

bool mlg_model_set_id(mlg_model *model, mlg_column column, int32_t row, int32_t value)
{
    int32_t *cells = cells_of(model, column);
    if (cells != NULL) {
        cells[row] = value;
    }
    return cells != NULL;
}

bool mlg_model_set_number(mlg_model *model, mlg_column column, int32_t row, double value)
{
    double *cells = cells_of(model, column);
    if (cells != NULL) {
        cells[row] = value;
    }
    return cells != NULL;
}

bool mlg_model_set_span(mlg_model *model, mlg_column column, int32_t row, mlg_span value)
{
    mlg_span *cells = cells_of(model, column);
    if (cells != NULL) {
        cells[row] = value;
    }
    return cells != NULL;
}

bool mlg_model_set_list(mlg_model *model, mlg_column column, int32_t row, const int32_t *ids,
                        size_t n)
{
    mlg_list *cells = cells_of(model, column);
    if (cells == NULL) {
        return false;
    }
    if (n == 0) {
        cells[row] = (mlg_list){MLG_LIST_NONE, 0};
        return true;
    }
    if (n > MLG_LIST_NONE - model->pool_n ||
        !mlg_grow(&model->pool, &model->pool_room, model->pool_n + n, sizeof *model->pool)) {
        return false;
    }
    memcpy(model->pool + model->pool_n, ids, n * sizeof *ids);
    cells[row] = (mlg_list){(uint32_t) model->pool_n, (uint32_t) n};
    model->pool_n += n;
    return true;
}

/* ---- reading ------------------------------------------------------------------ */

double mlg_get_number(const mlg_model *model, mlg_column column, int32_t row)
{
    const double *cells = model->data[column];
    return cells != NULL ? cells[row] : NAN;
}

mlg_span mlg_get_span(const mlg_model *model, mlg_column column, int32_t row)
{
    const mlg_span *cells = model->data[column];
    return cells != NULL ? cells[row] : (mlg_span){MLG_EVER_FIRST, MLG_EVER_LAST};
}

const int32_t *mlg_get_list(const mlg_model *model, mlg_column column, int32_t row, size_t *n)
{
    const mlg_list *cells = model->data[column];
    *n = cells != NULL ? cells[row].n : 0;
    return *n > 0 ? model->pool + cells[row].start : NULL;
}

bool mlg_list_is_none(const mlg_model *model, mlg_column column, int32_t row)
{
    const mlg_list *cells = model->data[column];
    return cells != NULL && cells[row].n == 0 && cells[row].start == MLG_LIST_NONE;
}

mlg_place mlg_place_of(const mlg_model *model, mlg_table_id table, int32_t row, mlg_column field)
{
    const mlg_rows *rows = &model->rows[table];
    if (row < 0 || row >= rows->n) {
        return (mlg_place){.file = -1, .field = field};
    }
    return (mlg_place){.file = rows->file[row], .line = rows->line[row], .field = field};
}

bool mlg_row_in_force(const mlg_model *model, mlg_table_id table, int32_t row, int32_t day)
{
    static const struct {
        mlg_column start, end;
    } of[MLG_N_TABLES] = {
        [MLG_STUDY] = {C_NONE, C_NONE},
        [MLG_ACTORS] = {C_actors_start, C_actors_end},
        [MLG_ALIASES] = {C_NONE, C_NONE},
        [MLG_TIES] = {C_ties_start, C_ties_end},
        [MLG_SCHEMES] = {C_schemes_start, C_schemes_end},
        [MLG_ACTIVITIES] = {C_activities_start, C_activities_end},
        [MLG_PARTICIPATIONS] = {C_NONE, C_NONE},
        [MLG_POSTS] = {C_posts_start, C_posts_end},
        [MLG_SITES] = {C_sites_start, C_sites_end},
        [MLG_FUNDING] = {C_funding_start, C_funding_end},
        [MLG_TERRITORIES] = {C_NONE, C_NONE},
        [MLG_PERIMETERS] = {C_perimeters_start, C_perimeters_end},
    };
    return of[table].start == C_NONE || (mlg_get_span(model, of[table].start, row).first <= day &&
                                         day <= mlg_get_span(model, of[table].end, row).last);
}
