/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_MEETINGS_H
#define MLG_MEASURE_MEETINGS_H

#include "measure/gap_ground.h"

/* Pairs that have a reason to meet, and how often they do. */
typedef struct mlg_meeting_list {
    mlg_text_key why;     /* nothing can be said of them: then no pair */
    int32_t n_groups;     /* of some compared pair */
    mlg_id *subject;      /* [n_groups] party, or territory, ascending */
    uint32_t *activities; /* [n_groups] with somebody of it */
    mlg_csr groups;       /* actor of the graph -> groups */
    mlg_gap_pair *pair;   /* of groups; ranked as the others */
    size_t n_pairs, testable;
    double total;    /* pairs with a reason, before the first 1,000 were taken */
    double known;    /* organisations of a known place or theme; of communes: those with one */
    double left_out; /* not looked at, being too many */
    bool by_schemes; /* communes: linked by perimeters of schemes, else by any */
} mlg_meeting_list;

/* Which actors, and which sectors, meet less than chance would have them meet. Rows of the table
 * are activities, columns the actors of the view. */
typedef struct mlg_meetings {
    mlg_text_key why;                /* nothing can be said of actors and sectors: then no pair */
    mlg_text_key never;              /* nor of anything else: no table, or none drawn */
    mlg_two_mode seats;              /* borrows the graph's lists */
    uint64_t *may;                   /* structural zeros; NULL when there is none */
    size_t barred;                   /* cells that they close */
    int32_t n_actors, n_activities;  /* with a participation */
    double different, unknown, same; /* pairs of these actors, by their sectors */

    int32_t n_groups;   /* actors of some compared pair */
    int32_t *actor;     /* [n_groups] number in the graph, ascending */
    mlg_csr groups;     /* actor of the graph -> group */
    mlg_gap_pair *pair; /* of groups; ranked: tested by z, then those that could not be */
    size_t n_pairs, testable;

    mlg_csr sectors;      /* actor of the graph -> sectors */
    uint32_t *activities; /* [sectors of the graph] with somebody of it */
    mlg_gap_pair *sector_pair;
    size_t n_sector_pairs;

    mlg_meeting_list organisations; /* that share a theme or a place */
    mlg_meeting_list communes;      /* that share a perimeter */
    uint32_t draws;
} mlg_meetings;

/* The view's ground, made at first need. */
mlg_status mlg_meetings_of(mlg_context *context, int32_t view, mlg_meetings **out,
                           mlg_error *err) MLG_MUST_CHECK;

/* meeting_pairs.c: which pairs are compared, and how often they meet. */
mlg_status mlg_meeting_pairs_make(const mlg_graph *graph, mlg_meetings *out,
                                  mlg_error *err) MLG_MUST_CHECK;
/* meeting_reasons.c: organisations that share a theme or a place. */
mlg_status mlg_meeting_organisations_make(const mlg_graph *graph, mlg_meetings *out,
                                          mlg_error *err) MLG_MUST_CHECK;
/* meeting_communes.c: communes of one perimeter, by the organisations that work there. */
mlg_status mlg_meeting_communes_make(const mlg_graph *graph, mlg_meetings *out,
                                     mlg_error *err) MLG_MUST_CHECK;
void mlg_meeting_list_free(mlg_meeting_list *list);
/* meeting_pairs.c: activities that two actors of a graph both attend. */
uint32_t mlg_meetings_both(const mlg_csr *attends, int32_t a, int32_t b);

/* meeting_zeros.c: who may sit where. `never` when the table is too large for it. */
mlg_status mlg_meeting_zeros_make(const mlg_graph *graph, const mlg_run *run, mlg_meetings *out,
                                  mlg_error *err) MLG_MUST_CHECK;

/* gap_meetings.c: how the lists of pairs are told. */
enum { MLG_MEETING_COLUMNS = 9 };
void mlg_meetings_tell(const mlg_meetings *m, mlg_value *value);
/* Opens a list with places for the columns of every gap, then for its parts. */
mlg_status mlg_meetings_open_list(const mlg_meetings *m, const char *id, int32_t view, size_t n,
                                  const char *const *parts, size_t n_parts, double **places,
                                  mlg_values *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_meetings_put_pair(const mlg_gap_pair *p, size_t row, double *const *places);

static inline double mlg_gap_ratio(const mlg_gap_pair *p)
{
    return (p->both + 0.5) / (p->expected + 0.5);
}

#endif
