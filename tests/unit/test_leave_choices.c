/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "reported.h"
#include "suite.h"

/* Whose ties the table of departures shows, and why a post has no sheet. */

/* Two meet in the body that Ann and Bob attend; one tie is declared, Ann's. */
#define STUDY                                                                                      \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "actors: id,kind,sector,organisation\nTOWN,organisation,social,\nHOSP,organisation,health,\n"  \
    "CLUB,organisation,sport,\nLAB,organisation,health,\nAnn,person,,TOWN\nBob,person,,HOSP\n"     \
    "schemes: id\nCLS\nASV\n"                                                                      \
    "posts: id,person,role,scheme,employer,end\n"                                                  \
    "health,Ann,coordinator,CLS,TOWN,\nyouth,Bob,coordinator,ASV,HOSP,\n"                          \
    "elected,Cal,elected,CLS,TOWN,2024-03-31\nold,vacant,coordinator,ASV,TOWN,\n"                  \
    "relay,vacant,relay,ASV,TOWN,2024-03-31\n"                                                     \
    "activities: id,schemes\nm,CLS\nn,ASV\n"

/* The document as a page, or the reason of a refusal. */
static char *printed(const reported *r, const char *name, mlg_status *status, mlg_error *err)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    *status =
        mlg_results_leave(&r->results, &name, name != NULL ? 1 : 0, MLG_TEXT_FORMAT, out, err);
    fclose(out);
    return text;
}

static const struct {
    const char *rows, *view;
} views[] = {
    {"ties: from,to\nAnn,LAB\nparticipations: actor,activity\n"
     "Ann,m\nCLUB,m\nBob,n\nLAB,n\n",
     "shared participations"},
    {"ties: from,to\nAnn,LAB\nBob,CLUB\nparticipations: actor,activity\nAnn,m\nCLUB,m\n",
     "declared ties"},
};

START_TEST(ties_of_all_departures_are_of_one_view)
{
    char study[2048] = STUDY, said[256];
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {0};

    strcat(study, views[_i].rows);
    reported_study(&r, study);
    char *text = printed(&r, NULL, &status, &err);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    for (char *at = text; *at != '\0'; at++) { /* lines are wrapped */
        *at = *at == '\n' ? ' ' : *at;
    }
    snprintf(said, sizeof said, "view “%s”", views[_i].view);
    ck_assert_msg(strstr(text, said) != NULL, "%s: %s", said, text);
    free(text);
    reported_close(&r);
}
END_TEST

static const struct {
    const char *typed, *reason;
} unheld[] = {
    {"elected", "the term of the post 'elected' is over (2024-03-31)"},
    {"old", "nobody holds the post 'old'"},
    {"relay", "nobody holds the post 'relay'"}, /* it was vacant before it ended */
};

START_TEST(a_term_that_is_over_says_so)
{
    reported r;
    mlg_status status = MLG_OK;
    mlg_error err = {0};
    reported_study(&r, STUDY);
    char *text = printed(&r, unheld[_i].typed, &status, &err);
    ck_assert_int_eq(status, MLG_EARG);
    ck_assert_msg(strstr(err.message, unheld[_i].reason) != NULL, "%s", err.message);
    free(text);
    reported_close(&r);
}
END_TEST

static Suite *leave_choices_suite(void)
{
    Suite *suite = suite_create("leave choices");
    TCase *all = tcase_create("choices");

    tcase_add_loop_test(all, ties_of_all_departures_are_of_one_view, 0,
                        (int) (sizeof views / sizeof *views));
    tcase_add_loop_test(all, a_term_that_is_over_says_so, 0,
                        (int) (sizeof unheld / sizeof *unheld));
    tcase_set_timeout(all, 60);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return suite_run(leave_choices_suite());
}
