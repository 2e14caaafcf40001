/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "finding/next_table.h"
#include "graph/rows.h"
#include "report/section.h"

static bool has_views(const mlg_results *results)
{
    return mlg_context_views(results->context) > 0;
}

static bool has_sectors(const mlg_results *results)
{
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_context_graph(results->context, view)->n_sectors > 0) {
            return true;
        }
    }
    return false;
}

static bool has_two_mode(const mlg_results *results)
{
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_context_graph(results->context, view)->n_activities > 0) {
            return true;
        }
    }
    return false;
}

static bool has_schemes(const mlg_results *results)
{
    return results->model != NULL &&
           (results->model->rows[MLG_POSTS].n > 0 || results->model->rows[MLG_SCHEMES].n > 0);
}

/* Activities may name schemes that have no table of their own. */
static bool has_scheme_facts(const mlg_results *results)
{
    return has_schemes(results) ||
           (results->model != NULL && results->model->rows[MLG_ACTIVITIES].n > 0);
}

static bool has_dependence(const mlg_results *results)
{
    return has_views(results) || has_schemes(results);
}

/* Coordinations that are missing are counted on who sits in the activities of each scheme. */
static bool has_gaps(const mlg_results *results)
{
    return results->model != NULL &&
           (results->model->rows[MLG_PARTICIPATIONS].n > 0 || mlg_has_shortcuts(results->model));
}

static bool has_leave(const mlg_results *results)
{
    return results->model != NULL && results->model->rows[MLG_POSTS].n > 0;
}

static bool has_perimeters(const mlg_results *results)
{
    return results->model != NULL && (results->model->rows[MLG_PERIMETERS].n > 0 ||
                                      results->model->rows[MLG_TERRITORIES].n > 0);
}

static bool has_more(const mlg_results *results)
{
    return results->findings != NULL && results->findings->n > MLG_FIRST_FINDINGS;
}

static bool is_missing(const mlg_section_row *row, const mlg_results *results)
{
    return row->unlock != T_none && !row->has(results);
}

static bool has_missing(const mlg_results *results)
{
    for (const mlg_section_row *row = mlg_sections(); row->id != NULL; row++) {
        if (is_missing(row, results)) {
            return true;
        }
    }
    return false;
}

/* The order of the page: verdict, then how far the data can be trusted, then evidence; row by row,
 * what is wrong or cannot be said comes after it. What
 * sections without data would need is said once, after those that have some; one without
 * that text stays away. */
const mlg_section_row *mlg_sections(void)
{
    static const mlg_section_row rows[] = {
        {"findings", T_section_findings, NULL, T_none, mlg_section_findings},
        {"quality", T_section_quality, NULL, T_none, mlg_section_quality},
        {"network", T_section_network, has_views, T_unlock_network, mlg_section_network},
        {"silos", T_section_silos, has_sectors, T_unlock_silos, mlg_section_silos},
        {"levels", T_section_levels, has_views, T_none, mlg_section_levels},
        {"brokers", T_section_brokers, has_sectors, T_none, mlg_section_brokers},
        {"activities", T_section_activities, has_two_mode, T_none, mlg_section_activities},
        {"gaps", T_section_gaps, has_gaps, T_unlock_gaps, mlg_section_gaps},
        {"positions", T_section_positions, has_views, T_unlock_positions, mlg_section_positions},
        {"dependence", T_section_dependence, has_dependence, T_unlock_dependence,
         mlg_section_dependence},
        {"leave", T_section_leave, has_leave, T_unlock_leave, mlg_section_leave},
        {"turnover", T_section_turnover, has_dependence, T_none, mlg_section_turnover},
        {"schemes", T_section_schemes, has_scheme_facts, T_unlock_schemes, mlg_section_schemes},
        {"territories", T_section_territories, has_perimeters, T_unlock_territories,
         mlg_section_territories},
        {"limits", T_section_limits, NULL, T_none, mlg_section_limits},
        {"more", T_section_more, has_more, T_none, mlg_section_more},
        {"missing", T_section_missing, has_missing, T_none, mlg_section_missing},
        {"methods", T_section_methods, NULL, T_none, mlg_section_methods},
        {"glossary", T_section_glossary, NULL, T_none, mlg_section_glossary},
        {"provenance", T_section_provenance, NULL, T_none, mlg_section_provenance},
        {.id = NULL},
    };
    return rows;
}

void mlg_section_missing(mlg_document *document)
{
    for (const mlg_section_row *row = mlg_sections(); row->id != NULL; row++) {
        if (is_missing(row, document->results)) {
            const mlg_arg args[] = {mlg_file_of(document->results->model, MLG_ACTORS),
                                    mlg_arg_key(row->title)};
            mlg_doc_block(document, MLG_BLOCK_MISSING, row->unlock, args, 2);
        }
    }
}

mlg_status mlg_document_report(const mlg_results *results, mlg_document *document, mlg_error *err)
{
    *document = (mlg_document){.results = results};
    mlg_document_masthead(document);
    for (const mlg_section_row *row = mlg_sections(); row->id != NULL; row++) {
        if (row->has == NULL || row->has(results)) {
            mlg_doc_section(document, row->id, row->title);
            row->build(document);
            mlg_doc_drop_empty(document);
        }
    }
    mlg_doc_drop_unknown(document);
    mlg_doc_align(document, -1);
    return mlg_doc_end(document, err);
}
