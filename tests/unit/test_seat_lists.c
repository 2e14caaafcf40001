/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "maillage/governance.h"
#include "measure/composition.h"
#include "model_fixture.h"
#include "study_measured.h"
#include "suite.h"

#define ID    "scheme.composition"
#define CLOSE 1e-12

#define TABLES                                                                                     \
    "actors: id,kind,institution,sector\nARS-14,organisation,ars,\n"                               \
    "CMP,organisation,,mental_health\nGEM,organisation,,social\nCLUB,organisation,,sport\n"        \
    "schemes: id,name,kind\nCLS-1,,cls\nCLS-2,Contrat de la Baie,cls\nM,,clsm\n"                   \
    "activities: id,kind,schemes\nc1,steering,CLS-1\nc2,steering,CLS-2\ncm,steering,M\n"           \
    "both,steering,CLS-1|M\n"                                                                      \
    "participations: actor,activity\nARS-14,c1\nCLUB,c1\nARS-14,c2\nCMP,cm\nGEM,cm\nARS-14,cm\n"   \
    "ARS-14,both\nCMP,both\n"

static const char *const lists = "study: key,value\n"
                                 "expected.copil,ars|sport\n"
                                 "attendu.copil.clsm,ARS|mental_health|GEM\n"
                                 "expected.copil.Contrat de la Baie,education|ars\n" TABLES;

/* A list that is a kind's alone: the shipped one holds for the others. */
static const char *const of_a_kind = "study: key,value\n"
                                     "expected.copil.CLSM,ars|mental_health|GEM\n" TABLES;

static size_t row_of_activity(const study_measured *m, const mlg_value *value, const char *activity)
{
    return row_of(value, model_fixture_activity(m->model, activity));
}

static double at(const study_measured *m, const char *convention, const char *part,
                 const char *activity)
{
    const mlg_value *value = study_value(m, convention, MLG_VECTOR);
    const size_t row = row_of_activity(m, value, activity);
    return part != NULL ? part_at(value, part, row) : value->column[MLG_VALUE][row];
}

START_TEST(each_committee_is_asked_for_the_nearest_list)
{
    study_measured m;
    study_measure(&m, lists, ID);
    static const struct {
        const char *activity;
        double expected, found;
    } of[] = {{"c1", 2, 2}, {"c2", 2, 1}, {"cm", 3, 3}, {"both", 4, 2}};

    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        ck_assert_double_eq(at(&m, "by_body", "expected", of[i].activity), of[i].expected);
        ck_assert_double_eq(at(&m, "by_body", "found", of[i].activity), of[i].found);
        ck_assert_double_eq(at(&m, "by_body", "missing", of[i].activity),
                            of[i].expected - of[i].found);
        ck_assert_double_eq_tol(at(&m, "by_body", NULL, of[i].activity),
                                of[i].found / of[i].expected, CLOSE);
    }
    const mlg_value *all = study_value(&m, "lists_of_study", MLG_SCALAR);
    ck_assert_double_eq_tol(all->column[MLG_VALUE][0], 8.0 / 11.0, CLOSE);
    ck_assert_double_eq_tol(part_at(all, "expected", 0), 11.0 / 4.0, CLOSE);
    ck_assert_double_eq(part_at(all, "complete", 0), 2);
    ck_assert_double_eq(at(&m, "seat.education", NULL, "c2"), 0);
    ck_assert_double_nan(at(&m, "seat.education", NULL, "c1")); /* not asked */
    ck_assert_double_eq(at(&m, "seat.ars", NULL, "c1"), 1);
    const mlg_value *schemes = study_value(&m, "by_scheme", MLG_VECTOR);
    const size_t first = row_of(schemes, model_fixture_party(m.model, "CLS-1"));
    ck_assert_double_eq(part_at(schemes, "expected", first), 2); /* of its two committees */
    study_measured_close(&m);
}
END_TEST

START_TEST(the_shipped_list_holds_where_no_other_does)
{
    study_measured m;
    study_measure(&m, of_a_kind, ID);
    ck_assert_double_eq(at(&m, "by_body", "expected", "c1"), 12);
    ck_assert_double_eq(at(&m, "by_body", "found", "c1"), 1);
    ck_assert_double_eq(at(&m, "by_body", "expected", "cm"), 3);
    ck_assert_double_eq(at(&m, "by_body", "found", "cm"), 3);
    ck_assert_double_eq(at(&m, "by_body", "expected", "both"), 14);
    ck_assert_double_nan(at(&m, "seat.caf", NULL, "cm"));
    ck_assert_double_eq(at(&m, "seat.caf", NULL, "c1"), 0);
    ck_assert(!mlg_expected_seats_own(m.model) && mlg_expected_seats_vary(m.model));
    ck_assert(mlg_list_of(m.model, model_fixture_activity(m.model, "cm")) == T_lists_study);
    ck_assert(mlg_list_of(m.model, model_fixture_activity(m.model, "c1")) == T_list_rlps);
    study_measured_close(&m);
}
END_TEST

START_TEST(a_later_list_of_one_key_takes_the_place_of_the_earlier)
{
    study_measured m;
    study_measure(&m, "study: key,value\nexpected.copil,ars|sport|caf\nExpected.Copil,ars\n" TABLES,
                  ID);
    ck_assert_double_eq(at(&m, "by_body", "expected", "c1"), 1);
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *study, *code, *said; /* NULL: no such fault */
} words[] = {
    {"study: key,value\nexpected.copil,ars|sport|GEM|commune|santé mentale\n" TABLES, "seat_word",
     NULL},
    {"study: key,value\nexpected.copil,ars|mental_healht\n" TABLES, "seat_word", "mental_health"},
    {"study: key,value\nexpected.copil,ars|hospitas\n" TABLES, "seat_word", "hospital"},
    {"study: key,value\nexpected.copil.CLSM,Maison des adolescents\n" TABLES, "seat_word_alone",
     "Maison des adolescents"},
    {"study: key,value\nexpected.copil.Contrat de la Baye,ars\n" TABLES, "seats_whose",
     "Contrat de la Baie"},
    {"study: key,value\nexpected.copil.nowhere at all,ars\n" TABLES, "seats_whose_alone",
     "nowhere at all"},
    {"study: key,value\nexpected.copil.M,ars\n" TABLES, "seats_whose", NULL},
};

START_TEST(words_that_nothing_bears_are_told_with_the_nearest)
{
    mlg_model *model = model_fixture(words[_i].study);
    const char *text = model_fixture_message(model, words[_i].code, MLG_EN, false);
    if (words[_i].said == NULL) {
        ck_assert_msg(text == NULL, "%s", text);
    } else {
        ck_assert_msg(text != NULL && strstr(text, words[_i].said) != NULL, "%s", text);
        ck_assert_uint_eq(model_fixture_faults(model, words[_i].code), 1);
    }
    mlg_model_free(model);
}
END_TEST

/* Lists, their words, and a suggestion for one: any allocation of the finish may fail. */
START_TEST(the_lists_are_read_whole_or_not_at_all)
{
    static const char *const study = "study: key,value\ntrust.minimum,1\ntrust.maximum,4\n"
                                     "expected.copil,ars|mental_healht\n"
                                     "expected.copil.Contrat de la Baye,GEM\n"
                                     "expected.copil.CLSM,Maison des adolescents|sport\n" TABLES
                                     "ties: from,to,trust\nCMP,GEM,9\n";
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status == MLG_ENOMEM; n++) {
        mlg_model *model = model_fixture_rows(study);
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = n;
        status = mlg_model_finish(model, &err);
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert(status == MLG_OK || err.message[0] != '\0');
        if (status == MLG_OK) {
            ck_assert_int_ge(n, 100);
            ck_assert_uint_eq(model->n_seat_lists, 3);
            ck_assert_uint_eq(model_fixture_faults(model, "seat_word"), 1);
            ck_assert_uint_eq(model_fixture_faults(model, "seats_whose"), 1);
            ck_assert_uint_eq(model_fixture_faults(model, "seat_word_alone"), 1);
            ck_assert_uint_eq(model_fixture_faults(model, "trust_outside"), 1);
        }
        mlg_model_free(model);
    }
}
END_TEST

START_TEST(short_memory_leaves_nothing)
{
    study_fail_each(lists, ID);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("seat_lists");
    TCase *t = tcase_create("seat_lists");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, each_committee_is_asked_for_the_nearest_list);
    tcase_add_test(t, the_shipped_list_holds_where_no_other_does);
    tcase_add_test(t, a_later_list_of_one_key_takes_the_place_of_the_earlier);
    tcase_add_loop_test(t, words_that_nothing_bears_are_told_with_the_nearest, 0,
                        (int) (sizeof words / sizeof *words));
    tcase_add_test(t, the_lists_are_read_whole_or_not_at_all);
    tcase_add_test(t, short_memory_leaves_nothing);
    suite_add_tcase(s, t);
    return suite_run(s);
}
