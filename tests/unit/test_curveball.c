/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/curveball.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/margins.h"
#include "random_graph.h"
#include "slow_silo.h"
#include "suite.h"

/* ---- tables ------------------------------------------------------------------- */

/* A table from its rows: "101 010". */
static mlg_two_mode table_of(const char *rows)
{
    mlg_two_mode table = {.n_columns = (int32_t) strcspn(rows, " ")};
    const size_t length = strlen(rows);
    table.n_rows = (int32_t) ((length + 1) / ((size_t) table.n_columns + 1));
    table.offset = calloc((size_t) table.n_rows + 1, sizeof *table.offset);
    table.column = calloc(length + 1, sizeof *table.column);
    ck_assert_ptr_nonnull(table.offset);
    ck_assert_ptr_nonnull(table.column);
    for (int32_t i = 0; i < table.n_rows; i++) {
        table.offset[i + 1] = table.offset[i];
        for (int32_t k = 0; k < table.n_columns; k++) {
            if (rows[i * (table.n_columns + 1) + k] == '1') {
                table.column[table.offset[i + 1]++] = k;
            }
        }
    }
    return table;
}

static void table_free(mlg_two_mode *table)
{
    free(table->offset);
    free(table->column);
}

/* The table's cells as a number, its rows and columns summed. */
static uint64_t bits_of(const mlg_two_mode *table, uint32_t *in_column)
{
    uint64_t bits = 0;
    memset(in_column, 0, (size_t) table->n_columns * sizeof *in_column);
    for (int32_t i = 0; i < table->n_rows; i++) {
        for (uint32_t k = table->offset[i]; k < table->offset[i + 1]; k++) {
            const int32_t at = i * table->n_columns + table->column[k];
            ck_assert_msg((bits >> (at % 64) & 1u) == 0 || at >= 64, "a column twice in a row");
            bits |= at < 64 ? UINT64_C(1) << at : 0;
            in_column[table->column[k]]++;
        }
    }
    return bits;
}

START_TEST(trades_keep_both_margins)
{
    mlg_two_mode table = table_of("1110010110 0000000000 1111111111 1000000001 0101010101 "
                                  "0011001100 0000010000 1110001110 0110011001 1010101010");
    uint32_t before[10], after[10];
    uint32_t changed = 0;
    mlg_curveball ball;

    const uint64_t start = bits_of(&table, before);
    ck_assert_int_eq(mlg_curveball_open(&table, &ball, NULL), MLG_OK);
    for (uint64_t r = 0; r < 200; r++) {
        mlg_random random = mlg_random_stream(1, "test_curveball", "margins", r);
        mlg_curveball_run(&table, &ball, 1, &random);
        changed += bits_of(&table, after) != start;
        ck_assert_int_eq(memcmp(before, after, sizeof before), 0);
        for (uint32_t k = table.offset[2]; k < table.offset[3]; k++) { /* the full row */
            ck_assert_int_lt(table.column[k], 10);
        }
    }
    ck_assert_uint_gt(changed, 190);
    mlg_curveball_close(&ball);
    table_free(&table);
}
END_TEST

START_TEST(a_run_does_not_depend_on_the_one_before)
{
    mlg_two_mode table = table_of("11000 01100 00110 00011 10001");
    int32_t start[16], first[16];
    mlg_curveball ball;

    memcpy(start, table.column, 10 * sizeof *start);
    ck_assert_int_eq(mlg_curveball_open(&table, &ball, NULL), MLG_OK);
    for (int again = 0; again < 2; again++) {
        mlg_random random = mlg_random_stream(1, "test_curveball", "again", 0);
        memcpy(table.column, start, 10 * sizeof *start);
        mlg_curveball_run(&table, &ball, 7, &random);
        if (again == 0) {
            memcpy(first, table.column, 10 * sizeof *first);
        }
    }
    ck_assert_int_eq(memcmp(first, table.column, 10 * sizeof *first), 0);
    mlg_curveball_close(&ball);
    table_free(&table);
}
END_TEST

/* Stamps are numbered; when the numbers end they begin again, and nothing else changes. */
START_TEST(a_run_may_pass_the_last_stamp)
{
    mlg_two_mode table = table_of("11000 01100 00110 00011 10001");
    int32_t start[16], first[16];

    memcpy(start, table.column, 10 * sizeof *start);
    for (int again = 0; again < 2; again++) {
        mlg_curveball ball;
        mlg_random random = mlg_random_stream(1, "test_curveball", "stamps", 0);
        ck_assert_int_eq(mlg_curveball_open(&table, &ball, NULL), MLG_OK);
        ball.now = again == 0 ? 0 : UINT32_MAX - 5;
        memcpy(table.column, start, 10 * sizeof *start);
        mlg_curveball_run(&table, &ball, 7, &random);
        if (again == 0) {
            memcpy(first, table.column, 10 * sizeof *first);
        } else {
            ck_assert_uint_lt(ball.now, 100);
        }
        mlg_curveball_close(&ball);
    }
    ck_assert_int_eq(memcmp(first, table.column, 10 * sizeof *first), 0);
    table_free(&table);
}
END_TEST

/* Tables small enough to list all those with their margins. The first is the test matrix of R's
 * package backbone, which has 8. */
static const struct {
    const char *rows;
    size_t n;
} tiny[] = {
    {"1001 0100 1010", 0},          {"110 011 101", 6}, {"1100 0110 0011", 0},
    {"11000 00110 10101 01000", 0}, {"111 100 100", 1},
};

typedef struct listing {
    uint64_t bits[4096];
    uint32_t seen[4096];
    size_t n;
} listing;

/* All tables with the rows' and columns' sums: each row's subsets in turn. */
static void list_tables(const mlg_two_mode *table, const uint32_t *wanted, listing *out)
{
    const int32_t columns = table->n_columns, cells = table->n_rows * columns;
    for (uint64_t bits = 0; bits < UINT64_C(1) << cells; bits++) {
        uint32_t in_column[8] = {0};
        bool fits = true;
        for (int32_t i = 0; i < table->n_rows; i++) {
            const uint32_t row = (uint32_t) (bits >> (i * columns)) & ((1u << columns) - 1u);
            fits = fits &&
                   (uint32_t) __builtin_popcount(row) == table->offset[i + 1] - table->offset[i];
            for (int32_t k = 0; k < columns; k++) {
                in_column[k] += row >> k & 1u;
            }
        }
        if (fits && memcmp(in_column, wanted, (size_t) columns * sizeof *wanted) == 0) {
            ck_assert_uint_lt(out->n, 4096);
            out->bits[out->n++] = bits;
        }
    }
}

START_TEST(draws_are_uniform_over_all_tables)
{
    enum { DRAWS = 20000 };
    mlg_two_mode table = table_of(tiny[_i].rows);
    static listing all;
    uint32_t wanted[8], now[8];
    int32_t start[32];
    mlg_curveball ball;
    double chi = 0.0;

    all = (listing){.n = 0};
    bits_of(&table, wanted);
    list_tables(&table, wanted, &all);
    ck_assert(tiny[_i].n == 0 || all.n == tiny[_i].n);
    memcpy(start, table.column, table.offset[table.n_rows] * sizeof *start);
    ck_assert_int_eq(mlg_curveball_open(&table, &ball, NULL), MLG_OK);
    for (uint64_t r = 0; r < DRAWS; r++) {
        mlg_random random = mlg_random_stream(2, "test_curveball", "uniform", r);
        size_t k = 0;
        memcpy(table.column, start, table.offset[table.n_rows] * sizeof *start);
        mlg_curveball_run(&table, &ball, MLG_TRADES, &random);
        const uint64_t bits = bits_of(&table, now);
        while (k < all.n && all.bits[k] != bits) {
            k++;
        }
        ck_assert_uint_lt(k, all.n);
        all.seen[k]++;
    }
    const double expected = (double) DRAWS / (double) all.n, df = (double) all.n - 1.0;
    for (size_t k = 0; k < all.n; k++) {
        chi += pow(all.seen[k] - expected, 2.0) / expected;
    }
    ck_assert_msg(chi < df + 5.0 * sqrt(2.0 * df) + 1e-9, "%s: chi2 %g on %g", tiny[_i].rows, chi,
                  df);
    mlg_curveball_close(&ball);
    table_free(&table);
}
END_TEST

/* ---- what a table says of sectors ------------------------------------------------- */

static const struct {
    const char *what, *line;
} lines[] = {
    {"three activities", "AABBC | 0,1,2; 1,3; 2,3,4"},
    {"a plenary", "AABBCCAB | 0,1,2,3,4,5,6,7; 0,1; 2,5; 3,4,7"},
    {"actors without a sector, or without activity", "A?BB?A | 0,1,2; 1,3,4; 2,3; 0,4"},
    {"activities of one or none", "ABAB | 0; 1,2; ; 0,1,3"},
};
enum { N_LINES = sizeof lines / sizeof *lines, N_RULES = 3 };
static const mlg_projection rules[N_RULES] = {MLG_PROJECT_NEWMAN, MLG_PROJECT_COUNT,
                                              MLG_PROJECT_JACCARD};

static mlg_margins margins_of(const mlg_graph *graph, const mlg_labelling *l, const mlg_run *run)
{
    mlg_margins m;
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_margins_make(graph, l, run, &m, &err) == MLG_OK, "%s", err.message);
    return m;
}

static double ei_of(double within, double total)
{
    return (total - 2.0 * within) / total;
}

/* The projection, built, against the pairs counted without building it. */
static void check_observed(const mlg_graph *graph, const mlg_margins *m, const mlg_labelling *l)
{
    const double all = m->observed.weighted_total;
    ck_assert_double_eq_tol(ei_of(m->observed.within, m->observed.total),
                            slow_ei(graph, NULL, 0, 0), 1e-12);
    ck_assert_double_eq_tol(ei_of(m->observed.weighted_within, all),
                            slow_ei_weighted(graph, NULL, 0, 0), 1e-12);
    const double ties = m->observed.total;
    ck_assert_double_eq_tol(m->observed.tie_within / ties - m->observed.squares / (4 * ties * ties),
                            slow_modularity(graph, NULL, 0, 0), 1e-12);
    for (int32_t i = 0; i < l->n; i++) {
        const double ei = slow_ei_actor(graph, NULL, l->actor[i], 0);
        ck_assert_int_eq(m->degree[i] == 0, isnan(ei) != 0);
        if (m->degree[i] > 0) {
            ck_assert_double_eq_tol(ei_of(m->internal[i], m->degree[i]), ei, 1e-12);
        }
    }
    for (int32_t a = 0; a < l->n_sectors; a++) {
        for (int32_t b = 0; b < l->n_sectors; b++) {
            ck_assert_double_eq(m->cells_observed.tie[mlg_cell_of(&m->cells_observed, a, b)],
                                slow_mixing_cell(graph, NULL, a, b));
        }
    }
}

START_TEST(counts_are_those_of_the_projection)
{
    const mlg_run run = {.seed = 1, .draws = 9, .threads = 1, .memory_bound = (size_t) 1 << 30};
    mlg_graph *graph = graph_fixture_two_mode(lines[_i / N_RULES].line, rules[_i % N_RULES]);
    mlg_labelling l;
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_margins m = margins_of(graph, &l, &run);
    check_observed(graph, &m, &l);
    mlg_margins_free(&m);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

/* Random participations, with sectors given afterwards. */
static mlg_graph *random_seats_graph(uint64_t seed, int32_t n, int32_t n_activities, size_t m,
                                     mlg_projection rule, int32_t n_sectors)
{
    mlg_random random = mlg_random_stream(seed, "test_curveball", "graph", 0);
    mlg_error err = {MLG_OK, ""};
    mlg_graph *graph = NULL;
    random_seats seats = random_seats_of(&random, n, n_activities, m);
    int32_t *sector = calloc((size_t) n, sizeof *sector);
    ck_assert_ptr_nonnull(sector);
    for (int32_t v = 0; v < n; v++) {
        sector[v] = (int32_t) mlg_random_below(&random, (uint32_t) n_sectors + 1) - 1;
    }
    ck_assert_int_eq(mlg_graph_from_participations(n, n_activities, seats.actor, seats.activity, m,
                                                   rule, sector, n_sectors, NULL, &graph, &err),
                     MLG_OK);
    free(sector);
    random_seats_free(&seats);
    return graph;
}

START_TEST(counts_are_those_of_random_projections)
{
    const mlg_run run = {.seed = 1, .draws = 9, .threads = 1, .memory_bound = (size_t) 1 << 30};
    mlg_graph *graph =
        random_seats_graph((uint64_t) _i, 25, 15, 70, rules[_i % N_RULES], 2 + _i % 4);
    mlg_labelling l;
    if (_i % 2 == 1) {
        give_further_sectors(graph, (uint64_t) _i);
    }
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_margins m = margins_of(graph, &l, &run);
    check_observed(graph, &m, &l);
    mlg_margins_free(&m);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

/* Pairs that meet, and those of one sector, in a 4 x 4 table of bits: of all rows (actor -1) or of
 * one. Sectors A A B B. */
static void count_bits(uint64_t bits, int actor, double *within, double *total)
{
    *within = *total = 0.0;
    for (int i = 0; i < 4; i++) {
        for (int j = i + 1; j < 4; j++) {
            const bool meet = (bits >> (4 * i) & bits >> (4 * j) & 15u) != 0;
            if (meet && (actor < 0 || actor == i || actor == j)) {
                *total += 1.0;
                *within += i / 2 == j / 2;
            }
        }
    }
}

/* What the list of all tables says of a statistic: mean, variance, share as low as observed and as
 * high (an undefined one is both). */
typedef struct truth {
    double mean, variance, less, greater;
} truth;

static truth truth_of(const listing *all, uint64_t observed, int actor)
{
    truth out = {0};
    double within = 0.0, total = 0.0, defined = 0.0, squares = 0.0;
    count_bits(observed, actor, &within, &total);
    const double now = ei_of(within, total);
    for (size_t k = 0; k < all->n; k++) {
        count_bits(all->bits[k], actor, &within, &total);
        const double ei = ei_of(within, total);
        out.less += (isnan(ei) || ei <= now + 1e-12) / (double) all->n;
        out.greater += (isnan(ei) || ei >= now - 1e-12) / (double) all->n;
        if (!isnan(ei)) {
            out.mean += ei;
            squares += ei * ei;
            defined += 1.0;
        }
    }
    out.mean /= defined;
    out.variance = squares / defined - out.mean * out.mean;
    return out;
}

/* Draws against the list of every table there is, within five standard errors. */
START_TEST(draws_tell_what_the_list_of_all_tables_tells)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = graph_fixture_two_mode("AABB | 0,3; 0,1; 1,2; 2", MLG_PROJECT_NEWMAN);
    mlg_two_mode table = table_of("1100 0110 0011 1000");
    static listing all;
    uint32_t wanted[8];
    mlg_labelling l;
    double drawn = 0.0;

    all = (listing){.n = 0};
    const uint64_t observed = bits_of(&table, wanted);
    list_tables(&table, wanted, &all);
    ck_assert_uint_gt(all.n, 10);
    run.draws = 20000;
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_margins m = margins_of(graph, &l, &run);
    ck_assert_uint_eq(m.n, 20000);
    const double n = (double) m.n;

    const truth view = truth_of(&all, observed, -1);
    for (size_t d = 0; d < m.n; d++) {
        drawn += ei_of(m.draw[d].within, m.draw[d].total) / n;
    }
    ck_assert_double_eq_tol(drawn, view.mean, 5.0 * sqrt(view.variance / n));
    for (int i = 0; i < 4; i++) {
        const truth own = truth_of(&all, observed, i);
        ck_assert_double_eq_tol(m.actor[i].less / n, own.less, 5.0 * sqrt(0.25 / n));
        ck_assert_double_eq_tol(m.actor[i].greater / n, own.greater, 5.0 * sqrt(0.25 / n));
        ck_assert_double_eq_tol(m.actor[i].sum / m.actor[i].defined, own.mean,
                                5.0 * sqrt(own.variance / n));
    }
    mlg_margins_free(&m);
    mlg_labelling_free(&l);
    table_free(&table);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(draws_agree_with_one_another)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = random_seats_graph(9, 30, 12, 80, MLG_PROJECT_JACCARD, 3);
    mlg_labelling l;

    run.draws = 130; /* two batches and a piece */
    give_further_sectors(graph, 9);
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_margins m = margins_of(graph, &l, &run);
    ck_assert_uint_eq(m.n, 130);
    ck_assert_uint_eq(m.cells.n, 130);
    double sum = 0.0;
    for (size_t d = 0; d < m.n; d++) {
        double stubs = 0.0, internal = 0.0;
        for (int32_t a = 0; a < l.n_sectors; a++) {
            stubs += m.cells.stubs[(size_t) a * 130 + d];
            internal += m.cells.tie[mlg_cell_of(&m.cells, a, a) * 130 + d];
        }
        ck_assert_double_ge(stubs, 2.0 * m.draw[d].total); /* several sectors count each */
        ck_assert_double_ge(internal, m.draw[d].within);
        ck_assert_double_le(m.draw[d].weighted_within, m.draw[d].weighted_total);
        sum += m.draw[d].within;
    }
    ck_assert_double_gt(sum, 0.0);
    for (int32_t i = 0; i < l.n; i++) {
        ck_assert_uint_le(m.actor[i].defined, 130);
        ck_assert_uint_ge(m.actor[i].less + m.actor[i].greater, 130);
    }
    mlg_margins_free(&m);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(threads_change_no_byte)
{
    mlg_run one = MLG_RUN_INIT, two = MLG_RUN_INIT;
    mlg_graph *graph = random_seats_graph(4, 40, 20, 120, MLG_PROJECT_NEWMAN, 4);
    mlg_labelling l;

    one.draws = two.draws = 499;
    two.threads = 2;
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_margins a = margins_of(graph, &l, &one), b = margins_of(graph, &l, &two);
    ck_assert_int_eq(memcmp(a.draw, b.draw, a.n * sizeof *a.draw), 0);
    ck_assert_int_eq(memcmp(a.actor, b.actor, (size_t) l.n * sizeof *a.actor), 0);
    ck_assert_int_eq(memcmp(a.cells.tie, b.cells.tie, a.cells.n_cells * a.n * sizeof(uint32_t)), 0);
    mlg_margins_free(&a);
    mlg_margins_free(&b);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(cells_of_many_sectors_are_kept_of_the_first_draws_only)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = random_seats_graph(4, 60, 20, 200, MLG_PROJECT_NEWMAN, 300);
    mlg_labelling l;

    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    run.draws = 999; /* 181,800 bytes of cells each */
    mlg_margins m = margins_of(graph, &l, &run);
    ck_assert_uint_eq(m.n, 999);
    ck_assert_uint_eq(m.cells.n, 699);
    mlg_margins_free(&m);

    run.memory_bound = 1000000;
    ck_assert_int_eq(mlg_margins_make(graph, &l, &run, &m, NULL), MLG_ESIZE);
    ck_assert_ptr_null(m.draw);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

/* One activity of 15,000: 1.1e8 pairs meet, 88 draws of them would take a minute. */
START_TEST(what_is_too_dear_is_not_drawn)
{
    enum { N = 15000 };
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = NULL;
    mlg_labelling l;
    int32_t *actor = calloc(N, sizeof *actor), *activity = calloc(N, sizeof *activity);
    int32_t *sector = calloc(N, sizeof *sector);

    ck_assert_ptr_nonnull(actor);
    for (int32_t v = 0; v < N; v++) {
        actor[v] = v;
        sector[v] = v % 3;
    }
    ck_assert_int_eq(mlg_graph_from_participations(N, 1, actor, activity, N, MLG_PROJECT_NEWMAN,
                                                   sector, 3, &run, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    mlg_margins m = margins_of(graph, &l, &run);
    ck_assert_uint_eq(m.n, 0);
    ck_assert_double_eq(m.observed.total, 0.5 * N * (N - 1.0));
    ck_assert_double_eq(m.observed.within, 0.5 * N * (N / 3 - 1.0));
    mlg_margins_free(&m);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
    free(sector);
    free(activity);
    free(actor);
}
END_TEST

/* Null studies: a table is drawn, its sectors mean nothing. p must not be small too often.
 * 400 studies, R = 99: at 5 %, binomial sd .011; ties make p larger, never smaller. */
START_TEST(p_is_calibrated_when_sectors_mean_nothing)
{
    enum { STUDIES = 400 };
    mlg_run run = MLG_RUN_INIT;
    uint32_t rejected_5 = 0, rejected_20 = 0;

    run.draws = 99;
    for (uint64_t s = 0; s < STUDIES; s++) {
        mlg_graph *graph = random_seats_graph(1000 + s, 30, 20, 70, MLG_PROJECT_NEWMAN, 3);
        mlg_labelling l;
        uint32_t extreme = 0;
        run.seed = s;
        ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
        mlg_margins m = margins_of(graph, &l, &run);
        const double observed = ei_of(m.observed.within, m.observed.total);
        for (size_t d = 0; d < m.n; d++) {
            extreme += ei_of(m.draw[d].within, m.draw[d].total) <= observed + 1e-12;
        }
        rejected_5 += (1.0 + extreme) / 100.0 <= 0.05;
        rejected_20 += (1.0 + extreme) / 100.0 <= 0.2;
        mlg_margins_free(&m);
        mlg_labelling_free(&l);
        mlg_graph_free(graph);
    }
    ck_assert_uint_le(rejected_5, 35); /* 20 + 3.4 sd */
    ck_assert_uint_ge(rejected_5, 8);
    ck_assert_uint_le(rejected_20, 106); /* 80 + 3.3 sd */
    ck_assert_uint_ge(rejected_20, 54);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = random_seats_graph(4, 20, 8, 40, MLG_PROJECT_NEWMAN, 3);
    mlg_labelling l;
    bool failed = true;

    run.draws = 5;
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    for (long n = 0; failed; n++) {
        mlg_margins m;
        mlg_error err = {MLG_OK, ""};
        ck_assert_int_lt(n, 100);
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_margins_make(graph, &l, &run, &m, &err);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        if (failed) {
            ck_assert_ptr_null(m.draw);
            ck_assert_ptr_null(m.internal);
        }
        mlg_margins_free(&m);
    }
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

static bool stop_at_once(void *context)
{
    (void) context;
    return true;
}

START_TEST(a_run_can_be_stopped)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = random_seats_graph(4, 20, 8, 40, MLG_PROJECT_NEWMAN, 3);
    mlg_labelling l;
    mlg_margins m;

    run.cancelled = stop_at_once;
    ck_assert_int_eq(mlg_labelling_make(graph, &l, NULL), MLG_OK);
    ck_assert_int_eq(mlg_margins_make(graph, &l, &run, &m, NULL), MLG_ESTOP);
    ck_assert_ptr_null(m.draw);
    mlg_labelling_free(&l);
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("curveball");
    TCase *trades = tcase_create("trades");
    tcase_add_test(trades, trades_keep_both_margins);
    tcase_add_test(trades, a_run_does_not_depend_on_the_one_before);
    tcase_add_test(trades, a_run_may_pass_the_last_stamp);
    tcase_add_loop_test(trades, draws_are_uniform_over_all_tables, 0,
                        (int) (sizeof tiny / sizeof *tiny));
    suite_add_tcase(suite, trades);

    TCase *margins = tcase_create("margins");
    tcase_set_timeout(margins, 60);
    tcase_add_loop_test(margins, counts_are_those_of_the_projection, 0, N_LINES * N_RULES);
    tcase_add_loop_test(margins, counts_are_those_of_random_projections, 0, 12);
    tcase_add_test(margins, draws_tell_what_the_list_of_all_tables_tells);
    tcase_add_test(margins, draws_agree_with_one_another);
    tcase_add_test(margins, threads_change_no_byte);
    tcase_add_test(margins, cells_of_many_sectors_are_kept_of_the_first_draws_only);
    tcase_add_test(margins, what_is_too_dear_is_not_drawn);
    tcase_add_test(margins, p_is_calibrated_when_sectors_mean_nothing);
    tcase_add_test(margins, any_allocation_may_fail);
    tcase_add_test(margins, a_run_can_be_stopped);
    suite_add_tcase(suite, margins);
    return suite_run(suite);
}
