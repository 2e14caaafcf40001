/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_rates.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "graph/rows.h"
#include "measure/waves.h"
#include "measure/waves_spells.h"
#include "model/span.h"

#define YEAR_DAYS   365.25
#define MOST_YEARLY 12.0   /* the model's bound: a stay of a month */
#define MOST_MONTHS 1200.0 /* of a vacancy */

enum { LONGEST_MEETING = 31, TOGETHER = 31 };

static bool may_set(const mlg_law *law, mlg_rate rate)
{
    return law->origin[rate] == MLG_ASSUMED;
}

static void set(mlg_law *law, mlg_rate rate, double value, double low, double high)
{
    law->value[rate] = value;
    law->low[rate] = low;
    law->high[rate] = high;
    law->origin[rate] = MLG_ESTIMATED;
}

/* Exact interval of a Poisson mean, over T. */
static double rate_low(const mlg_rate_evidence *e)
{
    return gsl_cdf_chisq_Pinv(0.025, 2.0 * e->events) / (2.0 * e->exposure);
}

static double rate_high(const mlg_rate_evidence *e)
{
    return gsl_cdf_chisq_Pinv(0.975, 2.0 * e->events + 2.0) / (2.0 * e->exposure);
}

static bool is_enough(const mlg_rate_evidence *e)
{
    return e->events >= MLG_LEAST_EVENTS && e->exposure > 0.0;
}

/* ---- departures by contract ------------------------------------------------------------- */

static mlg_rate rate_of(int32_t contract)
{
    switch (contract) {
    case MLG_CODE_OF(contract, permanent):
        return MLG_LEAVE_PERMANENT;
    case MLG_CODE_OF(contract, open_ended):
        return MLG_LEAVE_OPEN_ENDED;
    case MLG_CODE_OF(contract, fixed_term):
    case MLG_CODE_OF(contract, project):
    case MLG_CODE_OF(contract, seconded):
    case MLG_CODE_OF(contract, assisted):
    case MLG_CODE_OF(contract, service_provider):
        return MLG_LEAVE_FIXED_TERM;
    case MLG_CODE_OF(contract, volunteer):
        return MLG_LEAVE_VOLUNTEER;
    default:
        return MLG_LEAVE_UNKNOWN;
    }
}

/* Time of one person under one contract. */
typedef struct stay {
    mlg_id person;
    double start, end;
    mlg_rate rate;
    bool departed; /* at its end */
} stay;

/* The rows of a spell, each until the next begins. */
static size_t stays_of(const mlg_model *model, const mlg_spells *spells, const mlg_spell *spell,
                       stay *out)
{
    size_t n = 0;
    int32_t contract = -1;
    for (int32_t r = 0; r < spell->n; r++) {
        const int32_t row = spells->rows[spell->first + r];
        const int32_t own = mlg_get_id(model, C_posts_contract, row);
        const double day = mlg_middle_day(mlg_get_span(model, C_posts_start, row));
        const double start = n == 0 ? spell->start : isnan(day) ? out[n - 1].start : day;
        contract = own >= 0 ? own : contract;
        if (n > 0) {
            out[n - 1].end = fmin(start, spell->end);
        }
        out[n++] = (stay){.person = spell->person,
                          .start = fmin(start, spell->end),
                          .end = spell->end,
                          .rate = rate_of(contract)};
    }
    out[n - 1].departed = spell->ending == MLG_DEPARTED;
    return n;
}

static int by_person_and_start(const void *left, const void *right)
{
    const stay *a = left, *b = right;
    if (a->person != b->person) {
        return a->person < b->person ? -1 : 1;
    }
    if (a->start < b->start || a->start > b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return a->end < b->end ? -1 : a->end > b->end;
}

/* One clock a person: time in two posts at once counts once, and who leaves one and keeps the
 * other has not left. */
static void add_clock(const stay *stays, size_t n, mlg_rate_evidence *evidence)
{
    double until = stays[0].start;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        const double start = fmax(stays[i].start, until);
        if (stays[i].end > start) {
            evidence[stays[i].rate].exposure += (stays[i].end - start) / YEAR_DAYS;
            until = stays[i].end;
        }
        last = stays[i].end >= stays[last].end ? i : last;
    }
    evidence[stays[last].rate].events += stays[last].departed;
}

static void add_clocks(const stay *stays, size_t n, mlg_rate_evidence *evidence)
{
    for (size_t first = 0, i = 1; first < n; i++) {
        double until = stays[first].end;
        for (;
             i < n && stays[i].person == stays[first].person && stays[i].start <= until + TOGETHER;
             i++) {
            until = fmax(until, stays[i].end);
        }
        add_clock(&stays[first], i - first, evidence);
        first = i;
    }
}

static mlg_status count_departures(const mlg_model *model, const mlg_spells *spells,
                                   mlg_rate_evidence *evidence, mlg_error *err)
{
    mlg_status status = MLG_OK;
    stay *stays = mlg_alloc((size_t) model->rows[MLG_POSTS].n, sizeof *stays);
    size_t n = 0;

    TRY_ALLOC(err, stays);
    for (size_t i = 0; i < spells->n; i++) {
        const mlg_spell *s = &spells->items[i];
        if (s->person >= 0 && !s->elected && !isnan(s->start) && !isnan(s->end)) {
            n += stays_of(model, spells, s, &stays[n]);
        }
    }
    if (n > 0) {
        qsort(stays, n, sizeof *stays, by_person_and_start);
    }
    add_clocks(stays, n, evidence);
out:
    mlg_free(stays);
    return status;
}

/* ---- vacancies ------------------------------------------------------------------------------ */

static void count_vacancies(const mlg_spells *spells, mlg_rate_evidence *evidence)
{
    for (size_t i = 0; i < spells->n; i++) {
        const mlg_spell *s = &spells->items[i];
        const bool known = !isnan(s->start) && !isnan(s->end);
        if (s->person == MLG_VACANT && known && !s->elected) {
            const bool follows = i + 1 < spells->n && spells->items[i + 1].post == s->post;
            evidence->events += follows;
            evidence->exposure += (s->end - s->start) / MLG_MONTH_DAYS;
        }
    }
}

/* ---- partners ---------------------------------------------------------------------------------
 */

typedef struct sightings {
    const mlg_model *model;
    mlg_periods years;
    uint16_t *seen; /* [parties] a bit a year */
    int32_t first[MLG_MOST_WAVES];
} sightings;

/* The day of a participation: its own, else that of an activity of one meeting. */
static int32_t day_of(const mlg_model *model, const mlg_reading *reading)
{
    const bool written = reading->row.table == MLG_PARTICIPATIONS;
    mlg_span when =
        written ? mlg_get_span(model, C_participations_date, reading->row.row) : mlg_span_unknown();
    const int32_t row = written ? model->activity_row[reading->activity] : reading->row.row;

    if (!mlg_span_known(when) && row >= 0) {
        when = (mlg_span){mlg_get_span(model, C_activities_start, row).first,
                          mlg_get_span(model, C_activities_end, row).last};
    }
    const double middle = mlg_middle_day(when);
    return !isnan(middle) && (double) when.last - when.first < LONGEST_MEETING ? (int32_t) middle
                                                                               : MLG_NO_DATE;
}

static void see(void *context, const mlg_reading *reading)
{
    sightings *s = context;
    const int32_t day = reading->fate == MLG_ROW_COUNTS ? day_of(s->model, reading) : MLG_NO_DATE;

    for (int32_t k = 0; day != MLG_NO_DATE && k < MLG_MOST_WAVES; k++) {
        const mlg_span year = mlg_period(&s->years, k);
        if (day >= year.first && day <= year.last) {
            s->seen[reading->party[0]] |= (uint16_t) (1U << k);
            s->first[k] = day < s->first[k] ? day : s->first[k];
        }
    }
}

static void drop_others(const mlg_model *model, uint16_t *seen)
{
    for (size_t p = 0; p < model->parties.n; p++) {
        seen[p] = model->party_kind[p] == MLG_KIND_PERSON ? seen[p] : 0;
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id person = mlg_get_id(model, C_posts_person, row);
        if (person >= 0) {
            seen[person] = 0;
        }
    }
}

/* A span of one year that ends on the study's date, as views have. */
static mlg_periods years_to(int32_t day)
{
    mlg_periods years = mlg_periods_of(day, day);
    years.months = 12;
    years.from = day + 1; /* number 1 is then the year that ends on the day */
    years.from = mlg_period(&years, 1).first;
    return years;
}

/* Was the person seen in the k-th year before the last one? */
static bool was_seen(const sightings *s, size_t person, int32_t k)
{
    return ((uint32_t) s->seen[person] >> k & 1U) != 0;
}

static void set_partners(mlg_law *law, mlg_rate_evidence *evidence, const sightings *s, size_t n)
{
    double persons = 0.0, kept = 0.0, years = 0.0, low = NAN, high = NAN;
    for (int32_t k = 0; k + 1 < MLG_MOST_WAVES; k++) {
        const double gap = ((double) s->first[k] - s->first[k + 1]) / YEAR_DAYS;
        for (size_t p = 0;
             p < n && s->first[k] != MLG_EVER_LAST && s->first[k + 1] != MLG_EVER_LAST; p++) {
            const bool before = was_seen(s, p, k + 1);
            persons += before;
            kept += before && was_seen(s, p, k);
            years += before ? gap : 0.0;
        }
    }
    evidence->events = persons - kept;
    evidence->exposure = persons;
    if (is_enough(evidence) && kept > 0.0 && may_set(law, MLG_LEAVE_PARTNER)) {
        const double gap = years / persons;
        mlg_clopper_pearson(kept, persons, &low, &high);
        set(law, MLG_LEAVE_PARTNER, fmin(-log(kept / persons) / gap, MOST_YEARLY),
            fmin(-log(high) / gap, MOST_YEARLY), fmin(-log(low) / gap, MOST_YEARLY));
    }
}

static mlg_status estimate_partners(const mlg_model *model, mlg_law *law,
                                    mlg_rate_evidence *evidence, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view view = {.id = "partners",
                           .source = MLG_FROM_PARTICIPATIONS,
                           .by = MLG_BY_ACTOR,
                           .kind = -1,
                           .from = MLG_EVER_FIRST,
                           .to = MLG_EVER_LAST};
    sightings s = {.model = model, .years = years_to(model->date)};
    uint8_t *when = NULL;
    mlg_id *into = NULL;
    mlg_reader reader;

    for (int32_t k = 0; k < MLG_MOST_WAVES; k++) {
        s.first[k] = MLG_EVER_LAST;
    }
    s.seen = mlg_zalloc(model->parties.n, sizeof *s.seen);
    TRY_ALLOC(err, s.seen);
    TRY(mlg_collapse_parties(model, &view, &into, err));
    TRY(mlg_when_activities(model, &view, &when, err));
    TRY(mlg_reader_open(&reader, model, &view, into, when, err));
    mlg_reader_each(&reader, see, &s);
    drop_others(model, s.seen);
    set_partners(law, evidence, &s, model->parties.n);
out:
    mlg_free(s.seen);
    mlg_free(into);
    mlg_free(when);
    return status;
}

/* ---- all
 * ------------------------------------------------------------------------------------------ */

static void set_posts(mlg_law *law, const mlg_rate_evidence *evidence)
{
    static const mlg_rate contracts[] = {MLG_LEAVE_PERMANENT, MLG_LEAVE_OPEN_ENDED,
                                         MLG_LEAVE_FIXED_TERM, MLG_LEAVE_VOLUNTEER,
                                         MLG_LEAVE_UNKNOWN};
    const mlg_rate_evidence *vacant = &evidence[MLG_VACANCY_MONTHS];

    for (size_t i = 0; i < sizeof contracts / sizeof *contracts; i++) {
        const mlg_rate_evidence *e = &evidence[contracts[i]];
        if (is_enough(e) && may_set(law, contracts[i])) {
            set(law, contracts[i], fmin(e->events / e->exposure, MOST_YEARLY),
                fmin(rate_low(e), MOST_YEARLY), fmin(rate_high(e), MOST_YEARLY));
        }
    }
    if (is_enough(vacant) && may_set(law, MLG_VACANCY_MONTHS)) {
        set(law, MLG_VACANCY_MONTHS, fmin(vacant->exposure / vacant->events, MOST_MONTHS),
            fmin(1.0 / rate_high(vacant), MOST_MONTHS), fmin(1.0 / rate_low(vacant), MOST_MONTHS));
    }
}

mlg_status mlg_rate_estimates_of(const mlg_model *model, mlg_law *law, mlg_rate_evidence *evidence,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_rate_evidence found[MLG_N_RATES] = {{0.0, 0.0}};
    mlg_law made = *law;
    mlg_spells spells = {.n = 0};

    if (model == NULL || model->date == MLG_NO_DATE) {
        goto out;
    }
    if (model->rows[MLG_POSTS].n > 0) {
        TRY(mlg_spells_of(model, &spells, err));
        TRY(count_departures(model, &spells, found, err));
        count_vacancies(&spells, &found[MLG_VACANCY_MONTHS]);
        set_posts(&made, found);
    }
    TRY(estimate_partners(model, &made, &found[MLG_LEAVE_PARTNER], err));
    *law = made;
out:
    for (int rate = 0; status == MLG_OK && evidence != NULL && rate < MLG_N_RATES; rate++) {
        evidence[rate] = found[rate];
    }
    mlg_spells_free(&spells);
    return status;
}

mlg_status mlg_rate_estimates(const mlg_model *model, mlg_law *law, mlg_error *err)
{
    return mlg_rate_estimates_of(model, law, NULL, err);
}
