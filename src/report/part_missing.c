/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* What is missing between organisations, communes, lists and invitations; schemes that double each
 * other. */

void mlg_part_missing(mlg_document *document)
{
    (void) document;
}
