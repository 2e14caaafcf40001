/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/texts.h"
#include "ingest/setting_keys.h"

enum { NAME = 160, MAX_BLOCK = 999 };

static mlg_place key_place(const mlg_model *model, int32_t row)
{
    return mlg_place_of(model, MLG_STUDY, row, C_study_key);
}

static void tell(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                 const char *a, const char *b, const char *c)
{
    const mlg_arg args[3] = {{.kind = MLG_ARG_TEXT, .text = a},
                             {.kind = MLG_ARG_TEXT, .text = b},
                             {.kind = MLG_ARG_TEXT, .text = c}};
    mlg_fault_add(model, severity, key, place, args, c != NULL ? 3 : b != NULL ? 2 : 1);
}

/* ---- keys ----------------------------------------------------------------- */

static bool is_word(const char *text, const char *en, const char *fr)
{
    return mlg_same_header(text, strlen(text), en) || mlg_same_header(text, strlen(text), fr);
}

static mlg_block *block_of(mlg_mapping *mapping, mlg_table_id table, int number, int32_t row)
{
    size_t at = 0;
    for (; at < mapping->n_blocks; at++) {
        mlg_block *block = &mapping->blocks[at];
        if (block->table == table && block->number == number) {
            return block;
        }
        if (block->table > table || (block->table == table && block->number > number)) {
            break;
        }
    }
    if (!mlg_grow(&mapping->blocks, &mapping->room, mapping->n_blocks + 1,
                  sizeof *mapping->blocks)) {
        return NULL;
    }
    memmove(mapping->blocks + at + 1, mapping->blocks + at,
            (mapping->n_blocks - at) * sizeof *mapping->blocks);
    mapping->n_blocks++;
    mapping->blocks[at] = (mlg_block){.table = table, .number = number, .file_row = -1, .row = row};
    return &mapping->blocks[at];
}

/* The row of an earlier rule that says the same thing of the same field, or -1. */
static int32_t earlier_row(const mlg_block *block, const mlg_rule *rule)
{
    for (size_t i = 0; i < block->n_rules; i++) {
        const mlg_rule *other = &block->rules[i];
        const bool both_columns =
            rule->kind <= MLG_RULE_CONSTANT && other->kind <= MLG_RULE_CONSTANT;
        const bool both_matches = rule->kind == MLG_RULE_MATCH && other->kind == MLG_RULE_MATCH &&
                                  strcmp(rule->from, other->from) == 0;
        if (rule->field == other->field && (both_columns || both_matches)) {
            return other->row;
        }
    }
    return -1;
}

static void tell_twice(mlg_model *model, int32_t row, const char *key, int32_t earlier)
{
    char line[16];
    snprintf(line, sizeof line, "%d", (int) model->rows[MLG_STUDY].line[earlier]);
    tell(model, MLG_FATAL, T_fault_mapping_twice, key_place(model, row), key, line, NULL);
}

static mlg_status add_rule(mlg_model *model, mlg_block *block, mlg_rule rule, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t earlier = earlier_row(block, &rule);
    if (earlier >= 0) {
        tell_twice(model, rule.row, rule.key, earlier);
        return MLG_OK;
    }
    if (!mlg_grow(&block->rules, &block->rules_room, block->n_rules + 1, sizeof *block->rules)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the mappings");
    }
    block->rules[block->n_rules++] = rule;
out:
    return status;
}

/* A match's left side, as cells will be compared with it. */
static const char *folded(mlg_model *model, const char *text)
{
    mlg_buffer key = {0};
    mlg_fold_as(MLG_FOLD_ID, text, strlen(text), &key);
    const char *copy =
        key.failed ? NULL : mlg_arena_text(&model->arena, mlg_buffer_string(&key), key.length);
    mlg_buffer_free(&key);
    return copy;
}

/* Texts, codes and ids have values to match; numbers and dates do not. */
static bool has_values(mlg_type type)
{
    return type != MLG_TYPE_NUMBER && type != MLG_TYPE_AMOUNT && type != MLG_TYPE_WEIGHT &&
           type != MLG_TYPE_SHARE && type != MLG_TYPE_DATE;
}

static void tell_column(mlg_model *model, int32_t row, const char *key, mlg_table_id table,
                        const char *column)
{
    char near[NAME];
    const bool is_near = mlg_nearest_column(table, column, near, sizeof near);
    tell(model, MLG_FATAL, is_near ? T_fault_mapping_column_near : T_fault_mapping_column,
         key_place(model, row), key, mlg_schema_table(table), is_near ? near : NULL);
}

/* What follows the table and the number: file, where, a column, or column:value. */
static mlg_status read_rule(mlg_model *model, mlg_block *block, mlg_rule rule, const char *rest,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    char column[NAME];
    const size_t length = strcspn(rest, ":");

    if (is_word(rest, "file", "fichier")) {
        if (block->file != NULL) {
            tell_twice(model, rule.row, rule.key, block->file_row);
        } else {
            block->file = rule.value;
            block->file_row = rule.row;
        }
        return MLG_OK;
    }
    if (is_word(rest, "where", "filtre")) {
        rule.kind = MLG_RULE_WHERE;
        rule.field = C_NONE;
        return add_rule(model, block, rule, err);
    }
    snprintf(column, sizeof column, "%.*s", (int) length, rest);
    rule.field = mlg_schema_find_column(block->table, column);
    if (rule.field == C_NONE) {
        tell_column(model, rule.row, rule.key, block->table, column);
        return MLG_OK;
    }
    if (rest[length] == ':') {
        if (!has_values(mlg_schema_field(rule.field)->type)) {
            tell(model, MLG_FATAL, T_fault_mapping_value, key_place(model, rule.row), rule.key,
                 NULL, NULL);
            return MLG_OK;
        }
        rule.kind = MLG_RULE_MATCH;
        rule.from = folded(model, rest + length + 1);
        TRY_ALLOC(err, rule.from);
    } else if (rule.value[0] == '=') {
        rule.kind = MLG_RULE_CONSTANT;
        rule.value++;
    }
    TRY(add_rule(model, block, rule, err));
out:
    return status;
}

static mlg_status read_row(mlg_model *model, mlg_mapping *mapping, int32_t row, const char *key,
                           const char *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char table_name[NAME];
    const size_t length = strcspn(key, ".");
    const char *rest = key + length + 1;
    char *end = NULL;
    long number = 1;

    snprintf(table_name, sizeof table_name, "%.*s", (int) length, key);
    const int table = key[length] == '.' ? mlg_schema_find_table(table_name) : -1;
    if (table < 0 || table == MLG_STUDY) {
        mlg_check_setting(model, row, key);
        return MLG_OK;
    }
    if (*rest >= '0' && *rest <= '9') {
        number = strtol(rest, &end, 10);
        if (*end != '.' || number < 1 || number > MAX_BLOCK) {
            tell_column(model, row, key, (mlg_table_id) table, rest);
            return MLG_OK;
        }
        rest = end + 1;
    }
    mlg_block *block = block_of(mapping, (mlg_table_id) table, (int) number, row);
    TRY_ALLOC(err, block);
    TRY(read_rule(model, block,
                  (mlg_rule){.kind = MLG_RULE_COLUMN, .key = key, .value = value, .row = row}, rest,
                  err));
out:
    return status;
}

mlg_status mlg_mapping_read(mlg_model *model, mlg_mapping *mapping, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t row = 0; row < model->rows[MLG_STUDY].n; row++) {
        /* copies: interned texts move */
        const char *key = mlg_names_text(&model->texts, mlg_get_id(model, C_study_key, row));
        const char *value = mlg_names_text(&model->texts, mlg_get_id(model, C_study_value, row));
        key = mlg_arena_text(&model->arena, key, strlen(key));
        value = mlg_arena_text(&model->arena, value, strlen(value));
        TRY_ALLOC(err, key);
        TRY_ALLOC(err, value);
        TRY(read_row(model, mapping, row, key, value, err));
    }
out:
    if (status != MLG_OK) {
        mlg_mapping_free(mapping);
    }
    return status;
}

/* ---- blocks --------------------------------------------------------------- */

static bool same_rules(const mlg_block *a, const mlg_block *b)
{
    if (a->n_rules != b->n_rules) {
        return false;
    }
    for (size_t i = 0; i < a->n_rules; i++) {
        bool found = false;
        for (size_t k = 0; k < b->n_rules && !found; k++) {
            const mlg_rule *x = &a->rules[i], *y = &b->rules[k];
            found = x->kind == y->kind && x->field == y->field && strcmp(x->value, y->value) == 0 &&
                    (x->kind != MLG_RULE_MATCH || strcmp(x->from, y->from) == 0);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool same_file(const char *a, const char *b)
{
    return a == NULL || b == NULL || strcmp(a, b) == 0; /* none: the first block's */
}

void mlg_mapping_check_twice(mlg_model *model, const mlg_mapping *mapping)
{
    for (size_t i = 1; i < mapping->n_blocks; i++) {
        const mlg_block *block = &mapping->blocks[i];
        for (size_t k = i; k-- > 0 && mapping->blocks[k].table == block->table;) {
            const mlg_block *other = &mapping->blocks[k];
            if (same_file(block->file, other->file) && same_rules(block, other)) {
                char a[16], b[16];
                snprintf(a, sizeof a, "%d", other->number);
                snprintf(b, sizeof b, "%d", block->number);
                tell(model, MLG_FATAL, T_fault_block_twice, key_place(model, block->row), a, b,
                     mlg_schema_table(block->table));
                break;
            }
        }
    }
}

void mlg_mapping_free(mlg_mapping *mapping)
{
    for (size_t i = 0; i < mapping->n_blocks; i++) {
        mlg_free(mapping->blocks[i].rules);
    }
    mlg_free(mapping->blocks);
    *mapping = (mlg_mapping){0};
}
