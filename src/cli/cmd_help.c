/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <string.h>

static const char *say(mlg_language language, const char *text)
{
    return mlg_text(language, mlg_text_find(text));
}

static void print_options(FILE *out, mlg_language language, const cli_command *command)
{
    for (const cli_option *row = cli_options; row->name != NULL; row++) {
        char spelled[64];
        if ((row->commands & command->bit) == 0) {
            continue;
        }
        snprintf(spelled, sizeof spelled, "%c%c%c --%s%s%s", row->letter != '\0' ? '-' : ' ',
                 row->letter != '\0' ? row->letter : ' ', row->letter != '\0' ? ',' : ' ',
                 row->name, row->value != NULL ? " " : "", row->value != NULL ? row->value : "");
        if (strlen(spelled) <= 28) {
            fprintf(out, "  %-28s %s\n", spelled, say(language, row->help));
        } else {
            fprintf(out, "  %s\n  %-28s %s\n", spelled, "", say(language, row->help));
        }
    }
}

void cli_help(FILE *out, mlg_language language, const cli_command *command)
{
    if (command == NULL || command->bit == CLI_IN_HELP) {
        fprintf(out, "%s\n\n", say(language, "cli_what"));
        fprintf(out, "%s maillage COMMAND [OPTION...]\n\n", say(language, "cli_usage"));
        for (const cli_command *row = cli_commands; row->name != NULL; row++) {
            char spelled[64];
            snprintf(spelled, sizeof spelled, "%s %s", row->name, row->operands);
            fprintf(out, "  %-28s %s\n", spelled, say(language, row->summary));
        }
        fprintf(out, "\n%s\n", say(language, "cli_more_help"));
        return;
    }
    fprintf(out, "%s maillage %s %s [OPTION...]\n", say(language, "cli_usage"), command->name,
            command->operands);
    fprintf(out, "\n%s\n\n", say(language, command->summary));
    print_options(out, language, command);
    char tail[64];
    snprintf(tail, sizeof tail, "command_%s_more", command->name);
    if (mlg_text_find(tail) != 0) {
        fprintf(out, "\n%s\n", say(language, tail));
    }
}

/* A hyphen begins an option in a manual page; a backslash begins a request. */
static void print_troff(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '-' || *text == '\\') {
            fprintf(out, "\\%c", *text == '-' ? '-' : 'e');
        } else {
            fputc(*text, out);
        }
    }
    fputc('\n', out);
}

/* The manual page, from the same rows as the help. */
static void print_manual(FILE *out, mlg_language language)
{
    fprintf(out, ".TH MAILLAGE 1 \"\" \"maillage %s\"\n.SH NAME\nmaillage \\- ", MLG_VERSION);
    print_troff(out, say(language, "cli_whatis"));
    fputs(".SH SYNOPSIS\n.B maillage\n.I COMMAND\n[\\fIOPTION\\fR...]\n.SH COMMANDS\n", out);
    for (const cli_command *row = cli_commands; row->name != NULL; row++) {
        fprintf(out, ".TP\n.B %s\n", row->name);
        print_troff(out, say(language, row->summary));
    }
    fputs(".SH OPTIONS\n", out);
    for (const cli_option *row = cli_options; row->name != NULL; row++) {
        fprintf(out, ".TP\n.B \\-\\-%s\n", row->name);
        if (row->value != NULL) {
            fprintf(out, "(%s) ", row->value);
        }
        print_troff(out, say(language, row->help));
        fputs(".br\n(", out);
        for (const cli_command *command = cli_commands; command->name != NULL; command++) {
            if ((row->commands & command->bit) != 0) {
                fprintf(out, " %s", command->name);
            }
        }
        fputs(" )\n", out);
    }
    fputs(".SH MAPPINGS\n", out);
    print_troff(out, say(language, "schema_mappings"));
    const char *does = NULL, *row = mlg_schema_mapping(0, language, &does);
    for (size_t i = 0; row != NULL; row = mlg_schema_mapping(++i, language, &does)) {
        fputs(".TP\n.B ", out);
        print_troff(out, row);
        print_troff(out, does);
    }
    fputs(".SH EXIT STATUS\n", out);
    print_troff(out, say(language, "cli_exit_status"));
}

int cmd_help(const cli_settings *settings, int n, char **operands)
{
    const mlg_language language = cli_language(settings, NULL);
    const cli_command *command = n > 0 ? cli_find_command(operands[0]) : NULL;
    if (n > 0 && strcmp(operands[0], "manual") == 0) {
        print_manual(stdout, language);
        return CLI_DONE;
    }
    if (n > 0 && command == NULL) {
        cli_say(stderr, language, "cli_unknown_command", operands[0], NULL);
        return CLI_USAGE;
    }
    cli_help(stdout, language, command);
    return CLI_DONE;
}
