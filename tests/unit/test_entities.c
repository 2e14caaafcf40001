/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "model_fixture.h"
#include "suite.h"

/* ---- rows in force ------------------------------------------------------------------------------
 */

static const struct {
    const char *what, *date;
    int32_t row; /* of posts.csv, from 0 */
} states[] = {
    {"before all: the first", "1999", 0},
    {"the first holder", "2010", 0},
    {"the vacancy", "2017-05", 1},
    {"the second holder", "2018", 2},
    {"expired, still the last begun", "2030", 2},
};

START_TEST(the_row_in_force_at_the_date_speaks_for_its_id)
{
    char text[512];
    snprintf(text, sizeof text,
             "study: key,value\ndate,%s\n"
             "posts: id,person,start,end\n"
             "COORD,A.B.,2004,2017-01\n"
             "COORD,vacant,2017-02,2017-09\n"
             "COORD,C.D.,2017-10,2026-08\n",
             states[_i].date);
    mlg_model *m = model_fixture(text);
    ck_assert_msg(m->party_post_row[model_fixture_party(m, "COORD")] == states[_i].row, "%s",
                  states[_i].what);
    mlg_model_free(m);
}
END_TEST

START_TEST(an_open_end_gives_way_to_a_later_beginning)
{
    mlg_model *m =
        model_fixture("study: key,value\ndate,2020-06-30\n"
                      "schemes: id,carrier,start\nASV,CUC,2004\nASV,Ville,2016\nASV,Autre,2021\n");
    ck_assert_int_eq(m->party_scheme_row[model_fixture_party(m, "ASV")], 1);
    mlg_model_free(m);
}
END_TEST

START_TEST(of_rows_begun_together_the_first_speaks)
{
    mlg_model *m = model_fixture("posts: id,scheme,start\nP,CLS,2023\nP,CLSM,2023\nP,ASV,2023\n");
    ck_assert_int_eq(m->party_post_row[model_fixture_party(m, "P")], 0);
    mlg_model_free(m);
}
END_TEST

START_TEST(without_a_date_the_study_speaks_of_the_last_beginning)
{
    mlg_model *m = model_fixture("actors: id,sector,start,end\n"
                                 "A,social,2001,2011\n"
                                 "A,housing,2012,2019\n"
                                 "participations: actor,activity,date\n"
                                 "A,X,2015-03-02\n");
    ck_assert_int_eq(mlg_model_date(m), MLG_NO_DATE);
    ck_assert_int_eq(m->day, mlg_day_of(2015, 3, 2));
    ck_assert_int_eq(m->party_sector[model_fixture_party(m, "A")], MLG_CODE_OF(sector, housing));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_row_is_in_force_between_its_earliest_start_and_latest_end)
{
    mlg_model *m =
        model_fixture("ties: from,to,start,end\nA,B,2020-03,2021\nA,C,,\nA,D,>2010,<2015\n");
    ck_assert(!mlg_row_in_force(m, MLG_TIES, 0, mlg_day_of(2020, 2, 29)));
    ck_assert(mlg_row_in_force(m, MLG_TIES, 0, mlg_day_of(2020, 3, 1)));
    ck_assert(mlg_row_in_force(m, MLG_TIES, 0, mlg_day_of(2021, 12, 31)));
    ck_assert(!mlg_row_in_force(m, MLG_TIES, 0, mlg_day_of(2022, 1, 1)));
    ck_assert(mlg_row_in_force(m, MLG_TIES, 1, MLG_EVER_FIRST));
    ck_assert(mlg_row_in_force(m, MLG_TIES, 1, MLG_EVER_LAST));
    ck_assert(!mlg_row_in_force(m, MLG_TIES, 2, mlg_day_of(2010, 12, 31)));
    ck_assert(mlg_row_in_force(m, MLG_TIES, 2, mlg_day_of(2014, 12, 31)));
    ck_assert(!mlg_row_in_force(m, MLG_TIES, 2, mlg_day_of(2015, 1, 1)));
    mlg_model_free(m);
}
END_TEST

/* ---- kinds --------------------------------------------------------------------------------------
 */

static const struct {
    const char *what, *rows, *party;
    mlg_kind kind;
    int flags;
} kinds[] = {
    {"said", "actors: id,kind\nA,residents\n", "A", MLG_KIND_RESIDENTS,
     MLG_IS_ACTOR | MLG_IS_LISTED},
    {"an organisation is filled", "actors: id,organisation\nA,B\n", "A", MLG_KIND_PERSON,
     MLG_IS_ACTOR | MLG_IS_LISTED},
    {"said, whatever the organisation", "actors: id,kind,organisation\nA,service,B\n", "A",
     MLG_KIND_SERVICE, MLG_IS_ACTOR | MLG_IS_LISTED},
    {"a post names it", "posts: id,person\nP,A.B.\n", "A.B.", MLG_KIND_PERSON, MLG_IS_ACTOR},
    {"a post names it and it sits somewhere",
     "posts: id,person\nP,A\nparticipations: actor,activity\nA,X\n", "A", MLG_KIND_PERSON,
     MLG_IS_ACTOR},
    {"speaks for another organisation", "participations: actor,on_behalf_of,activity\nA,B,X\n", "A",
     MLG_KIND_PERSON, MLG_IS_ACTOR},
    {"is spoken for", "participations: actor,on_behalf_of,activity\nA,B,X\n", "B",
     MLG_KIND_ORGANISATION, MLG_IS_ACTOR},
    {"speaks for itself", "participations: actor,on_behalf_of,activity\nA,A,X\n", "A",
     MLG_KIND_ORGANISATION, MLG_IS_ACTOR},
    {"speaks for a scheme",
     "schemes: id\nCLS\nparticipations: actor,on_behalf_of,activity\nA,CLS,X\n", "A",
     MLG_KIND_ORGANISATION, MLG_IS_ACTOR},
    {"speaks for a post",
     "posts: id,person\nP,Z\nparticipations: actor,on_behalf_of,activity\nA,P,X\n", "A",
     MLG_KIND_ORGANISATION, MLG_IS_ACTOR},
    {"nothing known", "ties: from,to\nA,B\n", "A", MLG_KIND_ORGANISATION, MLG_IS_ACTOR},
    {"a post", "posts: id\nP\n", "P", MLG_KIND_POST, MLG_IS_POST | MLG_IS_LISTED},
    {"a post that acts",
     "posts: id,scheme\nP,CLS\nparticipations: actor,on_behalf_of,activity\nP,CLS,X\n", "P",
     MLG_KIND_POST, MLG_IS_ACTOR | MLG_IS_POST | MLG_IS_LISTED},
    {"a scheme", "schemes: id\nCLS\n", "CLS", MLG_KIND_SCHEME, MLG_IS_SCHEME | MLG_IS_LISTED},
    {"a scheme declared by use", "activities: id,schemes\nX,CLS\n", "CLS", MLG_KIND_SCHEME,
     MLG_IS_SCHEME},
    {"a scheme spoken for is no actor",
     "schemes: id\nCLS\nparticipations: actor,on_behalf_of,activity\nA,CLS,X\n", "CLS",
     MLG_KIND_SCHEME, MLG_IS_SCHEME | MLG_IS_LISTED},
    {"a scheme that is a legal person", "schemes: id\nCPTS\nactors: id,kind\nCPTS,organisation\n",
     "CPTS", MLG_KIND_ORGANISATION, MLG_IS_ACTOR | MLG_IS_SCHEME | MLG_IS_LISTED},
    {"a funded activity is no actor", "activities: id\nA1\nfunding: funder,target\nARS,A1\n", "A1",
     MLG_KIND_ORGANISATION, 0},
    {"a carrier of a scheme", "schemes: id,carrier\nCLS,Agglo\n", "Agglo", MLG_KIND_ORGANISATION,
     MLG_IS_ACTOR},
};

START_TEST(a_party_is_what_the_rows_make_it)
{
    mlg_model *m = model_fixture(kinds[_i].rows);
    const mlg_id party = model_fixture_party(m, kinds[_i].party);
    ck_assert_msg(m->party_kind[party] == kinds[_i].kind, "%s: kind %d", kinds[_i].what,
                  (int) m->party_kind[party]);
    ck_assert_msg(m->party_flags[party] == kinds[_i].flags, "%s: flags %d", kinds[_i].what,
                  (int) m->party_flags[party]);
    mlg_model_free(m);
}
END_TEST

START_TEST(the_first_sector_counts_and_none_is_unknown)
{
    mlg_model *m =
        model_fixture("actors: id,kind,sector\nA,organisation,social|housing\nB,organisation,\n");
    ck_assert_int_eq(m->party_sector[model_fixture_party(m, "A")], MLG_CODE_OF(sector, social));
    ck_assert_int_eq(m->party_sector[model_fixture_party(m, "B")], -1);
    mlg_model_free(m);
}
END_TEST

/* ---- collapse
 * ------------------------------------------------------------------------------------ */

static const struct {
    const char *what, *rows, *party, *organisation, *body;
} collapses[] = {
    {"an organisation is itself", "actors: id,kind,organisation\nA,organisation,B\n", "A", "A",
     "A"},
    {"a person into its organisation", "actors: id,kind,organisation\nA,person,B\n", "A", "B", "B"},
    {"a service into its organisation, unless kept", "actors: id,kind,organisation\nS,service,B\n",
     "S", "B", "S"},
    {"a person through its service", "actors: id,kind,organisation\nA,person,S\nS,service,B\n", "A",
     "B", "S"},
    {"a chain of services", "actors: id,kind,organisation\nA,person,S\nS,service,T\nT,service,B\n",
     "A", "B", "S"},
    {"a person whom nothing places", "actors: id,kind\nA,person\n", "A", "A", "A"},
    {"a person into whom it speaks for",
     "participations: actor,on_behalf_of,activity\nA,B,X\nA,C,Y\n", "A", "B", "B"},
    {"its organisation before whom it speaks for",
     "actors: id,organisation\nA,B\nparticipations: actor,on_behalf_of,activity\nA,C,X\n", "A", "B",
     "B"},
    {"not into the scheme it speaks for",
     "schemes: id\nCLS\nactors: id,kind\nA,person\nparticipations: "
     "actor,on_behalf_of,activity\nA,CLS,X\nA,C,Y\n",
     "A", "C", "C"},
    {"a holder into the employer of its post", "posts: id,person,employer\nP,A,E|F\n", "A", "E",
     "E"},
    {"a holder of an expired and of a running post",
     "study: key,value\ndate,2024\nposts: id,person,employer,end\nP,A,E,2020\nQ,A,F,2026\n", "A",
     "F", "F"},
    {"a post into its employer", "posts: id,employer,service\nP,E,S\n", "P", "E", "S"},
    {"a post into its service", "posts: id,service\nP,S\n", "P", "S", "S"},
    {"a post into its service's body",
     "actors: id,kind,organisation\nS,service,B\nposts: id,service\nP,S\n", "P", "B", "S"},
    {"a post into the carrier of its scheme",
     "schemes: id,carrier\nCLS,Agglo\nposts: id,scheme\nP,CLS\n", "P", "Agglo", "Agglo"},
    {"a post whom nothing places", "posts: id,person\nP,vacant\n", "P", "P", "P"},
    {"a scheme is itself", "schemes: id,carrier\nCLS,Agglo\n", "CLS", "CLS", "CLS"},
    {"residents are themselves", "actors: id,kind,organisation\nR,residents,B\n", "R", "R", "R"},
};

START_TEST(a_party_collapses_into_its_organisation)
{
    mlg_model *m = model_fixture(collapses[_i].rows);
    const mlg_id party = model_fixture_party(m, collapses[_i].party);
    const char *organisation = mlg_names_text(&m->parties, m->party_organisation[party]);
    const char *body = mlg_names_text(&m->parties, m->party_body[party]);
    ck_assert_msg(strcmp(organisation, collapses[_i].organisation) == 0, "%s: into %s",
                  collapses[_i].what, organisation);
    ck_assert_msg(strcmp(body, collapses[_i].body) == 0, "%s, services kept: into %s",
                  collapses[_i].what, body);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_circle_of_organisations_is_an_error_and_each_stays_itself)
{
    mlg_model *m = model_fixture("actors: id,kind,organisation\n"
                                 "A,service,B\nB,service,C\nC,service,A\nD,person,A\n");
    ck_assert_uint_eq(model_fixture_faults(m, "organisation_cycle"), 1);
    ck_assert_str_eq(model_fixture_message(m, "organisation_cycle", MLG_EN, false),
                     "'A' belongs to itself: A > B > C > A; correct one of the organisations");
    for (const char *c = "ABC"; *c != '\0'; c++) {
        const char id[] = {*c, '\0'};
        ck_assert_int_eq(m->party_organisation[model_fixture_party(m, id)],
                         model_fixture_party(m, id));
    }
    ck_assert_int_eq(m->party_organisation[model_fixture_party(m, "D")],
                     model_fixture_party(m, "A"));
    mlg_model_free(m);
}
END_TEST

START_TEST(collapsing_twice_is_collapsing_once)
{
    for (size_t i = 0; i < sizeof collapses / sizeof *collapses; i++) {
        mlg_model *m = model_fixture(collapses[i].rows);
        for (size_t party = 0; party < m->parties.n; party++) {
            const mlg_id into = m->party_organisation[party], body = m->party_body[party];
            ck_assert_int_eq(m->party_organisation[into], into);
            ck_assert_int_eq(m->party_body[body], body);
        }
        mlg_model_free(m);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entities");
    TCase *entities = tcase_create("entities");
    tcase_add_loop_test(entities, the_row_in_force_at_the_date_speaks_for_its_id, 0,
                        sizeof states / sizeof *states);
    tcase_add_test(entities, an_open_end_gives_way_to_a_later_beginning);
    tcase_add_test(entities, of_rows_begun_together_the_first_speaks);
    tcase_add_test(entities, without_a_date_the_study_speaks_of_the_last_beginning);
    tcase_add_test(entities, a_row_is_in_force_between_its_earliest_start_and_latest_end);
    tcase_add_loop_test(entities, a_party_is_what_the_rows_make_it, 0,
                        sizeof kinds / sizeof *kinds);
    tcase_add_test(entities, the_first_sector_counts_and_none_is_unknown);
    tcase_add_loop_test(entities, a_party_collapses_into_its_organisation, 0,
                        sizeof collapses / sizeof *collapses);
    tcase_add_test(entities, a_circle_of_organisations_is_an_error_and_each_stays_itself);
    tcase_add_test(entities, collapsing_twice_is_collapsing_once);
    suite_add_tcase(suite, entities);
    return suite_run(suite);
}
