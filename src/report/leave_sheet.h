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
/* What stands over a sheet. */
mlg_sentence mlg_leave_heading(mlg_document *document, const mlg_leavers *leavers, int32_t leaver);
/* The sheet of one, under its heading: what it carries, who would be cut off from whom, what would
 * outlast it, what to do first. `compact` leaves out what the table says. */
void mlg_leave_sheet(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                     bool compact);
/* The same as a sheet of paper to hand out: under headings, in sentences (leave_paper.c). */
void mlg_leave_paper(mlg_document *document, const mlg_leavers *leavers, int32_t leaver);
/* The sheet of an actor that withdraws (leave_actor.c). */
mlg_sentence mlg_leave_actor_heading(mlg_id actor);
void mlg_leave_actor(mlg_document *document, mlg_id actor);
/* What would restore most of what its departure cuts (leave_remedies.c). */
void mlg_leave_remedies(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                        mlg_block_kind kind);
/* By name, the partners that agreements or organisations keep, and those that rest on the person
 * (leave_partners.c). */
void mlg_leave_partners(mlg_document *document, const mlg_leavers *leavers, int32_t leaver);
/* What the figures rest on: each rate with "assumption" or its line of study.csv. */
void mlg_leave_assumptions(mlg_document *document);
/* Who leaves, those that matter most first: made by the document's arena, NULL when memory is
 * short (the document says so). */
const int32_t *mlg_leave_order(mlg_document *document, const mlg_leavers *leavers);

/* ---- shared by the table and the sheets (leave_table.c) -------------------------------- */

/* What a row of the table is about; view -1 where the study has none. */
typedef struct mlg_leave_row {
    int32_t leaver, view;
    const mlg_value *ties, *pairs, *reach;
    const mlg_value *stopped; /* pairs, for what stopped activities cut too */
    size_t at_ties, at_pairs, at_reach, at_stopped;
} mlg_leave_row;

mlg_leave_row mlg_leave_row_for(const mlg_document *document, const mlg_leavers *leavers,
                                int32_t leaver, int32_t view);
const mlg_value *mlg_leave_value(const mlg_document *document, const char *id, int32_t view);
/* Labels as one text, kept by the document: of the posts that fall together; of their different
 * schemes; of the ids of a scope that a leaver alone holds. `n` gets how many. */
mlg_arg mlg_leave_posts(mlg_document *document, const mlg_leavers *leavers, int32_t leaver);
mlg_arg mlg_leave_schemes(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                          size_t *n);
mlg_arg mlg_leave_alone(mlg_document *document, const int32_t *by, size_t n_ids, int32_t leaver,
                        mlg_scope scope, size_t *n);
/* Labels of ids as one text: the first few, and how many more. */
mlg_arg mlg_leave_names(mlg_document *document, mlg_scope scope, const mlg_id *ids, size_t n);
/* Who is cut off from whom in one view, after the sentence that counts them. */
typedef mlg_status mlg_leave_cut_teller(mlg_document *document, const mlg_leavers *leavers,
                                        int32_t leaver, int32_t view, mlg_error *err);

/* Parts of a sheet (leave_sheet.c): its schemes and end of contract; what no other held post does;
 * the pairs that one view loses; the ties of one view (answers whether any names the post); what
 * to do first. */
void mlg_leave_facts(mlg_document *document, const mlg_leavers *leavers, int32_t leaver);
void mlg_leave_orphans(mlg_document *document, const mlg_leavers *leavers, int32_t leaver);
void mlg_leave_cuts(mlg_document *document, const mlg_leavers *leavers, const mlg_leave_row *row,
                    mlg_leave_cut_teller *tell);
bool mlg_leave_ties(mlg_document *document, const mlg_leave_row *row);
void mlg_leave_levers(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                      bool has_ties, bool compact);
/* "What to do first", and one of the things to do with its source. */
void mlg_leave_first_steps(mlg_document *document);
void mlg_leave_lever(mlg_document *document, mlg_text_key key, const char *source);
/* Are its posts known by the line of their row only? */
bool mlg_leave_is_unnamed(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver);
/* The first end of contract among the rows, MLG_EVER_LAST when none is known. */
int32_t mlg_leave_end(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver);

#endif
