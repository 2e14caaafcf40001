/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/scale.h"
#include "measure/context.h"
#include "measure/cover.h"
#include "measure/summary.h"

/* What posts.csv says of one unit: rows in force of elected and health referents. */
typedef struct tally {
    int32_t known, unnamed, vacant; /* by what is known of the holder */
    int32_t elected;                /* of those that are not vacant */
    int32_t own;                    /* of those that are not vacant: of the unit itself */
    int32_t last;                   /* the last row that was counted here, from 1 */
} tally;

typedef struct referents {
    tally *of;             /* [n_units] */
    int32_t vacant;        /* rows said to be vacant */
    int32_t vacant_placed; /* of them, that say where */
    double units[4];       /* units that count, by what is recorded */
} referents;

enum { NAMED, UNNAMED, VACANT, NOTHING };

static int recorded(const tally *t)
{
    return t->known > 0 ? NAMED : t->unnamed > 0 ? UNNAMED : t->vacant > 0 ? VACANT : NOTHING;
}

static void add_post(const mlg_model *model, int32_t row, bool own, tally *to)
{
    const mlg_id holder = mlg_get_id(model, C_posts_person, row);

    if (holder == MLG_VACANT) {
        to->vacant++;
        return;
    }
    to->known += holder >= 0;
    to->unnamed += holder < 0;
    to->elected += mlg_post_is_elected(model, row);
    to->own += own;
}

/* Is it a post of the unit itself, by any of its places? They come in the order of its schemes, so
 * that one that holds the unit may come first. */
static bool is_own(const mlg_model *model, int32_t row, mlg_id unit)
{
    for (size_t k = 0; k < mlg_post_n_places(model, row); k++) {
        if (mlg_post_place(model, row, k) == unit) {
            return true;
        }
    }
    return false;
}

/* A row counts once in a unit, however many of its schemes' territories hold it. */
static void add_place(const mlg_model *model, const mlg_perimeters *perimeters, int32_t row,
                      mlg_id at, referents *r)
{
    for (uint32_t i = model->unit_offset[at]; i < model->unit_offset[at + 1]; i++) {
        tally *to = &r->of[perimeters->unit_of[model->unit[i]]];
        if (to->last != row + 1) {
            add_post(model, row, is_own(model, row, model->unit[i]), to);
            to->last = row + 1;
        }
    }
}

static void count_posts(const mlg_model *model, const mlg_perimeters *perimeters, referents *r)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        bool placed = false;
        if (!mlg_post_refers(model, row)) {
            continue;
        }
        for (size_t k = 0; k < mlg_post_n_places(model, row); k++) {
            const mlg_id at = mlg_post_place(model, row, k);
            if (at >= 0) {
                add_place(model, perimeters, row, at, r);
                placed = placed || mlg_is_placed(model, perimeters, at);
            }
        }
        if (mlg_get_id(model, C_posts_person, row) == MLG_VACANT) {
            r->vacant++;
            r->vacant_placed += placed;
        }
    }
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        if (perimeters->asked[unit]) {
            r->units[recorded(&r->of[unit])]++;
        }
    }
}

/* ---- values --------------------------------------------------------------------- */

static mlg_status list_units(const mlg_perimeters *perimeters, const referents *r, size_t n,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const names[] = {"population", "known",   "unnamed",
                                        "vacant",     "elected", "own"};
    enum { N_PARTS = sizeof names / sizeof *names };
    mlg_status status = MLG_OK;
    double *part[N_PARTS];
    mlg_value *value = mlg_values_add(out, "scale.referents", view, n, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_VECTOR;
    value->scope = MLG_SCOPE_TERRITORY;
    value->convention = "units";
    mlg_id *subject = mlg_value_subjects(value);
    double *held = mlg_value_column_of(value, MLG_VALUE);
    bool made = subject != NULL && held != NULL;
    for (size_t p = 0; made && p < N_PARTS; p++) {
        part[p] = mlg_value_part_of(value, names[p]);
        made = part[p] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.referents: no memory for %zu units", n);
    }
    for (int32_t unit = 0, at = 0; unit < perimeters->n_units; unit++) {
        const tally *t = &r->of[unit];
        const double figures[N_PARTS] = {
            perimeters->population[unit], t->known, t->unnamed, t->vacant, t->elected, t->own};
        if (!perimeters->asked[unit]) {
            continue;
        }
        for (size_t p = 0; p < N_PARTS; p++) {
            part[p][at] = figures[p];
        }
        subject[at] = perimeters->unit[unit];
        held[at++] = recorded(t) == NOTHING ? (double) NAN : recorded(t) != VACANT;
    }
out:
    return status;
}

/* The share of units, as scale.coverage gives it; a study that records vacancies alone has no
 * referent, which is known. */
static mlg_status list_share(const mlg_perimeters *perimeters, const mlg_cover *cover,
                             const referents *r, int32_t view, mlg_values *out, mlg_error *err)
{
    const mlg_cover_sums s = mlg_cover_sum(perimeters, cover);
    const double rows = (double) cover->rows + r->vacant;
    const double placed = (double) cover->placed + r->vacant_placed;
    const bool known = placed > 0.0;
    const mlg_figure figures[] = {
        {"population", known ? mlg_cover_people(&s) : NAN},
        {"population_unknown", s.unknown},
        {"units", s.units},
        {"units_outside", perimeters->n_outside},
        {"known", known ? r->units[NAMED] : NAN},
        {"unnamed", known ? r->units[UNNAMED] : NAN},
        {"vacant", known ? r->units[VACANT] : NAN},
        {"unknown", known ? r->units[NOTHING] : NAN},
        {"rows", rows},
        {"completeness", rows > 0.0 ? placed / rows : NAN},
    };
    const mlg_summary summary = {
        .id = "scale.referents",
        .view = view,
        .convention = "share",
        .value = known ? s.least / s.units : NAN,
        .bounded = true,
        .low = known ? s.least / s.units : NAN,
        .high = known ? s.most / s.units : NAN,
        .why = known        ? T_none
               : rows > 0.0 ? T_why_no_place
                            : T_why_no_referents,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

static mlg_status run_referents(const mlg_model *model, const mlg_perimeters *perimeters,
                                int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_cover cover = {0};
    referents r = {.of = mlg_zalloc((size_t) perimeters->n_units, sizeof *r.of)};

    TRY_ALLOC(err, r.of);
    TRY(mlg_cover_open(perimeters, &cover, err));
    mlg_cover_by_referents(model, perimeters, &cover);
    count_posts(model, perimeters, &r);
    TRY(list_share(perimeters, &cover, &r, view, out, err));
    const double with = r.units[NAMED] + r.units[UNNAMED] + r.units[VACANT];
    if (with > 0.0) { /* else the posts are of other places: nothing to list by unit */
        TRY(list_units(perimeters, &r, (size_t) (with + r.units[NOTHING]), view, out, err));
    }
out:
    mlg_cover_free(&cover);
    mlg_free(r.of);
    return status;
}

mlg_status mlg_scale_referents(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    const size_t before = out->n;

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (!mlg_perimeters_have_units(&perimeters)) {
        TRY(mlg_values_undefined(out, "scale.referents", view, T_why_no_units, err));
        goto out;
    }
    TRY(run_referents(context->model, &perimeters, view, out, err));
out:
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
