/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/setting_keys.h"

#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "ingest/mapping.h"
#include "model/finish.h"
#include "model/rates.h"

enum { NAME = 160, NEAR = 3 }; /* nearer than so many edits */

/* Keys of one word, in both languages, and what reads them. */
static const char settings[] =
    "title|titre|territory|territoire|date|language|langue|strict|illustrative|illustratif|"
    "scope|portee|elections";

static const char views[] = "view|vue";

/* What is known without rows: quality.expected counts it against the tables. */
static const char known[] = "expected|attendu";

/* Scenarios: kept with the study, and read by no calculation. */
static const char kept[] = "scenario|simulate|default|defaut";

/* The scale of trust: model/trust_scale.c. */
static const char trust[] = "trust|confiance";
static const char scale[] = "trust.minimum|trust.maximum|confiance.minimum|confiance.maximum";

static void tell(mlg_model *model, mlg_severity severity, mlg_text_key text, int32_t row,
                 const char *key, const char *near)
{
    mlg_fault_text(model, severity, text, mlg_place_of(model, MLG_STUDY, row, C_study_key), key,
                   near);
}

/* Is the key one of the words, as their readers compare them? */
static bool is_one_of(const char *key, const char *words)
{
    char word[NAME];
    while (*words != '\0') {
        const size_t n = strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int) n, words);
        if (mlg_same_key(key, word)) {
            return true;
        }
        words += n + (words[n] == '|' ? 1 : 0);
    }
    return false;
}

static const char *behind_point(const char *key)
{
    const char *point = strchr(key, '.');
    return point != NULL ? point + 1 : "";
}

/* Two keys of the departure model end alike in other families: "months" tells none. */
static const char *only_ending(const char *ending)
{
    const mlg_rate_row *rates = mlg_rate_rows();
    const char *found = NULL;
    for (size_t i = 0; i < (size_t) 2 * MLG_N_RATES && ending[0] != '\0'; i++) {
        const char *key = i % 2 == 0 ? rates[i / 2].key : rates[i / 2].key_fr;
        if (mlg_same_key(behind_point(key), ending)) {
            if (found != NULL) {
                return NULL;
            }
            found = key;
        }
    }
    return found;
}

/* The nearest key: a word of `settings`, or a whole key of the departure model. */
static bool nearest_key(const char *key, char *near, size_t room)
{
    const mlg_rate_row *rates = mlg_rate_rows();
    size_t best = NEAR;
    mlg_nearest_header(key, settings, &best, near, room);
    mlg_nearest_header(key, scale, &best, near, room);
    for (size_t i = 0; i < MLG_N_RATES; i++) {
        mlg_nearest_header(key, rates[i].key, &best, near, room);
        mlg_nearest_header(key, rates[i].key_fr, &best, near, room);
    }
    if (best < NEAR) {
        return true;
    }
    const char *other = only_ending(behind_point(key));
    if (other != NULL) {
        snprintf(near, room, "%s", other);
    }
    return other != NULL;
}

/* view.NAME.ties, .participations or .activities: else no view can be made of it. */
static void check_view(mlg_model *model, int32_t row, const char *key)
{
    const char *name = behind_point(key), *point = strrchr(name, '.');
    const int table = point != NULL && point > name ? mlg_schema_find_table(point + 1) : -1;
    if (table != MLG_TIES && table != MLG_PARTICIPATIONS && table != MLG_ACTIVITIES) {
        tell(model, MLG_FATAL, T_fault_view_key, row, key, NULL);
    }
}

static void check_word(mlg_model *model, int32_t row, const char *key)
{
    char near[NAME];
    if (key[0] == '\0' || is_one_of(key, settings) || mlg_is_rate_family(key)) {
        return;
    }
    const bool is_near = nearest_key(key, near, sizeof near);
    tell(model, MLG_WARNING, is_near ? T_fault_unknown_setting : T_fault_unknown_setting_alone, row,
         key, is_near ? near : NULL);
}

void mlg_check_setting(mlg_model *model, int32_t row, const char *key)
{
    char part[NAME], near[NAME];
    const size_t length = strcspn(key, ".");

    if (key[length] == '\0') {
        check_word(model, row, key);
        return;
    }
    snprintf(part, sizeof part, "%.*s", (int) length, key);
    if (mlg_is_rate_family(part) || is_one_of(part, known) ||
        (is_one_of(part, trust) && is_one_of(key, scale))) {
        return;
    }
    if (is_one_of(part, trust)) {
        size_t best = NEAR;
        snprintf(near, sizeof near, "%s",
                 is_one_of(part, "trust") ? "trust.minimum" : "confiance.minimum");
        mlg_nearest_header(key, scale, &best, near, sizeof near);
        tell(model, MLG_FATAL, T_fault_unknown_setting, row, key, near);
    } else if (is_one_of(part, views)) {
        check_view(model, row, key);
    } else if (is_one_of(part, kept)) {
        tell(model, MLG_WARNING, T_fault_setting_not_read, row, key, NULL);
    } else if (mlg_schema_find_table(part) == MLG_STUDY) {
        tell(model, MLG_FATAL, T_fault_mapping_study, row, key, NULL);
    } else if (nearest_key(key, near, sizeof near)) {
        tell(model, MLG_FATAL, T_fault_unknown_setting, row, key, near);
    } else if (mlg_nearest_table(part, near, sizeof near)) {
        tell(model, MLG_FATAL, T_fault_mapping_table_near, row, key, near);
    } else {
        size_t best = NEAR;
        const bool is_view = mlg_nearest_header(part, views, &best, near, sizeof near);
        tell(model, MLG_FATAL, is_view ? T_fault_view_key : T_fault_mapping_table, row, key, NULL);
    }
}
