/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "maillage/silo.h"
#include "measure/components.h"
#include "measure/lanczos.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"

/* The spectral segregation index. Of the shares w_ij = 1 / k_i that actors give to their contacts,
 * those inside a sector have, in each piece of it, a largest eigenvalue l and its vector x: the
 * mean of the piece is l, and its actors share it by x. Since ties have no direction, x and l
 * come from the symmetric 1 / sqrt(k_i k_j): its vector y gives x_i = y_i / sqrt(k_i). */

/* Contacts with a sector of each actor, 0 for those without one. */
static void count_contacts(const mlg_silo *silo, uint32_t *contacts)
{
    const mlg_csr *ties = &silo->graph->ties;
    const int32_t *place = silo->labelling.place;
    for (int32_t v = 0; v < ties->n; v++) {
        contacts[v] = 0;
        for (uint32_t i = ties->offset[v]; place[v] >= 0 && i < ties->offset[v + 1]; i++) {
            contacts[v] += place[ties->target[i]] >= 0;
        }
    }
}

static int32_t sector_of(const mlg_labelling *l, int32_t v)
{
    return l->place[v] >= 0 ? l->first[l->type[l->place[v]]] : -1;
}

/* Ties inside sectors, as the symmetric matrix of all sectors at once. */
static mlg_status make_inside(const mlg_silo *silo, const uint32_t *contacts, mlg_csr *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &silo->graph->ties;
    const mlg_labelling *l = &silo->labelling;
    uint32_t at = 0;

    *out = (mlg_csr){.n = ties->n};
    out->offset = mlg_zalloc((size_t) ties->n + 1, sizeof *out->offset);
    out->target = mlg_alloc(mlg_csr_size(ties), sizeof *out->target);
    out->weight = mlg_alloc(mlg_csr_size(ties), sizeof *out->weight);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->target);
    TRY_ALLOC(err, out->weight);
    for (int32_t v = 0; v < ties->n; v++) {
        const int32_t own = sector_of(l, v);
        for (uint32_t i = ties->offset[v]; own >= 0 && i < ties->offset[v + 1]; i++) {
            const int32_t w = ties->target[i];
            if (sector_of(l, w) == own) {
                out->target[at] = w;
                out->weight[at++] = 1.0 / sqrt((double) contacts[v] * contacts[w]);
            }
        }
        out->offset[v + 1] = at;
    }
out:
    return status;
}

/* ---- one piece after the other --------------------------------------------------- */

typedef struct pieces {
    mlg_csr inside;
    mlg_components components;
    int32_t *member; /* [actors] those of a piece together */
    int32_t *number; /* [actors] of an actor within its piece */
    double *vector;  /* [actors] */
    mlg_csr piece;   /* as large as `inside` */
} pieces;

static void pieces_free(pieces *p)
{
    mlg_csr_free(&p->inside);
    mlg_csr_free(&p->piece);
    mlg_components_free(&p->components);
    mlg_free(p->member);
    mlg_free(p->number);
    mlg_free(p->vector);
}

/* Room for the actors of all pieces, and for one piece that may be all of `inside`. */
static mlg_status pieces_room(pieces *p, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) p->inside.n;

    p->member = mlg_alloc(n, sizeof *p->member);
    p->number = mlg_alloc(n, sizeof *p->number);
    p->vector = mlg_alloc(n, sizeof *p->vector);
    p->piece.offset = mlg_zalloc(n + 1, sizeof *p->piece.offset);
    p->piece.target = mlg_alloc(mlg_csr_size(&p->inside), sizeof *p->piece.target);
    p->piece.weight = mlg_alloc(mlg_csr_size(&p->inside), sizeof *p->piece.weight);
    TRY_ALLOC(err, p->member);
    TRY_ALLOC(err, p->number);
    TRY_ALLOC(err, p->vector);
    TRY_ALLOC(err, p->piece.offset);
    TRY_ALLOC(err, p->piece.target);
    TRY_ALLOC(err, p->piece.weight);
out:
    return status;
}

/* Actors in the order of their pieces. */
static mlg_status list_members(const mlg_components *components, int32_t n, int32_t *member,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *next = mlg_zalloc((size_t) components->n + 1, sizeof *next);

    TRY_ALLOC(err, next);
    for (int32_t c = 0; c < components->n; c++) {
        next[c + 1] = next[c] + components->size[c];
    }
    for (int32_t v = 0; v < n; v++) {
        member[next[components->of[v]]++] = v;
    }
out:
    mlg_free(next);
    return status;
}

static mlg_status pieces_make(const mlg_silo *silo, const uint32_t *contacts, pieces *p,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_components found = {0}; /* on its own: analysers take a field of `p` for still empty */

    TRY(make_inside(silo, contacts, &p->inside, err));
    TRY(mlg_components_find(&p->inside, &found, err));
    p->components = found;
    TRY(pieces_room(p, err));
    TRY(list_members(&p->components, p->inside.n, p->member, err));
out:
    return status;
}

static void cut_out(pieces *p, const int32_t *member, int32_t n)
{
    uint32_t at = 0;
    for (int32_t i = 0; i < n; i++) {
        p->number[member[i]] = i;
    }
    p->piece.n = n;
    for (int32_t i = 0; i < n; i++) {
        const int32_t v = member[i];
        for (uint32_t e = p->inside.offset[v]; e < p->inside.offset[v + 1]; e++) {
            p->piece.target[at] = p->number[p->inside.target[e]];
            p->piece.weight[at++] = p->inside.weight[e];
        }
        p->piece.offset[i + 1] = at;
    }
}

/* y'My / y'y */
static double eigenvalue_of(const mlg_csr *piece, const double *y)
{
    double above = 0.0, below = 0.0;
    for (int32_t i = 0; i < piece->n; i++) {
        double row = 0.0;
        for (uint32_t e = piece->offset[i]; e < piece->offset[i + 1]; e++) {
            row += piece->weight[e] * y[piece->target[e]];
        }
        above += y[i] * row;
        below += y[i] * y[i];
    }
    return above / below;
}

static mlg_status score_piece(pieces *p, const int32_t *member, int32_t n, const uint32_t *contacts,
                              double *score, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double residual = 0.0, sum = 0.0;

    cut_out(p, member, n);
    TRY(mlg_leading_vector(&p->piece, p->vector, &residual, err));
    const double value = eigenvalue_of(&p->piece, p->vector);
    for (int32_t i = 0; i < n; i++) {
        p->vector[i] /= sqrt(contacts[member[i]]);
        sum += p->vector[i];
    }
    for (int32_t i = 0; i < n; i++) {
        score[member[i]] = fmax(0.0, value * p->vector[i] * n / sum);
    }
out:
    return status;
}

/* An actor alone in its piece gives nothing to its sector: 0. One without a contact: NaN. */
static mlg_status score_actors(const mlg_silo *silo, const uint32_t *contacts, double *score,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    pieces p = {0};

    TRY(pieces_make(silo, contacts, &p, err));
    for (int32_t v = 0; v < silo->graph->n; v++) {
        score[v] = contacts[v] > 0 ? 0.0 : NAN;
    }
    for (int32_t c = 0, first = 0; c < p.components.n; first += p.components.size[c++]) {
        if (p.components.size[c] > 1) {
            TRY(score_piece(&p, p.member + first, p.components.size[c], contacts, score, err));
        }
    }
out:
    pieces_free(&p);
    return status;
}

/* ---- values ------------------------------------------------------------------------- */

enum { MEAN, ACTORS, N_FIGURES };

/* Means of the sectors' actors that have a contact. */
static mlg_status add_sectors(const mlg_silo *silo, int32_t view, const double *score,
                              mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"actors"};
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const size_t n = (size_t) silo->graph->n_sectors;
    double *figure = mlg_zalloc(n * N_FIGURES, sizeof *figure);

    TRY_ALLOC(err, figure);
    for (int32_t i = 0; i < l->n; i++) {
        double *own = figure + (size_t) l->first[l->type[i]] * N_FIGURES;
        const double number = score[l->actor[i]];
        own[MEAN] += isnan(number) ? 0.0 : number;
        own[ACTORS] += !isnan(number);
    }
    for (size_t a = 0; a < n; a++) {
        figure[a * N_FIGURES + MEAN] /= figure[a * N_FIGURES + ACTORS]; /* 0 / 0 is NaN */
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = "silo.ssi",
                                          .view = view,
                                          .scope = MLG_SCOPE_SECTOR,
                                          .convention = "mean",
                                          .why = T_why_no_ties,
                                          .parts = parts,
                                          .n_parts = 1,
                                          .subject = silo->graph->sector_code,
                                          .figure = figure,
                                          .n = n},
                           err));
out:
    mlg_free(figure);
    return status;
}

static mlg_status add_values(mlg_context *context, const mlg_silo *silo, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    uint32_t *contacts = mlg_alloc((size_t) silo->graph->n, sizeof *contacts);
    mlg_value *value = NULL;
    double *score = NULL;

    TRY_ALLOC(err, contacts);
    value = mlg_values_add_actors(out, "silo.ssi", context, view, err);
    TRY_ALLOC(err, value);
    value->convention = "weak";
    value->weight = "none";
    value->caution = mlg_silo_caution(silo);
    score = value->column[MLG_VALUE];
    count_contacts(silo, contacts);
    TRY(score_actors(silo, contacts, score, err));
    TRY(add_sectors(silo, view, score, out, err)); /* the list may move, its columns do not */
out:
    mlg_free(contacts);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_silo_ssi(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_silo *silo = NULL;
    mlg_text_key why = T_none;

    TRY(mlg_silo_of(context, view, &silo, err));
    why = mlg_silo_lacks(silo);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, "silo.ssi", view, why, err));
    } else {
        TRY(add_values(context, silo, view, out, err));
    }
out:
    return status;
}
