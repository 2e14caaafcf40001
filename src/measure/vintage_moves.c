/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/vintage_moves.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"

/* A unit that a territory gained or lost. */
typedef struct step {
    int32_t unit, scale;
    mlg_id territory;
    double share; /* gained; below 0: lost */
    bool counts;  /* between its first and its last state; not what it still had when it ended */
} step;

typedef struct steps {
    step *items;
    size_t n, room;
} steps;

static int by_unit(const void *left, const void *right)
{
    const step *a = left, *b = right;
    if (a->unit != b->unit) {
        return a->unit < b->unit ? -1 : 1;
    }
    if (a->scale != b->scale) {
        return a->scale < b->scale ? -1 : 1;
    }
    if (a->territory != b->territory) {
        return a->territory < b->territory ? -1 : 1;
    }
    return a->counts < b->counts ? -1 : a->counts > b->counts;
}

static bool add_step(steps *to, step one)
{
    if (fabs(one.share) <= 1e-9) {
        return true;
    }
    if (!mlg_grow(&to->items, &to->room, to->n + 1, sizeof *to->items)) {
        return false;
    }
    to->items[to->n++] = one;
    return true;
}

/* What differs between two states; `after` NULL: all of the first is lost. */
static bool compare(const mlg_vintages *v, const mlg_vintage *before, const mlg_vintage *after,
                    step like, steps *to)
{
    const uint32_t n_after = after != NULL ? after->n : 0;
    uint32_t i = 0, j = 0;
    bool added = true;

    while (added && (i < before->n || j < n_after)) {
        const int32_t x = i < before->n ? v->unit[before->begin + i] : INT32_MAX;
        const int32_t y = j < n_after ? v->unit[after->begin + j] : INT32_MAX;
        like.unit = x < y ? x : y;
        like.share = (y <= x ? v->share[after->begin + j] : 0.0) -
                     (x <= y ? v->share[before->begin + i] : 0.0);
        added = add_step(to, like);
        i += x <= y;
        j += y <= x;
    }
    return added;
}

static bool gather(const mlg_model *model, const mlg_vintages *v, const mlg_journey *journeys,
                   steps *to)
{
    bool added = true;
    for (size_t t = 0; added && t < model->territories.n; t++) {
        const mlg_journey *j = &journeys[t];
        if (j->first < 0) {
            continue;
        }
        const int32_t row = model->territory_row[t];
        step like = {.territory = (mlg_id) t,
                     .scale = row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1,
                     .counts = true};
        added = compare(v, &v->items[j->first], &v->items[j->last], like, to);
        like.counts = false;
        added = added && (!j->gone || compare(v, &v->items[j->last], NULL, like, to));
    }
    return added;
}

/* Of one unit and scale: is there a step the other way, of another territory? */
static bool has_other_end(const step *of, const step *among, size_t n)
{
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        found = found || (among[i].territory != of->territory &&
                          (among[i].share > 0.0) != (of->share > 0.0));
    }
    return found;
}

static void count(const mlg_perimeters *perimeters, const step *of, size_t n, mlg_moved *moved)
{
    for (size_t i = 0; i < n; i++) {
        const double people = perimeters->population[of[i].unit];
        if (of[i].counts && has_other_end(&of[i], of, n)) {
            moved[of[i].territory].units++;
            moved[of[i].territory].people += isnan(people) ? 0.0 : fabs(of[i].share) * people;
        }
    }
}

mlg_status mlg_moves_of(const mlg_model *model, const mlg_perimeters *perimeters,
                        const mlg_vintages *vintages, const mlg_journey *journeys, mlg_moved *moved,
                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    steps all = {0};

    for (size_t t = 0; t < model->territories.n; t++) {
        moved[t] = (mlg_moved){0};
    }
    if (!gather(model, vintages, journeys, &all)) {
        FAIL(err, MLG_ENOMEM, "no memory for what perimeters gained and lost");
    }
    if (all.n > 0) {
        qsort(all.items, all.n, sizeof *all.items, by_unit);
    }
    for (size_t first = 0, end; first < all.n; first = end) {
        for (end = first + 1; end < all.n && all.items[end].unit == all.items[first].unit &&
                              all.items[end].scale == all.items[first].scale;) {
            end++;
        }
        count(perimeters, all.items + first, end - first, moved);
    }
out:
    mlg_free(all.items);
    return status;
}
