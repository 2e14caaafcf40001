/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/lineage.h"

#include <math.h>
#include <stdlib.h>

/* ---- which schemes there are ---------------------------------------------------------------- */

static mlg_status number_schemes(const mlg_model *model, mlg_lineage *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    out->place = mlg_alloc(model->parties.n, sizeof *out->place);
    out->scheme = mlg_alloc(model->parties.n, sizeof *out->scheme);
    out->is_told = mlg_zalloc(model->parties.n, sizeof *out->is_told);
    TRY_ALLOC(err, out->place);
    TRY_ALLOC(err, out->scheme);
    TRY_ALLOC(err, out->is_told);
    for (size_t p = 0; p < model->parties.n; p++) {
        const bool is = (model->party_flags[p] & MLG_IS_SCHEME) != 0;
        out->place[p] = is ? (int32_t) out->schemes : -1;
        if (is) {
            out->scheme[out->schemes++] = (mlg_id) p;
        }
    }
out:
    return status;
}

/* ---- parents, and theirs ------------------------------------------------------------------ */

static int by_child(const void *left, const void *right)
{
    const mlg_descent *a = left, *b = right;
    if (a->child != b->child) {
        return a->child < b->child ? -1 : 1;
    }
    return a->parent < b->parent ? -1 : a->parent > b->parent;
}

static int by_steps(const void *left, const void *right)
{
    const mlg_descent *a = left, *b = right;
    return a->steps != b->steps ? a->steps - b->steps : by_child(left, right);
}

static mlg_status add(mlg_lineage *out, mlg_descent one, mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (!mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items)) {
        FAIL(err, MLG_ENOMEM, "no memory for the parents of schemes");
    }
    out->items[out->n++] = one;
out:
    return status;
}

/* Each parent once, by child. */
static mlg_status list_parents(const mlg_model *model, mlg_lineage *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t kept = 0;

    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id child = mlg_get_id(model, C_schemes_id, row);
        size_t n = 0;
        const mlg_id *parents = mlg_get_list(model, C_schemes_parent, row, &n);
        if (child < 0 || out->place[child] < 0) {
            continue;
        }
        if (n > 0 || mlg_list_is_none(model, C_schemes_parent, row)) {
            out->is_told[out->place[child]] = true;
        }
        for (size_t i = 0; i < n; i++) {
            if (out->place[parents[i]] >= 0 && parents[i] != child) {
                TRY(add(out, (mlg_descent){parents[i], child, 1}, err));
            }
        }
    }
    if (out->n > 0) {
        qsort(out->items, out->n, sizeof *out->items, by_child);
    }
    for (size_t i = 0; i < out->n; i++) {
        if (i == 0 || by_child(&out->items[i - 1], &out->items[i]) != 0) {
            out->items[kept++] = out->items[i];
        }
    }
    out->n = out->direct = kept;
out:
    return status;
}

/* The parents of a scheme among the direct ones, which are by child. */
static size_t parents_of(const mlg_lineage *l, mlg_id child, size_t *n)
{
    size_t low = 0, high = l->direct;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (l->items[middle].child < child) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (*n = 0; low + *n < l->direct && l->items[low + *n].child == child;) {
        ++*n;
    }
    return low;
}

/* Ancestors beyond the parents, nearest first: `seen` [schemes] holds the last child that met
 * each, `queue` [schemes]. */
static mlg_status climb(mlg_lineage *l, mlg_id child, mlg_id *seen, mlg_descent *queue,
                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t head = 0, tail = 0;

    seen[l->place[child]] = child;
    queue[tail++] = (mlg_descent){child, child, 0};
    while (head < tail) {
        const mlg_descent at = queue[head++];
        size_t n = 0;
        const size_t first = parents_of(l, at.parent, &n);
        for (size_t i = 0; i < n; i++) {
            const mlg_id up = l->items[first + i].parent;
            if (seen[l->place[up]] == child) {
                continue;
            }
            seen[l->place[up]] = child;
            queue[tail++] = (mlg_descent){up, child, at.steps + 1};
            if (at.steps > 0) {
                TRY(add(l, (mlg_descent){up, child, at.steps + 1}, err));
            }
        }
    }
out:
    return status;
}

mlg_status mlg_lineage_of(const mlg_model *model, mlg_lineage *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *seen = NULL;
    mlg_descent *queue = NULL;

    *out = (mlg_lineage){0};
    TRY(number_schemes(model, out, err));
    TRY(list_parents(model, out, err));
    seen = mlg_alloc(out->schemes, sizeof *seen);
    queue = mlg_alloc(out->schemes, sizeof *queue);
    TRY_ALLOC(err, seen);
    TRY_ALLOC(err, queue);
    for (size_t s = 0; s < out->schemes; s++) {
        seen[s] = -1;
    }
    for (size_t s = 0; s < out->schemes; s++) {
        size_t n = 0;
        (void) parents_of(out, out->scheme[s], &n);
        out->children += n > 0;
        out->recorded += out->is_told[s];
        TRY(climb(out, out->scheme[s], seen, queue, err));
    }
    if (out->n > 0) {
        qsort(out->items, out->n, sizeof *out->items, by_steps);
    }
out:
    mlg_free(seen);
    mlg_free(queue);
    if (status != MLG_OK) {
        mlg_lineage_free(out);
    }
    return status;
}

void mlg_lineage_free(mlg_lineage *lineage)
{
    mlg_free(lineage->items);
    mlg_free(lineage->place);
    mlg_free(lineage->scheme);
    mlg_free(lineage->is_told);
    *lineage = (mlg_lineage){0};
}

/* ---- dates and carriers ---------------------------------------------------------------------- */

mlg_span mlg_scheme_began(const mlg_model *model, mlg_id scheme)
{
    mlg_span began = {MLG_EVER_FIRST, MLG_EVER_LAST};

    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_span start = mlg_get_span(model, C_schemes_start, row);
        if (mlg_get_id(model, C_schemes_id, row) == scheme && start.first != MLG_EVER_FIRST &&
            (began.first == MLG_EVER_FIRST || start.first < began.first)) {
            began = start;
        }
    }
    return began;
}

/* A day as years: whole years apart give whole numbers. */
static double year_of(int32_t day)
{
    int year = 0, month = 0, of_month = 0;
    mlg_day_split(day, &year, &month, &of_month);
    const int32_t first = mlg_day_of(year, 1, 1);
    return year + (double) (day - first) / (double) (mlg_day_of(year + 1, 1, 1) - first);
}

double mlg_years_between(mlg_span from, mlg_span to)
{
    if (from.first == MLG_EVER_FIRST || to.first == MLG_EVER_FIRST) {
        return NAN;
    }
    return year_of(to.first) - year_of(from.first);
}

static bool carries(const mlg_model *model, mlg_id scheme, mlg_id actor, bool *known)
{
    bool found = false;
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        size_t n = 0;
        const mlg_id *carriers = mlg_get_list(model, C_schemes_carrier, row, &n);
        if (mlg_get_id(model, C_schemes_id, row) != scheme) {
            continue;
        }
        *known = *known || n > 0;
        for (size_t i = 0; i < n; i++) {
            found = found || carriers[i] == actor;
        }
    }
    return found;
}

double mlg_same_carrier(const mlg_model *model, mlg_id a, mlg_id b)
{
    bool known_a = false, known_b = false, same = false;

    (void) carries(model, b, -1, &known_b);
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        size_t n = 0;
        const mlg_id *carriers = mlg_get_list(model, C_schemes_carrier, row, &n);
        for (size_t i = 0; i < n && mlg_get_id(model, C_schemes_id, row) == a; i++) {
            bool ignored = false;
            known_a = true;
            same = same || carries(model, b, carriers[i], &ignored);
        }
    }
    return known_a && known_b ? (double) same : NAN;
}
