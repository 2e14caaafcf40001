/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/schema.h"

#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "base/texts.h"
#include "model/rates.h"
#include "model/schema.h"

enum { NAME_WIDTH = 15, TEXT_WIDTH = 96 };

static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text != '\0'; text++) {
        width += ((unsigned char) *text & 0xc0) != 0x80 ? 1 : 0;
    }
    return width;
}

static void put_spaces(mlg_buffer *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mlg_buffer_char(out, ' ');
    }
}

static void put_padded(mlg_buffer *out, const char *text, size_t width)
{
    const size_t used = width_of(text);
    mlg_buffer_text(out, text);
    put_spaces(out, used < width ? width - used : 1);
}

/* Words folded at TEXT_WIDTH, each line after the first behind `indent` spaces. `at` is
 * the column where the text begins. */
static void put_folded(mlg_buffer *out, const char *text, size_t indent, size_t at)
{
    size_t column = at;
    bool starts = true; /* a line: no space before its first word */
    while (*text != '\0') {
        char word[512];
        size_t length = strcspn(text, " ");
        length = length < sizeof word - 1 ? length : sizeof word - 1;
        memcpy(word, text, length);
        word[length] = '\0';
        const size_t width = width_of(word);
        if (!starts && column + 1 + width > TEXT_WIDTH) {
            mlg_buffer_char(out, '\n');
            put_spaces(out, indent);
            column = indent;
            starts = true;
        }
        if (!starts) {
            mlg_buffer_char(out, ' ');
            column++;
        }
        mlg_buffer_text(out, word);
        column += width;
        starts = false;
        text += length;
        text += strspn(text, " ");
    }
    mlg_buffer_char(out, '\n');
}

static void put_type(mlg_buffer *out, mlg_language language, const mlg_field *field)
{
    const char *list = field->list != MLG_V_NONE ? mlg_schema_vocabulary(field->list)->name : "";
    const mlg_arg arg = {.kind = MLG_ARG_TEXT, .text = list};
    mlg_text_render(out, language, T_schema_type_text + (mlg_text_key) field->type, &arg, 1);
}

/* Aliases of a column as "a, b, c", without its own name. */
static void put_others(mlg_buffer *out, const char *names, const char *but)
{
    const char *before = "";
    while (*names != '\0') {
        const size_t length = strcspn(names, "|");
        if (length != strlen(but) || memcmp(names, but, length) != 0) {
            mlg_buffer_text(out, before);
            mlg_buffer_bytes(out, names, length);
            before = ", ";
        }
        names += length + (names[length] == '|' ? 1 : 0);
    }
}

/*     sector *       fields of action: words of the list sector, separated by |
 *                    also domaine, domaines, secteur */
static void put_field(mlg_buffer *out, mlg_language language, const mlg_field *field)
{
    const char *mark = (field->flags & MLG_REQUIRED) != 0 ? " *"
                       : (field->flags & MLG_ONE_OF) != 0 ? " +"
                                                          : "";
    char name[64];
    mlg_buffer text = {0}, others = {0};

    snprintf(name, sizeof name, "%s%s", field->name, mark);
    mlg_buffer_text(out, "    ");
    put_padded(out, name, NAME_WIDTH);
    mlg_buffer_text(&text, field->help[language]);
    mlg_buffer_text(&text, " (");
    put_type(&text, language, field);
    mlg_buffer_char(&text, ')');
    put_folded(out, mlg_buffer_string(&text), 4 + NAME_WIDTH,
               4 + (width_of(name) < NAME_WIDTH ? NAME_WIDTH : width_of(name) + 1));

    put_others(&others, field->aliases, field->name);
    if (others.length > 0) {
        const mlg_arg arg = {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&others)};
        mlg_buffer_clear(&text);
        mlg_text_render(&text, language, T_schema_also, &arg, 1);
        put_spaces(out, 4 + NAME_WIDTH);
        put_folded(out, mlg_buffer_string(&text), 4 + NAME_WIDTH, 4 + NAME_WIDTH);
    }
    out->failed = out->failed || text.failed || others.failed;
    mlg_buffer_free(&text);
    mlg_buffer_free(&others);
}

/*     departure.fixed_term     Departures a year, fixed-term contracts (0.25 [0.15-0.45])
 *                              also depart.cdd */
static void put_rates(mlg_buffer *out, mlg_language language)
{
    enum { KEY_WIDTH = 23 };
    mlg_buffer text = {0};

    mlg_buffer_text(out, "\n    ");
    put_folded(out, mlg_text(language, T_schema_rates), 4, 4);
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        const mlg_rate_row *row = &mlg_rate_rows()[rate];
        const mlg_arg also = {.kind = MLG_ARG_TEXT, .text = row->key_fr};
        mlg_buffer_clear(&text);
        mlg_buffer_text(&text, mlg_text(language, row->title));
        mlg_buffer_text(&text, " (");
        mlg_rate_put(&text, language, row->value, row->low, row->high);
        mlg_buffer_text(&text, ")");
        mlg_buffer_text(out, "    ");
        put_padded(out, row->key, KEY_WIDTH);
        put_folded(out, mlg_buffer_string(&text), 4 + KEY_WIDTH, 4 + KEY_WIDTH);
        mlg_buffer_clear(&text);
        mlg_text_render(&text, language, T_schema_also, &also, 1);
        put_spaces(out, 4 + KEY_WIDTH);
        put_folded(out, mlg_buffer_string(&text), 4 + KEY_WIDTH, 4 + KEY_WIDTH);
    }
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

/* ---- mappings --------------------------------------------------------------------------- */

static const struct {
    const char *row;
    mlg_text_key does;
} mappings[] = {
    {"schemes.file;contracts.csv", T_schema_mapping_file},
    {"schemes.territory;siren", T_schema_mapping_column},
    {"schemes.kind;=city_contract", T_schema_mapping_constant},
    {"ties.kind:pol;works_with", T_schema_mapping_value},
    {"ties.weight;5-frequency", T_schema_mapping_reversal},
    {"schemes.where;type=city contract", T_schema_mapping_where},
    {"perimeters.where;territory!=QN*", T_schema_mapping_star},
    {"schemes.where;siren!=", T_schema_mapping_filled},
    {"perimeters.2.file;districts.csv", T_schema_mapping_block},
    {"perimeters.2.share;=unknown", T_schema_mapping_share},
    {"view.formal.ties;weight>=3", T_schema_mapping_view},
};

const char *mlg_schema_mapping(size_t i, mlg_language language, const char **does)
{
    if (i >= sizeof mappings / sizeof *mappings) {
        return NULL;
    }
    *does = mlg_text(language, mappings[i].does);
    return mappings[i].row;
}

/*     ties.from;source
 *         the column of the file that stands for the table's */
static void put_mappings(mlg_buffer *out, mlg_language language)
{
    const char *does = NULL;

    mlg_buffer_text(out, "\n    ");
    put_folded(out, mlg_text(language, T_schema_mappings), 4, 4);
    for (size_t i = 0; i < sizeof mappings / sizeof *mappings; i++) {
        mlg_buffer_text(out, "    ");
        mlg_buffer_text(out, mlg_schema_mapping(i, language, &does));
        mlg_buffer_text(out, "\n        ");
        put_folded(out, does, 8, 8);
    }
}

static void put_table(mlg_buffer *out, mlg_language language, mlg_table_id table)
{
    mlg_column first = 0, end = 0;
    mlg_buffer others = {0};
    put_others(&others, mlg_schema_table_fr(table), "");
    const mlg_arg args[] = {
        {.kind = MLG_ARG_TEXT, .text = mlg_schema_table(table)},
        {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&others)},
    };
    mlg_text_render(out, language, T_schema_file, args, 2);
    mlg_buffer_text(out, "\n    ");
    put_folded(out, mlg_text(language, T_schema_table_study + (mlg_text_key) table), 4, 4);
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        put_field(out, language, mlg_schema_field(column));
    }
    if (table == MLG_STUDY) {
        put_mappings(out, language);
        put_rates(out, language);
    }
    mlg_buffer_char(out, '\n');
    out->failed = out->failed || others.failed;
    mlg_buffer_free(&others);
}

static void put_list(mlg_buffer *out, mlg_language language, mlg_list_id list)
{
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = vocabulary->name},
                            {.kind = MLG_ARG_TEXT, .text = vocabulary->column_fr}};
    mlg_text_render(out, language, vocabulary->closed ? T_schema_list_closed : T_schema_list_open,
                    args, 2);
    mlg_buffer_char(out, '\n');
    for (int32_t i = 0; i < vocabulary->n_codes; i++) {
        enum { CODE_WIDTH = 21 };
        mlg_buffer_text(out, "    ");
        put_padded(out, vocabulary->codes[i].code, CODE_WIDTH);
        put_folded(out, vocabulary->codes[i].label[language], 4 + CODE_WIDTH, 4 + CODE_WIDTH);
    }
    mlg_buffer_char(out, '\n');
}

/* The lists a table's columns take their words from, or all of them. */
static void put_lists(mlg_buffer *out, mlg_language language, int table)
{
    bool used[MLG_N_LISTS] = {false};
    bool some = false;
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        if (field->list != MLG_V_NONE && (table < 0 || (int) field->table == table)) {
            used[field->list] = some = true;
        }
    }
    if (some) {
        mlg_buffer_text(out, mlg_text(language, T_schema_lists));
        mlg_buffer_text(out, "\n\n");
    }
    for (int list = 0; list < MLG_N_LISTS; list++) {
        if (used[list]) {
            put_list(out, language, (mlg_list_id) list);
        }
    }
}

mlg_status mlg_schema_print(FILE *out, mlg_language language, const char *table, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};
    const int only = table != NULL ? mlg_schema_find_table(table) : -1;

    if (table != NULL && only < 0) {
        const mlg_arg reason[] = {mlg_fail_arg(table)};
        FAIL_TEXT(err, MLG_EARG, T_fail_no_table, reason, 1);
    }
    put_folded(&text, mlg_text(language, T_schema_legend), 0, 0);
    mlg_buffer_char(&text, '\n');
    for (int i = 0; i < MLG_N_TABLES; i++) {
        if (only < 0 || only == i) {
            put_table(&text, language, (mlg_table_id) i);
        }
    }
    put_lists(&text, language, only);
    if (text.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the tables and columns");
    }
    if (fwrite(text.text, 1, text.length, out) != text.length || fflush(out) != 0) {
        FAIL(err, MLG_EIO, "the tables and columns could not be written");
    }

out:
    mlg_buffer_free(&text);
    return status;
}
