/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "graph/rows.h"
#include "measure/gap_ground.h"
#include "measure/perimeter_overlap.h"

/* Which pairs of schemes are compared: those that share inhabitants and a theme. */

static const double LEAST_OVERLAP = 0.1 - 1e-12;

/* ---- themes -------------------------------------------------------------------- */

/* A scheme's themes; n = 0 and not `known`: nothing on record. */
typedef struct themes {
    int32_t *code; /* ascending */
    size_t n, room;
    bool known;
} themes;

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

static mlg_status add_themes(themes *to, const mlg_model *model, mlg_column column, int32_t row,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;
    const int32_t *codes = mlg_get_list(model, column, row, &n);

    for (size_t i = 0; i < n; i++) {
        if (!mlg_grow(&to->code, &to->room, to->n + 1, sizeof *to->code)) {
            FAIL(err, MLG_ENOMEM, "gaps: no memory for the themes of a scheme");
        }
        to->code[to->n++] = codes[i];
    }
    to->known = to->known || n > 0 || mlg_list_is_none(model, column, row);
out:
    return status;
}

static void sort_themes(themes *of)
{
    size_t kept = 0;
    if (of->n > 0) {
        qsort(of->code, of->n, sizeof *of->code, ascending);
    }
    for (size_t i = 0; i < of->n; i++) {
        if (kept == 0 || of->code[kept - 1] != of->code[i]) {
            of->code[kept++] = of->code[i];
        }
    }
    of->n = kept;
}

/* What schemes.csv says; where it says nothing, the themes of the activities of the period. */
static mlg_status read_themes(const mlg_graph *graph, const mlg_gaps *gaps, themes *of,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    bool *silent = mlg_zalloc((size_t) gaps->n_schemes, sizeof *silent);

    TRY_ALLOC(err, silent);
    for (int32_t c = 0; c < gaps->n_schemes; c++) {
        const int32_t row = model->party_scheme_row[gaps->scheme[c]];
        if (row >= 0) {
            TRY(add_themes(&of[c], model, C_schemes_themes, row, err));
        }
        silent[c] = !of[c].known;
    }
    for (mlg_id e = 0; e < (mlg_id) model->activities.n; e++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_gap_schemes_of(model, e, &n);
        for (size_t i = 0; i < n && graph->activity_when[e] != MLG_OUTSIDE; i++) {
            const int32_t c = mlg_gaps_column(gaps, schemes[i]);
            if (c >= 0 && silent[c]) {
                TRY(add_themes(&of[c], model, C_activities_themes, model->activity_row[e], err));
            }
        }
    }
    for (int32_t c = 0; c < gaps->n_schemes; c++) {
        sort_themes(&of[c]);
    }
out:
    mlg_free(silent);
    return status;
}

static void compare_themes(const themes *a, const themes *b, mlg_gap_pair *pair)
{
    size_t i = 0, j = 0;
    int32_t shared = 0;

    pair->themes = NAN;
    pair->shared = -1;
    if (!a->known || !b->known) {
        return;
    }
    while (i < a->n && j < b->n) {
        const int32_t x = a->code[i], y = b->code[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    const double all = (double) (a->n + b->n) - shared;
    pair->shared = shared;
    pair->themes = all > 0.0 ? shared / all : 0.0;
}

/* ---- territories ------------------------------------------------------------------ */

/* Number of a territory among the perimeters, or -1. */
static int32_t perimeter_of(const mlg_perimeters *perimeters, mlg_id territory)
{
    return territory < 0 ? -1 : mlg_id_find(perimeters->territory, perimeters->n, territory);
}

static mlg_id territory_of(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    return row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
}

/* The territory of a scheme: a perimeter, or a unit that is none (of a scheme whose end is past).
 */
typedef struct extended {
    int32_t perimeter, unit; /* -1: it is not */
    mlg_extent whole;
} extended;

static bool extend(const mlg_perimeters *perimeters, const mlg_extent *whole, mlg_id territory,
                   extended *out)
{
    *out = (extended){.perimeter = perimeter_of(perimeters, territory),
                      .unit = territory >= 0 ? perimeters->unit_of[territory] : -1};
    if (out->perimeter >= 0) {
        out->whole = whole[out->perimeter];
    } else if (out->unit >= 0) {
        const double people = perimeters->population[out->unit];
        const double known = isnan(people) ? 0.0 : people;
        out->whole = (mlg_extent){.units = 1.0,
                                  .people = known,
                                  .unknown = isnan(people) != 0,
                                  .units_least = 1.0,
                                  .people_least = known};
    }
    return out->perimeter >= 0 || out->unit >= 0;
}

/* Of a unit, the part that a perimeter holds. */
static mlg_extent part_in(const mlg_perimeters *perimeters, int32_t perimeter, const extended *unit)
{
    const mlg_csr *covers = &perimeters->covers;
    mlg_extent part = {0};
    for (uint32_t i = covers->offset[perimeter]; i < covers->offset[perimeter + 1]; i++) {
        if (covers->target[i] == unit->unit) {
            part.units = covers->weight != NULL ? covers->weight[i] : 1.0;
            part.people = part.units * unit->whole.people;
        }
    }
    return part;
}

static mlg_extent common_of(const mlg_perimeters *perimeters, const extended *a, const extended *b)
{
    return a->perimeter >= 0 && b->perimeter >= 0
               ? mlg_overlap_of(perimeters, a->perimeter, b->perimeter).most
           : a->perimeter >= 0 ? part_in(perimeters, a->perimeter, b)
           : b->perimeter >= 0 ? part_in(perimeters, b->perimeter, a)
                               : a->whole;
}

/* Inhabitants where both territories' are known unit by unit; else units. */
static void measure_overlap(const mlg_perimeters *perimeters, const extended *a, const extended *b,
                            bool same, mlg_gap_pair *pair)
{
    /* pieces of one scale are no neighbours of themselves */
    const mlg_extent most = same ? a->whole : common_of(perimeters, a, b);
    const bool people = !(a->whole.unknown > 0.0) && !(b->whole.unknown > 0.0) &&
                        a->whole.people > 0.0 && b->whole.people > 0.0;
    const double x = people ? a->whole.people : a->whole.units;
    const double y = people ? b->whole.people : b->whole.units;
    const double both = people ? most.people : most.units;

    pair->by_units = !people;
    pair->common = most.units;
    pair->overlap = both / fmin(x, y);
    pair->alike = both / (x + y - both);
    pair->reach = people ? both / (x + y - both) : NAN;
}

static void compare_territories(const mlg_graph *graph, const mlg_perimeters *perimeters,
                                const mlg_extent *whole, const mlg_gaps *gaps, mlg_gap_pair *pair)
{
    const mlg_model *model = graph->model;
    const mlg_id s = territory_of(model, gaps->scheme[pair->a]);
    const mlg_id t = territory_of(model, gaps->scheme[pair->b]);
    const mlg_meeting meeting = mlg_territories_meet(model, perimeters, s, t);
    extended a, b;

    pair->overlap = pair->reach = pair->common = pair->alike = NAN;
    if (meeting == MLG_APART) {
        pair->overlap = pair->reach = pair->common = pair->alike = 0.0;
    } else if (meeting == MLG_MEET && extend(perimeters, whole, s, &a) &&
               extend(perimeters, whole, t, &b)) {
        measure_overlap(perimeters, &a, &b, s == t, pair);
    } else if (meeting == MLG_MEET && s == t) {
        pair->overlap = pair->alike = 1.0; /* of a territory that nobody took apart */
        pair->by_units = true;
    }
}

/* ---- all pairs --------------------------------------------------------------------- */

static mlg_gap_stratum stratum_of(const mlg_gap_pair *pair)
{
    const bool no_theme = pair->shared < 0, no_territory = isnan(pair->overlap) != 0;
    if (pair->shared == 0 || pair->overlap < LEAST_OVERLAP) {
        return MLG_GAP_NOT_COMPARED;
    }
    return no_theme && no_territory ? MLG_GAP_BOTH_UNKNOWN
           : no_theme               ? MLG_GAP_THEME_UNKNOWN
           : no_territory           ? MLG_GAP_TERRITORY_UNKNOWN
                                    : MLG_GAP_KNOWN;
}

/* Rows that have both columns of each pair. */
static mlg_status count_both(mlg_gaps *gaps, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_two_mode *t = &gaps->seats;
    const size_t n = (size_t) gaps->n_schemes;
    uint32_t *square = mlg_zalloc(n * n, sizeof *square);

    TRY_ALLOC(err, square);
    for (int32_t i = 0; i < t->n_rows; i++) {
        for (uint32_t j = t->offset[i]; j < t->offset[i + 1]; j++) {
            for (uint32_t k = t->offset[i]; k < t->offset[i + 1]; k++) {
                square[(size_t) t->column[j] * n + (size_t) t->column[k]]++;
            }
        }
    }
    for (size_t e = 0; e < gaps->n_pairs; e++) {
        gaps->pair[e].both = square[(size_t) gaps->pair[e].a * n + (size_t) gaps->pair[e].b];
    }
out:
    mlg_free(square);
    return status;
}

static void fill(const mlg_graph *graph, const mlg_perimeters *perimeters, const mlg_extent *whole,
                 const themes *of, mlg_gaps *gaps)
{
    for (int32_t a = 0; a < gaps->n_schemes; a++) {
        for (int32_t b = a + 1; b < gaps->n_schemes; b++) {
            mlg_gap_pair *pair = &gaps->pair[gaps->n_pairs++];
            *pair = (mlg_gap_pair){.a = a, .b = b};
            compare_territories(graph, perimeters, whole, gaps, pair);
            compare_themes(&of[a], &of[b], pair);
            pair->stratum = stratum_of(pair);
            gaps->eligible += pair->stratum != MLG_GAP_NOT_COMPARED;
            gaps->known += pair->stratum == MLG_GAP_KNOWN;
        }
    }
}

mlg_status mlg_gap_pairs_make(const mlg_graph *graph, const mlg_perimeters *perimeters,
                              mlg_gaps *gaps, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) gaps->n_schemes;
    themes *of = mlg_zalloc(n, sizeof *of);
    mlg_extent *whole = mlg_extents_of(perimeters);

    TRY_ALLOC(err, of);
    TRY_ALLOC(err, whole);
    gaps->pair = mlg_alloc(n * (n - 1) / 2, sizeof *gaps->pair);
    TRY_ALLOC(err, gaps->pair);
    TRY(read_themes(graph, gaps, of, err));
    fill(graph, perimeters, whole, of, gaps);
    TRY(count_both(gaps, err));
out:
    for (size_t c = 0; of != NULL && c < n; c++) {
        mlg_free(of[c].code);
    }
    mlg_free(of);
    mlg_free(whole);
    return status;
}
