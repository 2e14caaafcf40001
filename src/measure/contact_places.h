/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CONTACT_PLACES_H
#define MLG_MEASURE_CONTACT_PLACES_H

#include "measure/workload_contacts.h"

/* Where the contacts of those who coordinate are: which carriers of schemes, which levels. */
typedef struct mlg_contact_places {
    mlg_id *carrier; /* [n_carriers] organisations that carry a scheme in force, ascending */
    int32_t n_carriers;
    double *at_carrier; /* [coordinators * n_carriers] contacts */
    int32_t n_levels;   /* codes */
    double *at_level;   /* [coordinators * n_levels] contacts */
} mlg_contact_places;

/* Empty after a failure. */
mlg_status mlg_contact_places_of(const mlg_model *model, const mlg_contacts *contacts,
                                 mlg_contact_places *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_contact_places_free(mlg_contact_places *reach);

/* Contacts in any carrier; NaN when no carrier is known. */
double mlg_contact_places_carried(const mlg_contact_places *reach, size_t of);
/* Different levels of the contacts, and of how many contacts they are. */
double mlg_contact_places_levels(const mlg_contact_places *reach, size_t of, double *known);

/* Appends the share of each carrier and of each level. */
mlg_status mlg_contact_places_list(const mlg_model *model, const mlg_contacts *contacts,
                                   const mlg_contact_places *reach, int32_t view, mlg_values *out,
                                   mlg_error *err) MLG_MUST_CHECK;

#endif
