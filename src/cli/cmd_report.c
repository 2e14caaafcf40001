/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

/* The worst finding's level against --fail-on. */
static int judged(const cli_settings *settings, const mlg_findings *findings)
{
    const int limit = settings->fail_on != NULL ? mlg_level_find(settings->fail_on) : -1;
    for (size_t i = 0; limit >= 0 && i < findings->n; i++) {
        if ((int) findings->items[i].level >= limit) {
            return CLI_FOUND;
        }
    }
    return CLI_DONE;
}

static int write_report(const cli_settings *settings, cli_study *study, mlg_values *values,
                        mlg_findings *findings)
{
    mlg_error err = {0};
    const mlg_results results = {study->model, study->context, values,
                                 findings,     &settings->run, study->labels};
    mlg_status status = mlg_measure_all(study->context, NULL, 0, values, &err);
    if (status == MLG_OK) {
        status = mlg_find(study->context, values, findings, &err);
    }
    if (status == MLG_OK) {
        status = mlg_report_write(&results, settings->output, settings->force, &err);
    }
    if (settings->run.progress != NULL) {
        cli_progress_end();
    }
    if (status == MLG_OK && !settings->quiet) {
        status = mlg_results_summary(&results, stdout, &err);
    }
    if (status != MLG_OK) {
        return cli_failed(settings, status, &err);
    }
    if (!settings->quiet) {
        cli_say(stdout, study->labels.language, "cli_report_written", settings->output, NULL);
    }
    return judged(settings, findings);
}

int cmd_report(const cli_settings *settings, int n, char **operands)
{
    cli_study study;
    mlg_values values = {0};
    mlg_findings findings = {0};
    mlg_error err = {0};
    (void) n;
    if (settings->output == NULL) {
        cli_say(stderr, cli_language(settings, NULL), "cli_needs_output", NULL);
        return CLI_USAGE;
    }
    /* a folder that cannot be written is said before minutes of work, not after */
    const mlg_status probed = mlg_report_probe(settings->output, settings->force, &err);
    if (probed != MLG_OK) {
        return cli_failed(settings, probed, &err);
    }
    int status = cli_study_open(settings, operands[0], true, &study);
    if (status == CLI_DONE) {
        status = write_report(settings, &study, &values, &findings);
    }
    if (status == CLI_DONE || status == CLI_FOUND) {
        const int key = cli_write_key(settings, &study);
        status = key != CLI_DONE ? key : status;
    }
    mlg_findings_free(&findings);
    mlg_values_free(&values);
    cli_study_close(&study);
    return status;
}
