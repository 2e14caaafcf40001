/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "finding/players.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "measure/tenure.h"

enum { MOST_SEARCHED = 300, WORDS = (MOST_SEARCHED + 63) / 64 };

/* Who invites is not invited: the coordination in the view, and who only employs, carries or funds
 * it. Indexed by dense actor. */
typedef struct hosts {
    bool *coordinates, *backs; /* [actors] */
    bool any;
} hosts;

static void hosts_free(hosts *h)
{
    mlg_free(h->coordinates);
    mlg_free(h->backs);
}

static void mark(const mlg_graph *graph, mlg_id party, bool *marks, bool *any)
{
    const int32_t actor = party >= 0 ? mlg_id_find(graph->subject, graph->n, party) : -1;
    if (actor >= 0) {
        marks[actor] = true;
        *any = true;
    }
}

static void mark_list(const mlg_graph *graph, mlg_column column, int32_t row, bool *marks)
{
    size_t n = 0;
    bool any = false;
    const mlg_id *list = row >= 0 ? mlg_get_list(graph->model, column, row, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        mark(graph, list[i] >= 0 ? graph->into[list[i]] : -1, marks, &any);
    }
}

/* Posts of coordination and who holds them, by their own name (an organisation may bear it too);
 * beside them their employers, services and funders, and the carriers of what they coordinate. */
static mlg_status find_hosts(const mlg_graph *graph, hosts *h, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    mlg_tenures tenures = {0};

    h->coordinates = mlg_zalloc((size_t) graph->n, sizeof *h->coordinates);
    h->backs = mlg_zalloc((size_t) graph->n, sizeof *h->backs);
    TRY_ALLOC(err, h->coordinates);
    TRY_ALLOC(err, h->backs);
    TRY(mlg_tenures_of(model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        if (!t->coordinates) {
            continue;
        }
        mark(graph, t->holder, h->coordinates, &h->any);
        mark(graph, t->post, h->coordinates, &h->any);
        mark_list(graph, C_schemes_carrier, model->party_scheme_row[t->scheme], h->backs);
        if (t->post >= 0) { /* else it is a row of participations.csv */
            mark_list(graph, C_posts_employer, t->row, h->backs);
            mark_list(graph, C_posts_service, t->row, h->backs);
            mark_list(graph, C_posts_funder, t->row, h->backs);
        }
    }
    for (int32_t v = 0; v < graph->n; v++) {
        h->any = h->any || h->backs[v];
    }
out:
    mlg_free(tenures.items);
    return status;
}

/* May these be named? Without the coordination, and not mostly its own house. */
static bool may_name(const hosts *h, const int32_t *actor, int k)
{
    int house = 0;
    for (int i = 0; i < k; i++) {
        if (h->any && h->coordinates[actor[i]]) {
            return false;
        }
        house += h->any && h->backs[actor[i]];
    }
    return 2 * house <= k;
}

/* ---- the sets that the measure lists ------------------------------------------------------ */

static double part_of(const mlg_value *value, const char *name, size_t row)
{
    const double *part = mlg_value_part_find(value, name);
    return part != NULL ? part[row] : NAN;
}

static void read_set(const mlg_graph *graph, const mlg_value *value, size_t row, int k,
                     int32_t actor[MLG_INVITED])
{
    for (int i = 0; i < k; i++) {
        actor[i] = mlg_id_find(graph->subject, graph->n, value->subject[row + (size_t) i]);
    }
}

/* Among the listed sets of k that may be named, the one that is also nearest to everybody: its
 * first row. */
static size_t best_set(const mlg_graph *graph, const hosts *h, const mlg_value *value, int k)
{
    size_t best = SIZE_MAX;
    for (size_t row = 0; row < value->n; row++) {
        int32_t actor[MLG_INVITED];
        if (part_of(value, "k", row) != k || part_of(value, "member", row) != 1) {
            continue;
        }
        read_set(graph, value, row, k, actor);
        if (may_name(h, actor, k) &&
            (best == SIZE_MAX ||
             part_of(value, "distance", row) > part_of(value, "distance", best) + 1e-12)) {
            best = row;
        }
    }
    return best;
}

/* The fewest that touch as many others as the most do: one more who brings nobody but itself is not
 * worth asking. `of` by k - 1, of `most` at most; k = 0 in it: none of so many. */
static mlg_guests fewest(const mlg_guests *of, int most)
{
    int k = most;
    while (k > 1 && of[k - 1].k > 0 && of[k - 2].k > 0 && of[k - 2].touched >= of[k - 1].touched) {
        k--;
    }
    return of[k - 1];
}

/* Answers whether a set of each size was found. */
static bool listed(const mlg_graph *graph, const hosts *h, const mlg_value *value, int most,
                   mlg_guests *out)
{
    mlg_guests of[MLG_INVITED] = {{0}};
    bool all = true;
    for (int k = 1; k <= most; k++) {
        const size_t row = best_set(graph, h, value, k);
        all = all && row != SIZE_MAX;
        if (row != SIZE_MAX) {
            of[k - 1] = (mlg_guests){.k = k,
                                     .touched = part_of(value, "reach1", row) - k,
                                     .sets = part_of(value, "sets", row),
                                     .proven = part_of(value, "proven", row) > 0.0};
            read_set(graph, value, row, k, of[k - 1].actor);
        }
    }
    *out = fewest(of, most);
    return all;
}

/* ---- all sets ------------------------------------------------------------------------------- */

typedef struct search {
    const hosts *hosts;
    int32_t n;
    uint64_t (*near)[WORDS]; /* [n] the actor and those it is tied to */
    int most;                /* of a set */
    mlg_guests of[MLG_INVITED];
} search;

static void set_near(uint64_t near[WORDS], int32_t actor)
{
    near[actor / 64] |= UINT64_C(1) << (actor % 64);
}

static void read_near(const mlg_graph *graph, search *s)
{
    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_csr *from = graph->projected ? &graph->ties : &graph->attends;
        memset(s->near[v], 0, sizeof s->near[v]);
        set_near(s->near[v], v);
        for (uint32_t e = from->offset[v]; e < from->offset[v + 1]; e++) {
            const int32_t to = from->target[e];
            for (uint32_t i = graph->projected ? 0 : graph->attended.offset[to];
                 !graph->projected && i < graph->attended.offset[to + 1]; i++) {
                set_near(s->near[v], graph->attended.target[i]);
            }
            if (graph->projected) {
                set_near(s->near[v], to);
            }
        }
    }
}

/* The best sets of 1, 2 and 3 that begin with `actor` [k - 1] and go on with later ones. */
static void extend(search *s, const uint64_t *with, int32_t *actor, int k)
{
    for (int32_t v = k > 1 ? actor[k - 2] + 1 : 0; v < s->n; v++) {
        uint64_t all[WORDS];
        double reached = 0.0;
        mlg_guests *best = &s->of[k - 1];
        if (s->hosts->coordinates[v]) {
            continue;
        }
        actor[k - 1] = v;
        for (int w = 0; w < WORDS; w++) {
            all[w] = with[w] | s->near[v][w];
            reached += __builtin_popcountll(all[w]);
        }
        if (may_name(s->hosts, actor, k) && (best->k == 0 || reached - k >= best->touched)) {
            if (best->k > 0 && reached - k == best->touched) {
                best->sets++;
            } else {
                *best = (mlg_guests){.k = k, .touched = reached - k, .sets = 1.0, .proven = true};
                memcpy(best->actor, actor, (size_t) k * sizeof *actor);
            }
        }
        if (k < s->most) {
            extend(s, all, actor, k + 1);
        }
    }
}

static mlg_status look_at_all(const mlg_graph *graph, const hosts *h, int most, mlg_guests *out,
                              mlg_error *err)
{
    static const uint64_t nobody[WORDS] = {0};
    mlg_status status = MLG_OK;
    int32_t actor[MLG_INVITED] = {0};
    search s = {.hosts = h, .n = graph->n, .most = most};

    s.near = mlg_alloc((size_t) graph->n, sizeof *s.near);
    TRY_ALLOC(err, s.near);
    read_near(graph, &s);
    extend(&s, nobody, actor, 1);
    *out = fewest(s.of, most);
out:
    mlg_free(s.near);
    return status;
}

/* ---- both ----------------------------------------------------------------------------------- */

static int largest(const mlg_value *value)
{
    int most = 0;
    for (size_t row = 0; row < value->n; row++) {
        const double k = part_of(value, "k", row);
        most = k > most && k <= MLG_INVITED ? (int) k : most;
    }
    return most;
}

mlg_status mlg_guests_of(const mlg_graph *graph, const mlg_value *value, mlg_guests *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int most = value != NULL ? largest(value) : 0;
    hosts h = {0};

    *out = (mlg_guests){.k = 0};
    if (most == 0) {
        return MLG_OK;
    }
    if (graph->model != NULL) {
        TRY(find_hosts(graph, &h, err));
    }
    /* where there are too many to look at, and the sets of the measure are not to be named, silent
     */
    if (!listed(graph, &h, value, most, out) && h.any && graph->n <= MOST_SEARCHED) {
        TRY(look_at_all(graph, &h, most, out, err));
    }
    out->without = h.any;
out:
    hosts_free(&h);
    return status;
}
