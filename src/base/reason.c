/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "base/texts.h"

/* Reasons in two languages. Behind the end of an error's English message stand, each ended by
 * a zero: the number of the text, then a letter and the words (t) or number (k) of each
 * argument. What does not fit is left out: then there is only the message. */

enum { MAX_ARGUMENTS = 4 };

/* Adds a letter and a text to the record; answers where the next goes, or NULL without room. */
static char *add(char *at, const char *end, char letter, const char *text)
{
    const size_t length = strlen(text);
    if (at == NULL || (size_t) (end - at) < length + 3) { /* a zero behind it stays */
        return NULL;
    }
    *at = letter;
    memcpy(at + 1, text, length + 1);
    return at + length + 2;
}

static void record(mlg_error *err, mlg_text_key key, const mlg_arg *args, size_t n_args)
{
    char *const from = err->message + strlen(err->message) + 1;
    const char *const end = err->message + sizeof err->message;
    char number[16];

    snprintf(number, sizeof number, "%d", (int) key);
    char *at = add(from, end, 'k', number);
    for (size_t i = 0; i < n_args; i++) {
        snprintf(number, sizeof number, "%d", (int) args[i].key);
        at = args[i].kind == MLG_ARG_KEY ? add(at, end, 'k', number)
                                         : add(at, end, 't', args[i].text);
    }
    if (at == NULL && from < end) {
        memset(from, 0, (size_t) (end - from));
    }
}

mlg_status mlg_fail_text(mlg_error *err, mlg_status status, mlg_text_key key, const mlg_arg *args,
                         size_t n_args)
{
    if (err == NULL || err->status != MLG_OK) {
        return status;
    }
    memset(err->message, 0, sizeof err->message);
    mlg_text_print(err->message, sizeof err->message, MLG_EN, key, args, n_args);
    record(err, key, args, n_args);
    err->status = status;
    return status;
}

mlg_arg mlg_errno_arg(int number)
{
    static const struct {
        int number;
        mlg_text_key key;
    } known[] = {{EACCES, T_errno_denied}, {EPERM, T_errno_denied},      {ENOENT, T_errno_missing},
                 {ENOSPC, T_errno_full},   {ENOTDIR, T_errno_no_folder}, {EROFS, T_errno_read_only},
                 {EISDIR, T_errno_folder}, {EIO, T_errno_device}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].number == number) {
            return (mlg_arg){.kind = MLG_ARG_KEY, .key = known[i].key};
        }
    }
    return (mlg_arg){.kind = MLG_ARG_TEXT, .text = strerror(number)};
}

size_t mlg_error_print(char *out, size_t room, mlg_language language, const mlg_error *err)
{
    const char *const end = err->message + sizeof err->message;
    mlg_arg args[MAX_ARGUMENTS];
    mlg_text_key key = T_none;
    size_t n = 0;

    for (const char *at = err->message + strlen(err->message) + 1;
         at < end && *at != '\0' && n < MAX_ARGUMENTS; at += strlen(at) + 1) {
        const mlg_text_key number = *at == 'k' ? (mlg_text_key) strtol(at + 1, NULL, 10) : T_none;
        if (key == T_none) {
            key = number;
        } else if (*at == 'k') {
            args[n++] = (mlg_arg){.kind = MLG_ARG_KEY, .key = number};
        } else {
            args[n++] = (mlg_arg){.kind = MLG_ARG_TEXT, .text = at + 1};
        }
    }
    if (key != T_none) {
        return mlg_text_print(out, room, language, key, args, n);
    }
    const size_t length = strlen(err->message);
    if (room > 0) {
        const size_t shown = length < room ? length : room - 1;
        memcpy(out, err->message, shown);
        out[shown] = '\0';
    }
    return length;
}
