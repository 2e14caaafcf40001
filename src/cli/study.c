/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MESSAGE_ROOM = 2048, SHOWN_FAULTS = 20, PATH_ROOM = 4352 };

static int exit_status_of(mlg_status status)
{
    switch (status) {
    case MLG_OK:
        return CLI_DONE;
    case MLG_EDATA:
        return CLI_DATA;
    case MLG_EARG:
        return CLI_USAGE;
    case MLG_EIO:
        return CLI_FILES;
    case MLG_ENOMEM:
    case MLG_ESIZE:
        return CLI_RESOURCES;
    case MLG_ESTOP: /* main() turns it into 128 + the signal */
    case MLG_EENGINE:
        return CLI_OUR_FAULT;
    }
    return CLI_OUR_FAULT;
}

int cli_failed(const cli_settings *settings, mlg_status status, const mlg_error *err)
{
    static const char *const texts[] = {
        [MLG_OK] = "cli_failed_ours",    [MLG_ENOMEM] = "cli_failed_memory",
        [MLG_EIO] = "cli_failed_files",  [MLG_EDATA] = "cli_failed_data",
        [MLG_EARG] = "cli_failed_asked", [MLG_ESIZE] = "cli_failed_size",
        [MLG_ESTOP] = "cli_failed_stop", [MLG_EENGINE] = "cli_failed_ours",
    };
    const mlg_language language = cli_language(settings, NULL);
    char reason[MESSAGE_ROOM];
    if (settings->run.progress != NULL) {
        cli_progress_end();
    }
    mlg_error_print(reason, sizeof reason, language, err);
    cli_say(stderr, language, texts[status], reason, NULL);
    return exit_status_of(status);
}

size_t cli_print_faults(FILE *out, const mlg_faults *faults, mlg_language language, bool names,
                        size_t most)
{
    const size_t groups = mlg_faults_groups(faults);
    for (size_t i = 0; i < groups && i < most; i++) {
        mlg_fault_view fault;
        char message[MESSAGE_ROOM];
        char number[24] = "";
        mlg_faults_get(faults, i, language, names, &fault, message, sizeof message);
        fprintf(out, "%s", fault.file != NULL && fault.file[0] != '\0' ? fault.file : "-");
        if (fault.line > 0) {
            fprintf(out, ":%d", (int) fault.line);
            if (fault.column > 0) {
                fprintf(out, ":%d", (int) fault.column);
            }
        }
        fprintf(out, ": %s %s: %s", fault.severity == MLG_FATAL ? "error" : "warning", fault.code,
                message);
        if (fault.count > 1) {
            snprintf(number, sizeof number, "%u", (unsigned) fault.count);
            fputc(' ', out);
            cli_say(out, language, "cli_times", number, NULL);
        } else {
            fputc('\n', out);
        }
    }
    if (groups > most) {
        char number[24];
        snprintf(number, sizeof number, "%zu", groups - most);
        cli_say(out, language, "cli_more_faults", number, NULL);
    }
    return mlg_faults_count(faults, MLG_FATAL);
}

/* A name taken for an organisation's is printed: if it is a person's, better said now. */
static void warn_of_assumed_kinds(const mlg_faults *faults, mlg_language language, bool names)
{
    for (size_t i = 0; i < mlg_faults_groups(faults); i++) {
        mlg_fault_view fault;
        char message[MESSAGE_ROOM];
        mlg_faults_get(faults, i, language, names, &fault, message, sizeof message);
        if (strcmp(fault.code, "kind_assumed") == 0) {
            fprintf(stderr, "%s: %s\n", fault.file, message);
        }
    }
}

/* --from and --to as the first and last day they can mean. */
static bool read_wish(const cli_settings *settings, mlg_view_wish *wish)
{
    static const char *const names[] = {"organisation", "actor", "service", "sector", "scheme"};
    static const mlg_by by[] = {MLG_BY_ORGANISATION, MLG_BY_ACTOR, MLG_BY_SERVICE, MLG_BY_SECTOR,
                                MLG_BY_SCHEME};
    const mlg_language language = cli_language(settings, NULL);
    int32_t other = 0;

    *wish = (mlg_view_wish){.view = settings->view, .kind = settings->kind};
    for (size_t i = 0; settings->by != NULL && i < sizeof by / sizeof *by; i++) {
        if (strcmp(settings->by, names[i]) == 0) {
            wish->by = by[i];
        }
    }
    if (settings->from != NULL && !mlg_date_read(settings->from, &wish->from, &other)) {
        cli_say(stderr, language, "cli_bad_value", "from", settings->from, "2024-03-12", NULL);
        return false;
    }
    if (settings->to != NULL && !mlg_date_read(settings->to, &other, &wish->to)) {
        cli_say(stderr, language, "cli_bad_value", "to", settings->to, "2024-03-12", NULL);
        return false;
    }
    wish->has_from = settings->from != NULL;
    wish->has_to = settings->to != NULL;
    return true;
}

static int read_study(const cli_settings *settings, const char *path, cli_study *study)
{
    mlg_error err = {0};
    const mlg_ingest_options options = {
        .encoding = settings->encoding,
        .separator = settings->separator,
        .lenient_quotes = settings->quotes != NULL && strcmp(settings->quotes, "lenient") == 0,
    };
    const mlg_status status = mlg_ingest(path, &options, &settings->run, &study->model, &err);

    if (settings->run.progress != NULL) {
        cli_progress_end();
    }
    if (status != MLG_OK && status != MLG_EDATA) {
        return cli_failed(settings, status, &err);
    }
    study->labels.language = cli_language(settings, study->model);
    study->labels.names = settings->names;
    return exit_status_of(status);
}

int cli_study_open(const cli_settings *settings, const char *path, bool views, cli_study *study)
{
    mlg_error err = {0};
    mlg_view_wish wish;
    char quoted[PATH_ROOM];
    *study = (cli_study){0};

    if (views && !read_wish(settings, &wish)) {
        return CLI_USAGE;
    }
    if (views && settings->key_table != NULL && access(settings->key_table, F_OK) == 0) {
        cli_say(stderr, cli_language(settings, NULL), "cli_key_exists", settings->key_table, NULL);
        return CLI_FILES;
    }
    const int read = read_study(settings, path, study);
    if (!views || study->model == NULL) {
        return read;
    }
    const mlg_faults *faults = mlg_model_faults(study->model);
    if (read == CLI_DATA) {
        cli_print_faults(stderr, faults, study->labels.language, settings->names, SHOWN_FAULTS);
        cli_say(stderr, study->labels.language, "cli_nothing_written",
                cli_shell_word(path, quoted, sizeof quoted), NULL);
        return read;
    }
    if (!settings->quiet && mlg_faults_count(faults, MLG_WARNING) > 0) {
        char number[24];
        snprintf(number, sizeof number, "%zu", mlg_faults_count(faults, MLG_WARNING));
        cli_say(stderr, study->labels.language, "cli_warnings", number,
                cli_shell_word(path, quoted, sizeof quoted), NULL);
        warn_of_assumed_kinds(faults, study->labels.language, settings->names);
    }
    mlg_status status = mlg_views_of(study->model, &wish, &study->views, &study->n_views, &err);
    if (status == MLG_OK) {
        status = mlg_context_open(study->model, study->views, study->n_views, &settings->run,
                                  &study->context, &err);
    }
    return status == MLG_OK ? CLI_DONE : cli_failed(settings, status, &err);
}

void cli_study_close(cli_study *study)
{
    mlg_context_free(study->context);
    mlg_views_free(study->views);
    mlg_model_free(study->model);
    *study = (cli_study){0};
}

int cli_write_key(const cli_settings *settings, const cli_study *study)
{
    mlg_error err = {0};
    mlg_status status = MLG_OK;
    if (settings->key_table == NULL) {
        return CLI_DONE;
    }
    /* Names of persons: for their owner alone, and never over an existing file. */
    const int descriptor = open(settings->key_table, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *out = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (out == NULL) {
        snprintf(err.message, sizeof err.message, "%s: %s", settings->key_table, strerror(errno));
        if (descriptor >= 0) {
            close(descriptor);
        }
        return cli_failed(settings, MLG_EIO, &err);
    }
    status = mlg_model_write_key(study->model, out, &err);
    if (fclose(out) != 0 && status == MLG_OK) {
        snprintf(err.message, sizeof err.message, "%s: %s", settings->key_table, strerror(errno));
        status = MLG_EIO;
    }
    return status == MLG_OK ? CLI_DONE : cli_failed(settings, status, &err);
}
