/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/suggest.h"

#include <stdio.h>
#include <string.h>

#include "maillage/measure.h"

enum { SHOWN = 3 };

/* Distance of a typed name from an id. Who types "betweenness" or "netwrok.density" may leave the
 * family out or misspell a part, so that the part after the family counts alone too. */
static size_t distance(const char *name, const char *id)
{
    const char *dot = strchr(id, '.');
    const char *last = dot != NULL ? dot + 1 : id;
    const size_t whole = mlg_text_distance(name, id), part = mlg_text_distance(name, last);

    return strstr(id, name) != NULL ? 0 : whole < part ? whole : part;
}

void mlg_nearest_measures(const char *name, char *out, size_t room)
{
    const mlg_measure *rows = mlg_measures(), *taken[SHOWN] = {NULL};
    size_t used = 0;

    out[0] = '\0';
    for (size_t k = 0; k < SHOWN; k++) {
        const mlg_measure *best = NULL;
        for (const mlg_measure *row = rows; row->id != NULL; row++) {
            bool is_new = true;
            for (size_t t = 0; t < k; t++) {
                is_new = is_new && taken[t] != row;
            }
            if (is_new && (best == NULL || distance(name, row->id) < distance(name, best->id))) {
                best = row;
            }
        }
        if (best == NULL || used >= room) {
            break;
        }
        taken[k] = best;
        used += (size_t) snprintf(out + used, room - used, "%s%s", k > 0 ? ", " : "", best->id);
    }
}
