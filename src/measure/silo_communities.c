/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/communities.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"

/* Are the communities the sectors? */

static const char *const ID = "silo.communities";
static const double MOST_STEPS = 5e8; /* actors and cells that the draws count */

/* ---- communities against sectors ------------------------------------------- */

/* Actors with a sector: first sector, and community of each partition. */
typedef struct compared {
    const mlg_labelling *labelling;
    mlg_deal_plan plan;
    int32_t *sector, *community, *weighted; /* [labelling n] */
    mlg_agreement agreement;
    double weighted_ami;
    mlg_same_pairs *overlap; /* [plan.n] */
    double *ami, *ari;       /* [plan.n] */
    double *scratch;
} compared;

static void compared_close(compared *c)
{
    mlg_free(c->sector);
    mlg_free(c->community);
    mlg_free(c->weighted);
    mlg_free(c->overlap);
    mlg_free(c->ami);
    mlg_free(c->ari);
    mlg_free(c->scratch);
}

/* As many deals as are wanted and affordable; what is enumerated is whole. */
static mlg_deal_plan plan_of(const mlg_labelling *l, int32_t n_groups, const mlg_run *run,
                             const char *view)
{
    const double steps = (double) l->n + (double) n_groups * l->n_sectors;
    mlg_deal_plan plan = mlg_deal_plan_of(l, (size_t) steps, run, view);
    if (!plan.enumerated && !run->force) {
        plan.n = (uint32_t) mlg_draws_in(MOST_STEPS / steps, run->draws);
    }
    return plan;
}

static mlg_status compared_open(const mlg_labelling *l, const mlg_communities *communities,
                                compared *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) l->n, draws = c->plan.n;

    c->labelling = l;
    c->sector = mlg_alloc(n, sizeof *c->sector);
    c->community = mlg_alloc(n, sizeof *c->community);
    c->weighted = mlg_alloc(n, sizeof *c->weighted);
    c->overlap = mlg_alloc(draws, sizeof *c->overlap);
    c->ami = mlg_alloc(draws, sizeof *c->ami);
    c->ari = mlg_alloc(draws, sizeof *c->ari);
    c->scratch = mlg_alloc(draws, sizeof *c->scratch);
    if (c->sector == NULL || c->community == NULL || c->weighted == NULL || c->overlap == NULL ||
        c->ami == NULL || c->ari == NULL || c->scratch == NULL) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu draws", ID, draws);
    }
    for (size_t i = 0; i < n; i++) {
        c->sector[i] = l->first[l->type[i]];
        c->community[i] = communities->plain.community[l->actor[i]];
        if (communities->weighted.runs > 0) {
            c->weighted[i] = communities->weighted.community[l->actor[i]];
        }
    }
out:
    return status;
}

static mlg_status compare(compared *c, const mlg_communities *communities, const mlg_run *run,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = c->labelling;
    mlg_agreement weighted = {.ami = NAN};

    TRY(mlg_agreement_of(c->community, communities->plain.n_communities, c->sector, l->n_sectors,
                         (size_t) l->n, true, &c->agreement, err));
    if (communities->weighted.runs > 0) {
        TRY(mlg_agreement_of(c->weighted, communities->weighted.n_communities, c->sector,
                             l->n_sectors, (size_t) l->n, true, &weighted, err));
    }
    c->weighted_ami = weighted.ami;
    TRY(mlg_community_draws(l, c->community, communities->plain.n_communities, &c->plan, run,
                            c->overlap, err));
    for (uint32_t d = 0; d < c->plan.n; d++) {
        c->ami[d] = mlg_agreement_ami(&c->agreement, c->overlap[d]);
        c->ari[d] = mlg_agreement_ari(&c->agreement, c->overlap[d]);
    }
out:
    return status;
}

static mlg_status fill_compared(const compared *c, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_agreement *a = &c->agreement;
    const uint32_t draws = c->plan.n;
    const mlg_null_summary ami =
        mlg_null_summarise(c->ami, draws, c->plan.enumerated, a->ami, 1.0, c->scratch);
    const mlg_null_summary ari =
        mlg_null_summarise(c->ari, draws, c->plan.enumerated, a->ari, 1.0, c->scratch);
    const double exact[] = {0.0, ami.sd};
    const mlg_figure parts[] = {
        {"nmi", a->nmi},          {"ari", a->ari},
        {"ari_p", ari.p_greater}, {"vi", a->vi},
        {"actors", a->n},         {"communities", a->groups_a},
        {"sectors", a->groups_b}, {"weighted", c->weighted_ami},
    };

    value->null_model = "labels";
    value->tail = "greater";
    value->p_method = draws == 0 ? NULL : c->plan.enumerated ? "enumerated" : "draws";
    value->draws = c->plan.enumerated ? 0 : draws;
    value->caution = mlg_one_group(c->labelling)        ? T_caution_one_group
                     : mlg_too_few_labels(c->labelling) ? T_caution_small_sample
                                                        : T_none;
    TRY(mlg_silo_fill(value, 0, a->ami, &ami, exact, "greater", err));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double *part = mlg_value_part_of(value, parts[i].name);
        TRY_ALLOC(err, part);
        *part = parts[i].value;
    }
out:
    return status;
}

static mlg_status undefined_scalar(mlg_text_key why, int32_t view, mlg_values *out, mlg_error *err)
{
    return mlg_values_summary(
        out,
        &(mlg_summary){.id = ID, .view = view, .convention = "sectors", .value = NAN, .why = why},
        err);
}

static mlg_status add_compared(const mlg_silo *silo, const mlg_communities *communities,
                               const mlg_run *run, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = NULL;
    compared c = {.plan = {0}};

    if (silo->labelling.n == 0 || silo->graph->view.by == MLG_BY_SECTOR) {
        return undefined_scalar(silo->why, view, out, err);
    }
    c.plan = plan_of(&silo->labelling, communities->plain.n_communities, run, silo->graph->view.id);
    TRY(compared_open(&silo->labelling, communities, &c, err));
    TRY(compare(&c, communities, run, err));
    if (isnan(c.agreement.ami)) {
        TRY(undefined_scalar(T_why_one_group, view, out, err));
        goto out;
    }
    value = mlg_values_add(out, ID, view, 1, err);
    TRY_ALLOC(err, value);
    value->convention = "sectors";
    TRY(fill_compared(&c, value, err));
out:
    compared_close(&c);
    return status;
}

/* ---- the communities themselves --------------------------------------------- */

static mlg_status add_modularity(const mlg_communities *made, int32_t n, int32_t view,
                                 mlg_values *out, mlg_error *err)
{
    const mlg_partition *p = &made->plain, *w = &made->weighted;
    const bool weighted = w->runs > 0;
    const mlg_figure figures[] = {
        {"communities", p->n_communities},
        {"groups", p->n_shared},
        {"actors", n},
        {"alone", p->n_communities - p->n_shared},
        {"runs", p->runs},
        {"stability", p->stability},
        {"together", p->together},
        {"weighted", weighted ? w->modularity : NAN},
        {"weighted_groups", weighted ? (double) w->n_shared : NAN},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "modularity",
                                             .value = p->modularity,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status add_actors(mlg_context *context, const mlg_communities *made, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = mlg_context_graph(context, view)->n;
    const mlg_partition *p = &made->plain, *w = &made->weighted;
    mlg_value *value = mlg_values_add_actors(out, ID, context, view, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_VECTOR;
    value->convention = "community";
    double *stability = mlg_value_part_of(value, "stability");
    double *weighted = mlg_value_part_of(value, "weighted");
    TRY_ALLOC(err, stability);
    TRY_ALLOC(err, weighted);
    for (int32_t v = 0; v < n; v++) {
        value->column[MLG_VALUE][v] = p->community[v] + 1.0;
        stability[v] = p->kept[v];
        weighted[v] = w->runs > 0 ? w->community[v] + 1.0 : NAN;
    }
out:
    return status;
}

mlg_status mlg_silo_communities(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_communities *made = NULL;
    mlg_silo *silo = NULL;

    if (graph->n_ties == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_ties, err);
    }
    TRY(mlg_silo_of(context, view, &silo, err));
    TRY(mlg_communities_of(context, view, &made, err));
    TRY(add_compared(silo, made, context->run, view, out, err));
    TRY(add_modularity(made, graph->n, view, out, err));
    TRY(add_actors(context, made, view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
