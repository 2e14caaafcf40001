/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(name) offsetof(cli_settings, name)

const cli_option cli_options[] = {
    {"output", 'o', CLI_TEXT, FIELD(output), "DIR", "option_output", CLI_IN_REPORT},
    {"format", 'f', CLI_TEXT, FIELD(format), "graphml|gephi|gpkg", "option_format_export",
     CLI_IN_EXPORT},
    {"output", 'o', CLI_TEXT, FIELD(output), "PATH", "option_output_export", CLI_IN_EXPORT},
    {"two-mode", 0, CLI_FLAG, FIELD(two_mode), NULL, "option_two_mode", CLI_IN_EXPORT},
    {"all", 0, CLI_FLAG, FIELD(all), NULL, "option_all", CLI_IN_INIT},
    {"territory", 0, CLI_TEXT, FIELD(territory), "CODE", "option_territory", CLI_IN_INIT},
    {"territories", 0, CLI_TEXT, FIELD(territories), "DIR", "option_territories", CLI_IN_INIT},
    {"fail-on", 0, CLI_TEXT, FIELD(fail_on), "info|notice|warning|serious", "option_fail_on",
     CLI_IN_REPORT},
    {"force", 0, CLI_FLAG, FIELD(force), NULL, "option_force", CLI_IN_VIEWS},
    {"view", 0, CLI_TEXT, FIELD(view), "VIEW", "option_view", CLI_IN_VIEWS},
    {"by", 0, CLI_TEXT, FIELD(by), "organisation|actor|service|sector|scheme", "option_by",
     CLI_IN_VIEWS},
    {"kind", 0, CLI_TEXT, FIELD(kind), "KIND", "option_kind", CLI_IN_VIEWS},
    {"from", 0, CLI_TEXT, FIELD(from), "DATE", "option_from", CLI_IN_VIEWS},
    {"to", 0, CLI_TEXT, FIELD(to), "DATE", "option_to", CLI_IN_VIEWS},
    {"convention", 0, CLI_TEXT, FIELD(convention), "ucinet|sna|igraph", "option_convention",
     CLI_IN_VIEWS},
    {"backbone", 0, CLI_TEXT, FIELD(backbone), "hypergeometric|sdsm|fdsm", "option_backbone",
     CLI_IN_VIEWS},
    {"months", 0, CLI_COUNT, FIELD(months), "N", "option_months",
     CLI_IN_REPORT | CLI_IN_MEASURE | CLI_IN_SIMULATE},
    {"budget", 0, CLI_COUNT, FIELD(budget), "N", "option_budget",
     CLI_IN_REPORT | CLI_IN_MEASURE | CLI_IN_LEAVE},
    {"checkpoint", 0, CLI_TEXT, FIELD(checkpoint), "FILE", "option_checkpoint", CLI_IN_SIMULATE},
    {"seed", 0, CLI_COUNT, FIELD(seed), "N", "option_seed", CLI_IN_VIEWS},
    {"draws", 0, CLI_COUNT, FIELD(draws), "N", "option_draws", CLI_IN_VIEWS},
    {"threads", 0, CLI_COUNT, FIELD(threads), "N", "option_threads", CLI_IN_VIEWS},
    {"format", 'f', CLI_TEXT, FIELD(format), "text|csv|json", "option_format",
     CLI_IN_PRINTED & ~(unsigned) CLI_IN_LEAVE},
    {"format", 'f', CLI_TEXT, FIELD(format), "text|csv|json|html", "option_format_leave",
     CLI_IN_LEAVE},
    {"output", 'o', CLI_TEXT, FIELD(output), "FILE", "option_output_leave", CLI_IN_LEAVE},
    {"names", 0, CLI_FLAG, FIELD(names), NULL, "option_names", CLI_IN_STUDY},
    {"key-table", 0, CLI_TEXT, FIELD(key_table), "FILE", "option_key_table", CLI_IN_VIEWS},
    {"encoding", 0, CLI_TEXT, FIELD(encoding), "NAME", "option_encoding", CLI_IN_STUDY},
    {"separator", 0, CLI_TEXT, FIELD(separator), "CHAR", "option_separator", CLI_IN_STUDY},
    {"quotes", 0, CLI_TEXT, FIELD(quotes), "strict|lenient", "option_quotes", CLI_IN_STUDY},
    {"lang", 'l', CLI_TEXT, FIELD(language), "fr|en", "option_lang", CLI_IN_ALL},
    {"quiet", 'q', CLI_FLAG, FIELD(quiet), NULL, "option_quiet", CLI_IN_STUDY},
    {"help", 'h', CLI_FLAG, FIELD(help), NULL, "option_help", CLI_IN_ALL},
    {"version", 0, CLI_FLAG, FIELD(version), NULL, "option_version", CLI_IN_ALL},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, 0},
};

enum { MAX_OPTIONS = 48, FIRST_LONG = 256 };

/* Is the value one of "a|b|c"? Names without a bar take anything. */
static bool is_allowed(const char *allowed, const char *value)
{
    const size_t length = strlen(value);
    if (strchr(allowed, '|') == NULL) {
        return true;
    }
    for (const char *at = allowed; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, value, length) == 0 && (at[length] == '|' || at[length] == '\0')) {
            return length > 0;
        }
    }
    return false;
}

static bool store(const cli_option *option, const char *text, cli_settings *settings)
{
    char *field = (char *) settings + option->offset;
    char *end = NULL;
    unsigned long count = 0;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *) (void *) field = true;
        return true;
    case CLI_TEXT:
        *(const char **) (void *) field = text;
        return is_allowed(option->value, text);
    case CLI_COUNT:
        errno = 0;
        count = strtoul(text, &end, 10);
        *(unsigned long *) (void *) field = count;
        return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
    }
    return false;
}

/* getopt's own tables, from ours; rows[i] is the option behind longs[i]. */
static size_t prepare(const cli_command *command, struct option *longs, const cli_option **rows,
                      char *letters)
{
    size_t n = 0;
    for (const cli_option *row = cli_options; row->name != NULL && n < MAX_OPTIONS; row++) {
        const bool takes = row->kind != CLI_FLAG;
        if ((row->commands & command->bit) == 0) {
            continue;
        }
        longs[n] = (struct option){row->name, takes ? required_argument : no_argument, NULL,
                                   FIRST_LONG + (int) n};
        rows[n++] = row;
        if (row->letter != '\0') {
            *letters++ = row->letter;
            if (takes) {
                *letters++ = ':';
            }
        }
    }
    *letters = '\0';
    return n;
}

static void tell_unknown(const cli_command *command, const char *word, mlg_language language)
{
    const char *names[MAX_OPTIONS];
    size_t n = 0;
    for (const cli_option *row = cli_options; row->name != NULL; row++) {
        if ((row->commands & command->bit) != 0) {
            names[n++] = row->name;
        }
    }
    const char *bare = word + strspn(word, "-");
    char name[64] = "";
    snprintf(name, sizeof name, "%.*s", (int) strcspn(bare, "="), bare);
    const char *near = cli_nearest(name, names, n);
    if (near != NULL) {
        cli_say(stderr, language, "cli_unknown_option_near", word, near, command->name, NULL);
    } else {
        cli_say(stderr, language, "cli_unknown_option", word, command->name, NULL);
    }
}

/* Complaints about an option come in the language asked for by a later one. */
static void look_ahead_for_language(int argc, char **argv, cli_settings *settings)
{
    for (int i = 1; i < argc && argv[i] != NULL; i++) {
        const char *code = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0) {
            code = argv[i] + 7;
        } else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            code = argv[i + 1];
        }
        if (code != NULL && mlg_language_find(code) >= 0) {
            settings->language = code;
        }
    }
}

int cli_parse(int argc, char **argv, const cli_command *command, cli_settings *settings)
{
    struct option longs[MAX_OPTIONS + 1] = {0};
    const cli_option *rows[MAX_OPTIONS];
    char letters[2 * MAX_OPTIONS + 2] = ":";
    const size_t n = prepare(command, longs, rows, letters + 1);

    look_ahead_for_language(argc, argv, settings);
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        const mlg_language language = cli_language(settings, NULL);
        const char letter[] = {'-', (char) optopt, '\0'};
        /* optopt is 0, or past a char, when a long option was meant: getopt has moved it
         * just before optind */
        const char *word = optopt > 0 && optopt < FIRST_LONG ? letter : argv[optind - 1];
        size_t i = 0;
        if (code == '?') {
            tell_unknown(command, word, language);
            return -1;
        }
        if (code == ':') {
            cli_say(stderr, language, "cli_missing_value", word, NULL);
            return -1;
        }
        while (i < n && code != FIRST_LONG + (int) i && code != rows[i]->letter) {
            i++;
        }
        if (i == n) {
            return -1; /* getopt answers rows of ours only */
        }
        if (!store(rows[i], optarg != NULL ? optarg : "", settings)) {
            cli_say(stderr, language, "cli_bad_value", rows[i]->name, optarg, rows[i]->value, NULL);
            if (rows[i]->offset == FIELD(format) && command->bit == CLI_IN_EXPORT) {
                cli_say(stderr, language, "cli_export_tables", NULL);
            }
            return -1;
        }
    }
    for (int i = optind; i < argc; i++) {
        argv[i - optind] = argv[i];
    }
    return argc - optind;
}

mlg_language cli_language(const cli_settings *settings, const mlg_model *model)
{
    int language = settings->language != NULL ? mlg_language_find(settings->language) : -1;
    if (language < 0 && model != NULL) {
        language = mlg_model_language(model);
    }
    return language < 0 ? MLG_FR : (mlg_language) language;
}

void cli_say_words(FILE *out, mlg_language language, const char *const *words)
{
    mlg_arg args[8];
    char line[1024];
    size_t n = 0;
    for (const char *const *word = words + 1; *word != NULL && n < 8; word++) {
        /* a count chooses the plural: {0?mot|mots} */
        args[n++] = (mlg_arg){
            .kind = MLG_ARG_TEXT, .text = *word, .number = (double) strtol(*word, NULL, 10)};
    }
    mlg_text_print(line, sizeof line, language, mlg_text_find(words[0]), args, n);
    fprintf(out, "%s\n", line);
}

const char *cli_nearest(const char *name, const char *const *names, size_t n)
{
    const char *best = NULL;
    size_t least = strlen(name) / 3 + 2; /* further away is no suggestion */
    for (size_t i = 0; i < n; i++) {
        const size_t away = mlg_text_distance(name, names[i]);
        if (away < least) {
            least = away;
            best = names[i];
        }
    }
    return best;
}

const char *cli_shell_word(const char *word, char *room, size_t size)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./,+:=@%";
    size_t used = 0;
    bool safe = word[0] != '\0';

    for (const char *at = word; *at != '\0'; at++) { /* letters with accents need no quotes */
        safe = safe && ((*at & 0x80) != 0 || strchr(plain, *at) != NULL);
    }
    if (safe || 4 * strlen(word) + 3 > size) {
        return word;
    }
    room[used++] = '\'';
    for (const char *at = word; *at != '\0'; at++) {
        const char *piece = *at == '\'' ? "'\\''" : (const char[]){*at, '\0'};
        const size_t length = strlen(piece);
        memcpy(room + used, piece, length);
        used += length;
    }
    memcpy(room + used, "'", 2);
    return room;
}
