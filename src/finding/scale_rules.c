/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "maillage/scale.h"

/* Territories: perimeters that cross, units that nothing on record covers. */

/* ---- crossing ------------------------------------------------------------------------ */

/* Share of the inhabitants of a who live in b too; NaN when it was not listed, or when it is
 * not known: inhabitants of a shared piece unknown, or shares of one unit that may lie apart. */
static double contained(const mlg_rule_case *at, mlg_id a, mlg_id b)
{
    const mlg_value *in = mlg_rule_value(at, "scale.containment", MLG_PAIRS, NULL);
    for (size_t row = 0; in != NULL && row < in->n; row++) {
        if (in->subject[2 * row] == a && in->subject[2 * row + 1] == b) {
            const bool sure =
                !(mlg_rule_part(in, "population_unknown", row) > 0.0) &&
                !(mlg_rule_number(in, MLG_LOW, row) < mlg_rule_number(in, MLG_HIGH, row));
            return sure ? mlg_rule_part(in, "population", row) : NAN;
        }
    }
    return NAN;
}

/* Inhabitants of all units of the study whose population is known. */
static double all_people(const mlg_rule_case *at)
{
    const mlg_value *layers = mlg_rule_value(at, "scale.layers", MLG_VECTOR, NULL);
    double sum = 0.0;
    for (size_t row = 0; layers != NULL && row < layers->n; row++) {
        const double people = mlg_rule_part(layers, "population", row);
        sum += isnan(people) ? 0.0 : people;
    }
    return sum;
}

/* Rows of perimeters.csv that make a territory. */
static void show_perimeter(mlg_finding *finding, const mlg_model *model, mlg_id territory)
{
    for (int32_t row = 0; model != NULL && row < model->rows[MLG_PERIMETERS].n; row++) {
        if (mlg_get_id(model, C_perimeters_territory, row) == territory) {
            mlg_evidence_row_of(finding, model, MLG_PERIMETERS, row);
        }
    }
}

static mlg_status say_crossing(const mlg_rule_case *at, const mlg_rule *rule,
                               const mlg_value *pairs, size_t row, mlg_findings *out,
                               mlg_error *err)
{
    const mlg_value *counts = mlg_rule_value(at, "scale.typology", MLG_SCALAR, NULL);
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    const double people = mlg_rule_part(pairs, "people", row), all = all_people(at);
    const double crossing = mlg_rule_part(counts, "crossing", 0);
    const double in_b = contained(at, a, b), in_a = contained(at, b, a);
    const bool sure = !isnan(in_b) && !isnan(in_a) && all > 0.0 && people > 0.0;
    mlg_finding *finding = mlg_finding_add(out, at, rule, sure ? people / all : NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_TERRITORY, a),
        mlg_arg_label(MLG_SCOPE_TERRITORY, b),
        mlg_arg_share(in_b, 0),
        mlg_arg_share(in_a, 0),
        mlg_arg_count(crossing),
        mlg_arg_count(crossing + mlg_rule_part(counts, "nested", 0) +
                      mlg_rule_part(counts, "equal", 0) + mlg_rule_part(counts, "undetermined", 0)),
        mlg_arg_count(mlg_rule_part(pairs, "units", row)),
    };
    mlg_finding_say(finding,
                    isnan(in_b) || isnan(in_a) ? T_finding_crossing_units : T_finding_crossing,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, a);
    mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, b);
    mlg_finding_measure(finding, "scale.typology");
    mlg_finding_measure(finding, "scale.containment");
    mlg_finding_lever(finding, T_lever_who_does_what, "S0:247");
    mlg_finding_limit(finding, T_limit_perimeters);
    show_perimeter(finding, at->model, a);
    show_perimeter(finding, at->model, b);
    return MLG_OK;
}

/* The pairs come with the crossing ones first, most inhabitants in common at the top. */
mlg_status mlg_rule_crossing(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    const mlg_value *pairs = mlg_rule_value(at, "scale.typology", MLG_PAIRS, NULL);
    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        if (mlg_rule_number(pairs, MLG_VALUE, row) == MLG_CROSSING) {
            return say_crossing(at, rule, pairs, row, out, err);
        }
    }
    return MLG_OK;
}

/* ---- uncovered ------------------------------------------------------------------------ */

/* What may cover a unit, and the sentence that says that nothing does. */
static const struct {
    const char *uncovered, *covered; /* conventions of scale.coverage */
    mlg_text_key with_people, units_only;
    mlg_text_key lever;
    const char *source;
} questions[] = {
    {"not_referents", "referents", T_finding_no_referent, T_finding_no_referent_units,
     T_lever_triptych, "S1:215"},
    {"not_schemes", "schemes", T_finding_no_scheme, T_finding_no_scheme_units,
     T_lever_who_does_what, "S0:247"},
    {"not_activities", "activities", T_finding_no_activity, T_finding_no_activity_units,
     T_lever_proximity, "S0:243"},
    {"not_sites", "sites", T_finding_no_site, T_finding_no_site_units, T_lever_proximity, "S0:243"},
};

static mlg_status say_uncovered(const mlg_rule_case *at, const mlg_rule *rule, size_t q,
                                const mlg_value *units, mlg_findings *out, mlg_error *err)
{
    const mlg_value *covered =
        mlg_rule_value(at, "scale.coverage", MLG_SCALAR, questions[q].covered);
    const double all = mlg_rule_part(covered, "units", 0), everybody = all_people(at);
    double people = 0.0;
    for (size_t row = 0; row < units->n; row++) {
        const double here = mlg_rule_part(units, "population", row);
        people += isnan(here) ? 0.0 : here;
    }
    const double share = everybody > 0.0 ? people / everybody : (double) units->n / all;
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count((double) units->n),
        mlg_arg_count(all),
        mlg_arg_share(share, 0),
        mlg_arg_share(mlg_rule_part(covered, "completeness", 0), 0),
    };
    mlg_finding_say(finding, everybody > 0.0 ? questions[q].with_people : questions[q].units_only,
                    args, sizeof args / sizeof args[0]);
    for (size_t row = 0; row < units->n && row < MLG_MAX_SUBJECTS; row++) {
        mlg_finding_subject(finding, MLG_SCOPE_TERRITORY, units->subject[row]);
    }
    finding->topic = questions[q].uncovered; /* the four may name the same units */
    mlg_finding_measure(finding, "scale.coverage");
    mlg_finding_lever(finding, questions[q].lever, questions[q].source);
    mlg_finding_limit(finding, T_limit_not_recorded);
    return MLG_OK;
}

mlg_status mlg_rule_uncovered(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) {
        const mlg_value *units =
            mlg_rule_value(at, "scale.coverage", MLG_VECTOR, questions[q].uncovered);
        const mlg_value *share =
            mlg_rule_value(at, "scale.coverage", MLG_SCALAR, questions[q].covered);
        /* when no unit is covered at all, the rows speak of territories of another scale */
        if (units != NULL && units->n > 0 && mlg_rule_part(share, "covered", 0) > 0.0) {
            TRY(say_uncovered(at, rule, q, units, out, err));
        }
    }
out:
    return status;
}
