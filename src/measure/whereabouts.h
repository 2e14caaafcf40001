/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WHEREABOUTS_H
#define MLG_MEASURE_WHEREABOUTS_H

#include "graph/graph.h"

/* Where each subject of a view serves residents at the study's date: its sites, and the posts that
 * somebody may hold; only where neither says, its own territory (a seat is not a site). A pair may
 * come several times. */
typedef struct mlg_whereabouts {
    int32_t *subject; /* [n] what the view makes of a party */
    mlg_id *territory;
    size_t n, subject_room, territory_room;
} mlg_whereabouts;

/* Freed by mlg_whereabouts_free() whatever the answer. */
mlg_status mlg_whereabouts_of(const mlg_graph *graph, mlg_whereabouts *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_whereabouts_free(mlg_whereabouts *where);

#endif
