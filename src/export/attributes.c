/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "export/network.h"
#include "maillage/version.h"

/* ---- labels ------------------------------------------------------------------ */

static void put_label(mlg_buffer *out, const mlg_network *network, mlg_scope scope, mlg_id id)
{
    char small[256];
    const size_t length =
        mlg_label(network->model, &network->labels, scope, id, small, sizeof small);
    char *large = NULL;

    if (length < sizeof small) {
        mlg_buffer_bytes(out, small, length);
        return;
    }
    large = mlg_alloc(length + 1, 1);
    if (large == NULL) {
        out->failed = true;
        return;
    }
    mlg_label(network->model, &network->labels, scope, id, large, length + 1);
    mlg_buffer_bytes(out, large, length);
    mlg_free(large);
}

static void put_bool(mlg_buffer *out, bool value)
{
    mlg_buffer_text(out, value ? "true" : "false");
}

/* The party behind a point, or -1: an activity, a sector. */
static mlg_id party_of(const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    return point < graph->n && graph->scope != MLG_SCOPE_SECTOR ? graph->subject[point] : -1;
}

/* The model's activity behind a point, or -1. */
static mlg_id activity_of(const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    return point >= graph->n ? graph->activity[point - graph->n] : -1;
}

static bool is_person(const mlg_network *network, int32_t point)
{
    const mlg_id party = party_of(network, point);
    return party >= 0 && (network->model->party_kind[party] == MLG_KIND_PERSON ||
                          network->model->party_pseudonym[party] > 0);
}

/* Row of actors.csv whose cells may be told. Who employs a person, and where, says who it
 * is: a pseudonym keeps its sector only. */
static int32_t open_row_of(const mlg_network *network, int32_t point)
{
    const mlg_id party = party_of(network, point);
    if (party < 0) {
        return -1;
    }
    const bool person = is_person(network, point);
    return person && !network->labels.names ? -1 : network->model->party_actor_row[party];
}

/* ---- points ------------------------------------------------------------------ */

static void put_name(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    if (point < graph->n) {
        put_label(out, network, graph->scope, graph->subject[point]);
    } else {
        put_label(out, network, MLG_SCOPE_ACTIVITY, activity_of(network, point));
    }
}

/* The id of the user's own table, to join back to it; no person's, which may be a name. */
static void put_table_id(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    const mlg_id party = party_of(network, point), activity = activity_of(network, point);
    if (activity >= 0) {
        mlg_buffer_text(out, mlg_names_text(&network->model->activities, activity));
    } else if (party < 0) {
        mlg_buffer_text(out, mlg_code_text(network->model, MLG_V_sector, graph->subject[point]));
    } else if (network->labels.names || !is_person(network, point)) {
        mlg_buffer_text(out, mlg_names_text(&network->model->parties, party));
    }
}

static void put_type(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    put_bool(out, point >= network->graph->n);
}

static void put_kind(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_id party = party_of(network, point);
    if (party < 0) {
        mlg_buffer_text(out, point < network->graph->n ? "sector" : "activity");
        return;
    }
    const mlg_kind kind = network->model->party_kind[party];
    mlg_buffer_text(out, kind == MLG_KIND_POST ? "post"
                         : kind == MLG_KIND_SCHEME
                             ? "scheme"
                             : mlg_code_text(network->model, MLG_V_actor_kind, (int32_t) kind));
}

static void put_sector(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    if (point < graph->n && graph->sector[point] >= 0) {
        put_label(out, network, MLG_SCOPE_SECTOR, graph->sector_code[graph->sector[point]]);
    }
}

static void put_sector_code(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    if (point < graph->n && graph->sector[point] >= 0) {
        mlg_buffer_text(out, mlg_code_text(network->model, MLG_V_sector,
                                           graph->sector_code[graph->sector[point]]));
    }
}

/* All of them, the first one first. */
static void put_sectors(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    put_sector(out, network, point);
    if (point >= graph->n || graph->sector_set.n == 0) {
        return;
    }
    for (uint32_t i = graph->sector_set.offset[point]; i < graph->sector_set.offset[point + 1];
         i++) {
        if (graph->sector_set.target[i] != graph->sector[point]) {
            mlg_buffer_char(out, '|');
            put_label(out, network, MLG_SCOPE_SECTOR,
                      graph->sector_code[graph->sector_set.target[i]]);
        }
    }
}

static void put_code(mlg_buffer *out, const mlg_network *network, mlg_column column,
                     mlg_list_id list, int32_t row)
{
    const int32_t code = row >= 0 ? mlg_get_id(network->model, column, row) : -1;
    if (code >= 0) {
        mlg_buffer_text(out, mlg_code_text(network->model, list, code));
    }
}

static int32_t activity_row(const mlg_network *network, int32_t point)
{
    const mlg_id activity = activity_of(network, point);
    return activity >= 0 ? network->model->activity_row[activity] : -1;
}

static void put_level(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    put_code(out, network, C_actors_level, MLG_V_actor_level, open_row_of(network, point));
    put_code(out, network, C_activities_level, MLG_V_level, activity_row(network, point));
}

static void put_activity_kind(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    put_code(out, network, C_activities_kind, MLG_V_activity_kind, activity_row(network, point));
}

static void put_institution(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    put_code(out, network, C_actors_institution, MLG_V_institution, open_row_of(network, point));
}

static void put_organisation(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const int32_t row = open_row_of(network, point);
    const mlg_id party = row >= 0 ? mlg_get_id(network->model, C_actors_organisation, row) : -1;
    if (party >= 0) {
        put_label(out, network, MLG_SCOPE_ACTOR, party);
    }
}

static void put_territory(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const int32_t row = open_row_of(network, point);
    const mlg_id territory = row >= 0 ? mlg_get_id(network->model, C_actors_territory, row) : -1;
    if (territory >= 0) {
        put_label(out, network, MLG_SCOPE_TERRITORY, territory);
    }
}

static void put_listed(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_id party = party_of(network, point);
    if (party >= 0) {
        put_bool(out, (network->model->party_flags[party] & MLG_IS_LISTED) != 0);
    } else if (point >= network->graph->n) {
        put_bool(out, activity_row(network, point) >= 0);
    }
}

static void put_degree(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const mlg_graph *graph = network->graph;
    const mlg_csr *csr = !network->two_mode ? &graph->ties
                         : point < graph->n ? &graph->attends
                                            : &graph->attended;
    mlg_buffer_format(out, "%u",
                      (unsigned) mlg_csr_degree(csr, point < graph->n ? point : point - graph->n));
}

const mlg_point_attribute mlg_point_attributes[] = {
    {"name", MLG_ATTRIBUTE_TEXT, put_name, false},
    {"table_id", MLG_ATTRIBUTE_TEXT, put_table_id, false},
    {"type", MLG_ATTRIBUTE_BOOL, put_type, true},
    {"kind", MLG_ATTRIBUTE_TEXT, put_kind, false},
    {"activity_kind", MLG_ATTRIBUTE_TEXT, put_activity_kind, true},
    {"sector", MLG_ATTRIBUTE_TEXT, put_sector, false},
    {"sector_code", MLG_ATTRIBUTE_TEXT, put_sector_code, false},
    {"sectors", MLG_ATTRIBUTE_TEXT, put_sectors, false},
    {"level", MLG_ATTRIBUTE_TEXT, put_level, false},
    {"institution", MLG_ATTRIBUTE_TEXT, put_institution, false},
    {"organisation", MLG_ATTRIBUTE_TEXT, put_organisation, false},
    {"territory", MLG_ATTRIBUTE_TEXT, put_territory, false},
    {"listed", MLG_ATTRIBUTE_BOOL, put_listed, false},
    {"degree", MLG_ATTRIBUTE_COUNT, put_degree, false},
    {NULL, MLG_ATTRIBUTE_TEXT, NULL, false},
};

/* ---- ties -------------------------------------------------------------------- */

static bool always(const mlg_network *network)
{
    (void) network;
    return true;
}

static bool is_weighted(const mlg_network *network)
{
    return network->weighted;
}

static bool is_projected(const mlg_network *network)
{
    return network->projected;
}

static bool has_kinds(const mlg_network *network)
{
    return network->kind != NULL;
}

static void put_weight(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie)
{
    const double *weight = network->ties->weight;
    mlg_buffer_number(out, weight != NULL ? weight[tie->entry] : 1.0);
}

static void put_tie_kind(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie)
{
    if (network->kind[tie->entry] >= 0) {
        mlg_buffer_text(out,
                        mlg_code_text(network->model, MLG_V_tie_kind, network->kind[tie->entry]));
    }
}

static void put_shared(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie)
{
    mlg_buffer_format(out, "%u", (unsigned) network->shared[tie->entry]);
}

static void put_rows(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie)
{
    mlg_buffer_format(out, "%u", (unsigned) network->rows[tie->entry]);
}

const mlg_tie_attribute mlg_tie_attributes[] = {
    {"weight", MLG_ATTRIBUTE_NUMBER, put_weight, is_weighted},
    {"kind", MLG_ATTRIBUTE_TEXT, put_tie_kind, has_kinds},
    {"activities", MLG_ATTRIBUTE_COUNT, put_shared, is_projected},
    {"rows", MLG_ATTRIBUTE_COUNT, put_rows, always},
    {NULL, MLG_ATTRIBUTE_TEXT, NULL, NULL},
};

/* ---- the network as a whole -------------------------------------------------- */

static void put_program(mlg_buffer *out, const mlg_network *network)
{
    (void) network;
    mlg_buffer_text(out, "maillage " MLG_VERSION);
}

static void put_title(mlg_buffer *out, const mlg_network *network)
{
    mlg_buffer_text(out, mlg_model_title(network->model));
}

static void put_study(mlg_buffer *out, const mlg_network *network)
{
    mlg_buffer_text(out, network->model->sha256);
}

/* The study's own word on itself: rows made up to show something. */
static void put_illustrative(mlg_buffer *out, const mlg_network *network)
{
    const char *said = mlg_study_setting(network->model, "illustrative");
    said = said != NULL ? said : mlg_study_setting(network->model, "illustratif");
    mlg_buffer_text(out, said != NULL ? said : "");
}

static void put_view(mlg_buffer *out, const mlg_network *network)
{
    mlg_buffer_text(out, network->graph->view.id);
}

static void put_conditions(mlg_buffer *out, const mlg_network *network)
{
    const mlg_view *view = &network->graph->view;
    for (size_t i = 0; i < view->n_conditions; i++) {
        const mlg_field *field = mlg_schema_field((mlg_column) view->condition[i].column);
        const bool may_name = (field->flags & MLG_PRIVATE) != 0 && !network->labels.names;
        mlg_buffer_text(out, i > 0 ? " | " : "");
        mlg_buffer_text(out, field->name);
        mlg_buffer_text(out, view->condition[i].operation);
        mlg_buffer_text(out, may_name ? "..." : view->condition[i].value);
    }
}

static void put_by(mlg_buffer *out, const mlg_network *network)
{
    static const char *const names[] = {
        [MLG_BY_ORGANISATION] = "organisation",
        [MLG_BY_ACTOR] = "actor",
        [MLG_BY_SERVICE] = "service",
        [MLG_BY_SECTOR] = "sector",
        [MLG_BY_SCHEME] = "scheme",
    };
    mlg_buffer_text(out, names[network->graph->view.by]);
}

static void put_day(mlg_buffer *out, int32_t day)
{
    int year = 0, month = 0, of_month = 0;
    mlg_day_split(day, &year, &month, &of_month);
    mlg_buffer_format(out, "%04d-%02d-%02d", year, month, of_month);
}

static void put_from(mlg_buffer *out, const mlg_network *network)
{
    if (network->graph->view.from != MLG_EVER_FIRST) {
        put_day(out, network->graph->view.from);
    }
}

static void put_to(mlg_buffer *out, const mlg_network *network)
{
    if (network->graph->view.to != MLG_EVER_LAST) {
        put_day(out, network->graph->view.to);
    }
}

static void put_directed(mlg_buffer *out, const mlg_network *network)
{
    put_bool(out, network->directed);
}

static void put_modes(mlg_buffer *out, const mlg_network *network)
{
    mlg_buffer_char(out, network->two_mode ? '2' : '1');
}

static void put_tie_kind_of_all(mlg_buffer *out, const mlg_network *network)
{
    if (network->graph->view.kind >= 0) {
        mlg_buffer_text(out,
                        mlg_code_text(network->model, MLG_V_tie_kind, network->graph->view.kind));
    }
}

static const char *const projections[] = {
    [MLG_PROJECT_NEWMAN] = "newman: sum over shared activities of k actors of 1/(k-1)",
    [MLG_PROJECT_COUNT] = "count: number of shared activities",
    [MLG_PROJECT_JACCARD] = "jaccard: activities shared by both over those of either",
};

static void put_weighting(mlg_buffer *out, const mlg_network *network)
{
    if (network->projected) {
        mlg_buffer_text(out, projections[network->graph->view.projection]);
    } else {
        mlg_buffer_text(out, network->weighted ? "strength: as the study gives it, larger of "
                                                 "several rows"
                                               : "none");
    }
}

static void put_persons(mlg_buffer *out, const mlg_network *network)
{
    mlg_buffer_text(out, network->labels.names ? "names" : "pseudonyms");
}

static void put_note(mlg_buffer *out, const mlg_network *network)
{
    bool some_person = false;
    for (int32_t v = 0; v < network->graph->n && !some_person; v++) {
        some_person = is_person(network, v);
    }
    if (some_person) {
        mlg_buffer_text(out, mlg_text(network->labels.language,
                                      network->labels.names ? T_export_names : T_methods_persons));
    }
}

const mlg_about mlg_abouts[] = {
    {"program", put_program},
    {"title", put_title},
    {"study", put_study},
    {"illustrative", put_illustrative},
    {"view", put_view},
    {"conditions", put_conditions},
    {"tie_kind", put_tie_kind_of_all},
    {"by", put_by},
    {"from", put_from},
    {"to", put_to},
    {"directed", put_directed},
    {"modes", put_modes},
    {"weights", put_weighting},
    {"persons", put_persons},
    {"note", put_note},
    {NULL, NULL},
};
