/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/section.h"

/* Pairs that meet more than chance would have it, when somebody asked (--backbone): what the method
 * keeps, why when it is nothing, and what the others keep. */

enum { PAIRS_SHOWN = 10, PAIRS_OPEN = 5 };

static const double LEVEL = 0.05;

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const struct {
    const char *name, *id;
    mlg_text_key title;
} methods[] = {
    {"hypergeometric", "twomode.backbone.hypergeometric", T_backbone_hypergeometric},
    {"sdsm", "twomode.backbone.sdsm", T_backbone_sdsm},
    {"fdsm", "twomode.backbone.fdsm", T_backbone_fdsm},
};

static size_t method_of(const char *name)
{
    size_t i = 0;
    while (i + 1 < COLUMNS(methods) && strcmp(methods[i].name, name) != 0) {
        i++;
    }
    return i;
}

static const mlg_value *count_of(const mlg_document *document, size_t method, int32_t view,
                                 const char *convention)
{
    const mlg_value *value =
        mlg_section_value(document->results, methods[method].id, view, MLG_SCALAR, convention);
    return value != NULL && value->undefined == T_none ? value : NULL;
}

static double kept(const mlg_document *document, size_t method, int32_t view,
                   const char *convention)
{
    return mlg_section_number(count_of(document, method, view, convention), MLG_VALUE, 0);
}

/* Why the method keeps no pair at all: none could pass, or none did. */
static void say_why_none(mlg_document *document, size_t method, int32_t view)
{
    const mlg_value *raw = count_of(document, method, view, "raw");
    const double could = mlg_section_part(raw, "could_pass", 0);
    const mlg_arg args[] = {mlg_arg_count(could), mlg_arg_p(mlg_section_part(raw, "least_p", 0)),
                            mlg_arg_count(mlg_section_part(raw, "pairs", 0))};

    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  could == 0.0   ? T_backbone_none_could
                  : isnan(could) ? T_backbone_none_did
                                 : T_backbone_none_of,
                  args, COLUMNS(args));
    if (strcmp(methods[method].name, "sdsm") == 0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_backbone_sdsm_screen, NULL, 0);
    }
}

static void others_table(mlg_document *document, int32_t view)
{
    const mlg_heading heads[] = {mlg_head("method", T_head_method), mlg_head("kept", T_head_kept),
                                 mlg_head("kept_adjusted", T_head_kept_adjusted),
                                 mlg_head("could_pass", T_head_could_pass)};
    const mlg_arg name = mlg_section_view(document, view);
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_backbones, &name, 1),
                                     heads, COLUMNS(heads));

    table->note = mlg_sentence_of(T_table_backbones_note, NULL, 0);
    table->plain = true;
    for (size_t i = 0; i < COLUMNS(methods); i++) {
        const mlg_value *raw = count_of(document, i, view, "raw");
        mlg_doc_cell(document, table, mlg_section_key(methods[i].title));
        mlg_doc_cell(document, table, mlg_section_cell(raw, MLG_VALUE, 0));
        mlg_doc_cell(document, table,
                     mlg_section_cell(count_of(document, i, view, "adjusted"), MLG_VALUE, 0));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_arg_count(mlg_section_part(raw, "could_pass", 0)), T_none));
    }
}

static mlg_table *open_pairs(mlg_document *document, const char *id, mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head("actor", T_head_actor),
        mlg_head("other", T_head_other),
        mlg_head("shared", T_head_meetings),
        mlg_head("expected", T_head_expected),
        mlg_head("p", T_head_p),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head_file("kept"),
        mlg_head_file("kept_adjusted"),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t row,
                     mlg_arg view)
{
    mlg_doc_cell(document, table, mlg_cell_of(view));
    mlg_doc_cell(document, table, mlg_section_label(pairs->scope, pairs->subject[2 * row]));
    mlg_doc_cell(document, table, mlg_section_label(pairs->scope, pairs->subject[2 * row + 1]));
    mlg_doc_cell(document, table, mlg_section_cell(pairs, MLG_VALUE, row));
    mlg_doc_cell(document, table, mlg_section_cell(pairs, MLG_EXPECTED, row));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(pairs, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(pairs, MLG_P_ADJUSTED, row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "kept", row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "kept_adjusted", row)));
}

/* The page has the kept pairs, which come first; the file all that are listed. */
static void pair_tables(mlg_document *document, size_t method, int32_t view)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, methods[method].id, view, MLG_PAIRS, NULL);
    const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_key(methods[method].title)};
    mlg_table *table = NULL;

    for (size_t row = 0; row < pairs->n && row < PAIRS_SHOWN; row++) {
        if (mlg_section_part(pairs, "kept", row) > 0.0) {
            table = table != NULL
                        ? table
                        : open_pairs(document, NULL, mlg_sentence_of(T_table_backbone, args, 2));
            table->page_rows = PAIRS_SHOWN;
            table->open_rows = PAIRS_OPEN;
            pair_row(document, table, pairs, row, args[0]);
        }
    }
}

static void file_table(mlg_document *document, size_t method)
{
    const mlg_results *results = document->results;
    mlg_table *table = open_pairs(document, "backbone", (mlg_sentence){0});

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *pairs =
            mlg_section_value(results, methods[method].id, view, MLG_PAIRS, NULL);
        const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);
        for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
            pair_row(document, table, pairs, row, id);
        }
    }
}

static void one_view(mlg_document *document, size_t method, int32_t view)
{
    const mlg_value *raw = count_of(document, method, view, "raw");
    const mlg_value *pairs =
        mlg_section_value(document->results, methods[method].id, view, MLG_PAIRS, NULL);

    if (raw == NULL) {
        const mlg_arg why = mlg_arg_key(pairs != NULL ? pairs->undefined : T_none);
        if (pairs != NULL) {
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_backbone_undefined, &why, 1);
        }
        return;
    }
    const double adjusted = kept(document, method, view, "adjusted");
    const mlg_arg args[] = {mlg_section_view(document, view),
                            mlg_arg_key(methods[method].title),
                            mlg_arg_count(mlg_section_part(raw, "pairs", 0)),
                            mlg_arg_count(mlg_section_part(raw, "sharing", 0)),
                            mlg_arg_count(mlg_section_number(raw, MLG_VALUE, 0)),
                            mlg_arg_count(adjusted),
                            mlg_arg_count(LEVEL * mlg_section_part(raw, "pairs", 0))};
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_backbone_heading, args, 1);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_backbone_counts, args, COLUMNS(args));
    if (args[4].number == 0.0) {
        say_why_none(document, method, view);
    } else {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_backbone_by_chance, args, COLUMNS(args));
    }
    others_table(document, view);
    pair_tables(document, method, view);
}

void mlg_part_meetings(mlg_document *document)
{
    const char *asked = document->results->run->backbone;

    if (asked == NULL) {
        return;
    }
    const size_t method = method_of(asked);
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            one_view(document, method, view);
        }
    }
    file_table(document, method);
}
