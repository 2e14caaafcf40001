/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/random.h"
#include "model/finish.h"
#include "model/person_names.h"
#include "model/spelling.h"

enum {
    LEAST_PART = 4, /* bytes of a name that counts inside a post's id: "ab" would be chance */
    LEAST_WORD = 5, /* bytes of a word of a name that counts there: "Zoe" would be chance */
};

/* The study's own hash as a seed: two runs agree, and no name can be guessed from it. */
static uint64_t seed_of(const mlg_model *model)
{
    uint64_t seed = 0;
    for (int i = 0; i < 16 && model->sha256[i] != '\0'; i++) {
        const char c = model->sha256[i];
        const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
        seed = seed << 4 | (uint64_t) (digit & 15);
    }
    return seed;
}

/* Number of an id or name that looks like a pseudonym (P7, p007), or -1. */
static int64_t number_of(const char *text)
{
    int64_t number = 0;
    if (text[0] != 'P' && text[0] != 'p') {
        return -1;
    }
    const size_t digits = strspn(text + 1, "0123456789");
    if (digits == 0 || digits > 12 || text[1 + digits] != '\0') {
        return -1;
    }
    for (const char *c = text + 1; *c != '\0'; c++) {
        number = number * 10 + (*c - '0');
    }
    return number;
}

static size_t mark_used(const mlg_names *names, bool *used, size_t room)
{
    size_t n = 0;
    for (size_t id = 0; id < names->n; id++) {
        const int64_t number = number_of(mlg_names_text(names, (int32_t) id));
        if (number >= 0) {
            n++;
            if (used != NULL && (size_t) number < room) {
                used[number] = true;
            }
        }
    }
    return n;
}

/* Deals the numbers 1.. to the persons, shuffled, leaving out those an id or a name looks like. */
static mlg_status deal(mlg_model *model, mlg_id *person, size_t n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    enum { N_SPACES = 4 };
    const mlg_names *spaces[N_SPACES] = {&model->parties, &model->activities, &model->territories,
                                         &model->texts};
    mlg_random stream = mlg_random_stream(seed_of(model), "pseudonym", "", 0);
    size_t room = n + 1, number = 0;

    for (size_t i = 0; i < N_SPACES; i++) {
        room += mark_used(spaces[i], NULL, 0);
    }
    bool *used = mlg_zalloc(room, sizeof *used);
    TRY_ALLOC(err, used);
    for (size_t i = 0; i < N_SPACES; i++) {
        mark_used(spaces[i], used, room);
    }
    for (size_t i = n; i > 1; i--) {
        const size_t other = mlg_random_below(&stream, (uint32_t) i);
        const mlg_id kept = person[i - 1];
        person[i - 1] = person[other];
        person[other] = kept;
    }
    for (size_t i = 0; i < n; i++) {
        do {
            number++;
        } while (used[number]);
        model->party_pseudonym[person[i]] = (int32_t) number;
    }
    for (model->pseudonym_width = 1; number >= 10; number /= 10) {
        model->pseudonym_width++;
    }
    model->pseudonym_width = model->pseudonym_width < 2 ? 2 : model->pseudonym_width;

out:
    mlg_free(used);
    return status;
}

/* ---- posts that bear a person's name --------------------------------------------------- */

typedef struct bearers {
    mlg_names keys;  /* folded names, ids and aliases of persons, then words of them */
    int32_t *number; /* 0: a word of several persons, or of something else too */
    size_t room;
    size_t n_whole; /* the first keys are whole names */
} bearers;

static bool add_bearer(bearers *b, const char *text, int32_t number)
{
    mlg_buffer key = {0};
    mlg_fold(text, strlen(text), &key);
    bool added = !key.failed;
    if (added && key.length > 0) {
        const size_t before = b->keys.n;
        added = mlg_grow(&b->number, &b->room, before + 1, sizeof *b->number) &&
                mlg_names_add(&b->keys, mlg_buffer_string(&key), key.length) >= 0;
        if (added && b->keys.n > before) {
            b->number[before] = number;
        }
    }
    mlg_buffer_free(&key);
    return added;
}

/* A word tells a person when it is in the name of that one and of nothing else. */
static bool add_word(bearers *b, const char *word, size_t length, int32_t number)
{
    const size_t before = b->keys.n;
    if (length < LEAST_WORD) {
        return true;
    }
    if (!mlg_grow(&b->number, &b->room, before + 1, sizeof *b->number)) {
        return false;
    }
    const int32_t key = mlg_names_add(&b->keys, word, length);
    if (key >= 0 && b->keys.n > before) {
        b->number[key] = number;
    } else if (key >= 0 && (size_t) key >= b->n_whole && b->number[key] != number) {
        b->number[key] = 0;
    }
    return key >= 0;
}

static bool add_words(bearers *b, const char *text, int32_t number)
{
    mlg_buffer key = {0};
    mlg_fold(text, strlen(text), &key);
    bool added = !key.failed;
    const char *word = mlg_buffer_string(&key);
    while (added && *word != '\0') {
        const size_t length = strcspn(word, " ");
        added = add_word(b, word, length, number);
        word += length + (word[length] == ' ' ? 1 : 0);
    }
    mlg_buffer_free(&key);
    return added;
}

/* Words of every party but posts: those of an organisation's or a scheme's name tell nobody. */
static bool read_words(const mlg_model *model, bearers *b)
{
    bool added = true;
    b->n_whole = b->keys.n;
    for (size_t party = 0; added && party < model->parties.n; party++) {
        if (model->party_kind[party] != MLG_KIND_POST) {
            added = add_words(b, mlg_names_text(&model->parties, (mlg_id) party),
                              model->party_pseudonym[party]);
        }
    }
    for (int32_t row = 0; added && row < model->rows[MLG_ACTORS].n; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        const int32_t name = mlg_get_id(model, C_actors_name, row);
        if (party >= 0 && name >= 0) {
            added =
                add_words(b, mlg_names_text(&model->texts, name), model->party_pseudonym[party]);
        }
    }
    return added;
}

/* Number of whose whole name it is, 0 for none; -1 when memory is short. */
static int32_t number_of_name(const bearers *b, const char *text)
{
    mlg_buffer key = {0};
    int32_t number = -1;
    mlg_fold(text, strlen(text), &key);
    if (!key.failed) {
        const int32_t found = mlg_names_find(&b->keys, mlg_buffer_string(&key), key.length);
        number = found >= 0 && b->number != NULL ? b->number[found] : 0;
    }
    mlg_buffer_free(&key);
    return number;
}

static mlg_status read_aliases(const mlg_model *model, bearers *b, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t row = 0; row < model->rows[MLG_ALIASES].n; row++) {
        const char *alias = mlg_names_text(&model->texts, mlg_get_id(model, C_aliases_alias, row));
        const char *name = mlg_names_text(&model->texts, mlg_get_id(model, C_aliases_id, row));
        const int32_t number = number_of_name(b, name);
        if (number < 0 || (number > 0 && !add_bearer(b, alias, number))) {
            FAIL(err, MLG_ENOMEM, "out of memory for the names of persons");
        }
    }
out:
    return status;
}

static mlg_status read_bearers(const mlg_model *model, bearers *b, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t party = 0; party < model->parties.n; party++) {
        const int32_t number = model->party_pseudonym[party];
        if (number > 0 && !add_bearer(b, mlg_names_text(&model->parties, (mlg_id) party), number)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the names of persons");
        }
    }
    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        const int32_t name = mlg_get_id(model, C_actors_name, row);
        const int32_t number = party >= 0 ? model->party_pseudonym[party] : 0;
        if (number > 0 && name >= 0 &&
            !add_bearer(b, mlg_names_text(&model->texts, name), number)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the names of persons");
        }
    }
    for (int pass = 0; pass < 2; pass++) { /* an alias of an alias may stand above it */
        TRY(read_aliases(model, b, err));
    }
    if (!read_words(model, b)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of persons");
    }
out:
    return status;
}

/* Number of the person whose name is the key, or some of its words in a row, or who alone has one
 * of its words; else 0. */
static int32_t borne_by(const bearers *b, const char *key, size_t length)
{
    for (size_t from = 0; from < length; from++) {
        if (from > 0 && key[from - 1] != ' ') {
            continue;
        }
        for (size_t end = length; end > from; end--) {
            const bool whole = from == 0 && end == length;
            if ((end < length && key[end] != ' ') || (!whole && end - from < LEAST_PART)) {
                continue;
            }
            const int32_t found = mlg_names_find(&b->keys, key + from, end - from);
            if (found >= 0 && b->number != NULL && b->number[found] > 0) {
                return b->number[found];
            }
        }
    }
    return 0;
}

static mlg_status cover_posts(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bearers b = {0};
    mlg_buffer key = {0};

    TRY(read_bearers(model, &b, err));
    for (size_t party = 0; party < model->parties.n; party++) {
        if (model->party_kind[party] != MLG_KIND_POST) {
            continue;
        }
        const char *text = mlg_names_text(&model->parties, (mlg_id) party);
        mlg_buffer_clear(&key);
        mlg_fold(text, strlen(text), &key);
        if (key.failed) {
            FAIL(err, MLG_ENOMEM, "out of memory for the names of posts");
        }
        /* an id past 255 bytes is no name of a post: the square of its words stays small */
        model->party_pseudonym[party] =
            borne_by(&b, mlg_buffer_string(&key), key.length < 256 ? key.length : 255);
    }

out:
    mlg_names_free(&b.keys);
    mlg_free(b.number);
    mlg_buffer_free(&key);
    return status;
}

/* ---- persons under another spelling ----------------------------------------------------- */

static void add_known(const mlg_model *model, mlg_spellings *known)
{
    for (size_t party = 0; party < model->parties.n; party++) {
        if (model->party_kind[party] == MLG_KIND_PERSON ||
            (model->party_flags[party] & MLG_IS_LISTED) != 0) {
            mlg_spellings_add(known, mlg_names_text(&model->parties, (mlg_id) party),
                              (mlg_id) party);
        }
    }
    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        const int32_t name = mlg_get_id(model, C_actors_name, row);
        if (party >= 0 && name >= 0) {
            mlg_spellings_add(known, mlg_names_text(&model->texts, name), party);
        }
    }
}

static void add_persons(const mlg_model *model, mlg_person_names *names)
{
    for (size_t party = 0; party < model->parties.n; party++) {
        const int32_t row = model->party_actor_row[party];
        const int32_t name = row >= 0 ? mlg_get_id(model, C_actors_name, row) : -1;
        if (model->party_kind[party] == MLG_KIND_PERSON) {
            mlg_person_names_add(names,
                                 name >= 0 ? mlg_names_text(&model->texts, name)
                                           : mlg_names_text(&model->parties, (mlg_id) party),
                                 (mlg_id) party);
        }
    }
}

static void mark(void *context, mlg_id other)
{
    bool *found = context;
    (void) other;
    *found = true;
}

/* "C. Morel" of posts.csv, or a slip of the pen: is it one of the persons? */
static bool is_spelled_like(const mlg_model *model, mlg_id party, mlg_spellings *known,
                            mlg_person_names *persons)
{
    const char *text = mlg_names_text(&model->parties, party);
    mlg_id near = -1;
    bool found = mlg_spellings_find(known, text, &near) != NULL &&
                 model->party_kind[near] == MLG_KIND_PERSON;
    if (!found) {
        mlg_person_names_find(persons, text, party, mark, &found);
    }
    return found;
}

/* A stranger whom nothing makes a person, spelled nearly like one: it counts as an organisation,
 * but its name is that person's, so a pseudonym of its own hides it. Codes that differ by their
 * digits are different codes. */
static mlg_status add_misspelt(const mlg_model *model, mlg_id *person, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_spellings known = {0};
    mlg_person_names persons = {0};

    add_known(model, &known);
    add_persons(model, &persons);
    for (size_t party = 0; party < model->parties.n; party++) {
        const char *text = mlg_names_text(&model->parties, (mlg_id) party);
        if (model->party_kind[party] == MLG_KIND_ORGANISATION &&
            (model->party_flags[party] & (MLG_IS_LISTED | MLG_IS_ACTOR)) == MLG_IS_ACTOR &&
            strpbrk(text, "0123456789") == NULL &&
            is_spelled_like(model, (mlg_id) party, &known, &persons)) {
            person[(*n)++] = (mlg_id) party;
        }
    }
    if (known.failed || persons.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the nearest names");
    }
out:
    mlg_spellings_free(&known);
    mlg_person_names_free(&persons);
    return status;
}

mlg_status mlg_finish_pseudonyms(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_parties = model->parties.n;
    size_t n = 0;
    mlg_id *person = mlg_alloc(n_parties, sizeof *person);

    model->party_pseudonym = mlg_zalloc(n_parties, sizeof *model->party_pseudonym);
    TRY_ALLOC(err, person);
    TRY_ALLOC(err, model->party_pseudonym);
    for (size_t party = 0; party < n_parties; party++) {
        if (model->party_kind[party] == MLG_KIND_PERSON) {
            person[n++] = (mlg_id) party;
        }
    }
    if (n > 0) {
        TRY(add_misspelt(model, person, &n, err));
        TRY(deal(model, person, n, err));
        if (model->rows[MLG_POSTS].n > 0) {
            TRY(cover_posts(model, err));
        }
    }

out:
    mlg_free(person);
    return status;
}
