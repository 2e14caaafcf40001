/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/texts.h"
#include "ingest/cell.h"
#include "ingest/words.h"
#include "study_fixture.h"
#include "suite.h"

/* A reader with a column of its own. */
typedef struct desk {
    mlg_reader reader;
    mlg_bind bind;
    study_fixture study;
} desk;

static void open_desk(desk *d, mlg_column column)
{
    memset(d, 0, sizeof *d);
    ck_assert_int_eq(mlg_model_new(&d->study.model, NULL), MLG_OK);
    d->reader.model = d->study.model;
    d->reader.file = mlg_names_add(&d->study.model->files, "x.csv", 5);
    d->reader.line = 2;
    d->bind.field = mlg_schema_field(column);
    d->bind.header = d->bind.field->name;
    ck_assert(mlg_bind_ready(&d->bind));
}

static mlg_value read_cell(desk *d, const char *text)
{
    const mlg_cell cell = {text, (uint32_t) strlen(text), 3};
    return mlg_cell_read(&d->reader, &d->bind, &cell);
}

static void close_desk(desk *d)
{
    mlg_bind_free(&d->bind);
    mlg_reader_free(&d->reader);
    mlg_model_free(d->study.model);
}

/* ---- numbers ------------------------------------------------------------------ */

static const struct {
    mlg_column column;
    const char *text;
    double value; /* NAN: empty, or bad when `fault` is an error */
    const char *fault;
} number_cases[] = {
    {C_ties_trust, "12", 12.0, NULL},
    {C_ties_trust, "1,5", 1.5, NULL},
    {C_ties_trust, "1.5", 1.5, NULL},
    {C_ties_trust, "-0,25", -0.25, NULL},
    {C_ties_trust, "+3", 3.0, NULL},
    {C_ties_trust, "−3", -3.0, NULL},
    {C_ties_trust, "1 234,5", 1234.5, NULL},
    {C_ties_trust,
     "1\xc2\xa0"
     "234,5",
     1234.5, NULL},
    {C_ties_trust,
     "1\xe2\x80\xaf"
     "234\xe2\x80\xaf"
     "567",
     1234567.0, NULL},
    {C_ties_trust, "1e5", 1e5, NULL},
    {C_ties_trust, "2,5E-3", 0.0025, NULL},
    {C_ties_trust, ",5", 0.5, NULL},
    {C_ties_trust, "1.234,5", NAN, "ambiguous_number"},
    {C_ties_trust, "1,234.5", NAN, "ambiguous_number"},
    {C_ties_trust, "1?234,5", NAN, "lost_space"},
    {C_ties_trust, "12 34", NAN, "bad_number"},
    {C_ties_trust, "0x10", NAN, "bad_number"},
    {C_ties_trust, "1d", NAN, "bad_number"},
    {C_ties_trust, "inf", NAN, "bad_number"},
    {C_ties_trust, "nan", NAN, "bad_number"},
    {C_ties_trust, "1e999", NAN, "bad_number"},
    {C_ties_trust, "-", NAN, NULL},
    {C_ties_trust, "--1", NAN, "bad_number"},
    {C_ties_trust, "douze", NAN, "bad_number"},
    {C_ties_trust, "9007199254740991", 9007199254740991.0, NULL},
    {C_ties_trust, "9007199254740992", NAN, "number_too_large"},
    {C_ties_trust, "9007199254740993", NAN, "number_too_large"},
    {C_ties_trust, "18446744073709551616", NAN, "number_too_large"},
    {C_ties_trust, "45 %", NAN, "percentage"},
    {C_ties_trust, ">3", NAN, "bad_number"},
    {C_ties_weight, "0,000001", 1e-6, NULL},
    {C_ties_weight, "1000000", 1e6, NULL},
    {C_ties_weight, "0", NAN, "bad_weight"},
    {C_ties_weight, "-1", NAN, "bad_weight"},
    {C_ties_weight, "1e-7", NAN, "bad_weight"},
    {C_ties_weight, "1000000,5", NAN, "bad_weight"},
    {C_ties_weight, "1e300", NAN, "bad_weight"},
    {C_funding_share, "45 %", 0.45, NULL},
    {C_funding_share, "45%", 0.45, NULL},
    {C_funding_share, "0,45", 0.45, NULL},
    {C_funding_share, "1", 1.0, NULL},
    {C_perimeters_share, "inconnu", MLG_SHARE_UNKNOWN, NULL},
    {C_perimeters_share, "Unknown", MLG_SHARE_UNKNOWN, NULL},
    {C_perimeters_share, "?", MLG_SHARE_UNKNOWN, NULL},
    {C_perimeters_share, "n/a", NAN, NULL}, /* empty: the whole */
    {C_funding_share, "inconnu", NAN, NULL},
    {C_funding_share, "?", NAN, "bad_number"},
    {C_funding_share, "103 %", NAN, "bad_share"},
    {C_funding_share, "45", NAN, "bad_share"},
    {C_funding_amount, "150 000 €", 150000.0, NULL},
    {C_funding_amount, "-5", NAN, "negative"},
    {C_territories_population, ">150000", 150000.0, "bound"},
    {C_territories_population, "< 500", 500.0, "bound"},
    {C_territories_population, "inconnu", NAN, NULL},
};

START_TEST(a_number_reads_as_a_person_means_it)
{
    desk d;
    mlg_fault_view view;
    char faults[1000];
    open_desk(&d, number_cases[_i].column);
    const mlg_value value = read_cell(&d, number_cases[_i].text);
    study_fixture_faults(&d.study, faults, sizeof faults);
    if (isnan(number_cases[_i].value)) {
        ck_assert_msg(value.state != MLG_CELL_VALUE, "%s was read", number_cases[_i].text);
        ck_assert_int_eq(value.state == MLG_CELL_BAD, number_cases[_i].fault != NULL);
    } else {
        ck_assert_msg(value.state == MLG_CELL_VALUE, "%s: %s", number_cases[_i].text, faults);
        ck_assert_double_eq(value.number, number_cases[_i].value);
    }
    if (number_cases[_i].fault == NULL) {
        ck_assert_msg(faults[0] == '\0', "%s: %s", number_cases[_i].text, faults);
    } else {
        ck_assert_msg(study_fixture_fault(&d.study, number_cases[_i].fault, &view, NULL, 0),
                      "%s: %s", number_cases[_i].text, faults);
        ck_assert_int_eq(view.line, 2);
        ck_assert_int_eq(view.column, 3);
        ck_assert_int_eq(view.severity, isnan(number_cases[_i].value) ? MLG_FATAL : MLG_WARNING);
    }
    close_desk(&d);
}
END_TEST

START_TEST(numbers_read_alike_where_the_host_has_a_decimal_comma)
{
    desk d;
    if (setlocale(LC_ALL, "fr_FR.UTF-8") == NULL) {
        return; /* not on this machine: scripts/run_tests.sh makes it where it can */
    }
    open_desk(&d, C_ties_trust);
    ck_assert_double_eq(read_cell(&d, "1.5").number, 1.5);
    ck_assert_double_eq(read_cell(&d, "1,5").number, 1.5);
    close_desk(&d);
}
END_TEST

/* Is 1,234 a thousand? The file's other numbers tell. */
static const struct {
    const char *first, *second, *fault;
    mlg_severity severity;
} doubt_cases[] = {
    {"1,234", "2,5", "read_as_decimals", MLG_WARNING},
    {"1,234", "12", "read_as_decimals", MLG_WARNING},
    {"1,234", "2.5", "doubtful_thousands", MLG_FATAL},
    {"1.234", "2,5", "doubtful_thousands", MLG_FATAL},
    {"1.234", "2.5", NULL, MLG_WARNING},
    {"1.234", "12", NULL, MLG_WARNING},
    {"0,234", "2.5", NULL, MLG_WARNING},
    {"1234,567", "2,5", NULL, MLG_WARNING},
};

START_TEST(a_doubtful_thousand_is_judged_by_the_whole_file)
{
    desk d;
    mlg_fault_view view;
    char faults[1000];
    open_desk(&d, C_ties_trust);
    read_cell(&d, doubt_cases[_i].first);
    read_cell(&d, doubt_cases[_i].second);
    mlg_reader_end(&d.reader);
    study_fixture_faults(&d.study, faults, sizeof faults);
    if (doubt_cases[_i].fault == NULL) {
        ck_assert_msg(faults[0] == '\0', "%s and %s: %s", doubt_cases[_i].first,
                      doubt_cases[_i].second, faults);
    } else {
        ck_assert_msg(study_fixture_fault(&d.study, doubt_cases[_i].fault, &view, NULL, 0),
                      "%s and %s: %s", doubt_cases[_i].first, doubt_cases[_i].second, faults);
        ck_assert_int_eq(view.severity, doubt_cases[_i].severity);
        ck_assert_int_eq(view.column, 3);
    }
    close_desk(&d);
}
END_TEST

/* ---- words, codes, dates -------------------------------------------------------- */

static const struct {
    mlg_column column;
    const char *text, *value, *fault; /* value NULL: empty, or bad with an error */
    mlg_severity severity;
} word_cases[] = {
    {C_ties_directed, "oui", "1", NULL, 0},
    {C_ties_directed, "VRAI", "1", NULL, 0},
    {C_ties_directed, "x", "1", NULL, 0},
    {C_ties_directed, "Non", "0", NULL, 0},
    {C_ties_directed, "FALSE", "0", NULL, 0},
    {C_ties_directed, "NC", NULL, NULL, 0},
    {C_ties_directed, "peut-être", NULL, "bad_bool", MLG_FATAL},
    {C_participations_present, "excusé", "2", NULL, 0},
    {C_participations_present, "1", "0", NULL, 0},
    {C_participations_present, "inconnu", NULL, NULL, 0},
    {C_participations_present, "excuse-moi", NULL, "unknown_code", MLG_FATAL},
    {C_participations_present, "excusée.", "2", NULL, 0},
    {C_participations_present, "Exc.", "2", NULL, 0},
    {C_participations_present, "excusé(e)", "2", NULL, 0},
    {C_participations_present, "excusé·e·s", "2", NULL, 0},
    {C_participations_present, "abs", "1", NULL, 0},
    {C_participations_present, "Abs.", "1", NULL, 0},
    {C_participations_present, "absent(e)", "1", NULL, 0},
    {C_participations_present, "A", "1", NULL, 0},
    {C_participations_present, "P", "0", NULL, 0},
    {C_participations_present, "prés.", "0", NULL, 0},
    {C_participations_present, "présent(e)s", "0", NULL, 0},
    {C_participations_present, "représenté(e)", "3", NULL, 0},
    {C_participations_present, "-", "1", "presence_dash", MLG_WARNING},
    {C_participations_present, "–", "1", "presence_dash", MLG_WARNING},
    {C_participations_invited, "-", NULL, NULL, 0},
    {C_participations_present, "ok", NULL, "unknown_code", MLG_FATAL},
    {C_participations_present, "bas", NULL, "unknown_code", MLG_FATAL},
    {C_participations_present, "eys", NULL, "unknown_code", MLG_FATAL}, /* not "yes" */
    {C_participations_present, "nno", NULL, "unknown_code_near", MLG_FATAL},
    {C_participations_present, "repésenté", NULL, "unknown_code_near", MLG_FATAL},
    {C_ties_kind, "travaillent ensemble", "3", NULL, 0},
    {C_ties_kind, "pétanque", "11", NULL, 0},
    {C_ties_held_by, "inconnu", "2", NULL, 0},
    {C_ties_kind, "#N/A", NULL, "error_cell", MLG_WARNING},
    {C_ties_kind, "####", NULL, "error_cell", MLG_WARNING},
    {C_ties_from, "#REF!", NULL, "error_in_required", MLG_FATAL},
    {C_ties_from, "NA", NULL, NULL, 0},
    {C_ties_from, "n/a", NULL, NULL, 0},
    {C_ties_from, "—", NULL, NULL, 0},
    {C_ties_from, "inconnue", NULL, NULL, 0},
    {C_ties_from, "1,30025E+13", NULL, "scientific_id", MLG_FATAL},
    {C_ties_from, "1E5", "0", NULL, 0},
    {C_ties_from, "13002526500013", "0", NULL, 0},
    {C_ties_from, "13002526500014", "0", "bad_siret", MLG_WARNING},
    {C_ties_from, "35600000000048", "0", NULL, 0}, /* La Poste, head office */
    {C_ties_from, "35600000049837", "0", NULL, 0}, /* La Poste, whose others sum to 5s */
    {C_posts_person, "vacant", "-2", NULL, 0},
    {C_posts_person, "Non pourvu", "-2", NULL, 0},
    {C_posts_person, "à recruter", "-2", NULL, 0},
    {C_posts_person, "A.B.", "0", NULL, 0},
    {C_posts_person, "inconnu", NULL, NULL, 0},
    {C_participations_on_behalf_of, "aucun", NULL, NULL, 0},
    {C_participations_date, "31/02/2024", NULL, "no_such_day", MLG_FATAL},
    {C_participations_date, "2024-13-01", NULL, "no_such_month", MLG_FATAL},
    {C_participations_date, "03/25/2024", NULL, "month_first", MLG_FATAL},
    {C_participations_date, "0024-01-01", NULL, "bad_year", MLG_FATAL},
    {C_participations_date, "inconnue", NULL, NULL, 0},
    {C_participations_date, "24/01/17", "", NULL, 0},
    {C_participations_date, "24/01/85", "", "short_year", MLG_WARNING},
    {C_participations_date, "45321", "", "excel_date", MLG_WARNING},
    {C_participations_date, "2024-03-12T10:00:00Z", "", "time_cut", MLG_WARNING},
};

START_TEST(a_word_means_what_its_column_says)
{
    desk d;
    mlg_fault_view view;
    char faults[1000], value_text[16];
    open_desk(&d, word_cases[_i].column);
    const mlg_value value = read_cell(&d, word_cases[_i].text);
    study_fixture_faults(&d.study, faults, sizeof faults);
    if (word_cases[_i].value == NULL) {
        const bool bad = word_cases[_i].fault != NULL && word_cases[_i].severity == MLG_FATAL;
        ck_assert_msg(value.state == (bad ? MLG_CELL_BAD : MLG_CELL_EMPTY), "%s: state %d",
                      word_cases[_i].text, value.state);
    } else {
        ck_assert_msg(value.state == MLG_CELL_VALUE, "%s: %s", word_cases[_i].text, faults);
        snprintf(value_text, sizeof value_text, "%d", (int) value.id);
        if (word_cases[_i].value[0] != '\0') {
            ck_assert_msg(strcmp(value_text, word_cases[_i].value) == 0, "%s: %s",
                          word_cases[_i].text, value_text);
        }
    }
    if (word_cases[_i].fault == NULL) {
        ck_assert_msg(faults[0] == '\0', "%s: %s", word_cases[_i].text, faults);
    } else {
        ck_assert_msg(study_fixture_fault(&d.study, word_cases[_i].fault, &view, NULL, 0), "%s: %s",
                      word_cases[_i].text, faults);
        ck_assert_int_eq(view.severity, word_cases[_i].severity);
    }
    close_desk(&d);
}
END_TEST

START_TEST(an_unknown_code_is_told_with_the_list_and_the_nearest)
{
    desk d;
    mlg_fault_view view;
    char message[500];
    open_desk(&d, C_participations_present);
    read_cell(&d, "repésenté");
    ck_assert(study_fixture_fault(&d.study, "unknown_code_near", &view, message, sizeof message));
    ck_assert_str_eq(message, "unknown value: 'repésenté' (is it 'représenté'?); write one of: "
                              "yes, no, excused, represented");
    close_desk(&d);
}
END_TEST

/* What the message offers must be accepted, and be all there is. */
START_TEST(the_lists_of_closed_columns_are_their_codes)
{
    for (int list = 0; list < MLG_N_LISTS; list++) {
        const mlg_vocabulary *vocabulary = mlg_schema_vocabulary((mlg_list_id) list);
        char name[64];
        if (!vocabulary->closed) {
            continue;
        }
        snprintf(name, sizeof name, "list_%s", vocabulary->name);
        const mlg_text_key key = mlg_text_find(name);
        ck_assert_msg(key != 0, "no text %s", name);
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            const char *text = mlg_text((mlg_language) language, key);
            int32_t n = 0;
            for (const char *at = text; *at != '\0'; n++) {
                char word[100];
                const size_t length = strcspn(at, ",");
                snprintf(word, sizeof word, "%.*s", (int) length, at);
                ck_assert_msg(mlg_vocabulary_find((mlg_list_id) list, word) == n, "%s: '%s'", name,
                              word);
                at += length + (at[length] == ',' ? 2 : 0);
            }
            ck_assert_msg(n == vocabulary->n_codes, "%s has %d of %d", name, n,
                          vocabulary->n_codes);
        }
    }
}
END_TEST

/* ---- lists ------------------------------------------------------------------------ */

static const struct {
    mlg_column column;
    const char *text, *items; /* NULL: empty; "none": the word */
} list_cases[] = {
    {C_schemes_carrier, "ARS|Agglo", "ARS|Agglo"},
    {C_schemes_carrier, " ARS | Agglo |", "ARS|Agglo"},
    {C_schemes_carrier, "ARS", "ARS"},
    {C_schemes_carrier, "", NULL},
    {C_schemes_carrier, "NA", NULL},
    {C_schemes_carrier, "inconnu", NULL},
    {C_schemes_carrier, "aucun", "none"},
    {C_posts_scheme, "hors dispositif", "none"},
    {C_schemes_carrier, "ARS|inconnu", "ARS"},
};

START_TEST(a_list_is_cut_at_its_bars)
{
    desk d;
    char items[200] = "";
    open_desk(&d, list_cases[_i].column);
    const mlg_value value = read_cell(&d, list_cases[_i].text);
    if (list_cases[_i].items == NULL) {
        ck_assert_int_eq(value.state, MLG_CELL_EMPTY);
    } else if (strcmp(list_cases[_i].items, "none") == 0) {
        ck_assert_int_eq(value.state, MLG_CELL_VALUE);
        ck_assert_uint_eq(value.list.n, 0);
    } else {
        ck_assert_int_eq(value.state, MLG_CELL_VALUE);
        for (uint32_t i = 0; i < value.list.n; i++) {
            strcat(items, i > 0 ? "|" : "");
            strcat(items,
                   mlg_names_text(&d.study.model->parties, d.reader.ids[value.list.start + i]));
        }
        ck_assert_str_eq(items, list_cases[_i].items);
    }
    ck_assert_uint_eq(mlg_faults_groups(d.study.model->faults), 0);
    close_desk(&d);
}
END_TEST

START_TEST(a_bad_item_of_a_list_is_told_with_the_others)
{
    desk d;
    mlg_fault_view view;
    open_desk(&d, C_activities_determinant);
    ck_assert_int_eq(read_cell(&d, "habits|weather|health_system|rain").state, MLG_CELL_BAD);
    ck_assert(study_fixture_fault(&d.study, "unknown_code", &view, NULL, 0));
    ck_assert_uint_eq(mlg_faults_count(d.study.model->faults, MLG_FATAL), 2);
    close_desk(&d);
}
END_TEST

/* ---- names ------------------------------------------------------------------------ */

static const struct {
    const char *what, *text, *clean, *fault;
} clean_cases[] = {
    {"plain", "CCAS de Caen", "CCAS de Caen", NULL},
    {"blanks of all kinds around", "\xc2\xa0 CCAS\xe2\x80\xaf", "CCAS", NULL},
    {"decomposed accents are composed", "Ge\xcc\x81rard", "Gérard", NULL},
    {"a line break inside quotes", "CCAS\nCaen", "CCAS Caen", "line_break_in_cell"},
    {"a tab inside quotes", "CCAS\tCaen", "CCAS Caen", "line_break_in_cell"},
    {"a zero-width space",
     "CC\xe2\x80\x8b"
     "AS",
     "CCAS", "invisible_character"},
    {"a right-to-left override", "CCAS\xe2\x80\xae", "CCAS", "invisible_character"},
    {"a soft hyphen", "coordi\xc2\xadnation", "coordination", "invisible_character"},
    {"emoji", "CCAS 😀", "CCAS 😀", NULL},
    {"the replacement character", "Sant\xef\xbf\xbd", "Sant\xef\xbf\xbd", "damaged_character"},
    {"text encoded twice", "SantÃ©", "SantÃ©", "double_encoded"},
    {"a Cyrillic letter in a Latin word",
     "C\xd1\x81"
     "AS",
     "C\xd1\x81"
     "AS",
     "mixed_scripts"},
    {"a Greek letter in a Latin word", "CCA\xce\xa3", "CCA\xce\xa3", "mixed_scripts"},
    {"a Cyrillic word is a word", "Школа, Caen", "Школа, Caen", NULL},
    {"hostile names are names", "</script><script>alert(1)</script>",
     "</script><script>alert(1)</script>", NULL},
    {"a formula is text", "=HYPERLINK(1)", "=HYPERLINK(1)", NULL},
};

START_TEST(a_name_is_kept_without_what_nobody_sees)
{
    desk d;
    mlg_fault_view view;
    char faults[1000];
    open_desk(&d, C_ties_from);
    for (int again = 1; again <= 2; again++) { /* also from what was seen before */
        const mlg_value value = read_cell(&d, clean_cases[_i].text);
        ck_assert_int_eq(value.state, MLG_CELL_VALUE);
        ck_assert_str_eq(mlg_names_text(&d.study.model->parties, value.id), clean_cases[_i].clean);
        study_fixture_faults(&d.study, faults, sizeof faults);
        if (clean_cases[_i].fault == NULL) {
            ck_assert_msg(faults[0] == '\0', "%s: %s", clean_cases[_i].what, faults);
        } else {
            ck_assert_msg(study_fixture_fault(&d.study, clean_cases[_i].fault, &view, NULL, 0),
                          "%s: %s", clean_cases[_i].what, faults);
            ck_assert_int_eq(view.count, again);
            ck_assert_int_eq(view.severity, MLG_WARNING);
        }
    }
    close_desk(&d);
}
END_TEST

START_TEST(a_name_has_at_most_1024_characters)
{
    desk d;
    mlg_fault_view view;
    char name[2 * 1025 + 1];
    open_desk(&d, C_ties_from);
    for (int i = 0; i < 1025; i++) {
        memcpy(name + 2 * i, "é", 2);
    }
    name[2 * 1024] = '\0';
    ck_assert_int_eq(read_cell(&d, name).state, MLG_CELL_VALUE);
    ck_assert(!study_fixture_fault(&d.study, "name_too_long", &view, NULL, 0));
    memcpy(name + 2 * 1024, "é", 3);
    ck_assert_int_eq(read_cell(&d, name).state, MLG_CELL_BAD);
    ck_assert(study_fixture_fault(&d.study, "name_too_long", &view, NULL, 0));
    close_desk(&d);
}
END_TEST

/* Cells seen before are not read again: the same ones in any order give the same values. */
START_TEST(what_was_seen_before_reads_the_same)
{
    desk d;
    char text[32];
    open_desk(&d, C_participations_date);
    for (int i = 0; i < 5000; i++) {
        const int day = i * 7919 % 365;
        snprintf(text, sizeof text, "2023-%02d-%02d", day % 12 + 1, day % 28 + 1);
        const mlg_value value = read_cell(&d, text);
        ck_assert_int_eq(value.state, MLG_CELL_VALUE);
        ck_assert_int_eq(value.span.first, mlg_day_of(2023, day % 12 + 1, day % 28 + 1));
        ck_assert_int_eq(value.span.last, value.span.first);
    }
    close_desk(&d);
}
END_TEST

/* ---- what study.csv says of values -------------------------------------------------- */

START_TEST(matched_values_and_reversed_scales)
{
    desk d;
    mlg_fault_view view;
    char message[300];
    open_desk(&d, C_ties_kind);
    d.bind.matches = mlg_zalloc(2, sizeof *d.bind.matches);
    d.bind.n_matches = 2;
    d.bind.matches[0] = (mlg_match){"pol", "works_with"};
    d.bind.matches[1] = (mlg_match){"9", ""};
    ck_assert_int_eq(read_cell(&d, "Pol").id, MLG_CODE_OF(tie_kind, works_with));
    ck_assert_int_eq(read_cell(&d, "9").state, MLG_CELL_EMPTY);
    ck_assert_int_eq(read_cell(&d, "informs").id, MLG_CODE_OF(tie_kind, informs));
    close_desk(&d);

    open_desk(&d, C_ties_weight);
    d.bind.reversed = true;
    d.bind.from = 5.0;
    ck_assert_double_eq(read_cell(&d, "1").number, 4.0);
    ck_assert_double_eq(read_cell(&d, "4").number, 1.0);
    ck_assert_int_eq(read_cell(&d, "7").state, MLG_CELL_BAD);
    ck_assert(study_fixture_fault(&d.study, "beyond_scale", &view, message, sizeof message));
    ck_assert_str_eq(message, "'7' is off the scale: study.csv reads 5 less this number, which "
                              "must stay above 0; correct the value or the scale");
    close_desk(&d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cell");
    TCase *numbers = tcase_create("numbers");
    tcase_add_loop_test(numbers, a_number_reads_as_a_person_means_it, 0,
                        (int) (sizeof number_cases / sizeof *number_cases));
    tcase_add_test(numbers, numbers_read_alike_where_the_host_has_a_decimal_comma);
    tcase_add_loop_test(numbers, a_doubtful_thousand_is_judged_by_the_whole_file, 0,
                        (int) (sizeof doubt_cases / sizeof *doubt_cases));
    suite_add_tcase(suite, numbers);
    TCase *words = tcase_create("words");
    tcase_add_loop_test(words, a_word_means_what_its_column_says, 0,
                        (int) (sizeof word_cases / sizeof *word_cases));
    tcase_add_test(words, an_unknown_code_is_told_with_the_list_and_the_nearest);
    tcase_add_test(words, the_lists_of_closed_columns_are_their_codes);
    tcase_add_loop_test(words, a_list_is_cut_at_its_bars, 0,
                        (int) (sizeof list_cases / sizeof *list_cases));
    tcase_add_test(words, a_bad_item_of_a_list_is_told_with_the_others);
    suite_add_tcase(suite, words);
    TCase *names = tcase_create("names");
    tcase_add_loop_test(names, a_name_is_kept_without_what_nobody_sees, 0,
                        (int) (sizeof clean_cases / sizeof *clean_cases));
    tcase_add_test(names, a_name_has_at_most_1024_characters);
    tcase_add_test(names, what_was_seen_before_reads_the_same);
    tcase_add_test(names, matched_values_and_reversed_scales);
    suite_add_tcase(suite, names);
    return suite_run(suite);
}
