/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/gap_words.h"
#include "finding/rule.h"
#include "measure/seats.h"

/* What is missing: partners in one commune, names in the register, guests; and what there is
 * twice. */

enum { FEW_MEMBERS = 3, FEW_INVITATIONS = 2, FEW_LISTED = 10, NAMED = 5 };

/* ---- partners in one commune ---------------------------------------------------------------- */

mlg_status mlg_rule_open_motifs(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_value *closed = mlg_rule_value(at, "gap.motifs", MLG_SCALAR, "triangles");
    const double seen = mlg_rule_number(closed, MLG_VALUE, 0);
    const double expected = mlg_rule_number(closed, MLG_EXPECTED, 0);

    if (closed == NULL || closed->caution != T_none ||
        !(mlg_rule_number(closed, MLG_P, 0) <= MLG_RULE_P) || !(seen < expected)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, (expected - seen) / expected, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_share(seen, 0),
        mlg_arg_share(expected, 0),
        mlg_arg_share(mlg_rule_number(closed, MLG_LOW, 0), 0),
        mlg_arg_share(mlg_rule_number(closed, MLG_HIGH, 0), 0),
        mlg_arg_p(mlg_rule_number(closed, MLG_P, 0)),
        mlg_arg_count(mlg_rule_part(closed, "actors", 0)),
        mlg_arg_count(mlg_rule_part(closed, "pairs", 0)),
    };
    mlg_finding_say(finding,
                    at->graph->n_activities > 0 ? T_finding_open_motifs_met : T_finding_open_motifs,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_at_most(finding, MLG_WARN);
    mlg_finding_measure(finding, "gap.motifs");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    mlg_finding_limit(finding, T_limit_open_motifs);
    mlg_finding_limit(finding,
                      at->graph->n_activities > 0 ? T_limit_gap_recorded : T_limit_declared);
    return MLG_OK;
}

/* ---- what there is twice -------------------------------------------------------------------- */

static void show_scheme(mlg_finding *finding, const mlg_model *model, mlg_id scheme)
{
    mlg_finding_subject(finding, MLG_SCOPE_SCHEME, scheme);
    if (model != NULL && model->party_scheme_row[scheme] >= 0) {
        mlg_evidence_row_of(finding, model, MLG_SCHEMES, model->party_scheme_row[scheme]);
    }
}

static mlg_status say_duplicate(const mlg_rule_case *at, const mlg_rule *rule,
                                const mlg_value *pairs, size_t row, mlg_findings *out,
                                mlg_error *err)
{
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const double both = mlg_rule_part(pairs, "in_both", row);
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SCHEME, a),
        mlg_arg_label(MLG_SCOPE_SCHEME, b),
        mlg_arg_share(mlg_rule_part(pairs, "territory", row), 0),
        mlg_arg_share(mlg_rule_part(pairs, "themes", row), 0),
        mlg_arg_count(both),
        mlg_arg_count(mlg_rule_part(pairs, "members_a", row) +
                      mlg_rule_part(pairs, "members_b", row) - both),
        mlg_arg_key(mlg_gap_words_of(at->graph).many),
    };
    mlg_finding_say(finding,
                    mlg_rule_part(pairs, "by_units", row) > 0.0 ? T_finding_duplicates_units
                                                                : T_finding_duplicates,
                    args, sizeof args / sizeof args[0]);
    show_scheme(finding, at->model, a);
    show_scheme(finding, at->model, b);
    mlg_finding_measure(finding, "gap.duplicates");
    mlg_finding_lever(finding, T_lever_consolidate, "S0:377");
    mlg_finding_limit(finding, T_limit_duplicates);
    return MLG_OK;
}

mlg_status mlg_rule_duplicates(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *pairs = mlg_rule_value(at, "gap.duplicates", MLG_PAIRS, NULL);

    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        if (mlg_rule_part(pairs, "met", row) >= 3.0 &&
            mlg_rule_part(pairs, "members_a", row) >= FEW_MEMBERS &&
            mlg_rule_part(pairs, "members_b", row) >= FEW_MEMBERS) {
            TRY(say_duplicate(at, rule, pairs, row, out, err));
        }
    }
out:
    return status;
}

/* ---- the register ---------------------------------------------------------------------------- */

/* Only where actors.csv is said to be a register: a list of those one works with is none. */
mlg_status mlg_rule_listed(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                           mlg_error *err)
{
    static const char id[] = "gap.listed_isolated";
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, NULL);
    const double isolated = mlg_rule_part(all, "isolated", 0);
    const double unlisted = mlg_rule_part(all, "unlisted", 0);

    if (all == NULL || !(mlg_rule_part(all, "by_directory", 0) > 0.0) ||
        !(isolated + unlisted > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, mlg_rule_number(all, MLG_VALUE, 0), err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(isolated),
        mlg_arg_count(mlg_rule_part(all, "listed", 0)),
        mlg_arg_count(unlisted),
        mlg_arg_count(mlg_rule_part(all, "active", 0)),
    };
    mlg_finding_say(finding,
                    !(isolated > 0.0)   ? T_finding_unlisted
                    : !(unlisted > 0.0) ? T_finding_listed
                                        : T_finding_listed_unlisted,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_directory, "S3:47");
    mlg_finding_limit(finding, T_limit_listed);
    mlg_finding_at_most(finding,
                        mlg_rule_part(all, "listed", 0) < FEW_LISTED ? MLG_INFO : MLG_NOTICE);
    for (size_t i = 0; i < 2; i++) {
        const mlg_value *list =
            mlg_rule_value(at, id, MLG_VECTOR, i == 0 ? "isolated" : "unlisted");
        for (size_t row = 0; list != NULL && row < list->n; row++) {
            const int32_t of = at->model->party_actor_row[list->subject[row]];
            if (of >= 0) {
                mlg_evidence_row_of(finding, at->model, MLG_ACTORS, of);
            }
        }
    }
    return MLG_OK;
}

/* ---- guests -------------------------------------------------------------------------------- */

/* Asked so many times, and known not to have come once. */
static double count_never(const mlg_value *of)
{
    double n = 0.0;
    for (size_t row = 0; of != NULL && row < of->n; row++) {
        n += mlg_rule_part(of, "absent", row) >= FEW_INVITATIONS &&
             !(mlg_rule_part(of, "came", row) > 0.0);
    }
    return n;
}

/* The organisations among them, the first few; persons are counted, never named. */
static size_t never_came(const mlg_model *model, const mlg_value *of, mlg_id who[static NAMED])
{
    size_t n = 0;
    for (size_t row = 0; row < of->n && n < NAMED; row++) {
        const mlg_id id = of->subject[row];
        if (mlg_rule_part(of, "absent", row) >= FEW_INVITATIONS &&
            !(mlg_rule_part(of, "came", row) > 0.0) && model->party_kind[id] != MLG_KIND_PERSON &&
            model->party_pseudonym[id] == 0) {
            who[n++] = id;
        }
    }
    return n;
}

/* Whose rows are shown, and of which fate. */
typedef struct shown {
    const mlg_model *model;
    mlg_finding *finding;
    const mlg_value *of; /* organisations asked and never there, or NULL: */
    mlg_id scheme;       /* spoken for */
} shown;

static bool is_never(const mlg_value *of, mlg_id who)
{
    for (size_t row = 0; row < of->n; row++) {
        if (of->subject[row] == who) {
            return mlg_rule_part(of, "absent", row) >= FEW_INVITATIONS &&
                   !(mlg_rule_part(of, "came", row) > 0.0);
        }
    }
    return false;
}

static void show_row(void *context, const mlg_reading *reading)
{
    const shown *s = context;
    const mlg_row at = reading->row;
    const mlg_id who = reading->subject[0] >= 0 ? reading->subject[0] : reading->party[0];

    if (at.table == MLG_PARTICIPATIONS && reading->fate == MLG_ROW_ABSENT &&
        (s->of != NULL
             ? is_never(s->of, who)
             : mlg_get_id(s->model, C_participations_on_behalf_of, at.row) == s->scheme)) {
        mlg_evidence_row_of(s->finding, s->model, at.table, at.row);
    }
}

mlg_status mlg_rule_invited(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                            mlg_error *err)
{
    static const char id[] = "gap.invited";
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, "response");
    const mlg_value *of = mlg_rule_value(at, id, MLG_VECTOR, "organisations");
    const double never = count_never(of);
    const double came = mlg_rule_part(all, "came", 0), absent = mlg_rule_part(all, "absent", 0);

    if (all == NULL || !(never > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, absent / (came + absent), err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    mlg_arg args[4 + MLG_NAMES_ARGS] = {
        mlg_arg_count(never),
        mlg_arg_count(came),
        mlg_arg_count(came + absent),
        mlg_arg_share(mlg_rule_number(all, MLG_VALUE, 0), 0),
    };
    mlg_id who[NAMED];
    const size_t n_who = never_came(at->model, of, who);
    mlg_args_names(args + 4, MLG_SCOPE_ACTOR, who, n_who);
    if (n_who > 0 && never > (double) n_who) { /* persons are among them */
        args[4 + MLG_NAMES_ARGS - 1] = mlg_arg_key(T_names_more);
    }
    mlg_finding_at_most(finding, MLG_NOTICE);
    mlg_finding_say(finding, T_finding_invited, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_reciprocal, "S1:233");
    mlg_finding_limit(finding, T_limit_invited);
    shown s = {at->model, finding, of, -1};
    return mlg_seats_each(at->model, MLG_BY_ORGANISATION, show_row, &s, err);
}

/* A scheme in whose name somebody could have sat, that was neither asked nor there. */
mlg_status mlg_rule_left_out(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    static const char id[] = "gap.invited";

    for (size_t i = 0; i < at->values->n; i++) { /* of no known outcome, it has no number */
        const mlg_value *of = &at->values->items[i];
        if (strcmp(of->measure->id, id) != 0 || strcmp(of->convention, "schemes") != 0) {
            continue;
        }
        for (size_t row = 0; row < of->n; row++) {
            const double left_out = mlg_rule_part(of, "left_out", row);
            if (!(left_out > 0.0) || mlg_rule_part(of, "invited", row) > 0.0 ||
                mlg_rule_part(of, "uninvited", row) > 0.0) {
                continue;
            }
            mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
            if (finding == NULL) {
                return MLG_ENOMEM;
            }
            const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_SCHEME, of->subject[row]),
                                    mlg_arg_count(left_out)};
            mlg_finding_say(finding, T_finding_left_out, args, 2);
            show_scheme(finding, at->model, of->subject[row]);
            mlg_finding_measure(finding, id);
            mlg_finding_lever(finding, T_lever_reciprocal, "S1:233");
            mlg_finding_limit(finding, T_limit_invited);
            shown s = {at->model, finding, NULL, of->subject[row]};
            TRY(mlg_seats_each(at->model, MLG_BY_ORGANISATION, show_row, &s, err));
        }
    }
out:
    return status;
}
