/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/whereabouts.h"

#include "graph/rows.h"
#include "measure/tenure.h"

typedef struct source {
    mlg_table_id table;
    mlg_column who, where;
    bool works; /* else: only of those whom no site or post places */
} source;

static bool add(mlg_whereabouts *to, int32_t subject, mlg_id territory)
{
    if (!mlg_grow(&to->subject, &to->subject_room, to->n + 1, sizeof *to->subject) ||
        !mlg_grow(&to->territory, &to->territory_room, to->n + 1, sizeof *to->territory)) {
        return false;
    }
    to->subject[to->n] = subject;
    to->territory[to->n++] = territory;
    return true;
}

/* A party counts for what it becomes in the view; a vacant post is nobody's. */
static bool add_rows(const mlg_graph *graph, const source *from, bool *works, mlg_whereabouts *to)
{
    const mlg_model *model = graph->model;
    bool made = true;

    for (int32_t row = 0; row < model->rows[from->table].n && made; row++) {
        const mlg_id party = mlg_get_id(model, from->who, row);
        const mlg_id territory = mlg_get_id(model, from->where, row);
        const mlg_id subject = party >= 0 ? graph->into[party] : -1;
        const bool vacant =
            from->table == MLG_POSTS && mlg_get_id(model, C_posts_person, row) == MLG_VACANT;
        if (subject < 0 || territory < 0 || vacant || !mlg_holds_at_date(model, from->table, row) ||
            (!from->works && works[subject])) {
            continue;
        }
        works[subject] = works[subject] || from->works;
        made = add(to, subject, territory);
    }
    return made;
}

mlg_status mlg_whereabouts_of(const mlg_graph *graph, mlg_whereabouts *out, mlg_error *err)
{
    static const source sources[] = {
        {MLG_SITES, C_sites_actor, C_sites_territory, true},
        {MLG_POSTS, C_posts_id, C_posts_territory, true},
        {MLG_ACTORS, C_actors_id, C_actors_territory, false},
    };
    mlg_status status = MLG_OK;
    const int32_t n = mlg_subject_count(graph->model, graph->view.by);
    bool *works = mlg_zalloc((size_t) n, sizeof *works); /* [subjects] sites or posts say where */

    TRY_ALLOC(err, works);
    for (size_t s = 0; s < sizeof sources / sizeof *sources; s++) {
        if (!add_rows(graph, &sources[s], works, out)) {
            FAIL(err, MLG_ENOMEM, "no memory for %zu places of actors", out->n + 1);
        }
    }
out:
    mlg_free(works);
    return status;
}

void mlg_whereabouts_free(mlg_whereabouts *where)
{
    mlg_free(where->subject);
    mlg_free(where->territory);
    *where = (mlg_whereabouts){0};
}
