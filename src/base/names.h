/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_NAMES_H
#define MLG_BASE_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* Interned texts <-> dense ids 0..n-1, in the order of first sight. Zeroed is
 * empty. Texts may hold any byte but NUL. */
typedef struct mlg_names {
    char *pool; /* all texts, each NUL-terminated */
    size_t pool_used, pool_room;
    uint32_t *start; /* [n] offsets into the pool */
    size_t n, start_room;
    uint64_t *slots; /* open-addressed: high half of the hash, id + 1 */
    size_t mask;     /* number of slots - 1, or 0 */
} mlg_names;

/* Id of a text, added when new; -1 when memory is short (or the pool is past 4 GiB). */
int32_t mlg_names_add(mlg_names *names, const char *text, size_t length);
/* Id of a text, or -1 when it is not there. */
int32_t mlg_names_find(const mlg_names *names, const char *text, size_t length);
/* Ids of many texts at once, -1 where one is not there. A table of a million texts is in
 * no cache, and one look-up is three fetches one after the other: here those of different
 * texts overlap. */
void mlg_names_find_many(const mlg_names *names, const char *const *texts, const size_t *lengths,
                         size_t n, int32_t *ids);
/* Valid until the next add. */
const char *mlg_names_text(const mlg_names *names, int32_t id);
void mlg_names_free(mlg_names *names);

#endif
