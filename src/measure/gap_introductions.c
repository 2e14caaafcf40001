/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "maillage/missing.h"
#include "measure/gap_ground.h"
#include "measure/linking.h"
#include "measure/meetings.h"
#include "measure/summary.h"

/* Who could close a gap: those who sit with both, or are tied to both, or know who is. */

static const char *const ID = "gap.introductions";
enum { MOST_GAPS = 20 };
static const double LEAST_DEFICIT = 0.5;

/* A gap, and what brings its two ends together. */
typedef struct gap {
    mlg_id a, b;
    double introduce, p_adjusted;
    mlg_linking_chain chain[MLG_LINKING_CHAINS];
    size_t n_chains;
} gap;

typedef struct gap_list {
    const char *convention;
    gap item[MOST_GAPS];
    size_t n;
} gap_list;

/* ---- the links --------------------------------------------------------------------------- */

/* The view of all declared ties, collapsed as this one; NULL when the study has none. */
static const mlg_graph *ties_beside(const mlg_context *context, const mlg_graph *graph)
{
    const mlg_graph *found = NULL;
    for (size_t v = 0; v < context->n_views; v++) {
        const mlg_graph *other = context->graphs[v];
        if (other != NULL && other->view.source == MLG_FROM_TIES &&
            other->view.by == graph->view.by &&
            (found == NULL || strcmp(other->view.id, "ties") == 0)) {
            found = other;
        }
    }
    return found;
}

static mlg_status add_ties(const mlg_graph *graph, int kind, mlg_linking *links, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t k = graph->ties.offset[v]; k < graph->ties.offset[v + 1]; k++) {
            if (graph->ties.target[k] > v) {
                TRY(mlg_linking_add(links, graph->subject[v], graph->subject[graph->ties.target[k]],
                                    kind, err));
            }
        }
    }
out:
    return status;
}

static mlg_status add_seats(const mlg_graph *graph, const mlg_gaps *gaps, mlg_linking *links,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_two_mode *t = &gaps->seats;
    for (int32_t i = 0; i < t->n_rows; i++) {
        for (uint32_t k = t->offset[i]; k < t->offset[i + 1]; k++) {
            TRY(mlg_linking_add(links, graph->subject[gaps->actor[i]], gaps->scheme[t->column[k]],
                                MLG_LINK_SITS, err));
        }
    }
out:
    return status;
}

/* Declared ties and who meets whom, and between schemes who sits where. */
static mlg_status link_all(const mlg_context *context, const mlg_graph *graph, const mlg_gaps *gaps,
                           mlg_linking *links, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *ties = ties_beside(context, graph);

    if (ties != NULL) {
        TRY(add_ties(ties, MLG_LINK_TIED, links, err));
    }
    if (graph->projected) {
        TRY(add_ties(graph, MLG_LINK_MEETS, links, err));
    }
    if (gaps != NULL) {
        TRY(add_seats(graph, gaps, links, err));
    }
    TRY(mlg_linking_close(links, (int32_t) graph->model->parties.n, err));
out:
    return status;
}

/* ---- the gaps ---------------------------------------------------------------------------- */

static void add_gap(gap_list *list, mlg_id a, mlg_id b, const mlg_gap_pair *pair)
{
    const double deficit = pair->expected - pair->both;
    const bool lacks = isnan(pair->expected) ? pair->both == 0 : deficit >= LEAST_DEFICIT;
    if (lacks && list->n < MOST_GAPS) {
        list->item[list->n++] =
            (gap){.a = a, .b = b, .introduce = deficit, .p_adjusted = pair->p_adjusted};
    }
}

static void take_schemes(const mlg_gaps *gaps, gap_list *list)
{
    list->convention = "schemes";
    for (size_t e = 0; e < gaps->n_pairs; e++) {
        const mlg_gap_pair *p = &gaps->pair[e];
        if (p->stratum != MLG_GAP_NOT_COMPARED) {
            add_gap(list, gaps->scheme[p->a], gaps->scheme[p->b], p);
        }
    }
}

/* Those with a reason to meet; where no theme and no place is known, those of other sectors. */
static void take_organisations(const mlg_graph *graph, const mlg_meetings *m, gap_list *list)
{
    const bool reasons = m->organisations.n_pairs > 0;
    const mlg_gap_pair *pair = reasons ? m->organisations.pair : m->pair;
    const size_t n = reasons ? m->organisations.n_pairs : m->n_pairs;

    list->convention = "organisations";
    for (size_t e = 0; e < n && m->never == T_none; e++) {
        const mlg_gap_pair *p = &pair[e];
        if (p->testable) {
            add_gap(list, reasons ? m->organisations.subject[p->a] : graph->subject[m->actor[p->a]],
                    reasons ? m->organisations.subject[p->b] : graph->subject[m->actor[p->b]], p);
        }
    }
}

static mlg_status find_chains(const mlg_linking *links, gap_list *list, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_linking_search search = {0};

    TRY(mlg_linking_search_open(links, &search, err));
    for (size_t g = 0; g < list->n; g++) {
        gap *one = &list->item[g];
        one->n_chains = mlg_linking_chains(&search, one->a, one->b, one->chain);
    }
out:
    mlg_linking_search_close(&search);
    return status;
}

/* ---- what is told ------------------------------------------------------------------------ */

static const char *const parts[] = {"gap",      "chain",     "step",      "link",
                                    "partners", "introduce", "p_adjusted"};
enum { N_PARTS = sizeof parts / sizeof *parts };

static size_t count_rows(const gap_list *list)
{
    size_t n = 0;
    for (size_t g = 0; g < list->n; g++) {
        for (size_t c = 0; c < list->item[g].n_chains; c++) {
            n += (size_t) list->item[g].chain[c].n;
        }
    }
    return n;
}

static mlg_status list_steps(const gap_list *list, const mlg_linking *links, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, ID, view, count_rows(list), err);
    double *to[1 + N_PARTS];
    size_t row = 0;

    TRY_ALLOC(err, value);
    value->convention = list->convention;
    bool made = mlg_value_subjects(value) != NULL;
    for (size_t i = 0; i <= N_PARTS && made; i++) {
        to[i] =
            i == 0 ? mlg_value_column_of(value, MLG_VALUE) : mlg_value_part_of(value, parts[i - 1]);
        made = to[i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for its chains", ID);
    }
    for (size_t g = 0; g < list->n; g++) {
        const gap *of = &list->item[g];
        for (size_t c = 0; c < of->n_chains; c++) {
            const mlg_linking_chain *chain = &of->chain[c];
            for (int32_t k = 0; k < chain->n; k++, row++) {
                const mlg_id x = chain->party[k], y = chain->party[k + 1];
                const double numbers[1 + N_PARTS] = {
                    chain->n - 1,
                    (double) (g + 1),
                    (double) (c + 1),
                    k + 1,
                    mlg_csr_find(&links->of, x, y),
                    k + 1 < chain->n ? (double) mlg_csr_degree(&links->of, y) : NAN,
                    of->introduce,
                    of->p_adjusted,
                };
                value->subject[2 * row] = x;
                value->subject[2 * row + 1] = y;
                for (size_t i = 0; i <= N_PARTS; i++) {
                    to[i][row] = numbers[i];
                }
            }
        }
    }
out:
    return status;
}

static mlg_status sum_up(const gap_list *lists, int32_t view, mlg_values *out, mlg_error *err)
{
    double gaps = 0.0, closable = 0.0, through_one = 0.0;

    for (size_t l = 0; l < 2; l++) {
        for (size_t g = 0; g < lists[l].n; g++) {
            const gap *of = &lists[l].item[g];
            gaps += 1.0;
            closable += of->n_chains > 0;
            through_one += of->n_chains > 0 && of->chain[0].n == 2;
        }
    }
    const mlg_figure figures[] = {
        {"gaps", gaps},
        {"closable", closable},
        {"through_one", through_one},
        {"scheme_gaps", (double) lists[0].n},
        {"organisation_gaps", (double) lists[1].n},
        {"longest", MLG_LINKING_STEPS - 1},
    };
    const mlg_summary summary = {.id = ID,
                                 .view = view,
                                 .convention = "closable",
                                 .value = gaps > 0.0 ? closable / gaps : NAN,
                                 .why = gaps > 0.0 ? T_none : T_why_no_gap,
                                 .figures = figures,
                                 .n_figures = sizeof figures / sizeof *figures};
    return mlg_values_summary(out, &summary, err);
}

static mlg_status tell(const mlg_context *context, const mlg_graph *graph, gap_list *list,
                       const mlg_gaps *gaps, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_linking links = {0};

    if (list->n > 0) {
        TRY(link_all(context, graph, gaps, &links, err));
        TRY(find_chains(&links, list, err));
        TRY(list_steps(list, &links, view, out, err));
    }
out:
    mlg_linking_free(&links);
    return status;
}

mlg_status mlg_gap_introductions(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_gaps *gaps = NULL;
    mlg_meetings *m = NULL;
    gap_list *lists = NULL;

    if (view < 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_two_mode, err);
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    if (graph->model == NULL || graph->scope != MLG_SCOPE_ACTOR || graph->n_activities == 0) {
        return mlg_values_undefined(
            out, ID, view,
            graph->scope != MLG_SCOPE_ACTOR ? T_why_rows_not_actors : T_why_no_two_mode, err);
    }
    lists = mlg_zalloc(2, sizeof *lists);
    TRY_ALLOC(err, lists);
    TRY(mlg_gaps_of(context, view, &gaps, err));
    TRY(mlg_meetings_of(context, view, &m, err));
    if (gaps->why == T_none) {
        take_schemes(gaps, &lists[0]);
    }
    take_organisations(graph, m, &lists[1]);
    TRY(tell(context, graph, &lists[0], gaps, view, out, err));
    TRY(tell(context, graph, &lists[1], NULL, view, out, err));
    TRY(sum_up(lists, view, out, err));
out:
    mlg_free(lists);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
