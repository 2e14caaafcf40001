/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/carried.h"

#include <stdlib.h>

#include "base/fail.h"
#include "measure/seats.h"
#include "measure/tenure.h"

/* A party that is of the coordination of a scheme: who coordinates, a post, an employer. */
typedef struct insider {
    mlg_id scheme, party;
} insider;

typedef struct insiders {
    const mlg_model *model;
    insider *items; /* by scheme and party */
    size_t n, room;
} insiders;

static int by_scheme(const void *left, const void *right)
{
    const insider *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    return a->party < b->party ? -1 : a->party > b->party;
}

/* Itself alone. */
static mlg_status add_one(insiders *all, mlg_id scheme, mlg_id party, mlg_error *err)
{
    if (party >= 0 && !mlg_grow(&all->items, &all->room, all->n + 1, sizeof *all->items)) {
        return mlg_fail(err, MLG_ENOMEM, "no memory for who coordinates");
    }
    if (party >= 0) {
        all->items[all->n++] = (insider){scheme, party};
    }
    return MLG_OK;
}

/* With the organisation that it is of. */
static mlg_status add(insiders *all, mlg_id scheme, mlg_id party, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(add_one(all, scheme, party, err));
    TRY(add_one(all, scheme, party >= 0 ? all->model->party_organisation[party] : -1, err));
out:
    return status;
}

static mlg_status add_list(insiders *all, mlg_id scheme, mlg_column column, int32_t row, size_t *n,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_id *parties = mlg_get_list(all->model, column, row, n);

    for (size_t i = 0; i < *n; i++) {
        TRY(add(all, scheme, parties[i], err));
    }
out:
    return status;
}

/* The organisations of a row of posts.csv; where it names none, those that carry the scheme. */
static mlg_status add_employers(insiders *all, const mlg_tenure *t, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t employers = 0, services = 0, carriers = 0;
    const int32_t of_scheme = all->model->party_scheme_row[t->scheme];

    TRY(add_list(all, t->scheme, C_posts_employer, t->row, &employers, err));
    TRY(add_list(all, t->scheme, C_posts_service, t->row, &services, err));
    if (employers + services == 0 && of_scheme >= 0) {
        TRY(add_list(all, t->scheme, C_schemes_carrier, of_scheme, &carriers, err));
    }
out:
    return status;
}

static mlg_status read_insiders(insiders *all, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool posts = all->model->rows[MLG_POSTS].n > 0;
    mlg_tenures tenures = {0};

    TRY(mlg_tenures_of(all->model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        if (!t->coordinates) {
            continue;
        }
        TRY(add(all, t->scheme, t->holder, err));
        /* a post of several schemes without an employer is of the carrier of the first of them, who
         * is nobody in the others: its row tells its organisations, scheme by scheme */
        TRY(add_one(all, t->scheme, t->post, err));
        if (posts) {
            TRY(add_employers(all, t, err));
        }
    }
    if (all->n > 0) {
        qsort(all->items, all->n, sizeof *all->items, by_scheme);
    }
out:
    mlg_free(tenures.items);
    return status;
}

/* Is a party, or the organisation that it is of, of the coordination of one of an activity's
 * schemes? */
static bool is_inside(const insiders *all, mlg_id activity, mlg_id party)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(all->model, activity, &n);
    for (size_t i = 0; i < n && all->n > 0; i++) {
        const insider self = {schemes[i], party};
        const insider of = {schemes[i], all->model->party_organisation[party]};
        if (bsearch(&self, all->items, all->n, sizeof self, by_scheme) != NULL ||
            bsearch(&of, all->items, all->n, sizeof of, by_scheme) != NULL) {
            return true;
        }
    }
    return false;
}

/* Carriers by the row in force. */
static void read_carriers(const insiders *all, bool *elsewhere)
{
    for (mlg_id a = 0; a < (mlg_id) all->model->activities.n; a++) {
        const int32_t row = all->model->activity_row[a];
        size_t n = 0;
        const mlg_id *carriers =
            row >= 0 ? mlg_get_list(all->model, C_activities_carriers, row, &n) : NULL;
        for (size_t i = 0; i < n; i++) {
            elsewhere[a] = elsewhere[a] || !is_inside(all, a, carriers[i]);
        }
    }
}

/* Carriers and coordinators by the part they took; whether they came is not asked. */
static void read_roles(const insiders *all, bool *elsewhere)
{
    const mlg_model *model = all->model;
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
        const mlg_id actor = mlg_get_id(model, C_participations_actor, row);
        const mlg_id behalf = mlg_get_id(model, C_participations_on_behalf_of, row);
        const int32_t role = mlg_get_id(model, C_participations_role, row);
        if (activity < 0 || actor < 0 ||
            (role != MLG_CODE_OF(role, carrier) && role != MLG_CODE_OF(role, coordinator)) ||
            !mlg_is_recent(model, mlg_get_span(model, C_participations_date, row))) {
            continue;
        }
        if (!is_inside(all, activity, actor) && (behalf < 0 || !is_inside(all, activity, behalf))) {
            elsewhere[activity] = true;
        }
    }
}

mlg_status mlg_carried_elsewhere(const mlg_model *model, bool **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    insiders all = {.model = model};
    bool *elsewhere = mlg_zalloc(model->activities.n, sizeof *elsewhere);

    *out = elsewhere;
    TRY_ALLOC(err, elsewhere);
    TRY(read_insiders(&all, err));
    read_carriers(&all, elsewhere);
    read_roles(&all, elsewhere);
out:
    mlg_free(all.items);
    return status;
}
