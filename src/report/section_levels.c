/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "report/section.h"

/* Directions of coordination beside what chance would give, openness between levels, and kinds of
 * tie that go together. */

enum { OPEN_PAIRS = 6 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const struct {
    const char *name;
    mlg_text_key text;
} directions[] = {{"internal", T_direction_internal},
                  {"horizontal", T_direction_horizontal},
                  {"vertical", T_direction_vertical},
                  {"diagonal", T_direction_diagonal}};

static const mlg_value *direction_of(const mlg_results *results, int32_t view, const char *name)
{
    return mlg_section_value(results, "silo.directions", view, MLG_SCALAR, name);
}

/* "12 % to 20 %", or n/a when one end is. */
static mlg_cell interval(mlg_document *document, double low, double high)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {mlg_arg_share(low, 0), mlg_arg_share(high, 0)};

    if (isnan(low) || isnan(high)) {
        return mlg_cell_number(mlg_arg_number(NAN, 0), T_none);
    }
    mlg_text_render(&text, document->results->labels.language, T_cell_interval, args, 2);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

/* ---- directions ------------------------------------------------------------------------ */

static void say_directions(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_value *vertical = direction_of(results, view, "vertical");
    const mlg_arg args[] = {
        mlg_section_view(document, view),
        mlg_arg_share(mlg_section_number(direction_of(results, view, "horizontal"), MLG_VALUE, 0),
                      0),
        mlg_arg_share(mlg_section_number(vertical, MLG_VALUE, 0), 0),
        mlg_arg_share(mlg_section_number(direction_of(results, view, "diagonal"), MLG_VALUE, 0), 0),
        mlg_arg_count(mlg_section_part(vertical, "known_ties", 0)),
        mlg_arg_count(mlg_section_part(vertical, "all_ties", 0)),
        mlg_arg_count(mlg_section_part(vertical, "known_actors", 0)),
        mlg_arg_count(mlg_section_part(vertical, "all_actors", 0)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_levels_sentence, args, COLUMNS(args));
    if (mlg_section_part(vertical, "known_actors", 0) < MLG_RULE_ACTORS) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_levels_few, args, COLUMNS(args));
    }
}

static mlg_table *open_directions(mlg_document *document, const char *id, mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head_file("direction"),
        (mlg_heading){"words", mlg_arg_key(T_head_direction), MLG_PAGE_ONLY},
        mlg_head("ties", T_head_ties),
        mlg_head("share", T_head_share_of_ties),
        mlg_head("expected", T_head_expected),
        mlg_head_file("low"),
        mlg_head_file("high"),
        (mlg_heading){"interval", mlg_arg_key(T_head_interval), MLG_PAGE_ONLY},
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

static void direction_rows(mlg_document *document, mlg_table *table, int32_t view, mlg_arg name)
{
    for (size_t k = 0; k < COLUMNS(directions); k++) {
        const mlg_value *value = direction_of(document->results, view, directions[k].name);
        const double low = mlg_section_number(value, MLG_LOW, 0);
        const double high = mlg_section_number(value, MLG_HIGH, 0);
        mlg_doc_cell(document, table, mlg_cell_of(name));
        mlg_doc_cell(document, table, mlg_cell_code(directions[k].name));
        mlg_doc_cell(document, table, mlg_section_key(directions[k].text));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "ties", 0)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(value, MLG_VALUE, 0)));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_number(value, MLG_EXPECTED, 0)));
        mlg_doc_cell(document, table, mlg_section_share(low));
        mlg_doc_cell(document, table, mlg_section_share(high));
        mlg_doc_cell(document, table, interval(document, low, high));
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(value, MLG_P, 0)));
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(value, MLG_P_ADJUSTED, 0)));
    }
}

static bool is_told(const mlg_results *results, int32_t view)
{
    const mlg_value *value = direction_of(results, view, "vertical");
    return value != NULL && value->undefined == T_none;
}

/* ---- openness between levels --------------------------------------------------------------- */

static mlg_arg crossing(const mlg_value *ei, mlg_value_column column)
{
    return mlg_arg_share((1.0 + mlg_section_number(ei, column, 0)) / 2.0, 0);
}

static void say_crossing(mlg_document *document, int32_t view)
{
    const mlg_value *ei =
        mlg_section_value(document->results, "silo.ei_level", view, MLG_SCALAR, NULL);
    const mlg_arg args[] = {crossing(ei, MLG_VALUE), crossing(ei, MLG_EXPECTED),
                            crossing(ei, MLG_LOW), crossing(ei, MLG_HIGH)};
    if (!isnan(mlg_section_number(ei, MLG_LOW, 0)) && ei->caution == T_none) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_levels_crossing, args, COLUMNS(args));
    }
}

static void one_view(mlg_document *document, int32_t view)
{
    const mlg_arg name = mlg_section_view(document, view);
    if (is_told(document->results, view)) {
        say_directions(document, view);
        mlg_table *table =
            open_directions(document, NULL, mlg_sentence_of(T_table_directions, &name, 1));
        table->note = mlg_sentence_of(T_table_directions_note, NULL, 0);
        direction_rows(document, table, view, name);
    }
    say_crossing(document, view);
}

static void directions_file(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *table = NULL;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (is_told(results, view)) {
            if (table == NULL) {
                table = open_directions(document, "directions", (mlg_sentence){0});
                table->page_rows = 0;
            }
            direction_rows(document, table, view,
                           mlg_arg_text(mlg_context_view(results->context, view)->id));
        }
    }
}

/* ---- kinds of tie that go together ----------------------------------------------------------- */

static void say_ladder(mlg_document *document, const mlg_value *ladder)
{
    const mlg_id knows = MLG_CODE_OF(tie_kind, knows);
    const mlg_id works = MLG_CODE_OF(tie_kind, works_with);
    size_t at = 0;
    bool turned = false;

    for (size_t row = 0; row < ladder->n; row++) {
        const mlg_id a = ladder->subject[2 * row], b = ladder->subject[2 * row + 1];
        if ((a == knows && b == works) || (a == works && b == knows)) {
            at = row;
            turned = a == works;
        }
    }
    const double share = mlg_section_part(ladder, turned ? "ties_b" : "ties_a", at);
    const mlg_arg args[] = {
        mlg_arg_count(share),
        mlg_arg_label(MLG_SCOPE_TIE_KIND, ladder->subject[2 * at + (turned ? 1 : 0)]),
        mlg_arg_count(mlg_section_number(ladder, MLG_VALUE, at)),
        mlg_arg_label(MLG_SCOPE_TIE_KIND, ladder->subject[2 * at + (turned ? 0 : 1)]),
        mlg_arg_number(mlg_section_number(ladder, MLG_EXPECTED, at), 1),
        mlg_arg_p(mlg_section_number(ladder, MLG_P_ADJUSTED, at)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  ladder->caution != T_none ? T_ladder_sentence_few : T_ladder_sentence, args,
                  COLUMNS(args));
}

static void ladder_rows(mlg_document *document, mlg_table *table, const mlg_value *ladder)
{
    for (size_t row = 0; row < ladder->n; row++) {
        static const char *const shares[] = {"share_of_a", "share_of_b"};
        static const char *const last[] = {"lift", "jaccard"};
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_TIE_KIND, ladder->subject[2 * row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(ladder, "ties_a", row)));
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_TIE_KIND, ladder->subject[2 * row + 1]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(ladder, "ties_b", row)));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_number(ladder, MLG_VALUE, row)));
        mlg_doc_cell(document, table, mlg_section_cell(ladder, MLG_EXPECTED, row));
        for (size_t k = 0; k < COLUMNS(shares); k++) {
            mlg_doc_cell(document, table,
                         mlg_section_share(mlg_section_part(ladder, shares[k], row)));
        }
        for (size_t k = 0; k < COLUMNS(last); k++) {
            mlg_doc_cell(
                document, table,
                mlg_cell_number(mlg_arg_number(mlg_section_part(ladder, last[k], row), 2), T_none));
        }
        mlg_doc_cell(document, table,
                     mlg_section_p(mlg_section_number(ladder, MLG_P_ADJUSTED, row)));
    }
}

static void ladder_of(mlg_document *document)
{
    const mlg_value *ladder =
        mlg_section_value(document->results, "silo.ladder", -1, MLG_PAIRS, NULL);
    const mlg_heading heads[] = {
        mlg_head("kind", T_head_tie_kind),
        mlg_head("ties", T_head_ties),
        mlg_head("other", T_head_other_kind),
        mlg_head("ties_other", T_head_ties),
        mlg_head("both", T_head_pairs_both),
        mlg_head("expected", T_head_expected),
        mlg_head_file("share_of_kind"),
        mlg_head_file("share_of_other"),
        mlg_head_file("lift"),
        mlg_head_file("jaccard"),
        mlg_head("p_adjusted", T_head_p_adjusted),
    };

    if (ladder == NULL || ladder->undefined != T_none || ladder->n == 0) {
        return;
    }
    say_ladder(document, ladder);
    mlg_table *table = mlg_doc_table(document, "ladder", mlg_sentence_of(T_table_ladder, NULL, 0),
                                     heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_ladder_note, NULL, 0);
    /* one pair of kinds is told by the sentence */
    table->page_rows = ladder->n > 1 ? ladder->n : 0;
    table->open_rows = OPEN_PAIRS;
    ladder_rows(document, table, ladder);
}

void mlg_section_levels(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            one_view(document, view);
        }
    }
    ladder_of(document);
    directions_file(document);
    mlg_part_competences(document);
}
