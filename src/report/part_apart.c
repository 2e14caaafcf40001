/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/meetings.h"

/* Actors, and sectors, that meet less than drawing lots would have them meet. */

enum { MOST_SAID = 5, PAIRS_SHOWN = 8 };

static const double P_HOLDS = 0.05;

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const mlg_value *pairs_of(const mlg_results *results, const char *id, int32_t view)
{
    const mlg_value *pairs = mlg_section_value(results, id, view, MLG_PAIRS, NULL);
    return pairs != NULL && pairs->undefined == T_none && pairs->n > 0 ? pairs : NULL;
}

bool mlg_meetings_has(const mlg_results *results, int32_t view)
{
    return pairs_of(results, "gap.meetings", view) != NULL;
}

/* Of fewer than ten participants nothing is claimed. */
static bool holds(const mlg_value *pairs, size_t row)
{
    return pairs->caution == T_none && mlg_section_part(pairs, "testable", row) > 0.0 &&
           mlg_section_number(pairs, MLG_P_ADJUSTED, row) <= P_HOLDS &&
           mlg_section_number(pairs, MLG_VALUE, row) < mlg_section_number(pairs, MLG_EXPECTED, row);
}

static mlg_arg few(double number)
{
    return mlg_arg_number(number, fabs(number) < 9.95 ? 1 : 0);
}

static void say_pair(mlg_document *document, const mlg_value *pairs, size_t row)
{
    const mlg_arg args[] = {
        mlg_arg_label(pairs->scope, pairs->subject[2 * row]),
        mlg_arg_label(pairs->scope, pairs->subject[2 * row + 1]),
        mlg_arg_count(mlg_section_number(pairs, MLG_VALUE, row)),
        few(mlg_section_number(pairs, MLG_EXPECTED, row)),
        mlg_arg_count(mlg_section_number(pairs, MLG_LOW, row)),
        mlg_arg_count(mlg_section_number(pairs, MLG_HIGH, row)),
        mlg_arg_p(mlg_section_number(pairs, MLG_P, row)),
        mlg_arg_p(mlg_section_number(pairs, MLG_P_ADJUSTED, row)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_meetings_pair, args, COLUMNS(args));
}

static double count_of(const mlg_results *results, int32_t view, const char *part)
{
    return mlg_section_part(mlg_section_value(results, "gap.meetings", view, MLG_SCALAR, NULL),
                            part, 0);
}

static void say_counts(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const double different = count_of(results, view, "different_sectors");
    const double unknown = count_of(results, view, "unknown_sectors");
    const mlg_arg args[] = {
        mlg_arg_count(different > 0.0 ? different : unknown),
        mlg_arg_count(count_of(results, view, "compared")),
        mlg_arg_count(count_of(results, view, "testable")),
        mlg_arg_count(unknown),
    };
    const mlg_text_key counts = different > 0.0 && unknown > 0.0 ? T_meetings_counts_both
                                : different > 0.0                ? T_meetings_counts
                                                                 : T_meetings_counts_unknown;
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, counts, args, COLUMNS(args));
}

/* The first pairs that stand out; answers how many there are. */
static size_t say_found(mlg_document *document, const mlg_value *pairs)
{
    size_t found = 0;
    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        if (holds(pairs, row) && found++ < MOST_SAID) {
            say_pair(document, pairs, row);
        }
    }
    if (found > MOST_SAID) {
        const mlg_arg more = mlg_arg_count((double) (found - MOST_SAID));
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_gaps_more, &more, 1);
    }
    return found;
}

static void say_none(mlg_document *document, int32_t view)
{
    const bool tested = count_of(document->results, view, "testable") > 0.0;
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, tested ? T_meetings_none : T_meetings_untestable,
                  NULL, 0);
}

void mlg_meetings_say(mlg_document *document, int32_t view)
{
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_meetings_heading, NULL, 0);
    say_counts(document, view);
    if (say_found(document, pairs_of(document->results, "gap.meetings", view)) == 0) {
        say_none(document, view);
    }
    const mlg_value *sectors = pairs_of(document->results, "gap.sectors", view);
    if (sectors != NULL && holds(sectors, 0)) { /* the clearest first */
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_meetings_sectors, NULL, 0);
        say_found(document, sectors);
    }
}

/* ---- tables ------------------------------------------------------------------------------- */

static mlg_cell expected(mlg_document *document, const mlg_value *pairs, size_t row)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {few(mlg_section_number(pairs, MLG_EXPECTED, row)),
                            mlg_arg_count(mlg_section_number(pairs, MLG_LOW, row)),
                            mlg_arg_count(mlg_section_number(pairs, MLG_HIGH, row))};

    if (isnan(args[0].number)) {
        return mlg_cell_number(args[0], T_none);
    }
    mlg_text_render(&text, document->results->labels.language, T_cell_expected, args, 3);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

static mlg_table *open_table(mlg_document *document, const char *id, mlg_text_key of,
                             mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head("subject", of),
        mlg_head("other", T_head_other),
        mlg_head("observed", T_head_meetings),
        mlg_head_file("expected"),
        mlg_head_file("sd"),
        mlg_head_file("low"),
        mlg_head_file("high"),
        (mlg_heading){"interval", mlg_arg_key(T_head_expected), MLG_PAGE_ONLY},
        mlg_head_file("z"),
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head_file("deficit"),
        mlg_head_file("ratio"),
        mlg_head_file("testable"),
        mlg_head_file("stratum"),
        mlg_head_file("activities_a"),
        mlg_head_file("activities_b"),
        mlg_head_file("common_neighbours"),
        mlg_head_file("resource_allocation"),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t row,
                     mlg_arg view)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_LOW, MLG_HIGH};
    static const char *const parts[] = {
        "deficit",      "ratio",        "testable",          "stratum",
        "activities_a", "activities_b", "common_neighbours", "resource_allocation"};

    mlg_doc_cell(document, table, mlg_cell_of(view));
    mlg_doc_cell(document, table, mlg_section_label(pairs->scope, pairs->subject[2 * row]));
    mlg_doc_cell(document, table, mlg_section_label(pairs->scope, pairs->subject[2 * row + 1]));
    for (size_t i = 0; i < COLUMNS(columns); i++) {
        mlg_doc_cell(document, table, mlg_section_cell(pairs, columns[i], row));
    }
    mlg_doc_cell(document, table, expected(document, pairs, row));
    mlg_doc_cell(document, table, mlg_section_cell(pairs, MLG_Z, row));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(pairs, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(pairs, MLG_P_ADJUSTED, row)));
    for (size_t i = 0; i < COLUMNS(parts); i++) {
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_section_plain(mlg_section_part(pairs, parts[i], row)), T_none));
    }
}

/* The pairs that stand out, if any: the others say nothing, and would point at somebody. */
static mlg_table *page_table(mlg_document *document, const char *id, int32_t view, mlg_text_key of,
                             mlg_text_key caption)
{
    const mlg_value *pairs = pairs_of(document->results, id, view);
    const mlg_arg name = mlg_section_view(document, view);
    mlg_table *table = NULL;

    for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
        if (holds(pairs, row)) {
            table = table != NULL
                        ? table
                        : open_table(document, NULL, of, mlg_sentence_of(caption, &name, 1));
            pair_row(document, table, pairs, row, name);
        }
    }
    if (table != NULL) {
        table->page_rows = PAIRS_SHOWN;
    }
    return table;
}

/* On the page the tables say which; how to read them is said once, under the last. */
static void page(mlg_document *document, int32_t view)
{
    const mlg_value *sectors = pairs_of(document->results, "gap.sectors", view);

    mlg_doc_block(document, MLG_BLOCK_HEADING, T_meetings_heading, NULL, 0);
    say_counts(document, view);
    mlg_table *table = page_table(document, "gap.meetings", view, T_head_actor, T_table_meetings);
    if (table == NULL) {
        say_none(document, view);
    }
    if (sectors != NULL && holds(sectors, 0)) { /* the clearest first */
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_meetings_sectors, NULL, 0);
        table = page_table(document, "gap.sectors", view, T_head_sector, T_table_sector_meetings);
    }
    if (table != NULL) {
        table->note = mlg_sentence_of(T_table_meetings_note, NULL, 0);
    }
}

static void file_table(mlg_document *document, const char *id, const char *file, mlg_text_key of)
{
    const mlg_results *results = document->results;
    mlg_table *table = NULL;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *pairs = pairs_of(results, id, view);
        const mlg_arg name = mlg_arg_text(mlg_context_view(results->context, view)->id);
        if (pairs != NULL && table == NULL) {
            table = open_table(document, file, of, (mlg_sentence){0});
            table->page_rows = 0;
        }
        for (size_t row = 0; pairs != NULL && row < pairs->n; row++) {
            pair_row(document, table, pairs, row, name);
        }
    }
}

void mlg_part_apart(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view) &&
            mlg_meetings_has(document->results, view)) {
            page(document, view);
        }
    }
    file_table(document, "gap.meetings", "meetings", T_head_actor);
    file_table(document, "gap.sectors", "sector_meetings", T_head_sector);
}
