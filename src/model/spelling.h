/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_SPELLING_H
#define MLG_MODEL_SPELLING_H

#include "model/model.h"

/* Looks for the listed spelling nearest to an unlisted one. Made at the first question;
 * the work in all is bounded, so that a study of a million strangers stays linear: after
 * the bound only spellings with the very same key are found. */
typedef struct mlg_spellings {
    mlg_names keys;    /* folded spellings */
    mlg_id *id;        /* [keys.n] whose spelling */
    const char **text; /* [keys.n] as written; lives in the model */
    size_t id_room, text_room;
    size_t searched; /* questions that went through all keys */
    size_t scanned;  /* keys they looked at */
    size_t compared; /* edit distances computed */
    bool ready, failed;
} mlg_spellings;

/* Adds a spelling of an id. The text must outlive the collection. */
void mlg_spellings_add(mlg_spellings *nearest, const char *text, mlg_id id);
/* Nearest spelling and its id in *id; NULL when none is near. */
const char *mlg_spellings_find(mlg_spellings *nearest, const char *text, mlg_id *id);
void mlg_spellings_free(mlg_spellings *nearest);

#endif
