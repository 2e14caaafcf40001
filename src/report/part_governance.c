/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/closure.h"
#include "measure/composition.h"
#include "measure/yardsticks.h"
#include "report/section.h"

/* Bodies and lineage: who sits in a COPIL, which bodies serve several schemes, what a scheme kept
 * of its parent; and figures of the documents beside the study's. */

/* Below so many schemes that say it, a share reads as a score: the page has the counts alone. */
static const double LEAST_KNOWN = 5.0;

enum { ROWS_SHOWN = 12, ROWS_OPEN = 4, MOST_THEMES = 12 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static const mlg_value *value_of(const mlg_document *document, const char *id, mlg_shape shape,
                                 const char *convention)
{
    return mlg_section_value(document->results, id, -1, shape, convention);
}

static mlg_table *open_table(mlg_document *document, const char *id, mlg_text_key caption,
                             mlg_sentence note, const mlg_heading *heads, size_t n)
{
    mlg_table *table = mlg_doc_table(document, id, mlg_sentence_of(caption, NULL, 0), heads, n);
    table->page_rows = ROWS_SHOWN;
    table->open_rows = ROWS_OPEN;
    table->note = note;
    return table;
}

/* A column of words that the files have as numbers. */
static mlg_heading head_page(const char *name, mlg_text_key title)
{
    return (mlg_heading){name, mlg_arg_key(title), MLG_PAGE_ONLY};
}

/* A rendered text as a cell. */
static mlg_cell said(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_buffer text = {0};
    mlg_say(&text, document->results, document->results->labels.language, key, args, n);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

/* ---- lineage ----------------------------------------------------------------------------------
 */

static mlg_cell yes_no(double value)
{
    return isnan(value) ? mlg_section_key(T_unknown) : mlg_section_key(value > 0.0 ? T_yes : T_no);
}

static void lineage_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t i)
{
    const double low = mlg_section_part(pairs, "low_95", i);
    const mlg_arg ends[] = {mlg_arg_share(low, 0),
                            mlg_arg_share(mlg_section_part(pairs, "high_95", i), 0)};

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * i + 1]));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * i]));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "steps", i)));
    mlg_doc_cell(document, table,
                 mlg_cell_number(mlg_arg_number(mlg_section_part(pairs, "years", i), 0), T_none));
    mlg_doc_cell(document, table, yes_no(mlg_section_part(pairs, "same_carrier", i)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "members", i)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "kept", i)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(pairs, MLG_VALUE, i)));
    mlg_doc_cell(document, table, mlg_section_share(low));
    mlg_doc_cell(document, table, mlg_section_share(ends[1].number));
    mlg_doc_cell(document, table,
                 isnan(low) ? mlg_cell_empty() : said(document, T_interval_of, ends, 2));
}

static void lineage(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head("scheme", T_head_scheme),
        mlg_head("parent", T_head_parent),
        mlg_head_file("steps"),
        mlg_head("years", T_head_years_later),
        mlg_head("same_carrier", T_head_same_carrier),
        mlg_head("members", T_head_parent_members),
        mlg_head("kept", T_head_kept_members),
        mlg_head("share", T_head_kept_share),
        mlg_head_file("low_95"),
        mlg_head_file("high_95"),
        head_page("interval", T_head_kept_interval),
    };
    const mlg_value *pairs = value_of(document, "scheme.lineage", MLG_PAIRS, "retention");

    if (pairs == NULL || pairs->n == 0) {
        return;
    }
    mlg_table *table =
        open_table(document, "lineage", T_table_lineage,
                   mlg_sentence_of(T_table_lineage_note, NULL, 0), heads, COLUMNS(heads));
    for (size_t i = 0; i < pairs->n; i++) {
        lineage_row(document, table, pairs, i);
    }
}

/* ---- committees ------------------------------------------------------------------------------ */

static mlg_cell power_cell(double power)
{
    static const mlg_text_key words[] = {T_power_informs, T_power_advises, T_power_ratifies,
                                         T_power_decides};
    return mlg_section_key(power >= 0.0 && power < 4.0 ? words[(int) power] : T_unknown);
}

/* The seats nobody on record takes, in words. */
static mlg_cell missing_cell(mlg_document *document, const mlg_composition *c,
                             const mlg_committee *body)
{
    const mlg_language language = document->results->labels.language;
    mlg_buffer text = {0};

    for (size_t i = 0; i < c->n_seats; i++) {
        if (((body->asked & ~body->taken) >> i & 1) != 0) {
            mlg_buffer_text(&text, text.length > 0 ? ", " : "");
            mlg_buffer_text(&text, c->seats[i].title != T_none
                                       ? mlg_text(language, c->seats[i].title)
                                       : c->seats[i].word);
        }
    }
    const mlg_cell cell =
        text.length > 0
            ? mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text))))
            : mlg_cell_empty();
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return cell;
}

static size_t row_of(const mlg_value *value, mlg_id subject)
{
    size_t row = 0;
    while (value != NULL && row < value->n && value->subject[row] != subject) {
        row++;
    }
    return row;
}

/* Does a list say who is expected in it? */
static bool is_listed(const mlg_document *document, const mlg_committee *body)
{
    return body->known > 0.0 && mlg_list_fits(document->results->model, body->subject);
}

static void committee_row(mlg_document *document, mlg_table *table, const mlg_composition *c,
                          const mlg_committee *body)
{
    const mlg_value *bridge = value_of(document, "scheme.only_bridge", MLG_VECTOR, "by_body");
    const size_t at = row_of(bridge, body->subject);
    const bool known = body->known > 0.0;
    const bool listed = is_listed(document, body);

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_ACTIVITY, body->subject));
    mlg_doc_cell(document, table, power_cell(mlg_section_part(bridge, "power", at)));
    mlg_doc_cell(document, table,
                 listed ? mlg_section_count(mlg_committee_found(body)) : mlg_cell_empty());
    mlg_doc_cell(document, table, listed ? missing_cell(document, c, body) : mlg_cell_empty());
    mlg_doc_cell(document, table, mlg_section_count(known ? body->members : NAN));
    mlg_doc_cell(document, table, mlg_section_count(body->unclassed));
    mlg_doc_cell(document, table, mlg_section_count(known ? body->sectors : NAN));
    mlg_doc_cell(document, table, mlg_cell_number(mlg_arg_number(body->blau, 2), T_none));
    mlg_doc_cell(document, table, mlg_cell_number(mlg_arg_number(body->expected_blau, 2), T_none));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(bridge, "only", at)));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(bridge, "overlap", at)));
}

static bool any_listed(const mlg_document *document, const mlg_composition *c)
{
    bool any = false;
    for (size_t i = 0; i < c->n_bodies; i++) {
        any = any || is_listed(document, &c->bodies[i]);
    }
    return any;
}

/* What is expected of them, and by which list; where no list is theirs, how to read the rest. */
static mlg_sentence committees_note(const mlg_document *document, const mlg_composition *c)
{
    const mlg_model *model = document->results->model;
    double least = INFINITY, most = 0.0;

    for (size_t i = 0; i < c->n_bodies; i++) {
        least = fmin(least, mlg_committee_asked(&c->bodies[i]));
        most = fmax(most, mlg_committee_asked(&c->bodies[i]));
    }
    const mlg_arg args[] = {
        mlg_arg_count(most),
        mlg_arg_key(mlg_expected_seats_own(model) ? T_list_study : T_list_rlps),
        mlg_arg_count(least),
    };
    return mlg_sentence_of(!any_listed(document, c)         ? T_table_committees_note_unlisted
                           : mlg_expected_seats_vary(model) ? T_table_committees_note_lists
                                                            : T_table_committees_note,
                           args, COLUMNS(args));
}

static void committees(mlg_document *document)
{
    mlg_heading heads[] = {
        mlg_head("body", T_head_committee),
        mlg_head("power", T_head_power),
        mlg_head("found", T_head_seats_found),
        mlg_head("nobody_for", T_head_seats_missing),
        mlg_head("members", T_head_members),
        mlg_head_file("unclassed"),
        mlg_head("sectors", T_head_body_sectors),
        mlg_head("blau", T_head_blau),
        mlg_head("blau_expected", T_head_blau_expected),
        mlg_head("only_pairs", T_head_only_pairs),
        mlg_head("overlap", T_head_in_groups),
    };
    const mlg_model *model = document->results->model;
    mlg_composition c = {0};
    mlg_error err = {MLG_OK, ""};

    if (value_of(document, "scheme.composition", MLG_VECTOR, "by_body") == NULL) {
        return;
    }
    const mlg_status status = mlg_composition_of(model, &c, &err);
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
        return;
    }
    const bool listed = any_listed(document, &c);
    for (size_t i = 0; !listed && i < COLUMNS(heads); i++) {
        if (strcmp(heads[i].name, "found") == 0 || strcmp(heads[i].name, "nobody_for") == 0) {
            heads[i] = mlg_head_file(heads[i].name);
        }
    }
    mlg_table *table =
        open_table(document, "committees", listed ? T_table_committees : T_table_committees_only,
                   committees_note(document, &c), heads, COLUMNS(heads));
    for (size_t i = 0; i < c.n_bodies; i++) {
        committee_row(document, table, &c, &c.bodies[i]);
    }
    mlg_composition_free(&c);
}

static void only_bridge(mlg_document *document)
{
    const mlg_value *all = value_of(document, "scheme.only_bridge", MLG_SCALAR, "cross_sector");
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(all, "only", 0)),
        mlg_arg_count(mlg_section_part(all, "pairs", 0)),
        mlg_arg_share(mlg_section_number(all, MLG_VALUE, 0), 0),
        mlg_arg_count(mlg_section_part(all, "steering", 0)),
        mlg_arg_count(mlg_section_part(all, "steering_all", 0)),
        mlg_arg_count(mlg_section_part(all, "others", 0)),
        mlg_arg_count(mlg_section_part(all, "others_all", 0)),
    };
    if (all != NULL && all->undefined == T_none) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_page_only_bridge, args, COLUMNS(args));
    }
}

/* ---- shared bodies --------------------------------------------------------------------------- */

static void shared_table(mlg_document *document, const mlg_value *pairs)
{
    const mlg_heading heads[] = {
        mlg_head("scheme", T_head_scheme),
        mlg_head("other", T_head_other_scheme),
        mlg_head("shared", T_head_shared_bodies),
        mlg_head_file("of_scheme"),
        mlg_head_file("of_other"),
        mlg_head("common", T_head_common_members),
        mlg_head("before", T_head_before),
        mlg_head("after", T_head_after),
    };
    mlg_table *table =
        open_table(document, "shared_bodies", T_table_shared_bodies,
                   mlg_sentence_of(T_table_shared_bodies_note, NULL, 0), heads, COLUMNS(heads));
    for (size_t i = 0; i < pairs->n; i++) {
        for (size_t end = 0; end < 2; end++) {
            mlg_doc_cell(document, table,
                         mlg_section_label(MLG_SCOPE_SCHEME, pairs->subject[2 * i + end]));
        }
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "shared", i)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "of_a", i)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "of_b", i)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "common", i)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(pairs, "before", i)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(pairs, "after", i)));
    }
}

static void shared_bodies(mlg_document *document)
{
    const mlg_value *all = value_of(document, "scheme.shared_bodies", MLG_SCALAR, "all_bodies");
    const mlg_value *pairs = value_of(document, "scheme.shared_bodies", MLG_PAIRS, "pairs");
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(all, "shared", 0)),
        mlg_arg_count(mlg_section_part(all, "bodies", 0)),
        mlg_arg_count(mlg_section_part(all, "without_own_body", 0)),
        mlg_arg_count(mlg_section_part(all, "schemes", 0)),
    };
    if (all == NULL || all->undefined != T_none || !(args[0].number > 0.0)) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_page_shared_bodies, args, COLUMNS(args));
    if (pairs != NULL && pairs->n > 0) {
        shared_table(document, pairs);
    }
}

/* ---- themes in common -------------------------------------------------------------------------
 */

static void theme_matrix(mlg_document *document, const mlg_scheme_set *set)
{
    const mlg_model *model = document->results->model;
    mlg_heading heads[MOST_THEMES + 1] = {mlg_head("scheme", T_head_scheme)};
    static const char *const names[MOST_THEMES] = {"s1", "s2", "s3", "s4",  "s5",  "s6",
                                                   "s7", "s8", "s9", "s10", "s11", "s12"};
    for (size_t i = 0; i < set->n; i++) {
        heads[i + 1] = (mlg_heading){names[i], mlg_arg_label(MLG_SCOPE_SCHEME, set->items[i].id),
                                     MLG_EVERYWHERE};
    }
    mlg_table *table = open_table(document, NULL, T_table_themes,
                                  mlg_sentence_of(T_table_themes_note, NULL, 0), heads, set->n + 1);
    table->plain = true;
    table->open_rows = 0;
    for (size_t i = 0; i < set->n; i++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SCHEME, set->items[i].id));
        for (size_t j = 0; j < set->n; j++) {
            double of_a = NAN, of_b = NAN;
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_themes_common(model, set->items[i].id,
                                                             set->items[j].id, &of_a, &of_b)));
        }
    }
}

static void closure(mlg_document *document)
{
    const mlg_value *now = value_of(document, "scheme.closure", MLG_SCALAR, "now");
    const mlg_value *both = value_of(document, "scheme.closure", MLG_SCALAR, "created_together");
    const mlg_value *themes = value_of(document, "scheme.closure", MLG_PAIRS, "themes");
    mlg_scheme_set set = {0};
    mlg_error err = {MLG_OK, ""};
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(now, "linked", 0)),
                            mlg_arg_count(mlg_section_part(now, "pairs", 0)),
                            mlg_arg_count(mlg_section_part(both, "triads", 0)),
                            mlg_arg_count(mlg_section_part(both, "closed", 0))};

    if (args[2].number > 0.0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_page_closure, args, COLUMNS(args));
    }
    if (themes == NULL || themes->undefined != T_none) {
        return;
    }
    const mlg_status status = mlg_schemes_of(document->results->model, &set, &err);
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    } else if (set.n <= MOST_THEMES) {
        theme_matrix(document, &set);
    }
    mlg_schemes_free(&set);
}

/* ---- figures of the documents -------------------------------------------------------------------
 */

/* "1 of 2": how many of the schemes that say it are so. */
static mlg_cell counted_cell(mlg_document *document, const mlg_value *value)
{
    const double known = mlg_section_part(value, "known", 0);
    const double share = mlg_section_number(value, MLG_VALUE, 0);
    const mlg_arg of[] = {mlg_arg_count(round(share * known)), mlg_arg_count(known)};
    return isnan(share) ? mlg_section_share(share) : said(document, T_known_of, of, 2);
}

static void yardstick_row(mlg_document *document, mlg_table *table, const mlg_yardstick *y,
                          const mlg_value *value)
{
    const mlg_arg there = mlg_arg_share(y->value, 0);
    const mlg_arg of[] = {mlg_arg_count(mlg_section_part(value, "known", 0)),
                          mlg_arg_count(mlg_section_part(value, "n", 0))};
    const bool is_mean = y == &mlg_yardsticks()[MLG_YARDSTICK_asv_state_budget];
    mlg_buffer year = {0};

    mlg_buffer_number(&year, y->year);
    mlg_doc_cell(document, table, mlg_section_key(y->text));
    mlg_doc_cell(document, table,
                 y->at_least ? said(document, T_yardstick_at_least, &there, 1)
                             : mlg_cell_of(there));
    mlg_doc_cell(document, table, mlg_cell_of(there));
    mlg_doc_cell(document, table, mlg_section_count(y->at_least));
    mlg_doc_cell(document, table,
                 y->year > 0 ? mlg_cell_code(mlg_doc_text(document, mlg_buffer_string(&year)))
                             : mlg_section_key(T_years_not_given));
    mlg_doc_cell(document, table,
                 of[0].number >= LEAST_KNOWN
                     ? mlg_section_share(mlg_section_number(value, MLG_VALUE, 0))
                 : is_mean ? mlg_cell_empty()
                           : counted_cell(document, value));
    mlg_doc_cell(document, table, mlg_section_share(mlg_section_number(value, MLG_VALUE, 0)));
    mlg_doc_cell(document, table, said(document, T_known_of, of, 2));
    mlg_doc_cell(document, table, mlg_section_count(of[0].number));
    mlg_doc_cell(document, table, mlg_section_count(of[1].number));
    mlg_doc_cell(document, table, mlg_cell_code(y->source));
    document->failed = document->failed || year.failed;
    mlg_buffer_free(&year);
}

/* Those that the study can stand beside. */
static void yardsticks(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head("figure", T_head_yardstick),
        head_page("in_document", T_head_in_document),
        mlg_head_file("in_document_share"),
        mlg_head_file("at_least"),
        mlg_head("year", T_head_year),
        head_page("counted", T_head_here),
        mlg_head_file("here"),
        head_page("known_of", T_head_known_here),
        mlg_head_file("known"),
        mlg_head_file("n"),
        mlg_head("document", T_head_document),
    };
    mlg_table *table = NULL;

    for (size_t i = 0; i < MLG_N_YARDSTICKS; i++) {
        const mlg_yardstick *y = &mlg_yardsticks()[i];
        const mlg_value *value = value_of(document, "scheme.yardsticks", MLG_SCALAR, y->key);
        if (value == NULL || value->undefined != T_none) {
            continue;
        }
        table = table != NULL ? table
                              : open_table(document, "yardsticks", T_table_yardsticks,
                                           mlg_sentence_of(T_table_yardsticks_note, NULL, 0), heads,
                                           COLUMNS(heads));
        yardstick_row(document, table, y, value);
    }
}

void mlg_part_governance(mlg_document *document)
{
    committees(document);
    only_bridge(document);
    shared_bodies(document);
    closure(document);
    lineage(document);
    yardsticks(document);
}
