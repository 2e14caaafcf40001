/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"
#include "measure/broker_ground.h"

/* Open paths a - v - b, from every a in turn. A small table by b, which stays in the nearest
 * cache, says at once whether a and b are tied, b's sector, and whether none, one or several stand
 * between them so far; a second one keeps who came last, to be read where it was the only one. */

enum {
    SECTOR = 0x3fff, /* mask: b's sector, or */
    CLOSED = SECTOR, /* b is a, or tied to it */
    ONE = 0x4000,    /* between a and b, so far */
    SEVERAL = 0x8000,
    MOST_PARTS = 32,
};
_Static_assert((int) MLG_MAX_SECTORS < (int) CLOSED, "a sector fits its bits");

static const size_t PART_BYTES = (size_t) 1 << 26; /* of partial counts, all together */

mlg_status mlg_broker_links(const mlg_csr *from, const mlg_labelling *labelling, mlg_csr *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t at = 0;

    *out = (mlg_csr){.n = labelling->n};
    out->offset = mlg_zalloc((size_t) labelling->n + 1, sizeof *out->offset);
    out->target = mlg_alloc(mlg_csr_size(from), sizeof *out->target);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->target);
    for (int32_t i = 0; i < labelling->n; i++) {
        const int32_t v = labelling->actor[i];
        for (uint32_t e = from->offset[v]; e < from->offset[v + 1]; e++) {
            const int32_t other = labelling->place[from->target[e]];
            if (other >= 0) { /* ranks rise with the actors: still ascending */
                out->target[at++] = other;
            }
        }
        out->offset[i + 1] = at;
    }
out:
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}

static double work_of(const mlg_csr *links, int32_t a)
{
    double work = 1.0;
    for (uint32_t e = links->offset[a]; e < links->offset[a + 1]; e++) {
        work += mlg_csr_degree(links, links->target[e]);
    }
    return work;
}

double mlg_broker_work(const mlg_csr *links)
{
    double work = 0.0;
    for (int32_t a = 0; a < links->n; a++) {
        work += work_of(links, a);
    }
    return work;
}

/* ---- one source ------------------------------------------------------------------- */

/* One thread's tables. */
typedef struct tables {
    uint16_t *state; /* [n] of b: its sector or CLOSED, with ONE or SEVERAL */
    int32_t *last;   /* [n] the last actor found between a and b; NULL: not asked */
} tables;

/* Open paths of one a - v, by b's sector. */
typedef struct ends {
    uint64_t open, as_a, as_v;
} ends;

static ends read_list(const int32_t *list, size_t n, uint32_t of_a, uint32_t of_v,
                      const uint16_t *state)
{
    uint32_t open = 0, as_a = 0, as_v = 0; /* a list is shorter than 2^31 */
    for (size_t i = 0; i < n; i++) {
        const uint32_t s = state[list[i]];
        open += s != CLOSED;
        as_a += s == of_a;
        as_v += s == of_v;
    }
    return (ends){open, as_a, as_v};
}

/* The same, and notes that v stands between a and each b. */
static ends read_and_note(const int32_t *list, size_t n, int32_t v, uint32_t of_a, uint32_t of_v,
                          uint16_t *restrict state, int32_t *restrict last)
{
    uint32_t open = 0, as_a = 0, as_v = 0;
    for (size_t i = 0; i < n; i++) {
        const int32_t b = list[i];
        const uint32_t x = state[b], s = x & SECTOR;
        open += s != CLOSED;
        as_a += s == of_a;
        as_v += s == of_v;
        /* none -> ONE, ONE -> SEVERAL, which stays */
        state[b] = (uint16_t) (x + (ONE & ~(x >> 1)));
        last[b] = v;
    }
    return (ends){open, as_a, as_v};
}

static void add_roles(mlg_broker_counts *to, bool ordered, bool inside, const ends *e)
{
    const uint64_t boundary = inside ? e->open - e->as_a : e->as_v;
    to->paths += e->open;
    if (inside) {
        to->role[MLG_COORDINATOR] += e->as_a;
    } else {
        to->role[MLG_ITINERANT] += e->as_a;
        to->role[MLG_LIAISON] += e->open - e->as_a - e->as_v;
    }
    to->role[MLG_BOUNDARY] += boundary;
    if (ordered) {
        to->role[inside ? MLG_REPRESENTATIVE : MLG_GATEKEEPER] += boundary;
    }
}

static size_t after(const mlg_csr *links, int32_t v, int32_t a)
{
    size_t low = links->offset[v], high = links->offset[v + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (links->target[middle] <= a) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The pair (a, b), once read: who was alone between them? */
static void settle(const mlg_path_count *what, tables *t, int32_t a, int32_t b,
                   mlg_broker_counts *actor, mlg_distinct_pairs *distinct)
{
    const uint32_t x = t->state[b], s = x & SECTOR;
    if (x > SECTOR && s != CLOSED) {
        const bool cross = (int32_t) s != what->sector[a];
        distinct->pairs++;
        distinct->cross += cross;
        if ((x & SEVERAL) == 0) {
            mlg_broker_counts *alone = &actor[t->last[b]];
            distinct->lone++;
            distinct->lone_cross += cross;
            alone->only++;
            alone->only_cross += cross;
        }
    }
    t->state[b] = (uint16_t) s;
}

static void settle_all(const mlg_path_count *what, tables *t, int32_t a, mlg_broker_counts *actor,
                       mlg_distinct_pairs *distinct)
{
    const mlg_csr *links = what->links;
    if (work_of(links, a) > links->n) {
        for (int32_t b = a + 1; b < links->n; b++) {
            settle(what, t, a, b, actor, distinct);
        }
        return;
    }
    for (uint32_t e = links->offset[a]; e < links->offset[a + 1]; e++) {
        const int32_t v = links->target[e];
        for (size_t i = after(links, v, a); i < links->offset[v + 1]; i++) {
            settle(what, t, a, links->target[i], actor, distinct);
        }
    }
}

static void from_source(const mlg_path_count *what, tables *t, int32_t a, mlg_broker_counts *actor,
                        mlg_distinct_pairs *distinct)
{
    const mlg_csr *links = what->links;
    const uint32_t of_a = (uint32_t) what->sector[a];
    const uint32_t from = links->offset[a], to = links->offset[a + 1];

    for (uint32_t e = from; e < to; e++) {
        t->state[links->target[e]] = CLOSED;
    }
    t->state[a] = CLOSED;
    for (uint32_t e = from; e < to; e++) {
        const int32_t v = links->target[e];
        const uint32_t of_v = (uint32_t) what->sector[v];
        const size_t first = what->ordered ? links->offset[v] : after(links, v, a);
        const size_t n = links->offset[v + 1] - first;
        const int32_t *list = links->target + first;
        const ends found = what->pairs ? read_and_note(list, n, v, of_a, of_v, t->state, t->last)
                                       : read_list(list, n, of_a, of_v, t->state);
        if (what->roles) {
            add_roles(&actor[v], what->ordered, of_a == of_v, &found);
        }
        if (what->pairs) {
            actor[v].open += found.open;
            actor[v].cross += found.open - found.as_a;
        }
    }
    if (what->pairs) {
        settle_all(what, t, a, actor, distinct);
    }
    for (uint32_t e = from; e < to; e++) {
        t->state[links->target[e]] = (uint16_t) what->sector[links->target[e]];
    }
    t->state[a] = (uint16_t) of_a;
}

/* ---- all sources ------------------------------------------------------------------ */

/* Sources in runs of about equal work, each counted in a place of its own. */
typedef struct plan {
    const mlg_path_count *what;
    size_t n_parts;
    int32_t first[MOST_PARTS + 1];
} plan;

typedef struct part {
    mlg_broker_counts *actor; /* [n] */
    mlg_distinct_pairs distinct;
} part;

static void plan_parts(plan *p)
{
    const mlg_csr *links = p->what->links;
    const size_t room = PART_BYTES / (((size_t) links->n + 1) * sizeof(mlg_broker_counts));
    const double all = mlg_broker_work(links);
    double done = 0.0;
    size_t k = 0;

    p->n_parts = room < 1 ? 1 : room < MOST_PARTS ? room : MOST_PARTS;
    p->n_parts = all < 1e5 ? 1 : p->n_parts;
    for (int32_t a = 0; a < links->n; a++) {
        while (k < p->n_parts && done >= all * (double) k / (double) p->n_parts) {
            p->first[k++] = a;
        }
        done += work_of(links, a);
    }
    while (k <= p->n_parts) {
        p->first[k++] = links->n;
    }
}

static void tables_close(void *made)
{
    tables *t = made;
    if (t != NULL) {
        mlg_free(t->state);
        mlg_free(t->last);
        mlg_free(t);
    }
}

static void *tables_open(const void *given)
{
    const plan *p = given;
    const size_t n = (size_t) p->what->links->n;
    tables *t = mlg_zalloc(1, sizeof *t);

    if (t != NULL) {
        t->state = mlg_alloc(n, sizeof *t->state);
        t->last = p->what->pairs ? mlg_alloc(n, sizeof *t->last) : NULL;
        if (t->state == NULL || (p->what->pairs && t->last == NULL)) {
            tables_close(t);
            return NULL;
        }
        for (size_t b = 0; b < n; b++) {
            t->state[b] = (uint16_t) p->what->sector[b];
        }
    }
    return t;
}

static mlg_status count_part(const void *given, void *scratch, uint64_t from, uint64_t to,
                             void *slots)
{
    const plan *p = given;
    for (uint64_t k = from; k < to; k++) {
        part *own = (part *) slots + k;
        for (int32_t a = p->first[k]; a < p->first[k + 1]; a++) {
            from_source(p->what, scratch, a, own->actor, &own->distinct);
        }
    }
    return MLG_OK;
}

static void add_part(mlg_broker_counts *to, const mlg_broker_counts *from)
{
    for (int r = 0; r < MLG_N_ROLES; r++) {
        to->role[r] += from->role[r];
    }
    to->paths += from->paths;
    to->open += from->open;
    to->cross += from->cross;
    to->only += from->only;
    to->only_cross += from->only_cross;
}

mlg_status mlg_broker_count(const mlg_path_count *what, const mlg_run *run,
                            mlg_broker_counts *actor, mlg_distinct_pairs *distinct, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) what->links->n;
    plan p = {.what = what};
    part parts[MOST_PARTS] = {{NULL, {0, 0, 0, 0}}};
    mlg_broker_counts *all = NULL;

    plan_parts(&p);
    all = mlg_zalloc(p.n_parts * n, sizeof *all);
    TRY_ALLOC(err, all);
    for (size_t k = 0; k < p.n_parts; k++) {
        parts[k].actor = all + k * n;
    }
    const mlg_replicates job = {.what = "broker.paths",
                                .view = "",
                                .last = p.n_parts,
                                .scratch = tables_open,
                                .scratch_free = tables_close,
                                .work = count_part,
                                .input = &p,
                                .slots = parts};
    TRY(mlg_replicates_run(&job, run, err));
    for (size_t k = 0; k < p.n_parts; k++) {
        for (size_t v = 0; v < n; v++) {
            add_part(&actor[v], &parts[k].actor[v]);
        }
        distinct->pairs += parts[k].distinct.pairs;
        distinct->cross += parts[k].distinct.cross;
        distinct->lone += parts[k].distinct.lone;
        distinct->lone_cross += parts[k].distinct.lone_cross;
    }
out:
    mlg_free(all);
    return status;
}
