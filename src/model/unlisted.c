/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/spelling.h"

/* Rule 2: an id that its table lacks is accepted, with one warning that suggests the
 * nearest spelling; with strict it is an error. Absent tables declare by use. */

typedef struct question {
    mlg_text_key key;
    const mlg_names *names;
    mlg_id id;
    mlg_mention first;
    bool parties; /* the nearest may be a person */
} question;

/* A person whom a post or an organisation answers for needs no row of its own. */
static bool is_placed(const mlg_model *model, const mlg_mentions *mentions, mlg_id party)
{
    return model->party_kind[party] == MLG_KIND_PERSON &&
           ((mentions->how[party] & MLG_NAMED_HOLDER) != 0 ||
            model->party_organisation[party] != party);
}

/* The row that describes it, where that row was refused. */
static const mlg_refused *refused_row(const mlg_model *model, const question *q)
{
    static const mlg_table_id parties[] = {MLG_ACTORS, MLG_SCHEMES, MLG_POSTS};
    const char *text = mlg_names_text(q->names, q->id);
    const mlg_refused *found = NULL;

    if (q->key == T_fault_unlisted_activity || q->key == T_fault_unlisted_territory) {
        return mlg_refused_find(
            model, q->key == T_fault_unlisted_activity ? MLG_ACTIVITIES : MLG_TERRITORIES, text);
    }
    for (size_t i = 0; found == NULL && i < sizeof parties / sizeof *parties; i++) {
        found = mlg_refused_find(model, parties[i], text);
    }
    return found;
}

static void tell_refused(mlg_model *model, const question *q, const mlg_refused *row)
{
    const mlg_arg args[] = {mlg_text_of(q->names, q->id),
                            {.kind = MLG_ARG_TEXT, .text = row->file},
                            mlg_count_of(row->line)};
    mlg_fault_add_masked(model, model->strict ? MLG_FATAL : MLG_WARNING, T_fault_refused_row,
                         mlg_place_of(model, mlg_schema_field(q->first.column)->table, q->first.row,
                                      q->first.column),
                         args, 3, q->parties && mlg_is_private(model, q->id) ? 1u : 0u);
}

/* The code of a commune, alone or behind its letters: COM-14118, 2A004. */
static bool is_commune_code(const char *text)
{
    static const char digits[] = "0123456789";
    text += strncmp(text, "COM-", 4) == 0 ? 4 : 0;
    const size_t length = strlen(text), first = strspn(text, digits);
    const bool corsican = first == 1 && (text[1] == 'A' || text[1] == 'B');
    return length == 5 && (first == 5 || (corsican && strspn(text + 2, digits) == 3));
}

/* An official code has others one digit away, which are other places. */
static bool is_other_code(const char *text, const char *near)
{
    static const char digits[] = "0123456789";
    const char *a = strpbrk(text, digits), *b = strpbrk(near, digits);
    return a != NULL && b != NULL && strcmp(a, b) != 0;
}

/* A `placed` one is told only where its name is nearly that of another. */
static void tell(mlg_model *model, const question *q, bool placed, mlg_spellings *nearest)
{
    mlg_id near = -1;
    const mlg_refused *refused = refused_row(model, q);
    if (refused != NULL) {
        tell_refused(model, q, refused);
        return;
    }
    const char *text = mlg_spellings_find(nearest, mlg_names_text(q->names, q->id), &near);
    const bool territory = q->key == T_fault_unlisted_territory;
    if (placed && text == NULL) {
        return;
    }
    if (territory && text != NULL && is_other_code(mlg_names_text(q->names, q->id), text)) {
        text = NULL;
    }
    if (territory && text == NULL && is_commune_code(mlg_names_text(q->names, q->id))) {
        const mlg_arg code[] = {mlg_text_of(q->names, q->id)};
        mlg_fault_add(model, model->strict ? MLG_FATAL : MLG_WARNING, T_fault_unlisted_commune,
                      mlg_place_of(model, mlg_schema_field(q->first.column)->table, q->first.row,
                                   q->first.column),
                      code, 1);
        return;
    }
    const mlg_table_id table = mlg_schema_field(q->first.column)->table;
    unsigned masked = 0;
    if (q->parties && mlg_is_private(model, near)) {
        masked = 3; /* what is spelled nearly like a person is that person */
    } else if (q->parties && mlg_is_private(model, q->id)) {
        masked = 1;
    }
    const mlg_arg args[] = {
        mlg_text_of(q->names, q->id),
        {.kind = MLG_ARG_TEXT, .text = text != NULL ? text : ""},
        mlg_count_of(text != NULL ? 2 : 1), /* chooses the words around the suggestion */
    };
    mlg_fault_add_masked(model, model->strict ? MLG_FATAL : MLG_WARNING, q->key,
                         mlg_place_of(model, table, q->first.row, q->first.column), args, 3,
                         masked);
}

/* Spellings of a table's rows: ids and names. */
static void add_spellings(const mlg_model *model, const mlg_names *ids, mlg_column id,
                          mlg_column name, mlg_spellings *nearest)
{
    for (int32_t row = 0; row < model->rows[mlg_schema_field(id)->table].n; row++) {
        const mlg_id key = mlg_get_id(model, id, row);
        const int32_t text = name != C_NONE ? mlg_get_id(model, name, row) : -1;
        if (key >= 0) {
            mlg_spellings_add(nearest, mlg_names_text(ids, key), key);
        }
        if (key >= 0 && text >= 0) {
            mlg_spellings_add(nearest, mlg_names_text(&model->texts, text), key);
        }
    }
}

static mlg_status nearest_status(const mlg_spellings *nearest, mlg_error *err)
{
    return nearest->failed ? mlg_fail(err, MLG_ENOMEM, "out of memory for the nearest names")
                           : MLG_OK;
}

/* ---- parties ------------------------------------------------------------------------------ */

static void add_actors(const mlg_model *model, mlg_spellings *nearest)
{
    if (!nearest->ready) {
        add_spellings(model, &model->parties, C_actors_id, C_actors_name, nearest);
        add_spellings(model, &model->parties, C_schemes_id, C_schemes_name, nearest);
        add_spellings(model, &model->parties, C_posts_id, C_NONE, nearest);
        nearest->ready = true;
    }
}

static void add_schemes(const mlg_model *model, mlg_spellings *nearest)
{
    if (!nearest->ready) {
        add_spellings(model, &model->parties, C_schemes_id, C_schemes_name, nearest);
        nearest->ready = true;
    }
}

/* A target may be an activity of the same name. */
static bool is_activity(const mlg_model *model, mlg_id party)
{
    const char *text = mlg_names_text(&model->parties, party);
    return mlg_names_find(&model->activities, text, strlen(text)) >= 0;
}

static mlg_status check_parties(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    unsigned known = MLG_LISTED_ACTOR | MLG_LISTED_SCHEME | MLG_LISTED_POST;
    mlg_status status = MLG_OK;
    mlg_spellings actors = {0}, schemes = {0};
    const bool list_actors = model->rows[MLG_ACTORS].n > 0;
    const bool list_schemes = model->rows[MLG_SCHEMES].n > 0;
    known |= list_schemes ? 0u : MLG_NAMED_SCHEME; /* declared by use */

    for (size_t party = 0; party < model->parties.n && (list_actors || list_schemes); party++) {
        const uint8_t how = mentions->how[party];
        const bool acts = (how & (MLG_NAMED_ACTOR | MLG_NAMED_BEHALF)) != 0 ||
                          ((how & MLG_NAMED_TARGET) != 0 && !is_activity(model, (mlg_id) party));
        question q = {T_fault_unlisted_actor, &model->parties, (mlg_id) party,
                      mentions->as_actor[party], true};
        if (list_actors && acts && (how & known) == 0) {
            add_actors(model, &actors);
            tell(model, &q, is_placed(model, mentions, (mlg_id) party), &actors);
        }
        if (list_schemes && (how & MLG_NAMED_SCHEME) != 0 && (how & MLG_LISTED_SCHEME) == 0) {
            q.key = T_fault_unlisted_scheme;
            q.first = mentions->as_scheme[party];
            add_schemes(model, &schemes);
            tell(model, &q, false, &schemes);
        }
    }
    TRY(nearest_status(&actors, err));
    TRY(nearest_status(&schemes, err));

out:
    mlg_spellings_free(&actors);
    mlg_spellings_free(&schemes);
    return status;
}

/* ---- activities and territories ------------------------------------------------------------ */

static void find_mentions(const mlg_model *model, mlg_column column, mlg_mention *first)
{
    const mlg_field *field = mlg_schema_field(column);
    const bool list = field->type == MLG_TYPE_TERRITORIES;
    for (int32_t row = 0; row < model->rows[field->table].n && model->data[column] != NULL; row++) {
        const int32_t single = list ? -1 : mlg_get_id(model, column, row);
        size_t n = single >= 0 ? 1 : 0;
        const int32_t *id = list ? mlg_get_list(model, column, row, &n) : &single;
        for (size_t i = 0; i < n; i++) {
            if (first[id[i]].row < 0) {
                first[id[i]] = (mlg_mention){row, column};
            }
        }
    }
}

static bool some_unit_listed(const mlg_model *model)
{
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        const mlg_id unit = mlg_get_id(model, C_perimeters_unit, row);
        if (unit >= 0 && model->territory_row[unit] >= 0) {
            return true;
        }
    }
    return false;
}

static mlg_status check_space(mlg_model *model, const mlg_names *names, const int32_t *listed,
                              mlg_column id, mlg_column name, mlg_text_key key,
                              const mlg_column *columns, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_spellings nearest = {0};
    mlg_mention *first = mlg_alloc(names->n, sizeof *first);
    TRY_ALLOC(err, first);

    for (size_t i = 0; i < names->n; i++) {
        first[i] = (mlg_mention){-1, C_NONE};
    }
    for (size_t i = 0; columns[i] != C_NONE; i++) {
        find_mentions(model, columns[i], first);
    }
    for (size_t i = 0; i < names->n; i++) {
        if (listed[i] >= 0 || first[i].row < 0) {
            continue;
        }
        if (!nearest.ready) {
            add_spellings(model, names, id, name, &nearest);
            nearest.ready = true;
        }
        tell(model, &(question){key, names, (mlg_id) i, first[i], false}, false, &nearest);
    }
    TRY(nearest_status(&nearest, err));

out:
    mlg_spellings_free(&nearest);
    mlg_free(first);
    return status;
}

mlg_status mlg_check_unlisted(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    static const mlg_column activities[] = {C_participations_activity, C_NONE};
    /* A table of territories that describes no unit leaves them to perimeters.csv. */
    static const mlg_column territories[] = {
        C_actors_territory, C_schemes_territory,    C_activities_territory, C_posts_territory,
        C_sites_territory,  C_perimeters_territory, C_perimeters_unit,      C_NONE,
    };
    static const mlg_column without_units[] = {
        C_actors_territory,
        C_schemes_territory,
        C_activities_territory,
        C_posts_territory,
        C_sites_territory,
        C_perimeters_territory,
        C_NONE,
    };
    mlg_status status = MLG_OK;

    TRY(check_parties(model, mentions, err));
    if (model->rows[MLG_ACTIVITIES].n > 0) {
        TRY(check_space(model, &model->activities, model->activity_row, C_activities_id,
                        C_activities_name, T_fault_unlisted_activity, activities, err));
    }
    if (model->rows[MLG_TERRITORIES].n > 0) {
        TRY(check_space(model, &model->territories, model->territory_row, C_territories_id,
                        C_territories_name, T_fault_unlisted_territory,
                        some_unit_listed(model) ? territories : without_units, err));
    }

out:
    return status;
}
