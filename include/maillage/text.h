/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_TEXT_H
#define MLG_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The two languages of every output. */
typedef enum mlg_language { MLG_FR, MLG_EN, MLG_N_LANGUAGES } mlg_language;

/** A row of the one table of texts; 0 is the empty text. Names: mlg_text_find(). */
typedef int32_t mlg_text_key;

/** What a placeholder of a text prints. */
typedef enum mlg_arg_kind {
    MLG_ARG_TEXT,   /**< `text`, as it is */
    MLG_ARG_KEY,    /**< the text `key`, without arguments */
    MLG_ARG_COUNT,  /**< `number` as a whole number with thousands apart */
    MLG_ARG_NUMBER, /**< `number` with `digits` decimals */
    MLG_ARG_SHARE,  /**< `number` in 0..1 as a percentage with `digits` decimals */
    MLG_ARG_P,      /**< a p-value: "0.002", or "< 0.0001" with `digits` (default 4) */
    MLG_ARG_DATE,   /**< `number` = days since 1970-01-01, as "31 août 2027" */
    MLG_ARG_LABEL,  /**< a subject (scope, id): its public label, resolved late */
} mlg_arg_kind;

/** One argument of a text. */
typedef struct mlg_arg {
    mlg_arg_kind kind;
    const char *text;
    double number;
    int digits;
    mlg_text_key key;
    int scope;  /**< mlg_scope of a label */
    int32_t id; /**< subject of a label */
} mlg_arg;

/** The key of a text by its name ("finding_silo"), or 0. */
mlg_text_key mlg_text_find(const char *name);
/** The raw text of a key, placeholders and all; "" for an unknown key. */
const char *mlg_text(mlg_language language, mlg_text_key key);
/** The name of a key; "" for an unknown one. */
const char *mlg_text_name(mlg_text_key key);
/** How many keys there are: keys run from 0 to this less 1. */
mlg_text_key mlg_text_count(void);
/** "fr" or "en" (with anything after a - or _) to a language; -1 when it is neither. */
int mlg_language_find(const char *code);
/** Renders a text into `out` (always terminated when room > 0); answers the
 *  length it needs, without the end. Label arguments print as "?" here. */
size_t mlg_text_print(char *out, size_t room, mlg_language language, mlg_text_key key,
                      const mlg_arg *args, size_t n_args);

/** The reason of a failure in a language: translated where the table of texts has it, else
 *  the English message. Answers the length it needs, without the end. */
size_t mlg_error_print(char *out, size_t room, mlg_language language, const mlg_error *err);

/** Letters (bytes) to insert, drop, change or swap to make one word the other: what was
 *  meant by a mistyped name is the nearest one. */
size_t mlg_text_distance(const char *a, const char *b);

#ifdef __cplusplus
}
#endif

#endif
