/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_MEETINGS_H
#define MLG_REPORT_MEETINGS_H

#include "report/section.h"

/* Who meets less than expected: what the section on missing coordinations and `maillage gaps` share
 * (part_apart.c). */

/* Has the view anything to say of it? */
bool mlg_meetings_has(const mlg_results *results, int32_t view);
/* A heading, how many pairs could be compared, and those that stand out from chance. */
void mlg_meetings_say(mlg_document *document, int32_t view);
/* The part of the section: for each view shown, these words and the tables. */
void mlg_part_apart(mlg_document *document);

#endif
