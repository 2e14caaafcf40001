/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_SECTION_H
#define MLG_REPORT_SECTION_H

#include "measure/context.h"
#include "report/document.h"

/* At most so many findings are told on the page's first screen. */
enum { MLG_FIRST_FINDINGS = 7 };

/* One section of the report: a row of the table in sections.c. */
typedef struct mlg_section_row {
    const char *id;
    mlg_text_key title;
    bool (*has)(const mlg_results *results); /* NULL: always */
    mlg_text_key unlock; /* said when it has nothing: the table that would unlock it */
    void (*build)(mlg_document *document);
} mlg_section_row;

/* The table, ended by a row without an id, in the order of the page. */
const mlg_section_row *mlg_sections(void);

/* Subject, facts and banner of the page (masthead.c). */
void mlg_document_masthead(mlg_document *document);

/* Builders, by file. */
void mlg_section_findings(mlg_document *document); /* section_findings.c */
void mlg_section_more(mlg_document *document);
void mlg_section_quality(mlg_document *document);     /* section_quality.c */
void mlg_section_limits(mlg_document *document);      /* section_limits.c */
void mlg_section_network(mlg_document *document);     /* section_network.c */
void mlg_section_positions(mlg_document *document);   /* section_positions.c */
void mlg_section_silos(mlg_document *document);       /* section_silos.c */
void mlg_section_levels(mlg_document *document);      /* section_levels.c */
void mlg_section_brokers(mlg_document *document);     /* section_brokers.c */
void mlg_section_activities(mlg_document *document);  /* section_activities.c */
void mlg_section_gaps(mlg_document *document);        /* section_gaps.c */
void mlg_section_dependence(mlg_document *document);  /* section_dependence.c */
void mlg_section_leave(mlg_document *document);       /* section_leave.c */
void mlg_section_turnover(mlg_document *document);    /* section_turnover.c */
void mlg_section_schemes(mlg_document *document);     /* section_schemes.c */
void mlg_section_territories(mlg_document *document); /* section_territories.c */
void mlg_section_methods(mlg_document *document);     /* section_methods.c */
void mlg_section_glossary(mlg_document *document);
void mlg_section_provenance(mlg_document *document); /* section_provenance.c */
void mlg_section_missing(mlg_document *document);    /* sections.c */

/* Parts of a section that have a file of their own. */
void mlg_part_silo_indices(mlg_document *document); /* silos: part_silo_indices.c */
void mlg_part_communities(mlg_document *document);  /* silos: part_communities.c */
void mlg_part_meetings(mlg_document *document);     /* activities and gaps: part_meetings.c */
void mlg_part_seats(mlg_document *document);        /* gaps: part_seats.c */
void mlg_part_removals_of(mlg_document *document, int32_t view); /* dependence: part_removals.c */
void mlg_part_removals(mlg_document *document);                  /* of all views */
void mlg_part_fit(mlg_document *document);                       /* territories: part_fit.c */
void mlg_part_overlap(mlg_document *document);                   /* territories: part_overlap.c */
void mlg_part_access(mlg_document *document);                    /* territories: part_access.c */
void mlg_part_missing(mlg_document *document);                   /* gaps: part_missing.c */
void mlg_part_governance(mlg_document *document);                /* schemes: part_governance.c */
void mlg_part_workload(mlg_document *document);                  /* schemes: part_workload.c */
void mlg_part_players(mlg_document *document);                   /* dependence: part_players.c */
void mlg_part_coordination(mlg_document *document); /* dependence: part_coordination.c */
void mlg_part_competences(mlg_document *document);  /* levels: part_competences.c */
void mlg_part_robustness(mlg_document *document);   /* turnover: part_robustness.c */
void mlg_part_simulation(mlg_document *document);   /* turnover: part_simulation.c */
void mlg_part_waves(mlg_document *document);        /* turnover: part_waves.c */
void mlg_part_untied(mlg_document *document,
                     int32_t view); /* dependence, turnover: part_untied.c */
/* Actors of a view without a tie of the period. */
int32_t mlg_section_untied(const mlg_graph *graph);
void mlg_part_mitigation(mlg_document *document); /* turnover: part_mitigation.c */

/* ---- what the builders share (section.c) --------------------------------------- */

/* The value of a measure on a view by shape and convention (NULL: any), or NULL. */
const mlg_value *mlg_section_value(const mlg_results *results, const char *id, int32_t view,
                                   mlg_shape shape, const char *convention);
/* One number of it; NaN when it is not there. */
double mlg_section_number(const mlg_value *value, mlg_value_column column, size_t row);
double mlg_section_part(const mlg_value *value, const char *part, size_t row);
/* Are the units of the study communes, all of them? Then the page calls them so. */
bool mlg_section_in_communes(const mlg_results *results);
/* As many decimals as a reader can use: counts none, small numbers three. */
mlg_arg mlg_section_plain(double value);
/* A number of a value as a cell, with the value's reason when it is NaN. */
mlg_cell mlg_section_cell(const mlg_value *value, mlg_value_column column, size_t row);
mlg_cell mlg_section_count(double count);
mlg_cell mlg_section_share(double share);
mlg_cell mlg_section_p(double p);
/* A count of inhabitants of which some units' are not known: "at least 1,200"; n/a when none is. */
mlg_cell mlg_section_at_least(mlg_document *document, double people, double unknown);
/* A text's cell; the label of a subject. */
mlg_cell mlg_section_key(mlg_text_key key);
mlg_cell mlg_section_label(mlg_scope scope, mlg_id id);
/* Name of a view in the report's language, kept by the document. */
mlg_arg mlg_section_view(mlg_document *document, int32_t view);
/* Views whose details the page shows: not those by kind of tie or named in study.csv, beside
 * their sum; their figures stand in the tables that compare views, and in the files. */
bool mlg_section_shows(const mlg_results *results, int32_t view);
/* A column of views, on the page where there are several. */
mlg_heading mlg_section_view_head(const mlg_results *results);
/* Key of a measure's column head ("title_silo_ei") or question. */
mlg_text_key mlg_section_title(const char *measure);
/* What the codes of a measure stand for, or T_none: its values are numbers. */
mlg_text_key mlg_section_legend(const char *measure);
/* Rows of a list by a column or part, largest first, equal ones by row; NaN last.
 * [n] made by the arena; NULL when memory is short (the document says so). */
size_t *mlg_section_order(mlg_document *document, const double *by, const double *then, size_t n);

static inline int32_t mlg_section_views(const mlg_results *results)
{
    return (int32_t) mlg_context_views(results->context);
}

/* A heading of a table: name of the CSV column, and its title's text. */
static inline mlg_heading mlg_head(const char *name, mlg_text_key title)
{
    return (mlg_heading){name, mlg_arg_key(title), MLG_EVERYWHERE};
}

static inline mlg_heading mlg_head_file(const char *name)
{
    return (mlg_heading){name, mlg_arg_key(T_none), MLG_FILE_ONLY};
}

#endif
