/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/percolation_deal.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define X86 /* may have registers of eight words, asked when it runs */
#endif

static uint64_t deal_four(mlg_random *draw, uint32_t range)
{
    uint32_t number[4];
    mlg_deal_numbers(draw, range, 4, number);
    return number[0] | (uint64_t) number[1] << 16 | (uint64_t) number[2] << 32 |
           (uint64_t) number[3] << 48;
}

static void deal_any(const mlg_random *stream, int32_t n, int32_t words, uint64_t *word)
{
    for (int32_t i = 0; i < MLG_DEAL_STREAMS; i++) {
        mlg_random draw = stream[i];
        for (int32_t w = 0; w < words; w++) {
            *word++ = deal_four(&draw, (uint32_t) (n - 4 * w));
        }
    }
}

#ifdef X86
#define WIDE __attribute__((target("avx512f")))

/* mlg_random of eight streams. */
typedef struct eight {
    __m512i a, b, c, d;
} eight;

WIDE static inline __m512i next(eight *s)
{
    const __m512i result =
        _mm512_add_epi64(_mm512_rol_epi64(_mm512_add_epi64(s->a, s->d), 23), s->a);
    const __m512i shifted = _mm512_slli_epi64(s->b, 17);
    s->c = _mm512_xor_si512(s->c, s->a);
    s->d = _mm512_xor_si512(s->d, s->b);
    s->b = _mm512_xor_si512(s->b, s->c);
    s->a = _mm512_xor_si512(s->a, s->d);
    s->c = _mm512_xor_si512(s->c, shifted);
    s->d = _mm512_rol_epi64(s->d, 45);
    return result;
}

/* mlg_deal_number() of each, by halves of 32 bits: a range has no more. */
WIDE static inline __m512i number(__m512i *left, uint32_t below)
{
    const __m512i range = _mm512_set1_epi64(below), half = _mm512_set1_epi64(UINT32_MAX);
    const __m512i low = _mm512_mul_epu32(*left, range);
    const __m512i high = _mm512_add_epi64(_mm512_mul_epu32(_mm512_srli_epi64(*left, 32), range),
                                          _mm512_srli_epi64(low, 32));
    *left = _mm512_or_si512(_mm512_slli_epi64(high, 32), _mm512_and_si512(low, half));
    return _mm512_srli_epi64(high, 32);
}

/* Streams whose word may be refused, seldom: each says for itself, and draws again. */
WIDE static __m512i again(eight *s, __m512i left, uint32_t range, uint64_t product, __m512i four)
{
    uint64_t fraction[8], dealt[8];
    mlg_random draw[8];
    uint64_t state[4][8];

    _mm512_storeu_si512(fraction, left);
    _mm512_storeu_si512(dealt, four);
    _mm512_storeu_si512(state[0], s->a);
    _mm512_storeu_si512(state[1], s->b);
    _mm512_storeu_si512(state[2], s->c);
    _mm512_storeu_si512(state[3], s->d);
    for (int i = 0; i < 8; i++) {
        if (mlg_deal_refused(fraction[i], product)) {
            draw[i] = (mlg_random){{state[0][i], state[1][i], state[2][i], state[3][i]}};
            dealt[i] = deal_four(&draw[i], range);
            for (int k = 0; k < 4; k++) {
                state[k][i] = draw[i].word[k];
            }
        }
    }
    *s = (eight){_mm512_loadu_si512(state[0]), _mm512_loadu_si512(state[1]),
                 _mm512_loadu_si512(state[2]), _mm512_loadu_si512(state[3])};
    return _mm512_loadu_si512(dealt);
}

WIDE static void deal_eight(const mlg_random *stream, int32_t n, int32_t words, uint64_t *word)
{
    const __m512i in_state = _mm512_set_epi64(28, 24, 20, 16, 12, 8, 4, 0);
    const __m512i in_words = _mm512_set_epi64(7LL * words, 6LL * words, 5LL * words, 4LL * words,
                                              3LL * words, 2LL * words, words, 0);
    const uint64_t *state = stream->word;
    eight s = {_mm512_i64gather_epi64(in_state, state, 8),
               _mm512_i64gather_epi64(in_state, state + 1, 8),
               _mm512_i64gather_epi64(in_state, state + 2, 8),
               _mm512_i64gather_epi64(in_state, state + 3, 8)};

    for (int32_t w = 0; w < words; w++) {
        const uint32_t range = (uint32_t) (n - 4 * w);
        const uint64_t r = range, product = r * (r - 1) * ((r - 2) * (r - 3));
        __m512i left = next(&s);
        const __m512i a = number(&left, range), b = number(&left, range - 1);
        const __m512i c = number(&left, range - 2), d = number(&left, range - 3);
        __m512i four =
            _mm512_or_si512(_mm512_or_si512(a, _mm512_slli_epi64(b, 16)),
                            _mm512_or_si512(_mm512_slli_epi64(c, 32), _mm512_slli_epi64(d, 48)));
        if (_mm512_cmplt_epu64_mask(left, _mm512_set1_epi64((long long) product)) != 0) {
            four = again(&s, left, range, product, four);
        }
        _mm512_i64scatter_epi64(word + w, in_words, four, 8);
    }
}
#endif

void mlg_deal_words(const mlg_random *stream, int32_t n, int32_t words, uint64_t *word)
{
#ifdef X86
    if (__builtin_cpu_supports("avx512f")) {
        deal_eight(stream, n, words, word);
        return;
    }
#endif
    deal_any(stream, n, words, word);
}
