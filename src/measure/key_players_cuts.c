/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/key_players.h"

#include <string.h>

/* Removal of one actor after the other. Each time, one depth-first search over what is left of the
 * component gives the cost of every next removal; other components keep theirs. */

enum { UNMET = -1, GONE = INT32_MAX };

/* A row of the search, by arrival. */
typedef struct mlg_cut_frame {
    int32_t parent;  /* arrival it was met from */
    int32_t low;     /* earliest arrival its branch touches */
    int32_t actors;  /* of its branch, itself among them */
    int32_t fallen;  /* actors of the branches that fall off when it goes */
    int64_t squares; /* sum of b * b over these */
    int32_t row;
    uint32_t resume; /* where to read on */
} frame;

static frame opened(const mlg_cuts *cuts, int32_t row, int32_t parent, int32_t t)
{
    return (frame){.parent = parent,
                   .low = t,
                   .actors = row < cuts->n_actors,
                   .row = row,
                   .resume = cuts->ties->offset[row]};
}

/* A branch is read to its end: its parent takes what it reaches and holds. */
static void close_branch(frame *parent, const frame *branch, int32_t t)
{
    const int64_t b = branch->actors;
    parent->actors += branch->actors;
    if (branch->low >= t) { /* t: the parent's arrival. Nothing of the branch is met earlier */
        parent->fallen += branch->actors;
        parent->squares += b * b;
    } else if (branch->low < parent->low) {
        parent->low = branch->low;
    }
}

/* Reads the component of `root`; answers its number of rows. */
static int32_t read_component(mlg_cuts *cuts, int32_t root)
{
    const uint32_t *const offset = cuts->ties->offset;
    const int32_t *const target = cuts->ties->target;
    int32_t *const arrival = cuts->arrival;
    frame *const f = cuts->frame;
    int32_t next = 1, t = 0;
    uint32_t i = offset[root], end = offset[root + 1];

    arrival[root] = 0;
    f[0] = opened(cuts, root, -1, 0);
    for (;;) {
        int32_t low = f[t].low, row = -1;
        while (i < end) {
            const int32_t at = arrival[target[i++]];
            if (at < 0) {
                row = target[i - 1];
                break;
            }
            low = at < low ? at : low;
        }
        f[t].low = low;
        if (row >= 0) {
            f[t].resume = i;
            arrival[row] = next;
            f[next] = opened(cuts, row, t, next);
            t = next++;
            i = offset[row];
            end = offset[row + 1];
            continue;
        }
        const int32_t parent = f[t].parent;
        if (parent < 0) {
            return next;
        }
        close_branch(&f[parent], &f[t], parent);
        t = parent;
        i = f[t].resume;
        end = offset[f[t].row + 1];
    }
}

/* Pairs of a component that are left without the row of a frame: sum of b (b - 1) / 2 over the
 * branches. What falls off is known; the rest is above. Answers the pairs fewer. */
static int64_t drop_of(const frame *f, int64_t together)
{
    const int64_t above = together - 1 - f->fallen;
    const int64_t before = together * (together - 1) / 2;
    return before - (f->squares - f->fallen + above * (above - 1)) / 2;
}

/* Reads the component again, and what each of its actors would cost; answers its pairs. */
static int64_t look_at(mlg_cuts *cuts, int32_t root)
{
    const int32_t n = read_component(cuts, root);
    const int64_t together = cuts->frame[0].actors;

    for (int32_t t = 0; t < n; t++) {
        const frame *f = &cuts->frame[t];
        if (f->row < cuts->n_actors) {
            cuts->drop[f->row] = f->fallen == 0 ? together - 1 : drop_of(f, together);
        }
    }
    return together * (together - 1) / 2;
}

/* All rows that are left as not met yet. */
static void forget(mlg_cuts *cuts)
{
    memset(cuts->arrival, 0xff, (size_t) cuts->ties->n * sizeof *cuts->arrival); /* UNMET */
    for (int32_t i = 0; i < cuts->n_gone; i++) {
        cuts->arrival[cuts->gone[i]] = GONE;
    }
}

mlg_status mlg_cuts_open(const mlg_csr *ties, int32_t n_actors, mlg_cuts *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;

    *out = (mlg_cuts){.ties = ties, .n_actors = n_actors};
    out->drop = mlg_alloc((size_t) n_actors, sizeof *out->drop);
    out->gone = mlg_alloc(n, sizeof *out->gone);
    out->arrival = mlg_alloc(n, sizeof *out->arrival);
    out->frame = mlg_alloc(n, sizeof *out->frame);
    if (out->drop == NULL || out->gone == NULL || out->arrival == NULL || out->frame == NULL) {
        FAIL(err, MLG_ENOMEM, "key players: no memory for %zu actors", n);
    }
    forget(out);
    for (int32_t row = 0; row < ties->n; row++) {
        if (out->arrival[row] == UNMET) {
            out->pairs += look_at(out, row);
            out->components++;
        }
    }
out:
    if (status != MLG_OK) {
        mlg_cuts_free(out);
    }
    return status;
}

void mlg_cuts_free(mlg_cuts *cuts)
{
    mlg_free(cuts->drop);
    mlg_free(cuts->gone);
    mlg_free(cuts->arrival);
    mlg_free(cuts->frame);
    *cuts = (mlg_cuts){0};
}

void mlg_cuts_remove(mlg_cuts *cuts, int32_t row)
{
    const mlg_csr *ties = cuts->ties;

    cuts->pairs -= cuts->drop[row];
    cuts->gone[cuts->n_gone++] = row;
    forget(cuts);
    for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
        if (cuts->arrival[ties->target[i]] == UNMET) {
            (void) look_at(cuts, ties->target[i]);
        }
    }
}

int32_t mlg_cuts_component(mlg_cuts *cuts, int32_t row)
{
    forget(cuts);
    (void) read_component(cuts, row);
    return cuts->frame[0].actors;
}

void mlg_cuts_put_back(mlg_cuts *cuts, int32_t row)
{
    int32_t at = 0;
    while (cuts->gone[at] != row) {
        at++;
    }
    cuts->n_gone--;
    for (; at < cuts->n_gone; at++) {
        cuts->gone[at] = cuts->gone[at + 1];
    }
    forget(cuts);
    (void) look_at(cuts, row);
    cuts->pairs += cuts->drop[row];
}

static bool is_gone(const mlg_cuts *cuts, int32_t row)
{
    for (int32_t i = 0; i < cuts->n_gone; i++) {
        if (cuts->gone[i] == row) {
            return true;
        }
    }
    return false;
}

int32_t mlg_cuts_worst(const mlg_cuts *cuts)
{
    int32_t worst = -1;
    int64_t most = -1;
    for (int32_t row = 0; row < cuts->n_actors; row++) {
        if (cuts->drop[row] > most && !is_gone(cuts, row)) {
            most = cuts->drop[row];
            worst = row;
        }
    }
    return worst;
}

void mlg_cuts_greedy(mlg_cuts *cuts, int32_t k, int32_t *set)
{
    for (int32_t i = 0; i < k; i++) {
        set[i] = mlg_cuts_worst(cuts);
        if (i + 1 < k) {
            mlg_cuts_remove(cuts, set[i]);
        } else { /* nobody asks what the next one would cost */
            cuts->pairs -= cuts->drop[set[i]];
            cuts->gone[cuts->n_gone++] = set[i];
        }
    }
}

/* ---- ties that hold --------------------------------------------------------------- */

/* Rows wait in one list a number of ties to rows already scanned, at most k + 1; the fullest is
 * served first. A row may wait in several lists: only the one of its number counts. */
typedef struct queue {
    int32_t *row;   /* [room] */
    int32_t *below; /* [room] the entry under it, -1 */
    int32_t *top;   /* [k + 2] of each list */
    int32_t n;
} queue;

static void wait_in(queue *q, int32_t list, int32_t row)
{
    q->row[q->n] = row;
    q->below[q->n] = q->top[list];
    q->top[list] = q->n++;
}

/* The next row to scan, or -1. */
static int32_t serve(queue *q, const int32_t *known, int32_t most)
{
    for (int32_t list = most; list >= 0; list--) {
        while (q->top[list] >= 0) {
            const int32_t row = q->row[q->top[list]];
            q->top[list] = q->below[q->top[list]];
            if (known[row] == list) {
                return row;
            }
        }
    }
    return -1;
}

mlg_status mlg_ties_that_hold(const mlg_csr *ties, int32_t k, mlg_csr *out, mlg_error *err)
{
    enum { SCANNED = -1 };
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n, most = (size_t) k + 1, entries = mlg_csr_size(ties);
    const size_t kept = n * most < entries / 2 ? n * most : entries / 2;
    int32_t *known =
        mlg_zalloc(n, sizeof *known); /* ties to rows already scanned, at most `most` */
    int32_t *from = mlg_alloc(kept, sizeof *from), *to = mlg_alloc(kept, sizeof *to);
    queue q = {.row = mlg_alloc(n + kept, sizeof *q.row),
               .below = mlg_alloc(n + kept, sizeof *q.below),
               .top = mlg_alloc(most + 1, sizeof *q.top)};
    size_t m = 0;

    *out = (mlg_csr){0};
    if (known == NULL || from == NULL || to == NULL || q.row == NULL || q.below == NULL ||
        q.top == NULL) {
        FAIL(err, MLG_ENOMEM, "key players: no memory for %zu ties", kept);
    }
    memset(q.top, 0xff, (most + 1) * sizeof *q.top);
    for (int32_t row = ties->n - 1; row >= 0; row--) {
        wait_in(&q, 0, row);
    }
    for (int32_t row = serve(&q, known, k + 1); row >= 0; row = serve(&q, known, k + 1)) {
        known[row] = SCANNED;
        for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
            const int32_t other = ties->target[i];
            if (known[other] != SCANNED && known[other] <= k) {
                wait_in(&q, ++known[other], other);
                from[m] = row;
                to[m++] = other;
            }
        }
    }
    TRY(mlg_csr_build(ties->n, ties->n, true, true, from, to, NULL, m, MLG_MERGE_MAX, out, err));
out:
    mlg_free(known);
    mlg_free(from);
    mlg_free(to);
    mlg_free(q.row);
    mlg_free(q.below);
    mlg_free(q.top);
    return status;
}
