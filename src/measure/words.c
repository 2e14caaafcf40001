/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/words.h"

#include <string.h>

static void release(void *made)
{
    mlg_arena *arena = made;
    mlg_arena_free(arena);
    mlg_free(arena);
}

const char *mlg_words_of_code(mlg_context *context, const char *list, const char *code,
                              mlg_error *err)
{
    const size_t head = strlen(list), tail = strlen(code);
    mlg_arena *arena = mlg_context_slot(context, -1, MLG_SLOT_WORDS);
    char *word = NULL;

    if (arena == NULL) {
        arena = mlg_zalloc(1, sizeof *arena);
        if (arena != NULL) {
            mlg_context_keep(context, -1, MLG_SLOT_WORDS, arena, release);
        }
    }
    word = arena != NULL ? mlg_arena_alloc(arena, head + tail + 2) : NULL;
    if (word == NULL) {
        (void) mlg_fail(err, MLG_ENOMEM, "no memory for the word %s:%s", list, code);
        return NULL;
    }
    memcpy(word, list, head);
    word[head] = ':';
    memcpy(word + head + 1, code, tail);
    word[head + 1 + tail] = '\0';
    return word;
}
