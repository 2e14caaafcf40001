/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/presence.h"
#include "measure/summary.h"

static const char *const id = "scale.mismatch";

/* Actors of a view and the units they are present in. */
typedef struct ground {
    const mlg_graph *graph;
    const mlg_perimeters *perimeters;
    mlg_csr at;      /* actor -> units */
    mlg_csr holds;   /* unit -> actors */
    int32_t placed;  /* actors present somewhere */
    int32_t *stamp;  /* [actors] the unit being looked at, plus one */
    int32_t *inside; /* [actors] partners present there too */
} ground;

/* What one unit shows. */
typedef struct local {
    double actors, ties;
    double only_here;         /* actors present nowhere else */
    double ends, ends_inside; /* ends of ties of its actors, and those that stay */
    double centralisation;
} local;

enum { PARTS = 6 };

/* ---- who is where ---------------------------------------------------------------------- */

/* Presence of parties becomes presence of the actors they collapse into. */
static mlg_status place_actors(const mlg_model *model, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_csr presence = {0};
    int32_t *actor = NULL, *unit = NULL;
    size_t n = 0;

    TRY(mlg_presence_of(model, g->perimeters, &presence, err));
    actor = mlg_alloc(mlg_csr_size(&presence), sizeof *actor);
    unit = mlg_alloc(mlg_csr_size(&presence), sizeof *unit);
    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, unit);
    for (int32_t party = 0; party < presence.n; party++) {
        const mlg_id subject = g->graph->into[party];
        const int32_t v = subject >= 0 ? mlg_id_find(g->graph->subject, g->graph->n, subject) : -1;
        for (uint32_t i = presence.offset[party]; v >= 0 && i < presence.offset[party + 1]; i++) {
            actor[n] = v;
            unit[n++] = presence.target[i];
        }
    }
    TRY(mlg_csr_build(g->graph->n, g->perimeters->n_units, false, false, actor, unit, NULL, n,
                      MLG_MERGE_MAX, &g->at, err));
    TRY(mlg_csr_transpose(&g->at, g->perimeters->n_units, &g->holds, err));
    for (int32_t v = 0; v < g->graph->n; v++) {
        g->placed += mlg_csr_degree(&g->at, v) > 0;
    }
    g->stamp = mlg_zalloc((size_t) g->graph->n, sizeof *g->stamp);
    g->inside = mlg_zalloc((size_t) g->graph->n, sizeof *g->inside);
    TRY_ALLOC(err, g->stamp);
    TRY_ALLOC(err, g->inside);
out:
    mlg_csr_free(&presence);
    mlg_free(actor);
    mlg_free(unit);
    return status;
}

/* ---- one unit --------------------------------------------------------------------------- */

/* Freeman's: how far the busiest is ahead of the others, of what a star would show. */
static double centralisation_of(const ground *g, int32_t unit, double n)
{
    double most = 0.0, sum = 0.0;
    for (uint32_t i = g->holds.offset[unit]; i < g->holds.offset[unit + 1]; i++) {
        const double own = g->inside[g->holds.target[i]];
        most = fmax(most, own);
        sum += own;
    }
    return n >= 3.0 ? (n * most - sum) / ((n - 1.0) * (n - 2.0)) : NAN;
}

static local look_at(ground *g, int32_t unit)
{
    const mlg_csr *ties = &g->graph->ties;
    const uint32_t first = g->holds.offset[unit], end = g->holds.offset[unit + 1];
    local l = {.actors = end - first};

    for (uint32_t i = first; i < end; i++) {
        g->stamp[g->holds.target[i]] = unit + 1;
    }
    for (uint32_t i = first; i < end; i++) {
        const int32_t v = g->holds.target[i];
        g->inside[v] = 0;
        l.only_here += mlg_csr_degree(&g->at, v) == 1;
        for (uint32_t j = ties->offset[v]; j < ties->offset[v + 1]; j++) {
            const int32_t partner = ties->target[j];
            if (mlg_csr_degree(&g->at, partner) > 0) { /* else nobody knows where */
                l.ends++;
                g->inside[v] += g->stamp[partner] == unit + 1;
            }
        }
        l.ends_inside += g->inside[v];
    }
    l.ties = l.ends_inside / 2.0;
    l.centralisation = centralisation_of(g, unit, l.actors);
    return l;
}

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static mlg_status list_units(ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const parts[PARTS] = {"organisations",  "only_here", "ties",
                                             "centralisation", "inside",    "population"};
    mlg_status status = MLG_OK;
    const size_t n = (size_t) g->perimeters->n_units;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n * (1 + PARTS), sizeof *figure);
    size_t kept = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (int32_t unit = 0; unit < g->perimeters->n_units; unit++) {
        if (mlg_csr_degree(&g->holds, unit) == 0) {
            continue;
        }
        const local l = look_at(g, unit);
        double *row = figure + kept * (1 + PARTS);
        subject[kept++] = g->perimeters->unit[unit];
        row[0] = ratio(l.ties, l.actors * (l.actors - 1.0) / 2.0);
        row[1] = l.actors;
        row[2] = l.only_here;
        row[3] = l.ties;
        row[4] = l.centralisation;
        row[5] = ratio(l.ties, l.ends - l.ties); /* one that stays has both ends there */
        row[6] = g->perimeters->population[unit];
    }
    const mlg_listing listing = {
        .id = id,
        .view = view,
        .scope = MLG_SCOPE_TERRITORY,
        .convention = "units",
        .why = T_why_alone_in_units,
        .parts = parts,
        .n_parts = PARTS,
        .subject = subject,
        .figure = figure,
        .n = kept,
    };
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* ---- all of them -------------------------------------------------------------------------- */

static bool meet(const ground *g, int32_t v, int32_t w)
{
    uint32_t i = g->at.offset[v], j = g->at.offset[w];
    while (i < g->at.offset[v + 1] && j < g->at.offset[w + 1]) {
        const int32_t x = g->at.target[i], y = g->at.target[j];
        if (x == y) {
            return true;
        }
        i += x < y;
        j += y < x;
    }
    return false;
}

/* Pairs of actors with a unit in common; NaN when they are too many to count. */
static mlg_status common_pairs(const ground *g, const mlg_run *run, double *out, mlg_error *err)
{
    enum { MOST = 20000000 };
    mlg_status status = MLG_OK;
    mlg_csr together = {0};

    *out = NAN;
    if (mlg_project_pairs(&g->holds) <= MOST) {
        TRY(mlg_project(&g->at, &g->holds, MLG_PROJECT_COUNT, true, MOST, run, &together, err));
        *out = (double) mlg_csr_size(&together);
    }
out:
    mlg_csr_free(&together);
    return status;
}

/* Density among those who share a unit, beside that of the pairs that share none. */
static mlg_status list_whole(const ground *g, const mlg_run *run, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &g->graph->ties;
    const double n = g->placed;
    double near = 0.0, far = 0.0, pairs = NAN, units = 0.0;

    for (int32_t v = 0; v < g->graph->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const int32_t w = ties->target[i];
            if (w > v && mlg_csr_degree(&g->at, v) > 0 && mlg_csr_degree(&g->at, w) > 0) {
                const bool together = meet(g, v, w);
                near += together;
                far += !together;
            }
        }
    }
    for (int32_t u = 0; u < g->perimeters->n_units; u++) {
        units += mlg_csr_degree(&g->holds, u) >= 2;
    }
    TRY(common_pairs(g, run, &pairs, err));
    const mlg_figure figures[] = {
        {"apart", ratio(far, n * (n - 1.0) / 2.0 - pairs)},
        {"pairs", pairs},
        {"ties", near},
        {"ties_apart", far},
        {"placed", n},
        {"completeness", ratio(n, g->graph->n)},
        {"units", units},
    };
    const double value = ratio(near, pairs);
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = "together",
        .value = value,
        .why = isnan(value) ? T_why_alone_in_units : T_none,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    TRY(mlg_values_summary(out, &summary, err));
out:
    return status;
}

static mlg_status run(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    ground g = {.graph = mlg_context_graph(context, view), .perimeters = &perimeters};

    if (context->model == NULL || g.graph->into == NULL || g.graph->scope != MLG_SCOPE_ACTOR) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_sites, err));
        goto out;
    }
    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    TRY(place_actors(context->model, &g, err));
    if (g.placed == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_sites, err));
        goto out;
    }
    TRY(list_whole(&g, context->run, view, out, err));
    TRY(list_units(&g, view, out, err));
out:
    mlg_csr_free(&g.at);
    mlg_csr_free(&g.holds);
    mlg_free(g.stamp);
    mlg_free(g.inside);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_mismatch(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
