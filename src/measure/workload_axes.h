/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WORKLOAD_AXES_H
#define MLG_MEASURE_WORKLOAD_AXES_H

#include "measure/context.h"
#include "measure/sector_types.h"

/* Who stands in an action, and as what. */
typedef enum mlg_axis_role { MLG_AXIS_CARRIER, MLG_AXIS_PARTNER, MLG_AXIS_FUNDER } mlg_axis_role;

typedef struct mlg_axis_seat {
    int32_t action; /* place among the actions */
    mlg_axis_role role;
    mlg_id organisation;
} mlg_axis_seat;

/* Actions of the 12 months, their axes, and who carries, helps and funds them. */
typedef struct mlg_axes {
    mlg_id *action; /* [n_actions] activities, ascending */
    int32_t n_actions;
    int32_t *place; /* [activities] among the actions, or -1 */
    mlg_id *axis;   /* [n_axes] texts, ascending */
    int32_t n_axes;
    mlg_axis_seat *seat; /* by action, role and organisation, each once */
    size_t n_seats, seats_room;
} mlg_axes;

/* Empty after a failure. */
mlg_status mlg_axes_of(const mlg_model *model, mlg_axes *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_axes_free(mlg_axes *axes);
/* Place of an axis, or -1. */
int32_t mlg_axis_place(const mlg_axes *axes, mlg_id text);
/* Does the organisation of a seat stand before it in the same action, in another role? */
bool mlg_axis_seat_again(const mlg_axes *axes, size_t i);

/* Of scheme.axes: the table of axes and sectors. */
mlg_status mlg_axes_sectors(const mlg_model *model, const mlg_axes *axes,
                            const mlg_sector_types *types, int32_t view, mlg_values *out,
                            mlg_error *err) MLG_MUST_CHECK;

#endif
