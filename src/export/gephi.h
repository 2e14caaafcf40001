/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_GEPHI_H
#define MLG_EXPORT_GEPHI_H

#include "export/network.h"

#define MLG_GEPHI_NODES "nodes.csv"
#define MLG_GEPHI_EDGES "edges.csv"
#define MLG_GEPHI_ABOUT "about.csv"

/* The columns Gephi knows (Id, Label; Source, Target, Type, Weight) as it spells them, then
 * the attributes. RFC 4180, with a point in numbers. A tie without a strength weighs 1 here,
 * as Gephi would have it. */
mlg_status mlg_gephi_write_nodes(const mlg_network *network, FILE *out, mlg_error *err);
mlg_status mlg_gephi_write_edges(const mlg_network *network, FILE *out, mlg_error *err);
/* Two columns: what a CSV of points or ties has no place for. */
mlg_status mlg_gephi_write_about(const mlg_network *network, FILE *out, mlg_error *err);

#endif
