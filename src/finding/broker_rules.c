/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "finding/rule.h"

/* Brokerage, as facts: pairs of actors of two sectors that have one partner in common and no
 * other, and sectors between which there is nobody at all. */

/* Of one network, the view of all its ties speaks. */
static bool is_part(const mlg_rule_case *at)
{
    const mlg_view *view = &at->graph->view;
    if (view->kind < 0 && view->n_conditions == 0) {
        return false;
    }
    for (size_t v = 0; v < mlg_context_views(at->context); v++) {
        const mlg_view *other = mlg_context_view(at->context, (int32_t) v);
        if (other->source == view->source && other->kind < 0 && other->n_conditions == 0) {
            return true;
        }
    }
    return false;
}

static void limit_of_source(mlg_finding *finding, const mlg_rule_case *at)
{
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
}

/* ---- the only partner in common ------------------------------------------------------ */

static size_t largest(const mlg_value *value)
{
    size_t first = SIZE_MAX;
    for (size_t row = 0; value != NULL && row < value->n; row++) {
        const double x = mlg_rule_number(value, MLG_VALUE, row);
        if (!isnan(x) && (first == SIZE_MAX || x > mlg_rule_number(value, MLG_VALUE, first))) {
            first = row;
        }
    }
    return first;
}

/* What the findings on dependence say of the same actor is worse: pairs cut off altogether. */
static bool is_dependence(const mlg_rule_case *at, const mlg_rule *rule, size_t row)
{
    const mlg_value *lost = mlg_rule_value(at, "depend.cross_pairs_lost", MLG_VECTOR, NULL);
    return mlg_rule_part(lost, "share", row) > rule->least;
}

static void say_sole_link(mlg_finding *finding, const mlg_rule_case *at, const mlg_value *alone,
                          size_t row, double pairs, double lone, double share)
{
    const mlg_id subject = alone->subject[row];
    const bool known = at->model != NULL && alone->scope == MLG_SCOPE_ACTOR;
    const bool post = known && (at->model->party_flags[subject] & MLG_IS_POST) != 0;
    const bool person = known && at->model->party_kind[subject] == MLG_KIND_PERSON;
    const bool some_unknown = at->graph->facts.unknown_sector > 0;
    const mlg_arg args[] = {
        mlg_arg_count(pairs),
        mlg_arg_count(lone),
        mlg_arg_count(mlg_rule_number(alone, MLG_VALUE, row)),
        mlg_arg_label(alone->scope, subject),
        mlg_arg_share(share, 0),
        mlg_arg_count(some_unknown ? 2.0 : 1.0), /* partners without a sector are not counted */
    };

    mlg_finding_say(finding,
                    post     ? T_finding_sole_link_post
                    : person ? T_finding_sole_link_person
                             : T_finding_sole_link,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, post ? MLG_SCOPE_POST : alone->scope, subject);
    mlg_finding_measure(finding, "broker.exclusivity");
    mlg_finding_at_most(finding, MLG_WARN);
    mlg_finding_lever(finding, T_lever_agreements, "S0:361");
    if (post || person) {
        mlg_finding_limit(finding, T_limit_person);
    }
    mlg_finding_limit(finding, T_limit_sole_link);
    limit_of_source(finding, at);
    if (some_unknown) {
        mlg_finding_limit(finding, T_limit_unknown_sector);
    }
}

mlg_status mlg_rule_sole_link(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    const mlg_value *alone = mlg_rule_value(at, "broker.exclusivity", MLG_VECTOR, NULL);
    const mlg_value *all = mlg_rule_value(at, "broker.exclusivity", MLG_SCALAR, NULL);
    const mlg_value *activity = mlg_rule_value(at, "broker.activity", MLG_SCALAR, NULL);
    const double pairs = mlg_rule_number(activity, MLG_VALUE, 0);
    const double reached = pairs + mlg_rule_part(activity, "tied", 0);
    const size_t row = largest(alone);
    const double share = row != SIZE_MAX ? mlg_rule_number(alone, MLG_VALUE, row) / reached : NAN;

    if (!(share > rule->least) || is_part(at) || !mlg_rule_may_compare(at->graph) ||
        is_dependence(at, rule, row)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    say_sole_link(finding, at, alone, row, pairs, mlg_rule_number(all, MLG_VALUE, 0), share);
    mlg_rule_cap_thin(finding, at->graph, reached);
    mlg_evidence_of_actor(finding, at, (int32_t) row);
    return MLG_OK;
}

/* ---- sectors without anybody between ---------------------------------------------------- */

/* Which sectors meet, each pair at [low * n + high]: by a tie, or in somebody who has partners in
 * both. Actors without a sector count as such a somebody. */
typedef struct meetings {
    int32_t n;
    bool *meet;
    bool *seen;      /* [n] at the actor in hand */
    int32_t *active; /* [n] actors with a tie */
    int32_t *size;   /* [n] actors */
} meetings;

enum { MOST_SECTORS = 200 };

static void see(const mlg_graph *graph, int32_t actor, bool *seen)
{
    if (graph->sector_set.n > 0) {
        for (uint32_t i = graph->sector_set.offset[actor]; i < graph->sector_set.offset[actor + 1];
             i++) {
            seen[graph->sector_set.target[i]] = true;
        }
    }
    if (graph->sector[actor] >= 0) {
        seen[graph->sector[actor]] = true;
    }
}

static void meet_at(const mlg_graph *graph, int32_t actor, meetings *m)
{
    const uint32_t from = graph->ties.offset[actor], to = graph->ties.offset[actor + 1];

    for (int32_t s = 0; s < m->n; s++) {
        m->seen[s] = false;
    }
    see(graph, actor, m->seen);
    for (int32_t s = 0; s < m->n; s++) {
        m->size[s] += m->seen[s];
        m->active[s] += m->seen[s] && from < to;
    }
    for (uint32_t e = from; e < to; e++) {
        see(graph, graph->ties.target[e], m->seen);
    }
    for (int32_t a = 0; a < m->n; a++) {
        for (int32_t b = a + 1; m->seen[a] && b < m->n; b++) {
            m->meet[a * m->n + b] |= m->seen[b];
        }
    }
}

static mlg_status meetings_of(const mlg_graph *graph, meetings *m, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) graph->n_sectors;

    *m = (meetings){.n = graph->n_sectors};
    m->meet = mlg_zalloc(n * n, sizeof *m->meet);
    m->seen = mlg_zalloc(n, sizeof *m->seen);
    m->active = mlg_zalloc(n, sizeof *m->active);
    m->size = mlg_zalloc(n, sizeof *m->size);
    TRY_ALLOC(err, m->meet);
    TRY_ALLOC(err, m->seen);
    TRY_ALLOC(err, m->active);
    TRY_ALLOC(err, m->size);
    for (int32_t v = 0; v < graph->n; v++) {
        meet_at(graph, v, m);
    }
out:
    return status;
}

static void meetings_free(meetings *m)
{
    mlg_free(m->meet);
    mlg_free(m->seen);
    mlg_free(m->active);
    mlg_free(m->size);
}

/* Does the test of silos already say so of the two? */
static bool is_told(const mlg_rule_case *at, int32_t a, int32_t b)
{
    const mlg_value *mixing = mlg_rule_value(at, "silo.mixing", MLG_MATRIX, NULL);
    const mlg_id one = at->graph->sector_code[a], other = at->graph->sector_code[b];
    for (size_t i = 0; mixing != NULL && i < mixing->n; i++) {
        const mlg_id *pair = &mixing->subject[2 * i];
        if (pair[0] == one && pair[1] == other) {
            return mlg_rule_number(mixing, MLG_P_ADJUSTED, i) <= MLG_RULE_P;
        }
    }
    return false;
}

/* The largest pair of sectors that do not meet, of those with two active actors each. */
typedef struct apart {
    int32_t a, b;
    double cases, compared; /* pairs of sectors */
    double pairs, all;      /* of actors: of sectors apart, of sectors compared */
} apart;

static apart find_apart(const mlg_rule_case *at, const meetings *m)
{
    apart found = {.a = -1, .b = -1};
    double most = 0.0;
    for (int32_t a = 0; a < m->n; a++) {
        for (int32_t b = a + 1; b < m->n; b++) {
            const double pairs = (double) m->size[a] * m->size[b];
            if (m->active[a] < MLG_RULE_SECTOR_ACTORS || m->active[b] < MLG_RULE_SECTOR_ACTORS) {
                continue;
            }
            found.compared++;
            found.all += pairs;
            if (m->meet[a * m->n + b]) {
                continue;
            }
            found.cases++;
            found.pairs += pairs;
            if (pairs > most && !is_told(at, a, b)) {
                most = pairs;
                found.a = a;
                found.b = b;
            }
        }
    }
    return found;
}

static int by_place(const void *left, const void *right)
{
    const mlg_row *a = left, *b = right;
    if (a->table != b->table) {
        return a->table < b->table ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* The rows of a sector's actors, each once. */
static mlg_status show_sector(mlg_finding *finding, const mlg_graph *graph, int32_t sector,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0, room = 0;
    mlg_row *rows = NULL;

    for (int32_t v = 0; v < graph->n; v++) {
        room += graph->sector[v] == sector ? mlg_graph_rows_of(graph, v, -1, NULL, 0) : 0;
    }
    rows = mlg_alloc(room, sizeof *rows);
    TRY_ALLOC(err, rows);
    for (int32_t v = 0; v < graph->n; v++) {
        n += graph->sector[v] == sector ? mlg_graph_rows_of(graph, v, -1, rows + n, room - n) : 0;
    }
    qsort(rows, n, sizeof *rows, by_place);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || by_place(&rows[i - 1], &rows[i]) != 0) {
            mlg_evidence_row_of(finding, graph->model, rows[i].table, rows[i].row);
        }
    }
out:
    mlg_free(rows);
    return status;
}

static mlg_status say_unlinked(const mlg_rule_case *at, const mlg_rule *rule, const meetings *m,
                               const apart *found, mlg_findings *out, mlg_error *err)
{
    const mlg_graph *graph = at->graph;
    const int32_t lesser = m->size[found->a] < m->size[found->b] ? found->a : found->b;
    mlg_finding *finding = mlg_finding_add(out, at, rule, found->pairs / found->all, err);

    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SECTOR, graph->sector_code[found->a]),
        mlg_arg_count(m->size[found->a]),
        mlg_arg_label(MLG_SCOPE_SECTOR, graph->sector_code[found->b]),
        mlg_arg_count(m->size[found->b]),
        mlg_arg_count(found->cases),
        mlg_arg_count(found->compared),
    };
    mlg_finding_say(finding, T_finding_unlinked_sectors, args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, graph->sector_code[found->a]);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, graph->sector_code[found->b]);
    mlg_finding_at_most(finding, MLG_NOTICE);
    mlg_finding_measure(finding, "broker.activity");
    mlg_finding_measure(finding, "silo.mixing");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    mlg_finding_limit(finding, T_limit_unlinked_sectors);
    limit_of_source(finding, at);
    if (graph->facts.unknown_sector > 0) {
        mlg_finding_limit(finding, T_limit_unknown_sector);
    }
    return show_sector(finding, graph, lesser, err);
}

mlg_status mlg_rule_unlinked_sectors(const mlg_rule_case *at, const mlg_rule *rule,
                                     mlg_findings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    meetings m = {0};

    if (is_part(at) || !at->graph->projected || !mlg_rule_may_compare(at->graph) ||
        at->graph->n_sectors > MOST_SECTORS || at->graph->view.by == MLG_BY_SECTOR) {
        return MLG_OK;
    }
    TRY(meetings_of(at->graph, &m, err));
    const apart found = find_apart(at, &m);
    if (found.a >= 0 && found.pairs / found.all > rule->least) {
        TRY(say_unlinked(at, rule, &m, &found, out, err));
    }
out:
    meetings_free(&m);
    return status;
}
