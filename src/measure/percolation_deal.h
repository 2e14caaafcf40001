/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERCOLATION_DEAL_H
#define MLG_MEASURE_PERCOLATION_DEAL_H

#include <stdbool.h>

#include "base/random.h"

/* What a stream says of a random order, for percolation_order.c and percolation_lanes.c. */

enum {
    MLG_DEAL_FOUR = 1 << 16, /* up to so many, a word of the stream gives four numbers */
    MLG_DEAL_STREAMS = 8     /* go at once */
};

__extension__ typedef unsigned __int128 mlg_wide;

/* Uniform below `range`: the whole part of left * range, whose fraction is left to the next. */
static inline uint32_t mlg_deal_number(uint64_t *left, uint32_t range)
{
    const mlg_wide both = (mlg_wide) *left * range;
    *left = (uint64_t) both;
    return (uint32_t) (both >> 64);
}

/* A word is refused when what is left could not come as often as its like (Brackett-Rozinsky and
 * Lemire 2024). `product` of the ranges, at most 2^64. */
static inline bool mlg_deal_refused(uint64_t left, uint64_t product)
{
    return left < product && left < (0 - product) % product;
}

/* number[i] uniform below range - i, for `count` of them, from one word of the stream. */
static inline void mlg_deal_numbers(mlg_random *draw, uint32_t range, int32_t count,
                                    uint32_t *number)
{
    uint64_t product = 1, left;

    for (int32_t i = 0; i < count; i++) {
        product *= range - (uint32_t) i;
    }
    do {
        left = mlg_random_next(draw);
        for (int32_t i = 0; i < count; i++) {
            number[i] = mlg_deal_number(&left, range - (uint32_t) i);
        }
    } while (mlg_deal_refused(left, product));
}

/* Four numbers a word, 16 bits each from the lowest, of MLG_DEAL_STREAMS streams side by side:
 * those of stream i are word[i * words] and on, the first below n, n - 1, n - 2 and n - 3, the
 * next below n - 4 and so on. 4 * words <= n <= MLG_DEAL_FOUR. (percolation_deal.c) */
void mlg_deal_words(const mlg_random *stream, int32_t n, int32_t words, uint64_t *word);

#endif
