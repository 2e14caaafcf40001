/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_CLI_CLI_H
#define MLG_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "maillage.h"

/* Exit status, fixed. */
enum {
    CLI_DONE = 0,
    CLI_FOUND = 1, /* findings at or above --fail-on */
    CLI_USAGE = 2,
    CLI_DATA = 3,
    CLI_FILES = 4,
    CLI_RESOURCES = 5,
    CLI_OUR_FAULT = 6,
};

/* What the options of a call say; one field an option. */
typedef struct cli_settings {
    mlg_run run;
    unsigned long seed, draws, threads, months, budget;
    const char *language, *by, *view, *from, *to, *kind, *convention, *backbone, *checkpoint,
        *format, *output, *key_table, *fail_on, *encoding, *separator, *quotes, *territory,
        *territories;
    bool names, quiet, force, two_mode, all, help, version;
} cli_settings;

typedef enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_COUNT } cli_kind;

/* One option. Its row is the only place where it is named, typed and told. */
typedef struct cli_option {
    const char *name;
    char letter; /* 0 when it has none */
    cli_kind kind;
    size_t offset;     /* of its field in cli_settings */
    const char *value; /* what the help calls the value; a|b|c is also checked; NULL for a flag */
    const char *help;  /* name of its text */
    unsigned commands; /* CLI_IN_... that take it */
} cli_option;

enum {
    CLI_IN_CHECK = 1,
    CLI_IN_REPORT = 2,
    CLI_IN_MEASURE = 4,
    CLI_IN_MEASURES = 8,
    CLI_IN_SCHEMA = 16,
    CLI_IN_INIT = 32,
    CLI_IN_HELP = 64,
    CLI_IN_GAPS = 128,
    CLI_IN_LEAVE = 256,
    CLI_IN_EXPORT = 512,
    CLI_IN_SIMULATE = 1024,
    CLI_IN_ALL = 2047,
    CLI_IN_VIEWS = CLI_IN_REPORT | CLI_IN_MEASURE | CLI_IN_GAPS | CLI_IN_LEAVE | CLI_IN_EXPORT |
                   CLI_IN_SIMULATE,
    CLI_IN_STUDY = CLI_IN_CHECK | CLI_IN_VIEWS,
    /* results on the terminal */
    CLI_IN_PRINTED = CLI_IN_MEASURE | CLI_IN_GAPS | CLI_IN_LEAVE | CLI_IN_SIMULATE,
};

/* One command: one file, one row. */
typedef struct cli_command {
    const char *name;
    unsigned bit;
    int (*run)(const cli_settings *settings, int n, char **operands);
    const char *operands; /* "STUDY [NAME...]" */
    int least, most;      /* operands; most -1 = any */
    const char *summary;  /* name of its text */
} cli_command;

extern const cli_command cli_commands[];
extern const cli_option cli_options[];

const cli_command *cli_find_command(const char *name); /* NULL when there is none */
/* Fills the settings from the options among argv; moves the operands to its front.
 * Answers how many operands there are, or -1 after telling on stderr what was wrong. */
int cli_parse(int argc, char **argv, const cli_command *command, cli_settings *settings);
/* The language of messages: --lang, else the study's (model may be NULL), else French. */
mlg_language cli_language(const cli_settings *settings, const mlg_model *model);
/* Prints a text of the table by its name, arguments as plain texts:
 * cli_say(stderr, language, "cli_bad_value", name, value, form, NULL). */
#define cli_say(out, language, ...)                                                                \
    cli_say_words((out), (language), (const char *const[]){__VA_ARGS__})
void cli_say_words(FILE *out, mlg_language language, const char *const *words);
/* Tells on stderr why a call failed; answers the exit status that goes with it. */
int cli_failed(const cli_settings *settings, mlg_status status, const mlg_error *err);
void cli_help(FILE *out, mlg_language language, const cli_command *command);
const char *cli_nearest(const char *name, const char *const *names, size_t n);
/* A path as a shell takes it: itself, or between quotes in `room` when it has blanks and the like,
 * so that a command told can be pasted. */
const char *cli_shell_word(const char *word, char *room, size_t size);

/* ---- a study as a command needs it (study.c) ---- */

typedef struct cli_study {
    mlg_model *model;
    mlg_view *views;
    size_t n_views;
    mlg_context *context;
    mlg_labels labels;
} cli_study;

/* Reads the study; with `views` also builds its graphs. Faults go to stderr. Answers an
 * exit status; `study` is always to be released by cli_study_close(). */
int cli_study_open(const cli_settings *settings, const char *path, bool views, cli_study *study);
void cli_study_close(cli_study *study);
/* Prints all faults, errors first; answers how many errors there are. */
size_t cli_print_faults(FILE *out, const mlg_faults *faults, mlg_language language, bool names,
                        size_t most);
/* Writes the key of pseudonyms where --key-table asks; answers an exit status. */
int cli_write_key(const cli_settings *settings, const cli_study *study);

/* The folder of real territories that was installed, or stands beside a build. False when there is
 * none; `searched` then names the places looked at. */
bool cli_find_reference(char *path, size_t room, char *searched, size_t searched_room);

/* ---- signals (main.c) ---- */

bool cli_interrupted(void *context);
void cli_progress(void *context, const char *what, double share);
void cli_progress_end(void);

int cmd_check(const cli_settings *settings, int n, char **operands);
int cmd_report(const cli_settings *settings, int n, char **operands);
int cmd_measure(const cli_settings *settings, int n, char **operands);
int cmd_gaps(const cli_settings *settings, int n, char **operands);
int cmd_simulate(const cli_settings *settings, int n, char **operands);
int cmd_leave(const cli_settings *settings, int n, char **operands);
int cmd_export(const cli_settings *settings, int n, char **operands);
int cmd_measures(const cli_settings *settings, int n, char **operands);
int cmd_schema(const cli_settings *settings, int n, char **operands);
int cmd_init(const cli_settings *settings, int n, char **operands);
int cmd_help(const cli_settings *settings, int n, char **operands);

#endif
