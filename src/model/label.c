/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/texts.h"
#include "model/model.h"
#include "model/rates.h"

const char *mlg_scope_name(mlg_scope scope)
{
    static const char *const names[MLG_N_SCOPES] = {
        [MLG_SCOPE_NETWORK] = "network",     [MLG_SCOPE_SECTOR] = "sector",
        [MLG_SCOPE_ACTOR] = "actor",         [MLG_SCOPE_POST] = "post",
        [MLG_SCOPE_SCHEME] = "scheme",       [MLG_SCOPE_ACTIVITY] = "activity",
        [MLG_SCOPE_TERRITORY] = "territory", [MLG_SCOPE_COLUMN] = "column",
        [MLG_SCOPE_FAULT] = "fault",         [MLG_SCOPE_TIE_KIND] = "tie_kind",
        [MLG_SCOPE_PARAMETER] = "parameter", [MLG_SCOPE_EXTENT] = "extent",
        [MLG_SCOPE_THEME] = "theme",         [MLG_SCOPE_MISSION] = "mission",
        [MLG_SCOPE_AUDIENCE] = "audience",   [MLG_SCOPE_AXIS] = "axis",
    };
    return (int) scope >= 0 && scope < MLG_N_SCOPES ? names[scope] : "";
}

bool mlg_model_illustrative(const mlg_model *model)
{
    return model->illustrative;
}

bool mlg_model_one_territory(const mlg_model *model)
{
    return !model->several_territories;
}

const char *mlg_model_title(const mlg_model *model)
{
    return model->title;
}

int mlg_model_language(const mlg_model *model)
{
    return model->language;
}

int32_t mlg_model_date(const mlg_model *model)
{
    return model->date;
}

/* ---- labels ------------------------------------------------------------------------------ */

/* Copies what fits, never half a character; answers the whole length. */
static size_t put(const char *text, char *out, size_t room)
{
    const size_t length = strlen(text);
    if (room > 0) {
        size_t kept = length;
        if (length >= room) {
            kept = room - 1;
            while (kept > 0 && ((unsigned char) text[kept] & 0xc0) == 0x80) {
                kept--;
            }
        }
        memcpy(out, text, kept);
        out[kept] = '\0';
    }
    return length;
}

/* Name in a row's cell, or "". */
static const char *name_in(const mlg_model *model, mlg_column column, int32_t row)
{
    return row >= 0 ? mlg_names_text(&model->texts, mlg_get_id(model, column, row)) : "";
}

static const char *first_known(const char *a, const char *b)
{
    return *a != '\0' ? a : b;
}

static const char *party_name(const mlg_model *model, mlg_id party)
{
    const char *id = mlg_names_text(&model->parties, party);
    const int32_t actor = model->party_actor_row != NULL ? model->party_actor_row[party] : -1;
    const int32_t scheme = model->party_scheme_row != NULL ? model->party_scheme_row[party] : -1;
    const char *name = name_in(model, C_actors_name, actor);
    return first_known(first_known(name, name_in(model, C_schemes_name, scheme)), id);
}

/* "Maison", or "Maison (M2)" where another one has that name. */
static size_t put_apart(const char *name, const char *id, bool namesake, char *out, size_t room)
{
    char text[8300]; /* a name and an id: at most 1,024 characters each */
    if (!namesake || strcmp(name, id) == 0) {
        return put(name, out, room);
    }
    snprintf(text, sizeof text, "%s (%s)", name, id);
    return put(text, out, room);
}

static size_t put_pseudonym(const mlg_model *model, mlg_id party, char *out, size_t room)
{
    char text[32] = "P?"; /* a person whom nobody numbered yet: still no name */
    if (model->party_pseudonym != NULL && model->party_pseudonym[party] > 0) {
        snprintf(text, sizeof text, "P%0*d", model->pseudonym_width,
                 (int) model->party_pseudonym[party]);
    }
    return put(text, out, room);
}

static size_t put_party(const mlg_model *model, const mlg_labels *labels, mlg_id party, char *out,
                        size_t room)
{
    const mlg_kind kind =
        model->party_kind != NULL ? model->party_kind[party] : MLG_KIND_ORGANISATION;
    const bool bears_name = model->party_pseudonym != NULL && model->party_pseudonym[party] > 0;
    if (!labels->names && (kind == MLG_KIND_PERSON || bears_name)) {
        return put_pseudonym(model, party, out, room);
    }
    const char *id = mlg_names_text(&model->parties, party);
    const bool namesake = model->party_namesake != NULL && model->party_namesake[party];
    return kind == MLG_KIND_POST ? put(id, out, room)
                                 : put_apart(party_name(model, party), id, namesake, out, room);
}

static size_t put_code(const mlg_model *model, const mlg_labels *labels, mlg_list_id list,
                       mlg_id code, char *out, size_t room)
{
    char text[1100]; /* names are at most 1,024 characters; longer ones are an error */
    if (code < 0) {
        return put(mlg_text(labels->language, T_unknown), out, room);
    }
    return put(mlg_code_label(model, list, code, labels->language, text, sizeof text), out, room);
}

static size_t put_column(mlg_id column, char *out, size_t room)
{
    char text[128];
    if (column < 0 || column >= C_COUNT) {
        return put("", out, room);
    }
    const mlg_field *field = mlg_schema_field((mlg_column) column);
    snprintf(text, sizeof text, "%s.%s", mlg_schema_table(field->table), field->name);
    return put(text, out, room);
}

/* "Paris", or "Paris, département" where a perimeter of another scale has that name. */
static size_t put_territory(const mlg_model *model, const mlg_labels *labels, mlg_id territory,
                            int32_t row, char *out, size_t room)
{
    char text[5300], scale[1100]; /* a name: at most 1,024 characters */
    const char *id = mlg_names_text(&model->territories, territory);
    const char *name = first_known(name_in(model, C_territories_name, row), id);
    const int how = model->namesake != NULL ? model->namesake[territory] : MLG_NAMESAKE_NONE;

    if (how == MLG_NAMESAKE_NONE) {
        return put(name, out, room);
    }
    put_code(model, labels, MLG_V_scale,
             how == MLG_NAMESAKE_BY_SCALE ? mlg_get_id(model, C_territories_scale, row) : -1, scale,
             sizeof scale);
    snprintf(text, sizeof text, "%s, %s", name, how == MLG_NAMESAKE_BY_SCALE ? scale : id);
    return put(text, out, room);
}

size_t mlg_label(const mlg_model *model, const mlg_labels *labels, mlg_scope scope, mlg_id id,
                 char *out, size_t room)
{
    switch (scope) {
    case MLG_SCOPE_SECTOR:
        return put_code(model, labels, MLG_V_sector, id, out, room);
    case MLG_SCOPE_THEME:
        return put_code(model, labels, MLG_V_theme, id, out, room);
    case MLG_SCOPE_TIE_KIND:
        return put_code(model, labels, MLG_V_tie_kind, id, out, room);
    case MLG_SCOPE_EXTENT:
        return put_code(model, labels, id % 2 == 0 ? MLG_V_scheme_kind : MLG_V_scale,
                        id < 0 ? id : id / 2, out, room);
    case MLG_SCOPE_MISSION:
        return put_code(model, labels, MLG_V_mission, id, out, room);
    case MLG_SCOPE_AUDIENCE:
        return put_code(model, labels, MLG_V_audience, id, out, room);
    case MLG_SCOPE_AXIS:
        return put(id >= 0 && (size_t) id < model->texts.n ? mlg_names_text(&model->texts, id) : "",
                   out, room);
    case MLG_SCOPE_ACTOR:
    case MLG_SCOPE_POST:
    case MLG_SCOPE_SCHEME:
        if (id >= 0 && (size_t) id < model->parties.n) {
            return put_party(model, labels, id, out, room);
        }
        break;
    case MLG_SCOPE_ACTIVITY:
        if (id >= 0 && (size_t) id < model->activities.n) {
            const int32_t row = model->activity_row != NULL ? model->activity_row[id] : -1;
            const char *key = mlg_names_text(&model->activities, id);
            const bool namesake = model->activity_namesake != NULL && model->activity_namesake[id];
            return put_apart(first_known(name_in(model, C_activities_name, row), key), key,
                             namesake, out, room);
        }
        break;
    case MLG_SCOPE_TERRITORY:
        if (id >= 0 && (size_t) id < model->territories.n) {
            const int32_t row = model->territory_row != NULL ? model->territory_row[id] : -1;
            return put_territory(model, labels, id, row, out, room);
        }
        break;
    case MLG_SCOPE_COLUMN:
        return put_column(id, out, room);
    case MLG_SCOPE_FAULT: {
        const char *name = mlg_text_name(id);
        return put(strncmp(name, "fault_", 6) == 0 ? name + 6 : name, out, room);
    }
    case MLG_SCOPE_PARAMETER:
        return put(id >= 0 && id < MLG_N_RATES ? mlg_rate_rows()[id].key : "", out, room);
    case MLG_SCOPE_NETWORK:
    case MLG_N_SCOPES:
        break;
    }
    return put("", out, room);
}

/* ---- the key table ----------------------------------------------------------------------- */

/* One field of RFC 4180. */
static void put_field(mlg_buffer *out, const char *text, const char *end)
{
    const bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (quoted) {
        mlg_buffer_char(out, '"');
    }
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            mlg_buffer_char(out, '"');
        }
        mlg_buffer_char(out, *text);
    }
    mlg_buffer_text(out, quoted ? "\"" : "");
    mlg_buffer_text(out, end);
}

typedef struct numbered {
    int32_t number;
    mlg_id party;
} numbered;

static int by_number(const void *a, const void *b)
{
    const numbered *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

mlg_status mlg_model_write_key(const mlg_model *model, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};
    size_t n = 0;
    numbered *person = mlg_alloc(model->parties.n, sizeof *person);
    TRY_ALLOC(err, person);

    for (size_t party = 0; party < model->parties.n && model->party_pseudonym != NULL; party++) {
        const bool numbered_post = model->party_kind[party] == MLG_KIND_POST; /* as its holder */
        if (model->party_pseudonym[party] > 0 && !numbered_post) {
            person[n++] = (numbered){model->party_pseudonym[party], (mlg_id) party};
        }
    }
    qsort(person, n, sizeof *person, by_number);
    mlg_buffer_text(&text, "pseudonym,id,name\r\n");
    for (size_t i = 0; i < n; i++) {
        char pseudonym[32];
        put_pseudonym(model, person[i].party, pseudonym, sizeof pseudonym);
        put_field(&text, pseudonym, ",");
        put_field(&text, mlg_names_text(&model->parties, person[i].party), ",");
        put_field(&text, party_name(model, person[i].party), "\r\n");
    }
    if (text.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the key table");
    }
    if (fwrite(text.text, 1, text.length, out) != text.length || fflush(out) != 0) {
        FAIL(err, MLG_EIO, "the key table could not be written");
    }

out:
    mlg_buffer_free(&text);
    mlg_free(person);
    return status;
}
