/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>

/* Who stands between sectors: in words, the first actors, and a file with every role. A
 * place in a network, never a person's worth. */

enum { ACTORS_SHOWN = 5, N_ROLES = 7 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const struct {
    const char *id, *name, *expected, *p;
} roles[N_ROLES] = {
    {"broker.coordinator", "coordinator", "coordinator_expected", "coordinator_p_adjusted"},
    {"broker.itinerant", "itinerant", "itinerant_expected", "itinerant_p_adjusted"},
    {"broker.representative", "representative", "representative_expected",
     "representative_p_adjusted"},
    {"broker.gatekeeper", "gatekeeper", "gatekeeper_expected", "gatekeeper_p_adjusted"},
    {"broker.boundary", "boundary", "boundary_expected", "boundary_p_adjusted"},
    {"broker.liaison", "liaison", "liaison_expected", "liaison_p_adjusted"},
    {"broker.total", "total", "total_expected", NULL},
};
enum { COORDINATOR = 0, BOUNDARY = 4, LIAISON = 5, TOTAL = 6 };

/* The lists of one view, looked up once; one without rows where it is undefined. */
typedef struct lists {
    const mlg_graph *graph;
    const mlg_value *role[N_ROLES], *activity, *alone;
    size_t n;
} lists;

static lists lists_of(const mlg_results *results, int32_t view)
{
    lists of = {.graph = mlg_context_graph(results->context, view)};
    for (size_t r = 0; r < N_ROLES; r++) {
        of.role[r] = mlg_section_value(results, roles[r].id, view, MLG_VECTOR, NULL);
    }
    of.activity = mlg_section_value(results, "broker.activity", view, MLG_VECTOR, NULL);
    of.alone = mlg_section_value(results, "broker.exclusivity", view, MLG_VECTOR, NULL);
    of.n = of.activity != NULL ? of.activity->n : 0;
    return of;
}

static void name_cells(mlg_document *document, mlg_table *table, const lists *of, size_t row)
{
    const int32_t sector = of->graph->sector[row];
    mlg_doc_cell(document, table, mlg_section_label(of->graph->scope, of->graph->subject[row]));
    mlg_doc_cell(document, table,
                 sector >= 0 ? mlg_section_label(MLG_SCOPE_SECTOR, of->graph->sector_code[sector])
                             : mlg_section_key(T_unknown));
}

/* ---- the page ------------------------------------------------------------------------------ */

static void first_row(mlg_document *document, mlg_table *table, const lists *of, size_t row)
{
    const mlg_value *liaison = of->role[LIAISON];
    name_cells(document, table, of, row);
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_number(of->role[COORDINATOR], MLG_VALUE, row)));
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_number(of->role[BOUNDARY], MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(liaison, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_cell(liaison, MLG_EXPECTED, row));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(liaison, MLG_P_ADJUSTED, row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(of->alone, MLG_VALUE, row)));
}

/* Most pairs between sectors, then most of them alone. */
static void first_brokers(mlg_document *document, const lists *of, mlg_arg name, bool explain)
{
    const mlg_heading heads[] = {
        mlg_head("actor", T_head_actor),          mlg_head("sector", T_head_sector),
        mlg_head("coordinator", T_head_inner),    mlg_head("boundary", T_head_boundary),
        mlg_head("liaison", T_head_liaison),      mlg_head("expected", T_head_liaison_expected),
        mlg_head("p_adjusted", T_head_liaison_p), mlg_head("exclusive", T_head_sole_link),
    };
    const size_t *order = mlg_section_order(document, of->activity->column[MLG_VALUE],
                                            of->alone->column[MLG_VALUE], of->n);
    mlg_table *table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_brokers, &name, 1),
                                     heads, COLUMNS(heads));

    if (explain) {
        table->note = mlg_sentence_of(T_table_brokers_note, NULL, 0);
    }
    for (size_t i = 0; order != NULL && i < of->n && i < ACTORS_SHOWN; i++) {
        if (mlg_section_number(of->activity, MLG_VALUE, order[i]) > 0.0) {
            first_row(document, table, of, order[i]);
        }
    }
}

/* Expected figures of a few are told with a decimal. */
static mlg_arg about(double x)
{
    return mlg_arg_number(x, x < 9.95 ? 1 : 0);
}

static void say_liaisons(mlg_document *document, int32_t view)
{
    const mlg_value *sum =
        mlg_section_value(document->results, "broker.liaison", view, MLG_SCALAR, NULL);
    const double observed = mlg_section_number(sum, MLG_VALUE, 0);
    const double expected = mlg_section_number(sum, MLG_EXPECTED, 0);
    const double p = mlg_section_number(sum, MLG_P, 0);
    const mlg_arg args[] = {mlg_arg_count(observed), about(expected),
                            mlg_arg_count(mlg_section_number(sum, MLG_LOW, 0)),
                            mlg_arg_count(mlg_section_number(sum, MLG_HIGH, 0)), mlg_arg_p(p)};

    /* on participations the test is a screen: nothing is said from it */
    if (p <= 0.05 && sum->caution == T_none &&
        mlg_context_graph(document->results->context, view)->n_activities == 0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      observed < expected ? T_brokers_fewer : T_brokers_more, args, COLUMNS(args));
    }
}

static void say_pairs(mlg_document *document, int32_t view, mlg_arg name)
{
    const mlg_results *results = document->results;
    const mlg_value *pairs = mlg_section_value(results, "broker.activity", view, MLG_SCALAR, NULL);
    const mlg_value *lone =
        mlg_section_value(results, "broker.exclusivity", view, MLG_SCALAR, NULL);
    const mlg_value *spread =
        mlg_section_value(results, "broker.concentration", view, MLG_SCALAR, NULL);
    const double effective = mlg_section_part(spread, "effective_cross", 0);
    const mlg_arg args[] = {name,
                            mlg_arg_count(mlg_section_part(pairs, "tied", 0)),
                            mlg_arg_count(mlg_section_number(pairs, MLG_VALUE, 0)),
                            mlg_arg_count(mlg_section_number(lone, MLG_VALUE, 0)),
                            mlg_arg_share(mlg_section_part(lone, "share", 0), 0),
                            mlg_arg_count(mlg_section_part(pairs, "apart", 0))};
    const mlg_arg rests[] = {about(effective),
                             mlg_arg_share(mlg_section_part(spread, "top1_cross", 0), 0),
                             mlg_arg_share(mlg_section_part(spread, "top3_cross", 0), 0)};

    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_brokers_pairs, args, COLUMNS(args));
    if (!isnan(effective)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_brokers_effective, rests, COLUMNS(rests));
    }
}

/* Answers whether there was a table; the first one says how to read it. */
static bool one_view(mlg_document *document, int32_t view, bool explain)
{
    const lists of = lists_of(document->results, view);
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_value *pairs =
        mlg_section_value(document->results, "broker.activity", view, MLG_SCALAR, NULL);

    if (of.n == 0 || of.alone == NULL || of.alone->n != of.n) {
        return false;
    }
    if (!(mlg_section_number(pairs, MLG_VALUE, 0) > 0.0)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_brokers_none, &name, 1);
        return false;
    }
    say_pairs(document, view, name);
    say_liaisons(document, view);
    if (of.graph->n_activities > 0) {
        return false; /* who met once in a plenary stands between hundreds: in the file */
    }
    first_brokers(document, &of, name, explain);
    return true;
}

/* ---- the file ------------------------------------------------------------------------------ */

static mlg_table *open_file(mlg_document *document)
{
    mlg_heading heads[4 + 3 * N_ROLES + 3] = {mlg_head_file("view"), mlg_head_file("actor"),
                                              mlg_head_file("sector"), mlg_head_file("null")};
    size_t n = 4;
    for (size_t r = 0; r < N_ROLES; r++) {
        heads[n++] = mlg_head_file(roles[r].name);
        heads[n++] = mlg_head_file(roles[r].expected);
        if (roles[r].p != NULL) {
            heads[n++] = mlg_head_file(roles[r].p);
        }
    }
    heads[n++] = mlg_head_file("cross_pairs");
    heads[n++] = mlg_head_file("exclusive");
    heads[n++] = mlg_head_file("exclusive_share");
    mlg_table *table = mlg_doc_table(document, "brokers", (mlg_sentence){0}, heads, n);
    table->page_rows = 0;
    return table;
}

/* What the expectations of the roles stand under. */
static mlg_cell null_of(const lists *of)
{
    const char *name = NULL;
    for (size_t r = 0; r < N_ROLES && name == NULL; r++) {
        name = of->role[r] != NULL ? of->role[r]->null_model : NULL;
    }
    return name != NULL ? mlg_cell_code(name) : (mlg_cell){.kind = MLG_CELL_EMPTY};
}

static void file_row(mlg_document *document, mlg_table *table, const lists *of, size_t row,
                     mlg_arg view)
{
    mlg_doc_cell(document, table, mlg_cell_of(view));
    name_cells(document, table, of, row);
    mlg_doc_cell(document, table, null_of(of));
    for (size_t r = 0; r < N_ROLES; r++) {
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_number(of->role[r], MLG_VALUE, row)));
        mlg_doc_cell(document, table, mlg_section_cell(of->role[r], MLG_EXPECTED, row));
        if (roles[r].p != NULL) {
            mlg_doc_cell(document, table,
                         mlg_section_p(mlg_section_number(of->role[r], MLG_P_ADJUSTED, row)));
        }
    }
    mlg_doc_cell(document, table,
                 mlg_section_count(mlg_section_number(of->activity, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(of->alone, MLG_VALUE, row)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(of->alone, "share", row)));
}

static void file(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *table = open_file(document);

    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const lists of = lists_of(results, view);
        const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);
        for (size_t row = 0; row < of.n && !document->failed; row++) {
            file_row(document, table, &of, row, id);
        }
    }
}

void mlg_section_brokers(mlg_document *document)
{
    bool explained = false;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            explained = one_view(document, view, !explained) || explained;
        }
    }
    file(document);
}
