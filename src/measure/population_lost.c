/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "graph/rows.h"
#include "maillage/depend.h"
#include "measure/cover.h"
#include "measure/removal.h"
#include "measure/summary.h"
#include "measure/whereabouts.h"

/* Residents by the actors on record where they live. */

enum { FIGURES = 8 }; /* a row: residents of no other actor, then its parts */

/* Who is where: a unit and a subject of the view a row; a pair may come several times. */
typedef struct presence {
    const mlg_graph *graph;
    const mlg_perimeters *perimeters;
    int32_t *unit, *subject;
    size_t n, unit_room, subject_room;
    int32_t *wide; /* [subjects] units it is in */
    mlg_csr at;    /* unit -> subjects */
} presence;

static bool add(presence *p, mlg_id subject, mlg_id territory)
{
    const mlg_model *model = p->graph->model;

    for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1]; i++) {
        const int32_t unit = p->perimeters->unit_of[model->unit[i]];
        if (unit < 0 || !p->perimeters->counts[unit]) {
            continue;
        }
        if (!mlg_grow(&p->unit, &p->unit_room, p->n + 1, sizeof *p->unit) ||
            !mlg_grow(&p->subject, &p->subject_room, p->n + 1, sizeof *p->subject)) {
            return false;
        }
        p->unit[p->n] = unit;
        p->subject[p->n++] = subject;
    }
    return true;
}

static mlg_status presence_open(presence *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = mlg_subject_count(p->graph->model, p->graph->view.by);
    mlg_whereabouts where = {0};

    p->wide = mlg_zalloc((size_t) n, sizeof *p->wide);
    TRY_ALLOC(err, p->wide);
    TRY(mlg_whereabouts_of(p->graph, &where, err));
    for (size_t i = 0; i < where.n; i++) {
        if (!add(p, where.subject[i], where.territory[i])) {
            FAIL(err, MLG_ENOMEM, "depend.population_lost: no memory for %zu places", p->n + 1);
        }
    }
    TRY(mlg_csr_build(p->perimeters->n_units, n, false, false, p->unit, p->subject, NULL, p->n,
                      MLG_MERGE_MAX, &p->at, err));
    for (size_t i = 0; i < mlg_csr_size(&p->at); i++) {
        p->wide[p->at.target[i]]++;
    }
out:
    mlg_whereabouts_free(&where);
    return status;
}

static void presence_close(presence *p)
{
    mlg_free(p->unit);
    mlg_free(p->subject);
    mlg_free(p->wide);
    mlg_csr_free(&p->at);
}

/* What the units come to. An actor is local that is in some of them and not in all. */
typedef struct sums {
    double people; /* of known populations */
    double served; /* where at least one actor is */
    double single; /* where exactly one local actor is */
    double units, single_units;
    double unknown; /* units without a known population */
} sums;

/* By actor of the view. */
typedef struct shares {
    double *weight; /* [n] residents, each shared equally by the actors where they live */
    double *figure; /* [n * FIGURES] */
    bool *placed;   /* [n] is known to be somewhere */
} shares;

static mlg_status shares_open(shares *to, const mlg_graph *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;

    to->weight = mlg_zalloc((size_t) graph->n, sizeof *to->weight);
    to->figure = mlg_zalloc((size_t) graph->n, FIGURES * sizeof *to->figure);
    to->placed = mlg_zalloc((size_t) graph->n, sizeof *to->placed);
    TRY_ALLOC(err, to->weight);
    TRY_ALLOC(err, to->figure);
    TRY_ALLOC(err, to->placed);
out:
    return status;
}

static void shares_close(shares *to)
{
    mlg_free(to->weight);
    mlg_free(to->figure);
    mlg_free(to->placed);
}

static double count_units(const mlg_perimeters *perimeters)
{
    double n = 0.0;
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        n += perimeters->counts[unit];
    }
    return n;
}

static void share_unit(const presence *p, int32_t unit, sums *s, shares *to)
{
    const mlg_csr *at = &p->at;
    const double known = p->perimeters->population[unit], people = isnan(known) ? 0.0 : known;
    const uint32_t n = mlg_csr_degree(at, unit);
    uint32_t local = 0;

    for (uint32_t i = at->offset[unit]; i < at->offset[unit + 1]; i++) {
        local += p->wide[at->target[i]] < s->units;
    }
    s->people += people;
    s->unknown += isnan(known) != 0;
    s->served += n > 0 ? people : 0.0;
    s->single += local == 1 ? people : 0.0;
    s->single_units += local == 1;
    for (uint32_t i = at->offset[unit]; i < at->offset[unit + 1]; i++) {
        const int32_t v = mlg_id_find(p->graph->subject, p->graph->n, at->target[i]);
        const bool alone = local == 1 && p->wide[at->target[i]] < s->units;
        if (v >= 0) {
            double *of = to->figure + (size_t) v * FIGURES;
            to->placed[v] = true;
            to->weight[v] += people / n;
            of[0] += alone ? people : 0.0;
            of[2] += alone;
            of[3] += alone && isnan(known);
            of[4] += people;
        }
    }
}

static sums share_out(const presence *p, shares *to)
{
    sums s = {.units = count_units(p->perimeters)};
    for (int32_t unit = 0; unit < p->perimeters->n_units; unit++) {
        if (p->perimeters->counts[unit]) {
            share_unit(p, unit, &s, to);
        }
    }
    return s;
}

static void finish(const mlg_graph *graph, const sums *s, const mlg_weighted_removals *cut,
                   shares *to)
{
    for (int32_t v = 0; v < graph->n; v++) {
        double *of = to->figure + (size_t) v * FIGURES;
        const double connected = cut->others[v];
        of[1] = s->people > 0.0 ? of[0] / s->people : NAN;
        for (int k = 0; k < 5 && !to->placed[v]; k++) {
            of[k] = NAN; /* nothing says where it works: not the same as nowhere */
        }
        of[5] = cut->lost[v];
        of[6] = connected;
        of[7] = connected > 0.0 ? cut->lost[v] / connected : NAN;
    }
}

static int32_t count_placed(const mlg_graph *graph, const shares *of)
{
    int32_t placed = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        placed += of->placed[v];
    }
    return placed;
}

static mlg_status list(const mlg_graph *graph, int32_t view, const sums *s, const shares *of,
                       int32_t placed, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    static const char *const parts[] = {"share",      "units",      "units_unknown",
                                        "residents",  "pairs_lost", "pairs_connected",
                                        "pairs_share"};
    const mlg_figure figures[] = {
        {"share", s->people > 0.0 ? s->single / s->people : NAN},
        {"units", s->single_units},
        {"residents", s->people},
        {"served", s->served},
        {"units_unknown", s->unknown},
        {"actors", graph->n},
        {"completeness", graph->n > 0 ? (double) placed / graph->n : NAN},
    };
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = "depend.population_lost",
                                          .view = view,
                                          .value = s->single,
                                          .figures = figures,
                                          .n_figures = sizeof figures / sizeof *figures},
                           err));
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = "depend.population_lost",
                                          .view = view,
                                          .scope = graph->scope,
                                          .why = T_why_no_place,
                                          .parts = parts,
                                          .n_parts = FIGURES - 1,
                                          .subject = graph->subject,
                                          .figure = of->figure,
                                          .n = (size_t) graph->n},
                           err));
out:
    return status;
}

/* Nobody in the view has a known place, or no unit where one is has a known population. */
static mlg_text_key lacks(const sums *s, int32_t placed)
{
    if (placed == 0) {
        return T_why_no_place;
    }
    return s->served > 0.0 ? T_none : T_why_no_population;
}

static mlg_status measure(mlg_context *context, int32_t view, presence *p, shares *to,
                          mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = p->graph;
    const mlg_removal_slot *slot = NULL;
    mlg_weighted_removals cut = {0};

    TRY(shares_open(to, graph, err));
    TRY(presence_open(p, err));
    const sums s = share_out(p, to);
    const int32_t placed = count_placed(graph, to);
    const mlg_text_key lack = lacks(&s, placed);
    if (lack != T_none) {
        TRY(mlg_values_undefined(out, "depend.population_lost", view, lack, err));
        goto out;
    }
    TRY(mlg_cached_removals(context, view, &slot, err));
    TRY(mlg_weighted_removals_of(&slot->forest, to->weight, &cut, err));
    finish(graph, &s, &cut, to);
    TRY(list(graph, view, &s, to, placed, out, err));
out:
    mlg_weighted_removals_free(&cut);
    shares_close(to);
    return status;
}

mlg_status mlg_depend_population_lost(mlg_context *context, int32_t view, mlg_values *out,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_perimeters perimeters = {0};
    presence p = {.graph = graph, .perimeters = &perimeters};
    shares to = {0};
    const bool none = graph->projected ? graph->n_ties == 0 : mlg_csr_size(&graph->attends) == 0;

    if (none || graph->model == NULL) {
        return mlg_values_undefined(out, "depend.population_lost", view,
                                    none ? T_why_no_ties : T_why_no_population, err);
    }
    TRY(mlg_perimeters_of(graph->model, &perimeters, err));
    if (!mlg_perimeters_have_units(&perimeters)) {
        TRY(mlg_values_undefined(out, "depend.population_lost", view, T_why_no_units, err));
        goto out;
    }
    TRY(measure(context, view, &p, &to, out, err));
out:
    presence_close(&p);
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
