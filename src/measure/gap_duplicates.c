/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/missing.h"
#include "measure/gap_ground.h"
#include "measure/pair_ranking.h"
#include "measure/summary.h"

/* Schemes that double each other: the same people, the same themes, the same participants. Each of
 * the three must hold by itself; what ranks is the least of them, never a product. */

static const double TERRITORY_LEAST = 0.8, THEMES_LEAST = 0.5, MEMBERS_LEAST = 0.5;

static const mlg_pair_column columns[] = {
    {MLG_VALUE, NULL}, {MLG_EXPECTED, NULL}, {0, "territory"},
    {0, "themes"},     {0, "members"},       {0, "members_smaller"},
    {0, "in_both"},    {0, "members_a"},     {0, "members_b"},
    {0, "met"},        {0, "by_units"},
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

/* Two schemes all three of whose likenesses are known. */
typedef struct likeness {
    double territory, themes, members; /* Jaccard */
    double least;
    int met; /* thresholds reached, of three */
} likeness;

static likeness likeness_of(const mlg_gap_pair *pair, const double *members)
{
    const double both = pair->both, either = members[pair->a] + members[pair->b] - both;
    likeness like = {.territory = pair->alike,
                     .themes = pair->themes,
                     .members = either > 0.0 ? both / either : NAN};
    like.least = fmin(like.territory, fmin(like.themes, like.members));
    like.met = (like.territory >= TERRITORY_LEAST - 1e-12) + (like.themes >= THEMES_LEAST - 1e-12) +
               (like.members >= MEMBERS_LEAST - 1e-12);
    return like;
}

static bool is_known(const likeness *like)
{
    return !isnan(like->territory) && !isnan(like->themes) && !isnan(like->members);
}

static mlg_status count_members(const mlg_gaps *gaps, double **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_two_mode *t = &gaps->seats;
    double *members = mlg_zalloc((size_t) gaps->n_schemes, sizeof *members);

    *out = members;
    TRY_ALLOC(err, members);
    for (uint32_t k = 0; k < t->offset[t->n_rows]; k++) {
        members[t->column[k]] += 1.0;
    }
out:
    return status;
}

/* What a run of all the pairs finds. */
typedef struct tally {
    double known, near, two;
} tally;

/* MLG_PAIR_COLUMNS figures are kept; the rest is found again by the pair's place. */
static void rank_pairs(const mlg_gaps *gaps, const double *members, mlg_pair_ranking *ranking,
                       tally *t)
{
    for (size_t e = 0; e < gaps->n_pairs; e++) {
        const mlg_gap_pair *p = &gaps->pair[e];
        const likeness like = likeness_of(p, members);
        if (is_known(&like)) {
            const mlg_ranked_pair pair = {
                .a = p->a, .b = p->b, .rank = like.met, .then = like.least, .figure = {(double) e}};
            t->known += 1.0;
            t->near += like.met == 3;
            t->two += like.met == 2;
            mlg_pair_ranking_add(ranking, &pair);
        }
    }
    mlg_pair_ranking_close(ranking);
}

static mlg_status list_pairs(const mlg_gaps *gaps, const double *members,
                             const mlg_pair_ranking *ranking, int32_t view, double known,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "gap.duplicates", view, ranking->n, err);
    double *to[N_COLUMNS];

    TRY_ALLOC(err, value);
    value->total = (size_t) known;
    bool made = mlg_value_subjects(value) != NULL;
    for (size_t i = 0; i < N_COLUMNS && made; i++) {
        to[i] = columns[i].part != NULL ? mlg_value_part_of(value, columns[i].part)
                                        : mlg_value_column_of(value, columns[i].column);
        made = to[i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "gap.duplicates: no memory for %zu pairs", ranking->n);
    }
    for (size_t row = 0; row < ranking->n; row++) {
        const mlg_gap_pair *p = &gaps->pair[(size_t) ranking->items[row].figure[0]];
        const likeness like = likeness_of(p, members);
        const double smaller = fmin(members[p->a], members[p->b]);
        const double numbers[N_COLUMNS] = {
            like.least, p->expected,   like.territory, like.themes, like.members, p->both / smaller,
            p->both,    members[p->a], members[p->b],  like.met,    p->by_units,
        };
        value->subject[2 * row] = gaps->scheme[p->a];
        value->subject[2 * row + 1] = gaps->scheme[p->b];
        for (size_t i = 0; i < N_COLUMNS; i++) {
            to[i][row] = numbers[i];
        }
    }
out:
    return status;
}

static mlg_status sum_up(const mlg_gaps *gaps, const tally *t, int32_t view, mlg_values *out,
                         mlg_error *err)
{
    const mlg_figure figures[] = {
        {"pairs", (double) gaps->n_pairs},
        {"known", t->known},
        {"two_of_three", t->two},
        {"schemes", gaps->n_schemes},
        {"territory_least", TERRITORY_LEAST},
        {"themes_least", THEMES_LEAST},
        {"members_least", MEMBERS_LEAST},
    };
    const mlg_summary summary = {
        .id = "gap.duplicates",
        .view = view,
        .convention = "near_duplicates",
        .value = t->near,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

mlg_status mlg_gap_duplicates(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_gaps *gaps = NULL;
    mlg_pair_ranking ranking = {0};
    double *members = NULL;
    tally t = {0};

    if (view < 0) {
        return mlg_values_undefined(out, "gap.duplicates", view, T_why_no_two_mode, err);
    }
    TRY(mlg_gaps_of(context, view, &gaps, err));
    if (gaps->why != T_none) {
        TRY(mlg_values_undefined(out, "gap.duplicates", view, gaps->why, err));
        goto out;
    }
    TRY(count_members(gaps, &members, err));
    TRY(mlg_pair_ranking_open(&ranking, err));
    rank_pairs(gaps, members, &ranking, &t);
    if (t.known <= 0.0) {
        TRY(mlg_values_undefined(out, "gap.duplicates", view, T_why_no_likeness, err));
        goto out;
    }
    TRY(list_pairs(gaps, members, &ranking, view, t.known, out, err));
    TRY(sum_up(gaps, &t, view, out, err));
out:
    mlg_pair_ranking_free(&ranking);
    mlg_free(members);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
