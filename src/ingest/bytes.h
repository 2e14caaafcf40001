/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_BYTES_H
#define MLG_INGEST_BYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "maillage/error.h"
#include "maillage/text.h"

enum {
    MLG_BLOCK = 1 << 16,     /* bytes of a read: stays in the second-level cache */
    MLG_BLOCK_HEAD = 16,     /* room before it for the unread end of the block before */
    MLG_FORMAT_BYTES = 4096, /* what is looked at to tell a format or an encoding */
};

/* A file read once, block by block, its SHA-256 made on the way. */
typedef struct mlg_bytes {
    int descriptor; /* -1 when closed */
    uint64_t size;  /* when it was opened */
    uint64_t done;
    mlg_digest digest;
    unsigned char *room; /* [MLG_BLOCK_HEAD + MLG_BLOCK] */
} mlg_bytes;

/* Opens a regular file of at most `limit` bytes. Answers MLG_EDATA with the fault's key
 * when it is something else (a folder, a FIFO, a device), absent or too large. Never
 * blocks on what it opens. */
mlg_status mlg_bytes_open(mlg_bytes *bytes, const char *path, uint64_t limit, mlg_text_key *fault,
                          mlg_error *err) MLG_MUST_CHECK;

/* The next block; *n = 0 at the end. `*block` has MLG_BLOCK_HEAD writable bytes before it. */
mlg_status mlg_bytes_next(mlg_bytes *bytes, unsigned char **block, size_t *n,
                          mlg_error *err) MLG_MUST_CHECK;

/* Has the file another size than when it was opened? */
bool mlg_bytes_changed(const mlg_bytes *bytes);
void mlg_bytes_close(mlg_bytes *bytes);

/* What a file really is, by its first bytes: the key of the fault that says what it is and
 * how to export it, or 0 for what may be text. */
mlg_text_key mlg_foreign_format(const unsigned char *bytes, size_t n);

#endif
