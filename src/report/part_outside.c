/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section_territories.h"

#include <math.h>

#include "maillage/scale.h"

/* Which units of a perimeter lie outside another that it crosses: the first few in a sentence, all
 * of them in a file. */

enum { PAIRS_SAID = 3, PAIRS_FILED = 60, ROWS_FILED = 20000 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* Has the other perimeter no part of the unit? Its units ascend. */
static bool is_outside(const mlg_model *model, mlg_id other, mlg_id unit)
{
    uint32_t low = model->unit_offset[other], high = model->unit_offset[other + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (model->unit[middle] < unit) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == model->unit_offset[other + 1] || model->unit[low] != unit;
}

const char *mlg_units_outside(mlg_document *document, mlg_id perimeter, mlg_id other)
{
    const mlg_model *model = document->results->model;
    mlg_buffer names = {0};
    for (uint32_t i = model->unit_offset[perimeter]; i < model->unit_offset[perimeter + 1]; i++) {
        if (is_outside(model, other, model->unit[i])) {
            mlg_buffer_text(&names, names.length > 0 ? " | " : "");
            mlg_say_label(&names, document->results, document->results->labels.language,
                          MLG_SCOPE_TERRITORY, model->unit[i]);
        }
    }
    const char *text = mlg_doc_text(document, mlg_buffer_string(&names));
    document->failed = document->failed || names.failed;
    mlg_buffer_free(&names);
    return text;
}

static void say(mlg_document *document, mlg_id perimeter, mlg_id other)
{
    enum { NAMED = (MLG_NAMES_ARGS - 1) / 2 };
    const mlg_model *model = document->results->model;
    mlg_id first[NAMED];
    size_t n = 0;
    mlg_arg args[3 + MLG_NAMES_ARGS];

    for (uint32_t i = model->unit_offset[perimeter]; i < model->unit_offset[perimeter + 1]; i++) {
        if (is_outside(model, other, model->unit[i])) {
            if (n < NAMED) {
                first[n] = model->unit[i];
            }
            n++;
        }
    }
    args[0] = mlg_arg_label(MLG_SCOPE_TERRITORY, perimeter);
    args[1] = mlg_arg_label(MLG_SCOPE_TERRITORY, other);
    args[2] = mlg_arg_count((double) n);
    mlg_args_names(args + 3, MLG_SCOPE_TERRITORY, first, n);
    if (n > 0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_outside_units, args, COLUMNS(args));
    }
}

static void file_rows(mlg_document *document, mlg_table *table, mlg_id perimeter, mlg_id other)
{
    const mlg_model *model = document->results->model;
    for (uint32_t i = model->unit_offset[perimeter]; i < model->unit_offset[perimeter + 1]; i++) {
        const mlg_id unit = model->unit[i];
        const int32_t row = model->territory_row[unit];
        if (!is_outside(model, other, unit)) {
            continue;
        }
        const mlg_id named[] = {perimeter, other, unit};
        for (size_t k = 0; k < COLUMNS(named); k++) {
            mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, named[k]));
            mlg_doc_cell(document, table, mlg_territory_code_cell(document, named[k]));
        }
        mlg_doc_cell(document, table, mlg_section_share(model->unit_share[i]));
        mlg_doc_cell(document, table,
                     mlg_section_count(
                         row >= 0 ? mlg_get_number(model, C_territories_population, row) : NAN));
    }
}

/* The pairs come with the crossing ones first, most inhabitants in common at the top. */
void mlg_part_outside(mlg_document *document)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "scale.typology", -1, MLG_PAIRS, NULL);
    const mlg_heading heads[] = {mlg_head_file("perimeter"), mlg_head_file("perimeter_code"),
                                 mlg_head_file("other"),     mlg_head_file("other_code"),
                                 mlg_head_file("unit"),      mlg_head_file("unit_code"),
                                 mlg_head_file("share"),     mlg_head_file("population")};
    mlg_table *table = NULL;
    size_t crossing = 0;

    for (size_t row = 0; pairs != NULL && row < pairs->n && crossing < PAIRS_FILED; row++) {
        const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
        if (mlg_section_number(pairs, MLG_VALUE, row) != MLG_CROSSING) {
            continue;
        }
        if (crossing++ < PAIRS_SAID) {
            say(document, a, b);
            say(document, b, a);
        }
        table = table != NULL
                    ? table
                    : mlg_doc_table(document, "crossing_units", mlg_sentence_of(T_none, NULL, 0),
                                    heads, COLUMNS(heads));
        table->page_rows = 0;
        if (mlg_table_rows(table) < ROWS_FILED) {
            file_rows(document, table, a, b);
            file_rows(document, table, b, a);
        }
    }
}
