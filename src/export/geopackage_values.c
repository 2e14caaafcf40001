/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "base/texts.h"
#include "export/geopackage.h"
#include "finding/args.h"

/* One table a measure: every value of it one below the other, with the columns and parts that any
 * of them has. Codes of territories are text, so that 01004 stays one; unknown is NULL. */

enum { MAX_PARTS_OF_TABLE = 64, N_WORDS = 9 };

/* Columns of words come first. */
static const char *const words[N_WORDS] = {"view", "list",       "weight",     "null_model", "code",
                                           "name", "other_code", "other_name", "reason"};

typedef struct table {
    const mlg_values *values;
    const mlg_measure *measure;
    bool column[MLG_N_VALUE_COLUMNS];
    const char *part[MAX_PARTS_OF_TABLE];
    size_t n_parts;
} table;

static void take_parts(table *t, const mlg_value *value)
{
    for (size_t p = 0; p < value->n_parts; p++) {
        size_t known = 0;
        while (known < t->n_parts && strcmp(t->part[known], value->part[p].name) != 0) {
            known++;
        }
        if (known == t->n_parts && known < MAX_PARTS_OF_TABLE) {
            t->part[t->n_parts++] = value->part[p].name;
        }
    }
}

/* Are there values of the measure at all? */
static bool look(table *t)
{
    bool found = false;
    for (size_t i = 0; i < t->values->n; i++) {
        const mlg_value *value = &t->values->items[i];
        if (value->measure != t->measure) {
            continue;
        }
        found = true;
        for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
            t->column[c] = t->column[c] || value->column[c] != NULL;
        }
        take_parts(t, value);
    }
    t->column[MLG_VALUE] = true;
    return found;
}

/* scale.layers is the table scale_layers. */
static void put_table_name(mlg_buffer *out, const char *id)
{
    for (; *id != '\0'; id++) {
        mlg_buffer_char(out, (char) (*id == '.' ? '_' : *id));
    }
}

/* A part may bear the name of a column: it is a part then, by name too. */
static bool is_taken(const table *t, const char *part)
{
    bool taken = strcmp(part, "fid") == 0;
    for (size_t w = 0; w < N_WORDS; w++) {
        taken = taken || strcmp(words[w], part) == 0;
    }
    for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        taken = taken ||
                (t->column[c] && strcmp(mlg_value_column_name((mlg_value_column) c), part) == 0);
    }
    return taken;
}

/* What the measure answers, and which of its lists are cut. */
static void put_description(mlg_buffer *out, const mlg_geopackage *package, const table *t)
{
    const mlg_language language = package->what->labels.language;

    mlg_buffer_clear(out);
    mlg_buffer_text(out, mlg_text(language, mlg_text_find(t->measure->question)));
    for (size_t i = 0; i < t->values->n; i++) {
        const mlg_value *value = &t->values->items[i];
        const bool one = strcmp(value->convention, "-") == 0;
        const mlg_arg args[] = {mlg_arg_text(one ? t->measure->id : value->convention),
                                mlg_arg_count((double) value->n),
                                mlg_arg_count((double) value->total)};
        if (value->measure == t->measure && value->n > 0 && value->total > value->n) {
            mlg_buffer_char(out, ' ');
            mlg_text_render(out, language, T_gpkg_cut, args, 3);
        }
    }
}

static mlg_status create(const mlg_geopackage *package, const table *t, const char *name,
                         mlg_buffer *sql, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t columns = N_WORDS;

    mlg_buffer_clear(sql);
    mlg_buffer_format(sql, "CREATE TABLE %s (fid INTEGER PRIMARY KEY", name);
    for (size_t w = 0; w < N_WORDS; w++) {
        mlg_buffer_format(sql, ", \"%s\" TEXT", words[w]);
    }
    for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        if (t->column[c]) {
            mlg_buffer_format(sql, ", \"%s\" DOUBLE", mlg_value_column_name((mlg_value_column) c));
            columns++;
        }
    }
    for (size_t p = 0; p < t->n_parts; p++) {
        mlg_buffer_format(sql, ", \"%s%s\" DOUBLE", is_taken(t, t->part[p]) ? "part_" : "",
                          t->part[p]);
        columns++;
    }
    mlg_buffer_text(sql, ")");
    TRY_ALLOC(err, sql->failed ? NULL : sql);
    TRY(mlg_database_run(package->database, mlg_buffer_string(sql), err));
    put_description(sql, package, t);
    TRY_ALLOC(err, sql->failed ? NULL : sql);
    TRY(mlg_geopackage_contents(package, name, mlg_buffer_string(sql), NULL, err));
    mlg_buffer_clear(sql);
    mlg_buffer_format(sql, "INSERT INTO %s VALUES(NULL", name);
    for (size_t c = 0; c < columns; c++) {
        mlg_buffer_text(sql, ", ?");
    }
    mlg_buffer_text(sql, ")");
    TRY_ALLOC(err, sql->failed ? NULL : sql);
    TRY(mlg_database_prepare(package->database, mlg_buffer_string(sql), err));
out:
    return status;
}

/* Code (of territories alone) and label of a subject. */
static void put_subject(const mlg_geopackage *package, const mlg_value *value, mlg_id subject,
                        mlg_buffer *label)
{
    const bool coded = value->scope == MLG_SCOPE_TERRITORY && subject >= 0;
    mlg_database_text(package->database,
                      coded ? mlg_names_text(&package->model->territories, subject) : NULL);
    mlg_geopackage_label(package, value->scope, subject, label);
    mlg_database_text(package->database, mlg_buffer_string(label));
}

/* The reason without the prefix of its text: as report.json has it. */
static const char *reason_of(const mlg_value *value)
{
    const char *name = value->undefined != T_none ? mlg_text_name(value->undefined) : "";
    return strncmp(name, "why_", 4) == 0 ? name + 4 : name;
}

static void put_words(const mlg_geopackage *package, const mlg_value *value, size_t row,
                      mlg_buffer *label)
{
    mlg_database *database = package->database;
    const bool pairs = value->shape == MLG_PAIRS || value->shape == MLG_MATRIX;
    const mlg_id *subject = value->subject != NULL && row < value->n ? value->subject : NULL;

    mlg_database_text(database, value->view >= 0
                                    ? mlg_context_view(package->what->context, value->view)->id
                                    : NULL);
    mlg_database_text(database, value->convention);
    mlg_database_text(database, value->weight);
    mlg_database_text(database, value->null_model);
    put_subject(package, value, subject != NULL ? subject[pairs ? 2 * row : row] : -1, label);
    put_subject(package, value, subject != NULL && pairs ? subject[2 * row + 1] : -1, label);
    mlg_database_text(database, reason_of(value));
}

static void put_numbers(mlg_database *database, const table *t, const mlg_value *value, size_t row)
{
    for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        if (t->column[c]) {
            mlg_database_number(
                database, value->column[c] != NULL && row < value->n ? value->column[c][row] : NAN);
        }
    }
    for (size_t p = 0; p < t->n_parts; p++) {
        double number = NAN;
        for (size_t own = 0; own < value->n_parts && row < value->n; own++) {
            if (strcmp(value->part[own].name, t->part[p]) == 0) {
                number = value->part[own].values[row];
            }
        }
        mlg_database_number(database, number);
    }
}

/* A list without rows still has its reason. */
static mlg_status put_table(const mlg_geopackage *package, const table *t, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer name = {0}, sql = {0};

    put_table_name(&name, t->measure->id);
    TRY_ALLOC(err, name.failed ? NULL : &name);
    TRY(create(package, t, mlg_buffer_string(&name), &sql, err));
    for (size_t i = 0; i < t->values->n; i++) {
        const mlg_value *value = &t->values->items[i];
        const size_t rows = value->measure != t->measure ? 0 : value->n > 0 ? value->n : 1;
        for (size_t row = 0; row < rows; row++) {
            put_words(package, value, row, &sql);
            put_numbers(package->database, t, value, row);
            TRY(mlg_database_row(package->database, err));
        }
    }
    TRY_ALLOC(err, sql.failed ? NULL : &sql);
out:
    mlg_buffer_free(&name);
    mlg_buffer_free(&sql);
    return status;
}

mlg_status mlg_geopackage_values(const mlg_geopackage *package, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_values *values = package->what->values;

    for (const mlg_measure *measure = mlg_measures(); values != NULL && measure->id != NULL;
         measure++) {
        table t = {.values = values, .measure = measure};
        if (look(&t)) {
            TRY(put_table(package, &t, err));
        }
    }
out:
    return status;
}
