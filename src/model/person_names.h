/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_PERSON_NAMES_H
#define MLG_MODEL_PERSON_NAMES_H

#include "model/model.h"

/* Spellings of persons' names that may be one person's: "C. Morel", "Claire Morel", "MOREL Claire",
 * "Mme Morel Claire". Never two full first names: "Claire Morel" and "Chantal Morel" are two. */

/* Appends the words a name is made of, parted by spaces: folded, dots parting too, without the
 * titles that stand before it. */
void mlg_person_key(const char *text, mlg_buffer *out);
/* May two keys be one person's? The same words in any order; or full words in common, and what is
 * left of one the initials of what is left of the other. Initials alone must agree in order. */
bool mlg_person_keys_agree(const char *a, const char *b);

/* Names met so far, by their words. */
typedef struct mlg_person_names {
    mlg_names key;  /* of all spellings */
    mlg_id *party;  /* [key.n] the first with the key */
    mlg_names word; /* full words, and whole keys of initials */
    int32_t *first; /* [word.n] newest entry */
    int32_t *n;     /* [word.n] */
    struct mlg_person_entry {
        int32_t key, next;
    } * entry;
    size_t n_entries, party_room, first_room, n_room, entry_room;
    bool failed; /* memory was short */
} mlg_person_names;

/* Adds a name of a party; one that is there already is not added again. */
void mlg_person_names_add(mlg_person_names *names, const char *text, mlg_id party);
/* Tells `found` of each name there that may be the same person's, once, but the party's own. A
 * word that over a hundred names share is passed over: the work stays linear. */
void mlg_person_names_find(mlg_person_names *names, const char *text, mlg_id party,
                           void (*found)(void *context, mlg_id other), void *context);
void mlg_person_names_free(mlg_person_names *names);

#endif
