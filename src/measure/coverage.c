/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scale.h"
#include "measure/context.h"
#include "measure/cover.h"
#include "measure/summary.h"
#include "measure/tenure.h"
#include "measure/words.h"

typedef struct question {
    mlg_covering by;
    mlg_text_key none;     /* why there is no share when there is no row at all */
    const char *covered;   /* convention of the share */
    const char *uncovered; /* of the list of units left out, NULL: not listed */
} question;

/* ---- who covers ------------------------------------------------------------------ */

/* `kind` -1: of every kind. */
static void cover_by_schemes(const mlg_model *model, const mlg_perimeters *perimeters, int32_t kind,
                             mlg_cover *to)
{
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id territory = mlg_get_id(model, C_schemes_territory, row);
        const bool asked = kind < 0 || mlg_get_id(model, C_schemes_kind, row) == kind;
        if (asked && mlg_holds_at_date(model, MLG_SCHEMES, row)) {
            mlg_cover_row(model, perimeters, to, &territory, 1);
        }
    }
}

static void cover_by_activities(const mlg_model *model, const mlg_perimeters *perimeters,
                                mlg_cover *to)
{
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        const mlg_span span = {mlg_get_span(model, C_activities_start, row).first,
                               mlg_get_span(model, C_activities_end, row).last};
        size_t n = 0;
        const int32_t *territories = mlg_get_list(model, C_activities_territory, row, &n);
        if (mlg_is_recent(model, span)) {
            mlg_cover_row(model, perimeters, to, territories, n);
        }
    }
}

static void cover_by_sites(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *to)
{
    for (int32_t row = 0; row < model->rows[MLG_SITES].n; row++) {
        const mlg_id territory = mlg_get_id(model, C_sites_territory, row);
        if (mlg_holds_at_date(model, MLG_SITES, row)) {
            mlg_cover_row(model, perimeters, to, &territory, 1);
        }
    }
}

/* The perimeters of one scale, whoever drew them. */
static void cover_by_perimeters(const mlg_model *model, const mlg_perimeters *perimeters,
                                int32_t scale, mlg_cover *to)
{
    for (int32_t p = 0; p < perimeters->n; p++) {
        const mlg_id territory = perimeters->territory[p];
        if (perimeters->scale[p] == scale && !model->is_unit[territory]) {
            mlg_cover_row(model, perimeters, to, &territory, 1);
        }
    }
}

void mlg_cover_make(const mlg_model *model, const mlg_perimeters *perimeters, mlg_covering by,
                    int32_t code, mlg_cover *to)
{
    mlg_cover_clear(perimeters, to);
    switch (by) {
    case MLG_BY_SCHEMES:
        cover_by_schemes(model, perimeters, -1, to);
        break;
    case MLG_BY_SCHEME_KIND:
        cover_by_schemes(model, perimeters, code, to);
        break;
    case MLG_BY_REFERENTS:
        mlg_cover_by_referents(model, perimeters, to);
        break;
    case MLG_BY_ACTIVITIES:
        cover_by_activities(model, perimeters, to);
        break;
    case MLG_BY_SITES:
        cover_by_sites(model, perimeters, to);
        break;
    case MLG_BY_PERIMETERS:
        cover_by_perimeters(model, perimeters, code, to);
        break;
    }
}

/* ---- values ----------------------------------------------------------------------- */

static mlg_status list_share(const mlg_perimeters *perimeters, const mlg_cover_sums *s,
                             const mlg_cover *c, const question *asked, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    const bool known = c->placed > 0; /* nothing says where: not the same as nowhere */
    const mlg_figure figures[] = {
        {"population", known ? mlg_cover_people(s) : NAN},
        {"population_unknown", s->unknown},
        {"units", s->units},
        {"population_high", known ? mlg_cover_people_most(s) : NAN},
        {"units_outside", perimeters->n_outside},
        {"covered", known ? s->covered : NAN},
        {"partly", known ? s->partly : NAN},
        {"rows", c->rows},
        {"completeness", c->rows > 0 ? (double) c->placed / c->rows : NAN},
    };
    const mlg_summary summary = {
        .id = "scale.coverage",
        .view = view,
        .convention = asked->covered,
        .value = known ? s->least / s->units : NAN,
        .bounded = true,
        .low = known ? s->least / s->units : NAN,
        .high = known ? s->most / s->units : NAN,
        .why = known         ? T_none
               : c->rows > 0 ? T_why_no_place
                             : asked->none,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

/* A unit that nothing reaches. */
typedef struct left_out {
    int32_t unit;
    double people;
} left_out;

static int by_people(const void *left, const void *right)
{
    const left_out *a = left, *b = right;
    const double x = isnan(a->people) ? -1.0 : a->people, y = isnan(b->people) ? -1.0 : b->people;
    if (x != y) {
        return x > y ? -1 : 1;
    }
    return (a->unit > b->unit) - (a->unit < b->unit);
}

/* The units nothing reaches, by falling population, unknown ones last. */
static mlg_status list_uncovered(const mlg_perimeters *perimeters, const mlg_cover *c, size_t n,
                                 const char *convention, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "scale.coverage", view, n, err);

    left_out *left = mlg_alloc(n, sizeof *left);
    size_t at = 0;

    TRY_ALLOC(err, value);
    if (left == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.coverage: no memory for %zu units", n);
    }
    value->shape = MLG_VECTOR;
    value->scope = MLG_SCOPE_TERRITORY;
    value->convention = convention;
    value->undefined = n > 0 ? T_none : T_why_all_covered; /* an empty list says why */
    mlg_id *subject = mlg_value_subjects(value);
    double *share = mlg_value_column_of(value, MLG_VALUE);
    double *people = mlg_value_part_of(value, "population");
    if (subject == NULL || share == NULL || people == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.coverage: no memory for %zu units", n);
    }
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        if (perimeters->asked[unit] && !(c->sum[unit] > 0.0)) {
            left[at++] = (left_out){unit, perimeters->population[unit]};
        }
    }
    qsort(left, at, sizeof *left, by_people);
    for (size_t i = 0; i < at; i++) {
        subject[i] = perimeters->unit[left[i].unit];
        people[i] = left[i].people;
        share[i] = 0.0;
    }
out:
    mlg_free(left);
    return status;
}

/* One kind of thing: its share, then, when it says where, the units left out. */
static mlg_status list_cover(const mlg_perimeters *perimeters, const mlg_cover *c,
                             const question *asked, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_cover_sums s = mlg_cover_sum(perimeters, c);

    TRY(list_share(perimeters, &s, c, asked, view, out, err));
    if (asked->uncovered != NULL && c->placed > 0) {
        TRY(list_uncovered(perimeters, c, (size_t) (s.units - s.covered), asked->uncovered, view,
                           out, err));
    }
out:
    return status;
}

/* Each kind of scheme that says where it is. */
static mlg_status list_kinds(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *c,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_kinds = mlg_code_count(model, MLG_V_scheme_kind);

    for (int32_t kind = 0; kind < n_kinds; kind++) {
        const question asked = {MLG_BY_SCHEME_KIND, T_why_no_schemes,
                                mlg_code_text(model, MLG_V_scheme_kind, kind), NULL};
        mlg_cover_make(model, perimeters, asked.by, kind, c);
        if (c->placed > 0) {
            TRY(list_cover(perimeters, c, &asked, view, out, err));
        }
    }
out:
    return status;
}

/* Has the scale a perimeter that no scheme names? Those of schemes are counted by their kinds. */
static bool has_own_perimeters(const mlg_perimeters *perimeters, int32_t scale)
{
    bool own = false;
    for (int32_t p = 0; p < perimeters->n && !own; p++) {
        own = perimeters->scale[p] == scale && !perimeters->of_scheme[p];
    }
    return own;
}

/* Each scale that has a perimeter: which units are in none of them. */
static mlg_status list_scales(mlg_context *context, const mlg_perimeters *perimeters, mlg_cover *c,
                              int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const int32_t n_scales = mlg_code_count(model, MLG_V_scale);

    for (int32_t scale = 0; scale < n_scales; scale++) {
        question asked = {MLG_BY_PERIMETERS, T_why_no_perimeters, NULL, NULL};
        const char *code = mlg_code_text(model, MLG_V_scale, scale);
        mlg_cover_make(model, perimeters, asked.by, scale, c);
        const mlg_cover_sums s = mlg_cover_sum(perimeters, c);
        if (!(s.covered > 0.0) || !has_own_perimeters(perimeters, scale)) {
            continue;
        }
        asked.covered = mlg_words_of_code(context, "perimeters", code, err);
        TRY_ALLOC(err, asked.covered);
        if (s.covered < s.units) {
            asked.uncovered = mlg_words_of_code(context, "not_perimeters", code, err);
            TRY_ALLOC(err, asked.uncovered);
        }
        TRY(list_cover(perimeters, c, &asked, view, out, err));
    }
out:
    return status;
}

/* The four questions, then the kinds of scheme, then the scales of perimeters. */
static mlg_status list_all(mlg_context *context, const mlg_perimeters *perimeters, mlg_cover *c,
                           int32_t view, mlg_values *out, mlg_error *err)
{
    static const question questions[] = {
        {MLG_BY_SCHEMES, T_why_no_schemes, "schemes", "not_schemes"},
        {MLG_BY_REFERENTS, T_why_no_referents, "referents", "not_referents"},
        {MLG_BY_ACTIVITIES, T_why_no_activities, "activities", "not_activities"},
        {MLG_BY_SITES, T_why_no_sites, "sites", "not_sites"},
    };
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;

    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        mlg_cover_make(model, perimeters, questions[q].by, -1, c);
        TRY(list_cover(perimeters, c, &questions[q], view, out, err));
    }
    TRY(list_kinds(model, perimeters, c, view, out, err));
    TRY(list_scales(context, perimeters, c, view, out, err));
out:
    return status;
}

mlg_status mlg_scale_coverage(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    mlg_cover c = {0};
    const size_t before = out->n;

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (!mlg_perimeters_have_units(&perimeters)) {
        TRY(mlg_values_undefined(out, "scale.coverage", view, T_why_no_units, err));
        goto out;
    }
    TRY(mlg_cover_open(&perimeters, &c, err));
    TRY(list_all(context, &perimeters, &c, view, out, err));
out:
    mlg_cover_free(&c);
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
