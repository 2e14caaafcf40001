/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_HTML_PARTS_H
#define MLG_REPORT_HTML_PARTS_H

#include "report/document.h"

/* What the files that write the page share. */

/* A page under way: what is ready, and what it is about. */
typedef struct mlg_html {
    mlg_buffer *out;
    const mlg_document *document;
    const mlg_results *results;
    mlg_language language;
    size_t n_tables; /* written so far, for the ids of their captions */
} mlg_html;

/* Markup of our own, as it is. Everything else goes through mlg_html_escape(). Cells, rows, and
 * the entries of long lists end where the next begins: HTML has their end tags implied, and a
 * page has thousands. */
void mlg_html_raw(mlg_html *p, const char *markup);
/* Takes a text, escapes it into the page and frees it. */
void mlg_html_text(mlg_html *p, mlg_buffer *text);
void mlg_html_say(mlg_html *p, mlg_text_key key, const mlg_arg *args, size_t n_args);
void mlg_html_sentence(mlg_html *p, const mlg_sentence *sentence);
void mlg_html_word(mlg_html *p, mlg_text_key key);
void mlg_html_element(mlg_html *p, const char *open, mlg_text_key key, const char *close);

/* html_findings.c: findings first .. first + n - 1; the first block has the filters. */
void mlg_html_findings(mlg_html *p, size_t first, size_t n);
/* html_tables.c */
void mlg_html_table(mlg_html *p, const mlg_table *table);

#endif
