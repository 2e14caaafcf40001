/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/output.h"
#include "report/simulation_say.h"
#include "report/terminal.h"

/* What `maillage simulate` prints: the sentences first, then the tables, then what they rest on. */

/* Why nothing is told, where nothing is: the first reason that a view has. */
static void say_nothing(mlg_document *document)
{
    mlg_text_key why = T_none;
    for (int32_t view = -1; view < mlg_section_views(document->results) && why == T_none; view++) {
        const mlg_value *value = mlg_section_value(
            document->results, "turnover.simulation.months_lost", view, MLG_SCALAR, NULL);
        why = value != NULL ? value->undefined : T_none;
    }
    const mlg_arg reason = mlg_arg_key(why);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_simulation_nothing, &reason, 1);
}

mlg_status mlg_document_simulation(const mlg_results *results, mlg_document *document,
                                   mlg_error *err)
{
    mlg_outlook outlook, first;
    bool whole = true;

    *document = (mlg_document){.results = results};
    mlg_doc_section(document, "simulation", T_simulation_title);
    if (results->model != NULL && mlg_model_title(results->model)[0] != '\0') {
        const mlg_arg title = mlg_arg_text(mlg_model_title(results->model));
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_gaps_title, &title, 1);
    }
    if (results->model != NULL && mlg_model_illustrative(results->model)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_illustrative, NULL, 0);
    }
    if (results->model != NULL && !mlg_model_one_territory(results->model)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_not_one_territory, NULL, 0);
    }
    if (results->labels.names) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_names_banner, NULL, 0);
    }
    const int32_t start = mlg_outlook_next(results, 0, &first);
    const bool several = start >= 0 && mlg_outlook_next(results, start + 1, &outlook) >= 0;
    for (int32_t view = mlg_outlook_next(results, 0, &outlook); view >= 0;
         view = mlg_outlook_next(results, view + 1, &outlook)) {
        const mlg_arg name = mlg_section_view(document, outlook.view);
        if (several) {
            mlg_doc_block(document, MLG_BLOCK_HEADING, T_simulation_view, &name, 1);
        }
        mlg_outlook_say(document, &outlook, whole);
        mlg_outlook_months(document, &outlook, whole);
        mlg_outlook_posts(document, &outlook);
        if (whole) {
            mlg_outlook_uncertainties(document, &outlook);
            mlg_outlook_matters(document, &outlook);
        }
        whole = false;
    }
    if (start < 0) {
        say_nothing(document);
    } else {
        mlg_outlook_assumptions(document, &first);
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_simulation_limits, NULL, 0);
    }
    return mlg_doc_end(document, err);
}

mlg_status mlg_results_simulation(const mlg_results *results, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_document document = {0};

    TRY(mlg_document_simulation(results, &document, err));
    TRY(mlg_terminal_write(&document, out, err));
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the output");
    }
out:
    mlg_document_free(&document);
    return status;
}
