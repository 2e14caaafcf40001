/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include "finding/rule.h"

#include <math.h>

/* The question of the section by other indices, for who knows them: a sentence of each view, how
 * many say the same; the indices are in a file, those of each sector in another. */

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* First those whose p is that of E-I. */
static const char *const indices[] = {"silo.freeman",       "silo.yule_q", "silo.odds_ratio",
                                      "silo.assortativity", "silo.gupta",  "silo.modularity"};

/* As the section itself: only where sectors may be compared and chance was drawn. */
static bool is_told(const mlg_results *results, int32_t view)
{
    const mlg_value *freeman = mlg_section_value(results, "silo.freeman", view, MLG_SCALAR, NULL);
    return mlg_section_shows(results, view) &&
           mlg_rule_may_compare(mlg_context_graph(results->context, view)) &&
           !isnan(mlg_section_number(freeman, MLG_P, 0));
}

static void index_rows(mlg_document *document, mlg_table *table, int32_t view)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_LOW, MLG_HIGH};
    const mlg_arg id = mlg_arg_text(mlg_context_view(document->results->context, view)->id);

    for (size_t i = 0; i < COLUMNS(indices); i++) {
        const mlg_value *value =
            mlg_section_value(document->results, indices[i], view, MLG_SCALAR, NULL);
        mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(indices[i])));
        mlg_doc_cell(document, table, mlg_cell_of(id));
        for (size_t c = 0; c < COLUMNS(columns); c++) {
            mlg_doc_cell(document, table, mlg_section_cell(value, columns[c], 0));
        }
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(value, MLG_P, 0)));
    }
}

/* Do ties stay inside sectors more than by chance, as this index tells it? */
static bool tells_silo(const mlg_value *value)
{
    return mlg_section_number(value, MLG_P, 0) <= MLG_RULE_P;
}

static void say_indices(mlg_document *document, int32_t view)
{
    size_t known = 0, closed = 0;

    for (size_t i = 0; i < COLUMNS(indices); i++) {
        const mlg_value *value =
            mlg_section_value(document->results, indices[i], view, MLG_SCALAR, NULL);
        known += isnan(mlg_section_number(value, MLG_P, 0)) ? 0 : 1;
        closed += tells_silo(value) ? 1 : 0;
    }
    const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_count((double) closed),
                            mlg_arg_count((double) known)};
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_silos_same_question, args, COLUMNS(args));
}

static void same_question(mlg_document *document)
{
    const mlg_heading heads[] = {mlg_head_file("index"), mlg_head_file("view"),
                                 mlg_head_file("value"), mlg_head_file("expected"),
                                 mlg_head_file("low"),   mlg_head_file("high"),
                                 mlg_head_file("p")};
    mlg_table *table = NULL;

    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (!is_told(document->results, view)) {
            continue;
        }
        if (table == NULL) {
            table =
                mlg_doc_table(document, "silo_indices", (mlg_sentence){0}, heads, COLUMNS(heads));
            table->page_rows = 0;
        }
        say_indices(document, view);
        index_rows(document, table, view);
    }
    if (table != NULL) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_silos_same_question_note, NULL, 0);
    }
}

/* ---- each sector, in a file ------------------------------------------------------------- */

static void sector_rows(mlg_document *document, mlg_table *table, int32_t view)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_LOW,
                                               MLG_HIGH,  MLG_P,        MLG_P_ADJUSTED};
    const mlg_results *results = document->results;
    const mlg_value *of[] = {
        mlg_section_value(results, "silo.coleman", view, MLG_VECTOR, NULL),
        mlg_section_value(results, "silo.conductance", view, MLG_VECTOR, NULL)};
    const mlg_value *ssi = mlg_section_value(results, "silo.ssi", view, MLG_VECTOR, "mean");
    const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);

    for (size_t row = 0; of[0] != NULL && row < of[0]->n; row++) {
        mlg_doc_cell(document, table, mlg_cell_of(id));
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SECTOR, of[0]->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(of[0], "actors", row)));
        for (size_t k = 0; k < COLUMNS(of); k++) {
            for (size_t c = 0; c < COLUMNS(columns); c++) {
                mlg_doc_cell(document, table, mlg_section_cell(of[k], columns[c], row));
            }
        }
        mlg_doc_cell(document, table, mlg_section_cell(of[0], MLG_MIN, row));
        mlg_doc_cell(document, table, mlg_section_cell(of[0], MLG_MAX, row));
        mlg_doc_cell(document, table, mlg_section_cell(ssi, MLG_VALUE, row));
    }
}

static void sector_file(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head_file("sector"),
        mlg_head_file("actors"),
        mlg_head_file("coleman"),
        mlg_head_file("coleman_expected"),
        mlg_head_file("coleman_low"),
        mlg_head_file("coleman_high"),
        mlg_head_file("coleman_p"),
        mlg_head_file("coleman_p_adjusted"),
        mlg_head_file("conductance"),
        mlg_head_file("conductance_expected"),
        mlg_head_file("conductance_low"),
        mlg_head_file("conductance_high"),
        mlg_head_file("conductance_p"),
        mlg_head_file("conductance_p_adjusted"),
        mlg_head_file("coleman_min"),
        mlg_head_file("coleman_max"),
        mlg_head_file("ssi"),
    };
    mlg_table *table =
        mlg_doc_table(document, "silo_sector_indices", (mlg_sentence){0}, heads, COLUMNS(heads));

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        sector_rows(document, table, view);
    }
}

void mlg_part_silo_indices(mlg_document *document)
{
    same_question(document);
    sector_file(document);
}
