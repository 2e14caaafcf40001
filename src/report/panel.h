/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_PANEL_H
#define MLG_REPORT_PANEL_H

#include "graph/graph.h"
#include "report/document.h"

/* Above this number of actors there is no list of them on the page: it would be too long to
 * read and to load. */
enum { MLG_PANEL_ACTORS = 10000 };

/* Appends what stands under the drawing on the page: where to search an actor (shown by the
 * page's script) and the actors by sector, in the order of the drawing's dots, each with its
 * number of ties; without dots also with its partners, for the script. */
mlg_status mlg_panel(const mlg_results *results, const mlg_graph *graph, mlg_buffer *out,
                     mlg_error *err) MLG_MUST_CHECK;

#endif
