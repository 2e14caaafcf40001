/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "finding/next_table.h"
#include "maillage/ingest.h"
#include "measure/expected.h"

/* How far the data can be trusted: what was read, what it lacks, what was left out. */

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static void inputs(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    const mlg_heading heads[] = {mlg_head("file", T_head_file), mlg_head("rows", T_head_rows),
                                 mlg_head("encoding", T_head_encoding)};
    mlg_table *table = mlg_doc_table(document, "inputs", mlg_sentence_of(T_table_inputs, NULL, 0),
                                     heads, COLUMNS(heads));
    double rows = 0;
    table->page_rows = 0; /* the page has them with their fingerprints, at its end */
    for (size_t i = 0; i < model->n_inputs; i++) {
        mlg_doc_cell(document, table, mlg_cell_code(model->inputs[i].file));
        mlg_doc_cell(document, table, mlg_section_count((double) model->inputs[i].rows));
        mlg_doc_cell(document, table, mlg_cell_code(model->inputs[i].encoding));
        rows += (double) model->inputs[i].rows;
    }
    const mlg_arg args[] = {mlg_arg_count((double) model->n_inputs), mlg_arg_count(rows),
                            mlg_arg_count((double) mlg_faults_count(model->faults, MLG_FATAL)),
                            mlg_arg_count((double) mlg_faults_count(model->faults, MLG_WARNING))};
    const bool faults = args[2].number + args[3].number > 0.0;
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, faults ? T_quality_read : T_quality_read_well,
                  args, 4);
}

/* Is a fault of study.csv one of a setting, and not of the bytes of the file? */
static bool is_of_setting(const mlg_fault_view *fault)
{
    return fault->line > 1 ||
           strcmp(fault->code, mlg_text_name(T_fault_no_study_date) + strlen("fault_")) == 0;
}

/* What is wrong with the settings of the study, on which all the rest hangs, before any row. */
static void settings(mlg_document *document)
{
    enum { MOST = 5, MESSAGE = 2048 };
    const mlg_results *results = document->results;
    const mlg_model *model = results->model;
    const mlg_rows *study = &model->rows[MLG_STUDY];
    const char *file = study->n > 0 ? mlg_names_text(&model->files, study->file[0]) : NULL;
    char message[MESSAGE], place[320];
    size_t told = 0;

    for (size_t i = 0; file != NULL && told < MOST && i < mlg_faults_groups(model->faults); i++) {
        mlg_fault_view fault;
        mlg_faults_get(model->faults, i, results->labels.language, results->labels.names, &fault,
                       message, sizeof message);
        if (strcmp(fault.file, file) == 0 && is_of_setting(&fault)) {
            const int used = snprintf(place, sizeof place, "%s", file);
            if (fault.line > 0 && used > 0 && (size_t) used < sizeof place) {
                snprintf(place + used, sizeof place - (size_t) used, ":%d", (int) fault.line);
            }
            const mlg_arg args[] = {mlg_arg_text(mlg_doc_text(document, place)),
                                    mlg_arg_text(mlg_doc_text(document, message))};
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_quality_setting, args, 2);
            told++;
        }
    }
}

/* ---- completeness --------------------------------------------------------------------- */

/* The least filled columns first: they are what limits the rest. */
static void completeness(mlg_document *document, const char *id, const char *measure,
                         mlg_text_key caption, const char *done, mlg_text_key done_head)
{
    const mlg_value *fill = mlg_section_value(document->results, measure, -1, MLG_VECTOR, NULL);
    const mlg_heading heads[] = {mlg_head("column", T_head_column),
                                 mlg_head("share", T_head_filled), mlg_head(done, done_head),
                                 mlg_head("rows", T_head_rows)};

    if (fill == NULL || fill->n == 0) {
        return;
    }
    double *empty = mlg_arena_alloc(&document->arena, fill->n * sizeof *empty);
    if (empty == NULL) {
        document->failed = true;
        return;
    }
    for (size_t row = 0; row < fill->n; row++) {
        empty[row] = -mlg_section_number(fill, MLG_VALUE, row);
    }
    const size_t *order = mlg_section_order(document, empty, NULL, fill->n);
    mlg_table *table =
        mlg_doc_table(document, id, mlg_sentence_of(caption, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = 0;
    for (size_t i = 0; order != NULL && i < fill->n; i++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_COLUMN, fill->subject[order[i]]));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_number(fill, MLG_VALUE, order[i])));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(fill, done, order[i])));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(fill, "rows", order[i])));
    }
}

/* A column as its keeper knows it: its header in the report's language, in the study's file. */
static mlg_cell own_column(mlg_document *document, mlg_column column)
{
    const mlg_field *field = mlg_schema_field(column);
    const bool french = document->results->labels.language == MLG_FR && field->aliases[0] != '\0';
    char header[64];
    mlg_buffer text = {0};

    snprintf(header, sizeof header, "%.*s",
             (int) (french ? strcspn(field->aliases, "|") : strlen(field->name)),
             french ? field->aliases : field->name);
    const mlg_arg args[] = {mlg_arg_text(header),
                            mlg_file_of(document->results->model, field->table)};
    mlg_text_render(&text, document->results->labels.language, T_cell_column, args, 2);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

/* No column of the directory is missing where the directory is. */
static bool knows_no_sector(const mlg_model *model)
{
    bool known = model->rows[MLG_ACTORS].n > 0;
    for (size_t p = 0; p < model->parties.n; p++) {
        known = known || model->party_sector[p] >= 0;
    }
    return !known;
}

/* The columns that findings rest on, where they have holes, and what the holes limit. */
static void holes(mlg_document *document)
{
    static const struct {
        mlg_column column;
        mlg_text_key use;
    } needed[] = {{C_actors_sector, T_use_sector},
                  {C_actors_kind, T_use_kind},
                  {C_ties_held_by, T_use_held_by},
                  {C_participations_date, T_use_dates},
                  {C_activities_schemes, T_use_schemes},
                  {C_activities_territory, T_use_places},
                  {C_schemes_territory, T_use_places},
                  {C_posts_person, T_use_holders},
                  {C_posts_end, T_use_ends},
                  {C_posts_scheme, T_use_schemes},
                  {C_territories_population, T_use_people}};
    const mlg_value *fill =
        mlg_section_value(document->results, "quality.coverage", -1, MLG_VECTOR, NULL);
    const mlg_heading heads[] = {mlg_head("column", T_head_column),
                                 mlg_head("share", T_head_filled), mlg_head("use", T_head_limits)};
    mlg_table *table = NULL;

    for (size_t i = 0; fill != NULL && i < COLUMNS(needed); i++) {
        for (size_t row = 0; row < fill->n; row++) {
            const double share = mlg_section_number(fill, MLG_VALUE, row);
            if (fill->subject[row] != (mlg_id) needed[i].column || !(share < 1.0)) {
                continue;
            }
            if (table == NULL) {
                table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_holes, NULL, 0),
                                      heads, COLUMNS(heads));
                table->note = mlg_sentence_of(T_table_holes_note, NULL, 0);
                table->plain = true;
            }
            mlg_doc_cell(document, table, own_column(document, needed[i].column));
            mlg_doc_cell(document, table, mlg_section_share(share));
            mlg_doc_cell(document, table, mlg_section_key(needed[i].use));
        }
    }
    if (table == NULL && fill != NULL && fill->n > 0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_quality_complete, NULL, 0);
        if (knows_no_sector(document->results->model)) {
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_quality_no_actors, NULL, 0);
        }
    }
}

/* ---- what is known by number only --------------------------------------------------------- */

/* "activities.csv: CLS de Caen, 'action'", as far as the setting goes. */
static mlg_cell expected_cell(mlg_document *document, int32_t row)
{
    static const mlg_text_key forms[2][2] = {{T_cell_announced, T_cell_announced_word},
                                             {T_cell_announced_of, T_cell_announced_both}};
    const mlg_results *results = document->results;
    const mlg_model *model = results->model;
    char owner[256] = "", word[256] = "";
    mlg_expected said;
    mlg_buffer text = {0};

    if (!mlg_expected_read(model, row, &said)) {
        return mlg_cell_of(mlg_arg_text(mlg_expected_key(model, row)));
    }
    if (said.owner_id >= 0) {
        mlg_label(model, &results->labels, said.scope, said.owner_id, owner, sizeof owner);
    }
    if (said.column != C_NONE) {
        const mlg_list_id list = mlg_schema_field(said.column)->list;
        const int32_t code = mlg_vocabulary_find(list, said.value);
        snprintf(word, sizeof word, "%s", said.value);
        if (code >= 0) {
            mlg_code_label(model, list, code, results->labels.language, word, sizeof word);
        }
    }
    const mlg_arg args[] = {mlg_file_of(model, said.table), mlg_arg_text(owner),
                            mlg_arg_text(word)};
    mlg_text_render(&text, results->labels.language, forms[owner[0] != '\0'][word[0] != '\0'], args,
                    3);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

/* What the study announces, and how much of it the tables describe. */
static void announced(mlg_document *document)
{
    const mlg_heading heads[] = {mlg_head("what", T_head_what),
                                 mlg_head("described", T_head_described),
                                 mlg_head("announced", T_head_announced)};
    const mlg_values *values = document->results->values;
    mlg_table *table = NULL;

    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        const double *row = mlg_value_part_find(value, "row");
        if (strcmp(value->measure->id, "quality.expected") != 0 || row == NULL) {
            continue;
        }
        if (table == NULL) {
            table = mlg_doc_table(document, "expected", mlg_sentence_of(T_table_expected, NULL, 0),
                                  heads, COLUMNS(heads));
            table->note = mlg_sentence_of(T_table_expected_note, NULL, 0);
            table->plain = true;
        }
        mlg_doc_cell(document, table, expected_cell(document, (int32_t) row[0]));
        mlg_doc_cell(document, table,
                     value->undefined == T_none
                         ? mlg_section_count(mlg_section_number(value, MLG_VALUE, 0))
                         : mlg_section_key(value->undefined));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_value_part_find(value, "announced")[0]));
    }
}

/* ---- what was left out ------------------------------------------------------------------ */

enum { LEFT_OUT = 9 };

/* The rows read, then the reasons in the order of the file. */
static void count_left_out(const mlg_graph_facts *facts, size_t counts[LEFT_OUT + 1])
{
    const size_t all[] = {facts->rows,           facts->rows_outside,
                          facts->rows_absent,    facts->rows_member,
                          facts->ties_inside,    facts->loops,
                          facts->rows_undated,   facts->rows_presence_unknown,
                          facts->unknown_sector, facts->activities_single};
    memcpy(counts, all, sizeof all);
}

static void left_out(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {
        mlg_head("view", T_head_view),
        mlg_head("rows", T_head_rows),
        mlg_head("rows_outside", T_head_outside),
        mlg_head("rows_absent", T_head_absent),
        mlg_head("rows_member", T_head_member),
        mlg_head("ties_inside", T_head_inside),
        mlg_head("loops", T_head_loops),
        mlg_head("rows_undated", T_head_undated),
        mlg_head("rows_presence_unknown", T_head_presence_unknown),
        mlg_head("unknown_sector", T_head_unknown_sector),
        mlg_head("activities_single", T_head_single),
    };
    if (mlg_section_views(results) == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(
        document, "left_out", mlg_sentence_of(T_table_left_out, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        size_t counts[LEFT_OUT + 1];
        count_left_out(&mlg_context_graph(results->context, view)->facts, counts);
        mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, view)));
        for (size_t i = 0; i <= LEFT_OUT; i++) {
            mlg_doc_cell(document, table, mlg_section_count((double) counts[i]));
        }
    }
}

/* The page has what there is: one row a view and a reason that left something out. */
static void some_left_out(mlg_document *document)
{
    static const mlg_text_key why[LEFT_OUT] = {
        T_left_outside, T_left_absent,           T_left_member,         T_left_inside, T_left_loops,
        T_left_undated, T_left_presence_unknown, T_left_unknown_sector, T_left_single};
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {mlg_section_view_head(results), mlg_head("what", T_head_what),
                                 mlg_head("count", T_head_count), mlg_head("of", T_head_rows_of)};
    mlg_table *table = NULL;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        size_t counts[LEFT_OUT + 1];
        const mlg_graph *graph = mlg_context_graph(results->context, view);
        count_left_out(&graph->facts, counts);
        for (size_t i = 0; i < LEFT_OUT && mlg_section_shows(results, view); i++) {
            if (counts[i + 1] == 0) {
                continue;
            }
            if (table == NULL) {
                table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_left_out, NULL, 0),
                                      heads, COLUMNS(heads));
                table->note = mlg_sentence_of(T_table_left_out_note, NULL, 0);
                table->plain = true;
            }
            const double of = why[i] == T_left_unknown_sector ? (double) graph->n
                              : why[i] == T_left_single       ? (double) graph->n_activities
                                                              : (double) counts[0];
            mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, view)));
            mlg_doc_cell(document, table, mlg_section_key(why[i]));
            mlg_doc_cell(document, table, mlg_section_count((double) counts[i + 1]));
            mlg_doc_cell(document, table, mlg_section_count(of));
        }
    }
}

/* What a reader needs before the evidence: what was read, what is missing from it. */
void mlg_section_quality(mlg_document *document)
{
    if (document->results->model != NULL) {
        inputs(document);
        settings(document);
        holes(document);
        announced(document);
        completeness(document, "coverage", "quality.coverage", T_table_coverage, "filled",
                     T_head_rows_filled);
        completeness(document, "dates", "quality.dates", T_table_dates, "dated", T_head_rows_dated);
    }
    some_left_out(document);
    left_out(document);
}
