/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fold.h"
#include "model/model.h"

/* What refused rows describe: so that a name whose own row is in error is not told as missing. */

enum { MOST_REFUSED = 5000 };

/* Tables share texts: the table stands before them. Spellings of one name are one key. */
static void write_key(mlg_buffer *key, mlg_table_id table, const char *text)
{
    mlg_buffer_format(key, "%d ", (int) table);
    mlg_fold(text, strlen(text), key);
}

bool mlg_refused_add(mlg_model *model, mlg_table_id table, const char *text, mlg_refused row)
{
    mlg_buffer key = {0};
    const size_t before = model->refused_names.n;

    if (before >= MOST_REFUSED) {
        return true;
    }
    write_key(&key, table, text);
    bool added = !key.failed && mlg_grow(&model->refused, &model->refused_room, before + 1,
                                         sizeof *model->refused);
    if (added) {
        model->refused[before] = row;
        added = mlg_names_add(&model->refused_names, mlg_buffer_string(&key), key.length) >= 0;
    }
    mlg_buffer_free(&key);
    return added;
}

const mlg_refused *mlg_refused_find(const mlg_model *model, mlg_table_id table, const char *text)
{
    mlg_buffer key = {0};
    int32_t found = -1;

    if (model->refused_names.n == 0) {
        return NULL;
    }
    write_key(&key, table, text);
    if (!key.failed) {
        found = mlg_names_find(&model->refused_names, mlg_buffer_string(&key), key.length);
    }
    mlg_buffer_free(&key);
    return found >= 0 ? &model->refused[found] : NULL;
}
