/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/memory.h"
#include "graph/condition.h"
#include "graph/graph.h"
#include "model_fixture.h"
#include "suite.h"

/* Ids of the views, apart by blanks; the reason of a failure instead. */
static const char *ids_of(const mlg_model *model, const mlg_view_wish *wish)
{
    static char text[600];
    mlg_view *views = NULL;
    mlg_error err = {0};
    size_t n = 0, used = 0;
    const mlg_status status = mlg_views_of(model, wish, &views, &n, &err);
    text[0] = '\0';
    if (status != MLG_OK) {
        ck_assert_int_eq(status, MLG_EARG);
        ck_assert_ptr_null(views);
        snprintf(text, sizeof text, "%s", err.message);
        return text;
    }
    for (size_t i = 0; i < n; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? " " : "",
                                  views[i].id);
    }
    mlg_views_free(views);
    return text;
}

#define KINDS    "ties: from,to,kind,weight\na,b,funds,1\na,b,informs,3\nb,c,informs,4\n"
#define ONE_KIND "ties: from,to,kind,weight\na,b,funds,1\nb,c,funds,3\n"
#define SEATS    "participations: actor,activity\na,m\nb,m\n"

static const struct {
    const char *what, *text, *view, *kind, *ids;
} offer_cases[] = {
    {"nothing", "actors: id\na\n", NULL, NULL, ""},
    {"one kind needs no view of its own", ONE_KIND, NULL, NULL, "ties"},
    {"a view for each of several kinds", KINDS, NULL, NULL, "ties ties.informs ties.funds"},
    {"both sources", ONE_KIND SEATS, NULL, NULL, "ties participations"},
    {"shortcuts stand for participations", "activities: id,carriers\nm,a|b\n", NULL, NULL,
     "participations"},
    {"open kinds", "ties: from,to,kind\na,b,lunch with\nb,c,funds\n", NULL, NULL,
     "ties ties.funds ties.lunch_with"},
    {"one by its id", KINDS SEATS, "participations", NULL, "participations"},
    {"one by a French label", KINDS, NULL, "finance", "ties.funds"},
    {"a kind of the only kind", ONE_KIND, "ties", "funds", "ties.funds"},
    {"unknown view", ONE_KIND SEATS, "formal", NULL,
     "no view \"formal\"; there are: ties, participations"},
    {"unknown kind", KINDS, NULL, "loves", "no tie of kind \"loves\"; there are: informs, funds"},
    {"a kind nobody uses", KINDS, NULL, "trusts",
     "no tie of kind \"trusts\"; there are: informs, funds"},
    {"participations have no kind", KINDS SEATS, "participations", "funds",
     "the view participations has no ties of kind \"funds\""},
    {"a kind without ties", SEATS, NULL, "funds", "no view \"ties\"; there are: participations"},
    {"named", "study: key,value\nview.formal.ties,weight>=3\n" KINDS, NULL, NULL,
     "ties ties.informs ties.funds ties.formal"},
    {"named in French", "study: key,value\nvue.fort.liens,poids > 2\n" ONE_KIND, "ties.fort", NULL,
     "ties.fort"},
    {"named on activities", "study: key,value\nview.top.activities,level=strategic\n" SEATS, NULL,
     NULL, "participations participations.top"},
    {"named, and one kind of it", "study: key,value\nview.strong.ties,weight>=3\n" KINDS,
     "ties.strong", "informs", "ties.strong.informs"},
    {"named on no table", "study: key,value\nview.x.posts,fte>1\n" KINDS, NULL, NULL,
     "not a view: \"x.posts\" (view.NAME.ties, .participations, .activities)"},
    {"no name", "study: key,value\nview.ties,weight>1\n" KINDS, NULL, NULL,
     "not a view: \"ties\" (view.NAME.ties, .participations, .activities)"},
    {"unknown column", "study: key,value\nview.x.ties,colour=red\n" KINDS, NULL, NULL,
     "no column \"colour\" in ties (from, to, kind, weight, directed, held_by, trust, start, end, "
     "source, note)"},
    {"no condition", "study: key,value\nview.x.ties,weight\n" KINDS, NULL, NULL,
     "not a condition: \"weight\" (column=value; = != < > <= >=)"},
    {"not a number", "study: key,value\nview.x.ties,weight>=much\n" KINDS, NULL, NULL,
     "the column ties.weight cannot be compared so: >=much"},
    {"no number", "study: key,value\nview.x.ties,weight>=\n" KINDS, NULL, NULL,
     "the column ties.weight cannot be compared so: >="},
    {"codes have no order", "study: key,value\nview.x.ties,kind>funds\n" KINDS, NULL, NULL,
     "the column ties.kind cannot be compared so: >funds"},
    {"a name taken by a kind", "study: key,value\nview.funds.ties,weight>1\n" KINDS, NULL, NULL,
     "the view ties.funds has the name of a kind of tie"},
};

START_TEST(a_study_offers_its_views)
{
    mlg_model *model = model_fixture(offer_cases[_i].text);
    const mlg_view_wish wish = {.view = offer_cases[_i].view, .kind = offer_cases[_i].kind};
    ck_assert_msg(strcmp(ids_of(model, &wish), offer_cases[_i].ids) == 0, "%s: %s",
                  offer_cases[_i].what, ids_of(model, &wish));
    mlg_model_free(model);
}
END_TEST

START_TEST(more_conditions_than_a_view_holds_are_refused)
{
    mlg_model *model =
        model_fixture("study: key,value\nview.x.ties,weight>1\nview.x.ties,weight>2\n"
                      "view.x.ties,weight>3\nview.x.ties,weight>4\n"
                      "view.x.ties,weight>5\n" KINDS);
    ck_assert_str_eq(ids_of(model, NULL), "the view ties.x has over 4 conditions");
    mlg_model_free(model);
}
END_TEST

/* Room is for 58 bytes of the kind: one x more moves the cut into the middle of an é. */
START_TEST(long_kinds_are_cut_between_characters)
{
    char text[300];
    mlg_view *views = NULL;
    size_t n = 0;
    snprintf(text, sizeof text,
             "ties: from,to,kind\na,b,funds\nb,c,%sééééééééééééééééééééééééééééééé\n",
             _i == 0 ? "" : "x");
    mlg_model *model = model_fixture(text);
    ck_assert_int_eq(mlg_views_of(model, NULL, &views, &n, NULL), MLG_OK);
    ck_assert_uint_eq(n, 3);
    ck_assert_uint_eq(strlen(views[2].id), _i == 0 ? 63 : 62);
    ck_assert_str_eq(views[2].id + strlen(views[2].id) - 2, "é");
    mlg_views_free(views);
    mlg_model_free(model);
}
END_TEST

START_TEST(a_message_lists_as_many_names_as_it_has_room_for)
{
    mlg_model *model =
        model_fixture("ties: from,to,kind\n"
                      "a,b,a kind of tie with a long name to fill the list of those there are\n"
                      "b,c,another kind of tie with a long name to fill the list of those\n"
                      "c,d,one more kind of tie with a long name to fill the list of those\n");
    const mlg_view_wish wish = {.kind = "none"};
    ck_assert_str_eq(
        ids_of(model, &wish),
        "no tie of kind \"none\"; there are: a kind of tie with a long name to fill the list of "
        "those there are, another kind of tie with a long name to fill the list of "
        "those");
    mlg_model_free(model);
}
END_TEST

/* ---- the period ---------------------------------------------------------------- */

static const struct {
    const char *date;
    bool has_from, has_to;
    int32_t first[3], last[3]; /* expected; year 0 = open */
} period_cases[] = {
    {"2024-12-31", false, false, {2024, 1, 1}, {2024, 12, 31}},
    {"2024-02-29", false, false, {2023, 3, 1}, {2024, 2, 29}},
    {"2025-02-28", false, false, {2024, 2, 29}, {2025, 2, 28}},
    {"2023-05-10", false, false, {2022, 5, 11}, {2023, 5, 10}},
    {"", false, false, {0, 0, 0}, {0, 0, 0}},
    {"2024-12-31", true, false, {2020, 1, 1}, {0, 0, 0}},
    {"2024-12-31", false, true, {0, 0, 0}, {2021, 6, 30}},
    {"2024-12-31", true, true, {2020, 1, 1}, {2021, 6, 30}},
};

START_TEST(the_period_is_the_wished_one_or_the_last_12_months)
{
    char text[200];
    mlg_view *views = NULL;
    size_t n = 0;
    const mlg_view_wish wish = {
        .has_from = period_cases[_i].has_from,
        .has_to = period_cases[_i].has_to,
        .from = mlg_day_of(2020, 1, 1),
        .to = mlg_day_of(2021, 6, 30),
    };
    const int32_t *first = period_cases[_i].first, *last = period_cases[_i].last;
    snprintf(text, sizeof text, "study: key,value\ndate,%s\n%s", period_cases[_i].date, ONE_KIND);
    mlg_model *model = model_fixture(text);
    ck_assert_int_eq(mlg_views_of(model, &wish, &views, &n, NULL), MLG_OK);
    ck_assert_int_eq(views[0].from,
                     first[0] != 0 ? mlg_day_of(first[0], first[1], first[2]) : MLG_EVER_FIRST);
    ck_assert_int_eq(views[0].to,
                     last[0] != 0 ? mlg_day_of(last[0], last[1], last[2]) : MLG_EVER_LAST);
    mlg_views_free(views);
    mlg_model_free(model);
}
END_TEST

START_TEST(a_period_that_ends_before_it_begins_is_refused)
{
    mlg_model *model = model_fixture(ONE_KIND);
    const mlg_view_wish wish = {.has_from = true, .has_to = true, .from = 10, .to = 9};
    ck_assert_str_eq(ids_of(model, &wish), "the period ends before it begins");
    mlg_model_free(model);
}
END_TEST

/* ---- conditions ------------------------------------------------------------------ */

/* Rows that meet a condition, as "13" for the first and the third. */
static const struct {
    const char *condition, *rows;
} condition_cases[] = {
    {"headcount>=12", "1"},
    {"headcount < 12", "2"},
    {"headcount=3", "2"},
    {"headcount!=3", "1"},
    {"headcount<=3,0", "2"},
    {"headcount>3", "1"},
    {"kind=lunch", "2"},
    {"kind!=lunch", "14"},
    {"kind=nothing like it", ""},
    {"kind!=nothing", "124"},
    {"themes=housing", "12"},
    {"themes!=housing", "4"},
    {"themes=mental_health", "1"},
    {"start=2024", "14"},
    {"start!=2024", "2"},
    {"start<2024", "2"},
    {"start>=2024-03-01", "14"},
    {"start>2024-03", "4"},
    {"start<=2024-03-01", "12"},
    {"id=m2", "2"},
    {"id!=m2", "134"},
    {"note=seen", "1"},
    {"date=2023", "2"},
};

START_TEST(conditions_hold_for_known_cells_only)
{
    mlg_model *model = model_fixture("activities: id,kind,themes,headcount,start,note\n"
                                     "m1,working_group,housing|mental_health,12,2024-03-01,seen\n"
                                     "m2,lunch,housing,3,2023,\n"
                                     "m3,,,,,\n"
                                     "m4,working_group,none,,2024-11,\n");
    char met[8] = "";
    size_t n = 0;
    mlg_condition condition;
    mlg_test test;
    mlg_error err = {0};
    ck_assert_msg(mlg_condition_read(model, MLG_ACTIVITIES, condition_cases[_i].condition,
                                     &condition, &err) == MLG_OK,
                  "%s", err.message);
    ck_assert_int_eq(mlg_condition_compile(model, &condition, &test, &err), MLG_OK);
    for (int32_t row = 0; row < 4; row++) {
        if (mlg_test_holds(model, &test, row)) {
            met[n++] = (char) ('1' + row);
        }
    }
    ck_assert_msg(strcmp(met, condition_cases[_i].rows) == 0, "%s: %s",
                  condition_cases[_i].condition, met);
    mlg_model_free(model);
}
END_TEST

START_TEST(conditions_name_parties_and_territories_by_their_ids)
{
    mlg_model *model = model_fixture("ties: from,to\na,b\nb,c\n"
                                     "sites: actor,territory\na,14118\nb,14047\n"
                                     "posts: id,person,service\np1,Ann,ccas|chu\np2,vacant,chu\n");
    const struct {
        mlg_table_id table;
        const char *text;
        bool holds[2];
    } cases[] = {
        {MLG_TIES, "from=a", {true, false}},        {MLG_TIES, "from!=a", {false, true}},
        {MLG_TIES, "to=nobody", {false, false}},    {MLG_SITES, "territory=14047", {false, true}},
        {MLG_POSTS, "service=ccas", {true, false}}, {MLG_POSTS, "person!=Ann", {false, true}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlg_condition condition;
        mlg_test test;
        ck_assert_int_eq(mlg_condition_read(model, cases[i].table, cases[i].text, &condition, NULL),
                         MLG_OK);
        ck_assert_int_eq(mlg_condition_compile(model, &condition, &test, NULL), MLG_OK);
        for (int32_t row = 0; row < 2; row++) {
            ck_assert_msg(mlg_test_holds(model, &test, row) == cases[i].holds[row], "%s: row %d",
                          cases[i].text, row);
        }
    }
    mlg_model_free(model);
}
END_TEST

START_TEST(yes_and_no_are_read_in_both_languages)
{
    mlg_model *model = model_fixture("ties: from,to,directed\na,b,yes\nb,c,no\nc,d,\n");
    mlg_condition condition;
    mlg_test test;
    const char *const texts[] = {"directed=oui", "directed=1", "directed!=non", "oriente=yes"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(mlg_condition_read(model, MLG_TIES, texts[i], &condition, NULL), MLG_OK);
        ck_assert_int_eq(mlg_condition_compile(model, &condition, &test, NULL), MLG_OK);
        ck_assert(mlg_test_holds(model, &test, 0));
        ck_assert(!mlg_test_holds(model, &test, 1));
        ck_assert(!mlg_test_holds(model, &test, 2));
    }
    ck_assert_int_eq(mlg_condition_read(model, MLG_TIES, "directed=maybe", &condition, NULL),
                     MLG_EARG);
    mlg_model_free(model);
}
END_TEST

static mlg_graph *build(const mlg_model *model, const char *id)
{
    const mlg_view_wish wish = {.view = id, .by = MLG_BY_ACTOR};
    const mlg_run run = MLG_RUN_INIT;
    mlg_view *views = NULL;
    mlg_graph *graph = NULL;
    mlg_error err = {0};
    size_t n = 0;
    ck_assert_msg(mlg_views_of(model, &wish, &views, &n, &err) == MLG_OK, "%s", err.message);
    ck_assert_int_eq(mlg_graph_build(model, &views[0], &run, &graph, &err), MLG_OK);
    mlg_views_free(views);
    return graph;
}

START_TEST(a_named_view_counts_the_rows_that_meet_all_its_conditions)
{
    mlg_model *model = model_fixture("study: key,value\n"
                                     "view.formal.ties,weight>=3\n"
                                     "view.formal.ties,held_by=organisation\n"
                                     "ties: from,to,weight,held_by\n"
                                     "a,b,1,organisation\n"
                                     "b,c,3,organisation\n"
                                     "c,d,4,person\n"
                                     "d,a,5,\n");
    mlg_graph *graph = build(model, "ties.formal");
    ck_assert_uint_eq(graph->facts.rows, 1);
    ck_assert_uint_eq(graph->n_ties, 1);
    ck_assert_int_eq(graph->n, 2);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(conditions_on_activities_and_roles_choose_participations)
{
    mlg_model *model = model_fixture("study: key,value\n"
                                     "view.top.activities,level=strategic\n"
                                     "view.lead.participations,role=porteur\n"
                                     "activities: id,level,carriers,partners\n"
                                     "m1,strategic,a|b,c\n"
                                     "m2,clinical,a|c,\n"
                                     "participations: actor,activity,role\n"
                                     "d,m1,member\n"
                                     "e,m2,carrier\n"
                                     "f,m3,member\n");
    mlg_graph *top = build(model, "participations.top"),
              *lead = build(model, "participations.lead");
    ck_assert_int_eq(top->n, 4);
    ck_assert_uint_eq(top->n_ties, 6);
    ck_assert_int_eq(lead->n, 4); /* a b; a c e */
    ck_assert_uint_eq(lead->n_ties, 4);
    mlg_graph_free(top);
    mlg_graph_free(lead);
    mlg_model_free(model);
}
END_TEST

START_TEST(views_survive_any_allocation_failing)
{
    mlg_model *model = model_fixture("study: key,value\nview.x.ties,weight>1\n" KINDS SEATS);
    long failures = 0;
    for (;; failures++) {
        mlg_view *views = NULL;
        size_t n = 0;
        mlg_error err = {0};
        mlg_alloc_fails_at = failures;
        const mlg_status status = mlg_views_of(model, NULL, &views, &n, &err);
        mlg_alloc_fails_at = -1;
        if (status == MLG_OK) {
            mlg_views_free(views);
            break;
        }
        ck_assert_int_eq(status, MLG_ENOMEM);
        ck_assert_ptr_null(views);
        ck_assert_uint_eq(n, 0);
        ck_assert_str_ne(err.message, "");
    }
    ck_assert_int_ge(failures, 2);
    mlg_model_free(model);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("view");
    TCase *offers = tcase_create("offers");
    tcase_add_loop_test(offers, a_study_offers_its_views, 0,
                        (int) (sizeof offer_cases / sizeof *offer_cases));
    tcase_add_test(offers, more_conditions_than_a_view_holds_are_refused);
    tcase_add_loop_test(offers, long_kinds_are_cut_between_characters, 0, 2);
    tcase_add_test(offers, a_message_lists_as_many_names_as_it_has_room_for);
    tcase_add_loop_test(offers, the_period_is_the_wished_one_or_the_last_12_months, 0,
                        (int) (sizeof period_cases / sizeof *period_cases));
    tcase_add_test(offers, a_period_that_ends_before_it_begins_is_refused);
    tcase_add_test(offers, views_survive_any_allocation_failing);
    suite_add_tcase(suite, offers);
    TCase *conditions = tcase_create("conditions");
    tcase_add_loop_test(conditions, conditions_hold_for_known_cells_only, 0,
                        (int) (sizeof condition_cases / sizeof *condition_cases));
    tcase_add_test(conditions, conditions_name_parties_and_territories_by_their_ids);
    tcase_add_test(conditions, yes_and_no_are_read_in_both_languages);
    tcase_add_test(conditions, a_named_view_counts_the_rows_that_meet_all_its_conditions);
    tcase_add_test(conditions, conditions_on_activities_and_roles_choose_participations);
    suite_add_tcase(suite, conditions);
    return suite_run(suite);
}
