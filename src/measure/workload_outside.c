/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/workload.h"
#include "measure/context.h"
#include "measure/seats.h"
#include "measure/summary.h"

/* What is done under no contract, and what bears several labels. */

static const char *const ID = "scheme.outside";

typedef struct tally {
    double activities, known, outside, several, labels, most;
} tally;

/* A row of schemes.csv may itself stand for what is outside of any scheme. */
static bool is_no_scheme(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    return row >= 0 && mlg_get_id(model, C_schemes_kind, row) == MLG_CODE_OF(scheme_kind, none);
}

static void count_row(tally *t, const mlg_model *model, int32_t row)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_get_list(model, C_activities_schemes, row, &n);
    const bool none = mlg_list_is_none(model, C_activities_schemes, row);
    double labels = 0.0;

    for (size_t i = 0; i < n; i++) {
        labels += !is_no_scheme(model, schemes[i]);
    }
    t->activities++;
    t->known += n > 0 || none;
    t->outside += (n > 0 || none) && labels == 0.0;
    t->several += labels > 1.0;
    t->labels += labels;
    t->most = fmax(t->most, labels);
}

static mlg_status add_tally(const tally *t, const char *convention, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    const double labelled = t->known - t->outside;
    const mlg_figure figures[] = {
        {"activities", t->activities},
        {"known", t->known},
        {"outside", t->outside},
        {"several_labels", t->several},
        {"labels_mean", labelled > 0.0 ? t->labels / labelled : NAN},
        {"labels_most", labelled > 0.0 ? t->most : NAN},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = convention,
                                             .value = t->known > 0.0 ? t->outside / t->known : NAN,
                                             .why = t->known > 0.0        ? T_none
                                                    : t->activities > 0.0 ? T_why_no_label
                                                                          : T_why_no_action,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_scheme_outside(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    tally actions = {0}, all = {0};

    if (model == NULL || model->rows[MLG_ACTIVITIES].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_activities, err);
    }
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        const int32_t row = model->activity_row[a];
        if (row < 0 || !mlg_activity_is_recent(model, a)) {
            continue;
        }
        count_row(&all, model, row);
        if (mlg_get_id(model, C_activities_kind, row) == MLG_CODE_OF(activity_kind, action)) {
            count_row(&actions, model, row);
        }
    }
    TRY(add_tally(&actions, "actions", view, out, err));
    TRY(add_tally(&all, "all_activities", view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
