/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finding/rule.h"
#include "measure/tenure.h"

/* Whom to convene first: three at most that are tied to the most others. For information: about
 * whom to invite, nobody's merit. Who invites is not on the list: where the sets that the measure
 * found are not without it, all others are looked at here. */

enum { INVITED = 3, LISTED = 24, MOST_SEARCHED = 300, WORDS = (MOST_SEARCHED + 63) / 64 };

/* Who invites is not invited: the coordination in the view, and who only employs, carries or funds
 * it. Indexed by dense actor. */
typedef struct hosts {
    bool *coordinates, *backs; /* [actors] */
    bool any;
} hosts;

static void hosts_free(hosts *h)
{
    mlg_free(h->coordinates);
    mlg_free(h->backs);
}

static void mark(const mlg_graph *graph, mlg_id party, bool *marks, bool *any)
{
    const int32_t actor = party >= 0 ? mlg_id_find(graph->subject, graph->n, party) : -1;
    if (actor >= 0) {
        marks[actor] = true;
        *any = true;
    }
}

static void mark_list(const mlg_graph *graph, mlg_column column, int32_t row, bool *marks)
{
    size_t n = 0;
    bool any = false;
    const mlg_id *list = row >= 0 ? mlg_get_list(graph->model, column, row, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        mark(graph, list[i] >= 0 ? graph->into[list[i]] : -1, marks, &any);
    }
}

/* Posts of coordination and who holds them, by their own name (an organisation may bear it too);
 * beside them their employers, services and funders, and the carriers of what they coordinate. */
static mlg_status find_hosts(const mlg_graph *graph, hosts *h, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = graph->model;
    mlg_tenures tenures = {0};

    h->coordinates = mlg_zalloc((size_t) graph->n, sizeof *h->coordinates);
    h->backs = mlg_zalloc((size_t) graph->n, sizeof *h->backs);
    TRY_ALLOC(err, h->coordinates);
    TRY_ALLOC(err, h->backs);
    TRY(mlg_tenures_of(model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        if (!t->coordinates) {
            continue;
        }
        mark(graph, t->holder, h->coordinates, &h->any);
        mark(graph, t->post, h->coordinates, &h->any);
        mark_list(graph, C_schemes_carrier, model->party_scheme_row[t->scheme], h->backs);
        if (t->post >= 0) { /* else it is a row of participations.csv */
            mark_list(graph, C_posts_employer, t->row, h->backs);
            mark_list(graph, C_posts_service, t->row, h->backs);
            mark_list(graph, C_posts_funder, t->row, h->backs);
        }
    }
    for (int32_t v = 0; v < graph->n; v++) {
        h->any = h->any || h->backs[v];
    }
out:
    mlg_free(tenures.items);
    return status;
}

/* May these be named? Without the coordination, and not mostly its own house. */
static bool may_name(const hosts *h, const int32_t *actor, int k)
{
    int house = 0;
    for (int i = 0; i < k; i++) {
        if (h->coordinates[actor[i]]) {
            return false;
        }
        house += h->backs[actor[i]];
    }
    return 2 * house <= k;
}

/* ---- the sets that the measure lists ------------------------------------------------------ */

/* A set to name, and how many others it touches. */
typedef struct choice {
    int k; /* 0: none */
    int32_t actor[INVITED];
    double touched, sets; /* how many sets do as well; NaN: not known */
    bool proven;
} choice;

static void read_set(const mlg_graph *graph, const mlg_value *value, size_t row, int k,
                     int32_t actor[INVITED])
{
    for (int i = 0; i < k; i++) {
        actor[i] = mlg_id_find(graph->subject, graph->n, value->subject[row + (size_t) i]);
    }
}

/* Among the listed sets of k that may be named, the one that is also nearest to everybody: its
 * first row. */
static size_t best_set(const mlg_graph *graph, const hosts *h, const mlg_value *value, int k)
{
    size_t best = SIZE_MAX;
    for (size_t row = 0; row < value->n; row++) {
        int32_t actor[INVITED];
        if (mlg_rule_part(value, "k", row) != k || mlg_rule_part(value, "member", row) != 1) {
            continue;
        }
        read_set(graph, value, row, k, actor);
        if (may_name(h, actor, k) &&
            (best == SIZE_MAX || mlg_rule_part(value, "distance", row) >
                                     mlg_rule_part(value, "distance", best) + 1e-12)) {
            best = row;
        }
    }
    return best;
}

/* The fewest that touch as many others as the most do: one more who brings nobody but itself is not
 * worth asking. `of` [INVITED] by k - 1; k = 0 in it: none of so many. */
static choice fewest(const choice *of)
{
    int k = INVITED;
    while (k > 1 && of[k - 1].k > 0 && of[k - 2].k > 0 && of[k - 2].touched >= of[k - 1].touched) {
        k--;
    }
    return of[k - 1];
}

static choice listed(const mlg_graph *graph, const hosts *h, const mlg_value *value)
{
    choice of[INVITED] = {{0}};
    for (int k = 1; k <= INVITED; k++) {
        const size_t row = best_set(graph, h, value, k);
        if (row != SIZE_MAX) {
            of[k - 1] = (choice){.k = k,
                                 .touched = mlg_rule_part(value, "reach1", row) - k,
                                 .sets = mlg_rule_part(value, "sets", row),
                                 .proven = mlg_rule_part(value, "proven", row) > 0.0};
            read_set(graph, value, row, k, of[k - 1].actor);
        }
    }
    return fewest(of);
}

/* ---- all sets ------------------------------------------------------------------------------- */

typedef struct search {
    const hosts *hosts;
    int32_t n;
    uint64_t (*near)[WORDS]; /* [n] the actor and those it is tied to */
    choice of[INVITED];
} search;

static void set_near(uint64_t near[WORDS], int32_t actor)
{
    near[actor / 64] |= UINT64_C(1) << (actor % 64);
}

static void read_near(const mlg_graph *graph, search *s)
{
    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_csr *from = graph->projected ? &graph->ties : &graph->attends;
        memset(s->near[v], 0, sizeof s->near[v]);
        set_near(s->near[v], v);
        for (uint32_t e = from->offset[v]; e < from->offset[v + 1]; e++) {
            const int32_t to = from->target[e];
            for (uint32_t i = graph->projected ? 0 : graph->attended.offset[to];
                 !graph->projected && i < graph->attended.offset[to + 1]; i++) {
                set_near(s->near[v], graph->attended.target[i]);
            }
            if (graph->projected) {
                set_near(s->near[v], to);
            }
        }
    }
}

/* The best sets of 1, 2 and 3 that begin with `actor` [k - 1] and go on with later ones. */
static void extend(search *s, const uint64_t *with, int32_t *actor, int k)
{
    for (int32_t v = k > 1 ? actor[k - 2] + 1 : 0; v < s->n; v++) {
        uint64_t all[WORDS];
        double reached = 0.0;
        choice *best = &s->of[k - 1];
        if (s->hosts->coordinates[v]) {
            continue;
        }
        actor[k - 1] = v;
        for (int w = 0; w < WORDS; w++) {
            all[w] = with[w] | s->near[v][w];
            reached += __builtin_popcountll(all[w]);
        }
        if (may_name(s->hosts, actor, k) && (best->k == 0 || reached - k >= best->touched)) {
            if (best->k > 0 && reached - k == best->touched) {
                best->sets++;
            } else {
                *best = (choice){.k = k, .touched = reached - k, .sets = 1.0, .proven = true};
                memcpy(best->actor, actor, (size_t) k * sizeof *actor);
            }
        }
        if (k < INVITED) {
            extend(s, all, actor, k + 1);
        }
    }
}

static mlg_status look_at_all(const mlg_graph *graph, const hosts *h, choice *out, mlg_error *err)
{
    static const uint64_t nobody[WORDS] = {0};
    mlg_status status = MLG_OK;
    int32_t actor[INVITED] = {0};
    search s = {.hosts = h, .n = graph->n};

    *out = (choice){.k = 0};
    if (graph->n > MOST_SEARCHED) {
        return MLG_OK; /* silent: the measure's sets are not to be named */
    }
    s.near = mlg_alloc((size_t) graph->n, sizeof *s.near);
    TRY_ALLOC(err, s.near);
    read_near(graph, &s);
    extend(&s, nobody, actor, 1);
    *out = fewest(s.of);
out:
    mlg_free(s.near);
    return status;
}

/* ---- the statement -------------------------------------------------------------------------- */

static void say(mlg_finding *finding, const mlg_rule_case *at, const choice *c, bool without)
{
    static const mlg_text_key keys[] = {T_finding_key_players_1, T_finding_key_players_2,
                                        T_finding_key_players_3};
    const double others = at->graph->n - c->k;
    mlg_arg args[INVITED + 3] = {{0}};

    for (int i = 0; i < c->k; i++) {
        args[i] = mlg_arg_label(at->graph->scope, at->graph->subject[c->actor[i]]);
        mlg_finding_subject(finding, at->graph->scope, at->graph->subject[c->actor[i]]);
    }
    args[INVITED] = mlg_arg_count(c->touched);
    args[INVITED + 1] = mlg_arg_count(others);
    args[INVITED + 2] = mlg_arg_share(c->touched / others, 0);
    mlg_finding_say(finding, keys[c->k - 1], args, sizeof args / sizeof *args);
    mlg_finding_measure(finding, "depend.key_players_pos");
    mlg_finding_limit(finding, T_limit_key_players);
    mlg_finding_limit(finding, without ? T_limit_key_players_without : T_limit_key_players_self);
    if (c->sets > 1) {
        mlg_finding_limit(finding, T_limit_key_players_several);
    }
    if (!c->proven) {
        mlg_finding_limit(finding, T_limit_key_players_approached);
    }
    mlg_finding_limit(finding, at->graph->view.source == MLG_FROM_PARTICIPATIONS
                                   ? T_limit_shared_activity
                                   : T_limit_declared);
}

mlg_status mlg_rule_key_players(const mlg_rule_case *at, const mlg_rule *rule, mlg_findings *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_value *value = mlg_rule_value(at, "depend.key_players_pos", MLG_VECTOR, "reach1");
    const mlg_view *view = &at->graph->view;
    hosts h = {0};

    if (value == NULL || at->model == NULL || at->graph->n < MLG_RULE_ACTORS || view->kind >= 0 ||
        view->n_conditions > 0 || at->graph->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    TRY(find_hosts(at->graph, &h, err));
    choice c = listed(at->graph, &h, value);
    if (c.k == 0 && h.any) {
        TRY(look_at_all(at->graph, &h, &c, err));
    }
    /* where so many do as well, no name says anything */
    if (c.k > 0 && !(c.sets > LISTED)) {
        mlg_finding *finding = mlg_finding_add(out, at, rule, NAN, err);
        TRY_ALLOC(err, finding);
        say(finding, at, &c, h.any);
    }
out:
    hosts_free(&h);
    return status;
}
