/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/cell_types.h"

#include <stdio.h>

#include "base/fold.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/words.h"
#include "model/span.h"

static const mlg_value empty = {.state = MLG_CELL_EMPTY};

static mlg_value bad(mlg_reader *reader, const mlg_bind *bind, mlg_text_key key, int32_t column,
                     const char *read, const char *expected)
{
    mlg_reader_tell(reader, MLG_FATAL, key, column, bind->field->column, read, expected);
    return (mlg_value){.state = MLG_CELL_BAD};
}

static mlg_value id_value(mlg_reader *reader, int32_t id)
{
    if (id < 0) {
        reader->no_memory = true;
        return empty;
    }
    return (mlg_value){.id = id, .state = MLG_CELL_VALUE};
}

/* ---- ids ------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 1,30025E+13: a long number as a spreadsheet shows it. */
static bool is_scientific(const char *text)
{
    size_t at = 0;
    while (is_digit(text[at])) {
        at++;
    }
    if (at == 0 || at > 3) {
        return false;
    }
    if (text[at] == ',' || text[at] == '.') {
        do {
            at++;
        } while (is_digit(text[at]));
    }
    if ((text[at] != 'E' && text[at] != 'e') || text[at + 1] != '+') {
        return false;
    }
    return is_digit(text[at + 2]) && strspn(text + at + 2, "0123456789") == strlen(text + at + 2);
}

/* A SIRET's digits, every second one doubled, sum to a multiple of 10; those of La Poste
 * simply to a multiple of 5. */
static bool is_siret(const char *text)
{
    int luhn = 0, plain = 0;
    for (int i = 0; i < 14; i++) {
        const int digit = text[i] - '0';
        const int doubled = i % 2 == 0 ? 2 * digit : digit;
        luhn += doubled > 9 ? doubled - 9 : doubled;
        plain += digit;
    }
    return luhn % 10 == 0 || (strncmp(text, "356000000", 9) == 0 && plain % 5 == 0);
}

static size_t count_characters(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        n += ((unsigned char) text[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return n;
}

static bool is_too_long(mlg_reader *reader, const mlg_bind *bind, const char *text, size_t length,
                        int32_t column)
{
    char most[16];
    if (length <= MLG_MAX_NAME || count_characters(text, length) <= MLG_MAX_NAME) {
        return false;
    }
    snprintf(most, sizeof most, "%d", MLG_MAX_NAME);
    bad(reader, bind, T_fault_name_too_long, column, text, most);
    return true;
}

static mlg_value read_id(mlg_reader *reader, mlg_bind *bind, mlg_names *names, const char *text,
                         size_t length, int32_t column)
{
    if (is_too_long(reader, bind, text, length, column)) {
        return (mlg_value){.state = MLG_CELL_BAD};
    }
    if (mlg_word_unknown(text, length)) {
        return empty;
    }
    if (is_digit(text[0])) {
        if (is_scientific(text)) {
            return bad(reader, bind, T_fault_scientific_id, column, text, NULL);
        }
        if (length == 14 && strspn(text, "0123456789") == 14 && !is_siret(text)) {
            mlg_reader_tell(reader, MLG_WARNING, T_fault_bad_siret, column, bind->field->column,
                            text, NULL);
        }
    }
    return id_value(reader, mlg_names_add(names, text, length));
}

static mlg_value read_text(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    if (strcmp(bind->field->name, "name") == 0 && is_too_long(reader, bind, text, length, column)) {
        return (mlg_value){.state = MLG_CELL_BAD};
    }
    return id_value(reader, mlg_names_add(&reader->model->texts, text, length));
}

/* ---- codes ---------------------------------------------------------------- */

/* How near a label must be to be likened to a text. Of short words most are within two edits of
 * each other ("abs", "yes"): one edit, and the same first letter. */
static size_t edits_allowed(const char *key, size_t length, const char *other, size_t used)
{
    enum { SHORT = 5, FEW = 2 };
    const bool is_short = length < SHORT || used < SHORT;
    return !is_short ? FEW : length > 1 && used > 1 && key[0] == other[0] ? 1 : 0;
}

/* The code or label nearest to a text, within two edits of their keys; NULL for none. */
static const char *nearest_code(mlg_list_id list, const char *text, char *room, size_t size)
{
    enum { KEY = 256, WITHIN = 2 };
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    char key[KEY], other[KEY];
    const size_t length = mlg_fold_short(MLG_FOLD_NAME, text, strlen(text), key, KEY);
    size_t best = WITHIN + 1;

    for (int32_t code = 0; length < KEY && code < vocabulary->n_codes; code++) {
        for (int language = -1; language < MLG_N_LANGUAGES; language++) {
            const mlg_code_row *row = &vocabulary->codes[code];
            const char *labels = language < 0 ? row->code : row->label[language];
            while (*labels != '\0') {
                const size_t n = strcspn(labels, ",(");
                const size_t used = mlg_fold_short(MLG_FOLD_NAME, labels, n, other, KEY);
                const size_t edits =
                    used < KEY ? mlg_edit_distance(key, length, other, used, WITHIN) : best;
                if (edits < best && edits <= edits_allowed(key, length, other, used)) {
                    const bool glossed = labels[n] == '(' && n > 0 && labels[n - 1] == ' ';
                    best = edits;
                    snprintf(room, size, "%.*s", (int) (n - (glossed ? 1 : 0)), labels);
                }
                labels += labels[n] == '(' ? strlen(labels) : n;
                labels += strspn(labels, ", ");
            }
        }
    }
    return best <= WITHIN ? room : NULL;
}

/* How many words of one folded key stand in the other, where all of the shorter do; else 0. */
static size_t words_in_common(const char *key, const char *other)
{
    size_t n = 0;
    for (const char *word = key; *word != '\0';) {
        const size_t length = strcspn(word, " ");
        bool found = false;
        for (const char *at = other; *at != '\0' && !found;) {
            const size_t there = strcspn(at, " ");
            found = there == length && memcmp(at, word, length) == 0;
            at += there + (at[there] == ' ' ? 1 : 0);
        }
        if (!found) {
            return 0;
        }
        n++;
        word += length + (word[length] == ' ' ? 1 : 0);
    }
    return n;
}

/* The one label whose words hold all those of a text of two words or more ("mobiliser
 * habitants" and "mobiliser habitants et usagers"), or the other way round; NULL for none, or
 * several. */
static const char *wider_code(mlg_list_id list, const char *key, char *room, size_t size)
{
    enum { KEY = 256, FEWEST = 2 };
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    char other[KEY];
    int32_t found = -1;

    for (int32_t code = 0; code < vocabulary->n_codes; code++) {
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            const char *label = vocabulary->codes[code].label[language];
            while (*label != '\0') { /* several words for it, and a gloss */
                const size_t n = strcspn(label, ",(");
                const size_t used = mlg_fold_short(MLG_FOLD_NAME, label, n, other, KEY - 1);
                other[used < KEY - 1 ? used : 0] = '\0';
                if (words_in_common(key, other) >= FEWEST ||
                    words_in_common(other, key) >= FEWEST) {
                    if (found >= 0 && found != code) {
                        return NULL;
                    }
                    found = code;
                    const bool glossed = label[n] == '(' && n > 0 && label[n - 1] == ' ';
                    snprintf(room, size, "%.*s", (int) (n - (glossed ? 1 : 0)), label);
                }
                label += label[n] == '(' ? strlen(label) : n;
                label += strspn(label, ", ");
            }
        }
    }
    return found >= 0 ? room : NULL;
}

static void tell_unknown_code(mlg_reader *reader, const mlg_bind *bind, const char *text,
                              int32_t column)
{
    char name[64], room[160];
    const mlg_list_id list = bind->field->list;
    const char *near = nearest_code(list, text, room, sizeof room);
    snprintf(name, sizeof name, "list_%s", mlg_schema_vocabulary(list)->name);
    reader->near_person =
        reader->near_person || (bind->field->column == C_actors_kind && near != NULL &&
                                mlg_vocabulary_find(list, near) == MLG_KIND_PERSON);
    const mlg_place place = {reader->file, reader->line, column, bind->field->column};
    const mlg_arg args[3] = {{.kind = MLG_ARG_TEXT, .text = text},
                             {.kind = MLG_ARG_KEY, .key = mlg_text_find(name)},
                             {.kind = MLG_ARG_TEXT, .text = near}};
    mlg_fault_add(reader->model, MLG_FATAL,
                  near != NULL ? T_fault_unknown_code_near : T_fault_unknown_code, place, args,
                  near != NULL ? 3 : 2);
    reader->told = true;
}

/* A value that an open list takes is told, once, when it is nearly one of the list's own:
 * "lojement" would make a sector of its own. Short words and those with digits differ for a
 * reason; of a column with over MOST_TRIED values of its own, the list is another. */
static void tell_near_code(mlg_reader *reader, const mlg_bind *bind, const char *text,
                           int32_t column)
{
    enum { MOST_TRIED = 500, FEWEST_LETTERS = 5, KEY = 256 };
    char room[160], key[KEY], other[KEY];
    const mlg_list_id list = bind->field->list;
    if (reader->model->open[list].n > MOST_TRIED || (bind->field->flags & MLG_PRIVATE) != 0) {
        return;
    }
    const size_t length = mlg_fold_short(MLG_FOLD_NAME, text, strlen(text), key, KEY);
    if (length < FEWEST_LETTERS || length >= KEY) {
        return;
    }
    key[length] = '\0';
    if (strpbrk(key, "0123456789") != NULL) {
        return;
    }
    const char *near = wider_code(list, key, room, sizeof room);
    if (near != NULL) {
        mlg_reader_tell(reader, MLG_WARNING, T_fault_near_code, column, bind->field->column, text,
                        near);
        return;
    }
    near = nearest_code(list, text, room, sizeof room);
    const size_t used =
        near != NULL ? mlg_fold_short(MLG_FOLD_NAME, near, strlen(near), other, KEY) : KEY;
    const size_t shorter = used < length ? used : length;
    if (used < FEWEST_LETTERS || used >= KEY) {
        return;
    }
    other[used] = '\0';
    if (mlg_keys_differ_by_acronym(key, other) ||
        mlg_edit_distance(key, length, other, used, 2) > (shorter < 12 ? 1 : 2)) {
        return;
    }
    mlg_reader_tell(reader, MLG_WARNING, T_fault_near_code, column, bind->field->column, text,
                    near);
}

static mlg_value read_code(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    const mlg_list_id list = bind->field->list;
    if (mlg_word_unknown(text, length) && mlg_vocabulary_find(list, text) < 0) {
        return empty;
    }
    const size_t known = reader->model->open[list].n;
    const int32_t code = mlg_model_code(reader->model, list, text, length);
    if (code == MLG_CODE_UNKNOWN) {
        tell_unknown_code(reader, bind, text, column);
        return (mlg_value){.state = MLG_CELL_BAD};
    }
    if (reader->model->open[list].n > known) {
        tell_near_code(reader, bind, text, column);
    }
    return id_value(reader, code);
}

static mlg_value read_bool(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    const int said = mlg_word_bool(text, length);
    if (said < 0 && mlg_word_unknown(text, length)) {
        return empty;
    }
    return said >= 0 ? (mlg_value){.id = said, .state = MLG_CELL_VALUE}
                     : bad(reader, bind, T_fault_bad_bool, column, text, NULL);
}

/* ---- numbers and dates ---------------------------------------------------- */

/* A weight, a share or an amount within its bounds? */
static mlg_text_key out_of_bounds(mlg_type type, const mlg_number *number)
{
    const double value = number->value;
    switch (type) {
    case MLG_TYPE_WEIGHT:
        return value < 1e-6 || value > 1e6 ? T_fault_bad_weight : T_none;
    case MLG_TYPE_SHARE:
        return value < 0.0 || value > 1.0 ? T_fault_bad_share : T_none;
    case MLG_TYPE_AMOUNT:
        return value < 0.0 ? T_fault_negative : T_none;
    default:
        return T_none;
    }
}

static void note_mark(mlg_reader *reader, const mlg_bind *bind, const mlg_number *number,
                      int32_t column, const char *text)
{
    reader->sure_point = reader->sure_point || number->mark == MLG_MARK_POINT;
    reader->sure_comma = reader->sure_comma || number->mark == MLG_MARK_COMMA;
    if (number->mark == MLG_MARK_DOUBTFUL_POINT || number->mark == MLG_MARK_DOUBTFUL_COMMA) {
        mlg_cell_doubt(reader, bind, column, text, number->mark == MLG_MARK_DOUBTFUL_COMMA);
    }
}

static mlg_value reverse(mlg_reader *reader, const mlg_bind *bind, mlg_number *number,
                         int32_t column, const char *text)
{
    mlg_buffer scale = {0};
    const double value = bind->from - number->value;
    const bool weight = bind->field->type == MLG_TYPE_WEIGHT;
    if (weight ? value < 1e-6 : value < 0.0) {
        mlg_buffer_number(&scale, bind->from);
        reader->no_memory = reader->no_memory || scale.failed;
        const mlg_value off =
            bad(reader, bind, T_fault_beyond_scale, column, text, mlg_buffer_string(&scale));
        mlg_buffer_free(&scale);
        return off;
    }
    return (mlg_value){.number = value, .state = MLG_CELL_VALUE};
}

static mlg_value read_number(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                             int32_t column)
{
    mlg_number number;
    const mlg_type type = bind->field->type;

    if (bind->field->column == C_perimeters_share && mlg_word_unknown_share(text, length)) {
        return (mlg_value){.number = MLG_SHARE_UNKNOWN,
                           .state = MLG_CELL_VALUE}; /* not the whole */
    }
    if (mlg_word_unknown(text, length)) {
        return empty;
    }
    mlg_text_key fault = mlg_number_cell(text, length, &number);
    if (fault == T_none && number.percent && type != MLG_TYPE_SHARE) {
        fault = T_fault_percentage;
    }
    if (fault == T_none && ((number.bound != '\0' || number.euros) && type != MLG_TYPE_AMOUNT)) {
        fault = T_fault_bad_number;
    }
    if (fault != T_none) {
        return bad(reader, bind, fault, column, text, NULL);
    }
    note_mark(reader, bind, &number, column, text);
    if (bind->reversed) {
        return reverse(reader, bind, &number, column, text);
    }
    number.value = number.percent ? number.value / 100.0 : number.value;
    fault = out_of_bounds(type, &number);
    if (fault != T_none) {
        return bad(reader, bind, fault, column, text, NULL);
    }
    if (number.bound != '\0') {
        mlg_reader_tell(reader, MLG_WARNING, T_fault_bound, column, bind->field->column, "",
                        mlg_cell_sample(reader, bind, T_fault_bound, text));
    }
    return (mlg_value){.number = number.value, .state = MLG_CELL_VALUE};
}

/* 03/25/2024 is no day, but it is one when the month comes first. */
static bool is_month_first(const char *text)
{
    const size_t a = strspn(text, "0123456789");
    const char mark = text[a];
    if (a < 1 || a > 2 || (mark != '/' && mark != '-' && mark != '.')) {
        return false;
    }
    const char *second = text + a + 1;
    const size_t b = strspn(second, "0123456789");
    const char *third = second + b + 1;
    if (b != 2 || second[b] != mark || strspn(third, "0123456789") != strlen(third)) {
        return false;
    }
    const int month = a == 1 ? text[0] - '0' : (text[0] - '0') * 10 + (text[1] - '0');
    const int day = (second[0] - '0') * 10 + (second[1] - '0');
    return month >= 1 && month <= 12 && day > 12 && day <= 31;
}

static mlg_value read_date(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    mlg_value value = {.state = MLG_CELL_VALUE};
    mlg_text_key fault = T_none;
    const mlg_span_reading reading = mlg_span_read(text, &value.span, &fault);

    if (reading == MLG_SPAN_REFUSED) {
        if (mlg_word_unknown(text, length)) {
            return empty;
        }
        const bool swapped =
            (fault == T_fault_bad_date || fault == T_fault_no_such_month) && is_month_first(text);
        char days[16];
        snprintf(days, sizeof days, "%d", mlg_span_days(text));
        return bad(reader, bind, swapped ? T_fault_month_first : fault, column, text,
                   fault == T_fault_no_such_day ? days : NULL);
    }
    if (reading == MLG_SPAN_DOUBTFUL) {
        mlg_reader_tell(reader, MLG_WARNING, fault, column, bind->field->column,
                        mlg_cell_sample(reader, bind, fault, text), NULL);
    }
    return value;
}

/* ---- lists ---------------------------------------------------------------- */

static mlg_value read_item(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    mlg_model *model = reader->model;
    switch (bind->field->type) {
    case MLG_TYPE_PARTIES:
        return read_id(reader, bind, &model->parties, text, length, column);
    case MLG_TYPE_TERRITORIES:
        return read_id(reader, bind, &model->territories, text, length, column);
    case MLG_TYPE_CODES:
        return read_code(reader, bind, text, length, column);
    default:
        return id_value(reader, mlg_names_add(&model->texts, text, length));
    }
}

/* Is `none` a word here, or a code of the list? */
static bool says_none(const mlg_bind *bind, const char *text, size_t length)
{
    return mlg_word_none(text, length) && (bind->field->type != MLG_TYPE_CODES ||
                                           mlg_vocabulary_find(bind->field->list, text) < 0);
}

/* Several values in a cell, separated by |. What is wrong in one does not hide the next. */
static mlg_value read_list(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    mlg_value result = {.state = MLG_CELL_EMPTY};
    mlg_buffer *item = &reader->scratch; /* free again once the cell is clean */
    const char *end = text + length;

    const size_t start = reader->n_ids;
    while (text <= end && !reader->no_memory) {
        const char *stop = memchr(text, '|', (size_t) (end - text));
        const char *next = stop != NULL ? stop + 1 : end + 1;
        stop = stop != NULL ? stop : end;
        while (text < stop && *text == ' ') {
            text++;
        }
        while (stop > text && stop[-1] == ' ') {
            stop--;
        }
        mlg_buffer_clear(item);
        mlg_buffer_bytes(item, text, (size_t) (stop - text));
        reader->no_memory = reader->no_memory || item->failed;
        const char *part = mlg_buffer_string(item);
        text = next;
        if (reader->no_memory || mlg_word_missing(part, item->length)) {
            continue;
        }
        if (says_none(bind, part, item->length)) {
            result.state = result.state == MLG_CELL_BAD ? MLG_CELL_BAD : MLG_CELL_VALUE;
            continue;
        }
        const mlg_value value = read_item(reader, bind, part, item->length, column);
        if (value.state == MLG_CELL_BAD) {
            result.state = MLG_CELL_BAD;
        } else if (value.state == MLG_CELL_VALUE) {
            if (!mlg_grow(&reader->ids, &reader->ids_room, reader->n_ids + 1,
                          sizeof *reader->ids)) {
                reader->no_memory = true;
                break;
            }
            reader->ids[reader->n_ids++] = value.id;
            result.state = result.state == MLG_CELL_BAD ? MLG_CELL_BAD : MLG_CELL_VALUE;
        }
    }
    result.list = (mlg_list){(uint32_t) start, (uint32_t) (reader->n_ids - start)};
    return result;
}

/* ---- types ---------------------------------------------------------------- */

static mlg_value read_person(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                             int32_t column)
{
    return mlg_word_vacant(text, length)
               ? (mlg_value){.id = MLG_VACANT, .state = MLG_CELL_VALUE}
               : read_id(reader, bind, &reader->model->parties, text, length, column);
}

mlg_value mlg_cell_typed(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                         int32_t column)
{
    mlg_model *model = reader->model;
    switch (bind->field->type) {
    case MLG_TYPE_TEXT:
        return read_text(reader, bind, text, length, column);
    case MLG_TYPE_PARTY: /* a column of one party has no way to say `none`: nothing is known */
        return mlg_word_none(text, length)
                   ? empty
                   : read_id(reader, bind, &model->parties, text, length, column);
    case MLG_TYPE_ACTIVITY:
        return read_id(reader, bind, &model->activities, text, length, column);
    case MLG_TYPE_TERRITORY:
        return mlg_word_none(text, length)
                   ? empty
                   : read_id(reader, bind, &model->territories, text, length, column);
    case MLG_TYPE_PERSON:
        return read_person(reader, bind, text, length, column);
    case MLG_TYPE_CODE:
        return read_code(reader, bind, text, length, column);
    case MLG_TYPE_BOOL:
        return read_bool(reader, bind, text, length, column);
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE:
        return read_number(reader, bind, text, length, column);
    case MLG_TYPE_DATE:
        return read_date(reader, bind, text, length, column);
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS:
        return read_list(reader, bind, text, length, column);
    }
    return empty;
}
