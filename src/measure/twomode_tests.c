/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/fenwick.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"
#include "measure/twomode_ground.h"
#include "measure/wnodf.h"

/* Clustering, nestedness and sector mixing of the table itself, each against tables with the
 * same margins. */

/* A test of one figure of the structure, on the same draws as all. */
static mlg_two_mode_test test_of(const mlg_structure *structure, mlg_two_mode_figure figure,
                                 const char *id, const char *convention, int32_t view)
{
    return (mlg_two_mode_test){
        .id = id,
        .convention = convention,
        .view = view,
        .observed = structure->observed[figure],
        .tested = structure->tested[figure],
        .draw = structure->draw != NULL ? structure->draw + (size_t) figure * structure->n : NULL,
        .n = structure->n,
        .scale = 1.0,
        .tail = "greater"};
}

/* ---- clustering ------------------------------------------------------------------------ */

static mlg_status tell_closed(const mlg_structure *structure, mlg_side side, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    static const char *const names[] = {"actors", "activities"};
    mlg_two_mode_test test = test_of(structure, (mlg_two_mode_figure) (MLG_CLOSED_ACTORS + side),
                                     "twomode.clustering", names[side], view);
    mlg_figure figures[3] = {{"paths", (double) structure->paths[side]}};

    test.why = structure->paths[side] == 0 ? T_why_no_four_paths : T_none;
    test.figures = figures;
    test.n_figures = 1;
    if (!isnan(structure->se[side])) {
        figures[test.n_figures++] = (mlg_figure){"standard_error", structure->se[side]};
        test.caution = T_caution_approximate;
    }
    if (structure->sampled[side]) {
        figures[test.n_figures++] = (mlg_figure){"tested", test.tested};
    }
    return mlg_two_mode_tell(&test, out, err);
}

mlg_status mlg_twomode_clustering(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    static const char id[] = "twomode.clustering";
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    mlg_structure *structure = NULL;

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(mlg_two_mode_structure(context, view, &structure, err));
    TRY(tell_closed(structure, MLG_SIDE_ACTORS, view, out, err));
    TRY(tell_closed(structure, MLG_SIDE_ACTIVITIES, view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_twomode_robins_alexander(mlg_context *context, int32_t view, mlg_values *out,
                                        mlg_error *err)
{
    static const char id[] = "twomode.robins_alexander";
    mlg_status status = MLG_OK;
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    mlg_structure *structure = NULL;

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(mlg_two_mode_structure(context, view, &structure, err));
    const mlg_figure figures[] = {{"squares", (double) structure->squares},
                                  {"paths", (double) structure->three_paths}};
    mlg_two_mode_test test = test_of(structure, MLG_SQUARES, id, NULL, view);
    test.why = structure->three_paths == 0 ? T_why_no_three_paths : T_none;
    test.figures = figures;
    test.n_figures = 2;
    TRY(mlg_two_mode_tell(&test, out, err));
out:
    return status;
}

/* ---- nestedness ------------------------------------------------------------------------ */

/* NODF's sum over the pairs of one side as the tables list them: a pair counts when the one that
 * comes first has more. `across`: the members of each thing they share. */
static mlg_status nested_as_given(const mlg_csr *side, const mlg_csr *across, double *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t largest = 0;
    uint32_t *tree = NULL;
    uint64_t *by = NULL;

    *out = 0.0;
    for (int32_t v = 0; v < side->n; v++) {
        const uint32_t d = mlg_csr_degree(side, v);
        largest = d > largest ? d : largest;
    }
    tree = mlg_zalloc((size_t) largest + 1, sizeof *tree);
    by = mlg_zalloc((size_t) largest + 1, sizeof *by);
    TRY_ALLOC(err, tree);
    TRY_ALLOC(err, by);
    for (int32_t e = 0; e < across->n; e++) {
        uint32_t before = 0;
        for (uint32_t k = across->offset[e]; k < across->offset[e + 1]; k++) {
            const uint32_t d = mlg_csr_degree(side, across->target[k]);
            by[d] += before++ - mlg_fenwick_sum(tree, d);
            mlg_fenwick_add(tree, largest, d, 1);
        }
        for (uint32_t k = across->offset[e]; k < across->offset[e + 1]; k++) {
            mlg_fenwick_add(tree, largest, mlg_csr_degree(side, across->target[k]), 0u - 1u);
        }
    }
    for (uint32_t d = 1; d <= largest; d++) {
        *out += (double) by[d] / d;
    }
out:
    mlg_free(tree);
    mlg_free(by);
    return status;
}

static double pairs_of(double n)
{
    return n * (n - 1.0) / 2.0;
}

/* The parts of the whole's value. */
static mlg_status nested_parts(const mlg_graph *graph, const mlg_structure *structure,
                               mlg_figure *figures, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double actors = structure->sides.filled[0], activities = structure->sides.filled[1];
    const double all[] = {pairs_of(actors), pairs_of(activities)};
    const double listed = pairs_of(graph->n) + pairs_of(graph->n_activities);
    double given[2] = {0};

    TRY(nested_as_given(&graph->attends, &graph->attended, &given[0], err));
    TRY(nested_as_given(&graph->attended, &graph->attends, &given[1], err));
    const mlg_figure parts[] = {
        {"rows", structure->observed[MLG_NESTED_ACTORS]},
        {"columns", structure->observed[MLG_NESTED_ACTIVITIES]},
        {"given", 100.0 * (given[0] + given[1]) / (all[0] + all[1])},
        {"given_rows", 100.0 * given[0] / all[0]},
        {"given_columns", 100.0 * given[1] / all[1]},
        {"with_empty", structure->observed[MLG_NESTED] * (all[0] + all[1]) / listed},
        {"fill", (double) mlg_csr_size(&graph->attends) / (actors * activities)},
    };
    *n = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!isnan(parts[i].value)) {
            figures[(*n)++] = parts[i];
        }
    }
out:
    return status;
}

/* Hours as weights: said when any are known, undefined when some are not. */
static mlg_status tell_weighted(const mlg_graph *graph, int32_t view, mlg_values *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_hours hours = {.known = 0};
    mlg_wnodf nested = {{NAN, NAN}, {NAN, NAN}};

    TRY(mlg_hours_of(graph, &hours, err));
    if (hours.known == 0) {
        goto out;
    }
    mlg_figure figures[5] = {
        {"weighted_share", (double) hours.known / (double) (hours.known + hours.missing)},
        {"missing", (double) hours.missing},
        {"no_time", (double) hours.none},
    };
    mlg_summary summary = {.id = "twomode.nodf",
                           .view = view,
                           .convention = "weighted",
                           .value = NAN,
                           .why = hours.unsaid > 0 ? T_why_hours_missing : T_why_hours_elsewhere,
                           .figures = figures,
                           .n_figures = 3};
    if (hours.missing == 0) {
        TRY(mlg_wnodf_of(&hours.table, graph->n_activities, &nested, err));
        for (int side = 0; side < 2; side++) {
            if (nested.pairs[side] > 0.0) {
                figures[summary.n_figures++] =
                    (mlg_figure){side == 0 ? "actors" : "activities",
                                 100.0 * nested.sum[side] / nested.pairs[side]};
            }
        }
        summary.why = summary.n_figures == 3 ? T_why_no_pair_to_nest : T_none;
        summary.value =
            100.0 * (nested.sum[0] + nested.sum[1]) / (nested.pairs[0] + nested.pairs[1]);
    }
    TRY(mlg_values_summary(out, &summary, err));
out:
    mlg_csr_free(&hours.table);
    return status;
}

mlg_status mlg_twomode_nodf(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char id[] = "twomode.nodf";
    static const char *const names[] = {"sorted", "actors", "activities"};
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    mlg_structure *structure = NULL;
    mlg_figure figures[MLG_MAX_PARTS];
    size_t n_figures = 0;

    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(mlg_two_mode_structure(context, view, &structure, err));
    TRY(nested_parts(mlg_context_graph(context, view), structure, figures, &n_figures, err));
    for (int f = 0; f < 3; f++) {
        mlg_two_mode_test test =
            test_of(structure, (mlg_two_mode_figure) (MLG_NESTED + f), id, names[f], view);
        test.scale = 100.0;
        test.why = isnan(test.observed) ? T_why_no_pair_to_nest : T_none;
        test.figures = figures;
        test.n_figures = f == 0 && test.why == T_none ? n_figures : 0;
        TRY(mlg_two_mode_tell(&test, out, err));
    }
    TRY(tell_weighted(mlg_context_graph(context, view), view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

/* ---- sectors ---------------------------------------------------------------------------- */

static mlg_text_key caution_of(const mlg_sector_mix *mix)
{
    return mix->one_group ? T_caution_one_group : mix->small ? T_caution_small_sample : T_none;
}

static mlg_status tell_mix(const mlg_sector_mix *mix, bool pairs, int32_t view, mlg_values *out,
                           mlg_error *err)
{
    const mlg_figure figures[] = {
        {"activities", mix->n},
        {"single", mix->single},
        {"too_few_known", mix->too_few},
        {"some_unknown", mix->incomplete},
        {"largest_pairs", mix->largest_pairs},
    };
    const mlg_two_mode_test test = {
        .id = "twomode.sector_mixing",
        .convention = pairs ? "pairs" : "two_sectors",
        .view = view,
        .observed = pairs ? mix->mean_across : mix->two_sectors,
        .tested = pairs ? mix->mean_across : mix->two_sectors,
        .draw = pairs ? mix->across_draws : mix->two_draws,
        .n = mix->draws,
        .scale = 1.0,
        .tail = "less",
        .caution = caution_of(mix),
        .figures = figures,
        .n_figures = pairs ? sizeof figures / sizeof *figures : 1,
    };
    return mlg_two_mode_tell(&test, out, err);
}

/* What the draws say of an activity's number of sectors, from how many draws gave each. */
static mlg_null_summary summary_of(const mlg_sector_mix *mix, int32_t i)
{
    const uint32_t *count = mix->counts + mix->at[i], most = mix->at[i + 1] - mix->at[i] - 1;
    const double n = (double) mix->draws;
    const size_t rank = (mix->draws * 25 + 999) / 1000; /* as mlg_null_summarise() has it */
    mlg_null_summary null = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    double sum = 0.0, squares = 0.0;
    size_t below = 0;
    uint32_t less = 0, greater = 0;

    for (uint32_t s = 0; s <= most; s++) {
        sum += (double) count[s] * s;
        less += s <= mix->sectors[i] ? count[s] : 0;
        greater += s >= mix->sectors[i] ? count[s] : 0;
        if (below < rank && below + count[s] >= rank) {
            null.low = s;
        }
        if (mix->draws - below >= rank && mix->draws - below - count[s] < rank) {
            null.high = s;
        }
        below += count[s];
    }
    null.mean = sum / n;
    for (uint32_t s = 0; s <= most; s++) {
        squares += count[s] * (s - null.mean) * (s - null.mean);
    }
    null.sd = mix->draws > 1 ? sqrt(squares / (n - 1.0)) : NAN;
    if (null.sd > 0.0) {
        null.p_less = mlg_draws_p(less, (uint32_t) mix->draws);
        null.p_greater = mlg_draws_p(greater, (uint32_t) mix->draws);
        null.p_two = fmin(1.0, 2.0 * fmin(null.p_less, null.p_greater));
    }
    return null;
}

/* The observed numbers of sectors against the draws, each p adjusted for the other activities. */
static mlg_status test_activities(const mlg_sector_mix *mix, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *adjusted = NULL;

    for (int32_t i = 0; i < mix->n; i++) {
        const mlg_null_summary null = summary_of(mix, i);
        TRY(mlg_silo_fill(value, (size_t) i, mix->sectors[i], &null, NULL, "less", err));
    }
    adjusted = mlg_value_column_of(value, MLG_P_ADJUSTED);
    TRY_ALLOC(err, adjusted);
    TRY(mlg_adjust_p(value->column[MLG_P], value->n, adjusted, err));
out:
    return status;
}

static mlg_status fill_activities(const mlg_graph *graph, const mlg_sector_mix *mix,
                                  mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_value_subjects(value);
    double *number = mlg_value_column_of(value, MLG_VALUE);
    double *participants = mlg_value_part_of(value, "participants");
    double *known = mlg_value_part_of(value, "known");
    double *across = mlg_value_part_of(value, "across");

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, number);
    TRY_ALLOC(err, participants);
    TRY_ALLOC(err, known);
    TRY_ALLOC(err, across);
    for (int32_t i = 0; i < mix->n; i++) {
        subject[i] = graph->activity[mix->activity[i]];
        number[i] = mix->sectors[i];
        participants[i] = mlg_csr_degree(&graph->attended, mix->activity[i]);
        known[i] = mix->known[i];
        across[i] = mix->across[i];
    }
    if (mix->draws > 0) {
        TRY(test_activities(mix, value, err));
    }
out:
    return status;
}

/* Each activity's number of sectors, against the draws. */
static mlg_status list_activities(const mlg_graph *graph, const mlg_sector_mix *mix, int32_t view,
                                  mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "twomode.sector_mixing", view, (size_t) mix->n, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_VECTOR;
    value->scope = MLG_SCOPE_ACTIVITY;
    value->convention = "sectors";
    value->null_model = "margins";
    value->tail = "less";
    value->caution = caution_of(mix);
    value->draws = (uint32_t) mix->draws;
    value->p_method = mix->draws > 0 ? "draws" : NULL;
    status = fill_activities(graph, mix, value, err);
    if (status != MLG_OK) {
        mlg_values_drop(out);
    }
out:
    return status;
}

mlg_status mlg_twomode_sector_mixing(mlg_context *context, int32_t view, mlg_values *out,
                                     mlg_error *err)
{
    static const char id[] = "twomode.sector_mixing";
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    mlg_sector_mix *mix = NULL;

    if (why == T_none) {
        TRY(mlg_two_mode_mix(context, view, &mix, err));
        why = mix->why;
    }
    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(tell_mix(mix, true, view, out, err));
    TRY(tell_mix(mix, false, view, out, err));
    TRY(list_activities(mlg_context_graph(context, view), mix, view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
