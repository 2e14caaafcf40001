/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_SIMULATION_SAY_H
#define MLG_REPORT_SIMULATION_SAY_H

#include "measure/turnover_law.h"
#include "report/section.h"

/* What the months ahead would bring, as blocks of a document: the same for the report's page and
 * for `maillage simulate`. All of it is read from the values turnover.simulation.* of a view. */

enum { MLG_SAID_CURVES = 3 };

/* The values of one view; those that are undefined are NULL. */
typedef struct mlg_outlook {
    int32_t view;                            /* -1: the study has none */
    bool page;                               /* less of it: the page must stay small */
    const mlg_value *curve[MLG_SAID_CURVES]; /* pairs, schemes, population */
    const mlg_value *lost, *recovery, *posts;
    const mlg_value *pairs_by, *lost_by; /* elasticities of these outcomes */
} mlg_outlook;

/* Views that tell something, in their order: from `view` on, -1 when there is none. A study without
 * a view has one outlook, the first, whose `view` is -1: no pair, but coordination and schemes. */
int32_t mlg_outlook_next(const mlg_results *results, int32_t view, mlg_outlook *out);
/* The sentences; `whole` also those that are the same in every view. */
void mlg_outlook_say(mlg_document *document, const mlg_outlook *outlook, bool whole);
/* The tables, on the page and in files (ids "simulation...") or on the page alone. */
void mlg_outlook_months(mlg_document *document, const mlg_outlook *outlook, bool whole);
void mlg_outlook_uncertainties(mlg_document *document, const mlg_outlook *outlook);
void mlg_outlook_posts(mlg_document *document, const mlg_outlook *outlook);
void mlg_outlook_matters(mlg_document *document, const mlg_outlook *outlook);
/* Every number of the model with its origin; those that play a part first. */
void mlg_outlook_assumptions(mlg_document *document, const mlg_outlook *outlook);
/* Files of all views, nothing on the page. */
void mlg_outlook_files(mlg_document *document);

/* Where a number of the model comes from: "file:line" of study.csv, kept by the document; NULL
 * where it does not state it. */
const char *mlg_rate_place(mlg_document *document, const mlg_law *law, mlg_rate rate);
/* The document that `maillage simulate` prints. */
mlg_status mlg_document_simulation(const mlg_results *results, mlg_document *document,
                                   mlg_error *err) MLG_MUST_CHECK;

#endif
