/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_COVER_H
#define MLG_MEASURE_COVER_H

#include "measure/perimeters.h"

/* The cover of all units by one kind of thing. A unit that several hold in part is covered
 * at least by the largest part, at most by their sum. */
typedef struct mlg_cover {
    double *most_of_one; /* [n_units] */
    double *sum;         /* [n_units] */
    int32_t rows;        /* in force that could say where */
    int32_t placed;      /* of them, that do */
} mlg_cover;

/* What a cover comes to, over the units that count. */
typedef struct mlg_cover_sums {
    double units, covered, partly; /* numbers of units */
    double least, most;            /* units covered, parts counted as parts */
    double people, people_covered; /* of known populations */
    double unknown;                /* units of unknown population */
} mlg_cover_sums;

mlg_status mlg_cover_open(const mlg_perimeters *perimeters, mlg_cover *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_cover_free(mlg_cover *cover);
void mlg_cover_clear(const mlg_perimeters *perimeters, mlg_cover *cover);
/* One row that could say where: its territories, -1 unknown. */
void mlg_cover_row(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *to,
                   const mlg_id *territories, size_t n);
mlg_cover_sums mlg_cover_sum(const mlg_perimeters *perimeters, const mlg_cover *cover);

/* Is a row of posts.csv an elected or health referent's, in force at the study's date? It may be
 * vacant. */
bool mlg_post_refers(const mlg_model *model, int32_t row);
/* Such posts that are not said to be vacant: one whose holder is unknown is a referent on
 * record. */
void mlg_cover_by_referents(const mlg_model *model, const mlg_perimeters *perimeters,
                            mlg_cover *to);

/* Does the study know any unit? */
bool mlg_perimeters_have_units(const mlg_perimeters *perimeters);

#endif
