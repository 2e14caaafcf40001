/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

int cmd_schema(const cli_settings *settings, int n, char **operands)
{
    mlg_error err = {0};
    const mlg_status status =
        mlg_schema_print(stdout, cli_language(settings, NULL), n > 0 ? operands[0] : NULL, &err);
    return status == MLG_OK ? CLI_DONE : cli_failed(settings, status, &err);
}
