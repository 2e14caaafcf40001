/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/plan.h"

#include <math.h>
#include <stdio.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/paste.h"

enum {
    MAX_FIELDS = 32, /* columns of a table of the schema */
    NAME = 160,
    NOT_THERE = -1,
    CONSTANT = -2,
};

/* Where each field of the plan's table comes from. */
typedef struct layout {
    mlg_column first;
    int n;
    int32_t cell[MAX_FIELDS];         /* index of a header, CONSTANT or NOT_THERE */
    int32_t second[MAX_FIELDS];       /* another header for the same field, or NOT_THERE */
    const mlg_rule *rule[MAX_FIELDS]; /* study.csv's, or NULL */
    bool reversed[MAX_FIELDS];
    double from[MAX_FIELDS];
} layout;

static int32_t find_header(const mlg_header *header, const char *name)
{
    for (int32_t i = 0; i < header->n; i++) {
        if (strcmp(header->text[i], name) == 0) {
            return i;
        }
    }
    for (int32_t i = 0; i < header->n; i++) {
        if (mlg_same_header(header->text[i], strlen(header->text[i]), name)) {
            return i;
        }
    }
    return NOT_THERE;
}

static bool is_number(mlg_type type)
{
    return type == MLG_TYPE_NUMBER || type == MLG_TYPE_AMOUNT || type == MLG_TYPE_WEIGHT ||
           type == MLG_TYPE_SHARE;
}

/* "5-frequency": the scale's end less the column. A header of that very name wins. */
static bool cut_reversal(const char *value, double *from, const char **column)
{
    mlg_number number;
    char digits[32];
    const size_t length = strspn(value, "0123456789.,");
    const char *at = value + length + strspn(value + length, " ");

    if (length == 0 || length >= sizeof digits || *at != '-') {
        return false;
    }
    snprintf(digits, sizeof digits, "%.*s", (int) length, value);
    *column = at + 1 + strspn(at + 1, " ");
    if (**column == '\0' || mlg_number_cell(digits, length, &number) != T_none) {
        return false;
    }
    *from = number.value;
    return true;
}

static void lay_rule(const mlg_header *header, const mlg_rule *rule, layout *out)
{
    const int i = (int) (rule->field - out->first);
    const char *column = NULL;
    out->rule[i] = rule;
    if (rule->kind == MLG_RULE_CONSTANT) {
        out->cell[i] = CONSTANT;
        return;
    }
    out->cell[i] = find_header(header, rule->value);
    if (out->cell[i] == NOT_THERE && cut_reversal(rule->value, &out->from[i], &column)) {
        out->cell[i] = find_header(header, column);
        out->reversed[i] = out->cell[i] != NOT_THERE;
    }
}

/* Explicit columns first; a header they use feeds nothing else. Of two headers for one
 * field the canonical name wins over an alias. */
static void lay_out(const mlg_plan *plan, const mlg_header *header, layout *out)
{
    mlg_column end = 0;
    *out = (layout){0};
    mlg_schema_columns(plan->table, &out->first, &end);
    out->n = (int) (end - out->first);
    for (int i = 0; i < out->n; i++) {
        out->cell[i] = out->second[i] = NOT_THERE;
    }
    for (size_t i = 0; plan->block != NULL && i < plan->block->n_rules; i++) {
        const mlg_rule *rule = &plan->block->rules[i];
        if (rule->kind == MLG_RULE_COLUMN || rule->kind == MLG_RULE_CONSTANT) {
            lay_rule(header, rule, out);
        }
    }
    for (int32_t k = 0; k < header->n; k++) {
        bool taken = false;
        for (int i = 0; i < out->n; i++) {
            taken = taken || (out->rule[i] != NULL && out->cell[i] == k);
        }
        const mlg_column column =
            taken ? C_NONE : mlg_schema_find_column(plan->table, header->text[k]);
        const int i = (int) column - (int) out->first;
        if (column == C_NONE || out->rule[i] != NULL) {
            continue;
        }
        const char *name = mlg_schema_field(column)->name;
        const bool canonical = mlg_same_header(header->text[k], strlen(header->text[k]), name);
        if (out->cell[i] == NOT_THERE) {
            out->cell[i] = k;
        } else {
            const char *other = header->text[out->cell[i]];
            const bool other_canonical = mlg_same_header(other, strlen(other), name);
            if (canonical == other_canonical) {
                out->second[i] = k;
            } else if (canonical) {
                out->cell[i] = k;
            }
        }
    }
}

/* Are the needed columns there? Of those of which one is enough, is one? */
static bool has_needed(const layout *in, int *n_missing, bool *lacks_one_of)
{
    bool any_of = false, has_one_of = false;
    *n_missing = 0;
    for (int i = 0; i < in->n; i++) {
        const unsigned flags = mlg_schema_field(in->first + (mlg_column) i)->flags;
        const bool there = in->cell[i] != NOT_THERE;
        *n_missing += (flags & MLG_REQUIRED) != 0 && !there ? 1 : 0;
        any_of = any_of || (flags & MLG_ONE_OF) != 0;
        has_one_of = has_one_of || ((flags & MLG_ONE_OF) != 0 && there);
    }
    *lacks_one_of = any_of && !has_one_of;
    return *n_missing == 0 && !*lacks_one_of;
}

int mlg_plan_knows(const mlg_plan *plan, const mlg_header *header)
{
    layout in;
    int known = 0;
    lay_out(plan, header, &in);
    for (int i = 0; i < in.n; i++) {
        known += in.cell[i] >= 0 ? 1 : 0;
    }
    return known;
}

bool mlg_plan_fits(const mlg_plan *plan, const mlg_header *header)
{
    layout in;
    int missing = 0;
    bool lacks = false, any = false;
    lay_out(plan, header, &in);
    for (int i = 0; i < in.n; i++) {
        any = any || in.cell[i] >= 0;
    }
    return any && has_needed(&in, &missing, &lacks);
}

int mlg_plan_guess(const mlg_header *header)
{
    int best = 0, chosen = -1;
    for (int table = MLG_ACTORS; table < MLG_N_TABLES; table++) {
        const mlg_plan plan = {.table = (mlg_table_id) table};
        const int known = mlg_plan_fits(&plan, header) ? mlg_plan_knows(&plan, header) : 0;
        if (known > best) {
            best = known;
            chosen = table;
        } else if (known == best && best > 0) {
            chosen = -1;
        }
    }
    return chosen;
}

/* ---- telling -------------------------------------------------------------- */

/* "activite (activity)": as the study writes it, and the other way. */
static void write_name(char *out, size_t room, const mlg_field *field, bool french)
{
    char own[NAME], other[NAME];
    mlg_paste_column(own, sizeof own, field, french);
    mlg_paste_column(other, sizeof other, field, !french);
    if (field->aliases[0] != '\0' && strcmp(own, other) != 0) {
        snprintf(out, room, "%s (%s)", own, other);
    } else {
        snprintf(out, room, "%s", own);
    }
}

/* The one header that nothing is read from; "…" where there are none, or several. */
static const char *only_unused(const layout *in, const mlg_header *header)
{
    const char *found = "…";
    int n = 0;
    for (int32_t k = 0; k < header->n; k++) {
        bool taken = header->text[k][0] == '\0';
        for (int i = 0; i < in->n; i++) {
            taken = taken || in->cell[i] == k || in->second[i] == k;
        }
        if (!taken) {
            found = n++ == 0 ? header->text[k] : "…";
        }
    }
    return found;
}

/* Names of the columns with a flag that are not there, and an example of a mapping. */
static void list_missing(const mlg_plan *plan, const layout *in, unsigned flag, bool french,
                         const char *header, char *names, size_t names_room, char *example,
                         size_t example_room)
{
    size_t used = 0;
    names[0] = example[0] = '\0';
    for (int i = 0; i < in->n; i++) {
        const mlg_field *field = mlg_schema_field(in->first + (mlg_column) i);
        char name[2 * NAME + 4];
        if ((field->flags & flag) == 0 || in->cell[i] != NOT_THERE) {
            continue;
        }
        write_name(name, sizeof name, field, french);
        snprintf(names + used, names_room - used, "%s%s", used > 0 ? ", " : "", name);
        used = strlen(names);
        if (example[0] == '\0') {
            mlg_paste_row(example, example_room, plan, field, french, header);
        }
    }
}

static void tell_missing(const mlg_plan *plan, const layout *in, const mlg_header *header,
                         mlg_model *model, int32_t file)
{
    char names[NAME * 4], example[NAME * 4];
    const mlg_place place = {file, header->line, 0, C_NONE};
    int missing = 0;
    bool lacks = false;

    if (has_needed(in, &missing, &lacks)) {
        return;
    }
    const bool french = mlg_paste_french(model, plan->block, mlg_names_text(&model->files, file));
    const char *unused = only_unused(in, header);
    if (missing > 0) {
        list_missing(plan, in, MLG_REQUIRED, french, unused, names, sizeof names, example,
                     sizeof example);
        const mlg_arg args[3] = {{.kind = MLG_ARG_COUNT, .number = missing},
                                 {.kind = MLG_ARG_TEXT, .text = names},
                                 {.kind = MLG_ARG_TEXT, .text = example}};
        mlg_fault_add(model, MLG_FATAL, T_fault_missing_columns, place, args, 3);
    }
    if (lacks) {
        list_missing(plan, in, MLG_ONE_OF, french, unused, names, sizeof names, example,
                     sizeof example);
        mlg_fault_text(model, MLG_FATAL, T_fault_missing_one_of, place, names, example);
    }
}

static void tell_doubles(const layout *in, const mlg_header *header, mlg_model *model, int32_t file)
{
    for (int i = 0; i < in->n; i++) {
        if (in->second[i] == NOT_THERE) {
            continue;
        }
        char number[16];
        const mlg_place place = {file, header->line, in->second[i] + 1, C_NONE};
        snprintf(number, sizeof number, "%d", (int) in->cell[i] + 1);
        const mlg_arg args[3] = {{.kind = MLG_ARG_TEXT, .text = header->text[in->cell[i]]},
                                 {.kind = MLG_ARG_TEXT, .text = number},
                                 {.kind = MLG_ARG_TEXT, .text = header->text[in->second[i]]}};
        mlg_fault_add(model, MLG_FATAL, T_fault_column_twice, place, args, 3);
    }
}

/* study.csv names a column that the file has not. */
static void tell_no_header(mlg_model *model, const mlg_rule *rule, const char *name,
                           const mlg_header *header, int32_t file)
{
    char near[NAME];
    size_t best = 3;
    const mlg_place place = mlg_place_of(model, MLG_STUDY, rule->row, C_study_value);
    for (int32_t i = 0; i < header->n; i++) {
        mlg_nearest_header(name, header->text[i], &best, near, sizeof near);
    }
    const mlg_arg args[4] = {{.kind = MLG_ARG_TEXT, .text = rule->key},
                             {.kind = MLG_ARG_TEXT, .text = name},
                             {.kind = MLG_ARG_TEXT, .text = mlg_names_text(&model->files, file)},
                             {.kind = MLG_ARG_TEXT, .text = near}};
    const bool is_near = best < 3;
    mlg_fault_add(model, MLG_FATAL, is_near ? T_fault_mapping_header_near : T_fault_mapping_header,
                  place, args, is_near ? 4 : 3);
}

static void tell_rules(const mlg_plan *plan, const layout *in, const mlg_header *header,
                       mlg_model *model, int32_t file)
{
    for (int i = 0; i < in->n; i++) {
        const mlg_rule *rule = in->rule[i];
        if (rule == NULL) {
            continue;
        }
        if (in->cell[i] == NOT_THERE && rule->value[0] != '\0') {
            tell_no_header(model, rule, rule->value, header, file);
        } else if (in->reversed[i] &&
                   !is_number(mlg_schema_field(in->first + (mlg_column) i)->type)) {
            mlg_fault_text(model, MLG_FATAL, T_fault_mapping_reversal,
                           mlg_place_of(model, MLG_STUDY, rule->row, C_study_value), rule->value,
                           NULL);
        }
    }
    for (size_t k = 0; plan->block != NULL && k < plan->block->n_rules; k++) {
        const mlg_rule *rule = &plan->block->rules[k];
        if (rule->kind == MLG_RULE_MATCH && in->cell[rule->field - in->first] == NOT_THERE &&
            in->rule[rule->field - in->first] == NULL) {
            tell_no_header(model, rule, mlg_schema_field(rule->field)->name, header, file);
        }
    }
}

/* ---- binding -------------------------------------------------------------- */

static mlg_status add_matches(const mlg_plan *plan, mlg_bind *bind, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t room = 0;
    for (size_t i = 0; plan->block != NULL && i < plan->block->n_rules; i++) {
        const mlg_rule *rule = &plan->block->rules[i];
        if (rule->kind != MLG_RULE_MATCH || rule->field != bind->field->column) {
            continue;
        }
        if (!mlg_grow(&bind->matches, &room, bind->n_matches + 1, sizeof *bind->matches)) {
            FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
        }
        bind->matches[bind->n_matches++] = (mlg_match){rule->from, rule->value};
    }
out:
    return status;
}

static mlg_status add_bind(mlg_plan *plan, const layout *in, int i, mlg_header *header,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_field *field = mlg_schema_field(in->first + (mlg_column) i);

    if (in->cell[i] >= 0) {
        header->used[in->cell[i]] = true;
    }
    if (in->second[i] >= 0) {
        header->used[in->second[i]] = true; /* told already */
    }
    /* Remarks are never output: what is not kept cannot leak. */
    if (in->cell[i] == NOT_THERE || strcmp(field->name, "note") == 0) {
        return MLG_OK;
    }
    if (!mlg_grow(&plan->binds, &plan->binds_room, plan->n_binds + 1, sizeof *plan->binds)) {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
    mlg_bind *bind = &plan->binds[plan->n_binds++];
    *bind = (mlg_bind){.field = field,
                       .header = in->cell[i] >= 0 ? header->text[in->cell[i]] : field->name,
                       .cell = in->cell[i] >= 0 ? in->cell[i] : -1,
                       .constant = in->cell[i] == CONSTANT ? in->rule[i]->value : NULL,
                       .study_row = in->rule[i] != NULL ? in->rule[i]->row : -1,
                       .reversed = in->reversed[i] && is_number(field->type),
                       .from = in->from[i]};
    TRY(add_matches(plan, bind, err));
    if (!mlg_bind_ready(bind)) {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
out:
    return status;
}

static mlg_status add_filter(mlg_plan *plan, const mlg_rule *rule, const layout *in,
                             mlg_header *header, mlg_model *model, int32_t file, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_filter filter = {.cell = NOT_THERE,
                         .number = NAN,
                         .before_length = UINT32_MAX,
                         .study_row = rule->row,
                         .condition = rule->value};
    mlg_number number;
    mlg_buffer key = {0};
    const char *value = NULL;
    char column[NAME];
    size_t length = 0;

    if (!mlg_filter_cut(rule->value, &length, &value, &filter.operator)) {
        mlg_fault_text(model, MLG_FATAL, T_fault_mapping_where,
                       mlg_place_of(model, MLG_STUDY, rule->row, C_study_value), rule->value, NULL);
        return MLG_OK;
    }
    snprintf(column, sizeof column, "%.*s", (int) length, rule->value);
    filter.cell = find_header(header, column);
    const mlg_column field = mlg_schema_find_column(plan->table, column);
    if (filter.cell == NOT_THERE && field != C_NONE && in->cell[field - in->first] >= 0) {
        filter.cell = in->cell[field - in->first];
    }
    if (filter.cell == NOT_THERE) {
        tell_no_header(model, rule, column, header, file);
        return MLG_OK;
    }
    header->used[filter.cell] = true;
    for (size_t i = 0; i < plan->n_binds; i++) {
        filter.is_private = filter.is_private || (plan->binds[i].cell == filter.cell &&
                                                  (plan->binds[i].field->flags & MLG_PRIVATE) != 0);
    }
    if (*value != '\0') {
        mlg_fold_as(MLG_FOLD_ID, value, strlen(value), &key);
        if (mlg_number_cell(value, strlen(value), &number) == T_none) {
            filter.number = number.value;
        }
    }
    filter.text =
        key.failed ? NULL : mlg_arena_text(&model->arena, mlg_buffer_string(&key), key.length);
    if (filter.text == NULL || !mlg_grow(&plan->filters, &plan->filters_room, plan->n_filters + 1,
                                         sizeof *plan->filters)) {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
    plan->filters[plan->n_filters++] = filter;
out:
    mlg_buffer_free(&key);
    return status;
}

mlg_status mlg_plan_bind(mlg_plan *plan, mlg_header *header, mlg_model *model, int32_t file,
                         bool *usable, mlg_error *err)
{
    mlg_status status = MLG_OK;
    layout in;

    lay_out(plan, header, &in);
    tell_rules(plan, &in, header, model, file);
    tell_doubles(&in, header, model, file);
    tell_missing(plan, &in, header, model, file);
    for (int i = 0; i < in.n; i++) {
        TRY(add_bind(plan, &in, i, header, err));
    }
    for (size_t i = 0; plan->block != NULL && i < plan->block->n_rules; i++) {
        if (plan->block->rules[i].kind == MLG_RULE_WHERE) {
            TRY(add_filter(plan, &plan->block->rules[i], &in, header, model, file, err));
        }
    }
    plan->values = mlg_alloc(plan->n_binds, sizeof *plan->values);
    plan->known = mlg_alloc(plan->n_binds, MLG_BATCH * sizeof *plan->known);
    TRY_ALLOC(err, plan->values);
    TRY_ALLOC(err, plan->known);
    for (size_t i = 0; i < plan->n_binds * MLG_BATCH; i++) {
        plan->known[i] = -1;
    }
    *usable = false;
    for (size_t i = 0; i < plan->n_binds; i++) {
        *usable = *usable || plan->binds[i].cell >= 0;
    }
out:
    return status;
}

void mlg_plan_free(mlg_plan *plan)
{
    for (size_t i = 0; i < plan->n_binds; i++) {
        mlg_bind_free(&plan->binds[i]);
    }
    mlg_free(plan->binds);
    mlg_free(plan->filters);
    mlg_free(plan->values);
    mlg_free(plan->known);
    mlg_names_free(&plan->rows_seen);
    *plan = (mlg_plan){.table = plan->table};
}
