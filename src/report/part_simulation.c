/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/simulation_say.h"

/* The months ahead, on the page: sentences, the curves, and folded what they rest on. */

void mlg_part_simulation(mlg_document *document)
{
    mlg_outlook outlook, first;
    bool whole = true;
    const int32_t start = mlg_outlook_next(document->results, 0, &first);
    const bool several =
        start >= 0 && mlg_outlook_next(document->results, start + 1, &outlook) >= 0;

    if (start < 0) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_simulation_part, NULL, 0);
    for (int32_t view = mlg_outlook_next(document->results, 0, &outlook); view >= 0;
         view = mlg_outlook_next(document->results, view + 1, &outlook)) {
        const mlg_arg name = mlg_section_view(document, view);
        if (several && outlook.curve[0] != NULL && !whole) {
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_view, &name, 1);
        }
        mlg_outlook_say(document, &outlook, whole);
        whole = false;
    }
    mlg_outlook_months(document, &first, true);
    mlg_outlook_posts(document, &first);
    mlg_outlook_uncertainties(document, &first);
    mlg_outlook_matters(document, &first);
    mlg_outlook_assumptions(document, &first);
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_limits, NULL, 0);
    mlg_outlook_files(document);
}
