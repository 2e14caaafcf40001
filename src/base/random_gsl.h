/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_RANDOM_GSL_H
#define MLG_BASE_RANDOM_GSL_H

#include <gsl/gsl_rng.h>

#include "base/random.h"

/* The same generator for GSL's distributions: gsl_rng_alloc(mlg_random_gsl_type()),
 * then mlg_random_gsl_set() with a stream (gsl_rng_set cuts seeds to 32 bits). */
const gsl_rng_type *mlg_random_gsl_type(void);
void mlg_random_gsl_set(gsl_rng *rng, mlg_random stream);

#endif
