/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/section.h"

/* Who does what at each scale: themes down, scales across. */

enum { SCALES_SHOWN = 7, THEMES_SHOWN = 20 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* The list of a scale, or NULL: the value is another. */
static const char *scale_of(const mlg_value *value)
{
    static const char prefix[] = "scale:";
    const size_t length = sizeof prefix - 1;
    const bool is_list = strcmp(value->measure->id, "scale.competences") == 0 &&
                         value->shape == MLG_VECTOR && value->undefined == T_none;
    return is_list && strncmp(value->convention, prefix, length) == 0 ? value->convention + length
                                                                      : NULL;
}

static mlg_arg label_of(const mlg_model *model, const char *scale)
{
    int32_t code = mlg_code_count(model, MLG_V_scale) - 1;
    while (code >= 0 && strcmp(mlg_code_text(model, MLG_V_scale, code), scale) != 0) {
        code--;
    }
    return mlg_arg_label(MLG_SCOPE_EXTENT, 2 * code + 1); /* odd: of a scale */
}

static double organisations(const mlg_value *list)
{
    double sum = 0.0;
    for (size_t row = 0; row < list->n; row++) {
        sum += mlg_section_number(list, MLG_VALUE, row) + mlg_section_part(list, "schemes", row);
    }
    return sum;
}

/* The scales where most is said. */
static size_t largest(const mlg_document *document, const mlg_value *lists[static SCALES_SHOWN])
{
    const mlg_values *values = document->results->values;
    size_t n = 0;

    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *list = &values->items[i];
        if (scale_of(list) == NULL) {
            continue;
        }
        size_t at = n < SCALES_SHOWN ? n++ : SCALES_SHOWN;
        for (; at > 0 && organisations(lists[at - 1]) < organisations(list); at--) {
            if (at < SCALES_SHOWN) {
                lists[at] = lists[at - 1];
            }
        }
        if (at < SCALES_SHOWN) {
            lists[at] = list;
        }
    }
    return n;
}

static mlg_cell cell_of(mlg_document *document, const mlg_value *list, size_t row)
{
    const double named = mlg_section_number(list, MLG_VALUE, row);
    const double schemes = mlg_section_part(list, "schemes", row);
    const mlg_arg count = mlg_arg_count(schemes);
    mlg_buffer words = {0};

    if (named == 0.0 && schemes == 0.0) {
        return mlg_section_key(T_cell_nobody);
    }
    mlg_cell cell = mlg_section_count(named);
    if (schemes > 0.0) {
        mlg_text_render(&words, document->results->labels.language, T_cell_competence_schemes,
                        &count, 1);
        cell.small = mlg_doc_text(document, mlg_buffer_string(&words));
        cell = named > 0.0 ? cell : mlg_cell_of(mlg_arg_text(cell.small));
        document->failed = document->failed || words.failed;
        mlg_buffer_free(&words);
    }
    return cell;
}

static void matrix(mlg_document *document)
{
    const mlg_value *lists[SCALES_SHOWN];
    const size_t n = largest(document, lists);
    mlg_heading heads[1 + SCALES_SHOWN] = {mlg_head("theme", T_head_fit_theme)};

    if (n == 0) {
        return;
    }
    for (size_t c = 0; c < n; c++) {
        heads[1 + c] =
            (mlg_heading){"organisations", label_of(document->results->model, scale_of(lists[c])),
                          MLG_EVERYWHERE};
    }
    mlg_table *table =
        mlg_doc_table(document, NULL, mlg_sentence_of(T_table_competences, NULL, 0), heads, 1 + n);
    table->note = mlg_sentence_of(T_table_competences_note, NULL, 0);
    table->plain = true;
    table->page_rows = THEMES_SHOWN;
    for (size_t row = 0; row < lists[0]->n; row++) { /* the same themes in each list */
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_THEME, lists[0]->subject[row]));
        for (size_t c = 0; c < n; c++) {
            mlg_doc_cell(document, table, cell_of(document, lists[c], row));
        }
    }
}

static void file(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const mlg_heading heads[] = {mlg_head_file("theme"), mlg_head_file("scale"),
                                 mlg_head_file("organisations"), mlg_head_file("schemes")};
    mlg_table *table =
        mlg_doc_table(document, "competences", mlg_sentence_of(T_table_competences, NULL, 0), heads,
                      COLUMNS(heads));

    table->page_rows = 0;
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *list = &values->items[i];
        const char *scale = scale_of(list);
        for (size_t row = 0; scale != NULL && row < list->n; row++) {
            mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_THEME, list->subject[row]));
            mlg_doc_cell(document, table, mlg_cell_of(label_of(document->results->model, scale)));
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_number(list, MLG_VALUE, row)));
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(list, "schemes", row)));
        }
    }
}

void mlg_part_competences(mlg_document *document)
{
    const mlg_value *whole =
        mlg_section_value(document->results, "scale.competences", -1, MLG_SCALAR, NULL);
    if (whole == NULL || whole->undefined != T_none) {
        return;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(whole, "themes", 0)),
        mlg_arg_count(mlg_section_part(whole, "scales", 0)),
        mlg_arg_count(mlg_section_part(whole, "unnamed", 0)),
        mlg_arg_count(mlg_section_part(whole, "cells", 0)),
        mlg_arg_count(mlg_section_part(whole, "organisations", 0)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_competences_sentence, args, COLUMNS(args));
    matrix(document);
    file(document);
}
