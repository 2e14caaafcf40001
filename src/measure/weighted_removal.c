/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/removal.h"

/* A set of actors: its weight, and how many of them weigh anything. The number tells nothing from
 * what the rounding of a difference left over. */
typedef struct heap {
    double weight;
    int32_t bearers;
} heap;

/* What falls off when a row goes. */
typedef struct fallen {
    heap all;
    double pairs; /* between different branches of it */
} fallen;

static heap add(heap a, heap b)
{
    return (heap){a.weight + b.weight, a.bearers + b.bearers};
}

static heap less(heap a, heap b)
{
    const int32_t bearers = a.bearers - b.bearers;
    const double weight = a.weight - b.weight;
    return (heap){bearers > 0 && weight > 0.0 ? weight : 0.0, bearers};
}

static heap alone(const mlg_forest *forest, const double *weight, int32_t t)
{
    const int32_t who = forest->who[t];
    const double own = who < forest->n_actors ? weight[who] : 0.0;
    return (heap){own, own > 0.0};
}

/* Branches sum from the latest arrival up; of two that fall with one row, the product is cut. */
static void gather(const mlg_forest *forest, const double *weight, heap *branch, fallen *of)
{
    for (int32_t t = forest->n - 1; t >= 0; t--) {
        const int32_t parent = forest->parent[t];
        branch[t] = add(branch[t], alone(forest, weight, t));
        if (parent < 0) {
            continue;
        }
        branch[parent] = add(branch[parent], branch[t]);
        if (mlg_forest_cuts(forest, t)) {
            of[parent].pairs += branch[t].weight * of[parent].all.weight;
            of[parent].all = add(of[parent].all, branch[t]);
        }
    }
}

/* Pairs of two sets that weigh anything, counted: 0 where their product is. */
static double n_pairs(heap a, heap b)
{
    return (double) a.bearers * b.bearers;
}

/* The pairs of a component, summed over its actors in the order of arrival. Answers how many. */
static double count(const mlg_forest *forest, const double *weight, const heap *branch,
                    const fallen *of, mlg_weighted_removals *out)
{
    heap whole = {0}, before = {0};
    double n = 0.0;
    for (int32_t t = 0; t < forest->n; t++) {
        const int32_t who = forest->who[t];
        const heap own = alone(forest, weight, t);
        if (forest->parent[t] < 0) {
            whole = branch[t];
            before = (heap){0};
        }
        out->pairs += own.weight * before.weight;
        n += n_pairs(own, before);
        before = add(before, own);
        if (who < forest->n_actors) {
            const heap others = less(whole, own);
            /* the first of a component has nothing above */
            const heap above = forest->parent[t] < 0 ? (heap){0} : less(others, of[t].all);
            out->lost[who] = of[t].pairs + above.weight * of[t].all.weight;
        }
    }
    return n;
}

/* The pairs of all components without those of each actor; nothing where each of the n pairs is its
 * own. */
static void count_others(const mlg_forest *forest, const double *weight, const heap *branch,
                         double n, mlg_weighted_removals *out)
{
    heap whole = {0};
    for (int32_t t = 0; t < forest->n; t++) {
        const int32_t who = forest->who[t];
        const heap own = alone(forest, weight, t);
        whole = forest->parent[t] < 0 ? branch[t] : whole;
        if (who < forest->n_actors) {
            const heap others = less(whole, own);
            const double left = out->pairs - own.weight * others.weight;
            out->others[who] = n > n_pairs(own, others) && left > 0.0 ? left : 0.0;
        }
    }
}

mlg_status mlg_weighted_removals_of(const mlg_forest *forest, const double *weight,
                                    mlg_weighted_removals *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) forest->n, n_actors = (size_t) forest->n_actors;
    heap *branch = mlg_zalloc(n, sizeof *branch);
    fallen *of = mlg_zalloc(n, sizeof *of);

    *out = (mlg_weighted_removals){.lost = mlg_zalloc(n_actors, sizeof *out->lost),
                                   .others = mlg_zalloc(n_actors, sizeof *out->others)};
    if (branch == NULL || of == NULL || out->lost == NULL || out->others == NULL) {
        FAIL(err, MLG_ENOMEM, "weighted removals: no memory for %zu actors", n);
    }
    gather(forest, weight, branch, of);
    count_others(forest, weight, branch, count(forest, weight, branch, of, out), out);
out:
    mlg_free(branch);
    mlg_free(of);
    if (status != MLG_OK) {
        mlg_weighted_removals_free(out);
    }
    return status;
}

void mlg_weighted_removals_free(mlg_weighted_removals *removals)
{
    mlg_free(removals->lost);
    mlg_free(removals->others);
    *removals = (mlg_weighted_removals){0};
}
