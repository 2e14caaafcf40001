/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_SVG_H
#define MLG_REPORT_SVG_H

#include "graph/graph.h"
#include "report/document.h"

/* Above this number of actors the drawing shows sectors instead of actors, and says so:
 * thousands of dots are one grey dot. */
enum { MLG_SVG_ACTORS = 1500 };

/* Appends one <svg> element: sectors as discs on a ring, ties inside a sector straight,
 * those between sectors bent towards the middle; the size of a dot says its number of
 * ties, its colour and shape its sector. Stands in the page and alone: presentation
 * attributes only. */
mlg_status mlg_svg_network(const mlg_results *results, const mlg_graph *graph, mlg_buffer *out,
                           mlg_error *err) MLG_MUST_CHECK;
/* The whole file for a word processor. */
void mlg_svg_file(mlg_buffer *out, const mlg_buffer *svg);

#endif
