/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"

#define TEMPORARY ".maillage.XXXXXX"

static mlg_status io_failure(mlg_error *err, const char *path, int why)
{
    return mlg_fail(err, MLG_EIO, "%.160s: cannot write: %s", path, strerror(why != 0 ? why : EIO));
}

/* The folder of a path with its last slash ("" for the one we are in), and `name`. */
static char *beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    const size_t folder = slash != NULL ? (size_t) (slash - path) + 1 : 0;
    const size_t length = strlen(name);
    char *made = mlg_alloc(folder + length + 1, 1);
    if (made != NULL) {
        memcpy(made, path, folder);
        memcpy(made + folder, name, length + 1);
    }
    return made;
}

/* Opens the temporary file, named in `temporary`; NULL with errno. */
static FILE *open_temporary(char *temporary, bool secret)
{
    const mode_t mask = umask(0);
    umask(mask);
    const int descriptor = mkostemp(temporary, O_CLOEXEC);
    if (descriptor < 0) {
        return NULL;
    }
    FILE *file = NULL;
    if (fchmod(descriptor, secret ? 0600 : 0666 & ~mask) == 0) {
        file = fdopen(descriptor, "w");
    }
    if (file == NULL) {
        const int why = errno;
        close(descriptor);
        unlink(temporary);
        errno = why;
    }
    return file;
}

static mlg_status fill(const char *path, FILE *file, mlg_file_writer *write, const void *what,
                       mlg_error *err)
{
    mlg_error reason = {0};
    const mlg_status status = write(what, file, &reason);
    if (status != MLG_OK) {
        fclose(file);
        return mlg_fail(err, status, "%.120s: %.130s", path, reason.message);
    }
    errno = 0;
    const bool whole = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
    const int why = errno;
    if (fclose(file) != 0 || !whole) {
        return io_failure(err, path, whole ? errno : why);
    }
    return MLG_OK;
}

/* The temporary file takes its name, and is no longer there under the other. */
static mlg_status give_name(const char *temporary, const char *path, bool replace, mlg_error *err)
{
    if (!replace) {
        if (link(temporary, path) == 0) {
            unlink(temporary);
            return MLG_OK;
        }
        /* Some file systems know no links: there, look before renaming. */
        const int why = errno;
        if (why == EEXIST || access(path, F_OK) == 0) {
            return mlg_fail(err, MLG_EIO, "%.160s: exists already", path);
        }
    }
    return rename(temporary, path) == 0 ? MLG_OK : io_failure(err, path, errno);
}

static mlg_status sync_folder(const char *folder, const char *path, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    /* Some file systems have no sync for folders: they say EINVAL, and it is no loss. */
    if (handle < 0 || (fsync(handle) != 0 && errno != EINVAL)) {
        status = io_failure(err, path, errno);
    }
    if (handle >= 0) {
        close(handle);
    }
    return status;
}

mlg_status mlg_whole_file(const char *path, bool replace, bool secret, mlg_file_writer *write,
                          const void *what, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool made = false;
    char *temporary = beside(path, TEMPORARY);
    char *folder = beside(path, "."); /* now: past the renaming nothing asks for memory */

    TRY_ALLOC(err, temporary);
    TRY_ALLOC(err, folder);
    FILE *file = open_temporary(temporary, secret);
    if (file == NULL) {
        TRY(io_failure(err, path, errno));
    }
    made = true;
    TRY(fill(path, file, write, what, err));
    TRY(give_name(temporary, path, replace, err));
    made = false;
    TRY(sync_folder(folder, path, err));
out:
    if (made) {
        unlink(temporary);
    }
    mlg_free(temporary);
    mlg_free(folder);
    return status;
}
