/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/gap_ground.h"
#include "support.h"

/* Are planted gaps found, and nothing else? Studies of 400 participants and 30 schemes, seats dealt
 * uniformly among the tables with their margins and zeros; eight pairs of schemes are then kept
 * apart, most of those who sit in both giving one seat to somebody who may hold it. */

enum { ACTORS = 400, SCHEMES = 30, UNITS = 40, THEMES = 6, GAPS = 8, DRAWS = 499 };

static const double LEAST_EXPECTED = 2.0, MOVED = 0.8;
static const double LEAST_PRECISION = 0.77, LEAST_AREA = 0.98, MOST_FALSE = 0.10;

typedef struct study {
    bool may[ACTORS][SCHEMES], sits[ACTORS][SCHEMES];
    double people[UNITS];
    int first[SCHEMES], last[SCHEMES]; /* units of its perimeter */
    unsigned themes[SCHEMES];          /* bits */
    mlg_gap_pair pair[SCHEMES * SCHEMES];
    double product[SCHEMES * SCHEMES]; /* the score that is not used: for comparison */
    bool planted[SCHEMES * SCHEMES];
    size_t n;
} study;

static double normal(mlg_random *r)
{
    const double u = mlg_random_unit(r), v = mlg_random_unit(r);
    return sqrt(-2.0 * log(1.0 - u)) * cos(6.283185307179586 * v);
}

static int below(mlg_random *r, int n)
{
    return (int) mlg_random_below(r, (uint32_t) n);
}

/* ---- the ground ----------------------------------------------------------------------------- */

/* A scheme in five covers everything, the others a run of 4 to 20 units. */
static void make_schemes(study *s, mlg_random *r)
{
    for (int u = 0; u < UNITS; u++) {
        s->people[u] = exp(normal(r));
    }
    for (int c = 0; c < SCHEMES; c++) {
        const int length = c % 5 == 0 ? UNITS : 4 + below(r, 17);
        s->first[c] = below(r, UNITS - length + 1);
        s->last[c] = s->first[c] + length - 1;
        s->themes[c] = 0;
        for (int t = 0; t < 3; t++) {
            s->themes[c] |= 1u << below(r, THEMES);
        }
    }
}

/* One actor in seven works everywhere, the others in one unit. */
static void make_actors(study *s, mlg_random *r)
{
    for (int i = 0; i < ACTORS; i++) {
        const int unit = i % 7 == 0 ? -1 : below(r, UNITS);
        const double keen = exp(0.5 * normal(r));
        for (int c = 0; c < SCHEMES; c++) {
            s->may[i][c] = unit < 0 || (unit >= s->first[c] && unit <= s->last[c]);
            s->sits[i][c] = s->may[i][c] && mlg_random_unit(r) < 0.28 * keen;
        }
    }
}

static double overlap_of(const study *s, int a, int b)
{
    double both = 0.0, x = 0.0, y = 0.0;
    for (int u = 0; u < UNITS; u++) {
        const bool in_a = u >= s->first[a] && u <= s->last[a];
        const bool in_b = u >= s->first[b] && u <= s->last[b];
        x += in_a ? s->people[u] : 0.0;
        y += in_b ? s->people[u] : 0.0;
        both += in_a && in_b ? s->people[u] : 0.0;
    }
    return both / fmin(x, y);
}

static int bits(unsigned x)
{
    int n = 0;
    for (; x != 0; x &= x - 1) {
        n++;
    }
    return n;
}

/* ---- the table ------------------------------------------------------------------------------ */

static mlg_two_mode table_of(const study *s, bool zeros, uint64_t *may)
{
    mlg_two_mode t = {.n_rows = ACTORS, .n_columns = SCHEMES, .may = zeros ? may : NULL};
    uint32_t n = 0;

    t.offset = mlg_zalloc(ACTORS + 1, sizeof *t.offset);
    t.column = mlg_alloc((size_t) ACTORS * SCHEMES, sizeof *t.column);
    if (t.offset == NULL || t.column == NULL) {
        bench_stop("bench_gaps", "no memory");
    }
    for (int i = 0; i < ACTORS; i++) {
        may[i] = 0;
        for (int c = 0; c < SCHEMES; c++) {
            may[i] |= (uint64_t) s->may[i][c] << c;
            if (s->sits[i][c]) {
                t.column[n++] = c;
            }
        }
        t.offset[i + 1] = n;
    }
    return t;
}

static void table_free(mlg_two_mode *t)
{
    mlg_free(t->offset);
    mlg_free(t->column);
}

/* Any table with these margins and zeros is as likely. */
static void deal(study *s, mlg_random *r)
{
    uint64_t may[ACTORS];
    mlg_two_mode t = table_of(s, true, may);
    mlg_curveball ball;

    if (mlg_curveball_open(&t, &ball, NULL) != MLG_OK) {
        bench_stop("bench_gaps", "no memory");
    }
    mlg_curveball_run(&t, &ball, 100, r);
    memset(s->sits, 0, sizeof s->sits);
    for (int i = 0; i < ACTORS; i++) {
        for (uint32_t k = t.offset[i]; k < t.offset[i + 1]; k++) {
            s->sits[i][t.column[k]] = true;
        }
    }
    mlg_curveball_close(&ball);
    table_free(&t);
}

/* ---- pairs ---------------------------------------------------------------------------------- */

static void list_pairs(study *s)
{
    s->n = 0;
    for (int a = 0; a < SCHEMES; a++) {
        for (int b = a + 1; b < SCHEMES; b++) {
            mlg_gap_pair *p = &s->pair[s->n];
            const double overlap = overlap_of(s, a, b);
            const int shared = bits(s->themes[a] & s->themes[b]);
            double both = 0.0, either = 0.0;
            if (overlap < 0.1 || shared == 0) {
                continue;
            }
            *p = (mlg_gap_pair){.a = a, .b = b, .stratum = MLG_GAP_KNOWN};
            for (int i = 0; i < ACTORS; i++) {
                p->both += s->sits[i][a] && s->sits[i][b];
                both += s->sits[i][a] && s->sits[i][b];
                either += s->sits[i][a] || s->sits[i][b];
            }
            s->product[s->n++] = overlap * shared / bits(s->themes[a] | s->themes[b]) *
                                 (1.0 - (either > 0.0 ? both / either : 0.0));
        }
    }
}

static void test(study *s, bool zeros, uint64_t seed)
{
    uint64_t may[ACTORS];
    mlg_two_mode t = table_of(s, zeros, may);
    mlg_run run = MLG_RUN_INIT;
    uint32_t draws = 0;

    run.seed = seed;
    run.draws = DRAWS;
    if (mlg_gap_test(&t, s->pair, s->n, &run, "bench", &draws, NULL) != MLG_OK || draws != DRAWS) {
        bench_stop("bench_gaps", "the draws failed");
    }
    table_free(&t);
}

/* Somebody of `a` and `b` gives the seat in `b` to one who may hold it and is in neither. */
static void move_seat(study *s, int i, int a, int b, mlg_random *r)
{
    for (int tries = 0; tries < 200; tries++) {
        const int j = below(r, ACTORS);
        if (s->may[j][b] && !s->sits[j][b] && !s->sits[j][a]) {
            s->sits[i][b] = false;
            s->sits[j][b] = true;
            return;
        }
    }
}

static void plant(study *s, uint64_t seed, mlg_random *r)
{
    int chosen[GAPS][2];

    list_pairs(s);
    test(s, true, seed);
    for (int g = 0, tries = 0; g < GAPS; tries++) {
        const mlg_gap_pair *p = &s->pair[below(r, (int) s->n)];
        bool again = !(p->expected >= LEAST_EXPECTED) && tries < 10000;
        for (int k = 0; k < g; k++) {
            again = again || (chosen[k][0] == p->a && chosen[k][1] == p->b);
        }
        if (!again) {
            chosen[g][0] = p->a;
            chosen[g++][1] = p->b;
        }
    }
    for (int g = 0; g < GAPS; g++) {
        for (int i = 0; i < ACTORS; i++) {
            const int a = chosen[g][0], b = chosen[g][1];
            if (s->sits[i][a] && s->sits[i][b] && mlg_random_unit(r) < MOVED) {
                move_seat(s, i, a, b, r);
            }
        }
    }
    list_pairs(s);
    for (size_t e = 0; e < s->n; e++) {
        s->planted[e] = false;
        for (int g = 0; g < GAPS; g++) {
            s->planted[e] =
                s->planted[e] || (s->pair[e].a == chosen[g][0] && s->pair[e].b == chosen[g][1]);
        }
    }
}

/* ---- how good it is ----------------------------------------------------------------------------
 */

typedef struct score {
    double precision, area, claimed, false_claims;
} score;

static double rank_of(const study *s, size_t e, bool product)
{
    const double z = s->pair[e].z;
    return product ? s->product[e] : s->pair[e].testable ? -z : -1e9 + s->pair[e].expected;
}

/* Precision: of the eight ranked first. Area: a planted pair ranked before another one. */
static void add_score(const study *s, bool product, score *to)
{
    double right = 0.0, pairs = 0.0, hits = 0.0;

    for (size_t e = 0; e < s->n; e++) {
        size_t before = 0;
        for (size_t f = 0; f < s->n; f++) {
            const double x = rank_of(s, e, product), y = rank_of(s, f, product);
            before += y > x || (f < e && !(y < x));
            if (s->planted[e] && !s->planted[f]) {
                pairs += 1.0;
                right += x > y ? 1.0 : y > x ? 0.0 : 0.5;
            }
        }
        hits += s->planted[e] && before < GAPS;
        if (s->pair[e].testable && s->pair[e].p_adjusted <= 0.05 && !product) {
            to->claimed += 1.0;
            to->false_claims += !s->planted[e];
        }
    }
    to->precision += hits / GAPS;
    to->area += right / pairs;
}

static void tell(const char *what, const score *s, int studies)
{
    printf("%-14s precision@8 %.2f  AUC %.3f", what, s->precision / studies, s->area / studies);
    if (s->claimed > 0.0) {
        printf("  claimed %.1f a study, %.3f of them false", s->claimed / studies,
               s->false_claims / s->claimed);
    }
    printf("\n");
}

/* Null studies in which some pair is claimed. */
static double family_error(study *s, int studies, uint64_t seed)
{
    int wrong = 0;
    for (int k = 0; k < studies; k++) {
        mlg_random r = mlg_random_stream(seed, "bench_gaps", "null", (uint64_t) k);
        bool any = false;
        make_schemes(s, &r);
        make_actors(s, &r);
        deal(s, &r);
        list_pairs(s);
        test(s, true, seed + (uint64_t) k);
        for (size_t e = 0; e < s->n; e++) {
            any = any || (s->pair[e].testable && s->pair[e].p_adjusted <= 0.05);
        }
        wrong += any;
    }
    return (double) wrong / studies;
}

int main(int argc, char **argv)
{
    const int studies = argc > 1 ? atoi(argv[1]) : 20, nulls = argc > 2 ? atoi(argv[2]) : 40;
    study *s = mlg_zalloc(1, sizeof *s);
    score with = {0}, without = {0}, product = {0};
    double pairs = 0.0;

    if (s == NULL || studies < 1 || nulls < 1) {
        bench_stop("bench_gaps", "no memory, or no study");
    }
    for (int k = 0; k < studies; k++) {
        const uint64_t seed = 1000 + (uint64_t) k;
        mlg_random r = mlg_random_stream(1, "bench_gaps", "planted", (uint64_t) k);
        make_schemes(s, &r);
        make_actors(s, &r);
        deal(s, &r);
        plant(s, seed, &r);
        pairs += (double) s->n;
        test(s, true, seed);
        add_score(s, false, &with);
        add_score(s, true, &product);
        test(s, false, seed);
        add_score(s, false, &without);
    }
    printf("%d studies of %d participants, %d schemes, %.0f eligible pairs, %d planted\n", studies,
           ACTORS, SCHEMES, pairs / studies, GAPS);
    tell("gap.schemes", &with, studies);
    tell("without zeros", &without, studies);
    tell("product", &product, studies);
    const double error = family_error(s, nulls, 77);
    printf("some pair claimed in %.3f of %d null studies\n", error, nulls);
    mlg_free(s);
    const bool good = with.precision / studies >= LEAST_PRECISION &&
                      with.area / studies >= LEAST_AREA && error <= MOST_FALSE;
    if (!good) {
        fprintf(stderr, "bench_gaps: below %.2f, %.2f or above %.2f\n", LEAST_PRECISION, LEAST_AREA,
                MOST_FALSE);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
