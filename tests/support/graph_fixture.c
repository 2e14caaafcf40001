/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph_fixture.h"

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { MAX_ACTORS = 1024, MAX_ROWS = 8192 };

typedef struct line {
    int32_t sector[MAX_ACTORS];
    int32_t n, n_sectors;
    int32_t from[MAX_ROWS], to[MAX_ROWS]; /* or actor, activity */
    double weight[MAX_ROWS];
    bool arc[MAX_ROWS];
    size_t m;
    bool weighted, directed;
} line;

static void read_sectors(line *in, const char *letters, size_t length)
{
    int32_t rank[26] = {0};
    ck_assert_msg(length <= MAX_ACTORS, "too many actors in a fixture");
    for (size_t i = 0; i < length; i++) {
        ck_assert_msg(letters[i] == '?' || isupper((unsigned char) letters[i]),
                      "not a sector: '%c'", letters[i]);
        if (letters[i] != '?') {
            rank[letters[i] - 'A'] = 1;
        }
    }
    for (int i = 0; i < 26; i++) {
        rank[i] = rank[i] != 0 ? in->n_sectors++ : -1;
    }
    in->n = (int32_t) length;
    for (size_t i = 0; i < length; i++) {
        in->sector[i] = letters[i] == '?' ? -1 : rank[letters[i] - 'A'];
    }
}

static int32_t read_actor(const line *in, const char **text)
{
    char *end = NULL;
    const long v = strtol(*text, &end, 10);
    ck_assert_msg(end != *text && v >= 0 && v < in->n, "not an actor of 0..%d: %s", (int) in->n - 1,
                  *text);
    *text = end;
    return (int32_t) v;
}

static const char *skip(const char *text)
{
    return text + strspn(text, " ");
}

static void read_ties(line *in, const char *text)
{
    for (text = skip(text); *text != '\0'; text = skip(text)) {
        ck_assert_msg(in->m < MAX_ROWS, "too many ties in a fixture");
        in->from[in->m] = read_actor(in, &text);
        ck_assert_msg(*text == '-' || *text == '>', "'-' or '>' expected: %s", text);
        in->arc[in->m] = *text == '>';
        in->directed = in->directed || *text == '>';
        text++;
        in->to[in->m] = read_actor(in, &text);
        in->weight[in->m] = 1.0;
        if (*text == ':') {
            const size_t taken = mlg_number_read(text + 1, &in->weight[in->m]);
            ck_assert_msg(taken > 0, "a weight expected: %s", text);
            text += 1 + taken;
            in->weighted = true;
        }
        in->m++;
    }
}

/* In a directed graph a tie without direction stands both ways. */
static void turn(line *in)
{
    for (size_t i = 0, m = in->m; in->directed && i < m; i++) {
        if (!in->arc[i]) {
            ck_assert_msg(in->m < MAX_ROWS, "too many ties in a fixture");
            in->from[in->m] = in->to[i];
            in->to[in->m] = in->from[i];
            in->weight[in->m++] = in->weight[i];
        }
    }
}

mlg_graph *graph_fixture(const char *sectors, const char *ties)
{
    mlg_error err = {0};
    mlg_graph *graph = NULL;
    line *in = calloc(1, sizeof *in);
    ck_assert_ptr_nonnull(in);

    read_sectors(in, sectors, strlen(sectors));
    read_ties(in, ties);
    turn(in);
    const mlg_status status =
        mlg_graph_from_ties(in->n, in->from, in->to, in->weighted ? in->weight : NULL, in->m,
                            in->directed, in->sector, in->n_sectors, &graph, &err);
    free(in);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    return graph;
}

mlg_graph *graph_fixture_two_mode(const char *text, mlg_projection projection)
{
    mlg_error err = {0};
    mlg_graph *graph = NULL;
    int32_t activity = 0;
    line *in = calloc(1, sizeof *in);
    ck_assert_ptr_nonnull(in);

    read_sectors(in, text, strcspn(text, " |"));
    text = skip(text + in->n);
    ck_assert_msg(*text == '|', "'|' expected: %s", text);
    for (text = skip(text + 1); *text != '\0'; text = skip(text)) {
        if (*text == ';' || *text == ',') {
            activity += *text++ == ';';
            continue;
        }
        ck_assert_msg(in->m < MAX_ROWS, "too many participations in a fixture");
        in->from[in->m] = read_actor(in, &text);
        in->to[in->m++] = activity;
    }
    const mlg_status status =
        mlg_graph_from_participations(in->n, in->m > 0 ? activity + 1 : 0, in->from, in->to, in->m,
                                      projection, in->sector, in->n_sectors, NULL, &graph, &err);
    free(in);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    return graph;
}
