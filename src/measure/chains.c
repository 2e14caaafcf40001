/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/chains.h"

/* Augmenting paths. A person is two steps, "in" and "out", with room for one chain between; an
 * activity is one, with room for all. What a chain holds of a person is the activity it comes by
 * and the one it leaves by, so that going back over it needs no list of ties. */

enum { FIRST = 1, SECOND = 2 };
/* On no chain (any more); or the chain begins (or ends) here. */
enum { LET_GO = -3, NONE = -2, END = -1 };

void mlg_chains_close(mlg_chains *c)
{
    mlg_free(c->side);
    mlg_free(c->at_end);
    mlg_free(c->in);
    mlg_free(c->out);
    mlg_free(c->came_from);
    mlg_free(c->seen);
    mlg_free(c->queue);
    mlg_free(c->touched);
    *c = (mlg_chains){0};
}

mlg_status mlg_chains_open(mlg_chains *c, const mlg_csr *attends, const mlg_csr *attended,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t people = (size_t) attends->n, steps = 2 * people + (size_t) attended->n;

    *c = (mlg_chains){.attends = attends, .attended = attended};
    c->side = mlg_zalloc(people, sizeof *c->side);
    c->at_end = mlg_alloc(people, sizeof *c->at_end);
    c->in = mlg_alloc(people, sizeof *c->in);
    c->out = mlg_alloc(people, sizeof *c->out);
    c->came_from = mlg_alloc(steps, sizeof *c->came_from);
    c->seen = mlg_zalloc(steps, sizeof *c->seen);
    c->queue = mlg_alloc(steps, sizeof *c->queue);
    c->touched = mlg_alloc(people, sizeof *c->touched);
    if (c->side == NULL || c->at_end == NULL || c->in == NULL || c->out == NULL ||
        c->came_from == NULL || c->seen == NULL || c->queue == NULL || c->touched == NULL) {
        FAIL(err, MLG_ENOMEM, "chains: no memory for %zu people", people);
    }
    for (size_t p = 0; p < people; p++) {
        c->in[p] = c->out[p] = NONE;
    }
out:
    if (status != MLG_OK) {
        mlg_chains_close(c);
    }
    return status;
}

/* ---- steps ----------------------------------------------------------------------- */

static int32_t step_in(int32_t person)
{
    return person;
}

static int32_t step_out(const mlg_chains *c, int32_t person)
{
    return c->attends->n + person;
}

static int32_t step_of(const mlg_chains *c, int32_t activity)
{
    return 2 * c->attends->n + activity;
}

/* Is somebody in both ends: a chain of its own, through whom no other goes? */
static bool is_shared(const mlg_chains *c, int32_t person)
{
    return c->side[person] == (FIRST | SECOND);
}

/* ---- one search ------------------------------------------------------------------- */

typedef struct search {
    int32_t head, tail;
} search;

static void reach(mlg_chains *c, search *s, int32_t step, int32_t from)
{
    if (c->seen[step] != c->search) {
        c->seen[step] = c->search;
        c->came_from[step] = from;
        c->queue[s->tail++] = step;
    }
}

static void from_in(mlg_chains *c, search *s, int32_t person)
{
    if (c->in[person] <= NONE) {
        reach(c, s, step_out(c, person), step_in(person));
    } else if (c->in[person] >= 0) { /* let the chain come another way */
        reach(c, s, step_of(c, c->in[person]), step_in(person));
    }
}

/* True when the chain may end here. */
static bool from_out(mlg_chains *c, search *s, int32_t person, int64_t *steps)
{
    const int32_t here = step_out(c, person);

    if ((c->side[person] & SECOND) != 0 && c->out[person] != END) {
        return true;
    }
    if (c->in[person] > NONE) {
        reach(c, s, step_in(person), here);
    }
    *steps -= mlg_csr_degree(c->attends, person);
    for (uint32_t e = c->attends->offset[person]; e < c->attends->offset[person + 1]; e++) {
        reach(c, s, step_of(c, c->attends->target[e]), here);
    }
    return false;
}

static void from_activity(mlg_chains *c, search *s, int32_t activity, int64_t *steps)
{
    const int32_t here = step_of(c, activity);

    *steps -= mlg_csr_degree(c->attended, activity);
    for (uint32_t e = c->attended->offset[activity]; e < c->attended->offset[activity + 1]; e++) {
        const int32_t person = c->attended->target[e];
        if (is_shared(c, person)) {
            continue;
        }
        reach(c, s, step_in(person), here);
        if (c->out[person] == activity) {
            reach(c, s, step_out(c, person), here);
        }
    }
}

/* The step that a new chain from somebody may end at, or -1. Steps that this pass came by before
 * are not gone through again. */
static int32_t find_end(mlg_chains *c, int32_t from, int64_t *steps)
{
    const int32_t n = c->attends->n;
    search s = {0, 0};

    reach(c, &s, step_in(from), END);
    while (s.head < s.tail && *steps >= 0) {
        const int32_t step = c->queue[s.head++];
        if (step < n) {
            from_in(c, &s, step);
        } else if (step >= 2 * n) {
            from_activity(c, &s, step - 2 * n, steps);
        } else if (from_out(c, &s, step - n, steps)) {
            return step;
        }
    }
    return -1;
}

/* ---- a new chain --------------------------------------------------------------------- */

static void touch(mlg_chains *c, int32_t person)
{
    if (c->in[person] == NONE) {
        c->touched[c->n_touched++] = person;
    }
}

/* One step of the search, from the one before it: what changes of whom. */
static void take(mlg_chains *c, int32_t from, int32_t to)
{
    const int32_t n = c->attends->n;

    if (to < n && (from == END || from >= 2 * n)) {
        touch(c, to);
        c->in[to] = from == END ? END : from - 2 * n;
    } else if (to < n) { /* the person is let go: the search goes on from where its chain came */
        c->in[to] = LET_GO;
        c->out[to] = NONE;
    } else if (to >= 2 * n && from >= n) {
        c->out[from - n] = to - 2 * n;
    }
}

/* The steps before `end` in their order, taken one by one; the queue is free for it. */
static void add_chain(mlg_chains *c, int32_t end)
{
    int32_t length = 0;
    const int32_t n = c->attends->n;

    for (int32_t step = end; step != END; step = c->came_from[step]) {
        c->queue[length++] = step;
    }
    for (int32_t i = length; i-- > 0;) {
        take(c, i + 1 < length ? c->queue[i + 1] : END, c->queue[i]);
    }
    c->out[end - n] = END;
}

/* One pass over all who may begin a chain; how many it added, at most `wanted`. A pass that adds
 * none has looked everywhere: there is none to add. */
static int32_t add_chains(mlg_chains *c, int32_t wanted, int64_t *steps)
{
    int32_t added = 0;

    c->search++;
    *steps -= c->n_at_end;
    for (int32_t i = 0; i < c->n_at_end && added < wanted && *steps >= 0; i++) {
        const int32_t person = c->at_end[i];
        if ((c->side[person] & FIRST) != 0 && !is_shared(c, person) && c->in[person] != END) {
            const int32_t end = find_end(c, person, steps);
            if (end >= 0) {
                add_chain(c, end);
                added++;
            }
        }
    }
    return added;
}

/* ---- two sets -------------------------------------------------------------------------- */

static int32_t mark_side(mlg_chains *c, const int32_t *activities, size_t n, int8_t side,
                         int64_t *steps)
{
    int32_t people = 0;

    for (size_t i = 0; i < n; i++) {
        const int32_t e = activities[i];
        *steps -= mlg_csr_degree(c->attended, e);
        for (uint32_t k = c->attended->offset[e]; k < c->attended->offset[e + 1]; k++) {
            const int32_t person = c->attended->target[k];
            if (c->side[person] == 0) {
                c->at_end[c->n_at_end++] = person;
            }
            people += (c->side[person] & side) == 0;
            c->side[person] = (int8_t) (c->side[person] | side);
        }
    }
    return people;
}

static void forget(mlg_chains *c)
{
    for (int32_t i = 0; i < c->n_at_end; i++) {
        c->side[c->at_end[i]] = 0;
    }
    for (int32_t i = 0; i < c->n_touched; i++) {
        c->in[c->touched[i]] = c->out[c->touched[i]] = NONE;
    }
    c->n_at_end = c->n_touched = 0;
}

/* After a search that found no end: the person whom it came to and not past. */
static int32_t find_thread(const mlg_chains *c)
{
    for (int32_t i = 0; i < c->n_at_end; i++) {
        if (is_shared(c, c->at_end[i])) {
            return c->at_end[i];
        }
    }
    for (int32_t i = 0; i < c->n_touched; i++) {
        const int32_t person = c->touched[i];
        const bool in = c->seen[step_in(person)] == c->search;
        /* a chain that begins here is not searched from again: it cannot be come to but here */
        const bool begins = c->in[person] == END;
        if ((in || begins) && c->in[person] > NONE && c->seen[step_out(c, person)] != c->search) {
            return person;
        }
    }
    return -1;
}

mlg_linked mlg_chains_between(mlg_chains *c, const int32_t *a, size_t n_a, const int32_t *b,
                              size_t n_b, int64_t *steps)
{
    mlg_linked linked = {.thread = -1};

    linked.first = mark_side(c, a, n_a, FIRST, steps);
    linked.second = mark_side(c, b, n_b, SECOND, steps);
    for (int32_t i = 0; i < c->n_at_end; i++) {
        linked.shared += is_shared(c, c->at_end[i]);
    }
    const int32_t most = linked.first < linked.second ? linked.first : linked.second;
    linked.chains = linked.shared;
    int32_t added = 1;
    while (added > 0 && (linked.chains < most || linked.chains == 1) && *steps >= 0) {
        added = add_chains(c, linked.chains == 1 ? 1 : most - linked.chains, steps);
        linked.chains += added;
    }
    if (*steps < 0) {
        linked.chains = -1;
    } else if (linked.chains == 1) {
        linked.thread = find_thread(c);
    }
    forget(c);
    return linked;
}
