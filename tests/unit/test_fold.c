/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "base/memory.h"
#include "suite.h"

/* What the key of a text is; the buffer keeps it for the caller. */
static const char *key(mlg_fold_kind kind, const char *text)
{
    static char out[4096];
    mlg_buffer buffer = {0};
    mlg_fold_as(kind, text, strlen(text), &buffer);
    ck_assert(!buffer.failed);
    snprintf(out, sizeof out, "%s", mlg_buffer_string(&buffer));
    mlg_buffer_free(&buffer);
    return out;
}

static const struct {
    const char *what, *text, *key;
} names[] = {
    {"case", "CCAS Caen", "ccas caen"},
    {"accents", "Éducation à l’École", "education a ecole"},
    {"decomposed accents",
     "E\xcc\x81"
     "ducation",
     "education"},
    {"ligatures of French", "Cœur d’Œuvre, Ætius", "coeur oeuvre aetius"},
    {"ligature fi", "\xef\xac\x81nance", "finance"},
    {"sharp s", "Straße", "strasse"},
    {"full-width digits", "\xef\xbc\x91\xef\xbc\x92", "12"},
    {"initials", "C.C.A.S. de Caen", "ccas caen"},
    {"initials without the last dot", "C.C.A.S", "ccas"},
    {"initials of a person", "A.B.", "ab"},
    {"a dot behind a word parts", "St.Pierre", "st pierre"},
    {"a dot between digits parts", "Lot 1.5", "lot 1 5"},
    {"one letter and its dot", "M. Untel", "m untel"},
    {"typographic and straight apostrophes", "l'Hôpital d’Alençon", "hopital alencon"},
    {"an apostrophe inside a word parts it", "Aujourd'hui", "aujourd hui"},
    {"no-break space and hyphen", "Saint\xc2\xa0Lô\xe2\x80\x91sur\xe2\x80\x93Vire",
     "saint lo sur vire"},
    {"stop words", "Maison de la santé des Halles du Pays", "maison sante halles pays"},
    {"stop words only inside", "Le Havre", "havre"},
    {"nothing but stop words", "De la", "de la"},
    {"a letter alone is no stop word", "CAF D", "caf d"},
    {"underscores", "works_with", "works with"},
    {"blanks", "  a \t b\n", "a b"},
    {"zero-width space",
     "CC\xe2\x80\x8b"
     "AS",
     "ccas"},
    {"right-to-left override",
     "\xe2\x80\xae"
     "CCAS",
     "ccas"},
    {"soft hyphen",
     "CC\xc2\xad"
     "AS",
     "ccas"},
    {"guillemets and parentheses", "« Agir » (Caen)", "agir caen"},
    {"symbols belong to the name", "A+ & B", "a+ b"},
    {"a name of signs keeps them", "?", "?"},
    {"Greek keeps its letters", "ΑΘΉΝΑ", "αθηνα"},
    {"Turkish dotless i is not i", "ısı", "ısı"},
    {"Cyrillic look-alikes stay apart",
     "\xd0\xa1\xd0\xa1"
     "AS",
     "\xd1\x81\xd1\x81"
     "as"},
    {"emoji", "Santé 😀", "sante 😀"},
    {"bytes that are not UTF-8 stand",
     "a\xff"
     "b",
     "a\xff"
     "b"},
    {"empty", "", ""},
};

START_TEST(a_name_folds_to_its_key)
{
    ck_assert_msg(strcmp(key(MLG_FOLD_NAME, names[_i].text), names[_i].key) == 0,
                  "%s: '%s' folds to '%s'", names[_i].what, names[_i].text,
                  key(MLG_FOLD_NAME, names[_i].text));
}
END_TEST

START_TEST(a_key_is_its_own_key)
{
    char once[4096];
    snprintf(once, sizeof once, "%s", key(MLG_FOLD_NAME, names[_i].text));
    ck_assert_str_eq(key(MLG_FOLD_NAME, once), once);
}
END_TEST

START_TEST(a_short_key_is_the_same_without_memory)
{
    char out[4096];
    mlg_alloc_fails_at = 0;
    const size_t length =
        mlg_fold_short(MLG_FOLD_NAME, names[_i].text, strlen(names[_i].text), out, sizeof out);
    ck_assert_int_eq(mlg_alloc_fails_at, 0);
    mlg_alloc_fails_at = -1;
    ck_assert_uint_eq(length, strlen(names[_i].key));
    ck_assert_mem_eq(out, names[_i].key, length);
}
END_TEST

START_TEST(headers_meet_without_case_accents_blanks_and_marks)
{
    const char *header = "ce que l\xe2\x80\x99instance fait";
    ck_assert_str_eq(key(MLG_FOLD_HEADER, header), "cequelinstancefait");
    ck_assert_str_eq(key(MLG_FOLD_HEADER, "CE_QUE_L_INSTANCE_FAIT"), "cequelinstancefait");
    ck_assert_str_eq(key(MLG_FOLD_HEADER, "Début"), "debut");
    ck_assert_str_eq(key(MLG_FOLD_HEADER, "de"), "de");
    ck_assert_str_ne(key(MLG_FOLD_HEADER, "+source"), "source");
}
END_TEST

START_TEST(ids_keep_their_punctuation)
{
    ck_assert_str_eq(key(MLG_FOLD_ID, "ÉCOLE 1"), "ecole1");
    ck_assert_str_eq(key(MLG_FOLD_ID, "A.1"), "a.1");
    ck_assert_str_eq(key(MLG_FOLD_ID, "A-1"), "a-1");
    ck_assert_str_eq(key(MLG_FOLD_ID, "A_1"), "a_1");
    ck_assert_str_ne(key(MLG_FOLD_ID, "de A"), "a");
}
END_TEST

START_TEST(a_text_longer_than_the_scratch_folds_whole)
{
    enum { N = 30000 };
    static char text[3 * N + 1], expected[2 * N + 1];
    mlg_buffer out = {0};
    for (int i = 0; i < N; i++) { /* e acute, then a blank */
        memcpy(text + 3 * i, "\xc3\xa9 ", 3);
        memcpy(expected + 2 * i, "e ", 2);
    }
    mlg_fold(text, 3 * N, &out);
    ck_assert_uint_eq(out.length, 2 * N - 1);
    ck_assert_mem_eq(out.text, expected, 2 * N - 1);
    mlg_buffer_free(&out);
}
END_TEST

START_TEST(a_character_that_grows_most_fits)
{
    enum { N = 200 };
    char text[3 * N];
    mlg_buffer out = {0};
    for (int i = 0; i < N; i++) {
        memcpy(text + 3 * i, "\xef\xb7\xba", 3); /* U+FDFA: 18 characters */
    }
    mlg_fold(text, sizeof text, &out);
    ck_assert(!out.failed);
    ck_assert_uint_gt(out.length, sizeof text * 9);
    mlg_buffer_free(&out);
}
END_TEST

START_TEST(short_memory_is_told_and_leaves_nothing)
{
    static char text[5000];
    memset(text, 'a', sizeof text);
    for (long n = 0; n < 2; n++) { /* the scratch, then the result */
        mlg_buffer out = {0};
        mlg_alloc_fails_at = n;
        mlg_fold(text, sizeof text, &out);
        ck_assert(out.failed);
        ck_assert_uint_eq(out.length, 0);
        mlg_alloc_fails_at = -1;
        mlg_buffer_free(&out);
    }
    for (long n = 0; n < 2; n++) {
        mlg_buffer out = {0};
        mlg_alloc_fails_at = n;
        ck_assert(mlg_nfc("e\xcc\x81", 3, &out));
        ck_assert(out.failed);
        mlg_alloc_fails_at = -1;
        mlg_buffer_free(&out);
    }
}
END_TEST

static const struct {
    const char *text, *nfc; /* NULL: not UTF-8 */
} composed[] = {
    {"CCAS", "CCAS"},
    {"Éducation", "Éducation"},
    {"E\xcc\x81"
     "ducation",
     "Éducation"},
    {"\xcc\x81", "\xcc\x81"},
    {"a\xcc\xa7\xcc\x81", "\xc3\xa1\xcc\xa7"}, /* marks change order before they compose */
    {"\xef\xac\x81", "\xef\xac\x81"},          /* NFC keeps the ligature */
    {"\xe2\x84\xab", "\xc3\x85"},              /* angstrom sign */
    {"\xff", NULL},
    {"a\xc3", NULL},
    {"\xc0\xaf", NULL},
    {"\xed\xa0\x80", NULL}, /* a surrogate */
    {"", ""},
};

START_TEST(a_text_composes_or_is_refused)
{
    mlg_buffer out = {0};
    mlg_buffer_text(&out, "<");
    const bool read = mlg_nfc(composed[_i].text, strlen(composed[_i].text), &out);
    ck_assert_int_eq(read, composed[_i].nfc != NULL);
    ck_assert_str_eq(mlg_buffer_string(&out) + 1, read ? composed[_i].nfc : "");
    mlg_buffer_free(&out);
}
END_TEST

static const struct {
    const char *a, *b;
    size_t edits;
} distances[] = {
    {"", "", 0},
    {"caen", "caen", 0},
    {"caen", "caan", 1},
    {"caen", "cae", 1},
    {"caen", "caeen", 1},
    {"caen", "acen", 1},
    {"", "abc", 3},
    {"kitten", "sitting", 3},
    {"ca", "abc", 3}, /* optimal string alignment: no edit between the swapped */
    {"abcdef", "badcfe", 3},
    {"a", "b", 1},
};

START_TEST(the_edits_between_two_keys_are_counted_both_ways)
{
    const char *a = distances[_i].a, *b = distances[_i].b;
    for (size_t bound = 0; bound < 6; bound++) {
        const size_t expected = distances[_i].edits <= bound ? distances[_i].edits : bound + 1;
        ck_assert_uint_eq(mlg_edit_distance(a, strlen(a), b, strlen(b), bound), expected);
        ck_assert_uint_eq(mlg_edit_distance(b, strlen(b), a, strlen(a), bound), expected);
    }
}
END_TEST

/* Slow and simple by design: the whole table, no bound. */
static size_t slow_distance(const char *a, size_t n, const char *b, size_t m)
{
    static size_t d[12][12];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            size_t best = i == 0 ? j : j == 0 ? i : d[i - 1][j] + 1;
            if (i > 0 && j > 0) {
                const size_t side = d[i][j - 1] + 1;
                const size_t change = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                best = side < best ? side : best;
                best = change < best ? change : best;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best) {
                best = d[i - 2][j - 2] + 1;
            }
            d[i][j] = best;
        }
    }
    return d[n][m];
}

START_TEST(the_bounded_distance_is_the_slow_one)
{
    unsigned state = 12345;
    for (int round = 0; round < 200000; round++) {
        char a[12], b[12];
        size_t n = 0, m = 0;
        state = state * 1664525u + 1013904223u;
        n = state >> 28 & 7;
        m = state >> 24 & 7;
        for (size_t i = 0; i < 8; i++) {
            a[i] = (char) ('a' + (state >> (2 * i) & 1));
            b[i] = (char) ('a' + (state >> (2 * i + 1) & 1));
        }
        const size_t slow = slow_distance(a, n, b, m), bound = state >> 20 & 3;
        ck_assert_uint_eq(mlg_edit_distance(a, n, b, m, bound), slow <= bound ? slow : bound + 1);
    }
}
END_TEST

START_TEST(keys_too_long_to_compare_are_only_equal_or_not)
{
    static char a[400], b[400];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    ck_assert_uint_eq(mlg_edit_distance(a, 400, b, 400, 3), 0);
    b[7] = 'b';
    ck_assert_uint_eq(mlg_edit_distance(a, 400, b, 400, 3), 4);
}
END_TEST

static const struct {
    const char *a, *b;
    bool differ;
} acronyms[] = {
    {"copil cls", "copil cpts", true},
    {"cls", "ctg", true},
    {"ccas de caen", "ccas de caem", false},
    {"cls nord", "clsm nord", true},
    {"copil cls", "copil cls", false},
    {"ville de caen", "vile de caen", false},
    {"copil cls", "copil cls caen", false},
    {"centre social", "centre socail", false},
    {"pmi est", "pmi", false},
    {"", "", false},
    {"cls", "", false},
};

START_TEST(acronyms_are_not_slips_of_each_other)
{
    ck_assert_int_eq(mlg_keys_differ_by_acronym(acronyms[_i].a, acronyms[_i].b),
                     acronyms[_i].differ);
    ck_assert_int_eq(mlg_keys_differ_by_acronym(acronyms[_i].b, acronyms[_i].a),
                     acronyms[_i].differ);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fold");
    TCase *keys = tcase_create("keys");
    const int n = sizeof names / sizeof *names;
    tcase_add_loop_test(keys, a_name_folds_to_its_key, 0, n);
    tcase_add_loop_test(keys, a_key_is_its_own_key, 0, n);
    tcase_add_loop_test(keys, a_short_key_is_the_same_without_memory, 0, n);
    tcase_add_test(keys, headers_meet_without_case_accents_blanks_and_marks);
    tcase_add_test(keys, ids_keep_their_punctuation);
    tcase_add_test(keys, a_text_longer_than_the_scratch_folds_whole);
    tcase_add_test(keys, a_character_that_grows_most_fits);
    tcase_add_test(keys, short_memory_is_told_and_leaves_nothing);
    suite_add_tcase(suite, keys);
    TCase *others = tcase_create("composition and distance");
    tcase_add_loop_test(others, a_text_composes_or_is_refused, 0,
                        sizeof composed / sizeof *composed);
    tcase_add_loop_test(others, the_edits_between_two_keys_are_counted_both_ways, 0,
                        sizeof distances / sizeof *distances);
    tcase_add_loop_test(others, acronyms_are_not_slips_of_each_other, 0,
                        sizeof acronyms / sizeof *acronyms);
    tcase_add_test(others, the_bounded_distance_is_the_slow_one);
    tcase_add_test(others, keys_too_long_to_compare_are_only_equal_or_not);
    suite_add_tcase(suite, others);
    return suite_run(suite);
}
