/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/schema.h"

#include <string.h>

#include "base/fold.h"

enum { KEY_ROOM = 4096 }; /* keys up to 340 bytes of any text; no label is longer */

/* ---- the two tables, from their .def files ---------------------------------- */

enum {
    table_study = MLG_STUDY,
    table_actors = MLG_ACTORS,
    table_aliases = MLG_ALIASES,
    table_ties = MLG_TIES,
    table_schemes = MLG_SCHEMES,
    table_activities = MLG_ACTIVITIES,
    table_participations = MLG_PARTICIPATIONS,
    table_posts = MLG_POSTS,
    table_sites = MLG_SITES,
    table_funding = MLG_FUNDING,
    table_territories = MLG_TERRITORIES,
    table_perimeters = MLG_PERIMETERS,
};

static const mlg_field fields[C_COUNT] = {
#define COLUMN(table, name, type, list, flags, aliases, fr, en)                                    \
    [C_##table##_##name] = {(mlg_table_id) table_##table,                                          \
                            C_##table##_##name,                                                    \
                            #name,                                                                 \
                            MLG_TYPE_##type,                                                       \
                            MLG_V_##list,                                                          \
                            (flags),                                                               \
                            (aliases),                                                             \
                            {(fr), (en)}},
#include "model/schema.def"
#undef COLUMN
};

/* Each table's names, its first column and its last (all end with `note`). */
static const struct {
    const char *name;
    const char *others; /* French names and what else is seen, separated by | */
    mlg_column first, last;
} tables[MLG_N_TABLES] = {
    [MLG_STUDY] = {"study", "etude", C_study_key, C_study_note},
    [MLG_ACTORS] = {"actors", "acteurs|annuaire|structures", C_actors_id, C_actors_note},
    [MLG_ALIASES] = {"aliases", "alias", C_aliases_alias, C_aliases_note},
    [MLG_TIES] = {"ties", "liens|relations", C_ties_from, C_ties_note},
    [MLG_SCHEMES] = {"schemes", "dispositifs", C_schemes_id, C_schemes_note},
    [MLG_ACTIVITIES] = {"activities", "activites|instances|actions", C_activities_id,
                        C_activities_note},
    [MLG_PARTICIPATIONS] = {"participations", "presences", C_participations_actor,
                            C_participations_note},
    [MLG_POSTS] = {"posts", "postes", C_posts_id, C_posts_note},
    [MLG_SITES] = {"sites", "implantations", C_sites_actor, C_sites_note},
    [MLG_FUNDING] = {"funding", "financements|financement", C_funding_funder, C_funding_note},
    [MLG_TERRITORIES] = {"territories", "territoires", C_territories_id, C_territories_note},
    [MLG_PERIMETERS] = {"perimeters", "perimetres", C_perimeters_territory, C_perimeters_note},
};

/* One row a code, and one before each list that is never looked at. */
static const mlg_code_row codes[MLG_G_end] = {
#define LIST(name, closed, column_fr) [MLG_G_##name##__first] = {NULL, {NULL, NULL}},
#define CODE(list, code, fr, en)      [MLG_G_##list##_##code] = {#code, {(fr), (en)}},
#include "model/vocabulary.def"
#undef LIST
#undef CODE
};

/* A list's number of codes is the size of a struct with a byte for each. */
struct count_start {
    char first;
#define LIST(name, closed, column_fr)                                                              \
    }                                                                                              \
    ;                                                                                              \
    struct count_##name {                                                                          \
        char first;
#define CODE(list, code, fr, en) char code_##code;
#include "model/vocabulary.def"
#undef LIST
#undef CODE
};

static const mlg_vocabulary vocabularies[MLG_N_LISTS] = {
#define LIST(name, closed, column_fr)                                                              \
    [MLG_V_##name] = {#name, (column_fr), (closed), codes + MLG_G_##name##__first + 1,             \
                      (int32_t) sizeof(struct count_##name) - 1},
#define CODE(list, code, fr, en)
#include "model/vocabulary.def"
#undef LIST
#undef CODE
};

/* ---- keys ------------------------------------------------------------------- */

/* Does `text` have this key? */
static bool has_key(mlg_fold_kind kind, const char *text, size_t length, const char *key,
                    size_t key_length)
{
    char here[KEY_ROOM];
    const size_t used = mlg_fold_short(kind, text, length, here, sizeof here);
    return used == key_length && memcmp(here, key, used) == 0;
}

/* Does one of the texts separated by `mark` have this key? Texts in parentheses are a
 * gloss: neither they nor the marks inside them count. */
static bool one_has_key(mlg_fold_kind kind, const char *texts, char mark, const char *key,
                        size_t key_length)
{
    while (*texts != '\0') {
        const char stops[] = {mark, '(', '\0'};
        const size_t length = strcspn(texts, stops);
        if (length > 0 && has_key(kind, texts, length, key, key_length)) {
            return true;
        }
        texts += length;
        if (*texts == '(') {
            const char *end = strchr(texts, ')');
            texts = end != NULL ? end + 1 : texts + strlen(texts);
        }
        texts += strspn(texts, stops) > 0 ? 1 : 0;
    }
    return false;
}

/* The key of a short text; 0 when it is empty or longer than any name here. */
static size_t key_of(mlg_fold_kind kind, const char *text, char key[static KEY_ROOM])
{
    const size_t used = mlg_fold_short(kind, text, strlen(text), key, KEY_ROOM);
    return used < KEY_ROOM ? used : 0;
}

/* ---- looking up -------------------------------------------------------------- */

const mlg_field *mlg_schema_field(mlg_column column)
{
    return &fields[column];
}

const char *mlg_schema_table(mlg_table_id table)
{
    return tables[table].name;
}

const char *mlg_schema_table_fr(mlg_table_id table)
{
    return tables[table].others;
}

void mlg_schema_columns(mlg_table_id table, mlg_column *first, mlg_column *end)
{
    *first = tables[table].first;
    *end = tables[table].last + 1;
}

int mlg_schema_find_table(const char *name)
{
    char key[KEY_ROOM];
    const size_t length = key_of(MLG_FOLD_HEADER, name, key);
    for (int table = 0; length > 0 && table < MLG_N_TABLES; table++) {
        if (one_has_key(MLG_FOLD_HEADER, tables[table].name, '|', key, length) ||
            one_has_key(MLG_FOLD_HEADER, tables[table].others, '|', key, length)) {
            return table;
        }
    }
    return -1;
}

mlg_column mlg_schema_find_column(mlg_table_id table, const char *header)
{
    char key[KEY_ROOM];
    mlg_column first = 0, end = 0;
    const size_t length = key_of(MLG_FOLD_HEADER, header, key);
    mlg_schema_columns(table, &first, &end);
    /* A canonical name always wins, then the table's own aliases, then the vocabulary's. */
    for (int round = 0; length > 0 && round < 3; round++) {
        for (mlg_column column = first; column < end; column++) {
            const mlg_field *field = &fields[column];
            const char *names = round == 0                  ? field->name
                                : round == 1                ? field->aliases
                                : field->list != MLG_V_NONE ? vocabularies[field->list].column_fr
                                                            : "";
            if (one_has_key(MLG_FOLD_HEADER, names, '|', key, length)) {
                return column;
            }
        }
    }
    return C_NONE;
}

const mlg_vocabulary *mlg_schema_vocabulary(mlg_list_id list)
{
    return &vocabularies[list];
}

static int32_t find_code(mlg_list_id list, const char *value)
{
    char key[KEY_ROOM];
    const size_t length = key_of(MLG_FOLD_NAME, value, key);
    const mlg_vocabulary *vocabulary = &vocabularies[list];
    /* A code wins over another code's label: `consultation` is both. */
    for (int32_t code = 0; length > 0 && code < vocabulary->n_codes; code++) {
        const char *text = vocabulary->codes[code].code;
        if (has_key(MLG_FOLD_NAME, text, strlen(text), key, length)) {
            return code;
        }
    }
    for (int32_t code = 0; length > 0 && code < vocabulary->n_codes; code++) {
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            if (one_has_key(MLG_FOLD_NAME, vocabulary->codes[code].label[language], ',', key,
                            length)) {
                return code;
            }
        }
    }
    return -1;
}

/* Without the endings that French writes for both genders and numbers: excusé(e), présent·e·s. */
static bool cut_endings(const char *value, char *out, size_t room)
{
    static const char *const endings[] = {"(e)", "(s)", "(es)", "(e)s", "·e·s", "·e", "·s"};
    const size_t length = strlen(value);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t n = strlen(endings[i]);
        if (length > n && length - n < room && strcmp(value + length - n, endings[i]) == 0) {
            memcpy(out, value, length - n);
            out[length - n] = '\0';
            return true;
        }
    }
    return false;
}

int32_t mlg_vocabulary_find(mlg_list_id list, const char *value)
{
    char bare[KEY_ROOM];
    const int32_t code = find_code(list, value);
    return code < 0 && cut_endings(value, bare, sizeof bare) ? find_code(list, bare) : code;
}

int32_t mlg_vocabulary_code(mlg_list_id list, const char *code)
{
    for (int32_t i = 0; i < vocabularies[list].n_codes; i++) {
        if (strcmp(vocabularies[list].codes[i].code, code) == 0) {
            return i;
        }
    }
    return -1;
}
