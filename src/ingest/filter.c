/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/filter.h"

#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "base/texts.h"
#include "ingest/number.h"

bool mlg_filter_cut(const char *condition, size_t *column_length, const char **value,
                    mlg_operator *operator)
{
    static const struct {
        const char *mark;
        mlg_operator operator;
    } marks[] = {{"!=", MLG_NOT_EQUAL}, {">=", MLG_AT_LEAST}, {"<=", MLG_AT_MOST},
                 {"=", MLG_EQUAL},      {"<", MLG_LESS},      {">", MLG_MORE}};
    const char *at = condition + strcspn(condition, "!<>=");

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t length = strlen(marks[i].mark);
        if (strncmp(at, marks[i].mark, length) == 0) {
            *operator= marks[i].operator;
            *value = at + length + strspn(at + length, " ");
            *column_length = (size_t) (at - condition);
            while (*column_length > 0 && condition[*column_length - 1] == ' ') {
                (*column_length)--;
            }
            return *column_length > 0;
        }
    }
    return false;
}

static bool compare(mlg_operator operator, double a, double b)
{
    switch (operator) {
    case MLG_EQUAL:
        return a == b;
    case MLG_NOT_EQUAL:
        return a != b;
    case MLG_AT_LEAST:
        return a >= b;
    case MLG_AT_MOST:
        return a <= b;
    case MLG_LESS:
        return a < b;
    case MLG_MORE:
        return a > b;
    }
    return false;
}

/* "BV2022-*" is met by all that begins so. */
static bool is_same(const char *cell, const char *wanted)
{
    const size_t length = strlen(wanted);
    return length > 1 && wanted[length - 1] == '*' ? strncmp(cell, wanted, length - 1) == 0
                                                   : strcmp(cell, wanted) == 0;
}

static bool judge(const mlg_filter *filter, const mlg_cell *cell, mlg_buffer *scratch)
{
    mlg_number number;
    const bool equality = filter->operator== MLG_EQUAL || filter->operator== MLG_NOT_EQUAL;

    if (!isnan(filter->number) && cell->length > 0 &&
        mlg_number_cell(cell->text, cell->length, &number) == T_none) {
        return compare(filter->operator, number.value, filter->number);
    }
    if (!equality) {
        return false;
    }
    mlg_buffer_clear(scratch);
    if (cell->length > 0) {
        mlg_fold_as(MLG_FOLD_ID, cell->text, cell->length, scratch);
    }
    const bool same = is_same(mlg_buffer_string(scratch), filter->text);
    return same == (filter->operator== MLG_EQUAL);
}

bool mlg_filter_pass(mlg_filter *filter, const mlg_row *row, mlg_buffer *scratch)
{
    static const mlg_cell none = {"", 0, 0};
    const mlg_cell *cell = filter->cell < row->n ? &row->cells[filter->cell] : &none;

    if (cell->length == filter->before_length &&
        memcmp(cell->text, filter->before, cell->length) == 0) {
        return filter->before_passed;
    }
    const bool passed = judge(filter, cell, scratch);
    if (cell->length < sizeof filter->before) {
        memcpy(filter->before, cell->text, cell->length);
        filter->before_length = cell->length;
        filter->before_passed = passed;
    }
    return passed;
}
