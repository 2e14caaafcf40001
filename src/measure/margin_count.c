/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/margin_count.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* ---- the table of a graph --------------------------------------------------- */

/* Participations of the actors with a sector. */
static mlg_status make_table(const mlg_graph *graph, mlg_seats *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = out->labelling;
    mlg_two_mode *table = &out->table;

    *table = (mlg_two_mode){.n_rows = l->n, .n_columns = graph->n_activities};
    table->offset = mlg_zalloc((size_t) l->n + 1, sizeof *table->offset);
    TRY_ALLOC(err, table->offset);
    for (int32_t i = 0; i < l->n; i++) {
        table->offset[i + 1] = table->offset[i] + mlg_csr_degree(&graph->attends, l->actor[i]);
    }
    table->column = mlg_alloc(table->offset[l->n], sizeof *table->column);
    out->column_offset = mlg_zalloc((size_t) table->n_columns + 1, sizeof *out->column_offset);
    TRY_ALLOC(err, table->column);
    TRY_ALLOC(err, out->column_offset);
    for (int32_t i = 0; i < l->n; i++) {
        const uint32_t first = graph->attends.offset[l->actor[i]];
        for (uint32_t k = table->offset[i]; k < table->offset[i + 1]; k++) {
            table->column[k] = graph->attends.target[first + k - table->offset[i]];
            out->column_offset[table->column[k] + 1]++;
        }
    }
    for (int32_t e = 0; e < table->n_columns; e++) {
        const uint64_t k = out->column_offset[e + 1];
        out->meetings += k * (k - (k > 0)) / 2;
        out->column_offset[e + 1] += out->column_offset[e];
    }
out:
    return status;
}

/* Newman's 1 / (k - 1) counts every actor of an activity, with a sector or without. */
static mlg_status make_shares(const mlg_graph *graph, mlg_seats *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    out->share = mlg_alloc((size_t) graph->n_activities, sizeof *out->share);
    TRY_ALLOC(err, out->share);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const uint32_t k = mlg_csr_degree(&graph->attended, e);
        out->share[e] = out->rule == MLG_PROJECT_NEWMAN && k > 1 ? 1.0 / (k - 1) : 1.0;
    }
out:
    return status;
}

mlg_status mlg_seats_make(const mlg_graph *graph, const mlg_labelling *labelling, mlg_seats *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_seats){.labelling = labelling, .rule = graph->view.projection};
    TRY(make_table(graph, out, err));
    TRY(make_shares(graph, out, err));
out:
    if (status != MLG_OK) {
        mlg_seats_free(out);
    }
    return status;
}

void mlg_seats_free(mlg_seats *seats)
{
    mlg_free(seats->table.offset);
    mlg_free(seats->table.column);
    mlg_free(seats->column_offset);
    mlg_free(seats->share);
    *seats = (mlg_seats){0};
}

mlg_status mlg_seat_counter_open(const mlg_seats *seats, mlg_seat_counter *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_rows = (size_t) seats->table.n_rows, n_columns = (size_t) seats->table.n_columns;
    const size_t entries = seats->table.offset[n_rows];
    const size_t n_sectors = (size_t) seats->labelling->n_sectors;

    *out = (mlg_seat_counter){.table = seats->table};
    out->table.column = mlg_copy(seats->table.column, entries, sizeof *out->table.column);
    out->next = mlg_alloc(n_columns, sizeof *out->next);
    out->row = mlg_alloc(entries, sizeof *out->row);
    out->sum = mlg_zalloc(n_rows, sizeof *out->sum);
    out->met = mlg_alloc(n_rows + 1, sizeof *out->met);
    out->internal = mlg_alloc(n_rows, sizeof *out->internal);
    out->degree = mlg_alloc(n_rows, sizeof *out->degree);
    out->square = mlg_zalloc(n_sectors * n_sectors, sizeof *out->square);
    out->stubs = mlg_alloc(n_sectors, sizeof *out->stubs);
    if (out->table.column == NULL || out->next == NULL || out->row == NULL || out->sum == NULL ||
        out->met == NULL || out->internal == NULL || out->degree == NULL || out->square == NULL ||
        out->stubs == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory to count %zu participations", entries);
    }
out:
    if (status != MLG_OK) {
        mlg_seat_counter_close(out);
    }
    return status;
}

void mlg_seat_counter_close(mlg_seat_counter *counter)
{
    mlg_free(counter->table.column);
    mlg_free(counter->next);
    mlg_free(counter->row);
    mlg_free(counter->sum);
    mlg_free(counter->met);
    mlg_free(counter->internal);
    mlg_free(counter->degree);
    mlg_free(counter->square);
    mlg_free(counter->stubs);
    *counter = (mlg_seat_counter){0};
}

/* ---- counting one table ------------------------------------------------------ */

/* Rows of each column, and `next` at each column's first. */
static void turn(const mlg_seats *seats, mlg_seat_counter *s)
{
    const size_t bytes = (size_t) s->table.n_columns * sizeof *s->next;
    memcpy(s->next, seats->column_offset, bytes);
    for (int32_t i = 0; i < s->table.n_rows; i++) {
        for (uint32_t k = s->table.offset[i]; k < s->table.offset[i + 1]; k++) {
            s->row[s->next[s->table.column[k]]++] = i;
        }
    }
    memcpy(s->next, seats->column_offset, bytes);
}

/* Rows after i that i meets, with their weight in `sum`. Rows come in order, so those
 * before i in a column were passed when they were at hand. */
static size_t meet(const mlg_seats *seats, mlg_seat_counter *s, int32_t i)
{
    const uint32_t *const end_of = seats->column_offset + 1;
    const int32_t *const rows = s->row;
    double *const sum = s->sum;
    int32_t *const met = s->met;
    size_t n = 0;
    for (uint32_t k = s->table.offset[i]; k < s->table.offset[i + 1]; k++) {
        const int32_t column = s->table.column[k];
        const double share = seats->share[column];
        const uint32_t end = end_of[column];
        for (uint32_t p = ++s->next[column]; p < end; p++) {
            const int32_t other = rows[p];
            const double before = sum[other];
            met[n] = other; /* kept only when it is new: no branch to guess wrong */
            n += before == 0.0;
            sum[other] = before + share;
        }
    }
    return n;
}

static double weight_of(const mlg_seats *seats, const mlg_two_mode *table, int32_t i, int32_t j,
                        double sum)
{
    if (seats->rule != MLG_PROJECT_JACCARD) {
        return sum;
    }
    const uint32_t *at = table->offset;
    return sum / ((double) (at[i + 1] - at[i]) + (double) (at[j + 1] - at[j]) - sum);
}

/* Actors of one sector each: what most studies have, without the tables of types. */
static void count_row_plain(const mlg_seats *seats, mlg_seat_counter *s, int32_t i, size_t n_met,
                            mlg_margin_counts *out)
{
    const uint16_t *const type = seats->labelling->type;
    const uint16_t t = type[i];
    uint32_t *const square = s->square + (size_t) t * (size_t) seats->labelling->n_sectors;
    uint32_t *const degree = s->degree, *const internal = s->internal;
    uint32_t inside_now = 0;
    double total = 0.0, within = 0.0;

    for (size_t k = 0; k < n_met; k++) {
        const int32_t j = s->met[k];
        const double weight = weight_of(seats, &s->table, i, j, s->sum[j]);
        const uint32_t inside = type[j] == t;
        s->sum[j] = 0.0;
        degree[j]++;
        internal[j] += inside;
        inside_now += inside;
        total += weight;
        within += inside != 0 ? weight : 0.0;
        square[type[j]]++;
    }
    degree[i] += (uint32_t) n_met;
    internal[i] += inside_now;
    out->within += inside_now;
    out->tie_within += inside_now;
    out->weighted_total += total;
    out->weighted_within += within;
    out->total += (double) n_met;
}

static void count_row(const mlg_seats *seats, mlg_seat_counter *s, int32_t i, size_t n_met,
                      mlg_margin_counts *out)
{
    const mlg_labelling *l = seats->labelling;
    const int32_t t = l->type[i];
    for (size_t k = 0; k < n_met; k++) {
        const int32_t j = s->met[k], u = l->type[j];
        const double weight = weight_of(seats, &s->table, i, j, s->sum[j]);
        const bool inside = mlg_types_share(l, t, u);
        s->sum[j] = 0.0;
        s->degree[i]++;
        s->degree[j]++;
        s->internal[i] += inside;
        s->internal[j] += inside;
        out->within += inside;
        out->weighted_total += weight;
        out->weighted_within += inside ? weight : 0.0;
        out->tie_within += l->first[t] == l->first[u];
        mlg_cells_add(l, s->square, (uint32_t) t, (uint32_t) u);
    }
    out->total += (double) n_met;
}

/* Summed degrees: by sector into the cells' draw d, squared by first sector into `out`. */
static void count_stubs(const mlg_seats *seats, mlg_seat_counter *s, mlg_cells *cells, size_t d,
                        mlg_margin_counts *out)
{
    const mlg_labelling *l = seats->labelling;
    memset(s->stubs, 0, (size_t) l->n_sectors * sizeof *s->stubs);
    for (int32_t i = 0; i < l->n; i++) {
        s->stubs[l->first[l->type[i]]] += s->degree[i];
    }
    for (size_t a = 0; a < (size_t) l->n_sectors; a++) {
        out->squares += (double) s->stubs[a] * (double) s->stubs[a];
    }
    for (int32_t i = 0; i < l->n && d < cells->n; i++) {
        const uint16_t t = l->type[i];
        for (uint32_t k = l->set_offset[t]; k < l->set_offset[t + 1]; k++) {
            cells->stubs[(size_t) l->set[k] * cells->n + d] += s->degree[i];
        }
    }
}

void mlg_count_seats(const mlg_seats *seats, mlg_seat_counter *s, mlg_cells *cells, size_t d,
                     mlg_margin_counts *out)
{
    const size_t n_rows = (size_t) s->table.n_rows,
                 n_sectors = (size_t) seats->labelling->n_sectors;

    *out = (mlg_margin_counts){0};
    memset(s->internal, 0, n_rows * sizeof *s->internal);
    memset(s->degree, 0, n_rows * sizeof *s->degree);
    turn(seats, s);
    for (int32_t i = 0; i < s->table.n_rows; i++) {
        const size_t n_met = meet(seats, s, i);
        if (seats->labelling->several) {
            count_row(seats, s, i, n_met, out);
        } else {
            count_row_plain(seats, s, i, n_met, out);
        }
    }
    count_stubs(seats, s, cells, d, out);
    if (d < cells->n) {
        mlg_cells_put(cells, s->square, d);
    } else {
        memset(s->square, 0, n_sectors * n_sectors * sizeof *s->square);
    }
}
