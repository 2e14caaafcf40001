/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"
#include "measure/departure.h"

/* Dependence: on one actor or post of a view, and of several schemes on one holder.
 * What is said is about the network without a post, never about who holds it. */

/* What the rule of departures says of the view: of whom, and how much it would cut. */
typedef struct told {
    mlg_leavers leavers;
    int32_t leaver; /* the worst; -1: it says nothing */
    double lost;
} told;

static mlg_status told_by_departures(const mlg_rule_case *at, told *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "turnover.departure.pairs", MLG_VECTOR, NULL);

    *out = (told){.leaver = -1, .lost = -1.0};
    if (at->model == NULL || pairs == NULL) {
        return MLG_OK;
    }
    TRY(mlg_leavers_of(at->model, &out->leavers, err));
    for (size_t row = 0; row < pairs->n; row++) {
        const double lost = mlg_rule_number(pairs, MLG_VALUE, row);
        if (lost > out->lost) {
            out->lost = lost;
            out->leaver = out->leavers.of_party[pairs->subject[row]];
        }
    }
out:
    return status;
}

/* Does a post speak for the actor: it is one, or a person with one; or the employer of the
 * worst, which cuts no more than the post does? */
static bool is_told_as_post(const mlg_rule_case *at, const mlg_value *lost, size_t row,
                            const told *by)
{
    const mlg_leavers *leavers = &by->leavers;
    const mlg_id subject = lost->subject[row];
    if (leavers->of_party == NULL || lost->scope != MLG_SCOPE_ACTOR) {
        return false;
    }
    if (leavers->of_party[subject] >= 0) {
        return true;
    }
    if (by->leaver < 0 || mlg_rule_number(lost, MLG_VALUE, row) > by->lost) {
        return false;
    }
    const mlg_leaver *who = &leavers->leaver[by->leaver];
    bool employs = who->person >= 0 && at->graph->into[who->person] == subject;
    for (int32_t i = 0; i < who->n; i++) {
        employs = employs || at->graph->into[leavers->post[who->first + i]] == subject;
    }
    return employs;
}

/* The row with the largest part, and the next largest value after it. */
static size_t worst(const mlg_rule_case *at, const mlg_value *lost, const told *by, size_t *next)
{
    size_t first = SIZE_MAX;
    *next = SIZE_MAX;
    for (size_t row = 0; row < lost->n; row++) {
        const double pairs = mlg_rule_number(lost, MLG_VALUE, row);
        if (isnan(pairs) || is_told_as_post(at, lost, row, by)) {
            continue;
        }
        if (first == SIZE_MAX || pairs > mlg_rule_number(lost, MLG_VALUE, first)) {
            *next = first;
            first = row;
        } else if (*next == SIZE_MAX || pairs > mlg_rule_number(lost, MLG_VALUE, *next)) {
            *next = row;
        }
    }
    return first;
}

static bool is_post(const mlg_rule_case *at, mlg_id subject)
{
    return at->model != NULL && at->graph->scope == MLG_SCOPE_ACTOR &&
           (at->model->party_flags[subject] & MLG_IS_POST) != 0;
}

static bool is_person(const mlg_rule_case *at, mlg_id subject)
{
    return at->model != NULL && at->graph->scope == MLG_SCOPE_ACTOR &&
           at->model->party_kind[subject] == MLG_KIND_PERSON;
}

/* Chooses between nothing and a sentence. */
static mlg_arg is_there(const mlg_value *wider)
{
    return mlg_arg_count(wider != NULL ? 2.0 : 1.0);
}

static void say_removal(mlg_finding *finding, const mlg_rule_case *at, const mlg_value *lost,
                        size_t row, double next, const mlg_wider *wider)
{
    const mlg_id subject = lost->subject[row];
    const mlg_value *ties = wider->ties, *met = wider->meetings;
    const mlg_arg args[] = {
        mlg_arg_label(lost->scope, subject),
        mlg_arg_count(mlg_rule_number(lost, MLG_VALUE, row)),
        mlg_arg_count(mlg_rule_part(lost, "connected", row)),
        mlg_arg_share(mlg_rule_part(lost, "share", row), 0),
        mlg_arg_count(next),
        is_there(ties),
        mlg_arg_count(mlg_rule_number(ties, MLG_VALUE, wider->ties_row)),
        mlg_arg_count(mlg_rule_part(ties, "connected", wider->ties_row)),
        mlg_arg_share(mlg_rule_part(ties, "share", wider->ties_row), 0),
        is_there(met),
        mlg_arg_count(mlg_rule_number(met, MLG_VALUE, wider->meetings_row)),
        mlg_arg_count(mlg_rule_part(met, "connected", wider->meetings_row)),
        mlg_arg_share(mlg_rule_part(met, "share", wider->meetings_row), 0),
        mlg_arg_count(0.0),
    };
    const bool post = is_post(at, subject), person = is_person(at, subject);

    mlg_finding_say(finding,
                    post     ? T_finding_dependence_post
                    : person ? T_finding_dependence_person
                             : T_finding_dependence_actor,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, post ? MLG_SCOPE_POST : lost->scope, subject);
    mlg_finding_measure(finding, "depend.cross_pairs_lost");
    if ((post || person) && mlg_rule_schemes_of(at->model, subject) > 1) {
        mlg_finding_lever(finding, T_lever_second_coordinator, "S1:185");
    } else {
        mlg_finding_lever(finding, T_lever_agreements, "S0:361");
    }
    if (post || person) {
        mlg_finding_limit(finding, T_limit_person);
    }
    mlg_finding_limit(finding, T_limit_removal);
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
}

mlg_status mlg_rule_dependence(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                               mlg_error *err)
{
    const mlg_value *lost = mlg_rule_value(at, "depend.cross_pairs_lost", MLG_VECTOR, NULL);
    mlg_status status = MLG_OK;
    told by = {.leaver = -1};
    mlg_finding *finding = NULL;
    size_t next = SIZE_MAX;

    if (lost == NULL) {
        return MLG_OK;
    }
    TRY(told_by_departures(at, &by, err));
    const size_t row = worst(at, lost, &by, &next);
    const double share = row != SIZE_MAX ? mlg_rule_part(lost, "share", row) : NAN;

    /* Two actors left with one pair always lose all of it: ten make a network. */
    if (!(share > rule->least) || at->graph->n < MLG_RULE_ACTORS) {
        goto out;
    }
    const mlg_wider wider = mlg_rule_wider(at, lost, row);
    finding = mlg_finding_add(out, at, rule, share, err);
    TRY_ALLOC(err, finding);
    say_removal(finding, at, lost, row,
                next != SIZE_MAX ? mlg_rule_number(lost, MLG_VALUE, next) : 0.0, &wider);
    mlg_rule_cap_part(finding, rule, &wider, "share");
    mlg_rule_cap_thin(finding, at->graph, mlg_rule_part(lost, "connected", row));
    mlg_evidence_of_actor(finding, at, (int32_t) row);
out:
    mlg_leavers_free(&by.leavers);
    return status;
}

/* ---- several schemes on one holder ---------------------------------------------------- */

static void show_rows_of_holder(mlg_finding *finding, const mlg_model *model, mlg_id holder)
{
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_get_id(model, C_posts_person, row) == holder ||
            mlg_get_id(model, C_posts_id, row) == holder) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
}

/* A coordination is called by its post where there is one; by its holder, under a pseudonym,
 * where several are. */
static mlg_id only_coordination_of(const mlg_model *model, mlg_id holder)
{
    mlg_id only = -1;
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        if (mlg_get_id(model, C_posts_person, row) != holder || post < 0 ||
            !mlg_row_coordinates(model, row) ||
            !mlg_row_in_force(model, MLG_POSTS, row, model->day)) {
            continue;
        }
        if (only >= 0 && only != post) {
            return -1;
        }
        only = post;
    }
    return only;
}

static mlg_status say_shared(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *held,
                             size_t row, double schemes, mlg_findings *out, mlg_error *err)
{
    const double alone = mlg_rule_part(held, "alone", row);
    const double fte = mlg_rule_part(held, "fte", row);
    mlg_finding *finding = mlg_finding_add(out, at, rule, alone / schemes, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const bool named = mlg_rule_part(held, "named", row) > 0.0;
    const mlg_id post =
        named ? only_coordination_of(at->model, held->subject[row]) : held->subject[row];
    const mlg_scope scope = post < 0 ? MLG_SCOPE_ACTOR : MLG_SCOPE_POST;
    const mlg_id subject = post < 0 ? held->subject[row] : post;
    const mlg_arg args[] = {
        mlg_arg_label(scope, subject),
        mlg_arg_count(alone),
        mlg_arg_count(schemes),
        mlg_arg_number(fte, fte == floor(fte) ? 0 : 2),
    };
    mlg_finding_say(finding, isnan(fte) ? T_finding_shared_post : T_finding_shared_post_fte, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, scope, subject);
    mlg_finding_measure(finding, "depend.schemes_per_person");
    mlg_finding_lever(finding, T_lever_second_coordinator, "S1:185");
    mlg_finding_limit(finding, T_limit_person);
    mlg_finding_limit(finding, T_limit_shared_post);
    show_rows_of_holder(finding, at->model, held->subject[row]);
    return MLG_OK;
}

mlg_status mlg_rule_shared_post(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *held = mlg_rule_value(at, "depend.schemes_per_person", MLG_VECTOR, NULL);
    const mlg_value *single =
        mlg_rule_value(at, "depend.single_coordinator_share", MLG_SCALAR, NULL);
    const double schemes = mlg_rule_part(single, "n_schemes", 0);
    size_t most = SIZE_MAX;

    for (size_t row = 0; held != NULL && row < held->n; row++) {
        const double alone = mlg_rule_part(held, "alone", row);
        if (alone >= 2.0 && (most == SIZE_MAX || alone > mlg_rule_part(held, "alone", most))) {
            most = row;
        }
    }
    return most != SIZE_MAX && schemes >= 2.0 ? say_shared(at, rule, held, most, schemes, out, err)
                                              : MLG_OK;
}
