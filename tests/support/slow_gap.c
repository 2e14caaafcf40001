/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_gap.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

mlg_two_mode slow_seats(const char *rows)
{
    mlg_two_mode t = {.n_columns = (int32_t) strcspn(rows, " ")};
    const size_t length = strlen(rows), step = (size_t) t.n_columns + 1;
    const bool barred = strchr(rows, 'x') != NULL;
    uint64_t *may = NULL;

    t.n_rows = (int32_t) ((length + 1) / step);
    t.offset = calloc((size_t) t.n_rows + 1, sizeof *t.offset);
    t.column = calloc(length + 1, sizeof *t.column);
    may = calloc((size_t) t.n_rows, sizeof *may);
    ck_assert(t.offset != NULL && t.column != NULL && may != NULL && t.n_columns <= 64);
    for (int32_t i = 0; i < t.n_rows; i++) {
        t.offset[i + 1] = t.offset[i];
        for (int32_t c = 0; c < t.n_columns; c++) {
            const char cell = rows[(size_t) i * step + (size_t) c];
            if (cell == '1') {
                t.column[t.offset[i + 1]++] = c;
            }
            may[i] |= cell != 'x' ? UINT64_C(1) << c : 0;
        }
    }
    t.may = barred ? may : NULL;
    if (!barred) {
        free(may);
    }
    return t;
}

void slow_seats_free(mlg_two_mode *seats)
{
    uint64_t *may = NULL;
    memcpy(&may, &seats->may, sizeof may); /* ours, although the table only reads it */
    free(may);
    free(seats->offset);
    free(seats->column);
}

uint64_t slow_bits_of(const mlg_two_mode *seats)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < seats->n_rows; i++) {
        for (uint32_t k = seats->offset[i]; k < seats->offset[i + 1]; k++) {
            const int32_t at = i * seats->n_columns + seats->column[k];
            ck_assert_int_lt(at, 64);
            ck_assert_msg((bits >> at & 1u) == 0, "a column twice in a row");
            bits |= UINT64_C(1) << at;
        }
    }
    return bits;
}

/* ---- every table ------------------------------------------------------------------- */

typedef struct listing {
    const mlg_two_mode *seats;
    slow_tables *out;
    size_t room;
    int32_t left[64]; /* of each column's sum */
} listing;

static void add_rows(listing *l, int32_t row, uint64_t bits)
{
    const int32_t columns = l->seats->n_columns;
    if (row == l->seats->n_rows) {
        if (l->out->n == l->room) {
            l->room = l->room * 2 + 64;
            l->out->bits = realloc(l->out->bits, l->room * sizeof *l->out->bits);
            ck_assert_ptr_nonnull(l->out->bits);
        }
        for (int32_t c = 0; c < columns; c++) {
            if (l->left[c] != 0) {
                return;
            }
        }
        l->out->bits[l->out->n++] = bits;
        return;
    }
    const uint32_t wanted = l->seats->offset[row + 1] - l->seats->offset[row];
    for (uint64_t subset = 0; subset < UINT64_C(1) << columns; subset++) {
        bool fits = (uint32_t) __builtin_popcountll(subset) == wanted;
        for (int32_t c = 0; c < columns && fits; c++) {
            const bool in = (subset >> c & 1u) != 0;
            fits = !in || (l->left[c] > 0 && mlg_may_have(mlg_may_of(l->seats, row), c));
        }
        if (fits) {
            for (int32_t c = 0; c < columns; c++) {
                l->left[c] -= (int32_t) (subset >> c & 1u);
            }
            add_rows(l, row + 1, bits | subset << (row * columns));
            for (int32_t c = 0; c < columns; c++) {
                l->left[c] += (int32_t) (subset >> c & 1u);
            }
        }
    }
}

slow_tables slow_tables_of(const mlg_two_mode *seats)
{
    slow_tables out = {.n_rows = seats->n_rows, .n_columns = seats->n_columns};
    listing l = {.seats = seats, .out = &out};

    ck_assert_int_le(seats->n_rows * seats->n_columns, 64);
    for (uint32_t k = 0; k < seats->offset[seats->n_rows]; k++) {
        l.left[seats->column[k]]++;
    }
    add_rows(&l, 0, 0);
    return out;
}

void slow_tables_free(slow_tables *tables)
{
    free(tables->bits);
}

uint32_t slow_both(const slow_tables *tables, uint64_t bits, int32_t a, int32_t b)
{
    uint32_t both = 0;
    for (int32_t i = 0; i < tables->n_rows; i++) {
        const uint64_t row = bits >> (i * tables->n_columns);
        both += (row >> a & 1u) != 0 && (row >> b & 1u) != 0;
    }
    return both;
}

/* ---- what they say ------------------------------------------------------------------- */

static void moments(const slow_tables *all, mlg_gap_pair *p)
{
    double sum = 0.0, squares = 0.0;
    size_t as_few = 0, fewest = 0;
    uint32_t least = UINT32_MAX;

    for (size_t t = 0; t < all->n; t++) {
        const uint32_t both = slow_both(all, all->bits[t], p->a, p->b);
        sum += both;
        as_few += both <= p->both;
        fewest = both < least ? 1 : fewest + (both == least);
        least = both < least ? both : least;
    }
    p->expected = sum / (double) all->n;
    for (size_t t = 0; t < all->n; t++) {
        const double off = slow_both(all, all->bits[t], p->a, p->b) - p->expected;
        squares += off * off;
    }
    p->sd = sqrt(squares / (double) all->n);
    p->z = p->sd > 0.0 ? (p->both - p->expected) / p->sd : NAN;
    p->p = (double) as_few / (double) all->n;
    p->testable = p->sd > 0.0 && (double) fewest / (double) all->n <= 0.05;
}

static bool is_kin(const mlg_gap_pair *p, const mlg_gap_pair *q)
{
    return q->testable && (p->stratum == MLG_GAP_KNOWN) == (q->stratum == MLG_GAP_KNOWN);
}

/* Share of the tables in which some pair of the family lies as low as z. */
static double share_as_far(const slow_tables *all, const mlg_gap_pair *pair, size_t n, size_t e,
                           double z)
{
    size_t as_far = 0;
    for (size_t t = 0; t < all->n; t++) {
        bool found = false;
        for (size_t f = 0; f < n; f++) {
            const double both = slow_both(all, all->bits[t], pair[f].a, pair[f].b);
            found = found ||
                    (is_kin(&pair[e], &pair[f]) && (both - pair[f].expected) / pair[f].sd <= z);
        }
        as_far += found;
    }
    return (double) as_far / (double) all->n;
}

void slow_gap_test(const mlg_two_mode *seats, mlg_gap_pair *pair, size_t n)
{
    slow_tables all = slow_tables_of(seats);

    for (size_t e = 0; e < n; e++) {
        moments(&all, &pair[e]);
    }
    for (size_t e = 0; e < n; e++) {
        const bool testable = pair[e].testable;
        pair[e].p_adjusted = testable ? share_as_far(&all, pair, n, e, pair[e].z + 1e-9) : NAN;
        pair[e].low = testable ? share_as_far(&all, pair, n, e, pair[e].z - 0.1) : NAN;
        pair[e].high = testable ? share_as_far(&all, pair, n, e, pair[e].z + 0.1) : NAN;
    }
    slow_tables_free(&all);
}
