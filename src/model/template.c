/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/texts.h"
#include "maillage/schema.h"
#include "model/schema.h"

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

/* What a French Excel opens without a question, or RFC 4180. */
static const struct {
    char separator;
    const char *mark, *end;
} dialects[MLG_N_LANGUAGES] = {
    [MLG_FR] = {';', "\xef\xbb\xbf", "\r\n"}, [MLG_EN] = {',', "", "\n"}};

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

/* An example in the dialect: cells apart by its separator, a French decimal comma. */
static void put_example(mlg_buffer *out, mlg_language language, const char *row)
{
    mlg_buffer_text(out, "# ");
    for (; *row != '\0'; row++) {
        const bool decimal = *row == '.' && row[1] >= '0' && row[1] <= '9';
        if (*row == ',') {
            mlg_buffer_char(out, dialects[language].separator);
        } else if (decimal && language == MLG_FR) {
            mlg_buffer_char(out, ',');
        } else {
            mlg_buffer_char(out, *row);
        }
    }
    mlg_buffer_text(out, dialects[language].end);
}

/* Help is one cell: a mark that would part it gives way to the other one. */
static void put_remark(mlg_buffer *out, mlg_language language, const char *text)
{
    static const char narrow[] = "\xe2\x80\xaf;"; /* French: a thin space and a semicolon */
    while (*text != '\0') {
        if (language == MLG_FR && strncmp(text, narrow, sizeof narrow - 1) == 0) {
            mlg_buffer_char(out, ',');
            text += sizeof narrow - 1;
        } else if (language == MLG_EN && *text == ',') {
            mlg_buffer_char(out, ';');
            text++;
        } else {
            mlg_buffer_char(out, *text);
            text++;
        }
    }
}

static void put_columns(mlg_buffer *out, mlg_language language, mlg_table_id table)
{
    mlg_column first = 0, end = 0;
    mlg_schema_columns(table, &first, &end);
    for (mlg_column column = first; column < end; column++) {
        if (column > first) {
            mlg_buffer_char(out, dialects[language].separator);
        }
        put_header(out, language, mlg_schema_field(column));
    }
    mlg_buffer_text(out, dialects[language].end);
    mlg_buffer_text(out, "# ");
    put_remark(out, language, mlg_text(language, T_template_how));
    mlg_buffer_text(out, dialects[language].end);
    for (mlg_column column = first; column < end; column++) {
        mlg_buffer_text(out, "# ");
        put_header(out, language, mlg_schema_field(column));
        mlg_buffer_text(out, " = ");
        put_remark(out, language, mlg_schema_field(column)->help[language]);
        mlg_buffer_text(out, dialects[language].end);
    }
}

static void put_table(mlg_buffer *out, mlg_language language, mlg_table_id table)
{
    mlg_buffer_text(out, dialects[language].mark);
    put_columns(out, language, table);
    for (size_t i = 0; i < 3 && examples[table][language][i] != NULL; i++) {
        put_example(out, language, examples[table][language][i]);
    }
    if (table == MLG_STUDY) {
        mlg_buffer_text(out, language == MLG_FR ? "titre;;;\r\ndate;;;\r\nlangue;fr;;\r\n"
                                                : "title,,,\ndate,,,\nlanguage,en,,\n");
    }
}

/* ---- files
 * --------------------------------------------------------------------------------------- */

static mlg_status make_folder(const char *folder, mlg_error *err)
{
    struct stat facts;
    if (mkdir(folder, 0777) == 0) {
        return MLG_OK;
    }
    if (errno == EEXIST && stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        return MLG_OK;
    }
    return mlg_fail(err, MLG_EIO, "%.160s: %s", folder,
                    errno == EEXIST ? "is no folder" : strerror(errno));
}

/* A folder that holds any table already is somebody's study. */
static mlg_status refuse_tables(const char *folder, mlg_error *err)
{
    mlg_status status = MLG_OK;
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        return mlg_fail(err, MLG_EIO, "%.160s: %s", folder, strerror(errno));
    }
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        char name[256];
        const char *dot = strrchr(entry->d_name, '.');
        const size_t length = dot != NULL ? (size_t) (dot - entry->d_name) : 0;
        if (length == 0 || length >= sizeof name || strcasecmp(dot, ".csv") != 0) {
            continue;
        }
        memcpy(name, entry->d_name, length);
        name[length] = '\0';
        if (mlg_schema_find_table(name) >= 0) {
            FAIL(err, MLG_EIO, "%.100s/%.100s exists already: nothing was written", folder,
                 entry->d_name);
        }
    }
out:
    closedir(entries);
    return status;
}

static mlg_status write_all(int file, const char *text, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(file, text, length);
        if (written < 0 && errno != EINTR) {
            return MLG_EIO;
        }
        text += written > 0 ? written : 0;
        length -= written > 0 ? (size_t) written : 0;
    }
    return fsync(file) == 0 ? MLG_OK : MLG_EIO;
}

/* Under a temporary name, whole on the disk, then under its own unless that is taken. */
static mlg_status write_file(int folder, const char *name, const mlg_buffer *text, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char temporary[80];
    bool made = false;
    snprintf(temporary, sizeof temporary, ".%s.part", name);
    unlinkat(folder, temporary, 0); /* left by a run that was killed */
    const int file =
        openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0) {
        FAIL(err, MLG_EIO, "%s: %s", name, strerror(errno));
    }
    made = true;
    const bool whole = write_all(file, text->text, text->length) == MLG_OK;
    const int reason = errno;
    if (close(file) != 0 || !whole) {
        FAIL(err, MLG_EIO, "%s: %s", name, strerror(whole ? errno : reason));
    }
    if (linkat(folder, temporary, folder, name, 0) != 0) {
        /* Some file systems know no links: there, look before renaming. */
        const bool taken = errno == EEXIST || faccessat(folder, name, F_OK, 0) == 0;
        if (taken || renameat(folder, temporary, folder, name) != 0) {
            FAIL(err, MLG_EIO, "%s: %s", name, taken ? "exists already" : strerror(errno));
        }
        made = false;
    }

out:
    if (made) {
        unlinkat(folder, temporary, 0);
    }
    return status;
}

mlg_status mlg_schema_write_templates(const char *folder, mlg_language language, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, name = {0};
    int handle = -1;

    TRY(make_folder(folder, err));
    TRY(refuse_tables(folder, err));
    handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) {
        FAIL(err, MLG_EIO, "%.160s: %s", folder, strerror(errno));
    }
    for (int table = 0; table < MLG_N_TABLES; table++) {
        mlg_buffer_clear(&text);
        mlg_buffer_clear(&name);
        put_table(&text, language, (mlg_table_id) table);
        put_first(&name, language == MLG_FR ? mlg_schema_table_fr((mlg_table_id) table)
                                            : mlg_schema_table((mlg_table_id) table));
        mlg_buffer_text(&name, ".csv");
        if (text.failed || name.failed) {
            FAIL(err, MLG_ENOMEM, "out of memory for the templates");
        }
        TRY(write_file(handle, name.text, &text, err));
    }
    if (fsync(handle) != 0) {
        FAIL(err, MLG_EIO, "%.160s: %s", folder, strerror(errno));
    }

out:
    if (handle >= 0) {
        close(handle);
    }
    mlg_buffer_free(&text);
    mlg_buffer_free(&name);
    return status;
}
