/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_TURNOVER_FIXTURE_H
#define MLG_TURNOVER_FIXTURE_H

#include "measure/turnover_play.h"

/* A ground for the departure model, built call by call:
 *
 *     turnover_fixture *f = turnover_fixture_new("ABB?");      a sector a letter, as
 * graph_fixture() int32_t post = turnover_post(f, 0, MLG_LEAVE_PERMANENT); of person 0, then 0
 * again or 1 ... turnover_row(f, 0, 1, post, -1, MLG_SURVIVES_PERSON);
 *     mlg_turnover_plays(&f->ground, ...);
 *     turnover_fixture_free(f);
 *
 * Everyone counts, nothing is dated, until the test says otherwise in f->ground. */
typedef struct turnover_fixture {
    mlg_turnover_ground ground;
    mlg_graph *graph;
    mlg_turnover_post post[64];
    double election[4];
    bool counted[64];
    uint32_t convenor_first[65], scheme_first[65], unit_first[65];
    int32_t convenor[256], scheme_post[256], unit_post[256], activity_scheme[64];
    double activity_end[64], scheme_end[64], population[64];
    mlg_turnover_row row[256];
    mlg_id scheme[64];
} turnover_fixture;

turnover_fixture *turnover_fixture_new(const char *sectors);
void turnover_fixture_free(turnover_fixture *f);
int32_t turnover_post(turnover_fixture *f, int32_t person, mlg_rate leaves);
void turnover_row(turnover_fixture *f, int32_t a, int32_t b, int32_t post_a, int32_t post_b,
                  mlg_rate held);
/* Lists of posts end with -1. Activities come before rows that name them: the end of one is
 * turnover_activity()'s answer. */
int32_t turnover_activity(turnover_fixture *f, const int32_t *convenors);
int32_t turnover_scheme(turnover_fixture *f, const int32_t *posts);
int32_t turnover_unit(turnover_fixture *f, double population, const int32_t *posts);

/* Nobody ever leaves, posts are refilled at once, all outlasts, nothing is knit again at once. */
mlg_law turnover_still(void);
/* Months 0 .. months, all outputs, view "". */
mlg_turnover_ask turnover_ask_all(int32_t months, uint32_t replicates);

/* Some ground of up to 12 actors and 8 people with all there is: dates, elections, vacancies,
 * several sectors and posts, rows of one kind. */
turnover_fixture *turnover_fixture_random(uint64_t number);
mlg_law turnover_law_random(uint64_t number);

#endif
