/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/commune.h"

#include <string.h>

#include "base/fail.h"
#include "base/texts.h"

/* A commune's code: a department of 01 to 98 (2A and 2B in Corsica) and three digits. */
static bool is_code(const char *text)
{
    const bool corsica = text[0] == '2' && strchr("aAbB", text[1]) != NULL && text[1] != '\0';
    return strlen(text) == 5 && strspn(text + 2, "0123456789") == 3 &&
           (corsica || strspn(text, "0123456789") == 5);
}

static bool is_short(const char *text)
{
    return strspn(text, "0123456789") == 4 && text[4] == '\0' && text[0] != '0';
}

static bool has_whole_code(const mlg_model *model)
{
    for (size_t id = 0; id < model->territories.n; id++) {
        if (is_code(mlg_names_text(&model->territories, (int32_t) id))) {
            return true;
        }
    }
    return false;
}

/* to[id] = the id with its zero, or the id itself; *any when one differs. */
static mlg_status make_ids(mlg_model *model, int32_t *to, size_t n, bool *any, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *any = false;
    for (size_t id = 0; id < n; id++) {
        const char *text = mlg_names_text(&model->territories, (int32_t) id);
        to[id] = (int32_t) id;
        if (is_short(text)) {
            const char whole[] = {'0', text[0], text[1], text[2], text[3], '\0'};
            to[id] = mlg_names_add(&model->territories, whole, 5);
            if (to[id] < 0) {
                FAIL(err, MLG_ENOMEM, "out of memory for the territories");
            }
            *any = true;
        }
    }
out:
    return status;
}

/* Cells repaired in one column of one file. */
typedef struct repairs {
    mlg_place place; /* of the first */
    int32_t from, to;
    uint32_t n;
} repairs;

static void tell(mlg_model *model, const repairs *done)
{
    if (done->n > 0) {
        const mlg_arg args[4] = {
            {.kind = MLG_ARG_TEXT, .text = ""},
            {.kind = MLG_ARG_COUNT, .number = done->n},
            {.kind = MLG_ARG_TEXT, .text = mlg_names_text(&model->territories, done->from)},
            {.kind = MLG_ARG_TEXT, .text = mlg_names_text(&model->territories, done->to)}};
        mlg_fault_add(model, MLG_WARNING, T_fault_commune_repaired, done->place, args, 4);
    }
}

static void repair_column(mlg_model *model, const mlg_field *field, const int32_t *to)
{
    const mlg_rows *rows = &model->rows[field->table];
    const bool list = field->type == MLG_TYPE_TERRITORIES;
    repairs done = {.n = 0};

    for (int32_t row = 0; row < rows->n; row++) {
        mlg_list cell = {0, 1};
        int32_t *ids = (int32_t *) model->data[field->column] + row;
        if (list) {
            cell = ((const mlg_list *) model->data[field->column])[row];
            ids = cell.n > 0 ? model->pool + cell.start : NULL;
        }
        if (done.n > 0 && rows->file[row] != done.place.file) {
            tell(model, &done);
            done.n = 0;
        }
        for (uint32_t i = 0; i < cell.n; i++) {
            if (ids[i] >= 0 && to[ids[i]] != ids[i]) {
                if (done.n++ == 0) {
                    done.place = mlg_place_of(model, field->table, row, field->column);
                    done.from = ids[i];
                    done.to = to[ids[i]];
                }
                ids[i] = to[ids[i]];
            }
        }
    }
    tell(model, &done);
}

mlg_status mlg_commune_repair(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;
    int32_t *to = NULL;
    bool any = false;

    if (!has_whole_code(model)) {
        return MLG_OK;
    }
    to = mlg_alloc(n, sizeof *to);
    TRY_ALLOC(err, to);
    TRY(make_ids(model, to, n, &any, err));
    for (int column = 0; any && column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        if (model->data[column] != NULL &&
            (field->type == MLG_TYPE_TERRITORY || field->type == MLG_TYPE_TERRITORIES)) {
            repair_column(model, field, to);
        }
    }
out:
    mlg_free(to);
    return status;
}
