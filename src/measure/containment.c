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
    const mlg_extent *x = &m->whole[o->a], *y = &m->whole[o->b];
    const size_t at = (size_t) m->place[a] * (size_t) m->out->n + (size_t) m->place[b];
    const mlg_ends units = mlg_overlap_units(o, x, y);
    const mlg_ends ends = m->out->by_people ? mlg_overlap_people(o, x, y) : units;
    const bool first = a == o->a;
    /* what at least lies beside the other, when least is in common, is all that may */
    const double beside = first ? units.low_a - units.low : units.low_b - units.low;

    if (!m->out->by_people || (first ? ends.most_a : ends.most_b) > 0.0) {
        m->out->share[at] = ends.most / (first ? ends.most_a : ends.most_b);
        m->out->open[at] = units.low < units.most && !(o->meet && beside <= 0.0);
    }
}

static void visit(void *with, const mlg_overlap *o)
{
    const making *m = with;
    if (m->place[o->a] >= 0 && m->place[o->b] >= 0) {
        put(m, o, o->a, o->b);
        put(m, o, o->b, o->a);
    }
}

/* Are inhabitants known well enough to be what is shared? `held` [units] all false. */
static void weigh(const mlg_perimeters *perimeters, const candidate *chosen, int32_t n, bool *held,
                  mlg_containment *out)
{
    const mlg_csr *covers = &perimeters->covers;
    double people = 0.0;

    for (int32_t i = 0; i < n; i++) {
        const int32_t p = chosen[i].perimeter;
        for (uint32_t j = covers->offset[p]; j < covers->offset[p + 1]; j++) {
            held[covers->target[j]] = true;
        }
    }
    for (int32_t u = 0; u < perimeters->n_units; u++) {
        const double here = perimeters->population[u];
        out->units += held[u];
        out->unknown += held[u] && isnan(here);
        people += held[u] && !isnan(here) ? here : 0.0;
    }
    out->by_people = people > 0.0 && mlg_few_unknown(out->unknown, out->units);
}

/* Chooses the rows; `chosen` [perimeters]. */
static void choose(const mlg_perimeters *perimeters, int32_t room, candidate *chosen, bool *held,
                   making *m)
{
    int32_t of_scheme = 0, n = 0;

    for (int32_t p = 0; p < perimeters->n; p++) {
        of_scheme += perimeters->of_scheme[p];
        m->place[p] = -1;
    }
    m->out->of_schemes = of_scheme >= 2;
    for (int32_t p = 0; p < perimeters->n; p++) {
        if (!m->out->of_schemes || perimeters->of_scheme[p]) {
            chosen[n++] = (candidate){0.0, p};
        }
    }
    weigh(perimeters, chosen, n, held, m->out);
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
    bool *held = mlg_zalloc((size_t) perimeters->n_units, sizeof *held);
    making m = {.out = out, .whole = whole, .place = mlg_alloc(all, sizeof *m.place)};

    TRY_ALLOC(err, whole);
    TRY_ALLOC(err, chosen);
    TRY_ALLOC(err, m.place);
    TRY_ALLOC(err, held);
    choose(perimeters, room, chosen, held, &m);
    const size_t n = (size_t) out->n;
    out->territory = mlg_alloc(n, sizeof *out->territory);
    out->share = mlg_zalloc(n * n, sizeof *out->share);
    out->open = mlg_zalloc(n * n, sizeof *out->open);
    TRY_ALLOC(err, out->territory);
    TRY_ALLOC(err, out->share);
    TRY_ALLOC(err, out->open);
    for (size_t i = 0; i < n; i++) {
        out->territory[i] = perimeters->territory[chosen[i].perimeter];
        for (size_t j = 0; out->by_people && !(chosen[i].size > 0.0) && j < n; j++) {
            out->share[i * n + j] = NAN;
        }
        out->share[i * n + i] = 1.0;
    }
    TRY(mlg_overlaps_each(perimeters, visit, &m, err));
out:
    mlg_free(whole);
    mlg_free(chosen);
    mlg_free(held);
    mlg_free(m.place);
    return status;
}

mlg_status mlg_containment_of(const mlg_model *model, int32_t room, mlg_containment *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};

    *out = (mlg_containment){0};
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
