/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

long mlg_alloc_fails_at = -1;

static bool refuses(size_t count, size_t size)
{
    if (mlg_alloc_fails_at >= 0 && mlg_alloc_fails_at-- == 0) {
        return true;
    }
    return size != 0 && count > SIZE_MAX / 2 / size;
}

void *mlg_zalloc(size_t count, size_t size)
{
    return refuses(count, size) ? NULL : calloc(count > 0 ? count : 1, size);
}

void *mlg_alloc(size_t count, size_t size)
{
    const size_t bytes = refuses(count, size) ? SIZE_MAX : count * size;
    return bytes == SIZE_MAX ? NULL : malloc(bytes > 0 ? bytes : 1);
}

void *mlg_resize(void *block, size_t count, size_t size)
{
    const size_t bytes = refuses(count, size) ? SIZE_MAX : count * size;
    return bytes == SIZE_MAX ? NULL : realloc(block, bytes > 0 ? bytes : 1);
}

void *mlg_copy(const void *block, size_t count, size_t size)
{
    void *copy = mlg_alloc(count, size);
    if (copy != NULL && count > 0) {
        memcpy(copy, block, count * size);
    }
    return copy;
}

void mlg_free(void *block)
{
    free(block);
}

bool mlg_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    void *old = NULL;
    if (needed <= *capacity) {
        return true;
    }
    const size_t more = *capacity + *capacity / 2;
    const size_t wanted = needed > more ? (needed < 16 ? 16 : needed) : more;
    memcpy(&old, items, sizeof old);
    void *block = mlg_resize(old, wanted, size);
    if (block == NULL) {
        return false;
    }
    memcpy(items, &block, sizeof block);
    *capacity = wanted;
    return true;
}

enum { BLOCK_BYTES = 1 << 18 };

struct mlg_arena_block {
    struct mlg_arena_block *older;
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

void *mlg_arena_alloc(mlg_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    const size_t start = (arena->used + align - 1) / align * align;

    if (arena->block == NULL || start > arena->block->size || size > arena->block->size - start) {
        const size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
        struct mlg_arena_block *block = mlg_alloc(1, sizeof *block + room);
        if (block == NULL) {
            return NULL;
        }
        block->older = arena->block;
        block->size = room;
        arena->block = block;
        arena->used = size;
        return block->bytes;
    }
    arena->used = start + size;
    return arena->block->bytes + start;
}

char *mlg_arena_text(mlg_arena *arena, const char *text, size_t length)
{
    const bool fits = arena->block != NULL && arena->used <= arena->block->size &&
                      length < arena->block->size - arena->used;
    char *copy = NULL;
    if (fits) { /* text needs no alignment: pack it */
        copy = arena->block->bytes + arena->used;
        arena->used += length + 1;
    } else {
        copy = mlg_arena_alloc(arena, length + 1);
    }
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

void mlg_arena_free(mlg_arena *arena)
{
    for (struct mlg_arena_block *block = arena->block; block != NULL;) {
        struct mlg_arena_block *older = block->older;
        mlg_free(block);
        block = older;
    }
    *arena = (mlg_arena){0};
}
