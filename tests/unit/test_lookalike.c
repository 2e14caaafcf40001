/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/similar.h"
#include "study_fixture.h"
#include "suite.h"

/* ---- pairs of keys ------------------------------------------------------------ */

static bool count_pair(void *context, int32_t a, int32_t b)
{
    int *seen = context;
    ck_assert_int_lt(a, b);
    seen[a * 512 + b]++;
    return true;
}

/* The slow twin: every pair compared. Words made of few letters, so that many are near. */
START_TEST(similar_pairs_are_those_that_comparing_all_finds)
{
    enum { N = 400 };
    mlg_names keys = {0};
    int *seen = calloc(512 * 512, sizeof *seen);
    unsigned seed = 1000u + (unsigned) _i;
    int near = 0;

    for (int i = 0; i < N; i++) {
        char word[24];
        seed = seed * 1103515245u + 12345u;
        const int length = 4 + (int) (seed >> 16) % 9;
        for (int k = 0; k < length; k++) {
            seed = seed * 1103515245u + 12345u;
            word[k] = "abc 1"[(seed >> 16) % (k == 0 || k == length - 1 ? 3 : 5)];
        }
        ck_assert_int_ge(mlg_names_add(&keys, word, (size_t) length), 0);
    }
    ck_assert_int_eq(mlg_similar_pairs(&keys, count_pair, seen, NULL), MLG_OK);
    for (int32_t a = 0; (size_t) a < keys.n; a++) {
        for (int32_t b = a + 1; (size_t) b < keys.n; b++) {
            const char *x = mlg_names_text(&keys, a), *y = mlg_names_text(&keys, b);
            const size_t m = strlen(x), n = strlen(y);
            const size_t bound = mlg_similar_bound(m < n ? m : n);
            const bool expected = mlg_similar_is_word(x, m) && mlg_similar_is_word(y, n) &&
                                  mlg_similar_same_digits(x, m, y, n) &&
                                  !mlg_keys_differ_by_acronym(x, y) &&
                                  mlg_edit_distance(x, m, y, n, bound) <= bound;
            near += expected ? 1 : 0;
            ck_assert_msg(seen[a * 512 + b] == (expected ? 1 : 0), "'%s' and '%s': %d", x, y,
                          seen[a * 512 + b]);
        }
    }
    ck_assert_int_gt(near, 10);
    mlg_names_free(&keys);
    free(seen);
}
END_TEST

static const struct {
    const char *a, *b;
    bool same;
} digit_cases[] = {
    {"cls 1", "cls 2", false}, {"cls 1", "cls1", true},     {"a1b2", "12", true},
    {"a12", "a21", false},     {"maison", "maisons", true}, {"lot 1", "lot", false},
};

START_TEST(numbers_tell_names_apart)
{
    ck_assert_int_eq(mlg_similar_same_digits(digit_cases[_i].a, strlen(digit_cases[_i].a),
                                             digit_cases[_i].b, strlen(digit_cases[_i].b)),
                     digit_cases[_i].same);
}
END_TEST

/* ---- studies -------------------------------------------------------------------- */

static const struct {
    const char *what, *file, *text;
    const char *pairs; /* "a ~ b: reason", apart by ; */
} cases[] = {
    {"dots, case and small words", "ties.csv", "from,to\nC.C.A.S. de Caen,X\nCCAS CAEN,X\n",
     "C.C.A.S. de Caen ~ CCAS CAEN: lookalike_same;"},
    {"saint in short", "ties.csv", "from,to\nC.C.A.S. de St-Lo,X\nCCAS de Saint-Lô,X\n",
     "C.C.A.S. de St-Lo ~ CCAS de Saint-Lô: lookalike_same;"},
    {"sainte in short is no saint", "ties.csv",
     "from,to\nMaison Ste Anne,X\nMAISON SAINTE-ANNE,X\nEst Lot,X\nEsaint Lot,X\n",
     "Maison Ste Anne ~ MAISON SAINTE-ANNE: lookalike_same;"},
    {"initials", "ties.csv", "from,to\nCCAS,X\nCentre communal d'action sociale,X\n",
     "CCAS ~ Centre communal d'action sociale: lookalike_initials;"},
    {"a letter forgotten", "ties.csv", "from,to\nMission locale,X\nMision locale,X\n",
     "Mission locale ~ Mision locale: lookalike_spelling;"},
    {"two letters swapped in a short name", "ties.csv", "from,to\nmaison,X\nmasion,X\n",
     "maison ~ masion: lookalike_spelling;"},
    {"short words are not alike", "ties.csv", "from,to\nARS,MSA\nDSU,DSA\n", ""},
    {"numbers differ", "ties.csv", "from,to\nMaison de santé 1,X\nMaison de santé 2,X\n", ""},
    {"codes are no spellings", "ties.csv", "from,to\nA000012,A000013\n", ""},
    {"the name of an id", "actors.csv",
     "id,name,kind\nA1,Mission locale,organisation\nB1,Missions locales,organisation\n",
     "A1 ~ B1: lookalike_spelling;"},
    {"one actor by its id and its name is one", "actors.csv",
     "id,name,kind\nCCAS,C.C.A.S.,organisation\n", ""},
    {"activities", "participations.csv",
     "actor,activity\nX,Comité de pilotage\nY,Comite pilotage\n",
     "Comité de pilotage ~ Comite pilotage: lookalike_same;"},
    {"two described territories may share a name", "territories.csv",
     "id,name\nT1,Sainte-Colombe\nT2,Sainte-Colombe\n", ""},
    {"an unlisted territory may be a described one", "sites.csv",
     "actor,territory\nA,Sainte-Colombe\nB,Sainte Colombe\n",
     "Sainte-Colombe ~ Sainte Colombe: lookalike_same;"},
};

static const char *name_of(const mlg_model *model, mlg_scope scope, mlg_id id)
{
    return mlg_names_text(scope == MLG_SCOPE_ACTIVITY    ? &model->activities
                          : scope == MLG_SCOPE_TERRITORY ? &model->territories
                                                         : &model->parties,
                          id);
}

START_TEST(likely_duplicates_are_suggested)
{
    study_fixture study;
    mlg_lookalike *pairs = NULL;
    size_t n = 0;
    char text[1000] = "";
    study_fixture_open(&study);
    study_fixture_text(&study, cases[_i].file, cases[_i].text);
    study_fixture_read(&study, NULL, NULL);
    ck_assert_ptr_nonnull(study.model);
    ck_assert_int_eq(mlg_model_lookalikes(study.model, &pairs, &n, NULL), MLG_OK);
    for (size_t i = 0; i < n; i++) {
        char one[400];
        snprintf(one, sizeof one, "%s ~ %s: %s;", name_of(study.model, pairs[i].scope, pairs[i].a),
                 name_of(study.model, pairs[i].scope, pairs[i].b), mlg_text_name(pairs[i].reason));
        strcat(text, one);
    }
    ck_assert_msg(strcmp(text, cases[_i].pairs) == 0, "%s: %s", cases[_i].what, text);
    mlg_lookalikes_free(pairs);
    study_fixture_close(&study);
}
END_TEST

static const struct {
    const char *what, *file, *text, *more, *more_text; /* a second file, or NULL */
    const char *rows, *with_names;                     /* of aliases.csv, apart by spaces */
} alias_cases[] = {
    {"the more used stays", "ties.csv", "from,to\nC.C.A.S.,X\nCCAS,X\nCCAS,Y\n", NULL, NULL,
     "C.C.A.S.;CCAS ", "C.C.A.S.;CCAS "},
    {"of as many, the first", "ties.csv", "from,to\nmaison,X\nmasion,X\n", NULL, NULL,
     "masion;maison ", "masion;maison "},
    {"the listed one stays, by its id", "ties.csv", "from,to\nMision,A1\nMision,X\nMision,Y\n",
     "actors.csv", "id,name,kind\nA1,Mission,organisation\n", "Mision;A1 ", "Mision;A1 "},
    {"two listed ones cannot be joined", "actors.csv",
     "id,name,kind\nA1,Mission locale,organisation\nB1,Missions locales,organisation\n", NULL, NULL,
     "", ""},
    {"one spelling leads to one other", "ties.csv",
     "from,to\nmaisonette,X\nmaisonettes,X\nmaisonettes,Y\nmaisonete,X\nmaisonete,Y\n"
     "maisonete,Z\n",
     NULL, NULL, "maisonette;maisonete maisonettes;maisonete ",
     "maisonette;maisonete maisonettes;maisonete "},
    {"a cell with a separator", "ties.csv", "from;to\nmaison, sud;X\nmaison sud;X\n", NULL, NULL,
     "maison sud;\"maison, sud\" ", "maison sud;\"maison, sud\" "},
    {"persons only when asked", "actors.csv",
     "id,kind,organisation\nDupont Anne,person,A\nA,organisation,\n", "ties.csv",
     "from,to\nDupond Anne,A\n", "", "Dupond Anne;Dupont Anne "},
};

START_TEST(a_pair_comes_with_the_alias_that_joins_it)
{
    study_fixture study;
    mlg_lookalike *pairs = NULL;
    size_t n = 0;
    study_fixture_open(&study);
    study_fixture_text(&study, alias_cases[_i].file, alias_cases[_i].text);
    if (alias_cases[_i].more != NULL) {
        study_fixture_text(&study, alias_cases[_i].more, alias_cases[_i].more_text);
    }
    study_fixture_read(&study, NULL, NULL);
    ck_assert_ptr_nonnull(study.model);
    ck_assert_int_eq(mlg_model_lookalikes(study.model, &pairs, &n, NULL), MLG_OK);
    for (int names = 0; names < 2; names++) {
        const mlg_labels labels = {.language = MLG_FR, .names = names == 1};
        char text[400] = "", row[200], small[4];
        for (size_t i = 0; i < n; i++) {
            mlg_lookalike_alias(study.model, &labels, &pairs[i], row, sizeof row);
            strcat(text, row);
            strcat(text, row[0] != '\0' ? " " : "");
            mlg_lookalike_alias(study.model, &labels, &pairs[i], small, sizeof small);
            ck_assert_str_eq(small, ""); /* never half a row */
        }
        ck_assert_msg(
            strcmp(text, names == 1 ? alias_cases[_i].with_names : alias_cases[_i].rows) == 0,
            "%s: %s", alias_cases[_i].what, text);
    }
    mlg_lookalikes_free(pairs);
    study_fixture_close(&study);
}
END_TEST

START_TEST(suggestions_survive_any_allocation_failing)
{
    study_fixture study;
    mlg_lookalike *pairs = NULL;
    size_t n = 0;
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv",
                       "from,to\nMission locale,CCAS\nMision locale,Centre communal d'action "
                       "sociale\nMaison,Masion\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    for (long at = 0;; at++) {
        mlg_error err = {0};
        mlg_alloc_fails_at = at;
        const mlg_status status = mlg_model_lookalikes(study.model, &pairs, &n, &err);
        const bool reached = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        if (!reached) {
            ck_assert_int_eq(status, MLG_OK);
            ck_assert_uint_eq(n, 3);
            break;
        }
        ck_assert_int_eq(status, MLG_ENOMEM);
        ck_assert_ptr_null(pairs);
        ck_assert_uint_eq(n, 0);
    }
    mlg_lookalikes_free(pairs);
    study_fixture_close(&study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lookalike");
    TCase *keys = tcase_create("keys");
    tcase_add_loop_test(keys, similar_pairs_are_those_that_comparing_all_finds, 0, 5);
    tcase_add_loop_test(keys, numbers_tell_names_apart, 0,
                        (int) (sizeof digit_cases / sizeof *digit_cases));
    suite_add_tcase(suite, keys);
    TCase *studies = tcase_create("studies");
    tcase_add_loop_test(studies, likely_duplicates_are_suggested, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_loop_test(studies, a_pair_comes_with_the_alias_that_joins_it, 0,
                        (int) (sizeof alias_cases / sizeof *alias_cases));
    tcase_add_test(studies, suggestions_survive_any_allocation_failing);
    suite_add_tcase(suite, studies);
    return suite_run(suite);
}
