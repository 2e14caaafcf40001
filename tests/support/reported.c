/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reported.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measured.h"
#include "model_fixture.h"
#include "report/document.h"

/* ---- a study ------------------------------------------------------------------------ */

void reported_open(reported *r, const char *text)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_view_wish wish = {0};

    *r = (reported){.model = model_fixture(text), .run = MLG_RUN_INIT};
    r->run.draws = 199;
    ck_assert_msg(mlg_views_of(r->model, &wish, &r->views, &r->n_views, &err) == MLG_OK, "%s",
                  err.message);
    ck_assert_msg(mlg_context_open(r->model, r->views, r->n_views, &r->run, &r->context, &err) ==
                      MLG_OK,
                  "%s", err.message);
    r->results = (mlg_results){.model = r->model,
                               .context = r->context,
                               .values = &r->values,
                               .findings = &r->findings,
                               .run = &r->run,
                               .labels = {MLG_EN, false}};
}

void reported_find(reported *r)
{
    mlg_error err = {MLG_OK, ""};
    mlg_findings_free(&r->findings);
    ck_assert_msg(mlg_find(r->context, &r->values, &r->findings, &err) == MLG_OK, "%s",
                  err.message);
}

void reported_study(reported *r, const char *text)
{
    mlg_error err = {MLG_OK, ""};
    reported_open(r, text);
    ck_assert_msg(mlg_measure_all(r->context, NULL, 0, &r->values, &err) == MLG_OK, "%s",
                  err.message);
    reported_find(r);
}

void reported_close(reported *r)
{
    mlg_findings_free(&r->findings);
    mlg_values_free(&r->values);
    mlg_context_free(r->context);
    mlg_views_free(r->views);
    mlg_model_free(r->model);
}

/* ---- values by hand -------------------------------------------------------------------- */

mlg_value *reported_value(reported *r, const char *id, int32_t view, size_t n)
{
    mlg_value *value = mlg_values_add(&r->values, id, view, n, NULL);
    ck_assert_ptr_nonnull(value);
    if (value->shape != MLG_SCALAR) {
        ck_assert_ptr_nonnull(mlg_value_subjects(value));
    }
    return value;
}

void reported_set(mlg_value *value, mlg_value_column column, size_t row, double number)
{
    double *numbers = mlg_value_column_of(value, column);
    ck_assert_ptr_nonnull(numbers);
    numbers[row] = number;
}

void reported_part(mlg_value *value, const char *part, size_t row, double number)
{
    double *numbers = NULL;
    for (size_t i = 0; i < value->n_parts; i++) {
        if (strcmp(value->part[i].name, part) == 0) {
            numbers = value->part[i].values;
        }
    }
    numbers = numbers != NULL ? numbers : mlg_value_part_of(value, part);
    ck_assert_ptr_nonnull(numbers);
    numbers[row] = number;
}

/* ---- findings ------------------------------------------------------------------------------ */

size_t reported_count(const reported *r, const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < r->findings.n; i++) {
        n += strcmp(r->findings.items[i].kind, kind) == 0;
    }
    return n;
}

const mlg_finding *reported_first(const reported *r, const char *kind)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        if (strcmp(r->findings.items[i].kind, kind) == 0) {
            return &r->findings.items[i];
        }
    }
    return NULL;
}

const char *reported_sentence(const reported *r, const mlg_finding *finding, mlg_language language)
{
    static char sentence[2048];
    mlg_buffer text = {0};
    ck_assert_ptr_nonnull(finding);
    mlg_say(&text, &r->results, language, finding->text, finding->args, finding->n_args);
    ck_assert(!text.failed);
    snprintf(sentence, sizeof sentence, "%s", mlg_buffer_string(&text));
    mlg_buffer_free(&text);
    return sentence;
}

char *reported_written(mlg_status (*write)(const void *what, FILE *out, mlg_error *err),
                       const void *what)
{
    char *text = NULL;
    size_t length = 0;
    mlg_error err = {MLG_OK, ""};
    FILE *out = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_msg(write(what, out, &err) == MLG_OK, "%s", err.message);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

/* ---- studies ------------------------------------------------------------------------------- */

const char *reported_rich_study(void)
{
    return "study: key,value\n"
           "title,Rich study\n"
           "date,2024-06-30\n"
           "actors: id,name,kind,sector,organisation,territory\n"
           "a1,Alpha hospital,organisation,hospital,,T1\n"
           "a2,Beta clinic,organisation,hospital,,T1\n"
           "a3,Gamma ward,organisation,hospital,,T1\n"
           "a4,Delta unit,organisation,hospital,,T1\n"
           "a5,Epsilon lab,organisation,hospital,,T1\n"
           "b1,Social house,organisation,social,,T2\n"
           "b2,Family desk,organisation,social,,T2\n"
           "b3,Shelter,organisation,social,,T2\n"
           "b4,Food bank,organisation,social,,T2\n"
           "b5,Youth club,organisation,social,,T2\n"
           "m1,Marie Curieuse,person,,a1,T1\n"
           "ties: from,to,kind\n"
           "a1,a2,works_with\na1,a3,works_with\na1,a4,works_with\na1,a5,works_with\n"
           "a2,a3,works_with\na2,a4,works_with\na2,a5,works_with\na3,a4,works_with\n"
           "b1,b2,works_with\nb1,b3,works_with\nb1,b4,works_with\nb1,b5,works_with\n"
           "b2,b3,works_with\nb2,b4,works_with\nb2,b5,works_with\nb3,b4,works_with\n"
           "a1,b1,works_with\nm1,b1,works_with\n"
           "schemes: id,name,kind,carrier,territory\n"
           "s1,Health contract,cls,a1,T3\n"
           "s2,Mental health council,clsm,b1,T4\n"
           "posts: id,person,role,scheme,employer,fte,territory,start,end\n"
           "p1,m1,coordinator,s1|s2,a1,1,T3,2020-01-01,2024-12-31\n"
           "p2,vacant,coordinator,s2,b1,0.5,T4,2022-01-01,\n"
           "p3,,coordinator,s1,a1,,T3,2021-01-01,\n"
           "territories: id,name,scale,population\n"
           "T1,Northtown,commune,6000\nT2,Southtown,commune,3000\nT5,Farville,commune,1000\n"
           "T3,North area,epci,9000\nT4,South area,region,4000\n"
           "perimeters: territory,unit\n"
           "T3,T1\nT3,T2\nT4,T2\nT4,T5\n";
}

const char *const reported_hostile[] = {
    "</script><script>document.title='x'</script>",
    "\"><svg onload=\"x\">",
    "<img src=x onerror=x>",
    "<!--<script>",
    "]]>&#x41;&lt;",
    "=HYPERLINK(\"http://x\")",
    "-2+3",
    "@SUM(A1)",
    "\xef\xbc\x9d"
    "1+1",
    "a' onmouseover='x",
    "two\xe2\x80\xa8lines",
    "mirror \xe2\x80\xae"
    "evil",
};
const size_t reported_n_hostile = sizeof reported_hostile / sizeof reported_hostile[0];

const char *reported_hostile_study(void)
{
    static char text[8192];
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "study: key,value\ntitle,%s%s\nactors: id,name,kind,sector\n",
                                    reported_hostile[0], reported_hostile[4]);
    for (size_t i = 0; i < reported_n_hostile; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "x%zu,%s,organisation,%s\n", i,
                                  reported_hostile[i], reported_hostile[i % 2 + 1]);
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "ties: from,to,kind\n");
    for (size_t i = 1; i < reported_n_hostile; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "x0,x%zu,works_with\n", i);
    }
    snprintf(text + used, sizeof text - used,
             "schemes: id,name,kind,territory\ns1,%s,cls,T1\n"
             "posts: id,person,role,scheme,end\np%s,vacant,coordinator,s1,\n"
             "territories: id,name,scale,population\nT1,%s,commune,10\nT2,%s,commune,20\n"
             "T3,%s,epci,\nT4,%s,epci,\nperimeters: territory,unit\nT3,T1\nT3,T2\nT4,T2\n",
             reported_hostile[0], reported_hostile[2], reported_hostile[1], reported_hostile[2],
             reported_hostile[0], reported_hostile[3]);
    return text;
}

const char *reported_two_silos(int n)
{
    static char text[16384];
    size_t used = (size_t) snprintf(text, sizeof text, "actors: id,kind,sector\n");
    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < n; i++) {
            used += (size_t) snprintf(text + used, sizeof text - used, "%c%d,organisation,%s\n",
                                      'a' + side, i, side == 0 ? "hospital" : "social");
        }
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "ties: from,to,kind\n");
    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                used += (size_t) snprintf(text + used, sizeof text - used, "%c%d,%c%d,works_with\n",
                                          'a' + side, i, 'a' + side, j);
            }
        }
    }
    snprintf(text + used, sizeof text - used, "a0,b0,works_with\n");
    return text;
}
