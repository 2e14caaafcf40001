/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/nearest.h"

#include <stdio.h>
#include <string.h>

#include "maillage/measure.h"

enum { MOST_LETTERS = 63, SHOWN = 3 };

/* Letters to insert, drop or change to make one text the other; only the first 63 count. */
static size_t edits(const char *a, const char *b)
{
    const size_t n = strnlen(a, MOST_LETTERS), m = strnlen(b, MOST_LETTERS);
    size_t row[MOST_LETTERS + 1];

    for (size_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t change = diagonal + (a[i - 1] != b[j - 1]);
            const size_t shift = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
            diagonal = row[j];
            row[j] = change < shift ? change : shift;
        }
    }
    return row[m];
}

/* Distance of a typed name from an id. Who types "betweenness" or "netwrok.density" may leave the
 * family out or misspell a part, so that the part after the family counts alone too. */
static size_t distance(const char *name, const char *id)
{
    const char *dot = strchr(id, '.');
    const char *last = dot != NULL ? dot + 1 : id;
    const size_t whole = edits(name, id), part = edits(name, last);

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
