/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "report/csv_writer.h"
#include "report/json.h"
#include "report/leave_sheet.h"
#include "report/output.h"
#include "report/terminal.h"

/* What `maillage leave` prints: the sheets of the posts asked for. */

/* ---- which posts ------------------------------------------------------------------- */

/* Is a name what somebody typed, case, accents and small words apart? */
static bool is_called(const char *name, const char *typed, bool *failed)
{
    mlg_buffer a = {0}, b = {0};
    mlg_fold(name, strlen(name), &a);
    mlg_fold(typed, strlen(typed), &b);
    const bool same = strcmp(mlg_buffer_string(&a), mlg_buffer_string(&b)) == 0;
    *failed = *failed || a.failed || b.failed;
    mlg_buffer_free(&a);
    mlg_buffer_free(&b);
    return same && name[0] != '\0';
}

/* What is asked for, and the nearest of what could have been. */
typedef struct search {
    const mlg_results *results;
    const mlg_leavers *leavers;
    const char *typed;
    bool *chosen;
    bool found, failed;
    bool not_held; /* a post of that name is vacant or past */
    char near[160];
    size_t distance;
} search;

enum { SHEETS_UNASKED = 5, POSTS_LISTED = 10 };

/* The nearest public name so far: never one that is withheld. */
static void try_near(search *s, const char *name)
{
    mlg_buffer a = {0}, b = {0};
    mlg_fold(name, strlen(name), &a);
    mlg_fold(s->typed, strlen(s->typed), &b);
    const size_t distance = mlg_text_distance(mlg_buffer_string(&a), mlg_buffer_string(&b));
    if (name[0] != '\0' && (s->near[0] == '\0' || distance < s->distance)) {
        s->distance = distance;
        snprintf(s->near, sizeof s->near, "%.150s", name);
    }
    s->failed = s->failed || a.failed || b.failed;
    mlg_buffer_free(&a);
    mlg_buffer_free(&b);
}

static bool names_party(search *s, mlg_scope scope, mlg_id party)
{
    const mlg_model *model = s->results->model;
    const bool secret = model->party_pseudonym[party] > 0 && !s->results->labels.names;
    mlg_buffer label = {0};
    mlg_say_label(&label, s->results, s->results->labels.language, scope, party);
    const char *public_name = mlg_buffer_string(&label);
    bool same = is_called(public_name, s->typed, &s->failed);
    /* an id is found too; a person's only by its pseudonym, so that no name is confirmed */
    if (!same && !secret) {
        same = is_called(mlg_names_text(&model->parties, party), s->typed, &s->failed);
    }
    try_near(s, public_name);
    s->failed = s->failed || label.failed;
    mlg_buffer_free(&label);
    return same;
}

/* Posts by their id or label, persons by their pseudonym, schemes by id or name. */
static void look_for(search *s)
{
    const mlg_model *model = s->results->model;
    for (int32_t l = 0; l < s->leavers->n; l++) {
        const mlg_leaver *who = &s->leavers->leaver[l];
        bool same = who->person >= 0 && names_party(s, MLG_SCOPE_ACTOR, who->person);
        for (int32_t i = 0; i < who->n; i++) {
            same = names_party(s, MLG_SCOPE_POST, s->leavers->post[who->first + i]) || same;
        }
        s->chosen[l] = s->chosen[l] || same;
        s->found = s->found || same;
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        const int32_t leaver = s->leavers->of_row[row];
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        if (leaver < 0 && post >= 0) {
            s->not_held = s->not_held || names_party(s, MLG_SCOPE_POST, post);
        }
        for (size_t i = 0; i < n && leaver >= 0; i++) {
            if (names_party(s, MLG_SCOPE_SCHEME, schemes[i])) {
                s->chosen[leaver] = s->found = true;
            }
        }
    }
}

/* The posts that are held, where they are few. */
static void list_posts(const search *s, mlg_buffer *out)
{
    for (int32_t i = 0; i < s->leavers->n_posts; i++) {
        mlg_buffer_text(out, i > 0 ? ", " : "");
        mlg_say_label(out, s->results, s->results->labels.language, MLG_SCOPE_POST,
                      s->leavers->post[i]);
    }
}

/* Says what could have been asked for: all posts when they are few, else a name that is near. */
static mlg_status refuse(const search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer posts = {0};
    const bool few = s->leavers->n_posts > 0 && s->leavers->n_posts <= POSTS_LISTED;
    const bool near = s->near[0] != '\0' && 3 * s->distance <= strlen(s->typed);

    if (few) {
        list_posts(s, &posts);
    }
    if (posts.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of posts");
    }
    const mlg_arg reason[] = {mlg_fail_arg(s->typed),
                              mlg_fail_arg(few ? mlg_buffer_string(&posts) : s->near)};
    TRY(mlg_fail_text(err, MLG_EARG,
                      s->not_held ? T_fail_post_not_held
                      : few       ? T_fail_no_post_of
                      : near      ? T_fail_no_post
                                  : T_fail_no_post_called,
                      reason, 2));
out:
    mlg_buffer_free(&posts);
    return status;
}

static mlg_status choose(const mlg_results *results, const mlg_leavers *leavers,
                         const char *const *names, size_t n, bool *chosen, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t l = 0; l < leavers->n; l++) {
        chosen[l] = n == 0;
    }
    for (size_t i = 0; i < n; i++) {
        search s = {.results = results, .leavers = leavers, .typed = names[i], .chosen = chosen};
        look_for(&s);
        if (s.failed) {
            FAIL(err, MLG_ENOMEM, "out of memory for the names of posts");
        }
        if (!s.found) {
            TRY(refuse(&s, err));
        }
    }
out:
    return status;
}

/* ---- values of the posts asked for ----------------------------------------------------- */

/* One column with the rows kept. */
static mlg_status keep_rows(double **column, const bool *kept, size_t n, size_t left,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double *all = *column;
    double *some = NULL;
    if (all == NULL) {
        return MLG_OK;
    }
    *column = NULL; /* the original belongs to the results */
    some = mlg_alloc(left, sizeof *some);
    TRY_ALLOC(err, some);
    for (size_t row = 0, at = 0; row < n; row++) {
        if (kept[row]) {
            some[at++] = all[row];
        }
    }
    *column = some;
out:
    return status;
}

static mlg_status keep_value(const mlg_value *all, const mlg_leavers *leavers, const bool *chosen,
                             mlg_value *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_status worst = MLG_OK;
    size_t left = 0;
    const size_t rows = all->subject != NULL ? all->n : 0;
    bool *kept = mlg_zalloc(all->n, sizeof *kept);
    mlg_id *subject = NULL;

    *out = *all;
    out->subject = NULL;
    for (size_t row = 0; kept != NULL && row < rows; row++) {
        const int32_t leaver = leavers->of_party[all->subject[row]];
        kept[row] = leaver >= 0 && chosen[leaver];
        left += kept[row];
    }
    subject = mlg_alloc(left, sizeof *subject);
    if (kept == NULL || subject == NULL) {
        (void) mlg_fail(err, MLG_ENOMEM, "out of memory for the posts asked for");
        worst = MLG_ENOMEM;
    }
    for (size_t row = 0, at = 0; worst == MLG_OK && row < rows; row++) {
        if (kept[row]) {
            subject[at++] = all->subject[row];
        }
    }
    out->subject = subject;
    out->n = out->total = left;
    for (size_t c = 0; c < MLG_N_VALUE_COLUMNS; c++) { /* each must cease to be the original's */
        double **column = &out->column[c];
        status = worst == MLG_OK ? keep_rows(column, kept, all->n, left, err) : worst;
        worst = status;
        *column = status == MLG_OK ? *column : NULL;
    }
    for (size_t p = 0; p < out->n_parts; p++) {
        double **column = &out->part[p].values;
        status = worst == MLG_OK ? keep_rows(column, kept, all->n, left, err) : worst;
        worst = status;
        *column = status == MLG_OK ? *column : NULL;
    }
    mlg_free(kept);
    return worst;
}

static mlg_status print_json(const mlg_results *results, const mlg_leavers *leavers,
                             const bool *chosen, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_values some = {0};
    mlg_results part = *results;

    for (size_t i = 0; i < results->values->n; i++) {
        const mlg_value *value = &results->values->items[i];
        if (value->shape != MLG_VECTOR || value->scope != MLG_SCOPE_POST) {
            continue;
        }
        if (!mlg_grow(&some.items, &some.room, some.n + 1, sizeof *some.items)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the posts asked for");
        }
        TRY(keep_value(value, leavers, chosen, &some.items[some.n++], err));
    }
    part.values = &some;
    part.findings = NULL; /* those of other posts are not asked for */
    TRY(mlg_json_write(&part, out, err));
out:
    mlg_values_free(&some);
    return status;
}

/* ---- text and CSV -------------------------------------------------------------------------- */

static mlg_status build(const mlg_results *results, const mlg_leavers *leavers, const bool *chosen,
                        bool named, mlg_document *document, mlg_error *err)
{
    *document = (mlg_document){.results = results};
    mlg_doc_section(document, "leave", T_section_leave);
    if (results->labels.names) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_names_banner, NULL, 0);
    }
    if (leavers->n == 0) {
        mlg_doc_block(document, MLG_BLOCK_MISSING, T_leave_nobody, NULL, 0);
        return mlg_doc_end(document, err);
    }
    if (!named) { /* a row a post; the file has all views */
        mlg_table *summary = mlg_leave_table(document, NULL, leavers, chosen);
        summary->page_rows = mlg_table_rows(summary);
        summary->note = mlg_sentence_of(T_table_leave_command, NULL, 0);
    }
    mlg_leave_table(document, "leave", leavers, chosen)->page_rows = 0;
    const int32_t *order = mlg_leave_order(document, leavers);
    int32_t sheets = 0;
    for (int32_t i = 0; order != NULL && i < leavers->n; i++) {
        if (chosen[order[i]] && (named || sheets < SHEETS_UNASKED)) {
            mlg_leave_sheet(document, leavers, order[i], false);
            sheets++;
        }
    }
    if (sheets < leavers->n && !named) {
        const mlg_arg args[] = {mlg_arg_count(sheets), mlg_arg_count(leavers->n)};
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_leave_others, args, 2);
    }
    mlg_leave_assumptions(document);
    mlg_doc_align(document, -1);
    return mlg_doc_end(document, err);
}

static mlg_status print_table(const mlg_document *document, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    for (size_t b = 0; b < document->sections[0].n; b++) {
        const mlg_block *block = &document->sections[0].blocks[b];
        if (block->kind != MLG_BLOCK_TABLE || block->table->id == NULL) {
            continue;
        }
        mlg_csv_table_head(&text, block->table);
        for (size_t row = 0; row < mlg_table_rows(block->table); row++) {
            mlg_csv_table_row(&text, document->results, block->table, row);
            TRY(mlg_flush_some(&text, out, err));
        }
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    return status;
}

mlg_status mlg_results_leave(const mlg_results *results, const char *const *names, size_t n,
                             mlg_format format, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_leavers leavers;
    mlg_document document = {0};
    bool *chosen = NULL;

    TRY(mlg_leavers_of(results->model, &leavers, err));
    chosen = mlg_zalloc((size_t) leavers.n, sizeof *chosen);
    TRY_ALLOC(err, chosen);
    TRY(choose(results, &leavers, names, n, chosen, err));
    if (format == MLG_JSON_FORMAT) {
        TRY(print_json(results, &leavers, chosen, out, err));
    } else {
        TRY(build(results, &leavers, chosen, n > 0, &document, err));
        TRY(format == MLG_CSV_FORMAT ? print_table(&document, out, err)
                                     : mlg_terminal_write(&document, out, err));
    }
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the output");
    }
out:
    mlg_document_free(&document);
    mlg_free(chosen);
    mlg_leavers_free(&leavers);
    return status;
}
