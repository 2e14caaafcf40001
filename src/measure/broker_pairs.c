/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/broker.h"
#include "measure/broker_ground.h"
#include "measure/summary.h"

/* Pairs of actors of two sectors that have a partner in common and no tie: who stands between
 * them, who alone does, and on how few actors it all rests. */

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

/* The ground, or the reason why a measure is undefined, appended. */
static mlg_status ground_for(mlg_context *context, const char *id, int32_t view, mlg_values *out,
                             mlg_brokers **b, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_brokers_of(context, view, b, err));
    if ((*b)->why != T_none) {
        TRY(mlg_values_undefined(out, id, view, (*b)->why, err));
        *b = NULL;
    }
out:
    return status;
}

/* A list with one number and one part for each actor of known sector. */
static mlg_status add_list(const mlg_brokers *b, mlg_context *context, const char *id,
                           const char *part, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool only = part != NULL;
    mlg_value *value = mlg_values_add_actors(out, id, context, view, err);
    double *share = NULL;

    TRY_ALLOC(err, value);
    value->convention = "weak";
    if (only) {
        share = mlg_value_part_of(value, part);
        TRY_ALLOC(err, share);
    }
    for (int32_t rank = 0; rank < b->labelling.n; rank++) {
        const size_t i = (size_t) b->labelling.actor[rank];
        const double cross = (double) b->actor[rank].cross;
        const double alone = (double) b->actor[rank].only_cross;
        value->column[MLG_VALUE][i] = only ? alone : cross;
        if (only) {
            share[i] = ratio(alone, cross);
        }
    }
out:
    return status;
}

mlg_status mlg_broker_activity(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const id = "broker.activity";
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_brokers *b = NULL;

    TRY(ground_for(context, id, view, out, &b, err));
    if (b == NULL) {
        goto out;
    }
    const double n = b->labelling.n, pairs = (double) b->cross_pairs;
    const double all = (n * (n - 1.0) - mlg_sharing_pairs(&b->labelling)) / 2.0;
    const mlg_figure figures[] = {{"tied", (double) b->tied_cross},
                                  {"apart", all - (double) b->tied_cross - pairs},
                                  {"all", all}};
    TRY(add_list(b, context, id, NULL, view, out, err));
    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = id, .view = view, .value = pairs, .figures = figures, .n_figures = 3},
        err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_broker_exclusivity(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    static const char *const id = "broker.exclusivity";
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_brokers *b = NULL;

    TRY(ground_for(context, id, view, out, &b, err));
    if (b == NULL) {
        goto out;
    }
    const double lone = (double) b->lone_cross, pairs = (double) b->cross_pairs;
    const mlg_figure figures[] = {{"pairs", pairs}, {"share", ratio(lone, pairs)}};
    TRY(add_list(b, context, id, "share", view, out, err));
    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = id, .view = view, .value = lone, .figures = figures, .n_figures = 2},
        err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

/* ---- concentration --------------------------------------------------------------------- */

/* Sum of squared shares, and the three largest shares; NaN when there is nothing. */
typedef struct spread {
    double squares, top[3];
} spread;

static spread spread_of(const mlg_brokers *b, bool cross)
{
    const double sum = (double) (cross ? b->total.cross : b->total.open);
    spread s = {0};
    for (int32_t v = 0; v < b->labelling.n; v++) {
        double share = ratio((double) (cross ? b->actor[v].cross : b->actor[v].open), sum);
        s.squares += share * share;
        for (int k = 0; k < 3; k++) {
            if (share > s.top[k]) {
                const double smaller = s.top[k];
                s.top[k] = share;
                share = smaller;
            }
        }
    }
    return s;
}

mlg_status mlg_broker_concentration(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    static const char *const id = "broker.concentration";
    mlg_status status = MLG_OK;
    mlg_brokers *b = NULL;

    TRY(ground_for(context, id, view, out, &b, err));
    if (b == NULL) {
        goto out;
    }
    if (b->total.open == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_brokerage, err));
        goto out;
    }
    const spread all = spread_of(b, false), cross = spread_of(b, true);
    mlg_figure figures[] = {
        {"effective", 1.0 / all.squares},
        {"top1", all.top[0]},
        {"top3", all.top[0] + all.top[1] + all.top[2]},
        {"hhi_cross", cross.squares},
        {"effective_cross", 1.0 / cross.squares},
        {"top1_cross", cross.top[0]},
        {"top3_cross", cross.top[0] + cross.top[1] + cross.top[2]},
    };
    const size_t n_figures = sizeof figures / sizeof *figures;
    TRY(mlg_values_summary(out,
                           &(mlg_summary){
                               .id = id,
                               .view = view,
                               .value = all.squares,
                               .figures = figures,
                               .n_figures = b->total.cross > 0 ? n_figures : 3,
                           },
                           err));
out:
    return status;
}
