/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_CELL_H
#define MLG_INGEST_CELL_H

#include "ingest/clean.h"
#include "ingest/number.h"
#include "ingest/source.h"

enum { MLG_MAX_NAME = 1024 }; /* characters of a name or an id */

typedef enum mlg_cell_state {
    MLG_CELL_VALUE,
    MLG_CELL_EMPTY, /* nothing is known */
    MLG_CELL_BAD,   /* a fault stands against it */
} mlg_cell_state;

/* A cell read by its column's type. */
typedef struct mlg_value {
    union {
        int32_t id;
        mlg_list list; /* of the reader's ids; none: the word `none` */
        double number;
        mlg_span span;
    };
    mlg_cell_state state;
} mlg_value;

/* `from` in the file means `to`: ties.kind:pol;works_with. */
typedef struct mlg_match {
    const char *from; /* folded as an id */
    const char *to;
} mlg_match;

/* A cell read before, so that the same text again costs a comparison. */
typedef struct mlg_seen {
    mlg_value value;
    uint32_t length; /* UINT32_MAX: nothing yet */
    char text[28];
} mlg_seen;

/* What joins a column of a file to a field of a table. */
typedef struct mlg_bind {
    const mlg_field *field;
    const char *header;   /* as the file writes it, else the field's own name */
    int32_t cell;         /* its index in a row; -1 for a constant */
    const char *constant; /* every row's cell, from study.csv */
    int32_t study_row;    /* where study.csv says so */
    mlg_match *matches;   /* [n_matches] */
    size_t n_matches;
    bool reversed; /* the value is `from` less the number: ties.weight;5-frequency */
    double from;
    mlg_seen *seen; /* [n_seen], a power of 2; NULL for lists */
    size_t n_seen;
    size_t last_seen;   /* the one met last: rows of one activity share its day */
    struct mlg_sample { /* first text of each warning: the others are counted with it */
        mlg_text_key key;
        const char *text;
    } samples[4];
} mlg_bind;

/* A number whose mark may part thousands: judged when the whole file is known. */
typedef struct mlg_doubt {
    mlg_place place;
    const char *text;
    bool comma;
} mlg_doubt;

/* Reads the cells of one file. Zero it, set the first four. */
typedef struct mlg_reader {
    mlg_model *model;
    int32_t file;
    int32_t line; /* of the row being read */
    mlg_error *err;
    bool no_memory;
    bool told;        /* a fault was told since this was last cleared */
    bool near_person; /* what the row calls its kind is nearly the word for a person */
    mlg_buffer clean, scratch;
    int32_t *ids; /* of the row's lists; a new row starts with n_ids = 0 */
    size_t n_ids, ids_room;
    bool sure_point, sure_comma; /* decimals so far */
    mlg_doubt *doubts;
    size_t n_doubts, doubts_room;
} mlg_reader;

/* memcmp() of short texts: a call for each of ten million cells takes longer. */
static inline bool mlg_same_text(const char *a, const char *b, size_t length)
{
    uint64_t x = 0, y = 0;
    if (length < 8) {
        while (length > 0 && a[length - 1] == b[length - 1]) {
            length--;
        }
        return length == 0;
    }
    for (size_t at = 0; at + 8 < length; at += 8) {
        memcpy(&x, a + at, 8);
        memcpy(&y, b + at, 8);
        if (x != y) {
            return false;
        }
    }
    memcpy(&x, a + length - 8, 8);
    memcpy(&y, b + length - 8, 8);
    return x == y;
}

/* Makes the memory of a bind whose other members are set; false when memory is short. */
bool mlg_bind_ready(mlg_bind *bind);
void mlg_bind_free(mlg_bind *bind);
/* Where a column's cells are looked up as they stand: a text that is there already means
 * the same again. NULL for other types, for constants, and where words have a meaning of
 * their own (`vacant`, or what study.csv says). */
const mlg_names *mlg_bind_names(const mlg_bind *bind, const mlg_model *model);

/* Reads a cell. Faults are told with the bind's field and the cell's column. */
mlg_value mlg_cell_read(mlg_reader *reader, mlg_bind *bind, const mlg_cell *cell);
/* Writes a value (not an empty or bad one) into a row of the model. */
bool mlg_cell_store(mlg_reader *reader, const mlg_bind *bind, int32_t row, mlg_value value);

/* Tells what is doubtful only in the light of the whole file. */
void mlg_reader_end(mlg_reader *reader);
void mlg_reader_free(mlg_reader *reader);

/* Tells a fault at a column of the reader's row; `read` is argument 0 and may be NULL. */
void mlg_reader_tell(mlg_reader *reader, mlg_severity severity, mlg_text_key key, int32_t column,
                     mlg_column field, const char *read, const char *expected);

#endif
