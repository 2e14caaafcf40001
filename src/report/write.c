/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_writer.h"
#include "report/document.h"
#include "report/gaps.h"
#include "report/html.h"
#include "report/json.h"
#include "report/output.h"
#include "report/result_folder.h"
#include "report/section.h"
#include "report/svg.h"
#include "report/terminal.h"

#define PAGE "report.html"

/* ---- the report's files --------------------------------------------------------------- */

static mlg_status write_page(const void *document, FILE *out, mlg_error *err)
{
    return mlg_html_write(document, out, err);
}

static mlg_status write_json(const void *results, FILE *out, mlg_error *err)
{
    return mlg_json_write(results, out, err);
}

static mlg_status write_figure(const void *figure, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    mlg_svg_file(&text, &((const mlg_figure *) figure)->svg);
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    return status;
}

/* A table with the results that name its labels. */
typedef struct table_file {
    const mlg_results *results;
    const mlg_table *table;
} table_file;

static mlg_status write_table(const void *what, FILE *out, mlg_error *err)
{
    const table_file *file = what;
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    mlg_csv_table_head(&text, file->table);
    for (size_t row = 0; row < mlg_table_rows(file->table); row++) {
        mlg_csv_table_row(&text, file->results, file->table, row);
        TRY(mlg_flush_some(&text, out, err));
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    return status;
}

static mlg_status write_block(mlg_result_folder *folder, const mlg_results *results,
                              const mlg_block *block, mlg_error *err)
{
    if (block->kind == MLG_BLOCK_FIGURE) {
        return mlg_result_folder_write(folder, block->figure->file, write_figure, block->figure,
                                       err);
    }
    if (block->kind == MLG_BLOCK_TABLE && block->table->id != NULL) {
        const table_file file = {results, block->table};
        char name[64];
        snprintf(name, sizeof name, "tables/%s.csv", block->table->id);
        return mlg_result_folder_write(folder, name, write_table, &file, err);
    }
    return MLG_OK;
}

/* Every scalar of the results as one table: it stands in no section of the page. */
static mlg_status write_scalars(const void *results, FILE *out, mlg_error *err)
{
    const mlg_values *values = ((const mlg_results *) results)->values;
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    mlg_csv_values_head(&text);
    for (size_t i = 0; i < values->n; i++) {
        if (values->items[i].shape == MLG_SCALAR) {
            mlg_csv_value(&text, results, &values->items[i]);
            TRY(mlg_flush_some(&text, out, err));
        }
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    return status;
}

static mlg_status write_all(mlg_result_folder *folder, const mlg_document *document, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_result_folder_write(folder, PAGE, write_page, document, err));
    TRY(mlg_result_folder_write(folder, "report.json", write_json, document->results, err));
    TRY(mlg_result_folder_write(folder, "tables/scalars.csv", write_scalars, document->results,
                                err));
    for (size_t s = 0; s < document->n; s++) {
        for (size_t b = 0; b < document->sections[s].n; b++) {
            TRY(write_block(folder, document->results, &document->sections[s].blocks[b], err));
        }
    }
out:
    return status;
}

mlg_status mlg_report_write(const mlg_results *results, const char *path, bool force,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_result_folder *folder = NULL;
    mlg_document document = {0};

    TRY(mlg_result_folder_open(path, force, results->labels.names, &folder, err));
    TRY(mlg_result_folder_refuse_others(folder, PAGE, err));
    TRY(mlg_document_report(results, &document, err));
    TRY(write_all(folder, &document, err));
    TRY(mlg_result_folder_commit(folder, err));
out:
    mlg_document_free(&document);
    mlg_result_folder_close(folder);
    return status;
}

mlg_status mlg_report_probe(const char *path, bool force, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_result_folder *folder = NULL;

    TRY(mlg_result_folder_open(path, force, false, &folder, err));
    TRY(mlg_result_folder_refuse_others(folder, PAGE, err));
out:
    mlg_result_folder_close(folder);
    return status;
}

/* ---- printing ------------------------------------------------------------------------- */

static mlg_status print_text(const mlg_results *results, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_document document = {0};

    TRY(mlg_document_values(results, &document, err));
    TRY(mlg_terminal_write(&document, out, err));
out:
    mlg_document_free(&document);
    return status;
}

static mlg_status print_csv(const mlg_results *results, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    mlg_csv_values_head(&text);
    for (size_t i = 0; i < results->values->n; i++) {
        mlg_csv_value(&text, results, &results->values->items[i]);
        TRY(mlg_flush_some(&text, out, err));
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    return status;
}

mlg_status mlg_results_print(const mlg_results *results, mlg_format format, FILE *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    switch (format) {
    case MLG_TEXT_FORMAT:
        TRY(print_text(results, out, err));
        break;
    case MLG_CSV_FORMAT:
        TRY(print_csv(results, out, err));
        break;
    case MLG_JSON_FORMAT:
        TRY(mlg_json_write(results, out, err));
        break;
    case MLG_HTML_FORMAT:
        FAIL(err, MLG_EARG, "values are printed as text, CSV or JSON");
    }
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the output");
    }
out:
    return status;
}

mlg_status mlg_results_gaps(const mlg_results *results, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_document document = {0};

    TRY(mlg_document_gaps(results, &document, err));
    TRY(mlg_terminal_write(&document, out, err));
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the output");
    }
out:
    mlg_document_free(&document);
    return status;
}

mlg_status mlg_results_summary(const mlg_results *results, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    mlg_terminal_summary(&text, results, MLG_FIRST_FINDINGS);
    TRY(mlg_flush(&text, out, err));
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the summary");
    }
out:
    mlg_buffer_free(&text);
    return status;
}
