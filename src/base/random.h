/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_RANDOM_H
#define MLG_BASE_RANDOM_H

#include <stdint.h>

/* xoshiro256++ (Blackman and Vigna 2021): 256 bits of state, so that millions of
 * hashed streams do not collide. */
typedef struct mlg_random {
    uint64_t word[4];
} mlg_random;

/* One stream for each (seed, what, view, replicate): results never depend on
 * which thread or shard draws a replicate. `what` is a measure id or another
 * fixed text; `view` a view's id, or "". */
mlg_random mlg_random_stream(uint64_t seed, const char *what, const char *view, uint64_t replicate);

static inline uint64_t mlg_random_next(mlg_random *r)
{
    uint64_t *s = r->word;
    const uint64_t sum = s[0] + s[3];
    const uint64_t result = ((sum << 23) | (sum >> 41)) + s[0];
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/* Uniform on 0..n-1, n >= 1, without bias (Lemire 2019). */
static inline uint32_t mlg_random_below(mlg_random *r, uint32_t n)
{
    uint64_t product = (mlg_random_next(r) >> 32) * n;
    if ((uint32_t) product < n) {
        const uint32_t floor = (0u - n) % n;
        while ((uint32_t) product < floor) {
            product = (mlg_random_next(r) >> 32) * n;
        }
    }
    return (uint32_t) (product >> 32);
}

/* Uniform on [0, 1). */
static inline double mlg_random_unit(mlg_random *r)
{
    return (double) (mlg_random_next(r) >> 11) * 0x1.0p-53;
}

#endif
