/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/gap_words.h"
#include "finding/rule.h"
#include "graph/rows.h"

/* Activities themselves: whether a few are asked everywhere, and whether they bring
 * sectors together. */

enum { NAMED = 3 /* organisations that a finding is about */ };

/* ---- evidence ---------------------------------------------------------------------- */

/* Seats of marked actors, or in marked activities. */
typedef struct search {
    const mlg_rule_case *at;
    mlg_finding *finding;
    const bool *actor, *activity; /* [n] of the graph; NULL: all */
} search;

static void look(void *context, const mlg_reading *reading)
{
    const search *s = context;
    const mlg_graph *graph = s->at->graph;
    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0) {
        return;
    }
    const int32_t v = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    const int32_t e = mlg_id_find(graph->activity, graph->n_activities, reading->activity);
    if (v >= 0 && e >= 0 && (s->actor == NULL || s->actor[v]) &&
        (s->activity == NULL || s->activity[e])) {
        mlg_evidence_row_of(s->finding, graph->model, reading->row.table, reading->row.row);
    }
}

static mlg_status show_seats(const search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = s->at->graph;
    search own = *s;
    mlg_reader reader;

    if (graph->model == NULL) { /* made from arrays: no rows to show */
        return MLG_OK;
    }
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, look, &own);
out:
    return status;
}

/* ---- usual suspects ------------------------------------------------------------------ */

/* Marks the `top` rows of the list with most, earlier ones first among equals, in order. */
static void mark_top(const mlg_value *list, size_t top, bool *marked, size_t first[static NAMED])
{
    for (size_t i = 0; i < top && i < list->n; i++) {
        size_t best = list->n;
        for (size_t row = 0; row < list->n; row++) {
            const bool more = best == list->n || mlg_rule_number(list, MLG_VALUE, row) >
                                                     mlg_rule_number(list, MLG_VALUE, best);
            best = !marked[row] && more ? row : best;
        }
        marked[best] = true;
        if (i < NAMED) {
            first[i] = best;
        }
    }
}

/* Only organisations are named: never a person. */
static void name_organisations(const mlg_rule_case *at, mlg_finding *finding, const mlg_value *list,
                               const size_t *first, size_t n)
{
    const mlg_graph *graph = at->graph;
    for (size_t i = 0; i < n && graph->scope == MLG_SCOPE_ACTOR && graph->model != NULL; i++) {
        const mlg_id party = list->subject[first[i]];
        if (graph->model->party_kind[party] == MLG_KIND_ORGANISATION) {
            mlg_finding_subject(finding, MLG_SCOPE_ACTOR, party);
        }
    }
}

/* Of 0 to 100: small ones are told with a decimal. */
static mlg_arg nodf(const mlg_value *nested, mlg_value_column column)
{
    const bool small = mlg_rule_number(nested, MLG_EXPECTED, 0) < 10.0;
    return mlg_arg_number(mlg_rule_number(nested, column, 0), small ? 1 : 0);
}

static void say_suspects(const mlg_rule_case *at, mlg_finding *finding, const mlg_value *all)
{
    const mlg_value *nested = mlg_rule_value(at, "twomode.nodf", MLG_SCALAR, "activities");
    const bool holds = mlg_rule_number(nested, MLG_P, 0) <= MLG_RULE_P;
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_part(all, "top", 0)),
        mlg_arg_count(mlg_rule_part(all, "actors", 0)),
        mlg_arg_share(mlg_rule_number(all, MLG_VALUE, 0), 0),
        mlg_arg_count(mlg_rule_part(all, "top_seats", 0)),
        mlg_arg_count(mlg_rule_part(all, "seats", 0)),
        mlg_arg_key(mlg_gap_words_of(at->graph).many),
        nodf(nested, MLG_VALUE),
        nodf(nested, MLG_EXPECTED),
        nodf(nested, MLG_LOW),
        nodf(nested, MLG_HIGH),
        mlg_arg_p(mlg_rule_number(nested, MLG_P, 0)),
    };
    mlg_finding_say(finding, holds ? T_finding_usual_nested : T_finding_usual, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "twomode.usual_suspects");
    mlg_finding_lever(finding, T_lever_usual, "S3:97");
    mlg_finding_limit(finding, T_limit_usual);
    if (holds) {
        mlg_finding_measure(finding, "twomode.nodf");
        mlg_finding_limit(finding, T_limit_null_margins);
    }
}

/* A fact of the record: the tenth of ten actors and more that hold most seats. */
mlg_status mlg_rule_usual_suspects(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *all = mlg_rule_value(at, "twomode.usual_suspects", MLG_SCALAR, NULL);
    const mlg_value *list = mlg_rule_value(at, "twomode.usual_suspects", MLG_VECTOR, NULL);
    const double share = mlg_rule_number(all, MLG_VALUE, 0);
    const double top = mlg_rule_part(all, "top", 0);
    size_t first[NAMED] = {0};
    bool *marked = NULL;

    if (list == NULL || !(mlg_rule_part(all, "actors", 0) >= MLG_RULE_ACTORS) ||
        !(share >= rule->least)) {
        return MLG_OK;
    }
    marked = mlg_zalloc(list->n, sizeof *marked);
    TRY_ALLOC(err, marked);
    mark_top(list, (size_t) top, marked, first);
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        status = MLG_ENOMEM;
        goto out;
    }
    mlg_finding_at_most(finding, share < 0.5 ? MLG_NOTICE : MLG_WARN);
    say_suspects(at, finding, all);
    name_organisations(at, finding, list, first, top < NAMED ? (size_t) top : NAMED);
    mlg_rule_cap_thin(finding, at->graph, NAN);
    const search s = {.at = at, .finding = finding, .actor = marked};
    TRY(show_seats(&s, err));
out:
    mlg_free(marked);
    return status;
}

/* ---- activities of one sector ----------------------------------------------------------- */

/* Does the projection look as open as chance would have it, because few large activities
 * make most of the pairs that meet? */
static bool looks_open(const mlg_rule_case *at, const mlg_value *mix)
{
    const mlg_value *ei = mlg_rule_value(at, "silo.ei", MLG_SCALAR, NULL);
    const double value = mlg_rule_number(ei, MLG_VALUE, 0);
    const double expected = mlg_rule_number(ei, MLG_EXPECTED, 0);
    const bool closed = mlg_rule_number(ei, MLG_P, 0) <= MLG_RULE_P && value < expected;
    return !isnan(value) && !isnan(expected) && !closed &&
           mlg_rule_part(mix, "largest_pairs", 0) > 0.5;
}

static void say_mix(const mlg_rule_case *at, mlg_finding *finding, const mlg_value *mix,
                    const mlg_value *two)
{
    const double activities = mlg_rule_part(mix, "activities", 0);
    const mlg_arg args[] = {
        mlg_arg_share(mlg_rule_number(mix, MLG_VALUE, 0), 0),
        mlg_arg_share(mlg_rule_number(mix, MLG_EXPECTED, 0), 0),
        mlg_arg_share(mlg_rule_number(mix, MLG_LOW, 0), 0),
        mlg_arg_share(mlg_rule_number(mix, MLG_HIGH, 0), 0),
        mlg_arg_p(mlg_rule_number(mix, MLG_P, 0)),
        mlg_arg_count(round(activities * (1.0 - mlg_rule_number(two, MLG_VALUE, 0)))),
        mlg_arg_count(activities),
        mlg_arg_count(round(activities * (1.0 - mlg_rule_number(two, MLG_EXPECTED, 0)))),
        mlg_arg_share(mlg_rule_part(mix, "largest_pairs", 0), 0),
    };
    mlg_finding_say(finding,
                    looks_open(at, mix) ? T_finding_same_sector_open : T_finding_same_sector, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "twomode.sector_mixing");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    mlg_finding_limit(finding, T_limit_null_margins);
    if (at->graph->facts.unknown_sector > 0) {
        mlg_finding_limit(finding, T_limit_unknown_sector);
    }
}

/* The seats in activities that gather one sector only. */
static mlg_status show_same(const mlg_rule_case *at, mlg_finding *finding, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    const mlg_value *list = mlg_rule_value(at, "twomode.sector_mixing", MLG_VECTOR, NULL);
    bool *marked = mlg_zalloc((size_t) graph->n_activities, sizeof *marked);

    TRY_ALLOC(err, marked);
    for (size_t row = 0; list != NULL && row < list->n; row++) {
        const int32_t e = mlg_id_find(graph->activity, graph->n_activities, list->subject[row]);
        if (e >= 0 && mlg_rule_number(list, MLG_VALUE, row) == 1.0) {
            marked[e] = true;
        }
    }
    const search s = {.at = at, .finding = finding, .activity = marked};
    TRY(show_seats(&s, err));
out:
    mlg_free(marked);
    return status;
}

mlg_status mlg_rule_same_sector(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *mix = mlg_rule_value(at, "twomode.sector_mixing", MLG_SCALAR, "pairs");
    const mlg_value *two = mlg_rule_value(at, "twomode.sector_mixing", MLG_SCALAR, "two_sectors");
    const double value = mlg_rule_number(mix, MLG_VALUE, 0);
    const double expected = mlg_rule_number(mix, MLG_EXPECTED, 0);
    const double share = 1.0 - value / expected;

    if (!(mlg_rule_number(mix, MLG_P, 0) <= MLG_RULE_P) || !(value < expected) ||
        !(share >= rule->least)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    say_mix(at, finding, mix, two);
    mlg_rule_cap_thin(finding, at->graph, NAN);
    return show_same(at, finding, err);
}
