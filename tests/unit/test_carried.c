/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/carried.h"

#include <check.h>
#include <string.h>

#include "base/memory.h"
#include "measure/departure.h"
#include "model_fixture.h"
#include "suite.h"

/* What stops with a coordination, and what others carry. */

/* CC employs Ann, who coordinates the CLS; nobody is known to employ who coordinates the ASV, which
 * TOWN carries, nor the post of OLD and NEW together. */
#define POSTS                                                                                      \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "actors: id,kind,organisation\nCC,organisation,\nCIAS,organisation,\nTOWN,organisation,\n"     \
    "DESK,service,CC\nAnn,person,CC\nBob,person,\nCal,person,CIAS\n"                               \
    "schemes: id,carrier\nCLS,CC\nASV,TOWN\nOLD,TOWN\nNEW,CIAS\n"                                  \
    "posts: id,person,role,scheme,employer,service\n"                                              \
    "p,Ann,coordinator,CLS,CC,\nq,Bob,coordinator,ASV,,\nr,,coordinator,OLD|NEW,,\n"

static const struct {
    const char *what, *activity, *seat;
    bool elsewhere;
} cases[] = {
    {"nobody carries it", "m,CLS,\n", "", false},
    {"another organisation carries it", "m,CLS,CIAS\n", "", true},
    {"the employer carries it", "m,CLS,CC\n", "", false},
    {"a service of the employer carries it", "m,CLS,DESK\n", "", false},
    {"the employer and another carry it", "m,CLS,CC|CIAS\n", "", true},
    {"the coordinator carries it", "m,CLS,Ann\n", "", false},
    {"the scheme's carrier, no employer known", "m,ASV,TOWN\n", "", false},
    {"another than the scheme's carrier", "m,ASV,CC\n", "", true},
    {"the carrier of the post's first scheme", "m,OLD,TOWN\n", "", false},
    {"the carrier of its other scheme", "m,NEW,CIAS\n", "", false},
    {"the carrier of its first scheme in the other", "m,NEW,TOWN\n", "", true},
    {"the carrier of its other scheme in the first", "m,OLD,CIAS\n", "", true},
    {"the employer of one of two coordinations", "m,CLS|ASV,CC\n", "", false},
    {"somebody else coordinates it", "m,CLS,\n", "Cal,m,coordinator,2024-02-01\n", true},
    {"somebody else did long ago", "m,CLS,\n", "Cal,m,coordinator,2019-02-01\n", false},
    {"the post coordinates it", "m,CLS,\n", "p,m,coordinator,2024-02-01\n", false},
    {"the person coordinates it", "m,CLS,\n", "Ann,m,coordinator,2024-02-01\n", false},
    {"another takes part", "m,CLS,\n", "CIAS,m,member,2024-02-01\n", false},
    {"another is partner", "m,CLS,\n", "CIAS,m,partner,\n", false},
    {"another carries it by a seat", "m,CLS,\n", "CIAS,m,carrier,\n", true},
};

static mlg_model *model_of(int i)
{
    char text[1024] = POSTS "activities: id,schemes,carriers\n";
    strcat(text, cases[i].activity);
    strcat(text, "participations: actor,activity,role,date\n");
    strcat(text, cases[i].seat);
    return model_fixture(text);
}

START_TEST(an_activity_that_others_carry_does_not_stop)
{
    mlg_model *model = model_of(_i);
    const mlg_id m = model_fixture_activity(model, "m");
    mlg_leavers leavers;
    bool *elsewhere = NULL;

    ck_assert_int_eq(mlg_carried_elsewhere(model, &elsewhere, NULL), MLG_OK);
    ck_assert_msg(elsewhere[m] == cases[_i].elsewhere, "%s", cases[_i].what);
    mlg_free(elsewhere);
    ck_assert_int_eq(mlg_leavers_of(model, &leavers, NULL), MLG_OK);
    ck_assert_msg((leavers.of_activity[m] == MLG_NO_LEAVER) == cases[_i].elsewhere, "%s",
                  cases[_i].what);
    mlg_leavers_free(&leavers);
    ck_assert_int_eq(mlg_coordination_of(model, &leavers, NULL), MLG_OK);
    ck_assert_msg((leavers.of_activity[m] == MLG_NO_LEAVER) == cases[_i].elsewhere, "%s",
                  cases[_i].what);
    mlg_leavers_free(&leavers);
    mlg_model_free(model);
}
END_TEST

START_TEST(memory_may_be_short)
{
    mlg_model *model = model_of(4);
    mlg_status status = MLG_ENOMEM;

    for (long n = 0; status == MLG_ENOMEM; n++) {
        mlg_error err = {0};
        bool *elsewhere = NULL;
        mlg_alloc_fails_at = n;
        status = mlg_carried_elsewhere(model, &elsewhere, &err);
        mlg_alloc_fails_at = -1;
        mlg_free(elsewhere);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && err.message[0] != '\0'));
    }
    ck_assert_int_eq(status, MLG_OK);
    mlg_model_free(model);
}
END_TEST

static Suite *carried_suite(void)
{
    Suite *suite = suite_create("carried");
    TCase *others = tcase_create("others");

    tcase_add_loop_test(others, an_activity_that_others_carry_does_not_stop, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_test(others, memory_may_be_short);
    suite_add_tcase(suite, others);
    return suite;
}

int main(void)
{
    return suite_run(carried_suite());
}
