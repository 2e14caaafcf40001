/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/gap_words.h"
#include "finding/rule.h"
#include "graph/rows.h"
#include "measure/gap_ground.h"

/* Missing coordinations: schemes that overlap and share fewer participants than they would by
 * chance; and when there is nothing to conclude about them. */

enum { MOST_GAPS = 5 };

mlg_gap_words mlg_gap_words_of(const mlg_graph *graph)
{
    bool person = false, other = false;
    for (int32_t v = 0; v < graph->n && graph->model != NULL; v++) {
        const bool is = graph->scope == MLG_SCOPE_ACTOR &&
                        graph->model->party_kind[graph->subject[v]] == MLG_KIND_PERSON;
        person = person || is;
        other = other || !is;
    }
    return person && !other   ? (mlg_gap_words){T_gap_people, T_gap_no_one}
           : other && !person ? (mlg_gap_words){T_gap_organisations, T_gap_no_organisation}
                              : (mlg_gap_words){T_gap_participants, T_gap_no_participant};
}

/* ---- evidence ---------------------------------------------------------------------- */

/* Seats in two schemes: of those who sit in both, or of all where nobody does. */
typedef struct seats {
    const mlg_rule_case *at;
    mlg_finding *finding;
    mlg_id a, b;
    bool only_both;
} seats;

static bool is_of(const mlg_model *model, mlg_id activity, mlg_id scheme)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_gap_schemes_of(model, activity, &n);
    for (size_t i = 0; i < n; i++) {
        if (schemes[i] == scheme) {
            return true;
        }
    }
    return false;
}

static bool sits_in(const mlg_graph *graph, int32_t actor, mlg_id scheme)
{
    const mlg_csr *attends = &graph->attends;
    for (uint32_t k = attends->offset[actor]; k < attends->offset[actor + 1]; k++) {
        if (is_of(graph->model, graph->activity[attends->target[k]], scheme)) {
            return true;
        }
    }
    return false;
}

static void look(void *context, const mlg_reading *reading)
{
    const seats *s = context;
    const mlg_graph *graph = s->at->graph;
    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 ||
        (!is_of(graph->model, reading->activity, s->a) &&
         !is_of(graph->model, reading->activity, s->b))) {
        return;
    }
    const int32_t actor = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    if (actor >= 0 &&
        (!s->only_both || (sits_in(graph, actor, s->a) && sits_in(graph, actor, s->b)))) {
        mlg_evidence_row_of(s->finding, graph->model, reading->row.table, reading->row.row);
    }
}

/* The rows of the two schemes, then those of their seats. */
static mlg_status show_rows(const mlg_rule_case *at, mlg_finding *finding, mlg_id a, mlg_id b,
                            bool only_both, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    const mlg_model *model = graph->model;
    seats s = {at, finding, a, b, only_both};
    mlg_reader reader;

    if (model == NULL) {
        return MLG_OK;
    }
    if (model->party_scheme_row[a] >= 0) {
        mlg_evidence_row_of(finding, model, MLG_SCHEMES, model->party_scheme_row[a]);
    }
    if (model->party_scheme_row[b] >= 0) {
        mlg_evidence_row_of(finding, model, MLG_SCHEMES, model->party_scheme_row[b]);
    }
    TRY(mlg_reader_open(&reader, model, &graph->view, graph->into, graph->activity_when, err));
    mlg_reader_each(&reader, look, &s);
out:
    return status;
}

/* ---- one gap ----------------------------------------------------------------------- */

/* By what is known of the two, and whether anybody sits in both. */
static mlg_text_key sentence_of(const mlg_value *pairs, size_t row, bool nobody)
{
    const bool known = mlg_rule_part(pairs, "stratum", row) == MLG_GAP_KNOWN &&
                       !isnan(mlg_rule_part(pairs, "common_units", row));
    const bool people = !isnan(mlg_rule_part(pairs, "reach", row));
    if (!known) {
        return nobody ? T_finding_gap_unknown_none : T_finding_gap_unknown;
    }
    if (people) {
        return nobody ? T_finding_gap_none : T_finding_gap;
    }
    return nobody ? T_finding_gap_units_none : T_finding_gap_units;
}

/* Themes that either of the two has. */
static double all_themes(const mlg_value *pairs, size_t row)
{
    return round(mlg_rule_part(pairs, "shared_themes", row) /
                 mlg_rule_part(pairs, "theme_overlap", row));
}

static mlg_status say_gap(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *pairs,
                          size_t row, mlg_findings *out, mlg_error *err)
{
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    const double both = mlg_rule_number(pairs, MLG_VALUE, row);
    const mlg_gap_words words = mlg_gap_words_of(at->graph);
    mlg_finding *finding = mlg_finding_add(out, at, rule, mlg_rule_part(pairs, "reach", row), err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SCHEME, a),
        mlg_arg_label(MLG_SCOPE_SCHEME, b),
        mlg_arg_count(mlg_rule_part(pairs, "common_units", row)),
        mlg_arg_share(mlg_rule_part(pairs, "population_overlap", row), 0),
        mlg_arg_count(mlg_rule_part(pairs, "shared_themes", row)),
        mlg_arg_count(all_themes(pairs, row)),
        mlg_arg_key(both > 0.0 ? words.many : words.nobody),
        mlg_arg_count(both),
        mlg_arg_count(mlg_rule_number(pairs, MLG_EXPECTED, row)),
        mlg_arg_count(mlg_rule_number(pairs, MLG_LOW, row)),
        mlg_arg_count(mlg_rule_number(pairs, MLG_HIGH, row)),
        mlg_arg_p(mlg_rule_number(pairs, MLG_P_ADJUSTED, row)),
    };
    mlg_finding_say(finding, sentence_of(pairs, row, !(both > 0.0)), args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, a);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, b);
    mlg_finding_measure(finding, "gap.schemes");
    mlg_finding_lever(finding, T_lever_reciprocal, "S1:233");
    mlg_finding_limit(finding, T_limit_gap_null);
    mlg_finding_limit(finding, T_limit_gap_recorded);
    if (mlg_rule_part(pairs, "stratum", row) != MLG_GAP_KNOWN) {
        mlg_finding_limit(finding, T_limit_gap_unknown);
    }
    return show_rows(at, finding, a, b, both > 0.0, err);
}

/* Participants in any scheme: fewer than ten, and nothing is claimed. */
static double participants_of(const mlg_rule_case *at)
{
    return mlg_rule_part(mlg_rule_value(at, "gap.schemes", MLG_SCALAR, NULL), "actors", 0);
}

/* The pairs come with the tested ones first, the farthest below what is expected at the top. */
mlg_status mlg_rule_gap(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "gap.schemes", MLG_PAIRS, NULL);
    int32_t said = 0;

    if (!(participants_of(at) >= MLG_RULE_ACTORS)) {
        return MLG_OK;
    }
    for (size_t row = 0; pairs != NULL && row < pairs->n && said < MOST_GAPS; row++) {
        if (mlg_rule_part(pairs, "testable", row) > 0.0 &&
            mlg_rule_number(pairs, MLG_P_ADJUSTED, row) <= MLG_RULE_P &&
            mlg_rule_number(pairs, MLG_VALUE, row) < mlg_rule_number(pairs, MLG_EXPECTED, row)) {
            TRY(say_gap(at, rule, pairs, row, out, err));
            said++;
        }
    }
out:
    return status;
}

/* ---- nothing to conclude -------------------------------------------------------------- */

mlg_status mlg_rule_gap_unclear(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *all = mlg_rule_value(at, "gap.schemes", MLG_SCALAR, NULL);
    const double eligible = mlg_rule_part(all, "eligible", 0), actors = participants_of(at);
    const bool few = actors < MLG_RULE_ACTORS;

    if (!(eligible > 0.0) || (!few && mlg_rule_part(all, "testable", 0) > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {mlg_arg_count(eligible), mlg_arg_count(actors),
                            mlg_arg_key(mlg_gap_words_of(at->graph).many)};
    mlg_finding_say(finding, few ? T_unclear_gap_few : T_unclear_gap, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "gap.schemes");
    mlg_finding_lever(finding, T_lever_directory, "S3:47");
    mlg_finding_limit(finding, T_limit_gap_recorded);
    return MLG_OK;
}
