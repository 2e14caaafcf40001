/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/workload_contacts.h"

#include <math.h>
#include <stdlib.h>

#include "measure/constraint.h"
#include "measure/dyads.h"
#include "measure/seats.h"
#include "measure/sector_types.h"
#include "measure/tenure.h"

void mlg_contacts_free(mlg_contacts *contacts)
{
    mlg_free(contacts->items);
    mlg_free(contacts->pairs);
    *contacts = (mlg_contacts){0};
}

/* Two numbers: a coordinator and one thing it has, or an activity and who was there. */
typedef struct pair {
    int32_t of, id;
} pair;

typedef struct pairs {
    pair *items;
    size_t n, room;
} pairs;

typedef struct survey {
    const mlg_model *model;
    mlg_contacts *out;
    int32_t *owner; /* [parties] coordinator, or -1 */
    mlg_sector_types types;
    pairs services, employers, homes, contacts, sectors, presences;
    pairs links; /* all who are joined: a body, or parties.n and the number of a coordinator */
    bool failed, crowded;
} survey;

enum { MOST_LINKS = 1 << 24 };

static void push(survey *s, pairs *list, int32_t of, int32_t id)
{
    if (s->failed || of < 0 || id < 0) {
        return;
    }
    s->failed = !mlg_grow(&list->items, &list->room, list->n + 1, sizeof *list->items);
    if (!s->failed) {
        list->items[list->n++] = (pair){of, id};
    }
}

static int by_both(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    if (a->of != b->of) {
        return a->of < b->of ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Sorted, each once. */
static void settle(pairs *list)
{
    size_t n = 0;
    if (list->n > 0) {
        qsort(list->items, list->n, sizeof *list->items, by_both);
    }
    for (size_t i = 0; i < list->n; i++) {
        if (i == 0 || by_both(&list->items[i], &list->items[i - 1]) != 0) {
            list->items[n++] = list->items[i];
        }
    }
    list->n = n;
}

static bool has(const pairs *list, int32_t of, int32_t id)
{
    const pair key = {of, id};
    return list->n > 0 && bsearch(&key, list->items, list->n, sizeof key, by_both) != NULL;
}

/* ---- who coordinates ------------------------------------------------------------------------ */

static void attach(survey *s, int32_t owner, mlg_column column, pairs *list, int32_t row)
{
    const mlg_model *model = s->model;
    mlg_coordinator *c = &s->out->items[owner];
    size_t n = 0;
    const mlg_id *parties = mlg_get_list(model, column, row, &n);
    for (size_t i = 0; i < n; i++) {
        push(s, list, owner, parties[i]);
        push(s, &s->homes, owner, model->party_organisation[parties[i]]);
        c->type = c->type < 0 ? s->types.of[parties[i]] : c->type;
        c->placed = true;
    }
}

static void read_post(survey *s, int32_t row)
{
    const mlg_model *model = s->model;
    const mlg_id person = mlg_get_id(model, C_posts_person, row);
    const mlg_id post = mlg_get_id(model, C_posts_id, row), party = person >= 0 ? person : post;

    if (mlg_get_id(model, C_posts_role, row) != MLG_CODE_OF(role, coordinator) ||
        person == MLG_VACANT || party < 0 || !mlg_holds_at_date(model, MLG_POSTS, row)) {
        return;
    }
    if (s->owner[party] < 0) {
        s->owner[party] = (int32_t) s->out->n;
        s->out->items[s->out->n++] =
            (mlg_coordinator){.party = party, .type = -1, .constraint = NAN};
    }
    const int32_t owner = s->owner[party];
    if (post >= 0) {
        s->owner[post] = owner;
    }
    attach(s, owner, C_posts_service, &s->services, row);
    attach(s, owner, C_posts_employer, &s->employers, row);
}

/* ---- whom they are on record with ----------------------------------------------------------- */

static void meet(survey *s, mlg_id party, mlg_id other)
{
    const int32_t owner = s->owner[party];
    if (owner >= 0 && s->owner[other] != owner) {
        push(s, &s->contacts, owner, s->model->party_body[other]);
    }
}

/* A coordinator stands for itself, everybody else for a service or an organisation. */
static int32_t end_of(const survey *s, mlg_id party)
{
    return s->owner[party] >= 0 ? (int32_t) s->model->parties.n + s->owner[party]
                                : s->model->party_body[party];
}

static void link_up(survey *s, mlg_id party, mlg_id other)
{
    const int32_t a = end_of(s, party), b = end_of(s, other);
    s->crowded = s->crowded || s->links.n >= MOST_LINKS;
    if (a != b && !s->crowded && s->out->n > 0) {
        push(s, &s->links, a, b);
    }
}

static void each_tie(void *context, const mlg_reading *reading)
{
    if (reading->fate == MLG_ROW_COUNTS) {
        meet(context, reading->party[0], reading->party[1]);
        meet(context, reading->party[1], reading->party[0]);
        link_up(context, reading->party[0], reading->party[1]);
    }
}

static void each_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    if (reading->row.table == MLG_PARTICIPATIONS && reading->fate == MLG_ROW_COUNTS) {
        push(s, &s->presences, reading->activity, reading->party[0]);
    }
}

static void meet_in_activities(survey *s)
{
    const pair *here = s->presences.items;
    for (size_t first = 0, end = 0; first < s->presences.n; first = end) {
        while (end < s->presences.n && here[end].of == here[first].of) {
            end++;
        }
        for (size_t i = first; i < end && end - first <= MLG_CROWD; i++) {
            for (size_t j = first; j < end && s->owner[here[i].id] >= 0; j++) {
                meet(s, here[i].id, here[j].id);
            }
            for (size_t j = i + 1; j < end; j++) {
                link_up(s, here[i].id, here[j].id);
            }
        }
    }
}

static mlg_status read_ties(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_span year = mlg_recent_days(s->model);
    const mlg_view view = {.source = MLG_FROM_TIES,
                           .by = MLG_BY_ACTOR,
                           .from = year.first,
                           .to = year.last,
                           .kind = -1};
    mlg_id *into = NULL;
    mlg_reader reader;

    TRY(mlg_collapse_parties(s->model, &view, &into, err));
    TRY(mlg_reader_open(&reader, s->model, &view, into, NULL, err));
    mlg_reader_each(&reader, each_tie, s);
out:
    mlg_free(into);
    return status;
}

/* All sectors of a type are reached. */
static void push_sectors(survey *s, int32_t of, int32_t type)
{
    for (uint32_t k = type >= 0 ? s->types.offset[type] : 0;
         type >= 0 && k < s->types.offset[type + 1]; k++) {
        push(s, &s->sectors, of, s->types.sector[k]);
    }
}

static void count(survey *s)
{
    const mlg_model *model = s->model;
    for (size_t i = 0; i < s->contacts.n; i++) {
        const pair contact = s->contacts.items[i];
        mlg_coordinator *c = &s->out->items[contact.of];
        c->contacts++;
        c->inside += has(&s->homes, contact.of, model->party_organisation[contact.id]);
        push_sectors(s, contact.of, s->types.of[contact.id]);
    }
    settle(&s->sectors);
    for (size_t i = 0; i < s->sectors.n; i++) {
        s->out->items[s->sectors.items[i].of].sectors++;
    }
    for (size_t i = 0; i < s->services.n; i++) {
        s->out->items[s->services.items[i].of].attachments++;
    }
    for (size_t i = 0, employers = 0; i < s->employers.n; i++) {
        mlg_coordinator *c = &s->out->items[s->employers.items[i].of];
        const bool first = i == 0 || s->employers.items[i - 1].of != s->employers.items[i].of;
        employers = first ? 1 : employers + 1;
        c->attachments =
            (int32_t) employers > c->attachments ? (int32_t) employers : c->attachments;
    }
}

/* ---- what their contacts have to do with each other ------------------------------------------ */

static mlg_status constrain(survey *s, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_error why = {MLG_OK, ""};
    mlg_csr csr = {0};
    mlg_redundancy redundancy = {0};
    const size_t parties = s->model->parties.n, m = s->links.n;
    int32_t *from = mlg_alloc(m, sizeof *from), *to = mlg_alloc(m, sizeof *to);

    TRY_ALLOC(err, from);
    TRY_ALLOC(err, to);
    for (size_t i = 0; i < m; i++) {
        from[i] = s->links.items[i].of;
        to[i] = s->links.items[i].id;
    }
    const int32_t n = (int32_t) (parties + s->out->n);
    TRY(mlg_csr_build(n, n, true, true, from, to, NULL, m, MLG_MERGE_MAX, &csr, err));
    const mlg_status made = mlg_redundancy_of(&csr, NULL, NULL, run, &redundancy, &why);
    if (made == MLG_ESIZE) {
        goto out; /* too many pairs: unknown */
    }
    if (made != MLG_OK) {
        *err = why;
        status = made;
        goto out;
    }
    for (size_t i = 0; i < s->out->n; i++) {
        s->out->items[i].constraint = redundancy.counted.constraint[parties + i];
    }
out:
    mlg_free(from);
    mlg_free(to);
    mlg_csr_free(&csr);
    mlg_redundancy_free(&redundancy);
    return status;
}

/* Those of the survey, for others to look at. */
static mlg_status keep_pairs(const survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_contacts *out = s->out;

    out->pairs = mlg_alloc(s->contacts.n, sizeof *out->pairs);
    TRY_ALLOC(err, out->pairs);
    for (size_t i = 0; i < s->contacts.n; i++) {
        out->pairs[out->n_pairs++] =
            (mlg_contact){s->contacts.items[i].of, s->contacts.items[i].id};
    }
out:
    return status;
}

mlg_status mlg_contacts_of(const mlg_model *model, const mlg_run *run, mlg_contacts *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model, .out = out};

    *out = (mlg_contacts){0};
    TRY(mlg_sector_types_of(model, &s.types, err));
    out->n_types = s.types.n;
    s.owner = mlg_alloc(model->parties.n, sizeof *s.owner);
    out->items = mlg_alloc((size_t) model->rows[MLG_POSTS].n, sizeof *out->items);
    TRY_ALLOC(err, s.owner);
    TRY_ALLOC(err, out->items);
    for (size_t p = 0; p < model->parties.n; p++) {
        s.owner[p] = -1;
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        read_post(&s, row);
    }
    TRY(read_ties(&s, err));
    TRY(mlg_seats_each(model, MLG_BY_ACTOR, each_seat, &s, err));
    settle(&s.presences);
    meet_in_activities(&s);
    settle(&s.contacts);
    settle(&s.homes);
    settle(&s.services);
    settle(&s.employers);
    count(&s);
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.attachment: no memory for contacts");
    }
    TRY(keep_pairs(&s, err));
    if (!s.crowded && s.links.n > 0) {
        TRY(constrain(&s, run, err));
    }
out:
    mlg_sector_types_free(&s.types);
    mlg_free(s.owner);
    mlg_free(s.services.items);
    mlg_free(s.employers.items);
    mlg_free(s.homes.items);
    mlg_free(s.contacts.items);
    mlg_free(s.sectors.items);
    mlg_free(s.presences.items);
    mlg_free(s.links.items);
    if (status != MLG_OK) {
        mlg_contacts_free(out);
    }
    return status;
}
