/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scheme.h"
#include "measure/bodies.h"
#include "measure/post_ends.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"
#include "measure/tenure.h"

static const char *const ID = "scheme.ties_ending";

/* What a row joins, from the study's date on: two organisations, two schemes; an activity that is
 * an agreement stands alone, as `b`. */
typedef struct bond {
    mlg_id a, b;
    int32_t last; /* day, MLG_EVER_LAST: not known */
    bool now;     /* in force at the date */
} bond;

typedef enum bond_kind { TIES, AGREEMENTS, COORDINATIONS, N_KINDS } bond_kind;

typedef struct bonds {
    bond *items;
    size_t n, room;
} bonds;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    bonds of[N_KINDS];
    bool failed;
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    for (int kind = 0; kind < N_KINDS; kind++) {
        mlg_free(s->of[kind].items);
    }
}

static void push(survey *s, bond_kind kind, bond b)
{
    bonds *list = &s->of[kind];
    s->failed = s->failed || !mlg_grow(&list->items, &list->room, list->n + 1, sizeof *list->items);
    if (!s->failed) {
        list->items[list->n++] = b;
    }
}

/* A bond of two different ones, the lower first. */
static void join(survey *s, bond_kind kind, mlg_id a, mlg_id b, const bond *row)
{
    if (a >= 0 && b >= 0 && a != b) {
        push(s, kind, (bond){a < b ? a : b, a < b ? b : a, row->last, row->now});
    }
}

static bond row_bond(const mlg_model *model, mlg_table_id table, mlg_column end, int32_t row)
{
    return (bond){.last = mlg_get_span(model, end, row).last,
                  .now = mlg_row_in_force(model, table, row, model->date)};
}

/* ---- ties -------------------------------------------------------------------------------------
 */

/* Schemes a party stands for: itself, or those of its rows of posts.csv in force. */
static size_t schemes_of(const survey *s, mlg_id party, const mlg_id **out)
{
    size_t n = 0;
    const int32_t row = s->model->party_post_row[party];
    if ((s->model->party_flags[party] & MLG_IS_SCHEME) == 0 && row >= 0 &&
        mlg_holds_at_date(s->model, MLG_POSTS, row)) {
        *out = mlg_get_list(s->model, C_posts_scheme, row, &n);
    }
    return n;
}

/* The two ends of a row, each a scheme or a post of some. */
static void join_schemes(survey *s, const mlg_id *party, const bond *row)
{
    const mlg_id *schemes[2] = {&party[0], &party[1]};
    size_t n[2];

    for (int end = 0; end < 2; end++) {
        const bool scheme = mlg_scheme_place(&s->schemes, party[end]) >= 0;
        n[end] = scheme ? 1 : schemes_of(s, party[end], &schemes[end]);
    }
    for (size_t i = 0; i < n[0]; i++) {
        for (size_t j = 0; j < n[1]; j++) {
            if (mlg_scheme_place(&s->schemes, schemes[0][i]) >= 0 &&
                mlg_scheme_place(&s->schemes, schemes[1][j]) >= 0) {
                join(s, COORDINATIONS, schemes[0][i], schemes[1][j], row);
            }
        }
    }
}

static void each_tie(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const bool agreement = reading->kind == MLG_CODE_OF(tie_kind, agreement);
    const bond row = row_bond(s->model, MLG_TIES, C_ties_end, reading->row.row);
    bool scheme = false;

    if (reading->fate != MLG_ROW_COUNTS || reading->party[0] < 0 || reading->party[1] < 0) {
        return;
    }
    for (int end = 0; end < 2; end++) {
        const mlg_id subject = reading->subject[end];
        scheme = scheme || (subject >= 0 && s->model->party_kind[subject] == MLG_KIND_SCHEME);
    }
    if (!scheme) {
        join(s, agreement ? AGREEMENTS : TIES, reading->subject[0], reading->subject[1], &row);
    }
    join_schemes(s, reading->party, &row);
}

static mlg_status read_ties(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view view = {.source = MLG_FROM_TIES,
                           .by = MLG_BY_ORGANISATION,
                           .from = s->model->date,
                           .to = MLG_EVER_LAST,
                           .kind = -1};
    mlg_id *into = NULL;
    mlg_reader reader;

    TRY(mlg_collapse_parties(s->model, &view, &into, err));
    TRY(mlg_reader_open(&reader, s->model, &view, into, NULL, err));
    mlg_reader_each(&reader, each_tie, s);
out:
    mlg_free(into);
    return status;
}

/* ---- activities ------------------------------------------------------------------------------ */

/* Agreements, and bodies that serve several schemes. */
static void read_activities(survey *s)
{
    const mlg_model *model = s->model;

    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_activities_id, row);
        const bond of_row = row_bond(model, MLG_ACTIVITIES, C_activities_end, row);
        size_t n = 0;
        const mlg_id *schemes = mlg_get_list(model, C_activities_schemes, row, &n);
        if (activity < 0 || of_row.last < model->date) {
            continue;
        }
        if (mlg_activity_code(model, C_activities_kind, activity) ==
            MLG_CODE_OF(activity_kind, agreement)) {
            push(s, AGREEMENTS, (bond){-1, activity, of_row.last, of_row.now});
        }
        for (size_t i = 0; mlg_is_body(model, activity) && i < n; i++) {
            for (size_t j = i + 1; j < n; j++) {
                if (mlg_scheme_place(&s->schemes, schemes[i]) >= 0 &&
                    mlg_scheme_place(&s->schemes, schemes[j]) >= 0) {
                    join(s, COORDINATIONS, schemes[i], schemes[j], &of_row);
                }
            }
        }
    }
}

/* ---- counting ---------------------------------------------------------------------------------
 */

static int by_ends(const void *left, const void *right)
{
    const bond *a = left, *b = right;
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return a->b < b->b ? -1 : a->b > b->b;
}

/* One bond a pair: in force when one row is, and as long as the longest; those that are not in
 * force go. */
static void merge(bonds *list)
{
    size_t n = 0;

    if (list->n > 0) {
        qsort(list->items, list->n, sizeof *list->items, by_ends);
    }
    for (size_t i = 0; i < list->n;) {
        bond all = list->items[i];
        for (i++; i < list->n && by_ends(&all, &list->items[i]) == 0; i++) {
            all.now = all.now || list->items[i].now;
            all.last = all.last > list->items[i].last ? all.last : list->items[i].last;
        }
        if (all.now) {
            list->items[n++] = all;
        }
    }
    list->n = n;
}

/* A coordination ends with the first of its two schemes at the latest. */
static void end_with_schemes(survey *s)
{
    bonds *list = &s->of[COORDINATIONS];
    for (size_t i = 0; i < list->n; i++) {
        const mlg_id of[] = {list->items[i].a, list->items[i].b};
        for (int end = 0; end < 2; end++) {
            const int32_t last = mlg_scheme_end(s->model, of[end]);
            list->items[i].last = last < list->items[i].last ? last : list->items[i].last;
        }
    }
}

static mlg_status list_kind(const survey *s, bond_kind kind, int years, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    static const char *const conventions[N_KINDS][2] = {
        {"ties_12", "ties_24"},
        {"agreements_12", "agreements_24"},
        {"coordinations_12", "coordinations_24"},
    };
    static const mlg_text_key none[] = {T_why_no_tie_in_force, T_why_no_agreement_in_force,
                                        T_why_no_scheme_link};
    const bonds *list = &s->of[kind];
    const double all = (double) list->n;
    double known = 0.0, ending = 0.0;

    for (size_t i = 0; i < list->n; i++) {
        const int32_t last = list->items[i].last;
        known += last != MLG_EVER_LAST;
        ending += last != MLG_EVER_LAST && last - s->model->date <= years * MLG_YEAR_DAYS;
    }
    const mlg_figure figures[] = {
        {"all", all},
        {"end_known", known},
        {"end_unknown", all - known},
        {"ending", known > 0.0 ? ending : NAN},
        {"least", all > 0.0 ? ending / all : NAN},
        {"most", all > 0.0 ? (ending + all - known) / all : NAN},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = conventions[kind][years - 1],
                                             .value = known > 0.0 ? ending / known : NAN,
                                             .why = known > 0.0 ? T_none
                                                    : all > 0.0 ? T_why_no_end_known
                                                                : none[kind],
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_scheme_ties_ending(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    survey s = {.model = context->model};

    if (s.model == NULL || s.model->date == MLG_NO_DATE) {
        return mlg_values_undefined(out, ID, view, T_why_no_study_date, err);
    }
    TRY(mlg_schemes_of(s.model, &s.schemes, err));
    TRY(read_ties(&s, err));
    read_activities(&s);
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for ties", ID);
    }
    for (int kind = 0; kind < N_KINDS; kind++) {
        merge(&s.of[kind]);
    }
    end_with_schemes(&s);
    for (int kind = 0; kind < N_KINDS; kind++) {
        for (int years = 1; years <= 2; years++) {
            TRY(list_kind(&s, (bond_kind) kind, years, view, out, err));
        }
    }
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
