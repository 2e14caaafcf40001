/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_XML_H
#define MLG_EXPORT_XML_H

#include "base/buffer.h"

/* Appends a text so that a reader of XML 1.0 gets it back exactly, between tags or in an
 * attribute: the signs of markup, tabs and line ends become references. What XML 1.0 has no
 * way to write (control characters, U+FFFE, U+FFFF, bytes that are no UTF-8) becomes
 * U+FFFD. */
void mlg_xml_text(mlg_buffer *out, const char *text);

#endif
