/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/communities_read.h"
#include "finding/rule.h"
#include "measure/ladder.h"
#include "measure/levels.h"
#include "measure/reciprocity.h"

/* Communities beside sectors, directions of coordination, seats in each other's activities, and
 * those who know each other without working together. */

enum { FEW_ACTIVITIES = 3, TOLD_COUPLES = 3, FEWEST_RUNS = 10 };

#define STABLE 0.7

static void view_limits(mlg_finding *finding, const mlg_rule_case *at)
{
    const bool two_mode = at->graph->view.source == MLG_FROM_PARTICIPATIONS;
    mlg_finding_limit(finding, two_mode ? T_limit_shared_activity : T_limit_declared);
}

/* ---- communities ------------------------------------------------------------------------- */

bool mlg_communities_hold(const mlg_value *own)
{
    return mlg_rule_part(own, "runs", 0) >= FEWEST_RUNS &&
           mlg_rule_part(own, "stability", 0) >= STABLE && mlg_rule_part(own, "groups", 0) >= 2;
}

mlg_status mlg_rule_communities(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *own = mlg_rule_value(at, "silo.communities", MLG_SCALAR, "modularity");
    const mlg_value *sectors = mlg_rule_value(at, "silo.communities", MLG_SCALAR, "sectors");
    const double p = mlg_rule_number(sectors, MLG_P, 0);
    const mlg_view *view = &at->graph->view;

    if (view->kind >= 0 || view->n_conditions > 0 || own == NULL || !mlg_communities_hold(own) ||
        !(p <= MLG_RULE_P)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_part(own, "groups", 0)),
        mlg_arg_share(mlg_rule_part(own, "together", 0), 0),
        mlg_arg_number(mlg_rule_number(sectors, MLG_VALUE, 0), 2),
        mlg_arg_number(mlg_rule_number(sectors, MLG_HIGH, 0), 2),
        mlg_arg_p(p),
    };
    mlg_finding_say(finding, T_finding_communities, args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "silo.communities");
    view_limits(finding, at);
    mlg_finding_limit(finding, T_limit_communities);
    return MLG_OK;
}

/* ---- directions ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    mlg_direction direction;
    mlg_text_key text, lever;
    const char *source;
} directions[] = {
    {"horizontal", MLG_HORIZONTAL, T_finding_levels_horizontal, T_lever_cross_training, "S0:281"},
    {"vertical", MLG_VERTICAL, T_finding_levels_vertical, T_lever_who_does_what, "S0:247"},
    {"diagonal", MLG_DIAGONAL, T_finding_levels_diagonal, T_lever_cross_training, "S0:281"},
};

static bool share_sector(const mlg_graph *graph, int32_t a, int32_t b)
{
    if (graph->sector_set.n == 0) {
        return graph->sector[a] == graph->sector[b];
    }
    const mlg_csr *set = &graph->sector_set;
    for (uint32_t i = set->offset[a]; i < set->offset[a + 1]; i++) {
        if (mlg_csr_find(set, b, set->target[i]) > 0.0) {
            return true;
        }
    }
    return false;
}

static bool is_known(const mlg_graph *graph, const mlg_levels *levels, int32_t v)
{
    return levels->residents[v] || (graph->sector[v] >= 0 && levels->level[v] >= 0);
}

static mlg_direction direction_of(const mlg_graph *graph, const mlg_levels *levels, int32_t a,
                                  int32_t b)
{
    if (levels->residents[a] || levels->residents[b]) {
        return MLG_DIAGONAL;
    }
    const bool sector = share_sector(graph, a, b), level = levels->level[a] == levels->level[b];
    return sector ? (level ? MLG_INTERNAL : MLG_VERTICAL) : level ? MLG_HORIZONTAL : MLG_DIAGONAL;
}

/* Rows of one pair of actors; rows_total counts pairs once the list is full. */
static void show_pair(const mlg_rule_case *at, const mlg_graph *graph, int32_t a, int32_t b,
                      mlg_finding *finding)
{
    mlg_row rows[MLG_MAX_EVIDENCE];
    if (finding->n_rows >= MLG_MAX_EVIDENCE) {
        finding->rows_total++;
        return;
    }
    const size_t n = mlg_graph_rows_of(graph, a, b, rows, MLG_MAX_EVIDENCE);
    for (size_t i = 0; i < n && i < MLG_MAX_EVIDENCE; i++) {
        mlg_evidence_row_of(finding, at->model, rows[i].table, rows[i].row);
    }
}

/* The rows of the ties there are of the direction. */
static mlg_status show_direction(const mlg_rule_case *at, mlg_direction direction,
                                 mlg_finding *finding, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    mlg_levels levels = {0};

    TRY(mlg_levels_of(graph, &levels, err));
    for (int32_t a = 0; a < graph->n && at->model != NULL; a++) {
        for (uint32_t i = graph->ties.offset[a]; i < graph->ties.offset[a + 1]; i++) {
            const int32_t b = graph->ties.target[i];
            if (b > a && is_known(graph, &levels, a) && is_known(graph, &levels, b) &&
                direction_of(graph, &levels, a, b) == direction) {
                show_pair(at, graph, a, b, finding);
            }
        }
    }
out:
    mlg_levels_free(&levels);
    return status;
}

static mlg_status say_direction(const mlg_rule_case *at, const mlg_rule *rule, size_t k,
                                const mlg_value *value, mlg_findings *out, mlg_error *err)
{
    const double observed = mlg_rule_number(value, MLG_VALUE, 0);
    const double expected = mlg_rule_number(value, MLG_EXPECTED, 0);
    mlg_finding *finding = mlg_finding_add(out, at, rule, expected - observed, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_part(value, "ties", 0)),
        mlg_arg_count(mlg_rule_part(value, "known_ties", 0)),
        mlg_arg_share(observed, 0),
        mlg_arg_share(expected, 0),
        mlg_arg_share(mlg_rule_number(value, MLG_LOW, 0), 0),
        mlg_arg_share(mlg_rule_number(value, MLG_HIGH, 0), 0),
        mlg_arg_p(mlg_rule_number(value, MLG_P_ADJUSTED, 0)),
        mlg_arg_count(mlg_rule_part(value, "known_actors", 0)),
        mlg_arg_count(mlg_rule_part(value, "all_actors", 0)),
    };
    mlg_finding_say(finding, directions[k].text, args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "silo.directions");
    mlg_finding_lever(finding, directions[k].lever, directions[k].source);
    view_limits(finding, at);
    mlg_finding_limit(finding,
                      at->graph->n_activities > 0 ? T_limit_null_margins : T_limit_null_levels);
    return show_direction(at, directions[k].direction, finding, err);
}

mlg_status mlg_rule_levels(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t k = 0; k < sizeof directions / sizeof *directions; k++) {
        const mlg_value *value =
            mlg_rule_value(at, "silo.directions", MLG_SCALAR, directions[k].name);
        if (value != NULL && value->caution == T_none &&
            mlg_rule_part(value, "known_actors", 0) >= MLG_RULE_ACTORS &&
            mlg_rule_number(value, MLG_P_ADJUSTED, 0) <= MLG_RULE_P &&
            mlg_rule_number(value, MLG_VALUE, 0) < mlg_rule_number(value, MLG_EXPECTED, 0)) {
            TRY(say_direction(at, rule, k, value, out, err));
        }
    }
out:
    return status;
}

/* ---- seats --------------------------------------------------------------------------------- */

static mlg_status show_seats(const mlg_rule_case *at, mlg_id a, mlg_id b, mlg_finding *finding,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t rows[MLG_MAX_EVIDENCE];
    size_t n = 0;

    TRY(mlg_reciprocity_rows(at->model, a, b, rows, MLG_MAX_EVIDENCE, &n, err));
    for (size_t i = 0; i < n && i < MLG_MAX_EVIDENCE; i++) {
        mlg_evidence_row_of(finding, at->model, MLG_PARTICIPATIONS, rows[i]);
    }
    finding->rows_total = n;
out:
    return status;
}

/* Scheme a sits with b, and b in none of a's activities. */
static mlg_status say_one_way(const mlg_rule_case *at, const mlg_rule *rule, mlg_id a, mlg_id b,
                              const double counts[3], mlg_findings *out, mlg_error *err)
{
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SCHEME, a), mlg_arg_label(MLG_SCOPE_SCHEME, b),
        mlg_arg_count(counts[0]),           mlg_arg_count(counts[1]),
        mlg_arg_count(counts[2]),
    };
    mlg_finding_say(finding, T_finding_reciprocity, args, sizeof args / sizeof *args);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, a);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, b);
    mlg_finding_measure(finding, "scheme.reciprocity");
    mlg_finding_lever(finding, T_lever_reciprocal, "S1:233");
    mlg_finding_limit(finding, T_limit_seats);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return show_seats(at, a, b, finding, err);
}

/* The pairs come with the most seats first. */
mlg_status mlg_rule_reciprocity(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "scheme.reciprocity", MLG_PAIRS, NULL);

    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
        const double a_in_b = mlg_rule_part(pairs, "a_in_b", row);
        const double b_in_a = mlg_rule_part(pairs, "b_in_a", row);
        const double of_a = mlg_rule_part(pairs, "of_a", row);
        const double of_b = mlg_rule_part(pairs, "of_b", row);
        const double to_b[] = {a_in_b, of_b, of_a}, to_a[] = {b_in_a, of_a, of_b};
        if (a_in_b >= FEW_ACTIVITIES && b_in_a == 0.0 && of_a >= FEW_ACTIVITIES) {
            TRY(say_one_way(at, rule, a, b, to_b, out, err));
        } else if (b_in_a >= FEW_ACTIVITIES && a_in_b == 0.0 && of_b >= FEW_ACTIVITIES) {
            TRY(say_one_way(at, rule, b, a, to_a, out, err));
        }
    }
out:
    return status;
}

/* ---- acquaintance ------------------------------------------------------------------------------
 */

typedef struct couple {
    int32_t a, b;   /* actors of the view of those who know each other */
    bool meet;      /* they take part in something together */
    int32_t common; /* partners that both work with */
} couple;

typedef struct strangers {
    const mlg_graph *knows, *works;
    const mlg_graph *meets; /* the view of participations, or NULL */
    double known;           /* pairs of different sectors that know each other */
    double apart;           /* of them, without a tie of work */
    double met;             /* of those, with an activity in common */
    couple first[TOLD_COUPLES];
    size_t n;
} strangers;

static int32_t common_partners(const mlg_csr *ties, int32_t a, int32_t b)
{
    uint32_t i = ties->offset[a], j = ties->offset[b];
    int32_t common = 0;
    while (i < ties->offset[a + 1] && j < ties->offset[b + 1]) {
        const int32_t x = ties->target[i], y = ties->target[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return common;
}

/* Have two subjects an activity of the view in common? */
static bool take_part_together(const mlg_graph *meets, mlg_id a, mlg_id b)
{
    const int32_t v = meets != NULL ? mlg_id_find(meets->subject, meets->n, a) : -1;
    const int32_t w = meets != NULL ? mlg_id_find(meets->subject, meets->n, b) : -1;
    return v >= 0 && w >= 0 && common_partners(&meets->attends, v, w) > 0;
}

/* Who meets nowhere first, then by common partners; equal ones as they come. */
static bool goes_after(const couple *before, const couple *found)
{
    return before->meet != found->meet ? before->meet : before->common < found->common;
}

static void keep(strangers *s, couple found)
{
    size_t at = s->n;
    while (at > 0 && goes_after(&s->first[at - 1], &found)) {
        at--;
    }
    if (at == TOLD_COUPLES) {
        return;
    }
    s->n += s->n < TOLD_COUPLES ? 1 : 0;
    for (size_t i = s->n - 1; i > at; i--) {
        s->first[i] = s->first[i - 1];
    }
    s->first[at] = found;
}

static void look_at(strangers *s, int32_t a, int32_t b)
{
    const mlg_graph *knows = s->knows, *works = s->works;
    const int32_t v = mlg_id_find(works->subject, works->n, knows->subject[a]);
    const int32_t w = mlg_id_find(works->subject, works->n, knows->subject[b]);

    if (knows->sector[a] < 0 || knows->sector[b] < 0 || share_sector(knows, a, b)) {
        return;
    }
    s->known++;
    if (v < 0 || w < 0 || !(mlg_csr_find(&works->ties, v, w) > 0.0)) {
        const bool meet = take_part_together(s->meets, knows->subject[a], knows->subject[b]);
        s->apart++;
        s->met += meet;
        keep(s, (couple){a, b, meet, v >= 0 && w >= 0 ? common_partners(&works->ties, v, w) : 0});
    }
}

static mlg_status say_strangers(const mlg_rule_case *at, const mlg_rule *rule, const strangers *s,
                                mlg_findings *out, mlg_error *err)
{
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    enum { COUNTS = 4 };
    mlg_arg args[COUNTS + 2 * TOLD_COUPLES] = {mlg_arg_count(s->apart), mlg_arg_count(s->known),
                                               mlg_arg_count(s->met), mlg_arg_count(0.0)};
    static const mlg_text_key texts[TOLD_COUPLES] = {
        T_finding_acquaintance_one, T_finding_acquaintance_two, T_finding_acquaintance};

    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    for (size_t i = 0; i < s->n; i++) {
        mlg_arg *two = &args[COUNTS + 2 * i];
        two[0] = mlg_arg_label(s->knows->scope, s->knows->subject[s->first[i].a]);
        two[1] = mlg_arg_label(s->knows->scope, s->knows->subject[s->first[i].b]);
        show_pair(at, s->knows, s->first[i].a, s->first[i].b, finding);
    }
    finding->rows_total += (size_t) s->apart - s->n;
    mlg_finding_say(finding, texts[s->n - 1], args, COUNTS + 2 * s->n);
    mlg_finding_measure(finding, "silo.ladder");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    mlg_finding_limit(finding, T_limit_acquaintance);
    mlg_finding_limit(finding, T_limit_not_recorded);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return MLG_OK;
}

/* All participations, by the same subjects; NULL where there are none. */
static const mlg_graph *meetings_view(const mlg_rule_case *at)
{
    for (size_t v = 0; v < mlg_context_views(at->context); v++) {
        const mlg_view *view = mlg_context_view(at->context, (int32_t) v);
        if (view->source == MLG_FROM_PARTICIPATIONS && view->n_conditions == 0) {
            return mlg_context_graph(at->context, (int32_t) v);
        }
    }
    return NULL;
}

mlg_status mlg_rule_acquaintance(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                 mlg_error *err)
{
    const int32_t knows = mlg_ladder_view(at->context, MLG_CODE_OF(tie_kind, knows));
    const int32_t works = mlg_ladder_view(at->context, MLG_CODE_OF(tie_kind, works_with));

    if (knows < 0 || works < 0 || at->model == NULL) {
        return MLG_OK;
    }
    strangers s = {.knows = mlg_context_graph(at->context, knows),
                   .works = mlg_context_graph(at->context, works),
                   .meets = meetings_view(at)};
    if (s.knows->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    for (int32_t a = 0; a < s.knows->n; a++) {
        for (uint32_t i = s.knows->ties.offset[a]; i < s.knows->ties.offset[a + 1]; i++) {
            if (s.knows->ties.target[i] > a) {
                look_at(&s, a, s.knows->ties.target[i]);
            }
        }
    }
    return s.n > 0 ? say_strangers(at, rule, &s, out, err) : MLG_OK;
}
