/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/dialect.h"

#include <string.h>

#include "base/texts.h"

enum {
    N_SEPARATORS = 3,
    ROWS = 30,        /* looked at to see what parts them alike */
    HEADER_ROWS = 10, /* of them, that may be the header (title rows stand above) */
    CELLS = 16,       /* of a header, enough to recognise it */
};

/* Rows at the top of a file, and how often each separator stands in them outside quotes. */
typedef struct sample {
    const char *text[ROWS];
    size_t length[ROWS];
    int count[ROWS][N_SEPARATORS];
    int n;
} sample;

static bool is_blank_or_comment(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (text[i] == ' ' || text[i] == '\t' || text[i] == '"')) {
        i++;
    }
    return i == length || text[i] == '#';
}

static void take_sample(const mlg_lines *lines, sample *rows)
{
    const mlg_window *window = &lines->window;
    const char *from = window->text + window->start;
    const char *end = window->text + window->end;
    int count[N_SEPARATORS] = {0};
    bool inside = false;

    rows->n = 0;
    for (const char *here = from; here < end && rows->n < ROWS; here++) {
        const char *mark = *here != '\0' ? strchr(MLG_SEPARATORS, *here) : NULL;
        if (*here == '"' && lines->quotes) {
            inside = !inside;
        } else if (mark != NULL && !inside) {
            count[mark - MLG_SEPARATORS]++;
        } else if (*here == '\n' && !inside) {
            if (!is_blank_or_comment(from, (size_t) (here - from))) {
                rows->text[rows->n] = from;
                rows->length[rows->n] = (size_t) (here - from);
                memcpy(rows->count[rows->n], count, sizeof count);
                rows->n++;
            }
            memset(count, 0, sizeof count);
            from = here + 1;
        }
    }
}

/* How many cells of a row, cut at `separator`, are headers that the schema knows. */
static int known_headers(const mlg_opening *opening, const char *text, size_t length,
                         char separator)
{
    const char *cells[CELLS];
    size_t lengths[CELLS];
    int n = 0;
    const char *end = text + length;

    while (n < CELLS && text <= end) {
        const char *stop = memchr(text, separator, (size_t) (end - text));
        stop = stop != NULL ? stop : end;
        const char *from = text, *to = stop;
        while (from < to && (*from == ' ' || *from == '"')) {
            from++;
        }
        while (to > from && (to[-1] == ' ' || to[-1] == '"')) {
            to--;
        }
        cells[n] = from;
        lengths[n] = (size_t) (to - from);
        n++;
        text = stop + 1;
    }
    return opening->known != NULL ? opening->known(opening->context, cells, lengths, n) : 0;
}

/* The separator that a row's known headers speak for: -1 when none is known, -2 when two
 * separators make as many known. One that does not cut the row comes after those that do. */
static int in_row(const mlg_opening *opening, const sample *rows, int row, int *known)
{
    int chosen = -1, whole = -1;
    *known = 0;
    for (int s = 0; s < N_SEPARATORS; s++) {
        const bool cuts = rows->count[row][s] > 0;
        if (!cuts && whole >= 0) {
            continue; /* the whole row as one cell was looked at already */
        }
        const int here =
            known_headers(opening, rows->text[row], rows->length[row], MLG_SEPARATORS[s]);
        whole = cuts ? whole : s;
        if (here > *known || (here == *known && here > 0 && chosen == whole && cuts)) {
            *known = here;
            chosen = s;
        } else if (here == *known && here > 0 && cuts) {
            chosen = -2;
        }
    }
    return chosen;
}

/* The separator that the rows hold least: for a table of one column, which none cuts. */
static int rarest(const sample *rows)
{
    int total[N_SEPARATORS] = {0}, least = 0;
    for (int row = 0; row < rows->n; row++) {
        for (int s = 0; s < N_SEPARATORS; s++) {
            total[s] += rows->count[row][s];
        }
    }
    for (int s = 1; s < N_SEPARATORS; s++) {
        least = total[s] < total[least] ? s : least;
    }
    return least;
}

/* The separator whose header the schema knows best among the first rows: -1 when none is
 * known at all, -2 when two are known equally well. */
static int by_header(const mlg_opening *opening, const sample *rows)
{
    int best = 0, chosen = -1, at = 0;
    for (int row = 0; row < rows->n && row < HEADER_ROWS; row++) {
        int known = 0;
        const int here = in_row(opening, rows, row, &known);
        if (known > best) {
            best = known;
            chosen = here;
            at = row;
        }
        if (best > 1) {
            break; /* two columns of the table by chance, in one row? */
        }
    }
    return chosen >= 0 && rows->count[at][chosen] == 0 ? rarest(rows) : chosen;
}

/* The separator that parts every row alike: -1 for none at all, -2 for two. */
static int by_rows(const sample *rows)
{
    int chosen = -1, best = 0;
    bool tie = false;
    for (int s = 0; s < N_SEPARATORS; s++) {
        int alike = 0;
        for (int row = 0; row < rows->n; row++) {
            alike += rows->count[row][s] > 0 && rows->count[row][s] == rows->count[0][s] ? 1 : 0;
        }
        if (alike > best) {
            best = alike;
            chosen = s;
            tie = false;
        } else if (alike == best && best > 0) {
            tie = true;
        }
    }
    return tie ? -2 : chosen;
}

/* "sep=;", which Excel obeys and leaves in the file. */
static char sep_line(mlg_lines *lines)
{
    mlg_window *window = &lines->window;
    const char *text = window->text + window->start;
    const char *end = memchr(text, '\n', window->end - window->start);
    size_t length = end != NULL ? (size_t) (end - text) : 0;
    const size_t whole = length + 1;

    if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
        text++;
        length -= 2;
    }
    const bool said = length == 5 && (memcmp(text, "sep=", 4) == 0 || memcmp(text, "SEP=", 4) == 0);
    if (!said || strchr(MLG_SEPARATORS "|", text[4]) == NULL) {
        return '\0';
    }
    const char separator = text[4];
    mlg_lines_pass(lines, whole, 1);
    return separator;
}

char mlg_dialect_separator(const mlg_opening *opening, mlg_lines *lines)
{
    const mlg_place place = {opening->file, lines->window.line, 0, C_NONE};
    const char *asked = opening->options != NULL ? opening->options->separator : NULL;
    sample rows;
    const char said = sep_line(lines);

    if (asked != NULL && asked[0] != '\0') {
        return (char) (asked[0] == '\\' && asked[1] == 't' ? '\t' : asked[0]);
    }
    if (said != '\0') {
        return said;
    }
    take_sample(lines, &rows);
    int chosen = by_header(opening, &rows);
    if (chosen == -1) {
        chosen = by_rows(&rows);
    }
    if (chosen == -2) {
        mlg_fault_text(opening->model, MLG_FATAL, T_fault_ambiguous_separator, place, NULL, NULL);
        return '\0';
    }
    return MLG_SEPARATORS[chosen < 0 ? 0 : chosen];
}
