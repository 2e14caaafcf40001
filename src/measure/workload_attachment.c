/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/workload.h"
#include "measure/contact_places.h"
#include "measure/null_summary.h"
#include "measure/summary.h"

/* Whom those who coordinate reach, by the service they are attached to. */

static const char *const ID = "scheme.attachment";
enum { LEAST_POSTS = 10, LEAST_OF_A_KIND = 2 };

/* Posts whose number of sectors is known, and to which group each belongs. */
typedef struct groups {
    double *reach;  /* [n] sectors reached */
    int32_t *group; /* [n] from 0 */
    int32_t n, n_groups;
    bool difference; /* of the means of two groups; else the share of spread between groups */
    uint64_t seed;
    const char *convention;
} groups;

/* Of the groups as dealt by `order` (NULL: as they are); `sums` [2 * n_groups]. */
static double statistic(const groups *g, const int32_t *order, double *sums)
{
    double *size = sums + g->n_groups, all = 0.0, total = 0.0, between = 0.0;

    for (int32_t k = 0; k < 2 * g->n_groups; k++) {
        sums[k] = 0.0;
    }
    for (int32_t i = 0; i < g->n; i++) {
        const int32_t k = g->group[order != NULL ? order[i] : i];
        sums[k] += g->reach[i];
        size[k]++;
        all += g->reach[i];
    }
    if (g->difference) {
        return sums[1] / size[1] - sums[0] / size[0];
    }
    for (int32_t k = 0; k < g->n_groups; k++) {
        const double apart = size[k] > 0.0 ? sums[k] / size[k] - all / g->n : 0.0;
        between += size[k] * apart * apart;
    }
    for (int32_t i = 0; i < g->n; i++) {
        total += (g->reach[i] - all / g->n) * (g->reach[i] - all / g->n);
    }
    return total > 0.0 ? between / total : NAN;
}

typedef struct hands {
    int32_t *order;
    double *sums;
} hands;

static void hands_close(void *own)
{
    hands *h = own;
    if (h != NULL) {
        mlg_free(h->order);
        mlg_free(h->sums);
        mlg_free(h);
    }
}

static void *hands_open(const void *given)
{
    const groups *g = given;
    hands *h = mlg_zalloc(1, sizeof *h);
    if (h != NULL) {
        h->order = mlg_alloc((size_t) g->n, sizeof *h->order);
        h->sums = mlg_alloc(2 * (size_t) g->n_groups, sizeof *h->sums);
        if (h->order == NULL || h->sums == NULL) {
            hands_close(h);
            h = NULL;
        }
    }
    return h;
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const groups *g = given;
    hands *h = own;
    double *drawn = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(g->seed, ID, g->convention, d);
        for (int32_t i = 0; i < g->n; i++) {
            const int32_t j = (int32_t) mlg_random_below(&random, (uint32_t) i + 1);
            h->order[i] = h->order[j];
            h->order[j] = i;
        }
        drawn[d] = statistic(g, h->order, h->sums);
    }
    return MLG_OK;
}

/* Two groups at least, of two posts each at least. */
static bool may_compare(const groups *g, double *sums)
{
    double enough = 0.0;
    for (int32_t k = 0; k < g->n_groups; k++) {
        sums[k] = 0.0;
    }
    for (int32_t i = 0; i < g->n; i++) {
        sums[g->group[i]]++;
    }
    for (int32_t k = 0; k < g->n_groups; k++) {
        enough += sums[k] >= LEAST_OF_A_KIND;
    }
    return enough >= 2.0;
}

static mlg_status list_test(const groups *g, const double *drawn, size_t draws, double observed,
                            double *scratch, const mlg_figure *figures, size_t n_figures,
                            int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_null_summary null = mlg_null_summarise(drawn, draws, false, observed, 1.0, scratch);
    const mlg_chance chance[] = {{MLG_EXPECTED, null.mean},
                                 {MLG_SD, null.sd},
                                 {MLG_LOW, null.low},
                                 {MLG_HIGH, null.high},
                                 {MLG_Z, mlg_z(observed, null.mean, null.sd)},
                                 {MLG_P, null.p_greater},
                                 {MLG_P_TWO, null.p_two}};

    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = g->convention,
                       .value = observed,
                       .why = isnan(observed) ? T_why_few_attachments : T_none,
                       .caution = g->n < LEAST_POSTS ? T_caution_small_sample : T_none,
                       .figures = figures,
                       .n_figures = n_figures},
        err));
    TRY(mlg_values_against(out, "posts", draws, chance, sizeof chance / sizeof *chance, err));
out:
    return status;
}

static mlg_status test(const mlg_run *run, const groups *g, int32_t view, mlg_values *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *drawn = NULL, observed = NAN, several = 0.0, many = 0.0, types = 0.0;
    size_t draws = 0;
    double *sums = mlg_alloc(2 * (size_t) g->n_groups, sizeof *sums);

    TRY_ALLOC(err, sums);
    if (may_compare(g, sums)) {
        observed = statistic(g, NULL, sums);
    }
    draws = isnan(observed) ? 0 : run->draws;
    drawn = mlg_alloc(2 * draws, sizeof *drawn);
    TRY_ALLOC(err, drawn);
    const mlg_replicates job = {.what = ID,
                                .view = g->convention,
                                .last = draws,
                                .batch = 16,
                                .scratch = hands_open,
                                .scratch_free = hands_close,
                                .work = work,
                                .input = g,
                                .slots = drawn};
    if (draws > 0) {
        TRY(mlg_replicates_run(&job, run, err));
    }
    for (int32_t i = 0; i < g->n; i++) {
        several += g->group[i] > 0;
        many += g->group[i] > 0 ? g->reach[i] : 0.0;
    }
    (void) may_compare(g, sums);
    for (int32_t k = 0; k < g->n_groups; k++) {
        types += sums[k] > 0.0;
    }
    const mlg_figure figures[] = {
        {"posts", g->n},
        {g->difference ? "double" : "types", g->difference ? several : types},
        {"double_mean", g->difference && several > 0.0 ? many / several : NAN},
    };
    TRY(list_test(g, drawn, draws, observed, drawn + draws, figures, g->difference ? 3 : 2, view,
                  out, err));
out:
    mlg_free(sums);
    mlg_free(drawn);
    return status;
}

/* ---- values ------------------------------------------------------------------------------- */

static mlg_status compare(const mlg_context *context, const mlg_contacts *all, bool difference,
                          int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    groups g = {.difference = difference,
                .n_groups = difference ? 2 : all->n_types,
                .seed = context->run->seed,
                .convention = difference ? "double_attachment" : "attachment_sector"};

    g.reach = mlg_alloc(all->n, sizeof *g.reach);
    g.group = mlg_alloc(all->n, sizeof *g.group);
    TRY_ALLOC(err, g.reach);
    TRY_ALLOC(err, g.group);
    for (size_t i = 0; i < all->n; i++) {
        const mlg_coordinator *c = &all->items[i];
        const int32_t group = difference ? (c->attachments > 0 ? c->attachments > 1 : -1) : c->type;
        if (c->sectors > 0 && group >= 0) {
            g.reach[g.n] = c->sectors;
            g.group[g.n++] = group;
        }
    }
    TRY(test(context->run, &g, view, out, err));
out:
    mlg_free(g.reach);
    mlg_free(g.group);
    return status;
}

enum { REACH, CONTACTS, INSIDE, ATTACHMENTS, CONSTRAINT, CARRIERS, LEVELS, LEVEL_KNOWN, N_FIGURES };
static const char *const parts[] = {"contacts", "inside", "attachments", "constraint",
                                    "carriers", "levels", "level_known"};

static mlg_status list_posts(const mlg_contacts *all, const mlg_contact_places *reach, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(all->n, sizeof *subject);
    double *figure = mlg_alloc(all->n, N_FIGURES * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < all->n; i++) {
        const mlg_coordinator *c = &all->items[i];
        const bool any = c->contacts > 0;
        double *of = &figure[i * N_FIGURES], known = 0.0;
        const double levels = mlg_contact_places_levels(reach, i, &known);
        subject[i] = c->party;
        of[REACH] = c->sectors > 0 ? (double) c->sectors : NAN;
        of[CONTACTS] = c->contacts;
        of[INSIDE] = any && c->placed ? (double) c->inside : NAN;
        of[ATTACHMENTS] = c->attachments > 0 ? (double) c->attachments : NAN;
        of[CONSTRAINT] = c->constraint;
        of[CARRIERS] = any ? mlg_contact_places_carried(reach, i) / c->contacts : NAN;
        of[LEVELS] = known > 0.0 ? levels : NAN;
        of[LEVEL_KNOWN] = any ? known : NAN;
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_POST,
                                          .convention = "by_post",
                                          .why = T_why_no_contact,
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = all->n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

mlg_status mlg_scheme_attachment(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_contacts all = {0};
    mlg_contact_places reach = {0};

    if (context->model == NULL || context->model->rows[MLG_POSTS].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_posts, err);
    }
    TRY(mlg_contacts_of(context->model, context->run, &all, err));
    if (all.n == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_coordination_post, err));
        goto out;
    }
    TRY(mlg_contact_places_of(context->model, &all, &reach, err));
    TRY(list_posts(&all, &reach, view, out, err));
    TRY(mlg_contact_places_list(context->model, &all, &reach, view, out, err));
    TRY(compare(context, &all, true, view, out, err));
    TRY(compare(context, &all, false, view, out, err));
out:
    mlg_contacts_free(&all);
    mlg_contact_places_free(&reach);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
