/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_EXPECTED_SEATS_H
#define MLG_MODEL_EXPECTED_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"
#include "maillage/model.h"
#include "maillage/text.h"

/* Who is expected in a steering committee: the shipped list (expected_seats.def), or the study's,
 * or that of one scheme, or of a kind of schemes:
 *
 *     expected.copil;ars|caf|hospital|commune|Maison des adolescents
 *     expected.copil.CLSM;ars|mental_health|residents
 *     expected.copil.CLS-CAEN;ars|Ville de Caen
 *
 * Each word is a seat of the shipped list (its key or its title), else a type of institution, else
 * a sector, else a member's own name or id; who bears the word as name or id takes its seat in any
 * case. All lists are numbered as one: a list is some of its seats, as bits. */

struct mlg_model;

/* At most, in all lists together, so that seats are bits. */
enum { MLG_MOST_SEATS = 60 };

typedef struct mlg_expected_seat {
    const char *convention;      /* "seat.ars", "seat.1" for the first own word */
    mlg_text_key title;          /* T_none: the study's own, `word` */
    const char *word;            /* as the study says it */
    int shipped;                 /* number in the shipped list, or -1 */
    int32_t institution, sector; /* of an own one, -1: not asked */
    const char *name;            /* of an own one, the word folded; NULL: a shipped one */
} mlg_expected_seat;

/* What a member says of itself. */
typedef struct mlg_member_codes {
    bool elected;                             /* by its role or its post */
    int32_t role, institution, sector, level; /* codes, -1: unknown */
    const char *name, *id;                    /* folded */
} mlg_member_codes;

/* The list of a scheme, of a kind of schemes, or the study's general one. */
typedef struct mlg_seat_list {
    const char *whose; /* as study.csv writes it; NULL: the general one */
    int32_t row;       /* of study.csv */
    mlg_id scheme;     /* -1: of none */
    int32_t kind;      /* code of the schemes' kind, -1: of none */
    uint64_t asked;
} mlg_seat_list;

/* All seats that some list of the study has; the shipped ones where the general list is not its
 * own. */
const mlg_expected_seat *mlg_expected_seats(const struct mlg_model *model, size_t *n);
/* Does the study give a general list of its own? */
bool mlg_expected_seats_own(const struct mlg_model *model);
/* Has a scheme of the study a list of its own, or its kind? */
bool mlg_expected_seats_vary(const struct mlg_model *model);
/* Seats of the general list, as bits. */
uint64_t mlg_seats_general(const struct mlg_model *model);
/* Seats of the list of a scheme, else of its kind; 0: it has none. */
uint64_t mlg_seats_of_scheme(const struct mlg_model *model, mlg_id scheme);

/* Seats of the list that a member takes, as bits. */
uint64_t mlg_seats_taken(const mlg_expected_seat *seats, size_t n, const mlg_member_codes *member);

/* The shipped list, and the number of a word's seat in it, or -1 (for seat_lists.c). */
const mlg_expected_seat *mlg_shipped_seats(size_t *n);
int mlg_shipped_seat_of(const char *word);
/* Are two names the same without case, accents and the like? */
bool mlg_same_words(const char *a, const char *b);

#endif
