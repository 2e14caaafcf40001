/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

void mlg_part_removals(mlg_document *document)
{
    (void) document;
}
