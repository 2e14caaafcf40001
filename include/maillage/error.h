/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_ERROR_H
#define MLG_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/** What every fallible function returns. Zero is success; nothing else is. */
typedef enum mlg_status {
    MLG_OK = 0,
    MLG_ENOMEM,  /**< an allocation failed */
    MLG_EIO,     /**< a file could not be read or written */
    MLG_EDATA,   /**< the study breaks its schema; the faults say where */
    MLG_EARG,    /**< the caller broke the function's contract */
    MLG_ESIZE,   /**< the work would not fit the run's memory bound or limits */
    MLG_ESTOP,   /**< the run's cancel callback asked to stop */
    MLG_EENGINE, /**< igraph or GSL refused; the message holds their reason */
} mlg_status;

/** Why a call failed. Owned by the caller, holds no pointer, needs no free. The message is
 *  English; mlg_error_print() says the frequent ones in a reader's language, from what stands
 *  behind the message's end. */
typedef struct mlg_error {
    mlg_status status;
    char message[512];
} mlg_error;

#if defined(__GNUC__)
#define MLG_MUST_CHECK        __attribute__((warn_unused_result))
#define MLG_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define MLG_MUST_CHECK
#define MLG_PRINTF(fmt, args)
#endif

#ifdef __cplusplus
}
#endif

#endif
