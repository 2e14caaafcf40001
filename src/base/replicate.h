/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_REPLICATE_H
#define MLG_BASE_REPLICATE_H

#include <stdint.h>

#include "maillage/error.h"
#include "maillage/run.h"

/* Replicates first..last-1 of one experiment. Each draws from its own stream and
 * writes only its own slots, so any cut into threads or shards gives the same
 * bytes; callers sum slots in index order afterwards. */
typedef struct mlg_replicates {
    const char *what; /* measure id: names the streams */
    const char *view; /* view id, or "" */
    uint64_t first, last;
    uint32_t batch; /* replicates a call of `work`; 0 = 1. Batches start at multiples of it */
    /* Makes one thread's scratch; NULL when none is needed. Answers NULL when memory is short. */
    void *(*scratch)(const void *input);
    void (*scratch_free)(void *scratch);
    /* Computes replicates from..to-1 (one batch). Runs in several threads at once. */
    mlg_status (*work)(const void *input, void *scratch, uint64_t from, uint64_t to, void *slots);
    const void *input;
    void *slots; /* caller's results; `work` knows its layout */
} mlg_replicates;

/* MLG_OK, MLG_ENOMEM, MLG_ESTOP when the run's cancel callback said so, or the
 * first (lowest) failing batch's status. */
mlg_status mlg_replicates_run(const mlg_replicates *job, const mlg_run *run,
                              mlg_error *err) MLG_MUST_CHECK;

#endif
