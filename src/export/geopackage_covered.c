/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <strings.h>

#include "base/fail.h"
#include "base/texts.h"
#include "export/geopackage.h"
#include "maillage/territory.h"
#include "measure/cover.h"

/* The units of the study's territory, a row each: which questions, kinds of schemes and kinds of
 * perimeters cover it. What nothing says the place of is NULL, never 0. */

enum { QUESTIONS = 4 };

static const struct {
    mlg_covering by;
    const char *name;
} questions[QUESTIONS] = {{MLG_BY_SCHEMES, "schemes"},
                          {MLG_BY_REFERENTS, "referents"},
                          {MLG_BY_ACTIVITIES, "activities"},
                          {MLG_BY_SITES, "sites"}};

typedef struct covered {
    const mlg_geopackage *package;
    const mlg_perimeters *perimeters;
    mlg_cover cover;
    mlg_buffer create, insert;
    char *here; /* [columns * n_units] 1, 0, or -1: not known */
    size_t n_columns;
} covered;

/* A column by the codes of the study's own lists: any text may be in them. */
static void name_column(mlg_buffer *sql, const char *before, const char *code, size_t same)
{
    mlg_buffer_text(sql, ", \"");
    mlg_buffer_text(sql, before);
    for (size_t i = 0; i < same; i++) {
        mlg_buffer_char(sql, '_');
    }
    for (; *code != '\0'; code++) {
        mlg_buffer_text(sql, *code == '"' ? "\"" : "");
        mlg_buffer_char(sql, *code);
    }
    mlg_buffer_text(sql, "\" INTEGER");
}

/* Codes before this one that SQL takes for it, which has no case. */
static size_t same_before(const mlg_model *model, mlg_list_id list, int32_t code)
{
    size_t same = 0;
    for (int32_t before = 0; before < code; before++) {
        same +=
            strcasecmp(mlg_code_text(model, list, before), mlg_code_text(model, list, code)) == 0;
    }
    return same;
}

static bool is_any_covered(const covered *c)
{
    bool any = false;
    for (int32_t unit = 0; unit < c->perimeters->n_units; unit++) {
        any = any || (c->perimeters->asked[unit] && c->cover.sum[unit] > 0.0);
    }
    return any;
}

/* One thing that may cover; a kind that covers nothing here has no column. */
static void add_column(covered *c, mlg_covering by, int32_t code, const char *before,
                       const char *name)
{
    const size_t n_units = (size_t) c->perimeters->n_units;
    char *here = c->here + c->n_columns * n_units;

    mlg_cover_make(c->package->model, c->perimeters, by, code, &c->cover);
    if (code >= 0 && !is_any_covered(c)) {
        return;
    }
    for (size_t unit = 0; unit < n_units; unit++) {
        here[unit] = (char) (c->cover.placed > 0 ? c->cover.sum[unit] > 0.0 : -1);
    }
    name_column(&c->create, before, name,
                same_before(c->package->model,
                            by == MLG_BY_PERIMETERS ? MLG_V_scale : MLG_V_scheme_kind, code));
    mlg_buffer_text(&c->insert, ", ?");
    c->n_columns++;
}

static void add_columns(covered *c, int32_t n_kinds, int32_t n_scales)
{
    const mlg_model *model = c->package->model;

    for (size_t q = 0; q < QUESTIONS; q++) {
        add_column(c, questions[q].by, -1, "", questions[q].name);
    }
    for (int32_t kind = 0; kind < n_kinds; kind++) {
        add_column(c, MLG_BY_SCHEME_KIND, kind, "scheme_",
                   mlg_code_text(model, MLG_V_scheme_kind, kind));
    }
    for (int32_t scale = 0; scale < n_scales; scale++) {
        add_column(c, MLG_BY_PERIMETERS, scale, "perimeter_",
                   mlg_code_text(model, MLG_V_scale, scale));
    }
}

static mlg_status put_rows(const covered *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = c->package->model;
    mlg_database *database = c->package->database;
    const size_t n_units = (size_t) c->perimeters->n_units;
    mlg_buffer label = {0};

    for (size_t unit = 0; unit < n_units; unit++) {
        const mlg_id territory = c->perimeters->unit[unit];
        if (!c->perimeters->asked[unit]) {
            continue;
        }
        mlg_database_text(database, mlg_names_text(&model->territories, territory));
        mlg_database_text(database, mlg_territory_code(model, territory));
        mlg_geopackage_label(c->package, MLG_SCOPE_TERRITORY, territory, &label);
        mlg_database_text(database, mlg_buffer_string(&label));
        mlg_database_number(database, c->perimeters->population[unit]);
        for (size_t column = 0; column < c->n_columns; column++) {
            const char here = c->here[column * n_units + unit];
            if (here < 0) {
                mlg_database_text(database, NULL);
            } else {
                mlg_database_count(database, here);
            }
        }
        TRY(mlg_database_row(database, err));
    }
    TRY_ALLOC(err, label.failed ? NULL : &label);
out:
    mlg_buffer_free(&label);
    return status;
}

mlg_status mlg_geopackage_covered(const mlg_geopackage *package, const mlg_perimeters *perimeters,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n_kinds = mlg_code_count(package->model, MLG_V_scheme_kind);
    const int32_t n_scales = mlg_code_count(package->model, MLG_V_scale);
    covered c = {.package = package, .perimeters = perimeters};

    TRY(mlg_cover_open(perimeters, &c.cover, err));
    c.here = mlg_alloc((size_t) (QUESTIONS + n_kinds + n_scales) * (size_t) perimeters->n_units, 1);
    TRY_ALLOC(err, c.here);
    mlg_buffer_text(&c.create, "CREATE TABLE covered (fid INTEGER PRIMARY KEY, code TEXT NOT NULL, "
                               "official_code TEXT NOT NULL, name TEXT, population DOUBLE");
    mlg_buffer_text(&c.insert, "INSERT INTO covered VALUES(NULL, ?, ?, ?, ?");
    add_columns(&c, n_kinds, n_scales);
    mlg_buffer_char(&c.create, ')');
    mlg_buffer_char(&c.insert, ')');
    TRY_ALLOC(err, c.create.failed || c.insert.failed ? NULL : &c);
    TRY(mlg_database_run(package->database, mlg_buffer_string(&c.create), err));
    TRY(mlg_geopackage_contents(
        package, "covered", mlg_text(package->what->labels.language, T_gpkg_covered), NULL, err));
    TRY(mlg_database_prepare(package->database, mlg_buffer_string(&c.insert), err));
    TRY(put_rows(&c, err));
out:
    mlg_buffer_free(&c.create);
    mlg_buffer_free(&c.insert);
    mlg_free(c.here);
    mlg_cover_free(&c.cover);
    return status;
}
