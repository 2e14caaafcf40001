/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"
#include "measure/composition.h"
#include "measure/seats.h"

/* Schemes and their bodies: what is left of a parent, who is not in the committee, which scheme has
 * no body of its own, what only the committee joins. Facts of what is on record. */

/* Members a parent must have for its losses to be told; members of a committee that is looked at;
 * pairs and other activities it takes to speak of an only bridge. */
enum { LEAST_MEMBERS = 5, LEAST_SEATED = 3, LEAST_PAIRS = 50, LEAST_OTHERS = 5 };

/* ---- lineage ------------------------------------------------------------------------------ */

mlg_status mlg_rule_lineage(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                            mlg_error *err)
{
    static const char id[] = "scheme.lineage";
    const mlg_value *pairs = mlg_rule_value(at, id, MLG_PAIRS, "retention");

    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        const double kept = mlg_rule_number(pairs, MLG_VALUE, row);
        const double high = mlg_rule_part(pairs, "high_95", row);
        if (mlg_rule_part(pairs, "steps", row) != 1.0 || !(high < 0.5) ||
            mlg_rule_part(pairs, "members", row) < LEAST_MEMBERS) {
            continue;
        }
        mlg_finding *finding = mlg_finding_add(out, at, rule, 1.0 - kept, err);
        if (finding == NULL) {
            return MLG_ENOMEM;
        }
        const mlg_id parent = pairs->subject[2 * row], child = pairs->subject[2 * row + 1];
        const mlg_arg args[] = {
            mlg_arg_label(MLG_SCOPE_SCHEME, parent),
            mlg_arg_label(MLG_SCOPE_SCHEME, child),
            mlg_arg_count(mlg_rule_part(pairs, "members", row)),
            mlg_arg_count(mlg_rule_part(pairs, "kept", row)),
            mlg_arg_share(kept, 0),
            mlg_arg_share(mlg_rule_part(pairs, "low_95", row), 0),
            mlg_arg_share(high, 0),
        };
        mlg_finding_say(finding, T_finding_lineage, args, sizeof args / sizeof args[0]);
        mlg_finding_subject(finding, MLG_SCOPE_SCHEME, parent);
        mlg_finding_subject(finding, MLG_SCOPE_SCHEME, child);
        mlg_finding_measure(finding, id);
        mlg_finding_limit(finding, T_limit_old_lists);
        mlg_finding_at_most(finding, MLG_NOTICE);
        mlg_evidence_row_of(finding, at->model, MLG_SCHEMES, at->model->party_scheme_row[child]);
    }
    return MLG_OK;
}

/* ---- composition --------------------------------------------------------------------------- */

/* Rows that tell who sits in an activity. */
static mlg_status show_members(const mlg_rule_case *at, mlg_finding *finding, mlg_id activity)
{
    const mlg_model *model = at->model;
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        if (mlg_get_id(model, C_participations_activity, row) == activity) {
            mlg_evidence_row_of(finding, model, MLG_PARTICIPATIONS, row);
        }
    }
    return MLG_OK;
}

static mlg_arg seat_arg(const mlg_expected_seat *seat)
{
    return seat->title != T_none ? mlg_arg_key(seat->title) : mlg_arg_text(seat->word);
}

static mlg_status say_committee(const mlg_rule_case *at, const mlg_rule *rule,
                                const mlg_composition *c, const mlg_committee *body,
                                mlg_findings *out, mlg_error *err)
{
    static const mlg_text_key texts[] = {T_finding_composition_one, T_finding_composition_two,
                                         T_finding_composition_three, T_finding_composition_more};
    const double missing = mlg_committee_missing(body), asked = mlg_committee_asked(body);
    mlg_finding *finding = mlg_finding_add(out, at, rule, missing / asked, err);
    mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_ACTIVITY, body->subject),
        mlg_arg_count(mlg_committee_found(body)),
        mlg_arg_count(asked),
        mlg_arg_text(""),
        mlg_arg_text(""),
        mlg_arg_text(""),
        mlg_arg_count(missing - 3.0),
        mlg_arg_key(mlg_list_of(at->model, body->subject)),
    };
    size_t named = 0;

    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    for (size_t i = 0; i < c->n_seats && named < 3; i++) {
        if (((body->asked & ~body->taken) >> i & 1) != 0) {
            args[3 + named++] = seat_arg(&c->seats[i]);
        }
    }
    mlg_finding_say(finding, texts[missing > 3.0 ? 3 : (size_t) missing - 1], args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_ACTIVITY, body->subject);
    mlg_finding_measure(finding, "scheme.composition");
    mlg_finding_limit(finding, T_limit_one_list);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return show_members(at, finding, body->subject);
}

/* Only where every member says what it is: else the seat may be taken. */
mlg_status mlg_rule_composition(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_composition c = {0};

    if (mlg_rule_value(at, "scheme.composition", MLG_VECTOR, "by_body") == NULL) {
        return MLG_OK;
    }
    TRY(mlg_composition_of(at->model, &c, err));
    for (size_t i = 0; i < c.n_bodies; i++) {
        const mlg_committee *body = &c.bodies[i];
        if (mlg_committee_missing(body) > 0.0 && body->unclassed == 0.0 &&
            body->members >= LEAST_SEATED && mlg_list_fits(at->model, body->subject)) {
            TRY(say_committee(at, rule, &c, body, out, err));
        }
    }
out:
    mlg_composition_free(&c);
    return status;
}

/* ---- shared bodies ----------------------------------------------------------------------------
 */

/* The bodies of a scheme that has none of its own. */
static void show_bodies(const mlg_rule_case *at, mlg_finding *finding, mlg_id scheme)
{
    for (mlg_id a = 0; a < (mlg_id) at->model->activities.n; a++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_activity_schemes(at->model, a, &n);
        for (size_t i = 0; i < n && n > 1; i++) {
            if (schemes[i] == scheme) {
                mlg_evidence_row_of(finding, at->model, MLG_ACTIVITIES, at->model->activity_row[a]);
            }
        }
    }
}

mlg_status mlg_rule_shared_body(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    static const char id[] = "scheme.shared_bodies";
    const mlg_value *each = mlg_rule_value(at, id, MLG_VECTOR, "by_scheme");
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, "all_bodies");
    const double without = mlg_rule_part(all, "without_own_body", 0);
    const double schemes = mlg_rule_part(all, "schemes", 0);
    mlg_id first[2] = {-1, -1};
    double bodies = 0.0, n = 0.0;

    if (each == NULL || !(without > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, without / schemes, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    for (size_t row = 0; row < each->n; row++) {
        if (mlg_rule_number(each, MLG_VALUE, row) == 1.0) {
            bodies = n == 0.0 ? mlg_rule_part(each, "bodies", row) : bodies;
            if (n < 2.0) {
                first[(int) n] = each->subject[row];
            }
            n++;
            mlg_finding_subject(finding, MLG_SCOPE_SCHEME, each->subject[row]);
            show_bodies(at, finding, each->subject[row]);
        }
    }
    const mlg_arg one[] = {mlg_arg_label(MLG_SCOPE_SCHEME, first[0]), mlg_arg_count(bodies),
                           mlg_arg_count(without), mlg_arg_count(schemes)};
    const mlg_arg several[] = {mlg_arg_label(MLG_SCOPE_SCHEME, first[0]),
                               mlg_arg_label(MLG_SCOPE_SCHEME, first[1]), mlg_arg_count(without),
                               mlg_arg_count(schemes), mlg_arg_count(without - 1.0)};
    if (without == 1.0) {
        mlg_finding_say(finding, T_finding_shared_body_one, one, sizeof one / sizeof one[0]);
    } else {
        mlg_finding_say(finding, T_finding_shared_body, several,
                        sizeof several / sizeof several[0]);
    }
    mlg_finding_measure(finding, id);
    mlg_finding_limit(finding, T_limit_not_recorded);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return MLG_OK;
}

/* ---- the only bridge --------------------------------------------------------------------------
 */

mlg_status mlg_rule_only_bridge(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    static const char id[] = "scheme.only_bridge";
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, "cross_sector");
    const mlg_value *each = mlg_rule_value(at, id, MLG_VECTOR, "by_body");
    const double share = mlg_rule_number(all, MLG_VALUE, 0);
    double ratify = 0.0;

    if (!(share > rule->least) || mlg_rule_part(all, "pairs", 0) < LEAST_PAIRS ||
        mlg_rule_part(all, "others", 0) < LEAST_OTHERS ||
        !(mlg_rule_part(all, "completeness", 0) >= 0.5)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    for (size_t row = 0; each != NULL && row < each->n; row++) {
        ratify += mlg_rule_part(each, "power", row) == MLG_CODE_OF(power, ratifies);
        mlg_finding_subject(finding, MLG_SCOPE_ACTIVITY, each->subject[row]);
        mlg_evidence_row_of(finding, at->model, MLG_ACTIVITIES,
                            at->model->activity_row[each->subject[row]]);
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_rule_part(all, "only", 0)),
        mlg_arg_count(mlg_rule_part(all, "pairs", 0)),
        mlg_arg_share(share, 0),
        mlg_arg_count(mlg_rule_part(all, "cut", 0)),
        mlg_arg_count(ratify),
        mlg_arg_count(mlg_rule_part(all, "steering", 0)),
    };
    mlg_finding_say(finding, ratify > 0.0 ? T_finding_only_bridge_ratifies : T_finding_only_bridge,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    mlg_finding_limit(finding, T_limit_committee_size);
    mlg_finding_limit(finding, T_limit_not_recorded);
    mlg_finding_at_most(finding, MLG_WARN);
    return MLG_OK;
}
