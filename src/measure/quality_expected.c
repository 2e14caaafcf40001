/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "base/texts.h"
#include "maillage/quality.h"
#include "measure/context.h"
#include "measure/expected.h"
#include "measure/summary.h"

/* In both languages, as study.csv may have them. */
static const char *const prefixes[] = {"expected.", "attendu."};

/* ---- settings ------------------------------------------------------------------ */

static const char *text_of(const mlg_model *model, mlg_column column, int32_t row)
{
    const int32_t text = mlg_get_id(model, column, row);
    return text >= 0 ? mlg_names_text(&model->texts, text) : "";
}

const char *mlg_expected_key(const mlg_model *model, int32_t row)
{
    const char *key = text_of(model, C_study_key, row);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const size_t length = strlen(prefixes[i]);
        /* lists of seats, which scheme.composition reads, are no number */
        static const char seats[] = "copil";
        const bool is_list = strncasecmp(key, prefixes[i], length) == 0 &&
                             strncasecmp(key + length, seats, sizeof seats - 1) == 0 &&
                             strchr(".", key[length + sizeof seats - 1]) != NULL;
        if (strncasecmp(key, prefixes[i], length) == 0 && !is_list) {
            return key + length;
        }
    }
    return NULL;
}

/* Columns by which rows of a table belong to something. */
static mlg_column owner_of(mlg_table_id table)
{
    switch (table) {
    case MLG_ACTIVITIES:
        return C_activities_schemes;
    case MLG_POSTS:
        return C_posts_scheme;
    case MLG_PARTICIPATIONS:
        return C_participations_activity;
    case MLG_PERIMETERS:
        return C_perimeters_territory;
    default:
        return C_NONE;
    }
}

/* Column of the ids that rows are states of: two rows of one scheme are one scheme. */
static mlg_column id_column_of(mlg_table_id table)
{
    switch (table) {
    case MLG_ACTORS:
        return C_actors_id;
    case MLG_SCHEMES:
        return C_schemes_id;
    case MLG_ACTIVITIES:
        return C_activities_id;
    case MLG_POSTS:
        return C_posts_id;
    case MLG_PERIMETERS:
        return C_perimeters_unit;
    default:
        return C_NONE;
    }
}

/* "DEP-1.kind=rlps" into the id "DEP-1" and the filter "kind=rlps"; either may be empty. */
static bool split(mlg_expected *said, const char *rest)
{
    const char *equal = strchr(rest, '='), *from = rest;
    for (const char *dot = strchr(rest, '.'); equal != NULL && dot != NULL && dot < equal;
         dot = strchr(dot + 1, '.')) {
        from = dot + 1;
    }
    const size_t id = equal == NULL ? strlen(rest) : from > rest ? (size_t) (from - rest - 1) : 0;
    if (id >= sizeof said->owner) {
        return false;
    }
    memcpy(said->owner, rest, id);
    said->owner[id] = '\0';
    if (equal == NULL) {
        return true;
    }
    char name[64];
    const size_t length = (size_t) (equal - from);
    if (length >= sizeof name) {
        return false;
    }
    memcpy(name, from, length);
    name[length] = '\0';
    said->column = mlg_schema_find_column(said->table, name);
    said->value = equal + 1;
    return said->column != C_NONE && (mlg_schema_field(said->column)->type == MLG_TYPE_CODE ||
                                      mlg_schema_field(said->column)->type == MLG_TYPE_CODES);
}

/* Dense id of the owner in its scope; -1 when no row names it. */
static mlg_id owner_id(const mlg_model *model, const mlg_expected *said)
{
    const size_t length = strlen(said->owner);
    switch (said->scope) {
    case MLG_SCOPE_TERRITORY:
        return mlg_names_find(&model->territories, said->owner, length);
    case MLG_SCOPE_ACTIVITY:
        return mlg_names_find(&model->activities, said->owner, length);
    default:
        return mlg_names_find(&model->parties, said->owner, length);
    }
}

bool mlg_expected_read(const mlg_model *model, int32_t row, mlg_expected *said)
{
    char table[64];
    const char *key = mlg_expected_key(model, row), *value = text_of(model, C_study_value, row);
    const size_t length = strcspn(key, ".");
    *said = (mlg_expected){.column = C_NONE, .owner_id = -1};
    if (length >= sizeof table) {
        return false;
    }
    memcpy(table, key, length);
    table[length] = '\0';
    const int found = mlg_schema_find_table(table);
    const size_t used = mlg_number_read(value, &said->n);
    if (found < 0 || used == 0 || value[used] != '\0' || !(said->n >= 0.0)) {
        return false;
    }
    said->table = (mlg_table_id) found;
    if (!split(said, key[length] == '.' ? key + length + 1 : "")) {
        return false;
    }
    if (said->owner[0] == '\0') {
        return true;
    }
    said->scope = said->table == MLG_PERIMETERS       ? MLG_SCOPE_TERRITORY
                  : said->table == MLG_PARTICIPATIONS ? MLG_SCOPE_ACTIVITY
                                                      : MLG_SCOPE_SCHEME;
    said->owner_id = owner_id(model, said);
    return owner_of(said->table) != C_NONE && said->owner_id >= 0;
}

/* ---- rows ------------------------------------------------------------------------ */

/* Is the id or code in the cell, alone or in its list? */
static bool has(const mlg_model *model, mlg_column column, int32_t row, int32_t wanted)
{
    const mlg_type type = mlg_schema_field(column)->type;
    if (type != MLG_TYPE_PARTIES && type != MLG_TYPE_CODES && type != MLG_TYPE_TERRITORIES) {
        return mlg_get_id(model, column, row) == wanted;
    }
    size_t n = 0;
    const int32_t *entries = mlg_get_list(model, column, row, &n);
    for (size_t i = 0; i < n; i++) {
        if (entries[i] == wanted) {
            return true;
        }
    }
    return false;
}

/* Code of a value, also of one beyond the list; -1 when the study never says it. */
static int32_t code_of(const mlg_model *model, mlg_list_id list, const char *value)
{
    const int32_t known = mlg_vocabulary_find(list, value);
    for (int32_t code = mlg_schema_vocabulary(list)->n_codes;
         known < 0 && code < mlg_code_count(model, list); code++) {
        if (strcasecmp(mlg_code_text(model, list, code), value) == 0) {
            return code;
        }
    }
    return known;
}

static size_t n_ids_of(const mlg_model *model, mlg_column column)
{
    const mlg_type type = column != C_NONE ? mlg_schema_field(column)->type : MLG_TYPE_TEXT;
    return type == MLG_TYPE_TERRITORY  ? model->territories.n
           : type == MLG_TYPE_ACTIVITY ? model->activities.n
           : type == MLG_TYPE_PARTY    ? model->parties.n
                                       : 0;
}

/* How many of what was announced the tables describe. */
static mlg_status count(const mlg_model *model, const mlg_expected *said, double *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_column ids = id_column_of(said->table);
    bool *seen = mlg_zalloc(n_ids_of(model, ids) + 1, sizeof *seen);
    const int32_t code = said->column != C_NONE
                             ? code_of(model, mlg_schema_field(said->column)->list, said->value)
                             : -1;

    TRY_ALLOC(err, seen);
    *n = 0;
    for (int32_t row = 0; row < model->rows[said->table].n; row++) {
        const int32_t id = n_ids_of(model, ids) > 0 ? mlg_get_id(model, ids, row) : -1;
        const bool asked =
            (said->owner_id < 0 || has(model, owner_of(said->table), row, said->owner_id)) &&
            (said->column == C_NONE || (code >= 0 && has(model, said->column, row, code)));
        if (asked && (id < 0 || !seen[id])) {
            *n += 1;
            seen[id >= 0 ? (size_t) id : n_ids_of(model, ids)] = true;
        }
    }
out:
    mlg_free(seen);
    return status;
}

static mlg_status add(const mlg_model *model, int32_t row, int32_t view, mlg_values *out,
                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_expected said;
    double described = NAN;
    const bool read = mlg_expected_read(model, row, &said);
    if (read) {
        TRY(count(model, &said, &described, err));
    }
    const mlg_figure figures[] = {
        {"announced", read ? said.n : NAN},
        {"row", row},
    };
    const mlg_summary summary = {
        .id = "quality.expected",
        .view = view,
        .convention = mlg_expected_key(model, row),
        .value = described,
        .why = read ? T_none : T_why_expected_unread,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    TRY(mlg_values_summary(out, &summary, err));
out:
    return status;
}

mlg_status mlg_quality_expected(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    const mlg_model *model = context->model;
    mlg_status status = MLG_OK;
    const size_t before = out->n;

    for (int32_t row = 0; model != NULL && row < model->rows[MLG_STUDY].n; row++) {
        if (mlg_expected_key(model, row) != NULL) {
            TRY(add(model, row, view, out, err));
        }
    }
    if (out->n == before) {
        TRY(mlg_values_undefined(out, "quality.expected", view, T_why_no_expected, err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
