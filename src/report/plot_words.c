/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/plot_words.h"

#include <math.h>
#include <string.h>

#include "report/drawing.h"
#include "report/escape.h"
#include "report/letters.h"

static void say(const mlg_plot_frame *frame, mlg_buffer *text, const mlg_sentence *sentence)
{
    mlg_say(text, frame->results, frame->results->labels.language, sentence->key, sentence->args,
            sentence->n_args);
}

static void escape(const mlg_plot_frame *frame, mlg_buffer *text)
{
    mlg_html_escape(frame->out, mlg_buffer_string(text));
    frame->out->failed = frame->out->failed || text->failed;
    mlg_buffer_free(text);
}

void mlg_plot_open(const mlg_plot_frame *frame, const mlg_sentence *title,
                   const mlg_sentence *description)
{
    const int stem = (int) strcspn(frame->file, "."), height = (int) ceil(frame->height);
    mlg_buffer words = {0};

    mlg_buffer_format(
        frame->out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"curves\" xml:lang=\"%s\" width=\"640\" "
        "height=\"%d\" viewBox=\"0 0 640 %d\" role=\"img\" aria-labelledby=\"%.*s-title "
        "%.*s-desc\" font-family=\"Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', "
        "sans-serif\">\n<title id=\"%.*s-title\">",
        frame->results->labels.language == MLG_FR ? "fr" : "en", height, height, stem, frame->file,
        stem, frame->file, stem, frame->file);
    say(frame, &words, title);
    escape(frame, &words);
    mlg_buffer_format(frame->out, "</title>\n<desc id=\"%.*s-desc\">", stem, frame->file);
    say(frame, &words, description);
    escape(frame, &words);
    mlg_buffer_format(frame->out, "</desc>\n<rect fill=\"#fff\" width=\"640\" height=\"%d\"/>\n",
                      height);
}

void mlg_plot_close(const mlg_plot_frame *frame)
{
    mlg_buffer_text(frame->out, "</svg>");
}

void mlg_plot_words(const mlg_plot_frame *frame, bool narrow)
{
    mlg_buffer_format(
        frame->out,
        "<g %s fill=\"#1c1c1e\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" "
        "paint-order=\"stroke\" aria-hidden=\"true\"",
        narrow ? "class=\"narrow\" display=\"none\"" : "class=\"wide\"");
    mlg_drawing_attribute(frame->out, "font-size", narrow ? MLG_PLOT_NARROW : MLG_PLOT_SIZE);
    mlg_buffer_text(frame->out, ">\n");
}

void mlg_plot_words_end(const mlg_plot_frame *frame)
{
    mlg_buffer_text(frame->out, "</g>\n");
}

void mlg_plot_text(const mlg_plot_frame *frame, const char *anchor, double x, double y, double size,
                   double room, const mlg_sentence *text)
{
    mlg_buffer whole = {0}, cut = {0};

    mlg_buffer_text(frame->out, "<text");
    if (anchor != NULL) {
        mlg_buffer_format(frame->out, " text-anchor=\"%s\"", anchor);
    }
    mlg_drawing_attribute(frame->out, "x", x);
    mlg_drawing_attribute(frame->out, "y", y);
    mlg_buffer_char(frame->out, '>');
    say(frame, &whole, text);
    mlg_letters_fit(&cut, mlg_buffer_string(&whole), room / size, false);
    frame->out->failed = frame->out->failed || whole.failed;
    mlg_buffer_free(&whole);
    escape(frame, &cut);
    mlg_buffer_text(frame->out, "</text>\n");
}

void mlg_plot_box(mlg_buffer *out, const char *fill, double x, double y, double width,
                  double height)
{
    mlg_buffer_format(out, "<rect fill=\"%s\"", fill);
    mlg_drawing_attribute(out, "x", x);
    mlg_drawing_attribute(out, "y", y);
    mlg_drawing_attribute(out, "width", width);
    mlg_drawing_attribute(out, "height", height);
    mlg_buffer_text(out, "/>\n");
}

void mlg_plot_disc(mlg_buffer *out, const char *attributes, double x, double y, double r)
{
    mlg_buffer_format(out, "<circle %s", attributes);
    mlg_drawing_attribute(out, "cx", x);
    mlg_drawing_attribute(out, "cy", y);
    mlg_drawing_attribute(out, "r", r);
    mlg_buffer_text(out, "/>\n");
}
