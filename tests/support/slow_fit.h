/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SLOW_FIT_H
#define SLOW_FIT_H

#include <stdbool.h>

#include "maillage/scale.h"

enum { FIT_UNITS = 7, FIT_PERIMETERS = 12, FIT_KINDS = 3 };

/* Small random perimeters as sets of bits, of three scales, and as a text for model_fixture.h:
 * units u0.., perimeters T0... Units of a perimeter are held whole. */
typedef struct fit_study {
    int n_units, n_perimeters;
    int people[FIT_UNITS];
    unsigned in[FIT_PERIMETERS]; /* units */
    int kind[FIT_PERIMETERS];
    char text[8192];
} fit_study;

/* Codes of the scales, in the order of the vocabulary. */
extern const char *const fit_scales[FIT_KINDS];

/* With `split`, the perimeters of each scale share the units out. */
void fit_study_make(fit_study *study, unsigned long stream, bool split);

double slow_people(const fit_study *study, unsigned units);
/* From the sets alone; with slivers left out when `tolerant`. */
mlg_perimeter_relation slow_relation(const fit_study *study, int a, int b, bool tolerant);

/* Information in bits of two partitions of n things, term by term; weight NULL = 1. */
double slow_vi(const int *a, const int *b, const double *weight, int n);
/* Adjusted mutual information, its expectation over every order of b. */
double slow_ami(const int *a, const int *b, int n);

#endif
