/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/waves.h"
#include "measure/waves.h"

/* What the passages of a view say, one row a passage. */

enum { MOST_FIGURES = 11 };

/* A measure: names of its parts, and one passage's figures, the value first. */
typedef struct reading {
    const char *id;
    mlg_text_key why; /* when no passage has a value */
    const char *const *parts;
    size_t n_parts;
    void (*figures)(const mlg_passage *passage, double *figure);
} reading;

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

/* ---- the three ------------------------------------------------------------------------ */

static const char *const actor_parts[] = {"months",  "before", "after",        "stayed",
                                          "entered", "left",   "rows_undated", "partial"};

static void actor_figures(const mlg_passage *p, double *figure)
{
    const double all = (double) (p->before + p->after - p->stayed);
    figure[0] = 1.0 - ratio((double) p->stayed, all);
    figure[1] = p->months;
    figure[2] = (double) p->before;
    figure[3] = (double) p->after;
    figure[4] = (double) p->stayed;
    figure[5] = (double) (p->after - p->stayed);
    figure[6] = (double) (p->before - p->stayed);
    figure[7] = (double) p->rows_undated;
    figure[8] = p->partial;
}

static const char *const tie_parts[] = {"months",    "kept",         "come",    "lost",
                                        "with_left", "with_entered", "undated", "mean_age_months",
                                        "ages_known"};

static void tie_figures(const mlg_passage *p, double *figure)
{
    figure[0] = 1.0 - ratio((double) p->kept, (double) (p->kept + p->come + p->lost));
    figure[1] = p->months;
    figure[2] = (double) p->kept;
    figure[3] = (double) p->come;
    figure[4] = (double) p->lost;
    figure[5] = (double) p->with_left;
    figure[6] = (double) p->with_entered;
    figure[7] = (double) p->undated;
    figure[8] = p->mean_age;
    figure[9] = (double) p->ages_known;
}

static const char *const retention_parts[] = {
    "months", "kept", "at_risk", "low_95", "high_95", "half_life_months", "undated"};

/* Ties that no date bounds cannot be lost: they are neither kept nor at risk. */
static void retention_figures(const mlg_passage *p, double *figure)
{
    const double kept = (double) (p->kept - p->undated), at_risk = kept + (double) p->lost;
    const double share = ratio(kept, at_risk);
    figure[0] = share;
    figure[1] = p->months;
    figure[2] = kept;
    figure[3] = at_risk;
    mlg_clopper_pearson(kept, at_risk, &figure[4], &figure[5]);
    figure[6] = share > 0.0 && share < 1.0 ? p->months * log(2.0) / -log(share) : NAN;
    figure[7] = (double) p->undated;
}

/* ---- as values ---------------------------------------------------------------------------- */

static bool fill(mlg_value *value, const mlg_waves *waves, const reading *what, bool *defined)
{
    double *at = mlg_value_column_of(value, MLG_AT);
    double *number = mlg_value_column_of(value, MLG_VALUE);
    double *part[MLG_MAX_PARTS] = {NULL}, figure[MOST_FIGURES];
    bool made = at != NULL && number != NULL;

    for (size_t k = 0; made && k < what->n_parts; k++) {
        part[k] = mlg_value_part_of(value, what->parts[k]);
        made = part[k] != NULL;
    }
    for (size_t i = 0; made && i < waves->n; i++) {
        what->figures(&waves->items[i], figure);
        at[i] = waves->items[i].after_months;
        number[i] = figure[0];
        *defined = *defined || !isnan(figure[0]);
        for (size_t k = 0; k < what->n_parts; k++) {
            part[k][i] = figure[1 + k];
        }
    }
    return made;
}

static mlg_text_key caution_of(const mlg_waves *waves)
{
    bool undated = false, partial = false;
    for (size_t i = 0; i < waves->n; i++) {
        undated = undated || waves->items[i].rows_undated > 0;
        partial = partial || waves->items[i].partial;
    }
    return !waves->starts ? T_caution_no_starts
           : undated      ? T_caution_undated
           : partial      ? T_caution_partial
                          : T_none;
}

static mlg_status append(mlg_context *context, int32_t view, const reading *what, mlg_values *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_waves *waves = NULL;
    bool defined = false;

    TRY(mlg_waves_of(context, view, &waves, err));
    if (waves->why != T_none) {
        return mlg_values_undefined(out, what->id, view, waves->why, err);
    }
    mlg_value *value = mlg_values_add(out, what->id, view, waves->n, err);
    TRY_ALLOC(err, value);
    if (!fill(value, waves, what, &defined)) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu waves", what->id, waves->n);
    }
    value->undefined = defined ? T_none : what->why;
    value->caution = caution_of(waves);
out:
    return status;
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

mlg_status mlg_turnover_actor_turnover(mlg_context *context, int32_t view, mlg_values *out,
                                       mlg_error *err)
{
    static const reading what = {"turnover.actor_turnover", T_why_no_actors, actor_parts,
                                 COUNT(actor_parts), actor_figures};
    return append(context, view, &what, out, err);
}

mlg_status mlg_turnover_tie_turnover(mlg_context *context, int32_t view, mlg_values *out,
                                     mlg_error *err)
{
    static const reading what = {"turnover.tie_turnover", T_why_no_lasting, tie_parts,
                                 COUNT(tie_parts), tie_figures};
    return append(context, view, &what, out, err);
}

mlg_status mlg_turnover_retention(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    static const reading what = {"turnover.retention", T_why_no_lasting, retention_parts,
                                 COUNT(retention_parts), retention_figures};
    return append(context, view, &what, out, err);
}
