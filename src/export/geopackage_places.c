/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "export/geopackage.h"
#include "maillage/territory.h"
#include "measure/perimeters.h"

/* Units, the other territories, and what each perimeter is made of. */

#define PLACE_COLUMNS                                                                              \
    "code TEXT NOT NULL, official_code TEXT NOT NULL, name TEXT, scale TEXT, population DOUBLE, "  \
    "area_km2 DOUBLE, centre TEXT, need DOUBLE"

enum { POINT_BYTES = 29 };

/* Where a territory is, if the study says so. */
static bool point_of(const mlg_model *model, mlg_id territory, double at[2])
{
    const int32_t row = model->territory_row[territory];
    at[0] = row >= 0 ? mlg_get_number(model, C_territories_lon, row) : NAN;
    at[1] = row >= 0 ? mlg_get_number(model, C_territories_lat, row) : NAN;
    return !isnan(at[0]) && !isnan(at[1]);
}

static void little_endian(unsigned char *out, double number)
{
    uint64_t bits = 0;
    memcpy(&bits, &number, sizeof bits);
    for (int byte = 0; byte < 8; byte++) {
        out[byte] = (unsigned char) (bits >> (8 * byte));
    }
}

/* The standard's header (no envelope, little endian, EPSG 4326), then a WKB point. */
static void put_point(mlg_database *database, const double at[2])
{
    unsigned char blob[POINT_BYTES] = {'G', 'P', 0, 1, 0xE6, 0x10, 0, 0, 1, 1};
    little_endian(blob + 13, at[0]);
    little_endian(blob + 21, at[1]);
    mlg_database_bytes(database, blob, sizeof blob);
}

static void put_place(const mlg_geopackage *package, mlg_id territory, mlg_buffer *label)
{
    const mlg_model *model = package->model;
    mlg_database *database = package->database;
    const int32_t row = model->territory_row[territory];
    const int32_t scale = row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
    const mlg_id centre = row >= 0 ? mlg_get_id(model, C_territories_centre, row) : -1;

    mlg_database_text(database, mlg_names_text(&model->territories, territory));
    mlg_database_text(database, mlg_territory_code(model, territory));
    mlg_geopackage_label(package, MLG_SCOPE_TERRITORY, territory, label);
    mlg_database_text(database, mlg_buffer_string(label));
    mlg_database_text(database, scale >= 0 ? mlg_code_text(model, MLG_V_scale, scale) : NULL);
    mlg_database_number(database,
                        row >= 0 ? mlg_get_number(model, C_territories_population, row) : NAN);
    mlg_database_number(database,
                        row >= 0 ? mlg_get_number(model, C_territories_area_km2, row) : NAN);
    mlg_database_text(database, centre >= 0 ? mlg_names_text(&model->territories, centre) : NULL);
    mlg_database_number(database, row >= 0 ? mlg_get_number(model, C_territories_need, row) : NAN);
}

static bool is_counted_unit(const mlg_perimeters *perimeters, mlg_id territory)
{
    const int32_t unit = perimeters->unit_of[territory];
    return unit >= 0 && perimeters->counts[unit];
}

/* The box around the points of one layer; false when there is none. */
static bool extent_of(const mlg_model *model, const mlg_perimeters *perimeters, bool units,
                      double box[4])
{
    bool found = false;
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        double at[2];
        if (is_counted_unit(perimeters, t) != units || !point_of(model, t, at)) {
            continue;
        }
        for (int axis = 0; axis < 2; axis++) {
            box[axis] = found ? fmin(box[axis], at[axis]) : at[axis];
            box[2 + axis] = found ? fmax(box[2 + axis], at[axis]) : at[axis];
        }
        found = true;
    }
    return found;
}

/* A table of territories, told to readers as a layer where some have a point. */
static mlg_status create_layer(const mlg_geopackage *package, const char *name, mlg_text_key about,
                               const double *box, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_database *database = package->database;
    mlg_buffer sql = {0};

    mlg_buffer_format(&sql, "CREATE TABLE %s (fid INTEGER PRIMARY KEY, %s" PLACE_COLUMNS ")", name,
                      box != NULL ? "geom POINT, " : "");
    TRY_ALLOC(err, sql.failed ? NULL : &sql);
    TRY(mlg_database_run(database, mlg_buffer_string(&sql), err));
    TRY(mlg_geopackage_contents(package, name, mlg_text(package->what->labels.language, about), box,
                                err));
    if (box != NULL) {
        TRY(mlg_database_prepare(
            database, "INSERT INTO gpkg_geometry_columns VALUES(?, 'geom', 'POINT', 4326, 0, 0)",
            err));
        mlg_database_text(database, name);
        TRY(mlg_database_row(database, err));
    }
    mlg_buffer_clear(&sql);
    mlg_buffer_format(&sql, "INSERT INTO %s VALUES(NULL%s, ?, ?, ?, ?, ?, ?, ?, ?)", name,
                      box != NULL ? ", ?" : "");
    TRY_ALLOC(err, sql.failed ? NULL : &sql);
    TRY(mlg_database_prepare(database, mlg_buffer_string(&sql), err));
out:
    mlg_buffer_free(&sql);
    return status;
}

static mlg_status put_layer(const mlg_geopackage *package, const mlg_perimeters *perimeters,
                            bool units, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_database *database = package->database;
    const mlg_model *model = package->model;
    mlg_buffer label = {0};
    double box[4], at[2];
    const bool points = extent_of(model, perimeters, units, box);

    TRY(create_layer(package, units ? "units" : "territories",
                     units ? T_gpkg_units : T_gpkg_territories, points ? box : NULL, err));
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        if (is_counted_unit(perimeters, t) != units) {
            continue;
        }
        if (points && point_of(model, t, at)) {
            put_point(database, at);
        } else if (points) {
            mlg_database_bytes(database, NULL, 0);
        }
        put_place(package, t, &label);
        TRY(mlg_database_row(database, err));
    }
    TRY_ALLOC(err, label.failed ? NULL : &label);
out:
    mlg_buffer_free(&label);
    return status;
}

static mlg_status put_perimeters(const mlg_geopackage *package, const mlg_perimeters *perimeters,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_database *database = package->database;
    const mlg_names *names = &package->model->territories;
    const mlg_csr *covers = &perimeters->covers;

    TRY(mlg_database_run(database,
                         "CREATE TABLE perimeters (fid INTEGER PRIMARY KEY, perimeter TEXT NOT "
                         "NULL, unit TEXT NOT NULL, share DOUBLE, share_low DOUBLE NOT NULL, "
                         "share_high DOUBLE NOT NULL)",
                         err));
    TRY(mlg_geopackage_contents(package, "perimeters",
                                mlg_text(package->what->labels.language, T_gpkg_perimeters), NULL,
                                err));
    TRY(mlg_database_prepare(database, "INSERT INTO perimeters VALUES(NULL, ?, ?, ?, ?, ?)", err));
    for (int32_t p = 0; p < perimeters->n; p++) {
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            mlg_database_text(database, mlg_names_text(names, perimeters->territory[p]));
            mlg_database_text(database, mlg_names_text(names, perimeters->unit[covers->target[i]]));
            const mlg_share share = mlg_share_at(perimeters, i);
            mlg_database_number(database, share.least < share.most ? NAN : share.most);
            mlg_database_number(database, share.least);
            mlg_database_number(database, share.most);
            TRY(mlg_database_row(database, err));
        }
    }
out:
    return status;
}

mlg_status mlg_geopackage_places(const mlg_geopackage *package, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};

    TRY(mlg_perimeters_of(package->model, &perimeters, err));
    TRY(put_layer(package, &perimeters, true, err));
    TRY(put_layer(package, &perimeters, false, err));
    TRY(put_perimeters(package, &perimeters, err));
    TRY(mlg_geopackage_covered(package, &perimeters, err));
out:
    mlg_perimeters_free(&perimeters);
    return status;
}
