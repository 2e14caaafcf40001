/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/key_players.h"
#include "measure/summary.h"

void mlg_set_sort(int32_t *set, int32_t k)
{
    for (int32_t i = 1; i < k; i++) {
        const int32_t row = set[i];
        int32_t at = i;
        for (; at > 0 && set[at - 1] > row; at--) {
            set[at] = set[at - 1];
        }
        set[at] = row;
    }
}

int32_t mlg_players_asked(const mlg_run *run, int32_t n)
{
    const uint32_t asked = run->budget > 0 ? run->budget : 1;
    const int32_t most = asked < MLG_MOST_PLAYERS ? (int32_t) asked : MLG_MOST_PLAYERS;
    return most < n ? most : n;
}

/* ---- the sets of first place --------------------------------------------------------- */

mlg_status mlg_best_sets_open(mlg_best_sets *best, int32_t k, double slack, mlg_error *err)
{
    *best = (mlg_best_sets){
        .k = k, .value = -INFINITY, .slack = slack, .sets = NAN, .bound = NAN, .proven = false};
    best->member = mlg_alloc(MLG_LISTED_ROWS, sizeof *best->member);
    return best->member != NULL ? MLG_OK
                                : mlg_fail(err, MLG_ENOMEM, "key players: no memory for the sets");
}

void mlg_best_sets_free(mlg_best_sets *best)
{
    mlg_free(best->member);
    *best = (mlg_best_sets){0};
}

void mlg_best_sets_offer(mlg_best_sets *best, const int32_t *set, int32_t last, double value)
{
    if (!mlg_best_sets_wants(best, value)) {
        return;
    }
    if (value > best->value + best->slack) {
        best->value = value;
        best->sets = 0;
        best->n_kept = 0;
    }
    best->sets++;
    if ((best->n_kept + 1) * best->k <= MLG_LISTED_ROWS) {
        int32_t *member = best->member + (size_t) best->n_kept++ * (size_t) best->k;
        for (int32_t i = 0; i + 1 < best->k; i++) {
            member[i] = set[i];
        }
        member[best->k - 1] = last;
    }
}

void mlg_best_sets_found(mlg_best_sets *best, const int32_t *set, double value, double bound)
{
    best->value = value;
    best->sets = NAN;
    best->bound = bound;
    best->proven = value >= bound - best->slack;
    best->n_kept = 1;
    memcpy(best->member, set, (size_t) best->k * sizeof *set);
    mlg_set_sort(best->member, best->k);
}

void mlg_best_sets_seen_all(mlg_best_sets *best)
{
    best->bound = best->value;
    best->proven = true;
}

/* ---- rows of a value -------------------------------------------------------------------- */

/* Parts that every list has, before its own. */
static const char *const fixed[] = {"k", "set", "member", "proven", "sets"};
enum { FIXED = sizeof fixed / sizeof *fixed };

mlg_status mlg_set_rows_add(mlg_set_rows *rows, const mlg_best_sets *best, const double *value,
                            const double *extra, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t k = (size_t) best->k, more = k * (size_t) best->n_kept;
    const size_t step = 1 + FIXED + rows->n_parts;
    size_t room = rows->room;

    if (!mlg_grow(&rows->row, &room, rows->n + more, sizeof *rows->row)) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for its rows", rows->id);
    }
    double *figures = mlg_resize(rows->figures, room * step, sizeof *figures);
    TRY_ALLOC(err, figures);
    rows->figures = figures;
    rows->room = room;
    for (size_t set = 0; set < (size_t) best->n_kept; set++) {
        for (size_t i = 0; i < k; i++) {
            double *at = &rows->figures[rows->n * step];
            rows->row[rows->n++] = best->member[set * k + i];
            *at++ = value[set];
            *at++ = (double) k;
            *at++ = (double) set + 1;
            *at++ = (double) i + 1;
            *at++ = best->proven;
            *at++ = best->sets;
            for (size_t p = 0; p < rows->n_parts; p++) {
                *at++ = extra[set * rows->n_parts + p];
            }
        }
    }
    rows->total += isnan(best->sets) ? (double) more : best->sets * (double) k;
out:
    return status;
}

mlg_status mlg_set_rows_append(const mlg_set_rows *rows, const mlg_context *context, int32_t view,
                               mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const char *parts[MLG_MAX_PARTS];
    mlg_id *subject = mlg_alloc(rows->n, sizeof *subject);
    size_t n_parts = 0;

    TRY_ALLOC(err, subject);
    for (size_t i = 0; i < rows->n; i++) {
        subject[i] = graph->subject[rows->row[i]];
    }
    for (; n_parts < FIXED; n_parts++) {
        parts[n_parts] = fixed[n_parts];
    }
    for (size_t p = 0; p < rows->n_parts; p++) {
        parts[n_parts++] = rows->parts[p];
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = rows->id,
                                          .view = view,
                                          .scope = graph->scope,
                                          .convention = rows->convention,
                                          .parts = parts,
                                          .n_parts = n_parts,
                                          .subject = subject,
                                          .figure = rows->figures,
                                          .n = rows->n},
                           err));
    out->items[out->n - 1].total = (size_t) rows->total;
out:
    mlg_free(subject);
    return status;
}

void mlg_set_rows_free(mlg_set_rows *rows)
{
    mlg_free(rows->row);
    mlg_free(rows->figures);
    rows->row = NULL;
    rows->figures = NULL;
    rows->n = rows->room = 0;
}
