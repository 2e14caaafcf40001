/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/fail.h"
#include "measure/waves.h"
#include "model/span.h"

/* ---- periods -------------------------------------------------------------------- */

static int days_of_month(int year, int month)
{
    return (month == 12 ? mlg_day_of(year + 1, 1, 1) : mlg_day_of(year, month + 1, 1)) -
           mlg_day_of(year, month, 1);
}

/* The same day so many months before; the last of a month that has no such day. */
static int32_t months_before(int32_t day, int32_t months)
{
    int year = 0, month = 0, day_of_month = 0;
    mlg_day_split(day, &year, &month, &day_of_month);
    const int since = 12 * year + month - 1 - months;
    const int last = days_of_month(since / 12, since % 12 + 1);
    return mlg_day_of(since / 12, since % 12 + 1, day_of_month < last ? day_of_month : last);
}

mlg_periods mlg_periods_of(int32_t from, int32_t to)
{
    int year = 0, month = 0, day = 0, next_year = 0, next_month = 0, next_day = 0;
    mlg_day_split(from, &year, &month, &day);
    mlg_day_split(to + 1, &next_year, &next_month, &next_day);
    const int months = 12 * (next_year - year) + next_month - month;
    return (mlg_periods){from, to, day == next_day ? months : 0};
}

mlg_span mlg_period(const mlg_periods *p, int32_t number)
{
    if (number == 0) {
        return (mlg_span){p->from, p->to};
    }
    if (p->months > 0) {
        return (mlg_span){months_before(p->from, p->months * number),
                          months_before(p->from, p->months * (number - 1)) - 1};
    }
    const int32_t days = p->to - p->from + 1;
    return (mlg_span){p->from - number * days, p->to - number * days};
}

double mlg_periods_months(const mlg_periods *p, int32_t apart)
{
    return p->months > 0 ? (double) p->months * apart
                         : (double) (p->to - p->from + 1) * apart / MLG_MONTH_DAYS;
}

int32_t mlg_wave_end(const mlg_view *view, double after_months)
{
    const mlg_periods p = mlg_periods_of(view->from, view->to);
    return mlg_period(&p, (int32_t) lround(-after_months / mlg_periods_months(&p, 1))).last;
}

/* ---- the rows of a period ---------------------------------------------------------- */

typedef struct counting {
    mlg_wave_rows *rows;
    bool *by_undated; /* [subjects] named by an undated row, or NULL */
} counting;

static void see(bool *seen, mlg_id subject)
{
    if (seen != NULL && subject >= 0) {
        seen[subject] = true;
    }
}

static void count_row(void *context, const mlg_reading *reading)
{
    const counting *c = context;
    mlg_wave_rows *rows = c->rows;

    rows->outside += reading->fate == MLG_ROW_OUTSIDE;
    if (reading->fate != MLG_ROW_COUNTS) {
        return;
    }
    rows->dated += !reading->undated;
    rows->undated += reading->undated;
    for (int end = 0; end < 2; end++) {
        see(reading->undated ? c->by_undated : rows->seen, reading->subject[end]);
    }
}

/* What the subjects' own rows say: 1 the period, 2 another one. */
enum { HERE = 1, ELSEWHERE = 2 };

static void read_own(const mlg_graph *graph, const mlg_view *view, uint8_t *own)
{
    const mlg_model *model = graph->model;
    const bool schemes = view->by == MLG_BY_SCHEME;
    const mlg_table_id table = schemes ? MLG_SCHEMES : MLG_ACTORS;

    for (int32_t row = 0; view->by != MLG_BY_SECTOR && row < model->rows[table].n; row++) {
        const mlg_id party = mlg_get_id(model, schemes ? C_schemes_id : C_actors_id, row);
        const mlg_when when = schemes
                                  ? mlg_when_row(model, view, C_schemes_start, C_schemes_end, row)
                                  : mlg_when_row(model, view, C_actors_start, C_actors_end, row);
        if (party >= 0 && graph->into[party] == party && when != MLG_UNDATED) {
            own[party] |= when == MLG_INSIDE ? HERE : ELSEWHERE;
        }
    }
}

static mlg_status find_present(const mlg_graph *graph, const mlg_view *view, const bool *by_undated,
                               bool *seen, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = mlg_subject_count(graph->model, view->by);
    uint8_t *own = mlg_zalloc((size_t) n, sizeof *own);

    TRY_ALLOC(err, own);
    read_own(graph, view, own);
    for (int32_t s = 0; s < n; s++) {
        seen[s] = seen[s] || (own[s] & HERE) != 0 || (by_undated[s] && own[s] == 0);
    }
out:
    mlg_free(own);
    return status;
}

mlg_status mlg_wave_rows_of(const mlg_graph *graph, mlg_span period, bool *seen, mlg_wave_rows *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_view view = graph->view;
    const int32_t n = mlg_subject_count(graph->model, view.by);
    counting c = {out, NULL};
    uint8_t *when = NULL;
    mlg_reader reader;

    *out = (mlg_wave_rows){.seen = seen};
    view.from = period.first;
    view.to = period.last;
    if (seen != NULL) {
        c.by_undated = mlg_zalloc((size_t) n, sizeof *c.by_undated);
        TRY_ALLOC(err, c.by_undated);
    }
    TRY(mlg_when_activities(graph->model, &view, &when, err));
    TRY(mlg_reader_open(&reader, graph->model, &view, graph->into, when, err));
    mlg_reader_each(&reader, count_row, &c);
    if (seen != NULL) {
        TRY(find_present(graph, &view, c.by_undated, seen, err));
    }
out:
    mlg_free(when);
    mlg_free(c.by_undated);
    return status;
}

/* ---- what the record says --------------------------------------------------------------- */

static void reach(int32_t *first, mlg_span span)
{
    const int32_t day = span.first != MLG_EVER_FIRST ? span.first : span.last;
    if (mlg_span_known(span) && day < *first) {
        *first = day;
    }
}

/* Where rows of attendance have days, the record of attendance begins with the first of them:
 * before, who carries an action is on record and who met is not. */
int32_t mlg_wave_first_day(const mlg_model *model, mlg_source source)
{
    static const struct {
        mlg_source source;
        mlg_table_id table;
        mlg_column column;
    } dates[] = {
        {MLG_FROM_TIES, MLG_TIES, C_ties_start},
        {MLG_FROM_TIES, MLG_TIES, C_ties_end},
        {MLG_FROM_PARTICIPATIONS, MLG_PARTICIPATIONS, C_participations_date},
        {MLG_FROM_PARTICIPATIONS, MLG_ACTIVITIES, C_activities_start},
        {MLG_FROM_PARTICIPATIONS, MLG_ACTIVITIES, C_activities_end},
    };
    int32_t first = MLG_EVER_LAST;
    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
        if (dates[d].source != source ||
            (dates[d].table == MLG_ACTIVITIES && first < MLG_EVER_LAST)) {
            continue;
        }
        for (int32_t row = 0; row < model->rows[dates[d].table].n; row++) {
            reach(&first, mlg_get_span(model, dates[d].column, row));
        }
    }
    return first;
}

/* Before all time no row counts that has begun, after it none that has ended. */
mlg_status mlg_wave_record_of(const mlg_graph *graph, bool *starts, bool *ends, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_span before = {MLG_EVER_FIRST, MLG_EVER_FIRST},
                   after = {MLG_EVER_LAST, MLG_EVER_LAST};
    mlg_wave_rows rows;

    TRY(mlg_wave_rows_of(graph, before, NULL, &rows, err));
    *starts = rows.outside > 0;
    TRY(mlg_wave_rows_of(graph, after, NULL, &rows, err));
    *ends = rows.outside > 0;
out:
    return status;
}
