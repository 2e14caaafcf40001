/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/depend.h"

#include <math.h>

#include "measure/betweenness.h"
#include "measure/removal.h"
#include "measure/summary.h"

/* ---- pairs lost ------------------------------------------------------------ */

/* What one removal costs, ready to be listed. */
typedef struct loss {
    int64_t lost;  /* pairs of the others */
    int64_t own;   /* pairs the actor is one of */
    int64_t pairs; /* connected today, all of them */
    int32_t branches;
} loss;

typedef struct loss_columns {
    double *lost, *share, *connected, *with_own, *branches;
} loss_columns;

static mlg_status open_columns(mlg_context *context, int32_t view, const char *id, mlg_values *out,
                               loss_columns *columns, mlg_error *err)
{
    mlg_value *value = mlg_values_add_actors(out, id, context, view, err);

    if (value == NULL) {
        return MLG_ENOMEM;
    }
    *columns = (loss_columns){
        .lost = mlg_value_column_of(value, MLG_VALUE),
        .share = mlg_value_part_of(value, "share"),
        .connected = mlg_value_part_of(value, "connected"),
        .with_own = mlg_value_part_of(value, "with_own"),
        .branches = mlg_value_part_of(value, "branches"),
    };
    if (columns->share == NULL || columns->connected == NULL || columns->with_own == NULL ||
        columns->branches == NULL) {
        mlg_values_drop(out);
        return mlg_fail(err, MLG_ENOMEM, "%s: no memory for its columns", id);
    }
    return MLG_OK;
}

/* The share is of the pairs the others have today: those of the actor itself go in any
 * case and would make every partner look indispensable. */
static void list_loss(const loss_columns *columns, int32_t actor, loss of)
{
    const int64_t connected = of.pairs - of.own;
    columns->lost[actor] = (double) of.lost;
    columns->connected[actor] = (double) connected;
    columns->share[actor] = connected > 0 ? (double) of.lost / (double) connected : NAN;
    columns->with_own[actor] = (double) (of.lost + of.own);
    columns->branches[actor] = of.branches;
}

/* Ties are missing also when a projection too large to build left only two-mode data. */
static bool has_no_tie(const mlg_graph *graph)
{
    return graph->projected ? graph->n_ties == 0 : mlg_csr_size(&graph->attends) == 0;
}

mlg_status mlg_depend_pairs_lost(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_removal_slot *slot = NULL;
    loss_columns columns;

    if (has_no_tie(graph)) {
        return mlg_values_undefined(out, "depend.pairs_lost", view, T_why_no_ties, err);
    }
    TRY(mlg_cached_removals(context, view, &slot, err));
    TRY(open_columns(context, view, "depend.pairs_lost", out, &columns, err));
    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_removals *r = &slot->removals;
        list_loss(&columns, v, (loss){r->lost[v], r->together[v] - 1, r->pairs, r->branches[v]});
    }
out:
    return status;
}

mlg_status mlg_depend_cross_pairs_lost(mlg_context *context, int32_t view, mlg_values *out,
                                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_removal_slot *slot = NULL;
    mlg_cross_removals cross = {0};
    mlg_text_key lack = T_none;
    loss_columns columns;

    if (has_no_tie(graph)) {
        lack = T_why_no_ties;
    } else if (graph->n_sectors < 2) {
        lack = graph->n_sectors == 0 ? T_why_no_sectors : T_why_one_group;
    }
    if (lack != T_none) {
        return mlg_values_undefined(out, "depend.cross_pairs_lost", view, lack, err);
    }
    TRY(mlg_cached_removals(context, view, &slot, err));
    TRY(mlg_cross_removals_of(graph, &slot->forest, &cross, err));
    TRY(open_columns(context, view, "depend.cross_pairs_lost", out, &columns, err));
    for (int32_t v = 0; v < graph->n; v++) {
        list_loss(&columns, v,
                  (loss){cross.lost[v], cross.own[v], cross.pairs, slot->removals.branches[v]});
    }
out:
    mlg_cross_removals_free(&cross);
    return status;
}

/* ---- concentration of brokerage ---------------------------------------------- */

/* Sum, sum of squares and the three largest, of values >= 0. */
typedef struct concentration {
    double sum, squares;
    double top[3]; /* falling */
} concentration;

static concentration concentrate(const double *values, int32_t n)
{
    concentration c = {0};
    for (int32_t v = 0; v < n; v++) {
        double x = values[v];
        c.sum += x;
        c.squares += x * x;
        for (int k = 0; k < 3; k++) {
            if (x > c.top[k]) {
                const double smaller = c.top[k];
                c.top[k] = x;
                x = smaller;
            }
        }
    }
    return c;
}

mlg_status mlg_depend_effective_brokers(mlg_context *context, int32_t view, mlg_values *out,
                                        mlg_error *err)
{
    static const char *const id = "depend.effective_brokers";
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_betweenness *between = NULL;
    concentration c;

    if (!graph->projected || graph->n_ties == 0) {
        return mlg_values_undefined(out, id, view,
                                    graph->projected ? T_why_no_ties : T_why_too_large, err);
    }
    TRY(mlg_context_betweenness(context, view, &between, err));
    if (between->overflow) {
        return mlg_values_undefined(out, id, view, T_why_too_many_paths, err);
    }
    c = concentrate(between->raw, graph->n);
    if (c.sum < 0.5) { /* one pair with somebody between adds 1: less is rounding */
        return mlg_values_undefined(out, id, view, T_why_no_brokerage, err);
    }
    const mlg_figure figures[] = {
        {"hhi", c.squares / (c.sum * c.sum)},
        {"top1", c.top[0] / c.sum},
        {"top3", (c.top[0] + c.top[1] + c.top[2]) / c.sum},
    };
    TRY(mlg_values_summary(out,
                           &(mlg_summary){
                               .id = id,
                               .view = view,
                               .value = c.sum * c.sum / c.squares,
                               .caution = between->sources > 0 ? T_caution_approximate : T_none,
                               .figures = figures,
                               .n_figures = sizeof figures / sizeof *figures,
                           },
                           err));
out:
    return status;
}
