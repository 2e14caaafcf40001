/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "maillage/coordination.h"
#include "measure/departure.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "slow_coordination.h"
#include "slow_departure.h"
#include "study_measured.h"
#include "suite.h"

/* What rests on people in a view: links between sectors, and the network without its
 * coordination. */

static void measure(reported *r, const char *id, int32_t view)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = r->values.n;
    const mlg_status status = mlg_measure_find(id)->run(r->context, view, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    for (size_t i = before; i < r->values.n; i++) {
        measured_check(&r->values.items[i]);
    }
}

static const mlg_value *value_of(const reported *r, const char *id, int32_t view,
                                 const char *convention)
{
    for (size_t i = 0; i < r->values.n; i++) {
        const mlg_value *value = &r->values.items[i];
        if (strcmp(value->measure->id, id) == 0 && value->view == view &&
            (convention == NULL ||
             strncmp(value->convention, convention, strlen(convention)) == 0)) {
            return value;
        }
    }
    return NULL;
}

static double number_of(const reported *r, const char *id, const char *convention)
{
    const mlg_value *value = value_of(r, id, 0, convention);
    ck_assert_ptr_nonnull(value);
    return value->column[MLG_VALUE][0];
}

static double part_of(const reported *r, const char *id, const char *convention, const char *part)
{
    return part_at(value_of(r, id, 0, convention), part, 0);
}

static const char links_id[] = "depend.bus_factor.links", through_id[] = "depend.through_share";

/* ---- by hand ---------------------------------------------------------------------------- */

static const char by_hand[] =
    "actors: id,kind,sector,organisation\n"
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nSCHOOL,organisation,education,\n"
    "CLUB,organisation,sport,\nYOUTH,organisation,youth,\nAnn,person,,TOWN\nBob,person,,YOUTH\n"
    "posts: id,person,role,scheme,employer\np,Ann,coordinator,A,TOWN\n"
    "ties: from,to\nAnn,HOSP\np,SCHOOL\nBob,HOSP\nCLUB,TOWN\n";

START_TEST(links_between_sectors_rest_on_people)
{
    reported r;
    reported_open(&r, by_hand);
    measure(&r, links_id, 0);
    /* four pairs of sectors, one that nobody takes away: Ann two, Bob one; two are not most */
    ck_assert_double_eq(number_of(&r, links_id, "sector_pairs.people"), 2);
    ck_assert_double_eq(part_of(&r, links_id, "sector_pairs.people", "items"), 4);
    ck_assert_double_eq(part_of(&r, links_id, "sector_pairs.people", "orphans"), 3);
    ck_assert_double_eq(part_of(&r, links_id, "sector_pairs.people", "people"), 2);
    /* ten pairs of actors; without Ann HOSP - YOUTH and TOWN - CLUB stay */
    ck_assert_double_eq(number_of(&r, links_id, "actor_pairs.people"), 1);
    ck_assert_double_eq(part_of(&r, links_id, "actor_pairs.people", "items"), 10);
    ck_assert_double_eq(part_of(&r, links_id, "actor_pairs.people", "orphans"), 8);
    reported_close(&r);
}
END_TEST

/* The hub of a star, and of three activities: the actors themselves, where rows name nobody. */
static const struct {
    const char *rows;
    double sector_pairs, pairs, items;
} stars[] = {
    {"ties: from,to\nH,A\nH,B\nH,C\n", 1, 1, 6},
    {"participations: actor,activity\nH,1\nA,1\nH,2\nB,2\nH,3\nC,3\n", 1, 1, 6},
    /* all in one activity: half of the sectors' six pairs go with one, more with two */
    {"participations: actor,activity\nH,1\nA,1\nB,1\nC,1\n", 2, 2, 6},
};

START_TEST(where_rows_name_nobody_actors_leave)
{
    char text[512];
    reported r;
    snprintf(text, sizeof text,
             "actors: id,kind,sector\nH,organisation,social\nA,organisation,hospital\n"
             "B,organisation,education\nC,organisation,sport\n%s",
             stars[_i].rows);
    reported_open(&r, text);
    measure(&r, links_id, 0);
    ck_assert_double_eq(number_of(&r, links_id, "sector_pairs.actors"), stars[_i].sector_pairs);
    ck_assert_double_eq(number_of(&r, links_id, "actor_pairs.actors"), stars[_i].pairs);
    ck_assert_double_eq(part_of(&r, links_id, "actor_pairs.actors", "items"), stars[_i].items);
    reported_close(&r);
}
END_TEST

START_TEST(the_network_without_its_coordination)
{
    reported r;
    reported_open(&r, by_hand);
    measure(&r, through_id, 0);
    ck_assert_double_eq(number_of(&r, through_id, NULL), 0.8);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "pairs_today"), 10);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "pairs_without"), 2);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "rows"), 2);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "posts"), 1);
    /* TOWN - YOUTH and SCHOOL - CLUB by a partner, HOSP - CLUB, HOSP - SCHOOL, and the four ties;
     * YOUTH - SCHOOL and YOUTH - CLUB are three rows apart */
    ck_assert_double_eq(part_of(&r, through_id, NULL, "near_today"), 8);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "near_without"), 2);
    reported_close(&r);
}
END_TEST

/* Two who coordinate one scheme: neither alone convenes A1, both together do. Without posts the
 * persons who took part as coordinators are taken. */
static const struct {
    const char *rows;
    double posts, lost, lost_with, stopped;
} shared_bodies[] = {
    {"posts: id,person,role,scheme,employer\np,Ann,coordinator,D,TOWN\nq,Bob,coordinator,D,HOSP\n"
     "participations: actor,activity,role\nAnn,A1,\nBob,A1,\nSCHOOL,A1,\nCLUB,A1,\nTOWN,A2,\n"
     "HOSP,A2,\n",
     2, 4, 5, 1},
    {"participations: actor,activity,role\nAnn,A1,coordinator\nSCHOOL,A1,\nCLUB,A1,\nTOWN,A2,\n"
     "HOSP,A2,\n",
     0, 4, 5, 1},
};

START_TEST(what_they_convene_together_stops_with_all_of_them)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text,
             "actors: id,kind,sector,organisation\n"
             "TOWN,organisation,social,\nHOSP,organisation,hospital,\n"
             "SCHOOL,organisation,education,\nCLUB,organisation,sport,\nAnn,person,,TOWN\n"
             "Bob,person,,HOSP\nschemes: id\nD\n"
             "activities: id,schemes,level\nA1,D,\nA2,,\n%s",
             shared_bodies[_i].rows);
    reported_open(&r, text);
    measure(&r, through_id, 0);
    const double today = part_of(&r, through_id, NULL, "pairs_today");
    ck_assert_double_eq(today, 6);
    ck_assert_double_eq(today - part_of(&r, through_id, NULL, "pairs_without"),
                        shared_bodies[_i].lost);
    ck_assert_double_eq(today - part_of(&r, through_id, NULL, "pairs_without_activities"),
                        shared_bodies[_i].lost_with);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "activities_stopped"),
                        shared_bodies[_i].stopped);
    ck_assert_double_eq(part_of(&r, through_id, NULL, "posts"), shared_bodies[_i].posts);
    reported_close(&r);
}
END_TEST

/* ---- against the slow twins --------------------------------------------------------------- */

static int64_t cross_pairs(const mlg_graph *graph)
{
    bool *left_out = mlg_zalloc((size_t) graph->n, sizeof *left_out);
    const int64_t pairs = slow_cross_pairs(graph, left_out);
    mlg_free(left_out);
    return pairs;
}

/* What is counted of a study, of its ties [0] and of its participations [1]. */
enum { SECTOR_PAIRS, ACTOR_PAIRS, NEAR_PAIRS, COUNTS };
typedef struct slow_counts {
    int64_t of[2][COUNTS];
} slow_counts;

/* The study built again without the rows of those names. */
static slow_counts counts_without(const char *text, const char *names)
{
    slow_counts counts = {0}; /* a table without a row offers no view */
    mlg_buffer left = {0};
    reported r;
    slow_without(text, names, &left);
    reported_open(&r, mlg_buffer_string(&left));
    for (int32_t v = 0; v < (int32_t) r.n_views; v++) {
        const mlg_graph *graph = mlg_context_graph(r.context, v);
        int64_t *of = counts.of[mlg_context_view(r.context, v)->source != MLG_FROM_TIES];
        of[SECTOR_PAIRS] = slow_sector_pairs(graph);
        of[ACTOR_PAIRS] = cross_pairs(graph);
        of[NEAR_PAIRS] = slow_near_pairs(graph);
    }
    reported_close(&r);
    mlg_buffer_free(&left);
    return counts;
}

/* The names of those of a set: persons first, each with its posts, then posts nobody is named
 * for. */
static void name_set(const slow_study *study, unsigned set, char *out, size_t room)
{
    size_t used = 0;
    out[0] = '\0';
    for (int q = 0; q < SLOW_PERSONS; q++) {
        if ((set >> q & 1) != 0) {
            used += (size_t) snprintf(out + used, room - used, "Q%d|", q);
        }
    }
    for (int p = 0; p < SLOW_POSTS; p++) {
        const int holder = study->holder[p] == SLOW_VACANT ? -1 : study->holder[p];
        const int bit = holder >= 0 ? holder : SLOW_PERSONS + p;
        if ((set >> bit & 1) != 0 && study->holder[p] != SLOW_VACANT) {
            used += (size_t) snprintf(out + used, room - used, "S%d|", p);
        }
    }
    ck_assert_uint_lt(used, room);
}

typedef struct slow_answer {
    int k;
    int64_t items, orphans;
} slow_answer;

/* Takes a set of people for best where its departure orphans most of the items and it is one of
 * fewest people. */
static void weigh(int size, int64_t left, slow_answer *best)
{
    const int64_t orphans = best->items - left;
    if (2 * orphans > best->items && (best->k < 0 || size <= best->k)) {
        best->orphans =
            size < best->k || best->k < 0 || orphans > best->orphans ? orphans : best->orphans;
        best->k = size;
    }
}

/* Every set of people that somebody is in, the study built again without their rows: of ties and
 * of participations, pairs of sectors and of actors. */
static void slow_links(const slow_study *study, const char *text, slow_answer best[2][2])
{
    enum { PEOPLE = SLOW_PERSONS + SLOW_POSTS };
    const slow_counts today = counts_without(text, "");
    int widest = PEOPLE;

    for (int i = 0; i < 4; i++) {
        best[i / 2][i % 2] = (slow_answer){.k = -1, .items = today.of[i / 2][i % 2]};
    }
    for (unsigned set = 1; set < 1u << PEOPLE; set++) {
        char names[128];
        bool anybody = true;
        const int size = __builtin_popcount(set);
        for (int p = 0; p < SLOW_POSTS; p++) { /* bits of posts that are somebody's, or nobody's */
            anybody = anybody &&
                      ((set >> (SLOW_PERSONS + p) & 1) == 0 || study->holder[p] == SLOW_UNKNOWN);
        }
        if (!anybody || size > widest) {
            continue;
        }
        name_set(study, set, names, sizeof names);
        const slow_counts left = counts_without(text, names);
        widest = 0;
        for (int i = 0; i < 4; i++) {
            slow_answer *const of = &best[i / 2][i % 2];
            weigh(size, left.of[i / 2][i % 2], of);
            widest = of->k < 0 ? PEOPLE : of->k > widest ? of->k : widest;
        }
    }
}

START_TEST(links_undone_are_those_of_a_study_without_the_rows)
{
    static const char *const conventions[] = {"sector_pairs", "actor_pairs"};
    int reached = 0, unreached = 0;
    for (uint64_t repeat = 0; repeat < 40; repeat++) {
        mlg_random draw = mlg_random_stream(9, "test_coordination.links", "", repeat);
        mlg_buffer text = {0};
        reported r;
        slow_study study;
        slow_answer best[2][2];
        slow_study_draw(&draw, &study);
        slow_study_write(&study, -1, false, &text);
        slow_links(&study, mlg_buffer_string(&text), best);
        reported_open(&r, mlg_buffer_string(&text));
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            const bool ties = mlg_context_view(r.context, view)->source == MLG_FROM_TIES;
            measure(&r, links_id, view);
            for (int k = 0; k < 2; k++) {
                const mlg_value *value = value_of(&r, links_id, view, conventions[k]);
                if (value == NULL) {
                    continue; /* too few sectors were drawn */
                }
                const slow_answer slow = best[ties ? 0 : 1][k];
                ck_assert_double_eq(part_at(value, "items", 0), (double) slow.items);
                if (slow.k >= 0 && slow.items > 0) {
                    reached++;
                    ck_assert_double_eq(value->column[MLG_VALUE][0], slow.k);
                    ck_assert_double_eq(part_at(value, "orphans", 0), (double) slow.orphans);
                    ck_assert_double_eq(part_at(value, "proven", 0), 1);
                } else {
                    unreached++;
                    ck_assert_int_eq(value->undefined,
                                     slow.items > 0 ? T_why_most_stay : T_why_nothing_crosses);
                }
            }
        }
        reported_close(&r);
        mlg_buffer_free(&text);
    }
    ck_assert_int_ge(reached, 50);
    ck_assert_int_gt(unreached, 10);
}
END_TEST

/* Who coordinates, and what stops with them, as names to leave out. */
static bool name_coordination(const slow_study *study, bool stops, char *out, size_t room)
{
    unsigned set = 0;
    size_t used;
    for (int p = 0; p < SLOW_POSTS; p++) {
        if (study->coordinates[p] && study->holder[p] != SLOW_VACANT) {
            set |= 1u << (study->holder[p] >= 0 ? study->holder[p] : SLOW_PERSONS + p);
        }
    }
    name_set(study, set, out, room);
    used = strlen(out);
    for (int a = 0; a < SLOW_ACTIVITIES && stops; a++) {
        bool convened = false;
        for (int p = 0; p < SLOW_POSTS; p++) {
            convened = convened || (study->coordinates[p] && study->holder[p] != SLOW_VACANT &&
                                    study->scheme[p] == study->activity_scheme[a]);
        }
        if (convened && !study->strategic[a]) {
            used += (size_t) snprintf(out + used, room - used, "A%d|", a);
        }
    }
    return set != 0;
}

START_TEST(the_share_is_that_of_a_study_without_the_rows)
{
    int checked = 0, stopped = 0;
    for (uint64_t repeat = 0; repeat < 500; repeat++) {
        mlg_random draw = mlg_random_stream(13, "test_coordination.through", "", repeat);
        mlg_buffer text = {0};
        reported r;
        slow_study study;
        char rows[192], all[192];
        slow_study_draw(&draw, &study);
        slow_study_write(&study, -1, false, &text);
        reported_open(&r, mlg_buffer_string(&text));
        const bool any = name_coordination(&study, false, rows, sizeof rows);
        name_coordination(&study, true, all, sizeof all);
        const char *tables = mlg_buffer_string(&text);
        const slow_counts whole = counts_without(tables, "");
        const slow_counts less = counts_without(tables, rows);
        const slow_counts least = counts_without(tables, all);
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            measure(&r, through_id, view);
            const mlg_value *value = value_of(&r, through_id, view, NULL);
            const bool ties = mlg_context_view(r.context, view)->source == MLG_FROM_TIES;
            const int64_t *now = whole.of[!ties], *without = less.of[!ties];
            const int64_t *stop = least.of[!ties];
            ck_assert(any || value->undefined == T_why_no_coordination);
            if (mlg_value_part_find(value, "pairs_today") == NULL) {
                continue;
            }
            const double today = (double) now[ACTOR_PAIRS];
            ck_assert_double_eq(part_at(value, "pairs_today", 0), today);
            ck_assert_double_eq(part_at(value, "near_today", 0), (double) now[NEAR_PAIRS]);
            if (!isnan(value->column[MLG_VALUE][0])) {
                checked++;
                const double left = (double) without[ACTOR_PAIRS];
                ck_assert_double_eq(part_at(value, "pairs_without", 0), left);
                ck_assert_double_eq(value->column[MLG_VALUE][0], (today - left) / today);
                ck_assert_double_eq(part_at(value, "near_without", 0),
                                    (double) without[NEAR_PAIRS]);
            }
            if (!ties && part_at(value, "activities_stopped", 0) > 0) {
                stopped++;
                ck_assert_double_eq(part_at(value, "pairs_without_activities", 0),
                                    (double) stop[ACTOR_PAIRS]);
                ck_assert_double_eq(part_at(value, "near_without_activities", 0),
                                    (double) stop[NEAR_PAIRS]);
            }
        }
        reported_close(&r);
        mlg_buffer_free(&text);
    }
    ck_assert_int_gt(checked, 500);
    ck_assert_int_gt(stopped, 200);
}
END_TEST

/* ---- undefined ------------------------------------------------------------------------------ */

static const struct {
    const char *lines;
    mlg_text_key links, through;
} unknown[] = {
    {"ties: from,to\nA,B\n", T_why_no_sectors, T_why_no_coordination},
    {"actors: id,sector\nA,social\nB,social\nties: from,to\nA,B\n", T_why_one_group,
     T_why_no_coordination},
    {"actors: id,sector\nA,social\nB,\nC,social\nD,sport\nE,\nposts: id,person,role\n"
     "p,Ann,coordinator\nties: from,to\nA,B\nC,B\nD,E\n",
     T_why_nothing_crosses, T_why_nothing_crosses},
    {"actors: id,sector\nA,social\nB,sport\nposts: id,person,role\np,Ann,coordinator\n"
     "ties: from,to\nA,B\n",
     T_none, T_why_no_row_of_posts},
    {"actors: id,sector\nA,social\nB,sport\nposts: id,person,role\np,vacant,coordinator\n"
     "ties: from,to\nA,B\n",
     T_none, T_why_no_coordination},
    {"actors: id,kind,sector,organisation\nA,organisation,social,\nB,organisation,sport,\n"
     "P,person,,A\nties: from,to\nA,B\nP,B\n",
     T_why_most_stay, T_why_no_coordination},
};

START_TEST(what_is_unknown_says_why)
{
    reported r;
    reported_open(&r, unknown[_i].lines);
    measure(&r, links_id, 0);
    measure(&r, through_id, 0);
    ck_assert_str_eq(mlg_text_name(value_of(&r, links_id, 0, NULL)->undefined),
                     mlg_text_name(unknown[_i].links));
    ck_assert_str_eq(mlg_text_name(value_of(&r, through_id, 0, NULL)->undefined),
                     mlg_text_name(unknown[_i].through));
    reported_close(&r);
}
END_TEST

START_TEST(every_shape_gives_values_in_their_range)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    measured_value(&m, links_id); /* checks it: arrays have no rows to take away */
    measured_value(&m, through_id);
    measured_close(&m);
}
END_TEST

/* ---- no memory ------------------------------------------------------------------------------ */

START_TEST(measures_of_a_view_survive_any_allocation_failing)
{
    const char *const id = _i == 0 ? links_id : through_id;
    mlg_random draw = mlg_random_stream(2, "test_coordination.memory", "", 0);
    mlg_buffer text = {0};
    slow_study study;
    reported r;

    slow_study_draw(&draw, &study);
    slow_study_write(&study, -1, false, &text);
    reported_open(&r, mlg_buffer_string(&text));
    for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
        for (long n = 0; measured_fails(r.context, view, id, n, &r.values); n++) {
        }
    }
    reported_close(&r);
    mlg_buffer_free(&text);
}
END_TEST

static Suite *coordination_views_suite(void)
{
    Suite *suite = suite_create("coordination of views");
    TCase *hand = tcase_create("by hand");
    TCase *twins = tcase_create("slow twins");
    TCase *rest = tcase_create("unknown");

    tcase_set_timeout(twins, 60);
    tcase_add_test(hand, links_between_sectors_rest_on_people);
    tcase_add_loop_test(hand, where_rows_name_nobody_actors_leave, 0, sizeof stars / sizeof *stars);
    tcase_add_test(hand, the_network_without_its_coordination);
    tcase_add_loop_test(hand, what_they_convene_together_stops_with_all_of_them, 0,
                        sizeof shared_bodies / sizeof *shared_bodies);
    tcase_add_test(twins, links_undone_are_those_of_a_study_without_the_rows);
    tcase_add_test(twins, the_share_is_that_of_a_study_without_the_rows);
    tcase_add_loop_test(rest, what_is_unknown_says_why, 0, sizeof unknown / sizeof *unknown);
    tcase_add_loop_test(rest, every_shape_gives_values_in_their_range, 0, MEASURED_SHAPES);
    tcase_add_loop_test(rest, measures_of_a_view_survive_any_allocation_failing, 0, 2);
    suite_add_tcase(suite, hand);
    suite_add_tcase(suite, twins);
    suite_add_tcase(suite, rest);
    return suite;
}

int main(void)
{
    return suite_run(coordination_views_suite());
}
