/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/unit_links.h"

void mlg_unit_links_free(mlg_unit_links *links)
{
    mlg_free(links->unit);
    mlg_csr_free(&links->works);
    mlg_csr_free(&links->works_alone);
    mlg_csr_free(&links->within);
    mlg_free(links->holds);
    *links = (mlg_unit_links){0};
}

/* ---- who works where ------------------------------------------------------------------ */

/* Units of a territory; *n = 0 where nobody says what it is made of. A territory that is its own
 * only unit is one when others of its scale are parts of a perimeter, or where there is none. */
static const mlg_id *units_of(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id t,
                              uint32_t *n)
{
    const bool known = !model->is_unit[t] || model->rows[MLG_PERIMETERS].n == 0 ||
                       (perimeters->unit_of[t] >= 0 && perimeters->counts[perimeters->unit_of[t]]);
    *n = known ? model->unit_offset[t + 1] - model->unit_offset[t] : 0;
    return model->unit + model->unit_offset[t];
}

typedef struct listing {
    int32_t *actor, *unit; /* NULL: only counts */
    bool *alone;
    size_t n;
} listing;

static void list_units(const mlg_model *model, const mlg_perimeters *perimeters,
                       const mlg_gap_places *where, listing *list)
{
    list->n = 0;
    for (int32_t v = 0; v < where->of.n; v++) {
        for (uint32_t k = where->of.offset[v]; k < where->of.offset[v + 1]; k++) {
            uint32_t n = 0;
            const mlg_id *units =
                units_of(model, perimeters, where->territory[where->of.target[k]], &n);
            for (uint32_t i = 0; i < n; i++, list->n++) {
                if (list->actor != NULL) {
                    list->actor[list->n] = v;
                    list->unit[list->n] = units[i];
                    list->alone[list->n] = n == 1;
                }
            }
        }
    }
}

/* Gives the units numbers from 0, in the order of their ids. */
static mlg_status number_units(const mlg_model *model, listing *list, mlg_unit_links *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *number = mlg_zalloc(model->territories.n, sizeof *number);

    TRY_ALLOC(err, number);
    for (size_t i = 0; i < list->n; i++) {
        out->n += number[list->unit[i]] == 0;
        number[list->unit[i]] = 1;
    }
    out->unit = mlg_alloc((size_t) out->n, sizeof *out->unit);
    TRY_ALLOC(err, out->unit);
    for (size_t t = 0, n = 0; t < model->territories.n; t++) {
        if (number[t] != 0) {
            number[t] = (int32_t) n;
            out->unit[n++] = (mlg_id) t;
        }
    }
    for (size_t i = 0; i < list->n; i++) {
        list->unit[i] = number[list->unit[i]];
    }
out:
    mlg_free(number);
    return status;
}

static void keep_alone(listing *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (list->alone[i]) {
            list->actor[kept] = list->actor[i];
            list->unit[kept++] = list->unit[i];
        }
    }
    list->n = kept;
}

static mlg_status place_actors(const mlg_graph *graph, const mlg_perimeters *perimeters,
                               mlg_unit_links *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_gap_places where = {0};
    listing list = {0};

    TRY(mlg_gap_places_of(graph, &where, err));
    list_units(graph->model, perimeters, &where, &list);
    list.actor = mlg_alloc(list.n, sizeof *list.actor);
    list.unit = mlg_alloc(list.n, sizeof *list.unit);
    list.alone = mlg_alloc(list.n, sizeof *list.alone);
    TRY_ALLOC(err, list.actor);
    TRY_ALLOC(err, list.unit);
    TRY_ALLOC(err, list.alone);
    list_units(graph->model, perimeters, &where, &list);
    TRY(number_units(graph->model, &list, out, err));
    TRY(mlg_csr_build(graph->n, out->n, false, false, list.actor, list.unit, NULL, list.n,
                      MLG_MERGE_MAX, &out->works, err));
    keep_alone(&list);
    TRY(mlg_csr_build(graph->n, out->n, false, false, list.actor, list.unit, NULL, list.n,
                      MLG_MERGE_MAX, &out->works_alone, err));
out:
    mlg_gap_places_free(&where);
    mlg_free(list.actor);
    mlg_free(list.unit);
    mlg_free(list.alone);
    return status;
}

/* ---- links ---------------------------------------------------------------------------- */

/* Does a perimeter link units, by the rule chosen? */
static bool does_link(const mlg_perimeters *perimeters, const mlg_unit_links *out, int32_t p)
{
    return out->holds[p] >= 2 && (!out->by_schemes || perimeters->of_scheme[p]);
}

/* Number among the units with an actor of entry k of a perimeter, or -1. */
static int32_t unit_at(const mlg_perimeters *perimeters, const mlg_unit_links *out, uint32_t k)
{
    return mlg_id_find(out->unit, out->n, perimeters->unit[perimeters->covers.target[k]]);
}

static size_t list_links(const mlg_perimeters *perimeters, const mlg_unit_links *out, int32_t *unit,
                         int32_t *perimeter)
{
    const mlg_csr *covers = &perimeters->covers;
    size_t m = 0;
    for (int32_t p = 0; p < perimeters->n; p++) {
        for (uint32_t k = covers->offset[p];
             k < covers->offset[p + 1] && does_link(perimeters, out, p); k++) {
            const int32_t u = unit_at(perimeters, out, k);
            if (u >= 0 && unit != NULL) {
                unit[m] = u;
                perimeter[m] = p;
            }
            m += u >= 0;
        }
    }
    return m;
}

static mlg_status link_units(const mlg_perimeters *perimeters, mlg_unit_links *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *covers = &perimeters->covers;
    int32_t *unit = NULL, *perimeter = NULL;

    out->holds = mlg_zalloc((size_t) perimeters->n, sizeof *out->holds);
    TRY_ALLOC(err, out->holds);
    for (int32_t p = 0; p < perimeters->n; p++) {
        for (uint32_t k = covers->offset[p]; k < covers->offset[p + 1]; k++) {
            out->holds[p] += unit_at(perimeters, out, k) >= 0;
        }
        out->by_schemes = out->by_schemes || (out->holds[p] >= 2 && perimeters->of_scheme[p]);
    }
    for (int32_t p = 0; p < perimeters->n; p++) {
        out->n_linking += does_link(perimeters, out, p);
    }
    const size_t m = list_links(perimeters, out, NULL, NULL);
    unit = mlg_alloc(m, sizeof *unit);
    perimeter = mlg_alloc(m, sizeof *perimeter);
    TRY_ALLOC(err, unit);
    TRY_ALLOC(err, perimeter);
    list_links(perimeters, out, unit, perimeter);
    TRY(mlg_csr_build(out->n, perimeters->n, false, false, unit, perimeter, NULL, m, MLG_MERGE_MAX,
                      &out->within, err));
out:
    mlg_free(unit);
    mlg_free(perimeter);
    return status;
}

uint32_t mlg_unit_links_between(const mlg_unit_links *links, int32_t u, int32_t v,
                                uint32_t *smallest)
{
    const mlg_csr *w = &links->within;
    uint32_t i = w->offset[u], j = w->offset[v], n = 0;

    *smallest = 0;
    while (i < w->offset[u + 1] && j < w->offset[v + 1]) {
        const int32_t x = w->target[i], y = w->target[j];
        if (x == y) {
            *smallest = n == 0 || links->holds[x] < *smallest ? links->holds[x] : *smallest;
            n++;
        }
        i += x <= y;
        j += y <= x;
    }
    return n;
}

mlg_status mlg_unit_links_of(const mlg_graph *graph, mlg_unit_links *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};

    TRY(mlg_perimeters_of(graph->model, &perimeters, err));
    TRY(place_actors(graph, &perimeters, out, err));
    TRY(link_units(&perimeters, out, err));
out:
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_unit_links_free(out);
    }
    return status;
}
