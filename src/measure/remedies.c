/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/remedies.h"

/* The remedies of one departure together, and the introductions: two that nothing would connect
 * any more. */

bool mlg_may_stand(const mlg_departure *of, int32_t actor)
{
    const mlg_model *model = of->graph->model;
    const mlg_id party = of->graph->subject[actor];
    return of->leavers->of_party[party] != of->leaver &&
           model->party_kind[party] != MLG_KIND_PERSON &&
           (model->party_flags[party] & MLG_IS_POST) == 0;
}

uint32_t mlg_links_of(const mlg_graph *graph, int32_t actor)
{
    return graph->projected || graph->n_activities == 0 ? mlg_csr_degree(&graph->ties, actor)
                                                        : mlg_csr_degree(&graph->attends, actor);
}

/* Of each piece the best-linked organisation speaks for it: the first of equals; -1 without one. */
static void find_voices(const mlg_departure *of, int32_t *voice)
{
    for (int32_t p = 0; p < of->rest->n; p++) {
        voice[p] = -1;
    }
    for (int32_t v = 0; v < of->graph->n; v++) {
        const int32_t p = of->rest->of[v];
        if (p >= 0 && mlg_may_stand(of, v) &&
            (voice[p] < 0 || mlg_links_of(of->graph, v) > mlg_links_of(of->graph, voice[p]))) {
            voice[p] = v;
        }
    }
}

/* Each piece of the best set is introduced to the one that brings most. */
mlg_status mlg_remedy_introductions(const mlg_departure *of, mlg_remedy *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_rest *rest = of->rest;
    int32_t *voice = mlg_alloc((size_t) rest->n, sizeof *voice), n = 0;
    int32_t *candidate = mlg_alloc((size_t) rest->n, sizeof *candidate);
    mlg_chosen chosen;

    *out = mlg_no_remedy();
    TRY_ALLOC(err, voice);
    TRY_ALLOC(err, candidate);
    find_voices(of, voice);
    for (int32_t p = 0; p < rest->n; p++) {
        if (voice[p] >= 0) {
            candidate[n++] = p;
        }
    }
    mlg_choose_pieces(rest, -1, candidate, n, of->budget + 1, &chosen);
    for (int32_t i = 1; i < chosen.n; i++) {
        out->what[out->n] = of->graph->subject[voice[chosen.item[i]]];
        out->to[out->n] = of->graph->subject[voice[chosen.item[0]]];
        out->pairs[out->n] = chosen.gain[i];
        out->activities[out->n++] = NAN;
    }
    out->proven = chosen.proven;
out:
    mlg_free(voice);
    mlg_free(candidate);
    return status;
}

mlg_status mlg_remedies_of(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                           int32_t leaver, mlg_cutter *cutter, int32_t budget, mlg_remedies *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_cut cut = mlg_cut_of(cutter, leaver);
    mlg_rest rest = {0};

    *out = (mlg_remedies){.today = cut.today,
                          .lost = cut.activities,
                          .stopped = cut.stopped,
                          .employer = -1,
                          .agreements = mlg_no_remedy(),
                          .introductions = mlg_no_remedy(),
                          .deputies = mlg_no_remedy()};
    TRY(mlg_rest_of(context, view, leavers, leaver, true, cutter, &rest, err));
    const mlg_departure of = {context,
                              view,
                              graph,
                              leavers,
                              leaver,
                              &rest,
                              budget < MLG_MOST_CHOSEN ? budget : MLG_MOST_CHOSEN - 1};
    out->employer = rest.employer;
    if (rest.lost > 0) {
        TRY(mlg_remedy_introductions(&of, &out->introductions, err));
    }
    if (rest.lost > 0 && graph->view.source == MLG_FROM_TIES && rest.home >= 0) {
        TRY(mlg_remedy_agreements(&of, &out->agreements, err));
    }
    if (cut.stopped > 0) {
        TRY(mlg_remedy_deputies(&of, &out->deputies, err));
    }
out:
    mlg_rest_free(&rest);
    return status;
}
