/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/scheme_set.h"

#include <stdlib.h>

#include "measure/perimeters.h"
#include "measure/tenure.h"

/* Is its territory known to lie wholly outside the study's own one? */
static bool is_elsewhere(const mlg_model *model, const bool *outside, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    const mlg_id territory = row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
    return outside != NULL && territory >= 0 && outside[territory];
}

/* `counts` [parties]: is it a scheme in force, and not known to be elsewhere (`outside`
 * [territories] or NULL)? Answers how many there are. */
static size_t find_schemes(const mlg_model *model, const bool *outside, bool *counts)
{
    size_t n = 0;
    for (size_t p = 0; p < model->parties.n; p++) {
        counts[p] = (model->party_flags[p] & MLG_IS_SCHEME) != 0;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
            const mlg_id scheme = mlg_get_id(model, C_schemes_id, row);
            if (scheme >= 0 && (pass == 0 || mlg_holds_at_date(model, MLG_SCHEMES, row))) {
                counts[scheme] = pass == 1;
            }
        }
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        counts[p] = counts[p] && !is_elsewhere(model, outside, (mlg_id) p);
        n += counts[p];
    }
    return n;
}

static int by_scheme_and_holder(const void *left, const void *right)
{
    const mlg_tenure *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    if (a->holder != b->holder) {
        return a->holder < b->holder ? -1 : 1;
    }
    return a->post < b->post ? -1 : a->post > b->post;
}

/* A person with two posts for one scheme is one coordinator; so is one post with two rows. */
static void count_coordinators(mlg_tenures *tenures, mlg_scheme_set *set)
{
    size_t n = 0;
    for (size_t i = 0; i < tenures->n; i++) {
        if (tenures->items[i].coordinates) {
            tenures->items[n++] = tenures->items[i];
        }
    }
    tenures->n = n;
    if (n > 0) {
        qsort(tenures->items, n, sizeof *tenures->items, by_scheme_and_holder);
    }
    for (size_t i = 0; i < n; i++) {
        const mlg_tenure *t = &tenures->items[i], *before = i > 0 ? t - 1 : NULL;
        const int32_t place = mlg_scheme_place(set, t->scheme);
        const bool same = before != NULL && before->scheme == t->scheme &&
                          before->holder == t->holder &&
                          (t->holder >= 0 || (before->post == t->post && t->post >= 0));
        if (same || place < 0) {
            continue;
        }
        set->items[place].named += t->holder >= 0;
        set->items[place].vacant += t->holder == MLG_VACANT;
        set->items[place].unnamed += t->holder < 0 && t->holder != MLG_VACANT;
    }
}

static mlg_status make_set(const mlg_model *model, const bool *counts, size_t n,
                           mlg_scheme_set *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    out->items = mlg_zalloc(n, sizeof *out->items);
    out->place = mlg_alloc(model->parties.n, sizeof *out->place);
    TRY_ALLOC(err, out->items);
    TRY_ALLOC(err, out->place);
    for (size_t p = 0; p < model->parties.n; p++) {
        out->place[p] = counts[p] ? (int32_t) out->n : -1;
        if (counts[p]) {
            out->items[out->n++].id = (mlg_id) p;
        }
    }
out:
    return status;
}

mlg_status mlg_schemes_of(const mlg_model *model, mlg_scheme_set *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};
    bool *counts = mlg_zalloc(model->parties.n, sizeof *counts), *outside = NULL;

    *out = (mlg_scheme_set){0};
    TRY_ALLOC(err, counts);
    TRY(mlg_outside_of(model, &outside, err));
    TRY(make_set(model, counts, find_schemes(model, outside, counts), out, err));
    TRY(mlg_tenures_of(model, &tenures, err));
    count_coordinators(&tenures, out);
out:
    mlg_free(counts);
    mlg_free(outside);
    mlg_free(tenures.items);
    if (status != MLG_OK) {
        mlg_schemes_free(out);
    }
    return status;
}

void mlg_schemes_free(mlg_scheme_set *set)
{
    mlg_free(set->items);
    mlg_free(set->place);
    *set = (mlg_scheme_set){0};
}
