/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* Do perimeters fit: signatures, themes against the scheme, perimeters before and after, partitions
 * side by side. */

void mlg_part_fit(mlg_document *document)
{
    (void) document;
}
