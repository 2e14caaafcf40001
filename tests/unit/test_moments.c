/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/moments.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/hypergeometric.h"
#include "measure/null_summary.h"
#include "random_graph.h"
#include "slow_silo.h"
#include "suite.h"

/* Each exact moment against the full enumeration of the deals. */

static const struct {
    const char *what, *sectors, *ties;
} cases[] = {
    {"ties", "AABBC", "0-1 1-2 2-3 3-4 4-0 0-2"},
    {"arcs", "AAABBC", "0>1 1>0 1>2 2>3 3>4 4>0 5>0 0>5 2>5"},
    {"weights", "AABBC", "0-1:2.5 1-2:0.25 2-3:7 3-4:1 0-3:0.5"},
    {"weighted arcs", "AABBBC", "0>1:2 1>0:0.5 1>2:3 3>2:1.25 4>5:2 5>0:1 2>4:4"},
    {"actors without a sector", "AA?BBC?C", "0-1 0-2 2-3 3-4 4-5 6-7 5-7 0-7"},
    {"a star", "ABABABC", "0-1 0-2 0-3 0-4 0-5 0-6"},
    {"several sectors", "A AB BC C CA ?", "0-1 1-2 2-3 3-4 4-0 0-5"},
    {"several sectors, weighted arcs", "AB A BC CB D DA",
     "0>1:2 1>2:1 2>0:3 3>4:0.5 4>3:1.5 5>0:2"},
    {"two actors", "AB", "0-1"},
    {"three actors", "AAB", "0-1 1-2"},
    {"one sector", "AAAA", "0-1 1-2"},
    {"everybody tied", "AABB", "0-1 0-2 0-3 1-2 1-3 2-3"},
};
enum { N_CASES = sizeof cases / sizeof *cases };

typedef struct ground {
    mlg_graph *graph;
    mlg_labelling labelling;
    mlg_pairs pairs;
} ground;

static ground ground_of(int i, mlg_pair_kind kind)
{
    ground g = {.graph = NULL};
    const bool several = strchr(cases[i].sectors, ' ') != NULL;
    g.graph = several ? fixture_several(cases[i].sectors, cases[i].ties)
                      : graph_fixture(cases[i].sectors, cases[i].ties);
    ck_assert_int_eq(mlg_labelling_make(g.graph, &g.labelling, NULL), MLG_OK);
    ck_assert_int_eq(mlg_pairs_make(g.graph, &g.labelling, kind, &g.pairs, NULL), MLG_OK);
    return g;
}

static void ground_free(ground *g)
{
    mlg_pairs_free(&g->pairs);
    mlg_labelling_free(&g->labelling);
    mlg_graph_free(g->graph);
}

static void check_ei(int i, mlg_pair_kind kind, slow_statistic *statistic)
{
    ground g = ground_of(i, kind);
    const mlg_odds odds = mlg_odds_of(&g.labelling);
    const slow_null slow = slow_null_of(g.graph, statistic, 0, 0);
    mlg_pair_sums sums;

    ck_assert_int_eq(mlg_pair_sums_of(&g.pairs, g.labelling.n, &sums, NULL), MLG_OK);
    const double mean = 1.0 - 2.0 * odds.p2;
    const double variance = 4.0 * mlg_within_variance(&sums, &odds) / (sums.total * sums.total);
    ck_assert_msg(fabs(mean - slow.mean) < 1e-12, "%s: mean %.15g, not %.15g", cases[i].what, mean,
                  slow.mean);
    ck_assert_msg(fabs(variance - slow.variance) < 1e-12, "%s: variance %.15g, not %.15g",
                  cases[i].what, variance, slow.variance);
    ground_free(&g);
}

START_TEST(moments_of_ei_are_those_of_every_deal)
{
    check_ei(_i, MLG_PAIRS_ARCS, slow_ei);
}
END_TEST

START_TEST(moments_of_weighted_ei_are_those_of_every_deal)
{
    check_ei(_i, MLG_PAIRS_WEIGHTED, slow_ei_weighted);
}
END_TEST

START_TEST(moments_of_modularity_are_those_of_every_deal)
{
    ground g = ground_of(_i, MLG_PAIRS_TIES);
    if (!g.labelling.several) {
        const mlg_odds odds = mlg_odds_of(&g.labelling);
        const slow_null slow = slow_null_of(g.graph, slow_modularity, 0, 0);
        mlg_modularity_sums sums;
        ck_assert_int_eq(mlg_modularity_sums_of(&g.pairs, g.labelling.n, &sums, NULL), MLG_OK);
        const double mean = -(1.0 - odds.p2) * sums.loop;
        const double variance = mlg_within_variance(&sums.sums, &odds);
        ck_assert_msg(fabs(mean - slow.mean) < 1e-12, "%s: mean %.15g, not %.15g", cases[_i].what,
                      mean, slow.mean);
        ck_assert_msg(fabs(variance - slow.variance) < 1e-12, "%s: variance %.15g, not %.15g",
                      cases[_i].what, variance, slow.variance);
    }
    ground_free(&g);
}
END_TEST

static double carriers_of_both(const mlg_labelling *l, int32_t a, int32_t b)
{
    double count = 0.0;
    for (int32_t t = 0; t < l->n_types; t++) {
        bool has_a = false, has_b = false;
        for (uint32_t i = l->set_offset[t]; i < l->set_offset[t + 1]; i++) {
            has_a = has_a || l->set[i] == a;
            has_b = has_b || l->set[i] == b;
        }
        count += has_a && has_b ? l->count[t] : 0;
    }
    return count;
}

START_TEST(moments_of_cells_are_those_of_every_deal)
{
    const bool arcs = strchr(cases[_i].ties, '>') != NULL;
    ground g = ground_of(_i, arcs ? MLG_PAIRS_EACH_ARC : MLG_PAIRS_TIES);
    const mlg_labelling *l = &g.labelling;
    mlg_arc_sums sums;

    ck_assert_int_eq(mlg_arc_sums_of(&g.pairs, l->n, !arcs, &sums, NULL), MLG_OK);
    for (int32_t a = 0; a < l->n_sectors; a++) {
        for (int32_t b = 0; b < l->n_sectors; b++) {
            const slow_null slow = slow_null_of(g.graph, slow_mixing_cell, a, b);
            const double ends = !arcs && a == b ? 2.0 : 1.0;
            double mean = 0.0, variance = 0.0;
            mlg_cell_moments(&sums, l->carriers[a], l->carriers[b], carriers_of_both(l, a, b),
                             &mean, &variance);
            ck_assert_msg(fabs(mean / ends - slow.mean) < 1e-11, "%s %d-%d: mean %.15g, not %.15g",
                          cases[_i].what, a, b, mean / ends, slow.mean);
            ck_assert_msg(fabs(variance / ends / ends - slow.variance) < 1e-11,
                          "%s %d-%d: variance %.15g, not %.15g", cases[_i].what, a, b,
                          variance / ends / ends, slow.variance);
        }
    }
    ground_free(&g);
}
END_TEST

START_TEST(odds_of_two_balanced_groups_are_those_by_hand)
{
    ground g = {.graph = graph_fixture("AAABBB", "0-1")};
    ck_assert_int_eq(mlg_labelling_make(g.graph, &g.labelling, NULL), MLG_OK);
    const mlg_odds odds = mlg_odds_of(&g.labelling);
    ck_assert_double_eq_tol(odds.p2, 12.0 / 30.0, 1e-15);
    ck_assert_double_eq_tol(odds.p3, 12.0 / 120.0, 1e-15);
    /* Of 360 ordered quadruples: AA then BB or BB then AA, 6 * 6 each way. */
    ck_assert_double_eq_tol(odds.p4, 72.0 / 360.0, 1e-15);
    ground_free(&g);
}
END_TEST

/* Nothing varies: the variance is 0, not a rounding error whose root would be a sd. */
START_TEST(a_variance_that_is_nought_is_0)
{
    ground g = ground_of(10, MLG_PAIRS_ARCS); /* one sector */
    const mlg_odds odds = mlg_odds_of(&g.labelling);
    mlg_pair_sums sums;
    ck_assert_int_eq(mlg_pair_sums_of(&g.pairs, g.labelling.n, &sums, NULL), MLG_OK);
    ck_assert_double_eq(mlg_within_variance(&sums, &odds), 0.0);
    ground_free(&g);

    g = ground_of(11, MLG_PAIRS_ARCS); /* everybody tied */
    const mlg_odds all = mlg_odds_of(&g.labelling);
    ck_assert_int_eq(mlg_pair_sums_of(&g.pairs, g.labelling.n, &sums, NULL), MLG_OK);
    ck_assert_double_eq(mlg_within_variance(&sums, &all), 0.0);
    ground_free(&g);
}
END_TEST

/* ---- summaries of draws ----------------------------------------------------- */

START_TEST(a_summary_counts_ranks_and_ties)
{
    double draw[40], scratch[40];
    for (int i = 0; i < 40; i++) {
        draw[i] = (i * 7) % 40; /* 0..39, shuffled */
    }
    const mlg_null_summary s = mlg_null_summarise(draw, 40, false, 3.0 + 1e-14, 1.0, scratch);
    ck_assert_double_eq_tol(s.mean, 19.5, 1e-12);
    ck_assert_double_eq_tol(s.sd, sqrt(40.0 * 41.0 / 12.0), 1e-12);
    ck_assert_double_eq(s.low, 0.0); /* rank ceil(.025 * 40) = 1 */
    ck_assert_double_eq(s.high, 39.0);
    ck_assert_double_eq(s.p_less, 5.0 / 41.0); /* 0, 1, 2 and the equal 3 */
    ck_assert_double_eq(s.p_greater, 38.0 / 41.0);
    ck_assert_double_eq(s.p_two, 10.0 / 41.0);

    const mlg_null_summary all = mlg_null_summarise(draw, 40, true, 3.0, 1.0, scratch);
    ck_assert_double_eq(all.p_less, 4.0 / 40.0);
    ck_assert_double_eq_tol(all.sd, sqrt((40.0 * 40.0 - 1.0) / 12.0), 1e-12);
}
END_TEST

START_TEST(an_undefined_draw_counts_against_every_claim)
{
    const double draw[] = {1.0, NAN, 3.0, NAN};
    double scratch[4];
    const mlg_null_summary s = mlg_null_summarise(draw, 4, false, 5.0, 1.0, scratch);
    ck_assert_double_eq(s.mean, 2.0);
    ck_assert_double_eq(s.p_greater, 3.0 / 5.0);
    ck_assert_double_eq(s.p_less, 1.0);
    ck_assert_double_eq(s.high, 3.0);
}
END_TEST

START_TEST(no_draw_gives_no_number)
{
    const mlg_null_summary s = mlg_null_summarise(NULL, 0, false, 5.0, 1.0, NULL);
    ck_assert_double_nan(s.mean);
    ck_assert_double_nan(s.p_less);
    ck_assert_double_nan(mlg_z(1.0, 1.0, 0.0));
    ck_assert_double_eq(mlg_z(3.0, 1.0, 2.0), 1.0);
}
END_TEST

/* ---- hypergeometric --------------------------------------------------------- */

static double choose(double n, double k)
{
    double c = 1.0;
    for (double i = 0; i < k; i++) {
        c *= (n - i) / (i + 1.0);
    }
    return k < 0.0 || k > n ? 0.0 : c;
}

static const struct {
    uint32_t all, inside, once, twice;
} urns[] = {
    {10, 4, 3, 0}, {10, 4, 0, 3},  {10, 4, 3, 2}, {20, 19, 5, 5}, {20, 1, 6, 4},
    {12, 0, 4, 2}, {12, 12, 4, 2}, {9, 5, 9, 0},  {9, 5, 4, 5},   {30, 11, 9, 7},
};

START_TEST(tails_are_the_sums_of_the_chances)
{
    const double all = urns[_i].all, inside = urns[_i].inside;
    const double once = urns[_i].once, twice = urns[_i].twice;
    for (uint32_t x = 0; x <= urns[_i].once + 2 * urns[_i].twice; x++) {
        double less = 0.0, greater = 0.0;
        for (double a = 0; a <= once; a++) {
            for (double b = 0; b <= twice; b++) {
                const double p = choose(once, a) * choose(twice, b) *
                                 choose(all - once - twice, inside - a - b) / choose(all, inside);
                less += a + 2 * b <= x ? p : 0.0;
                greater += a + 2 * b >= x ? p : 0.0;
            }
        }
        const mlg_tails tails =
            mlg_two_weight_tails(urns[_i].all, urns[_i].inside, urns[_i].once, urns[_i].twice, x);
        ck_assert_double_eq_tol(tails.less, less, 1e-12);
        ck_assert_double_eq_tol(tails.greater, greater, 1e-12);
    }
}
END_TEST

START_TEST(a_tail_far_below_one_keeps_its_digits)
{
    /* All 40 partners of an actor in its own sector of 50 among 1000: C(50,40) / C(1000,40). */
    const mlg_tails tails = mlg_two_weight_tails(1000, 50, 40, 0, 40);
    double p = 1.0;
    for (int i = 0; i < 40; i++) {
        p *= (50.0 - i) / (1000.0 - i);
    }
    ck_assert_double_gt(tails.greater, 0.0);
    ck_assert_double_eq_tol(tails.greater / p, 1.0, 1e-10);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    ground g = ground_of(1, MLG_PAIRS_EACH_ARC);
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_pair_sums sums;
        mlg_modularity_sums modularity;
        mlg_arc_sums arcs;
        ck_assert_int_lt(n, 20);
        mlg_alloc_fails_at = n;
        mlg_status status = mlg_pair_sums_of(&g.pairs, g.labelling.n, &sums, NULL);
        if (status == MLG_OK) {
            status = mlg_modularity_sums_of(&g.pairs, g.labelling.n, &modularity, NULL);
        }
        if (status == MLG_OK) {
            status = mlg_arc_sums_of(&g.pairs, g.labelling.n, false, &arcs, NULL);
        }
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
    }
    ground_free(&g);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("moments");
    TCase *exact = tcase_create("exact");
    tcase_add_loop_test(exact, moments_of_ei_are_those_of_every_deal, 0, N_CASES);
    tcase_add_loop_test(exact, moments_of_weighted_ei_are_those_of_every_deal, 0, N_CASES);
    tcase_add_loop_test(exact, moments_of_modularity_are_those_of_every_deal, 0, N_CASES);
    tcase_add_loop_test(exact, moments_of_cells_are_those_of_every_deal, 0, N_CASES);
    tcase_add_test(exact, odds_of_two_balanced_groups_are_those_by_hand);
    tcase_add_test(exact, a_variance_that_is_nought_is_0);
    tcase_add_test(exact, any_allocation_may_fail);
    suite_add_tcase(suite, exact);

    TCase *draws = tcase_create("draws");
    tcase_add_test(draws, a_summary_counts_ranks_and_ties);
    tcase_add_test(draws, an_undefined_draw_counts_against_every_claim);
    tcase_add_test(draws, no_draw_gives_no_number);
    suite_add_tcase(suite, draws);

    TCase *urn = tcase_create("hypergeometric");
    tcase_add_loop_test(urn, tails_are_the_sums_of_the_chances, 0,
                        (int) (sizeof urns / sizeof *urns));
    tcase_add_test(urn, a_tail_far_below_one_keeps_its_digits);
    suite_add_tcase(suite, urn);
    return suite_run(suite);
}
