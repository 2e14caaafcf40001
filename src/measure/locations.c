/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/locations.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "measure/tenure.h"

/* One thing names one territory (-1: none in this row). */
typedef struct mention {
    mlg_id thing, territory; /* of sites: the actor */
} mention;

typedef struct mentions {
    mention *items;
    size_t n, room;
} mentions;

static mlg_status add(mentions *to, mlg_id thing, mlg_id territory, mlg_error *err)
{
    if (!mlg_grow(&to->items, &to->room, to->n + 1, sizeof *to->items)) {
        return mlg_fail(err, MLG_ENOMEM, "locations: no memory for %zu of them", to->n + 1);
    }
    to->items[to->n++] = (mention){thing, territory};
    return MLG_OK;
}

static bool is_recent(const mlg_model *model, int32_t row)
{
    const mlg_span span = {mlg_get_span(model, C_activities_start, row).first,
                           mlg_get_span(model, C_activities_end, row).last};
    return mlg_is_recent(model, span);
}

static mlg_status of_activities(const mlg_model *model, mentions *to, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_activities_id, row);
        size_t n = 0;
        const int32_t *territories = mlg_get_list(model, C_activities_territory, row, &n);
        if (activity < 0 || !is_recent(model, row)) {
            continue;
        }
        TRY(add(to, activity, -1, err)); /* it is there, wherever it is */
        for (size_t i = 0; i < n; i++) {
            TRY(add(to, activity, territories[i], err));
        }
    }
out:
    return status;
}

static mlg_status of_sites(const mlg_model *model, mentions *to, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (int32_t row = 0; row < model->rows[MLG_SITES].n; row++) {
        if (mlg_holds_at_date(model, MLG_SITES, row)) {
            TRY(add(to, mlg_get_id(model, C_sites_actor, row),
                    mlg_get_id(model, C_sites_territory, row), err));
        }
    }
out:
    return status;
}

static int by_thing(const void *left, const void *right)
{
    const mention *a = left, *b = right;
    if (a->thing != b->thing) {
        return a->thing < b->thing ? -1 : 1;
    }
    return a->territory < b->territory ? -1 : a->territory > b->territory;
}

/* Each thing names a territory once; the mark that it is there goes when it names any. */
static size_t keep_distinct(mention *items, size_t n)
{
    size_t kept = 0;
    if (n > 0) {
        qsort(items, n, sizeof *items, by_thing);
    }
    for (size_t i = 0; i < n; i++) {
        mention *last = kept > 0 ? &items[kept - 1] : NULL;
        const bool same = last != NULL && last->thing == items[i].thing;
        if (same && last->territory < 0) {
            *last = items[i];
        } else if (!same || last->territory != items[i].territory) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

/* ---- units ---------------------------------------------------------------------------- */

typedef struct entries {
    int32_t *thing, *unit;
    double *weight;
    size_t n;
    int32_t things;
} entries;

static double people_of(const mlg_model *model, const mlg_perimeters *perimeters, uint32_t i)
{
    const double people = perimeters->population[perimeters->unit_of[model->unit[i]]];
    return isnan(people) ? 0.0 : people * model->unit_share[i];
}

/* Gives a territory's part of a thing to its units. */
static void share_out(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id territory,
                      double part, entries *to)
{
    const uint32_t first = model->unit_offset[territory], last = model->unit_offset[territory + 1];
    double people = 0.0, shares = 0.0;

    for (uint32_t i = first; i < last; i++) {
        people += people_of(model, perimeters, i);
        shares += model->unit_share[i];
    }
    for (uint32_t i = first; i < last; i++) {
        to->thing[to->n] = to->things;
        to->unit[to->n] = perimeters->unit_of[model->unit[i]];
        to->weight[to->n++] = people > 0.0 ? part * people_of(model, perimeters, i) / people
                                           : part * model->unit_share[i] / shares;
    }
}

/* The territory that the schemes of an activity share, or -1: none, unknown, or several. */
static mlg_id reach_of(const mlg_model *model, mlg_id activity)
{
    const int32_t row = model->activity_row[activity];
    size_t n = 0;
    const int32_t *schemes = row >= 0 ? mlg_get_list(model, C_activities_schemes, row, &n) : NULL;
    mlg_id reach = -1;
    for (size_t i = 0; i < n; i++) {
        const int32_t at = schemes[i] >= 0 ? model->party_scheme_row[schemes[i]] : -1;
        const mlg_id own = at >= 0 ? mlg_get_id(model, C_schemes_territory, at) : -1;
        if (own < 0 || (i > 0 && own != reach)) {
            return -1;
        }
        reach = own;
    }
    return reach;
}

static size_t next_thing(const mentions *m, bool each_mention, size_t i)
{
    size_t next = i + 1;
    while (!each_mention && next < m->n && m->items[next].thing == m->items[i].thing) {
        next++;
    }
    return next;
}

/* `each_mention`: each is a thing of its own. */
static mlg_status lay_out(const mlg_model *model, const mlg_perimeters *perimeters,
                          const mentions *m, bool each_mention, mlg_locations *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    entries all = {0};
    size_t room = 0;

    for (size_t i = 0; i < m->n; i++) {
        const mlg_id at = m->items[i].territory;
        room += at >= 0 ? model->unit_offset[at + 1] - model->unit_offset[at] : 0;
    }
    all.thing = mlg_alloc(room, sizeof *all.thing);
    all.unit = mlg_alloc(room, sizeof *all.unit);
    all.weight = mlg_alloc(room, sizeof *all.weight);
    TRY_ALLOC(err, all.thing);
    TRY_ALLOC(err, all.unit);
    TRY_ALLOC(err, all.weight);
    out->reach = mlg_alloc(m->n, sizeof *out->reach);
    TRY_ALLOC(err, out->reach);
    out->thing = mlg_alloc(m->n, sizeof *out->thing);
    TRY_ALLOC(err, out->thing);
    for (size_t i = 0, next; i < m->n; i = next) {
        next = next_thing(m, each_mention, i);
        if (m->items[i].territory < 0) {
            out->unplaced++;
            continue;
        }
        for (size_t k = i; k < next; k++) {
            share_out(model, perimeters, m->items[k].territory, 1.0 / (double) (next - i), &all);
        }
        out->thing[all.things] = m->items[i].thing;
        out->reach[all.things++] = each_mention ? -1 : reach_of(model, m->items[i].thing);
    }
    TRY(mlg_csr_build(all.things, perimeters->n_units, false, false, all.thing, all.unit,
                      all.weight, all.n, MLG_MERGE_SUM, &out->at, err));
out:
    mlg_free(all.thing);
    mlg_free(all.unit);
    mlg_free(all.weight);
    return status;
}

mlg_status mlg_locations_of(const mlg_model *model, const mlg_perimeters *perimeters,
                            mlg_located what, mlg_locations *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mentions found = {0};

    *out = (mlg_locations){0};
    TRY(what == MLG_LOCATED_SITES ? of_sites(model, &found, err)
                                  : of_activities(model, &found, err));
    found.n = keep_distinct(found.items, found.n);
    TRY(lay_out(model, perimeters, &found, what == MLG_LOCATED_SITES, out, err));
out:
    mlg_free(found.items);
    if (status != MLG_OK) {
        mlg_locations_free(out);
    }
    return status;
}

void mlg_locations_free(mlg_locations *places)
{
    mlg_csr_free(&places->at);
    mlg_free(places->reach);
    mlg_free(places->thing);
    *places = (mlg_locations){0};
}

/* Units ascend in both. */
bool mlg_territory_lies_in(const mlg_model *model, mlg_id territory, mlg_id other)
{
    uint32_t k = model->unit_offset[other];
    const uint32_t end = model->unit_offset[other + 1];
    for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1]; i++) {
        while (k < end && model->unit[k] < model->unit[i]) {
            k++;
        }
        if (k == end || model->unit[k] != model->unit[i]) {
            return false;
        }
    }
    return model->unit_offset[territory] < model->unit_offset[territory + 1];
}

bool mlg_activity_lies_in(const mlg_model *model, int32_t row, mlg_id territory)
{
    size_t n = 0;
    const int32_t *named = mlg_get_list(model, C_activities_territory, row, &n);
    bool all = n > 0 && is_recent(model, row);
    for (size_t i = 0; i < n && all; i++) {
        all = mlg_territory_lies_in(model, named[i], territory);
    }
    return all;
}
