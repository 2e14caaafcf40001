/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/governance.h"
#include "measure/composition.h"
#include "measure/summary.h"

static const char *const ID = "scheme.composition";

enum {
    VALUE,
    FOUND,
    MISSING,
    MEMBERS,
    UNCLASSED,
    KNOWN_SECTOR,
    SECTORS,
    BLAU,
    EXPECTED_BLAU,
    ASKED,
    N
};
static const char *const parts[] = {"found",     "missing",       "members",
                                    "unclassed", "known_sector",  "sectors",
                                    "blau",      "blau_expected", "expected"};

static void figures_of(const mlg_committee *one, double *figure)
{
    const bool known = one->known > 0.0;
    const double found = mlg_committee_found(one);

    figure[VALUE] = known ? found / mlg_committee_asked(one) : NAN;
    figure[FOUND] = known ? found : NAN;
    figure[MISSING] = mlg_committee_missing(one);
    figure[MEMBERS] = known ? one->members : NAN;
    figure[UNCLASSED] = known ? one->unclassed : NAN;
    figure[KNOWN_SECTOR] = known ? one->known_sector : NAN;
    figure[SECTORS] = one->known_sector > 0.0 ? one->sectors : NAN;
    figure[BLAU] = one->blau;
    figure[EXPECTED_BLAU] = one->expected_blau;
    figure[ASKED] = mlg_committee_asked(one);
}

static mlg_status list_committees(const mlg_committee *all, size_t n, mlg_scope scope,
                                  const char *convention, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n, N * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < n; i++) {
        subject[i] = all[i].subject;
        figures_of(&all[i], &figure[i * N]);
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = scope,
                                          .convention = convention,
                                          .why = T_why_no_attendance,
                                          .parts = parts,
                                          .n_parts = N - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* Is some committee asked for a seat? */
static bool is_asked(const mlg_composition *c, size_t seat)
{
    bool asked = false;
    for (size_t i = 0; i < c->n_bodies; i++) {
        asked = asked || (c->bodies[i].asked >> seat & 1) != 0;
    }
    return asked;
}

/* Why nothing is said of a seat that is asked for, in any committee. */
static mlg_text_key why_no_seat(const mlg_composition *c)
{
    bool known = false;
    for (size_t i = 0; i < c->n_bodies; i++) {
        known = known || c->bodies[i].known > 0.0;
    }
    return known ? T_why_seat_unclassed : T_why_no_attendance;
}

/* Where one expected seat is taken: 1, 0, or NaN where a member that says nothing may take it, or
 * nobody asks for it. */
static mlg_status list_seat(const mlg_composition *c, size_t seat, int32_t view, mlg_values *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(c->n_bodies, sizeof *subject);
    double *figure = mlg_alloc(c->n_bodies, sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < c->n_bodies; i++) {
        const mlg_committee *one = &c->bodies[i];
        const bool taken = (one->taken >> seat & 1) != 0;
        const bool empty = (one->asked >> seat & 1) != 0 && one->known > 0.0;
        subject[i] = one->subject;
        figure[i] = taken ? 1.0 : empty && one->unclassed == 0.0 ? 0.0 : NAN;
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_ACTIVITY,
                                          .convention = c->seats[seat].convention,
                                          .why = why_no_seat(c),
                                          .subject = subject,
                                          .figure = figure,
                                          .n = c->n_bodies},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* All committees together; the convention says which list was used. */
static mlg_status list_all(const mlg_model *model, const mlg_composition *c, int32_t view,
                           mlg_values *out, mlg_error *err)
{
    const char *list = mlg_expected_seats_vary(model)  ? "lists_of_study"
                       : mlg_expected_seats_own(model) ? "list_of_study"
                                                       : "list_rlps";
    double known = 0.0, found = 0.0, members = 0.0, unclassed = 0.0, whole = 0.0;
    double asked = 0.0, asked_known = 0.0;

    for (size_t i = 0; i < c->n_bodies; i++) {
        const mlg_committee *one = &c->bodies[i];
        known += one->known;
        found += one->known > 0.0 ? mlg_committee_found(one) : 0.0;
        members += one->members;
        unclassed += one->unclassed;
        whole += one->known > 0.0 && mlg_committee_found(one) == mlg_committee_asked(one);
        asked += mlg_committee_asked(one);
        asked_known += one->known > 0.0 ? mlg_committee_asked(one) : 0.0;
    }
    const mlg_figure figures[] = {
        {"bodies", (double) c->n_bodies},
        {"known", known},
        {"expected", asked / (double) c->n_bodies},
        {"complete", whole},
        {"members", members},
        {"unclassed", unclassed},
        {"sectors_of_study", c->sectors},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = list,
                                             .value = known > 0.0 ? found / asked_known : NAN,
                                             .why = known > 0.0 ? T_none : T_why_no_attendance,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_scheme_composition(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_composition c = {0};

    if (context->model == NULL || context->model->activities.n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_activities, err);
    }
    TRY(mlg_composition_of(context->model, &c, err));
    if (c.n_bodies == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_steering, err));
        goto out;
    }
    TRY(list_committees(c.bodies, c.n_bodies, MLG_SCOPE_ACTIVITY, "by_body", view, out, err));
    if (c.n_schemes > 0) {
        TRY(list_committees(c.schemes, c.n_schemes, MLG_SCOPE_SCHEME, "by_scheme", view, out, err));
    }
    for (size_t seat = 0; seat < c.n_seats; seat++) {
        if (is_asked(&c, seat)) {
            TRY(list_seat(&c, seat, view, out, err));
        }
    }
    TRY(list_all(context->model, &c, view, out, err));
out:
    mlg_composition_free(&c);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
