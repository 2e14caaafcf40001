/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SILO_TABLE_H
#define MLG_MEASURE_SILO_TABLE_H

#include "measure/silo_ground.h"

/* Indices that need no more than ties sector by sector: of the view, and of each draw that the
 * silo measures share. */

/* One table: the observed one, or a draw's. */
typedef struct mlg_silo_table {
    const mlg_labelling *labelling;
    const mlg_cells *cells;
    size_t draw;
    double ends; /* ends of ties (arcs) of all actors with a sector, each counted once */
} mlg_silo_table;

/* Ties with both ends at carriers of sector a, and ends of ties at its carriers: a tie inside
 * has two. */
static inline double mlg_table_internal(const mlg_silo_table *t, int32_t a)
{
    return t->cells->tie[mlg_cell_of(t->cells, a, a) * t->cells->n + t->draw];
}
static inline double mlg_table_ends(const mlg_silo_table *t, int32_t a)
{
    return t->cells->stubs[(size_t) a * t->cells->n + t->draw];
}

/* An index of one sector (or of the whole table: then `a` is not used), NaN where undefined. */
typedef double mlg_silo_index(const mlg_silo_table *table, int32_t a);

/* The draws that an index stands beside, and under which null. */
typedef struct mlg_table_draws {
    const mlg_cells *cells;
    bool degrees; /* each actor keeps its number of ties; else "labels" or "margins" */
} mlg_table_draws;

/* Those of the view's first null. */
static inline mlg_table_draws mlg_table_draws_of(const mlg_silo *silo)
{
    return (mlg_table_draws){.cells = mlg_silo_cell_draws(silo)};
}

mlg_silo_table mlg_silo_table_observed(const mlg_silo *silo);
/* Fills row `i` with an index, observed and over the draws; its tail is the value's.
 * `scratch` has room for the draws twice. */
mlg_status mlg_silo_fill_index(const mlg_silo *silo, mlg_table_draws draws, mlg_silo_index *index,
                               int32_t a, size_t i, double *scratch, mlg_value *value,
                               mlg_error *err) MLG_MUST_CHECK;
/* Its null, number of draws and tail, told by the draws. */
void mlg_table_tell(const mlg_silo *silo, mlg_table_draws draws, const char *tail,
                    mlg_value *value);

/* Appends an index with a row a sector: parts "internal", "ends" and "actors" are what it stands
 * on, p_adjusted is over the sectors. `why`: said when no sector has a number. */
mlg_status mlg_silo_add_sectors(const mlg_silo *silo, mlg_table_draws draws, const char *id,
                                int32_t view, mlg_silo_index *index, const char *tail,
                                mlg_text_key why, mlg_values *out, mlg_error *err) MLG_MUST_CHECK;

#endif
