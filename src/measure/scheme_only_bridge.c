/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/governance.h"
#include "measure/only_bridge.h"
#include "measure/seats.h"
#include "measure/summary.h"

static const char *const ID = "scheme.only_bridge";

static double share(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static mlg_status list_meets(const mlg_only_bridge *b, const mlg_meets *meets,
                             const char *convention, mlg_text_key none, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    const mlg_figure figures[] = {
        {"pairs", meets->pairs},
        {"only", meets->only},
        {"cut", meets->cut},
        {"steering", b->steering},
        {"steering_all", b->steering_all},
        {"others", b->others},
        {"others_all", b->others_all},
        {"completeness", share(b->steering + b->others, b->steering_all + b->others_all)},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = convention,
                                             .value = share(meets->only, meets->pairs),
                                             .why = meets->pairs > 0.0 ? T_none : none,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status list_schemes(const mlg_only_bridge *b, int32_t view, mlg_values *out,
                               mlg_error *err)
{
    const mlg_figure figures[] = {
        {"schemes", b->schemes}, {"linked", b->linked}, {"only", b->linked_only}};
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "schemes",
                                             .value = share(b->linked_only, b->linked),
                                             .why = b->linked > 0.0 ? T_none : T_why_no_link,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

enum { VALUE, PAIRS, ONLY, CUT, MEMBERS, GROUPS, IN_GROUPS, OVERLAP, POWER, N };
static const char *const parts[] = {"pairs",  "only",      "cut",     "members",
                                    "groups", "in_groups", "overlap", "power"};

static mlg_status list_bodies(const mlg_model *model, const mlg_only_bridge *b, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(b->n_bodies, sizeof *subject);
    double *figure = mlg_alloc(b->n_bodies, N * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < b->n_bodies; i++) {
        const mlg_bridge_body *body = &b->bodies[i];
        const int32_t power = mlg_activity_code(model, C_activities_power, body->activity);
        double *f = &figure[i * N];
        subject[i] = body->activity;
        f[VALUE] = share(body->sectors.only, body->sectors.pairs);
        f[PAIRS] = body->sectors.pairs;
        f[ONLY] = body->sectors.only;
        f[CUT] = body->sectors.cut;
        f[MEMBERS] = body->members;
        f[GROUPS] = body->groups;
        f[IN_GROUPS] = body->in_groups;
        f[OVERLAP] = share(body->in_groups, body->members);
        f[POWER] = power >= 0 ? (double) power : NAN;
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_ACTIVITY,
                                          .convention = "by_body",
                                          .why = T_why_no_pair_meets,
                                          .parts = parts,
                                          .n_parts = N - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = b->n_bodies},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

mlg_status mlg_scheme_only_bridge(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_only_bridge b = {0};

    if (context->model == NULL || context->model->activities.n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_activities, err);
    }
    TRY(mlg_only_bridge_of(context->model, context->run->force, &b, err));
    if (b.why != T_none) {
        TRY(mlg_values_undefined(out, ID, view, b.why, err));
        goto out;
    }
    TRY(list_meets(&b, &b.sectors, "cross_sector", T_why_no_pair_meets, view, out, err));
    TRY(list_meets(&b, &b.all, "organisations", T_why_no_shared_activity, view, out, err));
    TRY(list_schemes(&b, view, out, err));
    TRY(list_bodies(context->model, &b, view, out, err));
out:
    mlg_only_bridge_free(&b);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
