/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "model/finish.h"

/* What a column that names parties says of them. */
static const struct {
    mlg_column column;
    uint8_t how;
} naming[] = {
    {C_actors_id, MLG_LISTED_ACTOR},
    {C_schemes_id, MLG_LISTED_SCHEME},
    {C_posts_id, MLG_LISTED_POST},
    {C_actors_organisation, MLG_NAMED_ACTOR},
    {C_ties_from, MLG_NAMED_ACTOR},
    {C_ties_to, MLG_NAMED_ACTOR},
    {C_schemes_carrier, MLG_NAMED_ACTOR},
    {C_schemes_parent, MLG_NAMED_SCHEME},
    {C_activities_schemes, MLG_NAMED_SCHEME},
    {C_activities_carriers, MLG_NAMED_ACTOR},
    {C_activities_funders, MLG_NAMED_ACTOR},
    {C_activities_partners, MLG_NAMED_ACTOR},
    {C_participations_actor, MLG_NAMED_ACTOR},
    {C_participations_on_behalf_of, MLG_NAMED_BEHALF},
    {C_posts_person, MLG_NAMED_HOLDER},
    {C_posts_scheme, MLG_NAMED_SCHEME},
    {C_posts_service, MLG_NAMED_ACTOR},
    {C_posts_employer, MLG_NAMED_ACTOR},
    {C_posts_funder, MLG_NAMED_ACTOR},
    {C_sites_actor, MLG_NAMED_ACTOR},
    {C_funding_funder, MLG_NAMED_ACTOR},
    {C_funding_target, MLG_NAMED_TARGET},
};

static inline void note(mlg_mentions *mentions, mlg_id party, uint8_t how, int32_t row,
                        mlg_column column)
{
    if (party < 0 || (mentions->how[party] & how) != 0) {
        return;
    }
    mentions->how[party] |= how;
    if ((how & (MLG_LISTED_ACTOR | MLG_LISTED_SCHEME | MLG_LISTED_POST)) == 0) {
        mlg_mention *first = how == MLG_NAMED_SCHEME ? mentions->as_scheme : mentions->as_actor;
        if (first[party].row < 0) {
            first[party] = (mlg_mention){row, column};
        }
    }
}

static void read_column(const mlg_model *model, mlg_column column, uint8_t how,
                        mlg_mentions *mentions)
{
    const mlg_field *field = mlg_schema_field(column);
    const int32_t n = model->rows[field->table].n;
    if (model->data[column] == NULL) {
        return;
    }
    if (field->type != MLG_TYPE_PARTIES) {
        const int32_t *party = model->data[column];
        for (int32_t row = 0; row < n; row++) {
            note(mentions, party[row], how, row, column);
        }
        return;
    }
    for (int32_t row = 0; row < n; row++) {
        size_t n_parties = 0;
        const int32_t *party = mlg_get_list(model, column, row, &n_parties);
        for (size_t i = 0; i < n_parties; i++) {
            note(mentions, party[i], how, row, column);
        }
    }
}

mlg_status mlg_mentions_read(const mlg_model *model, mlg_mentions *mentions, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n;

    *mentions = (mlg_mentions){0};
    mentions->how = mlg_zalloc(n, sizeof *mentions->how);
    TRY_ALLOC(err, mentions->how);
    mentions->as_actor = mlg_alloc(n, sizeof *mentions->as_actor);
    TRY_ALLOC(err, mentions->as_actor);
    mentions->as_scheme = mlg_alloc(n, sizeof *mentions->as_scheme);
    TRY_ALLOC(err, mentions->as_scheme);
    for (size_t party = 0; party < n; party++) {
        mentions->as_actor[party] = mentions->as_scheme[party] = (mlg_mention){-1, C_NONE};
    }
    for (size_t i = 0; i < sizeof naming / sizeof *naming; i++) {
        read_column(model, naming[i].column, naming[i].how, mentions);
    }

out:
    if (status != MLG_OK) {
        mlg_mentions_free(mentions);
    }
    return status;
}

void mlg_mentions_free(mlg_mentions *mentions)
{
    mlg_free(mentions->how);
    mlg_free(mentions->as_actor);
    mlg_free(mentions->as_scheme);
    *mentions = (mlg_mentions){0};
}
