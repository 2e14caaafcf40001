/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_TERMINAL_H
#define MLG_REPORT_TERMINAL_H

#include <stdio.h>

#include "report/document.h"

/* A document as plain text: tables set in columns by display width, sentences wrapped. */
mlg_status mlg_terminal_write(const mlg_document *document, FILE *out,
                              mlg_error *err) MLG_MUST_CHECK;
/* The study's title and its findings: level, sentence, lever. */
void mlg_terminal_summary(mlg_buffer *out, const mlg_results *results, size_t most);

#endif
