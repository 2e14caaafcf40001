/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/scale.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "measure/perimeter_pairs.h"
#include "measure/perimeter_relation.h"
#include "measured.h"
#include "model_fixture.h"
#include "reference.h"
#include "study_measured.h"
#include "suite.h"

/* ---- values of other programs ------------------------------------------------------- */

/* The four perimeters of the rows terr.*: units A..J with 50, 10, 10, 5, 5, 5, 4, 4, 4, 3. */
static const char *const example = "territories: id,population\n"
                                   "A,50\nB,10\nC,10\nD,5\nE,5\nF,5\nG,4\nH,4\nI,4\nJ,3\n"
                                   "perimeters: territory,unit\n"
                                   "CLS,A\nCLS,B\nCLS,C\nCLS,D\nCLS,E\nCLS,F\n"
                                   "CPTS,C\nCPTS,D\nCPTS,E\nCPTS,F\nCPTS,G\nCPTS,H\n"
                                   "QPV,A\n"
                                   "CTG,G\nCTG,H\nCTG,I\nCTG,J\n";

static const struct {
    const char *id, *x, *y;
} pairs[] = {
    {"terr.CLS.CPTS", "CLS", "CPTS"}, {"terr.CLS.QPV", "CLS", "QPV"},
    {"terr.CLS.CTG", "CLS", "CTG"},   {"terr.CPTS.QPV", "CPTS", "QPV"},
    {"terr.CPTS.CTG", "CPTS", "CTG"}, {"terr.QPV.CTG", "QPV", "CTG"},
};

static double expected_of(const json_t *row, const char *column)
{
    const json_t *value = json_object_get(row, column);
    ck_assert_msg(json_is_number(value), "no column %s", column);
    return json_number_value(value);
}

/* Value of an unordered pair, whichever end stands first. */
static size_t row_of_either(const mlg_value *value, mlg_id x, mlg_id y)
{
    for (size_t i = 0; i < value->n; i++) {
        if (value->subject[2 * i] == y && value->subject[2 * i + 1] == x) {
            return i;
        }
    }
    return row_of_pair(value, x, y);
}

static void check_index(const json_t *row, int k, const char *id, const char *column,
                        const char *people)
{
    study_measured m;
    study_measure(&m, example, id);
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const size_t at = row_of_either(value, model_fixture_territory(m.model, pairs[k].x),
                                    model_fixture_territory(m.model, pairs[k].y));
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], expected_of(row, column), 1e-9);
    ck_assert_double_eq(value->column[MLG_LOW][at], value->column[MLG_VALUE][at]);
    ck_assert_double_eq_tol(part_at(value, "population", at), expected_of(row, people), 1e-9);
    ck_assert_uint_eq(value->n, 6);
    ck_assert_uint_eq(value->total, 6);
    study_measured_close(&m);
}

START_TEST(overlaps_of_the_example_are_the_reference)
{
    json_t *row = reference_value(pairs[_i].id);
    check_index(row, _i, "scale.jaccard", "jaccard", "jaccard_pop");
    check_index(row, _i, "scale.overlap", "overlap", "overlap_pop");
    json_decref(row);
}
END_TEST

START_TEST(containment_of_the_example_is_the_reference_both_ways)
{
    json_t *row = reference_value(pairs[_i].id);
    study_measured m;
    study_measure(&m, example, "scale.containment");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const mlg_id x = model_fixture_territory(m.model, pairs[_i].x);
    const mlg_id y = model_fixture_territory(m.model, pairs[_i].y);
    const double *contained = value->column[MLG_VALUE];
    ck_assert_double_eq_tol(contained[row_of_pair(value, x, y)], expected_of(row, "contain_xy"),
                            1e-9);
    ck_assert_double_eq_tol(contained[row_of_pair(value, y, x)], expected_of(row, "contain_yx"),
                            1e-9);
    ck_assert_uint_eq(value->total, 12);
    study_measured_close(&m);
    json_decref(row);
}
END_TEST

START_TEST(typology_of_the_example_is_the_reference)
{
    json_t *row = reference_value(pairs[_i].id);
    const char *type = json_string_value(json_object_get(row, "type"));
    study_measured m;
    study_measure(&m, example, "scale.typology");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const size_t at = row_of_either(value, model_fixture_territory(m.model, pairs[_i].x),
                                    model_fixture_territory(m.model, pairs[_i].y));
    const double code = value->column[MLG_VALUE][at];
    const bool nested = code == MLG_A_IN_B || code == MLG_B_IN_A;
    ck_assert_str_eq(type, code == MLG_CROSSING   ? "cross-cutting"
                           : code == MLG_DISJOINT ? "disjoint"
                           : nested               ? "nested"
                                                  : "?");
    study_measured_close(&m);
    json_decref(row);
}
END_TEST

START_TEST(pairs_come_with_the_most_alike_first)
{
    study_measured m;
    study_measure(&m, example, "scale.jaccard");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    for (size_t i = 1; i < value->n; i++) {
        ck_assert_double_ge(value->column[MLG_VALUE][i - 1], value->column[MLG_VALUE][i]);
    }
    study_measured_close(&m);
}
END_TEST

/* ---- parts of units ------------------------------------------------------------------- */

/* u is cut: X has .7 of it, Y .6, and Z .4; X and Z are pieces of one scale whose shares sum
 * to more than 1, Y and Z of one that sums to 1. v belongs to X and Y. */
static const char *const cut_units = "territories: id,population,scale\n"
                                     "u,100,commune\n"
                                     "v,,commune\n"
                                     "X,,epci\n"
                                     "Y,,canton\n"
                                     "Z,,canton\n"
                                     "perimeters: territory,unit,share\n"
                                     "X,u,0.7\n"
                                     "X,v,\n"
                                     "Y,u,0.6\n"
                                     "Y,v,\n"
                                     "Z,u,0.4\n";

START_TEST(parts_of_a_unit_give_an_interval)
{
    study_measured m;
    study_measure(&m, cut_units, "scale.jaccard");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const mlg_id x = model_fixture_territory(m.model, "X");
    const mlg_id y = model_fixture_territory(m.model, "Y");
    const mlg_id z = model_fixture_territory(m.model, "Z");

    size_t at = row_of_either(value, x, y); /* between .3 and .6 of u, and v */
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], 1.6 / 1.7, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_HIGH][at], 1.6 / 1.7, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_LOW][at], 1.3 / 2.0, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "population", at), 60.0 / 70.0, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "units", at), 1.6, 1e-12);
    ck_assert_double_eq(part_at(value, "population_unknown", at), 1); /* v */

    at = row_of_either(value, x, z); /* of two scales: between .1 and .4 */
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], 0.4 / 1.7, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_LOW][at], 0.1 / 2.0, 1e-12);

    at = row_of_either(value, y, z); /* pieces of one scale: neighbours */
    ck_assert_double_eq(value->column[MLG_VALUE][at], 0.0);
    ck_assert_double_eq(value->column[MLG_HIGH][at], 0.0);
    study_measured_close(&m);
}
END_TEST

/* A third canton holds all of u: then cantons do not tile it, and Y and Z, .6 and .4 of it, may be
 * apart or one in the other. v they tile still: W and Z are neighbours there. */
START_TEST(pieces_that_sum_to_more_than_the_unit_are_no_neighbours)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\n"
                  "u,100,commune\nv,100,commune\nY,,canton\nZ,,canton\nW,,canton\n"
                  "perimeters: territory,unit,share\n"
                  "Y,u,0.6\nZ,u,0.4\nW,u,\nW,v,0.5\nZ,v,0.5\n",
                  "scale.jaccard");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const mlg_id w = model_fixture_territory(m.model, "W");
    const mlg_id y = model_fixture_territory(m.model, "Y");
    const mlg_id z = model_fixture_territory(m.model, "Z");
    size_t at = row_of_either(value, y, z); /* 0 to .4 of u; all of Y and Z: .6 + .9 */
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], 0.4 / 1.1, 1e-12);
    ck_assert_double_eq(value->column[MLG_LOW][at], 0.0);
    ck_assert_double_eq_tol(value->column[MLG_HIGH][at], 0.4 / 1.1, 1e-12);
    at = row_of_either(value, w, z); /* .4 of u, nothing of v */
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], 0.4 / 2.0, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_LOW][at], 0.4 / 2.0, 1e-12);
    study_measured_close(&m);
    study_measure(&m,
                  "territories: id,scale\nu,commune\nY,canton\nZ,canton\nW,canton\n"
                  "perimeters: territory,unit,share\nY,u,0.6\nZ,u,0.4\nW,u,\n",
                  "scale.typology");
    value = study_value(&m, NULL, MLG_PAIRS);
    at = row_of_either(value, model_fixture_territory(m.model, "Y"),
                       model_fixture_territory(m.model, "Z"));
    ck_assert_double_eq(value->column[MLG_VALUE][at], MLG_UNDETERMINED);
    study_measured_close(&m);
}
END_TEST

START_TEST(the_relation_is_undetermined_when_parts_leave_it_open)
{
    study_measured m;
    study_measure(&m,
                  "perimeters: territory,unit,share\n"
                  "X,u,0.5\n"
                  "Y,u,0.5\n" /* may be apart, equal, or in between */
                  "Z,u,\n",   /* holds both whatever the parts are */
                  "scale.typology");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const mlg_value *share = study_value(&m, "type_i_share", MLG_SCALAR);
    const mlg_id x = model_fixture_territory(m.model, "X");
    const mlg_id y = model_fixture_territory(m.model, "Y");
    const mlg_id z = model_fixture_territory(m.model, "Z");

    ck_assert_double_eq(value->column[MLG_VALUE][row_of_pair(value, x, y)], MLG_UNDETERMINED);
    ck_assert_double_eq(value->column[MLG_VALUE][row_of_pair(value, x, z)], MLG_A_IN_B);
    ck_assert_double_eq(value->column[MLG_VALUE][row_of_pair(value, y, z)], MLG_A_IN_B);
    ck_assert_double_eq(part_at(share, "undetermined", 0), 1);
    ck_assert_double_eq(part_at(share, "nested", 0), 2);
    ck_assert_double_eq(share->column[MLG_VALUE][0], 1.0);
    ck_assert_double_eq_tol(share->column[MLG_LOW][0], 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(share->column[MLG_HIGH][0], 1.0);
    study_measured_close(&m);
}
END_TEST

/* ---- Type I share ------------------------------------------------------------------------ */

/* T1 and T2 cross and are both of contracts: one kind. T3 of a care network holds T1 and
 * crosses T2; T4, no scheme's, is equal to T3 but of unknown kind. */
static const char *const kinds = "schemes: id,kind,territory,end\n"
                                 "S1,cls,T1,\n"
                                 "S2,cls,T2,\n"
                                 "S3,cpts,T3,\n"
                                 "S5,cpts,T5,2000\n"
                                 "study: key,value\n"
                                 "date,2024-06-30\n"
                                 "territories: id,population\n"
                                 "a,10\nb,20\nc,30\nd,40\n"
                                 "perimeters: territory,unit\n"
                                 "T1,a\nT1,b\n"
                                 "T2,b\nT2,c\nT2,d\n"
                                 "T3,a\nT3,b\nT3,c\n"
                                 "T4,a\nT4,b\nT4,c\n";

START_TEST(type_one_share_compares_different_kinds)
{
    study_measured m;
    study_measure(&m, kinds, "scale.typology");
    const mlg_value *share = study_value(&m, "type_i_share", MLG_SCALAR);
    const mlg_value *list = study_value(&m, NULL, MLG_PAIRS);

    ck_assert_int_eq(share->scope, MLG_SCOPE_NETWORK);
    /* different kinds: T1<T3 T1<T4 T3=T4 | T2xT3 T2xT4; T1xT2 is of one kind */
    ck_assert_double_eq_tol(share->column[MLG_VALUE][0], 3.0 / 5.0, 1e-12);
    ck_assert_double_eq(part_at(share, "type_i", 0), 3);
    ck_assert_double_eq(part_at(share, "type_ii", 0), 2);
    ck_assert_double_eq(part_at(share, "equal", 0), 1);
    ck_assert_double_eq(part_at(share, "nested", 0), 2);
    ck_assert_double_eq(part_at(share, "crossing", 0), 3);
    ck_assert_double_eq(part_at(share, "disjoint", 0), 0);
    ck_assert_double_eq_tol(part_at(share, "population", 0), (30.0 + 30 + 60) / (120 + 50 + 50),
                            1e-12);
    const size_t same = row_of_either(list, model_fixture_territory(m.model, "T1"),
                                      model_fixture_territory(m.model, "T2"));
    ck_assert_double_eq(part_at(list, "one_kind", same), 1);
    ck_assert_double_eq(part_at(list, "people", same), 20);
    ck_assert_double_eq(list->column[MLG_VALUE][0], MLG_CROSSING); /* what crosses comes first */
    study_measured_close(&m);
}
END_TEST

/* A town and a region made of regions: no row says in which of them the town lies. */
START_TEST(perimeters_over_units_of_two_scales_are_undetermined)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,scale,population\nT,commune,10\nU,commune,20\n"
                  "R,region,500\nS,region,600\nB,region,\n"
                  "perimeters: territory,unit\nB,R\nB,S\nP,T\nP,U\n",
                  "scale.typology");
    const mlg_value *list = &m.values.items[0], *share = &m.values.items[1];
    ck_assert_uint_eq(list->n, 1);
    ck_assert_double_eq(list->column[MLG_VALUE][0], 5.0);
    ck_assert(isnan(mlg_value_part_find(list, "people")[0]));
    ck_assert_double_eq(mlg_value_part_find(share, "undetermined")[0], 1.0);
    ck_assert_double_eq(mlg_value_part_find(share, "disjoint")[0], 0.0);
    study_measured_close(&m);
}
END_TEST

START_TEST(a_share_of_no_overlap_is_undefined)
{
    study_measured m;
    study_measure(&m, "perimeters: territory,unit\nX,a\nY,b\n", "scale.typology");
    const mlg_value *share = study_value(&m, "type_i_share", MLG_SCALAR);
    ck_assert_int_eq(share->undefined, T_why_no_overlap);
    ck_assert_double_nan(share->column[MLG_VALUE][0]);
    ck_assert_double_eq(part_at(share, "disjoint", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- slow twin and laws --------------------------------------------------------------------- */

enum { MOST_UNITS = 24, MOST_PERIMETERS = 40 };

/* Random perimeters as a dense table of shares, and as the kernel reads them. */
typedef struct random_perimeters {
    double share[MOST_PERIMETERS][MOST_UNITS];
    mlg_perimeters made;
} random_perimeters;

static void random_perimeters_make(random_perimeters *p, mlg_random *draw)
{
    int32_t from[MOST_PERIMETERS * MOST_UNITS], to[MOST_PERIMETERS * MOST_UNITS];
    double weight[MOST_PERIMETERS * MOST_UNITS];
    size_t m = 0;

    *p = (random_perimeters){.made = {.n = 1 + (int32_t) mlg_random_below(draw, MOST_PERIMETERS),
                                      .n_units = 1 + (int32_t) mlg_random_below(draw, MOST_UNITS)}};
    p->made.scale = mlg_alloc(MOST_PERIMETERS, sizeof *p->made.scale);
    p->made.population = mlg_alloc(MOST_UNITS, sizeof *p->made.population);
    const double of = ldexp(1.0, 30 - 30 * (int) mlg_random_below(draw, 4)); /* exact at any size */
    for (int32_t u = 0; u < p->made.n_units; u++) {
        const uint32_t people = mlg_random_below(draw, 100);
        p->made.population[u] = people < 10 ? (double) NAN : people / of;
    }
    const bool whole = mlg_random_below(draw, 2) == 0; /* the kernel has a way of its own */
    p->made.in_parts = !whole;
    for (int32_t a = 0; a < p->made.n; a++) {
        p->made.scale[a] = (int32_t) mlg_random_below(draw, 4) - 1;
        for (int32_t u = 0; u < p->made.n_units; u++) {
            if (mlg_random_below(draw, 4) == 0) {
                p->share[a][u] = whole ? 1.0 : (1 + mlg_random_below(draw, 4)) / 4.0;
                from[m] = a;
                to[m] = u;
                weight[m++] = p->share[a][u];
            }
        }
    }
    ck_assert_int_eq(mlg_csr_build(p->made.n, p->made.n_units, false, false, from, to, weight, m,
                                   MLG_MERGE_MAX, &p->made.covers, NULL),
                     MLG_OK);
}

/* Everything a pair has in common, unit by unit. */
static mlg_overlap slow_overlap(const random_perimeters *p, int32_t a, int32_t b)
{
    mlg_overlap sum = {.a = a, .b = b};
    for (int32_t u = 0; u < p->made.n_units; u++) {
        const double x = p->share[a][u], y = p->share[b][u];
        const bool pieces = p->made.scale[a] >= 0 && p->made.scale[a] == p->made.scale[b];
        const double most = pieces && x + y <= 1 ? 0 : fmin(x, y);
        const double least = pieces && x + y <= 1 ? 0 : fmax(0, x + y - 1);
        const bool unknown = isnan(p->made.population[u]);
        sum.most.units += most;
        sum.units_low += least;
        sum.most.unknown += unknown && x > 0 && y > 0;
        sum.most.people += unknown ? 0 : most * p->made.population[u];
        sum.people_low += unknown ? 0 : least * p->made.population[u];
    }
    return sum;
}

typedef struct checked {
    const random_perimeters *p;
    bool met[MOST_PERIMETERS][MOST_PERIMETERS];
    size_t n;
} checked;

static void check_overlap(void *with, const mlg_overlap *found)
{
    checked *c = with;
    const mlg_overlap slow = slow_overlap(c->p, found->a, found->b);
    ck_assert_int_lt(found->a, found->b);
    ck_assert(!c->met[found->a][found->b]);
    c->met[found->a][found->b] = true;
    c->n++;
    ck_assert_double_eq(found->most.units, slow.most.units); /* quarters: exact */
    ck_assert_double_eq(found->units_low, slow.units_low);
    ck_assert_double_eq(found->most.people, slow.most.people);
    ck_assert_double_eq(found->people_low, slow.people_low);
    ck_assert_double_eq(found->most.unknown, slow.most.unknown);
    ck_assert_double_le(found->units_low, found->most.units);
}

START_TEST(overlaps_are_those_of_every_pair_unit_by_unit)
{
    static random_perimeters p; /* too large for a sanitized stack */
    mlg_random draw = mlg_random_stream(1, "test_scale.slow", "", (uint64_t) _i);
    for (int k = 0; k < 50; k++) {
        static checked c;
        random_perimeters_make(&p, &draw);
        c = (checked){.p = &p};
        ck_assert_int_eq(mlg_overlaps_each(&p.made, check_overlap, &c, NULL), MLG_OK);
        for (int32_t a = 0; a < p.made.n; a++) {
            for (int32_t b = a + 1; b < p.made.n; b++) {
                ck_assert(c.met[a][b] || slow_overlap(&p, a, b).most.units == 0);
            }
        }
        c = (checked){.p = &p};
        const size_t all = (size_t) p.made.n * (size_t) (p.made.n - 1) / 2;
        ck_assert_int_eq(mlg_overlaps_at_least(&p.made, 100000, check_overlap, &c, NULL), MLG_OK);
        ck_assert_uint_eq(c.n, all); /* with room for all, those apart are visited too */
        mlg_perimeters_free(&p.made);
    }
}
END_TEST

/* Truths that an unknown share may have lie between the ends, and what is decided holds in each. */
static void check_truth(const random_perimeters *doubt, const mlg_extent *wide, mlg_random *draw)
{
    random_perimeters truth = *doubt;
    const mlg_csr *covers = &doubt->made.covers;
    double weight[MOST_PERIMETERS * MOST_UNITS];
    truth.made.least = NULL;
    truth.made.covers.weight = weight;
    for (size_t i = 0; i < mlg_csr_size(covers); i++) {
        const bool known = !(doubt->made.least[i] < covers->weight[i]);
        weight[i] = known ? covers->weight[i] : (1 + mlg_random_below(draw, 8)) / 8.0;
    }
    mlg_extent *whole = mlg_extents_of(&truth.made);
    ck_assert_ptr_nonnull(whole);
    for (int32_t a = 0; a < truth.made.n; a++) {
        ck_assert_double_le(wide[a].units_least, whole[a].units);
        ck_assert_double_ge(wide[a].units, whole[a].units);
        for (int32_t b = a + 1; b < truth.made.n; b++) {
            const mlg_overlap o = mlg_overlap_of(&doubt->made, a, b);
            const mlg_overlap t = mlg_overlap_of(&truth.made, a, b);
            const mlg_ends ends = mlg_overlap_units(&o, &wide[a], &wide[b]);
            const mlg_perimeter_relation decided = mlg_relation_of(&o, &wide[a], &wide[b]);
            ck_assert_double_le(o.units_low, t.units_low);
            ck_assert_double_ge(o.most.units, t.most.units);
            ck_assert_double_le(ends.most_a - ends.most, whole[a].units - t.most.units + 1e-12);
            ck_assert_double_ge(ends.low_a - ends.low, whole[a].units - t.units_low - 1e-12);
            ck_assert_double_le(ends.most_b - ends.most, whole[b].units - t.most.units + 1e-12);
            ck_assert_double_ge(ends.low_b - ends.low, whole[b].units - t.units_low - 1e-12);
            ck_assert_msg(decided == MLG_UNDETERMINED ||
                              decided == mlg_relation_of(&t, &whole[a], &whole[b]),
                          "%d, %d: decided %d", a, b, (int) decided);
        }
    }
    mlg_free(whole);
}

START_TEST(unknown_shares_are_bounded_by_every_share_they_may_be)
{
    static random_perimeters p;
    mlg_random draw = mlg_random_stream(1, "test_scale.doubt", "", (uint64_t) _i);
    for (int k = 0; k < 20; k++) {
        random_perimeters_make(&p, &draw);
        const size_t size = mlg_csr_size(&p.made.covers);
        p.made.in_parts = true;
        p.made.least = mlg_alloc(size + 1, sizeof *p.made.least);
        for (size_t i = 0; i < size; i++) {
            const bool unknown = mlg_random_below(&draw, 3) == 0;
            p.made.covers.weight[i] = unknown ? 1.0 : p.made.covers.weight[i];
            p.made.least[i] = unknown ? 0.0 : p.made.covers.weight[i];
        }
        mlg_extent *wide = mlg_extents_of(&p.made);
        for (int truths = 0; truths < 5; truths++) {
            check_truth(&p, wide, &draw);
        }
        mlg_free(wide);
        mlg_perimeters_free(&p.made);
    }
}
END_TEST

/* Two neighbourhoods of A, of shares that nobody knows; V is all of A and B. */
static const char *const unknown_parts =
    "territories: id,population,scale\nA,10000,commune\nB,8000,commune\n"
    "P,,neighbourhood\nQ,,neighbourhood\nV,,epci\n"
    "perimeters: territory,unit,share\nP,A,-1\nQ,A,-1\nV,A,1\nV,B,1\n";

static const struct {
    const char *a, *b;
    double low, high, people_low;
} unknown_pairs[] = {
    {"P", "Q", 0.0, 1.0, 0.0},
    {"P", "V", 1.0, 1.0, 1.0},
    {"V", "P", 0.0, 0.5, 0.0},
};

START_TEST(an_unknown_part_has_bounds_and_lies_where_its_unit_does)
{
    study_measured m;
    study_measure(&m, unknown_parts, "scale.containment");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const size_t at = row_of_pair(value, model_fixture_territory(m.model, unknown_pairs[_i].a),
                                  model_fixture_territory(m.model, unknown_pairs[_i].b));
    ck_assert_double_eq(value->column[MLG_LOW][at], unknown_pairs[_i].low);
    ck_assert_double_eq(value->column[MLG_HIGH][at], unknown_pairs[_i].high);
    ck_assert_double_eq(part_at(value, "population_low", at), unknown_pairs[_i].people_low);
    study_measured_close(&m);
}
END_TEST

START_TEST(neighbourhoods_of_unknown_shares_are_not_the_same)
{
    study_measured m;
    study_measure(&m, unknown_parts, "scale.typology");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const mlg_id p = model_fixture_territory(m.model, "P"),
                 v = model_fixture_territory(m.model, "V");
    const mlg_id q = model_fixture_territory(m.model, "Q");
    const size_t inside = row_of_pair(value, p, v);
    ck_assert_double_eq(value->column[MLG_VALUE][row_of_pair(value, p, q)], MLG_UNDETERMINED);
    ck_assert_double_eq(value->column[MLG_VALUE][inside], MLG_A_IN_B);
    ck_assert_double_eq(part_at(value, "but_slivers", inside), MLG_A_IN_B);
    study_measured_close(&m);
}
END_TEST

START_TEST(a_long_list_keeps_the_first_thousand)
{
    enum { PIECES = 60 }; /* 1,770 pairs: of each with the one before, a unit in common */
    char text[16384] = "perimeters: territory,unit\n";
    for (int t = 0; t < PIECES; t++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "T%02d,u%d\nT%02d,u%d\n", t, t, t, t + 1);
    }
    study_measured m;
    study_measure(&m, text, "scale.jaccard");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    ck_assert_uint_eq(value->n, 1000);
    ck_assert_uint_eq(value->total, PIECES * (PIECES - 1) / 2);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][PIECES - 2], 1.0 / 3.0, 1e-12);
    ck_assert_double_eq(value->column[MLG_VALUE][PIECES - 1], 0.0);
    study_measured_close(&m);

    study_measure(&m, text, "scale.typology");
    const mlg_value *counts = study_value(&m, "type_i_share", MLG_SCALAR);
    ck_assert_double_eq(part_at(counts, "crossing", 0), PIECES - 1);
    ck_assert_double_eq(part_at(counts, "disjoint", 0), PIECES * (PIECES - 1) / 2.0 - (PIECES - 1));
    study_measured_close(&m);
}
END_TEST

/* More pairs than are kept while they come: 70 perimeters on one unit, each with some of its own.
 */
START_TEST(a_ranking_forgets_only_what_is_below)
{
    enum { LAYERS = 70 };
    char text[65536] = "perimeters: territory,unit\n";
    for (int t = 0; t < LAYERS; t++) {
        for (int own = 0; own <= t; own++) { /* perimeter t is t + 1 units: u, then its own */
            const size_t used = strlen(text);
            if (own == 0) {
                snprintf(text + used, sizeof text - used, "T%02d,u\n", t);
            } else {
                snprintf(text + used, sizeof text - used, "T%02d,u%d.%d\n", t, t, own);
            }
        }
    }
    study_measured m;
    study_measure(&m, text, "scale.containment");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    ck_assert_uint_eq(value->total, LAYERS * (LAYERS - 1));
    /* T00 lies in the 69 others, then T01 half in each, and so on */
    for (size_t i = 0; i < value->n; i++) {
        const size_t t = i / (LAYERS - 1);
        ck_assert_double_eq_tol(value->column[MLG_VALUE][i], 1.0 / (double) (t + 1), 1e-12);
    }
    study_measured_close(&m);
}
END_TEST

START_TEST(no_perimeter_has_no_overlap)
{
    static checked c;
    const mlg_perimeters none = {0};
    c = (checked){0};
    ck_assert_int_eq(mlg_overlaps_each(&none, check_overlap, &c, NULL), MLG_OK);
    ck_assert_uint_eq(c.n, 0);
}
END_TEST

/* ---- layers -----------------------------------------------------------------------------------
 */

START_TEST(layers_are_the_scheme_perimeters_over_a_unit)
{
    study_measured m;
    study_measure(&m, kinds, "scale.layers");
    const mlg_value *units = study_value(&m, "scheme_perimeters", MLG_VECTOR);
    const mlg_value *mean = study_value(&m, "scheme_perimeters", MLG_SCALAR);
    const struct {
        const char *unit;
        double layers;
    } expected[] = {{"a", 2}, {"b", 3}, {"c", 2}, {"d", 1}}; /* T4 is no scheme's */

    ck_assert_uint_eq(units->n, 4);
    for (size_t i = 0; i < 4; i++) {
        const size_t at = row_of(units, model_fixture_territory(m.model, expected[i].unit));
        ck_assert_double_eq(units->column[MLG_VALUE][at], expected[i].layers);
    }
    ck_assert_double_eq(mean->column[MLG_VALUE][0], 2.0);
    ck_assert_double_eq_tol(part_at(mean, "population", 0), (20.0 + 60 + 60 + 40) / 100, 1e-12);
    ck_assert_double_eq(part_at(mean, "signatures", 0), 4);
    ck_assert_double_eq_tol(part_at(mean, "entropy", 0), 2.0, 1e-12);
    ck_assert_double_eq(part_at(mean, "units", 0), 4);
    ck_assert_double_eq(part_at(mean, "most", 0), 3);
    ck_assert_double_eq(part_at(mean, "population_unknown", 0), 0);
    study_measured_close(&m);
}
END_TEST

START_TEST(layers_without_schemes_are_those_of_all_perimeters)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,scale\n"
                  "a,commune\nb,commune\nalone,commune\nregion,region\n"
                  "perimeters: territory,unit\n"
                  "X,a\nX,b\nY,a\nY,b\n",
                  "scale.layers");
    const mlg_value *units = study_value(&m, "all_perimeters", MLG_VECTOR);
    const mlg_value *mean = study_value(&m, "all_perimeters", MLG_SCALAR);

    ck_assert_uint_eq(units->n, 3); /* the region is no unit, the commune outside is one */
    const size_t alone = row_of(units, model_fixture_territory(m.model, "alone"));
    ck_assert_double_eq(units->column[MLG_VALUE][alone], 0);
    ck_assert_double_nan(part_at(mean, "population", 0));
    ck_assert_double_eq(part_at(mean, "population_unknown", 0), 3);
    ck_assert_double_eq(part_at(mean, "signatures", 0), 2);
    ck_assert_double_eq_tol(part_at(mean, "entropy", 0), log2(3) - 2.0 / 3.0, 1e-12);
    study_measured_close(&m);
}
END_TEST

/* ---- coverage -----------------------------------------------------------------------------------
 */

/* Units a, b, c, d. S1 covers a and half of b, S2 the other half or the same. Referents:
 * elected in a, vacant in b, unnamed in c, ended in d. Activities: last year in d, and one that
 * does not say where. Sites: in a. */
static const char *const covered = "study: key,value\n"
                                   "date,2024-06-30\n"
                                   "territories: id,population\n"
                                   "a,10\nb,20\nc,30\nd,\n"
                                   "perimeters: territory,unit,share\n"
                                   "T1,a,\nT1,b,0.5\nT2,b,0.5\nAll,a,\nAll,b,\nAll,c,\nAll,d,\n"
                                   "schemes: id,kind,territory\n"
                                   "S1,cls,T1\nS2,cpts,T2\nS3,cpts,\n"
                                   "posts: id,person,role,territory,end\n"
                                   "p1,Anne,elected,a,\n"
                                   "p2,vacant,referent,b,\n"
                                   "p3,,referent,c,\n"
                                   "p4,Dora,elected,d,2020\n"
                                   "p5,Emile,coordinator,d,\n"
                                   "activities: id,territory,start,end\n"
                                   "A,d|a,2024-01-01,2024-01-01\n"
                                   "B,b,2020,2020\n"
                                   "C,,2024-02-01,\n"
                                   "sites: actor,territory\n"
                                   "Org,a\n"
                                   "actors: id,territory\n" /* no unit: of no scale, in nothing */
                                   "Org,Elsewhere\n";

static const struct {
    const char *convention;
    double share, high, population, covered, partly, rows, completeness;
} coverage_cases[] = {
    {"schemes", 1.5 / 4, 2.0 / 4, 20.0 / 60, 2, 1, 3, 2.0 / 3},
    {"referents", 0.5, 0.5, 40.0 / 60, 2, 0, 2, 1},
    {"activities", 0.5, 0.5, 10.0 / 60, 2, 0, 2, 0.5},
    {"sites", 0.25, 0.25, 10.0 / 60, 1, 0, 1, 1},
    {"cls", 1.5 / 4, 1.5 / 4, 20.0 / 60, 2, 1, 1, 1},
    {"cpts", 0.5 / 4, 0.5 / 4, 10.0 / 60, 1, 1, 2, 0.5},
};

START_TEST(coverage_counts_units_and_inhabitants)
{
    study_measured m;
    study_measure(&m, covered, "scale.coverage");
    const mlg_value *value = study_value(&m, coverage_cases[_i].convention, MLG_SCALAR);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], coverage_cases[_i].share, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_LOW][0], coverage_cases[_i].share, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_HIGH][0], coverage_cases[_i].high, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "population", 0), coverage_cases[_i].population, 1e-12);
    ck_assert_double_eq(part_at(value, "population_unknown", 0), 1);
    ck_assert_double_eq(part_at(value, "units", 0), 4);
    ck_assert_double_eq(part_at(value, "covered", 0), coverage_cases[_i].covered);
    ck_assert_double_eq(part_at(value, "partly", 0), coverage_cases[_i].partly);
    ck_assert_double_eq(part_at(value, "rows", 0), coverage_cases[_i].rows);
    ck_assert_double_eq_tol(part_at(value, "completeness", 0), coverage_cases[_i].completeness,
                            1e-12);
    study_measured_close(&m);
}
END_TEST

START_TEST(units_that_nothing_reaches_are_listed)
{
    study_measured m;
    study_measure(&m, covered, "scale.coverage");
    const mlg_value *none = study_value(&m, "not_referents", MLG_VECTOR);
    ck_assert_uint_eq(none->n, 2);
    ck_assert_int_eq(none->scope, MLG_SCOPE_TERRITORY);
    ck_assert_double_eq(
        part_at(none, "population", row_of(none, model_fixture_territory(m.model, "b"))), 20);
    ck_assert_double_nan(
        part_at(none, "population", row_of(none, model_fixture_territory(m.model, "d"))));
    study_measured_close(&m);
}
END_TEST

/* ---- the study's own territory ---- */

/* R is a, b, c of 60 inhabitants; the body E reaches over its border to d and e, of 140. */
static const char *const across = "territories: id,name,scale,population\n"
                                  "a,,commune,10\nb,,commune,20\nc,,commune,30\n"
                                  "d,,commune,40\ne,,commune,100\nR,Region,region,\nE,,epci,\n"
                                  "perimeters: territory,unit\nR,a\nR,b\nR,c\nE,c\nE,d\nE,e\n"
                                  "actors: id,sector\nOrg,health\nOther,health\n"
                                  "sites: actor,territory\nOrg,a\nOther,b\nOther,d\n"
                                  "posts: id,person,role,territory\np,Anne,elected,c\n";

static const struct {
    const char *id, *convention;
    mlg_shape shape;
    size_t row;
    double all, own;         /* the value over all units, over those of R */
    double units, units_own; /* NaN: no such part */
    const char *part;        /* another part */
    double part_all, part_own;
} own_cases[] = {
    {"scale.coverage", "sites", MLG_SCALAR, 0, 3.0 / 5, 2.0 / 3, 5, 3, "population", 70.0 / 200,
     30.0 / 60},
    {"scale.coverage", "sites", MLG_SCALAR, 0, 3.0 / 5, 2.0 / 3, 5, 3, "units_outside", 0, 2},
    {"scale.referents", "share", MLG_SCALAR, 0, 1.0 / 5, 1.0 / 3, 5, 3, "population", 30.0 / 200,
     30.0 / 60},
    {"scale.deserts", "sectors", MLG_VECTOR, 0, 3.0 / 5, 2.0 / 3, 5, 3, "population_without", 130,
     30},
    {"scale.deserts", "sectors", MLG_VECTOR, 0, 3.0 / 5, 2.0 / 3, 5, 3, "units_outside", 0, 2},
    {"scale.layers", "all_perimeters", MLG_SCALAR, 0, 6.0 / 5, 4.0 / 3, 5, 3, "most", 2, 2},
    {"scale.gini", "sites", MLG_SCALAR, 0, NAN, NAN, 5, 3, "located", 3, 2},
    {"scale.gini", "sites", MLG_SCALAR, 0, NAN, NAN, 5, 3, "elsewhere", 0, 1},
    {"scale.gini", "sites", MLG_SCALAR, 0, NAN, NAN, 5, 3, "units_outside", 0, 2},
};

START_TEST(rates_are_over_the_units_of_the_study_s_own_territory)
{
    const double value[] = {own_cases[_i].all, own_cases[_i].own};
    const double units[] = {own_cases[_i].units, own_cases[_i].units_own};
    const double part[] = {own_cases[_i].part_all, own_cases[_i].part_own};
    for (int own = 0; own < 2; own++) {
        char text[2048];
        study_measured m;
        snprintf(text, sizeof text, "study: key,value\nterritory,%s\n%s",
                 own == 1 ? "region" : "somewhere", across);
        study_measure(&m, text, own_cases[_i].id);
        const mlg_value *found = study_value(&m, own_cases[_i].convention, own_cases[_i].shape);
        if (!isnan(value[own])) {
            ck_assert_double_eq_tol(found->column[MLG_VALUE][0], value[own], 1e-12);
        }
        ck_assert_double_eq(part_at(found, "units", 0), units[own]);
        ck_assert_double_eq_tol(part_at(found, own_cases[_i].part, 0), part[own], 1e-12);
        study_measured_close(&m);
    }
}
END_TEST

/* A territory that holds no unit of the study limits nothing. */
START_TEST(an_own_territory_without_units_asks_for_all)
{
    study_measured m;
    study_measure(&m,
                  "study: key,value\nterritory,W\nterritories: id,scale\nW,region\n"
                  "perimeters: territory,unit\nT,a\nT,b\nsites: actor,territory\nOrg,a\n",
                  "scale.coverage");
    const mlg_value *sites = study_value(&m, "sites", MLG_SCALAR);
    ck_assert_double_eq(part_at(sites, "units", 0), 2);
    ck_assert_double_eq(part_at(sites, "units_outside", 0), 0);
    study_measured_close(&m);
}
END_TEST

/* A code the tables lack, and a region nobody took apart, say nowhere. */
START_TEST(a_row_at_no_unit_of_the_study_is_not_placed)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,scale\na,commune\nb,commune\nW,region\n"
                  "perimeters: territory,unit\nT,a\nT,b\n"
                  "sites: actor,territory\nOrg,a\nOrg,200065597\nOrg,W\nOrg,T\n"
                  "schemes: id,territory\nS,200065597\n",
                  "scale.coverage");
    const mlg_value *sites = study_value(&m, "sites", MLG_SCALAR);
    const mlg_value *schemes = study_value(&m, "schemes", MLG_SCALAR);
    ck_assert_double_eq(part_at(sites, "rows", 0), 4);
    ck_assert_double_eq(part_at(sites, "completeness", 0), 0.5);
    ck_assert_int_eq(schemes->undefined, T_why_no_place);
    study_measured_close(&m);
}
END_TEST

/* Q holds some of a, nobody knows how much: covered in part, of at least nothing. */
START_TEST(an_unknown_part_is_covered_in_part)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population\na,10\nb,20\n"
                  "perimeters: territory,unit,share\nQ,a,-1\nT,a,\nT,b,\n"
                  "sites: actor,territory\nOrg,Q\n",
                  "scale.coverage");
    const mlg_value *sites = study_value(&m, "sites", MLG_SCALAR);
    ck_assert_double_eq(sites->column[MLG_LOW][0], 0.0);
    ck_assert_double_eq(sites->column[MLG_HIGH][0], 0.5);
    ck_assert_double_eq(part_at(sites, "covered", 0), 1);
    ck_assert_double_eq(part_at(sites, "partly", 0), 1);
    ck_assert_uint_eq(study_value(&m, "not_sites", MLG_VECTOR)->n, 1);
    study_measured_close(&m);
}
END_TEST

START_TEST(what_is_not_recorded_is_not_uncovered)
{
    study_measured m;
    study_measure(&m,
                  "territories: id\na\nb\n"
                  "posts: id,role\np1,referent\n"
                  "sites: actor,territory\nOrg,a\nOrg,b\n",
                  "scale.coverage");
    ck_assert_int_eq(study_value(&m, "referents", MLG_SCALAR)->undefined, T_why_no_place);
    ck_assert_double_nan(part_at(study_value(&m, "referents", MLG_SCALAR), "covered", 0));
    ck_assert_double_eq(part_at(study_value(&m, "referents", MLG_SCALAR), "completeness", 0), 0);
    ck_assert_double_nan(part_at(study_value(&m, "schemes", MLG_SCALAR), "completeness", 0));
    ck_assert_int_eq(study_value(&m, "schemes", MLG_SCALAR)->undefined, T_why_no_schemes);
    ck_assert_int_eq(study_value(&m, "activities", MLG_SCALAR)->undefined, T_why_no_activities);
    ck_assert_double_eq(study_value(&m, "sites", MLG_SCALAR)->column[MLG_VALUE][0], 1);
    ck_assert_int_eq(study_value(&m, "not_sites", MLG_VECTOR)->undefined, T_why_all_covered);
    for (size_t i = 0; i < m.values.n; i++) { /* no list of what is unknown */
        ck_assert_str_ne(m.values.items[i].convention, "not_referents");
    }
    study_measured_close(&m);
}
END_TEST

/* ---- undefined, no memory
 * ------------------------------------------------------------------------- */

static const struct {
    const char *id, *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"scale.jaccard", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.overlap", "perimeters: territory,unit\nX,a\n", T_why_one_perimeter},
    {"scale.containment", "perimeters: territory,unit\nX,a\n", T_why_one_perimeter},
    {"scale.typology", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.typology", "perimeters: territory,unit\nX,a\n", T_why_one_perimeter},
    {"scale.layers", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.layers", "schemes: id,territory\nCLS,Caen\n", T_why_no_units},
    {"scale.coverage", "actors: id\nx\n", T_why_no_units},
};

START_TEST(what_is_undefined_says_why)
{
    study_measured m;
    study_measure(&m, undefined_cases[_i].text, undefined_cases[_i].id);
    ck_assert_uint_eq(m.values.n, 1);
    ck_assert_str_eq(mlg_text_name(m.values.items[0].undefined),
                     mlg_text_name(undefined_cases[_i].why));
    study_measured_close(&m);
}
END_TEST

static const char *const ids[] = {"scale.jaccard",  "scale.overlap", "scale.containment",
                                  "scale.typology", "scale.layers",  "scale.coverage"};

START_TEST(a_graph_without_a_study_has_no_scale)
{
    measured m;
    measured_open(&m, measured_shape(5));
    ck_assert_int_ne(measured_value(&m, ids[_i])->undefined, T_none);
    measured_close(&m);
}
END_TEST

START_TEST(each_survives_any_allocation_failing)
{
    study_fail_each(covered, ids[_i]);
    study_fail_each("actors: id\nx\n", ids[_i]);
}
END_TEST

static Suite *scale_suite(void)
{
    Suite *suite = suite_create("scale");
    TCase *values = tcase_create("other programs");
    TCase *parts = tcase_create("parts of units");
    TCase *twins = tcase_create("slow twin and long lists");
    TCase *places = tcase_create("layers and coverage");
    TCase *limits = tcase_create("undefined and no memory");
    const int n_pairs = sizeof pairs / sizeof *pairs, n_ids = sizeof ids / sizeof *ids;

    tcase_add_loop_test(values, overlaps_of_the_example_are_the_reference, 0, n_pairs);
    tcase_add_loop_test(values, containment_of_the_example_is_the_reference_both_ways, 0, n_pairs);
    tcase_add_test(values, perimeters_over_units_of_two_scales_are_undetermined);
    tcase_add_loop_test(values, typology_of_the_example_is_the_reference, 0, n_pairs);
    tcase_add_test(values, pairs_come_with_the_most_alike_first);
    tcase_add_test(parts, parts_of_a_unit_give_an_interval);
    tcase_add_test(parts, pieces_that_sum_to_more_than_the_unit_are_no_neighbours);
    tcase_add_test(parts, the_relation_is_undetermined_when_parts_leave_it_open);
    tcase_add_test(parts, type_one_share_compares_different_kinds);
    tcase_add_test(parts, a_share_of_no_overlap_is_undefined);
    tcase_add_loop_test(twins, overlaps_are_those_of_every_pair_unit_by_unit, 0, 16);
    tcase_add_loop_test(twins, unknown_shares_are_bounded_by_every_share_they_may_be, 0, 10);
    tcase_add_loop_test(twins, an_unknown_part_has_bounds_and_lies_where_its_unit_does, 0, 3);
    tcase_add_test(twins, neighbourhoods_of_unknown_shares_are_not_the_same);
    tcase_add_test(twins, a_long_list_keeps_the_first_thousand);
    tcase_add_test(twins, a_ranking_forgets_only_what_is_below);
    tcase_add_test(twins, no_perimeter_has_no_overlap);
    tcase_add_test(places, layers_are_the_scheme_perimeters_over_a_unit);
    tcase_add_test(places, layers_without_schemes_are_those_of_all_perimeters);
    tcase_add_loop_test(places, coverage_counts_units_and_inhabitants, 0,
                        sizeof coverage_cases / sizeof *coverage_cases);
    tcase_add_test(places, units_that_nothing_reaches_are_listed);
    tcase_add_loop_test(places, rates_are_over_the_units_of_the_study_s_own_territory, 0,
                        (int) (sizeof own_cases / sizeof *own_cases));
    tcase_add_test(places, an_own_territory_without_units_asks_for_all);
    tcase_add_test(places, a_row_at_no_unit_of_the_study_is_not_placed);
    tcase_add_test(places, an_unknown_part_is_covered_in_part);
    tcase_add_test(places, what_is_not_recorded_is_not_uncovered);
    tcase_add_loop_test(limits, what_is_undefined_says_why, 0,
                        sizeof undefined_cases / sizeof *undefined_cases);
    tcase_add_loop_test(limits, a_graph_without_a_study_has_no_scale, 0, n_ids);
    tcase_add_loop_test(limits, each_survives_any_allocation_failing, 0, n_ids);
    suite_add_tcase(suite, values);
    suite_add_tcase(suite, parts);
    suite_add_tcase(suite, twins);
    suite_add_tcase(suite, places);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    return suite_run(scale_suite());
}
