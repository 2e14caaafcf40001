/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/leave_sheet.h"
#include "report/section.h"

#include <math.h>

/* Who it rests on: what breaks without one actor, how many carry the brokerage, and who
 * holds the posts. About posts and organisations, never a person's worth. */

enum { ROWS_SHOWN = 10, ROWS_OPEN = 5 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static void brokers(mlg_document *document, int32_t view)
{
    const mlg_value *value =
        mlg_section_value(document->results, "depend.effective_brokers", view, MLG_SCALAR, NULL);
    const double effective = mlg_section_number(value, MLG_VALUE, 0);
    const mlg_arg args[] = {mlg_section_view(document, view),
                            mlg_arg_number(effective, effective < 9.95 ? 1 : 0),
                            mlg_arg_share(mlg_section_part(value, "top1", 0), 0),
                            mlg_arg_share(mlg_section_part(value, "top3", 0), 0)};
    if (!isnan(effective)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_dependence_brokers, args, 4);
    }
}

/* ---- bridges ----------------------------------------------------------------------------------
 */

static void bridges(mlg_document *document, int32_t view)
{
    const mlg_value *value =
        mlg_section_value(document->results, "depend.bridges", view, MLG_PAIRS, NULL);
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_heading heads[] = {
        mlg_head("actor", T_head_actor), mlg_head("other", T_head_other_actor),
        mlg_head("pairs", T_head_pairs_joined), mlg_head("smaller_side", T_head_lesser_side)};

    if (value == NULL || value->n == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_bridges, &name, 1),
                                     heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    for (size_t row = 0; row < value->n; row++) {
        for (size_t end = 0; end < 2; end++) {
            mlg_doc_cell(document, table,
                         mlg_section_label(value->scope, value->subject[2 * row + end]));
        }
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(value, MLG_VALUE, row)));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(value, "lesser_side", row)));
    }
}

/* ---- posts -------------------------------------------------------------------------------------
 */

static void coordinators(mlg_document *document)
{
    const mlg_value *value = mlg_section_value(document->results, "depend.single_coordinator_share",
                                               -1, MLG_SCALAR, NULL);
    const double share = mlg_section_number(value, MLG_VALUE, 0);
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(value, "single", 0)),
                            mlg_arg_count(mlg_section_part(value, "known", 0)),
                            mlg_arg_count(mlg_section_part(value, "n_schemes", 0)),
                            mlg_arg_count(mlg_section_part(value, "none_known", 0)),
                            mlg_arg_count(mlg_section_part(value, "vacant", 0))};
    if (!isnan(share)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_dependence_coordinators, args, 5);
    }
}

/* A holder by its posts, which are public; by its pseudonym where no post is held today. */
static mlg_cell holder_of(mlg_document *document, const mlg_leavers *leavers,
                          const mlg_value *value, size_t row)
{
    const mlg_id holder = value->subject[row];
    const bool named = mlg_section_part(value, "named", row) > 0.0;
    const int32_t leaver = named ? leavers->of_party[holder] : MLG_NO_LEAVER;
    return leaver >= 0 ? mlg_cell_of(mlg_leave_posts(document, leavers, leaver))
                       : mlg_section_label(named ? MLG_SCOPE_ACTOR : MLG_SCOPE_POST, holder);
}

/* How many schemes; by name where the posts have none of their own to be told by. */
static mlg_cell schemes_told(mlg_document *document, const mlg_leavers *leavers, mlg_id holder,
                             mlg_cell count)
{
    const int32_t leaver = leavers->of_party[holder];
    size_t n = 0;
    if (leaver < 0 || !mlg_leave_is_unnamed(document->results->model, leavers, leaver)) {
        return count;
    }
    const mlg_arg names = mlg_leave_schemes(document, leavers, leaver, &n);
    return n > 0 ? mlg_cell_of(names) : count;
}

static void holders(mlg_document *document)
{
    mlg_leavers leavers;
    mlg_error err = {0};
    const mlg_value *value =
        mlg_section_value(document->results, "depend.schemes_per_person", -1, MLG_VECTOR, NULL);
    const mlg_heading heads[] = {mlg_head("holder", T_head_holder),
                                 mlg_head_file("schemes"),
                                 {"schemes_told", mlg_arg_key(T_head_schemes), MLG_PAGE_ONLY},
                                 mlg_head("coordinated", T_head_coordinated),
                                 mlg_head("fte", T_head_fte)};

    if (value == NULL || value->n == 0) {
        return;
    }
    const mlg_status status = mlg_leavers_of(document->results->model, &leavers, &err);
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    const size_t *order = mlg_section_order(document, value->column[MLG_VALUE], NULL, value->n);
    mlg_table *table = mlg_doc_table(document, "holders", mlg_sentence_of(T_table_holders, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = (size_t) 4 * ROWS_SHOWN;
    table->open_rows = ROWS_SHOWN;
    table->note = mlg_sentence_of(T_table_holders_note, NULL, 0);
    for (size_t i = 0; order != NULL && i < value->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, holder_of(document, &leavers, value, row));
        const mlg_cell schemes = mlg_section_count(mlg_section_number(value, MLG_VALUE, row));
        mlg_doc_cell(document, table, schemes);
        mlg_doc_cell(document, table,
                     schemes_told(document, &leavers, value->subject[row], schemes));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(value, "coordinated", row)));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_section_plain(mlg_section_part(value, "fte", row)), T_none));
    }
    mlg_leavers_free(&leavers);
}

void mlg_section_dependence(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            mlg_part_untied(document, view);
            mlg_part_removals_of(document, view);
            brokers(document, view);
            bridges(document, view);
        }
    }
    mlg_part_removals(document);
    mlg_part_players(document);
    coordinators(document);
    mlg_part_coordination(document);
    holders(document);
}
