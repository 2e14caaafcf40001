/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "maillage/territory.h"
#include "model/model.h"
#include "model/spelling.h"

/* What was typed, under the keys it is compared by. */
typedef struct question {
    const char *text;
    mlg_buffer id, name;
    int32_t scale; /* only territories of this scale, or -1: any */
} question;

/* Ways to answer, the closest first. */
typedef enum way { BY_ID, BY_CODE, BY_NAME, BY_WORDS, N_WAYS } way;

const char *mlg_territory_id(const mlg_model *model, mlg_id territory)
{
    return mlg_names_text(&model->territories, territory);
}

/* What stands behind the dash of an id: 14 of DEP-14. NULL when there is none. */
static const char *code_of(const mlg_model *model, mlg_id t)
{
    const char *dash = strchr(mlg_territory_id(model, t), '-');
    return dash != NULL && dash[1] != '\0' ? dash + 1 : NULL;
}

static const char *name_of(const mlg_model *model, mlg_id t)
{
    return mlg_names_text(&model->texts,
                          mlg_get_id(model, C_territories_name, model->territory_row[t]));
}

static bool is_listed(const mlg_model *model, mlg_id t, int32_t scale)
{
    const int32_t row = model->territory_row[t];
    return row >= 0 && (scale < 0 || mlg_get_id(model, C_territories_scale, row) == scale);
}

/* ---- one territory ------------------------------------------------------------- */

/* Are the words of `some` among those of `all`, together and in this order? */
static bool has_words(const char *all, const char *some)
{
    const size_t length = strlen(some);
    for (const char *at = strstr(all, some); at != NULL; at = strstr(at + 1, some)) {
        if ((at == all || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ')) {
            return true;
        }
    }
    return false;
}

static bool answers(const mlg_model *model, const question *asked, way how, mlg_id t,
                    mlg_buffer *key)
{
    const bool by_id = how == BY_ID || how == BY_CODE;
    const mlg_buffer *wanted = by_id ? &asked->id : &asked->name;
    const char *text = how == BY_ID     ? mlg_territory_id(model, t)
                       : how == BY_CODE ? code_of(model, t)
                                        : name_of(model, t);
    if (text == NULL || *text == '\0' || !is_listed(model, t, asked->scale)) {
        return false;
    }
    mlg_buffer_clear(key);
    mlg_fold_as(by_id ? MLG_FOLD_ID : MLG_FOLD_NAME, text, strlen(text), key);
    return how == BY_WORDS ? has_words(mlg_buffer_string(key), mlg_buffer_string(wanted))
                           : strcmp(mlg_buffer_string(key), mlg_buffer_string(wanted)) == 0;
}

/* ---- all of them --------------------------------------------------------------- */

static void add_match(mlg_territory_matches *found, mlg_id t)
{
    if (found->n < MLG_MATCHES_SHOWN) {
        found->id[found->n] = t;
    }
    found->n++;
}

static mlg_status search(const mlg_model *model, const question *asked, way from,
                         mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer key = {0};
    for (way how = from; how < N_WAYS && found->n == 0; how++) {
        for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
            if (answers(model, asked, how, t, &key)) {
                add_match(found, t);
            }
        }
    }
    if (key.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
out:
    mlg_buffer_free(&key);
    return status;
}

static mlg_status ask(const mlg_model *model, const char *text, int32_t scale, way from,
                      mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    question asked = {.text = text, .scale = scale};
    mlg_fold_as(MLG_FOLD_ID, text, strlen(text), &asked.id);
    mlg_fold(text, strlen(text), &asked.name);
    if (asked.id.failed || asked.name.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the name of a territory");
    }
    TRY(search(model, &asked, from, found, err));
out:
    mlg_buffer_free(&asked.id);
    mlg_buffer_free(&asked.name);
    return status;
}

/* The scale that the text begins with ("département 14"), and where the rest begins; -1. */
static int32_t scale_before(const char *text, const char **rest)
{
    char word[64];
    const char *blank = strchr(text, ' ');
    const size_t length = blank != NULL ? (size_t) (blank - text) : 0;
    if (length == 0 || length >= sizeof word) {
        return -1;
    }
    memcpy(word, text, length);
    word[length] = '\0';
    *rest = blank + strspn(blank, " ");
    return mlg_vocabulary_find(MLG_V_scale, word);
}

static mlg_status find_nearest(const mlg_model *model, const char *text,
                               mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_spellings spellings = {0};
    mlg_id t = -1;
    for (mlg_id i = 0; i < (mlg_id) model->territories.n; i++) {
        const char *code = code_of(model, i), *name = "";
        if (is_listed(model, i, -1)) {
            name = name_of(model, i);
            mlg_spellings_add(&spellings, mlg_territory_id(model, i), i);
        }
        if (*name != '\0') {
            mlg_spellings_add(&spellings, name, i);
        }
        if (*name != '\0' && code != NULL) {
            mlg_spellings_add(&spellings, code, i);
        }
    }
    if (mlg_spellings_find(&spellings, text, &t) != NULL) {
        add_match(found, t);
    }
    found->nearest = true;
    if (spellings.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
out:
    mlg_spellings_free(&spellings);
    return status;
}

mlg_status mlg_territory_find(const mlg_model *reference, const char *text,
                              mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *rest = "";
    *found = (mlg_territory_matches){0};
    text += strspn(text, " ");
    if (*text == '\0') {
        found->nearest = true;
        return MLG_OK;
    }
    const int32_t scale = scale_before(text, &rest);
    TRY(ask(reference, text, -1, BY_ID, found, err));
    if (found->n == 0 && scale >= 0 && *rest != '\0') {
        TRY(ask(reference, rest, scale, BY_CODE, found, err));
    }
    if (found->n == 0) {
        TRY(find_nearest(reference, text, found, err));
    }
out:
    return status;
}
