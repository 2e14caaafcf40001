/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "measure/containment.h"
#include "measure/perimeter_overlap.h"
#include "model_fixture.h"
#include "report/document.h"
#include "reported.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- containment --------------------------------------------------------------------------- */

/* A holds B; C crosses A; D is apart and of no scheme. Inhabitants: a 10, b 20, c 30, d 40. */
static const char *const nested = "territories: id,name,population\n"
                                  "a,,10\nb,,20\nc,,30\nd,,40\nA,Large area,\n"
                                  "perimeters: territory,unit\n"
                                  "A,a\nA,b\nA,c\nB,b\nC,c\nC,d\nD,d\n"
                                  "schemes: id,kind,territory\nS1,cls,A\nS2,cpts,B\nS3,ctg,C\n";

static double share_of(const mlg_containment *table, const mlg_model *model, const char *row,
                       const char *column)
{
    int32_t at[2] = {-1, -1};
    for (int32_t i = 0; i < table->n; i++) {
        at[0] = table->territory[i] == model_fixture_territory(model, row) ? i : at[0];
        at[1] = table->territory[i] == model_fixture_territory(model, column) ? i : at[1];
    }
    ck_assert_msg(at[0] >= 0 && at[1] >= 0, "%s, %s: not in the table", row, column);
    return table->share[at[0] * table->n + at[1]];
}

START_TEST(shares_are_of_the_row)
{
    mlg_model *model = model_fixture(nested);
    mlg_containment table;
    ck_assert_int_eq(mlg_containment_of(model, 12, &table, NULL), MLG_OK);
    ck_assert_int_eq(table.n, 3); /* those of schemes */
    ck_assert(table.of_schemes && table.by_people);
    ck_assert_int_eq(table.left_out, 0);
    ck_assert_int_eq(table.territory[0], model_fixture_territory(model, "C")); /* 70 people */
    ck_assert_double_eq_tol(share_of(&table, model, "B", "A"), 1.0, 1e-12);
    ck_assert_double_eq_tol(share_of(&table, model, "A", "B"), 20.0 / 60, 1e-12);
    ck_assert_double_eq_tol(share_of(&table, model, "A", "C"), 30.0 / 60, 1e-12);
    ck_assert_double_eq_tol(share_of(&table, model, "C", "A"), 30.0 / 70, 1e-12);
    ck_assert_double_eq(share_of(&table, model, "B", "C"), 0.0);
    ck_assert_double_eq(share_of(&table, model, "C", "C"), 1.0);
    mlg_containment_free(&table);
    ck_assert_int_eq(mlg_containment_of(model, 2, &table, NULL), MLG_OK);
    ck_assert_int_eq(table.n, 2);
    ck_assert_int_eq(table.left_out, 1);
    mlg_containment_free(&table);
    mlg_model_free(model);
}
END_TEST

static const struct {
    const char *what, *study;
    int32_t n;
    bool by_people, of_schemes;
} containments[] = {
    {"no perimeter", "actors: id\nx\n", 0, false, false},
    {"one perimeter", "perimeters: territory,unit\nT,u\n", 0, false, false},
    {"no inhabitant known", "perimeters: territory,unit\nT,u\nU,u\nU,v\n", 2, false, false},
    {"some unknown",
     "territories: id,population\nu,5\n"
     "perimeters: territory,unit\nT,u\nU,u\nU,v\n",
     2, false, false},
    {"one scheme: all perimeters",
     "territories: id,population\nu,5\nv,6\nperimeters: territory,unit\nT,u\nU,u\nU,v\n"
     "schemes: id,territory\nS,T\n",
     2, true, false},
};

START_TEST(the_table_says_what_it_is_made_of)
{
    mlg_model *model = model_fixture(containments[_i].study);
    mlg_containment table;
    ck_assert_int_eq(mlg_containment_of(model, 12, &table, NULL), MLG_OK);
    ck_assert_msg(table.n == containments[_i].n, "%s: %d", containments[_i].what, table.n);
    if (table.n > 0) {
        ck_assert_msg(table.by_people == containments[_i].by_people, "%s", containments[_i].what);
        ck_assert_msg(table.of_schemes == containments[_i].of_schemes, "%s", containments[_i].what);
    }
    mlg_containment_free(&table);
    mlg_model_free(model);
}
END_TEST

/* Twenty units, one of unknown population: the others weigh. A row of nobody known is unknown. */
START_TEST(a_few_unknown_populations_leave_shares_of_inhabitants)
{
    char text[2048] = "territories: id,population\n";
    mlg_containment table;
    for (int u = 0; u < 20; u++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "u%d,%s\n", u,
                 u == 0 ? "" : "10");
    }
    strcat(text, "perimeters: territory,unit\nU,u0\nB,u0\nB,u1\n");
    for (int u = 0; u < 20; u++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "A,u%d\n", u);
    }
    mlg_model *model = model_fixture(text);
    ck_assert_int_eq(mlg_containment_of(model, 12, &table, NULL), MLG_OK);
    ck_assert(table.by_people);
    ck_assert_double_eq(table.unknown, 1);
    ck_assert_double_eq(table.units, 20);
    ck_assert_double_eq_tol(share_of(&table, model, "A", "B"), 1.0 / 19, 1e-12);
    ck_assert_double_eq(share_of(&table, model, "B", "A"), 1.0);
    ck_assert(isnan(share_of(&table, model, "U", "A"))); /* not 0 */
    mlg_containment_free(&table);
    mlg_model_free(model);
}
END_TEST

/* Random wholes: shares by counting, whatever the room. */
START_TEST(shares_are_those_of_counting)
{
    enum { UNITS = 12, AREAS = 7 };
    mlg_random draw = mlg_random_stream(3, "test_territories", "", (uint64_t) _i);
    bool in[AREAS][UNITS] = {{false}};
    int people[UNITS];
    char text[4096] = "territories: id,population\n";
    for (int u = 0; u < UNITS; u++) {
        const size_t used = strlen(text);
        people[u] = 1 + (int) mlg_random_below(&draw, 50);
        snprintf(text + used, sizeof text - used, "u%d,%d\n", u, people[u]);
    }
    strcat(text, "perimeters: territory,unit\n");
    for (int t = 0; t < AREAS; t++) {
        for (int u = 0; u < UNITS; u++) {
            in[t][u] = u == t || mlg_random_below(&draw, 3) == 0;
            if (in[t][u]) {
                const size_t used = strlen(text);
                snprintf(text + used, sizeof text - used, "T%d,u%d\n", t, u);
            }
        }
    }
    mlg_model *model = model_fixture(text);
    mlg_containment table;
    ck_assert_int_eq(mlg_containment_of(model, AREAS, &table, NULL), MLG_OK);
    for (int a = 0; a < AREAS; a++) {
        for (int b = 0; b < AREAS; b++) {
            double common = 0, all = 0;
            char row[16], column[16];
            for (int u = 0; u < UNITS; u++) {
                common += in[a][u] && in[b][u] ? people[u] : 0;
                all += in[a][u] ? people[u] : 0;
            }
            snprintf(row, sizeof row, "T%d", a);
            snprintf(column, sizeof column, "T%d", b);
            ck_assert_double_eq_tol(share_of(&table, model, row, column), common / all, 1e-12);
        }
    }
    mlg_containment_free(&table);
    mlg_model_free(model);
}
END_TEST

START_TEST(the_table_survives_any_allocation_failing)
{
    mlg_model *model = model_fixture(nested);
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_containment table;
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_containment_of(model, 12, &table, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 200);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && table.n == 0));
        mlg_containment_free(&table);
    }
    mlg_model_free(model);
}
END_TEST

/* ---- the section ----------------------------------------------------------------------------- */

typedef struct page {
    reported r;
    mlg_document document;
    const mlg_section *section;
} page;

static void page_open(page *p, const char *study)
{
    reported_study(&p->r, study);
    ck_assert_int_eq(mlg_document_report(&p->r.results, &p->document, NULL), MLG_OK);
    p->section = NULL;
    for (size_t s = 0; s < p->document.n; s++) {
        if (strcmp(p->document.sections[s].id, "territories") == 0) {
            p->section = &p->document.sections[s];
        }
    }
    ck_assert_ptr_nonnull(p->section);
}

static void page_close(page *p)
{
    mlg_document_free(&p->document);
    reported_close(&p->r);
}

static const mlg_table *table_of(const page *p, const char *id)
{
    for (size_t b = 0; b < p->section->n; b++) {
        const mlg_table *table = p->section->blocks[b].table;
        if (table != NULL && table->id != NULL && strcmp(table->id, id) == 0) {
            return table;
        }
    }
    return NULL;
}

static const char *said(const page *p, const mlg_table *table, size_t row, size_t column)
{
    static char text[256];
    mlg_buffer out = {0};
    mlg_say_cell(&out, &p->r.results, mlg_table_cell(table, row, column));
    snprintf(text, sizeof text, "%s", mlg_buffer_string(&out));
    mlg_buffer_free(&out);
    return text;
}

/* Reasons said in the section, one after the other. */
static size_t missing(const page *p, const char *reason)
{
    size_t n = 0;
    for (size_t b = 0; b < p->section->n; b++) {
        const mlg_block *block = &p->section->blocks[b];
        mlg_buffer out = {0};
        if (block->text.key == T_territories_lacks) {
            mlg_say(&out, &p->r.results, MLG_EN, block->text.key, block->text.args,
                    block->text.n_args);
            n += reason == NULL || strstr(mlg_buffer_string(&out), reason) != NULL;
        }
        mlg_buffer_free(&out);
    }
    return n;
}

static size_t column_of(const mlg_table *table, const char *name)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        if (strcmp(table->headings[c].name, name) == 0) {
            return c;
        }
    }
    ck_abort_msg("no column %s", name);
    return 0;
}

START_TEST(the_matrix_is_shaded_by_share)
{
    page p;
    page_open(&p, nested);
    const mlg_table *table = table_of(&p, "contained");
    ck_assert_ptr_nonnull(table);
    ck_assert(table->heat && table->plain);
    ck_assert_uint_eq(mlg_table_rows(table), 3);
    ck_assert_int_ne(table->note.key, T_none);
    /* rows and columns: C (70), A (60), B (20) */
    ck_assert_str_eq(said(&p, table, 1, 0), "Large area");
    const mlg_tint tints[3][3] = {
        {MLG_TINT_NONE, MLG_TINT_SHARE_2, MLG_TINT_SHARE_0},
        {MLG_TINT_SHARE_2, MLG_TINT_NONE, MLG_TINT_SHARE_2},
        {MLG_TINT_SHARE_0, MLG_TINT_SHARE_4, MLG_TINT_NONE},
    };
    for (size_t row = 0; row < 3; row++) {
        for (size_t column = 0; column < 3; column++) {
            ck_assert_int_eq(mlg_table_cell(table, row, column + 1)->tint, tints[row][column]);
        }
        ck_assert_int_eq(mlg_table_cell(table, row, row + 1)->kind, MLG_CELL_EMPTY);
    }
    page_close(&p);
}
END_TEST

START_TEST(a_part_that_may_lie_apart_is_at_most)
{
    page p;
    page_open(&p, "territories: id,population\nu,100\nv,100\n"
                  "perimeters: territory,unit,share\nX,u,0.6\nX,v,\nY,u,0.6\n");
    const mlg_table *table = table_of(&p, "contained");
    ck_assert_str_eq(said(&p, table, 1, 1), "at most 100%"); /* Y in X */
    ck_assert_int_eq(mlg_table_cell(table, 1, 1)->tint, MLG_TINT_SHARE_4);
    const mlg_table *pairs = table_of(&p, "perimeters");
    ck_assert_str_eq(said(&p, pairs, 0, column_of(pairs, "relation_code")), "undetermined");
    /* X: 60 of u and 100; Y: 60 of u; 20 to 60 in both */
    ck_assert_int_eq(pairs->note.key, T_table_overlap_note_open);
    const size_t a_in_b = column_of(pairs, "a_in_b"), b_in_a = column_of(pairs, "b_in_a");
    ck_assert_str_eq(said(&p, pairs, 0, a_in_b), "12% to 38%");
    ck_assert_str_eq(said(&p, pairs, 0, b_in_a), "33% to 100%");
    ck_assert_str_eq(said(&p, pairs, 0, column_of(pairs, "population")), "20 to 60");
    ck_assert_int_eq(pairs->headings[a_in_b].use, MLG_PAGE_ONLY); /* files have numbers */
    ck_assert_str_eq(said(&p, pairs, 0, b_in_a + 1), "100%");
    ck_assert_str_eq(said(&p, pairs, 0, b_in_a + 2), "33%");
    page_close(&p);
}
END_TEST

/* One number for a pair: the finding's is the table's, of inhabitants. A holds 1 of the 3 units of
 * B and 90 of its 110 residents. */
START_TEST(a_pair_has_one_number)
{
    page p;
    page_open(&p, "territories: id,population\nu,90\nv,10\nw,10\nx,100\n"
                  "perimeters: territory,unit\nA,u\nA,x\nB,u\nB,v\nB,w\n");
    const mlg_table *pairs = table_of(&p, "perimeters");
    ck_assert_int_eq(pairs->caption.key, T_table_overlap_people);
    ck_assert_str_eq(said(&p, pairs, 0, column_of(pairs, "b_in_a")), "82%");
    ck_assert_str_eq(said(&p, pairs, 0, column_of(pairs, "weight")), "population");
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&p.r, reported_first(&p.r, "crossing_perimeters"), MLG_EN),
               "and 82% of those of the second in the first"));
    page_close(&p);
}
END_TEST

START_TEST(unknown_populations_are_no_residents_in_common)
{
    page p;
    page_open(&p, "territories: id,population\nu,\nv,5\nw,10\n"
                  "perimeters: territory,unit\nA,u\nA,v\nB,u\nB,w\n");
    const mlg_table *pairs = table_of(&p, "perimeters");
    ck_assert_int_eq(pairs->caption.key, T_table_overlap_units);
    ck_assert_str_eq(said(&p, pairs, 0, column_of(pairs, "a_in_b")), "50%");
    ck_assert_str_eq(said(&p, pairs, 0, column_of(pairs, "population")), "n/a");
    page_close(&p);
}
END_TEST

/* Layers of schemes are not called perimeters alone; the shallowest units come by residents. */
START_TEST(layers_say_whose_perimeters_they_are)
{
    char text[2048] = "schemes: id,territory\nS,A\nterritories: id,population\n";
    page p;
    for (int u = 0; u < 20; u++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "u%d,%d\n", u,
                 u == 15 ? 900 : 10 + u);
    }
    strcat(text, "perimeters: territory,unit\n");
    for (int u = 0; u < 20; u++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s,u%d\n", u < 10 ? "A" : "B",
                 u);
    }
    page_open(&p, text);
    const mlg_table *layers = table_of(&p, "layers"), *least = NULL;
    ck_assert_int_eq(layers->caption.key, T_table_layers_schemes);
    for (size_t b = 0; b < p.section->n; b++) {
        const mlg_table *table = p.section->blocks[b].table;
        least = table != NULL && table->caption.key == T_table_layers_least_schemes ? table : least;
    }
    ck_assert_ptr_nonnull(least);
    ck_assert_str_eq(said(&p, least, 0, 0), "u15");
    ck_assert_str_eq(said(&p, least, 0, column_of(least, "layers")), "0");
    ck_assert_str_eq(said(&p, least, 1, 0), "u19");
    page_close(&p);
}
END_TEST

START_TEST(many_perimeters_are_cut_on_the_page_and_kept_in_the_file)
{
    enum { MANY = 70 };
    static char text[32768];
    page p;
    strcpy(text, "territories: id,population\n");
    for (int t = 0; t < MANY; t++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "u%d,%d\n", t, 1000 - t);
    }
    strcat(text, "perimeters: territory,unit\n");
    for (int t = 0; t < MANY; t++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "T%d,u%d\nT%d,u%d\n", t, t, t, (t + 1) % MANY);
    }
    page_open(&p, text);
    const mlg_table *table = table_of(&p, "contained");
    size_t on_page = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        on_page += table->headings[c].use != MLG_FILE_ONLY;
    }
    ck_assert_uint_eq(on_page, 13);
    ck_assert_uint_eq(table->page_rows, 12);
    ck_assert_uint_eq(mlg_table_rows(table), 60);
    ck_assert_int_eq(table->note.key, T_table_contained_note_some);
    ck_assert_double_eq(table->note.args[0].number, 12);
    ck_assert_double_eq(table->note.args[1].number, 70);
    ck_assert_double_eq(table->note.args[2].number, 60);
    ck_assert_double_eq(table->total, 70);
    const mlg_table *pairs = table_of(&p, "perimeters");
    ck_assert_uint_eq(mlg_table_rows(pairs), 1000);
    ck_assert_double_eq(pairs->total, MANY * (MANY - 1) / 2);
    page_close(&p);
}
END_TEST

static const char *const full = "study: key,value\n"
                                "date,2024-06-30\n"
                                "territories: id,name,population,scale,centre\n"
                                "V,Ville,3800,commune,\nB,Bourg,2200,commune,\n"
                                "C,Champs,2000,commune,\nD,Dunes,2000,commune,\n"
                                "E,Pays,,epci,V\nF,Canton,,canton,\n"
                                "perimeters: territory,unit\n"
                                "E,V\nE,B\nE,C\nE,D\nF,B\n"
                                "posts: id,person,role,territory\n"
                                "p1,Anne,elected,V\np2,vacant,referent,B\np3,,referent,C\n"
                                "activities: id,territory\n"
                                "A1,V\nA2,V\nA3,V\nA4,B\nA5,V|B\nA6,\n";

START_TEST(a_full_study_has_every_part)
{
    page p;
    page_open(&p, full);
    const mlg_table *referents = table_of(&p, "referents"), *towns = table_of(&p, "main_towns");
    const mlg_table *quotients = table_of(&p, "location_quotients");
    const mlg_table *counts = table_of(&p, "layer_counts");

    ck_assert_uint_eq(missing(&p, NULL), 0);
    /* to check first: nothing recorded, vacant, unnamed, named */
    const char *const units[] = {"Dunes", "Bourg", "Champs", "Ville"};
    const mlg_text_key words[] = {T_recorded_nothing, T_recorded_vacant, T_recorded_unnamed,
                                  T_recorded_held};
    for (size_t row = 0; row < 4; row++) {
        ck_assert_str_eq(said(&p, referents, row, 0), units[row]);
        ck_assert_int_eq(mlg_table_cell(referents, row, column_of(referents, "recorded"))->arg.key,
                         words[row]);
    }
    ck_assert_uint_eq(mlg_table_rows(towns), 1);
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "perimeter")), "Pays");
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "town")), "Ville");
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "in_town")), "3");
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "located")), "4");
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "not_counted")), "2");
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "low")), "0");
    ck_assert_str_eq(said(&p, towns, 0, column_of(towns, "high")), "3");
    ck_assert_uint_eq(mlg_table_rows(quotients), 4);
    ck_assert_str_eq(said(&p, quotients, 0, 0), "Ville"); /* the least likely first */
    ck_assert_uint_eq(mlg_table_rows(counts), 2);
    ck_assert_str_eq(said(&p, counts, 0, 0), "2");
    ck_assert_str_eq(said(&p, counts, 0, 1), "1");
    page_close(&p);
}
END_TEST

static const struct {
    const char *what, *study;
    size_t n;
    const char *reasons[4];
} lacking[] = {
    {"perimeters alone",
     "perimeters: territory,unit\nT,u\nU,u\nU,v\n",
     4,
     {"no scheme", "no post", "no main town", "populations unknown"}},
    {"territories alone",
     "territories: id,population\na,1\nb,2\n",
     6,
     {"Layers of schemes: no perimeter", "Nesting", "Share of the main town: no", "no activity"}},
};

START_TEST(a_part_without_data_says_what_would_unlock_it)
{
    page p;
    page_open(&p, lacking[_i].study);
    for (size_t k = 0; k < 4 && lacking[_i].reasons[k] != NULL; k++) {
        ck_assert_msg(missing(&p, lacking[_i].reasons[k]) > 0, "%s: %s", lacking[_i].what,
                      lacking[_i].reasons[k]);
    }
    ck_assert_msg(missing(&p, NULL) == lacking[_i].n, "%s: %zu", lacking[_i].what,
                  missing(&p, NULL));
    page_close(&p);
}
END_TEST

/* Of the units, one is named by perimeters.csv only, two lie beside the study's own territory. */
START_TEST(the_masthead_says_which_units_there_are)
{
    static const struct {
        mlg_text_key noun;
        double number;
    } want[] = {{T_fact_perimeters, 2},
                {T_fact_units, 5},
                {T_fact_units_unlisted, 1},
                {T_fact_units_outside, 2}};
    reported r;
    mlg_document document;
    reported_study(&r, "study: key,value\nterritory,R\n"
                       "territories: id,scale,population\n"
                       "a,commune,1\nb,commune,2\nc,commune,3\nd,commune,4\nR,region,\n"
                       "W,region,\nactors: id,territory\nOrg,W\n"
                       "perimeters: territory,unit\nR,a\nR,b\nR,c\nE,c\nE,d\nE,e\n");
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    for (size_t w = 0; w < sizeof want / sizeof *want; w++) {
        size_t at = 0;
        while (at < document.n_facts && document.facts[at].noun != want[w].noun) {
            at++;
        }
        ck_assert_msg(at < document.n_facts, "fact %zu is not there", w);
        ck_assert_double_eq(document.facts[at].number.number, want[w].number);
    }
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(codes_have_their_legend)
{
    reported r;
    mlg_document document;
    size_t found = 0;
    reported_study(&r, full);
    ck_assert_int_eq(mlg_document_values(&r.results, &document, NULL), MLG_OK);
    for (size_t s = 0; s < document.n; s++) {
        for (size_t b = 0; b < document.sections[s].n; b++) {
            const mlg_table *table = document.sections[s].blocks[b].table;
            found += table != NULL && (table->note.key == T_legend_scale_typology ||
                                       table->note.key == T_legend_scale_referents);
        }
    }
    ck_assert_uint_eq(found, 2);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

static Suite *territories_suite(void)
{
    Suite *suite = suite_create("territories");
    TCase *shares = tcase_create("containment");
    TCase *section = tcase_create("section");

    tcase_add_test(shares, shares_are_of_the_row);
    tcase_add_loop_test(shares, the_table_says_what_it_is_made_of, 0, N_OF(containments));
    tcase_add_test(shares, a_few_unknown_populations_leave_shares_of_inhabitants);
    tcase_add_loop_test(shares, shares_are_those_of_counting, 0, 6);
    tcase_add_test(shares, the_table_survives_any_allocation_failing);
    tcase_add_test(section, the_matrix_is_shaded_by_share);
    tcase_add_test(section, a_part_that_may_lie_apart_is_at_most);
    tcase_add_test(section, a_pair_has_one_number);
    tcase_add_test(section, unknown_populations_are_no_residents_in_common);
    tcase_add_test(section, layers_say_whose_perimeters_they_are);
    tcase_add_test(section, many_perimeters_are_cut_on_the_page_and_kept_in_the_file);
    tcase_add_test(section, a_full_study_has_every_part);
    tcase_add_loop_test(section, a_part_without_data_says_what_would_unlock_it, 0, N_OF(lacking));
    tcase_add_test(section, the_masthead_says_which_units_there_are);
    tcase_add_test(section, codes_have_their_legend);
    suite_add_tcase(suite, shares);
    suite_add_tcase(suite, section);
    return suite;
}

int main(void)
{
    return suite_run(territories_suite());
}
