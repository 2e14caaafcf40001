/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "maillage/ingest.h"
#include "model/model.h"

/* Reading a study of participations against libcsv's bare parse of the same file:
 *
 *     bench_ingest [FILE.part.csv]
 *
 * The whole reading is timed: hash, encoding, rows, typed and interned cells, and the
 * model finished. FILE has the columns event_id, actor_id, territory, date, role; the
 * national workload of the acceptance (92.9 MB, 2 million rows) is made by
 *
 *     cc -O2 -o gen gen.c -lm && ./gen coplay OUT/w3 103 500000 300000 2000000 5000
 *
 * Without a file, a tenth of its like is drawn from seed 103. Each run is a process of its
 * own, so that its peak memory is its own, and the two take turns (A B A B). A first round,
 * not timed, checks that both saw the same rows. */

enum { ROUNDS = 7, ROWS = 200000, BLOCK = 1 << 18 };

static const char *const program_name[2] = {"libcsv alone", "maillage"};

/* What a run tells its parent. */
typedef struct outcome {
    double seconds, cpu, peak_mb;
    uint64_t rows, sum;
} outcome;

static void stop(const char *why)
{
    fprintf(stderr, "bench_ingest: %s\n", why);
    exit(EXIT_FAILURE);
}

static double clock_of(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static uint64_t absorb(uint64_t sum, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ (unsigned char) text[i]) * 0x100000001b3u;
    }
    return sum ^ 0xff;
}

/* ---- libcsv alone --------------------------------------------------------------- */

typedef struct bare {
    uint64_t rows, cells, sum;
    int column;
    bool check;
} bare;

static void on_cell(void *text, size_t length, void *context)
{
    bare *b = context;
    b->cells++;
    /* activity, actor and date of each row but the first */
    if (b->check && b->rows > 0 && (b->column < 2 || b->column == 3)) {
        b->sum = absorb(b->sum, text, length);
    }
    b->column++;
}

static void on_row(int terminator, void *context)
{
    bare *b = context;
    (void) terminator;
    b->rows++;
    b->column = 0;
}

static outcome run_bare(const char *path, bool check)
{
    static char block[BLOCK];
    struct csv_parser parser;
    bare b = {.check = check};
    FILE *file = fopen(path, "rb");
    const double before = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    if (file == NULL || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        stop("libcsv cannot start");
    }
    for (size_t n = 0; (n = fread(block, 1, sizeof block, file)) > 0;) {
        if (csv_parse(&parser, block, n, on_cell, on_row, &b) != n) {
            stop("libcsv refuses the file");
        }
    }
    csv_fini(&parser, on_cell, on_row, &b);
    const outcome done = {.seconds = clock_of(CLOCK_MONOTONIC) - before,
                          .cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu,
                          .rows = b.rows - 1,
                          .sum = b.sum};
    csv_free(&parser);
    fclose(file);
    return done;
}

/* ---- the whole reading ------------------------------------------------------------ */

static uint64_t sum_of(const mlg_model *model)
{
    uint64_t sum = 0;
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const char *activity =
            mlg_names_text(&model->activities, mlg_get_id(model, C_participations_activity, row));
        const char *actor =
            mlg_names_text(&model->parties, mlg_get_id(model, C_participations_actor, row));
        char date[32];
        int year = 0, month = 0, day = 0;
        mlg_day_split(mlg_get_span(model, C_participations_date, row).first, &year, &month, &day);
        const int length = snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, day);
        sum = absorb(sum, activity, strlen(activity));
        sum = absorb(sum, actor, strlen(actor));
        sum = absorb(sum, date, (size_t) length);
    }
    return sum;
}

static outcome run_ours(const char *study, bool check)
{
    mlg_model *model = NULL;
    mlg_error err = {0};
    const double before = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    if (mlg_ingest(study, NULL, NULL, &model, &err) != MLG_OK) {
        stop(err.message);
    }
    outcome done = {.seconds = clock_of(CLOCK_MONOTONIC) - before,
                    .cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu,
                    .rows = (uint64_t) model->rows[MLG_PARTICIPATIONS].n};
    done.sum = check ? sum_of(model) : 0;
    mlg_model_free(model);
    return done;
}

/* ---- runs --------------------------------------------------------------------------- */

/* Runs one program in a child; its outcome comes back through a pipe. */
static outcome run(int program, const char *path, const char *study, bool check)
{
    int ends[2];
    outcome done = {0};
    struct rusage used;
    int status = 0;
    if (pipe(ends) != 0) {
        stop("no pipe");
    }
    const pid_t child = fork();
    if (child == 0) {
        done = program == 0 ? run_bare(path, check) : run_ours(study, check);
        if (write(ends[1], &done, sizeof done) != (ssize_t) sizeof done) {
            _exit(EXIT_FAILURE);
        }
        _exit(EXIT_SUCCESS);
    }
    close(ends[1]);
    const ssize_t got = read(ends[0], &done, sizeof done);
    close(ends[0]);
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0 ||
        got != (ssize_t) sizeof done) {
        stop("a run failed");
    }
    done.peak_mb = (double) used.ru_maxrss / 1024.0;
    return done;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_value);
    return values[ROUNDS / 2];
}

/* ---- workload ------------------------------------------------------------------------ */

/* Activities of a few actors of one territory each, a date, a role that is sometimes
 * quoted: the shape of the national workload. */
static void draw_workload(const char *path)
{
    static const char *const roles[] = {"pilote", "participant", "invité",
                                        "\"financeur, copilote\"", "excusé"};
    mlg_random random = mlg_random_stream(103, "bench.ingest", "", 0);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        stop("the workload cannot be written");
    }
    fprintf(file, "event_id,actor_id,territory,date,role\n");
    for (unsigned row = 0, activity = 0; row < ROWS; activity++) {
        const unsigned size = 2 + mlg_random_below(&random, 10);
        const unsigned territory = mlg_random_below(&random, 500);
        const unsigned day = mlg_random_below(&random, 28), month = mlg_random_below(&random, 12);
        const unsigned year = 2015 + mlg_random_below(&random, 10);
        for (unsigned k = 0; k < size && row < ROWS; k++, row++) {
            const unsigned kind = mlg_random_below(&random, 100);
            const unsigned near =
                mlg_random_below(&random, 100) < 85 ? territory : mlg_random_below(&random, 500);
            fprintf(file, "E%07u,A%07u,T%04u,%04u-%02u-%02u,%s\n", activity,
                    near * 100 + mlg_random_below(&random, 100), territory, year, month + 1,
                    day + 1,
                    roles[kind < 10   ? 0
                          : kind < 80 ? 1
                          : kind < 92 ? 2
                          : kind < 97 ? 3
                                      : 4]);
        }
    }
    if (fclose(file) != 0) {
        stop("the workload cannot be written");
    }
}

/* A study folder: its mapping, and a link to the file. */
static void make_study(const char *folder, const char *csv)
{
    char path[600], target[4096];
    snprintf(path, sizeof path, "%s/study.csv", folder);
    FILE *file = fopen(path, "w");
    if (file == NULL ||
        fputs("key,value\nparticipations.file,workload.csv\nparticipations.activity,event_id\n"
              "participations.actor,actor_id\n",
              file) < 0 ||
        fclose(file) != 0) {
        stop("the study cannot be written");
    }
    snprintf(path, sizeof path, "%s/workload.csv", folder);
    if (csv == NULL) {
        draw_workload(path);
    } else if (realpath(csv, target) == NULL || symlink(target, path) != 0) {
        stop("no such workload");
    }
}

static void remove_study(const char *folder)
{
    char path[600];
    snprintf(path, sizeof path, "%s/study.csv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/workload.csv", folder);
    unlink(path);
    rmdir(folder);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/bench_ingest.XXXXXX";
    char path[600];
    double seconds[2][ROUNDS], cpu[2][ROUNDS], peak[2] = {0, 0};
    struct stat facts;

    if (mkdtemp(folder) == NULL) {
        stop("no temporary folder");
    }
    make_study(folder, argc > 1 ? argv[1] : NULL);
    snprintf(path, sizeof path, "%s/workload.csv", folder);
    stat(path, &facts);
    const outcome a = run(0, path, folder, true), b = run(1, path, folder, true);
    if (a.rows != b.rows || a.sum != b.sum) {
        remove_study(folder);
        stop("the two did not see the same rows");
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int program = 0; program < 2; program++) {
            const outcome done = run(program, path, folder, false);
            seconds[program][round] = done.seconds;
            cpu[program][round] = done.cpu;
            peak[program] = done.peak_mb > peak[program] ? done.peak_mb : peak[program];
        }
    }
    remove_study(folder);
    printf("%llu rows, %.1f MB, the same in both; medians of %d rounds\n",
           (unsigned long long) a.rows, (double) facts.st_size / 1e6, ROUNDS);
    const double wall[2] = {median(seconds[0]), median(seconds[1])};
    const double used[2] = {median(cpu[0]), median(cpu[1])};
    for (int program = 0; program < 2; program++) {
        printf("%-14s %7.3f s  (%.3f s of processor)  %6.1f MB\n", program_name[program],
               wall[program], used[program], peak[program]);
    }
    printf("ratio          %7.2f    (%.2f of processor)   to reach: at most 4, and 200 MB\n",
           wall[1] / wall[0], used[1] / used[0]);
    if (argc < 2) {
        printf("a tenth of the national workload; bench/bench_ingest.c says how to make it\n");
    }
    return EXIT_SUCCESS;
}
