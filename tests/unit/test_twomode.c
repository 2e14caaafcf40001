/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/twomode.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "graph_fixture.h"
#include "measure/twomode_ground.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reference.h"
#include "reported.h"
#include "slow_gap.h"
#include "slow_twomode.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* The value of a convention and shape that a measure of an open graph gave. */
static const mlg_value *find(const measured *m, const char *id, const char *convention)
{
    for (size_t i = 0; i < m->values.n; i++) {
        const mlg_value *value = &m->values.items[i];
        if (strcmp(value->measure->id, id) == 0 && strcmp(value->convention, convention) == 0) {
            return value;
        }
    }
    ck_abort_msg("no value %s (%s)", id, convention);
    return NULL;
}

static const mlg_value *run(measured *m, const char *id, const char *convention)
{
    measured_value(m, id);
    return find(m, id, convention);
}

static double number(const mlg_value *value, size_t row)
{
    return value->column[MLG_VALUE][row];
}

/* A graph from the rows of a table: "101 010"; no sectors. */
static mlg_graph *graph_of(const char *rows)
{
    int32_t actor[256], activity[256];
    size_t m = 0;
    mlg_graph *graph = NULL;
    const int32_t columns = (int32_t) strcspn(rows, " ");
    const int32_t n = (int32_t) ((strlen(rows) + 1) / ((size_t) columns + 1));
    for (int32_t i = 0; i < n; i++) {
        for (int32_t c = 0; c < columns; c++) {
            if (rows[i * (columns + 1) + c] == '1') {
                actor[m] = i;
                activity[m++] = c;
            }
        }
    }
    ck_assert_int_eq(mlg_graph_from_participations(n, columns, actor, activity, m,
                                                   MLG_PROJECT_NEWMAN, NULL, 0, NULL, &graph, NULL),
                     MLG_OK);
    return graph;
}

/* ---- values of other programs ------------------------------------------------------- */

static double reference_at(const char *id, size_t place)
{
    json_t *value = reference_value(id);
    const double found =
        json_number_value(json_is_array(value) ? json_array_get(value, place) : value);
    json_decref(value);
    return found;
}

/* Of the measure's value with a convention: a part, or the number itself. */
static const struct {
    const char *row;
    size_t place;
    const char *table, *id, *convention, *part;
} others[] = {
#define ALMEIDA_NETO "10111 11100 01110 11000 11000"
    {"davis.n_m", 0, NULL, "twomode.memberships", "mean", "counted"},
    {"davis.n_m", 1, NULL, "twomode.sizes", "mean", "counted"},
    {"davis.n_m", 2, NULL, "twomode.sizes", "mean", "seats"},
    {"davis.density", 0, NULL, "twomode.nodf", "sorted", "fill"},
    {"davis.rc", 0, NULL, "twomode.robins_alexander", "two-mode", NULL},
    {"davis.opsahl", 0, NULL, "twomode.clustering", "actors", NULL},
    {"davis.opsahl", 1, NULL, "twomode.clustering", "actors", "paths"},
    {"davis.opsahl_ev", 0, NULL, "twomode.clustering", "activities", NULL},
    {"davis.opsahl_ev", 1, NULL, "twomode.clustering", "activities", "paths"},
    {"davis.nodf_given", 0, NULL, "twomode.nodf", "sorted", "given_columns"},
    {"davis.nodf_given", 1, NULL, "twomode.nodf", "sorted", "given_rows"},
    {"davis.nodf_given", 2, NULL, "twomode.nodf", "sorted", "given"},
    {"davis.nodf_sorted", 0, NULL, "twomode.nodf", "activities", NULL},
    {"davis.nodf_sorted", 1, NULL, "twomode.nodf", "actors", NULL},
    {"davis.nodf_sorted", 2, NULL, "twomode.nodf", "sorted", NULL},
    {"vegan.nodf_davis", 0, NULL, "twomode.nodf", "sorted", "columns"},
    {"vegan.nodf_davis", 1, NULL, "twomode.nodf", "sorted", "rows"},
    {"vegan.nodf_davis", 2, NULL, "twomode.nodf", "sorted", "with_empty"},
    {"nodf.AN2008", 0, ALMEIDA_NETO, "twomode.nodf", "activities", NULL},
    {"nodf.AN2008", 1, ALMEIDA_NETO, "twomode.nodf", "actors", NULL},
    {"nodf.AN2008", 2, ALMEIDA_NETO, "twomode.nodf", "sorted", NULL},
    {"vegan.nodf_AN", 2, ALMEIDA_NETO, "twomode.nodf", "sorted", "given"},
    {"vegan.nodf_AN", 0, ALMEIDA_NETO, "twomode.nodf", "sorted", "given_columns"},
    {"vegan.nodf_AN_ord", 1, ALMEIDA_NETO, "twomode.nodf", "sorted", "given_rows"},
    {"nodf.nested", 0, "1111 1110 1100 1000", "twomode.nodf", "activities", NULL},
    {"nodf.nested", 1, "1111 1110 1100 1000", "twomode.nodf", "actors", NULL},
    {"nodf.nested", 2, "1111 1110 1100 1000", "twomode.nodf", "sorted", NULL},
    {"nodf.checker", 2, "1010 0101 1010 0101", "twomode.nodf", "sorted", NULL},
};

START_TEST(values_are_those_of_other_programs)
{
    measured m;
    measured_open(&m,
                  others[_i].table != NULL ? graph_of(others[_i].table) : reference_graph("davis"));
    const mlg_value *value = run(&m, others[_i].id, others[_i].convention);
    const double found =
        others[_i].part != NULL ? part_at(value, others[_i].part, 0) : number(value, 0);
    ck_assert_double_eq_tol(found, reference_at(others[_i].row, others[_i].place), 1e-9);
    measured_close(&m);
}
END_TEST

START_TEST(closed_paths_of_davis_are_counted_one_by_one)
{
    measured m;
    measured_open(&m, reference_graph("davis"));
    const double share[] = {number(run(&m, "twomode.clustering", "actors"), 0),
                            number(find(&m, "twomode.clustering", "activities"), 0)};
    ck_assert_double_eq_tol(share[0] * reference_at("davis.opsahl", 1),
                            reference_at("davis.opsahl", 2), 1e-6);
    ck_assert_double_eq_tol(share[1] * reference_at("davis.opsahl_ev", 1),
                            reference_at("davis.opsahl_ev", 2), 1e-6);
    measured_close(&m);
}
END_TEST

START_TEST(strength_is_the_number_of_activities_with_others)
{
    measured m;
    measured_open(&m, reference_graph("davis"));
    const mlg_value *strength = run(&m, "twomode.newman", "strength");
    for (size_t i = 0; i < strength->n; i++) {
        ck_assert_double_eq(number(strength, i), reference_at("davis.newman_strength", i));
    }
    measured_close(&m);
}
END_TEST

static const struct {
    const char *row;
    size_t place;
    const char *other, *id, *part;
} pairs[] = {
    {"davis.newman_EL", 0, "Laura Mandeville", "twomode.newman", NULL},
    {"davis.newman_EL", 1, "Theresa Anderson", "twomode.newman", NULL},
    {"davis.count_EL", 0, "Laura Mandeville", "twomode.newman", "count"},
    {"davis.count_EL", 1, "Theresa Anderson", "twomode.jaccard", "count"},
    {"davis.jacc_overlap_EL", 0, "Laura Mandeville", "twomode.jaccard", NULL},
    {"davis.jacc_overlap_EL", 1, "Laura Mandeville", "twomode.jaccard", "overlap"},
};

START_TEST(pairs_of_davis_are_those_of_other_programs)
{
    measured m;
    measured_open(&m, reference_graph("davis"));
    const mlg_value *value = measured_value(&m, pairs[_i].id);
    const size_t row = row_of_pair(value, reference_actor("davis", "Evelyn Jefferson"),
                                   reference_actor("davis", pairs[_i].other));
    const double found =
        pairs[_i].part != NULL ? part_at(value, pairs[_i].part, row) : number(value, row);
    ck_assert_double_eq_tol(found, reference_at(pairs[_i].row, pairs[_i].place), 1e-9);
    ck_assert_uint_eq(value->total, (size_t) reference_at("davis.proj_edges", 0));
    measured_close(&m);
}
END_TEST

/* ---- the slow twin -------------------------------------------------------------------- */

enum { N_RANDOM = 60 };

/* From nearly empty to nearly full, square and not. */
static mlg_graph *random_table(int i)
{
    mlg_random draw = mlg_random_stream(7, "test.twomode", "", (uint64_t) i);
    const int32_t n = 1 + (int32_t) mlg_random_below(&draw, 12);
    const int32_t columns = 1 + (int32_t) mlg_random_below(&draw, 12);
    const size_t m = 1 + mlg_random_below(&draw, (uint32_t) (n * columns * 2));
    return random_two_mode(&draw, n, columns, m, MLG_PROJECT_NEWMAN);
}

START_TEST(counts_are_those_of_the_definitions)
{
    mlg_graph *graph = random_table(_i);
    const slow_table slow[] = {slow_table_of(graph, false), slow_table_of(graph, true)};
    mlg_sides sides;
    mlg_side_counter counter;

    ck_assert_int_eq(mlg_sides_make(&graph->attends, &graph->attended, &sides, NULL), MLG_OK);
    ck_assert_int_eq(mlg_side_counter_open(&sides, &counter, NULL), MLG_OK);
    const uint64_t squares = mlg_count_squares(&sides, &counter);
    ck_assert_uint_eq(squares, slow_squares(&slow[0]));
    ck_assert_uint_eq(mlg_count_three_paths(&sides), slow_three_paths(&slow[0]));
    for (int s = 0; s < MLG_N_SIDES; s++) {
        uint64_t closed = 0;
        double n = 0.0;
        ck_assert_uint_eq(mlg_count_four_paths(&sides, (mlg_side) s, squares),
                          slow_four_paths(&slow[s], &closed));
        ck_assert_uint_eq(mlg_count_closed_paths(&sides, (mlg_side) s, &counter), closed);
        ck_assert_double_eq_tol(mlg_count_nested(&sides, (mlg_side) s, &counter),
                                slow_nested(&slow[s], true, &n), 1e-9);
    }
    mlg_side_counter_close(&counter);
    mlg_sides_free(&sides);
    mlg_graph_free(graph);
}
END_TEST

static void check_same(double found, double expected)
{
    if (isnan(expected)) {
        ck_assert_double_nan(found);
    } else {
        ck_assert_double_eq_tol(found, expected, 1e-9);
    }
}

START_TEST(nestedness_in_the_given_order_is_the_definition)
{
    measured m;
    double n[2];
    measured_open(&m, random_table(_i));
    const slow_table rows = slow_table_of(m.graph, false), columns = slow_table_of(m.graph, true);
    const double given[] = {slow_nested(&rows, false, &n[0]), slow_nested(&columns, false, &n[1])};
    const mlg_value *value = run(&m, "twomode.nodf", "sorted");
    const double listed =
        rows.rows * (rows.rows - 1.0) / 2 + columns.rows * (columns.rows - 1.0) / 2;

    if (n[0] + n[1] > 0.0) {
        check_same(part_at(value, "given", 0), 100.0 * (given[0] + given[1]) / (n[0] + n[1]));
        check_same(part_at(value, "with_empty", 0), number(value, 0) * (n[0] + n[1]) / listed);
    } else {
        ck_assert_int_eq(value->undefined, T_why_no_pair_to_nest);
    }
    measured_close(&m);
}
END_TEST

/* Every pair that meets is listed, with what the definitions say. */
START_TEST(pairs_share_what_the_table_says)
{
    measured m;
    size_t meeting = 0;
    measured_open(&m, random_table(_i));
    const slow_table t = slow_table_of(m.graph, false), turned = slow_table_of(m.graph, true);
    const mlg_value *newman = measured_value(&m, "twomode.newman");
    const mlg_value *jaccard = measured_value(&m, "twomode.jaccard");

    newman = &m.values.items[0];
    for (int i = 0; i < t.rows; i++) {
        for (int j = i + 1; j < t.rows; j++) {
            const double c = slow_shared(&t, i, j);
            double weight = 0.0, per_pair = 0.0;
            for (int e = 0; e < t.columns; e++) {
                const double k = slow_margin(&turned, e);
                weight += t.has[i][e] && t.has[j][e] ? 1.0 / (k - 1.0) : 0.0;
                per_pair += t.has[i][e] && t.has[j][e] ? 2.0 / (k * (k - 1.0)) : 0.0;
            }
            if (c > 0.0) {
                const size_t a = row_of_pair(newman, i, j), b = row_of_pair(jaccard, i, j);
                const double d = slow_margin(&t, i), e = slow_margin(&t, j);
                meeting++;
                check_same(number(newman, a), weight);
                check_same(part_at(newman, "per_pair", a), per_pair);
                check_same(number(jaccard, b), c / (d + e - c));
                check_same(part_at(jaccard, "overlap", b), c / fmin(d, e));
                check_same(part_at(jaccard, "cosine", b), c / sqrt(d * e));
            }
        }
    }
    ck_assert_uint_eq(newman->n, meeting);
    measured_close(&m);
}
END_TEST

/* The sample's share lies within five standard errors, on either side. */
START_TEST(drawn_paths_are_closed_as_often_as_all_are)
{
    enum { SAMPLE = 20000 };
    mlg_graph *graph = random_table(_i);
    mlg_sides sides;
    mlg_side_counter counter;

    ck_assert_int_eq(mlg_sides_make(&graph->attends, &graph->attended, &sides, NULL), MLG_OK);
    ck_assert_int_eq(mlg_side_counter_open(&sides, &counter, NULL), MLG_OK);
    const uint64_t squares = mlg_count_squares(&sides, &counter);
    for (int s = 0; s < MLG_N_SIDES; s++) {
        mlg_random random = mlg_random_stream(3, "test.twomode.sample", "", (uint64_t) _i);
        const uint64_t paths = mlg_count_four_paths(&sides, (mlg_side) s, squares);
        const double drawn =
            mlg_sample_closed_paths(&sides, (mlg_side) s, SAMPLE, &counter, &random);
        if (paths == 0) {
            ck_assert_double_nan(drawn);
            continue;
        }
        const double share =
            (double) mlg_count_closed_paths(&sides, (mlg_side) s, &counter) / (double) paths;
        ck_assert_double_le(fabs(drawn - share), 5.0 * sqrt(share * (1 - share) / SAMPLE) + 1e-12);
    }
    mlg_side_counter_close(&counter);
    mlg_sides_free(&sides);
    mlg_graph_free(graph);
}
END_TEST

/* ---- the null ---------------------------------------------------------------------------- */

/* What is counted in a table given as bits row by row. */
typedef double statistic(const slow_table *t);

static slow_table of_bits(const slow_tables *all, uint64_t bits)
{
    slow_table t = {.rows = all->n_rows, .columns = all->n_columns};
    for (int i = 0; i < t.rows; i++) {
        for (int c = 0; c < t.columns; c++) {
            t.has[i][c] = (bits >> (i * t.columns + c) & 1u) != 0;
        }
    }
    return t;
}

static slow_table turned(const slow_table *t)
{
    slow_table out = {.rows = t->columns, .columns = t->rows};
    for (int i = 0; i < t->rows; i++) {
        for (int c = 0; c < t->columns; c++) {
            out.has[c][i] = t->has[i][c];
        }
    }
    return out;
}

static double by_squares(const slow_table *t)
{
    return 4.0 * (double) slow_squares(t) / (double) slow_three_paths(t);
}

static double by_closure(const slow_table *t)
{
    uint64_t closed = 0;
    const uint64_t paths = slow_four_paths(t, &closed);
    return (double) closed / (double) paths;
}

static double by_closure_of_columns(const slow_table *t)
{
    const slow_table other = turned(t);
    return by_closure(&other);
}

static double by_nestedness(const slow_table *t)
{
    double n[2];
    const slow_table other = turned(t);
    const double sum = slow_nested(t, true, &n[0]) + slow_nested(&other, true, &n[1]);
    return 100.0 * sum / (n[0] + n[1]);
}

static const struct {
    const char *rows, *id, *convention;
    statistic *of;
} tested[] = {
#define SKEWED "11110 11011 10100 01000 10001 00110"
    {SKEWED, "twomode.robins_alexander", "two-mode", by_squares},
    {SKEWED, "twomode.clustering", "actors", by_closure},
    {SKEWED, "twomode.clustering", "activities", by_closure_of_columns},
    {SKEWED, "twomode.nodf", "sorted", by_nestedness},
    {"1110 1101 0110 1000 0011", "twomode.nodf", "sorted", by_nestedness},
    {"1110 1101 0110 1000 0011", "twomode.robins_alexander", "two-mode", by_squares},
};

/* Over all tables with the same margins, each once. */
START_TEST(p_is_the_share_of_all_tables_with_these_margins)
{
    enum { DRAWS = 9999 };
    mlg_two_mode seats = slow_seats(tested[_i].rows);
    slow_tables all = slow_tables_of(&seats);
    const slow_table own = of_bits(&all, slow_bits_of(&seats));
    const double observed = tested[_i].of(&own);
    double sum = 0.0, squares = 0.0, high = 0.0;
    measured m;

    for (size_t k = 0; k < all.n; k++) {
        const slow_table t = of_bits(&all, all.bits[k]);
        const double value = tested[_i].of(&t);
        sum += value;
        squares += value * value;
        high += value >= observed - 1e-12;
    }
    const double n = (double) all.n, mean = sum / n, p = high / n;
    const double sd = sqrt(squares / n - mean * mean);
    measured_open(&m, graph_of(tested[_i].rows));
    m.run.draws = DRAWS;
    const mlg_value *value = run(&m, tested[_i].id, tested[_i].convention);
    ck_assert_double_eq_tol(number(value, 0), observed, 1e-12);
    ck_assert_uint_eq(value->draws, DRAWS);
    ck_assert_double_eq_tol(value->column[MLG_P][0], p, 5.0 * sqrt(p * (1 - p) / DRAWS) + 1e-4);
    ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], mean, 5.0 * sd / sqrt(DRAWS));
    ck_assert_double_eq_tol(value->column[MLG_SD][0], sd, 0.05 * sd);
    ck_assert_str_eq(value->null_model, "margins");
    ck_assert_str_eq(value->tail, "greater");
    measured_close(&m);
    slow_tables_free(&all);
    slow_seats_free(&seats);
}
END_TEST

START_TEST(margins_that_leave_nothing_to_chance_are_no_test)
{
    measured m;
    measured_open(&m, graph_of("1111 1110 1100 1000"));
    const mlg_value *value = run(&m, "twomode.nodf", "sorted");
    ck_assert_double_eq(number(value, 0), 100.0);
    ck_assert_double_eq(value->column[MLG_SD][0], 0.0);
    ck_assert_double_nan(value->column[MLG_P][0]);
    ck_assert_double_nan(value->column[MLG_Z][0]);
    measured_close(&m);
}
END_TEST

/* ---- sectors ----------------------------------------------------------------------------- */

/* e0: A A B: 2 of 3 pairs across; e1: A and one unknown: left out; e2: one actor; e3: B B; e4: A B
 * C and one unknown: all 3 pairs across. */
#define BY_HAND "AABBC? | 0,1,2; 0,5; 4; 2,3; 1,3,4,5"

START_TEST(sectors_meet_as_worked_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode(BY_HAND, MLG_PROJECT_NEWMAN));
    const mlg_value *pairs_value = run(&m, "twomode.sector_mixing", "pairs");
    const mlg_value *two = find(&m, "twomode.sector_mixing", "two_sectors");
    const mlg_value *list = find(&m, "twomode.sector_mixing", "sectors");

    ck_assert_double_eq_tol(number(pairs_value, 0), (2.0 / 3 + 0 + 1) / 3, 1e-12);
    ck_assert_double_eq_tol(number(two, 0), 2.0 / 3, 1e-12);
    ck_assert_double_eq(part_at(pairs_value, "activities", 0), 3);
    ck_assert_double_eq(part_at(pairs_value, "single", 0), 1);
    ck_assert_double_eq(part_at(pairs_value, "too_few_known", 0), 1);
    ck_assert_double_eq(part_at(pairs_value, "some_unknown", 0), 1);
    ck_assert_double_eq_tol(part_at(pairs_value, "largest_pairs", 0), 3.0 / 7, 1e-12);
    ck_assert_int_eq(pairs_value->caution, T_caution_small_sample);
    ck_assert_uint_eq(list->n, 3);
    ck_assert_double_eq(number(list, row_of(list, 0)), 2);
    ck_assert_double_eq(number(list, row_of(list, 3)), 1);
    ck_assert_double_eq(number(list, row_of(list, 4)), 3);
    ck_assert_double_eq(part_at(list, "participants", row_of(list, 4)), 4);
    ck_assert_double_eq(part_at(list, "known", row_of(list, 4)), 3);
    ck_assert_double_eq_tol(part_at(list, "across", row_of(list, 0)), 2.0 / 3, 1e-12);
    measured_close(&m);
}
END_TEST

/* Sectors of the rows of a table, as letters, and what is counted of them. */
static double mean_across(const slow_table *t, const char *sector, double *two)
{
    double sum = 0.0;
    int counted = 0, several = 0;
    for (int e = 0; e < t->columns; e++) {
        int all = 0, across = 0;
        for (int i = 0; i < t->rows; i++) {
            for (int j = i + 1; j < t->rows; j++) {
                all += t->has[i][e] && t->has[j][e];
                across += t->has[i][e] && t->has[j][e] && sector[i] != sector[j];
            }
        }
        if (all > 0) {
            sum += (double) across / all;
            several += across > 0;
            counted++;
        }
    }
    *two = (double) several / counted;
    return sum / counted;
}

static int sectors_in(const slow_table *t, const char *sector, int e)
{
    bool seen[26] = {false};
    int n = 0;
    for (int i = 0; i < t->rows; i++) {
        if (t->has[i][e] && !seen[sector[i] - 'A']) {
            seen[sector[i] - 'A'] = true;
            n++;
        }
    }
    return n;
}

START_TEST(sector_mixing_is_the_share_of_all_tables)
{
    enum { DRAWS = 9999 };
    static const char sector[] = "AABBC";
    mlg_two_mode seats = slow_seats("1100 1110 0011 0010 0101");
    slow_tables all = slow_tables_of(&seats);
    const slow_table own = of_bits(&all, slow_bits_of(&seats));
    double two = 0.0, mean = 0.0, low[2] = {0}, sectors = 0.0, few = 0.0;
    const double observed = mean_across(&own, sector, &two);
    measured m;

    for (size_t k = 0; k < all.n; k++) {
        const slow_table t = of_bits(&all, all.bits[k]);
        double other = 0.0;
        const double value = mean_across(&t, sector, &other);
        mean += value / (double) all.n;
        low[0] += (value <= observed + 1e-12) / (double) all.n;
        low[1] += (other <= two + 1e-12) / (double) all.n;
        sectors += sectors_in(&t, sector, 2) / (double) all.n;
        few += (sectors_in(&t, sector, 2) <= sectors_in(&own, sector, 2)) / (double) all.n;
    }
    measured_open(&m, graph_fixture_two_mode("AABBC | 0,1; 0,1,4; 1,2,3; 2,4", MLG_PROJECT_NEWMAN));
    m.run.draws = DRAWS;
    const mlg_value *value = run(&m, "twomode.sector_mixing", "pairs");
    const mlg_value *list = find(&m, "twomode.sector_mixing", "sectors");
    const double error = 5.0 * 0.5 / sqrt(DRAWS);
    ck_assert_double_eq_tol(number(value, 0), observed, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], mean, error);
    ck_assert_double_eq_tol(value->column[MLG_P][0], low[0], error);
    ck_assert_double_eq_tol(find(&m, "twomode.sector_mixing", "two_sectors")->column[MLG_P][0],
                            low[1], error);
    ck_assert_double_eq_tol(list->column[MLG_EXPECTED][2], sectors, error);
    ck_assert_double_eq_tol(list->column[MLG_P][2], few, error);
    ck_assert_double_ge(list->column[MLG_P_ADJUSTED][2], list->column[MLG_P][2]);
    measured_close(&m);
    slow_tables_free(&all);
    slow_seats_free(&seats);
}
END_TEST

/* p1 has two sectors and shares one with each of the others. */
START_TEST(an_actor_of_two_sectors_is_of_one_with_each_of_both)
{
    reported r;
    mlg_error err = {MLG_OK, ""};
    reported_open(&r, "actors: id,kind,sector\no1,organisation,social|health\n"
                      "o2,organisation,social\no3,organisation,health\no4,organisation,housing\n"
                      "participations: actor,activity\no1,a\no2,a\no3,a\no1,b\no4,b\n");
    ck_assert_int_eq(mlg_twomode_sector_mixing(r.context, 0, &r.values, &err), MLG_OK);
    for (size_t i = 0; i < r.values.n; i++) {
        measured_check(&r.values.items[i]);
    }
    const mlg_value *list = &r.values.items[2];
    const size_t a = row_of(list, model_fixture_activity(r.model, "a"));
    const size_t b = row_of(list, model_fixture_activity(r.model, "b"));
    ck_assert_double_eq_tol(part_at(list, "across", a), 1.0 / 3, 1e-12);
    ck_assert_double_eq(list->column[MLG_VALUE][a], 2);
    ck_assert_double_eq(part_at(list, "across", b), 1);
    ck_assert_double_eq(list->column[MLG_VALUE][b], 3);
    reported_close(&r);
}
END_TEST

/* ---- counts of seats ---------------------------------------------------------------------- */

START_TEST(seats_spread_as_worked_by_hand)
{
    measured m;
    /* seats of 0..4: 4, 1, 1, 2, 0; sizes 3, 1, 2, 2, 0 */
    measured_open(&m, graph_fixture_two_mode("AAAAA | 0,1,3; 0; 0,2; 0,3; ", MLG_PROJECT_NEWMAN));
    const mlg_value *seats = run(&m, "twomode.memberships", "mean");
    const mlg_value *few = run(&m, "twomode.usual_suspects", "top_tenth");
    const mlg_value *share = find(&m, "twomode.usual_suspects", "share");

    ck_assert_double_eq(number(seats, 0), 2);
    ck_assert_double_eq(part_at(seats, "median", 0), 1.5);
    ck_assert_double_eq(part_at(seats, "largest", 0), 4);
    ck_assert_double_eq(part_at(seats, "single_share", 0), 0.5);
    ck_assert_double_eq(part_at(seats, "without", 0), 1);
    /* differences of 1, 1, 2, 4: 3 + 1 + 3 + 1 + 3 + 2 over ordered pairs, twice, / (2 n^2 mean) */
    ck_assert_double_eq_tol(part_at(seats, "gini", 0), 2.0 * (0 + 1 + 3 + 1 + 3 + 2) / (2 * 16 * 2),
                            1e-12);
    ck_assert_double_eq(number(few, 0), 0.5);
    ck_assert_double_eq(part_at(few, "top", 0), 1);
    ck_assert_double_eq(part_at(few, "three", 0), 7.0 / 8);
    ck_assert_double_eq(part_at(few, "half", 0), 1);
    ck_assert_double_eq(number(share, 0), 0.5);
    ck_assert_double_eq(part_at(share, "activities", 3), 2);
    ck_assert_double_eq(number(run(&m, "twomode.sizes", "mean"), 0), 2);
    ck_assert_double_eq(part_at(find(&m, "twomode.sizes", "mean"), "single_share", 0), 0.25);
    measured_close(&m);
}
END_TEST

/* ---- extremes ----------------------------------------------------------------------------- */

static const char *const ids[] = {
    "twomode.sizes",   "twomode.memberships",   "twomode.newman",
    "twomode.jaccard", "twomode.clustering",    "twomode.robins_alexander",
    "twomode.nodf",    "twomode.sector_mixing", "twomode.usual_suspects",
};

static const char *const shapes[] = {
    "A | 0",                        /* one actor, one activity */
    "AB | 0; 1",                    /* nobody meets */
    "AB | 0,1",                     /* one meeting */
    "AAA | 0,1,2; 0,1,2; 0,1,2",    /* full */
    "AAB? | 0,1,2,3; 0; 1; 2",      /* a plenary, and everyone alone */
    "???? | 0,1; 2,3; 0,3",         /* nobody has a sector */
    "AB? | 0,2; 1,2",               /* no two of known sector */
    "ABAB | 0,1,2,3; 0,1; ; 2,3; ", /* activities without anybody */
};

START_TEST(every_measure_bears_every_table)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode(shapes[_i], MLG_PROJECT_NEWMAN));
    for (int k = 0; k < N_OF(ids); k++) {
        measured_value(&m, ids[k]);
    }
    for (size_t i = 0; i < m.values.n; i++) {
        measured_check(&m.values.items[i]);
    }
    measured_close(&m);
}
END_TEST

static const struct {
    int shape;
    const char *id;
    mlg_text_key why;
} reasons[] = {
    {1, "twomode.newman", T_why_no_shared_activity},
    {1, "twomode.jaccard", T_why_no_shared_activity},
    {2, "twomode.clustering", T_why_no_four_paths},
    {2, "twomode.robins_alexander", T_why_no_three_paths},
    {0, "twomode.nodf", T_why_no_pair_to_nest},
    {5, "twomode.sector_mixing", T_why_no_sectors},
    {6, "twomode.sector_mixing", T_why_no_shared_activity},
};

START_TEST(what_is_undefined_says_why)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode(shapes[reasons[_i].shape], MLG_PROJECT_NEWMAN));
    ck_assert_int_eq(measured_value(&m, reasons[_i].id)->undefined, reasons[_i].why);
    measured_close(&m);
}
END_TEST

START_TEST(each_failing_allocation_is_reported)
{
    const char *id = ids[_i];
    bool failed = true;
    for (long n = 0; failed; n++) {
        measured m;
        measured_open(&m, graph_fixture_two_mode(BY_HAND, MLG_PROJECT_NEWMAN));
        failed = measured_fails(m.context, 0, id, n, &m.values);
        measured_close(&m);
    }
}
END_TEST

START_TEST(threads_change_nothing)
{
    measured one, two;
    mlg_random draw = mlg_random_stream(11, "test.twomode.threads", "", 0);
    const random_seats seats = random_seats_of(&draw, 40, 30, 200);
    int32_t sector[40];
    mlg_graph *graph[2];
    for (int i = 0; i < 40; i++) {
        sector[i] = i % 4;
    }
    for (int g = 0; g < 2; g++) {
        ck_assert_int_eq(mlg_graph_from_participations(40, 30, seats.actor, seats.activity, seats.m,
                                                       MLG_PROJECT_NEWMAN, sector, 4, NULL,
                                                       &graph[g], NULL),
                         MLG_OK);
    }
    measured_open(&one, graph[0]);
    measured_open(&two, graph[1]);
    one.run.draws = two.run.draws = 199;
    two.run.threads = 3;
    for (int k = 0; k < N_OF(ids); k++) {
        measured_value(&one, ids[k]);
        measured_value(&two, ids[k]);
    }
    ck_assert_uint_eq(one.values.n, two.values.n);
    for (size_t i = 0; i < one.values.n; i++) {
        const mlg_value *a = &one.values.items[i], *b = &two.values.items[i];
        ck_assert_uint_eq(a->n, b->n);
        for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
            ck_assert_int_eq(a->column[c] == NULL, b->column[c] == NULL);
            ck_assert(a->column[c] == NULL ||
                      memcmp(a->column[c], b->column[c], a->n * sizeof *a->column[c]) == 0);
        }
    }
    measured_close(&one);
    measured_close(&two);
    mlg_free(seats.actor);
    mlg_free(seats.activity);
}
END_TEST

/* One plenary of 10,000, and a hundred pairs of its participants. */
static mlg_graph *plenary(void)
{
    enum { N = 10000, PAIRS = 100, M = N + 2 * PAIRS };
    int32_t *actor = mlg_alloc(M, sizeof *actor), *activity = mlg_alloc(M, sizeof *activity);
    int32_t *sector = mlg_alloc(N, sizeof *sector);
    mlg_graph *graph = NULL;
    mlg_run bound = MLG_RUN_INIT;
    for (int32_t i = 0; i < N; i++) {
        actor[i] = i;
        activity[i] = 0;
        sector[i] = i % 5;
    }
    for (int32_t i = 0; i < 2 * PAIRS; i++) {
        actor[N + i] = i / 2 + i % 2 * 5; /* i and i + 5: of one sector */
        activity[N + i] = 1 + i / 2;
    }
    ck_assert_int_eq(mlg_graph_from_participations(N, PAIRS + 1, actor, activity, M,
                                                   MLG_PROJECT_NEWMAN, sector, 5, &bound, &graph,
                                                   NULL),
                     MLG_OK);
    mlg_free(actor);
    mlg_free(activity);
    mlg_free(sector);
    return graph;
}

START_TEST(a_plenary_of_ten_thousand_is_counted)
{
    measured m;
    measured_open(&m, plenary());
    const mlg_value *newman = measured_value(&m, "twomode.newman");
    ck_assert_uint_eq(newman->total, 49995000);
    ck_assert_uint_eq(newman->n, 1000);
    ck_assert_double_eq_tol(number(newman, 0), 1.0 + 1.0 / 9999, 1e-12);
    ck_assert_double_eq(number(find(&m, "twomode.newman", "strength"), 0), 2);

    const mlg_value *mix = run(&m, "twomode.sector_mixing", "pairs");
    const double plenary_across = 1.0 - 5.0 * 2000 * 1999 / (10000.0 * 9999);
    ck_assert_double_eq_tol(number(mix, 0), plenary_across / 101, 1e-9);
    ck_assert_double_eq(mix->column[MLG_P][0],
                        0.01); /* the plenary meets everybody, the pairs do not */
    ck_assert_double_gt(part_at(mix, "largest_pairs", 0), 0.99);

    /* every pair is a subset of the plenary, whatever is traded */
    const mlg_value *nested = run(&m, "twomode.nodf", "activities");
    ck_assert_double_eq_tol(number(nested, 0), 100.0 * 100 / (101 * 100 / 2.0), 1e-9);
    ck_assert_double_nan(nested->column[MLG_P][0]);
    measured_value(&m, "twomode.clustering"); /* checked by itself */
    ck_assert_double_eq(number(run(&m, "twomode.sizes", "mean"), 0), 10200.0 / 101);
    measured_close(&m);
}
END_TEST

/* 300 actors, each in some 12 of 300 activities: over two million paths, so that draws look at
 * some of them only; seats at random are no closure, and the sample is near the whole. */
START_TEST(tables_of_many_paths_are_tested_by_samples)
{
    measured m;
    mlg_random draw = mlg_random_stream(5, "test.twomode.large", "", 0);
    measured_open(&m, random_two_mode(&draw, 300, 300, 3700, MLG_PROJECT_NEWMAN));
    const mlg_value *value = run(&m, "twomode.clustering", "actors");
    ck_assert_double_gt(part_at(value, "paths", 0), 2e6);
    ck_assert_double_eq_tol(part_at(value, "tested", 0), number(value, 0), 0.03);
    ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], number(value, 0), 0.03);
    ck_assert_double_gt(value->column[MLG_P][0], 0.01);
    ck_assert_int_eq(value->caution, T_none);
    measured_close(&m);
}
END_TEST

/* ---- laws ----------------------------------------------------------------------------------- */

START_TEST(who_comes_first_does_not_matter)
{
    mlg_random draw = mlg_random_stream(13, "test.twomode.order", "", (uint64_t) _i);
    random_seats seats = random_seats_of(&draw, 14, 9, 50);
    int32_t *order = random_order(&draw, 14);
    double found[2][3];
    for (int g = 0; g < 2; g++) {
        mlg_graph *graph = NULL;
        measured m;
        ck_assert_int_eq(mlg_graph_from_participations(14, 9, seats.actor, seats.activity, seats.m,
                                                       MLG_PROJECT_NEWMAN, NULL, 0, NULL, &graph,
                                                       NULL),
                         MLG_OK);
        measured_open(&m, graph);
        found[g][0] = number(run(&m, "twomode.clustering", "actors"), 0);
        found[g][1] = number(run(&m, "twomode.robins_alexander", "two-mode"), 0);
        found[g][2] = number(run(&m, "twomode.nodf", "sorted"), 0);
        measured_close(&m);
        for (size_t i = 0; i < seats.m; i++) {
            seats.actor[i] = order[seats.actor[i]];
        }
    }
    for (int k = 0; k < 3; k++) {
        ck_assert_double_eq_tol(found[0][k], found[1][k], 1e-9);
    }
    mlg_free(order);
    random_seats_free(&seats);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("twomode");
    TCase *core = tcase_create("twomode");
    tcase_set_timeout(core, 120);
    tcase_add_loop_test(core, values_are_those_of_other_programs, 0, N_OF(others));
    tcase_add_test(core, closed_paths_of_davis_are_counted_one_by_one);
    tcase_add_test(core, strength_is_the_number_of_activities_with_others);
    tcase_add_loop_test(core, pairs_of_davis_are_those_of_other_programs, 0, N_OF(pairs));
    tcase_add_loop_test(core, counts_are_those_of_the_definitions, 0, N_RANDOM);
    tcase_add_loop_test(core, nestedness_in_the_given_order_is_the_definition, 0, N_RANDOM);
    tcase_add_loop_test(core, pairs_share_what_the_table_says, 0, N_RANDOM);
    tcase_add_loop_test(core, drawn_paths_are_closed_as_often_as_all_are, 0, N_RANDOM);
    tcase_add_loop_test(core, p_is_the_share_of_all_tables_with_these_margins, 0, N_OF(tested));
    tcase_add_test(core, margins_that_leave_nothing_to_chance_are_no_test);
    tcase_add_test(core, sectors_meet_as_worked_by_hand);
    tcase_add_test(core, sector_mixing_is_the_share_of_all_tables);
    tcase_add_test(core, an_actor_of_two_sectors_is_of_one_with_each_of_both);
    tcase_add_test(core, seats_spread_as_worked_by_hand);
    tcase_add_loop_test(core, every_measure_bears_every_table, 0, N_OF(shapes));
    tcase_add_loop_test(core, what_is_undefined_says_why, 0, N_OF(reasons));
    tcase_add_loop_test(core, each_failing_allocation_is_reported, 0, N_OF(ids));
    tcase_add_test(core, threads_change_nothing);
    tcase_add_test(core, a_plenary_of_ten_thousand_is_counted);
    tcase_add_test(core, tables_of_many_paths_are_tested_by_samples);
    tcase_add_loop_test(core, who_comes_first_does_not_matter, 0, 8);
    suite_add_tcase(suite, core);
    return suite_run(suite);
}
