/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "calibration.h"

static const char usage[] =
    "usage: calibration [--studies N] [--seed N] [--threads N] [--shape NAME] [--csv FILE]\n"
    "\n"
    "Draws N studies without effect of each shape (2000), tests each as the program would, and\n"
    "prints how often p <= .05; then the power of tests. See bench/calibration/README.md.\n"
    "--shape: one shape alone (G1 ... G6, G5'), or `power`.\n"
    "Exit status: 0 all gates passed, 1 one failed, 2 usage.\n";

typedef struct settings {
    size_t studies;
    uint64_t seed;
    int threads;
    const char *shape, *csv;
} settings;

static long number_of(const char *text, long most)
{
    char *end = NULL;
    errno = 0;
    const long number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number < 1 || number > most) {
        fputs(usage, stderr);
        exit(2);
    }
    return number;
}

static settings read_settings(int n_args, char **args)
{
    static const struct option options[] = {
        {"studies", required_argument, NULL, 'n'}, {"seed", required_argument, NULL, 's'},
        {"threads", required_argument, NULL, 't'}, {"shape", required_argument, NULL, 'g'},
        {"csv", required_argument, NULL, 'c'},     {0},
    };
    settings s = {.studies = 2000, .seed = 1, .threads = 2};
    for (int c; (c = getopt_long(n_args, args, "", options, NULL)) != -1;) {
        switch (c) {
        case 'n':
            s.studies = (size_t) number_of(optarg, 1000000);
            break;
        case 's':
            s.seed = (uint64_t) number_of(optarg, INT32_MAX);
            break;
        case 't':
            s.threads = (int) number_of(optarg, 256);
            break;
        case 'g':
            s.shape = optarg;
            break;
        case 'c':
            s.csv = optarg;
            break;
        default:
            fputs(usage, stderr);
            exit(2);
        }
    }
    return s;
}

static const char *verdict_of(const sizes *s, expectation expected)
{
    if (s->verdict != NULL) {
        return s->verdict;
    }
    return expected == EXACT ? "ok" : expected == FAILS ? "fails, as it must" : "not its null";
}

static size_t print_shape(shape which, const sizes *all, FILE *csv)
{
    size_t failed = 0;
    printf("\n%s: %s\n", shape_name(which), shape_says(which));
    printf("%-9s %-24s %7s %7s %7s | %6s %6s %6s %6s\n", "null", "test", "studies", "plain",
           "mid-p", ".01", ".05", ".10", "KS");
    for (int t = 0; t < N_TESTS; t++) {
        const sizes *s = &all[t];
        const expectation expected = expected_of(which, (test) t);
        if (expected == NOT_MADE) {
            continue;
        }
        failed += s->verdict != NULL;
        printf("%-9s %-24s %7zu %7.4f %7.4f | %6.4f %6.4f %6.4f %6.4f  %s\n",
               null_name(null_of((test) t)), test_name((test) t), s->n, s->plain, s->mid, s->at_1,
               s->at_5, s->at_10, s->ks, verdict_of(s, expected));
        if (csv != NULL) {
            fprintf(csv, "size,%s,%s,\"%s\",%zu,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%s\n",
                    shape_name(which), null_name(null_of((test) t)), test_name((test) t), s->n,
                    s->plain, s->mid, s->at_1, s->at_5, s->at_10, s->ks, verdict_of(s, expected));
        }
    }
    fflush(stdout);
    return failed;
}

static mlg_status run_all(const settings *s, FILE *csv, size_t *failed, mlg_error *err)
{
    sizes all[N_TESTS];
    bool known = s->shape == NULL;

    printf("calibration: %zu studies a shape, %d draws a test, seed %llu\n", s->studies,
           CALIBRATION_DRAWS, (unsigned long long) s->seed);
    for (int g = 0; g < N_SHAPES; g++) {
        if (s->shape != NULL && strcmp(s->shape, shape_name((shape) g)) != 0) {
            continue;
        }
        known = true;
        const mlg_status status =
            calibrate_shape((shape) g, s->studies, s->seed, s->threads, all, err);
        if (status != MLG_OK) {
            return status;
        }
        *failed += print_shape((shape) g, all, csv);
    }
    if (s->shape == NULL || strcmp(s->shape, "power") == 0) {
        return calibrate_power(s->studies, s->seed, s->threads, stdout, csv, failed, err);
    }
    if (!known) {
        fputs(usage, stderr);
        exit(2);
    }
    return MLG_OK;
}

int main(int n_args, char **args)
{
    const settings s = read_settings(n_args, args);
    mlg_error err = {0};
    size_t failed = 0;
    FILE *csv = s.csv != NULL ? fopen(s.csv, "w") : NULL;

    if (s.csv != NULL && csv == NULL) {
        fprintf(stderr, "calibration: %s cannot be written\n", s.csv);
        return EXIT_FAILURE;
    }
    if (csv != NULL) {
        fputs("kind,shape,null,test,studies,plain,mid_p,size_1,size_5,size_10,ks,verdict\n", csv);
    }
    const mlg_status status = run_all(&s, csv, &failed, &err);
    if (csv != NULL && fclose(csv) != 0) {
        fprintf(stderr, "calibration: %s could not be written\n", s.csv);
        return EXIT_FAILURE;
    }
    if (status != MLG_OK) {
        fprintf(stderr, "calibration: %s\n", err.message);
        return EXIT_FAILURE;
    }
    printf("\n%zu gates failed\n", failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
