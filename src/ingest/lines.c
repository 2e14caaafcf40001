/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/lines.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"

/* Slices of about this size: their cells stay in the second-level cache. */
enum { SLICE = 1 << 15 };

static mlg_place place_of(const mlg_lines *lines, int32_t line)
{
    return (mlg_place){lines->file, line, 0, C_NONE};
}

/* Decodes the next block behind the window, whose start moves to the buffer's. */
static mlg_status fill(mlg_lines *lines, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_window *window = &lines->window;
    unsigned char *block = NULL;
    unsigned char head[MLG_BLOCK_HEAD] = {0};
    size_t n = 0;

    if (window->start > 0) {
        memmove(window->text, window->text + window->start, window->end - window->start);
        window->end -= window->start;
        window->start = 0;
    }
    if (lines->left > 0) { /* the read overwrites the block they stand in */
        memcpy(head, lines->block, lines->left);
    }
    TRY(mlg_bytes_next(&lines->bytes, &block, &n, err));
    const bool last = n == 0 || lines->bytes.done >= lines->bytes.size;
    block -= lines->left;
    memcpy(block, head, lines->left);
    n += lines->left;
    size_t left = 0;
    TRY(mlg_decode(&lines->decoder, block, n, last, window, &left, err));
    lines->block = block + (n - left);
    lines->left = left;
    lines->ended = last || lines->decoder.hopeless;
    if (lines->ended && window->end > window->start && window->text[window->end - 1] != '\n') {
        if (!mlg_grow(&window->text, &window->room, window->end + 1, 1)) {
            FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
        }
        window->text[window->end++] = '\n';
    }
out:
    return status;
}

/* The workbook beside a table that is not there, of the same name: whoever keeps it there forgot
 * to save its sheet. */
static const char *workbook_beside(const char *path, char *room, size_t size)
{
    static const char *const extensions[] = {".xlsx", ".ods", ".xls"};
    const char *dot = strrchr(path, '.');
    const int stem = (int) (dot != NULL ? (size_t) (dot - path) : strlen(path));
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        const int n = snprintf(room, size, "%.*s%s", stem, path, extensions[i]);
        if (n > 0 && (size_t) n < size && access(room, F_OK) == 0) {
            const char *slash = strrchr(room, '/');
            return slash != NULL ? slash + 1 : room;
        }
    }
    return NULL;
}

mlg_status mlg_lines_open(mlg_lines *lines, const mlg_opening *opening, bool *refused,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_text_key fault = T_none;
    size_t n = 0, skip = 0;

    *lines = (mlg_lines){
        .limits = opening->limits, .model = opening->model, .file = opening->file, .quotes = true};
    lines->window.line = 1;
    lines->decoder.model = opening->model;
    lines->decoder.file = opening->file;
    *refused = false;
    status = mlg_bytes_open(&lines->bytes, opening->path, opening->limits.file, &fault, err);
    if (status == MLG_OK) {
        TRY(mlg_bytes_next(&lines->bytes, &lines->block, &n, err));
        fault = n == 0 ? T_fault_empty_file : mlg_foreign_format(lines->block, n);
    }
    if (fault != T_none) {
        char room[4096];
        const char *beside =
            fault == T_fault_no_file ? workbook_beside(opening->path, room, sizeof room) : NULL;
        mlg_fault_text(lines->model, MLG_FATAL, beside != NULL ? T_fault_no_file_workbook : fault,
                       place_of(lines, 0), beside, NULL);
        *refused = true;
        return MLG_OK;
    }
    TRY(status);
    const char *asked = opening->options != NULL ? opening->options->encoding : NULL;
    TRY(mlg_decoder_open(&lines->decoder, asked, lines->block,
                         n < MLG_FORMAT_BYTES ? n : MLG_FORMAT_BYTES, &skip, err));
    *refused = lines->decoder.hopeless;
    if (!*refused) {
        size_t left = 0;
        const bool last = lines->bytes.done >= lines->bytes.size;
        TRY(mlg_decode(&lines->decoder, lines->block + skip, n - skip, last, &lines->window, &left,
                       err));
        lines->block += n - left;
        lines->left = left;
        lines->ended = last || lines->decoder.hopeless;
        if (lines->ended) {
            if (!mlg_grow(&lines->window.text, &lines->window.room, lines->window.end + 1, 1)) {
                FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
            }
            lines->window.text[lines->window.end++] = '\n';
        }
    }
out:
    return status;
}

static char *find(char *from, const char *end, int c)
{
    return from < end ? memchr(from, c, (size_t) (end - from)) : NULL;
}

/* End of the row that starts at `from` and has a quote: the first line end with an even
 * number of quotes before it. NULL when the window ends before, or a limit is passed
 * (*over). */
static char *row_end(const mlg_lines *lines, char *from, const char *end, int32_t *n_lines,
                     bool *over)
{
    bool inside = false;
    *n_lines = 0;
    *over = false;
    for (char *here = from; here < end; here++) {
        if (*here == '"') {
            inside = !inside;
        } else if (*here == '\n') {
            (*n_lines)++;
            if (!inside) {
                return here + 1;
            }
            if (*n_lines >= lines->limits.quoted_lines ||
                (size_t) (here - from) > lines->limits.quoted) {
                *over = true;
                return NULL;
            }
        }
    }
    return NULL;
}

/* A slice of whole lines before the first quote, if there is one. */
static bool slice_plain(const mlg_lines *lines, char *from, const char *end, mlg_slice *slice)
{
    const char *quote = lines->quotes ? find(from, end, '"') : NULL;
    const char *stop = quote != NULL ? quote : end;
    if (stop - from > SLICE) {
        stop = from + SLICE;
    }
    const char *last = from < stop ? memrchr(from, '\n', (size_t) (stop - from)) : NULL;
    if (last == NULL && stop < end && (quote == NULL || stop < quote)) {
        /* one line longer than a slice */
        last = memchr(from, '\n', (size_t) ((quote != NULL ? quote : end) - from));
    }
    if (last == NULL) {
        return false;
    }
    slice->plain = true;
    slice->length = (size_t) (last + 1 - from);
    return true;
}

mlg_status mlg_lines_next(mlg_lines *lines, mlg_slice *slice, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (;;) {
        mlg_window *window = &lines->window;
        char *from = window->text + window->start;
        char *end = window->text + window->end;
        bool over = false;

        *slice = (mlg_slice){.text = from, .line = window->line};
        if (from < end && slice_plain(lines, from, end, slice)) {
            break;
        }
        char *quote = lines->quotes ? find(from, end, '"') : NULL;
        if (quote != NULL) {
            char *stop = row_end(lines, from, end, &slice->n_lines, &over);
            if (stop != NULL) {
                slice->length = (size_t) (stop - from);
                break;
            }
        }
        if (over || (lines->ended && from < end)) {
            slice->open = true; /* the window ends in LF: only a quote can be in the way */
            slice->n_lines = 1;
            slice->length = (size_t) (find(from, end, '\n') + 1 - from);
            break;
        }
        if (lines->ended) {
            break;
        }
        if ((size_t) (end - from) > lines->limits.line) {
            mlg_fault_text(lines->model, MLG_FATAL, T_fault_line_too_long,
                           place_of(lines, window->line), NULL, NULL);
            window->start = window->end;
            lines->ended = true;
            break;
        }
        TRY(fill(lines, err));
    }
out:
    return status;
}

void mlg_lines_pass(mlg_lines *lines, size_t length, int32_t n_lines)
{
    lines->window.start += length;
    lines->window.line += n_lines;
}

/* An LF inside the quotes of a CRLF file is Excel's line break in a cell, not a mixture. */
static bool line_ends_mixed(const mlg_lines *lines)
{
    const mlg_decoder *decoder = &lines->decoder;
    const int kinds = (decoder->n_crlf > 0 ? 1 : 0) + (decoder->n_cr > 0 ? 1 : 0) +
                      (decoder->n_lf > lines->n_quoted_lf ? 1 : 0);
    return kinds > 1;
}

mlg_status mlg_lines_end(mlg_lines *lines, mlg_input *facts, mlg_error *err)
{
    mlg_status status = MLG_OK;
    unsigned char *block = NULL;
    size_t n = 0;

    do {
        TRY(mlg_bytes_next(&lines->bytes, &block, &n, err));
    } while (n > 0);
    if (mlg_bytes_changed(&lines->bytes)) {
        mlg_fault_text(lines->model, MLG_FATAL, T_fault_file_changed, place_of(lines, 0), NULL,
                       NULL);
    }
    if (line_ends_mixed(lines)) {
        mlg_fault_text(lines->model, MLG_WARNING, T_fault_mixed_line_ends, place_of(lines, 0), NULL,
                       NULL);
    }
    facts->bytes = lines->bytes.size;
    mlg_digest_end(&lines->bytes.digest, facts->sha256);
    snprintf(facts->encoding, sizeof facts->encoding, "%s", mlg_decoder_name(&lines->decoder));
    facts->bom = lines->decoder.bom;
out:
    return status;
}

void mlg_lines_close(mlg_lines *lines)
{
    mlg_bytes_close(&lines->bytes);
    mlg_decoder_close(&lines->decoder);
    mlg_free(lines->window.text);
    lines->window = (mlg_window){0};
}
