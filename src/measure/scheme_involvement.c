/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/scheme.h"
#include "measure/bodies.h"
#include "measure/involvement_seats.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"

/* Bodies of one kind: all, those whose attendance is known, those of them where residents sit. */
typedef struct tally {
    double bodies, known, with;
    double seats, of_residents; /* who attends them, each once a body */
} tally;

static void count(tally *t, const mlg_body *body, const mlg_seat_counts *seats)
{
    t->bodies++;
    t->known += body->known;
    t->with += body->residents;
    t->seats += seats->seats[body->activity];
    t->of_residents += seats->residents[body->activity];
}

static double share_of(const tally *t)
{
    return t->known > 0.0 ? t->with / t->known : NAN;
}

static mlg_status list_tally(const tally *t, const char *convention, mlg_text_key none,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    const mlg_figure figures[] = {
        {"bodies", t->bodies},
        {"known", t->known},
        {"with_residents", t->known > 0.0 ? t->with : NAN},
        {"completeness", t->bodies > 0.0 ? t->known / t->bodies : NAN},
        {"seats", t->known > 0.0 ? t->seats : NAN},
        {"seats_of_residents", t->seats > 0.0 ? t->of_residents : NAN},
        {"seat_share", t->seats > 0.0 ? t->of_residents / t->seats : NAN},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "scheme.involvement",
                                             .view = view,
                                             .convention = convention,
                                             .value = share_of(t),
                                             .why = t->known > 0.0    ? T_none
                                                    : t->bodies > 0.0 ? T_why_no_attendance
                                                                      : none,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

/* ---- by power and by level ---------------------------------------------------------------- */

/* A class of bodies: those of one code of their power or their level, -1: not recorded. */
typedef struct body_class {
    const char *convention;
    bool by_level;
    int32_t code;
} body_class;

static mlg_status list_classes(const mlg_bodies *bodies, const mlg_seat_counts *seats, int32_t view,
                               mlg_values *out, mlg_error *err)
{
    static const body_class classes[] = {
        {"informs", false, MLG_CODE_OF(power, informs)},
        {"advises", false, MLG_CODE_OF(power, advises)},
        {"ratifies", false, MLG_CODE_OF(power, ratifies)},
        {"decides", false, MLG_CODE_OF(power, decides)},
        {"power_unknown", false, -1},
        {"clinical", true, MLG_CODE_OF(level, clinical)},
        {"organisational", true, MLG_CODE_OF(level, organisational)},
        {"strategic", true, MLG_CODE_OF(level, strategic)},
        {"level_unknown", true, -1},
    };
    mlg_status status = MLG_OK;

    for (size_t c = 0; c < sizeof classes / sizeof *classes; c++) {
        tally t = {0};
        for (size_t i = 0; i < bodies->n; i++) {
            const mlg_body *body = &bodies->items[i];
            if ((classes[c].by_level ? body->level : body->power) == classes[c].code) {
                count(&t, body, seats);
            }
        }
        TRY(list_tally(&t, classes[c].convention, T_why_no_such_body, view, out, err));
    }
out:
    return status;
}

/* ---- degrees -------------------------------------------------------------------------------- */

static const char *const degrees[] = {"none",      "informed", "consulted",
                                      "concerted", "co_built", "co_decided"};
enum { N_DEGREES = sizeof degrees / sizeof *degrees, ANY_LEVEL = -2 };

/* Of the activities that say how far residents take part, those that reach dialogue: of one level
 * (-1: not recorded), or of any. */
static mlg_status list_degrees(const mlg_model *model, const char *convention, int32_t level,
                               int32_t view, mlg_values *out, mlg_error *err)
{
    double at[N_DEGREES] = {0}, unknown = 0.0, known = 0.0, reach = 0.0;
    mlg_figure figures[N_DEGREES + 1];

    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        const int32_t degree = mlg_activity_code(model, C_activities_involvement, a);
        if (!mlg_activity_is_recent(model, a) ||
            (level != ANY_LEVEL && mlg_activity_code(model, C_activities_level, a) != level)) {
            continue;
        }
        if (degree < 0) {
            unknown++;
            continue;
        }
        at[degree]++;
        known++;
        reach += degree >= MLG_CODE_OF(participation_degree, concerted);
    }
    for (int k = 0; k < N_DEGREES; k++) {
        figures[k] = (mlg_figure){degrees[k], at[k]};
    }
    figures[N_DEGREES] = (mlg_figure){"unknown", unknown};
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "scheme.involvement",
                                             .view = view,
                                             .convention = convention,
                                             .value = known > 0.0 ? reach / known : NAN,
                                             .why = known > 0.0 ? T_none : T_why_no_degree,
                                             .figures = figures,
                                             .n_figures = N_DEGREES + 1},
                              err);
}

/* Residents' share of who attends the activities of one degree. */
static mlg_status list_seats_at(const mlg_model *model, const mlg_seat_counts *seats, int degree,
                                double said, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const conventions[N_DEGREES] = {
        "at_none", "at_informed", "at_consulted", "at_concerted", "at_co_built", "at_co_decided"};
    double n = 0.0, known = 0.0, with = 0.0, all = 0.0, of_residents = 0.0;

    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        if (mlg_activity_is_recent(model, a) &&
            mlg_activity_code(model, C_activities_involvement, a) == degree) {
            n++;
            known += seats->seats[a] > 0.0;
            with += seats->residents[a] > 0.0;
            all += seats->seats[a];
            of_residents += seats->residents[a];
        }
    }
    const mlg_figure figures[] = {
        {"activities", n},
        {"known", known},
        {"with_residents", known > 0.0 ? with : NAN},
        {"seats", known > 0.0 ? all : NAN},
        {"seats_of_residents", known > 0.0 ? of_residents : NAN},
        {"share", said > 0.0 ? n / said : NAN},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "scheme.involvement",
                                             .view = view,
                                             .convention = conventions[degree],
                                             .value = known > 0.0 ? of_residents / all : NAN,
                                             .why = known > 0.0 ? T_none
                                                    : n > 0.0   ? T_why_no_attendance
                                                                : T_why_no_such_degree,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status list_all_degrees(const mlg_model *model, const mlg_seat_counts *seats,
                                   int32_t view, mlg_values *out, mlg_error *err)
{
    static const struct {
        const char *convention;
        int32_t level;
    } of[] = {
        {"degree", ANY_LEVEL},
        {"degree_clinical", MLG_CODE_OF(level, clinical)},
        {"degree_organisational", MLG_CODE_OF(level, organisational)},
        {"degree_strategic", MLG_CODE_OF(level, strategic)},
        {"degree_level_unknown", -1},
    };
    mlg_status status = MLG_OK;
    double said = 0.0;

    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        TRY(list_degrees(model, of[i].convention, of[i].level, view, out, err));
    }
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        said += mlg_activity_is_recent(model, a) &&
                mlg_activity_code(model, C_activities_involvement, a) >= 0;
    }
    for (int degree = 0; degree < N_DEGREES; degree++) {
        TRY(list_seats_at(model, seats, degree, said, view, out, err));
    }
out:
    return status;
}

/* ---- the same few --------------------------------------------------------------------------- */

static mlg_status list_concentration(const mlg_model *model, const mlg_bodies *bodies, int32_t view,
                                     mlg_values *out, mlg_error *err)
{
    double top[3] = {0}, sum = 0.0, who = 0.0;

    for (size_t p = 0; p < model->parties.n; p++) {
        double n = bodies->attendances[p];
        sum += n;
        who += n > 0.0;
        for (int k = 0; k < 3; k++) {
            if (n > top[k]) {
                const double less = top[k];
                top[k] = n;
                n = less;
            }
        }
    }
    const mlg_figure figures[] = {{"attendances", sum}, {"residents", who}};
    return mlg_values_summary(
        out,
        &(mlg_summary){.id = "scheme.involvement",
                       .view = view,
                       .convention = "top_three",
                       .value = sum > 0.0 ? (top[0] + top[1] + top[2]) / sum : NAN,
                       .why = sum > 0.0 ? T_none : T_why_no_residents,
                       .caution = sum > 0.0 && who <= 3.0 ? T_caution_three_residents : T_none,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err);
}

/* ---- by scheme ------------------------------------------------------------------------------- */

enum { VALUE, BODIES, KNOWN, WITH, DECIDING, DECIDING_KNOWN, DECIDING_WITH, N_FIGURES };
static const char *const parts[] = {"bodies",   "known",          "with_residents",
                                    "deciding", "deciding_known", "deciding_with_residents"};

static void count_in_scheme(const mlg_body *body, double *figure)
{
    const bool decides = body->power == MLG_CODE_OF(power, decides);
    figure[BODIES]++;
    figure[KNOWN] += body->known;
    figure[WITH] += body->residents;
    figure[DECIDING] += decides;
    figure[DECIDING_KNOWN] += decides && body->known;
    figure[DECIDING_WITH] += decides && body->residents;
}

static mlg_status list_schemes(const mlg_model *model, const mlg_bodies *bodies, int32_t view,
                               mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_scheme_set set = {0};
    mlg_id *subject = NULL;
    double *figure = NULL;

    TRY(mlg_schemes_of(model, &set, err));
    subject = mlg_alloc(set.n, sizeof *subject);
    figure = mlg_zalloc(set.n, N_FIGURES * sizeof *figure);
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < bodies->n; i++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_activity_schemes(model, bodies->items[i].activity, &n);
        for (size_t k = 0; k < n; k++) {
            const int32_t place = mlg_scheme_place(&set, schemes[k]);
            if (place >= 0) {
                count_in_scheme(&bodies->items[i], &figure[(size_t) place * N_FIGURES]);
            }
        }
    }
    for (size_t i = 0; i < set.n; i++) {
        double *f = &figure[i * N_FIGURES];
        subject[i] = set.items[i].id;
        f[VALUE] = f[KNOWN] > 0.0 ? f[WITH] / f[KNOWN] : NAN;
        f[WITH] = f[KNOWN] > 0.0 ? f[WITH] : NAN; /* of no known attendance: not none */
        f[DECIDING_WITH] = f[DECIDING_KNOWN] > 0.0 ? f[DECIDING_WITH] : NAN;
    }
    if (set.n > 0) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = "scheme.involvement",
                                              .view = view,
                                              .scope = MLG_SCOPE_SCHEME,
                                              .convention = "by_scheme",
                                              .why = T_why_no_attendance,
                                              .parts = parts,
                                              .n_parts = N_FIGURES - 1,
                                              .subject = subject,
                                              .figure = figure,
                                              .n = set.n},
                               err));
    }
out:
    mlg_free(subject);
    mlg_free(figure);
    mlg_schemes_free(&set);
    return status;
}

mlg_status mlg_scheme_involvement(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    mlg_bodies bodies = {0};
    mlg_seat_counts seats = {0};
    tally all = {0};

    if (model == NULL || model->activities.n == 0) {
        return mlg_values_undefined(out, "scheme.involvement", view, T_why_no_activities, err);
    }
    TRY(mlg_bodies_of(model, &bodies, err));
    TRY(mlg_seat_counts_of(model, &seats, err));
    for (size_t i = 0; i < bodies.n; i++) {
        count(&all, &bodies.items[i], &seats);
    }
    TRY(list_tally(&all, "bodies", T_why_no_body, view, out, err));
    TRY(list_classes(&bodies, &seats, view, out, err));
    TRY(list_all_degrees(model, &seats, view, out, err));
    TRY(list_concentration(model, &bodies, view, out, err));
    TRY(list_schemes(model, &bodies, view, out, err));
out:
    mlg_bodies_free(&bodies);
    mlg_seat_counts_free(&seats);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
