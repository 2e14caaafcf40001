/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <inttypes.h>
#include <math.h>

#include "maillage/version.h"

/* What would make the same report again: version, options that change results, inputs.
 * Never a clock, a thread count or a path. */

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static void option(mlg_document *document, mlg_table *table, mlg_text_key name, mlg_cell value)
{
    mlg_doc_cell(document, table, mlg_section_key(name));
    mlg_doc_cell(document, table, value);
}

static void options(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {mlg_head("option", T_head_option),
                                 mlg_head("value", T_head_value)};
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_options, NULL, 0),
                                     heads, COLUMNS(heads));
    char seed[24];

    table->plain = true;
    snprintf(seed, sizeof seed, "%" PRIu64, results->run->seed);
    option(document, table, T_setting_version, mlg_cell_code("maillage " MLG_VERSION));
    option(document, table, T_setting_seed, mlg_cell_code(mlg_doc_text(document, seed)));
    option(document, table, T_setting_draws, mlg_section_count(results->run->draws));
    option(document, table, T_setting_convention,
           results->run->convention != NULL ? mlg_cell_code(results->run->convention)
                                            : mlg_section_key(T_setting_own));
    if (results->run->backbone != NULL) {
        option(document, table, T_setting_backbone, mlg_cell_code(results->run->backbone));
    }
    const mlg_run usual = MLG_RUN_INIT;
    if (results->run->months != usual.months) {
        option(document, table, T_setting_months, mlg_section_count(results->run->months));
    }
    option(document, table, T_setting_names, mlg_section_key(results->labels.names ? T_yes : T_no));
    if (document->illustrative) {
        option(document, table, T_setting_illustrative, mlg_section_key(T_yes));
    }
    if (document->several_territories) {
        option(document, table, T_setting_scope, mlg_section_key(T_scope_several));
    }
    if (results->model != NULL && mlg_model_date(results->model) != MLG_NO_DATE) {
        option(document, table, T_setting_date,
               mlg_cell_of(mlg_arg_date(mlg_model_date(results->model))));
    }
    if (results->model != NULL) {
        option(document, table, T_setting_study, mlg_cell_code(results->model->sha256));
    }
}

static mlg_cell day(int32_t when, int32_t open)
{
    return when == open ? mlg_cell_empty() : mlg_cell_of(mlg_arg_date(when));
}

static void views(mlg_document *document)
{
    static const mlg_text_key by[] = {T_by_organisation, T_by_actor, T_by_service, T_by_sector,
                                      T_by_scheme};
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {mlg_head("view", T_head_view), mlg_head("id", T_head_id),
                                 mlg_head("by", T_head_by),     mlg_head("from", T_head_from),
                                 mlg_head("to", T_head_to),     mlg_head("actors", T_head_actors),
                                 mlg_head("ties", T_head_ties)};

    if (mlg_section_views(results) == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, "views", mlg_sentence_of(T_table_views, NULL, 0),
                                     heads, COLUMNS(heads));
    for (int32_t i = 0; i < mlg_section_views(results); i++) {
        const mlg_view *view = mlg_context_view(results->context, i);
        const mlg_graph *graph = mlg_context_graph(results->context, i);
        mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, i)));
        mlg_doc_cell(document, table, mlg_cell_code(view->id));
        mlg_doc_cell(document, table, mlg_section_key(by[view->by]));
        mlg_doc_cell(document, table, day(view->from, MLG_EVER_FIRST));
        mlg_doc_cell(document, table, day(view->to, MLG_EVER_LAST));
        mlg_doc_cell(document, table, mlg_section_count(graph->n));
        mlg_doc_cell(document, table,
                     mlg_section_count(graph->projected ? (double) graph->n_ties : (double) NAN));
    }
}

static void hashes(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    const mlg_heading heads[] = {mlg_head("file", T_head_file), mlg_head("rows", T_head_rows),
                                 mlg_head("sha256", T_head_sha256)};
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_hashes, NULL, 0),
                                     heads, COLUMNS(heads));
    for (size_t i = 0; i < model->n_inputs; i++) {
        mlg_doc_cell(document, table, mlg_cell_code(model->inputs[i].file));
        mlg_doc_cell(document, table, mlg_section_count((double) model->inputs[i].rows));
        mlg_doc_cell(document, table, mlg_cell_code(model->inputs[i].sha256));
    }
}

void mlg_section_provenance(mlg_document *document)
{
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_provenance_intro, NULL, 0);
    options(document);
    views(document);
    if (document->results->model != NULL) {
        hashes(document);
    }
}
