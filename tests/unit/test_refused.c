/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "finding/args.h"
#include "model_fixture.h"
#include "suite.h"

/* Rows that were refused, rows that stand twice, and the first names of a list. */

/* ---- refused rows -------------------------------------------------------------------- */

START_TEST(a_refused_row_is_found_by_its_table_and_text)
{
    mlg_model *m = model_fixture("ties: from,to\nA,B\n");
    const mlg_refused row = {"actors.csv", 7, true}, later = {"actors.csv", 9, false};
    ck_assert_ptr_null(mlg_refused_find(m, MLG_ACTORS, "A"));
    ck_assert(mlg_refused_add(m, MLG_ACTORS, "A", row));
    ck_assert(mlg_refused_add(m, MLG_TERRITORIES, "A", later));
    const mlg_refused *found = mlg_refused_find(m, MLG_ACTORS, "A");
    ck_assert_ptr_nonnull(found);
    ck_assert_int_eq(found->line, 7);
    ck_assert(found->maybe_person);
    ck_assert_int_eq(mlg_refused_find(m, MLG_TERRITORIES, "A")->line, 9);
    ck_assert_ptr_null(mlg_refused_find(m, MLG_SCHEMES, "A"));
    ck_assert_ptr_null(mlg_refused_find(m, MLG_ACTORS, "B"));
    ck_assert_ptr_eq(mlg_refused_find(m, MLG_ACTORS, "a"), found); /* names are folded */
    ck_assert(mlg_refused_add(m, MLG_ACTORS, "A", later));         /* the first one counts */
    ck_assert_int_eq(mlg_refused_find(m, MLG_ACTORS, "A")->line, 7);
    mlg_model_free(m);
}
END_TEST

START_TEST(thousands_of_refused_rows_are_kept_and_the_rest_let_go)
{
    mlg_model *m = model_fixture("ties: from,to\nA,B\n");
    char text[16];
    for (int i = 0; i < 6000; i++) {
        snprintf(text, sizeof text, "R%d", i);
        ck_assert(mlg_refused_add(m, MLG_ACTORS, text, (mlg_refused){"actors.csv", i, false}));
    }
    ck_assert_int_eq(mlg_refused_find(m, MLG_ACTORS, "R4999")->line, 4999);
    ck_assert_ptr_null(mlg_refused_find(m, MLG_ACTORS, "R5000"));
    mlg_model_free(m);
}
END_TEST

START_TEST(short_memory_for_a_refused_row_is_told)
{
    bool added = false;
    for (long n = 0; !added; n++) {
        ck_assert_int_lt(n, 100);
        mlg_model *m = model_fixture("ties: from,to\nA,B\n");
        mlg_alloc_fails_at = n;
        added = mlg_refused_add(m, MLG_ACTORS, "A", (mlg_refused){"actors.csv", 2, false});
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(mlg_refused_find(m, MLG_ACTORS, "A") != NULL, added);
        mlg_model_free(m);
    }
}
END_TEST

/* ---- twice at one sitting --------------------------------------------------------------- */

static unsigned next(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16 & 0x7fff;
}

/* Each row against every other: those that have an earlier one of the same cells. */
START_TEST(who_stands_twice_is_counted_as_by_looking_at_every_pair)
{
    static const char *const days[] = {"2024-01-05", "2024-02-05", "2024", ""};
    unsigned state = (unsigned) _i + 1u;
    char text[4000];
    int cells[60][5];
    const int n = 5 + (int) (next(&state) % 55);
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "participations: actor,activity,date,role,on_behalf_of\n"),
           expected = 0;
    for (int row = 0; row < n; row++) {
        static const unsigned among[] = {3, 2, 4, 2, 2};
        bool again = false;
        for (int c = 0; c < 5; c++) {
            cells[row][c] = (int) (next(&state) % among[c]);
        }
        for (int other = 0; other < row; other++) {
            again = again || memcmp(cells[row], cells[other], sizeof cells[row]) == 0;
        }
        expected += again && cells[row][2] < 2;
        used += (size_t) snprintf(text + used, sizeof text - used, "A%d,X%d,%s,%s,%s\n",
                                  cells[row][0], cells[row][1], days[cells[row][2]],
                                  cells[row][3] == 0 ? "chair" : "", cells[row][4] == 0 ? "" : "B");
    }
    mlg_model *m = model_fixture(text);
    ck_assert_uint_eq(model_fixture_faults(m, "twice_at_sitting"), expected);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_person_who_stands_twice_is_told_by_the_row)
{
    mlg_model *m = model_fixture("actors: id,kind\nDurand Anne,person\nCIAS,organisation\n"
                                 "participations: actor,activity,date\n"
                                 "Durand Anne,X,2024-01-05\nDurand Anne,X,2024-01-05\n"
                                 "CIAS,Y,2024-01-05\nCIAS,Y,2024-01-05\n");
    for (size_t i = 0; i < mlg_faults_groups(m->faults); i++) {
        char message[512];
        mlg_fault_view view;
        mlg_faults_get(m->faults, i, MLG_EN, false, &view, message, sizeof message);
        ck_assert_ptr_null(strstr(message, "Durand"));
    }
    ck_assert_uint_eq(model_fixture_faults(m, "twice_at_sitting"), 2);
    ck_assert_ptr_nonnull(
        strstr(model_fixture_message(m, "twice_at_sitting", MLG_EN, true), "'Durand Anne'"));
    mlg_model_free(m);
}
END_TEST

START_TEST(short_memory_while_looking_for_them_is_an_error)
{
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        ck_assert_int_lt(n, 10000);
        mlg_model *m = model_fixture_rows("territories: id,population\nT,5\nU,\n"
                                          "participations: actor,activity,date\n"
                                          "A,X,2024-01-05\nA,X,2024-01-05\n");
        mlg_alloc_fails_at = n;
        status = mlg_model_finish(m, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        if (status == MLG_OK) {
            ck_assert_uint_eq(model_fixture_faults(m, "twice_at_sitting"), 1);
            ck_assert_uint_eq(model_fixture_faults(m, "no_population"), 1);
        }
        mlg_model_free(m);
    }
}
END_TEST

/* ---- populations ------------------------------------------------------------------------- */

START_TEST(territories_without_population_are_named_with_their_lines)
{
    mlg_model *m = model_fixture("territories: id,population\nW,\nA,10\nB,\nC,0\n"
                                 "perimeters: territory,unit\nW,A\nW,B\n");
    ck_assert_str_eq(model_fixture_message(m, "no_population", MLG_EN, false),
                     "population zero or unknown of 2 territories: their rates cannot be computed "
                     "(B:4, C:5)");
    mlg_model_free(m);
    m = model_fixture("territories: id,population\nA,1\nB,\nC,\nD,\nE,\nF,\nG,\n");
    ck_assert_str_eq(model_fixture_message(m, "no_population", MLG_EN, false),
                     "population zero or unknown of 6 territories: their rates cannot be computed "
                     "(B:3, C:4, D:5, E:6, F:7…)");
    mlg_model_free(m);
}
END_TEST

/* ---- names within a sentence --------------------------------------------------------------- */

static const struct {
    size_t n;
    const char *said;
} lists[] = {
    {0, ""}, {1, ": A"}, {2, ": A, B"}, {4, ": A, B, C, D"}, {5, ": A, B, C, D and others"},
};

START_TEST(a_list_within_a_sentence_names_its_first_four)
{
    mlg_model *m = model_fixture("ties: from,to\nA,B\nC,D\nE,A\n");
    const mlg_labels labels = {.language = MLG_EN};
    mlg_id id[5];
    mlg_arg args[MLG_NAMES_ARGS];
    char said[200] = "", label[32];
    for (int i = 0; i < 5; i++) {
        const char name[] = {(char) ('A' + i), '\0'};
        id[i] = model_fixture_party(m, name);
    }
    mlg_args_names(args, MLG_SCOPE_ACTOR, id, lists[_i].n);
    for (size_t i = 0; i < MLG_NAMES_ARGS; i++) {
        const size_t used = strlen(said);
        if (args[i].kind == MLG_ARG_LABEL) {
            mlg_label(m, &labels, (mlg_scope) args[i].scope, args[i].id, label, sizeof label);
        }
        snprintf(said + used, sizeof said - used, "%s",
                 args[i].kind == MLG_ARG_LABEL ? label : mlg_text(MLG_EN, args[i].key));
    }
    ck_assert_str_eq(said, lists[_i].said);
    mlg_model_free(m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("refused");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, a_refused_row_is_found_by_its_table_and_text);
    tcase_add_test(rows, thousands_of_refused_rows_are_kept_and_the_rest_let_go);
    tcase_add_test(rows, short_memory_for_a_refused_row_is_told);
    tcase_add_loop_test(rows, who_stands_twice_is_counted_as_by_looking_at_every_pair, 0, 40);
    tcase_add_test(rows, a_person_who_stands_twice_is_told_by_the_row);
    tcase_add_test(rows, short_memory_while_looking_for_them_is_an_error);
    tcase_add_test(rows, territories_without_population_are_named_with_their_lines);
    tcase_add_loop_test(rows, a_list_within_a_sentence_names_its_first_four, 0,
                        sizeof lists / sizeof *lists);
    suite_add_tcase(suite, rows);
    return suite_run(suite);
}
