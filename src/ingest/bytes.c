/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"

mlg_status mlg_bytes_open(mlg_bytes *bytes, const char *path, uint64_t limit, mlg_text_key *fault,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    struct stat facts;

    *bytes = (mlg_bytes){.descriptor = -1};
    *fault = T_none;
    /* O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever. */
    bytes->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (bytes->descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR || errno == ENXIO || errno == ELOOP) {
            *fault = errno == ENXIO ? T_fault_not_a_file : T_fault_no_file;
            return MLG_EDATA;
        }
        const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(errno)};
        FAIL_TEXT(err, MLG_EIO, T_fail_path, reason, 2);
    }
    if (fstat(bytes->descriptor, &facts) != 0) {
        const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(errno)};
        FAIL_TEXT(err, MLG_EIO, T_fail_path, reason, 2);
    }
    if (!S_ISREG(facts.st_mode)) {
        *fault = T_fault_not_a_file;
    } else if ((uint64_t) facts.st_size > limit) {
        *fault = T_fault_file_too_large;
    }
    if (*fault != T_none) {
        status = MLG_EDATA;
        goto out;
    }
    bytes->size = (uint64_t) facts.st_size;
    bytes->room = mlg_alloc(MLG_BLOCK_HEAD + MLG_BLOCK, 1);
    TRY_ALLOC(err, bytes->room);
    mlg_digest_start(&bytes->digest);

out:
    if (status != MLG_OK) {
        mlg_bytes_close(bytes);
    }
    return status;
}

mlg_status mlg_bytes_next(mlg_bytes *bytes, unsigned char **block, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    unsigned char *here = bytes->room + MLG_BLOCK_HEAD;
    size_t filled = 0;

    /* Full blocks whatever the file system hands out: what is decided on a block (an
     * encoding) does not hang on chance. A file that grew is read to its old size. */
    while (filled < MLG_BLOCK && bytes->done + filled < bytes->size) {
        const uint64_t left = bytes->size - bytes->done - filled;
        const size_t wanted = left < MLG_BLOCK - filled ? (size_t) left : MLG_BLOCK - filled;
        const ssize_t got = read(bytes->descriptor, here + filled, wanted);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            FAIL(err, MLG_EIO, "read: %s", strerror(errno));
        }
        if (got == 0) {
            break;
        }
        filled += (size_t) got;
    }
    mlg_digest_add(&bytes->digest, here, filled);
    bytes->done += filled;
    *block = here;
    *n = filled;
out:
    return status;
}

bool mlg_bytes_changed(const mlg_bytes *bytes)
{
    struct stat facts;
    return fstat(bytes->descriptor, &facts) != 0 || (uint64_t) facts.st_size != bytes->size ||
           bytes->done != bytes->size;
}

void mlg_bytes_close(mlg_bytes *bytes)
{
    if (bytes->descriptor >= 0) {
        close(bytes->descriptor);
    }
    mlg_free(bytes->room);
    *bytes = (mlg_bytes){.descriptor = -1};
}

/* A web page saved under the name of a table: a tag opens the text. */
static bool is_html(const unsigned char *bytes, size_t n)
{
    static const char *const tags[] = {"<!doctype html", "<html", "<table", "<head", "<?xml"};
    size_t from = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (from < n && (bytes[from] == ' ' || (bytes[from] >= '\t' && bytes[from] <= '\r'))) {
        from++;
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const size_t length = strlen(tags[i]);
        size_t same = 0;
        /* ASCII letters only: tolower() would follow the locale. */
        while (same < length && from + same < n &&
               (bytes[from + same] == (unsigned char) tags[i][same] ||
                (bytes[from + same] | 0x20) == (unsigned char) tags[i][same])) {
            same++;
        }
        if (same == length) {
            return true;
        }
    }
    return false;
}

mlg_text_key mlg_foreign_format(const unsigned char *bytes, size_t n)
{
    static const struct {
        const char *magic;
        size_t length;
        mlg_text_key fault;
    } formats[] = {
        {"PK\x03\x04", 4, T_fault_is_workbook}, /* .xlsx, .ods */
        {"PK\x05\x06", 4, T_fault_is_workbook}, /* an empty one */
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, T_fault_is_old_workbook},
        {"%PDF-", 5, T_fault_is_pdf},
        {"\x1f\x8b", 2, T_fault_is_gzip},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (n >= formats[i].length && memcmp(bytes, formats[i].magic, formats[i].length) == 0) {
            return formats[i].fault;
        }
    }
    return is_html(bytes, n) ? T_fault_is_html : T_none;
}
