/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/broker.h"

#include <math.h>

#include "measure/broker_ground.h"
#include "measure/null_summary.h"
#include "measure/summary.h"

/* The five roles, the two that are one without direction, and all together: a list of actors and
 * the sum over them. */

static const char *way_of(const mlg_brokers *b)
{
    return b->as_sna ? "sna" : b->ordered ? "arcs" : "ties";
}

static mlg_moments given_m(const mlg_brokers *b, const mlg_triples *t)
{
    const double n = b->labelling.n, places = n * (n - 1.0) / (b->ordered ? 1.0 : 2.0);
    return mlg_moments_given_m(t, b->m, places);
}

static uint64_t observed_of(const mlg_broker_counts *counts, mlg_role role)
{
    return role == MLG_N_ROLES ? counts->paths : counts->role[role];
}

/* ---- columns ------------------------------------------------------------------------- */

typedef struct columns {
    double *value, *expected, *sd, *z, *p, *p_two, *adjusted;
    double *expected_size, *sd_size, *z_size, *z_bernoulli;
} columns;

/* Under sna's convention the one null is its own; of all roles together no deal of sectors
 * changes anything. */
static bool has_deals(const mlg_brokers *b, mlg_role role)
{
    return !b->as_sna && role != MLG_N_ROLES;
}

static mlg_status open_columns(mlg_value *value, bool deals, bool size, columns *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const struct {
        double **at;
        bool wanted;
        mlg_value_column column;
        const char *part; /* in place of the column */
    } rows[] = {
        {&c->value, true, MLG_VALUE, NULL},
        {&c->expected, true, MLG_EXPECTED, NULL},
        {&c->sd, true, MLG_SD, NULL},
        {&c->z, true, MLG_Z, NULL},
        {&c->p, deals, MLG_P, NULL},
        {&c->p_two, deals, MLG_P_TWO, NULL},
        {&c->adjusted, deals && value->shape == MLG_VECTOR, MLG_P_ADJUSTED, NULL},
        {&c->expected_size, size, MLG_VALUE, "expected_size"},
        {&c->sd_size, size, MLG_VALUE, "sd_size"},
        {&c->z_size, size, MLG_VALUE, "z_size"},
        {&c->z_bernoulli, size, MLG_VALUE, "z_bernoulli"},
    };

    *c = (columns){.value = NULL};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].wanted) {
            *rows[i].at = rows[i].part != NULL ? mlg_value_part_of(value, rows[i].part)
                                               : mlg_value_column_of(value, rows[i].column);
            TRY_ALLOC(err, *rows[i].at);
        }
    }
out:
    return status;
}

/* The null that stands in the columns of every value, and what a reader must know. */
static void tell(const mlg_brokers *b, mlg_role role, const char *tail, mlg_value *value)
{
    const bool deals = has_deals(b, role);

    value->convention = way_of(b);
    value->weight = "none";
    value->null_model = deals ? "labels" : b->as_sna ? "bernoulli" : "size";
    if (deals && b->n_deals > 0) {
        value->tail = tail;
        value->p_method = b->enumerated ? "enumerated" : "draws";
        value->draws = b->enumerated ? 0 : b->n_deals;
    }
    if (mlg_one_group(&b->labelling)) {
        value->caution = T_caution_one_group;
    } else if (mlg_too_few_labels(&b->labelling)) {
        value->caution = T_caution_small_sample;
    } else if (deals && b->n_deals == 0 && b->total.paths > 0) {
        value->caution = T_caution_no_deals;
    }
}

static void put_null(const columns *c, size_t i, double observed, mlg_moments null)
{
    c->expected[i] = null.mean;
    c->sd[i] = null.sd;
    c->z[i] = mlg_z(observed, null.mean, null.sd);
}

static void put_size(const mlg_brokers *b, const columns *c, size_t i, double observed,
                     const mlg_triples *t)
{
    const mlg_moments size = given_m(b, t), chance = mlg_moments_bernoulli(t, b->density);

    if (c->expected_size != NULL) {
        c->expected_size[i] = size.mean;
        c->sd_size[i] = size.sd;
        c->z_size[i] = mlg_z(observed, size.mean, size.sd);
        c->z_bernoulli[i] = mlg_z(observed, chance.mean, chance.sd);
    }
}

/* ---- actors ------------------------------------------------------------------------------ */

/* What the deals that keep the actor's sector say: p of as many paths, exact mean. */
static void put_deals(const mlg_brokers *b, mlg_role role, int32_t rank, const columns *c, size_t i)
{
    const double observed = (double) observed_of(&b->actor[rank], role);
    const int32_t own = b->labelling.count[b->labelling.type[rank]];
    mlg_moments null = {mlg_role_expected(b, role, own, (double) b->actor[rank].paths), NAN};
    const double n = b->n_deals > 0 ? b->kept[rank] : 0.0;

    if (n > 1.0) {
        const mlg_role_deals *d = &b->deals[(size_t) rank * MLG_N_ROLES + role];
        const double extra = b->enumerated ? 0.0 : 1.0, mean = (double) d->sum / n;
        const double divisor = b->enumerated ? n : n - 1.0;
        const double variance = ((double) d->squares - (double) d->sum * mean) / divisor;
        null.sd = variance > 1e-9 * (mean * mean + 1.0) ? sqrt(variance) : 0.0;
        const double less = ((double) d->less + extra) / (n + extra);
        c->p[i] = ((double) d->greater + extra) / (n + extra);
        c->p_two[i] = fmin(1.0, 2.0 * fmin(less, c->p[i]));
    }
    put_null(c, i, observed, null);
}

static mlg_status add_actors(const mlg_brokers *b, mlg_context *context, const char *id,
                             mlg_role role, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &b->labelling;
    const bool deals = has_deals(b, role);
    columns c;
    mlg_value *value = mlg_values_add_actors(out, id, context, view, err);

    TRY_ALLOC(err, value);
    tell(b, role, "greater", value);
    TRY(open_columns(value, deals, deals, &c, err));
    for (int32_t rank = 0; rank < l->n; rank++) {
        const size_t i = (size_t) l->actor[rank];
        const mlg_triples t = mlg_triples_of(b, role, l->count[l->type[rank]]);
        const double observed = (double) observed_of(&b->actor[rank], role);
        c.value[i] = observed;
        put_size(b, &c, i, observed, &t);
        if (b->as_sna) {
            put_null(&c, i, observed, mlg_moments_bernoulli(&t, b->density));
        } else if (!deals) {
            put_null(&c, i, observed, given_m(b, &t));
        } else if (b->actor[rank].paths > 0) {
            put_deals(b, role, rank, &c, i);
        }
    }
    if (deals) {
        TRY(mlg_adjust_p(c.p, value->n, c.adjusted, err));
    }
out:
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* Interval and p of the deals; the mean is exact. */
static mlg_status put_all_deals(const mlg_brokers *b, mlg_role role, mlg_value *value,
                                const columns *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *low = mlg_value_column_of(value, MLG_LOW), *high = mlg_value_column_of(value, MLG_HIGH);
    double *scratch = mlg_alloc(b->n_deals, sizeof *scratch);
    const double observed = c->value[0];

    TRY_ALLOC(err, low);
    TRY_ALLOC(err, high);
    TRY_ALLOC(err, scratch);
    mlg_moments null = {mlg_role_expected_all(b, role), NAN};
    if (b->n_deals > 0) {
        const mlg_null_summary sum =
            mlg_null_summarise(b->draw + (size_t) role * b->n_deals, b->n_deals, b->enumerated,
                               observed, fmax(observed, 1.0), scratch);
        null.sd = sum.sd;
        low[0] = sum.low;
        high[0] = sum.high;
        c->p[0] = c->p_two[0] = sum.p_two;
    }
    put_null(c, 0, observed, null);
out:
    mlg_free(scratch);
    return status;
}

static mlg_status add_whole(const mlg_brokers *b, const char *id, mlg_role role, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool deals = has_deals(b, role);
    const mlg_triples t = mlg_triples_all(b, role);
    columns c;

    TRY(mlg_values_summary(
        out, &(mlg_summary){.id = id, .view = view, .value = (double) observed_of(&b->total, role)},
        err));
    mlg_value *value = &out->items[out->n - 1];
    tell(b, role, "two", value);
    TRY(open_columns(value, deals, deals && !isnan(t.n), &c, err));
    put_size(b, &c, 0, c.value[0], &t);
    if (b->as_sna) {
        const bool both = role == MLG_BOUNDARY; /* sna has no such role */
        put_null(&c, 0, c.value[0], both ? (mlg_moments){NAN, NAN} : mlg_moments_as_sna(b, role));
    } else if (!deals) {
        put_null(&c, 0, c.value[0], given_m(b, &t));
    } else {
        TRY(put_all_deals(b, role, value, &c, err));
    }
out:
    return status;
}

/* ---- the measures ------------------------------------------------------------------------------
 */

static mlg_status run_role(mlg_context *context, const char *id, mlg_role role, int32_t view,
                           mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_brokers *b = NULL;

    TRY(mlg_brokers_of(context, view, &b, err));
    mlg_text_key why = b->why;
    if (why == T_none && !b->ordered && (role == MLG_REPRESENTATIVE || role == MLG_GATEKEEPER)) {
        why = T_why_boundary;
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
    } else {
        TRY(add_actors(b, context, id, role, view, out, err));
        TRY(add_whole(b, id, role, view, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_broker_coordinator(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    return run_role(context, "broker.coordinator", MLG_COORDINATOR, view, out, err);
}

mlg_status mlg_broker_itinerant(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_role(context, "broker.itinerant", MLG_ITINERANT, view, out, err);
}

mlg_status mlg_broker_representative(mlg_context *context, int32_t view, mlg_values *out,
                                     mlg_error *err)
{
    return run_role(context, "broker.representative", MLG_REPRESENTATIVE, view, out, err);
}

mlg_status mlg_broker_gatekeeper(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    return run_role(context, "broker.gatekeeper", MLG_GATEKEEPER, view, out, err);
}

mlg_status mlg_broker_boundary(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_role(context, "broker.boundary", MLG_BOUNDARY, view, out, err);
}

mlg_status mlg_broker_liaison(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_role(context, "broker.liaison", MLG_LIAISON, view, out, err);
}

mlg_status mlg_broker_total(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_role(context, "broker.total", MLG_N_ROLES, view, out, err);
}
