/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bounds.h"

#include <math.h>
#include <string.h>

#include "graph_fixture.h"
#include "slow_silo.h"
#include "suite.h"

static mlg_labelling labelling_of(const char *sectors)
{
    mlg_labelling l;
    mlg_graph *graph =
        strchr(sectors, ' ') != NULL ? fixture_several(sectors, "") : graph_fixture(sectors, "");
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_graph_free(graph);
    return l;
}

/* ---- by hand ------------------------------------------------------------------ */

static const struct {
    const char *what, *sectors;
    bool directed;
    double ties, low, high;
} hand[] = {
    {"few ties fit anywhere", "AAABBB", false, 4, -1.0, 1.0},
    {"seven ties: one must cross", "AAABBB", false, 7, -5.0 / 7.0, 1.0},
    {"twelve ties: three must stay", "AAABBB", false, 12, 0.0, 0.5},
    {"a pair holds two arcs", "AAABBB", true, 12, -1.0, 1.0},
    {"actors alone in their sectors", "ABC", false, 2, 1.0, 1.0},
    {"one sector", "AAA", false, 2, -1.0, -1.0},
    {"unknown sectors hold no tie", "AAB?", false, 2, 0.0, 1.0},
    {"sectors in common", "A AB B", false, 2, -1.0, 0.0},
    {"no tie", "AABB", false, 0, NAN, NAN},
};

START_TEST(bounds_are_those_by_hand)
{
    mlg_labelling l = labelling_of(hand[_i].sectors);
    const mlg_bounds bounds = mlg_ei_bounds(&l, hand[_i].directed, hand[_i].ties);
    if (isnan(hand[_i].low)) {
        ck_assert_double_nan(bounds.low);
        ck_assert_double_nan(bounds.high);
    } else {
        ck_assert_msg(fabs(bounds.low - hand[_i].low) < 1e-15, "%s: %g", hand[_i].what, bounds.low);
        ck_assert_msg(fabs(bounds.high - hand[_i].high) < 1e-15, "%s: %g", hand[_i].what,
                      bounds.high);
    }
    mlg_labelling_free(&l);
}
END_TEST

/* Zachary's sizes and Wichita's: [.114, 1] for 149 arcs, computed independently. */
START_TEST(bounds_of_wichita_are_those_published)
{
    mlg_labelling l = labelling_of("AAAAABBBBBCCDDDDEEEE");
    const mlg_bounds bounds = mlg_ei_bounds(&l, true, 149);
    ck_assert_double_eq_tol(bounds.low, 17.0 / 149.0, 1e-15);
    ck_assert_double_eq_tol(bounds.low, 0.114, 0.0005);
    ck_assert_double_eq(bounds.high, 1.0);
    mlg_labelling_free(&l);
}
END_TEST

/* ---- against every graph -------------------------------------------------------- */

static const struct {
    const char *sectors;
    bool directed;
} every[] = {
    {"AABBC", false}, {"AAABB", false}, {"A AB B C CB", false}, {"AABB", true}, {"AAB", true},
};

/* Every set of pairs between the actors: the extremes for each number of ties are attained. */
START_TEST(bounds_are_attained_by_some_graph_and_passed_by_none)
{
    mlg_labelling l = labelling_of(every[_i].sectors);
    bool within[20];
    int n_pairs = 0;
    double low[21], high[21];

    for (int32_t a = 0; a < l.n; a++) {
        for (int32_t b = 0; b < l.n; b++) {
            if (a < b || (a != b && every[_i].directed)) {
                within[n_pairs++] = mlg_types_share(&l, l.type[a], l.type[b]);
            }
        }
    }
    for (int m = 0; m <= n_pairs; m++) {
        low[m] = 2.0;
        high[m] = -2.0;
    }
    for (uint32_t set = 1; set < 1u << n_pairs; set++) {
        int m = 0, inside = 0;
        for (int p = 0; p < n_pairs; p++) {
            m += (int) (set >> p & 1u);
            inside += (set >> p & 1u) != 0 && within[p];
        }
        const double ei = (m - 2.0 * inside) / m;
        low[m] = fmin(low[m], ei);
        high[m] = fmax(high[m], ei);
    }
    for (int m = 1; m <= n_pairs; m++) {
        const mlg_bounds bounds = mlg_ei_bounds(&l, every[_i].directed, m);
        ck_assert_double_eq_tol(bounds.low, low[m], 1e-15);
        ck_assert_double_eq_tol(bounds.high, high[m], 1e-15);
    }
    mlg_labelling_free(&l);
}
END_TEST

/* Every way to lay n weights on distinct pairs, counted by which of them fall inside: any
 * set of at most I_max weights can, if the others fit between. */
START_TEST(weighted_bounds_are_attained_and_passed_by_none)
{
    static const double weight[] = {0.25, 0.5, 1.0, 2.5, 2.5, 4.0, 9.0, 9.5, 12.0};
    mlg_labelling l = labelling_of("AABBC"); /* 2 pairs inside, 8 between */
    for (size_t n = 1; n <= 9; n++) {
        double low = 2.0, high = -2.0, total = 0.0;
        for (size_t i = 0; i < n; i++) {
            total += weight[i];
        }
        for (uint32_t inside = 0; inside < 1u << n; inside++) {
            const int count = __builtin_popcount(inside);
            double sum = 0.0;
            for (size_t i = 0; i < n; i++) {
                sum += (inside >> i & 1u) != 0 ? weight[i] : 0.0;
            }
            if (count <= 2 && (int) n - count <= 8) {
                low = fmin(low, (total - 2.0 * sum) / total);
                high = fmax(high, (total - 2.0 * sum) / total);
            }
        }
        const mlg_bounds bounds = mlg_ei_weighted_bounds(&l, false, weight, n);
        ck_assert_double_eq_tol(bounds.low, low, 1e-15);
        ck_assert_double_eq_tol(bounds.high, high, 1e-15);
    }
    ck_assert_double_nan(mlg_ei_weighted_bounds(&l, false, weight, 0).low);
    mlg_labelling_free(&l);
}
END_TEST

START_TEST(equal_weights_have_the_bounds_of_ties)
{
    static const double weight[12] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    mlg_labelling l = labelling_of("AABBC");
    for (size_t n = 1; n <= 10; n++) {
        const mlg_bounds plain = mlg_ei_bounds(&l, false, (double) n);
        const mlg_bounds weighted = mlg_ei_weighted_bounds(&l, false, weight, n);
        ck_assert_double_eq_tol(plain.low, weighted.low, 1e-15);
        ck_assert_double_eq_tol(plain.high, weighted.high, 1e-15);
    }
    mlg_labelling_free(&l);
}
END_TEST

START_TEST(assortativity_reaches_minus_1_only_for_two_equal_shares)
{
    ck_assert_double_eq_tol(mlg_assortativity_bounds(0.5).low, -1.0, 1e-15);
    ck_assert_double_eq_tol(mlg_assortativity_bounds(1.0 / 3.0).low, -0.5, 1e-15);
    ck_assert_double_eq(mlg_assortativity_bounds(0.5).high, 1.0);
    ck_assert_double_nan(mlg_assortativity_bounds(1.0).low);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bounds");
    TCase *ei = tcase_create("ei");
    tcase_add_loop_test(ei, bounds_are_those_by_hand, 0, (int) (sizeof hand / sizeof *hand));
    tcase_add_test(ei, bounds_of_wichita_are_those_published);
    tcase_add_loop_test(ei, bounds_are_attained_by_some_graph_and_passed_by_none, 0,
                        (int) (sizeof every / sizeof *every));
    tcase_add_test(ei, weighted_bounds_are_attained_and_passed_by_none);
    tcase_add_test(ei, equal_weights_have_the_bounds_of_ties);
    tcase_add_test(ei, assortativity_reaches_minus_1_only_for_two_equal_shares);
    suite_add_tcase(suite, ei);
    return suite_run(suite);
}
