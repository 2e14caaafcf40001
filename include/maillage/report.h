/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_H
#define MLG_REPORT_H

#include "maillage/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlg_format {
    MLG_TEXT_FORMAT,
    MLG_CSV_FORMAT,
    MLG_JSON_FORMAT,
    MLG_HTML_FORMAT, /**< of the sheets of posts alone: a page to print, a sheet of paper a post */
} mlg_format;

/** What an output is made of. All borrowed. */
typedef struct mlg_results {
    const mlg_model *model;
    const mlg_context *context;
    const mlg_values *values;
    const mlg_findings *findings; /**< may be NULL */
    const mlg_run *run;
    mlg_labels labels;
} mlg_results;

/** Prints values as text, CSV or the JSON object of the program's results. */
mlg_status mlg_results_print(const mlg_results *results, mlg_format format, FILE *out,
                             mlg_error *err) MLG_MUST_CHECK;

/** Prints the missing coordinations, from the values of gap.schemes, as sentences: those that
 *  stand out from chance, those that may be chance, and what could not be told, with its reason. */
mlg_status mlg_results_gaps(const mlg_results *results, FILE *out, mlg_error *err) MLG_MUST_CHECK;

/** Prints what the months ahead would bring, from the values of turnover.simulation.*, as sentences
 *  and small tables: what would be lost, what each post stands for, how sure that is, and every
 *  assumption with its source. */
mlg_status mlg_results_simulation(const mlg_results *results, FILE *out,
                                  mlg_error *err) MLG_MUST_CHECK;

/** Prints the findings as a reader of a terminal wants them: title, sentences, levers. */
mlg_status mlg_results_summary(const mlg_results *results, FILE *out,
                               mlg_error *err) MLG_MUST_CHECK;

/**
 * Prints what is lost if posts fall vacant: one sheet a post (text, HTML), one row (CSV), or the
 * JSON object with the values of these posts. The values must hold `turnover.departure` and those
 * below it. `names` are ids or labels of posts, schemes or pseudonyms; none: all, with a table
 * before the sheets.
 *
 * @return MLG_OK · MLG_EARG for a name that is nothing's, with the nearest · MLG_EIO · MLG_ENOMEM.
 */
mlg_status mlg_results_leave(const mlg_results *results, const char *const *names, size_t n,
                             mlg_format format, FILE *out, mlg_error *err) MLG_MUST_CHECK;

/** The same into a file, which is written whole or not at all and replaces what had its name. */
mlg_status mlg_results_leave_write(const mlg_results *results, const char *const *names, size_t n,
                                   mlg_format format, const char *path,
                                   mlg_error *err) MLG_MUST_CHECK;

/**
 * Writes report.html, report.json, tables/ *.csv and network.svg into a folder,
 * each under a temporary name, renamed when whole, manifest.json last. Makes
 * the folder when it is missing; refuses one with foreign files unless `force`.
 *
 * @return MLG_OK · MLG_EIO (nothing of the earlier report is lost) · MLG_ENOMEM.
 */
mlg_status mlg_report_write(const mlg_results *results, const char *folder, bool force,
                            mlg_error *err) MLG_MUST_CHECK;

/**
 * Could a report be written there? Makes the folder and takes it away again: to be asked
 * before hours of computing.
 *
 * @return MLG_OK · MLG_EIO with the reason mlg_report_write() would give · MLG_ENOMEM.
 */
mlg_status mlg_report_probe(const char *folder, bool force, mlg_error *err) MLG_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
