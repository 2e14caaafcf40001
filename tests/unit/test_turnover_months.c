/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "measure/turnover_play.h"
#include "slow_turnover.h"
#include "suite.h"
#include "turnover_fixture.h"

/* The engine against a twin that goes from event to event, and the laws of the model. */

static const mlg_run still = MLG_RUN_INIT;

static mlg_turnover_play play(const mlg_turnover_ground *ground, const mlg_law *law,
                              const mlg_turnover_ask *ask, const mlg_run *run)
{
    mlg_turnover_play out;
    mlg_error err = {0};
    ck_assert_msg(mlg_turnover_plays(ground, law, ask, run, NULL, &out, &err) == MLG_OK, "%s",
                  err.message);
    return out;
}

/* ---- the slow twin ------------------------------------------------------------------ */

enum { GROUNDS = 40, OF_GROUND = 25, TIMES = 8 };

static void check_track(const turnover_fixture *f, const mlg_turnover_play *fast,
                        const slow_track *slow, uint32_t r, int number)
{
    const int32_t months = fast->months;
    for (int32_t m = 0; m <= months; m++) {
        for (int o = 0; o < MLG_N_PLAY; o++) {
            const double a = fast->at[o][(size_t) r * ((size_t) months + 1) + (size_t) m];
            ck_assert_msg(a == slow->at[o][m] || (isnan(a) && isnan(slow->at[o][m])),
                          "ground %d, replicate %u, output %d, month %d: %.17g, not %.17g", number,
                          r, o, m, a, slow->at[o][m]);
        }
    }
    ck_assert_msg(fabs(fast->lost[r] - slow->lost) < 1e-8, "ground %d, replicate %u: lost %g, %g",
                  number, r, fast->lost[r], slow->lost);
    ck_assert_msg(fast->departures[r] == slow->departures, "ground %d, replicate %u: left %g, %g",
                  number, r, fast->departures[r], slow->departures);
    for (int32_t k = 0; k < f->ground.n_people; k++) {
        const size_t bytes = ((size_t) f->ground.n_people + 7) / 8;
        const int bit = fast->leaves[r * bytes + (size_t) k / 8] >> k % 8 & 1;
        ck_assert_int_eq(bit, (int) (slow->left >> k & 1));
    }
}

START_TEST(every_track_is_the_slow_one)
{
    for (int i = 0; i < OF_GROUND; i++) {
        const int number = _i * OF_GROUND + i;
        turnover_fixture *f = turnover_fixture_random((uint64_t) number);
        const mlg_law law = turnover_law_random((uint64_t) number);
        mlg_turnover_ask ask = turnover_ask_all(number % 3 == 0 ? 70 : 36, TIMES);
        ask.pauses = number % 4 > 0;
        ask.stays = number % 5 == 0 ? 0 : -1;
        mlg_turnover_play fast = play(&f->ground, &law, &ask, &still);
        for (uint32_t r = 0; r < ask.replicates; r++) {
            const slow_track slow = slow_turnover(&f->ground, &law, &ask, still.seed, r);
            check_track(f, &fast, &slow, r, number);
        }
        mlg_turnover_play_free(&fast);
        turnover_fixture_free(f);
    }
}
END_TEST

/* ---- laws --------------------------------------------------------------------------- */

START_TEST(more_survival_is_never_fewer_pairs)
{
    for (int i = 0; i < OF_GROUND; i++) {
        const uint64_t number = 1000 + (uint64_t) (_i * OF_GROUND + i);
        turnover_fixture *f = turnover_fixture_random(number);
        const mlg_law low = turnover_law_random(number);
        mlg_law high = low;
        mlg_turnover_ask ask = turnover_ask_all(36, 20);
        for (int rate = MLG_SURVIVES_ORGANISATION; rate <= MLG_SURVIVES_UNKNOWN; rate++) {
            high.value[rate] += (1 - high.value[rate]) * (double) (i % 4) / 3;
        }
        mlg_turnover_play a = play(&f->ground, &low, &ask, &still);
        mlg_turnover_play b = play(&f->ground, &high, &ask, &still);
        for (size_t k = 0; k < 20 * 37; k++) {
            ck_assert_double_ge(b.at[MLG_PLAY_PAIRS][k], a.at[MLG_PLAY_PAIRS][k]);
            ck_assert(!(b.at[MLG_PLAY_EFFICIENCY][k] < a.at[MLG_PLAY_EFFICIENCY][k]));
            ck_assert_double_eq(b.at[MLG_PLAY_SCHEMES][k], a.at[MLG_PLAY_SCHEMES][k]);
        }
        mlg_turnover_play_free(&a);
        mlg_turnover_play_free(&b);
        turnover_fixture_free(f);
    }
}
END_TEST

START_TEST(nothing_is_lost_where_all_survives_and_nothing_stops)
{
    for (uint64_t number = 3000; number < 3100; number++) {
        turnover_fixture *f = turnover_fixture_random(number);
        mlg_law law = turnover_law_random(number);
        mlg_turnover_ask ask = turnover_ask_all(36, 10);
        for (int rate = MLG_SURVIVES_ORGANISATION; rate <= MLG_SURVIVES_UNKNOWN; rate++) {
            law.value[rate] = 1;
        }
        law.value[MLG_RENEWED_SCHEME] = 1;
        ask.pauses = false;
        mlg_turnover_play p = play(&f->ground, &law, &ask, &still);
        for (size_t k = 0; k < 10 * 37; k++) {
            ck_assert_double_eq(p.at[MLG_PLAY_PAIRS][k], p.at[MLG_PLAY_PAIRS][0]);
        }
        for (uint32_t r = 0; r < 10; r++) {
            ck_assert(isnan(p.recovery[r]));
        }
        mlg_turnover_play_free(&p);
        turnover_fixture_free(f);
    }
}
END_TEST

START_TEST(recovery_is_counted_in_observed_months)
{
    /* three months lost (from 2 to 5), then back for good: half-life 0, vacancy by an interim-free
     * refill that never comes leaves it for ever */
    turnover_fixture *f = turnover_fixture_new("AB");
    mlg_law law = turnover_still();
    mlg_turnover_ask ask = turnover_ask_all(12, 40);
    const int32_t post = turnover_post(f, 0, MLG_LEAVE_PERMANENT);
    turnover_row(f, 0, 1, post, -1, MLG_SURVIVES_PERSON);
    f->post[post].end = 2;
    law.value[MLG_SURVIVES_PERSON] = 0;
    law.value[MLG_VACANCY_MONTHS] = 5;
    mlg_turnover_play p = play(&f->ground, &law, &ask, &still);
    for (uint32_t r = 0; r < 40; r++) {
        const double *pairs = p.at[MLG_PLAY_PAIRS] + r * 13;
        const double lost = p.lost[r]; /* exact length of the vacancy, or 10: all there is to see */
        ck_assert_double_eq(pairs[1], 1);
        ck_assert_double_eq(pairs[2], 0);
        if (lost < 10) {
            ck_assert_double_eq(p.recovery[r], ceil(lost));
            ck_assert_double_eq(pairs[2 + (int) ceil(lost)], 1);
        } else {
            ck_assert(p.recovery[r] == INFINITY);
        }
    }
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

/* ---- the same bytes ----------------------------------------------------------------- */

static void check_same(const mlg_turnover_play *a, const mlg_turnover_play *b, int32_t people)
{
    const size_t n = a->replicates, cells = n * ((size_t) a->months + 1);
    for (int o = 0; o < MLG_N_PLAY; o++) {
        ck_assert_int_eq(memcmp(a->at[o], b->at[o], cells * sizeof(double)), 0);
    }
    ck_assert_int_eq(memcmp(a->lost, b->lost, n * sizeof(double)), 0);
    ck_assert_int_eq(memcmp(a->departures, b->departures, n * sizeof(double)), 0);
    ck_assert_int_eq(memcmp(a->recovery, b->recovery, n * sizeof(double)), 0);
    ck_assert_int_eq(memcmp(a->leaves, b->leaves, n * (((size_t) people + 7) / 8)), 0);
}

START_TEST(threads_change_nothing)
{
    for (uint64_t number = 4000; number < 4010; number++) {
        turnover_fixture *f = turnover_fixture_random(number);
        const mlg_law law = turnover_law_random(number);
        const mlg_turnover_ask ask = turnover_ask_all(36, 1500); /* more than a chunk */
        mlg_run run = still;
        mlg_turnover_play one = play(&f->ground, &law, &ask, &run);
        mlg_turnover_share share, other;
        ck_assert_int_eq(
            mlg_turnover_share_of(&f->ground, &law, &ask, &one, 0, &run, NULL, &share, NULL),
            MLG_OK);
        for (run.threads = 2; run.threads < 5; run.threads++) {
            mlg_turnover_play many = play(&f->ground, &law, &ask, &run);
            check_same(&one, &many, f->ground.n_people);
            ck_assert_int_eq(
                mlg_turnover_share_of(&f->ground, &law, &ask, &many, 0, &run, NULL, &other, NULL),
                MLG_OK);
            ck_assert_int_eq(memcmp(&share, &other, sizeof share), 0);
            mlg_turnover_play_free(&many);
        }
        mlg_turnover_play_free(&one);
        turnover_fixture_free(f);
    }
}
END_TEST

START_TEST(a_longer_look_or_fewer_outputs_change_nothing_else)
{
    for (uint64_t number = 5000; number < 5020; number++) {
        turnover_fixture *f = turnover_fixture_random(number);
        const mlg_law law = turnover_law_random(number);
        mlg_turnover_ask ask = turnover_ask_all(70, 20);
        mlg_turnover_play all = play(&f->ground, &law, &ask, &still);
        ask.months = 30;
        ask.outputs[MLG_PLAY_EFFICIENCY] = ask.outputs[MLG_PLAY_POPULATION] = false;
        mlg_turnover_play some = play(&f->ground, &law, &ask, &still);
        ck_assert_ptr_null(some.at[MLG_PLAY_EFFICIENCY]);
        for (uint32_t r = 0; r < 20; r++) {
            for (int32_t m = 0; m <= 30; m++) {
                ck_assert_double_eq(some.at[MLG_PLAY_PAIRS][r * 31 + (uint32_t) m],
                                    all.at[MLG_PLAY_PAIRS][r * 71 + (uint32_t) m]);
                ck_assert_double_eq(some.at[MLG_PLAY_SCHEMES][r * 31 + (uint32_t) m],
                                    all.at[MLG_PLAY_SCHEMES][r * 71 + (uint32_t) m]);
            }
        }
        mlg_turnover_play_free(&all);
        mlg_turnover_play_free(&some);
        turnover_fixture_free(f);
    }
}
END_TEST

/* ---- taken up again ------------------------------------------------------------------ */

static bool stop_later(void *context)
{
    return --*(int *) context < 0;
}

/* Opens the file again after each stop, and stops later each time. Answers how often it stopped. */
static int play_with_stops(const turnover_fixture *f, const mlg_law *law,
                           const mlg_turnover_ask *ask, const char *path, mlg_turnover_play *out,
                           mlg_turnover_share *share)
{
    static const char key[65] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    mlg_status status = MLG_ESTOP;
    int stops = -1;

    for (int looks = 150; status == MLG_ESTOP; looks += 37, stops++) {
        int left = looks;
        mlg_run run = still;
        mlg_checkpoint *keep = NULL;
        run.cancelled = stop_later;
        run.context = &left;
        run.threads = 1 + looks % 3;
        ck_assert_int_eq(mlg_checkpoint_open(path, key, &keep, NULL), MLG_OK);
        status = mlg_turnover_plays(&f->ground, law, ask, &run, keep, out, NULL);
        if (status == MLG_OK) {
            status = mlg_turnover_share_of(&f->ground, law, ask, out, 0, &run, keep, share, NULL);
            if (status != MLG_OK) {
                mlg_turnover_play_free(out);
            }
        }
        ck_assert_int_eq(mlg_checkpoint_close(keep, NULL), MLG_OK);
    }
    ck_assert_int_eq(status, MLG_OK);
    return stops;
}

START_TEST(a_play_taken_up_again_is_the_whole_one)
{
    for (uint64_t number = 7001; number < 7006; number++) {
        turnover_fixture *f = turnover_fixture_random(number);
        const mlg_law law = turnover_law_random(number);
        const mlg_turnover_ask ask = turnover_ask_all(36, 5000);
        mlg_turnover_play whole = play(&f->ground, &law, &ask, &still), again;
        mlg_turnover_share share, other;
        char path[] = "/tmp/test_turnover.XXXXXX";
        const int file = mkstemp(path);

        ck_assert_int_ge(file, 0);
        close(file);
        unlink(path);
        ck_assert_int_eq(
            mlg_turnover_share_of(&f->ground, &law, &ask, &whole, 0, &still, NULL, &share, NULL),
            MLG_OK);
        ck_assert_int_gt(play_with_stops(f, &law, &ask, path, &again, &other), 2);
        check_same(&whole, &again, f->ground.n_people);
        ck_assert_int_eq(memcmp(&share, &other, sizeof share), 0);
        unlink(path);
        mlg_turnover_play_free(&whole);
        mlg_turnover_play_free(&again);
        turnover_fixture_free(f);
    }
}
END_TEST

/* ---- contributions ------------------------------------------------------------------ */

START_TEST(a_share_is_the_difference_of_two_plays)
{
    for (uint64_t number = 6000; number < 6040; number++) {
        turnover_fixture *f = turnover_fixture_random(number);
        const mlg_law law = turnover_law_random(number);
        mlg_turnover_ask ask = turnover_ask_all(24, 60);
        mlg_turnover_share share;
        const int32_t person = (int32_t) (number % (uint64_t) f->ground.n_people);
        mlg_turnover_play leaves = play(&f->ground, &law, &ask, &still);
        ck_assert_int_eq(mlg_turnover_share_of(&f->ground, &law, &ask, &leaves, person, &still,
                                               NULL, &share, NULL),
                         MLG_OK);
        ask.stays = person;
        mlg_turnover_play stays = play(&f->ground, &law, &ask, &still);
        for (int o = 0; o <= MLG_N_PLAY; o++) {
            double gain[60], mean = 0, squares = 0;
            for (uint32_t r = 0; r < 60; r++) {
                gain[r] = o < MLG_N_PLAY ? 0 : stays.lost[r] - leaves.lost[r];
                for (uint32_t m = 1; m <= 24 && o < MLG_N_PLAY; m++) {
                    gain[r] += (stays.at[o][r * 25 + m] - leaves.at[o][r * 25 + m]) / 24;
                }
                mean += gain[r] / 60;
            }
            for (uint32_t r = 0; r < 60; r++) {
                squares += (gain[r] - mean) * (gain[r] - mean);
            }
            const double error = sqrt(squares / 59 / 60);
            const double a = o < MLG_N_PLAY ? share.mean[o] : share.lost;
            const double b = o < MLG_N_PLAY ? share.error[o] : share.lost_error;
            ck_assert((isnan(mean) && isnan(a)) || fabs(a - mean) <= 1e-9 * (1 + fabs(mean)));
            ck_assert((isnan(error) && isnan(b)) || fabs(b - error) <= 1e-6 * (1 + error));
        }
        mlg_turnover_play_free(&leaves);
        mlg_turnover_play_free(&stays);
        turnover_fixture_free(f);
    }
}
END_TEST

/* ---- refusals ----------------------------------------------------------------------- */

START_TEST(each_allocation_failing_is_told)
{
    turnover_fixture *f = turnover_fixture_random(11); /* activities, schemes, units, rows */
    const mlg_law law = turnover_law_random(11);
    const mlg_turnover_ask ask = turnover_ask_all(36, 20);
    mlg_turnover_play out, whole = play(&f->ground, &law, &ask, &still);
    mlg_turnover_share share;
    long failures = 0;

    ck_assert_int_gt(f->ground.n_activities, 0);
    for (bool failed = true; failed; failures += failed) {
        mlg_alloc_fails_at = failures;
        const mlg_status status =
            mlg_turnover_plays(&f->ground, &law, &ask, &still, NULL, &out, NULL);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert(!failed || out.lost == NULL);
        mlg_turnover_play_free(&out);
    }
    ck_assert_int_gt(failures, 60);
    failures = 0;
    for (bool failed = true; failed; failures += failed) {
        mlg_alloc_fails_at = failures;
        const mlg_status status =
            mlg_turnover_share_of(&f->ground, &law, &ask, &whole, 0, &still, NULL, &share, NULL);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
    }
    ck_assert_int_gt(failures, 50);
    mlg_turnover_play_free(&whole);
    turnover_fixture_free(f);
}
END_TEST

static double told; /* the last share of a progress callback */

static void tell(void *context, const char *what, double share)
{
    (void) context;
    ck_assert_str_eq(what, "turnover.simulation");
    ck_assert(share >= told && share <= 1);
    told = share;
}

START_TEST(a_play_tells_how_far_it_is_and_stops_on_request)
{
    turnover_fixture *f = turnover_fixture_random(11);
    const mlg_law law = turnover_law_random(11);
    const mlg_turnover_ask ask = turnover_ask_all(36, 3000);
    mlg_run run = still;
    mlg_turnover_play out;
    int looks = 200;

    told = 0;
    run.progress = tell;
    out = play(&f->ground, &law, &ask, &run);
    mlg_turnover_play_free(&out);
    ck_assert_double_gt(told, 0.9);
    run.progress = NULL;
    run.cancelled = stop_later;
    run.context = &looks;
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &run, NULL, &out, NULL), MLG_ESTOP);
    ck_assert_ptr_null(out.lost);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(what_cannot_be_played_is_refused)
{
    turnover_fixture *f = turnover_fixture_random(11);
    const mlg_law law = turnover_law_random(11);
    mlg_turnover_ask ask = turnover_ask_all(36, 20);
    mlg_turnover_play out, whole = play(&f->ground, &law, &ask, &still);
    mlg_turnover_share share;
    mlg_run run = still;

    run.memory_bound = 1000;
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &run, NULL, &out, NULL), MLG_ESIZE);
    ask.replicates = 19;
    ck_assert_int_eq(
        mlg_turnover_share_of(&f->ground, &law, &ask, &whole, 0, &still, NULL, &share, NULL),
        MLG_EARG);
    ask.replicates = 0;
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &still, NULL, &out, NULL),
                     MLG_EARG);
    ask = turnover_ask_all(0, 20);
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &still, NULL, &out, NULL),
                     MLG_EARG);
    ask = turnover_ask_all(36, 20);
    turnover_row(f, 0, 1, -1, -1, MLG_SURVIVES_PERSON); /* two kinds of rows: no distance */
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &still, NULL, &out, NULL),
                     MLG_EARG);
    ask.outputs[MLG_PLAY_EFFICIENCY] = false;
    ck_assert_int_eq(mlg_turnover_plays(&f->ground, &law, &ask, &still, NULL, &out, NULL), MLG_OK);
    mlg_turnover_play_free(&out);
    mlg_turnover_play_free(&whole);
    turnover_fixture_free(f);
}
END_TEST

START_TEST(nobody_and_nothing_are_played_too)
{
    turnover_fixture *f = turnover_fixture_new("");
    const mlg_law law = turnover_still();
    const mlg_turnover_ask ask = turnover_ask_all(36, 3);
    mlg_turnover_play p = play(&f->ground, &law, &ask, &still);

    for (size_t k = 0; k < 3 * 37; k++) {
        ck_assert_double_eq(p.at[MLG_PLAY_PAIRS][k], 0);
        ck_assert(isnan(p.at[MLG_PLAY_EFFICIENCY][k]));
        ck_assert_double_eq(p.at[MLG_PLAY_SCHEMES][k], 0);
        ck_assert_double_eq(p.at[MLG_PLAY_POPULATION][k], 0);
    }
    ck_assert_double_eq(p.lost[2], 0);
    ck_assert(isnan(p.recovery[2]));
    mlg_turnover_play_free(&p);
    turnover_fixture_free(f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("turnover_months");
    TCase *twin = tcase_create("twin"), *laws = tcase_create("laws");
    TCase *bytes = tcase_create("bytes");

    tcase_set_timeout(twin, 60);
    tcase_set_timeout(laws, 60);
    tcase_set_timeout(bytes, 60);
    tcase_add_loop_test(twin, every_track_is_the_slow_one, 0, GROUNDS);
    tcase_add_loop_test(laws, more_survival_is_never_fewer_pairs, 0, 20);
    tcase_add_test(laws, nothing_is_lost_where_all_survives_and_nothing_stops);
    tcase_add_test(laws, recovery_is_counted_in_observed_months);
    tcase_add_test(bytes, threads_change_nothing);
    tcase_add_test(bytes, a_play_taken_up_again_is_the_whole_one);
    tcase_add_test(bytes, a_longer_look_or_fewer_outputs_change_nothing_else);
    tcase_add_test(bytes, a_share_is_the_difference_of_two_plays);
    tcase_add_test(bytes, each_allocation_failing_is_told);
    tcase_add_test(bytes, a_play_tells_how_far_it_is_and_stops_on_request);
    tcase_add_test(bytes, what_cannot_be_played_is_refused);
    tcase_add_test(bytes, nobody_and_nothing_are_played_too);
    suite_add_tcase(suite, twin);
    suite_add_tcase(suite, laws);
    suite_add_tcase(suite, bytes);
    return suite_run(suite);
}
