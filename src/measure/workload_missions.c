/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/workload.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* How the working time of posts divides between missions. */

static const char *const ID = "scheme.missions";

/* What is known of the time of one post, one scheme, or all. */
typedef struct time_of {
    double whole;       /* fte of rows that say a mission */
    double unnamed;     /* fte of rows that say none */
    double rows;        /* that say a mission */
    double without_fte; /* of them */
} time_of;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    size_t n_missions;
    int32_t *post_of; /* [parties] place among the posts, or -1 */
    mlg_id *post;     /* [n_posts] its party, or -1: a row that names neither post nor person */
    size_t n_posts;
    /* posts, then schemes, then all together */
    time_of *times;
    double *fte;  /* [things * n_missions] */
    bool *named;  /* [things * n_missions] */
    double *rows; /* [n_missions] rows that say the mission and no fte */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->post_of);
    mlg_free(s->post);
    mlg_free(s->times);
    mlg_free(s->fte);
    mlg_free(s->named);
    mlg_free(s->rows);
}

/* A row of a post that is held at the date. */
static bool counts(const mlg_model *model, int32_t row)
{
    return mlg_get_id(model, C_posts_person, row) != MLG_VACANT &&
           mlg_holds_at_date(model, MLG_POSTS, row);
}

static mlg_id post_of_row(const mlg_model *model, int32_t row)
{
    const mlg_id post = mlg_get_id(model, C_posts_id, row);
    return post >= 0 ? post : mlg_get_id(model, C_posts_person, row);
}

/* Rows of one post stand together; a row of nobody is a post by itself. */
static size_t place_post(survey *s, mlg_id party)
{
    if (party >= 0 && s->post_of[party] >= 0) {
        return (size_t) s->post_of[party];
    }
    if (party >= 0) {
        s->post_of[party] = (int32_t) s->n_posts;
    }
    s->post[s->n_posts] = party;
    return s->n_posts++;
}

/* A part of a row: all of it, or what falls to one of its schemes. */
static void add(survey *s, size_t thing, const int32_t *missions, size_t n, double fte)
{
    time_of *t = &s->times[thing];
    if (n == 0) {
        t->unnamed += isnan(fte) ? 0.0 : fte;
        return;
    }
    t->rows++;
    t->without_fte += isnan(fte);
    t->whole += isnan(fte) ? 0.0 : fte;
    for (size_t i = 0; i < n; i++) {
        const size_t cell = thing * s->n_missions + (size_t) missions[i];
        s->named[cell] = true;
        s->fte[cell] += isnan(fte) ? 0.0 : fte / (double) n;
    }
}

static void count_row(survey *s, int32_t row, size_t all)
{
    const mlg_model *model = s->model;
    size_t n = 0, n_schemes = 0;
    const int32_t *missions = mlg_get_list(model, C_posts_mission, row, &n);
    const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n_schemes);
    const double fte = mlg_get_number(model, C_posts_fte, row);

    add(s, place_post(s, post_of_row(model, row)), missions, n, fte);
    add(s, all, missions, n, fte);
    for (size_t i = 0; i < n_schemes; i++) {
        const int32_t place = mlg_scheme_place(&s->schemes, schemes[i]);
        if (place >= 0) {
            add(s, (size_t) model->rows[MLG_POSTS].n + (size_t) place, missions, n,
                fte / (double) n_schemes);
        }
    }
    for (size_t i = 0; i < n; i++) {
        s->rows[missions[i]] += isnan(fte);
    }
}

static mlg_status count(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;
    const size_t n_rows = (size_t) model->rows[MLG_POSTS].n;
    const size_t things = n_rows + s->schemes.n + 1;

    s->n_missions = (size_t) mlg_code_count(model, MLG_V_mission);
    s->post_of = mlg_alloc(model->parties.n, sizeof *s->post_of);
    s->post = mlg_alloc(n_rows, sizeof *s->post);
    s->times = mlg_zalloc(things, sizeof *s->times);
    s->fte = mlg_zalloc(things, s->n_missions * sizeof *s->fte);
    s->named = mlg_zalloc(things, s->n_missions * sizeof *s->named);
    s->rows = mlg_zalloc(s->n_missions, sizeof *s->rows);
    TRY_ALLOC(err, s->post_of);
    TRY_ALLOC(err, s->post);
    TRY_ALLOC(err, s->times);
    TRY_ALLOC(err, s->fte);
    TRY_ALLOC(err, s->named);
    TRY_ALLOC(err, s->rows);
    for (size_t i = 0; i < model->parties.n; i++) {
        s->post_of[i] = -1;
    }
    for (int32_t row = 0; row < (int32_t) n_rows; row++) {
        if (counts(model, row)) {
            count_row(s, row, things - 1);
        }
    }
out:
    return status;
}

/* ---- values ----------------------------------------------------------------------------- */

enum { EVENNESS, IQV, FTE, MISSIONS, LARGEST, ROWS, WITHOUT_FTE, UNNAMED, N_FIGURES };
static const char *const parts[] = {"iqv",  "fte",         "missions",           "largest_share",
                                    "rows", "without_fte", "fte_without_mission"};

static void figures_of(const survey *s, size_t thing, double *figure)
{
    const time_of *t = &s->times[thing];
    const double k = (double) s->n_missions;
    double entropy = 0.0, squares = 0.0, largest = 0.0, missions = 0.0;

    for (size_t m = 0; m < s->n_missions; m++) {
        const double part = t->whole > 0.0 ? s->fte[thing * s->n_missions + m] / t->whole : 0.0;
        entropy -= part > 0.0 ? part * log(part) : 0.0;
        squares += part * part;
        largest = fmax(largest, part);
        missions += s->named[thing * s->n_missions + m];
    }
    const bool known = t->whole > 0.0;
    figure[EVENNESS] = known ? fmin(1.0, entropy / log(k)) : NAN;
    figure[IQV] = known ? (1.0 - squares) * k / (k - 1.0) : NAN;
    figure[FTE] = known ? t->whole : NAN;
    figure[MISSIONS] = missions;
    figure[LARGEST] = known ? largest : NAN;
    figure[ROWS] = t->rows;
    figure[WITHOUT_FTE] = t->without_fte;
    figure[UNNAMED] = t->unnamed;
}

/* The posts or the schemes with a mission on record, from a first thing on. */
static mlg_status list_things(const survey *s, size_t first, size_t n, bool posts, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n, N_FIGURES * sizeof *figure);
    size_t listed = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < n; i++) {
        const mlg_id id = posts ? s->post[i] : s->schemes.items[i].id;
        if (id >= 0 && s->times[first + i].rows > 0.0) {
            subject[listed] = id;
            figures_of(s, first + i, &figure[listed++ * N_FIGURES]);
        }
    }
    if (listed > 0) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = ID,
                                              .view = view,
                                              .scope = posts ? MLG_SCOPE_POST : MLG_SCOPE_SCHEME,
                                              .convention = posts ? "by_post" : "by_scheme",
                                              .why = T_why_no_mission_time,
                                              .parts = parts,
                                              .n_parts = N_FIGURES - 1,
                                              .subject = subject,
                                              .figure = figure,
                                              .n = listed},
                               err));
    }
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* Every mission of the vocabulary: one that nobody's row names has no time on record. */
static mlg_status list_missions(const survey *s, size_t all, int32_t view, mlg_values *out,
                                mlg_error *err)
{
    enum { SHARE, OF_FTE, POSTS, NO_FTE, N };
    static const char *const names[] = {"fte", "posts", "rows_without_fte"};
    mlg_status status = MLG_OK;
    const double whole = s->times[all].whole;
    mlg_id *subject = mlg_alloc(s->n_missions, sizeof *subject);
    double *figure = mlg_zalloc(s->n_missions, N * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t m = 0; m < s->n_missions; m++) {
        double *of = &figure[m * N];
        subject[m] = (mlg_id) m;
        const double fte = s->fte[all * s->n_missions + m];
        const bool untold = fte == 0.0 && (s->rows[m] > 0.0 || !(whole > 0.0));
        of[OF_FTE] = untold ? NAN : fte;
        of[SHARE] = whole > 0.0 ? fte / whole : NAN;
        of[NO_FTE] = s->rows[m];
        for (size_t p = 0; p < s->n_posts; p++) {
            of[POSTS] += s->named[p * s->n_missions + m];
        }
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_MISSION,
                                          .convention = "by_mission",
                                          .why = T_why_no_mission_time,
                                          .parts = names,
                                          .n_parts = N - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = s->n_missions},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status list_all(const survey *s, size_t all, int32_t view, mlg_values *out,
                           mlg_error *err)
{
    double figure[N_FIGURES], posts = 0.0;
    mlg_figure figures[N_FIGURES + 1];

    figures_of(s, all, figure);
    for (size_t p = 0; p < s->n_posts; p++) {
        posts += s->times[p].rows > 0.0;
    }
    for (size_t k = 1; k < N_FIGURES; k++) {
        figures[k - 1] = (mlg_figure){parts[k - 1], figure[k]};
    }
    figures[N_FIGURES - 1] = (mlg_figure){"posts", (double) s->n_posts};
    figures[N_FIGURES] = (mlg_figure){"posts_known", posts};
    return mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "all_posts",
                       .value = figure[EVENNESS],
                       .why = isnan(figure[EVENNESS]) ? T_why_no_mission_time : T_none,
                       .figures = figures,
                       .n_figures = N_FIGURES + 1},
        err);
}

mlg_status mlg_scheme_missions(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {.model = model};

    if (model == NULL || model->rows[MLG_POSTS].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_posts, err);
    }
    TRY(mlg_schemes_of(model, &s.schemes, err));
    TRY(count(&s, err));
    const size_t first = (size_t) model->rows[MLG_POSTS].n, all = first + s.schemes.n;
    if (s.times[all].rows == 0.0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_mission, err));
        goto out;
    }
    TRY(list_missions(&s, all, view, out, err));
    TRY(list_things(&s, 0, s.n_posts, true, view, out, err));
    TRY(list_things(&s, first, s.schemes.n, false, view, out, err));
    TRY(list_all(&s, all, view, out, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
