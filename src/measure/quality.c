/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/quality.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/context.h"

/* ---- faults -------------------------------------------------------------------- */

/* All faults of one kind. */
typedef struct fault_kind {
    mlg_text_key key;
    double count[2]; /* by severity */
    double places;   /* different files and columns */
} fault_kind;

static mlg_text_key key_of(const char *code)
{
    char name[128];
    snprintf(name, sizeof name, "fault_%s", code);
    const mlg_text_key key = mlg_text_find(name);
    return key != T_none ? key : mlg_text_find(code);
}

/* Errors first, then the most frequent, then by name. */
static int by_weight(const void *left, const void *right)
{
    const fault_kind *a = left, *b = right;
    const bool a_fatal = a->count[MLG_FATAL] > 0, b_fatal = b->count[MLG_FATAL] > 0;
    const double a_count = a->count[0] + a->count[1], b_count = b->count[0] + b->count[1];
    if (a_fatal != b_fatal) {
        return a_fatal ? -1 : 1;
    }
    if (a_count != b_count) {
        return a_count > b_count ? -1 : 1;
    }
    return strcmp(mlg_text_name(a->key), mlg_text_name(b->key));
}

/* `kinds` has room for each key of the table of texts; answers how many are used. */
static size_t count_kinds(const mlg_faults *faults, fault_kind *kinds)
{
    const size_t n_keys = (size_t) mlg_text_count(), groups = mlg_faults_groups(faults);
    size_t n = 0;

    for (size_t i = 0; i < groups; i++) {
        mlg_fault_view fault = {0};
        mlg_faults_get(faults, i, MLG_EN, false, &fault, NULL, 0);
        fault_kind *kind = &kinds[key_of(fault.code)];
        kind->count[fault.severity] += fault.count;
        kind->places++;
    }
    for (size_t key = 0; key < n_keys; key++) {
        if (kinds[key].places > 0) {
            fault_kind kind = kinds[key];
            kind.key = (mlg_text_key) key;
            kinds[n++] = kind;
        }
    }
    qsort(kinds, n, sizeof *kinds, by_weight);
    return n;
}

static mlg_status list_kinds(const fault_kind *kinds, size_t n, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "quality.faults", view, n, err);

    TRY_ALLOC(err, value);
    value->undefined = n > 0 ? T_none : T_why_no_fault; /* an empty list says why */
    mlg_id *subject = mlg_value_subjects(value);
    double *count = mlg_value_column_of(value, MLG_VALUE);
    double *errors = mlg_value_part_of(value, "errors");
    double *warnings = mlg_value_part_of(value, "warnings");
    double *places = mlg_value_part_of(value, "places");
    if (subject == NULL || count == NULL || errors == NULL || warnings == NULL || places == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "quality.faults: no memory for %zu kinds of fault", n);
    }
    for (size_t i = 0; i < n; i++) {
        subject[i] = kinds[i].key;
        errors[i] = kinds[i].count[MLG_FATAL];
        warnings[i] = kinds[i].count[MLG_WARNING];
        count[i] = errors[i] + warnings[i];
        places[i] = kinds[i].places;
    }
out:
    return status;
}

mlg_status mlg_quality_faults(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    fault_kind *kinds = NULL;

    if (context->model == NULL || context->model->faults == NULL) {
        return mlg_values_undefined(out, "quality.faults", view, T_why_no_rows, err);
    }
    kinds = mlg_zalloc((size_t) mlg_text_count(), sizeof *kinds);
    TRY_ALLOC(err, kinds);
    const size_t n = count_kinds(context->model->faults, kinds);
    TRY(list_kinds(kinds, n, view, out, err));
out:
    mlg_free(kinds);
    return status;
}

/* ---- completeness ---------------------------------------------------------------- */

/* One column of the schema with its figures. */
typedef struct column_fill {
    mlg_column column;
    double share;
    double part[3];
} column_fill;

static bool is_date_known(mlg_span span)
{
    return span.first != MLG_EVER_FIRST || span.last != MLG_EVER_LAST;
}

static bool is_filled(const mlg_model *model, mlg_column column, int32_t row)
{
    size_t n = 0;
    switch (mlg_schema_field(column)->type) {
    case MLG_TYPE_PARTIES:
    case MLG_TYPE_TERRITORIES:
    case MLG_TYPE_CODES:
    case MLG_TYPE_WORDS: /* the word `none` is an answer */
        mlg_get_list(model, column, row, &n);
        return n > 0 || mlg_list_is_none(model, column, row);
    case MLG_TYPE_NUMBER:
    case MLG_TYPE_AMOUNT:
    case MLG_TYPE_WEIGHT:
    case MLG_TYPE_SHARE:
        return !isnan(mlg_get_number(model, column, row));
    case MLG_TYPE_DATE:
        return is_date_known(mlg_get_span(model, column, row));
    default: /* stored as a number; and so is the word `vacant` */
        return mlg_get_id(model, column, row) != -1;
    }
}

/* Columns that measures need: listed even when no file has them. */
static bool is_useful(mlg_column column)
{
    static const mlg_column useful[] = {
        C_actors_sector,
        C_actors_kind,
        C_actors_organisation,
        C_ties_kind,
        C_ties_held_by,
        C_schemes_kind,
        C_schemes_territory,
        C_activities_schemes,
        C_activities_level,
        C_activities_themes,
        C_activities_territory,
        C_activities_start,
        C_participations_role,
        C_participations_date,
        C_participations_present,
        C_posts_person,
        C_posts_role,
        C_posts_scheme,
        C_posts_fte,
        C_posts_contract,
        C_posts_territory,
        C_posts_start,
        C_territories_population,
        C_territories_scale,
    };
    for (size_t i = 0; i < sizeof useful / sizeof *useful; i++) {
        if (useful[i] == column) {
            return true;
        }
    }
    return false;
}

/* An empty cell of these says something: no end known, the whole unit, no direction. Notes
 * and sources are never asked for. */
static bool may_be_empty(mlg_column column)
{
    const char *name = mlg_schema_field(column)->name;
    return strcmp(name, "end") == 0 || strcmp(name, "note") == 0 || strcmp(name, "source") == 0 ||
           column == C_perimeters_share || column == C_ties_directed;
}

static column_fill fill_of(const mlg_model *model, mlg_column column)
{
    const int32_t rows = model->rows[mlg_schema_field(column)->table].n;
    const bool present = model->data[column] != NULL;
    int32_t filled = 0;

    for (int32_t row = 0; present && row < rows; row++) {
        filled += is_filled(model, column, row);
    }
    return (column_fill){column, (double) filled / rows, {rows, filled, present}};
}

/* Appends columns as one vector, their figures as its parts. */
static mlg_status list_columns(const char *id, const char *const part[3], const column_fill *fills,
                               size_t n, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, n, err);
    double *figures[3];

    TRY_ALLOC(err, value);
    mlg_id *subject = mlg_value_subjects(value);
    double *share = mlg_value_column_of(value, MLG_VALUE);
    for (size_t k = 0; k < 3; k++) {
        figures[k] = mlg_value_part_of(value, part[k]);
    }
    if (subject == NULL || share == NULL || figures[0] == NULL || figures[1] == NULL ||
        figures[2] == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu columns", id, n);
    }
    for (size_t i = 0; i < n; i++) {
        subject[i] = fills[i].column;
        share[i] = fills[i].share;
        for (size_t k = 0; k < 3; k++) {
            figures[k][i] = fills[i].part[k];
        }
    }
out:
    return status;
}

mlg_status mlg_quality_coverage(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const parts[3] = {"rows", "filled", "present"};
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    size_t n = 0;
    column_fill *fills = mlg_alloc(C_COUNT, sizeof *fills);

    TRY_ALLOC(err, fills);
    for (mlg_column column = 0; model != NULL && column < C_COUNT; column++) {
        const mlg_table_id table = mlg_schema_field(column)->table;
        const bool asked = model->data[column] != NULL || is_useful(column);
        if (table != MLG_STUDY && table != MLG_ALIASES && model->rows[table].n > 0 && asked &&
            !may_be_empty(column)) {
            fills[n++] = fill_of(model, column);
        }
    }
    if (n == 0) {
        TRY(mlg_values_undefined(out, "quality.coverage", view, T_why_no_rows, err));
    } else {
        TRY(list_columns("quality.coverage", parts, fills, n, view, out, err));
    }
out:
    mlg_free(fills);
    return status;
}

/* ---- dates -------------------------------------------------------------------------- */

/* Where a table says when: its first day, and its last. */
typedef struct dated_table {
    mlg_table_id table;
    mlg_column start, end; /* C_NONE: it has none */
} dated_table;

/* When a participation was, its own date or else its activity's. */
static mlg_span start_of(const mlg_model *model, const dated_table *dated, int32_t row)
{
    const mlg_span own = mlg_get_span(model, dated->start, row);
    if (dated->table != MLG_PARTICIPATIONS || is_date_known(own)) {
        return own;
    }
    const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
    const int32_t there = activity >= 0 ? model->activity_row[activity] : -1;
    return there >= 0 ? mlg_get_span(model, C_activities_start, there) : own;
}

static column_fill dates_of(const mlg_model *model, const dated_table *dated)
{
    const int32_t rows = model->rows[dated->table].n;
    int32_t known = 0, exact = 0;

    for (int32_t row = 0; row < rows; row++) {
        const mlg_span start = start_of(model, dated, row);
        const bool ends =
            dated->end != C_NONE && is_date_known(mlg_get_span(model, dated->end, row));
        known += is_date_known(start) || ends;
        exact += is_date_known(start) && start.first == start.last;
    }
    return (column_fill){dated->start, (double) known / rows, {rows, known, exact}};
}

mlg_status mlg_quality_dates(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const parts[3] = {"rows", "dated", "to_the_day"};
    static const dated_table tables[] = {
        {MLG_ACTORS, C_actors_start, C_actors_end},
        {MLG_TIES, C_ties_start, C_ties_end},
        {MLG_SCHEMES, C_schemes_start, C_schemes_end},
        {MLG_ACTIVITIES, C_activities_start, C_activities_end},
        {MLG_PARTICIPATIONS, C_participations_date, C_NONE},
        {MLG_POSTS, C_posts_start, C_posts_end},
        {MLG_SITES, C_sites_start, C_sites_end},
        {MLG_FUNDING, C_funding_start, C_funding_end},
        {MLG_PERIMETERS, C_perimeters_start, C_perimeters_end},
    };
    enum { N_TABLES = sizeof tables / sizeof *tables };
    column_fill fills[N_TABLES];
    size_t n = 0;

    for (size_t i = 0; context->model != NULL && i < N_TABLES; i++) {
        if (context->model->rows[tables[i].table].n > 0) {
            fills[n++] = dates_of(context->model, &tables[i]);
        }
    }
    return n > 0 ? list_columns("quality.dates", parts, fills, n, view, out, err)
                 : mlg_values_undefined(out, "quality.dates", view, T_why_no_rows, err);
}
