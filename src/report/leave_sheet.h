/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_LEAVE_SHEET_H
#define MLG_REPORT_LEAVE_SHEET_H

#include "measure/departure.h"
#include "report/section.h"

/* "If this post falls vacant", as blocks of a document: the same for the report's page and for
 * `maillage leave`. Posts of one person stand together. */

/* One row who leaves and view; `chosen` [leavers->n] or NULL: all. The file tables/ID.csv has more
 * columns than the page. */
mlg_table *mlg_leave_table(mlg_document *document, const char *id, const mlg_leavers *leavers,
                           const bool *chosen);
/* The sheet of one: what it carries, who would be cut off from whom, what would outlast it, what
 * to do first. `compact` leaves out what the table says. */
void mlg_leave_sheet(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                     bool compact);
/* What the figures rest on: each rate with "assumption" or its line of study.csv. */
void mlg_leave_assumptions(mlg_document *document);
/* Who leaves, those that matter most first: made by the document's arena, NULL when memory is
 * short (the document says so). */
const int32_t *mlg_leave_order(mlg_document *document, const mlg_leavers *leavers);

#endif
