/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scheme.h"
#include "measure/post_ends.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* A post held at the date, in one scheme; in the whole study where the scheme is one past the
 * last. A post has one entry a row. */
typedef struct holding {
    int32_t scheme; /* place in the set */
    mlg_id post;
    bool coordinates, ends, end_known;
} holding;

/* Posts of one scheme, or of the study. */
typedef struct tally {
    double held, ending, end_known;
    double coordination, coordination_ending;
} tally;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    holding *holdings;
    size_t n, room;
    tally *tallies; /* [schemes.n + 1], the last of the study */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->holdings);
    mlg_free(s->tallies);
}

static mlg_status add(survey *s, holding h, mlg_error *err)
{
    if (!mlg_grow(&s->holdings, &s->room, s->n + 1, sizeof *s->holdings)) {
        return mlg_fail(err, MLG_ENOMEM, "scheme.expiring: no memory for %zu posts", s->n + 1);
    }
    s->holdings[s->n++] = h;
    return MLG_OK;
}

/* Rows in force that are not vacant; one whose holder is unknown is held. */
static mlg_status read_posts(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;

    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        if (mlg_get_id(model, C_posts_person, row) == MLG_VACANT ||
            !mlg_holds_at_date(model, MLG_POSTS, row)) {
            continue;
        }
        holding h = {
            .scheme = (int32_t) s->schemes.n,
            .post = mlg_get_id(model, C_posts_id, row),
            .coordinates = mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, coordinator),
            .ends = mlg_post_is_ending(model, row),
            .end_known = mlg_post_end(model, row) != MLG_EVER_LAST,
        };
        TRY(add(s, h, err));
        for (size_t i = 0; i < n; i++) {
            h.scheme = mlg_scheme_place(&s->schemes, schemes[i]);
            if (h.scheme >= 0) {
                TRY(add(s, h, err));
            }
        }
    }
out:
    return status;
}

static int by_scheme_and_post(const void *left, const void *right)
{
    const holding *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    return a->post < b->post ? -1 : a->post > b->post;
}

/* A post of several rows coordinates when one does, and ends when one of them does without a
 * sequel: a row that another goes on from does not end. */
static void count_posts(survey *s)
{
    if (s->n > 0) {
        qsort(s->holdings, s->n, sizeof *s->holdings, by_scheme_and_post);
    }
    for (size_t i = 0; i < s->n;) {
        holding post = s->holdings[i];
        for (i++; i < s->n && by_scheme_and_post(&post, &s->holdings[i]) == 0; i++) {
            post.coordinates = post.coordinates || s->holdings[i].coordinates;
            post.ends = post.ends || s->holdings[i].ends;
            post.end_known = post.end_known && s->holdings[i].end_known;
        }
        post.end_known = post.end_known || post.ends;
        tally *t = &s->tallies[post.scheme];
        t->held++;
        t->ending += post.ends;
        t->end_known += post.end_known;
        t->coordination += post.coordinates;
        t->coordination_ending += post.coordinates && post.ends;
    }
}

/* 1 when a scheme itself ends within a year, 0 when it lasts longer, NaN: its end is unknown. */
static double scheme_ends(const mlg_model *model, mlg_id scheme)
{
    const int32_t last = mlg_scheme_end(model, scheme);
    return last == MLG_EVER_LAST ? NAN : (double) (last - model->date <= MLG_YEAR_DAYS);
}

/* ---- values --------------------------------------------------------------------------------- */

enum { VALUE, HELD, ENDING, END_KNOWN, COORDINATION, COORDINATION_ENDING, ENDS_SOON, N_FIGURES };
static const char *const parts[] = {
    "held", "ending", "end_known", "coordination", "coordination_ending", "scheme_ends"};

static void figures_of(const tally *t, double *figure)
{
    figure[VALUE] = t->held > 0.0 ? t->ending / t->held : NAN;
    figure[HELD] = t->held;
    figure[ENDING] = t->held > 0.0 ? t->ending : NAN;
    figure[END_KNOWN] = t->held > 0.0 ? t->end_known : NAN;
    figure[COORDINATION] = t->coordination;
    figure[COORDINATION_ENDING] = t->coordination > 0.0 ? t->coordination_ending : NAN;
}

static mlg_status list_schemes(const survey *s, const mlg_id *subject, const double *figure,
                               int32_t view, mlg_values *out, mlg_error *err)
{
    return mlg_values_listing(out,
                              &(mlg_listing){.id = "scheme.expiring",
                                             .view = view,
                                             .scope = MLG_SCOPE_SCHEME,
                                             .why = T_why_no_post_held,
                                             .parts = parts,
                                             .n_parts = N_FIGURES - 1,
                                             .subject = subject,
                                             .figure = figure,
                                             .n = s->schemes.n},
                              err);
}

static mlg_status list_all(const survey *s, const double *figure, int32_t view, mlg_values *out,
                           mlg_error *err)
{
    const double *all = &figure[s->schemes.n * N_FIGURES];
    double coordinated = 0.0, losing = 0.0, dated = 0.0, ending = 0.0, ended = 0.0;

    for (size_t i = 0; i < s->schemes.n; i++) {
        const double *f = &figure[i * N_FIGURES];
        coordinated += f[COORDINATION] > 0.0;
        losing += f[COORDINATION] > 0.0 && f[COORDINATION_ENDING] == f[COORDINATION];
        dated += !isnan(f[ENDS_SOON]);
        ending += f[ENDS_SOON] == 1.0;
    }
    for (int32_t row = 0; row < s->model->rows[MLG_POSTS].n; row++) {
        ended += mlg_get_id(s->model, C_posts_person, row) != MLG_VACANT &&
                 mlg_post_has_ended(s->model, row);
    }
    const mlg_figure figures[] = {
        {"held", all[HELD]},
        {"ending", all[ENDING]},
        {"end_known", all[END_KNOWN]},
        {"ended", ended},
        {"schemes", (double) s->schemes.n},
        {"schemes_coordinated", coordinated},
        {"schemes_losing_coordination", losing},
        {"schemes_dated", dated},
        {"schemes_ending", ending},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "scheme.expiring",
                                             .view = view,
                                             .convention = "all_posts",
                                             .value = all[VALUE],
                                             .why = isnan(all[VALUE]) ? T_why_no_post_held : T_none,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status survey_open(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_schemes_of(s->model, &s->schemes, err));
    s->tallies = mlg_zalloc(s->schemes.n + 1, sizeof *s->tallies);
    TRY_ALLOC(err, s->tallies);
    TRY(read_posts(s, err));
    count_posts(s);
out:
    return status;
}

mlg_status mlg_scheme_expiring(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {.model = model};
    mlg_id *subject = NULL;
    double *figure = NULL;

    if (model == NULL || model->rows[MLG_POSTS].n == 0 || model->date == MLG_NO_DATE) {
        const bool undated = model != NULL && model->rows[MLG_POSTS].n > 0;
        return mlg_values_undefined(out, "scheme.expiring", view,
                                    undated ? T_why_no_study_date : T_why_no_posts, err);
    }
    TRY(survey_open(&s, err));
    subject = mlg_alloc(s.schemes.n, sizeof *subject);
    figure = mlg_alloc(s.schemes.n + 1, N_FIGURES * sizeof *figure);
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i <= s.schemes.n; i++) {
        double *f = &figure[i * N_FIGURES];
        figures_of(&s.tallies[i], f);
        f[ENDS_SOON] = NAN;
        if (i < s.schemes.n) {
            subject[i] = s.schemes.items[i].id;
            f[ENDS_SOON] = scheme_ends(model, subject[i]);
        }
    }
    if (s.schemes.n > 0) {
        TRY(list_schemes(&s, subject, figure, view, out, err));
    }
    TRY(list_all(&s, figure, view, out, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
