/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "report/section.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- the page as a whole --------------------------------------------------------------- */

static const mlg_section *section_of(const mlg_document *document, const char *id)
{
    for (size_t s = 0; s < document->n; s++) {
        if (strcmp(document->sections[s].id, id) == 0) {
            return &document->sections[s];
        }
    }
    return NULL;
}

/* What is said of the section `id` where sections without data are listed, or NULL. */
static const mlg_block *missing_of(const mlg_document *document, const char *id)
{
    const mlg_section *missing = section_of(document, "missing");
    const mlg_section_row *row = mlg_sections();
    while (strcmp(row->id, id) != 0) {
        row++;
    }
    for (size_t b = 0; missing != NULL && b < missing->n; b++) {
        ck_assert_int_eq(missing->blocks[b].kind, MLG_BLOCK_MISSING);
        if (missing->blocks[b].text.args[1].key == row->title) {
            return &missing->blocks[b];
        }
    }
    return NULL;
}

START_TEST(sections_stand_in_the_order_of_their_table)
{
    reported r;
    mlg_document document;
    const mlg_section_row *row = mlg_sections();
    reported_study(&r, reported_rich_study());
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    ck_assert_uint_ge(document.n, 9);
    for (size_t s = 0; s < document.n; s++, row++) {
        while (strcmp(row->id, document.sections[s].id) != 0) {
            ck_assert_ptr_nonnull(row->id); /* others stay away */
            row++;
        }
        ck_assert_uint_ge(document.sections[s].n, 1);
    }
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

static const struct {
    const char *what, *study;
    const char *missing[5];
} lacking[] = {
    {"perimeters alone",
     "perimeters: territory,unit\nT,U\n",
     {"network", "silos", "positions", "dependence", NULL}},
    {"ties alone", "ties: from,to\na,b\n", {"silos", "territories", NULL}},
    {"posts alone",
     "posts: id,person\np,\n",
     {"network", "silos", "positions", "territories", NULL}},
};

START_TEST(a_section_without_data_names_the_table_that_would_unlock_it)
{
    reported r;
    mlg_document document;
    reported_study(&r, lacking[_i].study);
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    for (size_t i = 0; lacking[_i].missing[i] != NULL; i++) {
        const mlg_block *said = missing_of(&document, lacking[_i].missing[i]);
        ck_assert_msg(said != NULL, "%s: %s", lacking[_i].what, lacking[_i].missing[i]);
        ck_assert_ptr_null(section_of(&document, lacking[_i].missing[i]));
        for (int language = 0; language < MLG_N_LANGUAGES; language++) {
            const char *text = mlg_text((mlg_language) language, said->text.key);
            ck_assert_ptr_nonnull(strstr(text, ".csv"));
        }
    }
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(at_most_seven_findings_come_first_and_none_is_lost)
{
    reported r;
    mlg_document document;
    const size_t counts[] = {1, 7, 8, 12};
    reported_study(&r, reported_rich_study());
    mlg_finding copy = r.findings.items[0];
    ck_assert(mlg_grow(&r.findings.items, &r.findings.room, 12, sizeof *r.findings.items));
    for (size_t i = 0; i < 12; i++) {
        r.findings.items[i] = copy;
    }
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        size_t first = 0, told = 0;
        r.findings.n = counts[c];
        ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
        for (size_t s = 0; s < document.n; s++) {
            for (size_t b = 0; b < document.sections[s].n; b++) {
                const mlg_block *block = &document.sections[s].blocks[b];
                if (block->kind == MLG_BLOCK_FINDINGS) {
                    ck_assert_uint_eq(block->first, told);
                    first = told == 0 ? block->n : first;
                    told += block->n;
                }
            }
        }
        ck_assert_uint_eq(told, counts[c]);
        ck_assert_uint_le(first, 7);
        ck_assert((section_of(&document, "more") != NULL) == (counts[c] > 7));
        mlg_document_free(&document);
    }
    reported_close(&r);
}
END_TEST

/* Whole rows, a title in both languages, a name that a file can have, once. */
START_TEST(each_table_is_whole)
{
    const char *const studies[] = {reported_rich_study(), "ties: from,to\na,b\n",
                                   "perimeters: territory,unit\nT,U\nT,V\nS,V\nS,W\n"};
    for (size_t i = 0; i < 3; i++) {
        reported r;
        mlg_document document;
        const char *names[64];
        size_t n = 0;
        reported_study(&r, studies[i]);
        ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
        for (size_t s = 0; s < document.n; s++) {
            for (size_t b = 0; b < document.sections[s].n; b++) {
                const mlg_table *table = document.sections[s].blocks[b].table;
                if (table == NULL) {
                    continue;
                }
                ck_assert_uint_eq(table->n_cells % table->n_columns, 0);
                ck_assert(table->page_rows == 0 || table->caption.key != T_none);
                for (size_t k = 0; k < n && table->id != NULL; k++) {
                    ck_assert_str_ne(table->id, names[k]);
                }
                if (table->id != NULL) {
                    ck_assert_uint_eq(strspn(table->id, "abcdefghijklmnopqrstuvwxyz_"),
                                      strlen(table->id));
                    names[n++] = table->id;
                }
            }
        }
        ck_assert_uint_ge(n, 5);
        mlg_document_free(&document);
        reported_close(&r);
    }
}
END_TEST

/* A study of `n` sectors of two actors each, three in the last; everybody works with everybody. */
static const char *crowd_of_sectors(int n)
{
    static char text[16384];
    size_t used = (size_t) snprintf(text, sizeof text, "actors: id,sector\n");
    for (int i = 0; i <= 2 * n; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "v%d,field %d\n", i,
                                  i < 2 * n ? i / 2 : n - 1);
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "ties: from,to,kind\n");
    for (int i = 0; i <= 2 * n; i++) {
        for (int j = 0; j < i; j++) {
            used +=
                (size_t) snprintf(text + used, sizeof text - used, "v%d,v%d,works_with\n", i, j);
        }
    }
    return text;
}

/* As if each pair of sectors lacked a tie, beyond chance. */
static void lack_ties(reported *r)
{
    for (size_t i = 0; i < r->values.n; i++) {
        mlg_value *value = &r->values.items[i];
        const bool asked = strcmp(value->measure->id, "silo.mixing") == 0 && value->n > 0;
        for (size_t row = 0; asked && row < value->n; row++) {
            value->column[MLG_EXPECTED][row] = value->column[MLG_VALUE][row] + 1.0;
            value->column[MLG_P_ADJUSTED][row] = 0.01;
        }
    }
}

START_TEST(a_matrix_of_sectors_fits_a_page_however_many_they_are)
{
    const struct {
        int sectors;
        const char *last; /* head of the last column: the largest sectors are kept */
        size_t columns;
        mlg_text_key caption;
        bool pairs; /* what the matrix has no room for */
    } cases[] = {{6, "field 5", 7, T_table_matrix, false},
                 {12, "field 11", 13, T_table_matrix, false},
                 {13, "field 12", 13, T_table_matrix_part, true}};
    for (size_t i = 0; i < 3; i++) {
        reported r;
        mlg_document document;
        const mlg_table *matrix = NULL, *pairs = NULL;
        reported_study(&r, crowd_of_sectors(cases[i].sectors));
        lack_ties(&r);
        ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
        const mlg_section *silos = section_of(&document, "silos");
        for (size_t b = 0; b < silos->n; b++) {
            const mlg_table *table = silos->blocks[b].table;
            matrix = table != NULL && table->caption.key == cases[i].caption ? table : matrix;
            pairs = table != NULL && table->caption.key == T_table_pairs ? table : pairs;
        }
        mlg_buffer head = {0};
        ck_assert_ptr_nonnull(matrix);
        ck_assert_int_eq(pairs != NULL, cases[i].pairs);
        ck_assert_uint_eq(matrix->n_columns, cases[i].columns);
        mlg_say_arg(&head, &r.results, MLG_EN, &matrix->headings[matrix->n_columns - 1].title);
        ck_assert_str_eq(mlg_buffer_string(&head), cases[i].last);
        ck_assert(matrix->heat);
        ck_assert_uint_eq(mlg_table_rows(matrix), cases[i].columns - 1);
        mlg_buffer_free(&head);
        for (size_t row = 0; pairs != NULL && row < mlg_table_rows(pairs); row++) {
            ck_assert_uint_eq(mlg_table_rows(pairs), 78); /* each once, */
            ck_assert_uint_le(pairs->page_rows, 12);      /* the first on the page */
            ck_assert_int_lt(mlg_table_cell(pairs, row, 1)->arg.id,
                             mlg_table_cell(pairs, row, 2)->arg.id);
        }
        mlg_document_free(&document);
        reported_close(&r);
    }
}
END_TEST

START_TEST(a_matrix_that_would_be_grey_all_over_is_a_sentence)
{
    reported r;
    mlg_document document;
    bool said = false;
    reported_study(&r, "actors: id,sector\na,x\nb,x\nc,x\nd,x\ne,x\nf,y\ng,y\nh,y\ni,y\nj,y\n"
                       "ties: from,to\na,b\nc,d\ne,f\nf,g\nh,i\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_section *silos = section_of(&document, "silos");
    for (size_t b = 0; b < silos->n; b++) {
        const mlg_table *table = silos->blocks[b].table;
        ck_assert(table == NULL || !table->heat);
        said = said || silos->blocks[b].text.key == T_silos_faint;
    }
    ck_assert(said);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* The cell of a pair of sectors that were given their counts by hand. */
static mlg_cell shaded(double observed, double expected, double p_adjusted, char *words,
                       size_t room)
{
    reported r;
    mlg_document document;
    mlg_cell cell = {.kind = MLG_CELL_EMPTY};
    reported_study(&r, reported_two_silos(6));
    for (size_t i = 0; i < r.values.n; i++) {
        mlg_value *value = &r.values.items[i];
        if (strcmp(value->measure->id, "silo.mixing") == 0) {
            value->column[MLG_VALUE][1] = observed;
            value->column[MLG_EXPECTED][1] = expected;
            value->column[MLG_P_ADJUSTED][1] = p_adjusted;
        }
    }
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    const mlg_section *silos = section_of(&document, "silos");
    for (size_t b = 0; b < silos->n; b++) {
        const mlg_table *table = silos->blocks[b].table;
        if (table != NULL && table->caption.key == T_table_matrix) {
            cell = *mlg_table_cell(table, 0, 2);
        }
    }
    snprintf(words, room, "%s|%s", cell.kind == MLG_CELL_ARG ? cell.arg.text : "",
             cell.small != NULL ? cell.small : "");
    mlg_document_free(&document);
    reported_close(&r);
    return cell;
}

static const struct {
    double observed, expected, p;
    mlg_tint tint;
    const char *words; /* times the expected | observed / expected */
} shades[] = {
    {4, 10, 1, MLG_TINT_FAR_LESS, "0.40|4 / 10"},     {5, 10, 1, MLG_TINT_LESS, "0.50|5 / 10"},
    {8, 10, 1, MLG_TINT_AS, "0.80|8 / 10"},           {12, 10, 1, MLG_TINT_AS, "1.2|12 / 10"},
    {13, 10, 1, MLG_TINT_MORE, "1.3|13 / 10"},        {20, 10, 1, MLG_TINT_FAR_MORE, "2.0|20 / 10"},
    {4, 10, .05, MLG_TINT_FAR_LESS, "0.40 *|4 / 10"}, {0, 4.9, 1, MLG_TINT_FAINT, "0.00|0 / 4.9"},
    {0, 5, 1, MLG_TINT_FAR_LESS, "0.00|0 / 5.0"},     {0, 0, 1, MLG_TINT_NONE, "|"},
};

START_TEST(a_shade_says_how_far_from_the_expected_and_where_nothing_can_be_said)
{
    char words[64];
    const mlg_cell cell =
        shaded(shades[_i].observed, shades[_i].expected, shades[_i].p, words, sizeof words);
    ck_assert_int_eq(cell.tint, shades[_i].tint);
    ck_assert_str_eq(words, shades[_i].words);
}
END_TEST

START_TEST(the_facts_count_what_the_study_has)
{
    reported r;
    mlg_document document;
    const struct {
        const char *study;
        mlg_text_key subject, noun;
        double number;
    } cases[] = {
        {"ties: from,to\na,b\nb,c\n", T_report_untitled, T_fact_actors, 3},
        {"ties: from,to\na,b\nb,c\n", T_report_untitled, T_fact_ties, 2},
        {"participations: actor,activity\na,x\nb,x\nb,y\n", T_report_untitled, T_fact_activities,
         2},
        {"perimeters: territory,unit\nT,U\nT,V\nS,V\n", T_report_perimeters, T_fact_units, 2},
        {"perimeters: territory,unit\nT,U\nT,V\nS,V\n", T_report_perimeters, T_fact_perimeters, 2},
        {"posts: id,person\np,\nq,\n", T_report_posts, T_fact_posts, 2},
        {"actors: id,sector\na,hospital\nties: from,to\na,b\n", T_report_untitled,
         T_fact_known_sector, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double number = -1;
        reported_study(&r, cases[i].study);
        ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
        ck_assert_int_eq(document.subject, cases[i].subject);
        ck_assert(!document.illustrative);
        for (size_t f = 0; f < document.n_facts; f++) {
            number =
                document.facts[f].noun == cases[i].noun ? document.facts[f].number.number : number;
        }
        ck_assert_msg(number == cases[i].number, "%zu: %g", i, number);
        mlg_document_free(&document);
        reported_close(&r);
    }
}
END_TEST

START_TEST(any_allocation_of_the_report_may_fail)
{
    reported r;
    reported_study(&r, reported_rich_study());
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status == MLG_ENOMEM; n += 1 + n / 40) { /* all of the first, then some */
        mlg_document document;
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = n;
        status = mlg_document_report(&r.results, &document, &err);
        if (mlg_alloc_fails_at >= 0) {
            mlg_alloc_fails_at = -1;
            ck_assert_int_eq(status, MLG_OK);
            ck_assert_int_ge(n, 100);
            mlg_document_free(&document);
        } else {
            ck_assert_msg(status == MLG_ENOMEM, "allocation %ld: %d", n, status);
            ck_assert_str_ne(err.message, "");
            ck_assert_ptr_null(document.sections);
        }
    }
    reported_close(&r);
}
END_TEST

/* ---- texts -------------------------------------------------------------------------------- */

START_TEST(labels_of_a_text_follow_its_language)
{
    reported r;
    reported_study(&r, reported_rich_study());
    const mlg_arg args[] = {
        mlg_arg_label(MLG_SCOPE_SECTOR, MLG_CODE_OF(sector, social)),
        mlg_arg_label(MLG_SCOPE_SECTOR, MLG_CODE_OF(sector, hospital)),
        mlg_arg_count(2),
    };
    mlg_buffer text = {0};
    mlg_say(&text, &r.results, MLG_FR, T_svg_dot, args, 3);
    const char *fr = mlg_buffer_string(&text);
    ck_assert_ptr_nonnull(strstr(fr, "action sociale"));
    ck_assert_ptr_nonnull(strstr(fr, "2 liens"));
    mlg_buffer_clear(&text);
    mlg_say(&text, &r.results, MLG_EN, T_svg_dot, args, 3);
    ck_assert_ptr_null(strstr(mlg_buffer_string(&text), "action sociale"));
    ck_assert_ptr_nonnull(strstr(mlg_buffer_string(&text), "2 ties"));
    mlg_buffer_free(&text);
    reported_close(&r);
}
END_TEST

START_TEST(a_name_longer_than_any_buffer_is_said_whole)
{
    char study[2048] = "actors: id,name\na,";
    char name[1025];
    reported r;
    memset(name, 'n', 1024);
    name[1024] = '\0';
    strcat(study, name);
    strcat(study, "\nties: from,to\na,b\n");
    reported_study(&r, study);
    mlg_buffer text = {0};
    mlg_say_label(&text, &r.results, MLG_EN, MLG_SCOPE_ACTOR, 0);
    ck_assert_str_eq(mlg_buffer_string(&text), name);
    mlg_buffer_free(&text);
    reported_close(&r);
}
END_TEST

START_TEST(views_are_called_by_what_they_are_made_of)
{
    reported r;
    const char *const names[] = {"declared ties", "ties “trust”", "ties “work together”",
                                 "shared participations"};
    reported_study(&r, "ties: from,to,kind\na,b,works_with\nb,c,trusts\n"
                       "participations: actor,activity\na,x\nb,x\n");
    ck_assert_uint_eq(r.n_views, 4);
    for (int32_t view = 0; view < 4; view++) {
        mlg_buffer text = {0};
        mlg_say_view(&text, &r.results, MLG_EN, view);
        bool known = false;
        for (size_t i = 0; i < 4; i++) {
            known = known || strcmp(mlg_buffer_string(&text), names[i]) == 0 ||
                    strncmp(mlg_buffer_string(&text), "ties “", strlen("ties “")) == 0;
        }
        ck_assert_msg(known, "%s", mlg_buffer_string(&text));
        ck_assert_int_eq(mlg_section_shows(&r.results, view), view == 0 || view == 3);
        mlg_buffer_free(&text);
    }
    reported_close(&r);
}
END_TEST

START_TEST(reasons_have_codes_without_their_family)
{
    ck_assert_str_eq(mlg_reason_code(T_why_no_ties), "no_ties");
    ck_assert_str_eq(mlg_reason_code(T_caution_small_sample), "small_sample");
    ck_assert_str_eq(mlg_reason_code(T_none), "");
}
END_TEST

/* Every kind of finding and level has its word, every lever's source its document. */
START_TEST(words_of_findings_are_in_the_table)
{
    for (int level = MLG_INFO; level <= MLG_SERIOUS; level++) {
        ck_assert_str_ne(mlg_text(MLG_FR, mlg_document_level((mlg_level) level)), "");
    }
    const char *const kinds[] = {"silo",
                                 "gap",
                                 "dependence",
                                 "vacant_post",
                                 "expiring_post",
                                 "crossing_perimeters",
                                 "uncovered_population",
                                 "nothing_to_conclude",
                                 "next_table"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ck_assert_str_ne(mlg_text(MLG_FR, mlg_document_kind(kinds[i])), "");
    }
    const char *const sources[] = {"S0:281", "S1:185", "S3:47", "S4:1"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        ck_assert_ptr_nonnull(strstr(mlg_text(MLG_EN, mlg_document_source(sources[i])), "{0}"));
    }
}
END_TEST

/* ---- numbers ------------------------------------------------------------------------------- */

static const struct {
    double number;
    mlg_arg_kind kind;
    int digits;
} plain_cases[] = {
    {20, MLG_ARG_COUNT, 0},       {0, MLG_ARG_COUNT, 0},       {0.4497, MLG_ARG_NUMBER, 2},
    {-0.4497, MLG_ARG_NUMBER, 2}, {0.0312, MLG_ARG_NUMBER, 3}, {12.5, MLG_ARG_NUMBER, 1},
    {1234.5, MLG_ARG_NUMBER, 0},
};

START_TEST(a_number_has_as_many_decimals_as_a_reader_can_use)
{
    const mlg_arg arg = mlg_section_plain(plain_cases[_i].number);
    ck_assert_int_eq(arg.kind, plain_cases[_i].kind);
    ck_assert_int_eq(arg.digits, plain_cases[_i].digits);
}
END_TEST

START_TEST(a_column_with_fractions_has_one_number_of_decimals)
{
    const mlg_heading heads[] = {mlg_head("a", T_head_p), mlg_head("b", T_head_p)};
    mlg_document document = {0};
    mlg_doc_section(&document, "s", T_none);
    mlg_table *table = mlg_doc_table(&document, "t", (mlg_sentence){0}, heads, 2);
    const double column[] = {18.0, 8.125, 0.5};
    for (size_t i = 0; i < 3; i++) {
        mlg_doc_cell(&document, table, mlg_cell_of(mlg_section_plain(column[i])));
        mlg_doc_cell(&document, table, mlg_section_count((double) i));
    }
    mlg_doc_align(&document, -1);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(mlg_table_cell(table, i, 0)->arg.kind, MLG_ARG_NUMBER);
        ck_assert_int_eq(mlg_table_cell(table, i, 0)->arg.digits, 1);
        ck_assert_int_eq(mlg_table_cell(table, i, 1)->arg.kind, MLG_ARG_COUNT);
    }
    mlg_doc_align(&document, 4);
    ck_assert_int_eq(mlg_table_cell(table, 0, 0)->arg.digits, 4);
    ck_assert(mlg_table_is_numeric(table, 0));
    mlg_document_free(&document);
}
END_TEST

START_TEST(columns_of_zeros_stand_in_the_file_alone)
{
    const mlg_heading heads[] = {mlg_head("a", T_head_p), mlg_head("b", T_head_p),
                                 mlg_head("c", T_head_p), mlg_head("d", T_head_p)};
    mlg_document document = {0};
    mlg_doc_section(&document, "s", T_none);
    mlg_table *table = mlg_doc_table(&document, "t", (mlg_sentence){0}, heads, 4);
    for (size_t i = 0; i < 3; i++) {
        mlg_doc_cell(&document, table, mlg_cell_of(mlg_arg_text("name")));
        mlg_doc_cell(&document, table, mlg_section_count(0.0));
        mlg_doc_cell(&document, table, mlg_section_count(i == 2 ? 1.0 : 0.0));
        mlg_doc_cell(&document, table, mlg_section_count(i == 2 ? NAN : 0.0)); /* not known */
    }
    mlg_table_drop_zeros(table);
    const mlg_column_use uses[] = {MLG_EVERYWHERE, MLG_FILE_ONLY, MLG_EVERYWHERE, MLG_EVERYWHERE};
    for (size_t c = 0; c < 4; c++) {
        ck_assert_int_eq(table->headings[c].use, uses[c]);
    }
    mlg_table *empty = mlg_doc_table(&document, "e", (mlg_sentence){0}, heads, 4);
    mlg_table_drop_zeros(empty);
    ck_assert_int_eq(empty->headings[1].use, MLG_EVERYWHERE);
    mlg_document_free(&document);
}
END_TEST

START_TEST(nan_is_a_cell_with_its_reason_never_a_zero)
{
    reported r;
    mlg_buffer text = {0};
    reported_study(&r, "ties: from,to\na,b\n");
    const mlg_cell cell = mlg_cell_number(mlg_arg_number(NAN, 2), T_why_no_ties);
    ck_assert_int_eq(cell.kind, MLG_CELL_UNDEFINED);
    mlg_say_cell(&text, &r.results, &cell);
    ck_assert_str_eq(mlg_buffer_string(&text), "n/a (no tie)");
    mlg_buffer_free(&text);
    reported_close(&r);
}
END_TEST

START_TEST(rows_are_ordered_falling_with_unknown_ones_last)
{
    mlg_document document = {0};
    const double by[] = {1, NAN, 3, 3, 0}, then[] = {0, 9, 1, 2, 0};
    const size_t expected[] = {3, 2, 0, 4, 1};
    const size_t *order = mlg_section_order(&document, by, then, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(order[i], expected[i]);
    }
    mlg_document_free(&document);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("document");
    TCase *page = tcase_create("page");
    tcase_add_test(page, sections_stand_in_the_order_of_their_table);
    tcase_add_loop_test(page, a_section_without_data_names_the_table_that_would_unlock_it, 0,
                        N_OF(lacking));
    tcase_add_test(page, at_most_seven_findings_come_first_and_none_is_lost);
    tcase_add_test(page, each_table_is_whole);
    tcase_add_test(page, a_matrix_of_sectors_fits_a_page_however_many_they_are);
    tcase_add_test(page, a_matrix_that_would_be_grey_all_over_is_a_sentence);
    tcase_add_loop_test(page, a_shade_says_how_far_from_the_expected_and_where_nothing_can_be_said,
                        0, N_OF(shades));
    tcase_add_test(page, the_facts_count_what_the_study_has);
    tcase_add_test(page, any_allocation_of_the_report_may_fail);
    suite_add_tcase(suite, page);

    TCase *texts = tcase_create("texts");
    tcase_add_test(texts, labels_of_a_text_follow_its_language);
    tcase_add_test(texts, a_name_longer_than_any_buffer_is_said_whole);
    tcase_add_test(texts, views_are_called_by_what_they_are_made_of);
    tcase_add_test(texts, reasons_have_codes_without_their_family);
    tcase_add_test(texts, words_of_findings_are_in_the_table);
    suite_add_tcase(suite, texts);

    TCase *numbers = tcase_create("numbers");
    tcase_add_loop_test(numbers, a_number_has_as_many_decimals_as_a_reader_can_use, 0,
                        N_OF(plain_cases));
    tcase_add_test(numbers, a_column_with_fractions_has_one_number_of_decimals);
    tcase_add_test(numbers, columns_of_zeros_stand_in_the_file_alone);
    tcase_add_test(numbers, nan_is_a_cell_with_its_reason_never_a_zero);
    tcase_add_test(numbers, rows_are_ordered_falling_with_unknown_ones_last);
    suite_add_tcase(suite, numbers);
    return suite_run(suite);
}
