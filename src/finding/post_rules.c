/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "finding/post_weight.h"
#include "measure/cover.h"
#include "measure/post_ends.h"
#include "measure/scheme_set.h"
#include "measure/tenure.h"

/* Posts that are vacant, and schemes that end within a year with nothing after. Facts of posts.csv
 * and schemes.csv: an empty holder is unknown, never vacant. */

/* ---- vacant ---------------------------------------------------------------------------- */

/* Is another row of the same post in force, with a holder or an unknown one? */
static bool is_held_otherwise(const mlg_model *model, int32_t row)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    for (int32_t other = 0; post >= 0 && other < model->rows[MLG_POSTS].n; other++) {
        if (mlg_get_id(model, C_posts_id, other) == post &&
            mlg_get_id(model, C_posts_person, other) != MLG_VACANT &&
            mlg_holds_at_date(model, MLG_POSTS, other)) {
            return true;
        }
    }
    return false;
}

/* Several rows may say that one post is vacant: the first speaks. */
static bool is_said_before(const mlg_model *model, int32_t row)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    for (int32_t other = 0; post >= 0 && other < row; other++) {
        if (mlg_get_id(model, C_posts_id, other) == post &&
            mlg_get_id(model, C_posts_person, other) == MLG_VACANT &&
            mlg_holds_at_date(model, MLG_POSTS, other)) {
            return true;
        }
    }
    return false;
}

/* A commune's referent, in no scheme: the finding on units without a referent counts it. */
static bool is_told_by_unit(const mlg_rule_case *at, int32_t row)
{
    const mlg_value *units = mlg_rule_value(at, "scale.referents", MLG_VECTOR, NULL);
    const mlg_id place = mlg_get_id(at->model, C_posts_territory, row);
    size_t n = 0;
    mlg_get_list(at->model, C_posts_scheme, row, &n);
    for (size_t i = 0; units != NULL && n == 0 && i < units->n; i++) {
        if (units->subject[i] == place) {
            return mlg_post_refers(at->model, row) && mlg_rule_number(units, MLG_VALUE, i) == 0.0;
        }
    }
    return false;
}

/* What the documents recommend fits the role: whoever will coordinate needs a clear letter of
 * mission and backing (S0:299), which a vacancy is the time to settle; agreements of several
 * years (S0:276) answer calls for projects, and why a post is vacant is not on record. Of other
 * roles they say nothing. */
static void vacant_lever(mlg_finding *finding, const mlg_model *model, int32_t row)
{
    const int32_t role = mlg_get_id(model, C_posts_role, row);
    if (role == MLG_CODE_OF(role, coordinator)) {
        mlg_finding_lever(finding, T_lever_mission_letter, "S0:299");
    } else if (role == MLG_CODE_OF(role, elected) || role == MLG_CODE_OF(role, director)) {
        mlg_finding_lever(finding, T_lever_triptych, "S1:215");
    }
}

mlg_status mlg_rule_vacant_posts(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                 mlg_error *err)
{
    static const mlg_post_wording texts = {T_finding_vacant, T_finding_vacant_alone,
                                           T_finding_vacant_none, T_finding_vacant_people,
                                           T_finding_vacant_bare};
    const mlg_arg none[5] = {{0}};
    mlg_status status = MLG_OK;
    const mlg_model *model = at->model;
    mlg_post_weigher w = {0};

    if (model == NULL || model->rows[MLG_POSTS].n == 0) {
        return MLG_OK;
    }
    TRY(mlg_post_weigher_open(&w, at, err));
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_get_id(model, C_posts_person, row) != MLG_VACANT ||
            !mlg_holds_at_date(model, MLG_POSTS, row) || is_held_otherwise(model, row) ||
            is_said_before(model, row) || is_told_by_unit(at, row)) {
            continue;
        }
        mlg_finding *finding =
            mlg_say_post(at, rule, &w, row, &texts, mlg_post_same_state, none, out, err);
        TRY_ALLOC(err, finding);
        vacant_lever(finding, model, row);
        mlg_finding_limit(finding, T_limit_as_recorded);
    }
out:
    mlg_post_weigher_close(&w);
    return status;
}

/* ---- schemes that end --------------------------------------------------------------------- */

/* A scheme in force that ends, the last of its rows. */
typedef struct ending {
    mlg_id scheme;
    int32_t day;
} ending;

static int by_day(const void *left, const void *right)
{
    const ending *a = left, *b = right;
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    return a->scheme < b->scheme ? -1 : a->scheme > b->scheme;
}

/* Does another scheme that grew out of it last longer? */
static bool has_heir(const mlg_model *model, const ending *of)
{
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        size_t n = 0;
        const mlg_id *parents = mlg_get_list(model, C_schemes_parent, row, &n);
        for (size_t i = 0; i < n; i++) {
            if (parents[i] == of->scheme && mlg_get_id(model, C_schemes_id, row) != of->scheme &&
                mlg_get_span(model, C_schemes_end, row).last > of->day) {
                return true;
            }
        }
    }
    return false;
}

/* The schemes that end within a year with nothing after, the first to end first. */
static mlg_status find_endings(const mlg_model *model, const mlg_scheme_set *set, ending **out,
                               size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ending *found = mlg_alloc(set->n, sizeof *found);

    *out = found;
    *n = 0;
    TRY_ALLOC(err, found);
    for (size_t i = 0; i < set->n; i++) {
        const ending one = {set->items[i].id, mlg_scheme_end(model, set->items[i].id)};
        if (one.day != MLG_EVER_LAST && one.day >= model->date &&
            one.day - model->date <= MLG_YEAR_DAYS && !has_heir(model, &one)) {
            found[(*n)++] = one;
        }
    }
    if (*n > 0) {
        qsort(found, *n, sizeof *found, by_day);
    }
out:
    return status;
}

enum { SCHEMES_NAMED = 3 };

static void say_endings(mlg_finding *finding, const mlg_model *model, const ending *found, size_t n,
                        size_t of)
{
    static const mlg_text_key texts[] = {T_finding_scheme_ends_1, T_finding_scheme_ends_2,
                                         T_finding_scheme_ends_3, T_finding_scheme_ends_more};
    const double others = n > SCHEMES_NAMED ? (double) (n - SCHEMES_NAMED) : 0.0;
    mlg_arg args[2 * SCHEMES_NAMED + 6] = {{0}};

    for (size_t i = 0; i < SCHEMES_NAMED; i++) {
        const ending *one = &found[i < n ? i : 0];
        args[2 * i] = mlg_arg_label(MLG_SCOPE_SCHEME, one->scheme);
        args[2 * i + 1] = mlg_arg_date(one->day);
    }
    args[6] = mlg_arg_count((double) n);
    args[7] = mlg_arg_count((double) of);
    args[8] = mlg_arg_count(others);
    mlg_say_time(model->date, found[0].day, args + 9);
    mlg_finding_say(finding, texts[n > SCHEMES_NAMED ? SCHEMES_NAMED : n - 1], args,
                    sizeof args / sizeof args[0]);
    for (size_t i = 0; i < n; i++) {
        mlg_finding_subject(finding, MLG_SCOPE_SCHEME, found[i].scheme);
    }
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        for (size_t i = 0; i < n; i++) {
            if (mlg_get_id(model, C_schemes_id, row) == found[i].scheme) {
                mlg_evidence_row_of(finding, model, MLG_SCHEMES, row);
            }
        }
    }
}

mlg_status mlg_rule_ending_schemes(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = at->model;
    mlg_scheme_set set = {0};
    ending *found = NULL;
    size_t n = 0;

    if (model == NULL || model->rows[MLG_SCHEMES].n == 0 || model->date == MLG_NO_DATE) {
        return MLG_OK;
    }
    TRY(mlg_schemes_of(model, &set, err));
    TRY(find_endings(model, &set, &found, &n, err));
    if (n > 0) {
        mlg_finding *finding = mlg_finding_add(out, at, rule, (double) n / (double) set.n, err);
        TRY_ALLOC(err, finding);
        say_endings(finding, model, found, n, set.n);
        mlg_finding_measure(finding, "scheme.expiring");
        mlg_finding_limit(finding, T_limit_scheme_end);
    }
out:
    mlg_free(found);
    mlg_schemes_free(&set);
    return status;
}
