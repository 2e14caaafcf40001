/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/drawing.h"
#include "report/escape.h"
#include "report/width.h"

/* Letters of a sans serif are about .56 of their height wide, bold ones .6: measured on
 * DejaVu Sans, the widest of the fonts asked for. */
#define SECTOR_SIZE 15.0
#define ACTOR_SIZE  12.0
#define BOLD        0.62
#define PLAIN       0.56
enum {
    SECTOR_LETTERS = 19,
    ACTOR_LETTERS = 34,
    SHORT_LETTERS = 20,
    MAX_LINES = 3,
    ACTORS_NAMED = 14,
    ALL_NAMED = 30
};

/* A label cut into lines that fit. */
typedef struct lines {
    mlg_buffer text; /* the lines, each ended by \n */
    size_t n, widest;
} lines;

/* Keeps the first `letters` columns of a text, with an ellipsis where it was cut. */
static void shorten(mlg_buffer *out, const char *text, size_t letters)
{
    size_t used = 0, length = 0;
    if (mlg_display_width(text) <= letters) {
        mlg_buffer_text(out, text);
        return;
    }
    for (; *text != '\0'; text += length) {
        const size_t width = (size_t) mlg_character_width(text, &length);
        if (used + width + 1 > letters) {
            break;
        }
        mlg_buffer_bytes(out, text, length);
        used += width;
    }
    mlg_buffer_text(out, "\xe2\x80\xa6");
}

static void measure_lines(lines *l)
{
    const char *line = mlg_buffer_string(&l->text);
    for (l->n = l->widest = 0; *line != '\0'; line += strcspn(line, "\n") + 1) {
        mlg_buffer one = {0};
        mlg_buffer_bytes(&one, line, strcspn(line, "\n"));
        const size_t width = mlg_display_width(mlg_buffer_string(&one));
        l->widest = width > l->widest ? width : l->widest;
        l->text.failed = l->text.failed || one.failed;
        mlg_buffer_free(&one);
        l->n++;
        if (l->text.failed) {
            break;
        }
    }
}

/* One <text> with a line a <tspan>, its box taken; `anchor` is SVG's. */
static void write_lines(mlg_buffer *out, const lines *l, const mlg_box *box, const char *anchor,
                        double size, const char *more)
{
    const char *line = mlg_buffer_string(&l->text);
    const double x = anchor[0] == 's'   ? box->left
                     : anchor[0] == 'e' ? box->right
                                        : (box->left + box->right) / 2.0;
    double y = box->top + 0.8 * size;

    mlg_buffer_format(out, "<text text-anchor=\"%s\" %s>", anchor, more);
    for (size_t i = 0; i < l->n; i++, line += strcspn(line, "\n") + 1) {
        mlg_buffer one = {0};
        mlg_buffer_bytes(&one, line, strcspn(line, "\n"));
        mlg_buffer_text(out, "<tspan x=\"");
        mlg_buffer_fixed(out, x, 1);
        mlg_buffer_text(out, "\" y=\"");
        mlg_buffer_fixed(out, y, 1);
        mlg_buffer_text(out, "\">");
        mlg_html_escape(out, mlg_buffer_string(&one));
        mlg_buffer_text(out, "</tspan>");
        out->failed = out->failed || one.failed;
        mlg_buffer_free(&one);
        y += 1.2 * size;
    }
    mlg_buffer_text(out, "</text>\n");
}

/* ---- sectors -------------------------------------------------------------------------- */

static void sector_lines(lines *l, const mlg_drawing *d, int32_t disc)
{
    mlg_buffer name = {0}, whole = {0};
    const mlg_arg args[] = {disc < d->graph->n_sectors
                                ? mlg_arg_label(MLG_SCOPE_SECTOR, d->graph->sector_code[disc])
                                : mlg_arg_key(T_sector_unknown),
                            mlg_arg_count(d->members[disc])};

    mlg_say_arg(&name, d->results, d->results->labels.language, &args[0]);
    shorten(&whole, mlg_buffer_string(&name), SECTOR_LETTERS * MAX_LINES - 8);
    mlg_buffer_text(&whole, "\xc2\xa0("); /* the count stays with its name */
    mlg_say_arg(&whole, d->results, d->results->labels.language, &args[1]);
    mlg_buffer_char(&whole, ')');
    mlg_wrap(&l->text, mlg_buffer_string(&whole), "", SECTOR_LETTERS);
    l->text.failed = l->text.failed || name.failed || whole.failed;
    mlg_buffer_free(&name);
    mlg_buffer_free(&whole);
    measure_lines(l);
}

/* The box of a label outside the disc, on the side away from the middle, moved by
 * `shift` lines along the edge and back into the frame. */
static mlg_box outside(const mlg_drawing *d, const mlg_dot *disc, const lines *l, double shift,
                       const char **anchor)
{
    const double width = BOLD * SECTOR_SIZE * (double) l->widest;
    const double height = 1.2 * SECTOR_SIZE * (double) l->n;
    const double dx = disc->x - 500.0, dy = disc->y - d->height / 2.0;
    const double far = hypot(dx, dy), ux = far > 1.0 ? dx / far : 0.0,
                 uy = far > 1.0 ? dy / far : -1.0;
    const double reach = disc->r + 24.0;
    const mlg_box *frame = &d->places.frame;
    double x = disc->x + ux * reach, y = disc->y + uy * reach + shift * SECTOR_SIZE;

    *anchor = fabs(ux) < 0.35 ? "middle" : ux > 0.0 ? "start" : "end";
    x -= (*anchor)[0] == 'm' ? width / 2.0 : (*anchor)[0] == 'e' ? width : 0.0;
    y -= (*anchor)[0] == 'm' ? (uy < 0.0 ? height : 0.0) : height / 2.0;
    x = fmin(fmax(x, frame->left), frame->right - width);
    y = fmin(fmax(y, frame->top), frame->bottom - height);
    return (mlg_box){x, y, x + width, y + height};
}

static bool sector_label(mlg_buffer *out, mlg_drawing *d, int32_t disc)
{
    static const double shifts[] = {0, 1, -1, 2, -2, 3, -3, 4.5, -4.5, 6, -6};
    lines l = {0};
    bool taken = true;

    sector_lines(&l, d, disc);
    for (size_t i = 0; i < sizeof shifts / sizeof shifts[0]; i++) {
        const char *anchor = NULL;
        const mlg_box box = outside(d, &d->disc[disc], &l, shifts[i], &anchor);
        if (mlg_place_is_free(&d->places, &box)) {
            taken = mlg_place_take(&d->places, &box);
            write_lines(out, &l, &box, anchor, SECTOR_SIZE, "font-weight=\"600\"");
            break;
        }
    }
    out->failed = out->failed || l.text.failed;
    mlg_buffer_free(&l.text);
    return taken;
}

/* The largest sectors choose their place first. */
static bool sector_labels(mlg_buffer *out, mlg_drawing *d)
{
    const int32_t n = d->graph->n_sectors + 1;
    bool room = true;

    mlg_buffer_format(out, "<g font-size=\"%.0f\" fill=\"#1c1c1e\">\n", SECTOR_SIZE);
    for (int32_t rank = 0; rank < n && room; rank++) {
        for (int32_t disc = 0; disc < n && room; disc++) {
            int32_t before = 0;
            for (int32_t other = 0; other < n; other++) {
                const bool larger = d->members[other] > d->members[disc];
                before += larger || (other < disc && d->members[other] == d->members[disc]);
            }
            if (before == rank && d->disc[disc].r > 0.0) {
                room = sector_label(out, d, disc);
            }
        }
    }
    mlg_buffer_text(out, "</g>\n");
    return room;
}

/* ---- actors --------------------------------------------------------------------------- */

/* Finds a place for a name: whole, else shortened; in a crowd it may hide dots that are
 * much smaller than its own. */
static bool place_actor(const mlg_drawing *d, int32_t v, const char *name, lines *l, mlg_box *box,
                        const char **anchor)
{
    const struct {
        size_t letters;
        double least; /* dots not to be hidden, in radii of its own */
    } tries[] = {{ACTOR_LETTERS, 0.0}, {SHORT_LETTERS, 0.0}, {ACTOR_LETTERS, 0.7}};
    const size_t n = d->n_dots > ALL_NAMED ? 3 : 2;

    for (size_t i = 0; i < n; i++) {
        mlg_buffer_clear(&l->text);
        shorten(&l->text, name, tries[i].letters);
        mlg_buffer_char(&l->text, '\n');
        measure_lines(l);
        if (mlg_place_beside(&d->places, &d->dot[v], PLAIN * ACTOR_SIZE * (double) l->widest,
                             1.15 * ACTOR_SIZE, tries[i].least * d->dot[v].r, box, anchor)) {
            return true;
        }
    }
    return false;
}

static bool actor_label(mlg_buffer *out, mlg_drawing *d, int32_t v)
{
    lines l = {0};
    mlg_buffer name = {0};
    mlg_box box;
    const char *anchor = NULL;
    bool taken = true;

    mlg_say_label(&name, d->results, d->results->labels.language, d->graph->scope,
                  d->graph->subject[v]);
    if (place_actor(d, v, mlg_buffer_string(&name), &l, &box, &anchor)) {
        taken = mlg_place_take(&d->places, &box);
        write_lines(out, &l, &box, anchor, ACTOR_SIZE,
                    "paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\" "
                    "stroke-linejoin=\"round\"");
    }
    out->failed = out->failed || l.text.failed || name.failed;
    mlg_buffer_free(&l.text);
    mlg_buffer_free(&name);
    return taken;
}

/* Most ties first; equal ones in the order of the graph. `done` marks what was tried. */
static int32_t next_by_degree(const mlg_drawing *d, const bool *done)
{
    int32_t best = -1;
    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        if (!done[v] && (best < 0 || mlg_drawing_degree(d, v) > mlg_drawing_degree(d, best))) {
            best = v;
        }
    }
    return best;
}

mlg_status mlg_drawing_labels(mlg_buffer *out, mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t wanted = d->n_dots <= ALL_NAMED ? d->n_dots : ACTORS_NAMED;
    bool *done = mlg_zalloc(d->n_dots, sizeof *done);

    TRY_ALLOC(err, done);
    if (!sector_labels(out, d)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the labels");
    }
    mlg_buffer_format(out, "<g font-size=\"%.0f\" fill=\"#1c1c1e\">\n", ACTOR_SIZE);
    for (size_t i = 0; i < wanted; i++) {
        const int32_t v = next_by_degree(d, done);
        done[v] = true;
        if (!actor_label(out, d, v)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the labels");
        }
    }
    mlg_buffer_text(out, "</g>\n");
out:
    mlg_free(done);
    return status;
}
