/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/fail.h"
#include "model/finish.h"

/* A county, its chief town's agglomeration and its employment zone may have one name. Labels then
 * say the scale; the code, where two of one name have one scale too. Units are left alone: they
 * stand beside units. Organisations, schemes and activities of one name are told apart by their
 * ids. */

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

/* ---- actors, schemes and activities -------------------------------------------------- */

/* The name in the row that describes an id, or -1. */
static mlg_id name_of(const mlg_model *model, mlg_column column, int32_t row)
{
    return row >= 0 ? mlg_get_id(model, column, row) : -1;
}

/* Marks each id whose name an earlier or a later one bears. */
static mlg_status mark_common(const mlg_model *model, const mlg_id *name, size_t n, bool *common,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *first = mlg_alloc(model->texts.n, sizeof *first);

    TRY_ALLOC(err, first);
    for (size_t t = 0; t < model->texts.n; t++) {
        first[t] = -1;
    }
    for (size_t i = 0; i < n; i++) {
        if (name[i] < 0) {
            continue;
        }
        if (first[name[i]] < 0) {
            first[name[i]] = (int32_t) i;
        } else {
            common[i] = common[first[name[i]]] = true;
        }
    }
out:
    mlg_free(first);
    return status;
}

/* Two organisations may have one name and two ids, and so may two schemes, two actions; an
 * organisation and a scheme of one name stand in different lists. */
static mlg_status mark_parties_and_activities(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n, m = model->activities.n;
    mlg_id *name = mlg_alloc(n > m ? n : m, sizeof *name);

    model->party_namesake = mlg_zalloc(n, sizeof *model->party_namesake);
    model->activity_namesake = mlg_zalloc(m, sizeof *model->activity_namesake);
    TRY_ALLOC(err, name);
    TRY_ALLOC(err, model->party_namesake);
    TRY_ALLOC(err, model->activity_namesake);
    for (size_t i = 0; i < n; i++) {
        name[i] = name_of(model, C_actors_name, model->party_actor_row[i]);
    }
    TRY(mark_common(model, name, n, model->party_namesake, err));
    for (size_t i = 0; i < n; i++) {
        name[i] = name_of(model, C_schemes_name, model->party_scheme_row[i]);
    }
    TRY(mark_common(model, name, n, model->party_namesake, err));
    for (size_t i = 0; i < m; i++) {
        name[i] = name_of(model, C_activities_name, model->activity_row[i]);
    }
    TRY(mark_common(model, name, m, model->activity_namesake, err));
out:
    mlg_free(name);
    return status;
}

/* ---- the whole -------------------------------------------------------------------------- */

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
    TRY(mark_parties_and_activities(model, err));
out:
    mlg_free(bearers);
    return status;
}
