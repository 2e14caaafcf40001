/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/leave_sheet.h"
#include "report/section.h"

/* If a post falls vacant: one table of all, and a sheet for the few that matter most. About
 * posts, never a person's worth. */

enum { ROWS_SHOWN = 10, SHEETS = 3 };

static void sheets(mlg_document *document, const mlg_leavers *leavers)
{
    const int32_t *order = mlg_leave_order(document, leavers);
    for (int32_t i = 0; order != NULL && i < leavers->n && i < SHEETS; i++) {
        const mlg_sentence heading = mlg_leave_heading(document, leavers, order[i]);
        mlg_doc_block(document, MLG_BLOCK_HEADING, heading.key, heading.args, heading.n_args);
        mlg_leave_sheet(document, leavers, order[i], true);
    }
}

void mlg_section_leave(mlg_document *document)
{
    mlg_leavers leavers;
    mlg_error err = {0};
    const mlg_status status = mlg_leavers_of(document->results->model, &leavers, &err);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    if (leavers.n == 0) {
        mlg_doc_block(document, MLG_BLOCK_MISSING, T_leave_nobody, NULL, 0);
    } else {
        mlg_leave_table(document, NULL, &leavers, NULL)->page_rows = ROWS_SHOWN;
        mlg_leave_table(document, "leave", &leavers, NULL)->page_rows = 0;
        sheets(document, &leavers);
        mlg_leave_assumptions(document);
    }
    mlg_leavers_free(&leavers);
}
