/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_TERRITORY_H
#define MLG_TERRITORY_H

#include "maillage/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Territories of a reference (a study of territories and perimeters only, such as datasets/france)
 * for a study that begins. */

enum { MLG_MATCHES_SHOWN = 12 };

/** The territories that a text may mean. */
typedef struct mlg_territory_matches {
    mlg_id id[MLG_MATCHES_SHOWN];
    size_t n;     /**< all of them; the first are in `id` */
    bool nearest; /**< none bears the text: these are spelled most alike */
} mlg_territory_matches;

/**
 * Finds territories by what a person would type. The first of these that any territory answers,
 * whatever the case and the accents: its id (EPCI-200065597); its id without what stands before
 * the dash (200065597, 14); its name (Caen); words of its name (Caen la Mer for CU Caen la Mer).
 * A scale may stand before the last three (département 14).
 */
mlg_status mlg_territory_find(const mlg_model *reference, const char *text,
                              mlg_territory_matches *found, mlg_error *err) MLG_MUST_CHECK;

/**
 * Larger territories that a person may mean by a text that was answered with a smaller one: those
 * that bear the text among the words of their name, and those of one scale above municipalities
 * (EPCI) that hold it; without départements, regions and countries. None where the text is an id.
 */
mlg_status mlg_territory_larger(const mlg_model *reference, const char *text, mlg_id taken,
                                mlg_territory_matches *found, mlg_error *err) MLG_MUST_CHECK;

/** How many units a territory is made of. */
size_t mlg_territory_units(const mlg_model *model, mlg_id territory);

/** The id of a territory as its study writes it. */
const char *mlg_territory_id(const mlg_model *model, mlg_id territory);
/* What stands behind the first dash of its id, as official tables have it: 14118 of COM-14118; the
 * whole id where there is none. */
const char *mlg_territory_code(const mlg_model *model, mlg_id territory);

/** What a study of a territory was given. */
typedef struct mlg_territory_facts {
    size_t units;      /**< that the territory is made of */
    size_t perimeters; /**< written with all their units: its own, and those it meets */
    double population; /**< of its units; NaN when one is unknown */
} mlg_territory_facts;

/**
 * As mlg_schema_write_templates(), with the sheets of territories and perimeters filled from a
 * reference: the territory, its units, the perimeters inside it, and of those that cross it or
 * hold it the whole; départements, regions and countries around it are listed without perimeter,
 * for most of what they are made of is no matter of this study. `facts` may be NULL.
 */
mlg_status mlg_territory_write_templates(const char *folder, mlg_language language, bool whole,
                                         const mlg_model *reference, mlg_id territory,
                                         mlg_territory_facts *facts, mlg_error *err) MLG_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
