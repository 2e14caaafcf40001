/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "random_graph.h"

#include <check.h>

#include "base/memory.h"

static void *get(size_t count, size_t size)
{
    void *block = mlg_zalloc(count, size);
    ck_assert_ptr_nonnull(block);
    return block;
}

static int32_t below(mlg_random *draw, int32_t n)
{
    return (int32_t) mlg_random_below(draw, (uint32_t) n);
}

random_ties random_ties_of(mlg_random *draw, int32_t n, size_t m, int32_t n_sectors)
{
    random_ties ties = {.n = n, .m = m, .n_sectors = n_sectors};
    ties.from = get(m, sizeof *ties.from);
    ties.to = get(m, sizeof *ties.to);
    ties.weight = get(m, sizeof *ties.weight);
    ties.sector = get((size_t) n, sizeof *ties.sector);
    for (size_t i = 0; i < m; i++) {
        ties.from[i] = below(draw, n);
        ties.to[i] = below(draw, n);
        ties.weight[i] = (1 + below(draw, 20)) / 4.0;
    }
    for (int32_t v = 0; v < n; v++) {
        ties.sector[v] = n_sectors == 0 || below(draw, 10) == 0 ? -1 : below(draw, n_sectors);
    }
    return ties;
}

void random_ties_free(random_ties *ties)
{
    mlg_free(ties->from);
    mlg_free(ties->to);
    mlg_free(ties->weight);
    mlg_free(ties->sector);
    *ties = (random_ties){0};
}

random_seats random_seats_of(mlg_random *draw, int32_t n, int32_t n_activities, size_t m)
{
    random_seats seats = {.n = n, .n_activities = n_activities, .m = m};
    seats.actor = get(m, sizeof *seats.actor);
    seats.activity = get(m, sizeof *seats.activity);
    for (size_t i = 0; i < m; i++) {
        seats.actor[i] = below(draw, n);
        seats.activity[i] = below(draw, n_activities);
    }
    return seats;
}

void random_seats_free(random_seats *seats)
{
    mlg_free(seats->actor);
    mlg_free(seats->activity);
    *seats = (random_seats){0};
}

int32_t *random_order(mlg_random *draw, int32_t n)
{
    int32_t *order = get((size_t) n, sizeof *order);
    for (int32_t i = 0; i < n; i++) {
        const int32_t j = below(draw, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

mlg_graph *random_graph(mlg_random *draw, int32_t n, size_t m, int32_t n_sectors, bool directed,
                        bool weighted)
{
    mlg_error err = {0};
    mlg_graph *graph = NULL;
    random_ties ties = random_ties_of(draw, n, m, n_sectors);
    const mlg_status status =
        mlg_graph_from_ties(n, ties.from, ties.to, weighted ? ties.weight : NULL, m, directed,
                            ties.sector, n_sectors, &graph, &err);
    random_ties_free(&ties);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    return graph;
}

mlg_graph *random_two_mode(mlg_random *draw, int32_t n, int32_t n_activities, size_t m,
                           mlg_projection projection)
{
    mlg_error err = {0};
    mlg_graph *graph = NULL;
    random_seats seats = random_seats_of(draw, n, n_activities, m);
    const mlg_status status = mlg_graph_from_participations(
        n, n_activities, seats.actor, seats.activity, m, projection, NULL, 0, NULL, &graph, &err);
    random_seats_free(&seats);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    return graph;
}
