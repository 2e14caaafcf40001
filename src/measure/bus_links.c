/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "maillage/coordination.h"
#include "measure/bus_factor.h"
#include "measure/departure.h"
#include "measure/summary.h"

/* How few departures would undo most of what joins sectors in a view: pairs of sectors joined by a
 * row or an activity, and pairs of actors of different sectors joined by any path. */

static const char *const ID = "depend.bus_factor.links";

enum { MOST_SECTORS = 2000 };

/* ---- pairs of sectors ------------------------------------------------------------ */

/* What one row joins: the first sectors of its ends, or that of who takes part and an activity. */
typedef struct joint {
    int32_t a, b; /* sectors; or a sector and an activity, for participations */
    int32_t owner[2];
} joint;

typedef struct sector_pairs {
    const mlg_graph *graph;
    const mlg_leavers *leavers;
    bool ties;
    joint *joints; /* those that some departure takes away; participations by activity */
    size_t n, room;
    int64_t *holds;           /* [leavers] rows of each */
    bool *firm;               /* [sectors squared] joined by rows that nobody takes away */
    bool *seated;             /* [activities * sectors] the same, of participations */
    bool *joined;             /* [sectors squared] scratch */
    int32_t *present, *stamp; /* [sectors] scratch */
    bool failed;
} sector_pairs;

static void sector_pairs_close(sector_pairs *s)
{
    mlg_free(s->joints);
    mlg_free(s->holds);
    mlg_free(s->firm);
    mlg_free(s->seated);
    mlg_free(s->joined);
    mlg_free(s->present);
    mlg_free(s->stamp);
}

static bool *cell(bool *table, const sector_pairs *s, int32_t a, int32_t b)
{
    const int32_t low = a < b ? a : b, high = a < b ? b : a;
    return &table[(size_t) low * (size_t) s->graph->n_sectors + (size_t) high];
}

static void keep(sector_pairs *s, joint one)
{
    if (!mlg_grow(&s->joints, &s->room, s->n + 1, sizeof *s->joints)) {
        s->failed = true;
        return;
    }
    s->joints[s->n++] = one;
}

static void read_row(void *context, const mlg_reading *reading)
{
    sector_pairs *s = context;
    const mlg_graph *graph = s->graph;
    joint one = {.a = -1, .b = -1};

    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 || s->failed ||
        (s->ties && (reading->subject[1] < 0 || reading->subject[0] == reading->subject[1]))) {
        return;
    }
    for (int end = 0; end < 2; end++) {
        one.owner[end] = mlg_leaver_of_reading(graph->model, s->leavers, reading, end);
        if (one.owner[end] >= 0 && (end == 0 || one.owner[0] != one.owner[1])) {
            s->holds[one.owner[end]]++;
        }
    }
    one.a = graph->sector[mlg_id_find(graph->subject, graph->n, reading->subject[0])];
    one.b = s->ties ? graph->sector[mlg_id_find(graph->subject, graph->n, reading->subject[1])]
                    : mlg_id_find(graph->activity, graph->n_activities, reading->activity);
    const bool firm = one.owner[0] < 0 && one.owner[1] < 0;
    if (one.a < 0 || one.b < 0 || (s->ties && one.a == one.b)) {
        return;
    }
    if (!firm) {
        keep(s, one);
    } else if (s->ties) {
        *cell(s->firm, s, one.a, one.b) = true;
    } else {
        s->seated[(size_t) one.b * (size_t) graph->n_sectors + (size_t) one.a] = true;
    }
}

static int by_activity(const void *left, const void *right)
{
    const joint *x = left, *y = right;
    if (x->b != y->b) {
        return x->b < y->b ? -1 : 1;
    }
    return x->a < y->a ? -1 : x->a > y->a;
}

/* Marks the pairs of the sectors that are present, `n` of them. */
static void join_present(sector_pairs *s, int32_t n, bool *table)
{
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < i; j++) {
            *cell(table, s, s->present[i], s->present[j]) = true;
        }
    }
}

static int32_t seated_in(sector_pairs *s, int32_t activity)
{
    int32_t n = 0;
    const bool *seats = &s->seated[(size_t) activity * (size_t) s->graph->n_sectors];

    for (int32_t a = 0; a < s->graph->n_sectors; a++) {
        s->stamp[a] = seats[a];
        if (seats[a]) {
            s->present[n++] = a;
        }
    }
    return n;
}

/* Does the activity join a pair of sectors that nothing else joins for good? Else its rows can
 * change nothing. */
static bool may_change(const sector_pairs *s, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < i; j++) {
            const int32_t a = s->present[i], b = s->present[j];
            if (!s->firm[(size_t) (a < b ? a : b) * (size_t) s->graph->n_sectors +
                         (size_t) (a < b ? b : a)]) {
                return true;
            }
        }
    }
    return false;
}

static void drop_idle_ties(sector_pairs *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (!*cell(s->firm, s, s->joints[i].a, s->joints[i].b)) {
            s->joints[kept++] = s->joints[i];
        }
    }
    s->n = kept;
}

static void drop_idle_seats(sector_pairs *s)
{
    size_t kept = 0;

    for (int32_t e = 0; e < s->graph->n_activities; e++) {
        join_present(s, seated_in(s, e), s->firm);
    }
    if (s->n > 0) {
        qsort(s->joints, s->n, sizeof *s->joints, by_activity);
    }
    for (size_t i = 0, end = 0; i < s->n; i = end) {
        int32_t n = seated_in(s, s->joints[i].b);
        for (end = i; end < s->n && s->joints[end].b == s->joints[i].b; end++) {
            if (s->stamp[s->joints[end].a] == 0) {
                s->stamp[s->joints[end].a] = 1;
                s->present[n++] = s->joints[end].a;
            }
        }
        for (size_t k = i; k < end && may_change(s, n); k++) {
            s->joints[kept++] = s->joints[k];
        }
    }
    s->n = kept;
}

static mlg_status sector_pairs_open(sector_pairs *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = s->graph;
    const size_t sectors = (size_t) graph->n_sectors;
    mlg_reader reader;

    if (graph->n_sectors > MOST_SECTORS) {
        FAIL(err, MLG_ESIZE, "%s: more than %d sectors", ID, MOST_SECTORS);
    }
    s->ties = graph->view.source == MLG_FROM_TIES;
    s->holds = mlg_zalloc((size_t) s->leavers->n, sizeof *s->holds);
    s->firm = mlg_zalloc(sectors * sectors, sizeof *s->firm);
    s->joined = mlg_alloc(sectors * sectors, sizeof *s->joined);
    s->seated = mlg_zalloc((size_t) graph->n_activities * sectors, sizeof *s->seated);
    s->present = mlg_alloc(sectors, sizeof *s->present);
    s->stamp = mlg_alloc(sectors, sizeof *s->stamp);
    if (s->holds == NULL || s->firm == NULL || s->joined == NULL || s->seated == NULL ||
        s->present == NULL || s->stamp == NULL) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for pairs of %zu sectors", ID, sectors);
    }
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, read_row, s);
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for its rows", ID);
    }
    if (s->ties) {
        drop_idle_ties(s);
    } else {
        drop_idle_seats(s);
    }
out:
    return status;
}

static bool lasts(const joint *one, const bool *gone)
{
    return (one->owner[0] < 0 || !gone[one->owner[0]]) &&
           (one->owner[1] < 0 || !gone[one->owner[1]]);
}

static void join_seats(sector_pairs *s, const bool *gone)
{
    for (size_t i = 0, end = 0; i < s->n; i = end) {
        int32_t n = seated_in(s, s->joints[i].b);
        for (end = i; end < s->n && s->joints[end].b == s->joints[i].b; end++) {
            if (s->stamp[s->joints[end].a] == 0 && lasts(&s->joints[end], gone)) {
                s->stamp[s->joints[end].a] = 1;
                s->present[n++] = s->joints[end].a;
            }
        }
        join_present(s, n, s->joined);
    }
}

static int64_t count_joined(sector_pairs *s, const bool *gone)
{
    const size_t cells = (size_t) s->graph->n_sectors * (size_t) s->graph->n_sectors;
    int64_t joined = 0;

    memcpy(s->joined, s->firm, cells * sizeof *s->joined);
    if (!s->ties) {
        join_seats(s, gone);
    }
    for (size_t i = 0; s->ties && i < s->n; i++) {
        if (lasts(&s->joints[i], gone)) {
            *cell(s->joined, s, s->joints[i].a, s->joints[i].b) = true;
        }
    }
    for (size_t i = 0; i < cells; i++) {
        joined += s->joined[i];
    }
    return joined;
}

/* ---- the two answers --------------------------------------------------------------- */

typedef struct links {
    sector_pairs *sectors;
    mlg_cutter *cutter;
    int64_t today;
} links;

static int64_t orphaned_sectors(void *items, const bool *gone)
{
    const links *l = items;
    return l->today - count_joined(l->sectors, gone);
}

static int64_t orphaned_pairs(void *items, const bool *gone)
{
    const links *l = items;
    return l->today - mlg_cut_pairs(l->cutter, gone);
}

static mlg_status answer(const mlg_context *context, int32_t view, links *l, bool pairs,
                         mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_fewest fewest = {0};
    sector_pairs *s = l->sectors;
    const double cells = (double) s->graph->n_sectors * s->graph->n_sectors;
    const bool people = !s->leavers->actors;
    mlg_fewest_case one = {
        .n = s->leavers->n,
        .holds = s->holds,
        .orphans = pairs ? orphaned_pairs : orphaned_sectors,
        .items = l,
        .cost = pairs ? mlg_cut_cost(l->cutter) : (double) s->n + cells,
    };
    bool *nobody = mlg_zalloc((size_t) one.n, sizeof *nobody);

    TRY_ALLOC(err, nobody);
    one.total = l->today = pairs ? mlg_cut_pairs(l->cutter, nobody) : count_joined(s, nobody);
    const mlg_text_key why = l->today > 0 ? T_none : T_why_nothing_crosses;
    if (why == T_none) {
        TRY(mlg_fewest_of(&one, context->run->force, &fewest, err));
    }
    TRY(mlg_values_fewest(out, ID, view,
                          pairs ? (people ? "actor_pairs.people" : "actor_pairs.actors")
                                : (people ? "sector_pairs.people" : "sector_pairs.actors"),
                          &fewest, &one, why, err));
out:
    mlg_free(nobody);
    mlg_fewest_free(&fewest);
    return status;
}

/* ---- who may leave -------------------------------------------------------------------- */

typedef struct row_counts {
    const mlg_model *model;
    const mlg_leavers *leavers;
    int32_t *number; /* [leavers] rows of each, then its new number */
} row_counts;

static void count_row(void *context, const mlg_reading *reading)
{
    row_counts *c = context;
    for (int end = 0; end < 2 && reading->fate == MLG_ROW_COUNTS; end++) {
        const int32_t owner = mlg_leaver_of_reading(c->model, c->leavers, reading, end);
        if (owner >= 0) {
            c->number[owner] = 1;
        }
    }
}

/* Those who have no row of the view are no candidates; activities go on without anybody. */
static mlg_status keep_those_with_rows(const mlg_graph *graph, mlg_leavers *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t n = 0;
    mlg_reader reader;
    row_counts counts = {graph->model, people, mlg_zalloc((size_t) people->n, sizeof(int32_t))};

    TRY_ALLOC(err, counts.number);
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, count_row, &counts);
    for (int32_t l = 0; l < people->n; l++) {
        counts.number[l] = counts.number[l] > 0 ? n++ : MLG_NO_LEAVER;
    }
    for (size_t p = 0; p < graph->model->parties.n; p++) {
        const int32_t before = people->of_party[p];
        people->of_party[p] = before >= 0 ? counts.number[before] : before;
    }
    for (size_t a = 0; a < graph->model->activities.n; a++) {
        people->of_activity[a] = MLG_NO_LEAVER;
    }
    people->n = n;
out:
    mlg_free(counts.number);
    return status;
}

/* People where some row names one, else the actors of the view. */
static mlg_status find_candidates(const mlg_graph *graph, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_people_of(graph->model, out, err));
    TRY(keep_those_with_rows(graph, out, err));
    if (out->n == 0) {
        mlg_leavers_free(out);
        TRY(mlg_actors_as_leavers(graph, out, err));
    }
out:
    return status;
}

/* Why a view has nothing to undo; T_none when it has. */
static mlg_text_key lacks(const mlg_context *context, int32_t view)
{
    if (view < 0) {
        return T_why_no_view;
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    return graph->model == NULL                     ? T_why_no_study
           : graph->scope != MLG_SCOPE_ACTOR        ? T_why_no_actor_view
           : graph->projected && graph->n_ties == 0 ? T_why_no_ties
           : graph->n_sectors == 0                  ? T_why_no_sectors
           : graph->n_sectors == 1                  ? T_why_one_group
                                                    : T_none;
}

mlg_status mlg_depend_bus_factor_links(mlg_context *context, int32_t view, mlg_values *out,
                                       mlg_error *err)
{
    enum { COUNTS = 50 }; /* of pairs that may be told of a large view */
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_text_key why = lacks(context, view);
    mlg_leavers candidates = {0};
    sector_pairs s = {.leavers = &candidates};
    links l = {.sectors = &s};

    if (why != T_none) {
        return mlg_values_undefined(out, ID, view, why, err);
    }
    s.graph = mlg_context_graph(context, view);
    TRY(find_candidates(s.graph, &candidates, err));
    TRY(sector_pairs_open(&s, err));
    TRY(mlg_cutter_open_for(context, view, &candidates, COUNTS, &l.cutter, err));
    TRY(answer(context, view, &l, false, out, err));
    TRY(answer(context, view, &l, true, out, err));
out:
    mlg_cutter_free(l.cutter);
    sector_pairs_close(&s);
    mlg_leavers_free(&candidates);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
