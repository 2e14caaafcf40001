/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/output.h"

#include <errno.h>
#include <string.h>

#include "base/texts.h"

enum { ENOUGH = 65536 };

mlg_status mlg_flush(mlg_buffer *ready, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (ready->failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the output");
    }
    errno = 0;
    if (ready->length > 0 && fwrite(ready->text, 1, ready->length, out) != ready->length) {
        const mlg_arg reason[] = {mlg_errno_arg(errno != 0 ? errno : EIO)};
        FAIL_TEXT(err, MLG_EIO, T_fail_write, reason, 1);
    }
    mlg_buffer_clear(ready);
out:
    return status;
}

mlg_status mlg_flush_some(mlg_buffer *ready, FILE *out, mlg_error *err)
{
    return ready->failed || ready->length >= ENOUGH ? mlg_flush(ready, out, err) : MLG_OK;
}
