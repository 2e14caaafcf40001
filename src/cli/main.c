/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const cli_command cli_commands[] = {
    {"init", CLI_IN_INIT, cmd_init, "DIR", 1, 1, "command_init"},
    {"check", CLI_IN_CHECK, cmd_check, "STUDY", 1, 1, "command_check"},
    {"report", CLI_IN_REPORT, cmd_report, "STUDY -o DIR", 1, 1, "command_report"},
    {"measure", CLI_IN_MEASURE, cmd_measure, "STUDY [NAME...]", 1, -1, "command_measure"},
    {"gaps", CLI_IN_GAPS, cmd_gaps, "STUDY", 1, 1, "command_gaps"},
    {"leave", CLI_IN_LEAVE, cmd_leave, "STUDY [POST...]", 1, -1, "command_leave"},
    {"simulate", CLI_IN_SIMULATE, cmd_simulate, "STUDY", 1, 1, "command_simulate"},
    {"export", CLI_IN_EXPORT, cmd_export, "STUDY -o PATH", 1, 1, "command_export"},
    {"measures", CLI_IN_MEASURES, cmd_measures, "[NAME...]", 0, -1, "command_measures"},
    {"schema", CLI_IN_SCHEMA, cmd_schema, "[TABLE]", 0, 1, "command_schema"},
    {"help", CLI_IN_HELP, cmd_help, "[COMMAND]", 0, 1, "command_help"},
    {NULL, 0, NULL, NULL, 0, 0, NULL},
};

/* The one thing a signal handler may touch: which signal came. */
static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    if (caught != 0) { /* asked twice: leave at once */
        _exit(128 + number);
    }
    caught = number;
}

bool cli_interrupted(void *context)
{
    (void) context;
    return caught != 0;
}

void cli_progress(void *context, const char *what, double share)
{
    struct timespec now;
    long *last = context; /* tenths of a second of the last line shown */
    clock_gettime(CLOCK_MONOTONIC, &now);
    const long tenth = now.tv_sec * 10 + now.tv_nsec / 100000000;
    if (tenth - *last >= 2) {
        *last = tenth;
        fprintf(stderr, "\r\033[K%s %d %%", what, (int) (100.0 * share));
    }
}

void cli_progress_end(void)
{
    fputs("\r\033[K", stderr);
}

const cli_command *cli_find_command(const char *name)
{
    for (const cli_command *command = cli_commands; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

/* Words that people try for what a command of another name does. */
static const struct {
    const char *word, *command;
} meant[] = {
    {"explain", "measures"},   {"describe", "measures"},  {"expliquer", "measures"},
    {"explique", "measures"},  {"mesures", "measures"},   {"mesure", "measure"},
    {"validate", "check"},     {"verify", "check"},       {"verifier", "check"},
    {"vérifier", "check"},     {"controler", "check"},    {"contrôler", "check"},
    {"new", "init"},           {"create", "init"},        {"creer", "init"},
    {"créer", "init"},         {"run", "report"},         {"analyse", "report"},
    {"analyze", "report"},     {"rapport", "report"},     {"diagnostic", "report"},
    {"departure", "leave"},    {"depart", "leave"},       {"départ", "leave"},
    {"simuler", "simulate"},   {"exporter", "export"},    {"columns", "schema"},
    {"colonnes", "schema"},    {"tables", "schema"},      {"aide", "help"},
    {"manual", "help manual"}, {"manuel", "help manual"}, {"manques", "gaps"},
};

static const char *command_meant(const char *name)
{
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        if (strcmp(meant[i].word, name) == 0) {
            return meant[i].command;
        }
    }
    return NULL;
}

/* `next`: what stands behind the name, or NULL. */
static int unknown_command(const cli_settings *settings, const char *name, const char *next)
{
    const char *names[16];
    size_t n = 0;
    const char *other = command_meant(name);
    if (other != NULL) {
        const bool follows = next != NULL && next[0] != '-' && strchr(other, ' ') == NULL;
        cli_say(stderr, cli_language(settings, NULL), "cli_unknown_command_meant", name, other,
                follows ? " " : "", follows ? next : "", NULL);
        return CLI_USAGE;
    }
    for (const cli_command *command = cli_commands; command->name != NULL && n < 16; command++) {
        names[n++] = command->name;
    }
    const char *near = cli_nearest(name, names, n);
    if (near != NULL) {
        cli_say(stderr, cli_language(settings, NULL), "cli_unknown_command_near", name, near, NULL);
    } else {
        cli_say(stderr, cli_language(settings, NULL), "cli_unknown_command", name, NULL);
    }
    return CLI_USAGE;
}

static int run_command(const cli_command *command, int argc, char **argv, cli_settings *settings)
{
    const int n = cli_parse(argc, argv, command, settings);
    long last_shown = 0;
    if (n < 0) {
        return CLI_USAGE;
    }
    const mlg_language language = cli_language(settings, NULL);
    if (settings->version) {
        printf("maillage %s\n", MLG_VERSION);
        return CLI_DONE;
    }
    if (settings->help) {
        cli_help(stdout, language, command);
        return CLI_DONE;
    }
    if (n < command->least || (command->most >= 0 && n > command->most)) {
        cli_say(stderr, language, "cli_operands", command->name, command->operands, NULL);
        return CLI_USAGE;
    }
    if (settings->threads < 1 || settings->threads > 1024 || settings->draws > 1000000 ||
        settings->months < 1 || settings->months > 600 || settings->budget > 1000) {
        cli_say(stderr, language, "cli_out_of_range", NULL);
        return CLI_USAGE;
    }
    settings->run.seed = settings->seed;
    settings->run.draws = (uint32_t) settings->draws;
    settings->run.threads = (int) settings->threads;
    settings->run.convention = settings->convention;
    settings->run.backbone = settings->backbone;
    settings->run.months = (uint32_t) settings->months;
    settings->run.budget = (uint32_t) settings->budget;
    settings->run.checkpoint = settings->checkpoint;
    settings->run.force = settings->force;
    settings->run.cancelled = cli_interrupted;
    const bool shows = !settings->quiet && isatty(STDERR_FILENO) == 1;
    if (shows) {
        settings->run.progress = cli_progress;
        settings->run.context = &last_shown;
    }
    int status = command->run(settings, n, argv);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        cli_say(stderr, language, "cli_cannot_print", NULL);
        status = status == CLI_DONE || status == CLI_FOUND ? CLI_FILES : status;
    }
    return caught != 0 ? 128 + caught : status;
}

int main(int argc, char **argv)
{
    cli_settings settings = {
        .run = MLG_RUN_INIT, .seed = 1, .draws = 9999, .threads = 1, .months = 36, .budget = 3};
    const long processors = sysconf(_SC_NPROCESSORS_ONLN); /* never changes a result */
    const struct sigaction action = {.sa_handler = on_signal};
    settings.threads = processors > 0 && processors <= 1024 ? (unsigned long) processors : 1;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);

    if (argc < 2) {
        cli_help(stderr, MLG_FR, NULL);
        return CLI_USAGE;
    }
    if (argv[1][0] == '-') { /* options alone: those of `help` */
        return run_command(cli_find_command("help"), argc, argv, &settings);
    }
    const cli_command *command = cli_find_command(argv[1]);
    if (command == NULL) {
        return unknown_command(&settings, argv[1], argc > 2 ? argv[2] : NULL);
    }
    return run_command(command, argc - 1, argv + 1, &settings);
}
