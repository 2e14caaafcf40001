/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/backbone.h"

#include <math.h>
#include <stdlib.h>

#include "maillage/twomode.h"
#include "measure/pair_ranking.h"
#include "measure/summary.h"

enum { FEW_ACTORS = 10 };

static const uint64_t MAX_PAIRS = 200000000;
static const double MOST_ERROR = 1e-6; /* of a margin, in the mean */

void mlg_backbone_close(mlg_backbone *backbone)
{
    mlg_csr_free(&backbone->shared);
    mlg_free(backbone->expected);
    mlg_free(backbone->p);
    *backbone = (mlg_backbone){0};
}

static int32_t not_empty(const mlg_csr *csr)
{
    int32_t n = 0;
    for (int32_t i = 0; i < csr->n; i++) {
        n += mlg_csr_degree(csr, i) > 0;
    }
    return n;
}

mlg_status mlg_backbone_open(const mlg_graph *graph, const mlg_run *run, mlg_backbone *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_backbone){.graph = graph, .could_pass = NAN};
    out->n_actors = not_empty(&graph->attends);
    out->n_activities = not_empty(&graph->attended);
    out->n_pairs = (double) out->n_actors * (out->n_actors - 1.0) / 2.0;
    TRY(mlg_project(&graph->attends, &graph->attended, MLG_PROJECT_COUNT, true, MAX_PAIRS, run,
                    &out->shared, err));
    const size_t n = mlg_csr_size(&out->shared);
    out->expected = mlg_alloc(n, sizeof *out->expected);
    out->p = mlg_alloc(n, sizeof *out->p);
    TRY_ALLOC(err, out->expected);
    TRY_ALLOC(err, out->p);
    for (size_t e = 0; e < n; e++) {
        out->expected[e] = out->p[e] = NAN;
    }
out:
    if (status != MLG_OK) {
        mlg_backbone_close(out);
    }
    return status;
}

/* ---- what is kept ---------------------------------------------------------------------- */

/* Benjamini and Hochberg over the whole family: pairs that share nothing have p = 1, and count. */
typedef struct adjusted {
    double *p, *to; /* [n] ascending, and what each becomes */
    size_t n;
} adjusted;

static int rising(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

static mlg_status adjust(const mlg_backbone *backbone, adjusted *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double least = 1.0;

    out->n = mlg_csr_size(&backbone->shared);
    out->p = mlg_copy(backbone->p, out->n, sizeof *out->p);
    out->to = mlg_alloc(out->n, sizeof *out->to);
    TRY_ALLOC(err, out->p);
    TRY_ALLOC(err, out->to);
    if (out->n > 0) {
        qsort(out->p, out->n, sizeof *out->p, rising);
    }
    for (size_t i = out->n; i-- > 0;) {
        least = fmin(least, out->p[i] * backbone->n_pairs / ((double) i + 1.0));
        out->to[i] = least;
    }
out:
    return status;
}

/* All pairs of one p share what the last of them becomes. */
static double adjusted_of(const adjusted *a, double p)
{
    size_t low = 0, high = a->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (a->p[middle] <= p) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? a->to[low - 1] : NAN;
}

static bool is_kept(double p)
{
    return p < MLG_BACKBONE_LEVEL * (1.0 - 1e-12);
}

static void tell(const mlg_backbone *backbone, const char *null, mlg_value *value)
{
    value->null_model = null;
    value->tail = "greater";
    value->p_method = backbone->draws > 0 ? "draws" : "exact";
    value->draws = backbone->draws;
    value->caution = backbone->n_actors < FEW_ACTORS ? T_caution_small_sample
                     : backbone->error > MOST_ERROR  ? T_caution_approximate
                                                     : T_none;
}

static mlg_status list_pairs(const mlg_backbone *backbone, const char *id, int32_t view,
                             const adjusted *by, mlg_values *out, mlg_error *err)
{
    static const mlg_pair_column columns[] = {{MLG_VALUE, NULL},   {MLG_EXPECTED, NULL},
                                              {MLG_P, NULL},       {MLG_P_ADJUSTED, NULL},
                                              {MLG_VALUE, "kept"}, {MLG_VALUE, "kept_adjusted"}};
    mlg_status status = MLG_OK;
    const mlg_csr *shared = &backbone->shared;
    mlg_pair_ranking ranking = {0};

    TRY(mlg_pair_ranking_open(&ranking, err));
    for (int32_t a = 0; a < shared->n; a++) {
        for (uint32_t e = shared->offset[a]; e < shared->offset[a + 1]; e++) {
            const double p = backbone->p[e], x = shared->weight[e];
            const mlg_ranked_pair pair = {.a = a,
                                          .b = shared->target[e],
                                          .rank = -p,
                                          .then = x,
                                          .figure = {x, backbone->expected[e], p}};
            mlg_pair_ranking_add(&ranking, &pair);
        }
    }
    mlg_pair_ranking_close(&ranking);
    for (size_t i = 0; i < ranking.n; i++) {
        double *figure = ranking.items[i].figure;
        figure[3] = adjusted_of(by, figure[2]);
        figure[4] = is_kept(figure[2]);
        figure[5] = is_kept(figure[3]);
    }
    TRY(mlg_pair_ranking_list(&ranking, id, view, backbone->graph->subject, by->n, columns,
                              sizeof columns / sizeof *columns, out, err));
    out->items[out->n - 1].scope = backbone->graph->scope;
out:
    mlg_pair_ranking_free(&ranking);
    return status;
}

/* How many are kept under one convention, and what the figure is to be read by. */
static mlg_status sum_up(const mlg_backbone *backbone, const char *id, int32_t view,
                         const adjusted *by, bool raw, mlg_values *out, mlg_error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < by->n; i++) {
        kept += is_kept(raw ? by->p[i] : by->to[i]);
    }
    const mlg_figure figures[] = {
        {"pairs", backbone->n_pairs},
        {"sharing", (double) by->n},
        {"least_p", by->n > 0 ? (raw ? by->p[0] : by->to[0]) : 1.0},
        {"could_pass", backbone->could_pass}, /* last: not known of every null */
    };
    const bool known = raw && !isnan(backbone->could_pass);
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = raw ? "raw" : "adjusted",
        .value = (double) kept,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures - (known ? 0 : 1),
    };
    return mlg_values_summary(out, &summary, err);
}

typedef enum rule { HYPERGEOMETRIC, SDSM, FDSM } rule;

static const struct {
    const char *id, *null;
} rules[] = {
    [HYPERGEOMETRIC] = {"twomode.backbone.hypergeometric", "hypergeometric"},
    [SDSM] = {"twomode.backbone.sdsm", "bicm"},
    [FDSM] = {"twomode.backbone.fdsm", "margins"},
};

static mlg_status fill(mlg_backbone *backbone, rule of, const mlg_run *run, mlg_error *err)
{
    return of == HYPERGEOMETRIC ? mlg_backbone_hypergeometric(backbone, err)
           : of == SDSM         ? mlg_backbone_sdsm(backbone, err)
                                : mlg_backbone_fdsm(backbone, run, err);
}

/* Finds p of every pair, or why there is none. */
static mlg_status find_pairs(mlg_context *context, int32_t view, rule of, mlg_backbone *backbone,
                             mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *why = mlg_context_lacks(context, mlg_measure_find(rules[of].id), view);
    if (*why == T_none) {
        TRY(mlg_backbone_open(mlg_context_graph(context, view), context->run, backbone, err));
        *why = backbone->n_actors < 2                   ? T_why_too_few_actors
               : mlg_csr_size(&backbone->shared) == 0   ? T_why_no_shared_activity
               : of == FDSM && context->run->draws == 0 ? T_why_no_draws
                                                        : T_none;
    }
    if (*why == T_none) {
        TRY(fill(backbone, of, context->run, err));
        *why = of == FDSM && backbone->draws == 0 ? T_why_too_large : T_none;
    }
out:
    return status;
}

/* The list, then how many are kept: raw, adjusted. */
static mlg_status add_values(const mlg_backbone *backbone, rule of, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *id = rules[of].id;
    const size_t before = out->n;
    adjusted by = {0};

    TRY(adjust(backbone, &by, err));
    TRY(list_pairs(backbone, id, view, &by, out, err));
    TRY(sum_up(backbone, id, view, &by, true, out, err));
    TRY(sum_up(backbone, id, view, &by, false, out, err));
    for (size_t i = before; i < out->n; i++) {
        tell(backbone, rules[of].null, &out->items[i]);
    }
out:
    mlg_free(by.p);
    mlg_free(by.to);
    return status;
}

static mlg_status extract(mlg_context *context, int32_t view, rule of, mlg_values *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_backbone backbone = {0};
    mlg_text_key why = T_none;

    TRY(find_pairs(context, view, of, &backbone, &why, err));
    if (why != T_none) {
        TRY(mlg_values_undefined(out, rules[of].id, view, why, err));
    } else {
        TRY(add_values(&backbone, of, view, out, err));
    }
out:
    mlg_backbone_close(&backbone);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_backbone_of_hypergeometric(mlg_context *context, int32_t view, mlg_values *out,
                                          mlg_error *err)
{
    return extract(context, view, HYPERGEOMETRIC, out, err);
}

mlg_status mlg_backbone_of_sdsm(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return extract(context, view, SDSM, out, err);
}

mlg_status mlg_backbone_of_fdsm(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return extract(context, view, FDSM, out, err);
}
