/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_GRAPHML_H
#define MLG_EXPORT_GRAPHML_H

#include "export/network.h"

/* How each of our files begins. */
#define MLG_GRAPHML_MARK "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- maillage "

mlg_status mlg_graphml_write(const mlg_network *network, FILE *out, mlg_error *err);

#endif
