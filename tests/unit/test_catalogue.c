/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/texts.h"
#include "graph_fixture.h"
#include "maillage/measures.h"
#include "measure/suggest.h"
#include "measured.h"
#include "model_fixture.h"
#include "suite.h"

static const char *const families[] = {"network", "position", "silo",    "broker",
                                       "twomode", "gap",      "depend",  "turnover",
                                       "scale",   "scheme",   "compare", "quality"};

static int family_of(const char *id)
{
    for (int f = 0; f < (int) (sizeof families / sizeof *families); f++) {
        const size_t length = strlen(families[f]);
        if (strncmp(id, families[f], length) == 0 && id[length] == '.') {
            return f;
        }
    }
    return -1;
}

START_TEST(rows_stand_in_the_order_of_the_families_and_once)
{
    int last = 0;

    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        const int family = family_of(row->id);
        ck_assert_msg(family >= last, "%s stands in the wrong place", row->id);
        last = family;
        ck_assert_ptr_eq(mlg_measure_find(row->id), row);
        ck_assert_uint_lt(strspn(row->id, "abcdefghijklmnopqrstuvwxyz_."), 64);
        ck_assert_uint_eq(strspn(row->id, "abcdefghijklmnopqrstuvwxyz_."), strlen(row->id));
    }
    ck_assert_ptr_null(mlg_measure_find("network"));
    ck_assert_ptr_null(mlg_measure_find(""));
}
END_TEST

/* "network.density" -> "prefix_network_density" */
static mlg_text_key text_of(const char *prefix, const char *id)
{
    char name[128];
    snprintf(name, sizeof name, "%s_%s", prefix, id);
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '.' ? '_' : *c;
    }
    return mlg_text_find(name);
}

START_TEST(every_row_says_all_that_a_reader_needs)
{
    const char *const directions[] = {"arcs", "weak", "two-mode", "weak/two-mode", "-"};

    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        bool known = false;
        for (size_t d = 0; d < sizeof directions / sizeof *directions; d++) {
            known = known || strcmp(row->direction, directions[d]) == 0;
        }
        ck_assert_msg(known, "%s: direction '%s'", row->id, row->direction);
        ck_assert_msg(row->run != NULL && row->convention[0] != '\0' && row->source[0] != '\0' &&
                          row->undefined[0] != '\0' && row->weight[0] != '\0',
                      "%s is not told in full", row->id);
        ck_assert_msg(!(row->low > row->high), "%s: %g..%g", row->id, row->low, row->high);
        ck_assert_msg(mlg_text_find(row->question) != T_none, "%s: no text %s", row->id,
                      row->question);
        ck_assert_int_eq(mlg_text_find(row->question), text_of("measure", row->id));
        ck_assert_msg(text_of("title", row->id) != T_none, "%s has no title", row->id);
        for (int l = 0; l < MLG_N_LANGUAGES; l++) {
            const char *question = mlg_text((mlg_language) l, mlg_text_find(row->question));
            ck_assert_msg(strchr(question, '?') != NULL, "%s asks nothing: %s", row->id, question);
        }
    }
}
END_TEST

/* ---- mlg_measure_all() ------------------------------------------------------------- */

static void measure(measured *m, const char *const *ids, size_t n)
{
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_measure_all(m->context, ids, n, &m->values, &err) == MLG_OK, "%s",
                  err.message);
}

START_TEST(every_measure_of_a_view_bears_every_shape)
{
    measured m;

    measured_open(&m, measured_shape(_i));
    measure(&m, NULL, 0);
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        ck_assert_msg(mlg_values_find(&m.values, row->id, 0) != NULL ||
                          mlg_values_find(&m.values, row->id, -1) != NULL,
                      "%s: %s is left out", measured_shape_name(_i), row->id);
    }
    for (size_t i = 0; i < m.values.n; i++) {
        measured_check(&m.values.items[i]);
    }
    measured_close(&m);
}
END_TEST

static const struct {
    const char *what;
    const char *ids[3];
    size_t n;
    const char *first, *last;
    size_t values;
} choices[] = {
    {"one id", {"network.density"}, 1, "network.density", "network.density", 1},
    {"a family", {"network"}, 1, "network.actors", "network.gtd.lub", 16},
    {"with its dot", {"network."}, 1, "network.actors", "network.gtd.lub", 16},
    {"part of a family",
     {"network.centralization"},
     1,
     "network.centralization.degree",
     "network.centralization.betweenness",
     2},
    {"twice is once",
     {"network.ties", "network", "network.ties"},
     3,
     "network.actors",
     "network.gtd.lub",
     16},
    {"in the catalogue's order",
     {"position.degree", "network.ties"},
     2,
     "network.ties",
     "position.degree",
     2},
};

START_TEST(measures_are_chosen_by_id_or_family)
{
    measured m;

    measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
    measure(&m, choices[_i].ids, choices[_i].n);
    ck_assert_msg(m.values.n == choices[_i].values, "%s: %zu values", choices[_i].what, m.values.n);
    ck_assert_str_eq(m.values.items[0].measure->id, choices[_i].first);
    ck_assert_str_eq(m.values.items[m.values.n - 1].measure->id, choices[_i].last);
    measured_close(&m);
}
END_TEST

static const struct {
    const char *name, *nearest;
} typos[] = {
    {"betweenness", "network.centralization.betweenness, position.betweenness"},
    {"netwrok.density", "network.density"},
    {"densty", "network.density"},
    {"position.pagernk", "position.pagerank"},
    {"networ", "network.actors"},
};

START_TEST(an_unknown_measure_is_answered_with_the_nearest_names)
{
    measured m;
    mlg_error err = {MLG_OK, ""};
    const char *const ids[] = {"network.ties", typos[_i].name};

    measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
    ck_assert_int_eq(mlg_measure_all(m.context, ids, 2, &m.values, &err), MLG_EARG);
    ck_assert_msg(strstr(err.message, typos[_i].nearest) != NULL, "%s", err.message);
    ck_assert_ptr_nonnull(strstr(err.message, typos[_i].name));
    ck_assert_uint_eq(m.values.n, 0);
    measured_close(&m);
}
END_TEST

START_TEST(nearest_names_are_cut_to_their_room)
{
    char near[24];
    mlg_nearest_measures("network.density", near, sizeof near);
    ck_assert_uint_eq(strlen(near), sizeof near - 1);
    ck_assert_ptr_eq(strstr(near, "network.density, "), near);
}
END_TEST

START_TEST(no_measure_is_named_by_nothing)
{
    measured m;
    mlg_error err = {MLG_OK, ""};
    const char *const ids[] = {""};

    measured_open(&m, graph_fixture("A", ""));
    ck_assert_int_eq(mlg_measure_all(m.context, ids, 1, &m.values, &err), MLG_EARG);
    measured_close(&m);
}
END_TEST

START_TEST(an_unknown_convention_is_refused)
{
    measured m;
    mlg_error err = {MLG_OK, ""};

    measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
    m.run.convention = "pajek";
    ck_assert_int_eq(mlg_measure_all(m.context, NULL, 0, &m.values, &err), MLG_EARG);
    ck_assert_ptr_nonnull(strstr(err.message, "igraph, sna, ucinet"));
    measured_close(&m);
}
END_TEST

START_TEST(what_a_view_lacks_is_said_and_not_left_out)
{
    const char *const ids[] = {"network.reciprocity", "position.strength"};
    measured m;

    measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
    measure(&m, ids, 2);
    ck_assert_uint_eq(m.values.n, 2);
    ck_assert_int_eq(m.values.items[0].undefined, T_why_not_directed);
    ck_assert_int_eq(m.values.items[1].undefined, T_why_no_weights);
    measured_close(&m);
}
END_TEST

START_TEST(measures_of_views_say_that_there_is_no_view)
{
    const char *const ids[] = {"network.density", "quality.faults"};
    const mlg_run run = MLG_RUN_INIT;
    mlg_values values = {0};
    mlg_context *context = NULL;
    mlg_model *model = model_fixture("territories: id,name\nt1,Here\n");

    ck_assert_int_eq(mlg_context_open(model, NULL, 0, &run, &context, NULL), MLG_OK);
    ck_assert_int_eq(mlg_measure_all(context, ids, 2, &values, NULL), MLG_OK);
    ck_assert_int_eq(values.items[0].view, -1);
    ck_assert_int_eq(values.items[0].undefined, T_why_no_view);
    ck_assert_str_eq(values.items[1].measure->id, "quality.faults");
    ck_assert_int_eq(values.items[1].view, -1);
    mlg_values_free(&values);
    mlg_context_free(context);
    mlg_model_free(model);
}
END_TEST

/* A million actors, of whom a few hundred thousand have one tie. */
static mlg_graph *crowd(void)
{
    enum { N = 1000000, M = 120000 };
    int32_t *from = mlg_alloc(M, sizeof *from), *to = mlg_alloc(M, sizeof *to);
    mlg_graph *graph = NULL;

    for (int32_t i = 0; i < M; i++) {
        from[i] = 2 * i;
        to[i] = 2 * i + 1;
    }
    ck_assert_int_eq(mlg_graph_from_ties(N, from, to, NULL, M, false, NULL, 0, &graph, NULL),
                     MLG_OK);
    mlg_free(from);
    mlg_free(to);
    return graph;
}

START_TEST(what_would_take_minutes_is_left_to_who_forces_it)
{
    const char *const ids[] = {"network.density", "network.efficiency", "position.harmonic"};
    measured m;

    measured_open(&m, crowd());
    measure(&m, ids, 3);
    ck_assert_int_eq(m.values.items[0].undefined, T_none);
    ck_assert_int_eq(m.values.items[1].undefined, T_why_too_large);
    ck_assert_int_eq(m.values.items[2].undefined, T_why_too_large);
    m.run.force = true;
    measure(&m, ids + 1, 1); /* these paths are short: it takes seconds */
    ck_assert_int_eq(m.values.items[3].undefined, T_none);
    ck_assert_double_eq_tol(m.values.items[3].column[MLG_VALUE][0], 240000.0 / 1e6 / (1e6 - 1),
                            1e-15);
    measured_close(&m);
}
END_TEST

START_TEST(what_exceeds_the_memory_bound_is_too_large)
{
    const char *const ids[] = {"network.ties", "position.harmonic", "position.betweenness"};
    measured m;

    measured_open(&m, graph_fixture("AAAA", "0-1 1-2 2-3 3-0"));
    m.run.memory_bound = 10;
    measure(&m, ids, 3);
    ck_assert_uint_eq(m.values.n, 3);
    ck_assert_int_eq(m.values.items[0].undefined, T_none);
    ck_assert_int_eq(m.values.items[1].undefined, T_why_too_large);
    ck_assert_int_eq(m.values.items[2].undefined, T_why_too_large);
    measured_close(&m);
}
END_TEST

typedef struct told {
    int asked, allowed, heard;
    const char *last;
} told;

static bool cancel(void *context)
{
    told *t = context;
    return ++t->asked > t->allowed;
}

static void hear(void *context, const char *what, double share)
{
    told *t = context;
    ck_assert(share >= 0.0 && share <= 1.0);
    t->heard++;
    t->last = what;
}

START_TEST(a_run_stops_between_measures_and_keeps_nothing)
{
    told t = {0, 3, 0, NULL};
    mlg_error err = {MLG_OK, ""};
    measured m;

    measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
    m.run.cancelled = cancel;
    m.run.context = &t;
    ck_assert_int_eq(mlg_measure_all(m.context, NULL, 0, &m.values, &err), MLG_ESTOP);
    ck_assert_uint_eq(m.values.n, 0);
    measured_close(&m);
}
END_TEST

START_TEST(a_run_tells_how_far_it_is)
{
    const char *const ids[] = {"network.density"};
    told t = {0, 0, 0, NULL};
    measured m;

    measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
    m.run.progress = hear;
    m.run.context = &t;
    measure(&m, ids, 1);
    ck_assert_int_eq(t.heard, 1);
    ck_assert_str_eq(t.last, "network.density");
    measured_close(&m);
}
END_TEST

START_TEST(a_failed_run_keeps_the_values_of_earlier_ones)
{
    const char *const ids[] = {"network", "position"};
    mlg_status status = MLG_ENOMEM;

    for (long n = 0; status != MLG_OK; n++) {
        measured m;
        mlg_error err = {MLG_OK, ""};
        measured_open(&m, graph_fixture("AAB", "0-1 1-2"));
        measure(&m, ids, 1);
        mlg_alloc_fails_at = n;
        status = mlg_measure_all(m.context, ids + 1, 1, &m.values, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || status == MLG_ENOMEM, "%s", err.message);
        ck_assert(status == MLG_OK || (m.values.n == 16 && err.message[0] != '\0'));
        measured_close(&m);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, rows_stand_in_the_order_of_the_families_and_once);
    tcase_add_test(rows, every_row_says_all_that_a_reader_needs);
    suite_add_tcase(suite, rows);
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, every_measure_of_a_view_bears_every_shape, 0, MEASURED_SHAPES);
    tcase_add_loop_test(all, measures_are_chosen_by_id_or_family, 0,
                        (int) (sizeof choices / sizeof *choices));
    tcase_add_loop_test(all, an_unknown_measure_is_answered_with_the_nearest_names, 0,
                        (int) (sizeof typos / sizeof *typos));
    tcase_add_test(all, nearest_names_are_cut_to_their_room);
    tcase_add_test(all, no_measure_is_named_by_nothing);
    tcase_add_test(all, an_unknown_convention_is_refused);
    tcase_add_test(all, what_a_view_lacks_is_said_and_not_left_out);
    tcase_add_test(all, measures_of_views_say_that_there_is_no_view);
    tcase_add_test(all, what_would_take_minutes_is_left_to_who_forces_it);
    tcase_add_test(all, what_exceeds_the_memory_bound_is_too_large);
    tcase_add_test(all, a_run_stops_between_measures_and_keeps_nothing);
    tcase_add_test(all, a_run_tells_how_far_it_is);
    tcase_add_test(all, a_failed_run_keeps_the_values_of_earlier_ones);
    suite_add_tcase(suite, all);
    return suite_run(suite);
}
