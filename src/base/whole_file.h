/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_WHOLE_FILE_H
#define MLG_BASE_WHOLE_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "maillage/error.h"

typedef mlg_status mlg_file_writer(const void *what, FILE *out, mlg_error *err);

/* Writes a file whole or not at all: under a temporary name beside it, which must reach
 * the disk and close before it takes its name. What had the name before is replaced, or
 * is a failure that leaves it as it is; a symbolic link is replaced, not followed.
 * `secret` files are readable by their owner only. MLG_EIO names the file. */
mlg_status mlg_whole_file(const char *path, bool replace, bool secret, mlg_file_writer *write,
                          const void *what, mlg_error *err) MLG_MUST_CHECK;

#endif
