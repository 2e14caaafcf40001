/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/gap.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/gap_ground.h"
#include "measure/perimeter_pairs.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* ---- a study worked by hand --------------------------------------------------------- */

#define PLACES                                                                                     \
    "territories: id,scale,population\n"                                                           \
    "a,commune,100\nb,commune,200\nc,commune,300\nd,commune,400\n"                                 \
    "X,epci,\nY,cpts,\nZ,quartier,\n"                                                              \
    "perimeters: territory,unit\nX,a\nX,b\nX,c\nY,b\nY,c\nY,d\nZ,d\n"

#define SCHEMES                                                                                    \
    "schemes: id,territory,themes,start,end\n"                                                     \
    "S,X,t1|t2,,\nT,Y,t2|t3,,\nU,Z,t1,,\nV,,t1,,\nW,X,,,\nN,X,none,,\nQ,X,t1,,\nE,X,t1,,2020-12-"  \
    "31\n"

/* S: m1, m2; W has its theme from its activity; "loose" belongs to no scheme; Q has no activity,
 * and E ended long ago. */
#define ACTIVITIES                                                                                 \
    "activities: id,schemes,themes,start,end\n"                                                    \
    "m1,S,t9,2024-03-01,\nm2,S|T,,2024-04-01,\nm3,U,,2024-04-02,\nm4,V,,2024-04-03,\n"             \
    "m5,W,t2,2024-04-04,\nm6,N,t1,2024-05-01,\nloose,none,,2024-05-02,\nbare,,,2024-05-03,\n"      \
    "old,Q,,2019-01-01,2019-01-01\n"

static const char *const by_hand =
    "study: key,value\ndate,2024-12-31\n" PLACES SCHEMES ACTIVITIES
    "actors: id,kind,territory,start,end\n"
    "o1,organisation,a,,\no2,organisation,d,,\no3,organisation,,,\no4,organisation,b,,2010-01-01\n"
    "o5,organisation,X,,\no6,organisation,,,\n"
    "sites: actor,territory\no6,d\no6,a\n"
    "participations: actor,activity,present\n"
    "o1,m1,yes\no1,m2,yes\no2,m3,yes\no2,m2,excused\no3,m2,represented\no3,m4,yes\no3,m5,yes\n"
    "o4,m5,yes\no5,m6,yes\no5,m1,no\no6,m1,yes\no6,m5,yes\no6,loose,yes\n"
    "o7,loose,yes\no8,bare,yes\no1,old,yes\n";

static mlg_status run_gap(reported *r, const char *id)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_status status = mlg_measure_find(id)->run(r->context, 0, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    for (size_t i = 0; i < r->values.n; i++) {
        measured_check(&r->values.items[i]);
    }
    return status;
}

static const mlg_value *pairs_of(const reported *r)
{
    const mlg_value *pairs = mlg_values_find(&r->values, "gap.schemes", 0);
    ck_assert(pairs != NULL && pairs->shape == MLG_PAIRS);
    return pairs;
}

static const mlg_value *counts_of(const reported *r)
{
    ck_assert_uint_ge(r->values.n, 2);
    ck_assert_str_eq(r->values.items[1].convention, "tested_share");
    return &r->values.items[1];
}

static const struct {
    const char *a, *b;
    double both, overlap, themes, shared, stratum, common, reach;
} factors[] = {
    /* b, c of 600 and 900 inhabitants, in 1,000; theme 2 of three */
    {"S", "T", 2, 500.0 / 600, 1.0 / 3, 1, MLG_GAP_KNOWN, 2, 0.5},
    {"S", "U", 0, 0, 0.5, 1, MLG_GAP_NOT_COMPARED, 0, 0},
    {"S", "V", 1, NAN, 0.5, 1, MLG_GAP_TERRITORY_UNKNOWN, NAN, NAN},
    {"S", "W", 2, 1, 0.5, 1, MLG_GAP_KNOWN, 3, 1},
    {"S", "N", 0, 1, 0, 0, MLG_GAP_NOT_COMPARED, 3, 1}, /* `none` is known: nothing to share */
    {"T", "U", 0, 1, 0, 0, MLG_GAP_NOT_COMPARED, 1, 400.0 / 900},
    {"T", "V", 1, NAN, 0, 0, MLG_GAP_NOT_COMPARED, NAN, NAN},
    {"T", "W", 1, 500.0 / 600, 0.5, 1, MLG_GAP_KNOWN, 2, 0.5},
    {"U", "V", 0, NAN, 1, 1, MLG_GAP_TERRITORY_UNKNOWN, NAN, NAN},
    {"U", "W", 0, 0, 0, 0, MLG_GAP_NOT_COMPARED, 0, 0},
    {"V", "W", 1, NAN, 0, 0, MLG_GAP_NOT_COMPARED, NAN, NAN},
};

static size_t row_between(const reported *r, const char *a, const char *b)
{
    const mlg_id x = model_fixture_party(r->model, a), y = model_fixture_party(r->model, b);
    return row_of_pair(pairs_of(r), x < y ? x : y, x < y ? y : x);
}

static void check_known(double number, double expected)
{
    if (isnan(expected)) {
        ck_assert_double_nan(number);
    } else {
        ck_assert_double_eq_tol(number, expected, 1e-12);
    }
}

START_TEST(pairs_have_the_factors_worked_by_hand)
{
    reported r;
    reported_open(&r, by_hand);
    run_gap(&r, "gap.schemes");
    const size_t row = row_between(&r, factors[_i].a, factors[_i].b);
    const mlg_value *pairs = pairs_of(&r);

    check_known(pairs->column[MLG_VALUE][row], factors[_i].both);
    check_known(part_at(pairs, "population_overlap", row), factors[_i].overlap);
    check_known(part_at(pairs, "theme_overlap", row), factors[_i].themes);
    check_known(part_at(pairs, "shared_themes", row), factors[_i].shared);
    check_known(part_at(pairs, "stratum", row), factors[_i].stratum);
    check_known(part_at(pairs, "common_units", row), factors[_i].common);
    check_known(part_at(pairs, "reach", row), factors[_i].reach);
    ck_assert_double_eq(part_at(pairs, "eligible", row), factors[_i].stratum > 0);
    ck_assert_int_eq(isnan(pairs->column[MLG_EXPECTED][row]) != 0, factors[_i].stratum == 0);
    if (factors[_i].stratum > 0) {
        const double mu = pairs->column[MLG_EXPECTED][row];
        check_known(part_at(pairs, "deficit", row), mu - factors[_i].both);
        check_known(part_at(pairs, "ratio", row), (factors[_i].both + 0.5) / (mu + 0.5));
    }
    reported_close(&r);
}
END_TEST

START_TEST(what_is_left_out_is_counted)
{
    reported r;
    reported_open(&r, by_hand);
    run_gap(&r, "gap.schemes");
    const mlg_value *all = counts_of(&r);
    ck_assert_double_eq(part_at(all, "schemes", 0), 6);              /* S T U V W N */
    ck_assert_double_eq(part_at(all, "schemes_without_seat", 0), 1); /* Q; E has ended */
    ck_assert_double_eq(part_at(all, "actors", 0), 6);
    ck_assert_double_eq(part_at(all, "actors_outside", 0), 2); /* o7, o8 */
    ck_assert_double_eq(part_at(all, "activities_outside", 0), 2);
    ck_assert_double_eq(part_at(all, "pairs", 0), 15);
    ck_assert_double_eq(part_at(all, "eligible", 0), 5);
    ck_assert_double_eq(part_at(all, "known", 0), 3);
    ck_assert_double_eq(all->column[MLG_VALUE][0], part_at(all, "testable", 0) / 5);
    ck_assert_int_eq(pairs_of(&r)->caution, T_caution_small_sample);
    ck_assert_str_eq(pairs_of(&r)->null_model, "margins");
    ck_assert_uint_eq(pairs_of(&r)->draws, 199);
    reported_close(&r);
}
END_TEST

/* o1 works in a: not in Y (T) nor Z (U), but its seat in T is on record. o2 in d: not in X. o3
 * unknown: anywhere. o4 ended in 2010, and so may sit wherever dates are unknown. o5 in all X:
 * meets Y, not Z. o6 by its sites in d and a: anywhere. */
static const struct {
    const char *actor, *barred;
} zeros[] = {
    {"o1", "U"}, {"o2", "SWN"}, {"o3", ""}, {"o4", "U"}, {"o5", "U"}, {"o6", ""},
};

START_TEST(nobody_sits_where_its_territory_does_not_meet)
{
    reported r;
    mlg_gaps *gaps = NULL;
    size_t barred = 0;

    reported_open(&r, by_hand);
    ck_assert_int_eq(mlg_gaps_of(r.context, 0, &gaps, NULL), MLG_OK);
    const mlg_graph *graph = mlg_context_graph(r.context, 0);
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        const mlg_id party = model_fixture_party(r.model, zeros[i].actor);
        const int32_t actor = mlg_id_find(graph->subject, graph->n, party);
        int32_t row = 0;
        while (gaps->actor[row] != actor) {
            row++;
        }
        for (int32_t c = 0; c < gaps->n_schemes; c++) {
            const char *name = mlg_names_text(&r.model->parties, gaps->scheme[c]);
            const bool is_barred = strchr(zeros[i].barred, name[0]) != NULL;
            ck_assert_msg(mlg_may_have(mlg_may_of(&gaps->seats, row), c) == !is_barred, "%s in %s",
                          zeros[i].actor, name);
            barred += is_barred;
        }
    }
    ck_assert_uint_eq(gaps->barred, barred);
    reported_close(&r);
}
END_TEST

START_TEST(dates_that_do_not_meet_bar_too)
{
    reported r;
    mlg_gaps *gaps = NULL;
    reported_open(&r, "schemes: id,start,end\nS,2020,2021\nT,2023,\n"
                      "actors: id,kind,start,end\no1,organisation,2022,\no2,organisation,,2021\n"
                      "o3,organisation,,\n"
                      "activities: id,schemes\nm1,S\nm2,T\n"
                      "participations: actor,activity\no1,m2\no2,m1\no3,m1\no3,m2\n");
    ck_assert_int_eq(mlg_gaps_of(r.context, 0, &gaps, NULL), MLG_OK);
    ck_assert_uint_eq(gaps->barred, 2); /* o1 in S, o2 in T */
    reported_close(&r);
}
END_TEST

/* ---- territories ---------------------------------------------------------------------- */

static const struct {
    const char *what, *tables;
    double overlap, stratum;
} places[] = {
    {"units, where a population is unknown",
     "territories: id,scale,population\na,commune,100\nb,commune,\nc,commune,300\n"
     "perimeters: territory,unit\nX,a\nX,b\nY,b\nY,c\n",
     0.5, MLG_GAP_KNOWN},
    {"territories that nobody took apart", "perimeters: territory,unit\nV,a\n", NAN,
     MLG_GAP_TERRITORY_UNKNOWN},
    {"one territory that nobody took apart", "territories: id\nX\n", 1, MLG_GAP_KNOWN},
    {"neighbours of one scale", "territories: id,scale\nX,commune\nY,commune\n", 0,
     MLG_GAP_NOT_COMPARED},
    {"just under a tenth",
     "territories: id,scale,population\na,commune,99\nb,commune,901\nc,commune,1000\n"
     "perimeters: territory,unit\nX,a\nX,b\nY,a\nY,c\n",
     0.099, MLG_GAP_NOT_COMPARED},
    {"a tenth",
     "territories: id,scale,population\na,commune,100\nb,commune,900\nc,commune,1000\n"
     "perimeters: territory,unit\nX,a\nX,b\nY,a\nY,c\n",
     0.1, MLG_GAP_KNOWN},
    {"pieces of a unit, of one scale, lie apart",
     "territories: id,scale,population\na,commune,100\nX,quartier,\nY,quartier,\n"
     "perimeters: territory,unit,share\nX,a,0.4\nY,a,0.6\n",
     0, MLG_GAP_NOT_COMPARED},
};

START_TEST(overlap_is_of_people_units_or_unknown)
{
    char text[1200];
    reported r;
    snprintf(text, sizeof text,
             "%sschemes: id,territory,themes\nS,X,t1\nT,%s,t1\n"
             "activities: id,schemes\nm1,S\nm2,T\n"
             "participations: actor,activity\no1,m1\no2,m2\no3,m1\no3,m2\n",
             places[_i].tables, places[_i].overlap == 1 ? "X" : "Y");
    reported_open(&r, text);
    run_gap(&r, "gap.schemes");
    const mlg_value *pairs = pairs_of(&r);
    check_known(part_at(pairs, "population_overlap", 0), places[_i].overlap);
    ck_assert_msg(part_at(pairs, "stratum", 0) == places[_i].stratum, "%s", places[_i].what);
    reported_close(&r);
}
END_TEST

/* One pair at a time, against all pairs in one pass. */
typedef struct twin {
    const mlg_perimeters *perimeters;
    size_t n;
} twin;

static void same(void *with, const mlg_overlap *overlap)
{
    twin *t = with;
    const mlg_overlap ab = mlg_overlap_of(t->perimeters, overlap->a, overlap->b);
    const mlg_overlap ba = mlg_overlap_of(t->perimeters, overlap->b, overlap->a);
    ck_assert_double_eq(ab.most.units, overlap->most.units);
    ck_assert_double_eq(ab.most.people, overlap->most.people);
    ck_assert_double_eq(ab.most.unknown, overlap->most.unknown);
    ck_assert_double_eq(ab.people_low, overlap->people_low);
    ck_assert_double_eq(ba.most.people, overlap->most.people);
    t->n++;
}

START_TEST(the_overlap_of_one_pair_is_that_of_all_pairs)
{
    char text[6000] = "territories: id,scale,population\n";
    mlg_random random = mlg_random_stream((uint64_t) _i, "test_gap", "overlap", 0);
    mlg_perimeters perimeters = {0};
    twin t = {.perimeters = &perimeters};

    for (int u = 0; u < 12; u++) {
        snprintf(text + strlen(text), 40, u % 5 == 4 ? "u%d,commune,\n" : "u%d,commune,%d\n", u,
                 100 + u);
    }
    strcat(text, "perimeters: territory,unit,share\n");
    for (int p = 0; p < 8; p++) {
        for (int u = 0; u < 12; u++) {
            if (mlg_random_below(&random, 3) == 0) {
                snprintf(text + strlen(text), 40, "p%d,u%d,0.%d\n", p, u,
                         1 + (int) mlg_random_below(&random, 9));
            }
        }
    }
    mlg_model *model = model_fixture(text);
    ck_assert_int_eq(mlg_perimeters_of(model, &perimeters, NULL), MLG_OK);
    ck_assert_int_eq(mlg_overlaps_each(&perimeters, same, &t, NULL), MLG_OK);
    ck_assert_uint_gt(t.n, 5);
    mlg_perimeters_free(&perimeters);
    mlg_model_free(model);
}
END_TEST

/* ---- undefined, no memory ---------------------------------------------------------------- */

#define SEATS "participations: actor,activity\no1,m1\no2,m1\no2,m2\n"

static const struct {
    const char *text;
    mlg_text_key why, score;
} undefined_cases[] = {
    {"ties: from,to\na,b\nschemes: id\nS\n", T_why_no_two_mode, T_why_no_two_mode},
    {SEATS, T_why_no_schemes, T_why_no_schemes},
    {"schemes: id\nS\n" SEATS, T_why_no_scheme_seats, T_why_no_scheme_seats},
    {"activities: id,schemes\nm1,none\n"
     "schemes: id\nS\n" SEATS,
     T_why_no_scheme_seats, T_why_no_scheme_seats},
    {"activities: id,schemes\nm1,S\nm2,S\n" SEATS, T_why_one_scheme, T_why_one_scheme},
    {"activities: id,schemes\nm1,S\nm2,T\nschemes: id,themes\nS,t1\nT,t2\n" SEATS, T_none,
     T_why_no_eligible_pair},
    {"activities: id,schemes\nm1,S\nm2,T\n" SEATS, T_none, T_why_no_testable_pair},
};

START_TEST(what_is_undefined_says_why)
{
    reported r;
    reported_open(&r, undefined_cases[_i].text);
    ck_assert_int_eq(mlg_measure_all(r.context, (const char *const[]){"gap"}, 1, &r.values, NULL),
                     MLG_OK);
    const mlg_value *pairs = pairs_of(&r), *score = mlg_values_find(&r.values, "gap.score", 0);
    ck_assert_str_eq(mlg_text_name(pairs->undefined), mlg_text_name(undefined_cases[_i].why));
    ck_assert_str_eq(mlg_text_name(score->undefined), mlg_text_name(undefined_cases[_i].score));
    ck_assert_uint_eq(score->n, 0);
    for (size_t i = 0; i < r.values.n; i++) {
        measured_check(&r.values.items[i]);
    }
    reported_close(&r);
}
END_TEST

START_TEST(no_draws_is_a_reason)
{
    reported r;
    reported_open(&r, by_hand);
    r.run.draws = 0;
    run_gap(&r, "gap.schemes");
    run_gap(&r, "gap.score");
    ck_assert_int_eq(mlg_values_find(&r.values, "gap.score", 0)->undefined, T_why_no_draws);
    ck_assert_double_nan(pairs_of(&r)->column[MLG_EXPECTED][0]);
    ck_assert_ptr_null(pairs_of(&r)->p_method);
    reported_close(&r);
}
END_TEST

START_TEST(participants_must_be_actors)
{
    mlg_view_wish wish = {.by = MLG_BY_SECTOR};
    const mlg_run run = MLG_RUN_INIT;
    mlg_view *views = NULL;
    size_t n = 0;
    mlg_context *context = NULL;
    mlg_values values = {0};
    mlg_model *model = model_fixture("actors: id,kind,sector\no1,organisation,social\n"
                                     "o2,organisation,health\n"
                                     "activities: id,schemes\nm1,S\nm2,T\n" SEATS);

    ck_assert_int_eq(mlg_views_of(model, &wish, &views, &n, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_open(model, views, n, &run, &context, NULL), MLG_OK);
    ck_assert_int_eq(mlg_gap_schemes(context, 0, &values, NULL), MLG_OK);
    ck_assert_int_eq(values.items[0].undefined, T_why_rows_not_actors);
    mlg_values_free(&values);
    mlg_context_free(context);
    mlg_views_free(views);
    mlg_model_free(model);
}
END_TEST

static const char *const ids[] = {"gap.schemes", "gap.score"};

START_TEST(a_graph_without_a_study_has_no_gap)
{
    measured m;
    measured_open(&m, measured_shape(5));
    ck_assert_int_ne(measured_value(&m, ids[_i])->undefined, T_none);
    measured_close(&m);
}
END_TEST

START_TEST(each_survives_any_allocation_failing)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        reported r;
        reported_open(&r, by_hand);
        r.run.draws = 19;
        failed = measured_fails(r.context, 0, ids[_i], n, &r.values);
        reported_close(&r);
    }
}
END_TEST

/* ---- a planted gap, to the finding and the page -----------------------------------------------
 */

/* `n` actors in turn in S and in T, `both` of the first in the two; most sit in K too, so that
 * seats have somewhere else to go. */
static const char *planted(const char *schemes, int both, int n, const char *kind)
{
    static char text[8000];
    snprintf(text, sizeof text,
             "study: key,value\ntitle,Planted\ndate,2024-12-31\n" PLACES "schemes: %s"
             "activities: id,schemes\nm1,S\nm2,T\nm3,K\n"
             "actors: id,kind\n",
             schemes);
    for (int i = 0; i < n; i++) {
        snprintf(text + strlen(text), 40, "o%d,%s\n", i, kind);
    }
    strcat(text, "participations: actor,activity\n");
    for (int i = 0; i < n; i++) {
        snprintf(text + strlen(text), 40, "o%d,m%d\n", i, 1 + i % 2);
        if (i < both) {
            snprintf(text + strlen(text), 40, "o%d,m%d\n", i, 2 - i % 2);
        } else if (i % 3 < 2) {
            snprintf(text + strlen(text), 40, "o%d,m3\n", i);
        }
    }
    return text;
}

#define FULL "id,name,territory,themes\nS,Contract,X,t1|t2\nT,Care,Y,t1|t2|t3\nK,Table,X,t9\n"

static const struct {
    const char *what, *schemes, *kind;
    int both;
    mlg_text_key text;
    const char *fr, *en;
    mlg_level level;
} said[] = {
    {"nobody, all known", FULL, "organisation", 0, T_finding_gap_none,
     "mais aucune structure ne siège dans les deux",
     "share 2 territories (83% of the residents of the less populated one) and 2 themes of 3, but "
     "no organisation sits in both",
     MLG_SERIOUS},
    {"some", FULL, "organisation", 1, T_finding_gap, "mais peu de structures siègent dans les deux",
     "but few organisations sit in both: 1 where", MLG_SERIOUS},
    {"territories unknown", "id,name,territory,themes\nS,Contract,,t1\nT,Care,,t1\nK,Table,X,t9\n",
     "organisation", 0, T_finding_gap_unknown_none,
     "aucune structure ne siège dans les deux, alors qu’on en attendrait",
     "Between the schemes “Contract” and “Care”, no organisation sits in both", MLG_NOTICE},
    {"residents are no persons", FULL, "residents", 0, T_finding_gap_none,
     "mais aucune structure ne siège", "no organisation sits in both", MLG_SERIOUS},
};

START_TEST(a_gap_reads_as_a_sentence)
{
    reported r;
    reported_study(&r, planted(said[_i].schemes, said[_i].both, 36, said[_i].kind));
    ck_assert_msg(reported_count(&r, "gap") == 1, "%s: %zu", said[_i].what,
                  reported_count(&r, "gap"));
    const mlg_finding *finding = reported_first(&r, "gap");
    ck_assert_msg(finding->text == said[_i].text, "%s: %s", said[_i].what,
                  mlg_text_name(finding->text));
    ck_assert_msg(strstr(reported_sentence(&r, finding, MLG_FR), said[_i].fr) != NULL, "%s",
                  reported_sentence(&r, finding, MLG_FR));
    ck_assert_msg(strstr(reported_sentence(&r, finding, MLG_EN), said[_i].en) != NULL, "%s",
                  reported_sentence(&r, finding, MLG_EN));
    ck_assert_ptr_null(strstr(reported_sentence(&r, finding, MLG_EN), "n/a"));
    ck_assert_int_eq(finding->level, said[_i].level);
    ck_assert_str_eq(finding->lever_source, "S1:233");
    ck_assert_uint_eq(finding->n_subjects, 2);
    ck_assert_str_eq(finding->rows[0].file, "schemes.csv");
    ck_assert_int_eq(finding->rows[0].line, 2);
    /* nobody in both: all 36 seats of the two; else the two of each who sits in both */
    ck_assert_uint_eq(finding->rows_total,
                      2 + (said[_i].both > 0 ? 2u * (unsigned) said[_i].both : 36u));
    reported_close(&r);
}
END_TEST

START_TEST(people_are_called_people)
{
    const mlg_view_wish wish = {.by = MLG_BY_ACTOR};
    mlg_run run = MLG_RUN_INIT;
    mlg_view *views = NULL;
    size_t n = 0;
    reported r = {.model = model_fixture(planted(FULL, 0, 36, "person"))};

    run.draws = 199;
    ck_assert_int_eq(mlg_views_of(r.model, &wish, &views, &n, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_open(r.model, views, n, &run, &r.context, NULL), MLG_OK);
    ck_assert_int_eq(mlg_measure_all(r.context, ids, 2, &r.values, NULL), MLG_OK);
    reported_find(&r);
    r.results = (mlg_results){.model = r.model, .context = r.context, .values = &r.values};
    const mlg_finding *finding = reported_first(&r, "gap");
    ck_assert_ptr_nonnull(finding);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_FR), "aucune personne ne"));
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN), "no one sits in both"));
    r.views = views;
    reported_close(&r);
}
END_TEST

/* Values by hand: nothing is claimed above .05, untested, at or above what is expected, or of
 * fewer than ten. */
static const struct {
    const char *what;
    double actors, testable, value, p;
    size_t gaps, unclear;
} thresholds[] = {
    {"at the threshold", 10, 1, 1, 0.05, 1, 0}, {"above it", 10, 1, 1, 0.0501, 0, 0},
    {"nine participants", 9, 1, 1, 0.01, 0, 1}, {"not testable", 10, 0, 1, NAN, 0, 1},
    {"as expected", 10, 1, 4, 0.04, 0, 0},
};

START_TEST(a_gap_is_claimed_only_when_all_conditions_hold)
{
    reported r;
    reported_open(&r, planted(FULL, 0, 12, "organisation"));
    mlg_value *pairs = reported_value(&r, "gap.schemes", 0, 1);
    pairs->subject[0] = model_fixture_party(r.model, "S");
    pairs->subject[1] = model_fixture_party(r.model, "T");
    reported_set(pairs, MLG_VALUE, 0, thresholds[_i].value);
    reported_set(pairs, MLG_EXPECTED, 0, 4);
    reported_set(pairs, MLG_P_ADJUSTED, 0, thresholds[_i].p);
    reported_part(pairs, "testable", 0, thresholds[_i].testable);
    reported_part(pairs, "stratum", 0, MLG_GAP_KNOWN);
    mlg_value *all = reported_value(&r, "gap.schemes", 0, 1);
    all->shape = MLG_SCALAR;
    reported_set(all, MLG_VALUE, 0, thresholds[_i].testable);
    reported_part(all, "actors", 0, thresholds[_i].actors);
    reported_part(all, "eligible", 0, 1);
    reported_part(all, "testable", 0, thresholds[_i].testable);
    reported_find(&r);
    size_t unclear = 0;
    for (size_t i = 0; i < r.findings.n; i++) {
        unclear += r.findings.items[i].text == T_unclear_gap ||
                   r.findings.items[i].text == T_unclear_gap_few;
    }
    ck_assert_msg(reported_count(&r, "gap") == thresholds[_i].gaps, "%s", thresholds[_i].what);
    ck_assert_msg(unclear == thresholds[_i].unclear, "%s", thresholds[_i].what);
    reported_close(&r);
}
END_TEST

/* ---- what is printed ---------------------------------------------------------------------- */

static mlg_status print_gaps(const void *results, FILE *out, mlg_error *err)
{
    return mlg_results_gaps(results, out, err);
}

START_TEST(the_command_tells_pairs_and_what_it_cannot_tell)
{
    reported r;
    reported_study(&r, planted(FULL, 0, 36, "organisation"));
    char *text = reported_written(print_gaps, &r.results);
    ck_assert_ptr_nonnull(strstr(text, "Planted\n"));
    ck_assert_ptr_nonnull(strstr(text, "What stands out from chance\n"));
    ck_assert_ptr_nonnull(strstr(text, "“Contract” and “Care”: 0 participants in common"));
    ck_assert_ptr_nonnull(strstr(text, "2 pairs are not compared"));
    free(text);
    r.results.labels.language = MLG_FR;
    text = reported_written(print_gaps, &r.results);
    ck_assert_ptr_nonnull(strstr(text, "Ce qui se distingue du hasard\n"));
    ck_assert_ptr_nonnull(
        strstr(text, "«\u202fContract\u202f» et «\u202fCare\u202f»\u202f: 0 participant"));
    free(text);
    reported_close(&r);
}
END_TEST

START_TEST(the_command_says_why_there_is_nothing)
{
    reported r;
    reported_study(&r, SEATS);
    char *text = reported_written(print_gaps, &r.results);
    const char *nothing = "Missing coordinations: nothing to tell, no scheme: add schemes.csv.\n";
    ck_assert_int_eq(strncmp(text, nothing, strlen(nothing)), 0);
    ck_assert_ptr_nonnull(strstr(text, "Who meets less than expected\n")); /* needs no scheme */
    free(text);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gap");
    TCase *hand = tcase_create("by hand");
    tcase_add_loop_test(hand, pairs_have_the_factors_worked_by_hand, 0,
                        (int) (sizeof factors / sizeof *factors));
    tcase_add_test(hand, what_is_left_out_is_counted);
    tcase_add_test(hand, nobody_sits_where_its_territory_does_not_meet);
    tcase_add_test(hand, dates_that_do_not_meet_bar_too);
    tcase_add_loop_test(hand, overlap_is_of_people_units_or_unknown, 0,
                        (int) (sizeof places / sizeof *places));
    tcase_add_loop_test(hand, the_overlap_of_one_pair_is_that_of_all_pairs, 0, 6);
    suite_add_tcase(suite, hand);

    TCase *limits = tcase_create("undefined and no memory");
    tcase_set_timeout(limits, 60);
    tcase_add_loop_test(limits, what_is_undefined_says_why, 0,
                        (int) (sizeof undefined_cases / sizeof *undefined_cases));
    tcase_add_test(limits, no_draws_is_a_reason);
    tcase_add_test(limits, participants_must_be_actors);
    tcase_add_loop_test(limits, a_graph_without_a_study_has_no_gap, 0, 2);
    tcase_add_loop_test(limits, each_survives_any_allocation_failing, 0, 2);
    suite_add_tcase(suite, limits);

    TCase *findings = tcase_create("findings and the page");
    tcase_add_loop_test(findings, a_gap_reads_as_a_sentence, 0, (int) (sizeof said / sizeof *said));
    tcase_add_test(findings, people_are_called_people);
    tcase_add_loop_test(findings, a_gap_is_claimed_only_when_all_conditions_hold, 0,
                        (int) (sizeof thresholds / sizeof *thresholds));
    tcase_add_test(findings, the_command_tells_pairs_and_what_it_cannot_tell);
    tcase_add_test(findings, the_command_says_why_there_is_nothing);
    suite_add_tcase(suite, findings);
    return suite_run(suite);
}
