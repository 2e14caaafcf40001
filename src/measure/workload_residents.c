/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/workload_residents.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "measure/bodies.h"
#include "measure/null_summary.h"
#include "measure/seats.h"
#include "measure/summary.h"

/* Are the same residents asked again and again? Each body keeps how many it has, and draws them
 * among all residents on record. */

static const char *const ID = "scheme.load";
static const double MOST_STEPS = 4e8;
enum { LEAST_RESIDENTS = 10, LEAST_BODIES = 3 };

typedef struct seat {
    int32_t body, resident;
} seat;

typedef struct survey {
    const mlg_model *model;
    int32_t *body;     /* [activities] or -1 */
    int32_t *resident; /* [parties] or -1 */
    int32_t n_residents;
    seat *seats; /* by body, each once */
    size_t n, room;
    int32_t *size; /* [n_bodies] residents of each body that has some */
    int32_t n_bodies;
    bool failed;
    uint64_t seed;
} survey;

static void visit(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const mlg_id party = reading->party[0];

    if (reading->row.table != MLG_PARTICIPATIONS || reading->fate != MLG_ROW_COUNTS ||
        s->body[reading->activity] < 0 || !mlg_is_resident_seat(s->model, reading) || s->failed) {
        return;
    }
    if (!mlg_grow(&s->seats, &s->room, s->n + 1, sizeof *s->seats)) {
        s->failed = true;
        return;
    }
    if (s->resident[party] < 0) {
        s->resident[party] = s->n_residents++;
    }
    s->seats[s->n++] = (seat){s->body[reading->activity], s->resident[party]};
}

static int by_body(const void *left, const void *right)
{
    const seat *a = left, *b = right;
    if (a->body != b->body) {
        return a->body < b->body ? -1 : 1;
    }
    return a->resident < b->resident ? -1 : a->resident > b->resident;
}

static mlg_status find_seats(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;
    mlg_bodies bodies = {0};
    size_t n = 0;

    TRY(mlg_bodies_of(model, &bodies, err));
    s->body = mlg_alloc(model->activities.n, sizeof *s->body);
    s->resident = mlg_alloc(model->parties.n, sizeof *s->resident);
    s->size = mlg_zalloc(bodies.n, sizeof *s->size);
    TRY_ALLOC(err, s->body);
    TRY_ALLOC(err, s->resident);
    TRY_ALLOC(err, s->size);
    for (size_t a = 0; a < model->activities.n; a++) {
        s->body[a] = -1;
    }
    for (size_t b = 0; b < bodies.n; b++) {
        s->body[bodies.items[b].activity] = (int32_t) b;
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        const int32_t row = model->party_actor_row[p];
        const bool listed = row >= 0 && mlg_is_resident_party(model, (mlg_id) p) &&
                            mlg_row_in_force(model, MLG_ACTORS, row, model->day);
        s->resident[p] = listed ? s->n_residents++ : -1;
    }
    TRY(mlg_seats_each(model, MLG_BY_ACTOR, visit, s, err));
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "scheme.load: no memory for the seats of residents");
    }
    if (s->n > 0) {
        qsort(s->seats, s->n, sizeof *s->seats, by_body);
    }
    for (size_t i = 0; i < s->n; i++) {
        if (i > 0 && by_body(&s->seats[i], &s->seats[i - 1]) == 0) {
            continue;
        }
        s->n_bodies += i == 0 || s->seats[i].body != s->seats[i - 1].body;
        s->size[s->n_bodies - 1]++;
        s->seats[n++] = s->seats[i];
    }
    s->n = n;
out:
    mlg_bodies_free(&bodies);
    return status;
}

/* Seats of residents who sit in that many others already. */
static double seats_beyond(const int32_t *bodies, int32_t n)
{
    double beyond = 0.0;
    for (int32_t i = 0; i < n; i++) {
        beyond += bodies[i] > MLG_OTHER_BODIES ? bodies[i] - MLG_OTHER_BODIES : 0;
    }
    return beyond;
}

/* Two arrays of residents: who is drawn, in how many bodies. */
static void *hands_open(const void *given)
{
    return mlg_alloc(2 * (size_t) ((const survey *) given)->n_residents, sizeof(int32_t));
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const survey *s = given;
    int32_t *order = own, *bodies = order + s->n_residents;
    double *beyond = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(s->seed, ID, "residents", d);
        for (int32_t i = 0; i < s->n_residents; i++) {
            order[i] = i;
            bodies[i] = 0;
        }
        for (int32_t b = 0; b < s->n_bodies; b++) {
            for (int32_t i = 0; i < s->size[b]; i++) {
                const int32_t j =
                    i + (int32_t) mlg_random_below(&random, (uint32_t) (s->n_residents - i));
                const int32_t drawn = order[j];
                order[j] = order[i];
                order[i] = drawn;
                bodies[drawn]++;
            }
        }
        beyond[d] = seats_beyond(bodies, s->n_residents);
    }
    return MLG_OK;
}

static mlg_status list(const survey *s, const int32_t *bodies, double beyond, const double *drawn,
                       size_t draws, double *scratch, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool known = s->n_bodies >= LEAST_BODIES;
    int32_t most = 0;
    double often = 0.0;
    const mlg_null_summary null =
        mlg_null_summarise(drawn, draws, false, beyond, fmax(beyond, 1.0), scratch);

    for (int32_t i = 0; i < s->n_residents; i++) {
        most = bodies[i] > most ? bodies[i] : most;
        often += bodies[i] > MLG_OTHER_BODIES;
    }
    const mlg_figure figures[] = {
        {"residents", s->n_residents},
        {"bodies", s->n_bodies},
        {"seats", (double) s->n},
        {"asked_often", often},
        {"most_bodies", s->n > 0 ? (double) most : NAN},
    };
    const mlg_chance chance[] = {{MLG_EXPECTED, null.mean},
                                 {MLG_SD, null.sd},
                                 {MLG_LOW, null.low},
                                 {MLG_HIGH, null.high},
                                 {MLG_Z, mlg_z(beyond, null.mean, null.sd)},
                                 {MLG_P, null.p_greater}};

    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = ID,
                                          .view = view,
                                          .convention = "residents",
                                          .value = known ? beyond : NAN,
                                          .why = s->n == 0 ? T_why_no_residents
                                                 : known   ? T_none
                                                           : T_why_few_resident_bodies,
                                          .caution = s->n_residents < LEAST_RESIDENTS
                                                         ? T_caution_small_sample
                                                         : T_none,
                                          .figures = figures,
                                          .n_figures = sizeof figures / sizeof *figures},
                           err));
    TRY(mlg_values_against(out, "residents", draws, chance, sizeof chance / sizeof *chance, err));
out:
    return status;
}

mlg_status mlg_load_of_residents(const mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = context->run;
    survey s = {.model = context->model, .seed = run->seed};
    int32_t *bodies = NULL;
    double *drawn = NULL, beyond = 0.0;
    size_t draws = 0;

    TRY(find_seats(&s, err));
    bodies = mlg_zalloc((size_t) s.n_residents, sizeof *bodies);
    TRY_ALLOC(err, bodies);
    for (size_t i = 0; i < s.n; i++) {
        bodies[s.seats[i].resident]++;
    }
    beyond = seats_beyond(bodies, s.n_residents);
    if (s.n_bodies >= LEAST_BODIES) {
        const double steps = 2.0 * s.n_residents + 4.0 * (double) s.n;
        draws = run->force ? run->draws : mlg_draws_in(MOST_STEPS / steps, run->draws);
    }
    drawn = mlg_alloc(2 * draws, sizeof *drawn);
    TRY_ALLOC(err, drawn);
    const mlg_replicates job = {.what = ID,
                                .view = "residents",
                                .last = draws,
                                .batch = 16,
                                .scratch = hands_open,
                                .scratch_free = mlg_free,
                                .work = work,
                                .input = &s,
                                .slots = drawn};
    if (draws > 0) {
        TRY(mlg_replicates_run(&job, run, err));
    }
    TRY(list(&s, bodies, beyond, drawn, draws, drawn + draws, view, out, err));
out:
    mlg_free(s.body);
    mlg_free(s.resident);
    mlg_free(s.size);
    mlg_free(s.seats);
    mlg_free(bodies);
    mlg_free(drawn);
    return status;
}
