/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/broker_ground.h"

/* Exact moments of brokerage roles. A role counts triples (a, v, b) whose ties a - v and v - b
 * are there and whose tie a - b is not: its variance needs how many triples of the role meet in
 * which ties. Sectors' sizes n_a enter by power sums, so no triple of sectors is visited. */

/* Sums over the sectors that the triples of all actors need. */
typedef struct sums {
    double n;           /* actors */
    double third;       /* n_a^(3) = n_a (n_a - 1) (n_a - 2) */
    double fourth;      /* n_a^(4) */
    double third_own;   /* n_a^(3) n_a */
    double pairs_out;   /* n_a^(2) (N - n_a) */
    double pairs_out_n; /* n_a^(2) (N - n_a) n_a */
    double pairs_far;   /* n_a^(2) sum over b != a of n_b^2 */
    double distinct;    /* n_a n_b n_c over different a, b, c in order */
    double distinct_n;  /* n_a^2 n_b n_c */
    double squares;     /* n_a^2 */
} sums;

static sums sums_of(const mlg_brokers *brokers)
{
    const mlg_labelling *l = &brokers->labelling;
    sums s = {.n = l->n};

    for (int32_t t = 0; t < l->n_types; t++) {
        s.squares += (double) l->count[t] * l->count[t];
    }
    for (int32_t t = 0; t < l->n_types; t++) {
        const double k = l->count[t], out = s.n - k, far = s.squares - k * k;
        s.third += k * (k - 1.0) * (k - 2.0);
        s.fourth += k * (k - 1.0) * (k - 2.0) * (k - 3.0);
        s.third_own += k * (k - 1.0) * (k - 2.0) * k;
        s.pairs_out += k * (k - 1.0) * out;
        s.pairs_out_n += k * (k - 1.0) * out * k;
        s.pairs_far += k * (k - 1.0) * far;
        s.distinct += k * (out * out - far);
        s.distinct_n += k * k * (out * out - far);
    }
    return s;
}

/* ---- triples ---------------------------------------------------------------------- */

/* One actor between: triples meet in a tie only, never in what they forbid. An ordered triple
 * meets twice as many as an unordered pair does, and there are twice as many. */
mlg_triples mlg_triples_of(const mlg_brokers *brokers, mlg_role role, int32_t own)
{
    const mlg_labelling *l = &brokers->labelling;
    const double all = l->n, r = own - 1.0, out = all - own;
    bool skipped = false; /* the actor's own sector: one of those of its size */
    mlg_triples t = {0};

    switch (role) {
    case MLG_COORDINATOR:
        t = (mlg_triples){.n = r * (r - 1.0), .share = 2.0 * r * (r - 1.0) * (r - 2.0)};
        break;
    case MLG_REPRESENTATIVE:
    case MLG_GATEKEEPER:
        t = (mlg_triples){.n = r * out, .share = r * out * (all - 3.0)};
        break;
    case MLG_BOUNDARY:
        t = (mlg_triples){.n = 2.0 * r * out, .share = 2.0 * r * out * (all - 3.0)};
        break;
    case MLG_ITINERANT:
    case MLG_LIAISON:
        for (int32_t s = 0; s < l->n_types; s++) {
            const double k = l->count[s], rest = out - k;
            if (l->count[s] == own && !skipped) {
                skipped = true;
            } else if (role == MLG_ITINERANT) {
                t.n += k * (k - 1.0);
                t.share += 2.0 * k * (k - 1.0) * (k - 2.0);
            } else {
                t.n += k * rest;
                t.share += 2.0 * k * rest * (rest - 1.0);
            }
        }
        break;
    case MLG_N_ROLES:
        t = (mlg_triples){.n = (all - 1.0) * (all - 2.0),
                          .share = 2.0 * (all - 1.0) * (all - 2.0) * (all - 3.0)};
        break;
    }
    if (!brokers->ordered) {
        t.n /= 2.0;
        t.share /= 2.0;
    }
    return t;
}

static mlg_triples ordered_triples(const sums *s, mlg_role role)
{
    const double n = s->n;

    switch (role) {
    case MLG_COORDINATOR: /* each: 4 k - 10 by tie, as many forbidden, k - 3 others between */
        return (mlg_triples){s->third, 4.0 * s->third_own - 10.0 * s->third,
                             4.0 * s->third_own - 10.0 * s->third, s->fourth};
    case MLG_ITINERANT: /* 2 (k - 2) + 2 (i - 1), with k the sector of both ends */
        return (mlg_triples){s->pairs_out,
                             2.0 * (s->pairs_out_n - 2.0 * s->pairs_out) +
                                 2.0 * (s->pairs_far - s->pairs_out),
                             0.0, (n - 1.0) * s->pairs_out - s->pairs_out_n};
    case MLG_REPRESENTATIVE:
    case MLG_GATEKEEPER:
        return (mlg_triples){s->pairs_out, (n - 3.0) * s->pairs_out,
                             2.0 * s->pairs_out_n - 3.0 * s->pairs_out,
                             s->pairs_out_n - 2.0 * s->pairs_out};
    case MLG_LIAISON:
        return (mlg_triples){s->distinct, (4.0 * n - 2.0) * s->distinct - 8.0 * s->distinct_n,
                             (4.0 * n - 2.0) * s->distinct - 8.0 * s->distinct_n,
                             (n - 1.0) * s->distinct - 2.0 * s->distinct_n};
    case MLG_BOUNDARY: /* the two together: not worked out */
        return (mlg_triples){NAN, NAN, NAN, NAN};
    case MLG_N_ROLES:
        break;
    }
    const double all = n * (n - 1.0) * (n - 2.0);
    return (mlg_triples){all, all * (4.0 * n - 10.0), all * (4.0 * n - 10.0), all * (n - 3.0)};
}

static mlg_triples unordered_triples(const sums *s, mlg_role role)
{
    const double n = s->n;

    switch (role) {
    case MLG_COORDINATOR:
        return (mlg_triples){s->third / 2.0, 2.0 * s->fourth, 2.0 * s->third_own - 5.0 * s->third,
                             s->fourth / 2.0};
    case MLG_ITINERANT:
        return (mlg_triples){s->pairs_out / 2.0, s->pairs_out_n - 3.0 * s->pairs_out + s->pairs_far,
                             0.0, ((n - 1.0) * s->pairs_out - s->pairs_out_n) / 2.0};
    case MLG_BOUNDARY: /* of the sectors i of two and l of one: 2 (N - i - 1) + i - 2 + l - 1 */
        return (mlg_triples){s->pairs_out,
                             (2.0 * n - 5.0) * s->pairs_out - s->pairs_out_n + s->pairs_far,
                             2.0 * s->pairs_out_n + 2.0 * s->pairs_far - 5.0 * s->pairs_out,
                             s->pairs_out_n + s->pairs_far - 3.0 * s->pairs_out};
    case MLG_LIAISON:
        return (mlg_triples){s->distinct / 2.0, (2.0 * n - 2.0) * s->distinct - 4.0 * s->distinct_n,
                             (2.0 * n - 1.0) * s->distinct - 4.0 * s->distinct_n,
                             ((n - 1.0) * s->distinct - 2.0 * s->distinct_n) / 2.0};
    case MLG_REPRESENTATIVE:
    case MLG_GATEKEEPER:
        return (mlg_triples){NAN, NAN, NAN, NAN};
    case MLG_N_ROLES:
        break;
    }
    const double all = n * (n - 1.0) * (n - 2.0) / 2.0;
    return (mlg_triples){all, all * 4.0 * (n - 3.0), all * (4.0 * n - 10.0), all * (n - 3.0)};
}

mlg_triples mlg_triples_all(const mlg_brokers *brokers, mlg_role role)
{
    const sums s = sums_of(brokers);
    return brokers->ordered ? ordered_triples(&s, role) : unordered_triples(&s, role);
}

/* ---- moments ----------------------------------------------------------------------- */

/* Chance that p given places are ties and q are not, of m ties in `places`. */
static double chance(double m, double places, int p, int q)
{
    double c = 1.0;
    for (int i = 0; i < p; i++) {
        c *= (m - i) / (places - i);
    }
    for (int i = 0; i < q; i++) {
        c *= (places - m - i) / (places - p - i);
    }
    return places < p + q ? 0.0 : c;
}

static mlg_moments moments_of(double mean, double variance, double scale)
{
    return (mlg_moments){mean, isnan(variance)            ? NAN
                               : variance > 1e-12 * scale ? sqrt(variance)
                                                          : 0.0};
}

mlg_moments mlg_moments_given_m(const mlg_triples *t, double m, double places)
{
    const double apart = t->n * t->n - t->n - t->share - t->clash - t->open;
    const double mean = t->n * chance(m, places, 2, 1);
    const double square = mean + t->share * chance(m, places, 3, 2) +
                          t->open * chance(m, places, 4, 1) + apart * chance(m, places, 4, 2);
    return moments_of(mean, square - mean * mean, mean * mean + mean);
}

mlg_moments mlg_moments_bernoulli(const mlg_triples *t, double d)
{
    const double q = d * d * (1.0 - d), no = 1.0 - d, d3 = d * d * d;
    const double variance = t->n * q * (1.0 - q) + t->share * d3 * no * no * no -
                            t->clash * d3 * d * no * no + t->open * d3 * d * d * no;
    return moments_of(t->n * q, variance, t->n * q);
}

mlg_moments mlg_moments_as_sna(const mlg_brokers *brokers, mlg_role role)
{
    const sums s = sums_of(brokers);
    mlg_triples t = ordered_triples(&s, role);

    if (role == MLG_COORDINATOR) {
        t.clash = 4.0 * s.fourth;
    } else if (role == MLG_N_ROLES) {
        t.clash = t.n * 4.0 * (s.n - 3.0);
    } else if (role == MLG_REPRESENTATIVE || role == MLG_GATEKEEPER) {
        t.clash = 0.0;
    }
    return mlg_moments_bernoulli(&t, brokers->density);
}

/* ---- sectors dealt again ------------------------------------------------------------- */

/* All triples of one actor, or of all, are alike: each open path is of the role with the
 * share of the role among them. */
static double share_of(const mlg_triples *role, const mlg_triples *all)
{
    return all->n > 0.0 ? role->n / all->n : NAN;
}

double mlg_role_expected(const mlg_brokers *brokers, mlg_role role, int32_t own, double paths)
{
    const mlg_triples of = mlg_triples_of(brokers, role, own);
    const mlg_triples all = mlg_triples_of(brokers, MLG_N_ROLES, own);
    return paths > 0.0 ? paths * share_of(&of, &all) : 0.0;
}

double mlg_role_expected_all(const mlg_brokers *brokers, mlg_role role)
{
    const double paths = (double) brokers->total.paths;
    const mlg_triples all = mlg_triples_all(brokers, MLG_N_ROLES);
    mlg_triples of = mlg_triples_all(brokers, role);

    if (role == MLG_BOUNDARY && brokers->ordered) {
        of.n = 2.0 * mlg_triples_all(brokers, MLG_REPRESENTATIVE).n;
    }
    return paths > 0.0 ? paths * share_of(&of, &all) : 0.0;
}
