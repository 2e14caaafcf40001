/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/percolation.h"

#include <string.h>

#include "measure/removal.h"
#include "measure/union_find.h"

#define ABSENT INT32_MIN /* of a set: the row is not there */

/* ---- what is played on ------------------------------------------------------------------- */

mlg_status mlg_percolation_open(const mlg_graph *graph, mlg_percolation *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_csr joined = {0};

    *out = (mlg_percolation){.n = graph->n, .joined = !graph->projected};
    if (out->joined) {
        TRY(mlg_join_two_modes(&graph->attends, &graph->attended, &joined, err));
    }
    TRY(mlg_percolation_rows(out->joined ? &joined : &graph->ties, out, err));
    TRY(mlg_percolation_classes(graph, out, err));
    TRY(mlg_percolation_places(graph, out, err));
out:
    mlg_csr_free(&joined);
    if (status != MLG_OK) {
        mlg_percolation_close(out);
    }
    return status;
}

void mlg_percolation_close(mlg_percolation *percolation)
{
    mlg_free(percolation->row_of);
    mlg_free(percolation->actor_of);
    mlg_csr_free(&percolation->ties);
    mlg_free(percolation->lower);
    mlg_free(percolation->class_of);
    mlg_free(percolation->apart);
    mlg_csr_free(&percolation->places);
    mlg_free(percolation->people);
    *percolation = (mlg_percolation){0};
}

/* ---- one sequence ------------------------------------------------------------------------ */

struct mlg_percolator {
    const mlg_percolation *on;
    int32_t *set;  /* [rows] union_find.h, or ABSENT */
    int32_t *near; /* [most entries of a row + 1] */
    int32_t *list; /* [n] rows: who leaves, in order, then who stays */
    int32_t top;   /* root of the largest set so far */
    int32_t giant; /* actors in it */
    int64_t pairs, cross;
    int32_t *members; /* [rows * n_classes] of each class, by root; or NULL */
    int32_t *seen;    /* [n_places] the sequence that counted a place last */
    int32_t sequence;
    double people;
};

mlg_percolator *mlg_percolator_open(const mlg_percolation *on)
{
    mlg_percolator *p = mlg_zalloc(1, sizeof *p);
    uint32_t most = 0;

    for (int32_t v = 0; v < on->rows; v++) {
        const uint32_t degree = mlg_csr_degree(&on->ties, v);
        most = degree > most ? degree : most;
    }
    if (p != NULL) {
        p->on = on;
        p->set = mlg_alloc((size_t) on->rows, sizeof *p->set);
        p->near = mlg_alloc((size_t) most + 1, sizeof *p->near);
        p->list = mlg_alloc((size_t) on->n + 1, sizeof *p->list);
        p->members = mlg_alloc((size_t) on->rows * (size_t) on->n_classes, sizeof *p->members);
        p->seen = mlg_zalloc((size_t) on->n_places, sizeof *p->seen);
        if (p->set == NULL || p->near == NULL || p->list == NULL || p->members == NULL ||
            p->seen == NULL) {
            mlg_percolator_close(p);
            p = NULL;
        }
    }
    return p;
}

void mlg_percolator_close(mlg_percolator *p)
{
    if (p != NULL) {
        mlg_free(p->set);
        mlg_free(p->near);
        mlg_free(p->list);
        mlg_free(p->members);
        mlg_free(p->seen);
        mlg_free(p);
    }
}

/* Cross pairs between two sets, by root. */
static int64_t cross_between(const mlg_percolator *p, int32_t a, int32_t b)
{
    const int32_t n = p->on->n_classes;
    const int32_t *of_a = p->members + (size_t) a * (size_t) n,
                  *of_b = p->members + (size_t) b * (size_t) n;
    int64_t pairs = 0;

    for (int32_t k = 0; k < n; k++) {
        if (of_b[k] > 0) {
            const uint8_t *apart = p->on->apart + (size_t) k * (size_t) n;
            int64_t others = 0;
            for (int32_t l = 0; l < n; l++) {
                others += apart[l] != 0 ? of_a[l] : 0;
            }
            pairs += of_b[k] * others;
        }
    }
    return pairs;
}

static int32_t join(mlg_percolator *p, int32_t a, int32_t b, bool cross)
{
    const int64_t weight_a = mlg_set_weight(p->set, a), weight_b = mlg_set_weight(p->set, b);
    const int32_t n = p->on->n_classes;

    p->pairs += weight_a * weight_b;
    if (cross) {
        p->cross += weight_a < weight_b ? cross_between(p, b, a) : cross_between(p, a, b);
    }
    const int32_t root = mlg_set_join(p->set, a, b), other = a + b - root;
    if (cross) {
        int32_t *into = p->members + (size_t) root * (size_t) n;
        const int32_t *from = p->members + (size_t) other * (size_t) n;
        for (int32_t k = 0; k < n; k++) {
            into[k] += from[k];
        }
    }
    if (weight_a + weight_b > p->giant) {
        p->giant = (int32_t) (weight_a + weight_b);
        p->top = root;
    }
    return root;
}

/* A row comes back alone. */
static inline void enter(mlg_percolator *p, int32_t row, bool cross)
{
    const int32_t n = p->on->n_classes;

    p->set[row] = row < p->on->n ? -2 : -1;
    if (p->giant == 0) {
        p->giant = row < p->on->n ? 1 : 0;
        p->top = row;
    }
    if (cross) {
        const int32_t own = row < p->on->n ? p->on->class_of[p->on->actor_of[row]] : -1;
        memset(p->members + (size_t) row * (size_t) n, 0, (size_t) n * sizeof *p->members);
        if (own >= 0) {
            p->members[(size_t) row * (size_t) n + (size_t) own] = 1;
        }
    }
}

/* And joins the sets of its partners from entry `i` to `end`. Most of them hang right under the
 * root of the largest set, and others are not there: what is left of the list is gone through
 * without guesses by the processor. */
static inline void attach(mlg_percolator *p, int32_t row, uint32_t i, uint32_t end, bool cross)
{
    const int32_t *target = p->on->ties.target, *set = p->set;
    int32_t *near = p->near;
    const int32_t top = p->top;
    int32_t n = 0, root = row;
    bool under_top = false;

    for (; i < end; i++) {
        const int32_t above = set[target[i]];
        under_top |= above == top;
        near[n] = target[i];
        n += ((above != top) & (above != ABSENT)) ? 1 : 0;
    }
    if (under_top && !cross) {
        p->pairs += p->giant; /* as join() does, of one more */
        p->giant++;
        p->set[row] = root = top;
        p->set[top]--;
    } else if (under_top) {
        root = join(p, top, row, cross);
    }
    for (int32_t k = 0; k < n; k++) {
        const int32_t other = mlg_set_root(p->set, near[k]);
        if (other != root) {
            root = join(p, root, other, cross);
        }
    }
}

/* The residents where it is, if nobody else was there yet. */
static void settle(mlg_percolator *p, int32_t actor)
{
    const mlg_csr *places = &p->on->places;
    for (uint32_t i = places->offset[actor]; i < places->offset[actor + 1]; i++) {
        const int32_t place = places->target[i];
        if (p->seen[place] != p->sequence) {
            p->seen[place] = p->sequence;
            p->people += p->on->people[place];
        }
    }
}

static void tell(const mlg_percolator *p, const mlg_percolated *out, int32_t q)
{
    if (out->giant != NULL) {
        out->giant[q] = p->giant;
    }
    if (out->pairs != NULL) {
        out->pairs[q] = p->pairs;
    }
    if (out->cross != NULL) {
        out->cross[q] = p->cross;
    }
    if (out->people != NULL) {
        out->people[q] = p->people;
    }
}

static void forget(mlg_percolator *p)
{
    p->top = -1;
    p->giant = 0;
    p->pairs = p->cross = 0;
    p->people = 0.0;
    if (p->sequence++ == INT32_MAX - 1) { /* numbers run out: begin again */
        memset(p->seen, 0, (size_t) p->on->n_places * sizeof *p->seen);
        p->sequence = 1;
    }
}

/* Rows of who leaves, in order; then of who stays, ascending. */
static void make_list(mlg_percolator *p, const int32_t *order, int32_t k)
{
    const mlg_percolation *on = p->on;
    int32_t n = k;

    memset(p->set, 0, (size_t) on->rows * sizeof *p->set);
    for (int32_t q = 0; q < k; q++) {
        p->list[q] = on->row_of[order[q]];
        p->set[p->list[q]] = ABSENT;
    }
    for (int32_t row = 0; row < on->n; row++) {
        p->list[n] = row;
        n += p->set[row] != ABSENT ? 1 : 0;
    }
}

void mlg_percolate(mlg_percolator *p, const int32_t *order, int32_t k, const mlg_percolated *out)
{
    const mlg_percolation *on = p->on;
    const uint32_t *offset = on->ties.offset;
    const bool cross = out->cross != NULL && on->n_classes > 0;
    const bool people = out->people != NULL && on->places.n > 0;

    forget(p);
    make_list(p, order, k);
    for (int32_t row = on->n; row < on->rows; row++) {
        enter(p, row, cross);
    }
    for (int32_t i = k; i < on->n; i++) { /* who stays: each joins those before it */
        const int32_t row = p->list[i];
        enter(p, row, cross);
        attach(p, row, offset[row], on->joined ? offset[row + 1] : on->lower[row], cross);
        if (people) {
            settle(p, on->actor_of[row]);
        }
    }
    tell(p, out, k);
    for (int32_t q = k; q-- > 0;) {
        const int32_t row = p->list[q];
        enter(p, row, cross);
        attach(p, row, offset[row], offset[row + 1], cross);
        if (people) {
            settle(p, on->actor_of[row]);
        }
        tell(p, out, q);
    }
}

void mlg_percolate_ties(mlg_percolator *p, const int32_t *tie, const int32_t *order, int32_t m,
                        int32_t *giant)
{
    const int32_t *row_of = p->on->row_of;

    forget(p);
    for (int32_t row = 0; row < p->on->rows; row++) {
        enter(p, row, false);
    }
    giant[m] = p->giant;
    for (int32_t q = m; q-- > 0;) {
        const int32_t *ends = tie + 2 * (size_t) order[q];
        const int32_t a = mlg_set_root(p->set, row_of[ends[0]]);
        const int32_t b = mlg_set_root(p->set, row_of[ends[1]]);
        if (a != b) {
            join(p, a, b, false);
        }
        giant[q] = p->giant;
    }
}
