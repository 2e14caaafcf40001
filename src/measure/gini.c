/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/scale.h"
#include "measure/context.h"
#include "measure/null_summary.h"
#include "measure/places_ground.h"
#include "measure/summary.h"

#define MAX_PLACINGS 3e8 /* of one null distribution: about half a minute of one core */
enum { BATCH = 64 };

typedef mlg_places_ground ground;

/* ---- the index ------------------------------------------------------------------- */

/* A unit that holds something. */
typedef struct held {
    double rate, things, people;
    int32_t unit;
} held;

static int by_rate(const void *left, const void *right)
{
    const held *a = left, *b = right;
    if (a->rate != b->rate) {
        return a->rate < b->rate ? -1 : 1;
    }
    return a->unit < b->unit ? -1 : a->unit > b->unit;
}

/* 1 - sum of f (L before + L after), by rising rate: units that hold nothing come first and
 * add nothing. */
static double gini_of(held *rows, size_t n, double all)
{
    double twice = 0.0, before = 0.0;

    qsort(rows, n, sizeof *rows, by_rate);
    for (size_t i = 0; i < n; i++) {
        const double share = rows[i].things / all;
        twice += rows[i].people * (2.0 * before + share);
        before += share;
    }
    return fmax(0.0, 1.0 - twice);
}

static double gini_over(const ground *g, const double *things, held *scratch)
{
    double all = 0.0;
    size_t n = 0;

    for (int32_t u = 0; u < g->n; u++) {
        if (things[u] > 0.0) {
            scratch[n++] = (held){things[u] / g->people[u], things[u], g->people[u], u};
            all += things[u];
        }
    }
    return all > 0.0 ? gini_of(scratch, n, all) : NAN;
}

/* ---- places that follow the population ------------------------------------------- */

/* Walker's table: one draw of a unit in constant time. */
typedef struct alias {
    double *keep;   /* [n] chance to stay */
    int32_t *other; /* [n] else */
} alias;

static mlg_status make_alias(const ground *g, alias *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = g->n;
    int32_t n_small = 0, n_large = 0;
    int32_t *small = mlg_alloc((size_t) n, sizeof *small);
    int32_t *large = mlg_alloc((size_t) n, sizeof *large);

    out->keep = mlg_alloc((size_t) n, sizeof *out->keep);
    out->other = mlg_alloc((size_t) n, sizeof *out->other);
    TRY_ALLOC(err, small);
    TRY_ALLOC(err, large);
    TRY_ALLOC(err, out->keep);
    TRY_ALLOC(err, out->other);
    for (int32_t u = 0; u < n; u++) {
        out->keep[u] = g->people[u] * n;
        out->other[u] = u;
        if (out->keep[u] < 1.0) {
            small[n_small++] = u;
        } else {
            large[n_large++] = u;
        }
    }
    while (n_small > 0 && n_large > 0) {
        const int32_t s = small[--n_small], l = large[n_large - 1];
        out->other[s] = l;
        out->keep[l] -= 1.0 - out->keep[s];
        if (out->keep[l] < 1.0) {
            n_large--;
            small[n_small++] = l;
        }
    }
    while (n_small > 0) { /* rounding: they keep all of their place */
        out->keep[small[--n_small]] = 1.0;
    }
out:
    mlg_free(small);
    mlg_free(large);
    return status;
}

static void free_alias(alias *a)
{
    mlg_free(a->keep);
    mlg_free(a->other);
    *a = (alias){0};
}

typedef struct input {
    const ground *g;
    alias alias;
    uint64_t seed;
    const char *convention;
} input;

typedef struct scratch {
    int32_t *count, *touched; /* [n] zero between draws */
    held *rows;               /* [n] */
} scratch;

static void scratch_close(void *own)
{
    scratch *s = own;
    if (s != NULL) {
        mlg_free(s->count);
        mlg_free(s->touched);
        mlg_free(s->rows);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const size_t n = (size_t) in->g->n;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->count = mlg_zalloc(n, sizeof *s->count);
        s->touched = mlg_alloc(n, sizeof *s->touched);
        s->rows = mlg_alloc(n, sizeof *s->rows);
        if (s->count == NULL || s->touched == NULL || s->rows == NULL) {
            scratch_close(s);
            s = NULL;
        }
    }
    return s;
}

static double draw_once(const input *in, scratch *s, mlg_random *random)
{
    const ground *g = in->g;
    size_t n = 0;

    for (int32_t i = 0; i < (int32_t) g->located; i++) {
        const uint32_t at = mlg_random_below(random, (uint32_t) g->n);
        const int32_t u =
            mlg_random_unit(random) < in->alias.keep[at] ? (int32_t) at : in->alias.other[at];
        if (s->count[u]++ == 0) {
            s->touched[n++] = u;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const int32_t u = s->touched[i];
        s->rows[i] = (held){s->count[u] / g->people[u], s->count[u], g->people[u], u};
        s->count[u] = 0;
    }
    return gini_of(s->rows, n, g->located);
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    double *gini = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "scale.gini", in->convention, d);
        gini[d] = draw_once(in, own, &random);
    }
    return MLG_OK;
}

static mlg_status draw(const ground *g, const mlg_run *run, const char *convention, size_t n,
                       double *gini, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.g = g, .seed = run->seed, .convention = convention};
    const mlg_replicates job = {
        .what = "scale.gini",
        .view = convention,
        .last = n,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = &in,
        .slots = gini,
    };

    TRY(make_alias(g, &in.alias, err));
    TRY(mlg_replicates_run(&job, run, err));
out:
    free_alias(&in.alias);
    return status;
}

/* ---- values ------------------------------------------------------------------------- */

/* What is asked of the places. */
typedef struct question {
    mlg_located what;
    mlg_text_key none; /* there are none */
    const char *index;
} question;

static bool put_part(mlg_value *value, const char *name, double figure)
{
    double *part = mlg_value_part_of(value, name);
    if (part != NULL) {
        part[0] = figure;
    }
    return part != NULL;
}

static bool put_column(mlg_value *value, mlg_value_column column, double figure)
{
    double *cells = mlg_value_column_of(value, column);
    if (cells != NULL) {
        cells[0] = figure;
    }
    return cells != NULL;
}

static bool put_null(mlg_value *value, const mlg_null_summary *s, double observed)
{
    return put_column(value, MLG_EXPECTED, s->mean) && put_column(value, MLG_SD, s->sd) &&
           put_column(value, MLG_LOW, s->low) && put_column(value, MLG_HIGH, s->high) &&
           put_column(value, MLG_Z, mlg_z(observed, s->mean, s->sd)) &&
           put_column(value, MLG_P, s->p_greater) && put_column(value, MLG_P_TWO, s->p_two);
}

static mlg_status list_index(const ground *g, const mlg_locations *places, const question *asked,
                             int32_t view, const double *gini, const mlg_null_summary *null,
                             size_t draws, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "scale.gini", view, 1, err);

    TRY_ALLOC(err, value);
    value->convention = asked->index;
    value->undefined = g->why;
    if (g->why == T_none) {
        value->null_model = "population";
        value->tail = "greater";
        value->p_method = "draws";
        value->draws = (uint32_t) draws;
    }
    if (!put_column(value, MLG_VALUE, gini[0]) ||
        (g->why == T_none && !put_null(value, null, gini[0])) ||
        !put_part(value, "p_less", g->why == T_none ? null->p_less : NAN) ||
        !put_part(value, "divided", gini[1]) || !put_part(value, "located", g->located) ||
        !put_part(value, "spread", g->spread) || !put_part(value, "unlocated", places->unplaced) ||
        !put_part(value, "elsewhere", g->elsewhere) || !put_part(value, "units", g->n) ||
        !put_part(value, "units_left_out", g->left_out) ||
        !put_part(value, "units_outside", g->outside)) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.gini: no memory for its figures");
    }
out:
    return status;
}

static mlg_status run_question(mlg_context *context, const mlg_perimeters *perimeters, ground *g,
                               const question *asked, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = context->run;
    mlg_locations places = {0};
    mlg_null_summary null = {0};
    double gini[2] = {NAN, NAN}, *draws = NULL;
    size_t n = 0;
    held *rows = mlg_alloc((size_t) g->n, sizeof *rows);

    TRY_ALLOC(err, rows);
    TRY(mlg_locations_of(context->model, perimeters, asked->what, &places, err));
    mlg_places_ground_put(&places, NULL, asked->none, g);
    if (g->why == T_none) {
        gini[0] = gini_over(g, g->things, rows);
        gini[1] = gini_over(g, g->divided, rows);
        n = run->force ? run->draws : mlg_draws_in(MAX_PLACINGS / g->located, run->draws);
        draws = mlg_alloc(2 * n, sizeof *draws);
        TRY_ALLOC(err, draws);
        TRY(draw(g, run, asked->index, n, draws, err));
        null = mlg_null_summarise(draws, n, false, gini[0], 1.0, draws + n);
    }
    TRY(list_index(g, &places, asked, view, gini, &null, n, out, err));
out:
    mlg_free(rows);
    mlg_free(draws);
    mlg_locations_free(&places);
    return status;
}

mlg_status mlg_scale_gini(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const question questions[] = {
        {MLG_LOCATED_ACTIVITIES, T_why_no_activities, "activities"},
        {MLG_LOCATED_SITES, T_why_no_sites, "sites"},
    };
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    ground g = {0};
    const size_t before = out->n;

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    TRY(mlg_places_ground_make(&perimeters, &g, err));
    if (g.n == 0 && g.left_out == 0.0) {
        TRY(mlg_values_undefined(out, "scale.gini", view, T_why_no_units, err));
        goto out;
    }
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        TRY(run_question(context, &perimeters, &g, &questions[i], view, out, err));
    }
out:
    mlg_places_ground_free(&g);
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
