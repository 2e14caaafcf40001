/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/names.h"
#include "measure/percolation.h"
#include "measure/perimeters.h"
#include "measure/removal.h"
#include "measure/whereabouts.h"

/* What a sequence of departures is counted by besides ties: sets of sectors, and places. */

enum { MOST_PLACES = 20000000 }; /* actors by groups of units; above, residents are not followed */

/* ---- sectors ----------------------------------------------------------------------------- */

/* The sectors of an actor, the first MLG_MAX_OWN_SECTORS in code order. */
static int32_t sectors_of(const mlg_graph *graph, int32_t v, const int32_t **list)
{
    const uint32_t several = graph->sector_set.n > 0 ? mlg_csr_degree(&graph->sector_set, v) : 0;
    if (several > 0) {
        *list = graph->sector_set.target + graph->sector_set.offset[v];
        return several < MLG_MAX_OWN_SECTORS ? (int32_t) several : MLG_MAX_OWN_SECTORS;
    }
    *list = &graph->sector[v];
    return graph->sector[v] >= 0 ? 1 : 0;
}

/* The number of a set of sectors; -1 when memory is short. */
static int32_t class_named(mlg_names *sets, const int32_t *list, int32_t n)
{
    char key[2 * MLG_MAX_OWN_SECTORS];
    for (int32_t i = 0; i < n; i++) {
        key[(ptrdiff_t) 2 * i] = (char) (1 + list[i] % 100);
        key[2 * i + 1] = (char) (1 + list[i] / 100);
    }
    return mlg_names_add(sets, key, 2 * (size_t) n);
}

static bool are_apart(const mlg_graph *graph, int32_t v, int32_t w)
{
    const int32_t *of_v = NULL, *of_w = NULL;
    const int32_t n_v = sectors_of(graph, v, &of_v), n_w = sectors_of(graph, w, &of_w);
    for (int32_t i = 0; i < n_v; i++) {
        for (int32_t j = 0; j < n_w; j++) {
            if (of_v[i] == of_w[j]) {
                return false;
            }
        }
    }
    return true;
}

mlg_status mlg_percolation_classes(const mlg_graph *graph, mlg_percolation *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_names sets = {0};
    int32_t *first = NULL; /* an actor of each class */
    bool any = false;

    out->class_of = mlg_alloc((size_t) graph->n, sizeof *out->class_of);
    first = mlg_alloc((size_t) graph->n, sizeof *first);
    TRY_ALLOC(err, out->class_of);
    TRY_ALLOC(err, first);
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t *list = NULL;
        const int32_t n = sectors_of(graph, v, &list), known = (int32_t) sets.n;
        out->class_of[v] = n > 0 ? class_named(&sets, list, n) : -1;
        if (n > 0 && out->class_of[v] < 0) {
            FAIL(err, MLG_ENOMEM, "percolation: no memory for sets of sectors");
        }
        if (out->class_of[v] == known) {
            first[known] = v;
        }
    }
    const size_t n = sets.n;
    out->apart = mlg_zalloc(n * n, sizeof *out->apart);
    TRY_ALLOC(err, out->apart);
    for (size_t k = 0; k < n * n; k++) {
        out->apart[k] = are_apart(graph, first[k / n], first[k % n]) ? 1 : 0;
        any = any || out->apart[k] != 0;
    }
    out->n_classes = any ? (int32_t) n : 0;
out:
    mlg_free(first);
    mlg_names_free(&sets);
    return status;
}

/* ---- places ------------------------------------------------------------------------------ */

/* Who is where: an actor of the view and a territory a row. */
typedef struct presence {
    int32_t *actor, *territory;
    size_t n, room, territory_room;
} presence;

static bool add(presence *p, int32_t actor, int32_t territory)
{
    if (!mlg_grow(&p->actor, &p->room, p->n + 1, sizeof *p->actor) ||
        !mlg_grow(&p->territory, &p->territory_room, p->n + 1, sizeof *p->territory)) {
        return false;
    }
    p->actor[p->n] = actor;
    p->territory[p->n++] = territory;
    return true;
}

static void forget(presence *p)
{
    mlg_free(p->actor);
    mlg_free(p->territory);
    *p = (presence){0};
}

static mlg_status find_presence(const mlg_graph *graph, presence *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_whereabouts where = {0};

    TRY(mlg_whereabouts_of(graph, &where, err));
    for (size_t i = 0; i < where.n; i++) {
        const int32_t actor = mlg_id_find(graph->subject, graph->n, where.subject[i]);
        if (actor >= 0 && !add(p, actor, where.territory[i])) {
            FAIL(err, MLG_ENOMEM, "percolation: no memory for %zu places", p->n + 1);
        }
    }
out:
    mlg_whereabouts_free(&where);
    return status;
}

/* Units that the same territories hold are one place: each territory in turn splits the places
 * that it holds in part. */
typedef struct splitting {
    const mlg_model *model;
    const mlg_perimeters *perimeters;
    int32_t *place; /* [units] */
    int32_t *moved; /* [places] the last territory that split it, + 1 */
    int32_t *into;  /* [places] the place its units moved to */
    size_t moved_room, into_room;
    int32_t n;
} splitting;

/* The unit of entry `i` of a territory's, or -1: none that counts, or without residents. */
static int32_t unit_at(const splitting *s, uint32_t i)
{
    const int32_t unit = s->perimeters->unit_of[s->model->unit[i]];
    const bool counts = unit >= 0 && s->perimeters->counts[unit];
    return counts && s->perimeters->population[unit] > 0.0 ? unit : -1;
}

static bool split(splitting *s, int32_t territory)
{
    for (uint32_t i = s->model->unit_offset[territory]; i < s->model->unit_offset[territory + 1];
         i++) {
        const int32_t unit = unit_at(s, i);
        if (unit < 0) {
            continue;
        }
        const int32_t place = s->place[unit];
        if (s->moved[place] != territory + 1) {
            const size_t n = (size_t) s->n + 1;
            if (!mlg_grow(&s->moved, &s->moved_room, n, sizeof *s->moved) ||
                !mlg_grow(&s->into, &s->into_room, n, sizeof *s->into)) {
                return false;
            }
            s->moved[place] = territory + 1;
            s->into[place] = s->n;
            s->moved[s->n++] = territory + 1; /* new, and not to be split by itself */
            s->into[s->n - 1] = s->n - 1;
        }
        s->place[unit] = s->into[place];
    }
    return true;
}

/* All units in one place, then split by each territory where somebody is. */
static mlg_status split_by(splitting *s, const mlg_csr *at, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_territories = (int32_t) s->model->territories.n;
    bool *done = mlg_zalloc((size_t) n_territories, sizeof *done);

    s->place = mlg_zalloc((size_t) s->perimeters->n_units, sizeof *s->place);
    TRY_ALLOC(err, done);
    TRY_ALLOC(err, s->place);
    if (!mlg_grow(&s->moved, &s->moved_room, 1, sizeof *s->moved) ||
        !mlg_grow(&s->into, &s->into_room, 1, sizeof *s->into)) {
        FAIL(err, MLG_ENOMEM, "percolation: no memory for places");
    }
    s->moved[0] = 0;
    s->n = 1;
    for (size_t i = 0; i < mlg_csr_size(at); i++) {
        const int32_t territory = at->target[i];
        if (!done[territory] && !split(s, territory)) {
            FAIL(err, MLG_ENOMEM, "percolation: no memory for places");
        }
        done[territory] = true;
    }
out:
    mlg_free(done);
    return status;
}

/* Each actor's places; a place may come several times. */
static mlg_status list_places(const splitting *s, const mlg_csr *at, presence *places,
                              bool *too_many, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (int32_t v = 0; v < at->n && !*too_many; v++) {
        for (uint32_t t = at->offset[v]; t < at->offset[v + 1]; t++) {
            const int32_t territory = at->target[t];
            int32_t last = -1;
            for (uint32_t i = s->model->unit_offset[territory];
                 i < s->model->unit_offset[territory + 1]; i++) {
                const int32_t unit = unit_at(s, i), place = unit >= 0 ? s->place[unit] : last;
                if (place != last && !add(places, v, place)) {
                    FAIL(err, MLG_ENOMEM, "percolation: no memory for %zu places", places->n + 1);
                }
                last = place;
            }
        }
        *too_many = places->n > MOST_PLACES;
    }
out:
    return status;
}

static mlg_status make_places(const splitting *s, const mlg_csr *at, mlg_percolation *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    presence places = {0};
    bool too_many = false;

    TRY(list_places(s, at, &places, &too_many, err));
    if (too_many || places.n == 0) {
        goto out;
    }
    out->people = mlg_zalloc((size_t) s->n, sizeof *out->people);
    TRY_ALLOC(err, out->people);
    for (int32_t unit = 0; unit < s->perimeters->n_units; unit++) {
        if (s->place[unit] > 0) { /* 0: nobody's */
            out->people[s->place[unit]] += s->perimeters->population[unit];
        }
    }
    TRY(mlg_csr_build(at->n, s->n, false, false, places.actor, places.territory, NULL, places.n,
                      MLG_MERGE_MAX, &out->places, err));
    out->n_places = s->n;
out:
    forget(&places);
    return status;
}

mlg_status mlg_percolation_places(const mlg_graph *graph, mlg_percolation *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    presence where = {0};
    mlg_csr at = {0};
    mlg_perimeters perimeters = {0};
    splitting s = {.model = graph->model, .perimeters = &perimeters};

    if (graph->model == NULL || graph->into == NULL) {
        return MLG_OK;
    }
    TRY(find_presence(graph, &where, err));
    if (where.n == 0) {
        goto out;
    }
    TRY(mlg_csr_build(graph->n, (int32_t) graph->model->territories.n, false, false, where.actor,
                      where.territory, NULL, where.n, MLG_MERGE_MAX, &at, err));
    TRY(mlg_perimeters_of(graph->model, &perimeters, err));
    TRY(split_by(&s, &at, err));
    TRY(make_places(&s, &at, out, err));
out:
    forget(&where);
    mlg_csr_free(&at);
    mlg_perimeters_free(&perimeters);
    mlg_free(s.place);
    mlg_free(s.moved);
    mlg_free(s.into);
    return status;
}
