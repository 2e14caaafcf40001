/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/moments.h"
#include "measure/rewired.h"
#include "measure/summary.h"

/* Ties sector by sector, against three expectations. */

/* Parts of the value, in this order. */
enum {
    RATIO,
    EXPECTED_CONFIG,
    RATIO_CONFIG,
    RATIO_CONFIG_LOOPS,
    EXPECTED_SIZE,
    RATIO_SIZE,
    STUB,
    N_PARTS
};
static const char *const part_names[N_PARTS] = {
    "ratio",         "expected_config", "ratio_config", "ratio_config_loops",
    "expected_size", "ratio_size",      "stub"};

/* What the expectations are made of. */
typedef struct table {
    const mlg_silo *silo;
    const mlg_cells *cells, *draws;
    bool degrees;                /* the draws keep degrees */
    mlg_arc_sums sums;           /* labels; of the margins only n and total */
    double ends;                 /* 2m, or m arcs */
    double *leave, *enter, *own; /* [n_sectors] summed out- and in-degrees of its actors, and the
                                    sum of each actor's product of the two */
    uint32_t *both;              /* [n_sectors^2] actors that carry the two sectors */
    double *draw, *scratch;      /* [draws->n] */
    double *p, *adjusted;        /* [cells->n_cells] */
} table;

static double ratio_of(double observed, double expected)
{
    return expected > 0.0 ? observed / expected : NAN;
}

/* ---- degrees by sector ------------------------------------------------------ */

static void add_degrees(table *t, size_t actor, double leave, double enter)
{
    const mlg_labelling *l = &t->silo->labelling;
    const uint16_t type = l->type[actor];
    for (uint32_t k = l->set_offset[type]; k < l->set_offset[type + 1]; k++) {
        t->leave[l->set[k]] += leave;
        t->enter[l->set[k]] += enter;
        t->own[l->set[k]] += leave * enter;
    }
}

static mlg_status sum_degrees(table *t, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_silo *silo = t->silo;
    const size_t n = (size_t) silo->labelling.n;
    const bool directed = t->cells->directed;
    double *leave = mlg_zalloc(n, sizeof *leave), *enter = mlg_zalloc(n, sizeof *enter);

    TRY_ALLOC(err, leave);
    TRY_ALLOC(err, enter);
    for (size_t i = 0; i < silo->cells.pairs.n; i++) {
        const mlg_pair pair = silo->cells.pairs.pair[i];
        leave[pair.a]++;
        enter[pair.b]++;
        if (!directed) {
            leave[pair.b]++;
            enter[pair.a]++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const bool margins = silo->two_mode;
        add_degrees(t, i, margins ? silo->margins.degree[i] : leave[i],
                    margins ? silo->margins.degree[i] : enter[i]);
    }
out:
    mlg_free(enter);
    mlg_free(leave);
    return status;
}

static void count_both(table *t)
{
    const mlg_labelling *l = &t->silo->labelling;
    for (int32_t type = 0; type < l->n_types; type++) {
        for (uint32_t i = l->set_offset[type]; i < l->set_offset[type + 1]; i++) {
            for (uint32_t j = l->set_offset[type]; j < l->set_offset[type + 1]; j++) {
                t->both[(size_t) l->set[i] * (size_t) l->n_sectors + (size_t) l->set[j]] +=
                    (uint32_t) l->count[type];
            }
        }
    }
}

/* ---- the table -------------------------------------------------------------- */

static void table_close(table *t)
{
    mlg_free(t->leave);
    mlg_free(t->enter);
    mlg_free(t->own);
    mlg_free(t->both);
    mlg_free(t->draw);
    mlg_free(t->scratch);
    mlg_free(t->p);
    mlg_free(t->adjusted);
}

static mlg_status table_room(table *t, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t s = (size_t) t->cells->n_sectors;

    t->leave = mlg_zalloc(s, sizeof *t->leave);
    t->enter = mlg_zalloc(s, sizeof *t->enter);
    t->own = mlg_zalloc(s, sizeof *t->own);
    t->both = mlg_zalloc(s * s, sizeof *t->both);
    t->draw = mlg_alloc(t->draws->n, sizeof *t->draw);
    t->scratch = mlg_alloc(t->draws->n, sizeof *t->scratch);
    t->p = mlg_alloc(t->cells->n_cells, sizeof *t->p);
    t->adjusted = mlg_alloc(t->cells->n_cells, sizeof *t->adjusted);
    if (t->leave == NULL || t->enter == NULL || t->own == NULL || t->both == NULL ||
        t->draw == NULL || t->scratch == NULL || t->p == NULL || t->adjusted == NULL) {
        FAIL(err, MLG_ENOMEM, "silo.mixing: no memory for %zu sectors", s);
    }
out:
    return status;
}

static mlg_status table_open(const mlg_silo *silo, const mlg_cells *draws, bool degrees, table *t,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    *t = (table){.silo = silo, .draws = draws, .degrees = degrees};
    t->cells = mlg_silo_cells(silo);
    TRY(table_room(t, err));
    if (silo->two_mode) {
        t->sums.n = silo->labelling.n;
        t->sums.total = 2.0 * silo->margins.observed.total;
    } else {
        TRY(mlg_arc_sums_of(&silo->cells.pairs, silo->labelling.n, !t->cells->directed, &t->sums,
                            err));
    }
    t->ends = t->sums.total;
    TRY(sum_degrees(t, err));
    count_both(t);
out:
    return status;
}

/* ---- one cell --------------------------------------------------------------- */

/* Ties inside a sector have both ends there: counted once they are half the stubs. */
static double ends_of(const table *t, int32_t a, int32_t b)
{
    return a == b && !t->cells->directed ? 2.0 : 1.0;
}

/* Observed = ties of the cell: parts, with what is expected of the graph's degrees and size. */
static void fill_parts(const table *t, int32_t a, int32_t b, double observed, double by_size,
                       double expected, mlg_value *value)
{
    const size_t i = (size_t) a * (size_t) t->cells->n_sectors + (size_t) b;
    const double ends = ends_of(t, a, b), product = t->leave[a] * t->enter[b];
    const double loose = product / t->ends;
    double config = loose;

    if (a == b) {
        const double pool = t->cells->directed ? t->ends : t->ends - 1.0;
        config = (product - t->own[a]) / pool / ends;
    }
    value->part[RATIO].values[i] = ratio_of(observed, expected);
    if (t->degrees) {
        return; /* the others stand beside the null "labels" */
    }
    value->part[EXPECTED_CONFIG].values[i] = config;
    value->part[RATIO_CONFIG].values[i] = ratio_of(observed, config);
    value->part[RATIO_CONFIG_LOOPS].values[i] = ratio_of(ends * observed, loose);
    value->part[EXPECTED_SIZE].values[i] = by_size;
    value->part[RATIO_SIZE].values[i] = ratio_of(observed, by_size);
    value->part[STUB].values[i] = ends * observed;
}

/* Those who meet often in one activity meet in others too, so that fewer pairs meet than in draws
 * of participations, whatever the sectors: draws are brought to the observed number of pairs. */
static double scale_of(const mlg_silo *silo, size_t draw)
{
    const mlg_margins *m = &silo->margins;
    return !silo->two_mode             ? 1.0
           : m->draw[draw].total > 0.0 ? m->observed.total / m->draw[draw].total
                                       : NAN;
}

static mlg_status fill_cell(table *t, int32_t a, int32_t b, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_silo *silo = t->silo;
    const mlg_labelling *l = &silo->labelling;
    const size_t s = (size_t) l->n_sectors, i = (size_t) a * s + (size_t) b;
    const size_t cell = mlg_cell_of(t->cells, a, b);
    const double observed = t->cells->tie[cell], ends = ends_of(t, a, b);
    double exact[2] = {0.0, 0.0};

    mlg_cell_moments(&t->sums, l->carriers[a], l->carriers[b], t->both[i], &exact[0], &exact[1]);
    exact[0] /= ends;
    exact[1] = sqrt(exact[1]) / ends;
    for (size_t d = 0; d < t->draws->n; d++) {
        t->draw[d] = t->draws->tie[cell * t->draws->n + d] * scale_of(silo, d);
    }
    const bool labels = !silo->two_mode && !t->degrees;
    const mlg_null_summary sum = mlg_null_summarise(
        t->draw, t->draws->n, labels && silo->plan.enumerated, observed, 1.0, t->scratch);
    value->subject[2 * i] = silo->graph->sector_code[a];
    value->subject[2 * i + 1] = silo->graph->sector_code[b];
    TRY(mlg_silo_fill(value, i, observed, &sum, labels ? exact : NULL, "two", err));
    fill_parts(t, a, b, observed, exact[0], value->column[MLG_EXPECTED][i], value);
    t->p[cell] = value->column[MLG_P][i];
out:
    return status;
}

/* ---- the value -------------------------------------------------------------- */

static mlg_status open_parts(mlg_value *value, size_t n_parts, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P_ADJUSTED));
    for (size_t p = 0; p < n_parts; p++) {
        TRY_ALLOC(err, mlg_value_part_of(value, part_names[p]));
    }
out:
    return status;
}

/* A pair of sectors is one comparison, though a matrix shows it twice. */
static mlg_status adjust(table *t, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t s = t->cells->n_sectors;

    TRY(mlg_adjust_p(t->p, t->cells->n_cells, t->adjusted, err));
    for (int32_t a = 0; a < s; a++) {
        for (int32_t b = 0; b < s; b++) {
            value->column[MLG_P_ADJUSTED][(size_t) a * (size_t) s + (size_t) b] =
                t->adjusted[mlg_cell_of(t->cells, a, b)];
        }
    }
out:
    return status;
}

static mlg_status add_matrix(const mlg_silo *silo, const mlg_cells *draws, bool degrees,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t s = silo->labelling.n_sectors;
    mlg_value *value = NULL;
    table t = {0};

    TRY(table_open(silo, draws, degrees, &t, err));
    value = mlg_values_add(out, "silo.mixing", view, (size_t) s * (size_t) s, err);
    TRY_ALLOC(err, value);
    value->convention = silo->graph->directed ? "arcs" : "tie_count";
    value->weight = "none";
    if (degrees) {
        mlg_silo_tell_degrees(silo, draws->n, "two", value);
    } else {
        mlg_silo_tell(silo, draws->n, "two", value);
    }
    TRY(open_parts(value, degrees ? 1 : N_PARTS, err));
    for (int32_t a = 0; a < s; a++) {
        for (int32_t b = 0; b < s; b++) {
            TRY(fill_cell(&t, a, b, value, err));
        }
    }
    TRY(adjust(&t, value, err));
out:
    table_close(&t);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

static mlg_status add_value(const mlg_silo *silo, int32_t view, mlg_values *out, mlg_error *err)
{
    return add_matrix(silo, mlg_silo_cell_draws(silo), false, view, out, err);
}

static mlg_status add_with_degrees(const mlg_silo *silo, const mlg_cells *draws, int32_t view,
                                   mlg_values *out, mlg_error *err)
{
    return add_matrix(silo, draws, true, view, out, err);
}

mlg_status mlg_silo_mixing(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;

    TRY(mlg_silo_over_cells(context, view, "silo.mixing", add_value, out, err));
    TRY(mlg_rewired_over_cells(context, view, "silo.mixing", add_with_degrees, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
