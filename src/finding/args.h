/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_ARGS_H
#define MLG_FINDING_ARGS_H

#include "maillage/model.h"
#include "maillage/text.h"

/* Arguments of texts, one short name a kind. */

static inline mlg_arg mlg_arg_text(const char *text)
{
    return (mlg_arg){.kind = MLG_ARG_TEXT, .text = text};
}

static inline mlg_arg mlg_arg_key(mlg_text_key key)
{
    return (mlg_arg){.kind = MLG_ARG_KEY, .key = key};
}

static inline mlg_arg mlg_arg_count(double count)
{
    return (mlg_arg){.kind = MLG_ARG_COUNT, .number = count};
}

static inline mlg_arg mlg_arg_number(double number, int digits)
{
    return (mlg_arg){.kind = MLG_ARG_NUMBER, .number = number, .digits = digits};
}

static inline mlg_arg mlg_arg_share(double share, int digits)
{
    return (mlg_arg){.kind = MLG_ARG_SHARE, .number = share, .digits = digits};
}

/* Two figures that count. Sentences say "p = {0}"; below a millionth, "p < 0.000001". */
static inline mlg_arg mlg_arg_p(double p)
{
    return (mlg_arg){.kind = MLG_ARG_P, .number = p, .digits = p < 1e-4 ? 6 : 4};
}

static inline mlg_arg mlg_arg_date(int32_t day)
{
    return (mlg_arg){.kind = MLG_ARG_DATE, .number = day};
}

static inline mlg_arg mlg_arg_label(mlg_scope scope, mlg_id id)
{
    return (mlg_arg){.kind = MLG_ARG_LABEL, .scope = (int) scope, .id = id};
}

/* The first few names of a list within a sentence: what opens it, the names with commas between,
 * and a mark where there are more; all empty where there is none. */
enum { MLG_NAMES_ARGS = 9 };
void mlg_args_names(mlg_arg args[static MLG_NAMES_ARGS], mlg_scope scope, const mlg_id *id,
                    size_t n);

#endif
