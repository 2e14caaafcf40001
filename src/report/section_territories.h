/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_SECTION_TERRITORIES_H
#define MLG_REPORT_SECTION_TERRITORIES_H

#include "report/section.h"

/* What the files of the section of territories share. */

/* The names of the units of a perimeter that another has not, and all such pairs that cross. */
const char *mlg_units_outside(mlg_document *document, mlg_id perimeter, mlg_id other);
void mlg_part_outside(mlg_document *document);
/* Says why a part of the section has nothing: the reason of a value, or that no perimeter is known
 * where there is no value. */
void mlg_section_lacks(mlg_document *document, const char *measure, const mlg_value *value);
/* What covers the units, who refers to them, and where activities take place. */
void mlg_section_places(mlg_document *document);
/* The first of these: what covers, where nothing does, perimeters side by side (part_coverage.c).
 */
void mlg_part_coverage(mlg_document *document);
/* "At most 60%", "2 to 5", or the one number there is. */
mlg_cell mlg_range_cell(mlg_document *document, double low, double high,
                        mlg_arg (*of)(double number));
/* Is one of the pairs on the page undetermined? Why is said under them then. */
bool mlg_undetermined_shown(const mlg_document *document);
/* A share in whole percents. */
mlg_arg mlg_range_share(double number);
/* The code of a territory, for files: its id in the tables of the study. */
mlg_cell mlg_territory_code_cell(const mlg_document *document, mlg_id territory);

#endif
