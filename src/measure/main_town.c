/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/scale.h"
#include "measure/binomial.h"
#include "measure/context.h"
#include "measure/locations.h"
#include "measure/summary.h"

/* A unit belongs to a perimeter, or to a main town, when all of it does. */
static const double WHOLE = 1.0 - 1e-9;

/* A perimeter with its main town, or, last, the study with all of them. */
typedef struct town {
    mlg_id territory;
    double people, people_centre;
    double left_out; /* units held in part, or of no known inhabitant */
    int32_t in, out, spread;
    int32_t bound; /* of schemes whose own territory lies in the main town: they could not be out */
    double divided; /* sum, over all that touch it, of their part in the main town */
} town;

enum { LEFT_OUT = 1, AROUND = 2, CENTRE = 3 }; /* weights of the entries below */

typedef struct ground {
    int32_t n; /* the study included */
    town *town;
    mlg_csr over; /* unit -> towns whose perimeter it is in */
} ground;

/* What one thing touches, while it is looked at. */
typedef struct touch {
    int32_t *stamp, *touched; /* [towns] */
    double *in, *out;         /* [towns] */
    uint32_t *units;          /* [towns] of the thing that the perimeter holds, in part too */
    int32_t n;
} touch;

/* ---- main towns ------------------------------------------------------------------ */

static mlg_id centre_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = model->territory_row[territory];
    return row >= 0 ? mlg_get_id(model, C_territories_centre, row) : -1;
}

/* Marks, or unmarks, the units a main town is made of. */
static void mark_centre(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id centre,
                        bool mark, bool *is_centre)
{
    for (uint32_t i = model->unit_offset[centre]; i < model->unit_offset[centre + 1]; i++) {
        if (model->unit_least[i] >= WHOLE) {
            is_centre[perimeters->unit_of[model->unit[i]]] = mark;
        }
    }
}

/* Entries on their way into `over`. */
typedef struct entries {
    int32_t *unit, *town;
    double *weight;
    size_t n;
} entries;

static void add_unit(const mlg_perimeters *perimeters, int32_t unit, bool whole,
                     const bool *is_centre, int32_t index, town *to, entries *all)
{
    const double people = perimeters->population[unit];
    const bool left_out = !whole || !(people > 0.0);

    to->left_out += left_out;
    to->people += left_out ? 0.0 : people;
    to->people_centre += is_centre[unit] && !left_out ? people : 0.0;
    all->unit[all->n] = unit;
    all->town[all->n] = index;
    all->weight[all->n++] = left_out ? LEFT_OUT : is_centre[unit] ? CENTRE : AROUND;
}

/* Perimeters that say their main town, then the study with every one of these. */
static void fill(const mlg_model *model, const mlg_perimeters *perimeters, bool *is_centre,
                 ground *out, entries *all)
{
    const mlg_csr *covers = &perimeters->covers;

    for (int32_t p = 0; p < perimeters->n; p++) {
        const mlg_id centre = centre_of(model, perimeters->territory[p]);
        if (centre < 0) {
            continue;
        }
        mark_centre(model, perimeters, centre, true, is_centre);
        town *to = &out->town[out->n];
        *to = (town){.territory = perimeters->territory[p]};
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            const bool whole = mlg_share_at(perimeters, i).least >= WHOLE;
            add_unit(perimeters, covers->target[i], whole, is_centre, out->n, to, all);
        }
        mark_centre(model, perimeters, centre, false, is_centre);
        out->n++;
    }
    for (int32_t k = 0; k < out->n; k++) {
        mark_centre(model, perimeters, centre_of(model, out->town[k].territory), true, is_centre);
    }
    out->town[out->n] = (town){.territory = -1};
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        if (perimeters->asked[unit]) {
            add_unit(perimeters, unit, true, is_centre, out->n, &out->town[out->n], all);
        }
    }
    out->n++;
}

static mlg_status make_ground(const mlg_model *model, const mlg_perimeters *perimeters, ground *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = mlg_csr_size(&perimeters->covers) + (size_t) perimeters->n_units;
    bool *is_centre = mlg_zalloc((size_t) perimeters->n_units, sizeof *is_centre);
    entries all = {
        .unit = mlg_alloc(room, sizeof *all.unit),
        .town = mlg_alloc(room, sizeof *all.town),
        .weight = mlg_alloc(room, sizeof *all.weight),
    };

    out->town = mlg_alloc((size_t) perimeters->n + 1, sizeof *out->town);
    TRY_ALLOC(err, is_centre);
    TRY_ALLOC(err, all.unit);
    TRY_ALLOC(err, all.town);
    TRY_ALLOC(err, all.weight);
    TRY_ALLOC(err, out->town);
    fill(model, perimeters, is_centre, out, &all);
    TRY(mlg_csr_build(perimeters->n_units, out->n, false, false, all.unit, all.town, all.weight,
                      all.n, MLG_MERGE_MAX, &out->over, err));
out:
    mlg_free(is_centre);
    mlg_free(all.unit);
    mlg_free(all.town);
    mlg_free(all.weight);
    return status;
}

static void free_ground(ground *g)
{
    mlg_free(g->town);
    mlg_csr_free(&g->over);
    *g = (ground){0};
}

/* ---- where things are -------------------------------------------------------------- */

/* The perimeters a thing touches, its parts inside and around their main towns, and how many of
 * its units each holds. */
static void look_at(const ground *g, const mlg_locations *places, int32_t thing, touch *t)
{
    t->n = 0;
    for (uint32_t i = places->at.offset[thing]; i < places->at.offset[thing + 1]; i++) {
        const int32_t unit = places->at.target[i];
        const double part = places->at.weight[i];
        for (uint32_t k = g->over.offset[unit]; k < g->over.offset[unit + 1]; k++) {
            const int32_t at = g->over.target[k];
            if (t->stamp[at] != thing) {
                t->stamp[at] = thing;
                t->touched[t->n++] = at;
                t->in[at] = t->out[at] = 0.0;
                t->units[at] = 0;
            }
            t->units[at]++;
            if (g->over.weight[k] > LEFT_OUT) {
                *(g->over.weight[k] > AROUND ? &t->in[at] : &t->out[at]) += part;
            }
        }
    }
}

/* Is a thing's scheme confined to the main town of a perimeter (of any, for the study)? */
static bool is_bound(const mlg_model *model, const ground *g, int32_t at, mlg_id reach)
{
    const bool study = g->town[at].territory < 0;
    for (int32_t k = study ? 0 : at; reach >= 0 && k < (study ? g->n - 1 : at + 1); k++) {
        const mlg_id centre = centre_of(model, g->town[k].territory);
        if (mlg_territory_lies_in(model, reach, centre)) {
            return true;
        }
    }
    return false;
}

/* What a thing adds to one perimeter that it touches; `units` of it there are in all. */
static void count_thing(const mlg_model *model, ground *g, int32_t at, const touch *t, mlg_id reach,
                        uint32_t units)
{
    town *to = &g->town[at];
    const double in = t->in[at], out = t->out[at];
    const bool beyond =
        to->territory >= 0 && t->units[at] < units; /* partly in no such perimeter */

    if (in + out == 0.0) {
        return; /* only in what is left out */
    }
    if (out == 0.0 && !beyond && is_bound(model, g, at, reach)) {
        to->bound++;
        return;
    }
    to->in += in > 0.0 && out == 0.0 && !beyond;
    to->out += in == 0.0 && out > 0.0 && !beyond;
    to->spread += beyond || (in > 0.0 && out > 0.0);
    to->divided += in / (in + out);
}

static void count_things(const mlg_model *model, ground *g, const mlg_locations *places, touch *t)
{
    for (int32_t at = 0; at < g->n; at++) {
        g->town[at].in = g->town[at].out = g->town[at].spread = g->town[at].bound = 0;
        g->town[at].divided = 0.0;
        t->stamp[at] = -1;
    }
    for (int32_t thing = 0; thing < places->at.n; thing++) {
        look_at(g, places, thing, t);
        for (int32_t i = 0; i < t->n; i++) {
            count_thing(model, g, t->touched[i], t, places->reach[thing],
                        mlg_csr_degree(&places->at, thing));
        }
    }
}

/* ---- values ------------------------------------------------------------------------ */

static mlg_text_key why_not(const town *at, const mlg_locations *places, mlg_text_key none)
{
    if (at->people == 0.0 || at->people_centre == 0.0) {
        return T_why_no_main_town_people;
    }
    if (at->people_centre == at->people) {
        return T_why_town_is_all;
    }
    if (at->in + at->out > 0) {
        return T_none;
    }
    return at->spread > 0         ? T_why_all_spread
           : places->at.n > 0     ? T_why_placed_elsewhere
           : places->unplaced > 0 ? T_why_no_place
                                  : none;
}

enum {
    P_QUOTIENT,
    P_LOCATED,
    P_IN,
    P_SPREAD,
    P_UNLOCATED,
    P_DIVIDED,
    P_PEOPLE,
    P_LEFT,
    P_BOUND,
    N_PARTS
};
static const char *const part_names[N_PARTS] = {
    [P_QUOTIENT] = "quotient", [P_LOCATED] = "located",     [P_IN] = "in_centre",
    [P_SPREAD] = "spread",     [P_UNLOCATED] = "unlocated", [P_DIVIDED] = "divided",
    [P_PEOPLE] = "population", [P_LEFT] = "units_left_out", [P_BOUND] = "bound",
};
static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_LOW,
                                           MLG_HIGH,  MLG_Z,        MLG_P,  MLG_P_TWO};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static void fill_row(const town *at, const mlg_locations *places, mlg_text_key why,
                     mlg_value *value, size_t row)
{
    const uint32_t in = (uint32_t) at->in, n = in + (uint32_t) at->out;
    const double share = at->people_centre / at->people;

    if (why == T_none) {
        const mlg_binomial chance = mlg_binomial_of(n, share, in);
        const double sd = sqrt(share * (1.0 - share) / n), here = (double) in / n;
        const double figures[N_COLUMNS] = {here,
                                           share,
                                           sd,
                                           (double) chance.low / n,
                                           (double) chance.high / n,
                                           (here - share) / sd,
                                           chance.greater,
                                           chance.two};
        for (size_t c = 0; c < N_COLUMNS; c++) {
            value->column[columns[c]][row] = figures[c];
        }
        value->part[P_QUOTIENT].values[row] = here / share;
    } else if (at->people > 0.0) {
        value->column[MLG_EXPECTED][row] = share;
    }
    const double touched = (double) n + at->spread;
    value->part[P_LOCATED].values[row] = n;
    value->part[P_IN].values[row] = in;
    value->part[P_SPREAD].values[row] = at->spread;
    value->part[P_UNLOCATED].values[row] = places->unplaced;
    value->part[P_DIVIDED].values[row] = touched > 0.0 ? at->divided / touched : NAN;
    value->part[P_PEOPLE].values[row] = at->people;
    value->part[P_LEFT].values[row] = at->left_out;
    value->part[P_BOUND].values[row] = at->bound;
}

static bool make_columns(mlg_value *value)
{
    bool made = true;
    for (size_t c = 0; made && c < N_COLUMNS; c++) {
        made = mlg_value_column_of(value, columns[c]) != NULL;
    }
    for (size_t p = 0; made && p < N_PARTS; p++) {
        made = mlg_value_part_of(value, part_names[p]) != NULL;
    }
    if (made && value->shape == MLG_VECTOR) {
        made =
            mlg_value_subjects(value) != NULL && mlg_value_column_of(value, MLG_P_ADJUSTED) != NULL;
    }
    return made;
}

/* What is asked of the places. */
typedef struct question {
    mlg_located what;
    mlg_text_key none; /* there are none */
    const char *convention;
} question;

/* n perimeters as a list, or the study alone as one number. */
static mlg_status list_towns(const town *first, size_t n, mlg_shape shape,
                             const mlg_locations *places, const question *asked, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_text_key why = T_none;
    bool any = false;
    mlg_value *value = mlg_values_add(out, "scale.main_town", view, n, err);

    TRY_ALLOC(err, value);
    value->shape = shape;
    value->scope = shape == MLG_VECTOR ? MLG_SCOPE_TERRITORY : MLG_SCOPE_NETWORK;
    value->convention = asked->convention;
    value->null_model = "population";
    value->tail = "greater";
    value->p_method = "exact";
    if (!make_columns(value)) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.main_town: no memory for %zu perimeters", n);
    }
    for (size_t row = 0; row < n; row++) {
        const mlg_text_key here = why_not(&first[row], places, asked->none);
        fill_row(&first[row], places, here, value, row);
        any = any || here == T_none;
        why = why == T_none ? here : why;
        if (shape == MLG_VECTOR) {
            value->subject[row] = first[row].territory;
        }
    }
    value->undefined = any ? T_none : why;
    if (shape == MLG_VECTOR) {
        TRY(mlg_adjust_p(value->column[MLG_P], n, value->column[MLG_P_ADJUSTED], err));
    }
out:
    return status;
}

static mlg_status open_touch(int32_t n, touch *t, mlg_error *err)
{
    mlg_status status = MLG_OK;

    t->stamp = mlg_alloc((size_t) n, sizeof *t->stamp);
    t->touched = mlg_alloc((size_t) n, sizeof *t->touched);
    t->in = mlg_alloc((size_t) n, sizeof *t->in);
    t->out = mlg_alloc((size_t) n, sizeof *t->out);
    t->units = mlg_alloc((size_t) n, sizeof *t->units);
    TRY_ALLOC(err, t->units);
    TRY_ALLOC(err, t->stamp);
    TRY_ALLOC(err, t->touched);
    TRY_ALLOC(err, t->in);
    TRY_ALLOC(err, t->out);
out:
    return status;
}

static mlg_status run_question(const mlg_model *model, const mlg_perimeters *perimeters, ground *g,
                               const question *asked, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_locations places = {0};
    touch t = {0};
    const size_t n = (size_t) g->n - 1; /* perimeters */

    TRY(mlg_locations_of(model, perimeters, asked->what, &places, err));
    TRY(open_touch(g->n, &t, err));
    count_things(model, g, &places, &t);
    TRY(list_towns(&g->town[n], 1, MLG_SCALAR, &places, asked, view, out, err));
    if (places.at.n > 0) {
        TRY(list_towns(g->town, n, MLG_VECTOR, &places, asked, view, out, err));
    }
out:
    mlg_free(t.stamp);
    mlg_free(t.touched);
    mlg_free(t.in);
    mlg_free(t.out);
    mlg_free(t.units);
    mlg_locations_free(&places);
    return status;
}

mlg_status mlg_scale_main_town(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const question questions[] = {
        {MLG_LOCATED_ACTIVITIES, T_why_no_activities, "activities"},
        {MLG_LOCATED_SITES, T_why_no_sites, "sites"},
    };
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    ground g = {0};
    const size_t before = out->n;

    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    if (perimeters.n == 0) {
        TRY(mlg_values_undefined(out, "scale.main_town", view, T_why_no_perimeters, err));
        goto out;
    }
    TRY(make_ground(context->model, &perimeters, &g, err));
    if (g.n == 1) {
        TRY(mlg_values_undefined(out, "scale.main_town", view, T_why_no_main_town, err));
        goto out;
    }
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        TRY(run_question(context->model, &perimeters, &g, &questions[i], view, out, err));
    }
out:
    free_ground(&g);
    mlg_perimeters_free(&perimeters);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
