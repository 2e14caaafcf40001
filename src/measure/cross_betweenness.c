/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/position.h"
#include "measure/answer.h"
#include "measure/brandes.h"
#include "measure/labels.h"
#include "measure/of_actors.h"
#include "measure/relabel.h"

/* Betweenness over the pairs of actors whose sectors differ: one search a source, whose targets
 * are those of other sectors only. */

/* Entries of contact lists that the searches may read, out and back: a few seconds. */
#define EXACT_BUDGET  3e8
#define SAMPLE_BUDGET 5e8

enum {
    MOST_SOURCES = 2048,
    LEAST_SOURCES = 64,
    SLOTS = 16, /* partial sums, whatever the number of threads */
};

/* What is searched, under near numbers. */
typedef struct plan {
    mlg_csr near;
    const mlg_labelling *labelling;
    const mlg_run *run;
    bool of_arcs, sampled;
    int32_t *old;    /* [n] own number of each */
    int32_t *source; /* [n_sources] */
    size_t n_sources;
} plan;

/* One run of sources. */
typedef struct slot {
    double *through; /* [n] */
    double *squares; /* [n] of each source's part, when sampled */
    double pairs;    /* source and target, reached */
    bool overflow;
} slot;

typedef struct scratch {
    mlg_brandes_scratch *search;
    double *reach; /* [n] 1 for a target */
} scratch;

typedef struct found {
    double *raw; /* [n] */
    double *sd;  /* [n] NULL when exact */
    double pairs;
    uint32_t sources; /* drawn, 0 when exact */
    bool overflow;
} found;

static void found_free(found *f)
{
    mlg_free(f->raw);
    mlg_free(f->sd);
    *f = (found){0};
}

/* ---- the searches ------------------------------------------------------------------ */

static void set_targets(const plan *p, int32_t source, double *reach)
{
    const mlg_labelling *l = p->labelling;
    const int32_t type = l->type[l->place[p->old[source]]];

    for (int32_t v = 0; v < p->near.n; v++) {
        const int32_t place = l->place[p->old[v]];
        reach[v] = place >= 0 && !mlg_types_share(l, type, l->type[place]) ? 1.0 : 0.0;
    }
}

static void add(const plan *p, const scratch *s, uint32_t reached, slot *out)
{
    for (uint32_t i = 1; i < reached; i++) {
        const int32_t v = s->search->order[i];
        const double part = s->search->through[v];
        out->through[v] += part;
        out->pairs += s->reach[v];
        if (p->sampled) {
            out->squares[v] += part * part;
        }
    }
}

static mlg_status do_slot(const plan *p, scratch *s, size_t first, size_t last, slot *out)
{
    const mlg_brandes graph = {.n = (uint32_t) p->near.n,
                               .offset = p->near.offset,
                               .target = p->near.target,
                               .reach = s->reach,
                               .by_distance = p->sampled && !p->of_arcs};

    for (size_t k = first; k < last; k++) {
        if (p->run->cancelled != NULL && p->run->cancelled(p->run->context)) {
            return MLG_ESTOP;
        }
        set_targets(p, p->source[k], s->reach);
        const uint32_t reached = mlg_brandes_from(&graph, p->source[k], s->search);
        out->overflow = out->overflow || reached == 0;
        add(p, s, reached, out);
    }
    return MLG_OK;
}

static mlg_status work(const void *input, void *scratch_of_mine, uint64_t from, uint64_t to,
                       void *slots)
{
    mlg_status status = MLG_OK;
    const plan *p = input;
    slot *all = slots;

    for (uint64_t k = from; k < to && status == MLG_OK; k++) {
        status = do_slot(p, scratch_of_mine, p->n_sources * k / SLOTS,
                         p->n_sources * (k + 1) / SLOTS, &all[k]);
    }
    return status;
}

static void scratch_free(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_brandes_scratch_free(s->search);
        mlg_free(s->reach);
        mlg_free(s);
    }
}

static void *scratch_new(const void *input)
{
    const plan *p = input;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->search = mlg_brandes_scratch_new((uint32_t) p->near.n);
        s->reach = mlg_alloc((size_t) p->near.n, sizeof *s->reach);
        if (s->search == NULL || s->reach == NULL) {
            scratch_free(s);
            s = NULL;
        }
    }
    return s;
}

/* ---- who is searched from ------------------------------------------------------------ */

static mlg_status choose_sources(plan *p, const char *view, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double entries = fmax((double) mlg_csr_size(&p->near), 1.0);
    const double wanted = fmin(fmax(SAMPLE_BUDGET / entries, LEAST_SOURCES), MOST_SOURCES);
    const size_t n = (size_t) p->labelling->n;
    size_t at = 0;

    p->sampled = !p->run->force && (double) n * entries > EXACT_BUDGET && wanted < (double) n;
    p->source = mlg_alloc(n, sizeof *p->source);
    TRY_ALLOC(err, p->source);
    for (int32_t v = 0; v < p->near.n; v++) {
        if (p->labelling->place[p->old[v]] >= 0) {
            p->source[at++] = v;
        }
    }
    p->n_sources = n;
    if (p->sampled) {
        mlg_random draw =
            mlg_random_stream(p->run->seed, "position.cross_betweenness", view, p->of_arcs);
        p->n_sources = (size_t) wanted;
        for (size_t k = 0; k < p->n_sources; k++) { /* the first of a shuffle: none twice */
            const size_t other = k + mlg_random_below(&draw, (uint32_t) (n - k));
            const int32_t drawn = p->source[other];
            p->source[other] = p->source[k];
            p->source[k] = drawn;
        }
    }
out:
    return status;
}

static mlg_status make_plan(plan *p, const mlg_csr *csr, const char *view, mlg_error *err)
{
    mlg_status status = MLG_OK;

    p->old = mlg_alloc((size_t) csr->n, sizeof *p->old);
    TRY_ALLOC(err, p->old);
    TRY(mlg_relabel_order(csr, p->old, err));
    TRY(mlg_relabel(csr, p->old, &p->near, err));
    TRY(choose_sources(p, view, err));
out:
    return status;
}

static mlg_status make_slots(const plan *p, slot *slots, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) p->near.n;

    for (int k = 0; k < SLOTS; k++) {
        slots[k].through = mlg_zalloc(n, sizeof *slots[k].through);
        slots[k].squares = p->sampled ? mlg_zalloc(n, sizeof *slots[k].squares) : NULL;
        TRY_ALLOC(err, slots[k].through);
        if (p->sampled) {
            TRY_ALLOC(err, slots[k].squares);
        }
    }
out:
    return status;
}

/* Sums the slots in their order. Sources drawn stand for all of those with a sector. */
static mlg_status collect(const plan *p, const slot *slots, found *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) p->near.n;
    const double k = (double) p->n_sources, all = p->labelling->n;
    /* a search from each end meets an unordered pair twice, unless each tells its share of it */
    const double ends = p->of_arcs ? 1.0 : 0.5;
    const double scale = p->sampled ? all / k : ends;

    out->raw = mlg_alloc(n, sizeof *out->raw);
    out->sd = p->sampled ? mlg_alloc(n, sizeof *out->sd) : NULL;
    TRY_ALLOC(err, out->raw);
    if (p->sampled) {
        TRY_ALLOC(err, out->sd);
        out->sources = (uint32_t) p->n_sources;
    }
    for (size_t v = 0; v < n; v++) {
        double sum = 0.0, squares = 0.0;
        for (int s = 0; s < SLOTS; s++) {
            sum += slots[s].through[v];
            squares += p->sampled ? slots[s].squares[v] : 0.0;
        }
        out->raw[p->old[v]] = sum * scale;
        if (p->sampled) {
            const double variance = fmax(squares - sum * sum / k, 0.0) / (k - 1.0);
            out->sd[p->old[v]] = all * sqrt(variance / k * (1.0 - k / all));
        }
    }
    for (int s = 0; s < SLOTS; s++) {
        out->pairs += slots[s].pairs * ends * (p->sampled ? all / k : 1.0);
        out->overflow = out->overflow || slots[s].overflow;
    }
out:
    return status;
}

static mlg_status cross_pairs(const mlg_csr *csr, bool of_arcs, const mlg_labelling *labelling,
                              const mlg_run *run, const char *view, found *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    slot slots[SLOTS] = {0};
    plan p = {.labelling = labelling, .run = run, .of_arcs = of_arcs};
    const mlg_replicates job = {.what = "position.cross_betweenness",
                                .view = "",
                                .last = SLOTS,
                                .scratch = scratch_new,
                                .scratch_free = scratch_free,
                                .work = work,
                                .input = &p,
                                .slots = slots};

    *out = (found){0};
    TRY(make_plan(&p, csr, view, err));
    TRY(make_slots(&p, slots, err));
    TRY(mlg_replicates_run(&job, run, err));
    TRY(collect(&p, slots, out, err));
out:
    for (int k = 0; k < SLOTS; k++) {
        mlg_free(slots[k].through);
        mlg_free(slots[k].squares);
    }
    mlg_csr_free(&p.near);
    mlg_free(p.old);
    mlg_free(p.source);
    if (status != MLG_OK) {
        found_free(out);
    }
    return status;
}

/* ---- the measure ----------------------------------------------------------------------- */

static mlg_status write(mlg_value *value, const found *f, const found *other,
                        const char *other_name, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *normalised = NULL, *sd = NULL, *part = NULL;

    TRY(mlg_add_part(value, "normalised", &normalised, err));
    for (size_t v = 0; v < value->n; v++) {
        value->column[MLG_VALUE][v] = f->raw[v];
        normalised[v] = f->raw[v] / f->pairs;
    }
    if (f->sd != NULL) {
        value->draws = f->sources;
        value->caution = T_caution_approximate;
        TRY(mlg_add_part(value, "sd", &sd, err));
        for (size_t v = 0; v < value->n; v++) {
            sd[v] = f->sd[v];
        }
    }
    if (other->raw != NULL && !other->overflow) {
        TRY(mlg_add_part(value, other_name, &part, err));
        for (size_t v = 0; v < value->n; v++) {
            part[v] = other->raw[v];
        }
    }
out:
    return status;
}

static mlg_status fill(mlg_context *context, int32_t view, mlg_value *value, mlg_text_key *why,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_run *run = context->run;
    const bool along =
        graph->directed && (mlg_run_follows(run, "sna") || mlg_run_follows(run, "igraph"));
    mlg_labelling labelling = {0};
    found ties = {0}, arcs = {0};

    TRY(mlg_labelling_make(graph, &labelling, err));
    if (labelling.n == 0 || mlg_one_group(&labelling)) {
        *why = labelling.n == 0 ? T_why_no_sectors : T_why_one_group;
        goto out;
    }
    TRY(cross_pairs(&graph->ties, false, &labelling, run, graph->view.id, &ties, err));
    if (graph->directed) {
        TRY(cross_pairs(&graph->arcs, true, &labelling, run, graph->view.id, &arcs, err));
    }
    const found *chosen = along ? &arcs : &ties;
    value->convention = along ? "arcs" : "weak";
    if (chosen->overflow || !(chosen->pairs > 0.0)) {
        *why = chosen->overflow ? T_why_too_many_paths : T_why_no_cross_path;
        goto out;
    }
    TRY(write(value, chosen, along ? &ties : &arcs, along ? "weak" : "arcs", err));
out:
    found_free(&ties);
    found_free(&arcs);
    mlg_labelling_free(&labelling);
    return status;
}

mlg_status mlg_position_cross_betweenness(mlg_context *context, int32_t view, mlg_values *out,
                                          mlg_error *err)
{
    return mlg_of_actors(context, "position.cross_betweenness", view, 1, fill, out, err);
}
