/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"
#include "measure/departure.h"

/* If a post fell vacant: whom it alone connects, and which of its ties would outlast it. What
 * is said is about posts in a network, never about who holds them. */

enum { LEAST_TIES = 5, MOST_POSTS = 2 };
#define LEAST_LOST 0.25

/* Rows of the view that name who leaves. */
typedef struct row_search {
    mlg_finding *finding;
    const mlg_model *model;
    const mlg_leavers *leavers;
    int32_t leaver;
} row_search;

static void look(void *context, const mlg_reading *reading)
{
    const row_search *s = context;
    if (reading->fate == MLG_ROW_COUNTS &&
        (mlg_leaver_of_reading(s->model, s->leavers, reading, 0) == s->leaver ||
         mlg_leaver_of_reading(s->model, s->leavers, reading, 1) == s->leaver)) {
        mlg_evidence_row_of(s->finding, s->model, reading->row.table, reading->row.row);
    }
}

static mlg_status show_rows(mlg_finding *finding, const mlg_rule_case *at,
                            const mlg_leavers *leavers, int32_t leaver, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    row_search s = {finding, at->model, leavers, leaver};
    mlg_reader reader;

    for (int32_t row = 0; row < at->model->rows[MLG_POSTS].n; row++) {
        if (leavers->of_row[row] == leaver) {
            mlg_evidence_row_of(finding, at->model, MLG_POSTS, row);
        }
    }
    TRY(mlg_reader_open(&reader, at->model, &graph->view, graph->into, graph->activity_when, err));
    mlg_reader_each(&reader, look, &s);
out:
    return status;
}

static void limit_view(mlg_finding *finding, const mlg_rule_case *at)
{
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
}

static int32_t leaver_at(const mlg_value *value, const mlg_leavers *leavers, size_t row)
{
    return leavers->of_party[value->subject[row]];
}

/* ---- pairs cut off ------------------------------------------------------------------ */

/* The worst row by a figure (a part, or NULL: the value), and the worst of another holder. */
typedef struct worst {
    size_t row; /* SIZE_MAX: none */
    bool has_next;
    double next;
} worst;

static double figure_of(const mlg_value *pairs, const char *part, size_t row)
{
    return part != NULL ? mlg_rule_part(pairs, part, row) : mlg_rule_number(pairs, MLG_VALUE, row);
}

static worst find_worst(const mlg_value *pairs, const mlg_leavers *leavers, const char *part)
{
    worst w = {.row = SIZE_MAX};
    for (size_t row = 0; row < pairs->n; row++) {
        const double lost = figure_of(pairs, part, row);
        if (!isnan(lost) && (w.row == SIZE_MAX || lost > figure_of(pairs, part, w.row))) {
            w.row = row;
        }
    }
    for (size_t row = 0; row < pairs->n && w.row != SIZE_MAX; row++) {
        const double lost = figure_of(pairs, part, row);
        if (!isnan(lost) && leaver_at(pairs, leavers, row) != leaver_at(pairs, leavers, w.row)) {
            w.next = w.has_next ? fmax(w.next, lost) : lost;
            w.has_next = true;
        }
    }
    return w;
}

/* Different schemes of the posts that fall, the first three named; answers how many. */
static size_t schemes_of(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver,
                         mlg_id named[3])
{
    size_t count = 0;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        for (size_t i = 0; i < n && leavers->of_row[row] == leaver; i++) {
            bool met = false;
            for (size_t k = 0; k < count && k < 3; k++) {
                met = met || named[k] == schemes[i];
            }
            if (!met && count < 3) {
                named[count] = schemes[i];
            }
            count += met ? 0 : 1;
        }
    }
    return count;
}

static double fte_of(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver)
{
    double fte = NAN;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const double own = mlg_get_number(model, C_posts_fte, row);
        if (leavers->of_row[row] == leaver && !isnan(own)) {
            fte = isnan(fte) ? own : fte + own;
        }
    }
    return fte;
}

/* Who stays and has a sector: what pairs are made of. */
static int32_t counted(const mlg_rule_case *at, const mlg_leavers *leavers, int32_t leaver)
{
    int32_t n = 0;
    for (int32_t v = 0; v < at->graph->n; v++) {
        n += at->graph->sector[v] >= 0 && leavers->of_party[at->graph->subject[v]] != leaver;
    }
    return n;
}

/* What falls beside the post's own rows, as words of the sentence. */
static mlg_text_key beside(bool posts, bool activities)
{
    return posts ? (activities ? T_departure_and_both : T_departure_and_posts)
                 : (activities ? T_departure_and_activities : T_none);
}

/* "For example, A and B would no longer be connected": five arguments, empty without one. A
 * view too large to be cut again has none. */
static mlg_status give_example(const mlg_rule_case *at, const mlg_leavers *leavers, int32_t leaver,
                               bool activities, mlg_arg out[5], mlg_error *err)
{
    mlg_error too_large = {0};
    mlg_cutter *cutter = NULL;
    int32_t pair[2] = {-1, -1};
    const mlg_status status = mlg_cutter_open(at->context, at->view, leavers, &cutter, &too_large);

    if (status != MLG_OK && status != MLG_ESIZE) {
        return mlg_fail(err, status, "%s", too_large.message);
    }
    const bool found = status == MLG_OK && mlg_cut_example(cutter, leaver, activities, pair);
    for (int i = 0; i < 5; i++) {
        out[i] = mlg_arg_key(T_none);
    }
    if (found) {
        out[0] = mlg_arg_key(T_departure_example);
        out[1] = mlg_arg_label(at->graph->scope, at->graph->subject[pair[0]]);
        out[2] = mlg_arg_key(T_departure_example_and);
        out[3] = mlg_arg_label(at->graph->scope, at->graph->subject[pair[1]]);
        out[4] = mlg_arg_key(T_departure_example_end);
    }
    mlg_cutter_free(cutter);
    return MLG_OK;
}

static void say_cut(mlg_finding *finding, const mlg_rule_case *at, const mlg_value *pairs,
                    const mlg_leavers *leavers, const worst *w, bool activities,
                    const mlg_arg *example)
{
    static const mlg_text_key texts[] = {T_finding_departure, T_finding_departure_1,
                                         T_finding_departure_2, T_finding_departure_3,
                                         T_finding_departure_n};
    const int32_t leaver = leaver_at(pairs, leavers, w->row);
    mlg_id named[3] = {-1, -1, -1};
    const size_t n = schemes_of(at->model, leavers, leaver, named);
    const double fte = fte_of(at->model, leavers, leaver);
    const char *const part = activities ? "pairs_lost_with_activities" : NULL;
    const double convened = mlg_rule_part(pairs, "activities_stopped", w->row);
    const mlg_arg empty = mlg_arg_text("");
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_POST, pairs->subject[w->row]),
        mlg_arg_count(figure_of(pairs, part, w->row)),
        mlg_arg_count(mlg_rule_part(pairs, "pairs_today", w->row)),
        mlg_arg_share(
            mlg_rule_part(pairs, activities ? "share_with_activities" : "share_worst", w->row), 0),
        w->has_next ? mlg_arg_count(w->next) : empty,
        isnan(fte) ? empty : mlg_arg_number(fte, fte == floor(fte) ? 0 : 2),
        mlg_arg_key(isnan(fte) ? T_none : T_departure_fte),
        n > 3 ? mlg_arg_count((double) n) : mlg_arg_label(MLG_SCOPE_SCHEME, named[0]),
        mlg_arg_label(MLG_SCOPE_SCHEME, named[1]),
        mlg_arg_label(MLG_SCOPE_SCHEME, named[2]),
        mlg_arg_key(w->has_next ? T_departure_next : T_none),
        mlg_arg_key(beside(leavers->leaver[leaver].n > 1, activities)),
        activities ? mlg_arg_count(convened) : empty,
        mlg_arg_key(activities ? T_departure_of : T_none),
        activities ? mlg_arg_count(at->graph->n_activities) : empty,
        mlg_arg_key(!activities       ? T_none
                    : convened == 1.0 ? T_departure_convenes_one
                                      : T_departure_convenes),
        mlg_arg_key(activities ? T_departure_space : T_none),
        example[0],
        example[1],
        example[2],
        example[3],
        example[4],
    };

    mlg_finding_say(finding, texts[n > 3 ? 4 : n], args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_POST, pairs->subject[w->row]);
    mlg_finding_measure(finding, "turnover.departure.pairs");
    if (n > 1) { /* the documents recruited for a territory, not for one scheme */
        mlg_finding_lever(finding, T_lever_second_coordinator, "S1:185");
    } else {
        mlg_finding_lever(finding, T_lever_agreements, "S0:361");
    }
    if (activities) { /* it rests on whose lists of attendance were kept */
        mlg_finding_limit(finding, T_limit_not_recorded);
        mlg_rule_cap_unrecorded(finding, at->graph);
    }
    if (counted(at, leavers, leaver) < MLG_RULE_ACTORS) {
        mlg_finding_at_most(finding, MLG_NOTICE);
    }
    mlg_finding_limit(finding, T_limit_person);
    mlg_finding_limit(finding, T_limit_removal_post);
    limit_view(finding, at);
}

mlg_status mlg_rule_departure(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "turnover.departure.pairs", MLG_VECTOR, NULL);
    mlg_leavers leavers = {0};
    mlg_finding *finding = NULL;
    mlg_arg example[5];

    if (pairs == NULL || at->model == NULL || at->graph->n < MLG_RULE_ACTORS) {
        return MLG_OK;
    }
    TRY(mlg_leavers_of(at->model, &leavers, err));
    bool activities = false;
    worst w = find_worst(pairs, &leavers, NULL);
    double share = w.row != SIZE_MAX ? mlg_rule_part(pairs, "share_worst", w.row) : NAN;
    if (!(share > rule->least)) {
        activities = true;
        w = find_worst(pairs, &leavers, "pairs_lost_with_activities");
        share = w.row != SIZE_MAX ? mlg_rule_part(pairs, "share_with_activities", w.row) : NAN;
    }
    if (!(share > rule->least)) {
        goto out;
    }
    TRY(give_example(at, &leavers, leaver_at(pairs, &leavers, w.row), activities, example, err));
    finding = mlg_finding_add(out, at, rule, share, err);
    TRY_ALLOC(err, finding);
    say_cut(finding, at, pairs, &leavers, &w, activities, example);
    const mlg_wider wider = mlg_rule_wider(at, pairs, w.row);
    mlg_rule_cap_part(finding, rule, &wider, activities ? "share_with_activities" : "share_worst");
    mlg_rule_cap_thin(finding, at->graph, mlg_rule_part(pairs, "pairs_today", w.row));
    TRY(show_rows(finding, at, &leavers, leaver_at(pairs, &leavers, w.row), err));
out:
    mlg_leavers_free(&leavers);
    return status;
}

/* ---- ties that would outlast ------------------------------------------------------------ */

static double ties_lost(const mlg_value *value, size_t row)
{
    return mlg_rule_part(value, "ties", row) - mlg_rule_number(value, MLG_VALUE, row);
}

/* One row a holder, with ties enough to speak of, over a quarter of which would be lost. Where
 * nobody noted who holds any of them, the figure would be the assumption and nothing else. */
static bool may_be_said(const mlg_value *value, const mlg_leavers *leavers, size_t row)
{
    const int32_t leaver = leaver_at(value, leavers, row);
    const double ties = mlg_rule_part(value, "ties", row);
    return ties >= LEAST_TIES && ties_lost(value, row) > LEAST_LOST * ties &&
           mlg_rule_part(value, "held_organisation", row) +
                   mlg_rule_part(value, "held_person", row) >
               0.0 &&
           !isnan(mlg_rule_part(value, "low_5", row)) &&
           value->subject[row] == leavers->post[leavers->leaver[leaver].first];
}

/* Declared ties say who works with whom: where they tell of the post, sitting in the same
 * bodies is no second finding. */
static bool is_told_by_ties(const mlg_rule_case *at, const mlg_leavers *leavers, mlg_id post)
{
    for (int32_t view = 0; view < (int32_t) mlg_context_views(at->context); view++) {
        const mlg_rule_case other = {.values = at->values, .view = view};
        const mlg_value *value =
            mlg_context_view(at->context, view)->source == MLG_FROM_TIES
                ? mlg_rule_value(&other, "turnover.departure", MLG_VECTOR, NULL)
                : NULL;
        for (size_t row = 0; value != NULL && row < value->n; row++) {
            if (value->subject[row] == post && may_be_said(value, leavers, row)) {
                return true;
            }
        }
    }
    return false;
}

static mlg_status say_held(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *value,
                           const mlg_leavers *leavers, size_t row, mlg_findings *out,
                           mlg_error *err)
{
    const mlg_id post = value->subject[row];
    const double person = mlg_rule_part(value, "held_person", row);
    const double organisation = mlg_rule_part(value, "held_organisation", row);
    const double unknown = mlg_rule_part(value, "held_unknown", row);
    double survival[MLG_N_SURVIVALS];
    bool assumed = false;
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);

    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    mlg_survivals_of(at->model, survival);
    for (int held = 0; held < MLG_N_SURVIVALS; held++) {
        assumed = assumed || at->model->rate[MLG_SURVIVES_ORGANISATION + held].row < 0;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_POST, post),
        mlg_arg_count(organisation + person + unknown),
        mlg_arg_count(organisation),
        mlg_arg_count(person),
        mlg_arg_count(unknown),
        mlg_arg_share(survival[MLG_CODE_OF(held_by, organisation)], 0),
        mlg_arg_share(survival[MLG_CODE_OF(held_by, person)], 0),
        mlg_arg_share(survival[MLG_CODE_OF(held_by, unknown)], 0),
        mlg_arg_count(round(mlg_rule_number(value, MLG_VALUE, row))),
        mlg_arg_count(mlg_rule_part(value, "low_5", row)),
        mlg_arg_count(mlg_rule_part(value, "high_95", row)),
        mlg_arg_key(assumed ? T_departure_assumed : T_departure_given),
    };
    mlg_finding_say(finding, T_finding_held_ties, args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_POST, post);
    mlg_finding_measure(finding, "turnover.departure");
    if (person + unknown > organisation) {
        mlg_finding_lever(finding, T_lever_mandate, "S0:332");
    } else {
        mlg_finding_lever(finding, T_lever_agreements, "S0:361");
    }
    mlg_finding_limit(finding, assumed ? T_limit_survival_assumed : T_limit_survival_given);
    mlg_finding_limit(finding, T_limit_person);
    limit_view(finding, at);
    return show_rows(finding, at, leavers, leaver_at(value, leavers, row), err);
}

/* The posts with most ties at stake first, a few: a list of thirty is read by nobody. */
mlg_status mlg_rule_held_ties(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *value = mlg_rule_value(at, "turnover.departure", MLG_VECTOR, NULL);
    mlg_leavers leavers = {0};
    size_t said[MOST_POSTS], n = 0;

    if (value == NULL || at->model == NULL) {
        return MLG_OK;
    }
    TRY(mlg_leavers_of(at->model, &leavers, err));
    for (; n < MOST_POSTS; n++) {
        size_t most = SIZE_MAX;
        for (size_t row = 0; row < value->n; row++) {
            bool before = !may_be_said(value, &leavers, row) ||
                          (at->graph->view.source == MLG_FROM_PARTICIPATIONS &&
                           is_told_by_ties(at, &leavers, value->subject[row]));
            for (size_t k = 0; k < n && !before; k++) {
                before = said[k] == row;
            }
            if (!before && (most == SIZE_MAX || ties_lost(value, row) > ties_lost(value, most))) {
                most = row;
            }
        }
        if (most == SIZE_MAX) {
            break;
        }
        said[n] = most;
        TRY(say_held(at, rule, value, &leavers, most, out, err));
    }
out:
    mlg_leavers_free(&leavers);
    return status;
}
