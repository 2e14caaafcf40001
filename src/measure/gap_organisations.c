/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/missing.h"
#include "measure/meetings.h"
#include "measure/summary.h"

/* Organisations, and communes, that have a reason to meet: from the draws of gap.meetings. */

static const char *const parts[] = {"deficit",       "ratio",         "testable",
                                    "activities_a",  "activities_b",  "stratum",
                                    "theme_overlap", "shared_themes", "same_place"};
static const char *const commune_parts[] = {
    "deficit", "ratio", "testable", "activities_a", "activities_b", "perimeters", "smallest"};

enum {
    N_PARTS = sizeof parts / sizeof *parts,
    N_COMMUNE_PARTS = sizeof commune_parts / sizeof *commune_parts,
    N_COMMON = 5, /* parts that both have, first */
};

static void put_numbers(const mlg_meeting_list *list, const mlg_gap_pair *p, bool communes,
                        double *to)
{
    const double common[N_COMMON] = {p->expected - p->both, mlg_gap_ratio(p), p->testable,
                                     list->activities[p->a], list->activities[p->b]};
    for (size_t i = 0; i < N_COMMON; i++) {
        to[i] = common[i];
    }
    if (communes) {
        to[N_COMMON] = p->common;
        to[N_COMMON + 1] = p->reach;
    } else {
        to[N_COMMON] = p->stratum;
        to[N_COMMON + 1] = p->themes;
        to[N_COMMON + 2] = p->shared < 0 ? NAN : (double) p->shared;
        to[N_COMMON + 3] = p->overlap;
    }
}

static mlg_status list_pairs(const mlg_meetings *m, const mlg_meeting_list *list, const char *id,
                             int32_t view, bool communes, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *places[MLG_MEETING_COLUMNS + N_PARTS];
    const size_t n_parts = communes ? N_COMMUNE_PARTS : N_PARTS;

    TRY(mlg_meetings_open_list(m, id, view, list->n_pairs, communes ? commune_parts : parts,
                               n_parts, places, out, err));
    mlg_value *value = &out->items[out->n - 1];
    value->total = (size_t) list->total;
    for (size_t e = 0; e < list->n_pairs; e++) {
        const mlg_gap_pair *p = &list->pair[e];
        double numbers[N_PARTS];
        value->subject[2 * e] = list->subject[p->a];
        value->subject[2 * e + 1] = list->subject[p->b];
        mlg_meetings_put_pair(p, e, places);
        put_numbers(list, p, communes, numbers);
        for (size_t i = 0; i < n_parts; i++) {
            places[MLG_MEETING_COLUMNS + i][e] = numbers[i];
        }
    }
out:
    return status;
}

static mlg_status sum_up(const mlg_meetings *m, const mlg_meeting_list *list, const char *id,
                         int32_t view, bool communes, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double known = 0.0;
    for (size_t e = 0; e < list->n_pairs; e++) {
        known += list->pair[e].stratum == MLG_GAP_KNOWN;
    }
    const mlg_figure figures[] = {
        {communes ? "communes" : "organisations", list->known},
        {"not_looked_at", list->left_out},
        {"pairs", list->total},
        {"compared", (double) list->n_pairs},
        {"testable", (double) list->testable},
        {communes ? "by_schemes" : "known", communes ? (double) list->by_schemes : known},
        {"barred", (double) m->barred / ((double) m->n_actors * m->n_activities)},
    };
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = "tested_share",
        .value = (double) list->testable / (double) list->n_pairs,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };

    TRY(mlg_values_summary(out, &summary, err));
    mlg_meetings_tell(m, &out->items[out->n - 1]);
    out->items[out->n - 1].tail = NULL;
out:
    return status;
}

static mlg_status tell(mlg_context *context, const char *id, int32_t view, bool communes,
                       mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_meetings *m = NULL;

    if (view < 0) {
        return mlg_values_undefined(out, id, view, T_why_no_two_mode, err);
    }
    TRY(mlg_meetings_of(context, view, &m, err));
    const mlg_meeting_list *list = communes ? &m->communes : &m->organisations;
    const mlg_text_key why = m->never != T_none    ? m->never
                             : list->why != T_none ? list->why
                             : list->n_pairs == 0  ? T_why_no_two_mode
                                                   : T_none;
    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(list_pairs(m, list, id, view, communes, out, err));
    TRY(sum_up(m, list, id, view, communes, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_gap_organisations(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    return tell(context, "gap.organisations", view, false, out, err);
}

mlg_status mlg_gap_communes(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return tell(context, "gap.communes", view, true, out, err);
}
