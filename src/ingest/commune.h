/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_COMMUNE_H
#define MLG_INGEST_COMMUNE_H

#include "model/model.h"

/* Puts back the zero that a spreadsheet takes from commune codes (1004 is 01004), where
 * the study has codes of five characters too: alone, four digits may be another country's.
 * One warning a column and file, with the number of cells. */
mlg_status mlg_commune_repair(mlg_model *model, mlg_error *err) MLG_MUST_CHECK;

#endif
