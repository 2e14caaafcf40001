/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/context.h"

#include <math.h>

#include "graph_fixture.h"
#include "measure/components.h"
#include "measured.h"
#include "model_fixture.h"
#include "suite.h"

static const char study[] = "actors: id,kind,sector\n"
                            "A,organisation,social\n"
                            "B,organisation,health\n"
                            "C,organisation,health\n"
                            "ties: from,to\n"
                            "A,B\n"
                            "participations: actor,activity\n"
                            "A,meeting\n"
                            "B,meeting\n"
                            "C,meeting\n";

static void open_study(mlg_model **model, mlg_view **views, const mlg_run *run,
                       mlg_context **context)
{
    mlg_error err = {MLG_OK, ""};
    size_t n = 0;
    const mlg_view_wish wish = {NULL, MLG_BY_ORGANISATION, false, false, 0, 0, NULL};

    *model = model_fixture(study);
    ck_assert_int_eq(mlg_views_of(*model, &wish, views, &n, &err), MLG_OK);
    ck_assert_uint_eq(n, 2);
    ck_assert_msg(mlg_context_open(*model, *views, n, run, context, &err) == MLG_OK, "%s",
                  err.message);
}

START_TEST(a_context_builds_the_graph_of_each_view)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_model *model = NULL;
    mlg_view *views = NULL;
    mlg_context *context = NULL;

    open_study(&model, &views, &run, &context);
    ck_assert_uint_eq(mlg_context_views(context), 2);
    ck_assert_str_eq(mlg_context_view(context, 0)->id, "ties");
    ck_assert_str_eq(mlg_context_view(context, 1)->id, "participations");
    ck_assert_uint_eq(mlg_context_graph(context, 0)->n_ties, 1);
    ck_assert_uint_eq(mlg_context_graph(context, 1)->n_ties, 3);
    mlg_context_free(context);
    mlg_views_free(views);
    mlg_model_free(model);
}
END_TEST

START_TEST(a_context_survives_any_allocation_failing)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_model *model = model_fixture(study);
    mlg_view *views = NULL;
    size_t n = 0;
    const mlg_view_wish wish = {NULL, MLG_BY_ORGANISATION, false, false, 0, 0, NULL};
    mlg_status status = MLG_ENOMEM;

    ck_assert_int_eq(mlg_views_of(model, &wish, &views, &n, NULL), MLG_OK);
    for (long k = 0; status != MLG_OK; k++) {
        mlg_context *context = NULL;
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = k;
        status = mlg_context_open(model, views, n, &run, &context, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || status == MLG_ENOMEM, "%s", err.message);
        ck_assert_int_eq(status == MLG_OK, context != NULL);
        mlg_context_free(context);
        ck_assert_int_lt(k, 500);
    }
    mlg_views_free(views);
    mlg_model_free(model);
    mlg_context_free(NULL); /* harmless */
}
END_TEST

static void release(void *made)
{
    int *count = made;
    (*count)++;
}

START_TEST(what_a_slot_holds_is_released_once)
{
    int first = 0, second = 0;
    measured m;

    measured_open(&m, graph_fixture("AB", "0-1"));
    ck_assert_ptr_null(mlg_context_slot(m.context, 0, MLG_SLOT_REMOVALS));
    mlg_context_keep(m.context, 0, MLG_SLOT_REMOVALS, &first, release);
    ck_assert_ptr_eq(mlg_context_slot(m.context, 0, MLG_SLOT_REMOVALS), &first);
    ck_assert_ptr_null(mlg_context_slot(m.context, 0, MLG_SLOT_PATHS));
    mlg_context_keep(m.context, 0, MLG_SLOT_REMOVALS, &second, release);
    ck_assert_int_eq(first, 1);
    measured_close(&m);
    ck_assert_int_eq(first, 1);
    ck_assert_int_eq(second, 1);
}
END_TEST

START_TEST(what_measures_share_is_made_once)
{
    const mlg_components *first = NULL, *again = NULL;
    measured m;

    measured_open(&m, graph_fixture("ABCD", "0-1 2-3"));
    ck_assert_int_eq(mlg_context_components(m.context, 0, &first, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_components(m.context, 0, &again, NULL), MLG_OK);
    ck_assert_ptr_eq(first, again);
    ck_assert_int_eq(first->n, 2);
    ck_assert_int_eq(first->of[3], 1);
    measured_close(&m);
}
END_TEST

START_TEST(rows_of_actors_carry_the_graph_s_subjects)
{
    measured m;
    mlg_graph *graph = graph_fixture("AB", "0-1");
    graph->scope = MLG_SCOPE_SECTOR; /* a view by sector */
    graph->subject[0] = 7;
    graph->subject[1] = 3;
    measured_open(&m, graph);
    const mlg_value *value =
        mlg_values_add_actors(&m.values, "position.degree", m.context, 0, NULL);
    ck_assert_int_eq(value->scope, MLG_SCOPE_SECTOR);
    ck_assert_int_eq(value->subject[0], 7);
    ck_assert_int_eq(value->subject[1], 3);
    ck_assert_double_nan(value->column[MLG_VALUE][1]);
    measured_close(&m);
}
END_TEST

START_TEST(rows_of_actors_survive_any_allocation_failing)
{
    measured m;
    mlg_error err = {MLG_OK, ""};

    measured_open(&m, graph_fixture("AB", "0-1"));
    mlg_alloc_fails_at = _i;
    const mlg_value *value =
        mlg_values_add_actors(&m.values, "position.degree", m.context, 0, &err);
    mlg_alloc_fails_at = -1;
    ck_assert_int_eq(value != NULL, _i == 3);
    ck_assert_uint_eq(m.values.n, _i == 3);
    ck_assert_int_eq(err.status, _i == 3 ? MLG_OK : MLG_ENOMEM);
    measured_close(&m);
}
END_TEST

/* ---- what a row needs ----------------------------------------------------------- */

static const struct {
    const char *what, *sectors, *ties;
    unsigned needs;
    const char *direction;
    mlg_text_key why;
} view_cases[] = {
    {"nothing", "", "", 0, "-", T_none},
    {"a view", "AB", "0-1", MLG_NEEDS_TIES, "weak", T_none},
    {"two modes", "AB", "0-1", MLG_NEEDS_TWO_MODE, "two-mode", T_why_no_two_mode},
    {"direction, which there is not", "AB", "0-1", MLG_NEEDS_DIRECTION, "arcs", T_why_not_directed},
    {"direction", "AB", "0>1", MLG_NEEDS_DIRECTION, "arcs", T_none},
    {"weights, which there are not", "AB", "0-1", MLG_NEEDS_WEIGHTS, "weak", T_why_no_weights},
    {"weights", "AB", "0-1:2", MLG_NEEDS_WEIGHTS, "weak", T_none},
    {"sectors, which there are not", "??", "0-1", MLG_NEEDS_SECTORS, "weak", T_why_no_sectors},
    {"sectors", "A?", "0-1", MLG_NEEDS_SECTORS, "weak", T_none},
    {"posts", "AB", "0-1", MLG_NEEDS_TIES | MLG_NEEDS_POSTS, "weak", T_why_no_posts},
    {"schemes", "AB", "0-1", MLG_NEEDS_TIES | MLG_NEEDS_SCHEMES, "weak", T_why_no_schemes},
    {"perimeters", "AB", "0-1", MLG_NEEDS_PERIMETERS, "-", T_why_no_perimeters},
    {"populations", "AB", "0-1", MLG_NEEDS_POPULATION, "-", T_why_no_population},
};

START_TEST(a_view_lacks_what_the_row_needs)
{
    measured m;
    const mlg_measure row = {
        .id = "test.row", .needs = view_cases[_i].needs, .direction = view_cases[_i].direction};

    measured_open(&m, graph_fixture(view_cases[_i].sectors, view_cases[_i].ties));
    ck_assert_msg(mlg_context_lacks(m.context, &row, 0) == view_cases[_i].why, "%s: %s",
                  view_cases[_i].what, mlg_text_name(mlg_context_lacks(m.context, &row, 0)));
    measured_close(&m);
}
END_TEST

START_TEST(a_projection_that_was_not_built_leaves_no_ties_to_read)
{
    measured m;
    const mlg_measure weak = {.id = "test.weak", .needs = MLG_NEEDS_TIES, .direction = "weak"};
    const mlg_measure both = {
        .id = "test.two", .needs = MLG_NEEDS_TWO_MODE, .direction = "two-mode"};
    mlg_graph *graph = graph_fixture_two_mode("AB | 0,1", MLG_PROJECT_NEWMAN);

    graph->projected = false;
    measured_open(&m, graph);
    ck_assert_int_eq(mlg_context_lacks(m.context, &weak, 0), T_why_too_large);
    ck_assert_int_eq(mlg_context_lacks(m.context, &both, 0), T_none);
    ck_assert_int_eq(measured_value(&m, "network.density")->undefined, T_why_too_large);
    ck_assert_int_eq(measured_value(&m, "position.degree")->undefined, T_why_too_large);
    ck_assert_double_eq(measured_scalar(&m, "network.actors"), 2.0);
    measured_close(&m);
}
END_TEST

START_TEST(a_study_has_what_its_tables_give)
{
    const mlg_measure posts = {.id = "a", .needs = MLG_NEEDS_POSTS};
    const mlg_measure schemes = {.id = "b", .needs = MLG_NEEDS_SCHEMES};
    const mlg_measure perimeters = {.id = "c", .needs = MLG_NEEDS_PERIMETERS};
    const mlg_measure population = {.id = "d", .needs = MLG_NEEDS_POPULATION};
    const mlg_measure ties = {.id = "e", .needs = MLG_NEEDS_TIES, .direction = "weak"};
    const mlg_run run = MLG_RUN_INIT;
    mlg_context *context = NULL;
    mlg_model *model = model_fixture("posts: id,person,scheme\n"
                                     "p1,vacant,CLS\n"
                                     "territories: id,population\n"
                                     "t1,\n"
                                     "t2,900\n"
                                     "perimeters: territory,unit\n"
                                     "t1,t2\n");

    ck_assert_int_eq(mlg_context_open(model, NULL, 0, &run, &context, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_lacks(context, &posts, -1), T_none);
    ck_assert_int_eq(mlg_context_lacks(context, &schemes, -1), T_none); /* named by the post */
    ck_assert_int_eq(mlg_context_lacks(context, &perimeters, -1), T_none);
    ck_assert_int_eq(mlg_context_lacks(context, &population, -1), T_none);
    ck_assert_int_eq(mlg_context_lacks(context, &ties, -1), T_why_no_view);
    mlg_context_free(context);
    mlg_model_free(model);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *context = tcase_create("context");
    tcase_add_test(context, a_context_builds_the_graph_of_each_view);
    tcase_add_test(context, a_context_survives_any_allocation_failing);
    tcase_add_test(context, what_a_slot_holds_is_released_once);
    tcase_add_test(context, what_measures_share_is_made_once);
    tcase_add_test(context, rows_of_actors_carry_the_graph_s_subjects);
    tcase_add_loop_test(context, rows_of_actors_survive_any_allocation_failing, 0, 4);
    suite_add_tcase(suite, context);
    TCase *needs = tcase_create("needs");
    tcase_add_loop_test(needs, a_view_lacks_what_the_row_needs, 0,
                        (int) (sizeof view_cases / sizeof *view_cases));
    tcase_add_test(needs, a_projection_that_was_not_built_leaves_no_ties_to_read);
    tcase_add_test(needs, a_study_has_what_its_tables_give);
    suite_add_tcase(suite, needs);
    return suite_run(suite);
}
