/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/contact_places.h"

#include <math.h>
#include <stdlib.h>

#include "measure/scheme_set.h"
#include "measure/summary.h"

static const char *const ID = "scheme.attachment";
enum { MOST_LISTED = 1000 };

void mlg_contact_places_free(mlg_contact_places *reach)
{
    mlg_free(reach->carrier);
    mlg_free(reach->at_carrier);
    mlg_free(reach->at_level);
    *reach = (mlg_contact_places){0};
}

static int by_id(const void *left, const void *right)
{
    const mlg_id a = *(const mlg_id *) left, b = *(const mlg_id *) right;
    return a < b ? -1 : a > b;
}

/* Organisations that carry a scheme in force, each once. */
static mlg_status find_carriers(const mlg_model *model, mlg_contact_places *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_scheme_set set = {0};
    size_t n = 0, room = 0, kept = 0;

    TRY(mlg_schemes_of(model, &set, err));
    for (size_t i = 0; i < set.n; i++) {
        const int32_t row = model->party_scheme_row[set.items[i].id];
        size_t n_here = 0;
        const mlg_id *carriers =
            row >= 0 ? mlg_get_list(model, C_schemes_carrier, row, &n_here) : NULL;
        if (!mlg_grow(&out->carrier, &room, n + n_here, sizeof *out->carrier)) {
            FAIL(err, MLG_ENOMEM, "scheme.attachment: no memory for carriers");
        }
        for (size_t k = 0; k < n_here; k++) {
            out->carrier[n++] = model->party_organisation[carriers[k]];
        }
    }
    if (n > 0) {
        qsort(out->carrier, n, sizeof *out->carrier, by_id);
    }
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || out->carrier[i] != out->carrier[i - 1]) {
            out->carrier[kept++] = out->carrier[i];
        }
    }
    out->n_carriers = (int32_t) kept;
out:
    mlg_schemes_free(&set);
    return status;
}

/* Level of a service or organisation: its own, else that of its organisation; -1: unknown. */
static int32_t level_of(const mlg_model *model, mlg_id party)
{
    const mlg_id of[] = {party, model->party_organisation[party]};
    int32_t level = -1;
    for (int i = 0; i < 2; i++) {
        const int32_t row = of[i] >= 0 ? model->party_actor_row[of[i]] : -1;
        level = level < 0 && row >= 0 ? mlg_get_id(model, C_actors_level, row) : level;
    }
    return level;
}

mlg_status mlg_contact_places_of(const mlg_model *model, const mlg_contacts *contacts,
                                 mlg_contact_places *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_contact_places){.n_levels = mlg_code_count(model, MLG_V_actor_level)};
    TRY(find_carriers(model, out, err));
    out->at_carrier = mlg_zalloc(contacts->n * (size_t) out->n_carriers, sizeof *out->at_carrier);
    out->at_level = mlg_zalloc(contacts->n * (size_t) out->n_levels, sizeof *out->at_level);
    TRY_ALLOC(err, out->at_carrier);
    TRY_ALLOC(err, out->at_level);
    for (size_t i = 0; i < contacts->n_pairs; i++) {
        const mlg_contact *contact = &contacts->pairs[i];
        const int32_t level = level_of(model, contact->party);
        const int32_t carrier =
            mlg_id_find(out->carrier, out->n_carriers, model->party_organisation[contact->party]);
        if (carrier >= 0) {
            out->at_carrier[contact->of * out->n_carriers + carrier]++;
        }
        if (level >= 0) {
            out->at_level[contact->of * out->n_levels + level]++;
        }
    }
out:
    if (status != MLG_OK) {
        mlg_contact_places_free(out);
    }
    return status;
}

double mlg_contact_places_carried(const mlg_contact_places *reach, size_t of)
{
    double sum = 0.0;
    for (int32_t k = 0; k < reach->n_carriers; k++) {
        sum += reach->at_carrier[of * (size_t) reach->n_carriers + (size_t) k];
    }
    return reach->n_carriers > 0 ? sum : NAN;
}

double mlg_contact_places_levels(const mlg_contact_places *reach, size_t of, double *known)
{
    double levels = 0.0;
    *known = 0.0;
    for (int32_t k = 0; k < reach->n_levels; k++) {
        const double here = reach->at_level[of * (size_t) reach->n_levels + (size_t) k];
        levels += here > 0.0;
        *known += here;
    }
    return levels;
}

/* ---- values ------------------------------------------------------------------------------- */

static mlg_status list_carriers(const mlg_contacts *contacts, const mlg_contact_places *reach,
                                int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"contacts"};
    mlg_status status = MLG_OK;
    const size_t most = contacts->n * (size_t) reach->n_carriers;
    mlg_id *subject = mlg_alloc(most, 2 * sizeof *subject);
    double *figure = mlg_alloc(most, 2 * sizeof *figure);
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < contacts->n; i++) {
        const mlg_coordinator *c = &contacts->items[i];
        for (int32_t k = 0; k < reach->n_carriers && c->contacts > 0; k++) {
            const double here = reach->at_carrier[i * (size_t) reach->n_carriers + (size_t) k];
            subject[2 * n] = c->party;
            subject[2 * n + 1] = reach->carrier[k];
            figure[2 * n] = here / c->contacts;
            figure[2 * n + 1] = here;
            n++;
        }
    }
    if (n > 0) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = ID,
                                              .view = view,
                                              .scope = MLG_SCOPE_ACTOR,
                                              .pairs = true,
                                              .total = n,
                                              .convention = "by_carrier",
                                              .why = T_why_no_scheme_carrier,
                                              .parts = parts,
                                              .n_parts = 1,
                                              .subject = subject,
                                              .figure = figure,
                                              .n = n < MOST_LISTED ? n : MOST_LISTED},
                               err));
    }
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status list_level(const mlg_model *model, const mlg_contacts *contacts,
                             const mlg_contact_places *reach, int32_t level, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    static const char *const parts[] = {"contacts", "level_known"};
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(contacts->n, sizeof *subject);
    double *figure = mlg_alloc(contacts->n, 3 * sizeof *figure), sum = 0.0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < contacts->n; i++) {
        const double here = reach->at_level[i * (size_t) reach->n_levels + (size_t) level];
        double *of = &figure[3 * i], known = 0.0;
        (void) mlg_contact_places_levels(reach, i, &known);
        subject[i] = contacts->items[i].party;
        of[0] = known > 0.0 ? here / known : NAN;
        of[1] = known > 0.0 ? here : NAN;
        of[2] = known;
        sum += here;
    }
    if (sum > 0.0) {
        TRY(mlg_values_listing(
            out,
            &(mlg_listing){.id = ID,
                           .view = view,
                           .scope = MLG_SCOPE_POST,
                           .convention = mlg_code_text(model, MLG_V_actor_level, level),
                           .why = T_why_no_contact_level,
                           .parts = parts,
                           .n_parts = 2,
                           .subject = subject,
                           .figure = figure,
                           .n = contacts->n},
            err));
    }
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

mlg_status mlg_contact_places_list(const mlg_model *model, const mlg_contacts *contacts,
                                   const mlg_contact_places *reach, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(list_carriers(contacts, reach, view, out, err));
    for (int32_t level = 0; level < reach->n_levels; level++) {
        TRY(list_level(model, contacts, reach, level, view, out, err));
    }
out:
    return status;
}
