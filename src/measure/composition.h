/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_COMPOSITION_H
#define MLG_MEASURE_COMPOSITION_H

#include "measure/sittings.h"

/* Who sits in a steering committee of the 12 months up to the study's date, or in those of a
 * scheme together. */
typedef struct mlg_committee {
    mlg_id subject;   /* the activity, or the scheme */
    double bodies;    /* of a scheme: its committees; 1 */
    double known;     /* of them with somebody on record */
    uint64_t asked;   /* expected seats, as bits */
    uint64_t taken;   /* of them: who takes them is on record */
    double members;   /* organisations */
    double unclassed; /* of them that say neither type nor sector, and take no seat */
    double known_sector;
    double sectors;             /* different ones of its members */
    double blau, expected_blau; /* of as many members drawn from all that sit anywhere */
} mlg_committee;

typedef struct mlg_composition {
    const mlg_expected_seat *seats;
    size_t n_seats;
    mlg_committee *bodies; /* by activity */
    size_t n_bodies;
    mlg_committee *schemes; /* in force, with a committee; by id */
    size_t n_schemes;
    double sectors; /* of all who sit anywhere in these months */
} mlg_composition;

/* Empty after a failure. */
mlg_status mlg_composition_of(const mlg_model *model, mlg_composition *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_composition_free(mlg_composition *composition);

/* Seats that are expected; that somebody takes; that nobody on record takes, not even if each
 * unclassed member did. */
double mlg_committee_asked(const mlg_committee *committee);
double mlg_committee_found(const mlg_committee *committee);
double mlg_committee_missing(const mlg_committee *committee);

/* Blau's index of n things, `sharing` of whose n^2 ordered pairs (a thing with itself too) share a
 * group: 1 - sum p^2 where each is of one. */
double mlg_blau(double sharing, double n);
/* Its mean for k things drawn without replacement from n. */
double mlg_blau_expected(double sharing, double n, double k);

/* Does the list speak of a committee? The shipped one is of health promotion: of an ASV, a CLS, an
 * RLPS, a local health plan; the study's own of all, that of a scheme or a kind of its schemes. */
bool mlg_list_fits(const mlg_model *model, mlg_id activity);
/* Which list is a committee asked for? A text. */
mlg_text_key mlg_list_of(const mlg_model *model, mlg_id activity);

/* Is an activity a steering committee, by its row in force? */
bool mlg_is_steering(const mlg_model *model, mlg_id activity);

#endif
