/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "maillage/silo.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"

/* How mixed by sector are those that somebody, or an activity, brings together? An actor counts
 * under its first sector; those without one do not count. */

enum { UNBIASED, IQV, SHANNON, EVENNESS, SECTORS, COUNTED, N_PARTS };
static const char *const parts[N_PARTS] = {"unbiased", "iqv",     "shannon",
                                           "evenness", "sectors", "counted"};

/* Whom draws are made of: falling powers of the sectors' sizes, summed. */
typedef struct population {
    double n;
    double pairs, triples, fours; /* sum of n_a (n_a - 1), ... (n_a - 2), ... (n_a - 3) */
    double squares;               /* sum of (n_a (n_a - 1))^2 */
} population;

typedef struct ground {
    const mlg_silo *silo;
    double *size;    /* [sectors] actors whose first it is */
    double n_sizes;  /* sectors that are somebody's first */
    population all;  /* every actor with a sector */
    uint32_t *count; /* [sectors] scratch, zero between uses */
    int32_t *seen;   /* [sectors] scratch */
} ground;

/* ---- one bunch of actors ----------------------------------------------------------- */

static int32_t first_of(const mlg_silo *silo, int32_t v)
{
    const mlg_labelling *l = &silo->labelling;
    return l->place[v] >= 0 ? l->first[l->type[l->place[v]]] : -1;
}

/* Counts by sector of actors of a view; leaves `count` empty. Answers Blau's index. */
static double diversity_of(ground *g, const int32_t *actor, size_t n, double *part)
{
    size_t sectors = 0;
    double counted = 0.0, squares = 0.0, pairs = 0.0, shannon = 0.0;

    for (size_t i = 0; i < n; i++) {
        const int32_t a = first_of(g->silo, actor[i]);
        if (a >= 0 && g->count[a]++ == 0) {
            g->seen[sectors++] = a;
        }
        counted += a >= 0;
    }
    for (size_t s = 0; s < sectors; s++) {
        const double x = g->count[g->seen[s]];
        squares += x * x;
        pairs += x * (x - 1.0);
        shannon -= x / counted * log(x / counted);
        g->count[g->seen[s]] = 0;
    }
    const double blau = counted > 0.0 ? 1.0 - squares / (counted * counted) : NAN;
    part[COUNTED] = counted;
    part[SECTORS] = (double) sectors;
    part[UNBIASED] = counted > 1.0 ? 1.0 - pairs / (counted * (counted - 1.0)) : NAN;
    part[IQV] = g->n_sizes > 1.0 ? blau * g->n_sizes / (g->n_sizes - 1.0) : NAN;
    part[SHANNON] = counted > 0.0 ? fmax(0.0, shannon) : NAN;
    part[EVENNESS] = sectors > 1 ? shannon / log((double) sectors) : NAN;
    return blau;
}

/* ---- by chance ------------------------------------------------------------------------ */

/* The falling power x (x - 1) ... of k terms. */
static double falling(double x, int k)
{
    double product = 1.0;
    for (int i = 0; i < k; i++) {
        product *= x - i;
    }
    return fmax(0.0, product);
}

static void count_in(population *of, double size, double sign)
{
    const double pairs = falling(size, 2);
    of->pairs += sign * pairs;
    of->triples += sign * falling(size, 3);
    of->fours += sign * falling(size, 4);
    of->squares += sign * pairs * pairs;
}

/* Of k drawn without replacement, T = sum of x_a (x_a - 1) has the mean and the variance of
 * falling powers of a hypergeometric draw; Blau's index is 1 - (T + k) / k^2. */
static void chance_of(const population *of, double k, double *mean, double *sd)
{
    const double n2 = falling(of->n, 2), n3 = falling(of->n, 3), n4 = falling(of->n, 4);
    const double k2 = falling(k, 2), k3 = falling(k, 3), k4 = falling(k, 4);
    const double first = n2 > 0.0 ? k2 / n2 * of->pairs : 0.0;
    double second = 2.0 * first; /* x^2 (x - 1)^2 = 2 x^(2) + 4 x^(3) + x^(4) */

    second += n3 > 0.0 ? 4.0 * k3 / n3 * of->triples : 0.0;
    second += n4 > 0.0 ? k4 / n4 * (of->fours + of->pairs * of->pairs - of->squares) : 0.0;
    const double variance = second - first * first;
    *mean = 1.0 - (first + k) / (k * k);
    *sd = variance > 1e-12 * second ? sqrt(variance) / (k * k) : 0.0;
}

/* The others of an actor: one fewer of its sector. */
static population others_of(const ground *g, int32_t a)
{
    population out = g->all;
    out.n -= 1.0;
    count_in(&out, g->size[a], -1.0);
    count_in(&out, g->size[a] - 1.0, 1.0);
    return out;
}

/* ---- values ------------------------------------------------------------------------------ */

static mlg_status open_columns(const ground *g, const char *convention, mlg_value *value,
                               mlg_error *err)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_Z};
    mlg_status status = MLG_OK;

    value->convention = convention;
    value->weight = "none";
    value->null_model = "labels";
    value->caution = mlg_silo_caution(g->silo);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        TRY_ALLOC(err, mlg_value_column_of(value, columns[c]));
    }
    for (size_t p = 0; p < N_PARTS; p++) {
        TRY_ALLOC(err, mlg_value_part_of(value, parts[p]));
    }
out:
    return status;
}

static void fill_row(ground *g, const population *of, const int32_t *actor, size_t n,
                     mlg_value *value, size_t i)
{
    double part[N_PARTS];
    const double blau = diversity_of(g, actor, n, part);

    value->column[MLG_VALUE][i] = blau;
    if (!isnan(blau)) {
        double *mean = &value->column[MLG_EXPECTED][i], *sd = &value->column[MLG_SD][i];
        chance_of(of, part[COUNTED], mean, sd);
        value->column[MLG_Z][i] = mlg_z(blau, *mean, *sd);
        value->undefined = T_none;
    }
    for (size_t p = 0; p < N_PARTS; p++) {
        value->part[p].values[i] = part[p];
    }
}

/* Over the sectors of each actor's contacts. */
static mlg_status add_actors(mlg_context *context, ground *g, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &g->silo->graph->ties;
    mlg_value *value = mlg_values_add_actors(out, "silo.diversity", context, view, err);

    TRY_ALLOC(err, value);
    TRY(open_columns(g, "contacts", value, err));
    for (int32_t v = 0; v < ties->n; v++) {
        const int32_t a = first_of(g->silo, v);
        if (a >= 0) {
            const population others = others_of(g, a);
            fill_row(g, &others, ties->target + ties->offset[v], mlg_csr_degree(ties, v), value,
                     (size_t) v);
        }
    }
out:
    return status;
}

/* Over the sectors of each activity's participants. */
static mlg_status add_activities(ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = g->silo->graph;
    const size_t n = (size_t) graph->n_activities;
    mlg_value *value = mlg_values_add(out, "silo.diversity", view, n, err);
    mlg_id *subject = NULL;

    TRY_ALLOC(err, value);
    value->scope = MLG_SCOPE_ACTIVITY;
    value->undefined = T_why_no_sectors;
    subject = mlg_value_subjects(value);
    TRY_ALLOC(err, subject);
    memcpy(subject, graph->activity, n * sizeof *subject);
    TRY(open_columns(g, "participants", value, err));
    for (int32_t e = 0; e < graph->n_activities; e++) {
        fill_row(g, &g->all, graph->attended.target + graph->attended.offset[e],
                 mlg_csr_degree(&graph->attended, e), value, (size_t) e);
    }
out:
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void ground_close(ground *g)
{
    mlg_free(g->size);
    mlg_free(g->count);
    mlg_free(g->seen);
}

static mlg_status ground_open(const mlg_silo *silo, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const size_t n = (size_t) l->n_sectors;

    *g = (ground){.silo = silo, .all = {.n = l->n}};
    g->size = mlg_zalloc(n, sizeof *g->size);
    g->count = mlg_zalloc(n, sizeof *g->count);
    g->seen = mlg_alloc(n, sizeof *g->seen);
    TRY_ALLOC(err, g->size);
    TRY_ALLOC(err, g->count);
    TRY_ALLOC(err, g->seen);
    for (int32_t t = 0; t < l->n_types; t++) {
        g->size[l->first[t]] += l->count[t];
    }
    for (size_t a = 0; a < n; a++) {
        g->n_sizes += g->size[a] > 0.0;
        count_in(&g->all, g->size[a], 1.0);
    }
out:
    return status;
}

mlg_status mlg_silo_diversity(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_text_key why = T_none;
    mlg_silo *silo = NULL;
    ground g = {0};

    TRY(mlg_silo_of(context, view, &silo, err));
    why = mlg_silo_lacks(silo);
    why = why == T_why_no_ties && !silo->graph->projected ? T_why_too_large : why;
    if (why != T_none) {
        TRY(mlg_values_undefined(out, "silo.diversity", view, why, err));
    }
    if (why != T_none && why != T_why_no_ties && why != T_why_too_large) {
        return MLG_OK;
    }
    TRY(ground_open(silo, &g, err));
    if (why == T_none) {
        TRY(add_actors(context, &g, view, out, err));
    }
    if (silo->graph->n_activities > 0) {
        TRY(add_activities(&g, view, out, err));
    }
out:
    ground_close(&g);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
