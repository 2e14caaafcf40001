/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "finding/players.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/texts.h"
#include "measure/departure.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* Whom to convene first, without who convenes. */

static const char *const id = "depend.key_players_pos";

static void draw_study(uint64_t repeat, bool meetings, char *text, size_t room)
{
    mlg_random draw = mlg_random_stream(3, "test_guests", "", repeat);
    size_t used = (size_t) snprintf(text, room, "actors: id,kind\nDesk,organisation\n");

    for (int o = 0; o < 12; o++) {
        used += (size_t) snprintf(text + used, room - used, "o%d,organisation\n", o);
    }
    used += (size_t) snprintf(text + used, room - used,
                              "schemes: id,carrier\nCLS,o0\n"
                              "posts: id,person,role,scheme,employer,funder\n"
                              "Desk,Ann,coordinator,CLS,o1,o%d\n"
                              "other,Bob,director,CLS,o3,\n%s",
                              (int) mlg_random_below(&draw, 12),
                              meetings ? "participations: actor,activity,on_behalf_of\n"
                                       : "ties: from,to\n");
    for (int i = 0; i < 20; i++) { /* who coordinates has a row in two */
        const int from = (int) mlg_random_below(&draw, 12);
        const int to = (int) mlg_random_below(&draw, meetings ? 6 : 12);
        const bool desk = mlg_random_below(&draw, 2) == 0;
        if (meetings && desk) {
            used += (size_t) snprintf(text + used, room - used, "Clerk%d,A%d,Desk\n", i % 3, to);
        } else if (meetings) {
            used += (size_t) snprintf(text + used, room - used, "o%d,A%d,\n", from, to);
        } else if (desk) {
            used += (size_t) snprintf(text + used, room - used, "Desk,o%d\n", to);
        } else if (from != to) {
            used += (size_t) snprintf(text + used, room - used, "o%d,o%d\n", from, to);
        }
    }
    ck_assert_uint_lt(used, room);
}

static bool near(const mlg_graph *graph, int32_t a, int32_t b)
{
    bool met = a == b || (graph->projected && mlg_csr_find(&graph->ties, a, b) > 0.0);
    for (int32_t activity = 0; activity < graph->n_activities && !met; activity++) {
        met = mlg_csr_find(&graph->attends, a, activity) > 0.0 &&
              mlg_csr_find(&graph->attends, b, activity) > 0.0;
    }
    return met;
}

static bool is_one_of(const mlg_graph *graph, int32_t actor, const char *const *names)
{
    const char *name = mlg_names_text(&graph->model->parties, graph->subject[actor]);
    bool is = false;
    for (; *names != NULL && !is; names++) {
        is = strcmp(name, *names) == 0;
    }
    return is;
}

/* Others that the best set of k touches, of those that may be named: every set in turn. -1: none.
 */
static double slow_best(const mlg_graph *graph, int k, const char *const *desk,
                        const char *const *house)
{
    double best = -1.0;
    for (unsigned set = 1; set < 1u << graph->n; set++) {
        int own = 0, touched = 0;
        bool desks = false;
        if (__builtin_popcount(set) != k) {
            continue;
        }
        for (int32_t v = 0; v < graph->n; v++) {
            bool met = false;
            const bool in = (set >> v & 1) != 0;
            for (int32_t w = 0; w < graph->n; w++) {
                met = met || ((set >> w & 1) != 0 && near(graph, v, w));
            }
            touched += met && !in;
            desks = desks || (in && is_one_of(graph, v, desk));
            own += in && is_one_of(graph, v, house);
        }
        if (!desks && 2 * own <= k && touched > best) {
            best = touched;
        }
    }
    return best;
}

START_TEST(guests_are_the_best_of_all_sets_without_their_hosts)
{
    int checked = 0, without = 0;
    for (uint64_t repeat = 0; repeat < 30; repeat++) {
        const bool meetings = repeat % 2 == 1;
        char text[2048], funder[8];
        reported r;
        mlg_guests guests;
        draw_study(repeat, meetings, text, sizeof text);
        mlg_random draw = mlg_random_stream(3, "test_guests", "", repeat);
        snprintf(funder, sizeof funder, "o%d", (int) mlg_random_below(&draw, 12));
        const char *const desk[] = {"Desk", NULL}, *const house[] = {"o0", "o1", funder, NULL};
        reported_open(&r, text);
        const mlg_graph *graph = mlg_context_graph(r.context, 0);
        const size_t before = r.values.n;
        ck_assert_int_eq(mlg_measure_find(id)->run(r.context, 0, &r.values, NULL), MLG_OK);
        const mlg_value *value = NULL;
        for (size_t i = before; i < r.values.n; i++) {
            const mlg_value *one = &r.values.items[i];
            value = one->convention != NULL && strcmp(one->convention, "reach1") == 0 ? one : value;
        }
        ck_assert_ptr_nonnull(value);
        ck_assert_int_eq(mlg_guests_of(graph, value, &guests, NULL), MLG_OK);
        if (guests.k > 0) {
            const double three = slow_best(graph, 3, desk, house);
            ck_assert_double_eq(guests.touched, slow_best(graph, guests.k, desk, house));
            ck_assert(guests.k == 3 || guests.touched >= three);
            ck_assert(guests.k == 1 ||
                      slow_best(graph, guests.k - 1, desk, house) < guests.touched);
            for (int i = 0; i < guests.k; i++) {
                ck_assert(!is_one_of(graph, guests.actor[i], desk));
            }
            checked++;
            without += guests.without;
        }
        reported_close(&r);
    }
    ck_assert_int_gt(checked, 20);
    ck_assert_int_gt(without, 20);
}
END_TEST

/* A desk that is tied to everybody, its employer to all but one, and eleven in a chain. */
static const char hub[] =
    "actors: id,kind\nDesk,organisation\nTown,organisation\n"
    "a,organisation\nb,organisation\nc,organisation\nd,organisation\ne,organisation\n"
    "f,organisation\ng,organisation\nh,organisation\ni,organisation\n"
    "ties: from,to\nDesk,Town\nDesk,a\nDesk,b\nDesk,c\nDesk,d\nDesk,e\nDesk,f\nDesk,g\nDesk,h\n"
    "Desk,i\nTown,a\nTown,b\nTown,c\nTown,d\nTown,e\nTown,f\nTown,g\nTown,h\na,b\na,c\na,d\n";

static const struct {
    const char *posts, *begins;
    mlg_text_key limit;
} hosts[] = {
    {"",
     "To reach the most with one invitation, first convene “Desk”, directly tied to 10 of the "
     "10 others",
     T_limit_key_players_self},
    {"posts: id,person,role,scheme,employer\nDesk,Ann,coordinator,CLS,Town\n",
     "To reach the most in few invitations, first convene “Town” and “i”. Together: directly tied "
     "to",
     T_limit_key_players_without},
    {"posts: id,person,role,scheme,employer\nDesk,Ann,director,CLS,Town\n",
     "To reach the most with one invitation, first convene “Desk”", T_limit_key_players_self},
};

START_TEST(the_desk_is_not_told_to_convene_itself)
{
    char text[1024];
    reported r;
    bool said = false;
    snprintf(text, sizeof text, "%s%s", hub, hosts[_i].posts);
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "key_players");
    ck_assert_ptr_nonnull(finding);
    ck_assert_msg(strncmp(reported_sentence(&r, finding, MLG_EN), hosts[_i].begins,
                          strlen(hosts[_i].begins)) == 0,
                  "%s", reported_sentence(&r, finding, MLG_EN));
    for (size_t i = 0; i < finding->n_limits; i++) {
        said = said || finding->limits[i] == hosts[_i].limit;
    }
    ck_assert(said);
    reported_close(&r);
}
END_TEST

START_TEST(short_memory_answers_nobody)
{
    char text[1024];
    reported r;
    mlg_guests guests;
    mlg_status status = MLG_ENOMEM;
    snprintf(text, sizeof text, "%s%s", hub, hosts[1].posts);
    reported_open(&r, text);
    const size_t before = r.values.n;
    ck_assert_int_eq(mlg_measure_find(id)->run(r.context, 0, &r.values, NULL), MLG_OK);
    ck_assert_uint_ge(r.values.n, before + 2);
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_guests_of(mlg_context_graph(r.context, 0), &r.values.items[before + 1],
                               &guests, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 100);
        ck_assert_int_eq(err.status, status);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("guests");
    TCase *all = tcase_create("all");
    tcase_add_test(all, guests_are_the_best_of_all_sets_without_their_hosts);
    tcase_add_loop_test(all, the_desk_is_not_told_to_convene_itself, 0,
                        (int) (sizeof hosts / sizeof *hosts));
    tcase_add_test(all, short_memory_answers_nobody);
    tcase_set_timeout(all, 60);
    suite_add_tcase(suite, all);
    return suite_run(suite);
}
