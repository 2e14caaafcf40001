/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/export.h"

#include <igraph/igraph.h>
#include <locale.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "export/gephi.h"
#include "export/graphml.h"
#include "export/xml.h"
#include "graph/engine.h"
#include "measure/context.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* ---- a study as text, exported ------------------------------------------------- */

typedef struct exported {
    mlg_model *model;
    mlg_view *views;
    size_t n_views;
    mlg_run run;
    mlg_context *context;
    mlg_export what;
} exported;

static void open_study(exported *e, const char *text, mlg_by by, const char *view)
{
    const mlg_view_wish wish = {.by = by, .view = view};
    mlg_error err = {0};
    *e = (exported){.run = MLG_RUN_INIT};
    e->model = model_fixture(text);
    ck_assert_msg(mlg_views_of(e->model, &wish, &e->views, &e->n_views, &err) == MLG_OK, "%s",
                  err.message);
    ck_assert_int_eq(mlg_context_open(e->model, e->views, e->n_views, &e->run, &e->context, NULL),
                     MLG_OK);
    e->what = (mlg_export){.context = e->context, .labels = {.language = MLG_EN}};
}

static void close_study(exported *e)
{
    mlg_context_free(e->context);
    mlg_views_free(e->views);
    mlg_model_free(e->model);
}

static mlg_status write_graphml(const void *what, FILE *out, mlg_error *err)
{
    return mlg_export_print(what, out, err);
}

static char *graphml(const exported *e)
{
    return reported_written(write_graphml, &e->what);
}

typedef mlg_status gephi_writer(const mlg_network *network, FILE *out, mlg_error *err);
typedef struct gephi_table {
    gephi_writer *write;
    const mlg_network *network;
} gephi_table;

static mlg_status write_table(const void *what, FILE *out, mlg_error *err)
{
    const gephi_table *table = what;
    return table->write(table->network, out, err);
}

static char *gephi(const exported *e, gephi_writer *write)
{
    mlg_network network;
    ck_assert_int_eq(mlg_network_open(&network, &e->what, NULL), MLG_OK);
    const gephi_table table = {write, &network};
    char *text = reported_written(write_table, &table);
    mlg_network_close(&network);
    return text;
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
        n++;
    }
    return n;
}

static void expect(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "no '%s' in:\n%.3000s", part, text);
}

static void expect_none(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "'%s' in:\n%.3000s", part, text);
}

/* ---- escapes -------------------------------------------------------------------- */

static const struct {
    const char *text, *xml;
} escapes[] = {
    {"", ""},
    {"CCAS & <Ville> \"l'Eau\"", "CCAS &amp; &lt;Ville&gt; &quot;l&#39;Eau&quot;"},
    {"a\tb\nc\rd", "a&#9;b&#10;c&#13;d"},
    {"\x01\x08\x0b\x1f\x7f", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xc3\xa9\xe2\x80\xaf\xf0\x9f\x99\x82", "\xc3\xa9\xe2\x80\xaf\xf0\x9f\x99\x82"},
    {"\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd"}, /* U+FFFE, U+FFFF */
    {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* a surrogate */
    {"\xc0\xbc", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* an overlong < */
    {"\xe0\x80\xbc", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xe9t\xe9", "\xef\xbf\xbdt\xef\xbf\xbd"},                               /* Latin-1 */
    {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* past the end */
    {"\xe2\x80", "\xef\xbf\xbd\xef\xbf\xbd"},                                 /* cut short */
    {"]]>", "]]&gt;"},
};

START_TEST(a_text_becomes_xml_that_reads_back)
{
    mlg_buffer out = {0};
    mlg_xml_text(&out, escapes[_i].text);
    ck_assert_str_eq(mlg_buffer_string(&out), escapes[_i].xml);
    mlg_buffer_free(&out);
}
END_TEST

/* ---- GraphML -------------------------------------------------------------------- */

static const char weighted[] = "study: key,value\ntitle,Three\ndate,2024-12-31\n"
                               "actors: id,name,kind,sector,level,institution,territory\n"
                               "A,Alpha & Co,organisation,social,local,ccas,T1\n"
                               "B,Beta,organisation,hospital,,,\n"
                               "C,Gamma,organisation,,,,\n"
                               "I,Alone,organisation,social|housing,,,\n"
                               "ties: from,to,kind,weight\n"
                               "A,B,works_with,2.5\nB,A,works_with,1\nB,C,works_with,0.125\n"
                               "territories: id,name\nT1,Town\n";

START_TEST(ties_without_direction_are_written_once_with_the_larger_weight)
{
    exported e;
    open_study(&e, weighted, MLG_BY_ORGANISATION, NULL);
    char *text = graphml(&e);
    expect(text, "edgedefault=\"undirected\"");
    ck_assert_uint_eq(count(text, "<edge "), 2);
    expect(text, "    <edge source=\"n0\" target=\"n1\">\n"
                 "      <data key=\"e_weight\">2.5</data>\n"
                 "      <data key=\"e_kind\">works_with</data>\n"
                 "      <data key=\"e_rows\">2</data>\n    </edge>\n");
    expect(text, "    <edge source=\"n1\" target=\"n2\">\n"
                 "      <data key=\"e_weight\">0.125</data>\n"
                 "      <data key=\"e_kind\">works_with</data>\n"
                 "      <data key=\"e_rows\">1</data>\n    </edge>\n");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(what_is_known_of_an_actor_is_written_and_what_is_not_is_left_out)
{
    exported e;
    open_study(&e, weighted, MLG_BY_ORGANISATION, NULL);
    char *text = graphml(&e);
    expect(text, "    <node id=\"n0\">\n"
                 "      <data key=\"v_name\">Alpha &amp; Co</data>\n"
                 "      <data key=\"v_table_id\">A</data>\n"
                 "      <data key=\"v_kind\">organisation</data>\n"
                 "      <data key=\"v_sector\">social services</data>\n"
                 "      <data key=\"v_sector_code\">social</data>\n"
                 "      <data key=\"v_sectors\">social services</data>\n"
                 "      <data key=\"v_level\">local</data>\n"
                 "      <data key=\"v_institution\">ccas</data>\n"
                 "      <data key=\"v_territory\">Town</data>\n"
                 "      <data key=\"v_listed\">true</data>\n"
                 "      <data key=\"v_degree\">1</data>\n    </node>\n");
    expect(text, "    <node id=\"n2\">\n"
                 "      <data key=\"v_name\">Gamma</data>\n"
                 "      <data key=\"v_table_id\">C</data>\n"
                 "      <data key=\"v_kind\">organisation</data>\n"
                 "      <data key=\"v_listed\">true</data>\n"
                 "      <data key=\"v_degree\">1</data>\n    </node>\n");
    expect(text, "<data key=\"v_sectors\">social services|housing</data>"); /* the isolate stays */
    ck_assert_uint_eq(count(text, "<node "), 4);
    expect(text, "<data key=\"g_title\">Three</data>");
    expect(text, "<data key=\"g_from\">2024-01-01</data>");
    expect(text, "<data key=\"g_to\">2024-12-31</data>");
    expect_none(text, "g_note\">"); /* nobody here is a person */
    expect_none(text, "g_illustrative\">");
    free(text);
    e.what.labels.language = MLG_FR;
    text = graphml(&e);
    expect(text, "<data key=\"v_sector\">action sociale</data>");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(a_directed_view_has_its_arcs_and_a_row_without_direction_is_two)
{
    exported e;
    open_study(&e, "ties: from,to,kind,directed\nA,B,informs,yes\nB,C,informs,no\nA,B,funds,yes\n",
               MLG_BY_ORGANISATION, "ties");
    char *text = graphml(&e);
    expect(text, "edgedefault=\"directed\"");
    ck_assert_uint_eq(count(text, "<edge "), 3);
    /* two kinds: unweighted, and the tie has no one kind */
    expect_none(text, "e_weight");
    expect(text, "    <edge source=\"n0\" target=\"n1\">\n"
                 "      <data key=\"e_rows\">2</data>\n    </edge>\n");
    expect(text, "    <edge source=\"n1\" target=\"n2\">\n"
                 "      <data key=\"e_kind\">informs</data>\n"
                 "      <data key=\"e_rows\">1</data>\n    </edge>\n");
    expect(text, "    <edge source=\"n2\" target=\"n1\">\n");
    expect(text, "<data key=\"g_weights\">none</data>");
    free(text);
    text = gephi(&e, mlg_gephi_write_edges);
    ck_assert_str_eq(text, "Source,Target,Type,Weight,kind,rows\r\n"
                           "n0,n1,Directed,1,,2\r\nn1,n2,Directed,1,informs,1\r\n"
                           "n2,n1,Directed,1,informs,1\r\n");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(a_view_without_ties_is_its_actors)
{
    exported e;
    open_study(&e,
               "study: key,value\ndate,2024-12-31\nillustrative,yes\nactors: id,kind\n"
               "A,organisation\nB,organisation\nties: from,to,start,end\nA,B,2001,2002\n",
               MLG_BY_ORGANISATION, NULL);
    char *text = graphml(&e);
    ck_assert_uint_eq(count(text, "<node "), 2);
    ck_assert_uint_eq(count(text, "<edge "), 0);
    expect(text, "<data key=\"g_illustrative\">yes</data>");
    expect(text, "</graphml>\n");
    free(text);
    text = gephi(&e, mlg_gephi_write_edges);
    ck_assert_str_eq(text, "Source,Target,Type,Weight,kind,rows\r\n");
    free(text);
    close_study(&e);
}
END_TEST

/* ---- participations ------------------------------------------------------------- */

static const char meetings[] = "actors: id,kind,sector,organisation,territory\n"
                               "A,organisation,social,,T1\nB,organisation,hospital,,T1\n"
                               "Zoe Zephyr,person,social,A,T1\n"
                               "Yan Ygrec,person,hospital,,T9\n"
                               "activities: id,name,kind,level\nm1,Board,steering,strategic\n"
                               "participations: actor,activity,on_behalf_of\n"
                               "A,m1,\nB,m1,\nZoe Zephyr,m1,\nYan Ygrec,m1,\nA,m2,\nB,m2,\n";

START_TEST(two_modes_are_two_kinds_of_points)
{
    exported e;
    open_study(&e, meetings, MLG_BY_ORGANISATION, NULL);
    e.what.two_mode = true;
    char *text = graphml(&e);
    ck_assert_uint_eq(count(text, "<data key=\"v_type\">false</data>"), 3);
    ck_assert_uint_eq(count(text, "<data key=\"v_type\">true</data>"), 2);
    expect(text, "    <node id=\"a0\">\n"
                 "      <data key=\"v_name\">Board</data>\n"
                 "      <data key=\"v_table_id\">m1</data>\n"
                 "      <data key=\"v_type\">true</data>\n"
                 "      <data key=\"v_kind\">activity</data>\n"
                 "      <data key=\"v_activity_kind\">steering</data>\n"
                 "      <data key=\"v_level\">strategic</data>\n"
                 "      <data key=\"v_listed\">true</data>\n"
                 "      <data key=\"v_degree\">3</data>\n    </node>\n");
    ck_assert_uint_eq(count(text, "<edge "), 5);
    /* A's own row and the one of its person */
    expect(text, "    <edge source=\"n0\" target=\"a0\">\n"
                 "      <data key=\"e_rows\">2</data>\n    </edge>\n");
    expect_none(text, "e_weight");
    expect_none(text, "Zephyr"); /* no id of a person either */
    free(text);
    text = gephi(&e, mlg_gephi_write_edges);
    expect(text, "n0,a0,Undirected,1,2\r\n");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(a_projection_has_its_weights_activities_and_rows)
{
    exported e;
    open_study(&e, meetings, MLG_BY_ORGANISATION, NULL);
    char *text = gephi(&e, mlg_gephi_write_edges);
    /* m1 has three of them: 1/2 each; m2 two: 1. Rows: 2 + 1 in m1, 1 + 1 in m2. */
    expect(text, "Source,Target,Type,Weight,activities,rows\r\n");
    expect(text, "n0,n1,Undirected,1.5,2,5\r\n");
    ck_assert_uint_eq(count(text, ",Undirected,"), 3);
    free(text);
    text = graphml(&e);
    expect(text, "<data key=\"g_weights\">newman");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(ties_have_no_two_modes)
{
    exported e;
    mlg_error err = {0};
    FILE *out = fopen("/dev/null", "w");
    open_study(&e, weighted, MLG_BY_ORGANISATION, NULL);
    e.what.two_mode = true;
    ck_assert_int_eq(mlg_export_print(&e.what, out, &err), MLG_EARG);
    expect(err.message, "only participations have two modes");
    e.what.two_mode = false;
    e.what.view = 7;
    ck_assert_int_eq(mlg_export_print(&e.what, out, NULL), MLG_EARG);
    e.what.view = 0;
    e.what.format = MLG_GEPHI;
    ck_assert_int_eq(mlg_export_print(&e.what, out, NULL), MLG_EARG);
    fclose(out);
    close_study(&e);
}
END_TEST

/* The slow twin: rows of each pair, found one pair at a time as findings find them. */
START_TEST(rows_behind_a_tie_are_those_of_the_evidence)
{
    mlg_random draw = mlg_random_stream(1, "export", "rows", (uint64_t) _i);
    static const char *const heads[] = {"ties: from,to\n", "participations: actor,activity\n"};
    for (int source = 0; source < 2; source++) {
        mlg_buffer text = {0};
        exported e;
        mlg_network network;
        mlg_tie_walk walk = {0};
        mlg_tie tie;
        size_t seen = 0;
        mlg_buffer_text(&text, heads[source]);
        for (int row = 0; row < 60; row++) {
            mlg_buffer_format(&text, "A%u,%s%u\n", (unsigned) mlg_random_below(&draw, 12),
                              source == 0 ? "A" : "m", (unsigned) mlg_random_below(&draw, 12));
        }
        open_study(&e, mlg_buffer_string(&text), MLG_BY_ACTOR, NULL);
        ck_assert_int_eq(mlg_network_open(&network, &e.what, NULL), MLG_OK);
        while (mlg_tie_next(&network, &walk, &tie)) {
            ck_assert_uint_eq(network.rows[tie.entry],
                              mlg_graph_rows_of(network.graph, tie.from, tie.to, NULL, 0));
            seen++;
        }
        ck_assert_uint_eq(seen, network.graph->n_ties);
        mlg_network_close(&network);
        close_study(&e);
        mlg_buffer_free(&text);
    }
}
END_TEST

/* ---- persons --------------------------------------------------------------------- */

START_TEST(a_person_keeps_a_pseudonym_and_a_sector_only)
{
    exported e;
    open_study(&e, meetings, MLG_BY_ACTOR, NULL);
    for (int table = 0; table < 4; table++) {
        char *text = table == 0   ? graphml(&e)
                     : table == 1 ? gephi(&e, mlg_gephi_write_nodes)
                     : table == 2 ? gephi(&e, mlg_gephi_write_edges)
                                  : gephi(&e, mlg_gephi_write_about);
        expect_none(text, "Zephyr");
        expect_none(text, "Ygrec");
        expect_none(text, "T9"); /* where only one person is */
        free(text);
    }
    char *text = gephi(&e, mlg_gephi_write_nodes);
    /* the sector is of use and says nobody's name; the employer would */
    expect(text, ",person,social services,social,social services,,,,,true,3\r\n");
    free(text);
    text = gephi(&e, mlg_gephi_write_about);
    expect(text, "persons,pseudonyms\r\nnote,");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(a_condition_on_a_person_does_not_tell_whom)
{
    static const char *const said[] = {"conditions,actor!=... | activity=m1\r\n",
                                       "conditions,actor!=Yan Ygrec | activity=m1\r\n"};
    mlg_buffer text = {0};
    mlg_buffer_text(&text, "study: key,value\n"
                           "view.some.participations,actor!=Yan Ygrec\n"
                           "view.some.participations,activity=m1\n");
    mlg_buffer_text(&text, meetings);
    for (int names = 0; names < 2; names++) {
        exported e;
        open_study(&e, mlg_buffer_string(&text), MLG_BY_ACTOR, "participations.some");
        e.what.labels.names = names == 1;
        char *about = gephi(&e, mlg_gephi_write_about);
        expect(about, said[names]);
        free(about);
        close_study(&e);
    }
    mlg_buffer_free(&text);
}
END_TEST

START_TEST(names_are_told_when_asked_for_and_said_to_be)
{
    exported e;
    open_study(&e, meetings, MLG_BY_ACTOR, NULL);
    e.what.labels.names = true;
    char *text = gephi(&e, mlg_gephi_write_nodes);
    expect(text, "Zoe Zephyr,person,social services,social,social services,,,A,T1,true,3\r\n");
    free(text);
    text = graphml(&e);
    expect(text, "<data key=\"v_name\">Yan Ygrec</data>");
    expect(text, "<data key=\"g_persons\">names</data>");
    expect(text, "<data key=\"g_note\">Holds names of persons: restricted circulation.</data>");
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(other_collapses_have_their_kinds)
{
    exported e;
    open_study(&e, meetings, MLG_BY_SECTOR, NULL);
    char *text = gephi(&e, mlg_gephi_write_nodes);
    ck_assert_str_eq(
        text, "Id,Label,table_id,kind,sector,sector_code,sectors,level,institution,organisation,"
              "territory,listed,degree\r\n"
              "n0,hospital and health facilities,hospital,sector,hospital and health facilities,"
              "hospital,hospital and health facilities,,,,,,1\r\n"
              "n1,social services,social,sector,social services,social,social services,,,,,,1\r\n");
    free(text);
    close_study(&e);
}
END_TEST

/* ---- read back by another program ------------------------------------------------ */

/* igraph's reader (libxml2) as the judge of well-formed XML and of what it says. */
static void read_back(const exported *e, const char *xml)
{
    mlg_network network;
    igraph_t graph;
    igraph_strvector_t names;
    FILE *file = fmemopen((void *) (uintptr_t) xml, strlen(xml), "r");

    mlg_engine_start();
    igraph_set_attribute_table(&igraph_cattribute_table);
    ck_assert_int_eq(igraph_read_graph_graphml(&graph, file, 0), IGRAPH_SUCCESS);
    fclose(file);
    ck_assert_int_eq(mlg_network_open(&network, &e->what, NULL), MLG_OK);
    ck_assert_int_eq((int) igraph_vcount(&graph), network.n_points);
    ck_assert_int_eq((int) igraph_ecount(&graph), (int) network.graph->n_arcs);
    ck_assert_int_eq(igraph_is_directed(&graph), network.directed);
    igraph_strvector_init(&names, 0);
    ck_assert_int_eq(igraph_cattribute_VASV(&graph, "name", igraph_vss_all(), &names),
                     IGRAPH_SUCCESS);
    for (int32_t v = 0; v < network.n_points; v++) {
        mlg_buffer label = {0};
        mlg_point_attributes[0].put(&label, &network, v);
        ck_assert_str_eq(igraph_strvector_get(&names, v), mlg_buffer_string(&label));
        mlg_buffer_free(&label);
    }
    for (igraph_integer_t i = 0; network.weighted && i < igraph_ecount(&graph); i++) {
        const int32_t from = (int32_t) IGRAPH_FROM(&graph, i), to = (int32_t) IGRAPH_TO(&graph, i);
        ck_assert_double_eq_tol(igraph_cattribute_EAN(&graph, "weight", i),
                                mlg_csr_find(network.ties, from, to), 1e-14);
    }
    igraph_strvector_destroy(&names);
    igraph_destroy(&graph);
    mlg_network_close(&network);
}

START_TEST(hostile_names_come_back_as_they_are)
{
    exported e;
    open_study(&e, reported_hostile_study(), MLG_BY_ORGANISATION, NULL);
    char *text = graphml(&e);
    read_back(&e, text);
    expect_none(text, "<script");
    expect_none(text, "<svg");
    free(text);
    text = gephi(&e, mlg_gephi_write_nodes);
    expect(text, ",\"'=HYPERLINK(\"\"http://x\"\")\","); /* no formula for a spreadsheet */
    free(text);
    close_study(&e);
}
END_TEST

START_TEST(random_networks_come_back_as_they_are)
{
    mlg_random draw = mlg_random_stream(1, "export", "back", (uint64_t) _i);
    mlg_buffer text = {0};
    exported e;
    mlg_buffer_text(&text, "ties: from,to,weight,directed\n");
    for (int row = 0; row < 80; row++) {
        const unsigned a = (unsigned) mlg_random_below(&draw, 20);
        mlg_buffer_format(&text, "A%u,A%u,", a,
                          (a + 1 + (unsigned) mlg_random_below(&draw, 19)) % 20);
        mlg_buffer_number(&text, 0.001 + 5.0 * mlg_random_unit(&draw));
        mlg_buffer_text(&text, _i % 2 == 0 ? ",no\n" : row % 3 == 0 ? ",no\n" : ",yes\n");
    }
    open_study(&e, mlg_buffer_string(&text), MLG_BY_ACTOR, NULL);
    char *xml = graphml(&e);
    read_back(&e, xml);
    free(xml);
    close_study(&e);
    mlg_buffer_free(&text);
}
END_TEST

START_TEST(the_locale_changes_no_byte)
{
    exported e;
    open_study(&e, weighted, MLG_BY_ORGANISATION, NULL);
    char *xml = graphml(&e), *edges = gephi(&e, mlg_gephi_write_edges);
    setlocale(LC_ALL, "fr_FR.UTF-8"); /* where it is absent, nothing is tested */
    char *french = graphml(&e), *french_edges = gephi(&e, mlg_gephi_write_edges);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(xml, french);
    ck_assert_str_eq(edges, french_edges);
    expect(edges, "n0,n1,Undirected,2.5,works_with,2\r\n");
    free(xml);
    free(french);
    free(edges);
    free(french_edges);
    close_study(&e);
}
END_TEST

/* ---- faults ----------------------------------------------------------------------- */

START_TEST(each_allocation_that_fails_is_told)
{
    exported e;
    open_study(&e, _i == 0 ? weighted : meetings, MLG_BY_ORGANISATION, NULL);
    e.what.two_mode = _i == 2;
    mlg_status status = MLG_ENOMEM;
    long n = 0;
    for (; status == MLG_ENOMEM; n++) {
        mlg_error err = {0};
        FILE *out = fopen("/dev/null", "w");
        mlg_alloc_fails_at = n;
        status = mlg_export_print(&e.what, out, &err);
        mlg_alloc_fails_at = -1;
        fclose(out);
        ck_assert_msg(status == MLG_OK || strstr(err.message, "memory") != NULL, "%ld: %s", n,
                      err.message);
    }
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_int_gt(n, 4);
    close_study(&e);
}
END_TEST

START_TEST(a_full_device_is_told)
{
    exported e;
    mlg_error err = {0};
    FILE *out = fopen("/dev/full", "w");
    open_study(&e, weighted, MLG_BY_ORGANISATION, NULL);
    ck_assert_int_eq(mlg_export_print(&e.what, out, &err), MLG_EIO);
    expect(err.message, "No space left");
    fclose(out);
    close_study(&e);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("export");
    TCase *xml = tcase_create("escapes");
    tcase_add_loop_test(xml, a_text_becomes_xml_that_reads_back, 0,
                        sizeof escapes / sizeof *escapes);
    suite_add_tcase(suite, xml);
    TCase *network = tcase_create("networks");
    tcase_add_test(network, ties_without_direction_are_written_once_with_the_larger_weight);
    tcase_add_test(network, what_is_known_of_an_actor_is_written_and_what_is_not_is_left_out);
    tcase_add_test(network, a_directed_view_has_its_arcs_and_a_row_without_direction_is_two);
    tcase_add_test(network, a_view_without_ties_is_its_actors);
    tcase_add_test(network, two_modes_are_two_kinds_of_points);
    tcase_add_test(network, a_projection_has_its_weights_activities_and_rows);
    tcase_add_test(network, ties_have_no_two_modes);
    tcase_add_loop_test(network, rows_behind_a_tie_are_those_of_the_evidence, 0, 20);
    tcase_add_test(network, other_collapses_have_their_kinds);
    suite_add_tcase(suite, network);
    TCase *persons = tcase_create("persons");
    tcase_add_test(persons, a_person_keeps_a_pseudonym_and_a_sector_only);
    tcase_add_test(persons, a_condition_on_a_person_does_not_tell_whom);
    tcase_add_test(persons, names_are_told_when_asked_for_and_said_to_be);
    suite_add_tcase(suite, persons);
    TCase *back = tcase_create("read back");
    tcase_add_test(back, hostile_names_come_back_as_they_are);
    tcase_add_loop_test(back, random_networks_come_back_as_they_are, 0, 10);
    tcase_add_test(back, the_locale_changes_no_byte);
    suite_add_tcase(suite, back);
    TCase *faults = tcase_create("faults");
    tcase_add_loop_test(faults, each_allocation_that_fails_is_told, 0, 3);
    tcase_add_test(faults, a_full_device_is_told);
    suite_add_tcase(suite, faults);
    return suite_run(suite);
}
