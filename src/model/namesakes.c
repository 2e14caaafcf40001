/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/fail.h"
#include "model/finish.h"

/* A county, its chief town's agglomeration and its employment zone may have one name. Labels then
 * say the scale; the code, where two of one name have one scale too. Units are left alone: they
 * stand beside units. */

typedef struct bearer {
    mlg_id name; /* of the texts */
    int32_t scale;
    mlg_id territory;
} bearer;

static int by_name(const void *left, const void *right)
{
    const bearer *a = left, *b = right;
    if (a->name != b->name) {
        return a->name < b->name ? -1 : 1;
    }
    if (a->scale != b->scale) {
        return a->scale < b->scale ? -1 : 1;
    }
    return a->territory < b->territory ? -1 : a->territory > b->territory;
}

static size_t gather(const mlg_model *model, bearer *bearers)
{
    size_t n = 0;
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        const int32_t row = model->territory_row[t];
        const mlg_id name = row >= 0 ? mlg_get_id(model, C_territories_name, row) : -1;
        if (name >= 0 && !model->is_unit[t]) {
            bearers[n++] = (bearer){name, mlg_get_id(model, C_territories_scale, row), t};
        }
    }
    return n;
}

/* Bearers of one name, by scale. */
static void tell(mlg_model *model, const bearer *bearers, size_t n)
{
    for (size_t i = 0; n > 1 && i < n; i++) {
        const bool like_last = i > 0 && bearers[i - 1].scale == bearers[i].scale;
        const bool like_next = i + 1 < n && bearers[i + 1].scale == bearers[i].scale;
        model->namesake[bearers[i].territory] = bearers[i].scale < 0 || like_last || like_next
                                                    ? MLG_NAMESAKE_BY_ID
                                                    : MLG_NAMESAKE_BY_SCALE;
    }
}

mlg_status mlg_finish_namesakes(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = model->territories.n;
    bearer *bearers = mlg_alloc(room, sizeof *bearers);

    model->namesake = mlg_zalloc(room, sizeof *model->namesake);
    TRY_ALLOC(err, bearers);
    TRY_ALLOC(err, model->namesake);
    const size_t n = gather(model, bearers);
    qsort(bearers, n, sizeof *bearers, by_name);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && bearers[end].name == bearers[first].name;) {
            end++;
        }
        tell(model, bearers + first, end - first);
    }
out:
    mlg_free(bearers);
    return status;
}
