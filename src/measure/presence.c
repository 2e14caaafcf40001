/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/presence.h"

#include "base/fail.h"
#include "measure/tenure.h"

typedef struct pairs {
    int32_t *party, *unit;
    size_t n;
} pairs;

static void add(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id party,
                mlg_id territory, pairs *to)
{
    const uint32_t first = territory >= 0 ? model->unit_offset[territory] : 0;
    if (party >= 0 && territory >= 0 && model->unit_offset[territory + 1] - first == 1) {
        to->party[to->n] = party;
        to->unit[to->n++] = perimeters->unit_of[model->unit[first]];
    }
}

mlg_status mlg_presence_of(const mlg_model *model, const mlg_perimeters *perimeters, mlg_csr *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = (size_t) model->rows[MLG_SITES].n + model->parties.n;
    pairs p = {mlg_alloc(room, sizeof *p.party), mlg_alloc(room, sizeof *p.unit), 0};

    TRY_ALLOC(err, p.party);
    TRY_ALLOC(err, p.unit);
    for (int32_t row = 0; row < model->rows[MLG_SITES].n; row++) {
        if (mlg_holds_at_date(model, MLG_SITES, row)) {
            add(model, perimeters, mlg_get_id(model, C_sites_actor, row),
                mlg_get_id(model, C_sites_territory, row), &p);
        }
    }
    for (mlg_id party = 0; party < (mlg_id) model->parties.n; party++) {
        const int32_t row = model->party_actor_row[party];
        add(model, perimeters, party, row >= 0 ? mlg_get_id(model, C_actors_territory, row) : -1,
            &p);
    }
    TRY(mlg_csr_build((int32_t) model->parties.n, perimeters->n_units, false, false, p.party,
                      p.unit, NULL, p.n, MLG_MERGE_MAX, out, err));
out:
    mlg_free(p.party);
    mlg_free(p.unit);
    return status;
}
