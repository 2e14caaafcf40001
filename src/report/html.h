/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_HTML_H
#define MLG_REPORT_HTML_H

#include <stdio.h>

#include "report/document.h"

/* The page: one file, no request, complete without its script. Only the style and the
 * script whose hashes stand in its policy may act; there is no style attribute, which
 * that policy would drop. */
mlg_status mlg_html_write(const mlg_document *document, FILE *out, mlg_error *err) MLG_MUST_CHECK;

#endif
