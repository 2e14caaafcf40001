/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/section.h"

/* Who sits in whose activities, both ways: the pairs of schemes where somebody does, and each
 * scheme's seats held and received. */

enum { PAIRS_OPEN = 6, PAIRS_SHOWN = 10 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static void say_overall(mlg_document *document)
{
    const mlg_value *overall =
        mlg_section_value(document->results, "scheme.reciprocity", -1, MLG_SCALAR, "overall");
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(overall, "pairs", 0)),
        mlg_arg_count(mlg_section_part(overall, "mutual", 0)),
        mlg_arg_count(mlg_section_part(overall, "one_way", 0)),
        mlg_arg_count(mlg_section_part(overall, "none", 0)),
        mlg_arg_count(mlg_section_part(overall, "schemes_known", 0)),
        mlg_arg_count(mlg_section_part(overall, "schemes", 0)),
    };
    if (mlg_section_part(overall, "pairs", 0) > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_seats_sentence, args, COLUMNS(args));
    }
}

/* "2 of 7", or nothing where it is not known. */
static mlg_cell out_of(mlg_document *document, double seats, double activities)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {mlg_arg_count(seats), mlg_arg_count(activities)};

    if (isnan(seats)) {
        return mlg_cell_number(mlg_arg_number(NAN, 0), T_none);
    }
    mlg_text_render(&text, document->results->labels.language, T_cell_out_of, args, 2);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

static void pairs_table(mlg_document *document, const mlg_value *pairs, bool page)
{
    const mlg_heading heads[] = {
        mlg_head("scheme", T_head_scheme),
        mlg_head("other", T_head_other_scheme),
        mlg_head_file("a_in_b"),
        mlg_head_file("of_b"),
        mlg_head_file("b_in_a"),
        mlg_head_file("of_a"),
        (mlg_heading){"first", mlg_arg_key(T_head_sits_with), MLG_PAGE_ONLY},
        (mlg_heading){"second", mlg_arg_key(T_head_is_sat_with), MLG_PAGE_ONLY},
        mlg_head_file("reciprocity"),
    };
    static const char *const counts[] = {"a_in_b", "of_b", "b_in_a", "of_a"};
    mlg_table *table = mlg_doc_table(document, page ? NULL : "reciprocity",
                                     mlg_sentence_of(page ? T_table_seats : T_none, NULL, 0), heads,
                                     COLUMNS(heads));

    table->page_rows = page ? PAIRS_SHOWN : 0;
    table->open_rows = PAIRS_OPEN;
    table->note = mlg_sentence_of(page ? T_table_seats_note : T_none, NULL, 0);
    for (size_t row = 0; row < pairs->n; row++) {
        double n[4] = {0};
        for (size_t k = 0; k < COLUMNS(counts); k++) {
            n[k] = mlg_section_part(pairs, counts[k], row);
        }
        if (page && !(n[0] > 0.0) && !(n[2] > 0.0)) {
            continue;
        }
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row]));
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row + 1]));
        for (size_t k = 0; k < COLUMNS(counts); k++) {
            mlg_doc_cell(document, table, mlg_section_count(n[k]));
        }
        mlg_doc_cell(document, table, out_of(document, n[0], n[1]));
        mlg_doc_cell(document, table, out_of(document, n[2], n[3]));
        mlg_doc_cell(document, table, mlg_section_cell(pairs, MLG_VALUE, row));
    }
}

static void schemes_file(mlg_document *document)
{
    const mlg_value *of =
        mlg_section_value(document->results, "scheme.reciprocity", -1, MLG_VECTOR, "given_share");
    const mlg_heading heads[] = {mlg_head_file("scheme"),     mlg_head_file("given"),
                                 mlg_head_file("received"),   mlg_head_file("by_coordination"),
                                 mlg_head_file("schemes"),    mlg_head_file("activities"),
                                 mlg_head_file("given_share")};
    static const char *const parts[] = {"given", "received", "by_coordination", "schemes",
                                        "bodies"};
    mlg_table *table = mlg_doc_table(document, "seats", (mlg_sentence){0}, heads, COLUMNS(heads));

    table->page_rows = 0;
    for (size_t row = 0; of != NULL && row < of->n; row++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, of->subject[row]));
        for (size_t k = 0; k < COLUMNS(parts); k++) {
            mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(of, parts[k], row)));
        }
        mlg_doc_cell(document, table, mlg_section_cell(of, MLG_VALUE, row));
    }
}

void mlg_part_seats(mlg_document *document)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "scheme.reciprocity", -1, MLG_PAIRS, NULL);

    if (pairs != NULL && pairs->n > 0) {
        say_overall(document);
        if (pairs->undefined == T_none || mlg_section_part(pairs, "a_in_b", 0) > 0.0 ||
            mlg_section_part(pairs, "b_in_a", 0) > 0.0) {
            pairs_table(document, pairs, true);
        }
        pairs_table(document, pairs, false);
        schemes_file(document);
    }
}
