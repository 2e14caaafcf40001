/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <inttypes.h>
#include <string.h>

/* No number without its convention: every measure of the report with its question,
 * formula, null and source, as the catalogue has them; and the words. */

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* Has the report a value of it, and has one that is defined? */
static bool is_used(const mlg_results *results, const mlg_measure *measure, bool *defined)
{
    bool used = false;
    *defined = false;
    for (size_t i = 0; i < results->values->n; i++) {
        const mlg_value *value = &results->values->items[i];
        if (value->measure == measure) {
            used = true;
            *defined = *defined || value->undefined == T_none;
        }
    }
    return used;
}

/* Figures of these stand in the files only, and so does what they are. */
static bool is_of_files(const mlg_measure *measure)
{
    static const char *const ids[] = {"network.gtd",
                                      "position.harmonic",
                                      "position.eigenvector",
                                      "position.pagerank",
                                      "position.coreness",
                                      "position.constraint",
                                      "position.hierarchy",
                                      "position.effective_size",
                                      "position.cross_betweenness",
                                      "position.strength",
                                      "broker.coordinator",
                                      "broker.itinerant",
                                      "broker.gatekeeper",
                                      "broker.representative",
                                      "broker.total",
                                      "silo.assortativity",
                                      "silo.modularity",
                                      "silo.odds_ratio",
                                      "silo.yule_q",
                                      "silo.freeman",
                                      "silo.gupta",
                                      "silo.coleman",
                                      "silo.conductance",
                                      "silo.ssi",
                                      "silo.diversity",
                                      "silo.ei_actor",
                                      "silo.ei_weighted",
                                      "twomode.newman",
                                      "twomode.jaccard",
                                      "twomode.clustering",
                                      "twomode.nodf",
                                      "twomode.robins_alexander",
                                      "depend.fragmentation",
                                      "depend.distance_fragmentation",
                                      "depend.vulnerability",
                                      "turnover.simulation.efficiency"};
    for (size_t i = 0; i < COLUMNS(ids); i++) {
        const size_t length = strlen(ids[i]);
        if (strncmp(measure->id, ids[i], length) == 0 &&
            (measure->id[length] == '\0' || measure->id[length] == '.')) {
            return true;
        }
    }
    return false;
}

/* Does a finding name it? */
static bool is_cited(const mlg_results *results, const mlg_measure *measure)
{
    const mlg_findings *findings = results->findings;
    for (size_t i = 0; findings != NULL && i < findings->n; i++) {
        for (size_t k = 0; k < findings->items[i].n_measures; k++) {
            if (strcmp(findings->items[i].measures[k], measure->id) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Does the page show its figures? */
static bool is_shown(const mlg_results *results, const mlg_measure *measure)
{
    bool defined = false;
    return is_used(results, measure, &defined) && defined &&
           (!is_of_files(measure) || is_cited(results, measure));
}

/* How p was found, on the page where that is not how all are: without draws, or from how many and
 * which seed. Empty: nothing is tested. */
static mlg_cell test_of(mlg_document *document, const mlg_measure *measure, bool page)
{
    const mlg_results *results = document->results;
    uint32_t draws = 0;
    bool tested = false;
    char seed[24];
    mlg_buffer text = {0};

    for (size_t i = 0; i < results->values->n; i++) {
        const mlg_value *value = &results->values->items[i];
        if (value->measure == measure && value->p_method != NULL) {
            tested = true;
            draws = strcmp(value->p_method, "draws") == 0 ? value->draws : draws;
        }
    }
    if (!tested || (page && draws == results->run->draws)) { /* those the section begins with */
        return (mlg_cell){.kind = MLG_CELL_EMPTY};
    }
    snprintf(seed, sizeof seed, "%" PRIu64, results->run->seed);
    const mlg_arg args[] = {mlg_arg_count(draws), mlg_arg_text(seed)};
    mlg_text_render(&text, results->labels.language, draws > 0 ? T_test_draws : T_test_exact, args,
                    2);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

/* The section that shows the figures of a measure. */
static mlg_text_key part_of(const mlg_measure *measure)
{
    static const struct {
        const char *family;
        mlg_text_key title;
    } parts[] = {
        {"network.", T_section_network},    {"position.", T_section_positions},
        {"silo.", T_section_silos},         {"broker.", T_section_brokers},
        {"twomode.", T_section_activities}, {"gap.", T_section_gaps},
        {"depend.", T_section_dependence},  {"turnover.departure", T_section_leave},
        {"turnover.", T_section_turnover},  {"scale.", T_section_territories},
        {"scheme.", T_section_schemes},     {"quality.", T_section_quality},
    };
    for (size_t i = 0; i < COLUMNS(parts); i++) {
        if (strncmp(measure->id, parts[i].family, strlen(parts[i].family)) == 0) {
            return parts[i].title;
        }
    }
    return T_section_methods;
}

/* How much of a convention the page has room for: whole clauses, the first one at least. What
 * it leaves (columns of the files, special cases) is in the file. */
static size_t formula_length(const char *convention)
{
    enum { ROOM = 30 };
    size_t end = 0;
    int depth = 0;

    for (size_t i = 0;; i++) {
        const char c = convention[i];
        depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        if (c == '\0' || (c == ';' && depth == 0)) {
            if (end > 0 && i > ROOM) {
                return end;
            }
            end = i;
            if (c == '\0' || strncmp(convention + i, "; part", 6) == 0) {
                return end;
            }
        }
    }
}

/* Formula, null and source as the page says them. A null that an earlier measure has is said
 * by that one's name. */
static mlg_cell summary_of(mlg_document *document, const mlg_measure *measure)
{
    mlg_buffer text = {0};
    const size_t end = formula_length(measure->convention);

    mlg_buffer_bytes(&text, measure->convention, end);
    mlg_buffer_text(&text, measure->convention[end] != '\0' ? "; \xe2\x80\xa6 " : ". ");
    if (measure->null_model != NULL && measure->null_model[0] != '\0') {
        const mlg_measure *first = mlg_measures();
        while (first != measure &&
               (first->null_model == NULL || strcmp(first->null_model, measure->null_model) != 0 ||
                !is_shown(document->results, first))) {
            first++;
        }
        mlg_buffer_format(&text, "%s: %s%s. ", mlg_text(MLG_EN, T_head_null),
                          first != measure ? "that of " : "",
                          first != measure ? first->id : measure->null_model);
    }
    mlg_buffer_format(&text, "[%s]", measure->source);
    const mlg_cell cell = mlg_cell_english(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

static void measure_row(mlg_document *document, mlg_table *table, const mlg_measure *measure)
{
    mlg_doc_cell(document, table, mlg_section_key(part_of(measure)));
    mlg_doc_cell(document, table, mlg_section_key(mlg_section_title(measure->id)));
    mlg_doc_cell(document, table, mlg_section_key(mlg_text_find(measure->question)));
    mlg_doc_cell(document, table, mlg_cell_code(measure->id));
    mlg_doc_cell(document, table, summary_of(document, measure));
    mlg_doc_cell(document, table, mlg_cell_english(measure->convention));
    mlg_doc_cell(document, table, mlg_cell_english(measure->null_model));
    mlg_doc_cell(document, table, test_of(document, measure, true));
    mlg_doc_cell(document, table, test_of(document, measure, false));
    mlg_doc_cell(document, table, mlg_cell_english(measure->undefined));
    mlg_doc_cell(document, table, mlg_cell_english(measure->source));
}

/* Those whose figures the page shows, then (pass 1) the rest. */
static size_t method_rows(mlg_document *document, mlg_table *table, int pass)
{
    size_t n = 0;
    for (const mlg_measure *measure = mlg_measures(); measure->id != NULL; measure++) {
        bool defined = false;
        const bool used = is_used(document->results, measure, &defined);
        if (used && is_shown(document->results, measure) == (pass == 0)) {
            measure_row(document, table, measure);
            n++;
        }
    }
    return n;
}

void mlg_section_methods(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {{"part", mlg_arg_key(T_none), MLG_PAGE_ONLY},
                                 mlg_head("measure", T_head_measure),
                                 mlg_head("question", T_head_question),
                                 mlg_head("id", T_head_id),
                                 {"summary", mlg_arg_key(T_head_convention), MLG_PAGE_ONLY},
                                 mlg_head_file("convention"),
                                 mlg_head_file("null"),
                                 {"other_test", mlg_arg_key(T_head_test), MLG_PAGE_ONLY},
                                 mlg_head_file("test"),
                                 mlg_head_file("undefined"),
                                 mlg_head_file("source")};
    char seed[24];

    snprintf(seed, sizeof seed, "%" PRIu64, results->run->seed);
    const mlg_arg args[] = {mlg_arg_count(results->run->draws),
                            mlg_arg_text(mlg_doc_text(document, seed))};
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_methods_tests, args, 2);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_methods_levels, args, 1);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_methods_persons, args, 1);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_methods_sources, NULL, 0);
    mlg_table *table = mlg_doc_table(document, "methods", mlg_sentence_of(T_table_methods, NULL, 0),
                                     heads, COLUMNS(heads));
    table->cards = true;
    table->page_rows = method_rows(document, table, 0);
    const mlg_arg others = mlg_arg_count((double) method_rows(document, table, 1));
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_table_methods_note, &others, 1);
}

void mlg_section_glossary(mlg_document *document)
{
    static const struct {
        mlg_text_key word, meaning;
    } words[] = {
        {T_word_actor, T_meaning_actor},
        {T_word_sector, T_meaning_sector},
        {T_word_level, T_meaning_level},
        {T_word_tie, T_meaning_tie},
        {T_word_activity, T_meaning_activity},
        {T_word_scheme, T_meaning_scheme},
        {T_word_post, T_meaning_post},
        {T_word_perimeter, T_meaning_perimeter},
        {T_word_unit, T_meaning_unit},
        {T_word_view, T_meaning_view},
        {T_word_finding, T_meaning_finding},
        {T_word_expected, T_meaning_expected},
        {T_word_interval, T_meaning_interval},
        {T_word_p, T_meaning_p},
        {T_word_p_adjusted, T_meaning_p_adjusted},
        {T_word_family, T_meaning_family},
        {T_word_ei, T_meaning_ei},
        {T_word_betweenness, T_meaning_betweenness},
        {T_word_cut, T_meaning_cut},
        {T_word_effective, T_meaning_effective},
        {T_word_containment, T_meaning_containment},
        {T_word_main_town, T_meaning_main_town},
        {T_word_gap, T_meaning_gap},
        {T_word_departure, T_meaning_departure},
        {T_word_completeness, T_meaning_completeness},
        {T_word_undefined, T_meaning_undefined},
    };
    const mlg_heading heads[] = {mlg_head("word", T_head_word),
                                 mlg_head("meaning", T_head_meaning)};
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_glossary, NULL, 0),
                                     heads, COLUMNS(heads));
    table->words = true;
    for (size_t i = 0; i < COLUMNS(words); i++) {
        mlg_doc_cell(document, table, mlg_section_key(words[i].word));
        mlg_doc_cell(document, table, mlg_section_key(words[i].meaning));
    }
}
