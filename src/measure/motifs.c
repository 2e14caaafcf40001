/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/motifs.h"

#include <math.h>
#include <string.h>

#include "maillage/missing.h"
#include "measure/meetings.h"
#include "measure/null_summary.h"
#include "measure/pair_ranking.h"
#include "measure/summary.h"

/* Social and spatial fit: do those who work in one place, or in places of one perimeter, work
 * together? */

enum { FEW_ACTORS = 10 };

static const double MOST_STEPS = 2e9;

void mlg_motifs_free(mlg_motifs *motifs)
{
    mlg_unit_links_free(&motifs->links);
    mlg_free(motifs->actor);
    mlg_free(motifs->rank);
    mlg_free(motifs->near);
    mlg_free(motifs->far);
    *motifs = (mlg_motifs){0};
}

/* ---- the motifs ------------------------------------------------------------------------- */

static mlg_status place(mlg_motifs *m, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *works = &m->links.works;

    m->actor = mlg_alloc((size_t) works->n, sizeof *m->actor);
    m->rank = mlg_alloc((size_t) works->n, sizeof *m->rank);
    TRY_ALLOC(err, m->actor);
    TRY_ALLOC(err, m->rank);
    for (int32_t v = 0; v < works->n; v++) {
        const bool placed = mlg_csr_degree(works, v) > 0;
        m->rank[v] = placed ? m->n : -1;
        if (placed) {
            m->actor[m->n++] = v;
        }
    }
out:
    return status;
}

/* Which units are linked, [units squared]. */
static mlg_status link_all(mlg_motifs *m, bool **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) m->links.n;
    bool *linked = mlg_zalloc(n * n, sizeof *linked);

    *out = linked;
    TRY_ALLOC(err, linked);
    for (int32_t u = 0; u < m->links.n; u++) {
        for (int32_t v = 0; v < u; v++) {
            uint32_t smallest = 0;
            const bool both = mlg_unit_links_between(&m->links, u, v, &smallest) > 0;
            linked[(size_t) u * n + (size_t) v] = linked[(size_t) v * n + (size_t) u] = both;
            m->linked += both;
        }
    }
out:
    return status;
}

/* The units of one actor, and the units linked to them, as many times. */
static void spread(const mlg_motifs *m, const bool *linked, int32_t i, uint32_t *here,
                   uint32_t *there)
{
    const mlg_csr *works = &m->links.works;
    const size_t n = (size_t) m->links.n;
    const int32_t v = m->actor[i];

    memset(here, 0, n * sizeof *here);
    memset(there, 0, n * sizeof *there);
    for (uint32_t k = works->offset[v]; k < works->offset[v + 1]; k++) {
        const bool *row = linked + (size_t) works->target[k] * n;
        here[works->target[k]]++;
        for (size_t u = 0; u < n; u++) {
            there[u] += row[u];
        }
    }
}

static void count_row(mlg_motifs *m, int32_t i, const uint32_t *here, const uint32_t *there)
{
    const mlg_csr *works = &m->links.works;
    for (int32_t j = i + 1; j < m->n; j++) {
        const int32_t v = m->actor[j];
        uint32_t near = 0, far = 0;
        for (uint32_t k = works->offset[v]; k < works->offset[v + 1]; k++) {
            near += here[works->target[k]];
            far += there[works->target[k]];
        }
        m->near[mlg_motifs_at(m, i, j)] = m->near[mlg_motifs_at(m, j, i)] = near;
        m->far[mlg_motifs_at(m, i, j)] = m->far[mlg_motifs_at(m, j, i)] = far;
        m->all[MLG_TRIANGLES] += near;
        m->all[MLG_FOUR_CYCLES] += far;
        m->pairs += near > 0;
    }
}

static mlg_status count_motifs(mlg_motifs *m, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) m->n, units = (size_t) m->links.n;
    uint32_t *here = mlg_alloc(units, sizeof *here), *there = mlg_alloc(units, sizeof *there);
    bool *linked = NULL;

    TRY_ALLOC(err, here);
    TRY_ALLOC(err, there);
    m->near = mlg_zalloc(n * n, sizeof *m->near);
    m->far = mlg_zalloc(n * n, sizeof *m->far);
    TRY_ALLOC(err, m->near);
    TRY_ALLOC(err, m->far);
    TRY(link_all(m, &linked, err));
    for (int32_t i = 0; i < m->n; i++) {
        spread(m, linked, i, here, there);
        count_row(m, i, here, there);
    }
out:
    mlg_free(here);
    mlg_free(there);
    mlg_free(linked);
    return status;
}

/* Two tables of actors by actors, one of units by units; a row of units for each place. */
static bool is_too_large(const mlg_motifs *m)
{
    const double n = m->n, units = m->links.n, places = (double) mlg_csr_size(&m->links.works);
    return 2.0 * n * n * sizeof *m->near > (double) MLG_NULL_BYTES ||
           units * units > (double) MLG_NULL_BYTES || places * (units + n) > MOST_STEPS;
}

mlg_status mlg_motifs_make(const mlg_graph *graph, mlg_motifs *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    out->graph = graph;
    if (graph->model == NULL || graph->scope != MLG_SCOPE_ACTOR) {
        out->why = graph->model == NULL ? T_why_no_known_places : T_why_rows_not_actors;
        return MLG_OK;
    }
    TRY(mlg_unit_links_of(graph, &out->links, err));
    TRY(place(out, err));
    out->why = out->n < 2 ? T_why_no_known_places : is_too_large(out) ? T_why_too_large : T_none;
    if (out->why == T_none) {
        TRY(count_motifs(out, err));
    }
    if (out->why == T_none && out->all[MLG_TRIANGLES] + out->all[MLG_FOUR_CYCLES] <= 0.0) {
        out->why = T_why_no_shared_unit;
    }
out:
    return status;
}

/* ---- what is told ----------------------------------------------------------------------- */

static bool are_partners(const mlg_motifs *m, int32_t i, int32_t j)
{
    const mlg_graph *graph = m->graph;
    return graph->n_activities > 0
               ? mlg_meetings_both(&graph->attends, m->actor[i], m->actor[j]) > 0
               : mlg_csr_find(&graph->ties, m->actor[i], m->actor[j]) > 0.0;
}

/* Partners of both, in a view that knows them pair by pair. */
static double partners_between(const mlg_motifs *m, int32_t i, int32_t j)
{
    return m->graph->n_activities > 0 && !m->graph->projected
               ? NAN
               : (double) mlg_meetings_both(&m->graph->ties, m->actor[i], m->actor[j]);
}

/* Open pairs of one unit; where no two actors share one, of linked units. */
static mlg_status list_open(const mlg_motifs *m, int32_t view, mlg_values *out, mlg_error *err)
{
    static const mlg_pair_column columns[] = {
        {MLG_VALUE, NULL}, {0, "four_cycles"}, {0, "common_partners"}};
    mlg_status status = MLG_OK;
    mlg_pair_ranking ranking = {0};
    const bool by_unit = m->all[MLG_TRIANGLES] > 0.0;

    TRY(mlg_pair_ranking_open(&ranking, err));
    for (int32_t i = 0; i < m->n; i++) {
        for (int32_t j = i + 1; j < m->n; j++) {
            const uint32_t near = m->near[mlg_motifs_at(m, i, j)];
            const uint32_t far = m->far[mlg_motifs_at(m, i, j)];
            if ((by_unit ? near : far) > 0 && !are_partners(m, i, j)) {
                const mlg_ranked_pair pair = {.a = m->actor[i],
                                              .b = m->actor[j],
                                              .rank = near,
                                              .then = far,
                                              .figure = {near, far, partners_between(m, i, j)}};
                mlg_pair_ranking_add(&ranking, &pair);
            }
        }
    }
    const size_t seen = ranking.seen;
    mlg_pair_ranking_close(&ranking);
    TRY(mlg_pair_ranking_list(&ranking, "gap.motifs", view, m->graph->subject, seen, columns,
                              sizeof columns / sizeof *columns, out, err));
out:
    mlg_pair_ranking_free(&ranking);
    return status;
}

static mlg_status fill_null(const mlg_motif_draws *draws, int kind, double all, mlg_value *value,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    static const mlg_value_column columns[] = {MLG_EXPECTED, MLG_SD, MLG_LOW,  MLG_HIGH,
                                               MLG_Z,        MLG_P,  MLG_P_TWO};
    double *of = mlg_alloc(2 * draws->n, sizeof *of);

    TRY_ALLOC(err, of);
    for (size_t d = 0; d < draws->n; d++) {
        of[d] = draws->closed[(size_t) kind * draws->n + d] / all;
    }
    const double seen = draws->observed[kind] / all;
    const mlg_null_summary null = mlg_null_summarise(of, draws->n, false, seen, 1.0, of + draws->n);
    const double numbers[] = {
        null.mean,   null.sd,   null.low, null.high, mlg_z(seen, null.mean, null.sd),
        null.p_less, null.p_two};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        double *cell = mlg_value_column_of(value, columns[i]);
        TRY_ALLOC(err, cell);
        *cell = numbers[i];
    }
    value->tail = "less";
    value->p_method = "draws";
    value->draws = (uint32_t) draws->n;
out:
    mlg_free(of);
    return status;
}

static mlg_status sum_up(const mlg_motifs *m, const mlg_motif_draws *draws, int kind, int32_t view,
                         mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double all = m->all[kind], closed = draws->observed[kind];
    const mlg_figure figures[] = {
        {"closed", closed},    {"open", all - closed},      {"actors", m->n},
        {"units", m->links.n}, {"linked_units", m->linked}, {"perimeters", m->links.n_linking},
        {"pairs", m->pairs},   {"partners", draws->tied},
    };
    const mlg_summary summary = {
        .id = "gap.motifs",
        .view = view,
        .convention = kind == MLG_TRIANGLES ? "triangles" : "four_cycles",
        .value = all > 0.0 ? closed / all : NAN,
        .why = all > 0.0               ? T_none
               : kind == MLG_TRIANGLES ? T_why_no_shared_unit
                                       : T_why_no_linked_units,
        .caution = m->n < FEW_ACTORS ? T_caution_small_sample : draws->why,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };

    TRY(mlg_values_summary(out, &summary, err));
    out->items[out->n - 1].null_model = draws->null_model;
    if (all > 0.0 && draws->n > 0) {
        TRY(fill_null(draws, kind, all, &out->items[out->n - 1], err));
    }
out:
    return status;
}

mlg_status mlg_gap_motifs(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_motifs m = {0};
    mlg_motif_draws draws = {0};

    if (view < 0) {
        return mlg_values_undefined(out, "gap.motifs", view, T_why_no_known_places, err);
    }
    TRY(mlg_motifs_make(mlg_context_graph(context, view), &m, err));
    if (m.why != T_none) {
        TRY(mlg_values_undefined(out, "gap.motifs", view, m.why, err));
        goto out;
    }
    TRY(mlg_motif_draws_of(context, view, &m, &draws, err));
    TRY(list_open(&m, view, out, err));
    TRY(sum_up(&m, &draws, MLG_TRIANGLES, view, out, err));
    TRY(sum_up(&m, &draws, MLG_FOUR_CYCLES, view, out, err));
out:
    mlg_free(draws.closed);
    mlg_motifs_free(&m);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
