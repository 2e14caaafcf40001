/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_ground.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "maillage/ingest.h"
#include "measure/departure.h"
#include "measure/turnover_people.h"
#include "model_fixture.h"
#include "reported.h"
#include "slow_departure.h"
#include "suite.h"

/* ---- a study and its ground ------------------------------------------------------------ */

typedef struct grounded {
    reported r;
    mlg_turnover_ground g;
} grounded;

static void ground_of(const reported *r, int32_t view, mlg_turnover_ground *g)
{
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_turnover_ground_of(r->context, view, g, &err) == MLG_OK, "%s", err.message);
}

static void ground_open(grounded *at, const char *text)
{
    reported_open(&at->r, text);
    ground_of(&at->r, 0, &at->g);
}

static void ground_close(grounded *at)
{
    mlg_turnover_ground_free(&at->g);
    mlg_turnover_ground_free(&at->g);
    reported_close(&at->r);
}

static int32_t actor_of(const grounded *at, const char *party)
{
    return mlg_id_find(at->g.graph->subject, at->g.graph->n,
                       model_fixture_party(at->r.model, party));
}

static int32_t activity_of(const grounded *at, const char *activity)
{
    return mlg_id_find(at->g.graph->activity, at->g.graph->n_activities,
                       model_fixture_activity(at->r.model, activity));
}

/* The post of that party; of several, the first. */
static int32_t post_of(const grounded *at, const char *party)
{
    const mlg_id id = model_fixture_party(at->r.model, party);
    for (int32_t p = 0; p < at->g.n_posts; p++) {
        if (at->g.post[p].party == id) {
            return p;
        }
    }
    return -1;
}

/* Row between two ends; fails the test unless there is exactly one. */
static const mlg_turnover_row *row_between(const grounded *at, int32_t a, int32_t b)
{
    const mlg_turnover_row *found = NULL;
    for (size_t i = 0; i < at->g.n_rows; i++) {
        const mlg_turnover_row *row = &at->g.row[i];
        if ((row->end[0] == a && row->end[1] == b) || (row->end[0] == b && row->end[1] == a)) {
            ck_assert_ptr_null(found);
            found = row;
        }
    }
    ck_assert_ptr_nonnull(found);
    return found;
}

static bool lists(const uint32_t *first, const int32_t *items, int32_t at, int32_t item)
{
    for (uint32_t i = first[at]; i < first[at + 1]; i++) {
        if (items[i] == item) {
            return true;
        }
    }
    return false;
}

/* ---- what holds of every ground ----------------------------------------------------------- */

static void check_list(const uint32_t *first, const int32_t *items, int32_t n, int32_t below)
{
    ck_assert_uint_eq(first[0], 0);
    for (int32_t i = 0; i < n; i++) {
        ck_assert_uint_le(first[i], first[i + 1]);
        for (uint32_t e = first[i]; e < first[i + 1]; e++) {
            ck_assert_int_ge(items[e], 0);
            ck_assert_int_lt(items[e], below);
            for (uint32_t f = first[i]; f < e; f++) {
                ck_assert_int_ne(items[e], items[f]);
            }
        }
    }
}

static void check_post(const mlg_turnover_ground *g, int32_t p)
{
    const mlg_turnover_post *post = &g->post[p];
    const int32_t before = p > 0 ? g->post[p - 1].person : -1;
    ck_assert(post->person == before || post->person == before + 1);
    ck_assert_int_le(post->leaves, MLG_LEAVE_UNKNOWN);
    ck_assert(post->renewed == MLG_RENEWED_FIXED_TERM || post->renewed == MLG_RENEWED_PROJECT);
    ck_assert_double_ge(post->end, 0.0);
    ck_assert_double_ge(post->term, 1.0);
    ck_assert_int_lt(post->mandate, g->n_elections);
    ck_assert(post->mandate < 0 || isinf(post->end)); /* a mandate is no contract */
    ck_assert(!post->vacant || isinf(post->end));
}

static void check_row(const mlg_turnover_ground *g, const mlg_turnover_row *row)
{
    const bool seat = g->n_activities > 0;
    ck_assert(row->end[0] >= 0 && row->end[0] < g->n_actors);
    ck_assert_int_ge(row->end[1], seat ? g->n_actors : 0);
    ck_assert_int_lt(row->end[1], g->n_actors + g->n_activities);
    ck_assert_int_ne(row->end[0], row->end[1]);
    ck_assert(row->held >= MLG_SURVIVES_ORGANISATION && row->held <= MLG_SURVIVES_UNKNOWN);
    for (int i = 0; i < 2; i++) {
        ck_assert(row->post[i] >= -1 && row->post[i] < g->n_posts);
    }
    ck_assert(row->post[0] < 0 || row->post[1] < 0 ||
              g->post[row->post[0]].person != g->post[row->post[1]].person);
}

static void check_ground(const mlg_turnover_ground *g)
{
    for (int32_t p = 0; p < g->n_posts; p++) {
        check_post(g, p);
    }
    ck_assert_int_eq(g->n_people, g->n_posts > 0 ? g->post[g->n_posts - 1].person + 1 : 0);
    for (int32_t e = 0; e < g->n_elections; e++) {
        ck_assert_double_ge(g->election[e], e > 0 ? g->election[e - 1] : 0.0);
    }
    for (size_t i = 0; i < g->n_rows; i++) {
        check_row(g, &g->row[i]);
    }
    check_list(g->convenor_first, g->convenor, g->n_activities, g->n_posts);
    check_list(g->scheme_first, g->scheme_post, g->n_schemes, g->n_posts);
    check_list(g->unit_first, g->unit_post, g->n_units, g->n_posts);
    for (int32_t s = 0; s < g->n_schemes; s++) {
        ck_assert_uint_gt(g->scheme_first[s + 1], g->scheme_first[s]);
        ck_assert_double_ge(g->scheme_end[s], 0.0);
    }
    for (int32_t a = 0; a < g->n_activities; a++) {
        const int32_t s = g->activity_scheme[a];
        ck_assert_double_ge(g->activity_end[a], 0.0);
        ck_assert_int_lt(s, g->n_schemes);
        ck_assert(s < 0 || g->scheme_end[s] == g->activity_end[a]);
        for (uint32_t e = g->convenor_first[a]; e < g->convenor_first[a + 1]; e++) {
            ck_assert(g->post[g->convenor[e]].coordinates);
        }
    }
    for (int32_t u = 0; u < g->n_units; u++) {
        ck_assert(!isnan(g->population[u]));
        ck_assert_uint_gt(g->unit_first[u + 1], g->unit_first[u]);
    }
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static bool shares(const mlg_graph *graph, int32_t a, int32_t b, bool *known)
{
    bool any[2] = {false, false}, both = false;
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        bool in[2];
        for (int i = 0; i < 2; i++) {
            const int32_t v = i == 0 ? a : b;
            in[i] = graph->sector_set.n > 0 ? mlg_csr_find(&graph->sector_set, v, s) > 0.0
                                            : graph->sector[v] == s;
            any[i] = any[i] || in[i];
        }
        both = both || (in[0] && in[1]);
    }
    *known = any[0] && any[1];
    return both;
}

static int32_t root_of(int32_t *join, int32_t at)
{
    while (join[at] != at) {
        at = join[at] = join[join[at]];
    }
    return at;
}

/* Connected cross-sector pairs of actors that count, by the rows that stand: without those that
 * `person` (-1: nobody) may take, nor those of activities that only it convenes. */
static int64_t pairs_of(const mlg_turnover_ground *g, int32_t person, bool stops,
                        const bool *counts)
{
    const int32_t n = g->n_actors + g->n_activities;
    int32_t *join = mlg_alloc((size_t) n, sizeof *join);
    bool *off = mlg_zalloc((size_t) n, sizeof *off);
    int64_t pairs = 0;

    for (int32_t i = 0; i < n; i++) {
        join[i] = i;
    }
    for (int32_t a = 0; a < g->n_activities && stops; a++) {
        bool its = false, others = false;
        for (uint32_t e = g->convenor_first[a]; e < g->convenor_first[a + 1]; e++) {
            const mlg_turnover_post *post = &g->post[g->convenor[e]];
            its = its || post->person == person;
            others = others || (post->person != person && !post->vacant);
        }
        off[g->n_actors + a] = its && !others;
    }
    for (size_t i = 0; i < g->n_rows; i++) {
        const mlg_turnover_row *row = &g->row[i];
        bool stands = !off[row->end[1]];
        for (int k = 0; k < 2; k++) {
            stands = stands && (row->post[k] < 0 || g->post[row->post[k]].person != person);
        }
        if (stands) {
            join[root_of(join, row->end[0])] = root_of(join, row->end[1]);
        }
    }
    for (int32_t v = 0; v < g->n_actors; v++) {
        for (int32_t w = 0; w < v && counts[v]; w++) {
            bool known = false;
            if (counts[w] && root_of(join, v) == root_of(join, w) &&
                !shares(g->graph, v, w, &known) && known) {
                pairs++;
            }
        }
    }
    mlg_free(join);
    mlg_free(off);
    return pairs;
}

/* With every row up the ground joins what the view's graph joins, and without those of one
 * person what departure_pairs.c leaves. */
static int check_pairs(const reported *r, int32_t view, const mlg_turnover_ground *g)
{
    int checked = 0;
    mlg_error err = {MLG_OK, ""};
    mlg_leavers leavers = {0};
    mlg_cutter *cutter = NULL;
    bool *all = mlg_alloc((size_t) g->n_actors, sizeof *all);
    bool *out = mlg_zalloc((size_t) g->n_actors, sizeof *out);

    memset(all, 1, (size_t) g->n_actors);
    const int64_t today = pairs_of(g, -1, false, all);
    if (g->graph->projected || g->n_activities == 0) {
        ck_assert_int_eq(today, slow_cross_pairs(g->graph, out));
    }
    ck_assert_int_eq(mlg_leavers_of(r->model, &leavers, &err), MLG_OK);
    ck_assert_msg(mlg_cutter_open(r->context, view, &leavers, &cutter, &err) == MLG_OK, "%s",
                  err.message);
    for (int32_t l = 0; l < leavers.n; l++) {
        const mlg_cut cut = mlg_cut_of(cutter, l);
        for (int32_t v = 0; v < g->n_actors; v++) {
            all[v] = leavers.of_party[g->graph->subject[v]] != l;
        }
        ck_assert_int_eq(g->post[leavers.leaver[l].first].person, l);
        ck_assert_int_eq(cut.today, pairs_of(g, -1, false, all));
        ck_assert_int_eq(cut.today - cut.rows, pairs_of(g, l, false, all));
        ck_assert_int_eq(cut.today - cut.activities, pairs_of(g, l, true, all));
        checked += cut.rows > 0;
    }
    mlg_cutter_free(cutter);
    mlg_leavers_free(&leavers);
    mlg_free(all);
    mlg_free(out);
    return checked;
}

START_TEST(random_studies_lose_what_their_rows_say)
{
    int checked = 0;
    for (uint64_t repeat = 0; repeat < 120; repeat++) {
        mlg_random draw = mlg_random_stream(11, "test_turnover_ground", "", repeat);
        mlg_buffer text = {0};
        reported r;
        slow_study study;
        slow_study_draw(&draw, &study);
        slow_study_write(&study, -1, false, &text);
        reported_open(&r, mlg_buffer_string(&text));
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            mlg_turnover_ground g;
            ground_of(&r, view, &g);
            check_ground(&g);
            checked += check_pairs(&r, view, &g);
            mlg_turnover_ground_free(&g);
        }
        reported_close(&r);
        mlg_buffer_free(&text);
    }
    ck_assert_int_gt(checked, 100);
}
END_TEST

static const char *const shipped[] = {
    "datasets/demo",
    "datasets/calvados",
    "datasets/emon/wichita",
    "datasets/emon/texas",
    "tests/studies/coordinator-sheets",
    "tests/studies/davis",
    "datasets/enquete-2023",
    "tests/studies/gaps",
    "tests/studies/hdf-2019",
    "tests/studies/illustrations-2017",
    "datasets/normandie-2017",
    "tests/requirements/P04",
    "tests/requirements/P09",
    "tests/requirements/P15",
    "tests/requirements/P17",
    "tests/requirements/P21",
    "tests/requirements/P23",
    "tests/requirements/P26",
    "tests/requirements/P30",
    "tests/requirements/P35",
    "tests/requirements/P37",
    "tests/requirements/P38",
    "tests/requirements/P39",
    "tests/requirements/P41",
    "tests/requirements/P42",
    "tests/requirements/P47",
    "tests/requirements/P54-funder",
};

/* Shipped studies, in each way of collapsing actors. */
START_TEST(shipped_studies_keep_the_connections_of_their_views)
{
    static const mlg_by ways[] = {MLG_BY_ORGANISATION, MLG_BY_ACTOR, MLG_BY_SERVICE};
    mlg_error err = {MLG_OK, ""};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        const mlg_view_wish wish = {.by = ways[way]};
        reported r = {.run = MLG_RUN_INIT};
        r.run.force = true;
        ck_assert_msg(mlg_ingest(shipped[_i], NULL, &r.run, &r.model, &err) == MLG_OK, "%s: %s",
                      shipped[_i], err.message);
        ck_assert_int_eq(mlg_views_of(r.model, &wish, &r.views, &r.n_views, &err), MLG_OK);
        ck_assert_int_eq(mlg_context_open(r.model, r.views, r.n_views, &r.run, &r.context, &err),
                         MLG_OK);
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            mlg_turnover_ground g;
            if (mlg_context_graph(r.context, view)->n > 600) {
                continue; /* the slow twin would take minutes */
            }
            ground_of(&r, view, &g);
            check_ground(&g);
            check_pairs(&r, view, &g);
            mlg_turnover_ground_free(&g);
        }
        reported_close(&r);
    }
}
END_TEST

/* ---- worked by hand: who --------------------------------------------------------------------- */

/* Ann coordinates three schemes by two posts; Bob is in the same house; Cat has no post. */
static const char by_hand[] =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,kind,sector,organisation\n"
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nSCHOOL,organisation,education,\n"
    "CLUB,organisation,sport,\nAnn,person,,TOWN\nBob,person,,TOWN\nCat,person,,HOSP\n"
    "Dan,person,,SCHOOL\n"
    "posts: id,person,role,scheme,employer,contract,start,end\n"
    "health,Ann,coordinator,CLS|CLSM,TOWN,fixed_term,2023-01-01,2025-12-31\n"
    "youth,Ann,coordinator,ASV,TOWN,project,,2025-06-30\n"
    "desk,Bob,member,CLS,TOWN,permanent,2001,\n"
    "empty,vacant,coordinator,CLSM,CLUB,open_ended,2024-06-01,\n"
    "secret,,director,,CLUB,volunteer,,\n"
    "past,Cat,coordinator,CLS,TOWN,,2010,2015\n"
    "schemes: id,name,start,end,territory\n"
    "CLS,,2020,2026-12-31,T\nCLSM,,2020,,T\nASV,,2021,2024-01-01,\nLONE,,2021,2025-03-31,\n"
    "territories: id,population\nT,\nU1,100\nU2,30\nU3,\n"
    "perimeters: territory,unit\nT,U1\nT,U2\nT,U3\n"
    "activities: id,schemes,level\n"
    "COPIL,CLS,strategic\nGROUP,CLS|CLSM,organisational\nBOTH,CLSM|ASV,\nFREE,,\nSOLO,LONE,\n"
    "participations: actor,activity,on_behalf_of,held_by,role\n"
    "Ann,COPIL,,person,\nAnn,GROUP,ASV,person,\nAnn,GROUP,ASV,organisation,\nAnn,BOTH,CLSM,,\n"
    "Ann,FREE,,,\nBob,GROUP,,,\nCat,GROUP,,,\nTOWN,SOLO,,,\nempty,FREE,,,\nyouth,SOLO,,,\n"
    "Dan,SOLO,,,resident\nDan,FREE,CLUB,,\nHOSP,FREE,,,\n";

START_TEST(people_stand_by_person_then_vacant_then_without_a_post)
{
    grounded at;
    ground_open(&at, by_hand);
    check_ground(&at.g);
    static const struct {
        const char *party;
        int32_t person;
        mlg_rate leaves, renewed;
        double end, term;
        bool vacant, coordinates;
    } expected[] = {
        {"health", 0, MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, 12, 36, false, true},
        {"youth", 0, MLG_LEAVE_FIXED_TERM, MLG_RENEWED_PROJECT, 6, 36, false, true},
        {"desk", 1, MLG_LEAVE_PERMANENT, MLG_RENEWED_FIXED_TERM, INFINITY, 36, false, false},
        {"secret", 2, MLG_LEAVE_VOLUNTEER, MLG_RENEWED_FIXED_TERM, INFINITY, 36, false, false},
        {"empty", 3, MLG_LEAVE_OPEN_ENDED, MLG_RENEWED_FIXED_TERM, INFINITY, 36, true, true},
        {"Cat", 4, MLG_LEAVE_PARTNER, MLG_RENEWED_FIXED_TERM, INFINITY, 36, false, false},
        {"Dan", 5, MLG_LEAVE_VOLUNTEER, MLG_RENEWED_FIXED_TERM, INFINITY, 36, false, false},
    };
    const int32_t n = (int32_t) (sizeof expected / sizeof *expected);
    ck_assert_int_eq(at.g.n_posts, n);
    ck_assert_int_eq(at.g.n_people, 6);
    for (int32_t p = 0; p < n; p++) {
        const mlg_turnover_post *post = &at.g.post[p];
        ck_assert_int_eq(post->party, model_fixture_party(at.r.model, expected[p].party));
        ck_assert_int_eq(post->person, expected[p].person);
        ck_assert_int_eq(post->leaves, expected[p].leaves);
        ck_assert_int_eq(post->renewed, expected[p].renewed);
        ck_assert_double_eq(post->end, expected[p].end);
        ck_assert_double_eq(post->term, expected[p].term);
        ck_assert_int_eq(post->vacant, expected[p].vacant);
        ck_assert_int_eq(post->coordinates, expected[p].coordinates);
        ck_assert_int_eq(post->mandate, -1);
    }
    ground_close(&at);
}
END_TEST

/* The post of the scheme that the row names, else the first; the best-held of several rows. */
START_TEST(a_seat_hangs_on_the_post_whose_scheme_it_names)
{
    grounded at;
    ground_open(&at, by_hand);
    static const struct {
        const char *actor, *activity, *post; /* NULL: nobody can take it */
        mlg_rate held;
    } seats[] = {
        {"TOWN", "COPIL", "health", MLG_SURVIVES_PERSON}, /* the activity's scheme */
        {"TOWN", "BOTH", "health", MLG_SURVIVES_UNKNOWN}, /* on behalf of CLSM */
        {"CLUB", "SOLO", NULL, MLG_SURVIVES_UNKNOWN},     /* nobody: checked below */
        {"HOSP", "GROUP", "Cat", MLG_SURVIVES_UNKNOWN},   /* her post is past */
        {"CLUB", "FREE", NULL, MLG_SURVIVES_UNKNOWN},     /* two rows: checked below */
        {"HOSP", "FREE", NULL, MLG_SURVIVES_UNKNOWN},     /* the organisation itself */
    };
    for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
        if (i == 2 || i == 4) {
            continue;
        }
        const mlg_turnover_row *row =
            row_between(&at, actor_of(&at, seats[i].actor),
                        at.g.n_actors + activity_of(&at, seats[i].activity));
        ck_assert_int_eq(row->post[0], seats[i].post != NULL ? post_of(&at, seats[i].post) : -1);
        ck_assert_int_eq(row->post[1], -1);
        ck_assert_int_eq(row->held, seats[i].held);
    }
    /* TOWN in GROUP: Ann by her post of ASV, held by the organisation once; and Bob */
    int found = 0;
    for (size_t i = 0; i < at.g.n_rows; i++) {
        const mlg_turnover_row *row = &at.g.row[i];
        if (row->end[0] == actor_of(&at, "TOWN") &&
            row->end[1] == at.g.n_actors + activity_of(&at, "GROUP")) {
            const bool ann = row->post[0] == post_of(&at, "youth");
            ck_assert(ann || row->post[0] == post_of(&at, "desk"));
            ck_assert_int_eq(row->held, ann ? MLG_SURVIVES_ORGANISATION : MLG_SURVIVES_UNKNOWN);
            found++;
        }
    }
    ck_assert_int_eq(found, 2);
    /* TOWN in SOLO: itself, and by its post `youth` */
    found = 0;
    for (size_t i = 0; i < at.g.n_rows; i++) {
        const mlg_turnover_row *row = &at.g.row[i];
        if (row->end[0] == actor_of(&at, "TOWN") &&
            row->end[1] == at.g.n_actors + activity_of(&at, "SOLO")) {
            ck_assert(row->post[0] == -1 || row->post[0] == post_of(&at, "youth"));
            found++;
        }
    }
    ck_assert_int_eq(found, 2);
    /* CLUB in FREE: by its vacant post, and by Dan who speaks for it */
    found = 0;
    for (size_t i = 0; i < at.g.n_rows; i++) {
        const mlg_turnover_row *row = &at.g.row[i];
        if (row->end[0] == actor_of(&at, "CLUB") &&
            row->end[1] == at.g.n_actors + activity_of(&at, "FREE")) {
            ck_assert(row->post[0] == post_of(&at, "empty") || row->post[0] == post_of(&at, "Dan"));
            found++;
        }
    }
    ck_assert_int_eq(found, 2);
    ck_assert_uint_eq(at.g.n_rows, 12);
    ground_close(&at);
}
END_TEST

/* Who speaks for a held post is its holder there, whatever name the row gives; who speaks for a
 * vacant one, or was represented, is not. */
START_TEST(a_seat_hangs_on_the_post_that_it_speaks_for)
{
    static const struct {
        const char *row, *post; /* NULL: nobody can take it */
    } cases[] = {
        {"Clerk,A,desk,,", "desk"},
        {"Bob,A,desk,,", "desk"},
        {"HOSP,A,desk,,", "desk"},
        {"Bob,A,CLSM,,", "other"},
        {"Bob,A,gone,,", "other"},
        {"HOSP,A,gone,,", NULL},
        {"HOSP,A,,,", NULL},
        {"desk,A,,,", "desk"},
        {",A,desk,,", "desk"},
        {"Clerk,A,Hall,,", "Hall"},
        {"Clerk,A,desk,,represented", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        grounded at;
        char text[1024];
        snprintf(text, sizeof text,
                 "actors: id,kind,organisation\nTOWN,organisation,\nHOSP,organisation,\n"
                 "Hall,organisation,\nAnn,person,TOWN\nBob,person,TOWN\n"
                 "posts: id,person,role,scheme,employer\ndesk,Ann,coordinator,CLS,TOWN\n"
                 "other,Bob,coordinator,CLSM,TOWN\ngone,vacant,coordinator,CLS,TOWN\n"
                 "Hall,Zoe,coordinator,CLS,TOWN\nactivities: id\nA\nB\n"
                 "participations: actor,activity,on_behalf_of,held_by,present\n"
                 "TOWN,B,,,\n%s\n",
                 cases[i].row);
        ground_open(&at, text);
        check_ground(&at.g);
        const int32_t activity = at.g.n_actors + activity_of(&at, "A");
        bool found = false;
        for (size_t k = 0; k < at.g.n_rows; k++) {
            const mlg_turnover_row *row = &at.g.row[k];
            if (row->end[1] == activity) {
                ck_assert_msg(row->post[0] ==
                                  (cases[i].post != NULL ? post_of(&at, cases[i].post) : -1),
                              "%s", cases[i].row);
                found = true;
            }
        }
        ck_assert_msg(found || strstr(cases[i].row, "represented") != NULL, "%s", cases[i].row);
        ground_close(&at);
    }
}
END_TEST

START_TEST(activities_are_convened_by_the_posts_of_their_schemes)
{
    grounded at;
    ground_open(&at, by_hand);
    static const struct {
        const char *activity;
        uint32_t n;
        const char *posts[2];
        double end;
        const char *scheme;
    } expected[] = {
        {"COPIL", 0, {NULL}, 24, "CLS"}, /* a strategic body does not pause */
        {"GROUP", 2, {"health", "empty"}, INFINITY, NULL},
        {"BOTH", 2, {"health", "empty"}, INFINITY, NULL}, /* ASV is over */
        {"FREE", 0, {NULL}, INFINITY, NULL},
        {"SOLO", 0, {NULL}, 3, NULL}, /* no coordination on record */
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const int32_t a = activity_of(&at, expected[i].activity);
        ck_assert_uint_eq(at.g.convenor_first[a + 1] - at.g.convenor_first[a], expected[i].n);
        for (uint32_t k = 0; k < expected[i].n; k++) {
            ck_assert(
                lists(at.g.convenor_first, at.g.convenor, a, post_of(&at, expected[i].posts[k])));
        }
        ck_assert_double_eq(at.g.activity_end[a], expected[i].end);
        const int32_t s = at.g.activity_scheme[a];
        ck_assert_int_eq(s >= 0, expected[i].scheme != NULL);
        if (s >= 0) {
            ck_assert_int_eq(at.g.scheme[s], model_fixture_party(at.r.model, expected[i].scheme));
        }
    }
    ground_close(&at);
}
END_TEST

START_TEST(schemes_and_units_know_the_posts_that_coordinate_them)
{
    grounded at;
    ground_open(&at, by_hand);
    const int32_t health = post_of(&at, "health"), empty = post_of(&at, "empty");
    ck_assert_int_eq(at.g.n_schemes, 2); /* ASV is over, LONE has no coordination */
    for (int32_t s = 0; s < 2; s++) {
        const bool cls = at.g.scheme[s] == model_fixture_party(at.r.model, "CLS");
        ck_assert(cls || at.g.scheme[s] == model_fixture_party(at.r.model, "CLSM"));
        ck_assert_double_eq(at.g.scheme_end[s], cls ? 24 : INFINITY);
        ck_assert_uint_eq(at.g.scheme_first[s + 1] - at.g.scheme_first[s], cls ? 1 : 2);
        ck_assert(lists(at.g.scheme_first, at.g.scheme_post, s, health));
        ck_assert_int_eq(lists(at.g.scheme_first, at.g.scheme_post, s, empty), !cls);
    }
    ck_assert_int_eq(at.g.n_units, 2); /* nobody knows who lives in U3 */
    ck_assert_double_eq(at.g.population[0] + at.g.population[1], 130);
    for (int32_t u = 0; u < 2; u++) { /* CLS and CLSM are of T: once a unit */
        ck_assert_uint_eq(at.g.unit_first[u + 1] - at.g.unit_first[u], 2);
        ck_assert(lists(at.g.unit_first, at.g.unit_post, u, health));
        ck_assert(lists(at.g.unit_first, at.g.unit_post, u, empty));
    }
    ground_close(&at);
}
END_TEST

/* ---- ties
 * ---------------------------------------------------------------------------------------- */

static const char with_ties[] =
    "actors: id,kind,sector,organisation\n"
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nCLUB,organisation,sport,\n"
    "Ann,person,,TOWN\nCat,person,,HOSP\nEve,person,,\n"
    "posts: id,person,employer,contract\na,Ann,TOWN,seconded\nb,Ann,CLUB,assisted\n"
    "c,vacant,CLUB,service_provider\n"
    "ties: from,to,kind,held_by\n"
    "Ann,HOSP,works_with,person\nb,HOSP,works_with,organisation\nTOWN,CLUB,works_with,\n"
    "Ann,Cat,informs,\nAnn,HOSP,agreement,organisation\na,b,knows,person\nAnn,TOWN,knows,\n"
    "Eve,CLUB,knows,person\nc,TOWN,informs,\n";

START_TEST(a_tie_hangs_on_whom_it_names)
{
    static const struct {
        const char *from, *to, *post[2];
        mlg_rate held;
    } expected[] = {
        {"TOWN", "HOSP", {"a", NULL}, MLG_SURVIVES_PERSON},
        {"CLUB", "HOSP", {"b", NULL}, MLG_SURVIVES_ORGANISATION},
        {"TOWN", "CLUB", {NULL, NULL}, MLG_SURVIVES_UNKNOWN}, /* the houses themselves */
        {"TOWN", "HOSP", {"a", "Cat"}, MLG_SURVIVES_UNKNOWN},
        {"TOWN", "HOSP", {NULL, NULL}, MLG_SURVIVES_ORGANISATION}, /* by agreement */
        {"TOWN", "CLUB", {"a", NULL}, MLG_SURVIVES_PERSON},        /* her two posts: once */
        {"Eve", "CLUB", {"Eve", NULL}, MLG_SURVIVES_PERSON},
        {"CLUB", "TOWN", {"c", NULL}, MLG_SURVIVES_UNKNOWN},
    };
    grounded at;
    ground_open(&at, with_ties);
    check_ground(&at.g);
    ck_assert_uint_eq(at.g.n_rows, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < at.g.n_rows; i++) {
        const mlg_turnover_row *row = &at.g.row[i];
        ck_assert_int_eq(row->end[0], actor_of(&at, expected[i].from));
        ck_assert_int_eq(row->end[1], actor_of(&at, expected[i].to));
        ck_assert_int_eq(row->held, expected[i].held);
        for (int k = 0; k < 2; k++) {
            ck_assert_int_eq(row->post[k],
                             expected[i].post[k] != NULL ? post_of(&at, expected[i].post[k]) : -1);
        }
    }
    for (int32_t v = 0; v < at.g.n_actors; v++) { /* Eve is nobody's staff: an actor of her own */
        ck_assert_int_eq(at.g.counted[v], v != actor_of(&at, "Eve"));
    }
    for (int32_t p = 0; p < 3; p++) {
        ck_assert_int_eq(at.g.post[p].leaves, MLG_LEAVE_FIXED_TERM);
    }
    ground_close(&at);
}
END_TEST

START_TEST(persons_and_posts_that_are_actors_are_not_counted)
{
    const mlg_view_wish wish = {.by = MLG_BY_ACTOR};
    mlg_error err = {MLG_OK, ""};
    reported r = {.model = model_fixture(with_ties), .run = MLG_RUN_INIT};
    mlg_turnover_ground g;
    ck_assert_int_eq(mlg_views_of(r.model, &wish, &r.views, &r.n_views, &err), MLG_OK);
    ck_assert_int_eq(mlg_context_open(r.model, r.views, r.n_views, &r.run, &r.context, &err),
                     MLG_OK);
    ground_of(&r, 0, &g);
    check_ground(&g);
    int counted = 0;
    for (int32_t v = 0; v < g.n_actors; v++) {
        counted += g.counted[v];
        const mlg_id party = g.graph->subject[v];
        ck_assert_int_eq(g.counted[v], party == model_fixture_party(r.model, "TOWN") ||
                                           party == model_fixture_party(r.model, "HOSP") ||
                                           party == model_fixture_party(r.model, "CLUB"));
    }
    ck_assert_int_eq(counted, 3);
    mlg_turnover_ground_free(&g);
    reported_close(&r);
}
END_TEST

/* ---- contracts
 * ------------------------------------------------------------------------------------ */

static const struct {
    const char *row; /* role, contract, start, end */
    mlg_rate leaves, renewed;
    double end, term;
} contracts[] = {
    {",permanent,,", MLG_LEAVE_PERMANENT, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",open_ended,,", MLG_LEAVE_OPEN_ENDED, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",fixed_term,,", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",project,,", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_PROJECT, INFINITY, 36},
    {",seconded,,", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",assisted,,", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",service_provider,,", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",volunteer,,", MLG_LEAVE_VOLUNTEER, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",elected,,", MLG_LEAVE_UNKNOWN, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",unknown,,", MLG_LEAVE_UNKNOWN, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",,,", MLG_LEAVE_UNKNOWN, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    {",lent by the sea,,", MLG_LEAVE_UNKNOWN, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
    /* a known end, whatever the contract: a renewal adds the first length */
    {",fixed_term,2024-01-01,2025-12-31", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, 12, 24},
    {",permanent,,2027-12", MLG_LEAVE_PERMANENT, MLG_RENEWED_FIXED_TERM, 36, 36},
    {",project,2024,2025-02-14", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_PROJECT, 1.5, 13.5},
    {",fixed_term,2024,2194-12-31", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, 2040, 2052},
    {",fixed_term,2024-12-31,2024-12-31", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, 0, 1},
    {",fixed_term,,>2026", MLG_LEAVE_FIXED_TERM, MLG_RENEWED_FIXED_TERM, INFINITY, 36},
};

START_TEST(a_contract_says_how_its_holder_leaves)
{
    char text[512];
    grounded at;
    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\nposts: id,person,role,contract,start,end\n"
             "p,Ann,%s\nties: from,to\nA,B\n",
             contracts[_i].row);
    ground_open(&at, text);
    ck_assert_int_eq(at.g.n_posts, 1);
    ck_assert_int_eq(at.g.post[0].leaves, contracts[_i].leaves);
    ck_assert_int_eq(at.g.post[0].renewed, contracts[_i].renewed);
    ck_assert(at.g.post[0].end == contracts[_i].end ||
              fabs(at.g.post[0].end - contracts[_i].end) < 1e-12);
    ck_assert_double_eq_tol(at.g.post[0].term, contracts[_i].term, 1e-12);
    ck_assert_int_eq(at.g.post[0].mandate, -1);
    ground_close(&at);
}
END_TEST

/* Rows of one post: id, person, contract, start, end. */
static const struct {
    const char *rows;
    int n;
    double end, term;
    mlg_rate leaves;
} successions[] = {
    {"p,Ann,fixed_term,2020,2022\n", 0, 0, 0, MLG_LEAVE_UNKNOWN}, /* over: an expiry of the past */
    /* renewed already: the same holder, to the later end */
    {"p,Ann,fixed_term,2022-01-01,2025-06-30\np,Ann,fixed_term,2025-07-01,2027-06-30\n", 1, 30, 24,
     MLG_LEAVE_FIXED_TERM},
    /* somebody else is named for later: the end stays what it is */
    {"p,Ann,fixed_term,2022-01-01,2025-06-30\np,Bob,fixed_term,2025-07-01,2027-06-30\n", 1, 6, 42,
     MLG_LEAVE_FIXED_TERM},
    /* part of it has no end known: no end */
    {"p,Ann,fixed_term,2022-01-01,2025-06-30\np,Ann,fixed_term,2022-01-01,\n", 1, INFINITY, 36,
     MLG_LEAVE_FIXED_TERM},
    /* the last begun says the contract */
    {"p,Ann,fixed_term,2020,\np,Ann,permanent,2023,\n", 1, INFINITY, 36, MLG_LEAVE_PERMANENT},
    {"p,Ann,permanent,2020,\np,Ann,,2023,\n", 1, INFINITY, 36, MLG_LEAVE_PERMANENT},
    /* a vacant post has no contract that ends */
    {"p,vacant,fixed_term,2022,2026\n", 1, INFINITY, 36, MLG_LEAVE_FIXED_TERM},
    {"p,vacant,,2022,\np,Ann,volunteer,2020,\n", 1, INFINITY, 36, MLG_LEAVE_VOLUNTEER},
};

START_TEST(rows_of_a_post_are_read_together)
{
    char text[512];
    grounded at;
    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\nposts: id,person,contract,start,end\n%s"
             "ties: from,to\nA,B\n",
             successions[_i].rows);
    ground_open(&at, text);
    ck_assert_int_eq(at.g.n_posts, successions[_i].n);
    for (int32_t p = 0; p < at.g.n_posts; p++) {
        ck_assert_double_eq(at.g.post[p].end, successions[_i].end);
        ck_assert_double_eq(at.g.post[p].term, successions[_i].term);
        ck_assert_int_eq(at.g.post[p].leaves, successions[_i].leaves);
    }
    ground_close(&at);
}
END_TEST

/* ---- elections
 * -------------------------------------------------------------------------------------- */

static const struct {
    const char *elections, *posts; /* id, person, role, contract, end */
    int n;
    double at[2];
    int32_t mandate[3];
} mandates[] = {
    {"",
     "p,Ann,,elected,2026-03\nq,Bob,,elected,2026-03-31\nr,Cat,,permanent,\n",
     1,
     {15},
     {0, 0, -1}},
    {"", "p,Ann,,elected,2028-06-30\nq,Bob,elected,,2026-03-31\n", 2, {15, 42}, {1, 0}},
    {"", "p,Ann,,elected,\n", 0, {0}, {-1}}, /* nobody knows when */
    {"2020-06-28|2027-12-31|2026-03-31", "p,Ann,,elected,\nq,,elected,,\n", 1, {15}, {0, 0}},
    /* an end near a day of elections is that day's */
    {"2026-03-15", "p,Ann,,elected,2026-03\nq,Bob,,elected,\n", 1, {14.0 + 15.0 / 31}, {0, 0}},
    {"2026-03-15",
     "p,Ann,,elected,2027-12-31\nq,Bob,,elected,\n",
     2,
     {14.0 + 15.0 / 31, 36},
     {1, 0}},
    /* who holds another contract is not elected, whatever the role */
    {"2026-03-31", "p,Ann,elected,permanent,\n", 0, {0}, {-1}},
    {"2026-03-31", "p,vacant,,elected,\n", 1, {15}, {0}},
};

START_TEST(the_elected_stand_at_elections_together)
{
    char text[512];
    grounded at;
    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\nelections,%s\n"
             "posts: id,person,role,contract,end\n%sties: from,to\nA,B\n",
             mandates[_i].elections, mandates[_i].posts);
    ground_open(&at, text);
    check_ground(&at.g);
    ck_assert_int_eq(at.g.n_elections, mandates[_i].n);
    for (int32_t e = 0; e < at.g.n_elections; e++) {
        ck_assert_double_eq_tol(at.g.election[e], mandates[_i].at[e], 1e-12);
    }
    for (int32_t p = 0; p < at.g.n_posts; p++) {
        ck_assert_int_eq(at.g.post[p].mandate, mandates[_i].mandate[p]);
    }
    ground_close(&at);
}
END_TEST

/* An elected without a described post stands at the next elections, if any are known. */
START_TEST(who_comes_as_elected_stands_at_elections)
{
    char text[512];
    grounded at;
    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\n%sactors: id,kind,organisation\nAnn,person,A\n"
             "activities: id\nX\nparticipations: actor,activity,role\n"
             "Ann,X,elected\nAnn,X,resident\nB,X,\n",
             _i == 0 ? "" : "elections,2026-03-31\n");
    ground_open(&at, text);
    ck_assert_int_eq(at.g.n_posts, 1);
    ck_assert_int_eq(at.g.post[0].leaves, MLG_LEAVE_UNKNOWN);
    ck_assert_int_eq(at.g.post[0].mandate, _i == 0 ? -1 : 0);
    ck_assert_int_eq(at.g.n_elections, _i);
    ground_close(&at);
}
END_TEST

/* ---- without posts.csv
 * ------------------------------------------------------------------------------- */

static const char implicit[] =
    "actors: id,kind,sector,organisation\n"
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nCLUB,organisation,sport,\n"
    "Ann,person,,TOWN\nCat,person,,HOSP\n"
    "schemes: id,territory\nCLS,T\nCLSM,T\n"
    "territories: id,population\nT,50\n"
    "activities: id,schemes\nA,CLS\nB,CLS|CLSM\nC,CLSM\n"
    "participations: actor,activity,role\n"
    "Ann,A,coordinator\nAnn,B,coordinator\nAnn,C,member\nCLUB,C,coordinator\nCLUB,A,member\n"
    "HOSP,A,member\nCat,B,member\n";

START_TEST(who_coordinates_holds_a_post_that_nobody_described)
{
    grounded at;
    ground_open(&at, implicit);
    check_ground(&at.g);
    const mlg_model *model = at.r.model;
    int ann = 0, club = 0, cat = 0;
    ck_assert_int_eq(at.g.n_posts, 4); /* Ann for CLS and CLSM, CLUB for CLSM, Cat without one */
    ck_assert_int_eq(at.g.n_people, 3);
    for (int32_t p = 0; p < 4; p++) {
        const mlg_turnover_post *post = &at.g.post[p];
        ann += post->party == model_fixture_party(model, "Ann");
        club += post->party == model_fixture_party(model, "CLUB");
        cat += post->party == model_fixture_party(model, "Cat");
        ck_assert_int_eq(post->leaves, post->coordinates ? MLG_LEAVE_UNKNOWN : MLG_LEAVE_PARTNER);
    }
    ck_assert_int_eq(ann, 2);
    ck_assert_int_eq(club, 1);
    ck_assert_int_eq(cat, 1);
    ck_assert_int_eq(at.g.n_schemes, 2);
    const int32_t a = activity_of(&at, "A"), b = activity_of(&at, "B"), c = activity_of(&at, "C");
    ck_assert_uint_eq(at.g.convenor_first[a + 1] - at.g.convenor_first[a], 1);
    ck_assert_uint_eq(at.g.convenor_first[b + 1] - at.g.convenor_first[b], 3);
    ck_assert_uint_eq(at.g.convenor_first[c + 1] - at.g.convenor_first[c], 2);
    /* all Ann does hangs on her; of CLUB only what it does as coordinator */
    const int32_t n = at.g.n_actors;
    const int32_t town = actor_of(&at, "TOWN"), house = actor_of(&at, "CLUB");
    const int32_t cls = row_between(&at, town, n + a)->post[0];
    ck_assert_int_eq(at.g.post[cls].party, model_fixture_party(model, "Ann"));
    const int32_t clsm = row_between(&at, town, n + c)->post[0];
    ck_assert_int_ne(cls, clsm);
    ck_assert_int_eq(at.g.post[clsm].person, at.g.post[cls].person);
    ck_assert_int_eq(at.g.post[row_between(&at, house, n + c)->post[0]].party,
                     model_fixture_party(model, "CLUB"));
    ck_assert_int_eq(row_between(&at, house, n + a)->post[0], -1);
    ck_assert_int_eq(row_between(&at, actor_of(&at, "HOSP"), n + a)->post[0], -1);
    ck_assert(at.g.counted[house]); /* a house does not leave */
    ck_assert_int_eq(at.g.n_units, 1);
    ck_assert_uint_eq(at.g.unit_first[1], 3);
    ground_close(&at);
}
END_TEST

START_TEST(nobody_who_may_leave_is_no_failure)
{
    grounded at;
    ground_open(&at, "ties: from,to\nA,B\nB,C\nB,A\n");
    check_ground(&at.g);
    ck_assert_int_eq(at.g.n_posts, 0);
    ck_assert_int_eq(at.g.n_people, 0);
    ck_assert_int_eq(at.g.n_actors, 3);
    ck_assert_uint_eq(at.g.n_rows, 3);
    ck_assert_int_eq(at.g.row[0].post[0], -1);
    ground_close(&at);
}
END_TEST

START_TEST(a_view_of_sectors_is_refused)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_view_wish wish = {.by = MLG_BY_SECTOR};
    reported r = {.model = model_fixture(by_hand), .run = MLG_RUN_INIT};
    mlg_turnover_ground g;
    ck_assert_int_eq(mlg_views_of(r.model, &wish, &r.views, &r.n_views, &err), MLG_OK);
    ck_assert_int_eq(mlg_context_open(r.model, r.views, r.n_views, &r.run, &r.context, &err),
                     MLG_OK);
    ck_assert_int_eq(mlg_turnover_ground_of(r.context, 0, &g, &err), MLG_EARG);
    ck_assert_ptr_null(g.post);
    reported_close(&r);
}
END_TEST

/* ---- months
 * ------------------------------------------------------------------------------------------- */

START_TEST(months_follow_the_calendar)
{
    const int32_t day = mlg_day_of(2024, 12, 31);
    ck_assert_double_eq(mlg_months_between(day, day), 0);
    ck_assert_double_eq(mlg_months_between(day, mlg_day_of(2025, 6, 30)), 6);
    ck_assert_double_eq(mlg_months_between(day, mlg_day_of(2025, 2, 28)), 2);
    ck_assert_double_eq(mlg_months_between(day, mlg_day_of(2027, 12, 31)), 36);
    ck_assert_double_eq(mlg_months_between(mlg_day_of(2024, 1, 31), mlg_day_of(2024, 2, 29)), 1);
    ck_assert_double_eq(mlg_months_between(day, mlg_day_of(2025, 4, 15)), 3.5);
    ck_assert_double_eq(mlg_months_between(mlg_day_of(2025, 4, 15), day), -3.5);
}
END_TEST

/* ---- when memory is short
 * --------------------------------------------------------------------------- */

static void fail_each(const char *text)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_open(&r, text);
    long fails = 0;
    for (; status != MLG_OK; fails++) {
        mlg_turnover_ground g;
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_turnover_ground_of(r.context, 0, &g, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 1000);
        ck_assert_msg(status == MLG_OK || (status == MLG_ENOMEM && err.message[0] != '\0' &&
                                           g.post == NULL && g.row == NULL && g.n_posts == 0),
                      "allocation %ld: status %d '%s'", fails, (int) status, err.message);
        mlg_turnover_ground_free(&g);
    }
    ck_assert_int_gt(fails, 20);
    reported_close(&r);
}

START_TEST(short_memory_is_answered_with_an_empty_ground)
{
    static const char *const texts[] = {by_hand, with_ties, implicit};
    fail_each(texts[_i]);
}
END_TEST

#define N_OF(table) ((int) (sizeof(table) / sizeof *(table)))

static Suite *turnover_ground_suite(void)
{
    Suite *suite = suite_create("turnover_ground");
    TCase *laws = tcase_create("laws");
    tcase_set_timeout(laws, 120);
    tcase_add_test(laws, random_studies_lose_what_their_rows_say);
    tcase_add_loop_test(laws, shipped_studies_keep_the_connections_of_their_views, 0,
                        N_OF(shipped));
    suite_add_tcase(suite, laws);
    TCase *hand = tcase_create("by_hand");
    tcase_add_test(hand, people_stand_by_person_then_vacant_then_without_a_post);
    tcase_add_test(hand, a_seat_hangs_on_the_post_whose_scheme_it_names);
    tcase_add_test(hand, a_seat_hangs_on_the_post_that_it_speaks_for);
    tcase_add_test(hand, activities_are_convened_by_the_posts_of_their_schemes);
    tcase_add_test(hand, schemes_and_units_know_the_posts_that_coordinate_them);
    tcase_add_test(hand, a_tie_hangs_on_whom_it_names);
    tcase_add_test(hand, persons_and_posts_that_are_actors_are_not_counted);
    tcase_add_loop_test(hand, a_contract_says_how_its_holder_leaves, 0, N_OF(contracts));
    tcase_add_loop_test(hand, rows_of_a_post_are_read_together, 0, N_OF(successions));
    tcase_add_loop_test(hand, the_elected_stand_at_elections_together, 0, N_OF(mandates));
    tcase_add_loop_test(hand, who_comes_as_elected_stands_at_elections, 0, 2);
    tcase_add_test(hand, who_coordinates_holds_a_post_that_nobody_described);
    tcase_add_test(hand, nobody_who_may_leave_is_no_failure);
    tcase_add_test(hand, a_view_of_sectors_is_refused);
    tcase_add_test(hand, months_follow_the_calendar);
    tcase_add_loop_test(hand, short_memory_is_answered_with_an_empty_ground, 0, 3);
    suite_add_tcase(suite, hand);
    return suite;
}

int main(void)
{
    return suite_run(turnover_ground_suite());
}
