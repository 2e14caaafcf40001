/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CLOSURE_H
#define MLG_MEASURE_CLOSURE_H

#include "measure/shared_bodies.h"

/* Which schemes in force share bodies, now and through the years. (scheme_closure.c) */

/* Triads of more schemes are not looked at; schemes begun within this many years of each other
 * were created together. */
enum { MLG_MOST_CLOSURE = 200, MLG_TOGETHER_YEARS = 2 };

typedef struct mlg_closure {
    mlg_shared_bodies shared;
    int32_t *now;        /* [n n] bodies of the two in the 12 months; NULL: too many schemes */
    int32_t *first_year; /* [n n] a body of the two began, 0: none that says when */
    mlg_span *began;     /* [n] */
    double undated;      /* bodies of several schemes that do not say when they began */
} mlg_closure;

/* Empty after a failure. */
mlg_status mlg_closure_of(const mlg_model *model, mlg_closure *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_closure_free(mlg_closure *closure);

/* Do two schemes share a body now; did one begin by the end of a year? */
bool mlg_closure_now(const mlg_closure *closure, size_t a, size_t b);
bool mlg_closure_by(const mlg_closure *closure, size_t a, size_t b, int32_t year);
/* Were three schemes created together? `youngest`: the year of the last. */
bool mlg_closure_together(const mlg_closure *closure, size_t i, size_t j, size_t k,
                          int32_t *youngest);
/* Themes of both; NaN where one says none. */
double mlg_themes_common(const mlg_model *model, mlg_id a, mlg_id b, double *of_a, double *of_b);

#endif
