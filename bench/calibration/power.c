/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"
#include "calibration.h"
#include "measure/hypergeometric.h"

/* Given their number, ties inside sectors are as many as Fisher's noncentral hypergeometric
 * distribution says, and lie anywhere: so the power of the size test has an exact value. */

enum { N_OMEGAS = 4, MAX_TIES = 256 };

static const double omegas[N_OMEGAS] = {1.5, 2.0, 3.0, 5.0};

static const struct design {
    int32_t n, n_sectors, m;
    double reference[N_OMEGAS]; /* of the size test, to three decimals */
    double labels[N_OMEGAS];    /* of the label test, simulated elsewhere; 0: not known */
} designs[] = {
    {12, 3, 14, {.131, .256, .502, .798}, {0}},
    {30, 3, 30, {.263, .548, .884, .994}, {0}},
    {30, 3, 60, {.367, .750, .983, 1.0}, {.364, .738, .974, 1.0}},
    {100, 4, 200, {.806, .997, 1.0, 1.0}, {0}},
};

enum { N_DESIGNS = sizeof designs / sizeof *designs };

/* Pairs of actors, and those inside sectors; equal sectors. */
typedef struct places {
    uint32_t all, inside;
} places;

static places places_of(int32_t n, int32_t n_sectors)
{
    const uint32_t size = (uint32_t) (n / n_sectors);
    return (places){(uint32_t) n * (uint32_t) (n - 1) / 2,
                    (uint32_t) n_sectors * size * (size - 1) / 2};
}

/* chance[x] of x ties inside, 0..m; chances are ratios of neighbours, so nothing overflows. */
static void inside_chances(places at, int32_t m, double omega, double *chance)
{
    const int32_t outside = (int32_t) (at.all - at.inside);
    const int32_t low = m > outside ? m - outside : 0;
    const int32_t high = m < (int32_t) at.inside ? m : (int32_t) at.inside;
    double log_p[MAX_TIES + 1], most = 0.0, sum = 0.0;

    for (int32_t x = 0; x <= m; x++) {
        chance[x] = 0.0;
    }
    log_p[low] = 0.0;
    for (int32_t x = low; x < high; x++) {
        const double up = omega * ((double) at.inside - x) * ((double) m - x);
        log_p[x + 1] = log_p[x] + log(up / ((x + 1.0) * ((double) outside - m + x + 1.0)));
        most = fmax(most, log_p[x + 1]);
    }
    for (int32_t x = low; x <= high; x++) {
        chance[x] = exp(log_p[x] - most);
        sum += chance[x];
    }
    for (int32_t x = low; x <= high; x++) {
        chance[x] /= sum;
    }
}

static bool rejects(places at, int32_t m, int32_t inside)
{
    const mlg_tails tails =
        mlg_two_weight_tails(at.all, at.inside, (uint32_t) m, 0, (uint32_t) inside);
    return tails.greater <= 0.05 + 1e-12;
}

double exact_power(int32_t n, int32_t n_sectors, int32_t m, double omega)
{
    const places at = places_of(n, n_sectors);
    double chance[MAX_TIES + 1], power = 0.0;

    inside_chances(at, m, omega, chance);
    for (int32_t x = 0; x <= m; x++) {
        power += chance[x] > 0.0 && rejects(at, m, x) ? chance[x] : 0.0;
    }
    return power;
}

/* Smallest omega with a power of 80 %, to three decimals. */
static double detectable(const struct design *d)
{
    double low = 1.0, high = 1000.0;
    while (high - low > 0.0005) {
        const double middle = 0.5 * (low + high);
        if (exact_power(d->n, d->n_sectors, d->m, middle) < 0.8) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* ---- simulated ------------------------------------------------------------------ */

typedef struct input {
    const struct design *design;
    double chance[MAX_TIES + 1];
    uint64_t seed;
    uint64_t stream; /* of the design and omega */
} input;

typedef struct found {
    bool by_size, by_labels;
} found;

static int32_t draw_inside(const input *in, mlg_random *random)
{
    double left = mlg_random_unit(random);
    int32_t x = 0, last = 0;
    for (; x <= in->design->m; x++) {
        if (in->chance[x] > 0.0) {
            last = x;
            left -= in->chance[x];
            if (left < 0.0) {
                break;
            }
        }
    }
    return last;
}

static mlg_status work(const void *given, void *scratch, uint64_t from, uint64_t to, void *slots)
{
    mlg_status status = MLG_OK;
    const input *in = given;
    const struct design *d = in->design;
    const places at = places_of(d->n, d->n_sectors);
    null_study study = {0};
    (void) scratch;

    for (uint64_t i = from; i < to; i++) {
        mlg_random random =
            mlg_random_stream(in->seed, "calibration.power", "", in->stream << 32 | i);
        const int32_t inside = draw_inside(in, &random);
        found *out = (found *) slots + i;
        figures p;
        TRY(planted_study_draw(d->n, d->n_sectors, d->m, inside, &random, &study, NULL));
        TRY(labels_ei_test(&study, &p, NULL));
        null_study_free(&study);
        *out = (found){rejects(at, d->m, inside), p.plain <= 0.05 + 1e-12};
    }
out:
    null_study_free(&study);
    return status;
}

/* ---- the table -------------------------------------------------------------------- */

typedef struct outcome {
    double exact, by_size, by_labels; /* power */
    const char *verdict;
} outcome;

static bool agrees(double seen, double expected, double n)
{
    return fabs(seen - expected) <= 4.0 * sqrt(expected * fmax(0.0, 1.0 - expected) / n) + 1.0 / n;
}

/* The reference of the label test was simulated too: its last digit, and its own error. */
static const char *gate_of(const outcome *o, const struct design *d, int k, double n)
{
    if (fabs(o->exact - d->reference[k]) > 0.000501) {
        return "EXACT POWER";
    }
    if (!agrees(o->by_size, o->exact, n)) {
        return "SIZE TEST";
    }
    if (d->labels[k] > 0.0 && !agrees(o->by_labels, fmin(d->labels[k], 0.9999), n / 3.0)) {
        return "LABEL TEST";
    }
    return NULL;
}

static mlg_status simulate(const struct design *d, int k, size_t studies, uint64_t seed,
                           int threads, outcome *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.design = d, .seed = seed};
    mlg_run run = MLG_RUN_INIT;
    found *made = mlg_zalloc(studies, sizeof *made);
    size_t by_size = 0, by_labels = 0;

    TRY_ALLOC(err, made);
    in.stream = (uint64_t) (d - designs) * N_OMEGAS + (uint64_t) k;
    inside_chances(places_of(d->n, d->n_sectors), d->m, omegas[k], in.chance);
    run.threads = threads;
    const mlg_replicates job = {.what = "calibration.power",
                                .view = "",
                                .last = studies,
                                .batch = 16,
                                .work = work,
                                .input = &in,
                                .slots = made};
    TRY(mlg_replicates_run(&job, &run, err));
    for (size_t i = 0; i < studies; i++) {
        by_size += made[i].by_size;
        by_labels += made[i].by_labels;
    }
    out->exact = exact_power(d->n, d->n_sectors, d->m, omegas[k]);
    out->by_size = (double) by_size / (double) studies;
    out->by_labels = (double) by_labels / (double) studies;
    out->verdict = gate_of(out, d, k, (double) studies);
out:
    mlg_free(made);
    return status;
}

mlg_status calibrate_power(size_t studies, uint64_t seed, int threads, FILE *table, FILE *csv,
                           size_t *failed, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (table != NULL) {
        fprintf(table, "\nPower of the one-sided test at 5 %%: odds omega inside sectors\n");
        fprintf(table, "%-22s %6s %9s %9s %9s %9s\n", "actors/ties (sectors)", "omega", "reference",
                "exact", "size", "labels");
    }
    for (size_t i = 0; i < N_DESIGNS; i++) {
        const struct design *d = &designs[i];
        for (int k = 0; k < N_OMEGAS; k++) {
            outcome o;
            TRY(simulate(d, k, studies, seed, threads, &o, err));
            *failed += o.verdict != NULL;
            if (table != NULL) {
                fprintf(table, "%3d/%-3d (%d)%11s %6.1f %9.3f %9.3f %9.3f %9.3f  %s\n", d->n, d->m,
                        d->n_sectors, "", omegas[k], d->reference[k], o.exact, o.by_size,
                        o.by_labels, o.verdict != NULL ? o.verdict : "ok");
                fflush(table);
            }
            if (csv != NULL) {
                fprintf(csv, "power,%d/%d,size,omega %.1f,%zu,%.6f,,,%.6f,,,%s\n", d->n, d->m,
                        omegas[k], studies, o.exact, o.by_size, o.verdict ? o.verdict : "ok");
                fprintf(csv, "power,%d/%d,labels,omega %.1f,%zu,,,,%.6f,,,\n", d->n, d->m,
                        omegas[k], studies, o.by_labels);
            }
        }
        if (table != NULL) {
            fprintf(table, "%3d/%-3d (%d)%11s seen 8 times in 10 from omega = %.2f\n", d->n, d->m,
                    d->n_sectors, "", detectable(d));
        }
        if (csv != NULL) {
            fprintf(csv, "power,%d/%d,size,detectable omega,,%.3f,,,,,,\n", d->n, d->m,
                    detectable(d));
        }
    }
out:
    return status;
}
