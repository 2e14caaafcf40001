/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"
#include "measure/bus_factor.h"
#include "measure/departure.h"
#include "measure/scheme_flow.h"

/* On how few people the coordination rests, what it alone connects, and schemes that one thread
 * links. What single posts hold is said by the rules of departures and of shared posts. */

/* Fewer schemes than this are an instance, not a pattern; fewer people attending, a thin record. */
enum { FEW_SCHEMES = 4, FEW_PEOPLE = 3, MOST_THREADS = 2 };

/* ---- few people --------------------------------------------------------------------- */

static void show_posts_of(mlg_finding *finding, const mlg_model *model, mlg_id holder)
{
    bool named = false;
    for (int32_t row = 0; holder >= 0 && row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        const bool own = mlg_get_id(model, C_posts_person, row) == holder || post == holder;
        if (own && mlg_row_coordinates(model, row) &&
            mlg_row_in_force(model, MLG_POSTS, row, model->day)) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
            if (post >= 0 && !named) {
                mlg_finding_subject(finding, MLG_SCOPE_POST, post);
                named = true;
            }
        }
    }
}

static mlg_status show_holders(const mlg_rule_case *at, mlg_finding *finding, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_coordinations of = {0};
    mlg_fewest fewest = {0};

    TRY(mlg_coordinations_of(at->model, &of, err));
    TRY(mlg_fewest_coordinations(&of, false, at->context->run->force, &fewest, err));
    for (int32_t i = 0; i < fewest.k; i++) {
        show_posts_of(finding, at->model, of.holder[fewest.who[i]]);
    }
out:
    mlg_fewest_free(&fewest);
    mlg_coordinations_free(&of);
    return status;
}

/* One departure is told of its post; one a scheme is what any study would say. */
mlg_status mlg_rule_bus_factor(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                               mlg_error *err)
{
    const mlg_value *value = mlg_rule_value(at, "depend.bus_factor", MLG_SCALAR, "known_schemes");
    const double k = mlg_rule_number(value, MLG_VALUE, 0);
    const double orphans = mlg_rule_part(value, "orphans", 0);
    const double items = mlg_rule_part(value, "items", 0);

    if (at->model == NULL || !(k >= 2.0) || !(orphans > k) || !(items >= FEW_SCHEMES)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, orphans / items, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {mlg_arg_count(k), mlg_arg_count(orphans), mlg_arg_count(items),
                            mlg_arg_count(mlg_rule_part(value, "people", 0))};
    mlg_finding_say(finding,
                    mlg_rule_part(value, "proven", 0) > 0.0 ? T_finding_bus_factor
                                                            : T_finding_bus_factor_at_most,
                    args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "depend.bus_factor");
    mlg_finding_lever(finding, T_lever_second_coordinator, "S1:185");
    mlg_finding_limit(finding, T_limit_bus_factor);
    mlg_finding_limit(finding, T_limit_person);
    mlg_finding_at_most(finding, MLG_WARN);
    return show_holders(at, finding, err);
}

/* ---- the network without its coordination --------------------------------------------- */

/* The most that one post alone would cut, as the rule of departures has it. */
static double most_of_one(const mlg_rule_case *at, const char *part)
{
    const mlg_value *pairs = mlg_rule_value(at, "turnover.departure.pairs", MLG_VECTOR, NULL);
    double most = 0.0;
    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        most = fmax(most, part == NULL ? mlg_rule_number(pairs, MLG_VALUE, row)
                                       : mlg_rule_part(pairs, part, row));
    }
    return most;
}

static void say_through(mlg_finding *finding, const mlg_rule_case *at, const mlg_value *value,
                        double lost, double one, bool activities)
{
    const double today = mlg_rule_part(value, "pairs_today", 0);
    const double posts = mlg_rule_part(value, "posts", 0);
    const mlg_arg args[] = {
        mlg_arg_count(posts), mlg_arg_count(lost),
        mlg_arg_count(today), mlg_arg_share(lost / today, 0),
        mlg_arg_count(one),   mlg_arg_count(mlg_rule_part(value, "activities_stopped", 0)),
    };
    mlg_finding_say(finding,
                    posts > 0.0
                        ? (activities ? T_finding_only_through_activities : T_finding_only_through)
                        : (activities ? T_finding_only_through_persons_activities
                                      : T_finding_only_through_persons),
                    args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "depend.through_share");
    mlg_finding_lever(finding, T_lever_agreements, "S0:361");
    if (activities) { /* it rests on whose lists of attendance were kept */
        mlg_finding_limit(finding, T_limit_not_recorded);
        mlg_rule_cap_unrecorded(finding, at->graph);
    }
    mlg_finding_limit(finding, T_limit_only_through);
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
    mlg_rule_cap_thin(finding, at->graph, today);
}

static void show_posts(mlg_finding *finding, const mlg_model *model)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_row_coordinates(model, row) &&
            mlg_row_in_force(model, MLG_POSTS, row, model->day) &&
            mlg_get_id(model, C_posts_person, row) != MLG_VACANT) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
}

/* Said of several posts together, when they cut more than any alone; with what they convene, not
 * where that is most of what is on record: it would say who kept the record. */
mlg_status mlg_rule_only_through(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                 mlg_error *err)
{
    const mlg_value *value = mlg_rule_value(at, "depend.through_share", MLG_SCALAR, NULL);
    const double today = mlg_rule_part(value, "pairs_today", 0);
    double lost = today - mlg_rule_part(value, "pairs_without", 0);
    const double stopped = mlg_rule_part(value, "activities_stopped", 0);
    double one = most_of_one(at, NULL);
    bool activities = false;

    if (value == NULL || at->model == NULL || at->graph->n < MLG_RULE_ACTORS) {
        return MLG_OK;
    }
    if (!(lost > rule->least * today && lost > one)) {
        activities = true;
        lost = today - mlg_rule_part(value, "pairs_without_activities", 0);
        one = most_of_one(at, "pairs_lost_with_activities");
    }
    if (!(lost > rule->least * today && lost > one) ||
        (activities && 2.0 * stopped > at->graph->n_activities)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, lost / today, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    say_through(finding, at, value, lost, one, activities);
    show_posts(finding, at->model);
    return MLG_OK;
}

/* ---- a single thread --------------------------------------------------------------------- */

/* Rows of who is the thread: by name, by one of its posts or of who speaks for one, or of somebody
 * of that organisation. */
static void show_meetings(const mlg_rule_case *at, const mlg_leavers *posts, mlg_id party,
                          mlg_finding *finding)
{
    const int32_t leaver = posts->of_party[party];
    for (int32_t row = 0; row < at->model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id actor = mlg_get_id(at->model, C_participations_actor, row);
        const mlg_id behalf = mlg_get_id(at->model, C_participations_on_behalf_of, row);
        const bool speaks = leaver >= 0 && behalf >= 0 && posts->of_party[behalf] == leaver &&
                            (at->model->party_flags[behalf] & MLG_IS_POST) != 0;
        if (speaks ||
            (actor >= 0 && (actor == party || (leaver >= 0 && posts->of_party[actor] == leaver) ||
                            at->model->party_organisation[actor] == party))) {
            mlg_evidence_row_of(finding, at->model, MLG_PARTICIPATIONS, row);
        }
    }
}

/* Who is the thread, in public: a post, or an organisation, never a person. */
static mlg_status name_thread(const mlg_rule_case *at, mlg_id party, mlg_arg *name, bool *person,
                              mlg_finding *finding, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_leavers posts = {0};
    mlg_scope scope = MLG_SCOPE_ACTOR;

    TRY(mlg_leavers_of(at->model, &posts, err));
    show_meetings(at, &posts, party, finding);
    const int32_t leaver = posts.of_party[party];
    *person = at->model->party_kind[party] == MLG_KIND_PERSON;
    if (leaver >= 0 && posts.leaver[leaver].n > 0) {
        party = posts.post[posts.leaver[leaver].first];
        scope = MLG_SCOPE_POST;
        *person = false;
    } else if (*person) {
        party = at->model->party_organisation[party];
    }
    *name = mlg_arg_label(scope, party);
    mlg_finding_subject(finding, scope, party);
out:
    mlg_leavers_free(&posts);
    return status;
}

static mlg_status say_thread(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *pairs,
                             size_t row, mlg_id thread, mlg_findings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    mlg_arg name;
    bool person = false;
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);

    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, a);
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, b);
    TRY(name_thread(at, thread, &name, &person, finding, err));
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SCHEME, a),
        mlg_arg_label(MLG_SCOPE_SCHEME, b),
        name,
        mlg_arg_count(mlg_rule_part(pairs, "people_a", row)),
        mlg_arg_count(mlg_rule_part(pairs, "people_b", row)),
    };
    mlg_finding_say(finding, person ? T_finding_single_thread_of : T_finding_single_thread, args,
                    sizeof args / sizeof *args);
    mlg_finding_measure(finding, "depend.connectivity");
    mlg_finding_lever(finding, T_lever_reciprocal, "S1:233");
    mlg_finding_limit(finding, T_limit_gap_recorded);
    mlg_finding_limit(finding, T_limit_person);
    mlg_finding_at_most(finding, MLG_NOTICE);
out:
    return status;
}

/* One chain in a convention, for that pair? True where it was not counted. */
static bool is_single(const mlg_value *pairs, mlg_id a, mlg_id b)
{
    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        if (pairs->subject[2 * row] == a && pairs->subject[2 * row + 1] == b) {
            return mlg_rule_number(pairs, MLG_VALUE, row) <= 1.0;
        }
    }
    return true;
}

/* Where rows name people, one of them, who is also all that links the organisations. */
mlg_status mlg_rule_single_thread(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *bodies = mlg_rule_value(at, "depend.connectivity", MLG_PAIRS, "organisations");
    const mlg_value *people = mlg_rule_value(at, "depend.connectivity", MLG_PAIRS, "participants");
    const mlg_value *pairs = people != NULL ? people : bodies;
    int told = 0;

    for (size_t row = 0; pairs != NULL && row < pairs->n && told < MOST_THREADS; row++) {
        const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
        mlg_id thread = -1;
        if (mlg_rule_number(pairs, MLG_VALUE, row) != 1.0 ||
            mlg_rule_part(pairs, "people_a", row) < FEW_PEOPLE ||
            mlg_rule_part(pairs, "people_b", row) < FEW_PEOPLE || !is_single(bodies, a, b)) {
            continue;
        }
        TRY(mlg_thread_between(at->model, people != NULL ? MLG_BY_ACTOR : MLG_BY_ORGANISATION, a, b,
                               &thread, err));
        if (thread >= 0) {
            TRY(say_thread(at, rule, pairs, row, thread, out, err));
            told++;
        }
    }
out:
    return status;
}
