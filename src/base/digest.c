/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"

#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(mlg_digest), "nettle's context must fit");

/* The array of uint64_t is aligned for any member of nettle's context. */
static struct sha256_ctx *context(mlg_digest *digest)
{
    return (struct sha256_ctx *) (void *) digest->state;
}

void mlg_digest_start(mlg_digest *digest)
{
    sha256_init(context(digest));
}

void mlg_digest_add(mlg_digest *digest, const void *bytes, size_t length)
{
    if (length > 0) {
        sha256_update(context(digest), length, bytes);
    }
}

void mlg_digest_end(mlg_digest *digest, char text[MLG_DIGEST_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];

    sha256_digest(context(digest), sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[MLG_DIGEST_TEXT - 1] = '\0';
}

void mlg_digest_of(const void *bytes, size_t length, char text[MLG_DIGEST_TEXT])
{
    mlg_digest digest = {{0}};
    mlg_digest_start(&digest);
    mlg_digest_add(&digest, bytes, length);
    mlg_digest_end(&digest, text);
}
