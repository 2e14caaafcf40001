/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "measure/bodies.h"
#include "measure/seats.h"
#include "measure/tenure.h"

/* Schemes: whether residents sit where it is decided, whether the three who carry a scheme are
 * tied, what its actions aim at, who pays. */

/* Actions it takes to tell a lack of balance from chance. */
enum { LEAST_ACTIONS = 10 };
/* Fewer bodies or schemes than this are an instance, not a pattern. */
enum { FEW = 3 };

static double count_in(const mlg_rule_case *at, const char *id, const char *convention,
                       const char *part)
{
    const double n = mlg_rule_part(mlg_rule_value(at, id, MLG_SCALAR, convention), part, 0);
    return isnan(n) ? 0.0 : n;
}

/* Parts of a value that may be undefined: a scalar without a number still counts. */
static double counted(const mlg_rule_case *at, const char *id, const char *convention,
                      const char *part)
{
    for (size_t i = 0; i < at->values->n; i++) {
        const mlg_value *value = &at->values->items[i];
        if (value->shape == MLG_SCALAR && strcmp(value->measure->id, id) == 0 &&
            strcmp(value->convention, convention) == 0) {
            const double n = mlg_rule_part(value, part, 0);
            return isnan(n) ? 0.0 : n;
        }
    }
    return 0.0;
}

/* ---- residents ------------------------------------------------------------------------------ */

/* The deciding bodies known to sit without residents. */
static mlg_status show_bodies(const mlg_rule_case *at, mlg_finding *finding, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_bodies bodies = {0};

    TRY(mlg_bodies_of(at->model, &bodies, err));
    for (size_t i = 0; i < bodies.n; i++) {
        const mlg_body *body = &bodies.items[i];
        const int32_t row = at->model->activity_row[body->activity];
        if (body->power == MLG_CODE_OF(power, decides) && body->known && !body->residents) {
            mlg_finding_subject(finding, MLG_SCOPE_ACTIVITY, body->activity);
            mlg_evidence_row_of(finding, at->model, MLG_ACTIVITIES, row);
        }
    }
out:
    mlg_bodies_free(&bodies);
    return status;
}

static mlg_text_key residents_text(double with, double deciding_with, bool same_few)
{
    if (with == 0.0) {
        return T_finding_residents_nowhere;
    }
    if (deciding_with > 0.0) {
        return same_few ? T_finding_residents_some_few : T_finding_residents_some;
    }
    return same_few ? T_finding_residents_never_few : T_finding_residents_never;
}

/* Serious only on a whole record of several bodies: what nobody wrote down is no exclusion. */
mlg_status mlg_rule_residents(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                              mlg_error *err)
{
    static const char id[] = "scheme.involvement";
    const double deciding = count_in(at, id, "decides", "known");
    const double deciding_with = count_in(at, id, "decides", "with_residents");
    const double with = count_in(at, id, "bodies", "with_residents");
    const double residents = count_in(at, id, "top_three", "residents");

    if (!(deciding > deciding_with)) {
        return MLG_OK;
    }
    const mlg_value *all = mlg_rule_value(at, id, MLG_SCALAR, "bodies");
    const mlg_value *few = mlg_rule_value(at, id, MLG_SCALAR, "top_three");
    mlg_finding *finding =
        mlg_finding_add(out, at, rule, (deciding - deciding_with) / deciding, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(with),
        mlg_arg_count(mlg_rule_part(all, "known", 0)),
        mlg_arg_count(deciding),
        mlg_arg_count(deciding_with),
        mlg_arg_share(mlg_rule_number(few, MLG_VALUE, 0), 0),
        mlg_arg_count(mlg_rule_part(all, "bodies", 0)),
    };
    mlg_finding_say(finding, residents_text(with, deciding_with, residents > 3.0), args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_residents, "S0:291");
    mlg_finding_limit(finding, T_limit_not_recorded);
    if (with > 0.0) {
        mlg_finding_limit(finding, T_limit_same_few);
    }
    if (mlg_rule_part(all, "known", 0) < mlg_rule_part(all, "bodies", 0) ||
        counted(at, id, "power_unknown", "bodies") > 0.0) {
        mlg_finding_at_most(finding, MLG_WARN);
    }
    if (deciding < FEW) {
        mlg_finding_at_most(finding, MLG_NOTICE);
    }
    return show_bodies(at, finding, err);
}

/* Said only where the study speaks of residents, or of what a body may do. */
mlg_status mlg_rule_residents_unclear(const mlg_rule_case *at, const mlg_rule *rule,
                                      mlg_findings *out, mlg_error *err)
{
    static const char id[] = "scheme.involvement";
    const double bodies = counted(at, id, "bodies", "bodies");
    const double with = counted(at, id, "bodies", "with_residents");
    const double deciding = counted(at, id, "decides", "bodies");
    const double unknown = counted(at, id, "power_unknown", "bodies");

    if (count_in(at, id, "decides", "known") > 0.0 || bodies == 0.0 ||
        (with == 0.0 && unknown == bodies)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(bodies),
        mlg_arg_count(unknown),
        mlg_arg_count(deciding),
        mlg_arg_count(with),
        mlg_arg_count(counted(at, id, "ratifies", "bodies")),
    };
    mlg_finding_say(finding,
                    deciding > 0.0  ? T_unclear_residents_attendance
                    : unknown > 0.0 ? T_unclear_residents_power
                                    : T_unclear_residents_elsewhere,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    return MLG_OK;
}

/* ---- elected, coordinator, director -----------------------------------------------------------
 */

static bool is_of_trio(const mlg_model *model, int32_t row)
{
    const int32_t role = mlg_get_id(model, C_posts_role, row);
    return role == MLG_CODE_OF(role, elected) || role == MLG_CODE_OF(role, coordinator) ||
           role == MLG_CODE_OF(role, director);
}

/* Does a list cell of a row name a party? */
static bool names(const mlg_model *model, mlg_column column, int32_t row, mlg_id party)
{
    size_t n = 0;
    const mlg_id *list = mlg_get_list(model, column, row, &n);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        found = found || list[i] == party;
    }
    return found;
}

/* Posts of the three roles of a scheme. */
static void show_trio(mlg_finding *finding, const mlg_model *model, mlg_id scheme)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (is_of_trio(model, row) && names(model, C_posts_scheme, row, scheme) &&
            mlg_holds_at_date(model, MLG_POSTS, row)) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
}

/* What one scheme lacks, when it is one role or one pair. */
static mlg_text_key lack_of(const mlg_value *trios, size_t row)
{
    static const struct {
        const char *part;
        mlg_text_key text;
    } lacks[] = {
        {"elected", T_trio_no_elected},
        {"coordinator", T_trio_no_coordinator},
        {"director", T_trio_no_director},
        {"elected_coordinator", T_trio_elected_coordinator},
        {"elected_director", T_trio_elected_director},
        {"coordinator_director", T_trio_coordinator_director},
    };
    mlg_text_key found = T_none;
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
        if (mlg_rule_part(trios, lacks[i].part, row) == 0.0) {
            found = found == T_none ? lacks[i].text : T_trio_several;
        }
    }
    return found;
}

mlg_status mlg_rule_triptych(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    static const char id[] = "scheme.triptych";
    const mlg_value *trios = mlg_rule_value(at, id, MLG_VECTOR, NULL);
    const double known = count_in(at, id, "closed_share", "known");
    const double open = known - count_in(at, id, "closed_share", "closed");
    mlg_id one = -1;
    mlg_text_key lack = T_none;

    if (trios == NULL || !(open > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, open / known, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    for (size_t row = 0; row < trios->n; row++) {
        if (mlg_rule_number(trios, MLG_VALUE, row) == 0.0) {
            one = trios->subject[row];
            lack = lack_of(trios, row);
            mlg_finding_subject(finding, MLG_SCOPE_SCHEME, one);
            show_trio(finding, at->model, one);
        }
    }
    const mlg_arg args[] = {
        mlg_arg_count(open),
        mlg_arg_count(known),
        mlg_arg_count((double) trios->n),
        mlg_arg_label(MLG_SCOPE_SCHEME, one),
        mlg_arg_key(lack),
    };
    mlg_finding_say(finding, open == 1.0 ? T_finding_triptych_one : T_finding_triptych, args,
                    sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_triptych, "S1:215");
    mlg_finding_limit(finding, T_limit_declared);
    mlg_finding_at_most(finding, open == (double) trios->n ? MLG_WARN : MLG_NOTICE);
    return MLG_OK;
}

/* Schemes in which a role is recorded, held or vacant. */
static double recorded(const mlg_value *trios, const char *role)
{
    double n = 0.0;
    for (size_t row = 0; row < trios->n; row++) {
        n += !isnan(mlg_rule_part(trios, role, row));
    }
    return n;
}

/* Said only where an elected official or a director is on record. */
mlg_status mlg_rule_triptych_unclear(const mlg_rule_case *at, const mlg_rule *rule,
                                     mlg_findings *out, mlg_error *err)
{
    const mlg_value *trios = NULL;

    for (size_t i = 0; i < at->values->n; i++) {
        const mlg_value *value = &at->values->items[i];
        if (value->shape == MLG_VECTOR && value->n > 0 &&
            strcmp(value->measure->id, "scheme.triptych") == 0) {
            trios = value;
        }
    }
    if (trios == NULL || trios->undefined == T_none ||
        recorded(trios, "elected") + recorded(trios, "director") == 0.0) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count((double) trios->n),
        mlg_arg_count(recorded(trios, "elected")),
        mlg_arg_count(recorded(trios, "coordinator")),
        mlg_arg_count(recorded(trios, "director")),
    };
    mlg_finding_say(finding,
                    trios->undefined == T_why_no_word_of_ties ? T_unclear_triptych_ties
                                                              : T_unclear_triptych_roles,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "scheme.triptych");
    return MLG_OK;
}

/* ---- determinants ------------------------------------------------------------------------------
 */

static const char *const fields[] = {"health_system", "living_environment", "habits"};

/* Share of the actions that would have to change field for thirds. */
static double moved(const mlg_value *value, size_t row)
{
    const double n = mlg_rule_part(value, "actions", row);
    double off = 0.0;
    for (int k = 0; k < 3; k++) {
        off += fabs(mlg_rule_part(value, fields[k], row) - n / 3.0);
    }
    return off / (2.0 * n);
}

/* Rows of the actions of a scheme (-1: of all) that say a determinant. */
static void show_actions(mlg_finding *finding, const mlg_model *model, mlg_id scheme)
{
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        const int32_t row = model->activity_row[a];
        size_t n = 0;
        if (row >= 0 && mlg_get_list(model, C_activities_determinant, row, &n) != NULL &&
            mlg_activity_is_recent(model, a) &&
            (scheme < 0 || names(model, C_activities_schemes, row, scheme))) {
            mlg_evidence_row_of(finding, model, MLG_ACTIVITIES, row);
        }
    }
}

static mlg_status say_determinants(const mlg_rule_case *at, const mlg_rule *rule,
                                   const mlg_value *value, size_t row, double p, mlg_findings *out,
                                   mlg_error *err)
{
    const mlg_id scheme = value->shape == MLG_VECTOR ? value->subject[row] : -1;
    const double n = mlg_rule_part(value, "actions", row);
    const double unknown = mlg_rule_part(value, "unknown", row);
    mlg_finding *finding = mlg_finding_add(out, at, rule, moved(value, row), err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(n),
        mlg_arg_number(mlg_rule_part(value, fields[0], row), 0),
        mlg_arg_number(mlg_rule_part(value, fields[1], row), 0),
        mlg_arg_number(mlg_rule_part(value, fields[2], row), 0),
        mlg_arg_number(n / 3.0, 0),
        mlg_arg_p(p),
        mlg_arg_label(MLG_SCOPE_SCHEME, scheme),
        mlg_arg_count(unknown),
    };
    mlg_finding_say(finding, scheme >= 0 ? T_finding_determinants_scheme : T_finding_determinants,
                    args, sizeof args / sizeof args[0]);
    if (scheme >= 0) {
        mlg_finding_subject(finding, MLG_SCOPE_SCHEME, scheme);
    }
    mlg_finding_measure(finding, "scheme.determinants");
    mlg_finding_lever(finding, T_lever_determinants, "S1:137");
    mlg_finding_limit(finding, T_limit_thirds);
    mlg_finding_limit(finding, T_limit_equal_parts);
    show_actions(finding, at->model, scheme);
    mlg_finding_at_most(finding, unknown > n ? MLG_NOTICE : MLG_WARN);
    return MLG_OK;
}

/* All actions together when they differ from thirds; else the schemes that do. */
mlg_status mlg_rule_determinants(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *all = mlg_rule_value(at, "scheme.determinants", MLG_SCALAR, NULL);
    const mlg_value *each = mlg_rule_value(at, "scheme.determinants", MLG_VECTOR, NULL);
    const double p_all = mlg_rule_number(all, MLG_P, 0);

    if (p_all <= MLG_RULE_P && mlg_rule_part(all, "actions", 0) >= LEAST_ACTIONS) {
        return say_determinants(at, rule, all, 0, p_all, out, err);
    }
    for (size_t row = 0; each != NULL && row < each->n; row++) {
        const double p = mlg_rule_number(each, MLG_P_ADJUSTED, row);
        if (p <= MLG_RULE_P && mlg_rule_part(each, "actions", row) >= LEAST_ACTIONS) {
            TRY(say_determinants(at, rule, each, row, p, out, err));
        }
    }
out:
    return status;
}

mlg_status mlg_rule_determinants_unclear(const mlg_rule_case *at, const mlg_rule *rule,
                                         mlg_findings *out, mlg_error *err)
{
    const mlg_value *all = mlg_rule_value(at, "scheme.determinants", MLG_SCALAR, NULL);
    const double n = mlg_rule_part(all, "actions", 0), p = mlg_rule_number(all, MLG_P, 0);

    if (!(n > 0.0) || (n >= LEAST_ACTIONS && !(p > MLG_RULE_P))) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_count(n),
        mlg_arg_number(mlg_rule_part(all, fields[0], 0), 0),
        mlg_arg_number(mlg_rule_part(all, fields[1], 0), 0),
        mlg_arg_number(mlg_rule_part(all, fields[2], 0), 0),
        mlg_arg_p(p),
        mlg_arg_count(mlg_rule_part(all, "unknown", 0)),
    };
    mlg_finding_say(finding,
                    n < LEAST_ACTIONS ? T_unclear_determinants_few : T_unclear_determinants_chance,
                    args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "scheme.determinants");
    return MLG_OK;
}

/* ---- funding ----------------------------------------------------------------------------------
 */

/* Rows that name the one funder of a scheme or a post. */
static void show_funding(mlg_finding *finding, const mlg_model *model, mlg_id target)
{
    size_t n = 0;
    for (int32_t row = 0; row < model->rows[MLG_FUNDING].n; row++) {
        if (mlg_get_id(model, C_funding_target, row) == target &&
            mlg_holds_at_date(model, MLG_FUNDING, row)) {
            mlg_evidence_row_of(finding, model, MLG_FUNDING, row);
        }
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_get_list(model, C_posts_funder, row, &n) != NULL &&
            mlg_holds_at_date(model, MLG_POSTS, row) &&
            (mlg_get_id(model, C_posts_id, row) == target ||
             names(model, C_posts_scheme, row, target))) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        const int32_t row = model->activity_row[a];
        if (row >= 0 && mlg_get_list(model, C_activities_funders, row, &n) != NULL &&
            mlg_activity_is_recent(model, a) && names(model, C_activities_schemes, row, target)) {
            mlg_evidence_row_of(finding, model, MLG_ACTIVITIES, row);
        }
    }
}

enum { NAMED = 3 };

/* Names of what has a single funder, the first few. */
typedef struct named {
    mlg_arg label[NAMED];
    size_t n;
} named;

static void name_single(const mlg_rule_case *at, const char *convention, named *out)
{
    const mlg_value *list = mlg_rule_value(at, "scheme.funding", MLG_VECTOR, convention);
    for (size_t row = 0; list != NULL && row < list->n; row++) {
        if (mlg_rule_part(list, "single", row) == 1.0) {
            if (out->n < NAMED) {
                out->label[out->n] = mlg_arg_label(list->scope, list->subject[row]);
            }
            out->n++;
        }
    }
}

/* "A", "A and B", "A, B and C", "A, B, C and 2 others": eight arguments. */
static void list_named(const named *of, mlg_arg out[8])
{
    const size_t more = of->n > NAMED ? of->n - NAMED : 0;
    for (size_t i = 0; i < NAMED; i++) {
        const bool last = more == 0 && i + 1 == of->n;
        out[2 * i] = i < of->n ? of->label[i] : mlg_arg_text("");
        if (i > 0) {
            out[2 * i - 1] = mlg_arg_key(i >= of->n ? T_none
                                         : last     ? T_funder_and
                                                    : T_funder_comma);
        }
    }
    out[5] = mlg_arg_key(more > 0 ? T_funder_more : T_none);
    out[6] = more > 0 ? mlg_arg_count((double) more) : mlg_arg_text("");
    out[7] = mlg_arg_key(more == 0 ? T_none : more == 1 ? T_funder_other : T_funder_others);
}

static void show_single(const mlg_rule_case *at, mlg_finding *finding, const char *convention)
{
    const mlg_value *list = mlg_rule_value(at, "scheme.funding", MLG_VECTOR, convention);
    for (size_t row = 0; list != NULL && row < list->n; row++) {
        if (mlg_rule_part(list, "single", row) == 1.0) {
            mlg_finding_subject(finding, list->scope, list->subject[row]);
            show_funding(finding, at->model, list->subject[row]);
        }
    }
}

/* Schemes or posts of which at least half have a funder on record: of fewer, nothing is said. */
static double told_single(const mlg_rule_case *at, const char *of)
{
    const double known = count_in(at, "scheme.funding", of, "known");
    const double targets = count_in(at, "scheme.funding", of, "targets");
    return 2.0 * known >= targets ? count_in(at, "scheme.funding", of, "single") : 0.0;
}

/* A second funder may only lack its row: a warning needs the funders of all to be recorded. */
mlg_status mlg_rule_single_funder(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                  mlg_error *err)
{
    static const char id[] = "scheme.funding";
    const double schemes = told_single(at, "schemes"), posts = told_single(at, "posts");
    const char *first = schemes > 0.0 ? "schemes" : "posts";
    const double known = count_in(at, id, first, "known");

    if (!(schemes > 0.0) && !(posts > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding =
        mlg_finding_add(out, at, rule, (schemes > 0.0 ? schemes : posts) / known, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    named of = {.n = 0};
    mlg_arg args[14] = {
        mlg_arg_count(schemes),
        mlg_arg_count(count_in(at, id, "schemes", "known")),
        mlg_arg_count(count_in(at, id, "schemes", "targets")),
        mlg_arg_count(posts),
        mlg_arg_count(count_in(at, id, "posts", "known")),
        mlg_arg_count(count_in(at, id, "posts", "targets")),
    };
    if (schemes > 0.0) {
        name_single(at, "of_schemes", &of);
    }
    if (posts > 0.0) {
        name_single(at, "of_posts", &of);
    }
    list_named(&of, args + 6);
    mlg_finding_say(finding,
                    posts == 0.0     ? T_finding_funder_schemes
                    : schemes == 0.0 ? T_finding_funder_posts
                                     : T_finding_funder_both,
                    args, sizeof args / sizeof args[0]);
    if (schemes > 0.0) {
        show_single(at, finding, "of_schemes");
    }
    if (posts > 0.0) {
        show_single(at, finding, "of_posts");
    }
    mlg_finding_measure(finding, id);
    mlg_finding_lever(finding, T_lever_funders, "S0:277");
    mlg_finding_limit(finding, T_limit_not_recorded);
    const bool whole = known >= FEW && known == count_in(at, id, first, "targets");
    mlg_finding_at_most(finding, whole ? MLG_WARN : MLG_NOTICE);
    return MLG_OK;
}
