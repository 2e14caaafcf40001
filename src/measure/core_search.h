/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CORE_SEARCH_H
#define MLG_MEASURE_CORE_SEARCH_H

#include "base/random.h"
#include "graph/csr.h"
#include "measure/labels.h"

/* Core and periphery (Borgatti and Everett 1999): the set of actors whose pattern, all tied inside
 * it and none outside it, is nearest to the ties. Programs differ in what the pattern says of pairs
 * with one end in the core. */
typedef enum mlg_core_pattern {
    MLG_CORE_MISSING, /* nothing: those pairs are left out */
    MLG_CORE_ONE,     /* all tied */
    MLG_CORE_HALF,    /* half a tie */
    MLG_CORE_PATTERNS
} mlg_core_pattern;

enum { MLG_CORE_ENUMERATED = 18 }; /* up to so many actors every set is tried */

/* A set and how its pattern fits. */
typedef struct mlg_core {
    double fit;     /* correlation of ties and pattern over pairs; NaN: no set has one */
    int32_t size;   /* actors in the core */
    double optima;  /* sets with this fit, when all were tried; else NaN */
    double inside;  /* ties in the core */
    double between; /* ties from it to the others */
    uint8_t *in;    /* [n] 1 for the core's */
} mlg_core;

/* The fit of a core of `size` among n actors and m ties; NaN when pattern or ties do not vary. */
double mlg_core_fit(mlg_core_pattern pattern, double n, double m, double size, double inside,
                    double rim);

/* Every set of at most MLG_CORE_ENUMERATED actors; of equal ones the smallest, then the one of the
 * lowest actors. */
mlg_status mlg_core_enumerate(const mlg_csr *ties, mlg_core_pattern pattern, mlg_core *out,
                              mlg_error *err) MLG_MUST_CHECK;
/* Best of the cores made of the actors with most contacts: those of equal ones by number. */
mlg_status mlg_core_prefix(const mlg_csr *ties, mlg_core_pattern pattern, mlg_core *out,
                           mlg_error *err) MLG_MUST_CHECK;
/* Kernighan and Lin's search from a set: passes that move each actor once, best move first, and
 * keep the best set met, while that helps. O(n^2 + m) a pass. */
mlg_status mlg_core_improve(const mlg_csr *ties, mlg_core_pattern pattern, mlg_core *core,
                            mlg_error *err) MLG_MUST_CHECK;
void mlg_core_free(mlg_core *core);

/* The same best prefix of a list of ties, for draws that keep degrees: rank[v] is v's place by
 * contacts. `gain` [2 n] is scratch. */
double mlg_core_prefix_fit(const mlg_pair *tie, size_t m, const int32_t *rank, int32_t n,
                           mlg_core_pattern pattern, uint32_t *gain, int32_t *size);
/* Places by contacts, most first: rank [n]. */
mlg_status mlg_core_rank(const mlg_csr *ties, int32_t *rank, mlg_error *err) MLG_MUST_CHECK;

#endif
