/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/gap_words.h"
#include "finding/rule.h"
#include "graph/rows.h"
#include "measure/gap_ground.h"

/* Pairs of actors, of different sectors, that meet less often than they would by chance. Persons
 * are no subject of it: only organisations are told. And pairs of whole sectors. */

enum { MOST_TOLD = 3 };

typedef struct seats {
    const mlg_rule_case *at;
    mlg_finding *finding;
    mlg_id a, b;
} seats;

static void look(void *context, const mlg_reading *reading)
{
    const seats *s = context;
    if (reading->fate == MLG_ROW_COUNTS &&
        (reading->subject[0] == s->a || reading->subject[0] == s->b)) {
        mlg_evidence_row_of(s->finding, s->at->model, reading->row.table, reading->row.row);
    }
}

/* The rows of what either takes part in. */
static mlg_status show_rows(const mlg_rule_case *at, mlg_finding *finding, mlg_id a, mlg_id b,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    seats s = {at, finding, a, b};
    mlg_reader reader;

    if (at->model == NULL) {
        return MLG_OK;
    }
    TRY(mlg_reader_open(&reader, at->model, &graph->view, graph->into, graph->activity_when, err));
    mlg_reader_each(&reader, look, &s);
out:
    return status;
}

static bool is_person(const mlg_rule_case *at, mlg_id party)
{
    return at->model == NULL || at->model->party_kind[party] == MLG_KIND_PERSON;
}

static mlg_id sector_of(const mlg_graph *graph, mlg_id party)
{
    const int32_t v = mlg_id_find(graph->subject, graph->n, party);
    return graph->sector_code[graph->sector[v]];
}

static mlg_status say_pair(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *pairs,
                           size_t row, mlg_findings *out, mlg_error *err)
{
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    const double met = mlg_rule_number(pairs, MLG_VALUE, row);
    const double expected = mlg_rule_number(pairs, MLG_EXPECTED, row);
    /* one pair is never a diagnosis of the whole: a notice, whatever is missing of it */
    mlg_finding *finding = mlg_finding_add(out, at, rule, (expected - met) / expected, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_ACTOR, a),
        mlg_arg_label(MLG_SCOPE_SECTOR, sector_of(at->graph, a)),
        mlg_arg_count(mlg_rule_part(pairs, "activities_a", row)),
        mlg_arg_label(MLG_SCOPE_ACTOR, b),
        mlg_arg_label(MLG_SCOPE_SECTOR, sector_of(at->graph, b)),
        mlg_arg_count(mlg_rule_part(pairs, "activities_b", row)),
        mlg_arg_count(met),
        mlg_arg_count(expected),
        mlg_arg_count(mlg_rule_number(pairs, MLG_LOW, row)),
        mlg_arg_count(mlg_rule_number(pairs, MLG_HIGH, row)),
        mlg_arg_p(mlg_rule_number(pairs, MLG_P_ADJUSTED, row)),
    };
    mlg_finding_say(finding, met > 0.0 ? T_finding_meet_less : T_finding_meet_less_none, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_at_most(finding, MLG_NOTICE);
    mlg_finding_subject(finding, MLG_SCOPE_ACTOR, a);
    mlg_finding_subject(finding, MLG_SCOPE_ACTOR, b);
    mlg_finding_measure(finding, "gap.meetings");
    mlg_finding_lever(finding, T_lever_reciprocal, "S1:233");
    mlg_finding_limit(finding, T_limit_meetings_null);
    mlg_finding_limit(finding, T_limit_meetings_recorded);
    return show_rows(at, finding, a, b, err);
}

static bool stands_out(const mlg_value *pairs, size_t row)
{
    return mlg_rule_part(pairs, "testable", row) > 0.0 &&
           mlg_rule_number(pairs, MLG_P_ADJUSTED, row) <= MLG_RULE_P &&
           mlg_rule_number(pairs, MLG_VALUE, row) < mlg_rule_number(pairs, MLG_EXPECTED, row);
}

/* Tested pairs come first, those farthest below what is expected at the top. */
mlg_status mlg_rule_meet_less(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "gap.meetings", MLG_PAIRS, NULL);
    int32_t said = 0;

    for (size_t row = 0; pairs != NULL && row < pairs->n && said < MOST_TOLD; row++) {
        if (stands_out(pairs, row) && mlg_rule_part(pairs, "stratum", row) == MLG_GAP_KNOWN &&
            !is_person(at, pairs->subject[2 * row]) &&
            !is_person(at, pairs->subject[2 * row + 1])) {
            TRY(say_pair(at, rule, pairs, row, out, err));
            said++;
        }
    }
out:
    return status;
}

/* ---- sectors ------------------------------------------------------------------------------- */

/* Does the test of silos say it of the pair already? */
static bool is_a_silo(const mlg_rule_case *at, const mlg_id pair[2])
{
    const mlg_value *mixing = mlg_rule_value(at, "silo.mixing", MLG_MATRIX, NULL);
    for (size_t i = 0; mixing != NULL && i < mixing->n; i++) {
        const mlg_id *own = &mixing->subject[2 * i];
        if (own[0] == pair[0] && own[1] == pair[1]) {
            return mlg_rule_number(mixing, MLG_P_ADJUSTED, i) <= MLG_RULE_P &&
                   mlg_rule_number(mixing, MLG_VALUE, i) < mlg_rule_number(mixing, MLG_EXPECTED, i);
        }
    }
    return false;
}

/* Rows of those of two sectors. */
static void look_in_sectors(void *context, const mlg_reading *reading)
{
    const seats *s = context;
    const mlg_graph *graph = s->at->graph;
    const int32_t v = reading->fate == MLG_ROW_COUNTS && reading->subject[0] >= 0
                          ? mlg_id_find(graph->subject, graph->n, reading->subject[0])
                          : -1;
    const int32_t sector = v >= 0 ? graph->sector[v] : -1;
    if (sector >= 0 && (graph->sector_code[sector] == s->a || graph->sector_code[sector] == s->b)) {
        mlg_evidence_row_of(s->finding, s->at->model, reading->row.table, reading->row.row);
    }
}

static mlg_arg few(double number)
{
    return mlg_arg_number(number, fabs(number) < 9.95 ? 1 : 0);
}

/* Seven words a pair, and after all but the first whether it is there: 2, else 1. */
static void say_sectors(const mlg_rule_case *at, mlg_finding *finding, const mlg_value *pairs,
                        const size_t *row, size_t n)
{
    enum { WORDS = 7, EACH = 8 };
    mlg_arg args[MOST_TOLD * EACH];

    for (size_t i = 0; i < MOST_TOLD; i++) {
        const size_t of = row[i < n ? i : 0];
        const mlg_id *pair = &pairs->subject[2 * of];
        const mlg_arg words[WORDS] = {
            mlg_arg_label(MLG_SCOPE_SECTOR, pair[0]),
            mlg_arg_label(MLG_SCOPE_SECTOR, pair[1]),
            mlg_arg_count(mlg_rule_number(pairs, MLG_VALUE, of)),
            few(mlg_rule_number(pairs, MLG_EXPECTED, of)),
            mlg_arg_count(mlg_rule_number(pairs, MLG_LOW, of)),
            mlg_arg_count(mlg_rule_number(pairs, MLG_HIGH, of)),
            mlg_arg_p(mlg_rule_number(pairs, MLG_P_ADJUSTED, of)),
        };
        mlg_arg *to = &args[i * EACH - (i > 0 ? 1 : 0)];
        memcpy(to, words, sizeof words);
        if (i > 0) {
            to[WORDS] = mlg_arg_count(i < n ? 2.0 : 1.0);
        }
    }
    mlg_finding_say(finding, T_finding_sectors_apart, args, MOST_TOLD * EACH - 1);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, pairs->subject[2 * row[0]]);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, pairs->subject[2 * row[0] + 1]);
    mlg_finding_measure(finding, "gap.sectors");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    mlg_finding_limit(finding, T_limit_meetings_null);
    mlg_finding_limit(finding, T_limit_meetings_recorded);
    if (at->graph->facts.unknown_sector > 0) {
        mlg_finding_limit(finding, T_limit_unknown_sector);
    }
}

/* The clearest come first in the list. */
mlg_status mlg_rule_sectors_apart(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "gap.sectors", MLG_PAIRS, NULL);
    size_t row[MOST_TOLD], n = 0;
    mlg_reader reader;

    for (size_t i = 0; pairs != NULL && pairs->caution == T_none && i < pairs->n; i++) {
        if (n < MOST_TOLD && stands_out(pairs, i) && !is_a_silo(at, &pairs->subject[2 * i])) {
            row[n++] = i;
        }
    }
    if (n == 0) {
        return MLG_OK;
    }
    const double expected = mlg_rule_number(pairs, MLG_EXPECTED, row[0]);
    mlg_finding *finding = mlg_finding_add(
        out, at, rule, (expected - mlg_rule_number(pairs, MLG_VALUE, row[0])) / expected, err);
    TRY_ALLOC(err, finding);
    say_sectors(at, finding, pairs, row, n);
    mlg_finding_at_most(finding, MLG_NOTICE);
    if (at->model != NULL) {
        seats s = {at, finding, pairs->subject[2 * row[0]], pairs->subject[2 * row[0] + 1]};
        TRY(mlg_reader_open(&reader, at->model, &at->graph->view, at->graph->into,
                            at->graph->activity_when, err));
        mlg_reader_each(&reader, look_in_sectors, &s);
    }
out:
    return status;
}
