/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "finding/rule.h"
#include "measure/waves.h"
#include "measure/waves_spells.h"

/* What the dates show: a network that changes hands, and ties that have to be made again. Both
 * are facts of the record; neither is anybody's fault. */

#define MUCH 0.25 /* up to it a notice, a warning above */
enum { LEAST_ACTORS = 10, LEAST_TIES = 10, LEAST_OF_POSTS = 5 };

/* ---- turnover ----------------------------------------------------------------------------- */

typedef struct figures {
    double left, before, entered; /* actors */
    double kept, at_risk, share, low, high;
    int32_t end_before, end;
    bool undated, partial;
} figures;

static bool read_figures(const mlg_rule_case *at, figures *f)
{
    const mlg_value *actors = mlg_rule_value(at, "turnover.actor_turnover", MLG_CURVE, NULL);
    const mlg_value *kept = mlg_rule_value(at, "turnover.retention", MLG_CURVE, NULL);

    if (actors == NULL || kept == NULL || actors->n == 0 || actors->n != kept->n) {
        return false;
    }
    const size_t row = actors->n - 1;
    const double end = mlg_rule_number(actors, MLG_AT, row);
    const double months = mlg_rule_part(actors, "months", row);
    *f = (figures){.left = mlg_rule_part(actors, "left", row),
                   .before = mlg_rule_part(actors, "before", row),
                   .entered = mlg_rule_part(actors, "entered", row),
                   .kept = mlg_rule_part(kept, "kept", row),
                   .at_risk = mlg_rule_part(kept, "at_risk", row),
                   .share = mlg_rule_number(kept, MLG_VALUE, row),
                   .low = mlg_rule_part(kept, "low_95", row),
                   .high = mlg_rule_part(kept, "high_95", row),
                   .end_before = mlg_wave_end(&at->graph->view, end - months),
                   .end = mlg_wave_end(&at->graph->view, end),
                   .partial = mlg_rule_part(actors, "partial", row) > 0.0,
                   .undated = mlg_rule_part(actors, "rows_undated", row) > 0.0};
    /* of the view's own period, and of enough to speak of */
    return end > -1e-9 && f->before >= LEAST_ACTORS && f->at_risk >= LEAST_TIES;
}

/* Rows of the view that end between the two periods' last days: what was lost. */
typedef struct row_search {
    mlg_finding *finding;
    const mlg_model *model;
    mlg_span ends; /* days on which a row of the earlier period may have ended */
} row_search;

static void look(void *context, const mlg_reading *reading)
{
    const row_search *s = context;
    const int32_t row = reading->row.row;
    int32_t last = MLG_EVER_LAST;

    if (reading->row.table == MLG_TIES) {
        last = mlg_get_span(s->model, C_ties_end, row).last;
    } else if (reading->row.table == MLG_PARTICIPATIONS) {
        last = mlg_get_span(s->model, C_participations_date, row).last;
    }
    if (reading->fate == MLG_ROW_OUTSIDE && last >= s->ends.first && last <= s->ends.last) {
        mlg_evidence_row_of(s->finding, s->model, reading->row.table, row);
    }
}

static mlg_status show_rows(mlg_finding *finding, const mlg_rule_case *at, const figures *f,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    const mlg_view *view = &graph->view;
    row_search s = {finding, at->model, {f->end_before - (f->end - f->end_before) + 1, view->from}};
    mlg_reader reader;

    TRY(mlg_reader_open(&reader, at->model, view, graph->into, graph->activity_when, err));
    mlg_reader_each(&reader, look, &s);
out:
    return status;
}

/* The level rests on the loss that is sure: 1 less the upper end of the interval. */
mlg_status mlg_rule_turnover(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                             mlg_error *err)
{
    figures f;

    if (at->model == NULL || !read_figures(at, &f) || !(1.0 - f.high > rule->least)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, 1.0 - f.high, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {mlg_arg_date(f.end_before), mlg_arg_date(f.end),
                            mlg_arg_count(f.left),      mlg_arg_count(f.before),
                            mlg_arg_count(f.entered),   mlg_arg_share(f.share, 0),
                            mlg_arg_count(f.kept),      mlg_arg_count(f.at_risk),
                            mlg_arg_share(f.low, 0),    mlg_arg_share(f.high, 0)};
    mlg_finding_say(finding, T_finding_turnover, args, sizeof args / sizeof args[0]);
    mlg_finding_at_most(finding, 1.0 - f.high > MUCH ? MLG_WARN : MLG_NOTICE);
    mlg_finding_measure(finding, "turnover.retention");
    mlg_finding_measure(finding, "turnover.actor_turnover");
    mlg_finding_lever(finding, T_lever_agreements, "S0:361");
    mlg_finding_limit(finding, T_limit_turnover_record);
    mlg_finding_limit(finding, T_limit_turnover_together);
    if (f.partial) {
        mlg_finding_limit(finding, T_limit_turnover_partial);
    }
    if (f.undated) {
        mlg_finding_limit(finding, T_limit_turnover_undated);
    }
    return show_rows(finding, at, &f, err);
}

/* ---- restarting ------------------------------------------------------------------------------ */

/* Rows of the posts of coordination that changed hands. */
static mlg_status show_posts(mlg_finding *finding, const mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_spells spells = {.n = 0};

    TRY(mlg_spells_of(model, &spells, err));
    for (size_t i = 0; i < spells.n; i++) {
        const mlg_spell *s = &spells.items[i];
        const bool first = i == 0 || spells.items[i - 1].post != s->post;
        bool changed = false;
        for (size_t k = i; first && k < spells.n && spells.items[k].post == s->post; k++) {
            changed = changed || (spells.items[k].coordinates && spells.items[k].person >= 0 &&
                                  spells.items[k].ending == MLG_DEPARTED);
        }
        for (size_t k = i; changed && k < spells.n && spells.items[k].post == s->post; k++) {
            for (int32_t r = 0; r < spells.items[k].n; r++) {
                mlg_evidence_row_of(finding, model, MLG_POSTS,
                                    spells.rows[spells.items[k].first + r]);
            }
        }
    }
out:
    mlg_spells_free(&spells);
    return status;
}

mlg_status mlg_rule_restart(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                            mlg_error *err)
{
    const mlg_value *value = mlg_rule_value(at, "turnover.restarted_share", MLG_SCALAR, NULL);
    const double before = mlg_rule_part(value, "before", 0);
    const double lost = mlg_rule_part(value, "lost", 0);
    const double restarted = mlg_rule_part(value, "restarted", 0);

    if (!(before >= LEAST_OF_POSTS) || !(lost / before > rule->least) || !(restarted > 0.0)) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, lost / before, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {mlg_arg_count(mlg_rule_part(value, "changes", 0)), mlg_arg_count(lost),
                            mlg_arg_count(before), mlg_arg_count(restarted)};
    mlg_finding_say(finding, T_finding_restart, args, sizeof args / sizeof args[0]);
    mlg_finding_at_most(finding,
                        before >= LEAST_TIES && lost / before > MUCH ? MLG_WARN : MLG_NOTICE);
    mlg_finding_measure(finding, "turnover.restarted_share");
    mlg_finding_lever(finding, T_lever_multi_year, "S0:276");
    mlg_finding_limit(finding, T_limit_restart_record);
    mlg_finding_limit(finding, T_limit_person);
    return show_posts(finding, at->model, err);
}
