/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"

static const char *const level_names[] = {"info", "notice", "warning", "serious"};

const char *mlg_level_name(mlg_level level)
{
    return level_names[level];
}

int mlg_level_find(const char *name)
{
    for (int level = MLG_INFO; level <= MLG_SERIOUS; level++) {
        if (strcmp(level_names[level], name) == 0) {
            return level;
        }
    }
    return -1;
}

void mlg_findings_free(mlg_findings *findings)
{
    mlg_free(findings->items);
    *findings = (mlg_findings){0};
}

/* ---- making one ----------------------------------------------------------- */

mlg_finding *mlg_finding_add(mlg_findings *findings, const mlg_rule_case *at, const mlg_rule *rule,
                             double share, mlg_error *err)
{
    if (!mlg_grow(&findings->items, &findings->room, findings->n + 1, sizeof *findings->items)) {
        mlg_fail(err, MLG_ENOMEM, "findings: no memory for %zu", findings->n + 1);
        return NULL;
    }
    mlg_finding *finding = &findings->items[findings->n];
    *finding = (mlg_finding){.kind = rule->kind,
                             .rule = (size_t) (rule - mlg_rules()),
                             .topic = rule->topic,
                             .level = mlg_rule_level(rule, share),
                             .view = at->view,
                             .share = share};
    findings->n++;
    return finding;
}

void mlg_finding_say(mlg_finding *finding, mlg_text_key text, const mlg_arg *args, size_t n)
{
    finding->text = text;
    finding->n_args = n < MLG_MAX_ARGS ? n : MLG_MAX_ARGS;
    memcpy(finding->args, args, finding->n_args * sizeof *args);
}

void mlg_finding_subject(mlg_finding *finding, mlg_scope scope, mlg_id id)
{
    if (finding->n_subjects < MLG_MAX_SUBJECTS) {
        finding->subject_scope[finding->n_subjects] = scope;
        finding->subject[finding->n_subjects] = id;
        finding->n_subjects++;
    }
}

void mlg_finding_measure(mlg_finding *finding, const char *id)
{
    if (finding->n_measures < MLG_MAX_MEASURES) {
        finding->measures[finding->n_measures++] = id;
    }
}

void mlg_finding_limit(mlg_finding *finding, mlg_text_key limit)
{
    if (finding->n_limits < MLG_MAX_LIMITS) {
        finding->limits[finding->n_limits++] = limit;
    }
}

void mlg_finding_at_most(mlg_finding *finding, mlg_level level)
{
    finding->level = finding->level > level ? level : finding->level;
}

void mlg_finding_lever(mlg_finding *finding, mlg_text_key lever, const char *source)
{
    finding->lever = lever;
    finding->lever_source = source;
}

/* ---- the list ------------------------------------------------------------- */

/* Views of one source say the same things of the same actors: `ties` and its views
 * by kind. A view that study.csv names is a question of its own. */
static bool same_source(const mlg_context *context, int32_t a, int32_t b)
{
    if (a < 0 || b < 0 || a == b) {
        return a == b;
    }
    const mlg_view *one = mlg_context_view(context, a), *other = mlg_context_view(context, b);
    return one->source == other->source && one->n_conditions == 0 && other->n_conditions == 0;
}

/* The kinds of tie of one network may each rest on another actor: of such topics, one
 * finding a source is enough. */
static bool is_single(const char *topic)
{
    return strcmp(topic, "dependence") == 0 || strcmp(topic, "departure") == 0;
}

static bool says_the_same(const mlg_context *context, const mlg_finding *a, const mlg_finding *b)
{
    const bool same_subjects =
        a->n_subjects == b->n_subjects && memcmp(a->subject, b->subject, sizeof a->subject) == 0 &&
        memcmp(a->subject_scope, b->subject_scope, sizeof a->subject_scope) == 0;
    return strcmp(a->topic, b->topic) == 0 && (same_subjects || is_single(a->topic)) &&
           same_source(context, a->view, b->view);
}

/* Most serious first, then the larger share (an unknown one last); equal ones keep
 * the order of the rules and views, so that the list never depends on a sort. */
static bool goes_before(const mlg_finding *a, const mlg_finding *b)
{
    if (a->level != b->level) {
        return a->level > b->level;
    }
    return (isnan(a->share) ? -1.0 : a->share) > (isnan(b->share) ? -1.0 : b->share);
}

static void rank(mlg_findings *findings)
{
    for (size_t i = 1; i < findings->n; i++) {
        const mlg_finding moved = findings->items[i];
        size_t to = i;
        for (; to > 0 && goes_before(&moved, &findings->items[to - 1]); to--) {
            findings->items[to] = findings->items[to - 1];
        }
        findings->items[to] = moved;
    }
}

/* Once ranked, the first of those that say the same is the one to keep, and of a rule that
 * would fill the list the first few. */
static void drop_repeated(const mlg_context *context, mlg_findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->n; i++) {
        const mlg_finding *finding = &findings->items[i];
        const size_t most = mlg_rules()[finding->rule].most;
        bool said = false;
        size_t told = 0;
        for (size_t j = 0; j < kept && !said; j++) {
            const mlg_finding *before = &findings->items[j];
            said = says_the_same(context, before, finding);
            told +=
                before->rule == finding->rule && same_source(context, before->view, finding->view);
        }
        if (!said && (most == 0 || told < most)) {
            findings->items[kept++] = findings->items[i];
        }
    }
    findings->n = kept;
}

static mlg_status apply(const mlg_context *context, const mlg_values *values, int32_t view,
                        const mlg_rule *rule, mlg_findings *findings, mlg_error *err)
{
    const mlg_rule_case at = {.context = context,
                              .model = context->model,
                              .values = values,
                              .view = view,
                              .graph = view < 0 ? NULL : mlg_context_graph(context, view)};

    if (rule->comparison && !mlg_rule_may_compare(at.graph)) {
        return MLG_OK;
    }
    return rule->apply(&at, rule, findings, err);
}

/* Is any unit beside those that the rates of a measure are over? */
static bool leaves_out(const mlg_values *values, const char *measure)
{
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (strcmp(value->measure->id, measure) == 0 &&
            mlg_rule_part(value, "units_outside", 0) > 0.0) {
            return true;
        }
    }
    return false;
}

/* The study names a territory of its own, and knows units beside it. */
static void limit_to_own(const mlg_values *values, mlg_findings *findings)
{
    for (size_t i = 0; i < findings->n; i++) {
        mlg_finding *finding = &findings->items[i];
        bool limited = false;
        for (size_t m = 0; m < finding->n_measures && !limited; m++) {
            limited = leaves_out(values, finding->measures[m]);
        }
        if (limited) {
            mlg_finding_limit(finding, T_limit_own_territory);
        }
    }
}

mlg_status mlg_find(const mlg_context *context, const mlg_values *values, mlg_findings *findings,
                    mlg_error *err)
{
    mlg_status status = MLG_OK;

    *findings = (mlg_findings){0};
    for (const mlg_rule *rule = mlg_rules(); rule->kind != NULL; rule++) {
        if (!rule->each_view) {
            TRY(apply(context, values, -1, rule, findings, err));
        }
        for (int32_t view = 0; rule->each_view && view < (int32_t) context->n_views; view++) {
            TRY(apply(context, values, view, rule, findings, err));
        }
    }
    limit_to_own(values, findings);
    rank(findings);
    drop_repeated(context, findings);
out:
    if (status != MLG_OK) {
        mlg_findings_free(findings);
    }
    return status;
}
