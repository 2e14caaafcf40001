/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CONTEXT_H
#define MLG_MEASURE_CONTEXT_H

#include "graph/graph.h"
#include "measure/value.h"
#include "model/model.h"

/* What measures of one view share, made at first need. One slot a thing; its
 * owner's file has the getter. */
typedef enum mlg_slot {
    MLG_SLOT_COMPONENTS,  /* components.c */
    MLG_SLOT_BETWEENNESS, /* betweenness.c */
    MLG_SLOT_ARC_BETWEENNESS,
    MLG_SLOT_PATHS,       /* paths.c: harmonic and efficiency from one pass */
    MLG_SLOT_REMOVALS,    /* removal.c */
    MLG_SLOT_WITHOUT,     /* without.c: efficiency once each actor is gone */
    MLG_SLOT_LABEL_DRAWS, /* silo: draws shared by statistics monotone in the within count */
    MLG_SLOT_GAPS,        /* gap_ground.c: the tested pairs of schemes */
    MLG_SLOT_REWIRED,     /* rewired.c: draws of graphs that keep degrees */
    MLG_SLOT_BROKERS,     /* brokers.c: open two-paths by role */
    MLG_SLOT_REDUNDANCY,  /* constraint.c: proportions and overlaps of contacts */
    MLG_SLOT_COMMUNITIES, /* communities.c: partitions from many seeds */
    MLG_SLOT_TWO_MODE,    /* two_mode.c: the null of the two-mode measures */
    MLG_SLOT_MEETINGS,    /* meetings.c: pairs that share activities, tested */
    MLG_SLOT_SIMULATION,  /* simulation.c: the departure model, run */
    MLG_SLOT_WAVES,       /* waves.c: the view at successive periods */
    MLG_SLOT_PERCOLATION, /* percolation_runs.c: who leaves one after the other */
    MLG_SLOT_WORDS,       /* words.c: conventions that name a code */
    MLG_N_SLOTS
} mlg_slot;

struct mlg_context {
    const mlg_model *model; /* NULL for graphs made from arrays */
    const mlg_run *run;
    size_t n_views;
    mlg_graph **graphs; /* [n_views] */
    bool owns_graphs;
    struct {
        void *made;
        void (*release)(void *made);
    } * slots; /* [(n_views + 1) * MLG_N_SLOTS]: the last of the study itself, view -1 */
};

/* A context over one ready graph, for tests; the graph stays the caller's. */
mlg_status mlg_context_of_graph(mlg_graph *graph, const mlg_run *run, mlg_context **context,
                                mlg_error *err);
const mlg_graph *mlg_context_graph(const mlg_context *context, int32_t view);
/* What a slot holds, or NULL. */
void *mlg_context_slot(const mlg_context *context, int32_t view, mlg_slot slot);
/* Keeps a thing made for a slot; the context releases it. */
void mlg_context_keep(mlg_context *context, int32_t view, mlg_slot slot, void *made,
                      void (*release)(void *made));
/* Why a row of the catalogue cannot run on a view (-1: the study): what it needs is missing, or
 * the projection was too large to build. T_none when it can. */
mlg_text_key mlg_context_lacks(const mlg_context *context, const mlg_measure *row, int32_t view);
/* Appends a value with one row an actor of the view: its scope and subjects are the graph's, its
 * column MLG_VALUE is ready (NaN). NULL when memory is short, with nothing appended. */
mlg_value *mlg_values_add_actors(mlg_values *values, const char *measure,
                                 const mlg_context *context, int32_t view, mlg_error *err);

#endif
