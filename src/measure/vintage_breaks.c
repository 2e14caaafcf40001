/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/vintage_breaks.h"

#include <math.h>
#include <stdlib.h>

#include "measure/perimeter_pairs.h"
#include "measure/perimeter_relation.h"
#include "measure/presence.h"

/* The perimeters that were there the day before or are there now. */
typedef struct sides {
    mlg_perimeters before, after; /* rows of one numbering; one may be empty */
    bool *changed;                /* [before.n] */
    mlg_extent *whole_before, *whole_after;
} sides;

/* ---- two days --------------------------------------------------------------------------- */

static void close_sides(sides *s)
{
    mlg_free(s->before.territory);
    mlg_free(s->before.scale);
    mlg_csr_free(&s->before.covers);
    mlg_csr_free(&s->after.covers);
    mlg_free(s->changed);
    mlg_free(s->whole_before);
    mlg_free(s->whole_after);
}

static mlg_status lay_out(const mlg_vintages *v, const int32_t *item, mlg_perimeters *side,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_csr *out = &side->covers;
    const int32_t n = side->n;
    size_t size = 0;

    for (int32_t p = 0; p < n; p++) {
        size += item[p] >= 0 ? v->items[item[p]].n : 0;
    }
    out->n = n;
    out->offset = mlg_zalloc((size_t) n + 1, sizeof *out->offset);
    out->target = mlg_alloc(size, sizeof *out->target);
    out->weight = mlg_alloc(size, sizeof *out->weight);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->target);
    TRY_ALLOC(err, out->weight);
    for (int32_t p = 0; p < n; p++) {
        const mlg_vintage *state = item[p] >= 0 ? &v->items[item[p]] : NULL;
        uint32_t at = out->offset[p];
        for (uint32_t i = 0; state != NULL && i < state->n; i++) {
            out->target[at] = v->unit[state->begin + i];
            out->weight[at++] = v->share[state->begin + i];
            side->in_parts = side->in_parts || v->share[state->begin + i] < 1.0;
        }
        out->offset[p + 1] = at;
    }
out:
    return status;
}

/* Numbers of the states before a day and at it, by territory; -1 none. */
static void find_states(const mlg_vintages *v, int32_t day, size_t n, int32_t *before,
                        int32_t *after)
{
    for (size_t t = 0; t < n; t++) {
        before[t] = after[t] = -1;
    }
    for (size_t i = 0; i < v->n && v->items[i].day <= day; i++) {
        const mlg_id t = v->items[i].territory;
        after[t] = (int32_t) i;
        before[t] = v->items[i].day < day ? (int32_t) i : before[t];
    }
}

static bool is_there(const mlg_vintages *v, int32_t item)
{
    return item >= 0 && v->items[item].n > 0;
}

static int32_t scale_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = model->territory_row[territory];
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

/* Keeps the territories that are there on either side; the states move to the front. */
static mlg_status number_sides(const mlg_model *model, const mlg_vintages *v, int32_t *before,
                               int32_t *after, sides *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = model->territories.n;
    int32_t n = 0;

    s->before.territory = mlg_alloc(room, sizeof *s->before.territory);
    s->before.scale = mlg_alloc(room, sizeof *s->before.scale);
    s->changed = mlg_alloc(room, sizeof *s->changed);
    TRY_ALLOC(err, s->before.territory);
    TRY_ALLOC(err, s->before.scale);
    TRY_ALLOC(err, s->changed);
    for (size_t t = 0; t < room; t++) {
        if (is_there(v, before[t]) || is_there(v, after[t])) {
            s->before.territory[n] = (mlg_id) t;
            s->before.scale[n] = scale_of(model, (mlg_id) t);
            s->changed[n] = before[t] != after[t];
            before[n] = before[t];
            after[n++] = after[t];
        }
    }
    s->before.n = n;
out:
    return status;
}

static mlg_status open_sides(const mlg_model *model, const mlg_perimeters *perimeters,
                             const mlg_vintages *v, int32_t day, sides *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;
    int32_t *before = mlg_alloc(n, sizeof *before), *after = mlg_alloc(n, sizeof *after);

    TRY_ALLOC(err, before);
    TRY_ALLOC(err, after);
    find_states(v, day, n, before, after);
    TRY(number_sides(model, v, before, after, s, err));
    s->before.n_units = perimeters->n_units;
    s->before.population = perimeters->population;
    s->after = s->before;
    TRY(lay_out(v, before, &s->before, err));
    TRY(lay_out(v, after, &s->after, err));
    s->whole_before = mlg_extents_of(&s->before);
    s->whole_after = mlg_extents_of(&s->after);
    TRY_ALLOC(err, s->whole_before);
    TRY_ALLOC(err, s->whole_after);
out:
    mlg_free(before);
    mlg_free(after);
    return status;
}

/* ---- pairs of perimeters ------------------------------------------------------------------- */

typedef struct survey {
    const sides *sides;
    int32_t day;
    mlg_breaks *breaks;
    mlg_broken *broken;
    bool failed; /* memory was short */
} survey;

static bool is_nested(mlg_perimeter_relation relation)
{
    return relation == MLG_EQUAL || relation == MLG_A_IN_B || relation == MLG_B_IN_A;
}

static void note_broken(survey *s, const mlg_overlap *now, bool a_inside)
{
    const int32_t inner = a_inside ? now->a : now->b;
    const mlg_extent *whole = &s->sides->whole_after[inner];
    const bool people = whole->unknown == 0.0 && whole->people > 0.0;

    if (!mlg_grow(&s->broken->items, &s->broken->room, s->broken->n + 1,
                  sizeof *s->broken->items)) {
        s->failed = true;
        return;
    }
    s->broken->items[s->broken->n++] = (mlg_broken_pair){
        .a = s->sides->before.territory[inner],
        .b = s->sides->before.territory[a_inside ? now->b : now->a],
        .day = s->day,
        .outside =
            people ? 1.0 - now->most.people / whole->people : 1.0 - now->most.units / whole->units,
        .people = whole->people - now->most.people,
    };
}

static void visit(void *with, const mlg_overlap *o)
{
    survey *s = with;
    const sides *both = s->sides;

    if (!both->changed[o->a] && !both->changed[o->b]) {
        return;
    }
    const mlg_perimeter_relation was =
        mlg_relation_of(o, &both->whole_before[o->a], &both->whole_before[o->b]);
    const mlg_overlap now = mlg_overlap_of(&both->after, o->a, o->b);
    const mlg_perimeter_relation is =
        mlg_relation_of(&now, &both->whole_after[o->a], &both->whole_after[o->b]);
    s->breaks->mended += was == MLG_CROSSING && is_nested(is);
    if (is_nested(was) && is == MLG_CROSSING) {
        s->breaks->broken++;
        note_broken(s, &now, was != MLG_B_IN_A);
    }
}

/* ---- ties ------------------------------------------------------------------------------------ */

typedef struct ground {
    const sides *sides;
    mlg_csr held_before, held_after; /* unit -> perimeters */
    mlg_csr presence;                /* party -> units */
} ground;

/* A perimeter that holds both units: one that changed, or one of that scale (and that one). */
static int32_t holds_both(const ground *g, const mlg_csr *held, int32_t u, int32_t v, int32_t like)
{
    const int32_t *scale = g->sides->before.scale;
    uint32_t i = held->offset[u], j = held->offset[v];
    while (i < held->offset[u + 1] && j < held->offset[v + 1]) {
        const int32_t p = held->target[i], q = held->target[j];
        const bool wanted = like < 0 ? g->sides->changed[p]
                                     : p == like || (scale[like] >= 0 && scale[p] == scale[like]);
        if (p == q && wanted) {
            return p;
        }
        i += p <= q;
        j += q <= p;
    }
    return -1;
}

static int32_t both_in(const ground *g, const mlg_csr *held, mlg_id a, mlg_id b, int32_t like)
{
    const mlg_csr *at = &g->presence;
    for (uint32_t i = at->offset[a]; i < at->offset[a + 1]; i++) {
        for (uint32_t j = at->offset[b]; j < at->offset[b + 1]; j++) {
            const int32_t p = holds_both(g, held, at->target[i], at->target[j], like);
            if (p >= 0) {
                return p;
            }
        }
    }
    return -1;
}

/* Where a party is; a person is where the organisation is, unless it has a place of its own. */
static mlg_id placed(const mlg_model *model, const mlg_csr *presence, mlg_id party)
{
    return mlg_csr_degree(presence, party) > 0 ? party : model->party_organisation[party];
}

static bool share_unit(const mlg_csr *at, mlg_id a, mlg_id b)
{
    uint32_t i = at->offset[a], j = at->offset[b];
    while (i < at->offset[a + 1] && j < at->offset[b + 1]) {
        const int32_t x = at->target[i], y = at->target[j];
        if (x == y) {
            return true;
        }
        i += x < y;
        j += y < x;
    }
    return false;
}

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

/* Where somebody is, by the codes that units have now. */
static void recode(const mlg_vintages *v, mlg_csr *presence)
{
    for (int32_t party = 0; v->recoded > 0.0 && party < presence->n; party++) {
        const uint32_t first = presence->offset[party], end = presence->offset[party + 1];
        for (uint32_t i = first; i < end; i++) {
            presence->target[i] = v->into[presence->target[i]];
        }
        if (end > first) {
            qsort(presence->target + first, end - first, sizeof *presence->target, ascending);
        }
    }
}

static mlg_status count_ties(const mlg_model *model, const mlg_perimeters *perimeters,
                             const mlg_vintages *vintages, const sides *s, int32_t day,
                             mlg_breaks *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {.sides = s};

    TRY(mlg_presence_of(model, perimeters, &g.presence, err));
    recode(vintages, &g.presence);
    TRY(mlg_csr_transpose(&s->before.covers, perimeters->n_units, &g.held_before, err));
    TRY(mlg_csr_transpose(&s->after.covers, perimeters->n_units, &g.held_after, err));
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        const mlg_id from = mlg_get_id(model, C_ties_from, row);
        const mlg_id to = mlg_get_id(model, C_ties_to, row);
        if (from < 0 || to < 0 || from == to || !mlg_row_in_force(model, MLG_TIES, row, day)) {
            continue;
        }
        const mlg_id a = placed(model, &g.presence, from), b = placed(model, &g.presence, to);
        const int32_t before =
            share_unit(&g.presence, a, b) ? -1 : both_in(&g, &g.held_before, a, b, -1);
        if (before >= 0) {
            out->together++;
            out->ties += both_in(&g, &g.held_after, a, b, before) < 0;
        }
    }
out:
    mlg_csr_free(&g.presence);
    mlg_csr_free(&g.held_before);
    mlg_csr_free(&g.held_after);
    return status;
}

mlg_status mlg_breaks_of(const mlg_model *model, const mlg_perimeters *perimeters,
                         const mlg_vintages *vintages, int32_t day, mlg_breaks *out,
                         mlg_broken *broken, mlg_error *err)
{
    mlg_status status = MLG_OK;
    sides s = {0};
    survey seen = {.sides = &s, .day = day, .breaks = out, .broken = broken};

    *out = (mlg_breaks){0};
    TRY(open_sides(model, perimeters, vintages, day, &s, err));
    TRY(mlg_overlaps_each(&s.before, visit, &seen, err));
    if (seen.failed) {
        FAIL(err, MLG_ENOMEM, "no memory for the pairs that a change broke");
    }
    if (model->rows[MLG_TIES].n > 0) {
        TRY(count_ties(model, perimeters, vintages, &s, day, out, err));
    }
out:
    close_sides(&s);
    return status;
}

/* ---- the list ----------------------------------------------------------------------------------
 */

static int by_people(const void *left, const void *right)
{
    const mlg_broken_pair *a = left, *b = right;
    if (a->people != b->people) {
        return a->people > b->people ? -1 : 1;
    }
    if (a->outside != b->outside) {
        return a->outside > b->outside ? -1 : 1;
    }
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return a->b < b->b ? -1 : a->b > b->b;
}

mlg_status mlg_broken_list(const mlg_broken *broken, const char *id, int32_t view, mlg_values *out,
                           mlg_error *err)
{
    enum { LISTED = 1000 };
    mlg_status status = MLG_OK;
    const size_t n = broken->n < LISTED ? broken->n : LISTED;

    if (broken->n == 0) {
        return MLG_OK;
    }
    qsort(broken->items, broken->n, sizeof *broken->items, by_people);
    mlg_value *value = mlg_values_add(out, id, view, n, err);
    TRY_ALLOC(err, value);
    value->shape = MLG_PAIRS;
    value->convention = "broken";
    value->total = broken->n;
    mlg_id *subject = mlg_value_subjects(value);
    double *outside = mlg_value_column_of(value, MLG_VALUE);
    double *people = mlg_value_part_of(value, "population");
    double *day = mlg_value_part_of(value, "day");
    if (subject == NULL || outside == NULL || people == NULL || day == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu pairs", id, n);
    }
    for (size_t i = 0; i < n; i++) {
        subject[2 * i] = broken->items[i].a;
        subject[2 * i + 1] = broken->items[i].b;
        outside[i] = broken->items[i].outside;
        people[i] = broken->items[i].people;
        day[i] = broken->items[i].day;
    }
out:
    return status;
}

void mlg_broken_free(mlg_broken *broken)
{
    mlg_free(broken->items);
    *broken = (mlg_broken){0};
}
