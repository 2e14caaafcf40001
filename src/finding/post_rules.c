/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "finding/rule.h"
#include "measure/cover.h"
#include "measure/post_ends.h"
#include "measure/reach.h"
#include "measure/scheme_set.h"
#include "measure/tenure.h"

/* Posts that are vacant, posts and schemes that end within a year with nothing after. Facts of
 * posts.csv and schemes.csv: an empty holder is unknown, never vacant; an end is an expiry, not a
 * departure. */

/* What depends on posts: schemes in force, and who lives where they act. */
typedef struct reach {
    const mlg_model *model;
    mlg_reach land;
    double all_schemes;
    bool *held; /* [parties] scratch: schemes */
} reach;

static void reach_close(reach *r)
{
    mlg_reach_close(&r->land);
    mlg_free(r->held);
}

static mlg_status reach_open(reach *r, const mlg_rule_case *at, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *single =
        mlg_rule_value(at, "depend.single_coordinator_share", MLG_SCALAR, NULL);

    *r = (reach){.model = at->model};
    r->all_schemes = mlg_rule_part(single, "n_schemes", 0);
    TRY(mlg_reach_open(&r->land, at->model, err));
    r->held = mlg_zalloc(at->model->parties.n, sizeof *r->held);
    TRY_ALLOC(err, r->held);
out:
    return status;
}

/* Which rows one statement is about, beside its own. */
typedef bool rows_told(const mlg_model *model, int32_t row, int32_t other);

/* Do two rows say the same of one post: both vacant or both held, until the same day? */
static bool is_same_state(const mlg_model *model, int32_t row, int32_t other)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    const bool vacant = mlg_get_id(model, C_posts_person, row) == MLG_VACANT;
    return other == row || (post >= 0 && mlg_get_id(model, C_posts_id, other) == post &&
                            (mlg_get_id(model, C_posts_person, other) == MLG_VACANT) == vacant &&
                            mlg_post_end(model, other) == mlg_post_end(model, row));
}

/* Rows of one post that end within the year, were it not on the same day. */
static bool ends_too(const mlg_model *model, int32_t row, int32_t other)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    return other == row || (post >= 0 && mlg_get_id(model, C_posts_id, other) == post &&
                            mlg_get_id(model, C_posts_person, other) != MLG_VACANT &&
                            mlg_post_is_ending(model, other));
}

/* Marks where a row acts, and its schemes. */
static void mark_row(reach *r, int32_t row)
{
    size_t n = 0;
    const int32_t *list = mlg_get_list(r->model, C_posts_scheme, row, &n);

    mlg_reach_mark(&r->land, row);
    for (size_t i = 0; i < n; i++) {
        if (list[i] >= 0) {
            r->held[list[i]] = true;
        }
    }
}

/* What a post carries, by the rows that are told of it: its schemes, and the inhabitants of
 * its territory, or of its schemes' when it names none. Zero = not known. */
static void reach_of(reach *r, int32_t row, rows_told *told, double *schemes, double *people)
{
    const mlg_model *model = r->model;

    mlg_reach_clear(&r->land);
    for (size_t p = 0; p < model->parties.n; p++) {
        r->held[p] = false;
    }
    for (int32_t other = 0; other < model->rows[MLG_POSTS].n; other++) {
        if (told(model, row, other)) {
            mark_row(r, other);
        }
    }
    *schemes = 0.0;
    for (size_t p = 0; p < model->parties.n; p++) {
        *schemes += r->held[p];
    }
    const double known = mlg_reach_people(&r->land);
    *people = isnan(known) ? 0.0 : known;
}

static double touched(const reach *r, double schemes, double people)
{
    const double of_schemes = r->all_schemes > 0.0 ? schemes / r->all_schemes : NAN;
    const double all_people = r->land.all_people;
    const double of_people = all_people > 0.0 && people > 0.0 ? people / all_people : NAN;
    return fmax(of_schemes, of_people); /* the known one, when only one is */
}

/* The texts of one statement: about a post with an id, or one known by its scheme only;
 * and by what is known of its reach. */
typedef struct wording {
    mlg_text_key post, scheme; /* with schemes and people behind it */
    mlg_text_key post_alone, scheme_alone;
    mlg_text_key post_people, post_bare; /* a post of no scheme on record */
} wording;

static mlg_text_key wording_of(const wording *texts, bool has_post, double schemes, double people)
{
    if (!has_post) {
        return schemes > 0.0 && people > 0.0 ? texts->scheme : texts->scheme_alone;
    }
    if (schemes > 0.0) {
        return people > 0.0 ? texts->post : texts->post_alone;
    }
    return people > 0.0 ? texts->post_people : texts->post_bare;
}

static mlg_status say_post(const mlg_rule_case *at, const mlg_rule *rule, reach *r, int32_t row,
                           const wording *texts, rows_told *told, const mlg_arg *end,
                           mlg_findings *out, mlg_finding **said, mlg_error *err)
{
    const mlg_model *model = at->model;
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    double schemes = 0.0, people = 0.0;
    size_t n = 0;
    const int32_t *list = mlg_get_list(model, C_posts_scheme, row, &n);

    *said = NULL;
    if (post < 0 && n == 0) {
        return MLG_OK; /* nothing to call it by */
    }
    reach_of(r, row, told, &schemes, &people);
    mlg_finding *finding = mlg_finding_add(out, at, rule, touched(r, schemes, people), err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    if (schemes < 2.0 && finding->level > MLG_WARN) {
        finding->level =
            MLG_WARN; /* one scheme, however many live there: recording it is no fault */
    }
    const mlg_scope scope = post >= 0 ? MLG_SCOPE_POST : MLG_SCOPE_SCHEME;
    const mlg_id subject = post >= 0 ? post : list[0];
    const mlg_arg args[] = {mlg_arg_label(scope, subject),
                            mlg_arg_count(schemes),
                            mlg_arg_count(people),
                            end[0],
                            end[1],
                            end[2],
                            end[3],
                            end[4]};
    mlg_finding_say(finding, wording_of(texts, post >= 0, schemes, people), args,
                    sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, scope, subject);
    for (int32_t other = 0; other < model->rows[MLG_POSTS].n; other++) {
        if (told(model, row, other)) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, other);
        }
    }
    *said = finding;
    return MLG_OK;
}

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
    static const wording texts = {T_finding_vacant,        T_finding_vacant_scheme,
                                  T_finding_vacant_alone,  T_finding_vacant_scheme_alone,
                                  T_finding_vacant_people, T_finding_vacant_bare};
    const mlg_arg none[5] = {{0}};
    mlg_status status = MLG_OK;
    const mlg_model *model = at->model;
    reach r = {0};

    if (model == NULL || model->rows[MLG_POSTS].n == 0) {
        return MLG_OK;
    }
    TRY(reach_open(&r, at, err));
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        mlg_finding *finding = NULL;
        if (mlg_get_id(model, C_posts_person, row) != MLG_VACANT ||
            !mlg_holds_at_date(model, MLG_POSTS, row) || is_held_otherwise(model, row) ||
            is_said_before(model, row) || is_told_by_unit(at, row)) {
            continue;
        }
        TRY(say_post(at, rule, &r, row, &texts, is_same_state, none, out, &finding, err));
        if (finding != NULL) {
            vacant_lever(finding, model, row);
            mlg_finding_limit(finding, T_limit_as_recorded);
        }
    }
out:
    reach_close(&r);
    return status;
}

/* ---- expiring ---------------------------------------------------------------------------- */

/* Whole months of the calendar from one day to a later one: to the same day of the month, or
 * to the last of a month that has no such day. */
static int whole_months(int32_t first, int32_t last)
{
    int year = 0, month = 0, day = 0, to_year = 0, to_month = 0, to_day = 0, next_day = 0;
    int unused_year = 0, unused_month = 0;

    mlg_day_split(first, &year, &month, &day);
    mlg_day_split(last, &to_year, &to_month, &to_day);
    mlg_day_split(last + 1, &unused_year, &unused_month, &next_day);
    const bool reached = to_day >= day || next_day == 1;
    return 12 * (to_year - year) + to_month - month - (reached ? 0 : 1);
}

/* "in ", "4", " months": three arguments. What has ended did so a day ago at least. */
static void say_time(int32_t first, int32_t last, mlg_arg out[3])
{
    const int months = whole_months(first, last);
    const int n = months > 0 ? months : (int) (last - first);
    const mlg_text_key unit =
        months > 0 ? (n == 1 ? T_time_month : T_time_months) : (n == 1 ? T_time_day : T_time_days);

    out[0] = mlg_arg_key(n == 0 ? T_time_same_day : T_time_in);
    out[1] = n == 0 ? mlg_arg_text("") : mlg_arg_count(n);
    out[2] = mlg_arg_key(n == 0 ? T_none : unit);
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

mlg_status mlg_rule_expiring_posts(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                   mlg_error *err)
{
    static const wording coming = {T_finding_expiring,        T_finding_expiring_scheme,
                                   T_finding_expiring_alone,  T_finding_expiring_scheme_alone,
                                   T_finding_expiring_people, T_finding_expiring_bare};
    static const wording between = {
        T_finding_expiring_between,        T_finding_expiring_scheme,
        T_finding_expiring_between_alone,  T_finding_expiring_scheme_alone,
        T_finding_expiring_between_people, T_finding_expiring_between_bare};
    static const wording passed = {T_finding_ended,        T_finding_ended_scheme,
                                   T_finding_ended_alone,  T_finding_ended_scheme_alone,
                                   T_finding_ended_people, T_finding_ended_bare};
    mlg_status status = MLG_OK;
    const mlg_model *model = at->model;
    reach r = {0};

    if (model == NULL || model->rows[MLG_POSTS].n == 0 || model->date == MLG_NO_DATE) {
        return MLG_OK;
    }
    TRY(reach_open(&r, at, err));
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const int32_t last = mlg_post_end(model, row);
        const bool comes = mlg_post_is_ending(model, row);
        const ends of_post = comes ? ends_of(model, row) : (ends){.speaks = true, .last = last};
        mlg_finding *finding = NULL;
        if (mlg_get_id(model, C_posts_person, row) == MLG_VACANT ||
            (!comes && !mlg_post_has_ended(model, row)) || !of_post.speaks) {
            continue;
        }
        mlg_arg end[5] = {mlg_arg_date(last), {0}, {0}, {0}, mlg_arg_date(of_post.last)};
        say_time(comes ? model->date : last, comes ? last : model->date, end + 1);
        TRY(say_post(at, rule, &r, row,
                     !comes                ? &passed
                     : of_post.last > last ? &between
                                           : &coming,
                     comes ? ends_too : is_same_state, end, out, &finding, err));
        if (finding != NULL) {
            mlg_finding_measure(finding, "scheme.expiring");
            mlg_finding_lever(finding, T_lever_multi_year, "S0:276");
            mlg_finding_limit(finding, T_limit_no_follow_up);
            if (of_post.goes_on) {
                mlg_finding_limit(finding, T_limit_post_goes_on);
            }
            mlg_finding_limit(finding, T_limit_person);
        }
    }
out:
    reach_close(&r);
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
    say_time(model->date, found[0].day, args + 9);
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
