/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/span.h"

/* ---- rows in force ----------------------------------------------------------------- */

/* Which of two rows of one id speaks for it: one in force before one that is not, then the
 * one begun (the nearer to the day, when neither is in force), then the later begun. The
 * first row wins where they tie. */
static bool speaks_better(const mlg_model *model, mlg_table_id table, mlg_column start, int32_t row,
                          int32_t than)
{
    const bool in_force = mlg_row_in_force(model, table, row, model->day);
    const bool than_in_force = mlg_row_in_force(model, table, than, model->day);
    if (in_force != than_in_force) {
        return in_force;
    }
    const int32_t begins = start != C_NONE ? mlg_get_span(model, start, row).first : 0;
    const int32_t than_begins = start != C_NONE ? mlg_get_span(model, start, than).first : 0;
    const bool begun = begins <= model->day, than_begun = than_begins <= model->day;
    if (begun != than_begun) {
        return begun;
    }
    return begun ? begins > than_begins : begins < than_begins;
}

static mlg_status rows_in_force(const mlg_model *model, mlg_table_id table, mlg_column id,
                                mlg_column start, size_t n_ids, int32_t **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *best = mlg_alloc(n_ids, sizeof *best);
    TRY_ALLOC(err, best);
    for (size_t i = 0; i < n_ids; i++) {
        best[i] = -1;
    }
    for (int32_t row = 0; row < model->rows[table].n; row++) {
        const int32_t key = mlg_get_id(model, id, row);
        if (key >= 0 && (best[key] < 0 || speaks_better(model, table, start, row, best[key]))) {
            best[key] = row;
        }
    }
    *out = best;
out:
    return status;
}

static mlg_status all_rows_in_force(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(rows_in_force(model, MLG_ACTORS, C_actors_id, C_actors_start, model->parties.n,
                      &model->party_actor_row, err));
    TRY(rows_in_force(model, MLG_SCHEMES, C_schemes_id, C_schemes_start, model->parties.n,
                      &model->party_scheme_row, err));
    TRY(rows_in_force(model, MLG_POSTS, C_posts_id, C_posts_start, model->parties.n,
                      &model->party_post_row, err));
    TRY(rows_in_force(model, MLG_ACTIVITIES, C_activities_id, C_activities_start,
                      model->activities.n, &model->activity_row, err));
    TRY(rows_in_force(model, MLG_TERRITORIES, C_territories_id, C_NONE, model->territories.n,
                      &model->territory_row, err));
out:
    return status;
}

/* ---- flags and kinds ---------------------------------------------------------------- */

static uint8_t flags_of(uint8_t how)
{
    const bool is_post = (how & MLG_LISTED_POST) != 0;
    /* Where no table lists schemes, being named as one declares it. */
    const bool is_scheme = (how & (MLG_LISTED_SCHEME | MLG_NAMED_SCHEME)) != 0;
    const bool spoken_for = (how & MLG_NAMED_BEHALF) != 0 && !is_post && !is_scheme;
    const bool is_actor =
        (how & (MLG_LISTED_ACTOR | MLG_NAMED_ACTOR | MLG_NAMED_HOLDER)) != 0 || spoken_for;
    const bool is_listed = (how & (MLG_LISTED_ACTOR | MLG_LISTED_SCHEME | MLG_LISTED_POST)) != 0;
    return (uint8_t) ((is_actor ? MLG_IS_ACTOR : 0) | (is_post ? MLG_IS_POST : 0) |
                      (is_scheme ? MLG_IS_SCHEME : 0) | (is_listed ? MLG_IS_LISTED : 0));
}

/* What the actor's own row or a post says. Else a post, a scheme, or -1: to be found out. */
static int kind_said(const mlg_model *model, mlg_id party, uint8_t how)
{
    const int32_t row = model->party_actor_row[party];
    const int32_t said = row >= 0 ? mlg_get_id(model, C_actors_kind, row) : -1;
    if (said >= 0) {
        return said; /* the vocabulary's codes are the first kinds */
    }
    if ((row >= 0 && mlg_get_id(model, C_actors_organisation, row) >= 0) ||
        (how & MLG_NAMED_HOLDER) != 0) {
        return MLG_KIND_PERSON;
    }
    if (row >= 0) {
        return -1;
    }
    const mlg_refused *refused =
        mlg_refused_find(model, MLG_ACTORS, mlg_names_text(&model->parties, party));
    if (refused != NULL && refused->maybe_person &&
        (how & (MLG_LISTED_POST | MLG_LISTED_SCHEME)) == 0) {
        return MLG_KIND_PERSON; /* withheld: it may be one */
    }
    return (how & MLG_LISTED_POST) != 0                          ? MLG_KIND_POST
           : (how & (MLG_LISTED_SCHEME | MLG_NAMED_SCHEME)) != 0 ? MLG_KIND_SCHEME
                                                                 : -1;
}

enum { SPEAKER = -2 }; /* a kind found out: who speaks for another organisation is a person */

static void mark_speakers(const mlg_model *model, int8_t *kind)
{
    const int32_t *actor = model->data[C_participations_actor];
    const int32_t *behalf = model->data[C_participations_on_behalf_of];
    if (actor == NULL || behalf == NULL) {
        return;
    }
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        if (actor[row] < 0 || behalf[row] < 0 || actor[row] == behalf[row] ||
            kind[actor[row]] != -1) {
            continue;
        }
        const int8_t other = kind[behalf[row]];
        if (other != MLG_KIND_POST && other != MLG_KIND_SCHEME && other != MLG_KIND_PERSON) {
            kind[actor[row]] = SPEAKER;
        }
    }
}

static mlg_place place_of_party(const mlg_model *model, const mlg_mentions *mentions, mlg_id party)
{
    const mlg_mention at = mentions->as_actor[party];
    const int32_t row = model->party_actor_row[party];
    if (row >= 0) {
        return mlg_place_of(model, MLG_ACTORS, row, C_actors_kind);
    }
    if (at.row >= 0) {
        return mlg_place_of(model, mlg_schema_field(at.column)->table, at.row, C_actors_kind);
    }
    return (mlg_place){.file = -1, .field = C_actors_kind};
}

/* Does its type of institution say that it is an organisation? A practice may be one person, and
 * "other" or a type of the study's own say nothing. */
static bool is_institution(const mlg_model *model, mlg_id party)
{
    const int32_t row = model->party_actor_row[party];
    const int32_t type = row >= 0 ? mlg_get_id(model, C_actors_institution, row) : -1;
    return type >= 0 && type < mlg_schema_vocabulary(MLG_V_institution)->n_codes &&
           type != MLG_CODE_OF(institution, practice) && type != MLG_CODE_OF(institution, other);
}

enum { SHOWN = 5 };

/* Actors whose kind was taken for granted, and the first rows where they stand. */
typedef struct assumed {
    size_t n, n_places;
    mlg_place place[SHOWN + 1]; /* by file, then line; one more than is shown */
} assumed;

static void add_assumed(assumed *to, mlg_place place)
{
    size_t at = 0;
    to->n++;
    while (at < to->n_places &&
           (to->place[at].file < place.file ||
            (to->place[at].file == place.file && to->place[at].line < place.line))) {
        at++;
    }
    const bool known = at < to->n_places && to->place[at].file == place.file &&
                       to->place[at].line == place.line; /* a list in one cell */
    if (known || at > SHOWN) {
        return;
    }
    to->n_places += to->n_places <= SHOWN ? 1 : 0;
    memmove(to->place + at + 1, to->place + at, (to->n_places - 1 - at) * sizeof *to->place);
    to->place[at] = place;
}

/* One warning for all of them. */
static mlg_status tell_assumed(mlg_model *model, const assumed *them, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer some = {0};

    for (size_t i = 0; i < them->n_places && i < SHOWN; i++) {
        const mlg_place *place = &them->place[i];
        const bool first = i == 0 || place->file != place[-1].file;
        mlg_buffer_text(&some, i > 0 ? ", " : "");
        mlg_buffer_text(&some, first ? mlg_names_text(&model->files, place->file) : "");
        mlg_buffer_format(&some, ":%d", (int) place->line);
    }
    if (some.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the actors of unknown kind");
    }
    if (them->n > 0) {
        const mlg_arg args[] = {mlg_count_of((double) them->n),
                                {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&some)},
                                {.kind = MLG_ARG_TEXT, .text = them->n_places > SHOWN ? "…" : ""}};
        mlg_fault_add_masked(model, MLG_WARNING, T_fault_kind_assumed, them->place[0], args, 3, 0);
    }
out:
    mlg_buffer_free(&some);
    return status;
}

static mlg_status find_kinds(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n;
    int8_t *kind = mlg_alloc(n, sizeof *kind);
    assumed them = {0};

    model->party_kind = mlg_alloc(n, sizeof *model->party_kind);
    TRY_ALLOC(err, kind);
    TRY_ALLOC(err, model->party_kind);
    for (size_t party = 0; party < n; party++) {
        kind[party] = (int8_t) kind_said(model, (mlg_id) party, mentions->how[party]);
    }
    mark_speakers(model, kind);
    for (size_t party = 0; party < n; party++) {
        const bool unsaid = kind[party] == -1;
        model->party_kind[party] = kind[party] == SPEAKER ? MLG_KIND_PERSON
                                   : unsaid               ? MLG_KIND_ORGANISATION
                                                          : (mlg_kind) kind[party];
        if (unsaid && (model->party_flags[party] & MLG_IS_ACTOR) != 0 &&
            !is_institution(model, (mlg_id) party)) {
            add_assumed(&them, place_of_party(model, mentions, (mlg_id) party));
        }
    }
    TRY(tell_assumed(model, &them, err));

out:
    mlg_free(kind);
    return status;
}

static mlg_status find_sectors(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n;
    model->party_sector = mlg_alloc(n, sizeof *model->party_sector);
    TRY_ALLOC(err, model->party_sector);
    for (size_t party = 0; party < n; party++) {
        const int32_t row = model->party_actor_row[party];
        size_t n_sectors = 0;
        const int32_t *sector =
            row >= 0 ? mlg_get_list(model, C_actors_sector, row, &n_sectors) : NULL;
        model->party_sector[party] = n_sectors > 0 ? sector[0] : -1;
    }
out:
    return status;
}

/* A row of something that happened once: a row of attendance without a day has its day. */
static bool is_one_event(const mlg_model *model, mlg_id activity)
{
    const int32_t row = model->activity_row[activity];
    if (row < 0) {
        return false;
    }
    const mlg_span start = mlg_get_span(model, C_activities_start, row);
    const mlg_span end = mlg_get_span(model, C_activities_end, row);
    return start.first != MLG_EVER_FIRST && start.first == end.first && start.last == end.last;
}

/* Bodies with a sheet of attendance: a day, and who was there or was not. */
static mlg_status find_attended(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *attended = mlg_zalloc(model->activities.n, sizeof *attended);

    model->activity_attended = attended;
    TRY_ALLOC(err, attended);
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
        if (activity >= 0 && !is_one_event(model, activity) &&
            mlg_get_id(model, C_participations_present, row) >= 0 &&
            mlg_span_known(mlg_get_span(model, C_participations_date, row))) {
            attended[activity] = true;
        }
    }
out:
    return status;
}

mlg_status mlg_finish_entities(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n;

    TRY(all_rows_in_force(model, err));
    model->party_flags = mlg_alloc(n, sizeof *model->party_flags);
    TRY_ALLOC(err, model->party_flags);
    for (size_t party = 0; party < n; party++) {
        model->party_flags[party] = flags_of(mentions->how[party]);
    }
    TRY(find_kinds(model, mentions, err));
    TRY(find_sectors(model, err));
    TRY(find_attended(model, err));

out:
    return status;
}
