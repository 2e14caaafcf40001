/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "base/texts.h"
#include "model/template.h"

/* The sheets of territories and perimeters, filled from a reference. */

/* ---- which territories ------------------------------------------------------------ */

static int32_t scale_of(const mlg_model *model, mlg_id t)
{
    const int32_t row = model->territory_row[t];
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

/* Those that a study has its place in, and is hardly ever about as a whole. */
static bool is_wide(int32_t scale)
{
    return scale == MLG_CODE_OF(scale, departement) || scale == MLG_CODE_OF(scale, region) ||
           scale == MLG_CODE_OF(scale, national);
}

/* Marks the parts of what is written whole, down to the units. Levels are few. */
static void follow_parts(const mlg_model *model, uint8_t *role)
{
    for (bool more = true; more;) {
        more = false;
        for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
            const mlg_id whole = mlg_get_id(model, C_perimeters_territory, row);
            const mlg_id part = mlg_get_id(model, C_perimeters_unit, row);
            if (whole >= 0 && part >= 0 && role[whole] == MLG_PLACE_WHOLE &&
                role[part] != MLG_PLACE_WHOLE) {
                role[part] = MLG_PLACE_WHOLE;
                more = true;
            }
        }
    }
}

/* Units of `t` that are marked. */
static uint32_t shared_with(const mlg_model *model, mlg_id t, const bool *mine)
{
    uint32_t n = 0;
    for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
        n += mine[model->unit[i]] ? 1 : 0;
    }
    return n;
}

static void choose(const mlg_model *model, mlg_id territory, bool *mine, uint8_t *role)
{
    for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1]; i++) {
        mine[model->unit[i]] = true;
    }
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        const uint32_t n = model->unit_offset[t + 1] - model->unit_offset[t];
        const uint32_t shared = shared_with(model, t, mine);
        if (shared > 0) {
            role[t] =
                shared < n && is_wide(scale_of(model, t)) ? MLG_PLACE_LISTED : MLG_PLACE_WHOLE;
        }
    }
    role[territory] = MLG_PLACE_WHOLE;
    follow_parts(model, role);
}

static void count(const mlg_model *model, mlg_real_place *place)
{
    const mlg_id territory = place->territory;
    place->facts = (mlg_territory_facts){.units = model->unit_offset[territory + 1] -
                                                  model->unit_offset[territory]};
    for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1]; i++) {
        const int32_t row = model->territory_row[model->unit[i]];
        place->facts.population +=
            model->unit_share[i] *
            (row >= 0 ? mlg_get_number(model, C_territories_population, row) : NAN);
    }
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        place->facts.perimeters += place->role[t] == MLG_PLACE_WHOLE && !model->is_unit[t] ? 1 : 0;
    }
}

mlg_status mlg_template_place(mlg_real_place *place, const mlg_model *reference, mlg_id territory,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = reference->territories.n;
    bool *mine = mlg_zalloc(n, sizeof *mine);

    *place = (mlg_real_place){.reference = reference, .territory = territory};
    place->role = mlg_zalloc(n, sizeof *place->role);
    TRY_ALLOC(err, mine);
    TRY_ALLOC(err, place->role);
    choose(reference, territory, mine, place->role);
    count(reference, place);
out:
    mlg_free(mine);
    return status;
}

void mlg_template_place_free(mlg_real_place *place)
{
    mlg_free(place->role);
    *place = (mlg_real_place){0};
}

/* ---- rows -------------------------------------------------------------------------- */

static const char *name_of(const mlg_model *model, mlg_id t)
{
    const int32_t row = model->territory_row[t];
    return row >= 0 ? mlg_names_text(&model->texts, mlg_get_id(model, C_territories_name, row))
                    : "";
}

const char *mlg_template_place_name(const mlg_real_place *place)
{
    const char *name = name_of(place->reference, place->territory);
    return *name != '\0' ? name : mlg_names_text(&place->reference->territories, place->territory);
}

const char *mlg_template_place_key(const mlg_real_place *place)
{
    const mlg_model *model = place->reference;
    const char *name = mlg_template_place_name(place);

    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        if (t != place->territory && place->role[t] != MLG_PLACE_NONE &&
            strcmp(name_of(model, t), name) == 0) {
            return mlg_names_text(&model->territories, place->territory);
        }
    }
    return name;
}

static void put_number(mlg_buffer *out, mlg_language language, double value, bool last)
{
    mlg_buffer text = {0};
    mlg_buffer_number(&text, value);
    for (char *at = text.text; at != NULL && *at != '\0'; at++) {
        if (*at == '.' && language == MLG_FR) {
            *at = ',';
        }
    }
    mlg_template_cell(out, language, mlg_buffer_string(&text), last);
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

static void put_header(mlg_buffer *out, mlg_language language, const mlg_column *columns, size_t n)
{
    mlg_template_mark(out, language);
    for (size_t i = 0; i < n; i++) {
        const mlg_field *field = mlg_schema_field(columns[i]);
        char name[64];
        const char *text = language == MLG_FR ? field->aliases : field->name;
        const size_t length = strcspn(text, "|");
        memcpy(name, text, length < sizeof name ? length : 0);
        name[length < sizeof name ? length : 0] = '\0';
        mlg_template_cell(out, language, name, i + 1 == n);
    }
}

void mlg_template_territories(mlg_buffer *out, mlg_language language, const mlg_real_place *place)
{
    static const mlg_column columns[] = {C_territories_id, C_territories_name, C_territories_scale,
                                         C_territories_population};
    const mlg_model *model = place->reference;
    const mlg_arg source[] = {{.kind = MLG_ARG_TEXT, .text = mlg_model_title(model)}};
    mlg_buffer remark = {0};

    put_header(out, language, columns, 4);
    mlg_text_render(&remark, language, T_template_sheet_territories, source, 1);
    mlg_template_remark(out, language, mlg_buffer_string(&remark));
    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        const mlg_id t = mlg_get_id(model, C_territories_id, row);
        const int32_t scale = mlg_get_id(model, C_territories_scale, row);
        char label[256] = "";
        if (t < 0 || place->role[t] == MLG_PLACE_NONE || model->territory_row[t] != row) {
            continue;
        }
        if (scale >= 0) {
            mlg_code_label(model, MLG_V_scale, scale, language, label, sizeof label);
        }
        mlg_template_cell(out, language, mlg_names_text(&model->territories, t), false);
        mlg_template_cell(out, language, name_of(model, t), false);
        mlg_template_cell(out, language, label, false);
        put_number(out, language, mlg_get_number(model, C_territories_population, row), true);
    }
    out->failed = out->failed || remark.failed;
    mlg_buffer_free(&remark);
}

void mlg_template_perimeters(mlg_buffer *out, mlg_language language, const mlg_real_place *place)
{
    static const mlg_column columns[] = {C_perimeters_territory, C_perimeters_unit,
                                         C_perimeters_share};
    const mlg_model *model = place->reference;
    const bool shares = model->data[C_perimeters_share] != NULL;

    put_header(out, language, columns, shares ? 3 : 2);
    mlg_template_remark(out, language, mlg_text(language, T_template_sheet_perimeters));
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        const mlg_id whole = mlg_get_id(model, C_perimeters_territory, row);
        const mlg_id part = mlg_get_id(model, C_perimeters_unit, row);
        if (whole < 0 || part < 0 || place->role[whole] != MLG_PLACE_WHOLE ||
            !mlg_row_in_force(model, MLG_PERIMETERS, row, model->day)) {
            continue;
        }
        mlg_template_cell(out, language, mlg_names_text(&model->territories, whole), false);
        mlg_template_cell(out, language, mlg_names_text(&model->territories, part), !shares);
        if (shares) {
            put_number(out, language, mlg_get_number(model, C_perimeters_share, row), true);
        }
    }
}
