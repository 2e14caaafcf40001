/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_REST_H
#define MLG_MEASURE_REST_H

#include "measure/departure.h"
#include "measure/sets_of.h"

/* What a view is in when one leaver has gone and, at worst, none of its rows is left: pieces, and
 * the pairs across sectors that joining two of them would bring back. */
typedef struct mlg_rest {
    int32_t n;       /* pieces that were one with another before the departure */
    int32_t *of;     /* [actors] piece, or -1: the departure did not touch its component */
    int64_t *cross;  /* [n * n] cross-sector pairs of counted actors between two pieces */
    int32_t home;    /* piece of the organisation that who leaves belongs to, or -1 */
    mlg_id employer; /* that organisation, or -1 */
    int64_t lost;    /* pairs connected today and no longer: the sum of `cross` over pairs */
} mlg_rest;

/* More pieces than this are not compared. */
enum { MLG_MOST_PIECES = 3000 };

/* `activities`: those that it alone convenes have stopped too. n = 0 when nothing is cut off.
 * MLG_ESIZE past MLG_MOST_PIECES. Cost: O(n + m + pieces^2 c^2) for c sets of sectors. */
mlg_status mlg_rest_of(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                       int32_t leaver, bool activities, mlg_cutter *cutter, mlg_rest *out,
                       mlg_error *err) MLG_MUST_CHECK;
void mlg_rest_free(mlg_rest *rest);

static inline int64_t mlg_rest_cross(const mlg_rest *rest, int32_t a, int32_t b)
{
    return rest->cross[(size_t) a * (size_t) rest->n + (size_t) b];
}

/* Joining pieces: `joined` [n] is opened, pieces are joined, and the pairs inside the sets are
 * counted (union_find.h). */
void mlg_rest_open(const mlg_rest *rest, int32_t *joined);
void mlg_rest_join(int32_t *joined, int32_t a, int32_t b);
int64_t mlg_rest_kept(const mlg_rest *rest, int32_t *joined);

/* A set of pieces (or of other things that weigh by pairs). */
enum { MLG_MOST_CHOSEN = 32 };
typedef struct mlg_chosen {
    int32_t n;
    int32_t item[MLG_MOST_CHOSEN]; /* in the order that brings most at each step */
    int64_t gain[MLG_MOST_CHOSEN]; /* with the items up to this one */
    bool proven;                   /* no set of this size brings more */
} mlg_chosen;

/* The `k` of the candidates that, joined with each other and with `home` (-1: with nothing else),
 * bring back most pairs: every set is tried while there are at most a million, else one is built
 * step by step and mended by exchanges, and not proven. Candidates that bring nothing are left
 * out. */
void mlg_choose_pieces(const mlg_rest *rest, int32_t home, const int32_t *candidate, int32_t n,
                       int32_t k, mlg_chosen *out);

#endif
