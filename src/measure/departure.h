/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_DEPARTURE_H
#define MLG_MEASURE_DEPARTURE_H

#include "base/random.h"
#include "graph/rows.h"
#include "measure/context.h"

/* What is lost when who holds a post leaves. All posts of one person fall together: what
 * leaves is a person with its posts, or a post whose holder nobody named. */

enum { MLG_NO_LEAVER = -1, MLG_SEVERAL_LEAVERS = -2 };

/* One who may leave. */
typedef struct mlg_leaver {
    mlg_id person;    /* -1: the holder of its one post is unknown */
    int32_t first, n; /* posts[first .. first + n - 1] of the list */
} mlg_leaver;

/* The posts held at the study's date, and what rests on each leaver alone. A vacant post is
 * nobody's. Without posts everything is empty. */
typedef struct mlg_leavers {
    int32_t n;
    mlg_leaver *leaver; /* [n] in the order of their first row */
    int32_t n_posts;
    mlg_id *post;       /* [n_posts] by leaver, then by row */
    int32_t *of_party;  /* [parties] leaver that a person or a post belongs to, or MLG_NO_LEAVER */
    int32_t *of_row;    /* [rows of posts.csv] the same; vacant and past rows have none */
    int32_t *of_scheme; /* [parties] who alone coordinates a scheme in force */
    int32_t *of_activity; /* [activities] who alone convenes a recent activity, that nobody else
                             carries either */
    int32_t *of_commune;  /* [territories] who alone is elected or referent there */
    bool actors;          /* they are the actors of a view, not people: mlg_actors_as_leavers() */
} mlg_leavers;

mlg_status mlg_leavers_of(const mlg_model *model, mlg_leavers *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_leavers_free(mlg_leavers *leavers);
/* All that coordinates held as one leaver: the persons and posts of coordination (without
 * posts.csv, the persons who took part as coordinators), with the activities that they convene.
 * `n` is 0 when nobody is known to coordinate; `n_posts` and `post` are the posts, if any. */
mlg_status mlg_coordination_of(const mlg_model *model, mlg_leavers *out,
                               mlg_error *err) MLG_MUST_CHECK;
/* The leavers, and each other person as one more, without posts. Nothing but `of_party` and
 * `leaver` tells of these. */
mlg_status mlg_people_of(const mlg_model *model, mlg_leavers *out, mlg_error *err) MLG_MUST_CHECK;
/* Each actor of a view as one who may leave: leaver v is actor v, with all that collapses into it.
 */
mlg_status mlg_actors_as_leavers(const mlg_graph *graph, mlg_leavers *out,
                                 mlg_error *err) MLG_MUST_CHECK;
/* Whose row a reading is. Who takes part on behalf of a held post takes part as its holder,
 * whatever name the row gives; else it is the row of the party at its end. A post and an actor of
 * one name are one party: what speaks for the one speaks for the other. A seat where somebody else
 * stood in for the organisation is nobody's. */
int32_t mlg_leaver_of_reading(const mlg_model *model, const mlg_leavers *leavers,
                              const mlg_reading *reading, int end);
/* Does a row of posts.csv coordinate? */
bool mlg_row_coordinates(const mlg_model *model, int32_t row);
/* Do strategic bodies of this activity meet without a convenor? */
bool mlg_meets_unconvened(const mlg_model *model, mlg_id activity);
/* Marks in own[parties] the subjects that are the leaver's own: itself, its posts, employers and
 * services, by what each party becomes in a view; `mark` false takes the marks away. */
void mlg_leaver_own(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver,
                    const mlg_id *into, bool mark, bool *own);

/* ---- ties that outlast a departure (departure_ties.c) ---------------------------- */

/* Chances by the codes of held_by: study.csv's, else the defaults of rates.def. */
void mlg_survivals_of(const mlg_model *model, double survival[MLG_N_SURVIVALS]);

/* One row of who leaves, for one partner that it ties. Of the rows of one person in one
 * activity the best held counts. */
typedef struct mlg_carried {
    int32_t leaver;
    mlg_id partner; /* subject of the view */
    int32_t seat;   /* row of ties.csv, or the activity: what survives or not, as a whole */
    int8_t held;    /* code of held_by */
} mlg_carried;

typedef struct mlg_carrieds {
    mlg_carried *items; /* by leaver, seat, partner; each once */
    size_t n, room;
} mlg_carrieds;

mlg_status mlg_carried_of(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                          mlg_carrieds *out, mlg_error *err) MLG_MUST_CHECK;

/* Ties that survive, among those that rows 0..n-1 of one leaver carry. */
typedef struct mlg_outlast {
    int32_t ties, seats;
    int32_t held[MLG_N_SURVIVALS]; /* ties by their best-held row */
    double expected;
    double low, high; /* 5 and 95 % of the distribution; NaN: drawn, and no draws were asked for */
    bool drawn;       /* too many rows with partners in common to enumerate */
} mlg_outlast;

mlg_status mlg_outlast_of(const mlg_carried *rows, size_t n, const double *survival,
                          const mlg_run *run, mlg_random stream, mlg_outlast *out,
                          mlg_error *err) MLG_MUST_CHECK;

/* ---- pairs cut off (departure_pairs.c) -------------------------------------------- */

/* Connected cross-sector pairs of the actors that are not who leaves. */
typedef struct mlg_cut {
    int64_t today;
    int64_t rows;       /* without the rows of who leaves */
    int64_t activities; /* nor the activities that it alone convenes */
    size_t n_rows;      /* how many rows it has in the view */
    int32_t stopped;    /* activities of the view that stop */
} mlg_cut;

typedef struct mlg_cutter mlg_cutter;

/* `leavers` outlives it. MLG_ESIZE when a report may not spend so much. */
mlg_status mlg_cutter_open(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                           mlg_cutter **out, mlg_error *err) MLG_MUST_CHECK;
/* The same where so many cuts will be asked for, instead of one a leaver. */
mlg_status mlg_cutter_open_for(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                               double cuts, mlg_cutter **out, mlg_error *err) MLG_MUST_CHECK;
void mlg_cutter_free(mlg_cutter *cutter);
mlg_cut mlg_cut_of(mlg_cutter *cutter, int32_t leaver);
/* Pairs still connected among those who stay when all that `gone` [leavers] says have left, their
 * rows with them (activities go on); and what one such count costs, in steps. */
int64_t mlg_cut_pairs(mlg_cutter *cutter, const bool *gone);
double mlg_cut_cost(const mlg_cutter *cutter);
/* Who is joined with whom, component[actors] = one of its members (or activities, numbered after
 * the actors): today, or without the rows of a leaver, or also without its activities. */
typedef enum mlg_extent { MLG_TODAY, MLG_WITHOUT_ROWS, MLG_WITHOUT_ACTIVITIES } mlg_extent;
void mlg_cut_components(mlg_cutter *cutter, int32_t leaver, mlg_extent how, int32_t *component);
/* Actors by their set of sectors: 0 for those that are in no pair (no sector known, or who leaves);
 * do two sets have none in common? */
int32_t mlg_cut_classes(const mlg_cutter *cutter);
int32_t mlg_cut_class(const mlg_cutter *cutter, int32_t actor, int32_t leaver);
bool mlg_cut_is_cross(const mlg_cutter *cutter, int32_t class, int32_t other);
/* Pairs lost by the first sectors of their ends, lost[n_sectors * n_sectors], a < b, when the
 * activities stop too or not. */
void mlg_cut_sectors(mlg_cutter *cutter, int32_t leaver, bool activities, int64_t *lost);
/* One of the pairs lost, of two organisations (dense actors of the view, ascending): false when
 * none was found. */
bool mlg_cut_example(mlg_cutter *cutter, int32_t leaver, bool activities, int32_t pair[2]);

#endif
