/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_SETTING_KEYS_H
#define MLG_INGEST_SETTING_KEYS_H

#include "model/model.h"

/* Tells a key of study.csv that nothing reads, with the nearest one that something does. For keys
 * that begin with no table's name: those are mappings (mapping.h). Keys of the families of rates.h
 * and what stands in a view's condition are told by who reads them. */
void mlg_check_setting(mlg_model *model, int32_t row, const char *key);

#endif
