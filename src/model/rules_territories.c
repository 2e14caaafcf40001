/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* ---- codes and populations ----------------------------------------------------------------------
 */

static bool is_five_digits(const char *text)
{
    return strspn(text, "0123456789") == 5 && text[5] == '\0';
}

/* A commune's code hardly ever ends with 000; most postal codes of towns do. */
static void check_postal_codes(mlg_model *model)
{
    size_t round = 0, all = 0;
    int32_t first = -1;
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n + model->rows[MLG_TERRITORIES].n;
         row++) {
        const int32_t listed = row - model->rows[MLG_PERIMETERS].n;
        const mlg_id id = listed < 0 ? mlg_get_id(model, C_perimeters_unit, row)
                                     : mlg_get_id(model, C_territories_id, listed);
        const char *text = mlg_names_text(&model->territories, id);
        if (is_five_digits(text)) {
            all++;
            if (strcmp(text + 2, "000") == 0) {
                round++;
                first = first < 0 ? row : first;
            }
        }
    }
    if (round >= 3 && 2 * round > all) {
        const int32_t listed = first - model->rows[MLG_PERIMETERS].n;
        mlg_fault_add(model, MLG_WARNING, T_fault_postal_codes,
                      listed < 0 ? mlg_place_of(model, MLG_PERIMETERS, first, C_perimeters_unit)
                                 : mlg_place_of(model, MLG_TERRITORIES, listed, C_territories_id),
                      NULL, 0);
    }
}

static void check_populations(mlg_model *model)
{
    const double *population = model->data[C_territories_population];
    for (int32_t row = 0; population != NULL && row < model->rows[MLG_TERRITORIES].n; row++) {
        if (isnan(population[row]) || population[row] == 0.0) {
            mlg_fault_add(model, MLG_WARNING, T_fault_no_population,
                          mlg_place_of(model, MLG_TERRITORIES, row, C_territories_population), NULL,
                          0);
        }
    }
}

/* ---- perimeters
 * ------------------------------------------------------------------------------------ */

/* Scales whose territories cover the country once: a unit is in one of each. */
static bool is_administrative(int32_t scale)
{
    return scale == MLG_CODE_OF(scale, epci) || scale == MLG_CODE_OF(scale, departement) ||
           scale == MLG_CODE_OF(scale, region);
}

static int32_t scale_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = territory >= 0 ? model->territory_row[territory] : -1;
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

/* Wider than what studies are about: named because somebody works there, not to be taken apart. */
static bool is_wide(int32_t scale)
{
    return scale == MLG_CODE_OF(scale, departement) || scale == MLG_CODE_OF(scale, region) ||
           scale == MLG_CODE_OF(scale, national);
}

static void mark_territories(const mlg_model *model, mlg_column column, bool *marked)
{
    for (int32_t row = 0; row < model->rows[mlg_schema_field(column)->table].n; row++) {
        const mlg_id t = mlg_get_id(model, column, row);
        if (t >= 0) {
            marked[t] = true;
        }
    }
}

/* Territories that must be made of something: all but wide ones that no row takes apart and no
 * scheme covers. */
static mlg_status check_empty_perimeters(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *needed = mlg_zalloc(model->territories.n, sizeof *needed);
    TRY_ALLOC(err, needed);
    mark_territories(model, C_perimeters_territory, needed);
    mark_territories(model, C_schemes_territory, needed);
    for (int32_t row = 0; model->rows[MLG_PERIMETERS].n > 0 && row < model->rows[MLG_TERRITORIES].n;
         row++) {
        const mlg_id t = mlg_get_id(model, C_territories_id, row);
        if (t >= 0 && model->territory_row[t] == row &&
            model->unit_offset[t] == model->unit_offset[t + 1] &&
            (needed[t] || !is_wide(scale_of(model, t)))) {
            mlg_fault_add(model, MLG_WARNING, T_fault_perimeter_empty,
                          mlg_place_of(model, MLG_TERRITORIES, row, C_territories_id),
                          (const mlg_arg[]){mlg_text_of(&model->territories, t)}, 1);
        }
    }
out:
    mlg_free(needed);
    return status;
}

static double share_of(const mlg_model *model, int32_t row)
{
    const double share = mlg_get_number(model, C_perimeters_share, row);
    return isnan(share) ? 1.0 : share;
}

/* Rows of one unit, the earlier ones by `previous`: is a share beyond the whole given away
 * within one administrative scale? */
static void check_unit(mlg_model *model, const int32_t *previous, int32_t row)
{
    enum { MOST = 64 };
    const mlg_id territory = mlg_get_id(model, C_perimeters_territory, row);
    const int32_t scale = scale_of(model, territory);
    double sum = share_of(model, row);
    mlg_id other = -1;
    if (!is_administrative(scale) || !mlg_row_in_force(model, MLG_PERIMETERS, row, model->day)) {
        return;
    }
    int32_t at = previous[row];
    for (int i = 0; at >= 0 && i < MOST; i++, at = previous[at]) {
        const mlg_id whole = mlg_get_id(model, C_perimeters_territory, at);
        if (whole != territory && scale_of(model, whole) == scale &&
            mlg_row_in_force(model, MLG_PERIMETERS, at, model->day)) {
            sum += share_of(model, at);
            other = whole;
        }
    }
    if (other >= 0 && sum > 1.0 + 1e-9) {
        const mlg_arg args[] = {
            mlg_text_of(&model->territories, mlg_get_id(model, C_perimeters_unit, row)),
            mlg_text_of(&model->territories, other),
            mlg_text_of(&model->territories, territory),
        };
        mlg_fault_add(model, MLG_FATAL, T_fault_unit_in_two,
                      mlg_place_of(model, MLG_PERIMETERS, row, C_perimeters_unit), args, 3);
    }
}

mlg_status mlg_check_territories(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *previous =
        mlg_rows_by_id(model, MLG_PERIMETERS, C_perimeters_unit, model->territories.n);
    TRY_ALLOC(err, previous);
    check_postal_codes(model);
    check_populations(model);
    TRY(check_empty_perimeters(model, err));
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        check_unit(model, previous, row);
    }
out:
    mlg_free(previous);
    return status;
}
