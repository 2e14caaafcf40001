/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/rows.h"
#include "measure/gap_ground.h"
#include "measure/perimeters.h"
#include "model/span.h"

/* Structural zeros: an actor may sit in a scheme only if it works where the scheme acts, while
 * both exist. What is unknown forbids nothing, and neither do seats that are on record. */

/* ---- places ------------------------------------------------------------------- */

/* Is it known what the territory is made of? A territory without parts is a unit when others
 * of its scale are parts of a perimeter; else it may be a region that nobody took apart. */
static bool is_known(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id t)
{
    if (model->unit_offset[t + 1] == model->unit_offset[t]) {
        return false;
    }
    return !model->is_unit[t] ||
           (model->rows[MLG_PERIMETERS].n > 0 && perimeters->counts[perimeters->unit_of[t]]);
}

/* Are the two single pieces of one scale, and so apart? */
static bool are_neighbours(const mlg_model *model, mlg_id a, mlg_id b)
{
    const int32_t x = model->territory_row[a], y = model->territory_row[b];
    const int32_t scale = x >= 0 ? mlg_get_id(model, C_territories_scale, x) : -1;
    return model->is_unit[a] && model->is_unit[b] && scale >= 0 && y >= 0 &&
           scale == mlg_get_id(model, C_territories_scale, y);
}

mlg_meeting mlg_territories_meet(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id a,
                                 mlg_id b)
{
    if (a < 0 || b < 0) {
        return MLG_MEET_UNKNOWN;
    }
    if (a == b) {
        return MLG_MEET;
    }
    if (are_neighbours(model, a, b)) {
        return MLG_APART;
    }
    if (!is_known(model, perimeters, a) || !is_known(model, perimeters, b)) {
        return MLG_MEET_UNKNOWN;
    }
    const uint32_t *at = model->unit_offset;
    const mlg_id few = at[a + 1] - at[a] <= at[b + 1] - at[b] ? a : b, many = few == a ? b : a;
    for (uint32_t i = at[few]; i < at[few + 1]; i++) {
        if (mlg_id_find(model->unit + at[many], (int32_t) (at[many + 1] - at[many]),
                        model->unit[i]) >= 0) {
            return MLG_MEET;
        }
    }
    return MLG_APART;
}

/* Adds (actor, territory); without room only counts. */
typedef struct listing {
    int32_t *actor, *territory;
    size_t n;
} listing;

static void list_place(listing *list, int32_t actor, mlg_id territory)
{
    if (actor < 0 || territory < 0) {
        return;
    }
    if (list->actor != NULL) {
        list->actor[list->n] = actor;
        list->territory[list->n] = territory;
    }
    list->n++;
}

static void list_places(const mlg_graph *graph, listing *list)
{
    const mlg_model *model = graph->model;
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t row = model->party_actor_row[graph->subject[v]];
        list_place(list, v, row >= 0 ? mlg_get_id(model, C_actors_territory, row) : -1);
    }
    for (int32_t row = 0; row < model->rows[MLG_SITES].n; row++) {
        const mlg_id party = mlg_get_id(model, C_sites_actor, row);
        if (party >= 0 && graph->into[party] >= 0 &&
            mlg_when_row(model, &graph->view, C_sites_start, C_sites_end, row) != MLG_OUTSIDE) {
            list_place(list, mlg_id_find(graph->subject, graph->n, graph->into[party]),
                       mlg_get_id(model, C_sites_territory, row));
        }
    }
}

/* Gives the territories that are used numbers from 0. */
static mlg_status number_places(const mlg_model *model, listing *list, mlg_gap_places *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *number = mlg_alloc(model->territories.n, sizeof *number);

    TRY_ALLOC(err, number);
    for (size_t t = 0; t < model->territories.n; t++) {
        number[t] = -1;
    }
    out->territory = mlg_alloc(list->n, sizeof *out->territory);
    TRY_ALLOC(err, out->territory);
    for (size_t i = 0; i < list->n; i++) {
        const mlg_id t = list->territory[i];
        if (number[t] < 0) {
            number[t] = out->n;
            out->territory[out->n++] = t;
        }
        list->territory[i] = number[t];
    }
out:
    mlg_free(number);
    return status;
}

void mlg_gap_places_free(mlg_gap_places *places)
{
    mlg_csr_free(&places->of);
    mlg_free(places->territory);
    *places = (mlg_gap_places){0};
}

mlg_status mlg_gap_places_of(const mlg_graph *graph, mlg_gap_places *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    listing list = {0};

    list_places(graph, &list);
    list.actor = mlg_alloc(list.n, sizeof *list.actor);
    list.territory = mlg_alloc(list.n, sizeof *list.territory);
    TRY_ALLOC(err, list.actor);
    TRY_ALLOC(err, list.territory);
    list.n = 0;
    list_places(graph, &list);
    TRY(number_places(graph->model, &list, out, err));
    TRY(mlg_csr_build(graph->n, out->n, false, false, list.actor, list.territory, NULL, list.n,
                      MLG_MERGE_MAX, &out->of, err));
out:
    mlg_free(list.actor);
    mlg_free(list.territory);
    return status;
}

/* ---- dates -------------------------------------------------------------------- */

mlg_status mlg_gap_spans_of(const mlg_model *model, mlg_table_id table, mlg_column id,
                            mlg_column start, mlg_column end, mlg_span **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_span *span = mlg_alloc(model->parties.n, sizeof *span);

    *out = span;
    TRY_ALLOC(err, span);
    for (size_t p = 0; p < model->parties.n; p++) {
        span[p] = (mlg_span){MLG_EVER_LAST, MLG_EVER_FIRST};
    }
    for (int32_t row = 0; row < model->rows[table].n; row++) {
        const mlg_id party = mlg_get_id(model, id, row);
        if (party >= 0) {
            const int32_t first = mlg_get_span(model, start, row).first;
            const int32_t last = mlg_get_span(model, end, row).last;
            span[party].first = first < span[party].first ? first : span[party].first;
            span[party].last = last > span[party].last ? last : span[party].last;
        }
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        if (span[p].first > span[p].last) { /* no row, or one that ends before it starts */
            span[p] = mlg_span_unknown();
        }
    }
out:
    return status;
}

/* ---- the table ------------------------------------------------------------------ */

/* What decides a cell. */
typedef struct ground {
    const mlg_graph *graph;
    mlg_gap_places where;
    uint8_t *meets; /* [where.n * schemes] mlg_meeting */
    mlg_span *actor, *scheme;
} ground;

static bool may_sit(const ground *g, const mlg_gaps *gaps, int32_t actor, int32_t column)
{
    const mlg_span a = g->actor[g->graph->subject[actor]], s = g->scheme[gaps->scheme[column]];
    const mlg_csr *of = &g->where.of;
    bool near = mlg_csr_degree(of, actor) == 0;

    for (uint32_t k = of->offset[actor]; k < of->offset[actor + 1] && !near; k++) {
        near = g->meets[(size_t) of->target[k] * (size_t) gaps->n_schemes + (size_t) column] !=
               MLG_APART;
    }
    return near && a.first <= s.last && s.first <= a.last;
}

static mlg_status find_meetings(const mlg_perimeters *perimeters, const mlg_gaps *gaps, ground *g,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = g->graph->model;
    const size_t n = (size_t) gaps->n_schemes;

    g->meets = mlg_alloc((size_t) g->where.n * n, sizeof *g->meets);
    TRY_ALLOC(err, g->meets);
    for (size_t c = 0; c < n; c++) {
        const int32_t row = model->party_scheme_row[gaps->scheme[c]];
        const mlg_id at = row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
        for (size_t i = 0; i < (size_t) g->where.n; i++) {
            g->meets[i * n + c] =
                (uint8_t) mlg_territories_meet(model, perimeters, g->where.territory[i], at);
        }
    }
out:
    return status;
}

static void close_cells(const ground *g, mlg_gaps *gaps)
{
    const size_t words = mlg_bit_words(gaps->n_schemes);
    for (int32_t i = 0; i < gaps->seats.n_rows; i++) {
        uint64_t *row = gaps->may + (size_t) i * words;
        for (uint32_t k = gaps->seats.offset[i]; k < gaps->seats.offset[i + 1]; k++) {
            const int32_t c = gaps->seats.column[k];
            row[c >> 6] |= UINT64_C(1) << (c & 63);
        }
        for (int32_t c = 0; c < gaps->n_schemes; c++) {
            if (may_sit(g, gaps, gaps->actor[i], c)) {
                row[c >> 6] |= UINT64_C(1) << (c & 63);
            }
            gaps->barred += !mlg_may_have(row, c);
        }
    }
}

mlg_status mlg_gap_zeros_make(const mlg_graph *graph, const mlg_perimeters *perimeters,
                              mlg_gaps *gaps, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    ground g = {.graph = graph};

    TRY(mlg_gap_places_of(graph, &g.where, err));
    TRY(find_meetings(perimeters, gaps, &g, err));
    TRY(mlg_gap_spans_of(model, MLG_ACTORS, C_actors_id, C_actors_start, C_actors_end, &g.actor,
                         err));
    TRY(mlg_gap_spans_of(model, MLG_SCHEMES, C_schemes_id, C_schemes_start, C_schemes_end,
                         &g.scheme, err));
    gaps->may =
        mlg_zalloc((size_t) gaps->seats.n_rows * mlg_bit_words(gaps->n_schemes), sizeof *gaps->may);
    TRY_ALLOC(err, gaps->may);
    close_cells(&g, gaps);
    if (gaps->barred == 0) {
        mlg_free(gaps->may);
        gaps->may = NULL;
    }
    gaps->seats.may = gaps->may;
out:
    mlg_gap_places_free(&g.where);
    mlg_free(g.meets);
    mlg_free(g.actor);
    mlg_free(g.scheme);
    return status;
}
