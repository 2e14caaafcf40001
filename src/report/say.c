/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/context.h"
#include "model/own_files.h"
#include "report/document.h"

void mlg_say_label(mlg_buffer *out, const mlg_results *results, mlg_language language,
                   mlg_scope scope, mlg_id id)
{
    const mlg_labels labels = {.language = language, .names = results->labels.names};
    char small[256];

    if (results->model == NULL) { /* a graph made from arrays has numbers only */
        mlg_buffer_format(out, "%d", (int) id);
        return;
    }
    const size_t length = mlg_label(results->model, &labels, scope, id, small, sizeof small);
    if (length < sizeof small) {
        mlg_buffer_bytes(out, small, length);
        return;
    }
    char *large = mlg_alloc(length + 1, 1);
    if (large == NULL) {
        out->failed = true;
        return;
    }
    mlg_label(results->model, &labels, scope, id, large, length + 1);
    mlg_buffer_bytes(out, large, length);
    mlg_free(large);
}

/* A text with the study's own files for the tables it names. */
static void put_words(mlg_buffer *out, const mlg_results *results, const char *words)
{
    mlg_own_files own;
    mlg_own_files_of(results->model, &own);
    mlg_own_words(out, &own, words);
}

void mlg_say_arg(mlg_buffer *out, const mlg_results *results, mlg_language language,
                 const mlg_arg *arg)
{
    if (arg->kind == MLG_ARG_LABEL) {
        mlg_say_label(out, results, language, (mlg_scope) arg->scope, arg->id);
    } else if (arg->kind == MLG_ARG_KEY) {
        put_words(out, results, mlg_text(language, arg->key));
    } else {
        mlg_text_arg(out, language, arg);
    }
}

void mlg_say(mlg_buffer *out, const mlg_results *results, mlg_language language, mlg_text_key key,
             const mlg_arg *args, size_t n_args)
{
    mlg_arg resolved[MLG_MAX_ARGS] = {{0}};
    mlg_buffer label[MLG_MAX_ARGS] = {{0}}, words = {0};
    const size_t n = n_args < MLG_MAX_ARGS ? n_args : MLG_MAX_ARGS;

    for (size_t i = 0; i < n; i++) {
        resolved[i] = args[i];
        if (args[i].kind == MLG_ARG_LABEL || args[i].kind == MLG_ARG_KEY) {
            mlg_say_arg(&label[i], results, language, &args[i]);
            out->failed = out->failed || label[i].failed;
            resolved[i] = mlg_arg_text(mlg_buffer_string(&label[i]));
        }
    }
    put_words(&words, results, mlg_text(language, key));
    out->failed = out->failed || words.failed;
    mlg_text_render_words(out, language, mlg_buffer_string(&words), resolved, n);
    mlg_buffer_free(&words);
    for (size_t i = 0; i < n; i++) {
        mlg_buffer_free(&label[i]);
    }
}

void mlg_say_view(mlg_buffer *out, const mlg_results *results, mlg_language language, int32_t index)
{
    if (index < 0) {
        mlg_buffer_text(out, mlg_text(language, T_view_study));
        return;
    }
    const mlg_view *view = mlg_context_view(results->context, index);
    if (view->n_conditions > 0) {
        const char *dot = strchr(view->id, '.');
        const mlg_arg name = mlg_arg_text(dot != NULL ? dot + 1 : view->id);
        mlg_text_render(out, language, T_view_named, &name, 1);
    } else if (view->source == MLG_FROM_PARTICIPATIONS) {
        mlg_buffer_text(out, mlg_text(language, T_view_participations));
    } else if (view->kind < 0 || results->model == NULL) {
        mlg_buffer_text(out, mlg_text(language, T_view_ties));
    } else {
        char label[128];
        const mlg_arg kind = mlg_arg_text(mlg_code_label(results->model, MLG_V_tie_kind, view->kind,
                                                         language, label, sizeof label));
        mlg_text_render(out, language, T_view_kind, &kind, 1);
    }
}

void mlg_say_source(mlg_buffer *out, mlg_language language, const char *source)
{
    const mlg_arg place = mlg_arg_text(source);
    mlg_text_render(out, language, mlg_document_source(source), &place, 1);
}

const char *mlg_reason_code(mlg_text_key reason)
{
    static const char *const families[] = {"why_", "caution_"};
    const char *name = mlg_text_name(reason);
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        const size_t length = strlen(families[i]);
        if (strncmp(name, families[i], length) == 0) {
            return name + length;
        }
    }
    return name;
}

void mlg_say_cell(mlg_buffer *out, const mlg_results *results, const mlg_cell *cell)
{
    const mlg_language language = results->labels.language;

    switch (cell->kind) {
    case MLG_CELL_EMPTY:
        break;
    case MLG_CELL_ARG:
        mlg_say_arg(out, results, language, &cell->arg);
        break;
    case MLG_CELL_CODE:
    case MLG_CELL_ENGLISH:
        mlg_buffer_text(out, cell->arg.text);
        break;
    case MLG_CELL_UNDEFINED:
        mlg_buffer_text(out, mlg_text(language, T_undefined));
        if (cell->arg.key != T_none) {
            mlg_buffer_text(out, " (");
            put_words(out, results, mlg_text(language, cell->arg.key));
            mlg_buffer_char(out, ')');
        }
        break;
    }
}
