/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_COVER_H
#define MLG_MEASURE_COVER_H

#include "measure/perimeters.h"

/* The cover of all units by one kind of thing. A unit that several hold in part is covered
 * at least by the largest part, at most by their sum. */
typedef struct mlg_cover {
    double *most_of_one; /* [n_units] 0 where the shares of those that hold it are unknown */
    double *sum;         /* [n_units] above 0 where anything holds it */
    int32_t rows;        /* in force that could say where, but those known to lie wholly outside the
                            study's own territory, where it has one */
    int32_t placed;      /* of them, that do */
} mlg_cover;

/* What a cover comes to, over the units that are asked. */
typedef struct mlg_cover_sums {
    double units, covered, partly; /* numbers of units */
    double least, most;            /* units covered, parts counted as parts */
    double people, people_covered; /* of known populations; covered at least */
    double people_most;            /* covered at most */
    double unknown;                /* units of unknown population */
    double unknown_covered;        /* of these, those that are covered, in whole or in part */
    double unknown_left;           /* and those that are not, or not wholly */
} mlg_cover_sums;

/* What may cover a unit. */
typedef enum mlg_covering {
    MLG_BY_SCHEMES,
    MLG_BY_REFERENTS,
    MLG_BY_ACTIVITIES,
    MLG_BY_SITES,
    MLG_BY_SCHEME_KIND,
    MLG_BY_PERIMETERS
} mlg_covering;

mlg_status mlg_cover_open(const mlg_perimeters *perimeters, mlg_cover *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_cover_free(mlg_cover *cover);
void mlg_cover_clear(const mlg_perimeters *perimeters, mlg_cover *cover);
/* Does the territory hold a unit that counts? One that does not is no place of the study: a code
 * that its tables lack, a body that nobody took apart. */
bool mlg_is_placed(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id territory);
/* Does it hold one that is asked? */
bool mlg_is_inside(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id territory);
/* One row that could say where: its territories, -1 unknown. */
void mlg_cover_row(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *to,
                   const mlg_id *territories, size_t n);
mlg_cover_sums mlg_cover_sum(const mlg_perimeters *perimeters, const mlg_cover *cover);
/* The share of known inhabitants that is covered, and how many are left. NaN where all who are
 * covered, or all who are left, live in units of unknown population: never 0, never everybody. */
double mlg_cover_people(const mlg_cover_sums *sums);
/* The same share at most: above the other where parts of units are held, or not known. */
double mlg_cover_people_most(const mlg_cover_sums *sums);
double mlg_cover_people_left(const mlg_cover_sums *sums);

/* Clears the cover, then adds all of one kind in force: `code` is a kind of scheme, or the scale of
 * the perimeters. */
void mlg_cover_make(const mlg_model *model, const mlg_perimeters *perimeters, mlg_covering by,
                    int32_t code, mlg_cover *to);

/* Is a row of posts.csv an elected or health referent's, in force at the study's date? It may be
 * vacant. */
bool mlg_post_refers(const mlg_model *model, int32_t row);
/* Is it an elected official's: by its role, or by its contract, whatever its role? */
bool mlg_post_is_elected(const mlg_model *model, int32_t row);
/* Where a row of posts.csv acts: its own territory, else those of its schemes, each once. How many
 * to ask for, and one of them; -1: not known, or told before. */
size_t mlg_post_n_places(const mlg_model *model, int32_t row);
mlg_id mlg_post_place(const mlg_model *model, int32_t row, size_t i);
/* Is each place a post acts in known to lie outside the study's own territory (mlg_outside_of)? */
bool mlg_post_is_elsewhere(const mlg_model *model, int32_t row, const bool *outside);
/* Such posts that are not said to be vacant: one whose holder is unknown is a referent on
 * record. */
void mlg_cover_by_referents(const mlg_model *model, const mlg_perimeters *perimeters,
                            mlg_cover *to);

/* Are all these territories communes, as territories.csv says? */
bool mlg_are_communes(const mlg_model *model, const mlg_id *territory, size_t n);

/* Does the study know any unit? */
bool mlg_perimeters_have_units(const mlg_perimeters *perimeters);

#endif
