/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* What findings on silos say when a second null was read beside the first. */

static const char ten_actors[] = "actors: id,kind,sector\n"
                                 "a0,organisation,hospital\na1,organisation,hospital\n"
                                 "a2,organisation,hospital\na3,organisation,hospital\n"
                                 "a4,organisation,hospital\nb0,organisation,social\n"
                                 "b1,organisation,social\nb2,organisation,social\n"
                                 "b3,organisation,social\nb4,organisation,social\n"
                                 "ties: from,to,kind\n"
                                 "a0,a1,works_with\na2,a3,works_with\nb0,b1,works_with\n"
                                 "b2,b3,works_with\na4,b4,works_with\n"
                                 "a0,a2,works_with\na1,a3,works_with\nb0,b2,works_with\n"
                                 "b1,b3,works_with\na0,a4,works_with\n";
enum { HOSPITAL = MLG_CODE_OF(sector, hospital), SOCIAL = MLG_CODE_OF(sector, social) };

static void put_ei(reported *r, const char *null_model, double expected, double p)
{
    mlg_value *ei = reported_value(r, "silo.ei", 0, 1);
    ei->null_model = null_model;
    reported_set(ei, MLG_VALUE, 0, -0.4);
    reported_set(ei, MLG_EXPECTED, 0, expected);
    reported_set(ei, MLG_LOW, 0, expected - 0.2);
    reported_set(ei, MLG_HIGH, 0, expected + 0.2);
    reported_set(ei, MLG_P, 0, p);
}

static bool has_limit(const mlg_finding *finding, mlg_text_key limit)
{
    bool found = false;
    for (size_t i = 0; i < finding->n_limits; i++) {
        found = found || finding->limits[i] == limit;
    }
    return found;
}

static const struct {
    const char *what;
    double expected, p; /* with degrees kept; p NaN: nothing could be drawn */
    mlg_text_key text;
    mlg_level level;
    bool holds, fails;
} silo_cases[] = {
    {"both", 0.1, 0.05, T_finding_silo, MLG_SERIOUS, true, false},
    {"labels only", -0.3, 0.0501, T_finding_silo_hubs, MLG_NOTICE, false, true},
    {"no second test", NAN, NAN, T_finding_silo, MLG_SERIOUS, false, false},
};

START_TEST(a_silo_that_degrees_explain_is_a_notice)
{
    reported r;
    reported_open(&r, ten_actors);
    put_ei(&r, "labels", 0.2, 0.001);
    put_ei(&r, "degrees", silo_cases[_i].expected, silo_cases[_i].p);
    reported_find(&r);
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_msg(finding != NULL, "%s", silo_cases[_i].what);
    ck_assert_int_eq(finding->text, silo_cases[_i].text);
    ck_assert_int_eq(finding->level, silo_cases[_i].level);
    ck_assert_int_eq(has_limit(finding, T_limit_degrees_hold), silo_cases[_i].holds);
    ck_assert_int_eq(has_limit(finding, T_limit_degrees_not), silo_cases[_i].fails);
    if (silo_cases[_i].fails) {
        /* -0.3 (-0.5 to -0.1) is 35% (25% to 45%) of the ties. */
        const char *said = reported_sentence(&r, finding, MLG_EN);
        ck_assert_msg(strstr(said, "35% (25% to 45%; p = 0.050)") != NULL, "%s", said);
    }
    reported_close(&r);
}
END_TEST

/* What only degrees show is no finding: it rests on the labels. */
START_TEST(degrees_alone_make_no_silo)
{
    reported r;
    reported_open(&r, ten_actors);
    put_ei(&r, "labels", -0.3, 0.2);
    put_ei(&r, "degrees", 0.2, 0.001);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "silo"), 0);
    reported_close(&r);
}
END_TEST

static void put_mixing(reported *r, const char *null_model, double expected, double p)
{
    const mlg_id side[2] = {HOSPITAL, SOCIAL};
    mlg_value *mixing = reported_value(r, "silo.mixing", 0, 4);
    mixing->null_model = null_model;
    for (size_t i = 0; i < 4; i++) {
        const bool crosses = i == 1 || i == 2;
        mixing->subject[2 * i] = side[i / 2];
        mixing->subject[2 * i + 1] = side[i % 2];
        reported_set(mixing, MLG_VALUE, i, crosses ? 9.0 : 1.0);
        reported_set(mixing, MLG_EXPECTED, i, crosses ? expected : 20.0);
        reported_set(mixing, MLG_LOW, i, expected - 6.0);
        reported_set(mixing, MLG_HIGH, i, expected + 6.0);
        reported_set(mixing, MLG_P_ADJUSTED, i, p);
    }
}

static const struct {
    double expected, p;
    bool holds;
} pair_cases[] = {
    {18.0, 0.01, true}, {12.0, 0.3, false}, {5.0, 0.01, false} /* more than expected */};

START_TEST(a_pair_of_sectors_that_degrees_explain_is_a_notice)
{
    reported r;
    reported_open(&r, ten_actors);
    put_mixing(&r, "labels", 21.0, 0.001);
    put_mixing(&r, "degrees", pair_cases[_i].expected, pair_cases[_i].p);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "silo"), 1);
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_int_eq(has_limit(finding, T_limit_degrees_hold), pair_cases[_i].holds);
    ck_assert_int_eq(has_limit(finding, T_limit_degrees_not), !pair_cases[_i].holds);
    ck_assert_int_eq(finding->level, pair_cases[_i].holds ? MLG_SERIOUS : MLG_NOTICE);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("silo nulls");
    TCase *nulls = tcase_create("nulls");
    tcase_set_timeout(nulls, 60);
    tcase_add_loop_test(nulls, a_silo_that_degrees_explain_is_a_notice, 0,
                        (int) (sizeof silo_cases / sizeof *silo_cases));
    tcase_add_test(nulls, degrees_alone_make_no_silo);
    tcase_add_loop_test(nulls, a_pair_of_sectors_that_degrees_explain_is_a_notice, 0,
                        (int) (sizeof pair_cases / sizeof *pair_cases));
    suite_add_tcase(suite, nulls);
    return suite_run(suite);
}
