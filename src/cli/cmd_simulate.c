/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

int cmd_simulate(const cli_settings *settings, int n, char **operands)
{
    (void) settings;
    (void) n;
    (void) operands;
    return CLI_OUR_FAULT;
}
