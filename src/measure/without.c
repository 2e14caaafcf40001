/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/without.h"

#include <math.h>
#include <stdlib.h>

#include "measure/paths.h"
#include "measure/removal.h"

enum { ABOVE = -1 };

typedef struct work {
    const mlg_csr *ties;
    const mlg_removal_slot *removal;
    int32_t *arrival; /* [n] of each actor in the forest */
    int32_t *branch;  /* [n] arrival where the branch begins that falls off with the actor in
                         hand; ABOVE for all others, and between two actors */
    int32_t *near;    /* [n] last actor it was found next to, plus 1 */
    int32_t *met;     /* [n] last round it was met in */
    int32_t round;
    double checks, branches; /* entries read so far */
    int32_t *queue, *steps;  /* [n] of one search; steps 0 between two */
    double *hill, *heap;     /* [n + 1] actors by steps: of one branch, of those before it */
} work;

static mlg_status work_open(work *w, const mlg_csr *ties, const mlg_removal_slot *removal,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;

    *w = (work){.ties = ties, .removal = removal};
    w->arrival = mlg_alloc(n, sizeof *w->arrival);
    w->branch = mlg_alloc(n, sizeof *w->branch);
    w->near = mlg_zalloc(n, sizeof *w->near);
    w->met = mlg_zalloc(n, sizeof *w->met);
    w->queue = mlg_alloc(n, sizeof *w->queue);
    w->steps = mlg_zalloc(n, sizeof *w->steps);
    w->hill = mlg_zalloc(n + 1, sizeof *w->hill);
    w->heap = mlg_zalloc(n + 1, sizeof *w->heap);
    if (w->arrival == NULL || w->branch == NULL || w->near == NULL || w->met == NULL ||
        w->queue == NULL || w->steps == NULL || w->hill == NULL || w->heap == NULL) {
        FAIL(err, MLG_ENOMEM, "removals: no memory for %zu actors", n);
    }
    for (int32_t t = 0; t < ties->n; t++) {
        w->arrival[removal->forest.who[t]] = t;
        w->branch[t] = ABOVE;
    }
out:
    return status;
}

static void work_close(work *w)
{
    mlg_free(w->arrival);
    mlg_free(w->branch);
    mlg_free(w->near);
    mlg_free(w->met);
    mlg_free(w->queue);
    mlg_free(w->steps);
    mlg_free(w->hill);
    mlg_free(w->heap);
}

/* ---- does a path among the others need the actor? ------------------------------------------ */

static void name_branches(work *w, int32_t v, bool forget)
{
    const mlg_forest *forest = &w->removal->forest;
    const int32_t t = w->arrival[v], last = t + forest->size[t];
    for (int32_t child = t + 1, end; child < last; child = end) {
        end = child + forest->size[child];
        for (int32_t k = child; k < end && mlg_forest_cuts(forest, child); k++) {
            w->branch[forest->who[k]] = forget ? ABOVE : child;
            w->branches++;
        }
    }
}

/* Is x next to v, in this branch, and met for the first time in this round? */
static bool is_new(work *w, int32_t v, int32_t x, int32_t branch)
{
    const bool fresh = w->met[x] != w->round;
    w->met[x] = w->round;
    return fresh && w->near[x] == v + 1 && w->branch[x] == branch;
}

/* Is every neighbour of v in a's branch tied to a, or to somebody else who is? */
static bool is_bypassed(work *w, int32_t v, int32_t a)
{
    const mlg_csr *ties = w->ties;
    const uint32_t first = ties->offset[a], end = ties->offset[a + 1];
    const int32_t branch = w->branch[a];
    int32_t missing = 0;

    w->round++;
    w->met[a] = w->round;
    for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
        missing += w->branch[ties->target[i]] == branch;
    }
    missing--; /* itself */
    w->checks += mlg_csr_degree(ties, v) + mlg_csr_degree(ties, a);
    for (uint32_t i = first; i < end && missing > 0; i++) {
        missing -= is_new(w, v, ties->target[i], branch);
    }
    for (uint32_t i = first; i < end && missing > 0; i++) {
        const int32_t x = ties->target[i];
        for (uint32_t k = ties->offset[x]; x != v && k < ties->offset[x + 1]; k++) {
            missing -= is_new(w, v, ties->target[k], branch);
        }
        w->checks += x != v ? mlg_csr_degree(ties, x) : 0;
    }
    return missing == 0;
}

static bool is_bypassable(work *w, int32_t v)
{
    const mlg_csr *ties = w->ties;
    bool all = true;

    for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
        w->near[ties->target[i]] = v + 1;
    }
    for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1] && all; i++) {
        all = is_bypassed(w, v, ties->target[i]);
    }
    return all;
}

/* ---- between branches ---------------------------------------------------------------------- */

/* Steps of everybody from v; answers how many were met, v the first of the queue. */
static int32_t search_from(work *w, int32_t v)
{
    const mlg_csr *ties = w->ties;
    int32_t tail = 0;

    w->queue[tail++] = v;
    for (int32_t head = 0; head < tail; head++) {
        const int32_t x = w->queue[head];
        for (uint32_t i = ties->offset[x]; i < ties->offset[x + 1]; i++) {
            const int32_t y = ties->target[i];
            if (w->steps[y] == 0 && y != v) {
                w->steps[y] = w->steps[x] + 1;
                w->queue[tail++] = y;
            }
        }
        w->branches += mlg_csr_degree(ties, x) + 1;
    }
    return tail;
}

/* Sum of 1 / d between the branch in `hill` and those in `heap`, all of whose paths lead through
 * the actor; the branch then joins the heap. */
static double join_heap(work *w, int32_t depth, int32_t *heap_depth)
{
    double sum = 0.0;
    for (int32_t i = 1; i <= depth; i++) {
        for (int32_t k = 1; k <= *heap_depth; k++) {
            sum += w->hill[i] * w->heap[k] / (i + k);
        }
    }
    w->branches += (double) depth * *heap_depth;
    for (int32_t i = 1; i <= depth; i++) {
        w->heap[i] += w->hill[i];
        w->hill[i] = 0.0;
    }
    *heap_depth = depth > *heap_depth ? depth : *heap_depth;
    return sum;
}

/* Sum of 1 / d over the pairs of the others that v's leaving parts. */
static double between_branches(work *w, int32_t v)
{
    const mlg_forest *forest = &w->removal->forest;
    const int32_t t = w->arrival[v], last = t + forest->size[t], n_met = search_from(w, v);
    int32_t depth = 0, heap_depth = 0;
    double sum = 0.0;

    for (int32_t q = 1; q < n_met; q++) { /* by rising steps */
        if (w->branch[w->queue[q]] == ABOVE) {
            depth = w->steps[w->queue[q]];
            w->hill[depth]++;
        }
    }
    sum += join_heap(w, depth, &heap_depth);
    for (int32_t child = t + 1, end; child < last; child = end) {
        end = child + forest->size[child];
        depth = 0;
        for (int32_t k = child; k < end && mlg_forest_cuts(forest, child); k++) {
            const int32_t steps = w->steps[forest->who[k]];
            w->hill[steps]++;
            depth = steps > depth ? steps : depth;
        }
        sum += join_heap(w, depth, &heap_depth);
    }
    for (int32_t i = 0; i <= heap_depth; i++) {
        w->heap[i] = 0.0;
    }
    for (int32_t q = 0; q < n_met; q++) {
        w->steps[w->queue[q]] = 0;
    }
    return sum;
}

/* ---- who needs more -------------------------------------------------------------------------- */

/* Fills what needs no search in earnest; the others stay NaN. */
static void fill_bypassed(work *w, const double *nearness, mlg_without_room room, mlg_without *out)
{
    const mlg_removals *removals = &w->removal->removals;
    for (int32_t v = 0; v < out->n; v++) {
        const bool cuts = removals->branches[v] > 1;
        out->total[v] = NAN;
        if (w->checks > room.checks || (cuts && w->branches > room.branches)) {
            continue;
        }
        if (cuts) {
            name_branches(w, v, false);
        }
        if (is_bypassable(w, v)) {
            const double between = cuts ? between_branches(w, v) : 0.0;
            out->total[v] = out->whole - 2 * (nearness[v] + between);
        }
        if (cuts) {
            name_branches(w, v, true);
        }
    }
}

typedef struct candidate {
    int64_t lost;
    uint32_t degree;
    int32_t who;
} candidate;

static int by_weight(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->lost != b->lost) {
        return a->lost > b->lost ? -1 : 1;
    }
    if (a->degree != b->degree) {
        return a->degree > b->degree ? -1 : 1;
    }
    return a->who < b->who ? -1 : a->who > b->who;
}

/* At most what a search of everything reads, were nobody further away than from this actor: 512 at
 * once may find everybody anew at each step. */
static double reads_of_search(work *w, int32_t from)
{
    const int32_t n_met = search_from(w, from);
    const double depth = w->steps[w->queue[n_met - 1]];

    for (int32_t q = 0; q < n_met; q++) {
        w->steps[w->queue[q]] = 0;
    }
    return depth * ceil(w->ties->n / 512.0) * (w->ties->n + (double) mlg_csr_size(w->ties));
}

/* Searches without each of those who are missing, as many as there is room for. */
static mlg_status search_rest(work *w, double room, const mlg_run *run, mlg_without *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = w->ties;
    int32_t n = 0;
    candidate *list = mlg_alloc((size_t) out->n, sizeof *list);
    int32_t *gone = mlg_alloc((size_t) out->n, sizeof *gone);
    double *total = mlg_alloc((size_t) out->n, sizeof *total);

    TRY_ALLOC(err, list);
    TRY_ALLOC(err, gone);
    TRY_ALLOC(err, total);
    for (int32_t v = 0; v < out->n; v++) {
        if (isnan(out->total[v])) {
            list[n++] = (candidate){w->removal->removals.lost[v], mlg_csr_degree(ties, v), v};
        }
    }
    if (n > 0) {
        qsort(list, (size_t) n, sizeof *list, by_weight);
    }
    const double reads = n > 0 ? reads_of_search(w, list[0].who) : 0.0;
    const int32_t searched = n * reads <= room ? n : (int32_t) (room / reads);
    for (int32_t i = 0; i < searched; i++) {
        gone[i] = list[i].who;
    }
    TRY(mlg_paths_without(ties, gone, searched, run, total, err));
    for (int32_t i = 0; i < searched; i++) {
        out->total[gone[i]] = total[i];
    }
    out->left_out = n - searched;
out:
    mlg_free(list);
    mlg_free(gone);
    mlg_free(total);
    return status;
}

mlg_status mlg_without_of(const mlg_csr *ties, const mlg_removal_slot *removal,
                          const mlg_paths *paths, mlg_without_room room, const mlg_run *run,
                          mlg_without *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    work w = {0};

    *out = (mlg_without){.n = ties->n, .whole = paths->total};
    out->total = mlg_alloc((size_t) ties->n, sizeof *out->total);
    TRY_ALLOC(err, out->total);
    TRY(work_open(&w, ties, removal, err));
    fill_bypassed(&w, paths->nearness, room, out);
    TRY(search_rest(&w, room.searches, run, out, err));
out:
    work_close(&w);
    if (status != MLG_OK) {
        mlg_without_free(out);
    }
    return status;
}

void mlg_without_free(mlg_without *without)
{
    mlg_free(without->total);
    *without = (mlg_without){0};
}

static void release(void *made)
{
    mlg_without_free(made);
    mlg_free(made);
}

mlg_status mlg_context_without(mlg_context *context, int32_t view, const mlg_without **out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_without_room room = {MLG_MOST_DETOUR_CHECKS, MLG_MOST_BRANCH_READS,
                                   MLG_MOST_SEARCH_READS};
    const mlg_removal_slot *removal = NULL;
    const mlg_paths *paths = NULL;
    mlg_without *made = mlg_context_slot(context, view, MLG_SLOT_WITHOUT);

    *out = made;
    if (made != NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(mlg_context_paths(context, view, &paths, err));
    TRY(mlg_cached_removals(context, view, &removal, err));
    TRY(mlg_without_of(&mlg_context_graph(context, view)->ties, removal, paths, room, context->run,
                       made, err));
    mlg_context_keep(context, view, MLG_SLOT_WITHOUT, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        mlg_free(made);
    }
    return status;
}
