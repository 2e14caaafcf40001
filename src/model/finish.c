/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/finish.h"

#include "base/fail.h"

mlg_status mlg_faults_status(const mlg_model *model, mlg_error *err)
{
    return mlg_faults_short(model->faults)
               ? mlg_fail(err, MLG_ENOMEM, "out of memory for the faults of the study")
               : MLG_OK;
}

mlg_arg mlg_text_of(const mlg_names *names, mlg_id id)
{
    return (mlg_arg){.kind = MLG_ARG_TEXT, .text = mlg_names_text(names, id)};
}

mlg_arg mlg_count_of(double count)
{
    return (mlg_arg){.kind = MLG_ARG_COUNT, .number = count};
}

bool mlg_is_private(const mlg_model *model, mlg_id party)
{
    return party >= 0 && (model->party_kind[party] == MLG_KIND_PERSON ||
                          (model->party_pseudonym != NULL && model->party_pseudonym[party] > 0));
}

int32_t *mlg_rows_by_id(const mlg_model *model, mlg_table_id table, mlg_column id, size_t n_ids)
{
    const int32_t n = model->rows[table].n;
    int32_t *latest = mlg_alloc(n_ids, sizeof *latest);
    int32_t *previous = mlg_alloc((size_t) n, sizeof *previous);
    if (latest == NULL || previous == NULL) {
        mlg_free(latest);
        mlg_free(previous);
        return NULL;
    }
    for (size_t i = 0; i < n_ids; i++) {
        latest[i] = -1;
    }
    for (int32_t row = 0; row < n; row++) {
        const int32_t key = mlg_get_id(model, id, row);
        previous[row] = key >= 0 ? latest[key] : -1;
        if (key >= 0) {
            latest[key] = row;
        }
    }
    mlg_free(latest);
    return previous;
}

static mlg_status make_entities(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(mlg_finish_entities(model, mentions, err));
    TRY(mlg_finish_collapse(model, err));
    TRY(mlg_finish_perimeters(model, err));
    TRY(mlg_finish_namesakes(model, err));
    TRY(mlg_finish_own_territory(model, err));
out:
    return status;
}

static mlg_status check_rules(mlg_model *model, const mlg_mentions *mentions, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(mlg_check_unlisted(model, mentions, err));
    TRY(mlg_check_duplicates(model, err));
    TRY(mlg_check_persons(model, mentions, err));
    TRY(mlg_check_rows(model, err));
    TRY(mlg_check_territories(model, err));
    TRY(mlg_check_ties(model, err));
    TRY(mlg_check_seats(model, err));
out:
    return status;
}

mlg_status mlg_model_finish(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_mentions mentions = {0};

    mlg_faults_name_files(model);
    TRY(mlg_finish_study(model, err));
    TRY(mlg_finish_names(model, err));
    mlg_finish_day(model);
    TRY(mlg_mentions_read(model, &mentions, err));
    TRY(make_entities(model, &mentions, err));
    TRY(mlg_finish_pseudonyms(model, err));
    TRY(check_rules(model, &mentions, err));
    TRY(mlg_faults_status(model, err));

out:
    mlg_mentions_free(&mentions);
    return status;
}
