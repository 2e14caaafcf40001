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

/* Is it made of listed units, whose inhabitants are summed for it? One of them without a
 * population is told by itself. */
static bool is_summed(const mlg_model *model, mlg_id territory)
{
    if (territory < 0 || model->is_unit[territory] ||
        model->unit_offset[territory + 1] == model->unit_offset[territory]) {
        return false;
    }
    for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1]; i++) {
        if (model->territory_row[model->unit[i]] < 0) {
            return false;
        }
    }
    return true;
}

/* Rows of territories.csv that one warning is about: the first are named, each with its line. */
typedef struct some_rows {
    size_t n;
    int32_t first;
    mlg_buffer names;
} some_rows;

enum { NAMED = 5 };

static void name_row(const mlg_model *model, some_rows *rows, mlg_id territory, int32_t row)
{
    if (rows->n < NAMED) {
        mlg_buffer_format(&rows->names, "%s%s:%d", rows->n > 0 ? ", " : "",
                          mlg_names_text(&model->territories, territory),
                          (int) model->rows[MLG_TERRITORIES].line[row]);
    }
    rows->first = rows->n++ > 0 ? rows->first : row;
}

/* How many there are, the first of them, and what more the message says. */
static mlg_status tell_rows(mlg_model *model, mlg_text_key key, mlg_column column,
                            const some_rows *rows, const mlg_arg *more, size_t n_more,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_arg args[6] = {mlg_count_of((double) rows->n),
                       {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&rows->names)},
                       {.kind = MLG_ARG_TEXT, .text = rows->n > NAMED ? "…" : ""}};
    if (rows->names.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of territories");
    }
    for (size_t i = 0; i < n_more; i++) {
        args[3 + i] = more[i];
    }
    if (rows->n > 0) {
        mlg_fault_add(model, MLG_WARNING, key,
                      mlg_place_of(model, MLG_TERRITORIES, rows->first, column), args, 3 + n_more);
    }
out:
    return status;
}

static mlg_status check_populations(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double *population = model->data[C_territories_population];
    some_rows unknown = {0};

    for (int32_t row = 0; population != NULL && row < model->rows[MLG_TERRITORIES].n; row++) {
        const mlg_id territory = mlg_get_id(model, C_territories_id, row);
        if ((isnan(population[row]) || population[row] == 0.0) && !is_summed(model, territory)) {
            name_row(model, &unknown, territory, row);
        }
    }
    TRY(tell_rows(model, T_fault_no_population, C_territories_population, &unknown, NULL, 0, err));
out:
    mlg_buffer_free(&unknown.names);
    return status;
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
    some_rows empty = {0};
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
            name_row(model, &empty, t, row);
        }
    }
    TRY(tell_rows(model, T_fault_perimeter_empty, C_territories_id, &empty, NULL, 0, err));
out:
    mlg_buffer_free(&empty.names);
    mlg_free(needed);
    return status;
}

/* The least and the most of a territory's inhabitants that the units described may hold; a unit
 * without a population leaves the most unknown. */
static void described_population(const mlg_model *model, mlg_id t, double *least, double *most)
{
    *least = *most = 0.0;
    for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
        const int32_t row = model->territory_row[model->unit[i]];
        const double people = row >= 0 ? mlg_get_number(model, C_territories_population, row) : NAN;
        *least += isnan(people) ? 0.0 : people * model->unit_least[i];
        *most += people * model->unit_share[i];
    }
}

/* Described in part, or with other places: its rates are then over something else than it. What
 * neighbourhoods are of their communes is told on its own. */
static mlg_status check_perimeter_populations(mlg_model *model, mlg_error *err)
{
    static const double few = 0.8, many = 1.2;
    mlg_status status = MLG_OK;
    some_rows apart = {0};
    mlg_arg more[3] = {{0}};

    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        const mlg_id t = mlg_get_id(model, C_territories_id, row);
        const double said = mlg_get_number(model, C_territories_population, row);
        double least = 0.0, most = 0.0;
        if (t < 0 || model->territory_row[t] != row || model->is_unit[t] || !(said > 0.0) ||
            model->unit_offset[t] == model->unit_offset[t + 1] ||
            scale_of(model, t) == MLG_CODE_OF(scale, neighbourhood)) {
            continue;
        }
        described_population(model, t, &least, &most);
        if (most < few * said || least > many * said) {
            if (apart.n == 0) {
                more[0] = mlg_text_of(&model->territories, t);
                more[1] = mlg_count_of(most < few * said ? most : least);
                more[2] = mlg_count_of(said);
            }
            name_row(model, &apart, t, row);
        }
    }
    TRY(tell_rows(model, T_fault_perimeter_population, C_territories_population, &apart, more, 3,
                  err));
out:
    mlg_buffer_free(&apart.names);
    return status;
}

/* At least. */
static double share_of(const mlg_model *model, int32_t row)
{
    const double share = mlg_get_number(model, C_perimeters_share, row);
    return isnan(share) ? 1.0 : share == MLG_SHARE_UNKNOWN ? 0.0 : share;
}

static void tell_in_two(mlg_model *model, int32_t row, mlg_id unit, mlg_id one, mlg_id other)
{
    const mlg_arg args[] = {
        mlg_text_of(&model->territories, unit),
        mlg_text_of(&model->territories, one),
        mlg_text_of(&model->territories, other),
    };
    mlg_fault_add(model, MLG_FATAL, T_fault_unit_in_two,
                  mlg_place_of(model, MLG_PERIMETERS, row, C_perimeters_unit), args, 3);
}

/* Rows of one unit, the earlier ones by `previous`: is a share beyond the whole given away
 * within one administrative scale? The units of what was told of are marked. */
static void check_unit(mlg_model *model, const int32_t *previous, int32_t row, bool *told)
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
        const mlg_id unit = mlg_get_id(model, C_perimeters_unit, row);
        tell_in_two(model, row, unit, other, territory);
        for (uint32_t i = model->unit_offset[unit]; i < model->unit_offset[unit + 1]; i++) {
            told[model->unit[i]] = true;
        }
    }
}

/* Is every unit of `part` one of `whole`? */
static bool holds_all(const mlg_model *model, mlg_id whole, mlg_id part)
{
    uint32_t at = model->unit_offset[whole];
    for (uint32_t i = model->unit_offset[part]; i < model->unit_offset[part + 1]; i++) {
        while (at < model->unit_offset[whole + 1] && model->unit[at] < model->unit[i]) {
            at++;
        }
        if (at == model->unit_offset[whole + 1] || model->unit[at] != model->unit[i]) {
            return false;
        }
    }
    return true;
}

static int32_t first_row_of(const mlg_model *model, mlg_id territory)
{
    int32_t row = 0;
    while (mlg_get_id(model, C_perimeters_territory, row) != territory) {
        row++;
    }
    return row;
}

/* The same through the levels: a commune in a région by itself and in another by its département.
 * `holder` and `sum` [territories.n]: the first territory of the scale that holds each unit, and
 * the shares given away. One inside the other is a body of a body: no unit is in two. */
static void check_expanded(mlg_model *model, int32_t scale, mlg_id *holder, double *sum, bool *told)
{
    const mlg_id n = (mlg_id) model->territories.n;
    for (mlg_id t = 0; t < n; t++) {
        holder[t] = -1;
    }
    for (mlg_id t = 0; t < n; t++) {
        const bool asked = scale_of(model, t) == scale && !model->is_unit[t];
        for (uint32_t i = model->unit_offset[t]; asked && i < model->unit_offset[t + 1]; i++) {
            const mlg_id u = model->unit[i], first = holder[u];
            if (first < 0) {
                holder[u] = t;
                sum[u] = model->unit_least[i];
            } else if (!told[u] && !holds_all(model, first, t) && !holds_all(model, t, first)) {
                sum[u] += model->unit_least[i];
                told[u] = sum[u] > 1.0 + 1e-9;
                if (told[u]) {
                    tell_in_two(model, first_row_of(model, t), u, first, t);
                }
            }
        }
    }
}

static mlg_status check_two_parents(mlg_model *model, mlg_error *err)
{
    static const int32_t scales[] = {MLG_CODE_OF(scale, epci), MLG_CODE_OF(scale, departement),
                                     MLG_CODE_OF(scale, region)};
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;
    int32_t *previous = mlg_rows_by_id(model, MLG_PERIMETERS, C_perimeters_unit, n);
    mlg_id *holder = mlg_alloc(n, sizeof *holder);
    double *sum = mlg_alloc(n, sizeof *sum);
    bool *told = mlg_zalloc(n, sizeof *told);

    TRY_ALLOC(err, previous);
    TRY_ALLOC(err, holder);
    TRY_ALLOC(err, sum);
    TRY_ALLOC(err, told);
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        check_unit(model, previous, row, told);
    }
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        check_expanded(model, scales[i], holder, sum, told);
    }
out:
    mlg_free(previous);
    mlg_free(holder);
    mlg_free(sum);
    mlg_free(told);
    return status;
}

/* A neighbourhood is hardly ever all of its commune: one that does not say which part of it is
 * told, once. */
static void check_neighbourhoods(mlg_model *model)
{
    mlg_place first = {0};
    uint32_t n = 0;

    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        const mlg_id whole = mlg_get_id(model, C_perimeters_territory, row);
        const mlg_id part = mlg_get_id(model, C_perimeters_unit, row);
        if (whole < 0 || part < 0 || scale_of(model, whole) != MLG_CODE_OF(scale, neighbourhood) ||
            !isnan(mlg_get_number(model, C_perimeters_share, row)) ||
            !mlg_row_in_force(model, MLG_PERIMETERS, row, model->day)) {
            continue;
        }
        const int32_t scale = scale_of(model, part);
        if (scale == MLG_CODE_OF(scale, commune) ||
            (scale < 0 && is_five_digits(mlg_names_text(&model->territories, part)))) {
            first =
                n > 0 ? first : mlg_place_of(model, MLG_PERIMETERS, row, C_perimeters_territory);
            n++;
        }
    }
    mlg_fault_add_times(model, MLG_WARNING, T_fault_neighbourhood_whole, first, n);
}

mlg_status mlg_check_territories(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    check_neighbourhoods(model);
    check_postal_codes(model);
    TRY(check_populations(model, err));
    TRY(check_empty_perimeters(model, err));
    TRY(check_perimeter_populations(model, err));
    TRY(check_two_parents(model, err));
out:
    return status;
}
