/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/departure.h"

#include "measure/carried.h"
#include "measure/cover.h"
#include "measure/tenure.h"

/* Who may leave: from posts.csv at the study's date, a clock a person. */

void mlg_leavers_free(mlg_leavers *leavers)
{
    mlg_free(leavers->leaver);
    mlg_free(leavers->post);
    mlg_free(leavers->of_party);
    mlg_free(leavers->of_row);
    mlg_free(leavers->of_scheme);
    mlg_free(leavers->of_activity);
    mlg_free(leavers->of_commune);
    *leavers = (mlg_leavers){0};
}

bool mlg_row_coordinates(const mlg_model *model, int32_t row)
{
    return mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, coordinator);
}

bool mlg_meets_unconvened(const mlg_model *model, mlg_id activity)
{
    const int32_t row = model->activity_row[activity];
    return row >= 0 && mlg_get_id(model, C_activities_level, row) == MLG_CODE_OF(level, strategic);
}

int32_t mlg_leaver_of_reading(const mlg_model *model, const mlg_leavers *leavers,
                              const mlg_reading *reading, int end)
{
    const bool stood_in = !leavers->actors && reading->row.table == MLG_PARTICIPATIONS &&
                          mlg_get_id(model, C_participations_present, reading->row.row) ==
                              MLG_CODE_OF(presence, represented);
    if (stood_in || reading->party[end] < 0) {
        return MLG_NO_LEAVER;
    }
    const bool for_post = !leavers->actors && reading->behalf >= 0 &&
                          (model->party_flags[reading->behalf] & MLG_IS_POST) != 0;
    const int32_t spoken_for = for_post ? leavers->of_party[reading->behalf] : MLG_NO_LEAVER;
    return spoken_for >= 0 ? spoken_for : leavers->of_party[reading->party[end]];
}

/* Is somebody in the post by this row, named or not? */
static bool is_held(const mlg_model *model, int32_t row)
{
    return mlg_get_id(model, C_posts_person, row) != MLG_VACANT &&
           mlg_get_id(model, C_posts_id, row) >= 0 && mlg_holds_at_date(model, MLG_POSTS, row);
}

/* A post has one holder: of several that rows in force name, the last to begin. */
static mlg_status find_holders(const mlg_model *model, mlg_id **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *holder = mlg_alloc(model->parties.n, sizeof *holder);
    int32_t *since = mlg_alloc(model->parties.n, sizeof *since);

    *out = holder;
    TRY_ALLOC(err, holder);
    TRY_ALLOC(err, since);
    for (size_t p = 0; p < model->parties.n; p++) {
        holder[p] = -1;
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        const mlg_id person = mlg_get_id(model, C_posts_person, row);
        const int32_t start = mlg_get_span(model, C_posts_start, row).first;
        if (is_held(model, row) && person >= 0 && (holder[post] < 0 || start > since[post])) {
            holder[post] = person;
            since[post] = start;
        }
    }
out:
    mlg_free(since);
    return status;
}

/* ---- leavers ------------------------------------------------------------------ */

static mlg_status filled(size_t n, int32_t value, int32_t **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *out = mlg_alloc(n, sizeof **out);
    TRY_ALLOC(err, *out);
    for (size_t i = 0; i < n; i++) {
        (*out)[i] = value;
    }
out:
    return status;
}

/* Deals a leaver to each person, and to each post that nobody is named for. */
static void deal(const mlg_model *model, const mlg_id *holder, mlg_leavers *out)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        if (!is_held(model, row) || out->of_party[post] >= 0) {
            continue;
        }
        int32_t *by = holder[post] >= 0 ? &out->of_party[holder[post]] : &out->of_party[post];
        if (*by < 0) {
            *by = out->n;
            out->leaver[out->n++] = (mlg_leaver){.person = holder[post]};
        }
        out->of_party[post] = *by;
    }
}

/* The posts of each leaver, in the order of their rows. */
static mlg_status list_posts(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *seen = mlg_zalloc(model->parties.n, sizeof *seen);

    TRY_ALLOC(err, seen);
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
            const mlg_id post = mlg_get_id(model, C_posts_id, row);
            if (!is_held(model, row) || seen[post] == (pass == 0)) {
                continue;
            }
            mlg_leaver *leaver = &out->leaver[out->of_party[post]];
            seen[post] = pass == 0;
            if (pass == 1) {
                out->post[leaver->first + leaver->n] = post;
            }
            leaver->n++;
        }
        for (int32_t l = 0; l < out->n && pass == 0; l++) {
            out->leaver[l].first = out->n_posts;
            out->n_posts += out->leaver[l].n;
            out->leaver[l].n = 0;
        }
    }
out:
    mlg_free(seen);
    return status;
}

/* Whose row it is: the person's that it names, else the post's. A row that names somebody
 * else than the post's holder is nobody's here, but it is held. */
static void own_rows(const mlg_model *model, mlg_leavers *out)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id person = mlg_get_id(model, C_posts_person, row);
        if (is_held(model, row)) {
            out->of_row[row] =
                out->of_party[person >= 0 ? person : mlg_get_id(model, C_posts_id, row)];
        }
    }
}

/* ---- what rests on one alone --------------------------------------------------- */

/* One more who holds a thing: the first stands alone, another makes several. */
static void hold(int32_t *by, int32_t leaver)
{
    const int32_t one = leaver >= 0 ? leaver : MLG_SEVERAL_LEAVERS;
    *by = *by == MLG_NO_LEAVER || *by == one ? one : MLG_SEVERAL_LEAVERS;
}

static bool is_in_force(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    return row < 0 || mlg_holds_at_date(model, MLG_SCHEMES, row);
}

static void find_schemes(const mlg_model *model, mlg_leavers *out)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        for (size_t i = 0; i < n && is_held(model, row) && mlg_row_coordinates(model, row); i++) {
            if (is_in_force(model, schemes[i])) {
                hold(&out->of_scheme[schemes[i]], out->of_row[row]);
            }
        }
    }
}

/* An activity of several schemes stops when the last of their coordinations does; one that others
 * carry goes on. */
static mlg_status find_activities(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *elsewhere = NULL;

    TRY(mlg_carried_elsewhere(model, &elsewhere, err));
    for (size_t a = 0; a < model->activities.n; a++) {
        const int32_t row = model->activity_row[a];
        const mlg_span when = {mlg_get_span(model, C_activities_start, row < 0 ? 0 : row).first,
                               mlg_get_span(model, C_activities_end, row < 0 ? 0 : row).last};
        size_t n = 0;
        const int32_t *schemes =
            row >= 0 ? mlg_get_list(model, C_activities_schemes, row, &n) : NULL;
        for (size_t i = 0; i < n && !elsewhere[a] && mlg_is_recent(model, when); i++) {
            const int32_t by = out->of_scheme[schemes[i]];
            if (by != MLG_NO_LEAVER) {
                hold(&out->of_activity[a], by);
            }
        }
    }
out:
    mlg_free(elsewhere);
    return status;
}

static void find_communes(const mlg_model *model, mlg_leavers *out)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        for (size_t i = 0; i < mlg_post_n_places(model, row); i++) {
            const mlg_id territory = mlg_post_place(model, row, i);
            if (territory >= 0 && mlg_post_refers(model, row) && is_held(model, row)) {
                hold(&out->of_commune[territory], out->of_row[row]);
            }
        }
    }
}

static mlg_status open_leavers(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t rows = (size_t) model->rows[MLG_POSTS].n;

    *out = (mlg_leavers){0};
    out->leaver = mlg_alloc(rows, sizeof *out->leaver);
    TRY_ALLOC(err, out->leaver);
    out->post = mlg_alloc(rows, sizeof *out->post);
    TRY_ALLOC(err, out->post);
    TRY(filled(model->parties.n, MLG_NO_LEAVER, &out->of_party, err));
    TRY(filled(rows, MLG_NO_LEAVER, &out->of_row, err));
    TRY(filled(model->parties.n, MLG_NO_LEAVER, &out->of_scheme, err));
    TRY(filled(model->activities.n, MLG_NO_LEAVER, &out->of_activity, err));
    TRY(filled(model->territories.n, MLG_NO_LEAVER, &out->of_commune, err));
out:
    return status;
}

mlg_status mlg_leavers_of(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *holder = NULL;

    TRY(open_leavers(model, out, err));
    TRY(find_holders(model, &holder, err));
    deal(model, holder, out);
    TRY(list_posts(model, out, err));
    own_rows(model, out);
    find_schemes(model, out);
    TRY(find_activities(model, out, err));
    find_communes(model, out);
out:
    mlg_free(holder);
    if (status != MLG_OK) {
        mlg_leavers_free(out);
    }
    return status;
}

/* ---- other sets of who may leave -------------------------------------------------- */

/* Without posts, persons who took part as coordinators, each of the schemes it did so for. */
static mlg_status seat_coordination(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};

    TRY(mlg_tenures_of(model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        if (t->holder >= 0 && model->party_kind[t->holder] == MLG_KIND_PERSON) {
            out->of_party[t->holder] = 0;
            out->n = 1; /* without posts to list: nobody reads `leaver` */
        }
        if (is_in_force(model, t->scheme)) {
            hold(&out->of_scheme[t->scheme],
                 t->holder >= 0 ? out->of_party[t->holder] : MLG_NO_LEAVER);
        }
    }
out:
    mlg_free(tenures.items);
    return status;
}

/* Who holds a row of coordination is part of the one leaver, with its other posts. `part` [leavers]
 * says who. */
static void find_coordination(const mlg_model *model, const mlg_leavers *each, bool *part)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (each->of_row[row] >= 0 && mlg_row_coordinates(model, row)) {
            part[each->of_row[row]] = true;
        }
    }
}

static int32_t merged(int32_t leaver, const bool *part)
{
    return leaver >= 0 && part[leaver] ? 0 : MLG_NO_LEAVER;
}

static void merge_coordination(const mlg_model *model, const mlg_leavers *each, const bool *part,
                               mlg_leavers *out)
{
    for (int32_t l = 0; l < each->n; l++) {
        out->n = part[l] ? 1 : out->n;
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        out->of_party[p] = merged(each->of_party[p], part);
    }
    for (int32_t i = 0; i < each->n_posts; i++) {
        if (out->of_party[each->post[i]] == 0) {
            out->post[out->n_posts++] = each->post[i];
        }
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        out->of_row[row] = merged(each->of_row[row], part);
    }
    out->leaver[0] = (mlg_leaver){.person = -1, .n = out->n_posts};
    find_schemes(model, out);
}

mlg_status mlg_coordination_of(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_leavers each = {0};
    bool *part = NULL;

    *out = (mlg_leavers){0};
    TRY(mlg_leavers_of(model, &each, err));
    part = mlg_zalloc((size_t) each.n, sizeof *part);
    TRY_ALLOC(err, part);
    TRY(open_leavers(model, out, err));
    if (model->rows[MLG_POSTS].n == 0) {
        TRY(seat_coordination(model, out, err));
    } else {
        find_coordination(model, &each, part);
        merge_coordination(model, &each, part, out);
    }
    TRY(find_activities(model, out, err));
out:
    mlg_free(part);
    mlg_leavers_free(&each);
    if (status != MLG_OK) {
        mlg_leavers_free(out);
    }
    return status;
}

mlg_status mlg_people_of(const mlg_model *model, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_leaver *all = NULL;

    TRY(mlg_leavers_of(model, out, err));
    all = mlg_alloc((size_t) out->n + model->parties.n, sizeof *all);
    TRY_ALLOC(err, all);
    for (int32_t l = 0; l < out->n; l++) {
        all[l] = out->leaver[l];
    }
    for (size_t p = 0; p < model->parties.n; p++) {
        if (model->party_kind[p] == MLG_KIND_PERSON && out->of_party[p] < 0) {
            all[out->n] = (mlg_leaver){.person = (mlg_id) p, .first = out->n_posts};
            out->of_party[p] = out->n++;
        }
    }
    mlg_free(out->leaver);
    out->leaver = all;
out:
    if (status != MLG_OK) {
        mlg_leavers_free(out);
    }
    return status;
}

mlg_status mlg_actors_as_leavers(const mlg_graph *graph, mlg_leavers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;

    *out = (mlg_leavers){.actors = true, .n = graph->n};
    out->leaver = mlg_zalloc((size_t) graph->n, sizeof *out->leaver);
    TRY_ALLOC(err, out->leaver);
    TRY(filled(model->parties.n, MLG_NO_LEAVER, &out->of_party, err));
    TRY(filled(model->activities.n, MLG_NO_LEAVER, &out->of_activity, err));
    for (size_t p = 0; p < model->parties.n; p++) {
        const mlg_id subject = graph->into[p];
        out->of_party[p] = subject >= 0 ? mlg_id_find(graph->subject, graph->n, subject) : -1;
    }
out:
    if (status != MLG_OK) {
        mlg_leavers_free(out);
    }
    return status;
}

/* ---- one's own organisations ---------------------------------------------------- */

static void mark_party(const mlg_id *into, mlg_id party, bool mark, bool *own)
{
    if (party >= 0 && into[party] >= 0) {
        own[into[party]] = mark;
    }
}

static void mark_list(const mlg_model *model, mlg_column column, int32_t row, const mlg_id *into,
                      bool mark, bool *own)
{
    size_t n = 0;
    const int32_t *parties = mlg_get_list(model, column, row, &n);
    for (size_t i = 0; i < n; i++) {
        mark_party(into, parties[i], mark, own);
    }
}

void mlg_leaver_own(const mlg_model *model, const mlg_leavers *leavers, int32_t leaver,
                    const mlg_id *into, bool mark, bool *own)
{
    const mlg_leaver *who = &leavers->leaver[leaver];

    if (who->person >= 0) {
        mark_party(into, who->person, mark, own);
        mark_party(into, model->party_organisation[who->person], mark, own);
    }
    for (int32_t i = 0; i < who->n; i++) {
        const mlg_id post = leavers->post[who->first + i];
        mark_party(into, post, mark, own);
        mark_party(into, model->party_organisation[post], mark, own);
    }
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        if (leavers->of_row[row] == leaver) {
            mark_list(model, C_posts_employer, row, into, mark, own);
            mark_list(model, C_posts_service, row, into, mark, own);
        }
    }
}
