/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_OF_ACTORS_H
#define MLG_MEASURE_OF_ACTORS_H

#include "measure/context.h"

/* Fills the scores of a value whose rows are the view's actors. Sets *why when no row turns out to
 * be defined. */
typedef mlg_status mlg_fill_actors(mlg_context *context, int32_t view, mlg_value *value,
                                   mlg_text_key *why, mlg_error *err);

/* Appends a measure of actors, or why there is none. */
mlg_status mlg_of_actors(mlg_context *context, const char *id, int32_t view, int32_t least_actors,
                         mlg_fill_actors *fill, mlg_values *out, mlg_error *err);
/* One more named column of it, NaN to begin with. */
mlg_status mlg_add_part(mlg_value *value, const char *name, double **part, mlg_error *err);

#endif
