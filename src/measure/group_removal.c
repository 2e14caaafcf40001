/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/depend.h"
#include "measure/removal.h"
#include "measure/summary.h"

/* What goes all at once: the actors of one organisation, or an activity. */

enum { FIGURES = 8, MOST_LISTED = 1000 };
/* Room for work: entries read, over all organisations. */
#define MOST_READS 5e8

/* Several holes at once leave no branches to count: organisations go without the last. */
static const char *const parts[] = {"share",           "connected",   "actors",  "cross_pairs",
                                    "cross_connected", "cross_share", "branches"};

/* Pairs of the others, today and once it is gone. */
typedef struct loss {
    int64_t lost, connected;
    int64_t cross, cross_connected; /* across sectors; connected < 0: no two sectors are known */
    int32_t actors;
    int32_t branches; /* -1: not counted */
    mlg_id subject;
} loss;

static void put(const loss *of, double *to)
{
    const double connected = (double) of->connected, across = (double) of->cross_connected;
    to[0] = (double) of->lost;
    to[1] = of->connected > 0 ? to[0] / connected : NAN;
    to[2] = connected;
    to[3] = of->actors;
    to[4] = of->cross_connected >= 0 ? (double) of->cross : NAN;
    to[5] = of->cross_connected >= 0 ? across : NAN;
    to[6] = of->cross_connected > 0 ? (double) of->cross / across : NAN;
    if (of->branches >= 0) {
        to[7] = of->branches;
    }
}

static int by_loss(const void *left, const void *right)
{
    const loss *a = left, *b = right;
    if (a->cross != b->cross) {
        return a->cross > b->cross ? -1 : 1;
    }
    if (a->lost != b->lost) {
        return a->lost > b->lost ? -1 : 1;
    }
    return a->subject < b->subject ? -1 : a->subject > b->subject;
}

/* The first rows of a ranking; `total` is how many there would be. */
static mlg_status list(const char *id, int32_t view, mlg_scope scope, loss *losses, size_t n,
                       size_t total, mlg_text_key why, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t listed = n < MOST_LISTED ? n : MOST_LISTED;
    const size_t figures = scope == MLG_SCOPE_ACTIVITY ? FIGURES : FIGURES - 1;
    mlg_id *subject = mlg_alloc(listed, sizeof *subject);
    double *figure = mlg_alloc(listed, figures * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    if (n > 0) {
        qsort(losses, n, sizeof *losses, by_loss);
    }
    for (size_t i = 0; i < listed; i++) {
        subject[i] = losses[i].subject;
        put(&losses[i], figure + i * figures);
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = id,
                                          .view = view,
                                          .scope = scope,
                                          .why = why,
                                          .parts = parts,
                                          .n_parts = figures - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = listed},
                           err));
    out->items[out->n - 1].total = total;
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* ---- activities ------------------------------------------------------------------------------ */

static bool cuts(const mlg_removals *removals, int32_t row)
{
    return removals->lost[row] > 0;
}

static mlg_status list_activities(const mlg_graph *graph, const mlg_removals *removals,
                                  const mlg_cross_removals *cross, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;
    loss *losses = mlg_alloc((size_t) graph->n_activities, sizeof *losses);

    TRY_ALLOC(err, losses);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const int32_t row = graph->n + e;
        if (cuts(removals, row)) {
            losses[n++] = (loss){
                .lost = removals->lost[row],
                .connected = removals->pairs,
                .cross = cross->lost != NULL ? cross->lost[row] : 0,
                .cross_connected = cross->lost != NULL ? cross->pairs : -1,
                .actors = (int32_t) mlg_csr_degree(&graph->attended, e),
                .branches = removals->branches[row],
                .subject = graph->activity[e],
            };
        }
    }
    TRY(list("depend.pairs_lost.activities", view, MLG_SCOPE_ACTIVITY, losses, n, n,
             n > 0 ? T_none : T_why_no_cutting_activity, out, err));
out:
    mlg_free(losses);
    return status;
}

mlg_status mlg_depend_pairs_lost_activities(mlg_context *context, int32_t view, mlg_values *out,
                                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_csr both = {0};
    mlg_forest forest = {0};
    mlg_removals removals = {0};
    mlg_cross_removals cross = {0};

    if (mlg_csr_size(&graph->attends) == 0) {
        return mlg_values_undefined(out, "depend.pairs_lost.activities", view, T_why_no_two_mode,
                                    err);
    }
    TRY(mlg_join_two_modes(&graph->attends, &graph->attended, &both, err));
    TRY(mlg_forest_grow(&both, graph->n, &forest, err));
    TRY(mlg_removals_of(&forest, &removals, err));
    if (graph->n_sectors > 1) {
        TRY(mlg_cross_removals_of(graph, &forest, &cross, err));
    }
    TRY(list_activities(graph, &removals, &cross, view, out, err));
out:
    mlg_cross_removals_free(&cross);
    mlg_removals_free(&removals);
    mlg_forest_free(&forest);
    mlg_csr_free(&both);
    return status;
}

/* ---- organisations of several actors
 * ------------------------------------------------------------- */

/* The actors of a view by organisation, those of one after another. */
typedef struct member {
    mlg_id organisation;
    int32_t actor;
} member;

typedef struct group {
    size_t first;
    int32_t n;
    mlg_id organisation;
} group;

/* The whole adjacency, of actors or of two modes, and what its parts connect. */
typedef struct whole {
    const mlg_graph *graph;
    mlg_csr both; /* of two modes, where there is no projection */
    const mlg_csr *rows;
    mlg_csr rest; /* without the group in hand; its arrays are as large as those of `rows` */
    bool *gone;   /* [n] */
    const mlg_removal_slot *slot;
    mlg_cross_removals cross; /* of the whole; empty below two sectors */
    int32_t *component;       /* [n] arrival its component begins at */
} whole;

static int by_organisation(const void *left, const void *right)
{
    const member *a = left, *b = right;
    if (a->organisation != b->organisation) {
        return a->organisation < b->organisation ? -1 : 1;
    }
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static int by_size(const void *left, const void *right)
{
    const group *a = left, *b = right;
    if (a->n != b->n) {
        return a->n > b->n ? -1 : 1;
    }
    return a->organisation < b->organisation ? -1 : a->organisation > b->organisation;
}

/* Groups of two and more, the largest first. */
static size_t find_groups(const mlg_graph *graph, member *members, group *groups)
{
    size_t n = 0;
    const size_t n_members = (size_t) graph->n;

    for (int32_t v = 0; v < graph->n; v++) {
        members[v] = (member){graph->model->party_organisation[graph->subject[v]], v};
    }
    if (n_members > 0) {
        qsort(members, n_members, sizeof *members, by_organisation);
    }
    for (size_t i = 0, end; i < n_members; i = end) {
        end = i + 1;
        while (end < n_members && members[end].organisation == members[i].organisation) {
            end++;
        }
        if (end - i > 1) {
            groups[n++] = (group){i, (int32_t) (end - i), members[i].organisation};
        }
    }
    if (n > 0) {
        qsort(groups, n, sizeof *groups, by_size);
    }
    return n;
}

static void whole_close(whole *w)
{
    mlg_csr_free(&w->both);
    mlg_csr_free(&w->rest);
    mlg_free(w->gone);
    mlg_free(w->component);
    mlg_cross_removals_free(&w->cross);
}

static mlg_status make_room(whole *w, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) w->rows->n;

    w->rest = (mlg_csr){.n = w->rows->n,
                        .offset = mlg_alloc(n + 1, sizeof *w->rest.offset),
                        .target = mlg_alloc(mlg_csr_size(w->rows), sizeof *w->rest.target)};
    w->gone = mlg_zalloc(n, sizeof *w->gone);
    w->component = mlg_alloc((size_t) w->graph->n, sizeof *w->component);
    TRY_ALLOC(err, w->rest.offset);
    TRY_ALLOC(err, w->rest.target);
    TRY_ALLOC(err, w->gone);
    TRY_ALLOC(err, w->component);
out:
    return status;
}

static void find_components(whole *w)
{
    const mlg_forest *forest = &w->slot->forest;

    for (int32_t t = 0, root = 0; t < forest->n; t++) {
        root = forest->parent[t] < 0 ? t : root;
        if (forest->who[t] < w->graph->n) {
            w->component[forest->who[t]] = root;
        }
    }
}

static mlg_status whole_open(whole *w, mlg_context *context, int32_t view, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = w->graph;

    TRY(mlg_cached_removals(context, view, &w->slot, err));
    w->rows = &graph->ties;
    if (!graph->projected) {
        TRY(mlg_join_two_modes(&graph->attends, &graph->attended, &w->both, err));
        w->rows = &w->both;
    }
    TRY(make_room(w, err));
    if (graph->n_sectors > 1) {
        TRY(mlg_cross_removals_of(graph, &w->slot->forest, &w->cross, err));
    }
    find_components(w);
out:
    return status;
}

static void leave_out(whole *w, const member *members, const group *of, bool gone)
{
    for (int32_t i = 0; i < of->n; i++) {
        w->gone[members[of->first + (size_t) i].actor] = gone;
    }
}

/* Who is gone stands alone. */
static void make_rest(whole *w)
{
    uint32_t at = 0;
    for (int32_t v = 0; v < w->rows->n; v++) {
        w->rest.offset[v] = at;
        for (uint32_t i = w->rows->offset[v]; i < w->rows->offset[v + 1] && !w->gone[v]; i++) {
            w->rest.target[at] = w->rows->target[i];
            at += !w->gone[w->rows->target[i]];
        }
    }
    w->rest.offset[w->rows->n] = at;
}

/* Connected pairs that a group is one or both ends of: each member's, less those counted twice. */
static void count_own(const whole *w, const member *members, const group *of, int64_t *own,
                      int64_t *across)
{
    *own = *across = 0;
    for (int32_t i = 0; i < of->n; i++) {
        const int32_t a = members[of->first + (size_t) i].actor;
        *own += w->slot->removals.together[a] - 1;
        *across += w->cross.own != NULL ? w->cross.own[a] : 0;
        for (int32_t k = 0; k < i; k++) {
            const int32_t b = members[of->first + (size_t) k].actor;
            if (w->component[a] == w->component[b]) {
                *own -= 1;
                *across -= w->cross.own != NULL && mlg_is_cross_pair(w->graph, a, b);
            }
        }
    }
}

static mlg_status lose(whole *w, const member *members, const group *of, loss *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_forest forest = {0};
    mlg_removals after = {0};
    mlg_cross_removals cross_after = {0};
    int64_t own = 0, across = 0;

    leave_out(w, members, of, true);
    make_rest(w);
    leave_out(w, members, of, false);
    count_own(w, members, of, &own, &across);
    TRY(mlg_forest_grow(&w->rest, w->graph->n, &forest, err));
    TRY(mlg_removals_of(&forest, &after, err));
    *out = (loss){.subject = of->organisation,
                  .actors = of->n,
                  .branches = -1,
                  .connected = w->slot->removals.pairs - own,
                  .cross_connected = -1};
    out->lost = out->connected - after.pairs;
    if (w->cross.own != NULL) {
        TRY(mlg_cross_removals_of(w->graph, &forest, &cross_after, err));
        out->cross_connected = w->cross.pairs - across;
        out->cross = out->cross_connected - cross_after.pairs;
    }
out:
    mlg_cross_removals_free(&cross_after);
    mlg_removals_free(&after);
    mlg_forest_free(&forest);
    return status;
}

static mlg_status lose_each(mlg_context *context, int32_t view, const member *members,
                            const group *groups, size_t n, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    whole w = {.graph = mlg_context_graph(context, view)};
    loss *losses = mlg_alloc(n, sizeof *losses);

    TRY_ALLOC(err, losses);
    TRY(whole_open(&w, context, view, err));
    const double reads = (double) w.rows->n + (double) mlg_csr_size(w.rows);
    const size_t room = (double) n * reads <= MOST_READS ? n : (size_t) (MOST_READS / reads);
    const size_t done = room < n ? (room > 0 ? room : 1) : n;
    for (size_t i = 0; i < done; i++) {
        TRY(lose(&w, members, &groups[i], &losses[i], err));
    }
    TRY(list("depend.pairs_lost.organisations", view, MLG_SCOPE_ACTOR, losses, done, n, T_none, out,
             err));
    if (done < n) {
        out->items[out->n - 1].caution = T_caution_left_out;
    }
out:
    whole_close(&w);
    mlg_free(losses);
    return status;
}

mlg_status mlg_depend_pairs_lost_organisations(mlg_context *context, int32_t view, mlg_values *out,
                                               mlg_error *err)
{
    static const char *const id = "depend.pairs_lost.organisations";
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    member *members = NULL;
    group *groups = NULL;
    size_t n = 0;
    const bool none = graph->projected ? graph->n_ties == 0 : mlg_csr_size(&graph->attends) == 0;

    if (none) {
        return mlg_values_undefined(out, id, view, T_why_no_ties, err);
    }
    if (graph->model != NULL && graph->scope == MLG_SCOPE_ACTOR) {
        members = mlg_alloc((size_t) graph->n, sizeof *members);
        groups = mlg_alloc((size_t) graph->n, sizeof *groups);
        TRY_ALLOC(err, members);
        TRY_ALLOC(err, groups);
        n = find_groups(graph, members, groups);
    }
    if (n == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_group, err));
    } else {
        TRY(lose_each(context, view, members, groups, n, out, err));
    }
out:
    mlg_free(members);
    mlg_free(groups);
    return status;
}
