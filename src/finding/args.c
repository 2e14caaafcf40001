/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "finding/args.h"

#include "base/texts.h"

void mlg_args_names(mlg_arg args[static MLG_NAMES_ARGS], mlg_scope scope, const mlg_id *id,
                    size_t n)
{
    enum { NAMED = (MLG_NAMES_ARGS - 1) / 2 };
    for (size_t i = 0; i < MLG_NAMES_ARGS; i++) {
        args[i] = mlg_arg_key(T_none);
    }
    for (size_t i = 0; i < n && i < NAMED; i++) {
        args[2 * i] = mlg_arg_key(i == 0 ? T_names_open : T_names_next);
        args[2 * i + 1] = mlg_arg_label(scope, id[i]);
    }
    if (n > NAMED) {
        args[MLG_NAMES_ARGS - 1] = mlg_arg_key(T_names_more);
    }
}
