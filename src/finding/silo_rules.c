/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/next_table.h"
#include "finding/rule.h"

/* Silos: of a whole view, between two sectors, of one sector; and when there is nothing
 * to conclude about them. */

/* Points of a sector's ties below which it is only a little less open than expected. */
#define A_LITTLE 0.10

enum { MOST_PAIRS = 5, MOST_SECTORS = 3 }; /* a list of thirty is read by nobody */

/* An E-I index as the share of ties that join two sectors: 0 is -1, 1 is +1. */
static double crossing_share(double ei)
{
    return (1.0 + ei) / 2.0;
}

/* How a view's ties and its null came about, as limits of what is said. */
static void silo_limits(mlg_finding *finding, const mlg_rule_case *at)
{
    const bool two_mode = at->graph->view.source == MLG_FROM_PARTICIPATIONS;
    mlg_finding_limit(finding, two_mode ? T_limit_shared_activity : T_limit_declared);
    mlg_finding_limit(finding, two_mode ? T_limit_null_margins : T_limit_null_labels);
    if (at->graph->facts.unknown_sector > 0) {
        mlg_finding_limit(finding, T_limit_unknown_sector);
    }
}

/* Ties say who works with whom; participations, who meets: in each, the plain key, then the
 * other one. */
static const mlg_text_key pair_keys[2][2] = {
    {T_finding_sector_pair_none, T_finding_sector_pair},
    {T_finding_sector_pair_meet_none, T_finding_sector_pair_meet}};
static const mlg_text_key closed_keys[2][2] = {
    {T_finding_closed_sector_little, T_finding_closed_sector},
    {T_finding_closed_sector_meet_little, T_finding_closed_sector_meet}};

static mlg_text_key said_of(const mlg_rule_case *at, bool plain, const mlg_text_key keys[2][2])
{
    return keys[at->graph->view.source == MLG_FROM_PARTICIPATIONS][plain];
}

/* What the second null says of a finding: that the gap holds too when each actor keeps its
 * number of ties; or that it does not, and then it is a notice at most. `p` is NaN where
 * nothing was drawn. */
static void with_degrees(mlg_finding *finding, double p, double observed, double expected)
{
    const bool holds = p <= MLG_RULE_P && observed < expected;
    if (!isnan(p)) {
        mlg_finding_limit(finding, holds ? T_limit_degrees_hold : T_limit_degrees_not);
        mlg_finding_at_most(finding, holds ? MLG_SERIOUS : MLG_NOTICE);
    }
}

/* The same of a row of a list, whose second value has the same rows. */
static void row_with_degrees(mlg_finding *finding, const mlg_rule_case *at, const mlg_value *list,
                             size_t row)
{
    const mlg_value *kept =
        mlg_values_find_null(at->values, list->measure->id, at->view, "degrees");
    if (kept != NULL && kept->n == list->n) {
        with_degrees(finding, mlg_rule_number(kept, MLG_P_ADJUSTED, row),
                     mlg_rule_number(kept, MLG_VALUE, row),
                     mlg_rule_number(kept, MLG_EXPECTED, row));
    }
}

/* ---- the whole view ----------------------------------------------------------------- */

/* Is it one of the views by kind that stand beside the view of all ties? Their tests are
 * a family: several looks at one network. */
static bool is_of_family(const mlg_view *view)
{
    return view->kind >= 0 && view->n_conditions == 0;
}

/* The E-I of a view under a null; NULL: the first there is. */
static const mlg_value *ei_under(const mlg_rule_case *at, const char *null_model)
{
    return null_model == NULL ? mlg_rule_value(at, "silo.ei", MLG_SCALAR, NULL)
                              : mlg_values_find_null(at->values, "silo.ei", at->view, null_model);
}

/* The p of a view's E-I, adjusted over its family when it has one. */
static mlg_status silo_p(const mlg_rule_case *at, const char *null_model, double *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = mlg_context_views(at->context);
    double *all = mlg_alloc(2 * n, sizeof *all);

    TRY_ALLOC(err, all);
    for (size_t v = 0; v < n; v++) {
        const mlg_view *view = mlg_context_view(at->context, (int32_t) v);
        const mlg_rule_case other = {.values = at->values, .view = (int32_t) v};
        const bool kin = is_of_family(view) && is_of_family(&at->graph->view) &&
                         view->source == at->graph->view.source;
        const mlg_value *ei = ei_under(&other, null_model);
        all[v] = kin || (int32_t) v == at->view ? mlg_rule_number(ei, MLG_P, 0) : NAN;
    }
    TRY(mlg_adjust_p(all, n, all + n, err));
    *p = all[n + (size_t) at->view];
out:
    mlg_free(all);
    return status;
}

static mlg_status say_silo(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *ei,
                           double p, double p_degrees, mlg_findings *out, mlg_error *err)
{
    const mlg_value *kept = ei_under(at, "degrees");
    const double value = mlg_rule_number(ei, MLG_VALUE, 0);
    const double expected = mlg_rule_number(ei, MLG_EXPECTED, 0);
    const double observed_share = crossing_share(value), expected_share = crossing_share(expected);
    mlg_finding *finding =
        mlg_finding_add(out, at, rule, 1.0 - observed_share / expected_share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_share(observed_share, 0),
        mlg_arg_share(expected_share, 0),
        mlg_arg_share(crossing_share(mlg_rule_number(ei, MLG_LOW, 0)), 0),
        mlg_arg_share(crossing_share(mlg_rule_number(ei, MLG_HIGH, 0)), 0),
        mlg_arg_p(p),
        mlg_arg_number(value, 2),
        mlg_arg_number(expected, 2),
        mlg_arg_share(crossing_share(mlg_rule_number(kept, MLG_EXPECTED, 0)), 0),
        mlg_arg_share(crossing_share(mlg_rule_number(kept, MLG_LOW, 0)), 0),
        mlg_arg_share(crossing_share(mlg_rule_number(kept, MLG_HIGH, 0)), 0),
        mlg_arg_p(p_degrees),
    };
    mlg_finding_say(finding, p_degrees > MLG_RULE_P ? T_finding_silo_hubs : T_finding_silo, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "silo.ei");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    silo_limits(finding, at);
    with_degrees(finding, p_degrees, value, mlg_rule_number(kept, MLG_EXPECTED, 0));
    mlg_rule_cap_few_ties(finding, at->graph, (double) at->graph->n_ties);
    if (p > mlg_rule_number(ei, MLG_P, 0)) {
        mlg_finding_limit(finding, T_limit_adjusted_kinds);
    }
    return mlg_evidence_inside(finding, at, err);
}

mlg_status mlg_rule_silo(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *ei = mlg_rule_value(at, "silo.ei", MLG_SCALAR, NULL);
    double p = NAN, p_degrees = NAN;

    TRY(silo_p(at, NULL, &p, err));
    TRY(silo_p(at, "degrees", &p_degrees, err));
    if (p <= MLG_RULE_P &&
        mlg_rule_number(ei, MLG_VALUE, 0) < mlg_rule_number(ei, MLG_EXPECTED, 0)) {
        TRY(say_silo(at, rule, ei, p, p_degrees, out, err));
    }
out:
    return status;
}

/* ---- pairs and sectors ----------------------------------------------------------------- */

/* One row of a list that holds, with what it touches. */
typedef struct candidate {
    size_t row;
    double missing; /* expected ties less observed ones */
} candidate;

/* Keeps the `most` candidates with most missing ties, falling; equal ones by row. */
static size_t keep(candidate *kept, size_t n, size_t most, candidate next)
{
    size_t to = n;
    while (to > 0 && next.missing > kept[to - 1].missing) {
        to--;
    }
    if (to >= most) {
        return n;
    }
    for (size_t i = n < most ? n : most - 1; i > to; i--) {
        kept[i] = kept[i - 1];
    }
    kept[to] = next;
    return n < most ? n + 1 : most;
}

static bool is_under_tied(const mlg_value *mixing, size_t row)
{
    const mlg_id *pair = &mixing->subject[2 * row];
    return pair[0] != pair[1] && mlg_rule_number(mixing, MLG_P_ADJUSTED, row) <= MLG_RULE_P &&
           mlg_rule_number(mixing, MLG_VALUE, row) < mlg_rule_number(mixing, MLG_EXPECTED, row);
}

/* An undirected matrix may hold both (a, b) and (b, a): one statement is enough. */
static bool is_kept(const mlg_value *mixing, const candidate *kept, size_t n, size_t row)
{
    const mlg_id *pair = &mixing->subject[2 * row];
    for (size_t i = 0; i < n; i++) {
        const mlg_id *other = &mixing->subject[2 * kept[i].row];
        if (other[0] == pair[1] && other[1] == pair[0]) {
            return true;
        }
    }
    return false;
}

/* Is a sector of candidate `i` in one that lacks more? One statement of a sector is enough: its
 * other pairs are in the table. */
static bool is_repeated(const mlg_value *mixing, const candidate *kept, size_t i)
{
    const mlg_id *pair = &mixing->subject[2 * kept[i].row];
    for (size_t k = 0; k < i; k++) {
        const mlg_id *other = &mixing->subject[2 * kept[k].row];
        if (other[0] == pair[0] || other[0] == pair[1] || other[1] == pair[0] ||
            other[1] == pair[1]) {
            return true;
        }
    }
    return false;
}

/* Ties expected between sectors, over the whole matrix as it is listed. */
static double expected_crossing(const mlg_value *mixing)
{
    double sum = 0.0;
    for (size_t row = 0; row < mixing->n; row++) {
        const double expected = mlg_rule_number(mixing, MLG_EXPECTED, row);
        const bool crosses = mixing->subject[2 * row] != mixing->subject[2 * row + 1];
        sum += crosses && !isnan(expected) ? expected : 0.0;
    }
    return sum;
}

/* What a pair lacks of all ties expected between sectors. */
static double pair_share(const mlg_rule_case *at, const mlg_value *mixing, const candidate *of,
                         double all)
{
    const bool listed_twice = mixing->shape == MLG_MATRIX && !at->graph->directed;
    return all > 0.0 ? of->missing * (listed_twice ? 2.0 : 1.0) / all : NAN;
}

static mlg_status say_pair(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *mixing,
                           const candidate *of, double all, mlg_findings *out, mlg_error *err)
{
    const mlg_id *pair = &mixing->subject[2 * of->row];
    mlg_finding *finding = mlg_finding_add(out, at, rule, pair_share(at, mixing, of, all), err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SECTOR, pair[0]),
        mlg_arg_label(MLG_SCOPE_SECTOR, pair[1]),
        mlg_arg_count(mlg_rule_number(mixing, MLG_VALUE, of->row)),
        mlg_arg_count(mlg_rule_number(mixing, MLG_EXPECTED, of->row)),
        mlg_arg_count(mlg_rule_number(mixing, MLG_LOW, of->row)),
        mlg_arg_count(mlg_rule_number(mixing, MLG_HIGH, of->row)),
        mlg_arg_p(mlg_rule_number(mixing, MLG_P_ADJUSTED, of->row)),
    };
    mlg_finding_say(finding, said_of(at, args[2].number > 0.0, pair_keys), args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, pair[0]);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, pair[1]);
    mlg_finding_measure(finding, "silo.mixing");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    silo_limits(finding, at);
    row_with_degrees(finding, at, mixing, of->row);
    mlg_rule_cap_few_ties(finding, at->graph, (double) at->graph->n_ties);
    return mlg_evidence_between(finding, at, mlg_evidence_sector(at->graph, pair[0]),
                                mlg_evidence_sector(at->graph, pair[1]), err);
}

mlg_status mlg_rule_sector_pairs(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    candidate kept[MOST_PAIRS];
    size_t n = 0;
    const mlg_value *mixing = mlg_rule_value(at, "silo.mixing", MLG_MATRIX, NULL);

    mixing = mixing != NULL ? mixing : mlg_rule_value(at, "silo.mixing", MLG_PAIRS, NULL);
    for (size_t row = 0; mixing != NULL && row < mixing->n; row++) {
        if (is_under_tied(mixing, row) && !is_kept(mixing, kept, n, row)) {
            n = keep(kept, n, MOST_PAIRS,
                     (candidate){row, mlg_rule_number(mixing, MLG_EXPECTED, row) -
                                          mlg_rule_number(mixing, MLG_VALUE, row)});
        }
    }
    for (size_t i = 0; i < n; i++) {
        const double all = expected_crossing(mixing);
        if (!(pair_share(at, mixing, &kept[i], all) < rule->least) &&
            !is_repeated(mixing, kept, i)) {
            TRY(say_pair(at, rule, mixing, &kept[i], all, out, err));
        }
    }
out:
    return status;
}

/* Does a sector's index hold as less open than expected? */
static bool is_closed(const mlg_value *group, size_t row)
{
    return mlg_rule_number(group, MLG_P_ADJUSTED, row) <= MLG_RULE_P &&
           mlg_rule_number(group, MLG_VALUE, row) < mlg_rule_number(group, MLG_EXPECTED, row) &&
           mlg_rule_part(group, "actors", row) >= MLG_RULE_SECTOR_ACTORS;
}

/* Only a little less open than expected: said of the sector that lacks most, else in the table. */
static bool is_little(const mlg_value *group, size_t row)
{
    return crossing_share(mlg_rule_number(group, MLG_EXPECTED, row)) -
               crossing_share(mlg_rule_number(group, MLG_VALUE, row)) <
           A_LITTLE;
}

/* Ties of a sector that leave it, out of all of them, as its E-I index says. */
static mlg_status say_closed(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *group,
                             size_t row, double share, mlg_findings *out, mlg_error *err)
{
    mlg_finding *finding = mlg_finding_add(out, at, rule, share, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const double external = mlg_rule_part(group, "external", row);
    const double observed = crossing_share(mlg_rule_number(group, MLG_VALUE, row));
    const double expected = crossing_share(mlg_rule_number(group, MLG_EXPECTED, row));
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SECTOR, group->subject[row]),
        mlg_arg_count(external),
        mlg_arg_count(external + mlg_rule_part(group, "internal", row)),
        mlg_arg_share(observed, 0),
        mlg_arg_share(expected, 0),
        mlg_arg_share(crossing_share(mlg_rule_number(group, MLG_LOW, row)), 0),
        mlg_arg_share(crossing_share(mlg_rule_number(group, MLG_HIGH, row)), 0),
        mlg_arg_p(mlg_rule_number(group, MLG_P_ADJUSTED, row)),
    };
    mlg_finding_say(finding, said_of(at, !is_little(group, row), closed_keys), args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_SECTOR, group->subject[row]);
    mlg_finding_measure(finding, "silo.ei_group");
    mlg_finding_lever(finding, T_lever_cross_training, "S0:281");
    silo_limits(finding, at);
    row_with_degrees(finding, at, group, row);
    mlg_rule_cap_few_ties(finding, at->graph, args[2].number);
    const int32_t sector = mlg_evidence_sector(at->graph, group->subject[row]);
    return mlg_evidence_between(finding, at, sector, sector, err);
}

/* Ties of the sector that would leave it, were it as expected, and do not. */
static double missing_external(const mlg_value *group, size_t row)
{
    const double ties =
        mlg_rule_part(group, "internal", row) + mlg_rule_part(group, "external", row);
    return ties * (crossing_share(mlg_rule_number(group, MLG_EXPECTED, row)) -
                   crossing_share(mlg_rule_number(group, MLG_VALUE, row)));
}

/* All ties that should join two sectors: those of the view, at the expected share. */
static double expected_external(const mlg_rule_case *at, const mlg_value *group)
{
    const mlg_value *ei = mlg_rule_value(at, "silo.ei", MLG_SCALAR, NULL);
    double ties = 0.0;
    for (size_t row = 0; row < group->n; row++) {
        ties += mlg_rule_part(group, "internal", row) + mlg_rule_part(group, "external", row) / 2.0;
    }
    return ties * crossing_share(mlg_rule_number(ei, MLG_EXPECTED, 0));
}

mlg_status mlg_rule_closed_sectors(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    candidate kept[MOST_SECTORS];
    size_t n = 0;
    const mlg_value *group = mlg_rule_value(at, "silo.ei_group", MLG_VECTOR, NULL);

    for (size_t row = 0; group != NULL && row < group->n; row++) {
        if (is_closed(group, row)) {
            n = keep(kept, n, MOST_SECTORS, (candidate){row, missing_external(group, row)});
        }
    }
    for (size_t i = 0; i < n; i++) {
        const double share = kept[i].missing / expected_external(at, group);
        if (!(share < rule->least) && (i == 0 || !is_little(group, kept[i].row))) {
            TRY(say_closed(at, rule, group, kept[i].row, share, out, err));
        }
    }
out:
    return status;
}

/* ---- nothing to conclude ----------------------------------------------------------------- */

/* Is a sector less open than expected although the whole is not? The section says which. */
static bool some_sector_holds(const mlg_rule_case *at)
{
    const mlg_value *group = mlg_rule_value(at, "silo.ei_group", MLG_VECTOR, NULL);
    for (size_t row = 0; group != NULL && row < group->n; row++) {
        if (is_closed(group, row)) {
            return true;
        }
    }
    return false;
}

/* Why a view says nothing of silos: the text, with its arguments. */
static mlg_text_key unclear(const mlg_rule_case *at, double p, mlg_arg *args, size_t *n)
{
    const mlg_value *ei = mlg_rule_value(at, "silo.ei", MLG_SCALAR, NULL);
    const double value = mlg_rule_number(ei, MLG_VALUE, 0);
    const double expected = mlg_rule_number(ei, MLG_EXPECTED, 0);
    int32_t known = 0, sectors = 0;

    mlg_rule_counts(at->graph, &known, &sectors);
    args[0] = mlg_arg_count(known);
    args[1] = mlg_arg_count(sectors);
    *n = 2;
    if (at->graph->n_ties == 0 && at->graph->facts.rows_outside > 0) {
        args[0] = mlg_arg_count((double) at->graph->facts.rows_outside);
        args[1] = mlg_arg_count((double) at->graph->facts.rows);
        return T_unclear_outside;
    }
    if (known == 0) {
        args[0] = mlg_file_of(at->model, MLG_ACTORS);
        return T_unclear_no_sector;
    }
    if (known < MLG_RULE_ACTORS || sectors < MLG_RULE_SECTORS) {
        return T_unclear_too_few;
    }
    if (isnan(value) || isnan(expected) || isnan(p)) {
        return at->graph->n_ties == 0 && at->graph->projected ? T_unclear_no_ties
                                                              : T_unclear_undefined;
    }
    args[0] = mlg_arg_share(crossing_share(value), 0);
    args[1] = mlg_arg_share(crossing_share(expected), 0);
    args[2] = mlg_arg_share(crossing_share(mlg_rule_number(ei, MLG_LOW, 0)), 0);
    args[3] = mlg_arg_share(crossing_share(mlg_rule_number(ei, MLG_HIGH, 0)), 0);
    args[4] = mlg_arg_p(p);
    args[5] = mlg_arg_count(known);
    args[6] = mlg_arg_count(some_sector_holds(at) ? 2.0 : 1.0);
    *n = 7;
    if (p <= MLG_RULE_P && value < expected) {
        return T_none; /* then there is something to conclude */
    }
    return value < expected ? T_unclear_chance : T_unclear_mixed;
}

mlg_status mlg_rule_silo_unclear(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_arg args[7];
    size_t n = 0;
    double p = NAN;
    mlg_finding *finding = NULL;

    TRY(silo_p(at, NULL, &p, err));
    const mlg_text_key text = unclear(at, p, args, &n);
    if (text == T_none) {
        goto out;
    }
    finding = mlg_finding_add(out, at, rule, NAN, err);
    TRY_ALLOC(err, finding);
    mlg_finding_say(finding, text, args, n);
    mlg_finding_measure(finding, "silo.ei");
    if (text != T_unclear_mixed) {
        mlg_finding_lever(finding, T_lever_directory, "S3:47");
    }
    silo_limits(finding, at);
out:
    return status;
}
