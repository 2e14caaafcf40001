/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/broker_ground.h"

#include "measure/answer.h"

/* Entries of lists that a report may read for the counts: about half a minute of one core. */
static const double MOST_WORK = 3e10;

static void brokers_free(void *made)
{
    mlg_brokers *b = made;
    if (b != NULL) {
        mlg_labelling_free(&b->labelling);
        mlg_free(b->actor);
        mlg_free(b->deals);
        mlg_free(b->kept);
        mlg_free(b->draw);
        mlg_free(b);
    }
}

/* An actor of several sectors has its first here: roles need one. */
static mlg_status label(mlg_brokers *b, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_graph first = *b->graph;

    first.sector_set = (mlg_csr){0};
    status = mlg_labelling_make(&first, &b->labelling, err);
    if (status == MLG_ESIZE) {
        b->why = T_why_too_large;
        if (err != NULL) {
            *err = (mlg_error){0};
        }
        return MLG_OK;
    }
    TRY(status);
    if (b->labelling.n == 0) {
        b->why = T_why_no_sectors;
    } else if (b->graph->view.by == MLG_BY_SECTOR) {
        b->why = T_why_by_sector;
    } else if (!b->graph->projected || b->labelling.n_types > MLG_MAX_SECTORS) {
        b->why = T_why_too_large;
    }
out:
    return status;
}

static uint64_t crossing(const mlg_csr *ties, const int32_t *sector)
{
    uint64_t twice = 0;
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            twice += sector[v] != sector[ties->target[e]];
        }
    }
    return twice / 2;
}

static void add_up(mlg_brokers *b)
{
    for (int32_t v = 0; v < b->labelling.n; v++) {
        const mlg_broker_counts *own = &b->actor[v];
        for (int r = 0; r < MLG_N_ROLES; r++) {
            b->total.role[r] += own->role[r];
        }
        b->total.paths += own->paths;
        b->total.open += own->open;
        b->total.cross += own->cross;
        b->total.only += own->only;
        b->total.only_cross += own->only_cross;
    }
}

/* The roles along `arcs` and the pairs of `ties`: one reading when both are the same. */
static mlg_status count(mlg_brokers *b, const mlg_csr *arcs, const mlg_csr *ties,
                        const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_distinct_pairs distinct = {0};
    int32_t *sector = mlg_alloc((size_t) b->labelling.n, sizeof *sector);

    TRY_ALLOC(err, sector);
    for (int32_t v = 0; v < b->labelling.n; v++) {
        sector[v] = b->labelling.type[v];
    }
    b->actor = mlg_zalloc((size_t) b->labelling.n, sizeof *b->actor);
    TRY_ALLOC(err, b->actor);
    if (b->ordered) {
        const mlg_path_count roles = {arcs, sector, true, true, false};
        TRY(mlg_broker_count(&roles, run, b->actor, &distinct, err));
    }
    const mlg_path_count pairs = {ties, sector, false, !b->ordered, true};
    TRY(mlg_broker_count(&pairs, run, b->actor, &distinct, err));
    b->tied_cross = crossing(ties, sector);
    b->pairs = distinct.pairs;
    b->cross_pairs = distinct.cross;
    b->lone_pairs = distinct.lone;
    b->lone_cross = distinct.lone_cross;
    add_up(b);
out:
    mlg_free(sector);
    return status;
}

static mlg_status measure(mlg_brokers *b, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double n = b->labelling.n, pairs = n * (n - 1.0);
    mlg_csr ties = {0}, own_arcs = {0};
    const mlg_csr *arcs = &ties;

    TRY(mlg_broker_links(&b->graph->ties, &b->labelling, &ties, err));
    if (mlg_broker_work(&ties) > MOST_WORK && !run->force) {
        b->why = T_why_too_large;
        goto out;
    }
    if (b->graph->directed) {
        TRY(mlg_broker_links(&b->graph->arcs, &b->labelling, &own_arcs, err));
        arcs = &own_arcs;
    }
    b->m = (double) mlg_csr_size(arcs) / (b->ordered ? 1.0 : 2.0);
    b->density = b->m / (b->ordered ? pairs : pairs / 2.0);
    if (b->m == 0.0) {
        b->why = T_why_no_ties;
        goto out;
    }
    TRY(count(b, arcs, &ties, run, err));
    if (!b->as_sna) { /* sna knows no other null than its own */
        TRY(mlg_broker_deal(b, arcs, run, err));
    }
out:
    mlg_csr_free(&ties);
    mlg_csr_free(&own_arcs);
    return status;
}

mlg_status mlg_brokers_of(mlg_context *context, int32_t view, mlg_brokers **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_brokers *b = mlg_context_slot(context, view, MLG_SLOT_BROKERS);

    *out = b;
    if (b != NULL) {
        return MLG_OK;
    }
    b = mlg_zalloc(1, sizeof *b);
    TRY_ALLOC(err, b);
    b->graph = mlg_context_graph(context, view);
    b->as_sna = mlg_run_follows(context->run, "sna");
    b->ordered = b->graph->directed || b->as_sna;
    TRY(label(b, err));
    if (b->why == T_none) {
        TRY(measure(b, context->run, err));
    }
    mlg_context_keep(context, view, MLG_SLOT_BROKERS, b, brokers_free);
    *out = b;
out:
    if (status != MLG_OK) {
        brokers_free(b);
    }
    return status;
}
