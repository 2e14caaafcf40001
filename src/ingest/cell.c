/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/cell.h"

#include "base/fold.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/cell_types.h"
#include "ingest/words.h"

enum {
    SEEN_FEW = 256,    /* dates, codes, numbers: a file holds few different ones */
    MAX_DOUBTS = 1000, /* kept; what is beyond is like them */
};

/* ---- binds ---------------------------------------------------------------- */

static bool is_list(mlg_type type)
{
    return type == MLG_TYPE_PARTIES || type == MLG_TYPE_TERRITORIES || type == MLG_TYPE_CODES ||
           type == MLG_TYPE_WORDS;
}

/* Ids and texts have many values: only the one before is worth remembering. */
static bool is_open(mlg_type type)
{
    return type == MLG_TYPE_PARTY || type == MLG_TYPE_ACTIVITY || type == MLG_TYPE_TEXT ||
           type == MLG_TYPE_PERSON || type == MLG_TYPE_TERRITORY;
}

bool mlg_bind_ready(mlg_bind *bind)
{
    const mlg_type type = bind->field->type;
    bind->n_seen = is_list(type) ? 0 : is_open(type) ? 1 : SEEN_FEW;
    if (bind->n_seen == 0) {
        return true;
    }
    bind->seen = mlg_alloc(bind->n_seen, sizeof *bind->seen);
    for (size_t i = 0; bind->seen != NULL && i < bind->n_seen; i++) {
        bind->seen[i].length = UINT32_MAX;
    }
    return bind->seen != NULL;
}

void mlg_bind_free(mlg_bind *bind)
{
    mlg_free(bind->seen);
    mlg_free(bind->matches);
    bind->seen = NULL;
    bind->matches = NULL;
}

const mlg_names *mlg_bind_names(const mlg_bind *bind, const mlg_model *model)
{
    if (bind->constant != NULL || bind->n_matches > 0) {
        return NULL;
    }
    switch (bind->field->type) {
    case MLG_TYPE_PARTY:
        return &model->parties;
    case MLG_TYPE_ACTIVITY:
        return &model->activities;
    case MLG_TYPE_TERRITORY:
        return &model->territories;
    default:
        return NULL;
    }
}

/* ---- telling -------------------------------------------------------------- */

void mlg_reader_tell(mlg_reader *reader, mlg_severity severity, mlg_text_key key, int32_t column,
                     mlg_column field, const char *read, const char *expected)
{
    const mlg_place place = {reader->file, reader->line, column, field};
    mlg_fault_text(reader->model, severity, key, place, read, expected);
    reader->told = true;
}

const char *mlg_cell_sample(mlg_reader *reader, mlg_bind *bind, mlg_text_key key, const char *text)
{
    const size_t n = sizeof bind->samples / sizeof *bind->samples;
    for (size_t i = 0; i < n; i++) {
        struct mlg_sample *sample = &bind->samples[i];
        if (sample->text == NULL) {
            sample->key = key;
            sample->text = mlg_arena_text(&reader->model->arena, text, strlen(text));
            reader->no_memory = reader->no_memory || sample->text == NULL;
        }
        if (sample->key == key) {
            return sample->text != NULL ? sample->text : text;
        }
    }
    return text;
}

/* ---- cleaning ------------------------------------------------------------- */

static void tell_cleaning(mlg_reader *reader, const mlg_bind *bind, int32_t column,
                          const mlg_cleaning *cleaning)
{
    static const char digits[] = "0123456789ABCDEF";
    const mlg_place place = {reader->file, reader->line, column, bind->field->column};
    const unsigned saw = cleaning->saw;

    if ((saw & MLG_SAW_BREAK) != 0) {
        mlg_reader_tell(reader, MLG_WARNING, T_fault_line_break_in_cell, column, place.field, NULL,
                        NULL);
    }
    if ((saw & MLG_SAW_INVISIBLE) != 0) {
        const uint32_t code = cleaning->invisible;
        const char name[] = {'U',
                             '+',
                             digits[code >> 12 & 15],
                             digits[code >> 8 & 15],
                             digits[code >> 4 & 15],
                             digits[code & 15],
                             '\0'};
        mlg_reader_tell(reader, MLG_WARNING, T_fault_invisible_character, column, place.field, "",
                        name);
    }
    if ((saw & MLG_SAW_DAMAGE) != 0) {
        mlg_reader_tell(reader, MLG_WARNING, T_fault_damaged_character, column, place.field, "",
                        "\xef\xbf\xbd");
    }
    if ((saw & MLG_SAW_DOUBLE) != 0) {
        mlg_reader_tell(reader, MLG_WARNING, T_fault_double_encoded, column, place.field, "",
                        cleaning->doubled);
    }
    if ((saw & (MLG_SAW_CYRILLIC | MLG_SAW_GREEK)) != 0) {
        const bool greek = (saw & MLG_SAW_GREEK) != 0;
        const mlg_arg args[2] = {
            {.kind = MLG_ARG_TEXT, .text = ""},
            {.kind = MLG_ARG_KEY, .key = greek ? T_script_greek : T_script_cyrillic}};
        mlg_fault_add(reader->model, MLG_WARNING, T_fault_mixed_scripts, place, args, 2);
        reader->told = true;
    }
}

/* ---- reading -------------------------------------------------------------- */

/* What study.csv says the text means, else the text itself. */
static void match(mlg_reader *reader, const mlg_bind *bind, const char **text, size_t *length)
{
    mlg_buffer_clear(&reader->scratch);
    mlg_fold_as(MLG_FOLD_ID, *text, *length, &reader->scratch);
    const char *key = mlg_buffer_string(&reader->scratch);
    for (size_t i = 0; i < bind->n_matches; i++) {
        if (strcmp(bind->matches[i].from, key) == 0) {
            *text = bind->matches[i].to;
            *length = strlen(*text);
            break;
        }
    }
    reader->no_memory = reader->no_memory || reader->scratch.failed;
}

/* An empty cell, or a word for one. Needed columns are the row's matter, but for a
 * formula's error, which is no way to say that nothing is known. */
static bool is_empty(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                     int32_t column, mlg_value *value)
{
    if (!mlg_word_suspect(text, length)) {
        return false;
    }
    if (mlg_word_error(text, length)) {
        const bool needed = (bind->field->flags & MLG_REQUIRED) != 0;
        mlg_reader_tell(reader, needed ? MLG_FATAL : MLG_WARNING,
                        needed ? T_fault_error_in_required : T_fault_error_cell, column,
                        bind->field->column, text, NULL);
        value->state = needed ? MLG_CELL_BAD : MLG_CELL_EMPTY;
        return true;
    }
    value->state = MLG_CELL_EMPTY;
    return mlg_word_missing(text, length);
}

static mlg_value read_text(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                           int32_t column)
{
    mlg_value value = {.state = MLG_CELL_EMPTY};
    if (!mlg_is_clean(text, length)) {
        mlg_cleaning cleaning;
        mlg_clean(text, length, &reader->clean, &reader->scratch, &cleaning);
        reader->no_memory = reader->no_memory || cleaning.no_memory;
        if (cleaning.saw != 0) {
            tell_cleaning(reader, bind, column, &cleaning);
        }
        text = mlg_buffer_string(&reader->clean);
        length = reader->clean.length;
    }
    if (bind->n_matches > 0) {
        match(reader, bind, &text, &length);
    }
    if (bind->field->column == C_participations_present && mlg_word_dash(text, length)) {
        mlg_reader_tell(reader, MLG_WARNING, T_fault_presence_dash, column, bind->field->column,
                        text, NULL);
        return (mlg_value){.id = MLG_CODE_OF(presence, no), .state = MLG_CELL_VALUE};
    }
    if (reader->no_memory || is_empty(reader, bind, text, length, column, &value)) {
        return value;
    }
    return mlg_cell_typed(reader, bind, text, length, column);
}

static size_t slot_of(const mlg_bind *bind, const char *text, size_t length)
{
    uint64_t hash = length, word = 0;
    for (; length >= 8; text += 8, length -= 8) {
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    for (size_t i = 0; i < length; i++) {
        hash = hash << 8 ^ hash >> 56 ^ (unsigned char) text[i];
    }
    return (size_t) (hash * 0x9e3779b97f4a7c15u >> 40) & (bind->n_seen - 1);
}

static inline bool is_seen(const mlg_seen *seen, const char *text, size_t length)
{
    return seen->length == length && mlg_same_text(seen->text, text, length);
}

mlg_value mlg_cell_read(mlg_reader *reader, mlg_bind *bind, const mlg_cell *cell)
{
    const size_t length = cell->length;
    mlg_seen *seen = NULL;

    if (length < sizeof seen->text && bind->n_seen > 0) {
        seen = &bind->seen[bind->last_seen];
        if (is_seen(seen, cell->text, length)) {
            return seen->value;
        }
        bind->last_seen = slot_of(bind, cell->text, length);
        seen = &bind->seen[bind->last_seen];
        if (is_seen(seen, cell->text, length)) {
            return seen->value;
        }
    }
    reader->told = false;
    const mlg_value value = read_text(reader, bind, cell->text, length, cell->column);
    if (seen != NULL && !reader->told && !reader->no_memory) {
        /* what was told must be told, and counted, again */
        seen->length = (uint32_t) length;
        seen->value = value;
        memcpy(seen->text, cell->text, length);
    }
    return value;
}

bool mlg_cell_store(mlg_reader *reader, const mlg_bind *bind, int32_t row, mlg_value value)
{
    mlg_model *model = reader->model;
    const mlg_column column = bind->field->column;
    switch (bind->field->type) {
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE:
        return mlg_model_set_number(model, column, row, value.number);
    case MLG_TYPE_DATE:
        return mlg_model_set_span(model, column, row, value.span);
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS:
        return mlg_model_set_list(model, column, row,
                                  value.list.n > 0 ? reader->ids + value.list.start : NULL,
                                  value.list.n);
    case MLG_TYPE_TEXT:
    case MLG_TYPE_PARTY:
    case MLG_TYPE_ACTIVITY:
    case MLG_TYPE_TERRITORY:
    case MLG_TYPE_CODE:
    case MLG_TYPE_BOOL:
    case MLG_TYPE_PERSON:
        break;
    }
    return mlg_model_set_id(model, column, row, value.id);
}

/* ---- the whole file ------------------------------------------------------- */

void mlg_cell_doubt(mlg_reader *reader, const mlg_bind *bind, int32_t column, const char *text,
                    bool comma)
{
    reader->told = true;
    if (reader->n_doubts >= MAX_DOUBTS) {
        return;
    }
    char *copy = mlg_arena_text(&reader->model->arena, text, strlen(text));
    if (copy == NULL || !mlg_grow(&reader->doubts, &reader->doubts_room, reader->n_doubts + 1,
                                  sizeof *reader->doubts)) {
        reader->no_memory = true;
        return;
    }
    reader->doubts[reader->n_doubts++] =
        (mlg_doubt){{reader->file, reader->line, column, bind->field->column}, copy, comma};
}

void mlg_reader_end(mlg_reader *reader)
{
    for (size_t i = 0; i < reader->n_doubts; i++) {
        const mlg_doubt *doubt = &reader->doubts[i];
        const bool same = doubt->comma ? reader->sure_comma : reader->sure_point;
        const bool other = doubt->comma ? reader->sure_point : reader->sure_comma;
        if (other && !same) {
            mlg_fault_text(reader->model, MLG_FATAL, T_fault_doubtful_thousands, doubt->place,
                           doubt->text, NULL);
        } else if (doubt->comma) {
            mlg_fault_text(reader->model, MLG_WARNING, T_fault_read_as_decimals, doubt->place, "",
                           doubt->text);
        }
    }
    reader->n_doubts = 0;
}

void mlg_reader_free(mlg_reader *reader)
{
    mlg_buffer_free(&reader->clean);
    mlg_buffer_free(&reader->scratch);
    mlg_free(reader->ids);
    mlg_free(reader->doubts);
    reader->ids = NULL;
    reader->doubts = NULL;
}
