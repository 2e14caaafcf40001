/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "maillage/version.h"
#include "measure/context.h"
#include "measure/turnover_law.h"
#include "report/document.h"
#include "report/output.h"

/* Pairs that an object holds at most: the top-ranked. A matrix is whole or nothing. */
enum { MAX_PAIRS = 1000 };

/* What is under way. Members that could not be made (jansson answers NULL when memory
 * is short) are swallowed, as a buffer does: check `failed` once, at the end. */
typedef struct maker {
    const mlg_results *results;
    bool failed;
} maker;

static void put(maker *m, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        m->failed = true;
    }
}

static void push(maker *m, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        m->failed = true;
    }
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value + 0.0) : json_null(); /* -0 is 0 */
}

static json_t *text(const char *value)
{
    return value != NULL && value[0] != '\0' ? json_string(value) : json_null();
}

static json_t *taken(mlg_buffer *buffer)
{
    json_t *value = buffer->failed ? NULL : json_string(mlg_buffer_string(buffer));
    mlg_buffer_free(buffer);
    return value;
}

static json_t *label(const maker *m, mlg_scope scope, mlg_id id)
{
    mlg_buffer buffer = {0};
    mlg_say_label(&buffer, m->results, m->results->labels.language, scope, id);
    return taken(&buffer);
}

static json_t *date(int32_t day, int32_t open)
{
    char written[16];
    int year = 0, month = 0, of_month = 0;

    if (day == open) {
        return json_null();
    }
    mlg_day_split(day, &year, &month, &of_month);
    snprintf(written, sizeof written, "%04d-%02d-%02d", year, month, of_month);
    return json_string(written);
}

/* ---- provenance and views --------------------------------------------------- */

static json_t *inputs(maker *m)
{
    const mlg_model *model = m->results->model;
    json_t *array = json_array();

    for (size_t i = 0; model != NULL && i < model->n_inputs; i++) {
        json_t *input = json_object();
        put(m, input, "file", json_string(model->inputs[i].file));
        put(m, input, "rows", json_integer(model->inputs[i].rows));
        put(m, input, "sha256", json_string(model->inputs[i].sha256));
        push(m, array, input);
    }
    return array;
}

static json_t *provenance(maker *m)
{
    const mlg_results *results = m->results;
    const mlg_model *model = results->model;
    json_t *object = json_object(), *options = json_object(), *study = json_object();

    put(m, options, "seed", json_integer((json_int_t) results->run->seed));
    put(m, options, "draws", json_integer(results->run->draws));
    put(m, options, "convention", text(results->run->convention));
    if (results->run->backbone != NULL) {
        put(m, options, "backbone", text(results->run->backbone));
    }
    const mlg_run usual = MLG_RUN_INIT;
    if (results->run->months != usual.months) {
        put(m, options, "months", json_integer(results->run->months));
    }
    if (results->run->budget != usual.budget) {
        put(m, options, "budget", json_integer(results->run->budget));
    }
    put(m, options, "force", json_boolean(results->run->force));
    put(m, options, "lang", json_string(results->labels.language == MLG_FR ? "fr" : "en"));
    put(m, options, "names", json_boolean(results->labels.names));
    put(m, study, "title", text(model != NULL ? mlg_model_title(model) : NULL));
    put(m, study, "date", date(model != NULL ? mlg_model_date(model) : MLG_NO_DATE, MLG_NO_DATE));
    put(m, study, "illustrative", json_boolean(model != NULL && mlg_model_illustrative(model)));
    if (model != NULL && !mlg_model_one_territory(model)) {
        put(m, study, "scope", json_string("not_one_territory"));
    }
    put(m, study, "sha256", text(model != NULL ? model->sha256 : NULL));

    put(m, object, "program", json_string("maillage"));
    put(m, object, "version", json_string(MLG_VERSION));
    put(m, object, "options", options);
    put(m, object, "study", study);
    put(m, object, "inputs", inputs(m));
    return object;
}

static json_t *in_both(maker *m, mlg_text_key key, const mlg_arg *args, size_t n);

/* ---- the scenario ------------------------------------------------------------ */

/* Does any value rest on the departure model? */
static bool has_scenario(const mlg_results *results)
{
    static const char family[] = "turnover.simulation.";
    bool found = false;
    for (size_t i = 0; results->model != NULL && i < results->values->n; i++) {
        const mlg_value *value = &results->values->items[i];
        found = found || (strncmp(value->measure->id, family, sizeof family - 1) == 0 &&
                          value->n > 0 && value->undefined == T_none);
    }
    return found;
}

static json_t *parameter(maker *m, const mlg_law *law, mlg_rate rate)
{
    static const char *const origins[] = {
        [MLG_ASSUMED] = "assumed", [MLG_STATED] = "stated", [MLG_ESTIMATED] = "estimated"};
    const mlg_model *model = m->results->model;
    const mlg_rate_row *row = &mlg_rate_rows()[rate];
    const bool known = law->low[rate] < law->high[rate];
    const int32_t at = law->row[rate];
    json_t *object = json_object();
    mlg_buffer place = {0};

    if (at >= 0) {
        mlg_buffer_format(&place, "%s:%d",
                          mlg_names_text(&model->files, model->rows[MLG_STUDY].file[at]),
                          (int) model->rows[MLG_STUDY].line[at]);
    }
    put(m, object, "parameter", json_string(row->key));
    put(m, object, "title", in_both(m, row->title, NULL, 0));
    put(m, object, "value", number(law->value[rate]));
    put(m, object, "low", known ? number(law->low[rate]) : json_null());
    put(m, object, "high", known ? number(law->high[rate]) : json_null());
    put(m, object, "origin", json_string(origins[law->origin[rate]]));
    put(m, object, "row", at >= 0 ? taken(&place) : json_null());
    put(m, object, "basis",
        law->origin[rate] == MLG_ASSUMED ? in_both(m, row->basis, NULL, 0) : json_null());
    return object;
}

/* Every number of the departure model, with where it comes from. */
static json_t *scenario(maker *m, const mlg_law *law)
{
    json_t *array = json_array();
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        push(m, array, parameter(m, law, (mlg_rate) rate));
    }
    return array;
}

static json_t *conditions(maker *m, const mlg_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->n_conditions; i++) {
        const mlg_condition *condition = &view->condition[i];
        json_t *object = json_object();
        put(m, object, "column",
            json_string(mlg_schema_field((mlg_column) condition->column)->name));
        put(m, object, "operation", json_string(condition->operation));
        put(m, object, "value", json_string(condition->value));
        push(m, array, object);
    }
    return array;
}

static json_t *count(size_t n)
{
    return json_integer((json_int_t) n);
}

/* What the graph is made of and what was left out on the way. */
static void put_facts(maker *m, json_t *object, const mlg_graph *graph)
{
    const mlg_graph_facts *facts = &graph->facts;
    json_t *left_out = json_object();

    put(m, object, "actors", json_integer(graph->n));
    put(m, object, "sectors", json_integer(graph->n_sectors));
    put(m, object, "ties", count(graph->n_ties));
    put(m, object, "directed", json_boolean(graph->directed));
    put(m, object, "activities", json_integer(graph->n_activities));
    put(m, object, "rows", count(facts->rows));
    put(m, object, "rows_undated", count(facts->rows_undated));
    put(m, object, "rows_presence_unknown", count(facts->rows_presence_unknown));
    put(m, object, "unknown_sector", count(facts->unknown_sector));
    put(m, left_out, "rows_outside", count(facts->rows_outside));
    put(m, left_out, "rows_absent", count(facts->rows_absent));
    put(m, left_out, "rows_member", count(facts->rows_member));
    put(m, left_out, "ties_inside", count(facts->ties_inside));
    put(m, left_out, "loops", count(facts->loops));
    put(m, left_out, "activities_single", count(facts->activities_single));
    put(m, object, "left_out", left_out);
}

static json_t *view_object(maker *m, int32_t index)
{
    static const char *const by[] = {"organisation", "actor", "service", "sector", "scheme"};
    static const char *const projections[] = {"newman", "count", "jaccard"};
    const mlg_view *view = mlg_context_view(m->results->context, index);
    const mlg_model *model = m->results->model;
    const bool two_mode = view->source == MLG_FROM_PARTICIPATIONS;
    json_t *object = json_object();

    put(m, object, "id", json_string(view->id));
    put(m, object, "source", json_string(two_mode ? "participations" : "ties"));
    put(m, object, "by", json_string(by[view->by]));
    put(m, object, "from", date(view->from, MLG_EVER_FIRST));
    put(m, object, "to", date(view->to, MLG_EVER_LAST));
    put(m, object, "kind",
        view->kind >= 0 && model != NULL
            ? json_string(mlg_code_text(model, MLG_V_tie_kind, view->kind))
            : json_null());
    put(m, object, "projection",
        two_mode ? json_string(projections[view->projection]) : json_null());
    put(m, object, "where", conditions(m, view));
    put_facts(m, object, mlg_context_graph(m->results->context, index));
    return object;
}

/* ---- measures --------------------------------------------------------------- */

static const char *view_id(const maker *m, int32_t view)
{
    return view >= 0 ? mlg_context_view(m->results->context, view)->id : NULL;
}

static json_t *cell(const mlg_value *value, mlg_value_column column)
{
    return value->column[column] != NULL && value->n > 0 ? number(value->column[column][0])
                                                         : json_null();
}

static json_t *bounds(maker *m, const mlg_value *value)
{
    if (value->column[MLG_MIN] == NULL && value->column[MLG_MAX] == NULL) {
        return json_null();
    }
    json_t *pair = json_array();
    push(m, pair, cell(value, MLG_MIN));
    push(m, pair, cell(value, MLG_MAX));
    return pair;
}

static json_t *reason(mlg_text_key key)
{
    return text(mlg_reason_code(key));
}

/* The words that say how a value came about. */
static void put_words(maker *m, json_t *object, const mlg_value *value)
{
    put(m, object, "draws",
        value->p_method != NULL || value->draws > 0 ? json_integer(value->draws) : json_null());
    put(m, object, "null", text(value->null_model));
    put(m, object, "convention", text(value->convention));
    put(m, object, "weight", text(value->weight));
    put(m, object, "undefined", reason(value->undefined));
    put(m, object, "p_method", text(value->p_method));
    put(m, object, "caution", reason(value->caution));
}

static json_t *scalar(maker *m, const mlg_value *value)
{
    json_t *object = json_object();

    put(m, object, "id", json_string(value->measure->id));
    put(m, object, "view", text(view_id(m, value->view)));
    put(m, object, "scope", json_string(mlg_scope_name(value->scope)));
    put(m, object, "subject", json_null());
    put(m, object, "value", cell(value, MLG_VALUE));
    put(m, object, "expected", cell(value, MLG_EXPECTED));
    put(m, object, "sd", cell(value, MLG_SD));
    put(m, object, "low", cell(value, MLG_LOW));
    put(m, object, "high", cell(value, MLG_HIGH));
    put(m, object, "bounds", bounds(m, value));
    put(m, object, "z", cell(value, MLG_Z));
    put(m, object, "p", cell(value, MLG_P));
    put(m, object, "tail", text(value->tail));
    put(m, object, "p_two", cell(value, MLG_P_TWO));
    put_words(m, object, value);
    if (value->n_parts > 0) {
        json_t *parts = json_object();
        for (size_t i = 0; i < value->n_parts; i++) {
            put(m, parts, value->part[i].name,
                value->n > 0 ? number(value->part[i].values[0]) : json_null());
        }
        put(m, object, "parts", parts);
    }
    return object;
}

static json_t *numbers(maker *m, const double *values, size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n && !m->failed; i++) {
        push(m, array, number(values[i]));
    }
    return array;
}

static json_t *subjects(maker *m, const mlg_value *value, size_t n, bool pairs)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n && value->subject != NULL && !m->failed; i++) {
        if (pairs) {
            json_t *pair = json_array();
            push(m, pair, label(m, value->scope, value->subject[2 * i]));
            push(m, pair, label(m, value->scope, value->subject[2 * i + 1]));
            push(m, array, pair);
        } else {
            push(m, array, label(m, value->scope, value->subject[i]));
        }
    }
    return array;
}

static json_t *columns(maker *m, const mlg_value *value)
{
    const bool pairs = value->shape == MLG_PAIRS || value->shape == MLG_MATRIX;
    const size_t n = value->shape == MLG_PAIRS && value->n > MAX_PAIRS ? MAX_PAIRS : value->n;
    json_t *object = json_object(), *parts = json_object();

    put(m, object, "id", json_string(value->measure->id));
    put(m, object, "view", text(view_id(m, value->view)));
    put(m, object, "scope", json_string(pairs ? "pair" : mlg_scope_name(value->scope)));
    if (pairs) {
        put(m, object, "of", json_string(mlg_scope_name(value->scope)));
    }
    put(m, object, "tail", text(value->tail));
    put_words(m, object, value);
    if (pairs) {
        put(m, object, "total", count(value->total));
    }
    if (value->shape != MLG_CURVE) {
        put(m, object, "subjects", subjects(m, value, n, pairs));
    }
    for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        if (value->column[c] != NULL) {
            put(m, object, c == MLG_VALUE ? "values" : mlg_value_column_name((mlg_value_column) c),
                numbers(m, value->column[c], n));
        } else if (c == MLG_VALUE) {
            put(m, object, "values", json_array());
        }
    }
    for (size_t i = 0; i < value->n_parts; i++) {
        put(m, parts, value->part[i].name, numbers(m, value->part[i].values, n));
    }
    put(m, object, "parts", parts);
    return object;
}

/* ---- findings --------------------------------------------------------------- */

static json_t *in_both(maker *m, mlg_text_key key, const mlg_arg *args, size_t n)
{
    static const char *const codes[MLG_N_LANGUAGES] = {"fr", "en"};
    json_t *object = json_object();

    for (int language = 0; language < MLG_N_LANGUAGES; language++) {
        mlg_buffer buffer = {0};
        mlg_say(&buffer, m->results, (mlg_language) language, key, args, n);
        put(m, object, codes[language], taken(&buffer));
    }
    return object;
}

static json_t *evidence(maker *m, const mlg_finding *finding)
{
    json_t *object = json_object(), *measures = json_array(), *rows = json_array();

    for (size_t i = 0; i < finding->n_measures; i++) {
        push(m, measures, json_string(finding->measures[i]));
    }
    for (size_t i = 0; i < finding->n_rows; i++) {
        mlg_buffer row = {0};
        mlg_buffer_format(&row, "%s:%d", finding->rows[i].file, (int) finding->rows[i].line);
        push(m, rows, taken(&row));
    }
    put(m, object, "measures", measures);
    put(m, object, "view", text(view_id(m, finding->view)));
    put(m, object, "rows", rows);
    put(m, object, "rows_total", count(finding->rows_total));
    return object;
}

static json_t *finding_object(maker *m, const mlg_finding *finding)
{
    json_t *object = json_object(), *about = json_array(), *limits = json_array();
    json_t *lever = json_null();

    for (size_t i = 0; i < finding->n_subjects; i++) {
        push(m, about, label(m, finding->subject_scope[i], finding->subject[i]));
    }
    for (size_t i = 0; i < finding->n_limits; i++) {
        push(m, limits, in_both(m, finding->limits[i], NULL, 0));
    }
    if (finding->lever != T_none) {
        lever = in_both(m, finding->lever, NULL, 0);
        put(m, lever, "source", text(finding->lever_source));
    }
    put(m, object, "kind", json_string(finding->kind));
    put(m, object, "severity", json_string(mlg_level_name(finding->level)));
    put(m, object, "subjects", about);
    put(m, object, "text", in_both(m, finding->text, finding->args, finding->n_args));
    put(m, object, "evidence", evidence(m, finding));
    put(m, object, "lever", lever);
    put(m, object, "limits", limits);
    return object;
}

/* ---- writing ---------------------------------------------------------------- */

static int take(const char *bytes, size_t length, void *buffer)
{
    mlg_buffer_bytes(buffer, bytes, length);
    return 0;
}

/* Writes one member after `before`, and lets it go. */
static mlg_status write_member(maker *m, mlg_buffer *ready, const char *before, json_t *member,
                               FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    mlg_buffer_text(ready, before);
    if (member == NULL || m->failed ||
        json_dump_callback(member, take, ready, JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY) != 0) {
        FAIL(err, MLG_ENOMEM, "out of memory for the JSON output");
    }
    TRY(mlg_flush_some(ready, out, err));
out:
    json_decref(member);
    return status;
}

static const char *separator(size_t i)
{
    return i == 0 ? "\n" : ",\n";
}

/* What the simulation goes by, where one was asked for. */
static mlg_status write_scenario(maker *m, mlg_buffer *ready, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_law law;

    if (has_scenario(m->results)) {
        TRY(mlg_law_of(m->results->model, &law, err));
        TRY(write_member(m, ready, ",\n\"scenario\": ", scenario(m, &law), out, err));
    }
out:
    return status;
}

mlg_status mlg_json_write(const mlg_results *results, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer ready = {0};
    maker m = {.results = results};
    const size_t n_views = mlg_context_views(results->context);
    const mlg_values *values = results->values;
    const mlg_findings *findings = results->findings;

    TRY(write_member(&m, &ready, "{\"provenance\": ", provenance(&m), out, err));
    TRY(write_scenario(&m, &ready, out, err));
    mlg_buffer_text(&ready, ",\n\"views\": [");
    for (size_t i = 0; i < n_views; i++) {
        TRY(write_member(&m, &ready, separator(i), view_object(&m, (int32_t) i), out, err));
    }
    mlg_buffer_text(&ready, "],\n\"measures\": [");
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        json_t *member = value->shape == MLG_SCALAR ? scalar(&m, value) : columns(&m, value);
        TRY(write_member(&m, &ready, separator(i), member, out, err));
    }
    mlg_buffer_text(&ready, "],\n\"findings\": [");
    for (size_t i = 0; findings != NULL && i < findings->n; i++) {
        TRY(write_member(&m, &ready, separator(i), finding_object(&m, &findings->items[i]), out,
                         err));
    }
    mlg_buffer_text(&ready, "]}\n");
    TRY(mlg_flush(&ready, out, err));
out:
    mlg_buffer_free(&ready);
    return status;
}
