/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "ingest/mapping.h"

enum { KEY = 512, WITHIN = 2 };

bool mlg_same_header(const char *a, size_t a_length, const char *b)
{
    char x[KEY], y[KEY];
    const size_t x_length = mlg_fold_short(MLG_FOLD_HEADER, a, a_length, x, KEY);
    const size_t y_length = mlg_fold_short(MLG_FOLD_HEADER, b, strlen(b), y, KEY);
    if (x_length >= KEY || y_length >= KEY) { /* no name is so long: only equal ones meet */
        return a_length == strlen(b) && memcmp(a, b, a_length) == 0;
    }
    return x_length > 0 && x_length == y_length && memcmp(x, y, x_length) == 0;
}

bool mlg_nearest_header(const char *name, const char *texts, size_t *best, char *out, size_t room)
{
    char key[KEY], other[KEY];
    const size_t length = mlg_fold_short(MLG_FOLD_HEADER, name, strlen(name), key, KEY);
    bool nearer = false;

    while (length > 0 && length < KEY && *texts != '\0') {
        const size_t n = strcspn(texts, "|");
        const size_t used = mlg_fold_short(MLG_FOLD_HEADER, texts, n, other, KEY);
        const size_t edits =
            used < KEY ? mlg_edit_distance(key, length, other, used, WITHIN) : WITHIN + 1;
        /* two edits of a short word make any other short word */
        if (edits <= WITHIN && edits < *best && 2 * edits < length && 2 * edits < used) {
            *best = edits;
            nearer = true;
            snprintf(out, room, "%.*s", (int) n, texts);
        }
        texts += n + (texts[n] == '|' ? 1 : 0);
    }
    return nearer;
}

bool mlg_nearest_table(const char *name, char *out, size_t room)
{
    size_t best = WITHIN + 1;
    for (int table = 0; table < MLG_N_TABLES; table++) {
        mlg_nearest_header(name, mlg_schema_table((mlg_table_id) table), &best, out, room);
        mlg_nearest_header(name, mlg_schema_table_fr((mlg_table_id) table), &best, out, room);
    }
    return best <= WITHIN;
}

/* A header without what stands in brackets: "ETP (temps)" is nearly "ETP". */
static bool nearest_plain(mlg_table_id table, const char *name, char *out, size_t room)
{
    char plain[KEY];
    const size_t n = strcspn(name, "([");
    mlg_column first = 0, end = 0;
    if (name[n] == '\0' || n == 0 || n >= sizeof plain) {
        return false;
    }
    memcpy(plain, name, n);
    plain[n] = '\0';
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        const mlg_field *field = mlg_schema_field(column);
        const char *texts[] = {field->aliases, field->name}; /* French words first */
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            for (const char *text = texts[i]; *text != '\0';) {
                char one[KEY];
                const size_t length = strcspn(text, "|");
                snprintf(one, sizeof one, "%.*s", (int) length, text);
                if (mlg_same_header(plain, n, one)) {
                    snprintf(out, room, "%s", one);
                    return true;
                }
                text += length + (text[length] == '|' ? 1 : 0);
            }
        }
    }
    return false;
}

bool mlg_nearest_column(mlg_table_id table, const char *name, char *out, size_t room)
{
    size_t best = WITHIN + 1;
    mlg_column first = 0, end = 0;
    if (nearest_plain(table, name, out, room)) {
        return true;
    }
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        const mlg_field *field = mlg_schema_field(column);
        mlg_nearest_header(name, field->name, &best, out, room);
        mlg_nearest_header(name, field->aliases, &best, out, room);
    }
    return best <= WITHIN;
}
