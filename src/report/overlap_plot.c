/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/overlap_plot.h"

#include <math.h>

#include "report/drawing.h"
#include "report/letters.h"
#include "report/plot_words.h"

#define SIDE  14.0
#define BARS  110.0 /* the longest bar */
#define HEAD  34.0  /* over the bars: their numbers */
#define ROW   46.0  /* a perimeter: its name, then its dots */
#define NAME  20.0  /* of a row, the part of its name */
#define FOOT  34.0  /* under the rows: how many units */
#define DARK  "#0b4f6c"
#define LIGHT "#d8d9d5"
#define BAND  "#f3f3f0" /* every other row */

static double middle_of(const mlg_overlap_drawing *overlap, size_t column)
{
    const double width = (MLG_PLOT_WIDTH - 2.0 * SIDE) / (double) overlap->n_columns;
    return SIDE + fmin(width, 72.0) * ((double) column + 0.5);
}

static double top_of(size_t row)
{
    return HEAD + BARS + 10.0 + ROW * (double) row;
}

static double name_of(size_t row, bool narrow)
{
    return top_of(row) + NAME - (narrow ? 1.0 : 4.0);
}

static double dot_of(size_t row)
{
    return top_of(row) + NAME + 0.5 * (ROW - NAME);
}

static double bar_of(const mlg_overlap_drawing *overlap, size_t column)
{
    const double most = overlap->column[0].amount;
    return most > 0.0 ? fmax(1.0, BARS * overlap->column[column].amount / most) : 1.0;
}

static void bars(mlg_buffer *out, const mlg_overlap_drawing *overlap)
{
    for (size_t c = 0; c < overlap->n_columns; c++) {
        const double height = bar_of(overlap, c);
        mlg_plot_box(out, overlap->column[c].rows == 0 ? "#8a8d93" : DARK,
                     middle_of(overlap, c) - 12.0, HEAD + BARS - height, 24.0, height);
    }
}

/* Bands under every other row, then a dot in each row of each column, those of a combination
 * dark and tied by a line. */
static void rows(mlg_buffer *out, const mlg_overlap_drawing *overlap)
{
    for (size_t r = 0; r < overlap->n_rows; r += 2) {
        mlg_plot_box(out, BAND, 0.0, top_of(r), MLG_PLOT_WIDTH, ROW);
    }
    for (size_t c = 0; c < overlap->n_columns; c++) {
        const double x = middle_of(overlap, c);
        const uint32_t in = overlap->column[c].rows;
        size_t first = overlap->n_rows, last = 0;
        for (size_t r = 0; r < overlap->n_rows; r++) {
            if ((in >> r & 1u) != 0) {
                first = first < r ? first : r;
                last = r;
            }
        }
        if (first < last) {
            mlg_buffer_text(out, "<path stroke=\"" DARK "\" stroke-width=\"2.5\"");
            mlg_drawing_point(out, " d=\"M", x, dot_of(first), 1);
            mlg_drawing_point(out, "L", x, dot_of(last), 1);
            mlg_buffer_text(out, "\"/>\n");
        }
        for (size_t r = 0; r < overlap->n_rows; r++) {
            const bool dark = (in >> r & 1u) != 0;
            mlg_plot_disc(out, dark ? "fill=\"" DARK "\"" : "fill=\"" LIGHT "\"", x, dot_of(r),
                          dark ? 7.0 : 4.0);
        }
    }
}

/* Numbers with decimals where all are small would say more than is known: whole percents. */
static mlg_sentence share_of(const mlg_overlap_drawing *overlap, size_t column)
{
    const double share = overlap->column[column].amount / overlap->total;
    const mlg_arg arg = mlg_arg_share(share, 0);
    return mlg_sentence_of(share < 0.005 ? T_overlap_little : T_overlap_number, &arg, 1);
}

/* Paper under the name of a row, so that no line of a combination runs through it. */
static void name_paper(const mlg_plot_frame *frame, const mlg_overlap_drawing *overlap, size_t row,
                       double y, double size)
{
    const mlg_sentence *name = &overlap->row[row];
    const mlg_results *results = frame->results;
    mlg_buffer text = {0};
    mlg_say(&text, results, results->labels.language, name->key, name->args, name->n_args);
    const double width = size * mlg_letters_width(mlg_buffer_string(&text), false);
    frame->out->failed = frame->out->failed || text.failed;
    mlg_buffer_free(&text);
    mlg_plot_box(frame->out, row % 2 == 0 ? BAND : "#fff", 0.0, y - 0.82 * size,
                 SIDE + fmin(width, MLG_PLOT_WIDTH - 2.0 * SIDE) + 3.0, 1.1 * size);
}

static void papers(const mlg_plot_frame *frame, const mlg_overlap_drawing *overlap, bool narrow)
{
    const double size = narrow ? MLG_PLOT_NARROW : MLG_PLOT_SIZE;
    mlg_buffer_text(frame->out,
                    narrow ? "<g class=\"narrow\" display=\"none\">\n" : "<g class=\"wide\">\n");
    for (size_t r = 0; r < overlap->n_rows; r++) {
        name_paper(frame, overlap, r, name_of(r, narrow), size);
    }
    mlg_buffer_text(frame->out, "</g>\n");
}

static void words(const mlg_plot_frame *frame, const mlg_overlap_drawing *overlap, bool narrow)
{
    const double size = narrow ? MLG_PLOT_NARROW : MLG_PLOT_SIZE;
    const double room = overlap->n_columns > 1 ? middle_of(overlap, 1) - middle_of(overlap, 0) + 4.0
                                               : MLG_PLOT_WIDTH;
    const double foot = top_of(overlap->n_rows) + 6.0 + size;

    mlg_plot_words(frame, narrow);
    for (size_t c = 0; c < overlap->n_columns; c++) {
        const mlg_sentence share = share_of(overlap, c);
        const mlg_arg units = mlg_arg_count(overlap->column[c].units);
        const mlg_sentence count = mlg_sentence_of(T_overlap_number, &units, 1);
        const double x = middle_of(overlap, c);
        mlg_plot_text(frame, "middle", x, HEAD + BARS - bar_of(overlap, c) - 6.0, size,
                      fmax(room, 4.8 * size), &share);
        mlg_plot_text(frame, "middle", x, foot, size, room, &count);
    }
    for (size_t r = 0; r < overlap->n_rows; r++) {
        mlg_plot_text(frame, NULL, SIDE, name_of(r, narrow), size, MLG_PLOT_WIDTH - 2.0 * SIDE,
                      &overlap->row[r]);
    }
    mlg_plot_words_end(frame);
}

mlg_figure *mlg_doc_overlap(mlg_document *document, const char *file, mlg_sentence caption,
                            mlg_sentence description, const mlg_overlap_drawing *overlap)
{
    mlg_figure *figure = mlg_doc_figure(document, file, caption);
    if (figure == NULL) {
        return NULL;
    }
    const mlg_plot_frame frame = {&figure->svg, document->results, file,
                                  top_of(overlap->n_rows) + FOOT};
    mlg_plot_open(&frame, &caption, &description);
    bars(frame.out, overlap);
    rows(frame.out, overlap);
    for (int narrow = 0; narrow < 2; narrow++) {
        papers(&frame, overlap, narrow != 0);
        words(&frame, overlap, narrow != 0);
    }
    mlg_plot_close(&frame);
    document->failed = document->failed || frame.out->failed;
    return figure;
}
