/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/workload.h"
#include "measure/actions.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"

/* For whom actions are. */

static const char *const ID = "scheme.audiences";

typedef struct tally {
    double actions, known, vulnerable, everyone; /* everyone: the word, and no other */
} tally;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    tally *tallies; /* [schemes.n + 1], the last of the study */
    size_t n_codes;
    double *of_code; /* [n_codes] actions */
    double quarter_known, quarter, quarter_audience, quarter_territory;
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->tallies);
    mlg_free(s->of_code);
}

/* Those that the vocabulary calls vulnerable. */
static bool is_vulnerable(int32_t code)
{
    switch (code) {
    case MLG_CODE_OF(audience, precarious):
    case MLG_CODE_OF(audience, remote):
    case MLG_CODE_OF(audience, mental_health_users):
    case MLG_CODE_OF(audience, disabled):
    case MLG_CODE_OF(audience, city_policy):
        return true;
    default:
        return false;
    }
}

static void count_in(tally *t, const int32_t *codes, size_t n)
{
    bool vulnerable = false, everyone = n > 0;
    for (size_t i = 0; i < n; i++) {
        vulnerable = vulnerable || is_vulnerable(codes[i]);
        everyone = everyone && codes[i] == MLG_CODE_OF(audience, all);
    }
    t->actions++;
    t->known += n > 0;
    t->vulnerable += vulnerable;
    t->everyone += everyone;
}

/* Is an action for a deprived neighbourhood, by its audience or by where it is? */
static void count_quarter(survey *s, int32_t row, const int32_t *codes, size_t n)
{
    const mlg_model *model = s->model;
    size_t n_places = 0, n_known = 0;
    const mlg_id *places = mlg_get_list(model, C_activities_territory, row, &n_places);
    bool audience = false, territory = false;

    for (size_t i = 0; i < n; i++) {
        audience = audience || codes[i] == MLG_CODE_OF(audience, city_policy);
    }
    for (size_t i = 0; i < n_places; i++) {
        const int32_t at = model->territory_row[places[i]];
        const int32_t scale = at >= 0 ? mlg_get_id(model, C_territories_scale, at) : -1;
        n_known += scale >= 0;
        territory = territory || scale == MLG_CODE_OF(scale, neighbourhood);
    }
    s->quarter_known += n > 0 || n_known > 0;
    s->quarter += audience || territory;
    s->quarter_audience += audience;
    s->quarter_territory += territory;
}

static void count(survey *s)
{
    const mlg_model *model = s->model;
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        size_t n = 0, n_schemes = 0;
        if (!mlg_is_action(model, a, C_activities_audience)) {
            continue;
        }
        const int32_t row = model->activity_row[a];
        const int32_t *codes = mlg_get_list(model, C_activities_audience, row, &n);
        const mlg_id *schemes = mlg_activity_schemes(model, a, &n_schemes);
        count_in(&s->tallies[s->schemes.n], codes, n);
        count_quarter(s, row, codes, n);
        for (size_t i = 0; i < n; i++) {
            s->of_code[codes[i]]++;
        }
        for (size_t i = 0; i < n_schemes; i++) {
            const int32_t place = mlg_scheme_place(&s->schemes, schemes[i]);
            if (place >= 0) {
                count_in(&s->tallies[place], codes, n);
            }
        }
    }
}

/* ---- values ----------------------------------------------------------------------------- */

enum { SHARE, ACTIONS, KNOWN, VULNERABLE, EVERYONE, N_FIGURES };
static const char *const parts[] = {"actions", "known", "vulnerable", "everyone_only"};

static void figures_of(const tally *t, double *figure)
{
    figure[SHARE] = t->known > 0.0 ? t->vulnerable / t->known : NAN;
    figure[ACTIONS] = t->actions;
    figure[KNOWN] = t->known;
    figure[VULNERABLE] = t->vulnerable;
    figure[EVERYONE] = t->everyone;
}

static mlg_status list_audiences(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    enum { OF_KNOWN, HERE, MARK, N };
    static const char *const names[] = {"actions", "vulnerable"};
    mlg_status status = MLG_OK;
    const double known = s->tallies[s->schemes.n].known;
    mlg_id *subject = mlg_alloc(s->n_codes, sizeof *subject);
    double *figure = mlg_alloc(s->n_codes, N * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t c = 0; c < s->n_codes; c++) {
        subject[c] = (mlg_id) c;
        figure[c * N + OF_KNOWN] = known > 0.0 ? s->of_code[c] / known : NAN;
        figure[c * N + HERE] = s->of_code[c];
        figure[c * N + MARK] = is_vulnerable((int32_t) c);
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_AUDIENCE,
                                          .convention = "by_audience",
                                          .why = T_why_no_audience,
                                          .parts = names,
                                          .n_parts = N - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = s->n_codes},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
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
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_SCHEME,
                                          .convention = "by_scheme",
                                          .why = T_why_no_audience,
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status list_all(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double figure[N_FIGURES], never = 0.0, never_vulnerable = 0.0;

    figures_of(&s->tallies[s->schemes.n], figure);
    for (size_t c = 0; c < s->n_codes; c++) {
        never += s->of_code[c] == 0.0 && c != MLG_CODE_OF(audience, all);
        never_vulnerable += s->of_code[c] == 0.0 && is_vulnerable((int32_t) c);
    }
    const bool known = figure[KNOWN] > 0.0;
    const mlg_figure of_all[] = {
        {"actions", figure[ACTIONS]},       {"known", figure[KNOWN]},
        {"vulnerable", figure[VULNERABLE]}, {"everyone_only", figure[EVERYONE]},
        {"never", known ? never : NAN},     {"never_vulnerable", known ? never_vulnerable : NAN},
    };
    const mlg_figure of_quarter[] = {
        {"actions", figure[ACTIONS]},           {"known", s->quarter_known},
        {"neighbourhood", s->quarter},          {"by_audience", s->quarter_audience},
        {"by_territory", s->quarter_territory},
    };
    const bool placed = s->quarter_known > 0.0;
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = ID,
                                          .view = view,
                                          .convention = "vulnerable",
                                          .value = figure[SHARE],
                                          .why = known ? T_none : T_why_no_audience,
                                          .figures = of_all,
                                          .n_figures = sizeof of_all / sizeof *of_all},
                           err));
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = ID,
                                          .view = view,
                                          .convention = "neighbourhoods",
                                          .value = placed ? s->quarter / s->quarter_known : NAN,
                                          .why = placed ? T_none : T_why_no_audience,
                                          .figures = of_quarter,
                                          .n_figures = sizeof of_quarter / sizeof *of_quarter},
                           err));
out:
    return status;
}

mlg_status mlg_scheme_audiences(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {.model = model};

    if (model == NULL || model->rows[MLG_ACTIVITIES].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_activities, err);
    }
    TRY(mlg_schemes_of(model, &s.schemes, err));
    s.n_codes = (size_t) mlg_code_count(model, MLG_V_audience);
    s.tallies = mlg_zalloc(s.schemes.n + 1, sizeof *s.tallies);
    s.of_code = mlg_zalloc(s.n_codes, sizeof *s.of_code);
    TRY_ALLOC(err, s.tallies);
    TRY_ALLOC(err, s.of_code);
    count(&s);
    if (s.tallies[s.schemes.n].actions == 0.0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_action, err));
        goto out;
    }
    const bool known = s.tallies[s.schemes.n].known > 0.0;
    if (known) {
        TRY(list_audiences(&s, view, out, err));
    }
    if (known && s.schemes.n > 0) {
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
