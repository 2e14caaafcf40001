/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SITTINGS_H
#define MLG_MEASURE_SITTINGS_H

#include "measure/context.h"

/* An organisation that takes part in an activity, as one row says it: persons and services are
 * taken into theirs; classes of actors that nobody named ("hospitals") count. */
typedef struct mlg_sitting {
    mlg_id activity, actor;
    mlg_span days; /* of the row, else of the activity */
    mlg_row row;
    int32_t role; /* code of the row, -1: unknown */
    mlg_id party; /* as written */
} mlg_sitting;

typedef struct mlg_sittings {
    mlg_sitting *items; /* by activity, actor and row */
    size_t n, room;
    uint32_t *first; /* [activities + 1] */
} mlg_sittings;

/* All rows of a period that count for views, carriers, funders and partners of activities among
 * them; {MLG_EVER_FIRST, MLG_EVER_LAST}: of all time. Empty after a failure. */
mlg_status mlg_sittings_of(const mlg_model *model, mlg_span period, mlg_sittings *out,
                           mlg_error *err) MLG_MUST_CHECK;
/* The same, with the members of bodies whose meetings other rows tell: who sits there, whether or
 * not it comes. */
mlg_status mlg_sittings_and_members_of(const mlg_model *model, mlg_span period, mlg_sittings *out,
                                       mlg_error *err) MLG_MUST_CHECK;
void mlg_sittings_free(mlg_sittings *sittings);

/* Is the i-th another row of the same organisation in the same activity? */
static inline bool mlg_sitting_again(const mlg_sittings *s, size_t i)
{
    return i > 0 && s->items[i - 1].activity == s->items[i].activity &&
           s->items[i - 1].actor == s->items[i].actor;
}

/* Different organisations of an activity. */
size_t mlg_sittings_members(const mlg_sittings *sittings, mlg_id activity);

/* Who takes part in what is of a scheme: each organisation once. */
typedef struct mlg_members {
    size_t n;        /* schemes */
    uint32_t *first; /* [n + 1] */
    mlg_id *actor;   /* of a scheme, ascending */
} mlg_members;

/* `place` [parties] numbers the schemes, -1: none. `counts` [activities], NULL: all of them. Rows
 * count when all their days are in `days`. Empty after a failure. */
mlg_status mlg_members_of(const mlg_model *model, const mlg_sittings *sittings,
                          const int32_t *place, size_t n, const bool *counts, mlg_span days,
                          mlg_members *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_members_free(mlg_members *members);

static inline size_t mlg_members_n(const mlg_members *members, size_t scheme)
{
    return members->first[scheme + 1] - members->first[scheme];
}

/* Organisations of both. */
size_t mlg_members_common(const mlg_members *members, size_t a, size_t b);

/* Different organisations that take part in anything. */
mlg_status mlg_sittings_actors(const mlg_model *model, const mlg_sittings *sittings, size_t *n,
                               mlg_error *err) MLG_MUST_CHECK;

/* All days. */
static inline mlg_span mlg_ever(void)
{
    return (mlg_span){MLG_EVER_FIRST, MLG_EVER_LAST};
}

#endif
