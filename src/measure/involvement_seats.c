/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/involvement_seats.h"

#include <stdlib.h>

#include "measure/bodies.h"
#include "measure/seats.h"

typedef struct seat {
    mlg_id activity, party;
    bool resident;
} seat;

typedef struct survey {
    const mlg_model *model;
    seat *items;
    size_t n, room;
    bool failed;
} survey;

void mlg_seat_counts_free(mlg_seat_counts *counts)
{
    mlg_free(counts->seats);
    mlg_free(counts->residents);
    *counts = (mlg_seat_counts){0};
}

static void visit(void *context, const mlg_reading *reading)
{
    survey *s = context;
    if (reading->row.table != MLG_PARTICIPATIONS || reading->fate != MLG_ROW_COUNTS || s->failed) {
        return;
    }
    s->failed = !mlg_grow(&s->items, &s->room, s->n + 1, sizeof *s->items);
    if (!s->failed) {
        s->items[s->n++] =
            (seat){reading->activity, reading->party[0], mlg_is_resident_seat(s->model, reading)};
    }
}

/* A party that one row calls a resident is one. */
static int by_activity(const void *left, const void *right)
{
    const seat *a = left, *b = right;
    if (a->activity != b->activity) {
        return a->activity < b->activity ? -1 : 1;
    }
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    return (int) b->resident - (int) a->resident;
}

mlg_status mlg_seat_counts_of(const mlg_model *model, mlg_seat_counts *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model};

    *out = (mlg_seat_counts){0};
    out->seats = mlg_zalloc(model->activities.n, sizeof *out->seats);
    out->residents = mlg_zalloc(model->activities.n, sizeof *out->residents);
    TRY_ALLOC(err, out->seats);
    TRY_ALLOC(err, out->residents);
    TRY(mlg_seats_each(model, MLG_BY_ACTOR, visit, &s, err));
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.involvement: no memory for seats");
    }
    if (s.n > 0) {
        qsort(s.items, s.n, sizeof *s.items, by_activity);
    }
    for (size_t i = 0; i < s.n; i++) {
        const seat *now = &s.items[i];
        if (i == 0 || now[-1].activity != now->activity || now[-1].party != now->party) {
            out->seats[now->activity]++;
            out->residents[now->activity] += now->resident;
        }
    }
out:
    mlg_free(s.items);
    if (status != MLG_OK) {
        mlg_seat_counts_free(out);
    }
    return status;
}
