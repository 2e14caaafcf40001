/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/silo_table.h"

#include <math.h>

mlg_silo_table mlg_silo_table_observed(const mlg_silo *silo)
{
    return (mlg_silo_table){
        .labelling = &silo->labelling,
        .cells = mlg_silo_cells(silo),
        .ends =
            2.0 * (silo->two_mode ? silo->margins.observed.total : (double) silo->cells.pairs.n),
    };
}

/* Under "labels" the graph stays, under "degrees" its number of ties, under "margins" the number
 * of pairs that meet does not. */
static mlg_silo_table table_of_draw(const mlg_silo *silo, mlg_table_draws draws, size_t d)
{
    mlg_silo_table table = mlg_silo_table_observed(silo);
    table.cells = draws.cells;
    table.draw = d;
    table.ends = silo->two_mode ? 2.0 * silo->margins.draw[d].total : table.ends;
    return table;
}

void mlg_table_tell(const mlg_silo *silo, mlg_table_draws draws, const char *tail, mlg_value *value)
{
    if (draws.degrees) {
        mlg_silo_tell_degrees(silo, draws.cells->n, tail, value);
    } else {
        mlg_silo_tell(silo, draws.cells->n, tail, value);
    }
}

mlg_status mlg_silo_fill_index(const mlg_silo *silo, mlg_table_draws draws, mlg_silo_index *index,
                               int32_t a, size_t i, double *scratch, mlg_value *value,
                               mlg_error *err)
{
    const size_t n = draws.cells->n;
    const mlg_silo_table observed = mlg_silo_table_observed(silo);
    const double number = index(&observed, a);

    for (size_t d = 0; d < n; d++) {
        const mlg_silo_table table = table_of_draw(silo, draws, d);
        scratch[d] = index(&table, a);
    }
    const mlg_null_summary sum =
        mlg_null_summarise(scratch, n, !draws.degrees && !silo->two_mode && silo->plan.enumerated,
                           number, 1.0, scratch + n);
    return mlg_silo_fill(value, i, number, &sum, NULL, value->tail, err);
}

static mlg_status open_columns(mlg_value *value, mlg_error *err)
{
    static const char *const names[] = {"internal", "ends", "actors"};
    mlg_status status = MLG_OK;

    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P_ADJUSTED));
    for (size_t p = 0; p < sizeof names / sizeof *names; p++) {
        TRY_ALLOC(err, mlg_value_part_of(value, names[p]));
    }
out:
    return status;
}

mlg_status mlg_silo_add_sectors(const mlg_silo *silo, mlg_table_draws draws, const char *id,
                                int32_t view, mlg_silo_index *index, const char *tail,
                                mlg_text_key why, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) silo->graph->n_sectors;
    const mlg_silo_table table = mlg_silo_table_observed(silo);
    double *scratch = mlg_alloc(2 * draws.cells->n, sizeof *scratch);
    mlg_value *value = NULL;

    TRY_ALLOC(err, scratch);
    value = mlg_values_add(out, id, view, n, err);
    TRY_ALLOC(err, value);
    value->convention = silo->graph->directed ? "arcs" : "ties";
    value->weight = "none";
    value->undefined = why;
    mlg_table_tell(silo, draws, tail, value);
    TRY(open_columns(value, err));
    for (int32_t a = 0; a < silo->graph->n_sectors; a++) {
        const size_t i = (size_t) a;
        value->subject[i] = silo->graph->sector_code[a];
        TRY(mlg_silo_fill_index(silo, draws, index, a, i, scratch, value, err));
        value->undefined = isnan(value->column[MLG_VALUE][i]) ? value->undefined : T_none;
        value->part[0].values[i] = mlg_table_internal(&table, a);
        value->part[1].values[i] = mlg_table_ends(&table, a);
        value->part[2].values[i] = silo->labelling.carriers[a];
    }
    TRY(mlg_adjust_p(value->column[MLG_P], n, value->column[MLG_P_ADJUSTED], err));
out:
    mlg_free(scratch);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}
