/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_GAPS_H
#define MLG_REPORT_GAPS_H

#include "report/section.h"

/* What the section on missing coordinations and `maillage gaps` share (section_gaps.c). */

/* The pairs of schemes of a view, and what was there to compare; NULL when there is nothing. */
const mlg_value *mlg_gaps_pairs(const mlg_results *results, int32_t view);
const mlg_value *mlg_gaps_counts(const mlg_results *results, int32_t view);
/* Why a view has no pair, said as a block. */
void mlg_gaps_say_undefined(mlg_document *document, int32_t view);
/* A paragraph: how many schemes, participants, pairs compared and tested. */
void mlg_gaps_say_counts(mlg_document *document, int32_t view);
/* Notes: who and what is left out, what is not known. */
void mlg_gaps_say_left_out(mlg_document *document, int32_t view);
/* The document that `maillage gaps` prints. */
mlg_status mlg_document_gaps(const mlg_results *results, mlg_document *document,
                             mlg_error *err) MLG_MUST_CHECK;

static inline bool mlg_gaps_is_tested(const mlg_value *pairs, size_t row)
{
    return mlg_section_part(pairs, "testable", row) > 0.0;
}

static inline bool mlg_gaps_is_eligible(const mlg_value *pairs, size_t row)
{
    return mlg_section_part(pairs, "eligible", row) > 0.0;
}

#endif
