/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/build.h"

enum { UNUSED = -1, USED = 0 };

/* Codes of all sectors a party says, first to last; *n = 0 when it says none. `one` has
 * room for a code the party got from elsewhere. */
static const int32_t *sectors_of(const mlg_model *model, mlg_id party, int32_t *one, size_t *n)
{
    const int32_t row = model->party_actor_row[party];
    const int32_t *codes = row >= 0 ? mlg_get_list(model, C_actors_sector, row, n) : NULL;
    if (codes != NULL) {
        return codes;
    }
    *one = model->party_sector[party];
    *n = *one >= 0;
    return one;
}

/* Numbers the used codes in ascending order: index_of[code] becomes 0.. or stays UNUSED. */
static mlg_status number_codes(mlg_graph *graph, int32_t *index_of, int32_t n_codes, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t code = 0; code < n_codes; code++) {
        index_of[code] = index_of[code] == USED ? graph->n_sectors++ : UNUSED;
    }
    graph->sector_code = mlg_alloc((size_t) graph->n_sectors, sizeof *graph->sector_code);
    TRY_ALLOC(err, graph->sector_code);
    for (int32_t code = 0; code < n_codes; code++) {
        if (index_of[code] != UNUSED) {
            graph->sector_code[index_of[code]] = code;
        }
    }
out:
    return status;
}

/* Finds the codes in use and how many an actor says: all together, and at most. */
static void mark_codes(const mlg_graph *graph, int32_t *index_of, size_t *total, size_t *most)
{
    *total = *most = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        int32_t one = -1;
        size_t n = 0;
        const int32_t *codes = sectors_of(graph->model, graph->subject[v], &one, &n);
        for (size_t i = 0; i < n; i++) {
            index_of[codes[i]] = USED;
        }
        *total += n;
        *most = n > *most ? n : *most;
    }
}

static mlg_status fill_set(mlg_graph *graph, const int32_t *index_of, size_t total, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *actor = mlg_alloc(total, sizeof *actor), *sector = mlg_alloc(total, sizeof *sector);
    size_t at = 0;

    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, sector);
    for (int32_t v = 0; v < graph->n; v++) {
        int32_t one = -1;
        size_t n = 0;
        const int32_t *codes = sectors_of(graph->model, graph->subject[v], &one, &n);
        for (size_t i = 0; i < n; i++, at++) {
            actor[at] = v;
            sector[at] = index_of[codes[i]];
        }
    }
    TRY(mlg_csr_build(graph->n, graph->n_sectors, false, false, actor, sector, NULL, at,
                      MLG_MERGE_MAX, &graph->sector_set, err));
out:
    mlg_free(actor);
    mlg_free(sector);
    return status;
}

/* Sectors of actors, from the model. */
static mlg_status read_sectors(mlg_graph *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_codes = mlg_code_count(graph->model, MLG_V_sector);
    int32_t *index_of = mlg_alloc((size_t) n_codes, sizeof *index_of);
    size_t total = 0, most = 0;

    TRY_ALLOC(err, index_of);
    for (int32_t code = 0; code < n_codes; code++) {
        index_of[code] = UNUSED;
    }
    mark_codes(graph, index_of, &total, &most);
    TRY(number_codes(graph, index_of, n_codes, err));
    for (int32_t v = 0; v < graph->n; v++) {
        int32_t one = -1;
        size_t n = 0;
        const int32_t *codes = sectors_of(graph->model, graph->subject[v], &one, &n);
        graph->sector[v] = n > 0 ? index_of[codes[0]] : -1;
        graph->facts.unknown_sector += n == 0;
    }
    if (most > 1) {
        TRY(fill_set(graph, index_of, total, err));
    }
out:
    mlg_free(index_of);
    return status;
}

/* A sector is its own; a scheme joins sectors and has none. */
static mlg_status set_own(mlg_graph *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool own = graph->scope == MLG_SCOPE_SECTOR;

    graph->n_sectors = own ? graph->n : 0;
    graph->facts.unknown_sector = own ? 0 : (size_t) graph->n;
    graph->sector_code = mlg_alloc((size_t) graph->n_sectors, sizeof *graph->sector_code);
    TRY_ALLOC(err, graph->sector_code);
    for (int32_t v = 0; v < graph->n; v++) {
        graph->sector[v] = own ? v : -1;
        if (own) {
            graph->sector_code[v] = graph->subject[v];
        }
    }
out:
    return status;
}

mlg_status mlg_graph_set_sectors(mlg_graph *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    graph->sector = mlg_alloc((size_t) graph->n, sizeof *graph->sector);
    TRY_ALLOC(err, graph->sector);
    TRY(graph->scope == MLG_SCOPE_ACTOR ? read_sectors(graph, err) : set_own(graph, err));
out:
    return status;
}
