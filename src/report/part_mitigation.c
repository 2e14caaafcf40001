/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/leave_sheet.h"
#include "report/section.h"

/* The remedies for the departure that cuts most, in sentences. */

/* The leaver whose departure cuts most in any view that the page shows, or -1. */
static int32_t worst_of(const mlg_document *document, const mlg_leavers *leavers)
{
    int32_t worst = -1;
    double most = 0.0;
    for (int32_t l = 0; l < leavers->n; l++) {
        for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
            const mlg_leave_row row = mlg_leave_row_for(document, leavers, l, view);
            const double lost =
                mlg_section_part(row.pairs, "pairs_lost_with_activities", row.at_pairs);
            if (mlg_section_shows(document->results, view) && lost > most) {
                most = lost;
                worst = l;
            }
        }
    }
    return worst;
}

void mlg_part_mitigation(mlg_document *document)
{
    mlg_leavers leavers = {0};
    mlg_error err = {0};

    if (document->results->model == NULL) {
        return;
    }
    const mlg_status status = mlg_leavers_of(document->results->model, &leavers, &err);
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    const int32_t worst = worst_of(document, &leavers);
    if (worst >= 0) {
        const mlg_arg posts = mlg_leave_posts(document, &leavers, worst);
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_remedy_heading, NULL, 0);
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      leavers.leaver[worst].n > 1 ? T_remedy_intro_posts : T_remedy_intro, &posts,
                      1);
        mlg_leave_remedies(document, &leavers, worst, MLG_BLOCK_PARAGRAPH);
    }
    mlg_leavers_free(&leavers);
}
