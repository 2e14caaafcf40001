/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/summary.h"
#include "measure/workload_axes.h"

/* The table of axes and sectors: who carries the actions of each, or is partner in them. */

static const char *const ID = "scheme.axes";

typedef struct table {
    const mlg_model *model;
    const mlg_axes *axes;
    const mlg_sector_types *types;
    int32_t n_sectors;     /* codes */
    double *seats;         /* [n_axes * n_sectors] */
    double *actions;       /* the same */
    int32_t *last;         /* the same: the action counted last, from 1 */
    double *known;         /* [n_axes] seats of known sector */
    double *unknown;       /* [n_axes] */
    double *all_actions;   /* [n_axes] with somebody */
    int32_t *last_of_axis; /* [n_axes] */
} table;

static void table_close(table *t)
{
    mlg_free(t->seats);
    mlg_free(t->actions);
    mlg_free(t->last);
    mlg_free(t->known);
    mlg_free(t->unknown);
    mlg_free(t->all_actions);
    mlg_free(t->last_of_axis);
}

static mlg_status table_open(table *t, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) t->axes->n_axes, cells = n * (size_t) t->n_sectors;

    t->seats = mlg_zalloc(cells, sizeof *t->seats);
    t->actions = mlg_zalloc(cells, sizeof *t->actions);
    t->last = mlg_zalloc(cells, sizeof *t->last);
    t->known = mlg_zalloc(n, sizeof *t->known);
    t->unknown = mlg_zalloc(n, sizeof *t->unknown);
    t->all_actions = mlg_zalloc(n, sizeof *t->all_actions);
    t->last_of_axis = mlg_zalloc(n, sizeof *t->last_of_axis);
    TRY_ALLOC(err, t->seats);
    TRY_ALLOC(err, t->actions);
    TRY_ALLOC(err, t->last);
    TRY_ALLOC(err, t->known);
    TRY_ALLOC(err, t->unknown);
    TRY_ALLOC(err, t->all_actions);
    TRY_ALLOC(err, t->last_of_axis);
out:
    return status;
}

static void count_seat(table *t, const mlg_axis_seat *seat, int32_t axis)
{
    const int32_t type = t->types->of[seat->organisation], mark = seat->action + 1;

    t->all_actions[axis] += t->last_of_axis[axis] != mark;
    t->last_of_axis[axis] = mark;
    if (type < 0) {
        t->unknown[axis]++;
        return;
    }
    t->known[axis]++;
    for (uint32_t k = t->types->offset[type]; k < t->types->offset[type + 1]; k++) {
        const size_t sector = (size_t) t->types->sector[k];
        const size_t cell = (size_t) axis * (size_t) t->n_sectors + sector;
        t->seats[cell]++;
        t->actions[cell] += t->last[cell] != mark;
        t->last[cell] = mark;
    }
}

/* An organisation of several sectors stands in each. Seats are by action: what was counted last
 * tells whether the action was. */
static void count_seats(table *t)
{
    for (size_t i = 0; i < t->axes->n_seats; i++) {
        const mlg_axis_seat *seat = &t->axes->seat[i];
        size_t n = 0;
        const int32_t row = t->model->activity_row[t->axes->action[seat->action]];
        const mlg_id *texts = mlg_get_list(t->model, C_activities_axis, row, &n);
        if (seat->role == MLG_AXIS_FUNDER || mlg_axis_seat_again(t->axes, i)) {
            continue;
        }
        for (size_t k = 0; k < n; k++) {
            count_seat(t, seat, mlg_axis_place(t->axes, texts[k]));
        }
    }
}

static mlg_status list(const table *t, const char *convention, const char *const *parts,
                       size_t n_parts, const double *figure, int32_t view, mlg_values *out,
                       mlg_error *err)
{
    return mlg_values_listing(out,
                              &(mlg_listing){.id = ID,
                                             .view = view,
                                             .scope = MLG_SCOPE_AXIS,
                                             .convention = convention,
                                             .why = T_why_no_carrier,
                                             .parts = parts,
                                             .n_parts = n_parts,
                                             .subject = t->axes->axis,
                                             .figure = figure,
                                             .n = (size_t) t->axes->n_axes},
                              err);
}

/* One column of the table, where somebody of the sector stands at all. */
static mlg_status list_sector(const table *t, int32_t sector, double *figure, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"actions", "share"};
    double sum = 0.0;

    for (int32_t axis = 0; axis < t->axes->n_axes; axis++) {
        const size_t cell = (size_t) axis * (size_t) t->n_sectors + (size_t) sector;
        const bool known = t->known[axis] > 0.0;
        double *of = &figure[axis * 3];
        sum += t->seats[cell];
        of[0] = known ? t->seats[cell] : NAN;
        of[1] = known ? t->actions[cell] : NAN;
        of[2] = known ? t->seats[cell] / t->known[axis] : NAN;
    }
    return sum > 0.0 ? list(t, mlg_code_text(t->model, MLG_V_sector, sector), parts, 2, figure,
                            view, out, err)
                     : MLG_OK;
}

static mlg_status list_totals(const table *t, double *figure, int32_t view, mlg_values *out,
                              mlg_error *err)
{
    static const char *const parts[] = {"actions", "unknown_sector", "sectors"};

    for (int32_t axis = 0; axis < t->axes->n_axes; axis++) {
        double *of = &figure[axis * 4], sectors = 0.0;
        for (int32_t sector = 0; sector < t->n_sectors; sector++) {
            sectors += t->seats[axis * t->n_sectors + sector] > 0.0;
        }
        of[0] = t->known[axis] > 0.0 ? t->known[axis] : NAN;
        of[1] = t->all_actions[axis];
        of[2] = t->unknown[axis];
        of[3] = sectors;
    }
    return list(t, "all_sectors", parts, 3, figure, view, out, err);
}

mlg_status mlg_axes_sectors(const mlg_model *model, const mlg_axes *axes,
                            const mlg_sector_types *types, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    table t = {.model = model, .axes = axes, .types = types, .n_sectors = types->n_codes};
    double *figure = NULL;

    TRY(table_open(&t, err));
    figure = mlg_alloc((size_t) axes->n_axes, 4 * sizeof *figure);
    TRY_ALLOC(err, figure);
    count_seats(&t);
    TRY(list_totals(&t, figure, view, out, err));
    for (int32_t sector = 0; sector < t.n_sectors; sector++) {
        TRY(list_sector(&t, sector, figure, view, out, err));
    }
out:
    table_close(&t);
    mlg_free(figure);
    return status;
}
