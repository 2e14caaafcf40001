/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/leave_sheet.h"

#include <math.h>

enum { NAMES_SHOWN = 8, SECTORS_SHOWN = 5 };

static const mlg_value *value_of(const mlg_document *document, const char *id, int32_t view)
{
    return mlg_section_value(document->results, id, view, MLG_VECTOR, NULL);
}

/* Row of a leaver's first post; SIZE_MAX when the value has none. */
static size_t row_in(const mlg_value *value, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_id post = leavers->post[leavers->leaver[leaver].first];
    for (size_t row = 0; value != NULL && row < value->n && value->subject != NULL; row++) {
        if (value->subject[row] == post) {
            return row;
        }
    }
    return SIZE_MAX;
}

/* ---- names ------------------------------------------------------------------------- */

/* Labels one after the other; past a few, how many more. */
typedef struct label_list {
    mlg_document *document;
    mlg_buffer text;
    size_t n;
} label_list;

static void list_label(label_list *list, mlg_scope scope, mlg_id id)
{
    const mlg_results *results = list->document->results;
    if (list->n < NAMES_SHOWN) {
        mlg_buffer_text(&list->text, list->n > 0 ? ", " : "");
        mlg_say_label(&list->text, results, results->labels.language, scope, id);
    }
    list->n++;
}

static mlg_arg list_end(label_list *list)
{
    const mlg_results *results = list->document->results;
    if (list->n > NAMES_SHOWN) {
        const mlg_arg more = mlg_arg_count((double) (list->n - NAMES_SHOWN));
        mlg_say(&list->text, results, results->labels.language, T_leave_more, &more, 1);
    }
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(list->document, mlg_buffer_string(&list->text)));
    list->document->failed = list->document->failed || list->text.failed;
    mlg_buffer_free(&list->text);
    return arg;
}

static mlg_arg posts_of(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    label_list list = {.document = document};
    const mlg_leaver *who = &leavers->leaver[leaver];
    for (int32_t i = 0; i < who->n; i++) {
        list_label(&list, MLG_SCOPE_POST, leavers->post[who->first + i]);
    }
    return list_end(&list);
}

/* Different schemes of a leaver's rows; `n` gets how many. */
static mlg_arg schemes_of(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                          size_t *n)
{
    const mlg_model *model = document->results->model;
    label_list list = {.document = document};
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n_here = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n_here);
        for (size_t i = 0; i < n_here && leavers->of_row[row] == leaver; i++) {
            bool met = false;
            for (int32_t other = 0; other <= row && !met; other++) {
                size_t n_other = 0;
                const int32_t *before = mlg_get_list(model, C_posts_scheme, other, &n_other);
                n_other = other == row ? i : n_other;
                for (size_t k = 0; k < n_other && leavers->of_row[other] == leaver; k++) {
                    met = met || before[k] == schemes[i];
                }
            }
            if (!met) {
                list_label(&list, MLG_SCOPE_SCHEME, schemes[i]);
            }
        }
    }
    *n = list.n;
    return list_end(&list);
}

/* What a leaver alone holds, of the ids of one scope. */
static mlg_arg alone(mlg_document *document, const int32_t *by, size_t n_ids, int32_t leaver,
                     mlg_scope scope, size_t *n)
{
    label_list list = {.document = document};
    for (size_t id = 0; id < n_ids; id++) {
        if (by[id] == leaver) {
            list_label(&list, scope, (mlg_id) id);
        }
    }
    *n = list.n;
    return list_end(&list);
}

/* The first end of contract among the rows, MLG_EVER_LAST when none is known. */
static int32_t end_of(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver)
{
    int32_t first = MLG_EVER_LAST;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const int32_t last = mlg_get_span(model, C_posts_end, row).last;
        first = leavers->of_row[row] == leaver && last < first ? last : first;
    }
    return first;
}

/* ---- the table ------------------------------------------------------------------------ */

/* What a row of the table is about; view -1 where the study has none. */
typedef struct table_row {
    int32_t leaver, view;
    const mlg_value *ties, *pairs, *reach;
    size_t at_ties, at_pairs, at_reach;
} table_row;

static table_row row_for(const mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                         int32_t view)
{
    table_row row = {.leaver = leaver,
                     .view = view,
                     .ties = value_of(document, "turnover.departure", view),
                     .pairs = value_of(document, "turnover.departure.pairs", view),
                     .reach = value_of(document, "turnover.departure.reach", -1)};
    row.at_ties = row_in(row.ties, leavers, leaver);
    row.at_pairs = row_in(row.pairs, leavers, leaver);
    row.at_reach = row_in(row.reach, leavers, leaver);
    return row;
}

static mlg_text_key why_of(const mlg_value *value)
{
    return value != NULL && value->undefined != T_none ? value->undefined : T_why_no_row_here;
}

static mlg_cell count_cell(const mlg_value *value, const char *part, size_t at)
{
    const double number =
        part == NULL ? mlg_section_number(value, MLG_VALUE, at) : mlg_section_part(value, part, at);
    return mlg_cell_number(mlg_arg_count(number), why_of(value));
}

static mlg_cell share_cell(const mlg_value *value, const char *part, size_t at)
{
    return mlg_cell_number(mlg_arg_share(mlg_section_part(value, part, at), 0), why_of(value));
}

/* "25 (20 to 30)": counts of ties, so whole numbers. */
static mlg_cell interval_cell(mlg_document *document, const table_row *row)
{
    const mlg_results *results = document->results;
    const double expected = mlg_section_number(row->ties, MLG_VALUE, row->at_ties);
    const double low = mlg_section_part(row->ties, "low_5", row->at_ties);
    mlg_buffer text = {0};
    if (isnan(expected) || isnan(low)) {
        return mlg_cell_number(mlg_arg_number(expected, 1), why_of(row->ties));
    }
    const mlg_arg args[] = {mlg_arg_count(round(expected)), mlg_arg_count(low),
                            mlg_arg_count(mlg_section_part(row->ties, "high_95", row->at_ties))};
    mlg_say(&text, results, results->labels.language, T_leave_interval, args, 3);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

static mlg_cell date_cell(int32_t day)
{
    return day == MLG_EVER_LAST ? (mlg_cell){.kind = MLG_CELL_EMPTY}
                                : mlg_cell_of(mlg_arg_date(day));
}

/* Words where they are known, else an empty cell. */
static mlg_cell words_cell(mlg_arg arg)
{
    return arg.text[0] == '\0' ? (mlg_cell){.kind = MLG_CELL_EMPTY} : mlg_cell_of(arg);
}

static void add_row(mlg_document *document, mlg_table *table, const mlg_leavers *leavers,
                    const table_row *row)
{
    const mlg_model *model = document->results->model;
    size_t n = 0;
    const double fte = mlg_section_part(row->reach, "fte", row->at_reach);
    const double expected = mlg_section_number(row->ties, MLG_VALUE, row->at_ties);
    const mlg_cell cells[] = {
        words_cell(posts_of(document, leavers, row->leaver)),
        row->view < 0 ? (mlg_cell){.kind = MLG_CELL_EMPTY}
                      : mlg_cell_of(mlg_section_view(document, row->view)),
        words_cell(schemes_of(document, leavers, row->leaver, &n)),
        isnan(fte) ? (mlg_cell){.kind = MLG_CELL_EMPTY} : mlg_cell_of(mlg_arg_number(fte, 2)),
        date_cell(end_of(model, leavers, row->leaver)),
        count_cell(row->ties, "ties", row->at_ties),
        interval_cell(document, row),
        mlg_cell_number(mlg_arg_number(expected, 2), why_of(row->ties)),
        count_cell(row->ties, "low_5", row->at_ties),
        count_cell(row->ties, "high_95", row->at_ties),
        count_cell(row->ties, "held_organisation", row->at_ties),
        count_cell(row->ties, "held_person", row->at_ties),
        count_cell(row->ties, "held_unknown", row->at_ties),
        count_cell(row->pairs, NULL, row->at_pairs),
        share_cell(row->pairs, "share_worst", row->at_pairs),
        count_cell(row->pairs, "pairs_lost_with_activities", row->at_pairs),
        share_cell(row->pairs, "share_with_activities", row->at_pairs),
        count_cell(row->pairs, "pairs_today", row->at_pairs),
        count_cell(row->reach, NULL, row->at_reach),
        count_cell(row->reach, "activities_unconvened", row->at_reach),
        mlg_cell_number(
            mlg_arg_count(mlg_section_part(row->reach, "communes_without_referent", row->at_reach)),
            T_why_no_referent_post),
        mlg_cell_number(mlg_arg_count(mlg_section_part(row->reach, "population", row->at_reach)),
                        T_why_no_population),
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        mlg_doc_cell(document, table, cells[i]);
    }
}

/* Views whose figures are shown; answers how many. */
static size_t count_views(const mlg_results *results)
{
    size_t n = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        n += mlg_section_shows(results, view);
    }
    return n;
}

mlg_table *mlg_leave_table(mlg_document *document, const char *id, const mlg_leavers *leavers,
                           const bool *chosen)
{
    const mlg_results *results = document->results;
    const size_t n_views = count_views(results);
    mlg_heading heads[] = {
        mlg_head("posts", T_head_leave_post),
        mlg_head("view", T_head_view),
        mlg_head("schemes", T_head_schemes),
        mlg_head("fte", T_head_fte),
        mlg_head("end", T_head_leave_end),
        mlg_head("ties", T_head_ties),
        {"outlast", mlg_arg_key(T_head_leave_outlast), MLG_PAGE_ONLY},
        mlg_head_file("expected"),
        mlg_head_file("low_5"),
        mlg_head_file("high_95"),
        mlg_head_file("held_organisation"),
        mlg_head_file("held_person"),
        mlg_head_file("held_unknown"),
        mlg_head("pairs_lost_worst", T_head_leave_pairs),
        mlg_head("share_worst", T_head_share_lost),
        mlg_head("pairs_lost_with_activities", T_head_leave_pairs_activities),
        mlg_head_file("share_with_activities"),
        mlg_head_file("pairs_today"),
        mlg_head("orphaned_schemes", T_head_leave_orphaned),
        mlg_head_file("activities_unconvened"),
        mlg_head_file("communes_without_referent"),
        mlg_head("population", T_head_population),
    };
    heads[1].use = n_views > 1 ? MLG_EVERYWHERE : MLG_FILE_ONLY;
    mlg_table *table = mlg_doc_table(document, id, mlg_sentence_of(T_table_leave, NULL, 0), heads,
                                     sizeof heads / sizeof *heads);
    const int32_t *order = mlg_leave_order(document, leavers);

    table->note = mlg_sentence_of(T_table_leave_note, NULL, 0);
    for (int32_t i = 0; order != NULL && i < leavers->n; i++) {
        if (chosen != NULL && !chosen[order[i]]) {
            continue;
        }
        for (int32_t view = n_views > 0 ? 0 : -1; view < mlg_section_views(results); view++) {
            if (view < 0 || mlg_section_shows(results, view)) {
                const table_row row = row_for(document, leavers, order[i], view);
                add_row(document, table, leavers, &row);
            }
        }
    }
    return table;
}

/* Largest share of pairs lost in any view shown, and what is orphaned. */
const int32_t *mlg_leave_order(mlg_document *document, const mlg_leavers *leavers)
{
    const size_t n = (size_t) leavers->n;
    double *lost = mlg_arena_alloc(&document->arena, n * sizeof *lost + 1);
    double *orphaned = mlg_arena_alloc(&document->arena, n * sizeof *orphaned + 1);
    int32_t *order = mlg_arena_alloc(&document->arena, n * sizeof *order + 1);

    if (lost == NULL || orphaned == NULL || order == NULL) {
        document->failed = true;
        return NULL;
    }
    for (int32_t l = 0; l < leavers->n; l++) {
        lost[l] = NAN;
        for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
            const table_row row = row_for(document, leavers, l, view);
            const double share = mlg_section_part(row.pairs, "share_with_activities", row.at_pairs);
            if (mlg_section_shows(document->results, view) && !isnan(share)) {
                lost[l] = isnan(lost[l]) ? share : fmax(lost[l], share);
            }
        }
        const table_row row = row_for(document, leavers, l, -1);
        orphaned[l] = mlg_section_number(row.reach, MLG_VALUE, row.at_reach);
    }
    const size_t *rows = mlg_section_order(document, lost, orphaned, n);
    for (size_t i = 0; rows != NULL && i < n; i++) {
        order[i] = (int32_t) rows[i];
    }
    return rows != NULL ? order : NULL;
}

/* ---- the sheet ------------------------------------------------------------------------- */

static void paragraph(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, n);
}

static void facts(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_model *model = document->results->model;
    const table_row row = row_for(document, leavers, leaver, -1);
    const double fte = mlg_section_part(row.reach, "fte", row.at_reach);
    const int32_t end = end_of(model, leavers, leaver);
    size_t n = 0;
    const mlg_arg schemes = schemes_of(document, leavers, leaver, &n);

    if (n > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) n), schemes,
                                mlg_arg_number(fte, fte == floor(fte) ? 0 : 2)};
        paragraph(document, isnan(fte) ? T_leave_schemes : T_leave_schemes_fte, args, 3);
    }
    if (end != MLG_EVER_LAST) {
        const mlg_arg date = mlg_arg_date(end);
        paragraph(document, T_leave_end, &date, 1);
    }
}

/* What no other held post does. */
static void orphans(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_model *model = document->results->model;
    const table_row row = row_for(document, leavers, leaver, -1);
    const double people = mlg_section_part(row.reach, "population", row.at_reach);
    const struct {
        const int32_t *by;
        size_t n;
        mlg_scope scope;
        mlg_text_key key, none;
    } lists[] = {
        {leavers->of_scheme, model->parties.n, MLG_SCOPE_SCHEME, T_leave_orphaned,
         T_leave_orphaned_none},
        {leavers->of_activity, model->activities.n, MLG_SCOPE_ACTIVITY, T_leave_activities, T_none},
        {leavers->of_commune, model->territories.n, MLG_SCOPE_TERRITORY, T_leave_communes, T_none},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t n = 0;
        const mlg_arg names = alone(document, lists[i].by, lists[i].n, leaver, lists[i].scope, &n);
        const mlg_arg args[] = {mlg_arg_count((double) n), names};
        if (n > 0 || lists[i].none != T_none) {
            paragraph(document, n > 0 ? lists[i].key : lists[i].none, args, 2);
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
    const mlg_arg name = mlg_section_view(document, view);
    mlg_table *table =
        mlg_doc_table(document, NULL, mlg_sentence_of(T_table_leave_cut, &name, 1), heads, 3);
    table->page_rows = SECTORS_SHOWN;
    fill_sectors(document, table, graph, lost);
out:
    mlg_cutter_free(cutter);
    mlg_free(lost);
    return status;
}

static void cuts(mlg_document *document, const mlg_leavers *leavers, const table_row *row)
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
    if (!isnan(rows)) {
        paragraph(document, rows > 0.0 ? T_leave_pairs : T_leave_pairs_none, args, 7);
    }
    if (!isnan(all) && (isnan(rows) || all > rows)) {
        paragraph(document, T_leave_pairs_activities, args, 7);
    }
    if (all > 0.0) {
        const mlg_status status = cut_sectors(document, leavers, row->leaver, row->view, &err);
        if (status != MLG_OK) {
            mlg_doc_fail(document, status, &err);
        }
    }
}

/* What the rows of one view say; answers whether any names the post. */
static bool ties(mlg_document *document, const table_row *row)
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
    if (!isnan(expected)) {
        paragraph(document, isnan(low) ? T_leave_ties_bare : T_leave_ties, args, 8);
    }
    return !isnan(expected);
}

/* ---- what to do ------------------------------------------------------------------------- */

static void lever(mlg_document *document, mlg_text_key key, const char *source)
{
    const mlg_arg args[] = {mlg_arg_key(key), mlg_arg_text(source)};
    paragraph(document, T_summary_lever, args, 2);
}

/* Tied by persons more than for organisations, in any view. */
static bool is_personal(const mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        const table_row row = row_for(document, leavers, leaver, view);
        if (mlg_section_part(row.ties, "held_person", row.at_ties) +
                mlg_section_part(row.ties, "held_unknown", row.at_ties) >
            mlg_section_part(row.ties, "held_organisation", row.at_ties)) {
            return true;
        }
    }
    return false;
}

static void levers(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                   bool has_ties)
{
    const mlg_model *model = document->results->model;
    const table_row row = row_for(document, leavers, leaver, -1);

    paragraph(document, T_leave_first, NULL, 0);
    if (is_personal(document, leavers, leaver)) {
        lever(document, T_lever_mandate, "S0:332");
    }
    if (has_ties) {
        lever(document, T_lever_agreements, "S0:361");
    }
    if (mlg_section_number(row.reach, MLG_VALUE, row.at_reach) > 0.0) {
        lever(document, T_lever_second_coordinator, "S1:185");
    }
    if (end_of(model, leavers, leaver) != MLG_EVER_LAST) {
        lever(document, T_lever_multi_year, "S0:276");
    }
    if (mlg_section_part(row.reach, "communes_without_referent", row.at_reach) > 0.0) {
        lever(document, T_lever_triptych, "S1:215");
    }
    if (!has_ties) {
        lever(document, T_lever_directory, "S3:47");
    }
}

void mlg_leave_sheet(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                     bool compact)
{
    const mlg_results *results = document->results;
    const mlg_arg posts = posts_of(document, leavers, leaver);
    const bool several = leavers->leaver[leaver].n > 1;
    bool has_ties = false;

    mlg_doc_block(document, MLG_BLOCK_HEADING, several ? T_leave_title_posts : T_leave_title,
                  &posts, 1);
    if (!compact) {
        facts(document, leavers, leaver);
    }
    orphans(document, leavers, leaver);
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_section_shows(results, view)) {
            const table_row row = row_for(document, leavers, leaver, view);
            has_ties = ties(document, &row) || has_ties;
            cuts(document, leavers, &row);
        }
    }
    if (!has_ties) {
        paragraph(document, T_leave_no_rows, NULL, 0);
    }
    levers(document, leavers, leaver, has_ties);
}

void mlg_leave_assumptions(mlg_document *document)
{
    static const mlg_text_key keys[MLG_N_SURVIVALS] = {T_leave_rate_organisation,
                                                       T_leave_rate_person, T_leave_rate_unknown};
    const mlg_model *model = document->results->model;
    double survival[MLG_N_SURVIVALS];

    mlg_survivals_of(model, survival);
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_leave_assumptions, NULL, 0);
    for (int held = 0; held < MLG_N_SURVIVALS; held++) {
        const int32_t row = model->survival_row[held];
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
