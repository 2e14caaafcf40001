/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/checkpoint.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/memory.h"
#include "base/random.h"
#include "suite.h"

static char top[64], path[96], key[MLG_DIGEST_TEXT], other[MLG_DIGEST_TEXT];

static void open_folder(void)
{
    snprintf(top, sizeof top, "/tmp/maillage-checkpoint.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    snprintf(path, sizeof path, "%s/state", top);
    mlg_digest_of("this", 4, key);
    mlg_digest_of("that", 4, other);
}

static void close_folder(void)
{
    DIR *folder = opendir(top);
    char name[400];
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        snprintf(name, sizeof name, "%s/%s", top, entry->d_name);
        unlink(name);
    }
    closedir(folder);
    ck_assert_int_eq(rmdir(top), 0);
}

static size_t entries(void)
{
    DIR *folder = opendir(top);
    size_t n = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        n += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    }
    closedir(folder);
    return n;
}

static size_t slurp(unsigned char *bytes, size_t room)
{
    FILE *file = fopen(path, "rb");
    const size_t n = file != NULL ? fread(bytes, 1, room, file) : 0;
    ck_assert_ptr_nonnull(file);
    fclose(file);
    return n;
}

static void spill(const void *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

static mlg_checkpoint *opened(void)
{
    mlg_checkpoint *checkpoint = NULL;
    mlg_error err = {0};
    ck_assert_msg(mlg_checkpoint_open(path, key, &checkpoint, &err) == MLG_OK, "%s", err.message);
    ck_assert_ptr_nonnull(checkpoint);
    return checkpoint;
}

static void closed(mlg_checkpoint *checkpoint)
{
    mlg_error err = {0};
    ck_assert_msg(mlg_checkpoint_close(checkpoint, &err) == MLG_OK, "%s", err.message);
}

/* Stage 3 has slots 0 .. 4 and 8, stage 7 one large slot. */
static void fill(mlg_checkpoint *checkpoint)
{
    const double first[] = {0, 1, 2, 3, 4}, lone = 8.0;
    const char large[40] = "a large slot";
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 3, 2, 3, 8, first + 2, NULL), MLG_OK);
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 3, 0, 2, 8, first, NULL), MLG_OK);
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 3, 8, 1, 8, &lone, NULL), MLG_OK);
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 7, 0, 1, 40, large, NULL), MLG_OK);
}

static void check_filled(const mlg_checkpoint *checkpoint)
{
    double slots[10] = {0};
    char large[40] = "";
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 0, 10, 8, slots), 5);
    for (int i = 0; i < 5; i++) {
        ck_assert_double_eq(slots[i], i);
    }
    ck_assert_double_eq(slots[5], 0); /* what was not done is not written to */
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 3, 1, 8, slots), 1);
    ck_assert_double_eq(slots[0], 3);
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 5, 4, 8, slots), 0);
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 8, 4, 8, slots), 1);
    ck_assert_double_eq(slots[0], 8);
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 900, 4, 8, slots), 0);
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 0, 4, 16, slots), 0); /* another size */
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 4, 0, 4, 8, slots), 0);
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 7, 0, 2, 40, large), 1);
    ck_assert_str_eq(large, "a large slot");
}

START_TEST(what_was_kept_is_taken_up)
{
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    ck_assert_uint_eq(entries(), 1); /* there at once */
    fill(checkpoint);
    check_filled(checkpoint);
    closed(checkpoint);
    checkpoint = opened();
    check_filled(checkpoint);
    const double more = 5.0;
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 3, 5, 1, 8, &more, NULL), MLG_OK);
    closed(checkpoint);
    checkpoint = opened();
    double slots[10];
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 3, 0, 10, 8, slots), 6);
    closed(checkpoint);
    ck_assert_uint_eq(entries(), 1);
    close_folder();
}
END_TEST

START_TEST(without_a_path_nothing_is_kept)
{
    mlg_checkpoint *checkpoint = (mlg_checkpoint *) 1;
    int32_t slot = 7;
    ck_assert_int_eq(mlg_checkpoint_open(NULL, key, &checkpoint, NULL), MLG_OK);
    ck_assert_ptr_null(checkpoint);
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 2, 0, 1, 4, &slot, NULL), MLG_OK);
    ck_assert_uint_eq(mlg_checkpoint_take(checkpoint, 2, 0, 1, 4, &slot), 0);
    ck_assert_int_eq(mlg_checkpoint_close(checkpoint, NULL), MLG_OK);
}
END_TEST

/* The same slots give the same bytes, whatever the order they came in. */
START_TEST(the_file_does_not_tell_how_it_came_about)
{
    unsigned char once[1024], again[1024];
    const double slots[] = {0, 1, 2, 3, 4};
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    fill(checkpoint);
    closed(checkpoint);
    const size_t n = slurp(once, sizeof once);
    unlink(path);
    checkpoint = opened();
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 3, 0, 5, 8, slots, NULL), MLG_OK);
    fill(checkpoint);
    closed(checkpoint);
    ck_assert_uint_eq(slurp(again, sizeof again), n);
    ck_assert_mem_eq(once, again, n);
    close_folder();
}
END_TEST

/* ---- refusals -------------------------------------------------------------------- */

static void refused(const char *why)
{
    mlg_checkpoint *checkpoint = (mlg_checkpoint *) 1;
    mlg_error err = {0};
    ck_assert_int_eq(mlg_checkpoint_open(path, key, &checkpoint, &err), MLG_EIO);
    ck_assert_ptr_null(checkpoint);
    ck_assert_msg(strstr(err.message, why) != NULL, "%s", err.message);
}

START_TEST(another_computation_is_refused_and_stays)
{
    unsigned char before[1024], after[1024];
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    fill(checkpoint);
    closed(checkpoint);
    const size_t n = slurp(before, sizeof before);
    memcpy(key, other, sizeof key);
    refused("of another computation");
    ck_assert_uint_eq(slurp(after, sizeof after), n);
    ck_assert_mem_eq(before, after, n);
    close_folder();
}
END_TEST

START_TEST(a_file_of_another_kind_is_refused_and_stays)
{
    static const char *const files[] = {"", "id,name\nA,Ann\n", "maillage checkpoint 2\nand more"};
    unsigned char after[64];
    open_folder();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        spill(files[i], strlen(files[i]));
        refused("no checkpoint of maillage");
        ck_assert_uint_eq(slurp(after, sizeof after), strlen(files[i]));
        ck_assert_mem_eq(after, files[i], strlen(files[i]));
    }
    unlink(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    refused("state");
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0); /* does not wait for a writer */
    refused("no checkpoint of maillage");
    close_folder();
}
END_TEST

START_TEST(a_file_cut_anywhere_is_refused)
{
    unsigned char whole[1024];
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    fill(checkpoint);
    closed(checkpoint);
    const size_t n = slurp(whole, sizeof whole);
    for (size_t cut = 1; cut < n; cut++) {
        spill(whole, cut);
        refused("damaged");
    }
    whole[n] = '\n';
    spill(whole, n + 1);
    refused("damaged");
    close_folder();
}
END_TEST

START_TEST(a_file_with_any_bit_turned_is_refused)
{
    unsigned char whole[1024];
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    fill(checkpoint);
    closed(checkpoint);
    const size_t n = slurp(whole, sizeof whole);
    for (size_t bit = 0; bit < 8 * n; bit++) {
        whole[bit / 8] ^= (unsigned char) (1u << bit % 8);
        spill(whole, n);
        refused("maillage");
        whole[bit / 8] ^= (unsigned char) (1u << bit % 8);
    }
    spill(whole, n);
    closed(opened());
    close_folder();
}
END_TEST

/* A file whose digest fits, but whose numbers lie: nobody writes one by accident. */
START_TEST(numbers_that_lie_are_refused)
{
    unsigned char whole[1024];
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    fill(checkpoint);
    closed(checkpoint);
    const size_t n = slurp(whole, sizeof whole);
    mlg_random random = mlg_random_stream((uint64_t) _i, "lies", "", 0);
    const size_t start = strlen("maillage checkpoint 1\n") + 64;
    int refusals = 0;
    for (int trial = 0; trial < 300; trial++) {
        unsigned char lie[1024];
        char digest[MLG_DIGEST_TEXT];
        memcpy(lie, whole, n);
        const size_t at = start + 8 * mlg_random_below(&random, 4); /* stages, its three numbers */
        lie[at + mlg_random_below(&random, 8)] ^=
            (unsigned char) (1u << mlg_random_below(&random, 8));
        mlg_digest_of(lie, n - 64, digest);
        memcpy(lie + n - 64, digest, 64);
        spill(lie, n);
        mlg_checkpoint *taken = NULL;
        const mlg_status status = mlg_checkpoint_open(path, key, &taken, NULL);
        refusals += status != MLG_OK;
        ck_assert(status != MLG_OK || taken != NULL);
        (void) !mlg_checkpoint_close(taken, NULL);
    }
    ck_assert_int_gt(refusals, 100);
    close_folder();
}
END_TEST

/* ---- failures -------------------------------------------------------------------- */

START_TEST(a_place_that_cannot_be_written_is_told_at_once)
{
    mlg_checkpoint *checkpoint = NULL;
    mlg_error err = {0};
    open_folder();
    const size_t length = strlen(path);
    snprintf(path + length, sizeof path - length, "/none/state");
    ck_assert_int_eq(mlg_checkpoint_open(path, key, &checkpoint, &err), MLG_EIO);
    ck_assert_ptr_null(checkpoint);
    ck_assert_ptr_nonnull(strstr(err.message, "/none/state"));
    path[length] = '\0';
    close_folder();
}
END_TEST

START_TEST(a_full_disk_leaves_the_file_as_it_was)
{
    static unsigned char before[1024], after[1024], much[40000];
    const struct rlimit small = {8192, RLIM_INFINITY};
    struct rlimit usual;
    mlg_error err = {0};
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    fill(checkpoint);
    closed(checkpoint);
    const size_t n = slurp(before, sizeof before);
    checkpoint = opened();
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 9, 0, 4, 10000, much, NULL), MLG_OK);
    getrlimit(RLIMIT_FSIZE, &usual);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    const mlg_status status = mlg_checkpoint_close(checkpoint, &err);
    setrlimit(RLIMIT_FSIZE, &usual);
    ck_assert_int_eq(status, MLG_EIO);
    ck_assert_msg(strstr(err.message, path) != NULL, "%s", err.message);
    ck_assert_uint_eq(slurp(after, sizeof after), n);
    ck_assert_mem_eq(before, after, n);
    ck_assert_uint_eq(entries(), 1);
    close_folder();
}
END_TEST

START_TEST(slots_of_two_sizes_are_a_mistake)
{
    const char slots[16] = "";
    open_folder();
    mlg_checkpoint *checkpoint = opened();
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 1, 0, 2, 8, slots, NULL), MLG_OK);
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 1, 2, 2, 4, slots, NULL), MLG_EARG);
    ck_assert_int_eq(mlg_checkpoint_keep(checkpoint, 1, UINT64_MAX, 2, 8, slots, NULL), MLG_EARG);
    closed(checkpoint);
    close_folder();
}
END_TEST

static mlg_status all_of_it(void)
{
    mlg_checkpoint *checkpoint = NULL;
    const double slots[3] = {1, 2, 3};
    mlg_status status = mlg_checkpoint_open(path, key, &checkpoint, NULL);
    if (status == MLG_OK) {
        status = mlg_checkpoint_keep(checkpoint, 20, 40, 3, 8, slots, NULL);
        const mlg_status last = mlg_checkpoint_close(checkpoint, NULL);
        status = status == MLG_OK ? last : status;
    }
    return status;
}

START_TEST(each_allocation_may_fail)
{
    bool failed = true;
    open_folder();
    closed(opened());
    for (long n = 0; failed; n++) {
        unlink(path);
        mlg_checkpoint *checkpoint = opened();
        fill(checkpoint);
        closed(checkpoint);
        mlg_alloc_fails_at = n;
        const mlg_status status = all_of_it();
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert_uint_eq(entries(), 1);
        checkpoint = opened();
        check_filled(checkpoint);
        closed(checkpoint);
        ck_assert(n > 8 || failed);
    }
    close_folder();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("checkpoint");
    TCase *kept = tcase_create("kept"), *refusals = tcase_create("refused");
    TCase *failures = tcase_create("failures");
    tcase_add_test(kept, what_was_kept_is_taken_up);
    tcase_add_test(kept, without_a_path_nothing_is_kept);
    tcase_add_test(kept, the_file_does_not_tell_how_it_came_about);
    suite_add_tcase(suite, kept);
    tcase_add_test(refusals, another_computation_is_refused_and_stays);
    tcase_add_test(refusals, a_file_of_another_kind_is_refused_and_stays);
    tcase_add_test(refusals, a_file_cut_anywhere_is_refused);
    tcase_add_test(refusals, a_file_with_any_bit_turned_is_refused);
    tcase_add_loop_test(refusals, numbers_that_lie_are_refused, 0, 4);
    tcase_set_timeout(refusals, 120);
    suite_add_tcase(suite, refusals);
    tcase_add_test(failures, a_place_that_cannot_be_written_is_told_at_once);
    tcase_add_test(failures, a_full_disk_leaves_the_file_as_it_was);
    tcase_add_test(failures, slots_of_two_sizes_are_a_mistake);
    tcase_add_test(failures, each_allocation_may_fail);
    suite_add_tcase(suite, failures);
    return suite_run(suite);
}
