/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bodies.h"

#include "measure/seats.h"

/* What participations say of one activity. */
typedef struct sitting {
    bool recorded, residents;
} sitting;

typedef struct survey {
    const mlg_model *model;
    const bool *sits; /* [activities] is it a body, by its row? */
    sitting *sittings;
    int32_t *attendances; /* [parties] */
} survey;

static bool is_meeting_kind(int32_t kind)
{
    switch (kind) {
    case MLG_CODE_OF(activity_kind, training):
    case MLG_CODE_OF(activity_kind, event):
    case MLG_CODE_OF(activity_kind, action):
    case MLG_CODE_OF(activity_kind, service):
    case MLG_CODE_OF(activity_kind, call):
    case MLG_CODE_OF(activity_kind, agreement):
    case MLG_CODE_OF(activity_kind, alert):
    case MLG_CODE_OF(activity_kind, assessment):
    case MLG_CODE_OF(activity_kind, directory):
        return false;
    default:
        return true;
    }
}

bool mlg_is_body(const mlg_model *model, mlg_id activity)
{
    return mlg_activity_code(model, C_activities_power, activity) >= 0 ||
           is_meeting_kind(mlg_activity_code(model, C_activities_kind, activity));
}

static bool has_sector_of_residents(const mlg_model *model, int32_t row)
{
    size_t n = 0;
    const int32_t *sectors = mlg_get_list(model, C_actors_sector, row, &n);
    for (size_t i = 0; i < n; i++) {
        if (sectors[i] == MLG_CODE_OF(sector, residents)) {
            return true;
        }
    }
    return false;
}

bool mlg_is_resident_party(const mlg_model *model, mlg_id party)
{
    const int32_t row = party >= 0 ? model->party_actor_row[party] : -1;
    if (party >= 0 && model->party_kind[party] == MLG_KIND_RESIDENTS) {
        return true;
    }
    if (row < 0) {
        return false;
    }
    const int32_t institution = mlg_get_id(model, C_actors_institution, row);
    return institution == MLG_CODE_OF(institution, user_group) ||
           institution == MLG_CODE_OF(institution, resident_body) ||
           has_sector_of_residents(model, row);
}

/* Is a party, or the organisation it is of, one that residents speak through? */
static bool speaks_for_residents(const mlg_model *model, mlg_id party)
{
    return party >= 0 && (mlg_is_resident_party(model, party) ||
                          mlg_is_resident_party(model, model->party_organisation[party]));
}

bool mlg_is_resident_seat(const mlg_model *model, const mlg_reading *reading)
{
    const int32_t row = reading->row.row;
    if (reading->row.table != MLG_PARTICIPATIONS) {
        return speaks_for_residents(model, reading->party[0]);
    }
    const int32_t role = mlg_get_id(model, C_participations_role, row);
    return speaks_for_residents(model, reading->party[0]) ||
           speaks_for_residents(model, mlg_get_id(model, C_participations_on_behalf_of, row)) ||
           role == MLG_CODE_OF(role, resident) || role == MLG_CODE_OF(role, user_representative);
}

static void visit_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const bool attends = reading->row.table == MLG_PARTICIPATIONS;
    sitting *sat = &s->sittings[reading->activity];

    if (reading->fate == MLG_ROW_OUTSIDE || !s->sits[reading->activity]) {
        return;
    }
    sat->recorded = sat->recorded || attends;
    if (reading->fate == MLG_ROW_COUNTS && mlg_is_resident_seat(s->model, reading)) {
        sat->residents = true;
        s->attendances[reading->party[0]] += attends;
    }
}

/* It has a row in force in these months, or somebody attended it then. */
static bool counts(const survey *s, mlg_id activity)
{
    return s->sits[activity] &&
           (s->sittings[activity].recorded ||
            (s->model->activity_row[activity] >= 0 && mlg_activity_is_recent(s->model, activity)));
}

static mlg_status make_bodies(const survey *s, mlg_bodies *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;

    out->items = mlg_alloc(model->activities.n, sizeof *out->items);
    TRY_ALLOC(err, out->items);
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        const sitting *sat = &s->sittings[a];
        if (counts(s, a)) {
            out->items[out->n++] = (mlg_body){
                .activity = a,
                .power = mlg_activity_code(model, C_activities_power, a),
                .level = mlg_activity_code(model, C_activities_level, a),
                .residents = sat->residents,
                .known = sat->recorded || sat->residents,
            };
        }
    }
out:
    return status;
}

mlg_status mlg_bodies_of(const mlg_model *model, mlg_bodies *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *sits = mlg_zalloc(model->activities.n, sizeof *sits);
    survey s = {.model = model, .sits = sits};

    *out = (mlg_bodies){0};
    s.sittings = mlg_zalloc(model->activities.n, sizeof *s.sittings);
    s.attendances = out->attendances = mlg_zalloc(model->parties.n, sizeof *s.attendances);
    TRY_ALLOC(err, sits);
    TRY_ALLOC(err, s.sittings);
    TRY_ALLOC(err, s.attendances);
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        sits[a] = mlg_is_body(model, a);
    }
    TRY(mlg_seats_each(model, MLG_BY_ACTOR, visit_seat, &s, err));
    TRY(make_bodies(&s, out, err));
out:
    mlg_free(sits);
    mlg_free(s.sittings);
    if (status != MLG_OK) {
        mlg_bodies_free(out);
    }
    return status;
}

void mlg_bodies_free(mlg_bodies *bodies)
{
    mlg_free(bodies->items);
    mlg_free(bodies->attendances);
    *bodies = (mlg_bodies){0};
}
