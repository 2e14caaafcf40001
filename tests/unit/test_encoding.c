/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/decode.h"
#include "study_fixture.h"
#include "suite.h"

/* Bytes with their number, for texts that hold zeros. */
#define B(text) text, sizeof(text) - 1

/* Decodes in blocks of `step` bytes; the text, NUL-terminated, is the caller's. */
static char *decode(mlg_model *model, const char *asked, const char *bytes, size_t n, size_t step,
                    mlg_decoder *decoder)
{
    mlg_window window = {.line = 1};
    size_t skip = 0, left = 0;
    unsigned char *room = malloc(n + 1);
    ck_assert_ptr_nonnull(room);
    memcpy(room, bytes, n);
    *decoder = (mlg_decoder){.model = model};
    ck_assert_int_eq(mlg_decoder_open(decoder, asked, room, n < 4096 ? n : 4096, &skip, NULL),
                     MLG_OK);
    for (size_t at = skip; at < n && !decoder->hopeless;) {
        const size_t end = at + left + step < n ? at + left + step : n;
        ck_assert_int_eq(mlg_decode(decoder, room + at, end - at, end == n, &window, &left, NULL),
                         MLG_OK);
        ck_assert_uint_le(left, 16);
        at = end - left;
        if (end == n) {
            break;
        }
    }
    free(room);
    char *text = malloc(window.end + 1);
    ck_assert_ptr_nonnull(text);
    if (window.end > 0) {
        memcpy(text, window.text, window.end);
    }
    text[window.end] = '\0';
    mlg_free(window.text);
    mlg_decoder_close(decoder);
    return text;
}

static const struct {
    const char *what, *bytes;
    size_t n;
    const char *asked, *encoding, *text, *fault;
    mlg_severity severity;
    int line;
} cases[] = {
    {"ASCII", B("a\nb\n"), NULL, "UTF-8", "a\nb\n", NULL, 0, 0},
    {"UTF-8", B("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"), NULL, "UTF-8", "café € 😀", NULL, 0,
     0},
    {"UTF-8 with its mark", B("\xef\xbb\xbfx\n"), NULL, "UTF-8", "x\n", NULL, 0, 0},
    {"a mark in the middle: files joined",
     B("a;b\n1;2\n\xef\xbb\xbf"
       "a;b\n"),
     NULL, "UTF-8", NULL, "bom_inside", MLG_FATAL, 3},
    {"UTF-16LE with its mark", B("\xff\xfe\xe9\0\n\0"), NULL, "UTF-16LE", "é\n", NULL, 0, 0},
    {"UTF-16BE with its mark", B("\xfe\xff\0\xe9\xd8\x3d\xde\x00"), NULL, "UTF-16BE", "é😀", NULL, 0,
     0},
    {"UTF-16LE without a mark", B("i\0d\0;\0n\0\n\0"), NULL, "UTF-16LE", "id;n\n", "guessed_utf16",
     MLG_WARNING, 1},
    {"UTF-16BE without a mark", B("\0i\0d\0;\0n\0\n"), NULL, "UTF-16BE", "id;n\n", "guessed_utf16",
     MLG_WARNING, 1},
    {"UTF-16 cut inside a character", B("\xff\xfei\0d\0\n\0x"), NULL, "UTF-16LE", "id\n",
     "truncated_utf16", MLG_FATAL, 2},
    {"UTF-16 with half a pair", B("\xff\xfei\0\x3d\xd8i\0"), NULL, "UTF-16LE", "i?i", "bad_utf16",
     MLG_FATAL, 1},
    {"UTF-32LE", B("\xff\xfe\0\0i\0\0\0"), NULL, NULL, "", "is_utf32", MLG_FATAL, 1},
    {"UTF-32BE without a mark", B("\0\0\0i\0\0\0d\0\0\0\n"), NULL, NULL, "", "is_utf32", MLG_FATAL,
     1},
    {"Windows-1252", B("l\x92\xe9t\xe9 \x80 \x9cuvre\n"), NULL, "WINDOWS-1252", "l’été € œuvre\n",
     NULL, 0, 0},
    {"Windows-1252 has no 0x81", B("\xe9t\xe9\n\x81\n"), NULL, "WINDOWS-1252", "été\n?\n",
     "bad_cp1252", MLG_FATAL, 2},
    {"a currency sign: perhaps the euro", B("caf\xe9 2 \xa4\n"), NULL, "WINDOWS-1252", "café 2 ¤\n",
     "currency_sign", MLG_WARNING, 1},
    {"MacRoman", B("pr\x8esent\n"), NULL, "WINDOWS-1252", "pr?sent\n", "is_macroman", MLG_FATAL, 1},
    {"MacRoman when asked for", B("pr\x8esent\n"), "MACINTOSH", "MACINTOSH", "présent\n", NULL, 0,
     0},
    {"ISO-8859-15 when asked for", B("caf\xe9 2 \xa4\n"), "ISO-8859-15", "ISO-8859-15",
     "café 2 €\n", NULL, 0, 0},
    {"a byte that the encoding asked for has not", B("a\n\xff\n"), "ASCII", "ASCII", "a\n?\n",
     "bad_byte", MLG_FATAL, 2},
    {"one bad byte in UTF-8 is no other encoding", B("\xc3\xa9\n\xc3\xa8\nx\xe9y\n"), NULL, "UTF-8",
     "é\nè\nx?y\n", "bad_utf8", MLG_FATAL, 3},
    {"an overlong form", B("\xc3\xa9\n\xc0\xaf\n\xc3\xa9\n"), NULL, "UTF-8", "é\n??\né\n",
     "bad_utf8", MLG_FATAL, 2},
    {"a surrogate", B("\xc3\xa9\xc3\xa9\xc3\xa9\n\xed\xa0\x80\n"), NULL, "UTF-8", "ééé\n???\n",
     "bad_utf8", MLG_FATAL, 2},
    {"beyond Unicode", B("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\n\xf4\x90\x80\x80\n"), NULL, "UTF-8",
     "éééé\n????\n", "bad_utf8", MLG_FATAL, 2},
    {"UTF-8 cut inside a character", B("\xc3\xa9\n\xe2\x82"), "UTF-8", "UTF-8", "é\n??", "bad_utf8",
     MLG_FATAL, 2},
    {"a null byte", B("a\nb\0c and so on\n"), NULL, "UTF-8", "a\nb?c and so on\n", "null_byte",
     MLG_FATAL, 2},
    {"a control character", B("a\n\x01\n"), NULL, "UTF-8", "a\n?\n", "control_character", MLG_FATAL,
     2},
    {"the end mark of DOS", B("a\n\x1a"), NULL, "UTF-8", "a\n", NULL, 0, 0},
    {"CRLF and CR become LF", B("a\r\nb\rc\n\r\n"), NULL, "UTF-8", "a\nb\nc\n\n", NULL, 0, 0},
    {"no mark of UTF-8 for another encoding", B("\xef\xbb\xbfx"), "WINDOWS-1252", "WINDOWS-1252",
     "ï»¿x", NULL, 0, 0},
};

/* Each at once, and one byte at a time: a character cut by two reads is one character. */
START_TEST(bytes_become_the_text_they_are)
{
    static const size_t steps[] = {1 << 16, 7, 2, 1};
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        study_fixture study = {.status = MLG_OK};
        mlg_decoder decoder;
        mlg_fault_view view;
        char faults[1000];

        ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
        /* small reads give less to tell an encoding by: then it is named */
        const bool whole = s == 0;
        const char *asked = cases[_i].asked != NULL || whole || cases[_i].encoding == NULL
                                ? cases[_i].asked
                                : cases[_i].encoding;
        char *text = decode(study.model, asked, cases[_i].bytes, cases[_i].n, steps[s], &decoder);
        study_fixture_faults(&study, faults, sizeof faults);
        if (cases[_i].text != NULL) {
            ck_assert_msg(strcmp(text, cases[_i].text) == 0, "%s, %zu bytes at a time: %s",
                          cases[_i].what, steps[s], text);
        }
        if (cases[_i].encoding != NULL) {
            ck_assert_str_eq(mlg_decoder_name(&decoder), cases[_i].encoding);
        }
        if (cases[_i].fault == NULL) {
            ck_assert_msg(faults[0] == '\0', "%s: %s", cases[_i].what, faults);
        } else if (whole || cases[_i].severity == MLG_FATAL) {
            ck_assert_msg(study_fixture_fault(&study, cases[_i].fault, &view, NULL, 0), "%s: %s",
                          cases[_i].what, faults);
            ck_assert_int_eq(view.severity, cases[_i].severity);
            ck_assert_msg(view.line == cases[_i].line, "%s: line %d", cases[_i].what, view.line);
        }
        free(text);
        mlg_model_free(study.model);
    }
}
END_TEST

/* The first accent may come after any number of blocks of ASCII. */
START_TEST(windows_1252_is_told_from_its_first_accent)
{
    enum { LONG = 200000 };
    mlg_model *model = NULL;
    mlg_decoder decoder;
    char *bytes = malloc(LONG + 2);
    memset(bytes, 'a', LONG);
    bytes[LONG] = (char) 0xe9;
    bytes[LONG + 1] = '\n';
    ck_assert_int_eq(mlg_model_new(&model, NULL), MLG_OK);
    char *text = decode(model, NULL, bytes, LONG + 2, 1 << 16, &decoder);
    ck_assert_str_eq(text + LONG, "é\n");
    ck_assert_str_eq(mlg_decoder_name(&decoder), "WINDOWS-1252");
    ck_assert_uint_eq(mlg_faults_groups(model->faults), 0);
    free(text);
    free(bytes);
    mlg_model_free(model);
}
END_TEST

START_TEST(what_is_no_text_is_given_up)
{
    enum { LONG = 100000 };
    study_fixture study = {.status = MLG_OK};
    mlg_decoder decoder;
    mlg_fault_view view;
    char *bytes = calloc(LONG, 1);
    memset(bytes, 'a', 4096);
    ck_assert_int_eq(mlg_model_new(&study.model, NULL), MLG_OK);
    free(decode(study.model, NULL, bytes, LONG, 1 << 16, &decoder));
    ck_assert(decoder.hopeless);
    ck_assert(study_fixture_fault(&study, "not_text", &view, NULL, 0));
    ck_assert(study_fixture_fault(&study, "null_byte", &view, NULL, 0));
    ck_assert_uint_eq(view.count, 10000);
    free(bytes);
    mlg_model_free(study.model);
}
END_TEST

START_TEST(an_unknown_encoding_is_the_callers_mistake)
{
    mlg_decoder decoder = {0};
    mlg_error err = {0};
    size_t skip = 0;
    ck_assert_int_eq(
        mlg_decoder_open(&decoder, "KLINGON", (const unsigned char *) "a", 1, &skip, &err),
        MLG_EARG);
    ck_assert_str_eq(err.message, "unknown encoding 'KLINGON'");
    decoder = (mlg_decoder){0};
    ck_assert_int_eq(
        mlg_decoder_open(&decoder, "ASCII//IGNORE", (const unsigned char *) "a", 1, &skip, NULL),
        MLG_EARG);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("encoding");
    TCase *tcase = tcase_create("encoding");
    tcase_add_loop_test(tcase, bytes_become_the_text_they_are, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_test(tcase, windows_1252_is_told_from_its_first_accent);
    tcase_add_test(tcase, what_is_no_text_is_given_up);
    tcase_add_test(tcase, an_unknown_encoding_is_the_callers_mistake);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
