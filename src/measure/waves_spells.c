/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/waves_spells.h"

#include <math.h>
#include <stdlib.h>

#include "measure/departure.h"
#include "measure/post_ends.h"

double mlg_middle_day(mlg_span span)
{
    return span.first == MLG_EVER_FIRST || span.last == MLG_EVER_LAST
               ? MLG_NO_DAY
               : floor(((double) span.first + (double) span.last) / 2.0);
}

/* A row of posts.csv on its way to a spell. */
typedef struct held_row {
    int32_t post, row;
    mlg_id person;
    double start, end; /* NaN: unknown */
    double order;      /* where it stands among the rows of its post */
} held_row;

/* By its start; without one by its end, which has passed, else last. */
static double order_of(const held_row *r, double date)
{
    if (!isnan(r->start)) {
        return r->start;
    }
    return !isnan(r->end) && r->end <= date ? r->end : INFINITY;
}

static int by_post_and_time(const void *left, const void *right)
{
    const held_row *a = left, *b = right;
    if (a->post != b->post) {
        return a->post < b->post ? -1 : 1;
    }
    if (a->order < b->order || a->order > b->order) {
        return a->order < b->order ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* First row of the post of each row. Rows without an id are one post only with the person, the
 * role and a scheme in common: two holders of such rows may well be two posts. */
static mlg_status find_posts(const mlg_model *model, int32_t *post, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t rows = model->rows[MLG_POSTS].n;
    int32_t *first = mlg_alloc(model->parties.n, sizeof *first); /* row of a post */
    int32_t *last = mlg_alloc(model->parties.n, sizeof *last);   /* row of a person */
    int32_t *before = mlg_alloc((size_t) rows, sizeof *before);  /* the person's, back to -1 */

    TRY_ALLOC(err, first);
    TRY_ALLOC(err, last);
    TRY_ALLOC(err, before);
    for (size_t i = 0; i < model->parties.n; i++) {
        first[i] = last[i] = -1;
    }
    for (int32_t row = 0; row < rows; row++) {
        const mlg_id id = mlg_get_id(model, C_posts_id, row);
        const mlg_id person = mlg_get_id(model, C_posts_person, row);
        post[row] = id >= 0 && first[id] >= 0 ? first[id] : row;
        before[row] = person >= 0 ? last[person] : -1;
        for (int32_t o = before[row]; post[row] == row && o >= 0; o = before[o]) {
            post[row] = mlg_post_is_same(model, row, o) ? post[o] : row;
        }
        if (id >= 0) {
            first[id] = post[row];
        }
        if (person >= 0) {
            last[person] = row;
        }
    }
out:
    mlg_free(first);
    mlg_free(last);
    mlg_free(before);
    return status;
}

static mlg_status read_rows(const mlg_model *model, held_row **out, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t rows = model->rows[MLG_POSTS].n;
    int32_t *post = mlg_alloc((size_t) rows, sizeof *post);
    held_row *made = mlg_alloc((size_t) rows, sizeof *made);

    *out = made;
    *n = 0;
    TRY_ALLOC(err, post);
    TRY_ALLOC(err, made);
    TRY(find_posts(model, post, err));
    for (int32_t row = 0; row < rows; row++) {
        held_row r = {.post = post[row],
                      .row = row,
                      .person = mlg_get_id(model, C_posts_person, row),
                      .start = mlg_middle_day(mlg_get_span(model, C_posts_start, row)),
                      .end = mlg_middle_day(mlg_get_span(model, C_posts_end, row))};
        r.order = order_of(&r, model->date);
        if (!(r.start > model->date)) {
            made[(*n)++] = r;
        }
    }
    if (*n > 0) {
        qsort(made, *n, sizeof *made, by_post_and_time);
    }
out:
    mlg_free(post);
    return status;
}

/* Rows of one named person, or of nobody, that follow each other are one spell; rows of an
 * unknown holder stay apart, but for those that begin together. */
static bool is_same_spell(const held_row *a, const held_row *b)
{
    return a->post == b->post && a->person == b->person &&
           (a->person != -1 || (a->start >= b->start && a->start <= b->start));
}

static void add_row(const mlg_model *model, mlg_spell *spell, const held_row *r)
{
    const int32_t contract = mlg_get_id(model, C_posts_contract, r->row);

    spell->n++;
    spell->start = isnan(spell->start) || r->start < spell->start ? r->start : spell->start;
    /* the latest end; one that is not known is none */
    spell->end = spell->n > 1 && (isnan(spell->end) || isnan(r->end)) ? MLG_NO_DAY
                 : spell->n > 1 && spell->end > r->end                ? spell->end
                                                                      : r->end;
    spell->contract = contract >= 0 ? contract : spell->contract;
    spell->coordinates = spell->coordinates || mlg_row_coordinates(model, r->row);
    spell->elected = spell->elected || contract == MLG_CODE_OF(contract, elected) ||
                     ((contract < 0 || contract == MLG_CODE_OF(contract, unknown)) &&
                      mlg_get_id(model, C_posts_role, r->row) == MLG_CODE_OF(role, elected));
}

/* How a spell ended, by what follows it: its own dates until then may be a mere term. */
static void end_spell(mlg_spell *spell, const mlg_spell *next, double date)
{
    const bool passed = !isnan(spell->end) && spell->end < date;
    const bool known = next != NULL && next->person != -1 && spell->person != -1;

    spell->ending = next != NULL ? (known ? MLG_DEPARTED : MLG_LOST_SIGHT)
                    : passed     ? MLG_LOST_SIGHT
                                 : MLG_STILL_HELD;
    spell->end = passed ? spell->end + 1.0 : spell->ending == MLG_STILL_HELD ? date : MLG_NO_DAY;
    if (next != NULL && (isnan(spell->end) || next->start < spell->end)) {
        spell->end = next->start;
    }
    if (!isnan(spell->start) && spell->end < spell->start) {
        spell->end = spell->start;
    }
}

static void gather(const mlg_model *model, const held_row *rows, size_t n, mlg_spells *out)
{
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !is_same_spell(&rows[i], &rows[i - 1])) {
            out->items[out->n++] = (mlg_spell){.person = rows[i].person,
                                               .post = rows[i].post,
                                               .first = (int32_t) i,
                                               .start = MLG_NO_DAY,
                                               .contract = -1};
        }
        add_row(model, &out->items[out->n - 1], &rows[i]);
        out->rows[i] = rows[i].row;
    }
    for (size_t s = 0; s < out->n; s++) {
        const bool followed = s + 1 < out->n && out->items[s + 1].post == out->items[s].post;
        end_spell(&out->items[s], followed ? &out->items[s + 1] : NULL, model->date);
    }
}

mlg_status mlg_spells_of(const mlg_model *model, mlg_spells *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    held_row *rows = NULL;
    size_t n = 0;

    *out = (mlg_spells){.n = 0};
    TRY(read_rows(model, &rows, &n, err));
    out->items = mlg_alloc(n, sizeof *out->items);
    TRY_ALLOC(err, out->items);
    out->rows = mlg_alloc(n, sizeof *out->rows);
    TRY_ALLOC(err, out->rows);
    gather(model, rows, n, out);
out:
    mlg_free(rows);
    if (status != MLG_OK) {
        mlg_spells_free(out);
    }
    return status;
}

void mlg_spells_free(mlg_spells *spells)
{
    mlg_free(spells->items);
    mlg_free(spells->rows);
    *spells = (mlg_spells){.n = 0};
}
