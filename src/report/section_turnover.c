/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* What time does to the network: the record of it, what departures would do, what would help. */

void mlg_section_turnover(mlg_document *document)
{
    mlg_part_waves(document);
    mlg_part_simulation(document);
    mlg_part_robustness(document);
    mlg_part_mitigation(document);
}
