/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_PEOPLE_H
#define MLG_MEASURE_TURNOVER_PEOPLE_H

#include "measure/departure.h"
#include "measure/turnover_ground.h"

/* Who may leave, and what they hold: between a study and the ground of a view. */

/* A scheme of a post. */
typedef struct mlg_turnover_holding {
    int32_t post;
    mlg_id scheme;
    bool coordinates;
} mlg_turnover_holding;

typedef struct mlg_turnover_people {
    const mlg_model *model;
    bool described; /* there is a posts.csv */
    mlg_leavers leavers;
    int32_t n_people;
    int32_t n_posts;
    mlg_turnover_post *post; /* those of leavers first, in their order */
    size_t room;
    int32_t *first_post;        /* [parties] of a person or a post: the (first) post; -1: none */
    uint8_t *lives_by;          /* [parties] mlg_rate of a person without a post */
    mlg_turnover_holding *held; /* by post, then scheme, each once */
    size_t n_held, held_room;
    int32_t *mandate; /* [n_posts] day of the election it stands at, MLG_NO_DATE: none */
    size_t mandate_room;
} mlg_turnover_people;

/* Those with posts, held or vacant, and those who coordinate where no post is described. */
mlg_status mlg_turnover_people_of(const mlg_model *model, mlg_turnover_people *out,
                                  mlg_error *err) MLG_MUST_CHECK;
void mlg_turnover_people_free(mlg_turnover_people *people);
/* The place of a person without a post, made when first asked for; -1 when memory is short. */
int32_t mlg_turnover_person(mlg_turnover_people *people, mlg_id person);
/* The post of the same person that holds the scheme, or -1. */
int32_t mlg_turnover_post_for(const mlg_turnover_people *people, int32_t post, mlg_id scheme);
/* The post that a row of posts.csv speaks of as it is now, held or vacant; -1: none. */
int32_t mlg_turnover_post_of_row(const mlg_turnover_people *people, int32_t row);
/* Deals elections to the posts that stand at one: months ahead, ascending, each once. */
mlg_status mlg_turnover_elections(mlg_turnover_people *people, mlg_turnover_ground *out,
                                  mlg_error *err) MLG_MUST_CHECK;

/* Calendar months from the end of one day to the end of another: 31 December to 30 June is 6,
 * and a part of a month is the share of its days. */
double mlg_months_between(int32_t from, int32_t to);

/* ---- rows (turnover_seats.c) ------------------------------------------------------ */

/* The rows of a view, with whose departure may take each. Persons without a post who carry
 * rows join the people. */
mlg_status mlg_turnover_rows_of(const mlg_graph *graph, mlg_turnover_people *people,
                                mlg_turnover_ground *out, mlg_error *err) MLG_MUST_CHECK;

#endif
