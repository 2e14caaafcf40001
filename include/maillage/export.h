/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_H
#define MLG_EXPORT_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The formats of other programs. */
typedef enum mlg_export_format {
    MLG_GRAPHML,    /**< one file: Gephi, R igraph, networkx, Cytoscape, yEd */
    MLG_GEPHI,      /**< a folder: nodes.csv, edges.csv, and about.csv with the conventions */
    MLG_GEOPACKAGE, /**< one file of the territories, not of a view: QGIS, R sf, GeoPandas, DuckDB
                     */
} mlg_export_format;

/** One view of a study, for another program. */
typedef struct mlg_export {
    const mlg_context *context; /**< borrowed; of a study, not of bare arrays */
    int32_t view;               /**< index into its views */
    mlg_export_format format;
    /** Actors and activities as two kinds of points instead of actors alone; for views
     *  from participations. Points have `type` (true: an activity), as R igraph wants it. */
    bool two_mode;
    mlg_labels labels;
    /** What MLG_GEOPACKAGE has a table of, a measure each (`scale`...); NULL: none. Borrowed. */
    const mlg_values *values;
} mlg_export;

/**
 * Writes a view's actors, isolates too, and its ties. Points have ids n0, n1... (a0... for
 * activities): public labels may repeat. A person has a pseudonym, and neither the
 * organisation nor the territory that would tell who it is, unless `labels.names`; files
 * with names are readable by their owner only. Numbers have a point in every locale; what
 * is unknown is left out, never written as 0.
 *
 * MLG_GEOPACKAGE is of the study instead: its units and other territories (points where it
 * gives lon and lat, in WGS 84), its perimeters, and the values. Codes are text.
 *
 * Files are written whole or not at all. An earlier export is replaced; other files only
 * if `force`, and a table of the study never.
 *
 * @param path   a file for MLG_GRAPHML and MLG_GEOPACKAGE, a folder (made when missing) for
 * MLG_GEPHI
 * @return MLG_OK · MLG_EARG when the view has no two modes · MLG_ESIZE when its projection
 *         was too large to build · MLG_EIO · MLG_ENOMEM.
 */
mlg_status mlg_export_write(const mlg_export *what, const char *path, bool force,
                            mlg_error *err) MLG_MUST_CHECK;

/** The same, GraphML only, into an open file. */
mlg_status mlg_export_print(const mlg_export *what, FILE *out, mlg_error *err) MLG_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
