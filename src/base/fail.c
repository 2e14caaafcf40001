/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

mlg_status mlg_fail(mlg_error *err, mlg_status status, const char *format, ...)
{
    va_list args;
    if (err == NULL || err->status != MLG_OK) {
        return status;
    }
    memset(err->message, 0, sizeof err->message);
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    err->status = status;
    return status;
}
