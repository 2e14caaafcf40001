/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_PLOT_WORDS_H
#define MLG_REPORT_PLOT_WORDS_H

#include "report/document.h"

/* The frame and the words of a drawing of territories. Words stand twice, in the size of a wide
 * screen and in that of a narrow one (report.css shows one of the two): a reader who listens has
 * <desc> instead. */

#define MLG_PLOT_WIDTH  640.0
#define MLG_PLOT_SIZE   13.0
#define MLG_PLOT_NARROW 20.0

typedef struct mlg_plot_frame {
    mlg_buffer *out;
    const mlg_results *results;
    const char *file; /* "overlap.svg": its stem names the parts of the drawing */
    double height;
} mlg_plot_frame;

/* <svg>, its title and what a screen reader says of it, on white paper. */
void mlg_plot_open(const mlg_plot_frame *frame, const mlg_sentence *title,
                   const mlg_sentence *description);
void mlg_plot_close(const mlg_plot_frame *frame);
/* The group of words of one screen, and its end. */
void mlg_plot_words(const mlg_plot_frame *frame, bool narrow);
void mlg_plot_words_end(const mlg_plot_frame *frame);
/* One line of text, cut to `room`; `anchor` NULL: from the left. */
void mlg_plot_text(const mlg_plot_frame *frame, const char *anchor, double x, double y, double size,
                   double room, const mlg_sentence *text);
/* A rectangle with a fill. */
void mlg_plot_box(mlg_buffer *out, const char *fill, double x, double y, double width,
                  double height);
void mlg_plot_disc(mlg_buffer *out, const char *attributes, double x, double y, double r);

#endif
