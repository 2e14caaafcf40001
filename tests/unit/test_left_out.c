/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/texts.h"
#include "finding/rule.h"
#include "model_fixture.h"
#include "report/leave_sheet.h"
#include "reported.h"
#include "suite.h"

/* What a finding, a note or a table says when part of what there is stays out of it. */

/* ---- activities without participants on record --------------------------------------------------
 */

/* `described` activities of the period, the first `recorded` of them with two participants. */
static const char *with_activities(int described, int recorded, const char *more)
{
    static char text[4096];
    strcpy(text, "study: key,value\ndate,2024-06-30\nactivities: id,start,end\n");
    for (int i = 0; i < described; i++) {
        snprintf(text + strlen(text), 40, "a%d,2024-03-01,\n", i);
    }
    strcat(text, more);
    strcat(text, "participations: actor,activity\n");
    for (int i = 0; i < recorded; i++) {
        snprintf(text + strlen(text), 40, "A,a%d\nB,a%d\n", i, i);
    }
    return text;
}

static const struct {
    const char *what, *more;
    int described, recorded;
    mlg_level before, after;
} records[] = {
    {"all on record", "", 10, 10, MLG_SERIOUS, MLG_SERIOUS},
    {"nine in ten", "", 10, 9, MLG_SERIOUS, MLG_SERIOUS},
    {"eight in ten", "", 10, 8, MLG_SERIOUS, MLG_WARN},
    {"fewer than nine in ten of nineteen", "", 19, 17, MLG_SERIOUS, MLG_WARN},
    {"what was lower stays", "", 10, 1, MLG_NOTICE, MLG_NOTICE},
    {"what is over is not asked for", "x,2019-01-01,2019-12-31\ny,2018-01-01,2018-12-31\n", 10, 9,
     MLG_SERIOUS, MLG_SERIOUS},
    {"what is open is asked for", "x,2019-01-01,\ny,,\n", 10, 10, MLG_SERIOUS, MLG_WARN},
};

START_TEST(few_lists_of_attendance_cap_the_level)
{
    reported r;
    reported_open(&r,
                  with_activities(records[_i].described, records[_i].recorded, records[_i].more));
    mlg_finding finding = {.level = records[_i].before};
    mlg_rule_cap_unrecorded(&finding, mlg_context_graph(r.context, 0));
    ck_assert_msg(finding.level == records[_i].after, "%s: %s", records[_i].what,
                  mlg_level_name(finding.level));
    reported_close(&r);
}
END_TEST

/* Activities that only participations name are on record by that, and described nowhere. */
START_TEST(activities_without_a_row_cap_nothing)
{
    reported r;
    reported_open(&r, "study: key,value\ndate,2024-06-30\n"
                      "participations: actor,activity\nA,m\nB,m\nA,n\nB,n\n");
    mlg_finding finding = {.level = MLG_SERIOUS};
    mlg_rule_cap_unrecorded(&finding, mlg_context_graph(r.context, 0));
    ck_assert_int_eq(finding.level, MLG_SERIOUS);
    reported_close(&r);
}
END_TEST

/* ---- actors without a tie -----------------------------------------------------------------------
 */

typedef struct page {
    reported r;
    mlg_document document;
} page;

static void page_open(page *p, const char *text, bool measured)
{
    (measured ? reported_study : reported_open)(&p->r, text);
    p->document = (mlg_document){.results = &p->r.results};
    mlg_doc_section(&p->document, "page", T_none);
}

static void page_close(page *p)
{
    mlg_document_free(&p->document);
    reported_close(&p->r);
}

/* Notes of the page, one after the other. The text lives until the next call. */
static const char *notes(const page *p)
{
    static char text[4096];
    const mlg_section *section = &p->document.sections[0];
    text[0] = '\0';
    for (size_t b = 0; b < section->n; b++) {
        const mlg_block *block = &section->blocks[b];
        mlg_buffer out = {0};
        if (block->kind == MLG_BLOCK_NOTE) {
            mlg_say(&out, &p->r.results, MLG_EN, block->text.key, block->text.args,
                    block->text.n_args);
            strncat(text, mlg_buffer_string(&out), sizeof text - strlen(text) - 1);
        }
        mlg_buffer_free(&out);
    }
    return text;
}

/* In actors.csv A to E; what ties or participations there are. */
static const struct {
    const char *what, *rows;
    int32_t untied, actors;
} registers[] = {
    {"two of five are tied to nobody", "ties: from,to\nA,B\nB,C\n", 2, 5},
    {"a tie that is over ties nobody", "ties: from,to,end\nA,B,\nC,D,2020-01-01\n", 3, 5},
    {"everybody is tied", "ties: from,to\nA,B\nB,C\nC,D\nD,E\n", 0, 5},
    {"nobody is tied", "ties: from,to,end\nA,B,2020-01-01\n", 5, 5},
    {"alone in an activity", "participations: actor,activity\nA,m\nB,m\nC,n\n", 3, 5},
};

START_TEST(who_is_tied_to_nobody_is_counted)
{
    char text[1024], said[80];
    page p;
    snprintf(text, sizeof text, "study: key,value\ndate,2024-06-30\nactors: id\nA\nB\nC\nD\nE\n%s",
             registers[_i].rows);
    page_open(&p, text, false);
    const mlg_graph *graph = mlg_context_graph(p.r.context, 0);
    ck_assert_msg(graph->n == registers[_i].actors &&
                      mlg_section_untied(graph) == registers[_i].untied,
                  "%s: %d of %d", registers[_i].what, mlg_section_untied(graph), graph->n);
    mlg_part_untied(&p.document, 0);
    if (registers[_i].untied > 0 && registers[_i].untied < registers[_i].actors) {
        snprintf(said, sizeof said, "%d of the 5 actors have no tie", registers[_i].untied);
        ck_assert_msg(strstr(notes(&p), said) != NULL, "%s", notes(&p));
        snprintf(said, sizeof said, "over the %d that have a tie", 5 - registers[_i].untied);
        ck_assert_msg(strstr(notes(&p), said) != NULL, "%s", notes(&p));
    } else {
        ck_assert_str_eq(notes(&p), "");
    }
    page_close(&p);
}
END_TEST

/* Over a projection that was too large to make, who attends something is tied for all we know. */
START_TEST(without_a_projection_attendance_counts)
{
    page p;
    page_open(&p, "actors: id\nA\nB\nC\nparticipations: actor,activity\nA,m\nB,n\n", false);
    mlg_graph graph = *mlg_context_graph(p.r.context, 0);
    ck_assert_int_eq(mlg_section_untied(&graph), 3);
    graph.projected = false;
    ck_assert_int_eq(mlg_section_untied(&graph), 1);
    page_close(&p);
}
END_TEST

/* ---- held posts of which nothing is on record ---------------------------------------------------
 */

#define HELD                                                                                       \
    "study: key,value\ndate,2024-06-30\n"                                                          \
    "actors: id,kind,organisation\nTOWN,organisation,\nHOSP,organisation,\n"                       \
    "Ann,person,TOWN\nBob,person,\nCyr,person,\nDan,person,\n"                                     \
    "territories: id,scale\nu,commune\nv,commune\nperimeters: territory,unit\nT,u\nT,v\n"          \
    "ties: from,to\nAnn,HOSP\n"                                                                    \
    "posts: id,person,role,scheme,employer,territory\n"
#define KNOWN     "Lead,Ann,coordinator,CLS,TOWN,\n"
#define SILENT_1  "One,Bob,director,,,\n"
#define SILENT_2  "Two,Cyr,director,,,\n"
#define OF_A_TOWN "Three,Dan,elected,,,u\n"

static size_t rows_of(const mlg_table *table)
{
    return table->n_cells / table->n_columns;
}

static const struct {
    const char *what, *text;
    size_t rows, all;
    const char *said;
} posts[] = {
    {"two say nothing", HELD KNOWN SILENT_1 SILENT_2, 1, 3,
     "2 other held posts are not in this table"},
    {"one of three would leave a town", HELD KNOWN SILENT_1 SILENT_2 OF_A_TOWN, 1, 4,
     "The departure of 1 of them would leave a municipality without"},
    {"one alone is shown", HELD KNOWN SILENT_1, 2, 2, NULL},
    {"all of them say nothing", HELD SILENT_1 SILENT_2, 2, 2, NULL},
};

START_TEST(posts_that_say_nothing_stand_under_the_table)
{
    mlg_leavers leavers;
    page p;
    page_open(&p, posts[_i].text, true);
    ck_assert_int_eq(mlg_leavers_of(p.r.model, &leavers, NULL), MLG_OK);
    const mlg_table *table = mlg_leave_table(&p.document, NULL, &leavers, NULL);
    const size_t shown = rows_of(table);
    const char *under = notes(&p);
    ck_assert_msg(shown == posts[_i].rows, "%s: %zu rows", posts[_i].what, shown);
    ck_assert_msg(posts[_i].said != NULL ? strstr(under, posts[_i].said) != NULL : under[0] == '\0',
                  "%s: %s", posts[_i].what, under);
    /* the file has a row of each, whatever is known of it */
    ck_assert_uint_eq(rows_of(mlg_leave_table(&p.document, "leave", &leavers, NULL)),
                      posts[_i].all);
    mlg_leavers_free(&leavers);
    page_close(&p);
}
END_TEST

/* Who asks for a post by its name gets it, known or not. */
START_TEST(a_post_asked_for_is_shown)
{
    bool chosen[4] = {false, true, true, false};
    mlg_leavers leavers;
    page p;
    page_open(&p, HELD KNOWN SILENT_1 SILENT_2 OF_A_TOWN, true);
    ck_assert_int_eq(mlg_leavers_of(p.r.model, &leavers, NULL), MLG_OK);
    ck_assert_int_eq(leavers.n, 4);
    ck_assert_uint_eq(rows_of(mlg_leave_table(&p.document, NULL, &leavers, chosen)), 2);
    ck_assert_str_eq(notes(&p), "");
    chosen[0] = chosen[3] = true; /* all of them: the overview again */
    ck_assert_uint_eq(rows_of(mlg_leave_table(&p.document, NULL, &leavers, chosen)), 1);
    ck_assert_str_ne(notes(&p), "");
    mlg_leavers_free(&leavers);
    page_close(&p);
}
END_TEST

static Suite *left_out_suite(void)
{
    Suite *suite = suite_create("left_out");
    TCase *tcase = tcase_create("left_out");
    tcase_add_loop_test(tcase, few_lists_of_attendance_cap_the_level, 0,
                        sizeof records / sizeof *records);
    tcase_add_test(tcase, activities_without_a_row_cap_nothing);
    tcase_add_loop_test(tcase, who_is_tied_to_nobody_is_counted, 0,
                        sizeof registers / sizeof *registers);
    tcase_add_test(tcase, without_a_projection_attendance_counts);
    tcase_add_loop_test(tcase, posts_that_say_nothing_stand_under_the_table, 0,
                        sizeof posts / sizeof *posts);
    tcase_add_test(tcase, a_post_asked_for_is_shown);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_run(left_out_suite());
}
