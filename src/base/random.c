/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"

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
