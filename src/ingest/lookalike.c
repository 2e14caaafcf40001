/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "ingest/similar.h"
#include "maillage/ingest.h"
#include "model/finish.h"
#include "model/model.h"

enum {
    MIN_INITIALS = 3, /* words of a name whose initials are looked for */
    MAX_INITIALS = 12,
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* What is compared in one space of ids: the ids and the names of what is used in a row. */
typedef struct forms {
    mlg_names key;  /* folded */
    int32_t *first; /* [key.n] newest form of the key */
    size_t first_room;
    struct form {
        mlg_id id;
        int32_t next; /* another id with the same key */
    } * form;
    size_t n, room;
} forms;

typedef struct harvest {
    mlg_lookalike *pair;
    size_t n, room;
    forms of;
    mlg_scope scope;
    const bool *unlisted; /* one of two must be; NULL: any two */
} harvest;

/* ---- forms ------------------------------------------------------------------ */

/* A folded name with the abbreviations that place names take spelt out: st lo, saint lo. */
static void spell_out(const mlg_buffer *folded, mlg_buffer *key)
{
    static const struct {
        const char *brief, *whole;
    } words[] = {{"st", "saint"}, {"ste", "sainte"}, {"sts", "saints"}, {"stes", "saintes"}};

    for (const char *at = mlg_buffer_string(folded); *at != '\0';) {
        const size_t length = strcspn(at, " ");
        size_t k = 0;
        while (k < COUNT(words) &&
               (strlen(words[k].brief) != length || memcmp(words[k].brief, at, length) != 0)) {
            k++;
        }
        mlg_buffer_bytes(key, k < COUNT(words) ? words[k].whole : at,
                         k < COUNT(words) ? strlen(words[k].whole) : length);
        at += length;
        if (*at == ' ') {
            mlg_buffer_text(key, " ");
            at++;
        }
    }
    key->failed = key->failed || folded->failed;
}

static bool add_form(forms *f, mlg_id id, const char *text)
{
    mlg_buffer folded = {0}, key = {0};
    mlg_fold(text, strlen(text), &folded);
    spell_out(&folded, &key);
    mlg_buffer_free(&folded);
    const size_t before = f->key.n;
    const int32_t at =
        key.failed ? -1 : mlg_names_add(&f->key, mlg_buffer_string(&key), key.length);
    mlg_buffer_free(&key);
    if (at < 0 || !mlg_grow(&f->first, &f->first_room, f->key.n, sizeof *f->first) ||
        !mlg_grow(&f->form, &f->room, f->n + 1, sizeof *f->form)) {
        return false;
    }
    if (f->key.n > before) {
        f->first[at] = -1;
    }
    for (int32_t k = f->first[at]; k >= 0; k = f->form[k].next) {
        if (f->form[k].id == id) {
            return true;
        }
    }
    f->form[f->n] = (struct form){id, f->first[at]};
    f->first[at] = (int32_t) f->n++;
    return true;
}

static void free_forms(forms *f)
{
    mlg_names_free(&f->key);
    mlg_free(f->first);
    mlg_free(f->form);
    *f = (forms){0};
}

/* ---- pairs ------------------------------------------------------------------ */

static bool add_pair(harvest *p, mlg_id a, mlg_id b, mlg_text_key reason)
{
    if (a == b || (p->unlisted != NULL && !p->unlisted[a] && !p->unlisted[b])) {
        return true;
    }
    if (!mlg_grow(&p->pair, &p->room, p->n + 1, sizeof *p->pair)) {
        return false;
    }
    p->pair[p->n++] = (mlg_lookalike){p->scope, a < b ? a : b, a < b ? b : a, reason, -1};
    return true;
}

/* Ids of one key, each with the next: of a hundred alike, every pair would be too many. */
static bool add_key(harvest *p, int32_t key)
{
    const forms *f = &p->of;
    for (int32_t i = f->first[key]; i >= 0 && f->form[i].next >= 0; i = f->form[i].next) {
        if (!add_pair(p, f->form[i].id, f->form[f->form[i].next].id, T_lookalike_same)) {
            return false;
        }
    }
    return true;
}

/* Two keys that are alike, by the last id of each. */
static bool add_keys(harvest *p, int32_t a, int32_t b, mlg_text_key reason)
{
    return add_pair(p, p->of.form[p->of.first[a]].id, p->of.form[p->of.first[b]].id, reason);
}

static bool add_similar(void *context, int32_t a, int32_t b)
{
    return add_keys(context, a, b, T_lookalike_spelling);
}

/* The first bytes of a key's words: ASCII, since the key is folded; 0 for too few words. */
static size_t initials_of(const char *key, char out[static MAX_INITIALS])
{
    size_t n = 0;
    for (const char *at = key; *at != '\0' && n < MAX_INITIALS;) {
        out[n++] = *at;
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return n >= MIN_INITIALS ? n : 0;
}

static bool add_all(harvest *p, mlg_status *status, mlg_error *err)
{
    const mlg_names *keys = &p->of.key;
    char initials[MAX_INITIALS];
    for (size_t key = 0; key < keys->n; key++) {
        const size_t n = initials_of(mlg_names_text(keys, (int32_t) key), initials);
        const int32_t other = n > 0 ? mlg_names_find(keys, initials, n) : -1;
        if (!add_key(p, (int32_t) key) ||
            (other >= 0 && !add_keys(p, (int32_t) key, other, T_lookalike_initials))) {
            return false;
        }
    }
    *status = mlg_similar_pairs(keys, add_similar, p, err);
    return *status == MLG_OK;
}

/* ---- spaces ----------------------------------------------------------------- */

typedef struct space {
    mlg_scope scope;
    const mlg_names *names;
    mlg_type one, many; /* columns that name its ids */
    const int32_t *row; /* [names->n] the row that describes an id */
    mlg_column name;    /* its name there */
    const int32_t *other_row;
    mlg_column other_name;
} space;

/* How often rows use an id: a text that a name or an alias led away from is nobody's. */
static void count_uses(const mlg_model *model, const space *s, int32_t *used)
{
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        if (model->data[column] == NULL || (field->type != s->one && field->type != s->many)) {
            continue;
        }
        for (int32_t row = 0; row < model->rows[field->table].n; row++) {
            size_t n = 1;
            const int32_t *ids = field->type == s->one
                                     ? (const int32_t *) model->data[column] + row
                                     : mlg_get_list(model, field->column, row, &n);
            for (size_t i = 0; i < n; i++) {
                if (ids[i] >= 0) {
                    used[ids[i]]++;
                }
            }
        }
    }
}

static bool add_forms(const mlg_model *model, const space *s, const int32_t *used, forms *f)
{
    for (size_t id = 0; id < s->names->n; id++) {
        if (used[id] == 0) {
            continue;
        }
        if (!add_form(f, (mlg_id) id, mlg_names_text(s->names, (int32_t) id))) {
            return false;
        }
        const int32_t *const rows[2] = {s->row, s->other_row};
        const mlg_column columns[2] = {s->name, s->other_name};
        for (int i = 0; i < 2; i++) {
            const int32_t row = rows[i] != NULL ? rows[i][id] : -1;
            const int32_t text = row >= 0 ? mlg_get_id(model, columns[i], row) : -1;
            if (text >= 0 && !add_form(f, (mlg_id) id, mlg_names_text(&model->texts, text))) {
                return false;
            }
        }
    }
    return true;
}

/* Of two spellings the listed one stays, else the one that more rows use, else the first; -1
 * for two that are listed: an alias would give one id two descriptions. */
static mlg_id kept_of(const bool *unlisted, const int32_t *used, mlg_id a, mlg_id b)
{
    if (!unlisted[a] || !unlisted[b]) {
        return unlisted[a] ? b : unlisted[b] ? a : -1;
    }
    return used[a] != used[b] ? (used[a] > used[b] ? a : b) : a < b ? a : b;
}

/* One spelling may lead to one other only: of several, the one that would stay among them. */
static mlg_status choose_kept(harvest *p, size_t from, const space *s, const bool *unlisted,
                              const int32_t *used, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *best = mlg_alloc(s->names->n, sizeof *best);
    TRY_ALLOC(err, best);
    for (size_t id = 0; id < s->names->n; id++) {
        best[id] = -1;
    }
    for (size_t i = from; i < p->n; i++) {
        mlg_lookalike *pair = &p->pair[i];
        pair->kept = kept_of(unlisted, used, pair->a, pair->b);
        const mlg_id alias = pair->kept == pair->a ? pair->b : pair->a;
        if (pair->kept >= 0 && pair->kept != best[alias]) {
            const mlg_id before = best[alias];
            const mlg_id of_both = before < 0 ? -1 : kept_of(unlisted, used, before, pair->kept);
            /* of two listed ones the first: the other is told by its own pair */
            best[alias] = before < 0            ? pair->kept
                          : of_both >= 0        ? of_both
                          : before < pair->kept ? before
                                                : pair->kept;
        }
    }
    for (size_t i = from; i < p->n; i++) {
        mlg_lookalike *pair = &p->pair[i];
        const mlg_id alias = pair->kept == pair->a ? pair->b : pair->a;
        pair->kept = pair->kept >= 0 && best[alias] == pair->kept ? pair->kept : -1;
    }
out:
    mlg_free(best);
    return status;
}

static mlg_status search_space(const mlg_model *model, const space *s, harvest *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t from = p->n;
    int32_t *used = mlg_zalloc(s->names->n, sizeof *used);
    bool *unlisted = mlg_zalloc(s->names->n, sizeof *unlisted);

    TRY_ALLOC(err, used);
    TRY_ALLOC(err, unlisted);
    count_uses(model, s, used);
    if (s->one == MLG_TYPE_PARTY) { /* persons of posts are parties by another type */
        space persons = *s;
        persons.one = persons.many = MLG_TYPE_PERSON;
        count_uses(model, &persons, used);
    }
    for (size_t id = 0; id < s->names->n; id++) {
        unlisted[id] = s->row == NULL || s->row[id] < 0;
    }
    if (!add_forms(model, s, used, &p->of)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the likely duplicates");
    }
    p->scope = s->scope;
    /* Communes share names: of two described territories nothing is said. */
    p->unlisted = s->scope == MLG_SCOPE_TERRITORY ? unlisted : NULL;
    if (!add_all(p, &status, err)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the likely duplicates");
    }
    TRY(choose_kept(p, from, s, unlisted, used, err));
out:
    free_forms(&p->of);
    mlg_free(used);
    mlg_free(unlisted);
    return status;
}

static int by_ids(const void *a, const void *b)
{
    const mlg_lookalike *x = a, *y = b;
    return x->scope != y->scope ? (x->scope < y->scope ? -1 : 1)
           : x->a != y->a       ? (x->a < y->a ? -1 : 1)
           : x->b != y->b       ? (x->b < y->b ? -1 : 1)
                                : (x->reason > y->reason) - (x->reason < y->reason);
}

/* One entry a pair: the first of its reasons. */
static size_t keep_first(mlg_lookalike *pair, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || pair[i].scope != pair[kept - 1].scope || pair[i].a != pair[kept - 1].a ||
            pair[i].b != pair[kept - 1].b) {
            pair[kept++] = pair[i];
        }
    }
    return kept;
}

mlg_status mlg_model_lookalikes(const mlg_model *model, mlg_lookalike **out, size_t *n,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    harvest p = {0};
    const space spaces[] = {
        {MLG_SCOPE_ACTOR, &model->parties, MLG_TYPE_PARTY, MLG_TYPE_PARTIES, model->party_actor_row,
         C_actors_name, model->party_scheme_row, C_schemes_name},
        {MLG_SCOPE_ACTIVITY, &model->activities, MLG_TYPE_ACTIVITY, MLG_TYPE_ACTIVITY,
         model->activity_row, C_activities_name, NULL, C_NONE},
        {MLG_SCOPE_TERRITORY, &model->territories, MLG_TYPE_TERRITORY, MLG_TYPE_TERRITORIES,
         model->territory_row, C_territories_name, NULL, C_NONE},
    };
    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        TRY(search_space(model, &spaces[i], &p, err));
    }
    if (p.n > 1) {
        qsort(p.pair, p.n, sizeof *p.pair, by_ids);
    }
    *n = keep_first(p.pair, p.n);
    *out = p.pair;
    p.pair = NULL;
out:
    mlg_free(p.pair);
    return status;
}

/* ---- rows of aliases.csv ------------------------------------------------------ */

/* A cell, in quotes where a separator or a quote stands in it. */
static void put_cell(mlg_buffer *out, const char *text)
{
    const bool quoted = strpbrk(text, ";,\t\"") != NULL;
    mlg_buffer_text(out, quoted ? "\"" : "");
    for (; *text != '\0'; text++) {
        mlg_buffer_text(out, *text == '"' ? "\"" : "");
        mlg_buffer_char(out, *text);
    }
    mlg_buffer_text(out, quoted ? "\"" : "");
}

void mlg_lookalike_alias(const mlg_model *model, const mlg_labels *labels,
                         const mlg_lookalike *pair, char *row, size_t room)
{
    const mlg_names *names = pair->scope == MLG_SCOPE_ACTIVITY    ? &model->activities
                             : pair->scope == MLG_SCOPE_TERRITORY ? &model->territories
                                                                  : &model->parties;
    const bool person = pair->scope == MLG_SCOPE_ACTOR &&
                        (mlg_is_private(model, pair->a) || mlg_is_private(model, pair->b));
    mlg_buffer text = {0};
    row[0] = '\0';
    if (pair->kept < 0 || (person && !labels->names)) {
        return;
    }
    put_cell(&text, mlg_names_text(names, pair->kept == pair->a ? pair->b : pair->a));
    mlg_buffer_char(&text, labels->language == MLG_FR ? ';' : ',');
    put_cell(&text, mlg_names_text(names, pair->kept));
    if (!text.failed && text.length < room) {
        memcpy(row, mlg_buffer_string(&text), text.length + 1);
    }
    mlg_buffer_free(&text);
}

void mlg_lookalikes_free(mlg_lookalike *pairs)
{
    mlg_free(pairs);
}
