/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_OFFICIAL_CODES_H
#define MLG_MODEL_OFFICIAL_CODES_H

#include "model/model.h"

/* For each text of model->territories, the one territory of the study that it is the official code
 * of, or -1: 14118 where the study has COM-14118, COM-14118 where it has the municipality 14118.
 * Texts that `elsewhere` leads on (names, aliases) are left. A code of two territories is a
 * fault. `elsewhere` and `code_of` [territories.n]. */
mlg_status mlg_official_codes(mlg_model *model, const int32_t *elsewhere, int32_t *code_of,
                              mlg_error *err) MLG_MUST_CHECK;

/* Tells, once a file, how many cells were read so. Before they are rewritten. */
mlg_status mlg_official_codes_tell(mlg_model *model, const int32_t *code_of,
                                   mlg_error *err) MLG_MUST_CHECK;

#endif
