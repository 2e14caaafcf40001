/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_OUTPUT_H
#define MLG_REPORT_OUTPUT_H

#include <stdio.h>

#include "base/buffer.h"
#include "base/fail.h"

/* Writes what is ready and empties the buffer. MLG_ENOMEM when the buffer failed,
 * MLG_EIO when the file did, with the system's reason. */
mlg_status mlg_flush(mlg_buffer *ready, FILE *out, mlg_error *err) MLG_MUST_CHECK;
/* The same, once there is enough to be worth a write (64 KiB). */
mlg_status mlg_flush_some(mlg_buffer *ready, FILE *out, mlg_error *err) MLG_MUST_CHECK;

#endif
