/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "measure/perimeters.h"
#include "report/map_plot.h"
#include "report/overlap_plot.h"
#include "report/section.h"

/* Territories: which perimeters lie over which, drawn without outlines. Perimeters of schemes, or
 * all where no scheme names one; the largest of each kind in turn, a unit in part being in. */

typedef struct candidate {
    int32_t perimeter;
    double amount;
    uint32_t units;
    bool drawn;
} candidate;

typedef struct ground {
    mlg_perimeters perimeters;
    bool of_schemes, by_people;
    candidate *candidates; /* [n] those drawn before the others, the largest first in each part */
    size_t n;
    double total;
} ground;

static double amount_of(const ground *g, int32_t unit)
{
    const double people = g->perimeters.population[unit];
    return !g->by_people ? 1.0 : isnan(people) ? 0.0 : people;
}

static int by_amount(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->drawn != b->drawn) {
        return a->drawn ? -1 : 1;
    }
    if (a->amount != b->amount) {
        return a->amount > b->amount ? -1 : 1;
    }
    return (a->perimeter > b->perimeter) - (a->perimeter < b->perimeter);
}

static void measure_ground(ground *g)
{
    double people = 0.0;
    uint32_t units = 0;

    for (int32_t p = 0; p < g->perimeters.n; p++) {
        g->of_schemes = g->of_schemes || g->perimeters.of_scheme[p];
    }
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        const double own = g->perimeters.population[unit];
        if (g->perimeters.asked[unit]) {
            people += isnan(own) ? 0.0 : own;
            units++;
        }
    }
    g->by_people = people > 0.0;
    g->total = g->by_people ? people : units;
}

/* ---- which perimeters are drawn ----------------------------------------------------------------
 */

/* Ten schemes of one kind, each in the next, would say nothing of the others: kinds take turns. */
typedef struct turn {
    bool adds;    /* something to those of its kind that are drawn */
    size_t drawn; /* of its kind */
    double added;
} turn;

static bool is_before(const turn *a, const turn *b)
{
    if (a->adds != b->adds) {
        return a->adds;
    }
    if (a->drawn != b->drawn) {
        return a->drawn < b->drawn;
    }
    return a->added > b->added;
}

/* `mask` [units]: bit r, row r holds it. */
static turn turn_of(const ground *g, size_t c, const size_t *rows, size_t n_rows,
                    const uint32_t *mask)
{
    const mlg_csr *covers = &g->perimeters.covers;
    const int32_t p = g->candidates[c].perimeter;
    uint32_t like = 0;
    turn found = {0};

    for (size_t r = 0; r < n_rows; r++) {
        const int32_t q = g->candidates[rows[r]].perimeter;
        if (g->perimeters.kind[p] == g->perimeters.kind[q]) {
            like |= 1u << r;
            found.drawn++;
        }
    }
    for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
        const int32_t unit = covers->target[i];
        const bool is_new = g->perimeters.asked[unit] && (mask[unit] & like) == 0;
        found.added += is_new ? amount_of(g, unit) : 0.0;
    }
    found.adds = found.added > 0.0;
    return found;
}

/* The candidates come with the largest first, and stay so among those drawn. */
static mlg_status choose_rows(ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *covers = &g->perimeters.covers;
    size_t rows[MLG_OVERLAP_ROWS];
    uint32_t *mask = mlg_zalloc((size_t) g->perimeters.n_units, sizeof *mask);

    TRY_ALLOC(err, mask);
    for (size_t r = 0; r < MLG_OVERLAP_ROWS && r < g->n; r++) {
        turn best = {0};
        rows[r] = SIZE_MAX;
        for (size_t c = 0; c < g->n; c++) {
            const turn here = turn_of(g, c, rows, r, mask);
            if (!g->candidates[c].drawn && (rows[r] == SIZE_MAX || is_before(&here, &best))) {
                rows[r] = c;
                best = here;
            }
        }
        const int32_t p = g->candidates[rows[r]].perimeter;
        g->candidates[rows[r]].drawn = true;
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            mask[covers->target[i]] |= 1u << r;
        }
    }
    qsort(g->candidates, g->n, sizeof *g->candidates, by_amount);
out:
    mlg_free(mask);
    return status;
}

static mlg_status open_ground(const mlg_model *model, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_perimeters_of(model, &g->perimeters, err));
    measure_ground(g);
    g->candidates = mlg_alloc((size_t) g->perimeters.n + 1, sizeof *g->candidates);
    TRY_ALLOC(err, g->candidates);
    for (int32_t p = 0; p < g->perimeters.n; p++) {
        const mlg_csr *covers = &g->perimeters.covers;
        candidate found = {.perimeter = p};
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            if (g->perimeters.asked[covers->target[i]]) {
                found.amount += amount_of(g, covers->target[i]);
                found.units++;
            }
        }
        if (found.units > 0 && (!g->of_schemes || g->perimeters.of_scheme[p])) {
            g->candidates[g->n++] = found;
        }
    }
    qsort(g->candidates, g->n, sizeof *g->candidates, by_amount);
    TRY(choose_rows(g, err));
out:
    return status;
}

static void close_ground(ground *g)
{
    mlg_free(g->candidates);
    mlg_perimeters_free(&g->perimeters);
}

/* ---- combinations --------------------------------------------------------------------------- */

static int by_column(const void *left, const void *right)
{
    const mlg_overlap_column *a = left, *b = right;
    if (a->amount != b->amount) {
        return a->amount > b->amount ? -1 : 1;
    }
    if (a->units != b->units) {
        return a->units > b->units ? -1 : 1;
    }
    return (a->rows > b->rows) - (a->rows < b->rows);
}

/* Counts every unit in its combination; answers how many combinations there are. */
static size_t combine(const ground *g, mlg_overlap_drawing *overlap, uint32_t *mask,
                      mlg_overlap_column *all)
{
    const mlg_csr *covers = &g->perimeters.covers;
    size_t found = 0;

    for (size_t r = 0; r < overlap->n_rows; r++) {
        const int32_t p = g->candidates[r].perimeter;
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            mask[covers->target[i]] |= 1u << r;
        }
    }
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        if (g->perimeters.asked[unit]) {
            mlg_overlap_column *column = &all[mask[unit]];
            column->rows = mask[unit];
            column->amount += amount_of(g, unit);
            found += column->units++ == 0;
        }
    }
    qsort(all, (size_t) 1 << overlap->n_rows, sizeof *all, by_column);
    for (size_t c = 0; c < found && c < MLG_OVERLAP_COLUMNS; c++) {
        overlap->column[overlap->n_columns++] = all[c];
    }
    return found;
}

/* Names that several perimeters have say their scale already. */
static void name_rows(mlg_document *document, const ground *g, mlg_overlap_drawing *overlap)
{
    const mlg_model *model = document->results->model;
    char label[128];

    for (size_t r = 0; r < overlap->n_rows; r++) {
        const int32_t p = g->candidates[r].perimeter;
        const mlg_id territory = g->perimeters.territory[p];
        const int32_t row = model->territory_row[territory];
        const int32_t scale = row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
        const bool told = scale < 0 || model->namesake[territory] == MLG_NAMESAKE_BY_SCALE;
        const char *word =
            told ? ""
                 : mlg_code_label(model, MLG_V_scale, scale, document->results->labels.language,
                                  label, sizeof label);
        const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_TERRITORY, territory),
                                mlg_arg_count(g->candidates[r].units),
                                mlg_arg_text(mlg_doc_text(document, word))};
        overlap->row[r] = mlg_sentence_of(told ? T_overlap_row : T_overlap_row_of, args, 3);
    }
}

static void draw(mlg_document *document, const ground *g, const mlg_overlap_drawing *overlap,
                 size_t found)
{
    double shown = 0.0;
    uint32_t deep = 0;

    for (size_t c = 0; c < overlap->n_columns; c++) {
        shown += overlap->column[c].amount;
    }
    for (uint32_t rows = overlap->column[0].rows; rows != 0; rows &= rows - 1) {
        deep++;
    }
    const mlg_arg args[] = {mlg_arg_count((double) overlap->n_rows),
                            mlg_arg_count((double) g->n),
                            mlg_arg_count((double) overlap->n_columns),
                            mlg_arg_count((double) found),
                            mlg_arg_share(fmax(0.0, 1.0 - shown / g->total), 1),
                            mlg_arg_count(deep),
                            mlg_arg_share(overlap->column[0].amount / g->total, 0),
                            mlg_arg_count(g->of_schemes ? 2.0 : 1.0)}; /* the second word */
    const bool people = g->by_people;
    mlg_figure *figure = mlg_doc_overlap(
        document, "overlap.svg",
        mlg_sentence_of(people ? T_overlap_caption : T_overlap_caption_units, NULL, 0),
        mlg_sentence_of(people ? T_overlap_description : T_overlap_description_units, args, 8),
        overlap);
    const mlg_text_key note =
        found > overlap->n_columns ? (people ? T_overlap_note_some : T_overlap_note_some_units)
        : g->n > overlap->n_rows   ? (people ? T_overlap_note_rows : T_overlap_note_rows_units)
                                   : (people ? T_overlap_note : T_overlap_note_units);
    if (figure != NULL) {
        figure->note = mlg_sentence_of(note, args, 8);
    }
}

static mlg_status overlap_of(mlg_document *document, const ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_overlap_drawing overlap = {.n_rows = g->n < MLG_OVERLAP_ROWS ? g->n : MLG_OVERLAP_ROWS,
                                   .total = g->total};
    uint32_t *mask = mlg_zalloc((size_t) g->perimeters.n_units, sizeof *mask);
    mlg_overlap_column *all = mlg_zalloc((size_t) 1 << overlap.n_rows, sizeof *all);

    TRY_ALLOC(err, mask);
    TRY_ALLOC(err, all);
    const size_t found = combine(g, &overlap, mask, all);
    name_rows(document, g, &overlap);
    draw(document, g, &overlap, found);
out:
    mlg_free(mask);
    mlg_free(all);
    return status;
}

/* ---- the map --------------------------------------------------------------------------------- */

/* Units with coordinates, and how many of the perimeters lie over each. */
static size_t points_of(const mlg_model *model, const ground *g, const int *layers,
                        mlg_map_point *points)
{
    size_t n = 0;
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        const mlg_id territory = g->perimeters.unit[unit];
        const int32_t row = model->territory_row[territory];
        const mlg_map_point point = {
            .lon = row >= 0 ? mlg_get_number(model, C_territories_lon, row) : NAN,
            .lat = row >= 0 ? mlg_get_number(model, C_territories_lat, row) : NAN,
            .people = g->perimeters.population[unit],
            .layers = layers[unit],
            .territory = territory};
        if (g->perimeters.asked[unit] && !isnan(point.lon) && !isnan(point.lat)) {
            points[n++] = point;
        }
    }
    return n;
}

static mlg_status map_of(mlg_document *document, const ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *covers = &g->perimeters.covers;
    int *layers = mlg_zalloc((size_t) g->perimeters.n_units, sizeof *layers);
    mlg_map_point *points = mlg_alloc((size_t) g->perimeters.n_units, sizeof *points);
    double units = 0.0;

    TRY_ALLOC(err, layers);
    TRY_ALLOC(err, points);
    for (size_t c = 0; c < g->n; c++) {
        const int32_t p = g->candidates[c].perimeter;
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            layers[covers->target[i]]++;
        }
    }
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        units += g->perimeters.asked[unit] ? 1.0 : 0.0;
    }
    const size_t n = points_of(document->results->model, g, layers, points);
    if (n < 2) {
        goto out; /* one point is no map */
    }
    const mlg_arg args[] = {mlg_arg_count((double) n), mlg_arg_count(units - (double) n)};
    mlg_figure *figure = mlg_doc_map(document, "map.svg", mlg_sentence_of(T_map_caption, NULL, 0),
                                     mlg_sentence_of(T_map_description, args, 2), points, n);
    if (figure != NULL) {
        figure->note = mlg_sentence_of(units > (double) n ? T_map_note_some : T_map_note, args, 2);
    }
out:
    mlg_free(layers);
    mlg_free(points);
    return status;
}

/* One perimeter overlaps nothing. */
void mlg_part_overlap(mlg_document *document)
{
    ground g = {0};
    mlg_error err = {0};

    if (document->results->model == NULL) {
        return;
    }
    mlg_status status = open_ground(document->results->model, &g, &err);
    if (status == MLG_OK && g.n >= 2 && g.total > 0.0) {
        status = overlap_of(document, &g, &err);
    }
    if (status == MLG_OK) {
        status = map_of(document, &g, &err);
    }
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    }
    close_ground(&g);
}
