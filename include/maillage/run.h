/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_RUN_H
#define MLG_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * How a long call is to run. Only `seed`, `draws`, `convention`, `backbone`, `months` and
 * `budget` can change a result; threads, checkpoints, memory and callbacks never do.
 */
typedef struct mlg_run {
    uint64_t seed;          /**< of every random stream */
    uint32_t draws;         /**< of each null distribution */
    int threads;            /**< at least 1 */
    const char *convention; /**< NULL (each measure's own), or "ucinet", "sna", "igraph" */
    const char *backbone;   /**< NULL (none), or "hypergeometric", "sdsm", "fdsm" */
    uint32_t months;        /**< that a simulation looks ahead */
    uint32_t budget;        /**< additions that a mitigation may spend */
    const char *checkpoint; /**< file that keeps a long simulation's replicates, or NULL */
    size_t memory_bound;    /**< bytes one call may ask for before it answers MLG_ESIZE */
    bool force;             /**< compute what is too large for a report */
    /** Called from the calling thread, at most a few times a second; may be NULL. */
    void (*progress)(void *context, const char *what, double share);
    /** Asked between replicates and passes, from any thread; true stops with MLG_ESTOP. */
    bool (*cancelled)(void *context);
    void *context; /**< given back to both callbacks */
} mlg_run;

/** The defaults of the program. */
#define MLG_RUN_INIT                                                                               \
    {                                                                                              \
        1, 9999, 1, NULL, NULL, 36, 3, NULL, (size_t) 1 << 30, false, NULL, NULL, NULL             \
    }

#ifdef __cplusplus
}
#endif

#endif
