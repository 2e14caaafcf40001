/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/perimeter_pairs.h"
#include "measure/perimeter_relation.h"
#include "measure/summary.h"

static const char *const id = "scale.type_index";

/* Pairs of different kinds that have something in common. */
typedef struct sides {
    double type_i, type_ii, open;                      /* equal or nested, crossing, undetermined */
    double people_type_i, people_type_ii, people_open; /* inhabitants in common */
    double apart;                                      /* only a sliver in common */
} sides;

typedef struct survey {
    const mlg_perimeters *perimeters;
    const mlg_extent *whole; /* [perimeters] */
    sides strict, tolerant;  /* all pairs; slivers left out */
    sides *of;               /* [perimeters] strict */
} survey;

static void count(sides *to, mlg_perimeter_relation relation, double people)
{
    switch (relation) {
    case MLG_EQUAL:
    case MLG_A_IN_B:
    case MLG_B_IN_A:
        to->type_i++;
        to->people_type_i += people;
        break;
    case MLG_CROSSING:
        to->type_ii++;
        to->people_type_ii += people;
        break;
    case MLG_UNDETERMINED:
        to->open++;
        to->people_open += people;
        break;
    case MLG_DISJOINT:
    case MLG_N_RELATIONS:
        to->apart++;
        break;
    }
}

static void visit(void *with, const mlg_overlap *o)
{
    survey *s = with;
    const mlg_extent *a = &s->whole[o->a], *b = &s->whole[o->b];

    if (mlg_are_of_one_kind(s->perimeters, o->a, o->b)) {
        return;
    }
    const mlg_perimeter_relation strict = mlg_relation_of(o, a, b);
    count(&s->strict, strict, o->most.people);
    count(&s->tolerant, mlg_relation_but_slivers(o, a, b), o->most.people);
    count(&s->of[o->a], strict, o->most.people);
    count(&s->of[o->b], strict, o->most.people);
}

static double share(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

/* The bounds put all undetermined pairs on one side, then on the other. */
static mlg_status list_whole(const sides *c, const char *convention, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    const double decided = c->type_i + c->type_ii, all = decided + c->open;
    const double people = c->people_type_i + c->people_type_ii;
    const double people_all = people + c->people_open;
    const mlg_figure counts[] = {
        {"type_i", c->type_i},
        {"type_ii", c->type_ii},
        {"undetermined", c->open},
        {"slivers", c->apart},
        {"population", share(c->people_type_i, people)},
        {"population_low", share(c->people_type_i, people_all)},
        {"population_high", share(c->people_type_i + c->people_open, people_all)},
    };
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = convention,
        .value = share(c->type_i, decided),
        .bounded = true,
        .low = share(c->type_i, all),
        .high = share(c->type_i + c->open, all),
        .why = decided > 0.0 ? T_none : T_why_no_overlap,
        .figures = counts,
        .n_figures = sizeof counts / sizeof *counts,
    };
    return mlg_values_summary(out, &summary, err);
}

/* Each perimeter that has something in common with one of another kind. */
static mlg_status list_each(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    enum { PARTS = 4 };
    static const char *const parts[PARTS] = {"type_i", "type_ii", "undetermined", "population"};
    mlg_status status = MLG_OK;
    const size_t n = (size_t) s->perimeters->n;
    size_t kept = 0;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n * (1 + PARTS), sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t p = 0; p < n; p++) {
        const sides *c = &s->of[p];
        double *row = figure + kept * (1 + PARTS);
        if (c->type_i + c->type_ii + c->open > 0.0) {
            subject[kept++] = s->perimeters->territory[p];
            row[0] = share(c->type_i, c->type_i + c->type_ii);
            row[1] = c->type_i;
            row[2] = c->type_ii;
            row[3] = c->open;
            row[4] = share(c->people_type_i, c->people_type_i + c->people_type_ii);
        }
    }
    const mlg_listing listing = {
        .id = id,
        .view = view,
        .scope = MLG_SCOPE_TERRITORY,
        .convention = "each",
        .why = T_why_no_overlap,
        .parts = parts,
        .n_parts = PARTS,
        .subject = subject,
        .figure = figure,
        .n = kept,
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
    survey s = {.perimeters = &perimeters};

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n < 2) {
        TRY(mlg_values_undefined(
            out, id, view, perimeters.n == 0 ? T_why_no_perimeters : T_why_one_perimeter, err));
        goto out;
    }
    whole = mlg_extents_of(&perimeters);
    TRY_ALLOC(err, whole);
    s.whole = whole;
    s.of = mlg_zalloc((size_t) perimeters.n, sizeof *s.of);
    TRY_ALLOC(err, s.of);
    TRY(mlg_overlaps_each(&perimeters, visit, &s, err));
    TRY(list_whole(&s.strict, "pairs", view, out, err));
    TRY(list_whole(&s.tolerant, "but_slivers", view, out, err));
    TRY(list_each(&s, view, out, err));
out:
    mlg_free(whole);
    mlg_free(s.of);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_type_index(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
