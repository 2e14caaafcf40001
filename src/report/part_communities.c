/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/communities_read.h"
#include "finding/rule.h"
#include "report/section.h"

/* The groups that ties form by themselves, beside the sectors: a sentence a view, and each
 * actor's group as a file. */

static void say(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_value *own =
        mlg_section_value(results, "silo.communities", view, MLG_SCALAR, "modularity");
    const mlg_value *sectors =
        mlg_section_value(results, "silo.communities", view, MLG_SCALAR, "sectors");
    const double ami = mlg_section_number(sectors, MLG_VALUE, 0);
    const double p = mlg_section_number(sectors, MLG_P, 0);
    const mlg_arg args[] = {
        mlg_section_view(document, view),
        mlg_arg_count(mlg_section_part(own, "groups", 0)),
        mlg_arg_share(mlg_section_part(own, "together", 0), 0),
        mlg_arg_number(ami, 2),
        mlg_arg_p(p),
        mlg_arg_count(mlg_section_part(own, "runs", 0)),
        mlg_arg_number(mlg_section_number(sectors, MLG_HIGH, 0), 2),
    };

    if (!mlg_rule_may_compare(mlg_context_graph(results->context, view)) || own == NULL ||
        own->undefined != T_none || isnan(ami) || isnan(p)) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  !mlg_communities_hold(own) ? T_communities_unstable
                  : p > MLG_RULE_P           ? T_communities_not_sectors
                                             : T_communities_sectors,
                  args, sizeof args / sizeof *args);
}

static bool is_found(const mlg_results *results)
{
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_section_value(results, "silo.communities", view, MLG_VECTOR, NULL) != NULL) {
            return true;
        }
    }
    return false;
}

static void file_table(mlg_document *document)
{
    const mlg_heading heads[] = {mlg_head_file("view"), mlg_head_file("actor"),
                                 mlg_head_file("community"), mlg_head_file("stability"),
                                 mlg_head_file("weighted")};
    const mlg_results *results = document->results;
    mlg_table *table = mlg_doc_table(document, "communities", (mlg_sentence){0}, heads,
                                     sizeof heads / sizeof *heads);

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *of =
            mlg_section_value(results, "silo.communities", view, MLG_VECTOR, NULL);
        const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);
        for (size_t row = 0; of != NULL && row < of->n; row++) {
            mlg_doc_cell(document, table, mlg_cell_of(id));
            mlg_doc_cell(document, table, mlg_section_label(of->scope, of->subject[row]));
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_number(of, MLG_VALUE, row)));
            mlg_doc_cell(
                document, table,
                mlg_cell_number(mlg_arg_number(mlg_section_part(of, "stability", row), 2), T_none));
            mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(of, "weighted", row)));
        }
    }
}

void mlg_part_communities(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            say(document, view);
        }
    }
    if (is_found(document->results)) {
        file_table(document);
    }
}
