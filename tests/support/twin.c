/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "twin.h"

#include <check.h>
#include <math.h>
#include <string.h>

void twin_open(twin *t, int loop, int turn, const char *id)
{
    t->stream = (unsigned long) loop * TWIN_EACH + (unsigned long) turn;
    random_study_make(&t->study, t->stream);
    study_measure(&t->measured, random_study_text(&t->study, 0), id);
}

void twin_close(twin *t)
{
    study_measured_close(&t->measured);
}

const mlg_value *twin_value(const twin *t, const char *convention, mlg_shape shape)
{
    for (size_t i = 0; i < t->measured.values.n; i++) {
        const mlg_value *value = &t->measured.values.items[i];
        if (value->shape == shape && strcmp(value->convention, convention) == 0) {
            return value;
        }
    }
    return NULL;
}

int twin_row(const mlg_value *value, mlg_id subject)
{
    for (size_t i = 0; i < value->n; i++) {
        if (value->subject[i] == subject) {
            return (int) i;
        }
    }
    return -1;
}

int twin_pair(const mlg_value *value, mlg_id a, mlg_id b)
{
    for (size_t i = 0; i < value->n; i++) {
        if (value->subject[2 * i] == a && value->subject[2 * i + 1] == b) {
            return (int) i;
        }
    }
    return -1;
}

mlg_id twin_party(const twin *t, const char *name)
{
    return mlg_names_find(&t->measured.model->parties, name, strlen(name));
}

mlg_id twin_activity(const twin *t, const char *name)
{
    return mlg_names_find(&t->measured.model->activities, name, strlen(name));
}

mlg_id twin_territory(const twin *t, const char *name)
{
    return mlg_names_find(&t->measured.model->territories, name, strlen(name));
}

static size_t checks;

size_t twin_checks(void)
{
    return checks;
}

void twin_same(const twin *t, const char *what, double measured, double slow)
{
    checks++;
    const bool same =
        isnan(slow) ? isnan(measured) : fabs(measured - slow) <= 1e-9 * fmax(1.0, fabs(slow));
    ck_assert_msg(same, "study %lu, %s: measured %.12g, slow %.12g", t->stream, what, measured,
                  slow);
}

void twin_column(const twin *t, const mlg_value *value, mlg_value_column column, int row,
                 double slow)
{
    ck_assert_msg(row >= 0 && (size_t) row < value->n && value->column[column] != NULL,
                  "study %lu, %s: no row, or no column %s", t->stream, value->convention,
                  mlg_value_column_name(column));
    twin_same(t, value->convention, value->column[column][row], slow);
}

void twin_part(const twin *t, const mlg_value *value, const char *part, int row, double slow)
{
    ck_assert_msg(row >= 0 && (size_t) row < value->n, "study %lu, %s: no row for %s", t->stream,
                  value->convention, part);
    twin_same(t, part, part_at(value, part, (size_t) row), slow);
}
