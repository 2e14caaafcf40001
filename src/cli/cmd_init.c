/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

enum { PATH_ROOM = 4352, SEARCHED_ROOM = 3 * PATH_ROOM, LABEL_ROOM = 512 };

/* ---- the reference --------------------------------------------------------------- */

/* Reads the real territories: those of --territories, else the shipped ones. */
static int open_reference(const cli_settings *settings, mlg_model **reference)
{
    char found[PATH_ROOM], searched[SEARCHED_ROOM], quoted[PATH_ROOM];
    const mlg_language language = cli_language(settings, NULL);
    const char *path = settings->territories;
    mlg_error err = {0};

    if (path == NULL && !cli_find_reference(found, sizeof found, searched, sizeof searched)) {
        cli_say(stderr, language, "cli_no_territories", searched, NULL);
        return CLI_FILES;
    }
    path = path != NULL ? path : found;
    const mlg_status status = mlg_ingest(path, NULL, &settings->run, reference, &err);
    if (status == MLG_EDATA) {
        cli_print_faults(stderr, mlg_model_faults(*reference), language, false, 5);
        cli_say(stderr, language, "cli_nothing_written",
                cli_shell_word(path, quoted, sizeof quoted), NULL);
        return CLI_DATA;
    }
    return status == MLG_OK ? CLI_DONE : cli_failed(settings, status, &err);
}

/* ---- the territory ----------------------------------------------------------------- */

static void say_territory(const mlg_model *reference, mlg_language language, mlg_id id)
{
    const mlg_labels labels = {.language = language};
    char name[LABEL_ROOM];
    mlg_label(reference, &labels, MLG_SCOPE_TERRITORY, id, name, sizeof name);
    fprintf(stderr, "  %-16s %s\n", mlg_territory_id(reference, id), name);
}

/* The one territory meant, or -1 after telling what there is. */
static mlg_id choose_territory(const cli_settings *settings, const mlg_model *reference, int *exit)
{
    const mlg_language language = cli_language(settings, NULL);
    mlg_territory_matches found;
    mlg_error err = {0};
    const mlg_status status = mlg_territory_find(reference, settings->territory, &found, &err);

    if (status != MLG_OK) {
        *exit = cli_failed(settings, status, &err);
        return -1;
    }
    if (found.n == 1 && !found.nearest) {
        return found.id[0];
    }
    *exit = CLI_USAGE;
    if (found.nearest) {
        cli_say(stderr, language, found.n > 0 ? "cli_territory_near" : "cli_territory_unknown",
                settings->territory, NULL);
    } else {
        cli_say(stderr, language, "cli_territory_several", settings->territory, NULL);
    }
    for (size_t i = 0; i < found.n && i < MLG_MATCHES_SHOWN; i++) {
        say_territory(reference, language, found.id[i]);
    }
    if (found.n > MLG_MATCHES_SHOWN) {
        char more[24];
        snprintf(more, sizeof more, "%zu", found.n - MLG_MATCHES_SHOWN);
        cli_say(stderr, language, "cli_territory_more", more, NULL);
    }
    return -1;
}

static void say_written(mlg_language language, const char *folder)
{
    char quoted[PATH_ROOM];
    cli_say(stdout, language, "cli_templates_written",
            cli_shell_word(folder, quoted, sizeof quoted), NULL);
}

static void say_filled(const mlg_model *reference, mlg_language language, mlg_id territory,
                       const mlg_territory_facts *facts)
{
    const mlg_labels labels = {.language = language};
    char name[LABEL_ROOM], line[2 * LABEL_ROOM];
    mlg_label(reference, &labels, MLG_SCOPE_TERRITORY, territory, name, sizeof name);
    const mlg_arg args[] = {
        {.kind = MLG_ARG_COUNT, .number = (double) facts->units},
        {.kind = MLG_ARG_TEXT, .text = name},
        {.kind = MLG_ARG_TEXT, .text = mlg_territory_id(reference, territory)},
        {.kind = MLG_ARG_COUNT, .number = facts->population},
        {.kind = MLG_ARG_COUNT, .number = (double) facts->perimeters},
    };
    mlg_text_print(line, sizeof line, language,
                   mlg_text_find(isnan(facts->population) ? "cli_territory_filled_uncounted"
                                                          : "cli_territory_filled"),
                   args, 5);
    printf("%s\n", line);
}

/* Larger territories that may have been meant, each with its command. */
static void say_larger(const cli_settings *settings, const mlg_model *reference, mlg_id taken)
{
    const mlg_language language = cli_language(settings, NULL);
    const mlg_labels labels = {.language = language};
    char name[LABEL_ROOM], line[3 * LABEL_ROOM];
    mlg_territory_matches found;
    mlg_error err = {0};

    if (mlg_territory_larger(reference, settings->territory, taken, &found, &err) != MLG_OK ||
        found.n == 0) {
        return; /* what was asked for is written: this is by the way */
    }
    const mlg_arg all[] = {{.kind = MLG_ARG_TEXT, .text = settings->territory},
                           {.kind = MLG_ARG_COUNT, .number = (double) found.n}};
    mlg_text_print(line, sizeof line, language, mlg_text_find("cli_territory_others"), all, 2);
    printf("%s\n", line);
    for (size_t i = 0; i < found.n && i < MLG_MATCHES_SHOWN; i++) {
        mlg_label(reference, &labels, MLG_SCOPE_TERRITORY, found.id[i], name, sizeof name);
        const mlg_arg args[] = {
            {.kind = MLG_ARG_TEXT, .text = mlg_territory_id(reference, found.id[i])},
            {.kind = MLG_ARG_TEXT, .text = name},
            {.kind = MLG_ARG_COUNT,
             .number = (double) mlg_territory_units(reference, found.id[i])}};
        mlg_text_print(line, sizeof line, language, mlg_text_find("cli_territory_command"), args,
                       3);
        printf("%s\n", line);
    }
    if (found.n > MLG_MATCHES_SHOWN) {
        char more[24];
        snprintf(more, sizeof more, "%zu", found.n - MLG_MATCHES_SHOWN);
        cli_say(stdout, language, "cli_territory_more", more, NULL);
    }
}

static int init_territory(const cli_settings *settings, const char *folder)
{
    const mlg_language language = cli_language(settings, NULL);
    mlg_model *reference = NULL;
    mlg_territory_facts facts = {0};
    mlg_error err = {0};
    int exit = open_reference(settings, &reference);
    const mlg_id territory = exit == CLI_DONE ? choose_territory(settings, reference, &exit) : -1;

    if (territory >= 0) {
        const mlg_status status = mlg_territory_write_templates(folder, language, settings->all,
                                                                reference, territory, &facts, &err);
        if (status != MLG_OK) {
            exit = cli_failed(settings, status, &err);
        } else {
            say_written(language, folder);
            say_filled(reference, language, territory, &facts);
            say_larger(settings, reference, territory);
        }
    }
    mlg_model_free(reference);
    return exit;
}

int cmd_init(const cli_settings *settings, int n, char **operands)
{
    mlg_error err = {0};
    const mlg_language language = cli_language(settings, NULL);
    (void) n;
    if (settings->territory != NULL) {
        return init_territory(settings, operands[0]);
    }
    const mlg_status status =
        mlg_schema_write_templates(operands[0], language, settings->all, &err);
    if (status != MLG_OK) {
        return cli_failed(settings, status, &err);
    }
    say_written(language, operands[0]);
    return CLI_DONE;
}
