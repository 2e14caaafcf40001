/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "measure/remedies.h"
#include "measure/summary.h"

/* Which of a post's ties to hold by an agreement between its employer and the partner: such a tie
 * outlasts any departure. */

enum { MOST_DRAWS = 999 };
#define MOST_STEPS 2e8

/* The ties of who leaves: to which piece, and how likely each row lasts. */
typedef struct held {
    int32_t *piece; /* [n] of the partner */
    int32_t *seat;  /* [n] rows that last or not as one */
    double *chance; /* [n] */
    size_t n;
    int32_t *partner; /* [pieces] best-linked partner in each, as a place in the view, or -1 */
} held;

static void free_held(held *h)
{
    mlg_free(h->piece);
    mlg_free(h->seat);
    mlg_free(h->chance);
    mlg_free(h->partner);
}

static mlg_status find_held(const mlg_departure *of, held *h, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_carrieds rows = {0};
    double survival[MLG_N_SURVIVALS];

    mlg_survivals_of(of->graph->model, survival);
    TRY(mlg_carried_of(of->context, of->view, of->leavers, &rows, err));
    h->piece = mlg_alloc(rows.n, sizeof *h->piece);
    h->seat = mlg_alloc(rows.n, sizeof *h->seat);
    h->chance = mlg_alloc(rows.n, sizeof *h->chance);
    h->partner = mlg_alloc((size_t) of->rest->n, sizeof *h->partner);
    if (h->piece == NULL || h->seat == NULL || h->chance == NULL || h->partner == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory for the ties of a post");
    }
    for (int32_t p = 0; p < of->rest->n; p++) {
        h->partner[p] = -1;
    }
    for (size_t i = 0; i < rows.n; i++) {
        const mlg_carried *row = &rows.items[i];
        const int32_t v = mlg_id_find(of->graph->subject, of->graph->n, row->partner);
        const int32_t p = v >= 0 ? of->rest->of[v] : -1;
        if (row->leaver != of->leaver || p < 0 || p == of->rest->home) {
            continue;
        }
        h->piece[h->n] = p;
        h->seat[h->n] = row->seat;
        h->chance[h->n++] = survival[row->held];
        if (h->partner[p] < 0 ||
            mlg_links_of(of->graph, v) > mlg_links_of(of->graph, h->partner[p])) {
            h->partner[p] = v;
        }
    }
out:
    mlg_free(rows.items);
    return status;
}

/* Pairs kept inside the pieces that are joined with the employer's. */
static int64_t kept(const mlg_rest *rest, const int32_t *joined, int32_t n)
{
    int64_t pairs = 0;
    for (int32_t i = 0; i < n; i++) {
        pairs += mlg_rest_cross(rest, rest->home, joined[i]);
        for (int32_t j = 0; j < i; j++) {
            pairs += mlg_rest_cross(rest, joined[i], joined[j]);
        }
    }
    return pairs;
}

/* One departure in which rows last or not: what the agreements keep beyond what lasts. */
static double one_draw(const mlg_departure *of, const held *h, const mlg_chosen *chosen,
                       mlg_random *random, bool *in, int32_t *joined)
{
    int32_t n = 0;
    double unit = 0.0;
    for (int32_t p = 0; p < of->rest->n; p++) {
        in[p] = false;
    }
    for (size_t i = 0; i < h->n; i++) {
        unit = i > 0 && h->seat[i] == h->seat[i - 1] ? unit : mlg_random_unit(random);
        if (unit < h->chance[i] && !in[h->piece[i]]) {
            in[h->piece[i]] = true;
            joined[n++] = h->piece[i];
        }
    }
    const int64_t by_themselves = kept(of->rest, joined, n);
    for (int32_t i = 0; i < chosen->n; i++) {
        if (!in[chosen->item[i]]) {
            in[chosen->item[i]] = true;
            joined[n++] = chosen->item[i];
        }
    }
    return (double) (kept(of->rest, joined, n) - by_themselves);
}

static int by_number(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

static mlg_status draw(const mlg_departure *of, const held *h, const mlg_chosen *chosen,
                       mlg_remedy *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = of->context->run;
    const double steps = (double) of->rest->n * of->rest->n;
    const uint32_t most = run->draws < MOST_DRAWS ? run->draws : MOST_DRAWS;
    const uint32_t n = most * steps > MOST_STEPS ? (uint32_t) (MOST_STEPS / steps) : most;
    const char *const view = mlg_context_view(of->context, of->view)->id;
    double *gain = mlg_alloc(n, sizeof *gain), sum = 0.0;
    bool *in = mlg_alloc((size_t) of->rest->n, sizeof *in);
    int32_t *joined = mlg_alloc((size_t) of->rest->n, sizeof *joined);

    if (gain == NULL || in == NULL || joined == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory for %u draws", (unsigned) n);
    }
    for (uint32_t r = 0; r < n; r++) {
        mlg_random random = mlg_random_stream(run->seed, "turnover.mitigation.agreements", view, r);
        gain[r] = one_draw(of, h, chosen, &random, in, joined);
        sum += gain[r];
    }
    if (n > 0) {
        qsort(gain, n, sizeof *gain, by_number);
        out->expected = sum / n;
        out->low = gain[(uint32_t) (0.05 * (n - 1))];
        out->high = gain[(uint32_t) ceil(0.95 * (n - 1))];
        out->draws = n;
    }
out:
    mlg_free(gain);
    mlg_free(in);
    mlg_free(joined);
    return status;
}

mlg_status mlg_remedy_agreements(const mlg_departure *of, mlg_remedy *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    held h = {0};
    int32_t n = 0, *candidate = mlg_alloc((size_t) of->rest->n, sizeof *candidate);
    mlg_chosen chosen;

    *out = mlg_no_remedy();
    TRY_ALLOC(err, candidate);
    TRY(find_held(of, &h, err));
    for (int32_t p = 0; p < of->rest->n; p++) {
        if (h.partner[p] >= 0) {
            candidate[n++] = p;
        }
    }
    mlg_choose_pieces(of->rest, of->rest->home, candidate, n, of->budget, &chosen);
    for (int32_t i = 0; i < chosen.n; i++) {
        out->what[i] = of->graph->subject[h.partner[chosen.item[i]]];
        out->to[i] = of->rest->employer;
        out->pairs[i] = chosen.gain[i];
        out->activities[i] = NAN;
    }
    out->n = chosen.n;
    out->proven = chosen.proven;
    if (chosen.n > 0) {
        TRY(draw(of, &h, &chosen, out, err));
    }
out:
    free_held(&h);
    mlg_free(candidate);
    return status;
}
