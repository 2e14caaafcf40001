/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* What schemes ask of people: hours, missions, axes, audiences, conventions, trust. */

void mlg_part_workload(mlg_document *document)
{
    (void) document;
}
