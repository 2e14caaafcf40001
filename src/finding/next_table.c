/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "finding/next_table.h"

#include <math.h>

static bool has(const mlg_model *model, mlg_table_id table)
{
    return model->rows[table].n > 0;
}

static bool knows_sectors(const mlg_model *model)
{
    for (size_t p = 0; p < model->parties.n; p++) {
        if (model->party_sector[p] >= 0) {
            return true;
        }
    }
    return false;
}

static bool knows_population(const mlg_model *model)
{
    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        if (!isnan(mlg_get_number(model, C_territories_population, row))) {
            return true;
        }
    }
    return false;
}

/* Ends of contracts mean nothing without the day they are seen from. */
static bool lacks_date(const mlg_model *model)
{
    bool ends = false;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        ends = ends || mlg_get_span(model, C_posts_end, row).last != MLG_EVER_LAST;
    }
    return ends && model->date == MLG_NO_DATE;
}

/* Who works with whom may be read from ties, or from activities that name their partners. */
static bool knows_ties(const mlg_model *model)
{
    return has(model, MLG_TIES) || has(model, MLG_PARTICIPATIONS) || has(model, MLG_ACTIVITIES);
}

/* In order of value: first what makes a network, then what says where its silos are, who
 * it rests on, and which scales it meets. A column is asked for once its table is there. */
size_t mlg_next_tables(const mlg_model *model, mlg_next_table next[MLG_NEXT_TABLES])
{
    const bool network = knows_ties(model), sectors = knows_sectors(model);
    const bool actors = has(model, MLG_ACTORS), territories = has(model, MLG_TERRITORIES);
    const bool perimeters = has(model, MLG_PERIMETERS), population = knows_population(model);
    const mlg_arg none = mlg_arg_text("");
    const struct {
        bool lacks;
        mlg_next_table table;
    } rows[MLG_NEXT_TABLES] = {
        {!network, {MLG_PARTICIPATIONS, NULL, T_file_participations, none, T_unlocks_network}},
        {!sectors && !actors, {MLG_ACTORS, "sector", T_file_actors, none, T_unlocks_sectors}},
        {!sectors && actors,
         {MLG_ACTORS, "sector", T_column_sector, mlg_file_of(model, MLG_ACTORS),
          T_unlocks_sectors}},
        {lacks_date(model) && !has(model, MLG_STUDY),
         {MLG_STUDY, "date", T_file_study_date, none, T_unlocks_date}},
        {lacks_date(model) && has(model, MLG_STUDY),
         {MLG_STUDY, "date", T_column_date, mlg_file_of(model, MLG_STUDY), T_unlocks_date}},
        {perimeters && !population && !territories,
         {MLG_TERRITORIES, "population", T_file_territories, none, T_unlocks_population}},
        {perimeters && !population && territories,
         {MLG_TERRITORIES, "population", T_column_population, mlg_file_of(model, MLG_TERRITORIES),
          T_unlocks_population}},
        {!has(model, MLG_POSTS), {MLG_POSTS, NULL, T_file_posts, none, T_unlocks_posts}},
        {!has(model, MLG_SCHEMES), {MLG_SCHEMES, NULL, T_file_schemes, none, T_unlocks_schemes}},
        {!perimeters, {MLG_PERIMETERS, NULL, T_file_perimeters, none, T_unlocks_perimeters}},
        {network && !has(model, MLG_PARTICIPATIONS) && !has(model, MLG_ACTIVITIES),
         {MLG_PARTICIPATIONS, NULL, T_file_participations, none, T_unlocks_participations}},
        {network && !has(model, MLG_TIES), {MLG_TIES, NULL, T_file_ties, none, T_unlocks_ties}},
    };
    size_t n = 0;

    for (size_t i = 0; i < MLG_NEXT_TABLES; i++) {
        if (rows[i].lacks) {
            next[n++] = rows[i].table;
        }
    }
    return n;
}

mlg_status mlg_rule_next_table(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                               mlg_error *err)
{
    mlg_next_table next[MLG_NEXT_TABLES];

    if (at->model == NULL || mlg_next_tables(at->model, next) == 0) {
        return MLG_OK;
    }
    mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
    if (finding == NULL) {
        return MLG_ENOMEM;
    }
    const mlg_arg args[] = {mlg_arg_key(next[0].name), mlg_arg_key(next[0].unlocks), next[0].file};
    mlg_finding_say(
        finding, mlg_next_is_column(next) ? T_finding_next_column : T_finding_next_table, args, 3);
    return MLG_OK;
}
