/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"

#include <string.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static uint64_t absorb(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char) *text) * 0x100000001b3u;
    }
    return mix(hash ^ 0xff);
}

mlg_random mlg_random_stream(uint64_t seed, const char *what, const char *view, uint64_t replicate)
{
    /* Four independently keyed words: two streams agree only if all four do. */
    mlg_random stream;
    for (uint64_t i = 0; i < 4; i++) {
        uint64_t hash = mix(seed + (i + 1) * 0x9e3779b97f4a7c15u);
        hash = absorb(hash, what);
        hash = absorb(hash, view);
        stream.word[i] = mix(hash + mix(replicate + i * 0xd1342543de82ef95u));
    }
    if ((stream.word[0] | stream.word[1] | stream.word[2] | stream.word[3]) == 0) {
        stream.word[0] = 1; /* the one state the generator cannot leave */
    }
    return stream;
}

static void gsl_set(void *state, unsigned long int seed)
{
    const mlg_random stream = mlg_random_stream(seed, "gsl", "", 0);
    memcpy(state, &stream, sizeof stream);
}

static unsigned long int gsl_get(void *state)
{
    return (unsigned long int) mlg_random_next(state);
}

static double gsl_get_double(void *state)
{
    return mlg_random_unit(state);
}

const gsl_rng_type *mlg_random_gsl_type(void)
{
    static const gsl_rng_type type = {
        .name = "maillage-xoshiro256++",
        .max = UINT64_MAX,
        .min = 0,
        .size = sizeof(mlg_random),
        .set = gsl_set,
        .get = gsl_get,
        .get_double = gsl_get_double,
    };
    return &type;
}

void mlg_random_gsl_set(gsl_rng *rng, mlg_random stream)
{
    memcpy(rng->state, &stream, sizeof stream);
}
