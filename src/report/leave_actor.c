/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/pieces.h"
#include "report/leave_sheet.h"

/* The sheet of an actor that withdraws: an organisation, or whatever the views are made of. Its
 * posts and schemes are told; who its people are is another sheet's matter. */

static void paragraph(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, n);
}

mlg_sentence mlg_leave_actor_heading(mlg_id actor)
{
    const mlg_arg name = mlg_arg_label(MLG_SCOPE_ACTOR, actor);
    return mlg_sentence_of(T_leave_title_actor, &name, 1);
}

/* ---- what it carries ------------------------------------------------------------------ */

/* Ids that rows give to the actor by one of their columns, each once. */
typedef struct carried {
    mlg_id *ids;
    size_t n, room;
} carried;

static void carry(mlg_document *document, carried *c, mlg_id id)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->ids[i] == id) {
            return;
        }
    }
    if (id < 0) {
        return;
    }
    if (!mlg_grow(&c->ids, &c->room, c->n + 1, sizeof *c->ids)) {
        document->failed = true;
        return;
    }
    c->ids[c->n++] = id;
}

static void find_carried(mlg_document *document, mlg_table_id table, mlg_column column,
                         mlg_column id, mlg_id actor, carried *c)
{
    const mlg_model *model = document->results->model;
    const int32_t today = mlg_model_date(model);
    const mlg_column start = table == MLG_POSTS ? C_posts_start : C_schemes_start;
    const mlg_column end = table == MLG_POSTS ? C_posts_end : C_schemes_end;

    for (int32_t row = 0; row < model->rows[table].n; row++) {
        size_t n = 0;
        const int32_t *parties = mlg_get_list(model, column, row, &n);
        const bool past = today != MLG_NO_DATE && mlg_get_span(model, end, row).last < today;
        const bool later = today != MLG_NO_DATE && mlg_get_span(model, start, row).first > today;
        for (size_t i = 0; i < n && !past && !later; i++) {
            if (parties[i] == actor) {
                carry(document, c, mlg_get_id(model, id, row));
            }
        }
    }
}

static void tell_carried(mlg_document *document, mlg_table_id table, mlg_column column,
                         mlg_column id, mlg_id actor, mlg_scope scope, mlg_text_key key)
{
    carried c = {0};
    find_carried(document, table, column, id, actor, &c);
    if (c.n > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) c.n),
                                mlg_leave_names(document, scope, c.ids, c.n)};
        paragraph(document, key, args, 2);
    }
    mlg_free(c.ids);
}

/* ---- who would be cut off -------------------------------------------------------------- */

enum { PIECES_NAMED = 4 };

/* The members of one piece, or of all pieces of one actor (piece -1). */
static void tell_piece(mlg_document *document, const mlg_graph *graph, const mlg_pieces *pieces,
                       int32_t piece, mlg_text_key key)
{
    size_t n = 0;
    mlg_id *ids = mlg_alloc((size_t) graph->n, sizeof *ids);
    if (ids == NULL) {
        document->failed = true;
        return;
    }
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t of = pieces->of[v];
        const bool alone = of >= 0 && of != pieces->widest && pieces->size[of] == 1;
        if (piece < 0 ? alone : of == piece) {
            ids[n++] = graph->subject[v];
        }
    }
    if (n > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) n),
                                mlg_leave_names(document, graph->scope, ids, n)};
        paragraph(document, key, args, 2);
    }
    mlg_free(ids);
}

static void tell_pieces(mlg_document *document, const mlg_graph *graph, const mlg_pieces *pieces)
{
    int32_t named = 0;
    tell_piece(document, graph, pieces, -1, T_leave_actor_alone);
    for (int32_t p = 0; p < pieces->n && named < PIECES_NAMED; p++) {
        if (p != pieces->widest && pieces->size[p] > 1) {
            tell_piece(document, graph, pieces, p, T_leave_actor_group);
            named++;
        }
    }
}

/* A row of a measure over actors. */
static double number_of(const mlg_document *document, const char *id, int32_t view, int32_t actor,
                        const char *part)
{
    const mlg_value *value = mlg_leave_value(document, id, view);
    if (value == NULL || actor < 0 || (size_t) actor >= value->n) {
        return NAN;
    }
    return part == NULL ? mlg_section_number(value, MLG_VALUE, (size_t) actor)
                        : mlg_section_part(value, part, (size_t) actor);
}

static void tell_pairs(mlg_document *document, int32_t view, int32_t actor)
{
    const char *const cross = "depend.cross_pairs_lost";
    const bool sectors = !isnan(number_of(document, cross, view, actor, NULL));
    const char *const id = sectors ? cross : "depend.pairs_lost";
    const double lost = number_of(document, id, view, actor, NULL);
    const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_count(lost),
                            mlg_arg_count(number_of(document, id, view, actor, "connected")),
                            mlg_arg_share(number_of(document, id, view, actor, "share"), 0)};
    if (lost > 0.0) {
        paragraph(document, sectors ? T_leave_actor_cross : T_leave_actor_pairs, args, 4);
    } else if (!isnan(lost)) {
        paragraph(document, T_leave_actor_none, args, 1);
    }
}

/* Pairs of which it is the only common partner: they would lose their one way round. */
static void tell_only(mlg_document *document, int32_t view, int32_t actor)
{
    const double only = number_of(document, "broker.exclusivity", view, actor, NULL);
    const mlg_arg args[] = {
        mlg_arg_count(only),
        mlg_arg_share(number_of(document, "broker.exclusivity", view, actor, "share"), 0)};
    if (only > 0.0) {
        paragraph(document, T_leave_actor_only, args, 2);
    }
}

/* How much further from each other the others would be. */
static void tell_distance(mlg_document *document, int32_t view, int32_t actor)
{
    const double further = number_of(document, "depend.vulnerability", view, actor, "residual");
    const mlg_arg args[] = {mlg_arg_share(further, 0)};
    if (further >= 0.005) {
        paragraph(document, T_leave_actor_further, args, 1);
    }
}

/* Partners that would be left with a single one. */
static void tell_thin(mlg_document *document, const mlg_graph *graph, int32_t actor)
{
    size_t n = 0;
    mlg_id *ids = mlg_alloc((size_t) graph->n, sizeof *ids);
    if (ids == NULL) {
        document->failed = true;
        return;
    }
    for (uint32_t e = graph->ties.offset[actor]; e < graph->ties.offset[actor + 1]; e++) {
        if (mlg_csr_degree(&graph->ties, graph->ties.target[e]) == 2) {
            ids[n++] = graph->subject[graph->ties.target[e]];
        }
    }
    if (n > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) n),
                                mlg_leave_names(document, graph->scope, ids, n)};
        paragraph(document, T_leave_actor_thin, args, 2);
    }
    mlg_free(ids);
}

static mlg_status one_view(mlg_document *document, int32_t view, mlg_id actor, bool *known,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const int32_t v = mlg_id_find(graph->subject, graph->n, actor);
    mlg_pieces pieces = {0};

    if (v < 0 || graph->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    TRY(mlg_pieces_without(graph, v, &pieces, err));
    if (pieces.n > 0) {
        *known = true;
        const uint32_t partners = graph->ties.offset[v + 1] - graph->ties.offset[v];
        const mlg_arg args[] = {mlg_section_view(document, view), mlg_arg_count(partners)};
        if (graph->projected || graph->n_activities == 0) {
            paragraph(document, T_leave_actor_partners, args, 2);
        }
        tell_pairs(document, view, v);
        tell_pieces(document, graph, &pieces);
        tell_distance(document, view, v);
        if (graph->projected || graph->n_activities == 0) {
            tell_thin(document, graph, v);
        }
        tell_only(document, view, v);
    }
out:
    mlg_pieces_free(&pieces);
    return status;
}

void mlg_leave_actor(mlg_document *document, mlg_id actor)
{
    const mlg_results *results = document->results;
    mlg_error err = {0};
    bool known = false;

    tell_carried(document, MLG_SCHEMES, C_schemes_carrier, C_schemes_id, actor, MLG_SCOPE_SCHEME,
                 T_leave_actor_schemes);
    tell_carried(document, MLG_POSTS, C_posts_employer, C_posts_id, actor, MLG_SCOPE_POST,
                 T_leave_actor_posts);
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_status status = mlg_section_shows(results, view)
                                      ? one_view(document, view, actor, &known, &err)
                                      : MLG_OK;
        if (status != MLG_OK) {
            mlg_doc_fail(document, status, &err);
            return;
        }
    }
    if (!known) {
        paragraph(document, T_leave_actor_unknown, NULL, 0);
    }
    mlg_leave_first_steps(document);
    if (known) {
        mlg_leave_lever(document, T_lever_agreements, "S0:361");
        mlg_leave_lever(document, T_lever_reciprocal, "S1:233");
    } else {
        mlg_leave_lever(document, T_lever_directory, "S3:47");
    }
}
