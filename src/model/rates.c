/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/rates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "model/finish.h"
#include "model/span.h"

static const mlg_rate_row rows[MLG_N_RATES] = {
#define RATE(name, key, key_fr, unit, value, low, high, title, basis)                              \
    {key, key_fr, MLG_RATE_##unit, value, low, high, T_rate_##title, T_rate_basis_##basis},
#include "model/rates.def"
#undef RATE
};

const mlg_rate_row *mlg_rate_rows(void)
{
    return rows;
}

static void put_number(mlg_buffer *out, mlg_language language, double value)
{
    const size_t from = out->length;
    mlg_buffer_number(out, value);
    for (size_t i = from; i < out->length; i++) {
        if (out->text[i] == '.' && language == MLG_FR) {
            out->text[i] = ',';
        }
    }
}

void mlg_rate_put(mlg_buffer *out, mlg_language language, double value, double low, double high)
{
    put_number(out, language, value);
    if (low != high) {
        mlg_buffer_text(out, " [");
        put_number(out, language, low);
        mlg_buffer_char(out, '-');
        put_number(out, language, high);
        mlg_buffer_char(out, ']');
    }
}

static const double most[] = {
    [MLG_RATE_YEARLY] = 3.0, [MLG_RATE_SHARE] = 1.0, [MLG_RATE_MONTHS] = 1200.0};

static bool is_survival(mlg_rate rate)
{
    return rate >= MLG_SURVIVES_ORGANISATION && rate <= MLG_SURVIVES_UNKNOWN;
}

/* ---- keys -------------------------------------------------------------------------- */

enum { MOST_KEY = 64 };
#define ELECTIONS "elections"

/* What stands before the point of a key; empty when nothing does, or too much. */
static void part_of(const char *key, char part[MOST_KEY])
{
    const size_t length = strcspn(key, ".");
    part[0] = '\0';
    if (key[length] == '.' && length < MOST_KEY) {
        memcpy(part, key, length);
        part[length] = '\0';
    }
}

static bool is_of_family(const char *key, const char *part)
{
    char own[MOST_KEY];
    part_of(key, own);
    return own[0] != '\0' && mlg_same_key(own, part);
}

bool mlg_is_rate_family(const char *part)
{
    for (size_t i = 0; i < MLG_N_RATES; i++) {
        if (is_of_family(rows[i].key, part) || is_of_family(rows[i].key_fr, part)) {
            return true;
        }
    }
    return false;
}

static bool is_key(const char *key)
{
    for (size_t i = 0; i < MLG_N_RATES; i++) {
        if (mlg_same_key(rows[i].key, key) || mlg_same_key(rows[i].key_fr, key)) {
            return true;
        }
    }
    return false;
}

/* The keys of a family, in the language its part is in. */
static void list_family(const char *part, mlg_buffer *out)
{
    for (size_t i = 0; i < MLG_N_RATES; i++) {
        const char *key = is_of_family(rows[i].key, part)      ? rows[i].key
                          : is_of_family(rows[i].key_fr, part) ? rows[i].key_fr
                                                               : NULL;
        if (key != NULL) {
            mlg_buffer_text(out, out->length > 0 ? ", " : "");
            mlg_buffer_text(out, key);
        }
    }
}

/* The key of the family within two edits of this one, or NULL. */
static const char *nearest_of_family(const char *key, const char *part)
{
    char own[256], other[256];
    const size_t length = mlg_fold_short(MLG_FOLD_ID, key, strlen(key), own, sizeof own);
    const char *near = NULL;
    size_t best = 3;
    for (size_t i = 0; i < 2 * MLG_N_RATES && length < sizeof own; i++) {
        const char *known = i % 2 == 0 ? rows[i / 2].key : rows[i / 2].key_fr;
        if (is_of_family(known, part)) {
            const size_t n = mlg_fold_short(MLG_FOLD_ID, known, strlen(known), other, sizeof other);
            const size_t edits = mlg_edit_distance(own, length, other, n, 2);
            if (edits < best) {
                best = edits;
                near = known;
            }
        }
    }
    return near;
}

static bool is_of_survival(const char *part)
{
    return is_of_family(rows[MLG_SURVIVES_PERSON].key, part) ||
           is_of_family(rows[MLG_SURVIVES_PERSON].key_fr, part);
}

static void tell_key(mlg_model *model, int32_t row, const char *key, const char *part,
                     const char *family)
{
    const char *near = nearest_of_family(key, part);
    const mlg_arg args[3] = {{.kind = MLG_ARG_TEXT, .text = key},
                             {.kind = MLG_ARG_TEXT, .text = family},
                             {.kind = MLG_ARG_TEXT, .text = near}};
    /* a family's name alone sets nothing */
    mlg_fault_add(model, strchr(key, '.') != NULL ? MLG_FATAL : MLG_WARNING,
                  near != NULL           ? T_fault_unknown_rate_near
                  : is_of_survival(part) ? T_fault_unknown_survival
                                         : T_fault_unknown_rate,
                  mlg_place_of(model, MLG_STUDY, row, C_study_key), args, near != NULL ? 3 : 2);
}

/* A key of a family that is none of its own, or the family's name alone: a slip would leave the
 * default in force. */
static mlg_status check_keys(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer family = {0};

    for (int32_t row = 0; row < model->rows[MLG_STUDY].n; row++) {
        const int32_t text = mlg_get_id(model, C_study_key, row);
        const char *key = text >= 0 ? mlg_names_text(&model->texts, text) : "";
        char part[MOST_KEY];
        part_of(key, part);
        if (part[0] == '\0' && strlen(key) < MOST_KEY) {
            strcpy(part, key);
        }
        if (part[0] == '\0' || !mlg_is_rate_family(part) || is_key(key) ||
            mlg_same_key(key, ELECTIONS)) {
            continue;
        }
        mlg_buffer_clear(&family);
        list_family(part, &family);
        if (family.failed) {
            FAIL(err, MLG_ENOMEM, "out of memory for the settings");
        }
        tell_key(model, row, key, part, mlg_buffer_string(&family));
    }
out:
    mlg_buffer_free(&family);
    return status;
}

/* ---- values ------------------------------------------------------------------------ */

enum { MOST_VALUE = 96 };

/* The cell with points for decimals, plain blanks and plain dashes; false when it is too long. */
static bool make_plain(const char *text, char plain[MOST_VALUE])
{
    static const struct {
        const char *bytes;
        char plain;
    } marks[] = {
        {"\xc2\xa0", ' '},
        {"\xe2\x80\xaf", ' '},
        {"\xe2\x80\x89", ' '},
        {"\xe2\x80\x93", '-'},
        {"\xe2\x88\x92", '-'},
        {"\t", ' '},
        {",", '.'},
    };
    size_t n = 0;
    while (*text != '\0' && n + 1 < MOST_VALUE) {
        size_t length = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && length == 0; i++) {
            if (strncmp(text, marks[i].bytes, strlen(marks[i].bytes)) == 0) {
                length = strlen(marks[i].bytes);
                plain[n++] = marks[i].plain;
            }
        }
        if (length == 0) {
            plain[n++] = *text;
        }
        text += length == 0 ? 1 : length;
    }
    plain[n] = '\0';
    return *text == '\0';
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " ");
}

/* A number, with % or without; NULL when there is none or it is out of bounds. */
static const char *read_one(const char *at, mlg_rate_unit unit, double *out)
{
    at = skip_blanks(at);
    const size_t length = mlg_number_read(at, out);
    if (length == 0 || *at == '-') {
        return NULL;
    }
    at = skip_blanks(at + length);
    if (*at == '%') {
        *out /= 100.0;
        at = unit == MLG_RATE_MONTHS ? NULL : skip_blanks(at + 1);
    }
    return *out >= 0.0 && *out <= most[unit] ? at : NULL;
}

/* One plain sign. */
static const char *read_sign(const char *at, char sign)
{
    return at != NULL && *at == sign ? at + 1 : NULL;
}

/* "0,08", "8 %" or "0,08 [0,05-0,12]": the value lies in its range. */
static bool read_rate(const char *text, mlg_rate_unit unit, mlg_rate_said *out)
{
    char plain[MOST_VALUE];
    if (!make_plain(text, plain)) {
        return false;
    }
    const char *at = read_one(plain, unit, &out->value);
    out->low = out->high = out->value;
    if (at == NULL || *at == '\0') {
        return at != NULL;
    }
    at = read_sign(at, '[');
    at = read_sign(at != NULL ? read_one(at, unit, &out->low) : NULL, '-');
    at = read_sign(at != NULL ? read_one(at, unit, &out->high) : NULL, ']');
    return at != NULL && *skip_blanks(at) == '\0' && out->low <= out->value &&
           out->value <= out->high;
}

static mlg_text_key fault_of(mlg_rate rate)
{
    return is_survival(rate)                    ? T_fault_bad_survival
           : rows[rate].unit == MLG_RATE_SHARE  ? T_fault_bad_rate_share
           : rows[rate].unit == MLG_RATE_YEARLY ? T_fault_bad_rate_yearly
                                                : T_fault_bad_rate_months;
}

/* The key as the study writes it. */
static const char *key_of_row(const mlg_model *model, int32_t row)
{
    return mlg_names_text(&model->texts, mlg_get_id(model, C_study_key, row));
}

static const char *last_value(mlg_model *model, const char *key, const char *key_fr, int32_t *row)
{
    int32_t earlier = -1;
    *row = mlg_setting_row(model, key, key_fr, &earlier);
    if (earlier >= 0) {
        mlg_fault_text(model, MLG_WARNING, T_fault_setting_twice,
                       mlg_place_of(model, MLG_STUDY, *row, C_study_key), key_of_row(model, *row),
                       NULL);
    }
    const char *value = mlg_setting_value(model, *row);
    return value != NULL && value[0] != '\0' ? value : NULL; /* an empty cell is unknown */
}

static void read_one_rate(mlg_model *model, mlg_rate rate)
{
    mlg_rate_said *said = &model->rate[rate];
    int32_t row = -1;
    const char *value = last_value(model, rows[rate].key, rows[rate].key_fr, &row);

    *said = (mlg_rate_said){NAN, NAN, NAN, -1};
    if (value == NULL) {
        return;
    }
    said->row = row;
    if (!read_rate(value, rows[rate].unit, said)) {
        said->value = said->low = said->high = NAN;
        mlg_fault_text(model, MLG_FATAL, fault_of(rate),
                       mlg_place_of(model, MLG_STUDY, row, C_study_value), value,
                       key_of_row(model, row));
    }
}

/* ---- elections --------------------------------------------------------------------- */

static int by_day(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

/* The last day one of the dates can mean; MLG_NO_DATE after a fault. */
static int32_t read_day(mlg_model *model, const char *text, size_t length, int32_t row)
{
    char date[MOST_KEY] = "";
    mlg_span span = mlg_span_unknown();
    mlg_text_key fault = T_none;
    mlg_span_reading reading = MLG_SPAN_REFUSED;
    const mlg_place place = mlg_place_of(model, MLG_STUDY, row, C_study_value);

    memcpy(date, text, length < sizeof date ? length : sizeof date - 1);
    if (length < sizeof date) {
        reading = mlg_span_read(date, &span, &fault);
    }
    if (reading == MLG_SPAN_REFUSED || span.first == MLG_EVER_FIRST || span.last == MLG_EVER_LAST) {
        mlg_span_tell(model, fault, T_fault_bad_election, place, date);
        return MLG_NO_DATE;
    }
    if (reading == MLG_SPAN_DOUBTFUL) {
        mlg_fault_text(model, MLG_WARNING, fault, place, date, NULL);
    }
    return span.last;
}

static mlg_status read_elections(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t row = -1, n = 0;
    const char *value = last_value(model, ELECTIONS, ELECTIONS, &row);

    if (value == NULL) {
        goto out;
    }
    model->election = mlg_arena_alloc(&model->arena, (strlen(value) + 1) * sizeof *model->election);
    TRY_ALLOC(err, model->election);
    for (const char *at = value; *at != '\0';) {
        const size_t length = strcspn(at, "|");
        const int32_t day = read_day(model, at, length, row);
        if (day != MLG_NO_DATE) {
            model->election[n++] = day;
        }
        at += length + (at[length] == '|');
    }
    if (n > 0) {
        qsort(model->election, (size_t) n, sizeof *model->election, by_day);
    }
    for (int32_t i = 0; i < n; i++) {
        if (i == 0 || model->election[i] != model->election[i - 1]) {
            model->election[model->n_elections++] = model->election[i];
        }
    }
out:
    return status;
}

mlg_status mlg_finish_rates(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(check_keys(model, err));
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        read_one_rate(model, (mlg_rate) rate);
    }
    TRY(read_elections(model, err));
out:
    return status;
}
