/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "measure/labels.h"

/* A uniform deal in one random byte an actor. Each actor first gets the type of a random
 * byte, independently of the others; then, while a type was dealt too seldom, an actor drawn
 * among those whose type was dealt too often takes it. Neither step looks at who the
 * actors are, so every arrangement with the right counts is as likely as another,
 * whatever the odds of the bytes: those only decide how much there is to mend (some
 * sqrt(n) actors a type). Fisher and Yates' shuffle takes one bounded number an actor
 * and a random access each: 4 to 5 times as long at 10,000 actors. */

enum {
    AT_ONCE = 8, /* bytes of one random word */
    VECTOR = 16, /* bytes; the width every x86-64 and ARM64 has */
    PARTS = MLG_LANES / VECTOR,
    BYTE_FULL = 255, /* actors a byte can count */
    FEW_TYPES = 32,
};

typedef uint8_t bytes __attribute__((vector_size(VECTOR), may_alias));
_Static_assert(PARTS == 4, "the counting loops have four parts written out");

static const uint64_t ENUMERATE_BELOW = 1000000;
static const double ENUMERATE_STEPS = 2e9;

mlg_deal_plan mlg_deal_plan_of(const mlg_labelling *labelling, size_t n_pairs, const mlg_run *run,
                               const char *view)
{
    mlg_deal_plan plan = {.n = run->draws, .seed = run->seed, .view = view};
    const uint64_t deals = mlg_count_deals(labelling, ENUMERATE_BELOW);
    const double steps = (double) labelling->n * labelling->n_types + (double) n_pairs;

    if (deals < ENUMERATE_BELOW && (double) deals * steps <= ENUMERATE_STEPS) {
        plan.enumerated = true;
        plan.n = (uint32_t) deals;
    }
    return plan;
}

/* Shares of 256 rounded down; the largest type takes what is left, because an excess is
 * quickly found where it is most of the actors. */
static void make_guess(const mlg_labelling *labelling, uint16_t *guess)
{
    int32_t largest = 0;
    size_t used = 0;
    for (int32_t t = 0; t < labelling->n_types; t++) {
        const size_t share = (size_t) labelling->count[t] * 256 / (size_t) labelling->n;
        for (size_t k = 0; k < share; k++) {
            guess[used++] = (uint16_t) t;
        }
        largest = labelling->count[t] > labelling->count[largest] ? t : largest;
    }
    while (used < 256) {
        guess[used++] = (uint16_t) largest;
    }
}

mlg_status mlg_deal_open(const mlg_labelling *labelling, mlg_deal *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_deal){.labelling = labelling, .wide = labelling->n_types > 256 ? 2 : 1};
    out->id = mlg_zalloc((size_t) labelling->n * out->wide * MLG_LANES, sizeof *out->id);
    out->guess = mlg_alloc(256, sizeof *out->guess);
    out->dealt = mlg_alloc((size_t) labelling->n_types * MLG_LANES, sizeof *out->dealt);
    TRY_ALLOC(err, out->id);
    TRY_ALLOC(err, out->guess);
    TRY_ALLOC(err, out->dealt);
    if (labelling->n > 0) {
        make_guess(labelling, out->guess);
    }
out:
    if (status != MLG_OK) {
        mlg_deal_close(out);
    }
    return status;
}

void mlg_deal_close(mlg_deal *deal)
{
    mlg_free(deal->id);
    mlg_free(deal->guess);
    mlg_free(deal->dealt);
    *deal = (mlg_deal){0};
}

static inline void put(mlg_deal *deal, size_t actor, unsigned lane, uint32_t type)
{
    uint8_t *at = deal->id + actor * deal->wide * MLG_LANES + lane;
    at[0] = (uint8_t) type;
    if (deal->wide == 2) {
        at[MLG_LANES] = (uint8_t) (type >> 8);
    }
}

/* One byte of the random word an actor, lane by lane in strips of 8 actors: the 512 bytes
 * written stay in the first cache. */
static void guess_narrow(const mlg_deal *deal, size_t n, unsigned width, mlg_random *random)
{
    uint8_t *const id = deal->id;
    uint8_t guess[256];
    for (int k = 0; k < 256; k++) {
        guess[k] = (uint8_t) deal->guess[k];
    }
    for (size_t i = 0; i < n; i += AT_ONCE) {
        const size_t some = n - i < AT_ONCE ? n - i : AT_ONCE;
        for (unsigned z = 0; z < width; z++) {
            uint64_t word = mlg_random_next(&random[z]);
            uint8_t *at = id + i * MLG_LANES + z;
            for (size_t k = 0; k < some; k++, at += MLG_LANES, word >>= 8) {
                *at = guess[word & 255];
            }
        }
    }
}

static void guess_wide(mlg_deal *deal, size_t n, unsigned width, mlg_random *random)
{
    for (size_t i = 0; i < n; i += AT_ONCE) {
        const size_t end = n - i < AT_ONCE ? n : i + AT_ONCE;
        for (unsigned z = 0; z < width; z++) {
            uint64_t word = mlg_random_next(&random[z]);
            for (size_t k = i; k < end; k++, word >>= 8) {
                put(deal, k, z, deal->guess[word & 255]);
            }
        }
    }
}

/* How many actors of each type every lane has now. A few types are counted 16 lanes at once, in
 * bytes, faster than each actor by its own. */
static void count_few(const mlg_deal *deal, size_t n, uint32_t type, uint32_t *count)
{
    bytes wanted;
    memset(&wanted, (int) type, sizeof wanted);
    for (size_t done = 0; done < n; done += BYTE_FULL) {
        const size_t end = n - done < BYTE_FULL ? n : done + BYTE_FULL;
        bytes tally[PARTS] = {{0}};
        bytes t0 = tally[0], t1 = t0, t2 = t0, t3 = t0; /* in registers, not in an array */
        uint8_t byte[MLG_LANES];
        for (size_t i = done; i < end; i++) {
            const bytes *row = (const bytes *) (deal->id + i * MLG_LANES);
            t0 -= (bytes) (row[0] == wanted); /* all bits set: -1 */
            t1 -= (bytes) (row[1] == wanted);
            t2 -= (bytes) (row[2] == wanted);
            t3 -= (bytes) (row[3] == wanted);
        }
        tally[0] = t0;
        tally[1] = t1;
        tally[2] = t2;
        tally[3] = t3;
        memcpy(byte, tally, sizeof byte);
        for (unsigned z = 0; z < MLG_LANES; z++) {
            count[z] += byte[z];
        }
    }
}

static void count_dealt(mlg_deal *deal, unsigned width)
{
    const size_t n = (size_t) deal->labelling->n, n_types = (size_t) deal->labelling->n_types;
    const bool few = deal->wide == 1 && n_types <= FEW_TYPES;

    memset(deal->dealt, 0, MLG_LANES * n_types * sizeof *deal->dealt);
    for (size_t t = 0; few && t < n_types; t++) {
        uint32_t count[MLG_LANES] = {0};
        count_few(deal, n, (uint32_t) t, count);
        for (unsigned z = 0; z < width; z++) {
            deal->dealt[z * n_types + t] = count[z];
        }
    }
    for (size_t i = 0; !few && i < n; i++) {
        for (unsigned z = 0; z < width; z++) {
            deal->dealt[z * n_types + mlg_dealt_type(deal, (uint32_t) i, z)]++;
        }
    }
}

static void mend(mlg_deal *deal, unsigned lane, mlg_random *random)
{
    const mlg_labelling *l = deal->labelling;
    uint32_t *dealt = deal->dealt + (size_t) lane * (size_t) l->n_types;
    for (int32_t t = 0; t < l->n_types; t++) {
        while (dealt[t] < (uint32_t) l->count[t]) {
            uint32_t actor = 0, type = 0;
            do {
                actor = mlg_random_below(random, (uint32_t) l->n);
                type = mlg_dealt_type(deal, actor, lane);
            } while (dealt[type] <= (uint32_t) l->count[type]);
            put(deal, actor, lane, (uint32_t) t);
            dealt[type]--;
            dealt[t]++;
        }
    }
}

/* Arrangement number `rank` in lexicographic order. Of the deals of what is left, the
 * share that gives type t to the next actor is count[t] / actors left. */
static void unrank(mlg_deal *deal, unsigned lane, uint64_t rank, uint64_t deals)
{
    const mlg_labelling *l = deal->labelling;
    uint32_t *left = deal->dealt + (size_t) lane * (size_t) l->n_types;

    for (int32_t t = 0; t < l->n_types; t++) {
        left[t] = (uint32_t) l->count[t];
    }
    for (size_t i = 0; i < (size_t) l->n; i++) {
        uint32_t t = 0;
        uint64_t here = 0;
        for (;; t++) {
            here = deals * left[t] / ((uint64_t) l->n - i);
            if (rank < here) {
                break;
            }
            rank -= here;
        }
        put(deal, i, lane, t);
        left[t]--;
        deals = here;
    }
}

void mlg_deal_out(mlg_deal *deal, const mlg_deal_plan *plan, uint64_t first, unsigned width)
{
    mlg_random random[MLG_LANES];

    if (plan->enumerated) {
        for (unsigned z = 0; z < width; z++) {
            unrank(deal, z, first + z, plan->n);
        }
        return;
    }
    for (unsigned z = 0; z < width; z++) {
        random[z] = mlg_random_stream(plan->seed, "silo.labels", plan->view, first + z);
    }
    if (deal->wide == 1) {
        guess_narrow(deal, (size_t) deal->labelling->n, width, random);
    } else {
        guess_wide(deal, (size_t) deal->labelling->n, width, random);
    }
    count_dealt(deal, width);
    for (unsigned z = 0; z < width; z++) {
        mend(deal, z, &random[z]);
    }
}
