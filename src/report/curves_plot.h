/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_CURVES_PLOT_H
#define MLG_REPORT_CURVES_PLOT_H

#include "report/curves.h"
#include "report/place.h"

/* A chart of curves under way: its scales, and the names on its lines. */

/* Units are pixels at 1:1. On a narrow screen the same chart stands smaller with larger words. */
#define MLG_CURVES_WIDTH  640.0
#define MLG_CURVES_SIZE   14.0
#define MLG_CURVES_NARROW 22.0
#define MLG_CURVES_ABOVE  28.0 /* names may stand so high above the area */

typedef struct mlg_plot {
    mlg_box area;       /* between the axes */
    double left, right; /* abscissae at its sides */
    double top;         /* value at its upper side; 0 at its lower one */
    double step_across, step_up;
    const mlg_curve *curves;
    size_t n;
} mlg_plot;

/* A name as it stands: its box, and a line to its curve where it stands apart. */
typedef struct mlg_plot_name {
    mlg_box box;
    bool led;
    mlg_line line;
} mlg_plot_name;

static inline double mlg_plot_x(const mlg_plot *plot, double at)
{
    const double span = plot->right - plot->left;
    const double share = span > 0.0 ? (at - plot->left) / span : 0.0;
    return plot->area.left + share * (plot->area.right - plot->area.left);
}

static inline double mlg_plot_y(const mlg_plot *plot, double value)
{
    return plot->area.bottom - value / plot->top * (plot->area.bottom - plot->area.top);
}

/* Sets the scales by what there is to draw; false when there is nothing. */
bool mlg_plot_scale(mlg_plot *plot, const mlg_curve_axes *axes);
/* Where a name of that width stands: off all lines and off the names `taken`, as near to its own
 * curve as can be. Answers what is wrong with the place: 0 = nothing. */
double mlg_plot_place(const mlg_plot *plot, size_t curve, double width, double height,
                      const mlg_plot_name *taken, size_t n_taken, mlg_plot_name *name);

#endif
