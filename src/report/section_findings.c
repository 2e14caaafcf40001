/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <string.h>

#include "maillage/ingest.h"

/* Words for kinds of findings and the documents that levers come from. */

mlg_text_key mlg_document_level(mlg_level level)
{
    static const mlg_text_key keys[] = {T_level_info, T_level_notice, T_level_warning,
                                        T_level_serious};
    return keys[level];
}

mlg_text_key mlg_document_kind(const char *kind)
{
    char name[64] = "kind_";
    strncat(name, kind, sizeof name - strlen(name) - 1);
    return mlg_text_find(name);
}

mlg_text_key mlg_document_source(const char *source)
{
    char name[] = "source_s?";
    name[strlen(name) - 1] = source[1];
    return mlg_text_find(name);
}

/* Actors that may be one change every figure: said before anyone reads the rest. */
static void say_alike(mlg_document *document)
{
    mlg_error err = {0};
    mlg_lookalike *pairs = NULL;
    size_t n = 0;
    const mlg_status status =
        document->failed || document->results->model == NULL
            ? MLG_OK
            : mlg_model_lookalikes(document->results->model, &pairs, &n, &err);
    double alike = 0.0;

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    }
    for (size_t i = 0; status == MLG_OK && i < n; i++) {
        alike += pairs[i].scope == MLG_SCOPE_ACTOR ? 1.0 : 0.0;
    }
    mlg_lookalikes_free(pairs);
    if (alike > 0.0) {
        const mlg_arg count = mlg_arg_count(alike);
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_findings_alike, &count, 1);
    }
}

void mlg_section_findings(mlg_document *document)
{
    const mlg_findings *findings = document->results->findings;
    const size_t n = findings != NULL ? findings->n : 0;
    double of_level[4] = {0};

    for (size_t i = 0; i < n; i++) {
        of_level[findings->items[i].level]++;
    }
    const mlg_arg args[] = {mlg_arg_count(of_level[MLG_SERIOUS]), mlg_arg_count(of_level[MLG_WARN]),
                            mlg_arg_count(of_level[MLG_NOTICE]), mlg_arg_count(of_level[MLG_INFO]),
                            mlg_arg_count((double) n)};
    const bool some = (double) n > of_level[MLG_INFO];
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, some ? T_findings_intro : T_findings_none, args,
                  5);
    say_alike(document);
    if (n > 0) {
        mlg_doc_findings(document, 0, n < MLG_FIRST_FINDINGS ? n : MLG_FIRST_FINDINGS);
    }
    if (n > MLG_FIRST_FINDINGS) {
        const mlg_arg more = mlg_arg_count((double) (n - MLG_FIRST_FINDINGS));
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_findings_more, &more, 1);
    }
}

void mlg_section_more(mlg_document *document)
{
    mlg_doc_findings(document, MLG_FIRST_FINDINGS,
                     document->results->findings->n - MLG_FIRST_FINDINGS);
}
