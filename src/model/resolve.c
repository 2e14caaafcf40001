/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/official_codes.h"

/* One of the three id spaces: where each of its texts leads. */
typedef struct space {
    mlg_names *names;
    int32_t *to;    /* [n] identity, but for names and aliases */
    bool *is_id;    /* [n] stands in an id column: a name never leads away from it */
    bool *by_alias; /* [n] `to` was set by aliases.csv */
    size_t n;
    size_t moved; /* texts that lead elsewhere */
} space;

enum { PARTIES, ACTIVITIES, TERRITORIES, N_SPACES };

/* Tables whose rows describe an id. Names lead to the id of their row. */
static const struct {
    int space;
    mlg_table_id table;
    mlg_column id, name;
} described[] = {
    {PARTIES, MLG_ACTORS, C_actors_id, C_actors_name},
    {PARTIES, MLG_SCHEMES, C_schemes_id, C_schemes_name},
    {PARTIES, MLG_POSTS, C_posts_id, C_NONE},
    {ACTIVITIES, MLG_ACTIVITIES, C_activities_id, C_activities_name},
    {TERRITORIES, MLG_TERRITORIES, C_territories_id, C_territories_name},
};
enum { N_DESCRIBED = sizeof described / sizeof *described };

static int space_of(mlg_type type)
{
    switch (type) {
    case MLG_TYPE_PARTY:
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_PERSON:
        return PARTIES;
    case MLG_TYPE_ACTIVITY:
        return ACTIVITIES;
    case MLG_TYPE_TERRITORY:
    case MLG_TYPE_TERRITORIES:
        return TERRITORIES;
    default:
        return -1;
    }
}

/* ---- ids of rows that have a name only ------------------------------------------ */

/* A post without an id is its own post: post-12 for line 12. */
static int32_t post_id(mlg_model *model, int32_t row)
{
    char text[48];
    int length = snprintf(text, sizeof text, "post-%d", (int) model->rows[MLG_POSTS].line[row]);
    for (int i = 2; mlg_names_find(&model->parties, text, (size_t) length) >= 0; i++) {
        length =
            snprintf(text, sizeof text, "post-%d-%d", (int) model->rows[MLG_POSTS].line[row], i);
    }
    return mlg_names_add(&model->parties, text, (size_t) length);
}

static mlg_status fill_ids(mlg_model *model, const space *spaces, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t i = 0; i < N_DESCRIBED; i++) {
        for (int32_t row = 0; row < model->rows[described[i].table].n; row++) {
            int32_t id = mlg_get_id(model, described[i].id, row);
            const int32_t name =
                described[i].name != C_NONE ? mlg_get_id(model, described[i].name, row) : -1;
            if (id >= 0 || (name < 0 && described[i].table != MLG_POSTS)) {
                continue;
            }
            if (name >= 0) {
                const char *text = mlg_names_text(&model->texts, name);
                id = mlg_names_add(spaces[described[i].space].names, text, strlen(text));
            } else {
                id = post_id(model, row);
            }
            if (id < 0 || !mlg_model_set_id(model, described[i].id, row, id)) {
                FAIL(err, MLG_ENOMEM, "out of memory for the ids of %s",
                     mlg_schema_table(described[i].table));
            }
        }
    }
out:
    return status;
}

/* ---- where texts lead -------------------------------------------------------------- */

static bool widen(space *s)
{
    const size_t n = s->names->n;
    int32_t *to = mlg_resize(s->to, n, sizeof *to);
    s->to = to != NULL ? to : s->to;
    bool *is_id = mlg_resize(s->is_id, n, sizeof *is_id);
    s->is_id = is_id != NULL ? is_id : s->is_id;
    bool *by_alias = mlg_resize(s->by_alias, n, sizeof *by_alias);
    s->by_alias = by_alias != NULL ? by_alias : s->by_alias;
    if (to == NULL || is_id == NULL || by_alias == NULL) {
        return false;
    }
    for (size_t i = s->n; i < n; i++) {
        s->to[i] = (int32_t) i;
        s->is_id[i] = s->by_alias[i] = false;
    }
    s->n = n;
    return true;
}

static void lead(space *s, int32_t from, int32_t to)
{
    s->moved += s->to[from] == from ? 1 : 0;
    s->to[from] = to;
}

/* An id that is a row's own text stays: only names that no row has for id lead on. */
static void lead_names(mlg_model *model, space *spaces)
{
    for (size_t i = 0; i < N_DESCRIBED; i++) {
        space *s = &spaces[described[i].space];
        for (int32_t row = 0; row < model->rows[described[i].table].n; row++) {
            const int32_t id = mlg_get_id(model, described[i].id, row);
            if (id >= 0) {
                s->is_id[id] = true;
            }
        }
    }
    for (size_t i = 0; i < N_DESCRIBED; i++) {
        space *s = &spaces[described[i].space];
        const mlg_column column = described[i].name;
        const int32_t n =
            column != C_NONE && model->data[column] != NULL ? model->rows[described[i].table].n : 0;
        for (int32_t row = 0; row < n; row++) {
            const int32_t id = mlg_get_id(model, described[i].id, row);
            const int32_t name = mlg_get_id(model, column, row);
            const char *text = mlg_names_text(&model->texts, name);
            const int32_t used = name >= 0 ? mlg_names_find(s->names, text, strlen(text)) : -1;
            if (used < 0 || id < 0 || s->is_id[used] || s->to[used] == id) {
                continue;
            }
            if (s->to[used] != used) {
                const mlg_arg args[] = {mlg_text_of(s->names, used),
                                        mlg_text_of(s->names, s->to[used]),
                                        mlg_text_of(s->names, id)};
                const bool may_be_person = (mlg_schema_field(column)->flags & MLG_PRIVATE) != 0;
                mlg_fault_add_masked(model, MLG_FATAL, T_fault_ambiguous_name,
                                     mlg_place_of(model, described[i].table, row, column), args, 3,
                                     may_be_person ? 7u : 0u);
                continue;
            }
            lead(s, used, id);
        }
    }
}

/* Communes of Corsica: 2a004 is 2A004. */
static bool lead_corsica(space *s)
{
    for (int32_t id = 0; (size_t) id < s->n; id++) {
        const char *text = mlg_names_text(s->names, id);
        const bool lower = text[0] == '2' && (text[1] == 'a' || text[1] == 'b') &&
                           strspn(text + 2, "0123456789") == 3 && text[5] == '\0';
        if (lower) {
            const char upper[] = {'2', text[1] == 'a' ? 'A' : 'B', text[2], text[3], text[4], '\0'};
            const int32_t to = mlg_names_add(s->names, upper, 5);
            if (to < 0 || !widen(s)) {
                return false;
            }
            lead(s, id, to);
        }
    }
    return true;
}

/* One row of aliases.csv: its two texts, and the spaces it counts in: those that know both
 * spellings, else those that know the alias. */
typedef struct alias {
    const char *from, *to;
    bool counts[N_SPACES], any;
} alias;

static bool knows(const space *s, const char *text)
{
    return mlg_names_find(s->names, text, strlen(text)) >= 0;
}

static alias alias_of(const mlg_model *model, const space *spaces, int32_t row)
{
    alias read = {mlg_names_text(&model->texts, mlg_get_id(model, C_aliases_alias, row)),
                  mlg_names_text(&model->texts, mlg_get_id(model, C_aliases_id, row)),
                  {false},
                  false};
    bool any_both = false;
    if (*read.from == '\0' || *read.to == '\0') {
        return read;
    }
    for (int i = 0; i < N_SPACES; i++) {
        any_both = any_both || (knows(&spaces[i], read.from) && knows(&spaces[i], read.to));
    }
    for (int i = 0; i < N_SPACES; i++) {
        read.counts[i] = knows(&spaces[i], read.from) && (!any_both || knows(&spaces[i], read.to));
        read.any = read.any || read.counts[i];
    }
    return read;
}

/* What an alias stands for may be a name, or an alias itself, that no other row mentions:
 * it joins the texts before names are led on. Each pass reaches one link further when the
 * rows stand in the worst order. */
static mlg_status add_alias_ends(const mlg_model *model, space *spaces, mlg_error *err)
{
    enum { MOST_LINKS = 8 };
    mlg_status status = MLG_OK;
    bool added = true;
    for (int pass = 0; added && pass < MOST_LINKS; pass++) {
        added = false;
        for (int32_t row = 0; row < model->rows[MLG_ALIASES].n; row++) {
            const alias read = alias_of(model, spaces, row);
            for (int i = 0; i < N_SPACES; i++) {
                const size_t before = spaces[i].names->n;
                if (read.counts[i] &&
                    mlg_names_add(spaces[i].names, read.to, strlen(read.to)) < 0) {
                    FAIL(err, MLG_ENOMEM, "out of memory for the aliases");
                }
                added = added || spaces[i].names->n > before;
            }
        }
    }
out:
    return status;
}

static void lead_alias(mlg_model *model, space *s, int32_t row, const alias *read)
{
    const int32_t from = mlg_names_find(s->names, read->from, strlen(read->from));
    const int32_t to = mlg_names_find(s->names, read->to, strlen(read->to));
    if (from < 0 || to < 0 || from == to) {
        return;
    }
    if (s->by_alias[from] && s->to[from] != to) {
        const mlg_arg args[] = {mlg_text_of(s->names, from), mlg_text_of(s->names, s->to[from]),
                                mlg_text_of(s->names, to)};
        mlg_fault_add_masked(model, MLG_FATAL, T_fault_alias_twice,
                             mlg_place_of(model, MLG_ALIASES, row, C_aliases_alias), args, 3, 7u);
        return;
    }
    lead(s, from, to);
    s->by_alias[from] = true;
}

static void lead_aliases(mlg_model *model, space *spaces)
{
    for (int32_t row = 0; row < model->rows[MLG_ALIASES].n; row++) {
        const alias read = alias_of(model, spaces, row);
        for (int i = 0; i < N_SPACES; i++) {
            if (read.counts[i]) {
                lead_alias(model, &spaces[i], row, &read);
            }
        }
        if (!read.any && *read.from != '\0' && *read.to != '\0') {
            mlg_fault_text(model, MLG_WARNING, T_fault_alias_unused,
                           mlg_place_of(model, MLG_ALIASES, row, C_aliases_alias), read.from, NULL);
        }
    }
}

static mlg_place place_of_alias(const mlg_model *model, const char *from)
{
    for (int32_t row = 0; row < model->rows[MLG_ALIASES].n; row++) {
        const int32_t text = mlg_get_id(model, C_aliases_alias, row);
        if (text >= 0 && strcmp(mlg_names_text(&model->texts, text), from) == 0) {
            return mlg_place_of(model, MLG_ALIASES, row, C_aliases_alias);
        }
    }
    return (mlg_place){.file = -1, .field = C_aliases_alias};
}

/* Follows each text to its end, then leads the whole way there, so that every step is
 * walked once or twice. A way longer than all moves together is a circle. */
static void flatten(mlg_model *model, space *s)
{
    for (int32_t id = 0; s->moved > 0 && (size_t) id < s->n; id++) {
        int32_t end = s->to[id];
        size_t steps = 0;
        while (s->to[end] != end && steps <= s->moved) {
            end = s->to[end];
            steps++;
        }
        const bool circle = steps > s->moved;
        if (circle) {
            const mlg_arg arg = mlg_text_of(s->names, id);
            mlg_fault_add_masked(model, MLG_FATAL, T_fault_alias_cycle,
                                 place_of_alias(model, arg.text), &arg, 1, 1u);
        }
        for (int32_t at = id; s->to[at] != at && s->to[at] != end;) {
            const int32_t next = s->to[at];
            s->to[at] = circle ? at : end;
            at = next;
        }
        s->to[id] = circle ? id : end;
    }
}

/* ---- rewriting ---------------------------------------------------------------------- */

static void rewrite(mlg_model *model, const space *spaces)
{
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        const int in = space_of(field->type);
        if (in < 0 || spaces[in].moved == 0 || model->data[column] == NULL) {
            continue;
        }
        const bool list = field->type == MLG_TYPE_PARTIES || field->type == MLG_TYPE_TERRITORIES;
        for (int32_t row = 0; row < model->rows[field->table].n; row++) {
            int32_t *ids = (int32_t *) model->data[column] + row;
            size_t n = 1;
            if (list) {
                const mlg_list cell = ((const mlg_list *) model->data[column])[row];
                n = cell.n;
                ids = n > 0 ? model->pool + cell.start : NULL;
            }
            for (size_t i = 0; i < n; i++) {
                ids[i] = ids[i] >= 0 ? spaces[in].to[ids[i]] : ids[i];
            }
        }
    }
}

/* Official codes: what no name and no alias leads on. */
static mlg_status lead_codes(mlg_model *model, space *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool any = false;
    int32_t *code_of = mlg_alloc(s->n, sizeof *code_of);

    TRY_ALLOC(err, code_of);
    TRY(mlg_official_codes(model, s->to, code_of, err));
    for (int32_t id = 0; (size_t) id < s->n; id++) {
        if (code_of[id] >= 0) {
            lead(s, id, code_of[id]);
            any = true;
        }
    }
    if (any) {
        TRY(mlg_official_codes_tell(model, code_of, err));
    }
out:
    mlg_free(code_of);
    return status;
}

/* Rule 2: an empty actor with on_behalf_of is that organisation. */
static mlg_status fill_actors(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t *behalf = model->data[C_participations_on_behalf_of];
    for (int32_t row = 0; behalf != NULL && row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        if (behalf[row] >= 0 && mlg_get_id(model, C_participations_actor, row) < 0 &&
            !mlg_model_set_id(model, C_participations_actor, row, behalf[row])) {
            FAIL(err, MLG_ENOMEM, "out of memory for the participations");
        }
    }
out:
    return status;
}

mlg_status mlg_finish_names(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    space spaces[N_SPACES] = {
        [PARTIES] = {.names = &model->parties},
        [ACTIVITIES] = {.names = &model->activities},
        [TERRITORIES] = {.names = &model->territories},
    };

    TRY(fill_ids(model, spaces, err));
    TRY(add_alias_ends(model, spaces, err));
    for (int i = 0; i < N_SPACES; i++) {
        if (!widen(&spaces[i])) {
            FAIL(err, MLG_ENOMEM, "out of memory for the names");
        }
    }
    lead_names(model, spaces);
    if (!lead_corsica(&spaces[TERRITORIES])) {
        FAIL(err, MLG_ENOMEM, "out of memory for the territories");
    }
    lead_aliases(model, spaces);
    TRY(lead_codes(model, &spaces[TERRITORIES], err));
    for (int i = 0; i < N_SPACES; i++) {
        flatten(model, &spaces[i]);
    }
    rewrite(model, spaces);
    TRY(fill_actors(model, err));

out:
    for (int i = 0; i < N_SPACES; i++) {
        mlg_free(spaces[i].to);
        mlg_free(spaces[i].is_id);
        mlg_free(spaces[i].by_alias);
    }
    return status;
}
