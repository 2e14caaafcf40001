/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "finding/post_weight.h"

#include <math.h>

#include "measure/departure.h"
#include "measure/post_ends.h"
#include "measure/tenure.h"

void mlg_post_weigher_close(mlg_post_weigher *w)
{
    mlg_reach_close(&w->land);
    mlg_free(w->on_record);
    mlg_free(w->orphan);
}

mlg_status mlg_post_weigher_open(mlg_post_weigher *w, const mlg_rule_case *at, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *single =
        mlg_rule_value(at, "depend.single_coordinator_share", MLG_SCALAR, NULL);

    *w = (mlg_post_weigher){.model = at->model};
    w->all_schemes = mlg_rule_part(single, "n_schemes", 0);
    TRY(mlg_reach_open(&w->land, at->model, err));
    w->on_record = mlg_zalloc(at->model->parties.n, sizeof *w->on_record);
    TRY_ALLOC(err, w->on_record);
    w->orphan = mlg_zalloc(at->model->parties.n, sizeof *w->orphan);
    TRY_ALLOC(err, w->orphan);
out:
    return status;
}

/* ---- what hangs on it -------------------------------------------------------------------- */

static bool is_in_force(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    return row < 0 || mlg_holds_at_date(model, MLG_SCHEMES, row);
}

/* The rows that a statement is about: by a test, or marked. */
typedef struct going {
    const mlg_model *model;
    int32_t row;
    mlg_post_rows *told;
    const bool *gone; /* [rows] or NULL */
} going;

static bool goes(const going *g, int32_t row)
{
    return g->gone != NULL ? g->gone[row] : g->told(g->model, g->row, row);
}

static void mark_schemes(const mlg_model *model, int32_t row, bool value, bool *marks)
{
    size_t n = 0;
    const int32_t *list = mlg_get_list(model, C_posts_scheme, row, &n);
    for (size_t i = 0; i < n; i++) {
        if (list[i] >= 0) {
            marks[list[i]] = value;
        }
    }
}

/* Schemes that rows which go coordinate, without those that a row which stays does. */
static void find_orphans(mlg_post_weigher *w, const going *g, mlg_post_weight *weight)
{
    const mlg_model *model = w->model;

    for (size_t p = 0; p < model->parties.n; p++) {
        w->on_record[p] = w->orphan[p] = false;
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (goes(g, row)) {
            mark_schemes(model, row, true, w->on_record);
            weight->roles = weight->roles && mlg_get_id(model, C_posts_role, row) >= 0;
            if (mlg_row_coordinates(model, row)) {
                mark_schemes(model, row, true, w->orphan);
            }
        }
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (mlg_row_coordinates(model, row) && mlg_holds_at_date(model, MLG_POSTS, row) &&
            mlg_get_id(model, C_posts_person, row) != MLG_VACANT && !goes(g, row)) {
            mark_schemes(model, row, false, w->orphan);
        }
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        w->orphan[p] = w->orphan[p] && is_in_force(model, (mlg_id) p);
        weight->schemes += w->on_record[p];
        weight->orphans += w->orphan[p];
    }
}

/* Where a row acts, when all of its schemes are orphans, or it has none; else where those that are
 * act. */
static void mark_land(mlg_post_weigher *w, int32_t row)
{
    size_t n = 0, orphans = 0;
    const int32_t *list = mlg_get_list(w->model, C_posts_scheme, row, &n);

    for (size_t i = 0; i < n; i++) {
        orphans += list[i] >= 0 && w->orphan[list[i]];
    }
    if (orphans == n) {
        mlg_reach_mark(&w->land, row);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (list[i] >= 0 && w->orphan[list[i]]) {
            mlg_reach_mark_scheme(&w->land, list[i]);
        }
    }
}

static mlg_post_weight weigh(mlg_post_weigher *w, const going *g)
{
    mlg_post_weight weight = {.roles = true};

    find_orphans(w, g, &weight);
    mlg_reach_clear(&w->land);
    for (int32_t row = 0; row < w->model->rows[MLG_POSTS].n; row++) {
        const bool acts = weight.schemes == 0.0 || mlg_row_coordinates(w->model, row);
        if (goes(g, row) && acts) {
            mark_land(w, row);
        }
    }
    const double known = mlg_reach_people(&w->land);
    weight.people = isnan(known) ? 0.0 : known;
    return weight;
}

mlg_post_weight mlg_post_weigh(mlg_post_weigher *w, int32_t row, mlg_post_rows *told)
{
    return weigh(w, &(going){.model = w->model, .row = row, .told = told});
}

mlg_post_weight mlg_post_weigh_all(mlg_post_weigher *w, const bool *gone)
{
    return weigh(w, &(going){.model = w->model, .gone = gone});
}

double mlg_post_share(const mlg_post_weigher *w, const mlg_post_weight *weight)
{
    const double of_schemes = w->all_schemes > 0.0 ? weight->orphans / w->all_schemes : NAN;
    const double all_people = w->land.all_people;
    const double of_people =
        all_people > 0.0 && weight->people > 0.0 ? weight->people / all_people : NAN;
    return fmax(of_schemes, of_people); /* the known one, when only one is */
}

/* ---- sentences ---------------------------------------------------------------------------- */

bool mlg_post_same_state(const mlg_model *model, int32_t row, int32_t other)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    const bool vacant = mlg_get_id(model, C_posts_person, row) == MLG_VACANT;
    return other == row || (post >= 0 && mlg_get_id(model, C_posts_id, other) == post &&
                            (mlg_get_id(model, C_posts_person, other) == MLG_VACANT) == vacant &&
                            mlg_post_end(model, other) == mlg_post_end(model, row));
}

/* Its one scheme, else its employer, else the first of its schemes. */
static void say_whose(const mlg_post_weigher *w, int32_t row, double schemes, mlg_arg out[3])
{
    size_t n = 0, n_employers = 0;
    const int32_t *list = mlg_get_list(w->model, C_posts_scheme, row, &n);
    const int32_t *employers = mlg_get_list(w->model, C_posts_employer, row, &n_employers);

    if (n > 0 && list[0] >= 0 && (schemes == 1.0 || n_employers == 0)) {
        out[0] = mlg_arg_key(T_whose_scheme);
        out[1] = mlg_arg_label(MLG_SCOPE_SCHEME, list[0]);
        out[2] = mlg_arg_key(schemes > 1.0 ? T_whose_more : T_whose_end);
    } else if (n_employers > 0) {
        out[0] = mlg_arg_key(T_whose_employer);
        out[1] = mlg_arg_label(MLG_SCOPE_ACTOR, employers[0]);
        out[2] = mlg_arg_key(T_whose_end);
    } else {
        out[0] = out[2] = mlg_arg_key(T_none);
        out[1] = mlg_arg_text("");
    }
}

static mlg_text_key wording_of(const mlg_post_wording *texts, const mlg_post_weight *weight)
{
    if (weight->orphans > 0.0) {
        return weight->people > 0.0 ? texts->orphans_people : texts->orphans;
    }
    if (weight->schemes > 0.0 && weight->roles) {
        return texts->none;
    }
    return weight->people > 0.0 ? texts->people : texts->bare;
}

mlg_finding *mlg_say_post(const mlg_rule_case *at, const mlg_rule *rule, mlg_post_weigher *w,
                          int32_t row, const mlg_post_wording *texts, mlg_post_rows *told,
                          const mlg_arg mine[5], mlg_findings *out, mlg_error *err)
{
    const mlg_model *model = at->model;
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    const mlg_post_weight weight = mlg_post_weigh(w, row, told);
    mlg_finding *finding = mlg_finding_add(out, at, rule, mlg_post_share(w, &weight), err);
    mlg_arg args[11] = {mlg_arg_label(MLG_SCOPE_POST, post),
                        mlg_arg_count(weight.orphans),
                        mlg_arg_count(weight.people),
                        mine[0],
                        mine[1],
                        mine[2],
                        mine[3],
                        mine[4]};

    if (finding == NULL) {
        return NULL;
    }
    if (weight.orphans < 2.0) { /* however many live there: recording it is no fault */
        mlg_finding_at_most(finding, MLG_WARN);
    }
    say_whose(w, row, weight.schemes, args + 8);
    mlg_finding_say(finding, wording_of(texts, &weight), args, sizeof args / sizeof args[0]);
    mlg_finding_subject(finding, MLG_SCOPE_POST, post);
    for (int32_t other = 0; other < model->rows[MLG_POSTS].n; other++) {
        if (told(model, row, other)) {
            mlg_evidence_row_of(finding, model, MLG_POSTS, other);
        }
    }
    return finding;
}

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
void mlg_say_time(int32_t first, int32_t last, mlg_arg out[3])
{
    const int months = whole_months(first, last);
    const int n = months > 0 ? months : (int) (last - first);
    const mlg_text_key unit =
        months > 0 ? (n == 1 ? T_time_month : T_time_months) : (n == 1 ? T_time_day : T_time_days);

    out[0] = mlg_arg_key(n == 0 ? T_time_same_day : T_time_in);
    out[1] = n == 0 ? mlg_arg_text("") : mlg_arg_count(n);
    out[2] = mlg_arg_key(n == 0 ? T_none : unit);
}
