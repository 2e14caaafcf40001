/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/geopackage.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "maillage/version.h"
#include "measure/context.h"

/* The tables that the standard asks for. Readers need gpkg_geometry_columns even where no layer
 * has a geometry: without it GDAL lists no table at all. 0x47504B47 is "GPKG". */
static const char frame[] =
    "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300; BEGIN;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, "
    "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, "
    "definition TEXT NOT NULL, description TEXT);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, "
    "identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, "
    "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER "
    "REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES "
    "gpkg_contents(table_name), column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, "
    "srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, "
    "m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));"
    "INSERT INTO gpkg_spatial_ref_sys VALUES "
    "('Undefined Cartesian', -1, 'NONE', -1, 'undefined', 'plane, unit unknown'),"
    "('Undefined geographic', 0, 'NONE', 0, 'undefined', 'on a globe, datum unknown'),"
    "('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\","
    "6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],"
    "AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude, latitude in degrees');" MLG_GEOPACKAGE_MARK
    " (fid INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT);";

mlg_status mlg_geopackage_contents(const mlg_geopackage *package, const char *table,
                                   const char *about, const double *extent, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_database *database = package->database;

    TRY(mlg_database_prepare(
        database, "INSERT INTO gpkg_contents VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", err));
    mlg_database_text(database, table);
    mlg_database_text(database, extent != NULL ? "features" : "attributes");
    mlg_database_text(database, table);
    mlg_database_text(database, about);
    mlg_database_text(database, package->changed);
    for (int side = 0; side < 4; side++) {
        mlg_database_number(database, extent != NULL ? extent[side] : NAN);
    }
    if (extent != NULL) {
        mlg_database_count(database, 4326);
    } else {
        mlg_database_text(database, NULL);
    }
    TRY(mlg_database_row(database, err));
out:
    return status;
}

void mlg_geopackage_label(const mlg_geopackage *package, mlg_scope scope, mlg_id id,
                          mlg_buffer *out)
{
    char label[512];
    mlg_buffer_clear(out);
    if (id < 0) {
        return;
    }
    const size_t length =
        mlg_label(package->model, &package->what->labels, scope, id, label, sizeof label);
    if (length < sizeof label) {
        mlg_buffer_text(out, label);
        return;
    }
    char *whole = mlg_alloc(length + 1, 1);
    if (whole == NULL) {
        out->failed = true;
        return;
    }
    mlg_label(package->model, &package->what->labels, scope, id, whole, length + 1);
    mlg_buffer_text(out, whole);
    mlg_free(whole);
}

/* ---- what a reader must know of the file -------------------------------------------------- */

static mlg_status tell(const mlg_geopackage *package, const char *name, const char *value,
                       mlg_error *err)
{
    if (value == NULL || value[0] == '\0') {
        return MLG_OK;
    }
    mlg_database_text(package->database, name);
    mlg_database_text(package->database, value);
    return mlg_database_row(package->database, err);
}

static mlg_status about(const mlg_geopackage *package, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = package->model;
    const mlg_run *run = package->what->context->run;
    const mlg_labels *labels = &package->what->labels;
    mlg_buffer text = {0};

    TRY(mlg_geopackage_contents(package, "maillage_about", mlg_text(labels->language, T_gpkg_about),
                                NULL, err));
    TRY(mlg_database_prepare(package->database,
                             "INSERT INTO maillage_about(name, value) VALUES(?, ?)", err));
    TRY(tell(package, "program", "maillage " MLG_VERSION, err));
    TRY(tell(package, "title", mlg_model_title(model), err));
    TRY(tell(package, "study", model->sha256, err));
    if (model->date != MLG_NO_DATE) {
        mlg_buffer_bytes(&text, package->changed, strlen("YYYY-MM-DD"));
        TRY(tell(package, "date", mlg_buffer_string(&text), err));
        mlg_buffer_clear(&text);
    }
    mlg_buffer_format(&text, "%llu", (unsigned long long) run->seed);
    TRY(tell(package, "seed", mlg_buffer_string(&text), err));
    mlg_buffer_clear(&text);
    mlg_buffer_format(&text, "%u", (unsigned) run->draws);
    TRY(tell(package, "draws", mlg_buffer_string(&text), err));
    TRY(tell(package, "persons", labels->names ? "names" : "pseudonyms", err));
    if (labels->names) {
        TRY(tell(package, "note", mlg_text(labels->language, T_export_names), err));
    }
    if (mlg_model_illustrative(model)) {
        TRY(tell(package, "note", mlg_text(labels->language, T_report_illustrative), err));
    }
    for (size_t i = 0; i < model->n_inputs; i++) {
        mlg_buffer_clear(&text);
        mlg_buffer_format(&text, "%s %s", model->inputs[i].file, model->inputs[i].sha256);
        TRY(tell(package, "input", mlg_buffer_string(&text), err));
    }
    if (text.failed) {
        FAIL(err, MLG_ENOMEM, "no memory for what the file says of itself");
    }
out:
    mlg_buffer_free(&text);
    return status;
}

/* ---- the file ------------------------------------------------------------------------------ */

static void set_changed(mlg_geopackage *package)
{
    int year = 1970, month = 1, day = 1;
    if (package->model->date != MLG_NO_DATE) {
        mlg_day_split(package->model->date, &year, &month, &day);
    }
    snprintf(package->changed, sizeof package->changed, "%04d-%02d-%02dT00:00:00.000Z", year, month,
             day);
}

mlg_status mlg_geopackage_write(const mlg_export *what, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_geopackage package = {.what = what, .model = what->context->model};

    if (package.model == NULL) {
        FAIL(err, MLG_EARG, "a GeoPackage is of a study, not of bare arrays");
    }
    if (package.model->territories.n == 0) {
        FAIL(err, MLG_EDATA, "the study names no territory: a GeoPackage would be empty");
    }
    set_changed(&package);
    TRY(mlg_database_open(&package.database, err));
    TRY(mlg_database_run(package.database, frame, err));
    TRY(about(&package, err));
    TRY(mlg_geopackage_places(&package, err));
    TRY(mlg_geopackage_values(&package, err));
    TRY(mlg_database_run(package.database, "COMMIT", err));
    TRY(mlg_database_write(package.database, out, err));
out:
    mlg_database_close(package.database);
    return status;
}
