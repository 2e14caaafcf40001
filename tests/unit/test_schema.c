/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/fold.h"
#include "base/memory.h"
#include "maillage/schema.h"
#include "model/schema.h"
#include "suite.h"

/* ---- tables and columns -------------------------------------------------------------- */

START_TEST(the_columns_of_a_table_stand_together_and_end_with_source_and_note)
{
    mlg_column first = 0, end = 0, before = 0;
    for (int table = 0; table < MLG_N_TABLES; table++) {
        mlg_schema_columns((mlg_table_id) table, &first, &end);
        ck_assert_int_eq(first, before);
        ck_assert_int_lt(first, end);
        for (mlg_column column = first; column < end; column++) {
            const mlg_field *field = mlg_schema_field(column);
            ck_assert_int_eq(field->table, table);
            ck_assert_int_eq(field->column, column);
            ck_assert_str_ne(field->help[MLG_FR], "");
            ck_assert_str_ne(field->help[MLG_EN], "");
            const bool codes = field->type == MLG_TYPE_CODE || field->type == MLG_TYPE_CODES;
            ck_assert_msg(codes == (field->list != MLG_V_NONE), "%s has a list, or needs one",
                          field->name);
        }
        ck_assert_str_eq(mlg_schema_field(end - 2)->name, "source");
        ck_assert_str_eq(mlg_schema_field(end - 1)->name, "note");
        before = end;
    }
    ck_assert_int_eq(before, C_COUNT);
}
END_TEST

/* Calls `see` with each name of a column: its own, its aliases. */
static void each_name(const mlg_field *field, void (*see)(const mlg_field *, const char *))
{
    char names[1024];
    snprintf(names, sizeof names, "%s|%s", field->name, field->aliases);
    for (char *rest = NULL, *name = strtok_r(names, "|", &rest); name != NULL;
         name = strtok_r(NULL, "|", &rest)) {
        see(field, name);
    }
}

static void finds_itself(const mlg_field *field, const char *name)
{
    const mlg_column found = mlg_schema_find_column(field->table, name);
    ck_assert_msg(found == field->column, "%s: '%s' leads to '%s', not to '%s'",
                  mlg_schema_table(field->table), name,
                  found == C_NONE ? "nothing" : mlg_schema_field(found)->name, field->name);
}

START_TEST(each_header_leads_to_one_column)
{
    for (int column = 0; column < C_COUNT; column++) {
        each_name(mlg_schema_field((mlg_column) column), finds_itself);
    }
}
END_TEST

static const struct {
    const char *file;
    int table;
} files[] = {
    {"study", MLG_STUDY},
    {"etude", MLG_STUDY},
    {"Étude", MLG_STUDY},
    {"actors", MLG_ACTORS},
    {"ACTEURS", MLG_ACTORS},
    {"annuaire", MLG_ACTORS},
    {"alias", MLG_ALIASES},
    {"liens", MLG_TIES},
    {"dispositifs", MLG_SCHEMES},
    {"Activités", MLG_ACTIVITIES},
    {"instances", MLG_ACTIVITIES},
    {"actions", MLG_ACTIVITIES},
    {"Présences", MLG_PARTICIPATIONS},
    {"participations", MLG_PARTICIPATIONS},
    {"postes", MLG_POSTS},
    {"implantations", MLG_SITES},
    {"financements", MLG_FUNDING},
    {"territoires", MLG_TERRITORIES},
    {"périmètres", MLG_PERIMETERS},
    {"notes", -1},
    {"", -1},
    {"-", -1},
};

START_TEST(a_file_name_leads_to_its_table)
{
    ck_assert_msg(mlg_schema_find_table(files[_i].file) == files[_i].table, "'%s' leads to %d",
                  files[_i].file, mlg_schema_find_table(files[_i].file));
}
END_TEST

static const struct {
    mlg_table_id table;
    const char *header;
    mlg_column column;
} headers[] = {
    /* the four sheets coordinators keep */
    {MLG_ACTORS, "nom", C_actors_name},
    {MLG_ACTORS, "domaine", C_actors_sector},
    {MLG_ACTORS, "type_de_structure", C_actors_institution},
    {MLG_ACTORS, "commune", C_actors_territory},
    {MLG_ACTORS, "dans_l_annuaire", C_actors_directory},
    {MLG_ACTIVITIES, "nom", C_activities_name},
    {MLG_ACTIVITIES, "dispositif", C_activities_schemes},
    {MLG_ACTIVITIES, "type", C_activities_kind},
    {MLG_ACTIVITIES, "axe", C_activities_axis},
    {MLG_ACTIVITIES, "themes", C_activities_themes},
    {MLG_ACTIVITIES, "determinant", C_activities_determinant},
    {MLG_ACTIVITIES, "communes", C_activities_territory},
    {MLG_ACTIVITIES, "porteurs", C_activities_carriers},
    {MLG_ACTIVITIES, "financeurs", C_activities_funders},
    {MLG_ACTIVITIES, "partenaires", C_activities_partners},
    {MLG_ACTIVITIES, "debut", C_activities_start},
    {MLG_ACTIVITIES, "fin", C_activities_end},
    {MLG_POSTS, "poste", C_posts_id},
    {MLG_POSTS, "personne", C_posts_person},
    {MLG_POSTS, "dispositif", C_posts_scheme},
    {MLG_POSTS, "role", C_posts_role},
    {MLG_POSTS, "employeur", C_posts_employer},
    {MLG_POSTS, "rattachement", C_posts_service},
    {MLG_POSTS, "etp", C_posts_fte},
    {MLG_POSTS, "statut", C_posts_contract},
    {MLG_POSTS, "financeurs", C_posts_funder},
    {MLG_POSTS, "prise_de_poste", C_posts_start},
    {MLG_POSTS, "fin_de_contrat", C_posts_end},
    {MLG_POSTS, "territoire", C_posts_territory},
    {MLG_PARTICIPATIONS, "participant", C_participations_actor},
    {MLG_PARTICIPATIONS, "au_titre_de", C_participations_on_behalf_of},
    {MLG_PARTICIPATIONS, "instance_ou_action", C_participations_activity},
    {MLG_PARTICIPATIONS, "date", C_participations_date},
    {MLG_PARTICIPATIONS, "present", C_participations_present},
    {MLG_PARTICIPATIONS, "heures", C_participations_hours},
    /* the French headers of the vocabularies */
    {MLG_ACTORS, "nature", C_actors_kind},
    {MLG_TIES, "Nature du lien", C_ties_kind},
    {MLG_TIES, "lien_tenu_par", C_ties_held_by},
    {MLG_PARTICIPATIONS, "lien tenu par", C_participations_held_by},
    {MLG_SCHEMES, "type_de_dispositif", C_schemes_kind},
    {MLG_ACTIVITIES, "type_instance_ou_action", C_activities_kind},
    {MLG_ACTIVITIES, "niveau_de_coordination", C_activities_level},
    {MLG_ACTIVITIES, "degre_participation_habitants", C_activities_involvement},
    {MLG_ACTIVITIES, "Ce que l’instance fait", C_activities_power},
    {MLG_ACTIVITIES, "public", C_activities_audience},
    {MLG_FUNDING, "type_de_financement", C_funding_instrument},
    {MLG_TERRITORIES, "echelle", C_territories_scale},
    {MLG_POSTS, "mission", C_posts_mission},
    /* written otherwise */
    {MLG_ACTORS, "SECTEUR", C_actors_sector},
    {MLG_ACTORS, "Échelon", C_actors_level},
    {MLG_ACTORS, " Type de structure ", C_actors_institution},
    {MLG_TERRITORIES, "Ville-centre", C_territories_centre},
    {MLG_TERRITORIES, "AREA_KM2", C_territories_area_km2},
    {MLG_ACTORS, "téléphone", C_NONE},
    {MLG_ACTORS, "+source", C_NONE},
    {MLG_ACTORS, "", C_NONE},
    {MLG_TIES, "population", C_NONE},
};

START_TEST(a_header_leads_to_its_column)
{
    const mlg_column found = mlg_schema_find_column(headers[_i].table, headers[_i].header);
    ck_assert_msg(found == headers[_i].column, "'%s' leads to %d", headers[_i].header, (int) found);
}
END_TEST

START_TEST(a_header_longer_than_any_name_leads_nowhere)
{
    static char header[100000];
    memset(header, 'a', sizeof header - 1);
    ck_assert_int_eq(mlg_schema_find_column(MLG_ACTORS, header), C_NONE);
    ck_assert_int_eq(mlg_schema_find_table(header), -1);
    ck_assert_int_eq(mlg_vocabulary_find(MLG_V_sector, header), -1);
}
END_TEST

/* ---- vocabularies --------------------------------------------------------------------- */

static void label_finds_its_code(mlg_list_id list, int32_t code, const char *label)
{
    label += strspn(label, " ");
    const int32_t found = mlg_vocabulary_find(list, label);
    /* a code's own text wins over another's label: `consultation` */
    const bool other_code =
        found >= 0 && found != code && mlg_vocabulary_code(list, label) == found;
    ck_assert_msg(found == code || other_code, "%s: '%s' leads to %d, not to %d",
                  mlg_schema_vocabulary(list)->name, label, (int) found, (int) code);
}

START_TEST(each_code_and_label_leads_to_its_code)
{
    const mlg_list_id list = (mlg_list_id) _i;
    const mlg_vocabulary *vocabulary = mlg_schema_vocabulary(list);
    ck_assert_int_gt(vocabulary->n_codes, 0);
    for (int32_t code = 0; code < vocabulary->n_codes; code++) {
        const mlg_code_row *row = &vocabulary->codes[code];
        ck_assert_int_eq(mlg_vocabulary_find(list, row->code), code);
        ck_assert_int_eq(mlg_vocabulary_code(list, row->code), code);
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            char labels[512];
            size_t used = 0, depth = 0;
            for (const char *c = row->label[language]; *c != '\0'; c++) { /* without the gloss */
                depth += *c == '(' ? 1 : 0;
                if (depth == 0) {
                    labels[used++] = *c;
                }
                depth -= *c == ')' ? 1 : 0;
            }
            labels[used] = '\0';
            for (char *rest = NULL, *label = strtok_r(labels, ",", &rest); label != NULL;
                 label = strtok_r(NULL, ",", &rest)) {
                label_finds_its_code(list, code, label);
            }
        }
    }
}
END_TEST

static const struct {
    mlg_list_id list;
    const char *value;
    const char *code; /* NULL: unknown */
} values[] = {
    {MLG_V_sector, "Action sociale", "social"},
    {MLG_V_sector, "SANTÉ MENTALE", "mental_health"},
    {MLG_V_sector, "psychiatrie", "mental_health"},
    {MLG_V_sector, "soins de ville", "primary_care"},
    {MLG_V_sector, "médecins", NULL}, /* in the gloss */
    {MLG_V_sector, "primary-care", "primary_care"},
    {MLG_V_sector, "médico social", "medico_social"},
    {MLG_V_institution, "CCAS/CIAS", "ccas"},
    {MLG_V_institution, "c.c.a.s.", "ccas"},
    {MLG_V_institution, "État", "state"},
    {MLG_V_institution, "conseil de quartier", "resident_body"},
    {MLG_V_actor_kind, "structure", "organisation"},
    {MLG_V_actor_kind, "habitants", "residents"},
    {MLG_V_actor_kind, "groupe", NULL},
    {MLG_V_actor_level, "State", "state"},
    {MLG_V_actor_level, "stratégique", "strategic"},
    {MLG_V_role, "coordonne", "coordinator"},
    {MLG_V_role, "élue", "elected"},
    {MLG_V_presence, "x", "yes"},
    {MLG_V_presence, "X", "yes"},
    {MLG_V_presence, "excusé", "excused"},
    {MLG_V_presence, "non", "no"},
    {MLG_V_presence, "1", "yes"},
    {MLG_V_presence, "0", "no"},
    {MLG_V_scheme_kind, "CLS", "cls"},
    {MLG_V_scheme_kind, "Agenda 21", "agenda21"},
    {MLG_V_scheme_kind, "aucun", "none"},
    {MLG_V_activity_kind, "consultation", "consultation"},
    {MLG_V_activity_kind, "COPIL", "steering"},
    {MLG_V_tie_kind, "travaillent ensemble", "works_with"},
    {MLG_V_tie_kind, "works with", "works_with"},
    {MLG_V_tie_kind, "reports to", "reports_to"},
    {MLG_V_contract, "CDD", "fixed_term"},
    {MLG_V_contract, "mandat électif", "elected"},
    {MLG_V_determinant, "habitudes de vie", "habits"},
    {MLG_V_power, "entérine", "ratifies"},
    {MLG_V_held_by, "structure", "organisation"},
    {MLG_V_audience, "personnes en précarité", "precarious"},
    {MLG_V_theme, "accès aux soins", "access_care"},
    {MLG_V_theme, "", NULL},
    {MLG_V_theme, "?", NULL},
};

START_TEST(a_value_matches_by_code_or_label_folded)
{
    const int32_t found = mlg_vocabulary_find(values[_i].list, values[_i].value);
    const int32_t expected =
        values[_i].code == NULL ? -1 : mlg_vocabulary_code(values[_i].list, values[_i].code);
    ck_assert_msg(found == expected, "'%s' leads to %d", values[_i].value, (int) found);
}
END_TEST

START_TEST(the_lists_named_closed_are_closed_and_no_other)
{
    static const mlg_list_id closed[] = {
        MLG_V_actor_kind, MLG_V_level, MLG_V_determinant,          MLG_V_held_by,
        MLG_V_presence,   MLG_V_power, MLG_V_participation_degree,
    };
    for (int list = 0; list < MLG_N_LISTS; list++) {
        bool expected = false;
        for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
            expected = expected || (int) closed[i] == list;
        }
        ck_assert_msg(mlg_schema_vocabulary((mlg_list_id) list)->closed == expected, "%s",
                      mlg_schema_vocabulary((mlg_list_id) list)->name);
    }
}
END_TEST

START_TEST(constants_of_codes_are_the_numbers_of_the_lists)
{
    ck_assert_int_eq(MLG_CODE_OF(actor_kind, organisation), 0);
    ck_assert_int_eq(MLG_CODE_OF(actor_kind, unnamed), 4);
    ck_assert_int_eq(MLG_CODE_OF(presence, represented),
                     mlg_vocabulary_code(MLG_V_presence, "represented"));
    ck_assert_int_eq(MLG_CODE_OF(audience, professionals),
                     mlg_schema_vocabulary(MLG_V_audience)->n_codes - 1);
    ck_assert_int_eq(MLG_CODE_OF(scale, commune), mlg_vocabulary_code(MLG_V_scale, "commune"));
}
END_TEST

/* ../shared/vocabulary.csv is where the lists come from: every code and French word of it
 * must be known here, in its order. Skipped where the folder is not. */
static FILE *open_shared(const char *name)
{
    char path[1024];
    const char *shared = getenv("MLG_SHARED");
    snprintf(path, sizeof path, "%s/%s", shared != NULL ? shared : "../shared", name);
    return fopen(path, "r");
}

static char *field_of(char **rest)
{
    char *field = *rest, *end = NULL;
    if (*field == '"') {
        field++;
        end = strchr(field, '"');
        *end++ = '\0';
    } else {
        end = field + strcspn(field, ",\r\n");
    }
    *rest = *end == ',' ? end + 1 : end;
    *end = '\0';
    return field;
}

START_TEST(the_lists_hold_the_shared_vocabulary)
{
    static const char *const renamed[][2] = {
        {"actor kind", "actor_kind"},
        {"scheme kind", "scheme_kind"},
        {"activity kind", "activity_kind"},
        {"tie kind", "tie_kind"},
        {"participation degree", "participation_degree"},
        {"held by", "held_by"},
        {"funding instrument", "instrument"},
        {"public", "audience"},
    };
    char line[1024];
    int32_t next[MLG_N_LISTS] = {0};
    size_t n = 0;
    FILE *file = open_shared("vocabulary.csv");
    if (file == NULL) {
        return;
    }
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char *rest = line;
        const char *name = field_of(&rest), *header = field_of(&rest), *code = field_of(&rest);
        const char *label = field_of(&rest);
        int list = 0;
        for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++) {
            name = strcmp(name, renamed[i][0]) == 0 ? renamed[i][1] : name;
        }
        while (list < MLG_N_LISTS &&
               strcmp(mlg_schema_vocabulary((mlg_list_id) list)->name, name) != 0) {
            list++;
        }
        ck_assert_msg(list < MLG_N_LISTS, "no list %s", name);
        ck_assert_str_eq(mlg_schema_vocabulary((mlg_list_id) list)->column_fr, header);
        ck_assert_msg(mlg_vocabulary_code((mlg_list_id) list, code) == next[list], "%s.%s", name,
                      code);
        char first[256];
        snprintf(first, sizeof first, "%.*s", (int) strcspn(label, ",(*"), label);
        label_finds_its_code((mlg_list_id) list, next[list], first);
        next[list]++;
        n++;
    }
    fclose(file);
    ck_assert_uint_eq(n, 221);
    for (int list = 0; list < MLG_N_LISTS; list++) {
        ck_assert(list == MLG_V_actor_level ||
                  next[list] == mlg_schema_vocabulary((mlg_list_id) list)->n_codes);
    }
}
END_TEST

/* ---- printing ---------------------------------------------------------------------------- */

static char *printed(mlg_language language, const char *table)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ck_assert_int_eq(mlg_schema_print(out, language, table, NULL), MLG_OK);
    fclose(out);
    return text;
}

START_TEST(the_schema_prints_every_table_column_and_code)
{
    char *text = printed((mlg_language) _i, NULL);
    for (int column = 0; column < C_COUNT; column++) {
        const mlg_field *field = mlg_schema_field((mlg_column) column);
        char name[80];
        snprintf(name, sizeof name, "\n    %s ", field->name);
        ck_assert_msg(strstr(text, name) != NULL, "column %s is missing", field->name);
    }
    for (int list = 0; list < MLG_N_LISTS; list++) {
        const mlg_vocabulary *vocabulary = mlg_schema_vocabulary((mlg_list_id) list);
        for (int32_t code = 0; code < vocabulary->n_codes; code++) {
            ck_assert_ptr_nonnull(strstr(text, vocabulary->codes[code].code));
        }
    }
    for (const char *line = text; *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        ck_assert_msg(length == 0 || line[length - 1] != ' ', "blank at the end of: %.*s",
                      (int) length, line);
        line += length + (line[length] == '\n' ? 1 : 0);
    }
    free(text);
}
END_TEST

START_TEST(one_table_prints_alone_under_its_french_name)
{
    char *text = printed(MLG_EN, "Liens");
    ck_assert_ptr_nonnull(strstr(text, "ties.csv"));
    ck_assert_ptr_nonnull(strstr(text, "tie_kind"));
    ck_assert_ptr_null(strstr(text, "perimeters.csv"));
    ck_assert_ptr_null(strstr(text, "scheme_kind"));
    free(text);
}
END_TEST

START_TEST(an_unknown_table_and_a_full_disk_are_told)
{
    mlg_error err = {0};
    ck_assert_int_eq(mlg_schema_print(stdout, MLG_EN, "nothing", &err), MLG_EARG);
    ck_assert_str_eq(err.message, "there is no table 'nothing'");
    FILE *full = fopen("/dev/full", "w");
    if (full != NULL) {
        err = (mlg_error){0};
        ck_assert_int_eq(mlg_schema_print(full, MLG_EN, NULL, &err), MLG_EIO);
        fclose(full);
    }
}
END_TEST

/* ---- templates ------------------------------------------------------------------------------ */

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/maillage-schema-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    DIR *entries = opendir(folder);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2) {
            unlinkat(dirfd(entries), entry->d_name, 0);
        }
    }
    closedir(entries);
    rmdir(folder);
}

static size_t count_entries(void)
{
    size_t n = 0;
    DIR *entries = opendir(folder);
    while (readdir(entries) != NULL) {
        n++;
    }
    closedir(entries);
    return n - 2;
}

/* Reads a template: every line is the header, a remark, or a setting to fill. */
static void check_template(mlg_language language, const char *name, int table)
{
    char path[256], line[2048];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    char *header = line;
    ck_assert_int_eq(strncmp(header, "\xef\xbb\xbf", 3) == 0, language == MLG_FR);
    header += language == MLG_FR ? 3 : 0;
    mlg_column first = 0, end = 0;
    mlg_schema_columns((mlg_table_id) table, &first, &end);
    char *rest = NULL;
    const char *marks = language == MLG_FR ? ";\r\n" : ",\n";
    for (mlg_column column = first; column < end; column++) {
        const char *cell = strtok_r(column == first ? header : NULL, marks, &rest);
        ck_assert_ptr_nonnull(cell);
        ck_assert_int_eq(mlg_schema_find_column((mlg_table_id) table, cell), column);
    }
    ck_assert_ptr_null(strtok_r(NULL, marks, &rest));
    bool example = false;
    while (fgets(line, sizeof line, file) != NULL) {
        ck_assert(line[0] == '#' || table == MLG_STUDY);
        ck_assert_ptr_null(strchr(line, '"'));
        example =
            example || (line[0] == '#' && strchr(line, language == MLG_FR ? ';' : ',') != NULL);
        ck_assert_int_eq(strstr(line, "\r\n") != NULL, language == MLG_FR);
    }
    ck_assert_msg(example, "%s has no example", name);
    fclose(file);
}

START_TEST(a_template_of_each_table_is_written_with_its_headers_and_an_example)
{
    const mlg_language language = (mlg_language) _i;
    make_folder();
    ck_assert_int_eq(mlg_schema_write_templates(folder, language, true, NULL), MLG_OK);
    ck_assert_uint_eq(count_entries(), MLG_N_TABLES + 1); /* and the text to read */
    DIR *entries = opendir(folder);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        char base[64];
        if (entry->d_name[0] != '.' && strstr(entry->d_name, ".csv") != NULL) {
            snprintf(base, sizeof base, "%.*s", (int) (strlen(entry->d_name) - 4), entry->d_name);
            check_template(language, entry->d_name, mlg_schema_find_table(base));
        }
    }
    closedir(entries);
    remove_folder();
}
END_TEST

START_TEST(templates_never_overwrite_a_study)
{
    char path[128], line[32] = "";
    mlg_error err = {0};
    make_folder();
    snprintf(path, sizeof path, "%s/Liens.CSV", folder); /* under any of a table's names */
    FILE *mine = fopen(path, "w");
    fputs("mine", mine);
    fclose(mine);
    ck_assert_int_eq(mlg_schema_write_templates(folder, MLG_EN, true, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "Liens.CSV already"));
    ck_assert_uint_eq(count_entries(), 1);
    mine = fopen(path, "r");
    ck_assert_ptr_nonnull(fgets(line, sizeof line, mine));
    ck_assert_str_eq(line, "mine");
    fclose(mine);
    remove_folder();
}
END_TEST

START_TEST(templates_make_the_folder_but_not_over_a_file)
{
    char path[128];
    mlg_error err = {0};
    make_folder();
    rmdir(folder);
    ck_assert_int_eq(mlg_schema_write_templates(folder, MLG_FR, true, &err), MLG_OK);
    snprintf(path, sizeof path, "%s/etude.csv", folder);
    ck_assert_int_eq(access(path, R_OK), 0);
    ck_assert_int_eq(mlg_schema_write_templates(path, MLG_FR, true, &err), MLG_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "is no folder"));
    remove_folder();
    err = (mlg_error){0};
    ck_assert_int_eq(mlg_schema_write_templates("/nowhere/at/all", MLG_FR, true, &err), MLG_EIO);
}
END_TEST

START_TEST(short_memory_is_told_and_leaves_no_temporary_file)
{
    long n = 0;
    mlg_status status = MLG_ENOMEM;
    for (; status == MLG_ENOMEM; n++) {
        make_folder();
        mlg_alloc_fails_at = n;
        status = mlg_schema_write_templates(folder, MLG_FR, true, NULL);
        mlg_alloc_fails_at = -1;
        DIR *entries = opendir(folder);
        for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
            ck_assert_int_ne(strncmp(entry->d_name, ".maillage.", 10), 0);
        }
        closedir(entries);
        remove_folder();
    }
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_int_gt(n, 2);
    for (n = 0, status = MLG_ENOMEM; status == MLG_ENOMEM; n++) {
        FILE *out = fopen("/dev/null", "w");
        mlg_alloc_fails_at = n;
        status = mlg_schema_print(out, MLG_FR, "alias", NULL); /* one small table */
        mlg_alloc_fails_at = -1;
        fclose(out);
    }
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_int_gt(n, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schema");
    TCase *columns = tcase_create("tables and columns");
    tcase_add_test(columns, the_columns_of_a_table_stand_together_and_end_with_source_and_note);
    tcase_add_test(columns, each_header_leads_to_one_column);
    tcase_add_loop_test(columns, a_file_name_leads_to_its_table, 0, sizeof files / sizeof *files);
    tcase_add_loop_test(columns, a_header_leads_to_its_column, 0, sizeof headers / sizeof *headers);
    tcase_add_test(columns, a_header_longer_than_any_name_leads_nowhere);
    suite_add_tcase(suite, columns);
    TCase *lists = tcase_create("vocabularies");
    tcase_add_loop_test(lists, each_code_and_label_leads_to_its_code, 0, MLG_N_LISTS);
    tcase_add_loop_test(lists, a_value_matches_by_code_or_label_folded, 0,
                        sizeof values / sizeof *values);
    tcase_add_test(lists, the_lists_named_closed_are_closed_and_no_other);
    tcase_add_test(lists, constants_of_codes_are_the_numbers_of_the_lists);
    tcase_add_test(lists, the_lists_hold_the_shared_vocabulary);
    suite_add_tcase(suite, lists);
    TCase *output = tcase_create("printing and templates");
    tcase_add_loop_test(output, the_schema_prints_every_table_column_and_code, 0, MLG_N_LANGUAGES);
    tcase_add_test(output, one_table_prints_alone_under_its_french_name);
    tcase_add_test(output, an_unknown_table_and_a_full_disk_are_told);
    tcase_add_loop_test(output, a_template_of_each_table_is_written_with_its_headers_and_an_example,
                        0, MLG_N_LANGUAGES);
    tcase_add_test(output, templates_never_overwrite_a_study);
    tcase_add_test(output, templates_make_the_folder_but_not_over_a_file);
    tcase_add_test(output, short_memory_is_told_and_leaves_no_temporary_file);
    tcase_set_timeout(output, 60); /* templates reach the disk, once for each allocation */
    suite_add_tcase(suite, output);
    return suite_run(suite);
}
