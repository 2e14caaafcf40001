/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/labels.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "random_graph.h"
#include "slow_silo.h"
#include "suite.h"

static mlg_labelling labelling_of(const mlg_graph *graph)
{
    mlg_labelling l;
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_labelling_make(graph, &l, &err) == MLG_OK, "%s", err.message);
    return l;
}

static mlg_pairs pairs_of(const mlg_graph *graph, const mlg_labelling *l, mlg_pair_kind kind)
{
    mlg_pairs pairs;
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_pairs_make(graph, l, kind, &pairs, &err) == MLG_OK, "%s", err.message);
    return pairs;
}

/* ---- labellings ------------------------------------------------------------- */

START_TEST(actors_without_a_sector_are_left_out)
{
    mlg_graph *graph = graph_fixture("A?BA?", "0-1 0-2 1-4");
    mlg_labelling l = labelling_of(graph);
    mlg_pairs pairs = pairs_of(graph, &l, MLG_PAIRS_TIES);

    ck_assert_int_eq(l.n, 3);
    ck_assert_int_eq(l.actor[0], 0);
    ck_assert_int_eq(l.actor[2], 3);
    ck_assert_int_eq(l.place[1], -1);
    ck_assert_int_eq(l.place[3], 2);
    ck_assert_int_eq(l.count[0], 2);
    ck_assert_int_eq(l.carriers[1], 1);
    ck_assert_uint_eq(pairs.n, 1);
    ck_assert_double_eq(mlg_sharing_pairs(&l), 2.0);

    mlg_pairs_free(&pairs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(actors_with_the_same_sectors_are_of_one_type)
{
    /* AB and BA have the same sectors, but not the same first. */
    mlg_graph *graph = fixture_several("AB BC A AB BA C ?", "0-1");
    mlg_labelling l = labelling_of(graph);

    ck_assert(l.several);
    ck_assert_int_eq(l.n_types, 5);
    ck_assert_int_eq(l.type[0], l.type[3]);
    ck_assert_int_ne(l.type[0], l.type[4]);
    ck_assert_int_eq(l.carriers[0], 4);
    ck_assert_int_eq(l.carriers[1], 4);
    ck_assert(mlg_types_share(&l, l.type[0], l.type[1])); /* B */
    ck_assert(mlg_types_share(&l, l.type[0], l.type[4]));
    ck_assert(!mlg_types_share(&l, l.type[2], l.type[1])); /* A and BC */
    ck_assert(!mlg_types_share(&l, l.type[2], l.type[5])); /* A and C */
    /* AB shares with every other but C: BC, A, AB, BA. */
    ck_assert_int_eq(l.others[l.type[0]], 4);
    ck_assert_int_eq(l.others[l.type[5]], 1);

    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

static const struct {
    const char *sectors;
    uint64_t deals;
} deal_counts[] = {
    {"AAAAABBBBB", 252}, {"AB", 2},     {"AAAA", 1},
    {"ABC", 6},          {"AABBC", 30}, {"AABBCCDDEEFFGGHHIIJJKKLL", 1000000},
};

START_TEST(deals_are_counted_up_to_the_limit)
{
    mlg_graph *graph = graph_fixture(deal_counts[_i].sectors, "");
    mlg_labelling l = labelling_of(graph);
    ck_assert_uint_eq(mlg_count_deals(&l, 1000000), deal_counts[_i].deals);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

static const struct {
    const char *sectors;
    bool few, one;
} sizes[] = {
    {"AAAAABBBBB", false, false}, {"AAAAABBBB", true, false},     {"AAAAAAAAAABCD", true, false},
    {"AAAAAAAAAAAA", true, true}, {"AAAAABBBBB??", false, false},
};

START_TEST(a_sample_is_small_below_ten_actors_or_two_sectors_of_two)
{
    mlg_graph *graph = graph_fixture(sizes[_i].sectors, "");
    mlg_labelling l = labelling_of(graph);
    ck_assert_int_eq(mlg_too_few_labels(&l), sizes[_i].few);
    ck_assert_int_eq(mlg_one_group(&l), sizes[_i].one);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(arcs_between_two_actors_are_one_pair)
{
    mlg_graph *graph = graph_fixture("ABAB", "0>1:2 1>0:3.5 2>3:1");
    mlg_labelling l = labelling_of(graph);
    mlg_pairs arcs = pairs_of(graph, &l, MLG_PAIRS_ARCS);
    mlg_pairs weighted = pairs_of(graph, &l, MLG_PAIRS_WEIGHTED);
    mlg_pairs each = pairs_of(graph, &l, MLG_PAIRS_EACH_ARC);

    ck_assert_uint_eq(arcs.n, 2);
    ck_assert_uint_eq(arcs.n_groups, 2); /* one arc, two arcs */
    ck_assert_double_eq(arcs.weight[0], 1.0);
    ck_assert_uint_eq(arcs.pair[0].a, 2);
    ck_assert_double_eq(arcs.weight[1], 2.0);
    ck_assert_double_eq(arcs.total, 3.0);
    ck_assert_double_eq(weighted.weight[1], 5.5);
    ck_assert_double_eq(weighted.total, 6.5);
    ck_assert_uint_eq(each.n, 3);
    ck_assert_uint_eq(each.pair[1].a, 1);
    ck_assert_uint_eq(each.pair[1].b, 0);

    mlg_pairs_free(&each);
    mlg_pairs_free(&weighted);
    mlg_pairs_free(&arcs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

/* ---- deals ------------------------------------------------------------------ */

/* A labelling of n actors with sectors of these sizes, no ties. */
static mlg_graph *sized(int32_t n_sectors, int32_t each)
{
    mlg_graph *graph = NULL;
    mlg_error err = {MLG_OK, ""};
    const int32_t n = n_sectors * each;
    int32_t *sector = calloc((size_t) n, sizeof *sector);
    ck_assert_ptr_nonnull(sector);
    for (int32_t v = 0; v < n; v++) {
        sector[v] = v % n_sectors;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(n, NULL, NULL, NULL, 0, false, sector, n_sectors, &graph, &err),
        MLG_OK);
    free(sector);
    return graph;
}

/* A number of the arrangement in a lane, in base n_types. */
static uint64_t number_of(const mlg_deal *deal, unsigned lane)
{
    uint64_t number = 0;
    for (int32_t i = 0; i < deal->labelling->n; i++) {
        number =
            number * (uint64_t) deal->labelling->n_types + mlg_dealt_type(deal, (uint32_t) i, lane);
    }
    return number;
}

START_TEST(every_deal_is_enumerated_once)
{
    mlg_graph *graph = graph_fixture("ABACBC?A", "");
    mlg_labelling l = labelling_of(graph);
    const mlg_run run = MLG_RUN_INIT;
    const mlg_deal_plan plan = mlg_deal_plan_of(&l, 1, &run, "");
    mlg_deal deal;
    uint64_t seen[256] = {0};

    ck_assert(plan.enumerated);
    ck_assert_uint_eq(plan.n, 210); /* 7! / (3! 2! 2!) */
    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    for (uint32_t d = 0; d < plan.n; d += MLG_LANES) {
        const unsigned width = plan.n - d < MLG_LANES ? plan.n - d : MLG_LANES;
        mlg_deal_out(&deal, &plan, d, width);
        for (unsigned z = 0; z < width; z++) {
            int32_t count[3] = {0};
            for (uint32_t i = 0; i < (uint32_t) l.n; i++) {
                count[mlg_dealt_type(&deal, i, z)]++;
            }
            ck_assert_int_eq(memcmp(count, l.count, sizeof count), 0);
            seen[d + z] = number_of(&deal, z);
            ck_assert(d + z == 0 || seen[d + z] > seen[d + z - 1]); /* lexicographic */
        }
    }

    mlg_deal_close(&deal);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

static const struct {
    const char *what;
    int32_t n_sectors, each;
} shapes[] = {
    {"two large sectors", 2, 500},
    {"one actor a sector, one byte", 200, 1},
    {"as many types as a byte", 256, 2},
    {"two bytes", 300, 3},
    {"one sector, over a byte of actors", 1, 600},
    {"fewer actors than a word", 3, 1},
};

START_TEST(a_random_deal_keeps_the_size_of_each_sector)
{
    mlg_graph *graph = sized(shapes[_i].n_sectors, shapes[_i].each);
    mlg_labelling l = labelling_of(graph);
    const mlg_deal_plan plan = {.n = 1000, .seed = 7, .view = "v"};
    mlg_deal deal;

    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    mlg_deal_out(&deal, &plan, 64, MLG_LANES);
    for (unsigned z = 0; z < MLG_LANES; z++) {
        int32_t count[512] = {0};
        for (uint32_t i = 0; i < (uint32_t) l.n; i++) {
            count[mlg_dealt_type(&deal, i, z)]++;
        }
        ck_assert_msg(memcmp(count, l.count, (size_t) l.n_types * sizeof *count) == 0, "%s",
                      shapes[_i].what);
    }

    mlg_deal_close(&deal);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

/* Chi-square of the arrangements drawn against the uniform. */
static const char *const uniform_cases[] = {"AABBC", "AAAAB", "ABCD", "AAABBB", "AAAAAAABCC"};

START_TEST(random_deals_are_uniform_over_arrangements)
{
    mlg_graph *graph = graph_fixture(uniform_cases[_i], "");
    mlg_labelling l = labelling_of(graph);
    const uint64_t deals = mlg_count_deals(&l, 1000000);
    const uint32_t draws = 640 * MLG_LANES;
    const mlg_deal_plan plan = {.n = draws, .seed = 11, .view = ""};
    const size_t room = (size_t) pow(l.n_types, l.n);
    uint32_t *seen = calloc(room, sizeof *seen);
    double chi = 0.0;
    uint64_t met = 0;
    mlg_deal deal;

    ck_assert_ptr_nonnull(seen);
    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    for (uint32_t d = 0; d < draws; d += MLG_LANES) {
        mlg_deal_out(&deal, &plan, d, MLG_LANES);
        for (unsigned z = 0; z < MLG_LANES; z++) {
            seen[number_of(&deal, z)]++;
        }
    }
    const double expected = draws / (double) deals;
    for (size_t k = 0; k < room; k++) {
        met += seen[k] > 0;
        chi += seen[k] > 0 ? pow(seen[k] - expected, 2.0) / expected : 0.0;
    }
    const double df = (double) deals - 1.0;
    ck_assert_uint_eq(met, deals);
    /* Five standard deviations of chi-square: one run in about a million. */
    ck_assert_msg(fabs(chi - df) < 5.0 * sqrt(2.0 * df), "%s: chi2 %g on %g", uniform_cases[_i],
                  chi, df);

    mlg_deal_close(&deal);
    free(seen);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

/* ---- counting under deals ----------------------------------------------------- */

static const struct {
    const char *what;
    int32_t n, n_sectors;
    size_t m;
    bool directed, weighted, several;
} graphs[] = {
    {"ties", 20, 3, 60, false, false, false},
    {"arcs", 20, 4, 90, true, false, false},
    {"weights", 20, 4, 70, true, true, false},
    {"several sectors", 20, 5, 60, true, true, true},
    {"over eight sectors, several each", 40, 20, 200, false, false, true},
    {"over 255 pairs inside, more than a byte counts", 40, 1, 3000, false, false, false},
};
enum { N_GRAPHS = sizeof graphs / sizeof *graphs };

static mlg_graph *make_case(int i)
{
    mlg_random random = mlg_random_stream(3, "test_labels", "", (uint64_t) i);
    mlg_graph *graph = random_graph(&random, graphs[i].n, graphs[i].m, graphs[i].n_sectors,
                                    graphs[i].directed, graphs[i].weighted);
    if (graphs[i].several) {
        give_further_sectors(graph, (uint64_t) i);
    }
    return graph;
}

/* Summed weight of the pairs that share, in lane z. */
static double slow_within(const mlg_labelling *l, const mlg_pairs *pairs, const mlg_deal *deal,
                          unsigned z, bool by_first)
{
    double within = 0.0;
    for (size_t g = 0, i = 0; g < pairs->n_groups; g++) {
        for (; i < pairs->end[g]; i++) {
            const int32_t t = (int32_t) mlg_dealt_type(deal, pairs->pair[i].a, z);
            const int32_t u = (int32_t) mlg_dealt_type(deal, pairs->pair[i].b, z);
            const bool in = by_first ? l->first[t] == l->first[u] : mlg_types_share(l, t, u);
            within += in ? pairs->weight[g] : 0.0;
        }
    }
    return within;
}

START_TEST(weight_within_is_that_of_the_pairs_one_by_one)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = make_case(_i);
    mlg_labelling l = labelling_of(graph);
    mlg_pairs pairs =
        pairs_of(graph, &l, graphs[_i].weighted ? MLG_PAIRS_WEIGHTED : MLG_PAIRS_ARCS);
    const mlg_deal_plan plan = {.n = 150, .seed = 5, .view = "x"};
    double within[150];
    mlg_deal deal;

    ck_assert_int_eq(mlg_within_draws(&l, &pairs, &plan, &run, within, NULL), MLG_OK);
    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    for (uint32_t d = 0; d < plan.n; d += MLG_LANES) {
        const unsigned width = plan.n - d < MLG_LANES ? plan.n - d : MLG_LANES;
        mlg_deal_out(&deal, &plan, d, width);
        for (unsigned z = 0; z < width; z++) {
            ck_assert_double_eq_tol(within[d + z], slow_within(&l, &pairs, &deal, z, false), 1e-9);
        }
    }

    mlg_deal_close(&deal);
    mlg_pairs_free(&pairs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(a_partition_counts_first_sectors_and_their_degrees)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = make_case(_i);
    mlg_labelling l = labelling_of(graph);
    mlg_pairs pairs = pairs_of(graph, &l, MLG_PAIRS_TIES);
    const mlg_deal_plan plan = {.n = 70, .seed = 5, .view = "x"};
    double within[70], squares[70];
    uint32_t degree[64] = {0};
    mlg_deal deal;

    for (size_t i = 0; i < pairs.n; i++) {
        degree[pairs.pair[i].a]++;
        degree[pairs.pair[i].b]++;
    }
    ck_assert_int_eq(mlg_partition_draws(&l, &pairs, degree, &plan, &run, within, squares, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    mlg_deal_out(&deal, &plan, 64, 6);
    for (unsigned z = 0; z < 6; z++) {
        double of_sector[32] = {0}, sum = 0.0;
        for (uint32_t i = 0; i < (uint32_t) l.n; i++) {
            of_sector[l.first[mlg_dealt_type(&deal, i, z)]] += degree[i];
        }
        for (int32_t s = 0; s < l.n_sectors; s++) {
            sum += of_sector[s] * of_sector[s];
        }
        ck_assert_double_eq(within[64 + z], slow_within(&l, &pairs, &deal, z, true));
        ck_assert_double_eq(squares[64 + z], sum);
    }

    mlg_deal_close(&deal);
    mlg_pairs_free(&pairs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(over_256_sectors_take_two_bytes)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_random random = mlg_random_stream(3, "test_labels", "wide", 0);
    mlg_graph *graph = random_graph(&random, 900, 3000, 300, false, false);
    mlg_labelling l = labelling_of(graph);
    mlg_pairs pairs = pairs_of(graph, &l, MLG_PAIRS_TIES);
    const mlg_deal_plan plan = {.n = 64, .seed = 5, .view = "x"};
    double within[64], sum = 0.0;
    mlg_deal deal;

    ck_assert_int_eq(mlg_within_draws(&l, &pairs, &plan, &run, within, NULL), MLG_OK);
    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    ck_assert_uint_eq(deal.wide, 2);
    mlg_deal_out(&deal, &plan, 0, 64);
    for (unsigned z = 0; z < 64; z++) {
        ck_assert_double_eq(within[z], slow_within(&l, &pairs, &deal, z, false));
        sum += within[z];
    }
    ck_assert_double_gt(sum, 0.0);

    mlg_deal_close(&deal);
    mlg_pairs_free(&pairs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(cells_are_those_of_the_ties_one_by_one)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = make_case(_i);
    mlg_labelling l = labelling_of(graph);
    const bool directed = graph->directed;
    mlg_pairs pairs = pairs_of(graph, &l, directed ? MLG_PAIRS_EACH_ARC : MLG_PAIRS_TIES);
    const mlg_deal_plan plan = {.n = 70, .seed = 5, .view = "x"};
    mlg_cells cells;
    mlg_deal deal;

    ck_assert_int_eq(mlg_cells_open(l.n_sectors, directed, 70, &cells, NULL), MLG_OK);
    ck_assert_int_eq(mlg_cells_draws(&l, &pairs, &plan, &run, &cells, NULL), MLG_OK);
    ck_assert_int_eq(mlg_deal_open(&l, &deal, NULL), MLG_OK);
    mlg_deal_out(&deal, &plan, 64, 6);
    for (unsigned z = 0; z < 6; z++) {
        uint32_t *square = calloc((size_t) (l.n_sectors * l.n_sectors), sizeof *square);
        uint32_t stubs[32] = {0};
        ck_assert_ptr_nonnull(square);
        for (size_t i = 0; i < pairs.n; i++) {
            const uint32_t t = mlg_dealt_type(&deal, pairs.pair[i].a, z);
            const uint32_t u = mlg_dealt_type(&deal, pairs.pair[i].b, z);
            for (uint32_t x = l.set_offset[t]; x < l.set_offset[t + 1]; x++) {
                stubs[l.set[x]]++;
                for (uint32_t y = l.set_offset[u]; y < l.set_offset[u + 1]; y++) {
                    square[l.set[x] * l.n_sectors + l.set[y]]++;
                }
            }
            for (uint32_t y = l.set_offset[u]; y < l.set_offset[u + 1]; y++) {
                stubs[l.set[y]]++;
            }
        }
        for (int32_t a = 0; a < l.n_sectors; a++) {
            ck_assert_uint_eq(cells.stubs[(size_t) a * 70 + 64 + z], stubs[a]);
            for (int32_t b = 0; b < l.n_sectors; b++) {
                const uint32_t back = directed || a == b ? 0 : square[b * l.n_sectors + a];
                ck_assert_uint_eq(cells.tie[mlg_cell_of(&cells, a, b) * 70 + 64 + z],
                                  square[a * l.n_sectors + b] + back);
            }
        }
        free(square);
    }

    mlg_deal_close(&deal);
    mlg_cells_free(&cells);
    mlg_pairs_free(&pairs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(threads_change_no_byte)
{
    mlg_run one = MLG_RUN_INIT, two = MLG_RUN_INIT;
    mlg_graph *graph = make_case(_i);
    mlg_labelling l = labelling_of(graph);
    mlg_pairs pairs = pairs_of(graph, &l, MLG_PAIRS_WEIGHTED);
    const mlg_deal_plan plan = {.n = 999, .seed = 5, .view = "x"};
    static double first[999], second[999];

    two.threads = 2;
    ck_assert_int_eq(mlg_within_draws(&l, &pairs, &plan, &one, first, NULL), MLG_OK);
    ck_assert_int_eq(mlg_within_draws(&l, &pairs, &plan, &two, second, NULL), MLG_OK);
    ck_assert_int_eq(memcmp(first, second, sizeof first), 0);

    mlg_pairs_free(&pairs);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(too_many_combinations_of_sectors_are_a_size)
{
    mlg_error err = {MLG_OK, ""};
    const int32_t n = MLG_MAX_TYPES + 1, n_sectors = 13;
    mlg_graph *graph = sized(n_sectors, n / n_sectors + 1);
    mlg_labelling l;
    int32_t *actor = calloc((size_t) graph->n * 14, sizeof *actor);
    int32_t *sector = calloc((size_t) graph->n * 14, sizeof *sector);
    size_t m = 0;

    ck_assert_ptr_nonnull(actor);
    ck_assert_ptr_nonnull(sector);
    for (int32_t v = 0; v < graph->n; v++) { /* the bits of v, and its first sector */
        for (int32_t s = 0; s < n_sectors; s++) {
            if (((v + 1) >> s & 1) != 0 || s == graph->sector[v]) {
                actor[m] = v;
                sector[m++] = s;
            }
        }
    }
    ck_assert_int_eq(mlg_csr_build(graph->n, n_sectors, false, false, actor, sector, NULL, m,
                                   MLG_MERGE_MAX, &graph->sector_set, &err),
                     MLG_OK);
    const mlg_status status = mlg_labelling_make(graph, &l, &err);
    ck_assert_int_eq(status, MLG_ESIZE);
    ck_assert_ptr_null(l.actor);

    free(actor);
    free(sector);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(more_sectors_than_two_bytes_are_a_size)
{
    const int32_t sector[] = {0, 69999};
    mlg_graph *graph = NULL;
    mlg_labelling l;
    mlg_error err = {MLG_OK, ""};
    ck_assert_int_eq(
        mlg_graph_from_ties(2, NULL, NULL, NULL, 0, false, sector, 70000, &graph, NULL), MLG_OK);
    ck_assert_int_eq(mlg_labelling_make(graph, &l, &err), MLG_ESIZE);
    ck_assert_str_eq(err.message, "more than 65535 sectors");
    ck_assert_ptr_null(l.actor);
    mlg_graph_free(graph);
}
END_TEST

/* ---- memory ----------------------------------------------------------------- */

START_TEST(any_allocation_may_fail)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = make_case(3); /* several sectors, arcs, weights */
    const mlg_deal_plan plan = {.n = 70, .seed = 5, .view = "x"};
    bool failed = true;

    for (long n = 0; failed; n++) {
        mlg_labelling l = {0};
        mlg_pairs pairs = {0}, each = {0};
        mlg_cells cells = {0}, observed = {0};
        double within[70], squares[70];
        static uint32_t degree[64];
        mlg_status status = MLG_OK;
        mlg_error err = {MLG_OK, ""};

        ck_assert_int_lt(n, 200);
        mlg_alloc_fails_at = n;
        if (status == MLG_OK) {
            status = mlg_labelling_make(graph, &l, &err);
        }
        if (status == MLG_OK) {
            status = mlg_pairs_make(graph, &l, MLG_PAIRS_WEIGHTED, &pairs, &err);
        }
        if (status == MLG_OK) {
            status = mlg_within_draws(&l, &pairs, &plan, &run, within, &err);
        }
        if (status == MLG_OK) {
            status = mlg_partition_draws(&l, &pairs, degree, &plan, &run, within, squares, &err);
        }
        if (status == MLG_OK) {
            status = mlg_pairs_make(graph, &l, MLG_PAIRS_EACH_ARC, &each, &err);
        }
        if (status == MLG_OK) {
            status = mlg_cells_observed(&l, &each, true, &observed, &err);
        }
        if (status == MLG_OK) {
            status = mlg_cells_open(l.n_sectors, true, 70, &cells, &err);
        }
        if (status == MLG_OK) {
            status = mlg_cells_draws(&l, &each, &plan, &run, &cells, &err);
        }
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert(!failed || err.message[0] != '\0');
        mlg_cells_free(&cells);
        mlg_cells_free(&observed);
        mlg_pairs_free(&each);
        mlg_pairs_free(&pairs);
        mlg_labelling_free(&l);
    }
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("labels");
    TCase *labels = tcase_create("labelling");
    tcase_add_test(labels, actors_without_a_sector_are_left_out);
    tcase_add_test(labels, actors_with_the_same_sectors_are_of_one_type);
    tcase_add_loop_test(labels, deals_are_counted_up_to_the_limit, 0,
                        (int) (sizeof deal_counts / sizeof *deal_counts));
    tcase_add_loop_test(labels, a_sample_is_small_below_ten_actors_or_two_sectors_of_two, 0,
                        (int) (sizeof sizes / sizeof *sizes));
    tcase_add_test(labels, arcs_between_two_actors_are_one_pair);
    tcase_add_test(labels, too_many_combinations_of_sectors_are_a_size);
    tcase_add_test(labels, more_sectors_than_two_bytes_are_a_size);
    suite_add_tcase(suite, labels);

    TCase *deals = tcase_create("deals");
    tcase_add_test(deals, every_deal_is_enumerated_once);
    tcase_add_loop_test(deals, a_random_deal_keeps_the_size_of_each_sector, 0,
                        (int) (sizeof shapes / sizeof *shapes));
    tcase_add_loop_test(deals, random_deals_are_uniform_over_arrangements, 0,
                        (int) (sizeof uniform_cases / sizeof *uniform_cases));
    suite_add_tcase(suite, deals);

    TCase *counts = tcase_create("counts");
    tcase_add_loop_test(counts, weight_within_is_that_of_the_pairs_one_by_one, 0, N_GRAPHS);
    tcase_add_loop_test(counts, a_partition_counts_first_sectors_and_their_degrees, 0, N_GRAPHS);
    tcase_add_loop_test(counts, cells_are_those_of_the_ties_one_by_one, 0, N_GRAPHS);
    tcase_add_loop_test(counts, threads_change_no_byte, 0, N_GRAPHS);
    tcase_add_test(counts, over_256_sectors_take_two_bytes);
    tcase_add_test(counts, any_allocation_may_fail);
    suite_add_tcase(suite, counts);
    return suite_run(suite);
}
