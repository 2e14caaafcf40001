/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_RULE_H
#define MLG_FINDING_RULE_H

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "finding/args.h"
#include "maillage/finding.h"
#include "measure/context.h"

/* A finding of comparison needs all three, else it is a `cannot conclude`. */
#define MLG_RULE_P 0.05
enum { MLG_RULE_ACTORS = 10, MLG_RULE_SECTOR_ACTORS = 2, MLG_RULE_SECTORS = 2 };

/* What one rule looks at: a view and its values, or the study (view -1, no graph). */
typedef struct mlg_rule_case {
    const mlg_context *context;
    const mlg_model *model; /* NULL for graphs made from arrays */
    const mlg_values *values;
    int32_t view;
    const mlg_graph *graph;
} mlg_rule_case;

typedef struct mlg_rule mlg_rule;
typedef mlg_status mlg_rule_fn(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                               mlg_error *err);

/* One row of rules.c. */
struct mlg_rule {
    const char *kind;
    const char *topic; /* findings of one topic, subjects and source repeat each other */
    bool each_view;    /* once a view; else once a study */
    bool comparison;   /* rests on a p-value: applied to views that meet the three above */
    double serious;    /* share above which it is serious, */
    double warning;    /* a warning, */
    double least;      /* said at all (0: always) */
    size_t most;       /* findings of one source that are told, first ones (0: all) */
    const char *share; /* of what: for the documentation of the levels */
    mlg_rule_fn *apply;
};

/* The table, ended by a row without a kind, in the order that breaks ties of rank. */
const mlg_rule *mlg_rules(void);

/* Level of a share of what the rule counts; NaN (nothing to count) is a notice. */
mlg_level mlg_rule_level(const mlg_rule *rule, double share);
/* Does a view meet the conditions of a finding of comparison? */
bool mlg_rule_may_compare(const mlg_graph *graph);
/* Different schemes of the rows of posts.csv that name a post or who holds it. */
size_t mlg_rule_schemes_of(const mlg_model *model, mlg_id holder);
/* Actors whose sector is known, and sectors that hold at least two of them. */
void mlg_rule_counts(const mlg_graph *graph, int32_t *known, int32_t *sectors);

/* Few rows make every actor look indispensable: on a thin record (fewer than ten activities that
 * join two actors, or than fifty connected cross-sector pairs) a finding on what would be cut is a
 * notice at most, and says so. `connected` is NaN when nobody counted. */
void mlg_rule_cap_thin(mlg_finding *finding, const mlg_graph *graph, double connected);
/* A comparison of fewer than ten declared ties is a notice at most too, and says so: it may hold,
 * and is about little. */
void mlg_rule_cap_few_ties(mlg_finding *finding, const mlg_graph *graph, double ties);
/* A finding on what stops with the activities of the view is a warning at most where fewer than
 * nine in ten of those that activities.csv describes in the period have participants on record. */
void mlg_rule_cap_unrecorded(mlg_finding *finding, const mlg_graph *graph);

/* What the wider views say of the same subject, of a finding on a part of the declared ties (one
 * kind, or a named view): how much of `part`'s share is lost over all ties, and over
 * participations. */
typedef struct mlg_wider {
    const mlg_value *ties, *meetings; /* NULL: no such view, or nothing on the subject in it */
    size_t ties_row, meetings_row;
} mlg_wider;
mlg_wider mlg_rule_wider(const mlg_rule_case *at, const mlg_value *value, size_t row);
/* A finding on a part is no more serious than the wider views show, and says so where that makes
 * it less. `share`: the part of the value that holds the share. */
void mlg_rule_cap_part(mlg_finding *finding, const mlg_rule *rule, const mlg_wider *wider,
                       const char *share);

/* Appends a finding of the rule, at the level of the share, without text. NULL when
 * memory is short (the error says so). Valid until the next. */
mlg_finding *mlg_finding_add(mlg_findings *findings, const mlg_rule_case *at, const mlg_rule *rule,
                             double share, mlg_error *err);
void mlg_finding_say(mlg_finding *finding, mlg_text_key text, const mlg_arg *args, size_t n);
void mlg_finding_subject(mlg_finding *finding, mlg_scope scope, mlg_id id);
void mlg_finding_measure(mlg_finding *finding, const char *id);
void mlg_finding_limit(mlg_finding *finding, mlg_text_key limit);
/* Never above a level, whatever the share. */
void mlg_finding_at_most(mlg_finding *finding, mlg_level level);
void mlg_finding_lever(mlg_finding *finding, mlg_text_key lever, const char *source);

/* The value of a measure by shape and convention (NULL: any), since one measure may give
 * a list and its summary; NULL when there is none, or when it is undefined. */
const mlg_value *mlg_rule_value(const mlg_rule_case *at, const char *id, mlg_shape shape,
                                const char *convention);
/* One of its numbers; NaN when the value or the column is not there. */
double mlg_rule_number(const mlg_value *value, mlg_value_column column, size_t row);
double mlg_rule_part(const mlg_value *value, const char *part, size_t row);

/* finding_rows.c: rows behind a finding; what does not fit is counted in rows_total. */
void mlg_evidence_row_of(mlg_finding *finding, const mlg_model *model, mlg_table_id table,
                         int32_t row);
/* Rows of the ties of an actor of the view. */
void mlg_evidence_of_actor(mlg_finding *finding, const mlg_rule_case *at, int32_t actor);
/* Rows of the ties between two sectors of the view (a == b: inside one). */
mlg_status mlg_evidence_between(mlg_finding *finding, const mlg_rule_case *at, int32_t a, int32_t b,
                                mlg_error *err);
/* Rows of every tie that joins two actors of one sector. */
mlg_status mlg_evidence_inside(mlg_finding *finding, const mlg_rule_case *at, mlg_error *err);
/* Dense sector of a view by its code, or -1. */
int32_t mlg_evidence_sector(const mlg_graph *graph, mlg_id code);

/* The rules, by family. */
mlg_rule_fn mlg_rule_silo; /* silo_rules.c */
mlg_rule_fn mlg_rule_sector_pairs;
mlg_rule_fn mlg_rule_closed_sectors;
mlg_rule_fn mlg_rule_silo_unclear;
mlg_rule_fn mlg_rule_contrast;    /* contrast_rules.c */
mlg_rule_fn mlg_rule_same_sector; /* twomode_rules.c */
mlg_rule_fn mlg_rule_usual_suspects;
mlg_rule_fn mlg_rule_gap; /* gap_rules.c */
mlg_rule_fn mlg_rule_gap_unclear;
mlg_rule_fn mlg_rule_meet_less; /* meeting_rules.c */
mlg_rule_fn mlg_rule_sectors_apart;
mlg_rule_fn mlg_rule_duplicates; /* missing_rules.c */
mlg_rule_fn mlg_rule_open_motifs;
mlg_rule_fn mlg_rule_listed;
mlg_rule_fn mlg_rule_invited;
mlg_rule_fn mlg_rule_left_out;
mlg_rule_fn mlg_rule_dependence; /* dependence_rules.c */
mlg_rule_fn mlg_rule_shared_post;
mlg_rule_fn mlg_rule_bus_factor; /* coordination_rules.c */
mlg_rule_fn mlg_rule_only_through;
mlg_rule_fn mlg_rule_single_thread;
mlg_rule_fn mlg_rule_sole_link; /* broker_rules.c */
mlg_rule_fn mlg_rule_unlinked_sectors;
mlg_rule_fn mlg_rule_departure; /* departure_rules.c */
mlg_rule_fn mlg_rule_held_ties;
mlg_rule_fn mlg_rule_turnover; /* turnover_rules.c */
mlg_rule_fn mlg_rule_restart;
mlg_rule_fn mlg_rule_vacant_posts; /* post_rules.c */
mlg_rule_fn mlg_rule_expiring_posts;
mlg_rule_fn mlg_rule_ending_schemes;
mlg_rule_fn mlg_rule_crossing; /* scale_rules.c */
mlg_rule_fn mlg_rule_uncovered;
mlg_rule_fn mlg_rule_referents;
mlg_rule_fn mlg_rule_main_town;
mlg_rule_fn mlg_rule_theme_scale; /* fit_rules.c */
mlg_rule_fn mlg_rule_moved_perimeter;
mlg_rule_fn mlg_rule_load; /* access_rules.c */
mlg_rule_fn mlg_rule_distance;
mlg_rule_fn mlg_rule_residents; /* scheme_rules.c */
mlg_rule_fn mlg_rule_triptych;
mlg_rule_fn mlg_rule_determinants;
mlg_rule_fn mlg_rule_single_funder;
mlg_rule_fn mlg_rule_residents_unclear;
mlg_rule_fn mlg_rule_triptych_unclear;
mlg_rule_fn mlg_rule_determinants_unclear;
mlg_rule_fn mlg_rule_conventions; /* workload_rules.c */
mlg_rule_fn mlg_rule_missions;
mlg_rule_fn mlg_rule_audience;
mlg_rule_fn mlg_rule_over_solicitation;
mlg_rule_fn mlg_rule_attachment;
mlg_rule_fn mlg_rule_levels; /* levels_rules.c */
mlg_rule_fn mlg_rule_reciprocity;
mlg_rule_fn mlg_rule_acquaintance;
mlg_rule_fn mlg_rule_communities;
mlg_rule_fn mlg_rule_lineage; /* governance_rules.c */
mlg_rule_fn mlg_rule_composition;
mlg_rule_fn mlg_rule_shared_body;
mlg_rule_fn mlg_rule_only_bridge;
mlg_rule_fn mlg_rule_key_players; /* players_rules.c */
mlg_rule_fn mlg_rule_next_table;  /* next_table.c */

#endif
