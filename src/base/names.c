/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/names.h"

#include "base/memory.h"

#include <stdbool.h>
#include <string.h>

/* Eight bytes a step, multiply and fold: ids are short, and interning is over
 * 80 % of reading a large study. */
static uint64_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ length;
    uint64_t word = 0;
    for (; length >= 8; text += 8, length -= 8) {
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < length; i++) {
        word |= (uint64_t) (unsigned char) text[i] << (8 * i);
    }
    hash = (hash ^ word) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
    hash *= 0xc4ceb9fe1a85ec53u;
    return hash ^ hash >> 29;
}

static bool same(const mlg_names *names, uint32_t id, const char *text, size_t length)
{
    const char *here = names->pool + names->start[id];
    return memcmp(here, text, length) == 0 && here[length] == '\0';
}

/* The half of a hash that a slot keeps. Its first bits are the slot's place in the table:
 * a larger table is filled from the slots alone, without a look at the texts. */
static uint64_t tag_of(uint64_t hash)
{
    return hash & 0xffffffff00000000u;
}

static size_t place_of(uint64_t tag, size_t mask)
{
    return (size_t) ((uint32_t) (tag >> 32) >> __builtin_clz((unsigned) mask));
}

/* The slot that holds the text, or the empty one where it would go. A
 * candidate's bytes are read only when the kept half of the hash agrees, and
 * never past the pool: every text ends before pool_used. */
static uint64_t *slot_of(const mlg_names *names, uint64_t hash, const char *text, size_t length)
{
    const uint64_t tag = tag_of(hash);
    for (size_t i = place_of(tag, names->mask);; i = (i + 1) & names->mask) {
        const uint64_t slot = names->slots[i];
        if (slot == 0) {
            return &names->slots[i];
        }
        const uint32_t id = (uint32_t) slot - 1;
        if (tag_of(slot) == tag && length < names->pool_used - names->start[id] &&
            same(names, id, text, length)) {
            return &names->slots[i];
        }
    }
}

static bool widen(mlg_names *names)
{
    const size_t old = names->mask == 0 ? 0 : names->mask + 1;
    const size_t wanted = old == 0 ? 64 : 2 * old;
    uint64_t *slots = mlg_zalloc(wanted, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t from = 0; from < old; from++) {
        if (names->slots[from] != 0) {
            size_t i = place_of(tag_of(names->slots[from]), wanted - 1);
            while (slots[i] != 0) {
                i = (i + 1) & (wanted - 1);
            }
            slots[i] = names->slots[from];
        }
    }
    mlg_free(names->slots);
    names->slots = slots;
    names->mask = wanted - 1;
    return true;
}

int32_t mlg_names_add(mlg_names *names, const char *text, size_t length)
{
    if ((names->n + 1) * 3 > names->mask * 2 && !widen(names)) {
        return -1;
    }
    const uint64_t hash = hash_of(text, length);
    uint64_t *slot = slot_of(names, hash, text, length);
    if (*slot != 0) {
        return (int32_t) ((uint32_t) *slot - 1);
    }
    if (names->n >= INT32_MAX - 1 || names->pool_used + length + 1 > UINT32_MAX ||
        !mlg_grow(&names->start, &names->start_room, names->n + 1, sizeof *names->start) ||
        !mlg_grow(&names->pool, &names->pool_room, names->pool_used + length + 1, 1)) {
        return -1;
    }
    names->start[names->n] = (uint32_t) names->pool_used;
    memcpy(names->pool + names->pool_used, text, length);
    names->pool[names->pool_used + length] = '\0';
    names->pool_used += length + 1;
    *slot = tag_of(hash) | (names->n + 1);
    return (int32_t) names->n++;
}

int32_t mlg_names_find(const mlg_names *names, const char *text, size_t length)
{
    if (names->n == 0) {
        return -1;
    }
    const uint64_t *slot = slot_of(names, hash_of(text, length), text, length);
    return *slot == 0 ? -1 : (int32_t) ((uint32_t) *slot - 1);
}

enum { AT_ONCE = 64 }; /* look-ups side by side: the processor follows about as many fetches */

/* Id in the first slot whose half of the hash agrees, or -1: nearly always the text's own. */
static int32_t likely_id(const mlg_names *names, uint64_t hash)
{
    const uint64_t tag = tag_of(hash);
    for (size_t i = place_of(tag, names->mask); names->slots[i] != 0; i = (i + 1) & names->mask) {
        if (tag_of(names->slots[i]) == tag) {
            return (int32_t) ((uint32_t) names->slots[i] - 1);
        }
    }
    return -1;
}

static void find_some(const mlg_names *names, const char *const *texts, const size_t *lengths,
                      size_t n, int32_t *ids)
{
    uint64_t hash[AT_ONCE];
    for (size_t i = 0; i < n; i++) {
        hash[i] = hash_of(texts[i], lengths[i]);
        __builtin_prefetch(&names->slots[place_of(tag_of(hash[i]), names->mask)]);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = likely_id(names, hash[i]);
        __builtin_prefetch(&names->start[ids[i] >= 0 ? ids[i] : 0]);
    }
    for (size_t i = 0; i < n; i++) {
        __builtin_prefetch(names->pool + names->start[ids[i] >= 0 ? ids[i] : 0]);
    }
    for (size_t i = 0; i < n; i++) {
        const size_t length = lengths[i];
        if (ids[i] >= 0 && (length >= names->pool_used - names->start[ids[i]] ||
                            !same(names, (uint32_t) ids[i], texts[i], length))) {
            ids[i] = mlg_names_find(names, texts[i], length); /* another of the same half */
        }
    }
}

void mlg_names_find_many(const mlg_names *names, const char *const *texts, const size_t *lengths,
                         size_t n, int32_t *ids)
{
    for (size_t from = 0; from < n; from += AT_ONCE) {
        const size_t here = n - from < AT_ONCE ? n - from : AT_ONCE;
        if (names->n == 0) {
            for (size_t i = 0; i < here; i++) {
                ids[from + i] = -1;
            }
        } else {
            find_some(names, texts + from, lengths + from, here, ids + from);
        }
    }
}

const char *mlg_names_text(const mlg_names *names, int32_t id)
{
    return id < 0 || (size_t) id >= names->n ? "" : names->pool + names->start[id];
}

void mlg_names_free(mlg_names *names)
{
    mlg_free(names->pool);
    mlg_free(names->start);
    mlg_free(names->slots);
    *names = (mlg_names){0};
}
