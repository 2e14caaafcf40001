/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_ESCAPE_H
#define MLG_REPORT_ESCAPE_H

#include "base/buffer.h"

/* The one place where a text becomes HTML or SVG: for text nodes and for attributes
 * in double quotes, nowhere else. The five signs of markup become references; signs
 * that reverse or hide text (bidirectional controls) and those that XML forbids are
 * shown, not obeyed. */
void mlg_html_escape(mlg_buffer *out, const char *text);

#endif
