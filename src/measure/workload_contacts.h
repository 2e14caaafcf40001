/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WORKLOAD_CONTACTS_H
#define MLG_MEASURE_WORKLOAD_CONTACTS_H

#include "measure/context.h"

/* Who coordinates, with all of its posts, and whom it is on record with in the 12 months. */
typedef struct mlg_coordinator {
    mlg_id party;        /* the person, else the post */
    int32_t contacts;    /* services and organisations */
    int32_t inside;      /* of them, in an administration of its own */
    int32_t sectors;     /* different ones of its contacts */
    int32_t attachments; /* different services, or employers where they are more; 0: unknown */
    int32_t type;        /* of sector_types.h, of the service, else of the employer; -1: unknown */
    bool placed;         /* its administration is known */
    double constraint;   /* Burt's, among all who are joined so; NaN without a contact */
} mlg_coordinator;

/* A coordinator and one of its contacts. */
typedef struct mlg_contact {
    int32_t of;   /* place among the coordinators */
    mlg_id party; /* a service or an organisation */
} mlg_contact;

typedef struct mlg_contacts {
    mlg_coordinator *items; /* by the first row of posts.csv */
    size_t n;
    mlg_contact *pairs; /* by coordinator and contact */
    size_t n_pairs;
    int32_t n_types;
} mlg_contacts;

/* Coordination posts held at the date. Constraints are NaN where there are too many pairs in
 * activities for them. Empty after a failure. */
mlg_status mlg_contacts_of(const mlg_model *model, const mlg_run *run, mlg_contacts *out,
                           mlg_error *err) MLG_MUST_CHECK;
void mlg_contacts_free(mlg_contacts *contacts);

#endif
