/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/hypergeometric.h"
#include "measure/silo_ground.h"

/* The E-I index of each actor. */

static const double MAX_TERMS = 2e9;

/* An actor's partners with a sector: tied one way (or without direction), tied both ways, and
 * those of each that share a sector with it. */
typedef struct partners {
    uint32_t once, twice;
    uint32_t once_inside, twice_inside;
} partners;

static partners partners_of(const mlg_silo *silo, int32_t v)
{
    const mlg_graph *graph = silo->graph;
    const mlg_labelling *l = &silo->labelling;
    const int32_t place = l->place[v];
    partners out = {0};
    for (uint32_t i = graph->ties.offset[v]; place >= 0 && i < graph->ties.offset[v + 1]; i++) {
        const int32_t w = graph->ties.target[i], other = l->place[w];
        if (other < 0) {
            continue;
        }
        const bool inside = mlg_types_share(l, l->type[place], l->type[other]);
        const bool both = graph->directed && mlg_csr_find(&graph->arcs, v, w) > 0.0 &&
                          mlg_csr_find(&graph->arcs, w, v) > 0.0;
        out.once += !both;
        out.twice += both;
        out.once_inside += !both && inside;
        out.twice_inside += both && inside;
    }
    return out;
}

static mlg_status set_counts(mlg_value *value, size_t i, double internal, double all,
                             mlg_error *err)
{
    value->part[0].values[i] = internal;
    value->part[1].values[i] = all - internal;
    return mlg_silo_set(value, MLG_VALUE, i, all > 0.0 ? (all - 2.0 * internal) / all : NAN, err);
}

static mlg_status set_null(mlg_value *value, size_t i, const mlg_null_summary *sum, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double observed = value->column[MLG_VALUE][i];

    TRY(mlg_silo_set(value, MLG_EXPECTED, i, sum->mean, err));
    TRY(mlg_silo_set(value, MLG_SD, i, sum->sd, err));
    TRY(mlg_silo_set(value, MLG_Z, i, mlg_z(observed, sum->mean, sum->sd), err));
    TRY(mlg_silo_set(value, MLG_P, i, sum->p_less, err));
    TRY(mlg_silo_set(value, MLG_P_TWO, i, sum->p_two, err));
out:
    return status;
}

/* ---- labels ---------------------------------------------------------------- */

/* Mean and sd of E-I when k1 + k2 partners, of weights 1 and 2, are drawn without replacement
 * from N others of whom K are inside. */
static void actor_moments(double once, double twice, double others, double inside,
                          mlg_null_summary *out)
{
    const double all = once + 2.0 * twice, p = inside / others;
    const double squares = once + 4.0 * twice;
    out->mean = 1.0 - 2.0 * p;
    out->sd = 0.0;
    if (others > 1.0) {
        const double variance = p * (1.0 - p) * (squares - (all * all - squares) / (others - 1.0));
        out->sd = variance > 1e-12 * squares ? 2.0 * sqrt(variance) / all : 0.0;
    }
}

static mlg_status by_labels(const mlg_silo *silo, int32_t v, double *terms, mlg_value *value,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &silo->labelling;
    const partners own = partners_of(silo, v);
    const double all = (double) own.once + 2.0 * own.twice;
    const double internal = (double) own.once_inside + 2.0 * own.twice_inside;
    mlg_null_summary sum = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};

    TRY(set_counts(value, (size_t) v, internal, all, err));
    if (all > 0.0) {
        const uint32_t others = (uint32_t) l->n - 1;
        const uint32_t inside = (uint32_t) l->others[l->type[l->place[v]]];
        actor_moments(own.once, own.twice, others, inside, &sum);
        *terms += ((double) own.once + 1.0) * ((double) own.twice + 1.0);
        if (*terms <= MAX_TERMS) {
            const mlg_tails tails =
                mlg_two_weight_tails(others, inside, own.once, own.twice, (uint32_t) internal);
            sum.p_less = tails.greater; /* more ties inside: a lower E-I */
            sum.p_greater = tails.less;
            sum.p_two = fmin(1.0, 2.0 * fmin(tails.less, tails.greater));
        }
        TRY(set_null(value, (size_t) v, &sum, err));
    }
out:
    return status;
}

/* ---- margins ---------------------------------------------------------------- */

static mlg_status by_margins(const mlg_silo *silo, int32_t v, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_margins *m = &silo->margins;
    const int32_t i = silo->labelling.place[v];
    mlg_null_summary sum = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};

    if (i < 0) {
        return MLG_OK;
    }
    TRY(set_counts(value, (size_t) v, m->internal[i], m->degree[i], err));
    if (m->degree[i] > 0 && m->n > 0) {
        const mlg_actor_draws *draws = &m->actor[i];
        const double n = draws->defined;
        sum.mean = n > 0.0 ? draws->sum / n : NAN;
        const double variance = (draws->squares - draws->sum * sum.mean) / (n - 1.0);
        sum.sd = n < 2.0 ? NAN : variance > 1e-12 ? sqrt(variance) : 0.0;
        sum.p_less = (1.0 + draws->less) / (1.0 + (double) m->n);
        sum.p_greater = (1.0 + draws->greater) / (1.0 + (double) m->n);
        sum.p_two = fmin(1.0, 2.0 * fmin(sum.p_less, sum.p_greater));
        TRY(set_null(value, (size_t) v, &sum, err));
    }
out:
    return status;
}

/* ---- the value -------------------------------------------------------------- */

static mlg_status open_columns(mlg_value *value, mlg_error *err)
{
    static const mlg_value_column columns[] = {MLG_EXPECTED, MLG_SD,    MLG_Z,
                                               MLG_P,        MLG_P_TWO, MLG_P_ADJUSTED};
    mlg_status status = MLG_OK;

    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        TRY_ALLOC(err, mlg_value_column_of(value, columns[c]));
    }
    TRY_ALLOC(err, mlg_value_part_of(value, "internal"));
    TRY_ALLOC(err, mlg_value_part_of(value, "external"));
out:
    return status;
}

static mlg_status fill(mlg_context *context, const mlg_silo *silo, int32_t view, mlg_values *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = silo->graph;
    double terms = 0.0;
    mlg_value *value = mlg_values_add_actors(out, "silo.ei_actor", context, view, err);

    TRY_ALLOC(err, value);
    value->convention = graph->directed ? "arcs" : "ties";
    value->weight = "none";
    mlg_silo_tell(silo, silo->margins.n, "less", value);
    value->p_method = silo->two_mode ? value->p_method : "exact";
    TRY(open_columns(value, err));
    for (int32_t v = 0; v < graph->n; v++) {
        if (silo->two_mode) {
            TRY(by_margins(silo, v, value, err));
        } else if (silo->labelling.place[v] >= 0) {
            TRY(by_labels(silo, v, &terms, value, err));
        }
    }
    TRY(mlg_adjust_p(value->column[MLG_P], value->n, value->column[MLG_P_ADJUSTED], err));
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

mlg_status mlg_silo_ei_actor(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_silo *silo = NULL;
    mlg_text_key why = T_none;

    TRY(mlg_silo_of(context, view, &silo, err));
    if (silo->why == T_none && silo->two_mode) {
        TRY(mlg_silo_need_arcs(silo, context->run, err));
    }
    why = silo->why;
    if (why == T_none && !mlg_silo_has_ties(silo)) {
        why = T_why_no_ties;
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, "silo.ei_actor", view, why, err));
    } else {
        TRY(fill(context, silo, view, out, err));
    }
out:
    return status;
}
