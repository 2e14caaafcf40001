/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_FOLDER_LOCK_H
#define MLG_REPORT_FOLDER_LOCK_H

#include "maillage/error.h"

/* One run at a time: takes a lock on a file, made when it is missing, and writes the
 * process id into it. The holder removes the file, then closes `lock`. MLG_EIO when
 * another run holds it (the message names its process) or it cannot be written. */
mlg_status mlg_folder_lock(const char *path, int *lock, mlg_error *err) MLG_MUST_CHECK;

#endif
