/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/perimeter_relation.h"
#include "measure/summary.h"
#include "measure/tenure.h"
#include "measure/theme_scale.h"

static const char *const id = "scale.theme_scale";

/* A scheme in force that says its themes and where it is. */
typedef struct carrier {
    mlg_id scheme;
    int32_t perimeter; /* its number */
    int32_t kind;      /* code, or negative */
    const int32_t *themes;
    size_t n_themes;
} carrier;

/* How well a scheme's perimeter fits those that decide on its themes. */
typedef struct profile {
    double themes;  /* with such a perimeter */
    double sum;     /* of the best Jaccard of each, in units */
    double people;  /* the same by inhabitants */
    double unknown; /* themes whose inhabitants are unknown */
    double of[MLG_N_RELATIONS];
} profile;

typedef struct survey {
    const mlg_model *model;
    const mlg_perimeters *perimeters;
    const mlg_extent *whole;
    const int32_t *unit_scale;
    carrier *carriers;
    size_t n;
    profile *profiles; /* [n] */
} survey;

/* ---- who decides --------------------------------------------------------------------- */

static const struct {
    int32_t theme, kind;
} deciders[] = {
    {MLG_CODE_OF(theme, access_care), MLG_CODE_OF(scheme_kind, cpts)},
    {MLG_CODE_OF(theme, mental_health), MLG_CODE_OF(scheme_kind, mental_sector)},
    {MLG_CODE_OF(theme, mobility), MLG_CODE_OF(scheme_kind, mobility_plan)},
};
enum { N_DECIDERS = sizeof deciders / sizeof *deciders, BY_KIND = 0 };

bool mlg_kind_decides(int32_t theme, int32_t kind)
{
    for (size_t i = 0; i < N_DECIDERS; i++) {
        if (deciders[i].theme == theme && deciders[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool decides_any(int32_t kind)
{
    for (size_t i = 0; i < N_DECIDERS; i++) {
        if (deciders[i].kind == kind) {
            return true;
        }
    }
    return false;
}

/* ---- who carries what ---------------------------------------------------------------- */

static int by_scheme(const void *left, const void *right)
{
    const carrier *a = left, *b = right;
    return a->scheme < b->scheme ? -1 : a->scheme > b->scheme;
}

/* Of several rows of one scheme in force, the one the model takes. */
static mlg_status find_carriers(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;

    s->carriers = mlg_alloc((size_t) model->rows[MLG_SCHEMES].n, sizeof *s->carriers);
    TRY_ALLOC(err, s->carriers);
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        carrier c = {.scheme = mlg_get_id(model, C_schemes_id, row)};
        const mlg_id territory = mlg_get_id(model, C_schemes_territory, row);
        c.themes = mlg_get_list(model, C_schemes_themes, row, &c.n_themes);
        c.kind = mlg_get_id(model, C_schemes_kind, row);
        if (c.scheme < 0 || territory < 0 || (c.n_themes == 0 && !decides_any(c.kind)) ||
            model->party_scheme_row[c.scheme] != row ||
            !mlg_holds_at_date(model, MLG_SCHEMES, row)) {
            continue;
        }
        c.perimeter = mlg_perimeter_at(s->perimeters, territory);
        if (c.perimeter >= 0) {
            s->carriers[s->n++] = c;
        }
    }
    qsort(s->carriers, s->n, sizeof *s->carriers, by_scheme);
    s->profiles = mlg_zalloc(s->n, sizeof *s->profiles);
    TRY_ALLOC(err, s->profiles);
out:
    return status;
}

static bool carries(const carrier *c, int32_t theme)
{
    for (size_t i = 0; i < c->n_themes; i++) {
        if (c->themes[i] == theme) {
            return true;
        }
    }
    return false;
}

static bool touch(const survey *s, int32_t a, int32_t b)
{
    return a == b || mlg_overlap_of(s->perimeters, a, b).most.units > 0.0;
}

/* The fewest themes that a scheme which touches this one carries, this theme among them; at least
 * as many as its own when none is more about it; BY_KIND where one there decides by its kind. */
static size_t fewest_themes(const survey *s, const carrier *own, int32_t theme)
{
    size_t least = own->n_themes;
    if (mlg_kind_decides(theme, own->kind)) {
        return own->n_themes; /* it is the one that decides */
    }
    for (size_t i = 0; i < s->n; i++) {
        const carrier *c = &s->carriers[i];
        if (mlg_kind_decides(theme, c->kind) && touch(s, own->perimeter, c->perimeter)) {
            return BY_KIND;
        }
        if (c->n_themes < least && carries(c, theme) && touch(s, own->perimeter, c->perimeter)) {
            least = c->n_themes;
        }
    }
    return least;
}

/* Is `other` of those that decide on the theme, or are most about it, where `own` is? */
static bool decides(const survey *s, const carrier *own, const carrier *other, size_t least,
                    int32_t theme)
{
    if (least == BY_KIND) {
        return mlg_kind_decides(theme, other->kind) && touch(s, own->perimeter, other->perimeter);
    }
    return other->n_themes == least && least < own->n_themes && carries(other, theme) &&
           touch(s, own->perimeter, other->perimeter);
}

/* ---- one scheme against one that decides ------------------------------------------------- */

enum { PARTS = 10 };

typedef struct fit {
    double figure[1 + PARTS];
    mlg_perimeter_relation relation;
} fit;

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static fit fit_of(const survey *s, int32_t a, int32_t b)
{
    const mlg_extent *x = &s->whole[a], *y = &s->whole[b];
    const bool beyond = a != b && mlg_beyond_compare(s->unit_scale, a, b);
    /* one perimeter of two schemes: all of it, whatever parts of units it holds */
    const mlg_overlap o = a == b ? (mlg_overlap){.a = a,
                                                 .b = b,
                                                 .most = *x,
                                                 .units_low = x->units,
                                                 .people_low = x->people}
                                 : mlg_overlap_of(s->perimeters, a, b);
    fit f = {.relation = beyond ? MLG_UNDETERMINED : mlg_relation_of(&o, x, y)};
    const mlg_perimeter_relation tolerant =
        beyond ? MLG_UNDETERMINED : mlg_relation_but_slivers(&o, x, y);

    f.figure[0] = beyond ? NAN : ratio(o.most.units, x->units + y->units - o.most.units);
    f.figure[1] = f.relation;
    f.figure[2] = tolerant;
    f.figure[3] = beyond ? NAN : ratio(o.most.units, fmin(x->units, y->units));
    f.figure[4] = beyond ? NAN : ratio(o.most.units, x->units);
    f.figure[5] = beyond ? NAN : ratio(o.most.units, y->units);
    f.figure[6] = beyond ? NAN : ratio(o.most.people, x->people + y->people - o.most.people);
    f.figure[7] = beyond ? NAN : ratio(o.most.people, x->people);
    f.figure[8] = beyond ? NAN : ratio(o.most.people, y->people);
    f.figure[9] = x->unknown + y->unknown - o.most.unknown;
    f.figure[10] = beyond ? NAN : o.most.units;
    return f;
}

/* Is the first the better fit? What cannot be compared is the worst. */
static bool is_better(const fit *a, const fit *b)
{
    const double x = isnan(a->figure[0]) ? -1.0 : a->figure[0];
    const double y = isnan(b->figure[0]) ? -1.0 : b->figure[0];
    return x > y;
}

static void note(profile *p, const fit *best)
{
    if (best->relation == MLG_UNDETERMINED && isnan(best->figure[0])) {
        return;
    }
    p->themes++;
    p->sum += best->figure[0];
    p->of[best->relation]++;
    if (best->figure[9] > 0.0 || isnan(best->figure[6])) {
        p->unknown++;
    } else {
        p->people += best->figure[6];
    }
}

/* ---- values ------------------------------------------------------------------------------ */

static mlg_status open_theme(size_t n, const char *theme, int32_t view, mlg_values *out,
                             double **column, mlg_id **subject, mlg_error *err)
{
    static const char *const names[PARTS] = {"relation",
                                             "but_slivers",
                                             "overlap",
                                             "inside",
                                             "covered",
                                             "population",
                                             "population_inside",
                                             "population_covered",
                                             "population_unknown",
                                             "units"};
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, n, err);

    TRY_ALLOC(err, value);
    value->convention = theme;
    *subject = mlg_value_subjects(value);
    column[0] = mlg_value_column_of(value, MLG_VALUE);
    bool made = *subject != NULL && column[0] != NULL;
    for (int i = 0; made && i < PARTS; i++) {
        column[1 + i] = mlg_value_part_of(value, names[i]);
        made = column[1 + i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.theme_scale: no memory for %zu pairs", n);
    }
out:
    return status;
}

/* The pairs of one scheme, from row `at` on; without columns they are only counted. */
static size_t pair_scheme(survey *s, size_t i, int32_t theme, double **column, mlg_id *subject,
                          size_t at)
{
    const carrier *own = &s->carriers[i];
    const size_t least = carries(own, theme) ? fewest_themes(s, own, theme) : own->n_themes;
    fit best = {.figure = {NAN}, .relation = MLG_UNDETERMINED};
    size_t n = 0;

    for (size_t j = 0; least < own->n_themes && j < s->n; j++) {
        if (!decides(s, own, &s->carriers[j], least, theme)) {
            continue;
        }
        if (column != NULL) {
            const fit f = fit_of(s, own->perimeter, s->carriers[j].perimeter);
            subject[2 * (at + n)] = own->scheme;
            subject[2 * (at + n) + 1] = s->carriers[j].scheme;
            for (int k = 0; k <= PARTS; k++) {
                column[k][at + n] = f.figure[k];
            }
            best = is_better(&f, &best) ? f : best;
        }
        n++;
    }
    if (column != NULL && n > 0) {
        note(&s->profiles[i], &best);
    }
    return n;
}

/* Every scheme that carries the theme among others against those there that are most about it. */
static mlg_status list_theme(survey *s, int32_t theme, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *column[1 + PARTS];
    mlg_id *subject = NULL;
    size_t rows = 0, at = 0;

    for (size_t i = 0; i < s->n; i++) {
        rows += pair_scheme(s, i, theme, NULL, NULL, 0);
    }
    if (rows == 0) {
        return MLG_OK;
    }
    TRY(open_theme(rows, mlg_code_text(s->model, MLG_V_theme, theme), view, out, column, &subject,
                   err));
    for (size_t i = 0; i < s->n; i++) {
        at += pair_scheme(s, i, theme, column, subject, at);
    }
out:
    return status;
}

/* By scheme: the mean over its themes of the best fit. */
static mlg_status list_profiles(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    enum { OF_PROFILE = 5 };
    static const char *const parts[OF_PROFILE] = {"population", "themes", "equal", "nested",
                                                  "crossing"};
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(s->n, sizeof *subject);
    double *figure = mlg_alloc(s->n * (1 + OF_PROFILE), sizeof *figure);
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < s->n; i++) {
        const profile *p = &s->profiles[i];
        double *row = figure + n * (1 + OF_PROFILE);
        if (p->themes > 0.0) {
            subject[n++] = s->carriers[i].scheme;
            row[0] = p->sum / p->themes;
            row[1] = p->unknown > 0.0 ? NAN : p->people / p->themes;
            row[2] = p->themes;
            row[3] = p->of[MLG_EQUAL];
            row[4] = p->of[MLG_A_IN_B] + p->of[MLG_B_IN_A];
            row[5] = p->of[MLG_CROSSING];
        }
    }
    const mlg_listing listing = {
        .id = id,
        .view = view,
        .scope = MLG_SCOPE_SCHEME,
        .convention = "profile",
        .why = T_why_no_theme_perimeter,
        .parts = parts,
        .n_parts = OF_PROFILE,
        .subject = subject,
        .figure = figure,
        .n = n,
    };
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status run(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    mlg_extent *whole = NULL;
    int32_t *unit_scale = NULL;
    survey s = {.model = context->model, .perimeters = &perimeters};
    const size_t before = out->n;

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_perimeters, err));
        goto out;
    }
    whole = mlg_extents_of(&perimeters);
    unit_scale = mlg_unit_scales(context->model, &perimeters);
    TRY_ALLOC(err, whole);
    TRY_ALLOC(err, unit_scale);
    s.whole = whole;
    s.unit_scale = unit_scale;
    TRY(find_carriers(&s, err));
    for (int32_t theme = 0; theme < mlg_code_count(s.model, MLG_V_theme); theme++) {
        TRY(list_theme(&s, theme, view, out, err));
    }
    if (out->n == before) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_theme_perimeter, err));
        goto out;
    }
    TRY(list_profiles(&s, view, out, err));
out:
    mlg_free(s.carriers);
    mlg_free(s.profiles);
    mlg_free(whole);
    mlg_free(unit_scale);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_theme_scale(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
