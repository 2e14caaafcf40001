/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"
#include "measure/labels.h"

/* 64 deals at a time: a row of 64 bytes an actor, one comparison of bytes a pair and
 * deal, counted in bytes that are emptied before they could overflow. */

enum {
    VECTOR = 16, /* bytes; the width every x86-64 and ARM64 has */
    PARTS = MLG_LANES / VECTOR,
    BYTE_FULL = 255, /* pairs a byte can count */
};

typedef uint8_t bytes __attribute__((vector_size(VECTOR), may_alias));
_Static_assert(PARTS == 4, "the usual loop has four parts written out");

/* How a pair of rows is compared. */
typedef enum compare {
    SAME,      /* one byte an actor: equal */
    SAME_WIDE, /* two bytes: both equal */
    MEET,      /* `planes` bytes of one bit a sector: some bit in common */
} compare;

typedef struct input {
    const mlg_labelling *labelling;
    const mlg_pairs *pairs;
    const mlg_deal_plan *plan;
    const uint32_t *degree; /* [n] or NULL: no squares */
    bool by_first;          /* a partition by first sector */
    compare how;
    size_t planes;  /* bytes an actor has in the rows compared */
    uint8_t *plane; /* [n_types * planes] those of a type; NULL: its own number */
    double *within, *squares;
} input;

typedef struct scratch {
    mlg_deal deal;
    uint8_t *rows;    /* [n * planes * MLG_LANES], or NULL: the deal's own */
    uint64_t *degree; /* [n_sectors * MLG_LANES] summed by sector, or NULL */
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_deal_close(&s->deal);
        mlg_free(s->rows);
        mlg_free(s->degree);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const size_t n = (size_t) in->labelling->n, n_sectors = (size_t) in->labelling->n_sectors;
    scratch *s = mlg_zalloc(1, sizeof *s);
    bool ready = s != NULL && mlg_deal_open(in->labelling, &s->deal, NULL) == MLG_OK;

    if (ready && in->plane != NULL) {
        s->rows = mlg_zalloc(n * in->planes * MLG_LANES, sizeof *s->rows);
        ready = s->rows != NULL;
    }
    if (ready && in->degree != NULL) {
        s->degree = mlg_alloc(n_sectors * MLG_LANES, sizeof *s->degree);
        ready = s->degree != NULL;
    }
    if (!ready) {
        scratch_close(s);
        s = NULL;
    }
    return s;
}

/* ---- rows to compare ------------------------------------------------------- */

/* The bytes of each type: a bit a sector, or the number of its first sector. */
static mlg_status make_planes(input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = in->labelling;

    in->plane = mlg_zalloc((size_t) l->n_types * in->planes, sizeof *in->plane);
    TRY_ALLOC(err, in->plane);
    for (size_t t = 0; t < (size_t) l->n_types; t++) {
        uint8_t *plane = in->plane + t * in->planes;
        for (size_t p = 0; in->how != MEET && p < in->planes; p++) {
            plane[p] = (uint8_t) (l->first[t] >> (8 * p));
        }
        for (uint32_t i = l->set_offset[t]; in->how == MEET && i < l->set_offset[t + 1]; i++) {
            plane[l->set[i] / 8] = (uint8_t) (plane[l->set[i] / 8] | 1u << (l->set[i] % 8));
        }
    }
out:
    return status;
}

/* Where a type stands for several sectors, its bytes are replaced by theirs. */
static const uint8_t *rows_of(const input *in, scratch *s)
{
    if (s->rows == NULL) {
        return s->deal.id;
    }
    for (size_t i = 0; i < (size_t) in->labelling->n; i++) {
        for (unsigned z = 0; z < MLG_LANES; z++) {
            const uint32_t type = mlg_dealt_type(&s->deal, (uint32_t) i, z);
            for (size_t p = 0; p < in->planes; p++) {
                s->rows[(i * in->planes + p) * MLG_LANES + z] = in->plane[type * in->planes + p];
            }
        }
    }
    return s->rows;
}

/* ---- counting -------------------------------------------------------------- */

/* The usual case, and the only one written out: the four parts stay in registers. */
static void count_same(const uint8_t *rows, const mlg_pair *pair, size_t n, bytes *tally)
{
    bytes t0 = tally[0], t1 = tally[1], t2 = tally[2], t3 = tally[3];
    for (size_t i = 0; i < n; i++) {
        const bytes *a = (const bytes *) (rows + (size_t) pair[i].a * MLG_LANES);
        const bytes *b = (const bytes *) (rows + (size_t) pair[i].b * MLG_LANES);
        t0 -= (bytes) (a[0] == b[0]); /* all bits set: -1 */
        t1 -= (bytes) (a[1] == b[1]);
        t2 -= (bytes) (a[2] == b[2]);
        t3 -= (bytes) (a[3] == b[3]);
    }
    tally[0] = t0;
    tally[1] = t1;
    tally[2] = t2;
    tally[3] = t3;
}

static void count_same_wide(const uint8_t *rows, const mlg_pair *pair, size_t n, bytes *tally)
{
    for (size_t i = 0; i < n; i++) {
        const bytes *a = (const bytes *) (rows + (size_t) pair[i].a * 2 * MLG_LANES);
        const bytes *b = (const bytes *) (rows + (size_t) pair[i].b * 2 * MLG_LANES);
        for (int k = 0; k < PARTS; k++) {
            tally[k] -= (bytes) ((a[k] == b[k]) & (a[k + PARTS] == b[k + PARTS]));
        }
    }
}

static void count_meet(const uint8_t *rows, size_t planes, const mlg_pair *pair, size_t n,
                       bytes *tally)
{
    const bytes zero = {0};
    for (size_t i = 0; i < n; i++) {
        const bytes *a = (const bytes *) (rows + (size_t) pair[i].a * planes * MLG_LANES);
        const bytes *b = (const bytes *) (rows + (size_t) pair[i].b * planes * MLG_LANES);
        for (size_t k = 0; k < PARTS; k++) {
            bytes meet = zero;
            for (size_t p = 0; p < planes; p++) {
                meet |= a[p * PARTS + k] & b[p * PARTS + k];
            }
            tally[k] -= (bytes) (meet != zero);
        }
    }
}

/* Adds weight times the pairs within to each lane. */
static void count_group(const input *in, const uint8_t *rows, const mlg_pair *pair, size_t n,
                        double weight, double *within)
{
    uint64_t count[MLG_LANES] = {0};
    for (size_t done = 0; done < n; done += BYTE_FULL) {
        const size_t some = n - done < BYTE_FULL ? n - done : BYTE_FULL;
        bytes tally[PARTS] = {{0}};
        uint8_t byte[MLG_LANES];
        if (in->how == SAME) {
            count_same(rows, pair + done, some, tally);
        } else if (in->how == SAME_WIDE) {
            count_same_wide(rows, pair + done, some, tally);
        } else {
            count_meet(rows, in->planes, pair + done, some, tally);
        }
        memcpy(byte, tally, sizeof byte);
        for (unsigned z = 0; z < MLG_LANES; z++) {
            count[z] += byte[z];
        }
    }
    for (unsigned z = 0; z < MLG_LANES; z++) {
        within[z] += weight * (double) count[z];
    }
}

static void sum_squares(const input *in, scratch *s, double *squares)
{
    const mlg_labelling *l = in->labelling;
    memset(s->degree, 0, (size_t) l->n_sectors * MLG_LANES * sizeof *s->degree);
    for (size_t i = 0; i < (size_t) l->n; i++) {
        for (unsigned z = 0; z < MLG_LANES && in->degree[i] > 0; z++) {
            const int32_t sector = l->first[mlg_dealt_type(&s->deal, (uint32_t) i, z)];
            s->degree[(size_t) sector * MLG_LANES + z] += in->degree[i];
        }
    }
    for (size_t a = 0; a < (size_t) l->n_sectors; a++) {
        for (unsigned z = 0; z < MLG_LANES; z++) {
            const double k = (double) s->degree[a * MLG_LANES + z];
            squares[z] += k * k;
        }
    }
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    const unsigned width = (unsigned) (to - from);
    double within[MLG_LANES] = {0}, squares[MLG_LANES] = {0};
    (void) slots;

    mlg_deal_out(&s->deal, in->plan, from, width);
    const uint8_t *rows = rows_of(in, s);
    for (size_t g = 0, start = 0; g < in->pairs->n_groups; start = in->pairs->end[g++]) {
        count_group(in, rows, in->pairs->pair + start, in->pairs->end[g] - start,
                    in->pairs->weight[g], within);
    }
    memcpy(in->within + from, within, width * sizeof *within);
    if (in->squares != NULL) {
        sum_squares(in, s, squares);
        memcpy(in->squares + from, squares, width * sizeof *squares);
    }
    return MLG_OK;
}

/* ---- doors ----------------------------------------------------------------- */

static mlg_status run_draws(input *in, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = in->labelling;
    const mlg_replicates job = {
        .what = "silo.labels",
        .view = in->plan->view,
        .last = in->plan->n,
        .batch = MLG_LANES,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
    };

    if (l->several && !in->by_first) {
        in->how = MEET;
        in->planes = ((size_t) l->n_sectors + 7) / 8;
    } else {
        in->planes = l->n_sectors > 256 ? 2 : 1;
        in->how = in->planes == 2 ? SAME_WIDE : SAME;
    }
    if (l->several) {
        TRY(make_planes(in, err));
    }
    TRY(mlg_replicates_run(&job, run, err));
out:
    mlg_free(in->plane);
    return status;
}

mlg_status mlg_within_draws(const mlg_labelling *labelling, const mlg_pairs *pairs,
                            const mlg_deal_plan *plan, const mlg_run *run, double *within,
                            mlg_error *err)
{
    input in = {.labelling = labelling, .pairs = pairs, .plan = plan, .within = within};
    return run_draws(&in, run, err);
}

mlg_status mlg_partition_draws(const mlg_labelling *labelling, const mlg_pairs *pairs,
                               const uint32_t *degree, const mlg_deal_plan *plan,
                               const mlg_run *run, double *within, double *squares, mlg_error *err)
{
    input in = {.labelling = labelling,
                .pairs = pairs,
                .plan = plan,
                .degree = degree,
                .by_first = true,
                .within = within,
                .squares = squares};
    return run_draws(&in, run, err);
}
