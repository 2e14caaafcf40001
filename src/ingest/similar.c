/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/similar.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/memory.h"

enum {
    SHORTEST = 5,  /* bytes of a key that is compared at all */
    LONGEST = 200, /* mlg_edit_distance() takes 255 */
    MAX_BOUND = 2,
    MAX_SHARING = 100, /* keys that share a piece */
};

size_t mlg_similar_bound(size_t length)
{
    return length < SHORTEST ? 0 : length < 9 ? 1 : MAX_BOUND;
}

bool mlg_similar_is_word(const char *key, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        digits += key[i] >= '0' && key[i] <= '9' ? 1 : 0;
    }
    return length >= SHORTEST && length <= LONGEST && 3 * digits <= length;
}

bool mlg_similar_same_digits(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a_length && (a[i] < '0' || a[i] > '9')) {
            i++;
        }
        while (k < b_length && (b[k] < '0' || b[k] > '9')) {
            k++;
        }
        if (i == a_length || k == b_length) {
            return i == a_length && k == b_length;
        }
        if (a[i++] != b[k++]) {
            return false;
        }
    }
}

/* Keys by a piece of theirs: lists through `next`, one entry a piece. */
typedef struct pieces {
    mlg_names name; /* length, number and bytes of a piece */
    int32_t *first; /* [name.n] newest entry */
    int32_t *n;     /* [name.n] */
    size_t first_room, n_room;
    struct entry {
        int32_t key, next;
    } * entry;
    size_t n_entries, entries_room;
    int32_t *stamp; /* [keys] the key last compared with this one */
} pieces;

/* Where piece `i` of `parts` starts in a text of this length. */
static size_t piece_start(size_t length, size_t parts, size_t i)
{
    return length * i / parts;
}

/* "length number bytes" as a name; the first two as bytes that are never NUL. */
static size_t write_name(char *out, size_t length, size_t number, const char *bytes, size_t n)
{
    out[0] = (char) (length + 1);
    out[1] = (char) (number + 1);
    memcpy(out + 2, bytes, n);
    return n + 2;
}

static bool add_piece(pieces *p, const char *name, size_t used, int32_t key)
{
    const size_t before = p->name.n;
    const int32_t id = mlg_names_add(&p->name, name, used);
    if (id < 0 || !mlg_grow(&p->first, &p->first_room, p->name.n, sizeof *p->first) ||
        !mlg_grow(&p->n, &p->n_room, p->name.n, sizeof *p->n) ||
        !mlg_grow(&p->entry, &p->entries_room, p->n_entries + 1, sizeof *p->entry)) {
        return false;
    }
    if (p->name.n > before) {
        p->first[id] = -1;
        p->n[id] = 0;
    }
    p->entry[p->n_entries] = (struct entry){key, p->first[id]};
    p->first[id] = (int32_t) p->n_entries++;
    p->n[id]++;
    return true;
}

/* Each piece as it is, and as a swap with the neighbour in the piece before or behind
 * leaves it: that one edit touches two pieces. */
static bool add_key(pieces *p, const char *text, size_t length, int32_t key)
{
    const size_t parts = mlg_similar_bound(length) + 1;
    char name[LONGEST + 2];
    for (size_t i = 0; i < parts; i++) {
        const size_t from = piece_start(length, parts, i);
        const size_t to = piece_start(length, parts, i + 1);
        const size_t used = write_name(name, length, i, text + from, to - from);
        if (!add_piece(p, name, used, key)) {
            return false;
        }
        if (from > 0 && text[from - 1] != text[from]) {
            name[2] = text[from - 1];
            if (!add_piece(p, name, used, key)) {
                return false;
            }
            name[2] = text[from];
        }
        if (to < length && text[to] != text[to - 1]) {
            name[used - 1] = text[to];
            if (!add_piece(p, name, used, key)) {
                return false;
            }
        }
    }
    return true;
}

typedef struct search {
    const mlg_names *keys;
    pieces *p;
    bool (*found)(void *context, int32_t a, int32_t b);
    void *context;
} search;

/* Compares a key with those that have this piece. */
static bool compare_with(const search *s, int32_t key, const char *text, size_t length,
                         int32_t piece, size_t bound)
{
    if (piece < 0 || s->p->n == NULL || s->p->n[piece] > MAX_SHARING) {
        return true;
    }
    for (int32_t at = s->p->first[piece]; at >= 0; at = s->p->entry[at].next) {
        const int32_t other = s->p->entry[at].key;
        if (s->p->stamp[other] == key) {
            continue;
        }
        s->p->stamp[other] = key;
        const char *other_text = mlg_names_text(s->keys, other);
        const size_t other_length = strlen(other_text);
        if (mlg_similar_same_digits(text, length, other_text, other_length) &&
            !mlg_keys_differ_by_acronym(text, other_text) &&
            mlg_edit_distance(text, length, other_text, other_length, bound) <= bound &&
            !s->found(s->context, other < key ? other : key, other < key ? key : other)) {
            return false;
        }
    }
    return true;
}

/* Looks for the pieces of every shorter length at the places where edits can move them. */
static bool search_key(const search *s, int32_t key, const char *text, size_t length)
{
    char name[LONGEST + 2];
    const size_t down = length < SHORTEST + MAX_BOUND ? length - SHORTEST : MAX_BOUND;
    for (size_t other = length - down; other <= length; other++) {
        const size_t bound = mlg_similar_bound(other);
        if (length - other > bound) {
            continue;
        }
        for (size_t i = 0; i <= bound; i++) {
            const size_t start = piece_start(other, bound + 1, i);
            const size_t n = piece_start(other, bound + 1, i + 1) - start;
            for (size_t at = start < bound ? 0 : start - bound;
                 at <= start + bound && at + n <= length; at++) {
                const size_t used = write_name(name, other, i, text + at, n);
                if (!compare_with(s, key, text, length, mlg_names_find(&s->p->name, name, used),
                                  bound)) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* A key's number and length: sorted, so that the shorter of two stands first. */
typedef struct sized {
    uint32_t length;
    int32_t key;
} sized;

static int by_length(const void *a, const void *b)
{
    const sized *x = a, *y = b;
    return x->length != y->length ? (x->length < y->length ? -1 : 1)
                                  : (x->key > y->key) - (x->key < y->key);
}

mlg_status mlg_similar_pairs(const mlg_names *keys,
                             bool (*found)(void *context, int32_t a, int32_t b), void *context,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    pieces p = {0};
    const search s = {keys, &p, found, context};
    size_t n = 0;
    sized *order = mlg_alloc(keys->n, sizeof *order);

    TRY_ALLOC(err, order);
    p.stamp = mlg_alloc(keys->n, sizeof *p.stamp);
    TRY_ALLOC(err, p.stamp);
    for (size_t i = 0; i < keys->n; i++) {
        const char *text = mlg_names_text(keys, (int32_t) i);
        const size_t length = strlen(text);
        p.stamp[i] = -1;
        if (mlg_similar_is_word(text, length)) {
            order[n++] = (sized){(uint32_t) length, (int32_t) i};
        }
    }
    if (n > 1) {
        qsort(order, n, sizeof *order, by_length);
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = mlg_names_text(keys, order[i].key);
        if (!search_key(&s, order[i].key, text, order[i].length) ||
            !add_key(&p, text, order[i].length, order[i].key)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the likely duplicates");
        }
    }
out:
    mlg_names_free(&p.name);
    mlg_free(p.first);
    mlg_free(p.n);
    mlg_free(p.entry);
    mlg_free(p.stamp);
    mlg_free(order);
    return status;
}
