/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/summary.h"

#include <math.h>

/* Fills one cell of a value; false when memory is short. */
static bool fill(double *cell, double figure)
{
    if (cell != NULL) {
        *cell = figure;
    }
    return cell != NULL;
}

mlg_status mlg_values_summary(mlg_values *out, const mlg_summary *summary, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, summary->id, summary->view, 1, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_SCALAR;
    value->scope = MLG_SCOPE_NETWORK;
    value->undefined = summary->why;
    value->caution = summary->caution;
    if (summary->convention != NULL) {
        value->convention = summary->convention;
    }
    bool made = fill(mlg_value_column_of(value, MLG_VALUE), summary->value);
    if (summary->bounded) {
        made = made && fill(mlg_value_column_of(value, MLG_LOW), summary->low) &&
               fill(mlg_value_column_of(value, MLG_HIGH), summary->high);
    }
    for (size_t i = 0; made && i < summary->n_figures; i++) {
        made = fill(mlg_value_part_of(value, summary->figures[i].name), summary->figures[i].value);
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for its figures", summary->id);
    }
out:
    return status;
}

mlg_status mlg_values_against(mlg_values *out, const char *null_model, size_t draws,
                              const mlg_chance *chance, size_t n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = &out->items[out->n - 1];

    value->null_model = null_model;
    value->tail = "greater";
    value->p_method = draws > 0 ? "draws" : NULL;
    value->draws = (uint32_t) draws;
    for (size_t i = 0; i < n && draws > 0; i++) {
        if (!fill(mlg_value_column_of(value, chance[i].column), chance[i].number)) {
            FAIL(err, MLG_ENOMEM, "%s: no memory for what chance gives", value->measure->id);
        }
    }
out:
    return status;
}

/* Fills a column with every `step`-th figure; true when one of them is a number. */
static bool fill_column(double *column, const double *figure, size_t step, size_t n)
{
    bool any = false;
    for (size_t row = 0; row < n; row++) {
        column[row] = figure[row * step];
        any = any || !isnan(column[row]);
    }
    return any;
}

static bool fill_rows(mlg_value *value, const mlg_listing *listing)
{
    const size_t step = 1 + listing->n_parts;
    mlg_id *subject = mlg_value_subjects(value);
    double *number = mlg_value_column_of(value, MLG_VALUE);
    bool made = subject != NULL && number != NULL;

    for (size_t i = 0; made && i < (listing->pairs ? 2 : 1) * listing->n; i++) {
        subject[i] = listing->subject[i];
    }
    if (made && fill_column(number, listing->figure, step, listing->n)) {
        value->undefined = T_none;
    }
    for (size_t p = 0; made && p < listing->n_parts; p++) {
        double *part = mlg_value_part_of(value, listing->parts[p]);
        made = part != NULL;
        if (made) {
            (void) fill_column(part, listing->figure + 1 + p, step, listing->n);
        }
    }
    return made;
}

mlg_status mlg_values_listing(mlg_values *out, const mlg_listing *listing, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, listing->id, listing->view, listing->n, err);

    TRY_ALLOC(err, value);
    value->shape = listing->pairs ? MLG_PAIRS : MLG_VECTOR;
    value->scope = listing->scope;
    value->total = listing->total > 0 ? listing->total : listing->n;
    value->undefined = listing->why;
    if (listing->convention != NULL) {
        value->convention = listing->convention;
    }
    if (!fill_rows(value, listing)) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu rows", listing->id, listing->n);
    }
out:
    return status;
}
