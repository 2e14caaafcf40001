/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/hypergeometric.h"
#include "measure/silo_ground.h"

/* A named view beside the view that its ties were chosen from. */

static bool takes_from(const mlg_view *part, const mlg_view *whole)
{
    return whole->n_conditions == 0 && whole->source == part->source && whole->by == part->by &&
           whole->kind == part->kind && whole->from == part->from && whole->to == part->to;
}

static bool holds_all(const mlg_graph *whole, const mlg_graph *part)
{
    for (int32_t v = 0; v < part->n; v++) {
        const int32_t from = mlg_id_find(whole->subject, whole->n, part->subject[v]);
        for (uint32_t i = part->arcs.offset[v]; i < part->arcs.offset[v + 1]; i++) {
            const int32_t to =
                mlg_id_find(whole->subject, whole->n, part->subject[part->arcs.target[i]]);
            if (from < 0 || to < 0 || !(mlg_csr_find(&whole->arcs, from, to) > 0.0)) {
                return false;
            }
        }
    }
    return part->directed == whole->directed;
}

/* The view that a named view's ties were chosen from, or -1. */
static int32_t wider_view(const mlg_context *context, int32_t view)
{
    const mlg_view *part = mlg_context_view(context, view);
    for (size_t v = 0; v < mlg_context_views(context) && part->n_conditions > 0; v++) {
        if (takes_from(part, mlg_context_view(context, (int32_t) v)) &&
            holds_all(mlg_context_graph(context, (int32_t) v), mlg_context_graph(context, view))) {
            return (int32_t) v;
        }
    }
    return -1;
}

static mlg_status ground_of(mlg_context *context, int32_t view, mlg_silo **out, mlg_text_key *why,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_silo_of(context, view, out, err));
    if ((*out)->why == T_none) {
        TRY(mlg_silo_need_arcs(*out, context->run, err));
    }
    *why = *why != T_none                    ? *why
           : (*out)->why != T_none           ? (*out)->why
           : !((*out)->arcs.pairs.total > 0) ? T_why_no_ties
                                             : T_none;
out:
    return status;
}

/* Ties inside sectors, of `chosen` picked among `all` of which `inside` are. */
typedef struct choice {
    uint32_t all, inside, chosen;
} choice;

static mlg_tails tails_of(const choice *c, uint32_t x)
{
    return mlg_two_weight_tails(c->all, c->inside, c->chosen, 0, x);
}

/* Least x with P(X <= x) at or above a share. */
static uint32_t quantile(const choice *c, double share)
{
    const uint32_t outside = c->all - c->inside;
    uint32_t low = c->chosen > outside ? c->chosen - outside : 0;
    uint32_t high = c->chosen < c->inside ? c->chosen : c->inside;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (tails_of(c, middle).less >= share) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* In shares of ties that cross: many inside is few across. */
static mlg_null_summary summary_of(const choice *c, uint32_t observed)
{
    const double n = c->chosen, all = c->all, p = c->inside / all;
    const mlg_tails tails = tails_of(c, observed);
    const double smaller = tails.less < tails.greater ? tails.less : tails.greater;
    return (mlg_null_summary){
        .mean = 1.0 - p,
        .sd = c->all > 1 ? sqrt(p * (1.0 - p) * (all - n) / ((all - 1.0) * n)) : 0.0,
        .low = 1.0 - quantile(c, 0.975) / n,
        .high = 1.0 - quantile(c, 0.025) / n,
        .p_less = tails.greater,
        .p_greater = tails.less,
        .p_two = smaller < 0.5 ? 2.0 * smaller : 1.0,
    };
}

static mlg_status add_contrast(const mlg_silo *part, const mlg_silo *whole, int32_t view,
                               mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const choice c = {(uint32_t) whole->arcs.pairs.total, (uint32_t) whole->arcs.within,
                      (uint32_t) part->arcs.pairs.total};
    const uint32_t inside = (uint32_t) part->arcs.within;
    const mlg_null_summary sum = summary_of(&c, inside);
    mlg_value *value = mlg_values_add(out, "silo.contrast", view, 1, err);

    TRY_ALLOC(err, value);
    value->convention = part->graph->directed ? "arcs" : "ties";
    value->weight = "none";
    value->null_model = "choice";
    value->tail = "two";
    value->p_method = "exact";
    value->caution = mlg_too_few_labels(&part->labelling) ? T_caution_small_sample : T_none;
    TRY(mlg_silo_fill(value, 0, 1.0 - inside / (double) c.chosen, &sum, NULL, "two", err));
    TRY_ALLOC(err, mlg_value_part_of(value, "ties"));
    TRY_ALLOC(err, mlg_value_part_of(value, "ties_all"));
    value->part[0].values[0] = c.chosen;
    value->part[1].values[0] = c.all;
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

mlg_status mlg_silo_contrast(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_silo *part = NULL, *whole = NULL;
    mlg_text_key why = T_none;
    const bool two_mode = mlg_context_graph(context, view)->n_activities > 0;
    const int32_t wider = two_mode ? -1 : wider_view(context, view);

    if (wider < 0) {
        why = two_mode ? T_why_of_ties_only : T_why_no_wider_view;
    } else {
        TRY(ground_of(context, view, &part, &why, err));
        TRY(ground_of(context, wider, &whole, &why, err));
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, "silo.contrast", view, why, err));
    } else {
        TRY(add_contrast(part, whole, view, out, err));
    }
out:
    return status;
}
