/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LINEAGE_H
#define MLG_MEASURE_LINEAGE_H

#include "measure/context.h"

/* A scheme and one it grew out of, by schemes.csv: at one step its parent, at two a parent of it.
 * Schemes of the past are in it. */
typedef struct mlg_descent {
    mlg_id parent, child;
    int32_t steps; /* the fewest there are */
} mlg_descent;

typedef struct mlg_lineage {
    mlg_descent *items; /* by steps, then as the schemes are numbered */
    size_t n, room;
    size_t direct;   /* first items: parents */
    size_t schemes;  /* of the study, past ones too */
    size_t children; /* with a parent on record */
    size_t recorded; /* with a parent, or said to have none */
    int32_t *place;  /* [parties] number of a scheme, -1: no scheme */
    mlg_id *scheme;  /* [schemes] */
    bool *is_told;   /* [schemes] a parent is on record, or said to be none */
} mlg_lineage;

/* A scheme that stands among its own ancestors is not one. Empty after a failure. */
mlg_status mlg_lineage_of(const mlg_model *model, mlg_lineage *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_lineage_free(mlg_lineage *lineage);

/* What chance would have a parent and its child share. */
typedef struct mlg_lineage_chance {
    bool asked;
    double expected; /* organisations of both; NaN where not asked or not drawn */
    double p;        /* as many or more */
} mlg_lineage_chance;

/* Fills those asked of the first n items from as many draws as work allows, into `draws`. The null
 * is "margins": who attends which activity, of all time, with both margins and the zeros of
 * meeting_zeros.c kept; whoever attends much is in many schemes by that alone. */
mlg_status mlg_lineage_expect(const mlg_model *model, const mlg_lineage *lineage,
                              const mlg_run *run, mlg_lineage_chance *chance, size_t n,
                              uint32_t *draws, mlg_error *err) MLG_MUST_CHECK;

/* First day of a scheme over its rows: {first, last} of that date; all days when none is known. */
mlg_span mlg_scheme_began(const mlg_model *model, mlg_id scheme);

/* Years from one date to another, each at the first day it can mean; NaN when one is unknown. */
double mlg_years_between(mlg_span from, mlg_span to);

/* Do two schemes have a carrier in common, whenever? 1, 0, or NaN: not known of one of them. */
double mlg_same_carrier(const mlg_model *model, mlg_id a, mlg_id b);

#endif
