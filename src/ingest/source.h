/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_SOURCE_H
#define MLG_INGEST_SOURCE_H

#include "maillage/ingest.h"
#include "model/model.h"

/* What one file may hold. The defaults are documented; tests set smaller ones. */
typedef struct mlg_limits {
    uint64_t file;        /* bytes */
    size_t line;          /* bytes of a physical line */
    size_t field;         /* bytes of a cell */
    size_t quoted;        /* bytes of a row whose quotes span lines */
    int32_t quoted_lines; /* lines of such a row */
    int32_t columns;
    int32_t rows;
} mlg_limits;

#define MLG_LIMITS_INIT                                                                            \
    {                                                                                              \
        .file = (uint64_t) 4 << 30, .line = (size_t) 16 << 20, .field = (size_t) 1 << 20,          \
        .quoted = (size_t) 64 << 10, .quoted_lines = 100, .columns = 1000, .rows = 50000000        \
    }

/* A cell: UTF-8, NUL after its last byte. */
typedef struct mlg_cell {
    const char *text;
    uint32_t length;
    int32_t column; /* from 1 */
} mlg_cell;

typedef struct mlg_row {
    const mlg_cell *cells;
    int32_t n;    /* 0 at the end of the file */
    int32_t line; /* of its first byte, from 1 */
} mlg_row;

/* Where rows come from: CSV today, a workbook's sheet tomorrow. Blank rows are left
 * out; everything else is given as written. What is wrong with the bytes or the shape
 * goes to the model's faults. */
typedef struct mlg_source mlg_source;
struct mlg_source {
    /* Makes the next rows, a few dozen: their ids can then be looked up side by side.
     * n_rows = 0 at the end of the file. */
    mlg_status (*refill)(mlg_source *source, mlg_error *err);
    void (*close)(mlg_source *source);         /* frees the source too */
    double (*share)(const mlg_source *source); /* of the file already read, 0..1 */
    const mlg_row *rows; /* [n_rows] at hand; their cells live until the next refill */
    size_t n_rows, at;   /* those before `at` were taken */
    mlg_input facts; /* separator, encoding and bom from the first row on; the rest at the end */
    bool refused;    /* no row can be had from this file; a fault says why */
};

/* Takes the next row; its n is 0 at the end of the file. */
static inline mlg_status mlg_source_next(mlg_source *source, mlg_row *row, mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (source->at == source->n_rows) {
        status = source->refill(source, err);
    }
    *row =
        status == MLG_OK && source->at < source->n_rows ? source->rows[source->at++] : (mlg_row){0};
    return status;
}

/* How to open a file, and where its faults go. */
typedef struct mlg_opening {
    const char *path; /* to open */
    int32_t file;     /* its number in model->files */
    mlg_model *model; /* for faults */
    const mlg_ingest_options *options;
    mlg_limits limits;
    /* Told how many cells of a header the schema knows: settles a separator in doubt. May
     * be NULL. */
    int (*known)(const void *context, const char *const *headers, const size_t *lengths, int n);
    const void *context;
} mlg_opening;

/* Opens a CSV file (csv.c). MLG_OK also when the file is refused with a fault; MLG_EIO
 * when it cannot be read. */
mlg_status mlg_csv_open(const mlg_opening *opening, mlg_source **source,
                        mlg_error *err) MLG_MUST_CHECK;

#endif
