/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SUMMARY_H
#define MLG_MEASURE_SUMMARY_H

#include "measure/value.h"

typedef struct mlg_figure {
    const char *name; /* static */
    double value;
} mlg_figure;

/* One number of the whole, with named figures beside it. */
typedef struct mlg_summary {
    const char *id;
    int32_t view;
    const char *convention; /* NULL: the row's direction */
    double value;           /* NaN with `why` */
    bool bounded;           /* low and high are given */
    double low, high;
    mlg_text_key why, caution;
    const mlg_figure *figures;
    size_t n_figures;
} mlg_summary;

/* Appends it as a scalar of the network, whatever the shape of the measure's row. */
mlg_status mlg_values_summary(mlg_values *out, const mlg_summary *summary,
                              mlg_error *err) MLG_MUST_CHECK;

/* What chance gives beside the number: a column of the value. */
typedef struct mlg_chance {
    mlg_value_column column;
    double number;
} mlg_chance;

/* Says of the scalar appended last that it was held against so many draws of a null model, the
 * greater the rarer. Without a draw only which null it is. */
mlg_status mlg_values_against(mlg_values *out, const char *null_model, size_t draws,
                              const mlg_chance *chance, size_t n, mlg_error *err) MLG_MUST_CHECK;

/* One number a subject, or a pair of them, with parts beside it. */
typedef struct mlg_listing {
    const char *id;
    int32_t view;
    mlg_scope scope;
    bool pairs;             /* subject [2n]: two a row */
    size_t total;           /* rows there would be, 0: n */
    const char *convention; /* NULL: the row's direction */
    mlg_text_key why;       /* said when no row has a number */
    const char *const *parts;
    size_t n_parts;
    const mlg_id *subject; /* [n], or [2n] */
    const double *figure;  /* [n * (1 + n_parts)]: the number, then its parts */
    size_t n;
} mlg_listing;

/* Appends it as a list, whatever the shape of the measure's row. */
mlg_status mlg_values_listing(mlg_values *out, const mlg_listing *listing,
                              mlg_error *err) MLG_MUST_CHECK;

/* Drops the values after the first n: what a measure of several had appended when it failed. */
static inline void mlg_values_cut(mlg_values *values, size_t n)
{
    while (values->n > n) {
        mlg_values_drop(values);
    }
}

#endif
