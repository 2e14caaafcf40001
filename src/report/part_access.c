/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* Where actions and posts reach: against inhabitants, the main town, hours of coordination,
 * distance. */

void mlg_part_access(mlg_document *document)
{
    (void) document;
}
