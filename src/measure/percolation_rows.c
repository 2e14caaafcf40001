/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/percolation.h"

/* Rows in an order in which neighbours are near each other, and nearly everyone has one before it:
 * sets then grow one by one instead of many that join later. */

/* Actors by their ties, most first; those of equally many as they come. A counting sort. */
static mlg_status most_ties_first(const mlg_csr *ties, int32_t n, int32_t *list, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t most = 0;
    uint32_t *start = NULL;

    for (int32_t v = 0; v < n; v++) {
        most = mlg_csr_degree(ties, v) > most ? mlg_csr_degree(ties, v) : most;
    }
    start = mlg_zalloc((size_t) most + 2, sizeof *start);
    TRY_ALLOC(err, start);
    for (int32_t v = 0; v < n; v++) {
        start[most - mlg_csr_degree(ties, v) + 1]++;
    }
    for (uint32_t d = 0; d < most; d++) {
        start[d + 1] += start[d];
    }
    for (int32_t v = 0; v < n; v++) {
        list[start[most - mlg_csr_degree(ties, v)]++] = v;
    }
out:
    mlg_free(start);
    return status;
}

/* Breadth first from the busiest of each component; row[v] in the order of arrival, actors and
 * activities each by themselves. */
static void number_rows(const mlg_csr *ties, const int32_t *busiest, int32_t n, int32_t *row,
                        int32_t *queue)
{
    int32_t met = 0, done = 0, actors = 0, activities = n;

    for (int32_t v = 0; v < ties->n; v++) {
        row[v] = -1;
    }
    for (int32_t i = 0; i < ties->n; i++) {
        const int32_t from = i < n ? busiest[i] : i; /* activities without actors come last */
        if (row[from] < 0) {
            row[from] = from < n ? actors++ : activities++;
            queue[met++] = from;
        }
        for (; done < met; done++) {
            const int32_t v = queue[done];
            for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
                const int32_t w = ties->target[e];
                if (row[w] < 0) {
                    row[w] = w < n ? actors++ : activities++;
                    queue[met++] = w;
                }
            }
        }
    }
}

/* Entries of each row, ascending: those that come from lower rows are written first. */
static void renumber(const mlg_csr *ties, const int32_t *row, int32_t *at, uint32_t *next,
                     mlg_csr *out)
{
    for (int32_t v = 0; v < ties->n; v++) {
        at[row[v]] = v;
    }
    out->offset[0] = 0;
    for (int32_t r = 0; r < ties->n; r++) {
        next[r] = out->offset[r];
        out->offset[r + 1] = out->offset[r] + mlg_csr_degree(ties, at[r]);
    }
    for (int32_t r = 0; r < ties->n; r++) {
        for (uint32_t e = ties->offset[at[r]]; e < ties->offset[at[r] + 1]; e++) {
            out->target[next[row[ties->target[e]]]++] = r;
        }
    }
}

static mlg_status make_room(const mlg_csr *ties, mlg_percolation *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) out->n, rows = (size_t) ties->n;

    out->rows = ties->n;
    out->ties.n = ties->n;
    out->ties.offset = mlg_alloc(rows + 1, sizeof *out->ties.offset);
    out->ties.target = mlg_alloc(mlg_csr_size(ties), sizeof *out->ties.target);
    out->lower = mlg_alloc(rows, sizeof *out->lower);
    out->row_of = mlg_alloc(n, sizeof *out->row_of);
    out->actor_of = mlg_alloc(n, sizeof *out->actor_of);
    TRY_ALLOC(err, out->ties.offset);
    TRY_ALLOC(err, out->ties.target);
    TRY_ALLOC(err, out->lower);
    TRY_ALLOC(err, out->row_of);
    TRY_ALLOC(err, out->actor_of);
out:
    return status;
}

/* Where the entries of each row stop being lower than the row. */
static void mark_lower(mlg_percolation *out)
{
    for (int32_t r = 0; r < out->rows; r++) {
        uint32_t e = out->ties.offset[r];
        while (e < out->ties.offset[r + 1] && out->ties.target[e] < r) {
            e++;
        }
        out->lower[r] = e;
    }
}

mlg_status mlg_percolation_rows(const mlg_csr *ties, mlg_percolation *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) out->n, rows = (size_t) ties->n;
    int32_t *list = mlg_alloc(n, sizeof *list), *row = mlg_alloc(rows, sizeof *row);
    int32_t *at = mlg_alloc(rows, sizeof *at);

    TRY_ALLOC(err, list);
    TRY_ALLOC(err, row);
    TRY_ALLOC(err, at);
    TRY(make_room(ties, out, err));
    TRY(most_ties_first(ties, out->n, list, err));
    number_rows(ties, list, out->n, row, at);
    renumber(ties, row, at, out->lower, &out->ties);
    for (int32_t v = 0; v < out->n; v++) {
        out->row_of[v] = row[v];
        out->actor_of[row[v]] = v;
    }
    mark_lower(out);
out:
    mlg_free(list);
    mlg_free(row);
    mlg_free(at);
    return status;
}
