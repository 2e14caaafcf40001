/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_ground.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "measure/carried.h"
#include "measure/scheme_set.h"
#include "measure/tenure.h"
#include "measure/turnover_people.h"

void mlg_turnover_ground_free(mlg_turnover_ground *ground)
{
    mlg_free(ground->post);
    mlg_free(ground->election);
    mlg_free(ground->counted);
    mlg_free(ground->convenor_first);
    mlg_free(ground->convenor);
    mlg_free(ground->activity_end);
    mlg_free(ground->activity_scheme);
    mlg_free(ground->row);
    mlg_free(ground->scheme);
    mlg_free(ground->scheme_first);
    mlg_free(ground->scheme_post);
    mlg_free(ground->scheme_end);
    mlg_free(ground->population);
    mlg_free(ground->unit_first);
    mlg_free(ground->unit_post);
    *ground = (mlg_turnover_ground){0};
}

/* Sums counts [n], each one place ahead, into first places [n + 1]. */
static void add_up(uint32_t *first, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        first[i + 1] += first[i];
    }
}

/* Undoes the walk of filling: each place stands where the next begins. */
static void step_back(uint32_t *first, int32_t n)
{
    for (int32_t i = n; i > 0; i--) {
        first[i] = first[i - 1];
    }
    first[0] = 0;
}

/* ---- schemes ------------------------------------------------------------------------------ */

/* Schemes in force: all of them, and which are on the ground. */
typedef struct schemes {
    mlg_scheme_set set;
    int32_t *ground; /* [set.n] index of the ground, or -1: no coordination on record */
    int32_t *last;   /* [set.n] last day of its last row, MLG_EVER_LAST: none known */
} schemes;

static void schemes_close(schemes *s)
{
    mlg_schemes_free(&s->set);
    mlg_free(s->ground);
    mlg_free(s->last);
}

static mlg_status schemes_open(schemes *s, const mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *s = (schemes){0};
    TRY(mlg_schemes_of(model, &s->set, err));
    s->ground = mlg_alloc(s->set.n, sizeof *s->ground);
    TRY_ALLOC(err, s->ground);
    s->last = mlg_alloc(s->set.n, sizeof *s->last);
    TRY_ALLOC(err, s->last);
    for (size_t i = 0; i < s->set.n; i++) {
        s->ground[i] = -1;
        s->last[i] = MLG_EVER_FIRST;
    }
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const int32_t place = mlg_scheme_place(&s->set, mlg_get_id(model, C_schemes_id, row));
        const int32_t end = mlg_get_span(model, C_schemes_end, row).last;
        if (place >= 0 && end > s->last[place]) {
            s->last[place] = end;
        }
    }
out:
    return status;
}

static double months_to(const mlg_model *model, int32_t last)
{
    return last == MLG_EVER_FIRST || last == MLG_EVER_LAST
               ? INFINITY
               : fmax(0.0, mlg_months_between(model->day, last));
}

/* Marks the schemes that a post coordinates; how many rows say that one does. */
static size_t mark_coordinated(const mlg_turnover_people *people, schemes *s)
{
    size_t n_posts = 0;
    for (size_t i = 0; i < people->n_held; i++) {
        const int32_t place = mlg_scheme_place(&s->set, people->held[i].scheme);
        if (place >= 0 && people->held[i].coordinates) {
            s->ground[place] = 0;
            n_posts++;
        }
    }
    return n_posts;
}

/* The posts that coordinate each scheme: two passes, one to count. */
static void list_posts(const mlg_turnover_people *people, const schemes *s,
                       mlg_turnover_ground *out)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < people->n_held; i++) {
            const int32_t place = mlg_scheme_place(&s->set, people->held[i].scheme);
            if (place < 0 || !people->held[i].coordinates) {
                continue;
            }
            const int32_t scheme = s->ground[place];
            if (pass == 0) {
                out->scheme_first[scheme + 1]++;
            } else {
                out->scheme_post[out->scheme_first[scheme]++] = people->held[i].post;
            }
        }
        if (pass == 0) {
            add_up(out->scheme_first, out->n_schemes);
        }
    }
    step_back(out->scheme_first, out->n_schemes);
}

/* The schemes that a post coordinates, and those posts. */
static mlg_status make_schemes(const mlg_turnover_people *people, schemes *s,
                               mlg_turnover_ground *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_posts = mark_coordinated(people, s);

    out->scheme = mlg_alloc(s->set.n, sizeof *out->scheme);
    TRY_ALLOC(err, out->scheme);
    out->scheme_end = mlg_alloc(s->set.n, sizeof *out->scheme_end);
    TRY_ALLOC(err, out->scheme_end);
    out->scheme_first = mlg_zalloc(s->set.n + 1, sizeof *out->scheme_first);
    TRY_ALLOC(err, out->scheme_first);
    out->scheme_post = mlg_alloc(n_posts, sizeof *out->scheme_post);
    TRY_ALLOC(err, out->scheme_post);
    for (size_t i = 0; i < s->set.n; i++) {
        if (s->ground[i] >= 0) {
            s->ground[i] = out->n_schemes;
            out->scheme[out->n_schemes] = s->set.items[i].id;
            out->scheme_end[out->n_schemes++] = months_to(people->model, s->last[i]);
        }
    }
    list_posts(people, s, out);
out:
    return status;
}

/* ---- activities ------------------------------------------------------------------------------ */

/* Schemes in force of an activity, by their places; `n` of them are looked at. */
static const int32_t *schemes_of(const mlg_model *model, mlg_id activity, size_t *n)
{
    const int32_t row = model->activity_row[activity];
    *n = 0;
    return row >= 0 ? mlg_get_list(model, C_activities_schemes, row, n) : NULL;
}

/* When the last of its schemes ends; one that ended already keeps nothing going. */
static void find_end(const mlg_model *model, const schemes *s, int32_t a, mlg_id activity,
                     mlg_turnover_ground *out)
{
    size_t n = 0;
    const int32_t *list = schemes_of(model, activity, &n);
    double end = -INFINITY;

    out->activity_scheme[a] = -1;
    for (size_t i = 0; i < n; i++) {
        const int32_t place = mlg_scheme_place(&s->set, list[i]);
        if (place >= 0 && months_to(model, s->last[place]) > end) {
            end = months_to(model, s->last[place]);
            out->activity_scheme[a] = s->ground[place];
        }
    }
    out->activity_end[a] = end < 0.0 ? INFINITY : end;
    if (out->activity_end[a] == INFINITY) {
        out->activity_scheme[a] = -1;
    }
}

/* Visits the posts that convene an activity, each once; `to` NULL only counts. */
static uint32_t convene(const mlg_model *model, const schemes *s, mlg_id activity,
                        const bool *elsewhere, const mlg_turnover_ground *ground, int32_t stamp,
                        int32_t *met, int32_t *to)
{
    uint32_t found = 0;
    size_t n = 0;
    const int32_t *list = schemes_of(model, activity, &n);

    if (mlg_meets_unconvened(model, activity) || elsewhere[activity]) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        const int32_t place = mlg_scheme_place(&s->set, list[i]);
        const int32_t scheme = place >= 0 ? s->ground[place] : -1;
        for (uint32_t e = scheme < 0 ? 0 : ground->scheme_first[scheme];
             scheme >= 0 && e < ground->scheme_first[scheme + 1]; e++) {
            const int32_t post = ground->scheme_post[e];
            if (met[post] == stamp) {
                continue;
            }
            met[post] = stamp;
            if (to != NULL) {
                to[found] = post;
            }
            found++;
        }
    }
    return found;
}

static mlg_status make_activities(const mlg_graph *graph, const schemes *s,
                                  mlg_turnover_ground *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) graph->n_activities;
    int32_t *met = mlg_zalloc((size_t) out->n_posts, sizeof *met);
    bool *elsewhere = NULL;

    TRY_ALLOC(err, met);
    TRY(mlg_carried_elsewhere(graph->model, &elsewhere, err));
    out->n_activities = graph->n_activities;
    out->convenor_first = mlg_zalloc(n + 1, sizeof *out->convenor_first);
    TRY_ALLOC(err, out->convenor_first);
    out->activity_end = mlg_alloc(n, sizeof *out->activity_end);
    TRY_ALLOC(err, out->activity_end);
    out->activity_scheme = mlg_alloc(n, sizeof *out->activity_scheme);
    TRY_ALLOC(err, out->activity_scheme);
    for (int32_t a = 0; a < graph->n_activities; a++) {
        out->convenor_first[a + 1] =
            out->convenor_first[a] +
            convene(graph->model, s, graph->activity[a], elsewhere, out, 2 * a + 1, met, NULL);
        find_end(graph->model, s, a, graph->activity[a], out);
    }
    out->convenor = mlg_alloc(out->convenor_first[n], sizeof *out->convenor);
    TRY_ALLOC(err, out->convenor);
    for (int32_t a = 0; a < graph->n_activities; a++) {
        convene(graph->model, s, graph->activity[a], elsewhere, out, 2 * a + 2, met,
                out->convenor + out->convenor_first[a]);
    }
out:
    mlg_free(met);
    mlg_free(elsewhere);
    return status;
}

/* ---- units ------------------------------------------------------------------------------------
 */

/* A territory where a post coordinates. */
typedef struct place {
    int32_t post;
    mlg_id territory;
} place;

typedef struct places {
    place *items;
    size_t n, room;
} places;

static mlg_status add_place(places *all, int32_t post, mlg_id territory, mlg_error *err)
{
    if (territory < 0) {
        return MLG_OK;
    }
    if (!mlg_grow(&all->items, &all->room, all->n + 1, sizeof *all->items)) {
        return mlg_fail(err, MLG_ENOMEM, "departures: no memory for the territories of posts");
    }
    all->items[all->n++] = (place){post, territory};
    return MLG_OK;
}

static mlg_id territory_of_scheme(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = scheme >= 0 ? model->party_scheme_row[scheme] : -1;
    return row >= 0 ? mlg_get_id(model, C_schemes_territory, row) : -1;
}

/* Where rows of posts.csv coordinate: their own territory, else those of their schemes. */
static mlg_status read_places(const mlg_turnover_people *people, places *all, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = people->model;

    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *list = mlg_get_list(model, C_posts_scheme, row, &n);
        const int32_t post = mlg_turnover_post_of_row(people, row);
        const mlg_id own = mlg_get_id(model, C_posts_territory, row);
        if (post < 0 || !mlg_row_coordinates(model, row)) {
            continue;
        }
        TRY(add_place(all, post, own, err));
        for (size_t i = 0; i < n && own < 0; i++) {
            TRY(add_place(all, post, territory_of_scheme(model, list[i]), err));
        }
    }
    for (size_t i = 0; i < people->n_held && !people->described; i++) {
        TRY(add_place(all, people->held[i].post, territory_of_scheme(model, people->held[i].scheme),
                      err));
    }
out:
    return status;
}

static double residents_of(const mlg_model *model, mlg_id unit)
{
    const int32_t row = model->is_unit[unit] ? model->territory_row[unit] : -1;
    return row >= 0 ? mlg_get_number(model, C_territories_population, row) : NAN;
}

/* What a post covers of one unit with known residents. */
typedef struct hold {
    mlg_id unit;
    int32_t post;
    double share;
} hold;

typedef struct holds {
    hold *items;
    size_t n, room;
} holds;

static int by_unit(const void *left, const void *right)
{
    const hold *a = left, *b = right;
    if (a->unit != b->unit) {
        return a->unit < b->unit ? -1 : 1;
    }
    if (a->post != b->post) {
        return a->post < b->post ? -1 : 1;
    }
    return a->share > b->share ? -1 : a->share < b->share;
}

/* By unit, then by post, each once: of several parts of a unit a post covers the largest. */
static mlg_status read_holds(const mlg_model *model, const places *all, holds *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t kept = 0;

    for (size_t i = 0; i < all->n; i++) {
        const place *at = &all->items[i];
        for (uint32_t e = model->unit_offset[at->territory];
             e < model->unit_offset[at->territory + 1]; e++) {
            if (isnan(residents_of(model, model->unit[e])) || !(model->unit_share[e] > 0.0)) {
                continue;
            }
            if (!mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items)) {
                FAIL(err, MLG_ENOMEM, "departures: no memory for the territories of posts");
            }
            out->items[out->n++] = (hold){model->unit[e], at->post, model->unit_share[e]};
        }
    }
    if (out->n > 0) {
        qsort(out->items, out->n, sizeof *out->items, by_unit);
    }
    for (size_t i = 0; i < out->n; i++) {
        const hold *h = &out->items[i], *last = kept > 0 ? &out->items[kept - 1] : NULL;
        if (last == NULL || h->unit != last->unit || h->post != last->post) {
            out->items[kept++] = *h;
        }
    }
    out->n = kept;
out:
    return status;
}

/* The least share above a level among some; 0 when there is none. */
static double next_level(const hold *of, size_t n, double level)
{
    double next = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (of[i].share > level && (next == 0.0 || of[i].share < next)) {
            next = of[i].share;
        }
    }
    return next;
}

/* A unit that posts cover in different parts counts as layers: the part that all of them cover,
 * what those with a larger one cover beside it, and so on. What one who leaves leaves covered is
 * then the largest part among those who stay. */
static mlg_status add_layers(const mlg_model *model, const hold *of, size_t n,
                             mlg_turnover_ground *out, size_t *posts, size_t *room, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double people = residents_of(model, of->unit);

    for (double level = 0.0, next; (next = next_level(of, n, level)) > 0.0; level = next) {
        if (!mlg_grow(&out->unit_post, room, *posts + n, sizeof *out->unit_post)) {
            FAIL(err, MLG_ENOMEM, "departures: no memory for the territories of posts");
        }
        out->population[out->n_units] = people * (next - level);
        out->unit_first[out->n_units++] = (uint32_t) *posts;
        for (size_t i = 0; i < n; i++) {
            if (of[i].share >= next) {
                out->unit_post[(*posts)++] = of[i].post;
            }
        }
    }
out:
    return status;
}

static mlg_status make_units(const mlg_turnover_people *people, mlg_turnover_ground *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = people->model;
    places all = {0};
    holds parts = {0};
    size_t posts = 0, room = 0;

    TRY(read_places(people, &all, err));
    TRY(read_holds(model, &all, &parts, err));
    out->population = mlg_alloc(parts.n, sizeof *out->population);
    TRY_ALLOC(err, out->population);
    out->unit_first = mlg_zalloc(parts.n + 1, sizeof *out->unit_first);
    TRY_ALLOC(err, out->unit_first);
    for (size_t i = 0, end = 0; i < parts.n; i = end) {
        while (end < parts.n && parts.items[end].unit == parts.items[i].unit) {
            end++;
        }
        TRY(add_layers(model, &parts.items[i], end - i, out, &posts, &room, err));
    }
    out->unit_first[out->n_units] = (uint32_t) posts;
out:
    mlg_free(all.items);
    mlg_free(parts.items);
    return status;
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

/* Who may leave is no organisation that a pair could count. */
static mlg_status make_counted(const mlg_graph *graph, const mlg_turnover_people *people,
                               mlg_turnover_ground *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;

    out->n_actors = graph->n;
    out->counted = mlg_alloc((size_t) graph->n, sizeof *out->counted);
    TRY_ALLOC(err, out->counted);
    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_id party = graph->subject[v];
        out->counted[v] = model->party_kind[party] != MLG_KIND_PERSON &&
                          (model->party_flags[party] & MLG_IS_POST) == 0 &&
                          !(people->described && people->first_post[party] >= 0);
    }
out:
    return status;
}

/* What depends on who holds which post. */
static mlg_status make_dependent(const mlg_graph *graph, const mlg_turnover_people *people,
                                 schemes *s, mlg_turnover_ground *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(make_schemes(people, s, out, err));
    TRY(make_activities(graph, s, out, err));
    TRY(make_units(people, out, err));
out:
    return status;
}

static mlg_status make_ground(const mlg_graph *graph, mlg_turnover_people *people, schemes *s,
                              mlg_turnover_ground *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_turnover_people_of(graph->model, people, err));
    TRY(schemes_open(s, graph->model, err));
    TRY(mlg_turnover_rows_of(graph, people, out, err));
    TRY(mlg_turnover_elections(people, out, err));
    out->n_people = people->n_people;
    out->n_posts = people->n_posts;
    TRY(make_counted(graph, people, out, err));
    TRY(make_dependent(graph, people, s, out, err));
    out->post = people->post;
    people->post = NULL;
out:
    return status;
}

mlg_status mlg_turnover_ground_of(const mlg_context *context, int32_t view,
                                  mlg_turnover_ground *out, mlg_error *err)
{
    return mlg_turnover_ground_of_graph(mlg_context_graph(context, view), out, err);
}

mlg_status mlg_turnover_ground_of_graph(const mlg_graph *graph, mlg_turnover_ground *out,
                                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_turnover_people people = {0};
    schemes s = {0};

    *out = (mlg_turnover_ground){.graph = graph};
    if (graph->model == NULL) {
        goto out; /* a graph from arrays has no one who leaves */
    }
    if (graph->scope != MLG_SCOPE_ACTOR) {
        FAIL(err, MLG_EARG, "departures: the view '%s' is not of actors", graph->view.id);
    }
    TRY(make_ground(graph, &people, &s, out, err));
out:
    mlg_turnover_people_free(&people);
    schemes_close(&s);
    if (status != MLG_OK) {
        mlg_turnover_ground_free(out);
    }
    return status;
}
