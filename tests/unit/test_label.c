/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/texts.h"
#include "model_fixture.h"
#include "suite.h"

static const mlg_labels hidden = {MLG_FR, false}, named = {MLG_FR, true};

static const char *label(const mlg_model *m, const mlg_labels *labels, mlg_scope scope, mlg_id id)
{
    static char out[256];
    const size_t length = mlg_label(m, labels, scope, id, out, sizeof out);
    ck_assert_uint_eq(length, strlen(out));
    return out;
}

static const char rows[] = "actors: id,name,kind,sector,organisation\n"
                           "C1,CCAS de Caen,organisation,social,\n"
                           "C2,,organisation,Pompiers,\n"
                           "X9,Camille Zyx,person,,C1\n"
                           "schemes: id,name\n"
                           "S1,Contrat local\n"
                           "S2,\n"
                           "activities: id,name\n"
                           "K1,COPIL\n"
                           "participations: actor,activity\n"
                           "C1,K2\n"
                           "posts: id,person\n"
                           "Coordination,A.B.\n"
                           "Poste de Camille Zyx,vacant\n"
                           "territories: id,name\n"
                           "14118,Caen\n";

static const struct {
    const char *what;
    mlg_scope scope;
    const char *id, *hidden, *named; /* hidden "P" = some pseudonym */
} labels[] = {
    {"an organisation by its name", MLG_SCOPE_ACTOR, "C1", "CCAS de Caen", "CCAS de Caen"},
    {"an organisation without a name by its id", MLG_SCOPE_ACTOR, "C2", "C2", "C2"},
    {"a person by its pseudonym, or its name", MLG_SCOPE_ACTOR, "X9", "P", "Camille Zyx"},
    {"a holder without a row by its pseudonym, or its id", MLG_SCOPE_ACTOR, "A.B.", "P", "A.B."},
    {"a post by its id", MLG_SCOPE_POST, "Coordination", "Coordination", "Coordination"},
    {"a post as an actor by its id", MLG_SCOPE_ACTOR, "Coordination", "Coordination",
     "Coordination"},
    {"a post that bears a name by the person's pseudonym", MLG_SCOPE_POST, "Poste de Camille Zyx",
     "P", "Poste de Camille Zyx"},
    {"a scheme by its name", MLG_SCOPE_SCHEME, "S1", "Contrat local", "Contrat local"},
    {"a scheme without a name by its id", MLG_SCOPE_SCHEME, "S2", "S2", "S2"},
    {"an activity by its name", MLG_SCOPE_ACTIVITY, "K1", "COPIL", "COPIL"},
    {"an activity without a row by its id", MLG_SCOPE_ACTIVITY, "K2", "K2", "K2"},
    {"a territory by its name", MLG_SCOPE_TERRITORY, "14118", "Caen", "Caen"},
};

START_TEST(a_subject_has_its_public_label)
{
    mlg_model *m = model_fixture(rows);
    const mlg_id id =
        labels[_i].scope == MLG_SCOPE_ACTIVITY    ? model_fixture_activity(m, labels[_i].id)
        : labels[_i].scope == MLG_SCOPE_TERRITORY ? model_fixture_territory(m, labels[_i].id)
                                                  : model_fixture_party(m, labels[_i].id);
    const char *shown = label(m, &hidden, labels[_i].scope, id);
    if (strcmp(labels[_i].hidden, "P") == 0) {
        ck_assert_msg(strcmp(shown, "P01") == 0 || strcmp(shown, "P02") == 0, "%s: %s",
                      labels[_i].what, shown);
    } else {
        ck_assert_msg(strcmp(shown, labels[_i].hidden) == 0, "%s: %s", labels[_i].what, shown);
    }
    ck_assert_str_eq(label(m, &named, labels[_i].scope, id), labels[_i].named);
    mlg_model_free(m);
}
END_TEST

/* Perimeters of one name: told apart by their scale, or their code where that is the same or
 * unknown. A unit of that name, and a perimeter alone with its own, are as they were. */
START_TEST(perimeters_of_one_name_are_told_apart)
{
    static const struct {
        const char *id, *label;
    } told[] = {
        {"75", "Paris, d\u00e9partement"},
        {"Z1", "Paris, zone d\u2019emploi"},
        {"75056", "Paris"},
        {"E1", "CC du Lac, E1"},
        {"E2", "CC du Lac, E2"},
        {"R1", "CC du Lac, r\u00e9gion"},
        {"N1", "Nord, N1"},
        {"N2", "Nord, d\u00e9partement"},
        {"S", "Sud"},
    };
    mlg_model *m = model_fixture("territories: id,name,scale\n75,Paris,departement\n"
                                 "Z1,Paris,zone_emploi\n75056,Paris,commune\nE1,CC du Lac,epci\n"
                                 "E2,CC du Lac,epci\nR1,CC du Lac,region\nN1,Nord,\n"
                                 "N2,Nord,departement\nS,Sud,region\n"
                                 "perimeters: territory,unit\n75,75056\nZ1,75056\nE1,u\nE2,v\n"
                                 "R1,u\nN1,u\nN2,u\nS,u\n");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        ck_assert_str_eq(
            label(m, &hidden, MLG_SCOPE_TERRITORY, model_fixture_territory(m, told[i].id)),
            told[i].label);
    }
    mlg_model_free(m);
}
END_TEST

/* Two organisations, two schemes (the organisation of that name stands elsewhere), two actions. */
START_TEST(namesakes_say_their_ids)
{
    static const char homonyms[] = "actors: id,name,kind\n"
                                   "M1,Maison,organisation\nM2,Maison,organisation\n"
                                   "M3,La Maison,organisation\nX1,Camille Zyx,person\n"
                                   "X2,Camille Zyx,person\nCTG,Convention,organisation\n"
                                   "schemes: id,name\nC,Convention\nD,Convention\n"
                                   "activities: id,name\nA1,Forum\nA2,Forum\nA3,Copil\n";
    static const struct {
        mlg_scope scope;
        const char *id, *label;
    } told[] = {
        {MLG_SCOPE_ACTOR, "M1", "Maison (M1)"},    {MLG_SCOPE_ACTOR, "M2", "Maison (M2)"},
        {MLG_SCOPE_ACTOR, "M3", "La Maison"},      {MLG_SCOPE_ACTOR, "CTG", "Convention"},
        {MLG_SCOPE_SCHEME, "C", "Convention (C)"}, {MLG_SCOPE_ACTIVITY, "A1", "Forum (A1)"},
        {MLG_SCOPE_ACTIVITY, "A2", "Forum (A2)"},  {MLG_SCOPE_ACTIVITY, "A3", "Copil"},
    };
    mlg_model *m = model_fixture(homonyms);

    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const mlg_names *names = told[i].scope == MLG_SCOPE_ACTIVITY ? &m->activities : &m->parties;
        const mlg_id id = mlg_names_find(names, told[i].id, strlen(told[i].id));
        ck_assert_int_ge(id, 0);
        ck_assert_str_eq(label(m, &hidden, told[i].scope, id), told[i].label);
    }
    ck_assert_ptr_null(
        strstr(label(m, &hidden, MLG_SCOPE_ACTOR, mlg_names_find(&m->parties, "X1", 2)), "Zyx"));
    mlg_model_free(m);
}
END_TEST

START_TEST(sectors_columns_faults_and_the_network_have_labels_too)
{
    const mlg_labels english = {MLG_EN, false};
    mlg_model *m = model_fixture(rows);
    const int32_t open = mlg_schema_vocabulary(MLG_V_sector)->n_codes;
    ck_assert_str_eq(label(m, &hidden, MLG_SCOPE_SECTOR, MLG_CODE_OF(sector, primary_care)),
                     "soins de ville");
    ck_assert_str_eq(label(m, &english, MLG_SCOPE_SECTOR, MLG_CODE_OF(sector, primary_care)),
                     "primary care");
    ck_assert_str_eq(label(m, &english, MLG_SCOPE_SECTOR, open), "Pompiers");
    ck_assert_str_eq(label(m, &english, MLG_SCOPE_SECTOR, -1), "unknown");
    ck_assert_str_eq(label(m, &hidden, MLG_SCOPE_COLUMN, C_participations_present),
                     "participations.present");
    ck_assert_str_eq(label(m, &hidden, MLG_SCOPE_FAULT, T_fault_self_tie), "self_tie");
    ck_assert_str_eq(label(m, &hidden, MLG_SCOPE_NETWORK, -1), "");
    mlg_model_free(m);
}
END_TEST

START_TEST(an_id_out_of_range_has_no_label)
{
    mlg_model *m = model_fixture(rows);
    static const mlg_scope scopes[] = {MLG_SCOPE_ACTOR,    MLG_SCOPE_POST,      MLG_SCOPE_SCHEME,
                                       MLG_SCOPE_ACTIVITY, MLG_SCOPE_TERRITORY, MLG_SCOPE_COLUMN,
                                       MLG_SCOPE_FAULT};
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        ck_assert_str_eq(label(m, &named, scopes[i], -1), "");
        ck_assert_str_eq(label(m, &named, scopes[i], 1000000), "");
    }
    mlg_model_free(m);
}
END_TEST

START_TEST(a_label_that_does_not_fit_is_cut_between_characters)
{
    char out[8];
    mlg_model *m = model_fixture("actors: id,name,kind\nA,Écoles,organisation\n");
    ck_assert_uint_eq(mlg_label(m, &hidden, MLG_SCOPE_ACTOR, 0, NULL, 0), 7);
    ck_assert_uint_eq(mlg_label(m, &hidden, MLG_SCOPE_ACTOR, 0, out, 2), 7);
    ck_assert_str_eq(out, "");
    ck_assert_uint_eq(mlg_label(m, &hidden, MLG_SCOPE_ACTOR, 0, out, 3), 7);
    ck_assert_str_eq(out, "É");
    mlg_label(m, &hidden, MLG_SCOPE_ACTOR, 0, out, 8);
    ck_assert_str_eq(out, "Écoles");
    mlg_model_free(m);
}
END_TEST

START_TEST(each_scope_has_its_name)
{
    static const char *const names[] = {
        "network", "sector",   "actor",     "post",   "scheme", "activity", "territory", "column",
        "fault",   "tie_kind", "parameter", "extent", "theme",  "mission",  "audience",  "axis"};
    for (int scope = 0; scope < MLG_N_SCOPES; scope++) {
        ck_assert_str_eq(mlg_scope_name((mlg_scope) scope), names[scope]);
    }
    ck_assert_str_eq(mlg_scope_name(MLG_N_SCOPES), "");
}
END_TEST

/* ---- pseudonyms -------------------------------------------------------------------------- */

static mlg_model *model_of_persons(int n, const char *more, const char *sha256)
{
    mlg_buffer text = {0};
    mlg_buffer_text(&text, "actors: id,kind\n");
    for (int i = 0; i < n; i++) {
        mlg_buffer_format(&text, "person-%d,person\n", i);
    }
    mlg_buffer_text(&text, more);
    mlg_model *m = model_fixture_rows(mlg_buffer_string(&text));
    snprintf(m->sha256, sizeof m->sha256, "%s", sha256);
    ck_assert_int_eq(mlg_model_finish(m, NULL), MLG_OK);
    mlg_buffer_free(&text);
    return m;
}

#define SHA "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

START_TEST(each_person_has_its_own_number_and_nobody_else_has_one)
{
    enum { N = 150 };
    bool seen[N + 1] = {false};
    mlg_model *m = model_of_persons(N, "A,organisation\n", SHA);
    for (int i = 0; i < N; i++) {
        const int32_t number = m->party_pseudonym[i];
        ck_assert_int_ge(number, 1);
        ck_assert_int_le(number, N);
        ck_assert(!seen[number]);
        seen[number] = true;
    }
    ck_assert_int_eq(m->party_pseudonym[model_fixture_party(m, "A")], 0);
    ck_assert_int_eq(m->pseudonym_width, 3);
    ck_assert_uint_eq(strlen(label(m, &hidden, MLG_SCOPE_ACTOR, 0)), 4);
    mlg_model_free(m);
}
END_TEST

START_TEST(the_order_is_shuffled_by_the_study_s_hash_and_by_nothing_else)
{
    enum { N = 60 };
    mlg_model *a = model_of_persons(N, "", SHA), *b = model_of_persons(N, "", SHA);
    mlg_model *c = model_of_persons(N, "", "0" SHA);
    int same = 0, in_order = 0;
    for (int i = 0; i < N; i++) {
        ck_assert_int_eq(a->party_pseudonym[i], b->party_pseudonym[i]);
        same += a->party_pseudonym[i] == c->party_pseudonym[i] ? 1 : 0;
        in_order += a->party_pseudonym[i] == i + 1 ? 1 : 0;
    }
    ck_assert_int_lt(same, N / 4);
    ck_assert_int_lt(in_order, N / 4);
    mlg_model_free(a);
    mlg_model_free(b);
    mlg_model_free(c);
}
END_TEST

START_TEST(numbers_that_look_like_an_id_in_use_are_skipped)
{
    mlg_model *m = model_of_persons(3,
                                    "P2,organisation\n"
                                    "activities: id\np003\n"
                                    "perimeters: territory,unit\nP04,P99999999999999\n"
                                    "schemes: id,name\nS,P6\n",
                                    SHA);
    bool seen[8] = {false};
    for (int i = 0; i < 3; i++) {
        ck_assert_int_lt(m->party_pseudonym[i], 8);
        seen[m->party_pseudonym[i]] = true;
    }
    ck_assert(seen[1] && seen[5] && seen[7]);
    mlg_model_free(m);
}
END_TEST

static const struct {
    const char *post;
    bool bears; /* a name of: X.Y., Camille Zyx (also "the Gardener"), Jo; or a word of one */
} bearers[] = {
    {"Camille Zyx", true},
    {"camille zyx (CLS)", true},
    {"Coordination CAMILLE-ZYX", true},
    {"xy", true},
    {"Jo", true},
    {"Coordination Jo", false},
    {"Coordination XY", false},
    {"Camille", true},
    {"Poste de camille", true},
    {"Post of the gardener", true},
    {"Camillette", false},
    {"Maison", false}, /* a word of an organisation's too */
    {"Zyx", false},
    {"Coordination", false},
};

START_TEST(a_post_that_bears_a_person_s_name_is_not_shown)
{
    char text[512];
    snprintf(text, sizeof text,
             "actors: id,name,kind\nX1,Camille Zyx,person\nJo,,person\nMaison Z,,person\n"
             "Maison sport,,organisation\n"
             "aliases: alias,id\nthe Gardener,Camille Zyx\n"
             "posts: id,person\nfirst,X.Y.\n%s,vacant\n",
             bearers[_i].post);
    mlg_model *m = model_fixture(text);
    const mlg_id post = mlg_get_id(m, C_posts_id, 1);
    const char *shown = label(m, &hidden, MLG_SCOPE_POST, post);
    ck_assert_msg((strcmp(shown, bearers[_i].post) != 0) == bearers[_i].bears, "%s is shown as %s",
                  bearers[_i].post, shown);
    mlg_model_free(m);
}
END_TEST

START_TEST(no_label_shows_a_person_s_name_or_id_unless_asked)
{
    mlg_model *m = model_fixture("actors: id,name,kind,organisation\n"
                                 "idZyx1,Camille Zyx,person,C\n"
                                 "C,CCAS,organisation,\n"
                                 "posts: id,person\nPoste,nomZyx2\nnomZyx2,vacant\n"
                                 "participations: actor,on_behalf_of,activity\nnomZyx3,C,K\n"
                                 "ties: from,to\nCamille Zyx,C\n");
    for (size_t i = 0; i < m->parties.n; i++) {
        if (m->party_flags[i] != 0) {
            ck_assert_ptr_null(strstr(label(m, &hidden, MLG_SCOPE_ACTOR, (mlg_id) i), "Zyx"));
            ck_assert_ptr_null(strstr(label(m, &hidden, MLG_SCOPE_POST, (mlg_id) i), "Zyx"));
        }
    }
    mlg_model_free(m);
}
END_TEST

static const struct {
    const char *stranger;
    bool
        hidden; /* spelled nearly like: Camille Zyxou, listed; Dominique Wander, who holds a post */
} strangers[] = {
    {"Camile Zyxou", true},    {"Zyxou Camille", true}, {"Dominique Wandr", true},
    {"Mission locale", false}, {"CCAS", false},         {"Camille Zyxou 2", false},
};

START_TEST(a_stranger_spelled_like_a_person_is_not_shown)
{
    char text[512], *key = NULL;
    size_t size = 0;
    snprintf(text, sizeof text,
             "actors: id,kind\nCamille Zyxou,person\nMission,organisation\n"
             "posts: id,person\nPoste,Dominique Wander\n"
             "ties: from,to\n%s,Mission\n",
             strangers[_i].stranger);
    mlg_model *m = model_fixture(text);
    const mlg_id stranger = model_fixture_party(m, strangers[_i].stranger);
    const char *shown = label(m, &hidden, MLG_SCOPE_ACTOR, stranger);
    ck_assert_msg((strcmp(shown, strangers[_i].stranger) != 0) == strangers[_i].hidden,
                  "%s is shown as %s", strangers[_i].stranger, shown);
    ck_assert_int_eq(m->party_kind[stranger], MLG_KIND_ORGANISATION);
    for (size_t i = 0; i < m->parties.n; i++) { /* a pseudonym is one subject's */
        ck_assert((mlg_id) i == stranger || m->party_pseudonym[i] == 0 ||
                  m->party_pseudonym[i] != m->party_pseudonym[stranger]);
    }
    FILE *out = open_memstream(&key, &size);
    ck_assert_int_eq(mlg_model_write_key(m, out, NULL), MLG_OK);
    fclose(out);
    ck_assert((strstr(key, strangers[_i].stranger) != NULL) == strangers[_i].hidden);
    free(key);
    mlg_model_free(m);
}
END_TEST

START_TEST(before_pseudonyms_are_dealt_a_person_is_still_hidden)
{
    mlg_model *m = model_fixture_rows("actors: id,kind\nZyx,person\n");
    m->party_kind = mlg_zalloc(1, sizeof *m->party_kind);
    m->party_kind[0] = MLG_KIND_PERSON;
    ck_assert_str_eq(label(m, &hidden, MLG_SCOPE_ACTOR, 0), "P?");
    mlg_model_free(m);
}
END_TEST

/* ---- the key table -------------------------------------------------------------------------- */

START_TEST(the_key_table_joins_each_person_back)
{
    char *text = NULL;
    size_t size = 0;
    mlg_model *m = model_fixture("actors: id,name,kind\n"
                                 "x1,Zyx \"Z\",person\n"
                                 "x2,,person\n"
                                 "C,CCAS,organisation\n"
                                 "posts: id,person\nx2 bis,x2\nZyx \"Z\",vacant\n");
    FILE *out = open_memstream(&text, &size);
    ck_assert_int_eq(mlg_model_write_key(m, out, NULL), MLG_OK);
    fclose(out);
    ck_assert(strncmp(text, "pseudonym,id,name\r\n", 19) == 0);
    char line[64];
    snprintf(line, sizeof line, "P%02d,x1,\"Zyx \"\"Z\"\"\"\r\n", (int) m->party_pseudonym[0]);
    ck_assert_ptr_nonnull(strstr(text, line));
    snprintf(line, sizeof line, "P%02d,x2,x2\r\n", (int) m->party_pseudonym[1]);
    ck_assert_ptr_nonnull(strstr(text, line));
    ck_assert_uint_eq(size, 19 + strlen("P01,x1,\"Zyx \"\"Z\"\"\"\r\nP02,x2,x2\r\n"));
    free(text);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_key_table_that_cannot_be_written_is_told)
{
    mlg_error err = {0};
    mlg_model *m = model_fixture("actors: id,kind\nZ,person\n");
    FILE *full = fopen("/dev/full", "w");
    ck_assert_int_eq(mlg_model_write_key(m, full, &err), MLG_EIO);
    fclose(full);
    FILE *out = fopen("/dev/null", "w");
    for (long n = 0; n < 2; n++) {
        mlg_alloc_fails_at = n;
        ck_assert_int_eq(mlg_model_write_key(m, out, NULL), MLG_ENOMEM);
        mlg_alloc_fails_at = -1;
    }
    fclose(out);
    mlg_model_free(m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("label");
    TCase *all = tcase_create("labels");
    tcase_add_loop_test(all, a_subject_has_its_public_label, 0, sizeof labels / sizeof *labels);
    tcase_add_test(all, perimeters_of_one_name_are_told_apart);
    tcase_add_test(all, namesakes_say_their_ids);
    tcase_add_test(all, sectors_columns_faults_and_the_network_have_labels_too);
    tcase_add_test(all, an_id_out_of_range_has_no_label);
    tcase_add_test(all, a_label_that_does_not_fit_is_cut_between_characters);
    tcase_add_test(all, each_scope_has_its_name);
    suite_add_tcase(suite, all);
    TCase *persons = tcase_create("pseudonyms");
    tcase_add_test(persons, each_person_has_its_own_number_and_nobody_else_has_one);
    tcase_add_test(persons, the_order_is_shuffled_by_the_study_s_hash_and_by_nothing_else);
    tcase_add_test(persons, numbers_that_look_like_an_id_in_use_are_skipped);
    tcase_add_loop_test(persons, a_post_that_bears_a_person_s_name_is_not_shown, 0,
                        sizeof bearers / sizeof *bearers);
    tcase_add_loop_test(persons, a_stranger_spelled_like_a_person_is_not_shown, 0,
                        sizeof strangers / sizeof *strangers);
    tcase_add_test(persons, no_label_shows_a_person_s_name_or_id_unless_asked);
    tcase_add_test(persons, before_pseudonyms_are_dealt_a_person_is_still_hidden);
    tcase_add_test(persons, the_key_table_joins_each_person_back);
    tcase_add_test(persons, a_key_table_that_cannot_be_written_is_told);
    suite_add_tcase(suite, persons);
    return suite_run(suite);
}
