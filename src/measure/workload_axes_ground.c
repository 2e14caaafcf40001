/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "graph/graph.h"
#include "measure/actions.h"
#include "measure/workload_axes.h"

void mlg_axes_free(mlg_axes *axes)
{
    mlg_free(axes->action);
    mlg_free(axes->place);
    mlg_free(axes->axis);
    mlg_free(axes->seat);
    *axes = (mlg_axes){0};
}

int32_t mlg_axis_place(const mlg_axes *axes, mlg_id text)
{
    return mlg_id_find(axes->axis, axes->n_axes, text);
}

bool mlg_axis_seat_again(const mlg_axes *axes, size_t i)
{
    const mlg_axis_seat *seat = &axes->seat[i];
    for (size_t k = i; k > 0 && axes->seat[k - 1].action == seat->action; k--) {
        if (axes->seat[k - 1].organisation == seat->organisation) {
            return true;
        }
    }
    return false;
}

static int by_id(const void *left, const void *right)
{
    const mlg_id a = *(const mlg_id *) left, b = *(const mlg_id *) right;
    return a < b ? -1 : a > b;
}

static int by_action(const void *left, const void *right)
{
    const mlg_axis_seat *a = left, *b = right;
    if (a->action != b->action) {
        return a->action < b->action ? -1 : 1;
    }
    if (a->role != b->role) {
        return a->role < b->role ? -1 : 1;
    }
    return a->organisation < b->organisation ? -1 : a->organisation > b->organisation;
}

static mlg_status find_actions(const mlg_model *model, mlg_axes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n_cells = 0, n_texts = 0;

    out->action = mlg_alloc(model->activities.n, sizeof *out->action);
    out->place = mlg_alloc(model->activities.n, sizeof *out->place);
    TRY_ALLOC(err, out->action);
    TRY_ALLOC(err, out->place);
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        size_t n = 0;
        out->place[a] = -1;
        if (mlg_is_action(model, a, C_activities_axis)) {
            out->place[a] = out->n_actions;
            out->action[out->n_actions++] = a;
            (void) mlg_get_list(model, C_activities_axis, model->activity_row[a], &n);
            n_cells += n;
        }
    }
    out->axis = mlg_alloc(n_cells, sizeof *out->axis);
    TRY_ALLOC(err, out->axis);
    for (int32_t i = 0; i < out->n_actions; i++) {
        size_t n = 0;
        const int32_t row = model->activity_row[out->action[i]];
        const mlg_id *axes = mlg_get_list(model, C_activities_axis, row, &n);
        for (size_t k = 0; k < n; k++) {
            out->axis[n_texts++] = axes[k];
        }
    }
    if (n_texts > 0) {
        qsort(out->axis, n_texts, sizeof *out->axis, by_id);
    }
    for (size_t i = 0; i < n_texts; i++) {
        if (i == 0 || out->axis[i] != out->axis[i - 1]) {
            out->axis[out->n_axes++] = out->axis[i];
        }
    }
out:
    return status;
}

typedef struct seating {
    const mlg_model *model;
    mlg_axes *axes;
    bool failed;
} seating;

static void seat(seating *s, mlg_id activity, mlg_axis_role role, mlg_id organisation)
{
    mlg_axes *axes = s->axes;
    const int32_t place = axes->place[activity];
    if (place < 0 || organisation < 0 || s->failed) {
        return;
    }
    if (!mlg_grow(&axes->seat, &axes->seats_room, axes->n_seats + 1, sizeof *axes->seat)) {
        s->failed = true;
        return;
    }
    axes->seat[axes->n_seats++] = (mlg_axis_seat){place, role, organisation};
}

static void visit(void *context, const mlg_reading *reading)
{
    seating *s = context;
    if (reading->row.table != MLG_PARTICIPATIONS || reading->fate != MLG_ROW_COUNTS) {
        return;
    }
    switch (mlg_get_id(s->model, C_participations_role, reading->row.row)) {
    case MLG_CODE_OF(role, carrier):
        seat(s, reading->activity, MLG_AXIS_CARRIER, reading->subject[0]);
        break;
    case MLG_CODE_OF(role, partner):
        seat(s, reading->activity, MLG_AXIS_PARTNER, reading->subject[0]);
        break;
    case MLG_CODE_OF(role, funder):
        seat(s, reading->activity, MLG_AXIS_FUNDER, reading->subject[0]);
        break;
    default:
        break;
    }
}

/* The lists of activities.csv: a visit would not tell a carrier from a funder. */
static void read_lists(seating *s)
{
    static const mlg_column column[] = {C_activities_carriers, C_activities_partners,
                                        C_activities_funders};
    for (int32_t i = 0; i < s->axes->n_actions; i++) {
        const mlg_id activity = s->axes->action[i];
        for (int role = MLG_AXIS_CARRIER; role <= MLG_AXIS_FUNDER; role++) {
            size_t n = 0;
            const mlg_id *parties =
                mlg_get_list(s->model, column[role], s->model->activity_row[activity], &n);
            for (size_t k = 0; k < n; k++) {
                seat(s, activity, (mlg_axis_role) role, s->model->party_organisation[parties[k]]);
            }
        }
    }
}

mlg_status mlg_axes_of(const mlg_model *model, mlg_axes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    seating s = {.model = model, .axes = out};
    size_t n = 0;

    *out = (mlg_axes){0};
    TRY(find_actions(model, out, err));
    read_lists(&s);
    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, visit, &s, err));
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.axes: no memory for the seats of actions");
    }
    if (out->n_seats > 0) {
        qsort(out->seat, out->n_seats, sizeof *out->seat, by_action);
    }
    for (size_t i = 0; i < out->n_seats; i++) {
        if (i == 0 || by_action(&out->seat[i], &out->seat[i - 1]) != 0) {
            out->seat[n++] = out->seat[i];
        }
    }
    out->n_seats = n;
out:
    if (status != MLG_OK) {
        mlg_axes_free(out);
    }
    return status;
}
