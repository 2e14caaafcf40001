/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/shared_bodies.h"

#include <stdlib.h>

#include "measure/bodies.h"
#include "measure/composition.h"
#include "measure/seats.h"

/* A body of more schemes than this is of its first ones. */
enum { MOST_SERVED = 64 };

size_t mlg_schemes_served(const mlg_model *model, const mlg_scheme_set *set, mlg_id activity,
                          int32_t *out, size_t room)
{
    size_t n = 0, kept = 0;
    const mlg_id *schemes = mlg_activity_schemes(model, activity, &n);

    for (size_t i = 0; i < n && kept < room; i++) {
        const int32_t place = mlg_scheme_place(set, schemes[i]);
        size_t at = kept;
        while (place >= 0 && at > 0 && out[at - 1] > place) {
            at--;
        }
        if (place < 0 || (at > 0 && out[at - 1] == place)) {
            continue;
        }
        for (size_t k = kept; k > at; k--) {
            out[k] = out[k - 1];
        }
        out[at] = place;
        kept++;
    }
    return kept;
}

static int by_pair(const void *left, const void *right)
{
    const mlg_sharing *x = left, *y = right;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static mlg_status add_pairs(mlg_shared_bodies *out, const int32_t *served, size_t n, int32_t since,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            if (!mlg_grow(&out->pairs, &out->room, out->n_pairs + 1, sizeof *out->pairs)) {
                FAIL(err, MLG_ENOMEM, "no memory for the schemes that share a body");
            }
            out->pairs[out->n_pairs++] = (mlg_sharing){served[i], served[j], 1.0, since};
        }
    }
out:
    return status;
}

static void merge_pairs(mlg_shared_bodies *out)
{
    size_t kept = 0;
    if (out->n_pairs > 0) {
        qsort(out->pairs, out->n_pairs, sizeof *out->pairs, by_pair);
    }
    for (size_t i = 0; i < out->n_pairs; i++) {
        const mlg_sharing *one = &out->pairs[i];
        if (kept == 0 || by_pair(&out->pairs[kept - 1], one) != 0) {
            out->pairs[kept++] = *one;
            continue;
        }
        mlg_sharing *to = &out->pairs[kept - 1];
        to->shared += one->shared;
        if (one->since != MLG_EVER_FIRST &&
            (to->since == MLG_EVER_FIRST || one->since < to->since)) {
            to->since = one->since;
        }
    }
    out->n_pairs = kept;
    for (size_t i = 0; i < kept; i++) {
        out->own[out->pairs[i].a].others++;
        out->own[out->pairs[i].b].others++;
    }
}

mlg_status mlg_shared_bodies_of(const mlg_model *model, mlg_shared_bodies *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_bodies bodies = {0};

    *out = (mlg_shared_bodies){0};
    TRY(mlg_schemes_of(model, &out->schemes, err));
    TRY(mlg_bodies_of(model, &bodies, err));
    out->own = mlg_zalloc(out->schemes.n, sizeof *out->own);
    out->bodies = mlg_alloc(bodies.n, sizeof *out->bodies);
    TRY_ALLOC(err, out->own);
    TRY_ALLOC(err, out->bodies);
    for (size_t i = 0; i < bodies.n; i++) {
        const mlg_id activity = bodies.items[i].activity;
        int32_t served[MOST_SERVED];
        const size_t n = mlg_schemes_served(model, &out->schemes, activity, served, MOST_SERVED);
        const bool steering = mlg_is_steering(model, activity);
        for (size_t k = 0; k < n; k++) {
            mlg_own_bodies *own = &out->own[served[k]];
            own->bodies++;
            own->shared += n > 1;
            own->steering += steering;
            own->steering_shared += steering && n > 1;
        }
        out->all += n > 0;
        if (n > 1) {
            const int32_t row = model->activity_row[activity];
            out->bodies[out->n_bodies++] = activity;
            TRY(add_pairs(out, served, n, mlg_get_span(model, C_activities_start, row).first, err));
        }
    }
    merge_pairs(out);
out:
    mlg_bodies_free(&bodies);
    if (status != MLG_OK) {
        mlg_shared_bodies_free(out);
    }
    return status;
}

void mlg_shared_bodies_free(mlg_shared_bodies *shared)
{
    mlg_schemes_free(&shared->schemes);
    mlg_free(shared->own);
    mlg_free(shared->pairs);
    mlg_free(shared->bodies);
    *shared = (mlg_shared_bodies){0};
}
