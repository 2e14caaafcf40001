/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/folder_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/texts.h"

/* Is the locked file still the one of that name? A run that ends removes it between our
 * open and our lock: then what we hold keeps nobody out. */
static bool is_current(int lock, const char *path)
{
    struct stat held, named;
    return fstat(lock, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

static mlg_status held_by_another(int lock, const char *path, mlg_error *err)
{
    char process[24] = "";
    const ssize_t length = read(lock, process, sizeof process - 1);

    process[length > 0 ? strcspn(process, "\n") : 0] = '\0';
    const mlg_arg reason[] = {
        mlg_fail_arg(path), process[0] != '\0' ? mlg_fail_arg(process)
                                               : (mlg_arg){.kind = MLG_ARG_KEY, .key = T_unknown}};
    return mlg_fail_text(err, MLG_EIO, T_fail_other_run, reason, 2);
}

mlg_status mlg_folder_lock(const char *path, int *lock, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char process[24];

    *lock = -1;
    do {
        if (*lock >= 0) {
            close(*lock);
        }
        *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (*lock < 0) {
            const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(errno)};
            FAIL_TEXT(err, MLG_EIO, T_fail_write_file, reason, 2);
        }
        if (flock(*lock, LOCK_EX | LOCK_NB) != 0) {
            TRY(held_by_another(*lock, path, err));
        }
    } while (!is_current(*lock, path));
    const int length = snprintf(process, sizeof process, "%ld\n", (long) getpid());
    if (write(*lock, process, (size_t) length) != length) {
        const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(errno)};
        status = mlg_fail_text(err, MLG_EIO, T_fail_write_file, reason, 2);
        unlink(path); /* ours: it is locked */
    }
out:
    if (status != MLG_OK && *lock >= 0) {
        close(*lock);
        *lock = -1;
    }
    return status;
}
