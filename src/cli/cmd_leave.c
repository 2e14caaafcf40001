/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/cli.h"

static mlg_format format_of(const char *name)
{
    static const struct {
        const char *name;
        mlg_format format;
    } formats[] = {{"csv", MLG_CSV_FORMAT}, {"json", MLG_JSON_FORMAT}, {"html", MLG_HTML_FORMAT}};
    for (size_t i = 0; name != NULL && i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(name, formats[i].name) == 0) {
            return formats[i].format;
        }
    }
    return MLG_TEXT_FORMAT;
}

/* To the terminal, or to the file that was asked for. */
static mlg_status put(const cli_settings *settings, const mlg_results *results,
                      const char *const *posts, size_t n, mlg_error *err)
{
    const mlg_format format = format_of(settings->format);
    const bool printed = settings->output == NULL || strcmp(settings->output, "-") == 0;
    if (printed) {
        return mlg_results_leave(results, posts, n, format, stdout, err);
    }
    const mlg_status status =
        mlg_results_leave_write(results, posts, n, format, settings->output, err);
    if (status == MLG_OK && !settings->quiet) {
        cli_say(stdout, results->labels.language, "cli_leave_written", settings->output, NULL);
    }
    return status;
}

int cmd_leave(const cli_settings *settings, int n, char **operands)
{
    static const char *const measures[] = {"turnover.departure", "depend.pairs_lost",
                                           "depend.cross_pairs_lost", "broker.exclusivity",
                                           "depend.vulnerability"};
    /* an actor that is no post has a sheet too, of the others */
    const size_t n_measures = n > 1 ? sizeof measures / sizeof *measures : 1;
    cli_study study;
    mlg_values values = {0};
    mlg_error err = {0};
    int status = cli_study_open(settings, operands[0], true, &study);

    if (status == CLI_DONE) {
        const mlg_results results = {study.model, study.context,  &values,
                                     NULL,        &settings->run, study.labels};
        mlg_status made = mlg_measure_all(study.context, measures, n_measures, &values, &err);
        if (settings->run.progress != NULL) {
            cli_progress_end();
        }
        if (made == MLG_OK) {
            made = put(settings, &results, (const char *const *) (operands + 1), (size_t) (n - 1),
                       &err);
        }
        status =
            made == MLG_OK ? cli_write_key(settings, &study) : cli_failed(settings, made, &err);
    }
    mlg_values_free(&values);
    cli_study_close(&study);
    return status;
}
