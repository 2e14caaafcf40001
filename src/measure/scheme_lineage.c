/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/governance.h"
#include "measure/lineage.h"
#include "measure/seats.h"
#include "measure/sittings.h"
#include "measure/summary.h"
#include "measure/waves.h"

static const char *const ID = "scheme.lineage";

/* Listed at most: lineages of thousands of schemes have too many pairs to print. */
enum { MOST = 1000 };

typedef struct survey {
    const mlg_model *model;
    mlg_lineage lineage;
    mlg_sittings sittings;
    mlg_members members;
    mlg_lineage_chance *chance; /* [lineage.n, MOST at most] */
    uint32_t draws;
} survey;

/* Of one parent and child. */
typedef struct kept {
    double parent, child, both; /* organisations */
    double shared;              /* activities of the two */
} kept;

static void survey_close(survey *s)
{
    mlg_lineage_free(&s->lineage);
    mlg_sittings_free(&s->sittings);
    mlg_members_free(&s->members);
    mlg_free(s->chance);
}

static mlg_status survey_open(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_lineage_of(s->model, &s->lineage, err));
    TRY(mlg_sittings_of(s->model, mlg_ever(), &s->sittings, err));
    TRY(mlg_members_of(s->model, &s->sittings, s->lineage.place, s->lineage.schemes, NULL,
                       mlg_ever(), &s->members, err));
out:
    return status;
}

static double shared_activities(const mlg_model *model, mlg_id a, mlg_id b)
{
    double shared = 0.0;
    for (mlg_id e = 0; e < (mlg_id) model->activities.n; e++) {
        size_t n = 0;
        bool of_a = false, of_b = false;
        const mlg_id *schemes = mlg_activity_schemes(model, e, &n);
        for (size_t i = 0; i < n; i++) {
            of_a = of_a || schemes[i] == a;
            of_b = of_b || schemes[i] == b;
        }
        shared += of_a && of_b;
    }
    return shared;
}

static kept look(const survey *s, const mlg_descent *d)
{
    const size_t a = (size_t) s->lineage.place[d->parent], b = (size_t) s->lineage.place[d->child];
    const kept k = {
        .parent = (double) mlg_members_n(&s->members, a),
        .child = (double) mlg_members_n(&s->members, b),
        .both = (double) mlg_members_common(&s->members, a, b),
        .shared = shared_activities(s->model, d->parent, d->child),
    };
    return k;
}

/* An activity of both makes its members those of both: then chance is no comparison. */
static mlg_status expect(survey *s, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->lineage.n < MOST ? s->lineage.n : MOST;

    s->chance = mlg_alloc(n, sizeof *s->chance);
    TRY_ALLOC(err, s->chance);
    for (size_t i = 0; i < n; i++) {
        const kept k = look(s, &s->lineage.items[i]);
        s->chance[i] = (mlg_lineage_chance){
            .asked = k.parent > 0.0 && k.child > 0.0 && k.shared == 0.0,
            .expected = NAN,
            .p = NAN,
        };
    }
    TRY(mlg_lineage_expect(s->model, &s->lineage, run, s->chance, n, &s->draws, err));
out:
    return status;
}

/* Unknown where nobody is on record on one side: nobody noted is not nobody kept. */
static double share(double part, double whole, double other)
{
    return whole > 0.0 && other > 0.0 ? part / whole : NAN;
}

enum { STEPS, YEARS, PARENT, KEPT, LOW, HIGH, CHILD, REVERSE, CARRIER, SHARED, N_PARTS };
static const char *const parts[N_PARTS] = {
    "steps",   "years",         "members", "kept",         "low_95",
    "high_95", "members_child", "reverse", "same_carrier", "shared_activities"};

static void fill_row(const survey *s, mlg_value *value, double *const *part, size_t i)
{
    const mlg_descent *d = &s->lineage.items[i];
    const kept k = look(s, d);
    const bool known = k.parent > 0.0 && k.child > 0.0;

    value->subject[2 * i] = d->parent;
    value->subject[2 * i + 1] = d->child;
    value->column[MLG_VALUE][i] = share(k.both, k.parent, k.child);
    value->column[MLG_EXPECTED][i] = s->chance[i].expected / k.parent;
    value->column[MLG_P][i] = s->chance[i].p;
    part[STEPS][i] = d->steps;
    part[YEARS][i] = mlg_years_between(mlg_scheme_began(s->model, d->parent),
                                       mlg_scheme_began(s->model, d->child));
    part[PARENT][i] = k.parent;
    part[CHILD][i] = k.child;
    part[KEPT][i] = known ? k.both : NAN;
    part[REVERSE][i] = share(k.both, k.child, k.parent);
    part[CARRIER][i] = mlg_same_carrier(s->model, d->parent, d->child);
    part[SHARED][i] = k.shared;
    mlg_clopper_pearson(known ? k.both : NAN, known ? k.parent : NAN, &part[LOW][i],
                        &part[HIGH][i]);
}

static mlg_status add_pairs(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->lineage.n < MOST ? s->lineage.n : MOST;
    mlg_value *value = mlg_values_add(out, ID, view, n, err);
    double *part[N_PARTS];
    bool any = false;

    TRY_ALLOC(err, value);
    value->convention = "retention";
    value->null_model = "margins";
    value->tail = "greater";
    value->p_method = s->draws > 0 ? "draws" : NULL;
    value->draws = s->draws;
    value->total = s->lineage.n;
    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_VALUE));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_EXPECTED));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_P_ADJUSTED));
    for (size_t k = 0; k < N_PARTS; k++) {
        part[k] = mlg_value_part_of(value, parts[k]);
        TRY_ALLOC(err, part[k]);
    }
    for (size_t i = 0; i < n; i++) {
        fill_row(s, value, part, i);
        any = any || !isnan(value->column[MLG_VALUE][i]);
    }
    TRY(mlg_adjust_p(value->column[MLG_P], n, value->column[MLG_P_ADJUSTED], err));
    value->undefined = any ? T_none : T_why_no_members;
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

/* All parents and children together. */
static mlg_status add_summary(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    double known = 0.0, members = 0.0, both = 0.0, carriers = 0.0, same = 0.0, deepest = 0.0;

    for (size_t i = 0; i < s->lineage.n; i++) {
        const mlg_descent *d = &s->lineage.items[i];
        deepest = fmax(deepest, d->steps);
        if (d->steps > 1) {
            continue;
        }
        const kept k = look(s, d);
        const double carrier = mlg_same_carrier(s->model, d->parent, d->child);
        if (k.parent > 0.0 && k.child > 0.0) {
            known++;
            members += k.parent;
            both += k.both;
        }
        carriers += !isnan(carrier);
        same += carrier > 0.0;
    }
    const mlg_figure figures[] = {
        {"schemes", (double) s->lineage.schemes},
        {"with_parent", (double) s->lineage.children},
        {"recorded", (double) s->lineage.recorded},
        {"links", (double) s->lineage.direct},
        {"known", known},
        {"members", members},
        {"kept", known > 0.0 ? both : NAN},
        {"same_carrier", carriers > 0.0 ? same : NAN},
        {"carriers_known", carriers},
        {"deepest", deepest},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "all_parents",
                                             .value = members > 0.0 ? both / members : NAN,
                                             .why = members > 0.0 ? T_none : T_why_no_members,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_scheme_lineage(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    survey s = {.model = context->model};

    if (s.model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(survey_open(&s, err));
    if (s.lineage.n == 0) {
        TRY(mlg_values_undefined(out, ID, view,
                                 s.lineage.schemes > 0 ? T_why_no_parent : T_why_no_schemes, err));
        goto out;
    }
    TRY(expect(&s, context->run, err));
    TRY(add_pairs(&s, view, out, err));
    TRY(add_summary(&s, view, out, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
