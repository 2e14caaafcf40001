/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "finding/post_weight.h"
#include "measure/post_ends.h"
#include "measure/tenure.h"

/* Posts that end within a year, or ended in the last, with nothing after: an expiry, not a
 * departure. A few are told one by one; many, in one statement, and the one that alone leaves most
 * without coordination beside it. */

enum { TOLD_ALONE = 3, FIRST_DAYS = 92 };

/* Rows of one post that end within the year, were it not on the same day. */
static bool ends_too(const mlg_model *model, int32_t row, int32_t other)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    return other == row || (post >= 0 && mlg_get_id(model, C_posts_id, other) == post &&
                            mlg_get_id(model, C_posts_person, other) != MLG_VACANT &&
                            mlg_post_is_ending(model, other));
}

/* The rows of a post that end within the year: the earliest speaks for all of them. */
typedef struct ends {
    bool speaks;
    int32_t last; /* the latest of their ends */
    bool goes_on; /* the post has rows in force that do not end */
} ends;

static ends ends_of(const mlg_model *model, int32_t row)
{
    ends e = {.speaks = true, .last = mlg_post_end(model, row)};
    for (int32_t other = 0; other < model->rows[MLG_POSTS].n; other++) {
        const int32_t end = mlg_post_end(model, other);
        if (ends_too(model, row, other)) {
            e.speaks = e.speaks && (end > mlg_post_end(model, row) ||
                                    (end == mlg_post_end(model, row) && other >= row));
            e.last = end > e.last ? end : e.last;
        } else if (mlg_get_id(model, C_posts_id, other) == mlg_get_id(model, C_posts_id, row) &&
                   mlg_get_id(model, C_posts_person, other) != MLG_VACANT &&
                   mlg_holds_at_date(model, MLG_POSTS, other)) {
            e.goes_on = true;
        }
    }
    return e;
}

/* ---- one by one -------------------------------------------------------------------------- */

/* A post by the row that speaks for it. */
typedef struct post_end {
    int32_t row;
    ends of;
} post_end;

typedef struct expiring {
    const mlg_rule_case *at;
    const mlg_rule *rule;
    mlg_post_weigher weigher;
    bool comes;     /* they end within the year; else they ended in the last */
    post_end *post; /* [n] the first to end first */
    size_t n;
    bool *gone; /* [rows of posts.csv] */
} expiring;

static void expiring_close(expiring *e)
{
    mlg_post_weigher_close(&e->weigher);
    mlg_free(e->post);
    mlg_free(e->gone);
}

static void limit(mlg_finding *finding, bool goes_on)
{
    mlg_finding_measure(finding, "scheme.expiring");
    mlg_finding_lever(finding, T_lever_multi_year, "S0:276");
    mlg_finding_limit(finding, T_limit_no_follow_up);
    if (goes_on) {
        mlg_finding_limit(finding, T_limit_post_goes_on);
    }
    mlg_finding_limit(finding, T_limit_person);
}

static mlg_post_rows *rows_of(const expiring *e)
{
    return e->comes ? ends_too : mlg_post_same_state;
}

static mlg_status say_one(expiring *e, const post_end *one, mlg_findings *out, mlg_error *err)
{
    static const mlg_post_wording coming = {T_finding_expiring, T_finding_expiring_alone,
                                            T_finding_expiring_none, T_finding_expiring_people,
                                            T_finding_expiring_bare};
    static const mlg_post_wording between = {
        T_finding_expiring_between, T_finding_expiring_between_alone,
        T_finding_expiring_between_none, T_finding_expiring_between_people,
        T_finding_expiring_between_bare};
    static const mlg_post_wording passed = {T_finding_ended, T_finding_ended_alone,
                                            T_finding_ended_none, T_finding_ended_people,
                                            T_finding_ended_bare};
    const mlg_model *model = e->at->model;
    const int32_t last = mlg_post_end(model, one->row);
    const mlg_post_wording *texts = !e->comes ? &passed : one->of.last > last ? &between : &coming;
    mlg_arg end[5] = {mlg_arg_date(last), {0}, {0}, {0}, mlg_arg_date(one->of.last)};

    mlg_say_time(e->comes ? model->date : last, e->comes ? last : model->date, end + 1);
    mlg_finding *finding =
        mlg_say_post(e->at, e->rule, &e->weigher, one->row, texts, rows_of(e), end, out, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    limit(finding, one->of.goes_on);
    return MLG_OK;
}

/* ---- many ----------------------------------------------------------------------------------- */

/* How many of the posts a party has. */
typedef struct tally {
    mlg_id party;
    double posts;
} tally;

/* Counts the posts of each party, by the rows that are told of each. */
static void count_posts(const expiring *e, mlg_column column, double *posts, size_t *met)
{
    const mlg_model *model = e->at->model;

    for (size_t p = 0; p < model->parties.n; p++) {
        posts[p] = 0.0;
        met[p] = 0;
    }
    for (size_t i = 0; i < e->n; i++) {
        for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
            size_t n = 0;
            const int32_t *list = mlg_get_list(model, column, row, &n);
            const bool told = n > 0 && rows_of(e)(model, e->post[i].row, row);
            for (size_t k = 0; k < n && told; k++) {
                if (list[k] >= 0 && met[list[k]] != i + 1) {
                    met[list[k]] = i + 1;
                    posts[list[k]]++;
                }
            }
        }
    }
}

/* The two parties with most of the posts, the first named first; how many parties have any. */
static mlg_status find_first_two(const expiring *e, mlg_column column, tally two[2], double *n,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t parties = e->at->model->parties.n;
    double *posts = mlg_alloc(parties, sizeof *posts);
    size_t *met = mlg_alloc(parties, sizeof *met);

    two[0] = two[1] = (tally){-1, 0.0};
    *n = 0.0;
    TRY_ALLOC(err, posts);
    TRY_ALLOC(err, met);
    count_posts(e, column, posts, met);
    for (size_t p = 0; p < parties; p++) {
        const tally one = {(mlg_id) p, posts[p]};
        *n += one.posts > 0.0;
        if (one.posts > two[0].posts) {
            two[1] = two[0];
            two[0] = one;
        } else if (one.posts > two[1].posts) {
            two[1] = one;
        }
    }
out:
    mlg_free(posts);
    mlg_free(met);
    return status;
}

/* "on 31 March", or "between 31 January and 31 March"; and how many do in the first months. */
static double say_days(const expiring *e, mlg_arg out[4])
{
    const mlg_model *model = e->at->model;
    const int32_t first = mlg_post_end(model, e->post[0].row);
    const int32_t last = mlg_post_end(model, e->post[e->n - 1].row);
    double early = 0.0;

    out[0] = mlg_arg_key(first == last ? T_days_on : T_days_between);
    out[1] = mlg_arg_date(first);
    out[2] = mlg_arg_key(first == last ? T_none : T_days_and);
    out[3] = first == last ? mlg_arg_text("") : mlg_arg_date(last);
    for (size_t i = 0; i < e->n; i++) {
        early += mlg_post_end(model, e->post[i].row) - first < FIRST_DAYS;
    }
    return early;
}

/* Of the schemes left without coordination, the one where most live: the first of them. */
static mlg_id heaviest_orphan(mlg_post_weigher *w)
{
    mlg_id heaviest = -1;
    double most = -1.0;
    for (size_t p = 0; p < w->model->parties.n; p++) {
        if (!w->orphan[p]) {
            continue;
        }
        mlg_reach_clear(&w->land);
        mlg_reach_mark_scheme(&w->land, (mlg_id) p);
        const double known = mlg_reach_people(&w->land);
        if ((isnan(known) ? 0.0 : known) > most) {
            most = isnan(known) ? 0.0 : known;
            heaviest = (mlg_id) p;
        }
    }
    return heaviest;
}

static mlg_text_key wording_of(const expiring *e, const mlg_post_weight *weight, bool schemes,
                               bool employers)
{
    if (schemes && weight->orphans > 0.0) {
        return weight->people > 0.0
                   ? (e->comes ? T_finding_expiring_many_people : T_finding_ended_many_people)
                   : (e->comes ? T_finding_expiring_many_orphans : T_finding_ended_many_orphans);
    }
    if (schemes) {
        return e->comes ? T_finding_expiring_many_schemes : T_finding_ended_many_schemes;
    }
    if (employers) {
        return e->comes ? T_finding_expiring_many_employers : T_finding_ended_many_employers;
    }
    return e->comes ? T_finding_expiring_many : T_finding_ended_many;
}

/* {0} posts {1}..{4} when, {5} in the first months; {6} schemes or employers, {7} of which with {8}
 * posts, {9} with {10}; {11} schemes left without coordination, {12} one of them, {13} residents.
 */
static mlg_status say_many(expiring *e, mlg_findings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    tally two[2];
    double named = 0.0;
    mlg_arg args[14] = {mlg_arg_count((double) e->n)};

    TRY(find_first_two(e, C_posts_scheme, two, &named, err));
    const bool schemes = named > 0.0;
    if (!schemes) {
        TRY(find_first_two(e, C_posts_employer, two, &named, err));
    }
    const mlg_scope scope = schemes ? MLG_SCOPE_SCHEME : MLG_SCOPE_ACTOR;
    const mlg_post_weight weight = mlg_post_weigh_all(&e->weigher, e->gone);
    const double share = mlg_post_share(&e->weigher, &weight);
    const mlg_id orphan = heaviest_orphan(&e->weigher);
    mlg_finding *finding = mlg_finding_add(out, e->at, e->rule, share, err);
    TRY_ALLOC(err, finding);
    args[5] = mlg_arg_count(say_days(e, args + 1));
    args[6] = mlg_arg_count(named);
    for (int i = 0; i < 2; i++) {
        const bool some = two[i].party >= 0;
        args[7 + 2 * i] = some ? mlg_arg_label(scope, two[i].party) : mlg_arg_text("");
        args[8 + 2 * i] = mlg_arg_count(two[i].posts);
        if (some) {
            mlg_finding_subject(finding, scope, two[i].party);
        }
    }
    args[11] = mlg_arg_count(weight.orphans);
    args[12] = orphan >= 0 ? mlg_arg_label(MLG_SCOPE_SCHEME, orphan) : mlg_arg_text("");
    args[13] = mlg_arg_count(weight.people);
    mlg_finding_say(finding, wording_of(e, &weight, schemes, named > 0.0), args,
                    sizeof args / sizeof *args);
    if (weight.orphans < 2.0) {
        mlg_finding_at_most(finding, MLG_WARN);
    }
    for (int32_t row = 0; row < e->at->model->rows[MLG_POSTS].n; row++) {
        if (e->gone[row]) {
            mlg_evidence_row_of(finding, e->at->model, MLG_POSTS, row);
        }
    }
    limit(finding, false);
out:
    return status;
}

/* The post that alone leaves most schemes without coordination, or most residents; e->n: none. */
static size_t heaviest_post(expiring *e)
{
    size_t heaviest = e->n;
    mlg_post_weight most = {0};
    for (size_t i = 0; i < e->n; i++) {
        const mlg_post_weight one = mlg_post_weigh(&e->weigher, e->post[i].row, rows_of(e));
        if (one.orphans > most.orphans ||
            (one.orphans == most.orphans && one.orphans > 0.0 && one.people > most.people)) {
            most = one;
            heaviest = i;
        }
    }
    return heaviest;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

static mlg_status list_posts(expiring *e, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = e->at->model;
    const size_t rows = (size_t) model->rows[MLG_POSTS].n;

    e->post = mlg_alloc(rows, sizeof *e->post);
    TRY_ALLOC(err, e->post);
    e->gone = mlg_zalloc(rows, sizeof *e->gone);
    TRY_ALLOC(err, e->gone);
    for (int32_t row = 0; row < (int32_t) rows; row++) {
        const bool is_one =
            mlg_get_id(model, C_posts_person, row) != MLG_VACANT &&
            (e->comes ? mlg_post_is_ending(model, row) : mlg_post_has_ended(model, row));
        const ends of = is_one && e->comes
                            ? ends_of(model, row)
                            : (ends){.speaks = true, .last = mlg_post_end(model, row)};
        e->gone[row] = is_one;
        if (is_one && of.speaks) {
            size_t i = e->n++; /* by day, then by row */
            for (; i > 0 && mlg_post_end(model, e->post[i - 1].row) > mlg_post_end(model, row);
                 i--) {
                e->post[i] = e->post[i - 1];
            }
            e->post[i] = (post_end){row, of};
        }
    }
out:
    return status;
}

static mlg_status say(expiring *e, mlg_findings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool many = e->n > TOLD_ALONE;

    if (many) {
        TRY(say_many(e, out, err));
    }
    const size_t alone = many ? heaviest_post(e) : e->n;
    for (size_t i = 0; i < e->n; i++) {
        if (!many || i == alone) {
            TRY(say_one(e, &e->post[i], out, err));
        }
    }
out:
    return status;
}

mlg_status mlg_rule_expiring_posts(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = at->model;

    if (model == NULL || model->rows[MLG_POSTS].n == 0 || model->date == MLG_NO_DATE) {
        return MLG_OK;
    }
    for (int comes = 1; comes >= 0 && status == MLG_OK; comes--) {
        expiring e = {.at = at, .rule = rule, .comes = comes == 1};
        status = mlg_post_weigher_open(&e.weigher, at, err);
        if (status == MLG_OK) {
            status = list_posts(&e, err);
        }
        if (status == MLG_OK) {
            status = say(&e, out, err);
        }
        expiring_close(&e);
    }
    return status;
}
