/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/gap_words.h"
#include "finding/rule.h"
#include "report/section.h"

/* Activities and participations: how large activities are, whether they bring sectors together,
 * which do least, and who holds the seats. */

enum { ACTIVITIES_SHOWN = 6, N_SIZES = 5 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* Smallest size of each row of the table of sizes. */
static const double from_size[N_SIZES + 1] = {1, 2, 6, 11, 21, INFINITY};

static const mlg_value *scalar(mlg_document *document, const char *id, int32_t view,
                               const char *convention)
{
    const mlg_value *value = mlg_section_value(document->results, id, view, MLG_SCALAR, convention);
    return value != NULL && value->undefined == T_none ? value : NULL;
}

static const mlg_value *list(mlg_document *document, const char *id, int32_t view)
{
    const mlg_value *value = mlg_section_value(document->results, id, view, MLG_VECTOR, NULL);
    return value != NULL && value->undefined == T_none && value->n > 0 ? value : NULL;
}

/* ---- sizes ------------------------------------------------------------------------------- */

static mlg_arg median_of(const mlg_value *spread)
{
    const double median = mlg_section_part(spread, "median", 0);
    return mlg_arg_number(median, median == floor(median) ? 0 : 1);
}

static void say_sizes(mlg_document *document, int32_t view, const mlg_value *sizes)
{
    const mlg_value *seats = scalar(document, "twomode.memberships", view, "mean");
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(sizes, "counted", 0)),
        mlg_arg_count(mlg_section_part(seats, "counted", 0)),
        mlg_arg_key(mlg_gap_words_of(graph).many),
        mlg_arg_count(mlg_section_part(sizes, "seats", 0)),
        median_of(sizes),
        median_of(seats),
        mlg_arg_count(mlg_section_part(sizes, "largest", 0)),
        mlg_arg_count(mlg_section_part(seats, "largest", 0)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_activities_sizes, args, COLUMNS(args));
}

/* "1", "2 to 5", "21 and more". */
static mlg_cell size_words(size_t row)
{
    static const mlg_text_key words[N_SIZES] = {T_size_one, T_size_two, T_size_six, T_size_eleven,
                                                T_size_more};
    return mlg_section_key(words[row]);
}

/* How many activities are of each size, and what share of the seats they hold. */
static void sizes_table(mlg_document *document, int32_t view, const mlg_value *sizes)
{
    const mlg_heading heads[] = {
        mlg_head("participants", T_head_participants), mlg_head("activities", T_head_activities),
        mlg_head("share", T_head_share_activities), mlg_head("seats", T_head_share_seats)};
    const mlg_arg name = mlg_section_view(document, view);
    double count[N_SIZES] = {0}, seats[N_SIZES] = {0}, all = 0.0, all_seats = 0.0;

    for (size_t i = 0; i < sizes->n; i++) {
        const double k = mlg_section_number(sizes, MLG_VALUE, i);
        for (size_t row = 0; row < N_SIZES; row++) {
            const bool is = k >= from_size[row] && k < from_size[row + 1];
            count[row] += is ? 1.0 : 0.0;
            seats[row] += is ? k : 0.0;
        }
    }
    for (size_t row = 0; row < N_SIZES; row++) {
        all += count[row];
        all_seats += seats[row];
    }
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_sizes, &name, 1),
                                     heads, COLUMNS(heads));
    table->plain = true;
    for (size_t row = 0; row < N_SIZES; row++) {
        mlg_doc_cell(document, table, size_words(row));
        mlg_doc_cell(document, table, mlg_section_count(count[row]));
        mlg_doc_cell(document, table, mlg_section_share(count[row] / all));
        mlg_doc_cell(document, table, mlg_section_share(seats[row] / all_seats));
    }
}

/* ---- sectors ------------------------------------------------------------------------------ */

/* What the figures leave out, where there is anything. */
static void say_left_out(mlg_document *document, const mlg_value *mix)
{
    static const struct {
        const char *part;
        mlg_text_key text;
    } notes[] = {
        {"single", T_activities_single},
        {"too_few_known", T_activities_few_known},
        {"some_unknown", T_activities_unknown},
    };
    for (size_t i = 0; i < COLUMNS(notes); i++) {
        const mlg_arg count = mlg_arg_count(mlg_section_part(mix, notes[i].part, 0));
        if (count.number > 0.0) {
            mlg_doc_block(document, MLG_BLOCK_NOTE, notes[i].text, &count, 1);
        }
    }
}

static void say_mix(mlg_document *document, int32_t view)
{
    const mlg_value *mix = scalar(document, "twomode.sector_mixing", view, "pairs");
    const mlg_value *two = scalar(document, "twomode.sector_mixing", view, "two_sectors");
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);

    if (mix == NULL || two == NULL) {
        return;
    }
    const double expected = mlg_section_number(mix, MLG_EXPECTED, 0);
    const bool told = !isnan(expected) && mlg_rule_may_compare(graph);
    const bool holds = mlg_section_number(mix, MLG_P, 0) <= MLG_RULE_P;
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(mix, "activities", 0)),
        mlg_arg_share(mlg_section_number(two, MLG_VALUE, 0), 0),
        mlg_arg_share(mlg_section_number(two, MLG_EXPECTED, 0), 0),
        mlg_arg_share(mlg_section_number(mix, MLG_VALUE, 0), 0),
        mlg_arg_share(expected, 0),
        mlg_arg_share(mlg_section_number(mix, MLG_LOW, 0), 0),
        mlg_arg_share(mlg_section_number(mix, MLG_HIGH, 0), 0),
        mlg_arg_p(mlg_section_number(mix, MLG_P, 0)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  !told   ? T_activities_mix_few
                  : holds ? T_activities_mix_less
                          : T_activities_mix,
                  args, COLUMNS(args));
    say_left_out(document, mix);
}

/* "2.6 (2 to 3)". */
static mlg_cell expected_cell(mlg_document *document, const mlg_value *sectors, size_t row)
{
    mlg_buffer text = {0};
    const double mean = mlg_section_number(sectors, MLG_EXPECTED, row);
    const mlg_arg args[] = {mlg_arg_number(mean, 1),
                            mlg_arg_count(mlg_section_number(sectors, MLG_LOW, row)),
                            mlg_arg_count(mlg_section_number(sectors, MLG_HIGH, row))};

    if (isnan(mean)) {
        return mlg_cell_number(mlg_arg_number(NAN, 0), T_none);
    }
    mlg_text_render(&text, document->results->labels.language, T_cell_expected, args, 3);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

static void few_row(mlg_document *document, mlg_table *table, const mlg_value *sectors, size_t row)
{
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_ACTIVITY, sectors->subject[row]));
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_part(sectors, "participants", row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(sectors, MLG_VALUE, row)));
    mlg_doc_cell(document, table, expected_cell(document, sectors, row));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(sectors, MLG_P_ADJUSTED, row)));
}

/* The activities that hold fewer sectors than chance would have it, the farthest first. */
static void few_sectors(mlg_document *document, int32_t view)
{
    const mlg_heading heads[] = {
        mlg_head("activity", T_head_activity), mlg_head("participants", T_head_participants),
        mlg_head("sectors", T_head_sectors), mlg_head("expected", T_head_expected),
        mlg_head("p_adjusted", T_head_p_adjusted)};
    const mlg_value *sectors = list(document, "twomode.sector_mixing", view);
    const mlg_arg name = mlg_section_view(document, view);
    mlg_table *table = NULL;

    if (sectors == NULL || sectors->column[MLG_Z] == NULL ||
        !mlg_rule_may_compare(mlg_context_graph(document->results->context, view))) {
        return;
    }
    double *lack = mlg_arena_alloc(&document->arena, sectors->n * sizeof *lack);
    if (lack == NULL) {
        document->failed = true;
        return;
    }
    for (size_t i = 0; i < sectors->n; i++) {
        lack[i] = -mlg_section_number(sectors, MLG_Z, i);
    }
    const size_t *order = mlg_section_order(document, lack, NULL, sectors->n);
    for (size_t i = 0; order != NULL && i < sectors->n; i++) {
        if (mlg_section_number(sectors, MLG_P_ADJUSTED, order[i]) <= MLG_RULE_P) {
            if (table == NULL) {
                table =
                    mlg_doc_table(document, NULL, mlg_sentence_of(T_table_few_sectors, &name, 1),
                                  heads, COLUMNS(heads));
                table->note = mlg_sentence_of(T_table_few_sectors_note, NULL, 0);
                table->page_rows = ACTIVITIES_SHOWN;
            }
            few_row(document, table, sectors, order[i]);
        }
    }
}

/* ---- who holds the seats ------------------------------------------------------------------ */

/* Of 0 to 100: small ones are told with a decimal. */
static mlg_arg nodf(const mlg_value *nested, mlg_value_column column)
{
    const bool small = mlg_section_number(nested, MLG_EXPECTED, 0) < 10.0;
    return mlg_arg_number(mlg_section_number(nested, column, 0), small ? 1 : 0);
}

static void say_seats(mlg_document *document, int32_t view)
{
    const mlg_value *few = scalar(document, "twomode.usual_suspects", view, NULL);
    const mlg_value *nested = scalar(document, "twomode.nodf", view, "activities");
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);

    if (few == NULL || few->caution != T_none) {
        return;
    }
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(few, "top", 0)),
        mlg_arg_count(mlg_section_part(few, "actors", 0)),
        mlg_arg_key(mlg_gap_words_of(graph).many),
        mlg_arg_share(mlg_section_number(few, MLG_VALUE, 0), 0),
        mlg_arg_count(mlg_section_part(few, "half", 0)),
        nodf(nested, MLG_VALUE),
        nodf(nested, MLG_EXPECTED),
        nodf(nested, MLG_LOW),
        nodf(nested, MLG_HIGH),
        mlg_arg_p(mlg_section_number(nested, MLG_P, 0)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_activities_seats, args, COLUMNS(args));
    if (!isnan(args[9].number)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      args[9].number <= MLG_RULE_P ? T_activities_nested : T_activities_not_nested,
                      args, COLUMNS(args));
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

/* Row of a subject in an ascending list; its length when it is not there. */
static size_t row_of(const mlg_value *value, mlg_id subject)
{
    size_t low = 0, high = value != NULL ? value->n : 0;
    const size_t n = high;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (value->subject[mid] < subject) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < n && value->subject[low] == subject ? low : n;
}

static void activity_row(mlg_document *document, mlg_table *table, int32_t view,
                         const mlg_value *sizes, size_t row)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_LOW, MLG_HIGH};
    const mlg_value *sectors = list(document, "twomode.sector_mixing", view);
    const size_t at = row_of(sectors, sizes->subject[row]);

    mlg_doc_cell(document, table,
                 mlg_cell_of(mlg_arg_text(mlg_context_view(document->results->context, view)->id)));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_ACTIVITY, sizes->subject[row]));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(sizes, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(sectors, "known", at)));
    for (size_t c = 0; c < COLUMNS(columns); c++) {
        const double value = mlg_section_number(sectors, columns[c], at);
        mlg_doc_cell(document, table, mlg_cell_number(mlg_section_plain(value), T_none));
    }
    mlg_doc_cell(
        document, table,
        mlg_cell_number(mlg_section_plain(mlg_section_part(sectors, "across", at)), T_none));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(sectors, MLG_P, at)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(sectors, MLG_P_ADJUSTED, at)));
}

static void activities_file(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),  mlg_head_file("activity"),   mlg_head_file("participants"),
        mlg_head_file("known"), mlg_head_file("sectors"),    mlg_head_file("expected"),
        mlg_head_file("low"),   mlg_head_file("high"),       mlg_head_file("across"),
        mlg_head_file("p"),     mlg_head_file("p_adjusted"),
    };
    mlg_table *table =
        mlg_doc_table(document, "activities", (mlg_sentence){0}, heads, COLUMNS(heads));

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        const mlg_value *sizes = list(document, "twomode.sizes", view);
        for (size_t row = 0; sizes != NULL && row < sizes->n; row++) {
            activity_row(document, table, view, sizes, row);
        }
    }
}

static void pair_row(mlg_document *document, mlg_table *table, const char *view,
                     const mlg_value *pairs, size_t row, const char *const *parts, size_t n_parts)
{
    mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(view)));
    mlg_doc_cell(document, table, mlg_cell_code(pairs->measure->id));
    mlg_doc_cell(document, table, mlg_section_label(pairs->scope, pairs->subject[2 * row]));
    mlg_doc_cell(document, table, mlg_section_label(pairs->scope, pairs->subject[2 * row + 1]));
    mlg_doc_cell(document, table, mlg_section_cell(pairs, MLG_VALUE, row));
    for (size_t p = 0; p < n_parts; p++) {
        const double part = mlg_section_part(pairs, parts[p], row);
        mlg_doc_cell(document, table,
                     isnan(part) ? mlg_cell_empty()
                                 : mlg_cell_number(mlg_section_plain(part), T_none));
    }
}

/* The pairs that meet most, by either weight. */
static void pairs_file(mlg_document *document)
{
    static const char *const ids[] = {"twomode.newman", "twomode.jaccard"};
    static const char *const parts[] = {"count", "per_size", "per_pair", "overlap", "cosine"};
    const mlg_heading heads[] = {
        mlg_head_file("view"),     mlg_head_file("measure"),  mlg_head_file("actor"),
        mlg_head_file("other"),    mlg_head_file("value"),    mlg_head_file("count"),
        mlg_head_file("per_size"), mlg_head_file("per_pair"), mlg_head_file("overlap"),
        mlg_head_file("cosine"),
    };
    mlg_table *table =
        mlg_doc_table(document, "two_mode_pairs", (mlg_sentence){0}, heads, COLUMNS(heads));

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        for (size_t m = 0; m < COLUMNS(ids); m++) {
            const mlg_value *pairs =
                mlg_section_value(document->results, ids[m], view, MLG_PAIRS, NULL);
            for (size_t row = 0; pairs != NULL && pairs->undefined == T_none && row < pairs->n;
                 row++) {
                pair_row(document, table, mlg_context_view(document->results->context, view)->id,
                         pairs, row, parts, COLUMNS(parts));
            }
        }
    }
}

/* ---- the section ------------------------------------------------------------------------------
 */

static void one_view(mlg_document *document, int32_t view)
{
    const mlg_value *mean = scalar(document, "twomode.sizes", view, "mean");
    const mlg_value *sizes = list(document, "twomode.sizes", view);

    if (mean == NULL || sizes == NULL) {
        return;
    }
    say_sizes(document, view, mean);
    sizes_table(document, view, sizes);
    say_mix(document, view);
    few_sectors(document, view);
    say_seats(document, view);
}

void mlg_section_activities(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            one_view(document, view);
        }
    }
    activities_file(document);
    pairs_file(document);
    mlg_part_meetings(document);
}
