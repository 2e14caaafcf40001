/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "base/random_gsl.h"
#include "base/replicate.h"
#include "suite.h"

START_TEST(streams_differ_in_each_of_their_four_names)
{
    const mlg_random base = mlg_random_stream(1, "silo.ei", "ties", 0);
    const mlg_random others[] = {
        mlg_random_stream(2, "silo.ei", "ties", 0), mlg_random_stream(1, "silo.ej", "ties", 0),
        mlg_random_stream(1, "silo.ei", "tie", 0),  mlg_random_stream(1, "silo.ei", "ties", 1),
        mlg_random_stream(1, "silo.eiti", "es", 0),
    };
    const mlg_random again = mlg_random_stream(1, "silo.ei", "ties", 0);
    ck_assert_mem_eq(&base, &again, sizeof base);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        for (size_t w = 0; w < 4; w++) {
            ck_assert_uint_ne(base.word[w], others[i].word[w]);
        }
    }
}
END_TEST

/* Blackman and Vigna's reference code from state {1, 2, 3, 4}. */
START_TEST(the_generator_is_xoshiro256_plus_plus)
{
    static const uint64_t expected[] = {41943041u, 58720359u, 3588806011781223u, 3591011842654386u,
                                        9228616714210784205u};
    mlg_random r = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        ck_assert_uint_eq(mlg_random_next(&r), expected[i]);
    }
}
END_TEST

/* 7 cells, 70,000 draws: chi-square of 6 degrees is under 22.5 with p = .999. */
START_TEST(below_is_uniform)
{
    mlg_random r = mlg_random_stream(42, "test", "", 0);
    double count[7] = {0}, chi = 0.0;
    for (int i = 0; i < 70000; i++) {
        const uint32_t x = mlg_random_below(&r, 7);
        ck_assert_uint_lt(x, 7);
        count[x]++;
    }
    for (int i = 0; i < 7; i++) {
        chi += (count[i] - 10000.0) * (count[i] - 10000.0) / 10000.0;
    }
    ck_assert_double_lt(chi, 22.5);
    ck_assert_uint_eq(mlg_random_below(&r, 1), 0);
}
END_TEST

START_TEST(gsl_draws_from_the_same_stream)
{
    gsl_rng *rng = gsl_rng_alloc(mlg_random_gsl_type());
    mlg_random r = mlg_random_stream(9, "gsl test", "", 3);
    mlg_random_gsl_set(rng, r);
    for (int i = 0; i < 10; i++) {
        ck_assert_double_eq(gsl_rng_uniform(rng), mlg_random_unit(&r));
    }
    gsl_rng_set(rng, 5);
    const double first = gsl_ran_gaussian(rng, 1.0);
    gsl_rng_set(rng, 5);
    ck_assert_double_eq(gsl_ran_gaussian(rng, 1.0), first);
    gsl_rng_free(rng);
}
END_TEST

/* ---- replicates ---- */

typedef struct experiment {
    uint64_t fails_from; /* a batch that starts here or later fails; 0 = none */
} experiment;

static mlg_status draw(const void *input, void *scratch, uint64_t from, uint64_t to, void *slots)
{
    const experiment *e = input;
    (void) scratch;
    if (e->fails_from != 0 && from >= e->fails_from) {
        return MLG_ENOMEM;
    }
    for (uint64_t i = from; i < to; i++) {
        mlg_random r = mlg_random_stream(1, "test", "", i);
        ((uint64_t *) slots)[i] = mlg_random_next(&r);
    }
    return MLG_OK;
}

static bool stop_at_once(void *context)
{
    (void) context;
    return true;
}

enum { REPLICATES = 1000 };

static mlg_status run_replicates(int threads, uint64_t first, uint64_t last, uint64_t fails_from,
                                 bool stops, uint64_t *slots, mlg_error *err)
{
    const experiment e = {fails_from};
    mlg_run run = MLG_RUN_INIT;
    const mlg_replicates job = {.what = "test",
                                .view = "",
                                .first = first,
                                .last = last,
                                .batch = 7,
                                .work = draw,
                                .input = &e,
                                .slots = slots};
    run.threads = threads;
    run.cancelled = stops ? stop_at_once : NULL;
    return mlg_replicates_run(&job, &run, err);
}

START_TEST(any_cut_into_threads_and_shards_gives_the_same_bytes)
{
    uint64_t whole[REPLICATES] = {0}, threads[REPLICATES] = {0}, shards[REPLICATES] = {0};
    ck_assert_int_eq(run_replicates(1, 0, REPLICATES, 0, false, whole, NULL), MLG_OK);
    ck_assert_int_eq(run_replicates(3, 0, REPLICATES, 0, false, threads, NULL), MLG_OK);
    ck_assert_int_eq(run_replicates(1, 0, 333, 0, false, shards, NULL), MLG_OK);
    ck_assert_int_eq(run_replicates(2, 333, REPLICATES, 0, false, shards, NULL), MLG_OK);
    ck_assert_mem_eq(whole, threads, sizeof whole);
    ck_assert_mem_eq(whole, shards, sizeof whole);
    ck_assert_uint_ne(whole[REPLICATES - 1], 0);
}
END_TEST

START_TEST(a_failing_batch_stops_the_experiment_with_its_status)
{
    uint64_t slots[REPLICATES];
    mlg_error err = {0};
    ck_assert_int_eq(run_replicates(_i + 1, 0, REPLICATES, 500, false, slots, &err), MLG_ENOMEM);
    ck_assert_str_eq(err.message, "test: replicates failed");
}
END_TEST

START_TEST(a_cancelled_run_stops)
{
    uint64_t slots[REPLICATES];
    mlg_error err = {0};
    ck_assert_int_eq(run_replicates(_i + 1, 0, REPLICATES, 0, true, slots, &err), MLG_ESTOP);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("random");
    TCase *random = tcase_create("random");
    tcase_add_test(random, streams_differ_in_each_of_their_four_names);
    tcase_add_test(random, the_generator_is_xoshiro256_plus_plus);
    tcase_add_test(random, below_is_uniform);
    tcase_add_test(random, gsl_draws_from_the_same_stream);
    tcase_add_test(random, any_cut_into_threads_and_shards_gives_the_same_bytes);
    tcase_add_loop_test(random, a_failing_batch_stops_the_experiment_with_its_status, 0, 2);
    tcase_add_loop_test(random, a_cancelled_run_stops, 0, 2);
    suite_add_tcase(suite, random);
    return suite_run(suite);
}
