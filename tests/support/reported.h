/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORTED_H
#define MLG_REPORTED_H

#include "maillage/report.h"
#include "measure/context.h"

/* A study all the way to its findings, for tests: a failure of the library fails the test. */
typedef struct reported {
    mlg_model *model;
    mlg_view *views;
    size_t n_views;
    mlg_run run;
    mlg_context *context;
    mlg_values values;
    mlg_findings findings;
    mlg_results results;
} reported;

/* Views of a study (model_fixture.h), nothing measured yet. */
void reported_open(reported *r, const char *text);
/* All measures and findings. */
void reported_study(reported *r, const char *text);
/* Findings again, from the values as they are. */
void reported_find(reported *r);
void reported_close(reported *r);

/* A value of one row to fill by hand: column names of value.h to numbers. */
mlg_value *reported_value(reported *r, const char *id, int32_t view, size_t n);
void reported_set(mlg_value *value, mlg_value_column column, size_t row, double number);
void reported_part(mlg_value *value, const char *part, size_t row, double number);

/* How many findings are of a kind; the first of them, or NULL. */
size_t reported_count(const reported *r, const char *kind);
const mlg_finding *reported_first(const reported *r, const char *kind);
/* Its sentence. The text lives until the next call. */
const char *reported_sentence(const reported *r, const mlg_finding *finding, mlg_language language);

/* What a writer writes, as a text to be freed with free(). */
char *reported_written(mlg_status (*write)(const void *what, FILE *out, mlg_error *err),
                       const void *what);

/* A study with something for every rule, persons among it; hostile names when asked. */
const char *reported_rich_study(void);
const char *reported_hostile_study(void);
/* Two closed sectors of `n` actors each, as tables of actors and ties; the text lives until
 * the next call. */
const char *reported_two_silos(int n);

/* Texts that would run, break out of markup or become a formula, where names stand in
 * reported_hostile_study(). */
extern const char *const reported_hostile[];
extern const size_t reported_n_hostile;

#endif
