/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

enum {
    MAX_DEPTH = 64,
    MAX_EXPANDED = 20000000, /* entries: a country of 35,000 communes ten times over is 350,000 */
};

/* One row in force: `unit` is part of `territory`. */
typedef struct piece {
    mlg_id territory, unit; /* unit -1: dropped */
    int32_t row, begins;
    double share, least; /* least 0: unknown */
} piece;

/* The parts of each territory, its units, and the order that puts parts before wholes. */
typedef struct nesting {
    size_t n;
    int32_t day;      /* rows in force at it */
    mlg_model *told;  /* where faults go; NULL: they were told of the study's own day */
    piece *parts;     /* by territory, then unit */
    uint32_t *first;  /* [n + 1] parts of a territory */
    bool *mentioned;  /* [n] some row names it: names led elsewhere are not */
    mlg_id *order;    /* [n] */
    uint32_t *begin;  /* [n] expansion in `unit` and `share`, in the order made */
    uint32_t *length; /* [n] */
    mlg_id *unit;
    double *share, *least;
    size_t used, unit_room, share_room, least_room;
} nesting;

static void free_nest(nesting *nest)
{
    mlg_free(nest->parts);
    mlg_free(nest->first);
    mlg_free(nest->mentioned);
    mlg_free(nest->order);
    mlg_free(nest->begin);
    mlg_free(nest->length);
    mlg_free(nest->unit);
    mlg_free(nest->share);
    mlg_free(nest->least);
}

static mlg_place place_of(const mlg_model *model, int32_t row, mlg_column column)
{
    return mlg_place_of(model, MLG_PERIMETERS, row, column);
}

static void tell(const nesting *nest, mlg_severity severity, mlg_text_key key, mlg_place place,
                 const mlg_arg *args, size_t n)
{
    if (nest->told != NULL) {
        mlg_fault_add(nest->told, severity, key, place, args, n);
    }
}

/* ---- rows in force ------------------------------------------------------------------- */

static int by_territory_unit(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    if (x->territory != y->territory) {
        return x->territory < y->territory ? -1 : 1;
    }
    if (x->unit != y->unit) {
        return x->unit < y->unit ? -1 : 1;
    }
    if (x->begins != y->begins) { /* the later state first */
        return x->begins > y->begins ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static size_t read_parts(const mlg_model *model, const nesting *nest, piece *parts)
{
    size_t n = 0;
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        const piece read = {
            .territory = mlg_get_id(model, C_perimeters_territory, row),
            .unit = mlg_get_id(model, C_perimeters_unit, row),
            .row = row,
            .begins = mlg_get_span(model, C_perimeters_start, row).first,
            .share = mlg_get_number(model, C_perimeters_share, row),
        };
        if (read.territory < 0 || read.unit < 0 ||
            !mlg_row_in_force(model, MLG_PERIMETERS, row, nest->day)) {
            continue;
        }
        const bool unknown = read.share == MLG_SHARE_UNKNOWN;
        if (read.share <= 0.0 && !unknown) {
            tell(nest, MLG_WARNING, T_fault_share_zero, place_of(model, row, C_perimeters_share),
                 NULL, 0);
            continue;
        }
        parts[n] = read;
        parts[n].share = isnan(read.share) || unknown ? 1.0 : read.share;
        parts[n].least = unknown ? 0.0 : parts[n].share;
        n++;
    }
    return n;
}

/* Keeps the later state of a pair; of two rows of one state, the larger share. */
static size_t merge_parts(const mlg_model *model, const nesting *nest, piece *parts, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        piece *last = kept > 0 ? &parts[kept - 1] : NULL;
        if (last == NULL || last->territory != parts[i].territory || last->unit != parts[i].unit) {
            parts[kept++] = parts[i];
        } else if (last->begins == parts[i].begins) {
            const mlg_arg args[] = {
                mlg_text_of(&model->territories, last->territory),
                mlg_count_of(model->rows[MLG_PERIMETERS].line[last->row]),
            };
            tell(nest, MLG_WARNING, T_fault_perimeter_twice,
                 place_of(model, parts[i].row, C_perimeters_unit), args, 2);
            last->share = fmax(last->share, parts[i].share);
            last->least = fmax(last->least, parts[i].least);
        }
    }
    return kept;
}

static mlg_status gather(const mlg_model *model, nesting *nest, mlg_error *err)
{
    mlg_status status = MLG_OK;
    nest->parts = mlg_alloc((size_t) model->rows[MLG_PERIMETERS].n, sizeof *nest->parts);
    nest->first = mlg_zalloc(nest->n + 1, sizeof *nest->first);
    TRY_ALLOC(err, nest->parts);
    TRY_ALLOC(err, nest->first);
    size_t n = read_parts(model, nest, nest->parts);
    qsort(nest->parts, n, sizeof *nest->parts, by_territory_unit);
    n = merge_parts(model, nest, nest->parts, n);
    for (size_t i = 0; i < n; i++) {
        nest->first[nest->parts[i].territory + 1]++;
    }
    for (size_t t = 0; t < nest->n; t++) {
        nest->first[t + 1] += nest->first[t];
    }
out:
    return status;
}

/* ---- order, cycles, depth --------------------------------------------------------------- */

typedef struct walk {
    mlg_id *stack;  /* [n] territories from the top down */
    uint32_t *next; /* [n] part of each to look at */
    uint8_t *state; /* [n] */
    uint8_t *depth; /* [n] levels below, at most MAX_DEPTH + 1 */
    size_t top;
} walk;

enum { UNSEEN, OPEN, DONE };

static void report_cycle(const mlg_model *model, const nesting *nest, const walk *w,
                         const piece *closing)
{
    enum { SHOWN = 12 };
    mlg_buffer way = {0};
    size_t from = w->top;
    while (w->stack[from] != closing->unit) {
        from--;
    }
    for (size_t i = from; i <= w->top && i - from < SHOWN; i++) {
        mlg_buffer_text(&way, mlg_names_text(&model->territories, w->stack[i]));
        mlg_buffer_text(&way, " > ");
    }
    mlg_buffer_text(&way, w->top - from < SHOWN ? "" : "... > ");
    mlg_buffer_text(&way, mlg_names_text(&model->territories, closing->unit));
    mlg_fault_text(nest->told, MLG_FATAL, T_fault_perimeter_cycle,
                   place_of(model, closing->row, C_perimeters_unit), mlg_buffer_string(&way), NULL);
    mlg_buffer_free(&way);
}

static void close_top(const mlg_model *model, const nesting *nest, walk *w, size_t *n_ordered)
{
    const mlg_id t = w->stack[w->top];
    uint8_t depth = 0;
    for (uint32_t i = nest->first[t]; i < nest->first[t + 1]; i++) {
        const mlg_id unit = nest->parts[i].unit;
        const uint8_t below = unit >= 0 ? (uint8_t) (w->depth[unit] + 1) : 0;
        depth = below > depth ? below : depth;
    }
    if (depth == MAX_DEPTH + 1) {
        const mlg_arg args[] = {mlg_text_of(&model->territories, t), mlg_count_of(MAX_DEPTH)};
        tell(nest, MLG_FATAL, T_fault_perimeter_deep,
             place_of(model, nest->parts[nest->first[t]].row, C_perimeters_territory), args, 2);
    }
    /* told once, at the first that is too deep: what stands above it starts again */
    w->depth[t] = depth > MAX_DEPTH ? 0 : depth;
    w->state[t] = DONE;
    nest->order[(*n_ordered)++] = t;
}

/* Depth first, without recursion: a part is ordered before its whole, and a part that
 * leads back to an open territory closes a cycle and is dropped. */
static void descend(const mlg_model *model, nesting *nest, walk *w, mlg_id root, size_t *n_ordered)
{
    w->top = 0;
    w->stack[0] = root;
    w->next[0] = nest->first[root];
    w->state[root] = OPEN;
    for (;;) {
        const mlg_id t = w->stack[w->top];
        if (w->next[w->top] == nest->first[t + 1]) {
            close_top(model, nest, w, n_ordered);
            if (w->top == 0) {
                return;
            }
            w->top--;
            continue;
        }
        piece *part = &nest->parts[w->next[w->top]++];
        if (w->state[part->unit] == OPEN) {
            if (nest->told != NULL) {
                report_cycle(model, nest, w, part);
            }
            part->unit = -1;
        } else if (w->state[part->unit] == UNSEEN) {
            w->top++;
            w->stack[w->top] = part->unit;
            w->next[w->top] = nest->first[part->unit];
            w->state[part->unit] = OPEN;
        }
    }
}

static mlg_status order_parts(const mlg_model *model, nesting *nest, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n_ordered = 0;
    walk w = {mlg_alloc(nest->n, sizeof *w.stack), mlg_alloc(nest->n, sizeof *w.next),
              mlg_zalloc(nest->n, sizeof *w.state), mlg_zalloc(nest->n, sizeof *w.depth), 0};

    nest->order = mlg_alloc(nest->n, sizeof *nest->order);
    if (w.stack == NULL || w.next == NULL || w.state == NULL || w.depth == NULL ||
        nest->order == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for %zu territories", nest->n);
    }
    for (size_t t = 0; t < nest->n; t++) {
        if (w.state[t] == UNSEEN) {
            descend(model, nest, &w, (mlg_id) t, &n_ordered);
        }
    }

out:
    mlg_free(w.stack);
    mlg_free(w.next);
    mlg_free(w.state);
    mlg_free(w.depth);
    return status;
}

/* ---- units --------------------------------------------------------------------------- */

static void mention_column(const mlg_model *model, mlg_column column, bool *mentioned)
{
    const mlg_field *field = mlg_schema_field(column);
    for (int32_t row = 0; row < model->rows[field->table].n && model->data[column] != NULL; row++) {
        if (field->type == MLG_TYPE_TERRITORY) {
            const mlg_id t = mlg_get_id(model, column, row);
            if (t >= 0) {
                mentioned[t] = true;
            }
            continue;
        }
        size_t n = 0;
        const int32_t *t = mlg_get_list(model, column, row, &n);
        for (size_t i = 0; i < n; i++) {
            mentioned[t[i]] = true;
        }
    }
}

static int32_t scale_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = model->territory_row[territory];
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

/* A territory without parts is a unit when another is made of it. So is one without any row
 * that is a commune, or of no known scale, or when the study has no perimeter at all. An
 * intermunicipal body without a row is not: its perimeter is unknown. */
static mlg_status find_units(mlg_model *model, nesting *nest, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool no_perimeter = nest->first[nest->n] == 0;
    bool *has_rows = mlg_zalloc(nest->n, sizeof *has_rows);

    model->is_unit = mlg_zalloc(nest->n, sizeof *model->is_unit);
    nest->mentioned = mlg_zalloc(nest->n, sizeof *nest->mentioned);
    TRY_ALLOC(err, has_rows);
    TRY_ALLOC(err, model->is_unit);
    TRY_ALLOC(err, nest->mentioned);
    mention_column(model, C_perimeters_territory, has_rows);
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_type type = mlg_schema_field((mlg_column) column)->type;
        if (type == MLG_TYPE_TERRITORY || type == MLG_TYPE_TERRITORIES) {
            mention_column(model, (mlg_column) column, nest->mentioned);
        }
    }
    for (uint32_t i = 0; i < nest->first[nest->n]; i++) {
        if (nest->parts[i].unit >= 0) {
            model->is_unit[nest->parts[i].unit] = true;
        }
    }
    for (size_t t = 0; t < nest->n; t++) {
        const int32_t scale = scale_of(model, (mlg_id) t);
        const bool whole = nest->first[t + 1] == nest->first[t];
        const bool by_itself = nest->mentioned[t] && !has_rows[t] &&
                               (no_perimeter || scale < 0 || scale == MLG_CODE_OF(scale, commune));
        model->is_unit[t] = whole && (model->is_unit[t] || by_itself);
    }
out:
    mlg_free(has_rows);
    return status;
}

/* ---- expanding ------------------------------------------------------------------------ */

static int by_id(const void *a, const void *b)
{
    const mlg_id x = *(const mlg_id *) a, y = *(const mlg_id *) b;
    return x < y ? -1 : x > y;
}

/* What one territory gathers of each unit while it is expanded: -1 where untouched, since a product
 * of shares may well round to 0. */
typedef struct gathering {
    double *sum, *least; /* [n] */
    mlg_id *touched;     /* [n] */
} gathering;

/* One territory from its parts, expanded already; a unit stands for itself. Shares multiply
 * along a way and add up over ways (two halves of one unit), to 1 at most. */
static bool expand_one(nesting *nest, mlg_id t, bool is_unit, gathering *g)
{
    size_t n = 0;
    if (is_unit) {
        g->touched[n++] = t;
        g->sum[t] = g->least[t] = 1.0;
    }
    for (uint32_t i = nest->first[t]; i < nest->first[t + 1]; i++) {
        const piece *part = &nest->parts[i];
        const uint32_t begin = part->unit >= 0 ? nest->begin[part->unit] : 0;
        const uint32_t length = part->unit >= 0 ? nest->length[part->unit] : 0;
        for (uint32_t k = begin; k < begin + length; k++) {
            const mlg_id unit = nest->unit[k];
            if (g->sum[unit] < 0.0) {
                g->touched[n++] = unit;
                g->sum[unit] = g->least[unit] = 0.0;
            }
            g->sum[unit] += part->share * nest->share[k];
            g->least[unit] += part->least * nest->least[k];
        }
    }
    qsort(g->touched, n, sizeof *g->touched, by_id);
    if (!mlg_grow(&nest->unit, &nest->unit_room, nest->used + n, sizeof *nest->unit) ||
        !mlg_grow(&nest->share, &nest->share_room, nest->used + n, sizeof *nest->share) ||
        !mlg_grow(&nest->least, &nest->least_room, nest->used + n, sizeof *nest->least)) {
        return false;
    }
    nest->begin[t] = (uint32_t) nest->used;
    nest->length[t] = (uint32_t) n;
    for (size_t i = 0; i < n; i++) {
        const mlg_id unit = g->touched[i];
        const double share = fmax(fmin(g->sum[unit], 1.0), DBL_MIN);
        nest->unit[nest->used] = unit;
        nest->least[nest->used] = g->least[unit] < g->sum[unit] ? fmin(g->least[unit], 1.0) : share;
        nest->share[nest->used++] = share;
        g->sum[unit] = -1.0;
    }
    return true;
}

static mlg_status expand(const mlg_model *model, nesting *nest, mlg_error *err)
{
    mlg_status status = MLG_OK;
    gathering g = {mlg_alloc(nest->n, sizeof *g.sum), mlg_alloc(nest->n, sizeof *g.least),
                   mlg_alloc(nest->n, sizeof *g.touched)};

    nest->begin = mlg_zalloc(nest->n, sizeof *nest->begin);
    nest->length = mlg_zalloc(nest->n, sizeof *nest->length);
    if (g.sum == NULL || g.least == NULL || g.touched == NULL || nest->begin == NULL ||
        nest->length == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for the perimeters");
    }
    for (size_t t = 0; t < nest->n; t++) {
        g.sum[t] = -1.0;
    }
    for (size_t i = 0; i < nest->n; i++) {
        const mlg_id t = nest->order[i];
        const bool whole = nest->first[t + 1] == nest->first[t];
        if (!expand_one(nest, t, whole && model->is_unit[t], &g)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the perimeters");
        }
        if (nest->used > MAX_EXPANDED) {
            tell(nest, MLG_FATAL, T_fault_perimeters_large,
                 (mlg_place){.file = -1, .field = C_NONE},
                 (const mlg_arg[]){mlg_count_of(MAX_EXPANDED)}, 1);
            break;
        }
    }

out:
    mlg_free(g.sum);
    mlg_free(g.least);
    mlg_free(g.touched);
    return status;
}

/* By territory. */
static mlg_status hand_over(const nesting *nest, mlg_expansion *to, mlg_error *err)
{
    mlg_status status = MLG_OK;
    to->offset = mlg_zalloc(nest->n + 1, sizeof *to->offset);
    to->unit = mlg_alloc(nest->used, sizeof *to->unit);
    to->share = mlg_alloc(nest->used, sizeof *to->share);
    to->least = mlg_alloc(nest->used, sizeof *to->least);
    TRY_ALLOC(err, to->offset);
    TRY_ALLOC(err, to->unit);
    TRY_ALLOC(err, to->share);
    TRY_ALLOC(err, to->least);
    for (size_t t = 0; t < nest->n; t++) {
        const uint32_t at = to->offset[t], length = nest->length[t];
        if (length > 0) {
            memcpy(to->unit + at, nest->unit + nest->begin[t], length * sizeof *to->unit);
            memcpy(to->share + at, nest->share + nest->begin[t], length * sizeof *to->share);
            memcpy(to->least + at, nest->least + nest->begin[t], length * sizeof *to->least);
        }
        to->offset[t + 1] = at + length;
    }
out:
    if (status != MLG_OK) {
        mlg_expansion_free(to);
    }
    return status;
}

void mlg_expansion_free(mlg_expansion *expansion)
{
    mlg_free(expansion->offset);
    mlg_free(expansion->unit);
    mlg_free(expansion->share);
    mlg_free(expansion->least);
    *expansion = (mlg_expansion){0};
}

mlg_status mlg_expand_perimeters(const mlg_model *model, int32_t day, mlg_expansion *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    nesting nest = {.n = model->territories.n, .day = day};

    *out = (mlg_expansion){0};
    TRY(gather(model, &nest, err));
    TRY(order_parts(model, &nest, err));
    TRY(expand(model, &nest, err));
    TRY(hand_over(&nest, out, err));
out:
    free_nest(&nest);
    return status;
}

mlg_status mlg_finish_perimeters(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_expansion made = {0};
    nesting nest = {.n = model->territories.n, .day = model->day, .told = model};

    TRY(gather(model, &nest, err));
    TRY(order_parts(model, &nest, err));
    TRY(find_units(model, &nest, err));
    TRY(expand(model, &nest, err));
    TRY(hand_over(&nest, &made, err));
    model->unit_offset = made.offset;
    model->unit = made.unit;
    model->unit_share = made.share;
    model->unit_least = made.least;

out:
    free_nest(&nest);
    return status;
}
