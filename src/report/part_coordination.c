/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/section.h"

/* On how many people the coordination rests: departures, working time, what it alone connects, and
 * schemes that few participants link. */

enum { PAIRS_OPEN = 5, PAIRS_SHOWN = 10, FEW_CHAINS = 3, LEAST_ACTORS = 10, LEAST_PAIRS = 50 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static void say(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, n);
}

/* ---- departures and working time ------------------------------------------------------- */

static void departures(mlg_document *document)
{
    const mlg_value *value =
        mlg_section_value(document->results, "depend.bus_factor", -1, MLG_SCALAR, "known_schemes");
    const double k = mlg_section_number(value, MLG_VALUE, 0);
    const mlg_arg args[] = {mlg_arg_count(k), mlg_arg_count(mlg_section_part(value, "orphans", 0)),
                            mlg_arg_count(mlg_section_part(value, "items", 0)),
                            mlg_arg_count(mlg_section_part(value, "people", 0))};
    if (mlg_section_part(value, "items", 0) > 1.0 && k > 0.0) {
        say(document,
            mlg_section_part(value, "proven", 0) > 0.0 ? T_coordination_bus
                                                       : T_coordination_bus_at_most,
            args, COLUMNS(args));
    }
}

static void working_time(mlg_document *document)
{
    static const char *const parts[] = {
        "known", "schemes", "more_than_one", "one", "half_to_one", "less_than_half", NULL};
    const mlg_value *value =
        mlg_section_value(document->results, "depend.fte_per_scheme", -1, MLG_SCALAR, "mean");
    const double sum = mlg_section_part(value, "sum", 0);
    mlg_arg args[COLUMNS(parts)] = {mlg_arg_number(sum, sum == floor(sum) ? 0 : 2)};

    for (size_t i = 0; parts[i] != NULL; i++) {
        args[i + 1] = mlg_arg_count(mlg_section_part(value, parts[i], 0));
    }
    if (!isnan(sum)) {
        say(document, T_coordination_fte, args, COLUMNS(args));
    }
}

/* The scheme whose territory has most inhabitants for its time. */
static void load(mlg_document *document)
{
    const mlg_value *value = mlg_section_value(document->results, "depend.fte_per_scheme", -1,
                                               MLG_VECTOR, "coordination");
    size_t most = 0;
    bool known = false;

    for (size_t row = 0; value != NULL && row < value->n; row++) {
        const double people = mlg_section_part(value, "population_per_fte", row);
        known = known || !isnan(people);
        if (isnan(mlg_section_part(value, "population_per_fte", most)) ||
            people > mlg_section_part(value, "population_per_fte", most)) {
            most = row;
        }
    }
    if (known) {
        const double fte = mlg_section_number(value, MLG_VALUE, most);
        const double people = mlg_section_part(value, "population_per_fte", most);
        const double units = mlg_section_part(value, "units_per_fte", most);
        const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_SCHEME, value->subject[most]),
                                mlg_arg_count(round(people)),
                                mlg_arg_count(round(units)),
                                mlg_arg_number(fte, fte == floor(fte) ? 0 : 2),
                                mlg_arg_count(round(units * fte)),
                                mlg_arg_count(round(people * fte))};
        say(document, T_coordination_load, args, COLUMNS(args));
    }
}

static void time_file(mlg_document *document)
{
    static const char *const parts[] = {
        "at_most",     "all_roles",          "vacant",        "rows", "rows_without_fte",
        "rows_shared", "population_per_fte", "units_per_fte", NULL};
    const mlg_heading heads[] = {mlg_head_file("scheme"),
                                 mlg_head_file("fte"),
                                 mlg_head_file("at_most"),
                                 mlg_head_file("all_roles"),
                                 mlg_head_file("vacant"),
                                 mlg_head_file("rows"),
                                 mlg_head_file("rows_without_fte"),
                                 mlg_head_file("rows_shared"),
                                 mlg_head_file("population_per_fte"),
                                 mlg_head_file("units_per_fte")};
    const mlg_value *value = mlg_section_value(document->results, "depend.fte_per_scheme", -1,
                                               MLG_VECTOR, "coordination");
    if (value == NULL || value->n == 0) {
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, "scheme_fte", (mlg_sentence){0}, heads, COLUMNS(heads));
    table->page_rows = 0;
    for (size_t row = 0; row < value->n; row++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, value->subject[row]));
        mlg_doc_cell(document, table, mlg_section_cell(value, MLG_VALUE, row));
        for (size_t i = 0; parts[i] != NULL; i++) {
            mlg_doc_cell(
                document, table,
                mlg_cell_number(mlg_section_plain(mlg_section_part(value, parts[i], row)), T_none));
        }
    }
}

/* ---- in a view -------------------------------------------------------------------------------
 */

static void without_coordination(mlg_document *document, int32_t view)
{
    const mlg_value *value =
        mlg_section_value(document->results, "depend.through_share", view, MLG_SCALAR, NULL);
    const double share = mlg_section_number(value, MLG_VALUE, 0);
    const double today = mlg_section_part(value, "pairs_today", 0);
    const double near = mlg_section_part(value, "near_today", 0);
    const double gone = near - mlg_section_part(value, "near_without", 0);
    const double stopped = mlg_section_part(value, "activities_stopped", 0);
    const double worse = mlg_section_part(value, "share_with_activities", 0);
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_arg args[] = {name, mlg_arg_count(share * today), mlg_arg_count(today),
                            mlg_arg_share(share, 0)};
    const mlg_arg close[] = {name, mlg_arg_count(gone), mlg_arg_count(near)};
    const mlg_arg activities[] = {name, mlg_arg_count(stopped), mlg_arg_count(worse * today),
                                  mlg_arg_count(today), mlg_arg_share(worse, 0)};

    if (!isnan(share)) {
        say(document, share > 0.0 ? T_coordination_through : T_coordination_through_none, args,
            COLUMNS(args));
    }
    if (gone > 0.0) {
        say(document, T_coordination_near, close, COLUMNS(close));
    }
    if (stopped > 1.0 && worse > 0.0 && !(worse <= share)) {
        say(document, T_coordination_activities, activities, COLUMNS(activities));
    }
}

static void links(mlg_document *document, int32_t view)
{
    const mlg_value *people = mlg_section_value(document->results, "depend.bus_factor.links", view,
                                                MLG_SCALAR, "actor_pairs.people");
    const mlg_value *actors = mlg_section_value(document->results, "depend.bus_factor.links", view,
                                                MLG_SCALAR, "actor_pairs.actors");
    const mlg_value *value = people != NULL ? people : actors;
    const double k = mlg_section_number(value, MLG_VALUE, 0);
    const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_count(k),
                            mlg_arg_count(mlg_section_part(value, "people", 0))};
    if (k > 0.0 && mlg_section_part(value, "items", 0) >= LEAST_PAIRS) {
        say(document, people != NULL ? T_coordination_links_people : T_coordination_links, args,
            COLUMNS(args));
    }
}

/* ---- between schemes
 * ------------------------------------------------------------------------------
 */

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t row)
{
    static const char *const parts[] = {"shared", "people_a", "people_b"};
    mlg_doc_cell(document, table, mlg_cell_code(pairs->convention));
    for (size_t end = 0; end < 2; end++) {
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row + end]));
    }
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(pairs, MLG_VALUE, row)));
    for (size_t i = 0; i < COLUMNS(parts); i++) {
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, parts[i], row)));
    }
}

static mlg_table *open_pairs(mlg_document *document, const char *id, mlg_text_key caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("convention"),
        mlg_head("scheme", T_head_scheme),
        mlg_head("other", T_head_other_scheme),
        mlg_head("chains", T_head_chains),
        mlg_head("shared", T_head_shared_people),
        mlg_head_file("people"),
        mlg_head_file("people_of_other"),
    };
    return mlg_doc_table(document, id, mlg_sentence_of(caption, NULL, 0), heads, COLUMNS(heads));
}

/* The pairs come with the weakest first. */
static void weak_pairs(mlg_document *document, const mlg_value *pairs)
{
    const double least = mlg_section_number(pairs, MLG_VALUE, 0);
    const mlg_arg args[] = {mlg_arg_count(least), mlg_arg_count((double) pairs->n)};

    if (least > FEW_CHAINS) {
        if (pairs->n == pairs->total) {
            say(document, T_coordination_chains, args, COLUMNS(args));
        }
        return;
    }
    mlg_table *table = open_pairs(document, NULL, T_table_chains);
    table->page_rows = PAIRS_SHOWN;
    table->open_rows = PAIRS_OPEN;
    table->note = mlg_sentence_of(T_table_chains_note, NULL, 0);
    for (size_t row = 0; row < pairs->n && mlg_section_number(pairs, MLG_VALUE, row) <= FEW_CHAINS;
         row++) {
        pair_row(document, table, pairs, row);
    }
}

static void between_schemes(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_value *both[] = {
        mlg_section_value(results, "depend.connectivity", -1, MLG_PAIRS, "participants"),
        mlg_section_value(results, "depend.connectivity", -1, MLG_PAIRS, "organisations")};
    const mlg_value *first = both[0] != NULL ? both[0] : both[1];

    if (first == NULL || first->n == 0) {
        return;
    }
    weak_pairs(document, first);
    mlg_table *table = open_pairs(document, "scheme_links", T_none);
    table->page_rows = 0;
    for (size_t k = 0; k < COLUMNS(both); k++) {
        for (size_t row = 0; both[k] != NULL && row < both[k]->n; row++) {
            pair_row(document, table, both[k], row);
        }
    }
}

/* Of a few actors each is most of the network. */
static bool is_told(const mlg_results *results, int32_t view)
{
    return mlg_section_shows(results, view) &&
           mlg_context_graph(results->context, view)->n >= LEAST_ACTORS;
}

void mlg_part_coordination(mlg_document *document)
{
    departures(document);
    working_time(document);
    load(document);
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (is_told(document->results, view)) {
            without_coordination(document, view);
            links(document, view);
        }
    }
    between_schemes(document);
    time_file(document);
}
