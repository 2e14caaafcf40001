/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "twin.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "measured.h"
#include "model_fixture.h"

void twin_open(twin *t, int loop, int turn)
{
    mlg_error err = {MLG_OK, ""};
    study_measured *m = &t->measured;

    t->stream = (unsigned long) loop * TWIN_EACH + (unsigned long) turn;
    random_study_make(&t->study, t->stream);
    *m = (study_measured){.model = model_fixture(random_study_text(&t->study, 0)),
                          .run = MLG_RUN_INIT};
    m->run.draws = 19; /* no number of these is from draws */
    ck_assert_int_eq(mlg_context_open(m->model, NULL, 0, &m->run, &m->context, &err), MLG_OK);
}

void twin_measure(twin *t, const char *id)
{
    study_measured *m = &t->measured;
    mlg_error err = {MLG_OK, ""};

    mlg_values_free(&m->values);
    m->values = (mlg_values){NULL, 0, 0};
    ck_assert_msg(mlg_measure_find(id)->run(m->context, -1, &m->values, &err) == MLG_OK,
                  "study %lu, %s: %s", t->stream, id, err.message);
    for (size_t i = 0; i < m->values.n; i++) {
        measured_check(&m->values.items[i]);
    }
}

void twin_close(twin *t)
{
    study_measured_close(&t->measured);
}

void twin_all(int loop, twin_check *const *each, size_t n)
{
    enum { MOST = 16, LEAST = 50 };
    static twin t;
    size_t seen[MOST] = {0};

    ck_assert_uint_le(n, MOST);
    for (int turn = 0; turn < TWIN_EACH; turn++) {
        twin_open(&t, loop, turn);
        for (size_t k = 0; k < n; k++) {
            const size_t before = twin_checks();
            each[k](&t);
            seen[k] += twin_checks() - before;
        }
        twin_close(&t);
    }
    for (size_t k = 0; k < n; k++) {
        ck_assert_msg(seen[k] > LEAST, "check %zu of %zu compared %zu numbers", k, n, seen[k]);
    }
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

void twin_same(const twin *t, const char *what, double number, double slow)
{
    checks++;
    const bool same =
        isnan(slow) ? isnan(number) : fabs(number - slow) <= 1e-9 * fmax(1.0, fabs(slow));
    ck_assert_msg(same, "study %lu, %s: measured %.12g, slow %.12g", t->stream, what, number, slow);
}

void twin_column(const twin *t, const mlg_value *value, mlg_value_column column, int row,
                 double slow)
{
    ck_assert_msg(value != NULL, "study %lu: no value for a column", t->stream);
    ck_assert_msg(row >= 0 && (size_t) row < value->n && value->column[column] != NULL,
                  "study %lu, %s: no row, or no column %s", t->stream, value->convention,
                  mlg_value_column_name(column));
    twin_same(t, value->convention, value->column[column][row], slow);
}

void twin_part(const twin *t, const mlg_value *value, const char *part, int row, double slow)
{
    ck_assert_msg(value != NULL, "study %lu: no value for part %s", t->stream, part);
    ck_assert_msg(row >= 0 && (size_t) row < value->n, "study %lu, %s: no row for %s", t->stream,
                  value->convention, part);
    twin_same(t, part, part_at(value, part, (size_t) row), slow);
}
