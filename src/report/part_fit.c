/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section_territories.h"

#include <math.h>
#include <string.h>

#include "maillage/fit.h"
#include "maillage/scale.h"
#include "measure/perimeters.h"
#include "measure/signatures.h"
#include "report/letters.h"

/* Do perimeters fit: kinds and their exceptions, combinations, themes against the scheme,
 * perimeters before and after, partitions side by side. */

enum { ROWS_SHOWN = 12, NAMES_SHOWN = 6 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const mlg_value *value_of(const mlg_document *document, const char *id, mlg_shape shape,
                                 const char *convention)
{
    const mlg_value *value = mlg_section_value(document->results, id, -1, shape, convention);
    return value != NULL && value->n > 0 ? value : NULL;
}

static void count_cell(mlg_document *document, mlg_table *table, const mlg_value *value,
                       const char *part, size_t row)
{
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, part, row)));
}

static void plain_cell(mlg_document *document, mlg_table *table, double number)
{
    mlg_doc_cell(document, table, mlg_cell_number(mlg_section_plain(number), T_none));
}

static mlg_text_key units_head(const mlg_document *document)
{
    return mlg_section_in_communes(document->results) ? T_head_communes : T_head_units;
}

/* ---- kinds ------------------------------------------------------------------------------- */

static bool have_common(const mlg_value *kinds, size_t row)
{
    return mlg_section_part(kinds, "disjoint", row) < mlg_section_part(kinds, "pairs", row);
}

static void relations(mlg_document *document)
{
    enum { UNDETERMINED = 8 };
    const mlg_value *kinds = value_of(document, "scale.relations", MLG_PAIRS, "-");
    mlg_heading heads[] = {
        mlg_head("kind_a", T_head_fit_kind_a),
        mlg_head("kind_b", T_head_fit_kind_b),
        mlg_head("equal", T_head_fit_equal),
        mlg_head("a_in_b", T_head_fit_a_in_b),
        mlg_head("b_in_a", T_head_fit_b_in_a),
        mlg_head("crossing", T_head_fit_crossing),
        mlg_head("but_slivers", T_head_fit_but_slivers),
        mlg_head_file("disjoint"),
        {"undetermined", mlg_arg_key(T_head_fit_undetermined), MLG_FILE_ONLY},
        mlg_head_file("pairs"),
        mlg_head_file("a_crossing"),
        mlg_head_file("b_crossing"),
        mlg_head_file("a_perimeters"),
        mlg_head_file("b_perimeters"),
    };
    size_t rows = 0;
    double open = 0.0;
    for (size_t row = 0; kinds != NULL && row < kinds->n; row++) {
        rows += have_common(kinds, row);
        open += have_common(kinds, row) ? mlg_section_part(kinds, "undetermined", row) : 0.0;
    }
    heads[UNDETERMINED].use = open > 0.0 ? MLG_EVERYWHERE : MLG_FILE_ONLY;
    if (rows < 2) { /* one line says what the counts above say already */
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, "relations", mlg_sentence_of(T_table_fit_relations, NULL, 0), heads,
                      COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_fit_relations_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    const size_t *order =
        mlg_section_order(document, kinds->column[MLG_VALUE], NULL, kinds->n); /* crossing pairs */
    for (size_t i = 0; order != NULL && i < kinds->n; i++) {
        const size_t row = order[i];
        if (!have_common(kinds, row)) {
            continue;
        }
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_EXTENT, kinds->subject[2 * row]));
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_EXTENT, kinds->subject[2 * row + 1]));
        count_cell(document, table, kinds, "equal", row);
        count_cell(document, table, kinds, "a_in_b", row);
        count_cell(document, table, kinds, "b_in_a", row);
        mlg_doc_cell(document, table, mlg_section_cell(kinds, MLG_VALUE, row));
        count_cell(document, table, kinds, "but_slivers", row);
        count_cell(document, table, kinds, "disjoint", row);
        count_cell(document, table, kinds, "undetermined", row);
        count_cell(document, table, kinds, "pairs", row);
        count_cell(document, table, kinds, "a_crossing", row);
        count_cell(document, table, kinds, "b_crossing", row);
        count_cell(document, table, kinds, "a_perimeters", row);
        count_cell(document, table, kinds, "b_perimeters", row);
    }
    if (open > 0.0 && !mlg_undetermined_shown(document)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_territories_undetermined, NULL, 0);
    }
}

static void exceptions(mlg_document *document)
{
    const mlg_value *pairs = value_of(document, "scale.relations", MLG_PAIRS, "exceptions");
    const mlg_heading heads[] = {
        mlg_head("inner", T_head_perimeter),     mlg_head_file("inner_code"),
        mlg_head("outer", T_head_fit_outer),     mlg_head_file("outer_code"),
        mlg_head("outside", T_head_fit_outside), mlg_head("population", T_head_fit_people_outside),
        mlg_head("units", units_head(document)), mlg_head_file("outside_units"),
    };
    if (pairs == NULL) {
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, "exceptions", mlg_sentence_of(T_table_fit_exceptions, NULL, 0),
                      heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_fit_exceptions_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    table->total = (double) pairs->total;
    for (size_t row = 0; row < pairs->n; row++) {
        for (size_t end = 0; end < 2; end++) {
            const mlg_id territory = pairs->subject[2 * row + end];
            mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, territory));
            mlg_doc_cell(document, table, mlg_territory_code_cell(document, territory));
        }
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(pairs, MLG_VALUE, row)));
        count_cell(document, table, pairs, "population", row);
        plain_cell(document, table, mlg_section_part(pairs, "units", row));
        mlg_doc_cell(document, table,
                     mlg_cell_of(mlg_arg_text(mlg_units_outside(document, pairs->subject[2 * row],
                                                                pairs->subject[2 * row + 1]))));
    }
}

/* ---- combinations --------------------------------------------------------------------------- */

typedef struct over {
    mlg_perimeters perimeters;
    mlg_csr csr;
    bool of_schemes;
} over;

/* The names of what lies over a unit: "CLS, CPTS, ..."; each cut to `ems` unless that is 0. */
static mlg_cell combination(mlg_document *document, const over *o, mlg_id territory, double ems)
{
    const mlg_results *results = document->results;
    const int32_t unit = o->perimeters.unit_of[territory];
    const mlg_scope scope = o->of_schemes ? MLG_SCOPE_SCHEME : MLG_SCOPE_TERRITORY;
    const uint32_t first = o->csr.offset[unit], end = o->csr.offset[unit + 1];
    mlg_buffer words = {0};
    char name[512];

    for (uint32_t i = first; i < end && i < first + NAMES_SHOWN; i++) {
        const int32_t target = o->csr.target[i];
        const mlg_id id = o->of_schemes ? target : o->perimeters.territory[target];
        mlg_label(results->model, &results->labels, scope, id, name, sizeof name);
        mlg_buffer_text(&words, i > first ? ", " : "");
        if (ems > 0.0) {
            mlg_letters_fit(&words, name, ems, false);
        } else {
            mlg_buffer_text(&words, name);
        }
    }
    mlg_buffer_text(&words, end - first > NAMES_SHOWN ? "…" : "");
    const char *text = mlg_doc_text(document, mlg_buffer_string(&words));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return end == first ? mlg_section_key(T_fit_nothing_over) : mlg_cell_of(mlg_arg_text(text));
}

static void combination_rows(mlg_document *document, const mlg_value *frequent, const over *o)
{
    const mlg_heading heads[] = {
        {"names", mlg_arg_key(T_head_fit_combination), MLG_PAGE_ONLY},
        mlg_head_file("combination"),
        mlg_head("schemes", o->of_schemes ? T_head_schemes : T_head_layers),
        mlg_head("units", units_head(document)),
        {"people", mlg_arg_key(T_head_population), MLG_PAGE_ONLY},
        mlg_head_file("population"),
        mlg_head_file("population_unknown"),
        mlg_head("example", T_head_fit_example),
        mlg_head_file("example_code"),
    };
    mlg_table *table =
        mlg_doc_table(document, "signatures", mlg_sentence_of(T_table_fit_signatures, NULL, 0),
                      heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_fit_signatures_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    table->total = (double) frequent->total;
    for (size_t row = 0; row < frequent->n && !document->failed; row++) {
        mlg_doc_cell(document, table,
                     combination(document, o, frequent->subject[row], MLG_LONG_NAME));
        mlg_doc_cell(document, table, combination(document, o, frequent->subject[row], 0.0));
        count_cell(document, table, frequent, "schemes", row);
        mlg_doc_cell(document, table, mlg_section_cell(frequent, MLG_VALUE, row));
        mlg_doc_cell(document, table,
                     mlg_section_at_least(document, mlg_section_part(frequent, "population", row),
                                          mlg_section_part(frequent, "population_unknown", row)));
        count_cell(document, table, frequent, "population", row);
        count_cell(document, table, frequent, "population_unknown", row);
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_TERRITORY, frequent->subject[row]));
        mlg_doc_cell(document, table, mlg_territory_code_cell(document, frequent->subject[row]));
    }
}

static void signatures(mlg_document *document)
{
    const mlg_value *whole = value_of(document, "scale.signatures", MLG_SCALAR, NULL);
    const mlg_value *frequent = value_of(document, "scale.signatures", MLG_VECTOR, "frequent");
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_number(whole, MLG_VALUE, 0)),
        mlg_arg_count(mlg_section_part(whole, "units", 0)),
        mlg_arg_count(mlg_section_part(whole, "alone", 0)),
        mlg_arg_count(mlg_section_part(whole, "most", 0)),
    };
    over o = {0};
    mlg_error why = {MLG_OK, ""};

    if (whole == NULL || frequent == NULL || !(args[0].number > 1.0)) {
        return;
    }
    mlg_status status = mlg_perimeters_of(document->results->model, &o.perimeters, &why);
    if (status == MLG_OK) {
        status =
            mlg_over_units(document->results->model, &o.perimeters, &o.csr, &o.of_schemes, &why);
    }
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &why);
    } else {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      o.of_schemes ? T_fit_signatures : T_fit_signatures_perimeters, args,
                      COLUMNS(args));
        combination_rows(document, frequent, &o);
    }
    mlg_csr_free(&o.csr);
    mlg_perimeters_free(&o.perimeters);
}

/* ---- themes ------------------------------------------------------------------------------------
 */

static bool is_theme(const mlg_value *value)
{
    return strcmp(value->measure->id, "scale.theme_scale") == 0 && value->shape == MLG_PAIRS &&
           value->n > 0 && value->undefined == T_none;
}

static mlg_text_key relation_text(double relation)
{
    static const mlg_text_key keys[MLG_N_RELATIONS] = {
        [MLG_EQUAL] = T_fit_relation_equal,       [MLG_A_IN_B] = T_fit_relation_inside,
        [MLG_B_IN_A] = T_fit_relation_around,     [MLG_DISJOINT] = T_fit_relation_disjoint,
        [MLG_CROSSING] = T_fit_relation_crossing, [MLG_UNDETERMINED] = T_relation_undetermined,
    };
    return relation >= 0.0 && relation < MLG_N_RELATIONS ? keys[(int) relation] : T_unknown;
}

static mlg_id theme_code(const mlg_model *model, const char *text)
{
    for (int32_t code = 0; code < mlg_code_count(model, MLG_V_theme); code++) {
        if (strcmp(mlg_code_text(model, MLG_V_theme, code), text) == 0) {
            return code;
        }
    }
    return -1;
}

static void theme_row(mlg_document *document, mlg_table *table, const mlg_value *theme, size_t row)
{
    const bool people = mlg_section_part(theme, "population_unknown", row) == 0.0 &&
                        !isnan(mlg_section_part(theme, "population", row));
    const double inside = mlg_section_part(theme, people ? "population_inside" : "inside", row);
    const double covered = mlg_section_part(theme, people ? "population_covered" : "covered", row);

    mlg_doc_cell(document, table,
                 mlg_section_label(MLG_SCOPE_THEME,
                                   theme_code(document->results->model, theme->convention)));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, theme->subject[2 * row]));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, theme->subject[2 * row + 1]));
    mlg_doc_cell(document, table,
                 mlg_section_key(relation_text(mlg_section_part(theme, "relation", row))));
    mlg_doc_cell(document, table, mlg_section_share(inside));
    mlg_doc_cell(document, table, mlg_section_share(covered));
    plain_cell(document, table, mlg_section_number(theme, MLG_VALUE, row));
    plain_cell(document, table, mlg_section_part(theme, "population", row));
}

/* Of each scheme the nearest of those most about the theme; rows of one scheme stand together. */
static void theme_rows(mlg_document *document, mlg_table *table, const mlg_value *theme)
{
    for (size_t row = 0, next; row < theme->n; row = next) {
        size_t best = row;
        for (next = row; next < theme->n && theme->subject[2 * next] == theme->subject[2 * row];
             next++) {
            if (mlg_section_number(theme, MLG_VALUE, next) >
                mlg_section_number(theme, MLG_VALUE, best)) {
                best = next;
            }
        }
        theme_row(document, table, theme, best);
    }
}

static void themes(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const mlg_heading heads[] = {
        mlg_head("theme", T_head_fit_theme),
        mlg_head("scheme", T_head_scheme),
        mlg_head("reference", T_head_fit_reference),
        mlg_head("relation", T_head_relation),
        mlg_head("inside", T_head_fit_inside),
        mlg_head("covered", T_head_fit_covered),
        mlg_head_file("jaccard"),
        mlg_head_file("jaccard_population"),
    };
    mlg_table *table = NULL;

    for (size_t i = 0; i < values->n; i++) {
        if (!is_theme(&values->items[i])) {
            continue;
        }
        if (table == NULL) {
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_fit_themes, NULL, 0);
            table =
                mlg_doc_table(document, "theme_scale", mlg_sentence_of(T_table_fit_themes, NULL, 0),
                              heads, COLUMNS(heads));
            table->note = mlg_sentence_of(T_table_fit_themes_note, NULL, 0);
            table->page_rows = ROWS_SHOWN;
        }
        theme_rows(document, table, &values->items[i]);
    }
}

/* ---- before and after -------------------------------------------------------------------------
 */

static void moved_rows(mlg_document *document, const mlg_value *each)
{
    const mlg_heading heads[] = {
        mlg_head("perimeter", T_head_perimeter),
        mlg_head_file("code"),
        mlg_head("jaccard", T_head_fit_likeness),
        mlg_head("entered", T_head_fit_entered),
        mlg_head("left", T_head_fit_left),
        mlg_head("moved", T_head_fit_moved),
        mlg_head("population", T_head_fit_people_moved),
        mlg_head("changes", T_head_fit_changes),
        mlg_head_file("gone"),
    };
    const size_t *order =
        mlg_section_order(document, mlg_value_part_find(each, "population_moved"),
                          mlg_value_part_find(each, "population_entered"), each->n);
    mlg_table *table =
        mlg_doc_table(document, "moved_perimeters", mlg_sentence_of(T_table_fit_vintage, NULL, 0),
                      heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_fit_vintage_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    for (size_t i = 0; order != NULL && i < each->n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, each->subject[row]));
        mlg_doc_cell(document, table, mlg_territory_code_cell(document, each->subject[row]));
        plain_cell(document, table, mlg_section_number(each, MLG_VALUE, row));
        count_cell(document, table, each, "entered", row);
        count_cell(document, table, each, "left", row);
        count_cell(document, table, each, "moved", row);
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(each, "population_entered", row) +
                                       mlg_section_part(each, "population_left", row)));
        count_cell(document, table, each, "changes", row);
        count_cell(document, table, each, "gone", row);
    }
}

static void vintages(mlg_document *document)
{
    const mlg_value *whole = value_of(document, "scale.vintage_change", MLG_SCALAR, "changed");
    const mlg_value *each = value_of(document, "scale.vintage_change", MLG_VECTOR, "first_to_last");
    const double ties = mlg_section_part(whole, "ties", 0);
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_number(whole, MLG_VALUE, 0)),
        mlg_arg_count(mlg_section_part(whole, "perimeters", 0)),
        mlg_arg_count(mlg_section_part(whole, "created", 0)),
        mlg_arg_count(mlg_section_part(whole, "ended", 0)),
        mlg_arg_count(mlg_section_part(whole, "broken", 0)),
        mlg_arg_count(mlg_section_part(whole, "mended", 0)),
    };
    const mlg_arg cut[] = {mlg_arg_count(ties)};
    const mlg_arg recoded[] = {mlg_arg_count(mlg_section_part(whole, "recoded", 0))};

    if (whole == NULL) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_fit_vintage, args, COLUMNS(args));
    if (ties > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_fit_vintage_ties, cut, COLUMNS(cut));
    }
    if (recoded[0].number > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_fit_vintage_recoded, recoded,
                      COLUMNS(recoded));
    }
    if (each != NULL) {
        moved_rows(document, each);
    }
}

/* ---- partitions ---------------------------------------------------------------------------------
 */

static void agreement(mlg_document *document)
{
    const mlg_value *pairs = value_of(document, "scale.agreement", MLG_PAIRS, NULL);
    const mlg_heading heads[] = {
        mlg_head("kind_a", T_head_fit_kind_a),
        mlg_head("kind_b", T_head_fit_kind_b),
        mlg_head("ami", T_head_fit_ami),
        mlg_head("vi", T_head_fit_vi),
        mlg_head("left_out", T_head_fit_left_out),
        mlg_head_file("vi_units"),
        mlg_head_file("normalised"),
    };
    if (pairs == NULL || pairs->undefined != T_none) {
        return;
    }
    mlg_table *table =
        mlg_doc_table(document, "agreement", mlg_sentence_of(T_table_fit_agreement, NULL, 0), heads,
                      COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_fit_agreement_note, NULL, 0);
    table->page_rows = ROWS_SHOWN;
    for (size_t row = 0; row < pairs->n; row++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_EXTENT, pairs->subject[2 * row]));
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_EXTENT, pairs->subject[2 * row + 1]));
        plain_cell(document, table, mlg_section_part(pairs, "ami", row));
        plain_cell(document, table, mlg_section_part(pairs, "population", row));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(pairs, "left_out", row)));
        plain_cell(document, table, mlg_section_number(pairs, MLG_VALUE, row));
        plain_cell(document, table, mlg_section_part(pairs, "population_normalised", row));
    }
}

/* ---- together in one place
 * ------------------------------------------------------------------------ */

static void mismatch(mlg_document *document)
{
    const mlg_results *results = document->results;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *whole =
            mlg_section_value(results, "scale.mismatch", view, MLG_SCALAR, "together");
        const mlg_arg args[] = {
            mlg_section_view(document, view),
            mlg_arg_share(mlg_section_number(whole, MLG_VALUE, 0), 1),
            mlg_arg_share(mlg_section_part(whole, "apart", 0), 1),
            mlg_arg_count(mlg_section_part(whole, "placed", 0)),
            mlg_arg_share(mlg_section_part(whole, "completeness", 0), 0),
        };
        if (mlg_section_shows(results, view) && !isnan(args[1].number) && !isnan(args[2].number)) {
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_fit_mismatch, args, COLUMNS(args));
        }
    }
}

void mlg_part_fit(mlg_document *document)
{
    relations(document);
    exceptions(document);
    mlg_part_outside(document);
    signatures(document);
    themes(document);
    agreement(document);
    vintages(document);
    mismatch(document);
}
