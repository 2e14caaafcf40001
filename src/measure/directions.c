/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/levels.h"
#include "measure/margins.h"

/* Three questions of a pair of actors settle its direction: do they share a sector, a level, both?
 * Each is a labelling of the same actors by the same types (their sectors with their level), so
 * that one deal of the types answers the three. Residents are a type that shares nothing. */

typedef enum question { SECTOR, LEVEL, BOTH, N_QUESTIONS } question;

static const double MOST_DEALT = 4e9;  /* pairs x bytes compared x draws */
static const double MOST_TRADED = 3e9; /* steps of trades and meetings, all questions */

enum { MOST_TYPES = 4096, STEPS_AN_ENTRY = 30, FEW_ACTORS = 10 };

/* One actor's type: that of its sectors and its level; residents: both -1. */
typedef struct standing {
    int32_t actor, sectors, level;
} standing;

typedef struct ground {
    mlg_labelling sector; /* of the graph */
    mlg_labelling by[N_QUESTIONS];
    int32_t *type_sectors, *type_level; /* [n_types] of a standing */
} ground;

static void ground_close(ground *g)
{
    mlg_labelling_free(&g->sector);
    for (int q = 0; q < N_QUESTIONS; q++) {
        mlg_labelling_free(&g->by[q]);
    }
    mlg_free(g->type_sectors);
    mlg_free(g->type_level);
}

void mlg_directions_free(mlg_directions *directions)
{
    mlg_free(directions->draw);
    *directions = (mlg_directions){0};
}

/* ---- types ----------------------------------------------------------------- */

static int by_type(const void *left, const void *right)
{
    const standing *a = left, *b = right;
    if (a->sectors != b->sectors) {
        return a->sectors < b->sectors ? -1 : 1;
    }
    if (a->level != b->level) {
        return a->level < b->level ? -1 : 1;
    }
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

/* Lists the actors of known standing; answers how many. */
static int32_t list_standings(const mlg_graph *graph, const mlg_levels *levels,
                              const mlg_labelling *sector, standing *out)
{
    int32_t n = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t place = sector->place[v];
        if (levels->residents[v]) {
            out[n++] = (standing){v, -1, -1};
        } else if (place >= 0 && levels->level[v] >= 0) {
            out[n++] = (standing){v, sector->type[place], levels->level[v]};
        }
    }
    return n;
}

/* Numbers the types of sorted standings; answers how many. */
static int32_t number_types(const standing *list, int32_t n, ground *g)
{
    int32_t types = 0;
    for (int32_t i = 0; i < n && types <= MOST_TYPES; i++) {
        if (i == 0 || list[i].sectors != list[i - 1].sectors ||
            list[i].level != list[i - 1].level) {
            g->type_sectors[types] = list[i].sectors;
            g->type_level[types] = list[i].level;
            types++;
        }
    }
    return types;
}

/* ---- labellings ------------------------------------------------------------- */

/* Entries of a type's set under a question; `set` NULL: only counts them. */
static uint32_t put_set(const ground *g, question q, int32_t n_levels, int32_t type, int32_t *set)
{
    const mlg_labelling *l = &g->sector;
    const int32_t sectors = g->type_sectors[type], level = g->type_level[type];
    uint32_t n = 0;

    if (sectors < 0) {
        return 0;
    }
    if (q == LEVEL) {
        if (set != NULL) {
            *set = level;
        }
        return 1;
    }
    for (uint32_t i = l->set_offset[sectors]; i < l->set_offset[sectors + 1]; i++, n++) {
        if (set != NULL) {
            set[n] = q == SECTOR ? l->set[i] : l->set[i] * n_levels + level;
        }
    }
    return n;
}

static bool sets_meet(const mlg_labelling *l, int32_t t, int32_t u)
{
    for (uint32_t i = l->set_offset[t]; i < l->set_offset[t + 1]; i++) {
        for (uint32_t j = l->set_offset[u]; j < l->set_offset[u + 1]; j++) {
            if (l->set[i] == l->set[j]) {
                return true;
            }
        }
    }
    return false;
}

static mlg_status open_labelling(mlg_labelling *l, const mlg_graph *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_types = (size_t) l->n_types, n_sectors = (size_t) l->n_sectors;

    l->several = true;
    l->actor = mlg_alloc((size_t) l->n, sizeof *l->actor);
    l->place = mlg_alloc((size_t) graph->n, sizeof *l->place);
    l->type = mlg_alloc((size_t) l->n, sizeof *l->type);
    l->count = mlg_zalloc(n_types, sizeof *l->count);
    l->first = mlg_zalloc(n_types, sizeof *l->first); /* not asked for, but must be a sector */
    l->set_offset = mlg_zalloc(n_types + 1, sizeof *l->set_offset);
    l->others = mlg_zalloc(n_types, sizeof *l->others);
    l->carriers = mlg_zalloc(n_sectors, sizeof *l->carriers);
    l->shares = mlg_zalloc(n_types * n_types, sizeof *l->shares);
    if (l->actor == NULL || l->place == NULL || l->type == NULL || l->count == NULL ||
        l->first == NULL || l->set_offset == NULL || l->others == NULL || l->carriers == NULL ||
        l->shares == NULL) {
        FAIL(err, MLG_ENOMEM, "directions: no memory for %zu types", n_types);
    }
    for (int32_t v = 0; v < graph->n; v++) {
        l->place[v] = -1;
    }
out:
    return status;
}

/* The actors in ascending order, each with its type's number. */
static void place_actors(const ground *g, const standing *list, int32_t n, mlg_labelling *l)
{
    int32_t type = -1, rank = 0;
    for (int32_t i = 0; i < n; i++) {
        const bool same = type >= 0 && g->type_sectors[type] == list[i].sectors &&
                          g->type_level[type] == list[i].level;
        type += same ? 0 : 1;
        l->place[list[i].actor] = type; /* for now */
        l->count[type]++;
    }
    for (int32_t v = 0; rank < n; v++) {
        if (l->place[v] >= 0) {
            l->actor[rank] = v;
            l->type[rank] = (uint16_t) l->place[v];
            l->place[v] = rank++;
        }
    }
}

static mlg_status make_labelling(const ground *g, question q, const mlg_graph *graph,
                                 const mlg_levels *levels, const standing *list, int32_t n,
                                 int32_t n_types, mlg_labelling *l, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_levels = levels->n_levels;
    const int32_t labels = q == SECTOR  ? g->sector.n_sectors
                           : q == LEVEL ? n_levels
                                        : g->sector.n_sectors * n_levels;

    *l = (mlg_labelling){.n = n, .n_types = n_types, .n_sectors = labels > 0 ? labels : 1};
    TRY(open_labelling(l, graph, err));
    place_actors(g, list, n, l);
    for (int32_t t = 0; t < n_types; t++) {
        l->set_offset[t + 1] = l->set_offset[t] + put_set(g, q, n_levels, t, NULL);
    }
    l->set = mlg_alloc(l->set_offset[n_types], sizeof *l->set);
    TRY_ALLOC(err, l->set);
    for (int32_t t = 0; t < n_types; t++) {
        (void) put_set(g, q, n_levels, t, l->set + l->set_offset[t]);
    }
    for (int32_t t = 0; t < n_types; t++) {
        for (int32_t u = 0; u < n_types; u++) {
            const bool meet = sets_meet(l, t, u);
            l->shares[(size_t) t * (size_t) n_types + (size_t) u] = meet;
            l->others[t] += meet ? l->count[u] - (t == u) : 0;
        }
    }
out:
    return status;
}

static mlg_status make_ground(const mlg_graph *graph, const mlg_levels *levels, ground *g,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    standing *list = mlg_alloc((size_t) graph->n, sizeof *list);

    TRY_ALLOC(err, list);
    TRY(mlg_labelling_make(graph, &g->sector, err));
    const int32_t n = list_standings(graph, levels, &g->sector, list);
    g->type_sectors = mlg_alloc(MOST_TYPES + 1, sizeof *g->type_sectors);
    g->type_level = mlg_alloc(MOST_TYPES + 1, sizeof *g->type_level);
    TRY_ALLOC(err, g->type_sectors);
    TRY_ALLOC(err, g->type_level);
    if (n > 0) {
        qsort(list, (size_t) n, sizeof *list, by_type);
    }
    const int32_t n_types = number_types(list, n, g);
    if (n_types > MOST_TYPES) {
        FAIL(err, MLG_ESIZE, "more than %d combinations of sectors and levels", MOST_TYPES);
    }
    for (int q = 0; q < N_QUESTIONS; q++) {
        TRY(make_labelling(g, (question) q, graph, levels, list, n, n_types, &g->by[q], err));
    }
out:
    mlg_free(list);
    return status;
}

/* ---- counts ------------------------------------------------------------------ */

/* From the pairs that share a sector, a level, both, to directions. */
static void direct(const double *sharing, double total, double *out)
{
    out[MLG_INTERNAL] = sharing[BOTH];
    out[MLG_HORIZONTAL] = sharing[LEVEL] - sharing[BOTH];
    out[MLG_VERTICAL] = sharing[SECTOR] - sharing[BOTH];
    out[MLG_DIAGONAL] = total - sharing[LEVEL] - sharing[SECTOR] + sharing[BOTH];
}

/* Shares of draw d, from what it counted of each question. */
static void put_draw(mlg_directions *out, size_t d, const double *sharing, double total)
{
    double count[MLG_N_DIRECTIONS];
    direct(sharing, total, count);
    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        out->draw[(size_t) k * out->n + d] = total > 0.0 ? count[k] / total : NAN;
    }
}

static mlg_status open_draws(mlg_directions *out, size_t n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    out->n = n;
    out->draw = mlg_alloc(MLG_N_DIRECTIONS * n, sizeof *out->draw);
    TRY_ALLOC(err, out->draw);
out:
    return status;
}

/* ---- labels ------------------------------------------------------------------- */

static double sharing_in(const mlg_labelling *l, const mlg_pairs *pairs)
{
    double sharing = 0.0;
    for (size_t i = 0; i < pairs->n; i++) {
        sharing += mlg_types_share(l, l->type[pairs->pair[i].a], l->type[pairs->pair[i].b]);
    }
    return sharing;
}

static mlg_deal_plan plan_of(const ground *g, const mlg_pairs *pairs, const mlg_run *run,
                             const char *view)
{
    int32_t bytes = 0; /* compared for one pair: a bit a sector, whole bytes */
    for (int q = 0; q < N_QUESTIONS; q++) {
        bytes += (g->by[q].n_sectors + 7) / 8;
    }
    const double steps = bytes * ((double) pairs->n + g->by[BOTH].n) + 1.0;
    mlg_deal_plan plan = mlg_deal_plan_of(&g->by[BOTH], (size_t) steps, run, view);
    if (!plan.enumerated && !run->force) {
        plan.n = (uint32_t) mlg_draws_in(MOST_DEALT / steps, run->draws);
    }
    return plan;
}

static mlg_status by_labels(const ground *g, const mlg_graph *graph, const mlg_run *run,
                            mlg_directions *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double n = g->by[BOTH].n;
    double sharing[N_QUESTIONS], odds[N_QUESTIONS], *within = NULL;
    mlg_pairs pairs = {0};

    TRY(mlg_pairs_make(graph, &g->by[BOTH], MLG_PAIRS_TIES, &pairs, err));
    const mlg_deal_plan plan = plan_of(g, &pairs, run, graph->view.id);
    out->total = pairs.total;
    out->enumerated = plan.enumerated;
    within = mlg_alloc((size_t) N_QUESTIONS * plan.n, sizeof *within);
    TRY_ALLOC(err, within);
    TRY(open_draws(out, plan.n, err));
    for (int q = 0; q < N_QUESTIONS; q++) {
        sharing[q] = sharing_in(&g->by[q], &pairs);
        odds[q] = n > 1.0 ? mlg_sharing_pairs(&g->by[q]) / (n * (n - 1.0)) : NAN;
        TRY(mlg_within_draws(&g->by[q], &pairs, &plan, run, within + (size_t) q * plan.n, err));
    }
    direct(sharing, out->total, out->count);
    direct(odds, 1.0, out->expected);
    for (size_t d = 0; d < plan.n; d++) {
        for (int q = 0; q < N_QUESTIONS; q++) {
            sharing[q] = within[(size_t) q * plan.n + d];
        }
        put_draw(out, d, sharing, out->total);
    }
out:
    mlg_free(within);
    mlg_pairs_free(&pairs);
    return status;
}

/* ---- margins ------------------------------------------------------------------- */

/* The same draws for each question: trades do not look at labels. */
static mlg_status by_margins(const ground *g, const mlg_graph *graph, const mlg_run *run,
                             mlg_directions *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_margins margins[N_QUESTIONS] = {{.n = 0}};
    mlg_run bounded = *run;
    double sharing[N_QUESTIONS];
    const mlg_two_mode table = {.n_rows = graph->attends.n,
                                .n_columns = graph->n_activities,
                                .offset = graph->attends.offset,
                                .column = graph->attends.target};
    double pace = 1.0;

    TRY(mlg_curveball_pace(&table, &pace, err));
    const double traded = STEPS_AN_ENTRY * pace * (double) mlg_csr_size(&graph->attends);
    const double steps = N_QUESTIONS * ((double) mlg_project_pairs(&graph->attended) + traded);
    if (!run->force) {
        bounded.draws = (uint32_t) mlg_draws_in(MOST_TRADED / fmax(steps, 1.0), run->draws);
    }
    for (int q = 0; q < N_QUESTIONS; q++) {
        TRY(mlg_margins_make(graph, &g->by[q], &bounded, &margins[q], err));
        sharing[q] = margins[q].observed.within;
        bounded.draws = (uint32_t) margins[q].n; /* no more than the one before */
    }
    out->total = margins[BOTH].observed.total;
    direct(sharing, out->total, out->count);
    TRY(open_draws(out, margins[BOTH].n, err));
    for (size_t d = 0; d < out->n; d++) {
        for (int q = 0; q < N_QUESTIONS; q++) {
            sharing[q] = margins[q].draw[d].within;
        }
        put_draw(out, d, sharing, margins[BOTH].draw[d].total);
    }
    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        out->expected[k] = NAN;
    }
out:
    for (int q = 0; q < N_QUESTIONS; q++) {
        mlg_margins_free(&margins[q]);
    }
    return status;
}

mlg_status mlg_directions_make(const mlg_graph *graph, const mlg_levels *levels, const mlg_run *run,
                               mlg_directions *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {.type_level = NULL};

    *out = (mlg_directions){.two_mode = graph->n_activities > 0};
    TRY(make_ground(graph, levels, &g, err));
    out->actors = g.by[BOTH].n;
    out->one_kind = g.by[BOTH].n_types <= 1;
    out->few = out->actors < FEW_ACTORS;
    if (out->actors == 0) {
        goto out;
    }
    if (out->two_mode) {
        TRY(by_margins(&g, graph, run, out, err));
    } else {
        TRY(by_labels(&g, graph, run, out, err));
    }
out:
    ground_close(&g);
    if (status != MLG_OK) {
        mlg_directions_free(out);
    }
    return status;
}
