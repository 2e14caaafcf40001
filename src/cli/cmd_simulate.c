/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/cli.h"

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
    return mlg_results_simulation(results, stdout, err);
}

/* A cancelled run says where it can be taken up again. */
static int failed(const cli_settings *settings, mlg_language language, mlg_status made,
                  const mlg_error *err)
{
    if (made == MLG_ESTOP && settings->checkpoint != NULL) {
        cli_say(stderr, language, "cli_simulate_stopped", settings->checkpoint, NULL);
        return CLI_RESOURCES; /* the signal's own status replaces it */
    }
    return cli_failed(settings, made, err);
}

int cmd_simulate(const cli_settings *settings, int n, char **operands)
{
    static const char *const names[] = {"turnover.simulation"};
    cli_settings all = *settings;
    cli_study study;
    mlg_values values = {0};
    mlg_error err = {0};

    (void) n;
    all.run.force = true; /* as many replicates as were asked for, whatever the size */
    int status = cli_study_open(&all, operands[0], true, &study);
    if (status == CLI_DONE) {
        const mlg_results results = {study.model, study.context, &values,
                                     NULL,        &all.run,      study.labels};
        mlg_status made = mlg_measure_all(study.context, names, 1, &values, &err);
        if (settings->run.progress != NULL) {
            cli_progress_end();
        }
        if (made == MLG_OK) {
            made = print(settings, &results, &err);
        }
        status = made == MLG_OK ? cli_write_key(settings, &study)
                                : failed(settings, study.labels.language, made, &err);
    }
    mlg_values_free(&values);
    cli_study_close(&study);
    return status;
}
