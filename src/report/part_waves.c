/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/waves.h"
#include "report/section.h"

/* What the dates of the study show: who came and left, which ties were kept, how long posts are
 * held, what began again after a change of coordinator. */

enum { WAVES_OPEN = 3, MANY_TIES = 1000 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* The three curves of a view, of as many rows each. */
typedef struct curves {
    const mlg_value *actors, *ties, *kept;
} curves;

static const mlg_value *curve(const mlg_document *document, const char *id, int32_t view)
{
    const mlg_value *value = mlg_section_value(document->results, id, view, MLG_CURVE, NULL);
    return value != NULL && value->n > 0 ? value : NULL;
}

static bool find_curves(const mlg_document *document, int32_t view, curves *out)
{
    *out = (curves){curve(document, "turnover.actor_turnover", view),
                    curve(document, "turnover.tie_turnover", view),
                    curve(document, "turnover.retention", view)};
    return out->actors != NULL && out->ties != NULL && out->kept != NULL &&
           out->actors->n == out->ties->n && out->actors->n == out->kept->n;
}

/* Last day of the later period of a row, and of the earlier one. */
static int32_t end_of(const mlg_document *document, const mlg_value *value, size_t row, bool before)
{
    const mlg_view *view = mlg_context_view(document->results->context, value->view);
    const double at = mlg_section_number(value, MLG_AT, row);
    return mlg_wave_end(view, at - (before ? mlg_section_part(value, "months", row) : 0.0));
}

static void say_ties(mlg_document *document, const curves *c, size_t row)
{
    const double share = mlg_section_number(c->kept, MLG_VALUE, row);
    const int digits = mlg_section_part(c->kept, "at_risk", row) < MANY_TIES ? 0 : 1;
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(c->kept, "kept", row)),
                            mlg_arg_count(mlg_section_part(c->kept, "at_risk", row)),
                            mlg_arg_share(share, digits),
                            mlg_arg_share(mlg_section_part(c->kept, "low_95", row), digits),
                            mlg_arg_share(mlg_section_part(c->kept, "high_95", row), digits),
                            mlg_arg_count(mlg_section_part(c->ties, "come", row)),
                            mlg_arg_count(mlg_section_part(c->ties, "with_left", row)),
                            mlg_arg_count(mlg_section_part(c->ties, "with_entered", row))};
    if (!isnan(share)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      args[0].number < args[1].number ? T_waves_kept : T_waves_all_kept, args,
                      COLUMNS(args));
        const mlg_arg undated = mlg_arg_count(mlg_section_part(c->ties, "undated", row));
        if (undated.number > 0.0) {
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_waves_undated_ties, &undated, 1);
        }
    }
}

static void say_view(mlg_document *document, const curves *c)
{
    const size_t row = c->actors->n - 1;
    const mlg_view *view = mlg_context_view(document->results->context, c->actors->view);
    const mlg_periods periods = mlg_periods_of(view->from, view->to);
    const double undated = mlg_section_part(c->actors, "rows_undated", row);
    const mlg_arg args[] = {mlg_section_view(document, c->actors->view),
                            mlg_arg_date(end_of(document, c->actors, row, true)),
                            mlg_arg_date(end_of(document, c->actors, row, false)),
                            mlg_section_plain(mlg_periods_months(&periods, 1)),
                            mlg_arg_count(mlg_section_part(c->actors, "left", row)),
                            mlg_arg_count(mlg_section_part(c->actors, "before", row)),
                            mlg_arg_count(mlg_section_part(c->actors, "entered", row))};
    const mlg_arg rows[] = {mlg_arg_count(undated)};

    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  args[4].number > 0.0 ? T_waves_actors : T_waves_actors_all, args, COLUMNS(args));
    say_ties(document, c, row);
    if (mlg_section_part(c->actors, "partial", row) > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_waves_partial, NULL, 0);
    }
    if (undated > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_waves_undated, rows, 1);
    }
    if (view->source == MLG_FROM_PARTICIPATIONS) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_waves_meetings, NULL, 0);
        if (mlg_section_number(c->kept, MLG_VALUE, row) < 1.0) { /* else no interval was said */
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_waves_together, NULL, 0);
        }
    }
}

static void table_rows(mlg_document *document, mlg_table *table, const curves *c)
{
    static const char *const of_actors[] = {"after", "left", "entered", "before", "stayed"};
    static const char *const of_ties[] = {"come", "lost", "with_left", "with_entered", "undated"};

    for (size_t i = c->actors->n; i-- > 0;) { /* latest first */
        mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, c->actors->view)));
        mlg_doc_cell(document, table,
                     mlg_cell_of(mlg_arg_date(end_of(document, c->actors, i, false))));
        for (size_t k = 0; k < COLUMNS(of_actors); k++) {
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(c->actors, of_actors[k], i)));
        }
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(c->kept, MLG_VALUE, i)));
        for (size_t k = 0; k < COLUMNS(of_ties); k++) {
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(c->ties, of_ties[k], i)));
        }
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(c->kept, "low_95", i)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(c->kept, "high_95", i)));
    }
}

/* The file has every view; the page a view that it shows, when there is more than what the
 * sentence says. */
static mlg_table *open_table(mlg_document *document, bool page)
{
    const mlg_heading heads[] = {
        page ? mlg_head_file("view") : mlg_head("view", T_head_view),
        mlg_head("end", T_head_wave_end),
        mlg_head("after", T_head_actors),
        mlg_head("left", T_head_wave_left),
        mlg_head("entered", T_head_wave_entered),
        mlg_head_file("before"),
        mlg_head_file("stayed"),
        mlg_head("kept", T_head_wave_kept),
        mlg_head("come", T_head_wave_come),
        mlg_head_file("lost"),
        mlg_head_file("with_left"),
        mlg_head_file("with_entered"),
        mlg_head_file("undated"),
        mlg_head_file("kept_low_95"),
        mlg_head_file("kept_high_95"),
    };
    mlg_table *table = mlg_doc_table(document, page ? NULL : "waves",
                                     mlg_sentence_of(page ? T_table_waves : T_none, NULL, 0), heads,
                                     COLUMNS(heads));
    table->page_rows = page ? MLG_MOST_WAVES : 0;
    table->open_rows = page ? WAVES_OPEN : 0;
    table->note = mlg_sentence_of(page ? T_table_waves_note : T_none, NULL, 0);
    return table;
}

static void views(mlg_document *document)
{
    mlg_table *file = NULL;
    curves c;

    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (find_curves(document, view, &c) && mlg_section_shows(document->results, view)) {
            say_view(document, &c);
            if (c.actors->n > 1) {
                table_rows(document, open_table(document, true), &c);
            }
        }
    }
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (find_curves(document, view, &c)) {
            file = file != NULL ? file : open_table(document, false);
            table_rows(document, file, &c);
        }
    }
}

/* ---- posts --------------------------------------------------------------------------------- */

/* "40 to 71", "at least 40": the interval of the median. */
static mlg_arg interval_of(mlg_document *document, const mlg_value *median)
{
    const double low = mlg_section_part(median, "low_95", 0);
    const double high = mlg_section_part(median, "high_95", 0);
    const mlg_arg args[] = {mlg_section_plain(round(low)), mlg_section_plain(round(high))};
    mlg_buffer text = {0};

    mlg_text_render(&text, document->results->labels.language,
                    isnan(low)    ? T_waves_tenure_few
                    : isnan(high) ? T_waves_tenure_from
                                  : T_waves_tenure_within,
                    args, 2);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return arg;
}

static void tenure(mlg_document *document)
{
    const mlg_value *median =
        mlg_section_value(document->results, "turnover.tenure", -1, MLG_SCALAR, "median_months");
    const double spells = mlg_section_part(median, "spells", 0);
    const double departures = mlg_section_part(median, "departures", 0);
    const double months = mlg_section_number(median, MLG_VALUE, 0);
    const double held = mlg_section_part(median, "held", 0);

    if (!(spells > 0.0)) {
        return;
    }
    if (isnan(months)) {
        const mlg_arg args[] = {mlg_arg_count(spells), mlg_arg_count(departures),
                                mlg_arg_key(median->undefined)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_waves_tenure_none, args, COLUMNS(args));
    } else {
        const mlg_arg args[] = {mlg_section_plain(round(months)), interval_of(document, median),
                                mlg_arg_count(spells), mlg_arg_count(departures)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_waves_tenure, args, COLUMNS(args));
    }
    if (held > 1.0) {
        const mlg_arg args[] = {mlg_arg_count(mlg_section_part(median, "under_two_years", 0)),
                                mlg_arg_count(held)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      args[0].number > 0.0 ? T_waves_recent_posts : T_waves_recent_posts_none, args,
                      COLUMNS(args));
    }
}

static void restart(mlg_document *document)
{
    const mlg_value *value =
        mlg_section_value(document->results, "turnover.restarted_share", -1, MLG_SCALAR, NULL);
    const double share = mlg_section_number(value, MLG_VALUE, 0);
    const double before = mlg_section_part(value, "before", 0);
    const mlg_arg changes = mlg_arg_count(mlg_section_part(value, "changes", 0));

    if (!isnan(share)) {
        const mlg_arg args[] = {changes,
                                mlg_arg_count(mlg_section_part(value, "lost", 0)),
                                mlg_arg_count(before),
                                mlg_arg_count(mlg_section_part(value, "restarted", 0)),
                                mlg_arg_share(share, 0),
                                mlg_arg_share(mlg_section_part(value, "low_95", 0), 0),
                                mlg_arg_share(mlg_section_part(value, "high_95", 0), 0)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_waves_restart, args, COLUMNS(args));
    } else if (before > 0.0) {
        const mlg_arg args[] = {changes, mlg_arg_count(before)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_waves_restart_none, args, COLUMNS(args));
    }
}

void mlg_part_waves(mlg_document *document)
{
    views(document);
    tenure(document);
    restart(document);
}
