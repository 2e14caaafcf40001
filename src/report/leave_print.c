/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "base/whole_file.h"
#include "report/csv_writer.h"
#include "report/html.h"
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
    bool *actors; /* [parties] actors of the views, looked for when nothing else is called so */
    bool found, failed;
    bool not_held; /* a post of that name is vacant or past */
    int32_t past;  /* the last day of one that somebody held; MLG_EVER_FIRST: none did */
    char near[160];
    size_t distance;
} search;

enum { SHEETS_UNASKED = 5, POSTS_LISTED = 10, ROWS_ON_PAPER = 20 };

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
        if (leaver < 0 && post >= 0 && names_party(s, MLG_SCOPE_POST, post)) {
            const int32_t last = mlg_get_span(model, C_posts_end, row).last;
            const bool past =
                mlg_get_id(model, C_posts_person, row) != MLG_VACANT && last < model->day;
            s->not_held = true;
            s->past = past && last > s->past ? last : s->past;
        }
        for (size_t i = 0; i < n; i++) {
            if (names_party(s, MLG_SCOPE_SCHEME, schemes[i])) {
                if (leaver >= 0) {
                    s->chosen[leaver] = s->found = true;
                } else {
                    s->not_held = true;
                }
            }
        }
    }
}

/* Actors of the views that the page shows. */
static void look_for_actors(search *s)
{
    const mlg_results *results = s->results;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_graph *graph = mlg_context_graph(results->context, view);
        for (int32_t v = 0;
             v < graph->n && graph->scope == MLG_SCOPE_ACTOR && mlg_section_shows(results, view);
             v++) {
            if (names_party(s, MLG_SCOPE_ACTOR, graph->subject[v])) {
                s->actors[graph->subject[v]] = s->found = true;
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

/* Of a post whose term is over: since when, as a day that both languages read. */
static mlg_status refuse_past(const search *s, mlg_error *err)
{
    char day[32];
    int year = 0, month = 0, of_month = 0;

    mlg_day_split(s->past, &year, &month, &of_month);
    snprintf(day, sizeof day, "%04d-%02d-%02d", year, month, of_month);
    const mlg_arg reason[] = {mlg_fail_arg(s->typed), mlg_fail_arg(day)};
    return mlg_fail_text(err, MLG_EARG, T_fail_post_past, reason, 2);
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
    if (s->past != MLG_EVER_FIRST) {
        TRY(refuse_past(s, err));
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

/* Who was asked for: leavers, and actors that are none. */
typedef struct asked {
    bool *leavers; /* [leavers->n] */
    bool *actors;  /* [parties] */
    bool any_leaver, any_actor;
    bool named; /* some name was given; else it is all leavers */
} asked;

static mlg_status choose(const mlg_results *results, const mlg_leavers *leavers,
                         const char *const *names, size_t n, asked *who, mlg_error *err)
{
    mlg_status status = MLG_OK;

    who->leavers = mlg_zalloc((size_t) leavers->n, sizeof *who->leavers);
    who->actors = mlg_zalloc(results->model->parties.n, sizeof *who->actors);
    TRY_ALLOC(err, who->leavers);
    TRY_ALLOC(err, who->actors);
    for (int32_t l = 0; l < leavers->n; l++) {
        who->leavers[l] = n == 0;
    }
    for (size_t i = 0; i < n; i++) {
        search s = {.results = results,
                    .leavers = leavers,
                    .typed = names[i],
                    .chosen = who->leavers,
                    .actors = who->actors,
                    .past = MLG_EVER_FIRST};
        look_for(&s);
        who->any_leaver = who->any_leaver || s.found;
        if (!s.found) {
            look_for_actors(&s);
            who->any_actor = who->any_actor || s.found;
        }
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

/* The table of all, before the sheets of those that weigh most. */
static void overview(mlg_document *document, const mlg_leavers *leavers, const bool *chosen)
{
    mlg_table *summary = mlg_leave_table(document, NULL, leavers, chosen);
    const size_t rows = mlg_table_rows(summary);
    summary->page_rows = document->sheets && rows > ROWS_ON_PAPER ? ROWS_ON_PAPER : rows;
    if (summary->note.key == T_table_leave_overview) {
        summary->note.key = T_table_leave_command; /* with the same view */
    }
}

/* One sheet: under a heading, or as a section that is a sheet of paper. */
static void sheet(mlg_document *document, const mlg_leavers *leavers, int32_t leaver, int32_t at)
{
    const mlg_sentence heading = mlg_leave_heading(document, leavers, leaver);
    if (document->sheets) {
        char id[32];
        snprintf(id, sizeof id, "sheet-%d", (int) at + 1);
        mlg_doc_section_of(document, id, T_section_leave, heading);
        mlg_leave_paper(document, leavers, leaver);
        mlg_leave_assumptions(document);
    } else {
        mlg_doc_block(document, MLG_BLOCK_HEADING, heading.key, heading.args, heading.n_args);
        mlg_leave_sheet(document, leavers, leaver, false);
    }
}

static void actor_sheet(mlg_document *document, mlg_id actor)
{
    const mlg_sentence heading = mlg_leave_actor_heading(actor);
    if (document->sheets) {
        char id[32];
        snprintf(id, sizeof id, "actor-%d", (int) actor);
        mlg_doc_section_of(document, id, T_section_leave, heading);
    } else {
        mlg_doc_block(document, MLG_BLOCK_HEADING, heading.key, heading.args, heading.n_args);
    }
    mlg_leave_actor(document, actor);
}

static void sheets(mlg_document *document, const mlg_leavers *leavers, const bool *chosen,
                   bool named)
{
    const int32_t *order = leavers->n > 0 ? mlg_leave_order(document, leavers) : NULL;
    int32_t made = 0;

    for (int32_t i = 0; order != NULL && i < leavers->n; i++) {
        if (chosen[order[i]] && (named || made < SHEETS_UNASKED)) {
            sheet(document, leavers, order[i], made);
            made++;
        }
    }
    if (made < leavers->n && !named) {
        const mlg_arg args[] = {mlg_arg_count(made), mlg_arg_count(leavers->n)};
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_leave_others, args, 2);
    }
}

static void build_actors(mlg_document *document, const asked *who)
{
    for (mlg_id a = 0; a < (mlg_id) document->results->model->parties.n; a++) {
        if (who->actors[a]) {
            actor_sheet(document, a);
        }
    }
}

static mlg_status build(const mlg_results *results, const mlg_leavers *leavers, const asked *who,
                        bool paper, mlg_document *document, mlg_error *err)
{
    const bool *chosen = who->leavers;
    const bool named = who->named;

    *document = (mlg_document){.results = results,
                               .sheets = paper,
                               .subject = who->any_actor && !who->any_leaver ? T_leave_subject_actor
                                                                             : T_section_leave};
    document->illustrative = results->model != NULL && mlg_model_illustrative(results->model);
    if (!paper || !named) {
        mlg_doc_section(document, "leave", T_section_leave);
    }
    if (results->labels.names && !paper) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_names_banner, NULL, 0);
    }
    if (leavers->n == 0 && !who->any_actor) {
        mlg_doc_block(document, MLG_BLOCK_MISSING, T_leave_nobody, NULL, 0);
        return mlg_doc_end(document, err);
    }
    if (!named) { /* a row a post; the file has all views */
        overview(document, leavers, chosen);
    }
    if (!paper && leavers->n > 0) {
        mlg_leave_table(document, "leave", leavers, chosen)->page_rows = 0;
    }
    sheets(document, leavers, chosen, named);
    build_actors(document, who);
    if (!paper && (who->any_leaver || !named)) {
        mlg_leave_assumptions(document);
    }
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
    const bool paper = format == MLG_HTML_FORMAT;
    asked who = {.named = n > 0};

    TRY(mlg_leavers_of(results->model, &leavers, err));
    TRY(choose(results, &leavers, names, n, &who, err));
    if (who.any_actor && (format == MLG_JSON_FORMAT || format == MLG_CSV_FORMAT)) {
        TRY(mlg_fail_text(err, MLG_EARG, T_leave_actor_format, NULL, 0));
    }
    if (format == MLG_JSON_FORMAT) {
        TRY(print_json(results, &leavers, who.leavers, out, err));
    } else {
        TRY(build(results, &leavers, &who, paper, &document, err));
        TRY(format == MLG_CSV_FORMAT ? print_table(&document, out, err)
            : paper                  ? mlg_html_write(&document, out, err)
                                     : mlg_terminal_write(&document, out, err));
    }
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the output");
    }
out:
    mlg_document_free(&document);
    mlg_free(who.leavers);
    mlg_free(who.actors);
    mlg_leavers_free(&leavers);
    return status;
}

/* A call of the above, on its way into a file. */
typedef struct leave_call {
    const mlg_results *results;
    const char *const *names;
    size_t n;
    mlg_format format;
} leave_call;

static mlg_status write_leave(const void *what, FILE *out, mlg_error *err)
{
    const leave_call *call = what;
    return mlg_results_leave(call->results, call->names, call->n, call->format, out, err);
}

mlg_status mlg_results_leave_write(const mlg_results *results, const char *const *names, size_t n,
                                   mlg_format format, const char *path, mlg_error *err)
{
    const leave_call call = {results, names, n, format};
    return mlg_whole_file(path, true, false, write_leave, &call, err);
}
