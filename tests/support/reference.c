/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { MOST_ROWS = 256, MOST_FIELDS = 12, LINE_ROOM = 8192 };

/* Cuts a CSV line into its fields, in place; quotes as RFC 4180 has them. */
static int cut(char *line, char **field)
{
    int n = 0;
    char *in = line;

    while (n < MOST_FIELDS) {
        char *to = in;
        bool quoted = false;
        field[n++] = to;
        for (; *in != '\0' && *in != '\n' && *in != '\r' && (quoted || *in != ','); in++) {
            if (*in == '"' && quoted && in[1] == '"') {
                *to++ = *in++;
            } else if (*in == '"') {
                quoted = !quoted;
            } else {
                *to++ = *in;
            }
        }
        const bool more = *in == ',';
        in++;
        *to = '\0';
        if (!more) {
            break;
        }
    }
    return n;
}

static FILE *open_table(const char *graph, const char *table)
{
    char path[128];
    snprintf(path, sizeof path, "tests/oracle/graphs/%s.%s.csv", graph, table);
    return fopen(path, "r");
}

/* Next row that is no comment; false at the end. */
static bool next_row(FILE *file, char *line, char **field, int *n)
{
    do {
        if (fgets(line, LINE_ROOM, file) == NULL) {
            return false;
        }
    } while (line[0] == '#');
    *n = cut(line, field);
    return true;
}

typedef struct rows {
    int32_t from[MOST_ROWS], to[MOST_ROWS], sector[MOST_ROWS];
    double weight[MOST_ROWS];
    int32_t n_actors, n_sectors;
    size_t m;
} rows;

static void read_actors(const char *graph, rows *out)
{
    char line[LINE_ROOM], *field[MOST_FIELDS], names[64][64];
    int n = 0;
    FILE *file = open_table(graph, "actors");

    ck_assert_msg(file != NULL && next_row(file, line, field, &n), "no actors of %s", graph);
    const bool grouped = n > 2;
    while (next_row(file, line, field, &n)) {
        int32_t s = 0;
        for (s = 0; grouped && s < out->n_sectors && strcmp(names[s], field[2]) != 0;) {
            s++;
        }
        if (grouped && s == out->n_sectors) {
            snprintf(names[out->n_sectors++], sizeof names[0], "%s", field[2]);
        }
        out->sector[out->n_actors++] = grouped ? s : -1;
    }
    fclose(file);
}

static void read_ties(FILE *file, rows *out)
{
    char line[LINE_ROOM], *field[MOST_FIELDS];
    int n = 0;

    ck_assert(next_row(file, line, field, &n));
    while (next_row(file, line, field, &n)) {
        ck_assert_uint_lt(out->m, MOST_ROWS);
        out->from[out->m] = atoi(field[0]);
        out->to[out->m] = atoi(field[1]);
        out->weight[out->m] = 1.0;
        if (n > 2) {
            ck_assert_uint_gt(mlg_number_read(field[2], &out->weight[out->m]), 0);
        }
        out->m++;
    }
    fclose(file);
}

static bool is_directed(const char *graph)
{
    char line[LINE_ROOM], *field[MOST_FIELDS];
    int n = 0;
    bool directed = false;
    FILE *file = fopen("tests/oracle/graphs/graphs.csv", "r");

    ck_assert_msg(file != NULL, "tests/oracle/graphs/graphs.csv is missing: run from the top");
    while (next_row(file, line, field, &n)) {
        directed = directed || (strcmp(field[0], graph) == 0 && strcmp(field[2], "directed") == 0);
    }
    fclose(file);
    return directed;
}

mlg_graph *reference_graph(const char *name)
{
    static rows in; /* too large for the stack of a sanitized test */
    mlg_graph *graph = NULL;
    mlg_error err = {MLG_OK, ""};
    mlg_status status = MLG_OK;
    bool weighted = false;

    in = (rows){.n_actors = 0};
    const bool directed = is_directed(name);
    read_actors(name, &in);
    FILE *file = open_table(name, "ties");
    if (file != NULL) {
        read_ties(file, &in);
        for (size_t i = 0; i < in.m; i++) {
            weighted = weighted || in.weight[i] != 1.0;
        }
        status = mlg_graph_from_ties(in.n_actors, in.from, in.to, weighted ? in.weight : NULL, in.m,
                                     directed, in.sector, in.n_sectors, &graph, &err);
    } else {
        int32_t activities = 0;
        file = open_table(name, "participations");
        ck_assert_msg(file != NULL, "no ties and no participations of %s", name);
        read_ties(file, &in);
        for (size_t i = 0; i < in.m; i++) {
            activities = in.to[i] >= activities ? in.to[i] + 1 : activities;
        }
        status = mlg_graph_from_participations(in.n_actors, activities, in.from, in.to, in.m,
                                               MLG_PROJECT_NEWMAN, in.sector, in.n_sectors, NULL,
                                               &graph, &err);
    }
    ck_assert_msg(status == MLG_OK, "%s: %s", name, err.message);
    return graph;
}

int32_t reference_actor(const char *graph, const char *name)
{
    char line[LINE_ROOM], *field[MOST_FIELDS];
    int n = 0;
    int32_t actor = -1;
    FILE *file = open_table(graph, "actors");

    ck_assert_msg(file != NULL, "no actors of %s", graph);
    while (next_row(file, line, field, &n)) {
        actor = strcmp(field[1], name) == 0 ? atoi(field[0]) : actor;
    }
    fclose(file);
    ck_assert_msg(actor >= 0, "%s has no actor %s", graph, name);
    return actor;
}

json_t *reference_value(const char *id)
{
    char line[LINE_ROOM], *field[MOST_FIELDS];
    int n = 0;
    json_t *value = NULL;
    FILE *file = fopen("tests/oracle/values.csv", "r");

    ck_assert_msg(file != NULL, "tests/oracle/values.csv is missing: run from the top");
    while (value == NULL && next_row(file, line, field, &n)) {
        if (strcmp(field[0], id) == 0) {
            value = json_loads(field[4], JSON_DECODE_ANY, NULL);
        }
    }
    fclose(file);
    ck_assert_msg(value != NULL, "tests/oracle/values.csv has no row %s", id);
    return value;
}
