/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_CURVES_H
#define MLG_REPORT_CURVES_H

#include "report/document.h"

/* Curves over one abscissa as SVG: each with its band and its name on the line, in both languages,
 * in black and white as well as in colour. Arrays are borrowed until the call returns. */
typedef struct mlg_curve {
    mlg_sentence name;
    const double *at, *value; /* [n], ascending in `at` */
    const double *low, *high; /* [n] band, or NULL */
    const double *worst;      /* [n] a thin dashed line, or NULL */
    size_t n;
} mlg_curve;

typedef struct mlg_curve_axes {
    mlg_sentence across, up; /* what the axes count */
    double top;              /* of the vertical axis; NaN: from the data. It starts at 0 */
    bool share;              /* vertical labels in percent */
    bool across_share;       /* labels across in percent */
    double step;             /* between ticks across (12: years of months); 0: chosen */
} mlg_curve_axes;

enum { MLG_CURVES = 6 };

/* A figure of the document: `file` is its name beside the page ("turnover.svg"), kept as it is;
 * words under it are figure->note. At most MLG_CURVES curves. A value that is NaN breaks its
 * line. Nothing and NULL when no curve has a number; NULL too when memory was short, which the
 * document knows. */
mlg_figure *mlg_doc_curves(mlg_document *document, const char *file, mlg_sentence caption,
                           const mlg_curve_axes *axes, const mlg_curve *curves, size_t n);

#endif
