/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/scale.h"
#include "measure/context.h"
#include "measure/pair_ranking.h"
#include "measure/perimeter_pairs.h"
#include "measure/perimeter_relation.h"
#include "measure/summary.h"

typedef struct survey {
    const mlg_perimeters *perimeters;
    const int32_t *unit_scale; /* [perimeters] of all its units, or MLG_NO_SCALE */
    const mlg_extent *whole;   /* [perimeters] */
    double pairs[MLG_N_RELATIONS];
    /* of pairs of different kinds: Type I (equal or nested) and Type II (crossing) */
    double type_i, type_ii, open;         /* pairs; open: undetermined */
    double people_type_i, people_type_ii; /* inhabitants in common */
    mlg_pair_ranking ranking;
} survey;

/* What deserves to be read first: what crosses, what may, then the order of the codes. */
static double rank_of(mlg_perimeter_relation relation)
{
    static const double ranks[MLG_N_RELATIONS] = {
        [MLG_CROSSING] = 5, [MLG_UNDETERMINED] = 4, [MLG_EQUAL] = 3,
        [MLG_A_IN_B] = 2,   [MLG_B_IN_A] = 2,       [MLG_DISJOINT] = 0,
    };
    return ranks[relation];
}

enum {
    FIGURE_CODE,
    FIGURE_UNITS,
    FIGURE_PEOPLE,
    FIGURE_UNKNOWN,
    FIGURE_ONE_KIND,
    FIGURE_TOLERANT,
    FIGURE_UNITS_LOW,
    FIGURE_PEOPLE_LOW,
    FIGURE_UNITS_A,
    FIGURE_UNITS_B,
    FIGURE_PEOPLE_A,
    FIGURE_PEOPLE_B,
};

static const mlg_pair_column figures[] = {
    [FIGURE_CODE] = {MLG_VALUE, NULL},
    [FIGURE_UNITS] = {MLG_VALUE, "units"},
    [FIGURE_PEOPLE] = {MLG_VALUE, "people"},
    [FIGURE_UNKNOWN] = {MLG_VALUE, "population_unknown"},
    [FIGURE_ONE_KIND] = {MLG_VALUE, "one_kind"},
    [FIGURE_TOLERANT] = {MLG_VALUE, "but_slivers"},
    [FIGURE_UNITS_LOW] = {MLG_VALUE, "units_low"},
    [FIGURE_PEOPLE_LOW] = {MLG_VALUE, "people_low"},
    [FIGURE_UNITS_A] = {MLG_VALUE, "units_a"},
    [FIGURE_UNITS_B] = {MLG_VALUE, "units_b"},
    [FIGURE_PEOPLE_A] = {MLG_VALUE, "people_a"},
    [FIGURE_PEOPLE_B] = {MLG_VALUE, "people_b"},
};

static void count_kinds(survey *s, mlg_perimeter_relation relation, const mlg_overlap *o)
{
    if (mlg_are_of_one_kind(s->perimeters, o->a, o->b)) {
        return;
    }
    switch (relation) {
    case MLG_EQUAL:
    case MLG_A_IN_B:
    case MLG_B_IN_A:
        s->type_i++;
        s->people_type_i += o->most.people;
        break;
    case MLG_CROSSING:
        s->type_ii++;
        s->people_type_ii += o->most.people;
        break;
    case MLG_UNDETERMINED:
        s->open++;
        break;
    case MLG_DISJOINT:
    case MLG_N_RELATIONS:
        break;
    }
}

/* Residents in common; not known where all of them live in units of unknown population. */
static double known_people(const mlg_overlap *o)
{
    return o->most.unknown > 0.0 && !(o->most.people > 0.0) ? NAN : o->most.people;
}

static void visit(void *with, const mlg_overlap *o)
{
    survey *s = with;
    const mlg_extent *a = &s->whole[o->a], *b = &s->whole[o->b];
    const bool beyond = mlg_beyond_compare(s->unit_scale, o->a, o->b);
    const mlg_perimeter_relation relation = beyond ? MLG_UNDETERMINED : mlg_relation_of(o, a, b);
    const mlg_ranked_pair pair = {
        .a = o->a,
        .b = o->b,
        .rank = rank_of(relation),
        .then = o->most.people > 0.0 ? o->most.people : o->most.units,
        .figure =
            {
                [FIGURE_CODE] = relation,
                [FIGURE_UNITS] = beyond ? NAN : o->most.units,
                [FIGURE_PEOPLE] = beyond ? NAN : known_people(o),
                [FIGURE_UNKNOWN] = a->unknown + b->unknown - o->most.unknown,
                [FIGURE_ONE_KIND] = mlg_are_of_one_kind(s->perimeters, o->a, o->b),
                [FIGURE_TOLERANT] = beyond ? relation : mlg_relation_but_slivers(o, a, b),
                [FIGURE_UNITS_LOW] = beyond ? NAN : o->units_low,
                [FIGURE_PEOPLE_LOW] = beyond ? NAN : o->people_low,
                [FIGURE_UNITS_A] = a->units,
                [FIGURE_UNITS_B] = b->units,
                [FIGURE_PEOPLE_A] = a->people,
                [FIGURE_PEOPLE_B] = b->people,
            },
    };

    mlg_pair_ranking_add(&s->ranking, &pair);
    if (!beyond) { /* those are counted at the end: not every pair apart is visited */
        s->pairs[relation]++;
        count_kinds(s, relation, o);
    }
}

/* Type I share: equal or nested, out of those and the crossing ones. The bounds put all
 * undetermined pairs on one side, then on the other. */
static mlg_status list_share(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    const double decided = s->type_i + s->type_ii, all = decided + s->open;
    const double people = s->people_type_i + s->people_type_ii;
    const mlg_figure counts[] = {
        {"equal", s->pairs[MLG_EQUAL]},
        {"nested", s->pairs[MLG_A_IN_B] + s->pairs[MLG_B_IN_A]},
        {"disjoint", s->pairs[MLG_DISJOINT]},
        {"crossing", s->pairs[MLG_CROSSING]},
        {"undetermined", s->pairs[MLG_UNDETERMINED]},
        {"type_i", s->type_i},
        {"type_ii", s->type_ii},
        {"population", people > 0.0 ? s->people_type_i / people : NAN},
    };
    const mlg_summary summary = {
        .id = "scale.typology",
        .view = view,
        .convention = "type_i_share",
        .value = decided > 0.0 ? s->type_i / decided : NAN,
        .bounded = true,
        .low = all > 0.0 ? s->type_i / all : NAN,
        .high = all > 0.0 ? (s->type_i + s->open) / all : NAN,
        .why = decided > 0.0 ? T_none : T_why_no_overlap,
        .figures = counts,
        .n_figures = sizeof counts / sizeof *counts,
    };
    return mlg_values_summary(out, &summary, err);
}

/* Pairs without a common unit were visited only as far as the list has room for them. */
static double pairs_apart(const survey *s)
{
    const double n = s->perimeters->n;
    double met = 0.0;
    for (int relation = 0; relation < MLG_N_RELATIONS; relation++) {
        met += relation != MLG_DISJOINT ? s->pairs[relation] : 0.0;
    }
    return n * (n - 1.0) / 2.0 - met;
}

static double pairs_beyond_compare(const survey *s)
{
    double pairs = 0.0;
    for (int32_t a = 0; a < s->perimeters->n; a++) {
        for (int32_t b = a + 1; b < s->perimeters->n; b++) {
            pairs += mlg_beyond_compare(s->unit_scale, a, b);
        }
    }
    return pairs;
}

static mlg_status list_typology(survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t n = (size_t) s->perimeters->n;
    s->pairs[MLG_UNDETERMINED] += pairs_beyond_compare(s);
    s->pairs[MLG_DISJOINT] = pairs_apart(s);
    mlg_pair_ranking_close(&s->ranking);
    const mlg_status status =
        mlg_pair_ranking_list(&s->ranking, "scale.typology", view, s->perimeters->territory,
                              n * (n - 1) / 2, figures, sizeof figures / sizeof *figures, out, err);
    return status == MLG_OK ? list_share(s, view, out, err) : status;
}

static mlg_status run_typology(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    mlg_extent *whole = NULL;
    int32_t *unit_scale = NULL;
    survey s = {.perimeters = &perimeters};

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n < 2) {
        TRY(mlg_values_undefined(out, "scale.typology", view,
                                 perimeters.n == 0 ? T_why_no_perimeters : T_why_one_perimeter,
                                 err));
        goto out;
    }
    whole = mlg_extents_of(&perimeters);
    TRY_ALLOC(err, whole);
    unit_scale = mlg_unit_scales(context->model, &perimeters);
    TRY_ALLOC(err, unit_scale);
    s.whole = whole;
    s.unit_scale = unit_scale;
    TRY(mlg_pair_ranking_open(&s.ranking, err));
    TRY(mlg_overlaps_at_least(&perimeters, MLG_PAIRS_LISTED, visit, &s, err));
    TRY(list_typology(&s, view, out, err));
out:
    mlg_pair_ranking_free(&s.ranking);
    mlg_free(whole);
    mlg_free(unit_scale);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_typology(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run_typology(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
