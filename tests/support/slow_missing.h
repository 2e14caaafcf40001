/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SLOW_MISSING_H
#define TESTS_SLOW_MISSING_H

#include "random_study.h"

/* What is missing between organisations, straight from the rows of a study. */

/* Units where an organisation works: its territory, and its sites of the 12 months. */
unsigned slow_works_in(const random_study *study, int actor);
/* Are two units in one perimeter: of a scheme in force, when such a one holds two units where one
 * of the `actors` works; else any. */
bool slow_units_linked(const random_study *study, unsigned actors, int u, int v);
/* Have two organisations a tie of the 12 months (of a kind, -1: any), or an activity in common? */
typedef struct slow_source {
    bool ties;
    int kind;
} slow_source;
bool slow_partners(const random_study *study, slow_source by, int a, int b);

/* Two organisations: units in common, pairs of linked units with one of each. */
typedef struct slow_motif {
    int units, linked;
} slow_motif;
slow_motif slow_motif_of(const random_study *study, unsigned actors, int a, int b);

/* Units where an organisation has a place of its own: a single unit. */
unsigned slow_place_of_its_own(const random_study *study, int actor);
/* Activities of the 12 months with one of the first and one of the second set of organisations. */
int slow_meetings(const random_study *study, unsigned a, unsigned b);

/* Why two organisations would meet: themes of both, of either; -1 where one says none. Whether
 * their places meet: -1 where one has none. */
typedef struct slow_reason {
    int shared, either, meet;
} slow_reason;
slow_reason slow_reason_of(const random_study *study, int a, int b);

/* What two schemes have in common, each a share of both in either; NaN where unknown. */
typedef struct slow_likeness {
    double territory, themes, members, in_both;
    bool by_units;
} slow_likeness;
slow_likeness slow_alike(const random_study *study, int a, int b);

/* The register and who is seen: persons stand for their organisation, rows are of the 12 months. */
bool slow_in_table(const random_study *study, int actor);
bool slow_is_listed(const random_study *study, int actor);
/* Rows that name an organisation, of the 12 months (else: of other times, or as absent). */
int slow_rows_seen(const random_study *study, int actor, bool recent);

/* Invitations of the rows of one organisation, activity, scheme spoken for or sector (-1: any). */
typedef struct slow_invitations {
    int invited, came, absent, presence_unknown, uninvited, left_out, unsaid;
} slow_invitations;
typedef struct slow_of {
    int actor, activity, scheme, sector;
} slow_of;
slow_invitations slow_invited(const random_study *study, slow_of of);

#endif
