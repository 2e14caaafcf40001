/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_silo_indices.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ACTORS = 64, MOST_SECTORS = 26, MOST_CHOSEN = 12 };

static int32_t dealt(const int32_t *who, int32_t v)
{
    return who != NULL ? who[v] : v;
}

static bool carries(const mlg_graph *graph, int32_t v, int32_t sector)
{
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, v) > 0) {
        return mlg_csr_find(&graph->sector_set, v, sector) > 0.0;
    }
    return graph->sector[v] == sector;
}

static bool known(const mlg_graph *graph, int32_t v)
{
    return graph->sector[v] >= 0;
}

static bool share(const mlg_graph *graph, int32_t v, int32_t w)
{
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        if (carries(graph, v, s) && carries(graph, w, s)) {
            return true;
        }
    }
    return false;
}

/* Is there an arc v -> w (a tie is two) between actors with a sector? */
static bool sends(const mlg_graph *graph, int32_t v, int32_t w)
{
    return v != w && known(graph, v) && known(graph, w) && mlg_csr_find(&graph->arcs, v, w) > 0.0;
}

/* ---- pairs of actors ----------------------------------------------------------- */

typedef struct four {
    double a, b, c, d; /* tied and not inside, tied and not across: ordered pairs */
} four;

static four four_of(const mlg_graph *graph, const int32_t *who)
{
    four out = {0};
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            if (v == w || !known(graph, v) || !known(graph, w)) {
                continue;
            }
            const bool tied = sends(graph, v, w);
            if (share(graph, dealt(who, v), dealt(who, w))) {
                out.a += tied;
                out.b += !tied;
            } else {
                out.c += tied;
                out.d += !tied;
            }
        }
    }
    return out;
}

double slow_odds_ratio(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    const four t = four_of(graph, who);
    (void) a;
    (void) b;
    if (t.b * t.c == 0.0) {
        return t.a * t.d > 0.0 ? HUGE_VAL : NAN;
    }
    return t.a * t.d / (t.b * t.c);
}

double slow_yule_q(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    const double odds = slow_odds_ratio(graph, who, a, b);
    return isinf(odds) ? 1.0 : (odds - 1.0) / (odds + 1.0);
}

double slow_freeman(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    const four t = four_of(graph, who);
    const double expected = (t.a + t.c) * (t.c + t.d) / (t.a + t.b + t.c + t.d);
    (void) a;
    (void) b;
    return expected > 0.0 ? (expected - t.c) / expected : NAN;
}

/* ---- sectors --------------------------------------------------------------------- */

/* Ends of ties at the carriers of a, and those of ties that stay inside: of arcs both ends count,
 * of a tie too. */
static void ends_of(const mlg_graph *graph, const int32_t *who, int32_t a, double *ends,
                    double *inside, double *all)
{
    *ends = *inside = *all = 0.0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            if (sends(graph, v, w)) {
                const bool from = carries(graph, dealt(who, v), a);
                const bool to = carries(graph, dealt(who, w), a);
                *ends += from + to;
                *inside += from && to ? 2.0 : 0.0;
                *all += 2.0;
            }
        }
    }
}

double slow_gupta(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double trace = 0.0, sectors = 0.0;
    (void) a;
    (void) b;
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        double ends = 0.0, inside = 0.0, all = 0.0;
        ends_of(graph, who, s, &ends, &inside, &all);
        trace += ends > 0.0 ? inside / ends : 0.0;
        sectors += ends > 0.0;
    }
    return sectors > 1.0 ? (trace - 1.0) / (sectors - 1.0) : NAN;
}

double slow_conductance(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double ends = 0.0, inside = 0.0, all = 0.0;
    (void) b;
    ends_of(graph, who, a, &ends, &inside, &all);
    const double least = ends < all - ends ? ends : all - ends;
    return least > 0.0 ? (ends - inside) / least : NAN;
}

static double carriers_of(const mlg_graph *graph, int32_t a, double *all)
{
    double n = 0.0;
    *all = 0.0;
    for (int32_t v = 0; v < graph->n; v++) {
        n += carries(graph, v, a);
        *all += known(graph, v);
    }
    return n;
}

static double coleman(double inside, double sent, double own, double all)
{
    const double expected = sent * (own - 1.0) / (all - 1.0);
    if (sent == 0.0 || own == 1.0 || own == all) {
        return NAN;
    }
    return inside > expected ? (inside - expected) / (sent - expected)
                             : (inside - expected) / expected;
}

double slow_coleman(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double inside = 0.0, sent = 0.0, all = 0.0;
    const double own = carriers_of(graph, a, &all);
    (void) b;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            if (sends(graph, v, w) && carries(graph, dealt(who, v), a)) {
                sent += 1.0;
                inside += carries(graph, dealt(who, w), a);
            }
        }
    }
    return coleman(inside, sent, own, all);
}

/* ---- every choice of partners --------------------------------------------------------- */

typedef struct choices {
    const mlg_graph *graph;
    int32_t a;
    double sent, own, all;
    double ways[1 + MOST_CHOSEN * MOST_CHOSEN]; /* by number inside */
} choices;

/* Every set of as many others as v sends to, then the next actor's. */
static void choose(choices *c, int32_t v, int inside, double ways)
{
    int32_t others[MOST_CHOSEN], n = 0, sent = 0;
    while (v < c->graph->n && !carries(c->graph, v, c->a)) {
        v++;
    }
    if (v == c->graph->n) {
        c->ways[inside] += ways;
        return;
    }
    for (int32_t w = 0; w < c->graph->n; w++) {
        sent += sends(c->graph, v, w);
        if (w != v && known(c->graph, w)) {
            others[n++] = w;
        }
    }
    double by_inside[MOST_CHOSEN + 1] = {0};
    for (unsigned set = 0; set < 1u << n; set++) {
        int chosen = 0, mine = 0;
        for (int32_t i = 0; i < n; i++) {
            chosen += (set >> i & 1u) != 0;
            mine += (set >> i & 1u) != 0 && carries(c->graph, others[i], c->a);
        }
        by_inside[mine] += chosen == sent;
    }
    for (int mine = 0; mine <= MOST_CHOSEN; mine++) {
        if (by_inside[mine] > 0.0) {
            choose(c, v + 1, inside + mine, ways * by_inside[mine]);
        }
    }
}

slow_null slow_coleman_chosen(const mlg_graph *graph, int32_t a)
{
    choices c = {.graph = graph, .a = a};
    slow_null out = {.observed = slow_coleman(graph, NULL, a, 0), .low = NAN, .high = NAN};
    double all = 0.0, passed = 0.0;
    ck_assert_int_le(graph->n, MOST_CHOSEN);
    c.own = carriers_of(graph, a, &c.all);
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            c.sent += sends(graph, v, w) && carries(graph, v, a);
        }
    }
    choose(&c, 0, 0, 1.0);
    const size_t room = sizeof c.ways / sizeof *c.ways;
    for (size_t x = 0; x < room; x++) {
        const double number = coleman((double) x, c.sent, c.own, c.all);
        all += c.ways[x];
        out.mean += c.ways[x] > 0.0 ? c.ways[x] * number : 0.0;
        out.p_less += number <= out.observed + 1e-12 ? c.ways[x] : 0.0;
        out.p_greater += number >= out.observed - 1e-12 ? c.ways[x] : 0.0;
    }
    out.mean /= all;
    out.p_less /= all;
    out.p_greater /= all;
    for (size_t x = 0; x < room; x++) {
        const double apart = coleman((double) x, c.sent, c.own, c.all) - out.mean;
        out.variance += c.ways[x] > 0.0 ? c.ways[x] / all * apart * apart : 0.0;
        passed += c.ways[x] / all;
        if (isnan(out.low) && passed >= 0.025) {
            out.low = coleman((double) x, c.sent, c.own, c.all);
        }
        if (isnan(out.high) && passed > 0.975) {
            out.high = coleman((double) x, c.sent, c.own, c.all);
        }
    }
    return out;
}

/* ---- diversity ------------------------------------------------------------------------- */

static double blau(const mlg_graph *graph, const int32_t *who, const int32_t *actor, size_t n)
{
    double count[MOST_SECTORS] = {0}, all = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        const int32_t s = known(graph, actor[i]) ? graph->sector[dealt(who, actor[i])] : -1;
        if (s >= 0) {
            count[s] += 1.0;
            all += 1.0;
        }
    }
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        squares += count[s] / all * (count[s] / all);
    }
    return 1.0 - squares;
}

double slow_blau_contacts(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    (void) b;
    return blau(graph, who, graph->ties.target + graph->ties.offset[a],
                mlg_csr_degree(&graph->ties, a));
}

double slow_blau_participants(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    (void) b;
    return blau(graph, who, graph->attended.target + graph->attended.offset[a],
                mlg_csr_degree(&graph->attended, a));
}

double slow_unbiased(const mlg_graph *graph, int32_t a)
{
    const int32_t *actor = graph->ties.target + graph->ties.offset[a];
    const uint32_t n = mlg_csr_degree(&graph->ties, a);
    double pairs = 0.0, differ = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (known(graph, actor[i]) && known(graph, actor[j])) {
                pairs += 1.0;
                differ += graph->sector[actor[i]] != graph->sector[actor[j]];
            }
        }
    }
    return differ / pairs;
}

/* ---- spectral segregation ---------------------------------------------------------------- */

static bool tied(const mlg_graph *graph, int32_t v, int32_t w)
{
    return v != w && known(graph, v) && known(graph, w) && mlg_csr_find(&graph->ties, v, w) > 0.0;
}

/* Who reaches v inside its sector. */
static int32_t piece_of(const mlg_graph *graph, int32_t v, int32_t *member)
{
    bool in[MOST_ACTORS] = {false};
    int32_t n = 0;
    in[v] = true;
    for (int32_t round = 0; round < graph->n; round++) {
        for (int32_t a = 0; a < graph->n; a++) {
            for (int32_t b = 0; b < graph->n; b++) {
                in[b] =
                    in[b] || (in[a] && tied(graph, a, b) && graph->sector[a] == graph->sector[b]);
            }
        }
    }
    for (int32_t a = 0; a < graph->n; a++) {
        if (in[a]) {
            member[n++] = a;
        }
    }
    return n;
}

static double contacts_of(const mlg_graph *graph, int32_t v)
{
    double n = 0.0;
    for (int32_t w = 0; w < graph->n; w++) {
        n += tied(graph, v, w);
    }
    return n;
}

/* (B + 1) / 2 has the same vector, and no eigenvalue as large with another sign. */
static double score_of(const mlg_graph *graph, int32_t v)
{
    static double shares[MOST_ACTORS][MOST_ACTORS];
    int32_t member[MOST_ACTORS];
    double x[MOST_ACTORS], y[MOST_ACTORS], largest = 0.0, sum = 0.0, own = 0.0;
    const int32_t n = piece_of(graph, v, member);
    for (int32_t i = 0; i < n; i++) {
        x[i] = 1.0;
        for (int32_t j = 0; j < n; j++) {
            shares[i][j] =
                tied(graph, member[i], member[j]) ? 1.0 / contacts_of(graph, member[i]) : 0.0;
        }
    }
    for (int round = 0; round < 20000; round++) {
        largest = 0.0;
        for (int32_t i = 0; i < n; i++) {
            y[i] = 0.5 * x[i];
            for (int32_t j = 0; j < n; j++) {
                y[i] += 0.5 * shares[i][j] * x[j];
            }
            largest = fmax(largest, y[i]);
        }
        for (int32_t i = 0; i < n; i++) {
            x[i] = y[i] / largest;
        }
    }
    for (int32_t i = 0; i < n; i++) {
        sum += x[i];
        own = member[i] == v ? x[i] : own;
    }
    return (2.0 * largest - 1.0) * own * n / sum;
}

void slow_ssi(const mlg_graph *graph, double *score)
{
    ck_assert_int_le(graph->n, MOST_ACTORS);
    for (int32_t v = 0; v < graph->n; v++) {
        score[v] = known(graph, v) && contacts_of(graph, v) > 0.0 ? score_of(graph, v) : NAN;
    }
}
