/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* Bodies and lineage: who sits in a COPIL, which bodies serve several schemes, what a scheme kept
 * of its parent. */

void mlg_part_governance(mlg_document *document)
{
    (void) document;
}
