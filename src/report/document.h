/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_DOCUMENT_H
#define MLG_REPORT_DOCUMENT_H

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/texts.h"
#include "finding/args.h"
#include "maillage/report.h"

/* What a page says, before anyone writes it: sections of sentences, tables with
 * typed cells, figures and findings. Built once (sections.c), then rendered by the
 * writers, which decide nothing about content. */

/* A text of the table with its arguments. */
enum { MLG_SENTENCE_ARGS = 12 };
typedef struct mlg_sentence {
    mlg_text_key key;
    mlg_arg args[MLG_SENTENCE_ARGS];
    size_t n_args;
} mlg_sentence;

typedef enum mlg_cell_kind {
    MLG_CELL_EMPTY,     /* the column does not apply to the row */
    MLG_CELL_ARG,       /* prints as an argument of a text: count, share, date, label ... */
    MLG_CELL_CODE,      /* arg.text: an identifier, the same in every language */
    MLG_CELL_ENGLISH,   /* arg.text: words of the catalogue, which are English */
    MLG_CELL_UNDEFINED, /* n/a, for the reason arg.key (0: none given) */
} mlg_cell_kind;

/* How a cell of a matrix is shaded. The writer adds a pattern or a mark, never colour alone;
 * the words of the steps stand in the table's legend (note). */
typedef enum mlg_tint {
    MLG_TINT_NONE,
    MLG_TINT_FAR_LESS, /* a ratio to the expected: below 0.5 */
    MLG_TINT_LESS,     /* 0.5 to 0.8 */
    MLG_TINT_AS,       /* 0.8 to 1.25 */
    MLG_TINT_MORE,     /* 1.25 to 2 */
    MLG_TINT_FAR_MORE, /* 2 and more */
    MLG_TINT_FAINT,    /* too little expected to tell: greyed */
    MLG_TINT_SHARE_0,  /* a share: 0 */
    MLG_TINT_SHARE_1,  /* below a third */
    MLG_TINT_SHARE_2,  /* below two thirds */
    MLG_TINT_SHARE_3,  /* below 1 */
    MLG_TINT_SHARE_4,  /* 1: wholly */
    MLG_N_TINTS
} mlg_tint;

typedef struct mlg_cell {
    mlg_cell_kind kind;
    mlg_arg arg;
    mlg_tint tint;
    const char *small; /* words under the number, kept by the document; NULL: none */
} mlg_cell;

/* Where a column stands. Files have more of them than the page. */
typedef enum mlg_column_use {
    MLG_EVERYWHERE,
    MLG_PAGE_ONLY,
    MLG_FILE_ONLY,
    MLG_NOWHERE
} mlg_column_use;

static inline bool mlg_on_page(mlg_column_use use)
{
    return use == MLG_EVERYWHERE || use == MLG_PAGE_ONLY;
}

static inline bool mlg_in_file(mlg_column_use use)
{
    return use == MLG_EVERYWHERE || use == MLG_FILE_ONLY;
}

typedef struct mlg_heading {
    const char *name; /* of the CSV column: fixed, English */
    mlg_arg title;    /* MLG_ARG_KEY of a text, or a label */
    mlg_column_use use;
} mlg_heading;

typedef struct mlg_table {
    const char *id; /* of the file tables/ID.csv; NULL: on the page only */
    mlg_sentence caption;
    mlg_sentence note;  /* how to read it; key 0 = none */
    mlg_sentence lacks; /* the columns that the page has not, nothing being known of them */
    mlg_heading *headings;
    size_t n_columns;
    mlg_cell *cells; /* [n_cells], row by row */
    size_t n_cells, room;
    double total;     /* rows there are; 0: those of the table. More: the file has the first */
    size_t page_rows; /* first rows that the page has; 0: none, the table is a file only */
    size_t open_rows; /* first rows shown at once, the others unfold; 0: all of them */
    bool plain;       /* a matrix: not to be sorted by a column */
    bool heat;        /* a matrix of shaded cells, with column heads set upright */
    bool cards; /* long texts: the page sets rows as entries, those of one first cell together */
    bool mixed; /* rows of different things: no common number of decimals */
    bool words; /* words (first column) with their meanings (second) */
} mlg_table;

typedef struct mlg_figure {
    const char *file; /* "network.svg" */
    mlg_sentence caption, note;
    mlg_buffer svg;
    mlg_buffer panel; /* markup under it, on the page only */
} mlg_figure;

typedef enum mlg_block_kind {
    MLG_BLOCK_HEADING,
    MLG_BLOCK_PARAGRAPH,
    MLG_BLOCK_NOTE,    /* a paragraph in a lower voice */
    MLG_BLOCK_MISSING, /* the table that would unlock a section; args[1] is that one's title */
    MLG_BLOCK_TABLE,
    MLG_BLOCK_FIGURE,
    MLG_BLOCK_FINDINGS, /* findings first .. first + n - 1 of the results, in full */
} mlg_block_kind;

typedef struct mlg_block {
    mlg_block_kind kind;
    mlg_sentence text;
    mlg_table *table;
    mlg_figure *figure;
    size_t first, n;
} mlg_block;

typedef struct mlg_section {
    const char *id; /* its anchor */
    mlg_text_key title;
    mlg_sentence heading; /* what stands over it, where that is not its title; key 0: the title */
    mlg_block *blocks;
    size_t n, room;
} mlg_section;

/* A count with its noun, for the line under the title. */
typedef struct mlg_fact {
    mlg_arg number;
    mlg_text_key noun; /* with {0?one|several} by the number */
} mlg_fact;

enum { MLG_MAX_FACTS = 12 };

typedef struct mlg_document {
    const mlg_results *results;
    mlg_text_key subject; /* what the study is about, by what it has: stands over its title */
    mlg_fact facts[MLG_MAX_FACTS];
    size_t n_facts;
    bool sheets;              /* each section is a sheet of paper of its own */
    bool several_territories; /* as study.csv says: a banner, and no sum over the whole */
    bool illustrative; /* as study.csv says: a banner on every page, a line on every drawing */
    mlg_section *sections;
    size_t n, room;
    mlg_arena arena;   /* texts and tables made on the way */
    mlg_table sink;    /* what callers get to write to once memory was short */
    bool failed;       /* memory was short, or see `status`: swallows what follows */
    mlg_status status; /* of the first failure that was no lack of memory */
    mlg_error why;
} mlg_document;

/* The report's document, or that of `maillage measure`; empty after a failure. */
mlg_status mlg_document_report(const mlg_results *results, mlg_document *document,
                               mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_document_values(const mlg_results *results, mlg_document *document,
                               mlg_error *err) MLG_MUST_CHECK;
void mlg_document_free(mlg_document *document);

/* ---- building: every call adds to the last section ------------------------- */

void mlg_doc_section(mlg_document *document, const char *id, mlg_text_key title);
/* A section with a heading of its own. `id` is copied. */
void mlg_doc_section_of(mlg_document *document, const char *id, mlg_text_key title,
                        mlg_sentence heading);
/* Takes the last section away when nothing was added to it. */
void mlg_doc_drop_empty(mlg_document *document);
void mlg_doc_block(mlg_document *document, mlg_block_kind kind, mlg_text_key key,
                   const mlg_arg *args, size_t n_args);
/* A table with its headings copied. Never NULL: when memory is short what is added to
 * the answer is swallowed. Cells follow, row by row. */
mlg_table *mlg_doc_table(mlg_document *document, const char *id, mlg_sentence caption,
                         const mlg_heading *headings, size_t n_columns);
void mlg_doc_cell(mlg_document *document, mlg_table *table, mlg_cell cell);
mlg_figure *mlg_doc_figure(mlg_document *document, const char *file, mlg_sentence caption);
void mlg_doc_findings(mlg_document *document, size_t first, size_t n);
/* Something on the way failed: the document answers that at its end. */
void mlg_doc_fail(mlg_document *document, mlg_status status, const mlg_error *why);
/* Gives the numbers of each column that has fractions one number of decimals: `digits`,
 * or what its largest asks for when negative. */
void mlg_doc_align(mlg_document *document, int digits);
/* Takes off the page the columns of which nothing at all is known, and says so under the table: the
 * files keep them. */
void mlg_doc_drop_unknown(mlg_document *document);
/* The answer for a builder: MLG_OK, or the first failure; then the document is freed. */
mlg_status mlg_doc_end(mlg_document *document, mlg_error *err) MLG_MUST_CHECK;
/* A copy that lives as long as the document; "" when memory is short. */
const char *mlg_doc_text(mlg_document *document, const char *text);

mlg_sentence mlg_sentence_of(mlg_text_key key, const mlg_arg *args, size_t n_args);

static inline mlg_cell mlg_cell_of(mlg_arg arg)
{
    return (mlg_cell){.kind = MLG_CELL_ARG, .arg = arg};
}

static inline mlg_cell mlg_cell_empty(void)
{
    return (mlg_cell){.kind = MLG_CELL_EMPTY};
}

static inline mlg_cell mlg_cell_code(const char *text)
{
    return (mlg_cell){.kind = text != NULL && text[0] != '\0' ? MLG_CELL_CODE : MLG_CELL_EMPTY,
                      .arg = mlg_arg_text(text)};
}

static inline mlg_cell mlg_cell_english(const char *text)
{
    return (mlg_cell){.kind = text != NULL && text[0] != '\0' ? MLG_CELL_ENGLISH : MLG_CELL_EMPTY,
                      .arg = mlg_arg_text(text)};
}

/* A number, or n/a with its reason. */
static inline mlg_cell mlg_cell_number(mlg_arg arg, mlg_text_key reason)
{
    const bool defined = arg.number == arg.number;
    return defined ? (mlg_cell){.kind = MLG_CELL_ARG, .arg = arg}
                   : (mlg_cell){.kind = MLG_CELL_UNDEFINED, .arg = mlg_arg_key(reason)};
}

/* ---- reading --------------------------------------------------------------- */

/* Appends a text with the labels of its arguments, in a language. */
void mlg_say(mlg_buffer *out, const mlg_results *results, mlg_language language, mlg_text_key key,
             const mlg_arg *args, size_t n_args);
void mlg_say_arg(mlg_buffer *out, const mlg_results *results, mlg_language language,
                 const mlg_arg *arg);
void mlg_say_label(mlg_buffer *out, const mlg_results *results, mlg_language language,
                   mlg_scope scope, mlg_id id);
/* What a view is called: "declared ties", "ties 'works with'" ... */
void mlg_say_view(mlg_buffer *out, const mlg_results *results, mlg_language language, int32_t view);
/* The document that a lever comes from, with the place in it. */
void mlg_say_source(mlg_buffer *out, mlg_language language, const char *source);
/* Words for a level, a kind of finding, and the document that a lever's source cites. */
mlg_text_key mlg_document_level(mlg_level level);
mlg_text_key mlg_document_kind(const char *kind);
mlg_text_key mlg_document_source(const char *source);
/* Code of a reason or caution: its text's name without "why_" or "caution_"; "" for none. */
const char *mlg_reason_code(mlg_text_key reason);
/* A cell as a reader sees it, in the report's language. */
void mlg_say_cell(mlg_buffer *out, const mlg_results *results, const mlg_cell *cell);
static inline size_t mlg_table_rows(const mlg_table *table)
{
    return table->n_columns > 0 ? table->n_cells / table->n_columns : 0;
}
static inline const mlg_cell *mlg_table_cell(const mlg_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->n_columns + column];
}
/* How many rows the page has of a table, folded ones included. */
static inline size_t mlg_table_page_rows(const mlg_table *table)
{
    const size_t rows = mlg_table_rows(table);
    return rows < table->page_rows ? rows : table->page_rows;
}
/* Has the section anything to see? Tables may be files only. */
bool mlg_section_is_shown(const mlg_section *section);
/* Leaves to the file the columns of numbers that are zero in every row. */
void mlg_table_drop_zeros(mlg_table *table);
/* Does the column hold numbers (set to the right)? By its first cell that holds anything. */
bool mlg_table_is_numeric(const mlg_table *table, size_t column);

#endif
