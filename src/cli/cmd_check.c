/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <stdint.h>

enum { LABEL_ROOM = 512 };

/* What to add to aliases.csv for the pairs that are one indeed. */
static void print_aliases(const cli_study *study, const mlg_lookalike *pairs, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        char row[2 * LABEL_ROOM];
        mlg_lookalike_alias(study->model, &study->labels, &pairs[i], row, sizeof row);
        if (row[0] != '\0' && !any) {
            cli_say(stdout, study->labels.language, "cli_aliases", NULL);
            any = true;
        }
        if (row[0] != '\0') {
            printf("%s\n", row);
        }
    }
}

/* Persons appear in suggestions only under --names: a pseudonym would not help to mend. */
static int print_lookalikes(const cli_settings *settings, const cli_study *study)
{
    mlg_lookalike *pairs = NULL;
    size_t n = 0;
    mlg_error err = {0};
    const mlg_status status = mlg_model_lookalikes(study->model, &pairs, &n, &err);
    const mlg_language language = study->labels.language;

    if (status != MLG_OK) {
        return cli_failed(settings, status, &err);
    }
    if (n > 0) {
        cli_say(stdout, language, "cli_lookalikes", NULL);
    }
    for (size_t i = 0; i < n; i++) {
        char a[LABEL_ROOM], b[LABEL_ROOM];
        mlg_label(study->model, &study->labels, pairs[i].scope, pairs[i].a, a, sizeof a);
        mlg_label(study->model, &study->labels, pairs[i].scope, pairs[i].b, b, sizeof b);
        printf("  %s ~ %s (%s)\n", a, b, mlg_text(language, pairs[i].reason));
    }
    print_aliases(study, pairs, n);
    mlg_lookalikes_free(pairs);
    return CLI_DONE;
}

int cmd_check(const cli_settings *settings, int n, char **operands)
{
    cli_study study;
    (void) n;
    int status = cli_study_open(settings, operands[0], false, &study);
    if (study.model != NULL) {
        const mlg_faults *faults = mlg_model_faults(study.model);
        char errors[24], warnings[24];
        cli_print_faults(stdout, faults, study.labels.language, settings->names, SIZE_MAX);
        const int listed = print_lookalikes(settings, &study);
        snprintf(errors, sizeof errors, "%zu", mlg_faults_count(faults, MLG_FATAL));
        snprintf(warnings, sizeof warnings, "%zu", mlg_faults_count(faults, MLG_WARNING));
        cli_say(stdout, study.labels.language, "cli_checked", errors, warnings, NULL);
        status = listed != CLI_DONE ? listed : status;
    }
    cli_study_close(&study);
    return status;
}
