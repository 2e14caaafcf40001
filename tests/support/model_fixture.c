/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "model/span.h"

enum { MAX_CELLS = 40, MAX_VALUES = 4000 };

typedef struct table {
    mlg_table_id id;
    mlg_column column[MAX_CELLS];
    size_t n;
    int16_t file;
    int32_t line;
} table;

/* Cuts a text at a mark, in place; answers the parts. */
static size_t cut(char *text, char mark, char **part, size_t room)
{
    size_t n = 0;
    for (char *end = NULL; text != NULL; text = end) {
        ck_assert_uint_lt(n, room);
        end = strchr(text, mark);
        if (end != NULL) {
            *end++ = '\0';
        }
        part[n++] = text;
    }
    return n;
}

static int32_t value_of(mlg_model *model, const mlg_field *field, const char *text)
{
    const size_t length = strlen(text);
    switch (field->type) {
    case MLG_TYPE_PARTY:
    case MLG_TYPE_PARTIES:
        return mlg_names_add(&model->parties, text, length);
    case MLG_TYPE_PERSON:
        return strcmp(text, "vacant") == 0 ? MLG_VACANT
                                           : mlg_names_add(&model->parties, text, length);
    case MLG_TYPE_ACTIVITY:
        return mlg_names_add(&model->activities, text, length);
    case MLG_TYPE_TERRITORY:
    case MLG_TYPE_TERRITORIES:
        return mlg_names_add(&model->territories, text, length);
    case MLG_TYPE_CODE:
    case MLG_TYPE_CODES:
        return mlg_model_code(model, field->list, text, length);
    case MLG_TYPE_BOOL:
        return mlg_vocabulary_find(MLG_V_presence, text) == MLG_CODE_OF(presence, yes) ? 1 : 0;
    default:
        return mlg_names_add(&model->texts, text, length);
    }
}

static void set_list(mlg_model *model, const mlg_field *field, int32_t row, char *text)
{
    static char *part[MAX_VALUES];
    static int32_t value[MAX_VALUES];
    const size_t n = strcmp(text, "none") == 0 ? 0 : cut(text, '|', part, MAX_VALUES);
    for (size_t i = 0; i < n; i++) {
        value[i] = value_of(model, field, part[i]);
        ck_assert_msg(value[i] >= 0, "%s: '%s' is no value", field->name, part[i]);
    }
    ck_assert(mlg_model_set_list(model, field->column, row, value, n));
}

static void set_cell(mlg_model *model, mlg_column column, int32_t row, char *text)
{
    const mlg_field *field = mlg_schema_field(column);
    mlg_text_key fault = 0;
    mlg_span span;
    double number = 0.0;
    switch (field->type) {
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS:
        set_list(model, field, row, text);
        break;
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE:
        ck_assert_msg(mlg_number_read(text, &number) == strlen(text), "'%s' is no number", text);
        ck_assert(mlg_model_set_number(model, column, row, number));
        break;
    case MLG_TYPE_DATE:
        ck_assert_msg(mlg_span_read(text, &span, &fault) != MLG_SPAN_REFUSED, "'%s' is no date",
                      text);
        ck_assert(mlg_model_set_span(model, column, row, span));
        break;
    default: {
        const int32_t value = value_of(model, field, text);
        ck_assert_msg(value >= 0 || value == MLG_VACANT, "%s: '%s' is no value", field->name, text);
        ck_assert(mlg_model_set_id(model, column, row, value));
    }
    }
}

/* "actors: id,kind" opens a table. */
static bool open_table(mlg_model *model, char *line, table *t)
{
    char *cell[MAX_CELLS];
    char file[64];
    char *colon = strstr(line, ": ");
    if (colon == NULL) {
        return false;
    }
    *colon = '\0';
    const int id = mlg_schema_find_table(line);
    if (id < 0) {
        *colon = ':';
        return false;
    }
    const int length = snprintf(file, sizeof file, "%s.csv", line);
    t->id = (mlg_table_id) id;
    t->file = (int16_t) mlg_names_add(&model->files, file, (size_t) length);
    t->line = 1;
    t->n = cut(colon + 2, ',', cell, MAX_CELLS);
    for (size_t i = 0; i < t->n; i++) {
        t->column[i] = mlg_schema_find_column(t->id, cell[i]);
        ck_assert_msg(t->column[i] != C_NONE, "%s has no column '%s'", line, cell[i]);
    }
    return true;
}

static void add_row(mlg_model *model, table *t, char *line)
{
    char *cell[MAX_CELLS];
    const size_t n = cut(line, ',', cell, MAX_CELLS);
    const int32_t row = mlg_model_add_row(model, t->id, t->file, ++t->line);
    ck_assert_int_ge(row, 0);
    ck_assert_msg(n <= t->n, "row with %zu cells for %zu columns: %s", n, t->n, line);
    for (size_t i = 0; i < n; i++) {
        if (cell[i][0] != '\0') {
            set_cell(model, t->column[i], row, cell[i]);
        }
    }
}

mlg_model *model_fixture_rows(const char *text)
{
    mlg_model *model = NULL;
    table t = {0};
    char *copy = strdup(text);
    ck_assert_int_eq(mlg_model_new(&model, NULL), MLG_OK);
    for (char *line = copy, *end = NULL; line != NULL && *line != '\0'; line = end) {
        end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        if (!open_table(model, line, &t)) {
            add_row(model, &t, line);
        }
    }
    free(copy);
    return model;
}

mlg_model *model_fixture(const char *text)
{
    mlg_error err = {0};
    mlg_model *model = model_fixture_rows(text);
    ck_assert_msg(mlg_model_finish(model, &err) == MLG_OK, "%s", err.message);
    return model;
}

size_t model_fixture_faults(const mlg_model *model, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < mlg_faults_groups(model->faults); i++) {
        mlg_fault_view view;
        mlg_faults_get(model->faults, i, MLG_EN, true, &view, NULL, 0);
        n += strcmp(view.code, code) == 0 ? view.count : 0;
    }
    return n;
}

const char *model_fixture_message(const mlg_model *model, const char *code, mlg_language language,
                                  bool names)
{
    static char message[1024];
    for (size_t i = 0; i < mlg_faults_groups(model->faults); i++) {
        mlg_fault_view view;
        mlg_faults_get(model->faults, i, language, names, &view, message, sizeof message);
        if (strcmp(view.code, code) == 0) {
            return message;
        }
    }
    return NULL;
}

static mlg_id found(const mlg_names *names, const char *text)
{
    const mlg_id id = mlg_names_find(names, text, strlen(text));
    ck_assert_msg(id >= 0, "'%s' is not there", text);
    return id;
}

mlg_id model_fixture_party(const mlg_model *model, const char *text)
{
    return found(&model->parties, text);
}

mlg_id model_fixture_activity(const mlg_model *model, const char *text)
{
    return found(&model->activities, text);
}

mlg_id model_fixture_territory(const mlg_model *model, const char *text)
{
    return found(&model->territories, text);
}
