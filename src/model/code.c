/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

#include <string.h>

#include "base/buffer.h"
#include "base/fold.h"
#include "base/texts.h"

int32_t mlg_model_open_code(mlg_model *model, mlg_list_id list, const char *value)
{
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    mlg_names *keys = &model->open[list], *texts = &model->open_text[list];
    mlg_buffer key = {0};
    int32_t code = -1;

    mlg_fold(value, strlen(value), &key);
    if (!key.failed) {
        const char *text = mlg_buffer_string(&key);
        code = mlg_names_find(keys, text, key.length);
        /* The value goes in before its key: a key without a value can never be seen. Two
         * values of different keys are different texts, so that both lists run in step. */
        if (code < 0 && mlg_names_add(texts, value, strlen(value)) >= 0) {
            code = mlg_names_add(keys, text, key.length);
        }
    }
    mlg_buffer_free(&key);
    return code < 0 ? -1 : code + vocabulary->n_codes;
}

int32_t mlg_model_code(mlg_model *model, mlg_list_id list, const char *value, size_t length)
{
    mlg_names *spelled = &model->spelled[list];
    const int32_t known = mlg_names_find(spelled, value, length);
    if (known >= 0) {
        return model->spelled_code[list][known];
    }
    if (!mlg_grow(&model->spelled_code[list], &model->spelled_room[list], spelled->n + 1,
                  sizeof **model->spelled_code)) {
        return MLG_CODE_NO_MEMORY;
    }
    char *copy = mlg_arena_text(&model->arena, value, length);
    if (copy == NULL) {
        return MLG_CODE_NO_MEMORY;
    }
    int32_t code = mlg_vocabulary_find(list, copy);
    if (code < 0 && !mlg_schema_vocabulary(list)->closed) {
        code = mlg_model_open_code(model, list, copy);
        if (code < 0) {
            return MLG_CODE_NO_MEMORY;
        }
    }
    const int32_t index = mlg_names_add(spelled, value, length);
    if (index < 0) {
        return MLG_CODE_NO_MEMORY;
    }
    model->spelled_code[list][index] = code;
    return code;
}

int32_t mlg_code_count(const mlg_model *model, mlg_list_id list)
{
    return mlg_schema_vocabulary(list)->n_codes + (int32_t) model->open[list].n;
}

const char *mlg_code_text(const mlg_model *model, mlg_list_id list, int32_t code)
{
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    if (code < 0) {
        return "";
    }
    return code < vocabulary->n_codes
               ? vocabulary->codes[code].code
               : mlg_names_text(&model->open_text[list], code - vocabulary->n_codes);
}

/* Codes of official tables that no list of the schema has: a reader knows their words. */
static mlg_text_key official(mlg_list_id list, const char *text)
{
    static const struct {
        const char *code;
        mlg_text_key words;
    } known[] = {
        {"anct_acv", T_official_anct_acv},
        {"anct_ami", T_official_anct_ami},
        {"anct_amm", T_official_anct_amm},
        {"anct_citeduc", T_official_anct_citeduc},
        {"anct_fabp", T_official_anct_fabp},
        {"anct_fabt", T_official_anct_fabt},
        {"anct_fs", T_official_anct_fs},
        {"anct_pvd", T_official_anct_pvd},
        {"anct_ti", T_official_anct_ti},
        {"anct_va", T_official_anct_va},
        {"aire_attraction", T_official_aire_attraction},
        {"arrondissement", T_official_arrondissement},
        {"canton_ville", T_official_canton_ville},
        {"contrat_de_ruralite", T_official_contrat_de_ruralite},
        {"contrat_de_ruralite_petr", T_official_contrat_de_ruralite_petr},
        {"contrat_de_ville", T_official_contrat_de_ville},
        {"epci_ca", T_official_epci_ca},
        {"epci_cc", T_official_epci_cc},
        {"epci_cu", T_official_epci_cu},
        {"epci_metro", T_official_epci_metro},
        {"ept", T_official_ept},
        {"unite_urbaine", T_official_unite_urbaine},
        {"zone_emploi", T_official_zone_emploi},
    };
    const bool named = list == MLG_V_scale || list == MLG_V_scheme_kind;
    for (size_t i = 0; named && i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].code, text) == 0) {
            return known[i].words;
        }
    }
    return T_none;
}

const char *mlg_code_label(const mlg_model *model, mlg_list_id list, int32_t code,
                           mlg_language language, char *buffer, size_t room)
{
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    const char *text = mlg_code_text(model, list, code);
    size_t length = strlen(text);

    if (room == 0) {
        return "";
    }
    if (code >= 0 && code < vocabulary->n_codes) {
        text = vocabulary->codes[code].label[language];
        length = strcspn(text, ",(");
        while (length > 0 && text[length - 1] == ' ') {
            length--;
        }
    } else if (official(list, text) != T_none) {
        text = mlg_text(language, official(list, text));
        length = strlen(text);
    }
    length = length < room ? length : room - 1;
    /* never half a character */
    while (length > 0 && text[length] != '\0' && ((unsigned char) text[length] & 0xc0) == 0x80) {
        length--;
    }
    memcpy(buffer, text, length);
    buffer[length] = '\0';
    return buffer;
}
