/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_DIGEST_H
#define MLG_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { MLG_DIGEST_TEXT = 65 }; /* 64 hexadecimal digits and the end */

/* SHA-256 of bytes that come piece by piece. Holds nettle's context without showing
 * its header to the layers above. */
typedef struct mlg_digest {
    uint64_t state[16];
} mlg_digest;

void mlg_digest_start(mlg_digest *digest);
void mlg_digest_add(mlg_digest *digest, const void *bytes, size_t length);
/* Lower-case hexadecimal; the digest must be started anew before more is added. */
void mlg_digest_end(mlg_digest *digest, char text[MLG_DIGEST_TEXT]);

/* All three at once. */
void mlg_digest_of(const void *bytes, size_t length, char text[MLG_DIGEST_TEXT]);

#endif
