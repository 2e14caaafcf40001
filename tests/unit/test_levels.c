/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/levels.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "graph_fixture.h"
#include "measure/ladder.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reported.h"
#include "suite.h"

#define CLOSE 1e-9

/* ---- values of a study ------------------------------------------------------------------ */

static void run_row(reported *r, const char *id, int32_t view)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_status status = mlg_measure_find(id)->run(r->context, view, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    for (size_t i = 0; i < r->values.n; i++) {
        measured_check(&r->values.items[i]);
    }
}

static const mlg_value *value_of(const reported *r, const char *id, const char *convention)
{
    for (size_t i = 0; i < r->values.n; i++) {
        const mlg_value *value = &r->values.items[i];
        if (strcmp(value->measure->id, id) == 0 &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            return value;
        }
    }
    ck_abort_msg("no value %s %s", id, convention != NULL ? convention : "");
    return NULL;
}

static double number(const mlg_value *value, mlg_value_column column)
{
    ck_assert_ptr_nonnull(value->column[column]);
    return value->column[column][0];
}

static double part(const mlg_value *value, const char *name)
{
    const double *values = mlg_value_part_find(value, name);
    ck_assert_msg(values != NULL, "no part %s", name);
    return values[0];
}

/* ---- directions by hand ------------------------------------------------------------------ */

static const char *const hand = "actors: id,kind,sector,level\n"
                                "a1,organisation,social,clinical\n"
                                "a2,organisation,social,strategic\n"
                                "a3,organisation,social,clinical\n"
                                "b1,organisation,hospital,clinical\n"
                                "r,residents,,\n"
                                "u,organisation,social,\n"
                                "ties: from,to,kind\n"
                                "a1,a2,works_with\n"
                                "a1,b1,works_with\n"
                                "a2,b1,works_with\n"
                                "r,a1,works_with\n"
                                "a1,a3,works_with\n"
                                "u,a1,works_with\n"
                                "u,a2,works_with\n";

START_TEST(directions_are_those_worked_by_hand)
{
    reported r;
    reported_open(&r, hand);
    run_row(&r, "silo.directions", 0);
    const mlg_value *internal = value_of(&r, "silo.directions", "internal");
    const mlg_value *horizontal = value_of(&r, "silo.directions", "horizontal");
    const mlg_value *vertical = value_of(&r, "silo.directions", "vertical");
    const mlg_value *diagonal = value_of(&r, "silo.directions", "diagonal");

    ck_assert_double_eq_tol(number(internal, MLG_VALUE), 0.2, CLOSE);
    ck_assert_double_eq_tol(number(horizontal, MLG_VALUE), 0.2, CLOSE);
    ck_assert_double_eq_tol(number(vertical, MLG_VALUE), 0.2, CLOSE);
    ck_assert_double_eq_tol(number(diagonal, MLG_VALUE), 0.4, CLOSE); /* with the residents */
    /* of the ten pairs of the five: a1 a3; a1 b1, a3 b1; a1 a2, a3 a2; a2 b1 and four with r */
    ck_assert_double_eq_tol(number(internal, MLG_EXPECTED), 0.1, CLOSE);
    ck_assert_double_eq_tol(number(horizontal, MLG_EXPECTED), 0.2, CLOSE);
    ck_assert_double_eq_tol(number(vertical, MLG_EXPECTED), 0.2, CLOSE);
    ck_assert_double_eq_tol(number(diagonal, MLG_EXPECTED), 0.5, CLOSE);
    ck_assert_double_eq(part(vertical, "known_ties"), 5);
    ck_assert_double_eq(part(vertical, "all_ties"), 7);
    ck_assert_double_eq(part(vertical, "known_actors"), 5);
    ck_assert_double_eq(part(vertical, "all_actors"), 6);
    ck_assert_str_eq(vertical->null_model, "labels");
    ck_assert_str_eq(vertical->p_method, "enumerated"); /* 60 deals of five types */
    ck_assert_int_eq(vertical->caution, T_caution_small_sample);
    reported_close(&r);
}
END_TEST

/* ---- slow twin ---------------------------------------------------------------------------------
 */

/* Of every order of the standings of the known actors, the shares and their sums. */
typedef struct twin {
    const mlg_graph *graph;
    const mlg_levels *levels;
    int32_t known[8];
    int32_t n;
    double observed[MLG_N_DIRECTIONS], mean[MLG_N_DIRECTIONS], as_low[MLG_N_DIRECTIONS], orders;
} twin;

static mlg_direction slow_direction(const twin *t, int32_t a, int32_t b)
{
    const mlg_levels *l = t->levels;
    if (l->residents[a] || l->residents[b]) {
        return MLG_DIAGONAL;
    }
    const bool sector = t->graph->sector[a] == t->graph->sector[b];
    const bool level = l->level[a] == l->level[b];
    return level ? (sector ? MLG_INTERNAL : MLG_HORIZONTAL)
                 : (sector ? MLG_VERTICAL : MLG_DIAGONAL);
}

static void slow_shares(const twin *t, const int32_t *order, double *share)
{
    double total = 0;
    memset(share, 0, MLG_N_DIRECTIONS * sizeof *share);
    for (int32_t i = 0; i < t->n; i++) {
        for (int32_t j = 0; j < i; j++) {
            if (mlg_csr_find(&t->graph->ties, t->known[i], t->known[j]) > 0) {
                share[slow_direction(t, order[i], order[j])]++;
                total++;
            }
        }
    }
    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        share[k] /= total;
    }
}

static void each_order(twin *t, int32_t *order, int32_t from)
{
    if (from == t->n) {
        double share[MLG_N_DIRECTIONS];
        slow_shares(t, order, share);
        for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
            t->mean[k] += share[k];
            t->as_low[k] += share[k] <= t->observed[k] + 1e-12;
        }
        t->orders++;
        return;
    }
    for (int32_t i = from; i < t->n; i++) {
        const int32_t kept = order[from];
        order[from] = order[i];
        order[i] = kept;
        each_order(t, order, from + 1);
        order[i] = order[from];
        order[from] = kept;
    }
}

START_TEST(directions_and_their_null_are_their_slow_twins)
{
    mlg_random random = mlg_random_stream(1, "test_levels", "twin", (uint64_t) _i);
    mlg_graph *graph = random_graph(&random, 7, 14, 3, _i % 2 == 1, false);
    int32_t level[7];
    bool residents[7];
    mlg_levels levels = {.n_levels = 2, .level = level, .residents = residents};
    const mlg_run run = {.seed = 1, .draws = 99, .threads = 1, .memory_bound = (size_t) 1 << 30};
    twin t = {.graph = graph, .levels = &levels};
    mlg_directions d;
    int32_t order[8];

    for (int v = 0; v < 7; v++) {
        level[v] = (int32_t) mlg_random_below(&random, 3) - 1;
        residents[v] = mlg_random_below(&random, 6) == 0;
        if (residents[v] || (level[v] >= 0 && graph->sector[v] >= 0)) {
            order[t.n] = v;
            t.known[t.n++] = v;
        }
    }
    ck_assert_int_eq(mlg_directions_make(graph, &levels, &run, &d, NULL), MLG_OK);
    ck_assert_int_eq(d.actors, t.n);
    slow_shares(&t, order, t.observed);
    if (d.total > 0) {
        each_order(&t, order, 0);
        ck_assert(d.enumerated);
        for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
            double mean = 0, low = 0;
            for (size_t i = 0; i < d.n; i++) {
                mean += d.draw[(size_t) k * d.n + i] / (double) d.n;
                low += d.draw[(size_t) k * d.n + i] <= t.observed[k] + 1e-12;
            }
            ck_assert_double_eq_tol(d.count[k] / d.total, t.observed[k], CLOSE);
            ck_assert_double_eq_tol(d.expected[k], t.mean[k] / t.orders, CLOSE);
            ck_assert_double_eq_tol(mean, t.mean[k] / t.orders, CLOSE);
            ck_assert_double_eq_tol(low / (double) d.n, t.as_low[k] / t.orders, CLOSE);
        }
    }
    mlg_directions_free(&d);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(participations_are_traded_and_shares_make_one)
{
    mlg_graph *graph = graph_fixture_two_mode(
        "AABBCCAABBCC?A | 0,1,2; 1,3,5,7; 2,4,6,8,13; 9,10; 11,0,5; 3,8,12; 6,9,11,2; 7,10",
        MLG_PROJECT_NEWMAN);
    int32_t level[14];
    bool residents[14] = {false};
    mlg_levels levels = {.n_levels = 2, .level = level, .residents = residents};
    const mlg_run run = {.seed = 1, .draws = 49, .threads = 2, .memory_bound = (size_t) 1 << 30};
    twin t = {.graph = graph, .levels = &levels};
    double share[MLG_N_DIRECTIONS] = {0}, total = 0;
    mlg_directions d;

    for (int v = 0; v < 14; v++) {
        level[v] = v / 4 % 2;
    }
    ck_assert_int_eq(mlg_directions_make(graph, &levels, &run, &d, NULL), MLG_OK);
    for (int32_t a = 0; a < 14; a++) {
        for (int32_t b = 0; b < a; b++) {
            if (graph->sector[a] >= 0 && graph->sector[b] >= 0 &&
                mlg_csr_find(&graph->ties, a, b) > 0) {
                share[slow_direction(&t, a, b)]++;
                total++;
            }
        }
    }
    ck_assert(d.two_mode);
    ck_assert_double_eq(d.total, total);
    ck_assert_uint_eq(d.n, 49);
    for (int k = 0; k < MLG_N_DIRECTIONS; k++) {
        ck_assert_double_eq(d.count[k], share[k]);
        ck_assert_double_nan(d.expected[k]);
    }
    for (size_t i = 0; i < d.n; i++) {
        double sum = 0;
        for (size_t k = 0; k < MLG_N_DIRECTIONS; k++) {
            ck_assert_double_ge(d.draw[k * d.n + i], 0);
            sum += d.draw[k * d.n + i];
        }
        ck_assert_double_eq_tol(sum, 1, CLOSE);
    }
    mlg_directions_free(&d);
    mlg_graph_free(graph);
}
END_TEST

/* ---- levels -----------------------------------------------------------------------------------
 */

START_TEST(an_organisation_has_the_level_its_people_agree_on)
{
    reported r;
    mlg_levels levels;
    reported_open(&r, "actors: id,kind,organisation,level\n"
                      "one,organisation,,\ntwo,organisation,,\nown,organisation,,clinical\n"
                      "p1,person,one,strategic\np2,person,one,strategic\np3,person,one,\n"
                      "p4,person,two,strategic\np5,person,two,clinical\n"
                      "p6,person,own,strategic\n"
                      "ties: from,to\none,two\ntwo,own\n");
    const mlg_graph *graph = mlg_context_graph(r.context, 0);
    ck_assert_int_eq(mlg_levels_of(graph, &levels, NULL), MLG_OK);
    const int32_t one = mlg_id_find(graph->subject, graph->n, model_fixture_party(r.model, "one"));
    const int32_t two = mlg_id_find(graph->subject, graph->n, model_fixture_party(r.model, "two"));
    const int32_t own = mlg_id_find(graph->subject, graph->n, model_fixture_party(r.model, "own"));
    ck_assert_int_eq(levels.code[levels.level[one]], MLG_CODE_OF(actor_level, strategic));
    ck_assert_int_eq(levels.level[two], -1); /* they differ */
    ck_assert_int_eq(levels.code[levels.level[own]], MLG_CODE_OF(actor_level, clinical));
    ck_assert_int_eq(levels.known, 2);
    mlg_levels_free(&levels);
    reported_close(&r);
}
END_TEST

/* The same study twice, once with the levels for sectors. */
START_TEST(openness_between_levels_is_that_of_sectors_so_called)
{
    reported r, s;
    reported_open(&r, "actors: id,kind,level\na,organisation,clinical\nb,organisation,strategic\n"
                      "c,organisation,clinical\nd,organisation,strategic\ne,organisation,\n"
                      "ties: from,to\na,c\nb,d\na,b\nc,e\n");
    reported_open(&s, "actors: id,kind,sector\na,organisation,social\nb,organisation,hospital\n"
                      "c,organisation,social\nd,organisation,hospital\ne,organisation,\n"
                      "ties: from,to\na,c\nb,d\na,b\nc,e\n");
    run_row(&r, "silo.ei_level", 0);
    run_row(&s, "silo.ei", 0);
    const mlg_value *level = value_of(&r, "silo.ei_level", NULL);
    const mlg_value *sector = value_of(&s, "silo.ei", NULL);
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_P,
                                               MLG_MIN,   MLG_MAX,      MLG_Z};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        ck_assert_double_eq(number(level, columns[c]), number(sector, columns[c]));
    }
    ck_assert_double_eq_tol(number(level, MLG_VALUE), -1.0 / 3.0, CLOSE);
    reported_close(&r);
    reported_close(&s);
}
END_TEST

START_TEST(what_cannot_be_said_of_levels_has_its_reason)
{
    static const char *const ids[] = {"silo.ei_level", "silo.directions"};
    reported r;
    measured m;
    reported_open(&r, "actors: id,kind,sector,level\na,organisation,,clinical\n"
                      "b,organisation,social,\nties: from,to\na,b\n");
    run_row(&r, "silo.directions", 0);
    ck_assert_int_eq(r.values.items[0].undefined, T_why_no_sector_and_level);
    run_row(&r, "silo.ei_level", 0);
    ck_assert_int_eq(r.values.items[1].undefined, T_why_no_ties);
    reported_close(&r);
    reported_open(&r, "actors: id,kind,sector,level\na,organisation,social,clinical\n"
                      "b,organisation,social,\nties: from,to\na,b\n");
    run_row(&r, "silo.directions", 0);
    ck_assert_int_eq(r.values.items[0].undefined, T_why_no_level_tie);
    reported_close(&r);
    for (int i = 0; i < 2; i++) {
        measured_open(&m, graph_fixture("AB", "0-1"));
        ck_assert_int_eq(measured_value(&m, ids[i])->undefined, T_why_no_actor_level);
        measured_close(&m);
    }
}
END_TEST

/* ---- kinds of tie ------------------------------------------------------------------------------
 */

static const char *const kinds = "ties: from,to,kind\n"
                                 "a,b,knows\na,c,knows\nb,c,knows\nc,d,knows\n"
                                 "b,a,works_with\nd,c,works_with\nd,e,works_with\n";

/* Mean and sd of the overlap over all 120 orders of the five. */
static void each_naming(bool knows[5][5], bool works[5][5], int *order, int from, double *sums)
{
    if (from == 5) {
        double both = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < i; j++) {
                both += works[i][j] && knows[order[i]][order[j]];
            }
        }
        sums[0]++;
        sums[1] += both;
        sums[2] += both * both;
        return;
    }
    for (int i = from; i < 5; i++) {
        int kept = order[from];
        order[from] = order[i];
        order[i] = kept;
        each_naming(knows, works, order, from + 1, sums);
        kept = order[from];
        order[from] = order[i];
        order[i] = kept;
    }
}

START_TEST(two_kinds_share_the_pairs_counted_by_hand)
{
    reported r;
    bool knows[5][5] = {{false}}, works[5][5] = {{false}};
    static const int k[][2] = {{0, 1}, {0, 2}, {1, 2}, {2, 3}}, w[][2] = {{0, 1}, {3, 2}, {3, 4}};
    int order[] = {0, 1, 2, 3, 4};
    double sums[3] = {0, 0, 0};

    for (int i = 0; i < 4; i++) {
        knows[k[i][0]][k[i][1]] = knows[k[i][1]][k[i][0]] = true;
    }
    for (int i = 0; i < 3; i++) {
        works[w[i][0]][w[i][1]] = works[w[i][1]][w[i][0]] = true;
    }
    each_naming(knows, works, order, 0, sums);
    const double mean = sums[1] / sums[0], sd = sqrt(sums[2] / sums[0] - mean * mean);
    reported_open(&r, kinds);
    run_row(&r, "silo.ladder", -1);
    const mlg_value *ladder = value_of(&r, "silo.ladder", NULL);
    ck_assert_uint_eq(ladder->n, 1);
    ck_assert_int_eq(ladder->subject[0], MLG_CODE_OF(tie_kind, knows));
    ck_assert_int_eq(ladder->subject[1], MLG_CODE_OF(tie_kind, works_with));
    ck_assert_double_eq(number(ladder, MLG_VALUE), 2);
    ck_assert_double_eq_tol(number(ladder, MLG_EXPECTED), 1.2, CLOSE);
    ck_assert_double_eq_tol(number(ladder, MLG_EXPECTED), mean, CLOSE);
    ck_assert_double_eq_tol(number(ladder, MLG_SD), sd, CLOSE);
    ck_assert_double_eq_tol(part(ladder, "share_of_a"), 0.5, CLOSE);
    ck_assert_double_eq_tol(part(ladder, "share_of_b"), 2.0 / 3.0, CLOSE);
    ck_assert_double_eq_tol(part(ladder, "jaccard"), 0.4, CLOSE);
    ck_assert_double_eq_tol(part(ladder, "lift"), 2 / 1.2, CLOSE);
    ck_assert_double_eq(part(ladder, "actors"), 5);
    reported_close(&r);
}
END_TEST

START_TEST(one_kind_is_no_ladder)
{
    reported r;
    reported_open(&r, "ties: from,to,kind\na,b,knows\n");
    run_row(&r, "silo.ladder", -1);
    ck_assert_int_eq(value_of(&r, "silo.ladder", NULL)->undefined, T_why_one_kind);
    reported_close(&r);
}
END_TEST

/* ---- memory and findings
 * -------------------------------------------------------------------------- */

static const struct {
    const char *id;
    int32_t view;
} rows[] = {{"silo.directions", 0}, {"silo.ei_level", 0}, {"silo.ladder", -1}};

START_TEST(any_allocation_may_fail)
{
    reported r;
    reported_open(&r, "actors: id,kind,sector,level\na,organisation,social,clinical\n"
                      "b,organisation,hospital,clinical\nc,organisation,social,strategic\n"
                      "ties: from,to,kind\na,b,knows\nb,c,works_with\na,c,knows\n");
    r.run.draws = 9;
    for (long n = 0; measured_fails(r.context, rows[_i].view, rows[_i].id, n, &r.values); n++) {
    }
    reported_close(&r);
}
END_TEST

/* Twelve actors of two sectors and two levels, each tied inside its own sector and level. */
static const char *closed_levels(void)
{
    static char text[4096];
    static const char *const sectors[] = {"social", "hospital"};
    static const char *const level_names[] = {"clinical", "strategic"};
    size_t used = 0;
#define PUT(...) used += (size_t) snprintf(text + used, sizeof text - used, __VA_ARGS__)
    PUT("actors: id,kind,sector,level\n");
    for (int i = 0; i < 24; i++) {
        PUT("a%d,organisation,%s,%s\n", i, sectors[i / 12], level_names[i / 6 % 2]);
    }
    PUT("ties: from,to,kind\n");
    for (int i = 0; i < 24; i++) {
        for (int j = i + 1; j < 24; j++) {
            if (i / 6 == j / 6) {
                PUT("a%d,a%d,works_with\n", i, j);
            }
        }
    }
    PUT("a0,a12,works_with\na0,a13,knows\na1,a14,knows\n");
#undef PUT
    return text;
}

START_TEST(a_direction_that_lacks_is_told_once)
{
    reported r;
    reported_study(&r, closed_levels());
    const mlg_finding *levels = reported_first(&r, "levels");
    const mlg_finding *knows = reported_first(&r, "acquaintance");
    ck_assert_uint_eq(reported_count(&r, "levels"), 1);
    ck_assert_ptr_nonnull(levels);
    ck_assert_int_eq(levels->level, MLG_WARN);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, levels, MLG_EN), "expected"));
    ck_assert_ptr_nonnull(knows);
    ck_assert_int_eq(knows->level, MLG_NOTICE);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, knows, MLG_EN), "“a0” and “a13”"));
    ck_assert_uint_eq(knows->rows_total, 2);
    ck_assert_uint_eq(reported_count(&r, "communities"), 1);
    ck_assert_int_eq(reported_first(&r, "communities")->level, MLG_INFO);
    reported_close(&r);
}
END_TEST

/* Four pairs know each other across sectors: one works together, one meets, one has two partners
 * in common, one has nothing. */
static const char *const strangers =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,kind,sector\n"
    "a,organisation,social\nb,organisation,social\nc,organisation,social\nd,organisation,social\n"
    "w,organisation,housing\nx,organisation,housing\ny,organisation,housing\n"
    "z,organisation,housing\n"
    "ties: from,to,kind\na,w,knows\nb,x,knows\nc,y,knows\nd,z,knows\n"
    "a,w,works_with\nd,a,works_with\nz,a,works_with\nb,w,works_with\nx,w,works_with\n"
    "b,a,works_with\nx,a,works_with\n"
    "participations: actor,activity,date\n";

START_TEST(who_knows_is_told_beside_who_meets)
{
    reported r;
    char text[1024];
    snprintf(text, sizeof text, "%s%s", strangers,
             _i == 0 ? "b,k,2024-05-01\nx,k,2024-05-01\nd,k,2019-05-01\nz,k,2019-05-01\n"
                     : "a,k,2024-05-01\n");
    reported_study(&r, text);
    const mlg_finding *knows = reported_first(&r, "acquaintance");
    ck_assert_ptr_nonnull(knows);
    /* b and x meet in the year; d and z did long before: those who meet come last */
    ck_assert_str_eq(
        reported_sentence(&r, knows, MLG_EN),
        _i == 0 ? "Of 4 pairs of actors of different sectors that know each other, 3 have no "
                  "working tie declared, of which 1 takes part in an activity in common; first "
                  "those that meet nowhere, then by partners in common: “d” and “z”; “c” and “y”; "
                  "“b” and “x”."
                : "Of 4 pairs of actors of different sectors that know each other, 3 have no "
                  "working tie declared; those with most partners in common: “b” and “x”; “d” "
                  "and “z”; “c” and “y”.");
    reported_close(&r);
}
END_TEST

START_TEST(without_any_tie_there_is_no_ladder_for_that)
{
    reported r;
    reported_open(&r, "participations: actor,activity\na,k\nb,k\n");
    run_row(&r, "silo.ladder", -1);
    ck_assert_int_eq(value_of(&r, "silo.ladder", NULL)->undefined, T_why_no_ties);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("levels");
    TCase *tcase = tcase_create("directions");
    tcase_add_test(tcase, directions_are_those_worked_by_hand);
    tcase_add_loop_test(tcase, directions_and_their_null_are_their_slow_twins, 0, 12);
    tcase_add_test(tcase, participations_are_traded_and_shares_make_one);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("levels");
    tcase_add_test(tcase, an_organisation_has_the_level_its_people_agree_on);
    tcase_add_test(tcase, openness_between_levels_is_that_of_sectors_so_called);
    tcase_add_test(tcase, what_cannot_be_said_of_levels_has_its_reason);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("kinds");
    tcase_add_test(tcase, two_kinds_share_the_pairs_counted_by_hand);
    tcase_add_test(tcase, one_kind_is_no_ladder);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("limits");
    tcase_add_loop_test(tcase, any_allocation_may_fail, 0, 3);
    tcase_add_test(tcase, a_direction_that_lacks_is_told_once);
    tcase_add_loop_test(tcase, who_knows_is_told_beside_who_meets, 0, 2);
    tcase_add_test(tcase, without_any_tie_there_is_no_ladder_for_that);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
