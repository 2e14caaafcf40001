/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/depend.h"
#include "measure/removal.h"
#include "measure/summary.h"
#include "measure/without.h"

/* A mean over all pairs of actors, and what it is once each actor has left. The divisor is told
 * apart: of the pairs that are left, (n - 1)(n - 2), or of those there were, n (n - 1). */

enum { FIGURES = 3 }; /* a row: rise over the pairs there were, residual, original */

typedef struct rows {
    const char *id, *weight;
    int32_t view;
    const mlg_graph *graph;
    mlg_id *subject;
    double *figure; /* [n * FIGURES] */
    size_t n;
    bool left_out; /* some actors have no row */
} rows;

static mlg_status rows_open(rows *r, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) r->graph->n;

    r->subject = mlg_alloc(n, sizeof *r->subject);
    r->figure = mlg_alloc(n, FIGURES * sizeof *r->figure);
    TRY_ALLOC(err, r->subject);
    TRY_ALLOC(err, r->figure);
out:
    return status;
}

static void rows_close(rows *r)
{
    mlg_free(r->subject);
    mlg_free(r->figure);
}

/* `joined`: the sum over ordered pairs that are left of what joins them, at most 1 each. */
static void add_row(rows *r, int32_t actor, double today, double joined)
{
    const double n = r->graph->n;
    double *to = r->figure + r->n * FIGURES;

    r->subject[r->n++] = r->graph->subject[actor];
    to[1] = n > 2 ? 1 - joined / ((n - 1) * (n - 2)) : NAN;
    to[2] = 1 - joined / (n * (n - 1));
    to[0] = to[2] - today;
}

static void mark(const rows *r, mlg_values *out)
{
    out->items[out->n - 1].weight = r->weight;
}

static mlg_status list_today(const rows *r, double today, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_summary summary = {.id = r->id, .view = r->view, .value = today};

    TRY(mlg_values_summary(out, &summary, err));
    mark(r, out);
out:
    return status;
}

static mlg_status list_rows(const rows *r, mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"residual", "original"};
    mlg_status status = MLG_OK;
    const mlg_listing listing = {.id = r->id,
                                 .view = r->view,
                                 .scope = r->graph->scope,
                                 .why = r->n > 0 ? T_none : T_why_too_large,
                                 .parts = parts,
                                 .n_parts = 2,
                                 .subject = r->subject,
                                 .figure = r->figure,
                                 .n = r->n};

    TRY(mlg_values_listing(out, &listing, err));
    out->items[out->n - 1].total = (size_t) r->graph->n;
    out->items[out->n - 1].caution = r->left_out && r->n > 0 ? T_caution_left_out : T_none;
    mark(r, out);
out:
    return status;
}

static mlg_text_key lacks(const mlg_graph *graph, bool projected)
{
    const bool none = graph->projected ? graph->n_ties == 0 : mlg_csr_size(&graph->attends) == 0;

    if (projected && !graph->projected) {
        return T_why_too_large;
    }
    return none ? T_why_no_ties : T_none;
}

/* ---- who can reach whom --------------------------------------------------------------------- */

static mlg_status fill_reached(mlg_context *context, rows *r, double *today, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double n = r->graph->n;
    const mlg_removal_slot *slot = NULL;

    TRY(mlg_cached_removals(context, r->view, &slot, err));
    const mlg_removals *removals = &slot->removals;
    *today = 1 - 2 * (double) removals->pairs / (n * (n - 1));
    for (int32_t v = 0; v < r->graph->n; v++) {
        const int64_t own = removals->together[v] - 1;
        add_row(r, v, *today, 2 * (double) (removals->pairs - own - removals->lost[v]));
    }
out:
    return status;
}

/* ---- how far everybody is from everybody ----------------------------------------------------- */

static double fill_without(rows *r, const mlg_without *without)
{
    const double n = r->graph->n, today = 1 - without->whole / (n * (n - 1));

    r->n = 0;
    for (int32_t v = 0; without->total != NULL && v < r->graph->n; v++) {
        if (!isnan(without->total[v])) {
            add_row(r, v, today, without->total[v]);
        }
    }
    r->left_out = without->left_out > 0;
    return today;
}

static mlg_status fill_distances(mlg_context *context, rows *r, double *today, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_without *without = NULL;

    TRY(mlg_context_without(context, r->view, &without, err));
    *today = fill_without(r, without);
out:
    return status;
}

/* The same over the lengths of the ties, where they have weights. */
static mlg_status list_weighted(mlg_context *context, rows *r, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_without without = {0};

    r->weight = "distance";
    TRY(mlg_weighted_without_of(&r->graph->ties, r->graph->w_max, context->run, &without, err));
    if (isnan(without.whole)) {
        TRY(mlg_values_undefined(out, r->id, r->view, T_why_too_large, err));
        out->items[out->n - 1].shape = MLG_SCALAR;
        mark(r, out);
        goto out;
    }
    TRY(list_today(r, fill_without(r, &without), out, err));
    TRY(list_rows(r, out, err));
out:
    mlg_without_free(&without);
    return status;
}

/* ---- both ------------------------------------------------------------------------------------ */

static mlg_status fragmentation(mlg_context *context, int32_t view, bool distances, mlg_values *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    rows r = {.id = distances ? "depend.distance_fragmentation" : "depend.fragmentation",
              .weight = "none",
              .view = view,
              .graph = mlg_context_graph(context, view)};
    const mlg_text_key lack = lacks(r.graph, distances);
    double today = NAN;

    if (lack != T_none) {
        return mlg_values_undefined(out, r.id, view, lack, err);
    }
    TRY(rows_open(&r, err));
    TRY(distances ? fill_distances(context, &r, &today, err)
                  : fill_reached(context, &r, &today, err));
    TRY(list_today(&r, today, out, err));
    TRY(list_rows(&r, out, err));
    if (distances && r.graph->weighted && !r.graph->several_kinds) {
        TRY(list_weighted(context, &r, out, err));
    }
out:
    rows_close(&r);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_depend_fragmentation(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    return fragmentation(context, view, false, out, err);
}

mlg_status mlg_depend_distance_fragmentation(mlg_context *context, int32_t view, mlg_values *out,
                                             mlg_error *err)
{
    return fragmentation(context, view, true, out, err);
}
