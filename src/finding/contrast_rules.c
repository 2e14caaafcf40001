/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"

/* Two readings of one network: the ties that study.csv chose, and all of them. */

static mlg_status say_contrast(const mlg_rule_case *at, const mlg_rule *rule,
                               const mlg_value *contrast, mlg_findings *out, mlg_error *err)
{
    const double observed = mlg_rule_number(contrast, MLG_VALUE, 0);
    const double expected = mlg_rule_number(contrast, MLG_EXPECTED, 0);
    const bool closed = observed < expected;
    mlg_finding *finding = mlg_finding_add(out, at, rule, 1.0 - observed / expected, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_share(observed, 0),
        mlg_arg_share(expected, 0),
        mlg_arg_count(mlg_rule_part(contrast, "ties", 0)),
        mlg_arg_count(mlg_rule_part(contrast, "ties_all", 0)),
        mlg_arg_share(mlg_rule_number(contrast, MLG_LOW, 0), 0),
        mlg_arg_share(mlg_rule_number(contrast, MLG_HIGH, 0), 0),
        mlg_arg_p(mlg_rule_number(contrast, MLG_P, 0)),
    };
    mlg_finding_say(finding, closed ? T_finding_contrast_closed : T_finding_contrast_open, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "silo.contrast");
    mlg_finding_measure(finding, "silo.ei");
    mlg_finding_limit(finding, T_limit_declared);
    mlg_finding_limit(finding, T_limit_ties_apart);
    if (!closed) {
        mlg_finding_at_most(finding, MLG_INFO);
    }
    return closed ? mlg_evidence_inside(finding, at, err) : MLG_OK;
}

mlg_status mlg_rule_contrast(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    const mlg_value *contrast = mlg_rule_value(at, "silo.contrast", MLG_SCALAR, NULL);

    return mlg_rule_number(contrast, MLG_P, 0) <= MLG_RULE_P
               ? say_contrast(at, rule, contrast, out, err)
               : MLG_OK;
}
