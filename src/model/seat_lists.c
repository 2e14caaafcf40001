/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/expected_seats.h"
#include "model/finish.h"
#include "model/spelling.h"

/* The lists of study.csv of who is expected in a steering committee. */

enum { MOST_WORD = 256 };

/* ---- what holds ------------------------------------------------------------------------------ */

const mlg_expected_seat *mlg_expected_seats(const mlg_model *model, size_t *n)
{
    const mlg_expected_seat *shipped = mlg_shipped_seats(n);
    if (model->n_seats > 0) {
        *n = model->n_seats;
    }
    return model->n_seats > 0 ? model->seats : shipped;
}

static const mlg_seat_list *general_list(const mlg_model *model)
{
    const mlg_seat_list *found = NULL;
    for (size_t i = 0; i < model->n_seat_lists; i++) {
        found = model->seat_lists[i].whose == NULL ? &model->seat_lists[i] : found;
    }
    return found;
}

bool mlg_expected_seats_own(const mlg_model *model)
{
    return general_list(model) != NULL;
}

bool mlg_expected_seats_vary(const mlg_model *model)
{
    bool vary = false;
    for (size_t i = 0; i < model->n_seat_lists; i++) {
        vary = vary || model->seat_lists[i].scheme >= 0 || model->seat_lists[i].kind >= 0;
    }
    return vary;
}

uint64_t mlg_seats_general(const mlg_model *model)
{
    size_t shipped = 0;
    const mlg_seat_list *own = general_list(model);
    (void) mlg_shipped_seats(&shipped);
    return own != NULL ? own->asked : (UINT64_C(1) << shipped) - 1;
}

uint64_t mlg_seats_of_scheme(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    const int32_t kind = row >= 0 ? mlg_get_id(model, C_schemes_kind, row) : -1;
    uint64_t of_scheme = 0, of_kind = 0;

    for (size_t i = 0; i < model->n_seat_lists; i++) {
        const mlg_seat_list *list = &model->seat_lists[i];
        of_scheme = list->scheme == scheme ? list->asked : of_scheme;
        of_kind = list->kind >= 0 && list->kind == kind ? list->asked : of_kind;
    }
    return of_scheme != 0 ? of_scheme : of_kind;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Code of a word, of the vocabulary or of the study's own; -1: none. */
static int32_t code_of(const mlg_model *model, mlg_list_id list, const char *word)
{
    int32_t code = mlg_vocabulary_find(list, word);
    for (int32_t own = mlg_schema_vocabulary(list)->n_codes;
         code < 0 && own < mlg_code_count(model, list); own++) {
        code = mlg_same_words(word, mlg_code_text(model, list, own)) ? own : -1;
    }
    return code;
}

/* A seat of a word of the study. */
static mlg_status make_own(mlg_model *model, const char *word, size_t own, mlg_expected_seat *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer key = {0}, name = {0};

    mlg_buffer_format(&key, "seat.own_%zu", own);
    mlg_fold(word, strlen(word), &name);
    *out = (mlg_expected_seat){.title = T_none, .shipped = -1, .institution = -1, .sector = -1};
    out->word = mlg_arena_text(&model->arena, word, strlen(word));
    out->institution = code_of(model, MLG_V_institution, word);
    out->sector = out->institution < 0 ? code_of(model, MLG_V_sector, word) : -1;
    if (!key.failed && !name.failed) {
        out->convention = mlg_arena_text(&model->arena, mlg_buffer_string(&key), key.length);
        out->name = mlg_arena_text(&model->arena, mlg_buffer_string(&name), name.length);
    }
    TRY_ALLOC(err, out->word);
    TRY_ALLOC(err, out->convention);
    TRY_ALLOC(err, out->name);
out:
    mlg_buffer_free(&key);
    mlg_buffer_free(&name);
    return status;
}

/* Number of a word's seat among all, or -1. */
static int find_seat(const mlg_model *model, const char *word)
{
    const int shipped = mlg_shipped_seat_of(word);
    int found = -1;
    for (size_t i = 0; i < model->n_seats && found < 0; i++) {
        const mlg_expected_seat *seat = &model->seats[i];
        const bool same = shipped >= 0 ? seat->shipped == shipped
                                       : seat->shipped < 0 && mlg_same_words(word, seat->word);
        found = same ? (int) i : -1;
    }
    return found;
}

static mlg_status add_word(mlg_model *model, const char *word, uint64_t *asked, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t own = 1, n_shipped = 0;
    const int shipped = mlg_shipped_seat_of(word);
    int found = find_seat(model, word);

    if (found < 0 && model->n_seats < MLG_MOST_SEATS) {
        mlg_expected_seat *seat = &model->seats[model->n_seats];
        for (size_t i = 0; i < model->n_seats; i++) {
            own += model->seats[i].shipped < 0;
        }
        if (shipped >= 0) {
            *seat = mlg_shipped_seats(&n_shipped)[shipped];
        } else {
            TRY(make_own(model, word, own, seat, err));
        }
        found = (int) model->n_seats++;
    }
    if (found >= 0) {
        *asked |= UINT64_C(1) << found;
    }
out:
    return status;
}

/* The next word of a list, without blanks around it; what is left of the list. */
static const char *next_word(const char *list, char word[MOST_WORD])
{
    const size_t length = strcspn(list, "|");
    size_t from = 0, to = length < MOST_WORD - 1 ? length : MOST_WORD - 1;
    for (; from < to && list[from] == ' '; from++) {
    }
    for (; to > from && list[to - 1] == ' '; to--) {
    }
    memcpy(word, list + from, to - from);
    word[to - from] = '\0';
    return list + length + (list[length] == '|');
}

/* Whose list a key of study.csv gives: "" for the general one, NULL when it gives none. */
static const char *whose_list(const char *key)
{
    static const char *const prefixes[] = {"expected.copil", "attendu.copil"};
    char start[64];
    const char *point = strchr(key, '.');

    point = point != NULL ? strchr(point + 1, '.') : NULL;
    const size_t length = point != NULL ? (size_t) (point - key) : strlen(key);
    if (length >= sizeof start) {
        return NULL;
    }
    memcpy(start, key, length);
    start[length] = '\0';
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (mlg_same_key(start, prefixes[i])) {
            return point != NULL ? point + 1 : key + length;
        }
    }
    return NULL;
}

/* A later row of the same key takes the place of the earlier. */
static mlg_seat_list *list_place(mlg_model *model, const char *whose)
{
    mlg_seat_list *place = &model->seat_lists[model->n_seat_lists];
    for (size_t i = 0; i < model->n_seat_lists; i++) {
        mlg_seat_list *list = &model->seat_lists[i];
        const bool same = list->whose == NULL
                              ? whose[0] == '\0'
                              : whose[0] != '\0' && mlg_same_key(list->whose, whose);
        place = same ? list : place;
    }
    model->n_seat_lists += place == &model->seat_lists[model->n_seat_lists];
    return place;
}

static mlg_status read_list(mlg_model *model, int32_t row, const char *whose, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *words = mlg_setting_value(model, row);
    uint64_t asked = 0;
    char word[MOST_WORD];

    while (words != NULL && *words != '\0') {
        words = next_word(words, word);
        if (word[0] != '\0') {
            TRY(add_word(model, word, &asked, err));
        }
    }
    if (asked != 0) {
        mlg_seat_list *list = list_place(model, whose);
        *list = (mlg_seat_list){.row = row, .scheme = -1, .kind = -1, .asked = asked};
        if (whose[0] != '\0') {
            list->whose = mlg_arena_text(&model->arena, whose, strlen(whose));
            TRY_ALLOC(err, list->whose);
        }
    }
out:
    return status;
}

static const char *key_of(const mlg_model *model, int32_t row)
{
    const int32_t text = mlg_get_id(model, C_study_key, row);
    return text >= 0 ? mlg_names_text(&model->texts, text) : "";
}

mlg_status mlg_finish_seats(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = model->rows[MLG_STUDY].n;
    size_t lists = 0, n_shipped = 0;
    bool general = false;
    const mlg_expected_seat *shipped = mlg_shipped_seats(&n_shipped);

    for (int32_t row = 0; row < n; row++) {
        const char *whose = whose_list(key_of(model, row));
        const char *value = whose != NULL ? mlg_setting_value(model, row) : NULL;
        lists += value != NULL;
        general = general || (value != NULL && whose[0] == '\0');
    }
    if (lists == 0) {
        goto out;
    }
    model->seats = mlg_arena_alloc(&model->arena, MLG_MOST_SEATS * sizeof *model->seats);
    model->seat_lists = mlg_arena_alloc(&model->arena, lists * sizeof *model->seat_lists);
    TRY_ALLOC(err, model->seats);
    TRY_ALLOC(err, model->seat_lists);
    if (!general) { /* the shipped list holds for the others */
        memcpy(model->seats, shipped, n_shipped * sizeof *shipped);
        model->n_seats = n_shipped;
    }
    for (int32_t row = 0; row < n; row++) {
        const char *whose = whose_list(key_of(model, row));
        if (whose != NULL) {
            TRY(read_list(model, row, whose, err));
        }
    }
out:
    return status;
}

/* ---- what names mean ---------------------------------------------------------------------------
 */

static void tell(mlg_model *model, mlg_text_key near_key, mlg_text_key alone, mlg_place place,
                 const char *word, const char *near, bool is_private)
{
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = word},
                            {.kind = MLG_ARG_TEXT, .text = near}};
    mlg_fault_add_masked(model, MLG_WARNING, near != NULL ? near_key : alone, place, args,
                         near != NULL ? 2 : 1, is_private ? 3u : 0u);
}

/* Labels apart by commas, without what stands in parentheses. */
static mlg_status add_labels(mlg_model *model, const char *labels, mlg_spellings *nearest,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    while (*labels != '\0') {
        const size_t gloss = strcspn(labels, "("), end = strcspn(labels, ",");
        size_t length = gloss < end ? gloss : end;
        const size_t from = strspn(labels, " ");
        for (; length > from && labels[length - 1] == ' '; length--) {
        }
        if (length > from) {
            const char *kept = mlg_arena_text(&model->arena, labels + from, length - from);
            TRY_ALLOC(err, kept);
            mlg_spellings_add(nearest, kept, -1);
        }
        labels += gloss < end ? gloss + strcspn(labels + gloss, ")") : end;
        labels += strcspn(labels, ",");
        labels += *labels == ',';
    }
out:
    return status;
}

/* The codes of a list and of the study's own, with their labels in both languages. */
static mlg_status add_codes(mlg_model *model, mlg_list_id list, mlg_spellings *nearest,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);

    for (int32_t code = 0; code < mlg_code_count(model, list); code++) {
        mlg_spellings_add(nearest, mlg_code_text(model, list, code), -1);
        for (int language = 0; language < MLG_N_LANGUAGES && code < vocabulary->n_codes;
             language++) {
            TRY(add_labels(model, vocabulary->codes[code].label[language], nearest, err));
        }
    }
out:
    return status;
}

/* Ids of a table, and their names. */
static void add_rows(const mlg_model *model, mlg_column id, mlg_column name, mlg_spellings *nearest)
{
    for (int32_t row = 0; row < model->rows[mlg_schema_field(id)->table].n; row++) {
        const mlg_id party = mlg_get_id(model, id, row);
        const int32_t text = mlg_get_id(model, name, row);
        if (party >= 0) {
            mlg_spellings_add(nearest, mlg_names_text(&model->parties, party), party);
        }
        if (party >= 0 && text >= 0) {
            mlg_spellings_add(nearest, mlg_names_text(&model->texts, text), party);
        }
    }
}

static mlg_status short_of(const mlg_spellings *nearest, mlg_error *err)
{
    return nearest->failed ? mlg_fail(err, MLG_ENOMEM, "out of memory for the nearest words")
                           : MLG_OK;
}

/* Whom a word of a list may mean: seats, types of institution, sectors, actors. */
static mlg_status add_words(mlg_model *model, mlg_spellings *nearest, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;
    const mlg_expected_seat *shipped = mlg_shipped_seats(&n);

    for (size_t i = 0; i < n; i++) {
        mlg_spellings_add(nearest, strchr(shipped[i].convention, '.') + 1, -1);
        mlg_spellings_add(nearest, mlg_text(MLG_FR, shipped[i].title), -1);
        mlg_spellings_add(nearest, mlg_text(MLG_EN, shipped[i].title), -1);
    }
    TRY(add_codes(model, MLG_V_institution, nearest, err));
    TRY(add_codes(model, MLG_V_sector, nearest, err));
    add_rows(model, C_actors_id, C_actors_name, nearest);
    TRY(short_of(nearest, err));
out:
    return status;
}

/* Does somebody of the study bear the word as id or name? */
static bool is_actor(const mlg_model *model, const char *word)
{
    bool found = false;
    for (mlg_id party = 0; party < (mlg_id) model->parties.n && !found; party++) {
        const int32_t row = model->party_actor_row[party];
        const int32_t text = row >= 0 ? mlg_get_id(model, C_actors_name, row) : -1;
        found = (model->party_flags[party] & MLG_IS_ACTOR) != 0 &&
                (mlg_same_words(word, mlg_names_text(&model->parties, party)) ||
                 (text >= 0 && mlg_same_words(word, mlg_names_text(&model->texts, text))));
    }
    return found;
}

static mlg_status check_words(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_spellings nearest = {0};
    uint64_t told = 0;

    for (size_t i = 0; i < model->n_seat_lists; i++) {
        const mlg_seat_list *list = &model->seat_lists[i];
        for (size_t seat = 0; seat < model->n_seats; seat++) {
            const mlg_expected_seat *s = &model->seats[seat];
            const uint64_t bit = UINT64_C(1) << seat;
            if ((list->asked & ~told & bit) == 0 || s->shipped >= 0 || s->institution >= 0 ||
                s->sector >= 0 || is_actor(model, s->word)) {
                continue;
            }
            told |= bit;
            if (!nearest.ready) {
                TRY(add_words(model, &nearest, err));
                nearest.ready = true;
            }
            mlg_id who = -1;
            const char *near = mlg_spellings_find(&nearest, s->word, &who);
            TRY(short_of(&nearest, err));
            tell(model, T_fault_seat_word, T_fault_seat_word_alone,
                 mlg_place_of(model, MLG_STUDY, list->row, C_study_value), s->word, near,
                 near != NULL && who >= 0 && mlg_is_private(model, who));
        }
    }
out:
    mlg_spellings_free(&nearest);
    return status;
}

/* The scheme of an id or a name, or -1. */
static mlg_id scheme_of(const mlg_model *model, const char *whose)
{
    mlg_id found = -1;
    for (mlg_id party = 0; party < (mlg_id) model->parties.n && found < 0; party++) {
        const int32_t row = model->party_scheme_row[party];
        const int32_t text = row >= 0 ? mlg_get_id(model, C_schemes_name, row) : -1;
        const bool same = mlg_same_key(whose, mlg_names_text(&model->parties, party)) ||
                          (text >= 0 && mlg_same_words(whose, mlg_names_text(&model->texts, text)));
        found = (model->party_flags[party] & MLG_IS_SCHEME) != 0 && same ? party : -1;
    }
    return found;
}

/* A list is of the scheme of that id or name, and of all schemes of that kind. */
static mlg_status check_owners(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_spellings nearest = {0};

    for (size_t i = 0; i < model->n_seat_lists; i++) {
        mlg_seat_list *list = &model->seat_lists[i];
        if (list->whose == NULL) {
            continue;
        }
        list->scheme = scheme_of(model, list->whose);
        list->kind = code_of(model, MLG_V_scheme_kind, list->whose);
        if (list->scheme >= 0 || list->kind >= 0) {
            continue;
        }
        if (!nearest.ready) {
            TRY(add_codes(model, MLG_V_scheme_kind, &nearest, err));
            add_rows(model, C_schemes_id, C_schemes_name, &nearest);
            nearest.ready = true;
        }
        mlg_id who = -1;
        const char *near = mlg_spellings_find(&nearest, list->whose, &who);
        TRY(short_of(&nearest, err));
        tell(model, T_fault_seats_whose, T_fault_seats_whose_alone,
             mlg_place_of(model, MLG_STUDY, list->row, C_study_key), list->whose, near, false);
    }
out:
    mlg_spellings_free(&nearest);
    return status;
}

mlg_status mlg_check_seats(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(check_owners(model, err));
    TRY(check_words(model, err));
out:
    return status;
}
