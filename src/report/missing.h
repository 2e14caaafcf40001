/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_MISSING_H
#define MLG_REPORT_MISSING_H

#include "report/section.h"

/* What the section on missing coordinations and `maillage gaps` share (part_missing.c). */

/* Who could bring together the two ends of each gap of a view, one sentence a gap. */
void mlg_missing_say_introductions(mlg_document *document, int32_t view);
/* Organisations and communes with a reason to meet that seldom do; partners in one commune;
 * schemes that double each other. */
void mlg_missing_say_view(mlg_document *document, int32_t view);
/* The register and the invitations, of the study as a whole. */
void mlg_missing_say_study(mlg_document *document);
/* Is there anything to say of a view, or of the study (-1)? */
bool mlg_missing_has(const mlg_results *results, int32_t view);

#endif
