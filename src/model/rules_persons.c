/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/person_names.h"

/* "C. Morel" in posts.csv and "Claire Morel" in participations.csv are two persons for every
 * calculation. Nothing is merged: a doubt is told, at the row of the spelling that comes second. */

typedef struct doubt {
    mlg_model *model;
    const mlg_mentions *mentions;
    mlg_id person;
} doubt;

/* What a party is called: its name in actors.csv, else its id. */
static const char *name_of(const mlg_model *model, mlg_id party)
{
    const int32_t row = model->party_actor_row[party];
    const int32_t text = row >= 0 ? mlg_get_id(model, C_actors_name, row) : -1;
    return text >= 0 ? mlg_names_text(&model->texts, text) : mlg_names_text(&model->parties, party);
}

/* The row that names a party, else the one that lists it; false for one that nothing names. */
static bool place_of(const doubt *d, mlg_id party, mlg_place *out)
{
    const mlg_mention first = d->mentions->as_actor[party];
    const int32_t row = d->model->party_actor_row[party];
    if (first.row >= 0) {
        *out =
            mlg_place_of(d->model, mlg_schema_field(first.column)->table, first.row, first.column);
    } else if (row >= 0) {
        *out = mlg_place_of(d->model, MLG_ACTORS, row, C_actors_id);
    }
    return first.row >= 0 || row >= 0;
}

/* An id of its own beside the name: its author told it from the others. */
static bool has_own_id(const mlg_model *model, mlg_id party)
{
    return model->party_actor_row[party] >= 0 &&
           strcmp(name_of(model, party), mlg_names_text(&model->parties, party)) != 0;
}

/* Two rows of actors.csv with one name are told as such. */
static bool is_told(const mlg_model *model, mlg_id a, mlg_id b)
{
    char x[512], y[512];
    const char *one = name_of(model, a), *other = name_of(model, b);
    const size_t n = mlg_fold_short(MLG_FOLD_NAME, one, strlen(one), x, sizeof x);
    return model->party_actor_row[a] >= 0 && model->party_actor_row[b] >= 0 &&
           n == mlg_fold_short(MLG_FOLD_NAME, other, strlen(other), y, sizeof y) &&
           (n >= sizeof x || memcmp(x, y, n) == 0);
}

static void tell(void *context, mlg_id other)
{
    const doubt *d = context;
    mlg_model *model = d->model;
    mlg_place here = {0}, there = {0};
    mlg_buffer both = {0};

    if ((has_own_id(model, d->person) && has_own_id(model, other)) ||
        is_told(model, d->person, other) || !place_of(d, d->person, &here) ||
        !place_of(d, other, &there)) {
        return;
    }
    mlg_buffer_text(&both, name_of(model, d->person));
    mlg_buffer_text(&both, " ~ ");
    mlg_buffer_text(&both, name_of(model, other));
    const mlg_arg args[] = {
        {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&both)},
        {.kind = MLG_ARG_TEXT, .text = mlg_names_text(&model->files, there.file)},
        mlg_count_of(there.line),
    };
    mlg_fault_add_masked(model, MLG_WARNING, T_fault_one_person, here, args, 3, 1u);
    mlg_buffer_free(&both);
}

mlg_status mlg_check_persons(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_person_names met = {0};

    for (size_t party = 0; party < model->parties.n && !met.failed; party++) {
        doubt d = {model, mentions, (mlg_id) party};
        mlg_place place;
        if (model->party_kind[party] == MLG_KIND_POST || !mlg_is_private(model, d.person) ||
            !place_of(&d, d.person, &place)) {
            continue;
        }
        mlg_person_names_find(&met, name_of(model, d.person), d.person, tell, &d);
        mlg_person_names_add(&met, name_of(model, d.person), d.person);
    }
    if (met.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of persons");
    }
out:
    mlg_person_names_free(&met);
    return status;
}
