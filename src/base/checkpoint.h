/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_CHECKPOINT_H
#define MLG_BASE_CHECKPOINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/fail.h"

/* What a long computation has done so far, in one file that a killed run leaves whole: numbered
 * stages of equal slots. The file says which computation it belongs to, and holds the digest of
 * its bytes: another computation's, a damaged one or any other file is refused with MLG_EIO, never
 * trusted and never overwritten. One thread at a time calls. */
typedef struct mlg_checkpoint mlg_checkpoint;

/* Takes up the file when it exists (and is of `key`, a hash of all that changes a result), else
 * makes one at once: a place that cannot be written is told before anything was computed. `path`
 * NULL: nothing is kept, *out is NULL, and every call below does nothing. */
mlg_status mlg_checkpoint_open(const char *path, const char key[65], mlg_checkpoint **out,
                               mlg_error *err) MLG_MUST_CHECK;
/* Slots first .. first + n - 1 of a stage that were done before are copied into `slots`
 * (slot_size bytes each); answers how many of them, from `first` on. */
size_t mlg_checkpoint_take(const mlg_checkpoint *checkpoint, uint32_t stage, uint64_t first,
                           size_t n, size_t slot_size, void *slots);
/* Keeps slots that were computed; writes the file when the last writing was long enough ago. */
mlg_status mlg_checkpoint_keep(mlg_checkpoint *checkpoint, uint32_t stage, uint64_t first, size_t n,
                               size_t slot_size, const void *slots, mlg_error *err) MLG_MUST_CHECK;
/* Writes what was not written yet (of a cancelled run too); then frees. */
mlg_status mlg_checkpoint_close(mlg_checkpoint *checkpoint, mlg_error *err) MLG_MUST_CHECK;

#endif
