/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/network.h"
#include "measure/context.h"
#include "measure/pair_ranking.h"
#include "measure/summary.h"

/* Which ties carry more of an actor's strength than dealing it at random would give them. */

static const double LEVEL = 0.05;

typedef struct ends {
    double least, most; /* p at one end and at the other, in order */
} ends;

static double strength_of(const mlg_csr *ties, int32_t v)
{
    double sum = 0.0;
    for (uint32_t k = ties->offset[v]; k < ties->offset[v + 1]; k++) {
        sum += ties->weight[k];
    }
    return sum;
}

/* (1 - w / s)^(k - 1): one tie carries all there is, which says nothing. */
static double p_at(const mlg_csr *ties, const double *strength, int32_t v, double weight)
{
    const double k = mlg_csr_degree(ties, v);
    return k < 2.0 ? 1.0 : exp((k - 1.0) * log1p(-fmin(1.0, weight / strength[v])));
}

static bool is_kept(double p)
{
    return p < LEVEL * (1.0 - 1e-12);
}

static mlg_status find_ends(const mlg_graph *graph, ends *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &graph->ties;
    double *strength = mlg_alloc((size_t) graph->n, sizeof *strength);
    size_t i = 0;

    TRY_ALLOC(err, strength);
    for (int32_t v = 0; v < graph->n; v++) {
        strength[v] = strength_of(ties, v);
    }
    for (int32_t a = 0; a < graph->n; a++) {
        for (uint32_t e = ties->offset[a]; e < ties->offset[a + 1]; e++) {
            const int32_t b = ties->target[e];
            if (b > a) {
                const double p = p_at(ties, strength, a, ties->weight[e]);
                const double q = p_at(ties, strength, b, ties->weight[e]);
                out[i++] = (ends){fmin(p, q), fmax(p, q)};
            }
        }
    }
out:
    mlg_free(strength);
    return status;
}

static mlg_status list_ties(const mlg_graph *graph, int32_t view, const ends *of,
                            const double *adjusted, mlg_values *out, mlg_error *err)
{
    static const mlg_pair_column columns[] = {{MLG_VALUE, NULL},      {MLG_P, NULL},
                                              {MLG_P_ADJUSTED, NULL}, {MLG_VALUE, "p_either"},
                                              {MLG_VALUE, "p_both"},  {MLG_VALUE, "ends_kept"}};
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &graph->ties;
    mlg_pair_ranking ranking = {0};
    size_t i = 0;

    TRY(mlg_pair_ranking_open(&ranking, err));
    for (int32_t a = 0; a < graph->n; a++) {
        for (uint32_t e = ties->offset[a]; e < ties->offset[a + 1]; e++) {
            if (ties->target[e] > a) {
                const ends *p = &of[i];
                const mlg_ranked_pair pair = {
                    .a = a,
                    .b = ties->target[e],
                    .rank = -p->least,
                    .then = -p->most,
                    .figure = {ties->weight[e], fmin(1.0, 2.0 * p->least), adjusted[i], p->least,
                               p->most, (double) is_kept(p->least) + (double) is_kept(p->most)}};
                mlg_pair_ranking_add(&ranking, &pair);
                i++;
            }
        }
    }
    mlg_pair_ranking_close(&ranking);
    TRY(mlg_pair_ranking_list(&ranking, "network.backbone.disparity", view, graph->subject,
                              graph->n_ties, columns, sizeof columns / sizeof *columns, out, err));
    out->items[out->n - 1].scope = graph->scope;
out:
    mlg_pair_ranking_free(&ranking);
    return status;
}

/* How many ties are kept where one end is enough, or both are asked for. */
static mlg_status sum_up(const mlg_graph *graph, int32_t view, const ends *of,
                         const double *adjusted, bool either, mlg_values *out, mlg_error *err)
{
    size_t kept = 0, kept_adjusted = 0;
    for (size_t i = 0; i < graph->n_ties; i++) {
        kept += is_kept(either ? of[i].least : of[i].most);
        kept_adjusted += is_kept(adjusted[i]);
    }
    const mlg_figure figures[] = {{"ties", (double) graph->n_ties},
                                  {"adjusted", (double) kept_adjusted}};
    const mlg_summary summary = {
        .id = "network.backbone.disparity",
        .view = view,
        .convention = either ? "either_end" : "both_ends",
        .value = (double) kept,
        .figures = figures,
        .n_figures = either ? 2 : 1,
    };
    return mlg_values_summary(out, &summary, err);
}

/* p of a tie is that of the end that says more, doubled: it is the smaller of two. */
static mlg_status adjust(const ends *of, size_t n, double *adjusted, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *p = mlg_alloc(n, sizeof *p);

    TRY_ALLOC(err, p);
    for (size_t i = 0; i < n; i++) {
        p[i] = fmin(1.0, 2.0 * of[i].least);
    }
    TRY(mlg_adjust_p(p, n, adjusted, err));
out:
    mlg_free(p);
    return status;
}

/* The list, then how many are kept by either end, by both. */
static mlg_status add_values(const mlg_graph *graph, int32_t view, const ends *of,
                             const double *adjusted, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;

    TRY(list_ties(graph, view, of, adjusted, out, err));
    TRY(sum_up(graph, view, of, adjusted, true, out, err));
    TRY(sum_up(graph, view, of, adjusted, false, out, err));
    for (size_t i = before; i < out->n; i++) {
        out->items[i].null_model = "disparity";
        out->items[i].tail = "greater";
        out->items[i].p_method = "exact";
    }
out:
    return status;
}

mlg_status mlg_network_disparity(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    static const char id[] = "network.backbone.disparity";
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const size_t n = graph->n_ties;
    mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    ends *of = NULL;
    double *adjusted = NULL;

    why = why == T_none && n == 0 ? T_why_no_ties : why;
    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    of = mlg_alloc(n, sizeof *of);
    adjusted = mlg_alloc(n, sizeof *adjusted);
    TRY_ALLOC(err, of);
    TRY_ALLOC(err, adjusted);
    TRY(find_ends(graph, of, err));
    TRY(adjust(of, n, adjusted, err));
    TRY(add_values(graph, view, of, adjusted, out, err));
out:
    mlg_free(of);
    mlg_free(adjusted);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
