/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/finish.h"
#include "model/person_names.h"
#include "model_fixture.h"
#include "suite.h"

/* ---- keys ------------------------------------------------------------------------------ */

static const struct {
    const char *a, *b;
    bool agree;
} cases[] = {
    {"C. Morel", "Claire Morel", true},
    {"C.Morel", "Claire Morel", true},
    {"Morel C.", "Claire Morel", true},
    {"MOREL Claire", "Claire Morel", true},
    {"Hélène Morel", "helene MOREL", true},
    {"Mme Morel Claire", "Claire Morel", true},
    {"Dr C. Morel", "Claire Morel", true},
    {"J.-P. Martin", "Jean-Pierre Martin", true},
    {"JP Martin", "Jean-Pierre Martin", true},
    {"J. Martin", "Jean-Pierre Martin", true},
    {"C. Morel-Dupont", "Claire Morel-Dupont", true},
    {"C. A. Morel", "Claire Anne Morel", true},
    {"Marie de Courcy", "M. de Courcy", true},
    {"A. B.", "A.B.", true},
    {"Claire Morel", "Chantal Morel", false},
    {"Claire Morel", "Cl Morel", false},
    {"C. Morel", "D. Morel", false},
    {"C. Morel", "Claire Moreau", false},
    {"C. A. Morel", "Claire Morel", false},
    {"P. C. Martin", "Jean-Pierre Martin", false},
    {"Morel", "Claire Morel", false},
    {"Mme Morel", "Claire Morel", false},
    {"A. B.", "B. A.", false},
    {"A. B.", "A. Bernard", false},
    {"Personne 7", "Personne 70", false},
    {"Claire Morel", "Claire Durand", false},
    {"", "Claire Morel", false},
};
enum { N_CASES = sizeof cases / sizeof *cases };

static void write_key(const char *text, char out[256])
{
    mlg_buffer key = {0};
    mlg_person_key(text, &key);
    ck_assert(!key.failed);
    snprintf(out, 256, "%s", mlg_buffer_string(&key));
    mlg_buffer_free(&key);
}

START_TEST(two_spellings_of_one_person_agree)
{
    char a[256], b[256];
    write_key(cases[_i].a, a);
    write_key(cases[_i].b, b);
    ck_assert_msg(mlg_person_keys_agree(a, b) == cases[_i].agree, "%s (%s), %s (%s)", cases[_i].a,
                  a, cases[_i].b, b);
    ck_assert_msg(mlg_person_keys_agree(b, a) == cases[_i].agree, "%s, %s", b, a);
}
END_TEST

/* ---- names met ---------------------------------------------------------------------------- */

enum { N_NAMES = 300 };

static void count(void *context, mlg_id other)
{
    int *seen = context;
    seen[other]++;
}

static unsigned next_of(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static void random_name(unsigned *seed, char out[64])
{
    static const char *const given[] = {"Claire", "C.",  "Chantal",   "Jean-Pierre",
                                        "J.-P.",  "JP",  "Jean",      "Anne Claire",
                                        "A. C.",  "Zoé", "Mme Claire"};
    static const char *const family[] = {"Morel", "Martin", "Durand", "Morel-Martin", "M."};
    const char *first = given[next_of(seed) % (sizeof given / sizeof *given)];
    const char *last = family[next_of(seed) % (sizeof family / sizeof *family)];
    const bool swapped = next_of(seed) % 2 == 0;
    snprintf(out, 64, "%s %s", swapped ? last : first, swapped ? first : last);
}

/* The slow twin: every pair compared. A key that comes again stands for the party that came first,
 * and no word here is shared by over a hundred different keys. */
START_TEST(those_found_are_those_that_comparing_all_finds)
{
    static char key[N_NAMES][256];
    mlg_person_names names = {0};
    unsigned seed = 77u + (unsigned) _i;
    int found = 0;

    for (mlg_id at = 0; at < N_NAMES; at++) {
        int seen[N_NAMES] = {0};
        char text[64];
        random_name(&seed, text);
        write_key(text, key[at]);
        mlg_person_names_find(&names, text, at, count, seen);
        for (mlg_id other = 0; other < at; other++) {
            bool first = true;
            for (mlg_id before = 0; before < other; before++) {
                first = first && strcmp(key[before], key[other]) != 0;
            }
            const int expected = first && mlg_person_keys_agree(key[other], key[at]) ? 1 : 0;
            found += expected;
            ck_assert_msg(seen[other] == expected, "%s, %s: %d", key[other], key[at], seen[other]);
        }
        mlg_person_names_add(&names, text, at);
    }
    ck_assert(!names.failed);
    ck_assert_int_gt(found, 100);
    mlg_person_names_free(&names);
}
END_TEST

START_TEST(each_failing_allocation_is_told)
{
    bool done = false;
    for (long at = 0; at < 200 && !done; at++) {
        mlg_person_names names = {0};
        int seen[2] = {0};
        mlg_alloc_fails_at = at;
        mlg_person_names_add(&names, "Claire Morel", 0);
        mlg_person_names_find(&names, "C. Morel", 1, count, seen);
        done = mlg_alloc_fails_at >= 0; /* not reached */
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(names.failed, !done);
        ck_assert(!done || seen[0] == 1);
        mlg_person_names_free(&names);
    }
    ck_assert(done);
}
END_TEST

/* ---- in a study ------------------------------------------------------------------------------ */

static const char *const study = "posts: id,person,role,scheme\n"
                                 "K,C. Morel,coordinator,CLS\n"
                                 "L,Chantal Durand,coordinator,CLSM\n"
                                 "participations: actor,activity,on_behalf_of\n"
                                 "Claire Morel,COPIL,CCAS\n"
                                 "Claire Durand,COPIL,CCAS\n";

START_TEST(a_doubt_names_both_rows_and_persons_only_on_request)
{
    mlg_model *model = model_fixture(study);
    ck_assert_uint_eq(model_fixture_faults(model, "one_person"), 1);
    const char *said = model_fixture_message(model, "one_person", MLG_EN, true);
    ck_assert_ptr_nonnull(strstr(said, "Claire Morel ~ C. Morel"));
    ck_assert_ptr_nonnull(strstr(said, "the second: posts.csv, line 2"));
    said = model_fixture_message(model, "one_person", MLG_EN, false);
    ck_assert_ptr_null(strstr(said, "Morel"));
    ck_assert_ptr_nonnull(strstr(said, "that of posts.csv, line 2"));
    ck_assert_uint_eq(mlg_faults_count(model->faults, MLG_FATAL), 0);
    mlg_model_free(model);
}
END_TEST

/* Ids that the directory gives them, or an alias, answer the doubt. */
START_TEST(ids_and_aliases_answer_it)
{
    mlg_model *model = model_fixture("actors: id,name,kind\n"
                                     "p1,C. Morel,person\n"
                                     "p2,Claire Morel,person\n"
                                     "posts: id,person,role,scheme\n"
                                     "K,p1,coordinator,CLS\n"
                                     "L,p2,coordinator,CLSM\n");
    ck_assert_uint_eq(model_fixture_faults(model, "one_person"), 0);
    mlg_model_free(model);
    char text[512];
    snprintf(text, sizeof text, "aliases: alias,id\nC. Morel,Claire Morel\n%s", study);
    model = model_fixture(text);
    ck_assert_uint_eq(model_fixture_faults(model, "one_person"), 0);
    mlg_model_free(model);
}
END_TEST

/* Nothing says that the second is a person, but its name is nearly the first's. */
START_TEST(a_stranger_of_that_name_is_not_named)
{
    mlg_model *model = model_fixture("posts: id,person,role,scheme\n"
                                     "K,Claire Morel,coordinator,CLS\n"
                                     "ties: from,to\n"
                                     "C. Morel,CCAS\n"
                                     "S. Morel,CCAS\n");
    char label[64];
    const mlg_labels labels = {.language = MLG_EN};
    ck_assert_uint_eq(model_fixture_faults(model, "one_person"), 1);
    mlg_label(model, &labels, MLG_SCOPE_ACTOR, model_fixture_party(model, "C. Morel"), label,
              sizeof label);
    ck_assert_ptr_null(strstr(label, "Morel"));
    mlg_label(model, &labels, MLG_SCOPE_ACTOR, model_fixture_party(model, "S. Morel"), label,
              sizeof label);
    ck_assert_str_eq(label, "S. Morel");
    mlg_model_free(model);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("persons");
    TCase *tcase = tcase_create("persons");
    tcase_add_loop_test(tcase, two_spellings_of_one_person_agree, 0, N_CASES);
    tcase_add_loop_test(tcase, those_found_are_those_that_comparing_all_finds, 0, 3);
    tcase_add_test(tcase, each_failing_allocation_is_told);
    tcase_add_test(tcase, a_doubt_names_both_rows_and_persons_only_on_request);
    tcase_add_test(tcase, ids_and_aliases_answer_it);
    tcase_add_test(tcase, a_stranger_of_that_name_is_not_named);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
