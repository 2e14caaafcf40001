/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap_ground.h"

/* Who sits in which scheme: an actor does when it takes part in an activity of the scheme. */

const mlg_id *mlg_gap_schemes_of(const mlg_model *model, mlg_id activity, size_t *n)
{
    const int32_t row = model->activity_row[activity];
    *n = 0;
    return row >= 0 ? mlg_get_list(model, C_activities_schemes, row, n) : NULL;
}

int32_t mlg_gaps_column(const mlg_gaps *gaps, mlg_id scheme)
{
    return mlg_id_find(gaps->scheme, gaps->n_schemes, scheme);
}

bool mlg_gaps_sits(const mlg_gaps *gaps, int32_t row, int32_t column)
{
    const mlg_two_mode *t = &gaps->seats;
    for (uint32_t k = t->offset[row]; k < t->offset[row + 1]; k++) {
        if (t->column[k] == column) {
            return true;
        }
    }
    return false;
}

/* A scheme in force of which no activity of the view speaks: nothing can be told of it. */
static int32_t count_silent(const mlg_model *model, const bool *seen)
{
    int32_t silent = 0;
    for (size_t p = 0; p < model->parties.n; p++) {
        const int32_t row = model->party_scheme_row[p];
        silent += (model->party_flags[p] & MLG_IS_SCHEME) != 0 && !seen[p] && row >= 0 &&
                  mlg_row_in_force(model, MLG_SCHEMES, row, model->day);
    }
    return silent;
}

/* Numbers the schemes that somebody sits in. */
static mlg_status number_schemes(const mlg_graph *graph, mlg_gaps *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    bool *seen = mlg_zalloc(model->parties.n, sizeof *seen);

    TRY_ALLOC(err, seen);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_gap_schemes_of(model, graph->activity[e], &n);
        out->activities_outside += n == 0;
        for (size_t i = 0; i < n && mlg_csr_degree(&graph->attended, e) > 0; i++) {
            out->n_schemes += !seen[schemes[i]];
            seen[schemes[i]] = true;
        }
    }
    out->scheme = mlg_alloc((size_t) out->n_schemes, sizeof *out->scheme);
    TRY_ALLOC(err, out->scheme);
    out->n_schemes = 0;
    for (mlg_id p = 0; p < (mlg_id) model->parties.n; p++) {
        if (seen[p]) {
            out->scheme[out->n_schemes++] = p;
        }
    }
    out->silent = count_silent(model, seen);
out:
    mlg_free(seen);
    return status;
}

/* Lists (actor, column) once an activity of the scheme; with `actor` NULL only counts. */
static size_t list_seats(const mlg_graph *graph, const mlg_gaps *gaps, int32_t *actor,
                         int32_t *column)
{
    size_t m = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t k = graph->attends.offset[v]; k < graph->attends.offset[v + 1]; k++) {
            const mlg_id activity = graph->activity[graph->attends.target[k]];
            size_t n = 0;
            const mlg_id *schemes = mlg_gap_schemes_of(graph->model, activity, &n);
            for (size_t i = 0; i < n; i++, m++) {
                if (actor != NULL) {
                    actor[m] = v;
                    column[m] = mlg_gaps_column(gaps, schemes[i]);
                }
            }
        }
    }
    return m;
}

/* Turns the merged seats into a table of the actors that have one. */
static mlg_status fill_table(const mlg_csr *held, mlg_gaps *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_two_mode *table = &out->seats;

    table->n_columns = out->n_schemes;
    table->offset = mlg_zalloc((size_t) held->n + 1, sizeof *table->offset);
    table->column = mlg_copy(held->target, mlg_csr_size(held), sizeof *table->column);
    out->actor = mlg_alloc((size_t) held->n, sizeof *out->actor);
    TRY_ALLOC(err, table->offset);
    TRY_ALLOC(err, table->column);
    TRY_ALLOC(err, out->actor);
    for (int32_t v = 0; v < held->n; v++) {
        if (mlg_csr_degree(held, v) > 0) {
            out->actor[table->n_rows++] = v;
            table->offset[table->n_rows] = held->offset[v + 1];
        }
    }
    out->actors_outside = held->n - table->n_rows;
out:
    return status;
}

mlg_status mlg_gap_seats_make(const mlg_graph *graph, mlg_gaps *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *actor = NULL, *column = NULL;
    mlg_csr held = {0};

    TRY(number_schemes(graph, out, err));
    const size_t m = list_seats(graph, out, NULL, NULL);
    actor = mlg_alloc(m, sizeof *actor);
    column = mlg_alloc(m, sizeof *column);
    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, column);
    list_seats(graph, out, actor, column);
    TRY(mlg_csr_build(graph->n, out->n_schemes, false, false, actor, column, NULL, m, MLG_MERGE_MAX,
                      &held, err));
    TRY(fill_table(&held, out, err));
    if (out->n_schemes < 2) {
        out->why = out->n_schemes == 0 ? T_why_no_scheme_seats : T_why_one_scheme;
    }
out:
    mlg_free(actor);
    mlg_free(column);
    mlg_csr_free(&held);
    return status;
}
