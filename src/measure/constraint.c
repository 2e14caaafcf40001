/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/constraint.h"

#include <math.h>

#include "base/replicate.h"
#include "measure/relabel.h"

/* With w_ij = a_ij + a_ji and s_i its sum over j, what i invests in j through their shared contacts
 * is (1 / s_i) sum_q w_iq w_jq / s_q. The sum is the same from either end, so that each pair is
 * worked on once, from the end with more contacts: the shorter list is read. */

enum {
    BATCH = 64, /* actors a thread takes at a time */
    LAYERS = 2, /* counted, weighed */
};

/* Less than this is what rounding leaves of nothing. */
#define NOISE 1e-13

typedef struct layer {
    const double *weight; /* [entries] NULL: all 1 */
    double *strength;     /* [n] */
    double *inverse;      /* [n] 1 / strength */
    double *largest;      /* [n] of its weights */
} layer;

typedef struct input {
    const mlg_csr *ties;
    size_t n_layers;
    layer layer[LAYERS];
    size_t *first;   /* [n + 1] where the pairs worked on from the actor's side start */
    uint32_t *entry; /* [pairs] their entries */
} input;

/* What the contacts that two actors share add up to. */
typedef struct slots {
    uint32_t *common;         /* [pairs] how many they are */
    double *invested[LAYERS]; /* [pairs] (w_ij + sum_q w_iq w_jq / s_q)^2 */
    double *shared[LAYERS];   /* [pairs] sum_q w_iq w_jq; NULL where it is `common` */
} slots;

/* Of a contact q of i: w_iq, and w_iq / s_q. */
typedef struct stake {
    double weight, share;
} stake;

/* One thread's: which actors are contacts of i, and at which weight. */
typedef struct scratch {
    uint8_t *is_contact; /* [n] */
    stake *mine[LAYERS]; /* [n] of contacts; NULL where all weights are 1 */
    uint32_t *hit;       /* [longest list] */
} scratch;

static double weight_at(const layer *of, uint32_t entry)
{
    return of->weight != NULL ? of->weight[entry] : 1.0;
}

/* Is the pair i, j worked on from i's side? */
static bool owns(const mlg_csr *ties, int32_t i, int32_t j)
{
    const uint32_t mine = mlg_csr_degree(ties, i), theirs = mlg_csr_degree(ties, j);
    return mine > theirs || (mine == theirs && i < j);
}

/* ---- one pair ------------------------------------------------------------------ */

/* Lists the entries of j's list whose actor is a contact of i; answers how many. */
static uint32_t list_shared(const mlg_csr *ties, const scratch *s, int32_t j)
{
    const int32_t *target = ties->target;
    const uint8_t *is_contact = s->is_contact;
    const uint32_t end = ties->offset[j + 1];
    uint32_t *hit = s->hit, n = 0;

    for (uint32_t e = ties->offset[j]; e < end; e++) {
        hit[n] = e;
        n += is_contact[target[e]];
    }
    return n;
}

/* Sums by two, so that an addition need not wait for the one before. */
static double sum_equal(const layer *of, const int32_t *target, const uint32_t *hit, uint32_t n)
{
    const double *inverse = of->inverse;
    double even = 0.0, odd = 0.0;
    uint32_t h = 0;

    for (; h + 1 < n; h += 2) {
        even += inverse[target[hit[h]]];
        odd += inverse[target[hit[h + 1]]];
    }
    return h < n ? even + odd + inverse[target[hit[h]]] : even + odd;
}

static double sum_weighted(const layer *of, const stake *of_i, const int32_t *target,
                           const uint32_t *hit, uint32_t n, double *shared)
{
    const double *weight = of->weight;
    stake even = {0.0, 0.0}, odd = {0.0, 0.0};
    uint32_t h = 0;

    for (; h + 1 < n; h += 2) {
        const stake *p = &of_i[target[hit[h]]], *q = &of_i[target[hit[h + 1]]];
        const double one = weight[hit[h]], two = weight[hit[h + 1]];
        even.weight += p->weight * one;
        even.share += p->share * one;
        odd.weight += q->weight * two;
        odd.share += q->share * two;
    }
    if (h < n) {
        const stake *p = &of_i[target[hit[h]]];
        even.weight += p->weight * weight[hit[h]];
        even.share += p->share * weight[hit[h]];
    }
    *shared = even.weight + odd.weight;
    return even.share + odd.share;
}

static void work_on_pair(const input *in, const scratch *s, uint32_t entry, slots *out, size_t at)
{
    const int32_t *target = in->ties->target;
    const uint32_t n = list_shared(in->ties, s, target[entry]);

    out->common[at] = n;
    for (size_t l = 0; l < in->n_layers; l++) {
        const layer *of = &in->layer[l];
        const double through = of->weight == NULL ? sum_equal(of, target, s->hit, n)
                                                  : sum_weighted(of, s->mine[l], target, s->hit, n,
                                                                 &out->shared[l][at]);
        const double invested = weight_at(of, entry) + through;
        out->invested[l][at] = invested * invested;
    }
}

static void mark(const input *in, scratch *s, int32_t i, bool is_contact)
{
    const mlg_csr *ties = in->ties;

    for (uint32_t e = ties->offset[i]; e < ties->offset[i + 1]; e++) {
        s->is_contact[ties->target[e]] = is_contact;
    }
    for (size_t l = 0; is_contact && l < in->n_layers; l++) {
        const layer *of = &in->layer[l];
        for (uint32_t e = ties->offset[i]; of->weight != NULL && e < ties->offset[i + 1]; e++) {
            const int32_t q = ties->target[e];
            s->mine[l][q] = (stake){of->weight[e], of->weight[e] * of->inverse[q]};
        }
    }
}

static mlg_status work(const void *input_of_all, void *scratch_of_mine, uint64_t from, uint64_t to,
                       void *slots_of_all)
{
    const input *in = input_of_all;
    scratch *s = scratch_of_mine;

    for (uint64_t i = from; i < to; i++) {
        if (in->first[i] < in->first[i + 1]) {
            mark(in, s, (int32_t) i, true);
            for (size_t at = in->first[i]; at < in->first[i + 1]; at++) {
                work_on_pair(in, s, in->entry[at], slots_of_all, at);
            }
            mark(in, s, (int32_t) i, false);
        }
    }
    return MLG_OK;
}

static void scratch_free(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_free(s->is_contact);
        mlg_free(s->mine[0]);
        mlg_free(s->mine[1]);
        mlg_free(s->hit);
        mlg_free(s);
    }
}

static void *scratch_new(const void *input_of_all)
{
    const input *in = input_of_all;
    const size_t n = (size_t) in->ties->n;
    uint32_t longest = 0;
    scratch *s = mlg_zalloc(1, sizeof *s);
    bool made = s != NULL;

    for (int32_t v = 0; v < in->ties->n; v++) {
        const uint32_t length = mlg_csr_degree(in->ties, v);
        longest = length > longest ? length : longest;
    }
    if (made) {
        s->is_contact = mlg_zalloc(n, sizeof *s->is_contact);
        s->hit = mlg_alloc((size_t) longest + 1, sizeof *s->hit);
        made = s->is_contact != NULL && s->hit != NULL;
    }
    for (size_t l = 0; made && l < in->n_layers; l++) {
        if (in->layer[l].weight != NULL) {
            s->mine[l] = mlg_alloc(n, sizeof *s->mine[l]);
            made = s->mine[l] != NULL;
        }
    }
    if (!made) {
        scratch_free(s);
        s = NULL;
    }
    return s;
}

/* ---- all pairs ------------------------------------------------------------------- */

static mlg_status make_layer(const mlg_csr *ties, const double *weight, layer *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;

    out->weight = weight;
    out->strength = mlg_zalloc(n, sizeof *out->strength);
    out->inverse = mlg_zalloc(n, sizeof *out->inverse);
    out->largest = mlg_zalloc(n, sizeof *out->largest);
    TRY_ALLOC(err, out->strength);
    TRY_ALLOC(err, out->inverse);
    TRY_ALLOC(err, out->largest);
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            out->strength[v] += weight_at(out, e);
            out->largest[v] = fmax(out->largest[v], weight_at(out, e));
        }
        out->inverse[v] = out->strength[v] > 0.0 ? 1.0 / out->strength[v] : 0.0;
    }
out:
    return status;
}

static mlg_status make_input(const mlg_csr *ties, const double *counted, const double *weighed,
                             input *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t pairs = 0;

    *out = (input){.ties = ties, .n_layers = weighed != NULL ? 2 : 1};
    out->first = mlg_alloc((size_t) ties->n + 1, sizeof *out->first);
    out->entry = mlg_alloc(mlg_csr_size(ties) / 2, sizeof *out->entry);
    TRY_ALLOC(err, out->first);
    TRY_ALLOC(err, out->entry);
    for (int32_t v = 0; v < ties->n; v++) {
        out->first[v] = pairs;
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            if (owns(ties, v, ties->target[e])) {
                out->entry[pairs++] = e;
            }
        }
    }
    out->first[ties->n] = pairs;
    TRY(make_layer(ties, counted, &out->layer[0], err));
    if (weighed != NULL) {
        TRY(make_layer(ties, weighed, &out->layer[1], err));
    }
out:
    return status;
}

static void free_input(input *in)
{
    for (size_t l = 0; l < LAYERS; l++) {
        mlg_free(in->layer[l].strength);
        mlg_free(in->layer[l].inverse);
        mlg_free(in->layer[l].largest);
    }
    mlg_free(in->first);
    mlg_free(in->entry);
}

static mlg_status make_slots(const input *in, const mlg_run *run, slots *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t pairs = in->first[in->ties->n];
    const size_t each = sizeof(uint32_t) + 2 * in->n_layers * sizeof(double);

    if (pairs * each > run->memory_bound) {
        FAIL(err, MLG_ESIZE, "constraint: %zu pairs, over the memory bound", pairs);
    }
    out->common = mlg_alloc(pairs, sizeof *out->common);
    TRY_ALLOC(err, out->common);
    for (size_t l = 0; l < in->n_layers; l++) {
        out->invested[l] = mlg_alloc(pairs, sizeof *out->invested[l]);
        TRY_ALLOC(err, out->invested[l]);
        if (in->layer[l].weight != NULL) {
            out->shared[l] = mlg_alloc(pairs, sizeof *out->shared[l]);
            TRY_ALLOC(err, out->shared[l]);
        }
    }
out:
    return status;
}

static void free_slots(slots *s)
{
    mlg_free(s->common);
    for (size_t l = 0; l < LAYERS; l++) {
        mlg_free(s->invested[l]);
        mlg_free(s->shared[l]);
    }
}

/* ---- from pairs to actors ---------------------------------------------------------- */

/* Sums over contacts: of what is invested (x), of x ln x, of what is redundant. */
static void add_pair(const input *in, const slots *s, size_t l, int32_t i, int32_t j, size_t at,
                     mlg_holes *sums)
{
    const layer *of = &in->layer[l];
    const double x = s->invested[l][at], bits = x > 0.0 ? x * log(x) : 0.0;
    const double shared = of->weight != NULL ? s->shared[l][at] : s->common[at];

    sums->constraint[i] += x;
    sums->constraint[j] += x;
    sums->hierarchy[i] += bits;
    sums->hierarchy[j] += bits;
    sums->effective[i] += of->largest[j] > 0.0 ? shared / of->largest[j] : 0.0;
    sums->effective[j] += of->largest[i] > 0.0 ? shared / of->largest[i] : 0.0;
}

/* From an actor's sums to its measures. With c_j in proportion to x_j, sum r ln r over
 * r_j = x_j N / sum x is N (sum x ln x / sum x + ln(N / sum x)). */
static void finish(const input *in, size_t l, int32_t i, mlg_holes *of)
{
    const double contacts = mlg_csr_degree(in->ties, i), strength = in->layer[l].strength[i];
    const double sum = of->constraint[i];

    if (!(strength > 0.0)) {
        of->constraint[i] = of->hierarchy[i] = of->effective[i] = NAN;
        return;
    }
    of->constraint[i] = sum / (strength * strength);
    of->effective[i] = contacts - of->effective[i] / strength;
    if (contacts < 2.0) {
        of->hierarchy[i] = 1.0;
        return;
    }
    const double h = (of->hierarchy[i] / sum + log(contacts / sum)) / log(contacts);
    of->hierarchy[i] = h < NOISE ? 0.0 : fmin(h, 1.0);
}

static void sum_layer(const input *in, const slots *s, size_t l, mlg_holes *of)
{
    for (int32_t i = 0; i < in->ties->n; i++) {
        for (size_t at = in->first[i]; at < in->first[i + 1]; at++) {
            add_pair(in, s, l, i, in->ties->target[in->entry[at]], at, of);
        }
    }
    for (int32_t i = 0; i < in->ties->n; i++) {
        finish(in, l, i, of);
    }
}

static void sum_simple(const input *in, const slots *s, double *simple)
{
    for (int32_t i = 0; i < in->ties->n; i++) {
        for (size_t at = in->first[i]; at < in->first[i + 1]; at++) {
            simple[i] += s->common[at];
            simple[in->ties->target[in->entry[at]]] += s->common[at];
        }
    }
    for (int32_t i = 0; i < in->ties->n; i++) {
        const double contacts = mlg_csr_degree(in->ties, i);
        simple[i] = contacts > 0.0 ? contacts - simple[i] / contacts : NAN;
    }
}

static mlg_status holes_new(size_t n, mlg_holes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    out->constraint = mlg_zalloc(n, sizeof *out->constraint);
    out->hierarchy = mlg_zalloc(n, sizeof *out->hierarchy);
    out->effective = mlg_zalloc(n, sizeof *out->effective);
    TRY_ALLOC(err, out->constraint);
    TRY_ALLOC(err, out->hierarchy);
    TRY_ALLOC(err, out->effective);
out:
    return status;
}

static void holes_free(mlg_holes *holes)
{
    mlg_free(holes->constraint);
    mlg_free(holes->hierarchy);
    mlg_free(holes->effective);
}

/* Gives the numbers back to the actors' own places. `room` [n] is scratch. */
static void put_back(const int32_t *old, size_t n, double *numbers, double *room)
{
    for (size_t v = 0; v < n; v++) {
        room[old[v]] = numbers[v];
    }
    for (size_t v = 0; v < n; v++) {
        numbers[v] = room[v];
    }
}

static mlg_status collect(const input *in, const slots *s, const int32_t *old, mlg_redundancy *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) in->ties->n;
    mlg_holes *const holes[LAYERS] = {&out->counted, &out->weighed};
    double *room = mlg_alloc(n, sizeof *room);

    TRY_ALLOC(err, room);
    out->simple = mlg_zalloc(n, sizeof *out->simple);
    TRY_ALLOC(err, out->simple);
    sum_simple(in, s, out->simple);
    put_back(old, n, out->simple, room);
    /* never more than LAYERS, which analysers cannot know */
    for (size_t l = 0; l < LAYERS && l < in->n_layers; l++) {
        TRY(holes_new(n, holes[l], err));
        sum_layer(in, s, l, holes[l]);
        put_back(old, n, holes[l]->constraint, room);
        put_back(old, n, holes[l]->hierarchy, room);
        put_back(old, n, holes[l]->effective, room);
    }
out:
    mlg_free(room);
    return status;
}

/* Ties under near numbers already. */
static mlg_status over_pairs(const mlg_csr *ties, const double *counted, const double *weighed,
                             const int32_t *old, const mlg_run *run, mlg_redundancy *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in;
    slots all = {0};
    const mlg_replicates job = {.what = "position.constraint",
                                .view = "",
                                .last = (uint64_t) ties->n,
                                .batch = BATCH,
                                .scratch = scratch_new,
                                .scratch_free = scratch_free,
                                .work = work,
                                .input = &in,
                                .slots = &all};

    TRY(make_input(ties, counted, weighed, &in, err));
    TRY(make_slots(&in, run, &all, err));
    TRY(mlg_replicates_run(&job, run, err));
    TRY(collect(&in, &all, old, out, err));
out:
    free_input(&in);
    free_slots(&all);
    return status;
}

/* The weights of entries in the order that mlg_relabel() gives them; NULL stays NULL. */
static mlg_status relabel_weights(const mlg_csr *ties, const int32_t *old, const double *weight,
                                  double **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t at = 0;

    if (weight != NULL) {
        *out = mlg_alloc(mlg_csr_size(ties), sizeof **out);
        TRY_ALLOC(err, *out);
        for (int32_t v = 0; v < ties->n; v++) {
            for (uint32_t e = ties->offset[old[v]]; e < ties->offset[old[v] + 1]; e++) {
                (*out)[at++] = weight[e];
            }
        }
    }
out:
    return status;
}

mlg_status mlg_redundancy_of(const mlg_csr *ties, const double *counted, const double *weighed,
                             const mlg_run *run, mlg_redundancy *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *old = mlg_alloc((size_t) ties->n, sizeof *old);
    double *near_counted = NULL, *near_weighed = NULL;
    mlg_csr near = {0};

    *out = (mlg_redundancy){.n = ties->n};
    TRY_ALLOC(err, old);
    TRY(mlg_relabel_order(ties, old, err));
    TRY(mlg_relabel(ties, old, &near, err));
    TRY(relabel_weights(ties, old, counted, &near_counted, err));
    TRY(relabel_weights(ties, old, weighed, &near_weighed, err));
    TRY(over_pairs(&near, near_counted, near_weighed, old, run, out, err));
out:
    mlg_free(old);
    mlg_free(near_counted);
    mlg_free(near_weighed);
    mlg_csr_free(&near);
    if (status != MLG_OK) {
        mlg_redundancy_free(out);
    }
    return status;
}

void mlg_redundancy_free(mlg_redundancy *redundancy)
{
    mlg_free(redundancy->simple);
    holes_free(&redundancy->counted);
    holes_free(&redundancy->weighed);
    *redundancy = (mlg_redundancy){0};
}
