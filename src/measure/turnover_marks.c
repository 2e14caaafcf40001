/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"
#include "base/names.h"
#include "measure/removal.h"
#include "measure/turnover_inside.h"

/* Marks of sectors, by which pairs that share none are counted: see cross_removal.c. */

static int32_t own_sectors(const mlg_turnover_ground *ground, int32_t actor, const int32_t **list)
{
    const mlg_graph *graph = ground->graph;
    if (!ground->counted[actor]) {
        return 0;
    }
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, actor) > 0) {
        const uint32_t degree = mlg_csr_degree(&graph->sector_set, actor);
        *list = graph->sector_set.target + graph->sector_set.offset[actor];
        return degree < MLG_MAX_OWN_SECTORS ? (int32_t) degree : MLG_MAX_OWN_SECTORS;
    }
    *list = &graph->sector[actor];
    return graph->sector[actor] >= 0 ? 1 : 0;
}

/* Number of a set of sectors, in the order met; ids are written without the byte 0. */
static int32_t mark_of(mlg_names *sets, const int32_t *list, unsigned chosen)
{
    char key[MLG_MAX_OWN_SECTORS * 5];
    size_t length = 0;

    for (int32_t i = 0; chosen >> i != 0; i++) {
        for (int shift = 0; (chosen >> i & 1) != 0 && shift < 35; shift += 7) {
            key[length++] = (char) (1 + ((uint32_t) list[i] >> shift & 127));
        }
    }
    return mlg_names_add(sets, key, length);
}

static mlg_status fill_marks(const mlg_turnover_ground *ground, mlg_names *sets,
                             mlg_turnover_marks *m, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t room = 0;

    for (int32_t v = 0; v < ground->n_actors; v++) {
        const int32_t *list = NULL;
        const int32_t own = own_sectors(ground, v, &list);
        for (unsigned chosen = 1; chosen < 1U << own; chosen++) {
            const int32_t mark = mark_of(sets, list, chosen);
            if (mark < 0 ||
                (mark == m->n && !mlg_grow(&m->sign, &room, (size_t) m->n + 1, sizeof *m->sign))) {
                FAIL(err, MLG_ENOMEM, "departures: no memory for sets of sectors");
            }
            if (mark == m->n) {
                m->sign[m->n++] = __builtin_popcount(chosen) % 2 != 0 ? -1 : 1;
            }
            m->mark[m->start[v] + chosen - 1] = mark;
        }
    }
out:
    return status;
}

mlg_status mlg_turnover_marks_make(const mlg_turnover_ground *ground, mlg_turnover_marks *m,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t *list = NULL;
    mlg_names sets = {0};

    *m = (mlg_turnover_marks){0};
    m->start = mlg_zalloc((size_t) ground->n_actors + 1, sizeof *m->start);
    TRY_ALLOC(err, m->start);
    for (int32_t v = 0; v < ground->n_actors; v++) {
        const int32_t own = own_sectors(ground, v, &list);
        m->start[v + 1] = m->start[v] + ((size_t) 1 << own) - 1;
    }
    m->mark = mlg_alloc(m->start[ground->n_actors], sizeof *m->mark);
    TRY_ALLOC(err, m->mark);
    TRY(fill_marks(ground, &sets, m, err));
out:
    mlg_names_free(&sets);
    if (status != MLG_OK) {
        mlg_turnover_marks_free(m);
    }
    return status;
}

void mlg_turnover_marks_free(mlg_turnover_marks *m)
{
    mlg_free(m->start);
    mlg_free(m->mark);
    mlg_free(m->sign);
    *m = (mlg_turnover_marks){0};
}
