/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/report.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/fail.h"
#include "report/manifest.h"
#include "report/result_folder.h"
#include "reported.h"
#include "suite.h"

/* ---- folders of tests -------------------------------------------------------------------- */

static char top[64]; /* of one test */

static void make_top(void)
{
    strcpy(top, "/tmp/maillage-report-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
}

static void remove_top(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", top);
    ck_assert_int_eq(system(command), 0);
}

static const char *path_of(const char *name)
{
    static char paths[4][512];
    static int next;
    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[next], "%s/%s", top, name);
    return paths[next];
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static bool is_there(const char *name)
{
    struct stat found;
    return lstat(path_of(name), &found) == 0;
}

static char *contents(const char *name, size_t *length)
{
    FILE *file = fopen(path_of(name), "rb");
    ck_assert_msg(file != NULL, "%s is not there", name);
    char *bytes = calloc(1, 1 << 22);
    *length = fread(bytes, 1, (1 << 22) - 1, file);
    fclose(file);
    return bytes;
}

/* Names of a folder, hidden ones too; "" when it is not there. */
static size_t entries(const char *name)
{
    size_t n = 0;
    DIR *directory = opendir(path_of(name));
    while (directory != NULL && readdir(directory) != NULL) {
        n++;
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return n;
}

/* Does the manifest of "out" tell the truth about every file, and is nothing else there?
 * Answers the number of files; 0 where there is no manifest or a file differs. */
static size_t whole(void)
{
    mlg_manifest manifest = {0};
    size_t good = 0;
    ck_assert_int_eq(mlg_manifest_read(&manifest, path_of("out/manifest.json"), NULL), MLG_OK);
    for (size_t i = 0; i < manifest.n; i++) {
        char name[128], sha256[MLG_DIGEST_TEXT];
        size_t length = 0;
        snprintf(name, sizeof name, "out/%s", manifest.entry[i].name);
        if (is_there(name)) {
            char *bytes = contents(name, &length);
            mlg_digest_of(bytes, length, sha256);
            good += strcmp(sha256, manifest.entry[i].sha256) == 0;
            free(bytes);
        }
    }
    const size_t n = manifest.n;
    mlg_manifest_free(&manifest);
    return good == n ? n : 0;
}

static mlg_status write_to(const reported *r, const char *name, bool force, mlg_error *err)
{
    *err = (mlg_error){MLG_OK, ""};
    return mlg_report_write(&r->results, path_of(name), force, err);
}

/* ---- a report ---------------------------------------------------------------------------------
 */

START_TEST(a_report_is_a_page_its_figures_its_tables_and_a_manifest)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, reported_rich_study());
    ck_assert_msg(write_to(&r, "out", false, &err) == MLG_OK, "%s", err.message);
    const char *const files[] = {"report.html",          "report.json",
                                 "network.svg",          "tables/faults.csv",
                                 "tables/positions.csv", "tables/scalars.csv",
                                 "tables/removals.csv",  "tables/silo_mixing.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[64];
        struct stat found;
        snprintf(name, sizeof name, "out/%s", files[i]);
        ck_assert_msg(is_there(name), "%s", files[i]);
        stat(path_of(name), &found);
        ck_assert_uint_eq(found.st_mode & 0777, 0644);
    }
    const size_t files_told = whole();
    ck_assert_uint_ge(files_told, 12);
    /* and nothing is there that it does not tell: . .. manifest tables */
    ck_assert_uint_eq(entries("out") + entries("out/tables"), files_told + 2 + 2 + 2);
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(a_report_with_names_is_for_its_owner_alone)
{
    reported r;
    mlg_error err;
    struct stat found;
    make_top();
    reported_study(&r, reported_rich_study());
    r.results.labels.names = true;
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    const char *const files[] = {"out/report.html", "out/report.json", "out/tables/holders.csv",
                                 "out/manifest.json"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(stat(path_of(files[i]), &found), 0);
        ck_assert_uint_eq(found.st_mode & 0777, 0600);
    }
    reported_close(&r);
    remove_top();
}
END_TEST

/* Every byte of every output, with and without --names. */
START_TEST(no_output_holds_the_name_or_id_of_a_person)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, reported_rich_study());
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    mlg_manifest manifest = {0};
    ck_assert_int_eq(mlg_manifest_read(&manifest, path_of("out/manifest.json"), NULL), MLG_OK);
    for (size_t i = 0; i < manifest.n; i++) {
        char name[128];
        size_t length = 0;
        snprintf(name, sizeof name, "out/%s", manifest.entry[i].name);
        char *bytes = contents(name, &length);
        ck_assert_msg(memmem(bytes, length, "Curieuse", 8) == NULL, "%s", name);
        ck_assert_msg(memmem(bytes, length, "\"m1\"", 4) == NULL, "%s", name);
        ck_assert_msg(memmem(bytes, length, ",m1,", 4) == NULL, "%s", name);
        free(bytes);
    }
    mlg_manifest_free(&manifest);
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(the_same_study_gives_the_same_bytes_in_any_locale)
{
    make_top();
    for (int i = 0; i < 2; i++) {
        reported r;
        mlg_error err;
        setlocale(LC_ALL, i == 0 ? "C" : "fr_FR.UTF-8");
        const mode_t before = umask(i == 0 ? 022 : 077);
        reported_study(&r, reported_rich_study());
        ck_assert_int_eq(write_to(&r, i == 0 ? "out" : "again", false, &err), MLG_OK);
        reported_close(&r);
        umask(before);
        setlocale(LC_ALL, "C");
    }
    char command[256];
    snprintf(command, sizeof command, "diff -r '%s/out' '%s/again'", top, top);
    ck_assert_int_eq(system(command), 0);
    remove_top();
}
END_TEST

/* ---- what stood there before
 * --------------------------------------------------------------------- */

START_TEST(a_second_report_replaces_the_first_and_its_stale_tables)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, reported_rich_study());
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    ck_assert(is_there("out/tables/perimeters.csv"));
    reported_close(&r);
    reported_study(&r, "ties: from,to\na,b\n"); /* no perimeter any more */
    ck_assert_msg(write_to(&r, "out", false, &err) == MLG_OK, "%s", err.message);
    ck_assert(!is_there("out/tables/perimeters.csv"));
    ck_assert_uint_ge(whole(), 5);
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(a_folder_with_other_files_is_refused_unless_forced_and_keeps_them)
{
    reported r;
    mlg_error err;
    size_t length = 0;
    make_top();
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mkdir(path_of("out"), 0755), 0);
    put("out/thesis.odt", "years of work");
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "thesis.odt"));
    ck_assert_uint_eq(entries("out"), 3);

    ck_assert_msg(write_to(&r, "out", true, &err) == MLG_OK, "%s", err.message);
    char *kept = contents("out/thesis.odt", &length);
    ck_assert_str_eq(kept, "years of work");
    free(kept);
    ck_assert_uint_ge(whole(), 5);

    /* a file of ours by name, but not in any manifest, is not ours */
    unlink(path_of("out/manifest.json"));
    unlink(path_of("out/thesis.odt"));
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_EIO);
    put("out/tables/mine.csv", "x");
    ck_assert_int_eq(write_to(&r, "out", true, &err), MLG_OK);
    ck_assert(is_there("out/tables/mine.csv"));
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "tables/mine.csv"));
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(a_manifest_cannot_make_us_touch_what_is_outside)
{
    reported r;
    mlg_error err;
    make_top();
    put("precious.txt", "x");
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mkdir(path_of("out"), 0755), 0);
    put("out/manifest.json", "{\"program\": \"maillage\", \"files\": {\"../precious.txt\": \"0\", "
                             "\"tables/../../precious.txt\": \"0\", \".hidden\": \"0\", "
                             "\"old.csv\": \"0\", \"report.html\": \"0\"}}");
    put("out/old.csv", "stale");
    ck_assert_msg(write_to(&r, "out", false, &err) == MLG_OK, "%s", err.message);
    ck_assert(is_there("precious.txt"));
    ck_assert(!is_there("out/old.csv"));
    reported_close(&r);
    remove_top();
}
END_TEST

static const struct {
    const char *name;
    size_t taken;
} manifest_names[] = {
    {"report.html", 1},    {"tables/x.csv", 1},
    {"../x", 0},           {"tables/../x", 0},
    {"x/../../y", 0},      {"tables/sub/x", 0},
    {"/etc/x", 0},         {".hidden", 0},
    {"tables/.hidden", 0}, {"", 0},
    {"tables/", 0},        {"other/x.csv", 0},
};

START_TEST(only_plain_names_are_read_from_a_manifest)
{
    mlg_manifest manifest = {0};
    char text[256];
    make_top();
    snprintf(text, sizeof text, "{\"program\": \"maillage\", \"files\": {\"%s\": \"0\"}}",
             manifest_names[_i].name);
    put("manifest.json", text);
    ck_assert_int_eq(mlg_manifest_read(&manifest, path_of("manifest.json"), NULL), MLG_OK);
    ck_assert_msg(manifest.n == manifest_names[_i].taken, "%s", manifest_names[_i].name);
    mlg_manifest_free(&manifest);
    remove_top();
}
END_TEST

START_TEST(a_link_is_replaced_not_followed)
{
    reported r;
    mlg_error err;
    size_t length = 0;
    struct stat found;
    make_top();
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    put("victim.txt", "untouched");
    unlink(path_of("out/report.html"));
    ck_assert_int_eq(symlink("../victim.txt", path_of("out/report.html")), 0);
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    char *text = contents("victim.txt", &length);
    ck_assert_str_eq(text, "untouched");
    free(text);
    ck_assert_int_eq(lstat(path_of("out/report.html"), &found), 0);
    ck_assert(S_ISREG(found.st_mode));
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(a_folder_in_the_place_of_a_file_stops_before_anything_is_replaced)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    unlink(path_of("out/report.json"));
    ck_assert_int_eq(mkdir(path_of("out/report.json"), 0755), 0);
    struct stat before, after;
    stat(path_of("out/report.html"), &before);
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "report.json"));
    stat(path_of("out/report.html"), &after);
    ck_assert_uint_eq(before.st_ino, after.st_ino);
    reported_close(&r);
    remove_top();
}
END_TEST

static const struct {
    const char *what, *path;
} nowhere[] = {
    {"a file", "file"},
    {"no permission", "closed/out"},
    {"a name too long",
     "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
     "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
     "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"},
};

START_TEST(a_place_that_cannot_be_written_is_told_before_computing)
{
    mlg_error err = {MLG_OK, ""};
    make_top();
    put("file", "x");
    ck_assert_int_eq(mkdir(path_of("closed"), 0500), 0);
    if (geteuid() == 0 && _i == 1) { /* root may write anywhere */
        remove_top();
        return;
    }
    ck_assert_msg(mlg_report_probe(path_of(nowhere[_i].path), false, &err) == MLG_EIO, "%s",
                  nowhere[_i].what);
    ck_assert_str_ne(err.message, "");
    remove_top();
}
END_TEST

START_TEST(folders_above_are_made_and_go_again_when_nothing_was_written)
{
    reported r;
    make_top();
    ck_assert_int_eq(mlg_report_probe(path_of("a/b/out/"), false, NULL), MLG_OK);
    ck_assert(!is_there("a"));
    ck_assert_int_eq(mkdir(path_of("a"), 0755), 0);
    ck_assert_int_eq(mlg_report_probe(path_of("a/b/out"), false, NULL), MLG_OK);
    ck_assert(is_there("a"));
    ck_assert(!is_there("a/b"));
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mlg_report_write(&r.results, path_of("a/b/out"), false, NULL), MLG_OK);
    ck_assert(is_there("a/b/out/report.html"));
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(a_probe_leaves_nothing_behind)
{
    make_top();
    ck_assert_int_eq(mlg_report_probe(path_of("out"), false, NULL), MLG_OK);
    ck_assert(!is_there("out"));
    ck_assert_int_eq(mkdir(path_of("out"), 0755), 0);
    ck_assert_int_eq(mlg_report_probe(path_of("out"), false, NULL), MLG_OK);
    ck_assert_uint_eq(entries("out"), 2);
    remove_top();
}
END_TEST

START_TEST(two_runs_cannot_write_to_one_folder)
{
    reported r;
    mlg_error err;
    mlg_result_folder *first = NULL;
    make_top();
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mlg_result_folder_open(path_of("out"), false, false, &first, NULL), MLG_OK);
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_EIO);
    char own[32];
    snprintf(own, sizeof own, "process %ld", (long) getpid());
    ck_assert_msg(strstr(err.message, own) != NULL, "%s", err.message);
    mlg_result_folder_close(first);
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    ck_assert(!is_there("out/.lock"));
    reported_close(&r);
    remove_top();
}
END_TEST

/* ---- failures on the way
 * ---------------------------------------------------------------------------- */

/* A file that grows past a limit fails to be written, as on a full disk, for any user. */
static mlg_status write_limited(const reported *r, rlim_t bytes, mlg_error *err)
{
    struct rlimit before, limit;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = bytes;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const mlg_status status = write_to(r, "out", false, err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    return status;
}

START_TEST(a_failed_report_leaves_the_old_one_whole_and_nothing_else)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, reported_rich_study());
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    const size_t files = whole(), before = entries("out") + entries("out/tables");
    const rlim_t limits[] = {0, 10, 200, 1000, 5000, 20000};
    ck_assert_uint_ge(files, 12);
    r.results.labels.language = MLG_FR; /* the new one would differ */
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        ck_assert_int_eq(write_limited(&r, limits[i], &err), MLG_EIO);
        ck_assert_msg(strstr(err.message, "File too large") != NULL, "%s", err.message);
        ck_assert_uint_eq(whole(), files);
        ck_assert_uint_eq(entries("out") + entries("out/tables"), before);
    }
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    ck_assert_uint_eq(whole(), files);
    reported_close(&r);
    remove_top();
}
END_TEST

static mlg_status write_word(const void *what, FILE *out, mlg_error *err)
{
    return fputs(what, out) >= 0 ? MLG_OK : mlg_fail(err, MLG_EIO, "cannot write");
}

static mlg_status write_nothing(const void *what, FILE *out, mlg_error *err)
{
    (void) out;
    return mlg_fail(err, MLG_ENOMEM, "%s", (const char *) what);
}

START_TEST(files_already_written_go_when_a_later_one_fails)
{
    mlg_result_folder *folder = NULL;
    mlg_error err = {MLG_OK, ""};
    make_top();
    ck_assert_int_eq(mkdir(path_of("out"), 0755), 0);
    ck_assert_int_eq(mlg_result_folder_open(path_of("out"), false, false, &folder, NULL), MLG_OK);
    ck_assert_int_eq(mlg_result_folder_write(folder, "a.txt", write_word, "a", NULL), MLG_OK);
    ck_assert_int_eq(mlg_result_folder_write(folder, "tables/b.csv", write_word, "b", NULL),
                     MLG_OK);
    ck_assert(!is_there("out/a.txt")); /* not before all are whole */
    ck_assert_int_eq(mlg_result_folder_write(folder, "c.txt", write_nothing, "why", &err),
                     MLG_ENOMEM);
    ck_assert_msg(strstr(err.message, "out/c.txt: why") != NULL, "%s", err.message);
    mlg_result_folder_close(folder);
    ck_assert_uint_eq(entries("out"), 2);
    remove_top();
}
END_TEST

START_TEST(a_failed_first_report_leaves_no_folder)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(write_limited(&r, 3000, &err), MLG_EIO);
    ck_assert_msg(strstr(err.message, "report.html") != NULL, "%s", err.message);
    ck_assert(!is_there("out"));
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(a_full_disk_names_the_file_and_leaves_no_rest)
{
    reported r;
    mlg_error err;
    make_top();
    if (geteuid() != 0 || mount("tmpfs", top, "tmpfs", 0, "size=64k") != 0) {
        remove_top(); /* only root may mount: RLIMIT_FSIZE stands for it above */
        return;
    }
    reported_study(&r, reported_rich_study());
    const mlg_status status = write_to(&r, "out", false, &err);
    const bool there = is_there("out");
    umount(top);
    ck_assert_int_eq(status, MLG_EIO);
    ck_assert_msg(strstr(err.message, "out/") != NULL &&
                      strstr(err.message, "No space left on device") != NULL,
                  "%s", err.message);
    ck_assert(!there);
    reported_close(&r);
    remove_top();
}
END_TEST

/* Kills a run that writes a report, at a time that grows with `_i`. What is left must be
 * the old report or the new one, or a folder that its manifest calls incomplete; the next
 * run must put it right in any case. */
START_TEST(a_killed_run_leaves_the_old_report_or_the_new_one)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, reported_rich_study());
    ck_assert_int_eq(write_to(&r, "out", false, &err), MLG_OK);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        for (;;) {
            r.results.labels.language = (mlg_language) !r.results.labels.language;
            if (write_to(&r, "out", false, &err) != MLG_OK) {
                _exit(1);
            }
        }
    }
    usleep((useconds_t) (1000 + 1700 * _i));
    kill(child, SIGKILL);
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFSIGNALED(status), "the writer failed by itself");
    ck_assert_msg(write_to(&r, "out", false, &err) == MLG_OK, "%s", err.message);
    const size_t files = whole();
    ck_assert_uint_ge(files, 12);
    ck_assert_uint_eq(entries("out") + entries("out/tables"), files + 2 + 2 + 2);
    reported_close(&r);
    remove_top();
}
END_TEST

/* The state that a kill between two renames leaves: the pending manifest says whose the
 * files are. */
START_TEST(a_report_that_was_being_put_in_place_is_taken_up)
{
    reported r;
    mlg_error err;
    make_top();
    reported_study(&r, "ties: from,to\na,b\n");
    ck_assert_int_eq(mkdir(path_of("out"), 0755), 0);
    put("out/.manifest.json",
        "{\"program\": \"maillage\", \"files\": {\"report.html\": \"0\", \"network.svg\": \"0\"}}");
    put("out/report.html", "new");
    put("out/.maillage.AbCdEf", "temporary");
    ck_assert_uint_eq(whole(), 0);
    ck_assert_msg(write_to(&r, "out", false, &err) == MLG_OK, "%s", err.message);
    ck_assert_uint_ge(whole(), 5);
    ck_assert(!is_there("out/.maillage.AbCdEf"));
    ck_assert(!is_there("out/.manifest.json"));
    reported_close(&r);
    remove_top();
}
END_TEST

START_TEST(any_allocation_of_the_folder_may_fail)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    make_top();
    reported_study(&r, reported_two_silos(5));
    for (long n = 0; status == MLG_ENOMEM; n += 1 + n / 30) {
        mlg_error err;
        mlg_alloc_fails_at = n;
        status = write_to(&r, "out", false, &err);
        if (mlg_alloc_fails_at >= 0) {
            mlg_alloc_fails_at = -1;
            ck_assert_int_eq(status, MLG_OK);
            ck_assert_int_ge(n, 100);
        } else {
            ck_assert_msg(status == MLG_ENOMEM, "allocation %ld: %d %s", n, status, err.message);
            /* committed or not, it is whole: a lack of memory may come after the last rename */
            ck_assert_msg(!is_there("out") || whole() >= 5 || !is_there("out/report.html"),
                          "allocation %ld leaves half a report", n);
        }
    }
    reported_close(&r);
    remove_top();
}
END_TEST

/* ---- printing
 * ------------------------------------------------------------------------------------------ */

static mlg_status write_summary(const void *results, FILE *out, mlg_error *err)
{
    return mlg_results_summary(results, out, err);
}

static mlg_status write_text(const void *results, FILE *out, mlg_error *err)
{
    return mlg_results_print(results, MLG_TEXT_FORMAT, out, err);
}

START_TEST(the_summary_has_the_title_the_levels_and_the_levers)
{
    reported r;
    reported_study(&r, reported_rich_study());
    char *text = reported_written(write_summary, &r.results);
    ck_assert(strncmp(text, "Rich study\n\n[!!!] Serious", 25) == 0);
    ck_assert_ptr_nonnull(strstr(text, "\n      -> "));
    ck_assert_ptr_nonnull(strstr(text, "S0:276)"));
    ck_assert_ptr_nonnull(strstr(text, "exchange day at Houlgate")); /* the document by its name */
    ck_assert_ptr_null(strstr(text, "Illustrative"));
    ck_assert_ptr_null(strstr(text, "Curieuse"));
    for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
        const size_t length = strcspn(line, "\n");
        ck_assert_uint_le(length, 88 + 16); /* bytes: a few more than columns */
        ck_assert(length == 0 || line[length - 1] != ' ');
    }
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(an_illustrative_study_says_so_wherever_it_is_printed)
{
    static const char *const says[] = {"illustrative,yes", "illustratif,oui", "illustrative,no"};
    mlg_status (*const writers[])(const void *, FILE *, mlg_error *) = {write_summary, write_text};
    for (size_t i = 0; i < 3; i++) {
        char study[256];
        reported r;
        snprintf(study, sizeof study, "study: key,value\n%s\nties: from,to\na,b\n", says[i]);
        reported_study(&r, study);
        ck_assert_int_eq(mlg_model_illustrative(r.model), i < 2);
        for (size_t w = 0; w < 2; w++) {
            char *text = reported_written(writers[w], &r.results);
            ck_assert_int_eq(strstr(text, "Illustrative study:") != NULL, i < 2);
            free(text);
        }
        reported_close(&r);
    }
}
END_TEST

START_TEST(printed_columns_and_codes_are_in_the_readers_language)
{
    reported r;
    reported_study(&r, "perimeters: territory,unit\nT,U\nT,V\nS,V\nS,W\n");
    r.results.labels.language = MLG_FR;
    char *text = reported_written(write_text, &r.results);
    ck_assert_ptr_nonnull(strstr(text, "valeur"));
    ck_assert_ptr_nonnull(strstr(text, "se croisent"));
    ck_assert_ptr_null(strstr(text, "value"));
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(a_summary_without_findings_says_so)
{
    reported r;
    reported_study(&r, reported_rich_study());
    r.results.findings = NULL;
    char *text = reported_written(write_summary, &r.results);
    ck_assert_str_eq(text, "Rich study\n\nNo finding.\n");
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(printed_values_open_with_what_they_come_from)
{
    reported r;
    reported_study(&r, reported_two_silos(5));
    char *text = reported_written(write_text, &r.results);
    ck_assert_ptr_nonnull(strstr(text, "seed 1 · 199 draws"));
    ck_assert_ptr_nonnull(strstr(text, "silo.ei_group · declared ties · tie_count"));
    ck_assert_ptr_nonnull(strstr(text, "n/a ("));
    ck_assert_ptr_null(strstr(text, " nan")); /* the word: «financeur» holds its letters */
    free(text);
    reported_close(&r);
}
END_TEST

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *report = tcase_create("report");
    tcase_add_test(report, a_report_is_a_page_its_figures_its_tables_and_a_manifest);
    tcase_add_test(report, a_report_with_names_is_for_its_owner_alone);
    tcase_add_test(report, no_output_holds_the_name_or_id_of_a_person);
    tcase_add_test(report, the_same_study_gives_the_same_bytes_in_any_locale);
    suite_add_tcase(suite, report);

    TCase *folder = tcase_create("folder");
    tcase_add_test(folder, a_second_report_replaces_the_first_and_its_stale_tables);
    tcase_add_test(folder, a_folder_with_other_files_is_refused_unless_forced_and_keeps_them);
    tcase_add_test(folder, a_manifest_cannot_make_us_touch_what_is_outside);
    tcase_add_loop_test(folder, only_plain_names_are_read_from_a_manifest, 0, N_OF(manifest_names));
    tcase_add_test(folder, a_link_is_replaced_not_followed);
    tcase_add_test(folder, a_folder_in_the_place_of_a_file_stops_before_anything_is_replaced);
    tcase_add_loop_test(folder, a_place_that_cannot_be_written_is_told_before_computing, 0,
                        N_OF(nowhere));
    tcase_add_test(folder, a_probe_leaves_nothing_behind);
    tcase_add_test(folder, folders_above_are_made_and_go_again_when_nothing_was_written);
    tcase_add_test(folder, two_runs_cannot_write_to_one_folder);
    suite_add_tcase(suite, folder);

    TCase *failure = tcase_create("failure");
    tcase_add_test(failure, a_failed_report_leaves_the_old_one_whole_and_nothing_else);
    tcase_add_test(failure, files_already_written_go_when_a_later_one_fails);
    tcase_add_test(failure, a_failed_first_report_leaves_no_folder);
    tcase_add_test(failure, a_full_disk_names_the_file_and_leaves_no_rest);
    tcase_add_loop_test(failure, a_killed_run_leaves_the_old_report_or_the_new_one, 0, 20);
    tcase_add_test(failure, a_report_that_was_being_put_in_place_is_taken_up);
    tcase_add_test(failure, any_allocation_of_the_folder_may_fail);
    suite_add_tcase(suite, failure);

    TCase *print = tcase_create("print");
    tcase_add_test(print, the_summary_has_the_title_the_levels_and_the_levers);
    tcase_add_test(print, an_illustrative_study_says_so_wherever_it_is_printed);
    tcase_add_test(print, printed_columns_and_codes_are_in_the_readers_language);
    tcase_add_test(print, a_summary_without_findings_says_so);
    tcase_add_test(print, printed_values_open_with_what_they_come_from);
    suite_add_tcase(suite, print);
    return suite_run(suite);
}
