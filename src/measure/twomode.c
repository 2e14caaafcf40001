/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/twomode.h"

#include <math.h>
#include <stdlib.h>

#include "measure/context.h"
#include "measure/summary.h"

/* Who takes part in how much: sizes of activities, activities of actors, and whose seats
 * most seats are. */

static int rising(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

/* ---- a spread of counts ------------------------------------------------------------ */

/* How margins that are not 0 spread. */
typedef struct spread {
    size_t n, none; /* counted; left out, being 0 */
    double *rising; /* [n] */
    double sum, mean, median, largest, gini, ones;
} spread;

static mlg_status spread_of(const mlg_csr *csr, spread *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double ones = 0.0, twice = 0.0;

    *out = (spread){.mean = NAN, .median = NAN, .largest = NAN, .gini = NAN, .ones = NAN};
    out->rising = mlg_alloc((size_t) csr->n, sizeof *out->rising);
    TRY_ALLOC(err, out->rising);
    for (int32_t v = 0; v < csr->n; v++) {
        const double margin = mlg_csr_degree(csr, v);
        out->none += margin == 0.0;
        if (margin > 0.0) {
            out->rising[out->n++] = margin;
            ones += margin == 1.0;
        }
    }
    const double n = (double) out->n;
    if (out->n == 0) {
        return MLG_OK;
    }
    qsort(out->rising, out->n, sizeof *out->rising, rising);
    for (size_t i = 0; i < out->n; i++) {
        twice += (2.0 * (double) i + 1.0 - n) * out->rising[i];
        out->sum += out->rising[i];
    }
    out->mean = out->sum / n;
    out->median = (out->rising[out->n / 2] + out->rising[(out->n - 1) / 2]) / 2.0;
    out->largest = out->rising[out->n - 1];
    out->gini = twice / (n * out->sum);
    out->ones = ones / n;
out:
    return status;
}

/* ---- lists -------------------------------------------------------------------------- */

/* The margins of one side. */
static mlg_status list_margins(const char *id, int32_t view, const mlg_csr *csr,
                               const mlg_id *subject, mlg_scope scope, mlg_values *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *figure = mlg_alloc((size_t) csr->n, sizeof *figure);
    const mlg_listing listing = {.id = id,
                                 .view = view,
                                 .scope = scope,
                                 .why = T_why_no_actors,
                                 .subject = subject,
                                 .figure = figure,
                                 .n = (size_t) csr->n};

    TRY_ALLOC(err, figure);
    for (int32_t v = 0; v < csr->n; v++) {
        figure[v] = mlg_csr_degree(csr, v);
    }
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(figure);
    return status;
}

/* Margins of one side as a list, then how they spread, over those that are not 0. */
static mlg_status add_margins(const char *id, int32_t view, const mlg_csr *csr,
                              const mlg_id *subject, mlg_scope scope, const char *none,
                              mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    spread s = {0};

    TRY(spread_of(csr, &s, err));
    const mlg_figure figures[] = {{"median", s.median},      {"largest", s.largest},
                                  {"gini", s.gini},          {"single_share", s.ones},
                                  {"counted", (double) s.n}, {"seats", s.sum},
                                  {none, (double) s.none}};
    const mlg_summary summary = {.id = id,
                                 .view = view,
                                 .convention = "mean",
                                 .value = s.mean,
                                 .why = s.n == 0 ? T_why_no_two_mode : T_none,
                                 .figures = figures,
                                 .n_figures = sizeof figures / sizeof *figures};
    TRY(list_margins(id, view, csr, subject, scope, out, err));
    TRY(mlg_values_summary(out, &summary, err));
out:
    mlg_free(s.rising);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_twomode_sizes(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char id[] = "twomode.sizes";
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    return add_margins(id, view, &graph->attended, graph->activity, MLG_SCOPE_ACTIVITY, "empty",
                       out, err);
}

mlg_status mlg_twomode_memberships(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    static const char id[] = "twomode.memberships";
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    return add_margins(id, view, &graph->attends, graph->subject, graph->scope, "without", out,
                       err);
}

/* ---- usual suspects ------------------------------------------------------------------ */

/* Sum of the largest `top` of n rising numbers. */
static double sum_of_top(const spread *s, size_t top)
{
    double sum = 0.0;
    for (size_t i = s->n; i > 0 && i + top > s->n; i--) {
        sum += s->rising[i - 1];
    }
    return sum;
}

/* The fewest who hold at least half of the seats. */
static size_t who_hold_half(const spread *s)
{
    size_t top = 0;
    for (double sum = 0.0; top < s->n && 2.0 * sum < s->sum; top++) {
        sum += s->rising[s->n - 1 - top];
    }
    return top;
}

/* The share of all seats that each actor holds, with its number. */
static mlg_status list_shares(const mlg_graph *graph, int32_t view, const spread *s,
                              mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"activities"};
    mlg_status status = MLG_OK;
    double *figure = mlg_alloc(2 * (size_t) graph->n, sizeof *figure);
    const mlg_listing listing = {.id = "twomode.usual_suspects",
                                 .view = view,
                                 .scope = graph->scope,
                                 .convention = "share",
                                 .why = T_why_no_actors,
                                 .parts = parts,
                                 .n_parts = 1,
                                 .subject = graph->subject,
                                 .figure = figure,
                                 .n = (size_t) graph->n};

    TRY_ALLOC(err, figure);
    for (int32_t v = 0; v < graph->n; v++) {
        const double seats = mlg_csr_degree(&graph->attends, v);
        figure[2 * (size_t) v] = seats / s->sum;
        figure[2 * (size_t) v + 1] = seats;
    }
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(figure);
    return status;
}

mlg_status mlg_twomode_usual_suspects(mlg_context *context, int32_t view, mlg_values *out,
                                      mlg_error *err)
{
    static const char id[] = "twomode.usual_suspects";
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    spread s = {0};

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    TRY(spread_of(&graph->attends, &s, err));
    if (s.n == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_two_mode, err));
        goto out;
    }
    const size_t top = (s.n + 9) / 10, half = who_hold_half(&s);
    const mlg_figure figures[] = {
        {"top", (double) top},
        {"top_seats", sum_of_top(&s, top)},
        {"three", sum_of_top(&s, 3) / s.sum},
        {"half", (double) half},
        {"gini", s.gini},
        {"actors", (double) s.n},
        {"seats", s.sum},
    };
    const mlg_summary summary = {.id = id,
                                 .view = view,
                                 .convention = "top_tenth",
                                 .value = sum_of_top(&s, top) / s.sum,
                                 .caution = s.n < 10 ? T_caution_small_sample : T_none,
                                 .figures = figures,
                                 .n_figures = sizeof figures / sizeof *figures};
    TRY(mlg_values_summary(out, &summary, err));
    TRY(list_shares(graph, view, &s, out, err));
out:
    mlg_free(s.rising);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
