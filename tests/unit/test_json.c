/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json.h"

#include <check.h>
#include <jansson.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fail.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

static mlg_status write_json(const void *results, FILE *out, mlg_error *err)
{
    return mlg_json_write(results, out, err);
}

static json_t *read_results(const reported *r)
{
    json_error_t why;
    char *text = reported_written(write_json, &r->results);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    ck_assert_msg(root != NULL, "line %d: %s", why.line, why.text);
    free(text);
    return root;
}

/* The measures of an id, by their place. */
static json_t *measure_of(json_t *root, const char *id, size_t which)
{
    size_t i = 0;
    json_t *measure = NULL;
    json_array_foreach(json_object_get(root, "measures"), i, measure)
    {
        if (strcmp(json_string_value(json_object_get(measure, "id")), id) == 0 && which-- == 0) {
            return measure;
        }
    }
    ck_abort_msg("no measure %s", id);
    return NULL;
}

static void check_keys(json_t *object, const char *expected)
{
    char keys[512] = "";
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value)
    {
        snprintf(keys + strlen(keys), sizeof keys - strlen(keys), "%s%s", keys[0] ? " " : "", key);
    }
    ck_assert_str_eq(keys, expected);
}

/* ---- the shape ---------------------------------------------------------------------------- */

START_TEST(keys_stand_in_their_fixed_order)
{
    reported r;
    reported_study(&r, reported_rich_study());
    json_t *root = read_results(&r);
    check_keys(root, "provenance scenario views measures findings");
    check_keys(measure_of(root, "silo.ei", 0),
               "id view scope subject value expected sd low high bounds z p tail p_two draws null "
               "convention weight undefined p_method caution parts");
    check_keys(json_array_get(json_object_get(root, "findings"), 0),
               "kind severity subjects text evidence lever limits");
    check_keys(measure_of(root, "silo.mixing", 0),
               "id view scope of tail draws null convention weight undefined p_method caution "
               "total subjects values expected sd low high z p p_two p_adjusted parts");
    json_decref(root);
    reported_close(&r);
}
END_TEST

START_TEST(a_scalar_says_what_the_value_holds)
{
    reported r;
    reported_open(&r, "ties: from,to\na,b\n");
    mlg_value *ei = reported_value(&r, "silo.ei", 0, 1);
    reported_set(ei, MLG_VALUE, 0, 0.44966442953020136);
    reported_set(ei, MLG_EXPECTED, 0, NAN);
    reported_set(ei, MLG_HIGH, 0, INFINITY);
    reported_set(ei, MLG_MIN, 0, -1.0);
    reported_set(ei, MLG_MAX, 0, 0.5);
    reported_set(ei, MLG_P, 0, 0.0001);
    reported_part(ei, "half", 0, 0.5);
    ei->tail = "less";
    ei->null_model = "labels";
    ei->p_method = "draws";
    ei->draws = 9999;
    ei->caution = T_caution_small_sample;
    json_t *root = read_results(&r), *scalar = measure_of(root, "silo.ei", 0);
    ck_assert_double_eq_tol(json_real_value(json_object_get(scalar, "value")), 0.44966442953020136,
                            1e-15);
    ck_assert(json_is_null(json_object_get(scalar, "expected")));
    ck_assert(json_is_null(json_object_get(scalar, "high")));
    ck_assert(json_is_null(json_object_get(scalar, "low")));
    ck_assert(json_is_null(json_object_get(scalar, "subject")));
    ck_assert_double_eq(json_real_value(json_array_get(json_object_get(scalar, "bounds"), 1)), 0.5);
    ck_assert_str_eq(json_string_value(json_object_get(scalar, "tail")), "less");
    ck_assert_int_eq(json_integer_value(json_object_get(scalar, "draws")), 9999);
    ck_assert_str_eq(json_string_value(json_object_get(scalar, "caution")), "small_sample");
    ck_assert_double_eq(json_real_value(json_object_get(json_object_get(scalar, "parts"), "half")),
                        0.5);
    json_decref(root);
    reported_close(&r);
}
END_TEST

START_TEST(an_undefined_value_is_null_with_the_code_of_its_reason)
{
    reported r;
    reported_open(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mlg_values_undefined(&r.values, "silo.ei", 0, T_why_no_sectors, NULL), MLG_OK);
    ck_assert_int_eq(mlg_values_undefined(&r.values, "silo.ei_group", 0, T_why_no_sectors, NULL),
                     MLG_OK);
    json_t *root = read_results(&r);
    json_t *scalar = measure_of(root, "silo.ei", 0), *list = measure_of(root, "silo.ei_group", 0);
    ck_assert(json_is_null(json_object_get(scalar, "value")));
    ck_assert_str_eq(json_string_value(json_object_get(scalar, "undefined")), "no_sectors");
    ck_assert_uint_eq(json_array_size(json_object_get(list, "values")), 0);
    ck_assert_str_eq(json_string_value(json_object_get(list, "undefined")), "no_sectors");
    json_decref(root);
    reported_close(&r);
}
END_TEST

START_TEST(a_list_has_one_entry_a_subject_in_every_column)
{
    reported r;
    reported_study(&r, "actors: id,sector\na,social\nb,hospital\nc,social\n"
                       "ties: from,to\na,b\nb,c\n");
    json_t *root = read_results(&r), *list = measure_of(root, "position.betweenness", 0);
    const char *const names[] = {"a", "b", "c"};
    const double between[] = {0, 1, 0};
    ck_assert_str_eq(json_string_value(json_object_get(list, "scope")), "actor");
    ck_assert_ptr_null(json_object_get(list, "total"));
    for (size_t i = 0; i < 3; i++) {
        ck_assert_str_eq(json_string_value(json_array_get(json_object_get(list, "subjects"), i)),
                         names[i]);
        ck_assert_double_eq(json_real_value(json_array_get(json_object_get(list, "values"), i)),
                            between[i]);
    }
    json_t *bridges = measure_of(root, "depend.bridges", 0);
    ck_assert_str_eq(json_string_value(json_object_get(bridges, "scope")), "pair");
    ck_assert_str_eq(json_string_value(json_object_get(bridges, "of")), "actor");
    ck_assert_uint_eq(json_array_size(json_array_get(json_object_get(bridges, "subjects"), 0)), 2);
    json_decref(root);
    reported_close(&r);
}
END_TEST

START_TEST(a_thousand_pairs_are_listed_and_a_matrix_whole)
{
    const struct {
        const char *id;
        size_t rows, listed;
    } cases[] = {{"depend.bridges", 1000, 1000},
                 {"depend.bridges", 1001, 1000},
                 {"silo.mixing", 1156, 1156}};
    for (size_t c = 0; c < 3; c++) {
        reported r;
        reported_open(&r, "actors: id,sector\na,social\nb,hospital\nties: from,to\na,b\n");
        mlg_value *value = reported_value(&r, cases[c].id, 0, cases[c].rows);
        for (size_t i = 0; i < cases[c].rows; i++) {
            value->subject[2 * i] = value->subject[2 * i + 1] = 0;
            reported_set(value, MLG_VALUE, i, (double) i);
        }
        json_t *root = read_results(&r), *list = measure_of(root, cases[c].id, 0);
        ck_assert_uint_eq(json_array_size(json_object_get(list, "subjects")), cases[c].listed);
        ck_assert_uint_eq(json_array_size(json_object_get(list, "values")), cases[c].listed);
        ck_assert_int_eq(json_integer_value(json_object_get(list, "total")), (int) cases[c].rows);
        json_decref(root);
        reported_close(&r);
    }
}
END_TEST

START_TEST(a_finding_has_both_languages_its_rows_and_its_lever)
{
    reported r;
    reported_study(&r, reported_two_silos(6));
    json_t *root = read_results(&r);
    json_t *findings = json_object_get(root, "findings"), *finding = NULL;
    for (size_t i = 0; i < json_array_size(findings) && finding == NULL; i++) {
        json_t *here = json_array_get(findings, i);
        const char *kind = json_string_value(json_object_get(here, "kind"));
        finding = strcmp(kind, "silo") == 0 ? here : NULL;
    }
    ck_assert_ptr_nonnull(finding);
    json_t *text = json_object_get(finding, "text"), *lever = json_object_get(finding, "lever");
    json_t *evidence = json_object_get(finding, "evidence");
    ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(text, "fr")), "liens"));
    ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(text, "en")), "ties"));
    ck_assert_str_eq(json_string_value(json_object_get(lever, "source")), "S0:281");
    ck_assert_ptr_nonnull(json_object_get(lever, "fr"));
    ck_assert_str_eq(json_string_value(json_object_get(evidence, "view")), "ties");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(evidence, "rows"), 0)),
                     "ties.csv:2");
    ck_assert_uint_ge(json_array_size(json_object_get(finding, "limits")), 1);
    json_decref(root);
    reported_close(&r);
}
END_TEST

/* ---- bytes ----------------------------------------------------------------------------------- */

START_TEST(a_locale_with_a_decimal_comma_changes_nothing)
{
    reported r;
    reported_study(&r, reported_two_silos(5));
    char *plain = reported_written(write_json, &r.results);
    if (setlocale(LC_ALL, "fr_FR.UTF-8") != NULL) {
        char *french = reported_written(write_json, &r.results);
        ck_assert_str_eq(plain, french);
        free(french);
    }
    setlocale(LC_ALL, "C");
    free(plain);
    reported_close(&r);
}
END_TEST

START_TEST(hostile_names_come_back_as_they_were)
{
    reported r;
    reported_study(&r, reported_hostile_study());
    json_t *root = read_results(&r);
    json_t *subjects = json_object_get(measure_of(root, "position.degree", 0), "subjects");
    for (size_t i = 0; i < reported_n_hostile; i++) {
        bool found = false;
        for (size_t s = 0; s < json_array_size(subjects); s++) {
            found = found || strcmp(json_string_value(json_array_get(subjects, s)),
                                    reported_hostile[i]) == 0;
        }
        ck_assert_msg(found, "%s is lost", reported_hostile[i]);
    }
    json_decref(root);
    reported_close(&r);
}
END_TEST

/* Draft 7, by scripts/validate_json.py; without Python's jsonschema the script skips. */
START_TEST(results_hold_against_their_schema)
{
    const char *const studies[] = {reported_rich_study(), reported_hostile_study(),
                                   "ties: from,to\na,b\n", "perimeters: territory,unit\nT,U\n",
                                   "participations: actor,activity\na,x\nb,x\nc,x\n"};
    char path[] = "/tmp/maillage-json-XXXXXX";
    char command[256];
    reported r;
    reported_study(&r, studies[_i]);
    const int descriptor = mkstemp(path);
    FILE *out = fdopen(descriptor, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(mlg_json_write(&r.results, out, NULL), MLG_OK);
    ck_assert_int_eq(fclose(out), 0);
    snprintf(command, sizeof command, "python3 scripts/validate_json.py %s", path);
    const int status = system(command);
    unlink(path);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ck_assert_msg(code == 0 || code == 77 || code == 127, "exit status %d", code);
    reported_close(&r);
}
END_TEST

/* ---- memory
 * -------------------------------------------------------------------------------------- */

static void *fragile_malloc(size_t size)
{
    return mlg_alloc(size, 1);
}

/* jansson has its own allocator: the one of the tests, here only. */
START_TEST(any_allocation_of_the_writer_may_fail)
{
    reported r;
    FILE *out = fopen("/dev/null", "w");
    mlg_status status = MLG_ENOMEM;
    reported_study(&r, reported_two_silos(5));
    json_set_alloc_funcs(fragile_malloc, mlg_free);
    for (long n = 0; status == MLG_ENOMEM; n += 1 + n / 50) {
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = n;
        status = mlg_json_write(&r.results, out, &err);
        if (mlg_alloc_fails_at >= 0) {
            mlg_alloc_fails_at = -1;
            ck_assert_int_eq(status, MLG_OK);
            ck_assert_int_ge(n, 200);
        } else {
            ck_assert_msg(status == MLG_ENOMEM, "allocation %ld: %d", n, status);
            ck_assert_str_ne(err.message, "");
        }
    }
    fclose(out);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *json = tcase_create("json");
    tcase_add_test(json, keys_stand_in_their_fixed_order);
    tcase_add_test(json, a_scalar_says_what_the_value_holds);
    tcase_add_test(json, an_undefined_value_is_null_with_the_code_of_its_reason);
    tcase_add_test(json, a_list_has_one_entry_a_subject_in_every_column);
    tcase_add_test(json, a_thousand_pairs_are_listed_and_a_matrix_whole);
    tcase_add_test(json, a_finding_has_both_languages_its_rows_and_its_lever);
    tcase_add_test(json, a_locale_with_a_decimal_comma_changes_nothing);
    tcase_add_test(json, hostile_names_come_back_as_they_were);
    tcase_add_loop_test(json, results_hold_against_their_schema, 0, 5);
    tcase_add_test(json, any_allocation_of_the_writer_may_fail);
    suite_add_tcase(suite, json);
    return suite_run(suite);
}
