/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_SIMILAR_H
#define MLG_INGEST_SIMILAR_H

#include <stdbool.h>

#include "base/names.h"
#include "maillage/error.h"

/* Edits within which two keys of this (the shorter's) length may be one name: short
 * words differ by one letter too easily. */
size_t mlg_similar_bound(size_t length);

/* May the key be a spelling at all? Codes and numbers are not: A0012 is not A0013. */
bool mlg_similar_is_word(const char *key, size_t length);

/* Do two keys differ by letters only? Numbers tell things apart: CLS 1, CLS 2. */
bool mlg_similar_same_digits(const char *a, size_t a_length, const char *b, size_t b_length);

/* Tells `found` of every two different keys within the bound of the shorter that differ in more
 * than numbers and acronyms, once, the lower id first. Answers MLG_ENOMEM when memory was short,
 * also in `found` (false).
 *
 * Two keys within b edits share one of b + 1 pieces of the shorter, moved by at most b
 * bytes: only keys with a piece in common are compared. A piece that over 100 keys share
 * ("association") tells nothing and is passed over. Cost: O(n) pieces looked up. */
mlg_status mlg_similar_pairs(const mlg_names *keys,
                             bool (*found)(void *context, int32_t a, int32_t b), void *context,
                             mlg_error *err) MLG_MUST_CHECK;

#endif
