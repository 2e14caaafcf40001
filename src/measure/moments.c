/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/moments.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"

/* n (n - 1) ... over k factors. */
static double falling(double n, int k)
{
    double product = 1.0;
    for (int i = 0; i < k; i++) {
        product *= n - i;
    }
    return product;
}

static double share_of(double count, double n, int k)
{
    return n >= k ? count / falling(n, k) : 0.0;
}

/* Ordered pairs of sharing pairs: all of them, less those with one actor in common (4 ways
 * to stand) and less a pair with itself (2 ways). */
mlg_odds mlg_odds_of(const mlg_labelling *labelling)
{
    const double n = labelling->n, pairs = mlg_sharing_pairs(labelling);
    double threes = 0.0;
    for (int32_t t = 0; t < labelling->n_types; t++) {
        threes += labelling->count[t] * falling((double) labelling->others[t], 2);
    }
    return (mlg_odds){
        .p2 = share_of(pairs, n, 2),
        .p3 = share_of(threes, n, 3),
        .p4 = share_of(pairs * pairs - 4.0 * threes - 2.0 * pairs, n, 4),
    };
}

/* Summed weight of the pairs of each actor. */
static mlg_status strengths_of(const mlg_pairs *pairs, int32_t n, double **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *strength = mlg_zalloc((size_t) n, sizeof *strength);

    *out = strength;
    TRY_ALLOC(err, strength);
    for (size_t g = 0, i = 0; g < pairs->n_groups; g++) {
        for (; i < pairs->end[g]; i++) {
            strength[pairs->pair[i].a] += pairs->weight[g];
            strength[pairs->pair[i].b] += pairs->weight[g];
        }
    }
out:
    return status;
}

mlg_status mlg_pair_sums_of(const mlg_pairs *pairs, int32_t n, mlg_pair_sums *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *strength = NULL;

    *out = (mlg_pair_sums){.total = pairs->total};
    TRY(strengths_of(pairs, n, &strength, err));
    for (size_t g = 0, start = 0; g < pairs->n_groups; start = pairs->end[g++]) {
        out->squares += pairs->weight[g] * pairs->weight[g] * (double) (pairs->end[g] - start);
    }
    for (int32_t i = 0; i < n; i++) {
        out->stars += strength[i] * strength[i];
    }
    out->stars -= 2.0 * out->squares;
out:
    mlg_free(strength);
    return status;
}

/* Written with differences of chances, which are small, so that a large total does not
 * drown the result. A variance below 1e-12 of its terms is rounding: nothing can vary. */
double mlg_within_variance(const mlg_pair_sums *sums, const mlg_odds *odds)
{
    const double single = sums->squares * (odds->p2 - odds->p4);
    const double joint = sums->stars * (odds->p3 - odds->p4);
    const double apart = sums->total * sums->total * (odds->p4 - odds->p2 * odds->p2);
    const double variance = single + joint + apart;
    const double scale = sums->total * sums->total * odds->p2 + sums->squares;
    return variance > 1e-12 * scale ? variance : 0.0;
}

mlg_status mlg_modularity_sums_of(const mlg_pairs *pairs, int32_t n, mlg_modularity_sums *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double all = 2.0 * pairs->total;
    double *strength = NULL, squares = 0.0, fourths = 0.0, on_ties = 0.0;

    *out = (mlg_modularity_sums){0};
    TRY(strengths_of(pairs, n, &strength, err));
    for (int32_t i = 0; i < n; i++) {
        const double share = strength[i] / all;
        squares += share * share;
        fourths += share * share * share * share;
    }
    /* Every pair has -2 s_i s_j; a tied one 2 w_ij more. */
    for (size_t g = 0, i = 0; g < pairs->n_groups; g++) {
        const double w = pairs->weight[g] / all;
        for (; i < pairs->end[g]; i++) {
            const double expected =
                strength[pairs->pair[i].a] / all * (strength[pairs->pair[i].b] / all);
            on_ties += 4.0 * w * (w - 2.0 * expected);
        }
    }
    out->loop = squares;
    out->sums.total = squares; /* half of all, 1 - (1 - loop) */
    out->sums.squares = on_ties + 2.0 * (squares * squares - fourths);
    out->sums.stars = 4.0 * fourths - 2.0 * out->sums.squares;
out:
    mlg_free(strength);
    return status;
}

static int by_ends(const void *left, const void *right)
{
    const mlg_pair *a = left, *b = right;
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return a->b < b->b ? -1 : a->b > b->b;
}

/* Arcs whose reverse is there too. The list is in the order of both ends. */
static double count_mutual(const mlg_pairs *arcs)
{
    double mutual = 0.0;
    for (size_t i = 0; i < arcs->n; i++) {
        const mlg_pair reverse = {arcs->pair[i].b, arcs->pair[i].a};
        mutual += bsearch(&reverse, arcs->pair, arcs->n, sizeof reverse, by_ends) != NULL;
    }
    return mutual;
}

mlg_status mlg_arc_sums_of(const mlg_pairs *pairs, int32_t n, bool symmetric, mlg_arc_sums *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *leave = mlg_zalloc((size_t) n, sizeof *leave);
    double *enter = mlg_zalloc((size_t) n, sizeof *enter);
    double through = 0.0;

    *out = (mlg_arc_sums){.n = n, .total = (double) pairs->n * (symmetric ? 2.0 : 1.0)};
    TRY_ALLOC(err, leave);
    TRY_ALLOC(err, enter);
    for (size_t i = 0; i < pairs->n; i++) {
        const mlg_pair pair = pairs->pair[i];
        leave[pair.a]++;
        enter[pair.b]++;
        if (symmetric) {
            leave[pair.b]++;
            enter[pair.a]++;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        out->from_one += leave[i] * (leave[i] - 1.0);
        out->into_one += enter[i] * (enter[i] - 1.0);
        through += leave[i] * enter[i];
    }
    out->both_ways = symmetric ? out->total : count_mutual(pairs);
    out->chains = 2.0 * (through - out->both_ways);
    out->apart = out->total * out->total - out->total - out->both_ways - out->from_one -
                 out->into_one - out->chains;
out:
    mlg_free(enter);
    mlg_free(leave);
    return status;
}

/* E[f_i g_j f_k g_l] over distinct actors, f and g telling carriers of a and of b: the sum
 * over all, less those where actors coincide (inclusion and exclusion over partitions). */
void mlg_cell_moments(const mlg_arc_sums *sums, double n_a, double n_b, double n_both, double *mean,
                      double *variance)
{
    const double n = sums->n, f = n_a, g = n_b, h = n_both;
    const double fg = share_of(f * g - h, n, 2);
    const double hh = share_of(h * h - h, n, 2);
    const double fgg = share_of(f * g * (g - 1.0) - 2.0 * h * (g - 1.0), n, 3);
    const double ffg = share_of(g * f * (f - 1.0) - 2.0 * h * (f - 1.0), n, 3);
    const double fhg = share_of(h * (f * g - f - g - h + 2.0), n, 3);
    const double four = f * f * g * g - f * g * g - f * f * g + f * g - 4.0 * h * f * g +
                        2.0 * h * h + 4.0 * h * (f + g) - 6.0 * h;
    const double ffgg = share_of(four, n, 4);

    *mean = sums->total * fg;
    *variance = sums->total * (fg - ffgg) + sums->both_ways * (hh - ffgg) +
                sums->from_one * (fgg - ffgg) + sums->into_one * (ffg - ffgg) +
                sums->chains * (fhg - ffgg) + sums->total * sums->total * (ffgg - fg * fg);
    if (*variance <= 1e-12 * (sums->total * sums->total * fg + sums->total)) {
        *variance = 0.0;
    }
}
