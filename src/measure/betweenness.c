/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/betweenness.h"

#include <math.h>

#include "base/random.h"
#include "base/replicate.h"
#include "measure/blocks.h"
#include "measure/brandes.h"
#include "measure/relabel.h"

/* Entries of adjacency lists that searches may read, on the way out and again on the way back. One
 * core reads about 2.5e8 a second while a block fits the cache, half that or less beyond: both
 * budgets are near half a minute. 20,000 actors of 12 contacts each are exact. */
#define EXACT_BUDGET  5e9
#define SAMPLE_BUDGET 2e9

enum {
    EXACT_ACTORS = 20000,
    MOST_SOURCES = 2048, /* the leading actors' standard errors are then a few percent */
    LEAST_SOURCES = 64,
    MOST_SLOTS = 64, /* partial sums of a block: enough to keep as many cores busy */
    LEAST_SLOTS = 8,
    SLOT_ROOM = 1 << 22,    /* numbers in a block's partial sums: 32 MiB */
    SLOT_ENTRIES = 1 << 20, /* less reading than this is not worth a slot of its own */
};

/* A run of sources of one block, summed in a place of its own, whatever thread takes it. */
typedef struct task {
    int32_t block;
    uint32_t from, to; /* members in turn, or draws */
    size_t sums;       /* where its partial sums start */
    size_t drawn;      /* where the block's draws start, when it is sampled */
    bool overflow;     /* more shortest paths than can be counted */
} task;

/* Who is searched from, and where the results of it go. */
typedef struct plan {
    const mlg_blocks *blocks;
    const mlg_run *run;
    bool of_arcs;
    uint32_t sources; /* drawn from each block that has more members; 0: none is sampled */
    uint32_t largest; /* members of the largest block */
    size_t n_tasks, n_sums, n_drawn;
    task *tasks;
    int32_t *drawn;
    double *through; /* [n_sums] */
    double *squares; /* [n_sums] of each draw's estimate; NULL when none is sampled */
} plan;

static uint32_t members_of(const mlg_blocks *blocks, int32_t b)
{
    return blocks->first[b + 1] - blocks->first[b];
}

static uint32_t entries_of(const mlg_blocks *blocks, int32_t b)
{
    return blocks->offset[blocks->first[b + 1]] - blocks->offset[blocks->first[b]];
}

/* Sources to draw from each large block; 0: sum over all of them. */
static uint32_t sources_wanted(const mlg_blocks *blocks, int32_t n, const mlg_run *run)
{
    double work = 0.0, pass = 0.0;

    for (int32_t b = 0; b < blocks->n; b++) {
        work += (double) members_of(blocks, b) * entries_of(blocks, b);
        pass += entries_of(blocks, b);
    }
    if (run->force || pass == 0.0 || (n <= EXACT_ACTORS && work <= EXACT_BUDGET)) {
        return 0;
    }
    return (uint32_t) fmin(fmax(SAMPLE_BUDGET / pass, LEAST_SOURCES), MOST_SOURCES);
}

static bool is_sampled(const plan *p, int32_t b)
{
    return p->sources > 0 && members_of(p->blocks, b) > p->sources;
}

/* Into how many partial sums a block's sources are cut: by the data alone, never by the threads. */
static uint32_t slots_of(const plan *p, int32_t b)
{
    const uint32_t n = members_of(p->blocks, b), sources = is_sampled(p, b) ? p->sources : n;
    const double by_work = (double) sources * entries_of(p->blocks, b) / SLOT_ENTRIES;
    const double by_room = fmax((double) SLOT_ROOM / n, LEAST_SLOTS);

    return (uint32_t) fmax(fmin(fmin(by_work, by_room), fmin(MOST_SLOTS, sources)), 1.0);
}

/* Counts the tasks (`tasks` NULL) or writes them. */
static void plan_tasks(plan *p)
{
    p->n_tasks = p->n_sums = p->n_drawn = 0;
    for (int32_t b = 0; b < p->blocks->n; b++) {
        const uint32_t n = members_of(p->blocks, b), slots = slots_of(p, b);
        const uint64_t sources = is_sampled(p, b) ? p->sources : n;
        for (uint64_t i = 0; i < slots; i++, p->n_tasks++, p->n_sums += n) {
            if (p->tasks != NULL) {
                p->tasks[p->n_tasks] = (task){.block = b,
                                              .from = (uint32_t) (sources * i / slots),
                                              .to = (uint32_t) (sources * (i + 1) / slots),
                                              .sums = p->n_sums,
                                              .drawn = p->n_drawn};
            }
        }
        p->n_drawn += is_sampled(p, b) ? p->sources : 0;
        p->largest = n > p->largest ? n : p->largest;
    }
}

/* Draws members in proportion to the actors they stand for: each actor is as likely. `upto`
 * [members] is scratch. */
static void draw_from(const plan *p, int32_t b, mlg_random random, double *upto, int32_t *drawn)
{
    const uint32_t n = members_of(p->blocks, b);
    double sum = 0.0;

    for (uint32_t i = 0; i < n; i++) {
        upto[i] = sum += p->blocks->reach[p->blocks->first[b] + i];
    }
    for (uint32_t k = 0; k < p->sources; k++) {
        const double at = mlg_random_unit(&random) * sum;
        uint32_t low = 0, high = n - 1;
        while (low < high) {
            const uint32_t middle = low + (high - low) / 2;
            if (upto[middle] <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        drawn[k] = (int32_t) low;
    }
}

static mlg_status draw_sources(plan *p, const char *stream, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *upto = mlg_alloc(p->largest, sizeof *upto);

    TRY_ALLOC(err, upto);
    for (size_t t = 0; t < p->n_tasks; t++) {
        const int32_t b = p->tasks[t].block;
        if (is_sampled(p, b) && p->tasks[t].from == 0) {
            draw_from(p, b,
                      mlg_random_stream(p->run->seed, "position.betweenness", stream, (uint64_t) b),
                      upto, p->drawn + p->tasks[t].drawn);
        }
    }
out:
    mlg_free(upto);
    return status;
}

/* Fills a plan for the blocks. Its arrays are the plan's even when the call fails. */
static mlg_status make_plan(plan *p, const mlg_blocks *blocks, int32_t n, bool of_arcs,
                            const mlg_run *run, const char *stream, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *p = (plan){.blocks = blocks,
                .run = run,
                .of_arcs = of_arcs,
                .sources = sources_wanted(blocks, n, run)};
    plan_tasks(p);
    const size_t bytes = p->n_sums * sizeof(double) * (p->n_drawn > 0 ? 2 : 1);
    if (bytes > run->memory_bound) {
        FAIL(err, MLG_ESIZE, "betweenness: %zu MB of partial sums, over the memory bound",
             bytes >> 20);
    }
    p->tasks = mlg_alloc(p->n_tasks, sizeof *p->tasks);
    p->drawn = mlg_alloc(p->n_drawn, sizeof *p->drawn);
    p->through = mlg_zalloc(p->n_sums, sizeof *p->through);
    p->squares = p->n_drawn > 0 ? mlg_zalloc(p->n_sums, sizeof *p->squares) : NULL;
    if (p->tasks == NULL || p->drawn == NULL || p->through == NULL ||
        (p->n_drawn > 0 && p->squares == NULL)) {
        FAIL(err, MLG_ENOMEM, "betweenness: no memory for %zu partial sums", p->n_sums);
    }
    plan_tasks(p);
    TRY(draw_sources(p, stream, err));
out:
    return status;
}

static void free_plan(plan *p)
{
    mlg_free(p->tasks);
    mlg_free(p->drawn);
    mlg_free(p->through);
    mlg_free(p->squares);
}

/* Adds what one source gives. A drawn source stands for all the actors behind the block, a
 * counted one for those behind itself. */
static void add(const plan *p, const task *t, const mlg_brandes_scratch *s, uint32_t found,
                double actors)
{
    double *through = p->through + t->sums;
    double *squares = is_sampled(p, t->block) ? p->squares + t->sums : NULL;

    for (uint32_t i = 1; i < found; i++) {
        const int32_t v = s->order[i];
        const double part = actors * s->through[v];
        through[v] += part;
        if (squares != NULL) {
            squares[v] += part * part;
        }
    }
}

static double actors_behind(const plan *p, int32_t b)
{
    double sum = 0.0;
    for (uint32_t i = p->blocks->first[b]; i < p->blocks->first[b + 1]; i++) {
        sum += p->blocks->reach[i];
    }
    return sum;
}

static mlg_status do_task(const plan *p, task *t, mlg_brandes_scratch *s)
{
    const uint32_t first = p->blocks->first[t->block];
    const bool sampled = is_sampled(p, t->block);
    const mlg_brandes block = {.n = members_of(p->blocks, t->block),
                               .offset = p->blocks->offset + first,
                               .target = p->blocks->target,
                               .reach = p->blocks->reach + first,
                               .by_distance = sampled && !p->of_arcs};
    const double all = actors_behind(p, t->block);

    for (uint32_t k = t->from; k < t->to; k++) {
        const int32_t source = sampled ? p->drawn[t->drawn + k] : (int32_t) k;
        if (p->run->cancelled != NULL && p->run->cancelled(p->run->context)) {
            return MLG_ESTOP;
        }
        const uint32_t found = mlg_brandes_from(&block, source, s);
        t->overflow = t->overflow || found == 0;
        add(p, t, s, found, sampled ? all : block.reach[source]);
    }
    return MLG_OK;
}

static void *scratch_new(const void *input)
{
    return mlg_brandes_scratch_new(((const plan *) input)->largest);
}

static void scratch_free(void *scratch)
{
    mlg_brandes_scratch_free(scratch);
}

static mlg_status work(const void *input, void *scratch, uint64_t from, uint64_t to, void *slots)
{
    mlg_status status = MLG_OK;
    task *tasks = slots;
    for (uint64_t t = from; t < to && status == MLG_OK; t++) {
        status = do_task(input, &tasks[t], scratch);
    }
    return status;
}

/* Sums a block's tasks in their order into its members' totals and, when sampled, the variance of
 * the mean of its draws. Answers the next block's first task. */
static size_t sum_block(const plan *p, size_t t, double *raw, double *variance)
{
    const int32_t b = p->tasks[t].block;
    const uint32_t n = members_of(p->blocks, b);
    const bool sampled = is_sampled(p, b);
    /* the sum over all sources meets each unordered pair from both its ends */
    const double share = sampled ? 1.0 / p->sources : p->of_arcs ? 1.0 : 0.5;
    size_t end = t;

    while (end < p->n_tasks && p->tasks[end].block == b) {
        end++;
    }
    for (uint32_t i = 0; i < n; i++) {
        double sum = 0.0, squares = 0.0;
        for (size_t u = t; u < end; u++) {
            sum += p->through[p->tasks[u].sums + i];
            squares += p->squares != NULL ? p->squares[p->tasks[u].sums + i] : 0.0;
        }
        const int32_t v = p->blocks->member[p->blocks->first[b] + i];
        raw[v] += sum * share;
        if (sampled) {
            const double spread = fmax(squares - sum * sum * share, 0.0) / (p->sources - 1.0);
            variance[v] += spread * share;
        }
    }
    return end;
}

/* Sums all tasks and writes the results under the actors' own numbers. */
static mlg_status collect(const plan *p, const int32_t *old, size_t n, mlg_betweenness *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *raw = mlg_copy(p->blocks->apart, n, sizeof *raw);
    double *variance = mlg_zalloc(n, sizeof *variance);

    out->sources = p->n_drawn > 0 ? p->sources : 0;
    out->raw = mlg_alloc(n, sizeof *out->raw);
    out->sd = p->n_drawn > 0 ? mlg_alloc(n, sizeof *out->sd) : NULL;
    if (raw == NULL || variance == NULL || out->raw == NULL ||
        (p->n_drawn > 0 && out->sd == NULL)) {
        FAIL(err, MLG_ENOMEM, "betweenness: no memory for %zu actors", n);
    }
    for (size_t t = 0; t < p->n_tasks; t++) {
        out->overflow = out->overflow || p->tasks[t].overflow;
    }
    for (size_t t = 0; t < p->n_tasks;) {
        t = sum_block(p, t, raw, variance);
    }
    for (size_t v = 0; v < n; v++) {
        out->raw[old[v]] = raw[v];
        if (out->sd != NULL) {
            out->sd[old[v]] = sqrt(variance[v]);
        }
    }
out:
    mlg_free(raw);
    mlg_free(variance);
    return status;
}

static mlg_status sum_over_blocks(const mlg_blocks *blocks, const int32_t *old, size_t n,
                                  bool of_arcs, const mlg_run *run, const char *stream,
                                  mlg_betweenness *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    plan p;
    mlg_replicates job = {.what = "position.betweenness",
                          .view = "",
                          .scratch = scratch_new,
                          .scratch_free = scratch_free,
                          .work = work};

    TRY(make_plan(&p, blocks, (int32_t) n, of_arcs, run, stream, err));
    job.last = p.n_tasks;
    job.input = &p;
    job.slots = p.tasks;
    TRY(mlg_replicates_run(&job, run, err));
    TRY(collect(&p, old, n, out, err));
out:
    free_plan(&p);
    return status;
}

/* Ties are cut into blocks; arcs are one. */
static mlg_status betweenness(const mlg_csr *csr, bool of_arcs, const mlg_run *run,
                              const char *stream, mlg_betweenness *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) csr->n;
    int32_t *old = mlg_alloc(n, sizeof *old);
    mlg_csr near = {0};
    mlg_blocks blocks = {0};

    *out = (mlg_betweenness){0};
    TRY_ALLOC(err, old);
    TRY(mlg_relabel_order(csr, old, err));
    TRY(mlg_relabel(csr, old, &near, err));
    TRY(of_arcs ? mlg_blocks_whole(&near, &blocks, err) : mlg_blocks_find(&near, &blocks, err));
    TRY(sum_over_blocks(&blocks, old, n, of_arcs, run, stream, out, err));
out:
    mlg_free(old);
    mlg_csr_free(&near);
    mlg_blocks_free(&blocks);
    if (status != MLG_OK) {
        mlg_betweenness_free(out);
    }
    return status;
}

mlg_status mlg_betweenness_of_ties(const mlg_csr *ties, const mlg_run *run, const char *stream,
                                   mlg_betweenness *out, mlg_error *err)
{
    return betweenness(ties, false, run, stream, out, err);
}

mlg_status mlg_betweenness_of_arcs(const mlg_csr *arcs, const mlg_run *run, const char *stream,
                                   mlg_betweenness *out, mlg_error *err)
{
    return betweenness(arcs, true, run, stream, out, err);
}

void mlg_betweenness_free(mlg_betweenness *betweenness)
{
    mlg_free(betweenness->raw);
    mlg_free(betweenness->sd);
    *betweenness = (mlg_betweenness){0};
}

static void release(void *made)
{
    mlg_betweenness_free(made);
    mlg_free(made);
}

static mlg_status of_view(mlg_context *context, int32_t view, mlg_slot slot,
                          const mlg_betweenness **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const bool of_arcs = slot == MLG_SLOT_ARC_BETWEENNESS;
    mlg_betweenness *made = mlg_context_slot(context, view, slot);

    *out = made;
    if (made != NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(betweenness(of_arcs ? &graph->arcs : &graph->ties, of_arcs, context->run, graph->view.id,
                    made, err));
    mlg_context_keep(context, view, slot, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        mlg_free(made);
    }
    return status;
}

mlg_status mlg_context_betweenness(mlg_context *context, int32_t view, const mlg_betweenness **out,
                                   mlg_error *err)
{
    return of_view(context, view, MLG_SLOT_BETWEENNESS, out, err);
}

mlg_status mlg_context_arc_betweenness(mlg_context *context, int32_t view,
                                       const mlg_betweenness **out, mlg_error *err)
{
    return of_view(context, view, MLG_SLOT_ARC_BETWEENNESS, out, err);
}
