/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"

/* Whom to convene first: three that are tied to the most others. For information: about whom to
 * invite, nobody's merit. */

enum { INVITED = 3 };

/* Among the listed sets of three, the one that is also nearest to everybody. */
static size_t best_set(const mlg_value *value)
{
    size_t best = SIZE_MAX;
    for (size_t row = 0; row < value->n; row++) {
        if (mlg_rule_part(value, "k", row) != INVITED || mlg_rule_part(value, "member", row) != 1) {
            continue;
        }
        if (best == SIZE_MAX || mlg_rule_part(value, "distance", row) >
                                    mlg_rule_part(value, "distance", best) + 1e-12) {
            best = row;
        }
    }
    return best;
}

mlg_status mlg_rule_key_players(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *value = mlg_rule_value(at, "depend.key_players_pos", MLG_VECTOR, "reach1");
    const mlg_view *view = &at->graph->view;
    const size_t row = value != NULL ? best_set(value) : SIZE_MAX;

    if (row == SIZE_MAX || at->graph->n < MLG_RULE_ACTORS || view->kind >= 0 ||
        view->n_conditions > 0 || at->graph->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const double others = at->graph->n - INVITED;
    const double touched = mlg_rule_part(value, "reach1", row) - INVITED;
    const double sets = mlg_rule_part(value, "sets", row);
    const mlg_arg args[] = {
        mlg_arg_label(value->scope, value->subject[row]),
        mlg_arg_label(value->scope, value->subject[row + 1]),
        mlg_arg_label(value->scope, value->subject[row + 2]),
        mlg_arg_count(touched),
        mlg_arg_count(others),
        mlg_arg_share(touched / others, 0),
        mlg_arg_count(sets),
    };
    mlg_finding_say(finding, sets > 1 ? T_finding_key_players_several : T_finding_key_players, args,
                    sizeof args / sizeof *args);
    for (size_t i = 0; i < INVITED; i++) {
        mlg_finding_subject(finding, value->scope, value->subject[row + i]);
    }
    mlg_finding_measure(finding, "depend.key_players_pos");
    mlg_finding_limit(finding, T_limit_key_players);
    if (!(mlg_rule_part(value, "proven", row) > 0)) {
        mlg_finding_limit(finding, T_limit_key_players_approached);
    }
    mlg_finding_limit(finding, view->source == MLG_FROM_PARTICIPATIONS ? T_limit_shared_activity
                                                                       : T_limit_declared);
    return MLG_OK;
}
