/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "model/model.h"
#include "model/span.h"
#include "model_fixture.h"
#include "suite.h"

/* ---- rows and cells -------------------------------------------------------------------- */

START_TEST(a_cell_is_unknown_until_it_is_set)
{
    mlg_model *m = NULL;
    size_t n = 7;
    ck_assert_int_eq(mlg_model_new(&m, NULL), MLG_OK);
    for (int row = 0; row < 100; row++) {
        ck_assert_int_eq(mlg_model_add_row(m, MLG_ACTIVITIES, 3, row + 2), row);
        if (row == 40) { /* columns appear late, for the rows before too */
            ck_assert(mlg_model_set_id(m, C_activities_kind, 40, 5));
            ck_assert(mlg_model_set_number(m, C_activities_headcount, 40, 12.5));
            ck_assert(mlg_model_set_span(m, C_activities_start, 40, (mlg_span){10, 20}));
            ck_assert(mlg_model_set_list(m, C_activities_themes, 40, (int32_t[]){4, 2}, 2));
        }
    }
    ck_assert(mlg_model_set_id(m, C_activities_kind, 7, 6));
    for (int row = 0; row < 100; row++) {
        ck_assert_int_eq(mlg_get_id(m, C_activities_kind, row), row == 40 ? 5 : row == 7 ? 6 : -1);
        ck_assert_int_eq(isnan(mlg_get_number(m, C_activities_headcount, row)) != 0, row != 40);
        ck_assert_int_eq(mlg_span_known(mlg_get_span(m, C_activities_start, row)), row == 40);
        const int32_t *themes = mlg_get_list(m, C_activities_themes, row, &n);
        ck_assert_uint_eq(n, row == 40 ? 2 : 0);
        ck_assert(row != 40 || (themes[0] == 4 && themes[1] == 2));
        ck_assert_int_eq(mlg_place_of(m, MLG_ACTIVITIES, row, C_NONE).line, row + 2);
        ck_assert_int_eq(mlg_place_of(m, MLG_ACTIVITIES, row, C_NONE).file, 3);
    }
    /* a column no file has */
    ck_assert_ptr_null(m->data[C_activities_level]);
    ck_assert_int_eq(mlg_get_id(m, C_activities_level, 40), -1);
    ck_assert_double_nan(mlg_get_number(m, C_territories_population, 0));
    mlg_get_list(m, C_activities_partners, 3, &n);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(mlg_place_of(m, MLG_TIES, 0, C_NONE).file, -1);
    mlg_model_free(m);
    mlg_model_free(NULL);
}
END_TEST

START_TEST(none_is_not_unknown)
{
    mlg_model *m = model_fixture_rows("posts: id,scheme\nP,none\nQ,\nR,CLS|CLSM\n");
    size_t n = 0;
    mlg_get_list(m, C_posts_scheme, 0, &n);
    ck_assert_uint_eq(n, 0);
    ck_assert(mlg_list_is_none(m, C_posts_scheme, 0));
    ck_assert(!mlg_list_is_none(m, C_posts_scheme, 1));
    ck_assert(!mlg_list_is_none(m, C_posts_scheme, 2));
    ck_assert(!mlg_list_is_none(m, C_posts_funder, 0));
    mlg_get_list(m, C_posts_scheme, 2, &n);
    ck_assert_uint_eq(n, 2);
    mlg_model_free(m);
}
END_TEST

START_TEST(millions_of_rows_cost_four_bytes_a_cell)
{
    enum { N = 300000 };
    mlg_model *m = NULL;
    ck_assert_int_eq(mlg_model_new(&m, NULL), MLG_OK);
    for (int row = 0; row < N; row++) {
        const bool set = mlg_model_add_row(m, MLG_PARTICIPATIONS, 0, row) == row &&
                         mlg_model_set_id(m, C_participations_actor, row, row % 977) &&
                         mlg_model_set_id(m, C_participations_activity, row, row % 331);
        if (!set) {
            ck_abort_msg("row %d", row);
        }
    }
    for (int row = 0; row < N; row++) {
        if (mlg_get_id(m, C_participations_actor, row) != row % 977) {
            ck_abort_msg("row %d", row);
        }
    }
    ck_assert_uint_le(m->rows[MLG_PARTICIPATIONS].room, (size_t) N * 3 / 2);
    int present = 0;
    for (int column = C_participations_actor; column <= C_participations_note; column++) {
        present += m->data[column] != NULL ? 1 : 0;
    }
    ck_assert_int_eq(present, 2);
    mlg_model_free(m);
}
END_TEST

START_TEST(each_failing_allocation_of_the_store_is_answered)
{
    for (long n = 0; n < 12; n++) {
        mlg_model *m = NULL;
        mlg_alloc_fails_at = n;
        mlg_error err = {0};
        if (mlg_model_new(&m, &err) == MLG_ENOMEM) {
            ck_assert_ptr_null(m);
            ck_assert_int_eq(err.status, MLG_ENOMEM);
            continue;
        }
        bool fine = mlg_model_add_row(m, MLG_TIES, 0, 2) == 0;
        fine = fine && mlg_model_set_id(m, C_ties_from, 0, 1);
        fine = fine && mlg_model_set_number(m, C_ties_weight, 0, 2.0);
        fine = fine && mlg_model_add_row(m, MLG_ACTORS, 0, 2) == 0;
        fine = fine && mlg_model_set_list(m, C_actors_themes, 0, (int32_t[]){1}, 1);
        ck_assert_int_eq(fine, mlg_alloc_fails_at >= 0);
        mlg_alloc_fails_at = -1;
        mlg_model_free(m);
    }
}
END_TEST

/* ---- codes ------------------------------------------------------------------------------- */

START_TEST(an_open_list_keeps_unknown_values_once_whatever_their_spelling)
{
    char label[64];
    mlg_model *m = NULL;
    ck_assert_int_eq(mlg_model_new(&m, NULL), MLG_OK);
    const int32_t fixed = mlg_schema_vocabulary(MLG_V_sector)->n_codes;
    ck_assert_int_eq(mlg_model_code(m, MLG_V_sector, "Action sociale", 14),
                     MLG_CODE_OF(sector, social));
    ck_assert_int_eq(mlg_model_code(m, MLG_V_sector, "Vétérinaires", 14), fixed);
    ck_assert_int_eq(mlg_model_code(m, MLG_V_sector, "Pompiers", 8), fixed + 1);
    ck_assert_int_eq(mlg_model_code(m, MLG_V_sector, "VETERINAIRES", 12), fixed);
    ck_assert_int_eq(mlg_model_code(m, MLG_V_sector, "Vétérinaires", 14), fixed);
    ck_assert_int_eq(mlg_model_open_code(m, MLG_V_sector, "les vétérinaires"), fixed);
    ck_assert_int_eq(mlg_code_count(m, MLG_V_sector), fixed + 2);
    ck_assert_str_eq(mlg_code_text(m, MLG_V_sector, fixed), "Vétérinaires");
    ck_assert_str_eq(mlg_code_label(m, MLG_V_sector, fixed + 1, MLG_FR, label, sizeof label),
                     "Pompiers");
    ck_assert_int_eq(mlg_model_code(m, MLG_V_presence, "peut-être", 10), MLG_CODE_UNKNOWN);
    ck_assert_int_eq(mlg_model_code(m, MLG_V_presence, "peut-être", 10), MLG_CODE_UNKNOWN);
    ck_assert_int_eq(mlg_code_count(m, MLG_V_presence), 4);
    ck_assert_str_eq(mlg_code_text(m, MLG_V_sector, -1), "");
    mlg_model_free(m);
}
END_TEST

START_TEST(a_label_is_the_first_synonym_without_its_gloss)
{
    char label[64];
    mlg_model *m = NULL;
    ck_assert_int_eq(mlg_model_new(&m, NULL), MLG_OK);
    const int32_t code = MLG_CODE_OF(sector, primary_care);
    ck_assert_str_eq(mlg_code_label(m, MLG_V_sector, code, MLG_FR, label, sizeof label),
                     "soins de ville");
    ck_assert_str_eq(mlg_code_label(m, MLG_V_sector, code, MLG_EN, label, sizeof label),
                     "primary care");
    ck_assert_str_eq(mlg_code_text(m, MLG_V_sector, code), "primary_care");
    /* cut between characters only: "prévention" has two bytes at 3 */
    mlg_code_label(m, MLG_V_sector, MLG_CODE_OF(sector, prevention), MLG_FR, label, 4);
    ck_assert_str_eq(label, "pr");
    ck_assert_str_eq(mlg_code_label(m, MLG_V_sector, 0, MLG_FR, label, 0), "");
    mlg_model_free(m);
}
END_TEST

START_TEST(short_memory_for_a_code_is_told)
{
    int told = 0;
    for (long n = 0; n < 12; n++) {
        mlg_model *m = NULL;
        ck_assert_int_eq(mlg_model_new(&m, NULL), MLG_OK);
        mlg_alloc_fails_at = n;
        const int32_t code = mlg_model_code(m, MLG_V_sector, "Pompiers", 8);
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(code, failed ? MLG_CODE_NO_MEMORY
                                      : mlg_schema_vocabulary(MLG_V_sector)->n_codes);
        told += failed ? 1 : 0;
        mlg_model_free(m);
    }
    ck_assert_int_gt(told, 5);
}
END_TEST

/* ---- settings ------------------------------------------------------------------------------ */

START_TEST(the_study_speaks_from_its_settings_in_either_language)
{
    static const char *const texts[] = {
        "study: "
        "key,value\ntitle,Caen\nterritory,Calvados\ndate,31/12/2024\nlanguage,en\nstrict,yes\n",
        "study: "
        "key,value\nTitre,Caen\nTerritoire,Calvados\nDate,2024-12-31\nLANGUE,en\nstrict,oui\n",
    };
    mlg_model *m = model_fixture(texts[_i]);
    ck_assert_str_eq(mlg_model_title(m), "Caen");
    ck_assert_str_eq(m->territory, "Calvados");
    ck_assert_int_eq(mlg_model_language(m), MLG_EN);
    ck_assert_int_eq(mlg_model_date(m), mlg_day_of(2024, 12, 31));
    ck_assert(m->strict);
    ck_assert_str_eq(mlg_study_setting(m, "title"), "Caen");
    ck_assert_ptr_null(mlg_study_setting(m, "ties.file"));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_study_without_settings_is_unknown_not_empty)
{
    mlg_model *m = model_fixture("ties: from,to\nA,B\n");
    ck_assert_str_eq(mlg_model_title(m), "");
    ck_assert_int_eq(mlg_model_language(m), -1);
    ck_assert_int_eq(mlg_model_date(m), MLG_NO_DATE);
    ck_assert(!m->strict);
    mlg_model_free(m);
}
END_TEST

START_TEST(keys_of_settings_keep_their_points_and_the_last_row_counts)
{
    mlg_model *m = model_fixture("study: key,value\n"
                                 "ties.file,a.csv\n"
                                 "Ties.File,b.csv\n"
                                 "expected.activities.CLS-CAEN,26\n"
                                 "date,2024-03\n"
                                 "empty,\n");
    ck_assert_str_eq(mlg_study_setting(m, "ties.file"), "b.csv");
    ck_assert_str_eq(mlg_study_setting(m, "expected.activities.cls-caen"), "26");
    ck_assert_ptr_null(mlg_study_setting(m, "tiesfile"));
    ck_assert_ptr_null(mlg_study_setting(m, "empty"));
    ck_assert_int_eq(mlg_model_date(m), mlg_day_of(2024, 3, 31)); /* the month's last day */
    mlg_model_free(m);
}
END_TEST

/* ---- names, ids, aliases --------------------------------------------------------------------- */

START_TEST(a_name_serves_as_id_and_leads_to_the_id_of_its_row)
{
    mlg_model *m = model_fixture("actors: id,name,kind\n"
                                 "C1,CCAS de Caen,organisation\n"
                                 ",Agglo,organisation\n"
                                 "ties: from,to\n"
                                 "CCAS de Caen,Agglo\n"
                                 "C1,Agglo\n");
    const mlg_id ccas = model_fixture_party(m, "C1"), agglo = model_fixture_party(m, "Agglo");
    ck_assert_int_eq(mlg_get_id(m, C_ties_from, 0), ccas);
    ck_assert_int_eq(mlg_get_id(m, C_ties_from, 1), ccas);
    ck_assert_int_eq(mlg_get_id(m, C_ties_to, 0), agglo);
    ck_assert_int_eq(mlg_get_id(m, C_actors_id, 1), agglo);
    ck_assert_int_eq(m->party_flags[ccas], MLG_IS_ACTOR | MLG_IS_LISTED);
    /* the text that led elsewhere is nobody */
    const mlg_id ghost = model_fixture_party(m, "CCAS de Caen");
    ck_assert_int_eq(m->party_flags[ghost], 0);
    ck_assert_int_eq(m->party_actor_row[ghost], -1);
    ck_assert_uint_eq(model_fixture_faults(m, "unlisted_actor"), 0);
    mlg_model_free(m);
}
END_TEST

START_TEST(an_id_wins_over_another_row_s_name)
{
    mlg_model *m = model_fixture("actors: id,name\nA,B\nB,C\nties: from,to\nB,A\n");
    ck_assert_int_eq(mlg_get_id(m, C_ties_from, 0), model_fixture_party(m, "B"));
    mlg_model_free(m);
}
END_TEST

START_TEST(names_lead_in_every_column_and_list)
{
    mlg_model *m = model_fixture("schemes: id,name,carrier\n"
                                 "S1,Contrat local,Agglo\n"
                                 "actors: id,name\n"
                                 "AG,Agglo\n"
                                 "activities: id,name,schemes,territory,carriers\n"
                                 "A1,COPIL,Contrat local|S2,Ville|V2,none\n"
                                 "participations: actor,activity\n"
                                 "Agglo,COPIL\n"
                                 "posts: id,person,employer\n"
                                 "P,vacant,Agglo\n"
                                 "territories: id,name\n"
                                 "14118,Ville\n");
    size_t n = 0;
    ck_assert_int_eq(mlg_get_list(m, C_schemes_carrier, 0, &n)[0], model_fixture_party(m, "AG"));
    const int32_t *schemes = mlg_get_list(m, C_activities_schemes, 0, &n);
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(schemes[0], model_fixture_party(m, "S1"));
    ck_assert_int_eq(schemes[1], model_fixture_party(m, "S2"));
    const int32_t *where = mlg_get_list(m, C_activities_territory, 0, &n);
    ck_assert_int_eq(where[0], model_fixture_territory(m, "14118"));
    ck_assert_int_eq(mlg_get_id(m, C_participations_activity, 0), model_fixture_activity(m, "A1"));
    ck_assert_int_eq(mlg_get_id(m, C_posts_person, 0), MLG_VACANT);
    ck_assert(mlg_list_is_none(m, C_activities_carriers, 0));
    mlg_model_free(m);
}
END_TEST

START_TEST(aliases_lead_on_through_names_and_each_other)
{
    mlg_model *m = model_fixture("actors: id,name\n"
                                 "C1,CCAS de Caen\n"
                                 "aliases: alias,id\n"
                                 "CCAS Caen,CCAS de Caen\n" /* its spelling stands in no table */
                                 "C.C.A.S.,CCAS Caen\n"
                                 "ties: from,to\n"
                                 "C.C.A.S.,ARS\n"
                                 "CCAS Caen,ARS\n");
    ck_assert_int_eq(mlg_get_id(m, C_ties_from, 0), model_fixture_party(m, "C1"));
    ck_assert_int_eq(mlg_get_id(m, C_ties_from, 1), model_fixture_party(m, "C1"));
    ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_FATAL), 0);
    mlg_model_free(m);
}
END_TEST

START_TEST(an_alias_counts_in_activities_and_territories_too)
{
    mlg_model *m = model_fixture("aliases: alias,id\n"
                                 "Comité,COPIL\n"
                                 "Caen ville,Caen\n"
                                 "activities: id,territory\n"
                                 "COPIL,Caen ville\n"
                                 "participations: actor,activity\n"
                                 "A,Comité\n");
    size_t n = 0;
    ck_assert_int_eq(mlg_get_id(m, C_participations_activity, 0),
                     model_fixture_activity(m, "COPIL"));
    ck_assert_int_eq(mlg_get_list(m, C_activities_territory, 0, &n)[0],
                     model_fixture_territory(m, "Caen"));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_circle_of_aliases_is_an_error_and_leads_nowhere)
{
    mlg_model *m = model_fixture("aliases: alias,id\nA,B\nB,C\nC,A\nties: from,to\nA,D\n");
    ck_assert_uint_eq(model_fixture_faults(m, "alias_cycle"), 1);
    ck_assert_int_eq(mlg_get_id(m, C_ties_from, 0), model_fixture_party(m, "A"));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_long_chain_of_aliases_is_followed_in_time)
{
    enum { N = 20000 };
    mlg_buffer text = {0};
    mlg_buffer_text(&text, "aliases: alias,id\n");
    for (int i = 0; i < N; i++) {
        mlg_buffer_format(&text, "N%d,N%d\n", i, i + 1);
    }
    mlg_buffer_text(&text, "ties: from,to\nN0,X\n");
    mlg_model *m = model_fixture(mlg_buffer_string(&text));
    ck_assert_str_eq(mlg_names_text(&m->parties, mlg_get_id(m, C_ties_from, 0)), "N20000");
    mlg_buffer_free(&text);
    mlg_model_free(m);
}
END_TEST

START_TEST(an_empty_actor_is_whom_it_speaks_for)
{
    mlg_model *m = model_fixture("participations: actor,on_behalf_of,activity\n"
                                 ",MDA,COPIL\n"
                                 "A.B.,CCAS,COPIL\n");
    ck_assert_int_eq(mlg_get_id(m, C_participations_actor, 0), model_fixture_party(m, "MDA"));
    ck_assert_int_eq(mlg_get_id(m, C_participations_actor, 1), model_fixture_party(m, "A.B."));
    ck_assert_int_eq(m->party_kind[model_fixture_party(m, "MDA")], MLG_KIND_ORGANISATION);
    mlg_model_free(m);
    m = model_fixture("participations: on_behalf_of,activity\nMDA,COPIL\n");
    ck_assert_int_eq(mlg_get_id(m, C_participations_actor, 0), model_fixture_party(m, "MDA"));
    mlg_model_free(m);
}
END_TEST

START_TEST(a_post_without_id_is_its_own_post)
{
    mlg_model *m = model_fixture("posts: id,person,role\n"
                                 ",A.B.,coordinator\n"
                                 ",C.D.,coordinator\n"
                                 "post-4,E.F.,member\n"
                                 "ties: from,to\n"
                                 "post-2,X\n");
    const mlg_id first = mlg_get_id(m, C_posts_id, 0), second = mlg_get_id(m, C_posts_id, 1);
    ck_assert_int_ne(first, second);
    /* the text was taken on line 2: another one is made */
    ck_assert_str_eq(mlg_names_text(&m->parties, first), "post-2-2");
    ck_assert_str_eq(mlg_names_text(&m->parties, second), "post-3");
    ck_assert_int_eq(m->party_kind[second], MLG_KIND_POST);
    mlg_model_free(m);
}
END_TEST

START_TEST(communes_of_corsica_are_upper_case)
{
    mlg_model *m = model_fixture("perimeters: territory,unit\nT,2a004\nT,2B033\nT,2azzz\n"
                                 "actors: id,territory\nA,2A004\n");
    ck_assert_int_eq(mlg_get_id(m, C_perimeters_unit, 0), mlg_get_id(m, C_actors_territory, 0));
    ck_assert_str_eq(mlg_names_text(&m->territories, mlg_get_id(m, C_perimeters_unit, 0)), "2A004");
    ck_assert_str_eq(mlg_names_text(&m->territories, mlg_get_id(m, C_perimeters_unit, 2)), "2azzz");
    mlg_model_free(m);
}
END_TEST

/* ---- laws
 * ------------------------------------------------------------------------------------------ */

static const char study[] =
    "study: key,value\n"
    "title,Un pays\ndate,2024-12-31\nlanguage,fr\n"
    "actors: id,name,kind,sector,organisation,territory,start\n"
    "A1,CCAS,organisation,social,,T1,2001\n"
    "A2,Service PMI,service,early_years,A3,T2,\n"
    "A3,Département,organisation,social|health,,,\n"
    "A4,X.Y.,,,A1,,\n"
    "A5,,,,,,\n"
    "aliases: alias,id\nPMI,A2\n"
    "ties: from,to,kind,weight,directed,start,end\n"
    "A1,PMI,works_with,2,no,2023,\n"
    "A2,A1,works_with,3,no,2023,\n"
    "A1,A3,informs,1,yes,2022,2024\n"
    "A4,A4,knows,1,no,,\n"
    "A9,A1,knows,1,no,,\n"
    "schemes: id,name,kind,carrier,territory,start\n"
    "S1,CLS,cls,A1,T1,2022\n"
    "S2,,clsm,A3|A1,T2,2020\n"
    "activities: id,name,kind,schemes,territory,carriers,start\n"
    "C1,COPIL,steering,S1|S2,T1|T2,A1,2023\n"
    "C2,Atelier,action,S1,T1,none,2024\n"
    "participations: actor,on_behalf_of,activity,date,present\n"
    "A1,,C1,2024-03-01,yes\n"
    "Z.Z.,A3,C1,2024-03-01,excused\n"
    "P1,S1,C1,,yes\n"
    ",A3,C1,,\n"
    "A5,,C2,,\n"
    "posts: id,person,role,scheme,employer,service,fte,start,end\n"
    "P1,Q.R.,coordinator,S1,A1,A2,0.8,2023,2025-06\n"
    "P1,Q.R.,coordinator,S2,A1,A2,0.2,2023,2025-06\n"
    ",vacant,elected,none,,,,,\n"
    "sites: actor,territory\nA1,T1\n"
    "funding: funder,target,share,start\nA3,P1,0.5,2024\nA1,C2,0.7,2024\n"
    "territories: id,name,scale,population\nT1,Pays,epci,1000\nT2,Ville,commune,600\n"
    "perimeters: territory,unit,share,start\nT1,T2,1,2017\nT1,T3,0.5,2017\n";

START_TEST(any_allocation_failing_is_answered_without_leak)
{
    mlg_status status = MLG_ENOMEM;
    long n = 0;
    for (; status == MLG_ENOMEM; n++) {
        mlg_error err = {0};
        mlg_model *m = model_fixture_rows(study);
        mlg_alloc_fails_at = n;
        status = mlg_model_finish(m, &err);
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == (failed ? MLG_ENOMEM : MLG_OK), "allocation %ld: status %d", n,
                      (int) status);
        ck_assert_int_eq(err.status, status);
        mlg_model_free(m);
    }
    ck_assert_int_gt(n, 100);
}
END_TEST

/* The study with every id renamed by a letter before it; what is not an id stays. */
static char *renamed(const char *text)
{
    mlg_buffer out = {0};
    for (const char *c = text; *c != '\0'; c++) {
        const bool starts = c == text || strchr(",|\n", c[-1]) != NULL;
        const bool id = starts && strchr("ACSPTXZQ", c[0]) != NULL &&
                        ((c[1] >= '0' && c[1] <= '9') || c[1] == '.');
        mlg_buffer_text(&out, id ? "z" : "");
        mlg_buffer_char(&out, *c);
    }
    return out.text;
}

START_TEST(renaming_ids_changes_nothing_but_labels)
{
    char *text = renamed(study);
    mlg_model *a = model_fixture(study), *b = model_fixture(text);
    ck_assert_uint_eq(a->parties.n, b->parties.n);
    for (size_t i = 0; i < a->parties.n; i++) {
        ck_assert_int_eq(a->party_kind[i], b->party_kind[i]);
        ck_assert_int_eq(a->party_flags[i], b->party_flags[i]);
        ck_assert_int_eq(a->party_actor_row[i], b->party_actor_row[i]);
        ck_assert_int_eq(a->party_post_row[i], b->party_post_row[i]);
        ck_assert_int_eq(a->party_organisation[i], b->party_organisation[i]);
        ck_assert_int_eq(a->party_body[i], b->party_body[i]);
        ck_assert_int_eq(a->party_sector[i], b->party_sector[i]);
    }
    ck_assert_uint_eq(a->territories.n, b->territories.n);
    for (size_t i = 0; i <= a->territories.n; i++) {
        ck_assert_int_eq(a->unit_offset[i], b->unit_offset[i]);
    }
    for (uint32_t i = 0; i < a->unit_offset[a->territories.n]; i++) {
        ck_assert_int_eq(a->unit[i], b->unit[i]);
        ck_assert_double_eq(a->unit_share[i], b->unit_share[i]);
    }
    ck_assert_uint_eq(mlg_faults_count(a->faults, MLG_FATAL),
                      mlg_faults_count(b->faults, MLG_FATAL));
    ck_assert_uint_eq(mlg_faults_count(a->faults, MLG_WARNING),
                      mlg_faults_count(b->faults, MLG_WARNING));
    mlg_model_free(a);
    mlg_model_free(b);
    free(text);
}
END_TEST

START_TEST(the_small_study_has_the_warnings_it_deserves_and_no_error)
{
    mlg_model *m = model_fixture(study);
    ck_assert_uint_eq(mlg_faults_count(m->faults, MLG_FATAL), 0);
    ck_assert_uint_eq(model_fixture_faults(m, "self_tie"), 1);
    ck_assert_uint_eq(model_fixture_faults(m, "tie_twice"), 1);
    ck_assert_uint_eq(model_fixture_faults(m, "unlisted_actor"), 1);     /* A9; Z.Z. is placed */
    ck_assert_uint_eq(model_fixture_faults(m, "unlisted_territory"), 1); /* T3 */
    ck_assert_uint_eq(model_fixture_faults(m, "single_participant"), 1);
    ck_assert_uint_eq(model_fixture_faults(m, "kind_assumed"), 1); /* of A5 and A9 */
    mlg_model_free(m);
}
END_TEST

static void add_tests(TCase *cells, TCase *names)
{
    tcase_add_test(cells, a_cell_is_unknown_until_it_is_set);
    tcase_add_test(cells, none_is_not_unknown);
    tcase_add_test(cells, millions_of_rows_cost_four_bytes_a_cell);
    tcase_add_test(cells, each_failing_allocation_of_the_store_is_answered);
    tcase_add_test(cells, an_open_list_keeps_unknown_values_once_whatever_their_spelling);
    tcase_add_test(cells, a_label_is_the_first_synonym_without_its_gloss);
    tcase_add_test(cells, short_memory_for_a_code_is_told);
    tcase_add_loop_test(cells, the_study_speaks_from_its_settings_in_either_language, 0, 2);
    tcase_add_test(cells, a_study_without_settings_is_unknown_not_empty);
    tcase_add_test(cells, keys_of_settings_keep_their_points_and_the_last_row_counts);
    tcase_add_test(names, a_name_serves_as_id_and_leads_to_the_id_of_its_row);
    tcase_add_test(names, an_id_wins_over_another_row_s_name);
    tcase_add_test(names, names_lead_in_every_column_and_list);
    tcase_add_test(names, aliases_lead_on_through_names_and_each_other);
    tcase_add_test(names, an_alias_counts_in_activities_and_territories_too);
    tcase_add_test(names, a_circle_of_aliases_is_an_error_and_leads_nowhere);
    tcase_add_test(names, a_long_chain_of_aliases_is_followed_in_time);
    tcase_add_test(names, an_empty_actor_is_whom_it_speaks_for);
    tcase_add_test(names, a_post_without_id_is_its_own_post);
    tcase_add_test(names, communes_of_corsica_are_upper_case);
}

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *cells = tcase_create("cells and settings"), *names = tcase_create("names");
    TCase *laws = tcase_create("laws");
    add_tests(cells, names);
    tcase_add_test(laws, any_allocation_failing_is_answered_without_leak);
    tcase_add_test(laws, renaming_ids_changes_nothing_but_labels);
    tcase_add_test(laws, the_small_study_has_the_warnings_it_deserves_and_no_error);
    tcase_set_timeout(laws, 60);
    suite_add_tcase(suite, cells);
    suite_add_tcase(suite, names);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
