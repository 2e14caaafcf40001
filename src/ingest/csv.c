/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <csv.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/dialect.h"
#include "ingest/lines.h"

enum {
    WORD = 8,
    BATCH = 64,         /* rows made in one go, at least: see mlg_names_find_many() */
    SMALL = 1 << 15,    /* bytes of nearly every slice */
    BUFFER_STEP = 4096, /* of libcsv's cell buffer */
    RUN = 128,          /* bytes counted in one go: a counter of a byte does not overflow */
};

/* Rows of the slices last parsed, with their cells' texts. */
typedef struct csv_source {
    mlg_source base;
    mlg_lines lines;
    struct csv_parser parser;
    bool has_parser;

    char *text;
    size_t text_used, text_room;
    mlg_cell *cells;
    size_t n_cells, cells_room;
    mlg_row *rows;
    size_t n_rows, rows_room;

    int32_t line;        /* of the row being parsed */
    size_t row_first;    /* its first cell */
    int32_t row_columns; /* its cells, those beyond the limit too */
    int64_t n_all;       /* rows made so far */
    bool ended;
} csv_source;

/* ---- what libcsv calls ---------------------------------------------------- */

/* libcsv grows one buffer for the longest cell. Refusing beyond the limit makes it answer
 * CSV_ENOMEM after 1 MiB instead of taking all that a hostile file asks for. It passes no
 * context, so this limit is the default one. */
static void *grow_capped(void *block, size_t size)
{
    const mlg_limits limits = MLG_LIMITS_INIT;
    /* rounded up, because cells are copied by words; libcsv, refused, asks for ever less */
    return size > limits.field + BUFFER_STEP ? NULL : mlg_resize(block, size / WORD + 1, WORD);
}

/* Room for every cell and row of the slice was made before it is parsed. */
static void on_cell(void *text, size_t length, void *context)
{
    csv_source *csv = context;
    char *copy = csv->text + csv->text_used;

    if (++csv->row_columns > csv->lines.limits.columns) {
        return;
    }
    /* With the NUL that libcsv puts behind it, in whole words: its buffer and ours are some bytes
     * longer. A call of memcpy() takes longer than most cells. */
    for (size_t at = 0; at <= length; at += WORD) {
        memcpy(copy + at, (const char *) text + at, WORD);
    }
    csv->cells[csv->n_cells++] = (mlg_cell){copy, (uint32_t) length, csv->row_columns};
    csv->text_used += length + 1;
}

static void on_row(int terminator, void *context)
{
    csv_source *csv = context;
    (void) terminator; /* LF: all line ends were made one */
    if (csv->row_columns > 0) {
        csv->rows[csv->n_rows++] = (mlg_row){csv->cells + csv->row_first,
                                             (int32_t) (csv->n_cells - csv->row_first), csv->line};
    }
    if (csv->row_columns > csv->lines.limits.columns) {
        const mlg_place place = {csv->lines.file, csv->line, csv->lines.limits.columns, C_NONE};
        mlg_fault_text(csv->lines.model, MLG_FATAL, T_fault_too_many_columns, place, NULL, NULL);
    }
    csv->line++;
    csv->row_columns = 0;
    csv->row_first = csv->n_cells;
}

/* ---- slices --------------------------------------------------------------- */

static mlg_status start_parser(csv_source *csv, mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (csv->has_parser) {
        csv_free(&csv->parser);
    }
    /* Strict: otherwise a stray quote swallows the rest of the file without a word. */
    csv->has_parser =
        csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL) == 0;
    if (!csv->has_parser) {
        FAIL(err, MLG_EENGINE, "libcsv did not start");
    }
    csv_set_realloc_func(&csv->parser, grow_capped);
    csv_set_blk_size(&csv->parser, BUFFER_STEP);
    csv_set_free_func(&csv->parser, mlg_free);
    csv_set_delim(&csv->parser, (unsigned char) csv->base.facts.separator);
    csv_set_quote(&csv->parser, csv->lines.quotes ? '"' : '\0'); /* no NUL is left in the text */
out:
    return status;
}

/* At most how many cells and rows a text makes. Vector operations again: a byte's counter
 * for each place of a run. */
static void count_marks(const char *text, size_t length, char separator, size_t *cells,
                        size_t *rows)
{
    size_t separators = 0, ends = 0, i = 0;
    for (; i + RUN <= length; i += RUN) {
        unsigned char s = 0, e = 0;
        for (int k = 0; k < RUN; k++) {
            s = (unsigned char) (s + (text[i + (size_t) k] == separator));
            e = (unsigned char) (e + (text[i + (size_t) k] == '\n'));
        }
        separators += s;
        ends += e;
    }
    for (; i < length; i++) {
        separators += text[i] == separator ? 1 : 0;
        ends += text[i] == '\n' ? 1 : 0;
    }
    *cells = separators + ends + 1;
    *rows = ends + 1;
}

/* Room for a slice's cells and rows behind those at hand. What is at hand must not move:
 * false in *fits when it would, and there is something. */
static mlg_status make_room(csv_source *csv, const mlg_slice *slice, bool *fits, mlg_error *err)
{
    mlg_status status = MLG_OK;
    /* The most a small slice can hold is asked for at once: what is not touched costs
     * nothing, and counting would. */
    const uint64_t file = csv->lines.bytes.size;
    size_t cells = (file < SMALL ? (size_t) file : SMALL) + 2, rows = cells;
    if (slice->length >= cells) {
        count_marks(slice->text, slice->length, csv->base.facts.separator, &cells, &rows);
    }
    const size_t text = csv->text_used + slice->length + cells + WORD;
    cells += csv->n_cells;
    rows += csv->n_rows;
    *fits = csv->n_rows == 0 ||
            (cells <= csv->cells_room && rows <= csv->rows_room && text <= csv->text_room);
    if (csv->n_rows == 0 &&
        (!mlg_grow(&csv->cells, &csv->cells_room, 2 * cells, sizeof *csv->cells) ||
         !mlg_grow(&csv->rows, &csv->rows_room, 2 * rows, sizeof *csv->rows) ||
         !mlg_grow(&csv->text, &csv->text_room, 2 * text, 1))) {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
    csv->row_first = csv->n_cells;
    csv->row_columns = 0;
    csv->line = slice->line;
out:
    return status;
}

/* Why libcsv stopped `at` a byte of the slice: a fault with its line, or no memory. */
static mlg_status explain(csv_source *csv, const mlg_slice *slice, size_t at, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_limits limits = MLG_LIMITS_INIT;
    mlg_place place = {csv->lines.file, slice->line, csv->row_columns + 1, C_NONE};

    for (size_t i = 0; i < at && i < slice->length; i++) {
        place.line += slice->text[i] == '\n' ? 1 : 0;
    }
    if (csv_error(&csv->parser) == CSV_EPARSE) {
        mlg_fault_text(csv->lines.model, MLG_FATAL, T_fault_stray_quote, place, NULL, NULL);
    } else if (csv_get_buffer_size(&csv->parser) >= limits.field) {
        mlg_fault_text(csv->lines.model, MLG_FATAL, T_fault_cell_too_long, place, NULL, NULL);
    } else {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
out:
    return status;
}

/* Parses a slice into rows. A row that breaks the rules of quoting is left out, and reading
 * goes on at the line below the one where it began, so that one stray quote hides nothing. */
static mlg_status parse_slice(csv_source *csv, const mlg_slice *slice, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t length = slice->length;
    int32_t n_lines = slice->n_lines;

    const size_t taken = csv_parse(&csv->parser, slice->text, slice->length, on_cell, on_row, csv);
    if (taken == slice->length && !slice->open) {
        if (slice->plain) {
            n_lines = csv->line - slice->line;
        } else {
            csv->lines.n_quoted_lf += (uint64_t) slice->n_lines - 1;
        }
    } else {
        if (taken != slice->length) {
            TRY(explain(csv, slice, taken, err));
        } else {
            const mlg_place place = {csv->lines.file, slice->line, csv->row_columns + 1, C_NONE};
            mlg_fault_text(csv->lines.model, MLG_FATAL, T_fault_open_quote, place, NULL, NULL);
        }
        TRY(start_parser(csv, err));
        /* Rows before the broken one stand (in a plain slice, whose cells may be too long). */
        n_lines = slice->plain ? csv->line - slice->line + 1 : 1;
        length = 0;
        for (int32_t passed = 0; passed < n_lines; passed++) {
            const char *end = memchr(slice->text + length, '\n', slice->length - length);
            length = end != NULL ? (size_t) (end + 1 - slice->text) : slice->length;
        }
        csv->n_cells = csv->row_first;
    }
    mlg_lines_pass(&csv->lines, length, n_lines);
out:
    return status;
}

/* ---- the source ----------------------------------------------------------- */

static mlg_status csv_refill(mlg_source *source, mlg_error *err)
{
    mlg_status status = MLG_OK;
    csv_source *csv = (csv_source *) source;
    mlg_slice slice = {0};
    bool fits = true;

    csv->n_cells = csv->text_used = csv->n_rows = 0;
    while (!source->refused && !csv->ended && csv->n_rows < BATCH) {
        TRY(mlg_lines_next(&csv->lines, &slice, err));
        if (slice.length == 0) {
            csv->ended = true;
            TRY(mlg_lines_end(&csv->lines, &source->facts, err));
            break;
        }
        TRY(make_room(csv, &slice, &fits, err));
        if (!fits) {
            break;
        }
        TRY(parse_slice(csv, &slice, err));
    }
    csv->n_all += (int64_t) csv->n_rows;
    if (csv->n_all > csv->lines.limits.rows) {
        const mlg_place place = {csv->lines.file, csv->line, 0, C_NONE};
        mlg_fault_text(csv->lines.model, MLG_FATAL, T_fault_too_many_rows, place, NULL, NULL);
        source->refused = true;
        csv->n_rows = 0;
    }
out:
    source->rows = csv->rows;
    source->n_rows = status == MLG_OK ? csv->n_rows : 0;
    source->at = 0;
    return status;
}

static double csv_share(const mlg_source *source)
{
    const mlg_bytes *bytes = &((const csv_source *) source)->lines.bytes;
    return bytes->size == 0 ? 1.0 : (double) bytes->done / (double) bytes->size;
}

static void csv_close(mlg_source *source)
{
    csv_source *csv = (csv_source *) source;
    if (csv->has_parser) {
        csv_free(&csv->parser); /* never csv_fini: it would hand out half a row */
    }
    mlg_lines_close(&csv->lines);
    mlg_free(csv->text);
    mlg_free(csv->cells);
    mlg_free(csv->rows);
    mlg_free(csv);
}

mlg_status mlg_csv_open(const mlg_opening *opening, mlg_source **source, mlg_error *err)
{
    mlg_status status = MLG_OK;
    csv_source *csv = mlg_zalloc(1, sizeof *csv);

    *source = NULL;
    TRY_ALLOC(err, csv);
    csv->lines.bytes.descriptor = -1;
    csv->base.refill = csv_refill;
    csv->base.close = csv_close;
    csv->base.share = csv_share;
    TRY(mlg_lines_open(&csv->lines, opening, &csv->base.refused, err));
    csv->lines.quotes = opening->options == NULL || !opening->options->lenient_quotes;
    if (!csv->base.refused) {
        csv->base.facts.separator = mlg_dialect_separator(opening, &csv->lines);
        csv->base.refused = csv->base.facts.separator == '\0';
        TRY(start_parser(csv, err));
    }
    *source = &csv->base;
out:
    if (status != MLG_OK && csv != NULL) {
        csv_close(&csv->base);
    }
    return status;
}
