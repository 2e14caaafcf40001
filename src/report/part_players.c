/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/players.h"
#include "report/section.h"

/* Whom to convene first, and what the departure of a few together would cut: two sentences and a
 * folded table a view, every listed set in a file. */

enum { NAMES = 3 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* The first listed set of one size. */
typedef struct set {
    const mlg_value *value;
    size_t row; /* of its first member */
    int32_t k;  /* 0: none */
} set;

static const mlg_value *reach_of(const mlg_results *results, int32_t view)
{
    return mlg_section_value(results, "depend.key_players_pos", view, MLG_VECTOR, "reach1");
}

static const mlg_value *split_of(const mlg_results *results, int32_t view)
{
    return mlg_section_value(results, "depend.key_players_neg", view, MLG_VECTOR, "fragmentation");
}

/* Among the listed sets of k, the one that is also nearest to everybody (`distance`, larger is
 * better); for departures `then` is NULL, and it is the first. */
static set set_of(const mlg_value *value, int32_t k, const char *then)
{
    set found = {.value = value};
    for (size_t row = 0; value != NULL && row < value->n; row += (size_t) found.k) {
        const int32_t size = (int32_t) mlg_section_part(value, "k", row);
        if (size < 1) { /* undefined */
            break;
        }
        found.k = size;
        if (size == k) {
            size_t best = row;
            for (size_t at = row; then != NULL && at < value->n; at += (size_t) k) {
                if (mlg_section_part(value, "k", at) != k) {
                    break;
                }
                best =
                    mlg_section_part(value, then, at) > mlg_section_part(value, then, best) + 1e-12
                        ? at
                        : best;
            }
            found.row = best;
            return found;
        }
    }
    return (set){0};
}

/* The largest that a sentence names. */
static set largest(const mlg_value *value, const char *then)
{
    set found = {0};
    for (int32_t k = NAMES; k >= 1 && found.k == 0; k--) {
        found = set_of(value, k, then);
    }
    return found;
}

/* Others that a set touches: without its members. */
static double touched_by(const set *of)
{
    return mlg_section_part(of->value, "reach1", of->row) - of->k;
}

static void name_members(const set *of, mlg_arg *args)
{
    for (int32_t i = 0; i < of->k && i < NAMES; i++) {
        args[i] = mlg_arg_label(of->value->scope, of->value->subject[of->row + (size_t) i]);
    }
}

static mlg_arg noun_of(const mlg_graph *graph)
{
    return mlg_arg_key(graph->view.by == MLG_BY_ORGANISATION ? T_players_structures
                                                             : T_players_actors);
}

static void say_convene(mlg_document *document, int32_t view)
{
    static const mlg_text_key keys[] = {T_players_convene_1, T_players_convene_2,
                                        T_players_convene_3};
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    mlg_guests guests;
    mlg_error err = {0};
    mlg_arg args[7] = {mlg_section_view(document, view)};
    const mlg_status status =
        mlg_guests_of(graph, reach_of(document->results, view), &guests, &err);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    if (guests.k == 0 || graph->n <= guests.k) {
        return;
    }
    for (int32_t i = 0; i < guests.k; i++) {
        args[1 + i] = mlg_arg_label(graph->scope, graph->subject[guests.actor[i]]);
    }
    args[4] = mlg_arg_count(guests.touched);
    args[5] = mlg_arg_count(graph->n - guests.k);
    args[6] = noun_of(graph);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, keys[guests.k - 1], args, COLUMNS(args));
}

/* Of two and more: one departure alone is in the table above. */
static void say_cut(mlg_document *document, int32_t view)
{
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const set of = largest(split_of(document->results, view), NULL);
    const double lost = of.k > 0 ? mlg_section_part(of.value, "lost", of.row) : NAN;
    const double left = of.k > 0 ? mlg_section_part(of.value, "connected", of.row) : NAN;
    mlg_arg args[8] = {mlg_section_view(document, view)};

    if (of.k < 2 || !(lost + left > 0)) {
        return;
    }
    if (!(lost > 0)) {
        args[1] = mlg_arg_count(of.k);
        args[2] = noun_of(graph);
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_players_cut_none, args, 3);
        return;
    }
    name_members(&of, args + 1);
    args[4] = mlg_arg_count(lost);
    args[5] = mlg_arg_count(lost + left);
    args[6] = mlg_arg_share(lost / (lost + left), 0);
    args[7] = noun_of(graph);
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, of.k == 2 ? T_players_cut_2 : T_players_cut_3,
                  args, COLUMNS(args));
}

/* ---- the table ---------------------------------------- */

static void set_row(mlg_document *document, mlg_table *table, const set *of, bool convene)
{
    const double sets = mlg_section_part(of->value, "sets", of->row);

    mlg_doc_cell(document, table,
                 mlg_section_key(convene ? T_players_aim_convene : T_players_aim_leave));
    for (int32_t i = 0; i < NAMES; i++) {
        mlg_doc_cell(document, table,
                     i < of->k ? mlg_section_label(of->value->scope,
                                                   of->value->subject[of->row + (size_t) i])
                               : (mlg_cell){0});
    }
    mlg_doc_cell(document, table, convene ? mlg_section_count(touched_by(of)) : (mlg_cell){0});
    mlg_doc_cell(document, table,
                 convene ? (mlg_cell){0}
                         : mlg_section_count(mlg_section_part(of->value, "lost", of->row)));
    mlg_doc_cell(document, table, isnan(sets) ? (mlg_cell){0} : mlg_section_count(sets - 1));
    mlg_doc_cell(document, table,
                 mlg_section_key(mlg_section_part(of->value, "proven", of->row) > 0
                                     ? T_players_yes
                                     : T_players_no));
}

/* How to read it is said once. */
static bool table_of(mlg_document *document, int32_t view, bool explain)
{
    const mlg_value *reach = reach_of(document->results, view);
    const mlg_value *split = split_of(document->results, view);
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_heading heads[] = {
        mlg_head("aim", T_head_players_aim),         mlg_head("actor", T_head_actor),
        mlg_head("second", T_head_players_with),     mlg_head("third", T_head_players_and),
        mlg_head("touched", T_head_players_touched), mlg_head("cut", T_head_players_cut),
        mlg_head("as_good", T_head_players_as_good), mlg_head("checked", T_head_players_checked)};

    if (largest(reach, NULL).k == 0) {
        return false;
    }
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_players, &name, 1),
                                     heads, COLUMNS(heads));
    table->note = mlg_sentence_of(explain ? T_table_players_note : T_none, NULL, 0);
    table->open_rows = 1;
    table->mixed = true;
    for (int convene = 1; convene >= 0; convene--) {
        for (int32_t k = NAMES; k >= 1; k--) {
            const set of = convene ? set_of(reach, k, "distance") : set_of(split, k, NULL);
            if (of.k > 0) {
                set_row(document, table, &of, convene);
            }
        }
    }
    return true;
}

/* ---- the file ---------------------------------------- */

static mlg_cell plain(double number)
{
    return mlg_cell_number(mlg_section_plain(number), T_none);
}

static void list_file(mlg_document *document, mlg_table *table, int32_t view,
                      const mlg_value *value)
{
    const mlg_arg id = mlg_arg_text(mlg_context_view(document->results->context, view)->id);

    for (size_t row = 0; value != NULL && row < value->n && !document->failed; row++) {
        mlg_doc_cell(document, table, mlg_cell_of(id));
        mlg_doc_cell(document, table,
                     (mlg_cell){MLG_CELL_CODE, .arg = mlg_arg_text(value->measure->id)});
        mlg_doc_cell(document, table,
                     (mlg_cell){MLG_CELL_CODE, .arg = mlg_arg_text(value->convention)});
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "k", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "set", row)));
        mlg_doc_cell(document, table, mlg_section_label(value->scope, value->subject[row]));
        mlg_doc_cell(document, table, mlg_section_cell(value, MLG_VALUE, row));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "reach1", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "lost", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "proven", row)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "sets", row)));
        mlg_doc_cell(document, table, plain(mlg_section_part(value, "bound", row)));
    }
}

static void file_table(mlg_document *document)
{
    static const struct {
        const char *id, *convention;
    } lists[] = {{"depend.key_players_pos", "reach1"},
                 {"depend.key_players_pos", "reach2"},
                 {"depend.key_players_pos", "distance"},
                 {"depend.key_players_neg", "fragmentation"},
                 {"depend.key_players_neg", "distance"}};
    const mlg_heading heads[] = {
        mlg_head_file("view"),   mlg_head_file("measure"), mlg_head_file("convention"),
        mlg_head_file("k"),      mlg_head_file("set"),     mlg_head_file("actor"),
        mlg_head_file("value"),  mlg_head_file("reach1"),  mlg_head_file("lost"),
        mlg_head_file("proven"), mlg_head_file("sets"),    mlg_head_file("bound")};
    mlg_table *table =
        mlg_doc_table(document, "key_players", (mlg_sentence){0}, heads, COLUMNS(heads));

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
            list_file(document, table, view,
                      mlg_section_value(document->results, lists[l].id, view, MLG_VECTOR,
                                        lists[l].convention));
        }
    }
}

void mlg_part_players(mlg_document *document)
{
    const mlg_results *results = document->results;
    bool any = false, explained = false;

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        any = any || largest(reach_of(results, view), NULL).k > 0;
        if (mlg_section_shows(results, view)) {
            say_convene(document, view);
            say_cut(document, view);
            explained = table_of(document, view, !explained) || explained;
        }
    }
    if (any) {
        file_table(document);
    }
}
