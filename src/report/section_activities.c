/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

void mlg_section_activities(mlg_document *document)
{
    mlg_part_meetings(document);
}
