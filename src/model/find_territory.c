/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "maillage/territory.h"
#include "model/finish.h"

/* What was typed, under the keys it is compared by. */
typedef struct question {
    mlg_buffer id, name;
    int32_t scale; /* only territories of this scale, or -1: any */
    bool slack;    /* what is near need not be very near: it is told, not taken */
} question;

/* Ways to answer, the closest first. */
typedef enum way { BY_ID, BY_CODE, BY_NAME, BY_WORDS } way;

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

const char *mlg_territory_code(const mlg_model *model, mlg_id territory)
{
    const char *code = code_of(model, territory);
    return code != NULL ? code : mlg_territory_id(model, territory);
}

static const char *name_of(const mlg_model *model, mlg_id t)
{
    return mlg_names_text(&model->texts,
                          mlg_get_id(model, C_territories_name, model->territory_row[t]));
}

static const char *spelling_of(const mlg_model *model, mlg_id t, way how)
{
    return how == BY_ID     ? mlg_territory_id(model, t)
           : how == BY_CODE ? code_of(model, t)
                            : name_of(model, t);
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
    const char *text = is_listed(model, t, asked->scale) ? spelling_of(model, t, how) : NULL;
    if (text == NULL || *text == '\0') {
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

static mlg_status search(const mlg_model *model, const question *asked, way from, way last,
                         mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer key = {0};
    for (way how = from; how <= last && found->n == 0; how++) {
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

static mlg_status fold_question(question *asked, const char *text, int32_t scale, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer_clear(&asked->id);
    mlg_buffer_clear(&asked->name);
    asked->scale = scale;
    mlg_fold_as(MLG_FOLD_ID, text, strlen(text), &asked->id);
    mlg_fold(text, strlen(text), &asked->name);
    if (asked->id.failed || asked->name.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the name of a territory");
    }
out:
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

/* ---- larger ones --------------------------------------------------------------------- */

size_t mlg_territory_units(const mlg_model *model, mlg_id territory)
{
    return model->unit_offset[territory + 1] - model->unit_offset[territory];
}

/* Is it one that a study is about: no department, region or country? */
static bool is_local(const mlg_model *model, mlg_id t)
{
    const int32_t scale = mlg_get_id(model, C_territories_scale, model->territory_row[t]);
    return scale != MLG_CODE_OF(scale, departement) && scale != MLG_CODE_OF(scale, region) &&
           scale != MLG_CODE_OF(scale, national);
}

/* Does it hold all that the other is made of? */
static bool holds(const mlg_model *model, mlg_id t, mlg_id other)
{
    uint32_t at = model->unit_offset[t];
    const uint32_t end = model->unit_offset[t + 1];
    for (uint32_t i = model->unit_offset[other]; i < model->unit_offset[other + 1]; i++) {
        while (at < end && model->unit[at] < model->unit[i]) { /* both ascend */
            at++;
        }
        if (at == end || model->unit[at] != model->unit[i]) {
            return false;
        }
    }
    return true;
}

mlg_status mlg_territory_larger(const mlg_model *reference, const char *text, mlg_id taken,
                                mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    question asked = {0};
    mlg_buffer key = {0};
    const size_t own = mlg_territory_units(reference, taken);

    *found = (mlg_territory_matches){0};
    TRY(fold_question(&asked, text + strspn(text, " "), -1, err));
    /* where its id or code was given, it is meant */
    const bool named = answers(reference, &asked, BY_WORDS, taken, &key);
    for (mlg_id t = 0; t < (mlg_id) reference->territories.n && named; t++) {
        if (t == taken || !is_listed(reference, t, -1) || !is_local(reference, t) ||
            mlg_territory_units(reference, t) <= own) {
            continue;
        }
        const bool around = mlg_get_id(reference, C_territories_scale,
                                       reference->territory_row[t]) == MLG_CODE_OF(scale, epci) &&
                            holds(reference, t, taken);
        if (around || answers(reference, &asked, BY_WORDS, t, &key)) {
            add_match(found, t);
        }
    }
    if (key.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
out:
    mlg_buffer_free(&asked.id);
    mlg_buffer_free(&asked.name);
    mlg_buffer_free(&key);
    return status;
}

/* ---- the nearest ------------------------------------------------------------------ */

/* Slips of who types a key of this length; one in a code: two make any other. */
static size_t slips_allowed(size_t length, bool of_name, bool slack)
{
    const size_t long_enough = slack ? 6 : 7;
    return length < 4 ? 0 : length < long_enough || !of_name ? 1 : 2;
}

/* The fewest slips from what was typed to one of a territory's spellings; more than `most` when
 * none is near. A name may have been typed without its first word (CU, CC, Le). */
static size_t slips_to(const mlg_model *model, const question *asked, mlg_id t, size_t most,
                       mlg_buffer *key)
{
    size_t best = most + 1;
    for (way how = BY_ID; how <= BY_NAME; how++) {
        const bool by_id = how != BY_NAME;
        const mlg_buffer *wanted = by_id ? &asked->id : &asked->name;
        const char *text = spelling_of(model, t, how);
        const size_t allowed = slips_allowed(wanted->length, !by_id, asked->slack);
        mlg_buffer_clear(key);
        if (text != NULL) {
            mlg_fold_as(by_id ? MLG_FOLD_ID : MLG_FOLD_NAME, text, strlen(text), key);
        }
        const char *rest = mlg_buffer_string(key);
        while (*rest != '\0') {
            const size_t bound = allowed < most ? allowed : most;
            const size_t slips = mlg_edit_distance(mlg_buffer_string(wanted), wanted->length, rest,
                                                   strlen(rest), bound);
            best = slips <= bound && slips < best ? slips : best;
            const char *blank = rest == mlg_buffer_string(key) ? strchr(rest, ' ') : NULL;
            rest = blank != NULL && !by_id ? blank + 1 : "";
        }
    }
    return best;
}

/* Is each word of `some` one of those of `all`, wherever it stands? */
static bool has_each_word(const char *all, const char *some)
{
    char word[128];
    while (*some != '\0') {
        const size_t length = strcspn(some, " ");
        if (length >= sizeof word) {
            return false;
        }
        memcpy(word, some, length);
        word[length] = '\0';
        if (!has_words(all, word)) {
            return false;
        }
        some += length + (some[length] == ' ' ? 1 : 0);
    }
    return true;
}

/* Those whose names have every word that was typed, with others in between: "CC Pic Saint-Loup"
 * for CC du Grand Pic Saint-Loup. */
static mlg_status find_scattered(const mlg_model *model, const question *asked,
                                 mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer key = {0};
    const char *wanted = mlg_buffer_string(&asked->name);

    found->nearest = true;
    for (mlg_id t = 0; t < (mlg_id) model->territories.n && strchr(wanted, ' ') != NULL; t++) {
        const char *name = is_listed(model, t, -1) ? name_of(model, t) : NULL;
        mlg_buffer_clear(&key);
        if (name != NULL) {
            mlg_fold(name, strlen(name), &key);
        }
        if (has_each_word(mlg_buffer_string(&key), wanted)) {
            add_match(found, t);
        }
    }
    if (key.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
out:
    mlg_buffer_free(&key);
    return status;
}

/* All that are as near as the nearest. */
static mlg_status find_nearest(const mlg_model *model, const question *asked,
                               mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t best = 2;
    mlg_buffer key = {0};
    found->nearest = true;
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        const size_t slips = is_listed(model, t, -1) ? slips_to(model, asked, t, best, &key) : 9;
        if (slips < best) {
            found->n = 0;
            best = slips;
        }
        if (slips == best) {
            add_match(found, t);
        }
    }
    if (key.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
out:
    mlg_buffer_free(&key);
    return status;
}

/* Those that bear the text, or words of it; a scale may stand before it. `asked` is left as what
 * was answered. */
static mlg_status find_bearers(const mlg_model *model, const char *text, question *asked,
                               mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *rest = "";
    const int32_t scale = scale_before(text, &rest);

    TRY(fold_question(asked, text, -1, err));
    TRY(search(model, asked, BY_ID, BY_WORDS, found, err));
    if (found->n == 0 && scale >= 0 && *rest != '\0') {
        TRY(fold_question(asked, rest, scale, err));
        TRY(search(model, asked, BY_CODE, BY_WORDS, found, err));
    }
    if (found->n == 0) {
        TRY(fold_question(asked, text, -1, err));
    }
out:
    return status;
}

mlg_status mlg_territory_find(const mlg_model *reference, const char *text,
                              mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    question asked = {0};

    *found = (mlg_territory_matches){0};
    text += strspn(text, " ");
    if (*text == '\0') {
        found->nearest = true;
        return MLG_OK;
    }
    TRY(find_bearers(reference, text, &asked, found, err));
    if (found->n == 0) {
        TRY(find_scattered(reference, &asked, found, err));
    }
    if (found->n == 0) {
        TRY(find_nearest(reference, &asked, found, err));
    }
out:
    mlg_buffer_free(&asked.id);
    mlg_buffer_free(&asked.name);
    return status;
}

/* ---- the study's own ------------------------------------------------------------- */

static mlg_place place_of_setting(const mlg_model *model)
{
    int32_t earlier = -1;
    const int32_t row = mlg_setting_row(model, "territory", "territoire", &earlier);
    return mlg_place_of(model, MLG_STUDY, row, C_study_value);
}

static void tell_several(mlg_model *model, const mlg_territory_matches *found)
{
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = model->territory},
                            mlg_text_of(&model->territories, found->id[0]),
                            mlg_text_of(&model->territories, found->id[1])};
    mlg_fault_add(model, MLG_WARNING, T_fault_study_territory_several, place_of_setting(model),
                  args, 3);
}

/* Sorts of bodies that stand before a name, and that nobody says: CA Saint-Lô Agglo. */
static const char *without_sort(const char *key)
{
    static const char *const sorts[] = {"ca ",
                                        "cc ",
                                        "cu ",
                                        "metropole ",
                                        "communaute agglomeration ",
                                        "communaute communes ",
                                        "communaute urbaine ",
                                        "petr ",
                                        "pays ",
                                        "ville "};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (strncmp(key, sorts[i], strlen(sorts[i])) == 0) {
            return key + strlen(sorts[i]);
        }
    }
    return key;
}

/* Is it meant without doubt: by its id, its code, its name, or that without its sort of body? */
static mlg_status is_sure(const mlg_model *model, const question *asked, mlg_id t, bool *sure,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer key = {0};

    *sure = false;
    for (way how = BY_ID; how <= BY_NAME && !*sure; how++) {
        *sure = answers(model, asked, how, t, &key);
    }
    /* the key is that of the name, the last asked for */
    *sure = *sure ||
            strcmp(without_sort(mlg_buffer_string(&key)), mlg_buffer_string(&asked->name)) == 0;
    if (key.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
out:
    mlg_buffer_free(&key);
    return status;
}

/* Those meant without doubt among those that bear the text; none leaves all of them. */
static mlg_status keep_sure(const mlg_model *model, const question *asked,
                            mlg_territory_matches *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_territory_matches kept = {0};
    for (size_t i = 0; i < found->n && i < MLG_MATCHES_SHOWN; i++) {
        bool sure = false;
        TRY(is_sure(model, asked, found->id[i], &sure, err));
        if (sure) {
            add_match(&kept, found->id[i]);
        }
    }
    if (kept.n > 0) {
        *found = kept;
    } else {
        found->nearest = true;
    }
out:
    return status;
}

/* Several words of one name are taken for it, and told; of one word ("Calvados" of CC Coeur du
 * Calvados) something else may well be meant. */
static void take_by_words(mlg_model *model, const question *asked,
                          const mlg_territory_matches *found)
{
    const mlg_id t = found->id[0];
    if (found->n > 1 || strchr(mlg_buffer_string(&asked->name), ' ') == NULL) {
        return;
    }
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = model->territory},
                            {.kind = MLG_ARG_TEXT, .text = name_of(model, t)},
                            mlg_text_of(&model->territories, t)};
    model->own = t;
    mlg_fault_add(model, MLG_WARNING, T_fault_study_territory_read, place_of_setting(model), args,
                  3);
}

/* What names nothing lets every rate run over all the units: told, with the nearest names. Those
 * of one digit more or less are no likeness: every code has some. */
static mlg_status tell_unknown(mlg_model *model, question *asked, mlg_territory_matches *found,
                               mlg_error *err)
{
    enum { NAMED = 3 };
    mlg_status status = MLG_OK;
    mlg_buffer near = {0};

    asked->slack = true;
    if (found->n == 0) {
        TRY(find_scattered(model, asked, found, err));
    }
    if (found->n == 0 && strpbrk(model->territory, "0123456789") == NULL) {
        TRY(find_nearest(model, asked, found, err));
    }
    for (size_t i = 0; i < found->n && i < NAMED; i++) {
        const char *name = name_of(model, found->id[i]);
        mlg_buffer_text(&near, i > 0 ? ", " : "");
        mlg_buffer_text(&near, name != NULL ? name : "");
        mlg_buffer_text(&near, name != NULL && *name != '\0' ? " (" : "(");
        mlg_buffer_text(&near, mlg_territory_id(model, found->id[i]));
        mlg_buffer_text(&near, ")");
    }
    mlg_buffer_text(&near, found->n > NAMED ? "…" : "");
    if (near.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
    const mlg_arg args[] = {{.kind = MLG_ARG_TEXT, .text = model->territory},
                            {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&near)},
                            mlg_count_of(found->n > 0 ? 2 : 1)}; /* chooses the words */
    mlg_fault_add(model, MLG_WARNING, T_fault_study_territory_unknown, place_of_setting(model),
                  args, 3);
out:
    mlg_buffer_free(&near);
    return status;
}

/* Without tables of territories the setting is a text for people, and nothing hangs on it. */
mlg_status mlg_finish_own_territory(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    question asked = {0};
    mlg_territory_matches found = {0};
    const char *text = model->territory + strspn(model->territory, " ");
    bool matters = model->rows[MLG_TERRITORIES].n > 0 || model->rows[MLG_PERIMETERS].n > 0;

    if (*text == '\0') {
        return MLG_OK;
    }
    TRY(find_bearers(model, text, &asked, &found, err));
    TRY(keep_sure(model, &asked, &found, err));
    if (found.n == 0 && model->rows[MLG_TERRITORIES].n == 0) {
        model->own = mlg_names_find(&model->territories, text, strlen(text));
    } else if (found.n == 1 && !found.nearest) {
        model->own = found.id[0];
    } else if (found.n > 1 && !found.nearest) {
        tell_several(model, &found);
        matters = false; /* said */
    } else if (found.n > 0) {
        take_by_words(model, &asked, &found);
    }
    if (model->own < 0 && matters && !model->several_territories) {
        TRY(tell_unknown(model, &asked, &found, err));
    }
out:
    mlg_buffer_free(&asked.id);
    mlg_buffer_free(&asked.name);
    return status;
}
