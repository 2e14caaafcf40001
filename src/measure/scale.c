/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/scale.h"

#include <math.h>
#include <string.h>

#include "measure/context.h"
#include "measure/pair_ranking.h"
#include "measure/perimeter_pairs.h"

/* One index of overlap: of what two sets of size a and b have in common. NaN when it
 * divides by nothing. */
typedef struct overlap_index {
    const char *id;
    double (*of)(double common, double a, double b);
    bool both_ways; /* (a, b) and (b, a) differ */
} overlap_index;

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static double jaccard(double common, double a, double b)
{
    return ratio(common, a + b - common);
}

static double overlap(double common, double a, double b)
{
    return ratio(common, fmin(a, b));
}

static double containment(double common, double a, double b)
{
    (void) b;
    return ratio(common, a);
}

/* Both increase with what is in common and decrease with what either holds beside it, so that the
 * ends of an overlap are theirs. */
static double at_most(const overlap_index *index, const mlg_ends *ends)
{
    return index->of(ends->most, ends->most_a, ends->most_b);
}

/* However little of what lies wholly inside is all of it: no division by nothing. */
static double at_least(const overlap_index *index, const mlg_ends *ends, bool meet)
{
    const double least = index->of(ends->low, ends->low_a, ends->low_b);
    return isnan(least) && meet ? 1.0 : least;
}

static mlg_overlap turn(const mlg_overlap *o)
{
    const mlg_doubt u = o->units, p = o->people;
    mlg_overlap turned = *o;
    turned.a = o->b;
    turned.b = o->a;
    turned.units = (mlg_doubt){u.kept_b, u.kept_a, u.lost_b, u.lost_a};
    turned.people = (mlg_doubt){p.kept_b, p.kept_a, p.lost_b, p.lost_a};
    return turned;
}

/* What each visit of a pair needs. */
typedef struct survey {
    const overlap_index *index;
    const mlg_extent *whole; /* [perimeters] */
    mlg_pair_ranking ranking;
} survey;

enum { FIGURE_VALUE, FIGURE_LOW, FIGURE_HIGH, FIGURE_PEOPLE, FIGURE_UNITS, FIGURE_UNKNOWN, BASE };

static const mlg_pair_column figures[] = {
    [FIGURE_VALUE] = {MLG_VALUE, NULL},    [FIGURE_LOW] = {MLG_LOW, NULL},
    [FIGURE_HIGH] = {MLG_HIGH, NULL},      [FIGURE_PEOPLE] = {MLG_VALUE, "population"},
    [FIGURE_UNITS] = {MLG_VALUE, "units"}, [FIGURE_UNKNOWN] = {MLG_VALUE, "population_unknown"},
};

/* What else is known of units, each with its own part: asked of the pairs that are listed only. */
static size_t more_figures(const survey *s, const mlg_perimeters *perimeters,
                           mlg_pair_column *columns)
{
    const struct {
        const double *weight;
        bool has;
        const char *part, *unknown;
    } weights[] = {
        {perimeters->area, perimeters->has_area, "area", "area_unknown"},
        {perimeters->need, perimeters->has_need, "need", "need_unknown"},
    };
    size_t n = BASE;

    for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
        for (size_t i = 0; weights[w].has && i < s->ranking.n; i++) {
            mlg_ranked_pair *pair = &s->ranking.items[i];
            const mlg_weighing of =
                mlg_overlap_weighed(perimeters, weights[w].weight, pair->a, pair->b);
            pair->figure[n] = at_most(s->index, &of.ends);
            pair->figure[n + 1] = of.unknown;
        }
        if (weights[w].has) {
            columns[n++] = (mlg_pair_column){MLG_VALUE, weights[w].part};
            columns[n++] = (mlg_pair_column){MLG_VALUE, weights[w].unknown};
        }
    }
    if (perimeters->in_parts) {
        for (size_t i = 0; i < s->ranking.n; i++) {
            mlg_ranked_pair *pair = &s->ranking.items[i];
            const mlg_weighing of =
                mlg_overlap_weighed(perimeters, perimeters->population, pair->a, pair->b);
            pair->figure[n] = at_least(s->index, &of.ends, of.meet);
        }
        columns[n++] = (mlg_pair_column){MLG_VALUE, "population_low"};
    }
    return n;
}

/* Rank: the index, then the inhabitants in common. */
static void add_pair(survey *s, const mlg_overlap *o, int32_t a, int32_t b)
{
    const mlg_extent *x = &s->whole[a], *y = &s->whole[b];
    const mlg_overlap turned = o->a == a ? *o : turn(o);
    const mlg_ends units = mlg_overlap_units(&turned, x, y);
    const mlg_ends people = mlg_overlap_people(&turned, x, y);
    const double value = at_most(s->index, &units);
    const mlg_ranked_pair pair = {
        .a = a,
        .b = b,
        .rank = isnan(value) ? -1.0 : value,
        .then = o->most.people,
        .figure =
            {
                [FIGURE_VALUE] = value,
                [FIGURE_LOW] = at_least(s->index, &units, o->meet),
                [FIGURE_HIGH] = value,
                [FIGURE_PEOPLE] = at_most(s->index, &people),
                [FIGURE_UNITS] = o->most.units,
                [FIGURE_UNKNOWN] = x->unknown + y->unknown - o->most.unknown,
            },
    };
    mlg_pair_ranking_add(&s->ranking, &pair);
}

static void visit(void *with, const mlg_overlap *overlap)
{
    survey *s = with;
    add_pair(s, overlap, overlap->a, overlap->b);
    if (s->index->both_ways) {
        add_pair(s, overlap, overlap->b, overlap->a);
    }
}

static mlg_status run_index(const overlap_index *index, mlg_context *context, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    mlg_extent *whole = NULL;
    survey s = {.index = index};
    mlg_pair_column columns[MLG_PAIR_COLUMNS];

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n < 2) {
        TRY(mlg_values_undefined(out, index->id, view,
                                 perimeters.n == 0 ? T_why_no_perimeters : T_why_one_perimeter,
                                 err));
        goto out;
    }
    whole = mlg_extents_of(&perimeters);
    TRY_ALLOC(err, whole);
    s.whole = whole;
    TRY(mlg_pair_ranking_open(&s.ranking, err));
    TRY(mlg_overlaps_at_least(&perimeters, MLG_PAIRS_LISTED, visit, &s, err));
    mlg_pair_ranking_close(&s.ranking);
    const size_t n = (size_t) perimeters.n;
    memcpy(columns, figures, sizeof figures);
    const size_t n_columns = more_figures(&s, &perimeters, columns);
    TRY(mlg_pair_ranking_list(&s.ranking, index->id, view, perimeters.territory,
                              index->both_ways ? n * (n - 1) : n * (n - 1) / 2, columns, n_columns,
                              out, err));
out:
    mlg_pair_ranking_free(&s.ranking);
    mlg_free(whole);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_jaccard(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const overlap_index index = {"scale.jaccard", jaccard, false};
    return run_index(&index, context, view, out, err);
}

mlg_status mlg_scale_overlap(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const overlap_index index = {"scale.overlap", overlap, false};
    return run_index(&index, context, view, out, err);
}

mlg_status mlg_scale_containment(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    static const overlap_index index = {"scale.containment", containment, true};
    return run_index(&index, context, view, out, err);
}
