/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"

/* What schemes ask of people: agreements beside common work, missions without time, vulnerable
 * audiences that no action names, residents asked again and again. */

enum {
    LEAST_PAIRS = 3,      /* that work closely without an agreement, to be a pattern */
    LEAST_ACTIONS = 10,   /* of known audience, for one that none names to mean something */
    LEAST_RESIDENTS = 10, /* to tell asked often from chance */
    NAMED = 5,            /* audiences in a sentence, and one more */
};

mlg_status mlg_rule_conventions(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    static const char id[] = "scheme.conventions";
    const mlg_value *closely = mlg_rule_value(at, id, MLG_SCALAR, "close_without");
    const mlg_value *idle = mlg_rule_value(at, id, MLG_SCALAR, "idle_agreements");
    const double without = mlg_rule_part(closely, "without", 0);
    const double pairs = mlg_rule_part(closely, "pairs", 0);

    if (!(without >= LEAST_PAIRS) || idle == NULL) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, without / pairs, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(without),
        mlg_arg_count(pairs),
        mlg_arg_count(mlg_rule_part(idle, "without", 0)),
        mlg_arg_count(mlg_rule_part(idle, "pairs", 0)),
        mlg_arg_count(0.0),
    };
    mlg_finding_say(finding, T_finding_conventions, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_conventions, "S0:361");
    mlg_finding_limit(finding, T_limit_agreements);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return MLG_OK;
}

static void show_missions(const mlg_rule_case *at, mlg_finding *finding)
{
    const mlg_model *model = at->model;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        (void) mlg_get_list(model, C_posts_mission, row, &n);
        if (n > 0 && mlg_row_in_force(model, MLG_POSTS, row, model->day)) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
}

/* Told where every row that says a mission says its time: else the time may be there. */
mlg_status mlg_rule_missions(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    static const char id[] = "scheme.missions";
    const mlg_value *each = mlg_rule_value(at, id, MLG_VECTOR, "by_mission");
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, "all_posts");
    double empty = 0.0;
    size_t heaviest = 0;

    if (each == NULL || all == NULL || mlg_rule_part(all, "without_fte", 0) > 0.0 ||
        mlg_rule_part(all, "posts_known", 0) < mlg_rule_part(all, "posts", 0)) {
        return MLG_OK;
    }
    for (size_t m = 0; m < each->n; m++) {
        const double share = mlg_rule_number(each, MLG_VALUE, m);
        empty += share == 0.0;
        heaviest = share > mlg_rule_number(each, MLG_VALUE, heaviest) ? m : heaviest;
    }
    if (empty == 0.0) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, empty / (double) each->n, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(empty),
        mlg_arg_count((double) each->n),
        mlg_arg_number(mlg_rule_part(all, "fte", 0), 1),
        mlg_arg_share(mlg_rule_number(each, MLG_VALUE, heaviest), 0),
        mlg_arg_label(MLG_SCOPE_MISSION, each->subject[heaviest]),
    };
    mlg_finding_say(finding, T_finding_missions, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_missions, "S1:125");
    mlg_finding_limit(finding, T_limit_missions);
    mlg_finding_at_most(finding, MLG_NOTICE);
    show_missions(at, finding);
    return MLG_OK;
}

mlg_status mlg_rule_audience(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    static const char id[] = "scheme.audiences";
    const mlg_value *each = mlg_rule_value(at, id, MLG_VECTOR, "by_audience");
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, "vulnerable");
    const double known = mlg_rule_part(all, "known", 0);
    const double never = mlg_rule_part(all, "never_vulnerable", 0);
    double vulnerable = 0.0;

    if (each == NULL || !(known >= LEAST_ACTIONS) || !(never > 0.0)) {
        return MLG_OK;
    }
    for (size_t i = 0; i < each->n; i++) {
        vulnerable += mlg_rule_part(each, "vulnerable", i);
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, never / vulnerable, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    mlg_id missed[NAMED];
    size_t n_missed = 0;
    for (size_t i = 0; i < each->n; i++) {
        if (mlg_rule_part(each, "vulnerable", i) > 0.0 &&
            mlg_rule_number(each, MLG_VALUE, i) == 0.0) {
            mlg_finding_subject(finding, MLG_SCOPE_AUDIENCE, each->subject[i]);
            if (n_missed < NAMED) {
                missed[n_missed++] = each->subject[i];
            }
        }
    }
    mlg_arg args[2 + MLG_NAMES_ARGS] = {mlg_arg_count(never), mlg_arg_count(known)};
    mlg_args_names(args + 2, MLG_SCOPE_AUDIENCE, missed, n_missed);
    mlg_finding_say(finding, T_finding_audience, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_audience, "S1:139");
    mlg_finding_limit(finding, T_limit_audience);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return MLG_OK;
}

/* Of nobody in particular: how many there are, against chance. */
mlg_status mlg_rule_over_solicitation(const mlg_rule_case *at, const mlg_rule *rule,
                                      mlg_findings *out, mlg_error *err)
{
    static const char id[] = "scheme.load";
    const mlg_value *value = mlg_rule_value(at, id, MLG_SCALAR, "residents");
    const double beyond = mlg_rule_number(value, MLG_VALUE, 0);
    const double seats = mlg_rule_part(value, "seats", 0);
    const double residents = mlg_rule_part(value, "residents", 0);
    const double p = mlg_rule_number(value, MLG_P, 0);

    if (!(beyond > 0.0) || !(residents >= LEAST_RESIDENTS) || !(p <= MLG_RULE_P)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, beyond / seats, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(beyond),    mlg_arg_number(mlg_rule_number(value, MLG_EXPECTED, 0), 1),
        mlg_arg_count(residents), mlg_arg_p(p),
        mlg_arg_count(seats),
    };
    mlg_finding_say(finding, T_finding_over_solicitation, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_over_solicitation, "S3:97");
    mlg_finding_limit(finding, T_limit_over_solicitation);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return MLG_OK;
}

/* Ten posts at least: the value says so itself. */
mlg_status mlg_rule_attachment(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                               mlg_error *err)
{
    static const char id[] = "scheme.attachment";
    const mlg_value *value = mlg_rule_value(at, id, MLG_SCALAR, "double_attachment");
    const double more = mlg_rule_number(value, MLG_VALUE, 0), p = mlg_rule_number(value, MLG_P, 0);
    const double several = mlg_rule_part(value, "double", 0);

    if (value == NULL || value->caution != T_none || !(more > 0.0) || !(p <= MLG_RULE_P)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(several),
        mlg_arg_number(more, 1),
        mlg_arg_count(mlg_rule_part(value, "posts", 0) - several),
        mlg_arg_p(p),
    };
    mlg_finding_say(finding, T_finding_attachment, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_attachment, "S1:74");
    mlg_finding_limit(finding, T_limit_attachment);
    mlg_finding_at_most(finding, MLG_NOTICE);
    return MLG_OK;
}
