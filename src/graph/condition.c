/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/condition.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/span.h"

enum { NOBODY = -2 };

static const struct {
    const char *sign;
    mlg_operation operation;
} operations[] = {
    /* longer signs first: ">=" begins with ">" */
    {"!=", MLG_DIFFERENT}, {"<=", MLG_AT_MOST}, {">=", MLG_AT_LEAST},
    {"=", MLG_EQUAL},      {"<", MLG_BELOW},    {">", MLG_ABOVE},
};
enum { N_OPERATIONS = sizeof operations / sizeof *operations };

/* ---- reading --------------------------------------------------------------- */

/* The columns of a table, as many as fit. */
static void list_columns(mlg_table_id table, char *out, size_t room)
{
    mlg_column first = C_NONE, end = C_NONE;
    size_t used = 0;
    out[0] = '\0';
    mlg_schema_columns(table, &first, &end);
    for (mlg_column c = first; c < end; c++) {
        const char *name = mlg_schema_field(c)->name;
        if (used + strlen(name) + 3 > room) {
            break;
        }
        memcpy(out + used, used > 0 ? ", " : "", used > 0 ? 3 : 1);
        used += used > 0 ? 2 : 0;
        memcpy(out + used, name, strlen(name) + 1);
        used += strlen(name);
    }
}

/* Copies without the blanks around; false when it does not fit. */
static bool trim(const char *text, size_t length, char *out, size_t room)
{
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    if (length >= room) {
        return false;
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

mlg_status mlg_condition_read(const mlg_model *model, mlg_table_id table, const char *text,
                              mlg_condition *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t at = strcspn(text, "=<>!");
    const char *sign = NULL;
    char header[64], known[160];
    mlg_test test;

    *out = (mlg_condition){.column = C_NONE};
    for (size_t i = 0; i < N_OPERATIONS && sign == NULL; i++) {
        const size_t length = strlen(operations[i].sign);
        sign = strncmp(text + at, operations[i].sign, length) == 0 ? operations[i].sign : NULL;
    }
    if (sign == NULL || !trim(text, at, header, sizeof header) ||
        !trim(text + at + strlen(sign), strlen(text + at + strlen(sign)), out->value,
              sizeof out->value)) {
        char told[81];
        snprintf(told, sizeof told, "%s", text);
        const mlg_arg what = mlg_fail_arg(told);
        FAIL_TEXT(err, MLG_EARG, T_fail_not_a_condition, &what, 1);
    }
    memcpy(out->operation, sign, strlen(sign) + 1);
    out->column = mlg_schema_find_column(table, header);
    if (out->column == C_NONE) {
        list_columns(table, known, sizeof known);
        const mlg_arg what[] = {mlg_fail_arg(header), mlg_fail_arg(mlg_schema_table(table)),
                                mlg_fail_arg(known)};
        FAIL_TEXT(err, MLG_EARG, T_fail_no_column, what, 3);
    }
    TRY(mlg_condition_compile(model, out, &test, err));
out:
    return status;
}

/* ---- making ready ---------------------------------------------------------- */

int32_t mlg_find_code(const mlg_model *model, mlg_list_id list, const char *value)
{
    char key[1024];
    const int32_t fixed = mlg_vocabulary_find(list, value);
    if (fixed >= 0) {
        return fixed;
    }
    const size_t length = mlg_fold_short(MLG_FOLD_NAME, value, strlen(value), key, sizeof key);
    const int32_t open = length < sizeof key ? mlg_names_find(&model->open[list], key, length) : -1;
    return open < 0 ? -1 : open + mlg_schema_vocabulary(list)->n_codes;
}

/* A number with point or comma, and nothing after it. */
static bool read_number(const char *text, double *number)
{
    char with_point[64];
    size_t length = strlen(text);
    if (length == 0 || length >= sizeof with_point) {
        return false;
    }
    memcpy(with_point, text, length + 1);
    char *comma = strchr(with_point, ',');
    if (comma != NULL) {
        *comma = '.';
    }
    return mlg_number_read(with_point, number) == length;
}

/* yes and no in the words of the presences: oui, non, 1, 0, x... */
static int32_t read_bool(const char *text)
{
    const int32_t code = mlg_vocabulary_find(MLG_V_presence, text);
    return code == MLG_CODE_OF(presence, yes) ? 1 : code == MLG_CODE_OF(presence, no) ? 0 : NOBODY;
}

static int32_t find_name(const mlg_names *names, const char *text)
{
    const int32_t id = mlg_names_find(names, text, strlen(text));
    return id < 0 ? NOBODY : id;
}

static int32_t find_id(const mlg_model *model, const mlg_field *field, const char *text)
{
    switch (field->type) {
    case MLG_TYPE_CODE:
    case MLG_TYPE_CODES: {
        const int32_t code = mlg_find_code(model, field->list, text);
        return code < 0 ? NOBODY : code;
    }
    case MLG_TYPE_BOOL:
        return read_bool(text);
    case MLG_TYPE_PARTY:
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_PERSON:
        return find_name(&model->parties, text);
    case MLG_TYPE_ACTIVITY:
        return find_name(&model->activities, text);
    case MLG_TYPE_TERRITORY:
    case MLG_TYPE_TERRITORIES:
        return find_name(&model->territories, text);
    case MLG_TYPE_TEXT:
    case MLG_TYPE_WORDS:
    default:
        return find_name(&model->texts, text);
    }
}

static bool is_number(mlg_type type)
{
    return type == MLG_TYPE_NUMBER || type == MLG_TYPE_AMOUNT || type == MLG_TYPE_WEIGHT ||
           type == MLG_TYPE_SHARE;
}

mlg_status mlg_condition_compile(const mlg_model *model, const mlg_condition *condition,
                                 mlg_test *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_field *field = mlg_schema_field((mlg_column) condition->column);
    mlg_text_key fault = 0;
    bool reads = true;

    *out = (mlg_test){.column = (mlg_column) condition->column, .id = NOBODY};
    for (size_t i = 0; i < N_OPERATIONS; i++) {
        if (strcmp(condition->operation, operations[i].sign) == 0) {
            out->operation = operations[i].operation;
        }
    }
    if (is_number(field->type)) {
        reads = read_number(condition->value, &out->number);
    } else if (field->type == MLG_TYPE_DATE) {
        reads = mlg_span_read(condition->value, &out->span, &fault) != MLG_SPAN_REFUSED &&
                mlg_span_known(out->span);
    } else {
        out->id = find_id(model, field, condition->value);
        reads =
            out->operation <= MLG_DIFFERENT && !(field->type == MLG_TYPE_BOOL && out->id == NOBODY);
    }
    if (!reads) {
        const mlg_arg what[] = {mlg_fail_arg(mlg_schema_table(field->table)),
                                mlg_fail_arg(field->name), mlg_fail_arg(condition->operation),
                                mlg_fail_arg(condition->value)};
        FAIL_TEXT(err, MLG_EARG, T_fail_not_compared, what, 4);
    }
out:
    return status;
}

/* ---- asking ---------------------------------------------------------------- */

static bool number_holds(const mlg_test *test, double cell)
{
    switch (test->operation) {
    case MLG_EQUAL:
        return cell == test->number;
    case MLG_DIFFERENT:
        return !isnan(cell) && cell != test->number;
    case MLG_BELOW:
        return cell < test->number;
    case MLG_ABOVE:
        return cell > test->number;
    case MLG_AT_MOST:
        return cell <= test->number;
    case MLG_AT_LEAST:
        return cell >= test->number;
    }
    return false;
}

/* Both sides are spans of days: two are equal when they share one, and one is below the
 * other when all its days are. */
static bool span_holds(const mlg_test *test, mlg_span cell)
{
    const bool apart = cell.last < test->span.first || cell.first > test->span.last;
    if (!mlg_span_known(cell)) {
        return false;
    }
    switch (test->operation) {
    case MLG_EQUAL:
        return !apart;
    case MLG_DIFFERENT:
        return apart;
    case MLG_BELOW:
        return cell.last < test->span.first;
    case MLG_ABOVE:
        return cell.first > test->span.last;
    case MLG_AT_MOST:
        return cell.last <= test->span.last;
    case MLG_AT_LEAST:
        return cell.first >= test->span.first;
    }
    return false;
}

bool mlg_test_holds_id(const mlg_test *test, int32_t id)
{
    return id != -1 && (id == test->id) == (test->operation == MLG_EQUAL);
}

/* A list equals a value when the value is one of it. */
static bool list_holds(const mlg_model *model, const mlg_test *test, int32_t row)
{
    size_t n = 0;
    bool found = false;
    const int32_t *ids = mlg_get_list(model, test->column, row, &n);
    for (size_t i = 0; i < n; i++) {
        found = found || ids[i] == test->id;
    }
    const bool known = n > 0 || mlg_list_is_none(model, test->column, row);
    return known && found == (test->operation == MLG_EQUAL);
}

bool mlg_test_holds(const mlg_model *model, const mlg_test *test, int32_t row)
{
    switch (mlg_schema_field(test->column)->type) {
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE:
        return number_holds(test, mlg_get_number(model, test->column, row));
    case MLG_TYPE_DATE:
        return span_holds(test, mlg_get_span(model, test->column, row));
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS:
        return list_holds(model, test, row);
    case MLG_TYPE_TEXT:
    case MLG_TYPE_PARTY:
    case MLG_TYPE_ACTIVITY:
    case MLG_TYPE_TERRITORY:
    case MLG_TYPE_CODE:
    case MLG_TYPE_BOOL:
    case MLG_TYPE_PERSON:
    default:
        return mlg_test_holds_id(test, mlg_get_id(model, test->column, row));
    }
}
