/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/gap_ground.h"
#include "random_graph.h"
#include "slow_gap.h"
#include "suite.h"

/* ---- trades with structural zeros ------------------------------------------------- */

START_TEST(trades_keep_margins_and_zeros)
{
    mlg_two_mode t = slow_seats("1100x 0110x 00110 x0011 1x001 11x00 x1010 10101");
    uint32_t before[5] = {0}, changed = 0;
    mlg_curveball ball;

    for (uint32_t k = 0; k < t.offset[t.n_rows]; k++) {
        before[t.column[k]]++;
    }
    const uint64_t start = slow_bits_of(&t);
    ck_assert_int_eq(mlg_curveball_open(&t, &ball, NULL), MLG_OK);
    for (uint64_t r = 0; r < 300; r++) {
        uint32_t after[5] = {0};
        mlg_random random = mlg_random_stream(1, "test_gap_draws", "margins", r);
        mlg_curveball_run(&t, &ball, 1, &random);
        changed += slow_bits_of(&t) != start;
        for (int32_t i = 0; i < t.n_rows; i++) {
            for (uint32_t k = t.offset[i]; k < t.offset[i + 1]; k++) {
                ck_assert(mlg_may_have(mlg_may_of(&t, i), t.column[k]));
                after[t.column[k]]++;
            }
        }
        ck_assert_int_eq(memcmp(before, after, sizeof before), 0);
    }
    ck_assert_uint_gt(changed, 250);
    mlg_curveball_close(&ball);
    slow_seats_free(&t);
}
END_TEST

/* Tables small enough to list all. In the second two rows never can trade: only a round of three
 * reaches the other table; in the third, one of four. */
static const struct {
    const char *rows;
    size_t n; /* 0: not counted by hand */
} tiny[] = {
    {"100 010 001", 6},
    {"x10 0x1 10x", 2},
    {"10xx x10x xx10 0xx1", 2},
    {"110x 0110 x011 1x01", 0},
    {"1100 0011 1010 x101 01x0", 0},
    {"11xx 1100 0011 xx11 1001", 0},
    {"111 1xx x1x", 1},
};

START_TEST(draws_are_uniform_over_all_tables_with_the_zeros)
{
    enum { DRAWS = 20000, ROUNDS = 24 };
    mlg_two_mode t = slow_seats(tiny[_i].rows);
    slow_tables all = slow_tables_of(&t);
    uint32_t *seen = calloc(all.n, sizeof *seen);
    int32_t start[64];
    mlg_curveball ball;
    double chi = 0.0;

    ck_assert_ptr_nonnull(seen);
    ck_assert_msg(tiny[_i].n == 0 || all.n == tiny[_i].n, "%s: %zu", tiny[_i].rows, all.n);
    memcpy(start, t.column, t.offset[t.n_rows] * sizeof *start);
    ck_assert_int_eq(mlg_curveball_open(&t, &ball, NULL), MLG_OK);
    for (uint64_t r = 0; r < DRAWS; r++) {
        mlg_random random = mlg_random_stream(2, "test_gap_draws", "uniform", r);
        size_t k = 0;
        memcpy(t.column, start, t.offset[t.n_rows] * sizeof *start);
        mlg_curveball_run(&t, &ball, ROUNDS, &random);
        const uint64_t bits = slow_bits_of(&t);
        while (k < all.n && all.bits[k] != bits) {
            k++;
        }
        ck_assert_uint_lt(k, all.n);
        seen[k]++;
    }
    const double expected = (double) DRAWS / (double) all.n, df = (double) all.n - 1.0;
    for (size_t k = 0; k < all.n; k++) {
        chi += pow(seen[k] - expected, 2.0) / expected;
    }
    ck_assert_msg(chi < df + 5.0 * sqrt(2.0 * df) + 1e-9, "%s: chi2 %g on %g", tiny[_i].rows, chi,
                  df);
    mlg_curveball_close(&ball);
    free(seen);
    slow_tables_free(&all);
    slow_seats_free(&t);
}
END_TEST

/* ---- what is expected, against the list of all tables -------------------------------- */

/* All pairs of columns, compared; the observed counts filled in. */
static size_t all_pairs(const mlg_two_mode *t, mlg_gap_pair *pair)
{
    size_t n = 0;
    for (int32_t a = 0; a < t->n_columns; a++) {
        for (int32_t b = a + 1; b < t->n_columns; b++) {
            pair[n] = (mlg_gap_pair){.a = a, .b = b, .stratum = MLG_GAP_KNOWN};
            for (int32_t i = 0; i < t->n_rows; i++) {
                bool has_a = false, has_b = false;
                for (uint32_t k = t->offset[i]; k < t->offset[i + 1]; k++) {
                    has_a = has_a || t->column[k] == a;
                    has_b = has_b || t->column[k] == b;
                }
                pair[n].both += has_a && has_b;
            }
            n++;
        }
    }
    return n;
}

static uint32_t test_pairs(const mlg_two_mode *t, mlg_gap_pair *pair, size_t n, const mlg_run *run)
{
    uint32_t draws = 0;
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_gap_test(t, pair, n, run, "view", &draws, &err) == MLG_OK, "%s", err.message);
    return draws;
}

static const char *const listed[] = {
    "1100 1010 0110 1001 0011 1100 1110 0001 1000 0100",
    "110x 101x 0110 1001 0011 1100 1110 x001 100x 0100",
    "1110 0010 0111 0111 0010 0011 0101 1101 1001 0011",
    "011 101 010 001 101 110 011 110 010 100 110 100 001",
    "011 101 010 001 101 110 x11 110 010 10x 110 100 001",
};

/* Within five standard errors of what the list of every table says. */
START_TEST(draws_tell_what_the_list_of_all_tables_tells)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_two_mode t = slow_seats(listed[_i]);
    mlg_gap_pair drawn[16], truth[16];
    const size_t n = all_pairs(&t, drawn);
    size_t tested = 0;

    run.draws = 19999;
    drawn[n - 1].stratum = MLG_GAP_THEME_UNKNOWN; /* a family of its own */
    memcpy(truth, drawn, n * sizeof *drawn);
    ck_assert_uint_eq(test_pairs(&t, drawn, n, &run), run.draws);
    slow_gap_test(&t, truth, n);
    for (size_t e = 0; e < n; e++) {
        const double root = sqrt((double) run.draws);
        ck_assert_double_eq_tol(drawn[e].expected, truth[e].expected,
                                5.0 * truth[e].sd / root + 1e-12);
        ck_assert_double_eq_tol(drawn[e].sd, truth[e].sd, 0.05 * truth[e].sd + 1e-12);
        ck_assert_double_eq_tol(drawn[e].p, truth[e].p, 5.0 * 0.5 / root);
        ck_assert_int_eq(drawn[e].testable, truth[e].testable);
        ck_assert_int_eq(isnan(drawn[e].p_adjusted) != 0, isnan(truth[e].p_adjusted) != 0);
        if (truth[e].testable) {
            ck_assert_double_ge(drawn[e].p_adjusted, truth[e].low - 0.02);
            ck_assert_double_le(drawn[e].p_adjusted, truth[e].high + 0.02);
            ck_assert_double_ge(drawn[e].p_adjusted, drawn[e].p - 1e-12);
            tested++;
        }
    }
    ck_assert_uint_gt(tested, 0);
    slow_seats_free(&t);
}
END_TEST

/* By hand: two columns of four, four rows of one seat; nobody can have both. */
START_TEST(one_reachable_number_is_not_testable)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_two_mode t = slow_seats("10 10 10 10 01 01 01 01");
    mlg_gap_pair pair[1];

    run.draws = 99;
    ck_assert_uint_eq(all_pairs(&t, pair), 1);
    test_pairs(&t, pair, 1, &run);
    ck_assert_double_eq(pair[0].expected, 0.0);
    ck_assert_double_eq(pair[0].sd, 0.0);
    ck_assert_double_eq(pair[0].p, 1.0);
    ck_assert(!pair[0].testable);
    ck_assert_double_nan(pair[0].z);
    ck_assert_double_nan(pair[0].p_adjusted);
    slow_seats_free(&t);
}
END_TEST

/* Two rows of two and two of one, over three columns of two. */
START_TEST(a_table_worked_by_hand)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_two_mode t = slow_seats("110 001 101 010");
    slow_tables all = slow_tables_of(&t);
    mlg_gap_pair pair[3];
    double mean = 0.0;

    /* Rows of two may be {ab, ac}, {ab, bc}, {ac, bc} in either order, the rows of one then take
     * what is left in either order: {ab, ab} leaves c c, one way; so 3 doubles of one way each
     * and 6 orders of two ways each: 15 tables. ab stands twice in 1, once in 8. */
    ck_assert_uint_eq(all.n, 15);
    for (size_t k = 0; k < all.n; k++) {
        mean += slow_both(&all, all.bits[k], 0, 1) / 15.0;
    }
    ck_assert_double_eq_tol(mean, 10.0 / 15.0, 1e-12);
    run.draws = 9999;
    const size_t n = all_pairs(&t, pair);
    test_pairs(&t, pair, n, &run);
    for (size_t e = 0; e < n; e++) {
        ck_assert_double_eq_tol(pair[e].expected, 2.0 / 3.0, 0.03);
        ck_assert(!pair[e].testable); /* none has both in 6 tables of 15 */
    }
    slow_tables_free(&all);
    slow_seats_free(&t);
}
END_TEST

/* ---- random studies -------------------------------------------------------------------- */

/* People in places, schemes over several places each; a seat's odds are the person's times the
 * scheme's, so that tables are uniform given their margins and zeros. */
typedef struct world {
    mlg_two_mode seats;
    uint64_t *may;
    bool *has; /* [rows * columns] */
    mlg_gap_pair *pair;
    size_t n;
} world;

enum { PLACES = 5 };

static bool covers(int32_t scheme, uint32_t place)
{
    return (uint32_t) scheme % PLACES == place || ((uint32_t) scheme + 1) % PLACES == place ||
           scheme % 7 == 0; /* some are regional */
}

static world world_of(mlg_random *random, int32_t rows, int32_t columns, double odds)
{
    world w = {.seats = {.n_rows = rows, .n_columns = columns}};
    const size_t cells = (size_t) rows * (size_t) columns;

    ck_assert_int_le(columns, 64);
    w.may = calloc((size_t) rows, sizeof *w.may);
    w.has = calloc(cells, sizeof *w.has);
    w.pair = calloc((size_t) columns * (size_t) columns, sizeof *w.pair);
    ck_assert(w.may != NULL && w.has != NULL && w.pair != NULL);
    for (int32_t i = 0; i < rows; i++) {
        const uint32_t place = mlg_random_below(random, PLACES);
        const double active = odds * exp(1.2 * (mlg_random_unit(random) - 0.5));
        for (int32_t c = 0; c < columns; c++) {
            const double x = active * (0.5 + (c % 4) / 2.0);
            if (covers(c, place)) {
                w.may[i] |= UINT64_C(1) << c;
                w.has[i * columns + c] = mlg_random_unit(random) < x / (1.0 + x);
            }
        }
    }
    return w;
}

/* Turns the cells into a table, pairs of schemes with a place in common compared. */
static void world_close_cells(world *w)
{
    mlg_two_mode *t = &w->seats;
    const int32_t columns = t->n_columns;
    t->offset = calloc((size_t) t->n_rows + 1, sizeof *t->offset);
    t->column = calloc((size_t) t->n_rows * (size_t) columns, sizeof *t->column);
    ck_assert(t->offset != NULL && t->column != NULL);
    t->may = w->may;
    for (int32_t i = 0; i < t->n_rows; i++) {
        t->offset[i + 1] = t->offset[i];
        for (int32_t c = 0; c < columns; c++) {
            if (w->has[i * columns + c]) {
                t->column[t->offset[i + 1]++] = c;
            }
        }
    }
    w->n = all_pairs(t, w->pair);
    for (size_t e = 0; e < w->n; e++) {
        bool meet = false;
        for (uint32_t place = 0; place < PLACES; place++) {
            meet = meet || (covers(w->pair[e].a, place) && covers(w->pair[e].b, place));
        }
        w->pair[e].stratum = meet ? MLG_GAP_KNOWN : MLG_GAP_NOT_COMPARED;
    }
}

static void world_free(world *w)
{
    free(w->may);
    free(w->has);
    free(w->pair);
    free(w->seats.offset);
    free(w->seats.column);
}

/* 300 null studies: some pair is said to be a gap in at most 5 %; sd .013. */
START_TEST(few_null_studies_have_a_gap)
{
    enum { STUDIES = 300 };
    mlg_run run = MLG_RUN_INIT;
    uint32_t found = 0, tested = 0;

    run.draws = 199;
    for (uint64_t s = 0; s < STUDIES; s++) {
        mlg_random random = mlg_random_stream(11, "test_gap_draws", "null", s);
        world w = world_of(&random, 60, 8, 0.35);
        bool any = false;
        world_close_cells(&w);
        run.seed = s;
        test_pairs(&w.seats, w.pair, w.n, &run);
        for (size_t e = 0; e < w.n; e++) {
            any = any || w.pair[e].p_adjusted <= 0.05;
            tested += w.pair[e].testable;
        }
        found += any;
        world_free(&w);
    }
    printf("gaps: %u of %d null studies have one (%.3f), %.1f pairs tested a study\n", found,
           STUDIES, (double) found / STUDIES, (double) tested / STUDIES);
    ck_assert_uint_gt(tested, 5 * STUDIES);
    ck_assert_uint_le(found, 27); /* 15 + 3.2 sd */
    ck_assert_uint_ge(found, 4);
}
END_TEST

/* Empties most of what a pair has in common: each who sits in both leaves one. */
static void plant(world *w, const mlg_gap_pair *pair, mlg_random *random)
{
    const int32_t columns = w->seats.n_columns;
    for (int32_t i = 0; i < w->seats.n_rows; i++) {
        bool *a = &w->has[i * columns + pair->a], *b = &w->has[i * columns + pair->b];
        if (*a && *b && mlg_random_unit(random) < 0.85) {
            *(mlg_random_below(random, 2) == 0 ? a : b) = false;
        }
    }
}

/* Places of the planted pairs when all compared ones are ranked by z: how many are among the
 * first eight, and the chance that a planted one goes before another. */
static void score(const world *w, const bool *planted, double *precision, double *auc)
{
    double wins = 0.0, of = 0.0, first = 0.0;
    for (size_t e = 0; e < w->n; e++) {
        size_t before = 0;
        if (!planted[e]) {
            continue;
        }
        for (size_t f = 0; f < w->n; f++) {
            const bool known = w->pair[f].stratum != MLG_GAP_NOT_COMPARED && f != e;
            const double z = isnan(w->pair[f].z) ? 0.0 : w->pair[f].z;
            before += known && z < w->pair[e].z;
            if (known && !planted[f]) {
                of += 1.0;
                wins += z > w->pair[e].z ? 1.0 : z == w->pair[e].z ? 0.5 : 0.0;
            }
        }
        first += before < 8;
    }
    *precision = first / 8.0;
    *auc = wins / of;
}

/* 400 participants, 30 schemes, 8 gaps, 10 times over. */
START_TEST(planted_gaps_are_found)
{
    enum { STUDIES = 10, GAPS = 8 };
    mlg_run run = MLG_RUN_INIT;
    double precision = 0.0, auc = 0.0, false_ones = 0.0, claimed = 0.0;

    run.draws = 199;
    for (uint64_t s = 0; s < STUDIES; s++) {
        mlg_random random = mlg_random_stream(12, "test_gap_draws", "planted", s);
        world w = world_of(&random, 400, 30, 0.2);
        bool planted[30 * 30] = {false};
        double p = 0.0, a = 0.0;
        world_close_cells(&w);
        for (int k = 0; k < GAPS;) {
            const size_t e = mlg_random_below(&random, (uint32_t) w.n);
            if (w.pair[e].both >= 8 && w.pair[e].stratum == MLG_GAP_KNOWN && !planted[e]) {
                planted[e] = true;
                plant(&w, &w.pair[e], &random);
                k++;
            }
        }
        free(w.seats.offset);
        free(w.seats.column);
        world_close_cells(&w);
        run.seed = s;
        test_pairs(&w.seats, w.pair, w.n, &run);
        score(&w, planted, &p, &a);
        precision += p / STUDIES;
        auc += a / STUDIES;
        for (size_t e = 0; e < w.n; e++) {
            claimed += w.pair[e].p_adjusted <= 0.05;
            false_ones += w.pair[e].p_adjusted <= 0.05 && !planted[e];
        }
        world_free(&w);
    }
    printf("gaps: planted, precision@8 %.2f, AUC %.3f; %.0f claimed, %.0f of them not planted\n",
           precision, auc, claimed, false_ones);
    ck_assert_double_ge(precision, 0.6);
    ck_assert_double_ge(auc, 0.93);
    ck_assert_double_ge(claimed, 10.0);
    ck_assert_double_le(false_ones, 3.0);
}
END_TEST

/* ---- laws ---------------------------------------------------------------------------- */

static world small_world(uint64_t seed)
{
    mlg_random random = mlg_random_stream(seed, "test_gap_draws", "small", 0);
    world w = world_of(&random, 50, 9, 0.4);
    world_close_cells(&w);
    return w;
}

START_TEST(threads_change_no_byte_and_seeds_do)
{
    mlg_run one = MLG_RUN_INIT, two = MLG_RUN_INIT;
    world a = small_world(1), b = small_world(1), c = small_world(1);

    one.draws = two.draws = 499;
    two.threads = 2;
    test_pairs(&a.seats, a.pair, a.n, &one);
    test_pairs(&b.seats, b.pair, b.n, &two);
    ck_assert_int_eq(memcmp(a.pair, b.pair, a.n * sizeof *a.pair), 0);
    one.seed = 2;
    test_pairs(&c.seats, c.pair, c.n, &one);
    ck_assert_int_ne(memcmp(a.pair, c.pair, a.n * sizeof *a.pair), 0);
    world_free(&a);
    world_free(&b);
    world_free(&c);
}
END_TEST

/* Rows in another order are the same people: the same numbers within the draws' error. */
START_TEST(the_order_of_rows_does_not_matter)
{
    mlg_run run = MLG_RUN_INIT;
    world a = small_world(3), b = small_world(3);
    mlg_random random = mlg_random_stream(3, "test_gap_draws", "order", 0);
    int32_t *order = random_order(&random, a.seats.n_rows);

    for (int32_t i = 0; i < a.seats.n_rows; i++) {
        b.may[order[i]] = a.may[i];
        memcpy(b.has + order[i] * 9, a.has + i * 9, 9 * sizeof *a.has);
    }
    free(b.seats.offset);
    free(b.seats.column);
    world_close_cells(&b);
    run.draws = 4999;
    test_pairs(&a.seats, a.pair, a.n, &run);
    test_pairs(&b.seats, b.pair, b.n, &run);
    for (size_t e = 0; e < a.n; e++) {
        ck_assert_uint_eq(a.pair[e].both, b.pair[e].both);
        if (a.pair[e].stratum != MLG_GAP_NOT_COMPARED) {
            ck_assert_double_eq_tol(a.pair[e].expected, b.pair[e].expected,
                                    7.1 * a.pair[e].sd / sqrt(5000.0) + 1e-9);
            ck_assert_double_eq_tol(a.pair[e].p, b.pair[e].p, 0.05);
        } else {
            ck_assert_double_nan(a.pair[e].expected);
        }
    }
    mlg_free(order);
    world_free(&a);
    world_free(&b);
}
END_TEST

/* ---- limits ----------------------------------------------------------------------------- */

static bool stop_at_once(void *context)
{
    (void) context;
    return true;
}

START_TEST(a_run_may_be_too_large_stopped_or_without_draws)
{
    mlg_run run = MLG_RUN_INIT;
    world w = small_world(1);
    uint32_t draws = 7;

    run.draws = 0;
    ck_assert_int_eq(mlg_gap_test(&w.seats, w.pair, w.n, &run, "v", &draws, NULL), MLG_OK);
    ck_assert_uint_eq(draws, 0);
    ck_assert_double_nan(w.pair[0].expected);
    run.draws = 999;
    run.memory_bound = 1000;
    ck_assert_int_eq(mlg_gap_test(&w.seats, w.pair, w.n, &run, "v", &draws, NULL), MLG_ESIZE);
    run.memory_bound = (size_t) 1 << 30;
    run.cancelled = stop_at_once;
    ck_assert_int_eq(mlg_gap_test(&w.seats, w.pair, w.n, &run, "v", &draws, NULL), MLG_ESTOP);
    world_free(&w);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    mlg_run run = MLG_RUN_INIT;
    world w = small_world(1);
    bool failed = true;

    run.draws = 99;
    for (long n = 0; failed; n++) {
        uint32_t draws = 0;
        mlg_error err = {MLG_OK, ""};
        ck_assert_int_lt(n, 100);
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_gap_test(&w.seats, w.pair, w.n, &run, "v", &draws, &err);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
    }
    world_free(&w);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gap_draws");
    TCase *trades = tcase_create("trades");
    tcase_set_timeout(trades, 60);
    tcase_add_test(trades, trades_keep_margins_and_zeros);
    tcase_add_loop_test(trades, draws_are_uniform_over_all_tables_with_the_zeros, 0,
                        (int) (sizeof tiny / sizeof *tiny));
    suite_add_tcase(suite, trades);

    TCase *twin = tcase_create("the list of all tables");
    tcase_set_timeout(twin, 120);
    tcase_add_loop_test(twin, draws_tell_what_the_list_of_all_tables_tells, 0,
                        (int) (sizeof listed / sizeof *listed));
    tcase_add_test(twin, one_reachable_number_is_not_testable);
    tcase_add_test(twin, a_table_worked_by_hand);
    suite_add_tcase(suite, twin);

    TCase *studies = tcase_create("random studies");
    tcase_set_timeout(studies, 240);
    tcase_add_test(studies, few_null_studies_have_a_gap);
    tcase_add_test(studies, planted_gaps_are_found);
    suite_add_tcase(suite, studies);

    TCase *laws = tcase_create("laws and limits");
    tcase_set_timeout(laws, 60);
    tcase_add_test(laws, threads_change_no_byte_and_seeds_do);
    tcase_add_test(laws, the_order_of_rows_does_not_matter);
    tcase_add_test(laws, a_run_may_be_too_large_stopped_or_without_draws);
    tcase_add_test(laws, any_allocation_may_fail);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
