/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SLOW_PLACES_H
#define SLOW_PLACES_H

#include <stdbool.h>
#include <stddef.h>

enum { PLACES_UNITS = 9, PLACES_PERIMETERS = 4, PLACES_ACTIVITIES = 30 };

/* A small study of places as dense tables, and as a text for model_fixture.h. */
typedef struct places_study {
    int n_units, n_perimeters, n_activities;
    double people[PLACES_UNITS]; /* 0: unknown */
    bool in[PLACES_PERIMETERS][PLACES_UNITS];
    int centre[PLACES_PERIMETERS];                    /* a unit */
    bool names_unit[PLACES_ACTIVITIES][PLACES_UNITS]; /* the territories an activity names */
    bool names_perimeter[PLACES_ACTIVITIES][PLACES_PERIMETERS];
    char text[8192];
} places_study;

/* Draws one; the text names units u0.. and perimeters T0... */
void places_study_make(places_study *study, unsigned long stream);

/* What scale.main_town says of one perimeter, or of the study (-1), straight from the tables. */
typedef struct slow_town {
    double in, located, spread, unlocated, divided, people, people_centre, left_out;
} slow_town;

slow_town slow_main_town(const places_study *study, int perimeter);

/* Half the mean difference of rates over the mean rate, by pairs of inhabitants. */
double slow_gini(const double *people, const double *things, size_t n);
/* Its mean when n_things fall on units by their people: over every way to fall. */
double slow_gini_mean(const double *people, size_t n, int n_things);
/* P(X <= x) of a binomial, term by term. */
double slow_binomial(unsigned n, double chance, unsigned x);

#endif
