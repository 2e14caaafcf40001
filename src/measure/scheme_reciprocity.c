/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scheme.h"
#include "measure/reciprocity.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* Do schemes sit in each other's activities? */

static const char *const ID = "scheme.reciprocity";
enum { MOST_PAIRS = 1000, MOST_SCHEMES = 3000 };

/* A party that stands for a scheme: who holds a post of it, the post, its carrier, itself. */
typedef struct standing {
    mlg_id party;
    int32_t scheme;   /* place in the set */
    bool coordinates; /* it is the coordination */
} standing;

/* A scheme seated in an activity of another. */
typedef struct seat {
    int32_t of, in; /* places */
    mlg_id activity;
    int32_t row; /* of participations.csv */
    bool coordinates;
} seat;

/* What is known of one scheme. */
typedef struct tally {
    bool people;     /* somebody stands for it */
    double bodies;   /* its activities of known attendance */
    double given;    /* seats elsewhere: activities, scheme by scheme */
    double received; /* those of others in its own */
    double by_coordination;
    double schemes; /* that it sits with */
} tally;

/* Two schemes, a before b. */
typedef struct couple {
    int32_t a, b;
    double a_in_b, b_in_a;       /* activities */
    double open_in_b, open_in_a; /* activities of known attendance of the one that are not also
                                    the other's; NaN: nobody stands for the other */
} couple;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    tally *tallies; /* [schemes.n] */
    standing *standings;
    size_t n_standings, standings_room;
    seat *seats;
    size_t n_seats, seats_room;
    bool *attended;   /* [activities] attendance is recorded */
    uint32_t *shared; /* [schemes.n squared] activities of known attendance of both */
    couple *couples;
    size_t n_couples, couples_room;
    bool failed;
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->tallies);
    mlg_free(s->standings);
    mlg_free(s->seats);
    mlg_free(s->attended);
    mlg_free(s->shared);
    mlg_free(s->couples);
}

/* ---- who stands for a scheme --------------------------------------------------- */

static void add_standing(survey *s, mlg_id party, mlg_id scheme, bool coordinates)
{
    const int32_t place = mlg_scheme_place(&s->schemes, scheme);
    if (party < 0 || place < 0 || s->failed) {
        return;
    }
    s->failed =
        !mlg_grow(&s->standings, &s->standings_room, s->n_standings + 1, sizeof *s->standings);
    if (!s->failed) {
        s->standings[s->n_standings++] = (standing){party, place, coordinates};
    }
}

static int by_party(const void *left, const void *right)
{
    const standing *a = left, *b = right;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    return (int) b->coordinates - (int) a->coordinates; /* the coordination first */
}

static void add_carriers(survey *s)
{
    for (int32_t row = 0; row < s->model->rows[MLG_SCHEMES].n; row++) {
        size_t n = 0;
        const mlg_id scheme = mlg_get_id(s->model, C_schemes_id, row);
        const mlg_id *carriers = mlg_get_list(s->model, C_schemes_carrier, row, &n);
        for (size_t i = 0; i < n && mlg_holds_at_date(s->model, MLG_SCHEMES, row); i++) {
            add_standing(s, carriers[i], scheme, false);
        }
    }
}

static mlg_status list_standings(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};
    size_t n = 0;

    TRY(mlg_tenures_of(s->model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        add_standing(s, t->holder, t->scheme, t->coordinates);
        add_standing(s, t->post, t->scheme, t->coordinates);
        if (t->holder >= 0 && mlg_scheme_place(&s->schemes, t->scheme) >= 0) {
            s->tallies[mlg_scheme_place(&s->schemes, t->scheme)].people = true;
        }
    }
    add_carriers(s);
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for who stands for schemes", ID);
    }
    if (s->n_standings > 0) {
        qsort(s->standings, s->n_standings, sizeof *s->standings, by_party);
    }
    for (size_t i = 0; i < s->n_standings; i++) { /* once for each party and scheme */
        const standing *one = &s->standings[i];
        if (n == 0 || s->standings[n - 1].party != one->party ||
            s->standings[n - 1].scheme != one->scheme) {
            s->standings[n++] = *one;
        }
    }
    s->n_standings = n;
out:
    mlg_free(tenures.items);
    return status;
}

/* First standing of a party; the others follow it. Past the last when it has none. */
static size_t standings_of(const survey *s, mlg_id party)
{
    size_t low = 0, high = s->n_standings;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->standings[middle].party < party) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool stands_for(const survey *s, mlg_id party, int32_t scheme)
{
    for (size_t i = standings_of(s, party); i < s->n_standings && s->standings[i].party == party;
         i++) {
        if (s->standings[i].scheme == scheme) {
            return true;
        }
    }
    return false;
}

/* ---- where they sit ---------------------------------------------------------------- */

static bool is_of(const survey *s, mlg_id activity, int32_t place)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(s->model, activity, &n);
    for (size_t i = 0; i < n; i++) {
        if (mlg_scheme_place(&s->schemes, schemes[i]) == place) {
            return true;
        }
    }
    return false;
}

/* A scheme takes part in an activity: seats with each other scheme the activity belongs to.
 * `party` stands for it, and is at home where it stands for that one too; -1 never is. */
static void add_seats(survey *s, int32_t of, mlg_id party, bool coordinates,
                      const mlg_reading *reading)
{
    const mlg_id activity = reading->activity;
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(s->model, activity, &n);

    for (size_t i = 0; i < n && !is_of(s, activity, of); i++) {
        const int32_t in = mlg_scheme_place(&s->schemes, schemes[i]);
        if (in < 0 || s->failed || (party >= 0 && stands_for(s, party, in))) {
            continue;
        }
        s->failed = !mlg_grow(&s->seats, &s->seats_room, s->n_seats + 1, sizeof *s->seats);
        if (!s->failed) {
            s->seats[s->n_seats++] = (seat){of, in, activity, reading->row.row, coordinates};
        }
    }
}

/* Whom a row of attendance stands for: what it says itself, else its actor. */
static mlg_id speaker_of(const survey *s, const mlg_reading *reading)
{
    const mlg_id behalf = mlg_get_id(s->model, C_participations_on_behalf_of, reading->row.row);
    return behalf >= 0 ? behalf : reading->party[0];
}

static bool coordinates(const survey *s, mlg_id party, int32_t scheme)
{
    for (size_t i = standings_of(s, party); i < s->n_standings && s->standings[i].party == party;
         i++) {
        if (s->standings[i].scheme == scheme && s->standings[i].coordinates) {
            return true;
        }
    }
    return false;
}

/* Those who speak for a scheme are known, were it to excuse themselves. */
static void visit_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const bool attends = reading->row.table == MLG_PARTICIPATIONS;

    if (!attends || reading->fate == MLG_ROW_OUTSIDE) {
        return;
    }
    const bool counts = reading->fate == MLG_ROW_COUNTS;
    const mlg_id speaker = speaker_of(s, reading), actor = reading->party[0];
    const int32_t scheme = mlg_scheme_place(&s->schemes, speaker);
    s->attended[reading->activity] = true;
    if (scheme >= 0) {
        s->tallies[scheme].people = true;
        if (counts) {
            add_seats(s, scheme, -1, coordinates(s, actor, scheme), reading);
        }
        return;
    }
    for (size_t i = standings_of(s, speaker);
         i < s->n_standings && s->standings[i].party == speaker; i++) {
        const int32_t of = s->standings[i].scheme;
        s->tallies[of].people = true;
        if (counts) {
            add_seats(s, of, speaker, s->standings[i].coordinates || coordinates(s, actor, of),
                      reading);
        }
    }
}

static int by_seat(const void *left, const void *right)
{
    const seat *a = left, *b = right;
    if (a->of != b->of) {
        return a->of < b->of ? -1 : 1;
    }
    if (a->in != b->in) {
        return a->in < b->in ? -1 : 1;
    }
    if (a->activity != b->activity) {
        return a->activity < b->activity ? -1 : 1;
    }
    if (a->coordinates != b->coordinates) {
        return a->coordinates ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Sorts the seats, keeps one an activity, and counts those of each scheme. */
static void count_seats(survey *s)
{
    size_t n = 0;
    if (s->n_seats > 0) {
        qsort(s->seats, s->n_seats, sizeof *s->seats, by_seat);
    }
    for (size_t i = 0; i < s->n_seats; i++) {
        const seat now = s->seats[i];
        const bool same_pair =
            n > 0 && s->seats[n - 1].of == now.of && s->seats[n - 1].in == now.in;
        if (same_pair && s->seats[n - 1].activity == now.activity) {
            continue;
        }
        s->seats[n++] = now;
        s->tallies[now.of].given++;
        s->tallies[now.in].received++;
        s->tallies[now.of].by_coordination += now.coordinates;
        s->tallies[now.of].schemes += !same_pair;
    }
    s->n_seats = n;
}

static double seats_of(const survey *s, int32_t of, int32_t in)
{
    size_t low = 0, high = s->n_seats;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const seat *at = &s->seats[middle];
        if (at->of < of || (at->of == of && at->in < in)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    double n = 0.0;
    for (; low < s->n_seats && s->seats[low].of == of && s->seats[low].in == in; low++) {
        n++;
    }
    return n;
}

/* ---- pairs -------------------------------------------------------------------------- */

static int by_seats(const void *left, const void *right)
{
    const couple *x = left, *y = right;
    const double first = fmax(x->a_in_b, x->b_in_a), second = fmax(y->a_in_b, y->b_in_a);
    if (first != second) {
        return first > second ? -1 : 1;
    }
    return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b < y->b ? -1 : x->b > y->b;
}

static bool may_sit(const tally *who, double open)
{
    return who->people && open > 0.0;
}

static mlg_status list_couples(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t a = 0; a < (int32_t) s->schemes.n; a++) {
        for (int32_t b = a + 1; b < (int32_t) s->schemes.n; b++) {
            const tally *of_a = &s->tallies[a], *of_b = &s->tallies[b];
            if ((!of_a->people && !of_b->people) || of_a->bodies + of_b->bodies == 0.0) {
                continue;
            }
            const double shared = s->shared[(size_t) a * s->schemes.n + (size_t) b];
            const bool a_may = may_sit(of_a, of_b->bodies - shared);
            const bool b_may = may_sit(of_b, of_a->bodies - shared);
            if (!a_may && !b_may) {
                continue;
            }
            if (!mlg_grow(&s->couples, &s->couples_room, s->n_couples + 1, sizeof *s->couples)) {
                FAIL(err, MLG_ENOMEM, "%s: no memory for its pairs", ID);
            }
            s->couples[s->n_couples++] = (couple){
                a,
                b,
                a_may ? seats_of(s, a, b) : NAN,
                b_may ? seats_of(s, b, a) : NAN,
                a_may ? of_b->bodies - shared : NAN,
                b_may ? of_a->bodies - shared : NAN,
            };
        }
    }
    if (s->n_couples > 0) {
        qsort(s->couples, s->n_couples, sizeof *s->couples, by_seats);
    }
out:
    return status;
}

/* Activities of known attendance, of each scheme and of each two. */
static void count_bodies(survey *s)
{
    for (mlg_id e = 0; e < (mlg_id) s->model->activities.n; e++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_activity_schemes(s->model, e, &n);
        for (size_t i = 0; i < n && s->attended[e]; i++) {
            const int32_t a = mlg_scheme_place(&s->schemes, schemes[i]);
            if (a >= 0) {
                s->tallies[a].bodies++;
            }
            for (size_t j = 0; j < n && a >= 0; j++) {
                const int32_t b = mlg_scheme_place(&s->schemes, schemes[j]);
                if (b >= 0) {
                    s->shared[(size_t) a * s->schemes.n + (size_t) b]++;
                }
            }
        }
    }
}

/* However many schemes there are. */
static bool nobody_sits(const survey *s)
{
    return s->model->activities.n == 0;
}

/* The schemes, and room for what is counted of each and of each two. */
static mlg_status survey_room(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_schemes_of(s->model, &s->schemes, err));
    if (nobody_sits(s)) {
        goto out;
    }
    if (s->schemes.n > MOST_SCHEMES) {
        FAIL(err, MLG_ESIZE, "%s: more than %d schemes", ID, MOST_SCHEMES);
    }
    s->shared = mlg_zalloc(s->schemes.n * s->schemes.n, sizeof *s->shared);
    TRY_ALLOC(err, s->shared);
    s->tallies = mlg_zalloc(s->schemes.n, sizeof *s->tallies);
    s->attended = mlg_zalloc(s->model->activities.n, sizeof *s->attended);
    TRY_ALLOC(err, s->tallies);
    TRY_ALLOC(err, s->attended);
out:
    return status;
}

static mlg_status survey_open(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(survey_room(s, err));
    if (nobody_sits(s)) {
        goto out;
    }
    TRY(list_standings(s, err));
    TRY(mlg_seats_each(s->model, MLG_BY_ACTOR, visit_seat, s, err));
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for its seats", ID);
    }
    for (size_t i = 0; i < s->n_standings; i++) {
        const standing *one = &s->standings[i];
        const bool post = s->model->party_kind[one->party] == MLG_KIND_POST;
        s->tallies[one->scheme].people = s->tallies[one->scheme].people || !post;
    }
    count_bodies(s);
    count_seats(s);
    TRY(list_couples(s, err));
out:
    return status;
}

mlg_status mlg_reciprocity_rows(const mlg_model *model, mlg_id a, mlg_id b, int32_t *rows,
                                size_t room, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model};

    *n = 0;
    TRY(survey_open(&s, err));
    const int32_t of = mlg_scheme_place(&s.schemes, a), in = mlg_scheme_place(&s.schemes, b);
    for (size_t i = 0; i < s.n_seats; i++) {
        if (s.seats[i].of == of && s.seats[i].in == in) {
            if (*n < room) {
                rows[*n] = s.seats[i].row;
            }
            ++*n;
        }
    }
out:
    survey_close(&s);
    return status;
}

/* ---- values --------------------------------------------------------------------------- */

static const char *const pair_parts[] = {"a_in_b", "b_in_a", "of_b", "of_a"};

static mlg_status add_pairs(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->n_couples < MOST_PAIRS ? s->n_couples : MOST_PAIRS;
    double *part[4];
    bool any = false;
    mlg_value *value = mlg_values_add(out, ID, view, n, err);

    TRY_ALLOC(err, value);
    value->convention = "pairs";
    value->total = s->n_couples;
    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_VALUE));
    for (int k = 0; k < 4; k++) {
        part[k] = mlg_value_part_of(value, pair_parts[k]);
        TRY_ALLOC(err, part[k]);
    }
    for (size_t i = 0; i < n; i++) {
        const couple *c = &s->couples[i];
        const double most = fmax(c->a_in_b, c->b_in_a);
        const bool both = !isnan(c->a_in_b) && !isnan(c->b_in_a);
        value->subject[2 * i] = s->schemes.items[c->a].id;
        value->subject[2 * i + 1] = s->schemes.items[c->b].id;
        value->column[MLG_VALUE][i] = both && most > 0.0 ? fmin(c->a_in_b, c->b_in_a) / most : NAN;
        any = any || !isnan(value->column[MLG_VALUE][i]);
        part[0][i] = c->a_in_b;
        part[1][i] = c->b_in_a;
        part[2][i] = c->open_in_b;
        part[3][i] = c->open_in_a;
    }
    value->undefined = any ? T_none : T_why_no_seat_elsewhere;
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

static mlg_status add_schemes(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    enum { VALUE, GIVEN, RECEIVED, COORDINATION, WITH, BODIES, N };
    static const char *const parts[] = {"given", "received", "by_coordination", "schemes",
                                        "bodies"};
    mlg_id *subject = mlg_alloc(s->schemes.n, sizeof *subject);
    double *figure = mlg_alloc(s->schemes.n, N * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < s->schemes.n; i++) {
        const tally *t = &s->tallies[i];
        double *f = &figure[i * N];
        const bool known = t->people && t->bodies > 0.0;
        subject[i] = s->schemes.items[i].id;
        f[GIVEN] = t->people ? t->given : NAN;
        f[RECEIVED] = t->bodies > 0.0 ? t->received : NAN;
        f[COORDINATION] = t->people ? t->by_coordination : NAN;
        f[WITH] = t->people ? t->schemes : NAN;
        f[BODIES] = t->bodies;
        f[VALUE] =
            known && t->given + t->received > 0.0 ? t->given / (t->given + t->received) : NAN;
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_SCHEME,
                                          .convention = "given_share",
                                          .why = T_why_no_seat_elsewhere,
                                          .parts = parts,
                                          .n_parts = N - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = s->schemes.n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status add_overall(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    double least = 0.0, most = 0.0, mutual = 0.0, one_way = 0.0, none = 0.0, known = 0.0;

    for (size_t i = 0; i < s->n_couples; i++) {
        const double low = fmin(s->couples[i].a_in_b, s->couples[i].b_in_a);
        const double high = fmax(s->couples[i].a_in_b, s->couples[i].b_in_a);
        if (isnan(s->couples[i].a_in_b) || isnan(s->couples[i].b_in_a)) {
            continue;
        }
        least += low;
        most += high;
        mutual += low > 0.0;
        one_way += low == 0.0 && high > 0.0;
        none += high == 0.0;
    }
    for (size_t i = 0; i < s->schemes.n; i++) {
        known += s->tallies[i].people && s->tallies[i].bodies > 0.0;
    }
    const mlg_figure figures[] = {{"schemes", (double) s->schemes.n},
                                  {"schemes_known", known},
                                  {"pairs", mutual + one_way + none},
                                  {"mutual", mutual},
                                  {"one_way", one_way},
                                  {"none", none},
                                  {"seats", (double) s->n_seats}};
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "overall",
                                             .value = most > 0.0 ? least / most : NAN,
                                             .why = most > 0.0 ? T_none : T_why_no_seat_elsewhere,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

/* Why the schemes of a model cannot give each other seats, or T_none. */
static mlg_text_key lacks(const survey *s)
{
    return s->schemes.n == 0   ? T_why_no_schemes
           : s->schemes.n == 1 ? T_why_single_scheme
           : nobody_sits(s)    ? T_why_no_activities
           : s->n_couples == 0 ? T_why_nobody_stands
                               : T_none;
}

mlg_status mlg_scheme_reciprocity(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    survey s = {.model = context->model};

    if (s.model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(survey_open(&s, err));
    const mlg_text_key why = lacks(&s);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, ID, view, why, err));
        goto out;
    }
    TRY(add_pairs(&s, view, out, err));
    TRY(add_schemes(&s, view, out, err));
    TRY(add_overall(&s, view, out, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
