/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"
#include "measure/labels.h"

static size_t count_cells(int32_t n_sectors, bool directed)
{
    const size_t s = (size_t) n_sectors;
    return directed ? s * s : s * (s + 1) / 2;
}

size_t mlg_cells_bytes(int32_t n_sectors, bool directed)
{
    return (count_cells(n_sectors, directed) + (size_t) n_sectors) * sizeof(uint32_t);
}

mlg_status mlg_cells_open(int32_t n_sectors, bool directed, size_t n, mlg_cells *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_cells){.n_sectors = n_sectors, .directed = directed, .n = n};
    out->n_cells = count_cells(n_sectors, directed);
    out->tie = mlg_zalloc(out->n_cells * n, sizeof *out->tie);
    out->stubs = mlg_zalloc((size_t) n_sectors * n, sizeof *out->stubs);
    TRY_ALLOC(err, out->tie);
    TRY_ALLOC(err, out->stubs);
out:
    if (status != MLG_OK) {
        mlg_cells_free(out);
    }
    return status;
}

void mlg_cells_free(mlg_cells *cells)
{
    mlg_free(cells->tie);
    mlg_free(cells->stubs);
    *cells = (mlg_cells){0};
}

void mlg_cells_put(mlg_cells *cells, uint32_t *square, size_t d)
{
    const size_t n = (size_t) cells->n_sectors;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            cells->tie[mlg_cell_of(cells, (int32_t) a, (int32_t) b) * cells->n + d] +=
                square[a * n + b];
        }
    }
    memset(square, 0, n * n * sizeof *square);
}

typedef struct input {
    const mlg_labelling *labelling;
    const mlg_pairs *pairs;
    const mlg_deal_plan *plan;
    uint32_t *degree; /* [n] pairs of an actor, either end */
    mlg_cells *out;
} input;

typedef struct scratch {
    mlg_deal deal;
    uint32_t *square; /* [MLG_LANES * n_sectors^2] a table a lane, empty between batches */
    uint32_t *stubs;  /* [n_sectors] */
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_deal_close(&s->deal);
        mlg_free(s->square);
        mlg_free(s->stubs);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const size_t n_sectors = (size_t) in->labelling->n_sectors;
    scratch *s = mlg_zalloc(1, sizeof *s);
    bool ready = s != NULL && mlg_deal_open(in->labelling, &s->deal, NULL) == MLG_OK;

    if (ready) {
        s->square = mlg_zalloc(n_sectors * n_sectors * MLG_LANES, sizeof *s->square);
        s->stubs = mlg_alloc(n_sectors, sizeof *s->stubs);
        ready = s->square != NULL && s->stubs != NULL;
    }
    if (!ready) {
        scratch_close(s);
        s = NULL;
    }
    return s;
}

/* A pair's ends are looked up once for all lanes; the lanes' tables do not touch, so
 * their counts do not wait for one another. */
static void count_ties(const input *in, scratch *s, unsigned width)
{
    const mlg_labelling *l = in->labelling;
    const size_t n_sectors = (size_t) l->n_sectors, table = n_sectors * n_sectors;
    const bool plain = !l->several && s->deal.wide == 1;

    for (size_t i = 0; i < in->pairs->n; i++) {
        const mlg_pair pair = in->pairs->pair[i];
        const uint8_t *a = s->deal.id + (size_t) pair.a * MLG_LANES;
        const uint8_t *b = s->deal.id + (size_t) pair.b * MLG_LANES;
        for (unsigned z = 0; plain && z < width; z++) {
            s->square[z * table + a[z] * n_sectors + b[z]]++;
        }
        for (unsigned z = 0; !plain && z < width; z++) {
            mlg_cells_add(l, s->square + z * table, mlg_dealt_type(&s->deal, pair.a, z),
                          mlg_dealt_type(&s->deal, pair.b, z));
        }
    }
}

static void count_stubs(const input *in, scratch *s, unsigned lane, size_t draw)
{
    const mlg_labelling *l = in->labelling;
    memset(s->stubs, 0, (size_t) l->n_sectors * sizeof *s->stubs);
    for (size_t i = 0; i < (size_t) l->n; i++) {
        const uint32_t t = mlg_dealt_type(&s->deal, (uint32_t) i, lane);
        for (uint32_t k = l->set_offset[t]; k < l->set_offset[t + 1]; k++) {
            s->stubs[l->set[k]] += in->degree[i];
        }
    }
    for (size_t a = 0; a < (size_t) l->n_sectors; a++) {
        in->out->stubs[a * in->out->n + draw] = s->stubs[a];
    }
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    const unsigned width = (unsigned) (to - from);
    const size_t n_sectors = (size_t) in->labelling->n_sectors;
    (void) slots;

    mlg_deal_out(&s->deal, in->plan, from, width);
    count_ties(in, s, width);
    for (unsigned z = 0; z < width; z++) {
        mlg_cells_put(in->out, s->square + z * n_sectors * n_sectors, from + z);
        count_stubs(in, s, z, from + z);
    }
    return MLG_OK;
}

static uint32_t *degrees(const mlg_labelling *labelling, const mlg_pairs *pairs)
{
    uint32_t *degree = mlg_zalloc((size_t) labelling->n, sizeof *degree);
    for (size_t i = 0; degree != NULL && i < pairs->n; i++) {
        degree[pairs->pair[i].a]++;
        degree[pairs->pair[i].b]++;
    }
    return degree;
}

mlg_status mlg_cells_draws(const mlg_labelling *labelling, const mlg_pairs *pairs,
                           const mlg_deal_plan *plan, const mlg_run *run, mlg_cells *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.labelling = labelling, .pairs = pairs, .plan = plan, .out = out};
    const mlg_replicates job = {
        .what = "silo.labels",
        .view = plan->view,
        .last = out->n,
        .batch = MLG_LANES,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = &in,
    };

    in.degree = degrees(labelling, pairs);
    TRY_ALLOC(err, in.degree);
    TRY(mlg_replicates_run(&job, run, err));
out:
    mlg_free(in.degree);
    return status;
}

mlg_status mlg_cells_observed(const mlg_labelling *labelling, const mlg_pairs *pairs, bool directed,
                              mlg_cells *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_sectors = (size_t) labelling->n_sectors;
    uint32_t *square = mlg_zalloc(n_sectors * n_sectors, sizeof *square);

    *out = (mlg_cells){0};
    TRY_ALLOC(err, square);
    TRY(mlg_cells_open(labelling->n_sectors, directed, 1, out, err));
    for (size_t i = 0; i < pairs->n; i++) {
        const uint32_t end[2] = {pairs->pair[i].a, pairs->pair[i].b};
        mlg_cells_add(labelling, square, labelling->type[end[0]], labelling->type[end[1]]);
        for (int e = 0; e < 2; e++) {
            const uint16_t t = labelling->type[end[e]];
            for (uint32_t k = labelling->set_offset[t]; k < labelling->set_offset[t + 1]; k++) {
                out->stubs[labelling->set[k]]++;
            }
        }
    }
    mlg_cells_put(out, square, 0);
out:
    mlg_free(square);
    return status;
}
