/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/governance.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "measure/composition.h"
#include "measure/yardsticks.h"
#include "model_fixture.h"
#include "reported.h"
#include "slow_gap.h"
#include "slow_governance.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))
#define CLOSE       1e-12

static mlg_id party(const study_measured *m, const char *name)
{
    return model_fixture_party(m->model, name);
}

static size_t body_row(const study_measured *m, const mlg_value *value, const char *name)
{
    return row_of(value, model_fixture_activity(m->model, name));
}

/* ---- lineage ----------------------------------------------------------------------------------
 */

/* ASV -> CLSM -> CLS, and ASV -> CLS: the grandparent is one step away too. Of the four of the ASV,
 * two are in the CLS; person p stands for d. New has a parent but nobody. */
static const char *const lineage =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,kind,organisation\np,person,d\n"
    "schemes: id,parent,carrier,start\n"
    "ASV,none,town,2004\nCLSM,ASV,town,2010\nCLS,ASV|CLSM,epci,2014\n"
    "New,CLS,,2020\nlast,New,epci,2022\n"
    "activities: id,schemes,start\n"
    "a1,ASV,2005\na2,ASV,2006\nm1,CLSM,2011\nc1,CLS,2024\n"
    "both,CLSM|CLS,2016\nz,,2024\n"
    "participations: actor,activity,present\n"
    "a,a1,yes\nb,a1,yes\nc,a2,yes\np,a2,yes\na,a2,yes\nx,a1,no\n"
    "b,m1,yes\ne,m1,yes\n"
    "a,c1,yes\nd,c1,yes\ne,c1,yes\nf,both,yes\ny,z,yes\n";

START_TEST(what_is_left_of_a_parent_is_counted_by_hand)
{
    study_measured m;
    study_measure(&m, lineage, "scheme.lineage");
    const mlg_value *pairs = study_value(&m, "retention", MLG_PAIRS);
    const mlg_value *all = study_value(&m, "all_parents", MLG_SCALAR);
    const size_t direct = row_of_pair(pairs, party(&m, "ASV"), party(&m, "CLS"));
    const size_t shared = row_of_pair(pairs, party(&m, "CLSM"), party(&m, "CLS"));
    const size_t far = row_of_pair(pairs, party(&m, "ASV"), party(&m, "New"));

    ck_assert_uint_eq(pairs->n, 10);                            /* 5 parents, and 5 further up */
    ck_assert_double_eq(pairs->column[MLG_VALUE][direct], 0.5); /* a, d of a, b, c, d */
    ck_assert_double_eq(part_at(pairs, "members", direct), 4);
    ck_assert_double_eq(part_at(pairs, "kept", direct), 2);
    ck_assert_double_eq(part_at(pairs, "members_child", direct), 4); /* a, d, e, f */
    ck_assert_double_eq(part_at(pairs, "reverse", direct), 0.5);
    ck_assert_double_eq(part_at(pairs, "years", direct), 10);
    ck_assert_double_eq(part_at(pairs, "steps", direct), 1);
    ck_assert_double_eq(part_at(pairs, "same_carrier", direct), 0);
    ck_assert_double_eq_tol(part_at(pairs, "low_95", direct), 0.06758599, 1e-7);

    ck_assert_double_eq(part_at(pairs, "shared_activities", shared), 1);
    ck_assert_double_nan(pairs->column[MLG_P][shared]);
    ck_assert_double_eq(
        part_at(pairs, "same_carrier", row_of_pair(pairs, party(&m, "ASV"), party(&m, "CLSM"))), 1);
    ck_assert_double_eq(part_at(pairs, "steps", far), 2);
    ck_assert_double_nan(pairs->column[MLG_VALUE][far]); /* nobody is on record with New */
    ck_assert_double_nan(part_at(pairs, "same_carrier", far));
    ck_assert_double_eq(part_at(all, "deepest", 0), 3);
    ck_assert_double_eq(part_at(all, "with_parent", 0), 4);
    ck_assert_double_eq(part_at(all, "recorded", 0), 5);
    ck_assert_double_eq(part_at(all, "known", 0), 3);
    /* 1 of 4 (b), 2 of 4, and f with e of b, e, f */
    ck_assert_double_eq_tol(all->column[MLG_VALUE][0], (1.0 + 2.0 + 2.0) / (4.0 + 4.0 + 3.0),
                            CLOSE);
    study_measured_close(&m);
}
END_TEST

/* Of every table in which each of a to f, y attends as many activities, and each of a1, a2, m1, c1,
 * both, z gathers as many of them: who is in the first two, and in c1 or both. */
START_TEST(chance_keeps_how_often_each_attends)
{
    mlg_two_mode seats = slow_seats("110100 101000 010000 010100 001100 000010 000001");
    slow_tables all = slow_tables_of(&seats);
    double sum = 0.0, as_many = 0.0;
    for (size_t t = 0; t < all.n; t++) {
        int both = 0;
        for (int row = 0; row < 7; row++) {
            const uint64_t bits = all.bits[t] >> (6 * row);
            both += (bits & 3) != 0 && (bits & 24) != 0;
        }
        sum += both;
        as_many += both >= 2;
    }
    study_measured m;
    study_measure(&m, lineage, "scheme.lineage");
    const mlg_value *pairs = study_value(&m, "retention", MLG_PAIRS);
    const size_t direct = row_of_pair(pairs, party(&m, "ASV"), party(&m, "CLS"));
    const double n = (double) all.n;
    ck_assert_uint_gt(all.n, 1000);
    ck_assert_str_eq(pairs->null_model, "margins");
    ck_assert_uint_gt(pairs->draws, 0);
    ck_assert_double_eq_tol(pairs->column[MLG_EXPECTED][direct], sum / n / 4.0, 0.03);
    ck_assert_double_eq_tol(pairs->column[MLG_P][direct], as_many / n, 0.05);
    study_measured_close(&m);
    slow_tables_free(&all);
    slow_seats_free(&seats);
}
END_TEST

/* One organisation attends everything, the other seven one activity each: whoever kept the first
 * kept half of the parent's two, but it could not be otherwise. */
START_TEST(who_attends_everything_is_no_heritage)
{
    study_measured m;
    study_measure(&m,
                  "schemes: id,parent\nP,none\nC,P\n"
                  "activities: id,schemes\np,P\nc,C\nx,\ny,\nz,\n"
                  "participations: actor,activity\nA,p\nA,c\nA,x\nA,y\nA,z\n"
                  "B,p\nD,c\nE,x\nF,y\nG,z\n",
                  "scheme.lineage");
    const mlg_value *pairs = study_value(&m, "retention", MLG_PAIRS);
    ck_assert_double_eq(pairs->column[MLG_VALUE][0], 0.5);
    ck_assert_double_eq(pairs->column[MLG_EXPECTED][0], 0.5);
    ck_assert_double_eq(pairs->column[MLG_P][0], 1.0);
    study_measured_close(&m);
}
END_TEST

/* Began when the parent was over: a structural zero. So A keeps p, with c or x in two tables alike;
 * without the zero there would be a third, without A in p. */
START_TEST(who_came_later_could_not_be_with_the_parent)
{
    study_measured m;
    study_measure(&m,
                  "study: key,value\ndate,2024-12-31\nactors: id,start\nnew,2020\n"
                  "schemes: id,parent\nP,none\nC,P\n"
                  "activities: id,schemes,start,end\np,P,2010,2011\nc,C,2024,\nx,,2024,\n"
                  "participations: actor,activity\nA,p\nA,c\nnew,x\n",
                  "scheme.lineage");
    const mlg_value *pairs = study_value(&m, "retention", MLG_PAIRS);
    ck_assert_double_eq_tol(pairs->column[MLG_EXPECTED][0], 0.5, 0.05);
    ck_assert_double_eq_tol(pairs->column[MLG_P][0], 0.5, 0.05);
    study_measured_close(&m);
}
END_TEST

START_TEST(a_scheme_is_not_its_own_ancestor)
{
    study_measured m;
    study_measure(&m, "schemes: id,parent\nA,B\nB,A\nC,C\n", "scheme.lineage");
    const mlg_value *pairs = study_value(&m, "retention", MLG_PAIRS);
    ck_assert_uint_eq(pairs->n, 2);
    study_measured_close(&m);
}
END_TEST

/* ---- composition ------------------------------------------------------------------------------
 */

static const char *const committee =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,name,kind,sector,institution,organisation\n"
    "E,Mairie,organisation,general,municipality,\nAnne,,person,,,E\n"
    "DEP,Conseil départemental,organisation,social,departement,\n"
    "REG,Région,organisation,general,,\n"
    "RECT,Rectorat,organisation,education,state,\n"
    "UML,URPS médecins,organisation,primary_care,practice,\n"
    "CH,Centre hospitalier,organisation,hospital,hospital,\n"
    "HOP,Hôpitaux (non nommés),unnamed,hospital,,\n"
    "CPAM,CPAM,organisation,rights,,\n"
    "PREF,Préfecture,organisation,city_policy,state,\n"
    "WHO,Inconnue,organisation,,,\n"
    "schemes: id,kind\nCLS,cls\nCTG,ctg\n"
    "activities: id,kind,schemes,power\n"
    "copil,steering,CLS,ratifies\nsecond,steering,CLS|CTG,\nempty,steering,CTG,\n"
    "group,working_group,CLS,\n"
    "participations: actor,activity,role,present\n"
    "Anne,copil,elected,yes\nDEP,copil,,yes\nREG,copil,,yes\nRECT,copil,,yes\nUML,copil,,yes\n"
    "HOP,copil,,yes\nCPAM,copil,,yes\nPREF,copil,,no\n"
    "PREF,second,,yes\nWHO,second,,yes\n"
    "CH,group,,yes\n";

START_TEST(expected_seats_are_found_by_hand)
{
    study_measured m;
    study_measure(&m, committee, "scheme.composition");
    const mlg_value *each = study_value(&m, "by_body", MLG_VECTOR);
    const mlg_value *schemes = study_value(&m, "by_scheme", MLG_VECTOR);
    const mlg_value *ars = study_value(&m, "seat.ars", MLG_VECTOR);
    const mlg_value *all = study_value(&m, "list_rlps", MLG_SCALAR);
    const size_t copil = body_row(&m, each, "copil"), second = body_row(&m, each, "second");
    const size_t empty = body_row(&m, each, "empty");

    /* elected, département, région, education, doctors, hospitals, health insurance */
    ck_assert_double_eq(part_at(each, "found", copil), 7);
    ck_assert_double_eq(part_at(each, "missing", copil), 5);
    ck_assert_double_eq(part_at(each, "members", copil), 7);
    ck_assert_double_eq(part_at(each, "unclassed", copil), 0);
    ck_assert_double_eq(part_at(each, "sectors", copil), 6); /* E and REG are general */
    ck_assert_double_eq_tol(part_at(each, "blau", copil), 1.0 - (4.0 + 5.0) / 49.0, CLOSE);
    ck_assert_double_eq(part_at(each, "found", second), 1);
    ck_assert_double_eq(part_at(each, "missing", second), 10); /* WHO may be one of the 11 */
    ck_assert_double_nan(each->column[MLG_VALUE][empty]);
    ck_assert_double_nan(part_at(each, "missing", empty));
    ck_assert_double_eq(ars->column[MLG_VALUE][copil], 0);
    ck_assert_double_nan(ars->column[MLG_VALUE][second]);
    ck_assert_double_eq(part_at(schemes, "found", row_of(schemes, party(&m, "CLS"))), 8);
    ck_assert_double_eq(part_at(all, "known", 0), 2);
    ck_assert_double_eq_tol(all->column[MLG_VALUE][0], 8.0 / 24.0, CLOSE);
    study_measured_close(&m);
}
END_TEST

START_TEST(a_study_may_say_whom_it_expects)
{
    char text[4096];
    study_measured m;
    snprintf(text, sizeof text,
             "study: key,value\nexpected.copil,ARS | conseil régional| CCAS|sport|who\n%s",
             strstr(committee, "actors:"));
    study_measure(&m, text, "scheme.composition");
    const mlg_value *all = study_value(&m, "list_of_study", MLG_SCALAR);
    const mlg_value *own = study_value(&m, "seat.own_4", MLG_VECTOR);
    ck_assert_double_eq(part_at(all, "expected", 0), 5);
    /* "conseil régional" is a type of institution, which REG does not say; "who" is a member's id
     */
    ck_assert_double_eq(own->column[MLG_VALUE][body_row(&m, own, "second")], 1);
    ck_assert_double_eq(own->column[MLG_VALUE][body_row(&m, own, "copil")], 0);
    study_measured_close(&m);
}
END_TEST

START_TEST(the_mean_of_blau_is_that_of_all_draws)
{
    mlg_random random = mlg_random_stream(1, "test_governance", "blau", (uint64_t) _i);
    int sectors[9], n = 1 + (int) mlg_random_below(&random, 9);
    double sharing = 0.0;
    for (int i = 0; i < n; i++) {
        sectors[i] = 1 + (int) mlg_random_below(&random, 7); /* one to three of three */
    }
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            sharing += (sectors[i] & sectors[j]) != 0;
        }
    }
    for (int k = 1; k <= n; k++) {
        ck_assert_double_eq_tol(mlg_blau_expected(sharing, n, k), slow_blau_mean(sectors, n, k),
                                CLOSE);
    }
    ck_assert_double_eq_tol(mlg_blau(sharing, n), slow_blau_mean(sectors, n, n), CLOSE);
    ck_assert_double_nan(mlg_blau_expected(sharing, n, n + 1));
    ck_assert_double_nan(mlg_blau_expected(sharing, n, 0));
    ck_assert_double_nan(mlg_blau(0.0, 0.0));
}
END_TEST

/* One of two sectors counts in each, and the order of the words in its cell says nothing: the
 * others share one with it, and nothing with each other. */
START_TEST(a_member_of_two_sectors_counts_in_each)
{
    static const char *const words[] = {"social|prevention", "prevention|social"};
    char text[1024];
    study_measured m;
    snprintf(text, sizeof text,
             "actors: id,sector\nA,%s\nB,social\nC,prevention\nD,social|prevention\n"
             "activities: id,kind\ns,steering\nw,working_group\n"
             "participations: actor,activity\nA,s\nB,s\nC,s\nA,w\nD,w\n",
             words[_i]);
    study_measure(&m, text, "scheme.composition");
    const mlg_value *each = study_value(&m, "by_body", MLG_VECTOR);
    const size_t s = body_row(&m, each, "s");
    ck_assert_double_eq(part_at(each, "known_sector", s), 3);
    ck_assert_double_eq(part_at(each, "sectors", s), 2);
    ck_assert_double_eq_tol(part_at(each, "blau", s), 2.0 / 9.0, CLOSE); /* B and C, twice */
    /* of the pairs of A, B, C, D one of six is apart; of 3 drawn, (1 - 1 / 3) of that */
    ck_assert_double_eq_tol(part_at(each, "blau_expected", s), 2.0 / 3.0 / 6.0, CLOSE);
    ck_assert_double_eq(part_at(study_value(&m, "list_rlps", MLG_SCALAR), "sectors_of_study", 0),
                        2);
    study_measured_close(&m);

    study_measure(&m, text, "scheme.only_bridge");
    const mlg_value *cross = study_value(&m, "cross_sector", MLG_SCALAR);
    ck_assert_double_eq(part_at(cross, "pairs", 0), 1); /* B and C */
    ck_assert_double_eq(part_at(cross, "only", 0), 1);
    ck_assert_double_eq(part_at(study_value(&m, "by_body", MLG_VECTOR), "pairs", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- the only bridge ----------------------------------------------------------------------------
 */

enum { PEOPLE = 7, BODIES = 5 };

static void write_world(mlg_random *random, slow_world *w, char *text, size_t room)
{
    size_t used = 0;
    *w = (slow_world){.people = PEOPLE, .bodies = BODIES};
#define PUT(...) used += (size_t) snprintf(text + used, room - used, __VA_ARGS__)
    PUT("actors: id,sector\n");
    for (int p = 0; p < PEOPLE; p++) {
        static const char *const sectors[] = {
            "",        "social",         "housing",         "housing|social",
            "culture", "social|culture", "culture|housing", "housing|culture|social"};
        static const int mostly_one[] = {0, 1, 2, 4, 1, 2, 4, 3, 5, 6, 7};
        w->sectors[p] = mostly_one[mlg_random_below(random, 11)];
        PUT("p%d,%s\n", p, sectors[w->sectors[p]]);
    }
    PUT("activities: id,kind\n");
    for (int b = 0; b < BODIES; b++) {
        w->steers[b] = b < 2;
        PUT("b%d,%s\n", b, b < 2 ? "steering" : "working_group");
    }
    PUT("participations: actor,activity\n");
    for (int b = 0; b < BODIES; b++) {
        for (int p = 0; p < PEOPLE; p++) {
            w->sits[p][b] = mlg_random_below(random, 3) == 0 || p == b;
            if (w->sits[p][b]) {
                PUT("p%d,b%d\n", p, b);
            }
        }
    }
#undef PUT
}

START_TEST(pairs_of_committees_are_their_slow_twin)
{
    mlg_random random = mlg_random_stream(1, "test_governance", "bridge", (uint64_t) _i);
    static char text[4096];
    slow_world w;
    study_measured m;

    write_world(&random, &w, text, sizeof text);
    study_measure(&m, text, "scheme.only_bridge");
    for (int cross = 0; cross < 2; cross++) {
        const mlg_value *value =
            study_value(&m, cross ? "cross_sector" : "organisations", MLG_SCALAR);
        const slow_meets s = slow_only_bridge(&w, cross, -1);
        ck_assert_double_eq(part_at(value, "pairs", 0), s.pairs);
        ck_assert_double_eq(part_at(value, "only", 0), s.only);
        ck_assert_double_eq(part_at(value, "cut", 0), s.cut);
    }
    const mlg_value *each = study_value(&m, "by_body", MLG_VECTOR);
    for (int b = 0; b < 2; b++) {
        const char name[] = {'b', (char) ('0' + b), '\0'};
        const slow_meets s = slow_only_bridge(&w, true, b);
        const size_t row = body_row(&m, each, name);
        ck_assert_double_eq(part_at(each, "pairs", row), s.pairs);
        ck_assert_double_eq(part_at(each, "only", row), s.only);
    }
    study_measured_close(&m);
}
END_TEST

/* ---- shared bodies, closure ---------------------------------------------------------------------
 */

/* CLSM lives in the joint committee alone; before 2022 the CLS and the CTG had one actor in common
 * of three, since then two of three beside the body of both. */
static const char *const joint =
    "study: key,value\ndate,2024-12-31\n"
    "schemes: id,themes,start\n"
    "CLS,mobility|housing,2021\nCPTS,housing,2022\nCTG,mobility|housing,2022\n"
    "CLSM,,2010\nold,,2001\n"
    "activities: id,kind,schemes,power,start\n"
    "esp,consultation,CLS|CPTS|CTG,,2022-06\n"
    "cop,steering,CLS|CLSM,ratifies,\n"
    "own,technical,CLS,,2020\nctg,technical,CTG,,2020\n"
    "act,action,CLS|old,,2024\n"
    "participations: actor,activity,date\n"
    "a,own,2021-05-01\nb,own,2021-05-01\nb,ctg,2021-06-01\nc,ctg,2021-06-01\n"
    "a,esp,2024-02-01\nb,esp,2024-02-01\na,cop,2024-03-01\nb,cop,2024-03-01\n"
    "a,ctg,2024-04-01\nb,ctg,2024-04-01\nc,ctg,2024-04-01\n";

START_TEST(shared_bodies_are_counted_by_hand)
{
    study_measured m;
    study_measure(&m, joint, "scheme.shared_bodies");
    const mlg_value *each = study_value(&m, "by_scheme", MLG_VECTOR);
    const mlg_value *pairs = study_value(&m, "pairs", MLG_PAIRS);
    const mlg_value *all = study_value(&m, "all_bodies", MLG_SCALAR);
    const size_t pair = row_of_pair(pairs, party(&m, "CLS"), party(&m, "CTG"));
    const size_t cls = row_of(each, party(&m, "CLS"));

    ck_assert_double_eq_tol(each->column[MLG_VALUE][cls], 2.0 / 3.0, CLOSE);
    ck_assert_double_eq(part_at(each, "steering_shared", cls), 1);
    ck_assert_double_eq(part_at(each, "schemes", cls), 3);
    ck_assert_double_nan(each->column[MLG_VALUE][row_of(each, party(&m, "old"))]); /* an action */
    ck_assert_uint_eq(pairs->n, 4);
    ck_assert_double_eq_tol(pairs->column[MLG_VALUE][pair], 1.0 / (3.0 + 2.0 - 1.0), CLOSE);
    ck_assert_double_eq_tol(part_at(pairs, "before", pair), 1.0 / 3.0, CLOSE);
    ck_assert_double_eq_tol(part_at(pairs, "after", pair), 2.0 / 3.0, CLOSE);
    /* the CPTS sits in the body of all three and nowhere else */
    ck_assert_double_nan(
        part_at(pairs, "after", row_of_pair(pairs, party(&m, "CLS"), party(&m, "CPTS"))));
    ck_assert_double_nan(
        part_at(pairs, "before", row_of_pair(pairs, party(&m, "CLS"), party(&m, "CLSM"))));
    ck_assert_double_eq(all->column[MLG_VALUE][0], 0.5);         /* esp, cop of four */
    ck_assert_double_eq(part_at(all, "without_own_body", 0), 2); /* CPTS, CLSM */
    study_measured_close(&m);
}
END_TEST

START_TEST(schemes_created_together_close_their_triad)
{
    study_measured m;
    study_measure(&m, joint, "scheme.closure");
    const mlg_value *now = study_value(&m, "now", MLG_SCALAR);
    const mlg_value *both = study_value(&m, "created_together", MLG_SCALAR);
    const mlg_value *years = study_value(&m, "years", MLG_CURVE);
    const mlg_value *themes = study_value(&m, "themes", MLG_PAIRS);
    const size_t pair = row_of_pair(themes, party(&m, "CLS"), party(&m, "CPTS"));

    ck_assert_double_eq(part_at(now, "linked", 0), 4);
    ck_assert_double_eq(part_at(now, "closed", 0), 1);
    ck_assert_double_eq(part_at(now, "open", 0), 2); /* CLSM - CLS - CPTS, CLSM - CLS - CTG */
    ck_assert_double_eq(part_at(now, "undated", 0), 1);
    ck_assert_double_eq(part_at(both, "triads", 0), 1);
    ck_assert_double_eq(both->column[MLG_VALUE][0], 1);
    ck_assert_double_eq(part_at(both, "closed_at_creation", 0), 1);
    ck_assert_double_eq(years->column[MLG_AT][0], 2001);
    ck_assert_uint_eq(years->n, 24);
    ck_assert_double_nan(years->column[MLG_VALUE][0]);
    ck_assert_double_eq(years->column[MLG_VALUE][20], 0);                     /* 2021 */
    ck_assert_double_eq_tol(years->column[MLG_VALUE][21], 3.0 / 10.0, CLOSE); /* 2022 */
    ck_assert_double_eq(themes->column[MLG_VALUE][pair], 0.5);
    ck_assert_double_eq(part_at(themes, "years_apart", pair), 1);
    ck_assert_double_nan(
        themes->column[MLG_VALUE][row_of_pair(themes, party(&m, "CLS"), party(&m, "CLSM"))]);
    study_measured_close(&m);
}
END_TEST

/* ---- figures of the documents -------------------------------------------------------------------
 */

static const char *const asvs =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,institution\nT,municipality\nC,ccas\nS,state\nA,ars\n"
    "schemes: id,kind,carrier,territory,parent,end\n"
    "one,asv,T,X,,\ntwo,asv,C,Y,,\nthree,asv,T|C,,,\npast,asv,T,X,,2010\n"
    "K,cls,,,past,\nL,cls,,,none,\nM,cls,,,,\nN,clsm,,X,,\nO,clsm,,Z,,\n"
    "territories: id,scale\nX,commune\nY,epci\nZ,commune\n"
    "posts: id,person,role,scheme,fte,contract\n"
    "p,Ann,coordinator,one,1,permanent\nq,Ben,coordinator,two|M,1,fixed_term\n"
    "r,Cid,coordinator,three,,unknown\nv,vacant,coordinator,one,1,\n"
    "funding: funder,target,amount,share\nS,one,30,\nA,one,70,\nS,two,,0.6\n";

static const struct {
    const char *key;
    double value, known, n;
} beside[] = {
    {"asv_municipality", 0.5, 2, 3},     {"asv_ccas", 0.5, 2, 3},
    {"asv_communal_scale", 0.5, 2, 3},   {"asv_state_budget", 0.45, 2, 3},
    {"asv_one_fte", 0.5, 2, 3},          {"asv_half_to_one_fte", 0.5, 2, 3},
    {"cls_on_asv", 0.5, 2, 3},           {"clsm_with_asv", 1, 1, 2},
    {"coordinators_tenured", 0.5, 2, 3},
};

START_TEST(a_study_stands_beside_the_documents)
{
    study_measured m;
    study_measure(&m, asvs, "scheme.yardsticks");
    const mlg_value *value = study_value(&m, beside[_i].key, MLG_SCALAR);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], beside[_i].value, CLOSE);
    ck_assert_double_eq(part_at(value, "known", 0), beside[_i].known);
    ck_assert_double_eq(part_at(value, "n", 0), beside[_i].n);
    study_measured_close(&m);
}
END_TEST

START_TEST(each_figure_has_its_line)
{
    for (int i = 0; i < MLG_N_YARDSTICKS; i++) {
        const mlg_yardstick *y = &mlg_yardsticks()[i];
        ck_assert(y->value > 0.0 && y->value < 1.0);
        ck_assert(y->source[0] == 'S' && strchr(y->source, ':') != NULL);
    }
}
END_TEST

/* ---- limits, findings
 * ----------------------------------------------------------------------------- */

static const struct {
    const char *id, *text;
    mlg_text_key why;
} undefined[] = {
    {"scheme.lineage", "schemes: id\nA\n", T_why_no_parent},
    {"scheme.lineage", "schemes: id,parent\nA,B\nB,\n", T_why_no_members},
    {"scheme.composition", "schemes: id\nA\n", T_why_no_activities},
    {"scheme.composition", "activities: id,kind\na,action\n", T_why_no_steering},
    {"scheme.composition", "activities: id,kind\na,steering\n", T_why_no_attendance},
    {"scheme.only_bridge", "activities: id,kind\na,steering\n", T_why_no_two_mode},
    {"scheme.only_bridge",
     "activities: id,kind\na,steering\nb,action\nparticipations: actor,activity\nx,b\n",
     T_why_no_attendance},
    {"scheme.only_bridge",
     "activities: id,kind\na,steering\nparticipations: actor,activity\nx,a\ny,a\n",
     T_why_only_steering},
    {"scheme.only_bridge",
     "activities: id,kind\na,steering\nb,action\nparticipations: actor,activity\nx,a\ny,b\n",
     T_why_no_pair_meets},
    {"scheme.shared_bodies", "schemes: id\nA\n", T_why_single_scheme},
    {"scheme.shared_bodies", "schemes: id\nA\nB\n", T_why_no_body},
    {"scheme.closure", "schemes: id\nA\n", T_why_single_scheme},
    {"scheme.closure", "schemes: id\nA\nB\n", T_why_no_theme},
    {"scheme.yardsticks", "schemes: id\nA\n", T_why_no_such_scheme},
};

START_TEST(what_cannot_be_said_has_its_reason)
{
    study_measured m;
    study_measure(&m, undefined[_i].text, undefined[_i].id);
    ck_assert_msg(m.values.items[0].undefined == undefined[_i].why, "%s: %s", undefined[_i].id,
                  mlg_text_name(m.values.items[0].undefined));
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *const *text;
} failing[] = {
    {"scheme.lineage", &lineage},       {"scheme.composition", &committee},
    {"scheme.only_bridge", &committee}, {"scheme.shared_bodies", &joint},
    {"scheme.closure", &joint},         {"scheme.yardsticks", &asvs},
};

START_TEST(any_allocation_may_fail)
{
    study_fail_each(*failing[_i].text, failing[_i].id);
}
END_TEST

START_TEST(a_committee_is_told_with_what_it_lacks)
{
    reported r;
    reported_study(&r, committee);
    const mlg_finding *finding = reported_first(&r, "composition");
    ck_assert_ptr_nonnull(finding);
    const char *said = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(said, "7 of the 12 seats expected") != NULL, "%s", said);
    ck_assert_msg(strstr(said, "nurses’ union (URPS), pharmacists’ union (URPS), CAF (family "
                               "allowance fund) and 2 others") != NULL,
                  "%s", said);
    ck_assert_int_eq(finding->level, MLG_NOTICE);
    ck_assert_uint_eq(reported_count(&r, "composition"), 1); /* not of who says nothing */
    ck_assert_uint_eq(finding->rows_total, 8);
    reported_close(&r);
}
END_TEST

START_TEST(a_scheme_without_a_body_of_its_own_is_told)
{
    reported r;
    reported_study(&r, joint);
    const mlg_finding *finding = reported_first(&r, "shared_body");
    ck_assert_ptr_nonnull(finding);
    const char *said = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(said,
                         "2 of the 4 schemes with a body on record have no body of their own: "
                         "“CPTS”, “CLSM”. ") != NULL,
                  "%s", said);
    reported_close(&r);
}
END_TEST

START_TEST(a_parent_surely_lost_is_told)
{
    char text[2000] = "schemes: id,parent\nA,\nB,A\nactivities: id,schemes\na,A\nb,B\n"
                      "participations: actor,activity\nz,b\nx0,b\n";
    reported r;
    for (int i = 0; i < 12; i++) {
        char row[16];
        snprintf(row, sizeof row, "x%d,a\n", i);
        strcat(text, row);
    }
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "lineage");
    ck_assert_ptr_nonnull(finding);
    const char *said = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(said,
                         "of the 12 organisations on record in the activities of “A”, 1 is also "
                         "in those of “B”: 8% (0% to 38%)") != NULL,
                  "%s", said);
    reported_close(&r);
}
END_TEST

/* A committee of eleven of eleven sectors' organisations, and five groups of two, the same two. */
START_TEST(a_committee_that_alone_joins_is_told)
{
    static const char *const sectors[] = {"social",   "housing", "culture",  "sport",
                                          "hospital", "youth",   "mobility", "security",
                                          "rights",   "economy", "planning"};
    char text[4000] = "schemes: id\nS\nactivities: id,kind,schemes,power\nc,steering,S,ratifies\n"
                      "g0,working_group,S,\ng1,working_group,S,\ng2,working_group,S,\n"
                      "g3,working_group,S,\ng4,working_group,S,\n"
                      "participations: actor,activity\n";
    reported r;
    for (int i = 0; i < 11; i++) {
        sprintf(text + strlen(text), "x%d,c\n", i);
    }
    for (int g = 0; g < 5; g++) {
        sprintf(text + strlen(text), "x0,g%d\nx1,g%d\n", g, g);
    }
    strcat(text, "actors: id,sector\n");
    for (int i = 0; i < 11; i++) {
        sprintf(text + strlen(text), "x%d,%s\n", i, sectors[i]);
    }
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "only_bridge");
    ck_assert_ptr_nonnull(finding);
    const char *said = reported_sentence(&r, finding, MLG_EN);
    ck_assert_msg(strstr(said, "54 of the 55 pairs") != NULL, "%s", said);
    ck_assert_msg(strstr(said, "1 of the 1 committee ratifies") != NULL, "%s", said);
    ck_assert_int_eq(finding->level, MLG_WARN);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("governance");
    TCase *tcase = tcase_create("bodies and lineage");

    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, what_is_left_of_a_parent_is_counted_by_hand);
    tcase_add_test(tcase, a_scheme_is_not_its_own_ancestor);
    tcase_add_test(tcase, chance_keeps_how_often_each_attends);
    tcase_add_test(tcase, who_attends_everything_is_no_heritage);
    tcase_add_test(tcase, who_came_later_could_not_be_with_the_parent);
    tcase_add_test(tcase, expected_seats_are_found_by_hand);
    tcase_add_test(tcase, a_study_may_say_whom_it_expects);
    tcase_add_loop_test(tcase, the_mean_of_blau_is_that_of_all_draws, 0, 20);
    tcase_add_loop_test(tcase, a_member_of_two_sectors_counts_in_each, 0, 2);
    tcase_add_loop_test(tcase, pairs_of_committees_are_their_slow_twin, 0, 40);
    tcase_add_test(tcase, shared_bodies_are_counted_by_hand);
    tcase_add_test(tcase, schemes_created_together_close_their_triad);
    tcase_add_loop_test(tcase, a_study_stands_beside_the_documents, 0, N_OF(beside));
    tcase_add_test(tcase, each_figure_has_its_line);
    tcase_add_loop_test(tcase, what_cannot_be_said_has_its_reason, 0, N_OF(undefined));
    tcase_add_loop_test(tcase, any_allocation_may_fail, 0, N_OF(failing));
    tcase_add_test(tcase, a_committee_is_told_with_what_it_lacks);
    tcase_add_test(tcase, a_scheme_without_a_body_of_its_own_is_told);
    tcase_add_test(tcase, a_parent_surely_lost_is_told);
    tcase_add_test(tcase, a_committee_that_alone_joins_is_told);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
