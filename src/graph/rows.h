/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_ROWS_H
#define MLG_GRAPH_ROWS_H

#include "graph/condition.h"
#include "graph/graph.h"

/* Which rows of a model a view counts, and whom they name: the one reading that the
 * builder and the evidence share. */

/* ---- period.c -------------------------------------------------------------- */

/* When something was, seen from a view's period. */
typedef enum mlg_when { MLG_UNDATED, MLG_INSIDE, MLG_OUTSIDE } mlg_when;

/* An interval, a partial date or a day counts when it shares a day with the period; an
 * unknown start or end leaves its side open. */
mlg_when mlg_when_of(const mlg_view *view, mlg_span start, mlg_span end);
/* The same of a row with start and end. */
mlg_when mlg_when_row(const mlg_model *model, const mlg_view *view, mlg_column start,
                      mlg_column end, int32_t row);
/* For each activity, from all its rows: inside if one is. NULL `out` = none. */
mlg_status mlg_when_activities(const mlg_model *model, const mlg_view *view, uint8_t **out,
                               mlg_error *err);

/* ---- subjects.c ------------------------------------------------------------ */

/* How many subjects a view can have: parties, or codes of sectors. */
int32_t mlg_subject_count(const mlg_model *model, mlg_by by);
/* What each party becomes in the view, -1 = nobody (no sector, no scheme known). */
mlg_status mlg_collapse_parties(const mlg_model *model, const mlg_view *view, mlg_id **out,
                                mlg_error *err);
/* What the actor of a participation becomes: by the row's own on_behalf_of where it names
 * an organisation. -1 = nobody. (A row that names only whom it stands for has that one
 * as its actor, since mlg_model_finish().) */
mlg_id mlg_collapse_seat(const mlg_model *model, mlg_by by, const mlg_id *into, mlg_id actor,
                         mlg_id on_behalf_of, bool represented);

/* ---- rows.c ---------------------------------------------------------------- */

typedef struct mlg_reader {
    const mlg_model *model;
    const mlg_view *view;
    const mlg_id *into;           /* [parties] */
    const uint8_t *activity_when; /* [activities] mlg_when */
    mlg_test test[MLG_MAX_CONDITIONS];
} mlg_reader;

typedef enum mlg_fate {
    MLG_ROW_COUNTS,
    MLG_ROW_OUTSIDE, /* of the period */
    MLG_ROW_ABSENT,  /* a participation of nobody present */
    MLG_ROW_MEMBER,  /* a member of a body whose meetings other rows tell: no meeting */
} mlg_fate;

/* A row that meets the view's conditions. */
typedef struct mlg_reading {
    mlg_row row;
    mlg_fate fate;
    bool undated;
    bool presence_unknown; /* a participation that does not say so, where others do */
    mlg_id party[2];       /* as written: from, to; or the actor and -1 */
    mlg_id subject[2];     /* collapsed; -1 = nobody */
    mlg_id activity;       /* of a participation */
    mlg_id behalf;         /* of a row of participations.csv: whom it speaks for; -1: nobody said */
    double weight;         /* of a tie, NaN when unknown */
    int32_t kind;          /* of a tie, -1 when unknown */
    bool arc;              /* of a tie: the row says a direction */
} mlg_reading;

typedef void mlg_row_visit(void *context, const mlg_reading *reading);

mlg_status mlg_reader_open(mlg_reader *reader, const mlg_model *model, const mlg_view *view,
                           const mlg_id *into, const uint8_t *activity_when, mlg_error *err);
/* Visits each row of the view's table that meets its conditions, in the order of the input. */
void mlg_reader_each(const mlg_reader *reader, mlg_row_visit *visit, void *context);
/* At most how many rows a visit sees. */
size_t mlg_reader_bound(const mlg_model *model, mlg_source source);
/* Do activities name carriers, funders or partners, which stand for participations? */
bool mlg_has_shortcuts(const mlg_model *model);

#endif
