/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/recodes.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"

/* Days are numbered by the states: 0 is before the first change, or the first day there is. */
typedef struct search {
    const mlg_model *model;
    const mlg_perimeters *perimeters;
    mlg_vintages *vintages;
    int32_t *latest;       /* [territories] state in force, or -1 */
    int32_t *before;       /* [items] state of that territory before, or -1 */
    int32_t *holds;        /* [units] states in force that hold it */
    int32_t *first, *last; /* [units] days at which some state holds it; -1: none */
    int32_t *gone, *new;   /* [units] those of one perimeter on one day */
} search;

static size_t end_of_day(const mlg_vintages *v, size_t first)
{
    size_t end = first;
    while (end < v->n && v->items[end].day == v->items[first].day) {
        end++;
    }
    return end;
}

/* ---- when units are there ---------------------------------------------------------------- */

static void count_state(search *s, int32_t item, int32_t by)
{
    const mlg_vintages *v = s->vintages;
    for (uint32_t i = 0; item >= 0 && i < v->items[item].n; i++) {
        s->holds[v->unit[v->items[item].begin + i]] += by;
    }
}

static void note_days(search *s)
{
    const mlg_vintages *v = s->vintages;
    int32_t day = 0;

    for (size_t first = 0, end; first < v->n; first = end, day++) {
        end = end_of_day(v, first);
        for (size_t i = first; i < end; i++) {
            const mlg_id t = v->items[i].territory;
            s->before[i] = s->latest[t];
            count_state(s, s->latest[t], -1);
            count_state(s, (int32_t) i, 1);
            s->latest[t] = (int32_t) i;
        }
        for (int32_t u = 0; u < s->perimeters->n_units; u++) {
            if (s->holds[u] > 0) {
                s->first[u] = s->first[u] < 0 ? day : s->first[u];
                s->last[u] = day;
            }
        }
    }
}

/* ---- which is which ------------------------------------------------------------------------ */

static double share_in(const mlg_vintages *v, int32_t item, int32_t unit)
{
    uint32_t low = 0, high = v->items[item].n;
    const int32_t *units = v->unit + v->items[item].begin;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (units[middle] < unit) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < v->items[item].n && units[low] == unit ? v->share[v->items[item].begin + low]
                                                        : 0.0;
}

/* Does one take the place of the other wherever a perimeter of that day went on? */
static bool takes_all_places(const search *s, size_t first, size_t end, int32_t gone, int32_t new)
{
    const mlg_vintages *v = s->vintages;
    for (size_t i = first; i < end; i++) {
        const int32_t before = s->before[i];
        if (before >= 0 && v->items[before].n > 0 && v->items[i].n > 0 &&
            fabs(share_in(v, before, gone) - share_in(v, (int32_t) i, new)) > 1e-9) {
            return false;
        }
    }
    return true;
}

static mlg_id name_of(const search *s, int32_t unit)
{
    const int32_t row = s->model->territory_row[s->perimeters->unit[unit]];
    return row >= 0 ? mlg_get_id(s->model, C_territories_name, row) : -1;
}

static void make_one(search *s, int32_t gone, int32_t new)
{
    s->vintages->recoded += s->vintages->into[gone] == gone;
    s->vintages->into[gone] = new;
}

/* Pairs those of one name, and takes them from the list. */
static void match_names(search *s, size_t *n_gone, size_t *n_new)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n_gone; i++) {
        const mlg_id name = name_of(s, s->gone[i]);
        size_t like = 0;
        while (like < *n_new && (name < 0 || name_of(s, s->new[like]) != name)) {
            like++;
        }
        if (like < *n_new) {
            make_one(s, s->gone[i], s->new[like]);
            s->new[like] = s->new[--*n_new];
        } else {
            s->gone[kept++] = s->gone[i];
        }
    }
    *n_gone = kept;
}

static void look_at(search *s, size_t first, size_t end, size_t item, int32_t day)
{
    const mlg_vintages *v = s->vintages;
    const mlg_vintage *now = &v->items[item];
    const mlg_vintage *was = s->before[item] >= 0 ? &v->items[s->before[item]] : NULL;
    size_t n_gone = 0, n_new = 0;

    for (uint32_t i = 0; was != NULL && i < was->n; i++) {
        const int32_t unit = v->unit[was->begin + i];
        if (s->last[unit] == day - 1) {
            s->gone[n_gone++] = unit;
        }
    }
    for (uint32_t i = 0; i < now->n; i++) {
        const int32_t unit = v->unit[now->begin + i];
        if (s->first[unit] == day) {
            s->new[n_new++] = unit;
        }
    }
    if (n_gone > 0 && n_new > 0) {
        match_names(s, &n_gone, &n_new);
    }
    if (n_gone == 1 && n_new == 1 && takes_all_places(s, first, end, s->gone[0], s->new[0])) {
        make_one(s, s->gone[0], s->new[0]);
    }
}

static void find_recodes(search *s)
{
    const mlg_vintages *v = s->vintages;
    int32_t day = 0;

    for (size_t first = 0, end; first < v->n; first = end, day++) {
        end = end_of_day(v, first);
        for (size_t i = first; i < end; i++) {
            look_at(s, first, end, i, day);
        }
    }
    for (int32_t u = 0; u < s->perimeters->n_units; u++) { /* recoded twice */
        while (v->into[v->into[u]] != v->into[u]) {
            v->into[u] = v->into[v->into[u]];
        }
    }
}

/* ---- states with the codes of now ------------------------------------------------------------ */

/* Units ascending, each with its share; nearly in order already. */
static void sort_state(mlg_vintages *v, const mlg_vintage *state)
{
    for (uint32_t i = 1; i < state->n; i++) {
        const int32_t unit = v->unit[state->begin + i];
        const double share = v->share[state->begin + i];
        uint32_t at = state->begin + i;
        for (; at > state->begin && v->unit[at - 1] > unit; at--) {
            v->unit[at] = v->unit[at - 1];
            v->share[at] = v->share[at - 1];
        }
        v->unit[at] = unit;
        v->share[at] = share;
    }
}

static bool are_alike(const mlg_vintages *v, const mlg_vintage *a, const mlg_vintage *b)
{
    bool alike = a->n == b->n;
    for (uint32_t i = 0; alike && i < a->n; i++) {
        alike = v->unit[a->begin + i] == v->unit[b->begin + i] &&
                fabs(v->share[a->begin + i] - v->share[b->begin + i]) <= 1e-9;
    }
    return alike;
}

static void rewrite(search *s)
{
    mlg_vintages *v = s->vintages;
    size_t kept = 0;

    for (size_t i = 0; i < v->used; i++) {
        v->unit[i] = v->into[v->unit[i]];
    }
    for (size_t t = 0; t < s->model->territories.n; t++) {
        v->latest[t] = -1;
    }
    for (size_t i = 0; i < v->n; i++) {
        const mlg_vintage state = v->items[i];
        const int32_t before = v->latest[state.territory];
        sort_state(v, &state);
        if (before >= 0 && are_alike(v, &v->items[before], &state)) {
            continue;
        }
        v->latest[state.territory] = (int32_t) kept;
        v->items[kept++] = state;
    }
    v->n = kept;
}

/* ---- the search ------------------------------------------------------------------------------ */

static mlg_status open_search(search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_units = (size_t) s->perimeters->n_units, n = s->model->territories.n;

    s->vintages->into = mlg_alloc(n_units, sizeof *s->vintages->into);
    s->latest = mlg_alloc(n, sizeof *s->latest);
    s->before = mlg_alloc(s->vintages->n, sizeof *s->before);
    s->holds = mlg_zalloc(n_units, sizeof *s->holds);
    s->first = mlg_alloc(n_units, sizeof *s->first);
    s->last = mlg_alloc(n_units, sizeof *s->last);
    s->gone = mlg_alloc(n_units, sizeof *s->gone);
    s->new = mlg_alloc(n_units, sizeof *s->new);
    if (s->vintages->into == NULL || s->latest == NULL || s->before == NULL || s->holds == NULL ||
        s->first == NULL || s->last == NULL || s->gone == NULL || s->new == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory for what %zu units became", n_units);
    }
    for (size_t t = 0; t < n; t++) {
        s->latest[t] = -1;
    }
    for (size_t u = 0; u < n_units; u++) {
        s->vintages->into[u] = (int32_t) u;
        s->first[u] = s->last[u] = -1;
    }
out:
    return status;
}

mlg_status mlg_vintages_recode(const mlg_model *model, const mlg_perimeters *perimeters,
                               mlg_vintages *vintages, mlg_error *err)
{
    mlg_status status = MLG_OK;
    search s = {.model = model, .perimeters = perimeters, .vintages = vintages};

    TRY(open_search(&s, err));
    note_days(&s);
    find_recodes(&s);
    if (vintages->recoded > 0) {
        rewrite(&s);
    }
out:
    mlg_free(s.latest);
    mlg_free(s.before);
    mlg_free(s.holds);
    mlg_free(s.first);
    mlg_free(s.last);
    mlg_free(s.gone);
    mlg_free(s.new);
    return status;
}
