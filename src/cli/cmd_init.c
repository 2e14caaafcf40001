/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

int cmd_init(const cli_settings *settings, int n, char **operands)
{
    mlg_error err = {0};
    const mlg_language language = cli_language(settings, NULL);
    (void) n;
    const mlg_status status =
        mlg_schema_write_templates(operands[0], language, settings->all, &err);
    if (status != MLG_OK) {
        return cli_failed(settings, status, &err);
    }
    cli_say(stdout, language, "cli_templates_written", operands[0], NULL);
    return CLI_DONE;
}
