/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* What one step of collapsing leads to:
 *
 *     a person  -> its organisation; else the first it speaks for in a participation;
 *                  else the employer of its post
 *     a service -> its organisation
 *     a post    -> its employer, else its service, else the carrier of its scheme
 *
 * and steps are followed to an organisation. With services kept (--by service) a post
 * goes to its service first, and a service goes nowhere. Participations of a person name
 * each time whom it speaks for: the graph takes that row by row, and this only where a
 * row says nothing. */
typedef struct ways {
    mlg_id *behalf;    /* [parties.n] first organisation a person speaks for, or -1 */
    int32_t *post_row; /* [parties.n] row of the post a person holds, or -1 */
    mlg_id *next;      /* [parties.n] one step, or -1 */
} ways;

static mlg_id first_of(const mlg_model *model, mlg_column column, int32_t row)
{
    size_t n = 0;
    const int32_t *party = mlg_get_list(model, column, row, &n);
    return n > 0 ? party[0] : -1;
}

static bool may_take_in(const mlg_model *model, mlg_id party)
{
    const mlg_kind kind = model->party_kind[party];
    return kind != MLG_KIND_PERSON && kind != MLG_KIND_POST && kind != MLG_KIND_SCHEME;
}

static void read_behalf(const mlg_model *model, mlg_id *behalf)
{
    const int32_t *actor = model->data[C_participations_actor];
    const int32_t *other = model->data[C_participations_on_behalf_of];
    if (actor == NULL || other == NULL) {
        return;
    }
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        if (actor[row] >= 0 && other[row] >= 0 && actor[row] != other[row] &&
            behalf[actor[row]] < 0 && may_take_in(model, other[row])) {
            behalf[actor[row]] = other[row];
        }
    }
}

/* A row in force goes before one that is not; then the first. */
static void read_posts(const mlg_model *model, int32_t *post_row)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id person = mlg_get_id(model, C_posts_person, row);
        if (person >= 0 && (post_row[person] < 0 ||
                            (!mlg_row_in_force(model, MLG_POSTS, post_row[person], model->day) &&
                             mlg_row_in_force(model, MLG_POSTS, row, model->day)))) {
            post_row[person] = row;
        }
    }
}

static mlg_id carrier_of(const mlg_model *model, int32_t post_row)
{
    const mlg_id scheme = first_of(model, C_posts_scheme, post_row);
    const int32_t row = scheme >= 0 ? model->party_scheme_row[scheme] : -1;
    return row >= 0 ? first_of(model, C_schemes_carrier, row) : -1;
}

static mlg_id after_post(const mlg_model *model, int32_t row, bool keep_services)
{
    const mlg_id employer = first_of(model, C_posts_employer, row);
    const mlg_id service = first_of(model, C_posts_service, row);
    const mlg_id wanted = keep_services ? service : employer;
    const mlg_id other = keep_services ? employer : service;
    return wanted >= 0 ? wanted : other >= 0 ? other : carrier_of(model, row);
}

static mlg_id after(const mlg_model *model, const ways *w, mlg_id party, bool keep_services)
{
    const int32_t row = model->party_actor_row[party];
    const mlg_id organisation = row >= 0 ? mlg_get_id(model, C_actors_organisation, row) : -1;
    mlg_id next = -1;
    switch (model->party_kind[party]) {
    case MLG_KIND_PERSON:
        next = organisation >= 0 ? organisation : w->behalf[party];
        if (next < 0 && w->post_row[party] >= 0) {
            next = after_post(model, w->post_row[party], keep_services);
        }
        break;
    case MLG_KIND_SERVICE:
        next = keep_services ? -1 : organisation;
        break;
    case MLG_KIND_POST:
        next = after_post(model, model->party_post_row[party], keep_services);
        break;
    case MLG_KIND_ORGANISATION:
    case MLG_KIND_RESIDENTS:
    case MLG_KIND_UNNAMED:
    case MLG_KIND_SCHEME:
        break;
    }
    return next == party ? -1 : next;
}

/* The circle through `from`, as "A > B > A". */
static void report_cycle(mlg_model *model, const mlg_id *next, mlg_id from)
{
    enum { SHOWN = 8 };
    mlg_buffer way = {0};
    bool some_person = false;
    mlg_id at = from;
    for (int i = 0; i < SHOWN; i++) {
        some_person = some_person || mlg_is_private(model, at);
        mlg_buffer_text(&way, mlg_names_text(&model->parties, at));
        mlg_buffer_text(&way, " > ");
        at = next[at];
        if (at == from) {
            break;
        }
    }
    mlg_buffer_text(&way, at == from ? mlg_names_text(&model->parties, from) : "...");
    const mlg_arg args[] = {mlg_text_of(&model->parties, from),
                            {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&way)}};
    mlg_fault_add_masked(
        model, MLG_FATAL, T_fault_organisation_cycle,
        mlg_place_of(model, MLG_ACTORS, model->party_actor_row[from], C_actors_organisation), args,
        2, some_person ? 3u : 0u);
    mlg_buffer_free(&way);
}

/* Follows every way to its end; who stands on a circle collapses into itself. */
static void follow(mlg_model *model, const mlg_id *next, bool report, mlg_id *out)
{
    enum { UNSEEN = -1, ON_WAY = -2 };
    const mlg_id n = (mlg_id) model->parties.n;
    for (mlg_id party = 0; party < n; party++) {
        out[party] = UNSEEN;
    }
    for (mlg_id party = 0; party < n; party++) {
        mlg_id at = party;
        while (out[at] == UNSEEN && next[at] >= 0) {
            out[at] = ON_WAY;
            at = next[at];
        }
        if (out[at] == ON_WAY) {
            if (report) {
                report_cycle(model, next, at);
            }
            for (mlg_id on = at; out[on] == ON_WAY; on = next[on]) {
                out[on] = on;
            }
        }
        const mlg_id end = out[at] >= 0 ? out[at] : at;
        out[at] = end;
        for (mlg_id on = party; out[on] == ON_WAY; on = next[on]) {
            out[on] = end;
        }
    }
}

mlg_status mlg_finish_collapse(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->parties.n;
    ways w = {mlg_alloc(n, sizeof *w.behalf), mlg_alloc(n, sizeof *w.post_row),
              mlg_alloc(n, sizeof *w.next)};

    model->party_organisation = mlg_alloc(n, sizeof *model->party_organisation);
    model->party_body = mlg_alloc(n, sizeof *model->party_body);
    if (w.behalf == NULL || w.post_row == NULL || w.next == NULL ||
        model->party_organisation == NULL || model->party_body == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for the organisations of %zu actors", n);
    }
    for (size_t party = 0; party < n; party++) {
        w.behalf[party] = w.post_row[party] = -1;
    }
    read_behalf(model, w.behalf);
    read_posts(model, w.post_row);
    for (size_t party = 0; party < n; party++) {
        w.next[party] = after(model, &w, (mlg_id) party, false);
    }
    follow(model, w.next, true, model->party_organisation);
    for (size_t party = 0; party < n; party++) {
        w.next[party] = after(model, &w, (mlg_id) party, true);
    }
    follow(model, w.next, false, model->party_body);

out:
    mlg_free(w.behalf);
    mlg_free(w.post_row);
    mlg_free(w.next);
    return status;
}
