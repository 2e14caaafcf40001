/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "base/texts.h"
#include "model/template.h"

/* The sheets a coordinator keeps anyway, with the columns and the words of their own. The
 * examples are one small study: names agree from sheet to sheet, and without their # they
 * make a first report. Structures are made up, persons are initials or numbers. */

enum { MOST_ROWS = 12 };

typedef struct starter {
    const char *name;
    const char *header;
    const char *examples[MOST_ROWS]; /* to copy */
    const char *rows[MOST_ROWS];     /* to fill */
} starter;

static const starter starters[MLG_N_LANGUAGES][MLG_N_STARTERS] = {
    [MLG_FR] =
        {
            {"etude",
             "cle,valeur",
             {"depart.cdd,0.25 [0.15-0.45]", "maintien.personne,30 %", "elections,15/03/2026"},
             {"titre,", "territoire,", "date,", "langue,fr"}},
            {"presences",
             "participant,au_titre_de,instance_ou_action,date,present,role,heures",
             {"Personne Un,CCAS de Machin,COPIL CLS,15/09/2025,x,membre,2",
              "Personne Deux,Hôpital,COPIL CLS,15/09/2025,excusé,membre,",
              ",MDA - Département,COPIL CLS,15/09/2025,x,membre,2",
              "Coordination santé,CLS,COPIL CLS,15/09/2025,x,coordonne,2",
              ",Hôpital,Groupe santé mentale,06/10/2025,x,membre,1.5",
              ",CPTS du pays,Groupe santé mentale,06/10/2025,x,membre,1.5",
              "Personne Un,CCAS de Machin,Groupe santé mentale,06/10/2025,x,membre,1.5",
              ",Centre social,Ateliers nutrition,12/11/2025,x,porte,3",
              ",Collège de Truc,Ateliers nutrition,12/11/2025,x,accueille,3"},
             {NULL}},
            {"annuaire",
             "nom,nature,domaine,type_de_structure,commune,dans_l_annuaire",
             {"CCAS de Machin,structure,action sociale,CCAS,Machin,oui",
              "Centre social,structure,accès aux droits,association,Machin,oui",
              "Hôpital,structure,hôpital et établissements de santé,,Machin,oui",
              "CPTS du pays,structure,soins de ville,CPTS,,oui",
              "MDA - Département,structure,médico-social,conseil départemental,,oui",
              "Collège de Truc,structure,éducation,établissement scolaire,Truc,non",
              "Ville de Machin,structure,administration générale,commune,Machin,oui",
              "Ville de Truc,structure,administration générale,commune,Truc,oui",
              "Agglo,structure,administration générale,intercommunalité,,oui",
              "Direction des solidarités,service,action sociale,intercommunalité,,oui",
              "ARS,structure,prévention et promotion de la santé,ARS,,oui"},
             {NULL}},
            {"actions",
             "nom,dispositif,type,ce_que_l_instance_fait,axe,themes,determinant,communes,porteurs,"
             "financeurs,partenaires,debut,fin",
             {"COPIL CLS,CLS,comité de pilotage,décide,,,,,Agglo,,,2022,",
              "Groupe santé mentale,CLS|CLSM,groupe de travail,donne un avis,,santé "
              "mentale,,,Agglo,,,2023,",
              "Ateliers nutrition,CLS,action,,Axe 3,nutrition,habitudes de vie,Machin|Truc,CCAS de "
              "Machin,ARS|Ville de Machin,Centre social,2023,2025"},
             {NULL}},
            {"postes",
             "poste,personne,dispositif,role,employeur,rattachement,etp,statut,financeurs,"
             "prise_de_poste,fin_de_contrat,territoire",
             {"Coordination santé,A.B.,CLS,coordonne,Agglo,Direction des "
              "solidarités,0.5,CDD,ARS|Agglo,01/09/2025,31/08/2028,",
              "Coordination santé,A.B.,CLSM,coordonne,Agglo,Direction des "
              "solidarités,0.5,CDD,ARS|Agglo,01/09/2025,31/08/2028,",
              "Référent santé de Truc,C.D.,aucun,élu,Ville de Truc,,,mandat "
              "électif,,2020-07,2026-03,Truc",
              "Référent santé de Machin,vacant,aucun,élu,Ville de Machin,,,,,,,Machin"},
             {NULL}},
        },
    [MLG_EN] =
        {
            {"study",
             "key,value",
             {"departure.fixed_term,0.25 [0.15-0.45]", "survival.person,30 %",
              "elections,2026-03-15"},
             {"title,", "territory,", "date,", "language,en"}},
            {"participations",
             "actor,on_behalf_of,activity,date,present,role,hours",
             {"Person One,Town social centre,Steering committee,2025-09-15,yes,member,2",
              "Person Two,Town hospital,Steering committee,2025-09-15,excused,member,",
              ",Departmental council,Steering committee,2025-09-15,yes,member,2",
              "Health coordination,CLS,Steering committee,2025-09-15,yes,coordinates,2",
              ",Town hospital,Mental health group,2025-10-06,yes,member,1.5",
              ",Doctors of the area,Mental health group,2025-10-06,yes,member,1.5",
              "Person One,Town social centre,Mental health group,2025-10-06,yes,member,1.5",
              ",Community centre,Nutrition workshops,2025-11-12,yes,carrier,3",
              ",Village school,Nutrition workshops,2025-11-12,yes,hosts,3"},
             {NULL}},
            {"actors",
             "name,kind,sector,institution,territory,directory",
             {"Town social centre,organisation,social services,ccas,Town,yes",
              "Community centre,organisation,access to rights,association,Town,yes",
              "Town hospital,organisation,hospital,hospital,Town,yes",
              "Doctors of the area,organisation,primary care,practice,,yes",
              "Departmental council,organisation,medico_social,departmental council,,yes",
              "Village school,organisation,education,school,Village,no",
              "Town council,organisation,general,municipality,Town,yes",
              "Village council,organisation,general,municipality,Village,yes",
              "Intercommunal body,organisation,general,intermunicipal body,,yes",
              "Social affairs,service,social services,intermunicipal body,,yes",
              "ARS,organisation,health promotion,regional health agency,,yes"},
             {NULL}},
            {"activities",
             "name,schemes,kind,power,axis,themes,determinant,territory,carriers,funders,partners,"
             "start,end",
             {"Steering committee,CLS,steering committee,decides,,,,,Intercommunal body,,,2022,",
              "Mental health group,CLS|CLSM,working group,advises,,mental "
              "health,,,Intercommunal body,,,2023,",
              "Nutrition workshops,CLS,action,,Axis 3,nutrition,habits,Town|Village,Town social "
              "centre,ARS|Town council,Community centre,2023,2025"},
             {NULL}},
            {"posts",
             "id,person,scheme,role,employer,service,fte,contract,funder,start,end,territory",
             {"Health coordination,A.B.,CLS,coordinator,Intercommunal body,Social "
              "affairs,0.5,fixed_term,ARS|Intercommunal body,2025-09-01,2028-08-31,",
              "Health coordination,A.B.,CLSM,coordinator,Intercommunal body,Social "
              "affairs,0.5,fixed_term,ARS|Intercommunal body,2025-09-01,2028-08-31,",
              "Village health referent,C.D.,none,elected,Village council,,,elected,,2020-07,"
              "2026-03,Village",
              "Town health referent,vacant,none,elected,Town council,,,,,,,Town"},
             {NULL}},
        },
};

static const mlg_text_key remarks[MLG_N_STARTERS] = {
    T_template_sheet_study,      T_template_sheet_participations, T_template_sheet_actors,
    T_template_sheet_activities, T_template_sheet_posts,
};

const char *mlg_template_starter_name(mlg_language language, int sheet)
{
    return starters[language][sheet].name;
}

/* The row of a setting to fill is filled when it is the territory's. */
static void put_setting(mlg_buffer *out, mlg_language language, const char *row,
                        const char *territory)
{
    char key[64] = "";
    const size_t length = strcspn(row, ",");
    if (*territory == '\0' || length >= sizeof key || strncmp(row, "territ", 6) != 0) {
        mlg_template_row(out, language, row);
        return;
    }
    memcpy(key, row, length);
    mlg_template_cell(out, language, key, false);
    mlg_template_cell(out, language, territory, true);
}

void mlg_template_starter(mlg_buffer *out, mlg_language language, int sheet, const char *territory)
{
    const starter *s = &starters[language][sheet];
    mlg_template_mark(out, language);
    mlg_template_row(out, language, s->header);
    mlg_template_remark(out, language, mlg_text(language, remarks[sheet]));
    for (size_t i = 0; i < MOST_ROWS && s->examples[i] != NULL; i++) {
        mlg_template_example(out, language, s->examples[i]);
    }
    for (size_t i = 0; i < MOST_ROWS && s->rows[i] != NULL; i++) {
        put_setting(out, language, s->rows[i], territory);
    }
}

/* ---- the text to read -------------------------------------------------------- */

/* The words of a list, each by its first label. */
static void put_words(mlg_buffer *out, mlg_language language, mlg_list_id list)
{
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    for (int32_t i = 0; i < vocabulary->n_codes; i++) {
        const char *label = vocabulary->codes[i].label[language];
        size_t length = strcspn(label, ",(");
        while (length > 0 && label[length - 1] == ' ') {
            length--;
        }
        mlg_buffer_text(out, i > 0 ? ", " : "");
        mlg_buffer_bytes(out, label, length);
    }
}

/* The lists one needs at the start: a closed one takes no other word. */
static void put_lists(mlg_buffer *out, mlg_language language, bool whole, const char *end)
{
    static const struct {
        const char *header; /* of the French sheets */
        mlg_column column;
        bool whole; /* of the twelve tables only */
    } lists[] = {
        {"nature", C_actors_kind, false},
        {"domaine", C_actors_sector, false},
        {"role", C_participations_role, false},
        {"present", C_participations_present, false},
        {"ce_que_l_instance_fait", C_activities_power, false},
        {"determinant", C_activities_determinant, false},
        {"niveau", C_activities_level, true},
        {"degre_participation_habitants", C_activities_involvement, true},
        {"lien_tenu_par", C_ties_held_by, true},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const mlg_field *field = mlg_schema_field(lists[i].column);
        mlg_buffer words = {0};
        if (lists[i].whole && !whole) {
            continue;
        }
        put_words(&words, language, field->list);
        const mlg_arg args[] = {
            {.kind = MLG_ARG_TEXT, .text = language == MLG_FR ? lists[i].header : field->name},
            {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&words)},
        };
        mlg_text_render(out, language,
                        mlg_schema_vocabulary(field->list)->closed ? T_template_closed_list
                                                                   : T_template_open_list,
                        args, 2);
        mlg_buffer_text(out, end);
        out->failed = out->failed || words.failed;
        mlg_buffer_free(&words);
    }
}

/* What is filled already. */
static void put_place(mlg_buffer *out, mlg_language language, const mlg_real_place *place,
                      const char *end)
{
    const mlg_arg args[] = {
        {.kind = MLG_ARG_TEXT, .text = mlg_template_place_name(place)},
        {.kind = MLG_ARG_TEXT, .text = mlg_model_title(place->reference)},
    };
    mlg_text_render(out, language, T_template_readme_territory, args, 2);
    mlg_buffer_text(out, end);
}

void mlg_template_readme(mlg_buffer *out, mlg_language language, bool whole,
                         const mlg_real_place *place)
{
    const char *end = language == MLG_FR ? "\r\n" : "\n"; /* Notepad opens the French one */
    const mlg_text_key before[] = {
        T_template_readme_what, whole ? T_template_readme_first_whole : T_template_readme_first,
        T_template_readme_names, T_template_readme_empty, T_template_readme_cells};
    const mlg_text_key after[] = {T_template_readme_persons, T_template_readme_next};

    mlg_template_mark(out, language);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        mlg_text_render(out, language, before[i], NULL, 0);
        mlg_buffer_text(out, end);
        if (i == 1 && place != NULL) {
            put_place(out, language, place, end);
        }
    }
    put_lists(out, language, whole, end);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        mlg_text_render(out, language, after[i], NULL, 0);
        mlg_buffer_text(out, end);
    }
}
