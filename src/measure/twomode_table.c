/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/twomode_table.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

static mlg_side opposite(mlg_side side)
{
    return side == MLG_SIDE_ACTORS ? MLG_SIDE_ACTIVITIES : MLG_SIDE_ACTORS;
}

/* ---- numbering -------------------------------------------------------------- */

static mlg_status side_room(const mlg_csr *csr, mlg_side side, mlg_sides *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) csr->n;

    out->n[side] = csr->n;
    out->offset[side] = mlg_zalloc(n + 1, sizeof *out->offset[side]);
    out->given[side] = mlg_alloc(n, sizeof *out->given[side]);
    out->after[side] = mlg_alloc(n, sizeof *out->after[side]);
    out->next[side] = mlg_alloc(n + 1, sizeof *out->next[side]);
    out->other[side] = mlg_alloc(mlg_csr_size(csr), sizeof *out->other[side]);
    TRY_ALLOC(err, out->offset[side]);
    TRY_ALLOC(err, out->given[side]);
    TRY_ALLOC(err, out->after[side]);
    TRY_ALLOC(err, out->next[side]);
    TRY_ALLOC(err, out->other[side]);
out:
    return status;
}

/* Numbers of one side by falling margin, equal ones as given; `place` [n] is where each went. */
static mlg_status number_side(const mlg_csr *csr, mlg_side side, mlg_sides *out, int32_t *place,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t largest = 0;
    uint32_t *first = NULL;

    TRY(side_room(csr, side, out, err));
    for (int32_t v = 0; v < csr->n; v++) {
        const uint32_t margin = mlg_csr_degree(csr, v);
        largest = margin > largest ? margin : largest;
        out->filled[side] += margin > 0;
    }
    first = mlg_zalloc((size_t) largest + 2, sizeof *first);
    TRY_ALLOC(err, first);
    for (int32_t v = 0; v < csr->n; v++) {
        first[largest - mlg_csr_degree(csr, v) + 1]++;
    }
    for (uint32_t k = 0; k <= largest; k++) {
        first[k + 1] += first[k];
    }
    for (int32_t v = 0; v < csr->n; v++) {
        place[v] = (int32_t) first[largest - mlg_csr_degree(csr, v)]++;
        out->given[side][place[v]] = v;
    }
    for (int32_t v = 0; v < csr->n; v++) {
        out->offset[side][v + 1] = out->offset[side][v] + mlg_csr_degree(csr, out->given[side][v]);
    }
out:
    mlg_free(first);
    return status;
}

/* Both sides in one order: by falling margin, an activity before an actor with as many. */
static uint64_t rank_of(const mlg_sides *sides, mlg_side side, int32_t v)
{
    return 2 * (uint64_t) mlg_side_margin(sides, side, v) + (side == MLG_SIDE_ACTIVITIES);
}

/* Where in that order the other side goes on after each. */
static void rank_sides(mlg_sides *sides)
{
    for (int s = 0; s < MLG_N_SIDES; s++) {
        const mlg_side side = (mlg_side) s, other = opposite(side);
        int32_t w = 0;
        for (int32_t v = 0; v < sides->n[side]; v++) {
            while (w < sides->n[other] && rank_of(sides, other, w) > rank_of(sides, side, v)) {
                w++;
            }
            sides->after[side][v] = w;
        }
    }
}

/* Lists of `side` from those of the other one: ascending, since those come in order. */
static void turn(mlg_sides *sides, mlg_side side)
{
    const mlg_side from = opposite(side);
    uint32_t *next = sides->next[side];

    memcpy(next, sides->offset[side], (size_t) sides->n[side] * sizeof *next);
    for (int32_t v = 0; v < sides->n[from]; v++) {
        for (uint32_t k = sides->offset[from][v]; k < sides->offset[from][v + 1]; k++) {
            sides->other[side][next[sides->other[from][k]]++] = v;
        }
    }
}

mlg_status mlg_sides_make(const mlg_csr *attends, const mlg_csr *attended, mlg_sides *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *actor = mlg_alloc((size_t) attends->n, sizeof *actor);
    int32_t *activity = mlg_alloc((size_t) attended->n, sizeof *activity);

    *out = (mlg_sides){0};
    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, activity);
    TRY(number_side(attends, MLG_SIDE_ACTORS, out, actor, err));
    TRY(number_side(attended, MLG_SIDE_ACTIVITIES, out, activity, err));
    rank_sides(out);
    for (int32_t i = 0; i < out->n[MLG_SIDE_ACTORS]; i++) {
        uint32_t to = out->offset[MLG_SIDE_ACTORS][i];
        const int32_t given = out->given[MLG_SIDE_ACTORS][i];
        for (uint32_t k = attends->offset[given]; k < attends->offset[given + 1]; k++) {
            out->other[MLG_SIDE_ACTORS][to++] = activity[attends->target[k]];
        }
    }
    turn(out, MLG_SIDE_ACTIVITIES);
    turn(out, MLG_SIDE_ACTORS);
out:
    mlg_free(actor);
    mlg_free(activity);
    if (status != MLG_OK) {
        mlg_sides_free(out);
    }
    return status;
}

void mlg_sides_free(mlg_sides *sides)
{
    for (int s = 0; s < MLG_N_SIDES; s++) {
        mlg_free(sides->offset[s]);
        mlg_free(sides->other[s]);
        mlg_free(sides->given[s]);
        mlg_free(sides->after[s]);
        mlg_free(sides->next[s]);
    }
    *sides = (mlg_sides){0};
}

mlg_status mlg_sides_open(const mlg_sides *from, mlg_sides *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t entries = from->offset[0][from->n[0]];

    *out = *from;
    for (int s = 0; s < MLG_N_SIDES; s++) {
        out->other[s] = mlg_copy(from->other[s], entries, sizeof *out->other[s]);
        out->next[s] = mlg_alloc((size_t) from->n[s] + 1, sizeof *out->next[s]);
    }
    for (int s = 0; s < MLG_N_SIDES; s++) {
        TRY_ALLOC(err, out->other[s]);
        TRY_ALLOC(err, out->next[s]);
    }
out:
    if (status != MLG_OK) {
        mlg_sides_close(out);
    }
    return status;
}

void mlg_sides_close(mlg_sides *sides)
{
    for (int s = 0; s < MLG_N_SIDES; s++) {
        mlg_free(sides->other[s]);
        mlg_free(sides->next[s]);
    }
    *sides = (mlg_sides){0};
}

void mlg_sides_take(mlg_sides *sides, const mlg_two_mode *table)
{
    int32_t *rows = sides->other[MLG_SIDE_ACTORS];
    const size_t entries = sides->offset[MLG_SIDE_ACTORS][sides->n[MLG_SIDE_ACTORS]];

    if (rows != table->column) {
        memcpy(rows, table->column, entries * sizeof *rows);
    }
    turn(sides, MLG_SIDE_ACTIVITIES);
    turn(sides, MLG_SIDE_ACTORS);
}

mlg_two_mode mlg_sides_table(mlg_sides *sides)
{
    return (mlg_two_mode){.n_rows = sides->n[MLG_SIDE_ACTORS],
                          .n_columns = sides->n[MLG_SIDE_ACTIVITIES],
                          .offset = sides->offset[MLG_SIDE_ACTORS],
                          .column = sides->other[MLG_SIDE_ACTORS]};
}

/* ---- counting ----------------------------------------------------------------- */

mlg_status mlg_side_counter_open(const mlg_sides *sides, mlg_side_counter *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t room = 1, largest = 0;

    *out = (mlg_side_counter){0};
    for (int s = 0; s < MLG_N_SIDES; s++) {
        const size_t n = (size_t) sides->n[s];
        const size_t most = n > 0 ? mlg_side_margin(sides, (mlg_side) s, 0) : 0;
        room = n > room ? n : room;
        largest = most > largest ? most : largest;
    }
    out->shared = mlg_zalloc(room, sizeof *out->shared);
    out->touched = mlg_alloc(room, sizeof *out->touched);
    out->mark[0] = mlg_zalloc(room, sizeof *out->mark[0]);
    out->mark[1] = mlg_zalloc(room, sizeof *out->mark[1]);
    out->by = mlg_zalloc(largest + 1, sizeof *out->by);
    out->before = mlg_alloc(room + 1, sizeof *out->before);
    TRY_ALLOC(err, out->shared);
    TRY_ALLOC(err, out->touched);
    TRY_ALLOC(err, out->mark[0]);
    TRY_ALLOC(err, out->mark[1]);
    TRY_ALLOC(err, out->by);
    TRY_ALLOC(err, out->before);
out:
    if (status != MLG_OK) {
        mlg_side_counter_close(out);
    }
    return status;
}

void mlg_side_counter_close(mlg_side_counter *counter)
{
    mlg_free(counter->shared);
    mlg_free(counter->touched);
    mlg_free(counter->mark[0]);
    mlg_free(counter->mark[1]);
    mlg_free(counter->by);
    mlg_free(counter->before);
    *counter = (mlg_side_counter){0};
}

/* Squares whose first corner, in the order of both sides, is v. Lists are walked from their end,
 * where those after v are. */
static uint64_t squares_of(const mlg_sides *sides, mlg_side side, int32_t v,
                           mlg_side_counter *counter)
{
    const mlg_side other = opposite(side);
    const uint32_t *offset = sides->offset[other];
    const int32_t *members = sides->other[other];
    uint32_t *shared = counter->shared;
    size_t n = 0;
    uint64_t squares = 0;

    for (uint32_t k = sides->offset[side][v + 1]; k > sides->offset[side][v]; k--) {
        const int32_t e = sides->other[side][k - 1];
        if (e < sides->after[side][v]) {
            break;
        }
        for (uint32_t p = offset[e + 1]; p > offset[e] && members[p - 1] > v; p--) {
            const int32_t w = members[p - 1];
            if (shared[w]++ == 0) {
                counter->touched[n++] = w;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        const uint64_t c = shared[counter->touched[i]];
        squares += c * (c - 1) / 2;
        shared[counter->touched[i]] = 0;
    }
    return squares;
}

uint64_t mlg_count_squares(const mlg_sides *sides, mlg_side_counter *counter)
{
    uint64_t squares = 0;
    for (int s = 0; s < MLG_N_SIDES; s++) {
        for (int32_t v = 0; v < sides->filled[s]; v++) {
            squares += squares_of(sides, (mlg_side) s, v, counter);
        }
    }
    return squares;
}

uint64_t mlg_count_three_paths(const mlg_sides *sides)
{
    uint64_t paths = 0;
    for (int32_t i = 0; i < sides->filled[MLG_SIDE_ACTORS]; i++) {
        const uint64_t d = mlg_side_margin(sides, MLG_SIDE_ACTORS, i);
        for (uint32_t k = sides->offset[0][i]; k < sides->offset[0][i + 1]; k++) {
            const int32_t e = sides->other[0][k];
            paths += (d - 1) * (mlg_side_margin(sides, MLG_SIDE_ACTIVITIES, e) - 1);
        }
    }
    return paths;
}

/* Ordered pairs of a step from v and back over two different things: S^2 - Q. */
static uint64_t turns_at(const mlg_sides *sides, mlg_side side, int32_t v)
{
    uint64_t sum = 0, squares = 0;
    for (uint32_t k = sides->offset[side][v]; k < sides->offset[side][v + 1]; k++) {
        const uint64_t step = mlg_side_margin(sides, opposite(side), sides->other[side][k]) - 1;
        sum += step;
        squares += step * step;
    }
    return sum * sum - squares;
}

uint64_t mlg_count_four_paths(const mlg_sides *sides, mlg_side side, uint64_t squares)
{
    uint64_t turns = 0;
    for (int32_t v = 0; v < sides->filled[side]; v++) {
        turns += turns_at(sides, side, v);
    }
    return turns / 2 - 2 * squares; /* less those that come back to where they set out from */
}

uint64_t mlg_count_steps(const mlg_sides *sides, mlg_side side, uint64_t paths)
{
    uint64_t steps = paths;
    for (int32_t v = 0; v < sides->filled[side] && mlg_side_margin(sides, side, v) > 1; v++) {
        for (uint32_t k = sides->offset[side][v]; k < sides->offset[side][v + 1]; k++) {
            steps += 2 * (uint64_t) mlg_side_margin(sides, opposite(side), sides->other[side][k]);
        }
    }
    return steps;
}

/* ---- closed paths --------------------------------------------------------------- */

/* What v shares with each other member of its side, its own things marked in mark[0]. */
static size_t share_with(const mlg_sides *sides, mlg_side side, int32_t v,
                         mlg_side_counter *counter)
{
    const mlg_side other = opposite(side);
    size_t n = 0;
    for (uint32_t k = sides->offset[side][v]; k < sides->offset[side][v + 1]; k++) {
        const int32_t e = sides->other[side][k];
        counter->mark[0][e] = (uint32_t) v + 1;
        for (uint32_t p = sides->offset[other][e]; p < sides->offset[other][e + 1]; p++) {
            const int32_t w = sides->other[other][p];
            if (counter->shared[w]++ == 0) {
                counter->touched[n++] = w;
            }
        }
    }
    return n;
}

/* Closed paths first - e1 - v - e2 - last, over every e2 of v but e1 and every last > first: the
 * ends share more than what the path itself gives them. The members of e1 have `stamp`. */
static uint64_t closed_from(const mlg_sides *sides, mlg_side side, int32_t first, int32_t e1,
                            int32_t v, uint32_t stamp, const mlg_side_counter *counter)
{
    const mlg_side other = opposite(side);
    const uint32_t *offset = sides->offset[other];
    uint64_t closed = 0;
    for (uint32_t k = sides->offset[side][v]; k < sides->offset[side][v + 1]; k++) {
        const int32_t e2 = sides->other[side][k];
        const uint32_t own = counter->mark[0][e2] == (uint32_t) first + 1;
        if (e2 == e1) {
            continue;
        }
        for (uint32_t p = offset[e2 + 1]; p > offset[e2]; p--) {
            const int32_t last = sides->other[other][p - 1];
            if (last <= first) {
                break;
            }
            const uint32_t given = own + (counter->mark[1][last] == stamp);
            closed += last != v && counter->shared[last] > given;
        }
    }
    return closed;
}

uint64_t mlg_count_closed_paths(const mlg_sides *sides, mlg_side side, mlg_side_counter *counter)
{
    const mlg_side other = opposite(side);
    const uint32_t *offset = sides->offset[other];
    const int32_t *members = sides->other[other];
    uint64_t closed = 0;
    uint32_t stamp = 0;
    const size_t room =
        (size_t) (sides->n[0] > sides->n[1] ? sides->n[0] : sides->n[1]) * sizeof(uint32_t);

    memset(counter->mark[0], 0, room);
    memset(counter->mark[1], 0, room);
    for (int32_t first = 0; first < sides->filled[side]; first++) {
        if (mlg_side_margin(sides, side, first) < 2) {
            break; /* a third thing, besides the path's, is out of reach from here on */
        }
        const size_t n = share_with(sides, side, first, counter);
        for (uint32_t k = sides->offset[side][first]; k < sides->offset[side][first + 1]; k++) {
            const int32_t e1 = sides->other[side][k];
            stamp++;
            for (uint32_t p = offset[e1]; p < offset[e1 + 1]; p++) {
                counter->mark[1][members[p]] = stamp;
            }
            for (uint32_t p = offset[e1]; p < offset[e1 + 1]; p++) {
                if (mlg_side_margin(sides, side, members[p]) < 2) {
                    break; /* nowhere to go on to */
                }
                if (members[p] != first) {
                    closed += closed_from(sides, side, first, e1, members[p], stamp, counter);
                }
            }
        }
        for (size_t i = 0; i < n; i++) {
            counter->shared[counter->touched[i]] = 0;
        }
    }
    return closed;
}

/* ---- a sample of paths ------------------------------------------------------------ */

/* Uniform on 0..n-1. */
static uint64_t draw_below(mlg_random *random, uint64_t n)
{
    uint64_t mask = n - 1, drawn;
    for (unsigned shift = 1; shift < 64; shift *= 2) {
        mask |= mask >> shift;
    }
    do {
        drawn = mlg_random_next(random) & mask;
    } while (drawn >= n);
    return drawn;
}

/* Does an ascending list hold a number? */
static bool holds(const int32_t *list, uint32_t n, int32_t number)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (list[mid] < number) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < n && list[low] == number;
}

/* Do two share a thing other than these two? */
static bool share_third(const mlg_sides *sides, mlg_side side, int32_t v, int32_t w, int32_t e1,
                        int32_t e2)
{
    const bool v_less = mlg_side_margin(sides, side, v) <= mlg_side_margin(sides, side, w);
    const int32_t few = v_less ? v : w, many = v_less ? w : v;
    const int32_t *list = sides->other[side] + sides->offset[side][many];
    const uint32_t n = mlg_side_margin(sides, side, many);

    for (uint32_t k = sides->offset[side][few]; k < sides->offset[side][few + 1]; k++) {
        const int32_t e = sides->other[side][k];
        if (e != e1 && e != e2 && holds(list, n, e)) {
            return true;
        }
    }
    return false;
}

/* The `at`-th member of e other than v. */
static int32_t member_but(const mlg_sides *sides, mlg_side side, int32_t e, int32_t v, uint64_t at)
{
    const int32_t *members = sides->other[opposite(side)] + sides->offset[opposite(side)][e];
    return members[at] >= v ? members[at + 1] : members[at];
}

/* A path that turns at v, number `at` of turns_at(). */
typedef struct path {
    int32_t first, e1, e2, last;
} path;

static path path_at(const mlg_sides *sides, mlg_side side, int32_t v, uint64_t at)
{
    const mlg_side other = opposite(side);
    const uint32_t from = sides->offset[side][v];
    path found = {-1, -1, -1, -1};
    uint64_t sum = 0;
    uint32_t k = from;

    for (uint32_t j = from; j < sides->offset[side][v + 1]; j++) {
        sum += mlg_side_margin(sides, other, sides->other[side][j]) - 1;
    }
    for (;; k++) {
        const uint64_t step = mlg_side_margin(sides, other, sides->other[side][k]) - 1;
        if (at < step * (sum - step)) {
            sum -= step;
            break;
        }
        at -= step * (sum - step);
    }
    found.e1 = sides->other[side][k];
    found.first = member_but(sides, side, found.e1, v, at / sum);
    at %= sum;
    for (uint32_t j = from;; j++) {
        const uint64_t step = mlg_side_margin(sides, other, sides->other[side][j]) - 1;
        if (j == k) {
            continue;
        }
        if (at < step) {
            found.e2 = sides->other[side][j];
            found.last = member_but(sides, side, found.e2, v, at);
            return found;
        }
        at -= step;
    }
}

double mlg_sample_closed_paths(const mlg_sides *sides, mlg_side side, uint32_t n,
                               mlg_side_counter *counter, mlg_random *random)
{
    enum { TRIES = 50 };
    const int32_t m = sides->filled[side];
    uint64_t *before = counter->before;
    uint32_t drawn = 0, closed = 0;

    before[0] = 0;
    for (int32_t v = 0; v < m; v++) {
        before[v + 1] = before[v] + turns_at(sides, side, v);
    }
    for (uint64_t t = 0; before[m] > 0 && drawn < n && t < (uint64_t) TRIES * n; t++) {
        const uint64_t at = draw_below(random, before[m]);
        int32_t low = 0, high = m - 1;
        while (low < high) { /* the last v with before[v] <= at */
            const int32_t mid = low + (high - low + 1) / 2;
            if (before[mid] <= at) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        const path p = path_at(sides, side, low, at - before[low]);
        if (p.first != p.last) {
            drawn++;
            closed += share_third(sides, side, p.first, p.last, p.e1, p.e2);
        }
    }
    return drawn > 0 ? (double) closed / drawn : NAN;
}

/* ---- nestedness ------------------------------------------------------------------- */

double mlg_count_nested(const mlg_sides *sides, mlg_side side, mlg_side_counter *counter)
{
    const mlg_side other = opposite(side);
    const uint32_t largest = sides->n[side] > 0 ? mlg_side_margin(sides, side, 0) : 0;
    double sum = 0.0;

    /* by[d]: shared things of the pairs whose smaller margin is d */
    for (int32_t e = 0; e < sides->filled[other]; e++) {
        uint32_t equal = 0, last = 0, above = 0;
        for (uint32_t k = sides->offset[other][e]; k < sides->offset[other][e + 1]; k++) {
            const uint32_t d = mlg_side_margin(sides, side, sides->other[other][k]);
            above += d != last ? equal : 0;
            equal = d != last ? 1 : equal + 1;
            last = d;
            counter->by[d] += above;
        }
    }
    for (uint32_t d = 1; d <= largest; d++) {
        sum += (double) counter->by[d] / d;
        counter->by[d] = 0;
    }
    return sum;
}
