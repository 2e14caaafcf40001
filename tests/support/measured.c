/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measured.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"

void measured_open(measured *m, mlg_graph *graph)
{
    mlg_error err = {MLG_OK, ""};

    *m = (measured){.run = MLG_RUN_INIT, .graph = graph};
    m->run.draws = 99;
    ck_assert_msg(mlg_context_of_graph(graph, &m->run, &m->context, &err) == MLG_OK, "%s",
                  err.message);
}

void measured_close(measured *m)
{
    mlg_values_free(&m->values);
    mlg_context_free(m->context);
    mlg_graph_free(m->graph);
    *m = (measured){.graph = NULL};
}

const mlg_value *measured_value(measured *m, const char *id)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_measure *row = mlg_measure_find(id);
    const size_t before = m->values.n;

    ck_assert_msg(row != NULL, "no row %s", id);
    const mlg_status status = row->run(m->context, 0, &m->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    ck_assert_uint_gt(m->values.n, before);
    const mlg_value *value = &m->values.items[before];
    ck_assert_str_eq(value->measure->id, id);
    measured_check(value);
    return value;
}

bool measured_fails(mlg_context *context, int32_t view, const char *id, long fails,
                    mlg_values *values)
{
    const size_t before = values->n;
    mlg_error err = {MLG_OK, ""};

    mlg_alloc_fails_at = fails;
    const mlg_status status = mlg_measure_find(id)->run(context, view, values, &err);
    const bool failed = mlg_alloc_fails_at < 0;
    mlg_alloc_fails_at = -1;
    ck_assert_int_lt(fails, 2000);
    ck_assert_int_eq(err.status, status);
    ck_assert_msg(failed ? status == MLG_ENOMEM && values->n == before && err.message[0] != '\0'
                         : status == MLG_OK,
                  "%s: allocation %ld: status %d '%s', %zu values", id, fails, (int) status,
                  err.message, values->n - before);
    return failed;
}

double measured_scalar(measured *m, const char *id)
{
    return measured_value(m, id)->column[MLG_VALUE][0];
}

double measured_part(measured *m, const char *id, const char *part)
{
    const double *values = mlg_value_part_find(measured_value(m, id), part);
    return values != NULL ? values[0] : NAN;
}

void measured_check(const mlg_value *value)
{
    const mlg_measure *row = value->measure;
    const double *numbers = value->column[MLG_VALUE];
    bool defined = false;

    ck_assert_msg(value->shape != MLG_SCALAR || value->n == 1, "%s: a scalar of %zu rows", row->id,
                  value->n);
    ck_assert_msg(value->n == 0 || numbers != NULL, "%s: no numbers", row->id);
    for (size_t i = 0; i < value->n; i++) {
        defined = defined || !isnan(numbers[i]);
        ck_assert_msg(!(numbers[i] < row->low - 1e-12) && !(numbers[i] > row->high + 1e-12),
                      "%s: %g is outside %g..%g", row->id, numbers[i], row->low, row->high);
        ck_assert_msg(!isinf(numbers[i]), "%s: infinite", row->id);
    }
    if (value->n > 0 || row->scope == MLG_SCOPE_ACTOR) { /* else: there are none, and that is all */
        ck_assert_msg(defined == (value->undefined == T_none) || row->shape == MLG_PAIRS,
                      "%s: %s, with the reason '%s'", row->id, defined ? "defined" : "undefined",
                      mlg_text_name(value->undefined));
    }
    if (value->shape == MLG_VECTOR && value->n > 0) {
        ck_assert_msg(value->subject != NULL, "%s: rows without subjects", row->id);
    }
    for (size_t p = 0; p < value->n_parts; p++) {
        ck_assert_ptr_nonnull(value->part[p].values);
    }
}

static const struct {
    const char *name, *sectors, *ties;
} shapes[MEASURED_SHAPES] = {
    {"null", "", ""},
    {"one actor", "A", ""},
    {"two actors apart", "AB", ""},
    {"one tie", "AB", "0-1"},
    {"one arc", "AB", "0>1"},
    {"star", "ABBCA", "0-1 0-2 0-3 0-4"},
    {"path", "ABABA", "0-1 1-2 2-3 3-4"},
    {"cycle", "AABBC", "0-1 1-2 2-3 3-4 4-0"},
    {"complete", "AABB", "0-1 0-2 0-3 1-2 1-3 2-3"},
    {"two components and an isolate, weighted", "AAABB?", "0-1:2 1-2:0.5 0-2:1 3-4:4"},
    {"directed, in two components", "ABABAB", "0>1 1>0 1>2 2>0 3>4"},
    {"nobody has a sector", "????", "0-1 1-2 2-3"},
};

const char *measured_shape_name(int shape)
{
    return shapes[shape].name;
}

mlg_graph *measured_shape(int shape)
{
    return graph_fixture(shapes[shape].sectors, shapes[shape].ties);
}
