/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_GEOPACKAGE_H
#define MLG_EXPORT_GEOPACKAGE_H

#include <stdio.h>

#include "base/buffer.h"
#include "export/database.h"
#include "maillage/export.h"
#include "measure/perimeters.h"
#include "model/model.h"

/* Stands in every GeoPackage of ours, and in no other: by it we know what we may replace. */
#define MLG_GEOPACKAGE_MARK "CREATE TABLE maillage_about"

/* A GeoPackage (OGC 12-128, version 1.3) of a study: a layer of units, points where their
 * coordinates are known; tables of the other territories and of the perimeters; and one table
 * a measure of territories. Official codes are text: outlines are the user's own, joined by
 * code. */
mlg_status mlg_geopackage_write(const mlg_export *what, FILE *out, mlg_error *err);

/* ---- between its files ------------------------------------------------------------------- */

typedef struct mlg_geopackage {
    const mlg_export *what;
    const mlg_model *model;
    mlg_database *database;
    char changed[32]; /* the study's date: never a clock */
} mlg_geopackage;

/* Tells readers of a table; `extent` = min x, min y, max x, max y of a layer of points, or NULL. */
mlg_status mlg_geopackage_contents(const mlg_geopackage *package, const char *table,
                                   const char *about, const double *extent, mlg_error *err);
/* The public label of a subject; "" where there is none. */
void mlg_geopackage_label(const mlg_geopackage *package, mlg_scope scope, mlg_id id,
                          mlg_buffer *out);
/* A row a unit, a column for each thing that may cover it: geopackage_covered.c */
mlg_status mlg_geopackage_covered(const mlg_geopackage *package, const mlg_perimeters *perimeters,
                                  mlg_error *err);
/* units, territories, perimeters: geopackage_places.c */
mlg_status mlg_geopackage_places(const mlg_geopackage *package, mlg_error *err);
/* One table a measure: geopackage_values.c */
mlg_status mlg_geopackage_values(const mlg_geopackage *package, mlg_error *err);

#endif
