/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/gap_words.h"
#include "report/gaps.h"
#include "report/meetings.h"

/* Missing coordinations: pairs of schemes by how far the participants they share lie below
 * what is expected, with the three factors, and what cannot be told. */

enum { PAIRS_SHOWN = 20 };

const mlg_value *mlg_gaps_pairs(const mlg_results *results, int32_t view)
{
    const mlg_value *pairs = mlg_section_value(results, "gap.schemes", view, MLG_PAIRS, NULL);
    return pairs != NULL && pairs->undefined == T_none && pairs->n > 0 ? pairs : NULL;
}

const mlg_value *mlg_gaps_counts(const mlg_results *results, int32_t view)
{
    return mlg_section_value(results, "gap.schemes", view, MLG_SCALAR, NULL);
}

/* ---- sentences ------------------------------------------------------------------------- */

static double count_of(mlg_document *document, int32_t view, const char *part)
{
    return mlg_section_part(mlg_gaps_counts(document->results, view), part, 0);
}

void mlg_gaps_say_undefined(mlg_document *document, int32_t view)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "gap.schemes", view, MLG_PAIRS, NULL);
    const mlg_arg reason = mlg_arg_key(pairs != NULL ? pairs->undefined : T_none);

    if (pairs != NULL && pairs->undefined != T_none) {
        mlg_doc_block(document, MLG_BLOCK_MISSING, T_gaps_undefined, &reason, 1);
    }
}

void mlg_gaps_say_counts(mlg_document *document, int32_t view)
{
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const mlg_arg args[] = {
        mlg_arg_count(count_of(document, view, "schemes")),
        mlg_arg_count(count_of(document, view, "actors")),
        mlg_arg_key(mlg_gap_words_of(graph).many),
        mlg_arg_count(count_of(document, view, "pairs")),
        mlg_arg_count(count_of(document, view, "eligible")),
        mlg_arg_count(count_of(document, view, "testable")),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_gaps_counts, args, 6);
}

/* One note, when there is anything to count. */
static void say_some(mlg_document *document, mlg_text_key key, double count, mlg_arg second)
{
    const mlg_arg args[] = {mlg_arg_count(count), second};
    if (count > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, key, args, 2);
    }
}

void mlg_gaps_say_left_out(mlg_document *document, int32_t view)
{
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const mlg_value *counts = mlg_gaps_counts(document->results, view);
    const double eligible = count_of(document, view, "eligible");
    const mlg_arg many = mlg_arg_key(mlg_gap_words_of(graph).many);

    say_some(document, T_gaps_untested, eligible - count_of(document, view, "testable"), many);
    say_some(document, T_gaps_unknown, eligible - count_of(document, view, "known"), many);
    say_some(document, T_gaps_apart, count_of(document, view, "pairs") - eligible, many);
    say_some(document, T_gaps_silent, count_of(document, view, "schemes_without_seat"), many);
    say_some(document, T_gaps_actors_outside, count_of(document, view, "actors_outside"), many);
    say_some(document, T_gaps_activities_outside, count_of(document, view, "activities_outside"),
             many);
    if (counts != NULL && counts->caution != T_none) {
        const mlg_arg caution = mlg_arg_key(counts->caution);
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_gaps_caution, &caution, 1);
    }
}

/* ---- the table --------------------------------------------------------------------------- */

static mlg_table *open_table(mlg_document *document, const char *id, mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head("scheme", T_head_scheme),
        mlg_head("other", T_head_other_scheme),
        mlg_head("observed", T_head_in_both),
        mlg_head_file("expected"),
        mlg_head_file("sd"),
        mlg_head_file("low"),
        mlg_head_file("high"),
        (mlg_heading){"interval", mlg_arg_key(T_head_expected), MLG_PAGE_ONLY},
        mlg_head_file("z"),
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head_file("deficit"),
        (mlg_heading){"introduce", mlg_arg_key(T_head_deficit), MLG_PAGE_ONLY},
        mlg_head("population_overlap", T_head_population_overlap),
        mlg_head("theme_overlap", T_head_theme_overlap),
        mlg_head("ratio", T_head_tie_ratio),
        mlg_head_file("shared_themes"),
        mlg_head_file("eligible"),
        mlg_head_file("testable"),
        mlg_head_file("stratum"),
        mlg_head_file("common_units"),
        mlg_head_file("reach"),
    };
    return mlg_doc_table(document, id, caption, heads, sizeof heads / sizeof heads[0]);
}

/* "4.2 (1 to 8)". */
static mlg_cell expected(mlg_document *document, const mlg_value *pairs, size_t row)
{
    mlg_buffer text = {0};
    const double mean = mlg_section_number(pairs, MLG_EXPECTED, row);
    const mlg_arg args[] = {mlg_arg_number(mean, mean < 9.95 ? 1 : 0),
                            mlg_arg_count(mlg_section_number(pairs, MLG_LOW, row)),
                            mlg_arg_count(mlg_section_number(pairs, MLG_HIGH, row))};

    if (isnan(mean)) {
        return mlg_cell_number(mlg_arg_number(NAN, 0), T_none);
    }
    mlg_text_render(&text, document->results->labels.language, T_cell_expected, args, 3);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

/* How many to introduce, where fewer than expected sit in both. */
static mlg_cell to_introduce(double deficit)
{
    return deficit >= 0.5 ? mlg_section_count(deficit) : (mlg_cell){.kind = MLG_CELL_EMPTY};
}

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t row,
                     mlg_arg view)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_LOW, MLG_HIGH};
    static const char *const last[] = {"shared_themes", "eligible",     "testable",
                                       "stratum",       "common_units", "reach"};

    const double deficit = mlg_section_part(pairs, "deficit", row);

    mlg_doc_cell(document, table, mlg_cell_of(view));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row]));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row + 1]));
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        mlg_doc_cell(document, table, mlg_section_cell(pairs, columns[i], row));
    }
    mlg_doc_cell(document, table, expected(document, pairs, row));
    mlg_doc_cell(document, table, mlg_section_cell(pairs, MLG_Z, row));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(pairs, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(pairs, MLG_P_ADJUSTED, row)));
    mlg_doc_cell(document, table, mlg_cell_number(mlg_arg_number(deficit, 1), T_none));
    mlg_doc_cell(document, table, to_introduce(deficit));
    mlg_doc_cell(document, table,
                 mlg_section_share(mlg_section_part(pairs, "population_overlap", row)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(pairs, "theme_overlap", row)));
    mlg_doc_cell(document, table,
                 mlg_cell_number(mlg_arg_number(mlg_section_part(pairs, "ratio", row), 2), 0));
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_section_plain(mlg_section_part(pairs, last[i], row)), T_none));
    }
}

/* Pairs that are compared; the list is in their order, those not compared last. */
static void page_table(mlg_document *document, int32_t view, const mlg_value *pairs)
{
    const mlg_arg name = mlg_section_view(document, view);
    mlg_table *table = open_table(document, NULL, mlg_sentence_of(T_table_gaps, &name, 1));

    table->note = mlg_sentence_of(T_table_gaps_note, NULL, 0);
    table->page_rows = PAIRS_SHOWN;
    for (size_t row = 0; row < pairs->n && mlg_gaps_is_eligible(pairs, row); row++) {
        pair_row(document, table, pairs, row, name);
    }
}

static void file_table(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *table = open_table(document, "gaps", (mlg_sentence){0});

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *pairs = mlg_gaps_pairs(results, view);
        const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);
        for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
            pair_row(document, table, pairs, row, id);
        }
    }
}

/* ---- the section ---------------------------------------------------------------------------- */

static void one_view(mlg_document *document, int32_t view)
{
    const mlg_value *pairs = mlg_gaps_pairs(document->results, view);

    if (pairs == NULL) {
        mlg_gaps_say_undefined(document, view);
        return;
    }
    mlg_gaps_say_counts(document, view);
    if (mlg_gaps_is_eligible(pairs, 0)) {
        page_table(document, view, pairs);
    }
    mlg_gaps_say_left_out(document, view);
}

void mlg_section_gaps(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            one_view(document, view);
        }
    }
    file_table(document);
    mlg_part_apart(document);
    mlg_part_missing(document);
    mlg_part_seats(document);
}
