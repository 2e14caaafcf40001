/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "base/memory.h"
#include "graph/rows.h"

enum { NOBODY = -1, SEVERAL = -2 };

int32_t mlg_subject_count(const mlg_model *model, mlg_by by)
{
    return by == MLG_BY_SECTOR ? mlg_code_count(model, MLG_V_sector) : (int32_t) model->parties.n;
}

/* A collapsed actor has its organisation's sector; one whose organisation says none
 * keeps its own. */
static mlg_id sector_of(const mlg_model *model, mlg_id party)
{
    const int32_t sector = model->party_sector[model->party_organisation[party]];
    return sector >= 0 ? sector : model->party_sector[party];
}

static mlg_id become(const mlg_model *model, mlg_by by, mlg_id party)
{
    switch (by) {
    case MLG_BY_ORGANISATION:
        return model->party_organisation[party];
    case MLG_BY_SERVICE:
        return model->party_body[party];
    case MLG_BY_SECTOR:
        return sector_of(model, party);
    case MLG_BY_SCHEME:
        return model->party_kind[party] == MLG_KIND_SCHEME ? party : NOBODY;
    case MLG_BY_ACTOR:
        break;
    }
    return party;
}

/* Posts, and the persons who hold them, become the first scheme of their first row in the
 * period that names one. */
static void collapse_posts(const mlg_model *model, const mlg_view *view, mlg_id *into)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        const mlg_id holders[] = {mlg_get_id(model, C_posts_id, row),
                                  mlg_get_id(model, C_posts_person, row)};
        if (n == 0 || mlg_when_row(model, view, C_posts_start, C_posts_end, row) == MLG_OUTSIDE) {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            if (holders[i] >= 0 && into[holders[i]] == NOBODY) {
                into[holders[i]] = schemes[0];
            }
        }
    }
}

/* Organisations become the one scheme they carry in the period; who carries several is
 * none of them. */
static mlg_status collapse_carriers(const mlg_model *model, const mlg_view *view, mlg_id *into,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *carried = mlg_alloc(model->parties.n, sizeof *carried);

    TRY_ALLOC(err, carried);
    for (size_t p = 0; p < model->parties.n; p++) {
        carried[p] = NOBODY;
    }
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        size_t n = 0;
        const mlg_id scheme = mlg_get_id(model, C_schemes_id, row);
        const mlg_id *carriers = mlg_get_list(model, C_schemes_carrier, row, &n);
        const mlg_when when = mlg_when_row(model, view, C_schemes_start, C_schemes_end, row);
        for (size_t i = 0; i < n && scheme >= 0 && when != MLG_OUTSIDE; i++) {
            mlg_id *one = &carried[carriers[i]];
            *one = *one == NOBODY || *one == scheme ? scheme : SEVERAL;
        }
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        if (into[p] == NOBODY && carried[p] >= 0) {
            into[p] = carried[p];
        }
    }
out:
    mlg_free(carried);
    return status;
}

mlg_status mlg_collapse_parties(const mlg_model *model, const mlg_view *view, mlg_id **out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *into = mlg_alloc(model->parties.n, sizeof *into);

    *out = into;
    TRY_ALLOC(err, into);
    for (size_t p = 0; p < model->parties.n; p++) {
        into[p] = become(model, view->by, (mlg_id) p);
    }
    if (view->by == MLG_BY_SCHEME) {
        collapse_posts(model, view, into);
        TRY(collapse_carriers(model, view, into, err));
    }
out:
    if (status != MLG_OK) {
        mlg_free(into);
        *out = NULL;
    }
    return status;
}

/* Someone who stands for an organisation: a person, or the post a person holds. */
static bool stands_for(const mlg_model *model, mlg_id party)
{
    return model->party_kind[party] == MLG_KIND_PERSON || model->party_kind[party] == MLG_KIND_POST;
}

static bool is_body(const mlg_model *model, mlg_id party)
{
    return party >= 0 && !stands_for(model, party) && model->party_kind[party] != MLG_KIND_SCHEME;
}

mlg_id mlg_collapse_seat(const mlg_model *model, mlg_by by, const mlg_id *into, mlg_id actor,
                         mlg_id on_behalf_of, bool represented)
{
    if (!stands_for(model, actor)) {
        return into[actor];
    }
    const mlg_id own = model->party_organisation[actor];
    const mlg_id body = is_body(model, on_behalf_of) ? on_behalf_of : own != actor ? own : NOBODY;
    if (represented) { /* the organisation was there, the person was not */
        return body >= 0 ? into[body] : NOBODY;
    }
    if (by == MLG_BY_SCHEME && on_behalf_of >= 0 && into[on_behalf_of] >= 0) {
        return into[on_behalf_of];
    }
    const bool collapses = by != MLG_BY_ACTOR && by != MLG_BY_SCHEME;
    return collapses && is_body(model, on_behalf_of) ? into[on_behalf_of] : into[actor];
}
