/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_SUPPORT_H
#define BENCH_SUPPORT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"

/* What the benches over a network share: clocks, medians, and pairs of actors from a file. */

/* Seconds of the processor (CLOCK_PROCESS_CPUTIME_ID), or of the wall (CLOCK_MONOTONIC). */
static inline double bench_now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static inline _Noreturn void bench_stop(const char *bench, const char *why)
{
    fprintf(stderr, "%s: %s\n", bench, why);
    exit(EXIT_FAILURE);
}

static inline int bench_by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

/* Sorts them. */
static inline double bench_median(double *times, size_t n)
{
    qsort(times, n, sizeof *times, bench_by_size);
    return times[n / 2];
}

typedef struct bench_pairs {
    int32_t n, *from, *to;
    size_t m;
} bench_pairs;

static inline bench_pairs bench_pairs_make(const char *bench, uint32_t n, size_t m)
{
    bench_pairs p = {(int32_t) n, mlg_alloc(m, sizeof *p.from), mlg_alloc(m, sizeof *p.to), m};
    if (p.from == NULL || p.to == NULL) {
        bench_stop(bench, "no memory for the ties");
    }
    return p;
}

/* uint32 n, m, then m pairs of actors. */
static inline bench_pairs bench_pairs_read(const char *bench, const char *path)
{
    uint32_t head[2], pair[2];
    FILE *file = fopen(path, "rb");
    if (file == NULL || fread(head, sizeof *head, 2, file) != 2 || head[0] > INT32_MAX) {
        bench_stop(bench, "no such graph");
    }
    bench_pairs p = bench_pairs_make(bench, head[0], head[1]);
    for (size_t i = 0; i < p.m; i++) {
        if (fread(pair, sizeof *pair, 2, file) != 2 || pair[0] >= head[0] || pair[1] >= head[0]) {
            bench_stop(bench, "the graph is cut short");
        }
        p.from[i] = (int32_t) pair[0];
        p.to[i] = (int32_t) pair[1];
    }
    fclose(file);
    return p;
}

static inline void bench_pairs_free(bench_pairs *pairs)
{
    mlg_free(pairs->from);
    mlg_free(pairs->to);
}

#endif
