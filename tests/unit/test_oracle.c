/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measured.h"
#include "reference.h"
#include "suite.h"

/* Values of tests/oracle/values.csv that no family's own test reads. */

enum { LINE = 512, MOST_ACTORS = 64, MOST_ARCS = 256 };

static const struct {
    const char *graph, *rows;
} emon[] = {
    {"emon_cheyenne", "emon.Cheyenne"},
    {"emon_hurrfrederic", "emon.HurrFrederic"},
    {"emon_mtsthelens", "emon.MtStHelens"},
    {"emon_wichita", "emon.Wichita"},
};

static double reference_number(const char *prefix, const char *what)
{
    char id[96];
    snprintf(id, sizeof id, "%s.%s", prefix, what);
    json_t *value = reference_value(id);
    const double number = json_number_value(value);
    json_decref(value);
    return number;
}

/* Location (the last column of the actors' table) as sector, numbered as met. */
static int32_t read_locations(const char *graph, int32_t *sector)
{
    char path[128], line[LINE], seen[8][16];
    int32_t n = 0, n_seen = 0;
    snprintf(path, sizeof path, "tests/oracle/graphs/%s.actors.csv", graph);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        int32_t s = 0;
        line[strcspn(line, "\r\n")] = '\0';
        const char *location = strrchr(line, ',') + 1;
        while (s < n_seen && strcmp(seen[s], location) != 0) {
            s++;
        }
        if (s == n_seen) {
            ck_assert_int_lt(n_seen, 8);
            snprintf(seen[n_seen++], sizeof seen[0], "%.15s", location);
        }
        ck_assert_int_lt(n, MOST_ACTORS);
        sector[n++] = s;
    }
    fclose(file);
    return n_seen;
}

/* The same arcs, other sectors. */
static mlg_graph *by_location(const char *name)
{
    int32_t sector[MOST_ACTORS], from[MOST_ARCS], to[MOST_ARCS];
    size_t m = 0;
    mlg_graph *graph = NULL, *arcs = reference_graph(name);
    const int32_t n_sectors = read_locations(name, sector);
    for (int32_t v = 0; v < arcs->n; v++) {
        for (uint32_t e = arcs->arcs.offset[v]; e < arcs->arcs.offset[v + 1]; e++) {
            ck_assert_uint_lt(m, MOST_ARCS);
            from[m] = v;
            to[m++] = arcs->arcs.target[e];
        }
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(arcs->n, from, to, NULL, m, true, sector, n_sectors, &graph, NULL),
        MLG_OK);
    mlg_graph_free(arcs);
    return graph;
}

START_TEST(e_i_by_location_is_that_of_r)
{
    measured m;
    measured_open(&m, by_location(emon[_i].graph));
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.ei"),
                            reference_number(emon[_i].rows, "ei_loc"), 1e-9);
    measured_close(&m);
}
END_TEST

/* F = 1 - connected pairs / all pairs, DF = 1 - efficiency, both on weak ties. */
START_TEST(fragmentation_follows_from_components_and_efficiency)
{
    char id[96];
    measured m;
    snprintf(id, sizeof id, "%s.F_DF", emon[_i].rows);
    json_t *expected = reference_value(id);
    measured_open(&m, reference_graph(emon[_i].graph));
    const double n = m.graph->n;
    const double isolates = measured_scalar(&m, "network.isolates");
    const double components = measured_scalar(&m, "network.components");

    /* in these four networks whoever is not in the main component is an isolate */
    ck_assert_double_eq(components, isolates + 1.0);
    const double connected = (n - isolates) * (n - isolates - 1.0) / (n * (n - 1.0));
    ck_assert_double_eq_tol(1.0 - connected, json_number_value(json_array_get(expected, 0)), 1e-9);
    ck_assert_double_eq_tol(1.0 - measured_scalar(&m, "network.efficiency"),
                            json_number_value(json_array_get(expected, 1)), 1e-9);
    json_decref(expected);
    measured_close(&m);
}
END_TEST

static double davis_weight(mlg_projection rule, const char *a, const char *b)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *davis = reference_graph("davis");
    mlg_csr pairs = {0};
    ck_assert_int_eq(
        mlg_project(&davis->attends, &davis->attended, rule, false, 1000000, &run, &pairs, NULL),
        MLG_OK);
    const double weight =
        mlg_csr_find(&pairs, reference_actor("davis", a), reference_actor("davis", b));
    mlg_csr_free(&pairs);
    mlg_graph_free(davis);
    return weight;
}

static const struct {
    const char *row;
    mlg_projection rule;
    size_t place; /* in the row's array */
    const char *other;
} davis_cases[] = {
    {"davis.count_EL", MLG_PROJECT_COUNT, 0, "Laura Mandeville"},
    {"davis.count_EL", MLG_PROJECT_COUNT, 1, "Theresa Anderson"},
    {"davis.newman_EL", MLG_PROJECT_NEWMAN, 0, "Laura Mandeville"},
    {"davis.newman_EL", MLG_PROJECT_NEWMAN, 1, "Theresa Anderson"},
    {"davis.jacc_overlap_EL", MLG_PROJECT_JACCARD, 0, "Laura Mandeville"},
};

START_TEST(the_women_of_davis_project_as_in_networkx)
{
    json_t *expected = reference_value(davis_cases[_i].row);
    ck_assert_double_eq_tol(
        davis_weight(davis_cases[_i].rule, "Evelyn Jefferson", davis_cases[_i].other),
        json_number_value(json_array_get(expected, davis_cases[_i].place)), 1e-9);
    json_decref(expected);
}
END_TEST

static const struct {
    const char *row, *graph;
} orders[] = {
    {"flo.names", "florentine"},
    {"davis.women", "davis"},
};

/* Every other row that lists actors by number counts on it. */
START_TEST(actors_stand_in_the_order_of_the_values)
{
    json_t *names = reference_value(orders[_i].row);
    mlg_graph *graph = reference_graph(orders[_i].graph);
    ck_assert_uint_eq(json_array_size(names), (size_t) graph->n);
    for (int32_t v = 0; v < graph->n; v++) {
        const char *name = json_string_value(json_array_get(names, (size_t) v));
        ck_assert_int_eq(reference_actor(orders[_i].graph, name), v);
    }
    mlg_graph_free(graph);
    json_decref(names);
}
END_TEST

/* Activities of davis have numbers only: E1 is 0. */
START_TEST(events_of_davis_are_numbered_in_the_order_of_the_values)
{
    json_t *names = reference_value("davis.events");
    mlg_graph *davis = reference_graph("davis");
    ck_assert_uint_eq(json_array_size(names), (size_t) davis->n_activities);
    for (int32_t e = 0; e < davis->n_activities; e++) {
        char name[16];
        snprintf(name, sizeof name, "E%d", (int) e + 1);
        ck_assert_str_eq(json_string_value(json_array_get(names, (size_t) e)), name);
        ck_assert_uint_gt(mlg_csr_degree(&davis->attended, e), 0);
    }
    mlg_graph_free(davis);
    json_decref(names);
}
END_TEST

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

int main(void)
{
    Suite *suite = suite_create("oracle");
    TCase *oracle = tcase_create("oracle");
    tcase_add_loop_test(oracle, e_i_by_location_is_that_of_r, 0, N_OF(emon));
    tcase_add_loop_test(oracle, fragmentation_follows_from_components_and_efficiency, 0,
                        N_OF(emon));
    tcase_add_loop_test(oracle, the_women_of_davis_project_as_in_networkx, 0, N_OF(davis_cases));
    tcase_add_loop_test(oracle, actors_stand_in_the_order_of_the_values, 0, N_OF(orders));
    tcase_add_test(oracle, events_of_davis_are_numbered_in_the_order_of_the_values);
    suite_add_tcase(suite, oracle);
    return suite_run(suite);
}
