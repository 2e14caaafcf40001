/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/scheme.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"
#include "measure/thirds.h"

/* The actions of one scheme, or of the study. */
typedef struct tally {
    mlg_thirds thirds; /* those that say a determinant */
    double unknown;    /* those that say none */
    double p;
} tally;

typedef struct survey {
    mlg_context *context;
    mlg_scheme_set schemes;
    tally *tallies; /* [schemes.n + 1], the last of the study */
    bool drawn;     /* some p comes from draws */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->tallies);
}

/* The fields an activity says, as bits of their codes; 0 = none. */
static unsigned fields_of(const mlg_model *model, mlg_id activity)
{
    const int32_t row = model->activity_row[activity];
    size_t n = 0;
    const int32_t *codes = row >= 0 ? mlg_get_list(model, C_activities_determinant, row, &n) : NULL;
    unsigned fields = 0;
    for (size_t i = 0; i < n; i++) {
        fields |= codes[i] >= 0 && codes[i] < 3 ? 1u << codes[i] : 0u;
    }
    return fields;
}

static void count(tally *t, unsigned fields)
{
    if (fields != 0) {
        mlg_thirds_add(&t->thirds, fields);
    } else {
        t->unknown++;
    }
}

/* An activity is asked when it is an action, or says a determinant whatever it is. */
static void count_actions(survey *s)
{
    const mlg_model *model = s->context->model;
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_activity_schemes(model, a, &n);
        const unsigned fields = fields_of(model, a);
        const bool asked = fields != 0 || mlg_activity_code(model, C_activities_kind, a) ==
                                              MLG_CODE_OF(activity_kind, action);
        if (!asked || !mlg_activity_is_recent(model, a)) {
            continue;
        }
        count(&s->tallies[s->schemes.n], fields);
        for (size_t i = 0; i < n; i++) {
            const int32_t place = mlg_scheme_place(&s->schemes, schemes[i]);
            if (place >= 0) {
                count(&s->tallies[place], fields);
            }
        }
    }
}

static void test(survey *s)
{
    const mlg_model *model = s->context->model;
    const mlg_run *run = s->context->run;
    for (size_t i = 0; i <= s->schemes.n; i++) {
        tally *t = &s->tallies[i];
        const char *which =
            i < s->schemes.n ? mlg_names_text(&model->parties, s->schemes.items[i].id) : "";
        if (mlg_thirds_n(&t->thirds) == 0) {
            t->p = NAN;
        } else if (mlg_thirds_is_small(&t->thirds)) {
            t->p = mlg_thirds_p(&t->thirds);
        } else {
            t->p =
                mlg_thirds_draw_p(&t->thirds, run->seed, "scheme.determinants", which, run->draws);
            s->drawn = true;
        }
    }
}

/* ---- values ----------------------------------------------------------------------------- */

enum { VALUE, FIELD, ACTIONS = FIELD + 3, SEVERAL, UNKNOWN, N_FIGURES };
static const char *const parts[] = {
    "health_system", "living_environment", "habits", "actions", "several", "unknown"};

static void figures_of(const tally *t, double *figure)
{
    const mlg_thirds *thirds = &t->thirds;
    const int32_t n = mlg_thirds_n(thirds);
    for (int k = 0; k < 3; k++) {
        figure[FIELD + k] = (double) thirds->sixths[k] / 6.0;
    }
    figure[VALUE] = n > 0 ? mlg_thirds_evenness(thirds) : NAN;
    figure[ACTIONS] = n;
    figure[SEVERAL] = thirds->two + thirds->all;
    figure[UNKNOWN] = t->unknown;
}

/* Expected evenness and p beside each row of the last value. */
static mlg_status add_test(const survey *s, const tally *tallies, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = &out->items[out->n - 1];
    double *expected = mlg_value_column_of(value, MLG_EXPECTED);
    double *p = mlg_value_column_of(value, MLG_P);

    TRY_ALLOC(err, expected);
    TRY_ALLOC(err, p);
    for (size_t row = 0; row < value->n; row++) {
        const mlg_thirds *thirds = &tallies[row].thirds;
        expected[row] = mlg_thirds_n(thirds) > 0 ? mlg_thirds_expected(thirds) : NAN;
        p[row] = tallies[row].p;
    }
    value->null_model = "thirds";
    value->tail = "less";
    value->p_method = s->drawn ? "draws" : "enumerated";
    value->draws = s->drawn ? s->context->run->draws : 0;
out:
    return status;
}

static mlg_status add_adjusted(mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = &out->items[out->n - 1];
    double *adjusted = mlg_value_column_of(value, MLG_P_ADJUSTED);

    TRY_ALLOC(err, adjusted);
    TRY(mlg_adjust_p(value->column[MLG_P], value->n, adjusted, err));
out:
    return status;
}

static mlg_status list_all(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const tally *all = &s->tallies[s->schemes.n];
    const bool known = mlg_thirds_n(&all->thirds) > 0;
    double figure[N_FIGURES];
    mlg_figure figures[N_FIGURES - 1];

    figures_of(all, figure);
    for (int k = 1; k < N_FIGURES; k++) {
        figures[k - 1] = (mlg_figure){parts[k - 1], figure[k]};
    }
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = "scheme.determinants",
                                          .view = view,
                                          .convention = "all_actions",
                                          .value = figure[VALUE],
                                          .why = known ? T_none : T_why_no_determinant,
                                          .figures = figures,
                                          .n_figures = N_FIGURES - 1},
                           err));
    if (known) {
        TRY(add_test(s, all, out, err));
    }
out:
    return status;
}

static mlg_status list_schemes(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->schemes.n;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n, N_FIGURES * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < n; i++) {
        subject[i] = s->schemes.items[i].id;
        figures_of(&s->tallies[i], &figure[i * N_FIGURES]);
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = "scheme.determinants",
                                          .view = view,
                                          .scope = MLG_SCOPE_SCHEME,
                                          .why = T_why_no_determinant,
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
    TRY(add_test(s, s->tallies, out, err));
    TRY(add_adjusted(out, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

mlg_status mlg_scheme_determinants(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {.context = context};

    if (model == NULL || model->rows[MLG_ACTIVITIES].n == 0) {
        return mlg_values_undefined(out, "scheme.determinants", view, T_why_no_activities, err);
    }
    TRY(mlg_schemes_of(model, &s.schemes, err));
    s.tallies = mlg_zalloc(s.schemes.n + 1, sizeof *s.tallies);
    TRY_ALLOC(err, s.tallies);
    count_actions(&s);
    test(&s);
    if (s.schemes.n > 0) {
        TRY(list_schemes(&s, view, out, err));
    }
    TRY(list_all(&s, view, out, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
