/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "calibration.h"
#include "measure/hypergeometric.h"
#include "measure/margins.h"
#include "measure/null_summary.h"
#include "measure/rewire.h"

/* Each test as the program makes it: its kernel's draws, its summary's p. */

static const struct row {
    const char *name;
    null_model null;
} tests[N_TESTS] = {
    [LABELS_EI] = {"E-I", BY_LABELS},
    [LABELS_GROUP_EI] = {"E-I of the first sector", BY_LABELS},
    [LABELS_ASSORTATIVITY] = {"assortativity", BY_LABELS},
    [LABELS_MODULARITY] = {"modularity", BY_LABELS},
    [LABELS_CELL_SAME] = {"cell 1-1, two-sided", BY_LABELS},
    [LABELS_CELL_ACROSS] = {"cell 1-2, two-sided", BY_LABELS},
    [LABELS_ACTOR_EI] = {"E-I of an actor, exact", BY_LABELS},
    [REWIRING_EI] = {"E-I", BY_REWIRING},
    [REWIRING_GROUP_EI] = {"E-I of the first sector", BY_REWIRING},
    [REWIRING_CELL_SAME] = {"cell 1-1, two-sided", BY_REWIRING},
    [REWIRING_CELL_ACROSS] = {"cell 1-2, two-sided", BY_REWIRING},
    [MARGINS_EI] = {"E-I", BY_MARGINS},
    [MARGINS_EI_WEIGHTED] = {"E-I, weighted", BY_MARGINS},
    [MARGINS_GROUP_EI] = {"E-I of the first sector", BY_MARGINS},
    [MARGINS_ASSORTATIVITY] = {"assortativity", BY_MARGINS},
    [MARGINS_MODULARITY] = {"modularity", BY_MARGINS},
    [MARGINS_CELL_SAME] = {"cell 1-1, two-sided", BY_MARGINS},
    [MARGINS_CELL_ACROSS] = {"cell 1-2, two-sided", BY_MARGINS},
    [SIZE_CELL_SAME] = {"cell 1-1, two-sided", BY_SIZE},
    [SIZE_CELL_ACROSS] = {"cell 1-2, two-sided", BY_SIZE},
};

static const char *const nulls[N_NULLS] = {"labels", "rewiring", "margins", "size"};

null_model null_of(test which)
{
    return tests[which].null;
}

const char *null_name(null_model which)
{
    return nulls[which];
}

const char *test_name(test which)
{
    return tests[which].name;
}

expectation expected_of(shape on, test which)
{
    switch (tests[which].null) {
    case BY_LABELS:
        /* A cell of one pair of sectors may gain or lose by degrees: only the whole is bound to
         * fail. */
        return on != G5_CONTROL ? EXACT : which == LABELS_EI ? FAILS : SHOWN;
    case BY_REWIRING:
        return on == G6 ? NOT_MADE : EXACT;
    case BY_MARGINS:
        return on == G6 ? EXACT : NOT_MADE;
    case BY_SIZE:
        return on <= G4 ? EXACT : SHOWN;
    case N_NULLS:
        break;
    }
    return NOT_MADE;
}

/* ---- three figures ------------------------------------------------------------ */

typedef enum tail { LESS, GREATER, TWO } tail;

/* From the exact or sampled chances of a value above the observed one, and of one equal to it. */
static void break_ties(double above, double equal, tail which, double coin, figures *out)
{
    const double mid = above + 0.5 * equal, broken = above + coin * equal;
    out->mid = which == TWO ? 2.0 * fmin(mid, 1.0 - mid) : mid;
    out->randomised = which == TWO ? 2.0 * fmin(broken, 1.0 - broken) : broken;
}

/* `scratch` [n]. Undefined draws stand against the plain p, as in the program; with the ties
 * broken only those that are defined are exchangeable with an observed value that is. */
static figures figures_of(const double *draw, size_t n, double observed, tail which,
                          null_study *study, double *scratch)
{
    figures out = {NAN, NAN, NAN};
    const mlg_null_summary sum = mlg_null_summarise(draw, n, false, observed, 1.0, scratch);
    const double coin = mlg_random_unit(&study->coin), way = which == LESS ? -1.0 : 1.0;
    double above = 0.0, equal = 1.0, defined = 1.0;

    if (isnan(observed) || n == 0) {
        return out;
    }
    for (size_t d = 0; d < n; d++) {
        const double over = way * (draw[d] - observed);
        defined += !isnan(draw[d]);
        above += over > 1e-12;
        equal += fabs(over) <= 1e-12;
    }
    out.plain = which == LESS ? sum.p_less : which == GREATER ? sum.p_greater : sum.p_two;
    break_ties(above / defined, equal / defined, which, coin, &out);
    return out;
}

static figures exact_figures(mlg_tails tails, tail which, null_study *study)
{
    figures out = {NAN, NAN, NAN};
    const double coin = mlg_random_unit(&study->coin);

    out.plain = which == TWO ? fmin(1.0, 2.0 * fmin(tails.less, tails.greater)) : tails.greater;
    break_ties(1.0 - tails.less, fmax(0.0, tails.less + tails.greater - 1.0), which, coin, &out);
    return out;
}

static double ei_of(double within, double total)
{
    return total > 0.0 ? (total - 2.0 * within) / total : NAN;
}

/* ---- cells and groups ---------------------------------------------------------- */

static double tie_of(const mlg_cells *cells, int32_t a, int32_t b, size_t d)
{
    return cells->tie[mlg_cell_of(cells, a, b) * cells->n + d];
}

/* E-I of the first sector. */
static double group_ei(const mlg_cells *cells, size_t d)
{
    const double within = tie_of(cells, 0, 0, d);
    return ei_of(within, (double) cells->stubs[d] - within);
}

static void test_cells(null_study *study, const mlg_cells *observed, const mlg_cells *draws,
                       test group, test same, test across, figures *out)
{
    double draw[CALIBRATION_DRAWS], scratch[CALIBRATION_DRAWS];
    for (size_t d = 0; d < draws->n; d++) {
        draw[d] = group_ei(draws, d);
    }
    out[group] = figures_of(draw, draws->n, group_ei(observed, 0), LESS, study, scratch);
    for (int32_t b = 0; b < 2; b++) {
        for (size_t d = 0; d < draws->n; d++) {
            draw[d] = tie_of(draws, 0, b, d);
        }
        out[b == 0 ? same : across] =
            figures_of(draw, draws->n, tie_of(observed, 0, b, 0), TWO, study, scratch);
    }
}

/* ---- labels ---------------------------------------------------------------------- */

static mlg_run run_of(const null_study *study)
{
    mlg_run run = MLG_RUN_INIT;
    run.seed = study->seed;
    run.draws = CALIBRATION_DRAWS;
    return run;
}

/* Drawn even where the program would enumerate. */
static mlg_deal_plan plan_of(const null_study *study)
{
    return (mlg_deal_plan){.n = CALIBRATION_DRAWS, .seed = study->seed, .view = ""};
}

static double within_of(const mlg_labelling *labelling, const mlg_pairs *pairs)
{
    double within = 0.0;
    for (size_t i = 0, g = 0; i < pairs->n; i++) {
        g += i == pairs->end[g];
        within += pairs->weight[g] *
                  (labelling->type[pairs->pair[i].a] == labelling->type[pairs->pair[i].b]);
    }
    return within;
}

mlg_status labels_ei_test(null_study *study, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_deal_plan plan = plan_of(study);
    const mlg_run run = run_of(study);
    double draw[CALIBRATION_DRAWS], scratch[CALIBRATION_DRAWS];
    mlg_pairs pairs;

    TRY(mlg_pairs_make(study->graph, &study->labelling, MLG_PAIRS_ARCS, &pairs, err));
    TRY(mlg_within_draws(&study->labelling, &pairs, &plan, &run, draw, err));
    for (size_t d = 0; d < CALIBRATION_DRAWS; d++) {
        draw[d] = ei_of(draw[d], pairs.total);
    }
    const double observed = ei_of(within_of(&study->labelling, &pairs), pairs.total);
    *out = figures_of(draw, CALIBRATION_DRAWS, observed, LESS, study, scratch);
out:
    mlg_pairs_free(&pairs);
    return status;
}

/* Number of ties of each actor; the sum over the sectors of their squared sums. */
static double count_degrees(const mlg_labelling *l, const mlg_pairs *pairs, uint32_t *degree,
                            double *of_sector)
{
    double squares = 0.0;
    for (size_t i = 0; i < pairs->n; i++) {
        degree[pairs->pair[i].a]++;
        degree[pairs->pair[i].b]++;
    }
    for (int32_t i = 0; i < l->n; i++) {
        of_sector[l->type[i]] += degree[i];
    }
    for (int32_t a = 0; a < l->n_sectors; a++) {
        squares += of_sector[a] * of_sector[a];
    }
    return squares;
}

/* Modularity, and its share of the largest it could be. */
static void test_partition(null_study *study, double *within, double *squares, size_t n,
                           const double *total, test modularity, test assortativity, figures *out)
{
    double draw[CALIBRATION_DRAWS], scratch[CALIBRATION_DRAWS], observed = NAN;
    for (int normalised = 0; normalised < 2; normalised++) {
        for (size_t d = 0; d <= n; d++) { /* the observed one stands after the draws */
            const double m = total[d], chance = squares[d] / (4.0 * m * m);
            const double q = m > 0.0 ? within[d] / m - chance : NAN;
            const double value = normalised == 0 ? q : chance < 1.0 ? q / (1.0 - chance) : NAN;
            if (d < n) {
                draw[d] = value;
            } else {
                observed = value;
            }
        }
        out[normalised == 0 ? modularity : assortativity] =
            figures_of(draw, n, observed, GREATER, study, scratch);
    }
}

static mlg_status test_labels_partition(null_study *study, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &study->labelling;
    const mlg_deal_plan plan = plan_of(study);
    const mlg_run run = run_of(study);
    double within[CALIBRATION_DRAWS + 1], squares[CALIBRATION_DRAWS + 1];
    double total[CALIBRATION_DRAWS + 1];
    uint32_t *degree = mlg_zalloc((size_t) l->n, sizeof *degree);
    double *of_sector = mlg_zalloc((size_t) l->n_sectors, sizeof *of_sector);
    mlg_pairs pairs = {0};

    TRY_ALLOC(err, degree);
    TRY_ALLOC(err, of_sector);
    TRY(mlg_pairs_make(study->graph, l, MLG_PAIRS_TIES, &pairs, err));
    squares[CALIBRATION_DRAWS] = count_degrees(l, &pairs, degree, of_sector);
    within[CALIBRATION_DRAWS] = within_of(l, &pairs);
    TRY(mlg_partition_draws(l, &pairs, degree, &plan, &run, within, squares, err));
    for (size_t d = 0; d <= CALIBRATION_DRAWS; d++) {
        total[d] = pairs.total;
    }
    test_partition(study, within, squares, CALIBRATION_DRAWS, total, LABELS_MODULARITY,
                   LABELS_ASSORTATIVITY, out);
out:
    mlg_pairs_free(&pairs);
    mlg_free(of_sector);
    mlg_free(degree);
    return status;
}

/* The first actor's: hypergeometric, no draw. */
static void test_actor(null_study *study, figures *out)
{
    const mlg_graph *graph = study->graph;
    const mlg_labelling *l = &study->labelling;
    uint32_t once = 0, twice = 0, inside = 0;

    for (uint32_t i = graph->ties.offset[0]; i < graph->ties.offset[1]; i++) {
        const int32_t w = graph->ties.target[i];
        const bool both = graph->directed && mlg_csr_find(&graph->arcs, 0, w) > 0.0 &&
                          mlg_csr_find(&graph->arcs, w, 0) > 0.0;
        once += !both;
        twice += both;
        inside += l->type[w] == l->type[0] ? 1u + both : 0u;
    }
    if (once + twice > 0) {
        const mlg_tails tails = mlg_two_weight_tails(
            (uint32_t) l->n - 1, (uint32_t) l->others[l->type[0]], once, twice, inside);
        out[LABELS_ACTOR_EI] = exact_figures(tails, GREATER, study);
    }
}

/* The hypergeometric p of a cell: any placing of the ties among the pairs of actors. */
static void test_size(null_study *study, const mlg_cells *observed, const mlg_pairs *pairs,
                      figures *out)
{
    const mlg_labelling *l = &study->labelling;
    const uint32_t ways = observed->directed ? 1 : 2, n = (uint32_t) l->n;
    const uint32_t n_a = (uint32_t) l->carriers[0], n_b = (uint32_t) l->carriers[1];

    for (int b = 0; b < 2; b++) {
        const uint32_t places = b == 0 ? n_a * (n_a - 1) / ways : n_a * n_b;
        const mlg_tails tails =
            mlg_two_weight_tails(n * (n - 1) / ways, places, (uint32_t) pairs->n, 0,
                                 (uint32_t) tie_of(observed, 0, b, 0));
        out[b == 0 ? SIZE_CELL_SAME : SIZE_CELL_ACROSS] = exact_figures(tails, TWO, study);
    }
}

/* ---- rewiring --------------------------------------------------------------------- */

/* However few the steps, p holds: they only decide how far draws get from the observed graph. */
enum { STEPS_A_TIE = 10, MOST_STEPS = 2000 };

typedef struct rewired {
    const mlg_labelling *labelling;
    size_t m;
    uint32_t *square; /* [n_sectors^2], empty between draws */
    mlg_cells *draws;
} rewired;

static void count_rewired(const void *given, void *scratch, const mlg_pair *tie, uint64_t d)
{
    const rewired *in = given;
    const mlg_labelling *l = in->labelling;
    (void) scratch; /* one thread a study: the square is its own */

    for (size_t i = 0; i < in->m; i++) {
        mlg_cells_add(l, in->square, l->type[tie[i].a], l->type[tie[i].b]);
    }
    mlg_cells_put(in->draws, in->square, (size_t) d);
}

static double within_cells(const mlg_cells *cells, size_t d)
{
    double within = 0.0;
    for (int32_t a = 0; a < cells->n_sectors; a++) {
        within += tie_of(cells, a, a, d);
    }
    return within;
}

static mlg_status draw_rewired(const null_study *study, const mlg_pairs *pairs,
                               const mlg_cells *observed, mlg_cells *draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &study->labelling;
    const size_t n_sectors = (size_t) l->n_sectors, steps = STEPS_A_TIE * pairs->n;
    const mlg_run run = run_of(study);
    rewired in = {.labelling = l, .m = pairs->n, .draws = draws};

    in.square = mlg_zalloc(n_sectors * n_sectors, sizeof *in.square);
    TRY_ALLOC(err, in.square);
    const mlg_rewire_job job = {.what = "silo.rewiring",
                                .view = "",
                                .pair = pairs->pair,
                                .m = pairs->n,
                                .n = l->n,
                                .directed = study->graph->directed,
                                .steps = steps < MOST_STEPS ? steps : MOST_STEPS,
                                .draws = CALIBRATION_DRAWS,
                                .count = count_rewired,
                                .input = &in};
    TRY(mlg_rewire_draws(&job, &run, err));
    for (size_t i = 0; i < n_sectors * draws->n; i++) { /* degrees are kept: so are these */
        draws->stubs[i] = observed->stubs[i / draws->n];
    }
out:
    mlg_free(in.square);
    return status;
}

static mlg_status test_rewiring(null_study *study, const mlg_cells *observed,
                                const mlg_pairs *pairs, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double draw[CALIBRATION_DRAWS], scratch[CALIBRATION_DRAWS];
    mlg_cells draws;

    TRY(mlg_cells_open(observed->n_sectors, observed->directed, CALIBRATION_DRAWS, &draws, err));
    TRY(draw_rewired(study, pairs, observed, &draws, err));
    test_cells(study, observed, &draws, REWIRING_GROUP_EI, REWIRING_CELL_SAME, REWIRING_CELL_ACROSS,
               out);
    for (size_t d = 0; d < draws.n; d++) {
        draw[d] = ei_of(within_cells(&draws, d), pairs->total);
    }
    out[REWIRING_EI] = figures_of(draw, draws.n, ei_of(within_cells(observed, 0), pairs->total),
                                  LESS, study, scratch);
out:
    mlg_cells_free(&draws);
    return status;
}

/* ---- cells under each null --------------------------------------------------------- */

static mlg_status test_labels_cells(null_study *study, const mlg_cells *observed,
                                    const mlg_pairs *pairs, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &study->labelling;
    const mlg_deal_plan plan = plan_of(study);
    const mlg_run run = run_of(study);
    mlg_cells draws;

    TRY(mlg_cells_open(l->n_sectors, observed->directed, CALIBRATION_DRAWS, &draws, err));
    TRY(mlg_cells_draws(l, pairs, &plan, &run, &draws, err));
    test_cells(study, observed, &draws, LABELS_GROUP_EI, LABELS_CELL_SAME, LABELS_CELL_ACROSS, out);
out:
    mlg_cells_free(&draws);
    return status;
}

static mlg_status test_all_cells(null_study *study, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = &study->labelling;
    const bool directed = study->graph->directed;
    mlg_cells observed = {0};
    mlg_pairs pairs;

    TRY(mlg_pairs_make(study->graph, l, directed ? MLG_PAIRS_EACH_ARC : MLG_PAIRS_TIES, &pairs,
                       err));
    TRY(mlg_cells_observed(l, &pairs, directed, &observed, err));
    TRY(test_labels_cells(study, &observed, &pairs, out, err));
    test_size(study, &observed, &pairs, out);
    if (study->graph->n_activities == 0) {
        TRY(test_rewiring(study, &observed, &pairs, out, err));
    }
out:
    mlg_cells_free(&observed);
    mlg_pairs_free(&pairs);
    return status;
}

/* ---- margins --------------------------------------------------------------------- */

static void test_margin_indices(null_study *study, const mlg_margins *m, figures *out)
{
    double draw[CALIBRATION_DRAWS], scratch[CALIBRATION_DRAWS];
    double within[CALIBRATION_DRAWS + 1], squares[CALIBRATION_DRAWS + 1];
    double total[CALIBRATION_DRAWS + 1];

    for (size_t d = 0; d < m->n; d++) {
        draw[d] = ei_of(m->draw[d].within, m->draw[d].total);
    }
    out[MARGINS_EI] =
        figures_of(draw, m->n, ei_of(m->observed.within, m->observed.total), LESS, study, scratch);
    for (size_t d = 0; d < m->n; d++) {
        draw[d] = ei_of(m->draw[d].weighted_within, m->draw[d].weighted_total);
    }
    out[MARGINS_EI_WEIGHTED] =
        figures_of(draw, m->n, ei_of(m->observed.weighted_within, m->observed.weighted_total), LESS,
                   study, scratch);
    for (size_t d = 0; d <= m->n; d++) {
        const mlg_margin_counts *count = d < m->n ? &m->draw[d] : &m->observed;
        within[d] = count->tie_within;
        squares[d] = count->squares;
        total[d] = count->total;
    }
    test_partition(study, within, squares, m->n, total, MARGINS_MODULARITY, MARGINS_ASSORTATIVITY,
                   out);
}

static mlg_status test_margins(null_study *study, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run run = run_of(study);
    mlg_margins margins;

    TRY(mlg_margins_make(study->graph, &study->labelling, &run, &margins, err));
    test_margin_indices(study, &margins, out);
    test_cells(study, &margins.cells_observed, &margins.cells, MARGINS_GROUP_EI, MARGINS_CELL_SAME,
               MARGINS_CELL_ACROSS, out);
out:
    mlg_margins_free(&margins);
    return status;
}

mlg_status null_study_test(null_study *study, figures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (size_t t = 0; t < N_TESTS; t++) {
        out[t] = (figures){NAN, NAN, NAN};
    }
    TRY(labels_ei_test(study, &out[LABELS_EI], err));
    TRY(test_labels_partition(study, out, err));
    TRY(test_all_cells(study, out, err));
    test_actor(study, out);
    if (study->graph->n_activities > 0) {
        TRY(test_margins(study, out, err));
    }
out:
    return status;
}
