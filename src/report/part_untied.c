/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* Actors of a view that no tie of the period joins to anybody: a register is often longer than the
 * period. They are actors of the view all the same, and stand in the divisors. */

int32_t mlg_section_untied(const mlg_graph *graph)
{
    /* past the projection's bound nobody listed partners; who attends nothing has none */
    const mlg_csr *rows =
        graph->n_activities > 0 && !graph->projected ? &graph->attends : &graph->ties;
    int32_t untied = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        untied += mlg_csr_degree(rows, v) == 0;
    }
    return untied;
}

void mlg_part_untied(mlg_document *document, int32_t view)
{
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const int32_t untied = mlg_section_untied(graph);
    const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_count(untied),
                            mlg_arg_count(graph->n), mlg_arg_count(graph->n - untied)};

    if (graph->scope == MLG_SCOPE_ACTOR && untied > 0 && untied < graph->n) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_untied_note, args, 4);
    }
}
