/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random_gsl.h"

#include <string.h>

static void gsl_set(void *state, unsigned long int seed)
{
    const mlg_random stream = mlg_random_stream(seed, "gsl", "", 0);
    memcpy(state, &stream, sizeof stream);
}

static unsigned long int gsl_get(void *state)
{
    return (unsigned long int) mlg_random_next(state);
}

static double gsl_get_double(void *state)
{
    return mlg_random_unit(state);
}

const gsl_rng_type *mlg_random_gsl_type(void)
{
    static const gsl_rng_type type = {
        .name = "maillage-xoshiro256++",
        .max = UINT64_MAX,
        .min = 0,
        .size = sizeof(mlg_random),
        .set = gsl_set,
        .get = gsl_get,
        .get_double = gsl_get_double,
    };
    return &type;
}

void mlg_random_gsl_set(gsl_rng *rng, mlg_random stream)
{
    memcpy(rng->state, &stream, sizeof stream);
}
