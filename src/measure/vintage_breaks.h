/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_VINTAGE_BREAKS_H
#define MLG_MEASURE_VINTAGE_BREAKS_H

#include "measure/value.h"
#include "measure/vintages.h"

/* What a day's changes did to how perimeters lie, and to ties between organisations. */
typedef struct mlg_breaks {
    double broken;   /* pairs nested or equal the day before, that cross now */
    double mended;   /* pairs that crossed the day before, nested or equal now */
    double together; /* ties whose ends were in one of the perimeters that changed */
    double ties;     /* of these, those whose ends no perimeter of its scale holds both any more */
} mlg_breaks;

/* A pair that a day broke. */
typedef struct mlg_broken_pair {
    mlg_id a, b;
    int32_t day;
    double outside, people; /* share of the one that was inside now outside, its inhabitants */
} mlg_broken_pair;

typedef struct mlg_broken {
    mlg_broken_pair *items; /* by day, then a, b */
    size_t n, room;
} mlg_broken;

/* Appends the pairs that the day broke. */
mlg_status mlg_breaks_of(const mlg_model *model, const mlg_perimeters *perimeters,
                         const mlg_vintages *vintages, int32_t day, mlg_breaks *out,
                         mlg_broken *broken, mlg_error *err) MLG_MUST_CHECK;

/* As a list of pairs, the 1,000 with most inhabitants outside first; nothing when there is none. */
mlg_status mlg_broken_list(const mlg_broken *broken, const char *id, int32_t view, mlg_values *out,
                           mlg_error *err) MLG_MUST_CHECK;
void mlg_broken_free(mlg_broken *broken);

#endif
