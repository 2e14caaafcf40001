/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WAVES_H
#define MLG_MEASURE_WAVES_H

#include "graph/rows.h"
#include "measure/context.h"

/* A view at successive periods: its own, and those of the same length before it. */

enum { MLG_MOST_WAVES = 10, MLG_MOST_PERIODS = 120 };

#define MLG_MONTH_DAYS 30.4375

/* Periods of one length, back from a view's own (number 0). */
typedef struct mlg_periods {
    int32_t from, to; /* of number 0 */
    int32_t months;   /* whole months of a period, 0: none, it is counted in days */
} mlg_periods;

mlg_periods mlg_periods_of(int32_t from, int32_t to);
/* First and last day of a period. */
mlg_span mlg_period(const mlg_periods *periods, int32_t number);
/* Months between the ends of two periods, so many numbers apart. */
double mlg_periods_months(const mlg_periods *periods, int32_t apart);

/* Last day of the period that ends so many months (0, -12 ...) from a view's own end. */
int32_t mlg_wave_end(const mlg_view *view, double after_months);

/* What rows say of one period, before any graph. */
typedef struct mlg_wave_rows {
    size_t dated, undated, outside;
    bool *seen; /* [subjects] present in the period */
} mlg_wave_rows;

/* Counts the rows of a view in a period. `seen`, unless NULL, [mlg_subject_count()]: who a dated
 * row names, whose own row of actors.csv (schemes.csv in a view by scheme) meets the period, or,
 * without dates of its own, whom an undated row names. */
mlg_status mlg_wave_rows_of(const mlg_graph *graph, mlg_span period, bool *seen, mlg_wave_rows *out,
                            mlg_error *err) MLG_MUST_CHECK;
/* First day that a row of the view's tables names, MLG_EVER_LAST: none does. Of participations, the
 * first dated one where there is any. */
int32_t mlg_wave_first_day(const mlg_model *model, mlg_source source);
/* Does the record of a view say when something begins, and when it ends? Rows of participations
 * do, and rows with such a date. */
mlg_status mlg_wave_record_of(const mlg_graph *graph, bool *starts, bool *ends,
                              mlg_error *err) MLG_MUST_CHECK;

/* From one wave to the next that has dated rows. */
typedef struct mlg_passage {
    int32_t end_before, end;       /* last days of both waves */
    bool partial;                  /* the record begins within the earlier one, over a month late */
    double months;                 /* between them */
    double after_months;           /* from the later one's end to the view's: 0, -12, ... */
    int64_t before, after, stayed; /* actors */
    int64_t kept, lost, come;      /* ties of those that stayed */
    int64_t with_left, with_entered; /* ties lost and come with an actor */
    int64_t undated;                 /* of the kept, those that no date could have ended */
    size_t rows_undated;             /* of the later wave */
    double mean_age;                 /* months, of the later wave's ties of known start */
    size_t ages_known;
} mlg_passage;

typedef struct mlg_waves {
    mlg_passage *items; /* oldest first */
    size_t n;
    mlg_text_key why; /* why there is none */
    bool starts;      /* some row says when it begins */
} mlg_waves;

/* Of a view, made at first need. */
mlg_status mlg_waves_of(mlg_context *context, int32_t view, const mlg_waves **out,
                        mlg_error *err) MLG_MUST_CHECK;

/* 95 % interval of a chance that k of n trials succeeded at (Clopper-Pearson); NaN without a
 * trial. */
void mlg_clopper_pearson(double k, double n, double *low, double *high);

#endif
