/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/gap.h"
#include "measure/meetings.h"
#include "measure/summary.h"

enum { FEW_ACTORS = 10, N_COLUMNS = MLG_MEETING_COLUMNS };

static const mlg_value_column columns[N_COLUMNS] = {
    MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_LOW, MLG_HIGH, MLG_Z, MLG_P, MLG_P_TWO, MLG_P_ADJUSTED};

void mlg_meetings_tell(const mlg_meetings *m, mlg_value *value)
{
    value->null_model = "margins";
    value->tail = "less";
    value->p_method = m->draws > 0 ? "draws" : NULL;
    value->draws = m->draws;
    value->caution = m->n_actors < FEW_ACTORS ? T_caution_small_sample : T_none;
}

mlg_status mlg_meetings_open_list(const mlg_meetings *m, const char *id, int32_t view, size_t n,
                                  const char *const *parts, size_t n_parts, double **places,
                                  mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, n, err);

    TRY_ALLOC(err, value);
    bool made = mlg_value_subjects(value) != NULL;
    for (size_t i = 0; i < N_COLUMNS + n_parts && made; i++) {
        places[i] = i < N_COLUMNS ? mlg_value_column_of(value, columns[i])
                                  : mlg_value_part_of(value, parts[i - N_COLUMNS]);
        made = places[i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu pairs", id, n);
    }
    mlg_meetings_tell(m, value);
out:
    return status;
}

void mlg_meetings_put_pair(const mlg_gap_pair *p, size_t row, double *const *places)
{
    const double numbers[N_COLUMNS] = {p->both, p->expected, p->sd,    p->low,       p->high,
                                       p->z,    p->p,        p->p_two, p->p_adjusted};
    for (size_t i = 0; i < N_COLUMNS; i++) {
        places[i][row] = numbers[i];
    }
}

/* Actors that meet both, and the sum of one over how many each of them meets. */
typedef struct between {
    double actors, allocation;
} between;

static between between_of(const mlg_graph *graph, int32_t a, int32_t b)
{
    const mlg_csr *ties = &graph->ties;
    between found = {0.0, 0.0};

    if (!graph->projected) {
        return (between){NAN, NAN};
    }
    uint32_t i = ties->offset[a], j = ties->offset[b];
    while (i < ties->offset[a + 1] && j < ties->offset[b + 1]) {
        const int32_t x = ties->target[i], y = ties->target[j];
        if (x == y) {
            found.actors += 1.0;
            found.allocation += 1.0 / mlg_csr_degree(ties, x);
        }
        i += x <= y;
        j += y <= x;
    }
    return found;
}

static mlg_status list_actors(const mlg_meetings *m, const mlg_graph *graph, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {
        "deficit",      "ratio",        "testable",          "stratum",
        "activities_a", "activities_b", "common_neighbours", "resource_allocation"};
    enum { N_PARTS = sizeof parts / sizeof *parts };
    mlg_status status = MLG_OK;
    double *places[N_COLUMNS + N_PARTS];

    TRY(mlg_meetings_open_list(m, "gap.meetings", view, m->n_pairs, parts, N_PARTS, places, out,
                               err));
    mlg_value *value = &out->items[out->n - 1];
    value->total = (size_t) (m->different + m->unknown);
    for (size_t e = 0; e < m->n_pairs; e++) {
        const mlg_gap_pair *p = &m->pair[e];
        const int32_t a = m->actor[p->a], b = m->actor[p->b];
        const between found = between_of(graph, a, b);
        const double numbers[N_PARTS] = {p->expected - p->both,
                                         mlg_gap_ratio(p),
                                         p->testable,
                                         p->stratum,
                                         mlg_csr_degree(&graph->attends, a),
                                         mlg_csr_degree(&graph->attends, b),
                                         found.actors,
                                         found.allocation};
        value->subject[2 * e] = graph->subject[a];
        value->subject[2 * e + 1] = graph->subject[b];
        mlg_meetings_put_pair(p, e, places);
        for (size_t i = 0; i < N_PARTS; i++) {
            places[N_COLUMNS + i][e] = numbers[i];
        }
    }
out:
    return status;
}

static mlg_status sum_up(const mlg_meetings *m, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double cells = (double) m->n_actors * m->n_activities;
    const mlg_figure figures[] = {
        {"actors", m->n_actors},
        {"activities", m->n_activities},
        {"different_sectors", m->different},
        {"unknown_sectors", m->unknown},
        {"same_sector", m->same},
        {"compared", (double) m->n_pairs},
        {"testable", (double) m->testable},
        {"barred", (double) m->barred / cells},
    };
    const mlg_summary summary = {
        .id = "gap.meetings",
        .view = view,
        .convention = "tested_share",
        .value = (double) m->testable / (double) m->n_pairs,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };

    TRY(mlg_values_summary(out, &summary, err));
    mlg_meetings_tell(m, &out->items[out->n - 1]);
    out->items[out->n - 1].tail = NULL;
out:
    return status;
}

mlg_status mlg_gap_meetings(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_meetings *m = NULL;

    if (view < 0) {
        return mlg_values_undefined(out, "gap.meetings", view, T_why_no_two_mode, err);
    }
    TRY(mlg_meetings_of(context, view, &m, err));
    if (m->why != T_none) {
        return mlg_values_undefined(out, "gap.meetings", view, m->why, err);
    }
    TRY(list_actors(m, mlg_context_graph(context, view), view, out, err));
    TRY(sum_up(m, view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_gap_sectors(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"deficit", "ratio", "testable", "activities_a",
                                        "activities_b"};
    enum { N_PARTS = sizeof parts / sizeof *parts };
    mlg_status status = MLG_OK;
    mlg_meetings *m = NULL;
    double *places[N_COLUMNS + N_PARTS];

    if (view < 0) {
        return mlg_values_undefined(out, "gap.sectors", view, T_why_no_two_mode, err);
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    TRY(mlg_meetings_of(context, view, &m, err));
    const mlg_text_key why = m->why != T_none         ? m->why
                             : graph->n_sectors == 0  ? T_why_no_sectors
                             : graph->n_sectors == 1  ? T_why_one_group
                             : m->n_sector_pairs == 0 ? T_why_too_large
                                                      : T_none;
    if (why != T_none) {
        return mlg_values_undefined(out, "gap.sectors", view, why, err);
    }
    TRY(mlg_meetings_open_list(m, "gap.sectors", view, m->n_sector_pairs, parts, N_PARTS, places,
                               out, err));
    mlg_value *value = &out->items[out->n - 1];
    for (size_t e = 0; e < m->n_sector_pairs; e++) {
        const mlg_gap_pair *p = &m->sector_pair[e];
        const double numbers[N_PARTS] = {p->expected - p->both, mlg_gap_ratio(p), p->testable,
                                         m->activities[p->a], m->activities[p->b]};
        value->subject[2 * e] = graph->sector_code[p->a];
        value->subject[2 * e + 1] = graph->sector_code[p->b];
        mlg_meetings_put_pair(p, e, places);
        for (size_t i = 0; i < N_PARTS; i++) {
            places[N_COLUMNS + i][e] = numbers[i];
        }
    }
out:
    return status;
}
