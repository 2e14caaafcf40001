/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "graph_fixture.h"
#include "measure/broker_ground.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_broker.h"
#include "suite.h"

static const char *const roles[] = {
    "broker.coordinator", "broker.itinerant", "broker.representative", "broker.gatekeeper",
    "broker.boundary",    "broker.liaison",   "broker.total",
};
enum { N_NAMED = sizeof roles / sizeof *roles };

/* sna's columns: without boundary. */
static const int sna_roles[] = {0, 1, 2, 3, 5, 6};
enum { N_SNA = 6 };

/* Of a measure's two values, a list and its sum, the one of a shape. All measures run at the
 * first call, so that nothing moves afterwards. */
static const mlg_value *value_of(measured *m, const char *id, mlg_shape shape)
{
    const bool first = m->values.n == 0;
    for (size_t r = 0; first && mlg_measures()[r].id != NULL; r++) {
        if (strncmp(mlg_measures()[r].id, "broker.", 7) == 0) {
            ck_assert_int_eq(mlg_measures()[r].run(m->context, 0, &m->values, NULL), MLG_OK);
        }
    }
    for (size_t i = 0; i < m->values.n; i++) {
        const mlg_value *value = &m->values.items[i];
        if (strcmp(value->measure->id, id) == 0 && value->shape == shape) {
            measured_check(value);
            return value;
        }
    }
    ck_abort_msg("%s has no such value", id);
}

static const mlg_value *list_of(measured *m, const char *id)
{
    return value_of(m, id, MLG_VECTOR);
}

static const mlg_value *sum_of(measured *m, const char *id)
{
    return value_of(m, id, MLG_SCALAR);
}

static double part_of(const mlg_value *value, const char *name, size_t i)
{
    const double *part = mlg_value_part_find(value, name);
    return part != NULL ? part[i] : NAN;
}

static bool near(double x, double y, double slack)
{
    return (isnan(x) && isnan(y)) || fabs(x - y) <= slack * (1.0 + fabs(y));
}

/* ---- by hand -------------------------------------------------------------------------- */

/* a -> b -> c and the sectors of the three: one role of b. */
static const struct {
    const char *sectors, *row;
} three[] = {
    {"AAA", "gf.path.111"}, {"ABA", "gf.path.121"}, {"AAB", "gf.path.112"},
    {"ABB", "gf.path.122"}, {"ABC", "gf.path.123"},
};

START_TEST(a_path_gives_one_role)
{
    json_t *expected = reference_value(three[_i].row);
    measured m;
    measured_open(&m, graph_fixture(three[_i].sectors, "0>1 1>2"));
    for (size_t r = 0; r < 5; r++) {
        const double want = json_number_value(json_array_get(expected, r));
        ck_assert_double_eq(list_of(&m, roles[sna_roles[r]])->column[MLG_VALUE][1], want);
        ck_assert_double_eq(list_of(&m, roles[sna_roles[r]])->column[MLG_VALUE][0], 0.0);
        ck_assert_double_eq(sum_of(&m, roles[sna_roles[r]])->column[MLG_VALUE][0], want);
    }
    json_decref(expected);
    measured_close(&m);
}
END_TEST

/* sna counts a tie as two arcs; we count a pair once, and its two ends as one role. */
START_TEST(without_direction_each_pair_counts_once)
{
    const char *const sectors[] = {"ABA", "AAB"};
    json_t *expected = reference_value("gf.undirected");
    for (size_t i = 0; i < 2; i++) {
        measured m;
        measured_open(&m, graph_fixture(sectors[i], "0-1 1-2"));
        ck_assert_double_eq(list_of(&m, "broker.itinerant")->column[MLG_VALUE][1], i == 0);
        ck_assert_double_eq(list_of(&m, "broker.boundary")->column[MLG_VALUE][1], i == 1);
        ck_assert_double_eq(list_of(&m, "broker.total")->column[MLG_VALUE][1], 1.0);
        ck_assert_int_eq(measured_value(&m, "broker.gatekeeper")->undefined, T_why_boundary);
        ck_assert_int_eq(measured_value(&m, "broker.representative")->undefined, T_why_boundary);
        measured_close(&m);

        measured_open(&m, graph_fixture(sectors[i], "0-1 1-2"));
        m.run.convention = "sna";
        for (size_t r = 0; r < 5; r++) {
            ck_assert_double_eq(list_of(&m, roles[sna_roles[r]])->column[MLG_VALUE][1],
                                json_number_value(json_array_get(json_array_get(expected, i), r)));
        }
        ck_assert_str_eq(list_of(&m, "broker.total")->convention, "sna");
        measured_close(&m);
    }
    json_decref(expected);
}
END_TEST

/* A star of four sectors: the middle joins 6 pairs, 5 of two sectors, all of them alone. The
 * leaves 1 and 2 share a sector. */
START_TEST(the_middle_of_a_star_alone_joins_its_pairs)
{
    measured m;
    measured_open(&m, graph_fixture("ABBCD", "0-1 0-2 0-3 0-4"));
    const mlg_value *activity = list_of(&m, "broker.activity");
    ck_assert_double_eq(activity->column[MLG_VALUE][0], 5.0);
    ck_assert_double_eq(activity->column[MLG_VALUE][1], 0.0);
    const mlg_value *pairs = sum_of(&m, "broker.activity");
    ck_assert_double_eq(pairs->column[MLG_VALUE][0], 5.0);
    ck_assert_double_eq(part_of(pairs, "tied", 0), 4.0);
    ck_assert_double_eq(part_of(pairs, "apart", 0), 0.0);
    ck_assert_double_eq(part_of(pairs, "all", 0), 9.0);
    ck_assert_double_eq(list_of(&m, "broker.exclusivity")->column[MLG_VALUE][0], 5.0);
    ck_assert_double_eq(part_of(list_of(&m, "broker.exclusivity"), "share", 0), 1.0);
    ck_assert(isnan(part_of(list_of(&m, "broker.exclusivity"), "share", 1)));
    ck_assert_double_eq(measured_scalar(&m, "broker.concentration"), 1.0);
    ck_assert_double_eq(measured_part(&m, "broker.concentration", "top1_cross"), 1.0);
    measured_close(&m);
}
END_TEST

/* A square: 0 and 2 both stand between 1 and 3, so neither is alone. */
START_TEST(two_between_a_pair_are_not_exclusive)
{
    measured m;
    measured_open(&m, graph_fixture("ABCD?", "0-1 1-2 2-3 3-0 4-0 4-2"));
    ck_assert_double_eq(list_of(&m, "broker.activity")->column[MLG_VALUE][0], 1.0);
    ck_assert_double_eq(list_of(&m, "broker.exclusivity")->column[MLG_VALUE][0], 0.0);
    ck_assert_double_eq(sum_of(&m, "broker.activity")->column[MLG_VALUE][0], 2.0);
    ck_assert(isnan(list_of(&m, "broker.activity")->column[MLG_VALUE][4]));
    ck_assert_double_eq(measured_part(&m, "broker.concentration", "effective"), 4.0);
    measured_close(&m);
}
END_TEST

/* ---- other programs -------------------------------------------------------------------- */

static const struct {
    const char *graph, *rows;
} emon[] = {
    {"emon_cheyenne", "emon.Cheyenne"},
    {"emon_hurrfrederic", "emon.HurrFrederic"},
    {"emon_mtsthelens", "emon.MtStHelens"},
    {"emon_wichita", "emon.Wichita"},
};

static json_t *row_of(int i, const char *what)
{
    char id[96];
    snprintf(id, sizeof id, "%s.%s", emon[i].rows, what);
    return reference_value(id);
}

static double number_at(const json_t *array, size_t i)
{
    const json_t *item = json_array_get(array, i);
    return json_is_number(item) ? json_number_value(item) : NAN;
}

START_TEST(sums_are_those_of_sna)
{
    json_t *raw = row_of(_i, "gf_raw"), *expected = row_of(_i, "gf_exp"), *z = row_of(_i, "gf_z");
    measured m, own;
    measured_open(&m, reference_graph(emon[_i].graph));
    m.run.convention = "sna";
    measured_open(&own, reference_graph(emon[_i].graph));
    own.run.draws = 99;
    for (size_t r = 0; r < N_SNA; r++) {
        const mlg_value *value = sum_of(&m, roles[sna_roles[r]]);
        ck_assert_double_eq(value->column[MLG_VALUE][0], number_at(raw, r));
        ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], number_at(expected, r), 1e-9);
        ck_assert_double_eq_tol(value->column[MLG_Z][0], number_at(z, r), 1e-9);
        ck_assert_ptr_null(value->column[MLG_P]);
        ck_assert_double_eq(sum_of(&own, roles[sna_roles[r]])->column[MLG_VALUE][0],
                            number_at(raw, r));
    }
    json_decref(raw);
    json_decref(expected);
    json_decref(z);
    measured_close(&m);
    measured_close(&own);
}
END_TEST

/* Its z of an actor are right: our part, and NaN where a sector is too small. */
START_TEST(actors_are_those_of_sna)
{
    json_t *top = row_of(_i, "gf_top");
    const int32_t actor =
        reference_actor(emon[_i].graph, json_string_value(json_array_get(top, 0)));
    measured m, own;
    measured_open(&m, reference_graph(emon[_i].graph));
    m.run.convention = "sna";
    measured_open(&own, reference_graph(emon[_i].graph));
    own.run.draws = 99;
    for (size_t r = 0; r < N_SNA; r++) {
        const mlg_value *value = list_of(&m, roles[sna_roles[r]]);
        const double z = number_at(json_array_get(top, 2), r);
        ck_assert_double_eq(value->column[MLG_VALUE][actor], number_at(json_array_get(top, 1), r));
        ck_assert_msg(near(value->column[MLG_Z][actor], z, 1e-10), "%s: %.12g, not %.12g",
                      roles[sna_roles[r]], value->column[MLG_Z][actor], z);
        if (sna_roles[r] < 6) {
            const double ours =
                part_of(list_of(&own, roles[sna_roles[r]]), "z_bernoulli", (size_t) actor);
            ck_assert(near(ours, z, 1e-10));
        }
    }
    json_decref(top);
    measured_close(&m);
    measured_close(&own);
}
END_TEST

START_TEST(concentration_is_that_of_the_roles_without_direction)
{
    json_t *expected = row_of(_i, "hhi");
    measured m;
    measured_open(&m, reference_graph(emon[_i].graph));
    m.run.draws = 0;
    ck_assert_double_eq_tol(measured_scalar(&m, "broker.concentration"), number_at(expected, 0),
                            1e-9);
    ck_assert_double_eq_tol(measured_part(&m, "broker.concentration", "top1"),
                            number_at(expected, 1), 1e-9);
    json_decref(expected);
    measured_close(&m);
}
END_TEST

/* ---- slow twins --------------------------------------------------------------------------- */

START_TEST(counts_are_their_slow_twins)
{
    mlg_random draw = mlg_random_stream(7, "test.broker", "", (uint64_t) _i);
    const bool directed = _i % 2 == 0;
    measured m;
    measured_open(&m, random_graph(&draw, 20 + 10 * (_i % 5), (size_t) (60 + 70 * (_i % 4)),
                                   1 + _i % 6, directed, false));
    const int32_t n = m.graph->n;
    m.run.draws = 9;
    m.run.threads = 1 + _i % 3;
    bool *tied = slow_broker_table(m.graph, false);
    double *slow = mlg_zalloc((size_t) n * SLOW_ROLES, sizeof *slow);
    slow_broker_roles(n, tied, m.graph->sector, directed, slow);
    for (int32_t v = 0; v < n; v++) {
        for (int r = 0; r < SLOW_ROLES; r++) {
            const bool merged = !directed && (r == SLOW_REPRESENTATIVE || r == SLOW_GATEKEEPER);
            const double own = merged ? 0.0 : list_of(&m, roles[r])->column[MLG_VALUE][v];
            ck_assert(m.graph->sector[v] < 0 ? merged || isnan(own)
                                             : own == slow[v * SLOW_ROLES + r]);
        }
        const slow_pairs pairs = slow_broker_pairs(m.graph, v);
        const double activity = list_of(&m, "broker.activity")->column[MLG_VALUE][v];
        const double alone = list_of(&m, "broker.exclusivity")->column[MLG_VALUE][v];
        ck_assert(m.graph->sector[v] < 0 || (activity == pairs.stands && alone == pairs.alone));
    }
    const slow_pairs all = slow_broker_pairs(m.graph, -1);
    ck_assert_double_eq(sum_of(&m, "broker.activity")->column[MLG_VALUE][0], all.stands);
    ck_assert_double_eq(sum_of(&m, "broker.exclusivity")->column[MLG_VALUE][0], all.alone);
    mlg_free(tied);
    mlg_free(slow);
    measured_close(&m);
}
END_TEST

#define TWIN(name, role)                                                                           \
    static double name(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)           \
    {                                                                                              \
        (void) b;                                                                                  \
        return slow_broker_role(graph, who, a, role);                                              \
    }
TWIN(slow_coordinator, SLOW_COORDINATOR)
TWIN(slow_itinerant, SLOW_ITINERANT)
TWIN(slow_representative, SLOW_REPRESENTATIVE)
TWIN(slow_gatekeeper, SLOW_GATEKEEPER)
TWIN(slow_boundary, SLOW_BOUNDARY)
TWIN(slow_liaison, SLOW_LIAISON)
static slow_statistic *const twins[] = {slow_coordinator, slow_itinerant, slow_representative,
                                        slow_gatekeeper,  slow_boundary,  slow_liaison};
enum { N_TWINS = sizeof twins / sizeof *twins };

static const struct {
    const char *sectors, *ties;
} small[] = {
    {"AABBC", "0-1 1-2 2-3 3-4 4-0 0-2"},       {"AAABBC", "0>1 1>0 1>2 2>3 3>4 4>0 5>0 0>5 2>5"},
    {"AB?BACC", "0-1 1-2 3-4 4-5 0-5 1-3 6-1"}, {"ABCDEA", "0>1 1>2 2>0 3>0 0>4 4>5 5>1"},
    {"AABBCC", "0-1 0-2 0-3 0-4 0-5"},
};
enum { N_SMALL = sizeof small / sizeof *small };

static bool is_there(const measured *m, int role)
{
    return m->graph->directed || (role != SLOW_REPRESENTATIVE && role != SLOW_GATEKEEPER);
}

/* Every deal of the sectors: mean, spread and p, of actors with their own sector kept. */
START_TEST(nulls_are_their_slow_twins)
{
    measured m;
    measured_open(&m, graph_fixture(small[_i].sectors, small[_i].ties));
    for (int r = 0; r < N_TWINS; r++) {
        if (!is_there(&m, r)) {
            continue;
        }
        const mlg_value *sum = sum_of(&m, roles[r]), *list = list_of(&m, roles[r]);
        const slow_null all = slow_null_of(m.graph, twins[r], -1, 0);
        ck_assert_str_eq(sum->p_method, "enumerated");
        ck_assert_double_eq_tol(sum->column[MLG_EXPECTED][0], all.mean, 1e-11);
        ck_assert_double_eq_tol(sum->column[MLG_SD][0], sqrt(all.variance), 1e-7);
        ck_assert_double_eq_tol(sum->column[MLG_P][0],
                                fmin(1.0, 2.0 * fmin(all.p_less, all.p_greater)), 1e-12);
        for (int32_t v = 0; v < m.graph->n; v++) {
            if (m.graph->sector[v] < 0 || slow_broker_role(m.graph, NULL, v, SLOW_TOTAL) == 0.0) {
                ck_assert(isnan(list->column[MLG_P][v]));
                continue;
            }
            const slow_null own = slow_null_keeping(m.graph, twins[r], v);
            ck_assert_double_eq_tol(list->column[MLG_EXPECTED][v], own.mean, 1e-11);
            ck_assert_double_eq_tol(list->column[MLG_SD][v], sqrt(own.variance), 1e-7);
            ck_assert_double_eq_tol(list->column[MLG_P][v], own.p_greater, 1e-12);
        }
    }
    measured_close(&m);
}
END_TEST

/* Drawn deals, an actor's sector kept by a trade, agree with all of them: 14 actors have more than
 * a million deals, and the mean over them is exact. */
START_TEST(drawn_deals_have_the_exact_mean)
{
    mlg_random draw = mlg_random_stream(3, "test.broker", "", 1);
    measured m;
    measured_open(&m, random_graph(&draw, 18, 60, 4, _i == 0, false));
    m.run.draws = 19999;
    for (int r = 0; r < N_TWINS; r++) {
        if (!is_there(&m, r)) {
            continue;
        }
        list_of(&m, roles[r]);
        const mlg_brokers *b = mlg_context_slot(m.context, 0, MLG_SLOT_BROKERS);
        ck_assert(!b->enumerated);
        ck_assert_uint_eq(b->n_deals, 19999);
        double sum = 0.0;
        for (size_t d = 0; d < b->n_deals; d++) {
            sum += b->draw[(size_t) r * b->n_deals + d];
        }
        const mlg_value *whole = sum_of(&m, roles[r]), *list = list_of(&m, roles[r]);
        ck_assert_double_lt(fabs(sum / b->n_deals - whole->column[MLG_EXPECTED][0]),
                            5.0 * whole->column[MLG_SD][0] / sqrt(b->n_deals) + 1e-12);
        for (int32_t i = 0; i < b->labelling.n; i++) {
            const int32_t v = b->labelling.actor[i];
            const double sd = list->column[MLG_SD][v];
            const double mean = (double) b->deals[i * MLG_N_ROLES + r].sum / (double) b->n_deals;
            ck_assert(isnan(sd) || fabs(mean - list->column[MLG_EXPECTED][v]) <=
                                       5.0 * sd / sqrt(b->n_deals) + 1e-12);
        }
    }
    measured_close(&m);
}
END_TEST

/* ---- moments against every graph --------------------------------------------------------------
 */

static const struct {
    const char *sectors;
    bool directed;
    int m; /* ties of each; fewer than 0: any number, each with chance 1/3 */
} sets[] = {
    {"AAAB", true, 5},    {"AABB", true, 4},    {"ABCD", true, 5},    {"AABBC", true, 4},
    {"AAAAB", true, 4},   {"AAABBC", false, 6}, {"AAAAAB", false, 5}, {"ABCDEE", false, 5},
    {"AABBCC", false, 7}, {"AAB", false, 2},    {"AABC", true, -1},   {"AAAA", true, -1},
    {"ABCD", true, -1},   {"AABBC", false, -1}, {"AAABB", false, -1},
};
enum { N_SETS = sizeof sets / sizeof *sets, MOST = 6 };

typedef struct tally {
    double weight;
    double sum[MOST + 1][SLOW_ROLES], squares[MOST + 1][SLOW_ROLES]; /* the last: all actors */
} tally;

static void add_graph(tally *t, int32_t n, const bool *tied, const int32_t *sector, bool ordered,
                      double weight)
{
    double role[(MOST + 1) * SLOW_ROLES] = {0};
    slow_broker_roles(n, tied, sector, ordered, role);
    t->weight += weight;
    for (int32_t v = 0; v <= n; v++) {
        for (int r = 0; r < SLOW_ROLES; r++) {
            double x = role[v * SLOW_ROLES + r];
            for (int32_t w = 0; v == n && w < n; w++) {
                x += role[w * SLOW_ROLES + r];
            }
            t->sum[v][r] += weight * x;
            t->squares[v][r] += weight * x * x;
        }
    }
}

/* Over every choice of ties: those of m, or all with their chance. */
static void every_graph(int i, const int32_t *sector, int32_t n, tally *t)
{
    int32_t from[MOST * MOST], to[MOST * MOST], places = 0;
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < n; b++) {
            if (a < b || (sets[i].directed && a != b)) {
                from[places] = a;
                to[places++] = b;
            }
        }
    }
    for (uint32_t choice = 0; choice < 1u << places; choice++) {
        const int ties = __builtin_popcount(choice);
        bool tied[MOST * MOST] = {false};
        if (sets[i].m >= 0 && ties != sets[i].m) {
            continue;
        }
        for (int32_t p = 0; p < places; p++) {
            if ((choice >> p & 1) != 0) {
                tied[from[p] * n + to[p]] = true;
                tied[to[p] * n + from[p]] |= !sets[i].directed;
            }
        }
        add_graph(t, n, tied, sector, sets[i].directed,
                  sets[i].m >= 0 ? 1.0 : pow(1.0 / 3.0, ties) * pow(2.0 / 3.0, places - ties));
    }
}

START_TEST(moments_are_those_of_every_graph)
{
    static tally t;
    measured m;
    t = (tally){0};
    measured_open(&m, graph_fixture(sets[_i].sectors, sets[_i].directed ? "0>1" : "0-1"));
    list_of(&m, "broker.total");
    mlg_brokers *b = mlg_context_slot(m.context, 0, MLG_SLOT_BROKERS);
    const int32_t n = m.graph->n;
    const double places = n * (n - 1.0) / (sets[_i].directed ? 1.0 : 2.0);
    every_graph(_i, m.graph->sector, n, &t);
    for (int32_t v = 0; v <= n; v++) {
        for (int r = 0; r < SLOW_ROLES; r++) {
            const int32_t own = v < n ? b->labelling.count[b->labelling.type[v]] : 0;
            const mlg_triples triples =
                v < n ? mlg_triples_of(b, (mlg_role) r, own) : mlg_triples_all(b, (mlg_role) r);
            const mlg_moments got = sets[_i].m >= 0
                                        ? mlg_moments_given_m(&triples, sets[_i].m, places)
                                        : mlg_moments_bernoulli(&triples, 1.0 / 3.0);
            const double mean = t.sum[v][r] / t.weight;
            const double variance = t.squares[v][r] / t.weight - mean * mean;
            if (isnan(triples.n) || !is_there(&m, r)) {
                continue; /* the two roles together, all actors: not claimed */
            }
            ck_assert_msg(near(got.mean, mean, 1e-10), "%s of %d: mean %g, not %g", roles[r],
                          (int) v, got.mean, mean);
            ck_assert_msg(near(got.sd * got.sd, variance, 1e-9), "%s of %d: variance %g, not %g",
                          roles[r], (int) v, got.sd * got.sd, variance);
        }
    }
    measured_close(&m);
}
END_TEST

/* ---- undefined, and laws
 * ------------------------------------------------------------------------- */

START_TEST(what_cannot_be_said_has_a_reason)
{
    const struct {
        const char *sectors, *ties;
        mlg_text_key why;
    } cases[] = {
        {"???", "0-1 1-2", T_why_no_sectors},
        {"AAB", "", T_why_no_ties},
        {"A?B", "0-1 1-2", T_why_no_ties},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        measured m;
        measured_open(&m, graph_fixture(cases[i].sectors, cases[i].ties));
        for (size_t r = 0; r < N_NAMED; r++) {
            ck_assert_int_eq(measured_value(&m, roles[r])->undefined, cases[i].why);
        }
        ck_assert_int_eq(measured_value(&m, "broker.activity")->undefined, cases[i].why);
        measured_close(&m);
    }
    measured m;
    measured_open(&m, graph_fixture("ABC", "0-1 1-2 2-0")); /* a triangle: nobody between */
    ck_assert_double_eq(sum_of(&m, "broker.total")->column[MLG_VALUE][0], 0.0);
    ck_assert_int_eq(measured_value(&m, "broker.concentration")->undefined, T_why_no_brokerage);
    measured_close(&m);
}
END_TEST

/* A sector of one cannot have a coordinator: sd 0, z NaN and never infinite. */
START_TEST(a_role_that_cannot_be_has_no_z)
{
    measured m;
    measured_open(&m, graph_fixture("ABBBCCC", "0-1 0-2 0-4 0-5 1-4 2-3 5-6"));
    for (int r = 0; r < N_TWINS; r++) {
        if (is_there(&m, r)) {
            const mlg_value *list = list_of(&m, roles[r]);
            for (size_t v = 0; v < list->n; v++) {
                ck_assert(!isinf(list->column[MLG_Z][v]) && !isinf(part_of(list, "z_size", v)));
            }
        }
    }
    const mlg_value *inner = list_of(&m, "broker.coordinator");
    ck_assert_double_eq(inner->column[MLG_EXPECTED][0], 0.0);
    ck_assert_double_eq(inner->column[MLG_SD][0], 0.0);
    ck_assert(isnan(inner->column[MLG_Z][0]));
    ck_assert(isnan(part_of(inner, "z_size", 0)));
    ck_assert_double_eq(inner->column[MLG_P][0], 1.0);
    ck_assert_int_eq(inner->caution, T_caution_small_sample);
    measured_close(&m);
}
END_TEST

START_TEST(roles_add_up_and_threads_change_nothing)
{
    measured m[2];
    for (int k = 0; k < 2; k++) {
        mlg_random draw = mlg_random_stream(5, "test.broker", "", 2);
        measured_open(&m[k], random_graph(&draw, 300, 4000, 5, _i == 0, false));
        m[k].run.threads = k == 0 ? 1 : 4;
        m[k].run.draws = 499;
    }
    const mlg_value *total = list_of(&m[0], "broker.total");
    for (size_t v = 0; v < total->n; v++) {
        const double sum = list_of(&m[0], "broker.coordinator")->column[MLG_VALUE][v] +
                           list_of(&m[0], "broker.itinerant")->column[MLG_VALUE][v] +
                           list_of(&m[0], "broker.boundary")->column[MLG_VALUE][v] +
                           list_of(&m[0], "broker.liaison")->column[MLG_VALUE][v];
        ck_assert(near(sum, total->column[MLG_VALUE][v], 0.0));
    }
    for (int r = 0; r < N_TWINS; r++) {
        if (!is_there(&m[0], r)) {
            continue;
        }
        const mlg_value *a = list_of(&m[0], roles[r]), *b = list_of(&m[1], roles[r]);
        const mlg_value_column columns[] = {MLG_VALUE, MLG_SD, MLG_P, MLG_P_ADJUSTED};
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
            ck_assert_mem_eq(a->column[columns[c]], b->column[columns[c]], a->n * sizeof(double));
        }
    }
    measured_close(&m[0]);
    measured_close(&m[1]);
}
END_TEST

/* Without the room for deals the counts and the exact means stand, and the value says so. */
START_TEST(without_deals_the_counts_stand)
{
    mlg_random draw = mlg_random_stream(5, "test.broker", "", 3);
    measured m;
    measured_open(&m, random_graph(&draw, 60, 200, 4, false, false));
    m.run.draws = 0;
    const mlg_value *list = list_of(&m, "broker.liaison"), *sum = sum_of(&m, "broker.liaison");
    ck_assert_int_eq(list->caution, T_caution_no_deals);
    ck_assert_ptr_null(list->p_method);
    ck_assert(isnan(sum->column[MLG_P][0]) && isnan(sum->column[MLG_Z][0]));
    ck_assert_double_gt(sum->column[MLG_VALUE][0], 0.0);
    ck_assert_double_gt(sum->column[MLG_EXPECTED][0], 0.0);
    measured_close(&m);
}
END_TEST

static const char *const all_ids[] = {
    "broker.coordinator", "broker.gatekeeper",  "broker.total",
    "broker.activity",    "broker.exclusivity", "broker.concentration",
};
enum { N_ALL = sizeof all_ids / sizeof *all_ids };

START_TEST(any_allocation_may_fail)
{
    const mlg_measure *row = mlg_measure_find(all_ids[_i % N_ALL]);
    mlg_graph *graph = _i < N_ALL ? graph_fixture("AABBCCDD", "0>1 1>2 2>3 3>4 4>5 6>0 5>7 7>1")
                                  : graph_fixture("AABBCCDDEEFF?", "0-1 1-2 2-3 4-0 5-1 6-2 7-12");
    const mlg_run run = {.seed = 1, .draws = 99, .threads = 1, .memory_bound = (size_t) 1 << 30};
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_context *context = NULL;
        mlg_values values = {0};
        ck_assert_int_eq(mlg_context_of_graph(graph, &run, &context, NULL), MLG_OK);
        failed = measured_fails(context, 0, row->id, n, &values);
        ck_assert_int_eq(row->run(context, 0, &values, NULL), MLG_OK);
        mlg_values_free(&values);
        mlg_context_free(context);
    }
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broker");
    TCase *tcase = tcase_create("broker");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_path_gives_one_role, 0, 5);
    tcase_add_test(tcase, without_direction_each_pair_counts_once);
    tcase_add_test(tcase, the_middle_of_a_star_alone_joins_its_pairs);
    tcase_add_test(tcase, two_between_a_pair_are_not_exclusive);
    tcase_add_loop_test(tcase, sums_are_those_of_sna, 0, 4);
    tcase_add_loop_test(tcase, actors_are_those_of_sna, 0, 4);
    tcase_add_loop_test(tcase, concentration_is_that_of_the_roles_without_direction, 0, 4);
    tcase_add_loop_test(tcase, counts_are_their_slow_twins, 0, 20);
    tcase_add_loop_test(tcase, nulls_are_their_slow_twins, 0, N_SMALL);
    tcase_add_loop_test(tcase, drawn_deals_have_the_exact_mean, 0, 2);
    tcase_add_loop_test(tcase, moments_are_those_of_every_graph, 0, N_SETS);
    tcase_add_test(tcase, what_cannot_be_said_has_a_reason);
    tcase_add_test(tcase, a_role_that_cannot_be_has_no_z);
    tcase_add_loop_test(tcase, roles_add_up_and_threads_change_nothing, 0, 2);
    tcase_add_test(tcase, without_deals_the_counts_stand);
    tcase_add_loop_test(tcase, any_allocation_may_fail, 0, 2 * N_ALL);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
