/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/memory.h"
#include "measure/turnover_play.h"
#include "random_graph.h"
#include "slow_removal.h"
#include "suite.h"
#include "turnover_fixture.h"

/* The departure model where it can be solved: 100,000 replicates, within four standard errors of
 * the closed form. Rates are a month: l of departures, nu of refills, r of re-knitting; s outlasts.
 * Plain posts are MLG_LEAVE_PERMANENT, others take another rate; ties are of persons. */

enum { REPLICATES = 100000 };

static mlg_law law_of(double l, double nu, double r, double s)
{
    mlg_law law = turnover_still();
    law.value[MLG_LEAVE_PERMANENT] = 12 * l;
    law.value[MLG_VACANCY_MONTHS] = nu < INFINITY ? 1 / nu : 0;
    law.value[MLG_KNIT_MONTHS] = log(2.0) / r;
    law.value[MLG_SURVIVES_PERSON] = s;
    if (nu <= 0) {
        law.value[MLG_VACANCY_MONTHS] = 1;
        law.value[MLG_REFILLED] = 0;
    }
    return law;
}

static mlg_turnover_play play(const mlg_turnover_ground *ground, const mlg_law *law, int32_t months)
{
    static uint64_t seed = 100; /* each play is a new one */
    mlg_turnover_ask ask = turnover_ask_all(months, REPLICATES);
    mlg_turnover_play out;
    mlg_run run = MLG_RUN_INIT;
    mlg_error err = {0};

    ask.outputs[MLG_PLAY_EFFICIENCY] = ask.outputs[MLG_PLAY_POPULATION] = false;
    run.seed = seed++;
    ck_assert_msg(mlg_turnover_plays(ground, law, &ask, &run, NULL, &out, &err) == MLG_OK, "%s",
                  err.message);
    return out;
}

/* Mean of n numbers, `step` apart, against what is expected. */
static void check_mean(const char *what, double t, const double *x, size_t step, double expected)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < REPLICATES; i++) {
        mean += x[i * step] / REPLICATES;
    }
    for (size_t i = 0; i < REPLICATES; i++) {
        squares += (x[i * step] - mean) * (x[i * step] - mean);
    }
    const double error = sqrt(squares / (REPLICATES - 1) / REPLICATES);
    ck_assert_msg(fabs(mean - expected) <= 4 * error + 1e-9,
                  "%s at %g: %.6f, expected %.6f, standard error %.6f", what, t, mean, expected,
                  error);
}

static void check_month(const char *what, const mlg_turnover_play *p, mlg_turnover_output output,
                        int32_t month, double expected)
{
    check_mean(what, month, p->at[output] + month, (size_t) p->months + 1, expected);
}

static turnover_fixture *one_tie(int32_t n_posts)
{
    static const int32_t first[] = {0, -1};
    turnover_fixture *f = turnover_fixture_new("AB");
    turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    if (n_posts > 1) {
        turnover_post(f, 1, MLG_LEAVE_VOLUNTEER);
    }
    turnover_row(f, 0, 1, 0, n_posts > 1 ? 1 : -1, MLG_SURVIVES_PERSON);
    turnover_scheme(f, first);
    return f;
}

/* ---- 1: a post ---------------------------------------------------------------------- */

static const struct {
    double l, nu;
} posts[] = {{.05, .2}, {.02, .1}, {.2, 1}, {.01, .5}};

START_TEST(a_post_is_filled_as_the_closed_form_says)
{
    const double l = posts[_i].l, nu = posts[_i].nu, both = l + nu;
    turnover_fixture *f = one_tie(1);
    const mlg_law law = law_of(l, nu, .1, .3);
    mlg_turnover_play p = play(&f->ground, &law, 36);

    for (int32_t t = 3; t <= 36; t += 11) {
        check_month("a post is filled", &p, MLG_PLAY_SCHEMES, t,
                    nu / both + l / both * exp(-both * t));
    }
    const double lost = l / both * (36 - (1 - exp(-both * 36)) / both);
    check_mean("months lost", 36, p.lost, 1, lost);
    check_mean("departures", 36, p.departures, 1, l * (36 - lost));
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(departures_are_poisson_where_refills_are_at_once)
{
    const double l = posts[_i].l;
    turnover_fixture *f = one_tie(1);
    const mlg_law law = law_of(l, INFINITY, .1, .3);
    mlg_turnover_play p = play(&f->ground, &law, 36);
    double *squares = mlg_alloc(REPLICATES, sizeof *squares);
    double *none = mlg_alloc(REPLICATES, sizeof *none);

    ck_assert(squares != NULL && none != NULL);
    for (size_t i = 0; i < REPLICATES; i++) {
        squares[i] = (p.departures[i] - 36 * l) * (p.departures[i] - 36 * l);
        none[i] = p.departures[i] == 0;
    }
    check_mean("Poisson mean", 36, p.departures, 1, 36 * l);
    check_mean("Poisson variance", 36, squares, 1, 36 * l);
    check_mean("Poisson zero", 36, none, 1, exp(-36 * l));
    check_mean("no month is lost", 36, p.lost, 1, 0);
    mlg_free(squares);
    mlg_free(none);
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- 2: a tie, posts refilled at once ----------------------------------------------- */

static const struct {
    double l[2], r, s;
} ties[] = {
    {{.05, 0}, .1, .3},
    {{.05, .02}, .1, .3},
    {{.1, .1}, .05, .6},
    {{.02, .2}, .3, 0},
};

START_TEST(a_tie_is_up_as_the_closed_form_says)
{
    const double s = ties[_i].s, r = ties[_i].r;
    const double a = (ties[_i].l[0] + ties[_i].l[1]) * (1 - s);
    turnover_fixture *f = one_tie(ties[_i].l[1] > 0 ? 2 : 1);
    mlg_law law = law_of(ties[_i].l[0], INFINITY, r, s);

    law.value[MLG_LEAVE_VOLUNTEER] = 12 * ties[_i].l[1];
    mlg_turnover_play p = play(&f->ground, &law, 36);
    for (int32_t t = 3; t <= 36; t += 11) {
        check_month("a tie is up", &p, MLG_PLAY_PAIRS, t,
                    r / (r + a) + a / (r + a) * exp(-(r + a) * t));
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- 3: a tie, with vacancies ------------------------------------------------------- */

/* Distribution of (post filled or vacant, tie up or down) at t: by steps of a series. */
static void four_states(double l, double nu, double r, double s, double t, double p[4])
{
    const double rate[4][4] = {
        {-l, 0, l * s, l * (1 - s)}, {r, -(l + r), 0, l}, {nu, 0, -nu, 0}, {0, nu, 0, -nu}};
    enum { STEPS = 1000 };
    p[0] = 1;
    p[1] = p[2] = p[3] = 0;
    for (int step = 0; step < STEPS; step++) {
        double term[4] = {p[0], p[1], p[2], p[3]};
        for (int k = 1; k < 12; k++) {
            double next[4] = {0};
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    next[j] += term[i] * rate[i][j] * (t / STEPS) / k;
                }
            }
            for (int j = 0; j < 4; j++) {
                term[j] = next[j];
                p[j] += next[j];
            }
        }
    }
}

static const struct {
    double l, nu, r, s;
} vacant[] = {{.05, .2, .1, .3}, {.02, .1, .3, .6}, {.1, .4, .05, 0}, {.05, .2, .1, .9}};

START_TEST(a_tie_with_vacancies_is_up_as_the_matrix_says)
{
    const double l = vacant[_i].l, nu = vacant[_i].nu, r = vacant[_i].r, s = vacant[_i].s;
    turnover_fixture *f = one_tie(1);
    const mlg_law law = law_of(l, nu, r, s);
    mlg_turnover_play p = play(&f->ground, &law, 36);
    double at[4];

    for (int32_t t = 3; t <= 36; t += 11) {
        four_states(l, nu, r, s, t, at);
        check_month("a tie is up", &p, MLG_PLAY_PAIRS, t, at[0] + at[2]);
        check_month("its post is filled", &p, MLG_PLAY_SCHEMES, t, at[0] + at[1]);
    }
    four_states(l, nu, r, s, 36, at);
    ck_assert(_i > 0 || fabs(at[0] + at[2] - .6431) < .00005);
    four_states(l, nu, r, s, 2000, at);
    const double limit = nu / (l + nu) * r / (r + l * (1 - s)) * (1 + l * s / nu);
    ck_assert_double_eq_tol(at[0] + at[2], limit, 1e-9);
    ck_assert(_i > 0 || fabs(limit - .6370) < .00005);
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- 4: a dated end ----------------------------------------------------------------- */

START_TEST(a_dated_end_is_followed_by_its_closed_form)
{
    const double nu = vacant[_i].nu, r = vacant[_i].r, s = vacant[_i].s;
    turnover_fixture *f = one_tie(1);
    const mlg_law law = law_of(0, nu, r, s);

    f->post[0].end = 12;
    mlg_turnover_play p = play(&f->ground, &law, 36);
    check_month("before the end", &p, MLG_PLAY_PAIRS, 11, 1);
    check_month("at the end", &p, MLG_PLAY_PAIRS, 12, s);
    check_month("nobody holds it", &p, MLG_PLAY_SCHEMES, 12, 0);
    for (int32_t u = 4; u <= 24; u += 10) {
        const double up = s + (1 - s) * (1 - (r * exp(-nu * u) - nu * exp(-r * u)) / (r - nu));
        check_month("a tie after the end", &p, MLG_PLAY_PAIRS, 12 + u, up);
        check_month("a post after the end", &p, MLG_PLAY_SCHEMES, 12 + u, 1 - exp(-nu * u));
        ck_assert(_i > 0 || u < 24 || fabs(up - .8788) < .00005);
    }
    check_mean("months lost", 36, p.lost, 1, (1 - exp(-nu * 24)) / nu);
    check_mean("one departure", 36, p.departures, 1, 1);
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(a_dated_end_is_renewed_by_its_chance_and_has_its_own_rate_before)
{
    turnover_fixture *f = one_tie(1);
    mlg_law law = law_of(.3, 0, .1, 0); /* the rate without a date never counts here */

    f->post[0].end = 10;
    f->post[0].term = 15;
    law.value[MLG_LEAVE_DATED] = 12 * .02;
    law.value[MLG_RENEWED_FIXED_TERM] = .6;
    mlg_turnover_play p = play(&f->ground, &law, 36);
    for (int32_t t = 5; t <= 36; t += 5) { /* renewed at 10, at 25 */
        check_month("a dated post is filled", &p, MLG_PLAY_SCHEMES, t,
                    exp(-.02 * t) * (t < 10   ? 1
                                     : t < 25 ? .6
                                              : .36));
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- 5, 7: stars -------------------------------------------------------------------- */

static turnover_fixture *star(int32_t k, bool with_hub)
{
    turnover_fixture *f = turnover_fixture_new("HABCDEFGIJKL");
    ck_assert_int_le(k, 11);
    f->counted[0] = with_hub;
    turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    for (int32_t leaf = 1; leaf <= k; leaf++) {
        turnover_row(f, 0, leaf, 0, -1, MLG_SURVIVES_PERSON);
    }
    return f;
}

static const struct {
    int32_t k;
    double s;
} stars[] = {{3, .3}, {6, .3}, {6, .6}, {11, .9}, {11, 0}};

START_TEST(a_star_falls_as_the_closed_form_says)
{
    const double k = stars[_i].k, s = stars[_i].s, leaves = k * (k - 1) / 2;
    for (int with_hub = 0; with_hub < 2; with_hub++) {
        turnover_fixture *f = star(stars[_i].k, with_hub == 1);
        mlg_law law = law_of(0, 0, .1, s);
        f->post[0].end = 2;
        mlg_turnover_play p = play(&f->ground, &law, 3);
        check_month("a star", &p, MLG_PLAY_PAIRS, 1, leaves + with_hub * k);
        check_month("a star without its hub", &p, MLG_PLAY_PAIRS, 2,
                    leaves * s * s + with_hub * k * s);
        mlg_turnover_play_free(&p);

        f->post[0].end = INFINITY; /* nothing outlasts, nobody comes: C(k,2) e^-lt */
        law = law_of(.04, 0, .1, 0);
        p = play(&f->ground, &law, 36);
        for (int32_t t = 6; t <= 36; t += 15) {
            check_month("a star of one life", &p, MLG_PLAY_PAIRS, t,
                        (leaves + with_hub * k) * exp(-.04 * t));
        }
        mlg_turnover_play_free(&p);
        turnover_fixture_free(f);
    }
}
END_TEST

START_TEST(a_star_shares_out_what_its_hub_carries)
{
    enum { LEAVES = 5, MONTHS = 24 };
    turnover_fixture *f = star(LEAVES, false);
    const mlg_law law = law_of(.04, 0, .1, 0);
    mlg_turnover_ask ask = turnover_ask_all(MONTHS, REPLICATES);
    mlg_turnover_play p = {0};
    mlg_turnover_share share;
    mlg_run run = MLG_RUN_INIT;
    double expected = 0;

    ask.outputs[MLG_PLAY_EFFICIENCY] = false;
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &run, NULL, &p, NULL), MLG_OK);
    ck_assert_int_eq(mlg_turnover_share_of(&f->ground, &law, &ask, &p, 0, &run, NULL, &share, NULL),
                     MLG_OK);
    for (int t = 1; t <= MONTHS; t++) {
        expected += 10 * (1 - exp(-.04 * t)) / MONTHS;
    }
    ck_assert_double_eq_tol(share.mean[MLG_PLAY_PAIRS], expected, 4 * share.error[MLG_PLAY_PAIRS]);
    ck_assert_double_eq_tol(share.lost, -(MONTHS - (1 - exp(-.04 * MONTHS)) / .04),
                            4 * share.lost_error);
    ck_assert(isnan(share.mean[MLG_PLAY_EFFICIENCY]));
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- 6: recovery -------------------------------------------------------------------- */

static double choose(int n, int k)
{
    double ways = 1;
    for (int i = 1; i <= k; i++) {
        ways *= (double) (n - k + i) / i;
    }
    return ways;
}

/* P(the slowest of k ties is back after t): a vacancy, then the last of those that fell. */
static double still_out(int k, double nu, double r, double s, double t)
{
    double out = 0;
    for (int fell = 1; fell <= k; fell++) {
        double back = 0; /* P(vacancy + slowest of `fell` <= t), term by term */
        for (int j = 0; j <= fell; j++) {
            const double here =
                j == 0 ? 1 - exp(-nu * t) : nu * (exp(-j * r * t) - exp(-nu * t)) / (nu - j * r);
            back += choose(fell, j) * (j % 2 == 0 ? here : -here);
        }
        out += choose(k, fell) * pow(1 - s, fell) * pow(s, k - fell) * (1 - back);
    }
    return out;
}

static double mean_recovery(int k, double nu, double r, double s)
{
    double sum = (1 - pow(s, k)) / nu;
    for (int j = 1; j <= k; j++) {
        sum += (1 - pow(s, j)) / j / r;
    }
    return sum;
}

static const struct {
    int k;
    double nu, r, s;
} recoveries[] = {{6, .21, .1, .3}, {1, .3, .17, 0}, {3, .5, .15, .6}};

/* Returns are seen at months only: the mean is of whole months, sum of P(T > m). Its limit in fine
 * steps is the closed form. */
START_TEST(ties_recover_as_the_closed_form_says)
{
    enum { MONTHS = 81 };
    const int k = recoveries[_i].k;
    const double nu = recoveries[_i].nu, r = recoveries[_i].r, s = recoveries[_i].s;
    turnover_fixture *f = star(k, true);
    const mlg_law law = law_of(0, nu, r, s);
    double expected = 0, fine = 0;

    f->post[0].end = 1;
    mlg_turnover_play p = play(&f->ground, &law, MONTHS);
    for (size_t i = 0; i < REPLICATES; i++) {
        p.recovery[i] = isnan(p.recovery[i]) ? 0 : fmin(p.recovery[i], MONTHS);
    }
    for (int m = 0; m < MONTHS; m++) {
        expected += still_out(k, nu, r, s, m);
    }
    check_mean("recovery", MONTHS, p.recovery, 1, expected);
    for (int i = 0; i < 40000; i++) {
        fine += still_out(k, nu, r, s, (i + .5) / 100) / 100;
    }
    ck_assert_double_eq_tol(fine, mean_recovery(k, nu, r, s), 1e-4);
    ck_assert_double_eq_tol(mean_recovery(6, .2, .1, .3), 25.930, .0005);
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* The same in steps so fine that the number itself is met: rates a twentieth, observed in steps
 * of a month, are the rates observed in steps of a twentieth. */
START_TEST(six_ties_recover_in_25_930_months)
{
    enum { FINE = 4, MONTHS = 110 * FINE, N = 20000 };
    turnover_fixture *f = star(6, true);
    const mlg_law law = law_of(0, .2 / FINE, .1 / FINE, .3);
    mlg_turnover_ask ask = turnover_ask_all(MONTHS, N);
    mlg_turnover_play p;
    mlg_run run = MLG_RUN_INIT;
    double mean = 0, squares = 0;

    f->post[0].end = 1;
    for (int o = 0; o < MLG_N_PLAY; o++) {
        ask.outputs[o] = o == MLG_PLAY_PAIRS;
    }
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &run, NULL, &p, NULL), MLG_OK);
    for (int i = 0; i < N; i++) {
        /* seen half a step late in the mean */
        const double seen = isnan(p.recovery[i]) ? 0 : fmin(p.recovery[i], MONTHS) - .5;
        mean += seen / FINE / N;
        squares += seen / FINE * seen / FINE / N;
    }
    ck_assert_double_eq_tol(mean, 25.930, 4 * sqrt((squares - mean * mean) / N));
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- 7: one clock a person, convenors, exact losses --------------------------------- */

START_TEST(two_posts_of_one_person_fall_together)
{
    turnover_fixture *f = turnover_fixture_new("A?B");
    const mlg_law law = law_of(.05, 0, .1, 0);
    turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    turnover_post(f, _i == 0 ? 0 : 1, MLG_LEAVE_PERMANENT);
    turnover_row(f, 0, 1, 0, -1, MLG_SURVIVES_PERSON);
    turnover_row(f, 1, 2, 1, -1, MLG_SURVIVES_PERSON);
    mlg_turnover_play p = play(&f->ground, &law, 36);
    for (int32_t t = 6; t <= 36; t += 15) {
        check_month("both are up", &p, MLG_PLAY_PAIRS, t, exp((_i == 0 ? -.05 : -.1) * t));
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(an_activity_pauses_when_all_convenors_are_gone)
{
    static const mlg_rate rates[] = {MLG_LEAVE_PERMANENT, MLG_LEAVE_VOLUNTEER, MLG_LEAVE_PARTNER};
    const double l[] = {.05, .1, .2}, nu = .2;
    turnover_fixture *f = turnover_fixture_new("AB");
    mlg_law law = law_of(l[0], nu, .1, 0);
    int32_t convenors[] = {-1, -1, -1, -1};

    law.value[MLG_LEAVE_VOLUNTEER] = 12 * l[1];
    law.value[MLG_LEAVE_PARTNER] = 12 * l[2];
    for (int32_t c = 0; c <= _i; c++) {
        convenors[c] = turnover_post(f, c, rates[c]);
    }
    const int32_t activity = turnover_activity(f, convenors);
    turnover_row(f, 0, activity, -1, -1, MLG_SURVIVES_PERSON);
    turnover_row(f, 1, activity, -1, -1, MLG_SURVIVES_PERSON);
    turnover_scheme(f, convenors);
    mlg_turnover_play p = play(&f->ground, &law, 36);
    for (int32_t t = 3; t <= 36; t += 11) {
        double paused = 1;
        for (int c = 0; c <= _i; c++) {
            paused *= l[c] / (l[c] + nu) * (1 - exp(-(l[c] + nu) * t));
        }
        check_month("an activity goes on", &p, MLG_PLAY_PAIRS, t, 1 - paused);
        check_month("so does a scheme", &p, MLG_PLAY_SCHEMES, t, 1 - paused);
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* An interim keeps activities and schemes going, but nothing is knit again. */
START_TEST(an_interim_convenes_but_knits_nothing)
{
    static const int32_t post[] = {0, -1};
    turnover_fixture *f = turnover_fixture_new("ABC");
    mlg_law law = law_of(0, 0, .1, 0);

    turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    f->post[0].end = 2;
    law.value[MLG_INTERIM] = .7;
    law.value[MLG_FADE_MONTHS] = 5;
    const int32_t activity = turnover_activity(f, post);
    turnover_row(f, 0, activity, -1, -1, MLG_SURVIVES_PERSON);
    turnover_row(f, 1, activity, -1, -1, MLG_SURVIVES_PERSON);
    turnover_row(f, 2, 0, 0, -1, MLG_SURVIVES_PERSON);
    turnover_scheme(f, post);
    mlg_turnover_ask ask = turnover_ask_all(20, REPLICATES);
    mlg_turnover_play p;
    mlg_run run = MLG_RUN_INIT;
    ask.outputs[MLG_PLAY_EFFICIENCY] = false;
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &run, NULL, &p, NULL), MLG_OK);
    check_month("all three", &p, MLG_PLAY_PAIRS, 1, 3);
    check_month("the tie of the post is gone", &p, MLG_PLAY_PAIRS, 2, 1);
    check_month("the pair of the pause is kept", &p, MLG_PLAY_PAIRS, 6, 1);
    check_month("then fades", &p, MLG_PLAY_PAIRS, 7, .7);
    check_month("for good", &p, MLG_PLAY_PAIRS, 20, .7);
    check_month("coordinated", &p, MLG_PLAY_SCHEMES, 2, .7);
    check_mean("months lost", 20, p.lost, 1, .3 * 18);
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* Elected change together or not at all, and their seats are never vacant. */
START_TEST(the_elected_change_together)
{
    static const int32_t posts_of_both[] = {0, 1, -1};
    turnover_fixture *f = turnover_fixture_new("A?B");
    mlg_law law = law_of(.1, .2, .05, 0);

    turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    turnover_post(f, 1, MLG_LEAVE_PERMANENT);
    f->ground.n_elections = 1;
    f->election[0] = 7.5;
    f->post[0].mandate = f->post[1].mandate = 0;
    law.value[MLG_ELECTED_CHANGE] = .4;
    turnover_row(f, 0, 1, 0, -1, MLG_SURVIVES_PERSON);
    turnover_row(f, 1, 2, 1, -1, MLG_SURVIVES_PERSON);
    turnover_scheme(f, posts_of_both);
    mlg_turnover_play p = play(&f->ground, &law, 30);
    check_month("before", &p, MLG_PLAY_PAIRS, 7, 1);
    for (int32_t t = 8; t <= 30; t += 11) {
        const double back = 1 - exp(-.05 * (t - 7.5));
        check_month("after", &p, MLG_PLAY_PAIRS, t, .6 + .4 * back * back);
        check_month("never vacant", &p, MLG_PLAY_SCHEMES, t, 1);
    }
    check_mean("both or none", 30, p.departures, 1, .8);
    for (size_t i = 0; i < REPLICATES; i++) {
        ck_assert(p.departures[i] == 0 || p.departures[i] == 2);
        ck_assert_int_eq(p.leaves[i], p.departures[i] == 0 ? 0 : 3);
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(a_scheme_ends_with_its_activities_unless_renewed)
{
    static const int32_t post[] = {0, -1};
    turnover_fixture *f = turnover_fixture_new("AB");
    mlg_law law = law_of(0, .2, .1, 0);

    turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    law.value[MLG_RENEWED_SCHEME] = .35;
    law.value[MLG_FADE_MONTHS] = 3;
    const int32_t activity = turnover_activity(f, post);
    turnover_row(f, 0, activity, -1, -1, MLG_SURVIVES_PERSON);
    turnover_row(f, 1, activity, -1, -1, MLG_SURVIVES_PERSON);
    turnover_scheme(f, post);
    f->scheme_end[0] = f->activity_end[0] = 9.5;
    f->activity_scheme[0] = 0;
    mlg_turnover_play p = play(&f->ground, &law, 30);
    check_month("before", &p, MLG_PLAY_SCHEMES, 9, 1);
    check_month("after", &p, MLG_PLAY_SCHEMES, 10, .35);
    check_month("its pairs fade", &p, MLG_PLAY_PAIRS, 12, 1);
    check_month("later", &p, MLG_PLAY_PAIRS, 13, .35);
    for (size_t i = 0; i < REPLICATES; i++) { /* one draw for both */
        ck_assert_double_eq(p.at[MLG_PLAY_PAIRS][i * 31 + 30], p.at[MLG_PLAY_SCHEMES][i * 31 + 30]);
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(a_post_vacant_today_is_waited_for)
{
    turnover_fixture *f = one_tie(1);
    mlg_law law = law_of(0, .2, .1, 0);

    f->post[0].vacant = true;
    law.value[MLG_REFILLED] = .8;
    mlg_turnover_play p = play(&f->ground, &law, 36);
    for (int32_t t = 0; t <= 36; t += 9) {
        check_month("refilled by then", &p, MLG_PLAY_SCHEMES, t, .8 * (1 - exp(-.2 * t)));
        check_month("its tie is there all along", &p, MLG_PLAY_PAIRS, t, 1);
    }
    check_mean("nobody left", 36, p.departures, 1, 0);
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* Nothing outlasts, nobody comes, one leaves: what a removal costs, pair by pair. */
START_TEST(one_departure_costs_what_a_removal_does)
{
    for (uint64_t i = 0; i < 20; i++) {
        mlg_random draw = mlg_random_stream(1, "test_turnover.removal", "", 20 * (uint64_t) _i + i);
        const int32_t n = 3 + (int32_t) mlg_random_below(&draw, 28);
        mlg_graph *graph = random_graph(&draw, n, (size_t) n * (1 + i % 3), 4, false, false);
        const int32_t gone = (int32_t) mlg_random_below(&draw, (uint32_t) n);
        char sectors[32] = {0};
        for (int32_t v = 0; v < n; v++) {
            sectors[v] = graph->sector[v] < 0 ? '?' : (char) ('A' + graph->sector[v]);
        }
        turnover_fixture *f = turnover_fixture_new(sectors);
        const int32_t post = turnover_post(f, 0, MLG_LEAVE_PERMANENT);
        f->post[post].end = 1;
        f->counted[gone] = false;
        for (int32_t v = 0; v < n; v++) {
            for (uint32_t e = graph->ties.offset[v]; e < graph->ties.offset[v + 1]; e++) {
                const int32_t w = graph->ties.target[e];
                if (w > v) {
                    turnover_row(f, v, w, v == gone ? post : -1, w == gone ? post : -1,
                                 MLG_SURVIVES_PERSON);
                }
            }
        }
        const mlg_law law = law_of(0, 0, .1, 0);
        mlg_turnover_ask ask = turnover_ask_all(2, 3);
        mlg_turnover_play p;
        mlg_run run = MLG_RUN_INIT;
        const slow_loss loss = slow_removal(graph, gone);
        ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &run, NULL, &p, NULL), MLG_OK);
        for (uint32_t r = 0; r < 3; r++) {
            const double *pairs = p.at[MLG_PLAY_PAIRS] + r * 3;
            ck_assert_double_eq(pairs[0], (double) (loss.cross_pairs - loss.own_cross));
            ck_assert_double_eq(pairs[1], pairs[0] - (double) loss.cross_lost);
            ck_assert_double_eq(pairs[2], pairs[1]);
        }
        mlg_turnover_play_free(&p);
        turnover_fixture_free(f);
        mlg_graph_free(graph);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("turnover_play");
    TCase *closed = tcase_create("closed forms"), *rules = tcase_create("rules");

    tcase_set_timeout(closed, 60);
    tcase_set_timeout(rules, 60);
    tcase_add_loop_test(closed, a_post_is_filled_as_the_closed_form_says, 0, 4);
    tcase_add_loop_test(closed, departures_are_poisson_where_refills_are_at_once, 0, 4);
    tcase_add_loop_test(closed, a_tie_is_up_as_the_closed_form_says, 0, 4);
    tcase_add_loop_test(closed, a_tie_with_vacancies_is_up_as_the_matrix_says, 0, 4);
    tcase_add_loop_test(closed, a_dated_end_is_followed_by_its_closed_form, 0, 3);
    tcase_add_loop_test(closed, a_star_falls_as_the_closed_form_says, 0, 5);
    tcase_add_test(closed, a_star_shares_out_what_its_hub_carries);
    tcase_add_loop_test(closed, ties_recover_as_the_closed_form_says, 0, 3);
    tcase_add_test(closed, six_ties_recover_in_25_930_months);
    tcase_add_loop_test(closed, two_posts_of_one_person_fall_together, 0, 2);
    tcase_add_loop_test(closed, an_activity_pauses_when_all_convenors_are_gone, 0, 3);
    tcase_add_loop_test(closed, one_departure_costs_what_a_removal_does, 0, 10);
    tcase_add_test(rules, a_dated_end_is_renewed_by_its_chance_and_has_its_own_rate_before);
    tcase_add_test(rules, an_interim_convenes_but_knits_nothing);
    tcase_add_test(rules, the_elected_change_together);
    tcase_add_test(rules, a_scheme_ends_with_its_activities_unless_renewed);
    tcase_add_test(rules, a_post_vacant_today_is_waited_for);
    suite_add_tcase(suite, closed);
    suite_add_tcase(suite, rules);
    return suite_run(suite);
}
