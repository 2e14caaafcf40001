/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/levels.h"

enum { UNKNOWN = -1, SEVERAL = -2 };

void mlg_levels_free(mlg_levels *levels)
{
    mlg_free(levels->code);
    mlg_free(levels->level);
    mlg_free(levels->residents);
    *levels = (mlg_levels){0};
}

static int32_t code_of(const mlg_model *model, mlg_id party)
{
    const int32_t row = model->party_actor_row[party];
    return row >= 0 ? mlg_get_id(model, C_actors_level, row) : UNKNOWN;
}

/* What the people and services of each actor say, `said` [n]: a code, UNKNOWN or SEVERAL. */
static void ask_members(const mlg_graph *graph, int32_t *said)
{
    const mlg_model *model = graph->model;
    for (mlg_id party = 0; party < (mlg_id) model->parties.n; party++) {
        const int32_t code = code_of(model, party);
        const mlg_id subject = graph->into != NULL ? graph->into[party] : party;
        const int32_t v =
            subject >= 0 && code >= 0 ? mlg_id_find(graph->subject, graph->n, subject) : UNKNOWN;
        if (v >= 0) {
            said[v] = said[v] == UNKNOWN || said[v] == code ? code : SEVERAL;
        }
    }
}

/* Numbers the codes in use and turns them into those numbers. */
static mlg_status number_codes(const mlg_model *model, int32_t n, mlg_levels *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_codes = mlg_code_count(model, MLG_V_actor_level);
    int32_t *number = mlg_zalloc((size_t) n_codes, sizeof *number);

    out->code = mlg_alloc((size_t) n_codes, sizeof *out->code);
    TRY_ALLOC(err, number);
    TRY_ALLOC(err, out->code);
    for (int32_t v = 0; v < n; v++) {
        if (out->level[v] >= 0) {
            number[out->level[v]] = 1;
        }
    }
    for (int32_t c = 0; c < n_codes; c++) {
        if (number[c] != 0) {
            number[c] = out->n_levels;
            out->code[out->n_levels++] = c;
        }
    }
    for (int32_t v = 0; v < n; v++) {
        out->level[v] = out->level[v] >= 0 ? number[out->level[v]] : UNKNOWN;
        out->known += out->level[v] >= 0;
    }
out:
    mlg_free(number);
    return status;
}

static mlg_status read_levels(const mlg_graph *graph, mlg_levels *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    int32_t *said = mlg_alloc((size_t) graph->n, sizeof *said);

    TRY_ALLOC(err, said);
    for (int32_t v = 0; v < graph->n; v++) {
        said[v] = UNKNOWN;
    }
    ask_members(graph, said);
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t own = code_of(model, graph->subject[v]);
        out->level[v] = own >= 0 ? own : said[v];
        out->residents[v] = model->party_kind[graph->subject[v]] == MLG_KIND_RESIDENTS;
    }
    TRY(number_codes(model, graph->n, out, err));
out:
    mlg_free(said);
    return status;
}

mlg_status mlg_levels_of(const mlg_graph *graph, mlg_levels *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_levels){0};
    out->level = mlg_alloc((size_t) graph->n, sizeof *out->level);
    out->residents = mlg_zalloc((size_t) graph->n, sizeof *out->residents);
    TRY_ALLOC(err, out->level);
    TRY_ALLOC(err, out->residents);
    for (int32_t v = 0; v < graph->n; v++) {
        out->level[v] = UNKNOWN;
    }
    if (graph->model != NULL && graph->scope == MLG_SCOPE_ACTOR) {
        TRY(read_levels(graph, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_levels_free(out);
    }
    return status;
}
