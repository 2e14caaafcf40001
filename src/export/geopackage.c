/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/geopackage.h"

#include <inttypes.h>
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

static void put_title(mlg_buffer *out, const mlg_geopackage *package)
{
    mlg_buffer_text(out, mlg_model_title(package->model));
}

static void put_study(mlg_buffer *out, const mlg_geopackage *package)
{
    mlg_buffer_text(out, package->model->sha256);
}

static void put_date(mlg_buffer *out, const mlg_geopackage *package)
{
    if (package->model->date != MLG_NO_DATE) {
        mlg_buffer_bytes(out, package->changed, strlen("YYYY-MM-DD"));
    }
}

static void put_program(mlg_buffer *out, const mlg_geopackage *package)
{
    (void) package;
    mlg_buffer_text(out, "maillage " MLG_VERSION);
}

static void put_seed(mlg_buffer *out, const mlg_geopackage *package)
{
    mlg_buffer_format(out, "%" PRIu64, package->what->context->run->seed);
}

static void put_draws(mlg_buffer *out, const mlg_geopackage *package)
{
    mlg_buffer_format(out, "%" PRIu32, package->what->context->run->draws);
}

static void put_persons(mlg_buffer *out, const mlg_geopackage *package)
{
    mlg_buffer_text(out, package->what->labels.names ? "names" : "pseudonyms");
}

static void put_restricted(mlg_buffer *out, const mlg_geopackage *package)
{
    if (package->what->labels.names) {
        mlg_buffer_text(out, mlg_text(package->what->labels.language, T_export_names));
    }
}

static void put_illustrative(mlg_buffer *out, const mlg_geopackage *package)
{
    if (mlg_model_illustrative(package->model)) {
        mlg_buffer_text(out, mlg_text(package->what->labels.language, T_report_illustrative));
    }
}

static const struct {
    const char *name;
    void (*put)(mlg_buffer *out, const mlg_geopackage *package); /* nothing: not known */
} facts[] = {
    {"program", put_program}, {"title", put_title},     {"study", put_study},
    {"date", put_date},       {"seed", put_seed},       {"draws", put_draws},
    {"persons", put_persons}, {"note", put_restricted}, {"note", put_illustrative},
};

static mlg_status put_fact(const mlg_geopackage *package, const char *name, mlg_buffer *value,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY_ALLOC(err, value->failed ? NULL : value);
    if (value->length > 0) {
        mlg_database_text(package->database, name);
        mlg_database_text(package->database, mlg_buffer_string(value));
        TRY(mlg_database_row(package->database, err));
    }
out:
    mlg_buffer_clear(value);
    return status;
}

static mlg_status put_facts(const mlg_geopackage *package, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = package->model;
    mlg_buffer value = {0};

    TRY(mlg_geopackage_contents(package, "maillage_about",
                                mlg_text(package->what->labels.language, T_gpkg_about), NULL, err));
    TRY(mlg_database_prepare(package->database,
                             "INSERT INTO maillage_about(name, value) VALUES(?, ?)", err));
    for (size_t f = 0; f < sizeof facts / sizeof *facts; f++) {
        facts[f].put(&value, package);
        TRY(put_fact(package, facts[f].name, &value, err));
    }
    for (size_t i = 0; i < model->n_inputs; i++) {
        mlg_buffer_format(&value, "%s %s", model->inputs[i].file, model->inputs[i].sha256);
        TRY(put_fact(package, "input", &value, err));
    }
out:
    mlg_buffer_free(&value);
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

static mlg_status fill(const mlg_geopackage *package, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_database_run(package->database, frame, err));
    TRY(put_facts(package, err));
    TRY(mlg_geopackage_places(package, err));
    TRY(mlg_geopackage_values(package, err));
    TRY(mlg_database_run(package->database, "COMMIT", err));
    TRY(mlg_database_write(package->database, out, err));
out:
    return status;
}

mlg_status mlg_geopackage_write(const mlg_export *what, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_geopackage package = {.what = what, .model = what->context->model};

    if (package.model == NULL) {
        return mlg_fail(err, MLG_EARG, "a GeoPackage is of a study, not of bare arrays");
    }
    if (package.model->territories.n == 0) {
        return mlg_fail(err, MLG_EDATA,
                        "the study names no territory: a GeoPackage would be empty");
    }
    set_changed(&package);
    TRY(mlg_database_open(&package.database, err));
    TRY(fill(&package, out, err));
out:
    mlg_database_close(package.database);
    return status;
}
