/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "turnover_fixture.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph_fixture.h"

turnover_fixture *turnover_fixture_new(const char *sectors)
{
    turnover_fixture *f = mlg_zalloc(1, sizeof *f);
    ck_assert_ptr_nonnull(f);
    f->graph = graph_fixture(sectors, "");
    f->ground = (mlg_turnover_ground){.post = f->post,
                                      .election = f->election,
                                      .n_actors = f->graph->n,
                                      .graph = f->graph,
                                      .counted = f->counted,
                                      .convenor_first = f->convenor_first,
                                      .convenor = f->convenor,
                                      .activity_end = f->activity_end,
                                      .activity_scheme = f->activity_scheme,
                                      .row = f->row,
                                      .scheme = f->scheme,
                                      .scheme_first = f->scheme_first,
                                      .scheme_post = f->scheme_post,
                                      .scheme_end = f->scheme_end,
                                      .population = f->population,
                                      .unit_first = f->unit_first,
                                      .unit_post = f->unit_post};
    for (int32_t v = 0; v < f->graph->n; v++) {
        f->counted[v] = true;
    }
    return f;
}

void turnover_fixture_free(turnover_fixture *f)
{
    mlg_graph_free(f->graph);
    mlg_free(f);
}

int32_t turnover_post(turnover_fixture *f, int32_t person, mlg_rate leaves)
{
    mlg_turnover_ground *g = &f->ground;
    ck_assert_int_lt(g->n_posts, 64);
    ck_assert(person == g->n_people || person == g->n_people - 1);
    g->n_people = person + 1;
    f->post[g->n_posts] = (mlg_turnover_post){.person = person,
                                              .leaves = leaves,
                                              .renewed = MLG_RENEWED_FIXED_TERM,
                                              .end = INFINITY,
                                              .term = 12,
                                              .mandate = -1,
                                              .coordinates = true};
    return g->n_posts++;
}

void turnover_row(turnover_fixture *f, int32_t a, int32_t b, int32_t post_a, int32_t post_b,
                  mlg_rate held)
{
    ck_assert_uint_lt(f->ground.n_rows, 256);
    f->row[f->ground.n_rows++] =
        (mlg_turnover_row){.end = {a, b}, .post = {post_a, post_b}, .held = held};
}

static void list_posts(uint32_t *first, int32_t *post, int32_t n, const int32_t *list)
{
    uint32_t at = first[n];
    ck_assert_int_lt(n, 64);
    for (; *list >= 0; list++) {
        ck_assert_uint_lt(at, 256);
        post[at++] = *list;
    }
    first[n + 1] = at;
}

int32_t turnover_activity(turnover_fixture *f, const int32_t *convenors)
{
    mlg_turnover_ground *g = &f->ground;
    list_posts(f->convenor_first, f->convenor, g->n_activities, convenors);
    f->activity_end[g->n_activities] = INFINITY;
    f->activity_scheme[g->n_activities] = -1;
    return g->n_actors + g->n_activities++;
}

int32_t turnover_scheme(turnover_fixture *f, const int32_t *posts)
{
    mlg_turnover_ground *g = &f->ground;
    list_posts(f->scheme_first, f->scheme_post, g->n_schemes, posts);
    f->scheme_end[g->n_schemes] = INFINITY;
    f->scheme[g->n_schemes] = g->n_schemes;
    return g->n_schemes++;
}

int32_t turnover_unit(turnover_fixture *f, double population, const int32_t *posts)
{
    mlg_turnover_ground *g = &f->ground;
    list_posts(f->unit_first, f->unit_post, g->n_units, posts);
    f->population[g->n_units] = population;
    return g->n_units++;
}

mlg_law turnover_still(void)
{
    mlg_law law = {0};
    law.value[MLG_REFILLED] = 1;
    law.value[MLG_SURVIVES_ORGANISATION] = 1;
    law.value[MLG_SURVIVES_PERSON] = 1;
    law.value[MLG_SURVIVES_UNKNOWN] = 1;
    return law;
}

mlg_turnover_ask turnover_ask_all(int32_t months, uint32_t replicates)
{
    return (mlg_turnover_ask){.months = months,
                              .replicates = replicates,
                              .stays = -1,
                              .view = "",
                              .outputs = {true, true, true, true},
                              .pauses = true};
}

/* ---- random ones -------------------------------------------------------------------- */

static int32_t below(mlg_random *draw, int32_t n)
{
    return (int32_t) mlg_random_below(draw, (uint32_t) n);
}

static void some_posts(mlg_random *draw, turnover_fixture *f)
{
    const int32_t people = 1 + below(draw, 8);
    f->ground.n_elections = below(draw, 3);
    for (int32_t e = 0; e < f->ground.n_elections; e++) {
        f->election[e] = 3 + 20 * e + 10 * mlg_random_unit(draw);
    }
    for (int32_t k = 0; k < people; k++) {
        const int32_t n = below(draw, 3) == 0 ? 1 + below(draw, 3) : 1;
        const double end = 40 * mlg_random_unit(draw);
        for (int32_t i = 0; i < n; i++) {
            mlg_turnover_post *post = &f->post[turnover_post(f, k, (mlg_rate) below(draw, 7))];
            post->vacant = below(draw, 8) == 0;
            post->coordinates = below(draw, 2) == 0;
            post->renewed = below(draw, 2) == 0 ? MLG_RENEWED_FIXED_TERM : MLG_RENEWED_PROJECT;
            if (below(draw, 3) == 0) {
                post->end = below(draw, 4) > 0 ? end : 40 * mlg_random_unit(draw);
                post->term = 5 + 10 * mlg_random_unit(draw);
            }
            if (f->ground.n_elections > 0 && below(draw, 3) == 0) {
                post->mandate = below(draw, f->ground.n_elections);
            }
        }
    }
}

/* Up to three posts, each once. */
static const int32_t *some_list(mlg_random *draw, const turnover_fixture *f, int32_t *list)
{
    const int32_t n = 1 + below(draw, 3);
    int32_t made = 0;
    for (int32_t i = 0; i < n; i++) {
        const int32_t post = below(draw, f->ground.n_posts);
        bool met = false;
        for (int32_t k = 0; k < made; k++) {
            met = met || list[k] == post;
        }
        if (!met) {
            list[made++] = post;
        }
    }
    list[made] = -1;
    return list;
}

static void some_things(mlg_random *draw, turnover_fixture *f, bool two_mode)
{
    static const int32_t nobody[] = {-1};
    int32_t list[4];
    for (int32_t i = below(draw, 4); i > 0; i--) {
        const int32_t k = turnover_scheme(f, some_list(draw, f, list));
        f->scheme_end[k] = below(draw, 3) == 0 ? 40 * mlg_random_unit(draw) : INFINITY;
    }
    for (int32_t i = below(draw, 6); i > 0; i--) {
        turnover_unit(f, 100.0 * (1 + below(draw, 50)), some_list(draw, f, list));
    }
    for (int32_t i = two_mode ? 1 + below(draw, 6) : 0; i > 0; i--) {
        turnover_activity(f, below(draw, 4) == 0 ? nobody : some_list(draw, f, list));
        const int32_t a = f->ground.n_activities - 1;
        if (below(draw, 3) == 0) {
            f->activity_end[a] = 40 * mlg_random_unit(draw);
            if (f->ground.n_schemes > 0 && below(draw, 2) == 0) {
                f->activity_scheme[a] = below(draw, f->ground.n_schemes);
            }
        }
    }
}

static void some_rows(mlg_random *draw, turnover_fixture *f, bool two_mode)
{
    const int32_t n = f->ground.n_actors;
    for (int32_t i = n / 2 + below(draw, 2 * n); i > 0; i--) {
        const int32_t a = below(draw, n);
        const int32_t b = two_mode ? n + below(draw, f->ground.n_activities) : below(draw, n);
        int32_t p = below(draw, f->ground.n_posts), q = below(draw, f->ground.n_posts);
        if (p > q) { /* of two that leave at one election, the first comes first */
            const int32_t swap = p;
            p = q;
            q = swap;
        }
        if (p == q || f->post[p].person == f->post[q].person || below(draw, 2) == 0) {
            q = -1;
        }
        p = below(draw, 3) == 0 ? -1 : p;
        turnover_row(f, a, b, p, q, (mlg_rate) (MLG_SURVIVES_ORGANISATION + below(draw, 3)));
    }
}

turnover_fixture *turnover_fixture_random(uint64_t number)
{
    mlg_random draw = mlg_random_stream(1, "turnover_fixture", "", number);
    const bool two_mode = below(&draw, 2) == 0;
    const int32_t n = 2 + below(&draw, 11);
    char sectors[16] = {0};

    for (int32_t v = 0; v < n; v++) {
        sectors[v] = "AABBCD?"[below(&draw, 7)];
    }
    turnover_fixture *f = turnover_fixture_new(sectors);
    if (below(&draw, 3) == 0 && f->graph->n_sectors > 0) { /* some have two sectors */
        int32_t actor[32], sector[32];
        size_t m = 0;
        for (int32_t v = 0; v < n; v++) {
            if (f->graph->sector[v] >= 0) {
                actor[m] = v;
                sector[m++] = f->graph->sector[v];
                if (below(&draw, 3) == 0) {
                    actor[m] = v;
                    sector[m++] = below(&draw, f->graph->n_sectors);
                }
            }
        }
        ck_assert_int_eq(mlg_csr_build(n, f->graph->n_sectors, false, false, actor, sector, NULL, m,
                                       MLG_MERGE_MAX, &f->graph->sector_set, NULL),
                         MLG_OK);
    }
    for (int32_t v = 0; v < n; v++) {
        f->counted[v] = below(&draw, 5) > 0;
    }
    some_posts(&draw, f);
    some_things(&draw, f, two_mode);
    some_rows(&draw, f, two_mode);
    return f;
}

mlg_law turnover_law_random(uint64_t number)
{
    mlg_random draw = mlg_random_stream(1, "turnover_law", "", number);
    mlg_law law = {0};
    for (int rate = MLG_LEAVE_PERMANENT; rate <= MLG_LEAVE_UNKNOWN; rate++) {
        law.value[rate] = below(&draw, 6) > 0 ? 2 * mlg_random_unit(&draw) : 0;
    }
    for (int rate = MLG_RENEWED_FIXED_TERM; rate <= MLG_ELECTED_CHANGE; rate++) {
        law.value[rate] = mlg_random_unit(&draw);
    }
    law.value[MLG_VACANCY_MONTHS] = below(&draw, 5) > 0 ? 8 * mlg_random_unit(&draw) : 0;
    law.value[MLG_REFILLED] = below(&draw, 5) > 0 ? mlg_random_unit(&draw) : 1;
    law.value[MLG_INTERIM] = below(&draw, 2) > 0 ? 0.5 * mlg_random_unit(&draw) : 0;
    for (int rate = MLG_SURVIVES_ORGANISATION; rate <= MLG_SURVIVES_UNKNOWN; rate++) {
        law.value[rate] = below(&draw, 5) > 0 ? mlg_random_unit(&draw) : 0;
    }
    law.value[MLG_KNIT_MONTHS] = below(&draw, 5) > 0 ? 15 * mlg_random_unit(&draw) : 0;
    law.value[MLG_FADE_MONTHS] = below(&draw, 5) > 0 ? 5 * mlg_random_unit(&draw) : 0;
    return law;
}
