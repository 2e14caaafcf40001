/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/workload_trust_shape.h"

#include <math.h>

#include "measure/sector_types.h"
#include "measure/summary.h"

static const char *const ID = "scheme.trust";
enum { LEAST_ORGANISATIONS = 3 };

/* ---- centralization ---------------------------------------------------------------------------
 */

/* What stands beside an organisation in the rows. */
typedef struct standing {
    double trusted; /* how many trust it */
    bool rates, here;
} standing;

static mlg_status list_centralization(const mlg_model *model, const mlg_trust_arcs *arcs,
                                      int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double n = 0.0, raters = 0.0, trusting = 0.0, largest = 0.0;
    standing *of = mlg_zalloc(model->parties.n, sizeof *of);

    TRY_ALLOC(err, of);
    for (size_t i = 0; i < arcs->n; i++) {
        const mlg_trust_arc *arc = &arcs->items[i];
        const bool trusts = mlg_trusts(arcs, arc->sum, arc->rows);
        of[arc->from].here = of[arc->to].here = true;
        of[arc->from].rates = true;
        of[arc->to].trusted += trusts;
        trusting += trusts;
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        n += of[p].here;
        raters += of[p].rates;
        largest = fmax(largest, of[p].trusted);
    }
    const bool scale = arcs->least < arcs->greatest;
    const bool known = scale && n >= LEAST_ORGANISATIONS;
    const mlg_figure figures[] = {
        {"organisations", n},
        {"raters", raters},
        {"trusting", scale ? trusting : NAN},
        {"largest", scale ? largest : NAN},
    };
    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "centralization",
                       .value = known ? (n * largest - trusting) / ((n - 1.0) * (n - 1.0)) : NAN,
                       .why = known   ? T_none
                              : scale ? T_why_few_trusting
                                      : T_why_no_trust_scale,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err));
out:
    mlg_free(of);
    return status;
}

/* ---- reciprocity ------------------------------------------------------------------------------
 */

static mlg_status list_reciprocity(const mlg_trust_arcs *arcs, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    double both = 0.0, mutual = 0.0, one_way = 0.0, once = 0.0;

    for (size_t i = 0; i < arcs->n; i++) {
        const mlg_trust_arc *arc = &arcs->items[i], *back = mlg_trust_back(arcs, arc);
        const bool there = arc->directed_rows > 0.0;
        if (back == NULL || back->directed_rows == 0.0) {
            once += there;
        } else if (there && arc->from < arc->to) {
            const bool forth = mlg_trusts(arcs, arc->directed_sum, arc->directed_rows);
            const bool returned = mlg_trusts(arcs, back->directed_sum, back->directed_rows);
            both++;
            mutual += forth && returned;
            one_way += forth != returned;
        }
    }
    const bool scale = arcs->least < arcs->greatest;
    const bool known = scale && mutual + one_way > 0.0;
    const mlg_figure figures[] = {
        {"both", both},
        {"mutual", scale ? mutual : NAN},
        {"one_way", scale ? one_way : NAN},
        {"neither", scale ? both - mutual - one_way : NAN},
        {"rated_once", once},
    };
    return mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "reciprocity",
                       .value = known ? 2.0 * mutual / (2.0 * mutual + one_way) : NAN,
                       .why = known   ? T_none
                              : scale ? T_why_no_trust_returned
                                      : T_why_no_trust_scale,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err);
}

/* ---- sectors ------------------------------------------------------------------------------------
 */

enum { MEAN, PAIRS, TOGETHER, N_FIGURES };
static const char *const parts[] = {"pairs", "together"};

/* Row of two of k sectors, a <= b, among all pairs of them. */
static size_t row_of(size_t k, size_t a, size_t b)
{
    return a * k - a * (a + 1) / 2 + b;
}

/* Numbers the sectors of the organisations on record; place [codes] is -1 for others. */
static size_t number_sectors(const mlg_sector_types *types, const mlg_dyads *dyads, int32_t *place)
{
    size_t k = 0;
    for (int32_t code = 0; code < types->n_codes; code++) {
        place[code] = -1;
    }
    for (int32_t i = 0; i < dyads->n_parties; i++) {
        const int32_t type = types->of[dyads->party[i]];
        for (uint32_t s = type < 0 ? 0 : types->offset[type];
             type >= 0 && s < types->offset[type + 1]; s++) {
            place[types->sector[s]] = 0;
        }
    }
    for (int32_t code = 0; code < types->n_codes; code++) {
        place[code] = place[code] == 0 ? (int32_t) k++ : -1;
    }
    return k;
}

/* What the pairs of organisations come to, by pair of sectors. */
typedef struct tally {
    const mlg_sector_types *types;
    const int32_t *place; /* [codes] */
    size_t k;
    double *figure; /* [rows * N_FIGURES] */
    size_t *last;   /* [rows] pair of organisations last counted there, from 1 */
} tally;

/* Organisations of several sectors count in each cell of them, in each once. */
static void sum_pair(tally *t, const mlg_dyad *d, size_t pair)
{
    const mlg_sector_types *types = t->types;
    const int32_t one = types->of[d->a], two = types->of[d->b];

    if (one < 0 || two < 0) {
        return;
    }
    for (uint32_t i = types->offset[one]; i < types->offset[one + 1]; i++) {
        for (uint32_t j = types->offset[two]; j < types->offset[two + 1]; j++) {
            const size_t a = (size_t) t->place[types->sector[i]];
            const size_t b = (size_t) t->place[types->sector[j]];
            const size_t row = row_of(t->k, a < b ? a : b, a < b ? b : a);
            double *of = &t->figure[row * N_FIGURES];
            if (t->last[row] != pair) {
                t->last[row] = pair;
                of[MEAN] += d->trust_rows > 0 ? d->trust : 0.0;
                of[PAIRS] += d->trust_rows > 0;
                of[TOGETHER] += mlg_dyad_works(d);
            }
        }
    }
}

static mlg_status list_sectors(const mlg_model *model, const mlg_dyads *dyads, int32_t view,
                               mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_sector_types types = {0};
    mlg_id *subject = NULL;
    double *figure = NULL;
    size_t *last = NULL;
    int32_t *place = NULL;

    TRY(mlg_sector_types_of(model, &types, err));
    place = mlg_alloc((size_t) types.n_codes, sizeof *place);
    TRY_ALLOC(err, place);
    const size_t k = number_sectors(&types, dyads, place), n = k * (k + 1) / 2;
    subject = mlg_alloc(n, 2 * sizeof *subject);
    figure = mlg_zalloc(n, N_FIGURES * sizeof *figure);
    last = mlg_zalloc(n, sizeof *last);
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    TRY_ALLOC(err, last);
    tally t = {&types, place, k, figure, last};
    for (size_t i = 0; i < dyads->n; i++) {
        sum_pair(&t, &dyads->items[i], i + 1);
    }
    for (int32_t a = 0; a < types.n_codes; a++) {
        for (int32_t b = a; b < types.n_codes && place[a] >= 0; b++) {
            if (place[b] >= 0) {
                const size_t row = row_of(k, (size_t) place[a], (size_t) place[b]);
                double *of = &figure[row * N_FIGURES];
                subject[2 * row] = a;
                subject[2 * row + 1] = b;
                of[MEAN] = of[PAIRS] > 0.0 ? of[MEAN] / of[PAIRS] : NAN;
            }
        }
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_SECTOR,
                                          .pairs = true,
                                          .convention = "sectors",
                                          .why = T_why_no_trust_between,
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
out:
    mlg_sector_types_free(&types);
    mlg_free(place);
    mlg_free(subject);
    mlg_free(figure);
    mlg_free(last);
    return status;
}

mlg_status mlg_trust_shape(const mlg_model *model, const mlg_trust_arcs *arcs,
                           const mlg_dyads *dyads, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(list_centralization(model, arcs, view, out, err));
    TRY(list_reciprocity(arcs, view, out, err));
    TRY(list_sectors(model, dyads, view, out, err));
out:
    return status;
}
