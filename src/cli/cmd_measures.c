/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <math.h>
#include <string.h>

enum { MOST_IDS = 512 };

static void print_line(mlg_language language, const char *title, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        char head[64];
        mlg_text_print(head, sizeof head, language, mlg_text_find(title), NULL, 0);
        printf("  %s: %s\n", head, text);
    }
}

static void print_measure(mlg_language language, const mlg_measure *row)
{
    static const char *const shapes[] = {"scalar", "vector", "pairs", "curve", "matrix"};
    char range[64] = "";
    printf("%s\n", row->id);
    printf("  %s\n", mlg_text(language, mlg_text_find(row->question)));
    if (!isnan(row->low) || !isnan(row->high)) {
        char low[16] = "-\xe2\x88\x9e", high[16] = "\xe2\x88\x9e";
        if (!isnan(row->low)) { /* ranges are whole numbers: no decimal mark to get wrong */
            snprintf(low, sizeof low, "%d", (int) row->low);
        }
        if (!isnan(row->high)) {
            snprintf(high, sizeof high, "%d", (int) row->high);
        }
        snprintf(range, sizeof range, "[%s, %s]", low, high);
    }
    print_line(language, "cli_measure_scope", mlg_scope_name(row->scope));
    print_line(language, "cli_measure_shape", shapes[row->shape]);
    print_line(language, "cli_measure_range", range);
    print_line(language, "cli_measure_direction", row->direction);
    print_line(language, "cli_measure_weight", row->weight);
    print_line(language, "cli_measure_convention", row->convention);
    print_line(language, "cli_measure_null", row->null_model);
    print_line(language, "cli_measure_undefined", row->undefined);
    print_line(language, "cli_measure_source", row->source);
}

/* A whole id, or a family: "silo" is all of silo.* */
static bool matches(const char *id, const char *name)
{
    const size_t length = strlen(name);
    return strcmp(id, name) == 0 || (strncmp(id, name, length) == 0 && id[length] == '.');
}

/* Did an operand before this one ask for it too? */
static bool told_before(const char *id, char **operands, int n)
{
    bool told = false;
    for (int i = 0; i < n && !told; i++) {
        told = matches(id, operands[i]);
    }
    return told;
}

/* The measure whose id is nearest, or NULL. */
static const char *nearest(const char *name)
{
    const char *ids[MOST_IDS];
    size_t n = 0;
    for (const mlg_measure *row = mlg_measures(); row->id != NULL && n < MOST_IDS; row++) {
        ids[n++] = row->id;
    }
    return cli_nearest(name, ids, n);
}

int cmd_measures(const cli_settings *settings, int n, char **operands)
{
    const mlg_language language = cli_language(settings, NULL);
    if (n == 0) {
        for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
            printf("%-32s %s\n", row->id, mlg_text(language, mlg_text_find(row->question)));
        }
    }
    for (int i = 0; i < n; i++) {
        size_t found = 0;
        for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
            if (matches(row->id, operands[i])) {
                if (!told_before(row->id, operands, i)) {
                    print_measure(language, row);
                }
                found++;
            }
        }
        if (found == 0) {
            const char *near = nearest(operands[i]);
            cli_say(stderr, language,
                    near != NULL ? "cli_unknown_measure_near" : "cli_unknown_measure", operands[i],
                    near, NULL);
            return CLI_USAGE;
        }
    }
    return CLI_DONE;
}
