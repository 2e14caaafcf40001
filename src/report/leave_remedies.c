/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/halves.h"
#include "report/leave_sheet.h"

/* What would restore most of what a departure cuts, in sentences: of each kind in the view where
 * most is lost. */

/* The remedies of one departure, by view. */
typedef struct offer {
    mlg_document *document;
    const mlg_leavers *leavers;
    int32_t leaver;
    mlg_block_kind kind; /* of the sentences */
} offer;

static mlg_arg names_of(const offer *o, const mlg_remedy *r)
{
    return mlg_leave_names(o->document, MLG_SCOPE_ACTOR, r->what, (size_t) r->n);
}

static void say(const offer *o, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_doc_block(o->document, o->kind, key, args, n);
}

static void say_agreements(const offer *o, const mlg_remedies *r)
{
    const mlg_remedy *a = &r->agreements;
    const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_ACTOR, r->employer),
                            names_of(o, a),
                            mlg_arg_count((double) a->pairs[a->n - 1]),
                            mlg_arg_count((double) r->lost),
                            mlg_arg_count(round(a->expected)),
                            mlg_arg_count(a->low),
                            mlg_arg_count(a->high),
                            mlg_arg_key(a->proven ? T_remedy_best : T_remedy_good)};
    say(o, isnan(a->expected) ? T_remedy_agreements_bare : T_remedy_agreements, args, 8);
}

static void say_deputies(const offer *o, const mlg_remedies *r)
{
    const mlg_remedy *d = &r->deputies;
    const mlg_arg args[] = {names_of(o, d),
                            mlg_arg_count(d->activities[d->n - 1]),
                            mlg_arg_count(r->stopped),
                            mlg_arg_count((double) d->pairs[d->n - 1]),
                            mlg_arg_count((double) r->lost),
                            mlg_arg_count(d->n)};
    say(o, d->pairs[d->n - 1] > 0 ? T_remedy_deputies : T_remedy_deputies_only, args, 6);
}

static void say_introductions(const offer *o, const mlg_remedies *r)
{
    const mlg_remedy *i = &r->introductions;
    const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_ACTOR, i->to[0]), names_of(o, i),
                            mlg_arg_count((double) i->pairs[i->n - 1]),
                            mlg_arg_count((double) r->lost)};
    say(o, T_remedy_introductions, args, 4);
}

/* The territories of one half. */
static mlg_arg side_of(const offer *o, const mlg_halves *h, int side)
{
    mlg_id ids[MLG_MOST_PARTS];
    size_t n = 0;
    for (int32_t i = 0; i < h->n; i++) {
        if (h->side[i] == side) {
            ids[n++] = h->territory[i];
        }
    }
    return mlg_leave_names(o->document, MLG_SCOPE_TERRITORY, ids, n);
}

static mlg_arg unplaced(const offer *o, int32_t n)
{
    const mlg_results *results = o->document->results;
    const mlg_arg count = mlg_arg_count(n);
    mlg_buffer text = {0};
    if (n > 0) {
        mlg_say(&text, results, results->labels.language, T_remedy_unplaced, &count, 1);
    }
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(o->document, mlg_buffer_string(&text)));
    o->document->failed = o->document->failed || text.failed;
    mlg_buffer_free(&text);
    return arg;
}

static void say_halves(const offer *o, const mlg_halves *h, int64_t lost)
{
    const int64_t more = h->lost[0] > h->lost[1] ? h->lost[0] : h->lost[1];
    const int64_t less = h->lost[0] + h->lost[1] - more;
    const mlg_arg args[] = {side_of(o, h, 0),
                            mlg_arg_count(h->people[0]),
                            side_of(o, h, 1),
                            mlg_arg_count(h->people[1]),
                            mlg_arg_count((double) less),
                            mlg_arg_count((double) more),
                            mlg_arg_count((double) lost),
                            mlg_arg_count(h->partners),
                            unplaced(o, h->partners - h->placed)};
    if (h->n >= 2 && less < lost && !isnan(h->people[0] + h->people[1])) {
        say(o, less < more ? T_remedy_halves : T_remedy_halves_even, args, 9);
    }
}

static mlg_status tell_halves(const offer *o, int32_t view, mlg_cutter *cutter, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_context *context = o->document->results->context;
    mlg_rest rest = {0};
    mlg_halves halves;

    TRY(mlg_rest_of(context, view, o->leavers, o->leaver, true, cutter, &rest, err));
    const mlg_departure of = {
        context, view, mlg_context_graph(context, view), o->leavers, o->leaver, &rest, 2};
    TRY(mlg_halves_of(&of, &halves, err));
    say_halves(o, &halves, rest.lost);
out:
    mlg_rest_free(&rest);
    return status;
}

/* Does another view that the page shows, of the same source, lose more? */
static bool is_widest(const offer *o, int32_t view)
{
    const mlg_results *results = o->document->results;
    const bool two_mode = mlg_context_graph(results->context, view)->n_activities > 0;
    double here = -1.0;
    int32_t widest = -1;

    for (int32_t other = 0; other < mlg_section_views(results); other++) {
        const mlg_graph *graph = mlg_context_graph(results->context, other);
        if (!mlg_section_shows(results, other) || graph->scope != MLG_SCOPE_ACTOR ||
            (graph->n_activities > 0) != two_mode) {
            continue;
        }
        const mlg_leave_row row = mlg_leave_row_for(o->document, o->leavers, o->leaver, other);
        const double lost = mlg_section_part(row.pairs, "pairs_lost_with_activities", row.at_pairs);
        if (lost > here) {
            here = lost;
            widest = other;
        }
    }
    return widest == view && here > 0.0;
}

static mlg_status tell_view(const offer *o, int32_t view, bool *halves, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_results *results = o->document->results;
    mlg_cutter *cutter = NULL;
    mlg_remedies found;

    TRY(mlg_cutter_open(results->context, view, o->leavers, &cutter, err));
    TRY(mlg_remedies_of(results->context, view, o->leavers, o->leaver, cutter,
                        (int32_t) results->run->budget, &found, err));
    if (found.agreements.n > 0) {
        say_agreements(o, &found);
    }
    if (found.deputies.n > 0) {
        say_deputies(o, &found);
    }
    if (found.introductions.n > 0 && found.agreements.n == 0 && found.deputies.n == 0) {
        say_introductions(o, &found);
    }
    if (!*halves) {
        const size_t before = o->document->sections[o->document->n - 1].n;
        TRY(tell_halves(o, view, cutter, err));
        *halves = o->document->sections[o->document->n - 1].n > before;
    }
out:
    mlg_cutter_free(cutter);
    /* what is too large to try is in no sentence; the values say so */
    return status == MLG_ESIZE ? MLG_OK : status;
}

void mlg_leave_remedies(mlg_document *document, const mlg_leavers *leavers, int32_t leaver,
                        mlg_block_kind kind)
{
    const offer o = {document, leavers, leaver, kind};
    mlg_error err = {0};
    bool halves = false;

    for (int32_t view = 0; view < mlg_section_views(document->results) && document->n > 0; view++) {
        const mlg_status status = is_widest(&o, view) ? tell_view(&o, view, &halves, &err) : MLG_OK;
        if (status != MLG_OK) {
            mlg_doc_fail(document, status, &err);
            return;
        }
    }
}
