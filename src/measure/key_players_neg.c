/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/players.h"
#include "measure/key_players.h"
#include "measure/removal.h"
#include "measure/summary.h"

static const char *const id = "depend.key_players_neg";

/* Parts of each list, after those of key_players_sets.c. */
enum { ORIGINAL, CONNECTED, LOST, BOUND, OTHER, N_OWN };
static const char *const split_parts[N_OWN] = {"original", "connected", "lost", "bound",
                                               "distance"};
static const char *const apart_parts[N_OWN] = {"original", "connected", "lost", "bound",
                                               "fragmentation"};

/* What both lists are made of. */
typedef struct ground {
    const mlg_context *context;
    int32_t view, n, k_max;
    const mlg_csr *ties; /* of the actors, or of the two modes */
    mlg_cuts cuts;       /* for what one set costs */
    mlg_apart apart;     /* words = 0: too large */
} ground;

static double pairs_of(double n)
{
    return n * (n - 1) / 2;
}

/* Connected pairs of the others before and after the set goes. */
static void count_pairs(mlg_cuts *cuts, const int32_t *set, int32_t k, double *before,
                        double *after)
{
    int64_t together = cuts->pairs;

    for (int32_t i = 0; i < k; i++) {
        mlg_cuts_remove(cuts, set[i]);
    }
    *after = (double) cuts->pairs;
    while (cuts->n_gone > 0) {
        mlg_cuts_put_back(cuts, cuts->gone[cuts->n_gone - 1]);
    }
    /* pairs with a member: those of its component, once for two members of one */
    for (int32_t i = 0; i < k; i++) {
        int32_t earlier = 0;
        const int64_t others = mlg_cuts_component(cuts, set[i]) - 1;
        for (int32_t j = 0; j < i; j++) {
            earlier += cuts->arrival[set[j]] >= 0;
        }
        together -= others - earlier;
    }
    *before = (double) together;
}

static double nearness_of(ground *g, const int32_t *set, int32_t k)
{
    return g->apart.words > 0 ? mlg_apart_nearness(&g->apart, set, k, NULL) : NAN;
}

/* One list: the sets of first place by one of both aims. */
static mlg_status add_sets(ground *g, const mlg_best_sets *best, bool apart, mlg_set_rows *rows,
                           mlg_error *err)
{
    const int32_t k = best->k;
    const double left = pairs_of(g->n - k), all = pairs_of(g->n);
    double value[MLG_LISTED_ROWS], own[MLG_LISTED_ROWS * N_OWN];

    for (int32_t s = 0; s < best->n_kept; s++) {
        const int32_t *set = best->member + (size_t) s * (size_t) k;
        double *at = &own[(size_t) s * N_OWN], before = 0, after = 0;
        count_pairs(&g->cuts, set, k, &before, &after);
        const double near = nearness_of(g, set, k), kept = apart ? near : after;
        value[s] = 1 - kept / left;
        at[ORIGINAL] = 1 - kept / all;
        at[CONNECTED] = after;
        at[LOST] = before - after;
        at[BOUND] = 1 + best->bound / left;
        at[OTHER] = 1 - (apart ? after : near) / left;
    }
    return mlg_set_rows_add(rows, best, value, own, err);
}

static mlg_status list_split(ground *g, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_best_sets best[MLG_MOST_PLAYERS] = {0};
    mlg_set_rows rows = {
        .id = id, .convention = "fragmentation", .parts = split_parts, .n_parts = N_OWN};

    for (int32_t k = 1; k <= g->k_max; k++) {
        TRY(mlg_best_sets_open(&best[k - 1], k, 0, err));
    }
    TRY(mlg_players_split(g->ties, g->n, g->k_max, best, err));
    for (int32_t k = 1; k <= g->k_max; k++) {
        TRY(add_sets(g, &best[k - 1], false, &rows, err));
    }
    TRY(mlg_set_rows_append(&rows, g->context, g->view, out, err));
out:
    for (int32_t k = 0; k < g->k_max; k++) {
        mlg_best_sets_free(&best[k]);
    }
    mlg_set_rows_free(&rows);
    return status;
}

static mlg_status list_apart(ground *g, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_best_sets best = {0};
    mlg_set_rows rows = {
        .id = id, .convention = "distance", .parts = apart_parts, .n_parts = N_OWN};

    for (int32_t k = 1; k <= g->k_max && g->apart.words > 0; k++) {
        mlg_best_sets_free(&best);
        TRY(mlg_best_sets_open(&best, k, 1e-9, err));
        if (mlg_players_apart(&g->apart, k, &best)) {
            TRY(add_sets(g, &best, true, &rows, err));
        }
    }
    if (rows.n > 0) {
        TRY(mlg_set_rows_append(&rows, g->context, g->view, out, err));
    } else {
        TRY(mlg_values_undefined(out, id, g->view, T_why_too_large, err));
        out->items[out->n - 1].convention = "distance";
    }
out:
    mlg_best_sets_free(&best);
    mlg_set_rows_free(&rows);
    return status;
}

mlg_status mlg_depend_key_players_neg(mlg_context *context, int32_t view, mlg_values *out,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const size_t ties = graph->projected ? graph->n_ties : mlg_csr_size(&graph->attends);
    const size_t first = out->n;
    mlg_csr both = {0};
    ground g = {.context = context,
                .view = view,
                .n = graph->n,
                .k_max = mlg_players_asked(context->run, graph->n - 2),
                .ties = &graph->ties};

    if (ties == 0 || g.k_max < 1) {
        return mlg_values_undefined(out, id, view, ties == 0 ? T_why_no_ties : T_why_too_few_actors,
                                    err);
    }
    if (!graph->projected) {
        TRY(mlg_join_two_modes(&graph->attends, &graph->attended, &both, err));
        g.ties = &both;
    }
    TRY(mlg_cuts_open(g.ties, g.n, &g.cuts, err));
    if (graph->projected && mlg_apart_fits(g.ties)) {
        TRY(mlg_apart_open(g.ties, &g.apart, err));
    }
    TRY(list_split(&g, out, err));
    TRY(list_apart(&g, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, first);
    }
    mlg_apart_free(&g.apart);
    mlg_cuts_free(&g.cuts);
    mlg_csr_free(&both);
    return status;
}
