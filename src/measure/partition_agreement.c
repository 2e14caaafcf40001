/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/partition_agreement.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* ---- counting ------------------------------------------------------------- */

static double x_log_x(double x)
{
    return x > 0.0 ? x * log(x) : 0.0;
}

static double pairs_of(double x)
{
    return 0.5 * x * (x - 1.0);
}

/* The things of both partitions, by group of the first. */
typedef struct table {
    uint32_t *size_a, *size_b; /* [n_a], [n_b] */
    uint32_t *start;           /* [n_a + 1] */
    int32_t *by_a;             /* [n] group in b, group after group of a */
    uint32_t *cell;            /* [n_b] counts of one group of a, zero in between */
} table;

static void table_close(table *t)
{
    mlg_free(t->size_a);
    mlg_free(t->size_b);
    mlg_free(t->start);
    mlg_free(t->by_a);
    mlg_free(t->cell);
}

static mlg_status table_open(const int32_t *a, int32_t n_a, const int32_t *b, int32_t n_b, size_t n,
                             table *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    out->size_a = mlg_zalloc((size_t) n_a, sizeof *out->size_a);
    out->size_b = mlg_zalloc((size_t) n_b, sizeof *out->size_b);
    out->start = mlg_zalloc((size_t) n_a + 1, sizeof *out->start);
    out->by_a = mlg_alloc(n, sizeof *out->by_a);
    out->cell = mlg_zalloc((size_t) n_b, sizeof *out->cell);
    TRY_ALLOC(err, out->size_a);
    TRY_ALLOC(err, out->size_b);
    TRY_ALLOC(err, out->start);
    TRY_ALLOC(err, out->by_a);
    TRY_ALLOC(err, out->cell);
    for (size_t i = 0; i < n; i++) {
        out->size_a[a[i]]++;
        out->size_b[b[i]]++;
    }
    for (int32_t g = 0; g < n_a; g++) {
        out->start[g + 1] = out->start[g] + out->size_a[g];
    }
    for (size_t i = 0; i < n; i++) {
        out->by_a[out->start[a[i]]++] = b[i];
    }
    memmove(out->start + 1, out->start, (size_t) n_a * sizeof *out->start);
    out->start[0] = 0;
out:
    return status;
}

static mlg_same_pairs count_overlap(table *t, int32_t n_a)
{
    mlg_same_pairs sum = {0.0, 0.0};
    for (int32_t g = 0; g < n_a; g++) {
        for (uint32_t i = t->start[g]; i < t->start[g + 1]; i++) {
            t->cell[t->by_a[i]]++;
        }
        for (uint32_t i = t->start[g]; i < t->start[g + 1]; i++) {
            const double count = t->cell[t->by_a[i]];
            sum.log_sum += x_log_x(count);
            sum.pairs += pairs_of(count);
            t->cell[t->by_a[i]] = 0; /* the cell is met once */
        }
    }
    return sum;
}

typedef struct sums {
    double groups, log_sum, pairs;
} sums;

static sums sums_of(const uint32_t *size, int32_t n)
{
    sums s = {0.0, 0.0, 0.0};
    for (int32_t g = 0; g < n; g++) {
        s.groups += size[g] > 0;
        s.log_sum += x_log_x(size[g]);
        s.pairs += pairs_of(size[g]);
    }
    return s;
}

/* ---- expectation ---------------------------------------------------------- */

/* How many groups there are of each size: one sum serves all of a size. */
typedef struct sizes {
    uint32_t *size, *times;
    size_t n;
} sizes;

static mlg_status sizes_of(const uint32_t *size, int32_t n_groups, size_t n, sizes *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t *times = mlg_zalloc(n + 1, sizeof *times);

    out->size = mlg_alloc((size_t) n_groups, sizeof *out->size);
    out->times = mlg_alloc((size_t) n_groups, sizeof *out->times);
    TRY_ALLOC(err, times);
    TRY_ALLOC(err, out->size);
    TRY_ALLOC(err, out->times);
    for (int32_t g = 0; g < n_groups; g++) {
        times[size[g]]++;
    }
    for (size_t s = 1; s <= n; s++) {
        if (times[s] > 0) {
            out->size[out->n] = (uint32_t) s;
            out->times[out->n++] = times[s];
        }
    }
out:
    mlg_free(times);
    return status;
}

/* log k! for k = 0..n, each sum with what its rounding lost. */
static double *log_factorials(size_t n)
{
    double *f = mlg_alloc(n + 1, sizeof *f);
    double sum = 0.0, lost = 0.0;
    for (size_t k = 0; f != NULL && k <= n; k++) {
        const double term = (k > 1 ? log((double) k) : 0.0) - lost;
        const double next = sum + term;
        lost = (next - sum) - term;
        sum = next;
        f[k] = sum;
    }
    return f;
}

/* E of k / n log(n k / (a b)) with k hypergeometric: b drawn of n, a of them marked. */
static double expected_cell(const double *f, size_t n, size_t a, size_t b)
{
    const double all = (double) n;
    double sum = 0.0;
    for (size_t k = a + b > n ? a + b - n : 1; k <= a && k <= b; k++) {
        const double log_chance = f[a] + f[b] + f[n - a] + f[n - b] - f[n] - f[k] - f[a - k] -
                                  f[b - k] - f[n + k - a - b];
        sum +=
            (double) k / all * log(all * (double) k / ((double) a * (double) b)) * exp(log_chance);
    }
    return sum;
}

static mlg_status expect(const table *t, int32_t n_a, int32_t n_b, size_t n, double *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    sizes a = {0}, b = {0};
    double *f = log_factorials(n);

    TRY_ALLOC(err, f);
    TRY(sizes_of(t->size_a, n_a, n, &a, err));
    TRY(sizes_of(t->size_b, n_b, n, &b, err));
    *out = 0.0;
    for (size_t i = 0; i < a.n; i++) {
        for (size_t j = 0; j < b.n; j++) {
            *out += (double) a.times[i] * (double) b.times[j] *
                    expected_cell(f, n, a.size[i], b.size[j]);
        }
    }
out:
    mlg_free(f);
    mlg_free(a.size);
    mlg_free(a.times);
    mlg_free(b.size);
    mlg_free(b.times);
    return status;
}

/* ---- the indices ---------------------------------------------------------- */

/* Differences that are rounding only: then the ratio is 0 / 0. */
#define NOTHING 1e-12

static double information(const mlg_agreement *g, double log_sum)
{
    /* the sums of a_i log a_i come back from the entropies: sum = n (log n - H) */
    const double log_n = log(g->n);
    return log_sum / g->n - (log_n - g->entropy_a) - (log_n - g->entropy_b) + log_n;
}

double mlg_agreement_ami(const mlg_agreement *g, mlg_same_pairs overlap)
{
    const double most = 0.5 * (g->entropy_a + g->entropy_b) - g->expected_mi;
    return fabs(most) > NOTHING ? (information(g, overlap.log_sum) - g->expected_mi) / most : NAN;
}

double mlg_agreement_ari(const mlg_agreement *g, mlg_same_pairs overlap)
{
    const double all = pairs_of(g->n);
    const double expected = all > 0.0 ? g->pairs_a * g->pairs_b / all : 0.0;
    const double most = 0.5 * (g->pairs_a + g->pairs_b) - expected;
    return fabs(most) > NOTHING * all ? (overlap.pairs - expected) / most : NAN;
}

mlg_status mlg_agreement_of(const int32_t *a, int32_t n_a, const int32_t *b, int32_t n_b, size_t n,
                            bool expected, mlg_agreement *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    table t = {0};

    *out = (mlg_agreement){.n = (double) n, .expected_mi = NAN, .ami = NAN};
    out->mi = out->entropy_a = out->entropy_b = out->nmi = out->ari = out->vi = NAN;
    TRY(table_open(a, n_a, b, n_b, n, &t, err));
    const sums in_a = sums_of(t.size_a, n_a), in_b = sums_of(t.size_b, n_b);
    out->groups_a = in_a.groups;
    out->groups_b = in_b.groups;
    out->pairs_a = in_a.pairs;
    out->pairs_b = in_b.pairs;
    out->overlap = count_overlap(&t, n_a);
    if (n == 0) {
        goto out;
    }
    out->entropy_a = fmax(0.0, log(out->n) - in_a.log_sum / out->n);
    out->entropy_b = fmax(0.0, log(out->n) - in_b.log_sum / out->n);
    out->mi = fmax(0.0, information(out, out->overlap.log_sum));
    out->vi = fmax(0.0, out->entropy_a + out->entropy_b - 2.0 * out->mi);
    const double mean = 0.5 * (out->entropy_a + out->entropy_b);
    out->nmi = mean > NOTHING ? fmin(1.0, out->mi / mean) : NAN;
    out->ari = mlg_agreement_ari(out, out->overlap);
    if (expected) {
        TRY(expect(&t, n_a, n_b, n, &out->expected_mi, err));
        out->ami = mlg_agreement_ami(out, out->overlap);
    }
out:
    table_close(&t);
    return status;
}
