/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/replicate.h"

#include <omp.h>
#include <time.h>

#include "base/fail.h"

enum { CHUNK = 4 }; /* batches between two looks at the cancel callback */

/* Waking threads, and their waiting for each other at the end, costs about a millisecond of
 * each: one begins alone, and calls the others when there is more than that to do. A report has
 * thousands of jobs that are done before. */
#define ALONE_SECONDS 2e-3

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* One thread's share: takes batches by number until none is left, one failed, or (`until` > 0)
 * it is that late. */
static mlg_status serve(const mlg_replicates *job, const mlg_run *run, uint64_t *next, bool *stop,
                        double until)
{
    mlg_status status = MLG_OK;
    const uint64_t batch = job->batch == 0 ? 1 : job->batch;
    void *scratch = job->scratch != NULL ? job->scratch(job->input) : NULL;
    bool halted = false;

    if (job->scratch != NULL && scratch == NULL) {
        status = MLG_ENOMEM;
    }
    while (status == MLG_OK && !halted && (until <= 0.0 || seconds() < until)) {
        uint64_t from = 0;
#pragma omp atomic capture
        {
            from = *next;
            *next += batch;
        }
        if (from >= job->last) {
            break;
        }
        const uint64_t to = from + batch < job->last ? from + batch : job->last;
        status = job->work(job->input, scratch, from, to, job->slots);
        if (omp_get_thread_num() == 0 && run->progress != NULL &&
            (from - job->first) / batch % CHUNK == 0) {
            run->progress(run->context, job->what,
                          (double) (to - job->first) / (double) (job->last - job->first));
        }
        if (status == MLG_OK && run->cancelled != NULL && run->cancelled(run->context)) {
            status = MLG_ESTOP;
        }
#pragma omp atomic read
        halted = *stop;
    }
    if (status != MLG_OK) {
#pragma omp atomic write
        *stop = true;
    }
    if (job->scratch_free != NULL && scratch != NULL) {
        job->scratch_free(scratch);
    }
    return status;
}

mlg_status mlg_replicates_run(const mlg_replicates *job, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint64_t next = job->first;
    bool stop = false;
    const int threads = run->threads > 1 && job->last - job->first > 1 ? run->threads : 1;

    status = serve(job, run, &next, &stop, threads > 1 ? seconds() + ALONE_SECONDS : 0.0);
    if (status == MLG_OK && next < job->last) {
#pragma omp parallel num_threads(threads)
        {
            const mlg_status mine = serve(job, run, &next, &stop, 0.0);
#pragma omp critical(mlg_replicates_status)
            if (mine != MLG_OK && (status == MLG_OK || mine < status)) {
                status = mine;
            }
        }
    }
    if (status != MLG_OK) {
        FAIL(err, status, status == MLG_ESTOP ? "%s: stopped on request" : "%s: replicates failed",
             job->what);
    }
out:
    return status;
}
