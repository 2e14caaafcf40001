/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SECTOR_TYPES_H
#define MLG_MEASURE_SECTOR_TYPES_H

#include "model/model.h"

/* The sectors of parties as sets: the order of the words in a cell says nothing. Parties with the
 * same sectors are of one type. */
typedef struct mlg_sector_types {
    int32_t n;
    int32_t *of;      /* [parties] type, or -1: none known */
    uint32_t *offset; /* [n + 1] */
    int32_t *sector;  /* codes of each type, ascending, each once */
    int32_t n_codes;  /* codes there are */
} mlg_sector_types;

/* Empty after a failure. Cost: O(parties log parties). */
mlg_status mlg_sector_types_of(const mlg_model *model, mlg_sector_types *out,
                               mlg_error *err) MLG_MUST_CHECK;
void mlg_sector_types_free(mlg_sector_types *types);

/* Have two types a sector in common? */
bool mlg_sector_types_meet(const mlg_sector_types *types, int32_t a, int32_t b);

/* Are both parties of known sectors, and of none in common? */
bool mlg_sectors_apart(const mlg_sector_types *types, mlg_id a, mlg_id b);

#endif
