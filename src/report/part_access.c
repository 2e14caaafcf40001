/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/section.h"

/* Where actions and posts reach: hours of coordination, sectors, distance, both sides of the main
 * town. Words first, each only where something is known. */

enum { ROWS_OPEN = 4, ROWS_SHOWN = 12 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const mlg_value *study_value(const mlg_document *document, const char *id, mlg_shape shape,
                                    const char *convention)
{
    const mlg_value *value = mlg_section_value(document->results, id, -1, shape, convention);
    return value != NULL && value->undefined == T_none ? value : NULL;
}

/* ---- load ----------------------------------------------------------------------------- */

static void say_load(mlg_document *document, const mlg_value *study)
{
    const double value = mlg_section_number(study, MLG_VALUE, 0);
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(study, "posts", 0)),
        mlg_section_plain(mlg_section_part(study, "fte", 0)),
        mlg_arg_count(mlg_section_part(study, "units", 0)),
        mlg_arg_count(mlg_section_part(study, "population", 0)),
        mlg_arg_count(round(value)),
        mlg_arg_count(mlg_section_part(study, "vacant", 0)),
        mlg_arg_count(mlg_section_part(study, "rows_without_fte", 0)),
        mlg_arg_count(round(mlg_section_number(study, MLG_LOW, 0))),
        mlg_arg_count(round(mlg_section_number(study, MLG_HIGH, 0))),
    };
    if (!isnan(value)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_access_load, args, COLUMNS(args));
    } else if (!isnan(args[7].number) && !isnan(args[8].number)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_access_load_bounds, args, COLUMNS(args));
    }
}

static void load_table(mlg_document *document, const mlg_value *posts)
{
    const mlg_heading heads[] = {
        mlg_head("post", T_head_post),
        mlg_head("fte", T_head_fte),
        mlg_head("units", T_head_units_reached),
        mlg_head("population", T_head_population),
        mlg_head("population_per_fte", T_head_people_per_fte),
        mlg_head_file("low"),
        mlg_head_file("high"),
        mlg_head_file("area_km2"),
        mlg_head_file("units_per_fte"),
        mlg_head_file("area_per_fte"),
    };
    const size_t *order = mlg_section_order(document, posts->column[MLG_VALUE],
                                            mlg_value_part_find(posts, "population"), posts->n);
    mlg_table *table = mlg_doc_table(document, "load", mlg_sentence_of(T_table_load, NULL, 0),
                                     heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_load_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    for (size_t i = 0; order != NULL && i < posts->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_POST, posts->subject[row]));
        mlg_doc_cell(
            document, table,
            mlg_cell_number(mlg_section_plain(mlg_section_part(posts, "fte", row)), T_why_no_fte));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(posts, "units", row)));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(posts, "population", row)));
        mlg_doc_cell(document, table,
                     mlg_section_count(round(mlg_section_number(posts, MLG_VALUE, row))));
        mlg_doc_cell(document, table, mlg_section_cell(posts, MLG_LOW, row));
        mlg_doc_cell(document, table, mlg_section_cell(posts, MLG_HIGH, row));
        static const char *const parts[] = {"area_km2", "units_per_fte", "area_per_fte"};
        for (size_t p = 0; p < COLUMNS(parts); p++) {
            mlg_doc_cell(
                document, table,
                mlg_cell_number(mlg_section_plain(mlg_section_part(posts, parts[p], row)), T_none));
        }
    }
}

static void load(mlg_document *document)
{
    const mlg_value *posts = study_value(document, "scale.load", MLG_VECTOR, "posts");
    const mlg_value *study =
        mlg_section_value(document->results, "scale.load", -1, MLG_SCALAR, "study");

    if (study != NULL && (posts != NULL || !isnan(mlg_section_number(study, MLG_HIGH, 0)))) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_access_head_load, NULL, 0);
        say_load(document, study);
    }
    if (posts != NULL && posts->n > 1) {
        load_table(document, posts);
    }
}

/* ---- deserts -------------------------------------------------------------------------- */

static void sectors_table(mlg_document *document, const mlg_value *sectors)
{
    const mlg_heading heads[] = {
        mlg_head("sector", T_head_sector),
        mlg_head("actors", T_head_actors),
        mlg_head("covered", T_head_units_reached),
        {"people_without", mlg_arg_key(T_head_people_without), MLG_PAGE_ONLY},
        mlg_head_file("population_without"),
        mlg_head_file("population_unknown"),
        mlg_head("completeness", T_head_places_known),
        mlg_head_file("share_of_units"),
        mlg_head_file("share_of_population"),
    };
    const size_t *order =
        mlg_section_order(document, mlg_value_part_find(sectors, "population_without"),
                          mlg_value_part_find(sectors, "rows"), sectors->n);
    mlg_table *table = mlg_doc_table(document, "deserts", mlg_sentence_of(T_table_deserts, NULL, 0),
                                     heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_deserts_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    for (size_t i = 0; order != NULL && i < sectors->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SECTOR, sectors->subject[row]));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(sectors, "rows", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(sectors, "covered", row)));
        const double without = mlg_section_part(sectors, "population_without", row);
        const double unknown = mlg_section_part(sectors, "population_unknown", row);
        const bool placed = mlg_section_part(sectors, "completeness", row) > 0.0;
        mlg_doc_cell(document, table,
                     placed ? mlg_section_at_least(document, without, unknown)
                            : mlg_cell_number(mlg_arg_count(without), T_why_no_place));
        mlg_doc_cell(document, table, mlg_section_count(without));
        mlg_doc_cell(document, table, mlg_section_count(unknown));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_part(sectors, "completeness", row)));
        mlg_doc_cell(document, table, mlg_section_cell(sectors, MLG_VALUE, row));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_part(sectors, "population", row)));
    }
}

static void neighbourhoods(mlg_document *document)
{
    const mlg_value *at = study_value(document, "scale.deserts", MLG_SCALAR, "neighbourhoods");
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(at, "covered", 0)),
        mlg_arg_count(mlg_section_part(at, "units", 0)),
    };
    if (at != NULL) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_access_neighbourhoods, args, COLUMNS(args));
    }
}

static void deserts(mlg_document *document)
{
    const mlg_value *sectors = study_value(document, "scale.deserts", MLG_VECTOR, "sectors");

    if (sectors != NULL) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_access_head_deserts, NULL, 0);
        sectors_table(document, sectors);
    }
    neighbourhoods(document);
}

/* ---- distance ------------------------------------------------------------------------- */

static void nearest(mlg_document *document)
{
    static const struct {
        const char *convention;
        mlg_text_key said;
    } asked[] = {
        {"activities", T_access_nearest_activities},
        {"sites", T_access_nearest_sites},
        {"main_town", T_access_nearest_town},
    };
    for (size_t i = 0; i < COLUMNS(asked); i++) {
        const mlg_value *mean =
            study_value(document, "scale.nearest", MLG_SCALAR, asked[i].convention);
        const mlg_arg args[] = {
            mlg_arg_number(mlg_section_number(mean, MLG_VALUE, 0), 1),
            mlg_arg_share(mlg_section_part(mean, "within_10_km", 0), 0),
        };
        if (mean != NULL) {
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, asked[i].said, args, COLUMNS(args));
        }
    }
}

/* What the view's ties say: one sentence a view whose details the page shows. */
static void say_view(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_value *slope =
        mlg_section_value(results, "scale.distance", view, MLG_SCALAR, "slope");
    const mlg_value *ei = mlg_section_value(results, "scale.main_town_ei", view, MLG_SCALAR, NULL);

    if (slope != NULL && slope->undefined == T_none) {
        const mlg_arg args[] = {
            mlg_section_view(document, view),
            mlg_arg_number(mlg_section_part(slope, "median_km", 0), 1),
            mlg_arg_number(mlg_section_part(slope, "median_pairs_km", 0), 1),
            mlg_arg_number(mlg_section_part(slope, "per_doubling", 0), 2),
            mlg_arg_p(mlg_section_number(slope, MLG_P, 0)),
            mlg_arg_count(mlg_section_part(slope, "placed", 0)),
        };
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_access_distance, args, COLUMNS(args));
    }
    if (ei != NULL && ei->undefined == T_none) {
        const mlg_arg args[] = {
            mlg_section_view(document, view),
            mlg_arg_number(mlg_section_number(ei, MLG_VALUE, 0), 2),
            mlg_arg_number(mlg_section_number(ei, MLG_EXPECTED, 0), 2),
            mlg_arg_number(mlg_section_number(ei, MLG_LOW, 0), 2),
            mlg_arg_number(mlg_section_number(ei, MLG_HIGH, 0), 2),
            mlg_arg_count(mlg_section_part(ei, "in_centre", 0)),
            mlg_arg_count(mlg_section_part(ei, "around", 0)),
        };
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_access_sides, args, COLUMNS(args));
    }
}

static bool has_distance(const mlg_document *document)
{
    bool any = study_value(document, "scale.nearest", MLG_SCALAR, NULL) != NULL;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        static const char *const ids[] = {"scale.distance", "scale.main_town_ei"};
        for (size_t i = 0; i < COLUMNS(ids); i++) {
            const mlg_value *value =
                mlg_section_value(document->results, ids[i], view, MLG_SCALAR, NULL);
            any = any || (value != NULL && value->undefined == T_none);
        }
    }
    return any;
}

void mlg_part_access(mlg_document *document)
{
    load(document);
    deserts(document);
    if (has_distance(document)) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_access_head_distance, NULL, 0);
        nearest(document);
        for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
            if (mlg_section_shows(document->results, view)) {
                say_view(document, view);
            }
        }
    }
}
