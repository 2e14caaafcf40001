/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/departure.h"
#include "report/leave_sheet.h"

/* Whom a departure would leave tied, by name: by an agreement, by an organisation that holds the
 * tie, or by nothing but the person. */

/* How a partner is held, the best of its rows in any view. */
typedef enum holding { BY_NOBODY, BY_UNKNOWN, BY_PERSON, BY_ORGANISATION, BY_AGREEMENT } holding;

static holding holding_of(int8_t held)
{
    return held == MLG_CODE_OF(held_by, organisation) ? BY_ORGANISATION
           : held == MLG_CODE_OF(held_by, person)     ? BY_PERSON
                                                      : BY_UNKNOWN;
}

/* Agreements bind the organisations of who leaves to others, whoever signed. */
static void find_agreements(const mlg_graph *graph, const bool *own, uint8_t *best)
{
    const mlg_model *model = graph->model;
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        const mlg_id from = mlg_get_id(model, C_ties_from, row);
        const mlg_id to = mlg_get_id(model, C_ties_to, row);
        if (mlg_get_id(model, C_ties_kind, row) != MLG_CODE_OF(tie_kind, agreement) || from < 0 ||
            to < 0 || graph->into[from] < 0 || graph->into[to] < 0) {
            continue;
        }
        const mlg_id ends[2] = {graph->into[from], graph->into[to]};
        for (int end = 0; end < 2; end++) {
            if (own[ends[end]] && best[ends[1 - end]] != BY_NOBODY) {
                best[ends[1 - end]] = BY_AGREEMENT;
            }
        }
    }
}

static mlg_status find_partners(const mlg_document *document, const mlg_leavers *leavers,
                                int32_t leaver, int32_t view, uint8_t *best, bool *own,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_context *context = document->results->context;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_carrieds rows = {0};

    TRY(mlg_carried_of(context, view, leavers, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        const mlg_carried *row = &rows.items[i];
        if (row->leaver == leaver && holding_of(row->held) > best[row->partner]) {
            best[row->partner] = (uint8_t) holding_of(row->held);
        }
    }
    mlg_leaver_own(graph->model, leavers, leaver, graph->into, true, own);
    find_agreements(graph, own, best);
    mlg_leaver_own(graph->model, leavers, leaver, graph->into, false, own);
out:
    mlg_free(rows.items);
    return status;
}

/* The partners held in one way, or in either of two. */
static void tell(mlg_document *document, const uint8_t *best, size_t n, holding how, holding or,
                 mlg_text_key key)
{
    size_t found = 0;
    mlg_id *ids = mlg_alloc(n, sizeof *ids);

    if (ids == NULL) {
        document->failed = true;
        return;
    }
    for (size_t id = 0; id < n; id++) {
        if (best[id] == how || best[id] == or) {
            ids[found++] = (mlg_id) id;
        }
    }
    if (found > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) found),
                                mlg_leave_names(document, MLG_SCOPE_ACTOR, ids, found)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, key, args, 2);
    }
    mlg_free(ids);
}

void mlg_leave_partners(mlg_document *document, const mlg_leavers *leavers, int32_t leaver)
{
    const mlg_results *results = document->results;
    const size_t n = results->model->parties.n;
    mlg_status status = MLG_OK;
    mlg_error err = {0};
    uint8_t *best = mlg_zalloc(n, sizeof *best);
    bool *own = mlg_zalloc(n, sizeof *own), known = false;

    TRY_ALLOC(&err, best);
    TRY_ALLOC(&err, own);
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_graph *graph = mlg_context_graph(results->context, view);
        if (mlg_section_shows(results, view) && graph->scope == MLG_SCOPE_ACTOR) {
            TRY(find_partners(document, leavers, leaver, view, best, own, &err));
        }
    }
    for (size_t id = 0; id < n; id++) {
        known = known || best[id] > BY_UNKNOWN;
    }
    if (known) { /* else the sheet has said that nobody noted who holds them */
        tell(document, best, n, BY_AGREEMENT, BY_AGREEMENT, T_leave_kept_agreement);
        tell(document, best, n, BY_ORGANISATION, BY_ORGANISATION, T_leave_kept_organisation);
        tell(document, best, n, BY_PERSON, BY_UNKNOWN, T_leave_kept_person);
    }
out:
    mlg_free(best);
    mlg_free(own);
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    }
}
