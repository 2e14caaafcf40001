/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/access.h"
#include "measure/binomial.h"
#include "measure/places_ground.h"
#include "measure/summary.h"
#include "measure/words.h"

/* Share of the places of a unit against its share of residents, of all that lies in one unit, then
 * of one kind, theme or sector at a time. */

static const char *const ID = "scale.location_quotient";

/* Below so many places of one code, no unit could be told from chance: it has no list. */
enum { LEAST_OF_A_CODE = 10 };

/* What is asked of the places. */
typedef struct question {
    mlg_located what;
    mlg_text_key none; /* there are none */
    const char *convention;
} question;

/* A list of codes that splits the places of a question. */
typedef struct split {
    mlg_located what;
    const char *list; /* of its conventions: "theme:..." */
    mlg_list_id codes;
    mlg_column column; /* of the activity, or of the actor of the site */
    bool several;      /* the column holds a list */
} split;

static const split splits[] = {
    {MLG_LOCATED_ACTIVITIES, "kind", MLG_V_activity_kind, C_activities_kind, false},
    {MLG_LOCATED_ACTIVITIES, "theme", MLG_V_theme, C_activities_themes, true},
    {MLG_LOCATED_SITES, "sector", MLG_V_sector, C_actors_sector, true},
};

typedef struct ground {
    mlg_context *context;
    mlg_perimeters perimeters;
    mlg_places_ground g;
    int32_t n_rows;  /* units that count */
    double *outside; /* [n_units] things in units without known inhabitants */
} ground;

static mlg_status open_ground(mlg_context *context, ground *at, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *at = (ground){.context = context};
    TRY(mlg_perimeters_of(context->model, &at->perimeters, err));
    TRY(mlg_places_ground_make(&at->perimeters, &at->g, err));
    at->outside = mlg_alloc((size_t) at->perimeters.n_units, sizeof *at->outside);
    TRY_ALLOC(err, at->outside);
    at->n_rows = at->g.n + (int32_t) at->g.left_out;
out:
    return status;
}

static void close_ground(ground *at)
{
    mlg_free(at->outside);
    mlg_places_ground_free(&at->g);
    mlg_perimeters_free(&at->perimeters);
}

static void count_outside(ground *at, const mlg_locations *places, const bool *in)
{
    for (int32_t unit = 0; unit < at->perimeters.n_units; unit++) {
        at->outside[unit] = 0.0;
    }
    for (int32_t thing = 0; thing < places->at.n; thing++) {
        const int32_t unit = mlg_location_unit(places, thing);
        if (unit >= 0 && (in == NULL || in[thing])) {
            at->outside[unit]++;
        }
    }
}

enum { HERE, EXPECTED, DIVIDED, PEOPLE, N_PARTS };
static const char *const part_names[N_PARTS] = {"located", "located_expected", "divided",
                                                "population"};

static bool make_columns(mlg_value *value)
{
    bool made = mlg_value_subjects(value) != NULL &&
                mlg_value_column_of(value, MLG_VALUE) != NULL &&
                mlg_value_column_of(value, MLG_P) != NULL &&
                mlg_value_column_of(value, MLG_P_ADJUSTED) != NULL;
    for (size_t p = 0; made && p < N_PARTS; p++) {
        made = mlg_value_part_of(value, part_names[p]) != NULL;
    }
    return made;
}

/* A unit of unknown or no inhabitants has its count, and no quotient. */
static void fill_row(const ground *at, int32_t unit, mlg_value *value, size_t row)
{
    const mlg_places_ground *g = &at->g;
    const int32_t u = g->of_unit[unit];

    value->subject[row] = at->perimeters.unit[unit];
    value->part[PEOPLE].values[row] = at->perimeters.population[unit];
    value->part[HERE].values[row] = u >= 0 ? g->things[u] : at->outside[unit];
    if (u >= 0) {
        const double expected = g->located * g->people[u];
        value->part[EXPECTED].values[row] = expected;
        value->part[DIVIDED].values[row] = g->divided[u];
        value->column[MLG_VALUE][row] = g->things[u] / expected;
        value->column[MLG_P][row] =
            mlg_binomial_of((uint32_t) g->located, g->people[u], (uint32_t) g->things[u]).two;
    }
}

static mlg_status list_units(const ground *at, const char *convention, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, ID, view, (size_t) at->n_rows, err);
    size_t row = 0;

    TRY_ALLOC(err, value);
    value->convention = convention;
    value->null_model = "population";
    value->tail = "two";
    value->p_method = "exact";
    if (!make_columns(value)) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %d units", ID, at->n_rows);
    }
    for (int32_t unit = 0; unit < at->perimeters.n_units; unit++) {
        if (at->perimeters.asked[unit]) {
            fill_row(at, unit, value, row++);
        }
    }
    TRY(mlg_adjust_p(value->column[MLG_P], value->n, value->column[MLG_P_ADJUSTED], err));
out:
    return status;
}

/* Marks the things of one code. */
static void mark_code(const mlg_model *model, const mlg_locations *places, const split *by,
                      int32_t code, bool *in)
{
    for (int32_t thing = 0; thing < places->at.n; thing++) {
        const mlg_id id = places->thing[thing];
        const int32_t *rows =
            by->what == MLG_LOCATED_SITES ? model->party_actor_row : model->activity_row;
        const int32_t row = id >= 0 ? rows[id] : -1;
        size_t n = row >= 0 ? 1 : 0;
        int32_t own = row >= 0 && !by->several ? mlg_get_id(model, by->column, row) : -1;
        const int32_t *codes =
            row >= 0 && by->several ? mlg_get_list(model, by->column, row, &n) : &own;
        in[thing] = false;
        for (size_t i = 0; i < n; i++) {
            in[thing] = in[thing] || codes[i] == code;
        }
    }
}

static mlg_status list_split(ground *at, const mlg_locations *places, const split *by, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = at->context->model;
    bool *in = mlg_alloc((size_t) places->at.n, sizeof *in);

    TRY_ALLOC(err, in);
    for (int32_t code = 0; code < mlg_code_count(model, by->codes); code++) {
        mark_code(model, places, by, code, in);
        mlg_places_ground_put(places, in, T_why_no_place, &at->g);
        if (at->g.why != T_none || at->g.located < LEAST_OF_A_CODE) {
            continue;
        }
        count_outside(at, places, in);
        const char *word =
            mlg_words_of_code(at->context, by->list, mlg_code_text(model, by->codes, code), err);
        TRY_ALLOC(err, word);
        TRY(list_units(at, word, view, out, err));
    }
out:
    mlg_free(in);
    return status;
}

static mlg_status run_question(ground *at, const question *asked, int32_t view, mlg_values *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_locations places = {0};

    TRY(mlg_locations_of(at->context->model, &at->perimeters, asked->what, &places, err));
    mlg_places_ground_put(&places, NULL, asked->none, &at->g);
    if (at->g.why != T_none) {
        TRY(mlg_values_undefined(out, ID, view, at->g.why, err));
        out->items[out->n - 1].convention = asked->convention;
        goto out;
    }
    count_outside(at, &places, NULL);
    TRY(list_units(at, asked->convention, view, out, err));
    for (size_t s = 0; s < sizeof splits / sizeof *splits; s++) {
        if (splits[s].what == asked->what) {
            TRY(list_split(at, &places, &splits[s], view, out, err));
        }
    }
out:
    mlg_locations_free(&places);
    return status;
}

mlg_status mlg_scale_location_quotient(mlg_context *context, int32_t view, mlg_values *out,
                                       mlg_error *err)
{
    static const question questions[] = {
        {MLG_LOCATED_ACTIVITIES, T_why_no_activities, "activities"},
        {MLG_LOCATED_SITES, T_why_no_sites, "sites"},
    };
    mlg_status status = MLG_OK;
    ground at = {0};
    const size_t before = out->n;

    TRY(open_ground(context, &at, err));
    if (at.n_rows == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_units, err));
        goto out;
    }
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        TRY(run_question(&at, &questions[i], view, out, err));
    }
out:
    close_ground(&at);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
