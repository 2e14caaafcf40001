/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/names.h"
#include "measure/removal.h"

/* Pairs that share a sector are counted through marks. An actor with one sector bears it
 * as its mark; with several, it bears each non-empty set of them, and the marks of even
 * sets count negatively, so that
 *
 *     sum over marks of sign * (bearers in X) * (bearers in Y)
 *
 * is the number of pairs (x, y) with a sector in common, each once (inclusion and
 * exclusion). Everything below is sums and squares of bearers. */
typedef struct marks {
    int32_t n;     /* different marks */
    size_t *start; /* [rows + 1] by arrival; an actor without marks has no known sector */
    int32_t *mark; /* [start[rows]], a negative one as its complement */
} marks;

/* Bearers of each mark in a set of actors, and how many ordered pairs of them, each actor
 * with itself among them, share a sector. */
typedef struct tally {
    int32_t *bearers; /* [marks.n] */
    int64_t sharing;
} tally;

/* Sums over a branch, by arrival. */
typedef struct branch_sums {
    int32_t *heaviest; /* child with the largest branch, -1 for none */
    int32_t *known;    /* actors with a known sector */
    int64_t *shared;   /* pairs (one of the branch, one of its component) that share a sector */
    int64_t *inside;   /* ordered pairs inside the branch that share one */
    int64_t *fallen;   /* the same inside the row and all that falls off when it goes */
} branch_sums;

/* -1 for a negative mark, else 0: its complement is then mark ^ flip, its sign flip | 1. */
static int32_t flip_of(int32_t mark)
{
    return -(mark < 0);
}

static void add_range(tally *to, const marks *m, int32_t from, int32_t end)
{
    for (size_t i = m->start[from]; i < m->start[end]; i++) {
        const int32_t flip = flip_of(m->mark[i]);
        int32_t *bearers = &to->bearers[m->mark[i] ^ flip];
        to->sharing += (flip | 1) * (2 * (int64_t) *bearers + 1);
        ++*bearers;
    }
}

/* Forgets all bearers, when a range holds every one that was added. */
static void forget_range(tally *of, const marks *m, int32_t from, int32_t end)
{
    for (size_t i = m->start[from]; i < m->start[end]; i++) {
        of->bearers[m->mark[i] ^ flip_of(m->mark[i])] = 0;
    }
    of->sharing = 0;
}

/* ---- marks ----------------------------------------------------------------- */

/* How many sectors of a row count, and which. */
static int32_t own_sectors(const mlg_graph *graph, int32_t row, const int32_t **list)
{
    if (row >= graph->n) {
        return 0;
    }
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, row) > 0) {
        const uint32_t degree = mlg_csr_degree(&graph->sector_set, row);
        *list = graph->sector_set.target + graph->sector_set.offset[row];
        return degree < MLG_MAX_OWN_SECTORS ? (int32_t) degree : MLG_MAX_OWN_SECTORS;
    }
    *list = &graph->sector[row];
    return graph->sector[row] >= 0 ? 1 : 0;
}

bool mlg_is_cross_pair(const mlg_graph *graph, int32_t a, int32_t b)
{
    const int32_t *of_a = NULL, *of_b = NULL;
    const int32_t n_a = own_sectors(graph, a, &of_a), n_b = own_sectors(graph, b, &of_b);
    bool shared = false;

    for (int32_t i = 0; i < n_a; i++) {
        for (int32_t k = 0; k < n_b; k++) {
            shared = shared || of_a[i] == of_b[k];
        }
    }
    return n_a > 0 && n_b > 0 && !shared;
}

/* The mark of a set of sectors, the bits of `chosen` among `list`: sectors themselves come
 * first, sets of several in the order met. -1 when memory is short. */
static int32_t mark_of(mlg_names *sets, int32_t n_sectors, const int32_t *list, unsigned chosen)
{
    char key[MLG_MAX_OWN_SECTORS * 4];
    size_t length = 0;

    if ((chosen & (chosen - 1)) == 0) {
        return list[__builtin_ctz(chosen)];
    }
    for (int32_t i = 0; chosen >> i != 0; i++) {
        int32_t rest = list[i];
        for (int32_t digit = 0; (chosen >> i & 1) != 0 && digit < 4; digit++) {
            key[length++] = (char) (1 + (rest & 127)); /* base 128, never NUL */
            rest >>= 7;
        }
    }
    const int32_t set = mlg_names_add(sets, key, length);
    return set < 0 ? -1 : n_sectors + set;
}

static mlg_status fill_marks(const mlg_graph *graph, const mlg_forest *forest, mlg_names *sets,
                             marks *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *next = out->mark;

    for (int32_t t = 0; t < forest->n; t++) {
        const int32_t *list = NULL;
        const int32_t own = own_sectors(graph, forest->who[t], &list);
        for (unsigned chosen = 1; chosen < 1u << own; chosen++) {
            const int32_t mark = mark_of(sets, graph->n_sectors, list, chosen);
            if (mark < 0) {
                FAIL(err, MLG_ENOMEM, "cross-sector removals: no memory for sets of sectors");
            }
            *next++ = __builtin_popcount(chosen) % 2 != 0 ? mark : ~mark;
        }
    }
out:
    return status;
}

static mlg_status make_marks(const mlg_graph *graph, const mlg_forest *forest, marks *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_names sets = {0};
    const int32_t *list = NULL;

    out->start = mlg_alloc((size_t) forest->n + 1, sizeof *out->start);
    TRY_ALLOC(err, out->start);
    out->start[0] = 0;
    for (int32_t t = 0; t < forest->n; t++) {
        const int32_t own = own_sectors(graph, forest->who[t], &list);
        out->start[t + 1] = out->start[t] + ((size_t) 1 << own) - 1;
    }
    out->mark = mlg_alloc(out->start[forest->n], sizeof *out->mark);
    TRY_ALLOC(err, out->mark);
    TRY(fill_marks(graph, forest, &sets, out, err));
    out->n = graph->n_sectors + (int32_t) sets.n;
out:
    mlg_names_free(&sets);
    return status;
}

/* ---- sums over branches ----------------------------------------------------- */

/* `known` and `shared` of each row alone, component by component, then of its branch. */
static void sum_branches(const mlg_forest *forest, const marks *m, tally *whole, branch_sums *sums)
{
    for (int32_t root = 0; root < forest->n; root += forest->size[root]) {
        const int32_t end = root + forest->size[root];
        add_range(whole, m, root, end);
        for (int32_t t = root; t < end; t++) {
            sums->known[t] = m->start[t + 1] > m->start[t];
            sums->shared[t] = 0;
            for (size_t i = m->start[t]; i < m->start[t + 1]; i++) {
                const int32_t flip = flip_of(m->mark[i]);
                sums->shared[t] += (flip | 1) * (int64_t) whole->bearers[m->mark[i] ^ flip];
            }
        }
        forget_range(whole, m, root, end);
        for (int32_t t = end - 1; t > root; t--) {
            sums->known[forest->parent[t]] += sums->known[t];
            sums->shared[forest->parent[t]] += sums->shared[t];
        }
    }
}

/* Of equal branches the earliest. */
static void find_heaviest(const mlg_forest *forest, int32_t *heaviest)
{
    for (int32_t t = 0; t < forest->n; t++) {
        heaviest[t] = -1;
    }
    for (int32_t t = forest->n - 1; t >= 0; t--) {
        const int32_t parent = forest->parent[t];
        if (parent >= 0 &&
            (heaviest[parent] < 0 || forest->size[t] >= forest->size[heaviest[parent]])) {
            heaviest[parent] = t;
        }
    }
}

/* Does `what` with each branch below t but the heaviest: those that fall off when t goes,
 * or those that do not. */
static void for_light(const mlg_forest *forest, const marks *m, int32_t t, int32_t heaviest,
                      bool falling, void (*what)(tally *, const marks *, int32_t, int32_t),
                      tally *with)
{
    const int32_t end = t + forest->size[t];
    for (int32_t child = t + 1; child < end; child += forest->size[child]) {
        if (child != heaviest && mlg_forest_cuts(forest, child) == falling) {
            what(with, m, child, child + forest->size[child]);
        }
    }
}

/* `held` comes with the bearers of t's heaviest branch and leaves with those of t's own.
 * Where the heaviest branch stays when t goes, what falls is tallied aside. */
static void climb(const mlg_forest *forest, const marks *m, int32_t t, tally *held, tally *aside,
                  branch_sums *sums)
{
    const int32_t heaviest = sums->heaviest[t];

    if (heaviest >= 0 && !mlg_forest_cuts(forest, heaviest)) {
        add_range(aside, m, t, t + 1);
        for_light(forest, m, t, heaviest, true, add_range, aside);
        sums->fallen[t] = aside->sharing;
        forget_range(aside, m, t, t + 1);
        for_light(forest, m, t, heaviest, true, forget_range, aside);
    }
    add_range(held, m, t, t + 1);
    for_light(forest, m, t, heaviest, true, add_range, held);
    if (heaviest < 0 || mlg_forest_cuts(forest, heaviest)) {
        sums->fallen[t] = held->sharing;
    }
    for_light(forest, m, t, heaviest, false, add_range, held);
    sums->inside[t] = held->sharing;
}

/* Climbs every chain of heaviest branches from its lowest row, keeping the bearers of what
 * is below. A row is added once for its own chain and at most twice for each lighter
 * branch it is in; those are at most log2 n, since each is under half of the next. */
static void sum_sharing(const mlg_forest *forest, const marks *m, tally *held, tally *aside,
                        branch_sums *sums)
{
    for (int32_t top = 0; top < forest->n; top++) {
        const int32_t above = forest->parent[top];
        if (above >= 0 && sums->heaviest[above] == top) {
            continue; /* inside a chain */
        }
        int32_t t = top;
        while (sums->heaviest[t] >= 0) {
            t = sums->heaviest[t];
        }
        for (; t != top; t = forest->parent[t]) {
            climb(forest, m, t, held, aside, sums);
        }
        climb(forest, m, top, held, aside, sums);
        forget_range(held, m, top, top + forest->size[top]);
    }
}

static mlg_status make_sums(const mlg_forest *forest, const marks *m, branch_sums *sums,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) forest->n;
    tally held = {.bearers = mlg_zalloc((size_t) m->n, sizeof *held.bearers)};
    tally aside = {.bearers = mlg_zalloc((size_t) m->n, sizeof *aside.bearers)};

    sums->heaviest = mlg_alloc(n, sizeof *sums->heaviest);
    sums->known = mlg_alloc(n, sizeof *sums->known);
    sums->shared = mlg_alloc(n, sizeof *sums->shared);
    sums->inside = mlg_alloc(n, sizeof *sums->inside);
    sums->fallen = mlg_alloc(n, sizeof *sums->fallen);
    if (held.bearers == NULL || aside.bearers == NULL || sums->heaviest == NULL ||
        sums->known == NULL || sums->shared == NULL || sums->inside == NULL ||
        sums->fallen == NULL) {
        FAIL(err, MLG_ENOMEM, "cross-sector removals: no memory for %zu actors", n);
    }
    sum_branches(forest, m, &held, sums);
    find_heaviest(forest, sums->heaviest);
    sum_sharing(forest, m, &held, &aside, sums);

out:
    mlg_free(held.bearers);
    mlg_free(aside.bearers);
    return status;
}

/* ---- losses ----------------------------------------------------------------- */

/* What is below a row, summed over its children's branches. */
typedef struct below {
    int64_t shared;        /* all of them */
    int64_t fallen_shared; /* those that fall off when the row goes, and so on */
    int64_t fallen_known;
    int64_t fallen_squares; /* of known */
    int64_t fallen_inside;
} below;

static void gather(const mlg_forest *forest, const branch_sums *sums, below *of)
{
    for (int32_t t = forest->n - 1; t >= 0; t--) {
        if (forest->parent[t] < 0) {
            continue;
        }
        below *parent = &of[forest->parent[t]];
        const int64_t known = sums->known[t];
        parent->shared += sums->shared[t];
        if (mlg_forest_cuts(forest, t)) {
            parent->fallen_shared += sums->shared[t];
            parent->fallen_known += known;
            parent->fallen_squares += known * known;
            parent->fallen_inside += sums->inside[t];
        }
    }
}

/* With K_i actors of known sector in branch i and S_i ordered pairs in it that share one,
 * all of the component without the actor being K and S:
 * lost = (K^2 - sum K_i^2 - (S - sum S_i)) / 2. */
static int64_t lost_by(const branch_sums *sums, const below *of, int32_t root, int32_t t,
                       int64_t itself)
{
    const int64_t alone = sums->shared[t] - of->shared;
    const int64_t known = sums->known[root] - itself;
    const int64_t sharing = sums->inside[root] - 2 * alone + itself;
    const int64_t above = known - of->fallen_known;
    const int64_t above_sharing =
        sums->inside[root] - 2 * (alone + of->fallen_shared) + sums->fallen[t];
    return (known * known - of->fallen_squares - above * above -
            (sharing - of->fallen_inside - above_sharing)) /
           2;
}

static void count_losses(const mlg_forest *forest, const marks *m, const branch_sums *sums,
                         const below *of, mlg_cross_removals *out)
{
    int32_t root = 0;
    for (int32_t t = 0; t < forest->n; t++) {
        const int32_t who = forest->who[t];
        const int64_t itself = m->start[t + 1] > m->start[t], known = sums->known[t];
        if (forest->parent[t] < 0) {
            root = t;
            out->pairs += (known * known - sums->inside[t]) / 2;
        }
        out->beyond[t] = known * (sums->known[root] - known) - (sums->shared[t] - sums->inside[t]);
        out->lost[who] = lost_by(sums, &of[t], root, t, itself);
        out->own[who] = itself != 0 ? sums->known[root] - (sums->shared[t] - of[t].shared) : 0;
    }
}

mlg_status mlg_cross_removals_of(const mlg_graph *graph, const mlg_forest *forest,
                                 mlg_cross_removals *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) forest->n;
    marks m = {0};
    branch_sums sums = {0};
    below *of = mlg_zalloc(n, sizeof *of);

    *out = (mlg_cross_removals){.n = forest->n_actors};
    out->lost = mlg_alloc(n, sizeof *out->lost);
    out->own = mlg_alloc(n, sizeof *out->own);
    out->beyond = mlg_alloc(n, sizeof *out->beyond);
    if (of == NULL || out->lost == NULL || out->own == NULL || out->beyond == NULL) {
        FAIL(err, MLG_ENOMEM, "cross-sector removals: no memory for %zu actors", n);
    }
    TRY(make_marks(graph, forest, &m, err));
    TRY(make_sums(forest, &m, &sums, err));
    gather(forest, &sums, of);
    count_losses(forest, &m, &sums, of, out);

out:
    mlg_free(of);
    mlg_free(m.start);
    mlg_free(m.mark);
    mlg_free(sums.heaviest);
    mlg_free(sums.known);
    mlg_free(sums.shared);
    mlg_free(sums.inside);
    mlg_free(sums.fallen);
    if (status != MLG_OK) {
        mlg_cross_removals_free(out);
    }
    return status;
}

void mlg_cross_removals_free(mlg_cross_removals *removals)
{
    mlg_free(removals->lost);
    mlg_free(removals->own);
    mlg_free(removals->beyond);
    *removals = (mlg_cross_removals){0};
}
