/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/containment.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "measure/perimeter_pairs.h"

typedef struct candidate {
    double size;
    int32_t perimeter;
} candidate;

static int by_size(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->size != b->size) {
        return a->size > b->size ? -1 : 1;
    }
    return a->perimeter < b->perimeter ? -1 : a->perimeter > b->perimeter;
}

/* The table on its way. */
typedef struct making {
    mlg_containment *out;
    const mlg_extent *whole;
    int32_t *place; /* [perimeters] row of the table, or -1 */
} making;

static void put(const making *m, const mlg_overlap *o, int32_t a, int32_t b)
{
    const mlg_extent *whole = &m->whole[a];
    const size_t at = (size_t) m->place[a] * (size_t) m->out->n + (size_t) m->place[b];
    const bool people = m->out->by_people;

    m->out->share[at] = people ? o->most.people / whole->people : o->most.units / whole->units;
    m->out->open[at] = o->units_low < o->most.units;
}

static void visit(void *with, const mlg_overlap *o)
{
    const making *m = with;
    if (m->place[o->a] >= 0 && m->place[o->b] >= 0) {
        put(m, o, o->a, o->b);
        put(m, o, o->b, o->a);
    }
}

/* Chooses the rows; `chosen` [perimeters]. */
static void choose(const mlg_perimeters *perimeters, int32_t room, candidate *chosen, making *m)
{
    int32_t of_scheme = 0, n = 0;

    for (int32_t p = 0; p < perimeters->n; p++) {
        of_scheme += perimeters->of_scheme[p];
        m->place[p] = -1;
    }
    m->out->of_schemes = of_scheme >= 2;
    for (int32_t p = 0; p < perimeters->n; p++) {
        const mlg_extent *whole = &m->whole[p];
        if (!m->out->of_schemes || perimeters->of_scheme[p]) {
            m->out->by_people = m->out->by_people && whole->people > 0.0 && whole->unknown == 0.0;
            chosen[n++] = (candidate){0.0, p};
        }
    }
    for (int32_t i = 0; i < n; i++) {
        const mlg_extent *whole = &m->whole[chosen[i].perimeter];
        chosen[i].size = m->out->by_people ? whole->people : whole->units;
    }
    qsort(chosen, (size_t) n, sizeof *chosen, by_size);
    m->out->n = n < room ? n : room;
    m->out->left_out = n - m->out->n;
    for (int32_t i = 0; i < m->out->n; i++) {
        m->place[chosen[i].perimeter] = i;
    }
}

static mlg_status fill(const mlg_perimeters *perimeters, int32_t room, mlg_containment *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t all = (size_t) perimeters->n;
    mlg_extent *whole = mlg_extents_of(perimeters);
    candidate *chosen = mlg_alloc(all, sizeof *chosen);
    making m = {.out = out, .whole = whole, .place = mlg_alloc(all, sizeof *m.place)};

    TRY_ALLOC(err, whole);
    TRY_ALLOC(err, chosen);
    TRY_ALLOC(err, m.place);
    choose(perimeters, room, chosen, &m);
    const size_t n = (size_t) out->n;
    out->territory = mlg_alloc(n, sizeof *out->territory);
    out->share = mlg_zalloc(n * n, sizeof *out->share);
    out->open = mlg_zalloc(n * n, sizeof *out->open);
    TRY_ALLOC(err, out->territory);
    TRY_ALLOC(err, out->share);
    TRY_ALLOC(err, out->open);
    for (size_t i = 0; i < n; i++) {
        out->territory[i] = perimeters->territory[chosen[i].perimeter];
        out->share[i * n + i] = 1.0;
    }
    TRY(mlg_overlaps_each(perimeters, visit, &m, err));
out:
    mlg_free(whole);
    mlg_free(chosen);
    mlg_free(m.place);
    return status;
}

mlg_status mlg_containment_of(const mlg_model *model, int32_t room, mlg_containment *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};

    *out = (mlg_containment){.by_people = true};
    TRY(mlg_perimeters_of(model, &perimeters, err));
    if (perimeters.n >= 2) {
        TRY(fill(&perimeters, room, out, err));
    }
out:
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_containment_free(out);
    }
    return status;
}

void mlg_containment_free(mlg_containment *table)
{
    mlg_free(table->territory);
    mlg_free(table->share);
    mlg_free(table->open);
    *table = (mlg_containment){0};
}
