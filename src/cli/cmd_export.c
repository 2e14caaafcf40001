/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <string.h>

/* Of several views the first is taken; which, and which others there are, is said. */
static void tell_view(const cli_settings *settings, const cli_study *study)
{
    char others[512] = "";
    size_t used = 0;
    for (size_t i = 1; i < study->n_views && used < sizeof others; i++) {
        const int more = snprintf(others + used, sizeof others - used, "%s%s", i > 1 ? ", " : "",
                                  study->views[i].id);
        used += more > 0 ? (size_t) more : 0;
    }
    if (study->n_views > 1 && !settings->quiet) {
        cli_say(stderr, study->labels.language, "cli_export_view", study->views[0].id, others,
                NULL);
    }
}

static int write_network(const cli_settings *settings, const cli_study *study,
                         mlg_export_format format)
{
    mlg_error err = {0};
    mlg_status status = MLG_OK;
    const mlg_export what = {.context = study->context,
                             .format = format,
                             .two_mode = settings->two_mode,
                             .labels = study->labels};
    const bool printed = settings->output == NULL || strcmp(settings->output, "-") == 0;

    if (study->n_views == 0) {
        cli_say(stderr, study->labels.language, "cli_export_nothing", NULL);
        return CLI_DATA;
    }
    tell_view(settings, study);
    if (printed) {
        status = mlg_export_print(&what, stdout, &err);
    } else {
        status = mlg_export_write(&what, settings->output, settings->force, &err);
    }
    if (settings->run.progress != NULL) {
        cli_progress_end();
    }
    if (status != MLG_OK) {
        return cli_failed(settings, status, &err);
    }
    if (!printed && !settings->quiet) {
        cli_say(stdout, study->labels.language,
                format == MLG_GEPHI ? "cli_exported_gephi" : "cli_exported", settings->output,
                NULL);
    }
    return CLI_DONE;
}

int cmd_export(const cli_settings *settings, int n, char **operands)
{
    cli_study study;
    const bool gephi = settings->format != NULL && strcmp(settings->format, "gephi") == 0;
    (void) n;
    if (gephi && (settings->output == NULL || strcmp(settings->output, "-") == 0)) {
        cli_say(stderr, cli_language(settings, NULL), "cli_export_needs_folder", NULL);
        return CLI_USAGE;
    }
    int status = cli_study_open(settings, operands[0], true, &study);
    if (status == CLI_DONE) {
        status = write_network(settings, &study, gephi ? MLG_GEPHI : MLG_GRAPHML);
    }
    if (status == CLI_DONE) {
        status = cli_write_key(settings, &study);
    }
    cli_study_close(&study);
    return status;
}
