/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/commune.h"
#include "ingest/mapping.h"
#include "ingest/table.h"

/* Any file at all, as any table, in any dialect: encoding, rows, cells, mappings and the
 * model's own rules must answer, never crash, and keep what the layers promise each other.
 * The first byte chooses the table, the second the options; the rest is the file. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "broken promise: %s\n", what);
        abort();
    }
}

static mlg_ingest_options options_of(uint8_t byte)
{
    static const char *const encodings[] = {
        NULL,        NULL,        NULL,    NULL,          "UTF-8",  "CP1252", "UTF-16", "UTF-16BE",
        "MACINTOSH", "SHIFT_JIS", "UTF-7", "ISO-8859-15", "EUC-JP", "UTF-32", "CP1255", "HZ"};
    static const char *const separators[] = {NULL, ",", ";", "\t"};
    return (mlg_ingest_options){.encoding = encodings[byte & 15],
                                .separator = separators[byte >> 4 & 3],
                                .lenient_quotes = (byte & 64) != 0};
}

/* Rows: cells are NUL-terminated UTF-8 without NUL, lines never go back. */
static void read_rows(mlg_model *model, const char *path, const mlg_ingest_options *options)
{
    mlg_source *source = NULL;
    mlg_row row;
    int32_t line = 0;
    const mlg_opening opening = {
        .path = path, .model = model, .options = options, .limits = MLG_LIMITS_INIT};
    if (mlg_csv_open(&opening, &source, NULL) != MLG_OK) {
        return;
    }
    while (!source->refused) {
        must(mlg_source_next(source, &row, NULL) == MLG_OK, "rows are read");
        if (row.n == 0) {
            break;
        }
        must(row.line >= line, "lines go on");
        must(row.n <= opening.limits.columns, "columns are limited");
        line = row.line;
        for (int32_t i = 0; i < row.n; i++) {
            must(strlen(row.cells[i].text) == row.cells[i].length, "cells hold no NUL");
            must(row.cells[i].column == i + 1, "cells are in order");
        }
    }
    source->close(source);
}

static void read_table(mlg_model *model, const char *path, mlg_table_id table,
                       const mlg_ingest_options *options)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_mapping mapping = {0};
    mlg_table_file file = {.name = "x.csv", .path = path, .guess = table == MLG_N_TABLES};
    file.plans = mlg_zalloc(1, sizeof *file.plans);
    must(file.plans != NULL, "there is memory");
    file.n_plans = 1;
    file.plans[0].table = file.guess ? MLG_ACTORS : table;
    if (mlg_table_read(&file, model, options, &run, NULL) == MLG_OK) {
        must(mlg_mapping_read(model, &mapping, NULL) == MLG_OK, "mappings are read");
        mlg_mapping_check_twice(model, &mapping);
        mlg_mapping_free(&mapping);
        must(mlg_commune_repair(model, NULL) == MLG_OK, "communes are repaired");
        must(mlg_model_finish(model, NULL) == MLG_OK, "the model is finished");
    }
    mlg_table_free(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    mlg_model *model = NULL;
    if (size < 2) {
        return 0;
    }
    const int descriptor = memfd_create("fuzz", 0);
    must(descriptor >= 0, "there is a file");
    must(write(descriptor, data + 2, size - 2) == (ssize_t) (size - 2), "the file is written");
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    const mlg_ingest_options options = options_of(data[1]);

    must(mlg_model_new(&model, NULL) == MLG_OK, "there is a model");
    must(mlg_names_add(&model->files, "x.csv", 5) == 0, "there is a name");
    read_rows(model, path, &options);
    read_table(model, path, (mlg_table_id) (data[0] % (MLG_N_TABLES + 1)), &options);
    mlg_model_free(model);
    close(descriptor);
    return 0;
}
