/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_FAIL_H
#define MLG_BASE_FAIL_H

#include "maillage/error.h"
#include "maillage/text.h"

/* Fills err (when given) and returns status, so that a failure is one line. The
 * deepest reason wins: an error that already holds a message keeps it. */
mlg_status mlg_fail(mlg_error *err, mlg_status status, const char *format, ...) MLG_PRINTF(3, 4);

/* The same with a row of the table of texts, for reasons that users meet: mlg_error_print()
 * says it in their language. Arguments are texts and keys. */
mlg_status mlg_fail_text(mlg_error *err, mlg_status status, mlg_text_key key, const mlg_arg *args,
                         size_t n_args);
static inline mlg_arg mlg_fail_arg(const char *text)
{
    return (mlg_arg){.kind = MLG_ARG_TEXT, .text = text};
}

/* One argument for what an errno says: a key of a frequent one, else the C library's words. */
mlg_arg mlg_errno_arg(int number);

/* Leaves through the function's one `out:` label when a call fails. Needs a
 * local `mlg_status status`. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        status = (call);                                                                           \
        if (status != MLG_OK) {                                                                    \
            goto out;                                                                              \
        }                                                                                          \
    } while (0)

/* FAIL(err, MLG_EARG, "format", ...): fills the error and leaves through `out:`. The status
 * is set here, for readers of one file (and analysers) to see that it is a failure. */
#define FAIL(err, reason, ...)                                                                     \
    do {                                                                                           \
        (void) mlg_fail((err), (reason), __VA_ARGS__);                                             \
        status = (reason);                                                                         \
        goto out;                                                                                  \
    } while (0)

/* The same for mlg_fail_text(): FAIL_TEXT(err, MLG_EARG, T_key, args, n_args). */
#define FAIL_TEXT(err, reason, key, args, n_args)                                                  \
    do {                                                                                           \
        (void) mlg_fail_text((err), (reason), (key), (args), (n_args));                            \
        status = (reason);                                                                         \
        goto out;                                                                                  \
    } while (0)

/* Leaves with MLG_ENOMEM when an allocation answered NULL. */
#define TRY_ALLOC(err, pointer)                                                                    \
    do {                                                                                           \
        if ((pointer) == NULL) {                                                                   \
            (void) mlg_fail((err), MLG_ENOMEM, "out of memory in %s", __func__);                   \
            status = MLG_ENOMEM;                                                                   \
            goto out;                                                                              \
        }                                                                                          \
    } while (0)

#endif
