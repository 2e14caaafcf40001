/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_NETWORK_H
#define MLG_EXPORT_NETWORK_H

#include "base/buffer.h"
#include "graph/graph.h"
#include "maillage/export.h"

/* What is exported, for every format: points (actors, then activities in two-mode), ties
 * between them, and what is known of each as named attributes. A format decides how they
 * are written, never what. */
typedef struct mlg_network {
    const mlg_graph *graph;
    const mlg_model *model;
    mlg_labels labels;
    bool two_mode;
    bool directed;
    bool half;           /* an entry of `ties` and its mirror are one tie */
    bool weighted;       /* strengths mean something */
    bool projected;      /* ties stand for shared activities */
    const mlg_csr *ties; /* the graph's arcs, ties or attendances */
    int32_t n_points;
    /* of each entry of `ties`, of one of its two where `half`: */
    uint32_t *rows;   /* source rows */
    uint32_t *shared; /* activities in common; NULL unless projected */
    int32_t *kind;    /* of tie, where its rows say one; NULL unless from ties */
} mlg_network;

mlg_status mlg_network_open(mlg_network *network, const mlg_export *what, mlg_error *err);
void mlg_network_close(mlg_network *network);

/* A tie as the formats see it. */
typedef struct mlg_tie {
    int32_t from, to; /* points */
    size_t entry;     /* of network->ties */
} mlg_tie;

/* Walks over the ties in the order of their points; a zeroed walk is at the start. */
typedef struct mlg_tie_walk {
    int32_t from;
    size_t next;
} mlg_tie_walk;
bool mlg_tie_next(const mlg_network *network, mlg_tie_walk *walk, mlg_tie *tie);

/* The id of a point: n0, n1 ... and a0 ... */
void mlg_point_id(mlg_buffer *out, const mlg_network *network, int32_t point);

/* ---- attributes (attributes.c) ---------------------------------------------- */

typedef enum mlg_attribute_type {
    MLG_ATTRIBUTE_TEXT,
    MLG_ATTRIBUTE_COUNT,
    MLG_ATTRIBUTE_NUMBER,
    MLG_ATTRIBUTE_BOOL, /* "true" or "false" */
} mlg_attribute_type;

/* What is known of a point or a tie; nothing is appended where it is unknown. */
typedef struct mlg_point_attribute {
    const char *name;
    mlg_attribute_type type;
    void (*put)(mlg_buffer *out, const mlg_network *network, int32_t point);
    bool two_mode_only;
} mlg_point_attribute;

typedef struct mlg_tie_attribute {
    const char *name;
    mlg_attribute_type type;
    void (*put)(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie);
    bool (*applies)(const mlg_network *network);
} mlg_tie_attribute;

/* Of the network as a whole. */
typedef struct mlg_about {
    const char *name;
    void (*put)(mlg_buffer *out, const mlg_network *network);
} mlg_about;

/* Each ends with a row without a name. The first of a point is its label. */
extern const mlg_point_attribute mlg_point_attributes[];
extern const mlg_tie_attribute mlg_tie_attributes[];
extern const mlg_about mlg_abouts[];

static inline bool mlg_point_has(const mlg_network *network, const mlg_point_attribute *attribute)
{
    return network->two_mode || !attribute->two_mode_only;
}

#endif
