/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_GAP_H
#define MLG_SLOW_GAP_H

#include "measure/gap_ground.h"

/* A table of seats from its rows: "101 01x", x where the row may not sit. Without an x it has no
 * structural zeros. To be freed by slow_seats_free(). */
mlg_two_mode slow_seats(const char *rows);
void slow_seats_free(mlg_two_mode *seats);

/* Every table with the margins and the zeros of one, as bits row by row (at most 64 cells). */
typedef struct slow_tables {
    uint64_t *bits;
    size_t n;
    int32_t n_rows, n_columns;
} slow_tables;

slow_tables slow_tables_of(const mlg_two_mode *seats);
void slow_tables_free(slow_tables *tables);
uint64_t slow_bits_of(const mlg_two_mode *seats);
/* Rows of a table that have both columns. */
uint32_t slow_both(const slow_tables *tables, uint64_t bits, int32_t a, int32_t b);

/* Fills the pairs as mlg_gap_test() does, but from the list of all tables, each once; low and
 * high are p_adjusted were z a tenth lower or higher, for pairs whose z are equal but for
 * the error of the draws. */
void slow_gap_test(const mlg_two_mode *seats, mlg_gap_pair *pair, size_t n);

#endif
