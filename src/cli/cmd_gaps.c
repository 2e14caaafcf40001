/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <string.h>

/* As text, sentences that a coordinator can read; as CSV or JSON, the measures behind them. */
static mlg_status print(const cli_settings *settings, const mlg_results *results, mlg_error *err)
{
    const char *format = settings->format != NULL ? settings->format : "text";

    if (strcmp(format, "csv") == 0) {
        return mlg_results_print(results, MLG_CSV_FORMAT, stdout, err);
    }
    if (strcmp(format, "json") == 0) {
        return mlg_results_print(results, MLG_JSON_FORMAT, stdout, err);
    }
    return mlg_results_gaps(results, stdout, err);
}

int cmd_gaps(const cli_settings *settings, int n, char **operands)
{
    static const char *const names[] = {"gap"};
    cli_study study;
    mlg_values values = {0};
    mlg_error err = {0};
    int status = cli_study_open(settings, operands[0], true, &study);

    (void) n;
    if (status == CLI_DONE) {
        const mlg_results results = {study.model, study.context,  &values,
                                     NULL,        &settings->run, study.labels};
        mlg_status made = mlg_measure_all(study.context, names, 1, &values, &err);
        if (settings->run.progress != NULL) {
            cli_progress_end();
        }
        if (made == MLG_OK) {
            made = print(settings, &results, &err);
        }
        status =
            made == MLG_OK ? cli_write_key(settings, &study) : cli_failed(settings, made, &err);
    }
    mlg_values_free(&values);
    cli_study_close(&study);
    return status;
}
