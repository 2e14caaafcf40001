/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BROKER_GROUND_H
#define MLG_MEASURE_BROKER_GROUND_H

#include "measure/context.h"
#include "measure/labels.h"

/* What the brokerage measures of one view stand on, made at first need: the ties between
 * actors of known (first) sectors, the open two-paths of each by role, and what deals of the
 * sectors make of them. */

/* Roles of v in an open path a - v - b. Paths along arcs are ordered; without direction each
 * pair {a, b} is one path, representative and gatekeeper cannot be told apart and stay 0. */
typedef enum mlg_role {
    MLG_COORDINATOR,    /* a, v, b of one sector */
    MLG_ITINERANT,      /* a, b of one sector, v of another */
    MLG_REPRESENTATIVE, /* a, v of one sector, b of another */
    MLG_GATEKEEPER,     /* v, b of one sector, a of another */
    MLG_BOUNDARY,       /* one of a, b in v's sector: both of the above */
    MLG_LIAISON,        /* three sectors */
    MLG_N_ROLES
} mlg_role;

/* Of one actor. */
typedef struct mlg_broker_counts {
    uint64_t role[MLG_N_ROLES]; /* open paths along arcs, or ties */
    uint64_t paths;             /* of all roles */
    /* of weak ties, unordered pairs {a, b} */
    uint64_t open;       /* pairs it stands between */
    uint64_t cross;      /* of them, of two sectors */
    uint64_t only;       /* pairs that nobody else stands between */
    uint64_t only_cross; /* of them, of two sectors */
} mlg_broker_counts;

/* What the deals that leave an actor its sector say of one of its roles. */
typedef struct mlg_role_deals {
    uint64_t sum, squares;
    uint64_t less, greater; /* deals with at most, at least as many paths as observed */
} mlg_role_deals;

typedef struct mlg_brokers {
    const mlg_graph *graph;
    mlg_text_key why; /* why nothing can be said of the view, or T_none */
    bool ordered;     /* paths have a direction (arcs, or sna's reading of ties) */
    bool as_sna;      /* the run follows sna */
    mlg_labelling labelling;
    double density; /* arcs (ties) / ordered (unordered) pairs of the actors with a sector */
    double m;       /* arcs, or ties, between them */

    mlg_broker_counts *actor; /* [labelling.n] */
    mlg_broker_counts total;  /* sums of `role` and `paths`, and of the weak pairs by actor */
    uint64_t pairs;           /* weak: pairs with somebody between, without a tie */
    uint64_t cross_pairs;     /* of them, of two sectors */
    uint64_t lone_pairs;      /* pairs with a single actor between */
    uint64_t lone_cross;      /* of them, of two sectors */
    uint64_t tied_cross;      /* weak ties between two sectors */

    /* deals (broker_deals.c); n_deals = 0: none were made */
    bool enumerated;
    uint32_t n_deals;
    mlg_role_deals *deals; /* [labelling.n * MLG_N_ROLES] own sector kept */
    uint32_t *kept;        /* [labelling.n] deals behind them */
    double *draw;          /* [MLG_N_ROLES * n_deals] sums over all actors, all sectors dealt */
} mlg_brokers;

mlg_status mlg_brokers_of(mlg_context *context, int32_t view, mlg_brokers **out,
                          mlg_error *err) MLG_MUST_CHECK;

/* ---- open paths (broker_paths.c) ---------------------------------------------- */

/* The ties among actors with a sector, by their ranks; weights are left out. */
mlg_status mlg_broker_links(const mlg_csr *from, const mlg_labelling *labelling, mlg_csr *out,
                            mlg_error *err) MLG_MUST_CHECK;

/* What one reading of the links counts. */
typedef struct mlg_path_count {
    const mlg_csr *links;
    const int32_t *sector; /* [links->n] */
    bool ordered;          /* each of (a, b) and (b, a) is a path of its own */
    bool roles;            /* fill role[] and paths */
    bool pairs;            /* fill open ... only_cross, and `distinct`; not with `ordered` */
} mlg_path_count;

/* pairs, cross_pairs, lone_pairs, lone_cross of mlg_brokers */
typedef struct mlg_distinct_pairs {
    uint64_t pairs, cross, lone, lone_cross;
} mlg_distinct_pairs;

/* Adds to actor [links->n]. The same bytes for any number of threads: all are whole numbers.
 * Cost: O(sum over ties of the degree of the far end), halved without direction. */
mlg_status mlg_broker_count(const mlg_path_count *what, const mlg_run *run,
                            mlg_broker_counts *actor, mlg_distinct_pairs *distinct,
                            mlg_error *err) MLG_MUST_CHECK;
/* That cost: entries of lists that are read. */
double mlg_broker_work(const mlg_csr *links);

/* ---- deals (broker_deals.c) ---------------------------------------------------- */

/* Deals the sectors again over the open paths, as many times as the work allows: none of a
 * network with more than 16 million open paths. */
mlg_status mlg_broker_deal(mlg_brokers *brokers, const mlg_csr *links, const mlg_run *run,
                           mlg_error *err) MLG_MUST_CHECK;

/* ---- moments (broker_moments.c) -------------------------------------------------- */

/* Triples that can play a role given the sectors' sizes, and ordered pairs of different ones
 * by how they meet: in one tie that both need, in one that one needs and the other forbids, in
 * the pair that both forbid. Others have nothing in common. */
typedef struct mlg_triples {
    double n, share, clash, open;
} mlg_triples;

/* Of one actor of a sector of size `own`; of all actors. MLG_N_ROLES: all roles together. */
mlg_triples mlg_triples_of(const mlg_brokers *brokers, mlg_role role, int32_t own);
mlg_triples mlg_triples_all(const mlg_brokers *brokers, mlg_role role);
typedef struct mlg_moments {
    double mean, sd; /* sd 0: nothing varies */
} mlg_moments;

/* m of the M places are ties, all choices alike (exact). */
mlg_moments mlg_moments_given_m(const mlg_triples *triples, double m, double places);
/* Each place is a tie with chance d (exact). */
mlg_moments mlg_moments_bernoulli(const mlg_triples *triples, double d);
/* What sna prints for the whole of a digraph: 4 (n - 3) for 4 n - 10 clashes (coordinator,
 * total), none for representative and gatekeeper. Roles as sna's, MLG_N_ROLES: total. */
mlg_moments mlg_moments_as_sna(const mlg_brokers *brokers, mlg_role role);

/* Expected open paths of the role when the sectors of the others are dealt again among them
 * (own sector of size `own` kept), of the actor's `paths`; and of all actors, all dealt. */
double mlg_role_expected(const mlg_brokers *brokers, mlg_role role, int32_t own, double paths);
double mlg_role_expected_all(const mlg_brokers *brokers, mlg_role role);

#endif
