/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* Who stands where: the actors between most others, and a file with all of them. */

enum { ACTORS_SHOWN = 10, N_MEASURES = 12, DEGREE = 0, BETWEENNESS = 1, EI = 5 };

static const struct {
    const char *id, *name;
    mlg_column_use use;
} measures[N_MEASURES] = {
    {"position.degree", "degree", MLG_EVERYWHERE},
    {"position.betweenness", "betweenness", MLG_FILE_ONLY},
    {"position.harmonic", "harmonic", MLG_FILE_ONLY},
    {"position.coreness", "coreness", MLG_FILE_ONLY},
    {"position.constraint", "constraint", MLG_FILE_ONLY},
    {"silo.ei_actor", "ei", MLG_FILE_ONLY},
    {"position.strength", "strength", MLG_FILE_ONLY},
    {"position.eigenvector", "eigenvector", MLG_FILE_ONLY},
    {"position.pagerank", "pagerank", MLG_FILE_ONLY},
    {"position.effective_size", "effective_size", MLG_FILE_ONLY},
    {"position.hierarchy", "hierarchy", MLG_FILE_ONLY},
    {"position.cross_betweenness", "cross_betweenness", MLG_FILE_ONLY},
};

static mlg_table *open_table(mlg_document *document, const char *id, mlg_sentence caption)
{
    mlg_heading heads[5 + N_MEASURES] = {mlg_head_file("view"), mlg_head("actor", T_head_actor),
                                         mlg_head("sector", T_head_sector)};
    for (size_t i = 0; i < N_MEASURES; i++) {
        heads[3 + i] = (mlg_heading){
            measures[i].name, mlg_arg_key(mlg_section_title(measures[i].id)), measures[i].use};
    }
    heads[3 + DEGREE].title = mlg_arg_key(T_head_contacts);
    heads[3 + N_MEASURES] =
        (mlg_heading){"outside", mlg_arg_key(T_head_outside_sector), MLG_PAGE_ONLY};
    heads[4 + N_MEASURES] = (mlg_heading){"paths", mlg_arg_key(T_head_paths), MLG_PAGE_ONLY};
    return mlg_doc_table(document, id, caption, heads, 5 + N_MEASURES);
}

/* The values of one view, looked up once. */
typedef struct view_values {
    const mlg_graph *graph;
    mlg_arg name;
    const mlg_value *value[N_MEASURES];
} view_values;

static view_values values_of(const mlg_results *results, int32_t view, mlg_arg name)
{
    view_values of = {.graph = mlg_context_graph(results->context, view), .name = name};
    for (size_t i = 0; i < N_MEASURES; i++) {
        of.value[i] = mlg_section_value(results, measures[i].id, view, MLG_VECTOR, NULL);
    }
    return of;
}

static void actor_row(mlg_document *document, mlg_table *table, const view_values *of, size_t row)
{
    const mlg_graph *graph = of->graph;
    const int32_t sector = graph->sector[row];

    mlg_doc_cell(document, table, mlg_cell_of(of->name));
    mlg_doc_cell(document, table, mlg_section_label(graph->scope, graph->subject[row]));
    mlg_doc_cell(document, table,
                 sector >= 0 ? mlg_section_label(MLG_SCOPE_SECTOR, graph->sector_code[sector])
                             : mlg_section_key(T_unknown));
    for (size_t i = 0; i < N_MEASURES; i++) {
        const double number = mlg_section_number(of->value[i], MLG_VALUE, row);
        mlg_doc_cell(document, table, mlg_cell_number(mlg_section_plain(number), T_none));
    }
    const double ei = mlg_section_number(of->value[EI], MLG_VALUE, row);
    mlg_doc_cell(document, table, mlg_section_share((1.0 + ei) / 2.0));
    mlg_doc_cell(document, table,
                 mlg_section_share(mlg_section_part(of->value[BETWEENNESS], "normalised", row)));
}

/* Most paths through them, then most contacts. */
static void first_actors(mlg_document *document, int32_t view)
{
    const view_values of = values_of(document->results, view, mlg_section_view(document, view));
    const mlg_value *degree = of.value[DEGREE], *between = of.value[BETWEENNESS];
    const size_t n = (size_t) of.graph->n;

    if (n == 0 || degree == NULL || degree->n != n) {
        return;
    }
    const bool has_between = between != NULL && between->n == n;
    const size_t *order = mlg_section_order(
        document, has_between ? between->column[MLG_VALUE] : NULL, degree->column[MLG_VALUE], n);
    mlg_table *table = open_table(document, NULL, mlg_sentence_of(T_table_positions, &of.name, 1));
    table->note = mlg_sentence_of(T_table_positions_note, NULL, 0);
    for (size_t i = 0; order != NULL && i < n && i < ACTORS_SHOWN; i++) {
        actor_row(document, table, &of, order[i]);
    }
}

void mlg_section_positions(mlg_document *document)
{
    const mlg_results *results = document->results;
    const int32_t views = mlg_section_views(results);

    for (int32_t view = 0; view < views; view++) {
        if (mlg_section_shows(results, view)) {
            first_actors(document, view);
        }
    }
    mlg_table *all = open_table(document, "positions", (mlg_sentence){0});
    all->page_rows = 0;
    for (int32_t view = 0; view < views; view++) {
        const view_values of =
            values_of(results, view, mlg_arg_text(mlg_context_view(results->context, view)->id));
        for (size_t row = 0; row < (size_t) of.graph->n && !document->failed; row++) {
            actor_row(document, all, &of, row);
        }
    }
}
