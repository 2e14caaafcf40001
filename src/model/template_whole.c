/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/texts.h"
#include "model/template.h"

/* The twelve tables with every column, for who knows what to do with them. */

/* A row to copy, cells in the order of a table's columns; commas part them, and no cell
 * holds one. Short rows are whole: the rest is empty. Persons are initials. */
static const char *const examples[MLG_N_TABLES][MLG_N_LANGUAGES][3] = {
    [MLG_STUDY] = {{"territoire,Pays des Trois Vallées", "ties.file,mon_fichier.csv"},
                   {"territory,Three Valleys", "ties.file,my_file.csv"}},
    [MLG_ACTORS] = {{"CCAS,CCAS de la ville,structure,action sociale,local,CCAS/CIAS,,accès aux "
                     "droits,T1,oui,oui",
                     "PMI,Service de PMI,service,petite enfance,local,conseil "
                     "départemental,DEP,périnatalité,T1"},
                    {"CCAS,Town social centre,organisation,social,local,ccas,,access_rights,T1,"
                     "yes,yes",
                     "PMI,Maternal and child health,service,early_years,local,departement,DEP,"
                     "perinatal,T1"}},
    [MLG_ALIASES] = {{"C.C.A.S.,CCAS"}, {"C.C.A.S.,CCAS"}},
    [MLG_TIES] = {{"CCAS,PMI,travaillent ensemble,2,non,structure,,2023",
                   "CCAS,ARS,informe,1,oui,personne,,2024-03"},
                  {"CCAS,PMI,works_with,2,no,organisation,,2023",
                   "CCAS,ARS,informs,1,yes,person,,2024-03"}},
    [MLG_SCHEMES] = {{"CLS,Contrat local de santé,CLS,EPCI,T1,accès aux soins|mobilité,,2022,2027"},
                     {"CLS,Local health contract,cls,EPCI,T1,access_care|mobility,,2022,2027"}},
    [MLG_ACTIVITIES] =
        {{"COPIL,Comité de pilotage du CLS,comité de pilotage,CLS,stratégique,,,,,T1,aucune,"
          "décide,,,,,2022",
          "F1,Ateliers nutrition,action,CLS,organisationnel,nutrition,Axe 3,habitudes de "
          "vie,enfants,T1,concertation,,,CCAS,ARS,École,2023,2025"},
         {"COPIL,Steering committee,steering,CLS,strategic,,,,,T1,none,decides,,,,,2022",
          "F1,Nutrition workshops,action,CLS,organisational,nutrition,Axis 3,habits,children,T1,"
          "concerted,,,CCAS,ARS,School,2023,2025"}},
    [MLG_PARTICIPATIONS] = {{"CCAS,COPIL,membre,2,12/03/2024,oui,oui",
                             "A.B.,COPIL,membre,2,12/03/2024,oui,excusé,PMI"},
                            {"CCAS,COPIL,member,2,2024-03-12,yes,yes",
                             "A.B.,COPIL,member,2,2024-03-12,yes,excused,PMI"}},
    [MLG_POSTS] = {{"COORD,A.B.,coordonne,CLS,Direction des "
                    "solidarités,EPCI,0.8,CDD,ARS|EPCI,,oui,T1,01/09/2023,31/08/2027",
                    "ELU,vacant,élu,aucun,,Ville,,mandat électif"},
                   {"COORD,A.B.,coordinator,CLS,Social affairs,EPCI,0.8,fixed_term,ARS|EPCI,,yes,"
                    "T1,2023-09-01,2027-08-31",
                    "ELU,vacant,elected,none,,Town,,elected"}},
    [MLG_SITES] = {{"PMI,T1,1"}, {"PMI,T1,1"}},
    [MLG_FUNDING] = {{"ARS,COORD,25000,50 %,convention pluriannuelle,2023,2026"},
                     {"ARS,COORD,25000,50%,multi_year,2023,2026"}},
    [MLG_TERRITORIES] = {{"T1,Communauté de communes,intercommunalité,24500,310.5,14118",
                          "14118,Caen,commune,108000,25.7"},
                         {"T1,Community of communes,epci,24500,310.5,14118",
                          "14118,Caen,commune,108000,25.7"}},
    [MLG_PERIMETERS] = {{"T1,14118,1,2017"}, {"T1,14118,1,2017"}},
};

/* The first of several names separated by |. */
static void put_first(mlg_buffer *out, const char *names)
{
    mlg_buffer_bytes(out, names, strcspn(names, "|"));
}

static void put_header(mlg_buffer *out, mlg_language language, const mlg_field *field)
{
    if (language == MLG_FR) {
        put_first(out, field->aliases);
    } else {
        mlg_buffer_text(out, field->name);
    }
}

static void put_columns(mlg_buffer *out, mlg_language language, mlg_table_id table)
{
    mlg_column first = 0, end = 0;
    mlg_buffer words = {0};
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        mlg_buffer_text(&words, column > first ? "," : "");
        put_header(&words, language, mlg_schema_field(column));
    }
    mlg_template_row(out, language, mlg_buffer_string(&words));
    mlg_template_remark(out, language, mlg_text(language, T_template_how));
    for (mlg_column column = first; column < end; column++) {
        mlg_buffer_clear(&words);
        put_header(&words, language, mlg_schema_field(column));
        mlg_buffer_text(&words, " = ");
        mlg_buffer_text(&words, mlg_schema_field(column)->help[language]);
        mlg_template_remark(out, language, mlg_buffer_string(&words));
    }
    out->failed = out->failed || words.failed;
    mlg_buffer_free(&words);
}

void mlg_template_table(mlg_buffer *out, mlg_language language, mlg_table_id table,
                        const char *territory)
{
    static const char *const settings[MLG_N_LANGUAGES][3] = {
        [MLG_FR] = {"titre,,,", "date,,,", "langue,fr,,"},
        [MLG_EN] = {"title,,,", "date,,,", "language,en,,"},
    };
    mlg_template_mark(out, language);
    put_columns(out, language, table);
    for (size_t i = 0; i < 3 && examples[table][language][i] != NULL; i++) {
        mlg_template_example(out, language, examples[table][language][i]);
    }
    for (size_t i = 0; i < 3 && table == MLG_STUDY; i++) {
        mlg_template_row(out, language, settings[language][i]);
    }
    if (table == MLG_STUDY && *territory != '\0') {
        mlg_template_cell(out, language, language == MLG_FR ? "territoire" : "territory", false);
        mlg_template_cell(out, language, territory, false);
        mlg_template_row(out, language, ",");
    }
}

void mlg_template_table_name(mlg_buffer *out, mlg_language language, mlg_table_id table)
{
    put_first(out, language == MLG_FR ? mlg_schema_table_fr(table) : mlg_schema_table(table));
}
