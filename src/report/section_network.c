/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

#include "report/panel.h"
#include "report/svg.h"

/* The network: a sentence and the scalars of each view, and one drawing. */

enum { VIEWS_SHOWN = 5, LEAST_TOLD = 10 }; /* actors of a network whose core is told */

#define MOST_P 0.05

/* Those of the page's table; the core is told in words, Krackhardt's dimensions in scalars.csv. */
static bool is_of_network(const mlg_measure *measure)
{
    return strncmp(measure->id, "network.", strlen("network.")) == 0 &&
           strncmp(measure->id, "network.gtd.", strlen("network.gtd.")) != 0 &&
           strcmp(measure->id, "network.core_periphery") != 0 && measure->shape == MLG_SCALAR;
}

/* Small networks get words and counts. */
static void describe(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_graph *graph = mlg_context_graph(results->context, view);
    const mlg_value *components =
        mlg_section_value(results, "network.components", view, MLG_SCALAR, NULL);
    const double n = graph->n;
    const mlg_arg args[] = {
        mlg_section_view(document, view),
        mlg_arg_count(n),
        mlg_arg_count((double) graph->n_ties),
        mlg_arg_count(n * (n - 1.0) / 2.0),
        mlg_arg_count(mlg_section_number(components, MLG_VALUE, 0)),
        mlg_arg_count(mlg_section_part(components, "largest", 0)),
        mlg_arg_count(mlg_section_number(
            mlg_section_value(results, "network.isolates", view, MLG_SCALAR, NULL), MLG_VALUE, 0)),
        mlg_arg_count(graph->n_activities),
    };
    const bool whole = args[4].number == 1.0;
    const bool two_mode = graph->view.source == MLG_FROM_PARTICIPATIONS;
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  !graph->projected ? T_network_unprojected
                  : two_mode        ? (whole ? T_network_two_mode_whole : T_network_two_mode)
                  : whole           ? T_network_ties_whole
                                    : T_network_ties,
                  args, 8);
}

/* A core and its rim, where chance rarely gives one as clear. */
static void tell_core(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_value *core =
        mlg_section_value(results, "network.core_periphery", view, MLG_SCALAR, NULL);
    const double inside = mlg_section_part(core, "core_density", 0);
    const double across = mlg_section_part(core, "between_density", 0);
    const double rim = mlg_section_part(core, "rim_density", 0);
    const double size = mlg_section_part(core, "size", 0);
    const double p = mlg_section_number(core, MLG_P, 0);
    const double n = mlg_context_graph(results->context, view)->n;
    const mlg_arg args[] = {mlg_section_view(document, view),
                            mlg_arg_count(size),
                            mlg_arg_share(inside, 0),
                            mlg_arg_count(n - size),
                            mlg_arg_share(across, 0),
                            mlg_arg_share(rim, 0),
                            mlg_arg_p(p)};

    if (n >= LEAST_TOLD && p <= MOST_P && inside > across && across > rim) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_network_core, args, 7);
    }
}

/* Who is in the core of each view: in a file only. */
static void list_core(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {mlg_head_file("view"), mlg_head("actor", T_head_actor),
                                 mlg_head("in_core", T_head_in_core)};
    mlg_table *table = mlg_doc_table(document, "core", (mlg_sentence){0}, heads, 3);

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_graph *graph = mlg_context_graph(results->context, view);
        const mlg_value *members =
            mlg_section_value(results, "network.core_periphery", view, MLG_VECTOR, NULL);
        for (size_t row = 0; members != NULL && row < members->n && !document->failed; row++) {
            mlg_doc_cell(document, table,
                         mlg_cell_of(mlg_arg_text(mlg_context_view(results->context, view)->id)));
            mlg_doc_cell(document, table, mlg_section_label(graph->scope, graph->subject[row]));
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_number(members, MLG_VALUE, row)));
        }
    }
}

/* Measures down, views across: the first few, the others in scalars.csv. */
static void scalars(mlg_document *document)
{
    const mlg_results *results = document->results;
    const int32_t all = mlg_section_views(results), shown = all < VIEWS_SHOWN ? all : VIEWS_SHOWN;
    mlg_heading heads[1 + VIEWS_SHOWN] = {mlg_head("measure", T_head_measure)};

    for (int32_t view = 0; view < shown; view++) {
        heads[1 + view] = (mlg_heading){"value", mlg_section_view(document, view), MLG_EVERYWHERE};
    }
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_network, NULL, 0),
                                     heads, 1 + (size_t) shown);
    for (const mlg_measure *measure = mlg_measures(); measure->id != NULL; measure++) {
        if (!is_of_network(measure) ||
            mlg_section_value(results, measure->id, 0, MLG_SCALAR, NULL) == NULL) {
            continue;
        }
        mlg_doc_cell(document, table, mlg_section_key(mlg_section_title(measure->id)));
        for (int32_t view = 0; view < shown; view++) {
            const mlg_value *value =
                mlg_section_value(results, measure->id, view, MLG_SCALAR, NULL);
            mlg_doc_cell(document, table, mlg_section_cell(value, MLG_VALUE, 0));
        }
    }
    table->mixed = true;
    if (all > shown) {
        table->note = mlg_sentence_of(T_table_network_note, NULL, 0);
    }
}

static void draw(mlg_document *document)
{
    const mlg_graph *graph = mlg_context_graph(document->results->context, 0);
    const mlg_arg view = mlg_section_view(document, 0);
    mlg_error err = {0};

    if (graph->n == 0) {
        return;
    }
    mlg_figure *figure =
        mlg_doc_figure(document, "network.svg", mlg_sentence_of(T_figure_network, &view, 1));
    if (figure == NULL) {
        return;
    }
    const mlg_arg args[] = {mlg_arg_count(graph->n), mlg_arg_count(MLG_SVG_ACTORS)};
    figure->note = mlg_sentence_of(
        graph->n > MLG_SVG_ACTORS ? T_figure_network_reduced : T_figure_network_note, args, 2);
    mlg_status status = mlg_svg_network(document->results, graph, &figure->svg, &err);
    if (status == MLG_OK) {
        status = mlg_panel(document->results, graph, &figure->panel, &err);
    }
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    }
}

void mlg_section_network(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            describe(document, view);
            tell_core(document, view);
        }
    }
    draw(document);
    scalars(document);
    list_core(document);
}
