/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SHARED_BODIES_H
#define MLG_MEASURE_SHARED_BODIES_H

#include "measure/scheme_set.h"
#include "measure/sittings.h"

/* Bodies of a scheme in force, those of the 12 months up to the study's date. */
typedef struct mlg_own_bodies {
    double bodies, shared; /* shared: with another scheme in force */
    double steering, steering_shared;
    double others; /* schemes it shares with */
} mlg_own_bodies;

/* Two schemes in force that share a body. */
typedef struct mlg_sharing {
    int32_t a, b;  /* places in the set, a < b */
    double shared; /* bodies */
    int32_t since; /* first day that a shared body is known to begin at; MLG_EVER_FIRST: none */
} mlg_sharing;

typedef struct mlg_shared_bodies {
    mlg_scheme_set schemes;
    mlg_own_bodies *own; /* [schemes.n] */
    mlg_sharing *pairs;  /* by a, b */
    size_t n_pairs, room;
    mlg_id *bodies; /* that serve several */
    size_t n_bodies;
    double all; /* bodies of some scheme in force */
} mlg_shared_bodies;

/* Empty after a failure. */
mlg_status mlg_shared_bodies_of(const mlg_model *model, mlg_shared_bodies *out,
                                mlg_error *err) MLG_MUST_CHECK;
void mlg_shared_bodies_free(mlg_shared_bodies *shared);

/* Places of the schemes in force of an activity, each once and ascending, at most `room`. */
size_t mlg_schemes_served(const mlg_model *model, const mlg_scheme_set *set, mlg_id activity,
                          int32_t *out, size_t room);

#endif
