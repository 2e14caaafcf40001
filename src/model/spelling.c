/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"

enum {
    MAX_SEARCHED = 200,
    MAX_SCANNED = 20000000, /* lengths looked at: about 0.1 s */
    MAX_COMPARED = 200000,  /* about 0.2 s of edit distances */
};

/* Mark before a key whose words were sorted: "Durand Marie" meets "Marie Durand". */
#define SORTED "\x01"

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

/* Appends the sorted form of a key of 2 to MAX_WORDS words; nothing for others. */
static void sort_words(const mlg_buffer *key, mlg_buffer *out)
{
    enum { MAX_WORDS = 8, MAX_BYTES = 256 };
    char text[MAX_BYTES];
    char *word[MAX_WORDS], *rest = NULL;
    size_t n = 0;
    if (key->length >= sizeof text || strchr(mlg_buffer_string(key), ' ') == NULL) {
        return;
    }
    memcpy(text, key->text, key->length + 1);
    for (char *next = strtok_r(text, " ", &rest); next != NULL; next = strtok_r(NULL, " ", &rest)) {
        if (n == MAX_WORDS) {
            return;
        }
        word[n++] = next;
    }
    qsort(word, n, sizeof *word, by_text);
    for (size_t i = 0; i < n; i++) {
        mlg_buffer_text(out, i == 0 ? SORTED : " ");
        mlg_buffer_text(out, word[i]);
    }
}

static void add_key(mlg_spellings *nearest, const mlg_buffer *key, const char *text, mlg_id id)
{
    const size_t before = nearest->keys.n;
    if (key->failed ||
        !mlg_grow(&nearest->id, &nearest->id_room, before + 1, sizeof *nearest->id) ||
        !mlg_grow(&nearest->text, &nearest->text_room, before + 1, sizeof *nearest->text) ||
        mlg_names_add(&nearest->keys, mlg_buffer_string(key), key->length) < 0) {
        nearest->failed = true;
    } else if (nearest->keys.n > before) {
        nearest->id[before] = id;
        nearest->text[before] = text;
    }
}

void mlg_spellings_add(mlg_spellings *nearest, const char *text, mlg_id id)
{
    mlg_buffer key = {0}, sorted = {0};
    mlg_fold(text, strlen(text), &key);
    add_key(nearest, &key, text, id);
    sort_words(&key, &sorted);
    if (sorted.length > 0 || sorted.failed) {
        add_key(nearest, &sorted, text, id);
    }
    mlg_buffer_free(&key);
    mlg_buffer_free(&sorted);
}

/* None in an acronym (CPAM is not CCAM), one in a short word, two in a name, three in a long one.
 */
static size_t slips_allowed(size_t length)
{
    return length < 5 ? 0 : length < 7 ? 1 : length < 14 ? 2 : 3;
}

static int32_t search(mlg_spellings *nearest, const char *key, size_t length)
{
    size_t best_slips = slips_allowed(length);
    int32_t best = -1;
    for (size_t i = 0;
         i < nearest->keys.n && nearest->compared < MAX_COMPARED && nearest->scanned < MAX_SCANNED;
         i++) {
        nearest->scanned++;
        const char *other = mlg_names_text(&nearest->keys, (int32_t) i);
        if (other[0] == SORTED[0]) {
            continue;
        }
        const size_t other_length = strnlen(other, length + best_slips + 1);
        if (other_length + best_slips < length || other_length > length + best_slips) {
            continue;
        }
        nearest->compared++;
        const size_t slips = mlg_edit_distance(key, length, other, other_length, best_slips);
        if (slips <= best_slips && !mlg_keys_differ_by_acronym(key, other)) {
            best = (int32_t) i;
            if (slips <= 1) { /* 0 is the key itself, found before */
                break;
            }
            best_slips = slips - 1;
        }
    }
    return best;
}

const char *mlg_spellings_find(mlg_spellings *nearest, const char *text, mlg_id *id)
{
    mlg_buffer key = {0}, sorted = {0};
    int32_t found = -1;
    mlg_fold(text, strlen(text), &key);
    sort_words(&key, &sorted);
    if (!key.failed && !sorted.failed) {
        found = mlg_names_find(&nearest->keys, mlg_buffer_string(&key), key.length);
        if (found < 0 && sorted.length > 0) {
            found = mlg_names_find(&nearest->keys, sorted.text, sorted.length);
        }
        if (found < 0 && nearest->searched < MAX_SEARCHED && slips_allowed(key.length) > 0) {
            nearest->searched++;
            found = search(nearest, mlg_buffer_string(&key), key.length);
        }
    }
    nearest->failed = nearest->failed || key.failed || sorted.failed;
    mlg_buffer_free(&key);
    mlg_buffer_free(&sorted);
    if (found < 0) {
        return NULL;
    }
    *id = nearest->id[found];
    return nearest->text[found];
}

void mlg_spellings_free(mlg_spellings *nearest)
{
    mlg_names_free(&nearest->keys);
    mlg_free(nearest->id);
    mlg_free(nearest->text);
    *nearest = (mlg_spellings){0};
}
