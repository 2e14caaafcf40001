/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/replicate.h"
#include "measure/broker_ground.h"
#include "measure/null_summary.h"

/* The null "labels" of brokerage: ties stay, sectors are dealt again. An actor's own roles are
 * read with its own sector kept. Of all distinct deals, those are the ones that happen to give it
 * its sector; of a drawn one, the actor trades what it was dealt with somebody drawn among the
 * holders of its own sector. That is a uniform deal of the others: each is reached from as
 * many deals, by trades as likely, as another. 64 deals are read at once. */

enum {
    VECTOR = 16, /* bytes; the width every x86-64 and ARM64 has */
    PARTS = MLG_LANES / VECTOR,
    BYTE_FULL = 255, /* paths a byte can count */
    MOST_SECTORS = 256,
};

typedef uint8_t bytes __attribute__((vector_size(VECTOR), may_alias));

/* One core reads 2e9 paths of a deal a second, twice for each actor. */
static const double MOST_WORK = 4e9;

typedef struct ends {
    uint32_t a, b;
} ends;

typedef struct input {
    const mlg_brokers *brokers;
    const mlg_deal_plan *plan;
    const size_t *first; /* [n + 1] of each actor's open paths */
    const ends *path;
    uint64_t *draw; /* [MLG_N_ROLES * plan->n] */
} input;

/* What one batch of deals says of the actors. */
typedef struct slot {
    mlg_role_deals *deals; /* [n * MLG_N_ROLES] */
    uint32_t *kept;        /* [n] */
} slot;

typedef struct scratch {
    mlg_deal deal;
    uint32_t *holder; /* [MLG_LANES * n] actors by what they were dealt */
    uint32_t *start;  /* [n_types + 1] where a type's holders start, in every lane */
    uint32_t *next;   /* [n_types] */
} scratch;

/* ---- open paths, kept ------------------------------------------------------------- */

/* Those of each actor v, from a in ascending order. */
static mlg_status list_paths(const mlg_brokers *brokers, const mlg_csr *links, size_t *first,
                             ends *path, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *closed = mlg_zalloc((size_t) links->n, sizeof *closed);
    size_t *at = mlg_copy(first, (size_t) links->n, sizeof *at);

    TRY_ALLOC(err, closed);
    TRY_ALLOC(err, at);
    for (int32_t a = 0; a < links->n; a++) {
        const uint32_t from = links->offset[a], to = links->offset[a + 1];
        for (uint32_t e = from; e < to; e++) {
            closed[links->target[e]] = true;
        }
        closed[a] = true;
        for (uint32_t e = from; e < to; e++) {
            const int32_t v = links->target[e];
            for (uint32_t i = links->offset[v]; i < links->offset[v + 1]; i++) {
                const int32_t b = links->target[i];
                if (!closed[b] && (brokers->ordered || b > a)) {
                    path[at[v]++] = (ends){(uint32_t) a, (uint32_t) b};
                }
            }
        }
        for (uint32_t e = from; e < to; e++) {
            closed[links->target[e]] = false;
        }
        closed[a] = false;
    }
out:
    mlg_free(closed);
    mlg_free(at);
    return status;
}

/* Room for all of them, [n + 1] and [n_paths], and what stands in it. The caller frees both. */
static mlg_status open_paths(const mlg_brokers *brokers, const mlg_csr *links, size_t **first,
                             ends **path, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) brokers->labelling.n;

    *first = mlg_zalloc(n + 1, sizeof **first);
    *path = mlg_alloc((size_t) brokers->total.paths, sizeof **path);
    TRY_ALLOC(err, *first);
    TRY_ALLOC(err, *path);
    for (size_t v = 0; v < n; v++) {
        (*first)[v + 1] = (*first)[v] + (size_t) brokers->actor[v].paths;
    }
    TRY(list_paths(brokers, links, *first, *path, err));
out:
    return status;
}

/* ---- one batch ---------------------------------------------------------------------- */

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_deal_close(&s->deal);
        mlg_free(s->holder);
        mlg_free(s->start);
        mlg_free(s->next);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const mlg_labelling *l = &in->brokers->labelling;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL && mlg_deal_open(l, &s->deal, NULL) == MLG_OK) {
        s->holder = mlg_alloc((size_t) l->n * MLG_LANES, sizeof *s->holder);
        s->start = mlg_zalloc((size_t) l->n_types + 1, sizeof *s->start);
        s->next = mlg_alloc((size_t) l->n_types, sizeof *s->next);
    }
    if (s == NULL || s->holder == NULL || s->start == NULL || s->next == NULL) {
        scratch_close(s);
        return NULL;
    }
    for (int32_t t = 0; t < l->n_types; t++) {
        s->start[t + 1] = s->start[t] + (uint32_t) l->count[t];
    }
    return s;
}

/* Who holds what, lane by lane. */
static void index_holders(scratch *s, const mlg_labelling *l, unsigned width)
{
    for (unsigned z = 0; z < width; z++) {
        uint32_t *holder = s->holder + (size_t) z * (size_t) l->n;
        memcpy(s->next, s->start, (size_t) l->n_types * sizeof *s->next);
        for (uint32_t i = 0; i < (uint32_t) l->n; i++) {
            holder[s->next[mlg_dealt_type(&s->deal, i, z)]++] = i;
        }
    }
}

/* One vector of lanes: paths of each role, with `own` the sectors of who stands between. */
static void count_lanes(const uint8_t *id, const uint8_t *own, const ends *path, size_t n,
                        uint32_t count[MLG_N_ROLES][VECTOR])
{
    const bytes v = *(const bytes *) own;
    for (size_t done = 0; done < n;) {
        const size_t end = n - done < BYTE_FULL ? n : done + BYTE_FULL;
        bytes inner = {0}, same = {0}, first = {0}, second = {0};
        for (; done < end; done++) {
            const bytes a = *(const bytes *) (id + (size_t) path[done].a * MLG_LANES);
            const bytes b = *(const bytes *) (id + (size_t) path[done].b * MLG_LANES);
            const bytes av = (bytes) (a == v), bv = (bytes) (b == v); /* all bits set: -1 */
            inner -= av & bv;
            first -= av & ~bv;
            second -= bv & ~av;
            same -= (bytes) (a == b) & ~av;
        }
        for (size_t z = 0; z < VECTOR; z++) {
            count[MLG_COORDINATOR][z] += inner[z];
            count[MLG_ITINERANT][z] += same[z];
            count[MLG_REPRESENTATIVE][z] += first[z];
            count[MLG_GATEKEEPER][z] += second[z];
        }
    }
    for (size_t z = 0; z < VECTOR; z++) {
        count[MLG_BOUNDARY][z] = count[MLG_REPRESENTATIVE][z] + count[MLG_GATEKEEPER][z];
        count[MLG_LIAISON][z] = (uint32_t) n - count[MLG_COORDINATOR][z] - count[MLG_ITINERANT][z] -
                                count[MLG_BOUNDARY][z];
    }
}

/* Adds the counts of some lanes to what is known of actor v; those only that leave it its own
 * sector, of the lanes that are in use. */
static void add_deals(const input *in, const slot *out, size_t v, unsigned lanes,
                      const bool *usable, uint32_t count[MLG_N_ROLES][VECTOR])
{
    for (int r = 0; r < MLG_N_ROLES; r++) {
        mlg_role_deals *d = &out->deals[v * MLG_N_ROLES + (size_t) r];
        const uint64_t observed = in->brokers->actor[v].role[r];
        for (unsigned z = 0; z < lanes; z++) {
            const uint64_t x = count[r][z];
            if (usable == NULL || usable[z]) {
                d->sum += x;
                d->squares += x * x;
                d->less += x <= observed;
                d->greater += x >= observed;
            }
        }
    }
}

/* As dealt: the whole network, and (all deals) the actors that got their own sector. */
static void read_dealt(const input *in, scratch *s, const slot *out, size_t v, uint64_t from,
                       unsigned width)
{
    const mlg_labelling *l = &in->brokers->labelling;
    const ends *path = in->path + in->first[v];
    const size_t n = in->first[v + 1] - in->first[v];
    uint8_t *row = s->deal.id + v * MLG_LANES;

    for (unsigned k = 0; k < width; k += VECTOR) {
        const unsigned lanes = width - k < VECTOR ? width - k : VECTOR;
        uint32_t count[MLG_N_ROLES][VECTOR] = {{0}};
        bool usable[VECTOR] = {false};
        count_lanes(s->deal.id + k, row + k, path, n, count);
        for (unsigned z = 0; z < lanes; z++) {
            for (int r = 0; r < MLG_N_ROLES; r++) {
                in->draw[(size_t) r * in->plan->n + from + k + z] += count[r][z];
            }
            usable[z] = row[k + z] == l->type[v];
            out->kept[v] += in->plan->enumerated && usable[z];
        }
        if (in->plan->enumerated) {
            add_deals(in, out, v, lanes, usable, count);
        }
    }
}

/* With its own sector back. */
static void read_kept(const input *in, scratch *s, const slot *out, size_t v, unsigned width,
                      mlg_random *random)
{
    const mlg_labelling *l = &in->brokers->labelling;
    const uint32_t own = l->type[v];
    const uint32_t n_own = (uint32_t) l->count[own];
    uint8_t *row = s->deal.id + v * MLG_LANES;
    uint32_t traded[MLG_LANES];
    uint8_t keeps[MLG_LANES];

    memset(keeps, (int) own, sizeof keeps);
    for (unsigned z = 0; z < width; z++) {
        traded[z] = (uint32_t) v;
        if (row[z] != own) {
            traded[z] = s->holder[(size_t) z * (size_t) l->n + s->start[own] +
                                  mlg_random_below(&random[z], n_own)];
            s->deal.id[(size_t) traded[z] * MLG_LANES + z] = row[z];
        }
    }
    for (unsigned k = 0; k < width; k += VECTOR) {
        uint32_t count[MLG_N_ROLES][VECTOR] = {{0}};
        count_lanes(s->deal.id + k, keeps + k, in->path + in->first[v],
                    in->first[v + 1] - in->first[v], count);
        add_deals(in, out, v, width - k < VECTOR ? width - k : VECTOR, NULL, count);
    }
    for (unsigned z = 0; z < width; z++) {
        if (traded[z] != (uint32_t) v) {
            s->deal.id[(size_t) traded[z] * MLG_LANES + z] = (uint8_t) own;
        }
    }
    out->kept[v] += width;
}

static mlg_status work(const void *given, void *made, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    const mlg_labelling *l = &in->brokers->labelling;
    const unsigned width = (unsigned) (to - from);
    const slot *out = (const slot *) slots + from / MLG_LANES;
    scratch *s = made;
    mlg_random random[MLG_LANES];

    mlg_deal_out(&s->deal, in->plan, from, width);
    if (!in->plan->enumerated) {
        index_holders(s, l, width);
        for (unsigned z = 0; z < width; z++) {
            random[z] = mlg_random_stream(in->plan->seed, "broker.keep", in->plan->view, from + z);
        }
    }
    for (size_t v = 0; v < (size_t) l->n; v++) {
        if (in->first[v] < in->first[v + 1]) {
            read_dealt(in, s, out, v, from, width);
            if (!in->plan->enumerated) {
                read_kept(in, s, out, v, width, random);
            }
        }
    }
    return MLG_OK;
}

/* ---- all of them --------------------------------------------------------------------- */

/* Which deals to make: all, as many as the work and the room allow, or none. */
static mlg_deal_plan plan_of(const mlg_brokers *brokers, size_t n_paths, const mlg_run *run)
{
    const mlg_labelling *l = &brokers->labelling;
    mlg_deal_plan plan = mlg_deal_plan_of(l, n_paths, run, brokers->graph->view.id);
    const double n = l->n, each = n * (MLG_N_ROLES * sizeof(mlg_role_deals) + sizeof(uint32_t));
    const double room = (double) MLG_NULL_BYTES;
    const double deals = (floor(room / each) - 1.0) * MLG_LANES;
    const double reads = 2.0 * (double) n_paths + 64.0 * n;

    if (l->n_types > MOST_SECTORS || n_paths == 0 || (double) n_paths * sizeof(ends) > room) {
        plan.n = 0;
    } else if (plan.enumerated && deals < plan.n) {
        plan.enumerated = false;
        plan.n = run->draws;
    }
    if (!plan.enumerated && plan.n > 0) {
        plan.n = (uint32_t) mlg_draws_in(run->force ? deals : fmin(deals, MOST_WORK / reads),
                                         run->draws);
    }
    return plan;
}

/* Room for what each batch finds; one block of each kind. */
static mlg_status open_slots(size_t n_batches, size_t n, slot **slots, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *slots = mlg_zalloc(n_batches, sizeof **slots);
    TRY_ALLOC(err, *slots);
    (*slots)[0].deals = mlg_zalloc(n_batches * n * MLG_N_ROLES, sizeof(mlg_role_deals));
    (*slots)[0].kept = mlg_zalloc(n_batches * n, sizeof(uint32_t));
    TRY_ALLOC(err, (*slots)[0].deals);
    TRY_ALLOC(err, (*slots)[0].kept);
    for (size_t k = 1; k < n_batches; k++) {
        (*slots)[k].deals = (*slots)[0].deals + k * n * MLG_N_ROLES;
        (*slots)[k].kept = (*slots)[0].kept + k * n;
    }
out:
    return status;
}

static void close_slots(slot *slots)
{
    if (slots != NULL) {
        mlg_free(slots[0].deals);
        mlg_free(slots[0].kept);
        mlg_free(slots);
    }
}

static mlg_status gather(mlg_brokers *brokers, const slot *slots, size_t n_batches, const input *in,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) brokers->labelling.n, cells = n * MLG_N_ROLES;
    const size_t draws = (size_t) in->plan->n * MLG_N_ROLES;

    brokers->deals = mlg_zalloc(cells, sizeof *brokers->deals);
    brokers->kept = mlg_zalloc(n, sizeof *brokers->kept);
    brokers->draw = mlg_alloc(draws, sizeof *brokers->draw);
    TRY_ALLOC(err, brokers->deals);
    TRY_ALLOC(err, brokers->kept);
    TRY_ALLOC(err, brokers->draw);
    for (size_t k = 0; k < n_batches; k++) {
        for (size_t i = 0; i < cells; i++) {
            brokers->deals[i].sum += slots[k].deals[i].sum;
            brokers->deals[i].squares += slots[k].deals[i].squares;
            brokers->deals[i].less += slots[k].deals[i].less;
            brokers->deals[i].greater += slots[k].deals[i].greater;
        }
        for (size_t v = 0; v < n; v++) {
            brokers->kept[v] += slots[k].kept[v];
        }
    }
    for (size_t d = 0; d < draws; d++) {
        brokers->draw[d] = (double) in->draw[d];
    }
    brokers->enumerated = in->plan->enumerated;
    brokers->n_deals = in->plan->n;
out:
    return status;
}

mlg_status mlg_broker_deal(mlg_brokers *brokers, const mlg_csr *links, const mlg_run *run,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) brokers->labelling.n;
    const mlg_deal_plan plan = plan_of(brokers, (size_t) brokers->total.paths, run);
    const size_t n_batches = (plan.n + MLG_LANES - 1) / MLG_LANES;
    slot *slots = NULL;
    size_t *first = NULL;
    ends *path = NULL;
    input in = {.brokers = brokers, .plan = &plan};

    if (plan.n == 0) {
        return MLG_OK;
    }
    in.draw = mlg_zalloc((size_t) plan.n * MLG_N_ROLES, sizeof *in.draw);
    TRY_ALLOC(err, in.draw);
    TRY(open_slots(n_batches, n, &slots, err));
    TRY(open_paths(brokers, links, &first, &path, err));
    in.first = first;
    in.path = path;
    const mlg_replicates job = {.what = "broker.labels",
                                .view = plan.view,
                                .last = plan.n,
                                .batch = MLG_LANES,
                                .scratch = scratch_open,
                                .scratch_free = scratch_close,
                                .work = work,
                                .input = &in,
                                .slots = slots};
    TRY(mlg_replicates_run(&job, run, err));
    TRY(gather(brokers, slots, n_batches, &in, err));
out:
    mlg_free(first);
    mlg_free(path);
    mlg_free(in.draw);
    close_slots(slots);
    return status;
}
