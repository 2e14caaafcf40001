/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>

/* What breaks without one actor, one activity, one organisation. */

enum { ROWS_SHOWN = 10, ROWS_OPEN = 5 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* ---- actors -------------------------------------------------------------------------------- */

static mlg_table *open_removals(mlg_document *document, const char *id, mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head("actor", T_head_actor),
        mlg_head("cross_pairs_lost", T_head_cross_lost),
        mlg_head("cross_share", T_head_share_lost),
        mlg_head_file("cross_pairs"),
        mlg_head("pairs_lost", T_head_pairs_lost),
        mlg_head_file("branches"),
        mlg_head_file("residents_alone"),
        mlg_head_file("fragmentation"),
        mlg_head_file("distance_fragmentation"),
        mlg_head_file("efficiency"),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

/* The measures of one view. Those of pairs are of one length when both are there; the others may
 * list fewer actors, in the same order. */
typedef struct removals {
    const mlg_value *cross, *pairs;
    const mlg_value *residents, *fragmentation, *distance, *efficiency;
    size_t n;
} removals;

static const mlg_value *of_actors(const mlg_results *results, const char *id, int32_t view)
{
    return mlg_section_value(results, id, view, MLG_VECTOR, NULL);
}

static removals removals_of(const mlg_results *results, int32_t view)
{
    removals r = {
        .cross = of_actors(results, "depend.cross_pairs_lost", view),
        .pairs = of_actors(results, "depend.pairs_lost", view),
        .residents = of_actors(results, "depend.population_lost", view),
        .fragmentation = of_actors(results, "depend.fragmentation", view),
        .distance = of_actors(results, "depend.distance_fragmentation", view),
        .efficiency = of_actors(results, "depend.vulnerability", view),
    };
    r.n = r.pairs != NULL ? r.pairs->n : 0;
    r.cross = r.cross != NULL && r.cross->n == r.n ? r.cross : NULL;
    return r;
}

/* The number of an actor in a list that is ordered as `r->pairs` and may leave some out. */
static double number_of(const mlg_value *list, mlg_id subject)
{
    const int32_t at = list != NULL ? mlg_id_find(list->subject, (int32_t) list->n, subject) : -1;
    return at >= 0 ? mlg_section_number(list, MLG_VALUE, (size_t) at) : NAN;
}

static void number_cell(mlg_document *document, mlg_table *table, double number, int digits)
{
    mlg_doc_cell(document, table, mlg_cell_number(mlg_arg_number(number, digits), T_none));
}

static void removal_row(mlg_document *document, mlg_table *table, const removals *r, size_t row,
                        mlg_arg name)
{
    mlg_doc_cell(document, table, mlg_cell_of(name));
    mlg_doc_cell(document, table, mlg_section_label(r->pairs->scope, r->pairs->subject[row]));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(r->cross, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(r->cross, "share", row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(r->cross, "connected", row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(r->pairs, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(r->pairs, "branches", row)));
    const mlg_id subject = r->pairs->subject[row];
    mlg_doc_cell(document, table, mlg_section_count(number_of(r->residents, subject)));
    number_cell(document, table, number_of(r->fragmentation, subject), 4);
    number_cell(document, table, number_of(r->distance, subject), 4);
    number_cell(document, table, number_of(r->efficiency, subject), 4);
}

/* Only those whose removal cuts anybody off: in a well-knit network there is none. */
static void first_removals(mlg_document *document, int32_t view)
{
    const removals r = removals_of(document->results, view);
    const mlg_arg name = mlg_section_view(document, view);
    if (r.n == 0) {
        return;
    }
    const size_t *order =
        mlg_section_order(document, r.cross != NULL ? r.cross->column[MLG_VALUE] : NULL,
                          r.pairs->column[MLG_VALUE], r.n);
    if (order == NULL || !(mlg_section_number(r.pairs, MLG_VALUE, order[0]) > 0.0)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_dependence_none, &name, 1);
        return;
    }
    mlg_table *table = open_removals(document, NULL, mlg_sentence_of(T_table_removals, &name, 1));
    table->note = mlg_sentence_of(T_table_removals_note, NULL, 0);
    table->open_rows = ROWS_OPEN;
    for (size_t i = 0; i < r.n && i < ROWS_SHOWN; i++) {
        if (mlg_section_number(r.pairs, MLG_VALUE, order[i]) > 0.0) {
            removal_row(document, table, &r, order[i], name);
        }
    }
}

static void all_removals(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *table = open_removals(document, "removals", (mlg_sentence){0});

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const removals r = removals_of(results, view);
        const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);
        for (size_t row = 0; row < r.n && !document->failed; row++) {
            removal_row(document, table, &r, row, id);
        }
    }
}

/* ---- activities and organisations ------------------------------------------------------------ */

/* The list of a measure where it tells of a loss, worst first; NULL otherwise. */
static const mlg_value *losses(const mlg_results *results, const char *id, int32_t view)
{
    const mlg_value *value = mlg_section_value(results, id, view, MLG_VECTOR, NULL);
    return value != NULL && value->n > 0 && mlg_section_number(value, MLG_VALUE, 0) > 0.0 ? value
                                                                                          : NULL;
}

/* Which activity's end would cut most, or which organisation's leaving. */
static void tell_worst(mlg_document *document, int32_t view, const char *id, mlg_text_key text)
{
    const mlg_value *value = losses(document->results, id, view);
    if (value == NULL) {
        return;
    }
    const double across = mlg_section_part(value, "cross_pairs", 0);
    const mlg_arg args[] = {mlg_section_view(document, view),
                            mlg_arg_count((double) value->total),
                            mlg_arg_label(value->scope, value->subject[0]),
                            mlg_arg_count(mlg_section_number(value, MLG_VALUE, 0)),
                            mlg_arg_share(mlg_section_part(value, "share", 0), 0),
                            mlg_arg_count(isnan(across) ? 0 : across)};
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, text, args, COLUMNS(args));
}

static void group_rows(mlg_document *document, mlg_table *table, const mlg_value *value,
                       mlg_arg name)
{
    for (size_t row = 0; row < value->n && !document->failed; row++) {
        mlg_doc_cell(document, table, mlg_cell_of(name));
        mlg_doc_cell(document, table, mlg_section_label(value->scope, value->subject[row]));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(value, "cross_pairs", row)));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_part(value, "cross_share", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(value, MLG_VALUE, row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "actors", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "branches", row)));
    }
}

/* All that cut anybody off, in the files. */
static void group_table(mlg_document *document, const char *measure, const char *id,
                        const char *head)
{
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {mlg_head_file("view"),
                                 mlg_head_file(head),
                                 mlg_head_file("cross_pairs_lost"),
                                 mlg_head_file("cross_share"),
                                 mlg_head_file("pairs_lost"),
                                 mlg_head_file("actors"),
                                 mlg_head_file("branches")};
    mlg_table *table = NULL;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *value = losses(results, measure, view);
        if (value != NULL && table == NULL) {
            table = mlg_doc_table(document, id, (mlg_sentence){0}, heads, COLUMNS(heads));
            table->page_rows = 0;
        }
        if (value != NULL) {
            group_rows(document, table, value,
                       mlg_arg_text(mlg_context_view(results->context, view)->id));
        }
    }
}

/* ---- residents ------------------------------------------------------------------------ */

static const double ENOUGH_LOCATED = 0.5; /* below it, what is missing decides what is seen */

/* Once: where actors are is of the study, not of a view. */
static void residents(mlg_document *document)
{
    static const char *const id = "depend.population_lost";
    const mlg_results *results = document->results;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *whole = mlg_section_value(results, id, view, MLG_SCALAR, NULL);
        const mlg_value *each = mlg_section_value(results, id, view, MLG_VECTOR, NULL);
        if (!mlg_section_shows(results, view) || each == NULL ||
            !(mlg_section_number(whole, MLG_VALUE, 0) > 0.0)) {
            continue;
        }
        const double located = mlg_section_part(whole, "completeness", 0);
        if (located < ENOUGH_LOCATED) {
            const mlg_arg share = mlg_arg_share(located, 0);
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_removals_residents_few, &share, 1);
            return;
        }
        const size_t *order = mlg_section_order(document, each->column[MLG_VALUE], NULL, each->n);
        const double most = order != NULL ? mlg_section_number(each, MLG_VALUE, order[0]) : NAN;
        const mlg_arg args[] = {mlg_arg_count(mlg_section_number(whole, MLG_VALUE, 0)),
                                mlg_arg_share(mlg_section_part(whole, "share", 0), 0),
                                mlg_arg_count(mlg_section_part(whole, "units", 0)),
                                mlg_arg_share(located, 0)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_removals_residents, args, COLUMNS(args));
        if (order != NULL && most > 0.0) { /* else those actors have no tie in this view */
            const mlg_arg first[] = {mlg_arg_label(each->scope, each->subject[order[0]]),
                                     mlg_arg_count(most)};
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_removals_residents_first, first,
                          COLUMNS(first));
        }
        return;
    }
}

void mlg_part_removals_of(mlg_document *document, int32_t view)
{
    first_removals(document, view);
    tell_worst(document, view, "depend.pairs_lost.organisations", T_removals_organisations);
    tell_worst(document, view, "depend.pairs_lost.activities", T_removals_activities);
}

void mlg_part_removals(mlg_document *document)
{
    all_removals(document);
    group_table(document, "depend.pairs_lost.activities", "activity_removals", "activity");
    group_table(document, "depend.pairs_lost.organisations", "organisation_removals",
                "organisation");
    residents(document);
}
