/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_GAP_WORDS_H
#define MLG_FINDING_GAP_WORDS_H

#include "base/texts.h"
#include "graph/graph.h"

/* What the participants of a view are called: organisations, people, or, when they are both,
 * participants. */
typedef struct mlg_gap_words {
    mlg_text_key many, nobody;
} mlg_gap_words;

mlg_gap_words mlg_gap_words_of(const mlg_graph *graph); /* gap_rules.c */

#endif
