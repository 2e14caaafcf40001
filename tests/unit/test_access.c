/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "maillage/access.h"
#include "measure/binomial.h"
#include "measure/coordinates.h"
#include "measure/distance_slope.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "slow_places.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- location quotients ------------------------------------------------------------------ */

/* The unit an activity lies in alone, straight from the tables, or -1. */
static int only_unit(const places_study *s, int activity)
{
    int unit = -1, n = 0;
    for (int u = 0; u < s->n_units; u++) {
        bool in = s->names_unit[activity][u];
        for (int p = 0; p < s->n_perimeters; p++) {
            in = in || (s->names_perimeter[activity][p] && s->in[p][u]);
        }
        n += in;
        unit = in ? u : unit;
    }
    return n == 1 ? unit : -1;
}

START_TEST(quotients_are_those_of_the_tables)
{
    static places_study s;
    size_t asked = 0;
    for (unsigned long k = 0; k < 40; k++) {
        double located[PLACES_UNITS] = {0}, all = 0.0, people = 0.0;
        study_measured m;
        places_study_make(&s, 5000UL * (unsigned long) _i + k);
        study_measure(&m, s.text, "scale.location_quotient");
        for (int a = 0; a < s.n_activities; a++) {
            const int unit = only_unit(&s, a);
            if (unit >= 0) {
                located[unit]++;
                all += s.people[unit] > 0.0;
            }
        }
        for (int u = 0; u < s.n_units; u++) {
            people += s.people[u];
        }
        const mlg_value *units = study_value(&m, "activities", MLG_VECTOR);
        for (size_t i = 0; i < units->n; i++) {
            char name[16];
            for (int u = 0; u < s.n_units; u++) {
                snprintf(name, sizeof name, "u%d", u);
                if (units->subject[i] != model_fixture_territory(m.model, name)) {
                    continue;
                }
                ck_assert_double_eq(part_at(units, "located", i), located[u]);
                if (s.people[u] > 0.0) {
                    const double share = s.people[u] / people;
                    ck_assert_double_eq_tol(units->column[MLG_VALUE][i], located[u] / all / share,
                                            1e-9);
                    const double less = slow_binomial((unsigned) all, share, (unsigned) located[u]);
                    const double below = located[u] > 0.0 ? slow_binomial((unsigned) all, share,
                                                                          (unsigned) located[u] - 1)
                                                          : 0.0;
                    ck_assert_double_eq_tol(units->column[MLG_P][i],
                                            fmin(1.0, 2.0 * fmin(less, 1.0 - below)), 1e-9);
                } else {
                    ck_assert_double_nan(units->column[MLG_VALUE][i]);
                }
                asked++;
            }
        }
        study_measured_close(&m);
    }
    ck_assert_uint_gt(asked, 100);
}
END_TEST

/* Ten actions of one theme in one unit, nine of another, five sites of a sector. */
START_TEST(codes_of_ten_places_have_a_list)
{
    char text[4096] = "territories: id,population\na,100\nb,300\nactivities: id,territory,themes\n";
    for (int i = 0; i < 19; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "A%d,%s,%s\n", i, i == 0 ? "b" : "a",
                 i < 10 ? "mental_health" : "nutrition");
    }
    study_measured m;
    study_measure(&m, text, "scale.location_quotient");
    const mlg_value *theme = study_value(&m, "theme:mental_health", MLG_VECTOR);
    const size_t a = row_of(theme, model_fixture_territory(m.model, "a"));
    ck_assert_double_eq_tol(theme->column[MLG_VALUE][a], 0.9 / 0.25, 1e-12);
    ck_assert_double_eq(part_at(theme, "located", a), 9);
    size_t lists = 0;
    for (size_t i = 0; i < m.values.n; i++) {
        lists += m.values.items[i].n > 0;
    }
    ck_assert_uint_eq(lists, 2); /* all of them, and the theme of ten */
    study_measured_close(&m);
}
END_TEST

/* ---- load ---------------------------------------------------------------------------------- */

#define LOAD_UNITS                                                                                 \
    "study: key,value\ndate,2024-06-30\n"                                                          \
    "territories: id,population,area_km2,scale\n"                                                  \
    "a,1000,10,commune\nb,2000,20,commune\nc,3000,,commune\nd,,40,commune\nT,,,epci\nU,,,epci\n"   \
    "perimeters: territory,unit\nT,a\nT,b\nU,b\nU,c\n"                                             \
    "schemes: id,territory\nS,T\nZ,U\n"

START_TEST(load_counts_each_unit_once)
{
    study_measured m;
    study_measure(&m,
                  LOAD_UNITS "posts: id,person,role,scheme,fte,territory\n"
                             "p,Anne,coordinator,S|Z,0.5,\n"
                             "q,Bob,coordinator,Z,1,\n"
                             "r,vacant,coordinator,S,1,\n"
                             "s,Cleo,elected,S,1,\n",
                  "scale.load");
    const mlg_value *posts = study_value(&m, "posts", MLG_VECTOR);
    const size_t p = row_of(posts, model_fixture_party(m.model, "p"));
    const size_t q = row_of(posts, model_fixture_party(m.model, "q"));
    ck_assert_uint_eq(posts->n, 2);
    ck_assert_double_eq(posts->column[MLG_VALUE][p], 6000 / 0.5);
    ck_assert_double_eq(posts->column[MLG_LOW][p], 12000);
    ck_assert_double_eq(part_at(posts, "units", p), 3);
    ck_assert_double_eq(part_at(posts, "units_per_fte", p), 6);
    ck_assert_double_eq(part_at(posts, "area_km2", p), 30);
    ck_assert_double_eq(posts->column[MLG_VALUE][q], 5000);
    const mlg_value *study = study_value(&m, "study", MLG_SCALAR);
    ck_assert_double_eq(study->column[MLG_VALUE][0], 6000 / 1.5);
    ck_assert_double_eq(part_at(study, "vacant", 0), 1);
    ck_assert_double_eq(part_at(study, "units_without", 0), 1);
    study_measured_close(&m);
}
END_TEST

START_TEST(an_unknown_time_is_not_a_full_time)
{
    study_measured m;
    study_measure(&m,
                  LOAD_UNITS "posts: id,person,role,scheme,fte,territory\n"
                             "p,Anne,coordinator,S,0.5,\np,Anne,coordinator,Z,,\n"
                             "q,,coordinator,Z,,\n",
                  "scale.load");
    const mlg_value *posts = study_value(&m, "posts", MLG_VECTOR);
    const size_t p = row_of(posts, model_fixture_party(m.model, "p"));
    const size_t q = row_of(posts, model_fixture_party(m.model, "q"));
    ck_assert_int_eq(posts->undefined, T_why_fte_in_part);
    ck_assert_double_nan(posts->column[MLG_VALUE][p]);
    ck_assert_double_eq(posts->column[MLG_LOW][p], 6000 / 1.5);
    ck_assert_double_eq(posts->column[MLG_HIGH][p], 6000 / 0.5);
    ck_assert_double_eq(posts->column[MLG_LOW][q], 5000);
    ck_assert_double_nan(posts->column[MLG_HIGH][q]);
    ck_assert_double_nan(part_at(posts, "fte", q));
    const mlg_value *study = study_value(&m, "study", MLG_SCALAR);
    ck_assert_double_nan(study->column[MLG_VALUE][0]);
    ck_assert_double_eq(study->column[MLG_LOW][0], 6000 / 2.5);
    ck_assert_double_eq(study->column[MLG_HIGH][0], 6000 / 0.5);
    study_measured_close(&m);
}
END_TEST

/* A half-time post for 46 communes and 38,000 residents, and a full time for two. */
START_TEST(load_is_told_as_a_fact)
{
    char text[4096] = "study: key,value\ndate,2024-06-30\nterritories: id,population\n";
    for (int i = 0; i < 46; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "u%d,%d\n", i, i == 0 ? 2000 : 800);
    }
    strcat(text, "perimeters: territory,unit\n");
    for (int i = 0; i < 46; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "T,u%d\n", i);
    }
    strcat(text, "U,u0\nU,u1\nschemes: id,name,territory\nS,Contrat,T\nZ,Atelier,U\n"
                 "posts: id,person,role,scheme,fte\n,Anne,coordinator,S,0.5\n"
                 "q,Bob,coordinator,Z,1\n");
    reported r;
    reported_study(&r, text);
    ck_assert_uint_eq(reported_count(&r, "load"), 1);
    const mlg_finding *finding = reported_first(&r, "load");
    const char *said = reported_sentence(&r, finding, MLG_EN);
    ck_assert_int_eq(finding->level, MLG_INFO);
    ck_assert_msg(strstr(said,
                         "A post of the scheme “Contrat” has 0.5 FTE of coordination for 46 "
                         "municipalities and 38,000 residents, that is 76,000 residents") != NULL,
                  "%s", said);
    ck_assert_ptr_null(strstr(said, "Anne"));
    ck_assert_ptr_nonnull(strstr(said, "range from 2,800 to 76,000"));
    reported_close(&r);
}
END_TEST

/* ---- deserts -------------------------------------------------------------------------------- */

START_TEST(deserts_by_hand)
{
    study_measured m;
    study_measure(
        &m,
        "study: key,value\ndate,2024-06-30\n"
        "territories: id,population,scale\n"
        "a,100,commune\nb,200,commune\nc,300,commune\nQ,50,neighbourhood\n"
        "R,60,neighbourhood\n"
        "perimeters: territory,unit\nT,a\nT,b\nT,c\n"
        "actors: id,sector,territory\n"
        "h,hospital,T\ns,social|youth,b\ny,youth,\n"
        "sites: actor,territory\nh,a\n"
        "activities: id,territory,themes,audience,start,end\n"
        "A,a,nutrition,precarious,2024-03-01,\nB,Q,nutrition,city_policy|children,2024-03-01,\n"
        "C,b,mobility,children,2024-03-01,\nD,,mobility,,2024-03-01,\n"
        "E,c,mobility,disabled,2021-03-01,2021-03-01\n",
        "scale.deserts");
    const mlg_value *sectors = study_value(&m, "sectors", MLG_VECTOR);
    const size_t h = row_of(sectors, MLG_CODE_OF(sector, hospital));
    const size_t y = row_of(sectors, MLG_CODE_OF(sector, youth));
    ck_assert_uint_eq(sectors->n, 3);
    ck_assert_double_eq_tol(part_at(sectors, "population", h), 100.0 / 600, 1e-12); /* its site */
    ck_assert_double_eq(part_at(sectors, "population_without", h), 500);
    ck_assert_double_eq(part_at(sectors, "covered", y), 1);
    ck_assert_double_eq(part_at(sectors, "completeness", y), 0.5);
    const mlg_value *units = study_value(&m, "units", MLG_VECTOR);
    ck_assert_double_eq(
        units->column[MLG_VALUE][row_of(units, model_fixture_territory(m.model, "b"))], 2);
    ck_assert_double_eq(
        units->column[MLG_VALUE][row_of(units, model_fixture_territory(m.model, "c"))], 0);
    const mlg_value *mobility = study_value(&m, "theme:mobility", MLG_SCALAR);
    ck_assert_double_eq(part_at(mobility, "covered", 0), 1); /* E is over, D says nowhere */
    ck_assert_double_eq(part_at(mobility, "completeness", 0), 0.5);
    const mlg_value *near = study_value(&m, "neighbourhoods", MLG_SCALAR);
    ck_assert_double_eq(near->column[MLG_VALUE][0], 0.5);
    const mlg_value *none = study_value(&m, "not_neighbourhoods", MLG_VECTOR);
    ck_assert_uint_eq(none->n, 1);
    ck_assert_int_eq(none->subject[0], model_fixture_territory(m.model, "R"));
    study_measured_close(&m);
}
END_TEST

/* ---- nearest ----------------------------------------------------------------------------------
 */

/* One degree of a meridian: 2 pi 6371.0088 / 360 km. */
#define DEGREE_KM 111.19508

START_TEST(residents_are_as_far_as_the_nearest)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,lon,lat,centre\n"
                  "a,100,0,45,\nb,300,0,46,\nc,100,0,46.05,\nd,50,,,\nT,,,,a\n"
                  "perimeters: territory,unit\nT,a\nT,b\nT,c\nT,d\n"
                  "activities: id,territory\nA,a\nB,c\nC,T\n",
                  "scale.nearest");
    const mlg_value *mean = study_value(&m, "activities", MLG_SCALAR);
    const mlg_value *units = study_value(&m, "activities", MLG_VECTOR);
    const mlg_value *town = study_value(&m, "main_town", MLG_SCALAR);
    const size_t b = row_of(units, model_fixture_territory(m.model, "b"));
    ck_assert_double_eq_tol(units->column[MLG_VALUE][b], 0.05 * DEGREE_KM, 1e-4);
    ck_assert_double_eq_tol(mean->column[MLG_VALUE][0], 0.05 * DEGREE_KM * 300 / 500, 1e-4);
    ck_assert_double_eq(part_at(mean, "units_left_out", 0), 1);
    ck_assert_double_eq(part_at(mean, "within_10_km", 0), 1);
    ck_assert_double_eq_tol(part_at(mean, "within_5_km", 0), 0.4, 1e-12);
    ck_assert_double_eq_tol(town->column[MLG_VALUE][0],
                            (DEGREE_KM * 300 + 1.05 * DEGREE_KM * 100) / 500, 1e-2);
    study_measured_close(&m);
}
END_TEST

/* ---- distance ---------------------------------------------------------------------------------
 */

typedef struct towns {
    int n, tie[60][60];
    double lon[60], lat[60];
    char text[16384];
} towns;

/* Actors in a square of about 100 km; the nearer, the likelier a tie. */
static void make_towns(towns *t, unsigned seed, bool planted)
{
    unsigned state = seed * 2654435761u + 12345u;
    t->n = 24;
    strcpy(t->text, "territories: id,lon,lat\n");
    for (int i = 0; i < t->n; i++) {
        state = state * 1664525u + 1013904223u;
        t->lon[i] = (state >> 8) % 1000 / 1000.0;
        state = state * 1664525u + 1013904223u;
        t->lat[i] = 45.0 + (state >> 8) % 1000 / 1000.0;
        sprintf(t->text + strlen(t->text), "u%d,%.3f,%.3f\n", i, t->lon[i], t->lat[i]);
    }
    strcat(t->text, "actors: id,territory\n");
    for (int i = 0; i < t->n; i++) {
        sprintf(t->text + strlen(t->text), "a%d,u%d\n", i, i);
    }
    strcat(t->text, "x,\nties: from,to\nx,a0\n");
    for (int i = 0; i < t->n; i++) {
        for (int j = i + 1; j < t->n; j++) {
            const double far = hypot(t->lon[i] - t->lon[j], t->lat[i] - t->lat[j]);
            state = state * 1664525u + 1013904223u;
            t->tie[i][j] = (state >> 8) % 1000 < (planted ? 2000.0 * exp(-6.0 * far) : 150.0);
            if (t->tie[i][j]) {
                sprintf(t->text + strlen(t->text), "a%d,a%d\n", i, j);
            }
        }
    }
}

/* The haversine formula, in degrees. */
static double slow_km(const towns *t, int i, int j)
{
    const double rad = acos(-1.0) / 180.0;
    const double a = pow(sin((t->lat[i] - t->lat[j]) * rad / 2), 2) +
                     cos(t->lat[i] * rad) * cos(t->lat[j] * rad) *
                         pow(sin((t->lon[i] - t->lon[j]) * rad / 2), 2);
    return 2.0 * 6371.0088 * asin(sqrt(a));
}

static const mlg_value *run_on(reported *r, const char *id)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = r->values.n;
    const mlg_status status = mlg_measure_find(id)->run(r->context, 0, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    for (size_t i = before; i < r->values.n; i++) {
        measured_check(&r->values.items[i]);
    }
    return &r->values.items[before];
}

static const double ends[] = {0.1, 5, 10, 20, 50, 100, 20016};

START_TEST(classes_and_slope_are_those_of_the_tables)
{
    static towns t;
    double pairs[7] = {0}, ties[7] = {0}, sum = 0.0, all = 0.0, n_pairs = 0.0;
    reported r;
    make_towns(&t, 1 + (unsigned) _i, true);
    reported_open(&r, t.text);
    const mlg_value *slope = run_on(&r, "scale.distance"), *classes = slope + 1;
    for (int i = 0; i < t.n; i++) {
        for (int j = i + 1; j < t.n; j++) {
            const double km = slow_km(&t, i, j);
            int c = 0;
            while (km > ends[c]) {
                c++;
            }
            pairs[c]++;
            n_pairs++;
            sum += t.tie[i][j] ? log(1 + km) : 0.0;
            ties[c] += t.tie[i][j];
            all += t.tie[i][j];
        }
    }
    ck_assert_int_eq(classes->shape, MLG_CURVE);
    for (int c = 0; c < 7; c++) {
        ck_assert_double_eq(classes->column[MLG_VALUE][c], ties[c]);
        ck_assert_double_eq(part_at(classes, "pairs", (size_t) c), pairs[c]);
        ck_assert_double_eq_tol(classes->column[MLG_EXPECTED][c], all * pairs[c] / n_pairs, 1e-9);
    }
    /* under the slope, the mean log distance of ties is as observed, pair by pair */
    double top = 0.0, weight = 0.0;
    for (int i = 0; i < t.n; i++) {
        for (int j = i + 1; j < t.n; j++) {
            const double log_km = log(1 + slow_km(&t, i, j));
            const double w = exp(slope->column[MLG_VALUE][0] * log_km);
            top += w * log_km;
            weight += w;
        }
    }
    ck_assert_double_eq_tol(top / weight, sum / all, 1e-6);
    ck_assert_double_eq(part_at(slope, "by_classes", 0), 0);
    ck_assert_double_eq_tol(part_at(slope, "per_doubling", 0), pow(2, slope->column[MLG_VALUE][0]),
                            1e-12);
    ck_assert_double_eq(part_at(slope, "ties", 0), all);
    ck_assert_double_eq(part_at(slope, "unplaced", 0), 1);
    ck_assert_double_lt(slope->column[MLG_VALUE][0], 0);
    ck_assert_double_le(slope->column[MLG_P][0], 0.01); /* planted */
    ck_assert_double_le(part_at(slope, "median_km", 0), part_at(slope, "median_pairs_km", 0));
    reported_close(&r);
}
END_TEST

/* Four pairs at 2 km, twelve at 60 km: with k of 8 ties near, the odds of a tie near and far are in
 * the ratio (k / 4) / ((8 - k) / 12), which is (3 / 61) ^ slope. */
START_TEST(slopes_of_classes_are_those_of_pairs_where_each_has_one_distance)
{
    double near = log1p(2.0), far = log1p(60.0);
    double pairs[] = {4.0, 12.0}, logs[] = {near, far};
    mlg_distances d = {.n_places = 0, .shortest = near, .longest = far};
    mlg_slopes s = {.d = &d, .n = 2, .pairs = pairs, .log_km = logs};
    for (int k = 1; k < 8; k++) {
        const double mean = (k * near + (8 - k) * far) / 8.0;
        const double slope = log((8 - k) / 12.0 / (k / 4.0)) / (far - near);
        ck_assert_double_eq_tol(mlg_slope_of_draw(&s, mean, 0.0), slope, 1e-10);
        ck_assert_double_eq_tol(mlg_slope_of_draw(&s, mean, -3.0), slope, 1e-10);
    }
    ck_assert_double_eq(mlg_slope_of_draw(&s, near, 0.0), -MLG_STEEPEST);
    ck_assert_double_eq(mlg_slope_of_draw(&s, far, 0.0), MLG_STEEPEST);
}
END_TEST

/* One town and the area whose main town it is are one place, though two territories. */
START_TEST(an_area_at_its_main_town_is_no_place_of_its_own)
{
    reported r;
    reported_open(&r, "territories: id,lon,lat,centre\nu,1,45,\nE,,,u\n"
                      "actors: id,territory\na,u\nb,E\nties: from,to\na,b\n");
    ck_assert_int_eq(run_on(&r, "scale.distance")->undefined, T_why_one_place);
    reported_close(&r);
}
END_TEST

START_TEST(places_dealt_again_depend_on_the_seed_alone)
{
    static towns t;
    double low[3], value[3];
    make_towns(&t, 9, true);
    for (int k = 0; k < 3; k++) {
        reported r;
        reported_open(&r, t.text);
        r.run.threads = k == 1 ? 3 : 1;
        r.run.seed = k == 2 ? 7 : r.run.seed;
        const mlg_value *slope = run_on(&r, "scale.distance");
        low[k] = slope->column[MLG_EXPECTED][0];
        value[k] = slope->column[MLG_VALUE][0];
        reported_close(&r);
    }
    ck_assert_double_eq(low[0], low[1]);
    ck_assert_double_ne(low[0], low[2]);
    ck_assert_double_eq(value[0], value[2]);
}
END_TEST

/* Where distance does not count, p is at .05 in about one study of twenty: 13 of 100 and more would
 * be one chance in a thousand. */
START_TEST(ties_anywhere_are_seldom_told)
{
    static towns t;
    int told = 0;
    for (unsigned k = 0; k < 100; k++) {
        reported r;
        make_towns(&t, 1000 + k, false);
        reported_open(&r, t.text);
        r.run.draws = 199;
        told += run_on(&r, "scale.distance")->column[MLG_P][0] <= 0.05;
        reported_close(&r);
    }
    ck_assert_int_lt(told, 13);
    ck_assert_int_gt(told, 0);
}
END_TEST

/* Kilometres between points, against the other formula. */
START_TEST(kilometres_are_those_of_the_haversine)
{
    static towns t;
    make_towns(&t, 3, true);
    mlg_model *model = model_fixture(t.text);
    for (int i = 0; i < t.n; i++) {
        char name[2][16];
        mlg_point a, b;
        const int j = (i + 7) % t.n;
        snprintf(name[0], sizeof name[0], "u%d", i);
        snprintf(name[1], sizeof name[1], "u%d", j);
        ck_assert(mlg_point_of(model, model_fixture_territory(model, name[0]), &a));
        ck_assert(mlg_point_of(model, model_fixture_territory(model, name[1]), &b));
        ck_assert_double_eq_tol(mlg_km_between(&a, &b), slow_km(&t, i, j), 1e-6);
    }
    mlg_model_free(model);
}
END_TEST

/* ---- both sides of the main town ------------------------------------------------------------- */

#define SIDES_LAND                                                                                 \
    "territories: id,population,centre\nV,100,\nW,100,\nX,100,\nF,100,\nT,,V\n"                    \
    "perimeters: territory,unit\nT,V\nT,W\nT,X\n"
#define SIDES_TIES "ties: from,to\na,b\na,c\nb,c\nc,d\nd,e\ne,f\nf,g\nd,g\na,o\no,n\nc,n\n"

/* As silo.ei where the sectors are the sides. */
START_TEST(sides_are_labels_of_silo_ei)
{
    reported r;
    reported_open(&r, SIDES_LAND "actors: id,territory,sector\n"
                                 "a,V,social\nb,V,social\nc,V,social\nd,W,youth\ne,X,youth\n"
                                 "f,T,youth\ng,X,youth\no,T,\nn,F,\n"
                                 "sites: actor,territory\nf,W\nf,X\no,V\no,W\n" SIDES_TIES);
    const double silo = run_on(&r, "silo.ei")->column[MLG_VALUE][0];
    const mlg_value *ei = run_on(&r, "scale.main_town_ei");
    ck_assert_double_eq_tol(ei->column[MLG_VALUE][0], (1.0 - 7.0) / 8.0, 1e-12);
    ck_assert_double_eq(ei->column[MLG_VALUE][0], silo);
    ck_assert_double_eq(part_at(ei, "in_centre", 0), 3);
    ck_assert_double_eq(part_at(ei, "around", 0), 4);
    ck_assert_str_eq(ei->null_model, "labels");
    const mlg_value *again = run_on(&r, "silo.ei");
    const mlg_value *sides = &r.values.items[1];
    while (strcmp(sides->measure->id, "scale.main_town_ei") != 0) {
        sides++;
    }
    ck_assert_double_eq(sides->column[MLG_P][0], again->column[MLG_P][0]);
    ck_assert_double_eq(sides->column[MLG_EXPECTED][0], again->column[MLG_EXPECTED][0]);
    reported_close(&r);
}
END_TEST

/* ---- undefined, no memory ---------------------------------------------------------------------
 */

#define TWO "territories: id,population\na,10\nb,20\n"

static const struct {
    const char *id, *convention, *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"scale.location_quotient", "-", "actors: id\nx\n", T_why_no_units},
    {"scale.location_quotient", "activities",
     "territories: id\na\nb\nactivities: id,territory\nA,a\n", T_why_no_population},
    {"scale.location_quotient", "activities", "territories: id,population\na,0\nb,4\n",
     T_why_one_unit},
    {"scale.location_quotient", "sites", TWO, T_why_no_sites},
    {"scale.load", "-", TWO, T_why_no_posts},
    {"scale.load", "-", "posts: id,person,role\np,vacant,coordinator\n", T_why_no_coordination},
    {"scale.load", "study", TWO "posts: id,role,territory\np,coordinator,a\n", T_why_no_fte},
    {"scale.load", "study", TWO "posts: id,role,fte\np,coordinator,1\n", T_why_no_place},
    {"scale.load", "study", "territories: id\na\nposts: id,role,fte,territory\np,coordinator,1,a\n",
     T_why_no_population},
    {"scale.nearest", "-", "actors: id\nx\n", T_why_no_units},
    {"scale.nearest", "activities", TWO, T_why_no_activities},
    {"scale.nearest", "activities", TWO "activities: id,territory\nA,a\n", T_why_no_coordinates},
    {"scale.nearest", "main_town", TWO, T_why_no_main_town},
    {"scale.deserts", "-", "actors: id\nx\n", T_why_no_units},
    {"scale.deserts", "sectors", TWO "actors: id\nx\n", T_why_no_sectors},
    {"scale.deserts", "sectors", TWO "actors: id,sector\nx,social\n", T_why_no_place},
    {"scale.deserts", "neighbourhoods", TWO, T_why_no_neighbourhood},
};

START_TEST(undefined_values_say_why)
{
    study_measured m;
    bool found = false;
    study_measure(&m, undefined_cases[_i].text, undefined_cases[_i].id);
    for (size_t i = 0; i < m.values.n; i++) {
        const mlg_value *value = &m.values.items[i];
        if (strcmp(undefined_cases[_i].convention, "-") == 0 ||
            strcmp(value->convention, undefined_cases[_i].convention) == 0) {
            ck_assert_str_eq(mlg_text_name(value->undefined),
                             mlg_text_name(undefined_cases[_i].why));
            found = true;
        }
    }
    ck_assert(found);
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *text;
    mlg_text_key why;
} undefined_views[] = {
    {"scale.distance", "actors: id\na\nb\nties: from,to\na,b\n", T_why_no_coordinates},
    {"scale.distance",
     "territories: id,lon,lat\nu,1,45\nactors: id,territory\na,u\nb,u\nties: from,to\na,b\n",
     T_why_one_place},
    {"scale.distance",
     "territories: id,lon,lat\nu,1,45\nv,2,45\nactors: id,territory\na,u\nb,v\nc,\n"
     "ties: from,to\na,c\nb,c\n",
     T_why_no_placed_tie},
    {"scale.distance",
     "territories: id,lon,lat\nu,1,45\nv,1.01,45\nw,2,45\nactors: id,territory\na,u\nb,v\nc,w\n"
     "ties: from,to\na,b\n",
     T_why_infinite_slope},
    {"scale.main_town_ei", "actors: id\na\nb\nties: from,to\na,b\n", T_why_no_main_town},
    {"scale.main_town_ei", SIDES_LAND "actors: id,territory\na,V\nb,V\nties: from,to\na,b\n",
     T_why_no_sides},
};

START_TEST(undefined_views_say_why)
{
    reported r;
    reported_open(&r, undefined_views[_i].text);
    ck_assert_str_eq(mlg_text_name(run_on(&r, undefined_views[_i].id)->undefined),
                     mlg_text_name(undefined_views[_i].why));
    reported_close(&r);
}
END_TEST

static const char *const whole_study =
    "study: key,value\ndate,2024-06-30\n"
    "territories: id,population,scale,centre,lon,lat\n"
    "a,100,commune,,0,45\nb,200,commune,,0,46\nc,300,commune,,1,45\nQ,5,neighbourhood,,,\n"
    "T,,epci,a,,\nperimeters: territory,unit\nT,a\nT,b\nT,c\n"
    "schemes: id,territory\nS,T\n"
    "actors: id,sector,territory\nx,social,a\ny,youth,b\nz,youth,c\n"
    "sites: actor,territory\nx,a\ny,b\n"
    "ties: from,to\nx,y\ny,z\n"
    "posts: id,person,role,scheme,fte\np,Anne,coordinator,S,0.5\n"
    "activities: id,territory,themes,audience\nA,a,mobility,precarious\nB,a,mobility,\n"
    "C,b,mobility,\nD,b,mobility,\nE,b,mobility,\nF,b,mobility,\nG,b,mobility,\nH,b,mobility,\n"
    "I,c,mobility,\nJ,c,mobility,\n";

static const char *const study_ids[] = {"scale.location_quotient", "scale.load", "scale.nearest",
                                        "scale.deserts"};

START_TEST(each_allocation_may_fail)
{
    study_fail_each(whole_study, study_ids[_i]);
}
END_TEST

static const char *const view_ids[] = {"scale.distance", "scale.main_town_ei"};

START_TEST(each_allocation_of_a_view_may_fail)
{
    mlg_status status = MLG_ENOMEM;
    reported r;
    reported_open(&r, whole_study);
    r.run.draws = 99;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_values values = {0};
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_measure_find(view_ids[_i])->run(r.context, 0, &values, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 1000);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && values.n == 0));
        mlg_values_free(&values);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("access");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, quotients_are_those_of_the_tables, 0, 3);
    tcase_add_test(all, codes_of_ten_places_have_a_list);
    tcase_add_test(all, load_counts_each_unit_once);
    tcase_add_test(all, an_unknown_time_is_not_a_full_time);
    tcase_add_test(all, load_is_told_as_a_fact);
    tcase_add_test(all, deserts_by_hand);
    tcase_add_test(all, residents_are_as_far_as_the_nearest);
    tcase_add_loop_test(all, classes_and_slope_are_those_of_the_tables, 0, 4);
    tcase_add_test(all, slopes_of_classes_are_those_of_pairs_where_each_has_one_distance);
    tcase_add_test(all, an_area_at_its_main_town_is_no_place_of_its_own);
    tcase_add_test(all, places_dealt_again_depend_on_the_seed_alone);
    tcase_add_test(all, ties_anywhere_are_seldom_told);
    tcase_add_test(all, kilometres_are_those_of_the_haversine);
    tcase_add_test(all, sides_are_labels_of_silo_ei);
    tcase_add_loop_test(all, undefined_values_say_why, 0, N_OF(undefined_cases));
    tcase_add_loop_test(all, undefined_views_say_why, 0, N_OF(undefined_views));
    tcase_add_loop_test(all, each_allocation_may_fail, 0, N_OF(study_ids));
    tcase_add_loop_test(all, each_allocation_of_a_view_may_fail, 0, N_OF(view_ids));
    suite_add_tcase(suite, all);
    return suite_run(suite);
}
