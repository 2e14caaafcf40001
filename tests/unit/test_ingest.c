/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/memory.h"
#include "study_fixture.h"
#include "suite.h"

/* Bytes with their number, for files that hold zeros. */
#define B(text) text, sizeof(text) - 1

/* One file alone in a study, and the fault that must be told: the numbered bad inputs. */
static const struct {
    const char *what, *file, *bytes;
    size_t n;
    const char *code; /* NULL: no error, and no warning on the shape of the file */
    mlg_severity severity;
    int line, column;
} inputs[] = {
    /* bytes and encoding */
    {"1 byte order mark", "ties.csv",
     B("\xef\xbb\xbf"
       "from;to\nA;B\n"),
     NULL, 0, 0, 0},
    {"2 files joined", "ties.csv",
     B("from;to\nA;B\n\xef\xbb\xbf"
       "from;to\nC;D\n"),
     "bom_inside", MLG_FATAL, 3, 0},
    {"3 UTF-16LE", "ties.csv",
     B("\xff\xfe"
       "f\0r\0o\0m\0\t\0t\0o\0\n\0A\0\t\0B\0\n\0"),
     NULL, 0, 0, 0},
    {"3 UTF-16BE", "ties.csv", B("\xfe\xff\0f\0r\0o\0m\0\t\0t\0o\0\n\0A\0\t\0B\0\n"), NULL, 0, 0,
     0},
    {"4 UTF-16 without a mark", "ties.csv", B("f\0r\0o\0m\0,\0t\0o\0\n\0A\0,\0B\0\n\0"),
     "guessed_utf16", MLG_WARNING, 1, 0},
    {"5 UTF-16 cut short", "ties.csv",
     B("\xff\xfe"
       "f\0r\0o\0m\0,\0t\0o\0\n\0A\0,\0B\0\n\0x"),
     "truncated_utf16", MLG_FATAL, 3, 0},
    {"6 UTF-32", "ties.csv", B("\xff\xfe\0\0f\0\0\0"), "is_utf32", MLG_FATAL, 1, 0},
    {"7 Windows-1252", "liens.csv", B("de;vers;nature\nCCAS \xe0 Caen;B;informe\n"), NULL, 0, 0, 0},
    {"8 no byte of Windows-1252", "ties.csv", B("from;to\nA\xe9;B\nC\x81;D\n"), "bad_cp1252",
     MLG_FATAL, 3, 0},
    {"9 a currency sign", "ties.csv", B("from;to\nA\xe9;B \xa4\n"), "currency_sign", MLG_WARNING, 2,
     0},
    {"10 MacRoman", "ties.csv", B("from;to\npr\x8evention;B\n"), "is_macroman", MLG_FATAL, 2, 0},
    {"11 encoded twice", "ties.csv", B("from;to\nSantÃ©;B\n"), "double_encoded", MLG_WARNING, 2, 1},
    {"12 a bad byte in UTF-8", "ties.csv", B("from;to\né;B\nè;x\xe9y\n"), "bad_utf8", MLG_FATAL, 3,
     0},
    {"13 an overlong form", "ties.csv", B("from;to\né;B\nè;\xc0\xaf\nà;C\n"), "bad_utf8", MLG_FATAL,
     3, 0},
    {"14 already damaged", "ties.csv", B("from;to\nSant\xef\xbf\xbd;B\n"), "damaged_character",
     MLG_WARNING, 2, 1},
    {"15 a null byte", "ties.csv", B("from;to\nA is long;B\0\nC;D and so on\n"), "null_byte",
     MLG_FATAL, 2, 0},
    {"16 a control character", "ties.csv", B("from;to\nA;B\x01\n"), "control_character", MLG_FATAL,
     2, 0},
    {"16 a line break in a cell", "ties.csv", B("from;to\nA;\"B\nC\"\n"), "line_break_in_cell",
     MLG_WARNING, 2, 2},
    {"17 line ends of all kinds", "ties.csv", B("from;to\r\nA;B\nC;D\r\n"), "mixed_line_ends",
     MLG_WARNING, 0, 0},
    {"17 Excel's line break in a cell is no mixture", "ties.csv",
     B("from;to;note\r\nA;B;\"x\ny\"\r\n"), NULL, 0, 0, 0},
    {"18 no line end at the end", "ties.csv", B("from;to\nA;B"), NULL, 0, 0, 0},
    {"19 U+2028 is text", "ties.csv", B("from;to\nA\xe2\x80\xa8x;B\n"), NULL, 0, 0, 0},
    {"20 right-to-left override", "ties.csv", B("from;to\nA\xe2\x80\xae;B\n"),
     "invisible_character", MLG_WARNING, 2, 1},
    {"21 emoji", "ties.csv", B("from;to\n😀;B\n"), NULL, 0, 0, 0},
    {"23 homoglyphs", "ties.csv",
     B("from;to\nC\xd1\x81"
       "AS;B\n"),
     "mixed_scripts", MLG_WARNING, 2, 1},
    {"24 a workbook", "ties.csv", B("PK\x03\x04\x14\0"), "is_workbook", MLG_FATAL, 0, 0},
    {"24 an old workbook", "ties.csv", B("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "is_old_workbook",
     MLG_FATAL, 0, 0},
    {"24 a PDF", "ties.csv", B("%PDF-1.7"), "is_pdf", MLG_FATAL, 0, 0},
    {"24 gzip", "ties.csv", B("\x1f\x8b\x08\0"), "is_gzip", MLG_FATAL, 0, 0},
    {"24 a web page", "ties.csv", B("\n <!DOCTYPE HTML>\n<html>"), "is_html", MLG_FATAL, 0, 0},
    /* shape */
    {"25 an empty file", "ties.csv", B(""), "empty_file", MLG_FATAL, 0, 0},
    {"26 a header alone", "ties.csv", B("from;to\n"), "header_only", MLG_WARNING, 1, 0},
    {"27 blank lines only", "ties.csv", B("\n\n  \n;;;\n"), "only_blank_rows", MLG_FATAL, 1, 0},
    {"28 a sep= line", "ties.csv", B("sep=,\nfrom,to\nA,B\n"), NULL, 0, 0, 0},
    {"29 title rows", "ties.csv", B("Our network;;\n2024;;\nfrom;to;kind\nA;B;informs\n"),
     "title_rows", MLG_FATAL, 1, 0},
    {"30 a column nearly known", "ties.csv", B("from;to;wieght\nA;B;1\n"), "unknown_column_near",
     MLG_WARNING, 1, 3},
    {"30 a column unknown", "ties.csv", B("from;to;colour\nA;B;1\n"), "unknown_column", MLG_WARNING,
     1, 3},
    {"30 a column whose cells say which lacks", "presences.csv",
     B("acteur;reunion;Venu\nA;X;x\nB;X;excusé\nC;X;\n"), "unknown_column_row", MLG_WARNING, 1, 3},
    {"30 a column nearly named that lacks", "presences.csv",
     B("acteur;reunion;Durée (h)\nA;X;2,5\n"), "unknown_column_row", MLG_WARNING, 1, 3},
    {"30 cells that no lacking column holds", "presences.csv",
     B("acteur;reunion;Lieu\nA;X;Mairie\n"), "unknown_column", MLG_WARNING, 1, 3},
    {"30 numbers that are no full-time equivalents", "posts.csv",
     B("id;person;start;Bureau\nP;A.;2024;0231000000\n"), "unknown_column", MLG_WARNING, 1, 4},
    {"31 a needed column", "ties.csv", B("from;kind\nA;informs\n"), "missing_columns", MLG_FATAL, 1,
     0},
    {"31 one of two columns", "actors.csv", B("sector;kind\nhousing;person\n"), "missing_one_of",
     MLG_FATAL, 1, 0},
    {"32 a column twice", "ties.csv", B("from;to;kind;kind\nA;B;informs;trusts\n"), "column_twice",
     MLG_FATAL, 1, 4},
    {"32 two names of one column", "ties.csv", B("de;vers;force;poids\nA;B;1;2\n"), "column_twice",
     MLG_FATAL, 1, 4},
    {"33 order, case and accents", "ACTEURS.csv",
     B("SECTEUR;Échelon;Identifiant\nlogement;local;A\n"), NULL, 0, 0, 0},
    {"34 a row too short", "ties.csv", B("from;to;kind\nA;B;informs\nA;C\n"), "short_row",
     MLG_WARNING, 3, 4},
    {"34 a row too short for what is needed", "ties.csv", B("from;to;kind\nA;B;informs\nA\n"),
     "missing_cell", MLG_FATAL, 3, 2},
    {"35 empty cells too many", "ties.csv", B("from;to\nA;B;;\n"), NULL, 0, 0, 0},
    {"35 cells too many", "ties.csv", B("from;to\nA;B\nA;B;x\n"), "long_row", MLG_FATAL, 3, 3},
    {"36 another separator", "ties.csv", B("from;to\nA;B\nC,D\n"), "mixed_separators", MLG_FATAL, 3,
     1},
    {"37 no telling which separator", "ties.csv", B("x,y;z,t\np,q;r,s\n"), "ambiguous_separator",
     MLG_FATAL, 1, 0},
    {"38 an open quote", "ties.csv", B("from;to\nA;\"B\nC;D\n"), "open_quote", MLG_FATAL, 2, 2},
    {"39 a stray quote", "ties.csv", B("from;to\nA;B \"x\"\nC;D\n"), "stray_quote", MLG_FATAL, 2,
     2},
    {"40 single quotes", "ties.csv", B("from;to\n'A';'B'\n"), NULL, 0, 0, 0},
    {"45 rows of separators", "ties.csv", B("from;to\nA;B\n;\n;\n"), NULL, 0, 0, 0},
    {"46 a row of totals", "ties.csv", B("from;to;weight\nA;B;3\nTotal;;3\n"), "total_row",
     MLG_WARNING, 3, 0},
    {"46 totals under a column of dates", "presences.csv",
     B("date;reunion;acteur;heures\n2024-01-05;X;A;2\nTotal;;36 structures;512,5\n"), "total_row",
     MLG_WARNING, 3, 0},
    {"46 totals of actors named by number", "presences.csv",
     B("date;reunion;acteur;heures\n2024-01-05;X;A;2\n;;Total : ;512,5\n"), "total_row",
     MLG_WARNING, 3, 0},
    {"46 a company in a street", "sites.csv", B("actor;territory\nTotal;36 rue du Bac\n"), NULL, 0,
     0, 0},
    {"46 an actor called Total", "ties.csv", B("from;to\nTotal;B\n"), NULL, 0, 0, 0},
    {"47 the header again", "ties.csv", B("from;to\nA;B\nfrom;to\nC;D\n"), "repeated_header",
     MLG_WARNING, 3, 0},
    {"48 comments", "ties.csv", B("# about\nfrom;to\n#A;B\nA;B\n"), NULL, 0, 0, 0},
    {"50 an error where a cell is needed", "ties.csv", B("from;to\nA;B\n#N/A;B\n"),
     "error_in_required", MLG_FATAL, 3, 1},
    {"50 an error elsewhere", "ties.csv", B("from;to;weight\nA;B;#VALEUR!\n"), "error_cell",
     MLG_WARNING, 2, 3},
    {"51 words for nothing", "ties.csv", B("from;to;weight;kind\nA;B;NC;n/a\nA;C;-;.\n"), NULL, 0,
     0, 0},
    {"51 nothing where a cell is needed", "ties.csv", B("from;to\nA;B\nA;NA\n"), "missing_cell",
     MLG_FATAL, 3, 2},
    {"an empty actor for nobody", "participations.csv",
     B("actor;activity;on_behalf_of\nA;X;\n;X;\n"), "missing_both", MLG_FATAL, 3, 1},
    /* numbers, dates, codes */
    {"53 a lost thousands space", "ties.csv", B("from;to;weight\nA;B;1?234,5\n"), "lost_space",
     MLG_FATAL, 2, 3},
    {"54 two marks", "ties.csv", B("from;to;weight\nA;B;1.234,5\n"), "ambiguous_number", MLG_FATAL,
     2, 3},
    {"55 thousand or decimals", "ties.csv", B("from;to;weight\nA;B;1,234\nA;C;1,5\n"),
     "read_as_decimals", MLG_WARNING, 2, 3},
    {"56 hexadecimal", "ties.csv", B("from;to;weight\nA;B;0x10\n"), "bad_number", MLG_FATAL, 2, 3},
    {"57 a weight of zero", "ties.csv", B("from;to;weight\nA;B;0\n"), "bad_weight", MLG_FATAL, 2,
     3},
    {"58 a weight beyond", "ties.csv", B("from;to;weight\nA;B;1e300\n"), "bad_weight", MLG_FATAL, 2,
     3},
    {"59 a number beyond 2^53", "territories.csv", B("id;population\nA;9007199254740993\n"),
     "number_too_large", MLG_FATAL, 2, 2},
    {"60 a share in %", "funding.csv", B("funder;target;share\nA;B;45 %\n"), NULL, 0, 0, 0},
    {"60 a weight in %", "ties.csv", B("from;to;weight\nA;B;45 %\n"), "percentage", MLG_FATAL, 2,
     3},
    {"62 no such day", "ties.csv", B("from;to;start\nA;B;31/02/2024\n"), "no_such_day", MLG_FATAL,
     2, 3},
    {"63 the month first", "ties.csv", B("from;to;start\nA;B;03/25/2024\n"), "month_first",
     MLG_FATAL, 2, 3},
    {"64 a short year", "ties.csv", B("from;to;start\nA;B;24/01/85\n"), "short_year", MLG_WARNING,
     2, 3},
    {"64 a short year as Excel writes it", "ties.csv", B("from;to;start\nA;B;24/01/17\n"), NULL, 0,
     0, 0},
    {"65 Excel's days", "ties.csv", B("from;to;start\nA;B;45321\n"), "excel_date", MLG_WARNING, 2,
     3},
    {"67 no such year", "ties.csv", B("from;to;start\nA;B;2924-01-01\n"), "bad_year", MLG_FATAL, 2,
     3},
    {"69 a commune's lost zero", "sites.csv", B("actor;territory\nA;01004\nB;1005\nC;1006\n"),
     "commune_repaired", MLG_WARNING, 3, 0},
    {"69 four digits of another country", "sites.csv", B("actor;territory\nA;1103\nB;1005\n"), NULL,
     0, 0, 0},
    {"73 an id in floating point", "actors.csv", B("id;kind\n1,30025E+13;organisation\n"),
     "scientific_id", MLG_FATAL, 2, 1},
    {"74 a wrong SIRET", "actors.csv", B("id;kind\n13002526500014;organisation\n"), "bad_siret",
     MLG_WARNING, 2, 1},
    /* names and paths */
    {"103 a name of formulas and tags", "ties.csv",
     B("from;to\n</script><script>;\"=HYPERLINK(1;\"\"x\"\")\"\n"), NULL, 0, 0, 0},
    {"files of no known name", "tie.csv", B("from;to\nA;B\n"), "file_not_read_near", MLG_WARNING, 0,
     0},
    {"no table at all", "readme.txt", B("hello\n"), "no_table", MLG_FATAL, 0, 0},
    {"a workbook beside", "ties.xlsx", B("PK"), "workbook_not_read", MLG_FATAL, 0, 0},
    {"a workbook of settings", "study.ods", B("PK"), "workbook_not_read", MLG_WARNING, 0, 0},
    {"a copy of a table", "presences (1).csv", B("actor;activity\nA;B\n"), "file_not_read_near",
     MLG_WARNING, 0, 0},
    {"a table's later version", "Annuaire_v2.CSV", B("id\nA\n"), "file_not_read_near", MLG_WARNING,
     0, 0},
    {"a table of another name", "Emargements.csv", B("acteur;reunion;present\nA;X;oui\n"),
     "file_not_read_table", MLG_WARNING, 0, 0},
    {"a dash for who did not come", "presences.csv", B("acteur;reunion;present\nA;X;-\nB;X;x\n"),
     "presence_dash", MLG_WARNING, 2, 3},
    {"a file of something else", "budget (1).csv", B("a\n1\n"), "file_not_read", MLG_WARNING, 0, 0},
};

/* Warnings of the model on such small studies, which are not this test's matter. */
static bool is_about_meaning(const char *code)
{
    return strcmp(code, "kind_assumed") == 0 || strcmp(code, "single_participant") == 0 ||
           strncmp(code, "perimeter", 9) == 0 || strcmp(code, "no_population") == 0 ||
           strcmp(code, "sector_unknown") == 0;
}

START_TEST(each_bad_input_is_told_where_it_is)
{
    study_fixture study;
    mlg_fault_view view;
    char faults[4000], message[600];
    study_fixture_open(&study);
    study_fixture_bytes(&study, inputs[_i].file, inputs[_i].bytes, inputs[_i].n);
    study_fixture_read(&study, NULL, NULL);
    study_fixture_faults(&study, faults, sizeof faults);
    const mlg_faults *told = mlg_model_faults(study.model);
    if (inputs[_i].code == NULL) {
        ck_assert_msg(study.status == MLG_OK, "%s: %s", inputs[_i].what, faults);
        for (size_t i = 0; i < mlg_faults_groups(told); i++) {
            mlg_faults_get(told, i, MLG_FR, true, &view, message, sizeof message);
            ck_assert_msg(is_about_meaning(view.code), "%s: %s", inputs[_i].what, faults);
        }
    } else {
        ck_assert_msg(study_fixture_fault(&study, inputs[_i].code, &view, message, sizeof message),
                      "%s: %s", inputs[_i].what, faults);
        ck_assert_msg(view.severity == inputs[_i].severity, "%s: %s", inputs[_i].what, faults);
        ck_assert_msg(view.line == inputs[_i].line && view.column == inputs[_i].column,
                      "%s: told at %d:%d", inputs[_i].what, view.line, view.column);
        /* a placeholder without its argument prints as a question mark of its own */
        ck_assert_msg(strstr(message, "{") == NULL &&
                          (strstr(message, "'?'") == NULL || strcmp(view.code, "lost_space") == 0),
                      "%s", message);
        ck_assert_int_eq(study.status, mlg_faults_count(told, MLG_FATAL) > 0 ? MLG_EDATA : MLG_OK);
    }
    study_fixture_close(&study);
}
END_TEST

START_TEST(two_spellings_of_unicode_are_one_actor)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from;to\nSanté;A\nSante\xcc\x81;B\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert_uint_eq(study.model->parties.n, 3);
    study_fixture_close(&study);
}
END_TEST

START_TEST(the_lost_zeros_of_communes_are_counted_and_put_back)
{
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    study_fixture_open(&study);
    study_fixture_text(&study, "sites.csv", "actor;territory\nA;01004\nB;1004\nC;1005\nD;2a004\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert(study_fixture_fault(&study, "commune_repaired", &view, message, sizeof message));
    ck_assert_str_eq(message, "2 commune codes of four digits: the lost zero is put back ('1004' "
                              "becomes '01004'); set the column to Text");
    const mlg_model *model = study.model;
    ck_assert_int_eq(mlg_get_id(model, C_sites_territory, 0),
                     mlg_get_id(model, C_sites_territory, 1));
    ck_assert_str_eq(mlg_names_text(&model->territories, mlg_get_id(model, C_sites_territory, 2)),
                     "01005");
    ck_assert_str_eq(mlg_names_text(&model->territories, mlg_get_id(model, C_sites_territory, 3)),
                     "2A004");
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_workbook_beside_its_csv_is_only_told)
{
    static const char *const csv[] = {"ties.csv", "edges.csv"}; /* its own, and a mapped one */
    for (size_t i = 0; i < 2; i++) {
        study_fixture study;
        mlg_fault_view view;
        char message[400];
        study_fixture_open(&study);
        study_fixture_text(&study, csv[i], "from;to\nA;B\n");
        study_fixture_text(&study, "Liens.xlsx", "PK");
        study_fixture_text(&study, "notes.xlsx", "PK"); /* no table's name */
        study_fixture_text(&study, "study.csv",
                           i == 0 ? "key;value\ntitle;x\n" : "key;value\nties.file;edges.csv\n");
        study_fixture_read(&study, NULL, NULL);
        ck_assert_int_eq(study.status, MLG_OK);
        ck_assert(study_fixture_fault(&study, "workbook_beside", &view, message, sizeof message));
        ck_assert(strstr(message, "'Liens.xlsx'") != NULL && strstr(message, csv[i]) != NULL);
        ck_assert(!study_fixture_fault(&study, "workbook_not_read", &view, NULL, 0));
        study_fixture_close(&study);
    }
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_told_with_the_nearest)
{
    study_fixture study;
    mlg_model *model = NULL;
    char path[300], expected[700], message[700];
    study_fixture_open(&study);
    for (int mistyped = 0; mistyped < 2; mistyped++) {
        mlg_error err = {0};
        snprintf(path, sizeof path, "%s%s", study.path, mistyped ? "x" : "-of-another-name");
        ck_assert_int_eq(mlg_ingest(path, NULL, NULL, &model, &err), MLG_EIO);
        ck_assert_ptr_null(model);
        snprintf(expected, sizeof expected, "the folder '%s' does not exist%s%s%s", path,
                 mistyped ? "; is it '" : "", mistyped ? study.path : "", mistyped ? "'?" : "");
        mlg_error_print(message, sizeof message, MLG_EN, &err);
        ck_assert_str_eq(message, expected);
    }
    study_fixture_text(&study, "ties.csv", "from;to\nA;B\n");
    study_fixture_read(&study, NULL, NULL);
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_value_near_one_of_an_open_list_is_told_once)
{
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    size_t told = 0;
    study_fixture_open(&study);
    /* near; again, in other words; short; with a digit; another word; one of the list */
    study_fixture_text(&study, "actors.csv",
                       "id;kind;sector\nA;organisation;lojement\nB;organisation;Lojement\n"
                       "C;organisation;socal\nD;organisation;logement2\n"
                       "E;organisation;astronomie\nF;organisation;Logement\nG;organisation;droi\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    const mlg_faults *faults = mlg_model_faults(study.model);
    for (size_t i = 0; i < mlg_faults_groups(faults); i++) {
        mlg_faults_get(faults, i, MLG_EN, false, &view, message, sizeof message);
        if (strcmp(view.code, "near_code") == 0) {
            told++;
            ck_assert_int_eq(view.severity, MLG_WARNING);
            ck_assert_msg(view.line == 2 || view.line == 4, "%d: %s", view.line, message);
            ck_assert(view.line != 2 ||
                      strcmp(message, "'lojement' is not in the list; the nearest is 'logement' "
                                      "(kept as it is)") == 0);
            ck_assert_uint_eq(view.count, 1);
        }
    }
    ck_assert_uint_eq(told, 2); /* lojement, socal */
    ck_assert_str_eq(mlg_code_text(study.model, MLG_V_sector,
                                   mlg_get_list(study.model, C_actors_sector, 0, &told)[0]),
                     "lojement");
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_label_of_several_words_is_near_without_some_of_them)
{
    study_fixture study;
    char faults[2000];
    study_fixture_open(&study);
    /* a label without one word; a single word of it; other words; one of the list; with a column
     * whose bracket hides its name */
    study_fixture_text(&study, "postes.csv",
                       "id;personne;missions;ETP (temps)\nP;A;mobiliser habitants;0,5\n"
                       "Q;B;mobiliser;0,5\nR;C;tenir la buvette;0,5\n"
                       "S;D;accompagner les porteurs locaux;0,5\nT;E;communiquer;0,5\n");
    study_fixture_read(&study, NULL, NULL);
    study_fixture_faults(&study, faults, sizeof faults);
    ck_assert_ptr_nonnull(strstr(faults, "postes.csv:1:4"));
    const mlg_faults *all = mlg_model_faults(study.model);
    mlg_fault_view view;
    char message[400];
    size_t near = 0, column = 0;
    for (size_t i = 0; i < mlg_faults_groups(all); i++) {
        mlg_faults_get(all, i, MLG_EN, false, &view, message, sizeof message);
        if (strcmp(view.code, "near_code") == 0) {
            ck_assert_msg(view.line == 2 || view.line == 5, "%d: %s", view.line, message);
            near++;
        }
        if (strcmp(view.code, "unknown_column_row") == 0) {
            ck_assert_ptr_nonnull(strstr(message, "the row postes.etp;ETP (temps)"));
            column++;
        }
    }
    ck_assert_uint_eq(near, 2);
    ck_assert_uint_eq(column, 1);
    study_fixture_close(&study);
}
END_TEST

/* ---- rows in error ------------------------------------------------------------------ */

START_TEST(a_name_whose_row_is_in_error_is_told_so)
{
    static const char *const told[] = {
        "'Asso' is described in acteurs.csv, line 3, which is in error; correct that row",
        "'S1' is described in dispositifs.csv, line 2, which is in error; correct that row",
        "'N1' is described in activites.csv, line 3, which is in error; correct that row",
        "'T9' is described in territoires.csv, line 3, which is in error; correct that row",
        "'(withheld: --names)' is described in acteurs.csv, line 4, which is in error; correct "
        "that row",
    };
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    bool seen[sizeof told / sizeof *told] = {false};
    study_fixture_open(&study);
    study_fixture_text(&study, "acteurs.csv",
                       "id;nom;nature;domaine;debut\nA;;structure;social;\n"
                       "B;Asso;asso;social;\nDurand;;persone;social;\n");
    study_fixture_text(&study, "dispositifs.csv", "id;debut\nS1;31/02/2020\nS2;2020\n");
    study_fixture_text(&study, "activites.csv",
                       "id;nom;dispositifs;debut\nX;;S1;\nY;N1;;31/11/2020\n");
    study_fixture_text(&study, "territoires.csv", "id;population\nT1;5\nT9;cinq\n");
    study_fixture_text(&study, "presences.csv",
                       "acteur;activite\nA;X\nAsso;X\nASSÓ;X\nDurand;N1\n");
    study_fixture_text(&study, "implantations.csv", "acteur;territoire\nA;T9\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_EDATA);
    const mlg_faults *faults = mlg_model_faults(study.model);
    for (size_t i = 0; i < mlg_faults_groups(faults); i++) {
        mlg_faults_get(faults, i, MLG_EN, false, &view, message, sizeof message);
        ck_assert_ptr_null(strstr(message, "Durand"));
        ck_assert_msg(strncmp(view.code, "unlisted", 8) != 0, "%s", message);
        for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
            seen[k] = seen[k] || strcmp(message, told[k]) == 0;
        }
    }
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        ck_assert_msg(seen[k], "not told: %s", told[k]);
    }
    study_fixture_close(&study);
}
END_TEST

/* ---- files ------------------------------------------------------------------------ */

START_TEST(two_files_of_one_table_are_an_error_that_names_both)
{
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from;to\nA;B\n");
    study_fixture_text(&study, "liens.csv", "de;vers\nA;B\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_EDATA);
    ck_assert(study_fixture_fault(&study, "two_files", &view, message, sizeof message));
    ck_assert_str_eq(message, "'liens.csv' and 'ties.csv' are the same table; keep one, or read "
                              "both through a second block in study.csv (ties.2.file)");
    study_fixture_text(&study, "study.csv", "key;value\nties.2.file;liens.csv\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(!study_fixture_fault(&study, "two_files", &view, NULL, 0));
    ck_assert_int_eq(study.model->rows[MLG_TIES].n, 2);
    study_fixture_close(&study);
}
END_TEST

/* Rows to paste are in the study's language, with the header as it stands. */
START_TEST(a_message_gives_the_row_that_maps_a_column_or_a_file)
{
    study_fixture study;
    mlg_fault_view view;
    char message[600];
    study_fixture_open(&study);
    study_fixture_text(&study, "etude.csv",
                       "cle;valeur\nlangue;fr\npresences.2.fichier;Feuille.csv\n");
    study_fixture_text(&study, "Feuille.csv", "Qui;Réunion\nA;X\n");
    study_fixture_text(&study, "presences.csv", "acteur;activite;Venu\nA;X;oui\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "missing_one_of", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "acteur (actor), au_titre_de (on_behalf_of)"));
    ck_assert_ptr_nonnull(strstr(message, "(presences.2.acteur;Qui)"));
    ck_assert(study_fixture_fault(&study, "unknown_column_row", &view, message, sizeof message));
    ck_assert_msg(strstr(message, "add to etude.csv the row presences.present;Venu") != NULL, "%s",
                  message);
    study_fixture_text(&study, "etude.csv", "key;value\nlanguage;en\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "unknown_column_row", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "the row participations.present;Venu"));
    study_fixture_text(&study, "etude.csv", /* as its own rows call the table */
                       "key;value\nParticipations.file;presences.csv\n"
                       "Participations.role;=partner\nposts.fte;ETP\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "unknown_column_row", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "the row Participations.present;Venu"));
    ck_assert(study_fixture_fault(&study, "no_block_file", &view, message, sizeof message));
    ck_assert_str_eq(message, "no file for 'posts'; give posts.file, or add posts.csv");
    study_fixture_close(&study);

    study_fixture_open(&study);
    study_fixture_text(&study, "Feuille.csv", "acteur;activite;present\nA;X;oui\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "file_not_read_table", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "the row presences.file;Feuille.csv"));
    study_fixture_text(&study, "etude.csv", "cle;valeur\npresences.fichier;Feuille.csv\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert(!study_fixture_fault(&study, "file_not_read_table", &view, NULL, 0));
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_table_that_is_still_a_workbook_is_named)
{
    static const char *const books[] = {"Annuaire 2024.xlsx", "Annuaire 2024.ods"};
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    study_fixture_open(&study);
    study_fixture_text(&study, "etude.csv", "cle;valeur\nannuaire.fichier;Annuaire 2024.csv\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "no_file", &view, NULL, 0));
    study_fixture_bytes(&study, books[_i], "PK", 2);
    study_fixture_read(&study, NULL, NULL);
    ck_assert(!study_fixture_fault(&study, "no_file", &view, NULL, 0));
    ck_assert(study_fixture_fault(&study, "no_file_workbook", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, books[_i]));
    study_fixture_close(&study);
}
END_TEST

static size_t model_faults(const study_fixture *study, const char *code)
{
    const mlg_faults *faults = mlg_model_faults(study->model);
    size_t n = 0;
    for (size_t i = 0; i < mlg_faults_groups(faults); i++) {
        mlg_fault_view view;
        mlg_faults_get(faults, i, MLG_EN, true, &view, NULL, 0);
        n += strcmp(view.code, code) == 0 ? view.count : 0;
    }
    return n;
}

START_TEST(a_condition_that_keeps_no_row_is_told_at_its_own)
{
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv",
                       "key;value\nties.where;kind=x*\nties.2.file;ties.csv\nties.2.where;kind=a\n"
                       "ties.2.where;weight>=3\n");
    study_fixture_text(&study, "ties.csv", "from;to;kind;weight\nA;B;a;1\nA;C;b;4\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "filter_keeps_none", &view, message, sizeof message));
    ck_assert_str_eq(message, "'kind=x*' keeps no row of ties.csv; check the column and the value");
    ck_assert_int_eq(view.line, 2);
    ck_assert_str_eq(view.file, "study.csv");
    ck_assert_uint_eq(model_faults(&study, "filter_keeps_none"), 2); /* each block has its own */
    study_fixture_text(&study, "study.csv", "key;value\nties.where;from=Durand\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "filter_keeps_none", &view, NULL, 0));
    ck_assert(view.person); /* a column of persons: shown by --names alone */
    study_fixture_text(&study, "study.csv", "key;value\nties.where;kind=a\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert(!study_fixture_fault(&study, "filter_keeps_none", &view, NULL, 0));
    study_fixture_text(&study, "ties.csv", "from;to;kind;weight\n"); /* nothing to keep */
    study_fixture_read(&study, NULL, NULL);
    ck_assert(!study_fixture_fault(&study, "filter_keeps_none", &view, NULL, 0));
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_pipe_or_a_folder_under_a_tables_name_is_refused)
{
    study_fixture study;
    mlg_fault_view view;
    char path[512];
    study_fixture_open(&study);
    snprintf(path, sizeof path, "%s/ties.csv", study.path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    study_fixture_read(&study, NULL, NULL); /* would wait for ever */
    ck_assert_int_eq(study.status, MLG_EDATA);
    ck_assert(study_fixture_fault(&study, "not_a_file", &view, NULL, 0));
    study_fixture_read(&study, "ties.csv", NULL);
    ck_assert(study_fixture_fault(&study, "not_a_file", &view, NULL, 0));
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(symlink("/dev/zero", path), 0);
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "not_a_file", &view, NULL, 0));
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    study_fixture_read(&study, NULL, NULL);
    ck_assert(study_fixture_fault(&study, "not_a_file", &view, NULL, 0));
    study_fixture_close(&study);
}
END_TEST

START_TEST(one_file_alone_is_a_study)
{
    study_fixture study;
    mlg_fault_view view;
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv", "key;value\ntitle;T\n");
    study_fixture_text(&study, "liens.csv", "de;vers\nA;B\n");
    study_fixture_text(&study, "mes données.csv", "participant;instance;heures\nA;X;2\nB;X;1,5\n");
    study_fixture_text(&study, "what.csv", "x;y\n1;2\n");
    study_fixture_read(&study, "liens.csv", NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert_int_eq(study.model->rows[MLG_TIES].n, 1);
    ck_assert_str_eq(mlg_model_title(study.model), "");
    study_fixture_read(&study, "mes données.csv", NULL); /* by its header */
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert_int_eq(study.model->rows[MLG_PARTICIPATIONS].n, 2);
    study_fixture_read(&study, "what.csv", NULL);
    ck_assert_int_eq(study.status, MLG_EDATA);
    ck_assert(study_fixture_fault(&study, "which_table", &view, NULL, 0));
    study_fixture_read(&study, "study.csv", NULL); /* stands for its folder */
    ck_assert_int_eq(study.model->rows[MLG_TIES].n, 1);
    ck_assert_str_eq(mlg_model_title(study.model), "T");
    study_fixture_close(&study);
}
END_TEST

START_TEST(what_is_not_there_cannot_be_read)
{
    mlg_model *model = NULL;
    mlg_error err = {0};
    ck_assert_int_eq(mlg_ingest("/no/such/study", NULL, NULL, &model, &err), MLG_EIO);
    ck_assert_ptr_null(model);
    ck_assert_str_eq(err.message, "the folder '/no/such/study' does not exist");
}
END_TEST

START_TEST(the_facts_of_each_file_are_kept)
{
    study_fixture study;
    char sha256[MLG_DIGEST_TEXT], first[65];
    const char *ties = "de;vers\r\n# rien\r\nCaf\xe9;B\r\n;\r\nC;D\r\n";
    study_fixture_open(&study);
    study_fixture_text(&study, "liens.csv", ties);
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert_uint_eq(study.model->n_inputs, 1);
    const mlg_input *input = &study.model->inputs[0];
    mlg_digest_of(ties, strlen(ties), sha256);
    ck_assert_str_eq(input->file, "liens.csv");
    ck_assert_str_eq(input->sha256, sha256);
    ck_assert_uint_eq(input->bytes, strlen(ties));
    ck_assert_int_eq((int) input->rows, 2);
    ck_assert_str_eq(input->encoding, "WINDOWS-1252");
    ck_assert_int_eq(input->separator, ';');
    ck_assert(!input->bom);
    const mlg_rows *rows = &study.model->rows[MLG_TIES];
    ck_assert_int_eq(rows->line[0], 3);
    ck_assert_int_eq(rows->line[1], 5);
    ck_assert_str_eq(mlg_names_text(&study.model->files, rows->file[1]), "liens.csv");
    /* the study's hash tells another file */
    snprintf(first, sizeof first, "%s", study.model->sha256);
    study_fixture_text(&study, "liens.csv", "de;vers\nC;D\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_str_ne(study.model->sha256, first);
    ck_assert_uint_eq(strlen(study.model->sha256), 64);
    study_fixture_close(&study);
}
END_TEST

START_TEST(remarks_are_not_kept)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from;to;note;source\nA;B;secret words;S0:12\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert_ptr_null(study.model->data[C_ties_note]);
    ck_assert_int_eq(mlg_names_find(&study.model->texts, "secret words", 12), -1);
    ck_assert_int_ge(mlg_names_find(&study.model->texts, "S0:12", 5), 0);
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_person_is_quoted_only_under_names)
{
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    study_fixture_open(&study);
    study_fixture_text(&study, "posts.csv", "id;person\nP;1,5E+12\n");
    study_fixture_read(&study, NULL, NULL);
    const mlg_faults *faults = mlg_model_faults(study.model);
    ck_assert_uint_eq(mlg_faults_count(faults, MLG_FATAL), 1);
    mlg_faults_get(faults, 0, MLG_EN, false, &view, message, sizeof message);
    ck_assert_ptr_null(strstr(message, "1,5E+12"));
    ck_assert(view.person);
    mlg_faults_get(faults, 0, MLG_EN, true, &view, message, sizeof message);
    ck_assert_ptr_nonnull(strstr(message, "1,5E+12"));
    study_fixture_close(&study);
}
END_TEST

/* ---- the dirty study ------------------------------------------------------------------ */

/* Twenty different faults in five files, all told by one reading: see tests/cases. */
static const struct {
    const char *file, *code;
    int line, column;
} dirt[] = {
    {"acteurs.csv", "unknown_code", 3, 3},
    {"acteurs.csv", "scientific_id", 4, 1},
    {"acteurs.csv", "no_such_day", 5, 6},
    {"liens.csv", "bad_weight", 3, 4},
    {"liens.csv", "bad_number", 4, 4},
    {"liens.csv", "ambiguous_number", 5, 4},
    {"liens.csv", "missing_cell", 6, 2},
    {"liens.csv", "bad_bool", 7, 5},
    {"liens.csv", "stray_quote", 8, 2},
    {"postes.csv", "bad_year", 2, 8},
    {"postes.csv", "percentage", 3, 6},
    {"presences.csv", "unknown_code_near", 3, 5},
    {"presences.csv", "month_first", 4, 4},
    {"presences.csv", "negative", 5, 6},
    {"presences.csv", "missing_both", 6, 1},
    {"presences.csv", "long_row", 7, 7},
    {"territoires.csv", "column_twice", 1, 6},
    {"territoires.csv", "number_too_large", 3, 3},
    {"territoires.csv", "error_in_required", 4, 1},
    {"territoires.csv", "lost_space", 5, 3},
};

START_TEST(one_reading_lists_twenty_faults_with_their_remedies)
{
    const size_t n = sizeof dirt / sizeof *dirt;
    mlg_model *model = NULL;
    ck_assert_int_eq(mlg_ingest("tests/cases/dirty-study/study", NULL, NULL, &model, NULL),
                     MLG_EDATA);
    const mlg_faults *faults = mlg_model_faults(model);
    ck_assert_uint_eq(mlg_faults_count(faults, MLG_FATAL), n);
    for (size_t i = 0; i < n; i++) { /* errors come first, by file and line */
        mlg_fault_view view;
        char message[600];
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            mlg_faults_get(faults, i, (mlg_language) language, false, &view, message,
                           sizeof message);
            ck_assert_str_eq(view.code, dirt[i].code);
            ck_assert_str_eq(view.file, dirt[i].file);
            ck_assert_int_eq(view.line, dirt[i].line);
            ck_assert_int_eq(view.column, dirt[i].column);
            ck_assert_int_eq(view.severity, MLG_FATAL);
            ck_assert_msg(strchr(message, ';') != NULL, "no remedy: %s", message);
        }
    }
    mlg_model_free(model);
}
END_TEST

/* ---- running ----------------------------------------------------------------------- */

static bool stop_at_once(void *context)
{
    int *asked = context;
    (*asked)++;
    return true;
}

START_TEST(a_cancelled_reading_gives_nothing)
{
    study_fixture study;
    mlg_run run = MLG_RUN_INIT;
    mlg_model *model = NULL;
    mlg_error err = {0};
    int asked = 0;
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from;to\nA;B\n");
    run.cancelled = stop_at_once;
    run.context = &asked;
    ck_assert_int_eq(mlg_ingest(study.path, NULL, &run, &model, &err), MLG_ESTOP);
    ck_assert_ptr_null(model);
    ck_assert_int_eq(asked, 1);
    ck_assert_str_eq(err.message, "ties.csv: stopped on request");
    study_fixture_close(&study);
}
END_TEST

static void note_progress(void *context, const char *what, double share)
{
    int *told = context;
    ck_assert_str_eq(what, "ties.csv");
    ck_assert(share >= 0.0 && share <= 1.0);
    (*told)++;
}

START_TEST(progress_is_told_by_file)
{
    study_fixture study;
    mlg_run run = MLG_RUN_INIT;
    mlg_model *model = NULL;
    int told = 0;
    study_fixture_open(&study);
    study_fixture_text(&study, "ties.csv", "from;to\nA;B\n");
    run.progress = note_progress;
    run.context = &told;
    ck_assert_int_eq(mlg_ingest(study.path, NULL, &run, &model, NULL), MLG_OK);
    ck_assert_int_ge(told, 1);
    mlg_model_free(model);
    study_fixture_close(&study);
}
END_TEST

static const char small_study[] = "key;value\n"
                                  "title;Essai\n"
                                  "ties.file;edges.csv\n"
                                  "ties.from;source\n"
                                  "ties.kind:pol;works_with\n"
                                  "ties.kind;relation\n"
                                  "ties.where;relation!=none\n"
                                  "ties.2.from;source\n"
                                  "ties.2.where;relation=none\n"
                                  "ties.2.directed;=yes\n";

static void write_small_study(study_fixture *study)
{
    study_fixture_text(study, "study.csv", small_study);
    study_fixture_text(study, "edges.csv",
                       "source;to;relation;weight\nA;B;pol;1,234\nB;\"C \"\"x\"\"\";informs;2\n");
    study_fixture_bytes(study, "acteurs.csv",
                        B("nom;domaine;themes\nSant\xe9 X;logement;nutrition|sport\nB;habitat;\n"));
    study_fixture_text(study, "sites.csv", "actor;territory;bad\nA;01004\nB;1005;\n");
}

/* The n-th allocation fails and no other: the answer is MLG_ENOMEM, nothing leaks (which
 * the sanitizers see), or all went well because it was never asked for. */
START_TEST(reading_survives_any_allocation_failing)
{
    study_fixture study;
    mlg_model *model = NULL;
    char faults[2000];
    long n = 0, tolerated = 0;
    study_fixture_open(&study);
    write_small_study(&study);
    for (;; n++) {
        mlg_error err = {0};
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_ingest(study.path, NULL, NULL, &model, &err);
        const bool reached = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        if (!reached) {
            mlg_model_free(model);
            break;
        }
        study.model = model;
        if (status == MLG_OK) { /* libcsv, refused a buffer, asked for a smaller one */
            tolerated++;
            mlg_model_free(model);
            study.model = NULL;
            continue;
        }
        ck_assert_msg(status == MLG_ENOMEM, "allocation %ld: status %d, %s%s", n, status,
                      err.message, study_fixture_faults(&study, faults, sizeof faults));
        ck_assert_ptr_null(model);
        ck_assert_msg(err.message[0] != '\0', "allocation %ld gives no reason", n);
    }
    ck_assert_int_gt(n, 100);
    ck_assert_int_le(tolerated, 4); /* once a file */
    study_fixture_close(&study);
}
END_TEST

/* What is read does not hang on the host's language: a decimal comma in France, an i
 * without dot in Turkey. */
START_TEST(the_same_study_is_read_under_any_locale)
{
    static const char *const locales[] = {"fr_FR.UTF-8", "tr_TR.UTF-8"};
    study_fixture study;
    char plain[4000], here[4000];
    study_fixture_open(&study);
    write_small_study(&study);
    study_fixture_text(&study, "PARTICIPATIONS.CSV",
                       "ACTOR;ACTIVITY;HOURS;INVITED\nA;X;1.5;YES\nB;X;0,25;OUI\nC;X;x1;NIL\n");
    study_fixture_read(&study, NULL, NULL);
    study_fixture_faults(&study, plain, sizeof plain);
    ck_assert_double_eq(mlg_get_number(study.model, C_participations_hours, 0), 1.5);
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        if (setlocale(LC_ALL, locales[i]) == NULL) {
            continue; /* not on this machine */
        }
        study_fixture_read(&study, NULL, NULL);
        study_fixture_faults(&study, here, sizeof here);
        ck_assert_str_eq(here, plain);
        ck_assert_double_eq(mlg_get_number(study.model, C_participations_hours, 0), 1.5);
        ck_assert_double_eq(mlg_get_number(study.model, C_participations_hours, 1), 0.25);
        ck_assert_int_eq(mlg_get_id(study.model, C_participations_invited, 0), 1);
        setlocale(LC_ALL, "C");
    }
    study_fixture_close(&study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ingest");
    TCase *bad = tcase_create("inputs");
    tcase_add_loop_test(bad, each_bad_input_is_told_where_it_is, 0,
                        (int) (sizeof inputs / sizeof *inputs));
    tcase_add_test(bad, two_spellings_of_unicode_are_one_actor);
    tcase_add_test(bad, a_workbook_beside_its_csv_is_only_told);
    tcase_add_test(bad, a_folder_that_is_not_there_is_told_with_the_nearest);
    tcase_add_test(bad, a_value_near_one_of_an_open_list_is_told_once);
    tcase_add_test(bad, a_label_of_several_words_is_near_without_some_of_them);
    tcase_add_test(bad, a_name_whose_row_is_in_error_is_told_so);
    tcase_add_test(bad, the_lost_zeros_of_communes_are_counted_and_put_back);
    suite_add_tcase(suite, bad);
    TCase *files = tcase_create("files");
    tcase_add_test(files, two_files_of_one_table_are_an_error_that_names_both);
    tcase_add_test(files, a_message_gives_the_row_that_maps_a_column_or_a_file);
    tcase_add_loop_test(files, a_table_that_is_still_a_workbook_is_named, 0, 2);
    tcase_add_test(files, a_condition_that_keeps_no_row_is_told_at_its_own);
    tcase_add_test(files, a_pipe_or_a_folder_under_a_tables_name_is_refused);
    tcase_add_test(files, one_file_alone_is_a_study);
    tcase_add_test(files, what_is_not_there_cannot_be_read);
    tcase_add_test(files, the_facts_of_each_file_are_kept);
    tcase_add_test(files, remarks_are_not_kept);
    tcase_add_test(files, one_reading_lists_twenty_faults_with_their_remedies);
    tcase_add_test(files, a_person_is_quoted_only_under_names);
    suite_add_tcase(suite, files);
    TCase *running = tcase_create("running");
    tcase_add_test(running, a_cancelled_reading_gives_nothing);
    tcase_add_test(running, progress_is_told_by_file);
    tcase_add_test(running, reading_survives_any_allocation_failing);
    tcase_add_test(running, the_same_study_is_read_under_any_locale);
    suite_add_tcase(suite, running);
    return suite_run(suite);
}
