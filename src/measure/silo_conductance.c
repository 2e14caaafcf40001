/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/rewired.h"
#include "measure/silo_table.h"
#include "measure/summary.h"

/* Conductance of the sectors, and what each keeps of its ties on average (Gupta, Anderson and
 * May): both are read off the table of ties sector by sector. */

static double conductance_of(const mlg_silo_table *t, int32_t a)
{
    const double ends = mlg_table_ends(t, a), others = t->ends - ends;
    const double least = fmin(ends, others);
    return least > 0.0 ? (ends - 2.0 * mlg_table_internal(t, a)) / least : NAN;
}

static mlg_status add_conductance(const mlg_silo *silo, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    return mlg_silo_add_sectors(silo, mlg_table_draws_of(silo), "silo.conductance", view,
                                conductance_of, "less", T_why_one_group, out, err);
}

static mlg_status add_conductance_degrees(const mlg_silo *silo, const mlg_cells *draws,
                                          int32_t view, mlg_values *out, mlg_error *err)
{
    const mlg_table_draws kept = {.cells = draws, .degrees = true};
    return mlg_silo_add_sectors(silo, kept, "silo.conductance", view, conductance_of, "less",
                                T_why_one_group, out, err);
}

/* Under the view's first null, and for ties with each actor keeping its number of them. */
static mlg_status under_both(mlg_context *context, int32_t view, const char *id, mlg_silo_add *add,
                             mlg_rewired_cells *add_degrees, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;

    TRY(mlg_silo_over_cells(context, view, id, add, out, err));
    TRY(mlg_rewired_over_cells(context, view, id, add_degrees, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_silo_conductance(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return under_both(context, view, "silo.conductance", add_conductance, add_conductance_degrees,
                      out, err);
}

/* ---- Gupta, Anderson and May ------------------------------------------------ */

/* Sectors whose actors have a tie, and the sum of the shares of ends that each keeps. */
static double trace_of(const mlg_silo_table *t, double *sectors)
{
    double trace = 0.0;
    *sectors = 0.0;
    for (int32_t a = 0; a < t->cells->n_sectors; a++) {
        const double ends = mlg_table_ends(t, a);
        if (ends > 0.0) {
            trace += 2.0 * mlg_table_internal(t, a) / ends;
            *sectors += 1.0;
        }
    }
    return trace;
}

static double gupta_of(const mlg_silo_table *t, int32_t a)
{
    double sectors = 0.0;
    const double trace = trace_of(t, &sectors);
    (void) a;
    return sectors > 1.0 ? (trace - 1.0) / (sectors - 1.0) : NAN;
}

/* Against the draws, between the bounds that the number of sectors sets. */
static mlg_status fill_gupta(const mlg_silo *silo, mlg_table_draws draws, double sectors,
                             double *scratch, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *part = NULL;

    value->convention = silo->graph->directed ? "arcs" : "ties";
    value->weight = "none";
    mlg_table_tell(silo, draws, "greater", value);
    TRY(mlg_silo_fill_index(silo, draws, gupta_of, 0, 0, scratch, value, err));
    TRY(mlg_silo_set(value, MLG_MIN, 0, -1.0 / (sectors - 1.0), err));
    TRY(mlg_silo_set(value, MLG_MAX, 0, 1.0, err));
    part = mlg_value_part_of(value, "sectors");
    TRY_ALLOC(err, part);
    part[0] = sectors;
out:
    return status;
}

static mlg_status add_gupta_over(const mlg_silo *silo, mlg_table_draws draws, int32_t view,
                                 mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_silo_table observed = mlg_silo_table_observed(silo);
    double sectors = 0.0, *scratch = mlg_alloc(2 * draws.cells->n, sizeof *scratch);
    mlg_value *value = NULL;

    TRY_ALLOC(err, scratch);
    (void) trace_of(&observed, &sectors);
    if (sectors < 2.0) {
        TRY(mlg_values_undefined(out, "silo.gupta", view, T_why_one_group, err));
        goto out;
    }
    value = mlg_values_add(out, "silo.gupta", view, 1, err);
    TRY_ALLOC(err, value);
    TRY(fill_gupta(silo, draws, sectors, scratch, value, err));
out:
    mlg_free(scratch);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

static mlg_status add_gupta(const mlg_silo *silo, int32_t view, mlg_values *out, mlg_error *err)
{
    return add_gupta_over(silo, mlg_table_draws_of(silo), view, out, err);
}

static mlg_status add_gupta_degrees(const mlg_silo *silo, const mlg_cells *draws, int32_t view,
                                    mlg_values *out, mlg_error *err)
{
    const mlg_table_draws kept = {.cells = draws, .degrees = true};
    return add_gupta_over(silo, kept, view, out, err);
}

mlg_status mlg_silo_gupta(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return under_both(context, view, "silo.gupta", add_gupta, add_gupta_degrees, out, err);
}
