/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_KEY_PLAYERS_H
#define MLG_MEASURE_KEY_PLAYERS_H

#include <math.h>

#include "measure/context.h"
#include "measure/sets_of.h"

/* Sets of k actors that are best at something: what their search shares. */
enum {
    MLG_MOST_PLAYERS = 10,  /* largest k */
    MLG_LISTED_ROWS = 24,   /* rows of sets of first place that are listed: 24 sets of 1, 12 of 2 */
    MLG_MOST_SETS = 1000000 /* sets that are looked at one by one */
};

/* Largest k of a run (its budget), of n actors at most. */
int32_t mlg_players_asked(const mlg_run *run, int32_t n);

/* The sets of first place, the larger value the better. */
typedef struct mlg_best_sets {
    int32_t k;
    double value;    /* of each of them; -INFINITY: none yet */
    double slack;    /* values as near as this are equal: rounding of sums */
    double sets;     /* that have it; NaN: not counted */
    double bound;    /* no set has more; NaN: unknown */
    bool proven;     /* no set is better: all were seen, or the bound is met */
    int32_t n_kept;  /* of them, the first by the actors' order */
    int32_t *member; /* [MLG_LISTED_ROWS] ascending in each set */
} mlg_best_sets;

mlg_status mlg_best_sets_open(mlg_best_sets *best, int32_t k, double slack,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_best_sets_free(mlg_best_sets *best);

/* One more set, of rows in ascending order: `set` holds all but the last. */
static inline bool mlg_best_sets_wants(const mlg_best_sets *best, double value)
{
    return value >= best->value - best->slack;
}
void mlg_best_sets_offer(mlg_best_sets *best, const int32_t *set, int32_t last, double value);
/* The only one that is known, in any order, when the others were not all looked at. */
void mlg_best_sets_found(mlg_best_sets *best, const int32_t *set, double value, double bound);
/* Every set was offered. */
void mlg_best_sets_seen_all(mlg_best_sets *best);

/* Sorts a set of k rows. */
void mlg_set_sort(int32_t *set, int32_t k);

/* Rows of one value: members of the sets of first place, for one k after the other. */
typedef struct mlg_set_rows {
    const char *id, *convention;
    const char *const *parts; /* names: after those that every list has (see the .c) */
    size_t n_parts;
    size_t n, room;  /* rows */
    double total;    /* rows there would be */
    int32_t *row;    /* [n] actor of the graph */
    double *figures; /* [n * (1 + FIXED + n_parts)] the number, then the parts */
} mlg_set_rows;

/* Appends the sets of one k: `value` and `extra` [n_kept * n_parts] of each. */
mlg_status mlg_set_rows_add(mlg_set_rows *rows, const mlg_best_sets *best, const double *value,
                            const double *extra, mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_set_rows_append(const mlg_set_rows *rows, const mlg_context *context, int32_t view,
                               mlg_values *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_set_rows_free(mlg_set_rows *rows);

/* ---- removals one after the other (key_players_cuts.c) ------------------------- */

/* A graph from which rows go, and what the removal of each row left would cost. */
typedef struct mlg_cuts {
    const mlg_csr *ties;
    int32_t n_actors;   /* rows after them are activities: they join but do not count */
    int64_t pairs;      /* of actors connected now */
    int32_t components; /* at first, of rows */
    int64_t *drop;      /* [n_actors] pairs fewer when it goes, its own among them */
    int32_t *gone;      /* rows that went, in this order */
    int32_t n_gone;
    int32_t *arrival; /* scratch of the search */
    struct mlg_cut_frame *frame;
} mlg_cuts;

/* `ties` is symmetric, loop-free, without repetition, and must outlive it. */
mlg_status mlg_cuts_open(const mlg_csr *ties, int32_t n_actors, mlg_cuts *out,
                         mlg_error *err) MLG_MUST_CHECK;
void mlg_cuts_free(mlg_cuts *cuts);
/* Looks again only at what the row was tied to. Cost: O(rows + entries of its component). */
void mlg_cuts_remove(mlg_cuts *cuts, int32_t row);
/* Rows that are actors in the component of a row that is left; its `arrival` is then >= 0 for those
 * and below elsewhere. */
int32_t mlg_cuts_component(mlg_cuts *cuts, int32_t row);
/* Undoes the removal of any row that went. */
void mlg_cuts_put_back(mlg_cuts *cuts, int32_t row);
/* The actor whose removal costs most pairs now, the first of several; -1: nobody is left. */
int32_t mlg_cuts_worst(const mlg_cuts *cuts);
/* Removes the worst k times: `set` [k] in this order. Drops are those before the last one went:
 * nobody may ask for them until it is put back. */
void mlg_cuts_greedy(mlg_cuts *cuts, int32_t k, int32_t *set);

/* Ties of a symmetric adjacency that keep who is connected whenever at most k rows go: at most
 * (k + 1) (n - 1) of them (Nagamochi and Ibaraki). Cost: O(rows + entries). */
mlg_status mlg_ties_that_hold(const mlg_csr *ties, int32_t k, mlg_csr *out,
                              mlg_error *err) MLG_MUST_CHECK;

/* ---- who holds together (key_players_split.c, key_players_apart.c) ------------- */

/* Removal of which k actors leaves the fewest connected pairs; value = -pairs. One set a k from 1
 * to `k_max` (best[k - 1], opened by the caller). */
mlg_status mlg_players_split(const mlg_csr *ties, int32_t n_actors, int32_t k_max,
                             mlg_best_sets *best, mlg_error *err) MLG_MUST_CHECK;

/* Ties that are left when the k actors with most go, at least: no set of k leaves fewer. */
double mlg_ties_left(const mlg_csr *ties, int32_t n_actors, int32_t k);

/* Sum of 1 / distance over the pairs that are left. */
typedef struct mlg_apart {
    const mlg_csr *ties;
    size_t words;         /* of 64 bits a row */
    uint64_t *now, *next; /* [n * words] who is reached */
} mlg_apart;
mlg_status mlg_apart_open(const mlg_csr *ties, mlg_apart *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_apart_free(mlg_apart *apart);
/* Without the k rows of `set`. `levels`, where not NULL: longest distance. */
double mlg_apart_nearness(mlg_apart *apart, const int32_t *set, int32_t k, int32_t *levels);
/* Is the nearness of one set worth its while? */
bool mlg_apart_fits(const mlg_csr *ties);

/* Removal of which k leaves the least nearness; value = -nearness. False: too large, not sought. */
bool mlg_players_apart(mlg_apart *apart, int32_t k, mlg_best_sets *best) MLG_MUST_CHECK;

/* ---- whom to convene (key_players_reach.c) --------------------------------------- */

/* What a set is to be best at. */
typedef enum mlg_reach_aim {
    MLG_REACH_NEAR, /* sum over actors of 1 / distance to the set, members 1 */
    MLG_REACH_ONE,  /* actors within one step, members too */
    MLG_REACH_TWO,  /* within two */
    MLG_REACH_AIMS
} mlg_reach_aim;

/* The ways between actors: their ties (stride 1), or the two-mode data (stride 2). */
typedef struct mlg_reach_ways {
    const mlg_csr *ties;
    int32_t n_actors, stride;
} mlg_reach_ways;

/* best[aim] opened by the caller. */
mlg_status mlg_players_reach(const mlg_reach_ways *ways, int32_t k,
                             mlg_best_sets best[MLG_REACH_AIMS], mlg_error *err) MLG_MUST_CHECK;
/* What each set that is kept comes to, by aim: `figures` [n_kept * MLG_REACH_AIMS]. */
mlg_status mlg_reach_of(const mlg_reach_ways *ways, const mlg_best_sets *best, double *figures,
                        mlg_error *err) MLG_MUST_CHECK;

#endif
