/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <time.h>

#include "base/texts.h"
#include "measure/context.h"
#include "measure/suggest.h"

/* What a report may spend on one measure: about a minute of one core. Rates were measured on one
 * core of 2 GHz and more: 512 searches at once read 4e9 pairs a second, a draw of labels 2e9 ties.
 */
#define MOST_PATH_WORK   2e11 /* actors x entries of their lists */
#define MOST_DRAW_WORK   1e11 /* draws x (ties or participations) */
#define MOST_SQUARE      5000 /* actors in a table of all pairs */
#define PROGRESS_SECONDS 0.2  /* between two calls of the progress callback */

/* Does `name` ask for this row: its id, or a family or other beginning of it ("silo", "silo.")? */
static bool asks_for(const char *name, const char *id)
{
    size_t length = strlen(name);

    length -= length > 0 && name[length - 1] == '.';
    return length > 0 && strncmp(id, name, length) == 0 &&
           (id[length] == '\0' || id[length] == '.');
}

static size_t count_rows(void)
{
    size_t n = 0;
    while (mlg_measures()[n].id != NULL) {
        n++;
    }
    return n;
}

/* Is more than the family named? Or does the run want backbones: then all of two modes, so that
 * they can be compared. */
static bool is_asked(const char *name, const mlg_measure *row, const mlg_run *run)
{
    return (row->needs & MLG_NEEDS_ASKING) == 0 ||
           (name != NULL && strchr(name, '.') != NULL && strchr(name, '.')[1] != '\0') ||
           (run->backbone != NULL && (row->needs & MLG_NEEDS_TWO_MODE) != 0);
}

/* What is done of a row. */
typedef enum choice { LEFT_OUT, NOT_ASKED, CHOSEN } choice;

/* Marks the rows that the names ask for; all when there are none. */
static mlg_status choose(const mlg_run *run, const char *const *names, size_t n_names,
                         choice *chosen, size_t n_rows, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_measure *rows = mlg_measures();
    char near[160] = "";

    for (size_t r = 0; names == NULL && r < n_rows; r++) {
        chosen[r] = is_asked(NULL, &rows[r], run) ? CHOSEN : NOT_ASKED;
    }
    for (size_t i = 0; names != NULL && i < n_names; i++) {
        bool found = false;
        for (size_t r = 0; r < n_rows; r++) {
            if (asks_for(names[i], rows[r].id)) {
                found = true;
                chosen[r] = is_asked(names[i], &rows[r], run) ? CHOSEN
                            : chosen[r] == LEFT_OUT           ? NOT_ASKED
                                                              : chosen[r];
            }
        }
        if (!found) {
            mlg_nearest_measures(names[i], near, sizeof near);
            const mlg_arg reason[] = {mlg_fail_arg(names[i]), mlg_fail_arg(near)};
            FAIL_TEXT(err, MLG_EARG, T_fail_no_measure, reason, 2);
        }
    }
out:
    return status;
}

/* Is the row about one view, or about the study as a whole? */
static bool is_of_views(const mlg_measure *row)
{
    return (row->needs & (MLG_NEEDS_TIES | MLG_NEEDS_TWO_MODE | MLG_NEEDS_DIRECTION |
                          MLG_NEEDS_WEIGHTS | MLG_EACH_VIEW)) != 0;
}

/* Would the row's declared cost at this size exceed what a report may spend? */
static bool is_too_large(const mlg_context *context, const mlg_measure *row, int32_t view)
{
    const mlg_run *run = context->run;

    if (run->force || view < 0) {
        return false;
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    const double n = graph->n, entries = (double) mlg_csr_size(&graph->ties);
    const double participations = (double) mlg_csr_size(&graph->attends);
    const double rows = entries > participations ? entries : participations;
    switch (row->cost) {
    case MLG_COST_LINEAR:
        return false;
    case MLG_COST_DRAWS:
        return run->draws * rows > MOST_DRAW_WORK;
    case MLG_COST_PATHS:
        return n * entries > MOST_PATH_WORK;
    case MLG_COST_SQUARE:
        return n > MOST_SQUARE || n * n * sizeof(double) > (double) run->memory_bound;
    }
    return false;
}

static void drop_from(mlg_values *values, size_t first)
{
    while (values->n > first) {
        mlg_values_drop(values);
    }
}

/* One measure on one view. What it cannot say it says why. */
static mlg_status run_one(mlg_context *context, const mlg_measure *row, int32_t view, bool asked,
                          mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_error reason = {MLG_OK, ""};
    mlg_text_key why = mlg_context_lacks(context, row, view);

    if (why == T_none && !asked) {
        why = T_why_on_request;
    }
    if (why == T_none && is_too_large(context, row, view)) {
        why = T_why_too_large;
    }
    if (why == T_none) {
        status = row->run(context, view, out, &reason);
        if (status == MLG_ESIZE) { /* over the memory bound: a fact to report, no failure */
            drop_from(out, before);
            status = MLG_OK;
            why = T_why_too_large;
        } else if (status != MLG_OK) {
            if (err != NULL && err->message[0] == '\0') {
                *err = reason; /* with what stands behind its message's end */
            }
            goto out;
        }
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, row->id, view, why, err));
    }
out:
    return status;
}

/* Which views a row runs on. Measures of two modes are not asked of views that have one, unless
 * there is no other; measures of views say once that there is no view. */
static bool runs_on(const mlg_context *context, const mlg_measure *row, int32_t view)
{
    bool wanted = is_of_views(row) == (view >= 0);

    if (is_of_views(row) && context->n_views == 0) {
        wanted = view < 0;
    }
    if (wanted && view >= 0 && (row->needs & MLG_NEEDS_TWO_MODE) != 0) {
        bool other = false;
        for (size_t v = 0; v < context->n_views; v++) {
            other = other || context->graphs[v]->n_activities > 0;
        }
        wanted = other ? context->graphs[view]->n_activities > 0 : view == 0;
    }
    return wanted;
}

/* Tells the caller how far we are, at most a few times a second. */
static void tell(const mlg_run *run, const char *what, double share, struct timespec *last)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    const double since =
        (double) (now.tv_sec - last->tv_sec) + (double) (now.tv_nsec - last->tv_nsec) * 1e-9;
    if (run->progress != NULL && since >= PROGRESS_SECONDS) {
        run->progress(run->context, what, share);
        *last = now;
    }
}

static bool is_one_of(const char *name, const char *const *known, size_t n)
{
    bool found = name == NULL;
    for (size_t i = 0; i < n; i++) {
        found = found || strcmp(name, known[i]) == 0;
    }
    return found;
}

static mlg_status check_names(const mlg_run *run, mlg_error *err)
{
    static const char *const conventions[] = {"igraph", "sna", "ucinet"};
    static const char *const backbones[] = {"hypergeometric", "sdsm", "fdsm"};

    if (!is_one_of(run->convention, conventions, 3)) {
        return mlg_fail(err, MLG_EARG,
                        "no convention is called '%.60s'; known: igraph, sna, ucinet",
                        run->convention);
    }
    if (!is_one_of(run->backbone, backbones, 3)) {
        return mlg_fail(err, MLG_EARG,
                        "no backbone is called '%.60s'; known: hypergeometric, sdsm, fdsm",
                        run->backbone);
    }
    return MLG_OK;
}

mlg_status mlg_measure_all(mlg_context *context, const char *const *ids, size_t n_ids,
                           mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = context->run;
    const size_t before = out->n, n_rows = count_rows();
    const int32_t n_views = (int32_t) context->n_views;
    struct timespec last = {0};
    choice *chosen = mlg_zalloc(n_rows, sizeof *chosen); /* LEFT_OUT */

    TRY_ALLOC(err, chosen);
    TRY(check_names(run, err));
    TRY(choose(run, ids, n_ids, chosen, n_rows, err));
    for (size_t r = 0; r < n_rows; r++) {
        const mlg_measure *row = &mlg_measures()[r];
        for (int32_t view = -1; chosen[r] != LEFT_OUT && view < n_views; view++) {
            if (!runs_on(context, row, view)) {
                continue;
            }
            if (run->cancelled != NULL && run->cancelled(run->context)) {
                FAIL(err, MLG_ESTOP, "%s: stopped on request", row->id);
            }
            tell(run, row->id, (double) r / (double) n_rows, &last);
            TRY(run_one(context, row, view, chosen[r] == CHOSEN, out, err));
        }
    }
out:
    mlg_free(chosen);
    if (status != MLG_OK) {
        drop_from(out, before);
    }
    return status;
}
