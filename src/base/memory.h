/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_MEMORY_H
#define MLG_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* The only allocator. All three answer NULL when memory is short or
 * count * size overflows, never for a count of 0. */
void *mlg_zalloc(size_t count, size_t size);              /* zeroed */
void *mlg_alloc(size_t count, size_t size);               /* not zeroed: kernels' scratch */
void *mlg_resize(void *block, size_t count, size_t size); /* on failure block is untouched */
void *mlg_copy(const void *block, size_t count, size_t size);
void mlg_free(void *block);

/* Tests: the n-th allocation from now (0 = next) and no other fails; negative: none. */
extern long mlg_alloc_fails_at;

/* Makes room for `needed` items of a growing array, by half more at a time.
 * `items` is the address of the array's pointer. False when memory is short. */
bool mlg_grow(void *items, size_t *capacity, size_t needed, size_t size);

/* Blocks that die together: strings and rows of a model. Zeroed is empty. */
typedef struct mlg_arena {
    struct mlg_arena_block *block;
    size_t used; /* of the current block */
} mlg_arena;

void *mlg_arena_alloc(mlg_arena *arena, size_t size); /* aligned for any type, not zeroed */
char *mlg_arena_text(mlg_arena *arena, const char *text, size_t length); /* NUL-terminated copy */
void mlg_arena_free(mlg_arena *arena);

#endif
