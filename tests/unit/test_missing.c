/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/missing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/gap_ground.h"
#include "measure/linking.h"
#include "measure/pair_choice.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* ---- a view of a study ----------------------------------------------------------------------- */

static reported measured_on(const char *text, const char *id, uint32_t draws)
{
    reported r;
    mlg_error err = {MLG_OK, ""};
    const char *const ids[] = {id};

    reported_open(&r, text);
    r.run.draws = draws;
    ck_assert_msg(mlg_measure_all(r.context, ids, 1, &r.values, &err) == MLG_OK, "%s", err.message);
    return r;
}

static const mlg_value *found(const reported *r, mlg_shape shape, const char *convention)
{
    for (size_t i = 0; i < r->values.n; i++) {
        const mlg_value *value = &r->values.items[i];
        if (value->shape == shape &&
            (convention == NULL || strcmp(value->convention, convention) == 0)) {
            return value;
        }
    }
    ck_abort_msg("no value '%s'", convention != NULL ? convention : "any");
    return NULL;
}

static mlg_id party(const reported *r, const char *name)
{
    return model_fixture_party(r->model, name);
}

/* ---- choice of pairs ----------------------------------------------------------------------------
 */

static bool odd_sum(const void *with, int32_t a, int32_t b)
{
    (void) with;
    return (a + b) % 2 == 1;
}

/* The slow way: every pair, the largest products kept. */
START_TEST(the_largest_pairs_are_chosen)
{
    mlg_random random = mlg_random_stream(7, "test_missing", "choice", (uint64_t) _i);
    uint32_t size[30];
    mlg_chosen_pairs chosen = {0};

    for (int32_t v = 0; v < 30; v++) {
        size[v] = (uint32_t) mlg_random_below(&random, 6);
    }
    const mlg_pair_choice choice = {
        .size = size, .n = 30, .wanted = odd_sum, .room = 10, .count_all = _i % 2 == 0};
    ck_assert_int_eq(mlg_pairs_choose(&choice, &chosen, NULL), MLG_OK);
    double wanted = 0.0;
    for (size_t i = 0; i < chosen.n; i++) {
        const double product = (double) size[chosen.items[i].a] * size[chosen.items[i].b];
        ck_assert_double_eq(chosen.items[i].product, product);
        ck_assert(odd_sum(NULL, chosen.items[i].a, chosen.items[i].b));
        ck_assert(i == 0 || product <= chosen.items[i - 1].product);
    }
    const double least = chosen.items[chosen.n - 1].product;
    size_t above = 0;
    for (int32_t a = 0; a < 30; a++) {
        for (int32_t b = 0; b < a; b++) {
            const bool is = odd_sum(NULL, a, b) && size[a] > 0 && size[b] > 0;
            wanted += is;
            above += is && (double) size[a] * size[b] > least;
        }
    }
    ck_assert_uint_le(above, chosen.n);
    ck_assert_uint_eq(chosen.n, wanted < 10.0 ? (size_t) wanted : 10);
    ck_assert(!choice.count_all || chosen.wanted == wanted);
    mlg_free(chosen.items);
}
END_TEST

/* ---- shortest chains, against a search of every path ------------------------------------------
 */

static int32_t deepest;

/* Fewest steps from x to `to`, by trying everything; never straight from end to end. */
static void try_all(const mlg_csr *of, mlg_id x, mlg_id from, mlg_id to, int32_t steps, bool *on)
{
    if (x == to) {
        deepest = steps < deepest ? steps : deepest;
        return;
    }
    if (steps >= deepest || steps == MLG_LINKING_STEPS) {
        return;
    }
    on[x] = true;
    for (uint32_t k = of->offset[x]; k < of->offset[x + 1]; k++) {
        const mlg_id y = of->target[k];
        if (!on[y] && !(x == from && y == to)) {
            try_all(of, y, from, to, steps + 1, on);
        }
    }
    on[x] = false;
}

START_TEST(chains_are_the_shortest)
{
    enum { N = 14 };
    mlg_random random = mlg_random_stream(11, "test_missing", "chains", (uint64_t) _i);
    mlg_linking links = {0};
    mlg_linking_search search;
    mlg_linking_chain chains[MLG_LINKING_CHAINS];
    bool on[N] = {false};

    for (int32_t e = 0; e < 12 + _i % 12; e++) {
        const mlg_id a = (mlg_id) mlg_random_below(&random, N);
        const mlg_id b = (mlg_id) mlg_random_below(&random, N);
        ck_assert_int_eq(mlg_linking_add(&links, a, b, MLG_LINK_TIED, NULL), MLG_OK);
    }
    ck_assert_int_eq(mlg_linking_close(&links, N, NULL), MLG_OK);
    ck_assert_int_eq(mlg_linking_search_open(&links, &search, NULL), MLG_OK);
    for (mlg_id b = 1; b < N; b++) {
        deepest = MLG_LINKING_STEPS + 1;
        try_all(&links.of, 0, 0, b, 0, on);
        const size_t n = mlg_linking_chains(&search, 0, b, chains);
        ck_assert_int_eq(n > 0, deepest <= MLG_LINKING_STEPS);
        double before = -1.0;
        for (size_t c = 0; c < n; c++) {
            double partners = 0.0;
            ck_assert_int_eq(chains[c].n, deepest);
            ck_assert_int_eq(chains[c].party[0], 0);
            ck_assert_int_eq(chains[c].party[chains[c].n], b);
            for (int32_t k = 0; k < chains[c].n; k++) {
                ck_assert(mlg_csr_find(&links.of, chains[c].party[k], chains[c].party[k + 1]) > 0);
                partners += k > 0 ? mlg_csr_degree(&links.of, chains[c].party[k]) : 0.0;
            }
            ck_assert_double_ge(partners, before); /* fewest partners first */
            before = partners;
            ck_assert(c == 0 || memcmp(&chains[c], &chains[c - 1], sizeof chains[c]) != 0);
        }
    }
    mlg_linking_search_close(&search);
    mlg_linking_free(&links);
}
END_TEST

/* ---- organisations and communes -----------------------------------------------------------------
 */

#define TWO_COMMUNES                                                                               \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "territories: id,scale,population\na,commune,100\nb,commune,300\nc,commune,50\n"               \
    "perimeters: territory,unit\nE,a\nE,b\n"                                                       \
    "schemes: id,territory\nCLS,E\n"

#define ORGANISATIONS                                                                              \
    TWO_COMMUNES "actors: id,kind,sector,themes,territory\n"                                       \
                 "o1,organisation,s,t1|t2,a\no2,organisation,s,t1,a\n"                             \
                 "o3,organisation,x,t2,b\no4,organisation,x,,a\no5,organisation,x,t1,\n"           \
                 "o6,organisation,x,,\no7,organisation,x,t3,c\n"                                   \
                 "activities: id,schemes\nm1,CLS\nm2,CLS\nm3,CLS\n"                                \
                 "participations: actor,activity\no1,m1\no2,m1\no3,m1\no1,m2\no3,m2\no4,m2\n"      \
                 "o5,m3\no6,m3\no7,m3\no1,m3\n"

/* o1-o2: theme and place. o1-o4, o2-o4: place, theme unknown. o1-o5, o2-o5: theme, place unknown.
 * o1-o3: a theme, but places apart; o6 is known by nothing; o7 shares neither. */
START_TEST(organisations_with_a_reason_are_compared)
{
    reported r = measured_on(ORGANISATIONS, "gap.organisations", 99);
    const mlg_value *pairs = found(&r, MLG_PAIRS, NULL);
    const mlg_value *all = found(&r, MLG_SCALAR, "tested_share");

    ck_assert_uint_eq(pairs->n, 5);
    ck_assert_uint_eq(pairs->total, 5);
    ck_assert_double_eq(part_at(all, "organisations", 0), 6.0);
    ck_assert_double_eq(part_at(all, "known", 0), 1.0);
    const size_t row = row_of_pair(pairs, party(&r, "o1"), party(&r, "o2"));
    ck_assert_double_eq(pairs->column[MLG_VALUE][row], 1.0);
    ck_assert_double_eq(part_at(pairs, "stratum", row), MLG_GAP_KNOWN);
    ck_assert_double_eq(part_at(pairs, "shared_themes", row), 1.0);
    ck_assert_double_eq(part_at(pairs, "theme_overlap", row), 0.5);
    ck_assert_double_eq(part_at(pairs, "same_place", row), 1.0);
    ck_assert_double_eq(part_at(pairs, "activities_a", row), 3.0);
    const size_t unknown = row_of_pair(pairs, party(&r, "o1"), party(&r, "o5"));
    ck_assert_double_eq(part_at(pairs, "stratum", unknown), MLG_GAP_TERRITORY_UNKNOWN);
    ck_assert(isnan(part_at(pairs, "same_place", unknown)));
    ck_assert_double_eq(pairs->column[MLG_VALUE][unknown], 1.0);
    reported_close(&r);
}
END_TEST

/* m1: a (o1, o2) and b (o3); m2: a and b; m3: a and c, which no perimeter joins. */
START_TEST(communes_of_one_perimeter_are_compared)
{
    reported r = measured_on(ORGANISATIONS, "gap.communes", 99);
    const mlg_value *pairs = found(&r, MLG_PAIRS, NULL);
    const mlg_value *all = found(&r, MLG_SCALAR, "tested_share");

    ck_assert_uint_eq(pairs->n, 1);
    ck_assert_int_eq(pairs->subject[0], model_fixture_territory(r.model, "a"));
    ck_assert_int_eq(pairs->subject[1], model_fixture_territory(r.model, "b"));
    ck_assert_double_eq(pairs->column[MLG_VALUE][0], 2.0);
    ck_assert_double_eq(part_at(pairs, "activities_a", 0), 3.0);
    ck_assert_double_eq(part_at(pairs, "activities_b", 0), 2.0);
    ck_assert_double_eq(part_at(pairs, "perimeters", 0), 1.0);
    ck_assert_double_eq(part_at(all, "communes", 0), 3.0);
    ck_assert_double_eq(part_at(all, "by_schemes", 0), 1.0);
    reported_close(&r);
}
END_TEST

/* Two more lists do not change what the first two say. */
START_TEST(other_lists_leave_the_draws_alone)
{
    reported with = measured_on(ORGANISATIONS, "gap.meetings", 199);
    char text[2000];
    snprintf(text, sizeof text, "%s", ORGANISATIONS);
    for (char *at = strstr(text, ",t1|t2,a"); at != NULL; at = NULL) {
        memcpy(at, ",t9   ,a", 8); /* no theme in common with anybody: other organisations' pairs */
    }
    reported without = measured_on(text, "gap.meetings", 199);
    const mlg_value *a = found(&with, MLG_PAIRS, NULL), *b = found(&without, MLG_PAIRS, NULL);
    ck_assert_uint_eq(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        ck_assert_double_eq(a->column[MLG_EXPECTED][i], b->column[MLG_EXPECTED][i]);
        ck_assert_double_eq(a->column[MLG_P][i], b->column[MLG_P][i]);
    }
    reported_close(&with);
    reported_close(&without);
}
END_TEST

/* ---- motifs --------------------------------------------------------------------------------- */

/* Units a and b are linked by E. In a: p, q, r; in b: r, s; t at c. Triangles: pq, pr, qr in a, rs
 * in b: 4. Four-cycles: of p and q with r (a-b), p, q with s; r with s (a-b); r of b with p, q:
 * counted with those; so p-r 1, q-r 1, p-s 1, q-s 1, r-s 1: 5. Ties p-q and p-s, and t-s. */
#define PLACED                                                                                     \
    TWO_COMMUNES "actors: id,kind\np,organisation\nq,organisation\nr,organisation\n"               \
                 "s,organisation\nt,organisation\nu,organisation\n"                                \
                 "sites: actor,territory\np,a\nq,a\nr,a\nr,b\ns,b\nt,c\n"                          \
                 "ties: from,to\np,q\np,s\nt,s\nu,p\n"

START_TEST(motifs_are_counted)
{
    reported r = measured_on(PLACED, "gap.motifs", 199);
    const mlg_value *open = found(&r, MLG_PAIRS, NULL);
    const mlg_value *three = found(&r, MLG_SCALAR, "triangles");
    const mlg_value *four = found(&r, MLG_SCALAR, "four_cycles");

    ck_assert_double_eq(part_at(three, "closed", 0), 1.0);
    ck_assert_double_eq(part_at(three, "open", 0), 3.0);
    ck_assert_double_eq(three->column[MLG_VALUE][0], 0.25);
    ck_assert_double_eq(part_at(four, "closed", 0), 1.0);
    ck_assert_double_eq(part_at(four, "open", 0), 4.0);
    ck_assert_double_eq(part_at(three, "actors", 0), 5.0); /* u has no known place: left out */
    ck_assert_double_eq(part_at(three, "partners", 0), 3.0);
    ck_assert_double_eq(part_at(three, "linked_units", 0), 1.0);
    ck_assert_uint_eq(open->n, 3); /* pr, qr, rs: by units, then by linked ones */
    ck_assert_double_eq(
        part_at(open, "four_cycles", row_of_pair(open, party(&r, "r"), party(&r, "s"))), 1.0);
    ck_assert_str_eq(three->null_model, "degrees");
    ck_assert_int_eq(three->caution, T_caution_small_sample);
    /* degrees of p, q, s, t: 2, 1, 2, 1, on a path: each draw is one again; p is in 0 to 1 */
    ck_assert(three->column[MLG_P][0] > 0.0 && three->column[MLG_P][0] <= 1.0);
    reported_close(&r);
}
END_TEST

/* Ties inside a commune by design: more closed than the null has it; then none inside: fewer. */
static const char *in_two_towns(bool together)
{
    static char text[9000];
    snprintf(text, sizeof text, TWO_COMMUNES "actors: id,kind,territory\n");
    for (int i = 0; i < 24; i++) {
        snprintf(text + strlen(text), 60, "o%d,organisation,%s\n", i, i % 2 == 0 ? "a" : "b");
    }
    strcat(text, "ties: from,to\n");
    for (int i = 0; i < 24; i++) {
        for (int step = 1; step <= 3; step++) {
            const int j = (i + (together ? 2 * step : 2 * step - 1)) % 24;
            snprintf(text + strlen(text), 60, "o%d,o%d\n", i, j);
        }
    }
    return text;
}

START_TEST(motifs_follow_the_ties)
{
    reported r = measured_on(in_two_towns(_i == 0), "gap.motifs", 199);
    const mlg_value *three = found(&r, MLG_SCALAR, "triangles");
    const mlg_value *four = found(&r, MLG_SCALAR, "four_cycles");
    const double z = three->column[MLG_Z][0], z4 = four->column[MLG_Z][0];

    ck_assert(_i == 0 ? z > 3.0 && z4 < -3.0 : z < -3.0 && z4 > 3.0);
    ck_assert_double_eq_tol(three->column[MLG_P][0], _i == 0 ? 1.0 : 0.005, 1e-9);
    /* all pairs: either in one commune or in two linked ones */
    ck_assert_double_eq(part_at(three, "closed", 0) + part_at(four, "closed", 0), 72.0);
    reported_close(&r);
}
END_TEST

/* ---- duplicates --------------------------------------------------------------------------------
 */

/* A and B: 400 of 400 people, 2 themes of 3, 3 of 4 participants. C: a quarter of the people. */
#define ALIKE                                                                                      \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "territories: id,scale,population\na,commune,100\nb,commune,300\n"                             \
    "perimeters: territory,unit\nE,a\nE,b\nF,a\nF,b\n"                                             \
    "schemes: id,name,territory,themes\nA,Contract,E,t1|t2\nB,Plan,F,t1|t2|t3\nC,Table,a,t1|t2\n"  \
    "activities: id,schemes\nmA,A\nmB,B\nmC,C\n"                                                   \
    "actors: id,kind\no1,organisation\no2,organisation\no3,organisation\no4,organisation\n"        \
    "participations: actor,activity\no1,mA\no2,mA\no3,mA\no1,mB\no2,mB\no3,mB\no4,mB\n"            \
    "o1,mC\no2,mC\no3,mC\n"

START_TEST(each_likeness_must_hold_by_itself)
{
    reported r = measured_on(ALIKE, "gap.duplicates", 99);
    const mlg_value *pairs = found(&r, MLG_PAIRS, NULL);
    const mlg_value *all = found(&r, MLG_SCALAR, "near_duplicates");

    ck_assert_uint_eq(pairs->n, 3);
    ck_assert_double_eq(all->column[MLG_VALUE][0], 1.0);
    ck_assert_int_eq(pairs->subject[0], party(&r, "A"));
    ck_assert_int_eq(pairs->subject[1], party(&r, "B"));
    ck_assert_double_eq(part_at(pairs, "territory", 0), 1.0);
    ck_assert_double_eq_tol(part_at(pairs, "themes", 0), 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_at(pairs, "members", 0), 0.75);
    ck_assert_double_eq_tol(pairs->column[MLG_VALUE][0], 2.0 / 3.0, 1e-12);
    /* same themes and participants, a quarter of the people: the product would rank it higher */
    const size_t nested = row_of_pair(pairs, party(&r, "A"), party(&r, "C"));
    ck_assert_double_eq(part_at(pairs, "territory", nested), 0.25);
    ck_assert_double_eq(part_at(pairs, "members", nested), 1.0);
    ck_assert_double_eq(part_at(pairs, "met", nested), 2.0);
    ck_assert_uint_gt(nested, 0);
    reported_close(&r);
}
END_TEST

/* ---- register and invitations -----------------------------------------------------------------
 */

/* b is listed and in no row; d was absent; n is not listed; the person counts for c. */
#define REGISTER                                                                                   \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "actors: id,kind,sector,organisation,directory\na,organisation,s,,1\nb,organisation,s,,1\n"    \
    "c,organisation,x,,1\nd,organisation,x,,1\nn,organisation,x,,0\nP,person,,c,\n"                \
    "activities: id\nm1\nm2\n"                                                                     \
    "ties: from,to,end\nb,a,2020-01-01\nP,c,\n"                                                    \
    "participations: actor,activity,date,invited,present\n"                                        \
    "a,m1,2024-02-01,1,yes\nd,m1,2024-02-01,1,no\nd,m2,2024-03-01,1,excused\n"                     \
    "n,m1,2024-02-01,0,yes\nP,m2,2024-03-01,1,represented\na,m2,2024-03-01,1,\n"                   \
    "b,m1,2024-02-01,0,no\na,m1,2019-01-01,1,no\nc,m1,2024-02-01,,yes\n"

START_TEST(the_register_is_set_against_what_is_seen)
{
    study_measured m;
    study_measure(&m, REGISTER, "gap.listed_isolated");
    const mlg_value *all = study_value(&m, "isolated_share", MLG_SCALAR);
    const mlg_value *isolated = study_value(&m, "isolated", MLG_VECTOR);
    const mlg_value *unlisted = study_value(&m, "unlisted", MLG_VECTOR);

    ck_assert_double_eq(part_at(all, "listed", 0), 4.0);
    ck_assert_double_eq(part_at(all, "isolated", 0), 2.0); /* b and d */
    ck_assert_double_eq(all->column[MLG_VALUE][0], 0.5);
    ck_assert_double_eq(part_at(all, "active", 0), 3.0);
    ck_assert_double_eq(part_at(all, "unlisted", 0), 1.0);
    ck_assert_double_eq(part_at(all, "by_directory", 0), 1.0);
    ck_assert_uint_eq(isolated->n, 2);
    ck_assert_double_eq(
        isolated->column[MLG_VALUE][row_of(isolated, model_fixture_party(m.model, "b"))], 2.0);
    ck_assert_int_eq(unlisted->subject[0], model_fixture_party(m.model, "n"));
    ck_assert_double_eq(part_at(unlisted, "in_table", 0), 1.0);
    study_measured_close(&m);
}
END_TEST

START_TEST(invitations_are_followed_or_not)
{
    study_measured m;
    study_measure(&m, REGISTER, "gap.invited");
    const mlg_value *all = study_value(&m, "response", MLG_SCALAR);
    const mlg_value *of = study_value(&m, "organisations", MLG_VECTOR);
    const mlg_value *sectors = study_value(&m, "sectors", MLG_VECTOR);

    /* 2024: a came, d not twice, P represented, a unknown; the row of 2019 is out */
    ck_assert_double_eq(part_at(all, "invited", 0), 5.0);
    ck_assert_double_eq(part_at(all, "came", 0), 2.0);
    ck_assert_double_eq(part_at(all, "absent", 0), 2.0);
    ck_assert_double_eq(part_at(all, "presence_unknown", 0), 1.0);
    ck_assert_double_eq(part_at(all, "uninvited", 0), 1.0);
    ck_assert_double_eq(part_at(all, "left_out", 0), 1.0);
    ck_assert_double_eq(part_at(all, "unsaid", 0), 1.0);
    ck_assert_double_eq(part_at(all, "never_came", 0), 1.0);
    ck_assert_double_eq(all->column[MLG_VALUE][0], 0.5);
    ck_assert_int_eq(of->subject[0], model_fixture_party(m.model, "d")); /* most absences first */
    ck_assert_double_eq(of->column[MLG_VALUE][0], 0.0);
    ck_assert_uint_eq(sectors->n, 2);
    double came = 0.0;
    for (size_t i = 0; i < sectors->n; i++) {
        came += part_at(sectors, "came", i);
    }
    ck_assert_double_eq(came, 2.0);
    study_measured_close(&m);
}
END_TEST

/* ---- introductions -----------------------------------------------------------------------------
 */

/* S and T share nobody; K is a third table. o0 sits in S, o1 in T... x is tied to o0 and o1. */
static const char *two_schemes(const char *ties)
{
    static char text[8000];
    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\n"
             "territories: id,scale,population\na,commune,100\nperimeters: territory,unit\nX,a\n"
             "schemes: id,territory,themes\nS,X,t1\nT,X,t1\nK,X,t9\n"
             "activities: id,schemes\nm1,S\nm2,T\nm3,K\nactors: id,kind\n");
    for (int i = 0; i < 24; i++) {
        snprintf(text + strlen(text), 40, "o%d,organisation\n", i);
    }
    strcat(text, "x,organisation\nparticipations: actor,activity\n");
    for (int i = 0; i < 24; i++) {
        snprintf(text + strlen(text), 40, "o%d,m%d\n", i, 1 + i % 2);
        if (i % 3 < 2 && i > 1) {
            snprintf(text + strlen(text), 40, "o%d,m3\n", i);
        }
    }
    strcat(text, ties);
    return text;
}

static const struct {
    const char *what, *ties;
    double between;
    const char *first, *second;
} closers[] = {
    {"a tie between participants", "ties: from,to\no0,o1\n", 2, "o0", "o1"},
    {"two who meet in the body of a third scheme", "", 2, NULL, NULL},
    {"somebody tied to both schemes", "ties: from,to\nx,S\nx,T\n", 1, "x", NULL},
};

START_TEST(a_gap_is_closed_by_the_shortest_chain)
{
    reported r = measured_on(two_schemes(closers[_i].ties), "gap.introductions", 199);
    const mlg_value *steps = found(&r, MLG_PAIRS, "schemes");
    const mlg_value *all = found(&r, MLG_SCALAR, "closable");
    const size_t n = (size_t) closers[_i].between;

    ck_assert_double_eq(part_at(all, "scheme_gaps", 0), 1.0);
    ck_assert_double_eq(part_at(all, "closable", 0), part_at(all, "gaps", 0));
    ck_assert_msg(steps->column[MLG_VALUE][0] == closers[_i].between, "%s: %g", closers[_i].what,
                  steps->column[MLG_VALUE][0]);
    ck_assert_int_eq(steps->subject[0], party(&r, "S"));
    ck_assert_int_eq(steps->subject[2 * n + 1], party(&r, "T"));
    if (closers[_i].first != NULL) {
        ck_assert_int_eq(steps->subject[1], party(&r, closers[_i].first));
    }
    if (closers[_i].second != NULL) {
        ck_assert_int_eq(steps->subject[3], party(&r, closers[_i].second));
    }
    ck_assert_double_ge(part_at(steps, "introduce", 0), 0.5);
    reported_close(&r);
}
END_TEST

START_TEST(a_chain_says_where_its_two_meet)
{
    char *text = NULL;
    size_t length = 0;
    reported r;
    mlg_error err = {MLG_OK, ""};
    reported_study(&r, two_schemes(""));
    FILE *out = open_memstream(&text, &length);
    ck_assert_int_eq(mlg_results_gaps(&r.results, out, &err), MLG_OK);
    fclose(out);
    ck_assert_msg(strstr(text, "meet in “m3”") != NULL, "%s", text);
    free(text);
    reported_close(&r);
}
END_TEST

/* ---- findings ---------------------------------------------------------------------------------
 */

static const struct {
    const char *text, *kind, *fr, *en;
} said[] = {
    {ALIKE, "duplicates", "« Contract » et « Plan » se ressemblent",
     "they have 100% of their residents, 67% of their themes and 3 of their 4 organisations"},
    {REGISTER, "listed", "2 structures sur 4 de l’annuaire n’apparaissent dans aucun lien",
     "2 of the 4 organisations in the register appear in no tie"},
    {REGISTER, "invited",
     "1 structure dont on sait qu’elle n’a suivi aucune de ses invitations (deux ou plus) : d ; en "
     "tout",
     "2 of 4 invitations of known outcome were followed (50%)"},
};

START_TEST(what_is_missing_reads_as_a_sentence)
{
    reported r;
    reported_study(&r, said[_i].text);
    const mlg_finding *finding = reported_first(&r, said[_i].kind);
    ck_assert_msg(finding != NULL, "no %s", said[_i].kind);
    char fr[2000] = "";
    const char *is = reported_sentence(&r, finding, MLG_FR);
    for (size_t i = 0; *is != '\0' && i + 1 < sizeof fr; is++) { /* narrow spaces as plain ones */
        if (strncmp(is, "\xe2\x80\xaf", 3) == 0) {
            fr[i++] = ' ';
            is += 2;
        } else {
            fr[i++] = *is;
        }
    }
    ck_assert_msg(strstr(fr, said[_i].fr) != NULL, "%s", fr);
    ck_assert_msg(strstr(reported_sentence(&r, finding, MLG_EN), said[_i].en) != NULL, "%s",
                  reported_sentence(&r, finding, MLG_EN));
    ck_assert_int_le(finding->level, MLG_NOTICE);
    ck_assert_uint_gt(finding->n_rows, 0);
    reported_close(&r);
}
END_TEST

/* ---- undefined, failures --------------------------------------------------------------------- */

#define BARE                                                                                       \
    "study: key,value\ndate,2024-12-31\nactivities: id\nm\nparticipations: actor,activity\n"       \
    "a,m\nb,m\n"

static const struct {
    const char *id, *text;
    mlg_text_key why;
} undefined[] = {
    {"gap.organisations", BARE, T_why_no_reason},
    {"gap.communes", BARE, T_why_no_linked_units},
    {"gap.motifs", BARE, T_why_no_known_places},
    {"gap.invited", BARE, T_why_no_invitations},
    {"gap.listed_isolated", BARE, T_why_no_register},
    {"gap.listed_isolated", "study: key,value\ndate,2024-12-31\nactors: id\na\n",
     T_why_nothing_seen},
};

START_TEST(what_cannot_be_said_says_why)
{
    reported r = measured_on(undefined[_i].text, undefined[_i].id, 99);
    ck_assert_uint_eq(r.values.n, 1);
    ck_assert_msg(r.values.items[0].undefined == undefined[_i].why, "%s: %s", undefined[_i].id,
                  mlg_text_name(r.values.items[0].undefined));
    reported_close(&r);
}
END_TEST

static const struct {
    const char *id, *text;
} failing[] = {
    {"gap.organisations", ORGANISATIONS},
    {"gap.communes", ORGANISATIONS},
    {"gap.motifs", ORGANISATIONS},
    {"gap.motifs", PLACED},
    {"gap.duplicates", ALIKE},
    {"gap.introductions", ALIKE},
    {"gap.introductions", ORGANISATIONS},
    {"gap.listed_isolated", REGISTER},
    {"gap.invited", REGISTER},
};

START_TEST(any_allocation_may_fail)
{
    mlg_status status = MLG_ENOMEM;
    const mlg_measure *row = mlg_measure_find(failing[_i].id);

    ck_assert_ptr_nonnull(row);
    for (long n = 0; status == MLG_ENOMEM; n++) {
        reported r;
        mlg_error err = {MLG_OK, ""};
        reported_open(&r, failing[_i].text);
        r.run.draws = 99;
        const int32_t view = row->needs == 0 ? -1 : 0;
        mlg_alloc_fails_at = n;
        status = row->run(r.context, view, &r.values, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || status == MLG_ENOMEM, "%s: %d", row->id, status);
        if (status == MLG_ENOMEM) {
            ck_assert_uint_eq(r.values.n, 0);
            ck_assert_msg(err.message[0] != '\0', "%s: allocation %ld", row->id, n);
        }
        ck_assert_int_lt(n, 5000);
        reported_close(&r);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("missing");
    TCase *tc = tcase_create("missing");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, the_largest_pairs_are_chosen, 0, 20);
    tcase_add_loop_test(tc, chains_are_the_shortest, 0, 30);
    tcase_add_test(tc, organisations_with_a_reason_are_compared);
    tcase_add_test(tc, communes_of_one_perimeter_are_compared);
    tcase_add_test(tc, other_lists_leave_the_draws_alone);
    tcase_add_test(tc, motifs_are_counted);
    tcase_add_loop_test(tc, motifs_follow_the_ties, 0, 2);
    tcase_add_test(tc, each_likeness_must_hold_by_itself);
    tcase_add_test(tc, the_register_is_set_against_what_is_seen);
    tcase_add_test(tc, invitations_are_followed_or_not);
    tcase_add_loop_test(tc, a_gap_is_closed_by_the_shortest_chain, 0,
                        sizeof closers / sizeof *closers);
    tcase_add_test(tc, a_chain_says_where_its_two_meet);
    tcase_add_loop_test(tc, what_is_missing_reads_as_a_sentence, 0, sizeof said / sizeof *said);
    tcase_add_loop_test(tc, what_cannot_be_said_says_why, 0, sizeof undefined / sizeof *undefined);
    tcase_add_loop_test(tc, any_allocation_may_fail, 0, sizeof failing / sizeof *failing);
    suite_add_tcase(s, tc);
    return s;
}

int main(void)
{
    return suite_run(suite());
}
