/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/distance_ground.h"

#include <math.h>

#include "base/fail.h"
#include "base/texts.h"
#include "measure/coordinates.h"
#include "measure/tenure.h"

/* One place, some kilometres, a drive, a day of travel. A tenth of a kilometre is one place:
 * coordinates are those of town halls. */
static const double ENDS[MLG_DISTANCE_CLASSES] = {0.1, 5.0, 10.0, 20.0, 50.0, 100.0, 20016.0};
enum { TENTHS = 200160 };

double mlg_distance_end(int class_number)
{
    return ENDS[class_number];
}

static uint8_t class_of(double km)
{
    uint8_t c = 0;
    while (c + 1 < MLG_DISTANCE_CLASSES && km > ENDS[c]) {
        c++;
    }
    return c;
}

/* ---- who is where ------------------------------------------------------------------------- */

typedef struct finder {
    const mlg_graph *graph;
    int32_t *index;   /* [graph's n] among the placed, or -1 */
    int32_t *number;  /* [territories] place, or -1 */
    mlg_point *point; /* [places] */
} finder;

/* Sites first: where each actor of the model works, when it is one territory; -2: several. */
static void find_sites(const mlg_model *model, mlg_id *site)
{
    for (size_t party = 0; party < model->parties.n; party++) {
        site[party] = -1;
    }
    for (int32_t row = 0; row < model->rows[MLG_SITES].n; row++) {
        const mlg_id actor = mlg_get_id(model, C_sites_actor, row);
        const mlg_id at = mlg_get_id(model, C_sites_territory, row);
        if (actor >= 0 && at >= 0 && mlg_holds_at_date(model, MLG_SITES, row)) {
            site[actor] = site[actor] == -1 || site[actor] == at ? at : -2;
        }
    }
}

static void place_actors(finder *f, const mlg_id *site, mlg_distances *out)
{
    const mlg_graph *graph = f->graph;
    const mlg_model *model = graph->model;

    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_id party = graph->subject[v];
        const int32_t row = model->party_actor_row[party];
        const mlg_id own = row >= 0 ? mlg_get_id(model, C_actors_territory, row) : -1;
        const mlg_id at = site[party] >= 0 ? site[party] : own;
        mlg_point point;
        f->index[v] = -1;
        if (!mlg_point_of(model, at, &point)) {
            out->unplaced++;
            continue;
        }
        const mlg_id host = mlg_point_host(model, at);
        if (f->number[host] < 0) {
            f->point[out->n_places] = point;
            f->number[host] = out->n_places++;
        }
        out->place[out->n] = f->number[host];
        f->index[v] = out->n++;
    }
}

static mlg_status find_places(finder *f, mlg_distances *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = f->graph->model;
    const size_t n = (size_t) f->graph->n;
    mlg_id *site = mlg_alloc(model->parties.n, sizeof *site);

    f->index = mlg_alloc(n, sizeof *f->index);
    f->point = mlg_alloc(n, sizeof *f->point);
    f->number = mlg_alloc(model->territories.n, sizeof *f->number);
    out->place = mlg_alloc(n, sizeof *out->place);
    TRY_ALLOC(err, site);
    TRY_ALLOC(err, f->index);
    TRY_ALLOC(err, f->point);
    TRY_ALLOC(err, f->number);
    TRY_ALLOC(err, out->place);
    for (size_t t = 0; t < model->territories.n; t++) {
        f->number[t] = -1;
    }
    find_sites(model, site);
    place_actors(f, site, out);
out:
    mlg_free(site);
    return status;
}

/* ---- ties and pairs by class -------------------------------------------------------------- */

static mlg_status find_ties(const finder *f, mlg_distances *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &f->graph->ties;

    out->tie = mlg_alloc(f->graph->n_ties, sizeof *out->tie);
    TRY_ALLOC(err, out->tie);
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const int32_t w = ties->target[i];
            if (v < w && f->index[v] >= 0 && f->index[w] >= 0) {
                out->tie[out->n_ties++] = (mlg_placed_tie){f->index[v], f->index[w]};
            }
        }
    }
out:
    return status;
}

/* Middle of what is counted by tenth of a kilometre. */
static double middle_of(const double *count, double all)
{
    double before = 0.0;
    for (size_t bin = 0; bin <= TENTHS; bin++) {
        before += count[bin];
        if (2.0 * before >= all) {
            return (double) bin / 10.0;
        }
    }
    return NAN;
}

static size_t tenth_of(double km)
{
    return (size_t) (km * 10.0 + 0.5);
}

/* Pairs of actors by the distance of their places. */
static void count_pairs(const finder *f, double *tenths, mlg_distances *out)
{
    const size_t n = (size_t) out->n_places;
    out->shortest = HUGE_VAL;
    out->longest = -HUGE_VAL;
    for (int32_t a = 0; a < out->n_places; a++) {
        for (int32_t b = a; b < out->n_places; b++) {
            const double km = a == b ? 0.0 : mlg_km_between(&f->point[a], &f->point[b]);
            const double pairs = mlg_pairs_between(out, a, b);
            const size_t ab = (size_t) a * n + (size_t) b, ba = (size_t) b * n + (size_t) a;
            const uint8_t c = class_of(km);
            double log_km = log1p(km);
            out->class_of_pair[ab] = out->class_of_pair[ba] = c;
            if (out->log_of_pair != NULL) {
                out->log_of_pair[ab] = out->log_of_pair[ba] = (float) log_km;
                log_km = (double) out->log_of_pair[ab];
            }
            out->shortest = pairs > 0.0 ? fmin(out->shortest, log_km) : out->shortest;
            out->longest = pairs > 0.0 ? fmax(out->longest, log_km) : out->longest;
            out->pairs[c] += pairs;
            out->log_km[c] += pairs * log_km;
            out->all_pairs += pairs;
            tenths[tenth_of(km)] += pairs;
        }
    }
    for (int c = 0; c < MLG_DISTANCE_CLASSES; c++) {
        out->log_km[c] = out->pairs[c] > 0.0 ? out->log_km[c] / out->pairs[c] : NAN;
    }
    out->median_pairs = middle_of(tenths, out->all_pairs);
}

static void count_ties(const finder *f, double *tenths, mlg_distances *out)
{
    for (size_t bin = 0; bin <= TENTHS; bin++) {
        tenths[bin] = 0.0;
    }
    for (size_t t = 0; t < out->n_ties; t++) {
        const int32_t a = out->place[out->tie[t].a], b = out->place[out->tie[t].b];
        out->ties[mlg_distance_class(out, a, b)]++;
        tenths[a == b ? 0 : tenth_of(mlg_km_between(&f->point[a], &f->point[b]))]++;
    }
    out->median = middle_of(tenths, (double) out->n_ties);
}

static mlg_status count_classes(const finder *f, mlg_distances *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t k = (size_t) out->n_places;
    double *tenths = mlg_zalloc(TENTHS + 1, sizeof *tenths);

    out->here = mlg_zalloc(k, sizeof *out->here);
    out->class_of_pair = mlg_alloc(k, k);
    TRY_ALLOC(err, tenths);
    TRY_ALLOC(err, out->here);
    TRY_ALLOC(err, out->class_of_pair);
    if (k <= MLG_MAX_PLACES) {
        out->log_of_pair = mlg_alloc(k * k, sizeof *out->log_of_pair);
        TRY_ALLOC(err, out->log_of_pair);
    }
    for (int32_t i = 0; i < out->n; i++) {
        out->here[out->place[i]]++;
    }
    count_pairs(f, tenths, out);
    count_ties(f, tenths, out);
out:
    mlg_free(tenths);
    return status;
}

mlg_status mlg_distances_of(const mlg_graph *graph, bool force, mlg_distances *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    finder f = {.graph = graph};

    *out = (mlg_distances){.why = T_why_no_study};
    if (graph->model == NULL) {
        return MLG_OK;
    }
    out->why = graph->scope != MLG_SCOPE_ACTOR ? T_why_rows_not_actors : T_none;
    if (out->why != T_none) {
        return MLG_OK;
    }
    TRY(find_places(&f, out, err));
    out->why = out->n_places == 0                         ? T_why_no_coordinates
               : out->n_places == 1                       ? T_why_one_place
               : out->n_places > MLG_MAX_PLACES && !force ? T_why_too_large
                                                          : T_none;
    if (out->why == T_none) {
        TRY(find_ties(&f, out, err));
        out->why = out->n_ties == 0 ? T_why_no_placed_tie : T_none;
    }
    if (out->why == T_none) {
        TRY(count_classes(&f, out, err));
    }
out:
    mlg_free(f.index);
    mlg_free(f.point);
    mlg_free(f.number);
    return status;
}

void mlg_distances_free(mlg_distances *d)
{
    mlg_free(d->place);
    mlg_free(d->here);
    mlg_free(d->class_of_pair);
    mlg_free(d->log_of_pair);
    mlg_free(d->tie);
    *d = (mlg_distances){0};
}
