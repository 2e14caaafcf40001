/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/sector_types.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* The sectors of one party, ascending. */
typedef struct own_set {
    mlg_id party;
    uint32_t n;
    const int32_t *sector;
} own_set;

static int by_code(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

static int by_set(const void *left, const void *right)
{
    const own_set *a = left, *b = right;
    for (uint32_t i = 0; i < a->n && i < b->n; i++) {
        if (a->sector[i] != b->sector[i]) {
            return a->sector[i] < b->sector[i] ? -1 : 1;
        }
    }
    return a->n < b->n ? -1 : a->n > b->n;
}

static const int32_t *said_by(const mlg_model *model, mlg_id party, size_t *n)
{
    const int32_t row = model->party_actor_row[party];
    *n = 0;
    return row >= 0 ? mlg_get_list(model, C_actors_sector, row, n) : NULL;
}

/* Copies what a party says, sorted and each once; answers how many. */
static uint32_t copy_set(const int32_t *said, size_t n, int32_t *to)
{
    uint32_t kept = 0;
    memcpy(to, said, n * sizeof *to);
    qsort(to, n, sizeof *to, by_code);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || to[i] != to[kept - 1]) {
            to[kept++] = to[i];
        }
    }
    return kept;
}

static void number_types(const own_set *sets, size_t n, mlg_sector_types *out)
{
    uint32_t used = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || by_set(&sets[i - 1], &sets[i]) != 0) {
            memcpy(out->sector + used, sets[i].sector, sets[i].n * sizeof *out->sector);
            used += sets[i].n;
            out->offset[++out->n] = used;
        }
        out->of[sets[i].party] = out->n - 1;
    }
}

mlg_status mlg_sector_types_of(const mlg_model *model, mlg_sector_types *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t parties = model->parties.n;
    size_t total = 0, n_sets = 0, used = 0;
    own_set *sets = NULL;
    int32_t *pool = NULL;

    *out = (mlg_sector_types){.n_codes = mlg_code_count(model, MLG_V_sector)};
    for (size_t p = 0; p < parties; p++) {
        size_t n = 0;
        (void) said_by(model, (mlg_id) p, &n);
        total += n;
        n_sets += n > 0;
    }
    sets = mlg_alloc(n_sets, sizeof *sets);
    pool = mlg_alloc(total, sizeof *pool);
    out->of = mlg_alloc(parties, sizeof *out->of);
    out->offset = mlg_zalloc(n_sets + 1, sizeof *out->offset);
    out->sector = mlg_alloc(total, sizeof *out->sector);
    TRY_ALLOC(err, sets);
    TRY_ALLOC(err, pool);
    TRY_ALLOC(err, out->of);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->sector);
    n_sets = 0;
    for (size_t p = 0; p < parties; p++) {
        size_t n = 0;
        const int32_t *said = said_by(model, (mlg_id) p, &n);
        out->of[p] = -1;
        if (n > 0) {
            sets[n_sets++] = (own_set){(mlg_id) p, copy_set(said, n, pool + used), pool + used};
            used += n;
        }
    }
    if (n_sets > 0) {
        qsort(sets, n_sets, sizeof *sets, by_set);
    }
    number_types(sets, n_sets, out);
out:
    mlg_free(sets);
    mlg_free(pool);
    if (status != MLG_OK) {
        mlg_sector_types_free(out);
    }
    return status;
}

void mlg_sector_types_free(mlg_sector_types *types)
{
    mlg_free(types->of);
    mlg_free(types->offset);
    mlg_free(types->sector);
    *types = (mlg_sector_types){0};
}

bool mlg_sector_types_meet(const mlg_sector_types *types, int32_t a, int32_t b)
{
    uint32_t i = types->offset[a], j = types->offset[b];
    while (i < types->offset[a + 1] && j < types->offset[b + 1]) {
        if (types->sector[i] == types->sector[j]) {
            return true;
        }
        if (types->sector[i] < types->sector[j]) {
            i++;
        } else {
            j++;
        }
    }
    return false;
}

bool mlg_sectors_apart(const mlg_sector_types *types, mlg_id a, mlg_id b)
{
    const int32_t s = types->of[a], t = types->of[b];
    return s >= 0 && t >= 0 && !mlg_sector_types_meet(types, s, t);
}
