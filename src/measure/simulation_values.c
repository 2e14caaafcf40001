/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/simulation.h"
#include "measure/answer.h"
#include "measure/simulation.h"
#include "measure/summary.h"

/* The measures of the simulation: curves, what is lost, what each post and each number change. */

/* ---- what every one of them asks first --------------------------------------------- */

/* The simulation of a view with what is needed, and why an outcome is not told on it. */
static mlg_status simulated(mlg_context *context, int32_t view, unsigned needs, int outcome,
                            const mlg_simulation **out, mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = NULL;
    TRY(mlg_simulation_of(context, view, needs, out, err));
    *why = (*out)->why != T_none ? (*out)->why : (*out)->lacks[outcome];
out:
    return status;
}

static mlg_status no_memory(mlg_values *out, const char *id, mlg_error *err)
{
    mlg_values_drop(out);
    return mlg_fail(err, MLG_ENOMEM, "%s: no memory for its columns", id);
}

/* ---- curves -------------------------------------------------------------------------- */

static mlg_status put_curve(const mlg_simulation *s, int output, const char *id, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    const size_t n = (size_t) s->months + 1;
    /* distances are not followed again, nor what is too large */
    const bool again = output != MLG_PLAY_EFFICIENCY && s->points > 0;
    mlg_value *value = mlg_values_add(out, id, view, n, err);
    if (value == NULL) {
        return MLG_ENOMEM;
    }
    double *column[] = {
        mlg_value_column_of(value, MLG_AT),
        mlg_value_column_of(value, MLG_VALUE),
        mlg_value_part_of(value, "low_5"),
        mlg_value_part_of(value, "high_95"),
        mlg_value_part_of(value, "worst"),
        mlg_value_part_of(value, "mc_error"),
        again ? mlg_value_part_of(value, "parameter_low") : NULL,
        again ? mlg_value_part_of(value, "parameter_high") : NULL,
    };
    for (size_t c = 0; c < (again ? 8 : 6); c++) {
        if (column[c] == NULL) {
            return no_memory(out, id, err);
        }
    }
    for (size_t month = 0; month < n; month++) {
        const mlg_spread *spread = &s->curve[output][month];
        const double row[] = {(double) month,        spread->mean,          spread->low,
                              spread->high,          spread->worst,         spread->error,
                              spread->parameter_low, spread->parameter_high};
        for (size_t c = 0; c < (again ? 8 : 6); c++) {
            column[c][month] = row[c];
        }
    }
    value->draws = output == MLG_PLAY_EFFICIENCY ? s->near_replicates : s->replicates;
    return MLG_OK;
}

static mlg_status curve(mlg_context *context, int32_t view, int output, mlg_values *out,
                        mlg_error *err)
{
    static const char *const ids[] = {
        [MLG_PLAY_PAIRS] = "turnover.simulation.pairs",
        [MLG_PLAY_EFFICIENCY] = "turnover.simulation.efficiency",
        [MLG_PLAY_SCHEMES] = "turnover.simulation.schemes",
        [MLG_PLAY_POPULATION] = "turnover.simulation.population",
    };
    mlg_status status = MLG_OK;
    const mlg_simulation *s = NULL;
    mlg_text_key why = T_none;
    const unsigned needs = output == MLG_PLAY_EFFICIENCY ? MLG_SIMULATE_NEAR : MLG_SIMULATE_POINTS;

    TRY(simulated(context, view, needs, output, &s, &why, err));
    TRY(why != T_none ? mlg_values_undefined(out, ids[output], view, why, err)
                      : put_curve(s, output, ids[output], view, out, err));
out:
    return status;
}

mlg_status mlg_turnover_simulation_pairs(mlg_context *context, int32_t view, mlg_values *out,
                                         mlg_error *err)
{
    return curve(context, view, MLG_PLAY_PAIRS, out, err);
}

mlg_status mlg_turnover_simulation_efficiency(mlg_context *context, int32_t view, mlg_values *out,
                                              mlg_error *err)
{
    return curve(context, view, MLG_PLAY_EFFICIENCY, out, err);
}

mlg_status mlg_turnover_simulation_schemes(mlg_context *context, int32_t view, mlg_values *out,
                                           mlg_error *err)
{
    return curve(context, view, MLG_PLAY_SCHEMES, out, err);
}

mlg_status mlg_turnover_simulation_population(mlg_context *context, int32_t view, mlg_values *out,
                                              mlg_error *err)
{
    return curve(context, view, MLG_PLAY_POPULATION, out, err);
}

/* ---- one number of the whole horizon ---------------------------------------------------- */

mlg_status mlg_turnover_simulation_months_lost(mlg_context *context, int32_t view, mlg_values *out,
                                               mlg_error *err)
{
    static const char *const id = "turnover.simulation.months_lost";
    mlg_status status = MLG_OK;
    const mlg_simulation *s = NULL;
    mlg_answer answer = mlg_answer_open(context, id, view);
    mlg_text_key why = T_none;

    TRY(simulated(context, view, MLG_SIMULATE_POINTS, MLG_OUTCOME_LOST, &s, &why, err));
    answer.why = why != T_none ? why : answer.why;
    if (answer.why == T_none) {
        answer.value = s->lost.mean;
        answer.draws = s->replicates;
        mlg_answer_part(&answer, "low_5", s->lost.low);
        mlg_answer_part(&answer, "high_95", s->lost.high);
        mlg_answer_part(&answer, "worst", s->lost.worst);
        mlg_answer_part(&answer, "mc_error", s->lost.error);
        mlg_answer_part(&answer, "parameter_low", s->lost.parameter_low);
        mlg_answer_part(&answer, "parameter_high", s->lost.parameter_high);
        mlg_answer_part(&answer, "out_of", s->out_of);
        mlg_answer_part(&answer, "departures", s->departures);
    }
    TRY(mlg_answer_append(&answer, out, err));
out:
    return status;
}

static double within_horizon(double months)
{
    return isinf(months) != 0 ? NAN : months;
}

/* The share that does not come back is told also where it is most of them. */
static mlg_status put_recovery(const mlg_simulation *s, int32_t view, mlg_values *out,
                               mlg_error *err)
{
    static const char *const id = "turnover.simulation.recovery";
    mlg_status status = MLG_OK;
    const mlg_recovery *r = &s->recovery;
    const mlg_figure parts[] = {
        {"fell", r->fell / (double) s->replicates},
        {"not_recovered", r->not_recovered},
        {"low_5", within_horizon(r->low)},
        {"high_95", within_horizon(r->high)},
        {"median_low", within_horizon(r->median_low)},
        {"median_high", within_horizon(r->median_high)},
    };

    TRY(mlg_values_scalar(out, id, view, within_horizon(r->median),
                          isinf(r->median) != 0 ? T_why_not_recovered : T_none, err));
    mlg_value *value = &out->items[out->n - 1];
    value->draws = s->replicates;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double *part = mlg_value_part_of(value, parts[i].name);
        if (part == NULL) {
            return no_memory(out, id, err);
        }
        part[0] = parts[i].value;
    }
out:
    return status;
}

mlg_status mlg_turnover_simulation_recovery(mlg_context *context, int32_t view, mlg_values *out,
                                            mlg_error *err)
{
    static const char *const id = "turnover.simulation.recovery";
    mlg_status status = MLG_OK;
    const mlg_simulation *s = NULL;
    mlg_text_key why = T_none;

    TRY(simulated(context, view, 0, MLG_PLAY_PAIRS, &s, &why, err));
    why = why != T_none ? why : s->recovery.fell == 0 ? T_why_never_fell : T_none;
    if (why != T_none) {
        return mlg_values_undefined(out, id, view, why, err);
    }
    TRY(put_recovery(s, view, out, err));
out:
    return status;
}

/* ---- posts ------------------------------------------------------------------------------- */

/* The contribution of a post's holder; NULL when it was not told, or the post is not. */
static const mlg_contribution *contribution_of(const mlg_simulation *s, const mlg_model *model,
                                               const mlg_turnover_post *post)
{
    const bool on_record = model->party_post_row != NULL && model->party_post_row[post->party] >= 0;
    for (int32_t i = 0; (on_record || post->coordinates) && i < s->n_contributions; i++) {
        if (s->contribution[i].person == post->person) {
            return &s->contribution[i];
        }
    }
    return NULL;
}

static const struct {
    const char *value, *error; /* parts; NULL: the value itself */
} post_parts[MLG_N_OUTCOMES] = {
    [MLG_PLAY_PAIRS] = {NULL, "pairs_error"},
    [MLG_PLAY_EFFICIENCY] = {NULL, NULL}, /* not followed again */
    [MLG_PLAY_SCHEMES] = {"schemes", "schemes_error"},
    [MLG_PLAY_POPULATION] = {"population", "population_error"},
    [MLG_OUTCOME_LOST] = {"months_lost", "months_lost_error"},
};

static mlg_status fill_posts(const mlg_simulation *s, const mlg_model *model, mlg_value *value,
                             bool *some)
{
    double *of[MLG_N_OUTCOMES] = {NULL}, *error[MLG_N_OUTCOMES] = {NULL};
    mlg_id *subject = mlg_value_subjects(value);
    bool made = subject != NULL;
    size_t row = 0;

    for (int k = 0; k < MLG_N_OUTCOMES; k++) {
        if (post_parts[k].error != NULL) {
            of[k] = post_parts[k].value == NULL ? mlg_value_column_of(value, MLG_VALUE)
                                                : mlg_value_part_of(value, post_parts[k].value);
            error[k] = mlg_value_part_of(value, post_parts[k].error);
            made = made && of[k] != NULL && error[k] != NULL;
        }
    }
    double *leaves = mlg_value_part_of(value, "leaves");
    if (!made || leaves == NULL) {
        return MLG_ENOMEM;
    }
    for (int32_t p = 0; p < s->ground.n_posts; p++) {
        const mlg_contribution *c = contribution_of(s, model, &s->ground.post[p]);
        if (c == NULL) {
            continue;
        }
        subject[row] = s->ground.post[p].party;
        leaves[row] = c->leaves;
        for (int k = 0; k < MLG_N_OUTCOMES; k++) {
            if (of[k] != NULL && s->lacks[k] == T_none) {
                of[k][row] = c->of[k].mean;
                error[k][row] = c->of[k].error;
            }
        }
        *some = *some || !isnan(of[MLG_PLAY_PAIRS][row]);
        row++;
    }
    return MLG_OK;
}

mlg_status mlg_turnover_simulation_posts(mlg_context *context, int32_t view, mlg_values *out,
                                         mlg_error *err)
{
    static const char *const id = "turnover.simulation.posts";
    mlg_status status = MLG_OK;
    const mlg_simulation *s = NULL;
    mlg_text_key why = T_none;
    size_t n = 0, total = 0;
    bool some = false;

    TRY(simulated(context, view, MLG_SIMULATE_POSTS, MLG_PLAY_PAIRS, &s, &why, err));
    for (int32_t p = 0; s != NULL && s->why == T_none && p < s->ground.n_posts; p++) {
        n += contribution_of(s, context->model, &s->ground.post[p]) != NULL;
    }
    if (n == 0) {
        TRY(mlg_values_undefined(out, id, view,
                                 s == NULL || s->why != T_none ? why
                                 : s->n_contributors > 0       ? T_why_too_large
                                                               : T_why_no_posts,
                                 err));
        return MLG_OK;
    }
    total = n + (size_t) (s->n_contributors - s->n_contributions);
    mlg_value *value = mlg_values_add(out, id, view, n, err);
    TRY_ALLOC(err, value);
    if (fill_posts(s, context->model, value, &some) != MLG_OK) {
        return no_memory(out, id, err);
    }
    value->total = total;
    value->undefined = some ? T_none : why;
    value->draws = s->contribution_replicates;
out:
    return status;
}

/* ---- numbers of the model ------------------------------------------------------------------ */

static mlg_status put_steps(const mlg_simulation *s, int outcome, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    static const char *const id = "turnover.simulation.elasticity";
    static const char *const names[MLG_N_OUTCOMES] = {
        [MLG_PLAY_PAIRS] = "pairs",
        [MLG_PLAY_SCHEMES] = "schemes",
        [MLG_PLAY_POPULATION] = "population",
        [MLG_OUTCOME_LOST] = "months_lost",
    };
    mlg_value *value = mlg_values_add(out, id, view, (size_t) s->n_steps, err);
    if (value == NULL) {
        return MLG_ENOMEM;
    }
    mlg_id *subject = mlg_value_subjects(value);
    double *column[] = {
        mlg_value_column_of(value, MLG_VALUE),   mlg_value_part_of(value, "mc_error"),
        mlg_value_part_of(value, "relative"),    mlg_value_part_of(value, "at_low"),
        mlg_value_part_of(value, "at_high"),     mlg_value_part_of(value, "range"),
        mlg_value_part_of(value, "range_error"),
    };
    bool made = subject != NULL, some = false;
    for (size_t c = 0; c < sizeof column / sizeof *column; c++) {
        made = made && column[c] != NULL;
    }
    if (!made) {
        return no_memory(out, id, err);
    }
    for (int32_t i = 0; i < s->n_steps; i++) {
        const mlg_sensitivity *step = &s->step[i];
        const double mean = s->mean[outcome];
        subject[i] = (mlg_id) step->rate;
        column[0][i] = step->step[outcome].mean;
        column[1][i] = step->step[outcome].error;
        column[2][i] = mean > 0.0 ? 100.0 * step->step[outcome].mean / mean : NAN;
        column[3][i] = step->at_low[outcome];
        column[4][i] = step->at_high[outcome];
        column[5][i] = step->range[outcome].mean;
        column[6][i] = step->range[outcome].error;
    }
    for (int32_t i = 0; i < s->n_steps; i++) {
        some = some || !isnan(column[0][i]);
    }
    value->undefined = some ? T_none : T_why_no_variance;
    value->convention = names[outcome];
    value->draws = s->step_replicates;
    return MLG_OK;
}

/* Is any outcome followed that a number could move? */
static bool tells(const mlg_simulation *s)
{
    return s->lacks[MLG_PLAY_PAIRS] == T_none || s->lacks[MLG_PLAY_SCHEMES] == T_none ||
           s->lacks[MLG_PLAY_POPULATION] == T_none || s->lacks[MLG_OUTCOME_LOST] == T_none;
}

mlg_status mlg_turnover_simulation_elasticity(mlg_context *context, int32_t view, mlg_values *out,
                                              mlg_error *err)
{
    static const char *const id = "turnover.simulation.elasticity";
    mlg_status status = MLG_OK;
    const mlg_simulation *s = NULL;
    mlg_text_key why = T_none;
    const size_t before = out->n;

    TRY(simulated(context, view, MLG_SIMULATE_STEPS, MLG_PLAY_PAIRS, &s, &why, err));
    for (int k = 0; s != NULL && s->why == T_none && k < MLG_N_OUTCOMES; k++) {
        if (k != MLG_PLAY_EFFICIENCY && s->lacks[k] == T_none && s->n_steps > 0) {
            TRY(put_steps(s, k, view, out, err));
        }
    }
    if (out->n == before) {
        TRY(mlg_values_undefined(
            out, id, view,
            why == T_none || (s != NULL && s->why == T_none && tells(s)) ? T_why_too_large : why,
            err));
    }
out:
    while (status != MLG_OK && out->n > before) {
        mlg_values_drop(out);
    }
    return status;
}
