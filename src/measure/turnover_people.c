/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_people.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "measure/tenure.h"

/* A renewed contract lasts as long as the first; where its start is unknown, so many months. */
#define USUAL_TERM 36.0
/* An end so near a day of elections (days) is the end of the mandate that they decide. */
enum { NEAR_ELECTION = 31 };

void mlg_turnover_people_free(mlg_turnover_people *people)
{
    mlg_leavers_free(&people->leavers);
    mlg_free(people->post);
    mlg_free(people->first_post);
    mlg_free(people->lives_by);
    mlg_free(people->held);
    mlg_free(people->mandate);
    *people = (mlg_turnover_people){0};
}

/* ---- months ------------------------------------------------------------------------ */

static double month_number(int32_t day)
{
    int year = 0, month = 0, of_month = 0;
    mlg_day_split(day, &year, &month, &of_month);
    const int32_t first = mlg_day_of(year, month, 1);
    const int32_t next = month == 12 ? mlg_day_of(year + 1, 1, 1) : mlg_day_of(year, month + 1, 1);
    return 12.0 * year + month + (double) of_month / (double) (next - first);
}

double mlg_months_between(int32_t from, int32_t to)
{
    return month_number(to) - month_number(from);
}

/* ---- the law of a post ------------------------------------------------------------- */

static mlg_rate rate_of_contract(int32_t contract)
{
    static const struct {
        int32_t contract;
        mlg_rate leaves;
    } laws[] = {
        {MLG_CODE_OF(contract, permanent), MLG_LEAVE_PERMANENT},
        {MLG_CODE_OF(contract, open_ended), MLG_LEAVE_OPEN_ENDED},
        {MLG_CODE_OF(contract, fixed_term), MLG_LEAVE_FIXED_TERM},
        {MLG_CODE_OF(contract, project), MLG_LEAVE_FIXED_TERM},
        {MLG_CODE_OF(contract, seconded), MLG_LEAVE_FIXED_TERM},
        {MLG_CODE_OF(contract, assisted), MLG_LEAVE_FIXED_TERM},
        {MLG_CODE_OF(contract, service_provider), MLG_LEAVE_FIXED_TERM},
        {MLG_CODE_OF(contract, volunteer), MLG_LEAVE_VOLUNTEER},
    };
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        if (laws[i].contract == contract) {
            return laws[i].leaves;
        }
    }
    return MLG_LEAVE_UNKNOWN;
}

/* The next day of elections, that of the mandate's end where one is known. MLG_NO_DATE: none. */
static int32_t election_of(const mlg_model *model, int32_t end)
{
    for (int32_t i = 0; i < model->n_elections; i++) {
        const int32_t day = model->election[i];
        const bool fits =
            end == MLG_EVER_LAST || (day - NEAR_ELECTION <= end && end <= day + NEAR_ELECTION);
        if (day >= model->day && fits) {
            return day;
        }
    }
    return end == MLG_EVER_LAST ? MLG_NO_DATE : end;
}

/* What the rows of one post say together. */
typedef struct reading {
    int32_t start;    /* of the row that says the contract */
    int32_t contract; /* -1 unknown */
    bool elected;
    mlg_span term; /* first day and last of the row that ends last; MLG_EVER_LAST: no end known */
    bool some;
} reading;

static void read_row(const mlg_model *model, int32_t row, reading *r)
{
    const mlg_span start = mlg_get_span(model, C_posts_start, row);
    const mlg_span end = mlg_get_span(model, C_posts_end, row);
    int32_t contract = mlg_get_id(model, C_posts_contract, row);

    if (contract == MLG_CODE_OF(contract, unknown)) {
        contract = -1;
    }
    r->elected =
        r->elected || contract == MLG_CODE_OF(contract, elected) ||
        (contract < 0 && mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, elected));
    if (contract >= 0 && (r->contract < 0 || start.first > r->start)) {
        r->contract = contract;
        r->start = start.first;
    }
    if (!r->some || end.last > r->term.last) {
        r->term = (mlg_span){start.first, end.last};
    }
    r->some = true;
}

static void settle(const mlg_model *model, const reading *r, mlg_turnover_post *post,
                   int32_t *mandate)
{
    const bool ends = r->some && r->term.last != MLG_EVER_LAST;

    post->leaves = rate_of_contract(r->contract);
    post->renewed = r->contract == MLG_CODE_OF(contract, project) ? MLG_RENEWED_PROJECT
                                                                  : MLG_RENEWED_FIXED_TERM;
    if (r->elected) {
        *mandate = election_of(model, ends ? r->term.last : MLG_EVER_LAST);
    } else if (ends && !post->vacant) {
        post->end = fmax(0.0, mlg_months_between(model->day, r->term.last));
        if (r->term.first != MLG_EVER_FIRST) {
            /* a contract of no day at all would be renewed for ever */
            post->term = fmax(1.0, mlg_months_between(r->term.first - 1, r->term.last));
        }
    }
}

/* ---- posts of posts.csv --------------------------------------------------------------- */

static bool add_post(mlg_turnover_people *people, int32_t person, mlg_id party, mlg_rate leaves)
{
    const size_t n = (size_t) people->n_posts + 1;
    if (!mlg_grow(&people->post, &people->room, n, sizeof *people->post) ||
        !mlg_grow(&people->mandate, &people->mandate_room, n, sizeof *people->mandate)) {
        return false;
    }
    people->mandate[people->n_posts] = MLG_NO_DATE;
    people->post[people->n_posts++] = (mlg_turnover_post){
        .person = person,
        .party = party,
        .leaves = leaves,
        .renewed = MLG_RENEWED_FIXED_TERM,
        .end = INFINITY,
        .term = USUAL_TERM,
        .mandate = -1,
    };
    return true;
}

static mlg_status list_held(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_leavers *leavers = &people->leavers;

    for (int32_t l = 0; l < leavers->n; l++) {
        const mlg_leaver *leaver = &leavers->leaver[l];
        for (int32_t i = leaver->first; i < leaver->first + leaver->n; i++) {
            people->first_post[leavers->post[i]] = people->n_posts;
            if (!add_post(people, people->n_people, leavers->post[i], MLG_LEAVE_UNKNOWN)) {
                FAIL(err, MLG_ENOMEM, "departures: no memory for %d posts", (int) leavers->n_posts);
            }
        }
        if (leaver->person >= 0) {
            people->first_post[leaver->person] = people->n_posts - leaver->n;
        }
        people->n_people++;
    }
out:
    return status;
}

static bool is_vacant(const mlg_model *model, int32_t row)
{
    return mlg_get_id(model, C_posts_person, row) == MLG_VACANT &&
           mlg_get_id(model, C_posts_id, row) >= 0 && mlg_holds_at_date(model, MLG_POSTS, row);
}

/* Each its own person: who comes will be somebody. */
static mlg_status list_vacant(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = people->model;

    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        if (!is_vacant(model, row) || people->first_post[post] >= 0) {
            continue;
        }
        people->first_post[post] = people->n_posts;
        if (!add_post(people, people->n_people++, post, MLG_LEAVE_UNKNOWN)) {
            FAIL(err, MLG_ENOMEM, "departures: no memory for vacant posts");
        }
        people->post[people->n_posts - 1].vacant = true;
    }
out:
    return status;
}

/* Does a row speak of the post as it is now, held by who holds it or vacant? */
static bool is_of_now(const mlg_turnover_people *people, int32_t row, const mlg_turnover_post *post)
{
    const mlg_model *model = people->model;
    return post->vacant ? is_vacant(model, row)
                        : mlg_holds_at_date(model, MLG_POSTS, row) &&
                              mlg_get_id(model, C_posts_person, row) != MLG_VACANT;
}

int32_t mlg_turnover_post_of_row(const mlg_turnover_people *people, int32_t row)
{
    const mlg_id id = mlg_get_id(people->model, C_posts_id, row);
    const int32_t p = id >= 0 ? people->first_post[id] : -1;
    return p >= 0 && people->post[p].party == id && is_of_now(people, row, &people->post[p]) ? p
                                                                                             : -1;
}

/* Does it, or does it say that the same holder stays beyond it? */
static bool is_of_holder(const mlg_turnover_people *people, int32_t row,
                         const mlg_turnover_post *post)
{
    const mlg_model *model = people->model;
    if (is_of_now(people, row, post)) {
        return post->vacant || people->leavers.of_row[row] == post->person;
    }
    return !post->vacant && mlg_get_span(model, C_posts_start, row).first > model->day &&
           mlg_get_id(model, C_posts_person, row) == people->leavers.leaver[post->person].person;
}

static mlg_status read_posts(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = people->model;
    reading *readings = mlg_alloc((size_t) people->n_posts, sizeof *readings);

    TRY_ALLOC(err, readings);
    for (int32_t p = 0; p < people->n_posts; p++) {
        readings[p] = (reading){.contract = -1};
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id id = mlg_get_id(model, C_posts_id, row);
        const int32_t p = id >= 0 ? people->first_post[id] : -1;
        if (p < 0 || people->post[p].party != id) {
            continue;
        }
        mlg_turnover_post *post = &people->post[p];
        if (is_of_holder(people, row, post)) {
            read_row(model, row, &readings[p]);
        }
        post->coordinates =
            post->coordinates || (is_of_now(people, row, post) && mlg_row_coordinates(model, row));
    }
    for (int32_t p = 0; p < people->n_posts; p++) {
        settle(model, &readings[p], &people->post[p], &people->mandate[p]);
    }
out:
    mlg_free(readings);
    return status;
}

/* ---- schemes of posts ------------------------------------------------------------------- */

static mlg_status hold(mlg_turnover_people *people, int32_t post, mlg_id scheme, bool coordinates,
                       mlg_error *err)
{
    if (!mlg_grow(&people->held, &people->held_room, people->n_held + 1, sizeof *people->held)) {
        return mlg_fail(err, MLG_ENOMEM, "departures: no memory for the schemes of posts");
    }
    people->held[people->n_held++] = (mlg_turnover_holding){post, scheme, coordinates};
    return MLG_OK;
}

static mlg_status read_schemes(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = people->model;

    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        const int32_t p = mlg_turnover_post_of_row(people, row);
        for (size_t i = 0; i < n && p >= 0; i++) {
            TRY(hold(people, p, schemes[i], mlg_row_coordinates(model, row), err));
        }
    }
out:
    return status;
}

static int by_post_and_scheme(const void *left, const void *right)
{
    const mlg_turnover_holding *a = left, *b = right;
    if (a->post != b->post) {
        return a->post < b->post ? -1 : 1;
    }
    return a->scheme < b->scheme ? -1 : a->scheme > b->scheme;
}

static void sort_schemes(mlg_turnover_people *people)
{
    mlg_turnover_holding *held = people->held;
    size_t n = 0;

    if (people->n_held > 0) {
        qsort(held, people->n_held, sizeof *held, by_post_and_scheme);
    }
    for (size_t i = 0; i < people->n_held; i++) {
        if (n > 0 && by_post_and_scheme(&held[n - 1], &held[i]) == 0) {
            held[n - 1].coordinates = held[n - 1].coordinates || held[i].coordinates;
        } else {
            held[n++] = held[i];
        }
    }
    people->n_held = n;
}

int32_t mlg_turnover_post_for(const mlg_turnover_people *people, int32_t post, mlg_id scheme)
{
    const int32_t person = people->post[post].person;
    size_t low = 0, high = people->n_held;

    while (low < high) { /* the first holding of the first of the person's posts */
        const size_t middle = low + (high - low) / 2;
        if (people->post[people->held[middle].post].person < person) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < people->n_held && people->post[people->held[low].post].person == person; low++) {
        if (people->held[low].scheme == scheme) {
            return people->held[low].post;
        }
    }
    return -1;
}

/* ---- without posts.csv ------------------------------------------------------------------- */

static int by_holder_and_scheme(const void *left, const void *right)
{
    const mlg_tenure *a = left, *b = right;
    if (a->holder != b->holder) {
        return a->holder < b->holder ? -1 : 1;
    }
    return a->scheme < b->scheme ? -1 : a->scheme > b->scheme;
}

/* Who coordinates a scheme in a participation holds a post that nobody described. */
static mlg_status list_implicit(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};

    TRY(mlg_tenures_of(people->model, &tenures, err));
    if (tenures.n > 0) {
        qsort(tenures.items, tenures.n, sizeof *tenures.items, by_holder_and_scheme);
    }
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        if (t->holder < 0 || (i > 0 && by_holder_and_scheme(t - 1, t) == 0)) {
            continue;
        }
        if (people->first_post[t->holder] < 0) {
            people->first_post[t->holder] = people->n_posts;
            people->n_people++;
        }
        if (!add_post(people, people->n_people - 1, t->holder, MLG_LEAVE_UNKNOWN)) {
            FAIL(err, MLG_ENOMEM, "departures: no memory for coordinators");
        }
        people->post[people->n_posts - 1].coordinates = true;
        TRY(hold(people, people->n_posts - 1, t->scheme, true, err));
    }
out:
    mlg_free(tenures.items);
    return status;
}

/* ---- persons without a post -------------------------------------------------------------- */

/* What the study says of persons by the part they take: elected, or residents who give their
 * time; whoever else comes is staff. */
static mlg_status read_parts(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = people->model;

    people->lives_by = mlg_alloc(model->parties.n, sizeof *people->lives_by);
    TRY_ALLOC(err, people->lives_by);
    for (size_t p = 0; p < model->parties.n; p++) {
        people->lives_by[p] = MLG_LEAVE_PARTNER;
    }
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id actor = mlg_get_id(model, C_participations_actor, row);
        const int32_t role = mlg_get_id(model, C_participations_role, row);
        if (actor < 0) {
            continue;
        }
        if (role == MLG_CODE_OF(role, elected)) {
            people->lives_by[actor] = MLG_ELECTED_CHANGE;
        } else if ((role == MLG_CODE_OF(role, resident) ||
                    role == MLG_CODE_OF(role, user_representative)) &&
                   people->lives_by[actor] == MLG_LEAVE_PARTNER) {
            people->lives_by[actor] = MLG_LEAVE_VOLUNTEER;
        }
    }
out:
    return status;
}

int32_t mlg_turnover_person(mlg_turnover_people *people, mlg_id person)
{
    if (people->first_post[person] < 0) {
        const bool elected = people->lives_by[person] == MLG_ELECTED_CHANGE;
        const mlg_rate leaves = elected ? MLG_LEAVE_UNKNOWN : (mlg_rate) people->lives_by[person];
        if (!add_post(people, people->n_people, person, leaves)) {
            return -1;
        }
        people->first_post[person] = people->n_posts - 1;
        people->n_people++;
        if (elected) {
            people->mandate[people->n_posts - 1] = election_of(people->model, MLG_EVER_LAST);
        }
    }
    return people->first_post[person];
}

/* ---- elections --------------------------------------------------------------------------- */

static int by_day(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

mlg_status mlg_turnover_elections(mlg_turnover_people *people, mlg_turnover_ground *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t n = 0;
    int32_t *days = mlg_copy(people->mandate, (size_t) people->n_posts, sizeof *days);

    out->election = mlg_alloc((size_t) people->n_posts, sizeof *out->election);
    TRY_ALLOC(err, days);
    TRY_ALLOC(err, out->election);
    if (people->n_posts > 0) {
        qsort(days, (size_t) people->n_posts, sizeof *days, by_day);
    }
    for (int32_t i = 0; i < people->n_posts; i++) {
        if (days[i] != MLG_NO_DATE && (n == 0 || days[i] != days[n - 1])) {
            days[n] = days[i];
            out->election[n++] = fmax(0.0, mlg_months_between(people->model->day, days[i]));
        }
    }
    out->n_elections = n;
    for (int32_t p = 0; p < people->n_posts; p++) {
        for (int32_t low = 0, high = n; people->mandate[p] != MLG_NO_DATE && low < high;) {
            const int32_t middle = low + (high - low) / 2;
            if (days[middle] < people->mandate[p]) {
                low = middle + 1;
            } else {
                high = middle;
                people->post[p].mandate = middle;
            }
        }
    }
out:
    mlg_free(days);
    return status;
}

/* ---- all of them -------------------------------------------------------------------------- */

static mlg_status open_first_posts(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = people->model->parties.n;

    people->first_post = mlg_alloc(n, sizeof *people->first_post);
    TRY_ALLOC(err, people->first_post);
    for (size_t p = 0; p < n; p++) {
        people->first_post[p] = -1;
    }
out:
    return status;
}

/* Posts as posts.csv describes them. */
static mlg_status list_described(mlg_turnover_people *people, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(list_held(people, err));
    TRY(list_vacant(people, err));
    TRY(read_posts(people, err));
    TRY(read_schemes(people, err));
out:
    return status;
}

mlg_status mlg_turnover_people_of(const mlg_model *model, mlg_turnover_people *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_turnover_people){.model = model, .described = model->rows[MLG_POSTS].n > 0};
    TRY(open_first_posts(out, err));
    TRY(read_parts(out, err));
    TRY(mlg_leavers_of(model, &out->leavers, err));
    TRY(out->described ? list_described(out, err) : list_implicit(out, err));
    sort_schemes(out);
out:
    if (status != MLG_OK) {
        mlg_turnover_people_free(out);
    }
    return status;
}
