/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "calibration.h"

/* Graphs of G1 to G4 are uniform given their size. Those of G5 and G6 are uniform given their
 * degrees (margins), without a Markov chain, which would check chains by a chain: each pair is
 * tied on its own with odds x_i x_j; the chance of a graph is then a product over its degrees,
 * the same for all graphs that share them. */

enum { MAX_SECTORS = 25, MAX_ROWS = 8192 };

static const struct plan {
    const char *name, *says;
    int32_t n, columns; /* columns > 0: two modes */
    int32_t m;          /* 0: from degrees */
    bool directed, tied;
    int32_t n_sectors, carriers[MAX_SECTORS];
} plans[N_SHAPES] = {
    [G1] = {"G1", "12 actors, 14 ties, uniform given size; sectors 4 4 4", .n = 12, .m = 14,
            .n_sectors = 3, .carriers = {4, 4, 4}},
    [G2] = {"G2", "14 actors, 83 arcs, uniform given size; sectors 4 3 3 2 1 1", .n = 14, .m = 83,
            .directed = true, .n_sectors = 6, .carriers = {4, 3, 3, 2, 1, 1}},
    [G3] = {"G3", "500 actors, 1000 ties, uniform given size; sectors 200 150 100 50", .n = 500,
            .m = 1000, .n_sectors = 4, .carriers = {200, 150, 100, 50}},
    [G4] = {"G4", "100 actors, 990 ties, uniform given size; 25 sectors of 4", .n = 100, .m = 990,
            .n_sectors = 25, .carriers = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
                                          4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4}},
    [G5] = {"G5", "60 actors, lognormal degrees, uniform given degrees; sectors 30 15 8 4 2 1",
            .n = 60, .n_sectors = 6, .carriers = {30, 15, 8, 4, 2, 1}},
    [G6] = {"G6",
            "80 actors in 60 activities, lognormal margins, uniform given margins; sectors "
            "40 20 10 6 3 1",
            .n = 80, .columns = 60, .n_sectors = 6, .carriers = {40, 20, 10, 6, 3, 1}},
    [G5_CONTROL] = {"G5'", "as G5, sectors dealt by degree: the most tied actors share one",
                    .n = 60, .tied = true, .n_sectors = 6, .carriers = {30, 15, 8, 4, 2, 1}},
};

const char *shape_name(shape which)
{
    return plans[which].name;
}

const char *shape_says(shape which)
{
    return plans[which].says;
}

/* What a study is drawn into, before it is a graph. */
typedef struct sketch {
    int32_t n;
    int32_t from[MAX_ROWS], to[MAX_ROWS];
    size_t m;
    int32_t *sector, *order, *degree; /* [n] */
    double *row, *column;             /* fitness */
    uint8_t *seen;                    /* [n * n] */
} sketch;

static void sketch_close(sketch *s)
{
    if (s != NULL) {
        mlg_free(s->sector);
        mlg_free(s->order);
        mlg_free(s->degree);
        mlg_free(s->row);
        mlg_free(s->column);
        mlg_free(s->seen);
        mlg_free(s);
    }
}

static sketch *sketch_open(int32_t n)
{
    const size_t room = (size_t) n;
    sketch *s = mlg_alloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->n = n;
    s->m = 0;
    s->sector = mlg_zalloc(room, sizeof *s->sector);
    s->order = mlg_zalloc(room, sizeof *s->order);
    s->degree = mlg_zalloc(room, sizeof *s->degree);
    s->row = mlg_zalloc(room, sizeof *s->row);
    s->column = mlg_zalloc(room, sizeof *s->column);
    s->seen = mlg_zalloc(room * room, sizeof *s->seen);
    if (s->sector == NULL || s->order == NULL || s->degree == NULL || s->row == NULL ||
        s->column == NULL || s->seen == NULL) {
        sketch_close(s);
        s = NULL;
    }
    return s;
}

static bool add(sketch *s, int32_t a, int32_t b)
{
    uint8_t *seen = &s->seen[(size_t) a * (size_t) s->n + (size_t) b];
    if (*seen != 0 || s->m >= MAX_ROWS) {
        return false;
    }
    *seen = 1;
    s->from[s->m] = a;
    s->to[s->m++] = b;
    s->degree[a]++;
    s->degree[b]++;
    return true;
}

/* Actors at random to each place. */
static void shuffle(sketch *s, mlg_random *random)
{
    for (int32_t i = 0; i < s->n; i++) {
        const int32_t j = (int32_t) mlg_random_below(random, (uint32_t) i + 1);
        s->order[i] = s->order[j];
        s->order[j] = i;
    }
}

static void by_degree(sketch *s)
{
    for (int32_t i = 1; i < s->n; i++) { /* a stable insertion: equal degrees stay shuffled */
        const int32_t actor = s->order[i];
        int32_t at = i;
        for (; at > 0 && s->degree[s->order[at - 1]] < s->degree[actor]; at--) {
            s->order[at] = s->order[at - 1];
        }
        s->order[at] = actor;
    }
}

/* ---- ties --------------------------------------------------------------------- */

static void draw_pairs(sketch *s, int32_t m, bool directed, mlg_random *random)
{
    while (s->m < (size_t) m) {
        const int32_t a = (int32_t) mlg_random_below(random, (uint32_t) s->n);
        const int32_t b = (int32_t) mlg_random_below(random, (uint32_t) s->n);
        if (a != b) {
            add(s, directed || a < b ? a : b, directed || a < b ? b : a);
        }
    }
}

static double normal(mlg_random *random)
{
    const double u = 1.0 - mlg_random_unit(random), v = mlg_random_unit(random);
    return sqrt(-2.0 * log(u)) * cos(2.0 * M_PI * v);
}

/* Wanted degrees are lognormal with median `middle`; fitness = degree / root of their sum. */
static void draw_fitness(double *fitness, int32_t n, double middle, double spread,
                         mlg_random *random)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n; i++) {
        fitness[i] = middle * exp(spread * normal(random));
        sum += fitness[i];
    }
    for (int32_t i = 0; i < n; i++) {
        fitness[i] /= sqrt(sum);
    }
}

static bool tied(double odds, mlg_random *random)
{
    return mlg_random_unit(random) * (1.0 + odds) < odds;
}

static void draw_by_degrees(sketch *s, mlg_random *random)
{
    draw_fitness(s->row, s->n, 4.0, 0.7, random);
    for (int32_t a = 0; a < s->n; a++) {
        for (int32_t b = a + 1; b < s->n; b++) {
            if (tied(s->row[a] * s->row[b], random)) {
                add(s, a, b);
            }
        }
    }
}

static void draw_by_margins(sketch *s, int32_t columns, mlg_random *random)
{
    draw_fitness(s->row, s->n, 3.0, 0.7, random);
    draw_fitness(s->column, columns, 4.0, 0.7, random);
    for (int32_t a = 0; a < s->n; a++) {
        for (int32_t e = 0; e < columns; e++) {
            if (tied(s->row[a] * s->column[e], random)) {
                add(s, a, e);
            }
        }
    }
}

/* ---- studies ------------------------------------------------------------------ */

static mlg_status make_graph(const struct plan *plan, const sketch *s, null_study *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (plan->columns > 0) {
        TRY(mlg_graph_from_participations(s->n, plan->columns, s->from, s->to, s->m,
                                          MLG_PROJECT_NEWMAN, s->sector, plan->n_sectors, NULL,
                                          &out->graph, err));
    } else {
        TRY(mlg_graph_from_ties(s->n, s->from, s->to, NULL, s->m, plan->directed, s->sector,
                                plan->n_sectors, &out->graph, err));
    }
    TRY(mlg_labelling_make(out->graph, &out->labelling, err));
out:
    if (status != MLG_OK) {
        null_study_free(out);
    }
    return status;
}

mlg_status null_study_draw(shape which, uint64_t seed, uint64_t number, null_study *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const struct plan *plan = &plans[which];
    mlg_random random = mlg_random_stream(seed, "calibration", plan->name, number);
    sketch *s = sketch_open(plan->n);

    *out = (null_study){.shape = which, .seed = mlg_random_next(&random)};
    TRY_ALLOC(err, s);
    if (plan->columns > 0) {
        draw_by_margins(s, plan->columns, &random);
    } else if (plan->m > 0) {
        draw_pairs(s, plan->m, plan->directed, &random);
    } else {
        draw_by_degrees(s, &random);
    }
    shuffle(s, &random);
    if (plan->tied) {
        by_degree(s);
    }
    for (int32_t sector = 0, at = 0; sector < plan->n_sectors; sector++) {
        for (int32_t k = 0; k < plan->carriers[sector]; k++) {
            s->sector[s->order[at++]] = sector;
        }
    }
    TRY(make_graph(plan, s, out, err));
    out->coin = random;
out:
    sketch_close(s);
    return status;
}

mlg_status planted_study_draw(int32_t n, int32_t n_sectors, int32_t m, int32_t inside,
                              mlg_random *random, null_study *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const struct plan plan = {.n = n, .n_sectors = n_sectors};
    int32_t left[2] = {m - inside, inside};
    sketch *s = sketch_open(n);

    *out = (null_study){.seed = mlg_random_next(random)};
    TRY_ALLOC(err, s);
    for (int32_t v = 0; v < n; v++) {
        s->sector[v] = v % n_sectors;
    }
    while (left[0] + left[1] > 0) {
        const int32_t a = (int32_t) mlg_random_below(random, (uint32_t) n);
        const int32_t b = (int32_t) mlg_random_below(random, (uint32_t) n);
        int32_t *kind = &left[s->sector[a] == s->sector[b]];
        *kind -= a<b && * kind> 0 && add(s, a, b);
    }
    TRY(make_graph(&plan, s, out, err));
    out->coin = *random;
out:
    sketch_close(s);
    return status;
}

void null_study_free(null_study *study)
{
    mlg_graph_free(study->graph);
    mlg_labelling_free(&study->labelling);
    study->graph = NULL;
}
