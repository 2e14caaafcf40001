/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/leave_sheet.h"

#include <math.h>

/* What one sheet says, and what all figures rest on. */

enum { SECTORS_SHOWN = 5, PARTIES_SAID = 16 };

/* ---- the sheet ------------------------------------------------------------------------- */

static void paragraph(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, n);
}

/* Ends a contract that means could prolong? The end of a mandate is no such thing. */
static bool has_contract_end(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (leavers->of_row[row] == leaver &&
            mlg_get_span(model, C_posts_end, row).last != MLG_EVER_LAST &&
            mlg_get_id(model, C_posts_role, row) != MLG_CODE_OF(role, elected) &&
            mlg_get_id(model, C_posts_contract, row) != MLG_CODE_OF(contract, elected)) {
            return true;
        }
    }
    return false;
}

/* Different parties of a column of lists, over the leaver's rows. */
static size_t parties_of(const mlg_leavers *leavers, int32_t leaver, const mlg_model *model,
                         mlg_column column, mlg_id *out)
{
    size_t found = 0;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const mlg_id *list = mlg_get_list(model, column, row, &n);
        for (size_t i = 0; i < n && leavers->of_row[row] == leaver; i++) {
            bool met = list[i] < 0 || found == PARTIES_SAID;
            for (size_t k = 0; k < found && !met; k++) {
                met = out[k] == list[i];
            }
            if (!met) {
                out[found++] = list[i];
            }
        }
    }
    return found;
}

/* The roles of its rows, in the words of the study. */
static mlg_arg roles_of(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_model *model = document->results->model;
    mlg_buffer text = {0};

    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const int32_t role = mlg_get_id(model, C_posts_role, row);
        bool met = leavers->of_row[row] != leaver || role < 0;
        char label[128];
        for (int32_t other = 0; other < row && !met; other++) {
            met =
                leavers->of_row[other] == leaver && mlg_get_id(model, C_posts_role, other) == role;
        }
        if (!met) {
            mlg_buffer_text(&text, text.length > 0 ? ", " : "");
            mlg_buffer_text(&text, mlg_code_label(model, MLG_V_role, role,
                                                  document->results->labels.language, label,
                                                  sizeof label));
        }
    }
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return arg;
}

/* Whose post it is, and for what. */
static void say_whose(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_model *model = document->results->model;
    const mlg_arg role = roles_of(document, leavers, leaver);
    mlg_id employer[PARTIES_SAID], service[PARTIES_SAID];
    const size_t employers = parties_of(leavers, leaver, model, C_posts_employer, employer);
    const size_t services = parties_of(leavers, leaver, model, C_posts_service, service);

    if (role.text[0] != '\0') {
        paragraph(document, T_leave_role, &role, 1);
    }
    if (employers > 0) {
        const mlg_arg names = mlg_leave_names(document, MLG_SCOPE_ACTOR, employer, employers);
        paragraph(document, T_leave_employer, &names, 1);
    }
    if (services > 0) {
        const mlg_arg names = mlg_leave_names(document, MLG_SCOPE_ACTOR, service, services);
        paragraph(document, T_leave_service, &names, 1);
    }
}

void mlg_leave_facts(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_model *model = document->results->model;
    const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, -1);
    const double fte = mlg_section_part(row.reach, "fte", row.at_reach);
    const int32_t end = mlg_leave_end(model, leavers, leaver);
    size_t n = 0;
    const mlg_arg schemes = mlg_leave_schemes(document, leavers, leaver, &n);

    if (n > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) n), schemes,
                                mlg_arg_number(fte, fte == floor(fte) ? 0 : 2)};
        paragraph(document, isnan(fte) ? T_leave_schemes : T_leave_schemes_fte, args, 3);
    }
    say_whose(document, leavers, leaver);
    if (end != MLG_EVER_LAST) {
        const mlg_arg date = mlg_arg_date(end);
        paragraph(document,
                  has_contract_end(model, leavers, leaver) ? T_leave_end : T_leave_end_mandate,
                  &date, 1);
    }
}

/* What no other held post does. */
void mlg_leave_orphans(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_model *model = document->results->model;
    const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, -1);
    const double people = mlg_section_part(row.reach, "population", row.at_reach);
    double strategic = 0.0;
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        strategic += leavers->of_activity[a] == leaver && mlg_meets_unconvened(model, a);
    }
    const struct {
        const int32_t *by;
        size_t n;
        mlg_scope scope;
        mlg_text_key key, none;
    } lists[] = {
        {leavers->of_scheme, model->parties.n, MLG_SCOPE_SCHEME, T_leave_orphaned,
         T_leave_orphaned_none},
        {leavers->of_activity, model->activities.n, MLG_SCOPE_ACTIVITY,
         strategic > 0.0 ? T_leave_activities_strategic : T_leave_activities, T_none},
        {leavers->of_commune, model->territories.n, MLG_SCOPE_TERRITORY, T_leave_communes, T_none},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t n = 0;
        const mlg_arg names =
            mlg_leave_alone(document, lists[i].by, lists[i].n, leaver, lists[i].scope, &n);
        const mlg_arg args[] = {mlg_arg_count((double) n), names, mlg_arg_count(strategic)};
        if (n > 0 || lists[i].none != T_none) {
            paragraph(document, n > 0 ? lists[i].key : lists[i].none, args, 3);
        }
    }
    if (!isnan(people)) {
        const mlg_arg count = mlg_arg_count(people);
        paragraph(document, T_leave_population, &count, 1);
    }
}

/* Sector pairs that lose most: the first few of all that lose any. */
static void fill_sectors(mlg_document *document, mlg_table *table, const mlg_graph *graph,
                         int64_t *lost)
{
    const int32_t n = graph->n_sectors;
    for (int shown = 0; shown < SECTORS_SHOWN; shown++) {
        int32_t most = -1;
        for (int32_t cell = 0; cell < n * n; cell++) {
            if (lost[cell] > 0 && (most < 0 || lost[cell] > lost[most])) {
                most = cell;
            }
        }
        if (most < 0) {
            return;
        }
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_SECTOR, graph->sector_code[most / n]));
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_SECTOR, graph->sector_code[most % n]));
        mlg_doc_cell(document, table, mlg_section_count((double) lost[most]));
        lost[most] = 0;
    }
}

static mlg_status cut_sectors(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                              int32_t view, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const size_t cells = (size_t) graph->n_sectors * (size_t) graph->n_sectors;
    const mlg_heading heads[] = {mlg_head("sector", T_head_sector),
                                 mlg_head("other_sector", T_head_other_sector),
                                 mlg_head("pairs_lost", T_head_leave_lost)};
    mlg_cutter *cutter = NULL;
    int64_t *lost = mlg_alloc(cells, sizeof *lost);

    TRY_ALLOC(err, lost);
    TRY(mlg_cutter_open(document->results->context, view, leavers, &cutter, err));
    mlg_cut_sectors(cutter, leaver, true, lost);
    size_t n_lost = 0;
    for (size_t cell = 0; cell < cells; cell++) {
        n_lost += lost[cell] > 0;
    }
    const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_count(SECTORS_SHOWN),
                            mlg_arg_count((double) n_lost)};
    mlg_table *table = mlg_doc_table(
        document, NULL,
        mlg_sentence_of(n_lost > SECTORS_SHOWN ? T_table_leave_cut_first : T_table_leave_cut, args,
                        3),
        heads, 3);
    table->page_rows = SECTORS_SHOWN;
    fill_sectors(document, table, graph, lost);
out:
    mlg_cutter_free(cutter);
    mlg_free(lost);
    return status;
}

void mlg_leave_cuts(mlg_document *document, const mlg_leavers *leavers, const mlg_leave_row *row,
                    mlg_leave_cut_teller *tell)
{
    mlg_error err = {0};
    const double rows = mlg_section_number(row->pairs, MLG_VALUE, row->at_pairs);
    const double all = mlg_section_part(row->pairs, "pairs_lost_with_activities", row->at_pairs);
    const mlg_arg args[] = {
        mlg_section_view(document, row->view),
        mlg_arg_count(rows),
        mlg_arg_count(mlg_section_part(row->pairs, "pairs_today", row->at_pairs)),
        mlg_arg_share(mlg_section_part(row->pairs, "share_worst", row->at_pairs), 0),
        mlg_arg_count(all),
        mlg_arg_share(mlg_section_part(row->pairs, "share_with_activities", row->at_pairs), 0),
        mlg_arg_count(mlg_section_part(row->pairs, "activities_stopped", row->at_pairs)),
    };
    const bool more = isnan(rows) ? all > 0.0 : all > rows;
    if (!isnan(rows) || more) {
        paragraph(document,
                  isnan(rows)  ? T_leave_pairs_only_activities
                  : rows > 0.0 ? (more ? T_leave_pairs_and_activities : T_leave_pairs)
                               : (more ? T_leave_pairs_activities : T_leave_pairs_none),
                  args, 7);
    }
    if (all > 0.0) {
        const mlg_status status = tell(document, leavers, row->leaver, row->view, &err);
        if (status != MLG_OK) {
            mlg_doc_fail(document, status, &err);
        }
    }
}

/* What the rows of one view say; answers whether any names the post. */
bool mlg_leave_ties(mlg_document *document, const mlg_leave_row *row)
{
    const double expected = mlg_section_number(row->ties, MLG_VALUE, row->at_ties);
    const double low = mlg_section_part(row->ties, "low_5", row->at_ties);
    const mlg_arg args[] = {
        mlg_section_view(document, row->view),
        mlg_arg_count(mlg_section_part(row->ties, "ties", row->at_ties)),
        mlg_arg_count(mlg_section_part(row->ties, "held_organisation", row->at_ties)),
        mlg_arg_count(mlg_section_part(row->ties, "held_person", row->at_ties)),
        mlg_arg_count(mlg_section_part(row->ties, "held_unknown", row->at_ties)),
        mlg_arg_count(round(expected)),
        mlg_arg_count(low),
        mlg_arg_count(mlg_section_part(row->ties, "high_95", row->at_ties)),
    };
    const bool unknown = args[2].number + args[3].number == 0.0;
    if (!isnan(expected)) {
        paragraph(document,
                  unknown      ? (isnan(low) ? T_leave_ties_unknown_bare : T_leave_ties_unknown)
                  : isnan(low) ? T_leave_ties_bare
                               : T_leave_ties,
                  args, 8);
    }
    return !isnan(expected);
}

/* ---- what to do ------------------------------------------------------------------------- */

void mlg_leave_lever(mlg_document *document, mlg_text_key key, const char *source)
{
    const mlg_results *results = document->results;
    const mlg_arg cited = mlg_arg_text(source);
    mlg_buffer place = {0};

    mlg_say(&place, results, results->labels.language, mlg_document_source(source), &cited, 1);
    const mlg_arg args[] = {mlg_arg_key(key),
                            mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&place)))};
    document->failed = document->failed || place.failed;
    mlg_buffer_free(&place);
    mlg_doc_block(document, document->sheets ? MLG_BLOCK_PARAGRAPH : MLG_BLOCK_NOTE, T_leave_lever,
                  args, 2);
}

void mlg_leave_first_steps(mlg_document *document)
{
    if (document->sheets) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_leave_heading_first, NULL, 0);
    } else {
        paragraph(document, T_leave_first, NULL, 0);
    }
}

/* Tied by persons more than for organisations, in any view. */
static bool is_personal(const mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, view);
        if (mlg_section_part(row.ties, "held_person", row.at_ties) +
                mlg_section_part(row.ties, "held_unknown", row.at_ties) >
            mlg_section_part(row.ties, "held_organisation", row.at_ties)) {
            return true;
        }
    }
    return false;
}

void mlg_leave_levers(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                      bool has_ties, bool compact)
{
    const mlg_model *model = document->results->model;
    const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, -1);

    mlg_leave_first_steps(document);
    if (!compact) {
        mlg_leave_remedies(document, leavers, leaver,
                           document->sheets ? MLG_BLOCK_PARAGRAPH : MLG_BLOCK_NOTE);
    }
    if (is_personal(document, leavers, leaver)) {
        mlg_leave_lever(document, T_lever_mandate, "S0:332");
    }
    if (has_ties) {
        mlg_leave_lever(document, T_lever_agreements, "S0:361");
    }
    /* the documents recruited a second person for a territory, not for one scheme */
    if (mlg_section_part(row.reach, "schemes", row.at_reach) > 1.0 &&
        mlg_section_number(row.reach, MLG_VALUE, row.at_reach) > 0.0) {
        mlg_leave_lever(document, T_lever_second_coordinator, "S1:185");
    }
    if (has_contract_end(model, leavers, leaver)) {
        mlg_leave_lever(document, T_lever_multi_year, "S0:276");
    }
    if (mlg_section_part(row.reach, "communes_without_referent", row.at_reach) > 0.0) {
        mlg_leave_lever(document, T_lever_triptych, "S1:215");
    }
    if (!has_ties) {
        mlg_leave_lever(document, T_lever_directory, "S3:47");
    }
}

mlg_sentence mlg_leave_heading(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_arg posts = mlg_leave_posts(document, leavers, leaver);
    const bool several = leavers->leaver[leaver].n > 1;
    return mlg_sentence_of(several ? T_leave_title_posts : T_leave_title, &posts, 1);
}

void mlg_leave_sheet(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                     bool compact)
{
    const mlg_results *results = document->results;
    bool has_ties = false, has_rows = false;

    if (!compact) {
        mlg_leave_facts(document, leavers, leaver);
    }
    mlg_leave_orphans(document, leavers, leaver);
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_section_shows(results, view)) {
            const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, view);
            has_ties = mlg_leave_ties(document, &row) || has_ties;
            has_rows = has_rows || !isnan(mlg_section_number(row.pairs, MLG_VALUE, row.at_pairs));
            mlg_leave_cuts(document, leavers, &row, cut_sectors);
        }
    }
    if (!has_ties) {
        paragraph(document, has_rows ? T_leave_no_partner : T_leave_no_rows, NULL, 0);
    }
    if (!compact) {
        mlg_leave_partners(document, leavers, leaver);
    }
    mlg_leave_levers(document, leavers, leaver, has_ties, compact);
}

/* Why a view has no figures of one kind, said once. */
static void lacks(mlg_document *document)
{
    static const char *const ids[] = {"turnover.departure", "turnover.departure.pairs"};
    mlg_text_key said = T_none;
    for (int32_t view = -1; view < mlg_section_views(document->results); view++) {
        for (size_t i = 0; i < 2; i++) {
            const mlg_value *value = mlg_leave_value(document, ids[i], view);
            const bool shown = view < 0 || mlg_section_shows(document->results, view);
            if (value == NULL || !shown || value->undefined == T_none || value->undefined == said) {
                continue;
            }
            const mlg_arg args[] = {mlg_section_view(document, view),
                                    mlg_arg_key(value->undefined)};
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_leave_lacks, args, 2);
            said = value->undefined;
        }
    }
}

void mlg_leave_assumptions(mlg_document *document)
{
    static const mlg_text_key keys[MLG_N_SURVIVALS] = {T_leave_rate_organisation,
                                                       T_leave_rate_person, T_leave_rate_unknown};
    const mlg_model *model = document->results->model;
    double survival[MLG_N_SURVIVALS];

    lacks(document);
    mlg_survivals_of(model, survival);
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_leave_assumptions, NULL, 0);
    for (int held = 0; held < MLG_N_SURVIVALS; held++) {
        const int32_t row = model->rate[MLG_SURVIVES_ORGANISATION + held].row;
        mlg_buffer place = {0};
        if (row >= 0) {
            mlg_buffer_format(&place, "%s:%d",
                              mlg_names_text(&model->files, model->rows[MLG_STUDY].file[row]),
                              (int) model->rows[MLG_STUDY].line[row]);
        }
        const mlg_arg args[] = {
            mlg_arg_share(survival[held], 0),
            row >= 0 ? mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&place)))
                     : mlg_arg_key(T_leave_assumption)};
        document->failed = document->failed || place.failed;
        mlg_buffer_free(&place);
        mlg_doc_block(document, MLG_BLOCK_NOTE, keys[held], args, 2);
    }
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_leave_worst, NULL, 0);
}
