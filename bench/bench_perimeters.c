/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "measure/perimeter_pairs.h"
#include "support.h"

/* All pairs of perimeters that touch against scipy's sparse product B D B^T, on the same
 * memberships:
 *
 *     bench_perimeters
 *
 * 10,000 perimeters over 35,000 communes, each in about ten of them: some share the country out
 * in pieces of a few dozen, some are districts, some are free-standing sets. Ours gives for each
 * pair the units in common and their least, the inhabitants and their least, and the units of
 * unknown population, in one pass; the peer (perimeters_peer.sh) gives the units by a product B B^T
 * and the inhabitants by B D B^T, and is called from the top folder. The programs take turns
 * (A B A B). They must agree on the number of pairs, the sums of units and inhabitants, and the
 * inhabitants of a sample of pairs; without scipy the bench is left out. It fails when B D B^T
 * alone does not take scipy 5 times as long.
 */

enum { UNITS = 35000, PERIMETERS = 10000, ROUNDS = 7, SAMPLES = 1000 };

static const double LEAST_RATIO = 5.0;
static const char *const bench = "bench_perimeters";
static const char *const script = "bench/perimeters_peer.sh";

typedef struct memberships {
    int32_t *perimeter, *unit;
    size_t n;
} memberships;

/* ---- input ------------------------------------------------------------------------------- */

/* `groups` perimeters from `first` share the units out, neighbours together. */
static void share_out(memberships *m, int32_t first, int32_t groups, mlg_random *draw)
{
    for (int32_t u = 0; u < UNITS; u++) {
        const int64_t home = (int64_t) u * groups / UNITS;
        const bool moves = mlg_random_below(draw, 20) == 0; /* over the border */
        m->perimeter[m->n] = first + (int32_t) (moves ? (home + 1) % groups : home);
        m->unit[m->n++] = u;
    }
}

static memberships draw_memberships(void)
{
    static const int32_t groups[] = {13, 101, 330, 1250, 1700, 300, 700, 2000};
    mlg_random draw = mlg_random_stream(71, "bench_perimeters", "", 0);
    memberships m = {mlg_alloc(12 * (size_t) UNITS, sizeof *m.perimeter),
                     mlg_alloc(12 * (size_t) UNITS, sizeof *m.unit), 0};
    int32_t first = 0;

    if (m.perimeter == NULL || m.unit == NULL) {
        bench_stop(bench, "no memory for the memberships");
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        share_out(&m, first, groups[i], &draw);
        first += groups[i];
    }
    for (; first < PERIMETERS; first++) { /* sets of up to 30 around a commune */
        const uint32_t home = mlg_random_below(&draw, UNITS - 60);
        for (uint32_t k = mlg_random_below(&draw, 30) + 1; k > 0; k--) {
            m.perimeter[m.n] = first;
            m.unit[m.n++] = (int32_t) (home + mlg_random_below(&draw, 60));
        }
    }
    return m;
}

static mlg_perimeters lay_out(const memberships *m, double *people, int32_t *scale)
{
    mlg_perimeters p = {.n = PERIMETERS, .n_units = UNITS, .population = people, .scale = scale};
    mlg_random draw = mlg_random_stream(71, "bench_perimeters.people", "", 0);

    for (int32_t u = 0; u < UNITS; u++) {
        people[u] = 1 + mlg_random_below(&draw, 5000);
    }
    for (int32_t i = 0; i < PERIMETERS; i++) {
        scale[i] = -1;
    }
    double *shares = mlg_alloc(m->n, sizeof *shares);
    for (size_t i = 0; shares != NULL && i < m->n; i++) {
        shares[i] = 1.0;
    }
    if (shares == NULL || mlg_csr_build(PERIMETERS, UNITS, false, false, m->perimeter, m->unit,
                                        shares, m->n, MLG_MERGE_MAX, &p.covers, NULL) != MLG_OK) {
        bench_stop(bench, "no memory for the perimeters");
    }
    mlg_free(shares);
    return p;
}

/* uint32 perimeters, units, entries; the inhabitants as doubles; pairs (perimeter, unit). */
static void write_input(const mlg_perimeters *p, char *path)
{
    const uint32_t head[] = {PERIMETERS, UNITS, (uint32_t) mlg_csr_size(&p->covers)};
    const int handle = mkstemp(path);
    FILE *file = handle >= 0 ? fdopen(handle, "wb") : NULL;
    bool written = file != NULL && fwrite(head, sizeof *head, 3, file) == 3 &&
                   fwrite(p->population, sizeof *p->population, UNITS, file) == UNITS;

    for (int32_t a = 0; a < p->n; a++) {
        for (uint32_t i = p->covers.offset[a]; written && i < p->covers.offset[a + 1]; i++) {
            const uint32_t pair[] = {(uint32_t) a, (uint32_t) p->covers.target[i]};
            written = fwrite(pair, sizeof *pair, 2, file) == 2;
        }
    }
    if (!written || fclose(file) != 0) {
        bench_stop(bench, "the temporary file was not written");
    }
}

/* ---- the programs --------------------------------------------------------------------------- */

typedef struct outcome {
    uint64_t pairs;
    double people, units;        /* in common, over all pairs */
    double seconds, units_apart; /* the peer: of each product */
    double sample[SAMPLES];      /* inhabitants of pairs a multiple of a stride apart */
} outcome;

/* Of every pair (a, b) with (a * 7919 + b) % STRIDE == 0 the inhabitants, summed by a bucket. */
enum { STRIDE = 97 };

static void visit(void *with, const mlg_overlap *o)
{
    outcome *out = with;
    const uint64_t mark = (uint64_t) o->a * 7919 + (uint64_t) o->b;
    out->pairs++;
    out->people += o->most.people;
    out->units += o->most.units;
    if (mark % STRIDE == 0) {
        out->sample[mark / STRIDE % SAMPLES] += o->most.people;
    }
}

static void run_ours(const mlg_perimeters *p, outcome *out)
{
    *out = (outcome){0};
    const double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    if (mlg_overlaps_each(p, visit, out, NULL) != MLG_OK) {
        bench_stop(bench, "no memory for the pairs");
    }
    out->seconds = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
}

/* False where scipy is not installed. */
static bool run_peer(const char *path, outcome *out)
{
    char command[512];
    unsigned long long pairs = 0;

    *out = (outcome){0};
    snprintf(command, sizeof command, "%s '%s'", script, path);
    fflush(stdout);
    FILE *answer = popen(command, "r");
    if (answer == NULL) {
        bench_stop(bench, "no shell");
    }
    bool read = fscanf(answer, "%llu %lf %lf %lf %lf", &pairs, &out->people, &out->units,
                       &out->seconds, &out->units_apart) == 5;
    for (int i = 0; read && i < SAMPLES; i++) {
        read = fscanf(answer, "%lf", &out->sample[i]) == 1;
    }
    const int state = pclose(answer);
    if (WIFEXITED(state) && (WEXITSTATUS(state) == 77 || WEXITSTATUS(state) >= 126)) {
        return false;
    }
    if (state != 0 || !read) {
        bench_stop(bench, "scipy's run failed");
    }
    out->pairs = pairs;
    return true;
}

/* Inhabitants are whole numbers: sums are exact. */
static void check_same(const outcome *a, const outcome *b)
{
    if (a->pairs != b->pairs || a->people != b->people || a->units != b->units ||
        memcmp(a->sample, b->sample, sizeof a->sample) != 0) {
        bench_stop(bench, "the programs differ");
    }
}

int main(void)
{
    static double people[UNITS];
    static int32_t scale[PERIMETERS];
    static outcome ours, peer;
    char path[] = "/tmp/bench_perimeters_XXXXXX";
    double of_ours[ROUNDS], of_peer[ROUNDS], of_both[ROUNDS];
    memberships m = draw_memberships();
    mlg_perimeters p = lay_out(&m, people, scale);
    bool has_peer = true;

    write_input(&p, path);
    for (int round = 0; round < ROUNDS && has_peer; round++) {
        run_ours(&p, &ours);
        has_peer = run_peer(path, &peer);
        of_ours[round] = ours.seconds;
        of_peer[round] = peer.seconds;
        of_both[round] = peer.seconds + peer.units_apart;
        if (has_peer) {
            check_same(&ours, &peer);
        }
    }
    unlink(path);
    printf("perimeters: %d over %d communes, %zu memberships: %llu pairs that touch\n", PERIMETERS,
           UNITS, mlg_csr_size(&p.covers), (unsigned long long) ours.pairs);
    mlg_csr_free(&p.covers);
    mlg_free(m.perimeter);
    mlg_free(m.unit);
    if (!has_peer) {
        printf("  ours %8.4f s; scipy left out: not installed\n", ours.seconds);
        return EXIT_SUCCESS;
    }
    const double a = bench_median(of_ours, ROUNDS), b = bench_median(of_peer, ROUNDS);
    const double both = bench_median(of_both, ROUNDS);
    printf("  ours, 1 thread: units and inhabitants %8.4f s of CPU\n", a);
    printf("  scipy, B B^T and B D B^T: the same    %8.4f s, ratio %.1f\n", both, both / a);
    printf("  scipy, B D B^T alone: inhabitants     %8.4f s, ratio %.1f\n", b, b / a);
    return b >= LEAST_RATIO * a ? EXIT_SUCCESS : EXIT_FAILURE;
}
