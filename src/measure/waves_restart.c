/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "graph/rows.h"
#include "maillage/waves.h"
#include "measure/departure.h"
#include "measure/summary.h"
#include "measure/waves.h"
#include "measure/waves_spells.h"
#include "model/span.h"

/* What has to begin again when another person takes a coordination: partners of the post or of
 * its schemes that were in touch on its last day, lost sight of within a year, and met again
 * within two. */

enum { YEAR = 365, LEAST_LAPSE = 31 };

/* A coordination that another person, or nobody, took over. */
typedef struct change {
    int32_t day;     /* first without the former holder */
    mlg_id employer; /* organisation of the post */
    mlg_id former;
} change;

/* A party or a scheme stands for the post of a change, between two days. */
typedef struct claim {
    mlg_id of;
    int32_t change;
    int32_t first, last;
    bool scheme;
} claim;

/* A partner in touch with the post of a change. */
typedef struct contact {
    int32_t change;
    mlg_id partner;
    int32_t first, last;
    bool undated; /* its row has no date */
} contact;

typedef struct survey {
    const mlg_model *model;
    change *changes;
    size_t n, room;
    claim *claims;
    size_t n_claims, claims_room;
    contact *contacts;
    size_t n_contacts, contacts_room;
    mlg_id *into; /* [parties] their organisations */
    size_t undated_changes, recent_changes;
    double before, kept, lost, restarted, undated;
    bool short_of_memory;
} survey;

static void survey_close(survey *s)
{
    mlg_free(s->changes);
    mlg_free(s->claims);
    mlg_free(s->contacts);
    mlg_free(s->into);
}

/* ---- changes ------------------------------------------------------------------------- */

static mlg_status claim_it(survey *s, claim c, mlg_error *err)
{
    if (!mlg_grow(&s->claims, &s->claims_room, s->n_claims + 1, sizeof *s->claims)) {
        return mlg_fail(err, MLG_ENOMEM, "turnover.restarted_share: no memory for its posts");
    }
    s->claims[s->n_claims++] = c;
    return MLG_OK;
}

static mlg_status claim_rows(survey *s, const mlg_spells *spells, const mlg_spell *spell,
                             int32_t number, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t r = 0; r < spell->n; r++) {
        const int32_t row = spells->rows[spell->first + r];
        const mlg_id post = mlg_get_id(s->model, C_posts_id, row);
        size_t n = 0;
        const mlg_id *schemes = mlg_get_list(s->model, C_posts_scheme, row, &n);
        if (post >= 0) {
            TRY(claim_it(s, (claim){post, number, MLG_EVER_FIRST, MLG_EVER_LAST, false}, err));
        }
        for (size_t i = 0; i < n; i++) {
            TRY(claim_it(s, (claim){schemes[i], number, MLG_EVER_FIRST, MLG_EVER_LAST, true}, err));
        }
    }
out:
    return status;
}

/* Its holders stand for a post while they hold it: the former until the change, those after it
 * from their first day on. */
static mlg_status claim_holders(survey *s, const mlg_spells *spells, size_t at, int32_t number,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_spell *former = &spells->items[at];
    const int32_t day = s->changes[number].day;

    TRY(claim_it(s, (claim){former->person, number, MLG_EVER_FIRST, day - 1, false}, err));
    for (size_t i = at + 1; i < spells->n && spells->items[i].post == former->post; i++) {
        const mlg_spell *next = &spells->items[i];
        if (next->person >= 0) {
            const int32_t first =
                isnan(next->start) || next->start < day ? day : (int32_t) next->start;
            const int32_t last = isnan(next->end)
                                     ? MLG_EVER_LAST
                                     : (int32_t) next->end - (next->ending == MLG_DEPARTED);
            TRY(claim_it(s, (claim){next->person, number, first, last, false}, err));
        }
    }
out:
    return status;
}

static mlg_status find_changes(survey *s, const mlg_spells *spells, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t i = 0; i < spells->n; i++) {
        const mlg_spell *spell = &spells->items[i];
        if (!spell->coordinates || spell->ending != MLG_DEPARTED || spell->person < 0) {
            continue;
        }
        if (isnan(spell->end)) {
            s->undated_changes++;
            continue;
        }
        if (spell->end + 2.0 * YEAR > s->model->date) {
            s->recent_changes++; /* what followed is not known yet */
            continue;
        }
        if (!mlg_grow(&s->changes, &s->room, s->n + 1, sizeof *s->changes)) {
            FAIL(err, MLG_ENOMEM, "turnover.restarted_share: no memory for %zu changes", s->n + 1);
        }
        const mlg_id post = mlg_get_id(s->model, C_posts_id, spells->rows[spell->first]);
        s->changes[s->n] = (change){.day = (int32_t) spell->end,
                                    .employer = post >= 0 ? s->model->party_organisation[post] : -1,
                                    .former = spell->person};
        TRY(claim_rows(s, spells, spell, (int32_t) s->n, err));
        TRY(claim_holders(s, spells, i, (int32_t) s->n, err));
        s->n++;
    }
out:
    return status;
}

/* ---- contacts ------------------------------------------------------------------------------ */

static int by_claim(const void *left, const void *right)
{
    const claim *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme ? 1 : -1;
    }
    if (a->of != b->of) {
        return a->of < b->of ? -1 : 1;
    }
    return a->change < b->change ? -1 : a->change > b->change;
}

/* First claim of a party or scheme. */
static size_t first_claim(const survey *s, mlg_id of, bool scheme)
{
    const claim key = {of, -1, 0, 0, scheme};
    size_t low = 0, high = s->n_claims;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (by_claim(&s->claims[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void meet(survey *s, mlg_id of, bool scheme, mlg_id partner, mlg_span when)
{
    for (size_t i = first_claim(s, of, scheme);
         i < s->n_claims && s->claims[i].of == of && s->claims[i].scheme == scheme; i++) {
        const claim *c = &s->claims[i];
        const change *at = &s->changes[c->change];
        const mlg_id own = at->former >= 0 ? s->into[at->former] : -1;
        contact made = {c->change, partner, when.first > c->first ? when.first : c->first,
                        when.last < c->last ? when.last : c->last, !mlg_span_known(when)};
        if (partner < 0 || partner == at->employer || partner == own || made.first > made.last ||
            s->short_of_memory) {
            continue;
        }
        if (!mlg_grow(&s->contacts, &s->contacts_room, s->n_contacts + 1, sizeof *s->contacts)) {
            s->short_of_memory = true;
            continue;
        }
        s->contacts[s->n_contacts++] = made;
    }
}

static void read_tie(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const int32_t row = reading->row.row;
    const mlg_span when = {mlg_get_span(s->model, C_ties_start, row).first,
                           mlg_get_span(s->model, C_ties_end, row).last};

    for (int end = 0; end < 2; end++) {
        meet(s, reading->party[end], false, reading->subject[1 - end], when);
    }
}

/* A meeting counts for the year that begins with it: a body that meets once a year goes on. */
static mlg_span seat_span(const mlg_model *model, const mlg_reading *reading)
{
    const bool written = reading->row.table == MLG_PARTICIPATIONS;
    const int32_t row = written ? model->activity_row[reading->activity] : reading->row.row;
    mlg_span when =
        written ? mlg_get_span(model, C_participations_date, reading->row.row) : mlg_span_unknown();

    if (!mlg_span_known(when) && row >= 0) {
        when = (mlg_span){mlg_get_span(model, C_activities_start, row).first,
                          mlg_get_span(model, C_activities_end, row).last};
    }
    when.last = when.last < MLG_EVER_LAST - YEAR ? when.last + YEAR - 1 : when.last;
    return when;
}

static void read_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const int32_t row = s->model->activity_row[reading->activity];
    size_t n = 0;
    const mlg_id *schemes = row >= 0 ? mlg_get_list(s->model, C_activities_schemes, row, &n) : NULL;

    for (size_t i = 0; i < n && reading->fate == MLG_ROW_COUNTS; i++) {
        meet(s, schemes[i], true, reading->subject[0], seat_span(s->model, reading));
    }
}

static mlg_status read_contacts(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_view view = {.id = "restart",
                     .by = MLG_BY_ORGANISATION,
                     .kind = -1,
                     .from = MLG_EVER_FIRST,
                     .to = MLG_EVER_LAST};
    uint8_t *when = NULL;
    mlg_reader reader;

    TRY(mlg_collapse_parties(s->model, &view, &s->into, err));
    TRY(mlg_when_activities(s->model, &view, &when, err));
    view.source = MLG_FROM_TIES;
    TRY(mlg_reader_open(&reader, s->model, &view, s->into, when, err));
    mlg_reader_each(&reader, read_tie, s);
    view.source = MLG_FROM_PARTICIPATIONS;
    mlg_reader_each(&reader, read_seat, s);
    if (s->short_of_memory) {
        FAIL(err, MLG_ENOMEM, "turnover.restarted_share: no memory for the rows of its posts");
    }
out:
    mlg_free(when);
    return status;
}

/* ---- the count ------------------------------------------------------------------------------- */

static int by_partner_and_day(const void *left, const void *right)
{
    const contact *a = left, *b = right;
    if (a->change != b->change) {
        return a->change < b->change ? -1 : 1;
    }
    if (a->partner != b->partner) {
        return a->partner < b->partner ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

/* One tie: its rows by their first day. Its last day without a break of over a month, from the
 * last day before the change on. */
static void judge(survey *s, const contact *rows, size_t n)
{
    const int32_t day = s->changes[rows[0].change].day;
    int32_t last = MLG_EVER_FIRST;
    bool before = false, undated = false, again = false;

    for (size_t i = 0; i < n; i++) {
        undated = undated || rows[i].undated;
        if (rows[i].first < day && rows[i].last >= day - 1) {
            before = true;
            last = rows[i].last > last ? rows[i].last : last;
        }
    }
    if (!before || undated) {
        s->undated += undated;
        return;
    }
    for (size_t i = 0; i < n && last < day + YEAR; i++) {
        if (rows[i].first >= day && rows[i].first <= last + 1 + LEAST_LAPSE &&
            rows[i].last > last) {
            last = rows[i].last;
        }
    }
    s->before++;
    if (last >= day + YEAR - 1) {
        s->kept++;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        again = again || (rows[i].first > last + 1 + LEAST_LAPSE && rows[i].first < day + 2 * YEAR);
    }
    s->lost++;
    s->restarted += again;
}

static void judge_all(survey *s)
{
    if (s->n_contacts > 0) {
        qsort(s->contacts, s->n_contacts, sizeof *s->contacts, by_partner_and_day);
    }
    for (size_t i = 0, n = 0; i < s->n_contacts; i += n) {
        for (n = 1; i + n < s->n_contacts && s->contacts[i + n].change == s->contacts[i].change &&
                    s->contacts[i + n].partner == s->contacts[i].partner;
             n++) {
        }
        judge(s, &s->contacts[i], n);
    }
}

static mlg_status say(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    double low = NAN, high = NAN;
    mlg_clopper_pearson(s->restarted, s->lost, &low, &high);
    const mlg_figure figures[] = {
        {"changes", (double) s->n},
        {"recent_changes", (double) s->recent_changes},
        {"undated_changes", (double) s->undated_changes},
        {"before", s->before},
        {"kept", s->kept},
        {"lost", s->lost},
        {"restarted", s->restarted},
        {"low_95", low},
        {"high_95", high},
        {"undated", s->undated},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "turnover.restarted_share",
                                             .view = view,
                                             .value = s->lost > 0.0 ? s->restarted / s->lost : NAN,
                                             .why = s->lost > 0.0           ? T_none
                                                    : s->before > 0.0       ? T_why_nothing_lost
                                                    : s->n > 0              ? T_why_no_tie_of_posts
                                                    : s->recent_changes > 0 ? T_why_recent_change
                                                                            : T_why_no_change,
                                             .caution = s->n < 3 ? T_caution_small_sample : T_none,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_turnover_restarted_share(mlg_context *context, int32_t view, mlg_values *out,
                                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    survey s = {.model = model};
    mlg_spells spells = {.n = 0};

    if (model == NULL || model->rows[MLG_POSTS].n == 0 || model->date == MLG_NO_DATE) {
        const bool undated = model != NULL && model->rows[MLG_POSTS].n > 0;
        return mlg_values_undefined(out, "turnover.restarted_share", view,
                                    undated ? T_why_no_study_date : T_why_no_posts, err);
    }
    TRY(mlg_spells_of(model, &spells, err));
    TRY(find_changes(&s, &spells, err));
    if (s.n > 0) {
        qsort(s.claims, s.n_claims, sizeof *s.claims, by_claim);
        TRY(read_contacts(&s, err));
        judge_all(&s);
    }
    TRY(say(&s, view, out, err));
out:
    mlg_spells_free(&spells);
    survey_close(&s);
    return status;
}
