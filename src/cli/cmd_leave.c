/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/cli.h"

static mlg_format format_of(const char *name)
{
    if (name != NULL && strcmp(name, "json") == 0) {
        return MLG_JSON_FORMAT;
    }
    return name != NULL && strcmp(name, "csv") == 0 ? MLG_CSV_FORMAT : MLG_TEXT_FORMAT;
}

int cmd_leave(const cli_settings *settings, int n, char **operands)
{
    static const char *const measures[] = {"turnover.departure"};
    cli_study study;
    mlg_values values = {0};
    mlg_error err = {0};
    int status = cli_study_open(settings, operands[0], true, &study);

    if (status == CLI_DONE) {
        const mlg_results results = {study.model, study.context,  &values,
                                     NULL,        &settings->run, study.labels};
        mlg_status made = mlg_measure_all(study.context, measures, 1, &values, &err);
        if (settings->run.progress != NULL) {
            cli_progress_end();
        }
        if (made == MLG_OK) {
            made = mlg_results_leave(&results, (const char *const *) (operands + 1),
                                     (size_t) (n - 1), format_of(settings->format), stdout, &err);
        }
        status =
            made == MLG_OK ? cli_write_key(settings, &study) : cli_failed(settings, made, &err);
    }
    mlg_values_free(&values);
    cli_study_close(&study);
    return status;
}
