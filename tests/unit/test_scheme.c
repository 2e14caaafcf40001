/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/scheme.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "measure/thirds.h"
#include "measured.h"
#include "model_fixture.h"
#include "slow_scheme.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

static double number_of(const study_measured *m, const mlg_value *value, const char *party)
{
    return value->column[MLG_VALUE][row_of(value, model_fixture_party(m->model, party))];
}

static double part_of(const study_measured *m, const mlg_value *value, const char *party,
                      const char *part)
{
    return part_at(value, part, row_of(value, model_fixture_party(m->model, party)));
}

/* ---- triptych --------------------------------------------------------------------------- */

/* A: closed by two ties and a shared body. B: one person elected and director, the coordinator
 * tied to her post. C: a pair apart. D: vacant. E: a director nobody names. F: coordination alone.
 * The old scheme is over. */
static const char *const trios = "study: key,value\n"
                                 "date,2024-12-31\n"
                                 "schemes: id,end\n"
                                 "A,\nB,\nC,\nD,\nE,\nF,\nold,2020\n"
                                 "posts: id,person,role,scheme,start,end\n"
                                 "a1,Ana,elected,A,2020,\n"
                                 "a2,Ben,coordinator,A,2020,\n"
                                 "a3,Cid,director,A|C,2020,\n"
                                 "b1,Dan,elected,B,2020,\n"
                                 "b2,Dan,director,B,2020,\n"
                                 "b3,Eve,coordinator,B,2020,\n"
                                 "c1,Fay,elected,C,2020,\n"
                                 "c2,Gil,coordinator,C,2020,\n"
                                 "d1,vacant,elected,D,2020,\n"
                                 "d2,Hal,coordinator,D,2020,\n"
                                 "d3,Ida,director,D,2020,\n"
                                 "e1,Jon,elected,E,2020,\n"
                                 "e2,Kim,coordinator,E,2020,\n"
                                 "e3,,director,E,2020,\n"
                                 "f1,Lou,coordinator,F,2020,\n"
                                 "g1,Max,elected,F,2020,2022\n"
                                 "ties: from,to,start,end\n"
                                 "Ana,Ben,2021,\n"
                                 "Cid,a2,,\n"
                                 "Eve,b1,2024-03-01,\n"
                                 "Fay,Cid,,2022\n"
                                 "Gil,Cid,,\n"
                                 "Hal,Ida,,\n"
                                 "activities: id,schemes,start,end\n"
                                 "copil,A,2024,\n"
                                 "other,B,2024,\n"
                                 "past,C,2020,2020\n"
                                 "participations: actor,activity,present,on_behalf_of\n"
                                 "Ana,copil,yes,\n"
                                 "Cid,copil,,\n"
                                 "Fay,other,yes,\n"
                                 "Gil,other,yes,\n"
                                 "Fay,past,yes,\n"
                                 "Cid,past,yes,\n";

START_TEST(a_trio_closes_by_ties_shared_bodies_or_one_person)
{
    study_measured m;
    study_measure(&m, trios, "scheme.triptych");
    const mlg_value *each = study_value(&m, NULL, MLG_VECTOR);
    const mlg_value *share = study_value(&m, "closed_share", MLG_SCALAR);

    ck_assert_uint_eq(each->n, 6); /* the old one is over */
    ck_assert_double_eq(number_of(&m, each, "A"), 1);
    ck_assert_double_eq(part_of(&m, each, "A", "elected_director"), 1); /* at the copil */
    ck_assert_double_eq(number_of(&m, each, "B"), 1);
    ck_assert_double_eq(part_of(&m, each, "B", "elected_director"), 1);     /* Dan is both */
    ck_assert_double_eq(part_of(&m, each, "B", "coordinator_director"), 1); /* ties of Dan's post */
    ck_assert_double_eq(number_of(&m, each, "C"), 0); /* a tie that ended, a body of another */
    ck_assert_double_eq(part_of(&m, each, "C", "elected_coordinator"), 0);
    ck_assert_double_eq(part_of(&m, each, "C", "coordinator_director"), 1);
    ck_assert_double_eq(part_of(&m, each, "C", "complete"), 1);
    ck_assert_double_eq(share->column[MLG_VALUE][0], 0.5); /* A and B of A, B, C, D */
    ck_assert_double_eq(part_at(share, "known", 0), 4);
    ck_assert_double_eq(part_at(share, "complete", 0), 3);
    ck_assert_double_eq(part_at(share, "schemes", 0), 6);
    study_measured_close(&m);
}
END_TEST

START_TEST(a_vacant_role_is_known_one_without_a_name_is_not)
{
    study_measured m;
    study_measure(&m, trios, "scheme.triptych");
    const mlg_value *each = study_value(&m, NULL, MLG_VECTOR);

    ck_assert_double_eq(number_of(&m, each, "D"), 0);
    ck_assert_double_eq(part_of(&m, each, "D", "elected"), 0);
    ck_assert_double_eq(part_of(&m, each, "D", "complete"), 0);
    ck_assert_double_nan(part_of(&m, each, "D", "elected_director"));
    ck_assert_double_nan(number_of(&m, each, "E"));
    ck_assert_double_nan(part_of(&m, each, "E", "director"));
    ck_assert_double_nan(number_of(&m, each, "F"));
    ck_assert_double_nan(part_of(&m, each, "F", "elected")); /* her mandate is over */
    study_measured_close(&m);
}
END_TEST

/* A world of eight people and one scheme at random, told as a study. */
static int random_trio(mlg_random *random, char *text, size_t room)
{
    static const char *const roles[] = {"elected", "coordinator", "director", "referent"};
    enum { PEOPLE = 8 };
    char role[PEOPLE], tied[PEOPLE * PEOPLE] = {0};
    size_t used = (size_t) snprintf(text, room, "posts: id,person,role,scheme\n");

    for (int i = 0; i < PEOPLE; i++) {
        const uint32_t which = mlg_random_below(random, 4);
        role[i] = "ECD."[which];
        used += (size_t) snprintf(text + used, room - used, "p%d,P%d,%s,S\n", i, i, roles[which]);
    }
    used += (size_t) snprintf(text + used, room - used, "ties: from,to\nP0,Q\n");
    for (int k = (int) mlg_random_below(random, 9); k > 0; k--) {
        const int a = (int) mlg_random_below(random, PEOPLE);
        const int b = (int) mlg_random_below(random, PEOPLE);
        if (a != b) {
            tied[a * PEOPLE + b] = 1;
            used += (size_t) snprintf(text + used, room - used, "P%d,p%d\n", a, b);
        }
    }
    return slow_trio(role, tied, PEOPLE);
}

START_TEST(a_trio_is_what_looking_at_every_pair_says)
{
    mlg_random random = mlg_random_stream(7, "test trio", "", 0);
    int seen[3] = {0};
    for (int k = 0; k < 200; k++) {
        char text[2000];
        const int expected = random_trio(&random, text, sizeof text);
        study_measured m;
        study_measure(&m, text, "scheme.triptych");
        const double value = number_of(&m, study_value(&m, NULL, MLG_VECTOR), "S");
        ck_assert_msg(isnan(value) ? expected < 0 : value == expected, "%g, not %d:\n%s", value,
                      expected, text);
        seen[expected + 1]++;
        study_measured_close(&m);
    }
    ck_assert(seen[0] > 0 && seen[1] > 0 && seen[2] > 0);
}
END_TEST

/* ---- levels ------------------------------------------------------------------------------- */

static const char *const levels = "study: key,value\n"
                                  "date,2024-12-31\n"
                                  "actors: id,kind,organisation\n"
                                  "O1,organisation,\nO2,organisation,\nAnn,person,O1\n"
                                  "activities: id,schemes,level,start,end\n"
                                  "a,S,clinical,2024,\n"
                                  "b,S|T,strategic,2024,\n"
                                  "c,S,,2024,\n"
                                  "d,S,organisational,2019,2019\n"
                                  "e,T,,2024,\n"
                                  "f,,clinical,,\n"
                                  "participations: actor,activity,present\n"
                                  "Ann,a,yes\n"
                                  "O1,b,yes\n"
                                  "O2,b,yes\n"
                                  "O2,a,no\n"
                                  "O2,f,yes\n";

START_TEST(levels_of_a_scheme_are_those_of_its_recent_activities)
{
    study_measured m;
    study_measure(&m, levels, "scheme.levels");
    const mlg_value *each = study_value(&m, NULL, MLG_VECTOR);
    const mlg_value *all = study_value(&m, "all_activities", MLG_SCALAR);

    ck_assert_double_eq(number_of(&m, each, "S"), 2);
    ck_assert_double_eq(part_of(&m, each, "S", "organisational"), 0); /* of 2019 */
    ck_assert_double_eq(part_of(&m, each, "S", "unknown"), 1);
    ck_assert_double_eq(part_of(&m, each, "S", "actors"), 2);
    ck_assert_double_eq(part_of(&m, each, "S", "bridging"), 1); /* O1, by Ann and itself */
    ck_assert_double_eq(number_of(&m, each, "T"), 1);
    ck_assert_double_eq(part_of(&m, each, "T", "bridging"), 0);
    ck_assert_double_eq(all->column[MLG_VALUE][0], 2);
    ck_assert_double_eq(part_at(all, "clinical", 0), 2);
    ck_assert_double_eq(part_at(all, "bridging", 0), 2); /* O2 sits at b and f */
    ck_assert_double_eq(part_at(all, "schemes_at_all", 0), 0);
    study_measured_close(&m);
}
END_TEST

/* ---- determinants --------------------------------------------------------------------------- */

START_TEST(unevenness_has_the_chance_that_counting_every_choice_gives)
{
    mlg_random random = mlg_random_stream(11, "test thirds", "", 0);
    for (int k = 0; k < 150; k++) {
        unsigned fields[8];
        mlg_thirds thirds = {0};
        const int n = 1 + (int) mlg_random_below(&random, 8);
        for (int i = 0; i < n; i++) {
            fields[i] = 1 + mlg_random_below(&random, 7);
            mlg_thirds_add(&thirds, fields[i]);
        }
        ck_assert(mlg_thirds_is_small(&thirds));
        ck_assert_double_eq_tol(mlg_thirds_p(&thirds), slow_thirds_p(fields, n), 1e-12);
    }
}
END_TEST

START_TEST(the_expected_evenness_is_the_mean_over_every_choice)
{
    double sum = 0.0;
    for (unsigned which = 0; which < 81; which++) { /* two things of one field, two of two */
        const unsigned one[] = {1, 2, 4}, two[] = {3, 5, 6};
        mlg_thirds thirds = {0};
        mlg_thirds_add(&thirds, one[which % 3]);
        mlg_thirds_add(&thirds, one[which / 3 % 3]);
        mlg_thirds_add(&thirds, two[which / 9 % 3]);
        mlg_thirds_add(&thirds, two[which / 27]);
        sum += mlg_thirds_evenness(&thirds) / 81.0;
        if (which == 80) {
            ck_assert_double_eq_tol(sum, mlg_thirds_expected(&thirds), 1e-12);
        }
    }
}
END_TEST

START_TEST(draws_agree_with_every_outcome)
{
    mlg_thirds thirds = {0};
    for (int i = 0; i < 30; i++) {
        mlg_thirds_add(&thirds, i < 16 ? 1u : i < 24 ? 2u : 5u);
    }
    const double exact = mlg_thirds_p(&thirds);
    const double drawn = mlg_thirds_draw_p(&thirds, 1, "test", "", 20000);
    ck_assert_double_eq_tol(drawn, exact, 4.0 * sqrt(exact * (1.0 - exact) / 20000.0) + 1e-4);
    ck_assert_double_nan(mlg_thirds_draw_p(&thirds, 1, "test", "", 0));
}
END_TEST

static const char *const actions = "study: key,value\n"
                                   "date,2024-12-31\n"
                                   "activities: id,kind,schemes,determinant,start,end\n"
                                   "a,action,S,health_system,2024,\n"
                                   "b,action,S,health_system|habits,2024,\n"
                                   "c,training,S,habits,2024,\n"
                                   "d,action,S|T,,2024,\n"
                                   "e,steering,S,,2024,\n"
                                   "f,action,S,living_environment,2020,2021\n"
                                   "g,action,,habits|habits,,\n";

START_TEST(several_determinants_count_in_equal_parts)
{
    study_measured m;
    study_measure(&m, actions, "scheme.determinants");
    const mlg_value *each = study_value(&m, NULL, MLG_VECTOR);
    const mlg_value *all = study_value(&m, "all_actions", MLG_SCALAR);

    ck_assert_double_eq(part_of(&m, each, "S", "health_system"), 1.5);
    ck_assert_double_eq(part_of(&m, each, "S", "habits"), 1.5);
    ck_assert_double_eq(part_of(&m, each, "S", "living_environment"), 0);
    ck_assert_double_eq(part_of(&m, each, "S", "actions"), 3);
    ck_assert_double_eq(part_of(&m, each, "S", "several"), 1);
    ck_assert_double_eq(part_of(&m, each, "S", "unknown"), 1); /* not the committee */
    ck_assert_double_eq_tol(number_of(&m, each, "S"), 0.75, 1e-12);
    ck_assert_double_nan(number_of(&m, each, "T"));
    ck_assert_double_nan(each->column[MLG_P][row_of(each, model_fixture_party(m.model, "T"))]);
    ck_assert_double_eq(part_at(all, "actions", 0), 4);
    ck_assert_double_eq(part_at(all, "habits", 0), 2.5);
    ck_assert_double_eq(part_at(all, "several", 0), 1); /* the same field twice is one */
    ck_assert_str_eq(all->p_method, "enumerated");
    ck_assert_str_eq(all->tail, "less");
    study_measured_close(&m);
}
END_TEST

/* ---- involvement ------------------------------------------------------------------------------
 */

static const char *const bodies =
    "study: key,value\n"
    "date,2024-12-31\n"
    "actors: id,kind,organisation\n"
    "Club,residents,\nAnn,person,Club\nOrg,organisation,\n"
    "activities: id,kind,schemes,level,power,involvement,partners,start,end\n"
    "council,resident_council,S,clinical,advises,concerted,,2024,\n"
    "board,steering,S,strategic,decides,none,,2024,\n"
    "table,technical,S,,decides,,,2024,\n"
    "group,,S,,,informed,Club,2024,\n"
    "silent,steering,S,,ratifies,,,2024,\n"
    "walk,action,S,,,co_built,,2024,\n"
    "old,steering,S,,decides,,,2019,2020\n"
    "participations: actor,activity,role,date,present\n"
    "Ann,council,,2024-02-01,yes\n"
    "Ann,council,,2024-05-01,yes\n"
    "Bob,council,resident,2024-02-01,yes\n"
    "Cal,council,user_representative,,yes\n"
    "Dee,council,resident,,excused\n"
    "Org,board,member,,yes\n"
    "Eli,table,resident,,\n"
    "Ann,walk,,,yes\n"
    "Ann,old,,,yes\n";

START_TEST(residents_are_counted_where_attendance_is_known)
{
    study_measured m;
    study_measure(&m, bodies, "scheme.involvement");
    const mlg_value *all = study_value(&m, "bodies", MLG_SCALAR);
    const mlg_value *decides = study_value(&m, "decides", MLG_SCALAR);

    ck_assert_double_eq(part_at(all, "bodies", 0), 5); /* neither the walk nor the old one */
    ck_assert_double_eq(part_at(all, "known", 0), 4);  /* the group by its partner */
    ck_assert_double_eq(all->column[MLG_VALUE][0], 0.75);
    ck_assert_double_eq(part_at(all, "completeness", 0), 0.8);
    ck_assert_double_eq(decides->column[MLG_VALUE][0], 0.5);
    ck_assert_double_eq(part_at(decides, "bodies", 0), 2);
    ck_assert_double_nan(study_value(&m, "ratifies", MLG_SCALAR)->column[MLG_VALUE][0]);
    ck_assert_str_eq(mlg_text_name(study_value(&m, "ratifies", MLG_SCALAR)->undefined),
                     "why_no_attendance");
    ck_assert_str_eq(mlg_text_name(study_value(&m, "informs", MLG_SCALAR)->undefined),
                     "why_no_such_body");
    ck_assert_double_eq(study_value(&m, "clinical", MLG_SCALAR)->column[MLG_VALUE][0], 1);
    ck_assert_double_eq(study_value(&m, "strategic", MLG_SCALAR)->column[MLG_VALUE][0], 0);
    ck_assert_double_eq(part_at(study_value(&m, "level_unknown", MLG_SCALAR), "bodies", 0), 3);
    study_measured_close(&m);
}
END_TEST

/* Who speaks for residents without being said to be of that kind: by its sector, alone or among
 * others, by its type, or through the organisation that somebody is of. */
static const char *const groups =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,kind,sector,institution,organisation\n"
    "Unafam,organisation,residents,association,\nHouse,organisation,social|residents,,\n"
    "Gem,organisation,hospital,user_group,\nCouncil,organisation,,resident_body,\n"
    "Ann,person,,,Gem\nTown,organisation,social,municipality,\n"
    "activities: id,kind,power,partners,start\n"
    "a,steering,decides,,2024\nb,steering,decides,,2024\nc,technical,,,2024\n"
    "d,technical,,Council,2024\ne,technical,,,2024\nf,technical,,Town,2024\n"
    "participations: actor,activity,on_behalf_of\n"
    "Unafam,a,\nTown,a,\nHouse,b,\nAnn,c,\nTown,e,\nBob,f,Unafam\nTown,f,\n";

START_TEST(residents_sit_by_their_sector_and_their_type)
{
    study_measured m;
    study_measure(&m, groups, "scheme.involvement");
    const mlg_value *all = study_value(&m, "bodies", MLG_SCALAR);
    const mlg_value *decides = study_value(&m, "decides", MLG_SCALAR);

    ck_assert_double_eq(part_at(all, "bodies", 0), 6);
    ck_assert_double_eq(part_at(all, "known", 0), 6);          /* d by its partner */
    ck_assert_double_eq(part_at(all, "with_residents", 0), 5); /* all but e, where the town is */
    ck_assert_double_eq(decides->column[MLG_VALUE][0], 1);
    /* a, b, c and f: Unafam, House, Ann, and Bob for Unafam; the town three times */
    ck_assert_double_eq(part_at(all, "seats_of_residents", 0), 4);
    ck_assert_double_eq(part_at(all, "seats", 0), 7);
    study_measured_close(&m);
}
END_TEST

START_TEST(degrees_and_the_same_few_are_told_apart)
{
    study_measured m;
    study_measure(&m, bodies, "scheme.involvement");
    const mlg_value *degree = study_value(&m, "degree", MLG_SCALAR);
    const mlg_value *few = study_value(&m, "top_three", MLG_SCALAR);
    const mlg_value *each = study_value(&m, "by_scheme", MLG_VECTOR);

    ck_assert_double_eq(degree->column[MLG_VALUE][0], 0.5); /* concerted and co-built of four */
    ck_assert_double_eq(part_at(degree, "none", 0), 1);
    ck_assert_double_eq(part_at(degree, "unknown", 0), 2);
    ck_assert_double_eq(part_at(few, "attendances", 0), 5);
    ck_assert_double_eq(part_at(few, "residents", 0), 4);
    ck_assert_double_eq(few->column[MLG_VALUE][0], 0.8);
    ck_assert_int_eq(few->caution, T_none);
    ck_assert_double_eq(part_of(&m, each, "S", "deciding_known"), 2);
    ck_assert_double_eq(part_of(&m, each, "S", "deciding_with_residents"), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- funding ----------------------------------------------------------------------------------
 */

static const char *const money = "study: key,value\n"
                                 "date,2024-12-31\n"
                                 "schemes: id\n"
                                 "S\nT\nU\n"
                                 "activities: id,kind,schemes,funders,start,end\n"
                                 "act,action,S,ARS|City,2024,\n"
                                 "bare,action,T,,2024,\n"
                                 "posts: id,person,role,scheme,funder,start,end\n"
                                 "p,Ann,coordinator,T,ARS,2020,\n"
                                 "q,Bob,coordinator,T,,2020,\n"
                                 "funding: funder,target,amount,share,start,end\n"
                                 "ARS,S,30,,2024,2024\n"
                                 "City,S,10,,2023,2026\n"
                                 "CAF,act,5,,,\n"
                                 "ARS,q,,0.6,,\n"
                                 "State,U,,,2019,2020\n"
                                 "participations: actor,activity,role,amount\n"
                                 "CPAM,act,funder,7\n"
                                 "Org,act,partner,\n";

START_TEST(funders_are_counted_once_and_weighed_where_known)
{
    study_measured m;
    study_measure(&m, money, "scheme.funding");
    const mlg_value *schemes = study_value(&m, "of_schemes", MLG_VECTOR);
    const mlg_value *posts = study_value(&m, "of_posts", MLG_VECTOR);
    const mlg_value *acts = study_value(&m, "of_activities", MLG_VECTOR);

    ck_assert_uint_eq(schemes->n, 2);                    /* what funded U is over */
    ck_assert_double_eq(number_of(&m, schemes, "S"), 4); /* CAF and CPAM by its action */
    ck_assert_double_eq(part_of(&m, schemes, "S", "direct"), 2);
    ck_assert_double_nan(part_of(&m, schemes, "S", "hhi")); /* nor what CAF and CPAM bring */
    ck_assert_double_eq(part_of(&m, schemes, "S", "amount"), 40);
    ck_assert_double_eq_tol(part_of(&m, schemes, "S", "median_years"),
                            (366.0 + 1461.0) / 2.0 / 365.25, 1e-12);
    ck_assert_double_eq(part_of(&m, posts, "p", "single"), 1);
    ck_assert_double_eq(part_of(&m, posts, "p", "hhi"), 1);
    ck_assert_double_eq(part_of(&m, posts, "q", "single"), 0); /* 60 %: somebody pays the rest */
    ck_assert_double_nan(part_of(&m, posts, "q", "hhi"));
    ck_assert_double_eq(acts->column[MLG_VALUE][0], 4);
    ck_assert_double_nan(part_at(acts, "hhi", 0)); /* the shortcuts give no amount */
    study_measured_close(&m);
}
END_TEST

START_TEST(shares_of_single_funders_are_of_the_known)
{
    study_measured m;
    study_measure(&m, money, "scheme.funding");
    const mlg_value *schemes = study_value(&m, "schemes", MLG_SCALAR);
    const mlg_value *posts = study_value(&m, "posts", MLG_SCALAR);
    const mlg_value *acts = study_value(&m, "activities", MLG_SCALAR);

    ck_assert_double_eq(schemes->column[MLG_VALUE][0], 0.5); /* T rests on the ARS */
    ck_assert_double_eq(part_at(schemes, "targets", 0), 3);
    ck_assert_double_eq(part_at(schemes, "grants_dated", 0), 2);
    ck_assert_double_eq(part_at(schemes, "grants_of_a_year", 0), 1);
    ck_assert_double_eq(posts->column[MLG_VALUE][0], 0.5);
    ck_assert_double_eq(acts->column[MLG_VALUE][0], 0.0);
    ck_assert_double_eq(part_at(acts, "completeness", 0), 0.5);
    study_measured_close(&m);
}
END_TEST

START_TEST(shares_weigh_funders_only_when_they_make_the_whole)
{
    study_measured m;
    study_measure(&m,
                  "schemes: id\nS\nT\nU\nV\nW\nposts: id,person,scheme,funders\np,Ann,W,B\n"
                  "q,Bob,V,A\nfunding: funder,target,share,amount\n"
                  "A,S,0.5,\nB,S,0.5,\nA,T,0.5,\nB,T,0.2,\nA,U,,30\nB,U,,10\nA,V,1,\nA,W,0.55,25\n",
                  "scheme.funding");
    const mlg_value *schemes = study_value(&m, "of_schemes", MLG_VECTOR);
    ck_assert_double_eq(part_of(&m, schemes, "S", "hhi"), 0.5);
    ck_assert_double_nan(part_of(&m, schemes, "T", "hhi"));
    ck_assert_double_eq(part_of(&m, schemes, "U", "hhi"), (900.0 + 100.0) / 1600.0);
    ck_assert_double_eq(part_of(&m, schemes, "V", "hhi"), 1); /* the post's funder is the same */
    ck_assert_double_eq(part_of(&m, schemes, "V", "single"), 1);
    ck_assert_double_eq(number_of(&m, schemes, "W"), 2); /* B too, by its post */
    ck_assert_double_nan(part_of(&m, schemes, "W", "hhi"));
    study_measured_close(&m);
}
END_TEST

/* ---- expiring ----------------------------------------------------------------------------------
 */

static const char *const ends = "study: key,value\n"
                                "date,2024-06-30\n"
                                "schemes: id,end\n"
                                "S,2024-12-31\nT,2030\nU,\n"
                                "posts: id,person,role,scheme,start,end\n"
                                "p,Ann,coordinator,S,2020,2025-06-30\n"
                                "p,Ann,coordinator,T,2020,2025-06-30\n"
                                "q,Bob,coordinator,T,2020,2025-07-01\n"
                                "r,,referent,S,2020,2024-12-31\n"
                                "r,,referent,S,2025-01-01,\n"
                                "s,vacant,coordinator,U,2020,2024-12-31\n"
                                "t,Cal,referent,T,2020,\n"
                                "u,Dee,referent,T,2020,2024-06-29\n";

START_TEST(posts_that_end_within_a_year_are_of_those_held)
{
    study_measured m;
    study_measure(&m, ends, "scheme.expiring");
    const mlg_value *each = study_value(&m, NULL, MLG_VECTOR);
    const mlg_value *all = study_value(&m, "all_posts", MLG_SCALAR);

    ck_assert_double_eq(number_of(&m, each, "S"), 0.5); /* p; r goes on */
    ck_assert_double_eq(part_of(&m, each, "S", "coordination_ending"), 1);
    ck_assert_double_eq(part_of(&m, each, "S", "scheme_ends"), 1);
    ck_assert_double_eq_tol(number_of(&m, each, "T"), 1.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_of(&m, each, "T", "end_known"), 2);
    ck_assert_double_eq(part_of(&m, each, "T", "scheme_ends"), 0);
    ck_assert_double_nan(number_of(&m, each, "U")); /* nobody holds its post */
    ck_assert_double_nan(part_of(&m, each, "U", "scheme_ends"));
    ck_assert_double_eq(all->column[MLG_VALUE][0], 0.25); /* p once, of p, q, r, t */
    ck_assert_double_eq(part_at(all, "ended", 0), 1);
    ck_assert_double_eq(part_at(all, "schemes_coordinated", 0), 2);
    ck_assert_double_eq(part_at(all, "schemes_losing_coordination", 0), 1);
    ck_assert_double_eq(part_at(all, "schemes_ending", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- undefined
 * ----------------------------------------------------------------------------------- */

static const struct {
    const char *id, *lines;
    const char *why;
} unknown_cases[] = {
    {"scheme.triptych", "schemes: id\nS\n", "why_no_posts"},
    {"scheme.triptych", "posts: id,person\np,Ann\n", "why_no_schemes"},
    {"scheme.triptych", "posts: id,person,role,scheme\np,Ann,elected,S\n", "why_no_triptych"},
    {"scheme.triptych",
     "posts: id,person,role,scheme\np,A,elected,S\nq,B,coordinator,S\nr,C,director,S\n",
     "why_no_word_of_ties"},
    {"scheme.levels", "schemes: id\nS\n", "why_no_activities"},
    {"scheme.levels", "activities: id,schemes\na,S\n", "why_no_level"},
    {"scheme.determinants", "schemes: id\nS\n", "why_no_activities"},
    {"scheme.determinants", "activities: id,kind,schemes\na,action,S\n", "why_no_determinant"},
    {"scheme.involvement", "schemes: id\nS\n", "why_no_activities"},
    {"scheme.involvement", "activities: id,kind\na,action\n", "why_no_body"},
    {"scheme.involvement", "activities: id,kind\na,steering\n", "why_no_attendance"},
    {"scheme.funding", "schemes: id\nS\n", "why_no_funder"},
    {"scheme.expiring", "schemes: id\nS\n", "why_no_posts"},
    {"scheme.expiring", "posts: id,person,scheme\np,Ann,S\n", "why_no_study_date"},
    {"scheme.expiring", "study: key,value\ndate,2024\nposts: id,person,scheme\np,vacant,S\n",
     "why_no_post_held"},
};

START_TEST(what_is_not_recorded_is_said_not_counted_as_none)
{
    study_measured m;
    study_measure(&m, unknown_cases[_i].lines, unknown_cases[_i].id);
    ck_assert_str_eq(mlg_text_name(m.values.items[0].undefined), unknown_cases[_i].why);
    study_measured_close(&m);
}
END_TEST

START_TEST(three_residents_make_a_trivial_share)
{
    study_measured m;
    study_measure(&m, "participations: actor,activity,role\nA,b,resident\nB,b,resident\n",
                  "scheme.involvement");
    const mlg_value *few = study_value(&m, "top_three", MLG_SCALAR);
    ck_assert_double_eq(few->column[MLG_VALUE][0], 1);
    ck_assert_int_eq(few->caution, T_caution_three_residents);
    study_measured_close(&m);
}
END_TEST

static const char *const ids[] = {"scheme.triptych",    "scheme.levels",  "scheme.determinants",
                                  "scheme.involvement", "scheme.funding", "scheme.expiring"};

START_TEST(any_allocation_may_fail)
{
    static const char *const studies[] = {trios, levels, actions, bodies, money, ends};
    study_fail_each(studies[_i], ids[_i]);
}
END_TEST

START_TEST(every_shape_of_graph_is_no_study_and_says_so)
{
    for (int shape = 0; shape < MEASURED_SHAPES; shape++) {
        measured m;
        measured_open(&m, measured_shape(shape));
        const mlg_value *value = measured_value(&m, ids[_i]);
        ck_assert_int_ne(value->undefined, T_none);
        measured_check(value);
        measured_close(&m);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scheme");
    TCase *each = tcase_create("measures");
    tcase_add_test(each, a_trio_closes_by_ties_shared_bodies_or_one_person);
    tcase_add_test(each, a_vacant_role_is_known_one_without_a_name_is_not);
    tcase_add_test(each, a_trio_is_what_looking_at_every_pair_says);
    tcase_add_test(each, levels_of_a_scheme_are_those_of_its_recent_activities);
    tcase_add_test(each, unevenness_has_the_chance_that_counting_every_choice_gives);
    tcase_add_test(each, the_expected_evenness_is_the_mean_over_every_choice);
    tcase_add_test(each, draws_agree_with_every_outcome);
    tcase_add_test(each, several_determinants_count_in_equal_parts);
    tcase_add_test(each, residents_are_counted_where_attendance_is_known);
    tcase_add_test(each, residents_sit_by_their_sector_and_their_type);
    tcase_add_test(each, degrees_and_the_same_few_are_told_apart);
    tcase_add_test(each, funders_are_counted_once_and_weighed_where_known);
    tcase_add_test(each, shares_of_single_funders_are_of_the_known);
    tcase_add_test(each, shares_weigh_funders_only_when_they_make_the_whole);
    tcase_add_test(each, posts_that_end_within_a_year_are_of_those_held);
    suite_add_tcase(suite, each);

    TCase *unknown = tcase_create("undefined");
    tcase_add_loop_test(unknown, what_is_not_recorded_is_said_not_counted_as_none, 0,
                        N_OF(unknown_cases));
    tcase_add_test(unknown, three_residents_make_a_trivial_share);
    tcase_add_loop_test(unknown, every_shape_of_graph_is_no_study_and_says_so, 0, N_OF(ids));
    tcase_add_loop_test(unknown, any_allocation_may_fail, 0, N_OF(ids));
    suite_add_tcase(suite, unknown);
    return suite_run(suite);
}
