/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/rest.h"

#include "measure/union_find.h"

/* The pieces that a departure leaves. */

void mlg_rest_free(mlg_rest *rest)
{
    mlg_free(rest->of);
    mlg_free(rest->cross);
    *rest = (mlg_rest){.home = -1, .employer = -1};
}

/* Numbers the components after the departure that were one with another before it: `before` and
 * `after` [actors] are representatives. `piece` [actors] is by representative. */
static int32_t number_pieces(int32_t n, const int32_t *before, const int32_t *after,
                             int32_t *first_after, int32_t *piece)
{
    int32_t pieces = 0;
    for (int32_t v = 0; v < n; v++) {
        first_after[v] = piece[v] = -1;
    }
    /* a component of before is cut when it holds two of after: -2 */
    for (int32_t v = 0; v < n; v++) {
        int32_t *seen = &first_after[before[v]];
        *seen = *seen == -1 || *seen == after[v] ? after[v] : -2;
    }
    for (int32_t v = 0; v < n; v++) {
        if (first_after[before[v]] == -2 && piece[after[v]] < 0) {
            piece[after[v]] = pieces++;
        }
    }
    return pieces;
}

/* Counted actors of each piece by class, as lists: a piece has few classes. */
typedef struct census {
    int32_t n_classes;
    int64_t *members; /* [pieces * n_classes] */
} census;

static void fill_cross(const mlg_cutter *cutter, const census *c, mlg_rest *rest)
{
    const size_t classes = (size_t) c->n_classes;
    for (int32_t p = 0; p < rest->n; p++) {
        for (int32_t q = 0; q < p; q++) {
            const int64_t *x = c->members + (size_t) p * classes;
            const int64_t *y = c->members + (size_t) q * classes;
            int64_t pairs = 0;
            for (int32_t i = 1; i < c->n_classes; i++) {
                for (int32_t j = 1; x[i] > 0 && j < c->n_classes; j++) {
                    pairs += y[j] > 0 && mlg_cut_is_cross(cutter, i, j) ? x[i] * y[j] : 0;
                }
            }
            rest->cross[(size_t) p * (size_t) rest->n + (size_t) q] = pairs;
            rest->cross[(size_t) q * (size_t) rest->n + (size_t) p] = pairs;
        }
    }
}

/* All pairs between pieces of one former component: those of others were not connected. */
static int64_t lost_of(const mlg_rest *rest, const int32_t *component)
{
    int64_t lost = 0;
    for (int32_t p = 0; p < rest->n; p++) {
        for (int32_t q = 0; q < p; q++) {
            lost += component[p] == component[q] ? mlg_rest_cross(rest, p, q) : 0;
        }
    }
    return lost;
}

/* The organisation that who leaves belongs to: the first of its own that stays in the view. */
static void find_home(const mlg_graph *graph, const mlg_leavers *leavers, int32_t leaver, bool *own,
                      mlg_rest *rest)
{
    const mlg_model *model = graph->model;
    mlg_leaver_own(model, leavers, leaver, graph->into, true, own);
    for (int32_t v = 0; v < graph->n && rest->employer < 0; v++) {
        const mlg_id subject = graph->subject[v];
        if (own[subject] && leavers->of_party[subject] != leaver) {
            rest->employer = subject;
            rest->home = rest->of[v];
        }
    }
    mlg_leaver_own(model, leavers, leaver, graph->into, false, own);
}

/* What is worked with on the way. */
typedef struct work {
    int32_t *before, *after, *first, *piece, *component;
    bool *own;
    census classes;
} work;

static mlg_status open_work(work *w, const mlg_graph *graph, mlg_error *err)
{
    const size_t n = (size_t) graph->n;
    w->before = mlg_alloc(n, sizeof *w->before);
    w->after = mlg_alloc(n, sizeof *w->after);
    w->first = mlg_alloc(n, sizeof *w->first);
    w->piece = mlg_alloc(n, sizeof *w->piece);
    w->component = mlg_alloc(n, sizeof *w->component);
    w->own = mlg_zalloc(graph->model->parties.n, sizeof *w->own);
    return w->before != NULL && w->after != NULL && w->first != NULL && w->piece != NULL &&
                   w->component != NULL && w->own != NULL
               ? MLG_OK
               : mlg_fail(err, MLG_ENOMEM, "no memory for the pieces of %zu actors", n);
}

static void free_work(work *w)
{
    mlg_free(w->before);
    mlg_free(w->after);
    mlg_free(w->first);
    mlg_free(w->piece);
    mlg_free(w->component);
    mlg_free(w->own);
    mlg_free(w->classes.members);
}

static mlg_status count_classes(const mlg_cutter *cutter, const mlg_graph *graph, int32_t leaver,
                                const mlg_rest *rest, work *w, mlg_error *err)
{
    mlg_status status = MLG_OK;
    census *c = &w->classes;

    c->n_classes = mlg_cut_classes(cutter);
    c->members = mlg_zalloc((size_t) rest->n * (size_t) c->n_classes, sizeof *c->members);
    TRY_ALLOC(err, c->members);
    for (int32_t v = 0; v < graph->n; v++) {
        if (rest->of[v] >= 0) {
            c->members[(size_t) rest->of[v] * (size_t) c->n_classes +
                       (size_t) mlg_cut_class(cutter, v, leaver)]++;
            w->component[rest->of[v]] = w->before[v];
        }
    }
out:
    return status;
}

mlg_status mlg_rest_of(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                       int32_t leaver, bool activities, mlg_cutter *cutter, mlg_rest *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    work w = {0};

    *out = (mlg_rest){.home = -1, .employer = -1};
    TRY(open_work(&w, graph, err));
    out->of = mlg_alloc((size_t) graph->n, sizeof *out->of);
    TRY_ALLOC(err, out->of);
    mlg_cut_components(cutter, leaver, MLG_TODAY, w.before);
    mlg_cut_components(cutter, leaver, activities ? MLG_WITHOUT_ACTIVITIES : MLG_WITHOUT_ROWS,
                       w.after);
    out->n = number_pieces(graph->n, w.before, w.after, w.first, w.piece);
    for (int32_t v = 0; v < graph->n; v++) {
        out->of[v] = w.piece[w.after[v]];
    }
    if (out->n > MLG_MOST_PIECES) {
        FAIL(err, MLG_ESIZE, "a departure leaves too many pieces to compare");
    }
    find_home(graph, leavers, leaver, w.own, out);
    out->cross = mlg_zalloc((size_t) out->n * (size_t) out->n, sizeof *out->cross);
    TRY_ALLOC(err, out->cross);
    TRY(count_classes(cutter, graph, leaver, out, &w, err));
    fill_cross(cutter, &w.classes, out);
    out->lost = lost_of(out, w.component);
out:
    free_work(&w);
    if (status != MLG_OK) {
        mlg_rest_free(out);
    }
    return status;
}

void mlg_rest_open(const mlg_rest *rest, int32_t *joined)
{
    mlg_set_open(joined, rest->n);
}

void mlg_rest_join(int32_t *joined, int32_t a, int32_t b)
{
    mlg_set_unite(joined, a, b);
}

int64_t mlg_rest_kept(const mlg_rest *rest, int32_t *joined)
{
    int64_t kept = 0;
    for (int32_t p = 0; p < rest->n; p++) {
        const int32_t set = mlg_set_root(joined, p);
        for (int32_t q = 0; q < p; q++) {
            kept += mlg_set_root(joined, q) == set ? mlg_rest_cross(rest, p, q) : 0;
        }
    }
    return kept;
}
