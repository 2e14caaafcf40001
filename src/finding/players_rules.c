/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/players.h"
#include "finding/rule.h"

/* Whom to convene first: three at most that are tied to the most others. For information: about
 * whom to invite, nobody's merit. */

enum { LISTED = 24 };

static void say(mlg_finding *finding, const mlg_rule_case *at, const mlg_guests *c)
{
    static const mlg_text_key keys[] = {T_finding_key_players_1, T_finding_key_players_2,
                                        T_finding_key_players_3};
    const double others = at->graph->n - c->k;
    mlg_arg args[MLG_INVITED + 3] = {{0}};

    for (int i = 0; i < c->k; i++) {
        args[i] = mlg_arg_label(at->graph->scope, at->graph->subject[c->actor[i]]);
        mlg_finding_subject(finding, at->graph->scope, at->graph->subject[c->actor[i]]);
    }
    args[MLG_INVITED] = mlg_arg_count(c->touched);
    args[MLG_INVITED + 1] = mlg_arg_count(others);
    args[MLG_INVITED + 2] = mlg_arg_share(c->touched / others, 0);
    mlg_finding_say(finding, keys[c->k - 1], args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "depend.key_players_pos");
    mlg_finding_limit(finding, T_limit_key_players);
    mlg_finding_limit(finding, c->without ? T_limit_key_players_without : T_limit_key_players_self);
    if (c->sets > 1) {
        mlg_finding_limit(finding, T_limit_key_players_several);
    }
    if (!c->proven) {
        mlg_finding_limit(finding, T_limit_key_players_approached);
    }
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
}

mlg_status mlg_rule_key_players(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *value = mlg_rule_value(at, "depend.key_players_pos", MLG_VECTOR, "reach1");
    const mlg_view *view = &at->graph->view;
    mlg_guests guests;

    if (value == NULL || at->graph->n < MLG_RULE_ACTORS || view->kind >= 0 ||
        view->n_conditions > 0 || at->graph->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    TRY(mlg_guests_of(at->graph, value, &guests, err));
    /* where so many do as well, no name says anything */
    if (guests.k > 0 && !(guests.sets > LISTED)) {
        mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
        TRY_ALLOC(err, finding);
        say(finding, at, &guests);
    }
out:
    return status;
}
