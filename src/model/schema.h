/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_SCHEMA_H
#define MLG_MODEL_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/text.h"

/* The schema is two tables of rows: src/model/schema.def (files, columns, types)
 * and src/model/vocabulary.def (lists of codes). Everything else reads them: the
 * reader, the checks, `maillage schema`, the templates of `maillage init`. */

typedef enum mlg_table_id {
    MLG_STUDY,
    MLG_ACTORS,
    MLG_ALIASES,
    MLG_TIES,
    MLG_SCHEMES,
    MLG_ACTIVITIES,
    MLG_PARTICIPATIONS,
    MLG_POSTS,
    MLG_SITES,
    MLG_FUNDING,
    MLG_TERRITORIES,
    MLG_PERIMETERS,
    MLG_N_TABLES
} mlg_table_id;

/* How a cell reads, and how its column is stored (right). */
typedef enum mlg_type {
    MLG_TYPE_TEXT,        /* int32: interned in model->texts, -1 unknown */
    MLG_TYPE_PARTY,       /* int32: actors, posts and schemes share one id space; -1 unknown */
    MLG_TYPE_PARTIES,     /* mlg_list of party ids, separated by | */
    MLG_TYPE_ACTIVITY,    /* int32 */
    MLG_TYPE_TERRITORY,   /* int32 */
    MLG_TYPE_TERRITORIES, /* mlg_list */
    MLG_TYPE_CODE,        /* int32: code of the column's vocabulary, -1 unknown */
    MLG_TYPE_CODES,       /* mlg_list of codes */
    MLG_TYPE_WORDS,       /* mlg_list of interned texts (axis, mission when open) */
    MLG_TYPE_BOOL,        /* int32: 1, 0, -1 unknown */
    MLG_TYPE_NUMBER,      /* double: any finite, NaN unknown */
    MLG_TYPE_AMOUNT, /* double >= 0; bounds such as >150000 keep the number, flagged in a warning */
    MLG_TYPE_WEIGHT, /* double in 1e-6..1e6 */
    MLG_TYPE_SHARE,  /* double in 0..1; "45 %" reads as .45 */
    MLG_TYPE_DATE,   /* mlg_span: first and last day the cell can mean; unknown = {MIN, MAX} */
    MLG_TYPE_PERSON, /* int32 party id; "vacant" = MLG_VACANT, empty or "inconnu" = -1 */
} mlg_type;

/* Stored in a MLG_TYPE_PERSON column for the word `vacant`. */
enum { MLG_VACANT = -2 };

enum {
    MLG_REQUIRED = 1, /* a row without it is an error */
    MLG_ONE_OF = 2,   /* id or name: one of the two is required */
    MLG_PRIVATE = 4,  /* may name a person: faults never quote it */
};

/* Vocabulary lists; those marked closed in vocabulary.def refuse unknown values. */
typedef enum mlg_list_id {
#define LIST(name, closed, column_fr) MLG_V_##name,
#define CODE(list, code, fr, en)
#include "model/vocabulary.def"
#undef LIST
#undef CODE
    MLG_N_LISTS,
    MLG_V_NONE = -1
} mlg_list_id;

/* Codes as constants: MLG_CODE_OF(actor_kind, person) is the code's number in its list. */
enum {
#define LIST(name, closed, column_fr) MLG_G_##name##__first,
#define CODE(list, code, fr, en)      MLG_G_##list##_##code,
#include "model/vocabulary.def"
#undef LIST
#undef CODE
    MLG_G_end
};
#define MLG_CODE_OF(list, code) (MLG_G_##list##_##code - MLG_G_##list##__first - 1)

/* Columns of all tables, numbered across tables: C_ties_from and so on. */
typedef enum mlg_column {
#define COLUMN(table, name, type, list, flags, aliases, fr, en) C_##table##_##name,
#include "model/schema.def"
#undef COLUMN
    C_COUNT,
    C_NONE = -1
} mlg_column;

/* Rows of schema.def: COLUMN(table, name, TYPE, list, flags, "aliases", "fr help", "en help"),
 * where list is a vocabulary's name or NONE. Rows of vocabulary.def: LIST(name, closed,
 * "French header") followed by its CODE(list, code, "fr labels", "en labels"). */

typedef struct mlg_field {
    mlg_table_id table;
    mlg_column column;
    const char *name; /* canonical */
    mlg_type type;
    mlg_list_id list;
    unsigned flags;
    const char *aliases; /* French headers, separated by | */
    const char *help[MLG_N_LANGUAGES];
} mlg_field;

typedef struct mlg_code_row {
    const char *code;
    const char *label[MLG_N_LANGUAGES]; /* comma-separated synonyms, parenthesis = gloss */
} mlg_code_row;

typedef struct mlg_vocabulary {
    const char *name;      /* "actor_kind" */
    const char *column_fr; /* French header of its column */
    bool closed;
    const mlg_code_row *codes;
    int32_t n_codes;
} mlg_vocabulary;

const mlg_field *mlg_schema_field(mlg_column column);
const char *mlg_schema_table(mlg_table_id table); /* "ties" */
/* Its other names, French first, separated by |: "liens|relations". */
const char *mlg_schema_table_fr(mlg_table_id table);
/* First column of a table, and one past its last. */
void mlg_schema_columns(mlg_table_id table, mlg_column *first, mlg_column *end);
/* Table of a file's base name ("liens", "Ties"), or -1. */
int mlg_schema_find_table(const char *name);
/* Column of a header in a table (canonical, alias, vocabulary's French header;
 * case, accents, spaces and _ free), or C_NONE. */
mlg_column mlg_schema_find_column(mlg_table_id table, const char *header);
const mlg_vocabulary *mlg_schema_vocabulary(mlg_list_id list);
/* Code of a value (code or any synonym, folded), or -1. */
int32_t mlg_vocabulary_find(mlg_list_id list, const char *value);
/* Fixed code's own number by its code text; -1 when there is none. */
int32_t mlg_vocabulary_code(mlg_list_id list, const char *code);

#endif
