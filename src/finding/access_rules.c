/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"
#include "maillage/access.h"
#include "measure/post_ends.h"

/* What coordination posts have to reach, and what distance does to ties: facts, without a norm. */

/* ---- load ----------------------------------------------------------------------------- */

/* Residents by full time over the posts of known time and territory. */
typedef struct spread {
    size_t n, most; /* row of the largest */
    double least, median;
} spread;

static size_t count_below(const mlg_value *posts, double load, bool or_equal)
{
    size_t n = 0;
    for (size_t row = 0; row < posts->n; row++) {
        const double here = mlg_rule_number(posts, MLG_VALUE, row);
        n += here < load || (or_equal && here == load);
    }
    return n;
}

/* The lower middle one where they are even in number. */
static double median_of(const mlg_value *posts, size_t n)
{
    for (size_t row = 0; row < posts->n; row++) {
        const double here = mlg_rule_number(posts, MLG_VALUE, row);
        if (!isnan(here) && 2 * count_below(posts, here, false) < n &&
            2 * count_below(posts, here, true) >= n) {
            return here;
        }
    }
    return NAN;
}

static spread spread_of(const mlg_value *posts)
{
    spread s = {.least = NAN};
    for (size_t row = 0; row < posts->n; row++) {
        const double here = mlg_rule_number(posts, MLG_VALUE, row);
        if (isnan(here)) {
            continue;
        }
        s.most = s.n == 0 || here > mlg_rule_number(posts, MLG_VALUE, s.most) ? row : s.most;
        s.least = s.n == 0 ? here : fmin(s.least, here);
        s.n++;
    }
    s.median = median_of(posts, s.n);
    return s;
}

/* A row of posts.csv of the post, in force. */
static int32_t row_of_post(const mlg_model *model, mlg_id post)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_get_id(model, C_posts_id, row) == post &&
            mlg_row_in_force(model, MLG_POSTS, row, model->day)) {
            return row;
        }
    }
    return -1;
}

/* What a post is called by: its id, else the first scheme it coordinates. */
static mlg_id name_of(const mlg_model *model, mlg_id post, mlg_scope *scope)
{
    const int32_t row = row_of_post(model, post);
    size_t n = 0;
    const int32_t *schemes = row >= 0 ? mlg_get_list(model, C_posts_scheme, row, &n) : NULL;
    const bool of_scheme = n > 0 && mlg_post_has_given_id(model, row);

    *scope = of_scheme ? MLG_SCOPE_SCHEME : MLG_SCOPE_POST;
    return of_scheme ? schemes[0] : post;
}

static void show_posts(mlg_finding *finding, const mlg_model *model, mlg_id post)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_get_id(model, C_posts_id, row) == post) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, row);
        }
    }
}

/* "0.5", "1": as many decimals as the time has. */
static mlg_arg time_of(double fte)
{
    const int digits = fabs(fte - round(fte)) < 1e-9                 ? 0
                       : fabs(10.0 * fte - round(10.0 * fte)) < 1e-9 ? 1
                                                                     : 2;
    return mlg_arg_number(fte, digits);
}

static mlg_status say_load(const mlg_rule_case *at, const mlg_rule *rule, const mlg_value *posts,
                           const spread *s, mlg_findings *out, mlg_error *err)
{
    mlg_scope scope = MLG_SCOPE_POST;
    const mlg_id subject = posts->subject[s->most];
    const mlg_id name = name_of(at->model, subject, &scope);
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {
        mlg_arg_label(scope, name),
        time_of(mlg_rule_part(posts, "fte", s->most)),
        mlg_arg_count(mlg_rule_part(posts, "units", s->most)),
        mlg_arg_count(mlg_rule_part(posts, "population", s->most)),
        mlg_arg_count(round(mlg_rule_number(posts, MLG_VALUE, s->most))),
        mlg_arg_count((double) s->n),
        mlg_arg_count(round(s->least)),
        mlg_arg_count(round(s->median)),
    };
    const bool of_post = scope == MLG_SCOPE_POST;
    mlg_finding_say(finding,
                    s->n > 1 ? (of_post ? T_finding_load : T_finding_load_scheme)
                             : (of_post ? T_finding_load_alone : T_finding_load_scheme_alone),
                    args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, scope, name);
    mlg_finding_measure(finding, "scale.load");
    mlg_finding_limit(finding, T_limit_load);
    show_posts(finding, at->model, subject);
    return MLG_OK;
}

/* The post with most residents by full time; one of a single unit is no vast territory. */
mlg_status mlg_rule_load(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                         mlg_error *err)
{
    const mlg_value *posts = mlg_rule_value(at, "scale.load", MLG_VECTOR, "posts");
    if (posts == NULL || at->model == NULL) {
        return MLG_OK;
    }
    const spread s = spread_of(posts);
    return s.n > 0 && mlg_rule_part(posts, "units", s.most) > 1.0
               ? say_load(at, rule, posts, &s, out, err)
               : MLG_OK;
}

/* ---- distance --------------------------------------------------------------------------- */

/* It takes as many ties as a comparison takes actors, and half of the actors placed. */
static bool is_clear(const mlg_value *slope)
{
    const double placed = mlg_rule_part(slope, "placed", 0);
    return mlg_rule_number(slope, MLG_P, 0) <= MLG_RULE_P &&
           mlg_rule_number(slope, MLG_VALUE, 0) < 0.0 &&
           mlg_rule_part(slope, "ties", 0) >= MLG_RULE_ACTORS && placed >= MLG_RULE_ACTORS &&
           placed >= mlg_rule_part(slope, "unplaced", 0);
}

mlg_status mlg_rule_distance(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    const mlg_value *slope = mlg_rule_value(at, "scale.distance", MLG_SCALAR, "slope");
    if (slope == NULL || !is_clear(slope)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const double placed = mlg_rule_part(slope, "placed", 0);
    const mlg_arg args[] = {
        mlg_arg_number(mlg_rule_part(slope, "median_km", 0), 1),
        mlg_arg_number(mlg_rule_part(slope, "median_pairs_km", 0), 1),
        mlg_arg_share(1.0 - mlg_rule_part(slope, "per_doubling", 0), 0),
        mlg_arg_p(mlg_rule_number(slope, MLG_P, 0)),
        mlg_arg_count(placed),
        mlg_arg_count(placed + mlg_rule_part(slope, "unplaced", 0)),
    };
    mlg_finding_say(finding, T_finding_distance, args, sizeof args / sizeof args[0]);
    mlg_finding_measure(finding, "scale.distance");
    mlg_finding_limit(finding, T_limit_distance);
    return MLG_OK;
}
