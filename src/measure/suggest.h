/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SUGGEST_H
#define MLG_MEASURE_SUGGEST_H

#include <stddef.h>

/* Writes the ids (at most three, the nearest first) that someone who typed `name` may have meant,
 * separated by ", ". Always terminated when room > 0. */
void mlg_nearest_measures(const char *name, char *out, size_t room);

#endif
