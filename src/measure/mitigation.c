/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/mitigation.h"

#include "measure/halves.h"

/* The remedies for the departure that cuts most, as values. */

/* That departure, and what was made for it. */
typedef struct worst {
    mlg_leavers leavers;
    mlg_cutter *cutter;
    int32_t leaver; /* -1: nobody cuts anybody off */
    int64_t lost;
} worst;

static void close_worst(worst *w)
{
    mlg_cutter_free(w->cutter);
    mlg_leavers_free(&w->leavers);
}

static mlg_text_key lacks(const mlg_context *context, int32_t view, const mlg_leavers *leavers)
{
    const mlg_graph *graph = view >= 0 ? mlg_context_graph(context, view) : NULL;
    return context->model == NULL || context->model->rows[MLG_POSTS].n == 0 ? T_why_no_posts
           : leavers->n == 0                                                ? T_why_no_held_post
           : graph == NULL                                                  ? T_why_no_view
           : graph->scope != MLG_SCOPE_ACTOR                                ? T_why_no_actor_view
           : graph->n_sectors == 0                                          ? T_why_no_sectors
           : graph->n_sectors < 2                                           ? T_why_one_group
                                                                            : T_none;
}

/* `why`: what is missing, or that no departure cuts anybody off. */
static mlg_status open_worst(const mlg_context *context, int32_t view, worst *w, mlg_text_key *why,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    *w = (worst){.leaver = -1};
    if (context->model != NULL) {
        TRY(mlg_leavers_of(context->model, &w->leavers, err));
    }
    *why = lacks(context, view, &w->leavers);
    if (*why != T_none) {
        return MLG_OK;
    }
    TRY(mlg_cutter_open(context, view, &w->leavers, &w->cutter, err));
    for (int32_t l = 0; l < w->leavers.n; l++) {
        const mlg_cut cut = mlg_cut_of(w->cutter, l);
        if (cut.activities > w->lost) {
            w->lost = cut.activities;
            w->leaver = l;
        }
    }
    *why = w->leaver < 0 ? T_why_no_departure_cuts : T_none;
out:
    return status;
}

static double share_of(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

/* Rows (subject, partner) of one remedy. */
static mlg_status list_remedy(const char *id, int32_t view, const worst *w, const mlg_remedy *r,
                              bool to_post, mlg_values *out, mlg_error *err)
{
    static const char *const names[] = {"gain",  "share",   "activities", "expected",
                                        "low_5", "high_95", "lost",       "proven"};
    enum { N = sizeof names / sizeof *names };
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, (size_t) r->n, err);
    double *column[N] = {NULL};

    TRY_ALLOC(err, value);
    mlg_id *subject = mlg_value_subjects(value);
    double *pairs = mlg_value_column_of(value, MLG_VALUE);
    bool made = subject != NULL && pairs != NULL;
    for (size_t k = 0; k < N; k++) {
        column[k] = mlg_value_part_of(value, names[k]);
        made = made && column[k] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %d rows", id, (int) r->n);
    }
    for (int32_t i = 0; i < r->n; i++) {
        const mlg_id post = w->leavers.post[w->leavers.leaver[w->leaver].first];
        const double now = (double) r->pairs[i], before = i > 0 ? (double) r->pairs[i - 1] : 0.0;
        const double last = i + 1 == r->n ? 1.0 : NAN;
        const double row[N] = {now - before,     share_of(now, (double) w->lost),
                               r->activities[i], last * r->expected,
                               last * r->low,    last * r->high,
                               (double) w->lost, r->proven ? 1.0 : 0.0};
        subject[(size_t) 2 * (size_t) i] = to_post ? post : r->to[i];
        subject[(size_t) 2 * (size_t) i + 1] = r->what[i];
        pairs[i] = now;
        for (size_t k = 0; k < N; k++) {
            column[k][i] = row[k];
        }
    }
    value->draws = r->draws;
    value->caution = r->proven ? T_none : T_caution_best_found;
    value->undefined = r->n == 0 ? T_why_no_remedy : T_none;
out:
    return status;
}

typedef enum kind { AGREEMENTS, INTRODUCTIONS, DEPUTIES } kind;

static mlg_status one_kind(mlg_context *context, int32_t view, const char *id, kind which,
                           mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    worst w;
    mlg_text_key why = T_none;
    mlg_remedies found;

    TRY(open_worst(context, view, &w, &why, err));
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
        goto out;
    }
    TRY(mlg_remedies_of(context, view, &w.leavers, w.leaver, w.cutter,
                        (int32_t) context->run->budget, &found, err));
    TRY(list_remedy(id, view, &w,
                    which == AGREEMENTS      ? &found.agreements
                    : which == INTRODUCTIONS ? &found.introductions
                                             : &found.deputies,
                    which == DEPUTIES, out, err));
out:
    close_worst(&w);
    return status;
}

mlg_status mlg_turnover_mitigation_agreements(mlg_context *context, int32_t view, mlg_values *out,
                                              mlg_error *err)
{
    return one_kind(context, view, "turnover.mitigation.agreements", AGREEMENTS, out, err);
}

mlg_status mlg_turnover_mitigation_introductions(mlg_context *context, int32_t view,
                                                 mlg_values *out, mlg_error *err)
{
    return one_kind(context, view, "turnover.mitigation.introductions", INTRODUCTIONS, out, err);
}

mlg_status mlg_turnover_mitigation_deputies(mlg_context *context, int32_t view, mlg_values *out,
                                            mlg_error *err)
{
    return one_kind(context, view, "turnover.mitigation.deputies", DEPUTIES, out, err);
}

/* ---- a second coordinator ---------------------------------------------------------------- */

static mlg_status list_halves(const char *id, int32_t view, const mlg_halves *h, int64_t lost,
                              mlg_values *out, mlg_error *err)
{
    static const char *const names[] = {
        "population", "other_population", "lost_now", "lost_first", "lost_second",
        "across",     "conductance",      "partners", "placed",     "balanced"};
    enum { N = sizeof names / sizeof *names };
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, (size_t) h->n, err);
    double *column[N] = {NULL};

    TRY_ALLOC(err, value);
    mlg_id *subject = mlg_value_subjects(value);
    double *side = mlg_value_column_of(value, MLG_VALUE);
    bool made = subject != NULL && side != NULL;
    for (size_t k = 0; k < N; k++) {
        column[k] = mlg_value_part_of(value, names[k]);
        made = made && column[k] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %d territories", id, (int) h->n);
    }
    for (int32_t i = 0; i < h->n; i++) {
        const double row[N] = {h->people[h->side[i]],
                               h->people[1 - h->side[i]],
                               (double) lost,
                               (double) h->lost[0],
                               (double) h->lost[1],
                               h->across,
                               h->conductance,
                               h->partners,
                               h->placed,
                               h->balanced ? 1.0 : 0.0};
        subject[i] = h->territory[i];
        side[i] = h->side[i] + 1;
        for (size_t k = 0; k < N; k++) {
            column[k][i] = row[k];
        }
    }
    value->undefined = h->n == 0 ? T_why_no_halves : T_none;
out:
    return status;
}

mlg_status mlg_turnover_mitigation_second_coordinator(mlg_context *context, int32_t view,
                                                      mlg_values *out, mlg_error *err)
{
    static const char *const id = "turnover.mitigation.second_coordinator";
    mlg_status status = MLG_OK;
    worst w;
    mlg_rest rest = {0};
    mlg_halves halves;
    mlg_text_key why = T_none;

    TRY(open_worst(context, view, &w, &why, err));
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
        goto out;
    }
    TRY(mlg_rest_of(context, view, &w.leavers, w.leaver, true, w.cutter, &rest, err));
    const mlg_departure of = {context, view, mlg_context_graph(context, view), &w.leavers, w.leaver,
                              &rest,   2};
    TRY(mlg_halves_of(&of, &halves, err));
    TRY(list_halves(id, view, &halves, w.lost, out, err));
out:
    mlg_rest_free(&rest);
    close_worst(&w);
    return status;
}
