/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_MODEL_H
#define MLG_MODEL_MODEL_H

#include "base/memory.h"
#include "base/names.h"
#include "maillage/model.h"
#include "model/expected_seats.h"
#include "model/rates.h"
#include "model/schema.h"

/* A span of days since 1970-01-01, both ends in it. A year or a month alone is
 * the whole span; an unknown date is {MLG_EVER_FIRST, MLG_EVER_LAST}. */
typedef struct mlg_span {
    int32_t first, last;
} mlg_span;

#define MLG_EVER_FIRST INT32_MIN
#define MLG_EVER_LAST  INT32_MAX
#define MLG_NO_DATE    INT32_MIN

/* A list cell: `n` entries of model->pool from `start`. n = 0: unknown, or the word
 * `none` when start is MLG_LIST_NONE. */
typedef struct mlg_list {
    uint32_t start, n;
} mlg_list;

#define MLG_LIST_NONE UINT32_MAX

/* The share of a row of perimeters.csv that says it is unknown: above 0, at most 1. A share that is
 * not written is the whole. */
#define MLG_SHARE_UNKNOWN (-1.0)

/* Where rows stand. Files are numbered in model->files. */
typedef struct mlg_rows {
    int32_t n;
    size_t room;
    int16_t *file; /* [n] */
    int32_t *line; /* [n] */
    int32_t named; /* 1 and the file that has the table's own name, of several; 0: none has */
} mlg_rows;

/* What was read. */
typedef struct mlg_input {
    const char *file; /* as the study names it, never a machine path */
    char sha256[65];
    uint64_t bytes;
    int64_t rows;      /* data rows, comments and blanks left out */
    char encoding[24]; /* "UTF-8", "WINDOWS-1252", ... */
    char separator;
    bool bom;
} mlg_input;

/* A row that describes something and was not kept, for a fault told where it stands. */
typedef struct mlg_refused {
    const char *file;
    int32_t line;
    bool maybe_person; /* says, or nearly, that it is a person */
} mlg_refused;

typedef enum mlg_kind { /* of a party; the first five are the vocabulary's, in its order */
                        MLG_KIND_ORGANISATION,
                        MLG_KIND_SERVICE,
                        MLG_KIND_PERSON,
                        MLG_KIND_RESIDENTS,
                        MLG_KIND_UNNAMED,
                        MLG_KIND_POST,   /* named by posts.csv only */
                        MLG_KIND_SCHEME, /* named by schemes.csv only */
} mlg_kind;

enum {                   /* party_flags */
       MLG_IS_ACTOR = 1, /* has a row in actors.csv, or is named where an actor may stand */
       MLG_IS_POST = 2,
       MLG_IS_SCHEME = 4,
       MLG_IS_LISTED = 8, /* has a row in its table */
};

/* What a territory's label has beside its name, where perimeters of one name must be told apart. */
typedef enum mlg_namesake {
    MLG_NAMESAKE_NONE,
    MLG_NAMESAKE_BY_SCALE,
    MLG_NAMESAKE_BY_ID,
} mlg_namesake;

/* How a tie is held, by the codes of the vocabulary held_by: MLG_SURVIVES_ORGANISATION + code. */
enum { MLG_N_SURVIVALS = 3 };

struct mlg_model {
    mlg_arena arena;
    /* interned; ids as written, NFC, trimmed */
    mlg_names parties, activities, territories, texts, files;
    mlg_names open[MLG_N_LISTS];      /* keys of values beyond the codes: code = n_codes + index */
    mlg_names open_text[MLG_N_LISTS]; /* the same values as first written */
    mlg_names spelled[MLG_N_LISTS];   /* values seen by mlg_model_code(), as written */
    int32_t *spelled_code[MLG_N_LISTS];
    size_t spelled_room[MLG_N_LISTS];

    /* rows as read: data[C_x_y] is [rows[table].n] of the column's storage type,
     * or NULL when no file of the table has the column */
    mlg_rows rows[MLG_N_TABLES];
    void *data[C_COUNT];
    int32_t *pool; /* entries of list cells */
    size_t pool_n, pool_room;

    /* what refused rows describe, by the table and the text: refused.c */
    mlg_names refused_names;
    mlg_refused *refused; /* [refused_names.n] */
    size_t refused_room;

    /* facts about the input */
    mlg_input *inputs;
    size_t n_inputs, inputs_room;
    mlg_faults *faults; /* made by mlg_model_new(), owned */
    char sha256[65];    /* of the inputs' names and hashes: the study's own */

    /* the study (from study.csv) */
    const char *title, *territory; /* "" when unknown */
    int language;                  /* mlg_language or -1 */
    int32_t date;                  /* MLG_NO_DATE when unknown; the last day of a year or month */
    int32_t day; /* rows are in force at it: the date, else the last day a row begins */
    bool strict;
    mlg_rate_said rate[MLG_N_RATES]; /* of the departure model */
    int32_t *election;               /* [n_elections] days, ascending: past ones too */
    int32_t n_elections;
    mlg_expected_seat *seats; /* who is expected in steering committees, by the study's own lists */
    size_t n_seats;           /* 0: the shipped one holds */
    mlg_seat_list *seat_lists; /* [n_seat_lists] */
    size_t n_seat_lists;
    double trust_least, trust_greatest; /* the survey's scale of trust; equal: not said */
    bool several_territories; /* rows of places that have nothing in common: no sum over them */
    bool illustrative; /* made up or altered, to show what a report says: every output says so */

    /* entities, made by mlg_model_finish() once all rows are in */
    mlg_kind *party_kind; /* [parties.n] */
    uint8_t *party_flags; /* [parties.n] */
    /* Row of actors.csv in force at `day`, else the last that began before it, else the
     * first; -1 when it has none. A party that a name or an alias leads away from has no
     * flag, no row and no mention left: it is nobody. */
    int32_t *party_actor_row;   /* [parties.n] */
    int32_t *party_scheme_row;  /* same, schemes.csv */
    int32_t *party_post_row;    /* same, posts.csv: of several in force, the last begun */
    mlg_id *party_organisation; /* what a person, service or post collapses into; else itself */
    mlg_id *party_body;         /* same, but services stay (--by service) */
    int32_t *party_sector;      /* first sector code, or -1 */
    int32_t *party_pseudonym; /* 1.. for persons, and for posts that bear a person's name; else 0 */
    int pseudonym_width;      /* digits of P01 */
    int32_t *activity_row;    /* [activities.n] as party_actor_row, of activities.csv, or -1 */
    bool *activity_attended;  /* [activities.n] dated rows of participations.csv say who came */
    int32_t *territory_row;   /* [territories.n] row of territories.csv, or -1 */

    /* perimeters expanded to the units, at the study's date: CSR over territories */
    uint32_t *unit_offset;   /* [territories.n + 1] */
    mlg_id *unit;            /* ascending in a territory; a unit expands to itself; none: unknown */
    double *unit_share;      /* in (0, 1]; the most it may be */
    double *unit_least;      /* the least, in [0, share]: below it where a share is unknown */
    bool *is_unit;           /* [territories.n] */
    uint8_t *namesake;       /* [territories.n] mlg_namesake */
    bool *party_namesake;    /* [parties.n] another one has its name: labels say its id too */
    bool *activity_namesake; /* [activities.n] */
    mlg_id own;              /* the territory that `territory` names, -1: none that is listed */
};

/* ---- building (ingest, tests) --------------------------------------------- */

mlg_status mlg_model_new(mlg_model **model, mlg_error *err) MLG_MUST_CHECK;
/* Appends a row with every column unknown; answers its number, -1 when memory is short. */
int32_t mlg_model_add_row(mlg_model *model, mlg_table_id table, int16_t file, int32_t line);
/* Sets a cell of the last or an earlier row, by the column's storage; false when memory is short.
 * A column's array appears at its first set. */
bool mlg_model_set_id(mlg_model *model, mlg_column column, int32_t row, int32_t value);
bool mlg_model_set_number(mlg_model *model, mlg_column column, int32_t row, double value);
bool mlg_model_set_span(mlg_model *model, mlg_column column, int32_t row, mlg_span value);
/* n = 0 is the word `none`: leave a cell unset that is unknown. */
bool mlg_model_set_list(mlg_model *model, mlg_column column, int32_t row, const int32_t *ids,
                        size_t n);
/* Code of an open list's value, added when new (matched folded); -1 when memory is short. */
int32_t mlg_model_open_code(mlg_model *model, mlg_list_id list, const char *value);
/* Code of a cell's value: fixed, or open when the list is. Remembers each spelling, so that
 * reading millions of cells costs one look-up each. */
enum { MLG_CODE_UNKNOWN = -1, MLG_CODE_NO_MEMORY = -2 };
int32_t mlg_model_code(mlg_model *model, mlg_list_id list, const char *value, size_t length);

/* Notes that a row of a table which describes what `text` names was refused; the first one counts,
 * and what is beyond a few thousand is let go. False when memory is short. */
bool mlg_refused_add(mlg_model *model, mlg_table_id table, const char *text, mlg_refused row);
/* The refused row of the table that describes what the text names, or NULL. */
const mlg_refused *mlg_refused_find(const mlg_model *model, mlg_table_id table, const char *text);

/* Resolves names and aliases, derives entities, expands perimeters, applies the
 * cross-table rules (faults collected in model->faults), deals pseudonyms.
 * MLG_OK even with faults; MLG_ENOMEM. */
mlg_status mlg_model_finish(mlg_model *model, mlg_error *err) MLG_MUST_CHECK;

/* ---- reading -------------------------------------------------------------- */

static inline int32_t mlg_get_id(const mlg_model *m, mlg_column c, int32_t row)
{
    return m->data[c] != NULL ? ((const int32_t *) m->data[c])[row] : -1;
}

/* NaN when unknown. */
double mlg_get_number(const mlg_model *model, mlg_column column, int32_t row);
mlg_span mlg_get_span(const mlg_model *model, mlg_column column, int32_t row);
/* Entries of a list cell; *n = 0 when empty or unknown. */
const int32_t *mlg_get_list(const mlg_model *model, mlg_column column, int32_t row, size_t *n);
/* Does the list cell say `none`? */
bool mlg_list_is_none(const mlg_model *model, mlg_column column, int32_t row);
/* Text of a code in the language: fixed label (first synonym, gloss left out) or the open text. */
const char *mlg_code_label(const mlg_model *model, mlg_list_id list, int32_t code,
                           mlg_language language, char *buffer, size_t room);
/* Canonical code text ("works_with"), or the open value as written. */
const char *mlg_code_text(const mlg_model *model, mlg_list_id list, int32_t code);
int32_t mlg_code_count(const mlg_model *model, mlg_list_id list); /* fixed + open */
/* A setting of study.csv by its key (folded), or NULL. */
const char *mlg_study_setting(const mlg_model *model, const char *key);
/* Is the row in force at a day: start <= day <= end, unknown ends open? Table must have start/end.
 */
bool mlg_row_in_force(const mlg_model *model, mlg_table_id table, int32_t row, int32_t day);

/* Perimeters expanded to the units at any day, as the model holds them for the study's own: by
 * territory, the units ascending. What is a unit is what is one at the study's day. */
typedef struct mlg_expansion {
    uint32_t *offset; /* [territories.n + 1] */
    mlg_id *unit;
    double *share, *least; /* as unit_share and unit_least */
} mlg_expansion;

mlg_status mlg_expand_perimeters(const mlg_model *model, int32_t day, mlg_expansion *out,
                                 mlg_error *err) MLG_MUST_CHECK;
void mlg_expansion_free(mlg_expansion *expansion);

/* ---- dates (date.c) ------------------------------------------------------- */

int32_t mlg_day_of(int year, int month, int day); /* proleptic Gregorian */
void mlg_day_split(int32_t day, int *year, int *month, int *day_of_month);

/* ---- faults (fault.c) ----------------------------------------------------- */

/* Where a fault is. file -1, line 0, column 0 = not known. */
typedef struct mlg_place {
    int32_t file; /* of model->files */
    int32_t line, column;
    mlg_column field; /* C_NONE when it is no cell's */
} mlg_place;

/* Adds a fault; `key` is a T_fault_... text. Grouped with those of the same
 * severity, key, file, field and first argument. `args` texts are copied. Cells of
 * private fields must be passed with MLG_ARG_TEXT as argument 0 ("what was read"):
 * they are shown only when names are asked for. */
void mlg_fault_add(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                   const mlg_arg *args, size_t n_args);
/* Short forms: one or two text arguments (NULL = absent). */
void mlg_fault_text(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                    const char *read, const char *expected);
/* As mlg_fault_add(), saying which arguments may name a person (bit i: argument i). */
void mlg_fault_add_masked(mlg_model *model, mlg_severity severity, mlg_text_key key,
                          mlg_place place, const mlg_arg *args, size_t n_args,
                          unsigned private_args);
/* A fault without arguments that stands `times` over, the first of them at the place. */
void mlg_fault_add_times(mlg_model *model, mlg_severity severity, mlg_text_key key, mlg_place place,
                         uint32_t times);
/* Once every file was read: messages name the study's own files from then on. */
void mlg_faults_name_files(mlg_model *model);
/* Was memory short for a fault? It was counted all the same. */
bool mlg_faults_short(const mlg_faults *faults);
/* Where a row stands; field C_NONE for the row as a whole. */
mlg_place mlg_place_of(const mlg_model *model, mlg_table_id table, int32_t row, mlg_column field);

#endif
