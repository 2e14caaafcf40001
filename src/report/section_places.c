/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/section_territories.h"

/* The second half of the territories: which have a referent, whether activities keep to the main
 * town, where there are more than residents would make expect. */

enum { ROWS_SHOWN = 8 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* ---- referents ---------------------------------------------------------------------------------
 */

static mlg_text_key recorded_text(const mlg_value *units, size_t row)
{
    const double held = mlg_section_number(units, MLG_VALUE, row);
    if (isnan(held)) {
        return T_recorded_nothing;
    }
    return held == 0.0                                   ? T_recorded_vacant
           : mlg_section_part(units, "known", row) > 0.0 ? T_recorded_held
                                                         : T_recorded_unnamed;
}

/* The units to check first: nothing recorded, then vacant, then without a name; each with the most
 * inhabitants first. */
static const double *urgency(mlg_document *document, const mlg_value *units)
{
    double *by = mlg_arena_alloc(&document->arena, units->n * sizeof *by + 1);
    for (size_t row = 0; by != NULL && row < units->n; row++) {
        switch (recorded_text(units, row)) {
        case T_recorded_nothing:
            by[row] = 3.0;
            break;
        case T_recorded_vacant:
            by[row] = 2.0;
            break;
        case T_recorded_unnamed:
            by[row] = 1.0;
            break;
        default:
            by[row] = 0.0;
        }
    }
    document->failed = document->failed || by == NULL;
    return by;
}

/* 2 where units are communes: the second of two words. */
static mlg_arg communes_word(const mlg_document *document)
{
    return mlg_arg_count(mlg_section_in_communes(document->results) ? 2.0 : 1.0);
}

static mlg_text_key unit_head(const mlg_document *document)
{
    return mlg_section_in_communes(document->results) ? T_head_commune : T_head_unit;
}

static void referents_table(mlg_document *document, const mlg_value *units)
{
    const mlg_heading heads[] = {
        mlg_head("unit", unit_head(document)),     mlg_head_file("code"),
        mlg_head("recorded", T_head_recorded),     mlg_head("known", T_head_holders),
        mlg_head("unnamed", T_head_unnamed),       mlg_head("vacant", T_head_vacant),
        mlg_head("elected", T_head_elected),       mlg_head("own", T_head_own_post),
        mlg_head("population", T_head_population),
    };
    static const char *const parts[] = {"known", "unnamed", "vacant", "elected", "own"};
    const double *by = urgency(document, units);
    if (by == NULL) {
        return;
    }
    const size_t *order =
        mlg_section_order(document, by, mlg_value_part_find(units, "population"), units->n);
    mlg_table *table = mlg_doc_table(
        document, "referents", mlg_sentence_of(T_table_referents, NULL, 0), heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_referents_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    for (size_t i = 0; order != NULL && i < units->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, units->subject[row]));
        mlg_doc_cell(document, table, mlg_territory_code_cell(document, units->subject[row]));
        mlg_doc_cell(document, table, mlg_section_key(recorded_text(units, row)));
        for (size_t p = 0; p < COLUMNS(parts); p++) {
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(units, parts[p], row)));
        }
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(units, "population", row)));
    }
    mlg_table_drop_zeros(table);
}

static void referents(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_value *share = mlg_section_value(results, "scale.referents", -1, MLG_SCALAR, NULL);
    const mlg_value *units = mlg_section_value(results, "scale.referents", -1, MLG_VECTOR, NULL);
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(share, "known", 0) + mlg_section_part(share, "unnamed", 0)),
        mlg_arg_count(mlg_section_part(share, "units", 0)),
        mlg_arg_share(mlg_section_part(share, "population", 0), 0),
        mlg_arg_count(mlg_section_part(share, "unnamed", 0)),
        mlg_arg_count(mlg_section_part(share, "vacant", 0)),
        mlg_arg_count(mlg_section_part(share, "unknown", 0)),
        mlg_arg_share(mlg_section_part(share, "completeness", 0), 0),
        mlg_arg_key(mlg_section_part(share, "population_unknown", 0) > 0.0 ? T_of_known_residents
                                                                           : T_of_residents),
        communes_word(document),
    };

    if (share == NULL || share->undefined != T_none) {
        mlg_section_lacks(document, "scale.referents", share);
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  isnan(args[2].number) ? T_territories_referents_units : T_territories_referents,
                  args, COLUMNS(args));
    if (units != NULL && units->n > 0) {
        referents_table(document, units);
    }
}

/* ---- the main town -----------------------------------------------------------------------------
 */

static const char *const things[] = {"activities", "sites"};
static const mlg_text_key counted[] = {T_counted_activities, T_counted_sites};

static mlg_cell town_of(const mlg_document *document, mlg_id territory)
{
    const mlg_model *model = document->results->model;
    const int32_t row = territory >= 0 ? model->territory_row[territory] : -1;
    const mlg_id town = row >= 0 ? mlg_get_id(model, C_territories_centre, row) : -1;
    return town >= 0 ? mlg_section_label(MLG_SCOPE_TERRITORY, town)
                     : mlg_section_key(T_town_all_of_them);
}

/* "5 to 15", of the places that would lie in the town. */
static mlg_cell interval(mlg_document *document, const mlg_value *towns, size_t row)
{
    const double n = mlg_section_part(towns, "located", row);
    const mlg_arg args[] = {mlg_arg_number(mlg_section_number(towns, MLG_LOW, row) * n, 0),
                            mlg_arg_number(mlg_section_number(towns, MLG_HIGH, row) * n, 0)};
    if (isnan(args[0].number)) {
        return mlg_cell_number(args[0], T_none);
    }
    mlg_buffer words = {0};
    mlg_text_render(&words, document->results->labels.language, T_cell_from_to, args, 2);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words))));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return cell;
}

/* A number of places that a share comes to: whole but for rounding. */
static mlg_cell places(double n)
{
    return mlg_cell_number(mlg_arg_number(floor(n + 0.5), 0), T_none);
}

static void town_row(mlg_document *document, mlg_table *table, const mlg_value *towns, size_t row,
                     mlg_text_key what)
{
    const mlg_id territory = towns->subject != NULL ? towns->subject[row] : -1;
    const double n = mlg_section_part(towns, "located", row);

    mlg_doc_cell(document, table,
                 territory >= 0 ? mlg_section_label(MLG_SCOPE_TERRITORY, territory)
                                : mlg_section_key(T_town_study));
    mlg_doc_cell(document, table,
                 territory >= 0 ? mlg_territory_code_cell(document, territory) : mlg_cell_empty());
    mlg_doc_cell(document, table, town_of(document, territory));
    mlg_doc_cell(document, table, mlg_section_key(what));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(towns, "in_centre", row)));
    mlg_doc_cell(document, table, mlg_section_count(n));
    mlg_doc_cell(
        document, table,
        mlg_cell_number(mlg_arg_number(mlg_section_number(towns, MLG_EXPECTED, row) * n, 1),
                        towns->undefined));
    mlg_doc_cell(document, table, interval(document, towns, row));
    mlg_doc_cell(document, table, places(mlg_section_number(towns, MLG_LOW, row) * n));
    mlg_doc_cell(document, table, places(mlg_section_number(towns, MLG_HIGH, row) * n));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(towns, MLG_EXPECTED, row)));
    mlg_doc_cell(document, table,
                 mlg_cell_number(mlg_section_plain(mlg_section_part(towns, "quotient", row)),
                                 towns->undefined));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(towns, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(towns, MLG_P_ADJUSTED, row)));
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_part(towns, "spread", row) +
                                   mlg_section_part(towns, "unlocated", row) +
                                   mlg_section_part(towns, "bound", row)));
}

static mlg_table *town_table(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head("perimeter", T_head_perimeter),
        mlg_head_file("code"),
        mlg_head("town", T_head_town),
        mlg_head("of", T_head_counted),
        mlg_head("in_town", T_head_in_town),
        mlg_head("located", T_head_located),
        mlg_head("expected", T_head_expected),
        {"interval", mlg_arg_key(T_head_interval), MLG_PAGE_ONLY},
        mlg_head_file("low"),
        mlg_head_file("high"),
        mlg_head("residents", T_head_town_people),
        mlg_head("quotient", T_head_quotient),
        mlg_head("p", T_head_p),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head("not_counted", T_head_no_place),
    };
    mlg_table *table =
        mlg_doc_table(document, "main_towns", mlg_sentence_of(T_table_main_towns, NULL, 0), heads,
                      COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_main_towns_note, NULL, 0);
    table->mixed = true;
    table->page_rows = ROWS_SHOWN;
    return table;
}

/* Perimeters with the most located things first; the study as a whole where it has several. */
static void main_towns(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *table = NULL;

    for (size_t t = 0; t < COLUMNS(things); t++) {
        const mlg_value *whole =
            mlg_section_value(results, "scale.main_town", -1, MLG_SCALAR, things[t]);
        const mlg_value *towns =
            mlg_section_value(results, "scale.main_town", -1, MLG_VECTOR, things[t]);
        if (towns == NULL || towns->n == 0 || towns->undefined != T_none) {
            continue;
        }
        table = table != NULL ? table : town_table(document);
        const size_t *order =
            mlg_section_order(document, mlg_value_part_find(towns, "located"), NULL, towns->n);
        if (whole != NULL && whole->undefined == T_none && towns->n > 1) {
            town_row(document, table, whole, 0, counted[t]);
        }
        for (size_t i = 0; order != NULL && i < towns->n; i++) {
            town_row(document, table, towns, order[i], counted[t]);
        }
    }
    if (table == NULL) {
        mlg_section_lacks(document, "scale.main_town",
                          mlg_section_value(results, "scale.main_town", -1, MLG_SCALAR, NULL));
    }
}

/* ---- location quotients ------------------------------------------------------------------------
 */

/* By the tail on which the index lies: more concentrated, more even, or not to be told apart. */
static void gini(mlg_document *document, const mlg_value *value, mlg_text_key said)
{
    const double index = mlg_section_number(value, MLG_VALUE, 0);
    const double low = mlg_section_number(value, MLG_LOW, 0);
    const double high = mlg_section_number(value, MLG_HIGH, 0);
    const bool even = index<low, concentrated = index> high;
    const mlg_arg args[] = {
        mlg_arg_number(index, 2),
        mlg_arg_number(mlg_section_number(value, MLG_EXPECTED, 0), 2),
        mlg_arg_number(low, 2),
        mlg_arg_number(high, 2),
        mlg_arg_p(concentrated ? mlg_section_number(value, MLG_P, 0)
                  : even       ? mlg_section_part(value, "p_less", 0)
                               : mlg_section_number(value, MLG_P_TWO, 0)),
        mlg_arg_count(mlg_section_part(value, "located", 0)),
        mlg_arg_count(mlg_section_part(value, "units", 0)),
        mlg_arg_key(concentrated ? T_gini_more
                    : even       ? T_gini_less
                                 : T_gini_as),
        communes_word(document),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, said, args, COLUMNS(args));
}

/* What lies in several units stands in none of the numbers above: how much that is. */
static void left_out(mlg_document *document, const mlg_value *value, mlg_text_key said)
{
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(value, "located", 0)),
                            mlg_arg_count(mlg_section_part(value, "spread", 0)),
                            mlg_arg_count(mlg_section_part(value, "unlocated", 0))};
    if (args[1].number > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, said, args, COLUMNS(args));
    }
}

static mlg_table *open_quotients(mlg_document *document, const char *id, mlg_text_key caption)
{
    const mlg_heading heads[] = {
        mlg_head("unit", unit_head(document)),
        mlg_head_file("code"),
        mlg_head_file("of"),
        mlg_head("located", T_head_located),
        mlg_head("divided", T_head_divided),
        mlg_head("expected", T_head_expected),
        mlg_head("quotient", T_head_quotient),
        mlg_head("p", T_head_p_two),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head("population", T_head_population),
    };
    mlg_table *table =
        mlg_doc_table(document, id, mlg_sentence_of(caption, NULL, 0), heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_quotients_note, NULL, 0);
    table->page_rows = id == NULL ? ROWS_SHOWN : 0;
    return table;
}

static void quotients(mlg_document *document, mlg_table *table, const mlg_value *units,
                      mlg_text_key what)
{
    double *by = mlg_arena_alloc(&document->arena, units->n * sizeof *by + 1);
    if (by == NULL) {
        document->failed = true;
        return;
    }
    for (size_t row = 0; row < units->n; row++) { /* the least likely first */
        by[row] = -mlg_section_number(units, MLG_P, row);
    }
    const size_t *order =
        mlg_section_order(document, by, mlg_value_part_find(units, "population"), units->n);
    for (size_t i = 0; order != NULL && i < units->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, units->subject[row]));
        mlg_doc_cell(document, table, mlg_territory_code_cell(document, units->subject[row]));
        mlg_doc_cell(document, table, mlg_section_key(what));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(units, "located", row)));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_arg_number(mlg_section_part(units, "divided", row), 1), T_none));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_arg_number(mlg_section_part(units, "located_expected", row), 1),
                            T_none));
        mlg_doc_cell(document, table, mlg_section_cell(units, MLG_VALUE, row));
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(units, MLG_P, row)));
        mlg_doc_cell(document, table,
                     mlg_section_p(mlg_section_number(units, MLG_P_ADJUSTED, row)));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(units, "population", row)));
    }
}

/* What is counted stands in one file; the page has the first rows of each. */
static void all_quotients(mlg_document *document)
{
    static const mlg_text_key captions[] = {T_table_quotients, T_table_quotients_sites};
    mlg_table *all = NULL;

    for (size_t t = 0; t < COLUMNS(things); t++) {
        const mlg_value *units = mlg_section_value(document->results, "scale.location_quotient", -1,
                                                   MLG_VECTOR, things[t]);
        if (units != NULL && units->undefined == T_none) {
            quotients(document, open_quotients(document, NULL, captions[t]), units, counted[t]);
            all = all != NULL ? all
                              : open_quotients(document, "location_quotients", T_table_quotients);
            quotients(document, all, units, counted[t]);
        }
    }
}

static void concentration(mlg_document *document)
{
    static const mlg_text_key said[] = {T_territories_gini_activities, T_territories_gini_sites};
    static const mlg_text_key left[] = {T_places_left_out_activities, T_places_left_out_sites};
    const mlg_results *results = document->results;
    bool any = false;

    for (size_t t = 0; t < COLUMNS(things); t++) {
        const mlg_value *value =
            mlg_section_value(results, "scale.gini", -1, MLG_SCALAR, things[t]);
        if (value != NULL && value->undefined == T_none) {
            gini(document, value, said[t]);
            left_out(document, value, left[t]);
            any = true;
        }
    }
    all_quotients(document);
    if (!any) {
        mlg_section_lacks(document, "scale.gini",
                          mlg_section_value(results, "scale.gini", -1, MLG_SCALAR, NULL));
    }
}

void mlg_section_places(mlg_document *document)
{
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_territories_head_coverage, NULL, 0);
    mlg_part_coverage(document);
    referents(document);
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_territories_head_places, NULL, 0);
    main_towns(document);
    concentration(document);
}
