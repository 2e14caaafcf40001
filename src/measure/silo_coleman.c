/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/silo.h"
#include "measure/silo_table.h"
#include "measure/urn_sum.h"

/* Coleman's homophily of each sector. */

static const double MAX_TERMS = 1e9; /* of exact chances, over all sectors */

/* `inside` of the ties that a sector sends, `sent`, stay in it; chance alone keeps `share`. */
static double coleman_of(double inside, double sent, double share)
{
    const double expected = sent * share;
    if (!(expected > 0.0) || !(share < 1.0)) {
        return NAN;
    }
    return inside > expected ? (inside - expected) / (sent - expected)
                             : (inside - expected) / expected;
}

/* What of the others are in the sector of an actor that is; 0 for a sector of one. */
static double exact_share(const mlg_labelling *l, int32_t a)
{
    return l->n > 1 ? (l->carriers[a] - 1.0) / (l->n - 1.0) : NAN;
}

/* A tie without direction is sent both ways. */
static double coleman_of_table(const mlg_silo_table *t, int32_t a)
{
    return coleman_of(2.0 * mlg_table_internal(t, a), mlg_table_ends(t, a),
                      exact_share(t->labelling, a));
}

/* ---- what each actor sends -------------------------------------------------------- */

/* Ties that an actor sends to actors with a sector, and those that stay in sector a. */
static uint32_t sent_by(const mlg_silo *silo, int32_t i)
{
    const mlg_csr *arcs = &silo->graph->arcs;
    const int32_t v = silo->labelling.actor[i];
    uint32_t sent = 0;
    if (silo->two_mode) {
        return silo->margins.degree[i];
    }
    for (uint32_t k = arcs->offset[v]; k < arcs->offset[v + 1]; k++) {
        sent += silo->labelling.place[arcs->target[k]] >= 0;
    }
    return sent;
}

static bool carries(const mlg_labelling *l, int32_t i, int32_t a)
{
    const uint16_t t = l->type[i];
    bool found = false;
    for (uint32_t k = l->set_offset[t]; k < l->set_offset[t + 1] && !found; k++) {
        found = l->set[k] == a;
    }
    return found;
}

static double inside_of(const mlg_silo *silo, int32_t i, int32_t a)
{
    const mlg_csr *arcs = &silo->graph->arcs;
    const mlg_labelling *l = &silo->labelling;
    const int32_t v = l->actor[i];
    double inside = 0.0;
    for (uint32_t k = arcs->offset[v]; k < arcs->offset[v + 1]; k++) {
        const int32_t other = l->place[arcs->target[k]];
        inside += other >= 0 && carries(l, other, a);
    }
    return inside;
}

/* ---- bounds and the paper's version --------------------------------------------------- */

enum { PAPER, INTERNAL, SENT, ACTORS, N_PARTS };
static const char *const parts[N_PARTS] = {"paper", "internal", "sent", "actors"};

/* With what each actor sends: as many, as few to its own sector as there are others. `sent`
 * [actors]. */
static mlg_status set_bounds(const mlg_silo *silo, int32_t a, const uint32_t *sent,
                             mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const double own = l->carriers[a] - 1.0, others = l->n - 1.0 - own;
    double least = 0.0, most = 0.0, all = 0.0;

    for (int32_t i = 0; i < l->n; i++) {
        if (carries(l, i, a)) {
            all += sent[i];
            most += fmin(sent[i], own);
            least += fmax(0.0, sent[i] - others);
        }
    }
    const double share = exact_share(l, a);
    TRY(mlg_silo_set(value, MLG_MIN, (size_t) a, coleman_of(least, all, share), err));
    TRY(mlg_silo_set(value, MLG_MAX, (size_t) a, coleman_of(most, all, share), err));
out:
    return status;
}

static void set_parts(const mlg_silo *silo, int32_t a, double inside, double sent, mlg_value *value)
{
    const double share = silo->labelling.carriers[a] / (double) silo->labelling.n;
    value->part[PAPER].values[a] =
        silo->labelling.carriers[a] > 1 ? coleman_of(inside, sent, share) : NAN;
    value->part[INTERNAL].values[a] = inside;
    value->part[SENT].values[a] = sent;
    value->part[ACTORS].values[a] = silo->labelling.carriers[a];
}

/* ---- exact, of arcs --------------------------------------------------------------------- */

static int by_count(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *) left, b = *(const uint32_t *) right;
    return a < b ? -1 : a > b;
}

/* What the sector's actors send, fewest first; answers how many actors. */
static size_t sector_sends(const mlg_labelling *l, int32_t a, const uint32_t *sent, uint32_t *own)
{
    size_t n = 0;
    for (int32_t i = 0; i < l->n; i++) {
        if (carries(l, i, a)) {
            own[n++] = sent[i];
        }
    }
    if (n > 0) {
        qsort(own, n, sizeof *own, by_count);
    }
    return n;
}

/* Adds the chances of one tail until they pass 2.5 %: where the interval ends. */
static double end_of(const mlg_urn_sum *sum, double sent, double share, bool from_below)
{
    double passed = 0.0;
    size_t i = 0;
    for (; i + 1 < sum->n; i++) {
        passed += sum->chance[from_below ? i : sum->n - 1 - i];
        if (passed >= 0.025) {
            break;
        }
    }
    const int64_t at = sum->low + (int64_t) (from_below ? i : sum->n - 1 - i);
    return coleman_of((double) at, sent, share);
}

/* The index over all that the sector may keep of what it sends, with the chance of each. */
static mlg_null_summary summary_of(const mlg_urn_sum *sum, double inside, double sent, double share)
{
    mlg_null_summary out = {0};
    double squares = 0.0;

    for (size_t i = 0; i < sum->n; i++) {
        const double x = (double) (sum->low + (int64_t) i);
        out.mean += sum->chance[i] * coleman_of(x, sent, share);
        out.p_less += x <= inside ? sum->chance[i] : 0.0;
    }
    for (size_t i = sum->n; i-- > 0;) { /* the smallest first */
        const double x = (double) (sum->low + (int64_t) i);
        const double apart = coleman_of(x, sent, share) - out.mean;
        out.p_greater += x >= inside ? sum->chance[i] : 0.0;
        squares += sum->chance[i] * apart * apart;
    }
    out.p_less = fmin(1.0, fmax(out.p_less, 1e-290)); /* what was left out is below that */
    out.p_greater = fmin(1.0, fmax(out.p_greater, 1e-290));
    out.p_two = fmin(1.0, 2.0 * fmin(out.p_less, out.p_greater));
    out.sd = squares > 1e-24 ? sqrt(squares) : 0.0;
    out.low = end_of(sum, sent, share, true);
    out.high = end_of(sum, sent, share, false);
    return out;
}

static mlg_status fill_arcs(const mlg_silo *silo, int32_t a, const uint32_t *sent, uint32_t *own,
                            bool exact, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const double share = exact_share(l, a);
    const size_t n = sector_sends(l, a, sent, own);
    mlg_null_summary summary = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    mlg_urn_sum sum = {0};
    double inside = 0.0, all = 0.0;

    for (int32_t i = 0; i < l->n; i++) {
        if (carries(l, i, a)) {
            inside += inside_of(silo, i, a);
            all += sent[i];
        }
    }
    const double number = coleman_of(inside, all, share);
    if (exact && !isnan(number)) {
        TRY(mlg_urn_sum_of((uint32_t) l->n - 1, (uint32_t) l->carriers[a] - 1, own, n, &sum, err));
        summary = summary_of(&sum, inside, all, share);
    }
    TRY(mlg_silo_fill(value, (size_t) a, number, &summary, NULL, "greater", err));
    set_parts(silo, a, inside, all, value);
out:
    mlg_urn_sum_free(&sum);
    return status;
}

/* Are the exact chances of all sectors within the work allowed? */
static bool is_affordable(const mlg_silo *silo, const uint32_t *sent, uint32_t *own)
{
    const mlg_labelling *l = &silo->labelling;
    double terms = 0.0;
    for (int32_t a = 0; a < l->n_sectors && l->n > 1; a++) {
        const size_t n = sector_sends(l, a, sent, own);
        if (n > 1) {
            terms += mlg_urn_sum_terms((uint32_t) l->n - 1, (uint32_t) l->carriers[a] - 1, own, n);
        }
    }
    return terms <= MAX_TERMS;
}

/* ---- the value -------------------------------------------------------------------------- */

static mlg_status open_columns(const mlg_silo *silo, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P_ADJUSTED));
    for (size_t p = 0; p < N_PARTS; p++) {
        TRY_ALLOC(err, mlg_value_part_of(value, parts[p]));
    }
    value->weight = "none";
    value->convention = silo->graph->directed ? "arcs" : "mutual";
    value->undefined = mlg_one_group(&silo->labelling) ? T_why_one_group : T_why_no_sector_pair;
    if (silo->graph->directed) {
        mlg_silo_tell(silo, 0, "greater", value);
        value->null_model = "out_degrees";
    } else {
        mlg_silo_tell(silo, mlg_silo_cell_draws(silo)->n, "greater", value);
    }
out:
    return status;
}

/* `sent`, `own` [actors]; `draws` has room for the draws twice. */
static mlg_status fill(const mlg_silo *silo, uint32_t *sent, uint32_t *own, double *draws,
                       mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool directed = silo->graph->directed;

    for (int32_t i = 0; i < silo->labelling.n; i++) {
        sent[i] = sent_by(silo, i);
    }
    const bool exact = directed && is_affordable(silo, sent, own);
    value->p_method = exact ? "exact" : value->p_method;
    for (int32_t a = 0; a < silo->graph->n_sectors; a++) {
        const size_t i = (size_t) a;
        value->subject[i] = silo->graph->sector_code[a];
        if (directed) {
            TRY(fill_arcs(silo, a, sent, own, exact, value, err));
        } else {
            const mlg_silo_table table = mlg_silo_table_observed(silo);
            TRY(mlg_silo_fill_index(silo, mlg_table_draws_of(silo), coleman_of_table, a, i, draws,
                                    value, err));
            set_parts(silo, a, 2.0 * mlg_table_internal(&table, a), mlg_table_ends(&table, a),
                      value);
        }
        TRY(set_bounds(silo, a, sent, value, err));
        value->undefined = isnan(value->column[MLG_VALUE][i]) ? value->undefined : T_none;
    }
    TRY(mlg_adjust_p(value->column[MLG_P], value->n, value->column[MLG_P_ADJUSTED], err));
out:
    return status;
}

static mlg_status add_value(const mlg_silo *silo, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) silo->labelling.n;
    const size_t n_draws = silo->graph->directed ? 0 : mlg_silo_cell_draws(silo)->n;
    uint32_t *sent = mlg_alloc(n, sizeof *sent), *own = mlg_alloc(n, sizeof *own);
    double *draws = mlg_alloc(2 * n_draws, sizeof *draws);
    mlg_value *value = NULL;

    TRY_ALLOC(err, sent);
    TRY_ALLOC(err, own);
    TRY_ALLOC(err, draws);
    value = mlg_values_add(out, "silo.coleman", view, (size_t) silo->graph->n_sectors, err);
    TRY_ALLOC(err, value);
    TRY(open_columns(silo, value, err));
    TRY(fill(silo, sent, own, draws, value, err));
out:
    mlg_free(draws);
    mlg_free(own);
    mlg_free(sent);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

mlg_status mlg_silo_coleman(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_silo *silo = NULL;

    TRY(mlg_silo_of(context, view, &silo, err));
    if (silo->why != T_none || !silo->graph->directed) {
        return mlg_silo_over_cells(context, view, "silo.coleman", add_value, out, err);
    }
    if (!mlg_silo_has_ties(silo)) {
        TRY(mlg_values_undefined(out, "silo.coleman", view, T_why_no_ties, err));
    } else {
        TRY(add_value(silo, view, out, err));
    }
out:
    return status;
}
