/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WAVES_SPELLS_H
#define MLG_MEASURE_WAVES_SPELLS_H

#include "measure/context.h"

/* Who held each post, from when to when: rows of posts.csv up to the study's date. A year or a
 * month alone counts as its middle. */

/* Days without a date. */
#define MLG_NO_DAY NAN

/* How a spell ended. */
typedef enum mlg_ending {
    MLG_STILL_HELD, /* at the study's date, as far as the rows say */
    MLG_DEPARTED,   /* another person follows, or a row that says vacant */
    MLG_LOST_SIGHT, /* its end has passed and nothing follows, or nobody knows who does */
} mlg_ending;

/* Successive rows of one post with one holder. */
typedef struct mlg_spell {
    mlg_id person;     /* -1: unknown, MLG_VACANT: nobody */
    int32_t post;      /* number of the post: spells of one are neighbours, by time */
    int32_t first, n;  /* rows[first .. first + n - 1] of the list */
    double start, end; /* days; NaN: unknown. The end is the first day after, or the last day
                          seen */
    mlg_ending ending;
    bool elected; /* a mandate: not a tenure that somebody chooses to leave */
    bool coordinates;
    int32_t contract; /* of its last row, -1: unknown */
} mlg_spell;

typedef struct mlg_spells {
    mlg_spell *items;
    size_t n;
    int32_t *rows; /* of posts.csv, by spell, then by time */
} mlg_spells;

/* The study must have a date. Rows that begin after it are not read. */
mlg_status mlg_spells_of(const mlg_model *model, mlg_spells *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_spells_free(mlg_spells *spells);

/* Middle of a span of days, NaN when an end of it is open. */
double mlg_middle_day(mlg_span span);

#endif
