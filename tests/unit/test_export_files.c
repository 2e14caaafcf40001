/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/whole_file.h"
#include "maillage/export.h"
#include "maillage/report.h"
#include "measure/context.h"
#include "report/result_folder.h"
#include "study_fixture.h"
#include "suite.h"

/* Where exports are written, and over what they are not. */

static char top[64];
static study_fixture study;
static mlg_run run;
static mlg_view *views;
static size_t n_views;
static mlg_context *context;
static mlg_export what;

static void setup(void)
{
    strcpy(top, "/tmp/maillage-export-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from,to,weight\nA,B,2\nB,C,1\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    run = (mlg_run) MLG_RUN_INIT;
    ck_assert_int_eq(mlg_views_of(study.model, NULL, &views, &n_views, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_open(study.model, views, n_views, &run, &context, NULL), MLG_OK);
    what = (mlg_export){.context = context, .labels = {.language = MLG_EN}};
}

static void teardown(void)
{
    char command[128];
    mlg_context_free(context);
    mlg_views_free(views);
    study_fixture_close(&study);
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

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static const char *contents(const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is not there", path);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static size_t entries(const char *path)
{
    size_t n = 0;
    DIR *folder = opendir(path);
    while (folder != NULL && readdir(folder) != NULL) {
        n++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return n > 2 ? n - 2 : 0;
}

static unsigned mode_of(const char *path)
{
    struct stat facts;
    ck_assert_int_eq(stat(path, &facts), 0);
    return facts.st_mode & 0777;
}

static void refused(const char *path, bool force, const char *why)
{
    mlg_error err = {0};
    ck_assert_int_eq(mlg_export_write(&what, path, force, &err), MLG_EIO);
    ck_assert_msg(strstr(err.message, why) != NULL, "%s", err.message);
}

static void written(const char *path, bool force)
{
    mlg_error err = {0};
    ck_assert_msg(mlg_export_write(&what, path, force, &err) == MLG_OK, "%s", err.message);
}

/* ---- one file --------------------------------------------------------------------- */

START_TEST(a_file_is_written_replaced_and_alone)
{
    const mode_t mask = umask(022);
    written(path_of("a.graphml"), false);
    ck_assert_uint_eq(mode_of(path_of("a.graphml")), 0644);
    written(path_of("a.graphml"), false); /* ours: replaced */
    umask(mask);
    ck_assert_uint_eq(entries(top), 1);
    ck_assert_ptr_nonnull(strstr(contents(path_of("a.graphml")), "</graphml>\n"));
    what.labels.names = true;
    written(path_of("b.graphml"), false);
    ck_assert_uint_eq(mode_of(path_of("b.graphml")), 0600);
}
END_TEST

START_TEST(a_foreign_file_stands_unless_forced)
{
    put(path_of("mine.graphml"), "<graphml/>");
    refused(path_of("mine.graphml"), false, "is not an export of this program");
    ck_assert_str_eq(contents(path_of("mine.graphml")), "<graphml/>");
    put(path_of("empty"), "");
    refused(path_of("empty"), false, "is not an export");
    written(path_of("mine.graphml"), true);
    ck_assert_ptr_nonnull(strstr(contents(path_of("mine.graphml")), "</graphml>\n"));
    refused(top, true, "is a folder");
    refused("/dev/null", true, "is no file");
    refused(path_of("no/where.graphml"), true, "No such file");
}
END_TEST

START_TEST(a_link_is_replaced_and_what_it_led_to_stands)
{
    written(path_of("a.graphml"), false);
    ck_assert_int_eq(symlink("a.graphml", path_of("link")), 0);
    const size_t length = strlen(contents(path_of("a.graphml")));
    what.labels.language = MLG_FR;
    written(path_of("link"), false);
    struct stat facts;
    ck_assert_int_eq(lstat(path_of("link"), &facts), 0);
    ck_assert(S_ISREG(facts.st_mode));
    ck_assert_uint_eq(strlen(contents(path_of("a.graphml"))), length);
}
END_TEST

START_TEST(input_is_never_written_over)
{
    char table[512];
    snprintf(table, sizeof table, "%s/ties.csv", study.path);
    refused(table, true, "is a table of the study (ties.csv)");
    ck_assert_str_eq(contents(table), "from,to,weight\nA,B,2\nB,C,1\n");
    /* a study may be made of files named as Gephi's */
    what.format = MLG_GEPHI;
    put(path_of("edges.csv"), "from,to,weight\nA,B,2\nB,C,1\n");
    refused(top, true, "edges.csv: is a table of the study");
    ck_assert_str_eq(contents(path_of("edges.csv")), "from,to,weight\nA,B,2\nB,C,1\n");
    ck_assert_uint_eq(entries(top), 1);
}
END_TEST

/* A file that grows past a limit fails to be written, as on a full disk. */
static mlg_status write_limited(const char *path, rlim_t bytes, mlg_error *err)
{
    struct rlimit before, limit;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = bytes;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const mlg_status status = mlg_export_write(&what, path, false, err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    return status;
}

START_TEST(a_failed_export_leaves_the_old_one_whole)
{
    static const rlim_t limits[] = {0, 10, 100, 150};
    char old[4096];
    what.format = _i == 0 ? MLG_GRAPHML : MLG_GEPHI;
    const char *made = _i == 0 ? "net" : "net/nodes.csv";
    written(path_of("net"), false);
    snprintf(old, sizeof old, "%.4000s", contents(path_of(made)));
    const size_t before = entries(top) + entries(path_of("net"));
    what.labels.language = MLG_FR; /* the new one would differ */
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        mlg_error err = {0};
        ck_assert_int_eq(write_limited(path_of("net"), limits[i], &err), MLG_EIO);
        ck_assert_msg(strstr(err.message, "File too large") != NULL, "%s", err.message);
        ck_assert_int_eq(strncmp(old, contents(path_of(made)), 4000), 0);
        ck_assert_uint_eq(entries(top) + entries(path_of("net")), before);
    }
    mlg_error err = {0};
    ck_assert_int_eq(write_limited(path_of("new"), 10, &err), MLG_EIO);
    ck_assert_int_ne(access(path_of("new"), F_OK), 0);
}
END_TEST

START_TEST(short_memory_leaves_nothing_behind)
{
    mlg_status status = MLG_ENOMEM;
    long n = 0;
    what.format = _i == 0 ? MLG_GRAPHML : MLG_GEPHI;
    for (; status == MLG_ENOMEM; n++) {
        mlg_error err = {0};
        mlg_alloc_fails_at = n;
        status = mlg_export_write(&what, path_of("net"), false, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || err.message[0] != '\0', "allocation %ld", n);
        ck_assert_uint_le(entries(top), 1);
        /* nothing asks for memory between the first rename and the last */
        const size_t inside = entries(path_of("net"));
        ck_assert_msg(inside < 2 || inside >= 4, "allocation %ld: %zu", n, inside);
    }
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_int_gt(n, 5);
    if (_i == 1) {
        rmdir(path_of("net/tables")); /* empty; a failure may have left it */
        ck_assert_uint_eq(entries(path_of("net")), 4);
    }
}
END_TEST

/* ---- a folder for Gephi ------------------------------------------------------------- */

START_TEST(a_folder_has_three_tables_and_a_manifest)
{
    what.format = MLG_GEPHI;
    written(path_of("out"), false);
    ck_assert_uint_eq(entries(path_of("out")), 4);
    ck_assert_str_eq(contents(path_of("out/edges.csv")),
                     "Source,Target,Type,Weight,kind,rows\r\n"
                     "n0,n1,Undirected,2,,1\r\nn1,n2,Undirected,1,,1\r\n");
    ck_assert_ptr_nonnull(strstr(contents(path_of("out/about.csv")), "view,ties\r\n"));
    ck_assert_ptr_nonnull(strstr(contents(path_of("out/manifest.json")), "nodes.csv"));
    written(path_of("out"), false);
    put(path_of("out/mine.txt"), "mine");
    refused(path_of("out"), false, "holds mine.txt");
    written(path_of("out"), true);
    ck_assert_str_eq(contents(path_of("out/mine.txt")), "mine");
    what.labels.names = true;
    written(path_of("secret"), false);
    ck_assert_uint_eq(mode_of(path_of("secret/nodes.csv")), 0600);
}
END_TEST

static mlg_status write_word(const void *word, FILE *out, mlg_error *err)
{
    return fputs(word, out) >= 0 ? MLG_OK : mlg_fail(err, MLG_EIO, "cannot write");
}

START_TEST(a_report_and_an_export_do_not_replace_each_other)
{
    mlg_result_folder *folder = NULL;
    mlg_error err = {0};
    ck_assert_int_eq(mlg_result_folder_open(path_of("report"), false, false, &folder, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_result_folder_write(folder, "report.html", write_word, "page", NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_result_folder_commit(folder, NULL), MLG_OK);
    mlg_result_folder_close(folder);
    what.format = MLG_GEPHI;
    refused(path_of("report"), true, "holds report.html, of another command");
    ck_assert_str_eq(contents(path_of("report/report.html")), "page");
    written(path_of("net"), false);
    ck_assert_int_eq(mlg_report_probe(path_of("net"), true, &err), MLG_EIO);
    ck_assert_msg(strstr(err.message, "holds nodes.csv") != NULL, "%s", err.message);
    ck_assert_uint_eq(entries(path_of("net")), 4);
}
END_TEST

/* ---- the file itself ------------------------------------------------------------------ */

START_TEST(a_whole_file_may_be_told_not_to_replace)
{
    mlg_error err = {0};
    ck_assert_int_eq(mlg_whole_file(path_of("a"), false, false, write_word, "one", NULL), MLG_OK);
    ck_assert_int_eq(mlg_whole_file(path_of("a"), false, false, write_word, "two", &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "exists already"));
    ck_assert_str_eq(contents(path_of("a")), "one");
    ck_assert_int_eq(mlg_whole_file(path_of("a"), true, true, write_word, "two", NULL), MLG_OK);
    ck_assert_str_eq(contents(path_of("a")), "two");
    ck_assert_uint_eq(mode_of(path_of("a")), 0600);
    ck_assert_uint_eq(entries(top), 1);
    /* a bare name is of the folder we are in */
    ck_assert_int_eq(chdir(top), 0);
    ck_assert_int_eq(mlg_whole_file("b", false, false, write_word, "three", NULL), MLG_OK);
    ck_assert_str_eq(contents(path_of("b")), "three");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("export files");
    TCase *file = tcase_create("one file");
    tcase_add_checked_fixture(file, setup, teardown);
    tcase_add_test(file, a_file_is_written_replaced_and_alone);
    tcase_add_test(file, a_foreign_file_stands_unless_forced);
    tcase_add_test(file, a_link_is_replaced_and_what_it_led_to_stands);
    tcase_add_test(file, input_is_never_written_over);
    tcase_add_loop_test(file, a_failed_export_leaves_the_old_one_whole, 0, 2);
    tcase_add_loop_test(file, short_memory_leaves_nothing_behind, 0, 2);
    tcase_add_test(file, a_whole_file_may_be_told_not_to_replace);
    suite_add_tcase(suite, file);
    TCase *folder = tcase_create("a folder for Gephi");
    tcase_add_checked_fixture(folder, setup, teardown);
    tcase_add_test(folder, a_folder_has_three_tables_and_a_manifest);
    tcase_add_test(folder, a_report_and_an_export_do_not_replace_each_other);
    suite_add_tcase(suite, folder);
    return suite_run(suite);
}
