/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_measured.h"

#include <check.h>
#include <string.h>

#include "measured.h"
#include "model_fixture.h"

void study_measure(study_measured *m, const char *text, const char *id)
{
    mlg_error err = {MLG_OK, ""};

    *m = (study_measured){.model = model_fixture(text), .run = MLG_RUN_INIT};
    ck_assert_int_eq(mlg_context_open(m->model, NULL, 0, &m->run, &m->context, &err), MLG_OK);
    const mlg_status status = mlg_measure_find(id)->run(m->context, -1, &m->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    ck_assert_uint_gt(m->values.n, 0);
    for (size_t i = 0; i < m->values.n; i++) {
        measured_check(&m->values.items[i]);
        ck_assert_int_eq(m->values.items[i].view, -1);
    }
}

void study_measured_close(study_measured *m)
{
    mlg_values_free(&m->values);
    mlg_context_free(m->context);
    mlg_model_free(m->model);
}

const mlg_value *study_value(const study_measured *m, const char *convention, mlg_shape shape)
{
    const mlg_value *found = NULL;
    for (size_t i = 0; i < m->values.n && found == NULL; i++) {
        const mlg_value *value = &m->values.items[i];
        if (value->shape == shape &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            found = value;
        }
    }
    ck_assert_msg(found != NULL, "no value of convention %s", convention);
    return found;
}

double part_at(const mlg_value *value, const char *name, size_t i)
{
    const double *part = mlg_value_part_find(value, name);
    ck_assert_msg(part != NULL && i < value->n, "no part %s", name);
    return part[i];
}

size_t row_of(const mlg_value *value, mlg_id subject)
{
    size_t i = 0;
    while (i < value->n && value->subject[i] != subject) {
        i++;
    }
    ck_assert_msg(i < value->n, "subject %d is not listed", subject);
    return i;
}

size_t row_of_pair(const mlg_value *value, mlg_id a, mlg_id b)
{
    size_t i = 0;
    while (i < value->n && (value->subject[2 * i] != a || value->subject[2 * i + 1] != b)) {
        i++;
    }
    ck_assert_msg(i < value->n, "pair %d, %d is not listed", a, b);
    return i;
}

void study_fail_each(const char *text, const char *id)
{
    mlg_model *model = model_fixture(text);
    const mlg_run run = MLG_RUN_INIT;
    mlg_context *context = NULL;
    mlg_values values = {0};

    ck_assert_int_eq(mlg_context_open(model, NULL, 0, &run, &context, NULL), MLG_OK);
    for (long n = 0; measured_fails(context, -1, id, n, &values); n++) {
    }
    mlg_values_free(&values);
    mlg_context_free(context);
    mlg_model_free(model);
}
