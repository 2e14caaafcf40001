/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_DYADS_H
#define MLG_MEASURE_DYADS_H

#include "measure/context.h"

/* What the study records of two organisations, over the 12 months up to its date: persons,
 * services and posts count for their organisation. */
typedef struct mlg_dyad {
    mlg_id a, b;        /* a < b */
    int32_t activities; /* attended by both, agreements apart */
    bool tied;   /* a tie says that they work together, or does not say of which kind it is */
    bool agreed; /* bound by an agreement */
    int32_t trust_rows;
    double trust; /* mean over the rows that give a figure, NaN when none does */
} mlg_dyad;

enum {
    MLG_STRONG_ACTIVITIES = 3, /* that two organisations share, to work closely */
    MLG_CROWD = 50,            /* an activity of more organisations than this makes no pairs */
};

typedef struct mlg_dyads {
    mlg_dyad *items; /* by a and b */
    size_t n, room;
    mlg_id *party; /* [n_parties] organisations on record in ties and activities, ascending */
    int32_t n_parties;
    double crowded;    /* activities left out of pairs */
    double agreements; /* rows of ties and activities that are agreements */
} mlg_dyads;

/* MLG_ESIZE when there are too many pairs. Empty after a failure. */
mlg_status mlg_dyads_of(const mlg_model *model, mlg_dyads *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_dyads_free(mlg_dyads *dyads);

static inline bool mlg_dyad_works(const mlg_dyad *dyad)
{
    return dyad->tied || dyad->activities > 0;
}

/* Said to work together and seen together, or seen together three times. */
static inline bool mlg_dyad_works_closely(const mlg_dyad *dyad)
{
    return (dyad->tied && dyad->activities > 0) || dyad->activities >= MLG_STRONG_ACTIVITIES;
}

#endif
