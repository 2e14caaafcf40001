/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/players.h"
#include "measure/key_players.h"
#include "measure/removal.h"
#include "measure/summary.h"

static const char *const id = "depend.key_players_pos";

/* Parts of each list, after those of key_players_sets.c. */
enum { OTHERS_ONLY, ONE, TWO, DISTANCE, BOUND, N_OWN };
static const char *const parts[N_OWN] = {"others_only", "reach1", "reach2", "distance", "bound"};

static const char *const conventions[MLG_REACH_AIMS] = {"distance", "reach1", "reach2"};

/* The sets of first place of one aim, with what they come to by the others. */
static mlg_status add_sets(const mlg_reach_ways *ways, mlg_reach_aim aim, const mlg_best_sets *best,
                           mlg_set_rows *rows, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double n = ways->n_actors;
    const int32_t k = best->k;
    double value[MLG_LISTED_ROWS], own[MLG_LISTED_ROWS * N_OWN];
    double figures[MLG_LISTED_ROWS * MLG_REACH_AIMS];

    TRY(mlg_reach_of(ways, best, figures, err));
    for (int32_t s = 0; s < best->n_kept; s++) {
        const double *figure = &figures[(size_t) s * MLG_REACH_AIMS];
        double *at = &own[(size_t) s * N_OWN];
        value[s] = figure[aim] / n;
        at[OTHERS_ONLY] = (figure[aim] - k) / n;
        at[ONE] = figure[MLG_REACH_ONE];
        at[TWO] = figure[MLG_REACH_TWO];
        at[DISTANCE] = figure[MLG_REACH_NEAR] / n;
        at[BOUND] = best->proven ? value[s] : best->bound / n;
    }
    TRY(mlg_set_rows_add(rows, best, value, own, err));
out:
    return status;
}

static mlg_status search(const mlg_reach_ways *ways, int32_t k, mlg_set_rows *rows, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_best_sets best[MLG_REACH_AIMS] = {0};

    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        TRY(mlg_best_sets_open(&best[aim], k, aim == MLG_REACH_NEAR ? 1e-9 : 0, err));
    }
    TRY(mlg_players_reach(ways, k, best, err));
    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        TRY(add_sets(ways, (mlg_reach_aim) aim, &best[aim], &rows[aim], err));
    }
out:
    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        mlg_best_sets_free(&best[aim]);
    }
    return status;
}

/* Both give the same distances: the shorter of the two is read. */
static mlg_status ways_of(const mlg_graph *graph, mlg_csr *both, mlg_reach_ways *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t participations = mlg_csr_size(&graph->attends);

    *out = (mlg_reach_ways){.ties = &graph->ties, .n_actors = graph->n, .stride = 1};
    if (!graph->projected ||
        (participations > 0 && 2 * participations < mlg_csr_size(&graph->ties))) {
        TRY(mlg_join_two_modes(&graph->attends, &graph->attended, both, err));
        out->ties = both;
        out->stride = 2;
    }
out:
    return status;
}

mlg_status mlg_depend_key_players_pos(mlg_context *context, int32_t view, mlg_values *out,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const int32_t k_max = mlg_players_asked(context->run, graph->n);
    const size_t ties = graph->projected ? graph->n_ties : mlg_csr_size(&graph->attends);
    const size_t first = out->n;
    mlg_set_rows rows[MLG_REACH_AIMS] = {0};
    mlg_csr both = {0};
    mlg_reach_ways ways;

    if (ties == 0) {
        return mlg_values_undefined(out, id, view, T_why_no_ties, err);
    }
    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        rows[aim] = (mlg_set_rows){
            .id = id, .convention = conventions[aim], .parts = parts, .n_parts = N_OWN};
    }
    TRY(ways_of(graph, &both, &ways, err));
    for (int32_t k = 1; k <= k_max; k++) {
        TRY(search(&ways, k, rows, err));
    }
    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        TRY(mlg_set_rows_append(&rows[aim], context, view, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, first);
    }
    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        mlg_set_rows_free(&rows[aim]);
    }
    mlg_csr_free(&both);
    return status;
}
