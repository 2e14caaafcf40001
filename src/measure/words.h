/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WORDS_H
#define MLG_MEASURE_WORDS_H

#include "measure/context.h"

/* "theme:mental_health": a convention of one code of a list, which another list may have too. It
 * is the context's and lives as long. NULL when memory is short (the error says so). */
const char *mlg_words_of_code(mlg_context *context, const char *list, const char *code,
                              mlg_error *err);

#endif
