/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "graph/rows.h"
#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/summary.h"
#include "measure/tenure.h"
#include "measure/words.h"

/* Who says a theme, by the scale of where it stands: themes by scales, organisations and schemes.
 */

#define ID "scale.competences"

enum { MOST_CELLS = 1000000 };
enum { ORGANISATIONS, SCHEMES, N_FIGURES };

/* An organisation stands at a scale, or says a theme. */
typedef struct mention {
    mlg_id party;
    int32_t code;
} mention;

typedef struct mentions {
    mention *items;
    size_t n, room;
} mentions;

typedef struct survey {
    const mlg_model *model;
    mlg_id *into; /* [parties] organisation that each becomes */
    mentions themes, scales;
    int32_t n_themes, n_scales; /* codes */
    double *figure;             /* [n_scales * n_themes * N_FIGURES] */
    bool *has_theme, *has_scale;
    double placed, without_theme, without_scale;
    bool any;
} survey;

static void survey_close(survey *s)
{
    mlg_free(s->into);
    mlg_free(s->themes.items);
    mlg_free(s->scales.items);
    mlg_free(s->figure);
    mlg_free(s->has_theme);
    mlg_free(s->has_scale);
}

static int by_party(const void *left, const void *right)
{
    const mention *a = left, *b = right;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    return a->code < b->code ? -1 : a->code > b->code;
}

static bool add(mentions *to, mlg_id party, int32_t code)
{
    if (party < 0 || code < 0) {
        return true;
    }
    if (!mlg_grow(&to->items, &to->room, to->n + 1, sizeof *to->items)) {
        return false;
    }
    to->items[to->n++] = (mention){party, code};
    return true;
}

/* Sorted, each once. */
static void settle(mentions *list)
{
    size_t n = 0;
    if (list->n > 0) {
        qsort(list->items, list->n, sizeof *list->items, by_party);
    }
    for (size_t i = 0; i < list->n; i++) {
        if (n == 0 || by_party(&list->items[n - 1], &list->items[i]) != 0) {
            list->items[n++] = list->items[i];
        }
    }
    list->n = n;
}

static int32_t scale_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = territory >= 0 ? model->territory_row[territory] : -1;
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

/* An organisation stands where its row says and where its sites are. */
static mlg_status read_actors(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;
    bool made = true;

    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n && made; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        size_t n = 0;
        const int32_t *themes = mlg_get_list(model, C_actors_themes, row, &n);
        if (party < 0 || s->into[party] < 0 || !mlg_holds_at_date(model, MLG_ACTORS, row)) {
            continue;
        }
        for (size_t i = 0; i < n && made; i++) {
            made = add(&s->themes, s->into[party], themes[i]);
        }
        made = made && add(&s->scales, s->into[party],
                           scale_of(model, mlg_get_id(model, C_actors_territory, row)));
    }
    for (int32_t row = 0; row < model->rows[MLG_SITES].n && made; row++) {
        const mlg_id party = mlg_get_id(model, C_sites_actor, row);
        if (party >= 0 && mlg_holds_at_date(model, MLG_SITES, row)) {
            made = add(&s->scales, s->into[party],
                       scale_of(model, mlg_get_id(model, C_sites_territory, row)));
        }
    }
    if (!made) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for themes and scales", ID);
    }
    settle(&s->themes);
    settle(&s->scales);
out:
    return status;
}

static double *cell_of(survey *s, int32_t theme, int32_t scale)
{
    const size_t cell = (size_t) scale * (size_t) s->n_themes + (size_t) theme;
    return &s->figure[cell * N_FIGURES];
}

/* Both lists are by organisation: every theme of one at every scale of it. */
static void cross(survey *s)
{
    const mentions *a = &s->themes, *b = &s->scales;
    size_t i = 0, j = 0;

    while (i < a->n || j < b->n) {
        const mlg_id party = j >= b->n || (i < a->n && a->items[i].party < b->items[j].party)
                                 ? a->items[i].party
                                 : b->items[j].party;
        size_t to_i = i, to_j = j;
        while (to_i < a->n && a->items[to_i].party == party) {
            to_i++;
        }
        while (to_j < b->n && b->items[to_j].party == party) {
            to_j++;
        }
        s->placed += to_i > i && to_j > j;
        s->without_theme += to_i == i;
        s->without_scale += to_j == j;
        for (size_t t = i; t < to_i; t++) {
            s->has_theme[a->items[t].code] = true;
            for (size_t k = j; k < to_j; k++) {
                s->has_scale[b->items[k].code] = s->any = true;
                cell_of(s, a->items[t].code, b->items[k].code)[ORGANISATIONS]++;
            }
        }
        i = to_i;
        j = to_j;
    }
}

/* Of several rows of one scheme in force, the one the model takes. */
static void read_schemes(survey *s)
{
    const mlg_model *model = s->model;
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id scheme = mlg_get_id(model, C_schemes_id, row);
        const int32_t scale = scale_of(model, mlg_get_id(model, C_schemes_territory, row));
        size_t n = 0;
        const int32_t *themes = mlg_get_list(model, C_schemes_themes, row, &n);
        if (scheme < 0 || scale < 0 || model->party_scheme_row[scheme] != row ||
            !mlg_holds_at_date(model, MLG_SCHEMES, row)) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            s->has_theme[themes[i]] = true;
            s->has_scale[scale] = s->any = true;
            cell_of(s, themes[i], scale)[SCHEMES]++;
        }
    }
}

static mlg_status survey_make(const mlg_model *model, survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view view = {.source = MLG_FROM_TIES, .by = MLG_BY_ORGANISATION, .kind = -1};

    *s = (survey){.model = model,
                  .n_themes = mlg_code_count(model, MLG_V_theme),
                  .n_scales = mlg_code_count(model, MLG_V_scale)};
    const size_t themes = (size_t) s->n_themes, scales = (size_t) s->n_scales;
    TRY(mlg_collapse_parties(model, &view, &s->into, err));
    s->figure = mlg_zalloc(themes * scales, N_FIGURES * sizeof *s->figure);
    s->has_theme = mlg_zalloc(themes, sizeof *s->has_theme);
    s->has_scale = mlg_zalloc(scales, sizeof *s->has_scale);
    TRY_ALLOC(err, s->figure);
    TRY_ALLOC(err, s->has_theme);
    TRY_ALLOC(err, s->has_scale);
    TRY(read_actors(s, err));
    cross(s);
    read_schemes(s);
out:
    return status;
}

/* ---- what is told ------------------------------------------------------------------------ */

static int32_t count_true(const bool *of, int32_t n)
{
    int32_t count = 0;
    for (int32_t i = 0; i < n; i++) {
        count += of[i];
    }
    return count;
}

static mlg_status list_share(survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    const int32_t themes = count_true(s->has_theme, s->n_themes);
    const int32_t scales = count_true(s->has_scale, s->n_scales);
    const double cells = (double) themes * scales;
    double unnamed = 0.0;

    for (int32_t scale = 0; scale < s->n_scales; scale++) {
        for (int32_t theme = 0; theme < s->n_themes; theme++) {
            const double *of = cell_of(s, theme, scale);
            unnamed += s->has_scale[scale] && s->has_theme[theme] && of[ORGANISATIONS] == 0.0 &&
                       of[SCHEMES] == 0.0;
        }
    }
    const mlg_figure figures[] = {
        {"unnamed", unnamed},
        {"cells", cells},
        {"themes", themes},
        {"scales", scales},
        {"organisations", s->placed},
        {"without_theme", s->without_theme},
        {"without_scale", s->without_scale},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .value = unnamed / cells,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

/* One list a scale: each theme that anybody says. */
static mlg_status list_scale(mlg_context *context, survey *s, int32_t scale, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    static const char *const parts[] = {"schemes"};
    const size_t room = (size_t) count_true(s->has_theme, s->n_themes);
    mlg_id *subject = mlg_alloc(room, sizeof *subject);
    double *figure = mlg_alloc(room * N_FIGURES, sizeof *figure);
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (int32_t theme = 0; theme < s->n_themes; theme++) {
        if (s->has_theme[theme]) {
            const double *of = cell_of(s, theme, scale);
            subject[n] = theme;
            figure[n * N_FIGURES] = of[ORGANISATIONS];
            figure[n++ * N_FIGURES + 1] = of[SCHEMES];
        }
    }
    const char *word =
        mlg_words_of_code(context, "scale", mlg_code_text(s->model, MLG_V_scale, scale), err);
    TRY_ALLOC(err, word);
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_THEME,
                                          .convention = word,
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

mlg_status mlg_scale_competences(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {0};

    if (model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_study, err);
    }
    if ((double) mlg_code_count(model, MLG_V_theme) * mlg_code_count(model, MLG_V_scale) >
        MOST_CELLS) {
        return mlg_values_undefined(out, ID, view, T_why_too_large, err);
    }
    TRY(survey_make(model, &s, err));
    if (!s.any) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_competence, err));
        goto out;
    }
    TRY(list_share(&s, view, out, err));
    for (int32_t scale = 0; scale < s.n_scales; scale++) {
        if (s.has_scale[scale]) {
            TRY(list_scale(context, &s, scale, view, out, err));
        }
    }
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
