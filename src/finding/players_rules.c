/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"

/* Whom to convene first: three at most that are tied to the most others. For information: about
 * whom to invite, nobody's merit. */

enum { INVITED = 3, LISTED = 24 };

/* Among the listed sets of k, the one that is also nearest to everybody: its first row. */
static size_t best_set(const mlg_value *value, int k)
{
    size_t best = SIZE_MAX;
    for (size_t row = 0; row < value->n; row++) {
        if (mlg_rule_part(value, "k", row) != k || mlg_rule_part(value, "member", row) != 1) {
            continue;
        }
        if (best == SIZE_MAX || mlg_rule_part(value, "distance", row) >
                                    mlg_rule_part(value, "distance", best) + 1e-12) {
            best = row;
        }
    }
    return best;
}

/* Others that the best set of k touches: without its members. */
static double touched_by(const mlg_value *value, int k)
{
    return mlg_rule_part(value, "reach1", best_set(value, k)) - k;
}

/* The fewest that touch as many others as three do: one more who brings nobody but itself is not
 * worth asking. 0: no set of three. */
static int fewest(const mlg_value *value)
{
    const size_t most = value != NULL ? best_set(value, INVITED) : SIZE_MAX;
    int k = most == SIZE_MAX ? 0 : INVITED;
    while (k > 1 && touched_by(value, k - 1) >= touched_by(value, INVITED)) {
        k--;
    }
    return k;
}

static void say(mlg_finding *finding, const mlg_rule_case *at, const mlg_value *value, int k)
{
    static const mlg_text_key keys[] = {T_finding_key_players_1, T_finding_key_players_2,
                                        T_finding_key_players_3};
    const size_t row = best_set(value, k);
    const double others = at->graph->n - k, touched = touched_by(value, k);
    mlg_arg args[INVITED + 3] = {{0}};

    for (int i = 0; i < k; i++) {
        args[i] = mlg_arg_label(value->scope, value->subject[row + (size_t) i]);
        mlg_finding_subject(finding, value->scope, value->subject[row + (size_t) i]);
    }
    args[INVITED] = mlg_arg_count(touched);
    args[INVITED + 1] = mlg_arg_count(others);
    args[INVITED + 2] = mlg_arg_share(touched / others, 0);
    mlg_finding_say(finding, keys[k - 1], args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "depend.key_players_pos");
    mlg_finding_limit(finding, T_limit_key_players);
    if (mlg_rule_part(value, "sets", row) > 1) {
        mlg_finding_limit(finding, T_limit_key_players_several);
    }
    if (!(mlg_rule_part(value, "proven", row) > 0)) {
        mlg_finding_limit(finding, T_limit_key_players_approached);
    }
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
}

mlg_status mlg_rule_key_players(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *value = mlg_rule_value(at, "depend.key_players_pos", MLG_VECTOR, "reach1");
    const mlg_view *view = &at->graph->view;
    const int k = fewest(value);

    if (k == 0 || at->graph->n < MLG_RULE_ACTORS || view->kind >= 0 || view->n_conditions > 0 ||
        at->graph->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    /* where so many do as well, no name says anything */
    if (mlg_rule_part(value, "sets", best_set(value, k)) > LISTED) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    say(finding, at, value, k);
    return MLG_OK;
}
