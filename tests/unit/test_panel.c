/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/panel.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "measure/context.h"
#include "report/svg.h"
#include "reported.h"
#include "suite.h"

static char *panel_of(reported *r, const char *study)
{
    mlg_buffer out = {0};
    mlg_error err = {MLG_OK, ""};
    reported_open(r, study);
    ck_assert_msg(mlg_panel(&r->results, mlg_context_graph(r->context, 0), &out, &err) == MLG_OK,
                  "%s", err.message);
    char *text = strdup(mlg_buffer_string(&out));
    mlg_buffer_free(&out);
    return text;
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) {
        n++;
    }
    return n;
}

START_TEST(actors_are_listed_by_sector_with_their_ties)
{
    reported r;
    char *panel = panel_of(&r, "actors: id,name,sector\na,Alpha,social\nb,Beta,hospital\n"
                               "c,Gamma,\nd,Delta,social\nties: from,to\na,b\nb,c\n");
    const char *at = panel;
    static const char *const order[] = {"<span class=\"narrow\">1</span>",
                                        "(2)</h3>",
                                        "<li><span>Alpha</span> 1\n",
                                        "<li><span>Delta</span> 0\n",
                                        "<span class=\"narrow\">2</span>",
                                        "<li><span>Beta</span> 2\n",
                                        "sector unknown",
                                        "<li><span>Gamma</span> 1\n"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        at = strstr(at, order[i]);
        ck_assert_msg(at != NULL, "%s is not there, or not in its turn", order[i]);
    }
    ck_assert_ptr_nonnull(strstr(panel, "<div class=\"finder\" hidden=\"\""));
    ck_assert_ptr_null(strstr(panel, "data-t")); /* the dots have it */
    free(panel);
    reported_close(&r);
}
END_TEST

START_TEST(names_of_persons_and_markup_in_names_stay_where_they_are)
{
    reported r;
    char *panel = panel_of(&r, reported_hostile_study());
    ck_assert_ptr_null(strstr(panel, "<script"));
    ck_assert_ptr_null(strstr(panel, "<img"));
    ck_assert_ptr_nonnull(strstr(panel, "&lt;/script&gt;"));
    free(panel);
    reported_close(&r);
    panel = panel_of(&r, "actors: id,name,kind,sector\na,Marie Curieuse,person,social\n"
                         "b,Beta,organisation,social\nties: from,to\na,b\n");
    ck_assert_ptr_null(strstr(panel, "Curieuse"));
    ck_assert_ptr_nonnull(strstr(panel, "Beta"));
    free(panel);
    reported_close(&r);
}
END_TEST

START_TEST(without_dots_the_list_knows_partners)
{
    const int n = MLG_SVG_ACTORS + 1;
    char *study = malloc((size_t) n * 48 + 64);
    reported r;
    size_t used = (size_t) sprintf(study, "actors: id\n");
    for (int i = 0; i < n; i++) {
        used += (size_t) sprintf(study + used, "v%d\n", i);
    }
    used += (size_t) sprintf(study + used, "ties: from,to\n");
    for (int i = 0; i < n; i++) {
        used += (size_t) sprintf(study + used, "v%d,v%d\n", i, (i + 1) % n);
    }
    char *panel = panel_of(&r, study);
    ck_assert_uint_eq(count_of(panel, "<li"), (size_t) n);
    ck_assert_ptr_nonnull(strstr(panel, "<li data-t=\"1 1500\">"));
    ck_assert_uint_eq(count_of(panel, "data-t="), (size_t) n - 1); /* each tie once */
    free(panel);
    reported_close(&r);
    free(study);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_open(&r, reported_rich_study());
    const mlg_graph *graph = mlg_context_graph(r.context, 0);
    for (long n = 0; status == MLG_ENOMEM; n++) {
        mlg_buffer out = {0};
        mlg_alloc_fails_at = n;
        status = mlg_panel(&r.results, graph, &out, NULL);
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == (failed ? MLG_ENOMEM : MLG_OK), "allocation %ld: %d", n, status);
        ck_assert(failed || n >= 20);
        mlg_buffer_free(&out);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("panel");
    TCase *panel = tcase_create("panel");
    tcase_add_test(panel, actors_are_listed_by_sector_with_their_ties);
    tcase_add_test(panel, names_of_persons_and_markup_in_names_stay_where_they_are);
    tcase_add_test(panel, without_dots_the_list_knows_partners);
    tcase_add_test(panel, any_allocation_may_fail);
    suite_add_tcase(suite, panel);
    return suite_run(suite);
}
