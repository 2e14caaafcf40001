/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_MARGIN_COUNT_H
#define MLG_MEASURE_MARGIN_COUNT_H

#include "measure/margins.h"

/* What does not change from draw to draw: who has how many seats, and each activity too. */
typedef struct mlg_seats {
    const mlg_labelling *labelling;
    mlg_projection rule;
    mlg_two_mode table;      /* of the actors with a sector */
    uint32_t *column_offset; /* [n_columns + 1] */
    double *share;           /* [n_columns] what meeting in an activity adds to a pair */
    uint64_t meetings;       /* pairs of rows over all columns, repetition counted */
} mlg_seats;

mlg_status mlg_seats_make(const mlg_graph *graph, const mlg_labelling *labelling, mlg_seats *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_seats_free(mlg_seats *seats);

/* One thread's table and counters. */
typedef struct mlg_seat_counter {
    mlg_two_mode table;          /* borrows offset; its own columns, those of the seats at first */
    uint32_t *next;              /* [n_columns] */
    int32_t *row;                /* [entries] rows of each column, ascending */
    double *sum;                 /* [n_rows] weight of the row at hand with each, 0 between rows */
    int32_t *met;                /* [n_rows + 1] */
    uint32_t *internal, *degree; /* [n_rows] of the table last counted */
    uint32_t *square, *stubs;    /* [n_sectors^2], [n_sectors] */
} mlg_seat_counter;

mlg_status mlg_seat_counter_open(const mlg_seats *seats, mlg_seat_counter *out,
                                 mlg_error *err) MLG_MUST_CHECK;
void mlg_seat_counter_close(mlg_seat_counter *counter);

/* Counts the projection of the counter's table pair by pair, without building it, into `out`
 * and, when there is room (d < cells->n), into draw d of the cells. Cost: O(entries +
 * pairs that meet, repetition counted + sectors^2). */
void mlg_count_seats(const mlg_seats *seats, mlg_seat_counter *counter, mlg_cells *cells, size_t d,
                     mlg_margin_counts *out);

#endif
