/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/departure.h"

#include <math.h>

#include "maillage/turnover.h"
#include "measure/reach.h"
#include "measure/tenure.h"

/* The figures of a departure, a row a post; posts of one person have the same, since they
 * fall together. */

enum { MOST_FIGURES = 1 + MLG_MAX_PARTS };

/* Columns by leaver on their way to rows by post. The first is the value. */
typedef struct sheet {
    const char *const *names; /* [n_figures] NULL for the value */
    size_t n_figures;
    double *figures; /* [leavers * n_figures] */
} sheet;

static mlg_status sheet_open(sheet *s, const mlg_leavers *leavers, mlg_error *err)
{
    mlg_status status = MLG_OK;
    s->figures = mlg_alloc((size_t) leavers->n * s->n_figures, sizeof *s->figures);
    TRY_ALLOC(err, s->figures);
    for (size_t i = 0; i < (size_t) leavers->n * s->n_figures; i++) {
        s->figures[i] = NAN;
    }
out:
    return status;
}

static mlg_status list_sheet(const sheet *s, const char *id, int32_t view,
                             const mlg_leavers *leavers, mlg_text_key lack, mlg_values *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool defined = false;
    mlg_value *value = mlg_values_add(out, id, view, (size_t) leavers->n_posts, err);

    TRY_ALLOC(err, value);
    mlg_id *subject = mlg_value_subjects(value);
    double *column[MOST_FIGURES] = {NULL};
    bool made = subject != NULL;
    for (size_t k = 0; k < s->n_figures; k++) {
        column[k] = s->names[k] == NULL ? mlg_value_column_of(value, MLG_VALUE)
                                        : mlg_value_part_of(value, s->names[k]);
        made = made && column[k] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %d posts", id, (int) leavers->n_posts);
    }
    for (int32_t l = 0; l < leavers->n; l++) {
        for (int32_t i = leavers->leaver[l].first;
             i < leavers->leaver[l].first + leavers->leaver[l].n; i++) {
            subject[i] = leavers->post[i];
            for (size_t k = 0; k < s->n_figures; k++) {
                column[k][i] = s->figures[(size_t) l * s->n_figures + k];
            }
            defined = defined || !isnan(s->figures[(size_t) l * s->n_figures]);
        }
    }
    value->undefined = defined ? T_none : lack;
out:
    return status;
}

/* Why there is nobody to leave; T_none when there is. */
static mlg_text_key nobody(const mlg_model *model, const mlg_leavers *leavers)
{
    if (model == NULL || model->rows[MLG_POSTS].n == 0) {
        return T_why_no_posts;
    }
    return leavers->n == 0 ? T_why_no_held_post : T_none;
}

/* What a view lacks for a departure to be told on it. */
static mlg_text_key lacks(const mlg_context *context, int32_t view, const mlg_leavers *leavers)
{
    const mlg_text_key why = nobody(context->model, leavers);

    if (why != T_none) {
        return why;
    }
    if (view < 0) {
        return T_why_no_view;
    }
    return mlg_context_graph(context, view)->scope != MLG_SCOPE_ACTOR ? T_why_no_actor_view
                                                                      : T_none;
}

static mlg_status leavers_of(const mlg_context *context, mlg_leavers *leavers, mlg_error *err)
{
    *leavers = (mlg_leavers){0};
    return context->model == NULL ? MLG_OK : mlg_leavers_of(context->model, leavers, err);
}

static double with(const mlg_leavers *leavers, int32_t l)
{
    return leavers->leaver[l].n - 1;
}

/* ---- ties that outlast it ------------------------------------------------------------ */

static void put_outlast(double *to, const mlg_outlast *o)
{
    to[0] = o->expected;
    to[1] = o->ties;
    to[2] = o->seats;
    to[3] = o->held[MLG_CODE_OF(held_by, organisation)];
    to[4] = o->held[MLG_CODE_OF(held_by, person)];
    to[5] = o->held[MLG_CODE_OF(held_by, unknown)];
    to[6] = o->low;
    to[7] = o->high;
}

/* Nothing recorded is not nothing held: such a post has no expectation, and no interval. */
static mlg_status fill_outlast(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                               sheet *s, bool *drawn, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_carrieds rows = {0};
    double survival[MLG_N_SURVIVALS];
    size_t first = 0;
    const mlg_run *run = context->run;

    mlg_survivals_of(context->model, survival);
    TRY(mlg_carried_of(context, view, leavers, &rows, err));
    for (int32_t l = 0; l < leavers->n; l++) {
        double *to = s->figures + (size_t) l * s->n_figures;
        size_t end = first;
        while (end < rows.n && rows.items[end].leaver == l) {
            end++;
        }
        const mlg_random stream = mlg_random_stream(
            run->seed, "turnover.departure", mlg_context_view(context, view)->id, (uint64_t) l);
        mlg_outlast outlast = {0};
        if (end > first) {
            TRY(mlg_outlast_of(rows.items + first, end - first, survival, run, stream, &outlast,
                               err));
        } else {
            outlast.expected = outlast.low = outlast.high = NAN;
        }
        *drawn = *drawn || outlast.drawn;
        put_outlast(to, &outlast);
        to[8] = with(leavers, l);
        first = end;
    }
out:
    mlg_free(rows.items);
    return status;
}

mlg_status mlg_turnover_departure(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    static const char *const id = "turnover.departure";
    static const char *const names[] = {NULL,          "ties",         "rows",  "held_organisation",
                                        "held_person", "held_unknown", "low_5", "high_95",
                                        "with"};
    mlg_status status = MLG_OK;
    mlg_leavers leavers;
    sheet s = {.names = names, .n_figures = sizeof names / sizeof *names};
    bool drawn = false;

    TRY(leavers_of(context, &leavers, err));
    const mlg_text_key why = lacks(context, view, &leavers);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
        goto out;
    }
    TRY(sheet_open(&s, &leavers, err));
    TRY(fill_outlast(context, view, &leavers, &s, &drawn, err));
    TRY(list_sheet(&s, id, view, &leavers, T_why_no_row_of_posts, out, err));
    if (drawn) {
        mlg_value *value = &out->items[out->n - 1];
        value->draws = context->run->draws;
        value->caution = T_caution_drawn_interval;
    }
out:
    mlg_free(s.figures);
    mlg_leavers_free(&leavers);
    return status;
}

/* ---- pairs cut off --------------------------------------------------------------------- */

static double share_of(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static void fill_cuts(mlg_cutter *cutter, const mlg_leavers *leavers, sheet *s)
{
    for (int32_t l = 0; l < leavers->n; l++) {
        const mlg_cut cut = mlg_cut_of(cutter, l);
        double *to = s->figures + (size_t) l * s->n_figures;
        const double today = (double) cut.today;
        to[0] = cut.n_rows > 0 ? (double) cut.rows : NAN;
        to[1] = cut.n_rows > 0 || cut.stopped > 0 ? (double) cut.activities : NAN;
        to[2] = today;
        to[3] = share_of(to[0], today);
        to[4] = share_of(to[1], today);
        to[5] = cut.stopped;
        to[6] = with(leavers, l);
    }
}

static mlg_text_key lacks_sectors(const mlg_context *context, int32_t view,
                                  const mlg_leavers *leavers)
{
    const mlg_text_key why = lacks(context, view, leavers);
    if (why != T_none) {
        return why;
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    if (graph->projected && graph->n_ties == 0) {
        return T_why_no_ties;
    }
    return graph->n_sectors == 0  ? T_why_no_sectors
           : graph->n_sectors < 2 ? T_why_one_group
                                  : T_none;
}

mlg_status mlg_turnover_departure_pairs(mlg_context *context, int32_t view, mlg_values *out,
                                        mlg_error *err)
{
    static const char *const id = "turnover.departure.pairs";
    static const char *const names[] = {
        NULL,          "pairs_lost_with_activities", "pairs_today",
        "share_worst", "share_with_activities",      "activities_stopped",
        "with"};
    mlg_status status = MLG_OK;
    mlg_leavers leavers;
    mlg_cutter *cutter = NULL;
    sheet s = {.names = names, .n_figures = sizeof names / sizeof *names};

    TRY(leavers_of(context, &leavers, err));
    const mlg_text_key why = lacks_sectors(context, view, &leavers);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
        goto out;
    }
    TRY(sheet_open(&s, &leavers, err));
    TRY(mlg_cutter_open(context, view, &leavers, &cutter, err));
    fill_cuts(cutter, &leavers, &s);
    TRY(list_sheet(&s, id, view, &leavers, T_why_no_row_of_posts, out, err));
out:
    mlg_free(s.figures);
    mlg_cutter_free(cutter);
    mlg_leavers_free(&leavers);
    return status;
}

/* ---- what rests on it -------------------------------------------------------------------- */

/* Where no post is said to be elected or referent of a territory, none can be said to be lost. */
static bool knows_referents(const mlg_model *model, const mlg_leavers *leavers)
{
    for (size_t t = 0; t < model->territories.n; t++) {
        if (leavers->of_commune[t] != MLG_NO_LEAVER) {
            return true;
        }
    }
    return false;
}

static double count_of(const int32_t *by, size_t n, int32_t leaver)
{
    double count = 0.0;
    for (size_t i = 0; i < n; i++) {
        count += by[i] == leaver;
    }
    return count;
}

/* Different schemes of one leaver's rows, and those it coordinates; fte of the rows that say
 * one. `seen` [parties] is the leaver's number where it met a scheme, odd when it coordinates. */
static void count_schemes(const mlg_model *model, const mlg_leavers *leavers, int32_t l,
                          int64_t *seen, double *to)
{
    double all = 0.0, coordinated = 0.0, fte = NAN;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        if (leavers->of_row[row] != l) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            int64_t *met = &seen[schemes[i]];
            all += *met / 2 != l + 1;
            *met = *met / 2 != l + 1 ? 2 * ((int64_t) l + 1) : *met;
            if (mlg_row_coordinates(model, row) && *met % 2 == 0) {
                coordinated++;
                ++*met;
            }
        }
        const double own = mlg_get_number(model, C_posts_fte, row);
        fte = isnan(own) ? fte : isnan(fte) ? own : fte + own;
    }
    to[1] = all;
    to[2] = coordinated;
    to[6] = fte;
}

static mlg_status fill_reach(const mlg_model *model, const mlg_leavers *leavers, sheet *s,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_reach reach;
    const bool referents = knows_referents(model, leavers);
    int64_t *seen = mlg_zalloc(model->parties.n, sizeof *seen);

    TRY(mlg_reach_open(&reach, model, err));
    TRY_ALLOC(err, seen);
    for (int32_t l = 0; l < leavers->n; l++) {
        double *to = s->figures + (size_t) l * s->n_figures;
        mlg_reach_clear(&reach);
        for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
            if (leavers->of_row[row] == l) {
                mlg_reach_mark(&reach, row);
            }
        }
        count_schemes(model, leavers, l, seen, to);
        to[0] = count_of(leavers->of_scheme, model->parties.n, l);
        to[3] = count_of(leavers->of_activity, model->activities.n, l);
        to[4] = mlg_reach_people(&reach);
        to[5] = referents ? count_of(leavers->of_commune, model->territories.n, l) : NAN;
        to[7] = with(leavers, l);
    }
out:
    mlg_reach_close(&reach);
    mlg_free(seen);
    return status;
}

mlg_status mlg_turnover_departure_reach(mlg_context *context, int32_t view, mlg_values *out,
                                        mlg_error *err)
{
    static const char *const id = "turnover.departure.reach";
    static const char *const names[] = {NULL,          "schemes",
                                        "coordinated", "activities_unconvened",
                                        "population",  "communes_without_referent",
                                        "fte",         "with"};
    mlg_status status = MLG_OK;
    mlg_leavers leavers;
    sheet s = {.names = names, .n_figures = sizeof names / sizeof *names};

    TRY(leavers_of(context, &leavers, err));
    const mlg_text_key why = nobody(context->model, &leavers);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
        goto out;
    }
    TRY(sheet_open(&s, &leavers, err));
    TRY(fill_reach(context->model, &leavers, &s, err));
    TRY(list_sheet(&s, id, view, &leavers, T_none, out, err));
out:
    mlg_free(s.figures);
    mlg_leavers_free(&leavers);
    return status;
}
