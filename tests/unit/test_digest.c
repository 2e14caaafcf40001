/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "base/digest.h"
#include "suite.h"

/* The examples of FIPS 180-4. */
static const struct {
    const char *text, *sha256;
} cases[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(the_published_examples_come_out_whole_and_in_pieces)
{
    char text[MLG_DIGEST_TEXT];
    mlg_digest digest;
    mlg_digest_of(cases[_i].text, strlen(cases[_i].text), text);
    ck_assert_str_eq(text, cases[_i].sha256);
    mlg_digest_start(&digest);
    for (const char *at = cases[_i].text; *at != '\0'; at++) {
        mlg_digest_add(&digest, at, 1);
    }
    mlg_digest_add(&digest, NULL, 0);
    mlg_digest_end(&digest, text);
    ck_assert_str_eq(text, cases[_i].sha256);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("digest");
    TCase *tcase = tcase_create("digest");
    tcase_add_loop_test(tcase, the_published_examples_come_out_whole_and_in_pieces, 0,
                        (int) (sizeof cases / sizeof *cases));
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
