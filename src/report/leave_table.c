/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/leave_sheet.h"

#include <math.h>

#include "measure/post_ends.h"

enum { NAMES_SHOWN = 8, NAMES_ON_PAPER = 6 };

/* The table of all who may leave, and what the sheets share with it. */

const mlg_value *mlg_leave_value(const mlg_document *document, const char *id, int32_t view)
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

static size_t names_shown(const label_list *list)
{
    return list->document->sheets ? NAMES_ON_PAPER : NAMES_SHOWN;
}

static void list_label(label_list *list, mlg_scope scope, mlg_id id)
{
    const mlg_results *results = list->document->results;
    if (list->n < names_shown(list)) {
        mlg_buffer_text(&list->text, list->n > 0 ? ", " : "");
        mlg_say_label(&list->text, results, results->labels.language, scope, id);
    }
    list->n++;
}

static mlg_arg list_end(label_list *list)
{
    const mlg_results *results = list->document->results;
    if (list->n > names_shown(list)) {
        const mlg_arg more = mlg_arg_count((double) (list->n - names_shown(list)));
        mlg_say(&list->text, results, results->labels.language, T_leave_more, &more, 1);
    }
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(list->document, mlg_buffer_string(&list->text)));
    list->document->failed = list->document->failed || list->text.failed;
    mlg_buffer_free(&list->text);
    return arg;
}

mlg_arg mlg_leave_posts(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    label_list list = {.document = document};
    const mlg_leaver *who = &leavers->leaver[leaver];
    for (int32_t i = 0; i < who->n; i++) {
        list_label(&list, MLG_SCOPE_POST, leavers->post[who->first + i]);
    }
    return list_end(&list);
}

/* Different schemes of a leaver's rows; `n` gets how many. */
mlg_arg mlg_leave_schemes(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
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

/* What a leaver mlg_leave_alone holds, of the ids of one scope. */
mlg_arg mlg_leave_alone(mlg_document *document, const int32_t *by, size_t n_ids, int32_t leaver,
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

mlg_arg mlg_leave_names(mlg_document *document, mlg_scope scope, const mlg_id *ids, size_t n)
{
    label_list list = {.document = document};
    for (size_t i = 0; i < n; i++) {
        list_label(&list, scope, ids[i]);
    }
    return list_end(&list);
}

/* The first end of contract among the rows, MLG_EVER_LAST when none is known. */
int32_t mlg_leave_end(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver)
{
    int32_t first = MLG_EVER_LAST;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const int32_t last = mlg_get_span(model, C_posts_end, row).last;
        first = leavers->of_row[row] == leaver && last < first ? last : first;
    }
    return first;
}

/* ---- the table ------------------------------------------------------------------------ */

mlg_leave_row mlg_leave_row_for(const mlg_document *document, const mlg_leavers *leavers,
                                int32_t leaver, int32_t view)
{
    mlg_leave_row row = {.leaver = leaver,
                         .view = view,
                         .ties = mlg_leave_value(document, "turnover.departure", view),
                         .pairs = mlg_leave_value(document, "turnover.departure.pairs", view),
                         .reach = mlg_leave_value(document, "turnover.departure.reach", -1)};
    row.at_ties = row_in(row.ties, leavers, leaver);
    row.at_pairs = row_in(row.pairs, leavers, leaver);
    row.stopped = row.pairs;
    row.at_stopped = row.at_pairs;
    row.at_reach = row_in(row.reach, leavers, leaver);
    return row;
}

static mlg_cell count_cell(const mlg_value *value, const char *part, size_t at)
{
    const double number =
        part == NULL ? mlg_section_number(value, MLG_VALUE, at) : mlg_section_part(value, part, at);
    return mlg_cell_number(mlg_arg_count(number), T_none);
}

static mlg_cell share_cell(const mlg_value *value, const char *part, size_t at)
{
    return mlg_cell_number(mlg_arg_share(mlg_section_part(value, part, at), 0), T_none);
}

/* "25 (20 to 30)": counts of ties, so whole numbers. */
static mlg_cell interval_cell(mlg_document *document, const mlg_leave_row *row)
{
    const mlg_results *results = document->results;
    const double expected = mlg_section_number(row->ties, MLG_VALUE, row->at_ties);
    const double low = mlg_section_part(row->ties, "low_5", row->at_ties);
    mlg_buffer text = {0};
    if (isnan(expected) || isnan(low)) {
        return mlg_cell_number(mlg_arg_number(expected, 1), T_none);
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
    return day == MLG_EVER_LAST ? mlg_cell_empty() : mlg_cell_of(mlg_arg_date(day));
}

/* Words where they are known, else an empty cell. */
static mlg_cell words_cell(mlg_arg arg)
{
    return arg.text[0] == '\0' ? mlg_cell_empty() : mlg_cell_of(arg);
}

/* Are its posts known by the line of their row only? Their schemes then tell them apart. */
bool mlg_leave_is_unnamed(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver)
{
    bool given = true;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n && given; row++) {
        given = leavers->of_row[row] != leaver || mlg_post_has_given_id(model, row);
    }
    return given;
}

static void add_row(mlg_document *document, mlg_table *table, const mlg_leavers *leavers,
                    const mlg_leave_row *row)
{
    const mlg_model *model = document->results->model;
    size_t n = 0;
    const mlg_arg schemes = mlg_leave_schemes(document, leavers, row->leaver, &n);
    const char *view_id =
        row->view < 0 ? "" : mlg_context_view(document->results->context, row->view)->id;
    const double fte = mlg_section_part(row->reach, "fte", row->at_reach);
    const double expected = mlg_section_number(row->ties, MLG_VALUE, row->at_ties);
    const mlg_cell cells[] = {
        words_cell(mlg_leave_posts(document, leavers, row->leaver)),
        mlg_cell_code(view_id),
        row->view < 0 ? mlg_cell_empty() : mlg_cell_of(mlg_section_view(document, row->view)),
        words_cell(schemes),
        n > 0 && mlg_leave_is_unnamed(model, leavers, row->leaver) ? words_cell(schemes)
                                                                   : mlg_section_count((double) n),
        isnan(fte) ? mlg_cell_empty() : mlg_cell_of(mlg_arg_number(fte, 2)),
        date_cell(mlg_leave_end(model, leavers, row->leaver)),
        count_cell(row->ties, "ties", row->at_ties),
        interval_cell(document, row),
        mlg_cell_number(mlg_arg_number(expected, 2), T_none),
        count_cell(row->ties, "low_5", row->at_ties),
        count_cell(row->ties, "high_95", row->at_ties),
        count_cell(row->ties, "held_organisation", row->at_ties),
        count_cell(row->ties, "held_person", row->at_ties),
        count_cell(row->ties, "held_unknown", row->at_ties),
        count_cell(row->pairs, NULL, row->at_pairs),
        share_cell(row->pairs, "share_worst", row->at_pairs),
        count_cell(row->stopped, "pairs_lost_with_activities", row->at_stopped),
        share_cell(row->stopped, "share_with_activities", row->at_stopped),
        count_cell(row->pairs, "pairs_today", row->at_pairs),
        count_cell(row->reach, NULL, row->at_reach),
        count_cell(row->reach, "activities_unconvened", row->at_reach),
        mlg_cell_number(
            mlg_arg_count(mlg_section_part(row->reach, "communes_without_referent", row->at_reach)),
            T_none),
        mlg_cell_number(mlg_arg_count(mlg_section_part(row->reach, "population", row->at_reach)),
                        T_none),
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

/* The first view that knows ties of a departure, else the first shown; -1 when there is none. */
static int32_t telling_view(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    int32_t first = -1;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, view);
        if (!mlg_section_shows(document->results, view)) {
            continue;
        }
        if (mlg_section_part(row.ties, "ties", row.at_ties) > 0.0) {
            return view;
        }
        first = first < 0 ? view : first;
    }
    return first;
}

/* The view whose ties a table of all shows, so that its rows compare: the one that knows ties of
 * most departures, the first of equals; -1 when there is none. */
static int32_t view_of_ties(const mlg_document *document, const mlg_leavers *leavers)
{
    int32_t best = -1, most = -1;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        int32_t known = 0;
        for (int32_t l = 0; l < leavers->n; l++) {
            const mlg_leave_row row = mlg_leave_row_for(document, leavers, l, view);
            known += mlg_section_part(row.ties, "ties", row.at_ties) > 0.0;
        }
        if (mlg_section_shows(document->results, view) && known > most) {
            most = known;
            best = view;
        }
    }
    return best;
}

/* Ties of one view; each share of lost pairs from the view where it is largest. */
static mlg_leave_row overview_row(mlg_document *document, const mlg_leavers *leavers,
                                  int32_t leaver, int32_t of_ties)
{
    mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, of_ties);
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        const mlg_leave_row other = mlg_leave_row_for(document, leavers, leaver, view);
        if (!mlg_section_shows(document->results, view)) {
            continue;
        }
        if (!(mlg_section_part(row.pairs, "share_worst", row.at_pairs) >=
              mlg_section_part(other.pairs, "share_worst", other.at_pairs))) {
            row.pairs = other.pairs;
            row.at_pairs = other.at_pairs;
        }
        if (!(mlg_section_part(row.stopped, "share_with_activities", row.at_stopped) >=
              mlg_section_part(other.stopped, "share_with_activities", other.at_stopped))) {
            row.stopped = other.stopped;
            row.at_stopped = other.at_stopped;
        }
    }
    return row;
}

static void add_leaver(mlg_document *document, mlg_table *table, const mlg_leavers *leavers,
                       int32_t leaver, bool overview, int32_t of_ties)
{
    const mlg_results *results = document->results;
    if (overview || count_views(results) == 0) {
        const mlg_leave_row row = overview_row(document, leavers, leaver, of_ties);
        add_row(document, table, leavers, &row);
        return;
    }
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        if (mlg_section_shows(results, view)) {
            const mlg_leave_row row = mlg_leave_row_for(document, leavers, leaver, view);
            add_row(document, table, leavers, &row);
        }
    }
}

/* No tie, no pair and no scheme on record: a row of it says nothing. */
static bool says_nothing(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const int32_t view = telling_view(document, leavers, leaver);
    const mlg_leave_row row = overview_row(document, leavers, leaver, view);
    return !(mlg_section_part(row.ties, "ties", row.at_ties) > 0.0) &&
           isnan(mlg_section_part(row.pairs, "share_worst", row.at_pairs)) &&
           isnan(mlg_section_part(row.stopped, "share_with_activities", row.at_stopped)) &&
           !(mlg_section_number(row.reach, MLG_VALUE, row.at_reach) > 0.0) &&
           !(mlg_section_part(row.reach, "schemes", row.at_reach) > 0.0);
}

/* Who is left out of the overview of all: those of whom nothing is on record, when they are several
 * and not everybody. NULL: nobody. */
static const bool *leave_out(mlg_document *document, const mlg_leavers *leavers, size_t *n,
                             double *communes)
{
    bool *out = mlg_arena_alloc(&document->arena, (size_t) leavers->n + 1);

    *n = 0;
    *communes = 0.0;
    for (int32_t l = 0; out != NULL && l < leavers->n; l++) {
        out[l] = says_nothing(document, leavers, l);
        const mlg_leave_row row = mlg_leave_row_for(document, leavers, l, -1);
        *n += out[l];
        *communes +=
            out[l] && mlg_section_part(row.reach, "communes_without_referent", row.at_reach) > 0.0;
    }
    document->failed = document->failed || out == NULL;
    return *n > 1 && *n < (size_t) leavers->n ? out : NULL;
}

mlg_table *mlg_leave_table(mlg_document *document, const char *id, const mlg_leavers *leavers,
                           const bool *chosen)
{
    const bool overview = id == NULL;
    mlg_heading heads[] = {
        mlg_head("posts", T_head_leave_post),
        mlg_head_file("view"),
        {"view_name", mlg_arg_key(T_head_view), MLG_PAGE_ONLY},
        mlg_head_file("schemes"),
        {"n_schemes", mlg_arg_key(T_head_schemes), MLG_PAGE_ONLY},
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
        mlg_head_file("pairs_lost_worst"),
        mlg_head("share_worst", T_head_leave_pairs),
        mlg_head_file("pairs_lost_with_activities"),
        mlg_head("share_with_activities", T_head_leave_pairs_activities),
        mlg_head_file("pairs_today"),
        mlg_head("orphaned_schemes", T_head_leave_orphaned),
        mlg_head_file("activities_unconvened"),
        mlg_head_file("communes_without_referent"),
        mlg_head("population", T_head_population),
    };
    const size_t n_heads = sizeof heads / sizeof *heads;
    if (overview) { /* what a page has room for */
        heads[2].use = heads[n_heads - 1].use = MLG_FILE_ONLY;
    }
    mlg_table *table =
        mlg_doc_table(document, id, mlg_sentence_of(T_table_leave, NULL, 0), heads, n_heads);
    const int32_t *order = mlg_leave_order(document, leavers);
    size_t n_out = 0;
    double communes = 0.0;
    bool all = true;
    for (int32_t l = 0; chosen != NULL && l < leavers->n; l++) {
        all = all && chosen[l];
    }
    const bool *out = overview && all ? leave_out(document, leavers, &n_out, &communes) : NULL;

    const int32_t of_ties = view_of_ties(document, leavers);
    const mlg_arg view = of_ties >= 0 ? mlg_section_view(document, of_ties) : mlg_arg_text("");
    table->note = overview && of_ties >= 0 ? mlg_sentence_of(T_table_leave_overview, &view, 1)
                                           : mlg_sentence_of(T_table_leave_note, NULL, 0);
    for (int32_t i = 0; order != NULL && i < leavers->n; i++) {
        if ((chosen == NULL || chosen[order[i]]) && (out == NULL || !out[order[i]])) {
            add_leaver(document, table, leavers, order[i], overview, of_ties);
        }
    }
    if (out != NULL) {
        const mlg_arg args[] = {mlg_arg_count((double) n_out), mlg_arg_count(communes)};
        mlg_doc_block(document, MLG_BLOCK_NOTE,
                      communes > 0.0 ? T_leave_left_out_communes : T_leave_left_out, args, 2);
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
            const mlg_leave_row row = mlg_leave_row_for(document, leavers, l, view);
            const double share = mlg_section_part(row.pairs, "share_with_activities", row.at_pairs);
            if (mlg_section_shows(document->results, view) && !isnan(share)) {
                lost[l] = isnan(lost[l]) ? share : fmax(lost[l], share);
            }
        }
        const mlg_leave_row row = mlg_leave_row_for(document, leavers, l, -1);
        orphaned[l] = mlg_section_number(row.reach, MLG_VALUE, row.at_reach);
    }
    const size_t *rows = mlg_section_order(document, lost, orphaned, n);
    for (size_t i = 0; rows != NULL && i < n; i++) {
        order[i] = (int32_t) rows[i];
    }
    return rows != NULL ? order : NULL;
}
