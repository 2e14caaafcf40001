/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/rewired.h"
#include "measure/summary.h"

/* The E-I index of each sector. */

/* Ties of draw d inside sector a, and those with one end in it. An end at a carrier is a
 * stub, and a tie inside has two. */
static void ties_of(const mlg_cells *cells, int32_t a, size_t d, double *internal, double *external)
{
    *internal = cells->tie[mlg_cell_of(cells, a, a) * cells->n + d];
    *external = (double) cells->stubs[(size_t) a * cells->n + d] - 2.0 * *internal;
}

static double ei_of(double internal, double external)
{
    const double all = internal + external;
    return all > 0.0 ? (external - internal) / all : NAN;
}

/* `draw` has room for the draws twice. */
static mlg_status fill_sector(const mlg_silo *silo, const mlg_cells *draws, bool enumerated,
                              int32_t a, double *draw, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_cells *cells = mlg_silo_cells(silo);
    const size_t i = (size_t) a;
    double internal = 0.0, external = 0.0, in_draw = 0.0, out_draw = 0.0;

    ties_of(cells, a, 0, &internal, &external);
    for (size_t d = 0; d < draws->n; d++) {
        ties_of(draws, a, d, &in_draw, &out_draw);
        draw[d] = ei_of(in_draw, out_draw);
    }
    const double observed = ei_of(internal, external);
    const mlg_null_summary sum =
        mlg_null_summarise(draw, draws->n, enumerated, observed, 1.0, draw + draws->n);
    value->subject[i] = silo->graph->sector_code[a];
    TRY(mlg_silo_fill(value, i, observed, &sum, NULL, "less", err));
    value->part[0].values[i] = ei_of(2.0 * internal, external);
    value->part[1].values[i] = internal;
    value->part[2].values[i] = external;
    value->part[3].values[i] = silo->labelling.carriers[a];
out:
    return status;
}

/* The columns that every row fills, made at once: a view may have no sector to fill. */
static mlg_status open_parts(mlg_value *value, mlg_error *err)
{
    static const char *const names[] = {"stub", "internal", "external", "actors"};
    mlg_status status = MLG_OK;

    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P_ADJUSTED));
    for (size_t p = 0; p < sizeof names / sizeof *names; p++) {
        TRY_ALLOC(err, mlg_value_part_of(value, names[p]));
    }
out:
    return status;
}

static mlg_status add_list(const mlg_silo *silo, const mlg_cells *draws, bool degrees, int32_t view,
                           mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool enumerated = !degrees && !silo->two_mode && silo->plan.enumerated;
    const size_t n = (size_t) silo->graph->n_sectors;
    double *draw = mlg_alloc(2 * draws->n, sizeof *draw);
    mlg_value *value = NULL;

    TRY_ALLOC(err, draw);
    value = mlg_values_add(out, "silo.ei_group", view, n, err);
    TRY_ALLOC(err, value);
    value->convention = "tie_count";
    value->weight = "none";
    if (degrees) {
        mlg_silo_tell_degrees(silo, draws->n, "less", value);
    } else {
        mlg_silo_tell(silo, draws->n, "less", value);
    }
    TRY(open_parts(value, err));
    for (int32_t a = 0; a < silo->graph->n_sectors; a++) {
        TRY(fill_sector(silo, draws, enumerated, a, draw, value, err));
    }
    TRY(mlg_adjust_p(value->column[MLG_P], n, value->column[MLG_P_ADJUSTED], err));
out:
    mlg_free(draw);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

static mlg_status add_value(const mlg_silo *silo, int32_t view, mlg_values *out, mlg_error *err)
{
    return add_list(silo, mlg_silo_cell_draws(silo), false, view, out, err);
}

static mlg_status add_degrees(const mlg_silo *silo, const mlg_cells *draws, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    return add_list(silo, draws, true, view, out, err);
}

mlg_status mlg_silo_ei_group(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;

    TRY(mlg_silo_over_cells(context, view, "silo.ei_group", add_value, out, err));
    TRY(mlg_rewired_over_cells(context, view, "silo.ei_group", add_degrees, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
