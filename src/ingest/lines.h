/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_LINES_H
#define MLG_INGEST_LINES_H

#include "ingest/bytes.h"
#include "ingest/decode.h"
#include "ingest/source.h"

/* Cuts a file into slices of whole rows, so that a parser without line numbers can be
 * given them back. Where no quote stands, a line is a row and many lines make one slice;
 * a row with quotes is a slice of its own, however many lines it spans. */
typedef struct mlg_lines {
    mlg_bytes bytes;
    mlg_decoder decoder;
    mlg_window window;
    mlg_limits limits;
    mlg_model *model; /* for faults */
    int32_t file;
    unsigned char *block; /* of the read before */
    size_t left;          /* its bytes that the next block completes */
    uint64_t n_quoted_lf; /* line ends inside quotes */
    bool quotes;          /* quotes mean something */
    bool ended;           /* the last block is in the window */
} mlg_lines;

typedef struct mlg_slice {
    char *text;
    size_t length;   /* with the LF of its last line */
    int32_t line;    /* of its first byte */
    int32_t n_lines; /* 0 when `plain`: the parser counts them */
    bool plain;      /* no quote in it: each line is a row or blank */
    bool open;       /* its first line opens a quote that ends nowhere */
} mlg_slice;

/* Opens a file and decodes its first block. `refused` says that a fault stands against
 * the whole file. */
mlg_status mlg_lines_open(mlg_lines *lines, const mlg_opening *opening, bool *refused,
                          mlg_error *err) MLG_MUST_CHECK;
/* The slice at the window's start; length 0 at the end of the file. */
mlg_status mlg_lines_next(mlg_lines *lines, mlg_slice *slice, mlg_error *err) MLG_MUST_CHECK;
/* Goes past the first `length` bytes of the window, which are `n_lines` lines. */
void mlg_lines_pass(mlg_lines *lines, size_t length, int32_t n_lines);
/* Reads what is left, for the hash, and fills the facts. */
mlg_status mlg_lines_end(mlg_lines *lines, mlg_input *facts, mlg_error *err) MLG_MUST_CHECK;
void mlg_lines_close(mlg_lines *lines);

#endif
