/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_EXPECTED_SEATS_H
#define MLG_MODEL_EXPECTED_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/text.h"

/* Who is expected in a steering committee: the shipped list (expected_seats.def), or the study's:
 *
 *     expected.copil;ars|caf|hospital|commune|Maison des adolescents
 *
 * Each word is a seat of the shipped list (its key or its title), else a type of institution, else
 * a sector, else a member's own name or id. */

struct mlg_model;

/* At most, so that the seats found are bits. */
enum { MLG_MOST_SEATS = 60 };

typedef struct mlg_expected_seat {
    const char *convention;      /* "seat.ars", "seat.1" for the first own word */
    mlg_text_key title;          /* T_none: the study's own, `word` */
    const char *word;            /* as the study says it */
    int shipped;                 /* number in the shipped list, or -1 */
    int32_t institution, sector; /* of an own one, -1: not asked */
    const char *name;            /* of an own one, folded: that of the member; NULL: not asked */
} mlg_expected_seat;

/* What a member says of itself. */
typedef struct mlg_member_codes {
    bool elected;                             /* by its role or its post */
    int32_t role, institution, sector, level; /* codes, -1: unknown */
    const char *name, *id;                    /* folded */
} mlg_member_codes;

/* The list that holds for a study. */
const mlg_expected_seat *mlg_expected_seats(const struct mlg_model *model, size_t *n);
/* Does the study give a list of its own? */
bool mlg_expected_seats_own(const struct mlg_model *model);

/* Seats of the list that a member takes, as bits. */
uint64_t mlg_seats_taken(const mlg_expected_seat *seats, size_t n, const mlg_member_codes *member);

#endif
