/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/leave_sheet.h"

/* The sheet as a page of paper: four questions, in sentences, with no table. */

enum { PAIRS_NAMED = 4 };

/* "primary care and housing (32)", the pairs of sectors that lose most. */
static mlg_arg name_sectors(mlg_document *document, const mlg_graph *graph, int64_t *lost)
{
    const mlg_results *results = document->results;
    const int32_t n = graph->n_sectors;
    mlg_buffer text = {0};

    for (int named = 0; named < PAIRS_NAMED; named++) {
        int32_t most = -1;
        for (int32_t cell = 0; cell < n * n; cell++) {
            most = lost[cell] > 0 && (most < 0 || lost[cell] > lost[most]) ? cell : most;
        }
        if (most < 0) {
            break;
        }
        const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_SECTOR, graph->sector_code[most / n]),
                                mlg_arg_label(MLG_SCOPE_SECTOR, graph->sector_code[most % n]),
                                mlg_arg_count((double) lost[most])};
        mlg_buffer_text(&text, named > 0 ? ", " : "");
        mlg_say(&text, results, results->labels.language, T_leave_sectors_cut, args, 3);
        lost[most] = 0;
    }
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return arg;
}

static mlg_status tell_cut(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                           int32_t view, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    mlg_cutter *cutter = NULL;
    int32_t pair[2];
    int64_t *lost = mlg_alloc((size_t) graph->n_sectors * (size_t) graph->n_sectors, sizeof *lost);

    TRY_ALLOC(err, lost);
    TRY(mlg_cutter_open(document->results->context, view, leavers, &cutter, err));
    mlg_cut_sectors(cutter, leaver, true, lost);
    const bool example = mlg_cut_example(cutter, leaver, true, pair);
    const mlg_arg args[] = {name_sectors(document, graph, lost),
                            mlg_arg_label(graph->scope, example ? graph->subject[pair[0]] : 0),
                            mlg_arg_label(graph->scope, example ? graph->subject[pair[1]] : 0)};
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  example ? T_leave_most_cut_example : T_leave_most_cut, args, example ? 3 : 1);
out:
    mlg_cutter_free(cutter);
    mlg_free(lost);
    return status;
}

static void heading(mlg_document *document, mlg_text_key key)
{
    mlg_doc_block(document, MLG_BLOCK_HEADING, key, NULL, 0);
}

/* Does a view say anything of who would be cut off? */
static bool has_cuts(const mlg_leave_row *row)
{
    return !isnan(mlg_section_number(row->pairs, MLG_VALUE, row->at_pairs)) ||
           mlg_section_part(row->pairs, "pairs_lost_with_activities", row->at_pairs) > 0.0;
}

void mlg_leave_paper(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_results *results = document->results;
    const int32_t views = mlg_section_views(results);
    bool has_ties = false, headed = false, has_rows = false;

    mlg_leave_facts(document, leavers, leaver);
    heading(document, T_leave_heading_orphans);
    mlg_leave_orphans(document, leavers, leaver);
    for (int32_t view = 0; view < views; view++) {
        const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, view);
        if (mlg_section_shows(results, view) && has_cuts(&row)) {
            if (!headed) {
                heading(document, T_leave_heading_cut);
                headed = true;
            }
            has_rows = has_rows || !isnan(mlg_section_number(row.pairs, MLG_VALUE, row.at_pairs));
            mlg_leave_cuts(document, leavers, &row, tell_cut);
        }
    }
    heading(document, T_leave_heading_kept);
    for (int32_t view = 0; view < views; view++) {
        if (mlg_section_shows(results, view)) {
            const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, view);
            has_ties = mlg_leave_ties(document, &row) || has_ties;
        }
    }
    if (!has_ties) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      has_rows ? T_leave_no_partner : T_leave_no_rows, NULL, 0);
    }
    mlg_leave_partners(document, leavers, leaver);
    mlg_leave_levers(document, leavers, leaver, has_ties, false);
}
