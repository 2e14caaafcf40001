/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/core_search.h"

#include <math.h>

#include "base/fail.h"
#include "base/memory.h"

/* Two fits nearer than this are one: sums in another order. */
#define SAME 1e-12

enum { MOST_PASSES = 50 };

static double pairs_of(double actors)
{
    return actors * (actors - 1.0) / 2.0;
}

double mlg_core_fit(mlg_core_pattern pattern, double n, double m, double size, double inside,
                    double rim)
{
    const double core = pairs_of(size), outer = pairs_of(n - size);
    const double across = size * (n - size), between = m - inside - rim;
    double pairs = core + outer, ties = inside + rim; /* that count */
    double whole = core, squares = core, both = inside;

    if (pattern != MLG_CORE_MISSING) {
        const double worth = pattern == MLG_CORE_ONE ? 1.0 : 0.5;
        pairs += across;
        ties += between;
        whole += worth * across;
        squares += worth * worth * across;
        both += worth * between;
    }
    const double spread = (pairs * squares - whole * whole) * ties * (pairs - ties);
    return spread > 0.0 ? (pairs * both - whole * ties) / sqrt(spread) : NAN;
}

void mlg_core_free(mlg_core *core)
{
    mlg_free(core->in);
    *core = (mlg_core){0};
}

static mlg_status core_new(int32_t n, mlg_core *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_core){.fit = NAN, .optima = NAN};
    out->in = mlg_zalloc((size_t) n, sizeof *out->in);
    TRY_ALLOC(err, out->in);
out:
    return status;
}

static double ties_of(const mlg_csr *ties)
{
    return (double) mlg_csr_size(ties) / 2.0;
}

/* Is a fit better than the best so far? NaN never is. */
static bool is_better(double fit, double best)
{
    return fit > best + SAME || (!isnan(fit) && isnan(best));
}

/* Counts what a finished set has inside it and across. */
static void count_ties(const mlg_csr *ties, mlg_core *core)
{
    core->size = 0;
    core->inside = core->between = 0.0;
    for (int32_t v = 0; v < ties->n; v++) {
        core->size += core->in[v];
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            core->inside += core->in[v] & core->in[ties->target[e]] ? 0.5 : 0.0;
            core->between += core->in[v] != core->in[ties->target[e]] ? 0.5 : 0.0;
        }
    }
}

/* ---- every set ----------------------------------------------------------------------- */

static int bits_of(uint32_t set)
{
    return __builtin_popcount(set);
}

/* Of two sets of one size, the one of the lower actors. */
static bool is_lower(uint32_t set, uint32_t other)
{
    const uint32_t differ = set ^ other;
    return (set & (differ & (0u - differ))) != 0;
}

typedef struct tried {
    double best, optima;
    uint32_t set;
} tried;

static void try_set(tried *t, uint32_t set, double fit)
{
    if (is_better(fit, t->best)) {
        *t = (tried){fit, 1.0, set};
    } else if (fabs(fit - t->best) <= SAME) {
        t->optima++;
        const int size = bits_of(set), best = bits_of(t->set);
        if (size < best || (size == best && is_lower(set, t->set))) {
            t->set = set;
        }
    }
}

mlg_status mlg_core_enumerate(const mlg_csr *ties, mlg_core_pattern pattern, mlg_core *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = ties->n;
    const double m = ties_of(ties);
    uint32_t contacts[MLG_CORE_ENUMERATED] = {0}, set = 0;
    double inside = 0.0, rim = m;
    tried best = {NAN, NAN, 0};

    TRY(core_new(n, out, err));
    for (int32_t v = 0; v < n; v++) {
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            contacts[v] |= 1u << ties->target[e];
        }
    }
    for (uint32_t i = 1; i < 1u << n; i++) { /* Gray's order: one actor moves at a time */
        const int v = __builtin_ctz(i);
        const double in_core = bits_of(contacts[v] & set);
        const double in_rim = bits_of(contacts[v] & ~set), joins = (set >> v & 1u) == 0 ? 1 : -1;
        inside += joins * in_core;
        rim -= joins * in_rim;
        set ^= 1u << v;
        try_set(&best, set, mlg_core_fit(pattern, n, m, bits_of(set), inside, rim));
    }
    for (int32_t v = 0; v < n; v++) {
        out->in[v] = best.set >> v & 1u;
    }
    out->fit = best.best;
    out->optima = best.optima;
    count_ties(ties, out);
out:
    return status;
}

/* ---- prefixes by contacts --------------------------------------------------------------- */

mlg_status mlg_core_rank(const mlg_csr *ties, int32_t *rank, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    uint32_t most = 0;
    int32_t *from = NULL;

    for (int32_t v = 0; v < ties->n; v++) {
        const uint32_t contacts = mlg_csr_degree(ties, v);
        most = contacts > most ? contacts : most;
    }
    from = mlg_zalloc((size_t) most + 2, sizeof *from);
    TRY_ALLOC(err, from);
    for (size_t v = 0; v < n; v++) {
        from[most - mlg_csr_degree(ties, (int32_t) v) + 1]++;
    }
    for (uint32_t k = 0; k <= most; k++) {
        from[k + 1] += from[k];
    }
    for (size_t v = 0; v < n; v++) {
        rank[v] = from[most - mlg_csr_degree(ties, (int32_t) v)]++;
    }
out:
    mlg_free(from);
    return status;
}

/* Best cut of the ranks: joins[r] ties are inside once rank r is in, leaves[r] are out of the rim.
 */
static double best_cut(const uint32_t *joins, const uint32_t *leaves, int32_t n, double m,
                       mlg_core_pattern pattern, int32_t *size)
{
    double best = NAN, inside = 0.0, rim = m;

    *size = 0;
    for (int32_t r = 0; r < n; r++) {
        inside += joins[r];
        rim -= leaves[r];
        const double fit = mlg_core_fit(pattern, n, m, r + 1.0, inside, rim);
        if (is_better(fit, best)) {
            best = fit;
            *size = r + 1;
        }
    }
    return best;
}

double mlg_core_prefix_fit(const mlg_pair *tie, size_t m, const int32_t *rank, int32_t n,
                           mlg_core_pattern pattern, uint32_t *gain, int32_t *size)
{
    uint32_t *joins = gain, *leaves = gain + n;

    for (int32_t r = 0; r < 2 * n; r++) {
        gain[r] = 0;
    }
    for (size_t i = 0; i < m; i++) {
        const int32_t a = rank[tie[i].a], b = rank[tie[i].b];
        joins[a > b ? a : b]++;
        leaves[a < b ? a : b]++;
    }
    return best_cut(joins, leaves, n, (double) m, pattern, size);
}

mlg_status mlg_core_prefix(const mlg_csr *ties, mlg_core_pattern pattern, mlg_core *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t *rank = mlg_alloc(n, sizeof *rank), size = 0;
    uint32_t *gain = mlg_zalloc(2 * n, sizeof *gain);

    *out = (mlg_core){0};
    TRY_ALLOC(err, rank);
    TRY_ALLOC(err, gain);
    TRY(core_new(ties->n, out, err));
    TRY(mlg_core_rank(ties, rank, err));
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            gain[rank[v]] += rank[v] > rank[ties->target[e]];
            gain[n + (size_t) rank[v]] += rank[v] < rank[ties->target[e]];
        }
    }
    out->fit = best_cut(gain, gain + n, ties->n, ties_of(ties), pattern, &size);
    for (size_t v = 0; v < n; v++) {
        out->in[v] = rank[v] < size;
    }
    count_ties(ties, out);
out:
    mlg_free(rank);
    mlg_free(gain);
    if (status != MLG_OK) {
        mlg_core_free(out);
    }
    return status;
}

/* ---- the search --------------------------------------------------------------------------- */

typedef struct search {
    const mlg_csr *ties;
    mlg_core_pattern pattern;
    double m, size, inside, rim;
    uint8_t *in, *moved; /* [n] */
    uint32_t *in_core;   /* [n] contacts in the core */
    int32_t *order;      /* [n] who moved, in turn */
} search;

static void move(search *s, int32_t v)
{
    const mlg_csr *ties = s->ties;
    const double joins = s->in[v] == 0 ? 1.0 : -1.0, in_core = s->in_core[v];

    s->size += joins;
    s->inside += joins * in_core;
    s->rim -= joins * (mlg_csr_degree(ties, v) - in_core);
    s->in[v] ^= 1u;
    for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
        s->in_core[ties->target[e]] += s->in[v] != 0 ? 1u : (uint32_t) -1;
    }
}

static double fit_with(const search *s, int32_t v)
{
    const double joins = s->in[v] == 0 ? 1.0 : -1.0, in_core = s->in_core[v];
    return mlg_core_fit(s->pattern, s->ties->n, s->m, s->size + joins, s->inside + joins * in_core,
                        s->rim - joins * (mlg_csr_degree(s->ties, v) - in_core));
}

/* The unmoved actor whose move fits best, or -1. */
static int32_t best_move(const search *s, double *fit)
{
    int32_t best = -1;

    *fit = NAN;
    for (int32_t v = 0; v < s->ties->n; v++) {
        if (s->moved[v] == 0) {
            const double with = fit_with(s, v);
            if (best < 0 || is_better(with, *fit)) {
                best = v;
                *fit = with;
            }
        }
    }
    return best;
}

/* Moves everyone once and goes back to the best set met. Answers its fit. */
static double pass(search *s, double fit)
{
    const int32_t n = s->ties->n;
    int32_t kept = 0, at = 0;
    double now = NAN;

    for (int32_t v = 0; v < n; v++) {
        s->moved[v] = 0;
    }
    for (at = 0; at < n; at++) {
        const int32_t v = best_move(s, &now);
        s->order[at] = v;
        s->moved[v] = 1;
        move(s, v);
        if (is_better(now, fit)) {
            fit = now;
            kept = at + 1;
        }
    }
    while (at > kept) {
        move(s, s->order[--at]);
    }
    return fit;
}

static void start(search *s, const mlg_core *core)
{
    s->size = core->size;
    s->inside = core->inside;
    s->rim = s->m - core->inside - core->between;
    for (int32_t v = 0; v < s->ties->n; v++) {
        for (uint32_t e = s->ties->offset[v]; e < s->ties->offset[v + 1]; e++) {
            s->in_core[v] += core->in[s->ties->target[e]];
        }
    }
}

mlg_status mlg_core_improve(const mlg_csr *ties, mlg_core_pattern pattern, mlg_core *core,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    search s = {.ties = ties, .pattern = pattern, .m = ties_of(ties), .in = core->in};
    double before = NAN;

    s.moved = mlg_zalloc(n, sizeof *s.moved);
    s.in_core = mlg_zalloc(n, sizeof *s.in_core);
    s.order = mlg_alloc(n, sizeof *s.order);
    TRY_ALLOC(err, s.moved);
    TRY_ALLOC(err, s.in_core);
    TRY_ALLOC(err, s.order);
    count_ties(ties, core);
    start(&s, core);
    core->fit = mlg_core_fit(pattern, ties->n, s.m, s.size, s.inside, s.rim);
    for (int round = 0; round < MOST_PASSES; round++) {
        before = core->fit;
        core->fit = pass(&s, before);
        if (!is_better(core->fit, before)) {
            break;
        }
    }
    count_ties(ties, core);
out:
    mlg_free(s.moved);
    mlg_free(s.in_core);
    mlg_free(s.order);
    return status;
}
