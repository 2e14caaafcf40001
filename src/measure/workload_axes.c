/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/workload.h"
#include "measure/context.h"
#include "measure/null_summary.h"
#include "measure/sector_types.h"
#include "measure/summary.h"
#include "measure/workload_axes.h"

/* Who carries, helps and funds the actions of each axis, and whether axes gather sectors apart. */

static const char *const ID = "scheme.axes";
static const double MOST_STEPS = 4e8;
enum { LEAST_ACTIONS = 10 };

static const mlg_id *axes_of(const mlg_model *model, const mlg_axes *axes, int32_t action,
                             size_t *n)
{
    return mlg_get_list(model, C_activities_axis, model->activity_row[axes->action[action]], n);
}

/* ---- by axis ------------------------------------------------------------------------------ */

enum { CARRIERS, ACTIONS, WITHOUT, PARTNERS, FUNDERS, SECTORS, SINGLE, N_FIGURES };
static const char *const parts[] = {"actions", "without_carrier", "partners",
                                    "funders", "sectors",         "single"};

/* One thing that an axis has: an organisation in a role, or (role 3) a sector. */
typedef struct holding {
    int32_t axis, role, id;
} holding;
enum { A_SECTOR = MLG_AXIS_FUNDER + 1 };

static int by_axis(const void *left, const void *right)
{
    const holding *a = left, *b = right;
    if (a->axis != b->axis) {
        return a->axis < b->axis ? -1 : 1;
    }
    if (a->role != b->role) {
        return a->role < b->role ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Every holding once, sorted. */
static mlg_status find_holdings(const mlg_model *model, const mlg_axes *axes,
                                const mlg_sector_types *types, holding **out, size_t *n_out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0, kept = 0, room = 0;
    holding *all = NULL;

    for (size_t i = 0; i < axes->n_seats; i++) {
        const mlg_axis_seat *seat = &axes->seat[i];
        size_t n_axes = 0;
        const mlg_id *texts = axes_of(model, axes, seat->action, &n_axes);
        const int32_t type = types->of[seat->organisation];
        const bool counts = type >= 0 && seat->role != MLG_AXIS_FUNDER;
        const uint32_t first = counts ? types->offset[type] : 0;
        const uint32_t end = counts ? types->offset[type + 1] : 0;
        if (!mlg_grow(&all, &room, n + (1 + end - first) * n_axes, sizeof *all)) {
            FAIL(err, MLG_ENOMEM, "scheme.axes: no memory for %zu seats", axes->n_seats);
        }
        for (size_t k = 0; k < n_axes; k++) {
            const int32_t axis = mlg_axis_place(axes, texts[k]);
            all[n++] = (holding){axis, (int32_t) seat->role, seat->organisation};
            for (uint32_t s = first; s < end; s++) {
                all[n++] = (holding){axis, A_SECTOR, types->sector[s]};
            }
        }
    }
    if (n > 0) {
        qsort(all, n, sizeof *all, by_axis);
    }
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || by_axis(&all[i], &all[i - 1]) != 0) {
            all[kept++] = all[i];
        }
    }
    *out = all;
    *n_out = kept;
    all = NULL;
out:
    mlg_free(all);
    return status;
}

static void count_holdings(const holding *held, size_t n, double *figure)
{
    static const int place[] = {CARRIERS, PARTNERS, FUNDERS, SECTORS};
    for (size_t i = 0; i < n; i++) {
        figure[held[i].axis * N_FIGURES + place[held[i].role]]++;
    }
}

static mlg_status count_actions(const mlg_model *model, const mlg_axes *axes, double *figure,
                                double *without_axis, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *carried = mlg_zalloc((size_t) axes->n_actions, sizeof *carried);

    TRY_ALLOC(err, carried);
    for (size_t i = 0; i < axes->n_seats; i++) {
        carried[axes->seat[i].action] |= axes->seat[i].role == MLG_AXIS_CARRIER;
    }
    for (int32_t a = 0; a < axes->n_actions; a++) {
        size_t n = 0;
        const mlg_id *texts = axes_of(model, axes, a, &n);
        *without_axis += n == 0;
        for (size_t k = 0; k < n; k++) {
            double *of = &figure[mlg_axis_place(axes, texts[k]) * N_FIGURES];
            of[ACTIONS]++;
            of[WITHOUT] += !carried[a];
        }
    }
out:
    mlg_free(carried);
    return status;
}

/* One carrier holds an axis when it carries all its actions, and there are two or more. */
static void settle(double *of)
{
    of[SINGLE] = of[CARRIERS] > 1.0                         ? 0.0
                 : of[WITHOUT] > 0.0 || of[CARRIERS] == 0.0 ? NAN
                 : of[ACTIONS] >= 2.0                       ? 1.0
                                                            : NAN;
    of[CARRIERS] = of[CARRIERS] > 0.0 ? of[CARRIERS] : NAN;
}

static mlg_status list_axes(const mlg_axes *axes, const double *figure, double without_axis,
                            int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double known = 0.0, single = 0.0, carried = 0.0;

    for (int32_t k = 0; k < axes->n_axes; k++) {
        carried += figure[k * N_FIGURES + WITHOUT] == 0.0;
        known += !isnan(figure[k * N_FIGURES + SINGLE]);
        single += figure[k * N_FIGURES + SINGLE] > 0.0;
    }
    const mlg_figure figures[] = {
        {"axes", axes->n_axes},
        {"known", known},
        {"single", single},
        {"actions", axes->n_actions},
        {"without_axis", without_axis},
    };
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_AXIS,
                                          .convention = "by_axis",
                                          .why = T_why_no_carrier,
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = axes->axis,
                                          .figure = figure,
                                          .n = (size_t) axes->n_axes},
                           err));
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = ID,
                                          .view = view,
                                          .convention = "one_carrier",
                                          .value = known > 0.0 ? single / known : NAN,
                                          .why = known > 0.0     ? T_none
                                                 : carried > 0.0 ? T_why_axes_of_one_action
                                                                 : T_why_no_carrier,
                                          .figures = figures,
                                          .n_figures = sizeof figures / sizeof *figures},
                           err));
out:
    return status;
}

/* ---- mixing -------------------------------------------------------------------------------- */

/* Carriers and partners of a known sector in actions with an axis, once for each of their sectors.
 * Actions change axes. */
typedef struct mix {
    const mlg_model *model;
    const mlg_axes *axes;
    const mlg_sector_types *types;
    int32_t *action; /* [n_actions] place among the axes' actions */
    int32_t n_actions, n_sectors;
    int32_t *of, *sector; /* [n] of each seat: action (an index here), sector code */
    size_t n, seats;      /* seats: each once */
    uint64_t seed;
} mix;

typedef struct hands {
    int32_t *order; /* [n_actions] whose axes each action takes */
    double *table;  /* [n_axes * n_sectors], then rows, then columns */
} hands;

static void hands_close(void *own)
{
    hands *h = own;
    if (h != NULL) {
        mlg_free(h->order);
        mlg_free(h->table);
        mlg_free(h);
    }
}

static void *hands_open(const void *given)
{
    const mix *m = given;
    const size_t rows = (size_t) m->axes->n_axes, columns = (size_t) m->n_sectors;
    hands *h = mlg_zalloc(1, sizeof *h);

    if (h != NULL) {
        h->order = mlg_alloc((size_t) m->n_actions, sizeof *h->order);
        h->table = mlg_alloc(rows * columns + rows + columns, sizeof *h->table);
        if (h->order == NULL || h->table == NULL) {
            hands_close(h);
            h = NULL;
        }
    }
    return h;
}

/* Cramer's V of axis and sector; NaN where either does not vary. */
static double association(const mix *m, const hands *h)
{
    const int32_t rows = m->axes->n_axes, columns = m->n_sectors;
    double *row = h->table + (size_t) rows * (size_t) columns, *column = row + rows;
    double n = 0.0, sum = 0.0, used_rows = 0.0, used_columns = 0.0;

    for (int32_t i = 0; i < rows * columns + rows + columns; i++) {
        h->table[i] = 0.0;
    }
    for (size_t s = 0; s < m->n; s++) {
        size_t n_axes = 0;
        const mlg_id *texts = axes_of(m->model, m->axes, m->action[h->order[m->of[s]]], &n_axes);
        for (size_t k = 0; k < n_axes; k++) {
            const int32_t axis = mlg_axis_place(m->axes, texts[k]);
            h->table[axis * columns + m->sector[s]]++;
            row[axis]++;
            column[m->sector[s]]++;
            n++;
        }
    }
    for (int32_t r = 0; r < rows; r++) {
        used_rows += row[r] > 0.0;
        for (int32_t c = 0; c < columns; c++) {
            const double both = row[r] * column[c], here = h->table[r * columns + c];
            sum += both > 0.0 ? here * here / both : 0.0;
        }
    }
    for (int32_t c = 0; c < columns; c++) {
        used_columns += column[c] > 0.0;
    }
    const double least = fmin(used_rows, used_columns) - 1.0;
    return least > 0.0 ? sqrt(fmax(0.0, sum - 1.0) / least) : NAN;
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const mix *m = given;
    hands *h = own;
    double *drawn = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(m->seed, ID, "mixing", d);
        for (int32_t i = 0; i < m->n_actions; i++) {
            const int32_t j = (int32_t) mlg_random_below(&random, (uint32_t) i + 1);
            h->order[i] = h->order[j];
            h->order[j] = i;
        }
        drawn[d] = association(m, h);
    }
    return MLG_OK;
}

/* Type of the organisation of a seat that counts, or -1. */
static int32_t type_of(const mix *m, size_t i)
{
    const mlg_axis_seat *seat = &m->axes->seat[i];
    size_t n = 0;
    (void) axes_of(m->model, m->axes, seat->action, &n);
    return n == 0 || seat->role == MLG_AXIS_FUNDER || mlg_axis_seat_again(m->axes, i)
               ? -1
               : m->types->of[seat->organisation];
}

static mlg_status make_mix(mix *m, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_axes *axes = m->axes;
    const uint32_t *offset = m->types->offset;
    size_t room = 0;

    for (size_t i = 0; i < axes->n_seats; i++) {
        const int32_t type = type_of(m, i);
        room += type >= 0 ? offset[type + 1] - offset[type] : 0;
    }
    m->action = mlg_alloc((size_t) axes->n_actions, sizeof *m->action);
    m->of = mlg_alloc(room, sizeof *m->of);
    m->sector = mlg_alloc(room, sizeof *m->sector);
    TRY_ALLOC(err, m->action);
    TRY_ALLOC(err, m->of);
    TRY_ALLOC(err, m->sector);
    for (size_t i = 0; i < axes->n_seats; i++) {
        const mlg_axis_seat *seat = &axes->seat[i];
        const int32_t type = type_of(m, i);
        if (type < 0) {
            continue;
        }
        if (m->n_actions == 0 || m->action[m->n_actions - 1] != seat->action) {
            m->action[m->n_actions++] = seat->action;
        }
        m->seats++;
        for (uint32_t k = offset[type]; k < offset[type + 1]; k++) {
            m->of[m->n] = m->n_actions - 1;
            m->sector[m->n++] = m->types->sector[k];
        }
    }
    m->n_sectors = m->types->n_codes;
out:
    return status;
}

static mlg_status list_mixing(const mix *m, double observed, const double *drawn, size_t draws,
                              double *scratch, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_null_summary null = mlg_null_summarise(drawn, draws, false, observed, 1.0, scratch);
    const mlg_figure figures[] = {{"actions", m->n_actions}, {"seats", (double) m->seats}};
    const mlg_chance chance[] = {{MLG_EXPECTED, null.mean},
                                 {MLG_SD, null.sd},
                                 {MLG_LOW, null.low},
                                 {MLG_HIGH, null.high},
                                 {MLG_Z, mlg_z(observed, null.mean, null.sd)},
                                 {MLG_P, null.p_greater}};

    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "mixing",
                       .value = observed,
                       .why = isnan(observed) ? T_why_no_axis_mixing : T_none,
                       .caution = m->n_actions < LEAST_ACTIONS ? T_caution_small_sample : T_none,
                       .figures = figures,
                       .n_figures = 2},
        err));
    TRY(mlg_values_against(out, "axes", draws, chance, sizeof chance / sizeof *chance, err));
out:
    return status;
}

static mlg_status test_mixing(const mlg_context *context, const mlg_axes *axes,
                              const mlg_sector_types *types, int32_t view, mlg_values *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = context->run;
    mix m = {.model = context->model, .axes = axes, .types = types, .seed = run->seed};
    hands *h = NULL;
    double *drawn = NULL, observed = NAN;
    size_t draws = 0;

    TRY(make_mix(&m, err));
    h = hands_open(&m);
    TRY_ALLOC(err, h);
    for (int32_t i = 0; i < m.n_actions; i++) {
        h->order[i] = i;
    }
    observed = association(&m, h);
    if (!isnan(observed)) {
        const double cells = (double) axes->n_axes * m.n_sectors;
        draws = mlg_draws_in(MOST_STEPS / (4.0 * (double) m.n + cells), run->draws);
        draws = run->force ? run->draws : draws;
    }
    drawn = mlg_alloc(2 * draws, sizeof *drawn);
    TRY_ALLOC(err, drawn);
    const mlg_replicates job = {.what = ID,
                                .view = "mixing",
                                .last = draws,
                                .batch = 16,
                                .scratch = hands_open,
                                .scratch_free = hands_close,
                                .work = work,
                                .input = &m,
                                .slots = drawn};
    if (draws > 0) {
        TRY(mlg_replicates_run(&job, run, err));
    }
    TRY(list_mixing(&m, observed, drawn, draws, drawn + draws, view, out, err));
out:
    mlg_free(m.action);
    mlg_free(m.of);
    mlg_free(m.sector);
    hands_close(h);
    mlg_free(drawn);
    return status;
}

mlg_status mlg_scheme_axes(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    mlg_axes axes = {0};
    mlg_sector_types types = {0};
    holding *held = NULL;
    size_t n_held = 0;
    double *figure = NULL, without_axis = 0.0;

    if (model == NULL || model->rows[MLG_ACTIVITIES].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_activities, err);
    }
    TRY(mlg_axes_of(model, &axes, err));
    TRY(mlg_sector_types_of(model, &types, err));
    if (axes.n_axes == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_axis, err));
        goto out;
    }
    figure = mlg_zalloc((size_t) axes.n_axes, N_FIGURES * sizeof *figure);
    TRY_ALLOC(err, figure);
    TRY(find_holdings(model, &axes, &types, &held, &n_held, err));
    count_holdings(held, n_held, figure);
    TRY(count_actions(model, &axes, figure, &without_axis, err));
    for (int32_t k = 0; k < axes.n_axes; k++) {
        settle(&figure[k * N_FIGURES]);
    }
    TRY(list_axes(&axes, figure, without_axis, view, out, err));
    TRY(mlg_axes_sectors(model, &axes, &types, view, out, err));
    TRY(test_mixing(context, &axes, &types, view, out, err));
out:
    mlg_free(held);
    mlg_free(figure);
    mlg_axes_free(&axes);
    mlg_sector_types_free(&types);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
