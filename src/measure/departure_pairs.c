/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "measure/departure.h"
#include "measure/removal.h"
#include "measure/union_find.h"

/* Pairs of actors of different sectors that a departure cuts off: the view is joined again
 * without some of its rows, and counted. Rows that no departure takes away are joined once. */

/* What a report may spend: joins of rows and visits of actors, about ten seconds. */
#define MOST_WORK 2e9
/* And on an example of a pair. */
enum { MOST_LOOKS = 10000000 };

/* A row that some departure takes away. Activities are numbered after the actors. */
typedef struct loose_row {
    int32_t a, b;
    int32_t owner[2]; /* leavers that it names */
    int32_t stops;    /* with the leaver that alone convenes its activity */
} loose_row;

struct mlg_cutter {
    const mlg_graph *graph;
    const mlg_leavers *leavers;
    int32_t n;     /* actors and activities */
    int32_t *base; /* [n] joined by the other rows (union_find.h) */
    loose_row *rows;
    size_t n_rows, room;
    bool short_of_memory;

    /* actors by their set of sectors: class 0 is none known */
    int32_t *class_of; /* [actors] */
    int32_t n_classes;
    int32_t *class_start; /* [n_classes + 1] */
    int32_t *class_sector;
    size_t class_room, start_room;

    /* scratch */
    bool *gone;       /* [leavers] who is taken to have left */
    int32_t *join;    /* [n] */
    int32_t *by_root; /* [actors] actors ordered by component */
    int32_t *place;   /* [n + 1] */
    int64_t *members; /* [n_classes] of one component */
    int32_t *present; /* [n_classes] */
};

void mlg_cutter_free(mlg_cutter *cutter)
{
    if (cutter == NULL) {
        return;
    }
    mlg_free(cutter->base);
    mlg_free(cutter->rows);
    mlg_free(cutter->class_of);
    mlg_free(cutter->class_start);
    mlg_free(cutter->class_sector);
    mlg_free(cutter->gone);
    mlg_free(cutter->join);
    mlg_free(cutter->by_root);
    mlg_free(cutter->place);
    mlg_free(cutter->members);
    mlg_free(cutter->present);
    mlg_free(cutter);
}

/* ---- rows ---------------------------------------------------------------------- */

static void look(void *context, const mlg_reading *reading)
{
    mlg_cutter *c = context;
    const mlg_graph *graph = c->graph;
    const bool ties = graph->view.source == MLG_FROM_TIES;
    loose_row row = {.stops = MLG_NO_LEAVER};

    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 ||
        (ties && reading->subject[1] < 0)) {
        return;
    }
    for (int end = 0; end < 2; end++) {
        row.owner[end] = mlg_leaver_of_reading(graph->model, c->leavers, reading, end);
    }
    row.a = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    if (ties) {
        row.b = mlg_id_find(graph->subject, graph->n, reading->subject[1]);
    } else {
        row.b = graph->n + mlg_id_find(graph->activity, graph->n_activities, reading->activity);
        row.stops = mlg_meets_unconvened(graph->model, reading->activity)
                        ? MLG_NO_LEAVER
                        : c->leavers->of_activity[reading->activity];
    }
    if (row.owner[0] < 0 && row.owner[1] < 0 && row.stops < 0) {
        mlg_set_unite(c->base, row.a, row.b);
        return;
    }
    if (!mlg_grow(&c->rows, &c->room, c->n_rows + 1, sizeof *c->rows)) {
        c->short_of_memory = true;
        return;
    }
    c->rows[c->n_rows++] = row;
}

static mlg_status read_rows(mlg_cutter *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = c->graph;
    mlg_reader reader;

    mlg_set_open(c->base, c->n);
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, look, c);
    if (c->short_of_memory) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for the rows of posts");
    }
    for (int32_t i = 0; i < c->n; i++) {
        if (c->base[i] >= 0) { /* copies need no path of their own */
            c->base[i] = mlg_set_root(c->base, i);
        }
    }
out:
    return status;
}

/* ---- sectors --------------------------------------------------------------------- */

/* The sectors of an actor, ascending: the first MLG_MAX_OWN_SECTORS, as everywhere. */
static int32_t own_sectors(const mlg_graph *graph, int32_t actor, const int32_t **list)
{
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, actor) > 0) {
        const uint32_t degree = mlg_csr_degree(&graph->sector_set, actor);
        *list = graph->sector_set.target + graph->sector_set.offset[actor];
        return degree < MLG_MAX_OWN_SECTORS ? (int32_t) degree : MLG_MAX_OWN_SECTORS;
    }
    *list = &graph->sector[actor];
    return graph->sector[actor] >= 0 ? 1 : 0;
}

static bool add_class(mlg_cutter *c, const int32_t *list, int32_t n)
{
    const int32_t end = c->n_classes > 0 ? c->class_start[c->n_classes] : 0;
    if (!mlg_grow(&c->class_start, &c->start_room, (size_t) c->n_classes + 2,
                  sizeof *c->class_start) ||
        !mlg_grow(&c->class_sector, &c->class_room, (size_t) (end + n) + 1,
                  sizeof *c->class_sector)) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        c->class_sector[end + i] = list[i];
    }
    c->class_start[c->n_classes++] = end;
    c->class_start[c->n_classes] = end + n;
    return true;
}

/* Numbers the sets of sectors in the order met; a key never holds the byte 0. */
static mlg_status make_classes(mlg_cutter *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_names sets = {0};
    bool made = add_class(c, NULL, 0) && mlg_names_add(&sets, "", 0) == 0;

    for (int32_t actor = 0; made && actor < c->graph->n; actor++) {
        char key[MLG_MAX_OWN_SECTORS * 5];
        const int32_t *list = NULL;
        const int32_t n = own_sectors(c->graph, actor, &list);
        size_t length = 0;
        for (int32_t i = 0; i < n; i++) {
            for (int shift = 0; shift < 35; shift += 7) {
                key[length++] = (char) (1 + ((uint32_t) list[i] >> shift & 127));
            }
        }
        c->class_of[actor] = mlg_names_add(&sets, key, length);
        made = c->class_of[actor] >= 0;
        if (made && c->class_of[actor] == c->n_classes) {
            made = add_class(c, list, n);
        }
    }
    if (!made) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for sets of sectors");
    }
out:
    mlg_names_free(&sets);
    return status;
}

static bool shares_a_sector(const mlg_cutter *c, int32_t x, int32_t y)
{
    int32_t i = c->class_start[x], j = c->class_start[y];
    while (i < c->class_start[x + 1] && j < c->class_start[y + 1]) {
        if (c->class_sector[i] == c->class_sector[j]) {
            return true;
        }
        if (c->class_sector[i] < c->class_sector[j]) {
            i++;
        } else {
            j++;
        }
    }
    return false;
}

/* ---- opening ----------------------------------------------------------------------- */

static mlg_status make_room(mlg_cutter *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) c->n, actors = (size_t) c->graph->n;

    c->base = mlg_alloc(n, sizeof *c->base);
    c->gone = mlg_zalloc((size_t) c->leavers->n, sizeof *c->gone);
    c->join = mlg_alloc(n, sizeof *c->join);
    c->place = mlg_alloc(n + 1, sizeof *c->place);
    c->class_of = mlg_alloc(actors, sizeof *c->class_of);
    c->by_root = mlg_alloc(actors, sizeof *c->by_root);
    if (c->base == NULL || c->gone == NULL || c->join == NULL || c->place == NULL ||
        c->class_of == NULL || c->by_root == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu actors", actors);
    }
out:
    return status;
}

static mlg_status refuse_too_large(const mlg_cutter *c, const mlg_run *run, double cuts,
                                   mlg_error *err)
{
    const double classes = c->n_classes;
    const double each = (double) c->n + (double) c->n_rows + classes * classes;
    return run->force || 3.0 * each * cuts <= MOST_WORK
               ? MLG_OK
               : mlg_fail(err, MLG_ESIZE, "departures: too many posts for a view of this size");
}

mlg_status mlg_cutter_open_for(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                               double cuts, mlg_cutter **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_cutter *c = mlg_zalloc(1, sizeof *c);

    *out = NULL;
    TRY_ALLOC(err, c);
    c->graph = mlg_context_graph(context, view);
    c->leavers = leavers;
    c->n = c->graph->n + c->graph->n_activities;
    TRY(make_room(c, err));
    TRY(read_rows(c, err));
    TRY(make_classes(c, err));
    c->members = mlg_zalloc((size_t) c->n_classes, sizeof *c->members);
    TRY_ALLOC(err, c->members);
    c->present = mlg_alloc((size_t) c->n_classes, sizeof *c->present);
    TRY_ALLOC(err, c->present);
    TRY(refuse_too_large(c, context->run, cuts, err));
    *out = c;
    c = NULL;
out:
    mlg_cutter_free(c);
    return status;
}

mlg_status mlg_cutter_open(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                           mlg_cutter **out, mlg_error *err)
{
    return mlg_cutter_open_for(context, view, leavers, leavers->n, out, err);
}

/* ---- counting ------------------------------------------------------------------------ */

/* Who stays is counted: an actor that is the person or the post itself is not. */
static bool is_counted(const mlg_cutter *c, int32_t actor)
{
    const int32_t leaver = c->leavers->of_party[c->graph->subject[actor]];
    return c->class_of[actor] > 0 && (leaver < 0 || !c->gone[leaver]);
}

static int64_t pairs_of(const mlg_cutter *c, int32_t n_present, int64_t sign, int64_t *by_sector)
{
    int64_t pairs = 0;
    const int32_t n_sectors = c->graph->n_sectors;

    for (int32_t i = 0; i < n_present; i++) {
        for (int32_t j = 0; j < i; j++) {
            const int32_t x = c->present[i], y = c->present[j];
            if (shares_a_sector(c, x, y)) {
                continue;
            }
            const int64_t here = c->members[x] * c->members[y];
            pairs += here;
            if (by_sector != NULL) {
                const int32_t a = c->class_sector[c->class_start[x]];
                const int32_t b = c->class_sector[c->class_start[y]];
                by_sector[(a < b ? a : b) * n_sectors + (a < b ? b : a)] += sign * here;
            }
        }
    }
    return pairs;
}

/* Cross-sector pairs inside the components of `join`, counted of those who stay. */
static int64_t count(mlg_cutter *c, int64_t sign, int64_t *by_sector)
{
    const int32_t n = c->graph->n;
    int64_t pairs = 0;

    memset(c->place, 0, ((size_t) c->n + 1) * sizeof *c->place);
    for (int32_t v = 0; v < n; v++) {
        c->place[mlg_set_root(c->join, v) + 1]++;
    }
    for (int32_t i = 0; i < c->n; i++) {
        c->place[i + 1] += c->place[i];
    }
    for (int32_t v = 0; v < n; v++) {
        c->by_root[c->place[mlg_set_root(c->join, v)]++] = v;
    }
    for (int32_t i = 0, end = 0; i < n; i = end) {
        int32_t n_present = 0;
        const int32_t root = mlg_set_root(c->join, c->by_root[i]);
        for (end = i; end < n && mlg_set_root(c->join, c->by_root[end]) == root; end++) {
            const int32_t class = c->class_of[c->by_root[end]];
            if (is_counted(c, c->by_root[end]) && c->members[class]++ == 0) {
                c->present[n_present++] = class;
            }
        }
        pairs += pairs_of(c, n_present, sign, by_sector);
        for (int32_t k = 0; k < n_present; k++) {
            c->members[c->present[k]] = 0;
        }
    }
    return pairs;
}

static bool is_gone(const mlg_cutter *c, int32_t leaver)
{
    return leaver >= 0 && c->gone[leaver];
}

static void join_rows(mlg_cutter *c, mlg_extent how)
{
    memcpy(c->join, c->base, (size_t) c->n * sizeof *c->join);
    for (size_t i = 0; i < c->n_rows; i++) {
        const loose_row *row = &c->rows[i];
        const bool owned = is_gone(c, row->owner[0]) || is_gone(c, row->owner[1]);
        if (how == MLG_TODAY || (!owned && (how == MLG_WITHOUT_ROWS || !is_gone(c, row->stops)))) {
            mlg_set_unite(c->join, row->a, row->b);
        }
    }
}

static int32_t count_stopped(const mlg_cutter *c, int32_t leaver)
{
    int32_t stopped = 0;
    const mlg_graph *graph = c->graph;
    for (int32_t e = 0; e < graph->n_activities; e++) {
        stopped += c->leavers->of_activity[graph->activity[e]] == leaver &&
                   !mlg_meets_unconvened(graph->model, graph->activity[e]);
    }
    return stopped;
}

mlg_cut mlg_cut_of(mlg_cutter *c, int32_t leaver)
{
    mlg_cut cut = {.stopped = count_stopped(c, leaver)};

    for (size_t i = 0; i < c->n_rows; i++) {
        cut.n_rows += c->rows[i].owner[0] == leaver || c->rows[i].owner[1] == leaver;
    }
    c->gone[leaver] = true;
    join_rows(c, MLG_TODAY);
    cut.today = count(c, 0, NULL);
    if (cut.n_rows > 0) {
        join_rows(c, MLG_WITHOUT_ROWS);
        cut.rows = cut.today - count(c, 0, NULL);
    }
    cut.activities = cut.rows;
    if (cut.stopped > 0) {
        join_rows(c, MLG_WITHOUT_ACTIVITIES);
        cut.activities = cut.today - count(c, 0, NULL);
    }
    c->gone[leaver] = false;
    return cut;
}

int64_t mlg_cut_pairs(mlg_cutter *c, const bool *gone)
{
    memcpy(c->gone, gone, (size_t) c->leavers->n * sizeof *gone);
    join_rows(c, MLG_WITHOUT_ROWS);
    const int64_t pairs = count(c, 0, NULL);
    memset(c->gone, 0, (size_t) c->leavers->n * sizeof *gone);
    return pairs;
}

void mlg_cut_components(mlg_cutter *c, int32_t leaver, mlg_extent how, int32_t *component)
{
    c->gone[leaver] = true;
    join_rows(c, how);
    c->gone[leaver] = false;
    for (int32_t v = 0; v < c->graph->n; v++) {
        component[v] = mlg_set_root(c->join, v);
    }
}

int32_t mlg_cut_classes(const mlg_cutter *c)
{
    return c->n_classes;
}

int32_t mlg_cut_class(const mlg_cutter *c, int32_t actor, int32_t leaver)
{
    const bool stays = c->leavers->of_party[c->graph->subject[actor]] != leaver;
    return stays ? c->class_of[actor] : 0;
}

bool mlg_cut_is_cross(const mlg_cutter *c, int32_t class, int32_t other)
{
    return class > 0 && other > 0 && !shares_a_sector(c, class, other);
}

double mlg_cut_cost(const mlg_cutter *c)
{
    return (double) c->n + (double) c->n_rows + (double) c->n_classes * c->n_classes;
}

void mlg_cut_sectors(mlg_cutter *c, int32_t leaver, bool activities, int64_t *lost)
{
    const size_t cells = (size_t) c->graph->n_sectors * (size_t) c->graph->n_sectors;

    memset(lost, 0, cells * sizeof *lost);
    c->gone[leaver] = true;
    join_rows(c, MLG_TODAY);
    count(c, 1, lost);
    join_rows(c, activities ? MLG_WITHOUT_ACTIVITIES : MLG_WITHOUT_ROWS);
    count(c, -1, lost);
    c->gone[leaver] = false;
}

static bool is_organisation(const mlg_cutter *c, int32_t actor)
{
    const mlg_model *model = c->graph->model;
    const mlg_id party = c->graph->subject[actor];
    return c->graph->scope == MLG_SCOPE_ACTOR && model->party_kind[party] != MLG_KIND_PERSON &&
           (model->party_flags[party] & MLG_IS_POST) == 0;
}

/* `today` is the component of each actor with all rows; `join` is without some. */
static bool find_example(mlg_cutter *c, const int32_t *today, int32_t pair[2])
{
    int64_t looks = 0;

    for (int32_t v = 0; v < c->graph->n && looks < MOST_LOOKS; v++) {
        if (!is_organisation(c, v) || !is_counted(c, v)) {
            continue;
        }
        for (int32_t w = 0; w < v; w++, looks++) {
            if (today[v] == today[w] && mlg_set_root(c->join, v) != mlg_set_root(c->join, w) &&
                is_organisation(c, w) && is_counted(c, w) &&
                !shares_a_sector(c, c->class_of[v], c->class_of[w])) {
                pair[0] = w;
                pair[1] = v;
                return true;
            }
        }
    }
    return false;
}

bool mlg_cut_example(mlg_cutter *c, int32_t leaver, bool activities, int32_t pair[2])
{
    int32_t *today = c->place;

    c->gone[leaver] = true;
    join_rows(c, MLG_TODAY);
    for (int32_t v = 0; v < c->graph->n; v++) {
        today[v] = mlg_set_root(c->join, v);
    }
    join_rows(c, activities ? MLG_WITHOUT_ACTIVITIES : MLG_WITHOUT_ROWS);
    const bool found = find_example(c, today, pair);
    c->gone[leaver] = false;
    return found;
}
