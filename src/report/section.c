/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/cover.h"

const mlg_value *mlg_section_value(const mlg_results *results, const char *id, int32_t view,
                                   mlg_shape shape, const char *convention)
{
    for (size_t i = 0; i < results->values->n; i++) {
        const mlg_value *value = &results->values->items[i];
        if (value->view == view && value->shape == shape && strcmp(value->measure->id, id) == 0 &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            return value;
        }
    }
    return NULL;
}

double mlg_section_number(const mlg_value *value, mlg_value_column column, size_t row)
{
    const bool there = value != NULL && row < value->n && value->column[column] != NULL;
    return there ? value->column[column][row] : NAN;
}

double mlg_section_part(const mlg_value *value, const char *part, size_t row)
{
    const double *values = value != NULL ? mlg_value_part_find(value, part) : NULL;
    return values != NULL && row < value->n ? values[row] : NAN;
}

bool mlg_section_in_communes(const mlg_results *results)
{
    static const char *const of_units[] = {"scale.layers", "scale.location_quotient",
                                           "scale.referents"};
    for (size_t i = 0; i < sizeof of_units / sizeof *of_units; i++) {
        for (size_t v = 0; v < results->values->n; v++) {
            const mlg_value *units = &results->values->items[v];
            if (strcmp(units->measure->id, of_units[i]) == 0 && units->shape == MLG_VECTOR &&
                units->undefined == T_none && units->n > 0 && units->subject != NULL) {
                return mlg_are_communes(results->model, units->subject, units->n);
            }
        }
    }
    return false;
}

mlg_arg mlg_section_plain(double value)
{
    const double size = fabs(value);
    if (value == floor(value) && size < 1e15) {
        return mlg_arg_count(value);
    }
    return mlg_arg_number(value, size >= 100.0 ? 0 : size >= 10.0 ? 1 : size >= 0.095 ? 2 : 3);
}

mlg_cell mlg_section_cell(const mlg_value *value, mlg_value_column column, size_t row)
{
    const mlg_text_key reason = value != NULL ? value->undefined : T_none;
    return mlg_cell_number(mlg_section_plain(mlg_section_number(value, column, row)), reason);
}

mlg_cell mlg_section_count(double count)
{
    return mlg_cell_number(mlg_arg_count(count), T_none);
}

mlg_cell mlg_section_share(double share)
{
    return mlg_cell_number(mlg_arg_share(share, share > 0.0 && share < 0.0095 ? 1 : 0), T_none);
}

mlg_cell mlg_section_p(double p)
{
    return mlg_cell_number(mlg_arg_p(p), T_none);
}

mlg_cell mlg_section_at_least(mlg_document *document, double people, double unknown)
{
    const mlg_arg number = mlg_arg_count(people);
    mlg_buffer words = {0};

    if (isnan(people) || !(unknown > 0.0)) {
        return mlg_cell_number(number, T_why_people_unknown);
    }
    mlg_text_render(&words, document->results->labels.language, T_cell_at_least, &number, 1);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words))));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return cell;
}

mlg_cell mlg_section_key(mlg_text_key key)
{
    return mlg_cell_of(mlg_arg_key(key));
}

mlg_cell mlg_section_label(mlg_scope scope, mlg_id id)
{
    return mlg_cell_of(mlg_arg_label(scope, id));
}

mlg_arg mlg_section_view(mlg_document *document, int32_t view)
{
    mlg_buffer name = {0};
    mlg_say_view(&name, document->results, document->results->labels.language, view);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&name)));
    document->failed = document->failed || name.failed;
    mlg_buffer_free(&name);
    return arg;
}

bool mlg_section_shows(const mlg_results *results, int32_t index)
{
    const mlg_view *view = mlg_context_view(results->context, index);
    if (view->kind < 0 && view->n_conditions == 0) {
        return true;
    }
    for (int32_t other = 0; other < mlg_section_views(results); other++) {
        const mlg_view *sum = mlg_context_view(results->context, other);
        if (sum->source == view->source && sum->kind < 0 && sum->n_conditions == 0) {
            return false;
        }
    }
    return true;
}

/* The text "title_silo_ei" of a measure, or T_none. */
static mlg_text_key text_of(const char *prefix, const char *measure)
{
    char name[96];
    snprintf(name, sizeof name, "%s%s", prefix, measure);
    for (char *c = name; *c != '\0'; c++) {
        if (*c == '.') {
            *c = '_';
        }
    }
    return mlg_text_find(name);
}

mlg_text_key mlg_section_title(const char *measure)
{
    return text_of("title_", measure);
}

mlg_text_key mlg_section_legend(const char *measure)
{
    return text_of("legend_", measure);
}

mlg_heading mlg_section_view_head(const mlg_results *results)
{
    int32_t shown = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        shown += mlg_section_shows(results, view) ? 1 : 0;
    }
    mlg_heading head = mlg_head("view", T_head_view);
    head.use = shown > 1 ? MLG_EVERYWHERE : MLG_FILE_ONLY;
    return head;
}

/* ---- order ---------------------------------------------------------------------------- */

typedef struct ranked {
    double by, then;
    size_t row;
} ranked;

static int falling(double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return isnan(a) ? (isnan(b) ? 0 : 1) : -1;
    }
    return a > b ? -1 : a < b;
}

static int by_rank(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    const int first = falling(a->by, b->by),
              second = first != 0 ? first : falling(a->then, b->then);
    return second != 0 ? second : a->row < b->row ? -1 : a->row > b->row;
}

size_t *mlg_section_order(mlg_document *document, const double *by, const double *then, size_t n)
{
    ranked *rows = mlg_alloc(n, sizeof *rows);
    size_t *order = mlg_arena_alloc(&document->arena, n * sizeof *order + 1);

    if (rows == NULL || order == NULL) {
        document->failed = true;
        mlg_free(rows);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = (ranked){by != NULL ? by[i] : NAN, then != NULL ? then[i] : NAN, i};
    }
    qsort(rows, n, sizeof *rows, by_rank);
    for (size_t i = 0; i < n; i++) {
        order[i] = rows[i].row;
    }
    mlg_free(rows);
    return order;
}
