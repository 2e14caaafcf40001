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

static const struct {
    const char *name;
    mlg_export_format format;
    const char *needs_path; /* what is said where none was given; NULL: it may be printed */
    const char *done;
} formats[] = {
    {"graphml", MLG_GRAPHML, NULL, "cli_exported"},
    {"gephi", MLG_GEPHI, "cli_export_needs_folder", "cli_exported_gephi"},
    {"gpkg", MLG_GEOPACKAGE, "cli_export_needs_file", "cli_exported_gpkg"},
};
enum { N_FORMATS = sizeof formats / sizeof *formats };

/* The options saw to it that the name is one of these. */
static size_t format_of(const char *name)
{
    size_t found = 0;
    while (name != NULL && found + 1 < N_FORMATS && strcmp(formats[found].name, name) != 0) {
        found++;
    }
    return found;
}

static bool is_printed(const cli_settings *settings)
{
    return settings->output == NULL || strcmp(settings->output, "-") == 0;
}

/* What a GeoPackage has a table of: the measures of territories. */
static mlg_status measure_territories(const cli_study *study, mlg_values *values, mlg_error *err)
{
    static const char *const families[] = {"scale"};
    return mlg_measure_all(study->context, families, 1, values, err);
}

static int write_export(const cli_settings *settings, const cli_study *study, size_t format)
{
    mlg_error err = {0};
    mlg_status status = MLG_OK;
    mlg_values values = {0};
    const mlg_export what = {.context = study->context,
                             .format = formats[format].format,
                             .two_mode = settings->two_mode,
                             .labels = study->labels,
                             .values = &values};

    if (what.format != MLG_GEOPACKAGE && study->n_views == 0) {
        cli_say(stderr, study->labels.language, "cli_export_nothing", NULL);
        return CLI_DATA;
    }
    if (what.format == MLG_GEOPACKAGE) {
        status = measure_territories(study, &values, &err);
    } else {
        tell_view(settings, study);
    }
    if (status == MLG_OK) {
        status = is_printed(settings)
                     ? mlg_export_print(&what, stdout, &err)
                     : mlg_export_write(&what, settings->output, settings->force, &err);
    }
    mlg_values_free(&values);
    if (settings->run.progress != NULL) {
        cli_progress_end();
    }
    if (status != MLG_OK) {
        return cli_failed(settings, status, &err);
    }
    if (!is_printed(settings) && !settings->quiet) {
        cli_say(stdout, study->labels.language, formats[format].done, settings->output, NULL);
    }
    return CLI_DONE;
}

int cmd_export(const cli_settings *settings, int n, char **operands)
{
    cli_study study;
    const size_t format = format_of(settings->format);
    (void) n;
    if (formats[format].needs_path != NULL && is_printed(settings)) {
        cli_say(stderr, cli_language(settings, NULL), formats[format].needs_path, NULL);
        return CLI_USAGE;
    }
    int status = cli_study_open(settings, operands[0], true, &study);
    if (status == CLI_DONE) {
        status = write_export(settings, &study, format);
    }
    if (status == CLI_DONE) {
        status = cli_write_key(settings, &study);
    }
    cli_study_close(&study);
    return status;
}
