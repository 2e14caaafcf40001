/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_TEMPLATE_H
#define MLG_MODEL_TEMPLATE_H

#include "base/buffer.h"
#include "maillage/territory.h"
#include "model/model.h"

/* What `init` writes: sheets to fill in, as French Excel opens them without a question
 * (`;`, UTF-8 with its mark, CRLF) or by RFC 4180. A row whose first cell begins with #
 * is a remark; a remark with the separator in it is an example to copy. */

/* ---- cells (template.c) ------------------------------------------------------ */

/* Begins a sheet. */
void mlg_template_mark(mlg_buffer *out, mlg_language language);
/* A row of cells that commas part here; no cell holds one. Decimals get the mark of the
 * language. */
void mlg_template_row(mlg_buffer *out, mlg_language language, const char *row);
/* The same as a remark, to copy. */
void mlg_template_example(mlg_buffer *out, mlg_language language, const char *row);
/* Words in one cell: a mark that would part it gives way to another one. */
void mlg_template_remark(mlg_buffer *out, mlg_language language, const char *text);

/* A cell with whatever text, quoted where it must be, and the separator, or the row's end after
 * the last. */
void mlg_template_cell(mlg_buffer *out, mlg_language language, const char *text, bool last);

/* ---- a real territory (template_territory.c) ----------------------------------- */

enum { MLG_PLACE_NONE, MLG_PLACE_LISTED, MLG_PLACE_WHOLE };

typedef struct mlg_real_place {
    const mlg_model *reference;
    mlg_id territory;
    uint8_t *role; /* [territories.n] MLG_PLACE_...: with its perimeter, by name only, not at all */
    mlg_territory_facts facts;
} mlg_real_place;

mlg_status mlg_template_place(mlg_real_place *place, const mlg_model *reference, mlg_id territory,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_template_place_free(mlg_real_place *place);
const char *mlg_template_place_name(const mlg_real_place *place);
/* Its name where no other territory written has it, else its id. */
const char *mlg_template_place_key(const mlg_real_place *place);
void mlg_template_territories(mlg_buffer *out, mlg_language language, const mlg_real_place *place);
void mlg_template_perimeters(mlg_buffer *out, mlg_language language, const mlg_real_place *place);

/* ---- the twelve tables with every column (template_whole.c) ------------------- */

/* `territory` names the study's, or is "". */
void mlg_template_table(mlg_buffer *out, mlg_language language, mlg_table_id table,
                        const char *territory);
/* "acteurs" or "actors". */
void mlg_template_table_name(mlg_buffer *out, mlg_language language, mlg_table_id table);

/* ---- the first sheets of a coordinator (template_starter.c) ------------------- */

enum { MLG_N_STARTERS = 5 };

/* "presences" or "participations". */
const char *mlg_template_starter_name(mlg_language language, int sheet);
void mlg_template_starter(mlg_buffer *out, mlg_language language, int sheet, const char *territory);
/* A-LIRE.txt, README.txt: what to fill first, what an empty cell means, which words are
 * known, what to do next. `place` may be NULL. */
void mlg_template_readme(mlg_buffer *out, mlg_language language, bool whole,
                         const mlg_real_place *place);

#endif
