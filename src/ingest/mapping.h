/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_MAPPING_H
#define MLG_INGEST_MAPPING_H

#include "model/model.h"

/* What study.csv says of other files. A block reads one file into one table: ties.* is
 * block 1 of ties, ties.2.* another one. Texts live in the model's arena. */

typedef enum mlg_rule_kind {
    MLG_RULE_COLUMN,   /* ties.from;source -- or 5-frequency; an empty value: not read */
    MLG_RULE_CONSTANT, /* ties.directed;=no */
    MLG_RULE_MATCH,    /* ties.kind:pol;works_with */
    MLG_RULE_WHERE,    /* ties.where;relation=actor-actor */
} mlg_rule_kind;

typedef struct mlg_rule {
    mlg_rule_kind kind;
    mlg_column field;  /* C_NONE for a condition */
    const char *key;   /* as written: "ties.kind:pol" */
    const char *from;  /* what a match stands for, folded as an id */
    const char *value; /* without the = of a constant */
    int32_t row;       /* of study.csv, in the model */
} mlg_rule;

typedef struct mlg_block {
    mlg_table_id table;
    int number;
    const char *file; /* as written, NULL for the table's own */
    int32_t file_row; /* of study.csv, -1 */
    int32_t row;      /* its first */
    mlg_rule *rules;
    size_t n_rules, rules_room;
} mlg_block;

typedef struct mlg_mapping {
    mlg_block *blocks; /* by table, then number */
    size_t n_blocks, room;
    int32_t file; /* study.csv's, of model->files */
} mlg_mapping;

/* Reads the rows of study.csv that the model holds. Faults are told at them. */
mlg_status mlg_mapping_read(mlg_model *model, mlg_mapping *mapping, mlg_error *err) MLG_MUST_CHECK;
/* Tells blocks of a table that read the same file in the same way. */
void mlg_mapping_check_twice(mlg_model *model, const mlg_mapping *mapping);
void mlg_mapping_free(mlg_mapping *mapping);

/* Do two headers meet, but for case, accents, spaces and the like? Never by the locale. */
bool mlg_same_header(const char *a, size_t a_length, const char *b);

/* The name in `texts` (separated by |) whose header key is within two edits of `name`'s;
 * NULL when none is. `best` holds the edits so far and is lowered. Writes the name into
 * `out`. */
bool mlg_nearest_header(const char *name, const char *texts, size_t *best, char *out, size_t room);
/* Nearest name of a table, or of a column of one table; false when none is near. */
bool mlg_nearest_table(const char *name, char *out, size_t room);
bool mlg_nearest_column(mlg_table_id table, const char *name, char *out, size_t room);

#endif
