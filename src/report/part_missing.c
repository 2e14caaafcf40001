/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/missing.h"

/* What is missing between organisations, communes, lists and invitations; schemes that double each
 * other; and who could bring two together. */

enum { MOST_SAID = 5, MOST_BETWEEN = 4, ROWS_SHOWN = 10 };

static const double P_HOLDS = 0.05;

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* ---- who could close a gap ------------------------------------------------------------------- */

/* The steps of a gap stand together, its chains in order. */
typedef struct gap {
    const mlg_value *steps;
    size_t from, to; /* rows */
} gap;

static bool next_gap(const mlg_value *steps, gap *at)
{
    *at = (gap){steps, at->to, at->to};
    while (at->to < steps->n &&
           mlg_section_part(steps, "gap", at->to) <= mlg_section_part(steps, "gap", at->from)) {
        at->to++;
    }
    return at->from < at->to;
}

/* How a chain's first go-between is joined to both ends, where it is alone; T_none: not alike. */
static mlg_text_key joined(const gap *at, size_t row, bool several)
{
    const double first = mlg_section_part(at->steps, "link", row);
    const double second = mlg_section_part(at->steps, "link", row + 1);
    static const mlg_text_key one[] = {T_closer_links, T_closer_meets, T_closer_tied,
                                       T_closer_sits};
    static const mlg_text_key many[] = {T_closers_link, T_closers_meet, T_closers_tied,
                                        T_closers_sit};
    const int kind = first < second || first > second ? 0 : (int) first;
    return several ? many[kind] : one[kind];
}

/* One go-between, or two or three who could each do it. */
static void say_closers(mlg_document *document, const gap *at)
{
    static const mlg_text_key keys[] = {T_closers_1, T_closers_2, T_closers_3};
    const mlg_value *s = at->steps;
    const size_t last = at->to - 1, n = (at->to - at->from) / 2;
    mlg_arg args[6];
    mlg_text_key how = T_none;

    if (n == 0 || n > sizeof keys / sizeof *keys) {
        return;
    }
    how = joined(at, at->from, n > 1);
    for (size_t c = 1; c < n; c++) {
        if (joined(at, at->from + 2 * c, true) != how) {
            how = T_closers_link;
        }
    }
    args[0] = mlg_arg_label(s->scope, s->subject[2 * at->from]);
    args[1] = mlg_arg_label(s->scope, s->subject[2 * last + 1]);
    args[2] = mlg_arg_key(how);
    for (size_t c = 0; c < 3; c++) {
        const size_t row = at->from + 2 * (c < n ? c : 0);
        args[3 + c] = mlg_arg_label(s->scope, s->subject[2 * row + 1]);
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, keys[n - 1], args, 6);
}

/* The first of the chains, from one end to the other. */
static void say_chain(mlg_document *document, const gap *at)
{
    static const mlg_text_key keys[] = {T_chain_2, T_chain_3, T_chain_4};
    const mlg_value *s = at->steps;
    const size_t between = (size_t) mlg_section_number(s, MLG_VALUE, at->from);
    mlg_arg args[2 + MOST_BETWEEN];

    args[0] = mlg_arg_label(s->scope, s->subject[2 * at->from]);
    args[1] = mlg_arg_label(s->scope, s->subject[2 * (at->from + between) + 1]);
    for (size_t k = 0; k < MOST_BETWEEN; k++) {
        args[2 + k] =
            mlg_arg_label(s->scope, s->subject[2 * (at->from + (k < between ? k : 0)) + 1]);
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, keys[between - 2], args, 2 + MOST_BETWEEN);
}

/* The activity with fewest participants that two actors of a view are both in; -1: none. */
static mlg_id met_in(const mlg_graph *graph, mlg_id x, mlg_id y)
{
    const int32_t a = mlg_id_find(graph->subject, graph->n, x);
    const int32_t b = mlg_id_find(graph->subject, graph->n, y);
    const mlg_csr *in = &graph->attended;
    int32_t best = -1;

    for (int32_t k = 0; a >= 0 && b >= 0 && k < graph->n_activities; k++) {
        bool with_a = false, with_b = false;
        for (uint32_t i = in->offset[k]; i < in->offset[k + 1]; i++) {
            with_a = with_a || in->target[i] == a;
            with_b = with_b || in->target[i] == b;
        }
        if (with_a && with_b && (best < 0 || mlg_csr_degree(in, k) < mlg_csr_degree(in, best))) {
            best = k;
        }
    }
    return best >= 0 ? graph->activity[best] : -1;
}

/* Where those of a chain meet who are joined by that alone. */
static void say_where_met(mlg_document *document, const gap *at, int32_t view)
{
    const mlg_value *s = at->steps;
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const size_t steps = (size_t) mlg_section_number(s, MLG_VALUE, at->from) + 1;

    for (size_t row = at->from; row < at->from + steps; row++) {
        const mlg_id x = s->subject[2 * row], y = s->subject[2 * row + 1];
        const mlg_id activity = mlg_section_part(s, "link", row) == 1.0 ? met_in(graph, x, y) : -1;
        if (activity >= 0) {
            const mlg_arg args[] = {mlg_arg_label(s->scope, x), mlg_arg_label(s->scope, y),
                                    mlg_arg_label(MLG_SCOPE_ACTIVITY, activity)};
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_chain_met, args, COLUMNS(args));
        }
    }
}

static const mlg_value *steps_of(const mlg_results *results, int32_t view, const char *convention)
{
    const mlg_value *steps =
        mlg_section_value(results, "gap.introductions", view, MLG_PAIRS, convention);
    return steps != NULL && steps->n > 0 ? steps : NULL;
}

static size_t say_sort(mlg_document *document, int32_t view, const char *convention,
                       mlg_text_key heading)
{
    const mlg_value *steps = steps_of(document->results, view, convention);
    gap at = {0};
    size_t said = 0;

    while (steps != NULL && said < MOST_SAID && next_gap(steps, &at)) {
        if (!(mlg_section_part(steps, "p_adjusted", at.from) <= P_HOLDS)) {
            continue; /* it may be chance: its chains stand in the file */
        }
        if (said == 0) {
            mlg_doc_block(document, MLG_BLOCK_HEADING, heading, NULL, 0);
        }
        if (mlg_section_number(steps, MLG_VALUE, at.from) > 1.0) {
            say_chain(document, &at);
            say_where_met(document, &at, view);
        } else {
            say_closers(document, &at);
        }
        said++;
    }
    return said;
}

void mlg_missing_say_introductions(mlg_document *document, int32_t view)
{
    const size_t schemes = say_sort(document, view, "schemes", T_closers_schemes);
    const size_t others = say_sort(document, view, "organisations", T_closers_organisations);

    if (schemes + others > 0) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_closers_note, NULL, 0);
    }
}

static void introductions_file(mlg_document *document)
{
    static const char *const parts[] = {"gap",      "chain",     "step",      "link",
                                        "partners", "introduce", "p_adjusted"};
    const mlg_heading heads[] = {
        mlg_head_file("view"),     mlg_head_file("sort"),      mlg_head_file("from"),
        mlg_head_file("to"),       mlg_head_file("between"),   mlg_head_file("gap"),
        mlg_head_file("chain"),    mlg_head_file("step"),      mlg_head_file("link"),
        mlg_head_file("partners"), mlg_head_file("introduce"), mlg_head_file("p_adjusted"),
    };
    static const char *const sorts[] = {"schemes", "organisations"};
    mlg_table *table =
        mlg_doc_table(document, "introductions", (mlg_sentence){0}, heads, COLUMNS(heads));

    table->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        for (size_t k = 0; k < COLUMNS(sorts); k++) {
            const mlg_value *s = steps_of(document->results, view, sorts[k]);
            const mlg_arg id = mlg_arg_text(mlg_context_view(document->results->context, view)->id);
            for (size_t row = 0; s != NULL && row < s->n; row++) {
                mlg_doc_cell(document, table, mlg_cell_of(id));
                mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(sorts[k])));
                mlg_doc_cell(document, table, mlg_section_label(s->scope, s->subject[2 * row]));
                mlg_doc_cell(document, table, mlg_section_label(s->scope, s->subject[2 * row + 1]));
                mlg_doc_cell(document, table,
                             mlg_section_count(mlg_section_number(s, MLG_VALUE, row)));
                for (size_t i = 0; i < COLUMNS(parts); i++) {
                    mlg_doc_cell(
                        document, table,
                        mlg_cell_number(mlg_section_plain(mlg_section_part(s, parts[i], row)), 0));
                }
            }
        }
    }
}

/* ---- one view ------------------------------------------------------------------------------- */

static const mlg_value *pairs_of(const mlg_results *results, const char *id, int32_t view)
{
    const mlg_value *pairs = mlg_section_value(results, id, view, MLG_PAIRS, NULL);
    return pairs != NULL && pairs->undefined == T_none && pairs->n > 0 ? pairs : NULL;
}

static bool holds(const mlg_value *pairs, size_t row)
{
    return pairs->caution == T_none && mlg_section_part(pairs, "testable", row) > 0.0 &&
           mlg_section_number(pairs, MLG_P_ADJUSTED, row) <= P_HOLDS &&
           mlg_section_number(pairs, MLG_VALUE, row) < mlg_section_number(pairs, MLG_EXPECTED, row);
}

static mlg_arg few(double number)
{
    return mlg_arg_number(number, fabs(number) < 9.95 ? 1 : 0);
}

static void say_pair(mlg_document *document, const mlg_value *pairs, size_t row)
{
    const mlg_arg args[] = {
        mlg_arg_label(pairs->scope, pairs->subject[2 * row]),
        mlg_arg_label(pairs->scope, pairs->subject[2 * row + 1]),
        mlg_arg_count(mlg_section_number(pairs, MLG_VALUE, row)),
        few(mlg_section_number(pairs, MLG_EXPECTED, row)),
        mlg_arg_count(mlg_section_number(pairs, MLG_LOW, row)),
        mlg_arg_count(mlg_section_number(pairs, MLG_HIGH, row)),
        mlg_arg_p(mlg_section_number(pairs, MLG_P, row)),
        mlg_arg_p(mlg_section_number(pairs, MLG_P_ADJUSTED, row)),
    };
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_meetings_pair, args, COLUMNS(args));
}

/* How many pairs were compared and how many stand out; then the first of these. */
static void say_apart(mlg_document *document, const char *id, int32_t view, mlg_text_key counts)
{
    const mlg_value *pairs = pairs_of(document->results, id, view);
    const mlg_value *all = mlg_section_value(document->results, id, view, MLG_SCALAR, NULL);
    size_t found = 0;

    if (pairs == NULL) {
        return;
    }
    for (size_t row = 0; row < pairs->n; row++) {
        found += holds(pairs, row);
    }
    const mlg_arg args[] = {mlg_arg_count(mlg_section_part(all, "compared", 0)),
                            mlg_arg_count(mlg_section_part(all, "testable", 0)),
                            mlg_arg_count((double) found)};
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, counts, args, COLUMNS(args));
    for (size_t row = 0, said = 0; row < pairs->n && said < MOST_SAID; row++) {
        if (holds(pairs, row)) {
            say_pair(document, pairs, row);
            said++;
        }
    }
}

static void say_motifs(mlg_document *document, int32_t view, const char *convention,
                       mlg_text_key sentence)
{
    const mlg_value *closed =
        mlg_section_value(document->results, "gap.motifs", view, MLG_SCALAR, convention);
    const mlg_arg args[] = {
        mlg_arg_share(mlg_section_number(closed, MLG_VALUE, 0), 0),
        mlg_arg_share(mlg_section_number(closed, MLG_EXPECTED, 0), 0),
        mlg_arg_share(mlg_section_number(closed, MLG_LOW, 0), 0),
        mlg_arg_share(mlg_section_number(closed, MLG_HIGH, 0), 0),
        mlg_arg_p(mlg_section_number(closed, MLG_P, 0)),
        mlg_arg_count(mlg_section_part(closed, "actors", 0)),
    };
    if (closed != NULL && closed->undefined == T_none &&
        !isnan(mlg_section_number(closed, MLG_EXPECTED, 0))) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, sentence, args, COLUMNS(args));
    }
}

static void say_duplicates(mlg_document *document, int32_t view)
{
    const mlg_value *pairs = pairs_of(document->results, "gap.duplicates", view);
    const mlg_value *all =
        mlg_section_value(document->results, "gap.duplicates", view, MLG_SCALAR, NULL);
    const mlg_arg counts[] = {mlg_arg_count(mlg_section_number(all, MLG_VALUE, 0)),
                              mlg_arg_count(mlg_section_part(all, "known", 0)),
                              mlg_arg_share(mlg_section_part(all, "territory_least", 0), 0),
                              mlg_arg_share(mlg_section_part(all, "themes_least", 0), 0),
                              mlg_arg_share(mlg_section_part(all, "members_least", 0), 0)};

    if (pairs == NULL) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_duplicates_counts, counts, COLUMNS(counts));
    for (size_t row = 0; row < pairs->n && row < MOST_SAID; row++) {
        if (mlg_section_part(pairs, "met", row) >= 3.0) {
            const mlg_arg args[] = {
                mlg_arg_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row]),
                mlg_arg_label(MLG_SCOPE_SCHEME, pairs->subject[2 * row + 1]),
                mlg_arg_share(mlg_section_part(pairs, "territory", row), 0),
                mlg_arg_share(mlg_section_part(pairs, "themes", row), 0),
                mlg_arg_share(mlg_section_part(pairs, "members", row), 0),
            };
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_duplicates_pair, args, COLUMNS(args));
        }
    }
}

void mlg_missing_say_view(mlg_document *document, int32_t view)
{
    say_apart(document, "gap.organisations", view, T_apart_organisations);
    say_apart(document, "gap.communes", view, T_apart_communes);
    say_motifs(document, view, "triangles", T_motifs_triangles);
    say_motifs(document, view, "four_cycles", T_motifs_four_cycles);
    say_duplicates(document, view);
}

/* ---- the study ------------------------------------------------------------------------------ */

/* Who is listed and not seen, or seen and not listed: nothing to say where all are both. */
static bool has_register(const mlg_results *results)
{
    const mlg_value *all = mlg_section_value(results, "gap.listed_isolated", -1, MLG_SCALAR, NULL);
    return all != NULL && all->undefined == T_none &&
           mlg_section_part(all, "isolated", 0) + mlg_section_part(all, "unlisted", 0) > 0.0;
}

static bool has_invited(const mlg_results *results)
{
    const mlg_value *all = mlg_section_value(results, "gap.invited", -1, MLG_SCALAR, "response");
    return mlg_section_part(all, "invited", 0) > 0.0;
}

static void say_register(mlg_document *document)
{
    const mlg_value *all =
        mlg_section_value(document->results, "gap.listed_isolated", -1, MLG_SCALAR, NULL);
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(all, "isolated", 0)),
        mlg_arg_count(mlg_section_part(all, "listed", 0)),
        mlg_arg_count(mlg_section_part(all, "unlisted", 0)),
        mlg_arg_count(mlg_section_part(all, "active", 0)),
    };
    if (has_register(document->results)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      mlg_section_part(all, "by_directory", 0) > 0.0 ? T_register_directory
                                                                     : T_register_actors,
                      args, COLUMNS(args));
    }
}

/* Organisations known to have come to none of two invitations or more; never a person. */
static void say_never(mlg_document *document)
{
    enum { NAMED = 5, FEW = 2 };
    const mlg_value *of =
        mlg_section_value(document->results, "gap.invited", -1, MLG_VECTOR, "organisations");
    const mlg_model *model = document->results->model;
    mlg_id who[NAMED];
    mlg_arg args[MLG_NAMES_ARGS];
    size_t n = 0;

    for (size_t row = 0; of != NULL && row < of->n && n < NAMED; row++) {
        const mlg_id id = of->subject[row];
        if (mlg_section_part(of, "absent", row) >= FEW &&
            !(mlg_section_part(of, "came", row) > 0.0) &&
            model->party_kind[id] != MLG_KIND_PERSON && model->party_pseudonym[id] == 0) {
            who[n++] = id;
        }
    }
    mlg_args_names(args, MLG_SCOPE_ACTOR, who, n);
    if (n > 0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_invited_never, args, COLUMNS(args));
    }
}

static void say_invited(mlg_document *document)
{
    const mlg_value *all =
        mlg_section_value(document->results, "gap.invited", -1, MLG_SCALAR, "response");
    const double came = mlg_section_part(all, "came", 0);
    const double known = came + mlg_section_part(all, "absent", 0);
    const mlg_arg args[] = {
        mlg_arg_count(came),
        mlg_arg_count(known),
        mlg_arg_share(known > 0.0 ? came / known : NAN, 0),
        mlg_arg_count(mlg_section_part(all, "invited", 0)),
        mlg_arg_count(mlg_section_part(all, "uninvited", 0)),
        mlg_arg_count(mlg_section_part(all, "left_out", 0)),
        mlg_arg_count(mlg_section_part(all, "unsaid", 0)),
    };
    if (has_invited(document->results)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      known > 0.0 ? T_invited_sentence : T_invited_unanswered, args, COLUMNS(args));
        say_never(document);
    }
}

void mlg_missing_say_study(mlg_document *document)
{
    say_register(document);
    say_invited(document);
}

bool mlg_missing_has(const mlg_results *results, int32_t view)
{
    const mlg_value *motifs = mlg_section_value(results, "gap.motifs", view, MLG_SCALAR, NULL);
    if (view < 0) {
        return has_register(results) || has_invited(results);
    }
    return pairs_of(results, "gap.organisations", view) != NULL ||
           pairs_of(results, "gap.communes", view) != NULL ||
           pairs_of(results, "gap.duplicates", view) != NULL ||
           (motifs != NULL && motifs->undefined == T_none);
}

/* ---- tables --------------------------------------------------------------------------------- */

static void register_table(mlg_document *document, bool page)
{
    static const char *const conventions[] = {"isolated", "unlisted"};
    static const mlg_text_key words[] = {T_register_isolated, T_register_unlisted};
    const mlg_heading heads[] = {mlg_head("actor", T_head_actor), mlg_head("found", T_head_found),
                                 mlg_head_file("rows"), mlg_head_file("in_table")};
    mlg_table *table = NULL;

    for (size_t k = 0; k < COLUMNS(conventions); k++) {
        const mlg_value *list = mlg_section_value(document->results, "gap.listed_isolated", -1,
                                                  MLG_VECTOR, conventions[k]);
        for (size_t row = 0; list != NULL && row < list->n; row++) {
            table = table != NULL
                        ? table
                        : mlg_doc_table(document, page ? NULL : "register",
                                        mlg_sentence_of(page ? T_table_register : T_none, NULL, 0),
                                        heads, COLUMNS(heads));
            mlg_doc_cell(document, table, mlg_section_label(list->scope, list->subject[row]));
            mlg_doc_cell(document, table, mlg_section_key(words[k]));
            mlg_doc_cell(document, table, mlg_section_cell(list, MLG_VALUE, row));
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(list, "in_table", row)));
        }
    }
    if (table != NULL) {
        table->page_rows = page ? ROWS_SHOWN : 0;
    }
}

/* By sector and scheme on the page; whose absences they are stands in the file alone. */
static void invited_table(mlg_document *document, bool page)
{
    static const char *const conventions[] = {"sectors", "schemes", "organisations", "activities"};
    static const char *const parts[] = {"invited",   "came",     "absent", "presence_unknown",
                                        "uninvited", "left_out", "unsaid"};
    const mlg_heading heads[] = {
        mlg_head("subject", T_head_invited_of),
        mlg_head_file("sort"),
        mlg_head("response", T_head_response),
        mlg_head("invited", T_head_invitations),
        mlg_head("came", T_head_came),
        mlg_head("absent", T_head_did_not_come),
        mlg_head_file("presence_unknown"),
        mlg_head("uninvited", T_head_uninvited),
        mlg_head_file("left_out"),
        mlg_head_file("unsaid"),
    };
    mlg_table *table = NULL;

    for (size_t k = 0; k < (page ? 2 : COLUMNS(conventions)); k++) {
        const mlg_value *list =
            mlg_section_value(document->results, "gap.invited", -1, MLG_VECTOR, conventions[k]);
        for (size_t row = 0; list != NULL && row < list->n; row++) {
            table = table != NULL
                        ? table
                        : mlg_doc_table(document, page ? NULL : "invitations",
                                        mlg_sentence_of(page ? T_table_invited : T_none, NULL, 0),
                                        heads, COLUMNS(heads));
            mlg_doc_cell(document, table, mlg_section_label(list->scope, list->subject[row]));
            mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(conventions[k])));
            mlg_doc_cell(document, table,
                         mlg_section_share(mlg_section_number(list, MLG_VALUE, row)));
            for (size_t i = 0; i < COLUMNS(parts); i++) {
                mlg_doc_cell(document, table,
                             mlg_section_count(mlg_section_part(list, parts[i], row)));
            }
        }
    }
    if (table != NULL) {
        table->page_rows = page ? ROWS_SHOWN : 0;
        if (page) {
            mlg_table_drop_zeros(table);
        }
    }
}

void mlg_part_missing(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            mlg_missing_say_introductions(document, view);
            if (mlg_missing_has(document->results, view)) {
                const mlg_arg name = mlg_section_view(document, view);
                mlg_doc_block(document, MLG_BLOCK_HEADING, T_missing_view, &name, 1);
                mlg_missing_say_view(document, view);
            }
        }
    }
    if (mlg_missing_has(document->results, -1)) {
        mlg_doc_block(document, MLG_BLOCK_HEADING, T_missing_study, NULL, 0);
        mlg_missing_say_study(document);
        register_table(document, true);
        invited_table(document, true);
    }
    introductions_file(document);
    register_table(document, false);
    invited_table(document, false);
}
