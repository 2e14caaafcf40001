/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/drawing.h"
#include "report/escape.h"
#include "report/letters.h"

/* Names on the drawing. Their boxes never meet; they hide no dot and no disc of a sector. A
 * name without room beside its dot stands where there is some, at the end of a line. */

#define LINE          1.2  /* height of a line, in ems */
#define SECTOR_EMS    27.0 /* a sector's name, on several lines */
#define ONE_LINE_EMS  17.0 /* an actor's: on one line, on two, cut short */
#define TWO_LINES_EMS 15.0
#define SHORT_EMS     12.0
#define CLEAR         4.0  /* around a sector's name */
#define SECTOR_NEAR   30.0 /* a sector's name further out has a line to its disc */

static const double sector_ems[] = {13.5, 9.5, 7.5};
enum { SECTOR_EMS_TRIED = sizeof sector_ems / sizeof sector_ems[0] };

/* A label cut into lines that fit. */
typedef struct lines {
    mlg_buffer text; /* the lines, each ended by \n */
    size_t n;
    double width, height;
} lines;

static void measure_lines(lines *l, double ems, double size)
{
    const char *at = mlg_buffer_string(&l->text);
    for (l->n = 0; *at != '\0'; at++) {
        l->n += *at == '\n';
    }
    l->width = ems * size;
    l->height = LINE * size * (double) l->n;
}

static void open_text(mlg_buffer *out, const char *anchor, const char *more)
{
    mlg_buffer_text(out, "<text");
    if (anchor[0] != 's') { /* it starts there of itself */
        mlg_buffer_format(out, " text-anchor=\"%s\"", anchor);
    }
    mlg_buffer_format(out, "%s>", more);
}

/* The lines of a label as <tspan>s in its box. */
static void write_spans(mlg_buffer *out, const lines *l, const mlg_box *box, const char *anchor,
                        double size)
{
    const char *line = mlg_buffer_string(&l->text);
    const double x = anchor[0] == 's'   ? box->left
                     : anchor[0] == 'e' ? box->right
                                        : (box->left + box->right) / 2.0;
    double y = box->top + 0.9 * size;

    for (size_t i = 0; i < l->n; i++, line += strcspn(line, "\n") + 1) {
        mlg_buffer one = {0};
        mlg_buffer_bytes(&one, line, strcspn(line, "\n"));
        mlg_buffer_text(out, "<tspan");
        mlg_drawing_attribute(out, "x", x);
        mlg_drawing_attribute(out, "y", y);
        mlg_buffer_char(out, '>');
        mlg_html_escape(out, mlg_buffer_string(&one));
        mlg_buffer_text(out, "</tspan>");
        out->failed = out->failed || one.failed;
        mlg_buffer_free(&one);
        y += LINE * size;
    }
    mlg_buffer_text(out, "</text>\n");
}

static void write_leader(mlg_buffer *out, const mlg_line *line)
{
    mlg_drawing_point(out, "<path fill=\"none\" stroke=\"#1c1c1e\" stroke-width=\"0.8\" d=\"M",
                      line->x0, line->y0, 1);
    mlg_drawing_point(out, "L", line->x1, line->y1, 1);
    mlg_buffer_text(out, "\"/>\n");
}

bool mlg_drawing_write(mlg_buffer *out, mlg_drawing *d, double x, double top, double size,
                       bool bold, const char *text)
{
    lines l = {0};
    mlg_buffer_text(&l.text, text);
    mlg_buffer_char(&l.text, '\n');
    measure_lines(&l, mlg_letters_width(text, bold), size);
    const mlg_box box = {x, top, x + l.width, top + l.height};
    mlg_buffer_text(out, "<text");
    mlg_drawing_attribute(out, "font-size", size);
    mlg_buffer_text(out, bold ? " font-weight=\"600\">" : ">");
    write_spans(out, &l, &box, "start", size);
    d->bottom = fmax(d->bottom, box.bottom);
    out->failed = out->failed || l.text.failed;
    mlg_buffer_free(&l.text);
    return mlg_place_take(&d->places, &box);
}

/* ---- sectors -------------------------------------------------------------------------- */

static double ties_inside(const mlg_drawing *d, int32_t disc)
{
    const mlg_csr *ties = &d->graph->ties;
    double n = 0.0;
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            n += ties->target[i] > v && mlg_drawing_disc(d, v) == disc &&
                 mlg_drawing_disc(d, ties->target[i]) == disc;
        }
    }
    return n;
}

static void sector_lines(lines *l, const mlg_drawing *d, int32_t disc, double ems)
{
    mlg_buffer name = {0}, whole = {0};
    const mlg_language language = d->results->labels.language;
    const mlg_arg sector = mlg_drawing_sector(d, disc), n = mlg_arg_count(d->members[disc]);

    mlg_say_arg(&name, d->results, language, &sector);
    mlg_letters_fit(&whole, mlg_buffer_string(&name), SECTOR_EMS, true);
    mlg_buffer_text(&whole, "\xc2\xa0("); /* the count stays with its name */
    mlg_say_arg(&whole, d->results, language, &n);
    mlg_buffer_char(&whole, ')');
    double widest = mlg_letters_wrap(&l->text, mlg_buffer_string(&whole), ems, true);
    if (d->n_dots == 0) {
        const mlg_arg inside = mlg_arg_count(ties_inside(d, disc));
        mlg_buffer_clear(&whole);
        mlg_say(&whole, d->results, language, T_svg_inside, &inside, 1);
        widest = fmax(widest, mlg_letters_wrap(&l->text, mlg_buffer_string(&whole), ems, true));
    }
    l->text.failed = l->text.failed || name.failed || whole.failed;
    mlg_buffer_free(&name);
    mlg_buffer_free(&whole);
    measure_lines(l, widest, MLG_SECTOR_SIZE);
}

/* Is a box free, and off the discs of all sectors? */
static bool is_clear(const mlg_drawing *d, const mlg_places *places, const mlg_box *box)
{
    bool clear = mlg_place_is_free(places, box);
    for (int32_t s = 0; s <= d->graph->n_sectors && clear; s++) {
        const mlg_dot wide = {d->disc[s].x, d->disc[s].y, d->disc[s].r + 3.0};
        clear = d->disc[s].r <= 0.0 || !mlg_box_covers(box, &wide);
    }
    return clear;
}

/* A box outside a disc at a distance, on the side away from the middle or to its left and
 * right up to a quarter of a turn. */
static bool outside(const mlg_drawing *d, const mlg_places *places, int32_t disc, double width,
                    double height, double reach, mlg_box *box, const char **anchor)
{
    const mlg_dot *at = &d->disc[disc];
    const double dx = at->x - d->middle_x, dy = at->y - d->middle_y;
    const double straight = hypot(dx, dy) > 1.0 ? atan2(dy, dx) : -1.5707963267948966;

    for (int i = 0; i < 15; i++) {
        const int way = (i % 2 == 1 ? 1 : -1) * ((i + 1) / 2);
        const double angle = straight + 0.21 * way;
        const double x = cos(angle), y = sin(angle);
        const double left =
            at->x + x * (at->r + reach) + (fmin(fmax(1.4 * x, -1.0), 1.0) - 1.0) * width / 2.0;
        const double top =
            at->y + y * (at->r + reach) + (fmin(fmax(1.4 * y, -1.0), 1.0) - 1.0) * height / 2.0;
        *box = (mlg_box){left, top, left + width, top + height};
        *anchor = x > 0.35 ? "start" : x < -0.35 ? "end" : "middle";
        if (is_clear(d, places, box)) {
            return true;
        }
    }
    return false;
}

/* A sector's name has some air around it, within the frame. */
static mlg_box widened(const mlg_box *box, const mlg_box *frame)
{
    return (mlg_box){fmax(box->left - CLEAR, frame->left), box->top - CLEAR,
                     fmin(box->right + CLEAR, frame->right), box->bottom + CLEAR};
}

static bool sector_label(mlg_buffer *out, mlg_drawing *d, int32_t disc)
{
    static const double reaches[] = {8, 16, 28, 44, 64, 90, 120, 160};
    lines l = {0};
    bool taken = true, placed = false;

    for (size_t i = 0; i < sizeof reaches / sizeof *reaches && !placed; i++) {
        for (size_t k = 0; k < SECTOR_EMS_TRIED && !placed; k++) {
            const char *anchor = NULL;
            mlg_box box;
            mlg_buffer_clear(&l.text);
            sector_lines(&l, d, disc, sector_ems[k]);
            placed = outside(d, &d->places, disc, l.width, l.height, reaches[i], &box, &anchor);
            if (placed) {
                const mlg_box around = widened(&box, &d->places.frame);
                taken = mlg_place_take(&d->places, &around);
                open_text(out, anchor, " font-weight=\"600\"");
                write_spans(out, &l, &box, anchor, MLG_SECTOR_SIZE);
                d->bottom = fmax(d->bottom, box.bottom);
            }
            if (placed && reaches[i] > SECTOR_NEAR) {
                const mlg_line line = mlg_place_leader(&d->disc[disc], &box);
                taken = taken && mlg_place_take_line(&d->places, &line);
                write_leader(out, &line);
            }
        }
    }
    out->failed = out->failed || l.text.failed;
    mlg_buffer_free(&l.text);
    return taken;
}

/* The number that stands for a sector's name on a narrow screen; the list of actors under the
 * drawing has it too. */
static bool sector_number(mlg_buffer *out, const mlg_drawing *d, mlg_places *marks, int32_t disc)
{
    lines l = {0};
    mlg_box box;
    const char *anchor = NULL;
    bool taken = true, placed = false;

    mlg_buffer_format(&l.text, "%d\n", (int) d->rank[disc] + 1);
    measure_lines(&l, d->rank[disc] < 9 ? 0.75 : 1.5, MLG_NUMBER_SIZE);
    for (double reach = 2.0; reach <= 62.0 && !placed; reach += 12.0) {
        placed = outside(d, marks, disc, l.width, l.height, reach, &box, &anchor);
    }
    if (placed) {
        taken = mlg_place_take(marks, &box);
        open_text(out, "middle", "");
        write_spans(out, &l, &box, "middle", MLG_NUMBER_SIZE);
    }
    out->failed = out->failed || l.text.failed;
    mlg_buffer_free(&l.text);
    return taken;
}

bool mlg_drawing_sector_labels(mlg_buffer *out, mlg_drawing *d)
{
    mlg_places marks = {.frame = {MLG_NARROW_LEFT, -60.0, MLG_NARROW_RIGHT, d->bottom + 40.0}};
    bool room = true;

    mlg_buffer_text(out, "<g class=\"wide\"");
    mlg_drawing_attribute(out, "font-size", MLG_SECTOR_SIZE);
    mlg_buffer_text(out, " fill=\"#1c1c1e\" aria-hidden=\"true\">\n");
    for (int32_t rank = 0; rank <= d->graph->n_sectors && room; rank++) {
        const int32_t disc = mlg_drawing_ranked(d, rank); /* the largest choose first */
        room = d->disc[disc].r <= 0.0 || sector_label(out, d, disc);
    }
    mlg_buffer_text(out, "</g>\n<g class=\"narrow\" display=\"none\" font-weight=\"700\"");
    mlg_drawing_attribute(out, "font-size", MLG_NUMBER_SIZE);
    mlg_buffer_text(out, " fill=\"#1c1c1e\" aria-hidden=\"true\">\n");
    for (int32_t rank = 0; rank <= d->graph->n_sectors && room; rank++) {
        const int32_t disc = mlg_drawing_ranked(d, rank);
        room = d->disc[disc].r <= 0.0 || sector_number(out, d, &marks, disc);
    }
    mlg_buffer_text(out, "</g>\n");
    mlg_places_free(&marks);
    return room;
}

/* ---- actors --------------------------------------------------------------------------- */

/* A name in one or two lines of at most `ems`, the last cut where it is longer. */
static void actor_lines(lines *l, const char *name, double ems, bool two)
{
    mlg_buffer wrapped = {0}, line = {0};
    double widest = 0.0;

    mlg_buffer_clear(&l->text);
    mlg_letters_wrap(&wrapped, name, ems, false);
    const size_t first = two ? strcspn(mlg_buffer_string(&wrapped), "\n") : 0;
    mlg_buffer_bytes(&line, mlg_buffer_string(&wrapped), first);
    if (first > 0 && mlg_letters_width(mlg_buffer_string(&line), false) <= ems) {
        mlg_buffer_text(&l->text, mlg_buffer_string(&line));
        mlg_buffer_char(&l->text, '\n');
        widest = mlg_letters_width(mlg_buffer_string(&line), false);
        name += strspn(name, " ") + first;
        name += strspn(name, " ");
    }
    if (*name != '\0') {
        mlg_buffer_clear(&line);
        mlg_letters_fit(&line, name, ems, false);
        mlg_buffer_text(&l->text, mlg_buffer_string(&line));
        mlg_buffer_char(&l->text, '\n');
        widest = fmax(widest, mlg_letters_width(mlg_buffer_string(&line), false));
    }
    measure_lines(l, widest, MLG_ACTOR_SIZE);
    l->text.failed = l->text.failed || wrapped.failed || line.failed;
    mlg_buffer_free(&wrapped);
    mlg_buffer_free(&line);
}

/* Finds a place for a name: whole beside its dot, shortened there, away from it, and in a
 * crowd away from it over dots much smaller than its own. */
static bool place_actor(const mlg_drawing *d, int32_t v, const char *name, lines *l, mlg_box *box,
                        mlg_line *line, const char **anchor)
{
    static const struct {
        double ems;
        bool two;
        double far, least; /* furthest; dots not to be passed over, in radii of its own */
    } ways[] = {{ONE_LINE_EMS, false, 0.0, 0.0},   {TWO_LINES_EMS, true, 0.0, 0.0},
                {TWO_LINES_EMS, true, 90.0, 0.0},  {SHORT_EMS, false, 0.0, 0.0},
                {TWO_LINES_EMS, true, 200.0, 0.0}, {SHORT_EMS, false, 200.0, 0.0},
                {SHORT_EMS, false, 200.0, 0.7}};
    const mlg_dot *dot = &d->dot[v];

    for (size_t i = mlg_letters_width(name, false) > ONE_LINE_EMS ? 1 : 0;
         i < sizeof ways / sizeof *ways; i++) {
        actor_lines(l, name, ways[i].ems, ways[i].two);
        *line = (mlg_line){0};
        if (ways[i].far <= 0.0 &&
            mlg_place_beside(&d->places, dot, l->width, l->height, box, anchor)) {
            return true;
        }
        if (ways[i].far > 0.0 &&
            mlg_place_led(&d->places, dot, l->width, l->height, ways[i].least * dot->r, ways[i].far,
                          box, line, anchor)) {
            return true;
        }
    }
    return false;
}

/* A name on a white outline: painted twice, for programs that do not know paint-order. */
static void write_name(mlg_buffer *out, mlg_buffer *outlines, const lines *l, const mlg_box *box,
                       const char *anchor)
{
    open_text(outlines, anchor, "");
    write_spans(outlines, l, box, anchor, MLG_ACTOR_SIZE);
    open_text(out, anchor, "");
    write_spans(out, l, box, anchor, MLG_ACTOR_SIZE);
}

static bool actor_label(mlg_buffer *out, mlg_buffer *outlines, mlg_drawing *d, int32_t v)
{
    lines l = {0};
    mlg_buffer name = {0};
    mlg_box box;
    mlg_line line;
    const char *anchor = NULL;
    bool taken = true;

    mlg_say_label(&name, d->results, d->results->labels.language, d->graph->scope,
                  d->graph->subject[v]);
    if (place_actor(d, v, mlg_buffer_string(&name), &l, &box, &line, &anchor)) {
        taken = mlg_place_take(&d->places, &box);
        if (line.x0 != line.x1 || line.y0 != line.y1) {
            taken = taken && mlg_place_take_line(&d->places, &line);
            write_leader(out, &line);
        }
        write_name(out, outlines, &l, &box, anchor);
    }
    out->failed = out->failed || l.text.failed || name.failed;
    mlg_buffer_free(&l.text);
    mlg_buffer_free(&name);
    return taken;
}

/* Most ties first; equal ones in the order of the drawing. `done` marks what was tried. */
static int32_t next_by_degree(const mlg_drawing *d, const bool *done)
{
    int32_t best = -1;
    for (size_t i = 0; i < d->n_dots; i++) {
        const int32_t v = d->order[i];
        if (!done[v] && (best < 0 || mlg_drawing_degree(d, v) > mlg_drawing_degree(d, best))) {
            best = v;
        }
    }
    return best;
}

static void open_names(mlg_buffer *out, const char *colours)
{
    mlg_buffer_text(out, "<g class=\"wide names\"");
    mlg_drawing_attribute(out, "font-size", MLG_ACTOR_SIZE);
    mlg_buffer_format(out, "%s aria-hidden=\"true\">\n", colours);
}

mlg_status mlg_drawing_actor_labels(mlg_buffer *out, mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = d->n_dots;
    const size_t wanted = n <= MLG_ALL_NAMED ? n : n <= 120 ? 20 : n <= 400 ? 14 : 10;
    bool *done = mlg_zalloc(n, sizeof *done);
    mlg_buffer names = {0};

    TRY_ALLOC(err, done);
    open_names(out, " fill=\"#fff\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\"");
    open_names(&names, " fill=\"#1c1c1e\"");
    for (size_t i = 0; i < wanted; i++) {
        const int32_t v = next_by_degree(d, done);
        done[v] = true;
        if (!actor_label(&names, out, d, v)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the labels");
        }
    }
    mlg_buffer_text(out, "</g>\n");
    mlg_buffer_text(out, mlg_buffer_string(&names));
    mlg_buffer_text(out, "</g>\n");
    out->failed = out->failed || names.failed;
out:
    mlg_buffer_free(&names);
    mlg_free(done);
    return status;
}
