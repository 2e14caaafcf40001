/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/official_codes.h"

#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* An id may be an official code behind the letters of its level (COM-14118, EPCI-200065597), or the
 * code alone. Files mix the two: a text that the tables do not know leads to the one territory
 * that they do. */

enum { LETTERS_MOST = 8, CODE_LEAST = 2 };

static const char digits[] = "0123456789";
static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* The code in an id of letters, a dash and a code with a digit in it, or NULL. */
static const char *code_in(const char *id)
{
    const size_t letters = strspn(id, capitals);
    if (letters == 0 || letters > LETTERS_MOST || id[letters] != '-') {
        return NULL;
    }
    const char *code = id + letters + 1;
    const size_t length = strlen(code);
    return length >= CODE_LEAST && strcspn(code, digits) < length && strcspn(code, "- ") == length
               ? code
               : NULL;
}

/* Levels whose letters say the scale of a row that bears the code alone. */
static int32_t scale_in(const char *id)
{
    static const struct {
        const char *letters;
        int32_t scale;
    } levels[] = {{"COM-", MLG_CODE_OF(scale, commune)},
                  {"EPCI-", MLG_CODE_OF(scale, epci)},
                  {"DEP-", MLG_CODE_OF(scale, departement)},
                  {"REG-", MLG_CODE_OF(scale, region)}};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (strncmp(id, levels[i].letters, strlen(levels[i].letters)) == 0) {
            return levels[i].scale;
        }
    }
    return -1;
}

/* ---- which ids the study knows ------------------------------------------------------- */

static void mark(const mlg_model *model, mlg_column column, bool *known)
{
    const int32_t *ids = model->data[column];
    for (int32_t row = 0; ids != NULL && row < model->rows[mlg_schema_field(column)->table].n;
         row++) {
        if (ids[row] >= 0) {
            known[ids[row]] = true;
        }
    }
}

/* Those that territories.csv lists; without it, those of perimeters.csv. */
static void mark_known(const mlg_model *model, bool *known)
{
    if (model->rows[MLG_TERRITORIES].n > 0) {
        mark(model, C_territories_id, known);
        return;
    }
    mark(model, C_perimeters_territory, known);
    mark(model, C_perimeters_unit, known);
}

static void mark_scales(const mlg_model *model, int32_t *scale, size_t n)
{
    for (size_t t = 0; t < n; t++) {
        scale[t] = -1;
    }
    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        const mlg_id t = mlg_get_id(model, C_territories_id, row);
        if (t >= 0) {
            scale[t] = mlg_get_id(model, C_territories_scale, row);
        }
    }
}

/* ---- where codes lead ---------------------------------------------------------------- */

static bool is_in_column(const mlg_model *model, const mlg_field *field, int32_t row, mlg_id id)
{
    size_t n = 0;
    if (field->type == MLG_TYPE_TERRITORY) {
        return mlg_get_id(model, field->column, row) == id;
    }
    const int32_t *ids = mlg_get_list(model, field->column, row, &n);
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static mlg_place first_place(const mlg_model *model, mlg_id id)
{
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        const bool asked = field->type == MLG_TYPE_TERRITORY || field->type == MLG_TYPE_TERRITORIES;
        for (int32_t row = 0;
             asked && model->data[column] != NULL && row < model->rows[field->table].n; row++) {
            if (is_in_column(model, field, row, id)) {
                return mlg_place_of(model, field->table, row, field->column);
            }
        }
    }
    return (mlg_place){.file = -1, .field = C_NONE};
}

/* A code that two territories bear is told at the cell that wrote it; names and aliases that lead
 * elsewhere go first. */
static void lead(mlg_model *model, mlg_id from, mlg_id to, const int32_t *elsewhere,
                 int32_t *code_of)
{
    if (elsewhere[from] != from) {
        return;
    }
    if (code_of[from] < 0) {
        code_of[from] = to;
        return;
    }
    const mlg_arg args[] = {mlg_text_of(&model->territories, from),
                            mlg_text_of(&model->territories, code_of[from]),
                            mlg_text_of(&model->territories, to)};
    mlg_fault_add(model, MLG_FATAL, T_fault_code_ambiguous, first_place(model, from), args, 3);
}

mlg_status mlg_official_codes(mlg_model *model, const int32_t *elsewhere, int32_t *code_of,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;
    bool *known = mlg_zalloc(n, sizeof *known);
    int32_t *scale = mlg_alloc(n, sizeof *scale);

    TRY_ALLOC(err, known);
    TRY_ALLOC(err, scale);
    mark_known(model, known);
    mark_scales(model, scale, n);
    for (size_t t = 0; t < n; t++) {
        code_of[t] = -1;
    }
    for (mlg_id t = 0; (size_t) t < n; t++) {
        const char *id = mlg_names_text(&model->territories, t), *code = code_in(id);
        const mlg_id bare =
            code != NULL ? mlg_names_find(&model->territories, code, strlen(code)) : -1;
        if (bare < 0 || known[t] == known[bare]) {
            continue;
        }
        if (known[t]) {
            lead(model, bare, t, elsewhere, code_of);
        } else if (scale_in(id) >= 0 && (scale[bare] < 0 || scale[bare] == scale_in(id))) {
            lead(model, t, bare, elsewhere, code_of);
        }
    }
out:
    mlg_free(known);
    mlg_free(scale);
    return status;
}

/* ---- telling --------------------------------------------------------------------------- */

/* Cells read by their code in one file. */
typedef struct tally {
    int32_t n, row, from;
    mlg_table_id table;
} tally;

static void count_row(const mlg_model *model, const mlg_field *field, int32_t row,
                      const int32_t *code_of, tally *files)
{
    size_t n = 1;
    const int32_t one =
        field->type == MLG_TYPE_TERRITORY ? mlg_get_id(model, field->column, row) : -1;
    const int32_t *ids =
        field->type == MLG_TYPE_TERRITORY ? &one : mlg_get_list(model, field->column, row, &n);
    tally *to = &files[model->rows[field->table].file[row]];
    for (size_t i = 0; i < n; i++) {
        if (ids[i] < 0 || code_of[ids[i]] < 0) {
            continue;
        }
        if (to->n++ == 0) {
            to->table = field->table;
            to->row = row;
            to->from = ids[i];
        }
    }
}

mlg_status mlg_official_codes_tell(mlg_model *model, const int32_t *code_of, mlg_error *err)
{
    mlg_status status = MLG_OK;
    tally *files = mlg_zalloc(model->files.n, sizeof *files);

    TRY_ALLOC(err, files);
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        const bool asked = field->type == MLG_TYPE_TERRITORY || field->type == MLG_TYPE_TERRITORIES;
        for (int32_t row = 0;
             asked && model->data[column] != NULL && row < model->rows[field->table].n; row++) {
            count_row(model, field, row, code_of, files);
        }
    }
    for (size_t file = 0; file < model->files.n; file++) {
        const tally *t = &files[file];
        if (t->n > 0) {
            const mlg_arg args[] = {mlg_count_of(t->n), mlg_text_of(&model->territories, t->from),
                                    mlg_text_of(&model->territories, code_of[t->from])};
            mlg_fault_add(model, MLG_WARNING, T_fault_code_read,
                          mlg_place_of(model, t->table, t->row, C_NONE), args, 3);
        }
    }
out:
    mlg_free(files);
    return status;
}
